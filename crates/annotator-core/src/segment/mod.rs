//! Sentences, paragraphs, words and grapheme clusters of a release. French first, English too; every
//! other language gets the general rules. Leaves out a person's corrections (see `document`).
//!
//! # What a sentence is
//!
//! - Closing quotation marks, brackets and glued footnote marks belong to the sentence before them.
//! - Sentences inside one quotation are units of their own; a mark at the end of a quotation that its
//!   attribution follows ends none: `« A. | B ! » demande X.`
//! - Line breaks end a unit, except in hard-wrapped prose. List and heading numbers stay with their text.
//! - `M.`, `cf.`, initials, decimals, dates and addresses end none; `etc.`, `U.S.A.` and `J.-C.` do where a
//!   new sentence clearly starts. A blank may be missing behind a full stop; a no-break space there ties.
//! - A stray quotation mark or bracket swallows nothing.
//!
//! # Laws
//!
//! - Sentences and paragraphs tile the text, but for white space.
//! - No sentence cuts a grapheme cluster.
//! - The text of one sentence is one sentence, but for those whose partner of a straight quotation mark or a
//!   bracket lies elsewhere, or that run over lines.
//! - Appending moves boundaries at most one paragraph back, while it leaves undecided or as it was whether the
//!   text is hard-wrapped.
//! - Time is linear in the length.

mod boundary;
mod class;
mod cluster;
mod grapheme;
mod layout;
mod lexicon;
mod next;
mod stop;
mod token;
mod word;

use crate::{Language, Span, Text};

pub(crate) use class::{is_letter, is_word};
pub use grapheme::{next_grapheme, prev_grapheme};
pub use word::words;

/// The paragraphs and sentences of a text.
///
/// Both are in order and never overlap; what lies outside of them is white space. Every sentence lies in
/// exactly one paragraph, none is empty or has white space at its ends, and none cuts a grapheme cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmentation {
    paragraphs: Vec<Span>,
    sentences: Vec<Sentence>,
}

/// One sentence, or a line that is a unit of its own: a heading, a list item, a source line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it lies, in bytes of the text.
    pub span: Span,
    /// The index of its paragraph in [`Segmentation::paragraphs`].
    pub paragraph: usize,
}

impl Segmentation {
    /// Puts a segmentation together; the caller keeps the laws above.
    pub(crate) fn from_parts(paragraphs: Vec<Span>, sentences: Vec<Sentence>) -> Self {
        Self { paragraphs, sentences }
    }

    /// The paragraphs: each line, or in hard-wrapped prose each run of lines that goes on.
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }
}

/// Finds the paragraphs and sentences of a text. Linear in its length, whatever it holds.
///
/// # Examples
///
/// ```
/// use annotator_core::segment::segment;
/// use annotator_core::{Language, Text};
/// let text = Text::new("Titre\n« Oui. Merci », dit M. Roy. Fin.");
/// let found = segment(&text, Language::French);
/// let shown: Vec<_> = found.sentences().iter().map(|s| text.slice(s.span).unwrap()).collect();
/// assert_eq!(shown, ["Titre", "« Oui.", "Merci », dit M. Roy.", "Fin."]);
/// assert_eq!(found.sentences()[3].paragraph, 1);
/// ```
pub fn segment(text: &Text, language: Language) -> Segmentation {
    let paragraphs = layout::paragraphs(text);
    let mut sentences = Vec::new();
    for (paragraph, &span) in paragraphs.iter().enumerate() {
        boundary::split(text, span, language, &mut |span| {
            if let Some(span) = span {
                sentences.push(Sentence { span, paragraph });
            }
        });
    }
    Segmentation { paragraphs, sentences }
}

/// The spans of the sentences alone; see [`segment`].
pub fn sentences(text: &Text, language: Language) -> Vec<Span> {
    segment(text, language).sentences.iter().map(|sentence| sentence.span).collect()
}
