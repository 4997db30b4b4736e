//! Carries the records of the open shelf over to another text: fetches what there is, and hands back what is to be written.
//! Leaves out what becomes of each record (`annotator_core::carry`) and the writing (the element).

use annotator_core::carry::carry as carried;
use annotator_core::format::value::Value;
use annotator_core::record::{Record, Shelf};
use annotator_core::{Release, Text};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::door::Door;
use crate::panels::now;

/// See `Tools::carry`.
pub fn carry(door: Door, release: String, text: String) -> Promise {
    future_to_promise(async move {
        let shelf = Shelf::named(&door.get("_shelf").as_string().unwrap_or_default());
        let texts =
            [text_at(&door, &shelf, shelf.text_key()).await, text_at(&door, &shelf, shelf.former_text_key()).await];
        let Ok(Record::Release(record)) = shelf.read(&shelf.release_key(), &release) else { return Err(JsValue::NULL) };
        let release = Release::new(&record.id, &record.title, &record.lang, &record.source, Text::new(text));
        let stored = door.value("_stored");
        let records = stored.as_object().into_iter().flat_map(|map| map.iter());
        let records = records.filter_map(|(key, value): (&String, &Value)| Some((key.as_str(), value.as_str()?)));
        let writes = carried(&shelf, records, &texts, release, now().now).map_err(|_| JsValue::NULL)?;
        let pair = |(key, value): (String, Option<String>)| {
            Array::of2(&key.into(), &value.map_or(JsValue::UNDEFINED, JsValue::from))
        };
        Ok(writes.into_iter().map(pair).collect::<Array>().into())
    })
}

/// A text that is kept under a key, in either store; empty where there is none.
pub async fn text_at(door: &Door, shelf: &Shelf, key: String) -> String {
    let value = JsFuture::from(door.call("_record", &Array::of1(&key.into()))).await;
    let value = value.ok().and_then(|value| value.as_string()).unwrap_or_default();
    // What lies in IndexedDB comes as it is.
    shelf.read_text(&value).unwrap_or(value)
}
