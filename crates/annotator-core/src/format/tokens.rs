//! Words and signs as taggers cut them: what the formats with tokens count. Not what the word cursor moves by.

use crate::text::Span;

/// The tokens of a stretch of text: never empty, in order, without blanks, covering everything that is not blank.
///
/// A word keeps its inner hyphens, marks and digits (`3,5`); an elided article or pronoun ends with its apostrophe
/// (`l’`, `qu’`); every other sign stands alone.
pub(crate) fn tokens(text: &str, within: Span) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let stretch = text.get(within.start()..within.end()).unwrap_or_default();
    let mut chars = stretch.char_indices().map(|(at, c)| (within.start() + at, c)).peekable();
    // Whether the token in work goes on with the next character whatever it is (an emoji behind a joiner).
    let mut joined = false;
    let mut word = false;
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            (joined, word) = (false, false);
            continue;
        }
        let end = at + c.len_utf8();
        let touching = tokens.last().is_some_and(|last| last.end() == at);
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let previous = text[..at].chars().next_back().unwrap_or(' ');
        let inner = match c {
            '-' | '\u{2010}' | '\u{2011}' | '_' => previous.is_alphanumeric() && next.is_alphanumeric(),
            ',' | '.' => previous.is_ascii_digit() && next.is_ascii_digit(),
            '\'' | '’' => previous.is_alphabetic(),
            _ => false,
        };
        let goes_on = touching && (joined || extends(c) || (word && (c.is_alphanumeric() || inner)));
        match tokens.last_mut().filter(|_| goes_on) {
            Some(last) => *last = last.cover(Span::new(at, end).unwrap_or(*last)),
            None => {
                tokens.extend(Span::new(at, end));
                word = c.is_alphanumeric();
            }
        }
        joined = c == '\u{200d}';
        // The apostrophe ends the elided word.
        if inner && matches!(c, '\'' | '’') {
            word = false;
        }
    }
    tokens
}

/// Marks, joiners, variation selectors and skin tones belong to the character before them.
fn extends(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x200c..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff)
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
        assert_eq!(cut("👩‍👩‍👧👍🏽 a"), ["👩‍👩‍👧", "👍🏽", "a"]);
        assert_eq!(cut("l’Institut- 'x' fin."), ["l’", "Institut", "-", "'", "x'", "fin", "."]);
    }

    proptest! {
        #[test]
        fn tokens_hold_everything_but_blanks_and_no_blank(text in "(\\PC|[ \u{a0}\r\n’'-]|[0-9.,]){0,40}") {
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(cut(&text).concat(), bare);
            prop_assert!(cut(&text).iter().all(|token| !token.is_empty()));
        }
    }
}
