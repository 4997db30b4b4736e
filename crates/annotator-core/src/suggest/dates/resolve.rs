//! Which day, month or year is meant: relative expressions and open years, resolved on the date of
//! the release. Leaves out finding the expressions.

use super::calendar::{self as cal, Bias, Unit, When, date};
use super::grammar::{Expression, Grammar};
use super::words::Words;
use crate::Span;
use crate::suggest::rules::{DURATION, RANGE};
use crate::suggest::tokens::{Gap, Tokens, ends_in, has};
use time::Date;

/// How far a first full date may lie from the date the host gives and still be the release's own:
/// releases are handed over within weeks, an event or a foundation lies further off.
const OWN_DATE_DAYS: i64 = 31;

/// The date of the release: its dateline, else its first full date, else the host's.
pub(super) fn own_date(t: &Tokens, found: &[Expression], host: Option<Date>) -> Option<Date> {
    let full = |e: &Expression| match (e.from, e.to) {
        (When::Day { year: Some(y), month: Some(m), day, .. }, None) => date(y, m, day),
        _ => None,
    };
    let lines = found.iter().filter(|e| is_dateline(t, e));
    for line in lines {
        if let Some(date) = full(line) {
            return Some(date);
        }
        // A dateline without its year takes the host's.
        if let (When::Day { year: None, month: Some(m), day, .. }, Some(host)) = (line.from, host) {
            return date(host.year(), m, day).or(Some(host));
        }
    }
    let first = found.iter().filter(|e| !is_law(t, e)).find_map(full);
    match (first, host) {
        (Some(first), Some(host)) if (first - host).whole_days().abs() > OWN_DATE_DAYS => Some(host),
        (Some(first), _) => Some(first),
        (None, host) => host,
    }
}

/// Whether a day opens a release: alone on its line, or behind a place name or `Communiqué du` at the
/// start of a line.
fn is_dateline(t: &Tokens, e: &Expression) -> bool {
    if e.to.is_some() || !matches!(e.from, When::Day { .. }) {
        return false;
    }
    let mut first = e.first;
    let mut steps = 0;
    while first > 0 && t.gap(first) < Gap::Line && steps < 9 {
        first -= 1;
        steps += 1;
    }
    if t.gap(first) < Gap::Line {
        return false;
    }
    let behind = e.last;
    let closed = !t.follows(behind)
        || t.gap(behind) >= Gap::Line
        || matches!(t.mark(behind), '–' | '—' | '-' | '.' | ')' | ':' | '/' | '|' | ',');
    let list_entry = first < e.first && matches!(t.mark(first), '*' | '•') || matches!(t.mark(behind), ':');
    let announced = (first..e.first).all(|i| {
        t.capital(i) || !t.is_word(i) || t.is(i, "le the de du des sur la en presse communique information dossier publie paru date l d for release and et")
    });
    // The very first lines hold nothing else than a title and the dateline.
    let embargo = t.any(first, e.first, "embargo");
    let entry = t.gap(e.first) >= Gap::Line
        && t.follows(behind)
        && t.gap(behind) < Gap::Line
        && !matches!(t.mark(behind), '–' | '—' | '.');
    announced && closed && !embargo && !list_entry && !entry
}

/// Whether a day is the date of a law and not of the release.
fn is_law(t: &Tokens, e: &Expression) -> bool {
    (1..7).map(|k| e.first.wrapping_sub(k)).any(|k| t.is(k, "loi decret arrete ordonnance directive reglement act law"))
}

/// What is known while the expressions are resolved in order.
pub(super) struct Context<'a, 't> {
    pub grammar: &'a Grammar<'a, 't>,
    pub sentences: &'a [Span],
    pub own: Option<Date>,
    /// The day mentioned last, for `le lendemain` and `three years later`.
    pub anchor: Option<Date>,
    /// The last year said in so many words, with the sentence and the paragraph that said it.
    pub year: Option<(i32, usize, usize)>,
    /// How many paragraphs have begun before the expression in hand.
    pub paragraph: usize,
}

impl Context<'_, '_> {
    /// The value of an expression: empty if only a date that nobody gave would tell.
    pub fn value(&mut self, e: &Expression, next: Option<&Expression>) -> String {
        let bias = match e.bias {
            Bias::None => self.tense(e),
            said => said,
        };
        let sentence = self.sentence(e);
        let said = e.bias != Bias::None;
        let borrowed = self.borrowed_year(e, next, sentence);
        let (from, at) = self.point(e.from, bias, said, borrowed);
        if let Some(at) = at {
            self.anchor = Some(at);
        }
        if let When::Day { year: Some(y), .. } | When::Month { year: Some(y), .. } | When::Year(y) =
            e.to.unwrap_or(e.from)
        {
            // A foundation or a beginning says nothing about the months after it.
            let t = self.grammar.t;
            let (before, word) = (e.first.wrapping_sub(1), e.first.wrapping_sub(2));
            let began = t.is(before, "depuis since")
                || t.is(word, "depuis since")
                || t.is(word, "fondee fonde cree creee ne nee constituee founded established born created set built");
            // `En 2015` sets the year of its sentence; `d'ici 2030` and `la saison 2024-2025` do not.
            let whole = matches!(e.to.unwrap_or(e.from), When::Year(_));
            if !(began || whole && (e.to.is_some() || self.own.is_some_and(|own| y > own.year()))) {
                self.year = Some((y, sentence, self.paragraph));
            }
        }
        let Some(to) = e.to else {
            let mut value = from;
            if let Some(clock) = e.clock.filter(|_| value.len() == 10) {
                let day = value.clone();
                cal::push_clock(&mut value, clock.from);
                if let Some(end) = clock.to {
                    value.push('/');
                    value.push_str(&day);
                    cal::push_clock(&mut value, end);
                }
            } else if value.len() == 10 || e.part == "TNI" && !value.is_empty() {
                value.push_str(e.part);
            }
            return value;
        };
        if e.rule == DURATION {
            return [from.as_str(), self.point(to, bias, said, None).0.as_str()].join("/");
        }
        self.range(e, to, bias, said)
    }

    /// A range whose open years are settled together: the end is never before the beginning.
    pub fn range(&mut self, e: &Expression, to: When, bias: Bias, said: bool) -> String {
        let (mut from, mut to) = (e.from, to);
        if let (Some(own), None) = (self.own, open_year(to).flatten()) {
            if open_year(to).is_some() {
                let month = month_of(to);
                let start = month_of(from);
                let by_weekday = |when: When| match when {
                    When::Day { month: Some(month), day, weekday: Some(weekday), .. } => {
                        self.year_by_weekday(month, day, weekday, bias)
                    }
                    _ => None,
                };
                let year = by_weekday(to)
                    .or_else(|| by_weekday(from))
                    .unwrap_or_else(|| self.nearest(own, month, 28, bias, said));
                set_year(&mut to, year);
                if open_year(from) == Some(None) {
                    set_year(&mut from, if start > month { year - 1 } else { year });
                }
            }
        } else if let (Some(Some(year)), Some(None)) = (open_year(to), open_year(from)) {
            let wraps = month_of(from) > month_of(to);
            set_year(&mut from, year - i32::from(wraps));
        }
        if let (Some(Some(start)), Some(Some(end))) = (open_year(from), open_year(to)) {
            // Décembre 2023 à mars: the following year.
            if start == end && month_of(from) > month_of(to) && open_year(e.to.unwrap_or(to)) == Some(None) {
                set_year(&mut to, end + 1);
            } else if open_year(e.to.unwrap_or(to)) == Some(None) && open_year(e.from).flatten().is_some() {
                let wraps = month_of(from) > month_of(to);
                set_year(&mut to, start + i32::from(wraps));
            }
        }
        let (a, _) = self.point(from, bias, said, None);
        let (b, at) = self.point(to, bias, said, None);
        if let Some(at) = at {
            self.anchor = Some(at);
        }
        if a.is_empty() || b.is_empty() { String::new() } else { [a.as_str(), b.as_str()].join("/") }
    }

    /// The value of a point, and the day it counts as for what follows.
    pub fn point(&self, when: When, bias: Bias, said: bool, borrowed: Option<i32>) -> (String, Option<Date>) {
        let own = self.own;
        let year_for = |month: u8, day: u8| {
            borrowed
                .filter(|_| !said || bias == Bias::This)
                .or_else(|| own.map(|own| self.nearest(own, month, day, bias, said)))
        };
        match when {
            When::Day { year, month: Some(month), day, weekday } => {
                let year = year
                    .or_else(|| weekday.and_then(|w| self.year_by_weekday(month, day, w, bias)))
                    .or_else(|| year_for(month, day));
                match year.and_then(|year| date(year, month, day)) {
                    Some(day) => (cal::day(day), Some(day)),
                    None => (String::new(), None),
                }
            }
            When::Day { .. } => (String::new(), None),
            When::Month { year, month } => match year.or_else(|| year_for(month, 0)) {
                Some(year) => (cal::month(year, month), date(year, month, 1)),
                None => (String::new(), None),
            },
            When::Year(year) => (cal::year(year), date(year, 1, 1)),
            When::FirstMonths { year, months } => match year.or(borrowed).or(own.map(Date::year)) {
                Some(year) => ([cal::month(year, 1), cal::month(year, months)].join("/"), None),
                None => (String::new(), None),
            },
            When::Quarter { year, n } => self.part_of_year(year.or(borrowed), "-Q", n, n * 3, bias),
            When::Half { year, n } => self.part_of_year(year.or(borrowed), "-H", n, n * 6, bias),
            When::Season { year, code } => {
                // The last one is over, so that it counts by its end.
                let over = u8::from(said && bias == Bias::Last);
                let month = match code {
                    "SP" => 4 + over * 2,
                    "SU" => 7 + over * 2,
                    "FA" => 10 + over * 2,
                    _ => 1 + over * 2,
                };
                match year.or_else(|| year_for(month, 0)) {
                    Some(year) => {
                        let mut value = cal::year(year);
                        value.push('-');
                        value.push_str(code);
                        (value, None)
                    }
                    None => (String::new(), None),
                }
            }
            When::Decade(n) => (cal::relative_width(n, 3), None),
            When::Century(n) => (cal::relative_width(n, 2), None),
            When::WeekOf { year, month, day } => {
                match year.or_else(|| year_for(month, day)).and_then(|y| date(y, month, day)) {
                    Some(day) => (cal::week(day), Some(day)),
                    None => (String::new(), None),
                }
            }
            When::Weekday(weekday) => match own {
                Some(own) => {
                    let ahead = (i32::from(weekday) - i32::from(cal::weekday_of(own))).rem_euclid(7);
                    let days = match bias {
                        Bias::Last if said && ahead == 0 => -7,
                        Bias::Next if said && ahead == 0 => 7,
                        Bias::Last if ahead > 0 => ahead - 7,
                        _ => ahead,
                    };
                    let day = cal::move_days(own, days);
                    (cal::day(day), Some(day))
                }
                None => (String::new(), None),
            },
            When::Relative { unit, count } => match own {
                Some(own) => {
                    let day = (unit == Unit::Day).then(|| cal::move_days(own, count));
                    (cal::relative(own, unit, count), day)
                }
                None if count == 0 && unit == Unit::Day => ("PRESENT_REF".to_owned(), None),
                None => (String::new(), None),
            },
            When::Anchored { unit, count } => match self.anchor.or(own) {
                Some(anchor) if unit == Unit::Week => {
                    let day = cal::move_days(anchor, count * 7);
                    (cal::day(day), Some(day))
                }
                Some(anchor) => {
                    (cal::relative(anchor, unit, count), (unit == Unit::Day).then(|| cal::move_days(anchor, count)))
                }
                None => (String::new(), None),
            },
            When::Compound { unit, count, rest, more } => (cal::compound(unit, count, rest, more), None),
            When::Duration { unit, count, half } => (cal::duration(unit, count, half), None),
        }
    }

    fn part_of_year(&self, year: Option<i32>, name: &str, n: u8, last_month: u8, bias: Bias) -> (String, Option<Date>) {
        let year = year.or_else(|| {
            let own = self.own?;
            let over = u8::from(own.month()) > last_month;
            let ahead = u8::from(own.month()) + 6 < last_month;
            Some(
                own.year()
                    + if bias == Bias::Next && over {
                        1
                    } else if bias == Bias::Last && ahead {
                        -1
                    } else {
                        0
                    },
            )
        });
        match year {
            Some(year) => (cal::year_and(year, name, n.into(), 1), None),
            None => (String::new(), None),
        }
    }

    /// The year of a month (`day` 0) or day as seen from the date of the release: said or shown by
    /// the verb to lie ahead or behind, else the coming one unless it has passed less than half a year ago.
    fn nearest(&self, own: Date, month: u8, day: u8, bias: Bias, said: bool) -> i32 {
        let (own_month, own_day) = (u8::from(own.month()), own.day());
        let now = (own_month, if day == 0 { 0 } else { own_day });
        let there = (month, day);
        let year = own.year();
        match bias {
            Bias::This => year,
            Bias::Next if there > now || there == now && !said => year,
            Bias::Next => year + 1,
            Bias::Last if there < now || there == now && !said => year,
            Bias::Last => year - 1,
            Bias::None if there >= now => year,
            Bias::None => year + i32::from(i32::from(own_month) - i32::from(month) > 6),
        }
    }

    /// The year, of three, in which a day falls on the weekday that is written with it.
    fn year_by_weekday(&self, month: u8, day: u8, weekday: u8, bias: Bias) -> Option<i32> {
        let own = self.own?;
        let order: [i32; 3] = if bias == Bias::Last { [0, -1, 1] } else { [0, 1, -1] };
        order
            .iter()
            .map(|d| own.year() + d)
            .find(|&year| date(year, month, day).is_some_and(|d| cal::weekday_of(d) == weekday))
    }

    /// The year that a neighbour says for a day or month without one: `le 3 mars et le 5 mai 2016`,
    /// or a year said earlier in the same sentence.
    fn borrowed_year(&self, e: &Expression, next: Option<&Expression>, sentence: usize) -> Option<i32> {
        if e.rule == RANGE || open_year(e.from) != Some(None) {
            return None;
        }
        if let Some(next) = next.filter(|n| n.first > e.last && n.first - e.last <= 3) {
            let t = self.grammar.t;
            let listed = (e.last..next.first)
                .all(|i| matches!(t.mark(i), ',' | '/') || t.is(i, "et le ou puis en and or the on in a au"));
            if let (true, Some(Some(year))) = (listed && !matches!(next.from, When::Year(_)), open_year(next.from)) {
                return Some(year - i32::from(month_of(e.from) > month_of(next.from)));
            }
        }
        // A year said before in the sentence holds on; one of the past holds on through its paragraph.
        let (year, at, paragraph) = self.year?;
        let past = self.own.is_none_or(|own| year < own.year() && own.year() - year < 4) && paragraph == self.paragraph;
        let gone = self.own.is_some_and(|own| year < own.year()) && self.tense(e) == Bias::Next;
        ((at == sentence || past) && !gone).then_some(year)
    }

    fn sentence(&self, e: &Expression) -> usize {
        let start = self.grammar.t.start(e.first);
        self.sentences.partition_point(|span| span.end() <= start)
    }

    /// Whether the verb nearest to an expression in its sentence speaks of the past or the future.
    fn tense(&self, e: &Expression) -> Bias {
        let t = self.grammar.t;
        // An entry of a calendar: what stands behind the colon is its subject.
        if t.gap(e.first) >= Gap::Line && t.mark(e.last) == ':' {
            return Bias::None;
        }
        let (start, end) = match self.sentences.get(self.sentence(e)) {
            Some(span) if span.start() <= t.start(e.first) => (span.start(), span.end()),
            _ => (0, t.text.len()),
        };
        for distance in 1..30 {
            for i in [e.first.wrapping_sub(distance), e.last + distance - 1] {
                if !t.is_word(i) || t.start(i) < start || t.end(i) > end {
                    continue;
                }
                let bias = if self.grammar.words == Words::French { french_tense(t, i) } else { english_tense(t, i) };
                if bias != Bias::None {
                    return bias;
                }
            }
        }
        Bias::None
    }
}

fn french_tense(t: &Tokens, i: usize) -> Bias {
    let word = t.word(i);
    let future = word.len() > 3
        && ends_in(word, "ra ront rons rai rez")
        && !has("opera camera extra infra ultra contra front affront vrai", word);
    if future || t.is(i, "prevu prevue prevus prevues attendu attendue attendus attendues programme programmee prochain prochaine rendez jusqu ici \
        inscriptions candidatures avant debutent ouvre ouvrent debute demarre retrouvez")
    {
        return Bias::Next;
    }
    let participle = |k: usize| {
        let w = t.word(k);
        w.len() > 2 && ends_in(w, "e i u is it es us ert")
    };
    // Sont prévues: the participle says more than its auxiliary.
    let ahead = t.is(i + 1, "prevu prevue prevus prevues attendu attendue attendus attendues programmee programmees");
    let auxiliary = !ahead && t.is(i, "ont avait avaient etait etaient est sont ete avons")
        || word == "a" && !ahead && !t.has_grave(i);
    let past = auxiliary && (participle(i + 1) || t.is(i + 1, "deja ete ainsi") && participle(i + 2))
        || t.is(i, "avait avaient etait etaient fut furent ete depuis");
    if past { Bias::Last } else { Bias::None }
}

fn english_tense(t: &Tokens, i: usize) -> Bias {
    if t.is(i, "will shall ll upcoming due plans opens begins starts closes expected scheduled")
        || t.is(i, "to") && t.is(i.wrapping_sub(1), "set due plans expects")
    {
        return Bias::Next;
    }
    let past = t.is(i, "was were had began launched opened signed announced wrote said since founded held took won made sold fell rose")
        || t.word(i).len() > 4 && t.word(i).ends_with("ed") && !t.is(i, "need speed") && !t.is(i.wrapping_sub(1), "be")
        || t.is(i, "has have") && t.word(i + 1).ends_with("ed");
    if past { Bias::Last } else { Bias::None }
}

/// The year of a point that has one or may have one; `None` for what never has.
fn open_year(when: When) -> Option<Option<i32>> {
    match when {
        When::Day { year, .. }
        | When::Month { year, .. }
        | When::Quarter { year, .. }
        | When::Half { year, .. }
        | When::Season { year, .. }
        | When::WeekOf { year, .. } => Some(year),
        When::Year(year) => Some(Some(year)),
        _ => None,
    }
}

fn set_year(when: &mut When, to: i32) {
    match when {
        When::Day { year, .. }
        | When::Month { year, .. }
        | When::Quarter { year, .. }
        | When::Half { year, .. }
        | When::Season { year, .. }
        | When::WeekOf { year, .. } => *year = Some(to),
        _ => {}
    }
}

/// The month, or a month within the period; 0 where none is known.
fn month_of(when: When) -> u8 {
    match when {
        When::Day { month, .. } => month.unwrap_or(0),
        When::Month { month, .. } | When::WeekOf { month, .. } => month,
        When::Quarter { n, .. } => n * 3,
        When::Half { n, .. } => n * 6,
        When::Season { code, .. } => match code {
            "SP" => 4,
            "SU" => 7,
            "FA" => 10,
            _ => 1,
        },
        _ => 0,
    }
}
