//! The encoding in which the open release was read, and its bytes as the others would read them, for a person to choose.

use annotator_core::decode::{Encoding, decode_as, recognise};
use annotator_core::html::article_text;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

use crate::announced;
use crate::door::Door;
use crate::texts::Texts;

/// Characters that are shown around the first that encodings read differently.
const EXCERPT: usize = 120;

/// Draws one button an encoding.
pub fn encoding(door: &Door, texts: &'static Texts) -> Html {
    let kept = door.get("_kept");
    let member = |name: &str| Reflect::get(&kept, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if !kept.is_object() {
        return html! { <p class="hint">{ texts.encoding_none() }</p> };
    }
    let bytes = Uint8Array::new(&member("bytes")).to_vec();
    let content_type = member("type").as_string().unwrap_or_default();
    let chosen = member("encoding").as_string().and_then(|name| Encoding::from_label(&name));
    let (page, label) = announced(&bytes, &content_type);
    let current = chosen.unwrap_or_else(|| recognise(&bytes, label).0);
    let rows = [Encoding::Utf8, Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be].into_iter().map(|encoding| {
        let name = encoding.name();
        let excerpt = excerpt(&decode_as(&bytes, encoding).0);
        let (door, kept, bytes) = (door.clone(), kept.clone(), bytes.clone());
        let onclick = move |_: MouseEvent| reread(&door, &kept, &bytes, page, encoding);
        html! {
            <li>
                <button type="button" class="row" data-encoding={name} aria-pressed={(encoding == current).to_string()} {onclick}>
                    <strong>{ name }</strong>
                    <span>{ excerpt }</span>
                </button>
            </li>
        }
    });
    html! {
        <>
            <p class="hint">{ texts.encoding_hint() }</p>
            <ul class="rows">{ for rows }</ul>
        </>
    }
}

/// Opens the release that these bytes are in an encoding, whatever they say themselves.
fn reread(door: &Door, kept: &JsValue, bytes: &[u8], page: bool, encoding: Encoding) {
    let (text, _) = decode_as(bytes, encoding);
    let text = if page { article_text(&text) } else { text };
    let _ = Reflect::set(kept, &"encoding".into(), &encoding.name().into());
    let from: Array = Reflect::get(kept, &"from".into()).unwrap_or_default().unchecked_into();
    let bytes = Uint8Array::from(text.as_bytes());
    door.send("_open", &[bytes.into(), from.get(0), from.get(1)]);
}

/// What stands around the first character that is not ASCII, or the beginning.
fn excerpt(text: &str) -> String {
    let at = text.chars().position(|c| !c.is_ascii()).unwrap_or_default();
    text.chars().skip(at.saturating_sub(EXCERPT / 3)).take(EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_is_taken_where_encodings_differ() {
        let text = format!("{}é{}", "a".repeat(500), "b".repeat(500));
        let found = excerpt(&text);
        assert_eq!((found.chars().count(), found.contains('é')), (120, true));
        assert_eq!(excerpt("abc"), "abc");
    }
}
