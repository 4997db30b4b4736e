//! How long re-anchoring takes: 1 000 annotations on a text of 1 MB, of several make-ups and with several edits.
//! `cargo bench -p annotator-core --bench anchor` prints the median of nine runs in milliseconds.

use std::time::Instant;

use annotator_core::anchor::{Resolution, describe, reanchor, resolve};
use annotator_core::{Span, Text};

const SAMPLE: &str = include_str!("../tests/data/releases/ipsen-gustave-roussy.fr.txt");
const OTHER: &str = include_str!("../tests/data/releases/battery.en.txt");
const SIZE: usize = 1_000_000;

fn main() {
    let repeated = SAMPLE.repeat(SIZE / SAMPLE.len() + 1);
    let mut numbered = String::new();
    for i in 0.. {
        if numbered.len() >= SIZE {
            break;
        }
        numbered.push_str(&SAMPLE.replace("Ipsen", &format!("Ipsen{i}")).replace(" le ", &format!(" le {} ", i * 7)));
        numbered.push_str("\n\n");
    }
    let unbroken: String = repeated.chars().map(|c| if ".\n!?".contains(c) { ' ' } else { c }).collect();
    for (name, old) in [("repeated", repeated), ("numbered", numbered), ("unbroken", unbroken)] {
        let typos = edited(&old, 2_000, "x");
        let words = edited(&old, 20_000, " mot nouveau");
        let everywhere = edited(&old, 97, "y");
        let half = old.len() / 2 + 1000;
        let half = (half..).find(|&at| old.is_char_boundary(at)).unwrap_or(0);
        let turned = format!("{}{}", &old[half..], &old[..half]);
        let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
        for (edit, new) in [
            ("a word every 20 kB", words),
            ("a typo every 2 kB", typos),
            ("a typo every 97 bytes", everywhere),
            ("halves changed places", turned),
            ("another text", OTHER.repeat(SIZE / OTHER.len())),
            ("upper case", old.to_uppercase()),
        ] {
            if format!("{name} {edit}").contains(&only) {
                measure(name, edit, &old, &new);
            }
        }
    }
}

fn edited(text: &str, every: usize, with: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / every * with.len());
    let mut next = every / 2;
    for (at, c) in text.char_indices() {
        out.push(c);
        if at >= next && c.is_alphabetic() {
            out.push_str(with);
            next = at + every;
        }
    }
    out
}

fn measure(name: &str, edit: &str, old: &str, new: &str) {
    let (old, new) = (Text::new(old), Text::new(new));
    let spans: Vec<Span> = (0..1000)
        .filter_map(|i| {
            let boundary = |mut at: usize| {
                while !old.is_char_boundary(at) {
                    at += 1;
                }
                at
            };
            Span::new(boundary(i * 990), boundary(i * 990 + 120))
        })
        .collect();
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..9 {
        let begun = Instant::now();
        let answers = reanchor(&old, &new, &spans);
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        found = answers.iter().filter(|answer| answer.span().is_some()).count();
    }
    times.sort_by(f64::total_cmp);
    let begun = Instant::now();
    let quoted = spans.iter().take(20).map(|&span| resolve(&describe(&old, span), &new));
    let quoted = quoted.filter(|answer| !matches!(answer, Resolution::Orphan)).count();
    println!(
        "{name:9} {edit:22} reanchor {:7.1} ms, {found:4} of 1000 found; resolve {:5.1} ms each, {quoted} of 20 found",
        times[4],
        begun.elapsed().as_secs_f64() * 1000.0 / 20.0
    );
}
