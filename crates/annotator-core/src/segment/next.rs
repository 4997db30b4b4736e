//! What follows a mark: whether the next word could open a sentence. Leaves out what came before it.

use super::boundary::Scan;
use super::class;
use super::lexicon::Groups;
use super::token::Word;
use crate::Language;

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
    elided: bool,
    /// Whether the word is a single letter with a full stop of its own.
    pub(super) initial: bool,
    goes_on: bool,
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
            elided: false,
            initial: false,
            goes_on: false,
        };
        // An ellipsis may open a sentence, as in `... Puis plus rien.`
        let mut start = at;
        while start - at < 12 && matches!(class::at(text, start), '.' | '…') {
            start += class::at(text, start).len_utf8();
        }
        let ellipsis = start - at >= 3 && class::is_blank(class::at(text, start));
        start = if ellipsis { scan.skip_blanks(start) } else { at };
        next.goes_on = !ellipsis && goes_on(scan, at);
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
        next.goes_on |= ellipsis && next.follow != Follow::Upper;
        next
    }

    fn read_word(&mut self, scan: &Scan, start: usize) {
        let text = scan.text;
        let first = if start < scan.end { class::at(text, start) } else { '\0' };
        let end = class::skip(text, start, scan.end.min(start + 32), class::is_of_word);
        self.word = Word { start, end };
        self.groups = scan.groups(self.word);
        self.elided = class::is_apostrophe(class::at(text, end)) && self.groups.any(Groups::ELIDED);
        let second = class::at(text, start + first.len_utf8());
        self.initial = second == '.' && end == start + first.len_utf8();
        self.follow = if class::is_upper(first) {
            Follow::Upper
        } else if class::is_lower(first) {
            // eNova, iPhone: a name. a) and b): an item.
            if class::is_upper(second) || second == ')' { Follow::Upper } else { Follow::Lower }
        } else if class::is_figure(first) {
            Follow::Digit
        } else if class::is_letter(first) {
            Follow::Caseless
        } else {
            Follow::Sign
        };
    }

    /// Whether the text plainly goes on: a comma, a closing sign, another mark.
    pub(super) fn continues(&self) -> bool {
        self.goes_on
    }

    /// Whether the word opens sentences and is no name.
    pub(super) fn opens_sentence(&self) -> bool {
        self.follow == Follow::Upper
            && !self.initial
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
    pub(super) fn is_number(&self, scan: &Scan) -> bool {
        let roman = |c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        let short = self.word.len() == 1 || self.word.is_all(scan.text, roman);
        self.follow == Follow::Digit || self.follow == Follow::Upper && short && !self.opens_sentence()
    }

    /// Whether a capitalised word follows the word.
    pub(super) fn before_capital(&self, scan: &Scan) -> bool {
        let apostrophe = usize::from(self.elided) * class::at(scan.text, self.word.end).len_utf8();
        class::is_upper(class::at(scan.text, scan.skip_blanks(self.word.end + apostrophe)))
    }

    /// Whether a speaker's name and a verb of saying follow: `"Ready?" Ada Smith asked.`
    pub(super) fn names_speaker(&self, scan: &Scan) -> bool {
        if self.opens_sentence() {
            return false;
        }
        let mut at = self.word.start;
        for _ in 0..6 {
            let end = class::skip(scan.text, at, scan.end.min(at + 32), |c| class::is_word(c) || c == '-');
            let word = Word { start: at, end };
            if word.is_empty() {
                return false;
            }
            if scan.groups(word).any(Groups::SPEECH) {
                return at > self.word.start;
            }
            if !class::is_upper(class::at(scan.text, at)) {
                return false;
            }
            let dot = usize::from(class::at(scan.text, end) == '.');
            at = scan.skip_blanks(end + dot);
        }
        false
    }
}

/// Whether the text plainly goes on at a byte: a comma, a closing sign, another mark.
fn goes_on(scan: &Scan, at: usize) -> bool {
    let first = class::at(scan.text, at);
    let glued = class::is_word(class::at(scan.text, at + first.len_utf8()));
    match first {
        ',' | ';' | ':' | '%' | '/' | '=' | '>' | '”' => true,
        '»' | '›' => scan.language == Language::French || !glued,
        '.' => !glued,
        c => class::closes_bracket(c) || class::is_mark(c),
    }
}
