//! The store's side of the model: what any sequence of commands leaves in it, a reload at any moment, and records that
//! earlier versions wrote.

use std::collections::BTreeMap;

use annotator_core::record::{Record, ReleaseRecord, Shelf, VERSION, Version};
use annotator_core::restore::{restoring, writes, written};
use annotator_core::{
    Annotation, AnnotationId, Attributes, Command, Correction, Draft, LabelSet, Patch, Provenance, Quote, Release,
    Session, Span, Stamp, Target, Text, Timestamp, Transaction, Unit,
};
use proptest::prelude::*;

/// A key with its value before and behind.
type Overwritten = (String, Option<String>, Option<String>);

/// Two sessions on one text: one that goes on, and one that lives only in its store and is opened anew before what the
/// case says.
struct Both {
    steady: Session,
    store: BTreeMap<String, String>,
    /// What each step wrote over, and how many of them can be taken back.
    steps: Vec<Vec<Overwritten>>,
    done: usize,
    session: Session,
    text: String,
}

fn fresh(text: &str) -> Session {
    Session::new(Release::new("essai", "", "fr", "", Text::new(text)), LabelSet::default())
}

fn stamp(n: u32) -> Stamp {
    let [a, b, c, d] = n.to_be_bytes();
    let now = Timestamp::from_millis(1_309_253_400_000 + i64::from(n) * 1_000);
    Stamp { now, seed: [0, 0, 0, 0, a, b, c, d, 0, 0], creator: "a.martin".into() }
}

impl Both {
    fn new(text: &str) -> Self {
        let (steady, session) = (fresh(text), fresh(text));
        Self { steady, store: BTreeMap::new(), steps: vec![], done: 0, session, text: text.to_owned() }
    }

    /// Opens the second one from what is stored, as a page does.
    fn reload(&mut self) {
        let shelf = Shelf::new("essai");
        let mut session = fresh(&self.text);
        let (mut annotations, mut corrections, mut dismissed) = (vec![], vec![], vec![]);
        for (key, value) in &self.store {
            match shelf.read(key, value).expect("a whole record") {
                Record::Annotation(annotation) => annotations.push(annotation),
                Record::Boundary(at, correction) => corrections.push((at, correction)),
                Record::Dismissal(suggestion) => dismissed.push(suggestion),
                Record::Release(_) | Record::Labels(..) | Record::Review(_) => {}
            }
        }
        session.absorb(&restoring(session.document(), None, annotations, corrections, dismissed)).expect("fits");
        let mut done: Vec<Transaction> = self
            .steps
            .iter()
            .map(|step| {
                let change = |(key, before, after): &(String, _, _)| {
                    written(&shelf, key, Option::clone(before), Option::clone(after), &LabelSet::default())
                };
                Transaction { changes: step.iter().filter_map(change).collect() }
            })
            .collect();
        let undone = done.split_off(self.done);
        session.remember([done, undone.iter().rev().map(Transaction::invert).collect()]);
        self.session = session;
    }

    fn perform(&mut self, command: Command, stamp: &Stamp) -> Result<(), TestCaseError> {
        let expected = self.steady.perform(command.clone(), stamp);
        let found = self.session.perform(command.clone(), stamp);
        prop_assert_eq!(&found, &expected, "{:?}", command);
        let Ok(transaction) = found else { return Ok(()) };
        if transaction.is_empty() {
            return Ok(());
        }
        let mut step = vec![];
        for (key, value) in writes(&Shelf::new("essai"), &transaction, None) {
            let before = match &value {
                Some(value) => self.store.insert(key.clone(), value.clone()),
                None => self.store.remove(&key),
            };
            step.push((key, before, value));
        }
        match command {
            Command::Undo => self.done -= 1,
            Command::Redo => self.done += 1,
            _ => {
                self.steps.truncate(self.done);
                self.steps.push(step);
                self.done += 1;
            }
        }
        Ok(())
    }
}

fn all(session: &Session) -> (Vec<Annotation>, Vec<Span>) {
    let document = session.document();
    (
        document.annotations().map(|annotation| Annotation::clone(annotation)).collect(),
        document.sentences().iter().map(|sentence| sentence.span).collect(),
    )
}

fn command(session: &Session, (kind, a, b): (u8, usize, usize)) -> Command {
    let document = session.document();
    let count = document.sentences().len().max(1);
    let label = ["objective", "quote", "dates"][b % 3].to_owned();
    let nth = document.annotations().nth(a % document.annotation_count().max(1));
    let id = nth.map_or_else(|| AnnotationId::new("none").expect("not empty"), |known| known.id.clone());
    let span = Span::new(a, a + b % 40).expect("in order");
    match kind {
        0..=3 => Command::ToggleLabel { first: a % count, last: (a % count + b % 3).min(count - 1), label },
        4 => Command::ToggleSpan { span, label },
        5 => Command::Annotate(Draft { span, label, note: format!("n|\\{b}\n"), attributes: Attributes::new() }),
        6 => Command::Update { id, patch: Patch { note: Some(b.to_string()), label: Some(label), ..Patch::default() } },
        7 => Command::Remove(id),
        8 => Command::MergeSentence(a % count),
        9 => Command::SplitSentence(a),
        10 if b % 2 == 0 => Command::Clear,
        10 => Command::Dismiss(vec![format!("dates-{}", a % 5)]),
        11..=14 => Command::Undo,
        _ => Command::Redo,
    }
}

/// Commands a case; with the cases below 10 000 in all.
const COMMANDS: usize = 100;

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_reload_at_any_moment_changes_nothing_neither_what_can_be_undone(
        steps in prop::collection::vec(((0..18u8, 0..200usize, 0..60usize), prop::bool::weighted(0.15)), COMMANDS),
    ) {
        let text = "Un titre\n\nLe groupe annonce un partenariat 😀. « Nous avançons. Tout est prêt », dit-il.\r\n\r\nSigné le 27 juin 2011. Fin.";
        let mut both = Both::new(text);
        for (n, (step, reload)) in steps.into_iter().enumerate() {
            if reload {
                both.reload();
            }
            let command = command(&both.steady, step);
            both.perform(command, &stamp(n as u32))?;
            prop_assert_eq!(all(&both.session), all(&both.steady));
        }
        both.reload();
        prop_assert_eq!(all(&both.session), all(&both.steady));
    }
}

/// What the records of the fixtures say, the same in every version.
fn known_records() -> [Record; 7] {
    let plain = Annotation {
        id: AnnotationId::new("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").expect("not empty"),
        label: "quote".into(),
        unit: Unit::Sentence,
        target: Target::Span(Span::new(1720, 2140).expect("in order")),
        note: String::new(),
        attributes: Attributes::new(),
        provenance: Provenance::Manual,
        creator: "a.martin".into(),
        created: Timestamp::from_millis(1_309_253_400_000),
        modified: Timestamp::from_millis(1_309_253_400_000),
    };
    let full = Annotation {
        id: AnnotationId::new("é|1").expect("not empty"),
        unit: Unit::Span,
        target: Target::Orphan(Quote { exact: "« Oui »".into(), prefix: "dit : ".into(), suffix: String::new() }),
        note: "a|b\\c\nd 😀".into(),
        attributes: [("speaker".to_owned(), "Ada".to_owned()), ("vide".to_owned(), String::new())]
            .into_iter()
            .collect(),
        provenance: Provenance::Imported("w3c".into()),
        modified: Timestamp::from_millis(1_309_253_399_000),
        ..plain.clone()
    };
    let release = ReleaseRecord {
        id: "essai.fr".into(),
        title: "Un titre".into(),
        lang: "fr".into(),
        source: "releases/essai.fr.txt".into(),
        sha256: "9f86d081884c7d65".into(),
        fingerprint: String::new(),
    };
    let told = ReleaseRecord { sha256: String::new(), fingerprint: "1y2p0ij32e8e7".into(), ..release.clone() };
    let suggested = Annotation { provenance: Provenance::Suggested("quote-1".into()), ..plain.clone() };
    [
        Record::Annotation(plain),
        Record::Annotation(full),
        Record::Annotation(Annotation { id: AnnotationId::new("s").expect("not empty"), ..suggested }),
        Record::Boundary(77, Correction::Join),
        Record::Boundary(1_000_000, Correction::Split),
        Record::Release(release),
        Record::Release(told),
    ]
}

/// Keys and values of the storage key `essai` as each version of the codec wrote them, in the order of
/// [`known_records`]. Lines are added for a new version and never changed.
const FIXTURES: [(&str, &str); 7] = [
    ("release-annotator:1cbThkPx6CqgaAZChssPUfl-KmwwdLj9KWw", "Um3Jusm|quote|1bs bo|gpgno4w0||a.martin"),
    (
        "release-annotator:1cbThkPx6CqgnÃ©|1",
        "miYtnpi|quote||gpgno4w0|-rs|a.martin|w3c|a\\pb\\\\c\nd ð\u{9f}\u{98}\u{80}|Â« Oui Â»|dit : ||speaker|Ada|vide",
    ),
    ("release-annotator:1cbThkPx6Cqgns", "dz5QAss|quote|1bs bo|gpgno4w0||a.martin|quote-1"),
    ("release-annotator:1cbThkPx6Cqgb25", "dr3vzj"),
    ("release-annotator:1cbThkPx6Cqgblfls", "weEwFs"),
    ("release-annotator:1cbThkPx6Cqgr", "fgsiVessai.fr|Un titre|fr|releases/essai.fr.txt|9f86d081884c7d65"),
    ("release-annotator:1cbThkPx6Cqgr", "qdw4wessai.fr|Un titre|fr|releases/essai.fr.txt||1y2p0ij32e8e7"),
];

#[test]
fn a_release_is_known_again_by_its_text_alone_as_older_records_know_it_too() {
    let release = |text: &str| Release::new("essai", "", "fr", "", Text::new(text));
    let record = ReleaseRecord::of(&release("Une phrase."));
    assert!(record.fits(&release("Une phrase.")) && !record.fits(&release("Une phrasé.")));
    let older = ReleaseRecord { sha256: release("Une phrase.").sha256().into(), fingerprint: String::new(), ..record };
    assert!(older.fits(&release("Une phrase.")) && !older.fits(&release("Une phrasé.")));
}

#[test]
fn records_of_every_version_are_read_by_this_one() {
    let shelf = Shelf::new("essai");
    for (record, (key, value)) in known_records().into_iter().cycle().zip(FIXTURES) {
        assert_eq!(shelf.read(key, value), Ok(record), "{key}");
    }
    let own = format!("release-annotator:{VERSION}");
    assert!(FIXTURES.iter().any(|(key, _)| key.starts_with(&own)), "this version has fixtures too");
}

#[test]
fn a_version_is_told_by_its_key() {
    let shelf = Shelf::new("essai");
    let key = |version: &str| format!("release-annotator:{version}{}r", shelf.name());
    assert_eq!(shelf.version_of(&key("1")), Version::Own);
    for (newer, older) in [("2", "0"), ("a", "!"), ("é", " ")] {
        assert_eq!(shelf.version_of(&key(newer)), Version::Newer, "{newer}");
        assert_eq!(shelf.version_of(&key(older)), Version::Older, "{older}");
    }
}

#[test]
fn a_record_cut_anywhere_or_with_any_bit_flipped_is_never_taken_for_a_whole_one() {
    let shelf = Shelf::new("essai");
    let mut damaged = 0;
    for (key, value) in FIXTURES {
        let chars: Vec<char> = value.chars().collect();
        let cuts = (0..chars.len()).map(|end| chars[..end].to_vec());
        let flips = (0..chars.len() * 8).map(|bit| {
            let mut flipped = chars.clone();
            flipped[bit / 8] = char::from(flipped[bit / 8] as u8 ^ (1 << (bit % 8)));
            flipped
        });
        for broken in cuts.chain(flips) {
            let broken: String = broken.into_iter().collect();
            assert!(shelf.read(key, &broken).is_err(), "{key}: {broken:?}");
            damaged += 1;
        }
        // A whole value under a key that is not its own.
        for (other, _) in FIXTURES.iter().filter(|(other, _)| *other != key) {
            assert!(shelf.read(other, value).is_err(), "{value:?} under {other}");
        }
    }
    assert!(damaged > 2_000, "{damaged}");
}
