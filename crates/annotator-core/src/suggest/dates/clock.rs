//! Clock times and times of day beside a date, before it or behind; a bare clock time is no date.

use super::calendar::{Unit, When};
use super::grammar::{Clock, Expression, Grammar, Read};
use crate::suggest::tokens::Gap;

impl Grammar<'_, '_> {
    /// Takes the clock time behind one day into its expression.
    pub fn clock_beside(&self, expression: &mut Expression) {
        if let Some((clock, next)) = self.clock_after(expression.last).filter(|_| takes_clock(expression)) {
            expression.clock = Some(clock);
            expression.last = next;
        }
    }

    /// `lundi matin`, `Tuesday morning`.
    pub fn time_of_day(&self, expression: &mut Expression) {
        if expression.to.is_some()
            || !matches!(expression.from, When::Weekday(_) | When::Relative { unit: Unit::Day, .. } | When::Day { .. })
        {
            return;
        }
        let t = self.t;
        let part = match t.word(expression.last) {
            "matin" | "morning" => "TMO",
            "midi" if t.mark(expression.last - 1) == '-' => "",
            "soir" | "evening" => "TEV",
            "afternoon" => "TAF",
            "nuit" | "night" => "TNI",
            "apres" if t.is(expression.last + 2, "midi") => "TAF",
            _ => "",
        };
        if !part.is_empty() && t.follows(expression.last) {
            expression.last += if t.is(expression.last, "apres") { 3 } else { 1 };
            expression.part = part;
        }
    }

    /// A clock time behind a date: `à 18 h 30`, `, de 9 h à 18 h`, `at 10 a.m. ET`, `– 7h30`.
    fn clock_after(&self, i: usize) -> Read<Clock> {
        let t = self.t;
        // 2024-03-12T18:30
        let mut at = i;
        if t.is(at, "t") && t.tight(at) {
            let (from, next) = self.clock(at + 1)?;
            return Some((Clock { from, to: None }, next));
        }
        at += usize::from(matches!(t.mark(at), ',' | '–' | '—' | '-' | '|' | ':'));
        let opened = t.is(at, "de from entre between");
        if t.is(at, "a de des vers entre at from between around") {
            at += 1;
        } else if t.is(at, "partir") {
            at += 2;
        } else if self.fr() && t.is(at, "a") && t.is(at + 1, "partir") {
            at += 3;
        }
        if t.is(at, "partir") {
            at += 2;
        }
        if t.gap(i) > Gap::Space && at == i || !t.follows(i) {
            return None;
        }
        self.clock_range(at, opened)
    }

    fn clock_range(&self, at: usize, opened: bool) -> Read<Clock> {
        let t = self.t;
        let joined = |k: usize| {
            let tight = matches!(t.mark(k), '-' | '–');
            (tight || t.is(k, "a to until till") || opened && t.is(k, "et and")).then_some(k + 1)
        };
        // 2–4pm: the first half has no mark of its own.
        if let (Some(n), Some(k)) = (t.number(at).filter(|n| *n <= 12 && self.en()), joined(at + 1))
            && let Some((to, next)) = self.clock(k).filter(|_| self.clock(at).is_none())
        {
            let from = n as u8 + if to.0 >= 12 && (n as u8) < 12 && n as u8 + 12 <= to.0 { 12 } else { 0 };
            return Some((Clock { from: (from, 0), to: Some(to) }, self.zone(next)));
        }
        let (from, next) = self.clock(at)?;
        if let Some((to, end)) = joined(next).and_then(|k| self.clock(k)).filter(|_| t.follows(next)) {
            return Some((Clock { from, to: Some(to) }, self.zone(end)));
        }
        Some((Clock { from, to: None }, self.zone(next)))
    }

    /// The index behind a time zone, which belongs to the clock time but not to its value.
    fn zone(&self, i: usize) -> usize {
        let zone = self.t.caps(i)
            && self.t.is(i, "et est edt ct cst cdt pt pst pdt gmt utc cet cest bst")
            && self.t.follows(i);
        i + usize::from(zone)
    }

    /// One clock time.
    pub fn clock(&self, i: usize) -> Read<(u8, u8)> {
        let t = self.t;
        if t.is(i, "midi noon") {
            return Some(((12, 0), i + 1));
        }
        if t.is(i, "minuit midnight") {
            return Some(((0, 0), i + 1));
        }
        let (hour, next) = match t.number(i) {
            Some(n) => (n, i + 1),
            None if self.fr() => self.words.cardinal(t, i)?,
            None => return None,
        };
        if hour > 24 || t.digits(i).len() > 2 {
            return None;
        }
        let hour = hour as u8;
        let two = |k: usize| t.number(k).filter(|n| *n < 60 && t.digits(k).len() == 2).map(|n| n as u8);
        if matches!(t.mark(next), ':' | '.') && t.tight(next) && t.tight(next + 1) {
            let colon = t.mark(next) == ':';
            let minute = two(next + 1)?;
            if let Some((pm, end)) = self.half_day(next + 2).filter(|_| self.en()) {
                return Some(((twelve(hour, pm)?, minute), end));
            }
            return colon.then_some(((hour, minute), next + 2));
        }
        if self.fr() && t.follows(next) && t.is(next, "h heures heure") {
            let end = next + 1;
            if let Some(minute) = two(end).filter(|_| t.follows(end) && t.gap(end) <= Gap::Space) {
                return Some(((hour, minute), end + 1));
            }
            if let Some((minute, end)) =
                self.words.cardinal(t, end).filter(|(n, _)| *n < 60 && t.is(next, "heures") && t.is_word(end))
            {
                return Some(((hour, minute as u8), end));
            }
            return Some(((hour, 0), end));
        }
        let (pm, end) = self.half_day(next).filter(|_| self.en())?;
        Some(((twelve(hour, pm)?, 0), end))
    }

    /// `am`, `p.m.`: whether it is the second half of the day.
    fn half_day(&self, i: usize) -> Read<bool> {
        let t = self.t;
        if !t.follows(i) {
            return None;
        }
        if t.is(i, "am pm") {
            return Some((t.word(i) == "pm", i + 1));
        }
        if t.is(i, "a p") && t.mark(i + 1) == '.' && t.is(i + 2, "m") && t.tight(i + 2) {
            let dot =
                t.mark(i + 3) == '.' && t.tight(i + 3) && t.follows(i + 4) && (!t.capital(i + 4) || t.caps(i + 4));
            return Some((t.word(i) == "p", i + 3 + usize::from(dot)));
        }
        None
    }

    /// `18 h 30 le mardi 3 mai`, `10 a.m. on May 3`.
    pub fn clock_first(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let opened = t.is(i.wrapping_sub(1), "de from entre between");
        let (clock, next) = self.clock_range(i, opened)?;
        let mut at = next;
        at += usize::from(t.mark(at) == ',');
        let linked = t.is(at, "le ce on");
        at += usize::from(linked);
        if !t.follows(at) || !t.follows(next) {
            return None;
        }
        let mut expression = self.relative_day(at).or_else(|| self.point(at))?;
        let full =
            matches!(expression.from, When::Day { .. } | When::Weekday(_) | When::Relative { unit: Unit::Day, .. });
        if !full || !linked && !matches!(expression.from, When::Relative { .. }) && self.fr() {
            return None;
        }
        expression.first = i;
        expression.clock = Some(clock);
        Some(expression)
    }
}

fn takes_clock(expression: &Expression) -> bool {
    expression.to.is_none()
        && matches!(
            expression.from,
            When::Day { .. }
                | When::Weekday(_)
                | When::Relative { unit: Unit::Day, .. }
                | When::Anchored { unit: Unit::Day, .. }
        )
}

/// An hour of the twelve-hour clock on the other one.
fn twelve(hour: u8, pm: bool) -> Option<u8> {
    (1..=12).contains(&hour).then_some(hour % 12 + if pm { 12 } else { 0 })
}
