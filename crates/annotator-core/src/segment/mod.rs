//! stand-in
use crate::text::{Language, Span, Text};
/// s
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segmentation {
    p: Vec<Span>,
    s: Vec<Sentence>,
}
/// s
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// s
    pub span: Span,
    /// p
    pub paragraph: usize,
}
impl Segmentation {
    /// x
    pub fn from_parts(p: Vec<Span>, s: Vec<Sentence>) -> Self {
        Self { p, s }
    }
    /// x
    pub fn paragraphs(&self) -> &[Span] {
        &self.p
    }
    /// x
    pub fn sentences(&self) -> &[Sentence] {
        &self.s
    }
}
/// x
pub fn segment(text: &Text, _l: Language) -> Segmentation {
    let mut p = vec![];
    let mut s = vec![];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let t = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if t.is_empty() {
            continue;
        }
        p.push(Span::new(start, start + t.len()).unwrap());
        let mut b = start;
        for (i, _) in t.match_indices(". ") {
            let e = start + i + 1;
            s.push(Sentence { span: Span::new(b, e).unwrap(), paragraph: p.len() - 1 });
            b = e;
            while text[b..].starts_with(' ') {
                b += 1
            }
        }
        s.push(Sentence { span: Span::new(b, start + t.len()).unwrap(), paragraph: p.len() - 1 });
    }
    Segmentation { p, s }
}
/// x
pub fn is_grapheme_boundary(_t: &str, _b: usize) -> bool {
    true
}
