//! What the panels say, in French and English: one typed table, so that a missing text does not compile.

use annotator_core::UiLanguage;

/// The texts of one language.
pub struct Texts {
    pub close: &'static str,
    pub export_title: &'static str,
    pub export_hint: &'static str,
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
};

static ENGLISH: Texts = Texts {
    close: "Close",
    export_title: "Download in another format",
    export_hint: "The first is the complete file; the others leave out what their tool does not know.",
};
