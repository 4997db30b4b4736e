//! Grapheme cluster boundaries for the cursor and for snapping: the extended clusters of UAX #29 for
//! the scripts and emoji that releases are written in. Leaves out GB9c (Indic conjuncts) and the
//! prepended marks of GB9b, whose tables would weigh more than they serve.

use super::class;

/// The boundary behind the cluster at `byte`; the length of the text at its end or behind.
///
/// A `byte` inside a cluster counts as its start; inside a character, as the next character's start.
///
/// # Examples
///
/// ```
/// use annotator_core::segment::next_grapheme;
/// assert_eq!(next_grapheme("e\u{301}t", 0), 3);
/// assert_eq!(next_grapheme("👩‍🔬!", 0), 11);
/// ```
pub fn next_grapheme(text: &str, byte: usize) -> usize {
    let mut at = byte;
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    let mut cluster = Cluster::default();
    loop {
        let c = class::at(text, at);
        if at >= text.len() || !cluster.takes(c) {
            return at.min(text.len());
        }
        at += c.len_utf8();
    }
}

/// The boundary before the cluster that ends at `byte`; 0 at the start.
///
/// Looks back at most over one cluster and one run of regional indicators.
///
/// # Examples
///
/// ```
/// use annotator_core::segment::prev_grapheme;
/// assert_eq!(prev_grapheme("a\r\n", 3), 1);
/// assert_eq!(prev_grapheme("🇫🇷🇪🇺", 16), 8);
/// ```
pub fn prev_grapheme(text: &str, byte: usize) -> usize {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Every cluster starts at or behind a place where no rule could join: find one, then walk forward.
    let mut safe = end;
    while safe > 0 {
        let c = class::before(text, safe);
        safe -= c.len_utf8();
        let joined =
            Kind::of(c) != Kind::Other || class::before(text, safe) == ZWJ || class::before(text, safe) == '\r';
        if !joined {
            break;
        }
    }
    loop {
        let next = next_grapheme(text, safe);
        if next >= end {
            return safe;
        }
        safe = next;
    }
}

/// The first grapheme boundary at or behind `byte`.
pub(super) fn boundary_from(text: &str, byte: usize) -> usize {
    let mut at = byte;
    while at < text.len() && extends(class::at(text, at)) {
        at += class::at(text, at).len_utf8();
    }
    at
}

const ZWJ: char = '\u{200d}';

/// What a character is to the rules; `Other` joins nothing.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Start,
    Return,
    Control,
    Extend,
    Picture,
    Indicator,
    /// Hangul, as the set of syllable parts that may follow: 1 leading, 2 vowel, 4 trailing.
    Hangul(u8),
    Other,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            '\r' => Self::Return,
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => Self::Control,
            '\u{1f1e6}'..='\u{1f1ff}' => Self::Indicator,
            '\u{1100}'..='\u{115f}' | '\u{a960}'..='\u{a97c}' => Self::Hangul(7),
            '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}' => Self::Hangul(6),
            '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}' => Self::Hangul(4),
            '\u{ac00}'..='\u{d7a3}' if (c as u32 - 0xac00).is_multiple_of(28) => Self::Hangul(6),
            '\u{ac00}'..='\u{d7a3}' => Self::Hangul(4),
            _ if extends(c) => Self::Extend,
            _ if class::is_picture(c) => Self::Picture,
            _ => Self::Other,
        }
    }
}

/// The cluster read so far.
#[derive(Default)]
struct Cluster {
    last: Kind,
    picture: bool,
    joiner: bool,
    indicators: usize,
}

impl Cluster {
    /// Whether the next character still belongs to the cluster (UAX #29 GB3 to GB13); if so it is added.
    fn takes(&mut self, c: char) -> bool {
        let kind = Kind::of(c);
        let joins = match (self.last, kind) {
            (Kind::Start, _) => true,
            (Kind::Return, _) => c == '\n',
            (Kind::Control, _) => false,
            (_, Kind::Return | Kind::Control) => false,
            (_, Kind::Extend) => true,
            (Kind::Extend, Kind::Picture) => self.picture && self.joiner,
            (Kind::Indicator, Kind::Indicator) => self.indicators % 2 == 1,
            (Kind::Hangul(follow), Kind::Hangul(_)) => follow & part(c) != 0,
            _ => false,
        };
        if joins {
            self.picture = kind == Kind::Picture || self.picture && kind == Kind::Extend;
            self.joiner = c == ZWJ;
            self.indicators += usize::from(kind == Kind::Indicator);
            self.last = kind;
        }
        joins
    }
}

/// Which part of a Hangul syllable a character begins with: 1 leading (or a whole syllable), 2 vowel, 4 trailing.
fn part(c: char) -> u8 {
    match c {
        '\u{1160}'..='\u{11a7}' | '\u{d7b0}'..='\u{d7c6}' => 2,
        '\u{11a8}'..='\u{11ff}' | '\u{d7cb}'..='\u{d7fb}' => 4,
        _ => 1,
    }
}

/// Whether a character belongs to the cluster before it: combining marks, joiners, variation
/// selectors, skin tones, tags (Unicode 16 `Extend`, `SpacingMark` and ZWJ of the scripts in
/// [`EXTENDING`]).
pub(super) fn extends(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
        || c >= '\u{300}' && class::within(EXTENDING, c)
}

/// Ranges of characters that extend a cluster, in order.
#[rustfmt::skip]
static EXTENDING: &[(u16, u16)] = &[
    (0x300, 0x36f), (0x483, 0x489), (0x591, 0x5bd), (0x5bf, 0x5bf), (0x5c1, 0x5c2), (0x5c4, 0x5c5), (0x5c7, 0x5c7),
    (0x610, 0x61a), (0x64b, 0x65f), (0x670, 0x670), (0x6d6, 0x6dc), (0x6df, 0x6e4), (0x6e7, 0x6e8), (0x6ea, 0x6ed),
    (0x711, 0x711), (0x730, 0x74a), (0x7a6, 0x7b0), (0x900, 0x903), (0x93a, 0x93c), (0x93e, 0x94f), (0x951, 0x957),
    (0x962, 0x963), (0x981, 0x983), (0x9bc, 0x9bc), (0x9be, 0x9cd), (0x9d7, 0x9d7), (0x9e2, 0x9e3), (0xa01, 0xa03),
    (0xa3c, 0xa51), (0xa70, 0xa71), (0xa81, 0xa83), (0xabc, 0xabc), (0xabe, 0xacd), (0xb01, 0xb03), (0xb3c, 0xb3c),
    (0xb3e, 0xb57), (0xb82, 0xb82), (0xbbe, 0xbcd), (0xbd7, 0xbd7), (0xc00, 0xc04), (0xc3c, 0xc3c), (0xc3e, 0xc56),
    (0xc81, 0xc83), (0xcbc, 0xcbc), (0xcbe, 0xcd6), (0xd00, 0xd03), (0xd3b, 0xd3c), (0xd3e, 0xd4d), (0xd57, 0xd57),
    (0xe31, 0xe31), (0xe33, 0xe3a), (0xe47, 0xe4e), (0xeb1, 0xeb1), (0xeb3, 0xebc), (0xec8, 0xece), (0x1ab0, 0x1ace),
    (0x1dc0, 0x1dff), (0x200c, 0x200d), (0x20d0, 0x20f0), (0x302a, 0x302f), (0x3099, 0x309a), (0xfe00, 0xfe0f),
    (0xfe20, 0xfe2f), (0xff9e, 0xff9f),
];
