//! doccano, sequence labelling: JSON lines, one text with its labelled stretches a line.
//!
//! # Loses
//! Ids, notes, attributes, people, times, provenance, names of the labels, sentence boundaries, and annotations without
//! a place (each named in a warning). Line ends are LF: doccano opens files in text mode, where CRLF counts as one
//! character; an end between CR and LF moves before both. Of stretches that overlap, doccano keeps one unless the
//! project allows overlapping; a warning says so. Read back, an annotation that the document has already (same label,
//! same stretch) keeps all it had. Not read: relations and comments, each named in a warning.
//!
//! # Offsets
//! Unicode code points of the text in the file.
//!
//! # Reference
//! doccano 1.8 documentation, "Sequence labeling" (JSONL); exports with `label` triples and with `entities`.

use serde_json::Value;

use super::emit::Json;
use super::fit::{Carried, IN_UTF16, Loose, Manner, fit, label_of};
use super::lines::Lines;
use super::{
    Export, FormatError, Warning, Written, invalid_json, kind_of, left_out_orphans, line_ends_changed, position,
    text_of,
};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::LabelSet;
use crate::session::Import;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let release = document.release();
    let lines = Lines::new(&release.text);
    let mut warnings = left_out_orphans(document);
    warnings.extend(line_ends_changed(document));
    let mut json = Json::default();
    json.open('{').pair("text", lines.text()).key("label").open('[');
    let mut behind = 0;
    for annotation in document.annotations() {
        let Some(span) = annotation.span() else { continue };
        let ends = lines.text().char_span(lines.to_lf(span));
        let [start, end] = ends.ok_or_else(|| FormatError::Inconsistent(annotation.id.to_string()))?;
        if start.0 < behind {
            let message = "overlaps another annotation; doccano keeps both only where the project allows overlapping";
            warnings.push(Warning { place: annotation.id.to_string(), message: message.to_owned() });
        }
        behind = behind.max(end.0);
        json.open('[').number(start.0).number(end.0).text(&annotation.label).close(']');
    }
    json.close(']').pair("release", &release.id).pair("title", &release.title).pair("lang", &release.lang).close('}');
    let mut bytes = json.finish().into_bytes();
    bytes.push(b'\n');
    Ok(Written { bytes, warnings })
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let mut warnings = Vec::new();
    let mut found = Vec::new();
    let mut refused = None;
    let mut read = false;
    for (place, entry) in entries(text_of(content)?, &mut warnings)? {
        let text = |key: &str| entry[key].as_str().unwrap_or_default();
        let body = if text("text").is_empty() { text("data") } else { text("text") };
        if body.is_empty() {
            let message = format!("expected an object with \"text\", found {}; left out", kind_of(&entry));
            warnings.push(Warning { place, message });
            continue;
        }
        match Carried::new(body, text("release"), text("title"), document) {
            Ok(carried) => {
                read = true;
                read_entry(&entry, &place, &carried, document, &mut found, &mut warnings);
            }
            Err(error) => {
                warnings.push(Warning { place, message: "about another text; left out".to_owned() });
                refused.get_or_insert(error);
            }
        }
    }
    if !read {
        let expected = "lines with \"text\" and \"label\"";
        return Err(refused.unwrap_or(FormatError::InvalidFile { expected, found: "none".to_owned() }));
    }
    let known = LabelSet::new([]);
    let manner = Manner { from: "doccano", other_unit: Some(IN_UTF16), known: &known, replace };
    Ok((fit(found, document, stamp, &manner, &mut warnings), warnings))
}

/// The objects of a file: of a JSON array, or one a line; each with its place.
fn entries(content: &str, warnings: &mut Vec<Warning>) -> Result<Vec<(String, Value)>, FormatError> {
    if content.trim_start().starts_with('[') {
        let list: Vec<Value> = serde_json::from_str(content).map_err(|error| invalid_json(&error, 0))?;
        return Ok(list.into_iter().enumerate().map(|(n, entry)| (format!("[{n}]"), entry)).collect());
    }
    let mut entries = Vec::new();
    let mut fault = None;
    for (index, line) in content.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(entry) => entries.push((format!("line {}", index + 1), entry)),
            Err(error) => {
                warnings.push(Warning { place: format!("line {}", index + 1), message: format!("{error}; left out") });
                fault.get_or_insert_with(|| invalid_json(&error, index));
            }
        }
    }
    match fault {
        Some(error) if entries.is_empty() => Err(error),
        _ => Ok(entries),
    }
}

fn read_entry(
    entry: &Value,
    place: &str,
    carried: &Carried,
    document: &Document,
    found: &mut Vec<Loose>,
    warnings: &mut Vec<Warning>,
) {
    for (key, what) in [("relations", "relations"), ("Comments", "comments")] {
        if entry[key].as_array().is_some_and(|list| !list.is_empty()) {
            let message = format!("{what} have no place here; left out");
            warnings.push(Warning { place: format!("{place}, {key}"), message });
        }
    }
    for key in ["label", "labels", "entities"] {
        for (nth, one) in entry[key].as_array().into_iter().flatten().enumerate() {
            let place = format!("{place}, {key}[{nth}]");
            let part = |index: usize, name: &str| if one.is_array() { one[index].clone() } else { one[name].clone() };
            let ends = (position(&part(0, "start_offset")), position(&part(1, "end_offset")));
            let label = part(2, "label");
            let (Some(start), Some(end), Some(label)) = (ends.0, ends.1, label.as_str()) else {
                let message = "expected start, end and a label; left out".to_owned();
                warnings.push(Warning { place, message });
                continue;
            };
            let mut loose = Loose { place, label: label_of(document.labels(), label), ..Loose::default() };
            carried.place([start, end], &mut loose);
            found.push(loose);
        }
    }
}
