//! CoNLL-2003 style columns with IOB2 tags: one token a line, a blank line behind every sentence, the tag last.
//!
//! # Loses
//! Blanks, ids, notes, attributes, people, times, provenance, names of the labels, and annotations without a place
//! (each named in a warning). A token that an annotation covers in part counts whole. Characters in a label's id
//! other than ASCII letters, digits, `_` and `-` are replaced. Where labels overlap there is one column a label
//! (a warning names them); of two annotations of one label on the same token, the earlier has it. Not read back.
//!
//! # Offsets
//! None; tokens.
//!
//! # Reference
//! Tjong Kim Sang and De Meulder 2003, 3 (columns, `-DOCSTART-`); IOB2: Ratnaparkhi 1998.

use super::names::{name_of, plain_names};
use super::tokens::tokens;
use super::{Sheet, push, warn};
use crate::annotation::Annotation;
use crate::text::Span;

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    let document = sheet.document;
    let text = document.text();
    let names = plain_names(document);
    let covers = |annotation: &Annotation, token: Span| annotation.span().is_some_and(|span| span.overlaps(token));

    let mut overlap = false;
    let mut cut: Vec<Vec<Span>> = Vec::new();
    for (index, sentence) in document.sentences().iter().enumerate() {
        let words = tokens(text, sentence.span);
        for token in &words {
            let mut first = None;
            for annotation in document.annotations_of(index) {
                if covers(annotation, *token) {
                    overlap |= *first.get_or_insert(&annotation.label) != &annotation.label;
                }
            }
        }
        cut.push(words);
    }
    // One column for all labels, or one for each that is used; an empty id is that of any label.
    let mut columns: Vec<&str> = vec![""];
    if overlap {
        columns.clear();
        let mut message = "labels overlap: one column a label, from the fourth: ".to_owned();
        for (id, name) in &names {
            if document.annotations().any(|a| a.label == *id && a.span().is_some()) {
                push(&mut message, &[if columns.is_empty() { "" } else { ", " }, name]);
                columns.push(id);
            }
        }
        warn(&mut sheet.warnings, "columns", &message);
    }

    let mut out = "-DOCSTART- -X- -X-".to_owned();
    out.push_str(&" O".repeat(columns.len()));
    out.push_str("\n\n");
    for (index, sentence) in cut.iter().enumerate() {
        // What the token before had in each column. A tag does not go on behind the end of a sentence.
        let mut before: Vec<Option<&Annotation>> = vec![None; columns.len()];
        for token in sentence {
            push(&mut out, &[&text[token.start()..token.end()], " -X- _"]);
            for (column, last) in columns.iter().zip(&mut before) {
                // Whoever had the token before goes on; else the earliest.
                let mut chosen: Option<&Annotation> = None;
                let mut inside = false;
                for annotation in document.annotations_of(index) {
                    if covers(annotation, *token) && (column.is_empty() || annotation.label == *column) && !inside {
                        inside = last.is_some_and(|last| last.id == annotation.id);
                        if inside || chosen.is_none() {
                            chosen = Some(annotation);
                        }
                    }
                }
                match chosen {
                    None => out.push_str(" O"),
                    Some(annotation) => {
                        push(&mut out, &[if inside { " I-" } else { " B-" }, name_of(&names, &annotation.label)]);
                    }
                }
                *last = chosen;
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out.into_bytes()
}
