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

use super::fit::{Carried, Loose, label_of};
use super::template::JSON;
use super::value::Value;
use super::{
    FormatError, Found, Sheet, Warning, ends_in, json_lines, list_in, member, read_texts, text_in, text_of, warn,
};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::session::Import;

const TEMPLATE: &str = concat!(
    r#"{"text":"~text~","label":[^,annotations~[~start~,~end~,"~label~"]`],"release":"~release.id~","#,
    r#""title":"~release.title~","lang":"~release.lang~"}"#,
    "\n",
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    sheet.with_lf();
    let mut warnings = std::mem::take(&mut sheet.warnings);
    let mut behind = 0;
    sheet.each("annotations", &mut |_, value| {
        if let Some([start, end]) = ends_in(value, ["start", "end"]) {
            if start < behind {
                let message =
                    "overlaps another annotation; doccano keeps both only where the project allows overlapping";
                warn(&mut warnings, text_in(value, "id"), message);
            }
            behind = behind.max(end);
        }
    });
    sheet.warnings = warnings;
    sheet.render(TEMPLATE, [JSON, JSON])
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
