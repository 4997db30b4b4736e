//! The laws that the documentation of `segment` states, over generated texts.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::{Duration, Instant};

use annotator_core::segment::{Segmentation, next_grapheme, prev_grapheme, segment, words};
use annotator_core::{Language, Span, Text};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

const LANGUAGES: [Language; 3] = [Language::French, Language::English, Language::Other];

/// What the rules look at, in the pieces that make them meet.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "Le groupe", "avance", "il", "Elle", "M.", "Dr", "S.A.", "J.-C.", "etc.", "p.", "12", "3,5 M€", "n°", "vitamine C", "A.", "II.", "1.", "Inc.",
    "a.b@c.fr", "www.x.com", "U.S.", "Paris", "l’usine", "eNova", "phase", "objectifs.Il", "oui", ".", ".", ".", "!", "?", "…", "...", ",", ";", ":",
    "-", "–", "—", "•", "«", "»", "“", "”", "‘", "’", "'", "\"", "(", ")", "[", "]", "(...)", "¹", "*", "[3]", "(2)", "😀", "👩\u{200d}🔬", "🇫🇷",
    "e\u{301}", "\u{301}", "\u{200d}", "\u{ad}", "。", "今日", "한국", "؟", " ", " ", " ", " ", " ", "\u{a0}", "\u{202f}", "\t", "\n", "\n", "\r\n", "\n\n",
    "\u{2028}", "\u{85}", "\0", "\u{feff}",
];

const LINE_BREAKS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Any string at all, or pieces put together.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

fn languages() -> impl Strategy<Value = Language> {
    prop::sample::select(&LANGUAGES[..])
}

fn spans(found: &Segmentation) -> Vec<Span> {
    found.sentences().iter().map(|sentence| sentence.span).collect()
}

/// Says what is wrong with spans that ought to cover all of a text but white space.
fn untiled(text: &str, spans: &[Span]) -> Option<String> {
    let mut at = 0;
    for span in spans {
        if span.start() < at || span.is_empty() {
            return Some(format!("{span:?} overlaps or is empty"));
        }
        if !text[at..span.start()].chars().all(char::is_whitespace) {
            return Some(format!("{:?} is left out", &text[at..span.start()]));
        }
        let shown = &text[span.start()..span.end()];
        // A blank that carries a combining mark is no blank.
        let carries = next_grapheme(shown, 0) > shown.chars().next()?.len_utf8();
        if shown.starts_with(char::is_whitespace) && !carries || shown.ends_with(char::is_whitespace) {
            return Some(format!("{shown:?} has white space at its ends"));
        }
        at = span.end();
    }
    let rest = &text[at..];
    (!rest.chars().all(char::is_whitespace)).then(|| format!("{rest:?} is left out"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sentences_and_paragraphs_tile_the_text(content in texts(), language in languages()) {
        let text = Text::new(content.as_str());
        let found = segment(&text, language);
        prop_assert_eq!(untiled(&content, &spans(&found)), None);
        prop_assert_eq!(untiled(&content, found.paragraphs()), None);
        for sentence in found.sentences() {
            prop_assert!(found.paragraphs()[sentence.paragraph].contains(sentence.span));
        }
    }

    #[test]
    fn no_sentence_cuts_a_grapheme_cluster(content in texts(), language in languages()) {
        let text = Text::new(content.as_str());
        let mut boundaries = vec![0];
        while *boundaries.last().unwrap() < content.len() {
            boundaries.push(next_grapheme(&content, *boundaries.last().unwrap()));
        }
        for span in spans(&segment(&text, language)) {
            prop_assert!(boundaries.binary_search(&span.start()).is_ok(), "start of {span:?}");
            prop_assert!(boundaries.binary_search(&span.end()).is_ok(), "end of {span:?}");
        }
    }

    /// The exceptions: a sentence over several lines of hard-wrapped prose; straight quotation marks, and
    /// brackets, whose partner may lie in another sentence.
    #[test]
    fn the_text_of_one_sentence_is_one_sentence(content in texts(), language in languages()) {
        let text = Text::new(content.as_str());
        for span in spans(&segment(&text, language)) {
            let alone = text.slice(span).unwrap();
            if !alone.contains(LINE_BREAKS) && !alone.contains(['"', '(', ')', '[', ']']) {
                let again = spans(&segment(&Text::new(alone), language));
                prop_assert_eq!(again, vec![Span::new(0, alone.len()).unwrap()], "{:?} in {:?}", alone, &content);
            }
        }
    }

    /// Where the text is not hard-wrapped, which is decided for the whole of it.
    #[test]
    fn appending_moves_boundaries_at_most_one_paragraph_back(content in texts(), more in texts(), language in languages()) {
        let short = segment(&Text::new(content.as_str()), language);
        let long = segment(&Text::new(format!("{content}{more}")), language);
        let wrapped = |found: &Segmentation, text: &str| found.paragraphs().iter().any(|p| text[p.start()..p.end()].contains(LINE_BREAKS));
        if !wrapped(&short, &content) && !wrapped(&long, &format!("{content}{more}")) {
            let settled = short.paragraphs().len().saturating_sub(1);
            prop_assert_eq!(&long.paragraphs()[..settled], &short.paragraphs()[..settled]);
            let kept = |found: &Segmentation| -> Vec<_> { found.sentences().iter().copied().filter(|s| s.paragraph < settled).collect() };
            prop_assert_eq!(kept(&long), kept(&short));
        }
    }

    #[test]
    fn words_are_in_order_and_hold_no_blank_at_their_ends(content in texts(), language in languages()) {
        let mut at = 0;
        for word in words(&content, language) {
            prop_assert!(word.start() >= at && !word.is_empty());
            let shown = content.get(word.start()..word.end()).unwrap();
            prop_assert_eq!(shown.trim(), shown);
            at = word.end();
        }
    }

    #[test]
    fn the_next_grapheme_ends_where_the_previous_one_begins(content in texts()) {
        let mut at = 0;
        while at < content.len() {
            let next = next_grapheme(&content, at);
            prop_assert!(next > at);
            prop_assert_eq!(prev_grapheme(&content, next), at);
            at = next;
        }
    }

    #[test]
    fn graphemes_are_those_of_the_standard(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let content = pieces.concat();
        let mut at = 0;
        for (start, cluster) in content.grapheme_indices(true) {
            prop_assert_eq!(start, at);
            at = next_grapheme(&content, at);
            prop_assert_eq!(start + cluster.len(), at);
        }
    }
}

/// Sixteen times the text takes sixteen times as long; a quadratic step would take 256 times. The shortest of
/// several runs counts, as many as it takes: a busy machine lengthens some, a quadratic step all.
#[test]
fn time_is_linear_in_the_length() {
    const SHORT: usize = 1 << 13;
    let once = |text: &Text| -> Duration {
        let start = Instant::now();
        std::hint::black_box(segment(text, Language::French));
        start.elapsed()
    };
    for unit in [
        ".",
        "«",
        "a",
        "(",
        ". ",
        "a.A",
        "A. ",
        "(. ",
        "\"",
        "\". A",
        "\n",
        "a\n",
        "1. ",
        "… ",
        "? ",
        "z. (",
        "\u{301}",
        "Un mot. Deux ",
    ] {
        let text = |length: usize| Text::new(unit.repeat(length / unit.len()));
        let (short, long) = (text(SHORT), text(SHORT * 16));
        let (mut fast, mut slow) = (once(&short), once(&long));
        for _ in 0..40 {
            if slow < fast * 64 {
                break;
            }
            (fast, slow) = (fast.min(once(&short)), slow.min(once(&long)));
        }
        assert!(slow < fast * 64, "{unit:?}: {fast:?} and {slow:?}");
    }
}

#[test]
fn words_keep_elisions_compounds_and_figures_with_their_units() {
    let shown = |text: &'static str, language| -> Vec<&str> {
        words(text, language).iter().map(|word| &text[word.start()..word.end()]).collect()
    };
    let french = |text| shown(text, Language::French);
    assert_eq!(french("l’État d’aujourd’hui, qu'il"), ["l’", "État", "d’", "aujourd’hui", "qu'", "il"]);
    assert_eq!(french("l'E\u{301}tat"), ["l'", "E\u{301}tat"]);
    assert_eq!(
        french("prud’hommes et quelqu’un, jusqu’à lui"),
        ["prud’hommes", "et", "quelqu’un", "jusqu’", "à", "lui"]
    );
    assert_eq!(
        french("uro-oncologie, assure-t-on (R&D) à 90 km/h"),
        ["uro-oncologie", "assure-t-on", "R&D", "à", "90 km/h"]
    );
    assert_eq!(
        french("3,5 M€ ; 14 h 30 ; 14h30 ; 1 250 patients, 12 %"),
        ["3,5 M€", "14 h 30", "14h30", "1 250", "patients", "12 %"]
    );
    assert_eq!(
        french("84 226 703 titres à 0,42 €, 2,5 Mds €, 38 °C"),
        ["84 226 703", "titres", "à", "0,42 €", "2,5 Mds €", "38 °C"]
    );
    assert_eq!(french("le 1er mai 2011 12 cas"), ["le", "1er", "mai", "2011", "12", "cas"]);
    assert_eq!(
        french("U.S.A. : www.x.com, a.b@c.fr, http://x.fr/a.pdf"),
        ["U.S.A.", "www.x.com", "a.b@c.fr", "http://x.fr/a.pdf"]
    );
    assert_eq!(french("Bravo 👩\u{200d}🔬 !"), ["Bravo", "👩\u{200d}🔬"]);
    assert_eq!(shown("Smith’s don't: 5 million", Language::English), ["Smith’s", "don't", "5", "million"]);
    assert_eq!(shown("今日は", Language::Other), ["今", "日", "は"]);
}
