//! Where else in a text the words of an annotation stand: "label all the same". Leaves out what is
//! annotated there already.

use crate::{Span, Text};

/// The other places with exactly the text of a span, as whole words, in order; none overlaps another or the
/// span itself. Empty if the span is empty or not on characters. Linear in the length of the text.
///
/// # Examples
///
/// ```
/// use annotator_core::{Span, Text, suggest::same_text};
/// let text = Text::new("Ada avance. Adam suit Ada.");
/// assert_eq!(same_text(&text, Span::new(0, 3).unwrap()), [Span::new(22, 25).unwrap()]);
/// ```
pub fn same_text(text: &Text, span: Span) -> Vec<Span> {
    let Some(words) = text.slice(span).map(str::as_bytes).filter(|words| !words.is_empty()) else {
        return Vec::new();
    };
    // How much of the words' start each of their prefixes ends with (Knuth, Morris, Pratt).
    let mut border = vec![0; words.len()];
    let (mut found, mut matched, mut free) = (Vec::new(), 0, 0);
    for (i, &byte) in words.iter().enumerate().skip(1) {
        matched = advance(words, &border, matched, byte);
        border[i] = matched;
    }
    matched = 0;
    for (i, &byte) in text.as_bytes().iter().enumerate() {
        matched = advance(words, &border, matched, byte);
        if matched < words.len() {
            continue;
        }
        matched = border[matched - 1];
        let (start, end) = (i + 1 - words.len(), i + 1);
        let place = Span::new(start, end).filter(|place| start >= free && !place.overlaps(span));
        if let Some(place) = place.filter(|_| is_edge(text, start) && is_edge(text, end)) {
            found.push(place);
            free = end;
        }
    }
    found
}

/// How many bytes of `words` are matched once `byte` follows `matched` of them.
fn advance(words: &[u8], border: &[usize], matched: usize, byte: u8) -> usize {
    let mut matched = matched;
    loop {
        if words.get(matched) == Some(&byte) {
            return matched + 1;
        }
        if matched == 0 {
            return 0;
        }
        matched = border[matched - 1];
    }
}

/// Whether no word goes on across a position; false inside a character.
fn is_edge(text: &str, at: usize) -> bool {
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return false };
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || super::tokens::is_inside_word(c));
    !(joins(before.chars().next_back()) && joins(behind.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(text: &str, start: usize, end: usize) -> Vec<usize> {
        same_text(&Text::new(text), Span::new(start, end).unwrap()).iter().map(|s| s.start()).collect()
    }

    #[test]
    fn only_whole_words_are_the_same() {
        assert_eq!(places("été, étés, l’été", 0, 5), [19]);
        assert_eq!(places("2011 12011 2011", 0, 4), [11]);
        assert_eq!(places("a b a b a", 0, 3), [4]);
    }

    #[test]
    fn nothing_is_the_same_as_nothing() {
        assert!(places("aa aa", 2, 2).is_empty());
        assert!(places("é é", 1, 2).is_empty(), "inside a character");
    }

    proptest! {
        #[test]
        fn every_place_has_the_text_and_overlaps_no_other(text in "[ab é]{0,40}", start in 0usize..40, length in 0usize..6) {
            let text = Text::new(text);
            let span = Span::new(start, start + length).unwrap();
            let found = same_text(&text, span);
            for place in &found {
                prop_assert_eq!(text.slice(*place), text.slice(span));
                prop_assert!(!place.overlaps(span));
            }
            prop_assert!(found.windows(2).all(|w| w[0].end() <= w[1].start()));
        }
    }
}
