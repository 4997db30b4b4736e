//! The word lists of a language, hashed when the program is compiled: the wasm holds three
//! bytes a word, and none of the words. Leaves out what a group means for a
//! boundary (see `boundary`).

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

/// Buckets of the hash tables, some ten words each.
const BUCKETS: usize = 64;

/// One list, in buckets by the top six bits of the hash.
struct List {
    starts: &'static [u16; BUCKETS + 1],
    /// The rest of the hash and the number of the group; see [`packed`].
    words: &'static [[u8; 3]],
}

/// The words of one language and those of all.
pub(super) struct Lexicon {
    own: List,
    common: &'static List,
}

impl Lexicon {
    /// The lists that serve a language.
    pub(super) fn of(language: Language) -> &'static Lexicon {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
            Language::Other => &OTHER,
        }
    }

    /// The groups of a word, whatever its case and accents, composed or not.
    pub(super) fn groups(&self, word: &[u8]) -> Groups {
        self.find(hash(word, 0, word.len()))
    }

    /// The groups of a dotted acronym, as `S.A` or `J.-C`, without its last full stop.
    pub(super) fn dotted_groups(&self, acronym: &[u8]) -> Groups {
        self.find(hash_from((SEED ^ b'.' as u32).wrapping_mul(PRIME), acronym, 0, acronym.len(), true))
    }

    fn find(&self, wanted: u32) -> Groups {
        Groups(self.own.find(wanted) | self.common.find(wanted))
    }
}

impl List {
    fn find(&self, wanted: u32) -> u32 {
        let bucket = bucket(wanted);
        let words = match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(&start), Some(&end)) => self.words.get(usize::from(start)..usize::from(end)),
            _ => None,
        };
        let mut found = 0;
        for &[low, middle, high] in words.unwrap_or_default() {
            let word = u32::from_le_bytes([low, middle, high, 0]);
            if (word ^ packed(wanted, 0)) >> GROUP_BITS == 0 {
                found |= 1 << (word & ((1 << GROUP_BITS) - 1));
            }
        }
        found
    }
}

/// Room for the number of a group.
const GROUP_BITS: u32 = 5;

const fn bucket(hash: u32) -> usize {
    (hash >> 26) as usize
}

/// A word of a list, in 24 bits. With the bucket it holds 25 bits of the hash, so that a word which is in no
/// list is taken for one that is in some 40 of a million times.
const fn packed(hash: u32, group: u32) -> u32 {
    hash << 6 >> 13 << GROUP_BITS | group
}

/// The letters U+00C0 to U+00FF without their accents; a sign that is no letter is a blank.
const PLAIN: &[u8; 64] = b"aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y";

/// FNV-1a (32 bits) of the folded word: lower case, no accents, no combining marks (U+0300 to U+036F).
const fn hash(bytes: &[u8], from: usize, to: usize) -> u32 {
    hash_from(SEED, bytes, from, to, false)
}

/// The offset basis and the prime of FNV-1a in 32 bits.
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Goes on from a hash; the full stops and hyphens of a dotted acronym do not count.
const fn hash_from(seed: u32, bytes: &[u8], from: usize, to: usize, dotted: bool) -> u32 {
    let mut hash = seed;
    let mut at = from;
    while at < to {
        let byte = bytes[at];
        let next = if at + 1 < to { bytes[at + 1] } else { 0 };
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
        if first != 0 {
            hash = (hash ^ first as u32).wrapping_mul(PRIME);
        }
        if second != 0 {
            hash = (hash ^ second as u32).wrapping_mul(PRIME);
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

const fn count(source: &[u8]) -> usize {
    let (mut at, mut words) = (0, 0);
    while let Some((_, end, name)) = entry(source, at) {
        at = end + name as usize;
        words += !name as usize;
    }
    words
}

/// Sorts the words of a list into buckets, by counting.
const fn build<const N: usize>(source: &[u8]) -> ([u16; BUCKETS + 1], [[u8; 3]; N]) {
    let mut starts = [0_u16; BUCKETS + 1];
    let mut at = 0;
    while let Some((start, end, name)) = entry(source, at) {
        at = end + name as usize;
        if !name {
            starts[bucket(hash(source, start, end)) + 1] += 1;
        }
    }
    let mut next = 0;
    while next < BUCKETS {
        starts[next + 1] += starts[next];
        next += 1;
    }
    let (mut words, mut next) = ([[0; 3]; N], starts);
    let (mut at, mut group) = (0, 0);
    while let Some((start, end, name)) = entry(source, at) {
        at = end + name as usize;
        if name {
            group = Groups::number(source, start, end);
        } else {
            let hash = hash(source, start, end);
            let [low, middle, high, _] = packed(hash, group).to_le_bytes();
            words[next[bucket(hash)] as usize] = [low, middle, high];
            next[bucket(hash)] += 1;
        }
    }
    (starts, words)
}

macro_rules! list {
    ($file:literal) => {{
        const SOURCE: &[u8] = include_bytes!($file);
        static TABLES: ([u16; BUCKETS + 1], [[u8; 3]; count(SOURCE)]) = build(SOURCE);
        List { starts: &TABLES.0, words: &TABLES.1 }
    }};
}

static COMMON: List = list!("data/common.txt");
static FRENCH: Lexicon = Lexicon { own: list!("data/fr.txt"), common: &COMMON };
static ENGLISH: Lexicon = Lexicon { own: list!("data/en.txt"), common: &COMMON };
static OTHER: Lexicon = Lexicon { own: list!("data/other.txt"), common: &COMMON };

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
                let (word, hash) = (&source[start..end], hash(bytes, start, end));
                let other = seen.insert((bucket(hash), packed(hash, 0)), word);
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
