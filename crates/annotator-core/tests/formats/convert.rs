//! The two functions of the program that is loaded on demand: an annotation file in, a file or an annotation file out.

use annotator_core::format::{FORMATS, Format, convert_in, convert_out, json};
use annotator_core::{Annotation, AnnotationId, Command, Document, LabelSet, Session, UiLanguage};
use proptest::prelude::*;
use serde_json::Value;

use super::documents::{
    HARD, SAMPLE, a_document, annotations, export_as, hard, on, proposals, sample, session, stamp, text_of,
};

fn file_of(document: &Document) -> String {
    text_of(&export_as("json", document)).to_owned()
}

/// What a widget with this document makes of the answer; it must have nothing to say about it.
fn taken(answer: &str, mut open: Session, replace: bool) -> Session {
    let (import, warnings) = json::read(answer, open.document(), &stamp(8), replace).expect("an annotation file");
    assert_eq!(warnings, vec![], "{answer}");
    open.perform(Command::Import(import), &stamp(8)).expect("fits");
    open
}

fn parsed(answer: &str) -> Value {
    serde_json::from_str(answer).expect("JSON")
}

/// The annotations with a bare id where it is a new one: that is made from the arguments.
fn known(session: &Session, before: &Session) -> Vec<Annotation> {
    let mut all = annotations(session);
    for annotation in &mut all {
        if before.document().annotation(&annotation.id).is_none() {
            annotation.id = AnnotationId::new("new").expect("not empty");
        }
    }
    all.sort_by_key(|annotation| format!("{annotation:?}"));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn convert_out_writes_what_export_writes((_, session) in a_document()) {
        let file = file_of(session.document());
        for format in FORMATS {
            let written = convert_out(&file, format.id, UiLanguage::French);
            prop_assert_eq!(written, Ok(export_as(format.id, session.document())), "{}", format.id);
        }
    }

    #[test]
    fn convert_in_says_what_import_reads((_, session) in a_document()) {
        let file = file_of(session.document());
        for format in FORMATS.iter().filter(|format| format.is_read) {
            let content = export_as(format.id, session.document()).bytes;
            let answer = convert_in(&file, &content, Some(format.id)).expect("our own file");
            let (import, warnings) = format.import(&content, session.document(), &stamp(99), true).expect("our own file");
            prop_assert_eq!(&parsed(&answer)["warnings"], &serde_json::json!([]));
            prop_assert!(warnings.is_empty());
            let mut expected = session.clone();
            expected.perform(Command::Import(import), &stamp(99)).expect("fits");
            let found = taken(&answer, session.clone(), true);
            prop_assert_eq!(known(&found, &session), known(&expected, &session), "{}", format.id);
            prop_assert_eq!(found.document().sentences(), expected.document().sentences());
            prop_assert_eq!(found.document().labels(), expected.document().labels());
        }
    }
}

#[test]
fn a_file_without_a_named_format_is_recognised() {
    let open = sample();
    for format in FORMATS.iter().filter(|format| format.is_read) {
        let content = export_as(format.id, open.document()).bytes;
        let answer = convert_in(&file_of(open.document()), &content, None).expect(format.id);
        assert_eq!(annotations(&taken(&answer, sample(), true)), annotations(&open), "{}", format.id);
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let file = file_of(session("Une phrase.", LabelSet::default()).document());
    let message =
        |content: &[u8]| convert_in(&file, content, None).expect_err("no format").message(UiLanguage::English);
    assert_eq!(message(b"{\n\"a\": }"), "This file is not JSON: line 2, column 6 (expected a value).");
    assert_eq!(message(b"Une phrase."), "This file is not JSON: line 1, column 1 (expected a value).");
    assert!(message(b"{\"a\": 1}").contains("found JSON of another kind"));
    assert!(message(b"\xff").contains("expected UTF-8, found 0xFF (byte 0)"));
    let error = convert_in(&file, b"", Some("docx")).expect_err("no such format");
    assert_eq!(error.code(), "unknown-format");
    assert_eq!(convert_in("{}", b"", None).expect_err("no release").code(), "invalid-file");
    assert_eq!(convert_out("[", "csv", UiLanguage::French).expect_err("no JSON").code(), "invalid-json");
}

#[test]
fn the_answer_holds_only_what_the_content_holds_with_new_labels_orphans_and_warnings() {
    let open = hard();
    let content = br#"[{"id": "one", "type": "Annotation", "body": {"value": "nouveau", "purpose": "tagging"},
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "Suite"}}},
        {"id": "two", "type": "Annotation", "body": {"value": "quote", "purpose": "tagging"},
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "nulle part"}, {"type": "TextPositionSelector", "start": 0, "end": 2}]}}]"#;
    let answer = convert_in(&file_of(open.document()), content, None).expect("two annotations");
    let value = parsed(&answer);
    assert_eq!(value["orphans"], 1);
    let messages: Vec<_> = value["warnings"].as_array().expect("a list").iter().map(|w| w["place"].as_str()).collect();
    assert_eq!(messages, [Some("one"), Some("one"), Some("two")], "{answer}");
    assert_eq!(value["annotations"].as_array().map(Vec::len), Some(2));
    let merged = taken(&answer, open, false);
    assert_eq!(merged.document().annotation_count(), hard().document().annotation_count() + 2);
    assert!(merged.document().labels().find("nouveau").is_some());
}

#[test]
fn the_same_import_of_the_same_moment_gives_the_same_ids_and_another_content_others() {
    let file = file_of(session(SAMPLE, LabelSet::default()).document());
    let ids = |content: &[u8]| -> Vec<String> {
        let answer = parsed(&convert_in(&file, content, Some("doccano")).expect("a line"));
        let list = answer["annotations"].as_array().expect("a list").clone();
        list.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
    };
    let line = |end: usize| serde_json::json!({ "text": SAMPLE, "label": [[0, end, "quote"]] }).to_string();
    assert_eq!(ids(line(5).as_bytes()), ids(line(5).as_bytes()));
    assert_ne!(ids(line(5).as_bytes()), ids(line(6).as_bytes()));
}

#[test]
fn corrected_sentences_and_suggestions_go_out_too() {
    let mut open = sample();
    open.perform(Command::MergeSentence(3), &stamp(5)).expect("a boundary");
    let mut file = parsed(&file_of(open.document()));
    let csv = convert_out(&file.to_string(), "csv-sentences", UiLanguage::English).expect("a table");
    let rows = text_of(&csv).matches("\r\n").count() - 1;
    assert_eq!(rows, open.document().sentences().len());
    assert_eq!(rows + 1, sample().document().sentences().len());
    let [proposal] = proposals(open.document()).try_into().expect("one");
    let [start, end] = open.document().text().char_span(proposal.span).expect("fits").map(|at| at.0);
    file["suggestions"] = serde_json::json!([
        { "id": proposal.id, "label": proposal.label, "codePoints": [start, end], "rule": proposal.rule }
    ]);
    let task = convert_out(&file.to_string(), "label-studio", UiLanguage::French).expect("a task");
    let expected = Format::find("label-studio").and_then(|format| {
        let export = annotator_core::format::Export {
            document: open.document(),
            stamp: &stamp(99),
            language: UiLanguage::French,
            proposals: std::slice::from_ref(&proposal),
        };
        format.export(&export)
    });
    assert_eq!(Ok(task), expected);
}

#[test]
fn an_annotation_of_the_document_that_comes_back_without_its_id_keeps_it() {
    let annotation = on(HARD, "Paris", 0, "quote");
    let open = super::documents::filled(HARD, super::documents::hard_labels(), vec![annotation.clone()]);
    let content = export_as("doccano", open.document()).bytes;
    let answer = parsed(&convert_in(&file_of(open.document()), &content, None).expect("a line"));
    assert_eq!(answer["annotations"][0]["id"], annotation.id.as_str());
}
