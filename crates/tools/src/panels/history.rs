//! The states that the open release had: what the store held at the beginning of each session, or each hour, to be looked
//! at and restored as one step that can be undone.

use annotator_core::Timestamp;
use annotator_core::format::value::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::releases::{StoreProps, labels, local_time, now, with_text};
use crate::door::object;
use crate::held::{Held, held};
use crate::texts::{fill, texts};

#[component]
pub fn History(props: &StoreProps) -> Html {
    let door = props.door.clone();
    let texts = texts(&door);
    let states = use_state(Vec::<(Timestamp, Held)>::new);
    {
        let (door, states) = (door.clone(), states.clone());
        use_effect_with(props.revision, move |_| {
            spawn_local(async move {
                // Without IndexedDB there are none.
                let Ok(found) = JsFuture::from(door.call("_states", &js_sys::Array::new())).await else { return };
                let found: js_sys::Array = found.dyn_into().unwrap_or_default();
                states.set(found.iter().filter_map(|state| read(&state.unchecked_into())).rev().collect());
            });
        });
    }
    if states.is_empty() {
        return html! { <p class="hint">{ texts.history_none() }</p> };
    }
    let rows = states.iter().map(|(at, state)| {
        let restore = {
            let (door, state) = (door.clone(), state.clone());
            move |_: MouseEvent| {
                let (door, state) = (door.clone(), state.clone());
                spawn_local(async move {
                    if let Some(file) = with_text(&door, state).await.file(labels(&door), &now()) {
                        door.send("importFrom", &[file.into(), object(&[("mode", "replace".into())])]);
                    }
                });
            }
        };
        let words: Vec<&str> = state.annotations.iter().take(3).map(|it| it.label.as_str()).collect();
        html! {
            <li class="panel-row" key={at.millis().to_string()} data-state={at.millis().to_string()}>
                <div class="wide">
                    <strong>{ local_time(*at, &door) }</strong>
                    <span>{ fill(texts.history_row(), &[&state.annotations.len().to_string(), &words.join(", ")]) }</span>
                </div>
                <button type="button" data-do="restore" disabled={state.text.is_none() && !state.away} onclick={restore}>{ texts.history_restore() }</button>
            </li>
        }
    });
    html! {
        <>
            <p class="hint">{ texts.history_hint() }</p>
            <ul class="rows wide">{ for rows }</ul>
        </>
    }
}

/// A pair of a time and records as JSON.
fn read(state: &js_sys::Array) -> Option<(Timestamp, Held)> {
    let at = Timestamp::from_millis(state.get(0).as_f64()? as i64);
    let records = Value::parse(&state.get(1).as_string()?).ok()?;
    let pairs = records.as_array()?.iter().filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)));
    Some((at, held(pairs).into_iter().next()?))
}
