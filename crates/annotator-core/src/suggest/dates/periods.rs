//! Quarters, halves, seasons, decades, centuries and weeks: periods that have no day of their own.
//! Leaves out months and years (see `grammar`).

use super::calendar::When;
use super::grammar::{Grammar, Read};
use super::words::roman;

impl Grammar<'_, '_> {
    /// Quarters, halves, seasons, decades, centuries, fiscal years.
    pub fn period(&self, i: usize) -> Read<When> {
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

    pub fn first_months(&self, i: usize) -> Read<u8> {
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
}
