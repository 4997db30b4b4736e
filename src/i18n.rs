//! The texts of the interface in one typed table: a text that is missing in a language does not compile.
//! Leaves out the messages of the core's errors, which stand beside the errors.

use annotator_core::UiLanguage;

/// The texts of one language. `{}` stands for a value, in the order of the arguments of [`fill`].
pub struct Texts {
    pub widget: &'static str,
    pub labels: &'static str,
    pub actions: &'static str,
    pub text: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub merge: &'static str,
    pub split: &'static str,
    pub download: &'static str,
    pub download_hint: &'static str,
    pub formats: &'static str,
    pub import: &'static str,
    pub help: &'static str,
    pub close: &'static str,
    pub remove: &'static str,
    pub annotations: &'static str,
    pub none_yet: &'static str,
    pub more_before: &'static str,
    pub more_behind: &'static str,
    pub first_steps: &'static str,
    pub loading: &'static str,
    pub no_release: &'static str,
    pub saved: &'static str,
    pub saved_lightly: &'static str,
    pub saving: &'static str,
    pub saved_nothing: &'static str,
    pub not_saved: &'static str,
    pub memory_only: &'static str,
    pub readonly: &'static str,
    pub position: &'static str,
    pub positions: &'static str,
    pub unlabelled: &'static str,
    pub added: &'static str,
    pub removed: &'static str,
    pub changed: &'static str,
    pub undone: &'static str,
    pub redone: &'static str,
    pub merged: &'static str,
    pub cut: &'static str,
    pub imported: &'static str,
    pub downloaded: &'static str,
    pub selected: &'static str,
    pub orphan: &'static str,
    pub keys: &'static [(&'static str, &'static str)],
    pub storage_unavailable: &'static str,
    pub storage_full: &'static str,
    pub storage_corrupt: &'static str,
    pub newer: &'static str,
    pub not_found: &'static str,
    pub http_status: &'static str,
    pub network: &'static str,
    pub decoded_as: &'static str,
    pub too_large: &'static str,
    pub bad_value: &'static str,
    pub no_release_error: &'static str,
    pub text_changed: &'static str,
    pub choose: &'static str,
}

/// The table.
pub fn texts(language: UiLanguage) -> &'static Texts {
    match language {
        UiLanguage::French => &FRENCH,
        UiLanguage::English => &ENGLISH,
    }
}

/// Puts the values in place of the `{}`, in order.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut values = values.iter();
    for part in text.split('{') {
        match part.strip_prefix('}') {
            Some(part) => {
                filled.push_str(values.next().copied().unwrap_or_default());
                filled.push_str(part);
            }
            None => filled.push_str(part),
        }
    }
    filled
}

static FRENCH: Texts = Texts {
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
    formats: "Télécharger dans un autre format",
    import: "Importer",
    help: "Aide et raccourcis",
    close: "Fermer",
    remove: "Supprimer : {}",
    annotations: "Annotations",
    none_yet: "Aucune annotation pour l’instant.",
    more_before: "Précédentes ({})",
    more_behind: "Suivantes ({})",
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
    changed: "Annotations modifiées : {}",
    undone: "Annulé",
    redone: "Rétabli",
    merged: "Phrases jointes",
    cut: "Phrase coupée",
    imported: "Importé : {} ajoutées, {} mises à jour, {} sans place, {} avertissements",
    downloaded: "Téléchargé : {}",
    selected: "Sélection : {}",
    orphan: "Passage absent de ce texte",
    keys: &[
        ("↓ ↑", "phrase suivante, précédente (avec Maj : étendre)"),
        ("← →", "curseur de mot (avec Maj : sélectionner)"),
        ("1 … 9", "mettre ou retirer l’étiquette"),
        ("Entrée", "ouvrir l’annotation sous le curseur"),
        ("Suppr", "supprimer l’annotation sous le curseur"),
        ("N P", "annotation suivante, précédente"),
        ("M", "joindre à la phrase suivante"),
        ("Maj + M", "couper la phrase au curseur de mot"),
        ("Ctrl + Z", "annuler"),
        ("Ctrl + Maj + Z, Ctrl + Y", "rétablir"),
        ("Ctrl + S", "télécharger les annotations"),
        ("?", "cette aide"),
        ("Échap", "annuler la sélection, fermer, quitter le texte"),
    ],
    storage_unavailable: "Ce navigateur refuse le stockage local. Les annotations restent en mémoire : téléchargez-les avant de quitter la page.",
    storage_full: "Le stockage de ce navigateur est plein : le dernier changement n’est pas enregistré. Téléchargez les annotations ; chaque changement réessaie.",
    storage_corrupt: "{} enregistrement(s) illisible(s) mis de côté ; le reste est intact.",
    newer: "Une version plus récente a enregistré ces annotations : elles sont laissées telles quelles, en lecture seule.",
    not_found: "Communiqué introuvable (404) : {}",
    http_status: "Le serveur a répondu {} pour {}",
    network: "Le communiqué n’a pas pu être chargé (réseau, ou accès refusé par l’autre site) : {}",
    decoded_as: "Le texte n’est pas en UTF-8 ; il a été lu comme Windows-1252. Vérifiez les accents.",
    too_large: "Fichier trop grand : {} Mo au plus, {} Mo reçus.",
    bad_value: "Valeur inattendue pour « {} » : {}",
    no_release_error: "Aucun communiqué n’est ouvert.",
    choose: "Choisissez d’abord une phrase.",
    text_changed: "Le texte a changé depuis l’annotation : {} replacées, {} sans place.",
};

static ENGLISH: Texts = Texts {
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
    formats: "Download in another format",
    import: "Import",
    help: "Help and shortcuts",
    close: "Close",
    remove: "Remove: {}",
    annotations: "Annotations",
    none_yet: "No annotations yet.",
    more_before: "Previous ({})",
    more_behind: "Next ({})",
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
    changed: "Annotations changed: {}",
    undone: "Undone",
    redone: "Redone",
    merged: "Sentences joined",
    cut: "Sentence split",
    imported: "Imported: {} added, {} updated, {} without a place, {} warnings",
    downloaded: "Downloaded: {}",
    selected: "Selection: {}",
    orphan: "Not in this text",
    keys: &[
        ("↓ ↑", "next, previous sentence (with Shift: extend)"),
        ("← →", "word cursor (with Shift: select)"),
        ("1 … 9", "put the label on, or take it off"),
        ("Enter", "open the annotation under the cursor"),
        ("Delete", "remove the annotation under the cursor"),
        ("N P", "next, previous annotation"),
        ("M", "join with the next sentence"),
        ("Shift + M", "split the sentence at the word cursor"),
        ("Ctrl + Z", "undo"),
        ("Ctrl + Shift + Z, Ctrl + Y", "redo"),
        ("Ctrl + S", "download the annotations"),
        ("?", "this help"),
        ("Esc", "cancel the selection, close, leave the text"),
    ],
    storage_unavailable: "This browser refuses local storage. Annotations stay in memory: download them before you leave the page.",
    storage_full: "This browser's storage is full: the last change is not saved. Download the annotations; every change tries again.",
    storage_corrupt: "{} unreadable record(s) set aside; the rest is whole.",
    newer: "A later version has saved these annotations: they are left as they are, read-only.",
    not_found: "Release not found (404): {}",
    http_status: "The server answered {} for {}",
    network: "The release could not be loaded (network, or access refused by the other site): {}",
    decoded_as: "The text is not UTF-8; it was read as Windows-1252. Check the accents.",
    too_large: "File too large: {} MB at most, {} MB received.",
    bad_value: "Unexpected value for “{}”: {}",
    no_release_error: "No release is open.",
    choose: "Choose a sentence first.",
    text_changed: "The text has changed since it was annotated: {} placed again, {} without a place.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_order_and_missing_ones_are_empty() {
        assert_eq!(fill("{} sur {}", &["1", "9"]), "1 sur 9");
        assert_eq!(fill("{} sur {}", &["1"]), "1 sur ");
        assert_eq!(fill("rien", &["1"]), "rien");
    }
}
