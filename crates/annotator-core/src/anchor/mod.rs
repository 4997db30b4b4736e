//! Finding an annotation again when the text under it has changed: `reanchor` with the old text at hand, `resolve` with
//! no more than the quote and its context. Nothing is dropped and nothing below a threshold is accepted: what cannot be
//! told apart is `Ambiguous`, what is gone is an `Orphan`.
//! Leaves out what becomes of the answers (a person confirms moved and changed ones).
//!
//! Laws, each a test of that name: describing and resolving on the same text is exact · re-anchoring on the same text is
//! exact · every span gets an answer, on boundaries of the new text.

mod align;
mod leftover;
mod order;
mod pairing;
mod project;
mod quote;
mod token;
mod units;

use crate::{Span, Text};

/// What finds a span again: its words, what stands before and behind, and where it was
/// (Web Annotation Data Model 4.2.4 TextQuoteSelector and 4.2.5 TextPositionSelector).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selectors {
    /// The words themselves, to the character.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
    /// Where they stood in the old text: a hint.
    pub position: Span,
}

/// Where an annotation is in the new text, and how sure that is.
///
/// What an annotator would say decides the span: a sentence in which words changed is the whole changed sentence; one
/// that was cut is what remains; one that was split is all its parts; one that was merged with another is its own words.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// The same words at the same place: in the same order as the rest of what stayed, beside a word that stood beside
    /// them before, or within three sentences of a sentence that was as near before. Typography, line ends and the
    /// spelling of accents (NFC, NFD) may differ, letters may not.
    Exact(Span),
    /// The same words at another place.
    Moved(Span),
    /// The words have changed.
    Fuzzy {
        /// What stands for them now.
        span: Span,
        /// How much of old and new is the same, between 0 and 1; 0 where a few words were replaced altogether
        /// while their sentence stayed.
        score: f32,
    },
    /// The same words in several places, and nothing that tells them apart. One place alone means that the text
    /// held the words more often before, and that nothing says which of them went.
    Ambiguous(Vec<Span>),
    /// Gone.
    Orphan,
}

impl Resolution {
    /// The one span it stands for; `None` for `Ambiguous` and `Orphan`.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved(span) | Self::Fuzzy { span, .. } => Some(*span),
            Self::Ambiguous(_) | Self::Orphan => None,
        }
    }
}

/// Characters of context on each side: what Hypothesis and Apache Annotator keep too.
const CONTEXT: usize = 32;

/// Describes a span so that it can be found again without this text.
///
/// The context holds about 32 characters a side and cuts no grapheme cluster. A span that does not lie on boundaries of
/// the text describes the empty stretch at its start.
pub fn describe(text: &Text, span: Span) -> Selectors {
    let exact = text.slice(span).unwrap_or_default();
    let before = text.as_str().get(..span.start()).unwrap_or_default();
    let behind = text.as_str().get(span.start() + exact.len()..).unwrap_or_default();
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    Selectors {
        exact: exact.to_owned(),
        prefix: before[whole_cluster(before, from, true)..].to_owned(),
        suffix: behind[..whole_cluster(behind, to, false)].to_owned(),
        position: span,
    }
}

/// Finds the words in a text of which only the selectors are known.
///
/// Without the old text, a look-alike cannot be told from a changed original: what is not found word for word must be
/// much like the quote, or like it and in its context. Prefer [`reanchor`] where the old text is kept.
pub fn resolve(selectors: &Selectors, new: &Text) -> Resolution {
    quote::resolve(selectors, new)
}

/// Finds spans of an old text in a new one: one answer for each, in their order.
///
/// The two texts are compared as a whole, so that what belongs to another sentence is not taken for a changed one.
/// Linear in the length of the texts but for what changed, in time; linear in memory.
///
/// # Examples
///
/// ```
/// use annotator_core::anchor::{Resolution, reanchor};
/// use annotator_core::{Span, Text};
/// let old = Text::new("Ipsen signe. L’accord dure 3 ans. Il est signé.");
/// let new = Text::new("Ipsen signe. Un mot. L'accord dure 3 ans. Il est signé.");
/// let span = Span::new(13, 36).unwrap();
/// assert_eq!(reanchor(&old, &new, &[span]), [Resolution::Exact(Span::new(21, 42).unwrap())]);
/// ```
pub fn reanchor(old: &Text, new: &Text, spans: &[Span]) -> Vec<Resolution> {
    if spans.is_empty() {
        return Vec::new();
    }
    if old == new {
        let known = |&span: &Span| if old.slice(span).is_some() { Resolution::Exact(span) } else { Resolution::Orphan };
        return spans.iter().map(known).collect();
    }
    let alignment = align::Alignment::new(old, new);
    let projector = project::Projector { old, new, alignment: &alignment };
    spans.iter().map(|&span| projector.resolve(span)).collect()
}

/// Moves a cut to a boundary of grapheme clusters, forward or backward: an approximation of UAX #29 GB3 to GB13 that
/// may keep clusters together that are not one, and never cuts one (within 64 characters).
fn whole_cluster(text: &str, mut at: usize, forward: bool) -> usize {
    for _ in 0..2 * CONTEXT {
        let (Some(before), Some(behind)) = (text[..at].chars().next_back(), text[at..].chars().next()) else { break };
        if !holds_together(before, behind) {
            break;
        }
        if forward { at += behind.len_utf8() } else { at -= before.len_utf8() }
    }
    at
}

fn holds_together(before: char, behind: char) -> bool {
    let flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    let extends = |c: char| {
        matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}' | '\u{1160}'..='\u{11ff}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
    };
    (before == '\r' && behind == '\n') || extends(behind) || before == '\u{200d}' || (flag(before) && flag(behind))
}
