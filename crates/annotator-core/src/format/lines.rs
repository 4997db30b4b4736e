//! The text of a release with LF line ends, for tools that open files in text mode: there CRLF counts as one
//! character, and every position behind would be off by one a line.

use crate::text::{Span, Text};

/// A text with every line end as LF, and the way between its positions and those of the original.
pub(crate) struct Lines {
    text: Text,
    /// The byte of every CR that stands before an LF, in the original, in order.
    removed: Vec<usize>,
}

impl Lines {
    /// Turns CRLF and a lone CR into LF, as Python's universal newlines do.
    pub fn new(original: &Text) -> Self {
        let removed: Vec<usize> = original.match_indices("\r\n").map(|(at, _)| at).collect();
        if !original.contains('\r') {
            return Self { text: original.clone(), removed };
        }
        let lf = original.replace("\r\n", "\n").replace('\r', "\n");
        Self { text: Text::new(lf), removed }
    }

    /// The text with LF line ends.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// A span of the original here; an end between CR and LF moves before the line end.
    pub fn to_lf(&self, span: Span) -> Span {
        let to = |byte: usize| byte - self.removed.partition_point(|&cr| cr < byte);
        Span::new(to(span.start()), to(span.end())).unwrap_or(span)
    }

    /// A span of this text in the original; whole line ends stay whole.
    pub fn to_original(&self, span: Span) -> Span {
        let from = |byte: usize| {
            // The n-th CR stood n bytes earlier here; those before the position count.
            let (mut low, mut high) = (0, self.removed.len());
            while low < high {
                let middle = (low + high) / 2;
                if self.removed[middle] - middle < byte {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            byte + low
        };
        Span::new(from(span.start()), from(span.end())).unwrap_or(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_span_with_whole_line_ends_comes_back(content in "(a|é|😀|\r\n|\r|\n){0,30}", a in 0..60usize, b in 0..60usize) {
            let text = Text::new(content.as_str());
            let lines = Lines::new(&text);
            let whole = |at: usize| content.is_char_boundary(at) && !content[..at].ends_with('\r');
            if let Some(span) = Span::new(a, b).filter(|_| b <= content.len() && whole(a) && whole(b)) {
                let here = lines.to_lf(span);
                let words = lines.text().slice(here).expect("a boundary stays a boundary");
                prop_assert_eq!(words, text[a..b].replace("\r\n", "\n").replace('\r', "\n"));
                prop_assert_eq!(lines.to_original(here), span);
            }
        }
    }
}
