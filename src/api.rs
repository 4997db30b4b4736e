//! JavaScript values to core values and back. UTF-16 is converted here (and in `selection`), nowhere else.

use std::collections::BTreeMap;

use annotator_core::format::json::{self, AnnotationRecord, LabelRecord};
use annotator_core::{
    AnnotationId, CharOffset, Command, Draft, LabelSet, Patch, Quote, Span, Text, UiLanguage, Utf16Offset,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::controller::{Controller, Failure, Opening};
use crate::i18n::fill;
use crate::keymap::Shortcuts;

/// Where an annotation goes: by positions in one of two units, or by its words.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct TargetRecord {
    utf16: Option<[usize; 2]>,
    code_points: Option<[usize; 2]>,
    exact: Option<String>,
    prefix: String,
    suffix: String,
}

/// What `annotate` and `update` may set besides.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PatchRecord {
    label_id: Option<String>,
    utf16: Option<[usize; 2]>,
    note: Option<String>,
    attributes: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpeningRecord {
    text: String,
    lang: Option<String>,
    title: Option<String>,
    id: Option<String>,
    labels: Option<Vec<LabelRecord>>,
    annotations: Option<Vec<AnnotationRecord>>,
}

/// How `importFrom` reads.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ImportOptions {
    pub format: Option<String>,
    pub mode: Option<String>,
}

/// A value as JavaScript: objects for structs and maps, `null` for nothing.
pub fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// A value from JavaScript; nothing where it is undefined or null.
pub fn from_js<T: DeserializeOwned + Default>(widget: &Controller, name: &str, value: JsValue) -> Result<T, Failure> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    serde_wasm_bindgen::from_value(value).map_err(|error| bad_value(widget, name, &error.to_string()))
}

/// The failure of a value that is not what it should be.
pub fn bad_value(widget: &Controller, name: &str, found: &str) -> Failure {
    Failure { code: "invalid-file", message: fill(widget.texts().bad_value, &[name, found]) }
}

/// A failure as the `Error` with a `code` that the contract promises.
pub fn to_error(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    // A fresh Error takes any property.
    let _ = js_sys::Reflect::set(&error, &"code".into(), &failure.code.into());
    error.into()
}

/// The argument of `load`.
pub fn opening(widget: &Controller, value: JsValue) -> Result<Opening, Failure> {
    let record: OpeningRecord =
        serde_wasm_bindgen::from_value(value).map_err(|error| bad_value(widget, "load", &error.to_string()))?;
    Ok(Opening {
        text: record.text,
        id: record.id.unwrap_or_default(),
        title: record.title.unwrap_or_default(),
        lang: record.lang,
        labels: record.labels.map(json::label_set),
        annotations: record.annotations,
        ..Opening::default()
    })
}

/// A label set from records, or from the JSON of the attribute; the default where it is empty.
pub fn labels(widget: &Controller, value: JsValue) -> Result<LabelSet, Failure> {
    let records: Vec<LabelRecord> = match value.as_string() {
        Some(text) if text.trim().is_empty() => Vec::new(),
        Some(text) => serde_json::from_str(&text).map_err(|error| bad_value(widget, "labels", &error.to_string()))?,
        None => from_js(widget, "labels", value)?,
    };
    let set = json::label_set(records);
    Ok(if set.is_empty() { LabelSet::default() } else { set })
}

/// The command of `annotate(target, label, {note, attributes})`.
pub fn annotate(widget: &Controller, target: JsValue, label: String, options: JsValue) -> Result<Command, Failure> {
    let target: TargetRecord = from_js(widget, "annotate", target)?;
    let options: PatchRecord = from_js(widget, "annotate", options)?;
    let span = span_of(widget, &target)?;
    let note = options.note.unwrap_or_default();
    Ok(Command::Annotate(Draft { span, label, note, attributes: options.attributes.unwrap_or_default() }))
}

/// The command of `update(id, {labelId, utf16, note, attributes})`.
pub fn update(widget: &Controller, id: &str, patch: JsValue) -> Result<Command, Failure> {
    let record: PatchRecord = from_js(widget, "update", patch)?;
    let span = match record.utf16 {
        Some(utf16) => Some(span_of(widget, &TargetRecord { utf16: Some(utf16), ..TargetRecord::default() })?),
        None => None,
    };
    let patch = Patch { label: record.label_id, span, note: record.note, attributes: record.attributes };
    Ok(Command::Update { id: annotation_id(widget, id)?, patch })
}

/// An id from JavaScript.
pub fn annotation_id(widget: &Controller, id: &str) -> Result<AnnotationId, Failure> {
    AnnotationId::new(id).ok_or_else(|| bad_value(widget, "id", "\"\""))
}

/// A UTF-16 position as a byte.
pub fn byte_of_utf16(widget: &Controller, at: usize) -> Result<usize, Failure> {
    let found = widget.read(|state| {
        let text = state.session.as_ref()?.document().text().clone();
        Some((text.byte_of_utf16(Utf16Offset(at)), text.utf16_len().0))
    });
    match found {
        None => Err(widget.no_release()),
        Some((Some(byte), _)) => Ok(byte),
        Some((None, length)) => Err(outside(widget, format!("{at} (UTF-16)"), length)),
    }
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

fn span_of(widget: &Controller, target: &TargetRecord) -> Result<Span, Failure> {
    let text: Option<Text> = widget.read(|state| Some(state.session.as_ref()?.document().text().clone()));
    let text = text.ok_or_else(|| widget.no_release())?;
    let (span, found, length) = match target {
        TargetRecord { utf16: Some([start, end]), .. } => (
            text.span_of_utf16([Utf16Offset(*start), Utf16Offset(*end)]),
            format!("[{start}, {end}] (UTF-16)"),
            text.utf16_len().0,
        ),
        TargetRecord { code_points: Some([start, end]), .. } => (
            text.span_of_chars([CharOffset(*start), CharOffset(*end)]),
            format!("[{start}, {end}] (code points)"),
            text.char_len().0,
        ),
        TargetRecord { exact: Some(exact), prefix, suffix, .. } => {
            let quote = Quote { exact: exact.clone(), prefix: prefix.clone(), suffix: suffix.clone() };
            (json::find_quote(&text, &quote), format!("{exact:?}"), text.utf16_len().0)
        }
        _ => (None, "{}".to_owned(), text.utf16_len().0),
    };
    let filled = |span: &Span| text.slice(*span).is_some_and(|exact| !exact.trim().is_empty());
    span.filter(filled).ok_or_else(|| outside(widget, found, length))
}

fn outside(widget: &Controller, found: String, length: usize) -> Failure {
    let error = annotator_core::CommandError::InvalidSpan { found, length };
    Failure { code: error.code(), message: error.message(widget.read(|state| state.settings.ui)) }
}
