//! How far a person has read: which sentences were seen, and whether the release is done. No annotation, no step in
//! the history, and not part of the file. Leaves out where the person is (the shell).

use crate::document::Document;
use crate::text::Span;

/// What of a release was looked at. Cloning copies the ranges, of which there are few: reading goes forward.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// Apart from one another and in order, in bytes; a sentence was seen if its first byte lies in one.
    seen: Vec<Span>,
    /// Whether the person has said that nothing is left to do.
    pub done: bool,
}

impl Review {
    /// A review of these ranges, in any order.
    pub fn new(ranges: impl IntoIterator<Item = Span>, done: bool) -> Self {
        let mut review = Self { seen: Vec::new(), done };
        ranges.into_iter().for_each(|range| review.add(range));
        review
    }

    /// The ranges in bytes, apart from one another and in order.
    pub fn ranges(&self) -> &[Span] {
        &self.seen
    }

    /// Marks a sentence as seen; whether it had not been. Sentences in a row make one range.
    pub fn see(&mut self, document: &Document, sentence: usize) -> bool {
        let sentences = document.sentences();
        let Some(start) = sentences.get(sentence).map(|sentence| sentence.span.start()) else { return false };
        let place = self.seen.partition_point(|range| range.end() <= start);
        if self.seen.get(place).is_some_and(|range| range.start() <= start) {
            return false;
        }
        let behind = sentences.get(sentence + 1).map_or(document.text().len(), |next| next.span.start());
        Span::new(start, behind).into_iter().for_each(|range| self.add(range));
        true
    }

    /// Marks everything as seen that another review has seen.
    pub fn join(&mut self, other: &Self) {
        other.seen.iter().for_each(|range| self.add(*range));
    }

    /// How many sentences were seen.
    pub fn count(&self, document: &Document) -> usize {
        let before = |byte| document.sentences().partition_point(|sentence| sentence.span.start() < byte);
        self.seen.iter().map(|range| before(range.end()) - before(range.start())).sum()
    }

    fn add(&mut self, range: Span) {
        let mut whole = range;
        self.seen.retain(|known| {
            let apart = known.end() < range.start() || range.end() < known.start();
            if !apart {
                whole = whole.cover(*known);
            }
            apart
        });
        let place = self.seen.partition_point(|known| known.start() < whole.start());
        self.seen.insert(place, whole);
    }
}
