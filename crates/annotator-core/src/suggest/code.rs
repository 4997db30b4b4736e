//! The instructions into which `build.rs` turns the rules, and the hash by which both sides know a
//! word: shared by the compiler and the matcher. Leaves out what a rule is (see `rules/`).

/// End of a rule.
pub const RETURN: u8 = 0;
/// One word, by its number (2 bytes).
pub const WORD: u8 = 1;
/// A word of a list (2 bytes: its place among the lists).
pub const LIST: u8 = 2;
/// One word in any of its flexions, by the number of its stem.
pub const STEM: u8 = 3;
/// A word of a list of stems.
pub const STEMS: u8 = 4;
/// A word of a list in which each has a value.
pub const VALUED: u8 = 5;
/// A word that ends with one of a list of endings.
pub const ENDING: u8 = 6;
/// A mark: how many follow, then their codes.
pub const MARK: u8 = 7;
/// Any token.
pub const ANY: u8 = 8;
/// A number in digits: fewest and most digits, four bits each.
pub const DIGITS: u8 = 9;
/// The value read last lies between two bounds (2 bytes each).
pub const WITHIN: u8 = 10;
/// Keeps the place in a register.
pub const PLACE: u8 = 11;
/// Keeps the value read last in a register.
pub const KEEP: u8 = 12;
/// Sets a register to a small number.
pub const SET: u8 = 13;
/// Goes on at the place kept in a register.
pub const JUMP: u8 = 14;
/// A property of the next token, which is not consumed: a letter, with 128 added where it must not hold.
pub const TEST: u8 = 15;
/// What follows may be there. This and the next ones: length, then body.
pub const OPTION: u8 = 16;
/// Repeats: at most how often, length, body.
pub const REPEAT: u8 = 17;
/// What follows must not be there.
pub const NOT: u8 = 18;
/// What follows must be there and is not consumed.
pub const AND: u8 = 19;
/// What stands before, read backwards; not consumed.
pub const BEHIND: u8 = 20;
/// Ways, the first that matches: how many, then length and body of each.
pub const WAYS: u8 = 21;
/// The body at one of the next places: how many, marks that stop the search (count, codes), length, body.
pub const SEEK: u8 = 22;
/// Another rule (2 bytes: its place).
pub const CALL: u8 = 23;
/// A number in digits or words.
pub const CARDINAL: u8 = 24;
/// A Roman numeral, ordinal endings left out.
pub const ROMAN: u8 = 25;
/// A year in words.
pub const YEAR_WORDS: u8 = 26;
/// Keeps the point read so far as the first of two and begins another; the one that the matcher takes for granted.
#[allow(dead_code, reason = "the compiler's side uses it")]
pub const SECOND: u8 = 27;
/// A verb of a list of stems with an ending of another list (2 bytes each).
pub const VERB: u8 = 28;

/// Marks outside ASCII that rules may name; their codes are 128 and the place here.
pub const MARKS: &str = "«»“”„‹›–—…•°º№€£";

/// The code of a mark: its own in ASCII, else its place in [`MARKS`], else 1.
pub fn mark(c: char) -> u8 {
    match c {
        '\u{2}'..='\u{7F}' => c as u8,
        _ => MARKS.chars().position(|m| m == c).map_or(1, |at| 128 + at as u8),
    }
}

/// The letter of a byte of the reasons: Latin-1, with three marks of printing in place of control characters.
pub fn letter(byte: u8) -> char {
    match byte {
        1 => '“',
        2 => '”',
        3 => '’',
        _ => byte.into(),
    }
}

/// Writes a number, seven bits a byte from the lowest, 128 added to all but the last.
#[allow(dead_code, reason = "the compiler's side uses it")]
pub fn write(out: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    while rest > 127 {
        out.push(rest as u8 | 128);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Reads what [`write`] wrote at a place, and moves the place behind it; 0 behind the end.
pub fn read(bytes: &[u8], at: &mut usize) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some(&byte) = bytes.get(*at) {
        *at += 1;
        number |= u32::from(byte & 127) << (shift & 31);
        shift += 7;
        if byte < 128 {
            break;
        }
    }
    number
}

/// The hash of a folded word: 22 bits of FNV-1a. `build.rs` sees to it that no two words of the rules share one; of the
/// words that they do not know, one in about 1300 is taken for one that they do, mostly to no effect.
pub fn hash(word: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for &byte in word {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash >> 10
}

/// A word without the endings of plural and feminine, as far as a list of stems needs it.
pub fn stem(word: &[u8]) -> &[u8] {
    let mut stem = word;
    for ending in [&b"sx"[..], b"e"] {
        if let [rest @ .., last] = stem
            && rest.len() > 2
            && ending.contains(last)
        {
            stem = rest;
        }
    }
    stem
}
