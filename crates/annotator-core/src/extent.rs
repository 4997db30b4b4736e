//! Where stretches begin and end: snapping what a person selected, and moving one end of an annotation by a word or
//! a sentence. Leaves out changing the document (`session`).

use crate::annotation::{Annotation, Unit};
use crate::document::Document;
use crate::segment;
use crate::text::{Language, Span};

/// To what a selected stretch grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Snap {
    /// To whole words; `l’État` is two.
    #[default]
    Words,
    /// To whole sentences.
    Sentences,
    /// To whole grapheme clusters.
    Nothing,
}

/// One end of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// A selected stretch without blanks at its ends, grown outward to what it snaps to; `None` if only blanks are selected.
///
/// It covers all of the selection but those blanks, and snapping it again changes nothing.
pub fn snapped(document: &Document, selected: Span, snap: Snap) -> Option<Span> {
    let text = document.text();
    let inner = text.slice(selected)?;
    let start = selected.start() + inner.len() - inner.trim_start().len();
    let end = start + inner.trim().len();
    let span = Span::new(start, end).filter(|span| !span.is_empty())?;
    let (first, last) = document.sentences_of(span)?;
    let (head, tail) = (document.sentences()[first].span, document.sentences()[last].span);
    match snap {
        Snap::Sentences => Some(head.cover(tail)),
        Snap::Nothing => {
            let within = |sentence: Span, at: usize| (&text[sentence.start()..sentence.end()], at - sentence.start());
            let (words, at) = within(head, start.max(head.start()));
            let cluster = segment::prev_grapheme(words, segment::next_grapheme(words, at));
            let (words, behind) = within(tail, end.min(tail.end()));
            let behind = segment::next_grapheme(words, segment::prev_grapheme(words, behind)).max(behind);
            Span::new(head.start() + cluster.min(at), tail.start() + behind)
        }
        Snap::Words => {
            let around = |sentence, at: usize| {
                words_of(document, sentence).into_iter().find(|word| word.start() < at && at < word.end())
            };
            let start = around(first, start).map_or(start, Span::start);
            let end = around(last, end).map_or(end, Span::end);
            Span::new(start, end)
        }
    }
}

/// The stretch of an annotation after one end has moved by a word, or by a sentence if it covers whole sentences,
/// outward or inward; `None` where there is no further word, or none would be left.
///
/// Moving out and in again gives the same stretch if that end lay at a word.
pub fn resized(document: &Document, annotation: &Annotation, edge: Edge, outward: bool) -> Option<Span> {
    let span = annotation.span()?;
    let forward = (edge == Edge::End) == outward;
    let at = match edge {
        Edge::Start => span.start(),
        Edge::End => span.end(),
    };
    let at = next_stop(document, annotation.unit, edge, at, forward)?;
    let resized = match edge {
        Edge::Start => Span::new(at, span.end()),
        Edge::End => Span::new(span.start(), at),
    };
    resized.filter(|span| !span.is_empty())
}

/// The next place behind (or before) a byte where a word or a sentence begins or ends.
fn next_stop(document: &Document, unit: Unit, edge: Edge, at: usize, forward: bool) -> Option<usize> {
    let sentences = document.sentences();
    let mut index = document.sentence_at(at).unwrap_or(sentences.len().checked_sub(1)?);
    loop {
        let pieces = match unit {
            Unit::Sentence => vec![sentences.get(index)?.span],
            Unit::Span => words_of(document, index),
        };
        let mut stops = pieces.into_iter().map(|piece| match edge {
            Edge::Start => piece.start(),
            Edge::End => piece.end(),
        });
        let stop = if forward { stops.find(|stop| *stop > at) } else { stops.rfind(|stop| *stop < at) };
        if stop.is_some() {
            return stop;
        }
        index = if forward { index + 1 } else { index.checked_sub(1)? };
        sentences.get(index)?;
    }
}

/// The words of a sentence, in bytes of the text; none behind the last sentence.
pub fn words_of(document: &Document, sentence: usize) -> Vec<Span> {
    let Some(own) = document.sentences().get(sentence).map(|sentence| sentence.span) else { return Vec::new() };
    let language = Language::from_tag(&document.release().lang);
    let words = segment::words(document.text().slice(own).unwrap_or_default(), language);
    words.into_iter().filter_map(|word| Span::new(own.start() + word.start(), own.start() + word.end())).collect()
}
