//! What becomes of stored records when the text under them has changed: nothing is lost, nothing is guessed.

use std::collections::BTreeMap;

use annotator_core::carry::carry;
use annotator_core::record::{AWAY, Corrupt, Record, ReleaseRecord, Shelf};
use annotator_core::restore::writes;
use annotator_core::{Annotation, Command, LabelSet, Quote, Release, Session, Stamp, Target, Text, Timestamp, Unit};

const OLD: &str =
    "Un titre\n\nLa première phrase est là. Le chiffre est 12 millions. La troisième part. Elle sort. Fin du texte.";
const NEW: &str =
    "Un titre\n\nUne de plus. La première phrase est là. Le chiffre est 14 millions. Elle sort. Fin du texte.";

fn stamp(n: u8) -> Stamp {
    Stamp { now: Timestamp::from_millis(1_309_253_400_000), seed: [n; 10], creator: String::new() }
}

fn release(text: &str) -> Release {
    Release::new("essai", "", "fr", "", Text::new(text))
}

/// The records of [`OLD`] with every sentence labelled, two of them joined.
fn records(shelf: &Shelf) -> BTreeMap<String, String> {
    let mut session = Session::new(release(OLD), LabelSet::default());
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    all.extend([shelf.write_release(&ReleaseRecord::of(&release(OLD))), shelf.keep_text(OLD)]);
    let labels = (0..6).map(|at| Command::ToggleLabel { first: at, last: at, label: "quote".into() });
    for (n, command) in labels.chain([Command::MergeSentence(4)]).enumerate() {
        let transaction = session.perform(command, &stamp(n as u8)).expect("there are six sentences");
        for (key, value) in writes(shelf, &transaction, None) {
            match value {
                Some(value) => _ = all.insert(key, value),
                None => _ = all.remove(&key),
            }
        }
    }
    all
}

fn carried(shelf: &Shelf, all: &BTreeMap<String, String>, texts: &[&str], new: &str) -> Vec<(String, Option<String>)> {
    let records = all.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let at = Timestamp::from_millis(1_309_253_500_000);
    carry(shelf, records, &texts, release(new), at).expect("there is a release")
}

fn after(all: &BTreeMap<String, String>, writes: Vec<(String, Option<String>)>) -> BTreeMap<String, String> {
    let mut all = all.clone();
    for (key, value) in writes {
        match value {
            Some(value) => _ = all.insert(key, value),
            None => _ = all.remove(&key),
        }
    }
    all
}

fn annotations(shelf: &Shelf, all: &BTreeMap<String, String>) -> Vec<Annotation> {
    let read = |(key, value): (&String, &String)| match shelf.read(key, value) {
        Ok(Record::Annotation(annotation)) => Some(annotation),
        _ => None,
    };
    all.iter().filter_map(read).collect()
}

/// The words of each annotation, and whether it has a place in the text.
fn words(shelf: &Shelf, all: &BTreeMap<String, String>, text: &str) -> Vec<(String, bool)> {
    let said = |annotation: &Annotation| match &annotation.target {
        Target::Span(span) => (text[span.start()..span.end()].to_owned(), true),
        Target::Orphan(Quote { exact, .. }) => (exact.clone(), false),
    };
    let mut all: Vec<_> = annotations(shelf, all).iter().map(said).collect();
    all.sort();
    all
}

#[test]
fn every_annotation_keeps_its_words_and_has_a_place_only_where_that_is_certain() {
    let shelf = Shelf::new("essai");
    let all = records(&shelf);
    let moved = after(&all, carried(&shelf, &all, &["", OLD], NEW));
    let found = words(&shelf, &moved, NEW);
    assert_eq!(found.len(), annotations(&shelf, &all).len());
    let of = |words: &str| found.iter().find(|(known, _)| known == words).map(|(_, placed)| *placed);
    assert_eq!(of("La première phrase est là."), Some(true));
    assert_eq!(of("Le chiffre est 12 millions."), Some(false), "changed words are for a person to confirm: {found:?}");
    assert_eq!(of("Un titre"), Some(true));
    // The same text again is as it was, what had become an orphan included.
    let back = after(&moved, carried(&shelf, &moved, &[NEW], OLD));
    assert_eq!(words(&shelf, &back, OLD), words(&shelf, &all, OLD));
}

#[test]
fn the_first_write_says_what_was_there_and_the_last_is_the_release() {
    let shelf = Shelf::new("essai");
    let all = records(&shelf);
    let writes = carried(&shelf, &all, &[OLD], NEW);
    assert_eq!(writes[0].0, shelf.former_key());
    assert_eq!(writes.last().map(|write| write.0.as_str()), Some(shelf.release_key().as_str()));
    let former = shelf.read_former(writes[0].1.as_deref().expect("a value")).expect("whole");
    for annotation in annotations(&shelf, &all) {
        let before = former.spans.iter().find(|(id, _)| *id == annotation.id).map(|(_, span)| *span);
        assert_eq!(before, annotation.span());
    }
    let value: Vec<char> = writes[0].1.as_deref().expect("a value").chars().collect();
    let cut = |end: usize| shelf.read_former(&value[..end].iter().collect::<String>());
    assert!((0..value.len()).all(|end| cut(end).is_err()), "cut anywhere it is not taken for whole");
    assert_eq!(Shelf::moment_of(writes[0].1.as_deref().expect("a value")), Some(former.at));
    let moved = after(&all, writes);
    assert_eq!(moved[&shelf.former_text_key()], [AWAY, OLD].concat());
    let kept = |kind: &str| moved.keys().filter(|key| key.starts_with(&[shelf.prefix(), kind].concat())).count();
    assert_eq!((kept("b"), kept("d"), kept("v")), (0, 0, 0), "places in the old text go");
    let Ok(Record::Release(known)) = shelf.read(&shelf.release_key(), &moved[&shelf.release_key()]) else { panic!() };
    assert!(known.fits(&release(NEW)));
}

#[test]
fn what_is_no_whole_sentence_any_more_is_a_stretch() {
    let shelf = Shelf::new("essai");
    let all = records(&shelf);
    // The joined sentences are two again: the annotation covers both and stays one of sentences.
    let moved = after(&all, carried(&shelf, &all, &[OLD], NEW));
    let joined = annotations(&shelf, &moved)
        .into_iter()
        .find(|it| it.span().is_some_and(|span| NEW[span.start()..span.end()].starts_with("Elle sort. Fin")));
    assert_eq!(joined.map(|it| it.unit), Some(Unit::Sentence));
    let merged = NEW.replace("là. Le chiffre", "là, le chiffre");
    let moved = after(&all, carried(&shelf, &all, &[OLD], &merged));
    let inside =
        annotations(&shelf, &moved).into_iter().filter(|it| it.unit == Unit::Sentence).filter_map(|it| it.span());
    for span in inside {
        assert!(!merged[span.start()..span.end()].ends_with("là"), "half a sentence is none");
    }
}

#[test]
fn without_the_old_text_nothing_is_placed_and_nothing_is_lost() {
    let shelf = Shelf::new("essai");
    let all = records(&shelf);
    let moved = after(&all, carried(&shelf, &all, &["Un autre texte."], NEW));
    assert_eq!(annotations(&shelf, &moved).len(), annotations(&shelf, &all).len());
    assert!(annotations(&shelf, &moved).iter().all(|it| it.span().is_none()));
    // And the text that they were made on gives them their places again.
    let back = after(&moved, carried(&shelf, &moved, &[NEW], OLD));
    assert_eq!(annotations(&shelf, &back), annotations(&shelf, &all));
}

#[test]
fn a_text_that_cannot_be_read_is_set_aside() {
    let shelf = Shelf::new("essai");
    let mut all = records(&shelf);
    all.insert(shelf.text_key(), "broken".into());
    all.insert(shelf.former_key(), "broken too".into());
    let moved = after(&all, carried(&shelf, &all, &[], NEW));
    assert_eq!(moved[&shelf.aside_key(&shelf.text_key())], "broken");
    assert_eq!(moved[&shelf.aside_key(&shelf.former_key())], "broken too");
    let nothing = carry(&shelf, std::iter::empty(), &[], release(NEW), stamp(0).now);
    assert_eq!(nothing, Err(Corrupt));
}
