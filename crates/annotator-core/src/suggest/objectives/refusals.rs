//! What speaks against an objective although its sign is there: calls to act, stories, others' wishes,
//! denials, an organisation's own mission, money.

use super::{ANNOUNCED, Judge, Range, Sign, THIRD};
use crate::suggest::rules::PURPOSE;

/// Openings of what an organisation says of itself or of the reader.
const SELF: &str = "a propos about depuis fonde fondee cree creee founded established leader acteur specialiste numero";
/// Money and ranks: a financial target is no objective of the project.
const FINANCIAL: &str = "chiffre ebitda ebit marge benefice benefices resultat net dividende rentabilite croissance cotation actionnaires ratio \
    parts part cash dette endettement pnb revenue revenues profit profits profitability margin earnings dividend shareholders turnover sales \
    guidance capitalisation tresorerie";
/// Verbs of joining, reading and buying: the sentence asks the reader to act.
const CALLS: &str = "inscrire inscrivez reserver reservez rendez savoir visitez contactez telechargez decouvrez consultez participez venez cliquez \
    retrouvez candidater postuler register visit subscribe contact download apply attend book learn join click donnez profitez telecharger contacter \
    consulter renseignements listen";
/// Marks of another, earlier programme.
const EARLIER: &str = "precedent precedente precedents premier ancien ancienne previous earlier former predecesseur";

impl Judge<'_, '_> {
    /// Whether a sentence asks the reader to act.
    pub(super) fn is_call(&self, (first, last): Range) -> bool {
        let t = self.t;
        // `Rendez-vous` is a noun unless it sends the reader somewhere.
        let meeting =
            |i: usize| t.mark(i.wrapping_sub(1)) == '-' && t.is(i.wrapping_sub(2), "rendez") && !t.is(i + 1, "sur");
        let vous = (first..last).any(|i| t.is(i, "vous votre vos") && !self.english && !meeting(i))
            && t.any(first, last, CALLS);
        let imperative = (first..last.min(first + 4))
            .any(|i| t.is(i, CALLS) && (t.word(i).ends_with("ez") || self.english && i == first));
        let purpose = (first..last).any(|i| t.is(i, "pour afin to") && (i + 1..i + 5).any(|k| t.is(k, "inscrire savoir candidater postuler reserver renseignements plus register learn subscribe rendre listen")
            && (!t.is(k, "plus") || t.is(k + 1, "d amples informations information"))));
        let merci = t.is(first, "merci rappel pratique")
            || (first..last).any(|i| {
                t.is(i, "merci please prie pries invite invites invitee invitees")
                    && t.is(i + 1, "de d a to call visit see")
            });
        let merci = merci || (first..last).any(|i| t.is(i, "suffit") && t.is(i + 1, "de d"));
        let deadline = (first..last).any(|i| t.is(i, "jusqu") && t.any(first, i, "ont avez clients candidats"));
        vous || imperative || purpose || merci || deadline
    }

    /// Whether the sentence tells of an earlier programme, or of somebody else's wish.
    pub(super) fn is_past_or_other(&self, (first, last): Range) -> bool {
        let t = self.t;
        let earlier = (first..last).any(|i| t.is(i, EARLIER) && t.is_word(i + 1) && t.is(i + 1, "programme plan accord projet campagne tour dispositif scheme program project plan agreement convention partenariat edition phase campaign initiative"));
        let aim_in_past = (first..last).any(|i| {
            t.is(i, "visait visaient ambitionnait devait devaient")
                || t.is(i, "avait avaient") && t.is(i + 1, "pour")
                || t.is(i, "was were") && t.is(i + 1, "intended meant designed aimed")
                || t.is(i, "sought")
                || t.is(i, "poursuivait")
                || t.is(i, "etait etaient") && t.is(i + 1, "de")
                || t.is(i, "s") && t.is(i + 2, "agissait")
        });
        // Les filles marchaient pour remplir un bidon: a story.
        let story = !self.english
            && (first..last).any(|i| {
                t.word(i).len() > 6
                    && t.word(i).ends_with("aient")
                    && !t.is(i, "devraient pourraient souhaiteraient permettraient")
            });
        // Les riverains demandent un mur pour; rien n'est prévu pour; il a fallu trois ans pour.
        let asking = t.any(first, last.min(first + 4), THIRD)
            && t.any(first, last, "demande demandent appellent souhaitent veulent attendent want asking asked hope");
        let nothing = t.is(first, "rien aucun aucune personne nothing no nobody")
            || t.any(first, last, "faut fallu faudra recommandait recommande recommended advised fut furent");
        if asking || nothing {
            return true;
        }
        // Dénonce, réclame; on voudrait: somebody else's view.
        let view = (first..last).any(|i| {
            t.is(
                i,
                "denonce denoncent reclame reclament conteste contestent exige exigent deplore deplorent voudrait \
            voudraient voudrais aimerait aimeraient",
            )
        });
        aim_in_past || earlier || story || view
    }

    /// Whether the aim is denied: n'a pas pour but, ne vise pas à, is not intended to.
    pub(super) fn is_negated(&self, (first, _): Range, sign: usize) -> bool {
        let t = self.t;
        let back = (0..6)
            .map(|k| sign.wrapping_sub(k))
            .take_while(|&k| k >= first && k < t.len() && !matches!(t.mark(k), ',' | ';' | ':' | '.'));
        let mut negated = false;
        for k in back {
            negated |= t.is(k, "pas not non nullement never aucunement ne")
                && !t.is(k.wrapping_sub(1), "ne pourquoi") | t.is(k, "pas not nullement never");
            negated |= t.is(k, "n") && t.mark(k + 1) == '\'' && t.any(k, k + 6, "pas plus aucun nullement");
        }
        let ahead = (sign..sign + 3).any(|k| {
            t.is(k, "pas nullement")
                && t.is(
                    k.wrapping_sub(1),
                    "vise visent entend entendent souhaite souhaitent veut veulent agit cherche cherchent permettra",
                )
        });
        negated && !t.is(sign, "afin pour so order")
            || ahead
            || negated
                && (1..3).any(|k| t.is(sign.wrapping_sub(k), "pas not"))
                && !t.is(sign.wrapping_sub(1), "seulement only")
    }

    /// Whether an organisation says what it is for: X a pour mission de, its mission is to.
    pub(super) fn is_own_mission(&self, (first, last): Range, (rule, shown): Sign) -> bool {
        let t = self.t;
        // La réglementation vise à: a law is nobody's project.
        let head = first..shown.0.min(first + 4);
        if head.into_iter().any(|i| t.is(i, "reglementation directive loi decret reglement norme regulation law")) {
            return true;
        }
        let mission = (shown.0..(shown.1 + 1).min(last)).any(|i| t.is(i, "mission missions role vocation raison"));
        let project = (first..shown.0).any(|i| t.is(i, ANNOUNCED) && !t.is(i, "il elle ils elles it they centre site"));
        let organisation = t.any(first, shown.0.max(first + 1), "entreprise societe association fondation groupe institut etablissement parc cooperative agence office \
            federation club company charity foundation group museum society trust college university compagnie maison universite region ligue");
        let exists = self.english
            && (first..last)
                .any(|i| t.is(i, "exists mission") || t.is(i, "purpose") && t.is(i.wrapping_sub(1), "its our whose"));
        // Qui a pour mission, dont l'ambition est, depuis 1998: a clause about the organisation.
        let described = (first..shown.0).any(|i| {
            t.is(i, SELF)
                && t.is(i, "depuis fondee fonde creee cree leader specialiste founded established")
                && !t.is(i, "a")
        }) && !project;
        let habitual = rule == PURPOSE
            && organisation
            && (first..shown.0).any(|i| {
                t.is(i, "accompagne accompagnent developpe oeuvre agit travaille investit aide fabrique propose")
            })
            && !project;
        let strategy = (first..shown.0).any(|i| {
            t.is(i, "strategie politique") && (i + 1..i + 5).any(|k| t.is(k, "de") && self.is_infinitive(k + 1))
        });
        // La coopérative a pour ambition; Solvane a pour objectif, when the release has an À propos de Solvane.
        let has_for = t.is(shown.0, "pour comme") && t.is(shown.0.wrapping_sub(1), "a ont");
        let itself =
            (first..shown.0).any(|i| self.organisations.iter().any(|&o| t.word(o) == t.word(i) && t.capital(i)));
        let lasting = has_for && (organisation || itself) && !project;
        // A été fondée afin de: why the organisation exists.
        let founded = shown.0 > first
            && t.is(shown.0 - 1, "cree creee fonde fondee ne nee creees crees established founded")
            && !t.any(first, first + 2, "ce cet cette this")
            && !t.any(first, shown.0, "fonds chaire poste comite nouveau nouvelle");
        // Aura pour mission: what is still to come is announced.
        let to_come = (2..6).any(|k| t.is(shown.0.wrapping_sub(k - 1), "aura auront"));
        if to_come {
            return false;
        }
        // Elle agit chaque jour pour que: what one always does is one's mission.
        let always = t.any(first, shown.0, "agit agissent oeuvre oeuvrent milite militent mobilise works") && !project;
        always || lasting || founded || mission && !project || exists || described || habitual || strategy
    }

    /// Whether the aim is an amount of money or a rank.
    pub(super) fn is_financial(&self, (first, last): Range, (_, shown): Sign) -> bool {
        let t = self.t;
        let about = |i: usize| {
            // Au bénéfice des patients, au profit de la recherche: nothing is earned.
            if t.is(i, "benefice profit") && t.is(i + 1, "de des du d") {
                return false;
            }
            // A share or a sale is money only beside a market, a turnover or a profit.
            t.is(i, "market") && t.is(i + 1, "share")
                || t.is(i, FINANCIAL)
                    && (!t.is(i, "part parts sales net resultat croissance chiffre")
                        || t.any(first, last, "marche affaires ebitda profit organique"))
        };
        (shown.0..last).any(about) || t.any(first, shown.0, "guidance dividende ebitda")
    }
}
