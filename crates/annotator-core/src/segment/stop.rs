//! What the word before a single full stop makes of it: an abbreviation, an initial, an acronym, a number.
//! Leaves out the other marks and what follows from it for the sentence (see `boundary`).

use super::boundary::Scan;
use super::class;
use super::cluster::Cluster;
use super::lexicon::Groups;
use super::next::{Follow, Next};
use super::token::{LONGEST_WORD, Word};
use crate::Language;

/// How strongly a full stop ends its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Part of an abbreviation that something always follows.
    Never,
    /// Ends only before a word that opens sentences.
    Soft,
    /// Ends before any capital.
    Weak,
    /// Ends, unless the next word is in lower case.
    Plain,
}

impl Scan<'_> {
    /// What the word before a single full stop makes of it.
    pub(super) fn stop(&self, cluster: &Cluster, next: &Next) -> Stop {
        let word = self.word_before(cluster.mark);
        if word.is_empty() || word.end < cluster.mark {
            let degree = class::before(self.text, cluster.mark) == '°';
            return if degree && next.follow == Follow::Digit { Stop::Never } else { Stop::Plain };
        }
        let shown = word.of(self.text);
        let first = class::at(self.text, word.start);
        let single = word.is_single(self.text);
        if class::figures(self.text, word.start) == shown.len() {
            return self.stop_of_number(word, next);
        }
        if let Some(acronym) = self.acronym(word) {
            return self.stop_of_acronym(acronym, next);
        }
        if single && class::is_upper(first) {
            return self.stop_of_initial(word, next);
        }
        let groups = self.groups(word);
        if class::is_lower(first) && self.behind_number(word) {
            // 4 mm. i.d.
            if next.initial && next.follow == Follow::Lower {
                return Stop::Never;
            }
            if groups.any(Groups::MEASURE) {
                return Stop::Weak;
            }
            if single || groups == Groups::NONE && shown.len() <= 3 {
                return Stop::Plain;
            }
        }
        let before = class::before(self.text, word.start);
        // a 36-in. pipe
        if before == '-' && groups.any(Groups::MEASURE) && class::is_figure(class::before(self.text, word.start - 1)) {
            return Stop::Weak;
        }
        let capital = class::is_upper(first);
        // c.-à-d.
        if shown == b"d" && before == '-' && matches!(class::before(self.text, word.start - 1), 'à' | 'a') {
            return Stop::Never;
        }
        // Words of one letter; don't; km/h; the last part of an address.
        if single && (matches!(first, 'a' | 'y') || !first.is_ascii() || class::is_apostrophe(before))
            || before == '.'
            || matches!(before, '/' | '-' | '_') && shown.len() <= 3 && !(capital && groups != Groups::NONE)
        {
            return Stop::Plain;
        }
        if shown == b"ex" && matches!(self.word_before(self.skip_dots_back(word.start)).of(self.text), b"p" | b"par") {
            return Stop::Never;
        }
        if groups.any(Groups::NEVER) || capital && groups.any(Groups::NEVER_CAPITAL) {
            return Stop::Never;
        }
        if groups.any(Groups::WEAK) {
            return self.weak(next);
        }
        // Garland, Tex.
        if capital && groups.any(Groups::SUFFIX) {
            return if self.behind(word, ',') { self.weak(next) } else { Stop::Soft };
        }
        // In capitals it is an acronym (APT, INT), except among other capitals.
        if word.is_capitals(self.text) && !next.word.is_capitals(self.text) && !next.is_number(self) {
            return Stop::Plain;
        }
        if groups.any(Groups::SOFT) || capital && groups.any(Groups::SOFT_CAPITAL) {
            let heading = groups.any(Groups::NUMERIC) && !word.is_clipped(self.text);
            let whole = word.start == self.content && heading && !next.is_number(self);
            return if whole { Stop::Plain } else { Stop::Soft };
        }
        if groups.any(Groups::NUMERIC) {
            return match next.follow {
                _ if next.is_number(self) => Stop::Never,
                Follow::Lower => Stop::Soft,
                _ => Stop::Plain,
            };
        }
        if word.is_clipped(self.text) && !single && !capital {
            let goes_on = matches!(next.follow, Follow::Digit | Follow::Lower) && !groups.any(Groups::UNIT);
            return if goes_on { Stop::Never } else { Stop::Plain };
        }
        if single || word.is_clipped(self.text) { Stop::Soft } else { Stop::Plain }
    }

    /// The full stop of an abbreviation that can end a sentence: `Co.`, but not in `Co. Ltd.`
    fn weak(&self, next: &Next) -> Stop {
        let clipped = next.groups.any(Groups::WEAK) && class::byte(self.text, next.word.end) == b'.';
        if clipped || next.groups.any(Groups::ROLE) { Stop::Never } else { Stop::Weak }
    }

    /// `1 250.`, `2010.`, `27. 06. 2011`.
    fn stop_of_number(&self, word: Word, next: &Next) -> Stop {
        let two_figures = class::figures(self.text, next.word.start) == 2;
        let chained = word.len() == 2
            && next.follow == Follow::Digit
            && (two_figures && class::byte(self.text, next.word.start + 2) == b'.' || self.behind(word, '.'));
        let ordinal = self.language == Language::Other && word.len() <= 2 && !next.opens_sentence();
        if chained || ordinal { Stop::Never } else { Stop::Plain }
    }

    /// `A. Benali`, but `vitamine C. Il`.
    fn stop_of_initial(&self, word: Word, next: &Next) -> Stop {
        let previous = self.word_before(word.start);
        let sign = class::before(self.text, word.start);
        let linked = sign == '-' && !class::is_upper(class::before(self.text, word.start - 1));
        if linked || matches!(sign, '°' | '_') {
            return Stop::Plain;
        }
        if self.behind_number(word) {
            // 353 U. S. 605; 12 N. Main Street.
            return match self.language {
                _ if next.initial => Stop::Never,
                Language::English => Stop::Soft,
                _ => Stop::Plain,
            };
        }
        let groups = self.groups(word);
        if groups.any(Groups::NEVER.or(Groups::NEVER_CAPITAL)) && !next.is_pronoun() {
            return Stop::Never;
        }
        let behind_name = class::is_upper(class::at(self.text, previous.start)) && !previous.is_empty();
        let lone = !previous.is_empty() && !behind_name && !next.initial;
        let pronoun = self.language == Language::English && word.of(self.text) == b"I" && lone;
        if pronoun || self.groups(previous).any(Groups::LABELLED) {
            // article L. 233-8
            return if next.follow == Follow::Digit { Stop::Never } else { Stop::Plain };
        }
        let name = next.groups.any(Groups::PARTICLE.or(Groups::ELIDED)) && next.before_capital(self);
        if next.opens_sentence() && !name { Stop::Plain } else { Stop::Never }
    }

    /// `U.S.A.`, `J.-C.`, `S.A.`; `acronym` is the whole of it without the last full stop.
    fn stop_of_acronym(&self, acronym: Word, next: &Next) -> Stop {
        let groups = self.lexicon.dotted_groups(acronym.of(self.text));
        let comma = usize::from(self.behind(acronym, ',')) * 2;
        let previous = self.word_before(acronym.start - comma);
        let behind_name = !previous.is_empty()
            && class::is_upper(class::at(self.text, previous.start))
            && !self.groups(previous).any(Groups::STARTER.or(Groups::PARTICLE));
        // N.B. and P.S. open what they stand before.
        if groups.any(Groups::NEVER) || groups.any(Groups::HEADING) && acronym.start == self.content {
            return Stop::Never;
        }
        if groups.any(Groups::CLOCK) {
            return if next.groups.any(Groups::ZONE) || next.word.is_capitals(self.text) {
                Stop::Never
            } else {
                Stop::Weak
            };
        }
        if class::byte(self.text, acronym.end - 1) == b'C'
            && class::before(self.text, acronym.end - 1) == '-'
            && !self.behind_era(acronym)
        {
            return Stop::Soft;
        }
        if groups.any(Groups::WEAK) || groups.any(Groups::SUFFIX) && behind_name {
            return self.weak(next);
        }
        let name = next.groups.any(Groups::PARTICLE)
            && next.before_capital(self)
            && class::byte(self.text, acronym.start + 2) == b'-';
        if name { Stop::Never } else { Stop::Soft }
    }

    /// Whether `av.`, `apr.`, `avant` or `après` stands before a word: J.-C. is an era then, not initials.
    fn behind_era(&self, word: Word) -> bool {
        self.groups(self.word_before(self.skip_dots_back(word.start))).any(Groups::ERA)
    }

    pub(super) fn skip_dots_back(&self, from: usize) -> usize {
        class::skip_back(self.text, from, self.start, |c| c == '.' || class::is_blank(c))
    }

    /// Whether a sign and one space stand before a word.
    fn behind(&self, word: Word, sign: char) -> bool {
        word.start > self.start + 1
            && class::before(self.text, word.start) == ' '
            && class::before(self.text, word.start - 1) == sign
    }

    /// Whether a figure stands before a word: the word is its unit.
    pub(super) fn behind_number(&self, word: Word) -> bool {
        let previous = self.word_before(word.start);
        class::before(self.text, previous.end).is_ascii_digit() && !previous.is_empty()
    }

    /// The dotted acronym whose last letter is `word`, without its last full stop.
    fn acronym(&self, word: Word) -> Option<Word> {
        let mut start = word.start;
        if !word.is_single(self.text) {
            // p.ex.: the last part has more than one letter.
            let first = start.checked_sub(2)?;
            let whole = Word { start: first, end: word.end };
            let known = class::before(self.text, start) == '.'
                && first >= self.start
                && self.lexicon.dotted_groups(whole.of(self.text)) != Groups::NONE;
            return known.then_some(whole);
        }
        while start > self.start && word.end - start < LONGEST_WORD {
            let mut at = start;
            if class::before(self.text, at) == '-' {
                at -= 1;
            }
            if at == self.start || class::before(self.text, at) != '.' {
                break;
            }
            at -= 1;
            let letter = class::before(self.text, at);
            if at <= self.start || !class::is_letter(letter) {
                break;
            }
            let before = at - letter.len_utf8();
            if before > self.start && class::is_word(class::before(self.text, before)) {
                break;
            }
            start = before;
        }
        (start < word.start).then_some(Word { start, end: word.end })
    }
}
