//! The words around a mark, as stretches of the text. Leaves out the words of the cursor (see `word`).

use super::boundary::Scan;
use super::class;
use super::lexicon::Groups;

/// A stretch of the text: letters and figures without a blank; may be empty.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Word {
    pub(super) fn of(self, text: &str) -> &[u8] {
        class::slice(text, self.start, self.end)
    }

    pub(super) fn len(self) -> usize {
        self.end - self.start
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the word is one character.
    pub(super) fn is_single(self, text: &str) -> bool {
        self.len() == class::at(text, self.start).len_utf8()
    }

    /// Whether every character is of a class.
    pub(super) fn is_all(self, text: &str, of: fn(char) -> bool) -> bool {
        class::skip(text, self.start, self.end, of) == self.end
    }

    /// Whether a word of more than one letter is written in capitals.
    pub(super) fn is_capitals(self, text: &str) -> bool {
        self.len() > 1 && self.is_all(text, |c| !class::is_lower(c))
    }

    /// Whether a word has no vowel and only its first letter may be a capital, as abbreviations made by
    /// clipping have: `Rte.`, `pdt.`
    pub(super) fn is_clipped(self, text: &str) -> bool {
        let consonant = |c: char| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let tail = Word { start: self.start + 1, end: self.end };
        let first = class::byte(text, self.start).to_ascii_lowercase();
        (1..=4).contains(&self.len()) && consonant(char::from(first)) && tail.is_all(text, consonant)
    }
}

impl Scan<'_> {
    /// The letters and figures that end at a byte, or at the blanks before it.
    pub(super) fn word_before(&self, byte: usize) -> Word {
        let mut end = byte;
        while end > self.start && class::is_blank(class::before(self.text, end)) && byte - end < 8 {
            end -= class::before(self.text, end).len_utf8();
        }
        let limit = end.saturating_sub(LONGEST_WORD).max(self.start);
        let start = class::skip_back(self.text, end, limit, class::is_of_word);
        Word { start, end }
    }

    pub(super) fn groups(&self, word: Word) -> Groups {
        if word.is_empty() { Groups::NONE } else { self.lexicon.groups(word.of(self.text)) }
    }
}

/// How much of a word is looked at, in bytes; no abbreviation is longer.
pub(super) const LONGEST_WORD: usize = 40;
