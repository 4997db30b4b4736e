//! Documents for the tests of formats: by hand, and at random with everything that readers trip on.

use annotator_core::format::{Export, File, Format, Proposal, Warning};
use annotator_core::{
    Annotation, AnnotationId, Attributes, Command, Document, Import, Label, LabelSet, Provenance, Quote, Release,
    Session, Span, Stamp, Target, Text, Timestamp, UiLanguage, Unit,
};
use proptest::prelude::*;

/// The sample release of the project.
pub const SAMPLE: &str = include_str!("../../../../www/releases/ipsen-gustave-roussy.fr.txt");

/// Emoji, combining accents, CRLF, no-break spaces, repeated words, markup.
pub const HARD: &str = "Été 😀 : l’e\u{301}tude «\u{a0}Avançons\u{a0}» coûte 3,5\u{a0}M€.\r\n\
\r\n=Paris, le 3 mai 2016. Paris <b>&amp;</b> \"Lyon\"; 👩‍👩‍👧 et 👍🏽 !\r\n\
Suite\tet fin 😀 de Paris.\r\n";

pub fn stamp(n: u32) -> Stamp {
    let [a, b, c, d] = n.to_be_bytes();
    Stamp {
        now: Timestamp::from_millis(1_309_253_400_000 + i64::from(n) * 1_000),
        seed: [0, 0, 0, 0, a, b, c, d, 0, 0],
        creator: "a.martin".into(),
    }
}

pub fn label(id: &str) -> Label {
    Label {
        id: id.into(),
        name_fr: format!("{id} (fr)"),
        name_en: format!("{id} (en)"),
        color: String::new(),
        key: None,
        description: String::new(),
    }
}

/// Labels whose ids no tool likes.
pub fn hard_labels() -> LabelSet {
    LabelSet::new(
        ["objective", "quote", "dates", "mon étiquette", "a \"b\"", "<x>&", "a;b,c", "l\nn", "a_b", "a b"]
            .map(label)
            .into(),
    )
}

pub fn session(text: &str, labels: LabelSet) -> Session {
    Session::new(Release::new("essai", "Un titre <&\"> ; é", "fr", "releases/essai.txt", Text::new(text)), labels)
}

/// The document of an annotation list; annotations that do not fit the text must not be among them.
pub fn filled(text: &str, labels: LabelSet, annotations: Vec<Annotation>) -> Session {
    let mut session = session(text, labels);
    let import = Import { annotations, ..Import::default() };
    session.perform(Command::Import(import), &stamp(1)).expect("the annotations fit");
    session
}

/// An annotation of the `nth` occurrence of some words, from 0.
pub fn on(text: &str, words: &str, nth: usize, label: &str) -> Annotation {
    let (start, _) = text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words:?} {nth} in {text:?}"));
    plain(label, Span::new(start, start + words.len()).expect("in order"))
}

pub fn plain(label: &str, span: Span) -> Annotation {
    let nth = (span.start() * 1_000 + span.end()) as u32;
    Annotation {
        id: stamp(nth).id(label.len()),
        label: label.into(),
        unit: Unit::Span,
        target: Target::Span(span),
        note: String::new(),
        attributes: Attributes::new(),
        provenance: Provenance::Manual,
        creator: "a.martin".into(),
        created: stamp(nth).now,
        modified: stamp(nth).now,
    }
}

/// The sample release with the annotations of the guideline, and one that crosses another.
pub fn sample() -> Session {
    let mut annotations = vec![
        on(SAMPLE, "aujourd’hui", 0, "dates"),
        on(SAMPLE, "27 juin 2011", 0, "dates"),
        on(SAMPLE, "3 ans", 0, "dates"),
        on(SAMPLE, "afin d’associer les expertises", 0, "objective"),
        on(SAMPLE, "visant à mener des projets", 0, "objective"),
        on(SAMPLE, "d’Ipsen. « Notre objectif commun", 0, "objective"),
    ];
    let guillemets: Vec<usize> = SAMPLE.match_indices('«').map(|(at, _)| at).collect();
    for (n, start) in guillemets.into_iter().enumerate() {
        let end = start + SAMPLE[start..].find('»').expect("closed") + "»".len();
        let mut quote = plain("quote", Span::new(start, end).expect("in order"));
        let speaker = if n == 0 { "Alexander Eggermont" } else { "Claude Bertrand" };
        quote.attributes =
            [("speaker".into(), speaker.into()), ("role".into(), "Directeur Général".into())].into_iter().collect();
        quote.note = format!("Note n° {n} ; =1+1\nsur deux lignes");
        annotations.push(quote);
    }
    for (annotation, value) in annotations.iter_mut().zip(["2011-06-28", "2011-06-27", "P3Y"]) {
        annotation.attributes.insert("value".into(), value.into());
    }
    annotations[3].provenance = Provenance::Suggested("objective.afin-de".into());
    filled(SAMPLE, LabelSet::default(), annotations)
}

/// The hard text with annotations that overlap, adjoin, cross line ends, cover emoji, and one without a place.
pub fn hard() -> Session {
    let crossing = on(HARD, "M€.\r\n\r\n=Paris", 0, "mon étiquette");
    let mut annotations = vec![
        on(HARD, "😀", 0, "<x>&"),
        on(HARD, "e\u{301}tude", 0, "quote"),
        on(HARD, "«\u{a0}Avançons\u{a0}»", 0, "quote"),
        on(HARD, "\u{a0}Avançons\u{a0}» coûte", 0, "a \"b\""),
        on(HARD, "3 mai 2016", 0, "dates"),
        on(HARD, ". Paris", 0, "l\nn"),
        on(HARD, "=Paris", 0, "a;b,c"),
        on(HARD, "Paris", 2, "objective"),
        on(HARD, "👩‍👩‍👧", 0, "a b"),
        on(HARD, " et 👍🏽", 0, "a_b"),
        on(HARD, "Suite\tet fin 😀 de Paris.", 0, "objective"),
        crossing,
    ];
    annotations[0].note = "=HYPERLINK(\"x\")\r\n\\n".into();
    annotations[1].attributes = [("speaker".into(), "Mme \"X\" <x@y.fr>; +33\n1".into())].into_iter().collect();
    annotations[2].provenance = Provenance::Suggested("quote/é".into());
    annotations[2].id = AnnotationId::new("id with blank é").expect("not empty");
    annotations[3].provenance = Provenance::Imported("un fichier".into());
    annotations[3].creator = String::new();
    annotations.push(Annotation {
        id: AnnotationId::new("urn:uuid:not-one").expect("not empty"),
        target: Target::Orphan(Quote { exact: "plus là".into(), prefix: "a ".into(), suffix: String::new() }),
        ..plain("quote", Span::new(0, 1).expect("in order"))
    });
    filled(HARD, hard_labels(), annotations)
}

pub fn proposals(document: &Document) -> Vec<Proposal> {
    let first = document.sentences().first().map(|sentence| sentence.span);
    let proposal =
        |span| Proposal { id: "p1".into(), label: "objective".into(), span, rule: "objective.visant-a".into() };
    first.map(proposal).into_iter().collect()
}

pub fn export_as(id: &str, document: &Document) -> File {
    let stamp = stamp(99);
    let export = Export { document, stamp: &stamp, language: UiLanguage::French, proposals: &[] };
    Format::find(id).expect("a format").export(&export).expect("a consistent document")
}

pub fn text_of(file: &File) -> &str {
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

/// Reads a file into a document that has the same text and labels and nothing else.
pub fn reread(id: &str, content: &[u8], text: &str, labels: LabelSet) -> (Session, Vec<Warning>) {
    let mut session = session(text, labels);
    let (import, warnings) = Format::find(id)
        .and_then(|format| format.import(content, session.document(), &stamp(7), true))
        .unwrap_or_else(|error| panic!("{id}: {error}"));
    session.perform(Command::Import(import), &stamp(7)).expect("what is imported fits");
    (session, warnings)
}

/// Every annotation of a document, in text order.
pub fn annotations(session: &Session) -> Vec<Annotation> {
    session.document().annotations().map(|annotation| Annotation::clone(annotation)).collect()
}

fn a_hard_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("Le groupe annonce un partenariat. "),
            Just("« Nous avançons. Tout est prêt », dit-il. "),
            Just("Signé le 27 juin 2011 😀 à Lyon. "),
            Just("e\u{301}tude\u{a0}: 3,5 M€. "),
            Just("\n\n"),
            Just("\r\n"),
            Just("\r\n\r\n"),
            Just("\r"),
            Just("\t"),
            Just("a a a a "),
            Just("<b>&amp;</b> \"x\"; =1+1 "),
            Just("👩‍👩‍👧👍🏽"),
            Just("\u{2028}"),
            Just("\u{b}\u{85}x"),
        ],
        1..10,
    )
    .prop_map(|parts| parts.concat())
}

fn a_provenance() -> impl Strategy<Value = Provenance> {
    prop_oneof![
        Just(Provenance::Manual),
        "[a-z./é ]{1,8}".prop_map(Provenance::Suggested),
        "\\PC{1,8}".prop_map(Provenance::Imported),
    ]
}

/// A text and a document of it. Ends are drawn freely and moved to boundaries; stretches of blanks are dropped.
pub fn a_document() -> impl Strategy<Value = (String, Session)> {
    let drawn =
        (0..200usize, 0..40usize, 0..10usize, "(\\PC|[\n\r\\\\;\"]){0,8}", "\\PC{0,8}", a_provenance(), 0..12u8);
    (a_hard_text(), prop::collection::vec(drawn, 0..8)).prop_map(|(text, drawn)| {
        let set = hard_labels();
        let ids: Vec<String> = set.iter().map(|label| label.id.clone()).collect();
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let mut annotations: Vec<Annotation> = Vec::new();
        for (n, (start, len, label, note, value, provenance, kind)) in drawn.into_iter().enumerate() {
            let start = start % (text.len() + 1);
            let span = Span::new(boundary(start), boundary(start + len)).expect("in order");
            let blank = text[span.start()..span.end()].trim().is_empty();
            let target = match kind {
                0 => Target::Orphan(Quote { exact: format!("perdu{value}"), prefix: value.clone(), suffix: "".into() }),
                _ if blank => continue,
                _ => Target::Span(span),
            };
            let id = if kind == 1 { format!("id {n} é") } else { stamp(n as u32).id(n).to_string() };
            annotations.push(Annotation {
                id: AnnotationId::new(&id).expect("not empty"),
                target,
                note,
                provenance,
                attributes: if value.is_empty() {
                    Attributes::new()
                } else {
                    [("speaker".into(), value)].into_iter().collect()
                },
                modified: stamp(n as u32 + 500).now,
                ..plain(&ids[label], Span::new(n, n + 1).expect("in order"))
            });
        }
        let session = filled(&text, set, annotations);
        (text, session)
    })
}
