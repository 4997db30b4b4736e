//! Suggestions on the open text: those that the tools have made, which of them are shown, and what becomes of them.
//! Leaves out how they are found (`annotator_core::suggest`, in the tools) and how they are drawn (`ui`).

use std::rc::Rc;

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::{
    Annotation, AnnotationId, Attributes, Command, Document, Provenance, Span, Target, UiLanguage, Utf16Offset,
};

use super::{Cause, Controller, Failure, State};
use crate::i18n::fill;
use crate::view::{Cursor, Focus};

/// A suggestion: no annotation until a person accepts it.
pub struct Proposal {
    pub id: String,
    pub label: String,
    pub span: Span,
    rule: String,
    attributes: Attributes,
    /// As the page gets it, `reason` in both languages included.
    value: Value,
}

impl Proposal {
    /// Reads what the tools have made; `None` if it does not fit the text or its label is not in the set.
    fn read(value: &Value, document: &Document) -> Option<Self> {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let [start, end] = json::ends(&value["utf16"])?;
        document.labels().find(&text("label"))?;
        Some(Self {
            id: text("id"),
            label: text("label"),
            span: document.text().span_of_utf16([Utf16Offset(start), Utf16Offset(end)])?,
            rule: text("rule"),
            attributes: json::attributes(&value["attributes"]),
            value: value.clone(),
        })
    }

    /// Whether it is neither dismissed nor beside an annotation of its label.
    fn stands(&self, document: &Document) -> bool {
        let (first, last) = document.sentences_of(self.span).unwrap_or_default();
        let says_it = |annotation: &Rc<Annotation>| {
            annotation.label == self.label && annotation.span().is_some_and(|span| span.overlaps(self.span))
        };
        !document.is_dismissed(&self.id)
            && !(first..=last).any(|sentence| document.annotations_of(sentence).iter().any(says_it))
    }

    /// Why it was made, in the language of the interface.
    pub fn reason(&self, ui: UiLanguage) -> &str {
        let lang = if ui == UiLanguage::English { "en" } else { "fr" };
        self.value["reason"][lang].as_str().unwrap_or_default()
    }
}

impl State {
    /// The suggestions that stand inside a stretch, or touch it, in text order.
    pub fn proposals_in(&self, span: Span) -> impl Iterator<Item = &Rc<Proposal>> {
        let document = self.session.as_ref().map(|session| session.document());
        self.proposals.iter().filter(move |proposal| {
            proposal.span.overlaps(span) && document.is_some_and(|document| proposal.stands(document))
        })
    }

    /// The suggestions that stand, as the page gets them.
    pub fn proposal_values(&self) -> Value {
        let Some(session) = &self.session else { return Value::Array(Vec::new()) };
        let standing = self.proposals_in(session.document().text().span());
        standing.map(|proposal| proposal.value.clone()).collect()
    }
}

impl Controller {
    /// Takes what the tools propose for the open text, in place of what they proposed before.
    pub fn propose(self: &Rc<Self>, values: &Value) {
        self.change_view(|state| {
            let Some(session) = &state.session else { return };
            let entries = values.as_array().map_or(&[][..], Vec::as_slice);
            let document = session.document();
            state.proposals = entries.iter().filter_map(|entry| Proposal::read(entry, document)).map(Rc::new).collect();
            let count = state.proposals_in(document.text().span()).count();
            let texts = state.settings.texts();
            state.done =
                if count == 0 { texts.no_proposal().to_owned() } else { fill(texts.proposed(), &[&count.to_string()]) };
            state.redraw_blocks();
        });
    }

    /// Accepts suggestions, or dismisses them, all in one step. Ids that do not stand are passed over.
    ///
    /// # Errors
    ///
    /// [`Failure`]; nothing has changed then.
    pub fn decide(self: &Rc<Self>, ids: &[String], accept: bool) -> Result<(), Failure> {
        let stamp = self.stamp();
        let command = {
            let state = self.state.borrow();
            let Some(session) = &state.session else { return Err(self.no_release()) };
            let document = session.document();
            let all = ids.iter().any(|id| id == "all");
            let chosen =
                state.proposals_in(document.text().span()).filter(|proposal| all || ids.contains(&proposal.id));
            if accept {
                let annotations = chosen.enumerate().map(|(index, proposal)| {
                    // A stretch that was chosen meanwhile and overlaps a suggestion is its correction.
                    let chosen =
                        state.cursor.span.filter(|span| ids.len() == 1 && !all && span.overlaps(proposal.span));
                    let span = chosen.unwrap_or(proposal.span);
                    Annotation {
                        id: stamp.id(index),
                        label: proposal.label.clone(),
                        unit: document.unit_of(span),
                        target: Target::Span(span),
                        note: String::new(),
                        attributes: proposal.attributes.clone(),
                        provenance: Provenance::Suggested(proposal.rule.clone()),
                        creator: stamp.creator.clone(),
                        created: stamp.now,
                        modified: stamp.now,
                    }
                });
                Command::Add(annotations.collect())
            } else {
                Command::Dismiss(chosen.map(|proposal| proposal.id.clone()).collect())
            }
        };
        self.dispatch(command, Cause::User)?;
        self.change_view(|state| {
            if let Some(span) = state.cursor.span.take() {
                state.renew_span(span);
            }
        });
        Ok(())
    }

    /// Accepts or dismisses the suggestion under the cursor, and goes to the next one if the sentence has none left.
    pub(super) fn decide_here(self: &Rc<Self>, accept: bool) {
        let here = self.read(|state| {
            let sentence = state.session.as_ref()?.document().sentences().get(state.cursor.head)?.span;
            let near = state.cursor.span.or(state.cursor.word).and_then(|span| state.proposals_in(span).next());
            near.or(state.proposals_in(sentence).next()).map(|proposal| proposal.id.clone())
        });
        if let Some(id) = here
            && self.shown(self.decide(&[id], accept)).is_none()
        {
            return;
        }
        let next = self.read(|state| {
            let document = state.session.as_ref()?.document();
            let from = document.sentences().get(state.cursor.head)?.span.start();
            let all: Vec<_> = state.proposals_in(document.text().span()).collect();
            let next = all.iter().find(|proposal| proposal.span.end() > from).or(all.first())?;
            document.sentences_of(next.span).map(|(first, _)| first)
        });
        match next {
            Some(next) if next != self.read(|state| state.cursor.head) => self.go_to_sentence(next, false),
            Some(_) => {}
            None => self.change_view(|state| state.done = state.settings.texts().no_proposal().to_owned()),
        }
    }

    /// Gives other stretches the label and the attributes of an annotation, all in one step; `ends` are their starts and
    /// ends in turn, in UTF-16 code units.
    ///
    /// # Errors
    ///
    /// [`Failure`]; nothing has changed then.
    pub fn annotate_same(self: &Rc<Self>, id: &str, ends: &[usize]) -> Result<(), Failure> {
        let stamp = self.stamp();
        let made = {
            let document = self.document().ok_or_else(|| self.no_release())?;
            let model = AnnotationId::new(id).and_then(|id| document.annotation(&id).cloned());
            let spans = ends
                .chunks_exact(2)
                .filter_map(|pair| document.text().span_of_utf16([Utf16Offset(pair[0]), Utf16Offset(pair[1])]));
            let copy = |(index, span): (usize, Span)| {
                Some(Annotation {
                    id: stamp.id(index),
                    unit: document.unit_of(span),
                    target: Target::Span(span),
                    note: String::new(),
                    provenance: Provenance::Manual,
                    creator: stamp.creator.clone(),
                    created: stamp.now,
                    modified: stamp.now,
                    ..Annotation::clone(model.as_ref()?)
                })
            };
            spans.enumerate().filter_map(copy).collect()
        };
        self.dispatch(Command::Add(made), Cause::User).map(drop)
    }

    /// Goes to a suggestion's text and chooses it, so that it can be changed before it is accepted.
    pub fn choose_proposal(self: &Rc<Self>, id: &str) {
        let found = self.read(|state| {
            let proposal = state.proposals.iter().find(|proposal| proposal.id == id)?;
            let (first, _) = state.session.as_ref()?.document().sentences_of(proposal.span)?;
            Some((first, proposal.span))
        });
        if let Some((sentence, span)) = found {
            let cursor = self.document().map(|document| {
                let mut cursor = Cursor::default();
                cursor.move_to(sentence, false);
                cursor.choose(span, &document);
                cursor
            });
            self.change_cursor(|own| *own = cursor.unwrap_or_default());
            self.change_view(|state| state.focus = Some(Focus::Sentence(sentence)));
        }
    }
}
