//! Sentences that say what the announced partnership, project, product or operation, or one of its
//! measures, is for. Leaves out whether the aim is a good one, and outcomes stated as facts.

use super::rules::{EFFECT, INTENT, PURPOSE, STATED};
use super::tokens::{Gap, Tokens, ends_in, has};
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
const ANNOUNCED: &str = "partenariat accord projet programme plan collaboration alliance cooperation convention initiative dispositif operation campagne \
    service produit outil application plateforme solution site offre etude essai formation licence chaire fonds investissement investissements levee \
    reseau ligne equipement installation centre usine nouveau nouvelle nouveaux nouvelles ce cet cette ces il elle ils elles contrat pacte charte \
    rapprochement fusion acquisition chantier travaux prix festival concours exposition evenement journee demarche experimentation reforme mesure \
    partnership agreement project program programme plan collaboration alliance initiative scheme campaign service product tool app platform solution \
    site study trial course fund investment network facility centre center new this these it they deal pilot system feature merger acquisition";
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
/// Who is neither the organisation of the release nor its project.
const THIRD: &str = "syndicat syndicats riverains opposition association associations associative gouvernement etat ministere commission confederation \
    federation campaigners critics unions union regulator government opponents residents concurrents nations unesco oms onu ong collectif elus \
    patients parents habitants clients usagers experts analystes consommateurs eleveurs agriculteurs salaries";
/// Marks of another, earlier programme.
const EARLIER: &str = "precedent precedente precedents premier ancien ancienne previous earlier former predecesseur";

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

    fn french_sign(&self, (first, last): Range) -> Option<Sign> {
        let t = self.t;
        (first..last).find_map(|i| {
            self.french_at(i, first, last).filter(|sign| {
                // A sign in another's mouth or programme does not count, a later one may.
                !self.is_financial((first, last), *sign) && !self.is_negated((first, last), sign.1.0) && t.is_word(i)
            })
        })
    }

    fn french_at(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        match () {
            () if t.is(i, "afin") && (t.is(i + 1, "de que d qu")) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "pour") && (self.pour(i, first)) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "espoir idee but objectif intention ambition optique volonte souci perspective objet finalite vocation visee mission missions objectifs ambitions enjeu propos") => self.noun_of_aim(i, first, last),
            () if t.is(i, "vue") && (t.is(i - usize::from(i > 0), "en") && t.is(i + 1, "de d") && self.infinitive(i + 2)) => {
                Some((PURPOSE, (i - 1, i + 2)))
            }
            () if t.is(i, "maniere facon sorte") && (t.is(i.wrapping_sub(1), "de") && t.is(i + 1, "a que") && (t.is(i + 1, "que") || self.infinitive(i + 1))) =>
            {
                Some((PURPOSE, (i - 1, i + 2)))
            }
            () if t.is(i, "visant visent vise visera viseront") && (t.is(i + 1, "a") && self.infinitive(i + 1) || self.behind_adverb(i, "a")) =>
            {
                Some((STATED, (i, i + 2)))
            }
            () if t.is(i, "destine destinee destines destinees concu concue concus concues cense censee appele appelee") => {
                let to = t.is(i + 1, "a pour") && (self.infinitive(i + 1) || t.is(i + 2, "que"));
                (to && !t.is(i, "appele appelee")).then_some((STATED, (i, i + 2)))
            }
            () if t.is(i, "servira serviront doit doivent devra devront devrait devraient") => {
                if t.is(i, "servira serviront") {
                    return (t.is(i + 1, "a") && self.infinitive(i + 1)).then_some((EFFECT, (i, i + 2)));
                }
                let aid = t.is(i + 1, "permettre aider contribuer servir faciliter favoriser")
                    || t.is(i + 1, "egalement aussi ainsi") && t.is(i + 2, "permettre aider contribuer");
                aid.then_some((EFFECT, (i, i + 2)))
            }
            () if t.is(i, "permettra permettront permettrait aidera aideront contribuera contribueront") => {
                self.effect(i, first, last)
            }
            () if t.is(i, "entend entendent souhaite souhaitent veut veulent ambitionne ambitionnent aspire aspirent compte comptent cherche cherchent espere esperent voudrait") => self.intent(i, first, last),
            // Il s'agit, à terme, de réduire.
            () if t.is(i, "agit agira") && t.mark(i + 1) == ',' => {
                let close = (i + 2..(i + 10).min(last)).find(|&k| t.mark(k) == ',')?;
                (t.is(close + 1, "de d") && self.infinitive(close + 1))
                    .then_some((STATED, (i.wrapping_sub(3).max(first), i + 1)))
            }
            // Va nous permettre d'accélérer, pourra aider à.
            () if t.is(i, "permettre aider")
                && (1..4).any(|k| t.is(i.wrapping_sub(k), "va vont devrait devraient doit doivent devra devront pourra")) =>
            {
                self.effect(i, first, last)
            }
            // Vise la végétalisation: the aim as a noun.
            () if t.is(i, "vise visent")
                && t.is(i + 1, "la le les l une un")
                && ends_in(t.word(i + 2 + usize::from(t.mark(i + 2) == '\'')), "tion sion ment age ance")
                && (first..i).any(|k| t.is(k, ANNOUNCED)) =>
            {
                Some((STATED, (i, i + 1)))
            }
            () if t.is(i, "agit agira") && (t.mark(i.wrapping_sub(1)) == '\'' && t.is(i + 1, "de d") && self.infinitive(i + 1)) => {
                Some((STATED, (i.wrapping_sub(3).max(first), i + 2)))
            }
            () if t.is(i, "histoire") && (t.is(i + 1, "de") && self.infinitive(i + 1)) => Some((PURPOSE, (i, i + 2))),
            () => None,
        }
    }

    /// `Pour` and an infinitive of purpose, or `pour que`.
    fn pour(&self, i: usize, first: usize) -> bool {
        let t = self.t;
        if t.is(i + 1, "que qu") {
            return true;
        }
        if !self.infinitive(i) {
            return false;
        }
        let mut verb = i + 1;
        while t.is(verb, "se s y en ne n l le la les leur lui nous vous mieux ainsi bien pas") || t.mark(verb) == '\'' {
            verb += 1;
        }
        // Pour atteindre 3 millions, pour s'établir: a result; pour avoir développé: a reason; connu pour.
        let amount = (verb + 1..verb + 4).any(|k| t.is_number(k));
        let result =
            amount && t.is(verb, "atteindre etablir elever passer totaliser representer depasser ressortir porter");
        let cause = t.is(verb, "avoir etre") && !t.is(verb, "etre")
            || t.is(
                i.wrapping_sub(1),
                "connu connue connus connues recompense recompensee celebre \
            assez trop suffisamment suffisant remercie remercient condamne",
            );
        let degree = (1..8)
            .map(|k| i.wrapping_sub(k))
            .take_while(|&k| k >= first && k < t.len() && t.is_word(k))
            .any(|k| t.is(k, "assez trop suffisamment"));
        let career = t.is(verb, "rejoindre devenir succeder") && (first..i).any(|k| t.is(k, "quitte quitter quittera"));
        // Un atout pour, essentiel pour: a judgement, not a purpose.
        let judged = t.is(i.wrapping_sub(1), "atout atouts opportunite chance essentiel essentielle necessaire indispensable important importante ideal ideale \
            pret prete prets pretes utile moyens efforts raison raisons motif difficile facile") && !t.is(i.wrapping_sub(2), "est");
        let colon = t.mark(verb + 1) == ':';
        let polite = colon || career || judged || t.is(verb, "rappeler memoire finir conclure commencer");
        !(result || cause || degree || polite)
    }

    /// Whether an infinitive stands behind the preposition at `i`, past clitics and adverbs.
    fn infinitive(&self, i: usize) -> bool {
        let t = self.t;
        let mut at = i + 1;
        for _ in 0..5 {
            let skip = t.is(at, "se s y en ne n l le la les leur lui nous vous mieux ainsi bien pas d me m plus toujours notamment egalement aussi davantage mieux a de \
                rapidement durablement progressivement mutuellement ensemble encore")
                || t.mark(at) == '\'' || t.mark(at) == ',' && t.is(at + 1, "a notamment") ;
            if !skip || self.is_infinitive(at) {
                break;
            }
            at += 1;
        }
        self.is_infinitive(at) && t.follows(at)
    }

    fn is_infinitive(&self, i: usize) -> bool {
        let t = self.t;
        let word = t.word(i);
        let regular = word.len() > 3 && ends_in(word, "er ir tre dre ire vre cre pre clure");
        let noun = has(
            "hiver loisir plaisir avenir souvenir fevrier janvier premier dernier dossier chantier atelier quartier papier metier foyer loyer entier fer cancer etre leader poster centre titre livre autre notre votre quatre entre contre ordre cadre moindre offre chiffre ministre theatre membre nombre histoire territoire laboratoire maire affaire salaire partenaire contraire horaire anniversaire annuaire solaire scolaire sanitaire alimentaire commissaire memoire oeuvre cuivre particulier banquier ouvrier conseiller pouvoir soir devoir hier fier cher leger danger dire faire lire rire",
            word,
        ) && !has("etre dire faire lire rire pouvoir devoir", word);
        (regular || has("lire rire dire voir agir", word)) && !noun && !t.caps(i) | (i > 0 && t.caps(i - 1))
    }

    fn behind_adverb(&self, i: usize, to: &str) -> bool {
        let t = self.t;
        t.is(i + 1, "notamment egalement aussi ainsi avant donc principalement")
            && (t.is(i + 2, to) && self.infinitive(i + 2) || t.is(i + 3, to) && self.infinitive(i + 3))
    }

    /// `A pour objectif de`, `dans le but de`, `objectif :`, `dont l'ambition est de`, `l'objectif est que`.
    fn noun_of_aim(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        let before = i.wrapping_sub(1);
        // A pour [seul, double, principal] objectif, [a] comme objectif, avec pour objectif.
        let mut article = before;
        while t
            .is(article, "seul seule double principal principale premier unique grand grande triple ferme forte meme")
            && article > first
        {
            article -= 1;
        }
        if t.is(article, "pour comme") {
            return Some((STATED, (article, i + 1)));
        }
        if t.is(i, "vocation") && t.is(before, "a ont") && t.is(i + 1, "a de") && self.infinitive(i + 1) {
            return Some((STATED, (before, i + 1)));
        }
        // Tel est l'objectif.
        let mut such = before;
        while t.is(such, "le la l notre son") || t.mark(such) == '\'' {
            such = such.wrapping_sub(1);
        }
        // Telle est l'ambition; c'est tout l'objet de la démarche.
        let all = usize::from(t.is(such, "tout toute bien aussi la precisement"));
        let verb = such.wrapping_sub(all);
        let this = t.is(verb, "est") && t.mark(verb.wrapping_sub(1)) == '\'' && t.is(verb.wrapping_sub(2), "c");
        if this && t.is(i, "objet objectif but ambition enjeu vocation") && t.is(i + 1, "de du des") {
            return Some((STATED, (verb, i + 1)));
        }
        if t.is(such, "est") && t.is(such.wrapping_sub(1), "tel telle") {
            return Some((STATED, (such - 1, i + 1)));
        }
        let of = t.is(i + 1, "de d") && (self.infinitive(i + 1)) || t.is(i + 1, "que qu");
        // Dans le but de, dans l'optique de, avec l'ambition de, dans un souci de.
        let mut head = article;
        while head > first && (t.is(head, "le la l un une cette son sa leur") || t.mark(head) == '\'') {
            head -= 1;
        }
        if t.is(head, "dans avec")
            && (of || t.is(i, "but optique souci perspective volonte espoir"))
            && t.is(i + 1, "de d que")
            && self.infinitive(i + 1)
        {
            return Some((PURPOSE, (head, i + 2)));
        }
        // Objectif : …; L'enjeu : relier; But de l'opération : montrer.
        if t.is(i, "idee but objectif objectifs enjeu ambition finalite") {
            if t.mark(i + 1) == ':' && i + 2 < last {
                return Some((STATED, (i, i + 2)));
            }
            let colon = (i + 1..(i + 12).min(last)).find(|&k| t.mark(k) == ':');
            let opens = i <= first + 3;
            if let Some(colon) = colon.filter(|_| opens) {
                let clean = (i + 1..colon).all(|k| {
                    t.is_word(k) && !t.is(k, "est sont a ont")
                        || t.mark(k) == '\''
                        || t.mark(k) == '-'
                        || t.mark(k) == ','
                });
                if clean && colon + 1 < last {
                    return Some((STATED, (i, colon + 1)));
                }
            }
            // [L'objectif] … est [de|que]: the aim is told by the verb.
            let verb =
                (i + 1..(i + 14).min(last)).find(|&k| t.is(k, "est sera etait etant consiste reste demeure sont"));
            if let Some(verb) = verb {
                let mut next = verb + 1;
                next += usize::from(t.is(next, "donc ainsi bien aussi clair egalement double simple"));
                next += usize::from(t.mark(next) == ':');
                let told = t.is(next, "de d a") && self.infinitive(next)
                    || t.is(next, "que qu")
                    || self.is_infinitive(next)
                    || t.is(next - 1, "double clair simple");
                if told && !t.is(verb, "etait") {
                    return Some((STATED, (i, verb + 1)));
                }
            }
        }
        None
    }

    /// `Permettra [à X] de`, `aidera à`, `contribuera à`.
    fn effect(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        // Beyond its purpose: au-delà de … permettra tells what else comes of it.
        if t.is(first, "au") && t.is(first + 2, "dela") {
            return None;
        }
        let reach = (i + 30).min(last);
        let told = (i + 1..reach).any(|k| t.is(k, "de d a") && self.infinitive(k))
            || t.is(i, "permettra permettront") && t.is(i + 1, "la le un une l");
        told.then_some((EFFECT, (i, i + 1)))
    }

    /// `Entend`, `souhaite`, `veut` and an infinitive; not as a wish about what others do.
    fn intent(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        let mut at = i;
        // Souhaite, avec cette levée, desservir.
        if t.mark(at + 1) == ',' {
            at = (at + 2..(at + 14).min(last)).find(|&k| t.mark(k) == ',')?;
        }
        let weak = t.is(i, "compte comptent cherche cherchent aspire aspirent");
        let to = if t.is(i, "cherche cherchent aspire aspirent") { t.is(at + 1, "a") } else { true };
        let direct = if t.is(at + 1, "a de ainsi donc egalement aussi notamment ainsi") {
            self.infinitive(at + 1) || self.infinitive(at)
        } else {
            self.infinitive(at)
        };
        let ambition = t.is(i, "ambitionne ambitionnent") && t.is(i + 1, "de d");
        if !(direct && to || ambition) || weak && t.is(i, "compte comptent") && !self.is_infinitive(i + 1) {
            return None;
        }
        // Veut croire, veut dire, entend rester: nothing is aimed at.
        let verb = (at + 1..(at + 6).min(last)).find(|&k| self.is_infinitive(k))?;
        if t.is(verb, "croire dire rester rappeler remercier saluer souligner preciser voir savoir atteindre devenir ouvrir doubler tripler multiplier terminer finir poursuivre") {
            return None;
        }
        let third =
            (first..i).any(|k| t.is(k, THIRD)) && !(first..i).any(|k| t.is(k, "projet programme partenariat plan"));
        let reader = t.is(i.wrapping_sub(1), "qui vous on") && t.is(i.wrapping_sub(2), "ceux celles personnes");
        (!third && !reader).then_some((INTENT, (i, i + 1)))
    }

    fn english_sign(&self, (first, last): Range) -> Option<Sign> {
        (first..last).find_map(|i| {
            self.english_at(i, first, last)
                .filter(|sign| !self.is_financial((first, last), *sign) && !self.is_negated((first, last), sign.1.0))
        })
    }

    fn english_at(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        let to = |k: usize| t.is(k, "to") && self.is_base_verb(k + 1);
        match () {
            () if t.is(i, "aims aim aiming seeks seek seeking strives")
                && (to(i + 1) && !t.is(i.wrapping_sub(1), "the an our its their")) =>
            {
                Some((STATED, (i, i + 2)))
            }
            () if t.is(i, "aims aimed") && (t.is(i + 1, "at")) => Some((STATED, (i, i + 2))),
            () if t.is(i, "aim goal objective purpose ambition idea goals objectives") => {
                let verb = (i + 1..(i + 12).min(last)).find(|&k| t.is(k, "is are will") && t.is_word(k));
                let told =
                    verb.is_some_and(|v| (v + 1..v + 4).any(|k| to(k) || t.is(k, "that")) || t.mark(v + 1) == ':');
                let with = t.is(i + 1, "of") && t.is(i.wrapping_sub(1), "the") && t.is(i.wrapping_sub(2), "with");
                let colon = t.mark(i + 1) == ':' && i <= first + 2;
                let possessed = t.is(i.wrapping_sub(1), "its our their whose") && !t.is(i, "idea");
                ((told && !(possessed && t.is(i, "purpose"))) || with || colon).then_some((STATED, (i, i + 2)))
            }
            () if t.is(i, "designed intended meant developed created built") && (to(i + 1)) => {
                let passive = t.is(i, "designed intended")
                    || t.is(i.wrapping_sub(1), "is are been being")
                    || !t.is(i, "developed created built");
                passive.then_some((STATED, (i, i + 2)))
            }
            () if t.is(i, "order") && (t.is(i.wrapping_sub(1), "in") && (to(i + 1) || t.is(i + 1, "that"))) => {
                Some((PURPOSE, (i - 1, i + 2)))
            }
            () if t.is(i, "view")
                && t.is(i.wrapping_sub(1), "a")
                && t.is(i.wrapping_sub(2), "with")
                && t.is(i + 1, "to") =>
            {
                Some((PURPOSE, (i - 2, i + 2)))
            }
            () if t.is(i, "effort bid hope hopes attempt")
                && t.is(i.wrapping_sub(1), "an a the")
                && t.is(i.wrapping_sub(2), "in")
                && t.is(i + 1, "to of") =>
            {
                Some((PURPOSE, (i - 2, i + 2)))
            }
            () if t.is(i, "so") && (t.is(i + 1, "as") && to(i + 2)) => Some((PURPOSE, (i, i + 3))),
            () if t.is(i, "so") && (t.is(i + 1, "that")) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "will")
                && (t.is(i + 1, "allow enable help let support make give empower equip")
                    || t.is(i + 1, "also") && t.is(i + 2, "allow enable help let")) =>
            {
                let thing = !t.is(i.wrapping_sub(1), "we i you");
                let verb = i + 1 + usize::from(t.is(i + 1, "also"));
                let told = t.is(verb, "allow enable help let empower equip") || (verb..(verb + 12).min(last)).any(to);
                (thing && told && t.is(verb, "allow enable help let empower equip")).then_some((EFFECT, (i, verb + 1)))
            }
            () if t.is(i, "hopes wants intends hope want intend") => {
                if to(i + 1) && !(first..i).any(|k| t.is(k, THIRD)) && self.is_announced_before(first, i) {
                    return Some((INTENT, (i, i + 2)));
                }
                let help = t.is(i, "hopes hope")
                    && (i + 1..(i + 8).min(last))
                        .any(|k| t.is(k, "will") && t.is(k + 1, "help allow enable cut reduce improve"));
                (help && !(first..i).any(|k| t.is(k, THIRD))).then_some((INTENT, (i, i + 1)))
            }
            () if t.is(i, "to")
                && ((self.is_aimed_verb(i + 1) || t.is(i.wrapping_sub(1), "used") && self.is_base_verb(i + 1))
                    && self.is_purpose_to(i, first, last)) =>
            {
                Some((PURPOSE, (i, i + 2)))
            }
            () => None,
        }
    }

    fn is_announced_before(&self, first: usize, i: usize) -> bool {
        (first..i).any(|k| self.t.is(k, "project scheme programme partnership initiative platform plan pilot trial"))
    }

    fn is_base_verb(&self, i: usize) -> bool {
        let t = self.t;
        let word = t.word(i);
        !word.is_empty() && (!ends_in(word, "ing ed") || t.is(i, "bring sing ring need feed speed embed exceed succeed proceed shed"))
            && !t.is(i, "the a an its their our his her this that these those all each every be it them us him her be date market work school schools \
                people more which whom what where editors customers patients up over about around least most one two three four five six seven eight nine ten \
                students women men children and or north south east west home life me you in on")
            && (!t.capital(i) || t.capital(i - 1) || t.is_word(i - 1) && self.in_title(i))
    }

    /// Whether a verb is one that tells what a measure is for; bare `to` needs one.
    fn is_aimed_verb(&self, i: usize) -> bool {
        const AIMED: &str = "accelerate accommodate achieve adapt address advance aid allow alleviate amplify assess assist attract avoid balance benefit boost \
            bring broaden build catch celebrate change clean combat combine commercialise commercialize complete connect conserve control convert cool coordinate \
            create curb cut decarbonise decarbonize deepen deliver demonstrate deploy design detect develop diversify double drive ease educate electrify eliminate \
            empower enable encourage end engage enhance enlarge enrich ensure equip establish evaluate examine expand explore extend facilitate feed fight fill \
            finance find fix foster free fund generate give grow guarantee guide halve harness heat help house identify implement improve incorporate increase inform \
            inspire install integrate introduce keep launch lead limit link locate lower maintain make manage map manufacture match maximise maximize measure meet \
            minimise minimize mitigate modernise modernize monitor move nurture offer optimise optimize overcome pass perform pilot power prepare preserve prevent \
            produce promote protect prove provide raise recover recruit recycle reduce refine regenerate rehabilitate reinforce relieve remove renew renovate repair \
            replace rescue research resolve restore reuse revive revitalise revitalize reward safeguard save scale secure serve share shape shelter shield shorten \
            show simplify simulate slow smooth solve speed stabilise stabilize stop store streamline strengthen study supply support sustain tackle teach test \
            track train transfer transform transmit transport treat tune understand unite unlock upgrade use validate verify warn welcome widen work";
        super::tokens::has(AIMED, self.t.word(i))
            || self.t.is(i, "better more also quickly safely") && super::tokens::has(AIMED, self.t.word(i + 1))
    }

    /// Whether a token stands in a title that capitalises every word.
    fn in_title(&self, i: usize) -> bool {
        let t = self.t;
        t.capital(i.wrapping_sub(2)) && t.capital(i) && t.follows(i)
    }

    /// Whether `to` and a verb tell a purpose: not what a verb or noun before them needs to be whole.
    fn is_purpose_to(&self, i: usize, first: usize, last: usize) -> bool {
        let t = self.t;
        let before = i.wrapping_sub(1);
        const NEEDS: &str = "plans plan planned planning expects expect expected continues continue continued pleased proud delighted excited happy able unable \
            agreed agrees agree is are was were has have had committed commits commit decided decides decision ability opportunity right chance failed \
            need needs needed going set due likely ready willing want wants wanted hopes hope hoped like likes love began begins begin start starts started \
            ordered asked asks told invited invites urged allow allowed enable enabled helps help helped promised promises vowed pledged pledges refuses refused try tries tried \
            trying managed manages aimed aims aim seeks seek intends intend intended designed meant chosen selected appointed elected required forced how where when whether \
            what supposed scheduled slated subject thanks prior according addition response next close access first last way effort attempt reason commitment plan \
            proposal bid permission authority obligation thrilled honored honoured enough too as or about not used entitled opposed contributed led contributes easy hard difficult \
            possible impossible important essential encouraged encourage prepared determined eligible free from only bound looking relates relating up down yet reduction approach \
            expects pay fails sure obliged something anything nothing time money said more it expansion promise desire wish nobody";
        if i == first {
            // To reduce waste, X will …; not: To listen, register.
            let comma = (i + 1..last).find(|&k| t.mark(k) == ',');
            return comma.is_some_and(|c| {
                !self.is_call((c, last))
                    && !t.is(i + 1, "listen register learn book attend apply find give donate mark celebrate date")
            });
        }
        let put_to_use = t.is(before, "used") && t.is(before.wrapping_sub(1), "be being is are");
        if t.is(before, NEEDS) && !put_to_use || t.is_mark(before) && t.mark(before) != ',' {
            return false;
        }
        // Selected X to build, asked X to lead: the verb needs its infinitive.
        let controlled = (1..9).map(|k| i.wrapping_sub(k)).take_while(|&k| k >= first && k < t.len() && !matches!(t.mark(k), ',' | ';'))
            .any(|k| t.is(k, "selected chosen appointed asked asks allow allows allowed enable enables enabled help helps helped encourage encourages encouraged \
                invite invites urged urges require requires want wants expect expects expected contracted commissioned named picked tapped"));
        if controlled {
            return false;
        }
        // From X to Y; 2 to 5; to reopen: a headline's future.
        let title = t.gap(first) >= Gap::Line && !(first..last).any(|k| t.mark(k) == '.');
        let headline_future = title && (first..i).all(|k| !t.is_word(k) || !self.is_finite(k));
        let range = t.is_number(before) && t.is_number(i + 1);
        let acting = (first..i).any(|k| self.is_finite(k)) || title && !headline_future;
        let announce =
            t.is(i + 1, "announce report open reopen close launch acquire buy become be have remove reach date number");
        // A purpose stands behind an object or a place, in the sentence of the project.
        acting && !range && !announce && !headline_future && self.is_doing(first, i)
    }

    /// Whether the main verb before `to` is one of making, joining, investing, launching, using.
    fn is_doing(&self, first: usize, i: usize) -> bool {
        const DOING: &str = "sign launch partner join invest open build create develop use introduce deploy select enter team work collaborate combine unite set install \
            fund provide offer bring form establish expand roll run train recruit hire upgrade carry cost equip convert transform redesign adopt extend award choose \
            acquire plant cover switch pay collect gather record replace merge pool commission order purchase allocate pledge grant devote dedicate assign organise organize stage deliver release supply mount acquire add publish place raise unveil host test visit donate double offer teach lend share";
        const IRREGULAR: &str = "built brought chose chosen took set ran forces hands teams joins enters partners raised rolls been being spent laid taught gave lent";
        (first..i).any(|k| {
            let word = self.t.word(k);
            crate::suggest::tokens::has(IRREGULAR, word)
                || DOING.split(' ').filter(|stem| !stem.is_empty()).any(|stem| {
                    word.strip_prefix(stem.strip_suffix('e').unwrap_or(stem))
                        .is_some_and(|rest| matches!(rest, "" | "e" | "s" | "es" | "ed" | "d" | "ing" | "ned" | "ning"))
                })
        })
    }

    fn is_finite(&self, k: usize) -> bool {
        let t = self.t;
        t.is(k, "will is are was were has have had can would should may join joins sign signs launch launches partner partners open opens enter unveil unveils team \
            teams invest invests set sets selects raises cost use announce announces introduce introduces") || t.word(k).len() > 4 && ends_in(t.word(k), "ed es")
    }

    /// Whether a sentence asks the reader to act.
    fn is_call(&self, (first, last): Range) -> bool {
        let t = self.t;
        // `Rendez-vous` is a noun unless it sends the reader somewhere.
        let meeting =
            |i: usize| t.mark(i.wrapping_sub(1)) == '-' && t.is(i.wrapping_sub(2), "rendez") && !t.is(i + 1, "sur");
        let vous = (first..last).any(|i| t.is(i, "vous votre vos") && !self.english && !meeting(i))
            && (first..last).any(|i| t.is(i, CALLS));
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
        let deadline =
            (first..last).any(|i| t.is(i, "jusqu") && (first..i).any(|k| t.is(k, "ont avez clients candidats")));
        vous || imperative || purpose || merci || deadline
    }

    /// Whether the sentence tells of an earlier programme, or of somebody else's wish.
    fn is_past_or_other(&self, (first, last): Range) -> bool {
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
        aim_in_past || earlier || story
    }

    /// Whether the aim is denied: n'a pas pour but, ne vise pas à, is not intended to.
    fn is_negated(&self, (first, _): Range, sign: usize) -> bool {
        let t = self.t;
        let back = (0..6)
            .map(|k| sign.wrapping_sub(k))
            .take_while(|&k| k >= first && k < t.len() && !matches!(t.mark(k), ',' | ';' | ':' | '.'));
        let mut negated = false;
        for k in back {
            negated |= t.is(k, "pas not non nullement never aucunement ne")
                && !t.is(k.wrapping_sub(1), "ne pourquoi") | t.is(k, "pas not nullement never");
            negated |= t.is(k, "n") && t.mark(k + 1) == '\'' && (k..k + 6).any(|j| t.is(j, "pas plus aucun nullement"));
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
    fn is_own_mission(&self, (first, last): Range, (rule, shown): Sign) -> bool {
        let t = self.t;
        // La réglementation vise à: a law is nobody's project.
        let head = first..shown.0.min(first + 4);
        if head.into_iter().any(|i| t.is(i, "reglementation directive loi decret reglement norme regulation law")) {
            return true;
        }
        let mission = (shown.0..(shown.1 + 1).min(last)).any(|i| t.is(i, "mission missions role vocation raison"));
        let project = (first..shown.0).any(|i| t.is(i, ANNOUNCED) && !t.is(i, "il elle ils elles it they centre site"));
        let organisation = (first..shown.0.max(first + 1)).any(|i| t.is(i, "entreprise societe association fondation groupe institut etablissement parc cooperative agence office \
            federation club company charity foundation group museum society trust college university compagnie maison universite region ligue"));
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
            && !(first..first + 2).any(|i| t.is(i, "ce cet cette this"))
            && !(first..shown.0).any(|i| t.is(i, "fonds chaire poste comite nouveau nouvelle"));
        lasting || founded || mission && !project || exists || described || habitual || strategy
    }

    /// Whether the aim is an amount of money or a rank.
    fn is_financial(&self, (first, last): Range, (_, shown): Sign) -> bool {
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
                        || (first..last).any(|k| t.is(k, "marche affaires ebitda profit organique")))
        };
        (shown.0..last).any(about) || (first..shown.0).any(|i| t.is(i, "guidance dividende ebitda"))
    }
}
