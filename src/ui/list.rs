//! The annotations beside the text, by label; of each label so many cards at a time.

use std::rc::Rc;

use annotator_core::{Annotation, Document, Target};
use yew::prelude::*;

use crate::controller::{Handle, State};
use crate::i18n::{Texts, fill};
use crate::ui::part::{What, joint, part};
use crate::view::{CARDS, Listed};

/// Characters of a passage that a card shows.
const EXCERPT: usize = 180;

/// Draws the list.
pub fn list(handle: &Handle) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    widget.read(|state| {
        let document = state.session.as_ref().map(|session| session.document());
        let count = document.map_or(0, Document::annotation_count);
        let groups: Html = document
            .into_iter()
            .flat_map(|document| document.labels().iter().enumerate())
            .filter_map(|(index, label)| {
                let listed = state.listed(&label.id);
                // What a card shows is its annotation, its label's name and what is set; the same annotation is at the same place.
                let cards = listed.shown.iter().map(|card| Rc::as_ptr(card) as u32 ^ card.modified.millis() as u32);
                let texts = label.name(state.settings.ui).bytes().map(u32::from);
                let open =
                    listed.shown.iter().position(|card| state.open.as_ref() == Some(&card.id)).unwrap_or(CARDS) as u32;
                let rest = [
                    listed.count as u32,
                    listed.from as u32,
                    open,
                    state.settings.readonly.into(),
                    state.settings.ui as u32,
                ];
                (listed.count > 0).then(|| part(handle, What::Cards, index, joint(cards.chain(texts).chain(rest))))
            })
            .collect();
        let keys = document.map(|document| document.labels()).unwrap_or(&state.settings.labels);
        let keys: Vec<String> = keys.iter().filter_map(|label| label.key).take(3).map(String::from).collect();
        html! {
            <aside class="list" part="annotations" aria-label={texts.annotations}>
                <h2>{ texts.annotations }<span class="count">{ count }</span></h2>
                if count == 0 {
                    <p class="hint">{ texts.none_yet }</p>
                    if !state.readonly() {
                        <p class="hint">{ fill(texts.first_steps, &[&keys.join(", ")]) }</p>
                    }
                }
                { groups }
            </aside>
        }
    })
}

/// Draws the cards of a label.
pub fn cards(handle: &Handle, index: usize) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    widget.read(|state| {
        let Some(document) = state.session.as_ref().map(|session| session.document()) else { return html! {} };
        let Some(label) = document.labels().iter().nth(index) else { return html! {} };
        let name = label.name(state.settings.ui);
        let Listed { shown, from, count } = state.listed(&label.id);
        let turn = |to: usize, left: usize, text| {
            let (widget, id) = (handle.clone(), label.id.clone());
            let onclick = Callback::from(move |_: MouseEvent| widget.0.change_view(|state| state.turn(&id, to)));
            html! {
                if left > 0 {
                    <button type="button" class="more" {onclick}>{ fill(text, &[&left.to_string()]) }</button>
                }
            }
        };
        let behind = from + shown.len();
        html! {
            <section class={format!("group label-{index}")}>
                <h3><span class="swatch" aria-hidden="true"></span>{ name }<span class="count">{ count }</span></h3>
                { turn(from.saturating_sub(CARDS), from, texts.more_before) }
                <ol role="list">{ for shown.iter().map(|annotation| card(handle, state, document, annotation, name, texts)) }</ol>
                { turn(behind, count - behind, texts.more_behind) }
            </section>
        }
    })
}

fn card(
    widget: &Handle,
    state: &State,
    document: &Document,
    annotation: &Rc<Annotation>,
    label: &str,
    texts: &Texts,
) -> Html {
    let passage = match &annotation.target {
        Target::Span(span) => document.text().slice(*span).unwrap_or_default(),
        Target::Orphan(quote) => &quote.exact,
    };
    let excerpt = match passage.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", passage[..end].trim_end()),
        None => passage.to_owned(),
    };
    let id = annotation.id.clone();
    let open = state.open.as_ref() == Some(&id);
    let go = {
        let (widget, id) = (widget.clone(), id.clone());
        Callback::from(move |_: MouseEvent| widget.0.go_to_annotation(&id))
    };
    let remove = {
        let (widget, id) = (widget.clone(), id.clone());
        Callback::from(move |_: MouseEvent| widget.0.remove_from_list(&id))
    };
    let orphan = matches!(annotation.target, Target::Orphan(_));
    html! {
        <li key={id.as_str()} id={format!("card-{id}")} class={classes!("card", open.then_some("open"))} part="annotation" data-annotation={id.as_str().to_owned()}>
            <button type="button" class="passage" onclick={go}>
                { excerpt }
                if orphan {
                    <span class="orphan">{ texts.orphan }</span>
                }
                if !annotation.note.is_empty() {
                    <span class="note">{ &annotation.note }</span>
                }
            </button>
            if !state.readonly() {
                <button type="button" class="icon remove" aria-label={fill(texts.remove, &[label])} onclick={remove}>{ "×" }</button>
            }
        </li>
    }
}
