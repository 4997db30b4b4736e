//! Between a document and its records: what a transaction writes, and what records make of a fresh document or of a
//! history. Pure functions; leaves out how a record is spelt (`record`) and where records lie (the shell).

use std::rc::Rc;

use crate::annotation::{Annotation, Quote, Target};
use crate::document::Document;
use crate::label::{Label, LabelSet};
use crate::record::{Record, Shelf};
use crate::transaction::{Change, Correction, Transaction};

/// A key with the value that it gets; `None` removes it.
pub type Write = (String, Option<String>);

/// What a transaction writes, in the order of its changes. `page` is the page's label set, which a person's own is made
/// from; without it a label set is not written.
pub fn writes(shelf: &Shelf, transaction: &Transaction, page: Option<&LabelSet>) -> Vec<Write> {
    let write = |(key, value)| (key, Some(value));
    let of = |change: &Change| match change {
        Change::Annotation { after: Some(annotation), .. } => Some(write(shelf.write_annotation(annotation))),
        Change::Annotation { after: None, .. } => change.annotation().map(|id| (shelf.annotation_key(id), None)),
        Change::Boundary { at, after: Some(correction), .. } => Some(write(shelf.write_boundary(*at, *correction))),
        Change::Boundary { at, after: None, .. } => Some((shelf.boundary_key(*at), None)),
        Change::Dismissal { suggestion, after } => {
            let (key, value) = shelf.write_dismissal(suggestion);
            Some((key, after.then_some(value)))
        }
        Change::Labels { after, .. } => page.map(|page| write(shelf.write_labels(after, page))),
    };
    transaction.changes.iter().filter_map(of).collect()
}

/// The change that wrote a value under a key in the place of another; where there was no label set of the person's own,
/// that of the page was in force. `None` if a value cannot be read, or is the
/// release's own record.
pub fn written(
    shelf: &Shelf,
    key: &str,
    before: Option<String>,
    after: Option<String>,
    page: &LabelSet,
) -> Option<Change> {
    let read = |value: Option<String>| match value {
        Some(value) => shelf.read(key, &value).ok().map(Some),
        None => Some(None),
    };
    let annotation = |record| match record {
        Record::Annotation(annotation) => Some(Rc::new(annotation)),
        _ => None,
    };
    let correction = |record| match record {
        Record::Boundary(_, correction) => Some(correction),
        _ => None,
    };
    let labels = |record| match record {
        Some(Record::Labels(labels, _)) => labels,
        _ => page.clone(),
    };
    let (before, after) = (read(before)?, read(after)?);
    match before.as_ref().or(after.as_ref())? {
        Record::Annotation(_) => {
            Some(Change::Annotation { before: before.and_then(annotation), after: after.and_then(annotation) })
        }
        Record::Boundary(at, _) => {
            Some(Change::Boundary { at: *at, before: before.and_then(correction), after: after.and_then(correction) })
        }
        Record::Dismissal(suggestion) => {
            Some(Change::Dismissal { suggestion: suggestion.clone(), after: after.is_some() })
        }
        Record::Labels(..) => Some(Change::Labels { before: labels(before), after: labels(after) }),
        Record::Release(_) | Record::Review(_) => None,
    }
}

/// Stored records as a transaction on a fresh document; `own` is the person's label set. What does not fit its text is kept as an orphan.
pub fn restoring(
    document: &Document,
    own: Option<LabelSet>,
    annotations: Vec<Annotation>,
    corrections: Vec<(usize, Correction)>,
    dismissed: Vec<String>,
) -> Transaction {
    let mut changes = Vec::new();
    let used: Vec<String> = annotations.iter().map(|annotation| annotation.label.clone()).collect();
    let labels = with_used_labels(own.unwrap_or_else(|| document.labels().clone()), used.iter().map(String::as_str));
    if labels != *document.labels() {
        changes.push(Change::Labels { before: document.labels().clone(), after: labels });
    }
    let boundaries =
        corrections.into_iter().map(|(at, after)| Change::Boundary { at, before: None, after: Some(after) });
    changes.extend(boundaries.filter(|change| document.accepts(change)));
    changes.extend(dismissed.into_iter().map(|suggestion| Change::Dismissal { suggestion, after: true }));
    for annotation in annotations {
        let change = Change::Annotation { before: None, after: Some(Rc::new(annotation)) };
        if document.accepts(&change) {
            changes.push(change);
        } else if let Change::Annotation { after: Some(annotation), .. } = change {
            let orphan = Annotation { target: Target::Orphan(Quote::default()), ..Annotation::clone(&annotation) };
            changes.push(Change::Annotation { before: None, after: Some(Rc::new(orphan)) });
        }
    }
    Transaction { changes }
}

/// A label set that knows every label that is in use: those it lacks join by their ids.
pub fn with_used_labels<'a>(labels: LabelSet, used: impl Iterator<Item = &'a str>) -> LabelSet {
    let mut missing: Vec<&str> = Vec::new();
    for id in used {
        if labels.find(id).is_none() && !missing.contains(&id) {
            missing.push(id);
        }
    }
    if missing.is_empty() {
        return labels;
    }
    let added = missing.into_iter().map(Label::bare);
    LabelSet::new(labels.iter().cloned().chain(added).collect())
}
