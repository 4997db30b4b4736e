//! The texts of the interface in one typed table: a text that is missing in a language does not compile. A page may put
//! its own in their place. Leaves out what the panels say (`crates/tools/src/texts.rs`).

use std::cell::RefCell;

pub use annotator_core::label::fill;
use annotator_core::texts::SEPARATOR;
use annotator_core::{CommandError, UiLanguage};

annotator_core::widget_texts!(annotator_core::text_table);

/// The table of each language, with the page's own texts in it.
#[derive(Clone, Copy)]
pub struct Tables([&'static Texts; 2]);

impl Default for Tables {
    fn default() -> Self {
        Self([&FRENCH, &ENGLISH])
    }
}

thread_local! {
    /// What was made last, so that an element that comes again takes no more room.
    static LAST: RefCell<(String, Tables)> = RefCell::default();
}

impl Tables {
    /// The tables with what a page gives in the place of texts, as the tools have written it
    /// (`annotator_core::texts::places`).
    pub fn with(given: &str) -> Self {
        LAST.with_borrow_mut(|last| {
            if last.0 != given {
                let mut own = [FRENCH, ENGLISH];
                let mut words = given.split(SEPARATOR);
                while let (Some(language), Some(index), Some(text)) = (words.next(), words.next(), words.next()) {
                    let table = &mut own[usize::from(language == "en")];
                    if let Some(place) = index.parse().ok().and_then(|index| table.place(index)) {
                        *place = text.to_owned().leak();
                    }
                }
                *last = (given.to_owned(), Self(Box::leak(Box::new(own)).each_ref()));
            }
            last.1
        })
    }

    /// The table of a language.
    pub fn of(self, language: UiLanguage) -> &'static Texts {
        self.0[language as usize]
    }
}

impl Texts {
    /// The name of an attribute that labels bring.
    pub fn attribute(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "speaker" => self.attribute_speaker(),
            "role" => self.attribute_role(),
            "verb" => self.attribute_verb(),
            "value" => self.attribute_value(),
            _ => return None,
        })
    }

    /// Why something was refused.
    pub fn refusal(&self, error: &CommandError) -> String {
        error.message_in(&[
            self.unknown_label(),
            self.no_sentence(),
            self.no_annotation(),
            self.invalid_span(),
            self.no_boundary(),
            self.readonly_refused(),
            self.conflict(),
        ])
    }
}

const FRENCH: Texts = Named {
    widget: "Annotation du communiqué",
    labels: "Étiquettes",
    actions: "Actions",
    text: "Texte du communiqué",
    undo: "Annuler",
    redo: "Rétablir",
    merge: "Joindre à la phrase suivante",
    split: "Couper la phrase au curseur",
    download: "Télécharger",
    download_hint: "Télécharger les annotations (JSON)",
    changes: "{} changement(s) depuis le dernier téléchargement",
    same: "Les mêmes mots ailleurs…",
    formats: "Télécharger dans un autre format",
    import: "Importer",
    help: "Aide et raccourcis",
    close: "Fermer",
    remove: "Supprimer : {}",
    annotations: "Annotations",
    none_yet: "Aucune annotation pour l’instant.",
    first_steps: "Cliquez une phrase, puis une étiquette. Au clavier : ↓ et ↑ pour aller d’une phrase à l’autre, puis {}. La même touche retire l’étiquette.",
    loading: "Chargement du communiqué…",
    no_release: "Aucun communiqué à afficher.",
    saved: "Enregistré dans ce navigateur",
    saved_lightly: "Enregistré ; un arrêt brutal du navigateur peut prendre les dernières secondes",
    saving: "Enregistrement…",
    saved_nothing: "Enregistrement automatique dans ce navigateur",
    not_saved: "Non enregistré",
    memory_only: "Ce navigateur refuse le stockage : téléchargez vos annotations avant de quitter la page",
    readonly: "Lecture seule",
    position: "Phrase {} sur {} : {}",
    positions: "Phrases {} à {} sur {}",
    unlabelled: "sans étiquette",
    added: "« {} » ajouté",
    removed: "« {} » retiré",
    removed_many: "Annotations retirées : {}",
    labels_changed: "Étiquettes modifiées",
    dismissed: "Proposition écartée",
    changed: "Annotations modifiées : {}",
    undone: "Annulé",
    redone: "Rétabli",
    merged: "Phrases jointes",
    cut: "Phrase coupée",
    imported: "Importé : {} ajoutées, {} mises à jour, {} sans place, {} avertissements",
    downloaded: "Téléchargé : {}",
    selected: "Sélection : {}",
    orphan: "Passage absent de ce texte",
    armed: "Étiquette active : {}. Cliquez les phrases ou glissez sur un passage ; Échap pour finir.",
    note: "Note",
    attribute_speaker: "Locuteur",
    attribute_role: "Fonction",
    attribute_verb: "Verbe",
    attribute_value: "Valeur (date)",
    relabel: "Étiquette",
    start: "Début",
    end: "Fin",
    word: "mot",
    sentence: "phrase",
    seen: "{} phrases sur {} vues",
    seen_one: "{} phrase sur {} vue",
    guideline: "Consignes",
    next_unlabelled: "Suivante sans étiquette",
    all_labelled: "Toutes les phrases portent une étiquette",
    done: "Terminé",
    search: "Chercher",
    all_labels: "Toutes les étiquettes",
    by_text: "Ordre du texte",
    page_back: "Précédentes ({})",
    page_on: "Suivantes ({})",
    bulk: "Agir sur ces {}…",
    nothing_found: "Aucune annotation ne correspond.",
    hide: "Masquer les marques : {}",
    hidden: "Marques masquées : {}",
    snap_words: "Sélection par mots",
    snap_sentences: "Sélection par phrases",
    snap_free: "Sélection libre",
    selecting: "Étendue de la sélection",
    storage_unavailable: "Ce navigateur refuse le stockage local. Les annotations restent en mémoire : téléchargez-les avant de quitter la page.",
    storage_full: "Le stockage de ce navigateur est plein : le dernier changement n’est pas enregistré. Téléchargez les annotations ; chaque changement réessaie.",
    storage_corrupt: "{} enregistrement(s) illisible(s) mis de côté ; le reste est intact.",
    newer: "Ces annotations sont en lecture seule ici : une version plus récente du programme ou du texte les a enregistrées. Rechargez la page.",
    not_found: "Communiqué introuvable (404) : {}",
    http_status: "Pour {}, le serveur a répondu {}.",
    network: "Aucune réponse pour {} : adresse, serveur ou réseau.",
    network_or_refused: "Aucune réponse pour {} : l’autre site est injoignable, ou il n’autorise pas cette page à le lire (CORS) ; le navigateur ne dit pas lequel des deux.",
    too_slow: "Pas de réponse complète en une minute pour {}.",
    redirected: "{} renvoie vers une autre adresse, qui n’a pas pu être chargée.",
    decoded_as: "Le texte n’est pas en UTF-8 ; il a été lu comme Windows-1252. Vérifiez les accents.",
    lossy: "{} caractère(s) illisible(s) du texte ({}) remplacé(s) par �.",
    crowded: "Le stockage de ce site est occupé à {} % : téléchargez vos annotations et libérez de la place.",
    too_large: "{} : plus de 20 Mo, trop grand pour être lu.",
    bad_value: "Valeur inattendue pour « {} » : {}",
    no_release_error: "Aucun communiqué n’est ouvert.",
    suggest: "Proposer",
    proposed: "{} propositions : S accepte, X écarte.",
    no_proposal: "Aucune proposition.",
    proposal: "Proposition : {}",
    no_tools: "Cette partie du programme n’a pas pu être chargée. Vérifiez le réseau et réessayez.",
    text_changed: "Le texte a changé depuis l’annotation : {} replacées, {} sans place.",
    look: "Voir…",
    download_raw: "Télécharger le contenu brut",
    unknown_label: CommandError::MESSAGES[0][0],
    no_sentence: CommandError::MESSAGES[0][1],
    no_annotation: CommandError::MESSAGES[0][2],
    invalid_span: CommandError::MESSAGES[0][3],
    no_boundary: CommandError::MESSAGES[0][4],
    readonly_refused: CommandError::MESSAGES[0][5],
    conflict: CommandError::MESSAGES[0][6],
}
.table();

const ENGLISH: Texts = Named {
    widget: "Annotating the release",
    labels: "Labels",
    actions: "Actions",
    text: "Text of the release",
    undo: "Undo",
    redo: "Redo",
    merge: "Join with the next sentence",
    split: "Split the sentence at the cursor",
    download: "Download",
    download_hint: "Download the annotations (JSON)",
    changes: "{} change(s) since the last download",
    same: "The same words elsewhere…",
    formats: "Download in another format",
    import: "Import",
    help: "Help and shortcuts",
    close: "Close",
    remove: "Remove: {}",
    annotations: "Annotations",
    none_yet: "No annotations yet.",
    first_steps: "Click a sentence, then a label. By keyboard: ↓ and ↑ go from sentence to sentence, then {}. The same key takes the label away.",
    loading: "Loading the release…",
    no_release: "No release to show.",
    saved: "Saved in this browser",
    saved_lightly: "Saved; a killed browser may lose the last seconds",
    saving: "Saving…",
    saved_nothing: "Saves by itself in this browser",
    not_saved: "Not saved",
    memory_only: "This browser refuses storage: download your annotations before you leave the page",
    readonly: "Read-only",
    position: "Sentence {} of {}: {}",
    positions: "Sentences {} to {} of {}",
    unlabelled: "no label",
    added: "“{}” added",
    removed: "“{}” removed",
    removed_many: "Annotations removed: {}",
    labels_changed: "Labels changed",
    dismissed: "Suggestion dismissed",
    changed: "Annotations changed: {}",
    undone: "Undone",
    redone: "Redone",
    merged: "Sentences joined",
    cut: "Sentence split",
    imported: "Imported: {} added, {} updated, {} without a place, {} warnings",
    downloaded: "Downloaded: {}",
    selected: "Selection: {}",
    orphan: "Not in this text",
    armed: "Active label: {}. Click sentences or drag over a passage; Esc ends it.",
    note: "Note",
    attribute_speaker: "Speaker",
    attribute_role: "Role",
    attribute_verb: "Verb",
    attribute_value: "Value (date)",
    relabel: "Label",
    start: "Start",
    end: "End",
    word: "word",
    sentence: "sentence",
    seen: "{} of {} sentences seen",
    seen_one: "{} of {} sentences seen",
    guideline: "Guideline",
    next_unlabelled: "Next without a label",
    all_labelled: "Every sentence bears a label",
    done: "Done",
    search: "Search",
    all_labels: "All labels",
    by_text: "Text order",
    page_back: "Previous ({})",
    page_on: "Next ({})",
    bulk: "Act on these {}…",
    nothing_found: "No annotation matches.",
    hide: "Hide the marks: {}",
    hidden: "Hidden marks: {}",
    snap_words: "Select by words",
    snap_sentences: "Select by sentences",
    snap_free: "Select freely",
    selecting: "Extent of a selection",
    storage_unavailable: "This browser refuses local storage. Annotations stay in memory: download them before you leave the page.",
    storage_full: "This browser's storage is full: the last change is not saved. Download the annotations; every change tries again.",
    storage_corrupt: "{} unreadable record(s) set aside; the rest is whole.",
    newer: "These annotations are read-only here: a later version of the program or of the text has saved them. Reload the page.",
    not_found: "Release not found (404): {}",
    http_status: "For {} the server answered {}.",
    network: "No answer for {}: address, server or network.",
    network_or_refused: "No answer for {}: the other site cannot be reached, or does not allow this page to read it (CORS); browsers do not say which.",
    too_slow: "No complete answer within a minute for {}.",
    redirected: "{} leads to another address, which could not be loaded.",
    decoded_as: "The text is not UTF-8; it was read as Windows-1252. Check the accents.",
    lossy: "{} unreadable character(s) of the text ({}) replaced by �.",
    crowded: "{} % of this site’s storage is taken: download your annotations and make room.",
    too_large: "{}: more than 20 MB, too large to be read.",
    bad_value: "Unexpected value for “{}”: {}",
    no_release_error: "No release is open.",
    suggest: "Suggest",
    proposed: "{} suggestions: S accepts, X dismisses.",
    no_proposal: "No suggestion.",
    proposal: "Suggestion: {}",
    no_tools: "This part of the program could not be loaded. Check the network and try again.",
    text_changed: "The text has changed since it was annotated: {} placed again, {} without a place.",
    look: "Look…",
    download_raw: "Download what is stored",
    unknown_label: CommandError::MESSAGES[1][0],
    no_sentence: CommandError::MESSAGES[1][1],
    no_annotation: CommandError::MESSAGES[1][2],
    invalid_span: CommandError::MESSAGES[1][3],
    no_boundary: CommandError::MESSAGES[1][4],
    readonly_refused: CommandError::MESSAGES[1][5],
    conflict: CommandError::MESSAGES[1][6],
}
.table();

#[cfg(test)]
mod tests {
    use annotator_core::format::value::Value;
    use annotator_core::texts::{as_table, places};

    use super::*;

    #[test]
    fn every_text_is_in_the_documentation() {
        let docs = include_str!("../docs/TEXTS.md");
        let [mut french, mut english] = [FRENCH, ENGLISH];
        let table = as_table("", Texts::IDS, &mut |index| {
            [&mut french, &mut english].map(|table| *table.place(index).expect("one for each id"))
        });
        assert!(docs.contains(&table), "docs/TEXTS.md is to have:\n{table}");
        // Those of the class: the quoted words of its two lines.
        for line in include_str!("../www/element.js").lines().filter(|line| line.contains(" { stopped: '")) {
            for word in line.split('\'').skip(1).step_by(2) {
                assert!(docs.contains(&format!("| {word} |")), "docs/TEXTS.md is to have {word}");
            }
        }
    }

    #[test]
    fn a_page_puts_its_words_in_place_of_any() {
        let with =
            |json: &str| places(&Value::parse(json).expect("JSON"), &mut |_| false).map(|given| Tables::with(&given));
        let tables = with(r#"{"undo": "Défaire", "en": {"undo": "Back"}}"#).expect("known ids");
        assert_eq!(tables.of(UiLanguage::French).undo(), "Défaire");
        assert_eq!(tables.of(UiLanguage::English).undo(), "Back");
        assert_eq!(tables.of(UiLanguage::French).redo(), FRENCH.redo());
        assert!(with(r#"{"undo": "X", "redoo": "Refaire"}"#).is_err());
        assert_eq!(Tables::with("").of(UiLanguage::French).undo(), FRENCH.undo());
    }

    #[test]
    fn values_are_filled_in_order_and_missing_ones_are_empty() {
        assert_eq!(fill("{} sur {}", &["1", "9"]), "1 sur 9");
        assert_eq!(fill("{} sur {}", &["1"]), "1 sur ");
        assert_eq!(fill("rien", &["1"]), "rien");
    }
}
