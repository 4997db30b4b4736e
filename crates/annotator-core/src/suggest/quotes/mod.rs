//! Quotations of an identifiable speaker, with speaker, role and reporting verb.
//! Leaves out indirect speech and what stands between marks for another reason.

mod clauses;
mod marks;

use super::Suggestion;
use super::matcher::{self as rule, Matcher, NONE};
use super::rules::{AFTER, BEFORE, COLON, CONTINUED, INSIDE, INTRODUCED, SIGNED, SOURCE};
use super::tokens::{Gap, Tokens};
use crate::{Language, Span};
use marks::Quoted;

pub(super) const LABEL: &str = "quote";

/// A fragment inside the writer's own sentence has at least this many words (guideline, quote).
const FRAGMENT_WORDS: usize = 3;

/// How many tokens before a quotation its sentence begins at most.
const LONGEST: usize = 150;

/// A title has fewer tokens than this; a longer stretch is a sentence.
const TITLE_TOKENS: usize = 8;

/// A stretch of tokens, half-open.
type Range = (usize, usize);

/// Who said a quotation, and how we know, in token indices.
#[derive(Debug, Clone, Copy, Default)]
struct Attribution {
    name: Range,
    /// Empty if none is known.
    role: Range,
    /// Empty if there is none.
    verb: Range,
    /// The pronoun that is joined to the verb by hyphens; 0 is none.
    pronoun: usize,
    rule: &'static str,
    /// Who speaks with the first: empty if nobody does.
    other: Range,
    /// The token behind the clause that attributes.
    last: usize,
    /// Where the speech itself ends, if that is before its line does; else 0.
    end: usize,
}

/// The attributed quotations of a text, in order.
///
/// Returns where titles stand: a few words between marks that nobody said, with a capital or a number first.
pub(super) fn find(t: &Tokens, language: Language, out: &mut Vec<Suggestion>) -> Vec<Span> {
    let mut titles = Vec::new();
    let english = language == Language::English;
    let (mut soft, mut hard) = (0, 0);
    for i in 0..t.len() {
        if t.gap(i) == Gap::Line {
            let lower = t.is_word(i) && !t.capital(i);
            soft += usize::from(lower);
            hard += usize::from(!lower);
        }
    }
    let mut m = Matcher::new(t, english);
    m.wrapped = soft > 0 && soft * 2 > hard;
    let mut finder = Finder { t, m, english, a: Attribution::default(), before: None };
    let quoted = marks::find(t, english);
    let mut floor = 0;
    for (k, &q) in quoted.iter().enumerate() {
        let next = quoted.get(k + 1).map_or(t.len(), |q| q.open);
        finder.m.within(0, t.len());
        // A quotation of nobody leaves the chain of those before and after it whole.
        if !finder.attribution(q, floor, next) {
            let first = q.open + 1;
            if q.closed && q.last < first + TITLE_TOKENS && (t.capital(first) || t.is_number(first)) {
                titles.push(t.span(q.open, q.last + 1));
            }
            continue;
        }
        let a = finder.a;
        finder.before = Some((q, a));
        floor = if q.dash { 0 } else { q.last + 1 };
        let last = if a.end > 0 { a.end } else { q.last };
        let mut speaker = t.written(a.name.0, a.name.1);
        finder.m.within(0, t.len());
        if !t.caps(a.name.0) && finder.m.is(rule::PRONOUN, a.name.0) {
            speaker.make_ascii_lowercase();
        }
        if a.other.1 > a.other.0 {
            speaker.push_str(if english { " and " } else { " et " });
            speaker.push_str(&t.written(a.other.0, a.other.1));
        }
        let verb = finder.verb_text(&a);
        let detail = if verb.is_empty() { &speaker } else { &verb }.clone();
        let mut attributes = Vec::with_capacity(3);
        for (key, text) in [("speaker", speaker), ("role", t.written(a.role.0, a.role.1)), ("verb", verb)] {
            if !text.is_empty() {
                attributes.push((key, text));
            }
        }
        super::suggest_one(out, (a.rule, LABEL), t.span(q.open, last + 1), attributes, Some(detail));
    }
    titles
}

struct Finder<'a, 't> {
    t: &'a Tokens<'t>,
    m: Matcher<'a, 't>,
    english: bool,
    /// The attribution in hand: what the functions that say whether they found one have found.
    a: Attribution,
    /// The last quotation that is attributed.
    before: Option<(Quoted, Attribution)>,
}

impl Finder<'_, '_> {
    /// Finds who said `q`. `floor` is the token behind the last one attributed, `next` opens the one behind.
    fn attribution(&mut self, q: Quoted, floor: usize, next: usize) -> bool {
        if q.dash {
            // She answers: and her answer behind a dash. Several such lines are a list.
            let led = q.open > floor && self.t.is_one(q.open - 1, ":") && next > q.last + 1;
            let start = if led { self.sentence_start(q.open, floor) } else { 0 };
            return self.inside(q) || led && self.before(q, start);
        }
        let start = self.sentence_start(q.open, floor);
        let opens = q.open == start || self.t.is_one(q.open - 1, ":") || (start..q.open).all(|i| self.t.is_mark(i));
        let long = self.is_long_enough(q);
        let naming = self.is_named(q, start);
        if !naming && (self.inside(q) || (opens || long) && q.closed && self.after(q, opens, next)) {
            return true;
        }
        self.continued(q) || !naming && (self.before(q, start) || self.signed(q) || self.introduced(q, start, floor))
    }

    /// Whether the token at `i` ends a sentence: no full stop of an abbreviation, an initial or a number.
    fn ends_sentence(&mut self, i: usize) -> bool {
        self.m.is(rule::ENDS_SENTENCE, i)
    }

    fn breaks_line(&self, i: usize) -> bool {
        self.t.gap(i) == Gap::Paragraph || self.t.gap(i) == Gap::Line && !self.m.wrapped
    }

    /// Takes what the last run has kept as the attribution in hand.
    fn keep(&mut self, rule: &'static str, last: usize) {
        let m = &self.m;
        let range = |from: u8, to: u8| (m.place(from), m.place(to).max(m.place(from)));
        let mut a = Attribution {
            name: range(b'a', b'b'),
            role: range(b'c', b'd'),
            verb: range(b'e', b'g'),
            pronoun: m.place(b'h'),
            other: range(b'i', b'j'),
            rule,
            last,
            end: 0,
        };
        if a.name.1 == 0 && a.pronoun > 0 {
            a.name = (a.pronoun, a.pronoun + 1);
        }
        // The signature ends with its line, its role with the last word.
        let t = self.t;
        while rule == SIGNED && a.role.1 > a.role.0 && t.is_one(a.role.1 - 1, ".)") {
            a.role.1 -= 1;
        }
        // Kestrel CEO | Mark Feld: a role in capitals in front of a name.
        for i in (a.name.0..a.name.1.saturating_sub(1)).rev() {
            if t.capital(i) && t.capital(i + 1) && m.is_in_roles(i) {
                if a.role.1 == a.role.0 {
                    a.role = (a.name.0, i + 1);
                }
                a.name.0 = i + 1;
                break;
            }
        }
        self.a = a;
    }

    /// A full utterance in the first person behind a sentence about somebody: `Paul Denis savoure. « Nous y sommes. »`
    fn introduced(&mut self, q: Quoted, start: usize, floor: usize) -> bool {
        let t = self.t;
        if q.open != start
            || q.open == floor
            || !t.follows(q.open)
            || self.breaks_line(q.open)
            || !q.closed
            || !self.is_long_enough(q)
            || self.ends_sentence(q.last + 1) && !self.ends_sentence(q.last - 1)
        {
            return false;
        }
        self.m.within(q.open, q.last);
        if !self.m.is(rule::PERSONAL, q.open) {
            return false;
        }
        self.m.within(0, t.len());
        let first = self.sentence_start(q.open - 1, floor);
        let mut found = false;
        for verb in first + 1..q.open {
            if self.m.is(rule::A_VERB, verb) || self.verb(verb) {
                found = self.subject(first, verb);
                break;
            }
        }
        if !found && self.m.at(rule::BEGINS, first) != NONE {
            self.keep(INTRODUCED, q.open);
            found = true;
        }
        (self.a.rule, self.a.last) = (INTRODUCED, q.open);
        found && (self.a.name.0..self.a.name.1).filter(|&i| t.capital(i)).count() >= 2
    }

    /// Whether a reporting verb stands at `i`; then what was kept says which.
    fn verb(&mut self, i: usize) -> bool {
        self.m.is(if self.english { rule::EN_VERB } else { rule::FR_VERB }, i)
    }

    /// The first token of the sentence in which a quotation opens.
    fn sentence_start(&mut self, open: usize, floor: usize) -> usize {
        let t = self.t;
        let floor = floor.max(open.saturating_sub(LONGEST));
        let mut i = open;
        while i > floor {
            let before = i - 1;
            let led_in = i == open && t.is_one(before, ":");
            if self.breaks_line(i) && !led_in
                || self.ends_sentence(before)
                || t.is_one(before, "»”") && before > 0 && self.ends_sentence(before - 1)
            {
                break;
            }
            i = before;
        }
        i
    }

    fn is_long_enough(&self, q: Quoted) -> bool {
        let t = self.t;
        (q.open..=q.last).filter(|&i| t.is_word(i) && (t.word(i).len() > 1 || !t.is_one(i + 1, "'"))).count()
            >= FRAGMENT_WORDS
    }

    /// Whether what stands before the mark says that a name, a title or a text follows.
    fn is_named(&mut self, q: Quoted, start: usize) -> bool {
        let t = self.t;
        if q.open <= start {
            return false;
        }
        self.m.within(start, t.len());
        if t.is_one(q.open - 1, ":") {
            // Le mot de la directrice, Sarah Benali : a name outweighs the noun.
            let name = self.m.is(rule::NAME_LAST, start);
            self.m.within(start, q.open - 1);
            return !name && self.m.is(rule::TEXT_FIRST, start) && !self.verb_before(start, q.open - 1);
        }
        let capital = t.capital(q.open + 1);
        // `Se dit « fière »` and `dit « suivre le dossier »` speak; `le jardin dit « le Potager »` names.
        if self.m.is(rule::DIT, q.open) {
            return !self.m.is(rule::SE_DIT, q.open)
                && (capital || self.m.is(rule::ARTICLE, q.open + 1) || t.word(q.open - 1) != "dit");
        }
        // Voit dans ce projet « une chance »: the thing is known, its name does not follow.
        self.m.is(rule::NAMED, q.open) && (capital || !self.m.is(rule::NAMED_THIS, q.open))
    }

    /// A quotation right behind one that is attributed, in the same paragraph or alone in the next.
    fn continued(&mut self, q: Quoted) -> bool {
        let Some((p, before)) = self.before else { return false };
        let t = self.t;
        self.m.within(0, t.len());
        let from = p.last + 1;
        let (mut paragraphs, mut ends, mut words) = (0, 0, false);
        for i in from..=q.open {
            paragraphs += usize::from(self.breaks_line(i));
            if i < q.open {
                ends += usize::from(self.ends_sentence(i));
                words |= i >= before.last && t.is_word(i);
            }
        }
        if ends > 1 {
            return false;
        }
        let joined = q.open == from;
        let stopped = !joined && self.ends_sentence(q.open - 1);
        if paragraphs == 0 {
            // Only the reporting clause stands between: « A », dit X. « B. » A name goes on in its sentence: « Partir » est un titre.
            let next = q.last + 1;
            let goes_on = t.follows(next) && !self.ends_sentence(next) && !self.ends_sentence(q.last - 1);
            if stopped && goes_on && (t.is_word(next) && !t.capital(next) || !self.is_long_enough(q)) {
                return false;
            }
            let behind = matches!(before.rule, AFTER | SOURCE | CONTINUED);
            let clause = behind && before.last >= from
                || !behind && before.rule != SIGNED && before.rule != INTRODUCED && joined;
            let starts = joined || stopped || t.is_one(q.open - 1, ",:;–—") || self.m.is(rule::AND, q.open - 1);
            return clause && (!words || stopped) && starts && self.goes_on(q, before);
        }
        // A whole paragraph in marks behind one that ends with its quotation or clause.
        let alone = t.gap(q.open) >= Gap::Line && t.gap(q.last + 1) >= Gap::Line;
        let led_in = t.is_one(q.open - 1, ":");
        alone
            && paragraphs == 1
            && !led_in
            && before.rule != SIGNED
            && self.is_long_enough(q)
            && !self.signed(q)
            && self.goes_on(q, before)
    }

    /// Takes the attribution of the quotation before.
    fn goes_on(&mut self, q: Quoted, before: Attribution) -> bool {
        self.a = before;
        (self.a.rule, self.a.last, self.a.end) = (CONTINUED, q.last + 1, 0);
        true
    }

    /// A block with its signature in the next line, or in the line before.
    fn signed(&mut self, q: Quoted) -> bool {
        let t = self.t;
        self.m.within(0, t.len());
        let mut next = q.last + 1;
        next += usize::from(t.is_one(next, ".") && t.gap(next) < Gap::Line);
        if t.gap(q.open) < Gap::Line && !(t.is_one(next, "–—") && t.gap(next) >= Gap::Line) {
            return false;
        }
        let dash = t.is_one(next, "–—-");
        if next < t.len() && (t.gap(next) >= Gap::Line || dash || t.capital(next) || t.is_one(next, ",")) {
            let from = next + usize::from(t.is_one(next, ","));
            let same_line = t.gap(next) < Gap::Line;
            let last = self.m.at(rule::SIGNATURE, from);
            if last != NONE {
                self.keep(SIGNED, last);
                if self.is_signature(from, same_line, dash) {
                    return true;
                }
            }
        }
        // Didier Lesage, maire, above his words.
        if t.gap(q.open) == Gap::Line && t.gap(q.last + 1) >= Gap::Line && q.open > 0 && !self.ends_sentence(q.open - 1)
        {
            let mut from = q.open - 1;
            while from > 0 && t.gap(from) < Gap::Line && q.open - from < 30 {
                from -= 1;
            }
            self.m.within(from, q.open);
            let last = self.m.at(rule::SIGNATURE, from);
            if last != NONE && last == q.open {
                self.keep(SIGNED, q.last + 1);
                return true;
            }
        }
        false
    }

    /// Whether a line is a signature and not the next sentence or heading.
    fn is_signature(&mut self, from: usize, same_line: bool, dash: bool) -> bool {
        let (t, a) = (self.t, self.a);
        let ends = t.gap(a.last) >= Gap::Line || same_line && self.ends_sentence(a.last);
        let no_role = a.role.1 == a.role.0;
        // One word and a comma: Malik, lycéen; but not Lyon, le 3 mai.
        let single = a.name.1 == a.name.0 + 1 && a.name.0 <= from + 1 && !self.m.is(rule::TITLED, from);
        let place = !no_role && (self.m.is(rule::PLACE_ROLE, a.role.0) || t.is_number(a.role.1 - 1));
        if single
            && (same_line || place || no_role || t.gap(from) != Gap::Line || from < 2 || !self.ends_sentence(from - 2))
        {
            return false;
        }
        self.m.within(a.name.1, a.last);
        let verb = self.m.is(rule::SIGN_VERB, a.name.1);
        self.m.within(0, t.len());
        // A name alone, without role or dash, may be the next heading.
        ends && !verb && !(no_role && !dash && t.gap(from) == Gap::Paragraph)
    }

    /// Whether a speaker can speak: a name, a pronoun, or a noun phrase that is no thing.
    fn is_identified(&mut self) -> bool {
        let a = self.a;
        self.m.within(a.name.0, a.name.1);
        let law = self.m.is(rule::LAW_SAID, a.name.0);
        self.m.within(0, self.t.len());
        !law && a.name.1 > a.name.0
            && !self.m.is(rule::LAW_NAME, a.name.1 - 1)
            && (self.t.capital(a.name.0) || !self.m.is(rule::THING, a.name.0))
    }

    /// The reporting phrase as written, without its pronoun.
    fn verb_text(&self, a: &Attribution) -> String {
        let t = self.t;
        if a.pronoun == 0 {
            return t.written(a.verb.0, a.verb.1);
        }
        // From `a-t-il dit` and `dit-il` all that the hyphens join is left out.
        let mut joined = a.pronoun;
        while joined > a.verb.0 && (t.is_one(joined - 1, "-") || t.word(joined - 1) == "t") {
            joined -= 1;
        }
        let mut out = t.written(a.verb.0, joined);
        if a.pronoun + 1 < a.verb.1 {
            out.push(' ');
            out.push_str(&t.written(a.pronoun + 1, a.verb.1));
        }
        out
    }
}
