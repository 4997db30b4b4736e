//! The annotation file, version 1: the complete format, and the shape of annotations and labels in JavaScript.
//!
//! # Loses
//! Nothing: `import(export(d)) = d`, ids and corrected boundaries included. The history stays behind.
//!
//! # Offsets
//! Every position is half-open and given twice, in Unicode code points and in UTF-16 code units.
//!
//! # Reference
//! The project's contract, section 4; `www/annotation.schema.json`.

use super::fit::{Loose, Manner, char_ends, move_over, utf16_ends};
pub use super::fit::{find_quote, quote_of};
use super::value::Value;
use super::{FormatError, Warning, kind_of, member, text_of};
use crate::annotation::{Annotation, AnnotationId, Attributes, Provenance, Quote, Stamp, Target, Timestamp, Unit};
use crate::document::Document;
use crate::label::{Label, LabelSet};
use crate::session::Import;
use crate::sorted::SortedMap;
use crate::text::{Span, Text};
use crate::transaction::Correction;

/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/json";

/// Writes the annotation file, one line an annotation. `stamp` says when and by whom.
///
/// # Errors
///
/// [`FormatError::Inconsistent`] if a position does not lead back to its own words.
pub fn write(document: &Document, stamp: &Stamp) -> Result<String, FormatError> {
    Ok(print(&file_value(document, stamp)?))
}

/// The annotation file from its value, one line an annotation.
pub(super) fn print(file: &Value) -> String {
    let mut json = String::from("{");
    for (index, (name, value)) in file.as_object().into_iter().flat_map(|map| map.iter()).enumerate() {
        json.push_str(if index == 0 { "\n  \"" } else { ",\n  \"" });
        json.push_str(name);
        json.push_str("\": ");
        match value {
            Value::Array(entries) if !entries.is_empty() => {
                for (index, entry) in entries.iter().enumerate() {
                    json.push_str(if index == 0 { "[\n    " } else { ",\n    " });
                    entry.write(&mut json);
                }
                json.push_str("\n  ]");
            }
            value => value.write(&mut json),
        }
    }
    json.push_str("\n}\n");
    json
}

/// The annotation file as a value.
///
/// # Errors
///
/// [`FormatError::Inconsistent`] if a position does not lead back to its own words.
pub(super) fn file_value(document: &Document, stamp: &Stamp) -> Result<Value, FormatError> {
    let release = document.release();
    let text = document.text();
    for annotation in document.annotations() {
        let Some(span) = annotation.span() else { continue };
        let exact = text.slice(span);
        let by_chars = text.char_span(span).and_then(|ends| text.span_of_chars(ends));
        let by_utf16 = text.utf16_span(span).and_then(|ends| text.span_of_utf16(ends));
        let leads_back = |found: Option<Span>| exact.is_some() && found.and_then(|span| text.slice(span)) == exact;
        if !leads_back(by_chars) || !leads_back(by_utf16) {
            return Err(FormatError::Inconsistent(annotation.id.to_string()));
        }
    }
    let mut about = Value::default();
    for (name, value) in [
        ("id", release.id.as_str()),
        ("title", &release.title),
        ("lang", &release.lang),
        ("source", &release.source),
        ("text", text),
        ("sha256", release.sha256()),
    ] {
        about.set(name, value.into());
    }
    about.set("codePoints", text.char_len().0.into());
    about.set("utf16", text.utf16_len().0.into());
    let mut file = Value::default();
    file.set("format", "release-annotator".into());
    file.set("version", (VERSION as usize).into());
    file.set("generator", concat!("release-annotator ", env!("CARGO_PKG_VERSION")).into());
    file.set("exported", stamp.now.to_string().into());
    file.set("annotator", stamp.creator.as_str().into());
    file.set("release", about);
    file.set("labels", label_values(document.labels()));
    file.set("sentences", sentence_values(document));
    file.set("annotations", annotation_values(document));
    Ok(file)
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    read(text_of(content)?, document, stamp, replace)
}

/// The annotations as they are written, in text order, orphans last.
pub fn annotation_values(document: &Document) -> Value {
    document.annotations().map(|annotation| annotation_value(document, annotation)).collect()
}

/// One annotation as it is written. An orphan has no `sentences`, `codePoints` and `utf16`.
pub fn annotation_value(document: &Document, annotation: &Annotation) -> Value {
    let text = document.text();
    let (quote, span) = match &annotation.target {
        Target::Span(span) => (quote_of(text, *span), Some(*span)),
        Target::Orphan(quote) => (quote.clone(), None),
    };
    let (kind, detail, source) = match &annotation.provenance {
        Provenance::Manual => ("manual", "", ""),
        Provenance::Suggested(rule) => ("suggested", "rule", rule.as_str()),
        Provenance::Imported(from) => ("imported", "from", from.as_str()),
    };
    let mut provenance = Value::default();
    provenance.set("kind", kind.into());
    if !detail.is_empty() {
        provenance.set(detail, source.into());
    }
    let unit = match annotation.unit {
        Unit::Sentence => "sentence",
        Unit::Span => "span",
    };
    let mut value = Value::default();
    value.set("id", annotation.id.as_str().into());
    value.set("label", annotation.label.as_str().into());
    value.set("unit", unit.into());
    if let Some(span) = span {
        let (first, last) = document.sentences_of(span).unwrap_or_default();
        value.set("sentences", pair([first, last]));
        set_positions(&mut value, text, span);
    }
    value.set("exact", quote.exact.into());
    value.set("prefix", quote.prefix.into());
    value.set("suffix", quote.suffix.into());
    value.set("note", annotation.note.as_str().into());
    let mut attributes = Value::object(Vec::new());
    for (name, text) in annotation.attributes.iter() {
        attributes.set(name, text.as_str().into());
    }
    value.set("attributes", attributes);
    value.set("provenance", provenance);
    value.set("creator", annotation.creator.as_str().into());
    value.set("created", annotation.created.to_string().into());
    value.set("modified", annotation.modified.to_string().into());
    value
}

/// The sentences in force, as they are written.
pub fn sentence_values(document: &Document) -> Value {
    let text = document.text();
    let mut values = Vec::new();
    for (index, sentence) in document.sentences().iter().enumerate() {
        let mut value = Value::default();
        value.set("index", index.into());
        set_positions(&mut value, text, sentence.span);
        value.set("paragraph", sentence.paragraph.into());
        values.push(value);
    }
    Value::Array(values)
}

/// The labels as they are written.
pub fn label_values(labels: &LabelSet) -> Value {
    let mut values = Vec::new();
    for label in labels.iter() {
        let mut name = Value::default();
        name.set("fr", label.name_fr.as_str().into());
        name.set("en", label.name_en.as_str().into());
        let mut value = Value::default();
        value.set("id", label.id.as_str().into());
        value.set("name", name);
        value.set("color", label.color.as_str().into());
        if let Some(key) = label.key {
            value.set("key", String::from(key).into());
        }
        if !label.description.is_empty() {
            value.set("description", label.description.as_str().into());
        }
        values.push(value);
    }
    Value::Array(values)
}

/// The label set that a value describes: objects with an `id`, and a `name` that is a text or one text a language.
/// What is no such object is left out; see [`LabelSet::new`] for what is put right.
pub fn label_set(value: &Value) -> LabelSet {
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let labels = entries.iter().filter_map(|entry| {
        let name = &entry["name"];
        let any = name.as_str().or_else(|| name.as_object()?.iter().find_map(|(_, name)| name.as_str()));
        let any = any.unwrap_or_default();
        Some(Label {
            id: entry["id"].as_str()?.to_owned(),
            name_fr: name["fr"].as_str().unwrap_or(any).to_owned(),
            name_en: name["en"].as_str().unwrap_or(any).to_owned(),
            color: string(entry, "color"),
            key: entry["key"].as_str().and_then(|key| key.chars().next()),
            description: string(entry, "description"),
        })
    });
    LabelSet::new(labels.collect())
}

/// The label set of a file that replaces everything, with what its annotations use besides.
pub fn whole_set(known: &LabelSet, import: &Import, document: &Document) -> LabelSet {
    let besides = import.labels.as_ref().unwrap_or(document.labels()).iter();
    let used = |label: &&Label| import.annotations.iter().any(|annotation| annotation.label == label.id);
    LabelSet::new(known.iter().chain(besides.filter(used)).cloned().collect())
}

/// `[start, end]`, if that is what the value is.
pub fn ends(value: &Value) -> Option<[usize; 2]> {
    match value.as_array()?.as_slice() {
        [start, end] => Some([usize::try_from(start.as_u64()?).ok()?, usize::try_from(end.as_u64()?).ok()?]),
        _ => None,
    }
}

/// Named values from an object of texts; numbers and truth values become texts, everything else is left out.
pub fn attributes(value: &Value) -> Attributes {
    let entries = value.as_object().into_iter().flat_map(|map| map.iter());
    let texts = entries.filter_map(|(name, value)| match value {
        Value::String(text) => Some((name.clone(), text.clone())),
        Value::Number(_) | Value::Bool(_) => Some((name.clone(), value.to_string())),
        _ => None,
    });
    texts.collect()
}

/// Reads a text as JSON.
///
/// # Errors
///
/// [`FormatError::InvalidJson`] with the place of the first fault.
pub fn parse(json: &str) -> Result<Value, FormatError> {
    parse_counting(json).map(|(value, _)| value)
}

fn parse_counting(json: &str) -> Result<(Value, usize), FormatError> {
    Value::parse_counting(json).map_err(|error| FormatError::InvalidJson {
        line: error.line,
        column: error.column,
        expected: error.expected,
    })
}

/// Reads an annotation file for the open document: checks it, fits every annotation to the text.
///
/// An annotation whose positions do not give its words is placed by its words, else kept as an orphan; each time
/// there is a warning. An unreadable annotation is left out with a warning; lone surrogates become U+FFFD with one. Labels that are not in the set join it.
///
/// # Errors
///
/// [`FormatError`] if the file cannot be read at all, is too new, or belongs to another release (another id and
/// another text).
pub fn read(
    json: &str,
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let (file, replaced) = parse_counting(json)?;
    if file["format"] != "release-annotator" {
        let found = file["format"].as_str().map_or_else(|| kind_of(&file["format"]).to_owned(), str::to_owned);
        return Err(FormatError::InvalidFile { expected: "\"format\": \"release-annotator\"", found });
    }
    match file["version"].as_u64() {
        Some(1..=VERSION) => {}
        Some(found) => return Err(FormatError::UnknownVersion(found.to_string())),
        None => {
            let found = kind_of(&file["version"]).to_owned();
            return Err(FormatError::InvalidFile { expected: "\"version\": 1", found });
        }
    }
    let Some(entries) = file["annotations"].as_array() else {
        let found = kind_of(&file["annotations"]).to_owned();
        return Err(FormatError::InvalidFile { expected: "\"annotations\": […]", found });
    };
    let open = document.release();
    let release = &file["release"];
    let same_text = release["sha256"].as_str().map_or_else(
        || release["text"].as_str().is_none_or(|text| text == open.text.as_str()),
        |sha256| sha256.eq_ignore_ascii_case(open.sha256()),
    );
    if !same_text && release["id"].as_str() != Some(open.id.as_str()) {
        let title = release["title"].as_str().or(release["id"].as_str()).unwrap_or("?");
        return Err(FormatError::OtherRelease { file: title.to_owned(), open: open.title.clone() });
    }

    let mut warnings = Vec::new();
    if replaced > 0 {
        let message = replaced.to_string() + " × \\ud800…\\udfff → U+FFFD";
        warnings.push(Warning { place: "JSON".to_owned(), message });
    }
    let known = label_set(&file["labels"]);
    let old = release["text"].as_str().filter(|_| !same_text).map(Text::new);
    let mut found = loose(entries, old.as_ref().unwrap_or(document.text()), &mut warnings);
    // Our own file knows which annotations have no place in its text; a script may leave out positions.
    let ours = file["generator"].as_str().is_some_and(|name| name.starts_with("release-annotator"));
    for loose in &mut found {
        loose.orphan = same_text && ours;
        // Positions of another text mean nothing here; they say where the words stood there.
        if let Some(old) = &old {
            let gives_words = |span: &Span| old.slice(*span) == Some(loose.quote.exact.as_str());
            loose.old = std::mem::take(&mut loose.spans).into_iter().flatten().find(gives_words);
        }
    }
    if let Some(old) = &old {
        move_over(old, document.text(), &mut found);
    }
    let manner = Manner { from: "json", other_unit: None, known: &known, replace };
    let mut import = super::fit::fit(found, document, stamp, &manner, &mut warnings);
    if replace && ours && file["labels"].as_array().is_some() {
        import.labels = Some(whole_set(&known, &import, document));
    }
    if same_text {
        import.corrections = corrections(&file["sentences"], document);
    }
    Ok((import, warnings))
}

/// Annotations as section 4 of the contract writes them, from a page or already fitted, for the open document. `known`
/// describes labels that the document may lack; `from` names the source of what does not say how it came to be.
///
/// Where the positions do not give the words, the words are looked for; what does not stand in the text is kept as an
/// orphan, and so is what says `"orphan": true`. One without a label, or with neither words nor positions, is left out.
/// Files from elsewhere need more: [`read`].
pub fn adopt(entries: &[Value], known: &LabelSet, document: &Document, stamp: &Stamp, from: &str) -> Import {
    let text = document.text();
    let mut labels: Vec<Label> = document.labels().iter().cloned().collect();
    let mut annotations: Vec<Annotation> = Vec::with_capacity(entries.len());
    let mut taken: SortedMap<AnnotationId, ()> = SortedMap::default();
    for (index, entry) in entries.iter().enumerate() {
        let (label, quote) = (string(entry, "label"), quote(entry));
        let at_place = spans(entry, text).into_iter().flatten().find(|span| {
            let found = text.slice(*span).unwrap_or_default();
            !found.trim().is_empty() && (quote.exact.is_empty() || quote.exact == found)
        });
        let target = match at_place.or_else(|| find_quote(text, &quote)) {
            Some(span) if entry["orphan"] != Value::Bool(true) => Target::Span(span),
            _ if quote.exact.trim().is_empty() => continue,
            _ => Target::Orphan(quote),
        };
        if label.is_empty() {
            continue;
        }
        if labels.iter().all(|known| known.id != label) {
            labels.push(known.find(&label).cloned().unwrap_or_else(|| Label::bare(&label)));
        }
        let id = AnnotationId::new(entry["id"].as_str().unwrap_or_default()).filter(|id| !taken.contains_key(id));
        let id = id.unwrap_or_else(|| stamp.id(index));
        taken.insert(id.clone(), ());
        let created = time(entry, "created").unwrap_or(stamp.now);
        annotations.push(Annotation {
            id,
            label,
            unit: unit(entry),
            target,
            note: string(entry, "note"),
            attributes: attributes(&entry["attributes"]),
            provenance: provenance(entry).unwrap_or_else(|| Provenance::Imported(from.to_owned())),
            creator: string(entry, "creator"),
            created,
            modified: time(entry, "modified").unwrap_or(created),
        });
    }
    let labels = LabelSet::new(labels);
    let labels = (labels != *document.labels()).then_some(labels);
    Import { annotations, corrections: None, labels, replace: false }
}

/// The corrections that give the sentences of a file for this very text.
pub fn corrections(sentences: &Value, document: &Document) -> Option<SortedMap<usize, Correction>> {
    let ends = |sentence: &Value| char_ends(document.text(), ends(&sentence["codePoints"])?);
    let spans: Vec<Span> = sentences.as_array()?.iter().map(ends).collect::<Option<_>>()?;
    if spans.is_empty() { None } else { document.corrections_for(&spans) }
}

/// The annotations of a file as they are; what is no object is left out with a warning.
fn loose(entries: &[Value], text: &Text, warnings: &mut Vec<Warning>) -> Vec<Loose> {
    let mut found = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let place = member("annotations", index);
        if !entry.is_object() {
            let message = format!("expected an object, found {}; left out", kind_of(entry));
            warnings.push(Warning { place, message });
            continue;
        }
        let spans = spans(entry, text);
        let id = string(entry, "id");
        found.push(Loose {
            place: if id.is_empty() { place } else { id.clone() },
            id,
            label: string(entry, "label"),
            unit: Some(unit(entry)),
            spans,
            placed: ends(&entry["codePoints"]).or(ends(&entry["utf16"])).is_some(),
            quote: quote(entry),
            note: string(entry, "note"),
            attributes: attributes(&entry["attributes"]),
            provenance: provenance(entry),
            creator: string(entry, "creator"),
            created: time(entry, "created"),
            modified: time(entry, "modified"),
            ..Loose::default()
        });
    }
    found
}

/// The stretches that the positions mean, in code points and in UTF-16 code units.
fn spans(entry: &Value, text: &Text) -> [Option<Span>; 2] {
    [
        ends(&entry["codePoints"]).and_then(|ends| char_ends(text, ends)),
        ends(&entry["utf16"]).and_then(|ends| utf16_ends(text, ends)),
    ]
}

fn quote(entry: &Value) -> Quote {
    Quote { exact: string(entry, "exact"), prefix: string(entry, "prefix"), suffix: string(entry, "suffix") }
}

fn unit(entry: &Value) -> Unit {
    if entry["unit"] == "sentence" { Unit::Sentence } else { Unit::Span }
}

fn provenance(entry: &Value) -> Option<Provenance> {
    let provenance = &entry["provenance"];
    Some(match provenance["kind"].as_str()? {
        "manual" => Provenance::Manual,
        "suggested" => Provenance::Suggested(string(provenance, "rule")),
        "imported" => Provenance::Imported(string(provenance, "from")),
        _ => return None,
    })
}

fn time(entry: &Value, name: &str) -> Option<Timestamp> {
    entry[name].as_str().and_then(Timestamp::parse)
}

fn string(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn pair([start, end]: [usize; 2]) -> Value {
    Value::Array(vec![start.into(), end.into()])
}

fn set_positions(value: &mut Value, text: &Text, span: Span) {
    let chars = text.char_span(span).expect("spans of a document lie on boundaries");
    let utf16 = text.utf16_span(span).expect("spans of a document lie on boundaries");
    value.set("codePoints", pair(chars.map(|at| at.0)));
    value.set("utf16", pair(utf16.map(|at| at.0)));
}
