//! The text of a release and its positions. Inside the core a position is a UTF-8 byte on a
//! character boundary; the other two units are converted here and nowhere else.
//! Leaves out everything that knows what the text means (see `segment`).

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// An immutable text, kept to the character: no normalisation, no trimming, no changed line ends.
///
/// Cloning is cheap: clones share the content. Dereferences to `str`.
#[derive(Clone)]
pub struct Text {
    content: Rc<str>,
    marks: Rc<[Mark]>,
    utf16_len: usize,
    char_len: usize,
}

/// A position counted in UTF-16 code units, as the DOM and JavaScript strings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Offset(pub usize);

/// A position counted in Unicode code points, as Python and the W3C selectors count
/// (Web Annotation Data Model 4.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharOffset(pub usize);

/// A half-open stretch of a text, in UTF-8 bytes on character boundaries; `start <= end` always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

/// The language of a release: French and English have rules of their own, any other language
/// gets the general ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// French, also the default where nothing says otherwise.
    #[default]
    French,
    /// English.
    English,
    /// Any other language.
    Other,
}

/// How many units of each kind lie before byte `index * STRIDE` (rounded up to a boundary).
#[derive(Clone, Copy)]
struct Mark {
    byte: usize,
    utf16: usize,
    chars: usize,
}

/// An odd number with ones all over: the golden ratio's fraction, in 64 bits.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bytes between two marks: a conversion scans at most this much after a binary search, and the
/// marks of a text take a tenth of its size.
const STRIDE: usize = 256;

impl Text {
    /// Takes over the content as it is. Linear in its length; conversions are logarithmic after.
    pub fn new(content: impl Into<Rc<str>>) -> Self {
        let content = content.into();
        let bytes = content.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut at = Mark { byte: 0, utf16: 0, chars: 0 };
        while at.byte < bytes.len() {
            marks.push(at);
            let end = content.ceil_char_boundary(at.byte + STRIDE);
            let (chars, pairs) = count(&bytes[at.byte..end]);
            at = Mark { byte: end, utf16: at.utf16 + chars + pairs, chars: at.chars + chars };
        }
        Self { marks: marks.into(), utf16_len: at.utf16, char_len: at.chars, content }
    }

    /// The whole content.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The length in UTF-16 code units.
    pub fn utf16_len(&self) -> Utf16Offset {
        Utf16Offset(self.utf16_len)
    }

    /// The length in Unicode code points.
    pub fn char_len(&self) -> CharOffset {
        CharOffset(self.char_len)
    }

    /// A number that tells the text from what it was before somebody changed it: two texts that differ
    /// in one byte never have the same, any two others hardly ever. Not for texts that are made to deceive.
    pub fn fingerprint(&self) -> u64 {
        let mut sum = self.content.len() as u64;
        for stretch in self.content.as_bytes().chunks(STRIDE) {
            sum = mix(sum, stretch);
        }
        sum
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span { start: 0, end: self.content.len() }
    }

    /// The stretch of the text that a span covers.
    ///
    /// `None` if the span ends behind the text or cuts a character.
    ///
    /// # Examples
    ///
    /// ```
    /// use annotator_core::{Span, Text};
    /// let text = Text::new("à Lyon");
    /// assert_eq!(text.slice(Span::new(3, 7).unwrap()), Some("Lyon"));
    /// assert_eq!(text.slice(Span::new(1, 7).unwrap()), None, "inside the à");
    /// ```
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.content.get(span.start..span.end)
    }

    /// A byte position in UTF-16 code units. `None` inside a character or behind the end.
    pub fn utf16_of(&self, byte: usize) -> Option<Utf16Offset> {
        self.position_of_byte(byte).map(|at| Utf16Offset(at.utf16))
    }

    /// A byte position in code points. `None` inside a character or behind the end.
    pub fn char_of(&self, byte: usize) -> Option<CharOffset> {
        self.position_of_byte(byte).map(|at| CharOffset(at.chars))
    }

    /// A UTF-16 position in bytes. `None` between the halves of a surrogate pair or behind the end.
    ///
    /// # Examples
    ///
    /// ```
    /// use annotator_core::{Text, Utf16Offset};
    /// let text = Text::new("😀!");
    /// assert_eq!(text.byte_of_utf16(Utf16Offset(2)), Some(4));
    /// assert_eq!(text.byte_of_utf16(Utf16Offset(1)), None);
    /// ```
    pub fn byte_of_utf16(&self, at: Utf16Offset) -> Option<usize> {
        self.seek(at.0, self.utf16_len, |mark| mark.utf16).map(|found| found.byte)
    }

    /// A code point position in bytes. `None` behind the end.
    pub fn byte_of_char(&self, at: CharOffset) -> Option<usize> {
        self.seek(at.0, self.char_len, |mark| mark.chars).map(|found| found.byte)
    }

    /// A span in UTF-16 code units, as `[start, end]`. `None` if it does not lie on boundaries.
    pub fn utf16_span(&self, span: Span) -> Option<[Utf16Offset; 2]> {
        Some([self.utf16_of(span.start)?, self.utf16_of(span.end)?])
    }

    /// A span in code points, as `[start, end]`. `None` if it does not lie on boundaries.
    pub fn char_span(&self, span: Span) -> Option<[CharOffset; 2]> {
        Some([self.char_of(span.start)?, self.char_of(span.end)?])
    }

    /// The span between two UTF-16 positions. `None` if they are reversed, outside, or inside a pair.
    pub fn span_of_utf16(&self, ends: [Utf16Offset; 2]) -> Option<Span> {
        Span::new(self.byte_of_utf16(ends[0])?, self.byte_of_utf16(ends[1])?)
    }

    /// The span between two code point positions. `None` if they are reversed or outside.
    pub fn span_of_chars(&self, ends: [CharOffset; 2]) -> Option<Span> {
        Span::new(self.byte_of_char(ends[0])?, self.byte_of_char(ends[1])?)
    }

    fn position_of_byte(&self, byte: usize) -> Option<Mark> {
        if !self.content.is_char_boundary(byte) {
            return None;
        }
        self.seek(byte, self.content.len(), |mark| mark.byte)
    }

    /// Finds the boundary at which `unit` counts exactly `target`.
    fn seek(&self, target: usize, len: usize, unit: impl Fn(&Mark) -> usize) -> Option<Mark> {
        if target == len {
            return Some(Mark { byte: self.content.len(), utf16: self.utf16_len, chars: self.char_len });
        }
        if target > len {
            return None;
        }
        let after = self.marks.partition_point(|mark| unit(mark) <= target);
        let mut at = *self.marks.get(after.checked_sub(1)?)?;
        let mut rest = self.content[at.byte..].chars();
        while unit(&at) < target {
            let c = rest.next()?;
            at = Mark { byte: at.byte + c.len_utf8(), utf16: at.utf16 + c.len_utf16(), chars: at.chars + 1 };
        }
        (unit(&at) == target).then_some(at)
    }
}

/// Takes some bytes into a fingerprint, eight at a time.
#[inline(never)]
fn mix(mut sum: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut tail = [0; 8];
    tail[..rest.len()].copy_from_slice(rest);
    for word in words {
        sum = (sum.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(MIXER);
    }
    (sum.rotate_left(5) ^ u64::from_le_bytes(tail)).wrapping_mul(MIXER)
}

/// The characters of a stretch of UTF-8 that begins and ends with one, and how many of them are pairs in UTF-16. Eight bytes
/// at a time; a function of its own, which the browser compiles anew when it has been called often.
#[inline(never)]
fn count(bytes: &[u8]) -> (usize, usize) {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    let (mut inner, mut pairs) = (0, 0);
    for word in words.iter().copied().map(u64::from_le_bytes) {
        let high = word >> 7 & ONES;
        inner += (high & !(word >> 6)).count_ones() as usize;
        pairs += (high & word >> 6 & word >> 5 & word >> 4).count_ones() as usize;
    }
    for byte in rest {
        inner += usize::from(byte & 0xc0 == 0x80);
        pairs += usize::from(*byte >= 0xf0);
    }
    (bytes.len() - inner, pairs)
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.content
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.content, &other.content) || self.content == other.content
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.content.fmt(f)
    }
}

impl Span {
    /// A span from `start` to `end`, in bytes. `None` if it is reversed.
    pub const fn new(start: usize, end: usize) -> Option<Self> {
        if start <= end { Some(Self { start, end }) } else { None }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte behind the last.
    pub const fn end(self) -> usize {
        self.end
    }

    /// The length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies between the ends.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside; a span contains itself.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte; spans that only touch do not.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl Language {
    /// The language of a BCP 47 tag, by its primary subtag: `fr-CA` is French, `en` English.
    ///
    /// An empty tag is French, the default of the contract.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary {
            "" => Self::French,
            _ if primary.eq_ignore_ascii_case("fr") => Self::French,
            _ if primary.eq_ignore_ascii_case("en") => Self::English,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn conversions_agree_with_a_count_from_the_start(content in "(\\PC|[é😀\r\n])*") {
            let text = Text::new(content.as_str());
            for byte in 0..=content.len() + 1 {
                let counted = content.get(..byte);
                prop_assert_eq!(text.utf16_of(byte), counted.map(|s| Utf16Offset(s.encode_utf16().count())));
                prop_assert_eq!(text.char_of(byte), counted.map(|s| CharOffset(s.chars().count())));
            }
        }

        #[test]
        fn every_unit_leads_back_to_the_same_byte(content in "[a-z é😀]{0,700}") {
            let text = Text::new(content.as_str());
            for byte in (0..=content.len()).filter(|&b| content.is_char_boundary(b)) {
                prop_assert_eq!(text.utf16_of(byte).and_then(|at| text.byte_of_utf16(at)), Some(byte));
                prop_assert_eq!(text.char_of(byte).and_then(|at| text.byte_of_char(at)), Some(byte));
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_that_differs_in_one_byte_has_another_fingerprint(
            content in "[a-z é😀]{1,40}", at in any::<prop::sample::Index>(), letter in "[A-Z]",
        ) {
            let at = at.index(content.chars().count());
            let changed: String =
                content.chars().enumerate().map(|(index, c)| if index == at { letter.clone() } else { c.into() }).collect();
            prop_assert_ne!(Text::new(content.as_str()).fingerprint(), Text::new(changed).fingerprint());
            let longer = format!("{content}\0");
            prop_assert_ne!(Text::new(content).fingerprint(), Text::new(longer).fingerprint());
        }
    }

    #[test]
    fn a_position_inside_a_surrogate_pair_or_behind_the_end_is_none() {
        let text = Text::new("a😀");
        assert_eq!(text.byte_of_utf16(Utf16Offset(2)), None);
        assert_eq!(text.byte_of_utf16(Utf16Offset(3)), Some(5));
        assert_eq!(text.byte_of_utf16(Utf16Offset(4)), None);
        assert_eq!(text.byte_of_char(CharOffset(3)), None);
        assert_eq!(text.utf16_of(2), None);
        assert_eq!(text.utf16_of(9), None);
    }

    #[test]
    fn an_empty_text_has_one_position() {
        let text = Text::new("");
        assert_eq!(text.byte_of_utf16(Utf16Offset(0)), Some(0));
        assert_eq!(text.char_of(0), Some(CharOffset(0)));
        assert_eq!(text.byte_of_char(CharOffset(1)), None);
    }

    #[test]
    fn a_reversed_span_is_refused() {
        assert_eq!(Span::new(2, 1), None);
        assert_eq!(Text::new("abc").span_of_chars([CharOffset(2), CharOffset(1)]), None);
    }

    #[test]
    fn the_primary_subtag_decides_the_language() {
        assert_eq!(Language::from_tag("fr-CA"), Language::French);
        assert_eq!(Language::from_tag("EN_us"), Language::English);
        assert_eq!(Language::from_tag(""), Language::French);
        assert_eq!(Language::from_tag("de"), Language::Other);
    }
}
