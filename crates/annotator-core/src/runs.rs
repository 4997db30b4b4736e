//! Overlapping annotations flattened for drawing: stretches over which the set of annotations is constant.
//! Leaves out elements and colours (the shell).

use std::rc::Rc;

use crate::annotation::Annotation;
use crate::text::Span;

/// A stretch and the annotations that cover all of it, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The stretch; never empty.
    pub span: Span,
    /// What covers it; empty between annotations.
    pub annotations: Vec<Rc<Annotation>>,
}

/// Cuts `within` at every end of an annotation that lies inside it.
///
/// The runs tile `within` in order; neighbours differ in what covers them; orphans cover nothing.
pub fn runs(within: Span, annotations: &[Rc<Annotation>]) -> Vec<Run> {
    let mut cuts = vec![within.start(), within.end()];
    let spans: Vec<(Span, &Rc<Annotation>)> =
        annotations.iter().filter_map(|annotation| Some((annotation.span()?, annotation))).collect();
    for (span, _) in &spans {
        cuts.extend([span.start(), span.end()].into_iter().filter(|at| (within.start()..within.end()).contains(at)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut runs: Vec<Run> = Vec::with_capacity(cuts.len());
    for ends in cuts.windows(2) {
        let Some(span) = Span::new(ends[0], ends[1]) else { continue };
        let covering =
            spans.iter().filter(|(other, _)| other.contains(span)).map(|(_, annotation)| Rc::clone(annotation));
        runs.push(Run { span, annotations: covering.collect() });
    }
    runs
}
