//! The annotations beside the text: by label or in text order, all or those that are looked for. The open card can be
//! edited; what is typed there is a draft of the browser's until the field is left.

use std::rc::Rc;

use annotator_core::{Annotation, Document, Target, Unit};
use yew::prelude::*;

use crate::controller::{Handle, State, listed};
use crate::i18n::{Texts, fill};
use crate::ui::part::{What, joint, part};

/// Characters of a passage that a card shows.
const EXCERPT: usize = 180;

/// Annotations from which on searching and filtering are offered.
const MANY: usize = 2;

/// Draws the list; anew only when something that it shows has changed.
pub fn list(handle: &Handle) -> Html {
    let revision = handle.0.read(|state| {
        let Some(session) = &state.session else { return 0 };
        let document = session.document();
        let list = &state.list;
        // Cards of the sentence under the cursor are drawn apart.
        let beside = state.cursor.placed && !document.annotations_of(state.cursor.head).is_empty();
        let numbers = [
            state.edits,
            if beside { state.cursor.head as u32 + 1 } else { 0 },
            list.hidden.len() as u32,
            state.review.count(document) as u32,
            state.snap as u32,
            [
                list.by_text,
                state.review.done,
                state.readonly(),
                state.settings.ui == annotator_core::UiLanguage::English,
            ]
            .into_iter()
            .fold(0, |bits, bit| bits << 1 | u32::from(bit)),
        ];
        let open = state.open.as_ref().map_or("", |id| id.as_str());
        let texts = [open, &list.search, &list.only].into_iter().chain(list.hidden.iter().map(String::as_str));
        joint(numbers.into_iter().chain(texts.map(|text| joint(text.bytes().map(u32::from)))))
    });
    part(handle, What::List, 0, revision)
}

/// Draws what the list has now.
pub fn drawn(handle: &Handle) -> Html {
    let texts = handle.0.texts();
    handle.0.read(|state| {
        let Some(session) = &state.session else { return html! {} };
        let document = session.document();
        let count = document.annotation_count();
        let shown = listed(state, document);
        let mut groups: Vec<Html> = Vec::with_capacity(shown.len());
        for group in &shown {
            let heading = group.label.map(|index| heading(state, document, index, group.count, texts));
            let mut cards: Vec<Html> = Vec::with_capacity(group.cards.len());
            for annotation in &group.cards {
                cards.push(card(state, document, annotation, texts));
            }
            let more = group.count - group.cards.len();
            groups.push(html! {
                <section>
                    { heading }
                    <ol role="list">{ cards.into_iter().collect::<Html>() }</ol>
                    if more > 0 {
                        <p class="more">{ format!("+ {more}") }</p>
                    }
                </section>
            });
        }
        let keys: Vec<String> = document.labels().iter().filter_map(|label| label.key).take(3).map(String::from).collect();
        let sentences = document.sentences().len().to_string();
        let seen = state.review.count(document);
        let seen = fill(if seen < 2 { texts.seen_one } else { texts.seen }, &[&seen.to_string(), &sentences]);
        html! {
            <aside class="list" part="annotations" aria-label={texts.annotations}>
                <h2>
                    { texts.annotations }<span class="count">{ count }</span>
                    <button type="button" class="small" data-panel="guideline">{ texts.guideline }</button>
                </h2>
                <p class="progress">{ seen }</p>
                <div class="progress">
                    <button type="button" class="small" data-do="next" aria-keyshortcuts="J">{ texts.next_unlabelled }<kbd aria-hidden="true">{ "J" }</kbd></button>
                    <button type="button" class="small" data-do="done" aria-pressed={state.review.done.to_string()}>{ texts.done }</button>
                </div>
                if count == 0 {
                    <p class="hint">{ texts.none_yet }</p>
                    if !state.readonly() {
                        <p class="hint">{ fill(texts.first_steps, &[&keys.join(", ")]) }</p>
                    }
                }
                if count >= MANY {
                    { filters(state, document, texts) }
                }
                if !state.list.hidden.is_empty() {
                    <p class="hint">{ fill(texts.hidden, &[&names(state, document).join(", ")]) }</p>
                }
                if count > 0 && shown.is_empty() {
                    <p class="hint">{ texts.nothing_found }</p>
                }
                { groups.into_iter().collect::<Html>() }
                if !state.readonly() {
                    <select data-do="snap" aria-label={texts.text}>
                        { for texts.snap.iter().enumerate().map(|(index, name)| html! { <option value={index.to_string()} selected={index == state.snap as usize}>{ *name }</option> }) }
                    </select>
                }
            </aside>
        }
    })
}

fn names<'a>(state: &'a State, document: &'a Document) -> Vec<&'a str> {
    let name = |id: &'a String| document.labels().find(id).map_or(id.as_str(), |label| label.name(state.settings.ui));
    state.list.hidden.iter().map(name).collect()
}

fn heading(state: &State, document: &Document, index: usize, count: usize, texts: &Texts) -> Html {
    let label = document.labels().iter().nth(index);
    let name = label.map_or("", |label| label.name(state.settings.ui));
    let id = label.map(|label| label.id.clone()).unwrap_or_default();
    let hidden = state.list.hidden.contains(&id);
    html! {
        <h3 class={format!("label-{index}")}>
            <span class="swatch" aria-hidden="true"></span>{ name }<span class="count">{ count }</span>
            <button type="button" class="icon hide" data-do="hide" data-of={id} aria-pressed={hidden.to_string()}
                aria-label={fill(texts.hide, &[name])} title={fill(texts.hide, &[name])}>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                    <path d={if hidden { CLOSED } else { EYE }} fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
                </svg>
            </button>
        </h3>
    }
}

/// Paths of 16 by 16 icons.
const EYE: &str = "M1.5 8C4 3.5 12 3.5 14.5 8 12 12.5 4 12.5 1.5 8zM8 6.2a1.8 1.8 0 1 0 .1 0";
const CLOSED: &str = "M1.5 7C4 11.5 12 11.5 14.5 7M3.5 9.7 2.3 11.5M8 10.5v2.2M12.5 9.7l1.2 1.8";

fn filters(state: &State, document: &Document, texts: &Texts) -> Html {
    let list = &state.list;
    html! {
        <div class="filters">
            <input type="search" data-do="search" aria-label={texts.search} placeholder={texts.search} />
            <select data-do="only" aria-label={texts.relabel}>
                <option value="" selected={list.only.is_empty()}>{ texts.all_labels }</option>
                { options(state, document, &list.only) }
            </select>
            <button type="button" class="small" data-do="order" aria-pressed={list.by_text.to_string()}>{ texts.by_text }</button>
        </div>
    }
}

/// The labels to choose from.
fn options(state: &State, document: &Document, chosen: &str) -> Html {
    let mut options: Vec<Html> = Vec::with_capacity(document.labels().len());
    for label in document.labels().iter() {
        options.push(html! { <option value={label.id.clone()} selected={label.id == chosen}>{ label.name(state.settings.ui) }</option> });
    }
    options.into_iter().collect()
}

fn card(state: &State, document: &Document, annotation: &Rc<Annotation>, texts: &Texts) -> Html {
    let passage = match &annotation.target {
        Target::Span(span) => document.text().slice(*span).unwrap_or_default(),
        Target::Orphan(quote) => &quote.exact,
    };
    let excerpt = match passage.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", passage[..end].trim_end()),
        None => passage.to_owned(),
    };
    let id = annotation.id.as_str();
    let index = document.labels().position(&annotation.label).unwrap_or_default();
    let name =
        document.labels().find(&annotation.label).map_or(annotation.label.as_str(), |it| it.name(state.settings.ui));
    let open = state.open.as_ref() == Some(&annotation.id);
    let editable = !state.readonly();
    let orphan = matches!(annotation.target, Target::Orphan(_));
    let mut values: Vec<Html> = Vec::new();
    for (name, value) in annotation.attributes.iter().filter(|_| !(open && editable)) {
        values.push(html! { <span class="note">{ [attribute_name(name, texts), " : ", value].concat() }</span> });
    }
    let beside = annotation.span().is_some_and(|span| {
        state.cursor.placed
            && document.sentences_of(span).is_some_and(|(first, last)| (first..=last).contains(&state.cursor.head))
    });
    html! {
        <li key={id} id={format!("card-{id}")} part="annotation" data-annotation={id.to_owned()}
            class={classes!("card", format!("label-{index}"), open.then_some("open"), beside.then_some("beside"))}>
            <button type="button" class="passage" data-do="go">
                if state.list.by_text {
                    <span class="name">{ name }</span>
                }
                { excerpt }
                if orphan {
                    <span class="orphan">{ texts.orphan }</span>
                }
                if !(open && editable) {
                    { values.into_iter().collect::<Html>() }
                    if !annotation.note.is_empty() {
                        <span class="note">{ &annotation.note }</span>
                    }
                }
            </button>
            if editable {
                <button type="button" class="icon remove" data-do="remove" aria-label={fill(texts.remove, &[name])}>{ "×" }</button>
            }
            if open && editable {
                { editor(state, document, annotation, texts) }
            }
        </li>
    }
}

fn attribute_name<'a>(name: &'a str, texts: &'a Texts) -> &'a str {
    texts.attributes.iter().find(|(known, _)| *known == name).map_or(name, |(_, shown)| shown)
}

/// The fields of the open card: the label, both ends, the attributes and the note.
fn editor(state: &State, document: &Document, annotation: &Annotation, texts: &Texts) -> Html {
    let piece = if annotation.unit == Unit::Sentence { texts.sentence } else { texts.word };
    let ends = [(texts.start, "start", "⇧"), (texts.end, "end", "")].map(|(name, edge, shift)| {
        let change = |sign: &str, shown: &str, key: &str| {
            let title = [name, " : ", shown, " ", piece, " (", shift, key, ")"].concat();
            html! { <button type="button" class="small" data-do={[sign, edge].concat()} aria-label={title.clone()} {title}>{ [shown, " ", piece].concat() }</button> }
        };
        html! { <div class="field"><span aria-hidden="true">{ name }</span><span>{ change("-", "−", "R") }{ change("+", "+", "G") }</span></div> }
    });
    let brings = annotator_core::label::attributes_of(&annotation.label);
    let mut fields: Vec<Html> = Vec::new();
    for name in brings {
        let value = annotation.attributes.get(*name).map_or("", String::as_str);
        fields.push(field(attribute_name(name, texts), ["@", name].concat(), value));
    }
    for (name, value) in annotation.attributes.iter().filter(|(name, _)| !brings.contains(&name.as_str())) {
        fields.push(field(attribute_name(name, texts), ["@", name].concat(), value));
    }
    fields.push(field(texts.note, "note".to_owned(), &annotation.note));
    html! {
        <div class="editor">
            <label class="field"><span>{ texts.relabel }</span><select data-do="relabel">{ options(state, document, &annotation.label) }</select></label>
            if annotation.span().is_some() {
                { for ends }
            }
            { fields.into_iter().collect::<Html>() }
        </div>
    }
}

/// A field that holds a value until another is committed: a redrawing leaves what is being typed alone.
fn field(name: &str, action: String, value: &str) -> Html {
    html! {
        <label class="field" key={[&action, value].concat()}><span>{ name }</span><textarea rows="1" data-do={action} defaultvalue={value.to_owned()} /></label>
    }
}
