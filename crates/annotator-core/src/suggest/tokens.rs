//! The words, numbers and marks of a text, each with a folded form in which case, accents (composed
//! or not), soft hyphens and the shapes of apostrophes and hyphens no longer differ.
//! Leaves out what a word means.

/// One word, number or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the text, and the byte behind the last.
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// The white space between this token and the one before.
    pub gap: Gap,
    /// Whether a word begins with a capital.
    pub capital: bool,
    /// Whether a word of at least two letters is written all in capitals.
    pub caps: bool,
    fold: (usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// Any other single character; apostrophes are `'`, hyphens `-`, dashes `–` or `—`.
    Mark(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// The tokens of one text, in order.
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    list: Vec<Token>,
    folded: String,
}

const END: Token =
    Token { start: 0, end: 0, kind: Kind::Mark('\0'), gap: Gap::Paragraph, capital: false, caps: false, fold: (0, 0) };

impl<'t> Tokens<'t> {
    /// Linear in the length of the text.
    pub fn new(text: &'t str) -> Self {
        let mut tokens =
            Self { text, list: Vec::with_capacity(text.len() / 4), folded: String::with_capacity(text.len()) };
        let (mut gap, mut lines) = (Gap::Paragraph, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                let second_half = c == '\n' && text[..start].ends_with('\r');
                lines += usize::from(matches!(c, '\n' | '\r' | '\u{2028}') && !second_half);
                lines += 2 * usize::from(c == '\u{2029}');
                gap = gap.max([Gap::Space, Gap::Line, Gap::Paragraph][lines.min(2)]);
                continue;
            }
            if matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}') {
                continue;
            }
            let from = tokens.folded.len();
            let mut end = start + c.len_utf8();
            let mut caps = c.is_uppercase();
            let kind = if c.is_alphabetic() {
                fold(c, &mut tokens.folded);
                let mut letters = 1;
                while let Some(&(at, c)) = chars.peek().filter(|(_, c)| is_inside_word(*c)) {
                    fold(c, &mut tokens.folded);
                    letters += usize::from(c.is_alphabetic());
                    caps &= !c.is_lowercase();
                    end = at + c.len_utf8();
                    chars.next();
                }
                caps &= letters > 1;
                Kind::Word
            } else if c.is_ascii_digit() {
                tokens.folded.push(c);
                while let Some(&(at, c)) = chars.peek().filter(|(_, c)| c.is_ascii_digit()) {
                    tokens.folded.push(c);
                    end = at + 1;
                    chars.next();
                }
                Kind::Number
            } else {
                Kind::Mark(match c {
                    '’' | 'ʼ' | '‘' => '\'',
                    '\u{2010}' | '\u{2011}' | '−' => '-',
                    '―' => '—',
                    _ => c,
                })
            };
            let fold = (from, tokens.folded.len());
            tokens.list.push(Token { start, end, kind, gap, capital: c.is_uppercase(), caps, fold });
            (gap, lines) = (Gap::None, 0);
        }
        tokens
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `i`; behind the end (and before the start, by wrapping) a mark of its own kind.
    pub fn at(&self, i: usize) -> Token {
        self.list.get(i).copied().unwrap_or(END)
    }

    /// The folded form of the word at `i`, empty where no word is.
    pub fn word(&self, i: usize) -> &str {
        let token = self.at(i);
        if token.kind == Kind::Word { &self.folded[token.fold.0..token.fold.1] } else { "" }
    }

    /// Whether the word at `i` is in a blank-separated list of folded words.
    pub fn is(&self, i: usize, list: &str) -> bool {
        has(list, self.word(i))
    }

    /// The digits at `i`, empty where no number is.
    pub fn digits(&self, i: usize) -> &str {
        let token = self.at(i);
        if token.kind == Kind::Number { &self.folded[token.fold.0..token.fold.1] } else { "" }
    }

    /// The number at `i`; `None` where none is or above nine digits.
    pub fn number(&self, i: usize) -> Option<u32> {
        let digits = self.digits(i);
        if digits.is_empty() || digits.len() > 9 {
            return None;
        }
        Some(digits.bytes().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
    }

    /// The mark at `i`, `\0` where none is.
    pub fn mark(&self, i: usize) -> char {
        match self.at(i).kind {
            Kind::Mark(c) => c,
            _ => '\0',
        }
    }

    /// What the token at `i` is in the text, as written.
    pub fn raw(&self, i: usize) -> &'t str {
        let token = self.at(i);
        &self.text[token.start..token.end]
    }

    /// Whether nothing stands between the token at `i` and the one before.
    pub fn tight(&self, i: usize) -> bool {
        i < self.len() && self.at(i).gap == Gap::None
    }

    /// Whether the token at `i` belongs to the same paragraph as the one before: tight, behind a
    /// blank, or behind one line end.
    pub fn follows(&self, i: usize) -> bool {
        i < self.len() && self.at(i).gap < Gap::Paragraph
    }

    /// Whether a word is `dès` and not `des`: the one pair that folding makes alike and that matters.
    pub fn has_grave(&self, i: usize) -> bool {
        self.raw(i).contains(['è', 'È', '\u{300}', 'à', 'À'])
    }

    /// The first token that starts at or behind `byte`.
    pub fn index_at(&self, byte: usize) -> usize {
        self.list.partition_point(|token| token.start < byte)
    }
}

/// Whether a blank-separated list holds a word; an empty word is in no list.
pub(super) fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|entry| entry == word)
}

fn is_inside_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}')
}

/// Lower case without accents, as far as French and English need it.
fn fold(c: char, out: &mut String) {
    let plain = match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{300}'..='\u{36F}' | '\u{AD}' => return,
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ᵉ' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ÿ' | 'ý' | 'Ÿ' => 'y',
        'ʳ' => 'r',
        'œ' | 'Œ' => return out.push_str("oe"),
        'æ' | 'Æ' => return out.push_str("ae"),
        _ => return out.extend(c.to_lowercase()),
    };
    out.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_hyphens_no_longer_differ() {
        let tokens = Tokens::new("AOÛT aou\u{302}t dix\u{2011}huit 1ᵉʳ l’an");
        let words: Vec<_> = (0..tokens.len()).map(|i| tokens.word(i)).collect();
        assert_eq!(words, ["aout", "aout", "dix", "", "huit", "", "er", "l", "", "an"]);
        assert_eq!(tokens.mark(3), '-');
        assert_eq!(tokens.mark(8), '\'');
        assert!(tokens.at(0).caps && !tokens.at(1).capital);
    }

    #[test]
    fn a_blank_line_separates_and_a_line_end_does_not() {
        let tokens = Tokens::new("a\r\nb\n \nc\u{A0}d");
        let gaps: Vec<_> = (0..4).map(|i| tokens.at(i).gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Line, Gap::Paragraph, Gap::Space]);
    }
}
