//! What leaves the widget and comes back: one file a format, their table in `registry`. Formats never import one
//! another; what several need stands here and in `sheet`, `template`, `names`, `fit`, `lines`, `tokens` and `web`.
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

mod convert;
mod fit;
mod lines;
mod names;
mod registry;
mod sheet;
mod template;
mod tokens;
mod web;
pub mod zip;

use std::fmt;

use crate::annotation::{Annotation, Stamp};
use crate::document::Document;
use crate::label::{LabelSet, UiLanguage};
use crate::session::Import;
use crate::text::Span;
pub use convert::{convert_in, convert_out};
use fit::{Carried, Loose, Manner};
use registry::file_stem;
pub use registry::{Export, FORMATS, File, Format, Proposal, formats};
use sheet::Sheet;
use value::{SyntaxError, Value};

/// The text of a file that must be UTF-8; a byte order mark is dropped.
fn text_of(content: &[u8]) -> Result<&str, FormatError> {
    let text = std::str::from_utf8(content).map_err(|error| {
        let byte = content.get(error.valid_up_to()).copied().unwrap_or_default();
        invalid("UTF-8", &format!("0x{byte:02X} (byte {})", error.valid_up_to()))
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

/// Appends texts one behind the other.
#[inline(never)]
fn push(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
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

/// Reads the values of a file that each carry a text, as far as they are about the open one. `texts` says which member
/// that is beside the release's id and title; `read` takes what is said about it.
///
/// # Errors
///
/// [`FormatError::OtherRelease`] if none is about the open release, [`FormatError::InvalidFile`] if none has a text.
fn read_texts(
    values: Vec<(String, Value)>,
    document: &Document,
    found: &mut Found,
    texts: fn(&Value) -> [&str; 3],
    read: fn(&Value, &str, &Carried, &Document, &mut Found),
) -> Result<(), FormatError> {
    let mut refused = None;
    let mut any = false;
    for (place, value) in values {
        let [text, id, title] = texts(&value);
        if text.is_empty() {
            warn(&mut found.warnings, &place, "expected an object with \"text\", found none; left out");
            continue;
        }
        match Carried::new(text, id, title, document) {
            Ok(carried) => {
                any = true;
                let from = found.annotations.len();
                read(&value, &place, &carried, document, found);
                carried.settle(document, &mut found.annotations[from..]);
            }
            Err(error) => {
                warn(&mut found.warnings, &place, "about another text; left out");
                refused = Some(error);
            }
        }
    }
    if any { Ok(()) } else { Err(refused.unwrap_or_else(|| invalid("objects with \"text\"", "none"))) }
}

/// What a reader has found so far.
#[derive(Default)]
struct Found {
    annotations: Vec<Loose>,
    warnings: Vec<Warning>,
}

impl Found {
    /// Fits it to the document; code points are the unit.
    fn fit(
        mut self,
        from: &str,
        document: &Document,
        stamp: &Stamp,
        replace: bool,
    ) -> Result<(Import, Vec<Warning>), FormatError> {
        let known = LabelSet::new(Vec::new());
        let manner = Manner { from, other_unit: Some(fit::IN_UTF16), known: &known, replace };
        let import = fit::fit(self.annotations, document, stamp, &manner, &mut self.warnings);
        Ok((import, self.warnings))
    }
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
    UnknownFormat {
        /// What was asked for.
        found: String,
        /// The ids of those that there are.
        known: String,
    },
    /// The format is written and not read.
    NotRead {
        /// Its id.
        id: &'static str,
        /// The ids of those that are.
        read: String,
    },
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
            Self::UnknownFormat { .. } | Self::NotRead { .. } => "unknown-format",
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
            (Self::UnknownFormat { found, known }, French) => {
                format!("Format inconnu : « {found} » ; formats disponibles : {known}.")
            }
            (Self::UnknownFormat { found, known }, English) => {
                format!("Unknown format “{found}”; the formats are: {known}.")
            }
            (Self::NotRead { id, read }, French) => {
                format!("Le format « {id} » ne se relit pas ; formats relus : {read}.")
            }
            (Self::NotRead { id, read }, English) => {
                format!("Format “{id}” is not read; those read are: {read}.")
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

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(UiLanguage::English))
    }
}

impl std::error::Error for FormatError {}
