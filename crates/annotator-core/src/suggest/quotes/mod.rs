//! Quotations of an identifiable speaker, with speaker, role and reporting verb.
//! Leaves out indirect speech and what stands between marks for another reason.

mod clauses;
mod marks;
mod speaker;
mod verbs;

use super::rules::{AFTER, BEFORE, COLON, CONTINUED, INSIDE, INTRODUCED, SIGNED, SOURCE};
use super::tokens::{Gap, Tokens, ends_in, has};
use super::{Reason, Suggestion};
use crate::{Language, Span};
use marks::Quoted;
use speaker::{Range, Reader, Speaker};
use verbs::Verb;

pub(super) const LABEL: &str = "quote";

/// A fragment inside the writer's own sentence has at least this many words (guideline, quote).
const FRAGMENT_WORDS: usize = 3;

/// Nouns and participles behind which marks hold a name, a title, a slogan or a text on a screen.
const NAMING: &str = "programme programmes projet plan label marque slogan devise mention bouton onglet rubrique menu message intitule intitulee \
    intitules intitulees titre titree baptise baptisee baptises baptisees nomme nommee nommes denomme denommee appele appelee appeles surnomme \
    surnommee surnom sobriquet collection exposition expo spectacle film livre ouvrage roman rapport etude campagne operation prix categorie article \
    theme thematique concept gamme option module touche icone case champ page site application appli logiciel service offre pack pass coffret menu \
    atelier conference colloque salon festival seminaire table cycle serie emission podcast chanson album piece oeuvre tableau revue magazine journal \
    quotidien hashtag mot mots terme termes expression formule notion principe credo adage proverbe maxime refrain loi decret charte appel concours \
    trophee parcours dispositif formation licence master chaire initiative reseau club association collectif statut type classe niveau licence alerte \
    sobriquet acronyme sigle nom noms logo banderole panneau affiche badge ecran dit dite dits dites called named entitled titled dubbed nicknamed \
    programme program project scheme campaign label slogan motto tagline brand message button tab option page exhibition show film book report study \
    award category theme song album series term word words phrase name policy plan initiative known branded marked reading policies film gallery \
    extrait citation verset pancarte tampon inscription commande produit produits recette poeme nouvelle edition hymne defi jeu challenge fonction \
    fonctionnalite mode rue quartier espace salle outil guide brochure note circulaire so";
/// Openings of a sentence that announce a text and not a speaker.
const TEXTS: &str = "loi decret code reglement slogan devise theme message article extrait credo principe titre mention maxime adage proverbe question objectif definition \
    dispose stipule refrain mot mots expression motto tagline slogan section clause affiche panneau inscription signature baseline accroche regle reponse";

/// Who said a quotation, and how we know, in token indices.
#[derive(Debug, Clone, Copy)]
struct Attribution {
    name: Range,
    role: Option<Range>,
    verb: Option<Verb>,
    rule: &'static str,
    /// The token behind the clause that attributes.
    last: usize,
    /// Where the speech itself ends, if that is before its line does.
    end: Option<usize>,
}

/// The attributed quotations of a text, in order.
pub(super) fn find(t: &Tokens, language: Language, out: &mut Vec<Suggestion>) {
    let english = language == Language::English;
    let (soft, hard) = (0..t.len()).filter(|&i| t.gap(i) == Gap::Line).fold((0, 0), |(soft, hard), i| {
        let lower = t.is_word(i) && !t.capital(i);
        (soft + usize::from(lower), hard + usize::from(!lower))
    });
    let finder = Finder { t, english, reader: Reader { t, english, wrapped: soft > 0 && soft * 2 > hard } };
    let quoted = marks::find(t, english);
    let mut before: Option<(Quoted, Attribution)> = None;
    for (k, &q) in quoted.iter().enumerate() {
        let floor = k.checked_sub(1).map_or(0, |k| if quoted[k].dash { 0 } else { quoted[k].last + 1 });
        let found = finder.attribution(q, floor, before.as_ref(), quoted.get(k + 1).map(|q| q.open));
        let Some(attribution) = found else {
            // A quotation of nobody breaks the chain only if it stands by itself.
            continue;
        };
        let last = attribution.end.unwrap_or(q.last);
        let span = Span::new(t.start(q.open), t.end(last)).expect("tokens are in order");
        let mut speaker = finder.text(attribution.name);
        if !t.caps(attribution.name.0) && t.is(attribution.name.0, "il elle ils elles on he she they we it") {
            speaker.make_ascii_lowercase();
        }
        let verb = attribution.verb.map(|verb| verbs::text(t, verb));
        let detail = verb.as_ref().unwrap_or(&speaker).clone();
        let mut attributes = vec![("speaker", speaker)];
        if let Some(role) = attribution.role.filter(|role| role.1 > role.0) {
            attributes.push(("role", finder.text(role)));
        }
        if let Some(verb) = verb {
            attributes.push(("verb", verb));
        }
        let reason = Reason::new(attribution.rule, Some(detail));
        out.push(Suggestion { rule: attribution.rule, label: LABEL, span, attributes, reason });
        before = Some((q, attribution));
    }
}

struct Finder<'a, 't> {
    t: &'a Tokens<'t>,
    english: bool,
    reader: Reader<'a, 't>,
}

impl Finder<'_, '_> {
    /// Who said `q`. `floor` is the token behind the quotation before, `before` the last one attributed.
    fn attribution(
        &self,
        q: Quoted,
        floor: usize,
        before: Option<&(Quoted, Attribution)>,
        next: Option<usize>,
    ) -> Option<Attribution> {
        if q.dash {
            return self.inside(q, true);
        }
        let start = self.sentence_start(q.open, floor);
        let opens = self.is_utterance(q, start);
        let naming = self.is_named(q, start);
        let fragment = !opens && !self.is_long_enough(q);
        if let Some(inside) = self.inside(q, false).filter(|_| !naming) {
            return Some(inside);
        }
        if !naming
            && (opens || !fragment)
            && q.closed
            && let Some(after) = self.after(q, opens, next)
        {
            return Some(after);
        }
        if let Some(continued) = before.and_then(|(p, a)| self.continued(q, *p, a)) {
            return Some(continued);
        }
        if naming {
            return None;
        }
        if let Some(lead) = self.before(q, start, before.map(|(_, a)| a)) {
            return Some(lead);
        }
        self.signed(q).or_else(|| self.introduced(q, start, floor))
    }

    /// A full utterance in the first person behind a sentence about somebody: `Paul Denis savoure. « Nous y sommes. »`
    fn introduced(&self, q: Quoted, start: usize, floor: usize) -> Option<Attribution> {
        let t = self.t;
        let personal = t.any(q.open + 1, q.last, "nous notre nos je j mon ma mes on we our i my us me");
        if q.open != start
            || q.open == floor
            || !t.follows(q.open)
            || t.gap(q.open) == Gap::Line && !self.reader.wrapped
            || !q.closed
            || !personal
            || !self.is_long_enough(q)
            || self.reader.ends_sentence(q.last + 1) && !self.reader.ends_sentence(q.last - 1)
        {
            return None;
        }
        let first = self.sentence_start(q.open - 1, floor);
        let verb = (first + 1..q.open).find(|&i| {
            t.is(i, if self.english { "has is was had says knows" } else { "a est se s ne n" })
                || verbs::at(t, i, self.english).is_some()
        })?;
        let speaker =
            self.reader.before(first, verb).filter(|s| (s.name.0..s.name.1).filter(|&i| t.capital(i)).count() >= 2)?;
        Some(self.attributed(Speaker { last: q.open, ..speaker }, None, INTRODUCED))
    }

    /// The first token of the sentence in which a quotation opens.
    fn sentence_start(&self, open: usize, floor: usize) -> usize {
        let t = self.t;
        let mut i = open;
        while i > floor {
            let before = i - 1;
            let colon = t.mark(before) == ':';
            if t.gap(i) == Gap::Paragraph && !(colon && i == open)
                || t.gap(i) == Gap::Line && !self.reader.wrapped && !(colon && i == open)
            {
                break;
            }
            if self.reader.ends_sentence(before)
                || matches!(t.raw(before), "»" | "”") && self.reader.ends_sentence(before.wrapping_sub(1))
            {
                break;
            }
            i = before;
        }
        i
    }

    /// Whether a quotation is a full utterance: it begins its sentence or stands behind a colon.
    fn is_utterance(&self, q: Quoted, start: usize) -> bool {
        q.open == start || self.t.mark(q.open - 1) == ':' || (start..q.open).all(|i| self.t.is_mark(i))
    }

    fn is_long_enough(&self, q: Quoted) -> bool {
        (q.open..=q.last)
            .filter(|&i| self.t.is_word(i) && (self.t.word(i).len() > 1 || self.t.mark(i + 1) != '\''))
            .count()
            >= FRAGMENT_WORDS
    }

    /// Whether what stands before the mark says that a name, a title or a text follows.
    fn is_named(&self, q: Quoted, start: usize) -> bool {
        let t = self.t;
        let mut before = q.open.wrapping_sub(1);
        if q.open <= start {
            return false;
        }
        if t.mark(before) == ':' {
            // Le mot de la directrice, Sarah Benali : a name outweighs the noun.
            let name = t.capital(before - 1) && t.capital(before.wrapping_sub(2));
            return !name && t.any(start, before, TEXTS) && clauses::verb_before(self, start, before).is_none();
        }
        // `Se dit « fière »` and `dit « suivre le dossier »` speak; `le jardin dit « le Potager »` names.
        if t.is(before, "dit dite dits dites") {
            let reflexive = t.is(before.wrapping_sub(1), "se s");
            let noun =
                t.mark(before.wrapping_sub(1)) == ',' && t.capital(q.open + 1) || t.is(q.open + 1, "le la les l");
            return !reflexive && (noun || t.capital(q.open + 1) || t.is(before, "dite dits dites"));
        }
        for _ in 0..3 {
            if t.is(before, NAMING) {
                // Voit dans ce projet « une chance »: the thing is known, its name does not follow.
                return !t.is(before.wrapping_sub(1), "ce cet cette ces this that") || t.capital(q.open + 1);
            }
            if verbs::at(t, before, self.english).is_some_and(|v| !v.weak && v.first == before) {
                return false;
            }
            if before <= start
                || !t.is_word(before)
                || t.is(
                    before,
                    "que qu de d est comme a et un une le la les of is was as the it him her them this that",
                )
            {
                return false;
            }
            before -= 1;
        }
        false
    }

    /// A quotation right behind one that is attributed, in the same paragraph or alone in the next.
    fn continued(&self, q: Quoted, p: Quoted, before: &Attribution) -> Option<Attribution> {
        let t = self.t;
        let from = p.last + 1;
        let paragraphs = (from..=q.open)
            .filter(|&i| t.gap(i) == Gap::Paragraph || t.gap(i) == Gap::Line && !self.reader.wrapped)
            .count();
        let continued = || Some(Attribution { rule: CONTINUED, last: q.last + 1, end: None, ..*before });
        if paragraphs == 0 {
            let between = (from..q.open).filter(|&i| self.reader.ends_sentence(i)).count();
            let joined = q.open == from;
            let last = q.open - 1;
            // Only the reporting clause stands between: « A », dit X. « B. »
            let clause = matches!(before.rule, AFTER | SOURCE | CONTINUED) && before.last >= from
                || matches!(before.rule, BEFORE | COLON | INSIDE) && joined;
            let behind = (before.last.max(from)..q.open)
                .all(|i| !t.is_word(i) || self.reader.ends_sentence(last) && between <= 1);
            let starts = self.reader.ends_sentence(last)
                || matches!(t.mark(last), ',' | ':' | ';' | '–' | '—')
                || t.is(last, "et avant puis")
                || joined;
            return (clause && behind && starts && between <= 1).then(continued).flatten();
        }
        // A whole paragraph in marks behind one that ends with its quotation or clause.
        let alone = t.gap(q.open) >= Gap::Line && (!t.follows(q.last + 1) || t.gap(q.last + 1) >= Gap::Line);
        let near = paragraphs == 1
            && t.gap(q.open) >= Gap::Line
            && (from..q.open).filter(|&i| self.reader.ends_sentence(i)).count() <= 1;
        let signed = before.rule == SIGNED || self.signed(q).is_some();
        (alone && near && !signed && t.mark(q.open - 1) != ':' && self.is_long_enough(q)).then(continued).flatten()
    }

    /// A block with its signature in the next line, or in the line before.
    fn signed(&self, q: Quoted) -> Option<Attribution> {
        let t = self.t;
        if t.gap(q.open) < Gap::Line {
            return None;
        }
        let mut next = q.last + 1;
        next += usize::from(t.mark(next) == '.' && t.gap(next) < Gap::Line);
        let dash = matches!(t.mark(next), '–' | '—' | '-');
        if next < t.len() && (t.gap(next) >= Gap::Line || dash || t.capital(next) || t.mark(next) == ',') {
            let same_line = t.gap(next) < Gap::Line;
            let from = next + usize::from(t.mark(next) == ',');
            if let Some(speaker) =
                self.reader.signature(from).filter(|s| s.last - from <= 30 && self.is_signature(from, s, same_line))
            {
                return Some(self.attributed(speaker, None, SIGNED));
            }
        }
        // Didier Lesage, maire, above his words.
        if t.gap(q.open) == Gap::Line && (!t.follows(q.last + 1) || t.gap(q.last + 1) >= Gap::Line) {
            let mut from = q.open - usize::from(q.open > 0);
            while from > 0 && t.gap(from) < Gap::Line && q.open - from < 30 {
                from -= 1;
            }
            let ended = self.reader.ends_sentence(q.open.wrapping_sub(1));
            if let Some(speaker) = self.reader.signature(from).filter(|s| s.last <= q.open && !ended) {
                return Some(self.attributed(Speaker { last: q.last + 1, ..speaker }, None, SIGNED));
            }
        }
        None
    }

    /// Whether a line is a signature and not the next sentence or heading.
    fn is_signature(&self, from: usize, speaker: &Speaker, same_line: bool) -> bool {
        let t = self.t;
        let verb = t.any(speaker.name.1, speaker.last, "a est ont sont has is are was will");
        let dash = matches!(t.mark(from), '–' | '—' | '-');
        let ends = !t.follows(speaker.last)
            || t.gap(speaker.last) >= Gap::Line
            || same_line && self.reader.ends_sentence(speaker.last);
        // One word and a comma: Malik, lycéen; but not Lyon, le 3 mai.
        let single = speaker.name.1 == speaker.name.0 + 1 && self.reader.behind_title(from) == from;
        let place = speaker.role.is_none_or(|role| t.is(role.0, "le on du") || t.is_number(role.1 - 1));
        if single
            && (same_line || place || t.gap(from) != Gap::Line || !self.reader.ends_sentence(from.wrapping_sub(2)))
        {
            return false;
        }
        // A name alone, without role or dash, may be the next heading.
        let alone = speaker.role.is_none() && !dash && t.gap(from) == Gap::Paragraph;
        ends && !verb && !alone
    }

    /// Whether a speaker can speak: a name, a pronoun, or a noun phrase that is no thing.
    fn is_identified(&self, s: &Speaker) -> bool {
        let t = self.t;
        let (first, last) = s.name;
        let thing = t.is(first, "article decret code arrete notice reglement enseigne panneau affiche banderole pancarte inscription sign banner poster clause section act law projet programme plan texte accord partenariat reseau site produit service outil dispositif resultat chiffre prix offre \
            loi nombre objectif idee but enjeu contrat travaux mise lancement prime mesure the it ce cela ceci moitie suite plupart fois formule expression \
            project plan scheme agreement deal service product price number aim result trial move");
        let behind_article = t.is(first, "un une cet cette ce one a an this") && last > first + 1;
        let nobody = last == first + 1 && t.is(first, "on");
        last > first
            && !thing
            && !nobody
            && (!behind_article || self.is_identified(&Speaker { name: (first + 1, last), ..*s }))
    }

    fn is_person(&self, s: &Speaker) -> bool {
        (s.name.0..s.name.1).any(|i| self.t.capital(i)) || is_person_noun(self.t.word(s.name.0))
    }

    fn same_speaker(&self, before: &Attribution, verb: Verb) -> Attribution {
        Attribution { verb: Some(verb), rule: BEFORE, last: verb.last, end: None, ..*before }
    }

    fn attributed(&self, s: Speaker, verb: Option<Verb>, rule: &'static str) -> Attribution {
        let last = s_end(&s).max(verb.map_or(0, |v| v.last));
        Attribution { name: s.name, role: s.role, verb, rule, last, end: None }
    }

    /// A stretch as written, with single blanks and without marks at its edges.
    fn text(&self, (first, last): Range) -> String {
        words_of(self.t, first, last)
    }
}

/// A stretch of tokens as written, with single blanks and without marks at its edges.
pub(super) fn words_of(t: &Tokens, first: usize, last: usize) -> String {
    let (mut first, mut last) = (first, last);
    while first < last && t.is_one(first, ",;") {
        first += 1;
    }
    while first < last && t.is_one(last - 1, ",;") {
        last -= 1;
    }
    let mut out = String::new();
    for i in first..last {
        if i > first && !t.tight(i) {
            out.push(' ');
        }
        out.push_str(t.raw(i));
    }
    out
}

fn s_end(s: &Speaker) -> usize {
    s.last.max(s.name.1).max(s.role.map_or(0, |r| r.1))
}

/// Nouns of persons who may speak without a name.
fn is_person_noun(word: &str) -> bool {
    let suffix = ends_in(word, "eur euse trice iste ien ienne ier iere ant ante eure");
    let thing = has(
        "valeur secteur moteur chantier dossier papier quartier montant premier derniere premiere dernier matiere maniere ordinateur hauteur metier calendrier courrier atelier tournant carriere filiere instant avant durant pendant entretien soutien lien maintien quotidien courant liste piste",
        word,
    );
    suffix && !thing
        || has(
            "maire president presidente ministre prefet prefete chef cheffe elu elue depute deputee juge garde \
        directeur pdg patron patronne capitaine sage medecin artiste syndicat association ministere groupe entreprise direction societe ville region \
        federation ong collectif club minister mayor director chairman president ceo founder captain coach teacher professor",
            word,
        )
}
