//! One annotation: a label on a stretch of the text, with who made it and when.
//! Leaves out where annotations are kept (`document`) and how they are written (`format`).

use std::fmt;
use std::rc::Rc;

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::sorted::SortedMap;
use crate::text::Span;

/// The name of an annotation, unique in its document: a UUID where the widget made it, any
/// non-empty string where a file brought it. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(Rc<str>);

/// Named values, in the order of their names.
pub type Attributes = SortedMap<String, String>;

/// A label on a stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its name.
    pub id: AnnotationId,
    /// The id of its label.
    pub label: String,
    /// Whether it covers whole sentences or any stretch.
    pub unit: Unit,
    /// What it is about.
    pub target: Target,
    /// A remark; empty where there is none.
    pub note: String,
    /// Named values, for example `speaker`.
    pub attributes: Attributes,
    /// How it came to be.
    pub provenance: Provenance,
    /// Who made it; empty where the page did not say.
    pub creator: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

/// What an annotation covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole sentences; the annotation follows when sentences are joined or split.
    Sentence,
    /// Any stretch.
    Span,
}

/// What an annotation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A stretch of the document's text; never empty.
    Span(Span),
    /// A quotation that this text does not hold; kept until a person deletes it.
    Orphan(Quote),
}

/// A stretch of a text by its words (Web Annotation Data Model 4.2.4, TextQuoteSelector).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// The words themselves.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
}

/// How an annotation came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provenance {
    /// A person made it.
    Manual,
    /// A rule proposed it and a person accepted it; the rule's id.
    Suggested(String),
    /// A file brought it; the file's format or name.
    Imported(String),
}

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// What a command needs from outside the core: a moment, a source of ids, a person.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// When the command is given.
    pub now: Timestamp,
    /// Ten random bytes; every id that the command needs is made from them and its own number.
    pub seed: [u8; 10],
    /// Who gives it; empty where the page did not say.
    pub creator: String,
}

impl Annotation {
    /// Its stretch of the text; `None` for an orphan.
    pub fn span(&self) -> Option<Span> {
        match self.target {
            Target::Span(span) => Some(span),
            Target::Orphan(_) => None,
        }
    }
}

impl AnnotationId {
    /// An id with this name; `None` if it is empty.
    pub fn new(name: &str) -> Option<Self> {
        (!name.is_empty()).then(|| Self(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Stamp {
    /// The `nth` id of this command, a UUID of version 7 (RFC 9562, 5.7): ids sort by time, and those of
    /// one command are distinct.
    pub fn id(&self, nth: usize) -> AnnotationId {
        let mut random = self.seed;
        let count = u32::from_be_bytes([random[6], random[7], random[8], random[9]]).wrapping_add(nth as u32);
        random[6..].copy_from_slice(&count.to_be_bytes());
        let millis = u64::try_from(self.now.0).unwrap_or_default();
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        AnnotationId(Rc::from(&*uuid.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer())))
    }
}

/// Years outside this range have no four-digit form.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

impl Timestamp {
    /// A moment by its milliseconds since 1970; a moment outside the years 0 to 9999 becomes 1970.
    pub fn from_millis(millis: i64) -> Self {
        let moment = OffsetDateTime::from_unix_timestamp(millis.div_euclid(1000));
        Self(if moment.is_ok_and(|moment| YEARS.contains(&moment.year())) { millis } else { 0 })
    }

    /// The milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 date and time (`2011-06-28T09:30:00Z`, with or without a fraction, any offset).
    ///
    /// Digits behind the millisecond are dropped. `None` for anything else.
    pub fn parse(iso: &str) -> Option<Self> {
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            let digits = iso.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let sign = |at: usize, signs: &[u8]| iso.as_bytes().get(at).is_some_and(|b| signs.contains(b));
        if !(sign(4, b"-") && sign(7, b"-") && sign(10, b"Tt ") && sign(13, b":") && sign(16, b":")) {
            return None;
        }
        let month = Month::try_from(u8::try_from(number(5..7)?).ok()?).ok()?;
        let date = Date::from_calendar_date(number(0..4)? as i32, month, number(8..10)? as u8).ok()?;
        // A leap second (RFC 3339, 5.7) counts as the second before it: Unix time has no place for it.
        let second = number(17..19)?.min(59) as u8;
        let time = Time::from_hms(number(11..13)? as u8, number(14..16)? as u8, second).ok()?;
        let mut zone = 19;
        let mut millis = 0;
        if sign(19, b".") {
            zone += 1;
            let mut weight = 100;
            while let Some(digit) = number(zone..zone + 1) {
                millis += i64::from(digit) * weight;
                weight /= 10;
                zone += 1;
            }
        }
        let minutes = match iso.as_bytes().get(zone)? {
            b'Z' | b'z' if iso.len() == zone + 1 => 0,
            sign @ (b'+' | b'-') if iso.len() == zone + 6 && iso.as_bytes()[zone + 3] == b':' => {
                let minutes = i64::from(number(zone + 1..zone + 3)?) * 60 + i64::from(number(zone + 4..zone + 6)?);
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let seconds = PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp() - minutes * 60;
        Some(Self::from_millis(seconds * 1000 + millis))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, with milliseconds only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1000)).expect("made in range");
        let (year, month, day) = moment.to_calendar_date();
        let (hour, minute, second) = moment.to_hms();
        write!(f, "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", u8::from(month))?;
        match self.0.rem_euclid(1000) {
            0 => f.write_str("Z"),
            millis => write!(f, ".{millis:03}Z"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parse_reads_what_display_writes(millis in -62_167_219_200_000..253_402_300_799_999i64) {
            let moment = Timestamp::from_millis(millis);
            prop_assert_eq!(moment.millis(), millis);
            prop_assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
        }

        #[test]
        fn parse_never_panics(iso in "\\PC{0,30}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.Z+é-]{0,20}") {
            let _ = Timestamp::parse(&iso);
        }
    }

    #[test]
    fn offsets_and_fractions_are_read() {
        let at = |iso| Timestamp::parse(iso).map(|t| t.to_string());
        assert_eq!(at("2011-06-28T11:30:00+02:00").as_deref(), Some("2011-06-28T09:30:00Z"));
        assert_eq!(at("2011-06-28T09:30:00.1239Z").as_deref(), Some("2011-06-28T09:30:00.123Z"));
        assert_eq!(at("2011-06-31T09:30:00Z"), None);
        assert_eq!(at("2011-06-28"), None);
    }

    #[test]
    fn ids_of_one_command_are_distinct_and_sort_by_time() {
        let stamp = |millis| Stamp { now: Timestamp::from_millis(millis), seed: [255; 10], creator: String::new() };
        let early = stamp(1_000);
        assert_ne!(early.id(0), early.id(1));
        assert!(early.id(1) < stamp(2_000).id(0));
        assert_eq!(early.id(0).as_str().len(), 36);
        assert_eq!(early.id(0).as_str().as_bytes()[14], b'7');
    }
}
