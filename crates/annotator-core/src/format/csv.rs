//! Two tables for spreadsheets: one row an annotation (`csv`), one row a sentence (`csv-sentences`). UTF-8 with a byte
//! order mark, `;` for French and `,` for English, lines ended by CRLF.
//!
//! # Loses
//! Names, colours and keys of labels but for the name in the interface's language, which prefix and suffix stood
//! around an annotation, and the text outside sentences. A cell that a spreadsheet would take for a formula begins
//! with an apostrophe. Not read back.
//!
//! # Offsets
//! Both, named: `codepoint_start`, `codepoint_end`, `utf16_start`, `utf16_end`; half-open, from 0.
//!
//! # Reference
//! RFC 4180, 2; OWASP, "CSV Injection".

use super::emit::attribute_names;
use super::{Export, FormatError, Written};
use crate::annotation::{Annotation, Provenance, Target, Unit};
use crate::document::Document;
use crate::label::UiLanguage;
use crate::text::Span;

/// The media type of both tables.
pub const MEDIA_TYPE: &str = "text/csv;charset=utf-8";

struct Table {
    out: String,
    separator: char,
    begun: bool,
}

pub(super) fn export_annotations(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let attributes = attribute_names(document);
    let mut table = Table::new(export.language);
    let fixed = "id label label_name unit first_sentence last_sentence codepoint_start codepoint_end utf16_start \
                 utf16_end exact note creator created modified provenance provenance_detail";
    fixed.split(' ').for_each(|name| table.cell(name));
    attributes.iter().for_each(|name| table.cell(&["attributes.", name].concat()));
    table.end();
    for annotation in document.annotations() {
        let (kind, detail) = match &annotation.provenance {
            Provenance::Manual => ("manual", ""),
            Provenance::Suggested(rule) => ("suggested", rule.as_str()),
            Provenance::Imported(from) => ("imported", from.as_str()),
        };
        table.cell(annotation.id.as_str());
        table.cell(&annotation.label);
        table.cell(document.labels().find(&annotation.label).map_or("", |label| label.name(export.language)));
        table.cell(if annotation.unit == Unit::Sentence { "sentence" } else { "span" });
        match annotation.span().and_then(|span| document.sentences_of(span)) {
            Some((first, last)) => [first, last].map(|index| table.number(index)),
            None => [(), ()].map(|()| table.cell("")),
        };
        table.positions(document, annotation)?;
        table.cell(match &annotation.target {
            Target::Span(span) => document.text().slice(*span).unwrap_or_default(),
            Target::Orphan(quote) => &quote.exact,
        });
        table.cell(&annotation.note);
        table.cell(&annotation.creator);
        table.cell(&annotation.created.to_string());
        table.cell(&annotation.modified.to_string());
        table.cell(kind);
        table.cell(detail);
        for name in &attributes {
            table.cell(annotation.attributes.get(*name).map_or("", String::as_str));
        }
        table.end();
    }
    Ok(table.finish())
}

pub(super) fn export_sentences(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let mut table = Table::new(export.language);
    let fixed = "sentence paragraph codepoint_start codepoint_end utf16_start utf16_end text labels annotations";
    fixed.split(' ').for_each(|name| table.cell(name));
    table.end();
    for (index, sentence) in document.sentences().iter().enumerate() {
        let annotations = document.annotations_of(index);
        let mut labels: Vec<&str> = Vec::new();
        for annotation in annotations {
            if !labels.contains(&annotation.label.as_str()) {
                labels.push(&annotation.label);
            }
        }
        table.number(index);
        table.number(sentence.paragraph);
        table.span(document, sentence.span).ok_or_else(|| FormatError::Inconsistent(index.to_string()))?;
        table.cell(document.text().slice(sentence.span).unwrap_or_default());
        table.cell(&labels.join(" "));
        table.number(annotations.len());
        table.end();
    }
    Ok(table.finish())
}

impl Table {
    fn new(language: UiLanguage) -> Self {
        // Where the decimal sign is a comma, spreadsheets expect the semicolon between cells.
        let separator = if language == UiLanguage::French { ';' } else { ',' };
        // Without the mark Excel takes UTF-8 for the code page of the machine.
        Self { out: "\u{feff}".to_owned(), separator, begun: false }
    }

    #[inline(never)]
    fn cell(&mut self, text: &str) {
        self.separate();
        // The full-width forms are signs of a formula to East Asian editions.
        let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
        let apostrophe = if text.starts_with(formula) { "'" } else { "" };
        if text.contains([';', ',', '"', '\r', '\n', '\t']) || !apostrophe.is_empty() {
            self.out.push('"');
            self.out.push_str(apostrophe);
            self.out.push_str(&text.replace('"', "\"\""));
            self.out.push('"');
        } else {
            self.out.push_str(text);
        }
    }

    #[inline(never)]
    fn number(&mut self, number: usize) {
        self.separate();
        self.out.push_str(&number.to_string());
    }

    fn positions(&mut self, document: &Document, annotation: &Annotation) -> Result<(), FormatError> {
        match annotation.span() {
            Some(span) => self.span(document, span).ok_or_else(|| FormatError::Inconsistent(annotation.id.to_string())),
            None => {
                (0..4).for_each(|_| self.cell(""));
                Ok(())
            }
        }
    }

    fn span(&mut self, document: &Document, span: Span) -> Option<()> {
        document.text().char_span(span)?.into_iter().for_each(|at| self.number(at.0));
        document.text().utf16_span(span)?.into_iter().for_each(|at| self.number(at.0));
        Some(())
    }

    fn separate(&mut self) {
        if self.begun {
            self.out.push(self.separator);
        }
        self.begun = true;
    }

    fn end(&mut self) {
        self.out.push_str("\r\n");
        self.begun = false;
    }

    fn finish(self) -> Written {
        Written { bytes: self.out.into_bytes(), warnings: Vec::new() }
    }
}
