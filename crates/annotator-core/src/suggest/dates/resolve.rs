//! Which day, month or year is meant: relative expressions and open years, resolved on the date of
//! the release. Leaves out finding the expressions.

use super::calendar::{
    self as cal, ANCHORED, DAY, DURATION, FIRST_MONTHS, HALF, MONTH, NEVER, QUARTER, RELATIVE, SEASON, WEEK, WEEKDAY,
    When, YEAR,
};
use super::{Bias, Expression, Finder, LAST, NEXT, THIS, YEAR_AFTER, YEAR_BEFORE};
use crate::Span;
use crate::suggest::matcher::{self as rule, NONE};
use crate::suggest::tokens::Gap;

/// How far a first full date may lie from the date the host gives and still be the release's own:
/// releases are handed over within weeks, an event or a foundation lies further off.
const OWN_DATE_DAYS: i32 = 31;

/// The day of an expression that says it in full, else [`NEVER`].
fn full(e: &Expression) -> i32 {
    if e.from.kind == DAY && e.to.kind == 0 { cal::number(e.from.year, e.from.month, e.from.day) } else { NEVER }
}

impl Finder<'_, '_> {
    /// The date of the release: its dateline, else its first full date, else the host's.
    pub fn own_date(&mut self, found: &[Expression], host: i32) -> i32 {
        let mut first = NEVER;
        for e in found {
            let day = full(e);
            if e.from.kind == DAY && e.to.kind == 0 && self.is_dateline(e) {
                if day != NEVER {
                    return day;
                }
                // A dateline without its year takes the host's.
                if host != NEVER {
                    let day = cal::number(cal::date(host).0, e.from.month, e.from.day);
                    return if day == NEVER { host } else { day };
                }
            }
            if first == NEVER && day != NEVER && !self.m.is(rule::LAW_BEFORE, e.first) {
                first = day;
            }
        }
        if first == NEVER || host != NEVER && (first - host).abs() > OWN_DATE_DAYS { host } else { first }
    }

    /// Whether a day opens a release: alone on its line, or behind a place name or `Communiqué du` at the
    /// start of a line.
    fn is_dateline(&mut self, e: &Expression) -> bool {
        let t = self.m.t;
        let mut first = e.first;
        while first > 0 && t.gap(first) < Gap::Line && e.first - first < 9 {
            first -= 1;
        }
        let behind = e.last;
        let line_end = t.gap(behind) >= Gap::Line;
        self.m.is(rule::DATELINE, first)
            && self.m.place(b'a') >= e.first
            && (line_end || t.is_one(behind, "–—-.)/|,"))
            // Alone at the start of its line it begins an entry of a calendar.
            && (first < e.first || line_end || t.is_one(behind, "–—."))
    }
}

/// What is known while the expressions are resolved in order.
pub(super) struct Context<'a, 't> {
    pub finder: Finder<'a, 't>,
    pub sentences: &'a [Span],
    /// The date of the release, or [`NEVER`].
    pub own: i32,
    /// The date mentioned last, by its first day, for `three years later`, or [`NEVER`].
    pub anchor: i32,
    /// The day mentioned last, for `le lendemain`, or [`NEVER`].
    pub anchor_day: i32,
    /// The days of the last range of days, first and last, or [`NEVER`]: of `jeudi` in a festival's programme.
    pub days: (i32, i32),
    /// The last year said in so many words, with the sentence and the paragraph that said it; 0 is none.
    pub year: i32,
    pub year_at: usize,
    pub year_paragraph: usize,
    /// How many paragraphs have begun before the expression in hand.
    pub paragraph: usize,
}

impl Context<'_, '_> {
    /// The value of an expression: empty if only a date that nobody gave would tell.
    pub fn value(&mut self, e: &Expression, next: Option<&Expression>) -> String {
        let said = e.bias != 0;
        let bias = if said { e.bias } else { self.tense(e) };
        let sentence = self.sentence(e);
        let borrowed = self.borrowed_year(e, next, sentence);
        let mut out = String::new();
        let from = if e.to.kind == 0 { self.settle(e.from, bias, said, borrowed) } else { e.from };
        self.remember(e, sentence);
        if e.to.kind > 0 {
            self.range(e, bias, said, &mut out);
            return out;
        }
        if from.kind == RELATIVE {
            // Only now can be said without any date.
            return if from.unit == 3 && from.count == 0 { "PRESENT_REF".to_owned() } else { out };
        }
        cal::write(&mut out, from);
        if from.kind == DAY && !out.is_empty() {
            if e.clock[0] >= 0 {
                push_clock(&mut out, &e.clock[..2]);
                if e.clock[2] >= 0 {
                    out.push('/');
                    cal::write(&mut out, from);
                    push_clock(&mut out, &e.clock[2..]);
                }
            } else {
                out.push_str(["", "TMO", "TAF", "TEV", "TNI"].get(e.part as usize).copied().unwrap_or_default());
            }
        }
        out
    }

    /// Keeps the year that an expression says, for what follows.
    fn remember(&mut self, e: &Expression, sentence: usize) {
        let said = if e.to.kind > 0 { e.to } else { e.from };
        if said.year == 0 || !matches!(said.kind, DAY | MONTH | SEASON | YEAR) || self.finder.m.is(rule::BEGAN, e.first)
        {
            return;
        }
        // `En 2015` sets the year of its sentence; `d'ici 2030` and `la saison 2024-2025` do not.
        let whole = said.kind == YEAR;
        if !whole || e.to.kind == 0 && said.year <= self.own_year(9999) {
            (self.year, self.year_at, self.year_paragraph) = (said.year, sentence, self.paragraph);
        }
    }

    fn own_year(&self, without: i32) -> i32 {
        if self.own == NEVER { without } else { cal::date(self.own).0 }
    }

    /// A range whose open years are settled together: the end is never before the beginning.
    fn range(&mut self, e: &Expression, bias: Bias, said: bool, out: &mut String) {
        let (mut from, mut to) = (e.from, e.to);
        let wraps = i32::from(month_of(from) > month_of(to));
        if has_year(to) && to.year == 0 {
            if has_year(from) && from.year > 0 {
                to.year = from.year + wraps;
            } else if self.own != NEVER {
                let by_weekday = |when: When| if when.kind == DAY { self.year_by_weekday(when, bias) } else { 0 };
                let weekday = by_weekday(to).max(by_weekday(from));
                to.year = if weekday > 0 { weekday } else { self.nearest(month_of(to), 28, bias, said) };
                // What is still to come has not begun months ago: de septembre à mai, said in May.
                let (year, month, _) = cal::date(self.own);
                if wraps > 0 && bias != LAST && !said && (year - to.year + 1) * 12 + month - month_of(from) > 3 {
                    to.year += 1;
                }
            }
        }
        if has_year(from) && from.year == 0 && to.year > 0 {
            from.year = to.year - wraps;
        }
        let (from, to) = (self.settle(from, bias, said, 0), self.settle(to, bias, said, 0));
        if from.kind == DAY && to.kind == DAY {
            let (first, last) = (cal::number(from.year, from.month, from.day), cal::number(to.year, to.month, to.day));
            if first != NEVER && (first..first + 10).contains(&last) {
                self.days = (first, last);
            }
        }
        cal::write(out, from);
        let middle = out.len();
        out.push('/');
        cal::write(out, to);
        if middle == 0 || out.len() == middle + 1 {
            out.clear();
        }
    }

    /// A point with its year, and as a point of the calendar if it was relative; an open year is 0. The
    /// day it counts as is kept for what follows.
    fn settle(&mut self, mut when: When, bias: Bias, said: bool, borrowed: i32) -> When {
        let own = self.own;
        if when.year == 0 {
            when.year = match when.kind {
                DAY if self.year_by_weekday(when, bias) > 0 => self.year_by_weekday(when, bias),
                DAY | MONTH | SEASON | WEEK if borrowed > 0 && (!said || bias == THIS) => borrowed,
                QUARTER | HALF | FIRST_MONTHS if borrowed > 0 && bias < THIS => borrowed,
                _ if own == NEVER => 0,
                FIRST_MONTHS => self.own_year(0),
                QUARTER | HALF => {
                    let last = when.month * if when.kind == QUARTER { 3 } else { 6 };
                    let (year, now, _) = cal::date(own);
                    match bias {
                        NEXT => year + i32::from(now > last),
                        LAST => year - i32::from(now + 6 < last),
                        YEAR_BEFORE => year - 1,
                        YEAR_AFTER => year + 1,
                        _ => year,
                    }
                }
                // The last season is over, so that it counts by its end.
                SEASON if said && bias == LAST => self.nearest(month_of(when) + 2, 21, bias, said),
                SEASON => self.nearest(month_of(when), 0, bias, said),
                DAY | WEEK => self.nearest(when.month, when.day, bias, said),
                MONTH => self.nearest(when.month, 0, bias, said),
                _ => 0,
            };
        }
        let mut at = NEVER;
        match when.kind {
            DAY | WEEK => {
                at = cal::number(when.year, when.month, when.day);
                if at == NEVER {
                    return When::default();
                }
                if when.kind == WEEK {
                    when = cal::week(at);
                }
            }
            MONTH => at = cal::number(when.year, when.month, 1),
            YEAR => at = cal::number(when.year, 1, 1),
            WEEKDAY if own != NEVER => {
                let ahead = (when.weekday - cal::weekday(own)).rem_euclid(7);
                let days = match bias {
                    LAST if said && ahead == 0 => -7,
                    NEXT if said && ahead == 0 => 7,
                    LAST if ahead > 0 => ahead - 7,
                    _ => ahead,
                };
                at = own + days;
                let (first, last) = self.days;
                if !said && bias != LAST && first > own {
                    let within = first + (when.weekday - cal::weekday(first)).rem_euclid(7);
                    at = if within <= last { within } else { at };
                }
                when = cal::day(at);
            }
            RELATIVE if own != NEVER => {
                if when.unit == 3 {
                    at = own + when.count;
                }
                when = cal::moved(own, when.unit, when.count);
            }
            ANCHORED => {
                let said = if when.unit == 3 { self.anchor_day } else { self.anchor };
                let from = if said == NEVER { own } else { said };
                if from == NEVER {
                    return When::default();
                }
                // Trois semaines plus tard: the day.
                let (unit, count) = if when.unit == 4 { (3, when.count * 7) } else { (when.unit, when.count) };
                if unit == 3 {
                    at = from + count;
                }
                when = cal::moved(from, unit, count);
            }
            cal::DECADE => when.count = decade(when.count),
            cal::CENTURY if when.year == 0 => when.count -= 1,
            DURATION => {}
            _ => {}
        }
        if at != NEVER {
            self.anchor = at;
            if when.kind == DAY {
                self.anchor_day = at;
            }
        }
        when
    }

    /// The year of a month (`day` 0) or day as seen from the date of the release: said or shown by
    /// the verb to lie ahead or behind, else the coming one unless it has passed less than half a year ago.
    fn nearest(&self, month: i32, day: i32, bias: Bias, said: bool) -> i32 {
        let (year, own_month, own_day) = cal::date(self.own);
        let now = own_month * 32 + if day == 0 { 0 } else { own_day };
        let there = month * 32 + day;
        match bias {
            THIS => year,
            YEAR_BEFORE => year - 1,
            YEAR_AFTER => year + 1,
            NEXT if there > now || there == now && !said => year,
            NEXT => year + 1,
            LAST if there < now || there == now && !said => year,
            LAST => year - 1,
            _ => year + i32::from(there < now && own_month - month > 6),
        }
    }

    /// The year, of three, in which a day falls on the weekday that is written with it; 0 if in none.
    fn year_by_weekday(&self, when: When, bias: Bias) -> i32 {
        if when.weekday == 0 || self.own == NEVER {
            return 0;
        }
        let year = self.own_year(0);
        let order = if bias == LAST { [year, year - 1, year + 1] } else { [year, year + 1, year - 1] };
        for year in order {
            let day = cal::number(year, when.month, when.day);
            if day != NEVER && cal::weekday(day) == when.weekday {
                return year;
            }
        }
        0
    }

    /// The year that a neighbour says for a day or month without one: `le 3 mars et le 5 mai 2016`,
    /// or a year said earlier in the same sentence; 0 if none does.
    fn borrowed_year(&mut self, e: &Expression, next: Option<&Expression>, sentence: usize) -> i32 {
        if e.to.kind > 0 || !has_year(e.from) || e.from.year > 0 {
            return 0;
        }
        if let Some(next) = next
            && next.first > e.last
            && next.first - e.last <= 3
            && has_year(next.from)
            && next.from.kind != YEAR
            && next.from.year > 0
            && (e.last..next.first).all(|i| self.finder.m.is(rule::LISTED, i))
        {
            return next.from.year - i32::from(month_of(e.from) > month_of(next.from));
        }
        // A year said before in the sentence holds on; one of the past holds on through its paragraph.
        let own = self.own_year(9999);
        let past =
            (self.own == NEVER || self.year < own && own - self.year < 4) && self.year_paragraph == self.paragraph;
        let gone = self.own != NEVER && self.year < own && self.tense(e) == NEXT;
        if (self.year_at == sentence || past) && !gone { self.year } else { 0 }
    }

    fn sentence(&self, e: &Expression) -> usize {
        let start = self.finder.m.t.start(e.first);
        self.sentences.partition_point(|span| span.end() <= start)
    }

    /// Whether the verb nearest to an expression in its sentence speaks of the past or the future.
    fn tense(&mut self, e: &Expression) -> Bias {
        let t = self.finder.m.t;
        // An entry of a calendar: what stands behind the colon is its subject.
        if t.gap(e.first) >= Gap::Line && t.is_one(e.last, ":") {
            return 0;
        }
        let (start, end) = match self.sentences.get(self.sentence(e)) {
            Some(span) if span.start() <= t.start(e.first) => (span.start(), span.end()),
            _ => (0, t.text.len()),
        };
        let (ahead, past) = (self.finder.grammar.ahead, self.finder.grammar.past);
        // Behind a comma another clause begins (`from 31 January, the shop said`), unless the date stands first.
        let opens = e.first <= t.index_at(start) + 2;
        let mut open = true;
        // Where nothing else tells, the later clause does: from 30 on, all again without regard to commas.
        for step in 1..59 {
            let distance = if step < 30 { step } else { step - 29 };
            let behind = e.last + distance - 1;
            open |= step == 30;
            open &= step > 29 || !t.is_one(behind, ",;:") || opens && distance == 1;
            for i in [e.first.wrapping_sub(distance), behind] {
                if i == behind && !open || !t.is_word(i) || t.start(i) < start || t.end(i) > end {
                    continue;
                }
                if self.finder.m.at(ahead, i) != NONE {
                    return NEXT;
                }
                if self.finder.m.at(past, i) != NONE {
                    return LAST;
                }
            }
        }
        0
    }
}

fn push_clock(out: &mut String, clock: &[i32]) {
    for (separator, &number) in ["T", ":"].iter().zip(clock) {
        cal::push(out, separator, number, 2);
    }
}

/// The first three digits of the years of a decade, from its number as written: 80, 1980, or 8 for a word.
fn decade(count: i32) -> i32 {
    match count {
        0..10 => 190 + count,
        10 | 20 => 200 + count / 10,
        30..100 => 190 + count / 10,
        _ => count / 10,
    }
}

/// Whether a point has a year or may have one.
fn has_year(when: When) -> bool {
    matches!(when.kind, DAY | MONTH | YEAR | QUARTER | HALF | SEASON | WEEK)
}

/// The month, or a month within the period; 0 where none is known.
fn month_of(when: When) -> i32 {
    match when.kind {
        DAY | MONTH | WEEK => when.month,
        QUARTER => when.month * 3,
        HALF => when.month * 6,
        SEASON => [4, 7, 10, 1].get(when.month as usize - 1).copied().unwrap_or(0),
        _ => 0,
    }
}
