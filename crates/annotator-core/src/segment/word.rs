//! Words for the cursor: French elision, hyphens, figures with their units, addresses. Leaves out
//! everything between words; a cursor that must reach punctuation uses grapheme clusters.

use super::class;
use super::lexicon::{Groups, Lexicon};
use crate::{Language, Span};

/// The words of a sentence, or of any stretch of text, as spans in bytes relative to it, in order.
///
/// `l’État` is two words, `aujourd’hui` one, as are `uro-oncologie`, `R&D`, `3,5 M€`, `14 h 30`, `1 250`,
/// an address and an emoji. Punctuation belongs to no word, but an elision keeps its apostrophe.
///
/// # Examples
///
/// ```
/// use annotator_core::Language;
/// use annotator_core::segment::words;
/// let text = "L’uro-oncologie : 3,5 M€.";
/// let shown: Vec<_> = words(text, Language::French).iter().map(|s| &text[s.start()..s.end()]).collect();
/// assert_eq!(shown, ["L’", "uro-oncologie", "3,5 M€"]);
/// ```
pub fn words(text: &str, language: Language) -> Vec<Span> {
    let lexicon = Lexicon::of(language);
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = class::at(text, at);
        let end = if class::is_figure(c) {
            figure(text, at, lexicon)
        } else if class::is_letter(c) || c == '_' {
            letters(text, at, lexicon)
        } else if class::is_picture(c) || matches!(c, '€' | '$' | '£' | '%') || ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
        {
            super::next_grapheme(text, at)
        } else {
            at = super::next_grapheme(text, at);
            continue;
        };
        if let Some(word) = Span::new(at, end) {
            words.push(word);
        }
        at = end;
    }
    words
}

/// Ideographs and kana are words by themselves: no blank separates them.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The end of the word of letters at `start`.
fn letters(text: &str, start: usize, lexicon: &Lexicon) -> usize {
    let mut at = start;
    let mut part = start;
    while at < text.len() {
        let c = class::at(text, at);
        let behind = at + c.len_utf8();
        let next = class::at(text, behind);
        if stands_alone(c) {
            return if at == start { super::next_grapheme(text, at) } else { at };
        }
        if class::is_word(c) || c == '_' || super::grapheme::extends(c) || c == '\u{ad}' {
            at = behind;
        } else if class::is_apostrophe(c) && class::is_letter(next) {
            if lexicon.groups(class::slice(text, part, at)).any(Groups::ELIDED) {
                return behind;
            }
            at = behind;
            part = behind;
        } else if matches!(c, '-' | '‐' | '\u{2011}' | '&' | '@' | '.' | '/') && (class::is_word(next) || next == '/')
        {
            at = behind;
            part = behind;
        } else if c == ':' && class::byte(text, behind) == b'/' && class::byte(text, behind + 1) == b'/' {
            at = behind + 2;
        } else if c == '.' && at - part == 1 && part > start {
            // The last full stop of a dotted acronym.
            return behind;
        } else {
            break;
        }
    }
    at
}

/// The end of the figure at `start`, with its groups of three, its decimals and its unit.
fn figure(text: &str, start: usize, lexicon: &Lexicon) -> usize {
    let mut at = start;
    loop {
        let c = class::at(text, at);
        let behind = at + c.len_utf8();
        let joins = matches!(c, '.' | ',' | '/' | '-' | ':' | '\'' | '’') && class::is_figure(class::at(text, behind));
        if joins || class::is_figure(c) || super::grapheme::extends(c) {
            at = behind;
        } else if class::is_blank(c) && !class::is_line_break(c) && is_group(text, start, at, behind) {
            at = behind + 3;
        } else if class::is_letter(c) && !stands_alone(c) {
            // 1er, 2e, 14h30, 3D.
            at = behind;
        } else {
            break;
        }
    }
    unit(text, at, lexicon)
}

/// Whether a blank separates thousands: one to three figures before it and exactly three behind.
fn is_group(text: &str, start: usize, blank: usize, behind: usize) -> bool {
    let digits = blank - class::skip_back(text, blank, start, |c| c.is_ascii_digit());
    (1..=3).contains(&digits) && class::figures(text, behind) == 3
}

/// Takes in the unit behind a figure that ends at `end`, if there is one, and the minutes behind `h`.
fn unit(text: &str, end: usize, lexicon: &Lexicon) -> usize {
    let c = class::at(text, end);
    let start = if class::is_blank(c) && !class::is_line_break(c) { end + c.len_utf8() } else { end };
    let first = class::at(text, start);
    if matches!(first, '%' | '€' | '$' | '£' | '‰' | '°') {
        let behind = start + first.len_utf8();
        let degree = first == '°' && matches!(class::at(text, behind), 'C' | 'F');
        return behind + usize::from(degree);
    }
    let mut behind =
        class::skip(text, start, text.len().min(start + 16), |c| class::is_word(c) || matches!(c, '€' | '$'));
    let word = class::slice(text, start, behind);
    if !lexicon.groups(word).any(Groups::UNIT) {
        return end;
    }
    while class::byte(text, behind) == b'/' && class::is_letter(class::at(text, behind + 1)) {
        behind = class::skip(text, behind + 1, text.len(), class::is_word);
    }
    let blank = class::at(text, behind);
    if class::is_blank(blank) && !class::is_line_break(blank) {
        let next = behind + blank.len_utf8();
        if word == b"h" && class::figures(text, next) == 2 {
            return next + 2;
        }
        let sign = class::at(text, next);
        if class::byte(text, start) == b'M' && matches!(sign, '€' | '$' | '£') {
            return next + sign.len_utf8();
        }
    }
    behind
}
