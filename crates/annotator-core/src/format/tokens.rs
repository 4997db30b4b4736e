//! Words and signs as taggers cut them: what the formats with tokens count. Not what the word cursor moves by.

use crate::segment::{is_letter, is_word, next_grapheme};
use crate::text::Span;

/// The tokens of a stretch of text: never empty, in order, without blanks, covering everything that is not blank.
///
/// A word keeps its inner hyphens, marks and digits (`3,5`); an elided article or pronoun ends with its apostrophe
/// (`l’`, `qu’`); every other sign or emoji stands alone, never cut.
pub(crate) fn tokens(text: &str, within: Span) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let Some(stretch) = text.get(..within.end()) else { return tokens };
    let mut at = within.start();
    let mut previous = ' ';
    // Whether the last token is a word that may go on here.
    let mut word = false;
    while at < within.end() {
        let end = next_grapheme(stretch, at);
        let c = stretch[at..].chars().next().unwrap_or(' ');
        let next = stretch[end..].chars().next().unwrap_or(' ');
        let apostrophe = matches!(c, '\'' | '’') && is_letter(previous);
        let inner = match c {
            '-' | '\u{2010}' | '\u{2011}' | '_' => is_word(previous) && is_word(next),
            ',' | '.' => previous.is_ascii_digit() && next.is_ascii_digit(),
            c => is_word(c),
        };
        match tokens.last_mut().filter(|_| word && (inner || apostrophe)) {
            Some(last) => *last = Span::new(last.start(), end).unwrap_or(*last),
            None => {
                // A mark on a blank is a sign by itself.
                let start = if c.is_whitespace() { at + c.len_utf8() } else { at };
                tokens.extend(Span::new(start, end).filter(|token| !stretch[token.start()..end].trim().is_empty()));
            }
        }
        // The apostrophe ends the elided word.
        word = is_word(c) || (word && inner);
        previous = c;
        at = end;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        let whole = Span::new(0, text.len()).expect("in order");
        tokens(text, whole).into_iter().map(|token| &text[token.start()..token.end()]).collect()
    }

    #[test]
    fn words_signs_elisions_numbers_and_emoji_are_tokens() {
        assert_eq!(
            cut("L’e\u{301}tude « uro-oncologie », 3,5\u{a0}M€."),
            ["L’", "e\u{301}tude", "«", "uro-oncologie", "»", ",", "3,5", "M", "€", "."]
        );
        assert_eq!(cut("👩‍👩‍👧👍🏽 a🇫🇷"), ["👩‍👩‍👧", "👍🏽", "a", "🇫🇷"]);
        assert_eq!(cut("l’Institut- 'x' fin."), ["l’", "Institut", "-", "'", "x'", "fin", "."]);
    }

    proptest! {
        #[test]
        fn tokens_hold_everything_but_blanks_and_no_blank(text in "(\\PC|[ \u{a0}\r\n’'\u{301}-]|[0-9.,]){0,40}") {
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(cut(&text).concat(), bare);
            prop_assert!(cut(&text).iter().all(|token| !token.is_empty()));
        }
    }
}
