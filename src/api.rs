//! JavaScript values to core values and back. UTF-16 is converted here (and in `selection`), nowhere else.

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::{
    AnnotationId, Attributes, CharOffset, Command, CommandError, Draft, LabelSet, Patch, Quote, Span, UiLanguage,
    Utf16Offset,
};
use js_sys::JSON;
use serde::{Serialize, Serializer};
use wasm_bindgen::JsValue;

use crate::controller::{Controller, Failure, Opening};
use crate::i18n::fill;
use crate::keymap::Shortcuts;

/// A value as JavaScript: plain objects, arrays, numbers.
pub fn to_js(value: &Value) -> JsValue {
    Plain(value).serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            // All numbers of ours count something.
            Value::Number(_) => serializer.serialize_u64(self.0.as_u64().unwrap_or_default()),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(entries) => serializer.collect_seq(entries.iter().map(Plain)),
            Value::Object(entries) => serializer.collect_map(entries.iter().map(|(name, value)| (name, Plain(value)))),
        }
    }
}

/// A value from JavaScript by way of its JSON, so that a value that contains itself, or is nested without end, is
/// an error and no endless walk; null where it is undefined.
pub fn from_js(widget: &Controller, name: &str, value: &JsValue) -> Result<Value, Failure> {
    if value.is_undefined() {
        return Ok(Value::Null);
    }
    let text = JSON::stringify(value).map_err(|_| bad_value(widget, name, "JSON.stringify(value) throws"))?;
    json::parse(&String::from(text)).map_err(|error| bad_value(widget, name, &error.to_string()))
}

/// The failure of a value that is not what it should be.
pub fn bad_value(widget: &Controller, name: &str, found: &str) -> Failure {
    Failure { code: "invalid-file", message: fill(widget.texts().bad_value(), &[name, found]) }
}

/// A failure as the `Error` with a `code` that the contract promises.
pub fn to_error(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    // A fresh Error takes any property.
    let _ = js_sys::Reflect::set(&error, &"code".into(), &failure.code.into());
    error.into()
}

/// The argument of `load`.
pub fn opening(widget: &Controller, value: &JsValue) -> Result<Opening, Failure> {
    let value = from_js(widget, "load", value)?;
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let given = |name: &str| Some(&value[name]).filter(|value| !value.is_null());
    Ok(Opening {
        text: text("text").ok_or_else(|| bad_value(widget, "load", "{ text: … }"))?,
        id: text("id").unwrap_or_default(),
        title: text("title").unwrap_or_default(),
        lang: text("lang"),
        // From the list of what this browser holds; no part of the contract.
        source: text("_source").unwrap_or_default(),
        storage_name: text("_shelf").map(|name| "=".to_owned() + &name).unwrap_or_default(),
        labels: given("labels").map(json::label_set),
        annotations: given("annotations").map(|value| entries(widget, value.clone())).transpose()?,
    })
}

/// Annotations from the `annotations` property.
pub fn entries(widget: &Controller, value: Value) -> Result<Vec<Value>, Failure> {
    let found = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(entries) => match entries.iter().find(|entry| !entry.is_object()) {
            None => return Ok(entries),
            Some(entry) => entry.to_string(),
        },
        value => value.to_string(),
    };
    Err(bad_value(widget, "annotations", &found))
}

/// A label set from records, or from the JSON of the attribute; the default where it is empty.
pub fn labels(widget: &Controller, value: &JsValue) -> Result<LabelSet, Failure> {
    let value = match value.as_string() {
        Some(text) if text.trim().is_empty() => Value::Null,
        Some(text) => json::parse(&text).map_err(|error| bad_value(widget, "labels", &error.to_string()))?,
        None => from_js(widget, "labels", value)?,
    };
    let set = json::label_set(&value);
    match value {
        Value::Null => Ok(LabelSet::default()),
        _ if set.is_empty() => Err(bad_value(widget, "labels", &value.to_string())),
        _ => Ok(set),
    }
}

/// The command of `annotate(target, label, {note, attributes})`.
pub fn annotate(widget: &Controller, target: &JsValue, label: String, options: &JsValue) -> Result<Command, Failure> {
    let span = span_of(widget, &from_js(widget, "annotate", target)?)?;
    let options = from_js(widget, "annotate", options)?;
    let note = options["note"].as_str().unwrap_or_default().to_owned();
    Ok(Command::Annotate(Draft { span, label, note, attributes: json::attributes(&options["attributes"]) }))
}

/// The command of `update(id, {labelId, utf16, note, attributes})`.
pub fn update(widget: &Controller, id: &str, patch: &JsValue) -> Result<Command, Failure> {
    let patch = from_js(widget, "update", patch)?;
    let text = |name: &str| patch[name].as_str().map(str::to_owned);
    let span = if patch["utf16"].is_null() { None } else { Some(span_of(widget, &patch)?) };
    let attributes: Option<Attributes> =
        patch["attributes"].is_object().then(|| json::attributes(&patch["attributes"]));
    let patch = Patch { label: text("labelId"), span, note: text("note"), attributes };
    Ok(Command::Update { id: annotation_id(widget, id)?, patch })
}

/// An id from JavaScript.
pub fn annotation_id(widget: &Controller, id: &str) -> Result<AnnotationId, Failure> {
    AnnotationId::new(id).ok_or_else(|| bad_value(widget, "id", "\"\""))
}

/// A UTF-16 position as a byte.
pub fn byte_of_utf16(widget: &Controller, at: usize) -> Result<usize, Failure> {
    let text = widget.text().ok_or_else(|| widget.no_release())?;
    let outside = || outside(widget, format!("{at} (UTF-16)"), text.utf16_len().0);
    text.byte_of_utf16(Utf16Offset(at)).ok_or_else(outside)
}

/// The failure of something that counts no sentence and no code unit.
pub fn no_index(widget: &Controller, found: &JsValue) -> Failure {
    let length = widget.text().map_or(0, |text| text.utf16_len().0);
    // An array's text is that of what is in it, also of what JSON cannot write.
    outside(widget, String::from(js_sys::Array::of1(found).to_string()), length)
}

/// The value of the `shortcuts` attribute.
pub fn shortcuts(value: &str) -> Shortcuts {
    match value {
        "off" => Shortcuts::Off,
        "modified" => Shortcuts::Modified,
        _ => Shortcuts::On,
    }
}

/// The language of the interface by its tag: English for `en`, French for everything else.
pub fn ui_language(tag: &str) -> UiLanguage {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") { UiLanguage::English } else { UiLanguage::French }
}

/// Where `{utf16}`, `{codePoints}` or `{exact, prefix, suffix}` points.
fn span_of(widget: &Controller, target: &Value) -> Result<Span, Failure> {
    let text = widget.text().ok_or_else(|| widget.no_release())?;
    let (span, unit, length) = if let Some([start, end]) = json::ends(&target["utf16"]) {
        (text.span_of_utf16([Utf16Offset(start), Utf16Offset(end)]), "UTF-16", text.utf16_len().0)
    } else if let Some([start, end]) = json::ends(&target["codePoints"]) {
        (text.span_of_chars([CharOffset(start), CharOffset(end)]), "code points", text.char_len().0)
    } else {
        let part = |name: &str| target[name].as_str().unwrap_or_default().to_owned();
        let quote = Quote { exact: part("exact"), prefix: part("prefix"), suffix: part("suffix") };
        (json::find_quote(&text, &quote), "UTF-16", text.utf16_len().0)
    };
    let filled = |span: &Span| text.slice(*span).is_some_and(|exact| !exact.trim().is_empty());
    span.filter(filled).ok_or_else(|| outside(widget, format!("{target} ({unit})"), length))
}

fn outside(widget: &Controller, found: String, length: usize) -> Failure {
    let error = CommandError::InvalidSpan { found, length };
    Failure { code: error.code(), message: widget.texts().refusal(&error) }
}
