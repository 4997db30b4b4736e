//! What single characters are to the segmenter: blanks, line breaks, marks, quotation marks, brackets.
//! Leaves out grapheme clusters (see `grapheme`) and every decision.

/// The character at a byte of the text; NUL behind the end or inside a character, which is no class.
pub(super) fn at(text: &str, byte: usize) -> char {
    match text.as_bytes().get(byte) {
        Some(&b) if b < 0x80 => char::from(b),
        Some(_) => text.get(byte..).and_then(|rest| rest.chars().next()).unwrap_or('\0'),
        None => '\0',
    }
}

/// The character that ends at a byte of the text; NUL at the start.
pub(super) fn before(text: &str, byte: usize) -> char {
    match byte.checked_sub(1).map(|last| text.as_bytes()[last]) {
        Some(b) if b < 0x80 => char::from(b),
        Some(_) => text.get(..byte).and_then(|rest| rest.chars().next_back()).unwrap_or('\0'),
        None => '\0',
    }
}

/// A stretch of the text; empty where the ends are reversed or cut a character.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The classes of a character, one bit each.
const STRONG: u16 = 1;
const STOP: u16 = 1 << 1;
const SOLID: u16 = 1 << 2;
const QUOTE_OPENS: u16 = 1 << 3;
const QUOTE_CLOSES: u16 = 1 << 4;
const BRACKET_OPENS: u16 = 1 << 5;
const BRACKET_CLOSES: u16 = 1 << 6;
const DASH: u16 = 1 << 7;
const BULLET: u16 = 1 << 8;
const SUPERSCRIPT: u16 = 1 << 9;
const APOSTROPHE: u16 = 1 << 10;

/// Every character that has a class, in order.
#[rustfmt::skip]
static CLASSES: &[(u16, u16)] = &[
    (b'!' as u16, STRONG), (b'\'' as u16, APOSTROPHE), (b'(' as u16, BRACKET_OPENS), (b')' as u16, BRACKET_CLOSES),
    (b'*' as u16, BULLET), (b'-' as u16, DASH), (b'.' as u16, STOP), (b'?' as u16, STRONG),
    (b'[' as u16, BRACKET_OPENS), (b']' as u16, BRACKET_CLOSES), (b'{' as u16, BRACKET_OPENS),
    (b'}' as u16, BRACKET_CLOSES), (0xab, QUOTE_OPENS), (0xb2, SUPERSCRIPT), (0xb3, SUPERSCRIPT), (0xb7, BULLET),
    (0xb9, SUPERSCRIPT), (0xbb, QUOTE_CLOSES), (0x2bc, APOSTROPHE), (0x589, STRONG), (0x61f, STRONG), (0x6d4, SOLID),
    (0x964, SOLID), (0x965, SOLID), (0x104a, SOLID), (0x104b, SOLID), (0x1362, SOLID), (0x17d4, SOLID),
    (0x2012, DASH), (0x2013, DASH), (0x2014, DASH), (0x2015, DASH), (0x2018, QUOTE_OPENS),
    (0x2019, QUOTE_CLOSES | APOSTROPHE), (0x201a, QUOTE_OPENS), (0x201c, QUOTE_OPENS), (0x201d, QUOTE_CLOSES),
    (0x201e, QUOTE_OPENS), (0x2022, BULLET), (0x2023, BULLET), (0x2026, STOP), (0x2039, QUOTE_OPENS),
    (0x203a, QUOTE_CLOSES), (0x203c, STRONG), (0x2043, BULLET), (0x2047, STRONG), (0x2048, STRONG), (0x2049, STRONG),
    (0x2070, SUPERSCRIPT), (0x2074, SUPERSCRIPT), (0x2075, SUPERSCRIPT), (0x2076, SUPERSCRIPT), (0x2077, SUPERSCRIPT),
    (0x2078, SUPERSCRIPT), (0x2079, SUPERSCRIPT), (0x2192, BULLET), (0x2212, DASH), (0x25a0, BULLET),
    (0x25a1, BULLET), (0x25aa, BULLET), (0x25ab, BULLET), (0x25b6, BULLET), (0x25ba, BULLET), (0x25cb, BULLET),
    (0x25cf, BULLET), (0x25e6, BULLET), (0x2713, BULLET), (0x2714, BULLET), (0x2756, BULLET), (0x27a2, BULLET),
    (0x27a4, BULLET), (0x3002, SOLID), (0x3008, BRACKET_OPENS), (0x3009, BRACKET_CLOSES), (0x300a, BRACKET_OPENS),
    (0x300b, BRACKET_CLOSES), (0x300c, QUOTE_OPENS), (0x300d, QUOTE_CLOSES), (0x300e, QUOTE_OPENS),
    (0x300f, QUOTE_CLOSES), (0x3010, BRACKET_OPENS), (0x3011, BRACKET_CLOSES), (0xf0b7, BULLET), (0xff01, SOLID),
    (0xff08, BRACKET_OPENS), (0xff09, BRACKET_CLOSES), (0xff0e, SOLID), (0xff1f, SOLID), (0xff61, SOLID),
];

/// The classes of a character; a search in a table rather than a `match`, which would weigh four times as much.
fn classes(c: char) -> u16 {
    let code = c as u32;
    match CLASSES.binary_search_by(|&(other, _)| u32::from(other).cmp(&code)) {
        Ok(found) => CLASSES[found].1,
        Err(_) => 0,
    }
}

/// White space, line breaks included (Unicode `White_Space`).
pub(super) fn is_blank(c: char) -> bool {
    if c < '\u{80}' { matches!(c, ' ' | '\t'..='\r') } else { c.is_whitespace() }
}

/// The characters after which a line ends (UAX #14 BK, CR, LF, NL).
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A mark that ends a sentence by itself or among others; see [`is_strong`] for those that are never
/// part of an abbreviation.
pub(super) fn is_mark(c: char) -> bool {
    classes(c) & (STOP | STRONG | SOLID) != 0
}

/// Question and exclamation marks, and the full stops of scripts without abbreviation points
/// (UAX #29 STerm, the living scripts).
pub(super) fn is_strong(c: char) -> bool {
    classes(c) & (STRONG | SOLID) != 0
}

/// Full stops that end a sentence with no blank behind them.
pub(super) fn is_solid(c: char) -> bool {
    classes(c) & SOLID != 0
}

/// Quotation marks that only open.
pub(super) fn opens_quote(c: char) -> bool {
    classes(c) & QUOTE_OPENS != 0
}

/// Quotation marks that only close, or that close when glued to the mark before them.
pub(super) fn closes_quote(c: char) -> bool {
    classes(c) & QUOTE_CLOSES != 0
}

/// Brackets that open.
pub(super) fn opens_bracket(c: char) -> bool {
    classes(c) & BRACKET_OPENS != 0
}

/// Brackets that close.
pub(super) fn closes_bracket(c: char) -> bool {
    classes(c) & BRACKET_CLOSES != 0
}

/// Dashes and hyphens that can stand before a reply or a list item.
pub(super) fn is_dash(c: char) -> bool {
    classes(c) & DASH != 0
}

/// Signs that open a list item.
pub(super) fn is_bullet(c: char) -> bool {
    classes(c) & BULLET != 0
}

/// Superscript figures, which are footnote marks behind a sentence.
pub(super) fn is_superscript(c: char) -> bool {
    classes(c) & SUPERSCRIPT != 0
}

/// Apostrophes, straight or not, and the modifier letter.
pub(super) fn is_apostrophe(c: char) -> bool {
    classes(c) & APOSTROPHE != 0
}

/// Pictures and dingbats that stand for a word or a face, roughly `Extended_Pictographic`.
pub(super) fn is_picture(c: char) -> bool {
    within(PICTURES, c)
}

/// Whether a character lies in one of the ranges, which are in order.
pub(super) fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let code = c as u32;
    let after = ranges.partition_point(|&(first, _)| first <= code);
    after > 0 && code <= ranges[after - 1].1
}

#[rustfmt::skip]
static PICTURES: &[(u32, u32)] = &[
    (0xa9, 0xa9), (0xae, 0xae), (0x203c, 0x203c), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2194, 0x21aa),
    (0x231a, 0x23ff), (0x24c2, 0x24c2), (0x25aa, 0x25fe), (0x2600, 0x27bf), (0x2934, 0x2935), (0x2b00, 0x2bff),
    (0x3030, 0x3030), (0x303d, 0x303d), (0x3297, 0x3297), (0x3299, 0x3299), (0x1f000, 0x1f1e5), (0x1f200, 0x1f3fa),
    (0x1f400, 0x1faff),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(CLASSES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(PICTURES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
