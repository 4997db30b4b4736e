//! What the panels say, in French and English: one typed table, so that a missing text does not compile.

use annotator_core::UiLanguage;

/// The texts of one language.
pub struct Texts {
    pub close: &'static str,
    pub export_title: &'static str,
    pub export_hint: &'static str,
    pub suggestions_title: &'static str,
    pub suggestions_hint: &'static str,
    pub suggestions_none: &'static str,
    pub accept: &'static str,
    pub adjust: &'static str,
    pub adjust_hint: &'static str,
    pub dismiss: &'static str,
    pub accept_all: &'static str,
    pub dismiss_all: &'static str,
    /// Names of attributes, by their key.
    pub attributes: &'static [(&'static str, &'static str)],
    pub labels_title: &'static str,
    pub labels_hint: &'static str,
    pub label_name: &'static str,
    pub label_key: &'static str,
    pub label_colour: &'static str,
    pub label_description: &'static str,
    pub label_up: &'static str,
    pub label_down: &'static str,
    pub label_remove: &'static str,
    pub label_merge: &'static str,
    pub label_add: &'static str,
    pub label_new: &'static str,
    pub label_fate: &'static str,
    pub label_fate_removed: &'static str,
    pub label_fate_moved: &'static str,
    pub label_confirm: &'static str,
    pub label_keep: &'static str,
    pub label_blank: &'static str,
    pub guideline_title: &'static str,
    /// The id of a label of the contract and what it is for.
    pub guideline: [(&'static str, &'static str); 3],
}

/// The texts of this language.
pub fn texts(ui: UiLanguage) -> &'static Texts {
    match ui {
        UiLanguage::French => &FRENCH,
        UiLanguage::English => &ENGLISH,
    }
}

static FRENCH: Texts = Texts {
    close: "Fermer",
    export_title: "Télécharger dans un autre format",
    export_hint: "Le fichier complet est le premier ; les autres laissent de côté ce que leur outil ne connaît pas.",
    suggestions_title: "Propositions",
    suggestions_hint: "Rien n’est annoté avant que vous n’acceptiez. Au clavier, dans le texte : S accepte, X écarte, puis la suivante.",
    suggestions_none: "Aucune proposition : tout est annoté ou écarté, ou les règles n’ont rien trouvé.",
    accept: "Accepter",
    adjust: "Ajuster",
    adjust_hint: "Ajuster : Maj+← et → dans le texte, puis S",
    dismiss: "Écarter",
    accept_all: "Tout accepter",
    dismiss_all: "Tout écarter",
    attributes: &[("value", "Valeur"), ("speaker", "Locuteur"), ("role", "Fonction"), ("verb", "Verbe")],
    labels_title: "Étiquettes",
    labels_hint: "Chaque changement s’annule comme une annotation. L’identifiant d’une étiquette ne change jamais : la renommer ne perd rien.",
    label_name: "Nom",
    label_key: "Touche",
    label_colour: "Couleur {}",
    label_description: "Description",
    label_up: "Monter : {}",
    label_down: "Descendre : {}",
    label_remove: "Supprimer : {}",
    label_merge: "Fusionner « {} » avec…",
    label_add: "Ajouter",
    label_new: "Nouvelle étiquette",
    label_fate: "« {} » porte {} annotation(s). Que deviennent-elles ?",
    label_fate_removed: "Les supprimer aussi",
    label_fate_moved: "Les passer à : {}",
    label_confirm: "Supprimer l’étiquette",
    label_keep: "Garder",
    label_blank: "Un nom est attendu ; l’ancien est gardé.",
    guideline_title: "Consignes",
    guideline: [
        (
            "objective",
            "Ce que l’organisation veut atteindre ou change : une ambition, un but chiffré, ce qu’un accord doit permettre. Pas ce qu’elle est ni ce qu’elle a déjà fait.",
        ),
        (
            "quote",
            "Les paroles rapportées d’une personne, entre guillemets ou non, avec la phrase qui dit qui parle. Notez qui parle, sa fonction et le verbe.",
        ),
        (
            "dates",
            "Une date, une durée ou une échéance : choisissez les mots qui la disent et notez sa valeur, par exemple 2011-06-27.",
        ),
    ],
};

static ENGLISH: Texts = Texts {
    close: "Close",
    export_title: "Download in another format",
    export_hint: "The first is the complete file; the others leave out what their tool does not know.",
    suggestions_title: "Suggestions",
    suggestions_hint: "Nothing is annotated before you accept. By keyboard, in the text: S accepts, X dismisses, then the next one.",
    suggestions_none: "No suggestion: all is annotated or dismissed, or the rules found nothing.",
    accept: "Accept",
    adjust: "Adjust",
    adjust_hint: "Adjust: Shift+← and → in the text, then S",
    dismiss: "Dismiss",
    accept_all: "Accept all",
    dismiss_all: "Dismiss all",
    attributes: &[("value", "Value"), ("speaker", "Speaker"), ("role", "Role"), ("verb", "Verb")],
    labels_title: "Labels",
    labels_hint: "Every change can be undone like an annotation. A label's id never changes: renaming it loses nothing.",
    label_name: "Name",
    label_key: "Key",
    label_colour: "Colour {}",
    label_description: "Description",
    label_up: "Move up: {}",
    label_down: "Move down: {}",
    label_remove: "Delete: {}",
    label_merge: "Merge “{}” with…",
    label_add: "Add",
    label_new: "New label",
    label_fate: "“{}” has {} annotation(s). What becomes of them?",
    label_fate_removed: "Delete them too",
    label_fate_moved: "Give them to: {}",
    label_confirm: "Delete the label",
    label_keep: "Keep",
    label_blank: "A name is expected; the former one is kept.",
    guideline_title: "Guideline",
    guideline: [
        (
            "objective",
            "What the organisation wants to reach or change: an ambition, a figure to meet, what an agreement is to make possible. Not what it is or has done.",
        ),
        (
            "quote",
            "A person's reported words, in quotation marks or not, with the sentence that says who speaks. Note the speaker, their role and the verb.",
        ),
        (
            "dates",
            "A date, a duration or a deadline: choose the words that say it and note its value, for example 2011-06-27.",
        ),
    ],
};

/// Puts the values in place of the `{}`, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        filled.push_str(values.get(index).copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}
