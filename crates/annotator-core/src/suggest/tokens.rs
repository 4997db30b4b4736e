//! The words, numbers and marks of a text, each with a folded form in which case, accents (composed
//! or not), soft hyphens and the shapes of apostrophes and hyphens no longer differ.
//! Leaves out what a word means.

use super::code;
use super::matcher::Rules;
use crate::Span;

/// One word, number or mark. Small, and read through the functions of [`Tokens`] only: the rules ask
/// thousands of questions, and each is a call of a few bytes instead of a copy.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    fold: (u32, u32),
    /// The class the rules know a word by, as it is and without its endings; 0 if they do not.
    known: u16,
    stem: u16,
    /// The mark, [`WORD`] or [`NUMBER`].
    kind: char,
    gap: Gap,
    capital: bool,
    caps: bool,
}

/// A run of letters.
const WORD: char = 'a';
/// A run of ASCII digits.
const NUMBER: char = '0';

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
    /// The rules, which know the words.
    pub rules: &'static Rules,
    list: Vec<Token>,
    folded: String,
}

const END: Token = Token {
    start: 0,
    end: 0,
    fold: (0, 0),
    known: 0,
    stem: 0,
    kind: '\0',
    gap: Gap::Paragraph,
    capital: false,
    caps: false,
};

impl<'t> Tokens<'t> {
    /// Linear in the length of the text.
    pub fn new(text: &'t str) -> Self {
        let mut tokens = Self {
            text,
            rules: Rules::of_all(),
            list: Vec::with_capacity(text.len() / 4),
            folded: String::with_capacity(text.len()),
        };
        let (mut gap, mut lines) = (Gap::Paragraph, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                let second_half = c == '\n' && start > 0 && text.as_bytes().get(start - 1) == Some(&b'\r');
                lines += usize::from(matches!(c, '\n' | '\r' | '\u{2028}') && !second_half);
                lines += 2 * usize::from(c == '\u{2029}');
                gap = gap.max(if lines > 1 {
                    Gap::Paragraph
                } else if lines > 0 {
                    Gap::Line
                } else {
                    Gap::Space
                });
                continue;
            }
            if matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}') {
                continue;
            }
            let from = tokens.folded.len();
            let mut end = start + c.len_utf8();
            let (mut caps, mut inner) = (is_capital(c), is_capital(c));
            let kind = if is_letter(c) {
                fold(c, &mut tokens.folded);
                let mut letters = 1;
                while let Some(&(at, c)) = chars.peek().filter(|(_, c)| is_inside_word(*c)) {
                    fold(c, &mut tokens.folded);
                    let letter = is_letter(c);
                    letters += usize::from(letter);
                    inner |= is_capital(c);
                    caps &= is_capital(c) || !letter;
                    end = at + c.len_utf8();
                    chars.next();
                }
                caps &= letters > 1;
                WORD
            } else if c.is_ascii_digit() {
                tokens.folded.push(c);
                while let Some(&(at, c)) = chars.peek().filter(|(_, c)| c.is_ascii_digit()) {
                    tokens.folded.push(c);
                    end = at + 1;
                    chars.next();
                }
                NUMBER
            } else {
                match c {
                    '’' | 'ʼ' | '‘' => '\'',
                    '\u{2010}' | '\u{2011}' | '−' => '-',
                    '―' => '—',
                    _ => c,
                }
            };
            let (mut known, mut stem) = (0, 0);
            if kind == WORD {
                let word = tokens.folded.as_bytes().get(from..).unwrap_or_default();
                (known, stem) = (tokens.rules.class(word), tokens.rules.class(code::stem(word)));
            }
            let fold = (from as u32, tokens.folded.len() as u32);
            let (start, end) = (start as u32, end as u32);
            tokens.list.push(Token { start, end, known, stem, kind, gap, capital: inner, caps, fold });
            (gap, lines) = (Gap::None, 0);
        }
        tokens
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `i`; behind the end (and before the start, by wrapping) a mark of its own kind.
    fn at(&self, i: usize) -> &Token {
        self.list.get(i).unwrap_or(&END)
    }

    fn folded(&self, i: usize, kind: char) -> &str {
        let token = self.at(i);
        let range = if token.kind == kind { token.fold } else { (0, 0) };
        self.folded.get(range.0 as usize..range.1 as usize).unwrap_or_default()
    }

    /// The folded form of the word at `i`, empty where no word is.
    #[inline(never)]
    pub fn word(&self, i: usize) -> &str {
        self.folded(i, WORD)
    }

    /// The digits at `i`, empty where no number is.
    #[inline(never)]
    pub fn digits(&self, i: usize) -> &str {
        self.folded(i, NUMBER)
    }

    #[inline(never)]
    pub fn is_word(&self, i: usize) -> bool {
        self.at(i).kind == WORD
    }

    #[inline(never)]
    pub fn is_number(&self, i: usize) -> bool {
        self.at(i).kind == NUMBER
    }

    /// Whether the token at `i` is neither word nor number; so it is behind the end.
    #[inline(never)]
    pub fn is_mark(&self, i: usize) -> bool {
        !self.is_word(i) && !self.is_number(i)
    }

    /// The first byte of the token at `i`.
    #[inline(never)]
    pub fn start(&self, i: usize) -> usize {
        self.at(i).start as usize
    }

    /// The byte behind the token at `i`.
    #[inline(never)]
    pub fn end(&self, i: usize) -> usize {
        self.at(i).end as usize
    }

    /// The white space between the token at `i` and the one before.
    #[inline(never)]
    pub fn gap(&self, i: usize) -> Gap {
        self.at(i).gap
    }

    /// Whether the word at `i` has a capital: at its beginning, or inside as `iPhone`.
    #[inline(never)]
    pub fn capital(&self, i: usize) -> bool {
        self.at(i).capital
    }

    /// Whether the word at `i` has at least two letters and all of them are capitals.
    #[inline(never)]
    pub fn caps(&self, i: usize) -> bool {
        self.at(i).caps
    }

    /// The number at `i`; 0 where none is or above nine digits.
    #[inline(never)]
    pub fn number(&self, i: usize) -> u32 {
        let digits = self.digits(i);
        if digits.len() > 9 {
            return 0;
        }
        digits.bytes().fold(0, |n, b| n * 10 + u32::from(b - b'0'))
    }

    /// The class by which the rules know the word at `i`; 0 if they do not.
    #[inline(never)]
    pub fn known(&self, i: usize) -> u16 {
        self.at(i).known
    }

    /// The class by which the rules know the stem of the word at `i`; 0 if they do not.
    #[inline(never)]
    pub fn stem(&self, i: usize) -> u16 {
        self.at(i).stem
    }

    /// The code of the mark at `i` (see `code::mark`), 0 where none is.
    #[inline(never)]
    pub fn code(&self, i: usize) -> u8 {
        match self.mark(i) {
            '\0' => 0,
            mark => code::mark(mark),
        }
    }

    /// Whether the word at `i` joins the parts of a number: `et`, `and`.
    pub fn is_joiner(&self, i: usize) -> bool {
        matches!(self.word(i), "et" | "and")
    }

    /// The span of a stretch of tokens that is not empty.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let (start, end) = (self.start(first), self.end(last.saturating_sub(1)));
        Span::new(start, end.max(start)).unwrap_or_else(|| unreachable!())
    }

    /// The mark at `i`, `\0` where none is: apostrophes are `'`, hyphens `-`, dashes `–` or `—`.
    #[inline(never)]
    pub fn mark(&self, i: usize) -> char {
        match self.at(i).kind {
            WORD | NUMBER => '\0',
            mark => mark,
        }
    }

    /// Whether the mark at `i` is one of some.
    #[inline(never)]
    pub fn is_one(&self, i: usize, marks: &str) -> bool {
        let mark = self.mark(i);
        mark != '\0' && marks.chars().any(|m| m == mark)
    }

    /// What the token at `i` is in the text, as written.
    #[inline(never)]
    pub fn raw(&self, i: usize) -> &'t str {
        self.text.get(self.start(i)..self.end(i)).unwrap_or_default()
    }

    /// A stretch of tokens as written, with single blanks and without commas at its edges.
    #[inline(never)]
    pub fn written(&self, first: usize, last: usize) -> String {
        let (mut first, mut last) = (first, last);
        while first < last && self.is_one(first, ",;") {
            first += 1;
        }
        while first < last && self.is_one(last - 1, ",;") {
            last -= 1;
        }
        let mut out = String::new();
        for i in first..last {
            if i > first && !self.tight(i) {
                out.push(' ');
            }
            out.push_str(self.raw(i));
        }
        out
    }

    /// Whether nothing stands between the token at `i` and the one before.
    #[inline(never)]
    pub fn tight(&self, i: usize) -> bool {
        i < self.len() && self.at(i).gap == Gap::None
    }

    /// Whether the token at `i` belongs to the same paragraph as the one before: tight, behind a
    /// blank, or behind one line end.
    #[inline(never)]
    pub fn follows(&self, i: usize) -> bool {
        i < self.len() && self.at(i).gap < Gap::Paragraph
    }

    /// Whether a word is `dès` and not `des`: the one pair that folding makes alike and that matters.
    #[inline(never)]
    pub fn has_grave(&self, i: usize) -> bool {
        self.raw(i).chars().any(|c| matches!(c, 'è' | 'È' | '\u{300}' | 'à' | 'À'))
    }

    /// The first token that starts at or behind `byte`.
    #[inline(never)]
    pub fn index_at(&self, byte: usize) -> usize {
        self.list.partition_point(|token| (token.start as usize) < byte)
    }
}

/// Whether a character goes on with a word: a letter, an accent to be composed, a soft hyphen.
pub(super) fn is_inside_word(c: char) -> bool {
    is_letter(c) || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}')
}

/// Whether a character is a letter, by blocks: exact for Latin, Greek and Cyrillic; the tables of the
/// standard library are three times what all of this file is.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, 'À'..='ʻ' | 'ʽ'..='\u{2FF}' | '\u{370}'..='\u{1FFF}' | '\u{2C00}'..='\u{2DFF}' | '\u{3040}'..='\u{D7FF}' | '\u{F900}'..='\u{FDFF}')
            && !matches!(c, '×' | '÷')
}

/// Whether a letter is a capital, in Latin, Greek and Cyrillic.
fn is_capital(c: char) -> bool {
    match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | '\u{386}'..='\u{3AB}' | '\u{400}'..='\u{42F}' => true,
        // In Latin Extended-A capitals are even, but odd from Ĺ to Ň and from Ź to Ž.
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17E}' => c as u32 & 1 == 1,
        '\u{100}'..='\u{177}' => c as u32 & 1 == 0,
        'Ÿ' => true,
        _ => false,
    }
}

/// Lower case without accents, as far as French and English need it; other letters stay as they are.
#[inline(never)]
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
        _ => c,
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
        assert!(tokens.caps(0) && !tokens.capital(1));
    }

    #[test]
    fn a_blank_line_separates_and_a_line_end_does_not() {
        let tokens = Tokens::new("a\r\nb\n \nc\u{A0}d");
        let gaps: Vec<_> = (0..4).map(|i| tokens.gap(i)).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Line, Gap::Paragraph, Gap::Space]);
    }
}
