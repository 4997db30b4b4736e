//! Finding a quote by its words and its context alone, when the old text is not at hand.
//! Leaves out everything that a comparison of both texts could add (see `align`).

use super::align::Alignment;
use super::order::{Keyed, sort};
use super::pairing::pair_words;
use super::project::Projector;
use super::units::{LONGEST, Words};
use super::{Resolution, Selectors};
use crate::{Span, Text};

/// How much better the context of one place must fit than that of the next one, in characters.
const MARGIN: usize = 3;
/// A quote shorter than this many characters counts only in its context: `2011` alone is found anywhere ...
const SHORT: usize = 16;
/// ... with at least this many characters of it.
const SOME_CONTEXT: usize = 6;
/// At this many places only the first are compared.
const PLACES: usize = 1000;
/// The likeness, in thousandths, from which a changed quote is taken without its context ...
const LIKE: u32 = 720;
/// ... and with it.
const LIKE_IN_CONTEXT: u32 = 480;
/// How much less likely the second place must be, in thousandths.
const LEAD: u32 = 60;

/// See [`super::resolve`].
pub(super) fn resolve(selectors: &Selectors, new: &Text) -> Resolution {
    let Selectors { exact, prefix, suffix, position } = selectors;
    let text = new.as_str();
    let there = |span: Span| Found {
        span,
        before: common_end(&text[..span.start()], prefix),
        behind: common_start(&text[span.end()..], suffix),
    };
    if new.slice(*position) == Some(exact) {
        let found = there(*position);
        if found.before == prefix.chars().count() && found.behind == suffix.chars().count() {
            return Resolution::Exact(*position);
        }
    }
    if !exact.is_empty() {
        let places = text.match_indices(exact.as_str()).take(PLACES);
        let found: Vec<Found> = places.filter_map(|(at, _)| Span::new(at, at + exact.len())).map(there).collect();
        if !found.is_empty() {
            return best(found, selectors);
        }
    }
    let (quote, words) = (Words::new(exact), Words::new(text));
    if quote.tokens.is_empty() {
        return blank(selectors, text);
    }
    let found: Vec<Found> = same_words(&quote, &words).map(there).collect();
    if !found.is_empty() {
        return best(found, selectors);
    }
    changed(selectors, &quote, &words, text)
}

/// A place of the quote, and how many characters of its context are there.
#[derive(Clone, Copy)]
struct Found {
    span: Span,
    before: usize,
    behind: usize,
}

fn best(found: Vec<Found>, selectors: &Selectors) -> Resolution {
    let fit = |f: &Found| f.before + f.behind;
    // Of equals the first: places come in the order of the text.
    let Some(&top) = found.iter().rev().max_by_key(|f| fit(f)) else { return Resolution::Orphan };
    let rivals: Vec<Span> = found.iter().filter(|f| fit(f) + MARGIN >= fit(&top)).map(|f| f.span).collect();
    let context = selectors.prefix.chars().count() + selectors.suffix.chars().count();
    if selectors.exact.chars().count() < SHORT && fit(&top) < SOME_CONTEXT.min(context) {
        return Resolution::Orphan;
    }
    if rivals.len() > 1 {
        return Resolution::Ambiguous(rivals);
    }
    let beside = top.before >= SOME_CONTEXT.min(selectors.prefix.chars().count().max(1))
        || top.behind >= SOME_CONTEXT.min(selectors.suffix.chars().count().max(1));
    if beside || top.span == selectors.position { Resolution::Exact(top.span) } else { Resolution::Moved(top.span) }
}

/// A quote without a word: only between the same characters.
fn blank(selectors: &Selectors, text: &str) -> Resolution {
    let whole = [selectors.prefix.as_str(), &selectors.exact, &selectors.suffix].concat();
    if whole.trim().is_empty() {
        return Resolution::Orphan;
    }
    let at = |(at, _): (usize, &str)| {
        let start = at + selectors.prefix.len();
        Span::new(start, start + selectors.exact.len())
    };
    let places: Vec<Span> = text.match_indices(whole.as_str()).take(PLACES).filter_map(at).collect();
    match places[..] {
        [] => Resolution::Orphan,
        [one] => Resolution::Exact(one),
        _ => Resolution::Ambiguous(places),
    }
}

/// The places where the words are the same, typography aside.
fn same_words(quote: &Words, words: &Words) -> impl Iterator<Item = Span> {
    let n = quote.tokens.len();
    words.tokens.windows(n).filter_map(move |window| {
        let same = window.iter().zip(&quote.tokens).all(|(x, y)| x.key == y.key && x.form == y.form);
        if same { Span::new(window[0].start as usize, window[n - 1].end as usize) } else { None }
    })
}

/// The place that is most like the quote and its context.
fn changed(selectors: &Selectors, quote: &Words, words: &Words, text: &str) -> Resolution {
    let n = quote.tokens.len();
    if n > LONGEST as usize {
        return long(selectors, text);
    }
    let mut known: Vec<Keyed> = quote.tokens.iter().map(|token| (token.key, 0)).collect();
    sort(&mut known);
    let weigh = |i: usize| {
        let token = &words.tokens[i];
        if known.binary_search(&(token.key, 0)).is_ok() { u64::from(token.weight) } else { 0 }
    };
    // The windows of the length of the quote that share the most words with it, each the best of its surroundings.
    let mut sum = 0;
    let mut windows: Vec<Keyed> = Vec::new();
    for i in 0..words.tokens.len() {
        sum += weigh(i);
        if i >= n {
            sum -= weigh(i - n);
        }
        let start = (i + 1).saturating_sub(n);
        match windows.last_mut() {
            Some(last) if start < last.1 as usize + n => {
                if sum > last.0 {
                    *last = (sum, start as u32);
                }
            }
            _ => windows.push((sum, start as u32)),
        }
    }
    windows.retain(|window| window.0 > 0);
    windows.iter_mut().for_each(|window| window.0 = u64::MAX - window.0);
    sort(&mut windows);
    let left: Vec<u32> = (0..n as u32).collect();
    let mut ranked: Vec<(u32, u32, Span)> = Vec::new();
    for &(_, start) in windows.iter().take(4) {
        let start = start as usize;
        let from = start.saturating_sub(n / 2 + 2);
        let to = (start + n + n / 2 + 2).min(words.tokens.len());
        let right: Vec<u32> = (from as u32..to as u32).collect();
        let found = pair_words(quote, &left, words, &right);
        let (Some(&(head, first)), Some(&(tail, last))) = (found.pairs.first(), found.pairs.last()) else { continue };
        let first = (first as usize).saturating_sub(head as usize).max(from);
        let last = (last as usize + (n - 1 - tail as usize)).min(to - 1);
        let Some(span) = Span::new(words.tokens[first].start as usize, words.tokens[last].end as usize) else {
            continue;
        };
        let weight = 100 * (words.weight(first, last + 1) + quote.weight(0, n));
        let like = (2000 * u64::from(found.matched) / u64::from(weight.max(1))) as u32;
        let context =
            common_end(&text[..span.start()], &selectors.prefix) + common_start(&text[span.end()..], &selectors.suffix);
        ranked.push((like + 4 * context as u32, like, span));
    }
    let Some(&(rank, like, span)) = ranked.iter().rev().max_by_key(|entry| entry.0) else { return Resolution::Orphan };
    let in_context = rank - like >= 4 * SOME_CONTEXT as u32;
    if like < LIKE_IN_CONTEXT || (like < LIKE && !in_context) {
        return Resolution::Orphan;
    }
    match ranked.iter().filter(|entry| !entry.2.overlaps(span)).max_by_key(|entry| entry.0) {
        Some(&(second, _, other)) if second + LEAD > rank => Resolution::Ambiguous(vec![span, other]),
        _ => Resolution::Fuzzy { span, score: (like as f32 / 1000.0).min(0.99) },
    }
}

/// A quote of several sentences is compared as a text of its own.
fn long(selectors: &Selectors, text: &str) -> Resolution {
    let Selectors { exact, prefix, suffix, .. } = selectors;
    let old = [prefix.as_str(), exact, suffix].concat();
    let alignment = Alignment::new(&old, text);
    let projector = Projector { old: &old, new: text, alignment: &alignment };
    let resolution = Span::new(prefix.len(), prefix.len() + exact.len()).map(|span| projector.resolve(span));
    match resolution {
        Some(Resolution::Fuzzy { score, .. }) if score * 1000.0 < LIKE_IN_CONTEXT as f32 => Resolution::Orphan,
        other => other.unwrap_or(Resolution::Orphan),
    }
}

/// How many characters the ends of two texts have in common, white space aside.
fn common_end(text: &str, context: &str) -> usize {
    common(text.chars().rev(), context.chars().rev())
}

/// How many characters the starts of two texts have in common, white space aside.
fn common_start(text: &str, context: &str) -> usize {
    common(text.chars(), context.chars())
}

/// Counts the characters of `context` that come in the same order in `text`, up to the first that differs.
fn common(text: impl Iterator<Item = char>, context: impl Iterator<Item = char>) -> usize {
    let mut text = text.peekable();
    let mut count = 0;
    for c in context {
        if c.is_whitespace() {
            count += 1;
            continue;
        }
        while text.next_if(|next| next.is_whitespace()).is_some() {}
        if text.next() != Some(c) {
            break;
        }
        count += 1;
    }
    count
}
