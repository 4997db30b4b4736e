//! The storage codec: one small record a key, each with a checksum, characters kept below U+0100.
//! Leaves out the store itself (the shell) and files that leave the widget (`format`).
//!
//! A key is `release-annotator:`, the version of the codec, the hash of the release's storage key, one letter
//! for the kind of record, and the record's own name. A value is a checksum and fields separated by `|`.
//! At most 110 characters, key included, hold an annotation without a note (measured in the tests).

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::annotation::{Annotation, AnnotationId, Attributes, Provenance, Quote, Target, Timestamp, Unit};
use crate::document::Release;
use crate::label::{Label, LabelSet};
use crate::review::Review;
use crate::sha256::sha256;
use crate::text::{Span, Text};
use crate::transaction::Correction;

/// Characters of a release's name in its keys: eight bytes of a hash in base64.
const NAME_LEN: usize = 11;

/// What every key begins with.
pub const PREFIX: &str = "release-annotator:";

/// The version of the codec: the character behind [`PREFIX`], a digit and, after the nine, a small letter. The release's
/// name behind it is the same in all versions. A key of another version is left alone.
pub const VERSION: char = '1';

/// Bytes of a text that localStorage holds, a twenty-fifth of its room; a longer one goes to IndexedDB.
const LARGEST_TEXT: usize = 200_000;

/// What localStorage has of a text that lies in IndexedDB, and what a text that is to go there begins with.
pub const AWAY: &str = "@";

/// The version of the codec that has made a key, by ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// An older one.
    Older,
    /// Ours.
    Own,
    /// A later one, which may say what we cannot read.
    Newer,
}

/// The part of the keys that belongs to one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    prefix: String,
}

/// One record, as its key and value say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An annotation.
    Annotation(Annotation),
    /// A correction and the byte at which the later sentence begins.
    Boundary(usize, Correction),
    /// What the release was when the other records were made.
    Release(ReleaseRecord),
    /// The id of a suggestion that was dismissed.
    Dismissal(String),
    /// The label set that a person has made, and the ids of the set it was made from.
    Labels(LabelSet, Vec<String>),
    /// What was looked at.
    Review(Review),
}

/// What the release was when the other records of its shelf were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseRecord {
    /// See [`crate::Release::id`].
    pub id: String,
    /// See [`crate::Release::title`].
    pub title: String,
    /// See [`crate::Release::lang`].
    pub lang: String,
    /// See [`crate::Release::source`].
    pub source: String,
    /// See [`crate::Release::sha256`]; empty since there is a fingerprint.
    pub sha256: String,
    /// See [`crate::Text::fingerprint`], in base 36.
    pub fingerprint: String,
}

impl ReleaseRecord {
    /// The record of a release.
    pub fn of(release: &Release) -> Self {
        let Release { id, title, lang, source, text, .. } = release;
        let [id, title, lang, source] = [id, title, lang, source].map(String::clone);
        Self { id, title, lang, source, sha256: String::new(), fingerprint: to_base36(text.fingerprint()) }
    }

    /// Whether the other records were made on the text of this release.
    pub fn fits(&self, release: &Release) -> bool {
        if self.fingerprint.is_empty() {
            self.sha256 == release.sha256()
        } else {
            self.fingerprint == to_base36(release.text.fingerprint())
        }
    }

    /// Whether the other records were made on this text.
    pub fn knows(&self, text: &str) -> bool {
        self.fits(&Release::new("-", "", "", "", Text::new(text)))
    }

    /// What tells its text from others; see [`Former::from`].
    pub fn mark(&self) -> &str {
        if self.fingerprint.is_empty() { &self.sha256 } else { &self.fingerprint }
    }
}

/// What was there before the text of a release changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The [`mark`](ReleaseRecord::mark) of the text before.
    pub from: String,
    /// When that was found.
    pub at: Timestamp,
    /// Where the annotations stood in the text before; those that had no place in it are not here.
    pub spans: Vec<(AnnotationId, Span)>,
}

/// A value that cannot be read: cut off, changed, or not made by this codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrupt;

impl Shelf {
    /// The shelf of a release with this storage key.
    pub fn new(storage_key: &str) -> Self {
        let digest = sha256(storage_key.as_bytes());
        Self { prefix: format!("{PREFIX}{VERSION}{}", to_base64(&digest[..8])) }
    }

    /// The shelf with this [`name`](Self::name): where a release lies whose storage key is not known.
    pub fn named(name: &str) -> Self {
        Self { prefix: [PREFIX, VERSION.encode_utf8(&mut [0; 4]), name].concat() }
    }

    /// The name of the release that a key of this version belongs to.
    pub fn name_in(key: &str) -> Option<&str> {
        key.strip_prefix(PREFIX)?.strip_prefix(VERSION)?.get(..NAME_LEN)
    }

    /// The name of the release in the keys of all versions.
    pub fn name(&self) -> &str {
        &self.prefix[PREFIX.len() + 1..]
    }

    /// Which version of the codec has made a key of this release.
    pub fn version_of(&self, key: &str) -> Version {
        match key.as_bytes().get(PREFIX.len()).cmp(&self.prefix.as_bytes().get(PREFIX.len())) {
            Ordering::Less => Version::Older,
            Ordering::Equal => Version::Own,
            Ordering::Greater => Version::Newer,
        }
    }

    /// What all keys of the shelf begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of an annotation.
    pub fn annotation_key(&self, id: &AnnotationId) -> String {
        match compact_uuid(id.as_str()) {
            Some(compact) => format!("{}a{compact}", self.prefix),
            None => format!("{}n{}", self.prefix, narrow(id.as_str())),
        }
    }

    /// The key of a correction.
    pub fn boundary_key(&self, at: usize) -> String {
        format!("{}b{}", self.prefix, to_base36(at as u64))
    }

    /// The key of the release's own record.
    pub fn release_key(&self) -> String {
        format!("{}r", self.prefix)
    }

    /// The key of the label set.
    pub fn labels_key(&self) -> String {
        format!("{}l", self.prefix)
    }

    /// The key of the review.
    pub fn review_key(&self) -> String {
        format!("{}v", self.prefix)
    }

    /// The key under which the text is kept on which the annotations were made.
    pub fn text_key(&self) -> String {
        format!("{}t", self.prefix)
    }

    /// The key of what was there before the text changed. It sorts before all others, and is written first.
    pub fn former_key(&self) -> String {
        format!("{}0", self.prefix)
    }

    /// The key under which the text before the last change is kept.
    pub fn former_text_key(&self) -> String {
        format!("{}1", self.prefix)
    }

    /// The key that is there as long as nothing has changed since the file was downloaded.
    pub fn download_key(&self) -> String {
        format!("{}f", self.prefix)
    }

    /// Whether a key is one of the shelf's records (not the text, not what was set aside).
    pub fn holds(&self, key: &str) -> bool {
        key.strip_prefix(self.prefix.as_str()).is_some_and(|name| name.starts_with(['a', 'n', 'b', 'r', 'd', 'l', 'v']))
    }

    /// The key under which an unreadable value is set aside.
    pub fn aside_key(&self, key: &str) -> String {
        format!("{}x{}", self.prefix, key.strip_prefix(self.prefix.as_str()).unwrap_or(key))
    }

    /// Writes what was there before the text changed: its key and its value.
    pub fn write_former(&self, former: &Former) -> (String, String) {
        let key = self.former_key();
        let mut fields = vec![former.from.clone()];
        for (id, span) in &former.spans {
            fields.extend([id.as_str().to_owned(), write_span(*span)]);
        }
        // Last, so that it is found without reading the rest.
        fields.push(signed_base36(former.at.millis()));
        let value = self.seal(&key, &fields);
        (key, value)
    }

    /// Reads what [`write_former`](Self::write_former) wrote.
    ///
    /// # Errors
    ///
    /// [`Corrupt`] if the checksum or a field is wrong.
    pub fn read_former(&self, value: &str) -> Result<Former, Corrupt> {
        let body = opened("0", value)?;
        let (rest, _) = body.rsplit_once('|').ok_or(Corrupt)?;
        let mut fields = Fields(Some(rest));
        let at = Self::moment_of(value).ok_or(Corrupt)?;
        let mut former = Former { from: fields.owned(), at, spans: Vec::new() };
        while !fields.is_empty() {
            let id = AnnotationId::new(&fields.next()).ok_or(Corrupt)?;
            former.spans.push((id, read_span(&fields.next())?));
        }
        Ok(former)
    }

    /// When a text changed, out of what [`write_former`](Self::write_former) wrote; not checked.
    pub fn moment_of(value: &str) -> Option<Timestamp> {
        Some(Timestamp::from_millis(read_signed(value.rsplit_once('|')?.1).ok()?))
    }

    /// Writes the text before the last change: its key and its value, which goes to IndexedDB.
    pub fn write_former_text(&self, text: &str) -> (String, String) {
        (self.former_text_key(), [AWAY, text].concat())
    }

    /// Writes the text on which the annotations were made: its key, and its value, or a value for IndexedDB.
    pub fn keep_text(&self, text: &str) -> (String, String) {
        match text.len() {
            ..=LARGEST_TEXT => self.write_text(text),
            _ => (self.text_key(), [AWAY, text].concat()),
        }
    }

    /// Reads a record. `key` is one that the shelf [`holds`](Self::holds).
    ///
    /// # Errors
    ///
    /// [`Corrupt`] if the checksum or a field is wrong.
    pub fn read(&self, key: &str, value: &str) -> Result<Record, Corrupt> {
        let name = key.strip_prefix(self.prefix.as_str()).ok_or(Corrupt)?;
        let body = opened(name, value)?;
        let mut fields = Fields(Some(&body));
        let record = match name.split_at_checked(1).ok_or(Corrupt)? {
            ("a", compact) => Record::Annotation(read_annotation(expand_uuid(compact)?, &mut fields)?),
            ("n", narrowed) => Record::Annotation(read_annotation(widen(narrowed)?, &mut fields)?),
            ("b", at) => {
                let correction = match &*fields.next() {
                    "j" => Correction::Join,
                    "s" => Correction::Split,
                    _ => return Err(Corrupt),
                };
                Record::Boundary(usize::try_from(from_base36(at)?).map_err(|_| Corrupt)?, correction)
            }
            ("d", narrowed) => Record::Dismissal(widen(narrowed)?),
            ("r", "") => Record::Release(ReleaseRecord {
                id: fields.owned(),
                title: fields.owned(),
                lang: fields.owned(),
                source: fields.owned(),
                sha256: fields.owned(),
                fingerprint: fields.owned(),
            }),
            ("l", "") => {
                let from = fields.next().split('\n').map(str::to_owned).collect();
                let mut labels = Vec::new();
                while !fields.is_empty() {
                    labels.push(Label {
                        id: fields.owned(),
                        name_fr: fields.owned(),
                        name_en: fields.owned(),
                        color: fields.owned(),
                        key: fields.next().chars().next(),
                        description: fields.owned(),
                    });
                }
                Record::Labels(LabelSet::new(labels), from)
            }
            ("v", "") => {
                let done = !fields.next().is_empty();
                let mut ranges = Vec::new();
                while !fields.is_empty() {
                    ranges.push(read_span(&fields.next())?);
                }
                Record::Review(Review::new(ranges, done))
            }
            _ => return Err(Corrupt),
        };
        Ok(record)
    }

    /// The suggestion whose dismissal has this key.
    pub fn dismissal_of(&self, key: &str) -> Option<String> {
        widen(key.strip_prefix(self.prefix.as_str())?.strip_prefix('d')?).ok()
    }

    /// Writes that a suggestion was dismissed: its key and its value.
    pub fn write_dismissal(&self, suggestion: &str) -> (String, String) {
        let key = format!("{}d{}", self.prefix, narrow(suggestion));
        let value = self.seal(&key, &[]);
        (key, value)
    }

    /// Writes a label set and the set that it was made from: its key and its value.
    pub fn write_labels(&self, labels: &LabelSet, from: &LabelSet) -> (String, String) {
        let key = self.labels_key();
        let mut fields = vec![from.iter().map(|label| label.id.as_str()).collect::<Vec<_>>().join("\n")];
        for label in labels.iter() {
            let Label { id, name_fr, name_en, color, key, description } = label.clone();
            fields.extend([id, name_fr, name_en, color, key.map(String::from).unwrap_or_default(), description]);
        }
        let value = self.seal(&key, &fields);
        (key, value)
    }

    /// Writes a review: its key and its value.
    pub fn write_review(&self, review: &Review) -> (String, String) {
        let key = self.review_key();
        let mut fields = vec![if review.done { "d".to_owned() } else { String::new() }];
        fields.extend(review.ranges().iter().map(|range| write_span(*range)));
        let value = self.seal(&key, &fields);
        (key, value)
    }

    /// Writes an annotation: its key and its value.
    pub fn write_annotation(&self, annotation: &Annotation) -> (String, String) {
        let key = self.annotation_key(&annotation.id);
        let mut fields = Vec::with_capacity(10);
        let unit = match annotation.unit {
            Unit::Sentence => 's',
            Unit::Span => 'p',
        };
        let (kind, detail) = match &annotation.provenance {
            Provenance::Manual => ('m', ""),
            Provenance::Suggested(rule) => ('s', rule.as_str()),
            Provenance::Imported(from) => ('i', from.as_str()),
        };
        fields.push(format!("{unit}{kind}"));
        fields.push(annotation.label.clone());
        fields.push(match &annotation.target {
            Target::Span(span) => write_span(*span),
            Target::Orphan(_) => String::new(),
        });
        let created = annotation.created.millis();
        fields.push(signed_base36(created));
        let later = annotation.modified.millis() - created;
        fields.push(if later == 0 { String::new() } else { signed_base36(later) });
        fields.push(annotation.creator.clone());
        fields.push(detail.to_owned());
        fields.push(annotation.note.clone());
        if let Target::Orphan(quote) = &annotation.target {
            fields.extend([quote.exact.clone(), quote.prefix.clone(), quote.suffix.clone()]);
        }
        for (name, value) in annotation.attributes.iter() {
            fields.extend([name.clone(), value.clone()]);
        }
        let value = self.seal(&key, &fields);
        (key, value)
    }

    /// Writes a correction: its key and its value.
    pub fn write_boundary(&self, at: usize, correction: Correction) -> (String, String) {
        let key = self.boundary_key(at);
        let letter = match correction {
            Correction::Join => "j",
            Correction::Split => "s",
        };
        let value = self.seal(&key, &[letter.to_owned()]);
        (key, value)
    }

    /// Writes the release's own record: its key and its value.
    pub fn write_release(&self, release: &ReleaseRecord) -> (String, String) {
        let key = self.release_key();
        let ReleaseRecord { id, title, lang, source, sha256, fingerprint } = release.clone();
        let value = self.seal(&key, &[id, title, lang, source, sha256, fingerprint]);
        (key, value)
    }

    /// Writes the text on which the annotations were made: its key and its value.
    pub fn write_text(&self, text: &str) -> (String, String) {
        let body = narrow(text);
        (self.text_key(), [&checksum("t", &body), &*body].concat())
    }

    /// Reads what [`write_text`](Self::write_text) wrote.
    ///
    /// # Errors
    ///
    /// [`Corrupt`] if the checksum is wrong.
    pub fn read_text(&self, value: &str) -> Result<String, Corrupt> {
        opened("t", value).map(Cow::into_owned)
    }

    fn seal(&self, key: &str, fields: &[String]) -> String {
        let mut body = String::new();
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                body.push('|');
            }
            for c in field.chars() {
                match c {
                    '|' => body.push_str("\\p"),
                    '\\' => body.push_str("\\\\"),
                    c => body.push(c),
                }
            }
        }
        let used = body.trim_end_matches('|').len();
        body.truncate(used);
        let body = narrow(&body);
        let name = &key[self.prefix.len()..];
        [&checksum(name, &body), &*body].concat()
    }
}

/// Writes a text with its UTF-8 bytes as characters below U+0100: in WebKit a single character above halves
/// the room of its value.
pub fn narrow(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// Reads what [`narrow`] wrote.
///
/// # Errors
///
/// [`Corrupt`] if a character is not below U+0100 or the bytes are not UTF-8.
pub fn widen(narrowed: &str) -> Result<String, Corrupt> {
    let bytes: Option<Vec<u8>> = narrowed.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    String::from_utf8(bytes.ok_or(Corrupt)?).map_err(|_| Corrupt)
}

fn read_annotation(id: String, fields: &mut Fields) -> Result<Annotation, Corrupt> {
    let kinds = fields.next();
    let label = fields.owned();
    let place = fields.next();
    let created = read_signed(&fields.next())?;
    let later = match fields.next() {
        same if same.is_empty() => 0,
        later => read_signed(&later)?,
    };
    let creator = fields.owned();
    let detail = fields.owned();
    let note = fields.owned();
    let target = if place.is_empty() {
        Target::Orphan(Quote { exact: fields.owned(), prefix: fields.owned(), suffix: fields.owned() })
    } else {
        Target::Span(read_span(&place)?)
    };
    let mut attributes = Attributes::new();
    while !fields.is_empty() {
        attributes.insert(fields.owned(), fields.owned());
    }
    Ok(Annotation {
        id: AnnotationId::new(&id).ok_or(Corrupt)?,
        label,
        unit: match kinds.as_bytes().first() {
            Some(b's') => Unit::Sentence,
            Some(b'p') => Unit::Span,
            _ => return Err(Corrupt),
        },
        target,
        note,
        attributes,
        provenance: match kinds.get(1..) {
            Some("m") => Provenance::Manual,
            Some("s") => Provenance::Suggested(detail),
            Some("i") => Provenance::Imported(detail),
            _ => return Err(Corrupt),
        },
        creator,
        created: Timestamp::from_millis(created),
        modified: Timestamp::from_millis(created.checked_add(later).ok_or(Corrupt)?),
    })
}

fn write_span(span: Span) -> String {
    [to_base36(span.start() as u64), to_base36(span.len() as u64)].join(" ")
}

fn read_span(place: &str) -> Result<Span, Corrupt> {
    let (start, len) = place.split_once(' ').ok_or(Corrupt)?;
    let start = from_base36(start)?;
    let end = start.checked_add(from_base36(len)?).ok_or(Corrupt)?;
    let byte = |at: u64| usize::try_from(at).map_err(|_| Corrupt);
    Span::new(byte(start)?, byte(end)?).ok_or(Corrupt)
}

/// What a value of this name holds, if its checksum says so.
fn opened<'v>(name: &str, value: &'v str) -> Result<Cow<'v, str>, Corrupt> {
    let (sum, body) = value.split_at_checked(SUM_LEN).ok_or(Corrupt)?;
    match checksum(name, body) == sum {
        true if body.is_ascii() => Ok(Cow::Borrowed(body)),
        true => widen(body).map(Cow::Owned),
        false => Err(Corrupt),
    }
}

/// The fields of a value that are not read yet; empty ones behind the last.
struct Fields<'b>(Option<&'b str>);

impl<'b> Fields<'b> {
    fn next(&mut self) -> Cow<'b, str> {
        let Some(rest) = self.0 else { return Cow::Borrowed("") };
        let (field, behind) = rest.split_once('|').map_or((rest, None), |(field, behind)| (field, Some(behind)));
        self.0 = behind;
        if field.contains('\\') { Cow::Owned(unescape(field)) } else { Cow::Borrowed(field) }
    }

    fn owned(&mut self) -> String {
        self.next().into_owned()
    }

    fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

fn unescape(field: &str) -> String {
    let mut plain = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next() == Some('p') => plain.push('|'),
            c => plain.push(c),
        }
    }
    plain
}

/// 30 of the 32 bits, in five characters.
const SUM_LEN: usize = 5;

/// CRC-32 (ISO 3309, reflected polynomial 0xEDB88320) over the record's name and body: finds every
/// single changed byte, and a value under a key that is not its own.
fn checksum(name: &str, body: &str) -> String {
    let crc = !crc(crc(crc(u32::MAX, name), "|"), body);
    (0..SUM_LEN).map(|place| char::from(BASE64[(crc >> (6 * place)) as usize & 63])).collect()
}

/// Goes on with a CRC-32; four bits at a time.
fn crc(mut crc: u32, text: &str) -> u32 {
    for byte in text.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..2 {
            crc = crc >> 4 ^ NIBBLES[crc as usize & 15];
        }
    }
    crc
}

/// What four bits do to the CRC-32.
static NIBBLES: [u32; 16] = {
    let mut table = [0; 16];
    let mut at = 0;
    while at < 64 {
        let before = if at % 4 == 0 { at as u32 / 4 } else { table[at / 4] };
        table[at / 4] = (before >> 1) ^ (0xEDB8_8320 & (before & 1).wrapping_neg());
        at += 1;
    }
    table
};

/// The URL-safe alphabet (RFC 4648, 5).
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Without padding (RFC 4648, 3.2).
fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(BASE64[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}

/// The 128 bits of a UUID in its canonical form (RFC 9562, 4), in lower case.
fn compact_uuid(id: &str) -> Option<String> {
    let mut value = 0u128;
    for (place, byte) in id.bytes().enumerate() {
        match (place, byte) {
            (8 | 13 | 18 | 23, b'-') => {}
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => value = value << 4 | u128::from(byte - b'0'),
            (_, b'a'..=b'f') => value = value << 4 | u128::from(byte - b'a' + 10),
            _ => return None,
        }
    }
    (id.len() == 36).then(|| to_base64(&value.to_be_bytes()))
}

fn expand_uuid(compact: &str) -> Result<String, Corrupt> {
    let mut value = 0u128;
    if compact.len() != 22 {
        return Err(Corrupt);
    }
    for (place, byte) in compact.bytes().enumerate() {
        let digit = BASE64.iter().position(|known| *known == byte).ok_or(Corrupt)? as u128;
        // 22 digits hold 132 bits: of the last one only the upper two belong to the UUID.
        value = if place == 21 { value << 2 | digit >> 4 } else { value << 6 | digit };
    }
    Ok(uuid::Uuid::from_u128(value).hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()).to_owned())
}

fn to_base36(mut value: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[(value % 36) as usize]));
        value /= 36;
        if value == 0 {
            return digits.iter().rev().collect();
        }
    }
}

fn signed_base36(value: i64) -> String {
    format!("{}{}", if value < 0 { "-" } else { "" }, to_base36(value.unsigned_abs()))
}

fn from_base36(digits: &str) -> Result<u64, Corrupt> {
    u64::from_str_radix(digits, 36).map_err(|_| Corrupt)
}

fn read_signed(digits: &str) -> Result<i64, Corrupt> {
    i64::from_str_radix(digits, 36).map_err(|_| Corrupt)
}
