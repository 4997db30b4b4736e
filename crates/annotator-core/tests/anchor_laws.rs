//! What holds for re-anchoring whatever the texts: laws over random strings, and single cases an annotator would have
//! an opinion about, in marked text: `[…]` is the annotation before and where it should be after.

use annotator_core::anchor::{Resolution, describe, reanchor, resolve};
use annotator_core::{Span, Text};
use proptest::prelude::*;

/// Strings with everything that has ever broken a tokeniser, and with repetitions.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        "(\\PC|[é😀\r\n\u{301}\u{200d}\u{ad}\u{feff}]){0,60}",
        "([ab] |a\\. A|\n\n|\r\n|e\u{301}|é|’|'|« |\\.\\.\\.|…| ){0,60}",
        "(Le plan A dure 3 ans\\. |Le plan B dure 4 ans\\. |Rien\\. |\n\n){0,12}",
    ]
}

fn some_span(text: &str, ends: (prop::sample::Index, prop::sample::Index)) -> Span {
    let boundaries: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let (a, b) = (boundaries[ends.0.index(boundaries.len())], boundaries[ends.1.index(boundaries.len())]);
    Span::new(a.min(b), a.max(b)).expect("ordered")
}

fn places(resolution: &Resolution) -> Vec<Span> {
    match resolution {
        Resolution::Ambiguous(places) => places.clone(),
        other => other.span().into_iter().collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn describing_and_resolving_on_the_same_text_is_exact(
        text in anything(), ends in any::<(prop::sample::Index, prop::sample::Index)>()
    ) {
        let span = some_span(&text, ends);
        let text = Text::new(text);
        prop_assert_eq!(resolve(&describe(&text, span), &text), Resolution::Exact(span));
    }

    #[test]
    fn re_anchoring_on_the_same_text_is_exact(
        text in anything(), ends in any::<(prop::sample::Index, prop::sample::Index)>()
    ) {
        let span = some_span(&text, ends);
        let text = Text::new(text);
        prop_assert_eq!(reanchor(&text, &text, &[span]), vec![Resolution::Exact(span)]);
    }

    #[test]
    fn every_span_gets_an_answer_on_boundaries_of_the_new_text(
        old in anything(), new in anything(),
        ends in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 0..8)
    ) {
        let spans: Vec<Span> = ends.into_iter().map(|ends| some_span(&old, ends)).collect();
        let (old, new) = (Text::new(old), Text::new(new));
        let answers = reanchor(&old, &new, &spans);
        prop_assert_eq!(answers.len(), spans.len());
        for (answer, &span) in answers.iter().zip(&spans) {
            for place in places(answer).into_iter().chain(places(&resolve(&describe(&old, span), &new))) {
                prop_assert!(new.slice(place).is_some());
            }
            if let Resolution::Fuzzy { score, .. } = answer {
                prop_assert!((0.0..1.0).contains(score));
            }
            if let Resolution::Ambiguous(places) = answer {
                prop_assert!(!places.is_empty());
            }
        }
    }

    #[test]
    fn text_put_before_or_behind_leaves_every_sentence_exact(
        before in "[a-z]{1,9} [a-z]{1,9}[.]", behind in "[a-z]{1,9} [a-z]{1,9}[.]"
    ) {
        let old = "Le premier accord dure trois ans.\n\nLe second, signé à Lyon, en dure cinq. Il est public.";
        let new = Text::new(format!("{before}\n\n{old}\n\n{behind}"));
        let shift = before.len() + 2;
        let spans: Vec<Span> = [(0, 33), (35, 77), (35, 87), (78, 95)]
            .into_iter()
            .filter_map(|(a, b)| Span::new(a, b))
            .filter(|span| old.get(span.start()..span.end()).is_some())
            .collect();
        for (answer, span) in reanchor(&Text::new(old), &new, &spans).iter().zip(&spans) {
            prop_assert_eq!(answer, &Resolution::Exact(Span::new(span.start() + shift, span.end() + shift).expect("ordered")));
        }
    }
}

/// Takes the brackets out of a marked text.
fn marked(text: &str) -> (Text, Vec<Span>) {
    let (mut plain, mut open, mut spans) = (String::new(), 0, Vec::new());
    for c in text.chars() {
        match c {
            '[' => open = plain.len(),
            ']' => spans.extend(Span::new(open, plain.len())),
            _ => plain.push(c),
        }
    }
    (Text::new(plain), spans)
}

fn answer(old: &str, new: &str) -> (&'static str, Vec<String>) {
    let (old, spans) = marked(old);
    let new = Text::new(new);
    let answer = reanchor(&old, &new, &spans).remove(0);
    let name = match answer {
        Resolution::Exact(_) => "exact",
        Resolution::Moved(_) => "moved",
        Resolution::Fuzzy { .. } => "fuzzy",
        Resolution::Ambiguous(_) => "ambiguous",
        Resolution::Orphan => "orphan",
    };
    (name, places(&answer).into_iter().map(|place| new.slice(place).expect("inside").to_owned()).collect())
}

#[track_caller]
fn becomes(old: &str, new: &str, status: &str) {
    let (new, wanted) = marked(new);
    let wanted: Vec<String> = wanted.into_iter().map(|span| new.slice(span).expect("inside").to_owned()).collect();
    let (name, found) = answer(old, &new);
    assert_eq!((name, found), (status, wanted), "{old}\n→ {}", new.as_str());
}

const BEFORE: &str = "Le groupe Thelmor a réuni son conseil lundi.";
const AFTER: &str = "Les comptes seront publiés en octobre prochain.";

#[track_caller]
fn between(old: &str, new: &str, status: &str) {
    becomes(&format!("{BEFORE} {old} {AFTER}"), &format!("{BEFORE} {new} {AFTER}"), status);
}

#[test]
fn a_sentence_spelled_with_other_typography_is_exact() {
    between(
        "[L’accord « Horizon » coûte 1 000 € – pas plus…]",
        "[L'accord \"Horizon\" coûte 1\u{202f}000\u{a0}€ - pas plus...]",
        "exact",
    );
    between(
        "[L’été, c’est déjà fini à Besançon.]",
        "[L’e\u{301}te\u{301}, c’est de\u{301}ja\u{300} fini a\u{300} Besanc\u{327}on.]",
        "exact",
    );
    between("[Un accord\nde trois ans.]", "[Un\r\naccord de   trois\r\nans.]", "exact");
}

#[test]
fn a_changed_letter_case_or_accent_is_fuzzy() {
    between("[La mesure entre en vigueur à Lyon.]", "[La mesure entre en vigueur a Lyon.]", "fuzzy");
    between("[La mesure entre en vigueur à Lyon.]", "[LA MESURE ENTRE EN VIGUEUR À LYON.]", "fuzzy");
}

#[test]
fn a_changed_number_or_word_is_fuzzy_and_covers_the_sentence() {
    between("[Cet accord porte sur une durée de 3 ans.]", "[Cet accord porte sur une durée de 15 mois.]", "fuzzy");
    between(
        "[Le directeur a salué un accord historique.]",
        "[La directrice a salué un accord sans précédent.]",
        "fuzzy",
    );
}

#[test]
fn words_put_before_or_behind_belong_to_the_sentence() {
    between("[L’usine ouvrira en mai.]", "[Sauf imprévu, l’usine ouvrira en mai.]", "fuzzy");
    between("[L’usine ouvrira en mai.]", "[L’usine ouvrira en mai à Lyon.]", "fuzzy");
}

#[test]
fn a_sentence_beside_an_inserted_one_is_exact() {
    between("[L’usine ouvrira en mai.]", "Rien ne presse pourtant. [L’usine ouvrira en mai.]", "exact");
    between("[L’usine ouvrira en mai.]", "[L’usine ouvrira en mai.] Rien ne presse pourtant.", "exact");
}

#[test]
fn a_sentence_that_was_taken_out_is_an_orphan() {
    between("[L’usine ouvrira en mai.]", "", "orphan");
    between("[L’usine ouvrira en mai.]", "Marie Dupont a salué la ville de Lille.", "orphan");
}

#[test]
fn a_look_alike_is_not_taken_for_the_original() {
    let look_alike = "Le chiffre d’affaires du deuxième trimestre s’élève à 437 millions d’euros.";
    let original = "[Le chiffre d’affaires du premier trimestre s’élève à 412 millions d’euros.]";
    between(&format!("{original} {look_alike}"), look_alike, "orphan");
    between(&format!("{look_alike} {original}"), look_alike, "orphan");
    let changed = look_alike.replace("437", "439");
    between(&format!("{original} {look_alike}"), &changed, "orphan");
}

#[test]
fn a_cut_sentence_is_what_remains() {
    let whole = "[Le site, ouvert en 2019 par la ville, emploie 54 personnes et reçoit du public chaque samedi.]";
    between(whole, "[Le site, ouvert en 2019 par la ville, emploie 54 personnes.]", "fuzzy");
    between(whole, "[Emploie 54 personnes et reçoit du public chaque samedi.]", "fuzzy");
}

#[test]
fn a_split_sentence_is_all_its_parts() {
    between(
        "[Le site emploie 54 personnes et il reçoit du public chaque samedi.]",
        "[Le site emploie 54 personnes. Il reçoit du public chaque samedi.]",
        "fuzzy",
    );
}

#[test]
fn a_merged_sentence_is_its_own_part() {
    between(
        "[Le site emploie 54 personnes.] Il reçoit du public chaque samedi.",
        "[Le site emploie 54 personnes] et il reçoit du public chaque samedi.",
        "fuzzy",
    );
    between(
        "Le site emploie 54 personnes. [Il reçoit du public chaque samedi.]",
        "Le site emploie 54 personnes et [il reçoit du public chaque samedi.]",
        "fuzzy",
    );
}

#[test]
fn a_sentence_far_from_where_it_was_has_moved() {
    let rest = "Un an et demi. Deux ans après. Trois fois plus. Quatre heures durant. Cinq personnes au moins. Six jours de \
        moins. Sept euros de plus.";
    becomes(&format!("[L’usine ouvrira en mai.] {rest}"), &format!("{rest} [L’usine ouvrira en mai.]"), "moved");
    becomes(
        &format!("[L’usine ouvrira en mai 2025.] {rest}"),
        &format!("{rest} [L’usine ouvrira en juin 2025.]"),
        "fuzzy",
    );
}

#[test]
fn two_equal_sentences_keep_their_places() {
    becomes(
        &format!("{BEFORE} Entrée libre. {AFTER} [Entrée libre.]"),
        &format!("{BEFORE} {AFTER} [Entrée libre.]"),
        "exact",
    );
    becomes(
        &format!("{BEFORE} [Entrée libre.] {AFTER} Entrée libre."),
        &format!("{BEFORE} {AFTER} Entrée libre."),
        "orphan",
    );
}

#[test]
fn the_same_words_with_equal_context_are_ambiguous() {
    between("[Entrée libre.]", "[Entrée libre.] [Entrée libre.]", "ambiguous");
    between("[Entrée libre.] Entrée libre.", "[Entrée libre.]", "ambiguous");
}

#[test]
fn the_same_words_in_a_paragraph_put_behind_are_no_twin() {
    becomes(
        "À propos de [la Maison Verlaine]\n\nElle est fondée en 1931.",
        "À propos de [la Maison Verlaine]\n\nla Maison Verlaine ouvre un atelier\n\nElle est fondée en 1931.",
        "exact",
    );
}

#[test]
fn a_part_of_a_sentence_keeps_its_edges() {
    between(
        "L’usine ouvrira [le 3 mai 2025] à Lyon.",
        "Selon elle, l’usine ouvrira [le 3 mai 2025] près de Lyon.",
        "exact",
    );
    between("L’usine ouvrira [le 3 mai 2025] à Lyon.", "L’usine ouvrira [le 14 juin 2025] à Lyon.", "fuzzy");
    between("Selon [Claude Bertrand], l’usine ouvrira.", "Selon [Marie Lenoir], l’usine ouvrira.", "fuzzy");
    between("L’usine ouvrira [le 3 mai 2025] à Lyon.", "L’usine ouvrira à Lyon.", "orphan");
    between("L’usine r[ouvri]ra à Lyon.", "Cette usine r[ouvri]ra à Lyon.", "exact");
}

#[test]
fn white_space_alone_is_found_between_the_same_words() {
    becomes("Un accord.[  ]Un mot.", "Titre. Un accord.[  ]Un mot.", "exact");
    becomes("Un accord.[]Un mot.", "Rien de tel.", "orphan");
}

#[test]
fn without_the_old_text_the_context_decides() {
    let old = Text::new("Le premier site ouvre. Entrée libre. Le second ferme. Entrée libre. Fin du texte.");
    let span = |text: &Text, nth: usize| {
        let at = text.match_indices("Entrée libre.").nth(nth).expect("there").0;
        Span::new(at, at + "Entrée libre.".len()).expect("ordered")
    };
    let new = Text::new("Un mot. Le premier site ouvre. Entrée libre. Le second ferme. Entrée libre. Fin du texte.");
    for nth in 0..2 {
        assert_eq!(resolve(&describe(&old, span(&old, nth)), &new), Resolution::Exact(span(&new, nth)));
    }
    let alone = Text::new("Rien à voir ici. Entrée libre. Rien non plus là. Entrée libre. Rien à voir ici.");
    let answer = resolve(&describe(&old, span(&old, 0)), &alone);
    assert!(matches!(answer, Resolution::Ambiguous(_) | Resolution::Orphan), "{answer:?}");
}

#[test]
fn without_the_old_text_a_changed_quote_is_fuzzy_and_a_strange_one_an_orphan() {
    let old = Text::new("Avant tout. Cet accord, signé le 27 juin 2011, porte sur une durée de 3 ans. La suite vient.");
    let at = old.find("Cet").expect("there");
    let span = Span::new(at, old.find(" La suite").expect("there")).expect("ordered");
    let new =
        Text::new("Avant tout. Cet accord, conclu le 28 juin 2011, porte sur une durée de 5 ans. La suite vient.");
    let found = resolve(&describe(&old, span), &new).span().and_then(|span| new.slice(span));
    assert_eq!(found, Some("Cet accord, conclu le 28 juin 2011, porte sur une durée de 5 ans."));
    let other = Text::new(
        "La ville de Lyon a cédé un terrain. Les travaux commencent au printemps avec une entreprise locale.",
    );
    assert_eq!(resolve(&describe(&old, span), &other), Resolution::Orphan);
}

#[test]
fn the_context_cuts_no_grapheme_cluster() {
    let text = Text::new(format!("{}👩\u{200d}🔬{}🇫🇷{}", "e\u{301}".repeat(20), "x".repeat(30), "\r\n".repeat(30)));
    let at = text.find('x').expect("there");
    let selectors = describe(&text, Span::new(at, at + 30).expect("ordered"));
    assert!(selectors.prefix.starts_with('e'), "{:?}", selectors.prefix);
    assert!(selectors.suffix.starts_with("🇫🇷\r\n") && selectors.suffix.ends_with('\n'), "{:?}", selectors.suffix);
    assert!((28..=32).contains(&selectors.prefix.chars().count()));
}

#[test]
fn a_span_outside_the_old_text_is_an_orphan() {
    let (old, new) = (Text::new("été"), Text::new("été un"));
    let spans = [Span::new(0, 1), Span::new(0, 99), Span::new(7, 9)].map(|span| span.expect("ordered"));
    assert!(reanchor(&old, &new, &spans).iter().all(|answer| *answer == Resolution::Orphan));
    assert!(reanchor(&old, &old, &spans).iter().all(|answer| *answer == Resolution::Orphan));
}
