//! The laws of the model, over documents and commands made at random.

use std::rc::Rc;

use annotator_core::extent::{resized, snapped, words_of};
use annotator_core::format::json;
use annotator_core::record::{Record, Shelf};
use annotator_core::runs::runs;
use annotator_core::sorted::SortedMap;
use annotator_core::{
    Annotation, AnnotationId, Attributes, Change, Command, Correction, Document, Draft, Edge, Label, LabelSet, Patch,
    Provenance, Quote, Release, Review, Session, Snap, Span, Stamp, Target, Text, Timestamp, Transaction, Unit,
};
use proptest::prelude::*;

fn session(text: &str) -> Session {
    Session::new(Release::new("essai", "", "fr", "", Text::new(text)), LabelSet::default())
}

fn stamp(n: u32) -> Stamp {
    let [a, b, c, d] = n.to_be_bytes();
    Stamp {
        now: Timestamp::from_millis(1_309_253_400_000 + i64::from(n) * 1_000),
        seed: [0, 0, 0, 0, a, b, c, d, 0, 0],
        creator: "a.martin".into(),
    }
}

/// Everything of a document that a person can see.
fn state(document: &Document) -> (Vec<Annotation>, SortedMap<usize, Correction>, Vec<Span>, LabelSet) {
    (
        document.annotations().map(|annotation| Annotation::clone(annotation)).collect(),
        document.corrections().clone(),
        document.sentences().iter().map(|sentence| sentence.span).collect(),
        document.labels().clone(),
    )
}

fn a_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("Le groupe annonce un partenariat. "),
            Just("« Nous avançons. Tout est prêt », dit-il. "),
            Just("Signé le 27 juin 2011 😀 à Lyon. "),
            Just("e\u{301}tude\u{a0}: 3,5 M€. "),
            Just("\n\n"),
            Just("\r\n"),
            Just("Source : Ipsen"),
        ],
        1..8,
    )
    .prop_map(|parts| parts.concat())
}

/// A command by numbers, so that it can be fitted to whatever the document has become.
fn a_command() -> impl Strategy<Value = (u8, usize, usize, u8)> {
    (0..15u8, 0..200usize, 0..40usize, 0..4u8)
}

fn command(document: &Document, (kind, a, b, label): (u8, usize, usize, u8)) -> Command {
    let count = document.sentences().len();
    let label = ["objective", "quote", "dates", "missing"][usize::from(label)].to_owned();
    let nth = |n: usize| document.annotations().nth(n % document.annotation_count().max(1));
    let id = nth(a).map_or_else(|| AnnotationId::new("none").expect("not empty"), |known| known.id.clone());
    let span = Span::new(a, a + b).expect("in order");
    match kind {
        0..=3 => Command::ToggleLabel { first: a % count.max(1), last: (a + b % 3) % count.max(1), label },
        4 => Command::ToggleSpan { span, label },
        5 => Command::Annotate(Draft { span, label, note: "n|\\o\n".into(), attributes: Attributes::new() }),
        6 => Command::Update {
            id,
            patch: Patch { label: Some(label), span: (b % 2 == 0).then_some(span), ..Patch::default() },
        },
        7 => Command::Remove(id),
        8 => Command::MergeSentence(a % count.max(1)),
        9 => Command::SplitSentence(a),
        10 if b == 0 => Command::Clear,
        10 if b == 1 => Command::Dismiss(vec![format!("dates-{}", a % 5)]),
        10 => Command::Undo,
        12 => Command::Relabel {
            ids: nth(b).map(|known| known.id.clone()).into_iter().chain([id]).collect(),
            label: (b % 2 == 0).then_some(label),
        },
        13 => {
            let kept: Vec<Label> = document
                .labels()
                .iter()
                .enumerate()
                .filter(|(n, _)| a >> n & 1 == 0)
                .map(|(_, label)| label.clone())
                .collect();
            Command::SetLabels { labels: LabelSet::new(kept), heir: (b % 2 == 0).then_some(label) }
        }
        14 => {
            let mut labels: Vec<Label> = document.labels().iter().cloned().collect();
            let place = b % (labels.len() + 1);
            labels.insert(place, Label { name_fr: "Nom|".into(), ..Label::bare(&document.labels().new_id("Nom|")) });
            Command::SetLabels { labels: LabelSet::new(labels), heir: None }
        }
        _ => Command::Redo,
    }
}

#[test]
fn many_annotations_at_once_are_as_one_after_the_other() {
    let text = "Un deux. ".repeat(300);
    let annotation = |n: usize| Annotation {
        // In another order than the text, which is again another than that of arrival.
        id: AnnotationId::new(&format!("{}", n * 7919 % 997)).expect("not empty"),
        label: ["objective", "quote"][n % 2].into(),
        unit: Unit::Span,
        target: Target::Span(Span::new(n * 31 % 300 * 9, n * 31 % 300 * 9 + 2).expect("in order")),
        note: String::new(),
        attributes: Attributes::new(),
        provenance: Provenance::Manual,
        creator: String::new(),
        created: Timestamp::from_millis(0),
        modified: Timestamp::from_millis(0),
    };
    let changes: Vec<Change> =
        (0..400).map(|n| Change::Annotation { before: None, after: Some(Rc::new(annotation(n))) }).collect();
    let mut by_one = session(&text);
    for change in &changes {
        by_one.absorb(&Transaction { changes: vec![change.clone()] }).expect("it is new");
    }
    let mut at_once = session(&text);
    at_once.absorb(&Transaction { changes }).expect("they are new");
    assert_eq!(state(at_once.document()), state(by_one.document()));
    for n in 0..400 {
        let id = annotation(n).id;
        assert_eq!(at_once.document().annotation(&id).map(|found| &found.id), Some(&id));
    }
    for label in ["objective", "quote"] {
        assert_eq!(at_once.document().annotations_labelled(label), by_one.document().annotations_labelled(label));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn undo_inverts_and_redo_repeats_every_command(text in a_text(), steps in prop::collection::vec(a_command(), 1..30)) {
        let mut session = session(&text);
        for (n, step) in steps.into_iter().enumerate() {
            let before = state(session.document());
            let command = command(session.document(), step);
            let is_step = !matches!(command, Command::Undo | Command::Redo);
            match session.perform(command, &stamp(n as u32)) {
                Err(_) => prop_assert_eq!(&state(session.document()), &before, "an error changes nothing"),
                Ok(transaction) if is_step && !transaction.is_empty() => {
                    let after = state(session.document());
                    session.perform(Command::Undo, &stamp(0)).expect("undo does not fail");
                    prop_assert_eq!(&state(session.document()), &before);
                    session.perform(Command::Redo, &stamp(0)).expect("redo does not fail");
                    prop_assert_eq!(&state(session.document()), &after);
                }
                Ok(_) => {}
            }
        }
    }

    #[test]
    fn undoing_everything_leaves_an_untouched_document(text in a_text(), steps in prop::collection::vec(a_command(), 1..30)) {
        let mut session = session(&text);
        let untouched = state(session.document());
        for (n, step) in steps.into_iter().enumerate() {
            let command = command(session.document(), step);
            let _ = session.perform(command, &stamp(n as u32));
        }
        while session.history().can_undo() {
            session.perform(Command::Undo, &stamp(0)).expect("undo does not fail");
        }
        prop_assert_eq!(state(session.document()), untouched);
    }

    #[test]
    fn sentences_tile_the_text_whatever_is_joined_and_split(text in a_text(), steps in prop::collection::vec(a_command(), 1..30)) {
        let mut session = session(&text);
        for (n, step) in steps.into_iter().enumerate() {
            let command = command(session.document(), step);
            let _ = session.perform(command, &stamp(n as u32));
            let document = session.document();
            let mut end = 0;
            for sentence in document.sentences() {
                let between = &text[end..sentence.span.start()];
                prop_assert!(between.trim().is_empty(), "only blanks between sentences, found {:?}", between);
                let words = &text[sentence.span.start()..sentence.span.end()];
                prop_assert!(!words.is_empty() && words.trim() == words);
                let paragraph = document.segmentation().paragraphs()[sentence.paragraph];
                prop_assert!(paragraph.contains(sentence.span));
                end = sentence.span.end();
            }
            prop_assert!(text[end..].trim().is_empty());
            for (index, sentence) in document.sentences().iter().enumerate() {
                let listed: Vec<_> = document.annotations_of(index).iter().map(|a| a.id.clone()).collect();
                let touching: Vec<_> = document
                    .annotations()
                    .filter(|a| a.span().is_some_and(|span| span.overlaps(sentence.span)))
                    .map(|a| a.id.clone())
                    .collect();
                prop_assert_eq!(listed, touching, "the index by sentence agrees with the spans");
            }
            for label in document.labels().iter() {
                let all: Vec<_> = document.annotations().filter(|a| a.label == label.id).cloned().collect();
                prop_assert_eq!(document.annotations_labelled(&label.id), all, "the index by label agrees with the labels");
            }
        }
    }

    #[test]
    fn every_annotation_has_a_label_of_the_set_and_keys_are_unique(text in a_text(), steps in prop::collection::vec(a_command(), 1..30)) {
        let mut session = session(&text);
        for (n, step) in steps.into_iter().enumerate() {
            let command = command(session.document(), step);
            let _ = session.perform(command, &stamp(n as u32));
            let labels = session.document().labels();
            for annotation in session.document().annotations() {
                prop_assert!(labels.find(&annotation.label).is_some(), "{} is in {}", annotation.label, labels.ids());
            }
            let mut keys: Vec<char> = labels.iter().filter_map(|label| label.key).collect();
            prop_assert_eq!(keys.len(), labels.len().min(9));
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), labels.len().min(9));
        }
    }

    #[test]
    fn a_snapped_stretch_covers_the_selection_without_blanks_and_stays(text in a_text(), start in 0..150usize, len in 1..60usize) {
        let session = session(&text);
        let document = session.document();
        let Some(selected) = Span::new(start, start + len).filter(|span| document.text().slice(*span).is_some()) else { return Ok(()) };
        let wanted = document.text().slice(selected).unwrap_or_default().trim();
        for snap in [Snap::Words, Snap::Sentences, Snap::Nothing] {
            let Some(span) = snapped(document, selected, snap) else {
                prop_assert!(wanted.is_empty());
                continue;
            };
            let words = document.text().slice(span).expect("on the ends of characters");
            prop_assert_eq!(words.trim(), words);
            prop_assert!(words.contains(wanted), "{snap:?}: {words:?} covers {wanted:?}");
            prop_assert_eq!(snapped(document, span, snap), Some(span), "{:?} again", snap);
            if snap == Snap::Words {
                let (first, last) = document.sentences_of(span).expect("not blank");
                let cut = (first..=last).flat_map(|sentence| words_of(document, sentence));
                let cut: Vec<_> = cut.filter(|word| word.overlaps(span) && !span.contains(*word)).collect();
                prop_assert_eq!(cut, vec![], "no word is cut");
            }
        }
    }

    #[test]
    fn an_end_moved_out_and_in_again_is_where_it_was(text in a_text(), start in 0..150usize, len in 1..60usize, sentence: bool) {
        let session = session(&text);
        let document = session.document();
        let snap = if sentence { Snap::Sentences } else { Snap::Words };
        let selected = Span::new(start, start + len).filter(|span| document.text().slice(*span).is_some());
        let Some(span) = selected.and_then(|span| snapped(document, span, snap)) else { return Ok(()) };
        let unit = if sentence { Unit::Sentence } else { Unit::Span };
        let (first, last) = document.sentences_of(span).expect("not blank");
        let words: Vec<Span> = (first..=last).flat_map(|sentence| words_of(document, sentence)).collect();
        let at_words = words.iter().any(|word| word.start() == span.start()) && words.iter().any(|word| word.end() == span.end());
        let annotation = |span| Annotation { unit, ..plain(1, span) };
        for edge in [Edge::Start, Edge::End] {
            let Some(grown) = resized(document, &annotation(span), edge, true) else { continue };
            prop_assert!(grown.contains(span) && grown != span);
            let back = resized(document, &annotation(grown), edge, false);
            if sentence || at_words {
                prop_assert_eq!(back, Some(span));
            }
            let mut shrinking = span;
            while let Some(less) = resized(document, &annotation(shrinking), edge, false) {
                prop_assert!(shrinking.contains(less) && less != shrinking && !less.is_empty());
                shrinking = less;
            }
        }
    }

    #[test]
    fn what_was_seen_is_counted_once_and_read_as_it_was_written(text in a_text(), looks in prop::collection::vec(0..20usize, 0..30), done: bool) {
        let session = session(&text);
        let document = session.document();
        let (mut review, mut seen) = (Review::new([], done), std::collections::BTreeSet::new());
        for look in looks {
            let new = look < document.sentences().len() && seen.insert(look);
            prop_assert_eq!(review.see(document, look), new);
            prop_assert_eq!(review.count(document), seen.len());
        }
        prop_assert!(review.ranges().windows(2).all(|pair| pair[0].end() < pair[1].start()), "neighbours are one range");
        let shelf = Shelf::new("k");
        let (key, value) = shelf.write_review(&review);
        prop_assert!(shelf.holds(&key));
        prop_assert_eq!(shelf.read(&key, &value), Ok(Record::Review(review)));
    }

    #[test]
    fn import_of_an_export_is_the_same_document(text in a_text(), steps in prop::collection::vec(a_command(), 1..30)) {
        let mut written = session(&text);
        for (n, step) in steps.into_iter().enumerate() {
            let command = command(written.document(), step);
            let _ = written.perform(command, &stamp(n as u32));
        }
        let file = json::write(written.document(), &stamp(99)).expect("a consistent document");
        let mut read = session(&text);
        let (import, warnings) = json::read(&file, read.document(), &stamp(7), true).expect("our own file");
        prop_assert_eq!(warnings, vec![]);
        read.perform(Command::Import(import), &stamp(7)).expect("our own file");
        prop_assert_eq!(state(read.document()), state(written.document()));
        prop_assert_eq!(json::write(read.document(), &stamp(99)), Ok(file));
    }

    #[test]
    fn reading_a_file_never_panics(content in "\\PC{0,60}|\\[{0,300}|\\{\"format\":\"release-annotator\",\"version\":1,\"annotations\":\\[[^a]{0,60}\\]\\}") {
        let session = session("Une phrase. Une autre.");
        let _ = json::read(&content, session.document(), &stamp(0), false);
    }

    #[test]
    fn a_record_is_read_as_it_was_written(annotation in an_annotation()) {
        let shelf = Shelf::new("releases/a.txt");
        let (key, value) = shelf.write_annotation(&annotation);
        prop_assert!(shelf.holds(&key));
        prop_assert!(key.chars().chain(value.chars()).all(|c| u32::from(c) < 0x100));
        prop_assert_eq!(shelf.read(&key, &value), Ok(Record::Annotation(annotation)));
    }

    #[test]
    fn a_damaged_record_is_never_taken_for_a_whole_one(annotation in an_annotation(), at in 0..200usize, flip in 1..128u8) {
        let shelf = Shelf::new("releases/a.txt");
        let (key, value) = shelf.write_annotation(&annotation);
        let chars: Vec<char> = value.chars().collect();
        for cut in 0..chars.len() {
            let short: String = chars[..cut].iter().collect();
            prop_assert!(shelf.read(&key, &short).is_err(), "cut to {cut}");
        }
        let mut flipped = chars.clone();
        let at = at % chars.len();
        flipped[at] = char::from(u8::try_from(u32::from(flipped[at])).expect("below U+0100") ^ flip);
        prop_assert!(shelf.read(&key, &flipped.iter().collect::<String>()).is_err());
    }

    #[test]
    fn the_codec_never_panics(key in "\\PC{0,30}", value in "\\PC{0,60}") {
        let shelf = Shelf::new("k");
        for kind in ["a", "n", "b", "r", "l", "v", "z", ""] {
            let _ = shelf.read(&format!("{}{kind}{key}", shelf.prefix()), &value);
        }
        let _ = shelf.read(&key, &value);
    }

    #[test]
    fn runs_tile_and_are_covered_by_what_they_say(ends in prop::collection::vec((0..40usize, 1..20usize), 0..8)) {
        let within = Span::new(5, 30).expect("in order");
        let items: Vec<_> = ends
            .iter()
            .enumerate()
            .map(|(n, (start, len))| (Span::new(*start, start + len).expect("in order"), n))
            .collect();
        let runs = runs(within, &items);
        let mut at = within.start();
        for run in &runs {
            prop_assert_eq!(run.span.start(), at);
            at = run.span.end();
            for byte in run.span.start()..run.span.end() {
                for (span, n) in &items {
                    let covers = span.start() <= byte && byte < span.end();
                    prop_assert_eq!(covers, run.covering.contains(n));
                }
            }
        }
        prop_assert_eq!(at, within.end());
    }
}

fn plain(n: usize, span: Span) -> Annotation {
    Annotation {
        id: stamp(n as u32).id(0),
        label: "objective".into(),
        unit: Unit::Span,
        target: Target::Span(span),
        note: String::new(),
        attributes: Attributes::new(),
        provenance: Provenance::Manual,
        creator: "a.martin".into(),
        created: stamp(n as u32).now,
        modified: stamp(n as u32).now,
    }
}

fn an_annotation() -> impl Strategy<Value = Annotation> {
    let target = prop_oneof![
        (0..1_000_000usize, 1..5_000usize)
            .prop_map(|(start, len)| Target::Span(Span::new(start, start + len).expect("in order"))),
        ("\\PC{1,20}", "\\PC{0,8}", "\\PC{0,8}").prop_map(|(exact, prefix, suffix)| Target::Orphan(Quote {
            exact,
            prefix,
            suffix
        })),
    ];
    let id = prop_oneof!["[a-z|\\\\é ]{1,12}", (0..9u32).prop_map(|n| stamp(n).id(0).to_string())];
    let attributes = prop::collection::btree_map("[a-z|]{1,8}", "\\PC{0,12}", 0..4);
    let times = (0..4_102_444_800_000i64, -5_000..5_000_000i64);
    (id, target, "\\PC{0,20}", attributes, times, "\\PC{0,9}", 0..3u8).prop_map(
        |(id, target, note, attributes, (created, later), text, kind)| Annotation {
            id: AnnotationId::new(&id).expect("not empty"),
            label: format!("l{text}"),
            unit: if kind == 0 { Unit::Sentence } else { Unit::Span },
            target,
            note,
            attributes: attributes.into_iter().collect(),
            provenance: match kind {
                0 => Provenance::Manual,
                1 => Provenance::Suggested(text.clone()),
                _ => Provenance::Imported(text.clone()),
            },
            creator: text,
            created: Timestamp::from_millis(created),
            modified: Timestamp::from_millis(created + later),
        },
    )
}

#[test]
fn an_annotation_without_a_note_takes_at_most_110_characters_of_storage() {
    let shelf = Shelf::new("releases/ipsen-gustave-roussy.fr.txt");
    let annotation = Annotation {
        id: Stamp { now: Timestamp::from_millis(1_795_434_664_123), seed: [0xAB; 10], creator: String::new() }.id(0),
        modified: Timestamp::from_millis(1_795_434_964_123),
        created: Timestamp::from_millis(1_795_434_664_123),
        unit: Unit::Sentence,
        ..plain(0, Span::new(999_000, 999_400).expect("in order"))
    };
    let (key, value) = shelf.write_annotation(&annotation);
    assert!(key.len() + value.len() <= 110, "{} characters: {key}={value}", key.len() + value.len());
}

#[test]
fn the_text_is_kept_whole_below_u_0100() {
    let shelf = Shelf::new("k");
    let (_, value) = shelf.write_text("« l’été » 😀\r\n");
    assert!(value.chars().all(|c| u32::from(c) < 0x100));
    assert_eq!(shelf.read_text(&value).as_deref(), Ok("« l’été » 😀\r\n"));
    assert!(shelf.read_text(&value[..value.len() - 1]).is_err());
}

#[test]
fn a_label_over_sentences_that_partly_bear_it_becomes_one_annotation() {
    let mut session = session("Un mot. Deux mots. Trois mots.");
    let toggle = |first, last| Command::ToggleLabel { first, last, label: "objective".into() };
    session.perform(toggle(0, 1), &stamp(1)).expect("there are three sentences");
    session.perform(toggle(1, 2), &stamp(2)).expect("there are three sentences");
    let spans: Vec<_> = session.document().annotations().filter_map(|annotation| annotation.span()).collect();
    assert_eq!(spans, [session.document().text().span()]);
}

#[test]
fn a_merging_import_keeps_the_later_version_and_the_corrections() {
    let mut session = session("Un mot. Deux mots. Trois mots.");
    session.perform(Command::ToggleLabel { first: 0, last: 0, label: "quote".into() }, &stamp(1)).expect("a sentence");
    let file = json::write(session.document(), &stamp(2)).expect("consistent");
    let id = session.document().annotations().next().expect("one").id.clone();
    let patch = Patch { note: Some("plus tard".into()), ..Patch::default() };
    session.perform(Command::Update { id: id.clone(), patch }, &stamp(3)).expect("it is there");
    session.perform(Command::MergeSentence(1), &stamp(4)).expect("there is a next one");
    let before = state(session.document());
    let (import, _) = json::read(&file, session.document(), &stamp(5), false).expect("our own file");
    session.perform(Command::Import(import), &stamp(5)).expect("our own file");
    assert_eq!(state(session.document()), before);
    let (import, _) = json::read(&file, session.document(), &stamp(6), true).expect("our own file");
    session.perform(Command::Import(import), &stamp(6)).expect("our own file");
    assert_eq!(session.document().sentences().len(), 3, "replacing takes the file as it is");
    assert_eq!(session.document().annotation(&id).map(|annotation| annotation.note.as_str()), Some(""));
}

fn renamed(labels: &LabelSet, id: &str, change: impl Fn(&mut Label)) -> LabelSet {
    let mut labels: Vec<Label> = labels.iter().cloned().collect();
    labels.iter_mut().filter(|label| label.id == id).for_each(change);
    LabelSet::new(labels)
}

#[test]
fn renaming_and_recolouring_touch_no_annotation_and_merging_takes_them_along() {
    let mut session = session("Un mot. Deux mots. Trois mots.");
    let toggle = |sentence, label: &str| Command::ToggleLabel { first: sentence, last: sentence, label: label.into() };
    for (n, (sentence, label)) in [(0, "quote"), (0, "dates"), (1, "dates"), (2, "objective")].into_iter().enumerate() {
        session.perform(toggle(sentence, label), &stamp(n as u32)).expect("a sentence");
    }
    let before = state(session.document());
    let labels = renamed(session.document().labels(), "dates", |label| {
        label.name_fr = "Échéances".into();
        label.color = "#123456".into();
    });
    let done = session.perform(Command::SetLabels { labels, heir: None }, &stamp(5)).expect("a set");
    assert_eq!(done.changes.len(), 1, "only the set");
    let without = LabelSet::new(session.document().labels().iter().filter(|it| it.id != "dates").cloned().collect());
    let merge = Command::SetLabels { labels: without.clone(), heir: Some("quote".into()) };
    session.perform(merge, &stamp(6)).expect("a set");
    let its: Vec<_> =
        session.document().annotations().map(|it| (it.label.clone(), it.span().map(Span::start))).collect();
    assert_eq!(
        its,
        [("quote".into(), Some(0)), ("quote".into(), Some(8)), ("objective".into(), Some(19))],
        "one a sentence"
    );
    session.perform(Command::Undo, &stamp(7)).expect("undo");
    session.perform(Command::Undo, &stamp(7)).expect("undo");
    assert_eq!(state(session.document()), before);
    session.perform(Command::SetLabels { labels: without.clone(), heir: None }, &stamp(8)).expect("a set");
    assert_eq!(session.document().annotation_count(), 2, "without an heir they go");
    let nobody = Command::SetLabels { labels: without, heir: Some("dates".into()) };
    assert_eq!(session.perform(nobody, &stamp(9)).map_err(|error| error.code()), Err("unknown-label"));
}

#[test]
fn an_annotation_that_says_more_survives_a_merge_of_labels() {
    let mut session = session("Un mot.");
    for (n, label) in ["quote", "dates"].into_iter().enumerate() {
        let whole = session.document().text().span();
        let draft = Draft { span: whole, label: label.into(), note: label.into(), attributes: Attributes::new() };
        session.perform(Command::Annotate(draft), &stamp(n as u32)).expect("a span");
    }
    let ids = session.document().annotations().map(|it| it.id.clone()).collect();
    session.perform(Command::Relabel { ids, label: Some("quote".into()) }, &stamp(9)).expect("a label");
    let notes: Vec<_> = session.document().annotations().map(|it| (it.label.as_str(), it.note.as_str())).collect();
    assert_eq!(notes, [("quote", "quote"), ("quote", "dates")]);
}

#[test]
fn a_label_set_is_kept_and_the_pages_new_labels_join_it() {
    let page = LabelSet::default();
    let own = renamed(&page, "quote", |label| label.name_fr = "Parole | dite".into());
    let own = LabelSet::new(own.iter().filter(|label| label.id != "dates").cloned().collect());
    let shelf = Shelf::new("k");
    let (key, value) = shelf.write_labels(&own, &page);
    let Ok(Record::Labels(read, from)) = shelf.read(&key, &value) else { panic!("a label set") };
    assert_eq!((&read, shelf.holds(&key)), (&own, true));
    assert_eq!(read.followed_by(&page, &from), own, "what was taken out stays out");
    let later = LabelSet::new(page.iter().cloned().chain([Label::bare("place")]).collect());
    assert_eq!(read.followed_by(&later, &from).ids(), "objective, quote, place");
}

#[test]
fn a_key_that_another_label_has_is_swapped() {
    let set = LabelSet::default().with_key("dates", '1');
    let keys: Vec<_> = set.iter().map(|label| (label.id.as_str(), label.key)).collect();
    assert_eq!(keys, [("objective", Some('3')), ("quote", Some('2')), ("dates", Some('1'))]);
    assert_eq!([set.new_id("Clé d’État"), set.new_id("Quote"), set.new_id("?")], ["cle-d-etat", "quote-2", "label"]);
}

#[test]
fn the_next_sentence_without_a_label_is_searched_round() {
    let mut session = session("Un mot. Deux mots. Trois mots.");
    let toggle = |first, last| Command::ToggleLabel { first, last, label: "objective".into() };
    session.perform(toggle(1, 1), &stamp(1)).expect("a sentence");
    assert_eq!(session.document().next_unlabelled(0), Some(2));
    assert_eq!(session.document().next_unlabelled(2), Some(0));
    session.perform(toggle(0, 2), &stamp(2)).expect("a sentence");
    assert_eq!(session.document().next_unlabelled(0), None);
}

#[test]
fn a_transaction_names_each_record_once() {
    let mut session = session("Une phrase. Une autre. Une fin.");
    for n in 0..2 {
        let span = Span::new(0, 22).expect("in order");
        let draft = Draft { span, label: "quote".into(), note: String::new(), attributes: Attributes::new() };
        session.perform(Command::Annotate(draft), &stamp(n)).expect("two sentences");
    }
    let before = session.document().clone();
    let merged = session.perform(Command::MergeSentence(0), &stamp(3)).expect("two sentences");
    let removed = merged.changes.iter().filter(|change| matches!(change, Change::Annotation { after: None, .. }));
    assert_eq!(removed.count(), 1, "{merged:?}");
    session.perform(Command::Undo, &stamp(4)).expect("undo does not fail");
    assert!(before.annotations().eq(session.document().annotations()));
}
