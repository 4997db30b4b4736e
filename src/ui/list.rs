//! The annotations beside the text, by label.

use std::rc::Rc;

use annotator_core::{Annotation, Document, Target};
use yew::prelude::*;

use crate::controller::{Handle, State};
use crate::i18n::{Texts, fill};

/// Cards that are drawn a label; the others are counted.
const CARDS: usize = 200;

/// Characters of a passage that a card shows.
const EXCERPT: usize = 180;

/// Draws the list.
pub fn list(handle: &Handle) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    widget.read(|state| {
        let document = state.session.as_ref().map(|session| session.document());
        let count = document.map_or(0, Document::annotation_count);
        let groups = document.map(|document| {
            document
                .labels()
                .iter()
                .enumerate()
                .map(|(index, label)| {
                    let of_label: Vec<&Rc<Annotation>> =
                        document.annotations().filter(|annotation| annotation.label == label.id).collect();
                    if of_label.is_empty() {
                        return html! {};
                    }
                    let cards = of_label.iter().take(CARDS).map(|annotation| {
                        card(handle, state, document, annotation, label.name(state.settings.ui), texts)
                    });
                    let more = of_label.len().saturating_sub(CARDS);
                    html! {
                        <section key={label.id.clone()} class={format!("group label-{index}")}>
                            <h3><span class="swatch" aria-hidden="true"></span>{ label.name(state.settings.ui) }<span class="count">{ of_label.len() }</span></h3>
                            <ol role="list">{ for cards }</ol>
                            if more > 0 {
                                <p class="more">{ format!("+ {more}") }</p>
                            }
                        </section>
                    }
                })
                .collect::<Html>()
        });
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
