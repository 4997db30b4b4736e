//! The suggestions that stand, by label, each with its values and its reason.

use annotator_core::UiLanguage;
use annotator_core::format::value::Value;
use annotator_core::texts::excerpt;
use js_sys::Array;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::door::Door;
use crate::texts::Texts;

/// Characters of a passage that a row shows.
const EXCERPT: usize = 240;

/// Draws the list of suggestions.
pub fn suggestions(door: &Door, texts: &'static Texts) -> Html {
    let (labels, all) = (door.value("labels"), door.value("suggestions"));
    let all = all.as_array().map_or(&[][..], Vec::as_slice);
    let lang = if door.ui() == UiLanguage::English { "en" } else { "fr" };
    let groups = labels.as_array().into_iter().flatten().enumerate().map(|(index, label)| {
        let own: Vec<&Value> = all.iter().filter(|it| it["label"] == label["id"]).collect();
        if own.is_empty() {
            return html! {};
        }
        let name = label["name"][lang].as_str().unwrap_or_default().to_owned();
        let ids: Vec<JsValue> = own.iter().filter_map(|it| it["id"].as_str()).map(JsValue::from).collect();
        let for_all = |method: &'static str, text: &'static str| {
            let (door, ids) = (door.clone(), ids.clone());
            let onclick = move |_: MouseEvent| door.send(method, &[ids.iter().collect::<Array>().into()]);
            html! { <button type="button" class="small" aria-label={[text, " : ", &name].concat()} {onclick}>{ text }</button> }
        };
        html! {
            <section class={format!("label-{index}")}>
                <div class="group-head">
                    <h3><span class="swatch" aria-hidden="true"></span>{ name.clone() }<span class="count">{ own.len() }</span></h3>
                    { for_all("accept", texts.accept_all()) }
                    { for_all("dismiss", texts.dismiss_all()) }
                </div>
                <ul class="offers">{ for own.iter().map(|it| row(door, it, lang, texts)) }</ul>
            </section>
        }
    });
    html! {
        <>
            <p class="hint">{ if all.is_empty() { texts.suggestions_none() } else { texts.suggestions_hint() } }</p>
            { for groups }
        </>
    }
}

fn row(door: &Door, suggestion: &Value, lang: &str, texts: &Texts) -> Html {
    let text = |name: &str| suggestion[name].as_str().unwrap_or_default().to_owned();
    let (id, exact) = (text("id"), text("exact"));
    let values = suggestion["attributes"].as_object().into_iter().flat_map(|map| map.iter()).map(|(name, value)| {
        let shown = texts.attribute(name);
        html! { <span>{ [shown, " : "].concat() }<b>{ value.as_str().unwrap_or_default() }</b>{ "  " }</span> }
    });
    let button = |method: &'static str, shown: &'static str, title: Option<&'static str>| {
        let (door, id) = (door.clone(), id.clone());
        let onclick = move |_: MouseEvent| door.send(method, &[id.as_str().into()]);
        html! { <button type="button" class="small" {title} {onclick}>{ shown }</button> }
    };
    html! {
        <li class="offer" key={id.clone()} data-suggestion={id.clone()}>
            <div>
                <p>{ excerpt(&exact, EXCERPT) }</p>
                <p class="values">{ for values }</p>
                <p class="why">{ suggestion["reason"][lang].as_str().unwrap_or_default() }</p>
            </div>
            <div class="buttons">
                { button("accept", texts.accept(), None) }
                { button("chooseSuggestion", texts.adjust(), Some(texts.adjust_hint())) }
                { button("dismiss", texts.dismiss(), None) }
            </div>
        </li>
    }
}
