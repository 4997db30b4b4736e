//! Tables of the interface's texts: each program defines its own by [`text_table`](crate::text_table), and a page may
//! put its words in place of any of them. Leaves out the texts themselves.

use crate::format::value::Value;
use crate::label::UiLanguage;

/// Defines the struct `Texts`, a field a text, so that one that is missing in a language does not compile; with `IDS`,
/// the names of the fields, and `place`, a field by its place among them.
#[macro_export]
macro_rules! text_table {
    ($($id:ident)*) => {
        /// The texts of one language. `{}` stands for a value, in the order of the arguments of `fill`.
        #[derive(Clone, Copy)]
        pub struct Texts {
            $(pub $id: &'static str,)*
        }

        impl Texts {
            /// The names of all texts, a blank behind each.
            pub const IDS: &'static str = concat!($(stringify!($id), " "),*);

            /// A text by its place among the names.
            pub fn place(&mut self, index: usize) -> Option<&mut &'static str> {
                [$(&mut self.$id),*].into_iter().nth(index)
            }
        }
    };
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
        let mut texts = Texts { yes: "oui", no: "non" };
        each_given(&Value::parse(json).expect("JSON"), language, &mut |id, text| {
            let index = Texts::IDS.split_terminator(' ').position(|known| known == id);
            let place = index.and_then(|index| texts.place(index));
            place.is_some_and(|place| {
                *place = text.to_owned().leak();
                true
            })
        })?;
        Ok([texts.yes, texts.no])
    }

    #[test]
    fn texts_are_given_for_all_languages_or_for_one_which_comes_last() {
        let json = r#"{"fr": {"yes": "si"}, "yes": "hm", "no": "nan", "en": {"no": "nope"}}"#;
        assert_eq!(given(json, UiLanguage::French), Ok(["si", "nan"]));
        assert_eq!(given(json, UiLanguage::English), Ok(["hm", "nope"]));
        assert_eq!(given("null", UiLanguage::French), Ok(["oui", "non"]));
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
