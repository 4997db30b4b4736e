//! Sentences that say what the announced partnership, project, product or operation, or one of its
//! measures, is for. Leaves out whether the aim is a good one, and outcomes stated as facts.

mod english;
mod french;
mod refusals;

use super::tokens::{Gap, Tokens};
use super::{Reason, Suggestion};
use crate::{Language, Span};

pub(super) const LABEL: &str = "objective";

/// A longer sentence is a table or a list without stops; what comes behind is not read.
const LONGEST: usize = 250;

/// A sentence in token indices.
type Range = (usize, usize);

/// What shows an objective: the rule, the tokens that show it.
type Sign = (&'static str, Range);

/// Words of what a release announces, as the subject of an aim.
const ANNOUNCED: &str = "laboratoire comite observatoire ecole partenariat accord projet programme plan collaboration alliance cooperation convention initiative dispositif operation campagne \
    service produit outil application plateforme solution site offre etude essai formation licence chaire fonds investissement investissements levee \
    reseau ligne equipement installation centre usine nouveau nouvelle nouveaux nouvelles ce cet cette ces il elle ils elles contrat pacte charte \
    rapprochement fusion acquisition chantier travaux prix festival concours exposition evenement journee demarche experimentation reforme mesure \
    partnership agreement project program programme plan collaboration alliance initiative scheme campaign service product tool app platform solution \
    site study trial course fund investment network facility centre center new this these it they deal pilot system feature merger acquisition";
/// Who is neither the organisation of the release nor its project.
const THIRD: &str = "syndicat syndicats intersyndicale cgt cfdt fo opposants riverains opposition associations gouvernement etat ministere commission confederation \
    federation campaigners critics unions union regulator government opponents residents concurrents nations unesco oms onu ong collectif elus \
    patients parents habitants clients usagers experts analystes consommateurs eleveurs agriculteurs salaries";

/// The objectives of a text: whole sentences, in order.
pub(super) fn find(t: &Tokens, language: Language, sentences: &[Span], out: &mut Vec<Suggestion>) {
    let english = match language {
        Language::French => false,
        Language::English => true,
        Language::Other => return,
    };
    let judge = Judge { t, english, organisations: organisations(t) };
    let mut boilerplate = false;
    for &span in sentences {
        let start = t.index_at(span.start());
        let range = (start, t.index_at(span.end()).min(start + LONGEST));
        if range.0 >= range.1 {
            continue;
        }
        if t.gap(range.0) >= Gap::Line {
            boilerplate = judge.opens_boilerplate(range, boilerplate);
        }
        if boilerplate {
            continue;
        }
        let Some((rule, shown)) = judge.sign(range) else { continue };
        let shown = super::quotes::words_of(t, shown.0, shown.1);
        out.push(Suggestion {
            rule,
            label: LABEL,
            span,
            attributes: Vec::new(),
            reason: Reason::new(rule, Some(shown)),
        });
    }
}

struct Judge<'a, 't> {
    t: &'a Tokens<'t>,
    english: bool,
    /// The first names of the organisations that the release introduces: `À propos de X`, `About X`.
    organisations: Vec<usize>,
}

/// The tokens that name who is behind the release, by the headings that introduce them.
fn organisations(t: &Tokens) -> Vec<usize> {
    (1..t.len())
        .filter_map(|i| {
            let mut at = i + 1;
            if t.is(i, "propos") && t.has_grave(i - 1) && t.gap(i - 1) >= Gap::Line {
                at += usize::from(t.is(at, "de du des d"));
                at += usize::from(t.mark(at) == '\'');
                at += usize::from(t.is(at, "la le les l"));
                at += usize::from(t.mark(at) == '\'');
            } else if !(t.is(i, "about") && t.capital(i) && t.gap(i) >= Gap::Line) {
                return None;
            } else {
                at += usize::from(t.is(at, "the"));
            }
            t.capital(at).then_some(at)
        })
        .take(8)
        .collect()
}

impl Judge<'_, '_> {
    /// Whether the paragraph that begins here describes the organisation, or one that does goes on.
    fn opens_boilerplate(&self, (first, last): Range, before: bool) -> bool {
        let t = self.t;
        let heading = t.is(first, "a") && t.has_grave(first) && t.is(first + 1, "propos")
            || t.is(first, "about") && t.capital(first)
            || t.is(first, "contact contacts forward notes mentions");
        if heading {
            return true;
        }
        // X en bref, qui sommes-nous: a heading of a few words.
        let short = last - first <= 8 && (!t.follows(last) || t.gap(last) >= Gap::Line);
        let named = short
            && (first..last).any(|i| {
                t.is(i, "bref sommes profil portrait")
                    || t.is(i, "quelques") && t.is(i + 1, "mots")
                    || t.is(i, "glance")
            });
        if named {
            return true;
        }
        // The boilerplate ends with the next heading of another kind.
        let other = short
            && t.gap(first) == Gap::Paragraph
            && !(first..last).any(|i| t.mark(i) == '.')
            && t.is(first, "calendrier agenda annexe programme");
        before && !other
    }

    /// What shows that a sentence says an aim; `None` if nothing does or something speaks against it.
    fn sign(&self, range: Range) -> Option<Sign> {
        let found = if self.english { self.english_sign(range) } else { self.french_sign(range) }?;
        if self.is_call(range) || self.is_past_or_other(range) {
            return None;
        }
        (!self.is_negated(range, found.1.0) && !self.is_own_mission(range, found) && !self.is_financial(range, found))
            .then_some(found)
    }
}
