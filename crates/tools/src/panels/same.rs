//! The other places with the words of the open annotation, to be labelled alike.

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::suggest::same_text;
use annotator_core::{Span, Text, Utf16Offset};
use js_sys::Array;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::door::Door;
use crate::texts::{Texts, fill};

/// Characters that are shown on each side.
const CONTEXT: usize = 40;

/// Draws the places that do not bear the label yet.
pub fn same(door: &Door, texts: &'static Texts) -> Html {
    let (open, annotations) = (door.get("open").as_string().unwrap_or_default(), door.value("annotations"));
    let annotations = annotations.as_array().map_or(&[][..], Vec::as_slice);
    let text = Text::new(door.get("text").as_string().unwrap_or_default());
    let places =
        annotations.iter().find(|it| it["id"] == *open).map_or(Vec::new(), |it| places(&text, it, annotations));
    let label = |title: String, chosen: &[Span]| {
        let ends = chosen.iter().filter_map(|span| text.utf16_span(*span)).flatten();
        let numbers = ends.map(|end| JsValue::from(end.0 as u32));
        let arguments: Vec<JsValue> = [JsValue::from(open.as_str())].into_iter().chain(numbers).collect();
        let door = door.clone();
        let onclick = move |_: MouseEvent| _ = door.call("annotateSame", &arguments.iter().collect::<Array>());
        html! { <button type="button" class="small" {onclick}>{ title }</button> }
    };
    let rows = places.iter().map(|span| {
        let before: String =
            text[..span.start()].chars().rev().take(CONTEXT).collect::<Vec<_>>().into_iter().rev().collect();
        let behind: String = text[span.end()..].chars().take(CONTEXT).collect();
        html! {
            <li class="offer">
                <p>{ "… " }{ before }<b>{ text.slice(*span).unwrap_or_default() }</b>{ behind }{ " …" }</p>
                { label(texts.same_one().to_owned(), &[*span]) }
            </li>
        }
    });
    html! {
        if places.is_empty() {
            <p class="hint">{ texts.same_none() }</p>
        } else {
            <div class="group-head">{ label(fill(texts.same_all(), &[&places.len().to_string()]), &places) }</div>
            <ul class="offers">{ for rows }</ul>
        }
    }
}

/// Where the words of an annotation stand without its label.
fn places(text: &Text, annotation: &Value, annotations: &[Value]) -> Vec<Span> {
    let span = |it: &Value| {
        let [start, end] = json::ends(&it["utf16"])?;
        text.span_of_utf16([Utf16Offset(start), Utf16Offset(end)])
    };
    let taken: Vec<Span> =
        annotations.iter().filter(|it| it["label"] == annotation["label"]).filter_map(span).collect();
    let mut found = span(annotation).map_or(Vec::new(), |own| same_text(text, own));
    found.retain(|place| !taken.iter().any(|own| own.overlaps(*place)));
    found
}
