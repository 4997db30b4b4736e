//! What each format looks like from outside, and files that others make.

use annotator_core::format::{Export, Format, FormatError};
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
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.is_read) {
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
fn the_unit_is_that_of_the_whole_file_so_that_no_look_alike_shifts_by_one() {
    // An "a" stands at every position that either unit means; only the "b" tells them apart.
    let text = "😀aaab fin";
    let one = |start: usize, exact: &str| {
        format!(
            "{{\"type\":\"Annotation\",\"target\":{{\"selector\":[{{\"type\":\"TextQuoteSelector\",\"exact\":\"{exact}\"}},\
             {{\"type\":\"TextPositionSelector\",\"start\":{start},\"end\":{}}}]}}}}",
            start + 1
        )
    };
    let (annotations, _) = import("w3c", &format!("[{},{}]", one(2, "a"), one(5, "b")), text).expect("a file");
    let starts: Vec<_> = annotations.iter().map(|a| a.span().expect("placed").start()).collect();
    assert_eq!(starts, [4, 7]);
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
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.is_read) {
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
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.is_read) {
        let file = export_as(format.id, sample().document());
        let edited = super::documents::SAMPLE
            .replace("ont annoncé aujourd’hui", "ont annoncé 😀 hier")
            .replace("« Ce partenariat avec Ipsen s’inscrit", "« Ce nouveau partenariat avec Ipsen s’inscrit bien")
            .replace(", porte sur une durée de 3 ans", "");
        let mut open = session(&edited, LabelSet::default());
        let (import, warnings) = format.import(&file.bytes, open.document(), &stamp(7), true).expect(format.id);
        open.perform(annotator_core::Command::Import(import), &stamp(7)).expect("fits");
        let all = super::documents::annotations(&open);
        let placed: Vec<&str> = all.iter().filter(|a| a.span().is_some()).map(|a| words(a, &edited)).collect();
        assert_eq!(all.len(), sample().document().annotation_count(), "{}", format.id);
        // The very words follow; a changed quote too, with a warning; what is gone stays without a place.
        for kept in ["27 juin 2011", "visant à mener des projets", "d’Ipsen. « Notre objectif commun"] {
            assert!(placed.contains(&kept), "{}: {kept} in {placed:?}", format.id);
        }
        assert!(
            placed.iter().any(|words| words.contains("Ce nouveau partenariat avec Ipsen")),
            "{}: {placed:?}",
            format.id
        );
        assert!(!placed.contains(&"3 ans"), "{}", format.id);
        for said in ["words have changed", "not in this text"] {
            assert!(warnings.iter().any(|w| w.message.contains(said)), "{}: {said}: {warnings:?}", format.id);
        }
    }
}

#[test]
fn what_has_no_place_in_this_text_stays_without_one() {
    // The words stand here, once: but the file was written about this very text, and says that they do not.
    let text = "Une phrase. Une autre.";
    let mut orphan = on(text, "phrase", 0, "quote");
    orphan.target = Target::Orphan(annotator_core::Quote { exact: "phrase".into(), ..Default::default() });
    let written = super::documents::filled(text, LabelSet::default(), vec![orphan]);
    for id in ["json", "w3c"] {
        let file = export_as(id, written.document());
        let (read, warnings) = super::documents::reread(id, &file.bytes, text, LabelSet::default());
        assert_eq!(super::documents::annotations(&read), super::documents::annotations(&written), "{id}");
        assert_eq!(warnings, vec![]);
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

#[test]
fn label_studio_exports_of_its_own_are_read() {
    let text = "😀 Ada Lovelace parle.\r\nFin.";
    // One annotator, a region with two labels, its note, a text and a choice of their own, a relation, a cancelled
    // annotation, a prediction, and a region whose words say that it counts UTF-16 code units.
    let tasks = r#"[{"id": 7, "data": {"text": "😀 Ada Lovelace parle.\r\nFin."}, "annotations": [
        {"id": 1, "completed_by": {"email": "ada@x.fr"}, "created_at": "2024-05-06T07:08:09.123456Z", "result": [
          {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
           "value": {"start": 2, "end": 14, "text": "Ada Lovelace", "labels": ["Citation", "PER"]}, "meta": {"text": ["vu", "bien"]}},
          {"id": "r1", "from_name": "role", "to_name": "text", "type": "textarea", "value": {"start": 2, "end": 14, "text": ["comtesse"]}},
          {"id": "r1", "from_name": "kind", "to_name": "text", "type": "choices", "value": {"choices": ["a", "b"]}},
          {"from_id": "r1", "to_id": "r1", "type": "relation", "direction": "right"},
          {"id": "r2", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 23, "end": 26, "text": "Fin", "labels": ["objective"]}}]},
        {"id": 2, "was_cancelled": true, "result": [{"type": "labels", "value": {"start": 0, "end": 1, "labels": ["x"]}}]}],
        "predictions": [{"result": []}]},
        {"id": 8, "data": {"text": "Un tout autre texte."}, "annotations": []}]"#;
    let (annotations, warnings) = import("label-studio", tasks, text).expect("tasks");
    let found: Vec<_> = annotations.iter().map(|a| (a.label.as_str(), words(a, text), a.id.as_str())).collect();
    assert_eq!(found[0], ("quote", "Ada Lovelace", "r1"));
    assert_eq!((found[1].0, found[1].1), ("PER", "Ada Lovelace"));
    assert_eq!(found[2], ("objective", "Fin", "r2"));
    assert_eq!(annotations[0].note, "vu\nbien");
    assert_eq!(annotations[0].attributes.get("role").map(String::as_str), Some("comtesse"));
    assert_eq!(annotations[0].attributes.get("kind").map(String::as_str), Some("a, b"));
    assert_eq!(annotations[0].creator, "ada@x.fr");
    assert_eq!(annotations[0].created.to_string(), "2024-05-06T07:08:09.123Z");
    for said in ["predictions", "tasks[1]: about another text", "annotations[0][3]: expected a region", "label \"PER\""]
    {
        assert!(warnings.iter().any(|warning| warning.contains(said)), "{said}: {warnings:?}");
    }

    let short = r#"[{"id": 7, "text": "😀 Ada Lovelace parle.\r\nFin.", "annotator": 1, "label": [
        {"start": 3, "end": 15, "text": "Ada Lovelace", "labels": ["quote"]}]}]"#;
    let (annotations, warnings) = import("label-studio", short, text).expect("the short form");
    assert_eq!(words(&annotations[0], text), "Ada Lovelace");
    assert!(warnings[0].contains("found UTF-16 code units"), "{warnings:?}");
    assert_eq!(Format::detect(short.as_bytes()).map(|format| format.id), Some("label-studio"));
}

#[test]
fn a_file_that_is_not_utf8_is_refused_with_the_byte() {
    let open = session("été", LabelSet::default());
    for format in annotator_core::format::FORMATS.iter().filter(|format| format.is_read) {
        let error = format.import(b"\xef\xbb\xbf{ \xe9", open.document(), &stamp(0), false).expect_err("Latin-1");
        assert!(error.message(UiLanguage::English).contains("expected UTF-8, found 0xE9 (byte 5)"), "{error}");
    }
}

#[test]
fn the_text_of_a_label_studio_task_may_have_another_name() {
    let text = "Ada parle.";
    let task = r#"{"data":{"ref":"a/b","content":"Ada parle."},"annotations":[{"result":[{"type":"labels","value":
        {"start":0,"end":3,"labels":["quote"]}}]}]}"#;
    let (annotations, _) = import("label-studio", task, text).expect("one task");
    assert_eq!(words(&annotations[0], text), "Ada");
}

#[test]
fn doccano_exports_of_its_own_are_read() {
    let text = "Ada 😀 parle.\r\nElle rit.\r\n";
    let file = concat!(
        r#"{"id":1,"text":"Ada 😀 parle.\nElle rit.\n","label":[[0,3,"quote"],[13,17,"Objectif"]],"Comments":["vu"]}"#,
        "\n\n{\"id\":2,\"text\":\"Autre chose.\",\"label\":[]}\nrien\n",
    );
    let (annotations, warnings) = import("doccano", file, text).expect("lines");
    let found: Vec<_> = annotations.iter().map(|a| (a.label.as_str(), words(a, text))).collect();
    assert_eq!(found, [("quote", "Ada"), ("objective", "Elle")]);
    assert_eq!(
        warnings,
        [
            "line 4: expected JSON; left out",
            "line 1, Comments: has no place here; left out",
            "line 3: about another text; left out",
        ]
    );
    let file = r#"{"id":1,"text":"Ada 😀 parle.\nElle rit.\n","relations":[{"id":0}],
        "entities":[{"id":3,"label":"quote","start_offset":4,"end_offset":5},{"id":4,"label":"quote","start_offset":null}]}"#;
    let (annotations, warnings) = import("doccano", &file.replace("\n        ", ""), text).expect("entities");
    assert_eq!(words(&annotations[0], text), "😀");
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    let error = import("doccano", "rien\nde rien", text).expect_err("no JSON at all");
    assert!(matches!(error, FormatError::InvalidJson { line: 1, .. }), "{error}");
}

#[test]
fn brat_files_of_others_are_read() {
    let text = "Ada 😀 parle\r\nà Lyon, et Ada rit.";
    let file = "T1\tPER 0 3\tAda\r\nT2\tquote 6 11;12 18\tparle à Lyon\nT3\tquote 0 3;23 26\tAda Ada\nA1\tSure T1\n\
                A2\tmode T2 à moitié\n#1\tAnnotatorNotes T1\tC:\\dossier \\\\ fin\n#2\tAnnotatorNotes T1\tdeux\n\
                R1\tsays Arg1:T1 Arg2:T2\nT4\tPER x 3\tAda\n*\tEquiv T1 T3\n";
    let (annotations, warnings) = import("brat", file, text).expect("standoff");
    let found: Vec<_> = annotations.iter().map(|a| (a.label.as_str(), words(a, text))).collect();
    assert_eq!(found, [("PER", "Ada"), ("quote", "parle\r\nà Lyon"), ("quote", "Ada 😀 parle\r\nà Lyon, et Ada")]);
    assert_eq!(annotations[0].note, "C:\\dossier \\ fin\ndeux");
    assert_eq!(annotations[0].attributes.get("Sure").map(String::as_str), Some(""));
    assert_eq!(annotations[1].attributes.get("mode").map(String::as_str), Some("à moitié"));
    for said in ["line 3: words between", "line 8: no text-bound", "line 9: expected label", "line 10: no text-bound"] {
        assert!(warnings.iter().any(|warning| warning.starts_with(said)), "{said}: {warnings:?}");
    }
    let error = import("brat", "T1\tPER 0 3\tBob\n", text).expect_err("no word stands here");
    assert!(matches!(error, FormatError::OtherRelease { .. }), "{error}");
    let error = import("brat", "rien", text).expect_err("no standoff");
    assert!(matches!(error, FormatError::InvalidFile { .. }), "{error}");
}

#[test]
fn a_compressed_archive_is_refused_with_a_way_out() {
    let mut archive = export_as("brat", sample().document()).bytes;
    archive[8] = 8;
    let open = sample();
    let format = Format::detect(&archive).expect("an archive");
    let error = format.import(&archive, open.document(), &stamp(0), false).expect_err("compressed");
    assert!(error.message(UiLanguage::English).contains("unpack the archive and open its .ann file"), "{error}");
}

#[test]
fn what_the_document_has_already_keeps_all_it_had() {
    // doccano and brat know no ids: their file, brought back to the document it came from, changes nothing.
    for id in ["doccano", "brat"] {
        let mut open = sample();
        let before = super::documents::annotations(&open);
        let file = export_as(id, open.document());
        for replace in [false, true] {
            let format = Format::find(id).expect("a format");
            let (import, warnings) = format.import(&file.bytes, open.document(), &stamp(9), replace).expect(id);
            open.perform(annotator_core::Command::Import(import), &stamp(9)).expect("fits");
            assert_eq!((super::documents::annotations(&open), warnings), (before.clone(), vec![]), "{id}");
        }
    }
}

#[test]
fn two_annotations_with_one_id_both_stay() {
    let text = "Une phrase. Une autre.";
    let one = |start: usize| {
        format!(
            "{{\"id\":\"urn:uuid:0190a000-0000-7000-8000-000000000000\",\"type\":\"Annotation\",\"target\":{{\"selector\":\
             {{\"type\":\"TextPositionSelector\",\"start\":{start},\"end\":{}}}}}}}",
            start + 3
        )
    };
    let (annotations, warnings) = import("w3c", &format!("[{},{}]", one(0), one(12)), text).expect("two");
    assert_eq!(annotations.iter().map(|a| words(a, text)).collect::<Vec<_>>(), ["Une", "Une"]);
    assert_ne!(annotations[0].id, annotations[1].id);
    assert!(warnings.iter().any(|warning| warning.contains("occurs twice")), "{warnings:?}");
}

#[test]
fn what_does_not_go_into_a_format_is_said() {
    let said = |id: &str| -> Vec<String> {
        export_as(id, hard().document()).warnings.iter().map(|warning| warning.message.clone()).collect()
    };
    for id in ["recogito", "label-studio", "doccano", "brat", "spacy", "conll", "cas", "tei"] {
        assert!(said(id).iter().any(|message| message.starts_with("without a place")), "{id}");
    }
    for id in ["doccano", "brat"] {
        assert!(said(id).iter().any(|message| message.contains("written as LF")), "{id}");
    }
    assert!(said("doccano").iter().any(|message| message.starts_with("overlaps")));
    assert!(said("conll").iter().any(|message| message.starts_with("labels overlap")));
    assert_eq!(said("json"), Vec::<String>::new());
}

#[test]
fn conll_has_one_column_unless_labels_overlap() {
    let text = "Ada parle. Bob rit fort.";
    let annotations = vec![on(text, "Ada parle", 0, "quote"), on(text, "Bob", 0, "quote"), on(text, "rit", 0, "quote")];
    let session = super::documents::filled(text, LabelSet::default(), annotations);
    let file = export_as("conll", session.document());
    assert_eq!(
        text_of(&file),
        "-DOCSTART- -X- -X- O\n\nAda -X- _ B-quote\nparle -X- _ I-quote\n. -X- _ O\n\n\
         Bob -X- _ B-quote\nrit -X- _ B-quote\nfort -X- _ O\n. -X- _ O\n\n"
    );
    assert_eq!(file.warnings, vec![]);
}

#[test]
fn an_empty_release_and_one_without_annotations_are_written_in_every_format() {
    for text in ["", "\r\n \u{a0}", "Une phrase."] {
        let session = session(text, LabelSet::default());
        for format in annotator_core::format::FORMATS {
            let file = export_as(format.id, session.document());
            assert!(!file.bytes.is_empty() && !file.name.is_empty(), "{}", format.id);
            if format.is_read && !text.trim().is_empty() {
                let (_, warnings) = super::documents::reread(format.id, &file.bytes, text, LabelSet::default());
                assert_eq!(warnings, vec![], "{}", format.id);
            }
        }
    }
}

#[test]
fn proposals_are_predictions_in_label_studio_and_nowhere_else() {
    let session = sample();
    let document = session.document();
    let proposals = super::documents::proposals(document);
    let stamp = stamp(99);
    for format in annotator_core::format::FORMATS {
        let export = Export { document, stamp: &stamp, language: UiLanguage::French, proposals: &proposals };
        let with = format.export(&export).expect("consistent").bytes;
        let without = export_as(format.id, document).bytes;
        assert_eq!(with != without, format.id == "label-studio", "{}", format.id);
        if format.id == "label-studio" {
            let tasks: Value = serde_json::from_slice(&with).expect("JSON");
            let region = &tasks[0]["predictions"][0]["result"][0];
            let words = document.text().slice(proposals[0].span);
            assert_eq!(region["value"]["text"].as_str(), words);
            assert_eq!(region["value"]["labels"][0], "objective");
            assert_eq!(region["meta"]["rule"], "objective.visant-a");
        }
    }
}

#[test]
fn the_report_has_quotes_by_speaker_and_dates_in_order() {
    let text = "Le 3 mai, le 2 mai, 3 ans. « B », dit Zoé. « A », dit Ada.";
    let with = |words: &str, label: &str, name: &str, value: &str| {
        let mut annotation = on(text, words, 0, label);
        annotation.attributes.insert(name.into(), value.into());
        annotation
    };
    let annotations = vec![
        with("3 ans", "dates", "value", "P3Y"),
        with("3 mai", "dates", "value", "2016-05-03"),
        with("2 mai", "dates", "value", "2016-05-02"),
        with("« B »", "quote", "speaker", "Zoé"),
        with("« A »", "quote", "speaker", "Ada"),
    ];
    let session = super::documents::filled(text, LabelSet::default(), annotations);
    let file = export_as("html", session.document());
    let (_, tables) = text_of(&file).split_once("</div>").expect("the text's end");
    let at = |words: &str| tables.find(&format!("<td>{words}</td>")).unwrap_or_else(|| panic!("{words} in {tables}"));
    assert!(at("« A »") < at("« B »") && at("2 mai") < at("3 mai") && at("3 mai") < at("3 ans"));
}

#[test]
fn every_format_is_written_and_read_by_its_own_code() {
    let document = hard();
    let mut seen: Vec<(&str, Vec<u8>)> = Vec::new();
    for format in annotator_core::format::FORMATS {
        let file = export_as(format.id, document.document());
        assert!(file.name.starts_with("essai") && file.name.ends_with(format.suffix));
        assert!(seen.iter().all(|(_, bytes)| *bytes != file.bytes), "{} is like another", format.id);
        seen.push((format.id, file.bytes));
        let read = format.import(b"", document.document(), &stamp(0), false);
        let not_read = matches!(read, Err(FormatError::NotRead(id)) if id == format.id);
        assert_eq!(not_read, !format.is_read, "{}", format.id);
        for language in [UiLanguage::French, UiLanguage::English] {
            assert!(!format.purpose(language).is_empty() && !format.name(language).is_empty());
        }
    }
}

#[test]
fn the_menu_lists_every_format_in_its_order_and_language() {
    for language in [UiLanguage::French, UiLanguage::English] {
        let menu: Value = serde_json::from_str(&annotator_core::format::formats(language).to_string()).expect("JSON");
        let menu = menu.as_array().expect("a list");
        assert_eq!(menu.len(), annotator_core::format::FORMATS.len());
        for (entry, format) in menu.iter().zip(annotator_core::format::FORMATS) {
            let texts = ["id", "name", "purpose", "suffix", "mediaType"].map(|key| entry[key].as_str().expect(key));
            let expected =
                [format.id, format.name(language), format.purpose(language), format.suffix, format.media_type];
            assert_eq!((texts, entry["isRead"].as_bool()), (expected, Some(format.is_read)));
        }
    }
}
