//! What people mean: commands, and the one door through which a document changes.
//! Leaves out keys and clicks (the shell) and what a change is made of (`transaction`).

use std::fmt;
use std::rc::Rc;

use crate::annotation::{Annotation, AnnotationId, Attributes, Provenance, Stamp, Target, Unit};
use crate::document::{Conflict, Document, Release};
use crate::history::History;
use crate::label::{LabelSet, UiLanguage, fill};
use crate::segment;
use crate::sorted::SortedMap;
use crate::text::Span;
use crate::transaction::{Change, Correction, Transaction};

/// A document in work: with its history.
#[derive(Debug, Clone)]
pub struct Session {
    document: Document,
    history: History,
}

/// What a person, the page or a file asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Puts the label on the sentences from `first` to `last`, or takes it away where all of them bear it.
    ToggleLabel {
        /// The first sentence.
        first: usize,
        /// The last sentence.
        last: usize,
        /// The label's id.
        label: String,
    },
    /// Puts a label on a stretch of text; where an annotation of this label covers exactly that stretch,
    /// takes it away.
    ToggleSpan {
        /// The stretch.
        span: Span,
        /// The label's id.
        label: String,
    },
    /// Adds an annotation.
    Annotate(Draft),
    /// Changes an annotation.
    Update {
        /// Which.
        id: AnnotationId,
        /// What becomes different.
        patch: Patch,
    },
    /// Removes an annotation.
    Remove(AnnotationId),
    /// Gives these annotations another label, or removes them, all at once.
    Relabel {
        /// Which; ids that are not there are passed over.
        ids: Vec<AnnotationId>,
        /// The new label; `None` removes them.
        label: Option<String>,
    },
    /// Removes all annotations.
    Clear,
    /// Replaces the label set. Annotations whose label is no longer in it get another, or are removed.
    SetLabels {
        /// The new set.
        labels: LabelSet,
        /// The label of the annotations whose own is gone; `None` removes them.
        heir: Option<String>,
    },
    /// Joins a sentence with the next one.
    MergeSentence(usize),
    /// Splits the sentence around a byte there.
    SplitSentence(usize),
    /// Puts these annotations in, all at once. Of those with a known id the later version counts, and corrections that
    /// the file lacks stay, unless it is to replace everything.
    Import(Import),
    /// Puts these annotations in as they are: suggestions that were accepted, places with the same words.
    Add(Vec<Annotation>),
    /// Dismisses the suggestions with these ids.
    Dismiss(Vec<String>),
    /// Takes the last step back.
    Undo,
    /// Makes the last undone step again.
    Redo,
}

/// A new annotation, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The stretch.
    pub span: Span,
    /// The label's id.
    pub label: String,
    /// A remark.
    pub note: String,
    /// Named values.
    pub attributes: Attributes,
}

/// What becomes different in an annotation; `None` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// Another label.
    pub label: Option<String>,
    /// Another stretch.
    pub span: Option<Span>,
    /// Another remark.
    pub note: Option<String>,
    /// Named values that replace all former ones.
    pub attributes: Option<Attributes>,
}

/// The content of a file, checked and fitted to the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The annotations; spans lie in the text.
    pub annotations: Vec<Annotation>,
    /// The corrections of sentence boundaries, if the file speaks of sentences.
    pub corrections: Option<SortedMap<usize, Correction>>,
    /// The label set afterwards, if it changes.
    pub labels: Option<LabelSet>,
    /// Whether what is not in the file is removed.
    pub replace: bool,
}

/// Why a command was not carried out. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandError {
    /// There is no such label.
    UnknownLabel {
        /// The id asked for.
        found: String,
        /// The ids that there are.
        known: String,
    },
    /// There is no such sentence.
    NoSentence {
        /// The index asked for.
        found: usize,
        /// How many sentences there are.
        count: usize,
    },
    /// There is no such annotation.
    NoAnnotation(String),
    /// The stretch is empty, reversed, outside the text or inside a character.
    InvalidSpan {
        /// What was asked for, with its unit.
        found: String,
        /// The length of the text, in the same unit.
        length: usize,
    },
    /// No sentence can be joined or split there.
    NoBoundary,
    /// The release may be looked at, not annotated.
    Readonly,
    /// A record is not what the command takes it to be.
    Conflict,
}

impl Session {
    /// Opens a release without annotations.
    pub fn new(release: Release, labels: LabelSet) -> Self {
        Self { document: Document::new(release, labels), history: History::default() }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The history.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Carries a command out, wholly or not at all, and says what happened.
    ///
    /// A command that changes nothing gives an empty transaction and is no step in the history.
    ///
    /// # Errors
    ///
    /// [`CommandError`]; the session is then as it was.
    pub fn perform(&mut self, command: Command, stamp: &Stamp) -> Result<Transaction, CommandError> {
        match command {
            Command::Undo => return Ok(self.history.undo(&mut self.document)),
            Command::Redo => return Ok(self.history.redo(&mut self.document)),
            _ => {}
        }
        let transaction = self.plan(command, stamp)?;
        self.document.apply(&transaction)?;
        self.history.record(transaction.clone());
        Ok(transaction)
    }

    /// Takes up the history of an earlier session: transactions that can be taken back, and inverses of those that were
    /// undone; the last of each is the first to come. Records that are no longer as a step left them stay as they are.
    pub fn remember(&mut self, [done, undone]: [Vec<Transaction>; 2]) {
        self.history = History::new(done, undone);
    }

    /// Says that there is a history of an earlier session; [`History::lacks`] tells when it is wanted.
    pub fn remember_later(&mut self, elsewhere: [bool; 2]) {
        self.history = History::elsewhere(elsewhere);
    }

    /// What a command would change; undo and redo change nothing here.
    ///
    /// # Errors
    ///
    /// [`CommandError`].
    pub fn plan(&self, command: Command, stamp: &Stamp) -> Result<Transaction, CommandError> {
        transaction_for(&self.document, command, stamp)
    }

    /// Makes changes that come from elsewhere (storage, another tab): they are no step in this history.
    ///
    /// # Errors
    ///
    /// [`Conflict`] if a change does not fit; the document is then as it was.
    pub fn absorb(&mut self, transaction: &Transaction) -> Result<(), Conflict> {
        self.document.apply(transaction)
    }
}

/// What a command would change in a document.
fn transaction_for(document: &Document, command: Command, stamp: &Stamp) -> Result<Transaction, CommandError> {
    match command {
        Command::ToggleLabel { first, last, label } => toggle_label(document, first, last, &label, stamp),
        Command::ToggleSpan { span, label } => toggle_span(document, span, label, stamp),
        Command::Annotate(draft) => annotate(document, draft, stamp),
        Command::Update { id, patch } => update(document, &id, patch, stamp),
        Command::Remove(id) => {
            let mut transaction = Transaction::default();
            transaction.remove(existing(document, &id)?);
            Ok(transaction)
        }
        Command::Relabel { ids, label } => {
            if let Some(label) = &label {
                check_label(document, label)?;
            }
            let ids: SortedMap<AnnotationId, usize> = ids.into_iter().map(|id| (id, 0)).collect();
            let listed = |annotation: &Annotation| ids.contains_key(&annotation.id);
            Ok(Transaction { changes: rehome(document, label.as_deref(), &listed, stamp) })
        }
        Command::Clear => Ok(Transaction { changes: rehome(document, None, &|_| true, stamp) }),
        Command::SetLabels { labels, heir } => set_labels(document, labels, heir, stamp),
        Command::MergeSentence(index) => merge_sentence(document, index, stamp),
        Command::SplitSentence(at) => split_sentence(document, at),
        Command::Import(import) => import_into(document, import),
        Command::Add(annotations) => import_into(document, Import { annotations, ..Import::default() }),
        Command::Dismiss(suggestions) => {
            let standing = suggestions.into_iter().filter(|suggestion| !document.is_dismissed(suggestion));
            let changes = standing.map(|suggestion| Change::Dismissal { suggestion, after: true });
            Ok(Transaction { changes: changes.collect() })
        }
        Command::Undo | Command::Redo => Ok(Transaction::default()),
    }
}

/// Where every sentence of the range bears the label, takes it from all of them: an annotation that covers
/// more sentences keeps the others. Else one annotation covers the range and all that of this label touched it; the
/// others go, but for those on which something is written.
fn toggle_label(
    document: &Document,
    first: usize,
    last: usize,
    label: &str,
    stamp: &Stamp,
) -> Result<Transaction, CommandError> {
    check_label(document, label)?;
    let sentences = document.sentences();
    let missing = |found| CommandError::NoSentence { found, count: sentences.len() };
    let head = sentences.get(first).ok_or_else(|| missing(first))?.span;
    let tail = sentences.get(last).ok_or_else(|| missing(last))?.span;
    let range = Span::new(head.start(), tail.end()).ok_or_else(|| missing(last))?;

    let mut bearing: Vec<(&Rc<Annotation>, Span)> = Vec::new();
    let mut all_bear_it = true;
    for (index, sentence) in sentences.iter().enumerate().take(last + 1).skip(first) {
        let mut bears_it = false;
        for annotation in document.annotations_of(index) {
            if annotation.unit != Unit::Sentence || annotation.label != label {
                continue;
            }
            let Some(span) = annotation.span() else { continue };
            bears_it |= span.contains(sentence.span);
            if !bearing.iter().any(|(known, _)| known.id == annotation.id) {
                bearing.push((annotation, span));
            }
        }
        all_bear_it &= bears_it;
    }

    let mut transaction = Transaction::default();
    if !all_bear_it {
        let Some((kept, _)) = bearing.first() else {
            transaction.add(new_annotation(stamp, 0, label.to_owned(), Unit::Sentence, range));
            return Ok(transaction);
        };
        let whole = bearing.iter().fold(range, |whole, (_, span)| whole.cover(*span));
        let grown = Annotation { target: Target::Span(whole), modified: stamp.now, ..Annotation::clone(kept) };
        transaction.replace(kept, grown);
        let silent = |other: &Annotation| other.note.is_empty() && other.attributes.is_empty();
        for (other, _) in bearing.iter().skip(1).filter(|(other, _)| silent(other)) {
            transaction.remove(other);
        }
        return Ok(transaction);
    }
    for (nth, (annotation, span)) in bearing.into_iter().enumerate() {
        let before =
            (span.start() < range.start()).then(|| Span::new(span.start(), sentences[first - 1].span.end())).flatten();
        let behind =
            (range.end() < span.end()).then(|| Span::new(sentences[last + 1].span.start(), span.end())).flatten();
        let part =
            |span| Annotation { target: Target::Span(span), modified: stamp.now, ..Annotation::clone(annotation) };
        match (before, behind) {
            (None, None) => transaction.remove(annotation),
            (Some(rest), None) | (None, Some(rest)) => transaction.replace(annotation, part(rest)),
            (Some(before), Some(behind)) => {
                transaction.replace(annotation, part(before));
                transaction.add(Annotation { id: stamp.id(nth), ..part(behind) });
            }
        }
    }
    Ok(transaction)
}

fn toggle_span(document: &Document, span: Span, label: String, stamp: &Stamp) -> Result<Transaction, CommandError> {
    let same = document
        .sentences_of(span)
        .and_then(|(first, _)| {
            document.annotations_of(first).iter().find(|other| other.span() == Some(span) && other.label == label)
        })
        .cloned();
    match same {
        Some(same) => {
            let mut transaction = Transaction::default();
            transaction.remove(&same);
            Ok(transaction)
        }
        None => {
            let draft = Draft { span, label, note: String::new(), attributes: Attributes::new() };
            annotate(document, draft, stamp)
        }
    }
}

fn annotate(document: &Document, draft: Draft, stamp: &Stamp) -> Result<Transaction, CommandError> {
    check_label(document, &draft.label)?;
    check_span(document, draft.span)?;
    let unit = document.unit_of(draft.span);
    let mut transaction = Transaction::default();
    transaction.add(Annotation {
        note: draft.note,
        attributes: draft.attributes,
        ..new_annotation(stamp, 0, draft.label, unit, draft.span)
    });
    Ok(transaction)
}

fn update(document: &Document, id: &AnnotationId, patch: Patch, stamp: &Stamp) -> Result<Transaction, CommandError> {
    let before = existing(document, id)?;
    let mut after = Annotation::clone(before);
    if let Some(label) = patch.label {
        check_label(document, &label)?;
        after.label = label;
    }
    if let Some(span) = patch.span {
        check_span(document, span)?;
        // A stretch that happens to fill a sentence stays a stretch: its next change is by words again.
        if before.unit == Unit::Sentence || before.span().is_none() {
            after.unit = document.unit_of(span);
        }
        after.target = Target::Span(span);
    }
    after.note = patch.note.unwrap_or(after.note);
    after.attributes = patch.attributes.unwrap_or(after.attributes);
    let mut transaction = Transaction::default();
    if after != **before {
        transaction.replace(before, Annotation { modified: stamp.now, ..after });
    }
    Ok(transaction)
}

fn set_labels(
    document: &Document,
    labels: LabelSet,
    heir: Option<String>,
    stamp: &Stamp,
) -> Result<Transaction, CommandError> {
    if let Some(found) = heir.as_ref().filter(|heir| labels.find(heir).is_none()) {
        return Err(CommandError::UnknownLabel { found: found.clone(), known: labels.ids() });
    }
    let before = document.labels();
    let orphaned = |annotation: &Annotation| labels.find(&annotation.label).is_none();
    let mut changes = rehome(document, heir.as_deref(), &orphaned, stamp);
    if *before != labels {
        changes.insert(0, Change::Labels { before: before.clone(), after: labels });
    }
    Ok(Transaction { changes })
}

/// Gives the annotations that `moves` picks another label, or removes them. Of two that become the same, one with nothing
/// written on it goes.
fn rehome(document: &Document, heir: Option<&str>, moves: &dyn Fn(&Annotation) -> bool, stamp: &Stamp) -> Vec<Change> {
    let mut transaction = Transaction::default();
    let silent = |annotation: &Annotation| annotation.note.is_empty() && annotation.attributes.is_empty();
    for annotation in document.annotations().filter(|annotation| moves(annotation)) {
        let heir = match heir {
            Some(heir) if heir == annotation.label => continue,
            heir => heir,
        };
        let says_it_already = |other: &Rc<Annotation>| {
            let stays = heir == Some(&other.label);
            let wins = stays || moves(other) && (!silent(other) || other.id < annotation.id);
            other.id != annotation.id && other.target == annotation.target && wins
        };
        let beside = annotation.span().and_then(|span| document.sentences_of(span));
        let beside = beside.map_or(&[][..], |(first, _)| document.annotations_of(first));
        match heir {
            Some(heir) if !(silent(annotation) && beside.iter().any(says_it_already)) => {
                let label = heir.to_owned();
                transaction
                    .replace(annotation, Annotation { label, modified: stamp.now, ..Annotation::clone(annotation) });
            }
            _ => transaction.remove(annotation),
        }
    }
    transaction.changes
}

/// Annotations that touched one of the two sentences as a whole now cover both; of two that become the same, with
/// nothing written on the second, the first stays.
fn merge_sentence(document: &Document, index: usize, stamp: &Stamp) -> Result<Transaction, CommandError> {
    let sentences = document.sentences();
    let missing = || CommandError::NoSentence { found: index, count: sentences.len() };
    let head = sentences.get(index).ok_or_else(missing)?.span;
    let tail = sentences.get(index + 1).ok_or(CommandError::NoBoundary)?.span;
    let at = tail.start();
    let before = document.corrections().get(&at).copied();
    let after = match before {
        Some(_) => None,
        None => Some(Correction::Join),
    };
    let mut transaction = Transaction { changes: vec![Change::Boundary { at, before, after }] };
    let mut grown: Vec<Annotation> = Vec::new();
    let of_head = document.annotations_of(index);
    // One that touches both is among those of the first.
    let of_tail = document.annotations_of(index + 1).iter();
    let of_tail = of_tail.filter(|annotation| of_head.iter().all(|known| known.id != annotation.id));
    for annotation in of_head.iter().chain(of_tail) {
        let (Unit::Sentence, Some(span)) = (annotation.unit, annotation.span()) else { continue };
        let target = Target::Span(span.cover(head).cover(tail));
        let says_more = !annotation.note.is_empty() || !annotation.attributes.is_empty();
        if !says_more && grown.iter().any(|known| known.label == annotation.label && known.target == target) {
            transaction.remove(annotation);
            continue;
        }
        let moved = Annotation { target, ..Annotation::clone(annotation) };
        grown.push(moved.clone());
        if moved != **annotation {
            transaction.replace(annotation, Annotation { modified: stamp.now, ..moved });
        }
    }
    Ok(transaction)
}

/// Blanks at the position are skipped. Labels stay on both parts: an annotation then covers two sentences.
fn split_sentence(document: &Document, at: usize) -> Result<Transaction, CommandError> {
    let text = document.text();
    let rest = text.get(at..).ok_or(CommandError::NoBoundary)?;
    let at = at + rest.len() - rest.trim_start().len();
    let inside = document.sentence_at(at).map(|index| document.sentences()[index].span);
    let inside = inside.filter(|span| span.start() < at && at < span.end()).ok_or(CommandError::NoBoundary)?;
    let (within, inner) = (&text[inside.start()..inside.end()], at - inside.start());
    if segment::next_grapheme(within, segment::prev_grapheme(within, inner)) != inner {
        return Err(CommandError::NoBoundary);
    }
    let before = document.corrections().get(&at).copied();
    let after = match before {
        Some(_) => None,
        None => Some(Correction::Split),
    };
    Ok(Transaction { changes: vec![Change::Boundary { at, before, after }] })
}

/// What an import changes in a document.
pub(crate) fn import_into(document: &Document, import: Import) -> Result<Transaction, CommandError> {
    let mut transaction = Transaction::default();
    if let Some(after) = import.labels
        && after != *document.labels()
    {
        transaction.changes.push(Change::Labels { before: document.labels().clone(), after });
    }
    if let Some(wanted) = import.corrections {
        let current = document.corrections();
        // What a person has corrected here stays, unless the file is to replace everything.
        let gone = current.iter().filter(|(at, _)| import.replace && !wanted.contains_key(*at));
        let gone = gone.map(|(at, _)| (*at, None));
        let wanted = wanted.iter().map(|(at, correction)| (*at, Some(*correction)));
        for (at, after) in gone.chain(wanted) {
            let before = current.get(&at).copied();
            if before != after {
                transaction.changes.push(Change::Boundary { at, before, after });
            }
        }
    }
    // Of annotations with the same id the last counts.
    let last: SortedMap<AnnotationId, usize> =
        import.annotations.iter().enumerate().map(|(index, annotation)| (annotation.id.clone(), index)).collect();
    if import.replace {
        let gone = document.annotations().filter(|annotation| !last.contains_key(&annotation.id));
        gone.for_each(|annotation| transaction.remove(annotation));
    }
    for (index, annotation) in import.annotations.into_iter().enumerate() {
        if last.get(&annotation.id) != Some(&index) {
            continue;
        }
        if let Some(span) = annotation.span() {
            check_span(document, span)?;
        }
        match document.annotation(&annotation.id) {
            // Of two versions the later counts.
            Some(before) if !import.replace && before.modified > annotation.modified => {}
            Some(before) => transaction.replace(before, annotation),
            None => transaction.add(annotation),
        }
    }
    Ok(transaction)
}

fn new_annotation(stamp: &Stamp, nth: usize, label: String, unit: Unit, span: Span) -> Annotation {
    Annotation {
        id: stamp.id(nth),
        label,
        unit,
        target: Target::Span(span),
        note: String::new(),
        attributes: Attributes::new(),
        provenance: Provenance::Manual,
        creator: stamp.creator.clone(),
        created: stamp.now,
        modified: stamp.now,
    }
}

fn existing<'a>(document: &'a Document, id: &AnnotationId) -> Result<&'a Rc<Annotation>, CommandError> {
    document.annotation(id).ok_or_else(|| CommandError::NoAnnotation(id.to_string()))
}

fn check_label(document: &Document, label: &str) -> Result<(), CommandError> {
    match document.labels().find(label) {
        Some(_) => Ok(()),
        None => Err(CommandError::UnknownLabel { found: label.to_owned(), known: document.labels().ids() }),
    }
}

fn check_span(document: &Document, span: Span) -> Result<(), CommandError> {
    match document.text().slice(span) {
        Some(exact) if !exact.trim().is_empty() => Ok(()),
        _ => Err(CommandError::InvalidSpan {
            found: format!("[{}, {}] (UTF-8)", span.start(), span.end()),
            length: document.text().len(),
        }),
    }
}

impl CommandError {
    /// The code of the contract, section 6.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownLabel { .. } => "unknown-label",
            Self::NoSentence { .. } | Self::InvalidSpan { .. } | Self::NoBoundary => "invalid-span",
            Self::NoAnnotation(_) => "not-found",
            Self::Readonly => "readonly",
            Self::Conflict => "internal",
        }
    }

    /// What was expected and what was found, in the language of the interface.
    pub fn message(&self, language: UiLanguage) -> String {
        self.message_in(&Self::MESSAGES[language as usize])
    }

    /// The same in the words that a page has given, in the order of [`MESSAGES`](Self::MESSAGES).
    pub fn message_in(&self, messages: &[&str; 7]) -> String {
        match self {
            Self::UnknownLabel { found, known } => fill(messages[0], &[found, known]),
            Self::NoSentence { found, count } => fill(messages[1], &[&found.to_string(), &count.to_string()]),
            Self::NoAnnotation(id) => fill(messages[2], &[id]),
            Self::InvalidSpan { found, length } => fill(messages[3], &[&length.to_string(), found]),
            Self::NoBoundary => messages[4].to_owned(),
            Self::Readonly => messages[5].to_owned(),
            Self::Conflict => messages[6].to_owned(),
        }
    }

    /// The messages by language; `{}` stands for a value.
    pub const MESSAGES: [[&str; 7]; 2] = [
        [
            "Étiquette inconnue : « {} » ; étiquettes disponibles : {}.",
            "Il n’y a pas de phrase n° {} : le texte en compte {}, numérotées à partir de 0.",
            "Il n’y a pas d’annotation « {} ».",
            "Passage attendu : non vide et dans le texte (longueur {}) ; passage reçu : {}.",
            "Aucune phrase ne peut être jointe ou coupée à cet endroit.",
            "Lecture seule : ce communiqué ne peut pas être annoté.",
            "L’annotation a changé entre-temps ; rien n’a été modifié.",
        ],
        [
            "Unknown label “{}”; the labels are: {}.",
            "There is no sentence {}: the text has {}, counted from 0.",
            "There is no annotation “{}”.",
            "Expected a stretch that is not empty and lies in the text (length {}); found {}.",
            "No sentence can be joined or split here.",
            "Read-only: this release cannot be annotated.",
            "The annotation has changed meanwhile; nothing was modified.",
        ],
    ];
}

impl From<Conflict> for CommandError {
    fn from(Conflict: Conflict) -> Self {
        Self::Conflict
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(UiLanguage::English))
    }
}

impl std::error::Error for CommandError {}
