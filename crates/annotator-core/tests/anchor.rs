//! Re-anchoring measured on edit scripts of which the right answer is known, in two parts: the releases and seeds on
//! which the rules were made, and others that were written when the rules were finished (change no rule for their sake). `SHOW=Merged cargo test --test anchor -- --nocapture` prints
//! the wrong answers of one kind of edit (`SHOW=e` those of all), and with `TEXT=1` both texts.

#[path = "anchor/script.rs"]
mod script;

use annotator_core::anchor::{Resolution, describe, reanchor, resolve};
use annotator_core::{CharOffset, Span, Text};
use script::{Case, Dice, EDITS, Edit};

const KNOWN: [&str; 7] = [
    include_str!("data/releases/ipsen-gustave-roussy.fr.txt"),
    include_str!("data/releases/chocolaterie.fr.txt"),
    include_str!("data/releases/resultats.fr.txt"),
    include_str!("data/releases/battery.en.txt"),
    include_str!("data/releases/musee.fr.txt"),
    include_str!("data/releases/trial.en.txt"),
    include_str!("data/releases/rail.fr.txt"),
];
const HELD_OUT: [&str; 2] =
    [include_str!("data/releases/cooperative.fr.txt"), include_str!("data/releases/library.en.txt")];

/// What came out of a number of scripts.
#[derive(Default, Clone, Copy)]
struct Tally {
    asked: usize,
    right: usize,
    silently_wrong: usize,
    false_orphans: usize,
    ambiguous: usize,
    touched_right: usize,
    untouched: usize,
    untouched_exact: usize,
    /// Right, and to the character but for marks and white space at the edges.
    strict: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.asked += other.asked;
        self.right += other.right;
        self.silently_wrong += other.silently_wrong;
        self.false_orphans += other.false_orphans;
        self.ambiguous += other.ambiguous;
        self.touched_right += other.touched_right;
        self.untouched += other.untouched;
        self.untouched_exact += other.untouched_exact;
        self.strict += other.strict;
    }
}

/// Answers one case. Right means that the answer and the truth share at least seven tenths of what either covers.
fn judge(case: &Case, edit: Edit, by_quote: bool, tally: &mut Tally) {
    let (old, new) = (Text::new(case.old.as_str()), Text::new(case.new.as_str()));
    let spans: Vec<Span> = case
        .asks
        .iter()
        .map(|ask| {
            old.span_of_chars([CharOffset(ask.old.start), CharOffset(ask.old.end)]).expect("inside the old text")
        })
        .collect();
    let answers = if by_quote {
        spans.iter().map(|&span| resolve(&describe(&old, span), &new)).collect()
    } else {
        reanchor(&old, &new, &spans)
    };
    assert_eq!(answers.len(), spans.len(), "every annotation is reported");
    for ((ask, answer), span) in case.asks.iter().zip(&answers).zip(&spans) {
        tally.asked += 1;
        let span_of = |t: &std::ops::Range<usize>| new.span_of_chars([CharOffset(t.start), CharOffset(t.end)]);
        let truth = ask.truth.as_ref().and_then(span_of);
        let twin = ask.twin.as_ref().map(|twin| twin.as_ref().and_then(span_of));
        let fits = |found: Span| [truth, twin.flatten()].into_iter().flatten().any(|truth| shared(found, truth) >= 0.7);
        let gone = truth.is_none() || twin == Some(None);
        let right = match answer {
            Resolution::Ambiguous(places) => ask.copied && (gone || places.iter().any(|&place| fits(place))),
            Resolution::Orphan => gone,
            _ => answer.span().is_some_and(fits),
        };
        tally.right += usize::from(right);
        tally.touched_right += usize::from(right && !ask.untouched);
        tally.silently_wrong += usize::from(!right && answer.span().is_some());
        tally.false_orphans += usize::from(!gone && *answer == Resolution::Orphan);
        tally.ambiguous += usize::from(matches!(answer, Resolution::Ambiguous(_)));
        let trimmed = |span: Span| new.slice(span).map(|s| s.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
        tally.strict +=
            usize::from(right && (truth.is_none() || answer.span().and_then(trimmed) == truth.and_then(trimmed)));
        let exact =
            matches!(answer, Resolution::Exact(_)) || (ask.copied && matches!(answer, Resolution::Ambiguous(_)));
        if ask.untouched {
            tally.untouched += 1;
            tally.untouched_exact += usize::from(right && exact);
        }
        let wanted = std::env::var("SHOW").unwrap_or_default();
        if (!right || (ask.untouched && !exact)) && !wanted.is_empty() && format!("{edit:?}").contains(wanted.as_str())
        {
            println!("-- {edit:?} untouched={} {answer:?}", ask.untouched);
            println!("   old   {:?}", old.slice(*span));
            println!("   truth {:?}", truth.and_then(|truth| new.slice(truth)));
            println!("   found {:?}", answer.span().and_then(|found| new.slice(found)));
            if std::env::var("TEXT").is_ok() {
                println!("   --- old\n{}\n   --- new\n{}", case.old, case.new);
            }
        }
    }
}

fn shared(a: Span, b: Span) -> f64 {
    let both = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

fn measure(sources: &[&str], others: &[&str], seed: u64, rounds: usize, by_quote: bool) -> Tally {
    let mut dice = Dice::new(seed);
    let mut sum = Tally::default();
    for edit in EDITS {
        let mut tally = Tally::default();
        for _ in 0..rounds {
            for (i, source) in sources.iter().enumerate() {
                let mut others: Vec<&str> = others.to_vec();
                others.extend(sources.iter().enumerate().filter(|&(k, _)| k != i).map(|(_, text)| *text));
                judge(&script::case(source, &others, edit, &mut dice), edit, by_quote, &mut tally);
            }
        }
        report(&format!("{edit:?}"), &tally);
        sum.add(tally);
    }
    report("all", &sum);
    sum
}

fn report(name: &str, tally: &Tally) {
    let percent = |part: usize| 100.0 * part as f64 / tally.asked.max(1) as f64;
    println!(
        "{name:16} {:6} asked  {:6.2} right (of touched {:6.2})  {:5.2} silently wrong  {:5.2} false orphans  {:5.2} ambiguous  {:6.2} strict  untouched {}/{} exact",
        tally.asked,
        percent(tally.right),
        100.0 * tally.touched_right as f64 / (tally.asked - tally.untouched).max(1) as f64,
        percent(tally.silently_wrong),
        percent(tally.false_orphans),
        percent(tally.ambiguous),
        percent(tally.strict),
        tally.untouched_exact,
        tally.untouched,
    );
}

/// The bounds that must hold on unseen edit scripts.
fn holds(tally: &Tally) {
    let share = |part: usize| part as f64 / tally.asked as f64;
    assert!(share(tally.right) >= 0.99, "right: {}", share(tally.right));
    assert!(share(tally.silently_wrong) <= 0.005, "silently wrong: {}", share(tally.silently_wrong));
    assert!(share(tally.false_orphans) <= 0.01, "false orphans: {}", share(tally.false_orphans));
    assert_eq!(tally.untouched, tally.untouched_exact, "untouched sentences are exact");
}

#[test]
fn edit_scripts_on_known_releases_are_followed() {
    holds(&measure(&KNOWN, &[], 1, 6, false));
}

#[test]
fn edit_scripts_on_held_out_releases_are_followed() {
    holds(&measure(&HELD_OUT, &KNOWN, 20_261_123, 20, false));
}

#[test]
fn without_the_old_text_most_are_followed_and_few_are_silently_wrong() {
    let tally = measure(&HELD_OUT, &KNOWN, 3, 8, true);
    let share = |part: usize| part as f64 / tally.asked as f64;
    assert!(share(tally.right) >= 0.9, "right: {}", share(tally.right));
    assert!(share(tally.silently_wrong) <= 0.02, "silently wrong: {}", share(tally.silently_wrong));
}
