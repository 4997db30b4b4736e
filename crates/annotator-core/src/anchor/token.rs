//! The words of a text as re-anchoring compares them: white space, line ends, typography, letter case and accents
//! do not tell two tokens apart (`key`), while `form` still sees case and accents.
//! Leaves out what the words mean and how two texts are aligned.

/// One word, number or mark of punctuation, where it stands and what it is compared by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// Byte behind the last.
    pub end: u32,
    /// Equal for tokens that differ in typography, case or accents only.
    pub key: u64,
    /// Equal for tokens that differ in typography only: NFC and NFD agree, `a` and `à` do not.
    pub form: u32,
    /// The letter pairs of a word of four letters or more, hashed into bits: a cheap measure of how alike two words
    /// look. Shorter words are never taken for misspellings of one another.
    pairs: u64,
    /// What kind of token it is.
    pub class: Class,
    /// How much the token says about the sentence it stands in.
    pub weight: u8,
    /// Whether a sentence starts here.
    pub opens: bool,
    /// Whether a paragraph starts here.
    pub paragraph: bool,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A run of letters and digits with at least one letter.
    Word,
    /// A run of digits.
    Number,
    /// A mark of punctuation or a symbol.
    Mark,
}

/// A token longer than this many characters is cut, so that an edit in a text without spaces stays local.
const LONGEST: usize = 48;

/// Titles and abbreviations whose full stop ends no sentence, besides initials and the numbers of a list.
const ABBREVIATIONS: [&str; 24] = [
    "dr", "drs", "pr", "prs", "mr", "mrs", "ms", "mm", "mme", "mlle", "st", "ste", "cf", "art", "vs", "no", "vol",
    "tel", "tél", "env", "max", "fig", "jr", "prof",
];

/// Splits a text into its tokens, in order. Linear.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let mut state = Boundary { paragraph: true, lines: ends_with_lines(text), ..Boundary::default() };
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || is_ignored(c) {
            state.space(c, chars.peek().map(|&(_, next)| next));
            continue;
        }
        let mut token = Builder::new();
        token.push(c);
        let mut end = start + c.len_utf8();
        let mut last = c;
        while let Some(&(at, next)) = chars.peek() {
            if !joins(last, next) || (token.chars >= LONGEST && mark_of(next).is_none()) {
                break;
            }
            if !is_ignored(next) && mark_of(next).is_none() {
                last = next;
            }
            token.push(next);
            end = at + next.len_utf8();
            chars.next();
        }
        let raw_end = end;
        let mut token = token.finish(start, raw_end);
        state.token(&mut token, c, &text[start..end], chars.peek().map(|&(_, next)| next));
        out.push(token);
    }
    out
}

impl Token {
    /// How alike two tokens look, in hundredths: 100 for the same key, 0 for what must not be paired.
    pub(super) fn likeness(&self, other: &Token) -> u32 {
        if self.key == other.key {
            return 100;
        }
        match (self.class, other.class) {
            (Class::Number, Class::Number) => 15,
            (Class::Mark, Class::Mark) => 30,
            (Class::Word, Class::Word) => {
                let shared = self.pairs & other.pairs;
                // Most words share one pair at most, which is seen without counting.
                if shared & shared.wrapping_sub(1) == 0 {
                    return 0;
                }
                let (shared, all) = (shared.count_ones(), (self.pairs | other.pairs).count_ones());
                if 3 * shared >= all { (100 * shared / all).min(90) } else { 0 }
            }
            _ => 0,
        }
    }
}

/// What the gap and the tokens before say about whether the next token opens a sentence.
#[derive(Default)]
struct Boundary {
    paragraph: bool,
    /// Whether every line end ends a sentence.
    lines: bool,
    spaced: bool,
    line_ends: u8,
    terminated: bool,
    after_short: bool,
}

impl Boundary {
    fn space(&mut self, c: char, next: Option<char>) {
        self.spaced |= c.is_whitespace();
        // A line end is LF, CR, or CR LF taken as one; two of them are a blank line.
        if (c == '\n' || (c == '\r' && next != Some('\n'))) && self.line_ends < 2 {
            self.line_ends += 1;
        }
        if c == '\u{2029}' || self.line_ends == 2 || (self.lines && self.line_ends == 1) {
            self.paragraph = true;
        }
    }

    fn token(&mut self, token: &mut Token, first: char, raw: &str, next: Option<char>) {
        let closer = is_closer(first) || (matches!(first, '"' | '\'') && !self.spaced);
        let terminator = matches!(first, '.' | '!' | '?' | '…' | '。');
        let sentence = self.terminated && self.spaced && !closer && !terminator && !first.is_lowercase();
        token.paragraph = std::mem::take(&mut self.paragraph);
        token.opens = token.paragraph || sentence;
        if token.class == Class::Mark {
            if terminator && next.is_none_or(|c| c.is_whitespace() || is_closer(c) || matches!(c, '"' | '\'')) {
                self.terminated = first != '.' || raw.len() > 1 || !self.after_short;
            } else if !closer && !terminator {
                self.terminated = false;
            }
        } else {
            self.terminated = false;
            self.after_short = (raw.chars().count() == 1 && first.is_uppercase())
                || (token.class == Class::Number && token.opens)
                || ABBREVIATIONS.iter().any(|known| raw.eq_ignore_ascii_case(known));
        }
        self.spaced = false;
        self.line_ends = 0;
    }
}

/// Whether the lines of a text are its paragraphs: most of them end as sentences do, where those of a text that was
/// wrapped at a width end anywhere.
fn ends_with_lines(text: &str) -> bool {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let (mut all, mut ended) = (0usize, 0usize);
    for line in lines {
        all += 1;
        ended += usize::from(line.ends_with(['.', '!', '?', '…', ':', ';', '»', '”', '"', ')']));
    }
    2 * ended >= all
}

/// Collects the hashes of one token.
struct Builder {
    key: u64,
    form: u32,
    pairs: u64,
    previous: u32,
    chars: usize,
    letters: bool,
    digits: bool,
}

/// FNV-1a, 64 bits: small, and good enough because a collision only aligns two words wrongly.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
const FNV_OFFSET_32: u32 = 0x811c_9dc5;
const FNV_PRIME_32: u32 = 0x0100_0193;

impl Builder {
    fn new() -> Self {
        Self { key: FNV_OFFSET, form: FNV_OFFSET_32, pairs: 0, previous: 0, chars: 0, letters: false, digits: false }
    }

    fn push(&mut self, c: char) {
        if is_ignored(c) {
            return;
        }
        if c.is_ascii_alphanumeric() {
            self.letters |= c.is_ascii_alphabetic();
            self.digits |= c.is_ascii_digit();
            self.base(c.to_ascii_lowercase(), c);
            return;
        }
        if let Some(mark) = mark_of(c) {
            self.formed(mark);
            return;
        }
        self.letters |= c.is_alphabetic();
        self.digits |= c.is_numeric();
        if let Some(spelled) = spelled_out(c) {
            spelled.chars().for_each(|c| self.base(c.to_ascii_lowercase(), c));
        } else if let Some((base, mark)) = decomposed(c) {
            self.base(base.to_ascii_lowercase(), base);
            self.formed(mark);
        } else {
            let plain = plain_mark(c);
            self.base(plain.to_lowercase().next().unwrap_or(plain), plain);
        }
    }

    fn base(&mut self, folded: char, plain: char) {
        let code = folded as u32;
        // Runs of dots and of dashes count as one: `...` is `…`, `--` is `–`.
        if matches!(folded, '.' | '-') && self.previous == code {
            if folded == '.' && self.chars == 1 {
                *self = Self::new();
                self.base('…', '…');
                self.previous = code;
            }
            return;
        }
        self.key = (self.key ^ u64::from(code)).wrapping_mul(FNV_PRIME);
        self.formed(plain as u32);
        let pair = (self.previous.wrapping_mul(31).wrapping_add(code)).wrapping_mul(0x9e37_79b1) >> 26;
        self.pairs |= 1 << pair;
        self.previous = code;
        self.chars += 1;
    }

    fn formed(&mut self, code: u32) {
        self.form = (self.form ^ code).wrapping_mul(FNV_PRIME_32);
    }

    fn finish(self, start: usize, end: usize) -> Token {
        let (class, weight) = match (self.letters, self.digits) {
            (true, _) if self.chars <= 3 => (Class::Word, 8),
            (true, _) => (Class::Word, 16 + 4 * (self.chars - 4).min(4) as u8),
            (false, true) => (Class::Number, 28),
            (false, false) => (Class::Mark, 2),
        };
        let key = if self.chars == 0 { 0 } else { self.key ^ (self.key >> 29) };
        Token {
            start: start as u32,
            end: end as u32,
            key,
            form: self.form,
            pairs: if self.chars <= 3 { 0 } else { self.pairs },
            class,
            weight,
            opens: false,
            paragraph: false,
        }
    }
}

/// Whether `next` goes on with the token that ends in `last`.
fn joins(last: char, next: char) -> bool {
    if mark_of(next).is_some() {
        return true;
    }
    if last.is_alphanumeric() {
        // Scripts written without spaces: each character is a token of its own (U+2E80 and up).
        return (next.is_alphanumeric() && last < '\u{2e80}' && next < '\u{2e80}') || is_ignored(next);
    }
    (last == next && matches!(last, '.')) || (is_dash(last) && is_dash(next))
}

/// Characters that are no part of any word: soft hyphen, zero-width marks, byte order mark.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
}

fn is_closer(c: char) -> bool {
    matches!(c, '»' | '”' | '’' | '›' | ')' | ']')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A combining mark, as its code; marks are part of the character before them.
pub(super) fn mark_of(c: char) -> Option<u32> {
    matches!(c, '\u{300}'..='\u{36f}').then_some(c as u32)
}

/// One spelling for the marks that typography varies.
fn plain_mark(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '`' | 'ʼ' | '‹' | '›' => '\'',
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => '"',
        '\u{2022}' | '\u{00b7}' | '\u{2027}' => '\u{2022}',
        _ if is_dash(c) => '-',
        _ => c,
    }
}

/// Ligatures as the letters they stand for.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ß' => "ss",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬆ' => "st",
        _ => return None,
    })
}

/// The base letter and the combining mark of a letter of Latin-1 Supplement or Latin Extended-A.
fn decomposed(c: char) -> Option<(char, u32)> {
    let at = (c as usize).checked_sub(LATIN_FROM)?;
    let base = *BASES.get(at)?;
    let mark = match MARKS[at] {
        b'`' => 0x300,
        b'\'' => 0x301,
        b'^' => 0x302,
        b'~' => 0x303,
        b'-' => 0x304,
        b'u' => 0x306,
        b'.' => 0x307,
        b':' => 0x308,
        b'o' => 0x30a,
        b'"' => 0x30b,
        b'v' => 0x30c,
        b',' => 0x327,
        b';' => 0x328,
        _ => return None,
    };
    Some((base as char, mark))
}

/// The first letter of the tables.
const LATIN_FROM: usize = 0xc0;
/// The base letters of U+00C0 to U+017F (UnicodeData.txt, field 5: canonical decomposition); `_` has none.
const BASES: &[u8; 192] =
    b"AAAAAA_CEEEEIIII_NOOOOO__UUUUY__aaaaaa_ceeeeiiii_nooooo__uuuuy_yAaAaAaCcCcCcCcDd__EeEeEeEeEeGgGg\
      GgGgHh__IiIiIiIiI___JjKk_LlLlLl____NnNnNn___OoOoOo__RrRrRrSsSsSsSsTtTt__UuUuUuUuUuUuWwYyYZzZzZz_";
/// Their marks, each by a character that looks like it.
const MARKS: &[u8; 192] =
    b"`'^~:o_,`'^:`'^:_~`'^~:__`'^:'__`'^~:o_,`'^:`'^:_~`'^~:__`'^:'_:--uu;;''^^..vvvv__--uu..;;vv^^uu\
      ..,,^^__~~--uu;;.___^^,,_'',,vv____'',,vv___--uu\"\"__'',,vv''^^,,vv,,vv__~~--uuoo\"\";;^^^^:''..vv_";

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<(u64, u32)> {
        tokens(text).iter().map(|t| (t.key, t.form)).collect()
    }

    #[test]
    fn typography_does_not_tell_tokens_apart() {
        assert_eq!(keys("l’accord « signé » – à Lyon…"), keys("l'accord \"signé\" - a\u{300} Lyon..."));
        assert_eq!(keys("cœur\u{ad}s de 1\u{202f}000 €"), keys("coeurs\r\nde 1 000 €"));
        assert_eq!(keys("e\u{301}te\u{301}"), keys("été"));
    }

    #[test]
    fn case_and_accents_change_the_form_and_not_the_key() {
        let (plain, other) = (tokens("La"), tokens("là"));
        assert_eq!(plain[0].key, other[0].key);
        assert_ne!(plain[0].form, other[0].form);
    }

    #[test]
    fn letters_have_their_base_and_their_mark() {
        let written = "ÀÉÎÕÜÅçñÿĀăĖğİőřŞžų";
        let spelled = "A\u{300}E\u{301}I\u{302}O\u{303}U\u{308}A\u{30a}c\u{327}n\u{303}y\u{308}A\u{304}a\u{306}E\u{307}g\u{306}\
            I\u{307}o\u{30b}r\u{30c}S\u{327}z\u{30c}u\u{328}";
        assert_eq!(keys(written), keys(spelled));
        assert_ne!(keys("øđł"), keys("odl"), "a stroke is no combining mark");
    }

    #[test]
    fn sentences_open_after_a_full_stop_or_a_blank_line() {
        let text = "Titre\n\nLe Dr. Roy (M. X) a dit 3.5 fois à 18 h. « Oui ! » Non.\nLigne suite.";
        let opens: Vec<&str> =
            tokens(text).iter().filter(|t| t.opens).map(|t| &text[t.start as usize..t.end as usize]).collect();
        assert_eq!(opens, ["Titre", "Le", "«", "Non", "Ligne"]);
    }

    #[test]
    fn a_token_lies_on_boundaries_whatever_the_text() {
        for text in
            ["\u{301}\u{301}", "a\u{feff}", "漢字仮名", "....", "--—", "\u{200d}", "\r\n\r", "…...", "🇫🇷👩\u{200d}🔬"]
        {
            for token in tokens(text) {
                assert!(text.get(token.start as usize..token.end as usize).is_some_and(|s| !s.is_empty()), "{text:?}");
            }
        }
    }
}
