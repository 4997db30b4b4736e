//! What the panels say, in French and English: one typed table, so that a missing text does not compile.

use annotator_core::UiLanguage;

/// The texts of one language.
pub struct Texts {
    pub close: &'static str,
    pub export_title: &'static str,
    pub export_hint: &'static str,
    pub releases_title: &'static str,
    pub releases_none: &'static str,
    pub releases_hint: &'static str,
    pub releases_row: &'static str,
    pub releases_downloaded: &'static str,
    pub releases_not_downloaded: &'static str,
    pub releases_open_now: &'static str,
    pub releases_open: &'static str,
    pub releases_delete: &'static str,
    pub releases_sure: &'static str,
    pub releases_all: &'static str,
    pub download: &'static str,
    pub history_title: &'static str,
    pub history_none: &'static str,
    pub history_hint: &'static str,
    pub history_row: &'static str,
    pub history_restore: &'static str,
    /// The language as browsers name it.
    pub tag: &'static str,
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
    releases_title: "Communiqués dans ce navigateur",
    releases_none: "Ce navigateur ne conserve aucun communiqué de ce site.",
    releases_hint: "Tout est conservé dans ce navigateur seulement : {} milliers de caractères sur 5 243.",
    releases_row: "{} annotations · {} milliers de caractères",
    releases_downloaded: "téléchargé",
    releases_not_downloaded: "modifié depuis le dernier téléchargement",
    releases_open_now: "ouvert",
    releases_open: "Ouvrir",
    releases_delete: "Supprimer",
    releases_sure: "Supprimer vraiment ?",
    releases_all: "Tout télécharger (ZIP)",
    download: "Télécharger",
    history_title: "États précédents",
    history_none: "Aucun état précédent de ce communiqué.",
    history_hint: "Le contenu au début de chaque séance, ou de chaque heure. Restaurer remplace les annotations ; c’est annulable.",
    history_row: "{} annotations : {}…",
    history_restore: "Restaurer",
    tag: "fr",
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
    releases_title: "Releases in this browser",
    releases_none: "This browser holds no release of this site.",
    releases_hint: "Everything is kept in this browser only: {} thousand characters of 5,243.",
    releases_row: "{} annotations · {} thousand characters",
    releases_downloaded: "downloaded",
    releases_not_downloaded: "changed since the last download",
    releases_open_now: "open",
    releases_open: "Open",
    releases_delete: "Delete",
    releases_sure: "Really delete?",
    releases_all: "Download all (ZIP)",
    download: "Download",
    history_title: "Earlier states",
    history_none: "No earlier state of this release.",
    history_hint: "What there was at the beginning of each session, or of each hour. Restoring replaces the annotations; it can be undone.",
    history_row: "{} annotations: {}…",
    history_restore: "Restore",
    tag: "en",
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

/// Puts the values in the place of the `{}`, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = text.to_owned();
    for value in values {
        filled = filled.replacen("{}", value, 1);
    }
    filled
}
