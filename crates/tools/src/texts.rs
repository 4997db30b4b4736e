//! What the panels say, in French and English: one typed table, so that a missing text does not compile. A page may put
//! its own in their place; there their ids begin with `panel_`.

use std::cell::RefCell;

use annotator_core::UiLanguage;
use annotator_core::format::value::Value;
pub use annotator_core::label::fill;
use annotator_core::texts::{each_given, places};

use crate::door::Door;

annotator_core::text_table! {
    close bulk_title bulk_hint bulk_all bulk_relabel bulk_remove bulk_done bulk_undo bulk_rest help_title help_sentence help_word help_label help_open help_remove help_annotation help_suggestion help_unlabelled help_resize help_merge help_split help_undo help_redo help_download help_help help_escape export_title export_hint releases_title releases_none releases_hint releases_row releases_downloaded
    releases_not_downloaded releases_open_now releases_open releases_delete releases_sure releases_all
    download history_title history_none history_hint history_row history_restore suggestions_title
    suggestions_hint suggestions_none accept adjust adjust_hint dismiss accept_all same_title same_none
    same_all same_one dismiss_all attribute_value attribute_speaker attribute_role attribute_verb labels_title
    labels_hint label_name label_key label_colour label_description label_up label_down label_remove
    label_merge label_add label_new label_fate label_fate_removed label_fate_moved label_confirm label_keep
    label_blank guideline_title guideline_objective guideline_quote guideline_dates unknown_text
    releases_done releases_clear releases_put_back changed_title changed_hint changed_none changed_open
    changed_left changed_all changed_confirm changed_show changed_place changed_leave changed_choose changed_exact changed_moved changed_fuzzy changed_ambiguous changed_gone encoding_title encoding_hint encoding_none
}

/// What the ids of these texts begin with, for a page.
const PREFIX: &str = "panel_";

/// Texts that the class of the element says where there is no program.
const OF_THE_CLASS: [&str; 3] = ["stopped", "restart", "rescue"];

/// A table with a page's own texts in it: the language, the page's texts as JSON, and what came of it.
type Made = (UiLanguage, String, &'static Texts);

thread_local! {
    /// What was made of the same texts before: a table lives as long as the page.
    static MADE: RefCell<Vec<Made>> = const { RefCell::new(Vec::new()) };
}

/// The texts of the interface, with the page's own in them.
pub fn texts(door: &Door) -> &'static Texts {
    let (ui, given) = (door.ui(), door.value("texts"));
    let json = given.to_string();
    let known = MADE.with_borrow(|made| made.iter().find(|it| it.0 == ui && it.1 == json).map(|it| it.2));
    known.unwrap_or_else(|| {
        let mut own = table(ui);
        let checked = each_given(&given, ui, &mut |id, text| {
            if let Some(place) = index(id).and_then(|index| own.place(index)) {
                *place = text.to_owned().leak();
            }
            true
        });
        let own: &'static Texts = Box::leak(Box::new(if checked.is_ok() { own } else { table(ui) }));
        MADE.with_borrow_mut(|made| made.push((ui, json, own)));
        own
    })
}

/// What a page gives in place of texts, as the first program takes it.
///
/// # Errors
///
/// What is wrong in it, for the person.
pub fn words(given: &Value, ui: UiLanguage) -> Result<String, String> {
    let known = &mut |id: &str| OF_THE_CLASS.contains(&id) || index(id).is_some();
    places(given, known).map_err(|wrong| fill(table(ui).unknown_text(), &[&wrong]))
}

fn index(id: &str) -> Option<usize> {
    let id = id.strip_prefix(PREFIX)?;
    Texts::IDS.split_terminator(' ').position(|known| known == id)
}

fn table(ui: UiLanguage) -> Texts {
    match ui {
        UiLanguage::French => FRENCH,
        UiLanguage::English => ENGLISH,
    }
}

/// The language as browsers name it.
pub fn tag(ui: UiLanguage) -> &'static str {
    if ui == UiLanguage::English { "en" } else { "fr" }
}

impl Texts {
    /// The name of an attribute; its key where it has none.
    pub fn attribute<'a>(&self, name: &'a str) -> &'a str {
        match name {
            "value" => self.attribute_value(),
            "speaker" => self.attribute_speaker(),
            "role" => self.attribute_role(),
            "verb" => self.attribute_verb(),
            _ => name,
        }
    }

    /// The rows of the help: keys and what they do, with ` = ` between them.
    pub fn help_rows(&self) -> [&'static str; 16] {
        [
            self.help_sentence(),
            self.help_word(),
            self.help_label(),
            self.help_open(),
            self.help_remove(),
            self.help_annotation(),
            self.help_suggestion(),
            self.help_unlabelled(),
            self.help_resize(),
            self.help_merge(),
            self.help_split(),
            self.help_undo(),
            self.help_redo(),
            self.help_download(),
            self.help_help(),
            self.help_escape(),
        ]
    }

    /// What a label of the contract is for.
    pub fn guideline(&self, label: &str) -> &'static str {
        match label {
            "objective" => self.guideline_objective(),
            "quote" => self.guideline_quote(),
            "dates" => self.guideline_dates(),
            _ => "",
        }
    }
}

const FRENCH: Texts = Named {
    close: "Fermer",
    bulk_title: "Plusieurs annotations à la fois",
    bulk_hint: "Celles que la liste montre : cherchez ou filtrez-y d’abord, décochez ici. Chaque action s’annule en une fois.",
    bulk_all: "Toutes ({})",
    bulk_relabel: "Changer l’étiquette de {}…",
    bulk_remove: "Supprimer {}",
    bulk_done: "Fait pour {} annotation(s).",
    bulk_undo: "Annuler",
    bulk_rest: "Et {} autres, qui ne sont pas dessinées.",
    help_title: "Aide et raccourcis",
    help_sentence: "↓ ↑ = phrase suivante, précédente (avec Maj : étendre)",
    help_word: "← → = curseur de mot (avec Maj : sélectionner)",
    help_label: "1 … 9 = mettre ou retirer l’étiquette",
    help_open: "Entrée = ouvrir l’annotation sous le curseur",
    help_remove: "Suppr = supprimer l’annotation sous le curseur",
    help_annotation: "N P = annotation suivante, précédente",
    help_suggestion: "S X = accepter, écarter la proposition sous le curseur",
    help_unlabelled: "J = phrase suivante sans étiquette",
    help_resize: "G R = agrandir, réduire l’annotation d’un mot à la fin (avec Maj : au début)",
    help_merge: "M = joindre à la phrase suivante",
    help_split: "Maj + M = couper la phrase au curseur de mot",
    help_undo: "Ctrl + Z = annuler",
    help_redo: "Ctrl + Maj + Z, Ctrl + Y = rétablir",
    help_download: "Ctrl + S = télécharger les annotations",
    help_help: "? = cette aide",
    help_escape: "Échap = annuler la sélection, fermer, quitter le texte",
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
    releases_done: " · terminé",
    releases_clear: "Télécharger et retirer d’ici les terminés ({})",
    releases_put_back: "Les remettre",
    download: "Télécharger",
    history_title: "États précédents",
    history_none: "Aucun état précédent de ce communiqué.",
    history_hint: "Le contenu au début de chaque séance, ou de chaque heure. Restaurer remplace les annotations ; c’est annulable.",
    history_row: "{} annotations : {}…",
    history_restore: "Restaurer",
    suggestions_title: "Propositions",
    suggestions_hint: "Rien n’est annoté avant que vous n’acceptiez. Au clavier, dans le texte : S accepte, X écarte, puis la suivante.",
    suggestions_none: "Aucune proposition : tout est annoté ou écarté, ou les règles n’ont rien trouvé.",
    accept: "Accepter",
    adjust: "Ajuster",
    adjust_hint: "Ajuster : Maj+← et → dans le texte, puis S",
    dismiss: "Écarter",
    accept_all: "Tout accepter",
    same_title: "Les mêmes mots ailleurs",
    same_none: "Ces mots ne sont nulle part ailleurs sans cette étiquette.",
    same_all: "Étiqueter les {}",
    same_one: "Étiqueter",
    dismiss_all: "Tout écarter",
    attribute_value: "Valeur",
    attribute_speaker: "Locuteur",
    attribute_role: "Fonction",
    attribute_verb: "Verbe",
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
    changed_title: "Texte modifié",
    changed_hint: "Le texte n’est plus celui qui a été annoté. Chaque passage, avant et maintenant : confirmez, ou choisissez d’autres mots dans le texte. Tout s’annule.",
    changed_none: "Toutes les annotations ont leur place dans ce texte.",
    changed_open: "À confirmer",
    changed_left: "Sans place",
    changed_all: "Confirmer les {}",
    changed_confirm: "Confirmer",
    changed_show: "Voir dans le texte",
    changed_place: "Placer sur la sélection",
    changed_leave: "Laisser sans place",
    changed_choose: "Choisissez d’abord des mots ou une phrase dans le texte.",
    changed_exact: "mêmes mots, même place",
    changed_moved: "mêmes mots, déplacés",
    changed_fuzzy: "mots modifiés, {} % en commun",
    changed_ambiguous: "mêmes mots à plusieurs places",
    changed_gone: "absent de ce texte",
    encoding_title: "Encodage",
    encoding_hint: "Le même fichier, lu de quatre façons. Choisissez celle où les accents sont justes.",
    encoding_none: "Le texte ouvert ne vient pas d’un fichier : il n’y a rien à relire.",
    guideline_objective: "Ce que l’organisation veut atteindre ou change : une ambition, un but chiffré, ce qu’un accord doit permettre. Pas ce qu’elle est ni ce qu’elle a déjà fait.",
    guideline_quote: "Les paroles rapportées d’une personne, entre guillemets ou non, avec la phrase qui dit qui parle. Notez qui parle, sa fonction et le verbe.",
    guideline_dates: "Une date, une durée ou une échéance : choisissez les mots qui la disent et notez sa valeur, par exemple 2011-06-27.",
    unknown_text: "Texte inconnu : {}",
}
.table();

const ENGLISH: Texts = Named {
    close: "Close",
    bulk_title: "Several annotations at once",
    bulk_hint: "Those that the list shows: search or filter there first, untick here. Each action is undone in one step.",
    bulk_all: "All ({})",
    bulk_relabel: "Change the label of {}…",
    bulk_remove: "Delete {}",
    bulk_done: "Done for {} annotation(s).",
    bulk_undo: "Undo",
    bulk_rest: "And {} others, which are not drawn.",
    help_title: "Help and shortcuts",
    help_sentence: "↓ ↑ = next, previous sentence (with Shift: extend)",
    help_word: "← → = word cursor (with Shift: select)",
    help_label: "1 … 9 = put the label on, or take it off",
    help_open: "Enter = open the annotation under the cursor",
    help_remove: "Delete = remove the annotation under the cursor",
    help_annotation: "N P = next, previous annotation",
    help_suggestion: "S X = accept, dismiss the suggestion under the cursor",
    help_unlabelled: "J = next sentence without a label",
    help_resize: "G R = grow, reduce the annotation by a word at its end (with Shift: at its start)",
    help_merge: "M = join with the next sentence",
    help_split: "Shift + M = split the sentence at the word cursor",
    help_undo: "Ctrl + Z = undo",
    help_redo: "Ctrl + Shift + Z, Ctrl + Y = redo",
    help_download: "Ctrl + S = download the annotations",
    help_help: "? = this help",
    help_escape: "Esc = cancel the selection, close, leave the text",
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
    releases_done: " · finished",
    releases_clear: "Download the finished ones and clear them ({})",
    releases_put_back: "Put them back",
    download: "Download",
    history_title: "Earlier states",
    history_none: "No earlier state of this release.",
    history_hint: "What there was at the beginning of each session, or of each hour. Restoring replaces the annotations; it can be undone.",
    history_row: "{} annotations: {}…",
    history_restore: "Restore",
    suggestions_title: "Suggestions",
    suggestions_hint: "Nothing is annotated before you accept. By keyboard, in the text: S accepts, X dismisses, then the next one.",
    suggestions_none: "No suggestion: all is annotated or dismissed, or the rules found nothing.",
    accept: "Accept",
    adjust: "Adjust",
    adjust_hint: "Adjust: Shift+← and → in the text, then S",
    dismiss: "Dismiss",
    accept_all: "Accept all",
    same_title: "The same words elsewhere",
    same_none: "These words stand nowhere else without this label.",
    same_all: "Label all {}",
    same_one: "Label",
    dismiss_all: "Dismiss all",
    attribute_value: "Value",
    attribute_speaker: "Speaker",
    attribute_role: "Role",
    attribute_verb: "Verb",
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
    changed_title: "Changed text",
    changed_hint: "The text is no longer the one that was annotated. Each passage, before and now: confirm, or choose other words in the text. Everything can be undone.",
    changed_none: "All annotations have their place in this text.",
    changed_open: "To confirm",
    changed_left: "Without a place",
    changed_all: "Confirm all {}",
    changed_confirm: "Confirm",
    changed_show: "Show in the text",
    changed_place: "Place on the selection",
    changed_leave: "Leave without a place",
    changed_choose: "First choose words or a sentence in the text.",
    changed_exact: "same words, same place",
    changed_moved: "same words, moved",
    changed_fuzzy: "changed words, {} % in common",
    changed_ambiguous: "same words in several places",
    changed_gone: "not in this text",
    encoding_title: "Encoding",
    encoding_hint: "The same file, read in four ways. Choose the one in which the accents are right.",
    encoding_none: "The open text does not come from a file: there is nothing to read again.",
    guideline_objective: "What the organisation wants to reach or change: an ambition, a figure to meet, what an agreement is to make possible. Not what it is or has done.",
    guideline_quote: "A person's reported words, in quotation marks or not, with the sentence that says who speaks. Note the speaker, their role and the verb.",
    guideline_dates: "A date, a duration or a deadline: choose the words that say it and note its value, for example 2011-06-27.",
    unknown_text: "Unknown text: {}",
}
.table();

#[cfg(test)]
mod tests {
    use annotator_core::texts::as_table;

    use super::*;

    #[test]
    fn a_row_of_the_help_is_keys_and_what_they_do() {
        for table in [FRENCH, ENGLISH] {
            assert!(table.help_rows().iter().all(|row| row.split(" = ").count() == 2));
        }
    }

    #[test]
    fn an_id_of_either_program_or_of_the_class_is_known_and_no_other() {
        let words = |json: &str| words(&Value::parse(json).expect("JSON"), UiLanguage::English);
        assert!(words(r#"{"undo": "a", "panel_close": "b", "restart": "c", "fr": {"redo": "d"}}"#).is_ok());
        for wrong in ["undoo", "close_panel", "panel_undo"] {
            let refused = words(&format!(r#"{{"en": {{"{wrong}": "x"}}}}"#));
            assert_eq!(refused, Err(format!(r#"Unknown text: {wrong}: "x""#)));
        }
    }

    #[test]
    fn every_text_of_the_panels_is_in_the_documentation() {
        let [mut french, mut english] = [FRENCH, ENGLISH];
        let table = as_table(PREFIX, Texts::IDS, &mut |index| {
            [&mut french, &mut english].map(|table| *table.place(index).expect("one for each id"))
        });
        assert!(include_str!("../../../docs/TEXTS.md").contains(&table), "docs/TEXTS.md is to have:\n{table}");
    }
}
