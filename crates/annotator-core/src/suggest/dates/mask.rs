//! What is no date whatever its digits say: addresses of the web, telephone numbers, identifiers.
//! Leaves out what a rule can say about the words beside (see `rules/context.rules`).

use crate::suggest::matcher::{MASKED, Matcher, NUMBERED};
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
        if m.is(MASKED, i) {
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
