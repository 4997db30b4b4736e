//! Finds what stands between quotation marks, whatever their style, and the lines of a dialogue.
//! Leaves out whether anybody said it.

use crate::suggest::tokens::{Gap, Tokens};

/// A stretch between marks, in token indices: the opening mark and the last token, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    pub open: usize,
    pub last: usize,
    /// Whether the closing mark is there.
    pub closed: bool,
    /// Whether it is a line of dialogue behind a dash.
    pub dash: bool,
}

/// The pairs of marks that are known, each with how it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Guillemets,
    SingleGuillemets,
    Double,
    Low,
    Straight,
    Single,
    StraightSingle,
}

/// The outermost quotations of a text, in order. A quotation that opens again at each paragraph is
/// one; one that is never closed ends with its paragraph.
pub(super) fn find(t: &Tokens, english: bool) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < t.len() {
        if let Some(pair) = opening(t, i, english) {
            let (last, closed) = close(t, i, pair);
            found.push(Quoted { open: i, last, closed, dash: false });
            i = last + 1;
            continue;
        }
        if matches!(t.mark(i), '–' | '—' | '-')
            && t.gap(i) >= Gap::Line
            && !t.tight(i + 1)
            && t.capital(i + 1)
            && t.follows(i + 1)
        {
            let mut last = i + 1;
            while t.follows(last + 1)
                && !(t.gap(last + 1) == Gap::Line && (is_sentence_end(t, last) || t.is_mark(last + 1)))
            {
                last += 1;
            }
            found.push(Quoted { open: i, last, closed: false, dash: true });
        }
        i += 1;
    }
    found
}

/// Whether a token ends a sentence.
pub(super) fn is_sentence_end(t: &Tokens, i: usize) -> bool {
    matches!(t.mark(i), '.' | '!' | '?' | '…')
}

fn opening(t: &Tokens, i: usize, english: bool) -> Option<Pair> {
    if !t.is_mark(i) {
        return None;
    }
    let free = !t.tight(i)
        || t.gap(i) > Gap::None
        || matches!(t.mark(i.wrapping_sub(1)), '(' | '[' | '\'' | '—' | '–' | '/' | ':');
    match t.raw(i) {
        "«" => Some(Pair::Guillemets),
        "‹" => Some(Pair::SingleGuillemets),
        "“" => Some(Pair::Double),
        "„" => Some(Pair::Low),
        "\"" if free || i == 0 => Some(Pair::Straight),
        "‘" if free && t.tight(i + 1) => Some(Pair::Single),
        "'" if english && !t.tight(i) && t.tight(i + 1) && t.capital(i + 1) => Some(Pair::StraightSingle),
        _ => None,
    }
}

impl Pair {
    fn opens(self, t: &Tokens, i: usize) -> bool {
        match self {
            Self::Guillemets => t.raw(i) == "«",
            Self::SingleGuillemets => t.raw(i) == "‹",
            Self::Double => t.raw(i) == "“",
            Self::Low => t.raw(i) == "„",
            Self::Single => t.raw(i) == "‘",
            Self::Straight | Self::StraightSingle => false,
        }
    }

    fn closes(self, t: &Tokens, i: usize) -> bool {
        let apostrophe = t.tight(i + 1) && !t.is_mark(i + 1);
        match self {
            Self::Guillemets => t.raw(i) == "»",
            Self::SingleGuillemets => t.raw(i) == "›",
            Self::Double => t.raw(i) == "”",
            Self::Low => matches!(t.raw(i), "“" | "”"),
            Self::Straight => t.raw(i) == "\"",
            Self::Single => t.raw(i) == "’" && !apostrophe,
            Self::StraightSingle => t.raw(i) == "'" && !apostrophe,
        }
    }

    /// Whether a paragraph that begins at `i` goes on with the quotation by repeating its mark.
    fn reopens(self, t: &Tokens, i: usize) -> bool {
        match self {
            Self::Guillemets => matches!(t.raw(i), "«" | "»") && !t.is_mark(i + 1),
            Self::Straight => t.raw(i) == "\"",
            Self::StraightSingle => t.raw(i) == "'" && t.tight(i + 1),
            _ => self.opens(t, i),
        }
    }
}

/// The last token of the quotation that opens at `open`, and whether its closing mark is there.
fn close(t: &Tokens, open: usize, pair: Pair) -> (usize, bool) {
    let (mut depth, mut closer) = (1, None);
    let mut i = open + 1;
    while i < t.len() {
        let gap = t.gap(i);
        let paragraph = gap == Gap::Paragraph || gap == Gap::Line && is_sentence_end(t, i - 1) && pair.reopens(t, i);
        if paragraph {
            if let Some(closer) = closer {
                return (closer, true);
            }
            if pair.reopens(t, i) {
                i += 1;
                continue;
            }
            if !closes_first(t, i, pair) {
                return (i - 1, false);
            }
        }
        if pair.closes(t, i) {
            depth -= 1;
            closer = Some(i);
            if depth == 0 {
                return (i, true);
            }
        } else if pair.opens(t, i) {
            depth += 1;
        }
        i += 1;
    }
    match closer {
        Some(closer) => (closer, true),
        None => (t.len() - 1, false),
    }
}

/// Whether the paragraph that begins at `i` closes the quotation before it opens another.
fn closes_first(t: &Tokens, i: usize, pair: Pair) -> bool {
    let mut j = i;
    while j < t.len() && (j == i || t.follows(j)) {
        if pair.closes(t, j) {
            return pair != Pair::Straight || t.tight(j);
        }
        if pair.opens(t, j) || pair == Pair::Straight && t.raw(j) == "\"" {
            return false;
        }
        j += 1;
    }
    false
}
