//! Numbers in digits and words, Roman numerals, years in words. Leaves out what is counted.

use crate::suggest::matcher::{Matcher, NONE, NUMBER_EN, NUMBER_FR};

/// How the rules write `mille` and `thousand` among the values of number words, which are below 256.
const THOUSAND: i32 = 200;

impl Matcher<'_, '_> {
    /// A whole number at `i` in digits (with its groups of thousands) or words, and the token behind.
    pub fn cardinal(&self, i: usize) -> (i32, usize) {
        let t = self.t;
        if !t.is_number(i) {
            return self.number_in_words(i);
        }
        let (mut value, mut next) = (t.number(i) as i32, i + 1);
        if t.digits(i).len() <= 3 {
            loop {
                // 12 000; in English 12,000.
                let comma = self.english && t.mark(next) == ',' && t.tight(next) && t.tight(next + 1);
                let group = next + usize::from(comma);
                if t.digits(group).len() != 3 || !t.follows(next) || value >= 1_000_000 {
                    break;
                }
                value = value * 1000 + t.number(group) as i32;
                next = group + 1;
            }
        }
        (value, next)
    }

    /// What one word stands for: a value below 100, or 100, or [`THOUSAND`]; 0 if it is no number.
    fn number_word(&self, i: usize) -> i32 {
        self.word_value(if self.english { NUMBER_EN } else { NUMBER_FR }, i)
    }

    /// A number in words, up to 9999.
    fn number_in_words(&self, i: usize) -> (i32, usize) {
        let t = self.t;
        let (mut thousands, mut value, mut next, mut end) = (0, 0, i, i);
        loop {
            let below = value % 100;
            match self.number_word(next) {
                0 => break,
                THOUSAND if thousands == 0 && value < 100 => {
                    thousands = value.max(1) * 1000;
                    value = 0;
                }
                100 if value < 10 => value = value.max(1) * 100,
                // Quatre-vingts; `quatre vingt` in two words is the same.
                20 if !self.english && below == 4 => value += 76,
                n if n < 100
                    && (below == 0
                        || n < 10 && below % 10 == 0 && below >= 20
                        || !self.english
                            && ((10..20).contains(&n) && matches!(below, 60 | 80)
                                || below == 10 && (7..10).contains(&n))) =>
                {
                    value += n;
                }
                _ => break,
            }
            end = next + 1;
            // The parts are held together by hyphens, blanks and, before a last part, `et` or `and`.
            next = end;
            while t.mark(next) == '-' && t.tight(next) && t.tight(next + 1) || t.is_joiner(next) && t.follows(next) {
                next += 1;
            }
            // `Deux un` are two numbers, `vingt et un` is one.
            if !t.follows(next) || next == end && !self.english && self.number_word(next) == 1 {
                break;
            }
        }
        if end > i { (thousands + value, end) } else { (0, NONE) }
    }

    /// A year in words at `i`: `deux mille douze`, `nineteen ninety-eight`; and the token behind.
    pub fn year_in_words(&self, i: usize) -> (i32, usize) {
        if self.number_word(i) == 0 {
            return (0, NONE);
        }
        let (value, next) = self.number_in_words(i);
        if (1000..2100).contains(&value) && next > i + 1 {
            return (value, next);
        }
        if self.english && matches!(value, 18..=20) && self.t.follows(next) {
            let (rest, end) = self.number_in_words(next);
            if end != NONE && (10..100).contains(&rest) {
                return (value * 100 + rest, end);
            }
        }
        (0, NONE)
    }
}

/// The value of a Roman numeral up to 39, with or without the ending of an ordinal; 0 for anything else.
pub(in crate::suggest) fn roman(word: &str) -> i32 {
    let (mut value, mut before) = (0, 0);
    for &c in word.as_bytes().iter().rev() {
        let digit = match c {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            b'e' | b'm' | b'r' if value == 0 => 0,
            _ => return 0,
        };
        value += if digit < before { -digit } else { digit };
        before = before.max(digit);
    }
    if (1..40).contains(&value) { value } else { 0 }
}
