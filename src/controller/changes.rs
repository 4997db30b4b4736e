//! What a transaction did, in words and places. Pure functions; leaves out carrying changes out (`controller`).

use std::rc::Rc;

use annotator_core::{Annotation, Change, Correction, Document, Span, Transaction, UiLanguage};

use super::Cause;
use crate::i18n::{Texts, fill};
use crate::storage::Store;

/// The names of the labels that a sentence bears, joined.
pub fn label_names(document: &Document, sentence: usize, ui: UiLanguage) -> String {
    let names: Vec<&str> = labels_of(document, sentence)
        .into_iter()
        .map(|id| document.labels().find(id).map_or(id, |label| label.name(ui)))
        .collect();
    names.join(", ")
}

/// The ids of the labels that a sentence bears as a whole, each once, in text order.
pub fn labels_of(document: &Document, sentence: usize) -> Vec<&str> {
    let mut ids = Vec::new();
    let Some(span) = document.sentences().get(sentence).map(|sentence| sentence.span) else { return ids };
    for annotation in document.annotations_of(sentence) {
        let whole = annotation.span().is_some_and(|target| target.contains(span));
        if whole && !ids.contains(&annotation.label.as_str()) {
            ids.push(annotation.label.as_str());
        }
    }
    ids
}

/// The stretches that a transaction touched.
pub(super) fn touched(transaction: &Transaction) -> impl Iterator<Item = Span> {
    transaction
        .changes
        .iter()
        .flat_map(|change| match change {
            Change::Annotation { before, after } => [before, after].map(|side| side.as_ref().and_then(|a| a.span())),
            _ => [None, None],
        })
        .flatten()
}

/// What a transaction did, in words for the status line.
pub(super) fn say(
    transaction: &Transaction,
    document: &Document,
    cause: Cause,
    texts: &Texts,
    ui: UiLanguage,
) -> String {
    let summary = transaction.summary();
    let name = |annotation: &Annotation| {
        document.labels().find(&annotation.label).map_or(annotation.label.clone(), |label| label.name(ui).to_owned())
    };
    match (cause, summary.added.as_slice(), summary.updated.len(), summary.removed.as_slice()) {
        (Cause::Undo, ..) => texts.undone().to_owned(),
        (Cause::Redo, ..) => texts.redone().to_owned(),
        _ if transaction.moves_boundaries() => {
            let split = transaction.changes.iter().any(|change| {
                matches!(change, Change::Boundary { before: Some(Correction::Join), .. })
                    || matches!(change, Change::Boundary { after: Some(Correction::Split), .. })
            });
            if split { texts.cut().to_owned() } else { texts.merged().to_owned() }
        }
        (_, [added], 0, []) => fill(texts.added(), &[&name(added)]),
        (_, [], 0, [removed]) => fill(texts.removed(), &[&name(removed)]),
        (_, [], 0, []) => match transaction.changes.first() {
            Some(Change::Dismissal { .. }) => texts.dismissed().to_owned(),
            _ => texts.labels_changed().to_owned(),
        },
        (_, [], 0, removed) => fill(texts.removed_many(), &[&removed.len().to_string()]),
        (_, added, updated, removed) => fill(texts.changed(), &[&(added.len() + updated + removed.len()).to_string()]),
    }
}

pub(super) fn removed_by(document: &Document, store: &Store, key: &str) -> Option<Change> {
    let annotation = document.annotations().find(|annotation| store.is_key_of(key, &annotation.id));
    if let Some(annotation) = annotation {
        return Some(Change::Annotation { before: Some(Rc::clone(annotation)), after: None });
    }
    if let Some(suggestion) = store.dismissal_of(key).filter(|suggestion| document.is_dismissed(suggestion)) {
        return Some(Change::Dismissal { suggestion, after: false });
    }
    let (at, correction) = document.corrections().iter().find(|(at, _)| store.is_key_at(key, **at))?;
    Some(Change::Boundary { at: *at, before: Some(*correction), after: None })
}
