//! What looks like a date and is none: parts of addresses, numbers and names, ages, habits and
//! figures of speech. Leaves out how dates are built (see `grammar`).

use super::calendar::{Unit, When};
use super::grammar::{Expression, Grammar};
use super::words::Words;
use crate::suggest::rules::RELATIVE;
use crate::suggest::tokens::{Gap, Tokens, ends_in};

/// Nouns that the number behind them identifies.
const NUMBERED: &str = "numero num no nos ref reference references lot lots article articles art brevet siren siret rcs isin isbn issn bp cs tsa \
    grant number version versions rev iso nf din iec ifrs dossier permis page pages salle chambre modele model standard norme decision \
    doi code tva ean gtin ndeg nr v section room suite clause regulation patent";
/// Nouns of streets, stations and buildings that carry the name of a day.
const PLACES: &str = "rue avenue av bd bld blvd boulevard place pl quai allee allees square pont impasse chemin route esplanade passage \
    stade lycee ecole college hopital gymnase metro station gare arret residence caserne salle parking quartier parc centre faubourg \
    villa cite rond point carrefour promenade clinique terrasse jardin";
/// Nouns counted by the number before them; with a plural ending most need no entry.
const COUNTED: &str = "exemplaires salaries personnes logements habitants places pieces emplois agents eleves etudiants patients clients \
    euros francs dollars livres km m kg g t mw kw gwh mwh kwh kilometres metres hectares tonnes litres stores people employees jobs homes \
    units copies visitors patients adults euro dollar pounds miles kilograms tons students members staff sqm ha cm mm watts volts heures \
    points titres tracteurs vehicules spectateurs adherents collaborateurs entreprises communes meters metre";
/// Words behind a year that do not count it although some end like a plural.
const FUNCTION: &str = "nos les des ses ces dans sous apres pas plus vers a au aux et ou mais en de du par pour sur avec sans selon chez tous mes vos \
    est etait sera fut devrait leurs puis alors lors mais dont ans is was has as this its versus vs across plus thanks us sales results revenues \
    resultats ventes l d il elle ils elles on nous vous qui que se s";
const PROGRAMMES: &str = "programme programmes plan plans agenda strategie feuille pacte schema cper feder contrat projet gamme offre norme label \
    standard version modele reglementation concours millesime cadre initiative dispositif program strategy pact scheme vision framework \
    roadmap computer cuvee millesime vin";
/// Capitalised words that may stand before a year without being a name that it belongs to.
const HEADS: &str = "en depuis des fin debut mi courant exercice annee annees saison resultats resultat rapport edition budget bilan rentree ete hiver \
    printemps automne noel avant apres jusqu vers pour entre de du et le la les l ce cette the its our in since by until before after during from between \
    through to of for results report revenue annual season year fiscal summer winter spring autumn and late early mid fy half quarter \
    trimestre semestre copyright palmares perspectives objectifs calendrier chiffres cles";
const PEOPLE: &str = "jeunes jeune enfants enfant personnes personne femmes femme hommes homme adultes adulte patients patiente patientes patient etudiants \
    eleves salaries habitants residents mineurs seniors adolescents adolescent filles fille garcons garcon public bebes fils \
    people children adults women men patients scolaires volontaires sportifs publics collegiens lyceens apprentis usagers candidats \
    assures retraites locataires demandeurs participants ados gens mere pere veuve retraite milieu capitaine athlete pilote prodige";
const LASTING: &str = "duree periode bail contrat delai engagement garantie peine mandat cycle recul accord convention concession partenariat programme plan \
    pret emprunt experience essai formation chantier travaux collaboration histoire existence abonnement projet phase stage sejour moratoire \
    horizon cours parcours visibilite maturite bonus remise";

/// For each token, whether it is part of an address, a telephone number or another identifier.
pub(super) fn masked(t: &Tokens) -> Vec<bool> {
    let mut mask = vec![false; t.len()];
    let mut i = 0;
    while i < t.len() {
        let mut end = i + 1;
        while t.tight(end) {
            end += 1;
        }
        if is_address(t, i, end) || is_identifier(t, i, end) {
            mask[i..end].fill(true);
        }
        i = end;
    }
    mask_telephones(t, &mut mask);
    for i in 0..t.len() {
        let Some(number) = numbered(t, i).filter(|&n| t.follows(n)) else { continue };
        let mut end = number;
        while end < t.len()
            && end < number + 16
            && (end == number || t.tight(end))
            && (!t.is_word(end) || end > number || t.caps(end) || t.word(end).len() == 1)
            && !(end > number && matches!(t.mark(end), ',' | ';' | '.' | ')') && !(t.tight(end + 1)))
        {
            mask[end] |= true;
            end += 1;
        }
    }
    mask
}

/// The index of the number that a word at `i` announces: `n° 2012-300`, `lot 2311`, `ISO 9001`.
fn numbered(t: &Tokens, i: usize) -> Option<usize> {
    let mut next = i + 1;
    let degree = t.is(i, "n no") && matches!(t.mark(next), '°' | 'º');
    if degree || t.mark(i) == '№' {
        next += usize::from(degree);
    } else {
        if !t.is(i, NUMBERED) || t.word(i) == "v" && !t.tight(next) {
            return None;
        }
        while matches!(t.mark(next), '.' | ':' | '°' | '#') {
            next += 1;
        }
        if t.is(i, "no nos") && t.mark(i + 1) != '.' && !t.capital(i) {
            return None;
        }
    }
    let number = t.is_number(next) || t.is_word(next) && t.tight(next + 1) && t.is_number(next + 1);
    number.then_some(next)
}

fn is_address(t: &Tokens, start: usize, end: usize) -> bool {
    let slash = (start..end).any(|i| t.mark(i) == '/' && t.mark(i + 1) == '/');
    let at = (start..end).any(|i| t.mark(i) == '@');
    let host = (start..end).any(|i| {
        t.mark(i) == '.'
            && t.tight(i)
            && t.is_word(i - 1)
            && t.tight(i + 1)
            && t.is_word(i + 1)
            && !t.capital(i + 1)
            && t.word(i - 1).len() > 1
            && t.word(i + 1).len() > 1
    });
    slash || at || t.is(start, "www") || host
}

/// A tight run that mixes letters and digits, or too many groups of digits: `NCT04201812`, `978-2-1234-2021-5`.
fn is_identifier(t: &Tokens, start: usize, end: usize) -> bool {
    let numbers = (start..end).filter(|&i| t.is_number(i)).count();
    let marks = (start + 1..end).filter(|&i| matches!(t.mark(i), '-' | '.')).count();
    let same = (start + 1..end).all(|i| t.mark(i) != '/') && numbers > 0;
    if numbers >= 4
        && marks >= 3
        && same
        && (start..end).all(|i| t.is_number(i) || matches!(t.mark(i), '-' | '.' | ',' | ';' | ')'))
    {
        let alike = (start + 1..end - 1).all(|i| t.is_number(i) || t.mark(i) == t.mark(start + 1));
        return alike;
    }
    // Letters in front of a long number, or in front of a year with more behind: L2024-05, RE2020, COP2015.
    (start..end).any(|i| {
        t.is_word(i) && t.tight(i + 1) && t.digits(i + 1).len() >= 3 && !t.is(i, "fy h s t q cy")
            || t.digits(i).len() == 4
                && t.mark(i + 1) == '-'
                && t.tight(i + 1)
                && t.tight(i + 2)
                && t.digits(i + 2).len() == 3
    }) || (start..end).any(|i| {
        // 2016/679, 2014/24/UE.
        let year_first = t.digits(i).len() == 4 && t.mark(i + 1) == '/' && t.tight(i + 1) && t.tight(i + 2);
        let second = t.digits(i + 2);
        year_first
            && (second.len() == 3 || second.len() <= 2 && t.mark(i + 3) == '/' && t.tight(i + 3) && t.is_word(i + 4))
    })
}

/// Groups of digits that make a telephone number: nine digits and more, from `0`, `+` or a bracket.
fn mask_telephones(t: &Tokens, mask: &mut [bool]) {
    let mut i = 0;
    while i < t.len() {
        if !t.is_number(i) {
            i += 1;
            continue;
        }
        let (mut end, mut digits, mut groups) = (i, 0, 0);
        while t.is_number(end) && (end == i || t.gap(end) <= Gap::Space) {
            digits += t.digits(end).len();
            groups += 1;
            end += 1;
            let mut next = end;
            while matches!(t.mark(next), '.' | '-' | ')' | '(') && t.gap(next) <= Gap::Space && next < end + 2 {
                next += 1;
            }
            if t.is_number(next) {
                end = next;
            }
        }
        let before = t.mark(i.wrapping_sub(1));
        let opens = t.digits(i).starts_with('0') || matches!(before, '+' | '(') || t.digits(i) == "1";
        if digits >= 9 && groups >= 2 && opens && digits <= 16 {
            mask[i..end].fill(true);
        }
        i = end.max(i + 1);
    }
}

impl Grammar<'_, '_> {
    /// Whether an expression is a date where it stands. `before` is the date just before it.
    pub fn is_meant(&self, e: &Expression, before: Option<&Expression>) -> bool {
        if self.is_place(e) || self.is_figure(e) {
            return false;
        }
        match e.from {
            When::Duration { .. } | When::Compound { .. } | When::Relative { .. } | When::Anchored { .. }
                if self.is_age(e) =>
            {
                false
            }
            When::Year(year) => self.is_year(e, year, before),
            When::Day { .. } | When::Month { .. } => !self.is_named(e),
            _ => true,
        }
    }

    /// Rue du 8-Mai-1945, stade du 14-Juillet, métro Quatre-Septembre, 4th of July Avenue.
    fn is_place(&self, e: &Expression) -> bool {
        let t = self.t;
        if !matches!(e.from, When::Day { .. } | When::Month { .. }) {
            return false;
        }
        let mut before = e.first.wrapping_sub(1);
        if t.is(before, "du des le la de") {
            before = before.wrapping_sub(1);
        }
        let french = self.words == Words::French && t.follows(e.first);
        let joined = t.mark(e.first + 1) == '-' && t.tight(e.first + 1);
        let capital = (e.first..e.last).any(|i| self.words.month(t, i).is_some() && t.capital(i) && !t.caps(i));
        if french && (t.is(before, PLACES) || joined && capital) {
            return true;
        }
        self.words == Words::English
            && t.capital(e.last)
            && t.follows(e.last)
            && t.is(e.last, "street avenue road court place square lane drive station close")
    }

    /// La ville de demain, tomorrow's leaders, à ce jour.
    fn is_figure(&self, e: &Expression) -> bool {
        let t = self.t;
        let before = e.first.wrapping_sub(1);
        let When::Relative { unit: Unit::Day, count } = e.from else { return false };
        if self.words == Words::English {
            let of = t.is(before, "of");
            let possessive = t.mark(e.last) == '\'' && t.is(e.last + 1, "s") && count != -1 && count != 0;
            return e.last == e.first + 1 && (of && !t.is(before.wrapping_sub(1), "as end") || possessive);
        }
        if t.is(e.first, "ce") && t.is(e.first + 1, "jour") {
            return t.is(before, "a jusqu");
        }
        let of = t.is(before, "de") || t.mark(before) == '\'' && t.is(before.wrapping_sub(1), "d");
        let head = if t.mark(before) == '\'' { before.wrapping_sub(2) } else { before.wrapping_sub(1) };
        let dated = t.is(head, "partir compter dater reunion conference seance journee edition match soiree vote ceremonie rencontre concert");
        of && !dated && e.clock.is_none() && e.last <= e.first + 3
    }

    /// Months and days that are part of a name: Mai 68 is left to the year, `Mars` the planet to the month.
    fn is_named(&self, e: &Expression) -> bool {
        let t = self.t;
        let before = e.first.wrapping_sub(1);
        t.is(before, "version firmware release build ios android") && matches!(e.from, When::Day { .. })
    }

    /// Whether a length of time is the age of somebody.
    fn is_age(&self, e: &Expression) -> bool {
        let t = self.t;
        let (mut before, behind) = (e.first.wrapping_sub(1), e.last);
        let near =
            |from: usize, reach: usize, list: &str| (0..reach).map(|k| from.wrapping_sub(k)).any(|k| t.is(k, list));
        if near(before, 5, "age agee ages agees aged") && !t.is(behind, "of later ago") {
            return true;
        }
        if self.words == Words::English {
            let hyphen = usize::from(t.mark(behind) == '-');
            return t.is(behind + hyphen, "old olds") || t.is(behind, "of") && t.is(behind + 1, "age");
        }
        let years = matches!(
            e.from,
            When::Duration { unit: Unit::Year, half: false, .. }
                | When::Relative { unit: Unit::Year, .. }
                | When::Anchored { unit: Unit::Year, .. }
        );
        if !years
            || t.is(behind.wrapping_sub(1), "annee annees")
            || e.rule == RELATIVE && !t.is(behind.wrapping_sub(1), "ans")
        {
            return false;
        }
        if e.rule == RELATIVE {
            return false;
        }
        // Et plus, révolus: 65 ans et plus.
        if t.is(behind, "et ou") && t.is(behind + 1, "plus moins") || t.is(behind, "revolus") {
            return true;
        }
        let of = t.is(before, "de") || t.mark(before) == '\'' && t.is(before.wrapping_sub(1), "d");
        // Les moins de 26 ans, jeunes de plus de 18 ans; but: depuis plus de vingt ans.
        if of && t.is(before.wrapping_sub(1), "moins plus") {
            let mut head = before.wrapping_sub(2);
            if t.is(head, "les des aux") {
                return true;
            }
            head = head.wrapping_sub(usize::from(t.is(head, "de")));
            return t.is(head, PEOPLE);
        }
        let range = e.to.is_some();
        if t.is(before, "les des aux") && t.is_number(e.first) {
            return true;
        }
        if of {
            before = before.wrapping_sub(if t.mark(before) == '\'' { 2 } else { 1 });
            if t.is(before, "partir") && !t.is(behind, "d de") {
                return true;
            }
            let agent = ends_in(t.word(before), "eur euse trice iste ien ienne")
                && !t.is(before, "valeur secteur honneur moteur hauteur longueur faveur");
            let person = t.is(before, PEOPLE) || agent;
            let comma = t.mark(before) == ',' && t.is(before.wrapping_sub(1), PEOPLE);
            let lasting = t.is(before, LASTING);
            return person || comma || range && !lasting;
        }
        if t.is(before, "avant") && !t.is(behind, "d de")
            || t.is(before, "des") && t.has_grave(before)
            || t.is(before, "partir")
            || t.is(before, "a") && t.is(before.wrapping_sub(1), "des")
        {
            return true;
        }
        // À 62 ans; il a 45 ans; but: il y a 45 ans, and à trois ans de distance.
        if t.is(before, "a ont aura auront avait avaient ai as avons")
            && !t.is(before.wrapping_sub(1), "y ici jusqu")
            && !t.is(behind, "d de")
        {
            return true;
        }
        // Fête ses cent ans; but: ses trente ans d'expérience.
        if t.is(before, "ses leurs nos mes vos son") {
            return !t.is(behind, "d de");
        }
        // Thomas Legrand, 42 ans, fondateur; Paul (45 ans); deux fils, 8 et 11 ans.
        if matches!(t.mark(before), ',' | '(') {
            let name = t.capital(before.wrapping_sub(1))
                || t.is(before.wrapping_sub(1), PEOPLE)
                || t.is(before.wrapping_sub(1), "emerite");
            let closed = matches!(t.mark(behind), ',' | ')' | '.' | ':' | ';') || t.is(behind, "et est a");
            let role = closed
                && t.mark(before) == ','
                && (1..12).map(|k| before.wrapping_sub(k)).take_while(|&k| t.mark(k) != '.').any(|k| t.mark(k) == ',');
            return closed && (name || role);
        }
        if t.is(before, "et")
            && t.is_number(before.wrapping_sub(1))
            && matches!(t.mark(before.wrapping_sub(2)), ',' | '(')
        {
            return true;
        }
        false
    }

    /// Whether a year stands where a year can stand, and not a number or a part of a name.
    fn is_year(&self, e: &Expression, year: i32, before: Option<&Expression>) -> bool {
        let t = self.t;
        let number = (e.first..e.last).find(|&i| t.digits(i).len() == 4).unwrap_or(e.first);
        let prev = e.first.wrapping_sub(1);
        let behind = e.last;
        let follows = t.follows(behind);
        if t.tight(e.first) && !matches!(t.mark(prev), '(' | '\'' | '«' | '“' | '"' | '[' | '-' | '–' | '—' | '…')
        {
            return false;
        }
        if t.tight(e.first)
            && matches!(t.mark(prev), '-')
            && t.tight(prev)
            && !t.is(prev.wrapping_sub(1), "mi fin debut ete hiver")
        {
            return false;
        }
        if t.tight(behind)
            && (t.is_word(behind) || matches!(t.mark(behind), '-' | '/' | ':' | '€' | '$' | '%') && t.tight(behind + 1))
        {
            return false;
        }
        if follows
            && (t.is(behind, COUNTED)
                || matches!(t.mark(behind), '€' | '$' | '£' | '%' | '°')
                || t.digits(behind).len() == 3 && t.gap(behind) == Gap::Space)
        {
            return false;
        }
        // A head (`année 2015`), a modifier (`fin 2015`), a range or a year in words is enough.
        let headed = number > e.first || t.is_word(e.first);
        if headed && !t.is(e.first, "saison rentree an") {
            return !(t.is_word(e.first) && t.is(prev, PROGRAMMES));
        }
        if headed {
            return true;
        }
        if !(1500..2101).contains(&year) && !t.is(prev, "en in depuis since") {
            return false;
        }
        let plural = follows
            && t.is_word(behind)
            && !t.capital(behind)
            && !t.is(behind, FUNCTION)
            && (ends_in(t.word(behind), "s x") || self.words == Words::English && t.is(behind, "people men women"));
        if t.is(prev, "en depuis in since")
            || t.is(prev, "des") && t.has_grave(prev)
            || t.is(prev, "ici horizon") && !t.capital(prev)
        {
            return t.gap(prev) > Gap::None || !t.caps(prev);
        }
        if plural {
            return false;
        }
        // More than 2000, environ 2000, les 2000.
        if t.is(
            prev,
            "environ quelque quelques les des nos ses leurs over nearly some about than only these those a an",
        ) && !(t.is(prev, "about") || self.words == Words::French && t.is(prev, "a"))
            || t.is(prev, "de") && t.is(prev.wrapping_sub(1), "plus moins pres")
        {
            return false;
        }
        // A list of years: 1962, 1978 et 1979.
        let listed = before.is_some_and(|b| {
            b.last < e.first
                && e.first - b.last <= 2
                && matches!(b.from, When::Year(_) | When::Month { .. } | When::Day { .. })
        });
        if listed && (t.mark(prev) == ',' || t.is(prev, "et and ou or")) {
            return true;
        }
        // Behind a word, a line may only have been broken; an entry has its mark.
        let broken = t.gap(e.first) == Gap::Line && t.is_word(prev) && !matches!(t.mark(behind), ':' | '–' | '—');
        let line_start = t.gap(e.first) >= Gap::Line && !broken;
        if line_start || matches!(t.mark(prev), '-' | '–' | '—' | '•' | '*' | '(' | '.' | ':' | ';') {
            // Alone in brackets or on its line, or before the mark of an entry.
            let entry = !follows
                || matches!(t.mark(behind), ':' | '–' | '—' | ')' | ',' | ';' | '-' | '.')
                || t.gap(behind) >= Gap::Line;
            let subject = t.is_word(behind) && !t.capital(behind);
            return entry || subject && matches!(t.mark(prev), '.' | '\0') || e.to.is_some() && t.mark(prev) == '(';
        }
        // 31 février 2024 is no date, and its year no other one.
        if self.words.month(t, prev).is_some() || t.is(prev, "was were is are est sont etait etaient") {
            return false;
        }
        match t.mark(prev) {
            ',' => !t.is_word(behind) || e.to.is_some(),
            '\'' => true,
            _ => t.is_word(prev) && self.is_year_behind_word(e, prev),
        }
    }

    /// Whether the word before a bare year lets it be one: not a name, not a programme.
    fn is_year_behind_word(&self, e: &Expression, prev: usize) -> bool {
        let t = self.t;
        if t.capital(prev) && !t.is(prev, HEADS) {
            // A title in capitals says nothing about names.
            let shouted = t.caps(prev) && t.caps(prev.wrapping_sub(1)) && t.caps(prev.wrapping_sub(2));
            return shouted;
        }
        if t.is(prev, NUMBERED) || t.is(prev, "an ans loi") {
            return false;
        }
        // Programme national de renouvellement urbain 2014-2024: the years belong to the name.
        let preposition = t.is(prev, "en de du pour avant apres vers jusqu a et ou entre fin debut of for by before after until to from and or between \
            through during late early year au par sur d courant depuis horizon millesime");
        if preposition {
            let unlinked =
                t.is(prev, "a au sur par du") && e.to.is_none() && !t.is(prev.wrapping_sub(1), "ici horizon jusqu qu");
            return !unlinked || self.t.mark(prev.wrapping_sub(1)) == '\'' || t.is(prev.wrapping_sub(1), "ici");
        }
        let named = (0..8)
            .map(|k| prev.wrapping_sub(k))
            .take_while(|&k| {
                k < t.len()
                    && !matches!(t.mark(k), '.' | ',' | ';' | ':' | '(' | '«')
                    && !t.is(k, "a ont est sont dans en pour")
            })
            .any(|k| t.is(k, PROGRAMMES));
        !named
    }
}
