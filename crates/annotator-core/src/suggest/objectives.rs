//! Sentences that say what the announced partnership, project, product or operation, or one of its
//! measures, is for. Leaves out whether the aim is a good one, and outcomes stated as facts.

use super::Suggestion;
use super::matcher::{self as rule, Matcher, NONE, register};
use super::rules::{EFFECT, INTENT, PURPOSE, STATED};
use super::tokens::{Gap, Tokens};
use crate::{Language, Span};

pub(super) const LABEL: &str = "objective";

/// A longer sentence is a table or a list without stops; what comes behind is not read.
const LONGEST: usize = 250;

/// The objectives of a text: whole sentences, in order.
pub(super) fn find(t: &Tokens, language: Language, sentences: &[Span], out: &mut Vec<Suggestion>) {
    if language == Language::Other {
        return;
    }
    let mut m = Matcher::new(t, language == Language::English);
    // Who is behind the release: the first names of those that it introduces, `À propos de X`, `About X`.
    let mut organisations = Vec::new();
    for i in 0..t.len() {
        if t.gap(i) >= Gap::Line && organisations.len() < 8 && m.is(rule::ORGANISATION_HEADING, i) {
            organisations.push(m.place(b'a'));
        }
    }
    let mut judge = Judge { m, organisations };
    let (mut boilerplate, mut asked) = (false, false);
    for &span in sentences {
        let first = t.index_at(span.start());
        let last = t.index_at(span.end()).min(first + LONGEST);
        if first >= last {
            continue;
        }
        judge.m.within(first, last);
        if t.gap(first) >= Gap::Line {
            boilerplate = judge.opens_boilerplate(first, last, boilerplate);
        }
        if boilerplate {
            continue;
        }
        // L’ambition ? Ramener à l’emploi…: the answer is the objective.
        let answer = asked && judge.m.is(rule::STARTS_INF, first);
        asked = answer || last - first < 14 && judge.m.is(rule::AIM_ASKED, first);
        let sign = if answer { Some((STATED, (first, first + 1))) } else { judge.sign(first, last) };
        let Some((rule, shown)) = sign else { continue };
        let mut sign = t.written(shown.0, shown.1);
        // « afin d’ », as a person reads it.
        let behind = shown.1.checked_sub(1).and_then(|last| t.text.get(t.end(last)..));
        sign.extend(behind.and_then(|behind| behind.chars().next()).filter(|c| matches!(c, '’' | '\'')));
        super::suggest_one(out, (rule, LABEL), span, Vec::new(), Some(sign));
    }
}

struct Judge<'a, 't> {
    m: Matcher<'a, 't>,
    organisations: Vec<usize>,
}

impl Judge<'_, '_> {
    /// Whether the paragraph that begins here describes the organisation, or one that does goes on.
    fn opens_boilerplate(&mut self, first: usize, last: usize, before: bool) -> bool {
        let t = self.m.t;
        if self.m.is(rule::BOILERPLATE, first) {
            return true;
        }
        // X en bref, qui sommes-nous: a heading of a few words.
        let short = last - first <= 8 && t.gap(last) >= Gap::Line;
        if short && self.m.is(rule::BOILERPLATE_SHORT, first) {
            return true;
        }
        // Maison fondée en 1987: in the second half of a release, its author introduces itself.
        if first * 2 > t.len() && t.gap(first) == Gap::Paragraph && self.m.is(rule::SELF_DESCRIBED, first) {
            return true;
        }
        // The boilerplate ends with the next heading of another kind.
        before && !(short && t.gap(first) == Gap::Paragraph && self.m.is(rule::OTHER_HEADING, first))
    }

    /// What shows that a sentence says an aim, with the tokens that show it; `None` if nothing does or
    /// something speaks against it.
    fn sign(&mut self, first: usize, last: usize) -> Option<(&'static str, (usize, usize))> {
        let t = self.m.t;
        for i in first..last {
            self.m.within(first, last);
            self.m.kept = [0; 2 * rule::REGISTERS + 1];
            self.m.kept[register(b'f')] = first as i32;
            let sign = if self.m.english { rule::SIGN_EN } else { rule::SIGN_FR };
            if !t.is_word(i) || self.m.also(sign, i) == NONE {
                continue;
            }
            let (rule, from) = (self.m.get(b'v'), self.m.place(b'a'));
            // One word of a sign says too little: `pour limiter`, `aims to`.
            let to = self.m.place(b'b').max(from + 2).min(last);
            // Money or a denial may stand beside one sign, and a later one be good.
            if self.m.also(rule::DOUBTED, from) != NONE {
                continue;
            }
            self.m.kept[register(b'i')] = i32::from(self.names_itself(first, from));
            self.m.kept[register(b'z')] = i32::from(rule == 2);
            if self.m.also(rule::REFUSED, first) != NONE || self.m.also(rule::OWN_MISSION, from) != NONE {
                return None;
            }
            return Some(([STATED, PURPOSE, INTENT, EFFECT][(rule - 1) as usize & 3], (from, to)));
        }
        None
    }

    /// Whether an organisation that the release introduces stands in a stretch.
    fn names_itself(&self, first: usize, last: usize) -> bool {
        let t = self.m.t;
        (first..last).any(|i| t.capital(i) && self.organisations.iter().any(|&o| t.word(o) == t.word(i)))
    }
}
