//! What is given arbitrary bytes: by `cargo fuzz` (the crate in this folder) and, bounded, by
//! `crates/annotator-core/tests/fuzz.rs`. Each function panics where a promise is broken.

use annotator_core::decode::{self, Encoding};
use annotator_core::format::{FORMATS, convert_in, json};
use annotator_core::record::{Record, Shelf};
use annotator_core::{
    Annotation, Command, Document, LabelSet, Language, Release, Session, Stamp, Text, Timestamp, html, segment,
};

/// A target: a name and what it does with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const ALL: [Target; 6] = [
    ("json", json_import),
    ("formats", formats_import),
    ("record", record),
    ("html", html_to_text),
    ("segment", segmentation),
    ("decode", decoding),
];

/// The text of the document into which files are read.
pub const TEXT: &str =
    "Un titre\n\nLa première phrase 😀 est là. « Nous avançons. Tout est prêt », dit Ada. Le 3 mai 2011.";

/// A moment without randomness.
pub fn stamp() -> Stamp {
    Stamp { now: Timestamp::from_millis(1_309_253_400_000), seed: [7; 10], creator: "a.martin".into() }
}

/// A document with three annotations.
pub fn open() -> Session {
    let mut session = Session::new(Release::new("essai", "", "fr", "", Text::new(TEXT)), LabelSet::default());
    for (sentence, label) in ["objective", "quote", "dates"].iter().enumerate() {
        let command = Command::ToggleLabel { first: sentence, last: sentence, label: (*label).to_owned() };
        let stamp = Stamp { seed: [sentence as u8; 10], ..stamp() };
        session.perform(command, &stamp).expect("the text has four sentences");
    }
    session
}

fn all(document: &Document) -> Vec<Annotation> {
    document.annotations().map(|annotation| Annotation::clone(annotation)).collect()
}

/// A file is refused, or imported in one step that can be undone, and the document is then one that can be written and
/// read again.
pub fn json_import(bytes: &[u8]) {
    let content = String::from_utf8_lossy(bytes);
    for replace in [false, true] {
        let mut session = open();
        let before = all(session.document());
        let Ok((import, _)) = json::read(&content, session.document(), &stamp(), replace) else { continue };
        if session.perform(Command::Import(import), &stamp()).is_err() {
            assert_eq!(all(session.document()), before, "refused, and changed");
            continue;
        }
        let after = all(session.document());
        let file = json::write(session.document(), &stamp()).expect("a document that can be written");
        let mut again = open();
        let (import, _) = json::read(&file, again.document(), &stamp(), true).expect("our own file");
        again.perform(Command::Import(import), &stamp()).expect("our own file");
        assert_eq!(all(again.document()), after);
        if after != before {
            session.perform(Command::Undo, &stamp()).expect("there is a step");
            assert_eq!(all(session.document()), before, "not one step");
        }
    }
}

/// The same bytes as every format that is read, and as what they look like. What comes out is our own file.
pub fn formats_import(bytes: &[u8]) {
    let session = open();
    let file = json::write(session.document(), &stamp()).expect("a document that can be written");
    for format in FORMATS.iter().filter(|format| format.is_read).map(|format| Some(format.id)).chain([None]) {
        if let Ok(ours) = convert_in(&file, bytes, format) {
            json::read(&ours, session.document(), &stamp(), true).expect("our own file");
        }
    }
}

/// A key and a value, parted by the first line end: whatever is read is written and read the same.
pub fn record(bytes: &[u8]) {
    let shelf = Shelf::new("essai");
    let text = String::from_utf8_lossy(bytes);
    let (name, value) = text.split_once('\n').unwrap_or((&text, ""));
    let key = format!("{}{name}", shelf.prefix());
    let _ = (shelf.version_of(&text), shelf.holds(&text), shelf.aside_key(&text), shelf.read_text(value));
    if let Ok(former) = shelf.read_former(value) {
        let (_, value) = shelf.write_former(&former);
        assert_eq!(shelf.read_former(&value), Ok(former));
    }
    match shelf.read(&key, value) {
        Ok(Record::Annotation(annotation)) => {
            let (key, value) = shelf.write_annotation(&annotation);
            assert_eq!(shelf.read(&key, &value), Ok(Record::Annotation(annotation)));
        }
        Ok(Record::Boundary(at, correction)) => {
            let (key, value) = shelf.write_boundary(at, correction);
            assert_eq!(shelf.read(&key, &value), Ok(Record::Boundary(at, correction)));
        }
        Ok(Record::Release(release)) => {
            let (key, value) = shelf.write_release(&release);
            assert_eq!(shelf.read(&key, &value), Ok(Record::Release(release)));
        }
        Ok(Record::Dismissal(suggestion)) => {
            let (key, value) = shelf.write_dismissal(&suggestion);
            assert_eq!(shelf.read(&key, &value), Ok(Record::Dismissal(suggestion)));
        }
        Ok(Record::Labels(labels, _)) => {
            let (key, value) = shelf.write_labels(&labels, &labels);
            let ids = labels.iter().map(|label| label.id.clone()).collect();
            assert_eq!(shelf.read(&key, &value), Ok(Record::Labels(labels, ids)));
        }
        Ok(Record::Review(review)) => {
            let (key, value) = shelf.write_review(&review);
            assert_eq!(shelf.read(&key, &value), Ok(Record::Review(review)));
        }
        Err(_) => {}
    }
}

/// A page gives a text without a null character, however it is broken.
pub fn html_to_text(bytes: &[u8]) {
    let _ = html::declared_charset(bytes);
    let page = String::from_utf8_lossy(bytes);
    let _ = html::is_html(&page);
    let text = html::article_text(&page);
    assert!(text.len() <= page.len() * 4 + 16, "{} bytes out of {}", text.len(), page.len());
}

/// Sentences are in order, not empty, without blanks at their ends but for one that bears a mark and so is none, and between
/// them there are only blanks.
pub fn segmentation(bytes: &[u8]) {
    let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
    for language in ["fr", "en", "de"] {
        let mut end = 0;
        for span in segment::sentences(&text, Language::from_tag(language)) {
            let between = text.get(end..span.start()).expect("in order");
            assert!(between.trim().is_empty(), "{between:?} lies in no sentence");
            let words = text.slice(span).expect("on character boundaries");
            let first = words.chars().next().expect("not empty");
            let marked = segment::next_grapheme(words, 0) > first.len_utf8();
            assert!(words.trim_end() == words && (marked || !first.is_whitespace()), "{words:?}");
            end = span.end();
        }
        assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()));
    }
}

/// Any bytes are a text in any encoding, and what is not UTF-8 is not taken for it.
pub fn decoding(bytes: &[u8]) {
    for label in [None, Some("utf-8"), Some("utf-16"), Some("latin1"), Some("x-strange")] {
        let found = decode::decode(bytes, label);
        assert!(found.text.matches(char::REPLACEMENT_CHARACTER).count() >= found.replaced);
        if found.encoding == Encoding::Utf8 && found.replaced == 0 {
            assert!(bytes.ends_with(found.text.as_bytes()));
        }
    }
}
