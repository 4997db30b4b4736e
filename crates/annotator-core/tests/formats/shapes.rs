//! What each format looks like from outside, and files that others make.

use annotator_core::format::{Format, FormatError};
use annotator_core::{Annotation, LabelSet, Provenance, Target, UiLanguage};
use serde_json::Value;

use super::documents::{HARD, export_as, hard, on, sample, session, stamp, text_of};

fn import(id: &str, content: &str, text: &str) -> Result<(Vec<Annotation>, Vec<String>), FormatError> {
    let open = session(text, LabelSet::default());
    let (import, warnings) = Format::find(id)?.import(content.as_bytes(), open.document(), &stamp(3), false)?;
    let messages = warnings.iter().map(|warning| format!("{}: {}", warning.place, warning.message));
    Ok((import.annotations, messages.collect()))
}

fn words<'a>(annotation: &'a Annotation, text: &'a str) -> &'a str {
    match &annotation.target {
        Target::Span(span) => &text[span.start()..span.end()],
        Target::Orphan(quote) => &quote.exact,
    }
}

#[test]
fn an_unknown_format_and_one_that_is_not_read_are_named_with_those_there_are() {
    let error = Format::find("docx").expect_err("no such format");
    assert_eq!(error.code(), "unknown-format");
    assert!(error.message(UiLanguage::English).starts_with("Unknown format “docx”; the formats are: json, w3c,"));
    assert!(error.message(UiLanguage::French).contains("« docx » ; formats disponibles : json, w3c,"));
    let error = import("html", "<p>", "a").expect_err("not read");
    assert!(error.message(UiLanguage::English).starts_with("Format “html” is not read; those read are: json, w3c,"));
    assert!(!error.message(UiLanguage::French).contains("html,"));
}

#[test]
fn a_format_is_recognised_by_its_content() {
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.read.is_some()) {
        for document in [sample(), hard()] {
            let file = export_as(format.id, document.document());
            assert_eq!(Format::detect(&file.bytes).map(|found| found.id), Some(format.id));
        }
    }
    assert!(Format::detect(b"Une phrase.").is_none());
    assert!(Format::detect(b"{\"a\":1}").is_none());
    assert!(Format::detect(b"\xff\xfe").is_none());
}

#[test]
fn names_of_files_hold_no_sign_that_a_file_system_refuses() {
    let mut release = annotator_core::Release::new("../a b/c:d*é?.txt", "", "fr", "", annotator_core::Text::new("A."));
    let name = |release: &annotator_core::Release| {
        let session = annotator_core::Session::new(release.clone(), LabelSet::default());
        export_as("json", session.document()).name
    };
    assert_eq!(name(&release), "c-d-é-.txt.json");
    release.id = "...".into();
    assert_eq!(name(&release), "release.json");
}

#[test]
fn w3c_counts_code_points_and_recogito_utf16() {
    let document = hard();
    let at = |id: &str| -> Vec<(String, u64, u64)> {
        let file: Value = serde_json::from_str(text_of(&export_as(id, document.document()))).expect("JSON");
        let items = file.get("items").unwrap_or(&file).as_array().expect("annotations").clone();
        let placed = items.iter().filter(|item| item["target"]["selector"].as_array().expect("both").len() == 2);
        placed
            .map(|item| {
                let [quote, place] = [0, 1].map(|n| &item["target"]["selector"][n]);
                let number = |key| place[key].as_u64().expect("a position");
                (quote["exact"].as_str().expect("words").to_owned(), number("start"), number("end"))
            })
            .collect()
    };
    let chars: Vec<char> = HARD.chars().collect();
    let units: Vec<u16> = HARD.encode_utf16().collect();
    for (exact, start, end) in at("w3c") {
        assert_eq!(chars[start as usize..end as usize].iter().collect::<String>(), exact);
    }
    for (exact, start, end) in at("recogito") {
        assert_eq!(String::from_utf16_lossy(&units[start as usize..end as usize]), exact);
    }
    assert_ne!(at("w3c"), at("recogito"));
}

#[test]
fn utf16_positions_from_elsewhere_are_recognised_by_their_words_and_said() {
    // "ab" stands twice, one apart from where code points would look: each position alone is plausible.
    let text = "😀ababab fin";
    let one = |start: usize, exact: &str| {
        format!(
            "{{\"type\":\"Annotation\",\"body\":[{{\"value\":\"Citation\",\"purpose\":\"tagging\"}}],\"target\":{{\"source\":\
             \"https://example.org/a\",\"selector\":[{{\"type\":\"TextQuoteSelector\",\"exact\":\"{exact}\"}},\
             {{\"type\":\"TextPositionSelector\",\"start\":{start},\"end\":{}}}]}}}}",
            start + exact.len()
        )
    };
    let file = format!("[{},{},{}]", one(2, "a"), one(3, "b"), one(4, "a"));
    let (annotations, warnings) = import("w3c", &file, text).expect("a foreign file");
    let starts: Vec<_> = annotations.iter().map(|a| a.span().expect("placed").start()).collect();
    assert_eq!(starts, [4, 5, 6]);
    assert!(annotations.iter().all(|annotation| annotation.label == "quote"), "known by its name");
    assert_eq!(warnings, ["annotations[0]: expected positions in code points, found UTF-16 code units; read as such"]);
    let (_, warnings) = import("recogito", &file, text).expect("the unit of the format");
    assert_eq!(warnings, Vec::<String>::new());
}

#[test]
fn hypothesis_is_read_in_both_of_its_shapes() {
    let text = "Le groupe 😀 annonce un partenariat.";
    let rows = r#"{"total":1,"rows":[{"id":"abc","created":"2020-01-02T03:04:05.678901+00:00","updated":"2020-01-02T03:04:05.678901+00:00",
        "user":"acct:ada@hypothes.is","uri":"https://example.org/","text":"Vu","tags":["objective","autre"],
        "target":[{"source":"https://example.org/","selector":[{"type":"RangeSelector","startOffset":0,"endOffset":3},
        {"type":"TextPositionSelector","start":13,"end":20},{"type":"TextQuoteSelector","exact":"annonce","prefix":"😀 ","suffix":" un"}]}]}]}"#;
    let (annotations, warnings) = import("w3c", rows, text).expect("the answer of the service");
    let [one] = annotations.as_slice() else { panic!("one annotation") };
    assert_eq!((words(one, text), one.label.as_str(), one.note.as_str()), ("annonce", "objective", "Vu"));
    assert_eq!(
        (one.creator.as_str(), one.attributes.get("tags").expect("tags").as_str()),
        ("acct:ada@hypothes.is", "autre")
    );
    assert_eq!(one.provenance, Provenance::Imported("w3c".into()));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let jsonld = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"https://hypothes.is/a/x",
        "body":[{"type":"TextualBody","value":"Vu","format":"text/markdown"}],
        "target":[{"source":"https://example.org/","selector":[{"type":"TextQuoteSelector","exact":"annonce"}]}]}"#;
    let (annotations, _) = import("w3c", jsonld, text).expect("one annotation");
    assert_eq!(annotations[0].label, "highlighting");
    assert_eq!(annotations[0].id.as_str(), "https://hypothes.is/a/x");
}

#[test]
fn a_file_for_another_release_is_refused_with_both_titles() {
    let other = annotator_core::Release::new("autre", "Un autre titre", "fr", "", annotator_core::Text::new("Rien."));
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.read.is_some()) {
        let file = export_as(format.id, sample().document());
        let open = annotator_core::Session::new(other.clone(), LabelSet::default());
        let error = format.import(&file.bytes, open.document(), &stamp(0), true).expect_err(format.id);
        let message = error.message(UiLanguage::French);
        assert_eq!(error.code(), "invalid-file", "{}: {message}", format.id);
        assert!(message.contains("« Un autre titre »"), "{}: {message}", format.id);
        // An array of annotations and a standoff file have no place for a title: there the id stands for it.
        let named = if ["recogito", "brat"].contains(&format.id) { "« essai »" } else { "« Un titre <&\"> ; é »" };
        assert!(message.contains(named), "{}: {message}", format.id);
    }
}

#[test]
fn annotations_move_with_their_words_when_the_text_was_edited() {
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.read.is_some()) {
        let file = export_as(format.id, sample().document());
        let edited = super::documents::SAMPLE.replace("ont annoncé aujourd’hui", "ont annoncé 😀 ce jour");
        let mut open = session(&edited, LabelSet::default());
        let (import, warnings) = format.import(&file.bytes, open.document(), &stamp(7), true).expect(format.id);
        open.perform(annotator_core::Command::Import(import), &stamp(7)).expect("fits");
        let all = super::documents::annotations(&open);
        let placed: Vec<&str> = all.iter().filter(|a| a.span().is_some()).map(|a| words(a, &edited)).collect();
        assert_eq!(all.len(), sample().document().annotation_count(), "{}", format.id);
        assert_eq!(placed.len(), all.len() - 1, "{}: {warnings:?}", format.id);
        assert!(placed.contains(&"27 juin 2011") && placed.contains(&"visant à mener des projets"));
        assert!(warnings.iter().any(|w| w.message.contains("not in this text")), "{}: {warnings:?}", format.id);
    }
}

#[test]
fn cells_that_would_be_formulas_are_neutralised() {
    let file = export_as("csv", hard().document());
    let text = text_of(&file);
    assert!(text.starts_with('\u{feff}'));
    assert!(text.contains(";\"'=HYPERLINK(\"\"x\"\")\r\n\\n\";"), "{text}");
    assert!(text.contains(";\"'=Paris\";"), "{text}");
    let sentences = export_as("csv-sentences", hard().document());
    assert!(text_of(&sentences).contains("\"'=Paris, le 3 mai 2016"), "{}", text_of(&sentences));
    let head = text_of(&sentences).lines().next().expect("a head");
    assert_eq!(head.matches(';').count(), 8);
}

#[test]
fn the_report_holds_every_paragraph_to_the_character_and_no_script() {
    let document = hard();
    let file = export_as("html", document.document());
    let page = text_of(&file);
    for forbidden in ["<script", "style=\"", "javascript:", "http://", "https://", "<b>&amp;amp;</b>\u{0}"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let (_, rest) = page.split_once("<div class=\"text\" lang=\"fr\">").expect("the text");
    let (text, _) = rest.split_once("</div>").expect("the text's end");
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    for (from, to) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#13;", "\r"), ("&amp;", "&")] {
        plain = plain.replace(from, to);
    }
    for paragraph in document.document().segmentation().paragraphs() {
        let words = &HARD[paragraph.start()..paragraph.end()];
        assert!(plain.contains(words), "{words:?} in {plain:?}");
    }
    let orphan = on(HARD, "Paris", 0, "quote");
    assert!(page.contains("plus là") && !page.contains(orphan.id.as_str()));
}
