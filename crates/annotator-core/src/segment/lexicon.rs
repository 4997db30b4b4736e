//! The word lists of a language, as a table of hashes that is made when a text in it first comes. The wasm holds the
//! words: hashes do not compress, and take 0.8 KB more of brotli. Leaves out what a group means for a boundary
//! (see `boundary`).

use std::sync::OnceLock;

use crate::Language;

/// The groups that a word belongs to, one bit each; the names are those of the lists under `data/`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Groups(u32);

macro_rules! groups {
    ($($bit:literal $constant:ident $name:literal,)*) => {
        impl Groups {
            $(pub(super) const $constant: Groups = Groups(1 << $bit);)*

            const fn number(source: &[u8], from: usize, to: usize) -> u32 {
                $(if same(source, from, to, $name.as_bytes()) { return $bit; })*
                panic!("a word list names a group that does not exist")
            }
        }
    };
}

groups! {
    0 NEVER "never",
    1 NEVER_CAPITAL "never-capital",
    2 SOFT "soft",
    3 SOFT_CAPITAL "soft-capital",
    4 NUMERIC "numeric",
    5 WEAK "weak",
    6 SUFFIX "suffix",
    7 CLOCK "clock",
    8 STARTER "starter",
    9 PARTICLE "particle",
    10 CLAUSE "clause",
    11 LABELLED "labelled",
    12 HEADING "heading",
    13 MARKED "marked",
    14 ELIDED "elided",
    15 SPEECH "speech",
    16 ROLE "role",
    17 ZONE "zone",
    18 MEASURE "measure",
    19 ERA "era",
    20 DOMAIN "domain",
    21 UNIT "unit",
    22 ARTICLE "article",
}

impl Groups {
    /// No group: an ordinary word.
    pub(super) const NONE: Groups = Groups(0);

    /// Whether the word is in any of these groups.
    pub(super) const fn any(self, of: Groups) -> bool {
        self.0 & of.0 != 0
    }

    /// Both together.
    pub(super) const fn or(self, other: Groups) -> Groups {
        Groups(self.0 | other.0)
    }
}

/// Slots of a table, a power of two; at most half of them are taken.
const SLOTS: usize = 2048;

/// The words of one language and those of all.
pub(super) struct Lexicon {
    /// A hash and the groups of its word, in the slot of the hash or behind it; no groups in an empty one.
    slots: Box<[(u32, u32)]>,
}

impl Lexicon {
    /// The lists that serve a language.
    pub(super) fn of(language: Language) -> &'static Lexicon {
        static MADE: [OnceLock<Lexicon>; 3] = [const { OnceLock::new() }; 3];
        let (made, own) = match language {
            Language::French => (&MADE[0], FRENCH),
            Language::English => (&MADE[1], ENGLISH),
            Language::Other => (&MADE[2], OTHER),
        };
        made.get_or_init(|| {
            let mut lexicon = Lexicon { slots: vec![(0, 0); SLOTS].into() };
            lexicon.learn(own);
            lexicon.learn(COMMON);
            lexicon
        })
    }

    /// The groups of a word, whatever its case and accents, composed or not.
    pub(super) fn groups(&self, word: &[u8]) -> Groups {
        Groups(self.slots[self.slot(hash(word))].1)
    }

    /// The groups of a dotted acronym, as `S.A` or `J.-C`, without its last full stop.
    pub(super) fn dotted_groups(&self, acronym: &[u8]) -> Groups {
        Groups(self.slots[self.slot(hash_from((SEED ^ u32::from(b'.')).wrapping_mul(PRIME), acronym, true))].1)
    }

    /// Where a hash is, or would be.
    fn slot(&self, hash: u32) -> usize {
        let mut slot = hash as usize % SLOTS;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != hash {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// Takes in a list as [`packed`] leaves it.
    fn learn(&mut self, list: &[u8]) {
        let mut groups = 0;
        for word in list.split(|byte| *byte == b' ') {
            match word {
                [own] if *own < b' ' => groups = 1 << own,
                _ => {
                    let hash = hash(word);
                    let slot = self.slot(hash);
                    self.slots[slot] = (hash, self.slots[slot].1 | groups);
                }
            }
        }
    }
}

/// The letters U+00C0 to U+00FF without their accents; a sign that is no letter is a blank.
const PLAIN: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y";

/// FNV-1a (32 bits) of the folded word: lower case, no accents, no combining marks (U+0300 to U+036F).
fn hash(word: &[u8]) -> u32 {
    hash_from(SEED, word, false)
}

/// The offset basis and the prime of FNV-1a in 32 bits.
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Goes on from a hash; the full stops and hyphens of a dotted acronym do not count.
fn hash_from(seed: u32, bytes: &[u8], dotted: bool) -> u32 {
    let mut hash = seed;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        at += 1;
        let (first, second) = match byte {
            b'.' | b'-' if dotted => (0, 0),
            0xc3 if next >= 0x80 => {
                at += 1;
                (PLAIN[(next & 0x3f) as usize], 0)
            }
            // Œ and œ (U+0152, U+0153).
            0xc5 if next == 0x92 || next == 0x93 => {
                at += 1;
                (b'o', b'e')
            }
            // The soft hyphen (U+00AD).
            0xc2 if next == 0xad => {
                at += 1;
                (0, 0)
            }
            0xcc | 0xcd if next >= 0x80 => {
                at += 1;
                (0, 0)
            }
            _ => (byte.to_ascii_lowercase(), 0),
        };
        for letter in [first, second] {
            if letter != 0 {
                hash = (hash ^ u32::from(letter)).wrapping_mul(PRIME);
            }
        }
    }
    hash
}

const fn same(source: &[u8], from: usize, to: usize, name: &[u8]) -> bool {
    if to - from != name.len() {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if source[from + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The next entry of a list from `at`: its first byte, the byte behind it, and whether it names a
/// group. `None` at the end.
const fn entry(source: &[u8], mut at: usize) -> Option<(usize, usize, bool)> {
    let mut line_start = at == 0 || source[at - 1] == b'\n';
    while at < source.len() {
        match source[at] {
            b'\n' => line_start = true,
            b' ' => line_start = false,
            b'#' if line_start => {
                while at < source.len() && source[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            _ => {
                let start = at;
                while at < source.len() && !matches!(source[at], b' ' | b'\n' | b':') {
                    at += 1;
                }
                return Some((start, at, at < source.len() && source[at] == b':'));
            }
        }
        at += 1;
    }
    None
}

/// How many bytes [`packed`] makes of a list.
const fn packed_len(source: &[u8]) -> usize {
    let (mut at, mut bytes) = (0, 0);
    while let Some((start, end, name)) = entry(source, at) {
        at = end + name as usize;
        bytes += if name { 2 } else { end - start + 1 };
    }
    bytes - 1
}

/// A list without comments and line ends, the names of groups as the byte of their number, blanks between.
const fn packed<const N: usize>(source: &[u8]) -> [u8; N] {
    let mut bytes = [b' '; N];
    let (mut at, mut length) = (0, 0);
    while let Some((start, end, name)) = entry(source, at) {
        at = end + name as usize;
        if name {
            bytes[length] = Groups::number(source, start, end) as u8;
            length += 1;
        } else {
            let mut from = start;
            while from < end {
                bytes[length] = source[from];
                length += 1;
                from += 1;
            }
        }
        length += 1;
    }
    bytes
}

macro_rules! list {
    ($file:literal) => {{
        const SOURCE: &[u8] = include_bytes!($file);
        static PACKED: [u8; packed_len(SOURCE)] = packed(SOURCE);
        &PACKED
    }};
}

static COMMON: &[u8] = list!("data/common.txt");
static FRENCH: &[u8] = list!("data/fr.txt");
static ENGLISH: &[u8] = list!("data/en.txt");
static OTHER: &[u8] = list!("data/other.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter_composed_or_not() {
        let french = Lexicon::of(Language::French);
        for written in ["déc", "DÉC", "de\u{301}c", "dec"] {
            assert!(french.groups(written.as_bytes()).any(Groups::WEAK), "{written}");
        }
        assert!(french.groups("nœud".as_bytes()) == Groups::NONE);
    }

    #[test]
    fn a_dotted_acronym_is_found_without_its_full_stops() {
        let french = Lexicon::of(Language::French);
        assert!(french.dotted_groups(b"J.-C").any(Groups::WEAK));
        assert!(french.dotted_groups(b"S.A").any(Groups::SUFFIX));
        assert!(!french.groups(b"sa").any(Groups::SUFFIX));
    }

    #[test]
    fn no_two_words_share_a_hash() {
        let lists = ["common", "fr", "en", "other"].map(|name| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/segment/data").join(name);
            std::fs::read_to_string(path.with_extension("txt")).expect("the list is part of the project")
        });
        let mut seen = std::collections::HashMap::new();
        for source in &lists {
            let (mut at, bytes) = (0, source.as_bytes());
            while let Some((start, end, name)) = entry(bytes, at) {
                at = end + usize::from(name);
                if name {
                    continue;
                }
                let word = &source[start..end];
                let other = seen.insert(hash(word.as_bytes()), word);
                assert!(other.is_none_or(|other| fold(other) == fold(word)), "{word} and {other:?}");
            }
        }
    }

    fn fold(word: &str) -> String {
        let plain = |c: char| match c {
            '\u{c0}'..='\u{ff}' => char::from(PLAIN[c as usize - 0xc0]),
            _ => c,
        };
        word.chars().map(plain).collect()
    }
}
