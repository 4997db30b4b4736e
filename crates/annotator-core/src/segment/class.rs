//! What single characters are to the segmenter: blanks, line breaks, marks, quotation marks, brackets.
//! Leaves out grapheme clusters (see `grapheme`) and every decision.

/// The character at a byte of the text; NUL behind the end or inside a character, which is no class.
pub(super) fn at(text: &str, at: usize) -> char {
    let first = byte(text, at);
    let more = match first {
        0..0x80 => return char::from(first),
        0x80..0xc0 => return '\0',
        0xc0..0xe0 => 1,
        0xe0..0xf0 => 2,
        0xf0.. => 3,
    };
    let lead = u32::from(first) & (0x3f >> more);
    let code = (1..=more).fold(lead, |code, next| code << 6 | u32::from(byte(text, at + next) & 0x3f));
    char::from_u32(code).unwrap_or('\0')
}

/// The character that ends at a byte of the text; NUL at the start.
pub(super) fn before(text: &str, end: usize) -> char {
    let mut start = end;
    while start > 0 {
        start -= 1;
        if byte(text, start) & 0xc0 != 0x80 {
            break;
        }
    }
    if start < end { at(text, start) } else { '\0' }
}

/// The byte at a position; NUL behind the end.
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// Where the characters of a class that start at `from` end, at most `end`.
pub(super) fn skip(text: &str, from: usize, end: usize, of: fn(char) -> bool) -> usize {
    let mut byte = from;
    while byte < end && of(at(text, byte)) {
        byte += at(text, byte).len_utf8();
    }
    byte
}

/// Where the characters of a class that end at `from` start, at least `start`.
pub(super) fn skip_back(text: &str, from: usize, start: usize, of: fn(char) -> bool) -> usize {
    let mut byte = from;
    while byte > start && of(before(text, byte)) {
        byte -= before(text, byte).len_utf8();
    }
    byte
}

/// How many ASCII figures start at a byte.
pub(super) fn figures(text: &str, from: usize) -> usize {
    skip(text, from, text.len(), |c| c.is_ascii_digit()) - from
}

/// A letter, a figure, or a mark that belongs to one; the soft hyphen too.
pub(super) fn is_of_word(c: char) -> bool {
    is_word(c) || c == '\u{ad}' || super::grapheme::extends(c)
}

/// A stretch of the text; empty where the ends are reversed.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &[u8] {
    text.as_bytes().get(start..end).unwrap_or_default()
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
    if c == ' ' || c.is_ascii_alphanumeric() {
        return 0;
    }
    let at = CLASSES.partition_point(|&(other, _)| u32::from(other) < code);
    match CLASSES.get(at) {
        Some(&(other, classes)) if u32::from(other) == code => classes,
        _ => 0,
    }
}

/// White space, line breaks included (Unicode `White_Space`).
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'..='\r' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
            | '\u{205f}' | '\u{3000}'
    )
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

/// A letter in any script. Rougher than Unicode's `Alphabetic` in rare scripts, and a tenth of its tables.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{80}'..='\u{ff}' => {
            matches!(c, '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{c0}'..='\u{ff}') && c != '\u{d7}' && c != '\u{f7}'
        }
        '\u{100}'..='\u{ffff}' => !within(SIGNS, c),
        _ => !matches!(c, '\u{1d000}'..='\u{1d3ff}' | '\u{1f000}'..='\u{1fbff}' | '\u{e0000}'..),
    }
}

/// A decimal figure, a superscript or a fraction.
pub(super) fn is_figure(c: char) -> bool {
    matches!(
        c,
        '0'..='9' | '²' | '³' | '¹' | '¼'..='¾' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}'
            | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{ff10}'..='\u{ff19}'
    )
}

/// A letter or a figure.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_letter(c) || is_figure(c) }
}

/// A capital.
pub(super) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { case(c) == UPPER }
}

/// A small letter.
pub(super) fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { case(c) == LOWER }
}

/// Upper or lower case, or neither; the scripts with case that releases are written in.
fn case(c: char) -> u32 {
    let code = c as u32;
    let after = CASES.partition_point(|&(first, _, _)| u32::from(first) <= code);
    match after.checked_sub(1).and_then(|found| CASES.get(found)) {
        Some(&(_, last, kind)) if code <= u32::from(last) => match kind {
            UPPER | LOWER => kind,
            _ => (code ^ kind) & 1,
        },
        _ => NEITHER,
    }
}

const UPPER: u32 = 0;
const LOWER: u32 = 1;
const NEITHER: u32 = 2;
/// Capitals at even codes, small letters behind them; and the other way round.
const EVEN: u32 = 4;
const ODD: u32 = 5;

/// Pictures and dingbats that stand for a word or a face, roughly `Extended_Pictographic`.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
        || within(PICTURES, c)
}

/// Whether a character lies in one of the ranges, which are in order.
pub(super) fn within(ranges: &[(u16, u16)], c: char) -> bool {
    let code = c as u32;
    let after = ranges.partition_point(|&(first, _)| u32::from(first) <= code);
    after.checked_sub(1).and_then(|found| ranges.get(found)).is_some_and(|&(_, last)| code <= u32::from(last))
}

/// Ranges with case, in order.
#[rustfmt::skip]
static CASES: &[(u16, u16, u32)] = &[
    (0xc0, 0xd6, UPPER), (0xd8, 0xde, UPPER), (0xdf, 0xf6, LOWER), (0xf8, 0xff, LOWER),
    (0x100, 0x137, EVEN), (0x138, 0x138, LOWER), (0x139, 0x148, ODD), (0x149, 0x149, LOWER), (0x14a, 0x177, EVEN),
    (0x178, 0x178, UPPER), (0x179, 0x17e, ODD), (0x17f, 0x180, LOWER), (0x1cd, 0x1dc, ODD), (0x1de, 0x1ef, EVEN), (0x1f8, 0x233, EVEN),
    (0x386, 0x38f, UPPER), (0x391, 0x3ab, UPPER), (0x3ac, 0x3ce, LOWER), (0x400, 0x42f, UPPER), (0x430, 0x45f, LOWER),
    (0x460, 0x481, EVEN), (0x48a, 0x4bf, EVEN), (0x4c1, 0x4ce, ODD), (0x4d0, 0x52f, EVEN), (0x531, 0x556, UPPER), (0x561, 0x587, LOWER),
    (0x1e00, 0x1eff, EVEN), (0xff21, 0xff3a, UPPER), (0xff41, 0xff5a, LOWER),
];

/// Ranges of characters that are no letters, between U+0100 and U+FFFF.
#[rustfmt::skip]
static SIGNS: &[(u16, u16)] = &[
    (0x2c2, 0x2c5), (0x2d2, 0x2df), (0x2e5, 0x36f), (0x375, 0x375), (0x37e, 0x37e), (0x384, 0x385), (0x387, 0x387), (0x482, 0x489),
    (0x55a, 0x55f), (0x589, 0x5cf), (0x5f3, 0x61f), (0x64b, 0x66d), (0x6d4, 0x6d4), (0x6d6, 0x6ed), (0x6f0, 0x6f9), (0x700, 0x70f),
    (0x964, 0x970), (0xe3f, 0xe3f), (0xe4f, 0xe5b), (0x104a, 0x104f), (0x1361, 0x1368), (0x17d4, 0x17db), (0x1800, 0x180e),
    (0x1dc0, 0x1dff), (0x2000, 0x2070), (0x2072, 0x207e), (0x2080, 0x208f), (0x209d, 0x2bff), (0x2e00, 0x2e7f), (0x2ff0, 0x3004),
    (0x3008, 0x3020), (0x3030, 0x3030), (0x303d, 0x303f), (0x309b, 0x309c), (0x30fb, 0x30fb), (0x3200, 0x33ff), (0xd800, 0xf8ff),
    (0xfd3e, 0xfd4f), (0xfe00, 0xfe6f), (0xfeff, 0xff20), (0xff3b, 0xff40), (0xff5b, 0xff65), (0xffe0, 0xffff),
];

#[rustfmt::skip]
static PICTURES: &[(u16, u16)] = &[
    (0xa9, 0xa9), (0xae, 0xae), (0x203c, 0x203c), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139), (0x2194, 0x21aa),
    (0x231a, 0x23ff), (0x24c2, 0x24c2), (0x25aa, 0x25fe), (0x2600, 0x27bf), (0x2934, 0x2935), (0x2b00, 0x2bff),
    (0x3030, 0x3030), (0x303d, 0x303d), (0x3297, 0x3297), (0x3299, 0x3299),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(CLASSES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(PICTURES.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(SIGNS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(CASES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn latin_greek_and_cyrillic_letters_have_the_case_that_unicode_gives_them() {
        let scripts =
            ('\0'..='\u{17f}').chain('\u{391}'..='\u{3ce}').chain('\u{400}'..='\u{481}').chain('\u{1e00}'..='\u{1e95}');
        for c in scripts.filter(|c| c.is_alphabetic() && !matches!(c, 'ª' | 'µ' | 'º' | '\u{3a2}')) {
            assert_eq!((is_upper(c), is_lower(c)), (c.is_uppercase(), c.is_lowercase()), "{c} {:x}", c as u32);
            assert!(is_letter(c), "{c}");
        }
    }

    #[test]
    fn blanks_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_blank(c) == c.is_whitespace()));
    }

    #[test]
    fn punctuation_of_the_common_blocks_is_no_letter() {
        let common = ('\0'..='\u{2ff}').chain('\u{2000}'..='\u{20ff}').chain('\u{3000}'..='\u{301f}');
        for c in common.filter(|c| !c.is_alphanumeric()) {
            assert!(!is_word(c), "{c} {:x}", c as u32);
        }
    }
}
