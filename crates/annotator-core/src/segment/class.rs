//! What single characters are to the segmenter: blanks, line breaks, marks, quotation marks, brackets.
//! Leaves out grapheme clusters (see `grapheme`) and every decision.

/// The character at a byte of the text; NUL behind the end or inside a character, which is no class.
pub(super) fn at(text: &str, byte: usize) -> char {
    match text.as_bytes().get(byte) {
        Some(&b) if b < 0x80 => char::from(b),
        Some(_) => text.get(byte..).and_then(|rest| rest.chars().next()).unwrap_or('\0'),
        None => '\0',
    }
}

/// The character that ends at a byte of the text; NUL at the start.
pub(super) fn before(text: &str, byte: usize) -> char {
    match byte.checked_sub(1).map(|last| text.as_bytes()[last]) {
        Some(b) if b < 0x80 => char::from(b),
        Some(_) => text.get(..byte).and_then(|rest| rest.chars().next_back()).unwrap_or('\0'),
        None => '\0',
    }
}

/// White space, line breaks included (Unicode `White_Space`).
pub(super) fn is_blank(c: char) -> bool {
    if c < '\u{80}' { matches!(c, ' ' | '\t'..='\r') } else { c.is_whitespace() }
}

/// The characters after which a line ends (UAX #14 BK, CR, LF, NL).
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A mark that ends a sentence by itself or among others; see [`is_strong`] for those that are never
/// part of an abbreviation.
pub(super) fn is_mark(c: char) -> bool {
    c == '.' || c == '…' || is_strong(c)
}

/// Question and exclamation marks, and the full stops of scripts without abbreviation points
/// (UAX #29 STerm, the living scripts).
pub(super) fn is_strong(c: char) -> bool {
    matches!(c, '!' | '?' | '\u{203c}' | '\u{2047}'..='\u{2049}' | '\u{61f}' | '\u{589}') || is_solid(c)
}

/// Full stops that end a sentence with no blank behind them.
pub(super) fn is_solid(c: char) -> bool {
    matches!(
        c,
        '。' | '．'
            | '！'
            | '？'
            | '｡'
            | '\u{6d4}'
            | '\u{964}'
            | '\u{965}'
            | '\u{1362}'
            | '\u{104a}'
            | '\u{104b}'
            | '\u{17d4}'
    )
}

/// Quotation marks that only open.
pub(super) fn opens_quote(c: char) -> bool {
    matches!(c, '«' | '‹' | '“' | '‘' | '„' | '‚' | '「' | '『')
}

/// Quotation marks that only close, or that close when glued to the mark before them.
pub(super) fn closes_quote(c: char) -> bool {
    matches!(c, '»' | '›' | '”' | '’' | '」' | '』')
}

/// Brackets that open.
pub(super) fn opens_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '【' | '〈' | '《')
}

/// Brackets that close.
pub(super) fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '〉' | '》')
}

/// Dashes and hyphens that can stand before a reply or a list item.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−' | '‒')
}

/// Signs that open a list item.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '◦'
            | '‣'
            | '⁃'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '→'
            | '✓'
            | '✔'
            | '❖'
            | '\u{f0b7}'
            | '*'
    )
}

/// Superscript figures, which are footnote marks behind a sentence.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

/// Apostrophes, straight or not, and the modifier letter.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{2bc}')
}

/// Pictures and dingbats that stand for a word or a face, roughly `Extended_Pictographic`.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{231a}'..='\u{23ff}' | '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2934}'..='\u{2935}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}')
}
