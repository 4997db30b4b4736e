//! `import(export(d)) = d`, minus what each format's "# Loses" says: one test over all formats that are read.

use std::collections::BTreeSet;

use annotator_core::format::FORMATS;
use annotator_core::{Annotation, Attributes, Provenance, Span, Target, Unit};
use proptest::prelude::*;

use super::documents::{HARD, SAMPLE, a_document, annotations, export_as, hard, hard_labels, reread, sample};

/// What a format keeps of an annotation, as its documentation says.
struct Keeps {
    format: &'static str,
    ids: bool,
    units: bool,
    notes: bool,
    attributes: bool,
    provenance: bool,
    people_and_times: bool,
    orphans: bool,
    /// What becomes of a stretch.
    stretch: fn(&str, Span) -> Span,
}

const ALL: Keeps = Keeps {
    format: "json",
    ids: true,
    units: true,
    notes: true,
    attributes: true,
    provenance: true,
    people_and_times: true,
    orphans: true,
    stretch: |_, span| span,
};

/// Label and stretch alone.
const BARE: Keeps = Keeps {
    format: "doccano",
    ids: false,
    units: false,
    notes: false,
    attributes: false,
    provenance: false,
    people_and_times: false,
    orphans: false,
    stretch: before_crlf,
};

/// An end between CR and LF moves before both.
fn before_crlf(text: &str, span: Span) -> Span {
    let before = |at: usize| if text[..at].ends_with('\r') && text[at..].starts_with('\n') { at - 1 } else { at };
    Span::new(before(span.start()), before(span.end())).expect("in order")
}

/// Without the blank lines at both ends, for readers in Python.
fn without_blank_lines(text: &str, span: Span) -> Span {
    let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut start = span.start();
    for line in text[span.start()..span.end()].split(ends) {
        if !line.trim().is_empty() {
            kept.push((start, start + line.len()));
        }
        start += line.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    Span::new(kept[0].0, kept[kept.len() - 1].1).expect("in order")
}

const MATRIX: &[Keeps] = &[
    ALL,
    Keeps { format: "w3c", units: false, ..ALL },
    Keeps { format: "recogito", units: false, orphans: false, ..ALL },
    Keeps { format: "label-studio", orphans: false, ..ALL },
    BARE,
    Keeps { format: "brat", notes: true, attributes: true, stretch: without_blank_lines, ..BARE },
];

/// The annotation without what the format loses, comparable.
fn kept(keeps: &Keeps, annotation: &Annotation, text: &str) -> Option<(String, String, Annotation)> {
    let mut annotation = annotation.clone();
    let words = match &annotation.target.clone() {
        Target::Orphan(_) if !keeps.orphans => return None,
        Target::Orphan(quote) => quote.exact.clone(),
        Target::Span(span) => {
            let span = (keeps.stretch)(text, *span);
            annotation.target = Target::Span(span);
            text[span.start()..span.end()].to_owned()
        }
    };
    let blank = Annotation { ..annotation.clone() };
    if !keeps.ids {
        annotation.id = annotator_core::AnnotationId::new("-").expect("not empty");
    }
    if !keeps.units {
        annotation.unit = Unit::Span;
    }
    if !keeps.notes {
        annotation.note = String::new();
    }
    if !keeps.attributes {
        annotation.attributes = Attributes::new();
    }
    if !keeps.provenance {
        annotation.provenance = Provenance::Manual;
    }
    if !keeps.people_and_times {
        annotation.creator = String::new();
        annotation.created = Default::default();
        annotation.modified = Default::default();
    }
    Some((words, blank.label, annotation))
}

fn check(keeps: &Keeps, text: &str, written: &annotator_core::Session) {
    let labels = written.document().labels().clone();
    let file = export_as(keeps.format, written.document());
    let (read, warnings) = reread(keeps.format, &file.bytes, text, labels);
    let side = |session| {
        let mut side: Vec<_> =
            annotations(session).iter().filter_map(|annotation| kept(keeps, annotation, text)).collect();
        side.sort_by_key(|(words, label, annotation)| {
            (format!("{:?}", annotation.target), words.clone(), label.clone(), format!("{annotation:?}"))
        });
        side
    };
    assert_eq!(side(&read), side(written), "{}: {warnings:?}\n{}", keeps.format, String::from_utf8_lossy(&file.bytes));
    assert_eq!(warnings, vec![], "{}: our own file", keeps.format);
    assert_eq!(read.document().labels(), written.document().labels(), "{}", keeps.format);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn import_of_an_export_is_the_document_minus_what_the_format_loses((text, written) in a_document()) {
        for keeps in MATRIX {
            check(keeps, &text, &written);
        }
    }
}

#[test]
fn the_sample_and_the_hard_text_come_back_from_every_format() {
    for keeps in MATRIX {
        check(keeps, SAMPLE, &sample());
        check(keeps, HARD, &hard());
    }
    assert_eq!(hard_labels().len(), 10);
}

#[test]
fn every_format_that_is_read_is_in_the_matrix() {
    let read: BTreeSet<_> = FORMATS.iter().filter(|format| format.is_read).map(|format| format.id).collect();
    let tested: BTreeSet<_> = MATRIX.iter().map(|keeps| keeps.format).collect();
    assert_eq!(read, tested);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_never_panics_and_what_is_read_of_it_fits(
        which in 0..6usize,
        cut in 0..4_000usize,
        len in 0..60usize,
        put in "\\PC{0,6}|[0-9]{1,22}|[-{}\\[\\]\",:\t\r\n ]{1,6}",
        replace in any::<bool>(),
    ) {
        let mut bytes = export_as(MATRIX[which].format, hard().document()).bytes;
        let from = cut % bytes.len();
        let to = (from + len).min(bytes.len());
        bytes.splice(from..to, put.into_bytes());
        let stamp = super::documents::stamp(5);
        for format in FORMATS.iter().filter(|format| format.is_read) {
            let mut open = hard();
            if let Ok((import, _)) = format.import(&bytes, open.document(), &stamp, replace) {
                open.perform(annotator_core::Command::Import(import), &stamp).expect("what is read fits the text");
            }
        }
    }
}
