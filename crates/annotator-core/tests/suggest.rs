//! Scores the suggestions on the development releases (`data/suggest/dev`) and on those set aside
//! (`data/suggest/blind`), in marked text. An `objective` mark stands on the words that show the
//! objective; the sentence that holds them is the one expected.
//! `SUGGEST_SHOW=dev cargo test -p annotator-core --test suggest -- --nocapture` prints every miss.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annotator_core::marked::{self, Mark};
use annotator_core::segment;
use annotator_core::suggest::{self, Suggestion};
use annotator_core::{Language, Span, Text};
use std::fs;
use std::path::{Path, PathBuf};
use time::{Date, Month};

struct Release {
    name: String,
    language: Language,
    dct: Option<Date>,
    text: Text,
    marks: Vec<Mark>,
}

#[derive(Default, Clone, Copy)]
struct Score {
    expected: usize,
    suggested: usize,
    right: usize,
}

impl Score {
    fn f1(self) -> f64 {
        if self.expected + self.suggested == 0 {
            1.0
        } else {
            2.0 * self.right as f64 / (self.expected + self.suggested) as f64
        }
    }
}

const MEASURES: [&str; 5] =
    ["dates, span", "dates, span and value", "quotes, span", "quotes, span and speaker", "objectives"];

fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-').map(|p| p.parse::<i32>().unwrap());
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    Date::from_calendar_date(y, Month::try_from(m as u8).unwrap(), d as u8).ok()
}

fn releases(folder: &str) -> Vec<Release> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/suggest").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let content = fs::read_to_string(file).unwrap();
            let (head, body) = content.split_once("\n\n").unwrap();
            let field = |key: &str| head.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim();
            let read = marked::parse(body.trim_end()).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            Release {
                name: file.file_stem().unwrap().to_string_lossy().into_owned(),
                language: Language::from_tag(field("lang:")),
                dct: day(field("dct:")),
                text: Text::new(read.text),
                marks: read.marks,
            }
        })
        .collect()
}

/// Names are compared without regard to blanks, apostrophes and case.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    plain(a) == plain(b)
}

/// Scores one release; prints the misses of the label of measure `show`, of all if it is past the last.
fn score(release: &Release, show: Option<usize>) -> [Score; 5] {
    let sentences = segment::sentences(&release.text, release.language);
    let found = suggest::suggest(&release.text, release.language, &sentences, release.dct);
    let mut scores = [Score::default(); 5];
    let with = |label: &str| -> Vec<&Suggestion> { found.iter().filter(|s| s.label == label).collect() };
    let gold = |label: &str| -> Vec<&Mark> { release.marks.iter().filter(|m| m.label == label).collect() };
    let quoted = |span: Span| release.text.slice(span).unwrap().replace('\n', " ");
    let shown = |at: usize| show.is_some_and(|s| s >= 5 || s / 2 == at / 2);
    for (at, label, key) in [(0, "dates", "value"), (2, "quote", "speaker")] {
        let show = shown(at);
        let (expected, suggested) = (gold(label), with(label));
        for s in [at, at + 1] {
            scores[s].expected = expected.len();
            scores[s].suggested = suggested.len();
        }
        for mark in &expected {
            let found = suggested.iter().find(|s| s.span == mark.span);
            let (want, have) = (mark.attribute(key).unwrap_or(""), found.and_then(|s| s.attribute(key)).unwrap_or(""));
            let right = found.is_some() && if at == 0 { want == have } else { same_name(want, have) };
            scores[at].right += usize::from(found.is_some());
            scores[at + 1].right += usize::from(right);
            if show && found.is_none() {
                println!("{}: missed {label} {:?} [{want}]", release.name, quoted(mark.span));
            } else if show && !right {
                println!("{}: {label} {:?} is {want:?}, found {have:?}", release.name, quoted(mark.span));
            }
        }
        for s in &suggested {
            if show && !expected.iter().any(|m| m.span == s.span) {
                println!("{}: wrong {label} {:?} {:?} ({})", release.name, quoted(s.span), s.attributes, s.rule);
            }
        }
    }
    let holds = |at: usize| sentences.iter().find(|s| s.start() <= at && at < s.end()).copied();
    let mut expected: Vec<Span> = gold("objective").iter().filter_map(|m| holds(m.span.start())).collect();
    expected.dedup();
    let suggested: Vec<Span> = with("objective").iter().map(|s| s.span).collect();
    scores[4] = Score {
        expected: expected.len(),
        suggested: suggested.len(),
        right: expected.iter().filter(|s| suggested.contains(s)).count(),
    };
    if shown(4) {
        for span in expected.iter().filter(|s| !suggested.contains(s)) {
            println!("{}: missed objective {:?}", release.name, quoted(*span));
        }
        for s in with("objective").iter().filter(|s| !expected.contains(&s.span)) {
            println!("{}: wrong objective {:?} ({})", release.name, quoted(s.span), s.rule);
        }
    }
    scores
}

fn total(folder: &str, language: Language) -> [Score; 5] {
    let show = std::env::var("SUGGEST_SHOW").is_ok_and(|v| v == folder).then_some(5);
    let mut sum = [Score::default(); 5];
    for release in releases(folder).iter().filter(|r| r.language == language) {
        for (sum, one) in sum.iter_mut().zip(score(release, show)) {
            sum.expected += one.expected;
            sum.suggested += one.suggested;
            sum.right += one.right;
        }
    }
    for (measure, s) in MEASURES.iter().zip(sum) {
        println!(
            "{folder} {language:?} {measure:25} F1 {:.3}  ({} of {}, {} suggested)",
            s.f1(),
            s.right,
            s.expected,
            s.suggested
        );
    }
    sum
}

fn reaches(folder: &str, language: Language, floors: [f64; 5]) {
    for ((measure, score), floor) in MEASURES.iter().zip(total(folder, language)).zip(floors) {
        assert!(score.f1() >= floor, "{folder} {language:?} {measure}: {:.3} is below {floor}", score.f1());
    }
}

#[test]
fn french_development_releases_reach_their_floors() {
    reaches("dev", Language::French, [0.99; 5]);
}

#[test]
fn english_development_releases_reach_their_floors() {
    reaches("dev", Language::English, [0.99; 5]);
}

#[test]
fn french_releases_set_aside_reach_their_floors() {
    reaches("blind", Language::French, [0.99, 0.99, 0.985, 0.985, 0.975]);
}

#[test]
fn english_releases_set_aside_reach_their_floors() {
    reaches("blind", Language::English, [0.985, 0.985, 0.985, 0.975, 0.985]);
}

/// One short text a line (`¶` for a line end), of a release of Tuesday 12 March 2024.
fn cases(file: &str, language: Language) -> Vec<Release> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/suggest").join(file);
    let lines = fs::read_to_string(path).unwrap();
    lines
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let read = marked::parse(&line.replace('¶', "\n")).unwrap_or_else(|e| panic!("{file}:{}: {e}", number + 1));
            let name = format!("{file}:{}", number + 1);
            Release { name, language, dct: day("2024-03-12"), text: Text::new(read.text), marks: read.marks }
        })
        .collect()
}

/// The floor of each file of short cases, for the measure it is about.
const CASES: [(&str, Language, usize, f64); 14] = [
    ("cases-fr.txt", Language::French, 1, 0.99),
    ("cases-en.txt", Language::English, 1, 0.97),
    ("quotes-fr.txt", Language::French, 3, 0.99),
    ("quotes-en.txt", Language::English, 3, 0.99),
    ("objectives-fr.txt", Language::French, 4, 0.98),
    ("objectives-en.txt", Language::English, 4, 0.98),
    ("dates-fr-2.txt", Language::French, 1, 0.98),
    ("dates-en-2.txt", Language::English, 1, 0.97),
    ("quotes-fr-2.txt", Language::French, 3, 0.96),
    ("quotes-en-2.txt", Language::English, 3, 0.98),
    ("objectives-fr-2.txt", Language::French, 4, 0.98),
    ("objectives-fr-3.txt", Language::French, 4, 0.95),
    ("objectives-en-3.txt", Language::English, 4, 0.95),
    ("objectives-en-2.txt", Language::English, 4, 0.98),
];

#[test]
fn short_cases_reach_their_floors() {
    let show = std::env::var("SUGGEST_SHOW").is_ok_and(|v| v == "cases");
    for (file, language, measure, floor) in CASES {
        let mut sum = Score::default();
        for release in cases(file, language) {
            let one = score(&release, show.then_some(measure))[measure];
            sum.expected += one.expected;
            sum.suggested += one.suggested;
            sum.right += one.right;
        }
        println!(
            "{file} {:25} F1 {:.3}  ({} of {}, {} suggested)",
            MEASURES[measure],
            sum.f1(),
            sum.right,
            sum.expected,
            sum.suggested
        );
        assert!(sum.f1() >= floor, "{file}: {:.3} is below {floor}", sum.f1());
    }
}

/// The release with which the guideline shows what it means: an agreement between two institutes.
#[test]
fn the_sample_release_gets_what_the_guideline_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/suggest/sample.fr.txt");
    let text = Text::new(fs::read_to_string(path).unwrap());
    let sentences = segment::sentences(&text, Language::French);
    let found = suggest::suggest(&text, Language::French, &sentences, day("2011-06-28"));
    let of = |label: &str| -> Vec<(&str, &Suggestion)> {
        found.iter().filter(|s| s.label == label).map(|s| (text.slice(s.span).unwrap(), s)).collect()
    };
    let dates: Vec<_> = of("dates").into_iter().map(|(text, s)| (text, s.attribute("value").unwrap())).collect();
    assert_eq!(dates, [("aujourd’hui", "2011-06-27"), ("27 juin 2011", "2011-06-27"), ("3 ans", "P3Y")]);

    let quotes = of("quote");
    let speakers: Vec<_> = quotes.iter().map(|(_, s)| s.attribute("speaker").unwrap()).collect();
    assert_eq!(speakers, ["Alexander Eggermont", "Claude Bertrand", "Claude Bertrand"]);
    assert!(quotes[0].0.starts_with("« Ce partenariat avec Ipsen") && quotes[0].0.ends_with("chances de guérison »"));
    assert!(quotes[1].0.starts_with("« Nous sommes heureux") && quotes[1].0.ends_with("en oncologie »"));
    assert!(quotes[2].0.starts_with("« Notre objectif") && quotes[2].0.ends_with("politique de R&D »"));
    assert_eq!(quotes[0].1.attribute("verb"), Some("a déclaré"));

    let objectives: Vec<_> = of("objective").into_iter().map(|(text, _)| text).collect();
    assert_eq!(objectives.len(), 3, "{objectives:?}");
    assert!(objectives[0].contains("afin d’associer les expertises"));
    assert!(objectives[1].contains("visant à mener des projets"));
    assert!(objectives[2].contains("dans le but d’offrir aux patients"));
}
