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

use super::fit::{Carried, Loose, label_of};
use super::names::{attribute_names, control_name};
use super::template::{ATTRIBUTE, CONTROL, JSON, XML};
use super::value::Value;
use super::{FormatError, Found, Sheet, Warning, ends_in, list_in, member, read_texts, text_in, value_of, warn};
use crate::annotation::{Provenance, Stamp, Timestamp, Unit};
use crate::document::Document;
use crate::session::Import;

const TASK: &str = concat!(
    r#"[{"id":1,"data":{"text":"~release.text~","id":"~release.id~","title":"~release.title~","#,
    r#""lang":"~release.lang~","source":"~release.source~","sha256":"~release.sha256~"},"#,
    "\n",
    r#""annotations":[{"id":1,"created_at":"~exported~","result":[^,annotations~"#,
    "\n",
    r#"{"id":"~id~","from_name":"label","to_name":"text","type":"labels","origin":"manual","value":"#,
    r#"{"start":~codePoints.0~,"end":~codePoints.1~,"text":"~exact~","labels":["~label~"]},"meta":{"#,
    r#"^note~"text":["~note~"],`^creator~"creator":"~creator~",`"created":"~created~","modified":"~modified~","#,
    r#""unit":"~unit~","provenance":"~provenance.kind~"^?provenance.rule~,"rule":"~provenance.rule~"`"#,
    r#"^?provenance.from~,"from":"~provenance.from~"`}}^*attributes~,"#,
    "\n",
    r#"{"id":"~id~","from_name":"~=key~","to_name":"text","type":"textarea","origin":"manual","value":"#,
    r#"{"start":~codePoints.0~,"end":~codePoints.1~,"text":["~value~"]}}``]}],"#,
    "\n",
    r#""predictions":[^?suggestions~{"model_version":"~generator~","result":[^,suggestions~"#,
    "\n",
    r#"{"id":"~id~","from_name":"label","to_name":"text","type":"labels","origin":"manual","value":"#,
    r#"{"start":~codePoints.0~,"end":~codePoints.1~,"text":"~exact~","labels":["~label~"]},"#,
    r#""meta":{"rule":"~rule~"}}`]}`]}]"#,
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    sheet.add_suggestions();
    sheet.render(TASK, [JSON, CONTROL])
}

const CONFIGURATION: &str = concat!(
    "<View>\n  <Labels name=\"label\" toName=\"text\">\n",
    "^labels~    <Label value=\"~=id~\" background=\"~=color~\" hint=\"|~=name.fr~|~=name.en~|\"",
    "^key~ hotkey=\"~=key~\"`/>\n`",
    "  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n",
    "^controls~  <TextArea toName=\"text\" perRegion=\"true\" editable=\"true\" maxSubmissions=\"1\"",
    " name=\"~control~\" placeholder=\"~=name~\"/>\n`",
    // Without it blanks are shown as one and the shown text no longer matches the positions.
    "  <Style>.htx-text{white-space:pre-wrap}</Style>\n</View>\n",
);

pub(super) fn export_config(sheet: &mut Sheet<'_>) -> Vec<u8> {
    let mut controls: Vec<Value> = Vec::new();
    for name in attribute_names(sheet.document) {
        let mut control = Vec::new();
        control_name(&mut control, name);
        let mut one = Value::default();
        one.set("control", String::from_utf8(control).unwrap_or_default().into());
        one.set("name", name.into());
        if controls.iter().all(|other| other["control"] != one["control"]) {
            controls.push(one);
        }
    }
    sheet.file.set("controls", Value::Array(controls));
    sheet.render(CONFIGURATION, [XML, ATTRIBUTE])
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
