//! What leaves the widget and comes back: one file a format, and the table of them. Formats never import one
//! another; what several need stands in `emit`, `fit` and `lines`.
//! Leaves out storage (`record`), which is private and may change with every version.

pub mod brat;
pub mod cas;
pub mod conll;
pub mod csv;
pub mod doccano;
pub mod html;
pub mod json;
pub mod label_studio;
pub mod recogito;
pub mod spacy;
pub mod tei;
pub mod value;
pub mod w3c;

mod emit;
mod fit;
mod lines;
mod tokens;
mod web;
mod zip;

use std::fmt;

use crate::annotation::{Annotation, Stamp};
use crate::document::Document;
use crate::label::UiLanguage;
use crate::session::Import;
use crate::text::Span;
use value::{SyntaxError, Value};

/// One format: what it is called, what it is for, and how it is written and read.
#[derive(Debug)]
pub struct Format {
    /// The name in the API and in the menu, for example `w3c`.
    pub id: &'static str,
    /// What follows the release's name in the file's name, with its dots.
    pub suffix: &'static str,
    /// The media type of the file.
    pub media_type: &'static str,
    /// One line in French on what it is for.
    pub purpose_fr: &'static str,
    /// One line in English on what it is for.
    pub purpose_en: &'static str,
    /// Writes the file.
    pub write: Write,
    /// Reads a file; `None` where the format only leaves.
    pub read: Option<Read>,
}

/// Writes a document in one format.
pub type Write = fn(&Export<'_>) -> Result<Written, FormatError>;

/// Reads a file for the open document. The last argument says whether what is not in the file is removed.
pub type Read = fn(&[u8], &Document, &Stamp, bool) -> Result<(Import, Vec<Warning>), FormatError>;

/// What is written: the document and what it does not know itself.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The document.
    pub document: &'a Document,
    /// When and by whom.
    pub stamp: &'a Stamp,
    /// The language of headings and of label names.
    pub language: UiLanguage,
    /// What was proposed and neither accepted nor dismissed; only formats with a place for it write it.
    pub proposals: &'a [Proposal],
}

/// A proposed annotation, as formats write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its name, unique among the proposals.
    pub id: String,
    /// The id of its label.
    pub label: String,
    /// Its stretch of the text.
    pub span: Span,
    /// The rule that proposes it.
    pub rule: String,
}

/// What a format gives before the file has a name: the bytes, and what did not go in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// What was changed or left out beyond what the format's documentation says of every file.
    pub warnings: Vec<Warning>,
}

/// A file that leaves the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name: that of the release, without characters that file systems refuse, and the format's suffix.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content; UTF-8 unless the media type is `application/zip`.
    pub bytes: Vec<u8>,
    /// What was changed or left out.
    pub warnings: Vec<Warning>,
}

/// All formats, in the order of the menu; the first is the complete one.
pub static FORMATS: &[Format] = &[
    Format {
        id: "json",
        suffix: ".json",
        media_type: json::MEDIA_TYPE,
        purpose_fr: "Le fichier complet : tout y est, à conserver et à rouvrir ici",
        purpose_en: "The complete file: everything is in it, to keep and to open again here",
        write: json::export,
        read: Some(json::import),
    },
    Format {
        id: "w3c",
        suffix: ".w3c.jsonld",
        media_type: w3c::MEDIA_TYPE,
        purpose_fr: "Annotations du Web (W3C), pour les outils du Web et les archives",
        purpose_en: "W3C Web Annotations, for tools of the Web and archives",
        write: w3c::export,
        read: Some(w3c::import),
    },
    Format {
        id: "recogito",
        suffix: ".recogito.json",
        media_type: w3c::MEDIA_TYPE,
        purpose_fr: "Annotations du Web comptées en UTF-16, pour Recogito",
        purpose_en: "Web Annotations counted in UTF-16, for Recogito",
        write: recogito::export,
        read: Some(recogito::import),
    },
    Format {
        id: "label-studio",
        suffix: ".label-studio.json",
        media_type: "application/json",
        purpose_fr: "Une tâche de Label Studio avec ses annotations",
        purpose_en: "A Label Studio task with its annotations",
        write: label_studio::export,
        read: Some(label_studio::import),
    },
    Format {
        id: "label-studio-config",
        suffix: ".label-studio.xml",
        media_type: "application/xml",
        purpose_fr: "L’interface d’étiquetage qui va avec la tâche, à coller dans Label Studio",
        purpose_en: "The labelling interface that goes with the task, to paste into Label Studio",
        write: label_studio::export_config,
        read: None,
    },
    Format {
        id: "doccano",
        suffix: ".doccano.jsonl",
        media_type: "application/jsonl",
        purpose_fr: "Un texte étiqueté pour doccano",
        purpose_en: "A labelled text for doccano",
        write: doccano::export,
        read: Some(doccano::import),
    },
    Format {
        id: "brat",
        suffix: ".brat.zip",
        media_type: "application/zip",
        purpose_fr: "Le texte et ses annotations à part, pour brat",
        purpose_en: "The text and its annotations apart, for brat",
        write: brat::export,
        read: Some(brat::import),
    },
    Format {
        id: "spacy",
        suffix: ".spacy.jsonl",
        media_type: "application/jsonl",
        purpose_fr: "Pour entraîner un modèle avec spaCy ou Prodigy",
        purpose_en: "To train a model with spaCy or Prodigy",
        write: spacy::export,
        read: None,
    },
    Format {
        id: "conll",
        suffix: ".conll",
        media_type: "text/plain;charset=utf-8",
        purpose_fr: "Un mot par ligne, pour les outils d’apprentissage",
        purpose_en: "One word a line, for machine-learning tools",
        write: conll::export,
        read: None,
    },
    Format {
        id: "cas",
        suffix: ".cas.json",
        media_type: "application/json",
        purpose_fr: "Pour INCEpTION et les outils UIMA",
        purpose_en: "For INCEpTION and UIMA tools",
        write: cas::export,
        read: None,
    },
    Format {
        id: "tei",
        suffix: ".tei.xml",
        media_type: "application/tei+xml",
        purpose_fr: "Une édition TEI, pour les humanités numériques et l’archivage",
        purpose_en: "A TEI edition, for digital humanities and archives",
        write: tei::export,
        read: None,
    },
    Format {
        id: "csv",
        suffix: ".annotations.csv",
        media_type: csv::MEDIA_TYPE,
        purpose_fr: "Un tableau des annotations, pour Excel ou LibreOffice",
        purpose_en: "A table of the annotations, for Excel or LibreOffice",
        write: csv::export_annotations,
        read: None,
    },
    Format {
        id: "csv-sentences",
        suffix: ".sentences.csv",
        media_type: csv::MEDIA_TYPE,
        purpose_fr: "Un tableau des phrases avec leurs étiquettes, pour Excel ou LibreOffice",
        purpose_en: "A table of the sentences with their labels, for Excel or LibreOffice",
        write: csv::export_sentences,
        read: None,
    },
    Format {
        id: "html",
        suffix: ".html",
        media_type: "text/html;charset=utf-8",
        purpose_fr: "Un rapport à envoyer ou à imprimer",
        purpose_en: "A report to send or to print",
        write: html::export,
        read: None,
    },
];

impl Format {
    /// The format with this id.
    ///
    /// # Errors
    ///
    /// [`FormatError::UnknownFormat`].
    pub fn find(id: &str) -> Result<&'static Self, FormatError> {
        FORMATS.iter().find(|format| format.id == id).ok_or_else(|| FormatError::UnknownFormat(id.to_owned()))
    }

    /// The format that a file seems to have, by its content; `None` if it is like none of those that are read.
    pub fn detect(content: &[u8]) -> Option<&'static Self> {
        Self::find(recognise(content)?).ok().filter(|format| format.read.is_some())
    }

    /// One line on what the format is for.
    pub fn purpose(&self, language: UiLanguage) -> &'static str {
        match language {
            UiLanguage::French => self.purpose_fr,
            UiLanguage::English => self.purpose_en,
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// [`FormatError::Inconsistent`] if a position does not lead back to its own words; nothing is written then.
    pub fn export(&self, export: &Export<'_>) -> Result<File, FormatError> {
        let Written { bytes, warnings } = (self.write)(export)?;
        let mut name = file_stem(&export.document.release().id);
        name.push_str(self.suffix);
        Ok(File { name, media_type: self.media_type, bytes, warnings })
    }

    /// Reads a file in this format for the open document.
    ///
    /// # Errors
    ///
    /// [`FormatError`] if the file cannot be read at all, belongs to another release, or the format only leaves.
    pub fn import(
        &self,
        content: &[u8],
        document: &Document,
        stamp: &Stamp,
        replace: bool,
    ) -> Result<(Import, Vec<Warning>), FormatError> {
        let read = self.read.ok_or(FormatError::NotRead(self.id))?;
        read(content, document, stamp, replace)
    }
}

/// Looks at the first value of a JSON file, or at the first line of any other.
fn recognise(content: &[u8]) -> Option<&'static str> {
    if content.starts_with(b"PK\x03\x04") {
        return Some("brat");
    }
    let text = text_of(content).ok()?.trim_start();
    let line = text.split('\n').next().unwrap_or_default();
    if !text.starts_with(['{', '[']) {
        let mut bytes = line.bytes();
        let standoff = matches!(bytes.next(), Some(b'T' | b'#' | b'A' | b'E' | b'R'))
            && matches!(bytes.next(), Some(b'0'..=b'9'))
            && line.contains('\t');
        return standoff.then_some("brat");
    }
    // JSON lines are no JSON: there the first line is.
    let first = json::parse(text).or_else(|_| json::parse(line)).ok()?;
    let entry = if first[0].is_null() { &first } else { &first[0] };
    let has = |key: &str| !entry[key].is_null();
    let labelled = ["label", "labels", "entities"].into_iter().find(|key| has(key));
    Some(match labelled {
        _ if first["format"] == "release-annotator" => "json",
        _ if has("data") && (has("annotations") || has("predictions") || has("completions")) => "label-studio",
        // The short form of Label Studio's export has objects where doccano has triples.
        Some(key) if has("text") => match entry[key][0]["start"].is_null() {
            true => "doccano",
            false => "label-studio",
        },
        _ if text.contains(recogito::UNIT) => "recogito",
        _ if has("@context") || has("target") || first["items"].as_array().or(first["rows"].as_array()).is_some() => {
            "w3c"
        }
        _ => return None,
    })
}

/// The name of a release as the stem of a file's name: letters and digits of any script, `.`, `_` and `-`.
fn file_stem(id: &str) -> String {
    let folder = id.bytes().rposition(|b| b == b'/' || b == b'\\');
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let stem: String = id[folder.map_or(0, |at| at + 1)..].chars().skip_while(|c| *c == '.').map(kept).collect();
    if stem.is_empty() { "release".to_owned() } else { stem }
}

/// The text of a file that must be UTF-8; a byte order mark is dropped.
fn text_of(content: &[u8]) -> Result<&str, FormatError> {
    let text = std::str::from_utf8(content).map_err(|error| FormatError::InvalidFile {
        expected: "UTF-8",
        found: format!("byte {}", error.valid_up_to()),
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// The one JSON value of a file.
fn value_of(content: &[u8]) -> Result<Value, FormatError> {
    json::parse(text_of(content)?)
}

/// A text in a JSON object; empty where it is missing or something else.
#[inline(never)]
fn text_in<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A list in a JSON object; empty where it is missing or something else.
#[inline(never)]
fn list_in<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Two positions in a JSON object or array, by the names or the places of their members.
#[inline(never)]
fn ends_in(value: &Value, keys: [&str; 2]) -> Option<[usize; 2]> {
    let member = |nth: usize| if value.as_array().is_some() { &value[nth] } else { &value[keys[nth]] };
    Some([position(member(0))?, position(member(1))?])
}

/// Notes what could not be taken as it was.
#[inline(never)]
fn warn(warnings: &mut Vec<Warning>, place: &str, message: &str) {
    warnings.push(Warning { place: place.to_owned(), message: message.to_owned() });
}

/// The place of a member of a list, for warnings.
#[inline(never)]
fn member(list: &str, index: usize) -> String {
    [list, "[", &index.to_string(), "]"].concat()
}

/// What the file says it expected and what was there instead.
#[inline(never)]
fn invalid(expected: &'static str, found: &str) -> FormatError {
    FormatError::InvalidFile { expected, found: found.to_owned() }
}

/// A position that does not lead back to its own words.
#[inline(never)]
fn inconsistent(annotation: &Annotation) -> FormatError {
    FormatError::Inconsistent(annotation.id.as_str().to_owned())
}

/// The annotations with a place, in text order.
#[inline(never)]
fn placed(document: &Document) -> Vec<(Span, &Annotation)> {
    document.annotations().filter_map(|annotation| Some((annotation.span()?, &**annotation))).collect()
}

/// A JSON value's kind, for messages.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A warning for every annotation without a place, for formats that have no room for it.
fn left_out_orphans(document: &Document) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for orphan in document.annotations().filter(|annotation| annotation.span().is_none()) {
        warn(&mut warnings, orphan.id.as_str(), "without a place in the text; left out of this format");
    }
    warnings
}

/// A warning where a text has line ends that the format does not keep.
fn warn_of_line_ends(warnings: &mut Vec<Warning>, document: &Document) {
    if document.text().contains('\r') {
        warn(warnings, "text", "line ends are written as LF, and positions count them so");
    }
}

/// The values of a file: the members of a JSON array, or one value a line; each with its place. A line that is no JSON is
/// left out with a warning.
///
/// # Errors
///
/// [`FormatError::InvalidJson`] if nothing is JSON.
fn json_lines(content: &str, warnings: &mut Vec<Warning>) -> Result<Vec<(String, Value)>, FormatError> {
    let mut values = Vec::new();
    if content.trim_start().starts_with('[') {
        if let Value::Array(members) = json::parse(content)? {
            values = members.into_iter().enumerate().map(|(n, value)| (member("", n), value)).collect();
        }
        return Ok(values);
    }
    let mut fault = None;
    for (index, line) in content.split('\n').enumerate() {
        let place = || ["line ", &(index + 1).to_string()].concat();
        match Value::parse(line) {
            _ if line.trim_ascii().is_empty() => {}
            Ok(value) => values.push((place(), value)),
            Err(error) => {
                warn(warnings, &place(), "expected JSON; left out");
                let SyntaxError { column, expected, .. } = error;
                fault = fault.or(Some(FormatError::InvalidJson { line: index + 1, column, expected }));
            }
        }
    }
    fault.filter(|_| values.is_empty()).map_or(Ok(values), Err)
}

/// A JSON number as a position; a position before 0 or with a fraction is none.
fn position(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|at| usize::try_from(at).ok())
}

/// Why a file cannot be read at all, or is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// It is not JSON.
    InvalidJson {
        /// The line of the first fault, from 1.
        line: usize,
        /// The column of the first fault, from 1.
        column: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// It is JSON, and not an annotation file.
    InvalidFile {
        /// What was looked for, as a path in the file.
        expected: &'static str,
        /// What was there.
        found: String,
    },
    /// It is of a version that is newer than this program.
    UnknownVersion(String),
    /// There is no such format.
    UnknownFormat(String),
    /// The format is written and not read.
    NotRead(&'static str),
    /// It belongs to another release.
    OtherRelease {
        /// The title in the file.
        file: String,
        /// The title of the open release.
        open: String,
    },
    /// A position does not fit the text; the export is not written.
    Inconsistent(String),
}

/// Something in a file that could not be taken as it was, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The place: an index, a line or an id.
    pub place: String,
    /// What was expected, what was found, what became of it.
    pub message: String,
}

impl FormatError {
    /// The code of the contract, section 6.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidJson { .. } => "invalid-json",
            Self::InvalidFile { .. } | Self::OtherRelease { .. } => "invalid-file",
            Self::UnknownVersion(_) => "unknown-version",
            Self::UnknownFormat(_) | Self::NotRead(_) => "unknown-format",
            Self::Inconsistent(_) => "internal",
        }
    }

    /// What was expected, what was found and where, in the language of the interface.
    pub fn message(&self, language: UiLanguage) -> String {
        use UiLanguage::{English, French};
        match (self, language) {
            (Self::InvalidJson { line, column, expected }, French) => {
                format!("Ce fichier n’est pas du JSON : ligne {line}, colonne {column} (attendu : {expected}).")
            }
            (Self::InvalidJson { line, column, expected }, English) => {
                format!("This file is not JSON: line {line}, column {column} (expected {expected}).")
            }
            (Self::InvalidFile { expected, found }, French) => {
                format!("Ce n’est pas un fichier d’annotations : {expected} attendu, {found} trouvé.")
            }
            (Self::InvalidFile { expected, found }, English) => {
                format!("This is not an annotation file: expected {expected}, found {found}.")
            }
            (Self::UnknownVersion(found), French) => {
                format!("Ce fichier est de la version {found} ; ce programme lit la version {}.", json::VERSION)
            }
            (Self::UnknownVersion(found), English) => {
                format!("This file is of version {found}; this program reads version {}.", json::VERSION)
            }
            (Self::UnknownFormat(found), French) => {
                format!("Format inconnu : « {found} » ; formats disponibles : {}.", ids(|_| true))
            }
            (Self::UnknownFormat(found), English) => {
                format!("Unknown format “{found}”; the formats are: {}.", ids(|_| true))
            }
            (Self::NotRead(id), French) => {
                format!("Le format « {id} » ne se relit pas ; formats relus : {}.", ids(|format| format.read.is_some()))
            }
            (Self::NotRead(id), English) => {
                format!("Format “{id}” is not read; those read are: {}.", ids(|format| format.read.is_some()))
            }
            (Self::OtherRelease { file, open }, French) => {
                format!("Ce fichier annote un autre communiqué : « {file} » ; communiqué ouvert : « {open} ».")
            }
            (Self::OtherRelease { file, open }, English) => {
                format!("This file annotates another release: “{file}”; the open one is “{open}”.")
            }
            (Self::Inconsistent(id), French) => {
                format!("L’annotation « {id} » ne correspond pas au texte ; le fichier n’a pas été écrit.")
            }
            (Self::Inconsistent(id), English) => {
                format!("Annotation “{id}” does not fit the text; the file was not written.")
            }
        }
    }
}

fn ids(which: fn(&Format) -> bool) -> String {
    FORMATS.iter().filter(|format| which(format)).map(|format| format.id).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(UiLanguage::English))
    }
}

impl std::error::Error for FormatError {}
