//! Expressions that count from another date (`hier`, `la semaine dernière`, `three weeks later`),
//! and durations (`trois ans`, `48 heures`), which often turn into one (`il y a trois ans`).

use super::calendar::{Bias, Unit, When};
use super::grammar::{Expression, Grammar};
use super::words::{Words, roman};
use crate::suggest::rules::{DURATION, RELATIVE};
use crate::suggest::tokens::Gap;

/// Prepositions that make `un jour`, `une année`, `a year` a length of time.
const MEASURING_FR: &str = "pendant durant d sur apres depuis dans en sous pour environ a";
const MEASURING_EN: &str = "for in within over after under than nearly about almost lasting lasts last took takes of half least through during once";

fn expression(first: usize, last: usize, from: When, rule: &'static str) -> Expression {
    Expression { first, last, from, to: None, bias: Bias::None, clock: None, part: "", rule }
}

impl Grammar<'_, '_> {
    /// A relative expression, with the time of day and the clock time beside it.
    pub fn relative(&self, i: usize) -> Option<Expression> {
        self.relative_day(i)
            .or_else(|| self.bounded(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.unit_with_bias(i))
            .or_else(|| self.anchored(i))
    }

    /// `aujourd'hui`, `avant-hier`, `ce soir`, `tomorrow`.
    pub fn relative_day(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let hyphen = |k: usize| t.mark(k) == '-' && t.tight(k);
        let (count, last) = if self.words == Words::French {
            match t.word(i) {
                "aujourd" if t.mark(i + 1) == '\'' && t.is(i + 2, "hui") => (0, i + 3),
                "hier" => (-1, i + 1),
                "demain" => (1, i + 1),
                "avant" if hyphen(i + 1) && t.is(i + 2, "hier") => (-2, i + 3),
                "apres" if hyphen(i + 1) && t.is(i + 2, "demain") => (2, i + 3),
                "ce" if t.is(i + 1, "jour") => (0, i + 2),
                "ce" | "cette" | "cet"
                    if t.is(i + 1, "matin soir nuit") || t.is(i + 1, "apres") && t.is(i + 3, "midi") =>
                {
                    (0, i + 1)
                }
                _ => return None,
            }
        } else if self.words == Words::English {
            match t.word(i) {
                "today" => (0, i + 1),
                "tonight" => (0, i + 1),
                "yesterday" => (-1, i + 1),
                "tomorrow" => (1, i + 1),
                "this" if t.is(i + 1, "morning afternoon evening") => (0, i + 1),
                "last" if t.is(i + 1, "night") => (-1, i + 1),
                "day" if t.is(i + 1, "before") && t.is(i + 2, "yesterday") => (-2, i + 3),
                "day" if t.is(i + 1, "after") && t.is(i + 2, "tomorrow") => (2, i + 3),
                _ => return None,
            }
        } else {
            return None;
        };
        let mut found = expression(i, last, When::Relative { unit: Unit::Day, count }, RELATIVE);
        if t.is(i, "tonight") {
            found.part = "TNI";
        }
        // Demain mardi; demain, jeudi 5 mai, is left to the day itself.
        if self.words.weekday(t, last).is_some() && t.follows(last) && self.day_number(last + 1).is_none() {
            found.last = last + 1;
        }
        self.time_of_day(&mut found);
        Some(found)
    }

    /// `fin de l'année`, `fin du mois`, `end of the year`, `year-end`, `début de la semaine prochaine`.
    fn bounded(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        if t.is(i, "year") && t.mark(i + 1) == '-' && t.is(i + 2, "end") && self.words == Words::English {
            return Some(expression(i, i + 3, When::Relative { unit: Unit::Year, count: 0 }, RELATIVE));
        }
        let french = self.words == Words::French;
        let list = if french { "fin debut mi milieu" } else { "end beginning start middle" };
        if !t.is(i, list) {
            return None;
        }
        let mut at = i + 1;
        if french {
            if t.is(at, "du de") {
                at += 1;
            } else if t.is(at, "d") && t.mark(at + 1) == '\'' {
                at += 2;
            }
            if t.is(at, "la") {
                at += 1;
            } else if t.is(at, "l") && t.mark(at + 1) == '\'' {
                at += 2;
            }
        } else {
            at += usize::from(t.is(at, "of"));
            at += usize::from(t.is(at, "the"));
        }
        if at == i + 1 || !t.follows(at) {
            return None;
        }
        if let Some(inner) = self.unit_with_bias(at).or_else(|| self.season_alone(at)) {
            return Some(Expression { first: i, ..inner });
        }
        let unit = self
            .words
            .unit(t.word(at))
            .filter(|u| matches!(u, Unit::Year | Unit::Month | Unit::Week | Unit::Quarter | Unit::Half))?;
        let singular = t.is(at, "annee mois semaine trimestre semestre year month week quarter");
        singular.then(|| expression(i, at + 1, When::Relative { unit, count: 0 }, RELATIVE))
    }

    fn season_alone(&self, i: usize) -> Option<Expression> {
        let code = self.words.season(self.t.word(i))?;
        Some(expression(i, i + 1, When::Season { year: None, code }, RELATIVE))
    }

    /// A bare weekday that means one day: `jeudi`, `ce lundi`, `mardi prochain`, `on Tuesday`.
    fn weekday(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let french = self.words == Words::French;
        let (bias, at) = match t.word(i) {
            "ce" if french => (Bias::This, i + 1),
            "this" if !french => (Bias::This, i + 1),
            "next" | "coming" if !french => (Bias::Next, i + 1),
            "last" if !french => (Bias::Last, i + 1),
            _ => (Bias::None, i),
        };
        let day = self.words.weekday(t, at).filter(|_| at == i || t.follows(at))?;
        let mut found = expression(i, at + 1, When::Weekday(day), RELATIVE);
        found.bias = bias;
        if french && t.is(at + 1, "prochain dernier") {
            found.bias = if t.is(at + 1, "prochain") { Bias::Next } else { Bias::Last };
            found.last += 1;
        } else if bias == Bias::None {
            // Opening hours and habits: le mardi, du lundi au vendredi, Monday to Friday, Lundi : fermé.
            let before = i.wrapping_sub(1);
            let habit = t.is(before, "premier deuxieme troisieme dernier prochain second premiers first second third le la les du au un des chaque tous de l every each a the to through and") && t.follows(i)
                || t.mark(before) == '-' || t.mark(before) == '–'
                || matches!(t.mark(at + 1), ':' | '-' | '–' | '/') || t.is(at + 1, "to through au a")  && self.words.weekday(t, at + 2).is_some();
            if habit {
                return None;
            }
        }
        self.time_of_day(&mut found);
        Some(found)
    }

    /// `semaine dernière`, `mois prochain`, `cette année`, `next year`, `année en cours`.
    fn unit_with_bias(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let counted = |u: &Unit| {
            matches!(
                u,
                Unit::Week | Unit::Month | Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade | Unit::Century
            )
        };
        let made =
            |unit: Unit, count: i32, last: usize| Some(expression(i, last, When::Relative { unit, count }, RELATIVE));
        if self.words == Words::French {
            if t.is(i, "ce cet cette") {
                let unit = self.words.unit(t.word(i + 1)).filter(counted).filter(|_| t.follows(i + 1))?;
                let mut last = i + 2;
                if t.mark(last) == '-' && t.tight(last) {
                    if !t.is(last + 1, "ci") {
                        return None;
                    }
                    last += 2;
                }
                return made(unit, 0, last);
            }
            if t.is(i, "prochain prochaine") {
                let unit = self.words.unit(t.word(i + 1)).filter(counted)?;
                return (!t.is(i + 1, "annees semaines")).then(|| made(unit, 1, i + 2)).flatten();
            }
            let unit = if t.is(i, "exercice") { Unit::Year } else { self.words.unit(t.word(i)).filter(counted)? };
            if t.is(i, "annees semaines trimestres semestres ans decennies siecles") || !t.follows(i + 1) {
                return None;
            }
            if t.is_number(i - usize::from(i > 0)) {
                return None;
            }
            return match t.word(i + 1) {
                "prochain" | "prochaine" => made(unit, 1, i + 2),
                "dernier" | "derniere" | "passe" | "passee" | "ecoule" | "ecoulee" => made(unit, -1, i + 2),
                "en" if t.is(i + 2, "cours") => made(unit, 0, i + 3),
                "suivant" | "suivante" => Some(expression(i, i + 2, When::Anchored { unit, count: 1 }, RELATIVE)),
                "precedent" | "precedente" => Some(expression(i, i + 2, When::Anchored { unit, count: -1 }, RELATIVE)),
                _ => None,
            };
        }
        if self.words == Words::English && t.is(i, "this next last current coming previous past") && t.follows(i + 1) {
            let financial = usize::from(t.is(i + 1, "financial fiscal calendar academic school"));
            let unit = self.words.unit(t.word(i + 1 + financial)).filter(counted)?;
            if t.word(i + 1 + financial).ends_with('s') || t.mark(i + 2 + financial) == '-' {
                return None;
            }
            let count = match t.word(i) {
                "this" | "current" => 0,
                "next" | "coming" => 1,
                _ => -1,
            };
            if t.is(i, "past") {
                return None;
            }
            return made(unit, count, i + 2 + financial);
        }
        None
    }

    /// `le lendemain`, `la veille`, `the following day`.
    fn anchored(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let made =
            |unit: Unit, count: i32, last: usize| Some(expression(i, last, When::Anchored { unit, count }, RELATIVE));
        let ends = |k: usize| !t.follows(k) || !t.is_word(k) || t.is(k, "soir matin a dans il elle ils le la l");
        match t.word(i) {
            "lendemain" if self.words == Words::French && t.is(i.wrapping_sub(1), "le") && ends(i + 1) => {
                made(Unit::Day, 1, i + 1)
            }
            "surlendemain" if t.is(i.wrapping_sub(1), "le") => made(Unit::Day, 2, i + 1),
            "veille" if t.is(i.wrapping_sub(1), "la") && ends(i + 1) => made(Unit::Day, -1, i + 1),
            "following" if self.words == Words::English && t.is(i.wrapping_sub(1), "the") => {
                let unit = self
                    .words
                    .unit(t.word(i + 1))
                    .filter(|u| !matches!(u, Unit::Second | Unit::Minute | Unit::Hour))?;
                (!t.word(i + 1).ends_with('s')).then(|| made(unit, 1, i + 2)).flatten()
            }
            _ => None,
        }
    }

    /// A length of time: `trois ans`, `48 heures`, `dix-huit mois`, `five-year`, `une dizaine d'années`.
    pub fn duration(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        if self.words == Words::None {
            return None;
        }
        let french = self.words == Words::French;
        // `The next 12 months`, `les prochains 18 mois`: what is before the number belongs to it.
        let pointing = |k: usize| {
            let list = if french {
                "prochains prochaines derniers dernieres"
            } else {
                "next last past coming following previous"
            };
            // `Will last 14 days` is a verb.
            let verb = t.is(k, "last") && t.is(k.wrapping_sub(1), "will to would should must can may could not might");
            t.is(k, list) && t.follows(k + 1) && !verb
        };
        let start = i;
        let mut at = i + usize::from(pointing(i));
        let pointed = at > i;
        let (mut count, next, mut half, article) = self.quantity(at)?;
        at = next;
        let mut to = None;
        if let Some((value, next)) = self.second_quantity(at) {
            to = Some(value);
            at = next;
        }
        if !t.follows(at) {
            return None;
        }
        let hyphen = t.mark(at) == '-' && t.tight(at) && t.tight(at + 1);
        at += usize::from(hyphen);
        let mut pointed_behind = false;
        let adjectives = if french {
            "prochains prochaines derniers dernieres premiers premieres longues longs petites petits bonnes belles grandes pleines seules"
        } else {
            "full consecutive long past next last coming business working calendar more further additional short whole"
        };
        while t.is(at, adjectives) && t.follows(at + 1) && at < next + 4 {
            pointed_behind |= t.is(at, "prochains prochaines derniers dernieres past next last coming");
            at += 1;
        }
        let unit = self.words.unit(t.word(at))?;
        let word = at;
        at += 1;
        if !self.is_length(i, start + usize::from(pointed), word, count, article, unit) {
            return None;
        }
        if french && t.is(at, "et") && t.is(at + 1, "demi demie") {
            half = true;
            at += 2;
        } else if !french && t.is(at, "and") && t.is(at + 1, "a") && t.is(at + 2, "half") {
            half = true;
            at += 3;
        }
        if let Some((more, rest, last)) = self.smaller_unit(at, unit).filter(|_| to.is_none() && !half) {
            return Some(expression(start, last, When::Compound { unit, count, rest, more }, DURATION));
        }
        at += usize::from(french && t.is(at, "ouvres ouvrables ouvrees calendaires"));
        if unit == Unit::Hour && french && t.digits(at).len() == 2 && t.gap(at) <= Gap::Space {
            return None;
        }
        if half && count == 0 && unit == Unit::Century {
            (count, half) = (5, false);
            return Some(expression(start, at, When::Duration { unit: Unit::Decade, count, half }, DURATION));
        }
        let mut found = expression(start, at, When::Duration { unit, count, half }, DURATION);
        found.to = to.map(|count| When::Duration { unit, count, half });
        if found.to.is_none() && !pointed && !pointed_behind && !half {
            self.turn_relative(&mut found, unit, count as i32);
        }
        Some(found)
    }

    /// The rest of a length in two units: `et six mois`, `30 minutes`, `and three months`.
    fn smaller_unit(&self, i: usize, unit: Unit) -> Option<(u32, Unit, usize)> {
        let t = self.t;
        let at = i + usize::from(t.is(i, "et and"));
        let (more, next) = self.words.cardinal(t, at).filter(|_| t.follows(i) && t.follows(at))?;
        let rest = self.words.unit(t.word(next)).filter(|_| t.follows(next))?;
        let fits = match unit {
            Unit::Year => matches!(rest, Unit::Month | Unit::Day),
            Unit::Month => rest == Unit::Day,
            Unit::Hour => rest == Unit::Minute,
            Unit::Minute => rest == Unit::Second,
            _ => false,
        };
        fits.then_some((more, rest, next + 1))
    }

    /// A running time: `durée : 1 h 42`, `(1 h 42)`.
    fn running_time(&self, i: usize) -> Option<Expression> {
        let t = self.t;
        let (count, minutes) = (t.number(i)?, t.number(i + 2)?);
        if !t.is(i + 1, "h heure heures")
            || self.words != Words::French
            || t.digits(i + 2).len() != 2
            || minutes > 59
            || t.gap(i + 2) > Gap::Space
        {
            return None;
        }
        let before = i.wrapping_sub(1);
        let lasting =
            t.is(before, "dure durent durera dureront en pendant durant") || t.is(before.wrapping_sub(1), "duree");
        let bracket = matches!(t.mark(before), '(' | ',') && t.mark(i + 3) == ')';
        let when = When::Compound { unit: Unit::Hour, count, rest: Unit::Minute, more: minutes };
        (lasting || bracket).then(|| expression(i, i + 3, when, DURATION))
    }

    /// A number with what makes it one of a length: its value, the index behind, whether it is a half
    /// (of one unit if the value is 0), and whether it is only an article.
    fn quantity(&self, i: usize) -> Option<(u32, usize, bool, bool)> {
        let t = self.t;
        let french = self.words == Words::French;
        let hyphen = |k: usize| t.mark(k) == '-' && t.tight(k);
        if french {
            let one = usize::from(t.is(i, "un une"));
            if t.is(i + one, "demi") && hyphen(i + one + 1) {
                return Some((0, i + one + 2, true, false));
            }
            const ROUND: [(&str, u32); 9] = [
                ("huitaine", 8),
                ("dizaine", 10),
                ("douzaine", 12),
                ("quinzaine", 15),
                ("vingtaine", 20),
                ("trentaine", 30),
                ("quarantaine", 40),
                ("cinquantaine", 50),
                ("centaine", 100),
            ];
            if one == 1 {
                if let Some((_, n)) = ROUND.iter().find(|(name, _)| *name == t.word(i + 1)) {
                    let behind = if t.is(i + 2, "d") && t.mark(i + 3) == '\'' {
                        i + 4
                    } else {
                        i + 2 + usize::from(t.is(i + 2, "de"))
                    };
                    return (behind > i + 2).then_some((*n, behind, false, false));
                }
                return Some((1, i + 1, false, true));
            }
        } else {
            if t.is(i, "half") && (t.is(i + 1, "a an") || hyphen(i + 1)) {
                return Some((0, i + 2, true, false));
            }
            if t.is(i, "a an") {
                if t.is(i + 1, "half") && hyphen(i + 2) {
                    return Some((0, i + 3, true, false));
                }
                return Some((1, i + 1, false, true));
            }
        }
        let (count, mut next) = self.words.cardinal(t, i)?;
        let mut half = false;
        // 1,5 an; 2.5 years; two and a half years.
        if matches!(t.mark(next), ',' | '.') && t.tight(next) && t.digits(next + 1) == "5" && t.tight(next + 1) {
            half = true;
            next += 2;
        } else if t.is(next, "and") && t.is(next + 1, "a") && t.is(next + 2, "half") {
            half = true;
            next += 3;
        }
        Some((count, next, half, false))
    }

    /// The other number of `3 à 5 ans`, `deux ou trois mois`, `three to five years`.
    fn second_quantity(&self, i: usize) -> Option<(u32, usize)> {
        let t = self.t;
        let linked = t.is(i, "a ou to or") || matches!(t.mark(i), '-' | '–') && t.is_number(i + 1);
        if !linked || !t.follows(i) || !t.follows(i + 1) {
            return None;
        }
        self.words.cardinal(t, i + 1)
    }

    /// Whether number and unit measure a time: not a clock time, a rate, a recurrence or a name.
    fn is_length(&self, i: usize, number: usize, word: usize, count: u32, article: bool, unit: Unit) -> bool {
        let t = self.t;
        let french = self.words == Words::French;
        let (before, behind) = (i.wrapping_sub(1), word + 1);
        let digits = t.is_number(number);
        // 24 Heures, 20 Minutes are names; English titles capitalise every word.
        if french && t.capital(word) && !t.caps(word) {
            return false;
        }
        // 24 h/24, 7 jours sur 7.
        if t.mark(behind) == '/' || t.is(behind, "sur") && t.is_number(behind + 1) {
            return false;
        }
        // 24 hours a day, 365 days a year.
        if !french && t.is(behind, "a") && t.is(behind + 1, "day week year") && matches!(count, 24 | 7 | 365) {
            return false;
        }
        // Tous les deux ans, toutes les heures, every two years.
        if t.is(before, "les") && t.is(i.wrapping_sub(2), "tous toutes") || t.is(before, "every each per par chaque") {
            return false;
        }
        // The first of numbers written together is not another token's tail: 3-2 jours, 12.5.
        if t.tight(i) && matches!(t.mark(before), '.' | ',' | '/' | ':') || t.tight(i) && !t.is_mark(before) {
            return false;
        }
        if article {
            let measured =
                if french { t.is(before, MEASURING_FR) || t.mark(before) == '\'' } else { t.is(before, MEASURING_EN) };
            let needs = if french {
                t.is(word, "jour journee annee seconde") || t.is(word, "heure") && t.is(before, "a")
            } else {
                true
            };
            let plural = french && t.is(word, "ans jours annees semaines heures minutes")
                || !french && t.word(word).ends_with('s');
            let record = t.is(word, "journee") && !t.is(before, "pendant durant en d") && t.mark(before) != '\'';
            let clock = t.is(word, "heure") && t.is(before, "a");
            let ordinal =
                t.is(word, "seconde") && t.follows(behind) && t.is_word(behind) && !t.is(behind, "de et pour");
            return !(needs && !measured || plural || record || clock || ordinal);
        }
        if french && matches!(unit, Unit::Hour) {
            // A clock time stands behind a preposition of time, or is one end of opening hours.
            let hour = count <= 24 && t.digits(number).len() <= 2;
            let clock_before = t.is(before, "a des vers avant jusqu le entre au et")
                || matches!(t.mark(before), '-' | '–' | ',' | ':');
            let clock_behind = t.is(behind, "a et")
                && (t.is_number(behind + 1) || self.words.cardinal(t, behind + 1).is_some())
                || matches!(t.mark(behind), '-' | '–') && t.is_number(behind + 1)
                || t.is_number(behind) && t.follows(behind);
            let a_quantity = t.is(behind, "de d") && t.is(before, "et a");
            if hour && (clock_before && !a_quantity || clock_behind) {
                return false;
            }
            if t.is(word, "h")
                && !(digits && (!hour || count == 24 || t.is(before, "sous en pendant durant dans apres toutes")))
            {
                return false;
            }
        }
        // Turned 50 last year: the number counts something else.
        if !french && count > 1 && !t.word(word).ends_with('s') && !matches!(t.mark(word - 1), '-') {
            return false;
        }
        if t.is(word, "min mn h hr hrs") && !digits {
            return false;
        }
        // Twelve years old is an age; `context` knows the others.
        !(!french && t.is(word, "second") && !digits)
    }

    /// Il y a trois ans, dans trois mois, three weeks later, two years ago.
    fn turn_relative(&self, found: &mut Expression, unit: Unit, count: i32) {
        let t = self.t;
        let (i, behind) = (found.first, found.last);
        let turned = |when: When, last: usize| Expression { from: when, last, rule: RELATIVE, ..*found };
        if self.words == Words::English {
            let later = t.is(behind, "later") && t.follows(behind);
            let sign = match t.word(behind) {
                "ago" => Some(When::Relative { unit, count: -count }),
                "later" => Some(When::Anchored { unit, count }),
                "earlier" => Some(When::Anchored { unit, count: -count }),
                "from" if t.is(behind + 1, "now today") => Some(When::Relative { unit, count }),
                _ => None,
            };
            if let Some(when) = sign.filter(|_| t.follows(behind)) {
                *found = turned(when, behind + if t.is(behind, "from") { 2 } else { 1 });
            } else if t.is(i.wrapping_sub(1), "in") && !later {
                let before = (1..14usize).map(|k| i.wrapping_sub(k)).take_while(|&k| t.mark(k) != '.' && k < t.len());
                let ahead = (behind..behind + 14).take_while(|&k| t.mark(k) != '.');
                if before.chain(ahead).any(|k| t.is(k, "will ll expected due")) {
                    *found = turned(When::Relative { unit, count }, behind);
                }
            }
            return;
        }
        // Il y a [plus de, environ] trois ans; dans [environ] trois mois; d'ici [à] deux ans.
        let mut before = i.wrapping_sub(1);
        if t.mark(before) == '\'' {
            before = before.wrapping_sub(1);
        }
        if t.is(before, "de d") && t.is(before.wrapping_sub(1), "plus moins pres") {
            before = before.wrapping_sub(2);
        } else if t.is(before, "environ quelque presque deja") {
            before = before.wrapping_sub(1);
        }
        if t.is(before, "a") && t.is(before.wrapping_sub(1), "y") {
            *found = turned(When::Relative { unit, count: -count }, behind);
        } else if t.is(before, "dans ici") || t.is(before, "a") && t.is(before.wrapping_sub(1), "ici") {
            *found = turned(When::Relative { unit, count }, behind);
        } else if t.is(behind, "plus") && t.is(behind + 1, "tard tot") && t.follows(behind) {
            let count = if t.is(behind + 1, "tard") { count } else { -count };
            *found = turned(When::Anchored { unit, count }, behind + 2);
        } else if t.is(behind, "auparavant") && t.follows(behind) {
            *found = turned(When::Anchored { unit, count: -count }, behind + 1);
        }
    }

    /// Whether a token can be the first of an expression: what most tokens are not, in one question.
    fn may_begin(&self, i: usize) -> bool {
        const FR: &str = "fin debut mi milieu courant premier premiere deuxieme second seconde troisieme quatrieme dernier derniere derniers \
            dernieres prochain prochaine prochains prochaines ce cet cette semaine mois trimestre semestre annee annees an exercice saison rentree \
            decennie siecle nuit jour printemps ete automne hiver aujourd hier demain avant apres lendemain surlendemain veille midi minuit noel \
            demi cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme vingtieme";
        const EN: &str = "late early mid end beginning start middle year month week day today tonight yesterday tomorrow this next last coming \
            past current previous following first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
            fifteenth sixteenth seventeenth eighteenth nineteenth twentieth final fiscal financial academic calendar school fy spring summer autumn \
            fall winter twenties thirties forties fifties sixties seventies eighties nineties noon midnight christmas half a an";
        let t = self.t;
        if t.is_number(i) {
            return true;
        }
        let listed = match self.words {
            Words::French => {
                t.is(i, FR) || roman(t.word(i).trim_end_matches(['e', 'm', 'r'])).is_some() || t.is(i, "un une")
            }
            Words::English => t.is(i, EN),
            Words::None => false,
        };
        listed
            || t.is_number(i + 1) && t.tight(i + 1)
            || self.words.month(t, i).is_some()
            || self.words.weekday(t, i).is_some()
            || self.words.is_number_word(t.word(i))
    }

    /// What can be read at a token, the longest first.
    pub fn any(&self, i: usize) -> Option<Expression> {
        if !self.may_begin(i) {
            return None;
        }
        let mut best = self.expression(i);
        let mut offer = |found: Option<Expression>| {
            if let Some(found) = found.filter(|f| best.is_none_or(|b| f.last > b.last)) {
                best = Some(found);
            }
        };
        if let Some(mut found) = self.relative(i) {
            self.clock_beside(&mut found);
            offer(Some(found));
        }
        offer(self.duration(i));
        offer(self.running_time(i));
        best
    }
}
