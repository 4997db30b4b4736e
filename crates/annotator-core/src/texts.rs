//! Tables of the interface's texts: each program defines its own by [`text_table`](crate::text_table), and a page may
//! put its words in place of any of them. Leaves out the texts themselves.

use crate::format::value::Value;
use crate::label::UiLanguage;

/// Defines `Texts`, the texts of one language, with a method for each that gives it, and `Named`, from whose fields it is
/// made, so that one that is missing in a language does not compile. `IDS` has the names, a blank behind each, and `place`
/// gives a text by its place among them.
#[macro_export]
macro_rules! text_table {
    ($($id:ident)*) => {
        /// The texts of one language by their names. `{}` stands for a value, in the order of the arguments of `fill`.
        pub struct Named {
            $(pub $id: &'static str,)*
        }

        impl Named {
            /// The table.
            pub const fn table(self) -> Texts {
                Texts([$(self.$id),*])
            }
        }

        #[allow(non_camel_case_types)]
        enum Place {
            $($id,)*
        }

        /// The texts of one language.
        #[derive(Clone, Copy)]
        pub struct Texts([&'static str; [$(stringify!($id)),*].len()]);

        impl Texts {
            /// The names of all texts, a blank behind each.
            pub const IDS: &'static str = $crate::text_ids!($($id)*);

            $(
                pub fn $id(&self) -> &'static str {
                    self.0[Place::$id as usize]
                }
            )*

            /// A text by its place among the names.
            pub fn place(&mut self, index: usize) -> Option<&mut &'static str> {
                self.0.get_mut(index)
            }
        }
    };
}

/// The names alone, a blank behind each.
#[macro_export]
macro_rules! text_ids {
    ($($id:ident)*) => { concat!($(stringify!($id), " "),*) };
}

/// Defines the table of the widget by another macro: its ids are known here, so that only the program that checks what
/// a page gives has to bear them.
#[macro_export]
macro_rules! widget_texts {
    ($($define:tt)+) => {
        $($define)+! {
            widget labels actions text undo redo merge split download download_hint changes same formats
            import help close remove annotations none_yet first_steps loading no_release saved saved_lightly
            saving saved_nothing not_saved memory_only readonly position positions unlabelled added removed
            removed_many labels_changed dismissed changed undone redone merged cut imported downloaded selected orphan armed note
            attribute_speaker attribute_role attribute_verb attribute_value relabel start end word sentence
            seen seen_one guideline next_unlabelled all_labelled done search all_labels by_text nothing_found
            page_back page_on bulk hide hidden snap_words snap_sentences snap_free selecting
            storage_unavailable storage_full storage_corrupt newer not_found http_status network
            network_or_refused too_slow redirected decoded_as lossy crowded too_large bad_value
            no_release_error text_changed look download_raw suggest proposed no_proposal proposal no_tools unknown_label
            no_sentence no_annotation invalid_span no_boundary readonly_refused conflict
        }
    };
}

/// The ids of the widget's texts, a blank behind each.
pub const WIDGET_IDS: &str = widget_texts!(crate::text_ids);

/// What stands between the parts of [`places`]: no text has it (unit separator).
pub const SEPARATOR: char = '\u{1f}';

/// What a page gives in place of the widget's texts, by language, place in the table and text in turn; `known` says of
/// other ids whether they are somebody else's.
///
/// # Errors
///
/// As [`each_given`].
pub fn places(given: &Value, known: &mut dyn FnMut(&str) -> bool) -> Result<String, String> {
    let mut places = String::new();
    for (language, tag) in [(UiLanguage::French, "fr"), (UiLanguage::English, "en")] {
        each_given(given, language, &mut |id, text| {
            let Some(index) = WIDGET_IDS.split_terminator(' ').position(|known| known == id) else { return known(id) };
            for part in [tag, &index.to_string(), text] {
                places.extend(part.chars().filter(|c| *c != SEPARATOR));
                places.push(SEPARATOR);
            }
            true
        })?;
    }
    Ok(places)
}

/// What a page gives in place of texts: `{id: text}`, and for one language alone `{fr: {id: text}, en: {id: text}}`, both
/// in one object too. `put` gets the id and the text of those of a language in turn, its own last, and says whether there is
/// such a text.
///
/// # Errors
///
/// What is not as it should be: an id that `put` does not know, or a value that is no text.
pub fn each_given(given: &Value, language: UiLanguage, put: &mut dyn FnMut(&str, &str) -> bool) -> Result<(), String> {
    let tag = if language == UiLanguage::English { "en" } else { "fr" };
    for group in ["", "fr", "en"] {
        let of = if group.is_empty() { given } else { &given[group] };
        let wrong = |id: &str, value: &Value| [id, ": ", &value.to_string()].concat();
        if !(of.is_null() || of.is_object()) {
            return Err(wrong(group, of));
        }
        let of = of.as_object().filter(|_| group.is_empty() || group == tag);
        for (id, value) in of.into_iter().flat_map(|map| map.iter()) {
            let known = match value.as_str() {
                Some(text) => put(id, text),
                None => group.is_empty() && matches!(id.as_str(), "fr" | "en"),
            };
            if !known {
                return Err(wrong(id, value));
            }
        }
    }
    Ok(())
}

/// The beginning of a passage, for a place that has not room for all of it; with `…` where something is left out.
pub fn excerpt(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => [text[..end].trim_end(), "…"].concat(),
        None => text.to_owned(),
    }
}

/// The rows of a table in Markdown, one a text: its id behind a prefix, then what `words` has at its place in each language.
pub fn as_table(prefix: &str, ids: &str, words: &mut dyn FnMut(usize) -> [&'static str; 2]) -> String {
    let row = |(index, id)| {
        let [french, english] = words(index);
        ["| `", prefix, id, "` | ", french, " | ", english, " |\n"].concat()
    };
    ids.split_terminator(' ').enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::text_table! { yes no }

    fn given(json: &str, language: UiLanguage) -> Result<[&'static str; 2], String> {
        let mut texts = Named { yes: "oui", no: "non" }.table();
        each_given(&Value::parse(json).expect("JSON"), language, &mut |id, text| {
            let index = Texts::IDS.split_terminator(' ').position(|known| known == id);
            let place = index.and_then(|index| texts.place(index));
            place.is_some_and(|place| {
                *place = text.to_owned().leak();
                true
            })
        })?;
        Ok([texts.yes(), texts.no()])
    }

    #[test]
    fn texts_are_given_for_all_languages_or_for_one_which_comes_last() {
        let json = r#"{"fr": {"yes": "si"}, "yes": "hm", "no": "nan", "en": {"no": "nope"}}"#;
        assert_eq!(given(json, UiLanguage::French), Ok(["si", "nan"]));
        assert_eq!(given(json, UiLanguage::English), Ok(["hm", "nope"]));
        assert_eq!(given("null", UiLanguage::French), Ok(["oui", "non"]));
    }

    #[test]
    fn an_excerpt_ends_where_something_is_left_out() {
        assert_eq!(excerpt("été", 3), "été");
        assert_eq!(excerpt("été", 2), "ét…");
        assert_eq!(excerpt("un été", 3), "un…");
    }

    #[test]
    fn an_unknown_id_and_a_value_that_is_no_text_are_named() {
        for (json, wrong) in [
            (r#"{"maybe": "?"}"#, r#"maybe: "?""#),
            (r#"{"yes": 1}"#, "yes: 1"),
            (r#"{"en": {"maybe": "?"}}"#, r#"maybe: "?""#),
            (r#"{"en": "yes"}"#, r#"en: "yes""#),
            ("[]", ": []"),
        ] {
            assert_eq!(given(json, UiLanguage::English), Err(wrong.to_owned()), "{json}");
        }
    }
}
