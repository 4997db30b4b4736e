//! Checks a date's value as a person types it: ISO 8601, or one of the TIMEX3 forms.
//! Leaves out whether the value is right for its expression.

use super::calendar;
use crate::UiLanguage;

/// Why a value is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueError {
    /// Nothing was given.
    Empty,
    /// The form is none of those known.
    Form,
    /// The form is a date's but the calendar has no such day, month, week or hour.
    Calendar,
    /// An interval whose end lies before its beginning.
    Reversed,
}

impl ValueError {
    /// What was expected, with an example; in the language of the interface.
    pub fn text(self, ui: UiLanguage) -> &'static str {
        let french = ui == UiLanguage::French;
        match self {
            Self::Empty | Self::Form if french => {
                "Valeur attendue : une date ISO 8601 (2011-06-27, 2011-06, 2011), une période (2024-Q3, 2015-H1, 2016-SU), \
                 une durée (P3Y, PT48H) ou un intervalle (2016-05-03/2016-05-05)."
            }
            Self::Empty | Self::Form => {
                "Expected an ISO 8601 date (2011-06-27, 2011-06, 2011), a period (2024-Q3, 2015-H1, 2016-SU), \
                 a duration (P3Y, PT48H) or an interval (2016-05-03/2016-05-05)."
            }
            Self::Calendar if french => "Cette date n’existe pas au calendrier ; attendu par exemple 2024-02-29.",
            Self::Calendar => "The calendar has no such date; expected for example 2024-02-29.",
            Self::Reversed if french => {
                "L’intervalle finit avant de commencer ; attendu par exemple 2016-05-03/2016-05-05."
            }
            Self::Reversed => "The interval ends before it begins; expected for example 2016-05-03/2016-05-05.",
        }
    }
}

impl std::fmt::Display for ValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text(UiLanguage::English))
    }
}

impl std::error::Error for ValueError {}

/// Accepts what a date's value may be: `2011-06-27` with or without a clock time or a time of day
/// (`T18:30`, `TMO`), `2011-06`, `2011`, `198`, `18`, `2024-Q3`, `2015-H1`, `2016-SU`, `2011-W25`, a
/// duration, an interval of two of these, or `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
///
/// # Errors
///
/// [`ValueError`], whose text says what is expected.
///
/// # Examples
///
/// ```
/// use annotator_core::suggest::{ValueError, check_value};
/// assert_eq!(check_value("2016-05-03/2016-05-05"), Ok(()));
/// assert_eq!(check_value("2015-02-29"), Err(ValueError::Calendar));
/// assert_eq!(check_value("27/06/2011"), Err(ValueError::Form));
/// ```
pub fn check_value(value: &str) -> Result<(), ValueError> {
    if value.is_empty() {
        return Err(ValueError::Empty);
    }
    if matches!(value, "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        return Ok(());
    }
    let Some((from, to)) = value.split_once('/') else {
        return point(value);
    };
    point(from)?;
    point(to)?;
    // Only what has the same form can be compared by its text.
    let comparable = from.len() == to.len() && !from.starts_with('P');
    if comparable && from > to { Err(ValueError::Reversed) } else { Ok(()) }
}

/// The forms of a point: `9` is a digit, `_` one of the letters behind the form.
const FORMS: [(&str, &str); 9] = [
    ("99", ""),
    ("999", ""),
    ("9999", ""),
    ("9999-99", ""),
    ("9999-99-99", ""),
    ("9999-_9", "QH"),
    ("9999-__", "SPUFAWI"),
    ("9999-_99", "W"),
    ("9999-_99-_", "W1234567E"),
];

/// Whether a text has a form, and if so the numbers in it.
fn read(text: &[u8], form: &str, letters: &str) -> Option<[i32; 3]> {
    let mut fields = [0; 3];
    let mut at = 0;
    for (k, expected) in form.bytes().enumerate() {
        let byte = *text.get(k)?;
        match expected {
            b'9' if byte.is_ascii_digit() => fields[at % 3] = fields[at % 3] * 10 + i32::from(byte - b'0'),
            b'_' if letters.as_bytes().contains(&byte) => {}
            b'-' if byte == b'-' => at += 1,
            _ => return None,
        }
    }
    (form.len() == text.len()).then_some(fields)
}

fn point(value: &str) -> Result<(), ValueError> {
    if let Some(length) = value.strip_prefix('P') {
        return if is_duration(length.as_bytes()) { Ok(()) } else { Err(ValueError::Form) };
    }
    let (day, clock) = match value.split_once('T') {
        Some((day, clock)) => (day.as_bytes(), clock),
        None => (value.as_bytes(), "DT"),
    };
    let found = FORMS.iter().find_map(|(form, letters)| Some((*form, read(day, form, letters)?)));
    let Some((form, [year, second, third])) = found else { return Err(ValueError::Form) };
    let letter = day.get(5).copied().unwrap_or_default();
    let exists = match form {
        "9999-99" => (1..=12).contains(&second),
        "9999-99-99" => calendar::number(year, second, third) != calendar::NEVER,
        "9999-_9" => (1..=if letter == b'Q' { 4 } else { 2 }).contains(&second),
        "9999-__" if !matches!(&day[5..], b"SP" | b"SU" | b"FA" | b"WI") => return Err(ValueError::Form),
        "9999-_99" | "9999-_99-_" => (1..=53).contains(&second),
        _ => true,
    };
    if matches!(clock, "MO" | "AF" | "EV" | "NI" | "MI" | "DT") {
        return check(exists);
    }
    if day.len() != 10 {
        return Err(ValueError::Form);
    }
    let parts = clock.split(':').count();
    let mut fits = exists;
    for (k, field) in clock.split(':').enumerate() {
        let [n, ..] = read(field.as_bytes(), "99", "").filter(|_| parts < 4).ok_or(ValueError::Form)?;
        fits &= n <= if k == 0 { 24 } else { 59 };
    }
    check(fits)
}

/// What follows the P of `P3Y`, `P1Y6M`, `PT48H`, `P2W`, `P1DT12H`; `X` is TIMEX3's for some.
fn is_duration(value: &[u8]) -> bool {
    // The units in their order, those of a clock behind T.
    let units = b"YMWDTHMS";
    let (mut from, mut digits, mut seen) = (0, false, false);
    for &c in value {
        match c {
            b'0'..=b'9' | b'X' => digits = true,
            b'.' if digits => {}
            _ => {
                let Some(at) = (from..units.len()).find(|&k| units[k] == c && (from > 4 || k < 5)) else {
                    return false;
                };
                if digits == (c == b'T') {
                    return false;
                }
                (from, digits, seen) = (at + 1, false, c != b'T');
            }
        }
    }
    seen && !digits
}

fn check(exists: bool) -> Result<(), ValueError> {
    if exists { Ok(()) } else { Err(ValueError::Calendar) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_forms_of_the_guideline_are_accepted() {
        let forms = "2011-06-27 2011-06 2011 2024-Q3 2015-H1 2016-SU 198 18 P3Y PT48H 2016-05-03/2016-05-05 2013/2014 PRESENT_REF \
                     2016-05-03T18:30 2016-05-03T09:00/2016-05-03T18:00 2016-05-03TEV 2011-W25 P1Y6M P1DT12H PXM P3Y/P5Y 198/199";
        for form in forms.split_whitespace() {
            assert_eq!(check_value(form), Ok(()), "{form}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused_with_its_reason() {
        for (value, error) in [
            ("", ValueError::Empty),
            ("27 juin", ValueError::Form),
            ("2011-6-27", ValueError::Form),
            ("P", ValueError::Form),
            ("PT", ValueError::Form),
            ("P3", ValueError::Form),
            ("P3Y2Y", ValueError::Form),
            ("2011-06T10:00", ValueError::Form),
            ("2011-06-27T10:00:00:00", ValueError::Form),
            ("é011", ValueError::Form),
            ("2011-13", ValueError::Calendar),
            ("2023-02-29", ValueError::Calendar),
            ("2024-Q5", ValueError::Calendar),
            ("2016-05-03T25:00", ValueError::Calendar),
            ("2016-05-05/2016-05-03", ValueError::Reversed),
        ] {
            assert_eq!(check_value(value), Err(error), "{value}");
        }
    }

    #[test]
    fn every_message_gives_an_example_that_is_accepted() {
        for error in [ValueError::Empty, ValueError::Form, ValueError::Calendar, ValueError::Reversed] {
            for ui in [UiLanguage::French, UiLanguage::English] {
                let example = error
                    .text(ui)
                    .split([' ', '(', ')', ',', '.', ';'])
                    .filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
                assert!(example.filter(|w| w.len() > 4).all(|w| check_value(w).is_ok()), "{}", error.text(ui));
            }
        }
        assert!(ValueError::Calendar.to_string().contains("expected for example 2024-02-29"));
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(value in "[0-9PTYMWDHSQX:/. é-]{0,14}") {
            let _ = check_value(&value);
        }
    }
}
