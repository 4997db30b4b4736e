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

/// A fragment between apostrophes has fewer tokens than this.
const LONGEST_FRAGMENT: usize = 40;

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

/// The mark at `i` as written; `\0` where none is.
#[inline(never)]
fn shape(t: &Tokens, i: usize) -> char {
    if t.is_mark(i) { t.raw(i).chars().next().unwrap_or_default() } else { '\0' }
}

/// The mark that opens a quotation at `i`: it stands for the pair.
fn opening(t: &Tokens, i: usize, english: bool) -> Option<char> {
    let mark = shape(t, i);
    let free = !t.tight(i) || t.is_one(i.wrapping_sub(1), "(['—–/:");
    let opens = match mark {
        '«' | '‹' | '“' | '„' => true,
        '"' => free,
        '‘' => free && t.tight(i + 1),
        '\'' => english && !t.tight(i) && t.tight(i + 1) && (t.capital(i + 1) || is_fragment(t, i)),
        _ => false,
    };
    opens.then_some(mark)
}

/// Whether an apostrophe before a small letter opens a fragment of three words at least: 'the cheapest idea', but
/// not 'til Sunday. The apostrophe of a plural closes nothing.
fn is_fragment(t: &Tokens, i: usize) -> bool {
    (i + 2..i + LONGEST_FRAGMENT)
        .take_while(|&j| t.follows(j))
        .find(|&j| closes('\'', t, j))
        .is_some_and(|j| j > i + 3 && !t.word(j - 1).ends_with('s'))
}

/// Whether the pair opens by another mark than it closes, and the mark at `i` opens it.
fn opens(pair: char, t: &Tokens, i: usize) -> bool {
    !matches!(pair, '"' | '\'') && shape(t, i) == pair
}

fn closes(pair: char, t: &Tokens, i: usize) -> bool {
    let mark = shape(t, i);
    match pair {
        '«' => mark == '»',
        '‹' => mark == '›',
        '“' => mark == '”',
        '„' => matches!(mark, '“' | '”'),
        '"' => mark == '"',
        // An apostrophe stands between letters.
        _ => mark == if pair == '‘' { '’' } else { '\'' } && (!t.tight(i + 1) || t.is_mark(i + 1)),
    }
}

/// Whether a paragraph that begins at `i` goes on with the quotation by repeating its mark.
fn reopens(pair: char, t: &Tokens, i: usize) -> bool {
    let mark = shape(t, i);
    match pair {
        '«' => matches!(mark, '«' | '»') && !t.is_mark(i + 1),
        _ => mark == pair && (pair != '\'' || t.tight(i + 1)),
    }
}

/// The last token of the quotation that opens at `open`, and whether its closing mark is there.
fn close(t: &Tokens, open: usize, pair: char) -> (usize, bool) {
    let (mut depth, mut closer) = (1, None);
    let mut i = open + 1;
    while i < t.len() {
        let gap = t.gap(i);
        let paragraph = gap == Gap::Paragraph || gap == Gap::Line && is_sentence_end(t, i - 1) && reopens(pair, t, i);
        if paragraph {
            if let Some(closer) = closer {
                return (closer, true);
            }
            if reopens(pair, t, i) {
                i += 1;
                continue;
            }
            if !closes_first(t, i, pair) {
                return (i - 1, false);
            }
        }
        if closes(pair, t, i) {
            depth -= 1;
            closer = Some(i);
            if depth == 0 {
                return (i, true);
            }
        } else if opens(pair, t, i) {
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
fn closes_first(t: &Tokens, i: usize, pair: char) -> bool {
    let mut j = i;
    while j < t.len() && (j == i || t.follows(j)) {
        if closes(pair, t, j) {
            return pair != '"' || t.tight(j);
        }
        if opens(pair, t, j) || pair == '"' && shape(t, j) == pair {
            return false;
        }
        j += 1;
    }
    false
}
