//! How date expressions are built: points of the calendar, ranges of them, clock times beside them.
//! Every function takes a token index and gives what it read with the index behind it.
//! Leaves out whether the place speaks of a date at all (see `context`) and which year is meant.

use super::calendar::{Bias, When, is_day};
use super::words::Words;
use crate::suggest::rules::{DAY, MONTH, NUMERIC, PERIOD, RANGE, YEAR};
use crate::suggest::tokens::{Gap, Tokens};

/// A date expression as read, before it is resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expression {
    /// The first token, and the one behind the last.
    pub first: usize,
    pub last: usize,
    pub from: When,
    /// The other end of a range.
    pub to: Option<When>,
    pub bias: Bias,
    pub clock: Option<Clock>,
    /// A time of day as TIMEX3 writes it (`TMO`), or nothing.
    pub part: &'static str,
    pub rule: &'static str,
}

/// A clock time, or two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub from: (u8, u8),
    pub to: Option<(u8, u8)>,
}

/// The text with what is known about it beforehand.
pub(super) struct Grammar<'a, 't> {
    pub t: &'a Tokens<'t>,
    pub words: Words,
    /// Whether `05/06/2021` is the sixth of May.
    pub month_first: bool,
    /// Whether `T3` may be a tramway, a flat or a tax form here, so that it needs a year.
    pub t_is_ambiguous: bool,
}

/// A point of the calendar with the index behind it.
pub(super) type Read<T> = Option<(T, usize)>;

impl Grammar<'_, '_> {
    pub fn fr(&self) -> bool {
        self.words == Words::French
    }

    pub fn en(&self) -> bool {
        self.words == Words::English
    }

    /// A range, else a point, with the clock time and the time of day beside it.
    pub fn expression(&self, i: usize) -> Option<Expression> {
        if let Some(expression) = self.clock_first(i) {
            return Some(expression);
        }
        let mut expression = self.range(i).or_else(|| self.point(i))?;
        self.time_of_day(&mut expression);
        self.clock_beside(&mut expression);
        Some(expression)
    }

    /// One point, with a modifier before it (`fin`, `mi-`) and a bias behind it (`prochain`).
    pub fn point(&self, i: usize) -> Option<Expression> {
        let start = self.modifier(i);
        let (mut bias, mut core) = (Bias::None, start.unwrap_or(i));
        if self.en() && self.t.is(core, "next last this coming past") && self.t.follows(core + 1) {
            bias = match self.t.word(core) {
                "this" => Bias::This,
                "last" | "past" => Bias::Last,
                _ => Bias::Next,
            };
            core += 1;
        }
        if self.fr() && self.t.is(core, "ce cet cette") && (self.words.season(self.t.word(core + 1)).is_some()) {
            bias = Bias::This;
            core += 1;
        }
        let (from, rule, next) = self.core(core)?;
        if bias != Bias::None && matches!(from, When::Year(_) | When::Decade(_) | When::Century(_)) {
            return None;
        }
        // Only a span of time has a beginning and an end.
        if start.is_some() && matches!(from, When::Day { .. } | When::Weekday(_)) {
            return None;
        }
        let (behind, last) = self.bias_after(next, from);
        let bias = if behind == Bias::None { bias } else { behind };
        Some(Expression { first: i, last, from, to: None, bias, clock: None, part: "", rule })
    }

    /// Whether the words at `i` say which part of a span is meant; the index of what they modify.
    fn modifier(&self, i: usize) -> Option<usize> {
        let t = self.t;
        let mut next = i + 1;
        if self.fr() && t.is(i, "fin debut mi milieu courant") {
            if t.mark(next) == '-' && t.tight(next) {
                next += 1;
            }
            if t.is(next, "du des de") {
                next += 1;
            } else if t.is(next, "d l") && t.mark(next + 1) == '\'' {
                next += 2;
            }
            if t.is(next, "la le les") {
                next += 1;
            } else if t.is(next, "l") && t.mark(next + 1) == '\'' {
                next += 2;
            }
            return t.follows(next).then_some(next);
        }
        if self.fr() && (t.is(i, "premiere deuxieme seconde") && t.is(next, "moitie quinzaine")) {
            next += 1;
            if t.is(next, "de du d") {
                next += if t.mark(next + 1) == '\'' { 2 } else { 1 };
            }
            if t.is(next, "la le") || t.is(next, "l") {
                next += if t.mark(next + 1) == '\'' { 2 } else { 1 };
            }
            return t.follows(next).then_some(next);
        }
        if self.en() && t.is(i, "late early mid") {
            if t.mark(next) == '-' && t.tight(next) {
                next += 1;
            }
            return t.follows(next).then_some(next);
        }
        if self.en() && t.is(i, "end beginning start middle") && t.is(next, "of") {
            next += 1;
            if t.is(next, "the") {
                next += 1;
            }
            return t.follows(next).then_some(next);
        }
        None
    }

    /// `prochain`, `dernier`, `de l'année prochaine`, `next year` behind a point.
    fn bias_after(&self, i: usize, from: When) -> (Bias, usize) {
        let t = self.t;
        if !t.follows(i)
            || !matches!(
                from,
                When::Day { year: None, .. }
                    | When::Month { year: None, .. }
                    | When::Season { year: None, .. }
                    | When::Weekday(_)
                    | When::Quarter { year: None, .. }
                    | When::Half { year: None, .. }
            )
        {
            return (Bias::None, i);
        }
        if self.fr() {
            if t.is(i, "prochain prochaine suivant") {
                return (Bias::Next, i + 1);
            }
            if t.is(i, "dernier derniere passe passee precedent") {
                return (Bias::Last, i + 1);
            }
            if t.is(i, "de") && t.is(i + 1, "cette") && t.is(i + 2, "annee") {
                return (Bias::This, i + 3);
            }
        }
        if self.en() && t.is(i, "next last this") && t.is(i + 1, "year") {
            let bias = match t.word(i) {
                "next" => Bias::Next,
                "last" => Bias::Last,
                _ => Bias::This,
            };
            return (bias, i + 2);
        }
        (Bias::None, i)
    }

    /// What can stand alone: a day, a month, a period, a year.
    fn core(&self, i: usize) -> Option<(When, &'static str, usize)> {
        let with = |rule: &'static str| move |(when, next): (When, usize)| (when, rule, next);
        self.day(i)
            .map(with(DAY))
            .or_else(|| self.numeric(i).map(with(NUMERIC)))
            .or_else(|| self.christmas(i).map(with(DAY)))
            .or_else(|| self.month(i).map(with(MONTH)))
            .or_else(|| self.period(i).map(with(PERIOD)))
            .or_else(|| self.year_with_head(i).map(with(YEAR)))
    }

    /// `[weekday] 27 juin [2011]`, `June 27[, 2011]`, `the 27th of June`, `le premier mai`.
    pub fn day(&self, i: usize) -> Read<When> {
        let t = self.t;
        let mut at = i;
        let weekday = self.words.weekday(t, i);
        if weekday.is_some() {
            at += 1;
            at += usize::from(matches!(t.mark(at), ',' | '.'));
            at += usize::from(t.is(at, "le the"));
            if !t.follows(at) {
                return None;
            }
        }
        let (day, month, next) = self.day_month(at)?;
        let (year, next) = self.year_behind(next);
        let valid = is_day(month, day) && year.is_none_or(|y| super::calendar::date(y, month, day).is_some());
        valid.then_some((When::Day { year, month: Some(month), day, weekday }, next))
    }

    /// `Noël 2026`, `avant Noël`, `Christmas Day`; not `marché de Noël`.
    fn christmas(&self, i: usize) -> Read<When> {
        let t = self.t;
        if !t.is(i, "noel christmas") || !t.capital(i) {
            return None;
        }
        let (day, next) = match t.word(i + 1) {
            "day" => (25, i + 2),
            "eve" => (24, i + 2),
            _ => (25, i + 1),
        };
        let (year, end) = self.year_behind(next);
        let introduced = t.is(i.wrapping_sub(1), "a avant apres ici pour by before after until on")
            || t.mark(i.wrapping_sub(1)) == '\'' && t.is(i.wrapping_sub(2), "jusqu");
        let alone = next > i + 1 || !t.follows(next) || !t.is_word(next) || t.is(next, "et ou and or");
        (year.is_some() || introduced && alone)
            .then_some((When::Day { year, month: Some(12), day, weekday: None }, end))
    }

    fn day_month(&self, i: usize) -> Option<(u8, u8, usize)> {
        let t = self.t;
        if let Some((day, mut next)) = self.day_number(i) {
            next += usize::from(self.en() && t.is(next, "of"));
            next += usize::from(t.mark(next) == '-' && t.tight(next));
            if let Some(month) = self.words.month(t, next).filter(|_| t.follows(next)) {
                return Some((day, month, self.skip_dot(next)));
            }
        }
        let month = self.words.month(t, i).filter(|_| self.en())?;
        let next = self.skip_dot(i);
        let (day, next) = self.day_number(next).filter(|_| t.follows(next) && t.is_number(next))?;
        // `June 2011` has no day, and `May 10 people` none either.
        Some((day, month, next))
    }

    /// The index behind a word and the full stop of its abbreviation.
    fn skip_dot(&self, i: usize) -> usize {
        let dotted = self.t.mark(i + 1) == '.' && self.t.tight(i + 1) && self.t.word(i).len() <= 5;
        let full = self.t.is(i, "mars mai juin aout july march april may june");
        // A full stop behind an abbreviation belongs to it unless the sentence ends there.
        let ends = !self.t.follows(i + 2) || self.t.capital(i + 2);
        if dotted && !full && !ends { i + 2 } else { i + 1 }
    }

    /// A day of the month, in digits with or without ending, or in French words.
    pub fn day_number(&self, i: usize) -> Read<u8> {
        let t = self.t;
        if let Some(n) = t.number(i) {
            let next = if t.tight(i + 1) && t.is(i + 1, "er st nd rd th") { i + 2 } else { i + 1 };
            return ((1..=31).contains(&n) && t.digits(i).len() <= 2).then_some((n as u8, next));
        }
        if self.fr() && t.is(i, "premier") {
            return Some((1, i + 1));
        }
        let (n, next) = self.words.cardinal(t, i).filter(|_| self.fr())?;
        (2..=31).contains(&n).then_some((n as u8, next))
    }

    /// The year behind a day or month, past a comma in English.
    pub fn year_behind(&self, i: usize) -> (Option<i32>, usize) {
        let t = self.t;
        let mut at = i;
        if self.en() && t.mark(at) == ',' {
            at += 1;
        }
        at += usize::from(t.mark(at) == '-' && t.tight(at));
        match self.year(at).filter(|_| t.follows(at)) {
            Some((year, next)) => (Some(year), next),
            None => (None, i),
        }
    }

    /// A year of four digits or in words, standing by itself.
    pub fn year(&self, i: usize) -> Read<i32> {
        let t = self.t;
        let Some(n) = t.number(i) else {
            return self.words.year_in_words(t, i);
        };
        if t.digits(i).len() != 4 || !(1000..2200).contains(&n) {
            return None;
        }
        let joined = t.tight(i + 1)
            && (t.is_word(i + 1)
                || matches!(t.mark(i + 1), '.' | ',' | ':' | '/') && t.tight(i + 2) && t.is_number(i + 2)
                // 2013/2014 is a range.
                && !(t.mark(i + 1) == '/' && (t.digits(i + 2).len() == 4 || t.number(i + 2) == Some((n + 1) % 100))));
        (!joined).then_some((n as i32, i + 1))
    }

    /// `27/06/2011`, `27.06.11`, `2011-06-27`, `27/06`.
    pub fn numeric(&self, i: usize) -> Read<When> {
        let t = self.t;
        let mut at = i;
        let weekday = self.words.weekday(t, i);
        at += usize::from(weekday.is_some());
        let separator = t.mark(at + 1);
        let part = |k: usize| t.number(at + k).filter(|_| k == 0 || t.tight(at + k));
        let length = |k: usize| t.digits(at + k).len();
        if !t.is_number(at) || !t.tight(at + 1) || !matches!(separator, '/' | '.' | '-') {
            return None;
        }
        // Nothing may be joined to either end: no longer number, no address, no version.
        let free = |end: usize| {
            !(t.tight(end)
                && (matches!(t.mark(end), '/' | '.' | '-' | ',') && t.tight(end + 1) && !t.is_mark(end + 1)
                    || !t.is_mark(end)))
        };
        let (a, b) = (part(0)?, part(2)?);
        if t.mark(at + 3) == separator && t.tight(at + 3) {
            let c = part(4)?;
            let (year, month, day) = if length(0) == 4 && length(2) == 2 && length(4) == 2 && separator != '.' {
                (a, b, c)
            } else if length(0) <= 2
                && length(2) <= 2
                && (length(4) == 4 || length(4) == 2 && length(0) == 2 && separator != '-')
            {
                let year = if length(4) == 2 { c + if c < 70 { 2000 } else { 1900 } } else { c };
                let month_first = self.en() && (a <= 12) && (b > 12 || self.month_first);
                if month_first { (year, a, b) } else { (year, b, a) }
            } else {
                return None;
            };
            let (mut end, year) = (at + 5, year as i32);
            // `2024-03-12T18:30` is one value; the clock is read from behind the day.
            if separator == '-' && t.is(end, "t") && t.tight(end) {
                end = at + 5;
            } else if !free(end) {
                return None;
            }
            let (month, day) = (month as u8, day as u8);
            if !(1900..2200).contains(&year) {
                return None;
            }
            super::calendar::date(year, month, day)?;
            return Some((When::Day { year: Some(year), month: Some(month), day, weekday }, end));
        }
        let dated = weekday.is_some()
            || t.is(at.wrapping_sub(1), "le du au on by until since")
            || t.gap(at) >= Gap::Line
            || matches!(t.mark(at.wrapping_sub(1)), '•' | '*' | '-' | '–') && t.gap(at.wrapping_sub(1)) >= Gap::Line;
        let padded = length(0) <= 2 && length(2) == 2;
        let (month, day) = if self.month_first && self.en() { (a, b) } else { (b, a) };
        if separator == '/' && dated && padded && free(at + 3) && month <= 12 && is_day(month as u8, day as u8) {
            return Some((When::Day { year: None, month: Some(month as u8), day: day as u8, weekday }, at + 3));
        }
        None
    }

    /// `juin [2011]`, `mois de juin`, `June[ of] 2011`.
    fn month(&self, i: usize) -> Read<When> {
        let t = self.t;
        let mut at = i;
        if self.fr() && t.is(at, "mois") {
            at += 1;
            at += if t.is(at, "de") {
                1
            } else if t.is(at, "d") {
                2
            } else {
                return None;
            };
        } else if self.en() && t.is(at, "month") && t.is(at + 1, "of") {
            at += 2;
        }
        let month = self.words.month(t, at).filter(|_| at == i || t.follows(at))?;
        // `31 février` is no date, and its month is none either.
        if at == i && i > 0 && t.is_number(i - 1) && t.follows(i) && t.digits(i - 1).len() <= 2 {
            return None;
        }
        let mut next = self.skip_dot(at);
        let abbreviated = next == at + 2;
        next += usize::from(self.en() && t.is(next, "of") && self.year(next + 1).is_some());
        let (year, next) = self.year_behind(next);
        if year.is_none() && !self.is_bare_month(i, at, abbreviated) {
            return None;
        }
        Some((When::Month { year, month }, next))
    }

    /// Whether a month without a year is one: not the planet, the verb, the first name.
    fn is_bare_month(&self, i: usize, at: usize, abbreviated: bool) -> bool {
        let t = self.t;
        let before = i.wrapping_sub(1);
        if self.fr() {
            let short = t.word(at).len() <= 4 && !t.is(at, "mars mai juin aout");
            let introduced =
                t.is(before, "en de d des fin debut mi courant depuis a jusqu entre et au du ou vers avant apres pour");
            let hyphened = t.mark(before) == '-' || t.mark(before) == '\'';
            return (!t.capital(at) || t.caps(at) || introduced || hyphened || at > i || t.gap(i) >= Gap::Line)
                && (!short || abbreviated);
        }
        let short = t.word(at).len() <= 4 && !t.is(at, "may june july");
        let introduced = t.is(
            before,
            "in since by until till before after during of from through to and late early mid this next last end for between every each",
        ) || t.mark(before) == '-';
        let ambiguous = t.is(at, "may march august april june");
        let named = t.capital(at + 1) && t.follows(at + 1) && !self.t.caps(at);
        at > i || (!short || abbreviated) && (introduced || !ambiguous && t.is_word(at)) && !(named && ambiguous)
    }

    /// `année 2015`, `exercice 2013-2014`, `fiscal 2015`, or a bare year (whose place `context` judges).
    fn year_with_head(&self, i: usize) -> Read<When> {
        let t = self.t;
        let mut at = i;
        if self.fr() && t.is(i, "annee an exercice saison rentree") {
            at += 1;
            at += usize::from(
                t.is(at, "scolaire universitaire civile fiscale budgetaire comptable sportive estivale hivernale"),
            );
        } else if self.en() && t.is(i, "fiscal financial academic calendar school") {
            at += 1;
            at += usize::from(t.is(at, "year"));
        } else if self.en() && t.is(i, "fy") {
            at += 1;
            if t.digits(at).len() == 2 {
                return Some((When::Year(2000 + t.number(at)? as i32), at + 1));
            }
        } else if self.en() && t.is(i, "year") {
            at += 1;
        }
        if at > i && !t.follows(at) {
            return None;
        }
        let (year, next) = self.year(at)?;
        Some((When::Year(year), next))
    }

    /// Two points with a connector between them.
    pub fn range(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let opened =
            t.is(i.wrapping_sub(1), "du de des entre depuis from between") || t.mark(i.wrapping_sub(1)) == '\'';
        let between = t.is(i.wrapping_sub(1), "entre between")
            || t.is(i.wrapping_sub(1), "le") && t.is(i.wrapping_sub(2), "entre");
        let make = |from: When, to: When, next: usize| {
            let (from, to) = complete(from, to)?;
            Some(Expression {
                first: i,
                last: next,
                from,
                to: Some(to),
                bias: Bias::None,
                clock: None,
                part: "",
                rule: RANGE,
            })
        };
        // 3 au 5 mai 2016, lundi 3 au vendredi 7 mai, 15 et 16 mars.
        let weekday = self.words.weekday(t, i);
        if let Some((day, next)) = self.day_number(i + usize::from(weekday.is_some())) {
            let open = When::Day { year: None, month: None, day, weekday };
            if let Some((at, joined)) = self.connector(next)
                && let Some((to @ When::Day { month: Some(_), day: last, .. }, end)) =
                    self.day(at).filter(|_| t.follows(at))
            {
                let weekend = joined && last == day + 1;
                if (!joined || between || weekend) && last > day {
                    let (bias, end) = self.bias_after(end, to);
                    return make(open, to, end).map(|e| Expression { bias, ..e });
                }
            }
        }
        let first = self.point(i)?;
        // May 3-5, 2016.
        if let (When::Day { month: Some(month), year: None, .. }, true) = (first.from, self.en())
            && let Some((day, next)) = self.connector(first.last).and_then(|(at, _)| self.day_number(at))
            && t.is_number(next - 1)
            && self.words.month(t, next).is_none()
            && self.words.unit(t.word(next)).is_none()
        {
            let (year, next) = self.year_behind(next);
            return make(first.from, When::Day { year, month: Some(month), day, weekday: None }, next);
        }
        let (at, joined) = self.connector(first.last)?;
        let worded = !matches!(t.mark(at.wrapping_sub(1)), '-' | '–' | '—' | '/');
        let far = t.is(first.last, "jusqu jusque through until thru");
        // March to June 2021: the second end completes the first, so that no preposition is needed.
        let open = matches!(first.from, When::Month { year: None, .. } | When::Day { year: None, .. });
        if joined && !between || worded && !joined && !opened && !far && !open {
            return None;
        }
        // 2013-14.
        if let When::Year(from) = first.from {
            if let Some(n) = t.number(at).filter(|_| t.digits(at).len() == 2 && t.tight(at) && !worded) {
                return (n as i32 == (from + 1) % 100)
                    .then_some(())
                    .and_then(|()| make(first.from, When::Year(from + 1), at + 1));
            }
            if matches!(t.mark(at.wrapping_sub(1)), '/') && !t.tight(at) {
                return None;
            }
        }
        let second = if self.modifier(at).is_some() || t.follows(at) { self.point(at)? } else { return None };
        if matches!(first.from, When::Year(_)) != matches!(second.from, When::Year(_))
            && matches!(first.from, When::Year(_))
            && !worded
        {
            return None;
        }
        make(first.from, second.from, second.last).map(|e| Expression { bias: second.bias, ..e })
    }

    /// The words and marks between the ends of a range; whether they only join (`et`), so that more is needed.
    fn connector(&self, i: usize) -> Read2 {
        let t = self.t;
        if !t.follows(i) {
            return None;
        }
        let mut at = i;
        let joined = t.is(at, "et and");
        if joined {
            at += 1;
            at += usize::from(t.is(at, "le"));
        } else if matches!(t.mark(at), '-' | '–' | '—' | '/') {
            at += 1;
        } else if self.fr() && t.is(at, "jusqu") && t.mark(at + 1) == '\'' {
            at += 2;
            at += usize::from(t.is(at, "a au en"));
            at += usize::from(t.is(at, "la"));
        } else if self.fr() && t.is(at, "a au aux") {
            at += 1;
            at += usize::from(t.is(at, "la le"));
            at += if t.is(at, "l") && t.mark(at + 1) == '\'' { 2 } else { 0 };
        } else if self.en() && t.is(at, "to through thru until till") {
            at += 1;
            at += usize::from(t.is(at, "the"));
        } else {
            return None;
        }
        t.follows(at).then_some((at, joined))
    }
}

/// A connector: the index behind it, and whether it only joins.
type Read2 = Option<(usize, bool)>;

/// Gives each end of a range what only the other one says; `None` if they do not fit together.
fn complete(from: When, to: When) -> Option<(When, When)> {
    Some(match (from, to) {
        (When::Day { year, month, day, weekday }, When::Day { year: y, month: m, .. }) => {
            (When::Day { year: year.or(y), month: month.or(m), day, weekday }, to)
        }
        (When::Month { year, month }, When::Month { year: y, .. }) => (When::Month { year: year.or(y), month }, to),
        (When::Quarter { year, n }, When::Quarter { year: y, .. }) => (When::Quarter { year: year.or(y), n }, to),
        (When::Year(a), When::Year(b)) if a < b && b - a < 200 => (from, to),
        (When::Decade(a), When::Decade(b)) | (When::Century(a), When::Century(b)) if a < b => (from, to),
        (When::Month { .. } | When::Season { .. } | When::Day { .. }, When::Year(_)) => (from, to),
        (When::Season { .. }, When::Season { .. }) => (from, to),
        (When::Year(_), When::Month { .. }) => (from, to),
        (When::Month { .. }, When::Day { .. }) | (When::Day { .. }, When::Month { .. }) => (from, to),
        _ => return None,
    })
}
