//! Files that other programs made (`data/formats`): what is read of each, and what is said about the rest.

use std::fs;
use std::path::Path;

use annotator_core::format::{FORMATS, Format, convert_in};
use annotator_core::{LabelSet, Target};
use serde_json::Value;

use super::documents::{export_as, session, stamp, text_of};

/// A file, the format that it is recognised as, the labelled words, and the beginnings of all warnings.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "label-studio.json",
        "label-studio",
        &[("dates", "3 mai 2016"), ("objective", "vise à soigner"), ("quote", "« Nous avançons »")],
        &[
            "tasks[0].predictions: predictions are proposals, not annotations; left out",
            "tasks[0].annotations[0][4]: belongs to no region of text; left out",
        ],
    ),
    (
        "label-studio-min.json",
        "label-studio",
        &[("ORG", "Biolab"), ("dates", "3 mai 2016")],
        &[
            "tasks[0].label[0]: expected positions in code points, found UTF-16 code units; read as such",
            "tasks[0].label[1]: label \"ORG\" is not described in the file; added by its id",
        ],
    ),
    (
        "doccano.jsonl",
        "doccano",
        &[("dates", "3 mai 2016"), ("quote", "« Nous avançons »"), ("quote", "« Nous y sommes. »")],
        &["line 2: about another text; left out"],
    ),
    (
        "doccano-relations.jsonl",
        "doccano",
        &[("PER", "Ada Martin"), ("quote", "« Nous avançons »")],
        &[
            "line 1, relations: has no place here; left out",
            "line 1, Comments: has no place here; left out",
            "line 1, entities[1]: label \"PER\" is not described in the file; added by its id",
        ],
    ),
    (
        "hypothesis.json",
        "w3c",
        &[("highlighting", "vise à soigner"), ("quote", "« Nous y sommes. »")],
        &[
            "rows[2]: expected a TextQuoteSelector or a TextPositionSelector, found none; left out",
            "a1B2c3D4EeqAbcdEFGHijk: its positions do not give its words; placed by its words",
            "b1B2c3D4EeqAbcdEFGHijk: its positions do not give its words; placed by its words",
            "b1B2c3D4EeqAbcdEFGHijk: label \"highlighting\" is not described in the file; added by its id",
        ],
    ),
    (
        "recogito.json",
        "w3c",
        &[("ACT", "signe"), ("quote", "« Nous avançons »")],
        &[
            "0f6d3b1c-1111-4222-8333-444455556666: expected positions in code points, found UTF-16 code units; read as such",
            "0f6d3b1c-1111-4222-8333-444455556666: label \"ACT\" is not described in the file; added by its id",
        ],
    ),
    (
        "brat.ann",
        "brat",
        &[("ORG", "Novaxis"), ("PER", "Ada Martin"), ("dates", "3 mai 2016"), ("quote", "« Nous avançons »")],
        &[
            "line 5: no text-bound annotation, nor about one; left out",
            "line 6: no text-bound annotation, nor about one; left out",
            "line 7: no text-bound annotation, nor about one; left out",
            "line 9: no text-bound annotation, nor about one; left out",
            "line 1: label \"ORG\" is not described in the file; added by its id",
            "line 4: label \"PER\" is not described in the file; added by its id",
        ],
    ),
];

fn content(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn release() -> String {
    String::from_utf8(content("release.txt")).expect("UTF-8")
}

#[test]
fn files_made_elsewhere_are_read_to_the_character_and_what_is_left_out_is_named() {
    let text = release();
    for (name, id, expected, said) in CASES {
        let content = content(name);
        assert_eq!(Format::detect(&content).map(|format| format.id), Some(*id), "{name}");
        let open = session(&text, LabelSet::default());
        let format = Format::find(id).expect("a format");
        let (import, warnings) = format.import(&content, open.document(), &stamp(3), false).expect(name);
        let mut found: Vec<(&str, &str)> = Vec::new();
        for annotation in &import.annotations {
            let Target::Span(span) = annotation.target else { panic!("{name}: {annotation:?} has no place") };
            found.push((&annotation.label, open.document().text().slice(span).expect("fits")));
        }
        found.sort_unstable();
        assert_eq!(found, *expected, "{name}");
        let warnings: Vec<_> = warnings.iter().map(|one| format!("{}: {}", one.place, one.message)).collect();
        assert_eq!(warnings, *said, "{name}");
    }
}

#[test]
fn people_times_notes_and_values_of_others_are_kept() {
    let open = session(&release(), LabelSet::default());
    let file = text_of(&export_as("json", open.document())).to_owned();
    let read = |name: &str| -> Vec<Value> {
        let answer = convert_in(&file, &content(name), None).expect(name);
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        answer["annotations"].as_array().expect("a list").clone()
    };
    let by_label = |list: &[Value], label: &str| {
        list.iter().find(|one| one["label"] == label).unwrap_or_else(|| panic!("{label} in {list:?}")).clone()
    };
    let list = read("label-studio.json");
    let quote = by_label(&list, "quote");
    assert_eq!((&quote["attributes"]["speaker"], &quote["creator"]), (&"Ada Martin".into(), &"ada@example.org".into()));
    assert_eq!((&quote["id"], &quote["created"]), (&"t0Y9aaP_x2".into(), &"2024-03-04T10:11:12.345Z".into()));
    assert_eq!(quote["provenance"], serde_json::json!({ "kind": "imported", "from": "label-studio" }));
    assert_eq!(by_label(&list, "objective")["note"], "à relire");
    let quote = by_label(&read("hypothesis.json"), "quote");
    assert_eq!((&quote["note"], &quote["attributes"]["tags"]), (&"Bien dit.".into(), &"à vérifier".into()));
    assert_eq!(
        (&quote["creator"], &quote["modified"]),
        (&"acct:ada@hypothes.is".into(), &"2020-01-03T03:04:05.678Z".into())
    );
    let quote = by_label(&read("recogito.json"), "quote");
    assert_eq!((&quote["note"], &quote["creator"]), (&"Qui parle ?".into(), &"Ada".into()));
    let list = read("brat.ann");
    assert_eq!(by_label(&list, "quote")["note"], "Qui parle ?");
    assert_eq!(by_label(&list, "dates")["attributes"], serde_json::json!({ "Sure": "" }));
}

#[test]
fn a_file_made_elsewhere_about_another_text_is_refused_with_both_names() {
    let text = "Le conseil municipal a voté le budget.";
    let mut other = session(text, LabelSet::default()).document().release().clone();
    other.id = "budget".into();
    other.title = "Budget".into();
    let open = annotator_core::Session::new(other, LabelSet::default());
    for (name, id, expected, _) in CASES {
        let format = Format::find(id).expect("a format");
        let result = format.import(&content(name), open.document(), &stamp(3), false);
        // What names no release and no text has nothing to be refused by but its words; all of them are kept as orphans.
        match result {
            Err(error) => {
                let message = error.message(annotator_core::UiLanguage::English);
                assert_eq!(error.code(), "invalid-file", "{name}: {message}");
                assert!(
                    message.contains("“Budget”") && message.contains("annotates another release"),
                    "{name}: {message}"
                );
            }
            Ok((import, warnings)) => {
                panic!("{name}: {} of {} read: {warnings:?}", import.annotations.len(), expected.len())
            }
        }
    }
}

#[test]
fn every_format_says_what_it_loses_how_it_counts_and_what_it_follows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/format");
    for format in FORMATS {
        let file = match format.id {
            "csv-sentences" => "csv".to_owned(),
            "label-studio-config" => "label_studio".to_owned(),
            id => id.replace('-', "_"),
        };
        let source = fs::read_to_string(source.join(&file).with_extension("rs")).expect("a file a format");
        let lines: Vec<&str> = source.lines().take_while(|line| line.starts_with("//!")).collect();
        for heading in ["//! # Loses", "//! # Offsets", "//! # Reference"] {
            let at = lines.iter().position(|line| *line == heading).unwrap_or_else(|| panic!("{file}: {heading}"));
            assert!(lines[at + 1].len() > "//! ".len(), "{file}: nothing under {heading}");
        }
    }
}
