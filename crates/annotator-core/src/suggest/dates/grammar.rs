//! How date expressions are built: points of the calendar, ranges of them, clock times beside them.
//! Every function takes a token index and gives what it read with the index behind it.
//! Leaves out whether the place speaks of a date at all (see `context`) and which year is meant.

use super::calendar::{Bias, Unit, When, is_day};
use super::words::{Words, roman};
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
    fn fr(&self) -> bool {
        self.words == Words::French
    }

    fn en(&self) -> bool {
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

    /// Takes the clock time behind one day into its expression.
    pub fn clock_beside(&self, expression: &mut Expression) {
        if let Some((clock, next)) = self.clock_after(expression.last).filter(|_| takes_clock(expression)) {
            expression.clock = Some(clock);
            expression.last = next;
        }
    }

    /// One point, with a modifier before it (`fin`, `mi-`) and a bias behind it (`prochain`).
    fn point(&self, i: usize) -> Option<Expression> {
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
    fn day(&self, i: usize) -> Read<When> {
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
    fn year_behind(&self, i: usize) -> (Option<i32>, usize) {
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
    fn numeric(&self, i: usize) -> Read<When> {
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

    /// Quarters, halves, seasons, decades, centuries, fiscal years.
    fn period(&self, i: usize) -> Read<When> {
        self.quarter(i)
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.century(i))
            .or_else(|| self.week(i))
    }

    fn quarter(&self, i: usize) -> Read<When> {
        let t = self.t;
        // T3 2024, Q3 2024, H1, S1, 3Q 2024, 1H24.
        let letter = |k: usize| t.word(k).bytes().next().filter(|_| t.word(k).len() == 1 && t.capital(k));
        let short = if letter(i).is_some() && t.tight(i + 1) {
            letter(i).zip(t.number(i + 1))
        } else {
            t.number(i)
                .filter(|_| t.tight(i + 1))
                .and_then(|n| Some((letter(i + 1).filter(|l| matches!(l, b'q' | b'h'))?, n)))
        };
        if let Some((letter, n)) = short {
            let quarter = letter == b'q' || letter == b't' && self.fr();
            let half = letter == b'h' && self.en() || letter == b's' && self.fr() || letter == b'h' && self.fr();
            if !(quarter && (1..=4).contains(&n) || half && (1..=2).contains(&n)) {
                return None;
            }
            let (year, next) = self.year_of_period(i + 2);
            if next == i + 2
                && t.tight(next)
                && (!t.is_mark(next) || matches!(t.mark(next), '-' | '.') && t.tight(next + 1))
            {
                return None;
            }
            let introduced = t.is(i.wrapping_sub(1), "au du en fin debut in for of by end during le ce")
                && !t.is(i.wrapping_sub(2), "ligne");
            if year.is_none() && !(introduced && (!self.t_is_ambiguous || letter == b'q')) {
                return None;
            }
            let when = if quarter { When::Quarter { year, n: n as u8 } } else { When::Half { year, n: n as u8 } };
            return Some((when, next));
        }
        // Neuf premiers mois de 2024, first nine months of 2024.
        if let Some((months, next)) = self.first_months(i) {
            let (year, next) = self.year_of_period(next);
            return Some((When::FirstMonths { year, months }, next));
        }
        let at = i;
        let last_quarter = self.words.ordinal(t, at, 4);
        let (n, mut next) = last_quarter?;
        next += usize::from(t.mark(next) == '-' && t.tight(next));
        if !t.follows(next) {
            return None;
        }
        let is_quarter = t.is(next, if self.fr() { "trimestre" } else { "quarter" });
        let is_half = t.is(next, if self.fr() { "semestre" } else { "half" });
        let mut end = next + 1;
        if self.en() && is_half && t.mark(end) == '-' && t.is(end + 1, "year") {
            end += 2;
        }
        let (year, end) = self.year_of_period(end);
        // `Dernier trimestre` is the fourth only if its year is said; `half` alone may be half of anything.
        if t.is(at, "dernier derniere") && year.is_none() || is_half && n > 2 {
            return None;
        }
        if is_half && self.en() && year.is_none() && t.is(end, "of") && !t.is(end + 1, "the") && !t.is(end + 1, "this")
        {
            return None;
        }
        if is_quarter {
            return Some((When::Quarter { year, n }, end));
        }
        is_half.then_some((When::Half { year, n }, end))
    }

    fn first_months(&self, i: usize) -> Read<u8> {
        let t = self.t;
        let (n, next) = if self.fr() {
            let (n, next) = self.words.cardinal(t, i)?;
            (n, t.is(next, "premiers").then_some(next + 1)?)
        } else {
            self.words.cardinal(t, t.is(i, "first").then_some(i + 1)?)?
        };
        ((2..=11).contains(&n) && t.is(next, "mois months")).then_some((n as u8, next + 1))
    }

    /// The year of a quarter: ` 2024`, ` de 2024`, ` de l'exercice 2024`, ` of fiscal 2024`, `'24`.
    fn year_of_period(&self, i: usize) -> (Option<i32>, usize) {
        let t = self.t;
        let mut at = i;
        if t.mark(at) == '\'' && t.digits(at + 1).len() == 2 && t.tight(at + 1) {
            return (t.number(at + 1).map(|n| 2000 + n as i32), at + 2);
        }
        if t.digits(at).len() == 2 && t.tight(at) {
            return (t.number(at).map(|n| 2000 + n as i32), at + 1);
        }
        at += usize::from(t.is(at, "de of in") || t.mark(at) == '-' && t.tight(at) || t.mark(at) == ',' && self.en());
        if t.is(at, "l") && t.mark(at + 1) == '\'' {
            at += 2;
        }
        at += usize::from(t.is(at, "the calendar"));
        at += usize::from(t.is(at, "exercice annee fiscal fy financial"));
        at += usize::from(t.is(at, "year"));
        match self.year(at).filter(|_| t.follows(at)) {
            Some((year, next)) => (Some(year), next),
            None => (None, self.behind_the_year(i)),
        }
    }

    /// The index behind `de l'année`, `of the year`, which belong to a quarter or a half.
    fn behind_the_year(&self, i: usize) -> usize {
        let t = self.t;
        let end = match t.word(i) {
            "de" if t.is(i + 1, "l") && t.is(i + 3, "annee exercice") => i + 4,
            "of" if t.is(i + 1, "the this") && t.is(i + 2, "year") => i + 3,
            "of" if t.is(i + 1, "the") && t.is(i + 2, "fiscal financial") && t.is(i + 3, "year") => i + 4,
            _ => i,
        };
        if t.is(end, "prochaine derniere") { i } else { end }
    }

    fn season(&self, i: usize) -> Read<When> {
        let t = self.t;
        let code = self.words.season(t.word(i))?;
        let mut at = i + 1;
        at += usize::from(t.is(at, "de of") && self.year(at + 1).is_some());
        let year = self.year(at).filter(|_| t.follows(at));
        if let Some((year, next)) = year {
            // A winter of two years counts by the first.
            let split = matches!(t.mark(next), '-' | '/' | '–')
                && t.tight(next)
                && t.tight(next + 1)
                && t.number(next + 1).is_some();
            return Some((When::Season { year: Some(year), code }, if split { next + 2 } else { next }));
        }
        // `a été` is a verb; a season without a year stands behind an article or a bias.
        let before = i.wrapping_sub(1);
        let article = t.mark(before) == '\'' && t.is(i.wrapping_sub(2), "l d") && !t.is(i.wrapping_sub(3), "de");
        let introduced = if self.fr() {
            article && !matches!(t.word(i.wrapping_sub(2)), "d")
                || t.is(before, "cet ce")
                || code == "SP" && t.is(before, "au le des debut fin mi")
                || t.is(i + 1, "prochain dernier")
                || t.is(before, "cet")
        } else {
            t.is(before, "this next last coming early late mid until since by") || t.is(before, "in")
        };
        let verb = code == "SU"
            && self.fr()
            && t.is(i.wrapping_sub(1), "a ont avait avaient aura auront ayant ai as avons avez");
        (introduced && !verb).then_some((When::Season { year: None, code }, i + 1))
    }

    /// `années 1980`, `années 80`, `1980s`, `the nineties`.
    fn decade(&self, i: usize) -> Read<When> {
        let t = self.t;
        if self.fr() && t.is(i, "annees") {
            let (n, next) = match t.number(i + 1).filter(|_| t.follows(i + 1)) {
                Some(n) => (n, i + 2),
                None => self.words.cardinal(t, i + 1)?,
            };
            let decade = match n {
                10 | 20 => 200 + n / 10,
                30..=90 if n % 10 == 0 => 190 + n / 10,
                1000..2100 if n % 10 == 0 => n / 10,
                _ => return None,
            };
            return Some((When::Decade(decade as i32), next));
        }
        if self.en() {
            if let Some(n) = t.number(i).filter(|n| t.is(i + 1, "s") && t.tight(i + 1) && n % 10 == 0) {
                return match t.digits(i).len() {
                    4 if n < 2200 => Some((When::Decade(n as i32 / 10), i + 2)),
                    2 if (20..=90).contains(&n) && t.mark(i.wrapping_sub(1)) == '\'' => {
                        Some((When::Decade(190 + n as i32 / 10), i + 2))
                    }
                    _ => None,
                };
            }
            const NAMES: &str = "twenties thirties forties fifties sixties seventies eighties nineties";
            let n = NAMES.split(' ').position(|name| name == t.word(i))?;
            if !t.is(i.wrapping_sub(1), "the early late mid") || t.is(i.wrapping_sub(2), "their") {
                return None;
            }
            return Some((When::Decade(192 + n as i32), i + 1));
        }
        None
    }

    /// `XIXe siècle`, `19e siècle`, `dix-neuvième siècle`, `19th century`, `nineteenth century`.
    fn century(&self, i: usize) -> Read<When> {
        let t = self.t;
        let (n, mut next) =
            if let Some(n) = t.number(i).filter(|_| t.tight(i + 1) && t.is(i + 1, "e eme th st nd rd er")) {
                (n, i + 2)
            } else if self.fr() {
                let word = t.word(i);
                match word
                    .strip_suffix("eme")
                    .or_else(|| word.strip_suffix('e'))
                    .or(word.strip_suffix("er"))
                    .and_then(roman)
                {
                    Some(n) => (n, i + 1),
                    None => self.ordinal_in_words(i)?,
                }
            } else {
                self.ordinal_in_words(i)?
            };
        next += usize::from(t.mark(next) == '-' && t.tight(next));
        let named = t.is(next, if self.fr() { "siecle" } else { "century" }) && t.follows(next);
        (named && (1..=30).contains(&n)).then_some((When::Century(n as i32 - 1), next + 1))
    }

    fn ordinal_in_words(&self, i: usize) -> Read<u32> {
        let t = self.t;
        const EN: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
                          fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";
        if self.en() {
            if t.is(i, "twenty") && t.mark(i + 1) == '-' && t.is(i + 2, "first") {
                return Some((21, i + 3));
            }
            return EN
                .split(' ')
                .filter(|w| !w.is_empty())
                .position(|name| name == t.word(i))
                .map(|n| (n as u32 + 1, i + 1));
        }
        if !self.fr() {
            return None;
        }
        const FR: &str = "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme \
                          treizieme quatorzieme quinzieme seizieme";
        let unit =
            |k: usize| FR.split(' ').filter(|w| !w.is_empty()).position(|name| name == t.word(k)).map(|n| n as u32 + 1);
        if t.is(i, "vingtieme") {
            return Some((20, i + 1));
        }
        if t.is(i, "vingt") && t.is(i + 1, "et") && t.is(i + 2, "unieme") {
            return Some((21, i + 3));
        }
        if t.is(i, "dix") && t.mark(i + 1) == '-' {
            return unit(i + 2).map(|n| (10 + n, i + 3));
        }
        unit(i).map(|n| (n, i + 1))
    }

    /// `semaine du 3 mai 2016`, `week of 3 May`.
    fn week(&self, i: usize) -> Read<When> {
        let t = self.t;
        if !(t.is(i, "semaine") && t.is(i + 1, "du") || t.is(i, "week") && t.is(i + 1, "of")) {
            return None;
        }
        match self.day(i + 2).or_else(|| self.numeric(i + 2))? {
            (When::Day { year, month: Some(month), day, .. }, next) if self.range(i + 2).is_none() => {
                Some((When::WeekOf { year, month, day }, next))
            }
            _ => None,
        }
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
    fn range(&self, i: usize) -> Option<Expression> {
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
    fn clock_first(&self, i: usize) -> Option<Expression> {
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

/// A connector: the index behind it, and whether it only joins.
type Read2 = Option<(usize, bool)>;

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
