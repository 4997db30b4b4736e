//! The signs of an objective in French: what follows `afin de`, `vise à`, `a pour objectif` and their like.

use super::{ANNOUNCED, Judge, Range, Sign, THIRD};
use crate::suggest::rules::{EFFECT, INTENT, PURPOSE, STATED};
use crate::suggest::tokens::{ends_in, has};

impl Judge<'_, '_> {
    pub(super) fn french_sign(&self, (first, last): Range) -> Option<Sign> {
        let t = self.t;
        (first..last).find_map(|i| {
            self.french_at(i, first, last).filter(|sign| {
                // A sign in another's mouth or programme does not count, a later one may.
                !self.is_financial((first, last), *sign) && !self.is_negated((first, last), sign.1.0) && t.is_word(i)
            })
        })
    }

    pub(super) fn french_at(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
        let t = self.t;
        match () {
            () if t.is(i, "afin") && (t.is(i + 1, "de que d qu")) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "pour") && (self.pour(i, first)) => Some((PURPOSE, (i, i + 2))),
            () if t.is(i, "tache dessein priorite espoir idee but objectif intention ambition optique volonte souci perspective objet finalite vocation visee mission missions objectifs ambitions enjeu propos") => self.noun_of_aim(i, first, last),
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
                // Doit rompre l'isolement: what it must do is what it is for, if it improves something.
                let improve = t.is(i + 1, "rompre reduire renforcer ameliorer accelerer simplifier limiter eviter offrir garantir relancer redonner rapprocher \
                    revitaliser dynamiser proteger preserver soutenir desengorger fluidifier financer");
                (aid || improve).then_some((EFFECT, (i, i + 2)))
            }
            // Au cœur de l'accord : accélérer.
            () if t.is(i, "coeur defi cap") => self.told_by_colon(i, last),
            () if t.is(i, "permettra permettront permettrait aidera aideront contribuera contribueront") => {
                self.effect(i, first, last)
            }
            () if t.is(i, "entend entendent souhaite souhaitent veut veulent ambitionne ambitionnent aspire aspirent compte comptent cherche cherchent espere esperent") => self.intent(i, first, last),
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
                && t.any(first, i, ANNOUNCED) =>
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
    pub(super) fn pour(&self, i: usize, first: usize) -> bool {
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
        let career = t.is(verb, "rejoindre devenir succeder") && t.any(first, i, "quitte quitter quittera");
        // Un atout pour, essentiel pour: a judgement, not a purpose.
        let judged = t.is(i.wrapping_sub(1), "atout atouts opportunite chance essentiel essentielle necessaire indispensable important importante ideal ideale \
            pret prete prets pretes utile moyens efforts raison raisons motif difficile facile") && !t.is(i.wrapping_sub(2), "est");
        let colon = t.mark(verb + 1) == ':';
        // Pour signaler un problème : the number to call.
        let entry = i == first && (verb + 1..verb + 10).any(|k| t.mark(k) == ':');
        let polite = colon || entry || career || judged || t.is(verb, "rappeler memoire finir conclure commencer");
        !(result || cause || degree || polite)
    }

    /// Whether an infinitive stands behind the preposition at `i`, past clitics and adverbs.
    pub(super) fn infinitive(&self, i: usize) -> bool {
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

    pub(super) fn is_infinitive(&self, i: usize) -> bool {
        let t = self.t;
        let word = t.word(i);
        let regular = word.len() > 3 && ends_in(word, "er ir tre dre ire vre cre pre clure");
        let noun = has(
            "hiver loisir plaisir avenir souvenir fevrier janvier premier dernier dossier chantier atelier quartier papier metier foyer loyer entier fer cancer etre leader poster centre titre livre autre notre votre quatre entre contre ordre cadre moindre offre chiffre ministre theatre membre nombre histoire territoire laboratoire maire affaire salaire partenaire contraire horaire anniversaire annuaire solaire scolaire sanitaire alimentaire commissaire memoire oeuvre cuivre particulier banquier ouvrier conseiller pouvoir soir devoir hier fier cher leger danger dire faire lire rire",
            word,
        ) && !has("etre dire faire lire rire pouvoir devoir", word);
        (regular || has("lire rire dire voir agir", word)) && !noun && !t.caps(i) | (i > 0 && t.caps(i - 1))
    }

    pub(super) fn behind_adverb(&self, i: usize, to: &str) -> bool {
        let t = self.t;
        t.is(i + 1, "notamment egalement aussi ainsi avant donc principalement")
            && (t.is(i + 2, to) && self.infinitive(i + 2) || t.is(i + 3, to) && self.infinitive(i + 3))
    }

    /// `A pour objectif de`, `dans le but de`, `objectif :`, `dont l'ambition est de`, `l'objectif est que`.
    pub(super) fn noun_of_aim(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
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
        if t.is(i, "idee but objectif objectifs enjeu ambition finalite volonte priorite") {
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
        self.told_by_colon(i, last)
    }

    /// L'ambition est triple : isoler, équiper, former.
    pub(super) fn told_by_colon(&self, i: usize, last: usize) -> Option<Sign> {
        let colon = (i + 1..(i + 10).min(last)).find(|&k| self.t.mark(k) == ':')?;
        // Son ambition : whose it is, is the organisation.
        let own = self.t.is(i.wrapping_sub(1), "son sa leur notre nos ses");
        (!own && colon + 1 < last && self.is_infinitive(colon + 1)).then_some((STATED, (i, colon + 1)))
    }

    /// `Permettra [à X] de`, `aidera à`, `contribuera à`.
    pub(super) fn effect(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
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
    pub(super) fn intent(&self, i: usize, first: usize, last: usize) -> Option<Sign> {
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
        if !(direct && to || ambition) || weak && t.is(i, "compte comptent") && !direct {
            return None;
        }
        // Veut croire, veut dire, entend rester: nothing is aimed at.
        let verb = (at + 1..(at + 6).min(last)).find(|&k| self.is_infinitive(k))?;
        if t.is(verb, "croire dire rester rappeler remercier saluer souligner preciser voir savoir atteindre devenir ouvrir doubler tripler multiplier terminer finir poursuivre") {
            return None;
        }
        let third = t.any(first, i, THIRD);
        let reader = t.is(i.wrapping_sub(1), "qui vous on") && t.is(i.wrapping_sub(2), "ceux celles personnes");
        (!third && !reader).then_some((INTENT, (i, i + 1)))
    }
}
