//! Date and duration expressions in French and English, with their value.
//! Leaves out fixed feasts, sets (`chaque année`) and vague expressions (`récemment`, `plusieurs années`).

mod calendar;
mod clock;
mod context;
mod grammar;
mod periods;
mod relative;
mod resolve;
mod value;
mod words;

pub use value::{ValueError, check_value};

use super::tokens::{Gap, Tokens};
use super::{Reason, Suggestion};
use crate::{Language, Span};
use grammar::{Expression, Grammar};
use time::Date;
use words::Words;

/// The label of what this file finds.
pub(super) const LABEL: &str = "dates";

/// The date expressions of a text, in order, none overlapping.
pub(super) fn find(t: &Tokens, language: Language, sentences: &[Span], host: Option<Date>, out: &mut Vec<Suggestion>) {
    let words = match language {
        Language::French => Words::French,
        Language::English => Words::English,
        Language::Other => Words::None,
    };
    let grammar = Grammar { t, words, month_first: is_month_first(t, words), t_is_ambiguous: t_is_ambiguous(t) };
    let mask = context::masked(t);
    let mut found: Vec<Expression> = Vec::new();
    let mut i = 0;
    while i < t.len() {
        let skipped = mask[i] || t.is_mark(i);
        let Some(read) = (!skipped).then(|| grammar.any(i)).flatten().filter(|e| !(e.first..e.last).any(|k| mask[k]))
        else {
            i += 1;
            continue;
        };
        if grammar.is_meant(&read, found.last()) {
            found.push(read);
        }
        i = read.last.max(i + 1);
    }
    let own = resolve::own_date(t, &found, host);
    let mut context = resolve::Context { grammar: &grammar, sentences, own, anchor: None, year: None, paragraph: 0 };
    let mut reached = 0;
    for (k, e) in found.iter().enumerate() {
        context.paragraph += (reached..=e.first).filter(|&i| t.gap(i) == Gap::Paragraph).count();
        reached = e.first + 1;
        let value = context.value(e, found.get(k + 1));
        let span = Span::new(t.start(e.first), t.end(e.last - 1)).expect("tokens are in order");
        out.push(Suggestion {
            rule: e.rule,
            label: LABEL,
            span,
            attributes: vec![("value", value)],
            reason: Reason::new(e.rule, None),
        });
    }
}

/// Whether an English text writes the month before the day: it does so in words, or a number says so.
fn is_month_first(t: &Tokens, words: Words) -> bool {
    let (mut american, mut british) = (0, 0);
    for i in 0..t.len() {
        if words.month(t, i).is_none() {
            continue;
        }
        let day = |k: usize| t.number(k).is_some_and(|n| n <= 31) && t.digits(k).len() <= 2;
        american += usize::from(day(i + 1) && t.follows(i + 1));
        british += usize::from(day(i.wrapping_sub(1)) && t.follows(i));
    }
    words == Words::English && american > british
}

/// Whether the text speaks of tramways or flats, which are called T3 as well.
fn t_is_ambiguous(t: &Tokens) -> bool {
    t.any(
        0,
        t.len(),
        "tram tramway tramways ligne lignes station logement logements appartement appartements studio studios metro",
    )
}
