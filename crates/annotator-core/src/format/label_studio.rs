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

use super::emit::{Json, Markup, attribute_names, plain_name};
use super::fit::{Carried, Loose, label_of};
use super::value::Value;
use super::{
    Export, FormatError, Found, Warning, Written, ends_in, inconsistent, left_out_orphans, list_in, member, placed,
    read_texts, text_in, value_of, warn,
};
use crate::annotation::{Provenance, Stamp, Timestamp, Unit};
use crate::document::Document;
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
    for (span, annotation) in placed(document) {
        let id = annotation.id.as_str();
        let lost = |()| inconsistent(annotation);
        begin_region(&mut json, document, id, "label", "labels", span).map_err(lost)?;
        end_labels(&mut json, document, &annotation.label, span).key("meta").open('{');
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
            begin_region(&mut json, document, id, &control(name), "textarea", span).map_err(lost)?;
            json.key("text").open('[').text(value).close(']').close('}').close('}');
        }
    }
    json.close(']').close('}').close(']');
    json.line().key("predictions").open('[');
    if !export.proposals.is_empty() {
        json.open('{').pair("model_version", concat!("release-annotator ", env!("CARGO_PKG_VERSION")));
        json.key("result").open('[');
        for proposal in export.proposals {
            let lost = |()| FormatError::Inconsistent(proposal.id.clone());
            begin_region(&mut json, document, &proposal.id, "label", "labels", proposal.span).map_err(lost)?;
            end_labels(&mut json, document, &proposal.label, proposal.span);
            json.key("meta").open('{').pair("rule", &proposal.rule).close('}').close('}');
        }
        json.close(']').close('}');
    }
    json.close(']').close('}').close(']');
    Ok(Written { bytes: json.finish(), warnings: left_out_orphans(document) })
}

/// A region up to its positions; the `value` object stays open. The error is a span that does not fit the text.
fn begin_region(
    json: &mut Json,
    document: &Document,
    id: &str,
    control: &str,
    kind: &str,
    span: Span,
) -> Result<(), ()> {
    let [start, end] = document.text().char_span(span).ok_or(())?;
    json.line().open('{').pair("id", id).pair("from_name", control).pair("to_name", "text").pair("type", kind);
    json.pair("origin", "manual").key("value").open('{').count("start", start.0).count("end", end.0);
    Ok(())
}

/// The rest of the `value` object of a region with a label.
fn end_labels<'a>(json: &'a mut Json, document: &Document, label: &str, span: Span) -> &'a mut Json {
    json.pair("text", document.text().slice(span).unwrap_or_default());
    json.key("labels").open('[').text(label).close(']').close('}')
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
    let tasks = match value_of(content)? {
        Value::Array(tasks) => tasks,
        task => vec![task],
    };
    let tasks = tasks.into_iter().enumerate().map(|(index, task)| (member("tasks", index), task)).collect();
    let mut found = Found::default();
    read_texts(tasks, document, &mut found, texts, |task, place, carried, document, found| {
        Reader { carried, document, found }.task(task, place);
    })?;
    found.fit("label-studio", document, stamp, replace)
}

/// The text, id and title of a task. The short form (JSON-MIN) has the fields of `data` in the task itself; where no field
/// is called `text`, a project calls its text otherwise: then it is the longest one.
fn texts(task: &Value) -> [&str; 3] {
    let data = if task["data"].is_object() { &task["data"] } else { task };
    let [mut text, id, title] = ["text", "id", "title"].map(|key| text_in(data, key));
    if text.is_empty() {
        for (_, value) in data.as_object().into_iter().flat_map(|map| map.iter()) {
            text = value.as_str().filter(|other| other.len() > text.len()).unwrap_or(text);
        }
    }
    [text, id, title]
}

/// Who made a region and when, as far as its annotation says.
struct Origin {
    creator: String,
    created: Option<Timestamp>,
    modified: Option<Timestamp>,
}

struct Reader<'a> {
    carried: &'a Carried,
    document: &'a Document,
    found: &'a mut Found,
}

impl Reader<'_> {
    fn task(&mut self, task: &Value, place: &str) {
        if !list_in(task, "predictions").is_empty() {
            let place = [place, ".predictions"].concat();
            warn(&mut self.found.warnings, &place, "predictions are proposals, not annotations; left out");
        }
        for key in [".annotations", ".completions"] {
            let key_place = [place, key].concat();
            for (nth, annotation) in list_in(task, &key[1..]).iter().enumerate() {
                if annotation["was_cancelled"] == Value::Bool(true) {
                    continue;
                }
                let by = &annotation["completed_by"];
                let id = by.as_u64().or(by["id"].as_u64()).map(|id| id.to_string()).unwrap_or_default();
                let origin = Origin {
                    creator: by.as_str().or(by["email"].as_str()).map_or(id, str::to_owned),
                    created: Timestamp::parse(text_in(annotation, "created_at")),
                    modified: Timestamp::parse(text_in(annotation, "updated_at")),
                };
                self.regions(list_in(annotation, "result"), &member(&key_place, nth), &origin);
            }
        }
        // The short form: every control is a field with its regions.
        if task["data"].is_object() {
            return;
        }
        for (control, regions) in task.as_object().into_iter().flat_map(|map| map.iter()) {
            if let Some(regions) =
                regions.as_array().filter(|list| list.iter().any(|one| one["start"].as_u64().is_some()))
            {
                let origin = Origin { creator: String::new(), created: None, modified: None };
                self.regions(regions, &[place, ".", control].concat(), &origin);
            }
        }
    }

    fn regions(&mut self, regions: &[Value], place: &str, origin: &Origin) {
        let from = self.found.annotations.len();
        // What people said about a region comes as regions of their own, with its id, in any order.
        for said in [false, true] {
            for (nth, region) in regions.iter().enumerate() {
                let kind = region["type"].as_str().unwrap_or("labels");
                if said == matches!(kind, "textarea" | "choices") {
                    let place = member(place, nth);
                    if said { self.said(region, kind, &place, from) } else { self.region(region, kind, place, origin) }
                }
            }
        }
    }

    fn region(&mut self, region: &Value, kind: &str, place: String, origin: &Origin) {
        // The short form has no `value`.
        let value = if region["value"].is_object() { &region["value"] } else { region };
        let labels = if value[kind].as_array().is_some() { list_in(value, kind) } else { list_in(value, "labels") };
        let Some(ends) = ends_in(value, ["start", "end"]).filter(|_| !labels.is_empty()) else {
            warn(&mut self.found.warnings, &place, "expected a region of text with a label; left out");
            return;
        };
        let id = text_in(region, "id");
        for (which, label) in labels.iter().enumerate() {
            let named = if id.is_empty() { &place } else { id };
            let label = label_of(self.document.labels(), label.as_str().unwrap_or_default());
            let mut loose = Loose::new(named.to_owned(), label);
            // A region with several labels is several annotations; only one can bear its id.
            loose.id = if which == 0 { id } else { "" }.to_owned();
            loose.creator.clone_from(&origin.creator);
            loose.created = origin.created;
            loose.modified = origin.modified;
            loose.quote.exact = text_in(value, "text").to_owned();
            self.carried.place(ends, &mut loose);
            read_meta(&region["meta"], &mut loose);
            self.found.annotations.push(loose);
        }
    }

    fn said(&mut self, region: &Value, kind: &str, place: &str, from: usize) {
        let id = text_in(region, "id");
        let name = text_in(region, "from_name");
        let words = joined(&region["value"], if kind == "choices" { kind } else { "text" }, ", ");
        match self.found.annotations[from..].iter_mut().find(|loose| !id.is_empty() && loose.id == id) {
            Some(loose) => {
                let name = name.strip_prefix("attribute_").unwrap_or(name);
                loose.attributes.insert(name.to_owned(), words);
            }
            None => warn(&mut self.found.warnings, place, "belongs to no region of text; left out"),
        }
    }
}

/// The texts of a list, or a text that stands alone.
fn joined(value: &Value, key: &str, separator: &str) -> String {
    let mut out = text_in(value, key).to_owned();
    for (nth, part) in list_in(value, key).iter().enumerate() {
        out.push_str(if nth > 0 { separator } else { "" });
        out.push_str(part.as_str().unwrap_or_default());
    }
    out
}

fn read_meta(meta: &Value, loose: &mut Loose) {
    loose.note = joined(meta, "text", "\n");
    let text = |key: &str| text_in(meta, key).to_owned();
    loose.provenance = Some(match text_in(meta, "provenance") {
        "" => return,
        "manual" => Provenance::Manual,
        "suggested" => Provenance::Suggested(text("rule")),
        _ => Provenance::Imported(text("from")),
    });
    loose.creator = text("creator");
    loose.created = Timestamp::parse(text_in(meta, "created")).or(loose.created);
    loose.modified = Timestamp::parse(text_in(meta, "modified")).or(loose.modified);
    loose.unit = Some(if meta["unit"] == "sentence" { Unit::Sentence } else { Unit::Span });
}
