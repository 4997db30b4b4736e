//! Marked text: the one notation for a text with its annotations in tests, documentation and bug
//! reports. Read with [`parse`], written with [`render`]. It is no exchange format (see `format`)
//! and nothing in the widget reads it.
//!
//! ```text
//! [quote speaker=Ada verb="a dit":« Nous avançons »], a dit [speaker:Ada] le [dates=2016-05-03:3 mai].
//! ```
//!
//! - `[label:` opens a mark, `]` closes the innermost one; marks nest.
//! - Attributes stand between the label and the colon: `key=value`, or `key="value with blanks"` (in
//!   which `\"` is a mark and `\\` a backslash). `[label=x:` is short for `[label value=x:`.
//! - `[/label]` closes the innermost open mark of that label, so that two marks may cross:
//!   `[quote:« A. [objective:Pour B »[/quote], dit X.]`
//! - `\[`, `\]` and `\\` stand for the character itself. Labels and keys are `a-z`, digits and `-`.

use crate::text::Span;
use std::fmt;

/// A text and the marks that were written into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text without the notation.
    pub text: String,
    /// The marks in the order in which they open; of two that open at one place the outer is first.
    pub marks: Vec<Mark>,
}

/// One mark: a labelled stretch of the text, in bytes of [`Marked::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The label as written.
    pub label: String,
    /// Keys with their values, in the order written; `[label=x:` gives the key `value`.
    pub attributes: Vec<(String, String)>,
    /// Where the mark lies.
    pub span: Span,
}

/// Why a marked text cannot be read. Positions are bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkedError {
    /// A `[` that opens no mark: a plain bracket is written `\[`.
    NoMark(usize),
    /// A `]` or `[/label]` with no open mark to close.
    NothingToClose(usize),
    /// A mark that is never closed, by its label.
    Unclosed(String),
}

impl fmt::Display for MarkedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMark(at) => write!(f, "expected `label:` after `[` at byte {at}; a plain bracket is written `\\[`"),
            Self::NothingToClose(at) => {
                write!(f, "no open mark to close at byte {at}; a plain bracket is written `\\]`")
            }
            Self::Unclosed(label) => write!(f, "expected `]` for `[{label}:`, found the end of the text"),
        }
    }
}

impl std::error::Error for MarkedError {}

impl Mark {
    /// The value of an attribute; `None` if it was not written.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// Reads marked text.
///
/// # Errors
///
/// [`MarkedError`] for a bracket that is neither a mark nor escaped, and for marks left open.
///
/// # Examples
///
/// ```
/// let read = annotator_core::marked::parse("Le [dates=2016-05-03:3 mai].").unwrap();
/// assert_eq!(read.text, "Le 3 mai.");
/// assert_eq!(&read.text[read.marks[0].span.start()..read.marks[0].span.end()], "3 mai");
/// assert_eq!(read.marks[0].attribute("value"), Some("2016-05-03"));
/// ```
pub fn parse(source: &str) -> Result<Marked, MarkedError> {
    let mut text = String::with_capacity(source.len());
    let mut marks: Vec<(Mark, bool)> = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let here = at;
        at += c.len_utf8();
        match c {
            '\\' if source[at..].starts_with(['[', ']', '\\']) => {
                text.push_str(&source[at..=at]);
                at += 1;
            }
            '[' if source[at..].starts_with('/') => {
                let label = name(&source[at + 1..]);
                at += 1 + label.len();
                let open = marks.iter_mut().rev().find(|(mark, open)| *open && mark.label == label);
                let Some((mark, open)) = open.filter(|_| source[at..].starts_with(']')) else {
                    return Err(MarkedError::NothingToClose(here));
                };
                at += 1;
                close(mark, open, text.len());
            }
            '[' => {
                let (label, attributes, length) = header(&source[at..]).ok_or(MarkedError::NoMark(here))?;
                at += length;
                let span = Span::new(text.len(), text.len()).expect("an empty span is not reversed");
                marks.push((Mark { label, attributes, span }, true));
            }
            ']' => {
                let open = marks.iter_mut().rev().find(|(_, open)| *open);
                let (mark, open) = open.ok_or(MarkedError::NothingToClose(here))?;
                close(mark, open, text.len());
            }
            _ => text.push(c),
        }
    }
    if let Some((mark, _)) = marks.iter().find(|(_, open)| *open) {
        return Err(MarkedError::Unclosed(mark.label.clone()));
    }
    Ok(Marked { text, marks: marks.into_iter().map(|(mark, _)| mark).collect() })
}

/// Writes a text with its marks; `parse(render(text, marks))` gives both back, if the marks stand in
/// the order in which they open and lie on boundaries of the text. A mark that does not is left out.
pub fn render(text: &str, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<&Mark> = Vec::new();
    let mut rest = marks.iter().filter(|m| text.get(m.span.start()..m.span.end()).is_some()).peekable();
    for (at, c) in text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]) {
        shut(&mut open, at, &mut out);
        while let Some(mark) = rest.next_if(|mark| mark.span.start() <= at) {
            out.push('[');
            out.push_str(&mark.label);
            for (key, value) in &mark.attributes {
                out.push_str(&format!(" {key}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")));
            }
            out.push(':');
            open.push(mark);
            shut(&mut open, at, &mut out);
        }
        if let Some(c) = c {
            if matches!(c, '[' | ']' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Closes what ends at `at`: by `]` from the innermost, by name what crosses one that stays open.
fn shut(open: &mut Vec<&Mark>, at: usize, out: &mut String) {
    while let Some(index) = open.iter().rposition(|mark| mark.span.end() <= at) {
        let crosses = index + 1 < open.len();
        let mark = open.remove(index);
        match crosses {
            true => out.push_str(&format!("[/{}]", mark.label)),
            false => out.push(']'),
        }
    }
}

fn close(mark: &mut Mark, open: &mut bool, end: usize) {
    mark.span = Span::new(mark.span.start(), end).expect("the text only grows");
    *open = false;
}

fn name(source: &str) -> &str {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    &source[..source.find(|c| !is_name(c)).unwrap_or(source.len())]
}

/// Label, attributes and length of a header.
type Header = (String, Vec<(String, String)>, usize);

/// Reads what stands between `[` and its colon; the length counts the colon.
fn header(source: &str) -> Option<Header> {
    let label = name(source);
    let mut at = label.len();
    let mut attributes = Vec::new();
    loop {
        let mut key = "value";
        match source[at..].chars().next()? {
            ':' if !label.is_empty() => return Some((label.to_owned(), attributes, at + 1)),
            '=' if attributes.is_empty() => {}
            ' ' => {
                key = name(&source[at + 1..]);
                at += 1 + key.len();
            }
            _ => return None,
        }
        if key.is_empty() || !source[at..].starts_with('=') {
            return None;
        }
        at += 1;
        let mut value = String::new();
        if source[at..].starts_with('"') {
            at += 1;
            loop {
                let c = source[at..].chars().next()?;
                at += c.len_utf8();
                match c {
                    '"' => break,
                    '\\' => {
                        let escaped = source[at..].chars().next()?;
                        at += escaped.len_utf8();
                        value.push(escaped);
                    }
                    _ => value.push(c),
                }
            }
        } else {
            let length = source[at..].find([' ', ':', ']', '[', '"'])?;
            value.push_str(&source[at..at + length]);
            at += length;
        }
        attributes.push((key.to_owned(), value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(source: &str) -> Marked {
        parse(source).unwrap()
    }

    #[test]
    fn marks_nest_and_cross() {
        let read = marked("[quote:« A. [objective:Pour B »[/quote], dit [speaker:X].]");
        assert_eq!(read.text, "« A. Pour B », dit X.");
        let parts: Vec<_> = read.marks.iter().map(|m| &read.text[m.span.start()..m.span.end()]).collect();
        assert_eq!(parts, ["« A. Pour B »", "Pour B », dit X.", "X"]);
    }

    #[test]
    fn attributes_may_be_quoted_and_a_backslash_takes_the_next_character_as_it_is() {
        let read = marked(r#"\[sic\] [quote speaker="M. \"X\" [Y]" verb=dit:« C:\\ »]"#);
        assert_eq!(read.text, r"[sic] « C:\ »");
        assert_eq!(read.marks[0].attribute("speaker"), Some("M. \"X\" [Y]"));
        assert_eq!(read.marks[0].attribute("verb"), Some("dit"));
        assert_eq!(read.marks[0].attribute("role"), None);
    }

    #[test]
    fn every_message_says_what_was_expected_and_where() {
        let message = |source: &str| parse(source).unwrap_err().to_string();
        assert_eq!(message("a [b]"), "expected `label:` after `[` at byte 2; a plain bracket is written `\\[`");
        assert_eq!(message("a]"), "no open mark to close at byte 1; a plain bracket is written `\\]`");
        assert_eq!(message("[a:b"), "expected `]` for `[a:`, found the end of the text");
    }

    proptest! {
        #[test]
        fn parse_undoes_render(
            text in "[a-zé«»\\[\\]\\\\ \n]{0,30}",
            ends in proptest::collection::vec((0usize..40, 0usize..40, "[a-z]{1,3}", "[a \"\\\\\\]:=é]{0,4}"), 0..5),
        ) {
            let snap = |at: usize| (0..=at.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap();
            let mut marks: Vec<Mark> = ends.into_iter().map(|(a, b, label, value)| Mark {
                label,
                attributes: vec![("key".to_owned(), value)],
                span: Span::new(snap(a.min(b)), snap(a.max(b))).unwrap(),
            }).collect();
            marks.sort_by_key(|m| (m.span.start(), usize::MAX - m.span.end()));
            // Two crossing marks of one label cannot be told apart by the label that closes them.
            for (i, mark) in marks.iter_mut().enumerate() {
                mark.label = format!("l{i}");
            }
            let read = parse(&render(&text, &marks)).unwrap();
            prop_assert_eq!(read, Marked { text, marks });
        }

        #[test]
        fn any_source_is_read_or_refused_without_a_panic(source in "[a-z=:\"\\\\\\[\\]/ é]{0,40}") {
            let _ = parse(&source);
        }
    }
}
