//! Date and duration expressions in French and English, with their value.
//! Leaves out sets (`chaque année`) and vague expressions (`récemment`, `plusieurs années`).

mod calendar;
mod mask;
mod numbers;
mod resolve;
mod value;

pub(super) use calendar::push;
pub(super) use numbers::roman;
pub use value::{ValueError, check_value};

use super::Suggestion;
use super::matcher::{self as rule, Matcher, NONE, REGISTERS, register};
use super::rules;
use super::tokens::{Gap, Tokens};
use crate::{Language, Span};
use calendar::{
    ANCHORED, CENTURY, DAY, DECADE, DURATION, FIRST_MONTHS, HALF, MONTH, NEVER, QUARTER, RELATIVE, SEASON, WEEKDAY,
    When, YEAR,
};
use time::Date;

/// The label of what this file finds.
pub(super) const LABEL: &str = "dates";

/// Which of several occurrences is meant, as the rules write it.
type Bias = i32;
/// `prochain`, `next`, or a verb in the future.
const NEXT: Bias = 1;
/// `dernier`, `last`, or a verb in the past.
const LAST: Bias = 2;
/// `ce`, `this`: the one of the current week or year.
const THIS: Bias = 3;
/// `Second half of last year`: the year before that of the release, and the one after it.
const YEAR_BEFORE: Bias = 4;
const YEAR_AFTER: Bias = 5;

/// A date expression as read, before it is resolved.
#[derive(Debug, Clone, Copy, Default)]
struct Expression {
    /// The first token, and the one behind the last.
    first: usize,
    last: usize,
    from: When,
    /// The other end of a range; of no kind without one.
    to: When,
    bias: Bias,
    /// Hour and minute, and those of the end; an hour of -1 is none.
    clock: [i32; 4],
    /// A time of day: 1 to 4, or 0.
    part: i32,
    figures: bool,
}

/// The rules of one language.
struct Grammar {
    begins: u16,
    point: u16,
    range: u16,
    /// What a range begins with where that is no point by itself: a day without its month.
    open_day: u16,
    relative: u16,
    duration: u16,
    turn: u16,
    clock: u16,
    clock_first: u16,
    part: u16,
    ahead: u16,
    past: u16,
    place: u16,
    figure: u16,
    age: u16,
}

const FRENCH: Grammar = Grammar {
    begins: rule::BEGINS_FR,
    point: rule::FR_POINT,
    range: rule::FR_RANGE,
    open_day: rule::FR_OPEN_DAY,
    relative: rule::RELATIVE_FR,
    duration: rule::DURATION_FR,
    turn: rule::TURN_FR,
    clock: rule::CLOCK_FR,
    clock_first: rule::CLOCK_FIRST_FR,
    part: rule::PART_FR,
    ahead: rule::AHEAD_FR,
    past: rule::PAST_FR,
    place: rule::PLACE_FR,
    figure: rule::FIGURE_FR,
    age: rule::AGE_FR,
};
const ENGLISH: Grammar = Grammar {
    begins: rule::BEGINS_EN,
    point: rule::EN_POINT,
    range: rule::EN_RANGE,
    open_day: rule::EN_OPEN_DAY,
    relative: rule::RELATIVE_EN,
    duration: rule::DURATION_EN,
    turn: rule::TURN_EN,
    clock: rule::CLOCK_EN,
    clock_first: rule::CLOCK_FIRST_EN,
    part: rule::PART_EN,
    ahead: rule::AHEAD_EN,
    past: rule::PAST_EN,
    place: rule::PLACE_EN,
    figure: rule::FIGURE_EN,
    age: rule::AGE_EN,
};
/// Any other language: dates in figures and years.
const OTHER: Grammar = Grammar {
    begins: rule::BEGINS_NONE,
    point: rule::NONE_POINT,
    range: rule::NEVER,
    open_day: rule::NEVER,
    relative: rule::NEVER,
    duration: rule::NEVER,
    turn: rule::NEVER,
    clock: rule::NEVER,
    clock_first: rule::NEVER,
    part: rule::NEVER,
    ahead: rule::NEVER,
    past: rule::NEVER,
    place: rule::NEVER,
    figure: rule::NEVER,
    age: rule::NEVER,
};

/// The date expressions of a text, in order, none overlapping.
pub(super) fn find(t: &Tokens, language: Language, sentences: &[Span], host: Option<Date>, out: &mut Vec<Suggestion>) {
    let grammar = match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
        Language::Other => &OTHER,
    };
    let mut finder = Finder::new(t, grammar);
    let mask = mask::masked(&mut finder.m);
    let mut found: Vec<Expression> = Vec::new();
    let mut i = 0;
    while i < t.len() {
        if !mask[i] && !t.is_mark(i) && finder.m.is(grammar.begins, i) {
            let read = finder.any(i);
            if read.last > i && !mask[i..read.last].contains(&true) {
                let mut last = read.last;
                if finder.is_meant(&read, found.last()) {
                    found.push(read);
                } else if read.to.kind > 0 {
                    // Rue du 4-Septembre jusqu’au 30 juin: the end may still be a date.
                    last = finder.point(i).last.max(i + 1);
                }
                i = last - 1;
            }
        }
        i += 1;
    }
    let host = host.map_or(NEVER, |d| calendar::number(d.year(), u8::from(d.month()).into(), d.day().into()));
    let own = finder.own_date(&found, host);
    let mut context = resolve::Context {
        finder,
        sentences,
        own,
        anchor: NEVER,
        anchor_day: NEVER,
        days: (NEVER, NEVER),
        year: 0,
        year_at: 0,
        year_paragraph: 0,
        paragraph: 0,
    };
    let mut reached = 0;
    for (k, e) in found.iter().enumerate() {
        while reached <= e.first {
            context.paragraph += usize::from(t.gap(reached) == Gap::Paragraph);
            reached += 1;
        }
        let value = context.value(e, found.get(k + 1));
        super::suggest_one(out, (e.rule(), LABEL), t.span(e.first, e.last), vec![("value", value)], None);
    }
}

impl Expression {
    fn rule(&self) -> &'static str {
        let kind = self.from.kind;
        match kind {
            DURATION => rules::DURATION,
            _ if self.to.kind > 0 => rules::RANGE,
            DAY if self.figures => rules::NUMERIC,
            DAY => rules::DAY,
            MONTH => rules::MONTH,
            YEAR => rules::YEAR,
            WEEKDAY..=ANCHORED => rules::RELATIVE,
            _ => rules::PERIOD,
        }
    }

    /// Whether it is one day, so that a clock time beside it belongs to it.
    fn is_one_day(&self) -> bool {
        self.to.kind == 0
            && (matches!(self.from.kind, DAY | WEEKDAY)
                || matches!(self.from.kind, RELATIVE | ANCHORED) && self.from.unit == 3)
    }
}

/// The text with what is known about it beforehand.
struct Finder<'a, 't> {
    m: Matcher<'a, 't>,
    grammar: &'static Grammar,
    /// Whether `05/06/2021` is the sixth of May.
    month_first: bool,
    /// Whether `T3` may be a tramway or a flat here, so that it needs a year.
    t_is_ambiguous: bool,
}

impl<'a, 't> Finder<'a, 't> {
    fn new(t: &'a Tokens<'t>, grammar: &'static Grammar) -> Self {
        let english = std::ptr::eq(grammar, &ENGLISH);
        let mut m = Matcher::new(t, english);
        let (mut american, mut t_is_ambiguous) = (0, false);
        for i in 0..t.len() {
            if english && m.is(rule::MONTH_NUMBER_EN, i) {
                american += if m.get(b'v') == 1 { 1 } else { -1 };
            }
            t_is_ambiguous |= m.is(rule::AMBIGUOUS, i);
        }
        Self { m, grammar, month_first: american > 0, t_is_ambiguous }
    }

    /// The point that the last run has kept, the first or the second.
    fn when(&self, second: bool) -> When {
        let kept = &self.m.kept[usize::from(second) * REGISTERS..];
        let of = |letter: u8| kept[register(letter)];
        let (kind, mut year, mut month, mut day) = (of(b'k'), of(b'y'), of(b'm'), of(b'd'));
        // Two digits of a year below 70 are of this century.
        if (1..100).contains(&year) {
            year += if year < 70 { 2000 } else { 1900 };
        }
        if of(b'r') > 0
            && self.m.english
            && month <= 31
            && day <= 12
            && (month > 12 || self.month_first)
            && !self.year_first()
        {
            (month, day) = (day, month);
        }
        When {
            kind,
            year,
            month,
            day,
            weekday: of(b'w'),
            unit: of(b'u'),
            count: of(b'c'),
            half: of(b'h'),
            rest: of(b'v'),
            more: of(b'x'),
        }
    }

    /// Whether the figures just read begin with the year: 2011-06-27.
    fn year_first(&self) -> bool {
        self.m.t.digits(self.m.start).len() == 4
    }

    /// What can be read at a token, the longest; it ends where it begins if nothing can.
    fn any(&mut self, i: usize) -> Expression {
        let mut best = self.date(i);
        for read in [self.relative(i), self.duration(i)] {
            if read.last > best.last {
                best = read;
            }
        }
        best
    }

    /// A range or a point, with the clock time beside it.
    fn date(&mut self, i: usize) -> Expression {
        let none = Expression { first: i, ..Expression::default() };
        let last = self.m.at(self.grammar.clock_first, i);
        if last != NONE {
            let (clock, linked, at) = (self.clock(), self.m.get(b'l') == 1, self.m.place(b'p'));
            if self.m.t.follows(at) {
                let mut read = self.relative(at);
                if read.last == 0 || read.from.unit != 3 {
                    read = self.point(at);
                }
                if read.last > 0 && read.is_one_day() && (linked || read.from.kind == RELATIVE || self.m.english) {
                    return Expression { first: i, clock, ..read };
                }
            }
        }
        let mut read = self.point(i);
        if read.last > 0 || self.m.is(self.grammar.open_day, i) {
            let range = self.range(i);
            if range.last > 0 {
                read = range;
            }
        }
        if read.last == 0 {
            return none;
        }
        self.with_clock(read)
    }

    fn point(&mut self, i: usize) -> Expression {
        let last = self.m.at(self.grammar.point, i);
        let from = self.when(false);
        if last == NONE || !is_valid(from) {
            return Expression::default();
        }
        Expression { first: i, last, bias: self.m.get(b'b'), figures: self.m.get(b'r') > 0, ..dated(i, from) }
    }

    fn range(&mut self, i: usize) -> Expression {
        let last = self.m.at(self.grammar.range, i);
        if last == NONE {
            return Expression::default();
        }
        let (mut from, mut to, link) = (self.when(false), self.when(true), self.m.get(b'l'));
        let bias = self.m.kept[REGISTERS + register(b'b')];
        if link == 3 {
            // 2013-14.
            // 2024-30; but 2016-05 may be a month.
            let years = to.year % 100 - from.year % 100;
            if from.kind != YEAR || !(years == 1 || (2..40).contains(&years) && to.year % 100 > 12) {
                return Expression::default();
            }
            to.year = from.year + years;
        }
        let open = from.year == 0 && matches!(from.kind, DAY | MONTH);
        let is_linked = match link {
            // Two days or months joined by `et` are one expression only if they follow each other.
            1 if from.kind == MONTH => to.month == from.month + 1,
            1 => to.day == from.day + 1,
            2 => open,
            4 => from.kind != YEAR || to.kind == YEAR,
            _ => true,
        };
        let fits = match (from.kind, to.kind) {
            (DAY, DAY) => {
                if from.month == 0 {
                    from.month = to.month;
                    from.day < to.day
                } else {
                    if to.month == 0 {
                        to.month = from.month;
                    }
                    true
                }
            }
            (MONTH, MONTH) | (QUARTER, QUARTER) | (HALF, HALF) => true,
            (YEAR, YEAR) => from.year < to.year && to.year - from.year < 200,
            (DECADE, DECADE) | (CENTURY, CENTURY) => from.count < to.count,
            (MONTH | SEASON | DAY, YEAR) | (SEASON, SEASON) | (YEAR | DAY, MONTH) | (MONTH, DAY) => true,
            _ => false,
        };
        if !(is_linked && fits && is_valid(from) && is_valid(to)) {
            return Expression::default();
        }
        Expression { last, to, bias, ..dated(i, from) }
    }

    /// The clock times that the last run has kept.
    fn clock(&self) -> [i32; 4] {
        let kept = &self.m.kept;
        let of = |letter: u8, second: usize| kept[second * REGISTERS + register(letter)];
        let ranged = kept[2 * REGISTERS] > 0;
        let mut clock = [of(b'f', 0), of(b'g', 0), if ranged { of(b'f', 1) } else { -1 }, of(b'g', 1)];
        let (first, second) = (of(b'z', 0), of(b'z', 1));
        for (at, half) in [(0, first), (2, second)] {
            if half > 0 {
                clock[at] = clock[at] % 12 + (half - 1) * 12;
            }
        }
        // 2–4pm: the first takes its half of the day from the second.
        if first == 0 && second > 0 && clock[0] < 12 && clock[2] >= 12 && clock[0] + 12 <= clock[2] {
            clock[0] += 12;
        }
        clock
    }

    /// Takes the time of day and the clock time behind one day into its expression.
    fn with_clock(&mut self, mut read: Expression) -> Expression {
        if !read.is_one_day() {
            return read;
        }
        let part = self.m.at(self.grammar.part, read.last);
        if part != NONE && self.m.t.follows(read.last) && read.from.kind != ANCHORED {
            (read.part, read.last) = (self.m.get(b'z'), part);
        }
        let last = self.m.at(self.grammar.clock, read.last);
        if last != NONE && self.m.t.follows(read.last) {
            (read.clock, read.last) = (self.clock(), last);
        }
        read
    }

    fn relative(&mut self, i: usize) -> Expression {
        let last = self.m.at(self.grammar.relative, i);
        if last == NONE {
            return Expression::default();
        }
        let read = Expression { last, bias: self.m.get(b'b'), part: self.m.get(b'z'), ..dated(i, self.when(false)) };
        self.with_clock(read)
    }

    /// A length of time, or what it turns into: `il y a trois ans`, `three weeks later`.
    fn duration(&mut self, i: usize) -> Expression {
        if self.m.at(self.grammar.duration, i) == NONE {
            return Expression::default();
        }
        let mut from = self.when(false);
        let mut last = self.m.place(b'a');
        if from.rest > 0 && !matches!((from.unit, from.rest), (8, 5 | 3) | (5, 3) | (2, 1) | (1, 11)) {
            (from.rest, from.more) = (0, 0);
        } else if from.rest > 0 {
            last = self.m.place(b'p').max(last);
        }
        let plain = from.half == 0 && from.more == 0 && self.m.get(b'l') != 2;
        if plain && self.m.also(self.grammar.turn, i) != NONE {
            let count = if self.m.get(b'b') == LAST { -from.count } else { from.count };
            from = When { kind: self.m.get(b'k'), count, ..from };
            last = self.m.place(b'a');
        }
        Expression { last, ..dated(i, from) }
    }

    /// Whether an expression is a date where it stands. `before` is the date just before it.
    fn is_meant(&mut self, e: &Expression, before: Option<&Expression>) -> bool {
        let t = self.m.t;
        let (kind, english) = (e.from.kind, self.m.english);
        let follows =
            before.is_some_and(|b| b.last < e.first && e.first - b.last <= 2 && matches!(b.from.kind, DAY..=YEAR));
        let mut asks = |rule: u16| {
            self.m.kept = [0; 2 * REGISTERS + 1];
            self.m.kept[register(b'p')] = e.last as i32;
            self.m.kept[register(b'r')] = (e.to.kind > 0 || e.from.more > 0 && e.from.rest == 0).into();
            self.m.kept[register(b'q')] = follows.into();
            self.m.also(rule, e.first) != NONE
        };
        match kind {
            DAY | MONTH => !(asks(self.grammar.place) || kind == DAY && asks(rule::NAMED_DAY)),
            YEAR => asks(rule::YEAR_MEANT) && self.m.get(b'v') == 1,
            QUARTER => e.from.year > 0 || !self.t_is_ambiguous || t.word(e.first) != "t",
            RELATIVE if e.from.unit == 3 && e.last <= e.first + 3 && e.clock[0] < 0 && !t.is_number(e.first) => {
                !asks(self.grammar.figure)
            }
            DURATION | RELATIVE | ANCHORED => {
                // In French only years are an age by themselves, and of those none that count from a date.
                let years = kind == DURATION && e.from.unit == 8 && e.from.half + e.from.rest == 0;
                let plain = english || years && !t.word(e.last - 1).starts_with("annee");
                !asks(if plain { self.grammar.age } else { rule::AGE_NEAR })
            }
            _ => true,
        }
    }
}

/// An expression of one point, without a clock time.
fn dated(first: usize, from: When) -> Expression {
    Expression { first, from, clock: [-1, 0, -1, 0], ..Expression::default() }
}

/// Whether the calendar has what was read.
fn is_valid(when: When) -> bool {
    let year = if when.year > 0 { when.year } else { 2000 };
    match when.kind {
        DAY | calendar::WEEK => calendar::number(year, when.month, when.day) != NEVER,
        DECADE => when.count < 10 || when.count % 10 == 0 && when.count < 2200,
        CENTURY => (1..=30).contains(&when.count),
        FIRST_MONTHS => when.month < 12,
        _ => true,
    }
}
