//! The clauses that attribute a quotation: behind it, inside it, or leading in to it.
//! Leaves out signatures and quotations that go on (see `mod`).

use super::marks::Quoted;
use super::speaker::Speaker;
use super::verbs::{self, Verb};
use super::{Attribution, Finder, is_person_noun, s_end};
use crate::suggest::rules::{AFTER, BEFORE, COLON, INSIDE, SIGNED, SOURCE};
use crate::suggest::tokens::Gap;

impl Finder<'_, '_> {
    /// A clause behind the closing mark: `, a déclaré X`, `, selon X`, `said X`, `X said`, `(X)`.
    pub(super) fn after(&self, q: Quoted, opens: bool, next: Option<usize>) -> Option<Attribution> {
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
            let formula =
                t.any(from, from + 4, "formule expression adage dicton proverbe slogan devise rumeur mot termes");
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
    pub(super) fn skips(&self, i: usize) -> bool {
        let t = self.t;
        !(t.is(i, "de a pour son sa elle lui")
            && !t.is(i + 1, "son sa cote part elle lui")
            && !t.is(i.wrapping_sub(1), "quant de pour son sa a"))
    }

    pub(super) fn subject_then_verb(&self, at: usize, limit: usize) -> Option<(Speaker, Verb)> {
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
    pub(super) fn inside(&self, q: Quoted, dash: bool) -> Option<Attribution> {
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

    /// What leads in: `X déclare : «`, `X estime que «`, `Selon X, «`, `X, directeur : «`.
    pub(super) fn before(&self, q: Quoted, start: usize, previous: Option<&Attribution>) -> Option<Attribution> {
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
            let inverted = !t.any(start, verb.first, "il elle he she");
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
    pub(super) fn name_colon(&self, q: Quoted, start: usize, colon: usize) -> Option<Attribution> {
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
}

/// The reporting verb nearest before `end`, in its longest form.
pub(super) fn verb_before(f: &Finder, start: usize, end: usize) -> Option<Verb> {
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
