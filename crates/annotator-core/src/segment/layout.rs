//! Where line breaks end a unit: lines and paragraphs, and the recognition of hard-wrapped prose.
//! Leaves out everything inside a paragraph (see `boundary`).

use super::class;
use crate::Span;

/// The paragraphs of a text, in order, without the blanks around them; none is empty.
///
/// Every line is one, except in a text that was wrapped by hand or by a mail program: there a line
/// that is full goes on in the next. Whether it was is decided once for the whole text.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let joined = match (width, index.checked_sub(1).and_then(|previous| lines.get(previous))) {
            (Some(width), Some(previous)) if line.follows => goes_on(text, previous, line, width),
            _ => false,
        };
        match paragraphs.last_mut() {
            Some(last) if joined => *last = last.cover(line.span),
            _ => paragraphs.push(line.span),
        }
    }
    paragraphs
}

/// A line that is not blank.
struct Line {
    /// Where it begins, with its indentation.
    start: usize,
    /// Without the blanks around it.
    span: Span,
    /// Whether the line directly before it is not blank either.
    follows: bool,
}

impl Line {
    /// Its length in columns, the indentation included.
    fn width(&self, text: &str) -> usize {
        width(class::slice(text, self.start, self.span.end()))
    }
}

/// The narrowest and the widest column at which prose is wrapped; shorter lines are lists, addresses
/// and tables, longer ones are whole paragraphs.
const WRAP_COLUMNS: std::ops::RangeInclusive<usize> = 40..=132;

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut previous_blank) = (0, true);
    while start < text.len() {
        let end = line_end(text, start);
        let span = trim(text, start, end).filter(|span| !span.is_empty());
        if let Some(span) = span {
            lines.push(Line { start, span, follows: !previous_blank });
        }
        previous_blank = span.is_none();
        let c = class::at(text, end);
        start = end + c.len_utf8() + usize::from(c == '\r' && class::at(text, end + 1) == '\n');
    }
    lines
}

/// Where the line at `start` ends: before its line break, or at the end of the text. A function of its own, which the
/// browser compiles anew when it has been called often.
#[inline(never)]
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let ahead = |at: usize| bytes.get(at..)?.iter().position(|&b| matches!(b, b'\n'..=b'\r' | 0xc2 | 0xe2));
    while let Some(found) = ahead(at) {
        at += found;
        if class::byte(text, at) < 0x80 || class::is_line_break(class::at(text, at)) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// The stretch between two bytes without the blanks at its ends. A blank that carries a combining
/// mark is no blank: the two are one grapheme cluster.
pub(super) fn trim(text: &str, start: usize, end: usize) -> Option<Span> {
    let start = skip_blanks(text, start, end);
    let end = class::skip_back(text, end, start, class::is_blank);
    Span::new(start, end)
}

/// The first byte from `start` that is no blank, at most `end`.
pub(super) fn skip_blanks(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    let mut last = '\n';
    while at < end {
        let c = class::at(text, at);
        if !class::is_blank(c) {
            let carried = !class::is_line_break(last) && last != '\t' && super::grapheme::extends(c);
            return if carried { at - last.len_utf8() } else { at };
        }
        at += c.len_utf8();
        last = c;
    }
    end
}

/// Columns of a stretch of UTF-8: one a byte, but none for continuations and eight for a tab.
fn width(line: &[u8]) -> usize {
    let columns = |&b: &u8| usize::from(b & 0xc0 != 0x80) + usize::from(b == b'\t') * 7;
    line.iter().map(columns).sum()
}

/// The column at which the text was wrapped; `None` where line breaks end units.
///
/// The evidence are lines that break off in the middle of a sentence: the next line starts in lower
/// case and nothing ends the line. Wrapped prose is filled, if by hand only nearly so: the next word would
/// hardly have fitted. Lists and addresses are not, so most of the evidence must agree.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let broken = |pair: &[Line]| pair[1].follows && breaks_off(text, &pair[0], &pair[1]);
    let width = lines.windows(2).filter(|pair| broken(pair)).map(|pair| pair[0].width(text)).max()?;
    if !WRAP_COLUMNS.contains(&width) {
        return None;
    }
    let (mut full, mut ragged, mut long) = (0_usize, 0_usize, 0_usize);
    for (index, line) in lines.iter().enumerate() {
        long += usize::from(line.width(text) > width + 12);
        if let Some(next) = lines.get(index + 1).filter(|next| next.follows && breaks_off(text, line, next)) {
            if is_full(text, line, next, width - width / RAGGED) { full += 1 } else { ragged += 1 }
        }
    }
    (full > ragged * 2 && long * 4 <= full).then_some(width)
}

/// The part of the width by which lines that were wrapped by hand fall short of it.
const RAGGED: usize = 6;

/// Whether a sentence plainly runs over the break between two lines.
fn breaks_off(text: &str, line: &Line, next: &Line) -> bool {
    let last = class::before(text, line.span.end());
    class::is_lower(class::at(text, next.span.start()))
        && !class::is_mark(last)
        && !matches!(last, ';' | ':')
        && !is_item(text, next)
}

/// Whether the first word of the next line would not have fitted on this one.
fn is_full(text: &str, line: &Line, next: &Line, width_of_text: usize) -> bool {
    let start = next.span.start();
    let end = class::skip(text, start, next.span.end(), |c| !class::is_blank(c));
    line.width(text) + 1 + width(class::slice(text, start, end)) > width_of_text
}

/// Whether a line of hard-wrapped prose goes on in the next one.
fn goes_on(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let last = class::before(text, line.span.end());
    let ended = class::is_mark(last) || matches!(last, ':' | ';');
    let slack = if ended { 0 } else { width / RAGGED };
    !is_item(text, next)
        && (breaks_off(text, line, next) && line.width(text) * 2 > width
            || is_full(text, line, next, width - slack) && line.width(text) <= width + 12)
}

/// Whether a line opens as an item of a list: a bullet, a dash, `a)`, `1.`.
fn is_item(text: &str, line: &Line) -> bool {
    let start = line.span.start();
    let first = class::at(text, start);
    let behind = start + first.len_utf8();
    if class::is_bullet(first) || class::is_dash(first) {
        return class::is_blank(class::at(text, behind));
    }
    let close = class::skip(text, start, line.span.end(), |c| c.is_ascii_alphanumeric());
    let label = close - start;
    (1..=2).contains(&label)
        && match class::byte(text, close) {
            b')' => true,
            b'.' => label == 1 || class::figures(text, start) == label,
            _ => false,
        }
        && class::is_blank(class::at(text, close + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        paragraphs(text).iter().map(|span| &text[span.start()..span.end()]).collect()
    }

    #[test]
    fn every_line_is_a_paragraph_where_line_breaks_end_units() {
        assert_eq!(shown("Titre\n\n Un.\r\nDeux. \u{2028}Trois"), ["Titre", "Un.", "Deux.", "Trois"]);
        assert_eq!(shown(" \n\t\n"), [""; 0]);
    }

    #[test]
    fn a_full_line_goes_on_in_hard_wrapped_prose() {
        let text = "Novaxis annonce que la Food and Drug Administration a accordé une\n\
                    désignation de médicament orphelin à son candidat. Le traitement de\n\
                    Novaxis est prêt.\nContact presse";
        assert_eq!(shown(text).len(), 2);
    }

    #[test]
    fn short_lines_and_items_in_lower_case_are_not_wrapped_prose() {
        assert_eq!(shown("pommes\npoires\nprunes").len(), 3);
        let list =
            "la croissance externe dans toute l'Europe du Nord ;\nl'innovation ouverte ;\nla maîtrise des coûts.";
        assert_eq!(shown(list).len(), 3);
    }
}
