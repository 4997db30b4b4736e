//! Proposals for annotations by deterministic rules: dates with their value, quotes with their
//! speaker, objectives. A suggestion says which rule made it and why; it is no annotation until a
//! person accepts it. Leaves out which suggestions are shown (see the session).

mod dates;
mod objectives;
mod quotes;
mod tokens;

pub use dates::{ValueError, check_value};

use crate::{Language, Span, Text};
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
    pub(crate) fn new(rule: &'static str, detail: Option<String>) -> Self {
        Self { rule, detail }
    }

    /// The reason as a phrase: in French for French, else in English.
    pub fn text(&self, ui: Language) -> String {
        let (_, french, english) = REASONS.iter().find(|(rule, ..)| *rule == self.rule).copied().unwrap_or_default();
        let phrase = if ui == Language::French { french } else { english };
        match &self.detail {
            Some(detail) => phrase.replace("{}", detail),
            None => phrase.to_owned(),
        }
    }
}

/// What each rule says, in French and English; `{}` is the detail of the case.
const REASONS: [(&str, &str, &str); 20] = [
    ("date-day", "un jour et un mois", "a day and a month"),
    ("date-numeric", "une date en chiffres", "a date in figures"),
    ("date-month", "un nom de mois", "the name of a month"),
    ("date-year", "une année, introduite comme telle", "a year, introduced as one"),
    ("date-period", "un trimestre, un semestre, une saison, une décennie ou un siècle", "a quarter, half-year, season, decade or century"),
    ("date-range", "deux dates liées : un intervalle", "two linked dates: an interval"),
    ("date-relative", "une expression relative à la date du communiqué", "an expression relative to the date of the release"),
    ("date-duration", "un nombre suivi d’une unité de temps : une durée", "a number and a unit of time: a duration"),
    ("quote-verb-after", "guillemets suivis de « {} »", "quotation marks followed by “{}”"),
    ("quote-verb-before", "guillemets précédés de « {} »", "quotation marks preceded by “{}”"),
    ("quote-verb-inside", "« {} » entre deux parties de la citation", "“{}” between two parts of the quotation"),
    ("quote-name-colon", "« {} » et deux-points avant les guillemets", "“{}” and a colon before the quotation marks"),
    ("quote-according-to", "guillemets attribués à « {} » par « selon » ou « pour »", "quotation marks attributed to “{}” by “according to”"),
    ("quote-signed", "bloc entre guillemets, signé « {} »", "a block in quotation marks, signed “{}”"),
    ("quote-introduced", "citation à la première personne après une phrase sur « {} »", "a quotation in the first person behind a sentence about “{}”"),
    ("quote-continued", "suite de la citation de « {} »", "continues the quotation of “{}”"),
    ("objective-stated", "« {} » dit un but", "“{}” states an aim"),
    ("objective-purpose", "« {} » introduit un but", "“{}” introduces a purpose"),
    ("objective-intent", "« {} » dit une intention", "“{}” states an intention"),
    ("objective-effect", "« {} » annonce l’effet recherché", "“{}” announces the intended effect"),
];

/// Proposes annotations for a text, in the order of their start; a pure function of its arguments.
///
/// `sentences` are the sentences in force, in order; an objective's span is one of them. `dct` is the
/// date of the document as the host knows it: the release's own dateline wins over it.
/// Linear in the length of the text.
pub fn suggest(text: &Text, language: Language, sentences: &[Span], dct: Option<Date>) -> Vec<Suggestion> {
    let tokens = Tokens::new(text);
    let mut out = Vec::new();
    dates::find(&tokens, language, sentences, dct, &mut out);
    quotes::find(&tokens, language, &mut out);
    objectives::find(&tokens, language, sentences, &mut out);
    out.sort_by_key(|s| (s.span.start(), usize::MAX - s.span.end(), s.label));
    out
}
