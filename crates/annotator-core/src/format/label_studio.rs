//! Label Studio: a list with one task, its annotations and predictions (`label-studio`), and the labelling
//! configuration that fits (`label-studio-config`).
//!
//! # Loses
//! Names of the labels (the configuration keeps colours and keys), corrected sentence boundaries, annotations without
//! a place (each named in a warning), and of an attribute's name all but ASCII letters, digits, `_` and `-`. Not read:
//! predictions, relations, and regions on anything but text; each is named in a warning.
//!
//! # Offsets
//! Unicode code points, with CRLF as two characters, as Label Studio counts since 1.5. Older exports in UTF-16 code
//! units are recognised by the words of their regions. Label Studio itself takes shifted positions without a word.
//!
//! # Reference
//! Label Studio documentation, "Label Studio JSON format of annotated tasks", "Text", "Labels", "TextArea".

use serde_json::Value;

use super::emit::{Json, Markup, attribute_names, plain_name};
use super::fit::{Carried, IN_UTF16, Loose, Manner, fit, label_of};
use super::{Export, FormatError, Warning, Written, kind_of, left_out_orphans, position, value_of};
use crate::annotation::{Provenance, Stamp, Timestamp, Unit};
use crate::document::Document;
use crate::label::LabelSet;
use crate::session::Import;
use crate::text::Span;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let release = document.release();
    let mut json = Json::default();
    json.open('[').open('{').count("id", 1).key("data").open('{');
    json.pair("text", &release.text).pair("id", &release.id).pair("title", &release.title);
    json.pair("lang", &release.lang).pair("source", &release.source).pair("sha256", &release.sha256).close('}');
    json.line().key("annotations").open('[').open('{').count("id", 1);
    json.pair("created_at", &export.stamp.now.to_string()).key("result").open('[');
    for annotation in document.annotations() {
        let Some(span) = annotation.span() else { continue };
        let id = annotation.id.as_str();
        begin_region(&mut json, document, id, "label", "labels", span)?;
        json.pair("text", document.text().slice(span).unwrap_or_default());
        json.key("labels").open('[').text(&annotation.label).close(']').close('}');
        json.key("meta").open('{');
        if !annotation.note.is_empty() {
            json.key("text").open('[').text(&annotation.note).close(']');
        }
        json.some("creator", &annotation.creator).pair("created", &annotation.created.to_string());
        json.pair("modified", &annotation.modified.to_string());
        json.pair("unit", if annotation.unit == Unit::Sentence { "sentence" } else { "span" });
        match &annotation.provenance {
            Provenance::Manual => json.pair("provenance", "manual"),
            Provenance::Suggested(rule) => json.pair("provenance", "suggested").pair("rule", rule),
            Provenance::Imported(from) => json.pair("provenance", "imported").pair("from", from),
        };
        json.close('}').close('}');
        for (name, value) in annotation.attributes.iter() {
            begin_region(&mut json, document, id, &control(name), "textarea", span)?;
            json.key("text").open('[').text(value).close(']').close('}').close('}');
        }
    }
    json.close(']').close('}').close(']');
    json.line().key("predictions").open('[');
    if !export.proposals.is_empty() {
        json.open('{').pair("model_version", concat!("release-annotator ", env!("CARGO_PKG_VERSION")));
        json.key("result").open('[');
        for proposal in export.proposals {
            begin_region(&mut json, document, &proposal.id, "label", "labels", proposal.span)?;
            json.pair("text", document.text().slice(proposal.span).unwrap_or_default());
            json.key("labels").open('[').text(&proposal.label).close(']').close('}');
            json.key("meta").open('{').pair("rule", &proposal.rule).close('}').close('}');
        }
        json.close(']').close('}');
    }
    json.close(']').close('}').close(']');
    Ok(Written { bytes: json.finish().into_bytes(), warnings: left_out_orphans(document) })
}

/// A region up to its positions; the `value` object stays open.
fn begin_region(
    json: &mut Json,
    document: &Document,
    id: &str,
    control: &str,
    kind: &str,
    span: Span,
) -> Result<(), FormatError> {
    let [start, end] = document.text().char_span(span).ok_or_else(|| FormatError::Inconsistent(id.to_owned()))?;
    json.line().open('{').pair("id", id).pair("from_name", control).pair("to_name", "text").pair("type", kind);
    json.pair("origin", "manual").key("value").open('{').count("start", start.0).count("end", end.0);
    Ok(())
}

/// The name of the control that holds an attribute; two names are taken by the label and the text.
fn control(attribute: &str) -> String {
    let name = plain_name(attribute);
    if matches!(name.as_str(), "" | "label" | "text") { format!("attribute_{name}") } else { name }
}

pub(super) fn export_config(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let mut out = Markup::default();
    out.raw("<View>\n  <Labels name=\"label\" toName=\"text\">\n");
    for label in document.labels().iter() {
        out.raw("    <Label").attribute("value", &label.id).attribute("background", &label.color);
        out.attribute("hint", label.name(export.language));
        if let Some(key) = label.key {
            out.attribute("hotkey", key.encode_utf8(&mut [0; 4]));
        }
        out.raw("/>\n");
    }
    out.raw("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
    let mut controls: Vec<String> = Vec::new();
    for name in attribute_names(document) {
        let control = control(name);
        if !controls.contains(&control) {
            out.raw("  <TextArea toName=\"text\" perRegion=\"true\" editable=\"true\" maxSubmissions=\"1\"");
            out.attribute("name", &control).attribute("placeholder", name).raw("/>\n");
            controls.push(control);
        }
    }
    // Without it blanks are shown as one and the shown text no longer matches the positions.
    out.raw("  <Style>.htx-text{white-space:pre-wrap}</Style>\n</View>\n");
    Ok(Written { bytes: out.out.into_bytes(), warnings: Vec::new() })
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let file = value_of(content)?;
    let tasks = match &file {
        Value::Array(tasks) => tasks.as_slice(),
        task => std::slice::from_ref(task),
    };
    let mut warnings = Vec::new();
    let mut found = Vec::new();
    let mut other = None;
    let mut read = false;
    for (index, task) in tasks.iter().enumerate() {
        let place = format!("tasks[{index}]");
        // The short form (JSON-MIN) has the fields of `data` in the task itself.
        let data = if task["data"].is_object() { &task["data"] } else { task };
        let text = |key: &str| data[key].as_str().unwrap_or_default();
        if text("text").is_empty() {
            let message = format!("expected a task with \"data\": {{\"text\"}}, found {}; left out", kind_of(task));
            warnings.push(Warning { place, message });
            continue;
        }
        match Carried::new(text("text"), text("id"), text("title"), document) {
            Ok(carried) => {
                read = true;
                read_task(task, &place, &carried, document, &mut found, &mut warnings);
            }
            Err(error) => {
                warnings.push(Warning { place, message: "a task about another text; left out".to_owned() });
                other.get_or_insert(error);
            }
        }
    }
    match other {
        _ if read => {}
        Some(error) => return Err(error),
        None => {
            let found = kind_of(&file).to_owned();
            return Err(FormatError::InvalidFile { expected: "tasks with \"data\": {\"text\"}", found });
        }
    }
    let known = LabelSet::new([]);
    let manner = Manner { from: "label-studio", other_unit: Some(IN_UTF16), known: &known, replace };
    Ok((fit(found, document, stamp, &manner, &mut warnings), warnings))
}

fn read_task(
    task: &Value,
    place: &str,
    carried: &Carried,
    document: &Document,
    found: &mut Vec<Loose>,
    warnings: &mut Vec<Warning>,
) {
    let count = |key: &str| task[key].as_array().map_or(0, Vec::len);
    if count("predictions") > 0 {
        let message = "predictions are proposals, not annotations; left out".to_owned();
        warnings.push(Warning { place: format!("{place}.predictions"), message });
    }
    let key = if task["annotations"].is_array() { "annotations" } else { "completions" };
    for (nth, annotation) in task[key].as_array().into_iter().flatten().enumerate() {
        if annotation["was_cancelled"] == true {
            continue;
        }
        let by = &annotation["completed_by"];
        let creator = by.as_str().or(by["email"].as_str()).map_or_else(
            || by.as_u64().or(by["id"].as_u64()).map(|id| id.to_string()).unwrap_or_default(),
            str::to_owned,
        );
        let date = |key: &str| annotation[key].as_str().and_then(Timestamp::parse);
        let base = Loose { creator, created: date("created_at"), modified: date("updated_at"), ..Loose::default() };
        let regions = annotation["result"].as_array().map_or(&[][..], Vec::as_slice);
        read_regions(regions, &format!("{place}.{key}[{nth}]"), &base, carried, document, found, warnings);
    }
    // The short form: every control is a field with its regions.
    let short = task.as_object().into_iter().flatten().filter(|(key, _)| !task["data"].is_object() && *key != "text");
    for (control, regions) in short {
        let Some(regions) = regions.as_array().filter(|list| list.iter().any(|region| region["start"].is_u64())) else {
            continue;
        };
        let place = format!("{place}.{control}");
        read_regions(regions, &place, &Loose::default(), carried, document, found, warnings);
    }
}

fn read_regions(
    regions: &[Value],
    place: &str,
    base: &Loose,
    carried: &Carried,
    document: &Document,
    found: &mut Vec<Loose>,
    warnings: &mut Vec<Warning>,
) {
    let from = found.len();
    let mut values: Vec<(&str, &Value, String)> = Vec::new();
    for (nth, region) in regions.iter().enumerate() {
        let place = format!("{place}[{nth}]");
        // The short form has no `value`.
        let value = if region["value"].is_object() { &region["value"] } else { region };
        let id = region["id"].as_str().unwrap_or_default();
        let kind = region["type"].as_str().unwrap_or("labels");
        let labels: Vec<&str> = list(value, kind).or_else(|| list(value, "labels")).unwrap_or_default();
        let ends = (position(&value["start"]), position(&value["end"]));
        if matches!(kind, "textarea" | "choices") {
            values.push((id, region, place));
            continue;
        }
        let (Some(start), Some(end), false) = (ends.0, ends.1, labels.is_empty()) else {
            let message = format!("expected a region of text with a label, found \"{kind}\"; left out");
            warnings.push(Warning { place, message });
            continue;
        };
        for (which, label) in labels.into_iter().enumerate() {
            let mut loose = Loose {
                // A region with several labels is several annotations; only one can bear its id.
                id: if which == 0 { id.to_owned() } else { String::new() },
                place: if id.is_empty() { place.clone() } else { id.to_owned() },
                label: label_of(document.labels(), label),
                ..base.clone()
            };
            loose.quote.exact = value["text"].as_str().unwrap_or_default().to_owned();
            carried.place([start, end], &mut loose);
            read_meta(&region["meta"], &mut loose);
            found.push(loose);
        }
    }
    for (id, region, place) in values {
        let owner = found[from..].iter_mut().find(|loose| !id.is_empty() && loose.id == id);
        let name = region["from_name"].as_str().unwrap_or_default();
        let value = &region["value"];
        let said = list(value, "text").or_else(|| list(value, "choices")).unwrap_or_default().join(", ");
        match owner {
            Some(loose) => {
                let name = name.strip_prefix("attribute_").unwrap_or(name);
                loose.attributes.insert(name.to_owned(), said);
            }
            None => {
                let message = format!("\"{name}\" belongs to no region of text; left out");
                warnings.push(Warning { place, message });
            }
        }
    }
}

fn list<'a>(value: &'a Value, key: &str) -> Option<Vec<&'a str>> {
    Some(value[key].as_array()?.iter().filter_map(Value::as_str).collect())
}

fn read_meta(meta: &Value, loose: &mut Loose) {
    let text = |key: &str| meta[key].as_str().unwrap_or_default().to_owned();
    loose.note = list(meta, "text").map_or_else(|| text("text"), |lines| lines.join("\n"));
    if meta["provenance"].is_null() {
        return;
    }
    loose.creator = text("creator");
    loose.created = Timestamp::parse(&text("created")).or(loose.created);
    loose.modified = Timestamp::parse(&text("modified")).or(loose.modified);
    loose.unit = Some(if meta["unit"] == "sentence" { Unit::Sentence } else { Unit::Span });
    loose.provenance = match meta["provenance"].as_str() {
        Some("manual") => Some(Provenance::Manual),
        Some("suggested") => Some(Provenance::Suggested(text("rule"))),
        _ => Some(Provenance::Imported(text("from"))),
    };
}
