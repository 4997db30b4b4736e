//! What is no date whatever its digits say: addresses of the web, telephone numbers, identifiers.
//! Leaves out what a rule can say about the words beside (see `rules/context.rules`).

use crate::suggest::matcher::{Matcher, NUMBERED};
use crate::suggest::tokens::{Gap, Tokens};

/// For each token, whether it is part of an address, a telephone number or another identifier.
pub(super) fn masked(m: &mut Matcher) -> Vec<bool> {
    let t = m.t;
    let mut mask = vec![false; t.len()];
    let mut i = 0;
    while i < t.len() {
        let mut end = i + 1;
        while t.tight(end) {
            end += 1;
        }
        if is_address(t, i, end) || is_identifier(t, i, end) {
            mask[i..end].fill(true);
        }
        i = end;
    }
    mask_telephones(t, &mut mask);
    for i in 0..t.len() {
        if !m.is(NUMBERED, i) {
            continue;
        }
        let number = m.place(b'p');
        let mut end = number;
        while end < t.len()
            && end < number + 16
            && (end == number || t.tight(end) && (!t.is_word(end) || t.caps(end) || t.word(end).len() == 1))
            && !(end > number && t.is_one(end, ",;.)") && !t.tight(end + 1))
        {
            mask[end] = true;
            end += 1;
        }
    }
    mask
}

fn is_address(t: &Tokens, start: usize, end: usize) -> bool {
    (start..end).any(|i| {
        let before = i.wrapping_sub(1);
        t.is_one(i, "@")
            || t.is_one(i, "/") && t.is_one(i + 1, "/")
            || i > start
                && t.is_one(i, ".")
                && t.tight(i + 1)
                && !t.capital(i + 1)
                && t.word(before).len() > 1
                && t.word(i + 1).len() > 1
    }) || t.word(start) == "www"
}

/// A tight run that mixes letters and digits, or too many groups of digits: `NCT04201812`, `978-2-1234-2021-5`.
fn is_identifier(t: &Tokens, start: usize, end: usize) -> bool {
    let length = |i: usize| if i < end { t.digits(i).len() } else { 0 };
    let (mut numbers, mut marks, mut alike, mut other) = (0, 0, true, false);
    for i in start..end {
        numbers += usize::from(t.is_number(i));
        let mark = i > start && t.is_one(i, "-.");
        marks += usize::from(mark);
        alike &= i == start || i + 1 == end || t.is_number(i) || t.mark(i) == t.mark(start + 1);
        other |= !(t.is_number(i) || mark || t.is_one(i, ",;)"));
        // Letters in front of a long number, or a year with three digits behind: L2024, RE2020, 2012-300; but FY2015.
        if t.is_word(i) && length(i + 1) >= 3 && !matches!(t.word(i), "fy" | "h" | "s" | "t" | "q" | "cy")
            || length(i) == 4 && t.is_one(i + 1, "-") && length(i + 2) == 3
            // 2016/679, 2014/24/UE.
            || length(i) == 4
                && t.is_one(i + 1, "/")
                && (length(i + 2) == 3 || length(i + 2) <= 2 && t.is_one(i + 3, "/") && i + 4 < end && t.is_word(i + 4))
        {
            return true;
        }
    }
    numbers >= 4 && marks >= 3 && alike && !other
}

/// Groups of digits that make a telephone number: nine digits and more, from `0`, `+` or a bracket.
fn mask_telephones(t: &Tokens, mask: &mut [bool]) {
    let mut i = 0;
    while i < t.len() {
        let (mut end, mut digits, mut groups) = (i, 0, 0);
        while t.is_number(end) && (end == i || t.gap(end) <= Gap::Space) {
            digits += t.digits(end).len();
            groups += 1;
            end += 1;
            let mut next = end;
            while t.is_one(next, ".-()") && t.gap(next) <= Gap::Space && next < end + 2 {
                next += 1;
            }
            if t.is_number(next) {
                end = next;
            }
        }
        let first = t.digits(i);
        let opens = first.starts_with('0') || first == "1" || t.is_one(i.wrapping_sub(1), "+(");
        if (9..=16).contains(&digits) && groups >= 2 && opens {
            mask[i..end].fill(true);
        }
        i = end.max(i + 1);
    }
}
