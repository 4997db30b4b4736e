//! `www/annotation.schema.json` says neither less nor more than the annotation file that is written.

use annotator_core::format::Format;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::documents::{a_document, export_as, hard, sample, session, stamp, text_of};

const SCHEMA: &str = include_str!("../../../../www/annotation.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("JSON")
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(schema).expect("a schema")
}

/// The schema with no room for a key that it does not name.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.contains_key("properties") {
                map.insert("additionalProperties".into(), false.into());
            }
            map.values_mut().for_each(strict);
        }
        Value::Array(list) => list.iter_mut().for_each(strict),
        _ => {}
    }
}

fn written(session: &annotator_core::Session) -> Value {
    serde_json::from_str(text_of(&export_as("json", session.document()))).expect("JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_file_we_write_fits_the_schema((_, session) in a_document()) {
        let file = written(&session);
        let errors: Vec<_> = validator(&schema()).iter_errors(&file).map(|error| error.to_string()).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
    }
}

#[test]
fn the_schema_names_every_key_we_write() {
    let mut schema = schema();
    strict(&mut schema);
    for session in [sample(), hard()] {
        let file = written(&session);
        let errors: Vec<_> = validator(&schema).iter_errors(&file).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_annotation_file() {
    let validator = validator(&schema());
    let whole = written(&hard());
    assert!(validator.is_valid(&whole));
    let spoil = |path: &str, value: Value| {
        let mut file = whole.clone();
        *file.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
        assert!(!validator.is_valid(&file), "{path}");
    };
    spoil("/format", json!("other"));
    spoil("/version", json!(2));
    spoil("/exported", json!("yesterday"));
    spoil("/release/sha256", json!("0"));
    spoil("/release/text", json!(null));
    spoil("/labels/0/color", json!("red"));
    spoil("/labels/0/key", json!("0"));
    spoil("/sentences/0/codePoints", json!([0]));
    spoil("/annotations/0/utf16", json!([-1, 2]));
    spoil("/annotations/0/unit", json!("word"));
    spoil("/annotations/0/attributes", json!({ "speaker": 1 }));
    spoil("/annotations/0/provenance", json!({}));
    for key in ["format", "version", "release", "labels", "sentences", "annotations"] {
        let mut file = whole.clone();
        file.as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&file), "without {key}");
    }
    for key in ["id", "label", "unit", "utf16", "sentences"] {
        let mut file = whole.clone();
        file["annotations"][0].as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&file), "an annotation without {key}");
    }
}

#[test]
fn the_least_that_the_schema_asks_for_is_read() {
    let open = session("Une phrase.", annotator_core::LabelSet::default());
    let release = open.document().release();
    let moment = "2020-01-02T03:04:05Z";
    let file = json!({
        "format": "release-annotator", "version": 1,
        "release": { "id": "essai", "title": "", "lang": "fr", "text": &*release.text, "sha256": release.sha256(), "codePoints": 11, "utf16": 11 },
        "labels": [], "sentences": [],
        "annotations": [{ "id": "1", "label": "quote", "unit": "span", "exact": "phrase", "created": moment, "modified": moment }]
    });
    assert!(validator(&schema()).is_valid(&file));
    let format = Format::find("json").expect("the first");
    let (import, _) = format.import(file.to_string().as_bytes(), open.document(), &stamp(0), false).expect("read");
    assert_eq!(import.annotations[0].span().map(|span| (span.start(), span.end())), Some((4, 10)));
}
