//! The words of the calendar in French and English, folded (see `tokens`), and numbers in words.
//! Leaves out the order in which they stand.

use super::calendar::Unit;
use crate::suggest::tokens::{Tokens, has};

/// Which words are read: those of the release's language, none of them in a third one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    French,
    English,
    None,
}

const MONTHS_FR: [&str; 12] = [
    "janvier janv",
    "fevrier fevr fev",
    "mars",
    "avril avr",
    "mai",
    "juin",
    "juillet juil",
    "aout",
    "septembre sept",
    "octobre oct",
    "novembre nov",
    "decembre dec",
];
const MONTHS_EN: [&str; 12] = [
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
];
const WEEKDAYS_FR: &str = "lundi mardi mercredi jeudi vendredi samedi dimanche";
const WEEKDAYS_EN: &str = "monday tuesday wednesday thursday friday saturday sunday";
const WEEKDAYS_EN_SHORT: &str = "mon tue wed thu fri sat sun";

impl Words {
    /// The month a word names, January being 1. English months need their capital.
    pub fn month(self, t: &Tokens, i: usize) -> Option<u8> {
        let table = match self {
            Self::French => &MONTHS_FR,
            Self::English if t.capital(i) => &MONTHS_EN,
            _ => return None,
        };
        Some(table.iter().position(|names| t.is(i, names))? as u8 + 1)
    }

    /// The weekday a word names, Monday being 0; an English short form needs its capital.
    pub fn weekday(self, t: &Tokens, i: usize) -> Option<u8> {
        let position = |list: &str| list.split(' ').position(|name| name == t.word(i)).map(|n| n as u8);
        match self {
            Self::French => position(WEEKDAYS_FR),
            Self::English if t.capital(i) => position(WEEKDAYS_EN)
                .or_else(|| position(WEEKDAYS_EN_SHORT).filter(|_| matches!(t.mark(i + 1), '.' | ','))),
            _ => None,
        }
    }

    /// The season a word names, as TIMEX3 writes it.
    pub fn season(self, word: &str) -> Option<&'static str> {
        match (self, word) {
            (Self::French, "printemps") | (Self::English, "spring") => Some("SP"),
            (Self::French, "ete") | (Self::English, "summer") => Some("SU"),
            (Self::French, "automne") | (Self::English, "autumn" | "fall") => Some("FA"),
            (Self::French, "hiver") | (Self::English, "winter") => Some("WI"),
            _ => None,
        }
    }

    /// The unit a word names, singular or plural.
    pub fn unit(self, word: &str) -> Option<Unit> {
        const FR: [(&str, Unit); 11] = [
            ("an ans annee annees", Unit::Year),
            ("mois", Unit::Month),
            ("semaine semaines", Unit::Week),
            ("jour jours journee journees", Unit::Day),
            ("heure heures h", Unit::Hour),
            ("minute minutes min mn", Unit::Minute),
            ("seconde secondes", Unit::Second),
            ("trimestre trimestres", Unit::Quarter),
            ("semestre semestres", Unit::Half),
            ("decennie decennies", Unit::Decade),
            ("siecle siecles", Unit::Century),
        ];
        const EN: [(&str, Unit); 9] = [
            ("year years", Unit::Year),
            ("month months", Unit::Month),
            ("week weeks", Unit::Week),
            ("day days", Unit::Day),
            ("hour hours hr hrs", Unit::Hour),
            ("minute minutes", Unit::Minute),
            ("second seconds", Unit::Second),
            ("quarter quarters", Unit::Quarter),
            ("decade decades", Unit::Decade),
        ];
        let table: &[(&str, Unit)] = match self {
            Self::French => &FR,
            Self::English => &EN,
            Self::None => return None,
        };
        let found = table.iter().find(|(names, _)| has(names, word)).map(|(_, unit)| *unit);
        found.or((self == Self::English && matches!(word, "century" | "centuries")).then_some(Unit::Century))
    }

    /// An ordinal from 1 to 4 at `i`, in digits or words, `dernier`/`final` being `last`; and what follows it.
    pub fn ordinal(self, t: &Tokens, i: usize, last: u8) -> Option<(u8, usize)> {
        if let Some(n) = t.number(i).filter(|n| (1..=4).contains(n)) {
            let suffix = "er ere e eme nd nde st rd th ere";
            return (t.tight(i + 1) && t.is(i + 1, suffix)).then_some((n as u8, i + 2));
        }
        let table: [&str; 4] = match self {
            Self::French => ["premier premiere", "deuxieme second seconde", "troisieme", "quatrieme"],
            Self::English => ["first", "second", "third", "fourth"],
            Self::None => return None,
        };
        if let Some(n) = table.iter().position(|names| t.is(i, names)) {
            return Some((n as u8 + 1, i + 1));
        }
        (t.is(i, "dernier derniere final") && self == Self::French || t.is(i, "final") && self == Self::English)
            .then_some((last, i + 1))
    }

    /// A whole number at `i` in digits (with its groups of thousands) or words, and what follows it.
    pub fn cardinal(self, t: &Tokens, i: usize) -> Option<(u32, usize)> {
        if t.is_number(i) {
            let mut value = t.number(i)?;
            let mut next = i + 1;
            let groups = t.digits(i).len() <= 3;
            while groups && t.digits(next).len() == 3 && t.follows(next) && value < 1_000_000 {
                value = value * 1000 + t.number(next)?;
                next += 1;
            }
            if groups && self == Self::English {
                while t.mark(next) == ','
                    && t.tight(next)
                    && t.tight(next + 1)
                    && t.digits(next + 1).len() == 3
                    && value < 1_000_000
                {
                    value = value * 1000 + t.number(next + 1)?;
                    next += 2;
                }
            }
            return Some((value, next));
        }
        self.number_in_words(t, i)
    }

    /// A number in words, up to 9999.
    fn number_in_words(self, t: &Tokens, i: usize) -> Option<(u32, usize)> {
        let (mut thousands, mut value, mut next) = (0, 0, i);
        let mut end = i;
        loop {
            let word = t.word(next);
            let fresh = end == i;
            match (self.number_word(word)?, fresh) {
                (1000, _) if thousands == 0 && value < 100 => {
                    thousands = value.max(1) * 1000;
                    value = 0;
                }
                (1000, _) => break,
                (100, _) if value < 10 => value = value.max(1) * 100,
                (100, _) => break,
                // Quatre-vingts; `quatre vingt` in two words is the same.
                (20, false) if self == Self::French && value % 100 == 4 => value += 76,
                (n, _) => {
                    let below = value % 100;
                    let room = match (below, n) {
                        (0, _) => true,
                        (20..=90, 1..=9) => below % 10 == 0,
                        (60 | 80, 10..=19) | (10, 7..=9) => self == Self::French,
                        _ => false,
                    };
                    if !room {
                        break;
                    }
                    value += n;
                }
            }
            end = next + 1;
            // The parts are held together by hyphens, blanks and, before a last part, `et` or `and`.
            next = end;
            let hyphen = t.mark(next) == '-' && t.tight(next) && t.tight(next + 1);
            if hyphen || t.is(next, "et and") && t.follows(next) {
                next += 1;
            } else if t.mark(next) == '-' && t.is(next + 1, "et") {
                next += 3;
            }
            if !t.follows(next) || self.number_word(t.word(next)).is_none() || (t.is(next, "un une") && next == end) {
                break;
            }
        }
        (end > i).then_some((thousands + value, end))
    }

    /// Whether a word is part of a number.
    pub fn is_number_word(self, word: &str) -> bool {
        self.number_word(word).is_some()
    }

    /// What one number word stands for: a value below 100, or 100, or 1000.
    fn number_word(self, word: &str) -> Option<u32> {
        const FR: &str = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize";
        const EN: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                          seventeen eighteen nineteen";
        let (units, tens): (&str, [&str; 8]) = match self {
            Self::French => (
                FR,
                [
                    "vingt vingts",
                    "trente",
                    "quarante",
                    "cinquante",
                    "soixante",
                    "septante",
                    "huitante octante",
                    "nonante",
                ],
            ),
            Self::English => (EN, ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]),
            Self::None => return None,
        };
        if word == "une" && self == Self::French {
            return Some(1);
        }
        if has("cent cents hundred", word) {
            return Some(100);
        }
        if has("mille mil thousand", word) {
            return Some(1000);
        }
        let unit = units.split(' ').filter(|w| !w.is_empty()).position(|name| name == word).map(|n| n as u32 + 1);
        unit.or_else(|| Some(tens.iter().position(|names| has(names, word))? as u32 * 10 + 20))
    }

    /// A year in words at `i`: `deux mille douze`, `nineteen ninety-eight`; and what follows it.
    pub fn year_in_words(self, t: &Tokens, i: usize) -> Option<(i32, usize)> {
        let (value, next) = self.number_in_words(t, i)?;
        if (1000..2100).contains(&value) && next > i + 1 {
            return Some((value as i32, next));
        }
        if self == Self::English && matches!(value, 18..=20) && t.follows(next) {
            let (rest, end) = self.number_in_words(t, next).filter(|(rest, _)| (10..100).contains(rest))?;
            return Some(((value * 100 + rest) as i32, end));
        }
        None
    }
}

/// The value of a Roman numeral up to 39; `None` for anything else.
pub(super) fn roman(word: &str) -> Option<u32> {
    let (mut value, mut before) = (0u32, 0);
    for c in word.bytes().rev() {
        let digit = match c {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            _ => return None,
        };
        value = if digit < before { u32::saturating_sub(value, digit) } else { value + digit };
        before = before.max(digit);
    }
    (1..40).contains(&value).then_some(value)
}
