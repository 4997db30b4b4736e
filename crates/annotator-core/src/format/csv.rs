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

use super::Sheet;
use super::names::attribute_names;
use super::template::CELL;
use super::value::Value;

/// The media type of both tables.
pub const MEDIA_TYPE: &str = "text/csv;charset=utf-8";

// Without the mark Excel takes UTF-8 for the code page of the machine. Where the decimal sign is a comma (French),
// spreadsheets expect the semicolon between cells.
const ANNOTATIONS: &str = concat!(
    "\u{feff}id;label;label_name;unit;first_sentence;last_sentence;codepoint_start;codepoint_end;utf16_start;utf16_end;",
    "exact;note;creator;created;modified;provenance;provenance_detail^names~;~head~`\r\n",
    "^annotations~~id~;~label~;~name~;~unit~;^?codePoints~~sentences.0~`;^?codePoints~~sentences.1~`;",
    "~codePoints.0~;~codePoints.1~;~utf16.0~;~utf16.1~;~exact~;~note~;~creator~;~created~;~modified~;",
    "~provenance.kind~;~provenance.rule~~provenance.from~^names~;~@~`\r\n`",
);

const SENTENCES: &str = concat!(
    "\u{feff}sentence;paragraph;codepoint_start;codepoint_end;utf16_start;utf16_end;text;labels;annotations\r\n",
    "^sentences~~index~;~paragraph~;~codePoints.0~;~codePoints.1~;~utf16.0~;~utf16.1~;~text~;~labels~;~count~\r\n`",
);

pub(super) fn export_annotations(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.name_labels();
    let mut names = Vec::new();
    for name in attribute_names(sheet.document) {
        let mut column = Value::default();
        column.set("name", name.into());
        column.set("head", ["attributes.", name].concat().into());
        names.push(column);
    }
    sheet.file.set("names", Value::Array(names));
    sheet.render(ANNOTATIONS, [CELL, CELL])
}

pub(super) fn export_sentences(sheet: &mut Sheet<'_>) -> Vec<u8> {
    let document = sheet.document;
    sheet.each("sentences", &mut |index, value| {
        let annotations = document.annotations_of(index);
        let mut labels: Vec<&str> = Vec::new();
        for annotation in annotations {
            if !labels.contains(&annotation.label.as_str()) {
                labels.push(&annotation.label);
            }
        }
        value.set("text", document.text().slice(document.sentences()[index].span).unwrap_or_default().into());
        value.set("labels", labels.join(" ").into());
        value.set("count", annotations.len().into());
    });
    sheet.render(SENTENCES, [CELL, CELL])
}
