//! What leaves the widget and comes back: one file a format. Formats never import one another.
//! Leaves out storage (`record`), which is private and may change with every version.

pub mod json;

use std::fmt;

use crate::label::UiLanguage;

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
            Self::UnknownFormat(_) => "unknown-format",
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
            (Self::UnknownFormat(found), French) => format!("Format inconnu : « {found} » ; format disponible : json."),
            (Self::UnknownFormat(found), English) => format!("Unknown format “{found}”; the format is: json."),
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
