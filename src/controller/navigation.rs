//! Where a person is in the text, and what keys and clicks do there. Leaves out changing the document (`controller`).

use std::rc::Rc;

use annotator_core::format::value::Value;
use annotator_core::{AnnotationId, Command, CommandError, Document, Session};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::changes::label_names;
use super::{Cause, Controller};
use crate::i18n::fill;
use crate::keymap::Action;
use crate::selection;
use crate::view::{Cursor, Focus, Offer, block_of, renew};

impl Controller {
    /// Toggles a label on what is selected: a stretch, else sentences. Where nothing is, the label waits for text.
    pub fn toggle_label(self: &Rc<Self>, label: &str) {
        let native = self.selected_span();
        if native.is_none() && !self.read(|state| state.cursor.placed) {
            return self.arm(label);
        }
        let command = self.read(|state| {
            let label = label.to_owned();
            match native.or(state.cursor.span) {
                Some(span) => Command::ToggleSpan { span, label },
                None => {
                    let (first, last) = state.cursor.range();
                    Command::ToggleLabel { first, last, label }
                }
            }
        });
        if self.perform(command, Cause::User) {
            if native.is_some() {
                selection::clear(&self.root);
            }
            self.change_cursor(|cursor| {
                cursor.forget_words();
                cursor.placed = true;
            });
            self.change_view(|state| {
                state.offer = Offer::Nothing;
                // While a label waits, nothing is selected between one passage and the next.
                state.cursor.placed &= state.armed.is_none();
            });
        }
    }

    /// A click or tap on the text: on a sentence, or beside one in its paragraph. A drag that selected text is none.
    pub fn click_text(self: &Rc<Self>, sentence: Option<usize>, extend: bool) {
        if !extend && self.selected_span().is_some() {
            return self.chose(true);
        }
        let click = self
            .document()
            .and_then(|document| selection::caret(&self.root, document.text(), document.segmentation().paragraphs()));
        let hit = sentence.or_else(|| self.document()?.sentence_at(click?));
        let Some(hit) = hit else { return };
        if extend {
            selection::clear(&self.root);
        }
        let before = self.read(|state| state.cursor.placed.then_some(state.cursor.range()));
        let opened = !extend && self.open_under(hit, click);
        self.go_to_sentence(hit, extend);
        if opened && before == Some(self.read(|state| state.cursor.range())) {
            self.tell_selection();
        }
        self.state.borrow_mut().cursor.click = click;
        match self.read(|state| state.armed.clone()) {
            Some(label) => self.toggle_label(&label),
            None => self.change_view(|state| state.offer = Offer::Sentence),
        }
    }

    /// Moves the cursor to a sentence and the focus with it.
    pub fn go_to_sentence(self: &Rc<Self>, sentence: usize, extend: bool) {
        let before = self.read(|state| state.cursor.placed.then_some(state.cursor.range()));
        self.change_cursor(|cursor| cursor.move_to(sentence, extend));
        self.change_view(|state| state.focus = Some(Focus::Sentence(sentence)));
        // A click has brought the focus already, and that was told.
        if before != Some(self.read(|state| state.cursor.range())) {
            self.tell_selection();
        }
    }

    /// Keeps the cursor where the focus went by Tab or by a script.
    pub fn focus_came(self: &Rc<Self>, sentence: usize) {
        let known = self.read(|state| state.cursor.placed && state.cursor.head == sentence);
        if !known {
            self.change_cursor(|cursor| cursor.move_to(sentence, false));
            self.tell_selection();
        }
    }

    /// Goes to an annotation's text and marks its card.
    pub fn go_to_annotation(self: &Rc<Self>, id: &AnnotationId) {
        let target = self.read(|state| {
            let document = state.session.as_ref()?.document();
            document.sentences_of(document.annotation(id)?.span()?)
        });
        self.open_card(Some(id.clone()));
        if let Some((first, last)) = target {
            self.change_cursor(|cursor| {
                cursor.move_to(last, false);
                cursor.move_to(first, true);
            });
            self.change_view(|state| state.focus = Some(Focus::Sentence(first)));
            self.tell_selection();
        }
    }

    /// Carries out what a key asks for; `false` leaves the key to the browser.
    pub fn act(self: &Rc<Self>, action: Action, in_text: bool) -> bool {
        let count = self.read(|state| state.session.as_ref().map_or(0, |s| s.document().sentences().len()));
        // Without a text only the toolbar's buttons act, and those that would need one are disabled.
        if count == 0 && !matches!(action, Action::Help | Action::Import | Action::Download) {
            return false;
        }
        if action != Action::Escape {
            self.state.borrow_mut().offer = Offer::Nothing;
        }
        match action {
            Action::Import => self.click_on(".picker"),
            Action::Help => self.click_on("[data-panel=help]"),
            Action::Undo => _ = self.perform(Command::Undo, Cause::Undo),
            Action::Redo => _ = self.perform(Command::Redo, Cause::Redo),
            Action::Download => _ = self.shown(self.download()),
            Action::Label(key) => {
                let label = self.read(|state| {
                    let labels = state.session.as_ref()?.document().labels();
                    labels.by_key(key).map(|label| label.id.clone())
                });
                match label {
                    Some(label) => self.toggle_label(&label),
                    None => return false,
                }
            }
            Action::Annotation { forward } => self.step_annotation(forward),
            Action::Escape => return self.escape(),
            _ if !in_text => return false,
            Action::Sentence { forward, extend } => {
                let head = self.read(|state| state.cursor.head);
                let next = if forward { (head + 1).min(count - 1) } else { head.saturating_sub(1) };
                self.go_to_sentence(next, extend);
            }
            Action::Edge { forward } => self.go_to_sentence(if forward { count - 1 } else { 0 }, false),
            Action::Word { forward, extend } => {
                let document = self.document();
                let Some(document) = document else { return false };
                let mut moved = self.read(|state| state.cursor.clone());
                if !moved.step_word(&document, forward, extend) {
                    return true;
                }
                drop(document);
                let head = moved.head;
                self.change_cursor(|cursor| *cursor = moved);
                self.change_view(|state| state.focus = Some(Focus::Sentence(head)));
            }
            Action::Open => {
                // Enter again leads to the next card under the cursor.
                let known = self.read(|state| state.open.is_some() && state.open != state.visited);
                match self
                    .annotation_under_cursor()
                    .filter(|id| known && self.read(|state| state.open.as_ref() == Some(id)))
                {
                    Some(_) => {}
                    None => _ = self.open_under(self.read(|state| state.cursor.head), None),
                }
                let open = self.read(|state| state.open.clone());
                let Some(id) = open else { return false };
                self.change_view(|state| {
                    state.focus = Some(Focus::Card(id.clone()));
                    state.visited = Some(id);
                });
            }
            Action::Remove => match self.annotation_under_cursor() {
                Some(id) => _ = self.perform(Command::Remove(id), Cause::User),
                None => return false,
            },
            Action::Accept | Action::Dismiss => self.decide_here(action == Action::Accept),
            Action::NextUnlabelled => self.next_unlabelled(),
            Action::Resize(edge, outward) => match self.annotation_under_cursor() {
                Some(id) => {
                    self.open_card(Some(id.clone()));
                    self.resize(&id, edge, outward);
                }
                None => return false,
            },
            Action::Merge => self.merge(),
            Action::Split => self.split(),
        }
        true
    }

    /// Joins the sentence under the cursor with the next.
    pub fn merge(self: &Rc<Self>) {
        let (first, _) = self.read(|state| state.cursor.range());
        if self.perform(Command::MergeSentence(first), Cause::User) {
            self.go_to_sentence(first, false);
        }
    }

    /// Splits the sentence under the cursor at the word under the cursor.
    pub fn split(self: &Rc<Self>) {
        let at = self.document().and_then(|document| self.read(|state| state.cursor.split_at(&document)));
        let Some(at) = at else { return self.report(&self.failure(&CommandError::NoBoundary)) };
        if self.perform(Command::SplitSentence(at), Cause::User) {
            let behind = self.read(|state| state.session.as_ref()?.document().sentence_at(at));
            self.go_to_sentence(behind.unwrap_or_default(), false);
        }
    }

    /// The open document.
    pub(super) fn document(&self) -> Option<std::cell::Ref<'_, Document>> {
        std::cell::Ref::filter_map(self.state.borrow(), |state| state.session.as_ref().map(Session::document)).ok()
    }

    fn annotation_under_cursor(&self) -> Option<AnnotationId> {
        let state = self.state.borrow();
        let document = state.session.as_ref()?.document();
        let here = document.annotations_of(state.cursor.head);
        let open = here.iter().find(|annotation| state.open.as_ref() == Some(&annotation.id));
        open.or(here.last()).map(|annotation| annotation.id.clone())
    }

    fn step_annotation(self: &Rc<Self>, forward: bool) {
        let next = self.read(|state| {
            let document = state.session.as_ref()?.document();
            let all: Vec<&AnnotationId> =
                document.annotations().filter(|a| a.span().is_some()).map(|a| &a.id).collect();
            let open = state.open.as_ref().and_then(|open| all.iter().position(|id| *id == open));
            let index = match (open, forward) {
                (Some(at), true) => (at + 1).min(all.len() - 1),
                (Some(at), false) => at.saturating_sub(1),
                (None, _) => 0,
            };
            all.get(index).map(|id| (*id).clone())
        });
        if let Some(id) = next {
            self.go_to_annotation(&id);
        }
    }

    /// Takes the label that waits away, cancels the selection, closes what is open, then leaves the text.
    fn escape(self: &Rc<Self>) -> bool {
        let native = self.selected_span().is_some();
        if native {
            selection::clear(&self.root);
        }
        let (armed, offered, spread, open) = self.read(|state| {
            let (first, last) = state.cursor.range();
            let spread = first != last || state.cursor.word.is_some() || state.cursor.span.is_some();
            let open = state.open.is_some() || state.alert.is_some();
            (state.armed.is_some(), state.offer != Offer::Nothing, spread, open)
        });
        self.change_view(|state| {
            state.armed = None;
            state.offer = Offer::Nothing;
        });
        match () {
            () if armed || native || offered => {}
            () if spread => self.change_cursor(|cursor| cursor.move_to(cursor.head, false)),
            () if open => {
                self.open_card(None);
                self.change_view(|state| {
                    state.alert = None;
                });
            }
            () => {
                self.change_cursor(|cursor| cursor.placed = false);
                match self.root.active_element() {
                    Some(focused) => focused.unchecked_into::<HtmlElement>().blur().unwrap_or_default(),
                    None => return false,
                }
            }
        }
        true
    }

    pub(super) fn tell_selection(&self) {
        let detail = self.read(|state| {
            let sentence = state.cursor.placed.then_some(state.cursor.head);
            let annotation = state.open.as_ref().map(AnnotationId::as_str);
            vec![
                ("sentence", sentence.map_or(Value::Null, Value::from)),
                ("annotation", annotation.map_or(Value::Null, Value::from)),
            ]
        });
        self.emit("select", detail, false);
    }

    pub(super) fn change_cursor(self: &Rc<Self>, change: impl FnOnce(&mut Cursor)) {
        self.change_view(|state| {
            let (before_first, before_last) = state.cursor.range();
            let span = state.cursor.span;
            change(&mut state.cursor);
            if span != state.cursor.span {
                [span, state.cursor.span].into_iter().flatten().for_each(|span| state.renew_span(span));
            }
            if let (Some(session), true) = (&state.session, state.cursor.placed)
                && state.review.see(session.document(), state.cursor.head)
            {
                state.keep_review();
            }
            let (first, last) = state.cursor.range();
            for sentence in [before_first, before_last, first, last] {
                if let Some(block) = block_of(&state.blocks, sentence) {
                    state.blocks[block].revision += 1;
                    state.blocks[block].full |= sentence == state.cursor.head;
                }
            }
            let (from, to) = (before_first.min(first), before_last.max(last));
            if let (Some(from), Some(to)) = (block_of(&state.blocks, from), block_of(&state.blocks, to))
                && to > from + 1
                && (before_first != before_last || first != last)
            {
                renew(&mut state.blocks[from + 1..to]);
            }
            let Some(document) = state.session.as_ref().map(Session::document) else { return };
            let texts = state.settings.texts();
            let count = document.sentences().len().to_string();
            let chosen = state.cursor.span.or(state.cursor.word).and_then(|span| document.text().slice(span));
            state.done = if let Some(chosen) = chosen {
                fill(texts.selected(), &[chosen])
            } else if first == last {
                let names = label_names(document, first, state.settings.ui);
                let names = if names.is_empty() { texts.unlabelled().to_owned() } else { names };
                fill(texts.position(), &[&(first + 1).to_string(), &count, &names])
            } else {
                fill(texts.positions(), &[&(first + 1).to_string(), &(last + 1).to_string(), &count])
            };
        });
    }

    pub(super) fn focus(&self, focus: &Focus) {
        let selector = match focus {
            Focus::Sentence(index) => format!("[data-sentence=\"{index}\"]"),
            Focus::Card(id) => format!("li[data-annotation=\"{}\"] button", css_string(id.as_str())),
        };
        if let Ok(Some(element)) = self.root.query_selector(&selector) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    }
}

fn css_string(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a ")
}
