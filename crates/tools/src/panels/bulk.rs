//! What is done to many annotations at once: those that the list shows, by its search and filter, or the chosen ones
//! among them. Each is one step, and undoing it is offered in the same place.

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::texts::excerpt;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::door::Door;
use crate::texts::{fill, texts};

/// Rows that are drawn; what is done is done to all that are chosen.
const ROWS: usize = 200;

/// Characters of a passage that a row shows.
const EXCERPT: usize = 120;

/// The element, and the number of its state.
#[derive(Properties, PartialEq, Clone)]
pub struct BulkProps {
    pub door: Door,
    pub revision: u32,
}

/// Which are chosen: all, or none, but for these.
#[derive(Clone, PartialEq, Default)]
struct Choice {
    none: bool,
    others: Vec<String>,
}

impl Choice {
    fn has(&self, id: &str) -> bool {
        self.none == self.others.iter().any(|other| other == id)
    }

    fn toggled(&self, id: &str) -> Self {
        let mut others = self.others.clone();
        others.retain(|other| other != id);
        if others.len() == self.others.len() {
            others.push(id.to_owned());
        }
        Self { none: self.none, others }
    }
}

#[component]
pub fn Bulk(props: &BulkProps) -> Html {
    let door = &props.door;
    let texts = texts(door);
    let choice = use_state(Choice::default);
    // To how many something was done last.
    let done = use_state(|| 0);
    let back = use_node_ref();
    {
        let back = back.clone();
        // What was pressed may have gone with what it was about.
        use_effect_with(*done, move |_| {
            if let Some(back) = back.cast::<HtmlElement>() {
                let _ = back.focus();
            }
        });
    }
    let (labels, annotations, listed) =
        (json::label_set(&door.value("labels")), door.value("annotations"), door.value("listed"));
    let ids: Vec<&str> = listed.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let chosen: Vec<&str> = ids.iter().copied().filter(|id| choice.has(id)).collect();
    let number = chosen.len().to_string();

    let act = {
        let (door, done) = (door.clone(), done.clone());
        let chosen: Vec<JsValue> = chosen.iter().map(|id| JsValue::from(*id)).collect();
        move |label: JsValue| {
            if !chosen.is_empty() {
                let arguments: Vec<JsValue> = [label].into_iter().chain(chosen.iter().cloned()).collect();
                door.send("_relabel", &arguments);
                done.set(chosen.len());
            }
        }
    };
    let relabel = {
        let act = act.clone();
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            let label = select.value();
            select.set_value("");
            if !label.is_empty() {
                act(label.into());
            }
        }
    };
    let remove = move |_: MouseEvent| act(JsValue::UNDEFINED);
    let undo = {
        let (door, done) = (door.clone(), done.clone());
        move |_: MouseEvent| {
            door.send("undo", &[]);
            done.set(0);
        }
    };
    let all = {
        let choice = choice.clone();
        move |event: Event| {
            let none = !event.target_unchecked_into::<HtmlInputElement>().checked();
            choice.set(Choice { none, others: Vec::new() });
        }
    };
    let known = annotations.as_array().map_or(&[][..], Vec::as_slice);
    let row = |id: &str| {
        let annotation = known.iter().find(|it| it["id"] == *id)?;
        let label = annotation["label"].as_str().unwrap_or_default();
        let name = labels.find(label).map_or(label, |label| label.name(door.ui()));
        let toggle = {
            let (choice, id) = (choice.clone(), id.to_owned());
            move |_: Event| choice.set(choice.toggled(&id))
        };
        Some(html! {
            <li key={id.to_owned()} class={format!("label-{}", labels.position(label).unwrap_or_default())}>
                <label class="check">
                    <input type="checkbox" checked={choice.has(id)} onchange={toggle} data-chosen={id.to_owned()} />
                    <span class="swatch" aria-hidden="true"></span>
                    <span><b>{ name.to_owned() }</b>{ " " }{ excerpt(annotation["exact"].as_str().unwrap_or_default(), EXCERPT) }</span>
                </label>
            </li>
        })
    };
    let title = fill(texts.bulk_relabel(), &[&number]);
    let rest = ids.len().saturating_sub(ROWS);
    html! {
        <>
            <p class="hint">{ texts.bulk_hint() }</p>
            <div class="panel-row">
                <label class="check wide">
                    <input type="checkbox" checked={chosen.len() == ids.len()} onchange={all} />
                    { fill(texts.bulk_all(), &[&ids.len().to_string()]) }
                </label>
                <select data-bulk="relabel" aria-label={title.clone()} disabled={chosen.is_empty()} onchange={relabel}>
                    <option value="" selected={true}>{ title.clone() }</option>
                    { for labels.iter().map(|label| html! { <option value={label.id.clone()}>{ label.name(door.ui()) }</option> }) }
                </select>
                <button type="button" class="small danger" data-bulk="remove" disabled={chosen.is_empty()} onclick={remove}>
                    { fill(texts.bulk_remove(), &[&number]) }
                </button>
            </div>
            if *done > 0 {
                <div class="panel-row done-now">
                    <span class="wide">{ fill(texts.bulk_done(), &[&done.to_string()]) }</span>
                    <button type="button" class="small" data-bulk="undo" ref={back} onclick={undo}>{ texts.bulk_undo() }</button>
                </div>
            }
            <ul class="checks">{ for ids.iter().take(ROWS).filter_map(|id| row(id)) }</ul>
            if rest > 0 {
                <p class="hint">{ fill(texts.bulk_rest(), &[&rest.to_string()]) }</p>
            }
        </>
    }
}
