//! Texts of any length that look like French press releases, always the same for a length. Every sentence ends with one
//! of `.!?` and has none inside, so that a plain page cuts them as the widget does.

/// Who acts; two are plural, and the verbs go with both.
const SUBJECTS: &[&str] = &[
    "Le groupe Novaxis",
    "La coopérative laitière du Val d’Orne",
    "L’institut Marie-Laurencin",
    "La région Bretagne, avec ses partenaires,",
    "Le conseil d’administration",
    "« Notre équipe », déclare Hélène Garnier,",
    "Le centre hospitalier de Saint-Étienne",
    "La jeune entreprise Éolia, née à Nîmes,",
];

const VERBS: &[&str] = &[
    "annonce",
    "signe pour cinq ans",
    "confirme, comme prévu,",
    "présente à ses salariés",
    "prolonge jusqu’en décembre",
    "engage dès cette année",
    "publie aujourd’hui",
];

const OBJECTS: &[&str] = &[
    "un accord de recherche avec l’université de Montpellier",
    "la construction d’une usine de 12 000 mètres carrés",
    "les résultats de son étude menée auprès de 1 240 patients",
    "un chiffre d’affaires de 48,6 millions d’euros, en hausse de 7 %",
    "le recrutement de 35 ingénieurs et techniciens",
    "l’ouverture d’un atelier où naîtront des pièces d’aéronautique",
];

const ENDINGS: &[&str] = &[
    ", au cœur du plan présenté en juin",
    "",
    " afin d’améliorer l’accès aux soins",
    ", sous réserve de l’avis des autorités compétentes",
    " dans un marché européen en pleine évolution",
];

/// A text of exactly so many sentences, in paragraphs of three to eight that a blank line parts.
pub(crate) fn release(sentences: usize) -> String {
    let mut chance = Chance(1);
    let mut text = String::with_capacity(sentences * 120);
    let mut left = 0;
    for index in 0..sentences {
        if index > 0 {
            text.push_str(if left == 0 { "\n\n" } else { " " });
        }
        if left == 0 {
            left = 3 + chance.below(6);
        }
        left -= 1;
        for (place, words) in [SUBJECTS, VERBS, OBJECTS, ENDINGS].into_iter().enumerate() {
            if place == 1 || place == 2 {
                text.push(' ');
            }
            text.push_str(words[chance.below(words.len())]);
        }
        text.push(['.', '.', '.', '.', '.', '.', '.', '!', '?'][chance.below(9)]);
    }
    text
}

/// Numbers that look like chance and are the same in each run (Knuth, MMIX: the constants of the generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_the_sentences_asked_for_in_paragraphs_of_three_to_eight() {
        let text = release(1000);
        assert_eq!(text.matches(['.', '!', '?']).count(), 1000);
        assert_eq!(text, release(1000));
        let counts: Vec<usize> = text.split("\n\n").map(|it| it.matches(['.', '!', '?']).count()).collect();
        assert!(counts[..counts.len() - 1].iter().all(|count| (3..=8).contains(count)), "{counts:?}");
    }
}
