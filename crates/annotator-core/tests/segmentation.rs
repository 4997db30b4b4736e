//! The segmenter against cases whose ends were set by hand to the policy in the documentation of `segment`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use annotator_core::segment::segment;
use annotator_core::{Language, Text};
use serde::Deserialize;

/// One case; ends are in code points.
#[derive(Deserialize)]
struct Case {
    id: String,
    lang: String,
    text: String,
    ends: Vec<usize>,
}

impl Case {
    /// Reads marked text, `lang tag: text` with a bar behind each sentence but the last, `\n`, `\r`, `\t`
    /// and `\u{…}` for what a line cannot hold.
    fn marked(number: usize, line: &str) -> Self {
        let (head, marked) = line.split_once(": ").unwrap();
        let (lang, tag) = head.split_once(' ').unwrap();
        let mut case = Case { id: format!("{number} {tag}"), lang: lang.into(), text: String::new(), ends: Vec::new() };
        let mut length = 0;
        let mut rest = marked.chars();
        while let Some(c) = rest.next() {
            let c = match c {
                '|' => {
                    case.ends.push(length);
                    continue;
                }
                '\\' => match rest.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        let code: String = rest.by_ref().skip(1).take_while(|&c| c != '}').collect();
                        char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap()
                    }
                    other => panic!("line {number}: expected n, r, t or u behind a backslash, found {other}"),
                },
                c => c,
            };
            case.text.push(c);
            length += 1;
        }
        case.ends.push(length);
        case
    }

    fn found(&self) -> Vec<usize> {
        let text = Text::new(self.text.as_str());
        let found = segment(&text, Language::from_tag(&self.lang));
        found.sentences().iter().map(|s| text.char_of(s.span.end()).unwrap().0).collect()
    }

    /// Says how the case differs; `None` if it does not.
    fn difference(&self) -> Option<String> {
        let (found, shown) = (self.found(), |ends: &[usize]| {
            let bar = |i| ends.contains(&i).then_some('|');
            self.text.chars().enumerate().flat_map(|(i, c)| bar(i).into_iter().chain([c])).collect::<String>()
        });
        let differs = found != self.ends;
        differs.then(|| format!("{} {}\n  want {}\n  have {}", self.lang, self.id, shown(&self.ends), shown(&found)))
    }
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/segmentation").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn marked(name: &str) -> Vec<Case> {
    read(name).lines().enumerate().map(|(number, line)| Case::marked(number + 1, line)).collect()
}

fn assert_all_hold(cases: &[Case]) {
    let wrong: Vec<String> = cases.iter().filter_map(Case::difference).collect();
    assert!(wrong.is_empty(), "{} of {} cases differ\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// F1 of the ends, those of the texts themselves included.
fn f1(cases: &[Case]) -> f64 {
    let (mut hit, mut found, mut wanted) = (0, 0, 0);
    for case in cases {
        let ends = case.found();
        hit += ends.iter().filter(|end| case.ends.contains(end)).count();
        found += ends.len();
        wanted += case.ends.len();
    }
    2.0 * hit as f64 / (found + wanted) as f64
}

#[test]
fn the_given_cases_are_segmented_as_the_policy_says() {
    let cases: Vec<Case> = serde_json::from_str(&read("dev-cases.json")).unwrap();
    assert_all_hold(&cases);
}

#[test]
fn further_cases_are_segmented_as_the_policy_says() {
    assert_all_hold(&marked("cases.txt"));
}

/// These were set aside while the rules were written, so they measure how the rules generalise.
#[test]
fn cases_set_aside_reach_the_wanted_f1() {
    let cases = marked("blind.txt");
    let f1 = f1(&cases);
    println!("F1 {f1:.4} over {} cases", cases.len());
    if std::env::var_os("SHOW_BLIND").is_some() {
        cases.iter().filter_map(Case::difference).for_each(|difference| println!("{difference}"));
    }
    assert!(f1 >= 0.97, "F1 is {f1:.4}");
}

#[test]
fn the_sample_release_has_eleven_units() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/releases/ipsen-gustave-roussy.fr.txt");
    let text = Text::new(std::fs::read_to_string(path).unwrap());
    let found = segment(&text, Language::French);
    let units: Vec<&str> = found.sentences().iter().map(|s| text.slice(s.span).unwrap()).collect();
    assert_eq!(units.len(), 11, "{units:#?}");
    assert_eq!(units[0], "Cancérologie : partenariat entre Ipsen et l’Institut Gustave Roussy");
    assert!(units[8].contains("unique.") && units[8].ends_with("médicales innovantes."), "{}", units[8]);
    assert!(units[9].starts_with("Ce partenariat") && units[9].ends_with("R&D »."), "{}", units[9]);
    assert_eq!(units[10], "Source : Ipsen");
}
