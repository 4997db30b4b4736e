//! Proposals for annotations by deterministic rules: dates with their value, quotes with their
//! speaker, objectives. A suggestion says which rule made it and why; it is no annotation until a
//! person accepts it. Leaves out which suggestions are shown (see the session).

mod code;
mod dates;
mod matcher;
mod objectives;
mod quotes;
mod rules;
mod same;
mod tokens;
mod unpack;

pub use dates::{ValueError, check_value};
pub use same::same_text;

use crate::{Language, Span, Text, UiLanguage};
use time::Date;
use tokens::Tokens;

/// A proposed annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The id of the rule that made it; stable, as it is kept in an accepted annotation's provenance.
    pub rule: &'static str,
    /// The id of its label: `dates`, `quote` or `objective`.
    pub label: &'static str,
    /// Where it lies, in bytes of the text.
    pub span: Span,
    /// `value` for dates (empty if only a date that nobody gave would tell); `speaker`, `role` and
    /// `verb` for quotes, those that are known.
    pub attributes: Vec<(&'static str, String)>,
    /// Why it was made.
    pub reason: Reason,
}

impl Suggestion {
    /// An id that is the same for the same text and rules: the rule and where it applied. It is what is
    /// kept of a suggestion that was dismissed.
    pub fn id(&self) -> String {
        let mut id = String::from(self.rule);
        for (separator, at) in [(":", self.span.start()), ("-", self.span.end())] {
            dates::push(&mut id, separator, at as i32, 1);
        }
        id
    }

    /// The value of an attribute; `None` if the rule did not set it.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| *k == key).map(|(_, v)| v.as_str())
    }
}

/// Why a suggestion was made, for a person to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    rule: &'static str,
    detail: Option<String>,
}

impl Reason {
    /// The reason as a phrase in the language of the interface, without a full stop.
    pub fn text(&self, ui: UiLanguage) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        matcher::Rules::of_all().reason(self.rule, ui == UiLanguage::English, detail)
    }
}

/// Adds a suggestion with its reason.
#[inline(never)]
fn suggest_one(
    out: &mut Vec<Suggestion>,
    (rule, label): (&'static str, &'static str),
    span: Span,
    attributes: Vec<(&'static str, String)>,
    detail: Option<String>,
) {
    out.push(Suggestion { rule, label, span, attributes, reason: Reason { rule, detail } });
}

/// Proposes annotations for a text, in the order of their start; a pure function of its arguments.
///
/// `sentences` are the sentences in force, in order; an objective's span is one of them. `dct` is the
/// date of the document as the host knows it: the release's own dateline wins over it.
/// Linear in the length of the text.
pub fn suggest(text: &Text, language: Language, sentences: &[Span], dct: Option<Date>) -> Vec<Suggestion> {
    let tokens = Tokens::new(text);
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    dates::find(&tokens, language, sentences, dct, &mut found[0]);
    objectives::find(&tokens, language, sentences, &mut found[1]);
    // 1789 is no date where it is a play.
    let titles = quotes::find(&tokens, language, &mut found[2]);
    let mut k = 0;
    found[0].retain(|date| {
        while titles.get(k).is_some_and(|title| title.end() <= date.span.start()) {
            k += 1;
        }
        !titles.get(k).is_some_and(|title| title.overlaps(date.span))
    });
    // Each list is in order; merging them is smaller than a sort. Of two that start together the longer is first.
    found.iter_mut().for_each(|list| list.reverse());
    let mut out = Vec::new();
    loop {
        let mut next: Option<(usize, Span)> = None;
        for (k, list) in found.iter().enumerate() {
            let Some(span) = list.last().map(|s: &Suggestion| s.span) else { continue };
            if next.is_none_or(|(_, n)| (span.start(), n.end()) < (n.start(), span.end())) {
                next = Some((k, span));
            }
        }
        match next.and_then(|(k, _)| found[k].pop()) {
            Some(suggestion) => out.push(suggestion),
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{marked, segment};
    use proptest::prelude::*;

    fn of(text: &str, language: Language) -> (Text, Vec<Suggestion>) {
        let text = Text::new(text);
        let sentences = segment::sentences(&text, language);
        let found = suggest(&text, language, &sentences, None);
        (text, found)
    }

    /// The examples in the documentation of the rules: rule id, whether it catches, the marked text.
    fn examples() -> Vec<(String, bool, String)> {
        let (mut open, mut all) = (Vec::new(), Vec::new());
        for line in include_str!("rules.rs").lines() {
            if let Some(rest) = line.strip_prefix("/// - ") {
                let (kind, example) = rest.split_once(" `").unwrap();
                open.push((kind == "Catches", example.strip_suffix('`').unwrap().replace('¶', "\n")));
            } else if let Some(rest) = line.strip_prefix("pub(super) const ").filter(|_| !open.is_empty()) {
                let id = rest.split('"').nth(1).unwrap();
                assert_eq!(
                    (open.iter().filter(|e| e.0).count(), open.len()),
                    (3, 5),
                    "{id} needs three examples and two"
                );
                all.extend(open.drain(..).map(|(catches, example)| (id.to_owned(), catches, example)));
            }
        }
        all
    }

    #[test]
    fn every_rule_keeps_its_examples() {
        let all = examples();
        let reasons = include_str!("rules/reasons.txt");
        assert_eq!(all.len(), 5 * reasons.lines().count(), "every rule has its examples and its reason");
        let mut broken = Vec::new();
        for (id, catches, example) in all {
            let (language, source) = match example.strip_prefix("en:") {
                Some(source) => (Language::English, source),
                None => (Language::French, example.as_str()),
            };
            let read = marked::parse(source).unwrap();
            let (_, found) = of(&read.text, language);
            let by_rule = found.iter().filter(|s| s.rule == id).count();
            let mut kept = (by_rule > 0) == catches;
            // Every mark of the label in the example is found as it is written, and nothing else.
            let label = id.split('-').next().map(|kind| if kind == "date" { "dates" } else { kind }).unwrap();
            let spans: Vec<Span> = found.iter().filter(|s| s.label == label).map(|s| s.span).collect();
            let marks: Vec<Span> = read.marks.iter().filter(|m| m.label == label).map(|m| m.span).collect();
            kept &= !catches || spans == marks;
            for mark in &read.marks {
                let one = found.iter().find(|s| s.span == mark.span && s.label == mark.label);
                for (key, value) in &mark.attributes {
                    kept &= one.and_then(|s| s.attribute(key)) == Some(value);
                }
            }
            if !kept {
                broken.push(format!("{id}: {source}: {found:?}"));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn long_texts_of_any_shape_take_linear_time() {
        for piece in [
            "« ",
            "« a » ",
            "\" ",
            "– a\n",
            "– 12 a\n\n",
            "A ",
            "A B, dit A « b c d » ",
            "v1",
            "1 ",
            "1.",
            "01 ",
            "le le but ",
            "pour réduire le dividende ",
            "to build dividend ",
            "un an ",
            "du 3 au ",
            "3 mai ",
            "de A à ",
            "« A\n\n",
            "“A said ‘b’ ",
            "dit A, A, ",
            "n° ",
            "est « a b c », « d e f » ",
            "à 9 h ",
        ] {
            for language in [Language::French, Language::English] {
                let text = Text::new(piece.repeat(8_000 / piece.len()));
                let sentences = segment::sentences(&text, language);
                let start = std::time::Instant::now();
                suggest(&text, language, &sentences, None);
                // A second at most where the machine is free; quadratic time would be a minute.
                assert!(start.elapsed().as_secs() < 5, "{piece:?} took {:?}", start.elapsed());
            }
        }
    }

    #[test]
    fn an_id_tells_rule_and_place() {
        let (_, found) = of("Du 3 au 5 mai 2016, à Lyon.", Language::French);
        assert_eq!(found[0].id(), "date-range:3-18");
    }

    #[test]
    fn a_reason_can_be_read_in_both_languages() {
        let (_, found) = of("« Nous avançons », a déclaré Ada Roy.", Language::French);
        assert_eq!(found[0].reason.text(UiLanguage::French), "guillemets suivis de « a déclaré »");
        assert_eq!(found[0].reason.text(UiLanguage::English), "quotation marks followed by “a déclaré”");
        let (_, found) = of("L’accord est signé afin d’aider les familles.", Language::French);
        assert_eq!(found[0].reason.text(UiLanguage::French), "« afin d’ » introduit un but");
    }

    /// Pieces that the rules look for, so that random texts reach into them.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "27",
            "juin",
            "2011",
            "/",
            ".",
            "-",
            "–",
            "« ",
            " »",
            "“",
            "”",
            "\"",
            "‘",
            "’",
            "'",
            " ",
            "\n",
            "\n\n",
            "\u{A0}",
            ",",
            " : ",
            "du",
            "au",
            "le",
            "mi",
            "fin",
            "trois",
            "ans",
            "à",
            "18",
            "h",
            "30",
            "T3",
            "Q",
            "XIXe",
            "siècle",
            "années",
            "80",
            "a déclaré",
            "a-t-il dit",
            "Ada Roy",
            "selon",
            "said",
            "on",
            "May",
            "3",
            "to",
            "5",
            "10 a.m.",
            "afin de",
            "pour",
            "vise à",
            "réduire",
            "objectif",
            "est",
            "de",
            "il y a",
            "dans",
            "demain",
            "d’",
            "l’",
            "hier",
            "lundi",
            "prochain",
            "e\u{301}",
            "🏉",
            "(",
            ")",
            "12:30",
            "0",
            "999999999999",
            "n°",
            "www.",
            "@",
            "première",
            "moitié",
            "quatre-vingt",
            "mille",
            "cent",
            "and a half",
            "years",
            "ago",
            "will",
            "allow",
            "in order to",
            "A",
            "…",
            "?",
            "!",
            "M.",
            "Dr",
            "Pr",
            "et",
            "semaine",
            "week",
            "of",
        ]);
        prop::collection::vec(prop_oneof![9 => piece.prop_map(str::to_owned), 1 => "\\PC"], 0..40).prop_flat_map(
            |parts| {
                any::<u64>().prop_map(move |mask| {
                    // A blank between two pieces or none, by a bit each.
                    parts
                        .iter()
                        .enumerate()
                        .map(|(i, p)| if mask >> (i % 64) & 1 == 0 { format!("{p} ") } else { p.clone() })
                        .collect()
                })
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn suggestions_lie_on_boundaries_in_text_order(text in pieces(), language in 0usize..3) {
            let language = [Language::French, Language::English, Language::Other][language];
            let text = Text::new(text);
            let sentences = segment::sentences(&text, language);
            let found = suggest(&text, language, &sentences, None);
            prop_assert_eq!(&found, &suggest(&text, language, &sentences, None), "the same text gives the same suggestions");
            for s in &found {
                prop_assert!(text.slice(s.span).is_some_and(|covered| !covered.is_empty()));
                let reason = s.reason.text(UiLanguage::French);
                prop_assert!(!reason.is_empty() && (!reason.contains('{') || text.contains('{')), "a reason is a whole phrase");
                if let Some(value) = s.attribute("value").filter(|v| !v.is_empty()) {
                    prop_assert_ne!(check_value(value), Err(ValueError::Form), "{}", value);
                    prop_assert_ne!(check_value(value), Err(ValueError::Calendar), "{}", value);
                }
            }
            prop_assert!(found.windows(2).all(|w| w[0].span.start() <= w[1].span.start()));
            for label in [dates::LABEL, quotes::LABEL, objectives::LABEL] {
                let spans: Vec<Span> = found.iter().filter(|s| s.label == label).map(|s| s.span).collect();
                prop_assert!(spans.windows(2).all(|w| !w[0].overlaps(w[1])), "{} overlap: {:?}", label, spans);
            }
            for s in found.iter().filter(|s| s.label == objectives::LABEL) {
                prop_assert!(sentences.contains(&s.span), "an objective is a whole sentence");
            }
        }

        #[test]
        fn any_string_and_any_sentences_are_borne(text in "\\PC{0,80}", ends in prop::collection::vec(0usize..100, 0..6)) {
            let mut ends = ends;
            ends.sort_unstable();
            let sentences: Vec<Span> = ends.windows(2).map(|w| Span::new(w[0], w[1]).unwrap()).collect();
            let text = Text::new(text);
            suggest(&text, Language::French, &sentences, None);
            suggest(&text, Language::English, &sentences, None);
        }
    }
}
