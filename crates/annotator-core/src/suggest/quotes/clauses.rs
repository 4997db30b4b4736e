//! The clauses that attribute a quotation: behind it, inside it, or leading in to it.
//! Leaves out signatures and quotations that go on (see `mod`).

use super::marks::Quoted;
use super::{AFTER, BEFORE, COLON, Finder, INSIDE, SIGNED, SOURCE, rule};
use crate::suggest::matcher::{NONE, register};
use crate::suggest::tokens::Gap;

impl Finder<'_, '_> {
    /// A clause behind the closing mark: `, a déclaré X`, `, selon X`, `said X`, `X said`, `(X)`.
    pub(super) fn after(&mut self, q: Quoted, opens: bool, next: usize) -> bool {
        let t = self.t;
        let at = q.last + 1;
        let comma_behind = t.is_one(at, ",");
        if !t.follows(at) || self.breaks_line(at) && !comma_behind {
            return false;
        }
        if !(opens || comma_behind || t.is_one(q.last - 1, "!?…,")) {
            return false;
        }
        self.m.within(0, next);
        for (clause, why) in
            [(rule::SOURCE_BEHIND, SOURCE), (if self.english { rule::AFTER_EN } else { rule::AFTER_FR }, AFTER)]
        {
            let last = self.m.at(clause, at);
            if last != NONE {
                self.keep(why, last);
                return self.is_identified();
            }
        }
        // Moira Calder said; she added; one regular puts it; Jane Doe, director, said.
        let first = at + usize::from(t.is_one(at, ",–—-"));
        // Behind an utterance that a colon leads in, the next sentence is no clause of it: X wrote: “Thanks!” The group hopes.
        let led_in = t.is_one(q.open.wrapping_sub(1), ":") && !t.is_one(q.last - 1, ",");
        if comma_behind || !led_in && t.is_one(q.last - 1, "!?…,") {
            // Behind a comma inside the marks, any verb in English: “We move,” Solvane posted.
            let any = self.english && t.is_one(q.last - 1, ",");
            self.m.within(0, next);
            if self.reports(first, false) || any && self.reports(first, true) {
                let verb = (self.m.place(b'e'), self.m.place(b'g'));
                if !self.subject(first, verb.0) {
                    return false;
                }
                let a = &mut self.a;
                (a.verb, a.rule, a.last) = (verb, AFTER, verb.1.max(a.role.1));
                let named = self.english || t.capital(a.name.0) || a.name.1 == a.name.0 + 1;
                return named && a.name.0 <= first + 6;
            }
        }
        self.m.within(0, t.len());
        if opens && t.is_one(at, "(") && t.gap(at) < Gap::Line {
            let last = self.m.at(rule::SIGNATURE, at);
            self.keep(SIGNED, last);
            return last != NONE;
        }
        false
    }

    /// Whether a verb reports within the next words of the sentence, a known one or `any`; then what was kept says which.
    fn reports(&mut self, first: usize, any: bool) -> bool {
        let t = self.t;
        for k in first + 1..first + 14 {
            if !t.follows(k) || t.is_one(k, ":«“\"") || self.ends_sentence(k - 1) {
                return false;
            }
            let verb = if any { self.m.is(rule::ANY_VERB_EN, k) } else { self.verb(k) };
            if verb && self.m.place(b'h') == 0 && (self.english || self.m.get(b'w') == 0) {
                return true;
            }
        }
        false
    }

    /// A reporting clause between the marks: `« A, explique X, B. »`. For a line of dialogue, the speech
    /// ends where a clause at its end begins.
    pub(super) fn inside(&mut self, q: Quoted) -> bool {
        let t = self.t;
        if self.english && !q.dash {
            return false;
        }
        for i in q.open + 2..=q.last {
            if !t.is_one(i - 1, ",?!…–—") || !t.follows(i) {
                continue;
            }
            self.m.within(0, q.last + 1);
            let last = self.m.at(if self.english { rule::INSIDE_EN } else { rule::INSIDE_FR }, i);
            if last != NONE {
                self.keep(INSIDE, last);
                let a = &self.a;
                let named = a.pronoun > 0 || q.dash || (a.name.0..a.name.1).any(|k| t.capital(k));
                // The clause stands between commas; a verb that takes things is none of speech here.
                let closed = a.pronoun > 0 || last > q.last || t.is_one(last, ",.»–—:;") || a.role.1 > a.role.0;
                if !named || !closed || self.m.get(b'w') > 0 && !q.dash {
                    continue;
                }
            } else if self.english && q.dash && self.verb(i + 1) {
                let verb = (self.m.place(b'e'), self.m.place(b'g'));
                if !self.subject(i, verb.0) {
                    return false;
                }
                (self.a.verb, self.a.rule, self.a.last) = (verb, INSIDE, verb.1);
            } else {
                continue;
            }
            let a = &mut self.a;
            if q.dash {
                // A clause at the end of a line of dialogue is no part of the speech.
                if a.last >= q.last || t.is_one(a.last, ".") && a.last + 1 > q.last {
                    a.end = if t.is_one(i - 1, ",") { i - 2 } else { i - 1 };
                }
            } else if a.role.1 > a.role.0 {
                // The role ends at the next comma inside the marks, or the speech would be lost in it.
                a.role.1 = (a.role.0..a.role.1).find(|&k| t.is_one(k, ",")).unwrap_or(a.role.1);
            }
            return true;
        }
        false
    }

    /// Looks for the reporting verb nearest before `end`, in its longest form; what was kept says which.
    pub(super) fn verb_before(&mut self, start: usize, end: usize) -> bool {
        let (mut best, mut kept) = (0, self.m.kept);
        for i in start..end {
            self.m.within(start, end);
            if !self.verb(i) || self.m.place(b'g') <= best {
                continue;
            }
            let (found, single) = (self.m.kept, self.m.place(b'g') == i + 1);
            // A noun that looks like a verb stands behind an article or a preposition: la note, une demande.
            if i > start && (single && self.m.is(rule::NOUN_BEFORE, i) || self.m.is(rule::AIM_BEFORE, i)) {
                continue;
            }
            kept = found;
            best = found[register(b'g')] as usize;
        }
        self.m.kept = kept;
        self.m.within(0, self.t.len());
        best > 0
    }

    /// The speaker that stands before the verb at `verb`, in the sentence that begins at `start`.
    pub(super) fn subject(&mut self, start: usize, verb: usize) -> bool {
        let t = self.t;
        self.m.within(start, t.len());
        self.m.is(rule::SUBJECT_END, verb);
        let mut end = self.m.place(b'b');
        if end <= start {
            return false;
        }
        if self.m.is(rule::PRON_BEFORE, end) {
            self.keep(BEFORE, end);
            return true;
        }
        if self.m.is(rule::SUBJECT_RELATIVE, end) {
            end = self.m.place(b'b');
        }
        self.m.within(start, end);
        let comma = end > start && t.is_one(end - 1, ",)");
        let last = self.m.at(if comma { rule::SUBJECT_COMMA } else { rule::SUBJECT_LAST }, start);
        self.keep(BEFORE, end);
        self.m.within(0, t.len());
        last != NONE && self.a.name.1 > self.a.name.0
    }

    /// What leads in: `X déclare : «`, `X estime que «`, `Selon X, «`, `X, directeur : «`.
    pub(super) fn before(&mut self, q: Quoted, start: usize) -> bool {
        let t = self.t;
        if q.open <= start {
            return false;
        }
        let end = q.open - 1;
        let colon = t.is_one(end, ":");
        let long = self.is_long_enough(q);
        if !colon && !long {
            return false;
        }
        // Selon X, pour X, d'après X, according to X: at the start of the sentence.
        self.m.within(start, q.open);
        let last = self.m.at(rule::SOURCE, start);
        if last != NONE {
            self.keep(SOURCE, last);
            let a = &mut self.a;
            if !colon && a.role.1 >= end {
                // The role ends with its last comma, where the sentence itself begins.
                a.role.1 = (a.role.0..a.role.1).rev().find(|&k| t.is_one(k, ",")).unwrap_or(a.role.0);
            }
            if self.is_identified() {
                return true;
            }
        }
        if !self.verb_before(start, end + usize::from(!colon)) {
            return colon && self.name_colon(q, start, end, long);
        }
        let verb = (self.m.place(b'e'), self.m.place(b'g'));
        let (pronoun, weak) = (self.m.place(b'h'), self.m.get(b'w') > 0);
        let capital = t.capital(q.open + 1);
        if !colon {
            let that = self.m.is(rule::REPORTED, end) || t.is_one(end, "'") && self.m.is(rule::REPORTED, end - 1);
            let comma = t.is_one(end, ",") && verb.1 == end;
            // A clause that reports speech may be long: `rappelle que ces prêts, plafonnés, « … »`, `said the old machines were “…”`.
            let far = q.open - verb.1;
            let reach = if self.english || (verb.1..end).any(|i| self.m.is(rule::REPORTED, i)) { 40 } else { 10 };
            if !that && (capital && !comma && verb.1 < end || weak && far > 1 || far > reach) || weak && capital {
                return false;
            }
        }
        if self.before_verb(q, (start, end), verb, pronoun, colon) {
            let a = &mut self.a;
            (a.verb, a.pronoun, a.rule, a.last) = (verb, pronoun, BEFORE, q.open);
            return true;
        }
        colon && self.name_colon(q, start, end, long)
    }

    /// Finds who speaks by the verb of a clause that leads in, between the start of its sentence and the mark.
    fn before_verb(
        &mut self,
        q: Quoted,
        (start, end): (usize, usize),
        verb: (usize, usize),
        pronoun: usize,
        colon: bool,
    ) -> bool {
        let t = self.t;
        if pronoun > 0 {
            self.keep(BEFORE, q.open);
            self.a.name = (pronoun, pronoun + 1);
            return true;
        }
        let previous = self.before.map(|(_, a)| a);
        // Souligne X : the subject behind the verb; rappelle le directeur, « … »: a clause between commas.
        if !self.english && (colon || t.is_one(end, ",")) {
            self.m.within(start, end);
            let as_said = self.m.is(rule::AS_SAID, start);
            let last = self.m.at(rule::WHO, verb.1);
            if last != NONE {
                self.keep(BEFORE, last);
                let a = self.a;
                let named = (a.name.0..a.name.1).any(|k| t.capital(k)) || self.m.is(rule::PERSON, a.name.0);
                self.m.within(start, verb.0);
                let pronoun_before = self.m.is(rule::ANY_PRONOUN, start);
                let reaches = last + 1 >= end || t.is_one(a.name.1, ",") || as_said;
                let object = colon && (self.m.is(rule::OBJECT, verb.1) || !named || pronoun_before);
                if reaches && !object && (colon || last >= end || as_said) {
                    return true;
                }
            }
            self.m.within(0, t.len());
        }
        let mut subject_end = verb.0;
        // Et l'élu d'ajouter ; avant d'ajouter ; en précisant.
        let infinitive = self.m.is(rule::DE, verb.0) && (start..verb.0).any(|i| self.m.is(rule::LEADS, i));
        if infinitive {
            if self.m.is(rule::AVANT_DE, verb.0) {
                self.a = previous.unwrap_or_default();
                return previous.is_some();
            }
            subject_end -= if t.is_one(verb.0 - 1, "'") { 2 } else { 1 };
        } else if self.m.is(rule::EN_DOING, verb.0) && t.word(verb.1 - 1).ends_with("ant") {
            subject_end -= 1;
        }
        // Mais salue: the subject of the clause before; Et de préciser: the speaker before.
        let instead = self.m.is(rule::INSTEAD, verb.0);
        if instead {
            for i in start + 1..verb.0 {
                if self.verb(i) {
                    let first = self.m.place(b'e');
                    if self.subject(start, first) && self.is_identified() {
                        return true;
                    }
                    break;
                }
            }
        }
        if self.subject(start, subject_end) && self.is_identified() {
            return true;
        }
        self.m.within(start, end);
        if instead && self.m.at(rule::FIRST_WHO, start) != NONE {
            self.keep(BEFORE, q.open);
            return true;
        }
        // « A », mais salue « B »: the sentence goes on from the quotation before.
        let goes_on = start > 0 && t.is_one(start - 1, "»”\"›") && t.follows(start) && instead;
        self.a = previous.unwrap_or_default();
        previous.is_some() && (goes_on || infinitive)
    }

    /// `Gilles Perrin, éleveur : «`, `Denis Abril (Habitat) : «`, `L'entraîneur n'a pas caché sa joie : «`.
    fn name_colon(&mut self, q: Quoted, start: usize, colon: usize, long: bool) -> bool {
        let full = self.t.capital(q.open + 1) && long;
        let whole = full && self.t.is_one(q.last - 1, ".!?…");
        for (clause, fits) in
            [(rule::COLON_NAME, true), (rule::NAME_COLON, true), (rule::PERSON_COLON, full), (rule::ANY_COLON, whole)]
        {
            self.m.within(start, colon + 1);
            if !fits || self.m.at(clause, start) == NONE {
                continue;
            }
            self.keep(COLON, q.open);
            if self.is_identified() {
                return true;
            }
        }
        self.m.within(0, self.t.len());
        // « A », dit X. Puis, plus bas : « B. »
        let small = colon < start + 7 && (start + 1..colon).all(|i| !self.t.capital(i));
        match self.before {
            Some((_, before)) if small && whole && self.t.follows(start) && before.last <= start => {
                self.goes_on(q, before)
            }
            _ => false,
        }
    }
}
