//! What a mark takes with it: repeated marks, closing quotation marks and brackets, footnote marks.
//! Leaves out whether the whole ends a sentence (see `boundary`).

use super::boundary::Scan;
use super::{class, grapheme};

/// A mark and everything behind it that belongs to the sentence before.
pub(super) struct Cluster {
    /// The first mark, or the first behind the last closing sign.
    pub(super) mark: usize,
    /// Behind the last character that belongs to it; a grapheme boundary.
    pub(super) end: usize,
    /// The first character behind that is no blank; the end of the paragraph if there is none.
    pub(super) next: usize,
    pub(super) kind: Kind,
    /// Whether a quotation mark closed behind the mark.
    pub(super) quote: bool,
    /// Whether anything closed behind the mark.
    pub(super) closed: bool,
    /// Whether a bracket closed that had opened inside the sentence.
    pub(super) aside: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A single full stop, which may belong to an abbreviation.
    Dot,
    /// An ellipsis of either form.
    Ellipsis,
    /// Marks with a question or an exclamation among them.
    Strong,
}

impl Scan<'_> {
    /// Reads the cluster that starts with the mark at `mark`.
    pub(super) fn cluster(&mut self, mark: usize) -> Cluster {
        let (mut first, mut end, mut dots, mut strong) = (mark, mark, 0_usize, false);
        let (mut quote, mut aside, mut closed) = (false, false, false);
        loop {
            let next = self.skip_blanks(end);
            if next >= self.end {
                break;
            }
            let (c, glued) = (class::at(self.text, next), next == end);
            let behind = next + c.len_utf8();
            let free = behind >= self.end || class::is_blank(class::at(self.text, behind));
            let taken = if class::is_mark(c) {
                let taken = glued || class::is_strong(c) || c == '.' && dots > 0 && free && !strong;
                if taken {
                    if closed {
                        // A mark behind what closed counts alone: `(etc.).` and `« Foncez ! ».` end plainly.
                        (first, dots, strong, quote, aside, closed) = (next, 0, false, false, false, false);
                    }
                    match c {
                        '…' => dots += 3,
                        '.' => dots += 1,
                        _ => strong = true,
                    }
                }
                taken
            } else if class::closes_bracket(c) {
                closed = true;
                if self.bracket.depth > 0 {
                    self.bracket.depth -= 1;
                    aside |= self.bracket.depth == 0 && self.bracket.aside;
                }
                true
            } else if self.closes_quote(c, next, glued) {
                quote = true;
                closed = true;
                self.quoted &= c != '"';
                true
            } else {
                false
            };
            if taken {
                end = behind;
            } else if glued && end > mark {
                let note = self.footnote(mark, end);
                if note == end {
                    break;
                }
                end = note;
            } else {
                break;
            }
        }
        end = grapheme::boundary_from(self.text, end).min(self.end);
        end = self.face(end, strong || dots > 1);
        let kind = if strong {
            Kind::Strong
        } else if dots > 1 {
            Kind::Ellipsis
        } else {
            Kind::Dot
        };
        Cluster { mark: first, end, next: self.skip_blanks(end), kind, quote, closed, aside }
    }

    /// Whether a character behind a mark closes a quotation, rather than opens the next one.
    fn closes_quote(&self, c: char, at: usize, glued: bool) -> bool {
        let behind = at + c.len_utf8();
        let next = class::at(self.text, behind);
        let free = behind >= self.end || !class::is_word(next) && !class::opens_bracket(next);
        match c {
            '»' | '›' => glued || free || self.language == crate::Language::French,
            '>' => next == '>' || class::before(self.text, at) == '>',
            '”' | '」' | '』' => true,
            '’' | '\'' => glued && free,
            '“' | '«' | '‹' => glued && free && next != '\u{a0}' && next != '\u{202f}' && c == '“',
            '"' => {
                let odd = self.quoted;
                if glued { free || odd } else { free && odd }
            }
            _ => false,
        }
    }

    /// The end of the pictures or the emoticon behind a cluster; `at` if there is none. Behind a full stop
    /// a picture may as well open what follows, so it is taken only at the end of the paragraph.
    fn face(&self, at: usize, feeling: bool) -> usize {
        let start = self.skip_blanks(at);
        if matches!(class::byte(self.text, start), b':' | b';') {
            let mouth = start + 1 + usize::from(class::byte(self.text, start + 1) == b'-');
            let free = mouth + 1 >= self.end || class::is_blank(class::at(self.text, mouth + 1));
            let face = free && mouth < self.end && matches!(class::byte(self.text, mouth), b')' | b'(' | b'D' | b'P');
            return if face { mouth + 1 } else { at };
        }
        let (mut taken, mut next) = (at, start);
        while next < self.end && class::is_picture(class::at(self.text, next)) {
            taken = grapheme::next_grapheme(self.text, next).min(self.end);
            next = self.skip_blanks(taken);
        }
        if feeling || next == self.end { taken } else { at }
    }

    /// The end of the footnote mark that is glued to the cluster at `at`; `at` if there is none:
    /// superscript figures, `*`, `†`, `(2)`, `[3]`, `[4, 5]`, and bare figures behind a word.
    fn footnote(&self, mark: usize, at: usize) -> usize {
        let c = class::at(self.text, at);
        // Marks of no width count as glued too.
        let invisible = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}');
        if invisible || class::is_superscript(c) || matches!(c, '*' | '†' | '‡') || grapheme::extends(c) {
            return at + c.len_utf8();
        }
        let bracketed = matches!(c, '(' | '[');
        let body = at + usize::from(bracketed);
        let limit = self.end.min(body + 12);
        let end = if bracketed {
            class::skip(self.text, body, limit, |c| matches!(c, '0'..='9' | ',' | ' ' | '-' | '*'))
        } else {
            class::skip(self.text, body, limit, |c| c.is_ascii_digit())
        };
        if end == body {
            return at;
        }
        if bracketed {
            let closed = end < self.end && matches!(class::byte(self.text, end), b')' | b']');
            return if closed && !class::is_word(class::at(self.text, end + 1)) { end + 1 } else { at };
        }
        let before = class::before(self.text, mark);
        let word = self.word_before(mark);
        let worded = word.end == mark
            && word.len() > 2
            && class::is_lower(before)
            && self.groups(word) == super::lexicon::Groups::NONE;
        let opens = class::is_blank(class::at(self.text, end)) && {
            let next = class::at(self.text, self.skip_blanks(end));
            class::is_upper(next) || class::opens_quote(next)
        };
        if end - at <= 2 && opens && (worded || before == '%' || at > mark + 1) { end } else { at }
    }
}
