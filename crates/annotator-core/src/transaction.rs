//! What happened to a document: changes that hold both what was and what is, so that every
//! transaction can be undone without knowing how it came about.

use std::rc::Rc;

use crate::annotation::{Annotation, AnnotationId};
use crate::label::LabelSet;

/// One record that was made, replaced or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// An annotation; at least one side is there, and both bear the same id.
    Annotation {
        /// What was; `None` if it is new.
        before: Option<Rc<Annotation>>,
        /// What is; `None` if it is gone.
        after: Option<Rc<Annotation>>,
    },
    /// A person's correction of a sentence boundary.
    Boundary {
        /// The byte at which the later sentence begins.
        at: usize,
        /// What was.
        before: Option<Correction>,
        /// What is.
        after: Option<Correction>,
    },
    /// Whether a suggestion is dismissed.
    Dismissal {
        /// The suggestion's id.
        suggestion: String,
        /// What is; it was the opposite.
        after: bool,
    },
    /// The label set.
    Labels {
        /// What was.
        before: LabelSet,
        /// What is.
        after: LabelSet,
    },
}

/// How a person corrects the computed sentences at one position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// The sentence that begins here belongs to the one before.
    Join,
    /// A sentence begins here.
    Split,
}

/// Changes that are made together or not at all; each record occurs at most once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transaction {
    /// The changes, in the order in which they are made.
    pub changes: Vec<Change>,
}

/// What a transaction did to the annotations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The annotations that are new.
    pub added: Vec<Rc<Annotation>>,
    /// The annotations that were replaced, as they are now.
    pub updated: Vec<Rc<Annotation>>,
    /// The annotations that are gone, as they were.
    pub removed: Vec<Rc<Annotation>>,
}

impl Change {
    /// The change that takes this one back.
    pub fn invert(&self) -> Self {
        match self.clone() {
            Self::Annotation { before, after } => Self::Annotation { before: after, after: before },
            Self::Boundary { at, before, after } => Self::Boundary { at, before: after, after: before },
            Self::Dismissal { suggestion, after } => Self::Dismissal { suggestion, after: !after },
            Self::Labels { before, after } => Self::Labels { before: after, after: before },
        }
    }

    /// The id of the annotation that it changes.
    pub fn annotation(&self) -> Option<&AnnotationId> {
        match self {
            Self::Annotation { before, after } => after.as_ref().or(before.as_ref()).map(|annotation| &annotation.id),
            _ => None,
        }
    }
}

impl Transaction {
    /// The transaction that takes this one back: `apply(t)` then `apply(t.invert())` leaves a document as it was.
    pub fn invert(&self) -> Self {
        Self { changes: self.changes.iter().rev().map(Change::invert).collect() }
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether sentence boundaries moved.
    pub fn moves_boundaries(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Boundary { .. }))
    }

    /// What happened to the annotations, in the order of the changes.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for change in &self.changes {
            if let Change::Annotation { before, after } = change {
                match (before, after) {
                    (None, Some(after)) => summary.added.push(Rc::clone(after)),
                    (Some(_), Some(after)) => summary.updated.push(Rc::clone(after)),
                    (Some(before), None) => summary.removed.push(Rc::clone(before)),
                    (None, None) => {}
                }
            }
        }
        summary
    }

    pub(crate) fn add(&mut self, annotation: Annotation) {
        self.changes.push(Change::Annotation { before: None, after: Some(Rc::new(annotation)) });
    }

    pub(crate) fn remove(&mut self, annotation: &Rc<Annotation>) {
        self.changes.push(Change::Annotation { before: Some(Rc::clone(annotation)), after: None });
    }

    /// Records a replacement, unless the two are equal.
    pub(crate) fn replace(&mut self, before: &Rc<Annotation>, after: Annotation) {
        if **before != after {
            self.changes.push(Change::Annotation { before: Some(Rc::clone(before)), after: Some(Rc::new(after)) });
        }
    }
}
