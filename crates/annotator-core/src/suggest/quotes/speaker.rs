//! Who speaks: names with their titles and roles, pronouns, organisations, read at a token or just
//! before one. Leaves out where the quotation stands.

use super::marks::is_sentence_end;
use crate::suggest::tokens::{Gap, Tokens, has};

/// A stretch of tokens, half-open.
pub(super) type Range = (usize, usize);

/// A speaker, in token indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Speaker {
    pub name: Range,
    pub role: Option<Range>,
    /// The token behind all that was read.
    pub last: usize,
}

const TITLES: &str = "m mm mme mmes mlle me dr dre pr pre prof docteur docteure professeur professeure maitre monsieur madame mr mrs ms miss sir lord \
    lady dame rev doctor professor cllr rep sen gov hon capt col gen lt sgt mgr abbe";
const ARTICLES: &str =
    "le la les l un une son sa ses leur leurs notre nos cet cette ce the a an its their his her our my one";
const PARTICLES: &str = "de du d des von van der den la le el al ben bin di da del dos y";
const PRONOUNS_FR: &str = "il elle ils elles on";
const PRONOUNS_EN: &str = "he she they we it i";
/// Words that end a noun phrase behind a verb: a place, a time or a circumstance begins.
const CUTS: &str = "dans lors en sur avant apres devant aupres pour depuis qui dont ou lorsque quand ce cette hier aujourd lundi mardi mercredi jeudi \
    vendredi samedi dimanche avec sans face tout puis mais car parce a au that who when in on at during after before while yesterday today whose ayant";
/// Words before a single surname that make it one: le président Durand.
const ROLES: &str = "president presidente ministre maire directeur directrice pdg ceo cfo coo cto dg fondateur fondatrice gerant gerante prefet prefete \
    depute deputee senateur senatrice juge capitaine general colonel architecte chef cheffe entraineur coach professeur chercheur chercheuse garde \
    secretaire commissaire gouverneur president chairman chairwoman chair director mayor minister secretary professor principal leader founder \
    manager head chief governor senator captain editor commissioner officer spokesman spokeswoman spokesperson analyst vp partner adjoint adjointe \
    porte parole conseiller conseillere elu elue patron patronne responsable chronometreur";

/// Names, roles and pronouns of one text.
pub(super) struct Reader<'a, 't> {
    pub t: &'a Tokens<'t>,
    pub english: bool,
    /// Whether line ends are only where the page ended, so that a name may go on behind one.
    pub wrapped: bool,
}

impl Reader<'_, '_> {
    fn near(&self, i: usize) -> bool {
        let gap = self.t.gap(i);
        i < self.t.len() && (gap <= Gap::Space || gap == Gap::Line && self.wrapped)
    }

    /// The index behind titles at `i` (`le Pr`, `Mme`, `Dr.`), which may be `i`.
    pub fn behind_title(&self, i: usize) -> usize {
        let t = self.t;
        let start = i + usize::from(t.is(i, "le la the"));
        let mut at = start;
        while t.is(at, TITLES)
            && t.is_word(at)
            && (self.near(at + 1) || t.mark(at + 1) == '.')
            && (t.capital(at) || start > i || at > start)
        {
            at += 1;
            at += usize::from(t.mark(at) == '.' && t.tight(at));
        }
        if at > start && t.capital(at) { at } else { i }
    }

    /// A proper name at `i`: capitalised words with their particles and initials.
    pub fn name(&self, i: usize) -> Option<Range> {
        let t = self.t;
        if !t.capital(i) {
            return None;
        }
        let mut at = i + 1;
        loop {
            let joined =
                matches!(t.mark(at), '-' | '\'' | '&' | '/') && t.tight(at) && t.tight(at + 1) && (t.is_word(at + 1));
            if joined && !(t.mark(at) == '\'' && t.is(at + 1, "s")) {
                at += 2;
            } else if t.mark(at) == '.'
                && t.mark(at + 1) == '-'
                && t.tight(at)
                && t.word(at - 1).len() <= 2
                && t.capital(at + 2)
            {
                at += 3;
            } else if t.mark(at) == '.' && t.tight(at) && t.word(at - 1).len() == 1 && t.capital(at + 1)
                || self.near(at) && (t.capital(at) || t.is(at, "and et") && t.is(at - 1, ROLES) && t.capital(at + 1))
            {
                at += 1;
            } else if self.near(at) && t.is(at, PARTICLES) {
                let mut next = at + 1;
                next += usize::from(t.mark(next) == '\'' && t.tight(next));
                next += usize::from(t.is(next, "la le los"));
                if !(self.near(next) && t.capital(next)) {
                    break;
                }
                at = next + 1;
            } else {
                break;
            }
        }
        Some((i, at))
    }

    /// Whether a name is a person's by its shape: at least two capitalised words.
    fn is_full(&self, name: Range) -> bool {
        (name.0..name.1).filter(|&i| self.t.capital(i)).count() >= 2
    }

    /// The speaker at `i`, behind a verb or `selon`: a name, `le directeur, Jean Petit,`, an organisation.
    pub fn at(&self, i: usize) -> Option<Speaker> {
        let t = self.t;
        if !t.follows(i) {
            return None;
        }
        if t.is(i, if self.english { PRONOUNS_EN } else { "lui elle eux elles" }) {
            return Some(Speaker { name: (i, i + 1), role: None, last: i + 1 });
        }
        let start = self.behind_title(i);
        if let Some(name) = self.name(start).filter(|_| !t.is(start, "le la les l un une the a an son sa")) {
            if t.mark(name.1) == '\'' && t.is(name.1 + 1, "s") {
                return self.common(i, i);
            }
            // Said Chief Brand Officer, Marc Pritchard.
            if t.any(name.0, name.1, ROLES)
                && t.mark(name.1) == ','
                && let Some(person) =
                    self.name(self.behind_title(name.1 + 1)).filter(|n| self.is_full(*n) && t.follows(n.0))
            {
                return Some(Speaker { name: person, role: Some(name), last: person.1 });
            }
            let name = self.split_role(name);
            let (role, last) = self.role_behind(name.1.1);
            return Some(Speaker { name: name.1, role: role.or(name.0), last });
        }
        // `Said the museum's director, Moira Calder`; `explique le garde Jean-Pierre Mollaret`; `indique l'ANSM`.
        if !t.is(i, ARTICLES) {
            return self.common(i, i);
        }
        let head = i + 1 + usize::from(t.mark(i + 1) == '\'' && t.tight(i + 1));
        self.common(i, head)
    }

    /// A noun phrase whose first noun is at `head`, behind its article at `i`.
    fn common(&self, i: usize, head: usize) -> Option<Speaker> {
        let t = self.t;
        let mut end = head;
        while (end == head || t.follows(end))
            && (t.is_word(end) || matches!(t.mark(end), '\'' | '-' | '&') || t.is_number(end))
            && !(end > head && t.is(end, CUTS) && !(t.is(end, "a") && self.english) && !self.is_inside_name(end))
        {
            if end > head && t.gap(end) == Gap::Line && !self.wrapped {
                break;
            }
            end += 1;
        }
        if end == head || end - head > 16 {
            return None;
        }
        // ... , Jean Petit
        if t.mark(end) == ',' {
            let start = self.behind_title(end + 1);
            if let Some(name) = self.name(start).filter(|n| self.is_full(*n) && t.follows(n.0)) {
                let closed = !t.is_word(name.1) || !t.follows(name.1) || t.is(name.1, CUTS);
                if closed {
                    return Some(Speaker { name, role: Some((head, end)), last: name.1 });
                }
            }
        }
        if let Some((name, role)) = self.named_at_end(head, end) {
            let (behind, last) = self.role_behind(name.1);
            return Some(Speaker { name, role: Some(role).or(behind), last });
        }
        // Bare words without an article are no speaker: `confie-t-on`, `souligne que`.
        if i == head && !self.english {
            return None;
        }
        let demonstrative = t.is(i, "cet cette ce un une one a an");
        let (role, last) = self.role_behind(end);
        Some(Speaker { name: (if demonstrative { i } else { head }, end), role, last })
    }

    /// Whether `a`, `en`, `sur` stand inside a name: Médecins sans frontières, Gaz à effet.
    fn is_inside_name(&self, i: usize) -> bool {
        self.t.capital(i + 1) && self.t.capital(i - 1) && self.t.is(i, "sur sans en pour avec")
    }

    /// The name at the end of a noun phrase, and what stands before it: `garde | Jean-Pierre Mollaret`.
    fn named_at_end(&self, head: usize, end: usize) -> Option<(Range, Range)> {
        let t = self.t;
        let mut start = end;
        while start > head
            && (t.capital(start - 1)
                || matches!(t.mark(start - 1), '-' | '\'' | '.') && t.tight(start) && start < end && t.capital(start)
                || t.is(start - 1, "de du von van d")
                    && start < end
                    && start - 1 > head
                    && t.capital(start - 2)
                    && t.capital(start))
        {
            start -= 1;
        }
        while start < end && (!t.capital(start)) {
            start += 1;
        }
        let name = (self.behind_title(start), end);
        if start == head || start >= end {
            let (role, name) = self.split_role(name);
            return role.filter(|_| start < end).map(|role| (name, role));
        }
        let before = start - 1;
        // Région Bretagne Loïg Dupré: the name is at the end, the region is not part of it.
        let institution =
            t.is(name.0, "region ville conseil departement groupe metropole banque universite chambre institut");
        if institution {
            return None;
        }
        let titled = name.0 > start || t.is(before, TITLES);
        let before = if t.is(before, TITLES) { before } else { start };
        if self.is_full(name) && !t.is(start - 1, "de du d des la l of the le") && t.mark(start - 1) != '\''
            || titled
            || t.is(start - 1, ROLES)
        {
            return Some((name, (head, before)));
        }
        None
    }

    /// Kestrel CEO | Mark Feld: a role in capitals in front of a name.
    fn split_role(&self, name: Range) -> (Option<Range>, Range) {
        let t = self.t;
        let role =
            (name.0..name.1.saturating_sub(1)).rev().find(|&i| t.is(i, ROLES) && t.capital(i) && t.mark(i + 1) != '-');
        match role {
            Some(i) if t.capital(i + 1) => (Some((name.0, i + 1)), (i + 1, name.1)),
            _ => (None, name),
        }
    }

    /// The role behind a name: up to the end of the sentence or what tells a circumstance; in brackets to their end.
    fn role_behind(&self, i: usize) -> (Option<Range>, usize) {
        let t = self.t;
        if t.mark(i) == '(' && t.follows(i) {
            let close = (i + 1..i + 16).find(|&k| t.mark(k) == ')');
            return close.map_or((None, i), |close| (Some((i + 1, close)), close + 1));
        }
        if t.mark(i) != ',' || !t.follows(i + 1) || t.is(i + 1, "avant lors en dans a qu ajoutant precisant tout mais et puis apres pour during at in after before while as") {
            return (None, i);
        }
        let mut end = i + 1;
        while end < t.len()
            && t.follows(end)
            && end < i + 40
            && !matches!(t.mark(end), ':' | ';' | '«' | '“' | '"' | '»' | '”' | '!' | '?' | '(' | '‹')
        {
            if t.mark(end) == '.' && self.ends_sentence(end) {
                break;
            }
            if t.mark(end) == ','
                && t.is(end + 1, "avant lors qui dans ajoutant precisant mais pour during after before while who and")
            {
                break;
            }
            if t.gap(end) == Gap::Line && !self.wrapped {
                break;
            }
            end += 1;
        }
        // A comma before the second half of the quotation is not the role's.
        let mut last = end;
        while last > i + 1 && t.mark(last - 1) == ',' {
            last -= 1;
        }
        if last == i + 1 { (None, i) } else { (Some((i + 1, last)), end) }
    }

    /// Whether a full stop ends its sentence: not one of an abbreviation, an initial or a number.
    pub fn ends_sentence(&self, i: usize) -> bool {
        let t = self.t;
        if !is_sentence_end(t, i) {
            return false;
        }
        if t.mark(i) == '.' && t.is_word(i - usize::from(i > 0)) && t.tight(i) {
            let before = i - 1;
            let initial = t.word(before).len() == 1 && t.capital(before);
            if (initial
                || t.is(before, TITLES) && t.word(before).len() < 5
                || t.is(before, "ph st ste etc no art inc corp ltd env"))
                && t.follows(i + 1)
            {
                return false;
            }
        }
        !t.tight(i + 1) || t.mark(i + 1) != '\0'
    }

    /// The speaker that stands before the verb at `verb`, in the sentence that begins at `start`.
    pub fn before(&self, start: usize, verb: usize) -> Option<Speaker> {
        let t = self.t;
        let mut end = verb;
        while end > start
            && (t.is(end - 1, "ne n lui en y se also later has have then ensuite egalement aussi")
                || t.mark(end - 1) == '\'' && t.is(end.wrapping_sub(2), "n qu s l"))
        {
            end -= 1;
        }
        if end <= start {
            return None;
        }
        let pronoun = if self.english { PRONOUNS_EN } else { PRONOUNS_FR };
        if t.is(end - 1, pronoun) {
            return Some(Speaker { name: (end - 1, end), role: None, last: end });
        }
        if t.is(end - 1, "qui who") {
            end -= 1;
        }
        let comma = t.mark(end - 1) == ',' || t.mark(end - 1) == ')';
        let parts = self.parts(start, end);
        let subject = |part: Range| self.subject(part);
        let pure = |part: Range| -> Option<Range> {
            let from = self.behind_title(part.0);
            if from == part.0 && t.is(from, ARTICLES) {
                return None;
            }
            self.name(from).filter(|n| n.1 == part.1)
        };
        let (&last, before) = parts.split_last()?;
        if !comma {
            // Alex Potteiger, Operations Manager and an Atlanta native said.
            let person =
                before.first().and_then(|part| pure(*part)).filter(|n| self.is_full(*n) && pure(last).is_none());
            if let Some(name) = person.filter(|_| self.named_at_end(last.0, last.1).is_none()) {
                let (role, name) = self.split_role(name);
                return Some(Speaker {
                    name,
                    role: role.or(Some((before.get(1).copied().unwrap_or(last).0, last.1))),
                    last: end,
                });
            }
            let found = subject(last)?;
            let role = found.role.or_else(|| before.last().copied().filter(|part| self.is_apposition(*part, start)));
            return Some(Speaker { role, ..found });
        }
        // La maire, Odile Chartier, a évoqué.
        if let Some(name) = pure(last) {
            let role =
                before.last().copied().filter(|part| !self.is_aside(*part)).map(|part| self.without_article(part));
            let split = self.split_role(name);
            return Some(Speaker { name: split.1, role: role.or(split.0), last: end });
        }
        // Gilles Perrin, éleveur et président, précise.
        if let Some(at) = (0..before.len()).rev().find(|&k| pure(before[k]).is_some()) {
            let (role, name) = self.split_role(pure(before[at])?);
            let behind = (before.get(at + 1).copied().unwrap_or(last).0, last.1);
            return Some(Speaker { name, role: role.or(Some(behind)), last: end });
        }
        // L'OMS, dans un rapport, écrit.
        before.iter().rev().chain([&last]).filter(|part| !self.is_aside(**part)).find_map(|part| subject(*part))
    }

    /// What stands between commas and brackets, without empty parts.
    fn parts(&self, start: usize, end: usize) -> Vec<Range> {
        let mut parts = Vec::new();
        let mut from = start;
        for i in start..=end {
            if i == end || matches!(self.t.mark(i), ',' | '(' | ')' | '–' | '—' | ';') {
                if i > from {
                    parts.push((from, i));
                }
                from = i + 1;
            }
        }
        parts
    }

    /// Whether a part only tells a circumstance: `lui`, `de son côté`, `dans un rapport`, `qui dirige`.
    fn is_aside(&self, part: Range) -> bool {
        let t = self.t;
        t.is(part.0, "lui elle eux elles de dans pour quant a au en lors apres avant depuis sur interroge interrogee qui dont pres face selon hier aujourd \
            d par in on at for after before who which as while asked")
    }

    /// Whether a part at the start of the sentence describes the subject behind it: `Conservatrice du musée depuis 2011`.
    fn is_apposition(&self, part: Range, start: usize) -> bool {
        let t = self.t;
        part.0 == start
            && !self.is_aside(part)
            && !t.is(part.0, ARTICLES)
            && !t.is(
                part.0,
                "enfin ainsi plus alors puis comme si quand also however \
            then meanwhile finally age agee interroges tres ravi ravie",
            )
            && part.1 - part.0 > 1
    }

    fn without_article(&self, part: Range) -> Range {
        let t = self.t;
        let mut from = part.0;
        if t.is(from, "et mais and but") {
            from += 1;
        }
        if t.is(from, ARTICLES) {
            from += 1 + usize::from(t.mark(from + 1) == '\'');
        }
        (from.min(part.1 - 1), part.1)
    }

    /// The speaker in a part of a sentence: its name, else its noun phrase.
    pub fn subject(&self, part: Range) -> Option<Speaker> {
        let t = self.t;
        let mut from = part.0;
        while from < part.1
            && (t.is(from, "et mais puis or enfin alors ainsi comme but and as then also si car meanwhile")
                || !t.is_word(from))
        {
            from += 1;
        }
        if from >= part.1 {
            return None;
        }
        if part.1 == from + 1 && t.is(from, if self.english { PRONOUNS_EN } else { PRONOUNS_FR }) {
            return Some(Speaker { name: (from, part.1), role: None, last: part.1 });
        }
        let start = self.behind_title(from);
        let article = t.is(from, ARTICLES) && start == from;
        if !article
            && let Some(name) = self.name(start).filter(|n| n.1 <= part.1)
            && (name.1 == part.1 || !self.english)
        {
            let follows_noun = name.1 < part.1 && t.is_word(name.1) && !t.is(name.1, "y en ne se lui");
            if name.1 == part.1 || !follows_noun {
                let (role, name) = self.split_role(name);
                return Some(Speaker { name, role, last: part.1 });
            }
        }
        let head = if article { from + 1 + usize::from(t.mark(from + 1) == '\'') } else { from };
        if head >= part.1 {
            return None;
        }
        if let Some((name, role)) = self.named_at_end(head, part.1) {
            return Some(Speaker { name, role: Some(role), last: part.1 });
        }
        if !article && !t.capital(from) {
            return None;
        }
        // Port pour tous, Médecins sans frontières: the preposition is part of the name.
        let named = t.is(
            head,
            "association collectif fondation ligue mouvement comite syndicat union federation fonds charity foundation",
        );
        let end = (head + 1..part.1)
            .filter(|_| !named)
            .find(|&k| t.is(k, "dans lors en depuis pour qui") && !self.is_inside_name(k))
            .unwrap_or(part.1);
        let demonstrative = t.is(from, "cet cette ce un une one a an");
        Some(Speaker { name: (if demonstrative { from } else { head }, end), role: None, last: part.1 })
    }

    /// The signature of a block at `i`: a name of two words or with a title, with its role in the line or in the next.
    pub fn signature(&self, i: usize) -> Option<Speaker> {
        let t = self.t;
        let start = i + usize::from(matches!(t.mark(i), '–' | '—' | '-' | '('));
        let titled = self.behind_title(start);
        let line = Reader { t, english: self.english, wrapped: false };
        let name = line.name(titled).filter(|n| line.is_full(*n) || titled > start || t.mark(n.1) == ',')?;
        let mut at = name.1;
        // The role in the same line, behind a comma, a dash or in brackets, else the whole next line.
        let same = matches!(t.mark(at), ',' | '–' | '—' | '-' | '(' | '|') && t.gap(at) < Gap::Line;
        let next_line = t.gap(at) == Gap::Line;
        if !same && !next_line && t.follows(at) && t.mark(at) != '.' {
            return None;
        }
        let from = at + usize::from(same);
        at = from;
        while t.follows(at) && at < t.len() && (at == from || t.gap(at) < Gap::Line) && at < from + 24 {
            at += 1;
        }
        let mut end = at;
        while end > from && matches!(t.mark(end - 1), '.' | ')') {
            end -= 1;
        }
        let sentence =
            (from..end).any(|k| self.ends_sentence(k) && k + 1 < end) || t.mark(end - usize::from(end > 0)) == ':';
        let role = (end > from && (same || next_line) && !has("« “", t.raw(from))).then_some((from, end));
        (!sentence).then_some(Speaker { name, role, last: at })
    }
}
