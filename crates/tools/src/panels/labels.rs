//! The label set: names, colours, keys, order, new labels, merging and deleting. Every change is one step that can be
//! undone. The colours offered are those of the core's palette, which are chosen for contrast and for colour-blind eyes.

use annotator_core::format::json;
use annotator_core::label::PALETTE;
use annotator_core::{Label, LabelSet, UiLanguage};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::door::Door;
use crate::texts::{Texts, fill, texts};

/// The element, and the number of its state.
#[derive(Properties, PartialEq, Clone)]
pub struct LabelsProps {
    pub door: Door,
    pub revision: u32,
}

/// Draws the editor. What is about to be deleted, and a name that was left blank, is all that it keeps.
#[component]
pub fn Labels(props: &LabelsProps) -> Html {
    let door = &props.door;
    let doomed = use_state(String::new);
    let blank = use_state(String::new);
    let (ui, texts) = (door.ui(), texts(door));
    let labels = json::label_set(&door.value("labels"));
    let annotations = door.value("annotations");
    let count = |id: &str| {
        annotations.as_array().map_or(0, |all| all.iter().filter(|annotation| annotation["label"] == *id).count())
    };
    let rows: Html = labels.iter().enumerate().map(|(index, label)| {
        let name = label.name(ui).to_owned();
        let row = Row { door, labels: &labels, index, texts };
        let rename = {
            let (commit, blank, id) = (row.edit(move |label, value| rename(label, ui, value)), blank.clone(), label.id.clone());
            let old = name.clone();
            Callback::from(move |event: Event| {
                let input = event.target_unchecked_into::<HtmlInputElement>();
                let empty = input.value().trim().is_empty();
                blank.set(if empty { id.clone() } else { String::new() });
                if empty {
                    input.set_value(&old);
                } else {
                    commit.emit(event);
                }
            })
        };
        let remove = {
            let (doomed, id, used) = (doomed.clone(), label.id.clone(), count(&label.id) > 0);
            let delete = row.delete(None);
            Callback::from(move |event: MouseEvent| if used { doomed.set(id.clone()) } else { delete.emit(event) })
        };
        let fate = (*doomed == label.id).then(|| fate(&row, &doomed, count(&label.id)));
        let wrong = *blank == label.id;
        html! {
            <li key={label.id.clone()} class={format!("label-{index}")} data-label={label.id.clone()}>
                <div class="label-row">
                    { colours(&row) }
                    <input type="text" class="name" aria-label={texts.label_name()} value={name.clone()} onchange={rename}
                        aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then_some("label-blank")} />
                    { keys(&row) }
                    <input type="text" class="description" aria-label={texts.label_description()} placeholder={texts.label_description()}
                        value={label.description.clone()} onchange={row.edit(|label, value| label.description = value)} />
                    { merge(&row) }
                    <button type="button" class="icon" disabled={index == 0} aria-label={fill(texts.label_up(), &[&name])} onclick={row.shift(false)}>{ "↑" }</button>
                    <button type="button" class="icon" disabled={index + 1 == labels.len()} aria-label={fill(texts.label_down(), &[&name])} onclick={row.shift(true)}>{ "↓" }</button>
                    <button type="button" class="icon" disabled={labels.len() == 1} aria-label={fill(texts.label_remove(), &[&name])} onclick={remove}>{ "×" }</button>
                </div>
                if wrong {
                    <p class="wrong" id="label-blank">{ texts.label_blank() }</p>
                }
                { fate }
            </li>
        }
    }).collect();
    let add = {
        let (door, labels) = (door.clone(), labels.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_unchecked_into::<web_sys::Element>();
            let Ok(Some(input)) = form.query_selector("input") else { return };
            let input: HtmlInputElement = input.unchecked_into();
            let name = input.value().trim().to_owned();
            if name.is_empty() {
                return;
            }
            input.set_value("");
            let mut label = Label::bare(&labels.new_id(&name));
            // A colour that no label has, as long as there is one.
            let free = PALETTE.iter().find(|color| labels.iter().all(|label| label.color != **color));
            label.color = (*free.unwrap_or(&PALETTE[labels.len() % PALETTE.len()])).to_owned();
            (label.name_fr, label.name_en) = (name.clone(), name);
            send(&door, labels.iter().cloned().chain([label]).collect(), None);
        })
    };
    html! {
        <>
            <p class="hint">{ texts.labels_hint() }</p>
            <ol class="label-rows">{ rows }</ol>
            <form class="label-row" onsubmit={add}>
                <input type="text" class="name" aria-label={texts.label_new()} placeholder={texts.label_new()} />
                <button type="submit">{ texts.label_add() }</button>
            </form>
        </>
    }
}

/// One label in its set.
struct Row<'a> {
    door: &'a Door,
    labels: &'a LabelSet,
    index: usize,
    texts: &'static Texts,
}

impl Row<'_> {
    fn label(&self) -> Label {
        self.labels.iter().nth(self.index).cloned().expect("a row of the set")
    }

    /// Changes the label by what a field holds.
    fn edit(&self, change: impl Fn(&mut Label, String) + 'static) -> Callback<Event> {
        let (door, labels, index) = (self.door.clone(), self.labels.clone(), self.index);
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            let mut changed: Vec<Label> = labels.iter().cloned().collect();
            change(&mut changed[index], value.trim().to_owned());
            send(&door, changed, None);
        })
    }

    /// Exchanges the label with the next or the one before.
    fn shift(&self, down: bool) -> Callback<MouseEvent> {
        let (door, labels, index) = (self.door.clone(), self.labels.clone(), self.index);
        Callback::from(move |_| {
            let mut changed: Vec<Label> = labels.iter().cloned().collect();
            changed.swap(index, if down { index + 1 } else { index - 1 });
            send(&door, changed, None);
        })
    }

    /// Takes the label out; its annotations get the heir, or go.
    fn delete(&self, heir: Option<String>) -> Callback<MouseEvent> {
        let (door, labels, gone) = (self.door.clone(), self.labels.clone(), self.label().id);
        Callback::from(move |_| {
            let rest = labels.iter().filter(|label| label.id != gone).cloned().collect();
            send(&door, rest, heir.as_deref());
        })
    }

    fn others(&self) -> impl Iterator<Item = (usize, &Label)> {
        self.labels.iter().enumerate().filter(|(index, _)| *index != self.index)
    }
}

fn rename(label: &mut Label, ui: UiLanguage, name: String) {
    // A person writes in one language; the other name follows as long as it says the same.
    if label.name_fr == label.name_en {
        (label.name_fr, label.name_en) = (name.clone(), name);
    } else if ui == UiLanguage::French {
        label.name_fr = name;
    } else {
        label.name_en = name;
    }
}

fn send(door: &Door, labels: Vec<Label>, heir: Option<&str>) {
    let labels = json::label_values(&LabelSet::new(labels)).to_string();
    door.send("_setLabels", &[labels.into(), heir.map_or(JsValue::UNDEFINED, JsValue::from)]);
}

fn colours(row: &Row) -> Html {
    let own = row.label().color;
    let choices = PALETTE.iter().enumerate().map(|(index, color)| {
        let name = fill(row.texts.label_colour(), &[&(index + 1).to_string()]);
        html! { <option value={*color} selected={*color == own}>{ name }</option> }
    });
    let known = PALETTE.contains(&own.as_str());
    let onchange = row.edit(|label, color| label.color = color);
    html! {
        <span class="colour">
            <span class="swatch" aria-hidden="true"></span>
            <select aria-label={fill(row.texts.label_colour(), &[""])} {onchange}>
                if !known {
                    <option value={own.clone()} selected={true}>{ own.clone() }</option>
                }
                { for choices }
            </select>
        </span>
    }
}

fn keys(row: &Row) -> Html {
    let own = row.label().key;
    let (door, labels, id) = (row.door.clone(), row.labels.clone(), row.label().id);
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some(key) = value.chars().next() {
            send(&door, labels.with_key(&id, key).iter().cloned().collect(), None);
        }
    });
    let choices = ('1'..='9').map(|key| html! { <option selected={own == Some(key)}>{ key }</option> });
    html! {
        <select aria-label={row.texts.label_key()} {onchange}>
            if own.is_none() {
                <option value="" selected={true}>{ "–" }</option>
            }
            { for choices }
        </select>
    }
}

fn merge(row: &Row) -> Html {
    let title = fill(row.texts.label_merge(), &[row.label().name(row.door.ui())]);
    let (door, labels, gone) = (row.door.clone(), row.labels.clone(), row.label().id);
    let onchange = Callback::from(move |event: Event| {
        let heir = event.target_unchecked_into::<HtmlSelectElement>().value();
        if !heir.is_empty() {
            let rest = labels.iter().filter(|label| label.id != gone).cloned().collect();
            send(&door, rest, Some(&heir));
        }
    });
    let others = row.others().map(|(_, other)| {
        html! { <option value={other.id.clone()}>{ other.name(row.door.ui()) }</option> }
    });
    html! {
        <select class="merge" aria-label={title.clone()} disabled={row.labels.len() < 2} {onchange}>
            <option value="" selected={true}>{ title }</option>
            { for others }
        </select>
    }
}

/// Asks what becomes of the annotations of a label that is to go.
fn fate(row: &Row, doomed: &UseStateHandle<String>, count: usize) -> Html {
    let texts = row.texts;
    let label = row.label();
    let keep = {
        let doomed = doomed.clone();
        Callback::from(move |_: MouseEvent| doomed.set(String::new()))
    };
    let moved = row.others().map(|(index, other)| {
        let onclick = row.delete(Some(other.id.clone()));
        html! {
            <button type="button" class={format!("small label-{index}")} {onclick}>
                <span class="swatch" aria-hidden="true"></span>{ fill(texts.label_fate_moved(), &[other.name(row.door.ui())]) }
            </button>
        }
    });
    html! {
        <div class="fate" role="group" aria-label={texts.label_confirm()}>
            <p>{ fill(texts.label_fate(), &[label.name(row.door.ui()), &count.to_string()]) }</p>
            { for moved }
            <button type="button" class="small danger" onclick={row.delete(None)}>{ texts.label_fate_removed() }</button>
            <button type="button" class="small" onclick={keep}>{ texts.label_keep() }</button>
        </div>
    }
}
