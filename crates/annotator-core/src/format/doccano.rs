//! doccano, sequence labelling: JSON lines, one text with its labelled stretches a line.
//!
//! # Loses
//! Ids, notes, attributes, people, times, provenance, names of the labels, sentence boundaries, and annotations without
//! a place (each named in a warning). Line ends are LF: doccano opens files in text mode, where CRLF counts as one
//! character; an end between CR and LF moves before both. Of stretches that overlap, doccano keeps one unless the
//! project allows overlapping; a warning says so. Read back, an annotation that the document has already (same label,
//! same stretch) keeps all it had. Not read: relations and comments, each named in a warning.
//!
//! # Offsets
//! Unicode code points of the text in the file.
//!
//! # Reference
//! doccano 1.8 documentation, "Sequence labeling" (JSONL); exports with `label` triples and with `entities`.

use super::emit::Json;
use super::fit::{Carried, Loose, label_of};
use super::lines::Lines;
use super::value::Value;
use super::{
    Export, FormatError, Found, Warning, Written, ends_in, inconsistent, json_lines, left_out_orphans, list_in, member,
    placed, read_texts, text_in, text_of, warn, warn_of_line_ends,
};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::session::Import;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let release = document.release();
    let lines = Lines::new(&release.text);
    let mut warnings = left_out_orphans(document);
    warn_of_line_ends(&mut warnings, document);
    let mut json = Json::default();
    json.open('{').pair("text", lines.text()).key("label").open('[');
    let mut behind = 0;
    for (span, annotation) in placed(document) {
        let ends = lines.text().char_span(lines.to_lf(span));
        let [start, end] = ends.ok_or_else(|| inconsistent(annotation))?;
        if start.0 < behind {
            let message = "overlaps another annotation; doccano keeps both only where the project allows overlapping";
            warn(&mut warnings, annotation.id.as_str(), message);
        }
        behind = behind.max(end.0);
        json.open('[').number(start.0).number(end.0).text(&annotation.label).close(']');
    }
    json.close(']').pair("release", &release.id).pair("title", &release.title).pair("lang", &release.lang).close('}');
    Ok(Written { bytes: json.finish_line(), warnings })
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let mut found = Found::default();
    let values = json_lines(text_of(content)?, &mut found.warnings)?;
    read_texts(values, document, &mut found, texts, read_entry)?;
    found.fit("doccano", document, stamp, replace)
}

fn texts(entry: &Value) -> [&str; 3] {
    let text = if entry["text"].is_null() { "data" } else { "text" };
    [text, "release", "title"].map(|key| text_in(entry, key))
}

fn read_entry(entry: &Value, place: &str, carried: &Carried, document: &Document, found: &mut Found) {
    for key in ["relations", "Comments"] {
        if !list_in(entry, key).is_empty() {
            warn(&mut found.warnings, &[place, ", ", key].concat(), "has no place here; left out");
        }
    }
    for key in ["label", "labels", "entities"] {
        for (nth, one) in list_in(entry, key).iter().enumerate() {
            let place = member(&[place, ", ", key].concat(), nth);
            let label = if one.as_array().is_some() { &one[2] } else { &one["label"] };
            let (Some(ends), Some(label)) = (ends_in(one, ["start_offset", "end_offset"]), label.as_str()) else {
                warn(&mut found.warnings, &place, "expected start, end and a label; left out");
                continue;
            };
            let mut loose = Loose::new(place, label_of(document.labels(), label));
            carried.place(ends, &mut loose);
            found.annotations.push(loose);
        }
    }
}
