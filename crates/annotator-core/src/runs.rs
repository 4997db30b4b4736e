//! Overlapping spans flattened for drawing: stretches over which the set of what covers them is constant.
//! Leaves out elements and colours (the shell).

use crate::text::Span;

/// A stretch and what covers all of it, in the order it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<T> {
    /// The stretch; never empty.
    pub span: Span,
    /// What covers it; empty in between.
    pub covering: Vec<T>,
}

/// Cuts `within` at every end of an item that lies inside it.
///
/// The runs tile `within` in order. Quadratic in the number of items, which are those of one sentence.
pub fn runs<T: Clone>(within: Span, items: &[(Span, T)]) -> Vec<Run<T>> {
    let mut cuts = vec![within.start(), within.end()];
    for at in items.iter().flat_map(|(span, _)| [span.start(), span.end()]) {
        if (within.start()..within.end()).contains(&at)
            && let Err(place) = cuts.binary_search(&at)
        {
            cuts.insert(place, at);
        }
    }
    let mut runs = Vec::with_capacity(cuts.len());
    for ends in cuts.windows(2) {
        let Some(span) = Span::new(ends[0], ends[1]) else { continue };
        let covering = items.iter().filter(|(other, _)| other.contains(span)).map(|(_, item)| item.clone());
        runs.push(Run { span, covering: covering.collect() });
    }
    runs
}
