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
};
