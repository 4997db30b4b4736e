//! The segmenter against cases whose ends were set by hand to the policy in the documentation of `segment`.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use annotator_core::segment::segment;
use annotator_core::{Language, Text};
use serde::Deserialize;

/// One case of a file under `data/segmentation/`; ends are in code points.
#[derive(Deserialize)]
struct Case {
    id: String,
    lang: String,
    text: String,
    ends: Vec<usize>,
}

fn cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/segmentation").join(name);
    let content = std::fs::read_to_string(&path).unwrap();
    serde_json::from_str(&content).unwrap()
}

fn ends(case: &Case) -> Vec<usize> {
    let text = Text::new(case.text.as_str());
    let found = segment(&text, Language::from_tag(&case.lang));
    found.sentences().iter().map(|s| text.char_of(s.span.end()).unwrap().0).collect()
}

/// The text with a bar at each end, for messages.
fn shown(text: &str, ends: &[usize]) -> String {
    text.chars().enumerate().flat_map(|(i, c)| ends.contains(&i).then_some('|').into_iter().chain([c])).collect()
}

#[test]
fn the_given_cases_are_segmented_as_the_policy_says() {
    let cases = cases("dev-cases.json");
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| ends(case) != case.ends)
        .map(|case| {
            format!("{}\n  want {}\n  have {}", case.id, shown(&case.text, &case.ends), shown(&case.text, &ends(case)))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases differ\n{}", wrong.len(), cases.len(), wrong.join("\n"));
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
