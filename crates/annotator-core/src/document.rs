//! A release with its sentences, labels and annotations: what one person works on.
//! Leaves out what people mean (`session`) and what they did (`history`).

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::rc::Rc;

use crate::annotation::{Annotation, AnnotationId, Unit};
use crate::label::LabelSet;
use crate::segment::{self, Segmentation, Sentence};
use crate::sha256::{hex, sha256};
use crate::sorted::SortedMap;
use crate::text::{Language, Span, Text};
use crate::transaction::{Change, Correction, Transaction};

/// A press release as it came.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its short name, which is also that of the file it is saved under.
    pub id: String,
    /// Its title; the first sentence where nobody gave one.
    pub title: String,
    /// Its language, a BCP 47 tag.
    pub lang: String,
    /// Where it came from; empty where that is not known.
    pub source: String,
    /// Its text, to the character.
    pub text: Text,
    sha256: OnceCell<String>,
}

/// A release and all that people have added to it.
#[derive(Debug, Clone)]
pub struct Document {
    release: Release,
    computed: Rc<Segmentation>,
    corrections: SortedMap<usize, Correction>,
    segmentation: Rc<Segmentation>,
    labels: LabelSet,
    /// The ids of the suggestions that somebody has dismissed.
    dismissed: SortedMap<String, ()>,
    by_id: SortedMap<AnnotationId, Rc<Annotation>>,
    /// For every sentence the annotations that touch it, in text order. Every span touches one.
    by_sentence: Vec<Vec<Rc<Annotation>>>,
    /// The annotations without a place, by id.
    orphans: Vec<Rc<Annotation>>,
    /// For every label in use its annotations, in text order, orphans last.
    by_label: SortedMap<String, Vec<Rc<Annotation>>>,
}

/// A change that does not fit the document: the record is not what the change says it was,
/// or would not fit the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict;

impl Release {
    /// A release with this text; where `id` or `title` is empty, one is made from the text.
    pub fn new(id: &str, title: &str, lang: &str, source: &str, text: Text) -> Self {
        let sha256 = OnceCell::new();
        let [id, title, lang, source] = [id, title, lang, source].map(str::to_owned);
        let mut release = Self { id, title, lang, source, text, sha256 };
        if release.id.is_empty() {
            release.id = format!("release-{}", &release.sha256()[..12]);
        }
        release
    }

    /// The SHA-256 of the text in UTF-8, in hexadecimal. Made at first use: of a book it takes as long as finding the
    /// sentences, and opening one does not want it.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| hex(&sha256(self.text.as_bytes())))
    }
}

impl Document {
    /// A document without annotations: the release with its computed sentences.
    pub fn new(mut release: Release, labels: LabelSet) -> Self {
        let computed = Rc::new(segment::segment(&release.text, Language::from_tag(&release.lang)));
        if release.title.is_empty() {
            let first = computed.sentences().first().and_then(|sentence| release.text.slice(sentence.span));
            release.title = first.unwrap_or_default().to_owned();
        }
        let by_sentence = vec![Vec::new(); computed.sentences().len()];
        Self {
            release,
            segmentation: Rc::clone(&computed),
            computed,
            corrections: SortedMap::new(),
            labels,
            dismissed: SortedMap::new(),
            by_id: SortedMap::new(),
            by_sentence,
            orphans: Vec::new(),
            by_label: SortedMap::new(),
        }
    }

    /// The release.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The text of the release.
    pub fn text(&self) -> &Text {
        &self.release.text
    }

    /// The label set.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The sentences in force: the computed ones with the corrections.
    pub fn sentences(&self) -> &[Sentence] {
        self.segmentation.sentences()
    }

    /// The segmentation in force. The same allocation as long as no boundary moves.
    pub fn segmentation(&self) -> &Rc<Segmentation> {
        &self.segmentation
    }

    /// The corrections, by the byte at which the later sentence begins.
    pub fn corrections(&self) -> &SortedMap<usize, Correction> {
        &self.corrections
    }

    /// Whether somebody has dismissed the suggestion with this id.
    pub fn is_dismissed(&self, suggestion: &str) -> bool {
        self.dismissed.contains_key(suggestion)
    }

    /// The annotation with this id.
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.by_id.get(id)
    }

    /// All annotations in text order (by start, the longer first, then by id), orphans last.
    pub fn annotations(&self) -> impl Iterator<Item = &Rc<Annotation>> {
        let sentences = self.sentences();
        let placed = self.by_sentence.iter().enumerate().flat_map(move |(index, touching)| {
            // One that began earlier was listed there.
            let from = index.checked_sub(1).map_or(0, |before| sentences[before].span.end());
            touching.iter().filter(move |annotation| annotation.span().is_some_and(|span| span.start() >= from))
        });
        placed.chain(&self.orphans)
    }

    /// How many annotations there are, orphans included.
    pub fn annotation_count(&self) -> usize {
        self.by_id.len()
    }

    /// The annotations that touch a sentence, in text order; none behind the last sentence.
    pub fn annotations_of(&self, sentence: usize) -> &[Rc<Annotation>] {
        self.by_sentence.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// The next sentence that no annotation touches, from the one behind this to the end and round to it again; `None`
    /// where there is none.
    pub fn next_unlabelled(&self, sentence: usize) -> Option<usize> {
        let count = self.by_sentence.len();
        (1..=count).map(|step| (sentence + step) % count).find(|index| self.by_sentence[*index].is_empty())
    }

    /// The annotations that bear a label, in text order, orphans last.
    pub fn annotations_labelled(&self, label: &str) -> &[Rc<Annotation>] {
        self.by_label.get(label).map_or(&[], Vec::as_slice)
    }

    /// The sentence in which a byte lies, or the next one behind it; `None` behind the last.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let index = self.sentences().partition_point(|sentence| sentence.span.end() <= byte);
        (index < self.sentences().len()).then_some(index)
    }

    /// The first and the last sentence that a span touches; `None` if it touches only blanks.
    pub fn sentences_of(&self, span: Span) -> Option<(usize, usize)> {
        let sentences = self.sentences();
        let first = sentences.partition_point(|sentence| sentence.span.end() <= span.start());
        let behind = sentences.partition_point(|sentence| sentence.span.start() < span.end());
        (first < behind).then(|| (first, behind - 1))
    }

    /// The unit of an annotation of this span: one that begins and ends with sentences covers whole sentences.
    pub fn unit_of(&self, span: Span) -> Unit {
        let whole = self.sentences_of(span).is_some_and(|(first, last)| {
            let sentences = self.sentences();
            sentences[first].span.start() == span.start() && sentences[last].span.end() == span.end()
        });
        if whole { Unit::Sentence } else { Unit::Span }
    }

    /// Whether the record is as the change says it was, and would fit the text after it.
    pub fn accepts(&self, change: &Change) -> bool {
        match change {
            Change::Annotation { before, after } => {
                let Some(id) = change.annotation() else { return true };
                let fits = |span| self.text().slice(span).is_some_and(|exact| !exact.trim().is_empty());
                self.by_id.get(id) == before.as_ref()
                    && after.as_ref().is_none_or(|after| after.id == *id && after.span().is_none_or(fits))
            }
            Change::Boundary { at, before, .. } => {
                self.corrections.get(at) == before.as_ref() && self.text().is_char_boundary(*at)
            }
            Change::Dismissal { suggestion, after } => self.dismissed.contains_key(suggestion) != *after,
            Change::Labels { before, .. } => self.labels == *before,
        }
    }

    /// Makes all changes of a transaction, or none.
    ///
    /// # Errors
    ///
    /// [`Conflict`] if a change does not fit; the document is then as it was.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Conflict> {
        if !transaction.changes.iter().all(|change| self.accepts(change)) {
            return Err(Conflict);
        }
        let mut added = Vec::new();
        for change in &transaction.changes {
            match change {
                Change::Annotation { before, after } => {
                    if let Some(before) = before {
                        self.take(before);
                    }
                    added.extend(after.clone());
                }
                Change::Boundary { at, after, .. } => {
                    match after {
                        Some(correction) => self.corrections.insert(*at, *correction),
                        None => self.corrections.remove(at),
                    };
                }
                Change::Dismissal { suggestion, after: true } => _ = self.dismissed.insert(suggestion.clone(), ()),
                Change::Dismissal { suggestion, .. } => _ = self.dismissed.remove(suggestion),
                Change::Labels { after, .. } => self.labels = after.clone(),
            }
        }
        if transaction.moves_boundaries() {
            self.segmentation = Rc::new(corrected(self.text(), &self.computed, &self.corrections));
            self.index_sentences();
        }
        added.iter().for_each(|annotation| self.shelve(annotation));
        self.index_labels(&added);
        let added = added.into_iter().map(|annotation| (annotation.id.clone(), annotation));
        if added.len() < MANY {
            added.for_each(|(id, annotation)| _ = self.by_id.insert(id, annotation));
        } else {
            self.by_id.fill(added);
        }
        Ok(())
    }

    /// The corrections that turn the computed sentences into these, as far as they differ; positions that
    /// are no place for a boundary are left out. The inverse of applying corrections.
    ///
    /// `None` if the sentences are not in order.
    pub fn corrections_for(&self, sentences: &[Span]) -> Option<SortedMap<usize, Correction>> {
        let text = self.text();
        if !sentences.is_sorted_by_key(|span| span.start()) {
            return None;
        }
        let computed = self.computed.sentences();
        let mut corrections = SortedMap::new();
        for at in computed.iter().skip(1).map(|sentence| sentence.span.start()) {
            if sentences.binary_search_by_key(&at, |span| span.start()).is_err() {
                corrections.insert(at, Correction::Join);
            }
        }
        for start in sentences.iter().map(|span| span.start()) {
            let index = computed.partition_point(|sentence| sentence.span.end() <= start);
            let inside = computed.get(index).is_some_and(|sentence| sentence.span.start() < start);
            if inside && text.get(start..).is_some_and(|rest| !rest.starts_with(char::is_whitespace)) {
                corrections.insert(start, Correction::Split);
            }
        }
        Some(corrections)
    }

    fn take(&mut self, annotation: &Annotation) {
        match annotation.span().and_then(|span| self.sentences_of(span)) {
            Some((first, last)) => {
                for touching in &mut self.by_sentence[first..=last] {
                    touching.retain(|other| other.id != annotation.id);
                }
            }
            None => self.orphans.retain(|other| other.id != annotation.id),
        }
        self.by_id.remove(&annotation.id);
        if let Some(labelled) = self.by_label.get_mut(&annotation.label) {
            let place = labelled.partition_point(|other| order(other) < order(annotation));
            labelled.remove(place);
        }
    }

    /// Files annotations under their labels.
    fn index_labels(&mut self, added: &[Rc<Annotation>]) {
        for annotation in added {
            if !self.by_label.contains_key(&annotation.label) {
                self.by_label.insert(annotation.label.clone(), Vec::new());
            }
            let labelled = self.by_label.get_mut(&annotation.label).expect("inserted above");
            let place = labelled.partition_point(|other| order(other) < order(annotation));
            labelled.insert(place, Rc::clone(annotation));
        }
    }

    /// Files an annotation under the sentences that it touches.
    fn shelve(&mut self, annotation: &Rc<Annotation>) {
        match annotation.span().and_then(|span| self.sentences_of(span)) {
            Some((first, last)) => {
                for touching in &mut self.by_sentence[first..=last] {
                    let place = touching.partition_point(|other| order(other) < order(annotation));
                    touching.insert(place, Rc::clone(annotation));
                }
            }
            None => {
                let place = self.orphans.partition_point(|other| other.id < annotation.id);
                self.orphans.insert(place, Rc::clone(annotation));
            }
        }
    }

    fn index_sentences(&mut self) {
        let all: Vec<Rc<Annotation>> = self.by_id.iter().map(|(_, annotation)| Rc::clone(annotation)).collect();
        self.by_sentence = vec![Vec::new(); self.sentences().len()];
        self.orphans.clear();
        all.iter().for_each(|annotation| self.shelve(annotation));
    }
}

/// Annotations that are sorted in one go: with fewer, each in its place is faster.
const MANY: usize = 100;

/// Text order: by start, the longer first, then by id.
fn order(annotation: &Annotation) -> (usize, Reverse<usize>, &AnnotationId) {
    let (start, end) = annotation.span().map_or((usize::MAX, usize::MAX), |span| (span.start(), span.end()));
    (start, Reverse(end), &annotation.id)
}

/// The computed segmentation with a person's corrections. Joining across a line end joins the paragraphs too,
/// so that every sentence lies in one paragraph.
fn corrected(text: &Text, computed: &Segmentation, corrections: &SortedMap<usize, Correction>) -> Segmentation {
    let mut paragraphs: Vec<Span> = Vec::with_capacity(computed.paragraphs().len());
    let mut sentences: Vec<Sentence> = Vec::with_capacity(computed.sentences().len());
    let mut last_paragraph = None;
    for sentence in computed.sentences() {
        let joined = corrections.get(&sentence.span.start()) == Some(&Correction::Join);
        let last = sentences.last_mut().filter(|_| joined);
        let opens_paragraph = last_paragraph != Some(sentence.paragraph);
        last_paragraph = Some(sentence.paragraph);
        match (last, paragraphs.last_mut()) {
            (Some(last), Some(paragraph)) => {
                last.span = last.span.cover(sentence.span);
                if opens_paragraph {
                    *paragraph = paragraph.cover(computed.paragraphs()[sentence.paragraph]);
                }
            }
            _ => {
                if opens_paragraph {
                    paragraphs.push(computed.paragraphs()[sentence.paragraph]);
                }
                sentences.push(Sentence { span: sentence.span, paragraph: paragraphs.len() - 1 });
            }
        }
        for (&at, _) in corrections
            .from_key(&(sentence.span.start() + 1))
            .take_while(|(at, _)| **at < sentence.span.end())
            .filter(|(_, correction)| **correction == Correction::Split)
        {
            let whole = sentences.last_mut().expect("pushed or extended above");
            let before = text.get(whole.span.start()..at).map(str::trim_end);
            let (Some(before), Some(rest)) = (before, Span::new(at, whole.span.end())) else { continue };
            if let Some(head) = Span::new(whole.span.start(), whole.span.start() + before.len())
                && !head.is_empty()
            {
                let paragraph = whole.paragraph;
                whole.span = head;
                sentences.push(Sentence { span: rest, paragraph });
            }
        }
    }
    Segmentation::from_parts(paragraphs, sentences)
}
