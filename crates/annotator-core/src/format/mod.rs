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
pub mod w3c;

mod emit;
mod fit;
mod lines;
mod tokens;
mod web;
mod zip;

use std::fmt;

use serde_json::Value;

use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::UiLanguage;
use crate::session::Import;
use crate::text::Span;

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
    let text = std::str::from_utf8(content).ok()?.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with(['{', '[']) {
        let standoff = |line: &str| {
            let mut fields = line.split('\t');
            let id = fields.next().and_then(|id| id.strip_prefix(['T', '#', 'A', 'E', 'R']));
            id.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
                && fields.next().is_some()
        };
        return text.lines().next().is_some_and(standoff).then_some("brat");
    }
    let first = serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()?;
    let entry = first.get(0).unwrap_or(&first);
    let has = |key: &str| entry.get(key).is_some();
    Some(match () {
        () if first["format"] == "release-annotator" => "json",
        () if has("data") && (has("annotations") || has("predictions") || has("completions")) => "label-studio",
        () if has("text") && ["label", "labels", "entities"].iter().any(|key| has(key)) => {
            // The short form of Label Studio's export has objects where doccano has triples.
            let object = |key: &str| entry[key].get(0).is_some_and(|region| region.get("start").is_some());
            if object("label") || object("labels") { "label-studio" } else { "doccano" }
        }
        () if text.contains(recogito::UNIT) => "recogito",
        () if has("@context") || has("target") || first.get("items").is_some() || first.get("rows").is_some() => "w3c",
        () => return None,
    })
}

/// The name of a release as the stem of a file's name: letters and digits of any script, `.`, `_` and `-`.
fn file_stem(id: &str) -> String {
    let name = id.rsplit(['/', '\\']).next().unwrap_or(id);
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let stem: String = name.chars().map(kept).collect();
    let stem = stem.trim_start_matches('.');
    if stem.is_empty() { "release".to_owned() } else { stem.to_owned() }
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
    serde_json::from_str(text_of(content)?).map_err(|error| invalid_json(&error, 0))
}

/// An error of the JSON parser; `lines` were read before.
fn invalid_json(error: &serde_json::Error, lines: usize) -> FormatError {
    FormatError::InvalidJson { line: lines + error.line(), column: error.column(), detail: error.to_string() }
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
    let orphans = document.annotations().filter(|annotation| annotation.span().is_none());
    let message = "without a place in the text; left out of this format";
    orphans.map(|orphan| Warning { place: orphan.id.to_string(), message: message.to_owned() }).collect()
}

/// A warning where a text has line ends that the format does not keep.
fn line_ends_changed(document: &Document) -> Option<Warning> {
    let message = "line ends are written as LF, and positions count them so";
    document.text().contains('\r').then(|| Warning { place: "text".to_owned(), message: message.to_owned() })
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
        /// What the parser says.
        detail: String,
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
            (Self::InvalidJson { line, column, detail }, French) => {
                format!("Ce fichier n’est pas du JSON : ligne {line}, colonne {column} ({detail}).")
            }
            (Self::InvalidJson { line, column, detail }, English) => {
                format!("This file is not JSON: line {line}, column {column} ({detail}).")
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
