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

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fit::{Loose, Manner, char_ends, utf16_ends};
pub use super::fit::{find_quote, quote_of};
use super::{Export, FormatError, Warning, Written, invalid_json, kind_of, text_of};
use crate::annotation::{Annotation, Provenance, Quote, Stamp, Target, Timestamp, Unit};
use crate::document::Document;
use crate::label::{Label, LabelSet};
use crate::session::Import;
use crate::text::{Span, Text};

/// The version that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/json";

/// A label as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelRecord {
    /// See [`Label::id`].
    pub id: String,
    /// One name, or one a language.
    #[serde(default)]
    pub name: NameRecord,
    /// See [`Label::color`].
    #[serde(default)]
    pub color: String,
    /// See [`Label::key`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// See [`Label::description`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A name: the same everywhere, or by language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NameRecord {
    /// The same in every language.
    One(String),
    /// By BCP 47 tag.
    Each(BTreeMap<String, String>),
}

/// An annotation as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AnnotationRecord {
    /// Empty where the file has none.
    pub id: String,
    /// The label's id.
    pub label: String,
    /// `sentence` or `span`.
    pub unit: String,
    /// The first and the last sentence touched; missing for an orphan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<[usize; 2]>,
    /// Start and end in code points; missing for an orphan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_points: Option<[usize; 2]>,
    /// Start and end in UTF-16 code units; missing for an orphan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utf16: Option<[usize; 2]>,
    /// The words themselves.
    pub exact: Option<String>,
    /// What stands before.
    pub prefix: String,
    /// What stands behind.
    pub suffix: String,
    /// A remark.
    pub note: String,
    /// Named values.
    pub attributes: BTreeMap<String, String>,
    /// How it came to be.
    pub provenance: ProvenanceRecord,
    /// Who made it.
    pub creator: String,
    /// RFC 3339.
    pub created: String,
    /// RFC 3339.
    pub modified: String,
}

/// A provenance as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProvenanceRecord {
    /// `manual`, `suggested` or `imported`.
    pub kind: String,
    /// The rule, of a suggested one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The source, of an imported one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// A sentence as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentenceRecord {
    /// From 0.
    pub index: usize,
    /// Start and end in code points.
    pub code_points: [usize; 2],
    /// Start and end in UTF-16 code units.
    pub utf16: [usize; 2],
    /// The paragraph it lies in, from 0.
    pub paragraph: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileRecord<'a> {
    format: &'static str,
    version: u64,
    generator: &'static str,
    exported: String,
    annotator: &'a str,
    release: ReleaseRecord<'a>,
    labels: Vec<LabelRecord>,
    sentences: Vec<SentenceRecord>,
    annotations: Vec<AnnotationRecord>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReleaseRecord<'a> {
    id: &'a str,
    title: &'a str,
    lang: &'a str,
    source: &'a str,
    text: &'a str,
    sha256: &'a str,
    code_points: usize,
    utf16: usize,
}

/// Writes the annotation file. `stamp` says when and by whom.
///
/// # Errors
///
/// [`FormatError::Inconsistent`] if a position does not lead back to its own words.
pub fn write(document: &Document, stamp: &Stamp) -> Result<String, FormatError> {
    let release = document.release();
    let text = document.text();
    let annotations = annotation_records(document);
    for record in &annotations {
        let exact = record.exact.as_deref();
        let leads_back = |span: Option<Span>| span.and_then(|span| text.slice(span)) == exact;
        let consistent = match (record.code_points, record.utf16) {
            (Some(chars), Some(utf16)) => leads_back(char_ends(text, chars)) && leads_back(utf16_ends(text, utf16)),
            (None, None) => true,
            _ => false,
        };
        if !consistent {
            return Err(FormatError::Inconsistent(record.id.clone()));
        }
    }
    let file = FileRecord {
        format: "release-annotator",
        version: VERSION,
        generator: concat!("release-annotator ", env!("CARGO_PKG_VERSION")),
        exported: stamp.now.to_string(),
        annotator: &stamp.creator,
        release: ReleaseRecord {
            id: &release.id,
            title: &release.title,
            lang: &release.lang,
            source: &release.source,
            text,
            sha256: &release.sha256,
            code_points: text.char_len().0,
            utf16: text.utf16_len().0,
        },
        labels: label_records(document.labels()),
        sentences: sentence_records(document),
        annotations,
    };
    let mut json = serde_json::to_string_pretty(&file).expect("strings, numbers and maps with string keys");
    json.push('\n');
    Ok(json)
}

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let bytes = write(export.document, export.stamp)?.into_bytes();
    Ok(Written { bytes, warnings: Vec::new() })
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
pub fn annotation_records(document: &Document) -> Vec<AnnotationRecord> {
    document.annotations().map(|annotation| annotation_record(document, annotation)).collect()
}

/// One annotation as it is written.
pub fn annotation_record(document: &Document, annotation: &Annotation) -> AnnotationRecord {
    let text = document.text();
    let (quote, span) = match &annotation.target {
        Target::Span(span) => (quote_of(text, *span), Some(*span)),
        Target::Orphan(quote) => (quote.clone(), None),
    };
    let (kind, rule, from) = match &annotation.provenance {
        Provenance::Manual => ("manual", None, None),
        Provenance::Suggested(rule) => ("suggested", Some(rule.clone()), None),
        Provenance::Imported(from) => ("imported", None, Some(from.clone())),
    };
    AnnotationRecord {
        id: annotation.id.to_string(),
        label: annotation.label.clone(),
        unit: match annotation.unit {
            Unit::Sentence => "sentence".to_owned(),
            Unit::Span => "span".to_owned(),
        },
        sentences: span.and_then(|span| document.sentences_of(span)).map(|(first, last)| [first, last]),
        code_points: span.and_then(|span| text.char_span(span)).map(|[start, end]| [start.0, end.0]),
        utf16: span.and_then(|span| text.utf16_span(span)).map(|[start, end]| [start.0, end.0]),
        exact: Some(quote.exact),
        prefix: quote.prefix,
        suffix: quote.suffix,
        note: annotation.note.clone(),
        attributes: annotation.attributes.clone(),
        provenance: ProvenanceRecord { kind: kind.to_owned(), rule, from },
        creator: annotation.creator.clone(),
        created: annotation.created.to_string(),
        modified: annotation.modified.to_string(),
    }
}

/// The sentences in force, as they are written.
pub fn sentence_records(document: &Document) -> Vec<SentenceRecord> {
    let text = document.text();
    let records = document.sentences().iter().enumerate().map(|(index, sentence)| {
        let chars = text.char_span(sentence.span).expect("sentences lie on boundaries");
        let utf16 = text.utf16_span(sentence.span).expect("sentences lie on boundaries");
        SentenceRecord {
            index,
            code_points: chars.map(|at| at.0),
            utf16: utf16.map(|at| at.0),
            paragraph: sentence.paragraph,
        }
    });
    records.collect()
}

/// The labels as they are written.
pub fn label_records(labels: &LabelSet) -> Vec<LabelRecord> {
    let records = labels.iter().map(|label| LabelRecord {
        id: label.id.clone(),
        name: NameRecord::Each(BTreeMap::from([
            ("fr".to_owned(), label.name_fr.clone()),
            ("en".to_owned(), label.name_en.clone()),
        ])),
        color: label.color.clone(),
        key: label.key.map(String::from),
        description: label.description.clone(),
    });
    records.collect()
}

/// The label set that records describe; see [`LabelSet::new`] for what is put right.
pub fn label_set(records: Vec<LabelRecord>) -> LabelSet {
    LabelSet::new(records.into_iter().map(|record| {
        let (name_fr, name_en) = match record.name {
            NameRecord::One(name) => (name.clone(), name),
            NameRecord::Each(mut names) => {
                let any = names.values().next().cloned().unwrap_or_default();
                let mut take = |tag| names.remove(tag).unwrap_or_else(|| any.clone());
                (take("fr"), take("en"))
            }
        };
        let key = record.key.as_deref().and_then(|key| key.chars().next());
        Label { id: record.id, name_fr, name_en, color: record.color, key, description: record.description }
    }))
}

/// Reads an annotation file for the open document: checks it, fits every annotation to the text.
///
/// An annotation whose positions do not give its words is placed by its words, else kept as an orphan; each time
/// there is a warning. An unreadable annotation is left out with a warning. Labels that are not in the set join it.
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
    let file: Value = serde_json::from_str(json).map_err(|error| invalid_json(&error, 0))?;
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
        |sha256| sha256.eq_ignore_ascii_case(&open.sha256),
    );
    if !same_text && release["id"].as_str() != Some(open.id.as_str()) {
        let title = release["title"].as_str().or(release["id"].as_str()).unwrap_or("?");
        return Err(FormatError::OtherRelease { file: title.to_owned(), open: open.title.clone() });
    }

    let mut warnings = Vec::new();
    let mut records = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        match AnnotationRecord::deserialize(entry) {
            Ok(record) => records.push(record),
            Err(error) => {
                warnings
                    .push(Warning { place: format!("annotations[{index}]"), message: format!("{error}; left out") });
            }
        }
    }
    let known: Vec<LabelRecord> = Vec::deserialize(&file["labels"]).unwrap_or_default();
    let mut import = fit(records, known, document, stamp, "json", &mut warnings);
    import.replace = replace;
    if same_text && let Ok(sentences) = Vec::<SentenceRecord>::deserialize(&file["sentences"]) {
        let spans: Vec<Span> =
            sentences.iter().filter_map(|sentence| char_ends(document.text(), sentence.code_points)).collect();
        if !spans.is_empty() && spans.len() == sentences.len() {
            import.corrections = Some(document.corrections_for(&spans));
        }
    }
    Ok((import, warnings))
}

/// Fits records to a document. `known` describes labels that the document may lack; `from` names the source of
/// records that do not say how they came to be.
pub fn fit(
    records: Vec<AnnotationRecord>,
    known: Vec<LabelRecord>,
    document: &Document,
    stamp: &Stamp,
    from: &'static str,
    warnings: &mut Vec<Warning>,
) -> Import {
    let known = label_set(known);
    let manner = Manner { from, other_unit: None, known: &known, replace: false };
    let found = records.into_iter().enumerate().map(|(index, record)| loose(record, index, document.text()));
    super::fit::fit(found.collect(), document, stamp, &manner, warnings)
}

/// What a record says, before it is fitted to a document.
fn loose(record: AnnotationRecord, index: usize, text: &Text) -> Loose {
    Loose {
        place: if record.id.is_empty() { format!("annotations[{index}]") } else { record.id.clone() },
        id: record.id,
        label: record.label,
        unit: match record.unit.as_str() {
            "sentence" => Some(Unit::Sentence),
            "span" => Some(Unit::Span),
            _ => None,
        },
        spans: [
            record.code_points.and_then(|ends| char_ends(text, ends)),
            record.utf16.and_then(|ends| utf16_ends(text, ends)),
        ],
        placed: record.code_points.is_some() || record.utf16.is_some(),
        quote: Quote { exact: record.exact.unwrap_or_default(), prefix: record.prefix, suffix: record.suffix },
        note: record.note,
        attributes: record.attributes,
        provenance: match (record.provenance.kind.as_str(), record.provenance.rule, record.provenance.from) {
            ("manual", ..) => Some(Provenance::Manual),
            ("suggested", rule, _) => Some(Provenance::Suggested(rule.unwrap_or_default())),
            (_, _, source) => source.map(Provenance::Imported),
        },
        creator: record.creator,
        created: Timestamp::parse(&record.created),
        modified: Timestamp::parse(&record.modified),
    }
}

impl Default for NameRecord {
    fn default() -> Self {
        Self::One(String::new())
    }
}
