//! What a mark takes with it: repeated marks, closing quotation marks and brackets, footnote marks.
//! Leaves out whether the whole ends a sentence (see `boundary`).

use super::boundary::Scan;
use super::{class, grapheme};

/// A mark and everything behind it that belongs to the sentence before.
pub(super) struct Cluster {
    /// The first mark.
    pub(super) mark: usize,
    /// Behind the last character that belongs to it; a grapheme boundary.
    pub(super) end: usize,
    /// The first character behind that is no blank; the end of the paragraph if there is none.
    pub(super) next: usize,
    pub(super) kind: Kind,
    /// Whether a quotation mark closed behind the mark.
    pub(super) quote: bool,
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
        let (mut end, mut dots, mut strong) = (mark, 0_usize, false);
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
                let taken = glued
                    || class::is_strong(c)
                    || c == '.' && dots > 0 && (free || class::at(self.text, behind) == '.') && !strong;
                if taken {
                    match c {
                        '…' => dots += 3,
                        '.' if closed => (dots, strong) = (1, false),
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
                self.quotes += usize::from(c == '"');
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
        let kind = if strong {
            Kind::Strong
        } else if dots > 1 {
            Kind::Ellipsis
        } else {
            Kind::Dot
        };
        // The last full stop counts, for `« Foncez ! ».` ends like any other.
        Cluster { mark, end, next: self.skip_blanks(end), kind, quote, aside }
    }

    /// Whether a character behind a mark closes a quotation, rather than opens the next one.
    fn closes_quote(&self, c: char, at: usize, glued: bool) -> bool {
        let behind = at + c.len_utf8();
        let next = class::at(self.text, behind);
        let free = behind >= self.end || !next.is_alphanumeric() && !class::opens_bracket(next);
        match c {
            '»' | '›' => glued || free || self.language == crate::Language::French,
            '>' => next == '>' || class::before(self.text, at) == '>',
            '”' | '」' | '』' => true,
            '’' | '\'' => glued && free,
            '“' | '«' | '‹' => glued && free && next != '\u{a0}' && next != '\u{202f}' && c == '“',
            '"' => {
                let odd = self.quotes % 2 == 1;
                if glued { free || odd } else { free && odd }
            }
            _ => false,
        }
    }

    /// The end of the footnote mark that is glued to the cluster at `at`; `at` if there is none:
    /// superscript figures, `*`, `†`, `(2)`, `[3]`, `[4, 5]`, and bare figures behind a word.
    fn footnote(&self, mark: usize, at: usize) -> usize {
        let c = class::at(self.text, at);
        if class::is_superscript(c) || matches!(c, '*' | '†' | '‡') || grapheme::extends(c) {
            return at + c.len_utf8();
        }
        let bytes = &self.text.as_bytes()[at..self.end];
        let bracketed = matches!(c, '(' | '[');
        let body = &bytes[usize::from(bracketed)..];
        let allowed = |b: &u8| b.is_ascii_digit() || bracketed && matches!(b, b',' | b' ' | b'-' | b'*');
        let length = body.iter().take(12).take_while(|b| allowed(b)).count();
        if length == 0 {
            return at;
        }
        let close = body.get(length);
        if bracketed {
            let closed = matches!(close, Some(b')' | b']'));
            let whole = at + length + 2;
            return if closed && !class::at(self.text, whole).is_alphanumeric() { whole } else { at };
        }
        let before = class::before(self.text, mark);
        let word = self.word_before(mark);
        let worded = word.end == mark
            && word.len() > 2
            && before.is_lowercase()
            && self.groups(word) == super::lexicon::Groups::NONE;
        let end = at + length;
        let opens = class::is_blank(class::at(self.text, end)) && {
            let next = class::at(self.text, self.skip_blanks(end));
            next.is_uppercase() || class::opens_quote(next)
        };
        if length <= 2 && opens && (worded || before == '%' || at > mark + 1) { end } else { at }
    }
}
