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

use super::emit::{name_of, plain_names};
use super::tokens::tokens;
use super::{Export, FormatError, Written, left_out_orphans, warn};
use crate::annotation::Annotation;
use crate::text::Span;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let text = document.text();
    let names = plain_names(document);
    let mut warnings = left_out_orphans(document);
    let cut: Vec<Vec<Span>> = document.sentences().iter().map(|sentence| tokens(text, sentence.span)).collect();
    let covers = |annotation: &Annotation, token: Span| annotation.span().is_some_and(|span| span.overlaps(token));

    let overlap = cut.iter().enumerate().any(|(index, sentence)| {
        let here = document.annotations_of(index);
        sentence.iter().any(|token| {
            let mut labels = here.iter().filter(|a| covers(a, *token)).map(|a| a.label.as_str());
            labels.next().is_some_and(|first| labels.any(|other| other != first))
        })
    });
    // One column for all labels, or one for each that is used.
    let mut columns: Vec<Option<&str>> = vec![None];
    if overlap {
        let used = |id: &&str| document.annotations().any(|a| a.label == *id && a.span().is_some());
        columns = names.iter().map(|(id, _)| id.as_str()).filter(used).map(Some).collect();
        let list: Vec<&str> = columns.iter().flatten().map(|id| name_of(&names, id)).collect();
        let message = ["labels overlap: one column a label, from the fourth: ", &list.join(", ")].concat();
        warn(&mut warnings, "columns", &message);
    }

    let mut out = "-DOCSTART- -X- -X-".to_owned();
    columns.iter().for_each(|_| out.push_str(" O"));
    out.push_str("\n\n");
    // What the token before had in each column.
    let mut before: Vec<Option<&Annotation>> = vec![None; columns.len()];
    for (index, sentence) in cut.iter().enumerate() {
        for token in sentence {
            out.push_str(text.slice(*token).unwrap_or_default());
            out.push_str(" -X- _");
            for (column, last) in columns.iter().zip(&mut before) {
                let mine = |annotation: &Annotation| column.is_none_or(|id| annotation.label == id);
                let all = document.annotations_of(index).iter().map(|annotation| &**annotation);
                let here = all.filter(|annotation| covers(annotation, *token) && mine(annotation));
                // Whoever had the token before goes on; else the earliest.
                let chosen =
                    here.clone().find(|a| last.is_some_and(|last| last.id == a.id)).or_else(|| here.clone().next());
                match chosen {
                    None => out.push_str(" O"),
                    Some(annotation) => {
                        let inside = last.is_some_and(|last| last.id == annotation.id);
                        out.push_str(if inside { " I-" } else { " B-" });
                        out.push_str(name_of(&names, &annotation.label));
                    }
                }
                *last = chosen;
            }
            out.push('\n');
        }
        out.push('\n');
        // A tag does not go on behind the end of a sentence: the first one there begins anew.
        before.fill(None);
    }
    Ok(Written { bytes: out.into_bytes(), warnings })
}
