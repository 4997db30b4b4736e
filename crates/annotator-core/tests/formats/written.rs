//! What leaves and does not come back, over documents made at random: whatever overlaps, the files are well-formed and
//! hold the same words under the same labels.

use annotator_core::Session;
use proptest::prelude::*;
use roxmltree::{Document as Xml, Node};
use serde_json::Value;

use super::documents::{a_document, export_as, text_of};

/// Label and words of every annotation with a place.
fn labelled(session: &Session) -> Vec<(String, String)> {
    let text = session.document().text();
    let placed = session.document().annotations().filter_map(|a| Some((a.label.clone(), a.span()?)));
    let mut found: Vec<_> = placed.map(|(label, span)| (label, text.slice(span).expect("fits").to_owned())).collect();
    found.sort();
    found
}

fn json(session: &Session, format: &str) -> Value {
    serde_json::from_str(text_of(&export_as(format, session.document()))).expect("JSON")
}

fn at(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().expect("a position")).expect("fits")
}

/// Without blanks and what XML cannot hold: what is between paragraphs is not kept.
fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && *c != '\u{fffd}' && !c.is_control()).collect()
}

/// The words between two anchors.
fn between(body: Node<'_, '_>, from: &str, to: &str) -> String {
    let id = |node: &Node<'_, '_>| node.attribute(("http://www.w3.org/XML/1998/namespace", "id")).map(str::to_owned);
    let inside = body.descendants().skip_while(|node| id(node).as_deref() != Some(from));
    inside
        .take_while(|node| id(node).as_deref() != Some(to))
        .filter_map(|node| node.text().filter(|_| node.is_text()))
        .collect()
}

/// The cells of a table as RFC 4180 says.
fn rows(table: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut()).expect("never empty");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            c if c == separator && !quoted => rows.last_mut().expect("never empty").push(String::new()),
            '\r' if !quoted && chars.next_if_eq(&'\n').is_some() => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line is ended");
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn tei_is_well_formed_and_holds_the_words_under_their_labels((text, session) in a_document()) {
        let file = export_as("tei", session.document());
        let xml = Xml::parse(text_of(&file)).map_err(|error| TestCaseError::fail(format!("{error}: {}", text_of(&file))))?;
        let named = |name: &'static str| xml.descendants().filter(move |node| node.has_tag_name(name));
        let body = named("body").next().expect("a body");
        let label = |node: Node<'_, '_>| {
            let n: usize = node.attribute("ana").and_then(|ana| ana.strip_prefix("#label.")).expect("a label").parse().expect("a number");
            session.document().labels().iter().nth(n - 1).expect("in the set").id.clone()
        };
        let inner = |node: Node<'_, '_>| node.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect::<String>();
        let mut found: Vec<(String, String)> = Vec::new();
        for node in body.descendants().filter(|node| ["q", "date", "seg"].contains(&node.tag_name().name())) {
            found.push((label(node), bare(&inner(node))));
        }
        for node in named("span") {
            let end = |name| &node.attribute(name).expect("an anchor")[1..];
            found.push((label(node), bare(&between(body, end("from"), end("to")))));
        }
        found.sort();
        let mut expected: Vec<_> = labelled(&session).into_iter().map(|(label, words)| (label, bare(&words))).collect();
        expected.sort();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(bare(&inner(body)), bare(&text));
    }

    #[test]
    fn the_labelling_configuration_names_every_label((_, session) in a_document()) {
        let file = export_as("label-studio-config", session.document());
        let xml = Xml::parse(text_of(&file)).expect("well-formed");
        let found: Vec<_> = xml.descendants().filter_map(|node| node.attribute("value").filter(|_| node.has_tag_name("Label"))).collect();
        let expected: Vec<_> = session.document().labels().iter().map(|label| label.id.as_str()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_entities_of_the_cas_are_the_annotations((text, session) in a_document()) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let cas = json(&session, "cas");
        let structures = cas["%FEATURE_STRUCTURES"].as_array().expect("structures");
        prop_assert_eq!(&cas["%VIEWS"]["_InitialView"]["%MEMBERS"].as_array().expect("members").len(), &(structures.len() - 1));
        let entities = structures.iter().filter(|one| one["value"].is_string());
        let mut found: Vec<_> = entities
            .map(|one| (one["value"].as_str().expect("checked").to_owned(), String::from_utf16(&units[at(one, "begin")..at(one, "end")]).expect("whole")))
            .collect();
        found.sort();
        prop_assert_eq!(found, labelled(&session));
    }

    #[test]
    fn tokens_and_their_blanks_give_the_text((text, session) in a_document()) {
        let chars: Vec<char> = text.chars().collect();
        let task = json(&session, "spacy");
        let tokens = task["tokens"].as_array().expect("tokens");
        let mut joined = String::new();
        for (index, token) in tokens.iter().enumerate() {
            let words = token["text"].as_str().expect("words");
            prop_assert_eq!(chars[at(token, "start")..at(token, "end")].iter().collect::<String>(), words);
            prop_assert_eq!(at(token, "id"), index);
            joined.push_str(words);
            joined.push_str(if token["ws"] == true { " " } else { "" });
        }
        prop_assert_eq!(joined, text);
        let mut found = Vec::new();
        for span in task["spans"].as_array().expect("spans") {
            let words: String = chars[at(span, "start")..at(span, "end")].iter().collect();
            if !span["token_start"].is_null() {
                prop_assert_eq!(at(&tokens[at(span, "token_start")], "start"), at(span, "start"));
                prop_assert_eq!(at(&tokens[at(span, "token_end")], "end"), at(span, "end"));
            }
            found.push((span["label"].as_str().expect("a label").to_owned(), words));
        }
        found.sort();
        let mut expected: Vec<_> = labelled(&session).into_iter().map(|(label, words)| (label, words.trim().to_owned())).collect();
        expected.sort();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn conll_is_iob2_over_all_words((text, session) in a_document()) {
        let file = export_as("conll", session.document());
        let mut words = String::new();
        let mut width = None;
        let mut before: Vec<String> = Vec::new();
        for line in text_of(&file).split('\n').skip(1) {
            let cells: Vec<&str> = line.split(' ').collect();
            if line.is_empty() {
                before.clear();
                continue;
            }
            prop_assert_eq!(*width.get_or_insert(cells.len()), cells.len(), "{}", line);
            words.push_str(cells[0]);
            before.resize(cells.len(), "O".to_owned());
            for (tag, before) in cells[3..].iter().zip(&mut before) {
                if let Some(label) = tag.strip_prefix("I-") {
                    prop_assert!(before.len() > 1 && &before[2..] == label, "{before} before {tag}");
                } else {
                    prop_assert!(*tag == "O" || tag.starts_with("B-"), "{}", tag);
                }
                before.clear();
                before.push_str(tag);
            }
        }
        let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(words, all);
    }

    #[test]
    fn tables_are_rectangular_and_hold_no_formula((_, session) in a_document()) {
        for format in ["csv", "csv-sentences"] {
            let file = export_as(format, session.document());
            let table = text_of(&file).strip_prefix('\u{feff}').expect("a byte order mark");
            let rows = rows(table, ';');
            prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{:?}", rows);
            prop_assert!(!rows.iter().flatten().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
            let records = if format == "csv" { session.document().annotation_count() } else { session.document().sentences().len() };
            prop_assert_eq!(rows.len() - 1, records);
        }
    }
}
