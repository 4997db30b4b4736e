//! What follows a mark: whether the next word could open a sentence. Leaves out what came before it.

use super::boundary::{Scan, Word};
use super::class;
use super::lexicon::Groups;

/// The first word behind a mark and the signs before it.
pub(super) struct Next {
    /// What the first character behind the signs is.
    pub(super) follow: Follow,
    /// The word, up to the first sign or apostrophe; empty if a sign follows.
    pub(super) word: Word,
    pub(super) groups: Groups,
    /// Whether an opening quotation mark, a bracket, a dash, a bullet stand before the word.
    pub(super) quote: bool,
    pub(super) bracket: bool,
    pub(super) dash: bool,
    pub(super) bullet: bool,
    /// The very first character.
    first: char,
    elided: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Follow {
    Lower,
    Upper,
    Digit,
    /// A letter of a script without case.
    Caseless,
    /// Neither letter nor figure.
    Sign,
}

/// Signs before a word that are looked over, in characters.
const MOST_SIGNS: usize = 16;

impl Next {
    /// Reads from `at`, which is no blank.
    pub(super) fn read(scan: &Scan, at: usize) -> Self {
        let text = scan.text;
        let mut next = Next {
            follow: Follow::Sign,
            word: Word { start: at, end: at },
            groups: Groups::NONE,
            quote: false,
            bracket: false,
            dash: false,
            bullet: false,
            first: class::at(text, at),
            elided: false,
        };
        let mut start = at;
        for _ in 0..MOST_SIGNS {
            let c = class::at(text, start);
            let behind = start + c.len_utf8();
            let blank = class::is_blank(class::at(text, behind));
            if class::opens_quote(c) || matches!(c, '"' | '\'' | '`' | '<') || next.bracket && class::closes_quote(c) {
                next.quote = true;
            } else if class::opens_bracket(c) {
                next.bracket = true;
            } else if class::is_dash(c) && (blank || start == at) {
                next.dash = true;
                next.bullet |= blank && c == '-';
            } else if class::is_bullet(c) {
                next.bullet = true;
            } else if !(matches!(c, '¿' | '¡' | '_' | '#' | '@' | '$' | '€' | '£')
                || next.bracket && (c == '.' || c == '…' || class::closes_bracket(c)))
            {
                break;
            }
            start = scan.skip_blanks(behind);
            if start >= scan.end {
                break;
            }
        }
        next.read_word(scan, start);
        next
    }

    fn read_word(&mut self, scan: &Scan, start: usize) {
        let text = scan.text;
        let first = if start < scan.end { class::at(text, start) } else { '\0' };
        let mut end = start;
        while end < scan.end && end - start < 32 {
            let c = class::at(text, end);
            if !c.is_alphanumeric() && !super::grapheme::extends(c) {
                break;
            }
            end += c.len_utf8();
        }
        self.word = Word { start, end };
        self.groups = scan.groups(self.word);
        self.elided = class::is_apostrophe(class::at(text, end)) && self.groups.any(Groups::ELIDED);
        let second = class::at(text, start + first.len_utf8());
        self.follow = if first.is_uppercase() {
            Follow::Upper
        } else if first.is_lowercase() {
            // eNova, iPhone: a name. a) and b): an item.
            if second.is_uppercase() || second == ')' { Follow::Upper } else { Follow::Lower }
        } else if first.is_numeric() {
            Follow::Digit
        } else if first.is_alphabetic() {
            Follow::Caseless
        } else {
            Follow::Sign
        };
    }

    /// Whether the text plainly goes on: a comma, a closing sign, another mark.
    pub(super) fn continues(&self) -> bool {
        matches!(self.first, ',' | ';' | ':' | '%' | '/' | '=' | '>')
            || class::closes_bracket(self.first)
            || class::is_mark(self.first)
            || matches!(self.first, '»' | '›' | '”')
    }

    /// Whether the word opens sentences and is no name.
    pub(super) fn opens_sentence(&self) -> bool {
        self.follow == Follow::Upper
            && self.groups.any(Groups::STARTER.or(Groups::PARTICLE).or(Groups::ELIDED))
            && (!self.groups.any(Groups::ELIDED)
                || self.elided
                || self.groups.any(Groups::STARTER) && self.word.len() > 1)
    }

    /// Whether the word is a pronoun or the like, which no title stands before.
    pub(super) fn is_pronoun(&self) -> bool {
        self.opens_sentence() && self.groups.any(Groups::CLAUSE)
    }

    /// Whether a figure, a Roman number or a single letter with its full stop follows.
    pub(super) fn is_number(&self) -> bool {
        self.follow == Follow::Digit || self.follow == Follow::Upper && self.word.len() == 1 && !self.elided
    }

    /// Whether a capitalised word follows the word.
    pub(super) fn before_capital(&self, scan: &Scan) -> bool {
        let apostrophe = usize::from(self.elided) * class::at(scan.text, self.word.end).len_utf8();
        class::at(scan.text, scan.skip_blanks(self.word.end + apostrophe)).is_uppercase()
    }

    /// Whether the word is written in capitals, more than one.
    pub(super) fn is_capitals(&self, scan: &Scan) -> bool {
        self.word.len() > 1 && self.word.of(scan.text).chars().all(|c| c.is_uppercase())
    }

    /// Whether the word looks like the last part of a web address or a file name.
    pub(super) fn is_domain(&self, scan: &Scan) -> bool {
        let word = self.word.of(scan.text);
        ["Com", "Net", "Org", "Fr", "Js", "Io", "Eu"].contains(&word)
    }

    /// Whether a speaker's name and a verb of saying follow: `"Ready?" Ada Smith asked.`
    pub(super) fn names_speaker(&self, scan: &Scan) -> bool {
        let mut at = self.word.start;
        for _ in 0..6 {
            let mut end = at;
            while end < scan.end
                && end - at < 32
                && (class::at(scan.text, end).is_alphanumeric() || class::at(scan.text, end) == '-')
            {
                end += class::at(scan.text, end).len_utf8();
            }
            let word = Word { start: at, end };
            if word.is_empty() {
                return false;
            }
            if scan.groups(word).any(Groups::SPEECH) {
                return at > self.word.start;
            }
            if !class::at(scan.text, at).is_uppercase() {
                return false;
            }
            let dot = usize::from(class::at(scan.text, end) == '.');
            at = scan.skip_blanks(end + dot);
        }
        false
    }
}
