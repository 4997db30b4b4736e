//! What buttons and fields ask for by name, through the one listener of the element's class, and what a hand does with the
//! text besides clicking it. Leaves out keys (`navigation`) and what is drawn (`ui`).

use std::rc::Rc;

use annotator_core::extent::{resized, snapped};
use annotator_core::{Annotation, AnnotationId, Command, Document, Edge, Patch, Snap, Span, Target, Utf16Offset};

use super::{Cause, Controller, State};
use crate::i18n::fill;
use crate::keymap::Action;
use crate::selection;
use crate::view::{Focus, Offer};

impl Controller {
    /// Does what a button or field asks for; `of` is the id of its annotation or label, `value` what the field holds.
    pub fn ask(self: &Rc<Self>, action: &str, of: &str, value: String) {
        match action {
            "undo" => _ = self.act(Action::Undo, true),
            "redo" => _ = self.act(Action::Redo, true),
            "merge" => _ = self.act(Action::Merge, true),
            "split" => _ = self.act(Action::Split, true),
            "import" => _ = self.act(Action::Import, true),
            "download" => _ = self.act(Action::Download, true),
            "label" => self.toggle_label(of),
            "next" => self.next_unlabelled(),
            "go" | "remove" | "note" | "relabel" | "+start" | "-start" | "+end" | "-end" => {
                self.edit(action, of, value)
            }
            _ if action.starts_with('@') => self.edit(action, of, value),
            _ => self.change_view(|state| match action {
                "quiet" => state.alert = None,
                "done" => {
                    state.review.done = !state.review.done;
                    state.keep_review();
                }
                "search" | "only" | "order" => {
                    let list = &mut state.list;
                    list.page = None;
                    match action {
                        "search" => list.search = folded(&value),
                        "only" => list.only = value,
                        _ => list.by_text = !list.by_text,
                    }
                }
                // Behind how many cards, and of which label.
                "page" => {
                    let (start, label) = of.split_once(' ').unwrap_or_default();
                    state.list.page = Some((label.parse().ok(), start.parse().unwrap_or_default()));
                    let Some(session) = &state.session else { return };
                    let groups = listed(state, session.document(), CARDS);
                    let turned = groups.iter().find(|group| group.label == label.parse().ok());
                    state.focus = turned.and_then(|group| Some(Focus::Card(group.cards.first()?.id.clone())));
                }
                "snap" => {
                    state.snap =
                        [Snap::Words, Snap::Sentences, Snap::Nothing][value.parse::<usize>().unwrap_or_default() % 3]
                }
                "hide" => {
                    let hidden = &mut state.list.hidden;
                    let before = hidden.len();
                    hidden.retain(|label| label != of);
                    if hidden.len() == before {
                        hidden.push(of.to_owned());
                    }
                    state.redraw_blocks();
                }
                _ => state.offer = Offer::Nothing,
            }),
        }
    }

    /// What the card of an annotation asks for.
    fn edit(self: &Rc<Self>, action: &str, of: &str, value: String) {
        let Some(id) = AnnotationId::new(of) else { return };
        let mut patch = Patch::default();
        match action {
            "go" => return self.go_to_annotation(&id),
            "remove" => return self.remove_from_list(&id),
            "note" => patch.note = Some(value),
            "relabel" => patch.label = Some(value),
            _ => match action.strip_prefix('@') {
                Some(name) => {
                    let known = self.document().and_then(|document| Some(document.annotation(&id)?.attributes.clone()));
                    let mut attributes = known.unwrap_or_default();
                    attributes.remove(name);
                    if !value.trim().is_empty() {
                        attributes.insert(name.to_owned(), value);
                    }
                    patch.attributes = Some(attributes);
                }
                None => {
                    let edge = if action.ends_with('d') { Edge::End } else { Edge::Start };
                    return self.resize(&id, edge, action.starts_with('+'));
                }
            },
        }
        let moves = patch.label.is_some();
        if self.perform(Command::Update { id: id.clone(), patch }, Cause::User) && moves {
            // Under another label it is another card.
            self.change_view(|state| state.focus = Some(Focus::Card(id)));
        }
    }

    /// Moves one end of an annotation by a word, or by a sentence; nothing where there is no room.
    pub(super) fn resize(self: &Rc<Self>, id: &AnnotationId, edge: Edge, outward: bool) {
        let span = self.document().and_then(|document| {
            let annotation = document.annotation(id)?;
            resized(&document, annotation, edge, outward)
        });
        if span.is_some() {
            let patch = Patch { span, ..Patch::default() };
            self.perform(Command::Update { id: id.clone(), patch }, Cause::User);
        }
    }

    pub(super) fn next_unlabelled(self: &Rc<Self>) {
        match self.document().and_then(|document| document.next_unlabelled(self.read(|state| state.cursor.head))) {
            Some(next) => self.go_to_sentence(next, false),
            None => self.change_view(|state| state.done = state.settings.texts().all_labelled().to_owned()),
        }
    }

    /// The browser's selection has come to rest: `None` if nothing of the text is selected. Where a label waits for text and
    /// the hand has let go, it gets it.
    pub fn chose(self: &Rc<Self>, let_go: bool) {
        let span = self.selected_span();
        let armed = self.read(|state| state.armed.clone()).filter(|_| let_go);
        match (span, armed) {
            (Some(_), Some(label)) => self.toggle_label(&label),
            (Some(span), None) => self.change_view(|state| {
                let words = state.session.as_ref().and_then(|session| session.document().text().slice(span));
                state.done = fill(state.settings.texts().selected(), &[words.unwrap_or_default()]);
                state.offer = Offer::Stretch;
            }),
            (None, _) if self.read(|state| state.offer == Offer::Stretch) => {
                self.change_view(|state| state.offer = Offer::Nothing);
            }
            (None, _) => {}
        }
    }

    /// One end of an annotation, or of the chosen stretch where `of` names none, is dragged to a place: UTF-16 code units
    /// behind the start of a paragraph. What it would become is drawn as chosen.
    pub fn drag(self: &Rc<Self>, edge: Edge, of: &str, paragraph: usize, offset: usize) {
        let span = self.document().and_then(|document| {
            let text = document.text();
            let start = document.segmentation().paragraphs().get(paragraph)?.start();
            let at = text.byte_of_utf16(Utf16Offset(text.utf16_of(start)?.0 + offset))?;
            let annotation = AnnotationId::new(of).and_then(|id| document.annotation(&id));
            let (known, snap) = self.read(|state| match annotation {
                Some(annotation) if annotation.unit == annotator_core::Unit::Sentence => {
                    (annotation.span(), Snap::Sentences)
                }
                Some(annotation) => (annotation.span(), state.snap),
                None => (state.cursor.span, state.snap),
            });
            let wanted = match edge {
                Edge::Start => Span::new(at, known?.end()),
                Edge::End => Span::new(known?.start(), at),
            };
            snapped(&document, wanted?, snap)
        });
        if let Some(span) = span {
            self.change_cursor(|cursor| cursor.span = Some(span));
        }
    }

    /// The dragged end is let go: an annotation gets what was drawn.
    pub fn drop(self: &Rc<Self>, of: &str) {
        let Some(id) = AnnotationId::new(of) else { return };
        let span = self.read(|state| state.cursor.span);
        self.change_cursor(|cursor| cursor.span = None);
        if span.is_some() {
            let patch = Patch { span, ..Patch::default() };
            self.perform(Command::Update { id, patch }, Cause::User);
        }
    }

    /// Opens the card of what lies under a click: of several annotations the innermost, then with each click the next outward.
    pub(super) fn open_under(self: &Rc<Self>, sentence: usize, at: Option<usize>) -> bool {
        let next = self.read(|state| {
            let document = state.session.as_ref()?.document();
            // Between two lines the browser may mean a letter of another sentence.
            let at = at.filter(|at| document.sentence_at(*at) == Some(sentence));
            let mut under = document.annotations_of(sentence).iter().rev().filter(|annotation| {
                at.is_none_or(|at| annotation.span().is_some_and(|span| span.start() <= at && at <= span.end()))
            });
            let first = under.clone().next()?;
            under.find(|annotation| state.open.as_ref() == Some(&annotation.id));
            Some(under.next().unwrap_or(first).id.clone())
        });
        let changed = self.read(|state| state.open != next);
        self.open_card(next);
        changed
    }

    /// Opens a card, or none, and draws its marks so.
    pub(super) fn open_card(self: &Rc<Self>, id: Option<AnnotationId>) {
        self.change_view(|state| {
            let spans = [state.open.take(), id.clone()].map(|id| {
                let document = state.session.as_ref()?.document();
                document.annotation(&id?)?.span()
            });
            state.open = id;
            state.list.page = None;
            spans.into_iter().flatten().for_each(|span| state.renew_span(span));
        });
    }

    /// Lets a label wait for text, or no longer.
    pub(super) fn arm(self: &Rc<Self>, label: &str) {
        self.change_view(|state| {
            state.armed = Some(label.to_owned()).filter(|_| state.armed.as_deref() != Some(label))
        });
    }

    /// The stretch that the browser shows as selected, grown to what it snaps to.
    pub(super) fn selected_span(&self) -> Option<Span> {
        let state = self.state.borrow();
        let document = state.session.as_ref()?.document();
        let selected = selection::selected(&self.root, document.text(), document.segmentation().paragraphs())?;
        snapped(document, selected, state.snap)
    }

    /// Where the words that a person has chosen stand, in UTF-16 code units.
    pub fn chosen(&self) -> Option<[usize; 2]> {
        let span = self.selected_span().or(self.read(|state| state.cursor.span))?;
        self.document()?.text().utf16_span(span).map(|ends| ends.map(|at| at.0))
    }

    /// Removes an annotation from its card; the focus goes to the next card.
    fn remove_from_list(self: &Rc<Self>, id: &AnnotationId) {
        let next = self.read(|state| {
            let document = state.session.as_ref()?.document();
            let listed: Vec<_> = listed(state, document, CARDS).into_iter().flat_map(|group| group.cards).collect();
            let at = listed.iter().position(|annotation| annotation.id == *id)?;
            let next = listed.get(at + 1).or(listed.get(at.checked_sub(1)?))?;
            Some(next.id.clone())
        });
        if self.perform(Command::Remove(id.clone()), Cause::User) {
            self.change_view(|state| {
                state.focus = next.map(Focus::Card).or(Some(Focus::Sentence(state.cursor.head)));
            });
        }
    }
}

/// Annotations that the list shows under one heading.
pub struct Group<'a> {
    /// The place of their label; `None` in text order.
    pub label: Option<usize>,
    /// How many there are.
    pub count: usize,
    /// How many stand before those that are drawn.
    pub before: usize,
    /// Those that are drawn: from where somebody has turned to, or those around the open one, or the first.
    pub cards: Vec<&'a Rc<Annotation>>,
}

/// Cards that are drawn in a group; the others are counted.
pub const CARDS: usize = 30;

/// The annotations that the list shows, in its order: by label or in text order; at most so many of a group.
pub fn listed<'a>(state: &State, document: &'a Document, most: usize) -> Vec<Group<'a>> {
    let group = |label, all: &mut dyn Iterator<Item = &'a Rc<Annotation>>| group(state, document, label, all, most);
    let only = &state.list.only;
    let mut groups = Vec::new();
    if !state.list.by_text {
        for (index, label) in document.labels().iter().enumerate() {
            if only.is_empty() || label.id == *only {
                groups.push(group(Some(index), &mut document.annotations_labelled(&label.id).iter()));
            }
        }
    } else if only.is_empty() {
        groups.push(group(None, &mut document.annotations()));
    } else {
        groups.push(group(None, &mut document.annotations_labelled(only).iter()));
    }
    groups.retain(|group| group.count > 0);
    groups
}

fn group<'a>(
    state: &State,
    document: &Document,
    label: Option<usize>,
    all: &mut dyn Iterator<Item = &'a Rc<Annotation>>,
    most: usize,
) -> Group<'a> {
    let search = &state.list.search;
    let says = |text: &str| folded(text).contains(search);
    let mut group = Group { label, count: 0, before: 0, cards: Vec::new() };
    let mut sought = state.open.as_ref();
    if let (Some(label), Some(open)) = (label, sought.and_then(|open| document.annotation(open))) {
        sought = sought.filter(|_| document.labels().position(&open.label) == Some(label));
    }
    if let Some((_, start)) = state.list.page.filter(|(of, _)| *of == label && most == CARDS) {
        (group.before, sought) = (start, None);
    }
    for annotation in all {
        // Where nothing is looked for, counting touches no annotation: there may be thousands.
        if !search.is_empty() {
            let words = match &annotation.target {
                Target::Span(span) => document.text().slice(*span).unwrap_or_default(),
                Target::Orphan(quote) => &quote.exact,
            };
            if !(says(words) || says(&annotation.note) || annotation.attributes.iter().any(|(_, value)| says(value))) {
                continue;
            }
        }
        group.count += 1;
        if group.cards.len() == most && sought.is_some() {
            group.cards.drain(..most / 2);
            group.before += most / 2;
        }
        if group.count > group.before && group.cards.len() < most {
            group.cards.push(annotation);
        }
        sought = sought.filter(|open| **open != annotation.id);
    }
    // Those behind may be gone.
    group.before = group.before.min(group.count);
    group
}

/// A text as it is looked for: without the case of French and English letters. The whole of Unicode costs 6 KB to load.
fn folded(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'A'..='Z' | 'À'..='Þ' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
            'Œ' => 'œ',
            c => c,
        })
        .collect()
}
