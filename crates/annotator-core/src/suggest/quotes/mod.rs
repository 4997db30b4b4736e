//! Quotations of an identifiable speaker, with speaker, role and reporting verb.
//! Leaves out indirect speech and what stands between marks for another reason.

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
        let personal = (q.open + 1..q.last).any(|i| t.is(i, "nous notre nos je j mon ma mes on we our i my us me"));
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
            return (start..before).any(|i| t.is(i, TEXTS)) && verb_before(self, start, before).is_none();
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

    /// A clause behind the closing mark: `, a déclaré X`, `, selon X`, `said X`, `X said`, `(X)`.
    fn after(&self, q: Quoted, opens: bool, next: Option<usize>) -> Option<Attribution> {
        let t = self.t;
        let mut at = q.last + 1;
        if !t.follows(at) || t.gap(at) == Gap::Line && !self.reader.wrapped && self.t.mark(at) != ',' {
            return None;
        }
        let comma = t.mark(at) == ','
            || self.english && matches!(t.mark(q.last - 1), ',' | '?' | '!')
            || matches!(t.mark(q.last - 1), '!' | '?' | '…' | ',');
        if matches!(t.mark(at), ',' | '–' | '—' | '-') {
            at += 1;
        }
        if t.is(at, "comme ainsi as tel") {
            at += 1;
            if t.is(at, "le que") {
                at += 1;
            } else if t.is(at, "l") && t.mark(at + 1) == '\'' {
                at += 2;
            }
        }
        let limit = next.unwrap_or(t.len());
        if t.is(at, "selon dixit pour") || t.is(at, "d") && t.is(at + 2, "apres") || t.is(at, "according") {
            let from = at
                + if t.is(at, "d") {
                    3
                } else if t.is(at, "according") {
                    2
                } else {
                    1
                };
            let formula = (from..from + 4)
                .any(|i| t.is(i, "formule expression adage dicton proverbe slogan devise rumeur mot termes"));
            let speaker = self
                .reader
                .at(from)
                .filter(|s| s.last <= limit && !formula && (comma || opens) && self.is_identified(s))?;
            if t.is(at, "pour")
                && (t.is_number(from)
                    || verbs::at(t, from, false).is_some()
                    || t.word(from).ends_with("er") && !t.capital(from))
            {
                return None;
            }
            return Some(self.attributed(speaker, None, SOURCE));
        }
        if let Some(verb) = verbs::at(t, at, self.english).filter(|_| comma || opens) {
            if let Some(pronoun) = verb.pronoun {
                if t.is(pronoun, "on") {
                    return None;
                }
                let speaker = Speaker { name: (pronoun, pronoun + 1), role: None, last: verb.last };
                return Some(self.attributed(speaker, Some(verb), AFTER));
            }
            // The participle says that the words are another's: « … », a déclaré.
            let mut from = verb.last;
            while t.is(from, "ainsi alors encore quant lui aussi egalement ensuite notamment de son cote pour sa part in hier aujourd hui a elle toutefois enfin")
                && t.follows(from) && from < verb.last + 4 && !t.capital(from) && self.skips(from)
            {
                from += 1;
            }
            if let Some(speaker) = self.reader.at(from).filter(|s| s.name.1 <= limit && self.is_identified(s)) {
                return Some(self.attributed(speaker, Some(verb), AFTER));
            }
            return None;
        }
        // Moira Calder said; she added; one regular puts it; Jane Doe, director, said.
        if let Some((speaker, verb)) = self.subject_then_verb(at, limit).filter(|_| comma) {
            return Some(self.attributed(speaker, Some(verb), AFTER));
        }
        if t.mark(q.last + 1) == '(' && opens {
            let speaker = self.reader.signature(q.last + 1)?;
            return Some(self.attributed(speaker, None, SIGNED));
        }
        None
    }

    /// Whether a word between verb and subject only colours them.
    fn skips(&self, i: usize) -> bool {
        let t = self.t;
        !(t.is(i, "de a pour son sa elle lui")
            && !t.is(i + 1, "son sa cote part elle lui")
            && !t.is(i.wrapping_sub(1), "quant de pour son sa a"))
    }

    fn subject_then_verb(&self, at: usize, limit: usize) -> Option<(Speaker, Verb)> {
        let t = self.t;
        for k in at + 1..(at + 14).min(limit) {
            if !t.follows(k) || self.reader.ends_sentence(k - 1) || matches!(t.mark(k), ':' | '«' | '“' | '"') {
                return None;
            }
            let Some(verb) = verbs::at(t, k, self.english).filter(|v| v.pronoun.is_none()) else { continue };
            if !self.english && verb.weak {
                continue;
            }
            let speaker = self.reader.before(at, verb.first)?;
            let pronoun = speaker.name.1 == speaker.name.0 + 1 && !t.capital(speaker.name.0);
            if speaker.name.0 > at + 6 || !self.english && !pronoun && !t.capital(speaker.name.0) {
                return None;
            }
            let role = speaker
                .role
                .or_else(|| self.reader.at(speaker.name.0).and_then(|s| s.role).filter(|r| r.1 < verb.first));
            return Some((Speaker { role, last: verb.last, ..speaker }, verb));
        }
        None
    }

    /// A reporting clause between the marks: `« A, explique X, B. »`. For a line of dialogue, the speech
    /// ends where a clause at its end begins.
    fn inside(&self, q: Quoted, dash: bool) -> Option<Attribution> {
        let t = self.t;
        for i in q.open + 2..=q.last {
            let breaks = matches!(t.mark(i - 1), ',' | '?' | '!' | '…' | '–' | '—');
            if !breaks || !t.follows(i) {
                continue;
            }
            if self.english {
                let Some(verb) = verbs::at(t, i, true).or_else(|| verbs::at(t, i + 1, true)) else { continue };
                let closed = |s: &Speaker| matches!(t.mark(s.last), ',' | '.') || s.last > q.last;
                let speaker =
                    if verb.first == i { self.reader.at(verb.last) } else { self.reader.before(i, verb.first) };
                let Some(speaker) = speaker.filter(|s| dash && closed(s)) else { continue };
                return Some(self.attributed(speaker, Some(verb), INSIDE));
            }
            let Some(verb) = verbs::at(t, i, false) else { continue };
            let speaker = match verb.pronoun {
                Some(p) if !t.is(p, "nous je vous") => Speaker { name: (p, p + 1), role: None, last: verb.last },
                Some(_) => continue,
                None => {
                    let Some(speaker) = self.reader.at(verb.last) else { continue };
                    // The clause stands between commas; its subject is a person or a named body.
                    let person = (speaker.name.0..speaker.name.1).any(|k| t.capital(k)) || dash;
                    let commas = speaker.last > q.last
                        || matches!(t.mark(speaker.last), ',' | '.' | '»' | '–' | '—' | ':' | ';')
                        || speaker.role.is_some();
                    if !person || !commas || verb.weak && !dash {
                        continue;
                    }
                    speaker
                }
            };
            // A clause at the end of a line of dialogue is no part of the speech.
            let clause_end = speaker.role.map_or(speaker.last, |r| r.1);
            let mut attribution = self.attributed(speaker, Some(verb), INSIDE);
            if dash {
                let role_runs_out = clause_end >= q.last;
                if role_runs_out || t.mark(clause_end) == '.' && clause_end + 1 > q.last {
                    attribution.end = Some(if t.mark(i - 1) == ',' { i - 2 } else { i - 1 });
                }
            } else if let Some((from, to)) = speaker.role {
                // The role ends at the next comma inside the marks, or the speech would be lost in it.
                let cut = (from..to).find(|&k| t.mark(k) == ',').unwrap_or(to);
                attribution.role = Some((from, cut));
            }
            return Some(attribution);
        }
        None
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

    /// What leads in: `X déclare : «`, `X estime que «`, `Selon X, «`, `X, directeur : «`.
    fn before(&self, q: Quoted, start: usize, previous: Option<&Attribution>) -> Option<Attribution> {
        let t = self.t;
        if q.open <= start {
            return None;
        }
        let end = q.open - 1;
        let colon = t.mark(end) == ':';
        let that = t.is(end, "que that") || t.mark(end) == '\'' && t.is(end.wrapping_sub(1), "qu");
        if !colon && !self.is_long_enough(q) {
            return None;
        }
        // Selon X, pour X, d'après X, according to X: at the start of the sentence.
        let source = t.is(start, "selon pour according") || t.is(start, "d") && t.is(start + 2, "apres");
        let eyes = t.is(start, "aux") && t.is(start + 1, "yeux");
        if source || eyes {
            let mut from = start + if t.is(start, "d") { 3 } else { 1 + usize::from(t.is(start, "according")) };
            if eyes {
                from = start + 3 + usize::from(t.mark(start + 3) == '\'');
            }
            let speaker = self.reader.at(from).filter(|s| s.name.1 < q.open && self.is_identified(s));
            if let Some(speaker) = speaker.filter(|s| t.mark(s.name.1) == ',' || colon || s.last <= q.open)
                && t.is_word(from)
                && (!t.word(from).ends_with("er") || t.capital(from))
            {
                let role = speaker.role.map(|r| {
                    (
                        r.0,
                        (r.0..r.1.min(q.open))
                            .rev()
                            .find(|&k| t.mark(k) == ',')
                            .filter(|_| !colon && r.1 > end)
                            .unwrap_or(r.1.min(end)),
                    )
                });
                return Some(self.attributed(Speaker { role, ..speaker }, None, SOURCE));
            }
        }
        let verb = verb_before(self, start, end + usize::from(!colon));
        let Some(verb) = verb else {
            return if colon { self.name_colon(q, start, end) } else { None };
        };
        if !colon {
            let near = q.open - verb.last <= 8;
            let titled = t.capital(q.open + 1) && !that && !(t.mark(end) == ',' && verb.last == end) && verb.last < end;
            if titled || !that && (verb.weak && q.open - verb.last > 1 || !near) || verb.weak && t.capital(q.open + 1) {
                return None;
            }
        }
        let rule = BEFORE;
        // Souligne X : the subject behind the verb.
        if let Some(speaker) = self.reader.at(verb.last).filter(|s| {
            colon && s.name.1 <= end && !t.is(verb.last, "la le les l un une des son sa") && self.is_person(s)
        }) {
            let inverted = !(start..verb.first).any(|i| t.is(i, "il elle he she"));
            let behind = s_end(&speaker) >= end.saturating_sub(1) || t.mark(speaker.name.1) == ',';
            if inverted && behind && !self.english {
                return Some(self.attributed(speaker, Some(verb), rule));
            }
        }
        if let Some(p) = verb.pronoun {
            let speaker = Speaker { name: (p, p + 1), role: None, last: verb.last };
            return Some(self.attributed(speaker, Some(verb), rule));
        }
        // Dans les années 70, rappelle le directeur, « … »: a clause between commas.
        if t.mark(end) == ','
            && !self.english
            && let Some(speaker) = self.reader.at(verb.last).filter(|s| s_end(s) >= end && s.name.1 <= end)
        {
            return Some(self.attributed(speaker, Some(verb), rule));
        }
        let mut subject_end = verb.first;
        // Et l'élu d'ajouter ; avant d'ajouter ; en précisant.
        let infinitive = t.is(verb.first.wrapping_sub(1), "de")
            || t.mark(verb.first.wrapping_sub(1)) == '\'' && t.is(verb.first.wrapping_sub(2), "d");
        if infinitive {
            subject_end -= if t.mark(verb.first - 1) == '\'' { 2 } else { 1 };
            if t.is(subject_end.wrapping_sub(1), "avant") {
                return previous.map(|p| self.same_speaker(p, verb));
            }
        } else if t.is(verb.first.wrapping_sub(1), "en") && t.word(verb.first).ends_with("ant") {
            subject_end -= 1;
        }
        let subject = self.reader.before(start, subject_end).filter(|s| self.is_identified(s));
        if let Some(speaker) = subject {
            return Some(self.attributed(Speaker { last: q.open, ..speaker }, Some(verb), rule));
        }
        // « A », mais salue « B »: the sentence goes on from the quotation before.
        if matches!(t.raw(start.wrapping_sub(1)), "»" | "”" | "\"" | "’" | "›")
            && t.follows(start)
            && t.is(verb.first.wrapping_sub(1), "mais et puis but and")
        {
            return previous.map(|p| self.same_speaker(p, verb));
        }
        // Mais salue: the subject of the clause before; Et de préciser: the speaker before.
        if t.is(verb.first.wrapping_sub(1), "mais et puis but and") {
            let first = (start..verb.first).find_map(|i| verbs::at(t, i, self.english).filter(|v| v.first > start));
            if let Some(speaker) =
                first.and_then(|v| self.reader.before(start, v.first)).filter(|s| self.is_identified(s))
            {
                return Some(self.attributed(Speaker { last: q.open, ..speaker }, Some(verb), rule));
            }
        }
        if infinitive || subject_end <= start + 1 {
            return previous.filter(|_| infinitive).map(|p| self.same_speaker(p, verb));
        }
        None
    }

    /// `Gilles Perrin, éleveur : «`, `Denis Abril (Habitat) : «`, `L'entraîneur n'a pas caché sa joie : «`.
    fn name_colon(&self, q: Quoted, start: usize, colon: usize) -> Option<Attribution> {
        let t = self.t;
        let from = start + usize::from(matches!(t.mark(start), '-' | '–' | '—' | '•' | '*'));
        // The subject ends at a mark or at its verb: Jean Petit est formel.
        let verb = |i: usize| i > from && !t.capital(i) && t.is(i, "est a ont sont se s ne n y is was has had");
        let first_end = (from..colon).find(|&i| matches!(t.mark(i), ',' | '(' | '–' | '—') || verb(i)).unwrap_or(colon);
        let speaker = self.reader.subject((from, first_end)).filter(|s| self.is_identified(s));
        // Le mot de la directrice, Sarah Benali : a name right before the colon.
        if let Some(comma) = (first_end..colon).rev().find(|&i| t.mark(i) == ',') {
            let name = self.reader.name(self.reader.behind_title(comma + 1)).filter(|n| n.1 == colon);
            if let Some(name) = name.filter(|n| (n.0..n.1).filter(|&i| t.capital(i)).count() >= 2) {
                let s = Speaker { name, role: Some((from, comma)), last: q.open };
                return Some(self.attributed(s, None, COLON));
            }
        }
        if let Some(speaker) = speaker {
            let named =
                speaker.name.1 == first_end && (speaker.name.0..speaker.name.1).filter(|&i| t.capital(i)).count() >= 2;
            if named {
                let behind = (first_end + 1 < colon && t.is_mark(first_end))
                    .then(|| (first_end + 1, if t.mark(colon - 1) == ')' { colon - 1 } else { colon }));
                return Some(self.attributed(
                    Speaker { role: speaker.role.or(behind), last: q.open, ..speaker },
                    None,
                    COLON,
                ));
            }
        }
        // A whole sentence leads in; its subject speaks if it can.
        if !t.capital(q.open + 1) || !self.is_long_enough(q) {
            return None;
        }
        let article = usize::from(t.is(from, "le la les l the son sa notre"));
        let head = from + article + usize::from(t.mark(from + 1) == '\'');
        let person = is_person_noun(t.word(head));
        let pronoun = t.is(from, "il elle he she") && t.capital(from);
        if pronoun {
            return Some(self.attributed(Speaker { name: (from, from + 1), role: None, last: q.open }, None, COLON));
        }
        if person && article == 1 {
            let end = (head + 1..colon)
                .find(|&i| t.mark(i) == ',' || t.is(i, "n ne a se s est lui elle"))
                .unwrap_or(head + 1);
            let speaker = self.reader.subject((from, end))?;
            return Some(self.attributed(Speaker { last: q.open, ..speaker }, None, COLON));
        }
        let name = self
            .reader
            .name(self.reader.behind_title(from))
            .filter(|n| (n.0..n.1).filter(|&i| t.capital(i)).count() >= 2)?;
        let role = (t.mark(name.1) == ',')
            .then(|| (name.1 + 1..colon).find(|&i| t.mark(i) == ',').map(|i| (name.1 + 1, i)))
            .flatten();
        Some(self.attributed(Speaker { name, role, last: q.open }, None, COLON))
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
        let verb = (speaker.name.1..speaker.last).any(|i| t.is(i, "a est ont sont has is are was will"));
        let dash = matches!(t.mark(from), '–' | '—' | '-');
        let ends = !t.follows(speaker.last)
            || t.gap(speaker.last) >= Gap::Line
            || same_line && self.reader.ends_sentence(speaker.last);
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

/// The reporting verb nearest before `end`, in its longest form.
fn verb_before(f: &Finder, start: usize, end: usize) -> Option<Verb> {
    let mut best: Option<Verb> = None;
    for i in start..end {
        let Some(verb) = verbs::at(f.t, i, f.english).filter(|v| v.last <= end) else { continue };
        // A noun that looks like a verb stands behind an article or a preposition: la note, une demande.
        let noun = f.t.is(
            i.wrapping_sub(1),
            "la le les une un des cette ce sa son au du aux chaque toute the a an of in for his her its their",
        ) && verb.last == i + 1
            && i > start;
        let infinitive_object = f.t.is(i.wrapping_sub(1), "pour a to") && i > start;
        if noun || infinitive_object {
            continue;
        }
        if best.is_none_or(|b| verb.last > b.last) {
            best = Some(verb);
        }
    }
    best
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
