//! The W3C's own schemas and samples (`data/w3c-web-annotation`): what we write passes every MUST, what is correct
//! is read or refused for a named reason, what is incorrect never crashes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use annotator_core::format::{Format, FormatError};
use annotator_core::{Annotation, AnnotationId, LabelSet, Span};
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::Value;

use super::documents::{
    annotations as annotations_of, export_as, filled, hard, plain, reread, sample, session, stamp, text_of,
};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/w3c-web-annotation")
}

fn json(path: &Path) -> Value {
    let content = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&content).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The schemas refer to each other by file name alone.
struct Definitions;

impl Retrieve for Definitions {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let path = uri.path().as_str();
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut schema = json(&data().join("definitions").join(name));
        schema.as_object_mut().ok_or("a schema is an object")?.remove("id");
        Ok(schema)
    }
}

/// The assertions of one test of the W3C, by name.
fn musts(test: &str) -> Vec<(String, Validator)> {
    let list = json(&data().join(test));
    let names = list["assertions"].as_array().expect("assertions").iter().filter_map(Value::as_str);
    let compiled = names.map(|name| {
        let path = data().join(name);
        let mut schema = json(&path);
        assert_eq!(schema["assertionType"], "must", "{name}");
        schema.as_object_mut().expect("an object").remove("id");
        let validator = jsonschema::options()
            .with_base_uri("json-schema:///definitions/")
            .with_retriever(Definitions)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        (name.to_owned(), validator)
    });
    compiled.collect()
}

#[test]
fn every_annotation_we_write_passes_every_must_of_the_w3c() {
    let musts = musts("annotations/annotationMusts.test");
    assert_eq!(musts.len(), 54);
    for written in [sample(), hard()] {
        let page: Value = serde_json::from_str(text_of(&export_as("w3c", written.document()))).expect("JSON");
        let list: Value = serde_json::from_str(text_of(&export_as("recogito", written.document()))).expect("JSON");
        let items = page["items"].as_array().expect("items").iter().chain(list.as_array().expect("an array"));
        for item in items {
            for (name, validator) in &musts {
                assert!(validator.is_valid(item), "{name}: {item:#}");
            }
        }
    }
}

#[test]
fn every_id_becomes_an_iri_and_comes_back() {
    let musts = musts("annotations/annotationMusts.test");
    let (_, id_schema) = musts.iter().find(|(name, _)| name.contains("annotationIdValidated")).expect("one about ids");
    let text = "Une phrase.";
    let ids = [
        "1",
        "été",
        "a b",
        "https://x.fr/a#b",
        "https://x.fr/%zz",
        "https://x.fr/a b",
        "https://x.fr/é",
        "https://",
        "https://x.fr/#a#b",
        "urn:uuid:x",
        "urn:uuid:0190a000-0000-7000-8000-000000000000",
        "0190a000-0000-7000-8000-000000000000",
        "0190A000-0000-7000-8000-000000000000",
        "%41",
        "http://[::1]/",
    ];
    let annotations = ids.map(|id| Annotation {
        id: AnnotationId::new(id).expect("not empty"),
        ..plain("quote", Span::new(0, 3).expect("in order"))
    });
    let written = filled(text, LabelSet::default(), annotations.to_vec());
    let file = export_as("w3c", written.document());
    let page: Value = serde_json::from_str(text_of(&file)).expect("JSON");
    for item in page["items"].as_array().expect("items") {
        assert!(id_schema.is_valid(item), "{}", item["id"]);
    }
    let (read, _) = reread("w3c", &file.bytes, text, LabelSet::default());
    assert_eq!(annotations_of(&read), annotations_of(&written));
}

#[test]
fn the_page_we_write_passes_every_must_of_the_w3c() {
    let page: Value = serde_json::from_str(text_of(&export_as("w3c", sample().document()))).expect("JSON");
    for (name, validator) in musts("collections/pages/pageMusts.test") {
        assert!(validator.is_valid(&page), "{name}: {page:#}");
    }
}

/// Guards the two tests above: validators that accept everything would prove nothing.
#[test]
fn the_schemas_refuse_the_incorrect_samples() {
    let musts = musts("annotations/annotationMusts.test");
    let mut refused = 0;
    let mut parsed = 0;
    for path in samples("incorrect") {
        let content = fs::read_to_string(&path).expect("a sample");
        let Ok(sample) = serde_json::from_str::<Value>(&content) else { continue };
        parsed += 1;
        refused += usize::from(musts.iter().any(|(_, validator)| !validator.is_valid(&sample)));
    }
    assert!(refused * 10 > parsed * 9, "{refused} of {parsed}");
}

fn samples(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(data().join("tools/samples").join(kind)).expect("samples");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() > 30);
    paths
}

#[test]
fn the_correct_samples_are_read_or_refused_for_a_reason_that_is_named() {
    let open = session("Une phrase. Une autre.", LabelSet::default());
    for path in samples("correct") {
        for id in ["w3c", "recogito"] {
            let read = Format::find(id).expect("a format").import(
                &fs::read(&path).expect("a sample"),
                open.document(),
                &stamp(0),
                false,
            );
            match read {
                Ok((import, warnings)) => {
                    assert!(!import.annotations.is_empty() || !warnings.is_empty(), "{}", path.display());
                    assert!(warnings.iter().all(|warning| !warning.place.is_empty() && !warning.message.is_empty()));
                }
                Err(FormatError::OtherRelease { file, .. }) => assert!(!file.is_empty()),
                // A collection whose pages lie elsewhere.
                Err(FormatError::InvalidFile { found, .. }) => assert!(found.contains("AnnotationCollection")),
                Err(error) => panic!("{}: {error}", path.display()),
            }
        }
    }
}

#[test]
fn the_incorrect_samples_never_crash() {
    let open = session("Une phrase. Une autre.", LabelSet::default());
    for path in samples("incorrect") {
        let content = fs::read(&path).expect("a sample");
        for format in annotator_core::format::FORMATS {
            let _ = format.import(&content, open.document(), &stamp(0), false);
        }
        let _ = Format::detect(&content);
    }
}
