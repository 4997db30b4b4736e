//! The annotations beside the text: by label or in text order, all or those that are looked for. The open card can be
//! edited; what is typed there is a draft of the browser's until the field is left.

use std::rc::Rc;

use annotator_core::texts::excerpt;
use annotator_core::{Annotation, Document, Target, Unit};
use yew::prelude::*;

use crate::controller::{CARDS, Group, Handle, State, listed};
use crate::i18n::{Texts, fill};
use crate::ui::element::{button, choice, element, select, span, words};
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
            list.page
                .map_or(0, |(label, start)| (label.map_or(0, |label| label as u32 + 1) << 24) | (start as u32 + 1)),
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
        let title = vec![
            words(texts.annotations()),
            span("count", &count.to_string()),
            if state.readonly() {
                html! {}
            } else {
                panel("labels", texts.labels())
            },
            panel("guideline", texts.guideline()),
        ];
        let seen = state.review.count(document);
        let seen = fill(
            if seen < 2 { texts.seen_one() } else { texts.seen() },
            &[&seen.to_string(), &document.sentences().len().to_string()],
        );
        let key = element("kbd", &["aria-hidden"], &[Some("true")], vec![words("J")]);
        let doings = vec![
            button("small", "next", None, None, None, vec![words(texts.next_unlabelled()), key]),
            button("small", "done", None, Some(state.review.done), None, vec![words(texts.done())]),
        ];
        let shown = listed(state, document, CARDS);
        let number = shown.iter().map(|group| group.count).sum::<usize>();
        let mut hints: Vec<Html> = Vec::new();
        if count == 0 {
            hints.push(paragraph("hint", texts.none_yet()));
            if !state.readonly() {
                let keys: Vec<String> =
                    document.labels().iter().filter_map(|label| label.key).take(3).map(String::from).collect();
                hints.push(paragraph("hint", &fill(texts.first_steps(), &[&keys.join(", ")])));
            }
        } else if shown.is_empty() {
            hints.push(paragraph("hint", texts.nothing_found()));
        }
        if !state.list.hidden.is_empty() {
            let mut names = String::new();
            for id in &state.list.hidden {
                names.push_str(if names.is_empty() { "" } else { ", " });
                names.push_str(document.labels().find(id).map_or(id, |label| label.name(state.settings.ui)));
            }
            hints.push(paragraph("hint", &fill(texts.hidden(), &[&names])));
        }
        let mut groups: Vec<Html> = Vec::with_capacity(shown.len());
        for group in shown {
            let mut section: Vec<Html> = Vec::with_capacity(3);
            if let Some(index) = group.label {
                section.push(heading(state, document, index, group.count, texts));
            }
            let mut cards: Vec<Html> = Vec::with_capacity(group.cards.len());
            for annotation in &group.cards {
                cards.push(card(state, document, annotation, texts));
            }
            let behind = group.before + group.cards.len();
            section.push(turn(&group, group.before, group.before.saturating_sub(CARDS), texts.page_back()));
            section.push(element("ol", &["role"], &[Some("list")], cards));
            section.push(turn(&group, group.count - behind, behind, texts.page_on()));
            let section: Html = section.into_iter().collect();
            groups.push(html! { <section key={group.label.unwrap_or(usize::MAX)}>{ section }</section> });
        }
        let mut choices: Vec<Html> = Vec::with_capacity(3);
        for (index, name) in [texts.snap_words(), texts.snap_sentences(), texts.snap_free()].into_iter().enumerate() {
            choices.push(choice(&index.to_string(), index == state.snap as usize, name));
        }
        // Always as many, so that each stays the element it was while what stands before it comes and goes.
        let drawn = vec![
            element("h2", &[], &[], title),
            paragraph("progress", &seen),
            element("div", &["class"], &[Some("progress")], doings),
            if count >= MANY {
                filters(state, document, number, texts)
            } else {
                html! {}
            },
            hints.into_iter().collect(),
            groups.into_iter().collect(),
            if state.readonly() {
                html! {}
            } else {
                select("snap", texts.selecting(), choices)
            },
        ];
        element(
            "aside",
            &["class", "part", "aria-label"],
            &[Some("list"), Some("annotations"), Some(texts.annotations())],
            drawn,
        )
    })
}

/// A button that opens a panel.
fn panel(name: &str, title: &str) -> Html {
    let values = [Some("button"), Some("small"), Some(name)];
    element("button", &["type", "class", "data-panel"], &values, vec![words(title)])
}

fn paragraph(class: &str, text: &str) -> Html {
    element("p", &["class"], &[Some(class)], vec![words(text)])
}

fn swatch() -> Html {
    element("span", &["class", "aria-hidden"], &[Some("swatch"), Some("true")], Vec::new())
}

fn heading(state: &State, document: &Document, index: usize, count: usize, texts: &Texts) -> Html {
    let Some(label) = document.labels().iter().nth(index) else { return html! {} };
    let name = label.name(state.settings.ui);
    let hidden = state.list.hidden.contains(&label.id);
    let title = fill(texts.hide(), &[name]);
    let eye = html! {
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={if hidden { CLOSED } else { EYE }} fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
        </svg>
    };
    let hide = button("icon hide", "hide", Some(&label.id), Some(hidden), Some(&title), vec![eye]);
    let content = vec![swatch(), words(name), span("count", &count.to_string()), hide];
    element("h3", &["class"], &[Some(&format!("label-{index}"))], content)
}

/// Paths of 16 by 16 icons.
const EYE: &str = "M1.5 8C4 3.5 12 3.5 14.5 8 12 12.5 4 12.5 1.5 8zM8 6.2a1.8 1.8 0 1 0 .1 0";
const CLOSED: &str = "M1.5 7C4 11.5 12 11.5 14.5 7M3.5 9.7 2.3 11.5M8 10.5v2.2M12.5 9.7l1.2 1.8";

/// A button that turns to other cards of a group, of which there are `count`, from `start` on; nothing where there are none.
fn turn(group: &Group, count: usize, start: usize, name: &str) -> Html {
    if count == 0 {
        return html! {};
    }
    let label = group.label.map_or(String::new(), |label| label.to_string());
    let of = [&start.to_string(), " ", &label].concat();
    button("small more", "page", Some(&of), None, None, vec![words(&fill(name, &[&count.to_string()]))])
}

fn filters(state: &State, document: &Document, number: usize, texts: &Texts) -> Html {
    let list = &state.list;
    let search = element(
        "input",
        &["type", "data-do", "aria-label", "placeholder"],
        &[Some("search"), Some("search"), Some(texts.search()), Some(texts.search())],
        Vec::new(),
    );
    let mut choices = vec![choice("", list.only.is_empty(), texts.all_labels())];
    choices.extend(label_choices(state, document, &list.only));
    let content = vec![
        search,
        select("only", texts.relabel(), choices),
        button("small", "order", None, Some(list.by_text), None, vec![words(texts.by_text())]),
        if state.readonly() {
            html! {}
        } else {
            panel("bulk", &fill(texts.bulk(), &[&number.to_string()]))
        },
    ];
    element("div", &["class"], &[Some("filters")], content)
}

fn label_choices(state: &State, document: &Document, chosen: &str) -> Vec<Html> {
    let mut choices: Vec<Html> = Vec::with_capacity(document.labels().len());
    for label in document.labels().iter() {
        choices.push(choice(&label.id, label.id == chosen, label.name(state.settings.ui)));
    }
    choices
}

fn card(state: &State, document: &Document, annotation: &Rc<Annotation>, texts: &Texts) -> Html {
    let passage = match &annotation.target {
        Target::Span(span) => document.text().slice(*span).unwrap_or_default(),
        Target::Orphan(quote) => &quote.exact,
    };
    let id = annotation.id.as_str();
    let index = document.labels().position(&annotation.label).unwrap_or_default();
    let label = document.labels().find(&annotation.label);
    let name = label.map_or(annotation.label.as_str(), |label| label.name(state.settings.ui));
    let open = state.open.as_ref() == Some(&annotation.id);
    let editable = !state.readonly();
    let beside = annotation.span().is_some_and(|span| {
        let touched = document.sentences_of(span);
        state.cursor.placed && touched.is_some_and(|(first, last)| (first..=last).contains(&state.cursor.head))
    });

    let mut content: Vec<Html> = Vec::new();
    if state.list.by_text {
        content.push(span("name", name));
    }
    content.push(words(&excerpt(passage, EXCERPT)));
    if matches!(annotation.target, Target::Orphan(_)) {
        content.push(span("orphan", texts.orphan()));
    }
    if !(open && editable) {
        for (name, value) in annotation.attributes.iter() {
            content.push(span("note", &[attribute_name(name, texts), " : ", value].concat()));
        }
        if !annotation.note.is_empty() {
            content.push(span("note", &annotation.note));
        }
    }
    let mut parts = vec![button("passage", "go", None, None, None, content)];
    if editable {
        parts.push(button("icon remove", "remove", None, None, Some(&fill(texts.remove(), &[name])), vec![words("×")]));
        if open {
            parts.push(editor(state, document, annotation, texts));
        }
    }
    let class =
        ["card label-", &index.to_string(), if open { " open" } else { "" }, if beside { " beside" } else { "" }]
            .concat();
    html! {
        <li key={id} id={["card-", id].concat()} part="annotation" data-annotation={id.to_owned()} data-label={annotation.label.clone()} {class}>{ parts.into_iter().collect::<Html>() }</li>
    }
}

fn attribute_name<'a>(name: &'a str, texts: &'a Texts) -> &'a str {
    texts.attribute(name).unwrap_or(name)
}

/// The fields of the open card: the label, both ends, the attributes and the note.
fn editor(state: &State, document: &Document, annotation: &Annotation, texts: &Texts) -> Html {
    let labels = select("relabel", texts.relabel(), label_choices(state, document, &annotation.label));
    let mut fields = vec![row(texts.relabel(), vec![labels])];
    let piece = if annotation.unit == Unit::Sentence { texts.sentence() } else { texts.word() };
    for (name, edge, shift) in [(texts.start(), "start", "⇧"), (texts.end(), "end", "")] {
        let mut ends: Vec<Html> = Vec::with_capacity(2);
        for (sign, shown, key) in [("-", "− ", "R"), ("+", "+ ", "G")] {
            let shown = [shown, piece].concat();
            let title = [name, " : ", &shown, " (", shift, key, ")"].concat();
            ends.push(button("small", &[sign, edge].concat(), None, None, Some(&title), vec![words(&shown)]));
        }
        if annotation.span().is_some() {
            fields.push(row(name, ends));
        }
    }
    let brings = annotator_core::label::attributes_of(&annotation.label);
    for name in brings {
        let value = annotation.attributes.get(*name).map_or("", String::as_str);
        fields.push(field(attribute_name(name, texts), &["@", name].concat(), value));
    }
    for (name, value) in annotation.attributes.iter() {
        if !brings.contains(&name.as_str()) {
            fields.push(field(attribute_name(name, texts), &["@", name].concat(), value));
        }
    }
    fields.push(field(texts.note(), "note", &annotation.note));
    let (keys, values) = (&["type", "class", "data-panel"], &[Some("button"), Some("small"), Some("same")]);
    fields.push(element("button", keys, values, vec![words(texts.same())]));
    element("div", &["class"], &[Some("editor")], fields)
}

fn row(name: &str, content: Vec<Html>) -> Html {
    let content = element("span", &[], &[], content);
    element("div", &["class"], &[Some("field")], vec![span("", name), content])
}

/// A field that holds a value until another is committed: a redrawing leaves what is being typed alone.
fn field(name: &str, action: &str, value: &str) -> Html {
    html! {
        <label class="field" key={[action, value].concat()}>
            { span("", name) }
            <textarea rows="1" data-do={action.to_owned()} defaultvalue={value.to_owned()} />
        </label>
    }
}
