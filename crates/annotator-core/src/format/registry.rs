//! The table of formats, and the one door through which files leave and come back.
//! Leaves out what a file looks like (each format) and what can be wrong with it (the parent module).

use super::value::Value;
use super::{
    FormatError, Sheet, Warning, brat, cas, conll, csv, doccano, html, json, label_studio, recogito, spacy, tei,
    text_of, w3c,
};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::UiLanguage;
use crate::segment::is_word;
use crate::session::Import;
use crate::text::Span;

/// One format: what it is called and what it is for. The table of them holds no code, so that a program that only
/// lists them does not carry it: [`Format::export`] and [`Format::import`] do.
#[derive(Debug)]
pub struct Format {
    /// The name in the API and in the menu, for example `w3c`.
    pub id: &'static str,
    /// What the menu calls it in French.
    pub name_fr: &'static str,
    /// What the menu calls it in English.
    pub name_en: &'static str,
    /// What follows the release's name in the file's name, with its dots.
    pub suffix: &'static str,
    /// The media type of the file.
    pub media_type: &'static str,
    /// One line in French on what it is for.
    pub purpose_fr: &'static str,
    /// One line in English on what it is for.
    pub purpose_en: &'static str,
    /// Whether files of this format are read too.
    pub is_read: bool,
}

/// Writes a document in one format.
type Write = fn(&mut Sheet<'_>) -> Vec<u8>;

/// Reads a file for the open document. The last argument says whether what is not in the file is removed.
type Read = fn(&[u8], &Document, &Stamp, bool) -> Result<(Import, Vec<Warning>), FormatError>;

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
        name_fr: "Fichier d’annotations (JSON)",
        name_en: "Annotation file (JSON)",
        suffix: ".json",
        media_type: json::MEDIA_TYPE,
        purpose_fr: "Le fichier complet : tout y est, à conserver et à rouvrir ici",
        purpose_en: "The complete file: everything is in it, to keep and to open again here",
        is_read: true,
    },
    Format {
        id: "w3c",
        name_fr: "Web Annotation (W3C)",
        name_en: "Web Annotation (W3C)",
        suffix: ".w3c.jsonld",
        media_type: w3c::MEDIA_TYPE,
        purpose_fr: "Annotations du Web (W3C), pour les outils du Web et les archives",
        purpose_en: "W3C Web Annotations, for tools of the Web and archives",
        is_read: true,
    },
    Format {
        id: "recogito",
        name_fr: "Recogito",
        name_en: "Recogito",
        suffix: ".recogito.json",
        media_type: w3c::MEDIA_TYPE,
        purpose_fr: "Annotations du Web comptées en UTF-16, pour Recogito",
        purpose_en: "Web Annotations counted in UTF-16, for Recogito",
        is_read: true,
    },
    Format {
        id: "label-studio",
        name_fr: "Label Studio",
        name_en: "Label Studio",
        suffix: ".label-studio.json",
        media_type: "application/json",
        purpose_fr: "Une tâche de Label Studio avec ses annotations",
        purpose_en: "A Label Studio task with its annotations",
        is_read: true,
    },
    Format {
        id: "label-studio-config",
        name_fr: "Label Studio, configuration",
        name_en: "Label Studio, configuration",
        suffix: ".label-studio.xml",
        media_type: "application/xml",
        purpose_fr: "L’interface d’étiquetage qui va avec la tâche, à coller dans Label Studio",
        purpose_en: "The labelling interface that goes with the task, to paste into Label Studio",
        is_read: false,
    },
    Format {
        id: "doccano",
        name_fr: "doccano",
        name_en: "doccano",
        suffix: ".doccano.jsonl",
        media_type: "application/jsonl",
        purpose_fr: "Un texte étiqueté pour doccano",
        purpose_en: "A labelled text for doccano",
        is_read: true,
    },
    Format {
        id: "brat",
        name_fr: "brat",
        name_en: "brat",
        suffix: ".brat.zip",
        media_type: "application/zip",
        purpose_fr: "Le texte et ses annotations à part, pour brat",
        purpose_en: "The text and its annotations apart, for brat",
        is_read: true,
    },
    Format {
        id: "spacy",
        name_fr: "spaCy, Prodigy",
        name_en: "spaCy, Prodigy",
        suffix: ".spacy.jsonl",
        media_type: "application/jsonl",
        purpose_fr: "Pour entraîner un modèle avec spaCy ou Prodigy",
        purpose_en: "To train a model with spaCy or Prodigy",
        is_read: false,
    },
    Format {
        id: "conll",
        name_fr: "CoNLL",
        name_en: "CoNLL",
        suffix: ".conll",
        media_type: "text/plain;charset=utf-8",
        purpose_fr: "Un mot par ligne, pour les outils d’apprentissage",
        purpose_en: "One word a line, for machine-learning tools",
        is_read: false,
    },
    Format {
        id: "cas",
        name_fr: "UIMA CAS",
        name_en: "UIMA CAS",
        suffix: ".cas.json",
        media_type: "application/json",
        purpose_fr: "Pour INCEpTION et les outils UIMA",
        purpose_en: "For INCEpTION and UIMA tools",
        is_read: false,
    },
    Format {
        id: "tei",
        name_fr: "TEI",
        name_en: "TEI",
        suffix: ".tei.xml",
        media_type: "application/tei+xml",
        purpose_fr: "Une édition TEI, pour les humanités numériques et l’archivage",
        purpose_en: "A TEI edition, for digital humanities and archives",
        is_read: false,
    },
    Format {
        id: "csv",
        name_fr: "CSV, annotations",
        name_en: "CSV, annotations",
        suffix: ".annotations.csv",
        media_type: csv::MEDIA_TYPE,
        purpose_fr: "Un tableau des annotations, pour Excel ou LibreOffice",
        purpose_en: "A table of the annotations, for Excel or LibreOffice",
        is_read: false,
    },
    Format {
        id: "csv-sentences",
        name_fr: "CSV, phrases",
        name_en: "CSV, sentences",
        suffix: ".sentences.csv",
        media_type: csv::MEDIA_TYPE,
        purpose_fr: "Un tableau des phrases avec leurs étiquettes, pour Excel ou LibreOffice",
        purpose_en: "A table of the sentences with their labels, for Excel or LibreOffice",
        is_read: false,
    },
    Format {
        id: "html",
        name_fr: "Rapport (HTML)",
        name_en: "Report (HTML)",
        suffix: ".html",
        media_type: "text/html;charset=utf-8",
        purpose_fr: "Un rapport à envoyer ou à imprimer",
        purpose_en: "A report to send or to print",
        is_read: false,
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
        Self::find(recognise(content)?).ok().filter(|format| format.is_read)
    }

    /// What the menu calls the format.
    pub fn name(&self, language: UiLanguage) -> &'static str {
        match language {
            UiLanguage::French => self.name_fr,
            UiLanguage::English => self.name_en,
        }
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
        let mut sheet = Sheet::new(export)?;
        let bytes = (self.code().0)(&mut sheet);
        let mut name = file_stem(&export.document.release().id);
        name.push_str(self.suffix);
        Ok(File { name, media_type: self.media_type, bytes, warnings: sheet.warnings })
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
        let read = self.code().1.ok_or(FormatError::NotRead(self.id))?;
        read(content, document, stamp, replace)
    }

    fn code(&self) -> (Write, Option<Read>) {
        match self.id {
            "w3c" => (w3c::export, Some(w3c::import)),
            "recogito" => (recogito::export, Some(recogito::import)),
            "label-studio" => (label_studio::export, Some(label_studio::import)),
            "label-studio-config" => (label_studio::export_config, None),
            "doccano" => (doccano::export, Some(doccano::import)),
            "brat" => (brat::export, Some(brat::import)),
            "spacy" => (spacy::export, None),
            "conll" => (conll::export, None),
            "cas" => (cas::export, None),
            "tei" => (tei::export, None),
            "csv" => (csv::export_annotations, None),
            "csv-sentences" => (csv::export_sentences, None),
            "html" => (html::export, None),
            _ => (|sheet| json::print(&sheet.file).into_bytes(), Some(json::import)),
        }
    }
}

/// The table for a menu, as JSON: an array of `{id, name, purpose, suffix, mediaType, isRead}` in the order of [`FORMATS`].
pub fn formats(language: UiLanguage) -> Value {
    let mut menu = Vec::new();
    for format in FORMATS {
        let mut entry = Value::default();
        for (name, text) in [
            ("id", format.id),
            ("name", format.name(language)),
            ("purpose", format.purpose(language)),
            ("suffix", format.suffix),
            ("mediaType", format.media_type),
        ] {
            entry.set(name, text.into());
        }
        entry.set("isRead", Value::Bool(format.is_read));
        menu.push(entry);
    }
    Value::Array(menu)
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
pub(super) fn file_stem(id: &str) -> String {
    let folder = id.bytes().rposition(|b| b == b'/' || b == b'\\');
    let kept = |c: char| if is_word(c) || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let stem: String = id[folder.map_or(0, |at| at + 1)..].chars().skip_while(|c| *c == '.').map(kept).collect();
    if stem.is_empty() { "release".to_owned() } else { stem }
}
