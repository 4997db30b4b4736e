//! The verbs by which French and English say that somebody speaks, and the phrases they stand in.
//! Leaves out who speaks.

use crate::suggest::tokens::{Tokens, ends_in, has};

/// A reporting verb with what belongs to it, in token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub first: usize,
    /// The token behind the phrase, a pronoun joined to it by hyphens included.
    pub last: usize,
    /// The pronoun of an inverted phrase: `a-t-il dit`.
    pub pronoun: Option<usize>,
    /// Whether the verb may as well take a thing for its object (`annonce un projet`), so that a
    /// fragment behind it need not be speech.
    pub weak: bool,
}

/// Stems of regular French verbs of speech, folded.
const STEMS: &str = "declar expliqu soulign ajout affirm precis indiqu comment estim not rappel rappell confi temoign assur insist resum observ \
    constat confirm martel lach gliss nuanc regrett racont exclam enthousiasm felicit amus interrog indign inquiet ironis plaisant temper abond \
    rencheri repliqu retorqu signal rapport analys decrypt explicit avanc avou enchain clam proclam esper soupir emerveill desol confess relat \
    developp argu argument plaid salu jug consider pens evoqu denonc deplor qualifi reconnai murmur souffl cri critiqu augur pronostiqu \
    vant revendiqu deplor implor supplier hurl chuchot dissert complet conclu poursui repet rassur tonn assen balay corrig \
    remarqu imagin pren preconis protest reven sugger tranch synthetis theoris explos moqu rejoui releve relev martell";
/// Stems whose verbs also take things: what follows is speech only behind a colon or `que`.
const WEAK_STEMS: &str = "annonc lanc propos garanti demand defend present appell invit recommand conseill interpell relai apprecie appreci post tweet publi";
/// Endings of the first group, folded; the participle is among them.
const ENDINGS: &str = "e ent a ait aient er era eront ant erent es ee ees ons";
/// Forms of the other verbs.
const FORMS: &str = "dit disent disait disaient dira dire disant dits redit ecrit ecrivent ecrivait ecrire ecrivant repond repondent repondait repondu \
    repondre soutient soutiennent soutenait soutenu soutenir maintient maintenu previent prevenait prevenu prevenir avertit averti avertir \
    reconnait reconnaissent reconnaissait reconnu reconnaitre admet admettent admettait admis admettre conclut concluent concluait conclu conclure \
    poursuit poursuivent poursuivait poursuivi poursuivre reprend reprenait repris reprendre sourit sourient souriait sourire concede concedent \
    croit croient croyait croire rit promet promettait promis promettre predit predire sait savoir voit voient reagit reagissent reagi reagir \
    rejouit rejouissent rejoui rejouir rencherit rencheri souvient souviennent souvenait souvenir convient convenait convenu fustige fustigent \
    exprime exprimait traduit plaint plaignait enorgueillit glisse lache tranche tonne repete repetent repeter abonde complete insurge \
    interroge evoque parle parlent parlait parler dirige defend deduit rassure";
const ENGLISH: &str = "said says say saying told tells explained explains commented comments noted notes stated states remarked remarks continued \
    continues concluded concludes insisted insists argued argues wrote writes recalled recalls warned warns observed observes emphasised emphasized \
    emphasises stressed stresses confirmed confirms replied replies asked asks joked jokes acknowledged acknowledges admitted admits believes believed \
    thinks hopes hoped added adds declared declares puts quipped laughed smiled claimed claims maintained described describes called calls praised \
    praises hailed hails welcomed reflected reflects responded responds urged vowed shared reported reports revealed pointed agreed agrees predicted \
    predicts cautioned suggested suggests conceded lamented exclaimed whispered boasted complained summed termed labelled labeled branded dubbed deemed \
    expressed spoke speaks talked testified recounts recounted remembers remembered enthused";
const ENGLISH_WEAK: &str = "announced announces asked shared reported reports notes welcomed dubbed suggested revealed";

const PRONOUNS: &str = "il elle ils elles on je nous";

/// Whether a word is a form of a reporting verb, and whether a weak one.
fn form(word: &str, english: bool) -> Option<bool> {
    if english {
        return has(ENGLISH, word).then(|| has(ENGLISH_WEAK, word)).or(has(ENGLISH_WEAK, word).then_some(true));
    }
    if has(FORMS, word) {
        return Some(has("dirige defend parle parlent parlait sait savoir voit voient traduit", word));
    }
    let regular = |stems: &str| {
        stems
            .split(' ')
            .filter(|s| !s.is_empty())
            .any(|stem| word.strip_prefix(stem).is_some_and(|rest| has(ENDINGS, rest)))
    };
    regular(STEMS).then_some(false).or_else(|| regular(WEAK_STEMS).then_some(true))
}

/// The reporting phrase at `i`: `déclare`, `a-t-il ajouté`, `s'est félicité`, `tient à préciser`, `met en garde`.
pub(super) fn at(t: &Tokens, i: usize, english: bool) -> Option<Verb> {
    let mut at = i;
    if english {
        if t.is(at, "has have had also") && t.follows(at + 1) {
            at += 1;
        }
        let weak = form(t.word(at), true)?;
        let mut last = at + 1;
        // `Pointed out`, `summed it up`, `told reporters`.
        last += usize::from(t.is(last, "out") && t.follows(last));
        return Some(Verb { first: i, last, pronoun: None, weak });
    }
    // Clitics: se félicite, s'enthousiasme, nous confie, l'affirme, y voit.
    let mut clitic = false;
    for _ in 0..2 {
        if t.is(at, "se nous lui leur y en le me") && t.follows(at + 1) {
            clitic = true;
            at += 1;
        } else if t.is(at, "s l m") && t.mark(at + 1) == '\'' && t.follows(at + 2) {
            clitic = true;
            at += 2;
        }
    }
    if clitic && at == i {
        return None;
    }
    let word = t.word(at);
    // A clitic that is a subject pronoun in disguise needs its verb right behind.
    if has("a ont avait avaient aura aurait est sont etait s ai avons", word) {
        let (pronoun, mut next) = inverted(t, at + 1);
        let mut steps = 0;
        while steps < 6 && t.follows(next) {
            // A tenu à rappeler, a fait savoir, a également souligné, a pour sa part évoqué.
            let participle = form(t.word(next), false)
                .filter(|_| !t.is(next, "dire part note note") || t.is(next, "note") && steps == 0);
            if let Some(weak) = participle.filter(|_| !t.is(next, "le la les")) {
                let weak = weak && pronoun.is_none();
                let compound = next + 1;
                // A dit que; a déclaré.
                return Some(Verb { first: i, last: compound, pronoun, weak });
            }
            let between = t.is(next, "egalement aussi ainsi ensuite alors pour sa part quant a lui elle eux de son cote tenu fait souhaite voulu \
                notamment en outre par ailleurs encore donc deja d bien toutefois cependant meme aussitot simplement d est t y se savoir valoir \
                remarquer rappele ete jusqu") || t.mark(next) == '\'' || t.word(next).ends_with("ment") || t.is(next, "surtout longuement bien vivement aussitot sobrement");
            if !between {
                return None;
            }
            if t.is(next, "savoir valoir remarquer observer") {
                return Some(Verb { first: i, last: next + 1, pronoun, weak: false });
            }
            next += 1;
            steps += 1;
        }
        return None;
    }
    if has("fait font faisait fit", word) && t.is(at + 1, "savoir valoir remarquer observer") {
        let (pronoun, last) = inverted(t, at + 2);
        return Some(Verb { first: i, last, pronoun, weak: false });
    }
    if has("fait", word) && t.mark(at + 1) == '-' {
        let (pronoun, last) = inverted(t, at + 1);
        if pronoun.is_some() && t.is(last, "savoir valoir remarquer observer") {
            return Some(Verb { first: i, last: last + 1, pronoun, weak: false });
        }
    }
    if has("met mettent mettait", word) && t.is(at + 1, "en") && t.is(at + 2, "garde avant") {
        return Some(Verb { first: i, last: at + 3, pronoun: None, weak: false });
    }
    if has("tient tiennent tenait aime aiment aimait veut veulent voulait souhaite va insiste", word) {
        let next = at + 1 + usize::from(t.is(at + 1, "a"));
        if form(t.word(next), false).is_some() && (ends_in(t.word(next), "er re ir")) {
            return Some(Verb { first: i, last: next + 1, pronoun: None, weak: false });
        }
    }
    if has("veut veulent souhaite souhaitent espere esperent", word) && t.mark(at + 1) == '-' {
        let (pronoun, last) = inverted(t, at + 1);
        return pronoun.map(|_| Verb { first: i, last, pronoun, weak: false });
    }
    // `Parle d'un` reports, `parle` alone does not.
    let taken = has("parle parlent parlait", word) && t.is(at + 1, "de d")
        || has("voit voient", word) && (t.is(at + 1, "dans en la le un une") || t.is(at - usize::from(at > 0), "y"));
    let weak = form(word, false)? && !taken;
    let (pronoun, mut last) = inverted(t, at + 1);
    // Se dit: the adjective behind is the quotation.
    last = last.max(at + 1);
    Some(Verb { first: i, last, pronoun, weak: weak && pronoun.is_none() })
}

/// The pronoun behind a verb: `-t-il`, `-elle`; and the index behind it.
fn inverted(t: &Tokens, i: usize) -> (Option<usize>, usize) {
    let mut at = i;
    if t.mark(at) != '-' || !t.tight(at) {
        return (None, i);
    }
    at += 1;
    if t.is(at, "t") && t.mark(at + 1) == '-' {
        at += 2;
    }
    if t.is(at, PRONOUNS) { (Some(at), at + 1) } else { (None, i) }
}

/// The phrase as written, without its pronoun.
pub(super) fn text(t: &Tokens, verb: Verb) -> String {
    let Some(pronoun) = verb.pronoun else {
        return super::words_of(t, verb.first, verb.last);
    };
    // From `a-t-il dit` and `dit-il` all that the hyphens join is left out.
    let mut joined = pronoun;
    while joined > verb.first && (t.mark(joined - 1) == '-' || t.is(joined - 1, "t") && t.mark(joined - 2) == '-') {
        joined -= 1;
    }
    let mut out = super::words_of(t, verb.first, joined);
    if pronoun + 1 < verb.last {
        out.push(' ');
        out.push_str(&super::words_of(t, pronoun + 1, verb.last));
    }
    out
}
