//! Names that other tools accept, made from names that people gave.

use crate::annotation::Annotation;
use crate::document::Document;

/// Appends text as a part of a URN or query: everything but unreserved characters as `%XX` (RFC 3986, 2.3).
pub(crate) fn percent(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte);
        } else {
            let digit = |four: u8| b"0123456789ABCDEF"[usize::from(four & 15)];
            out.extend([b'%', digit(byte >> 4), digit(byte)]);
        }
    }
}

/// The inverse of [`percent`]; `None` if it is not well-formed.
pub(crate) fn unpercent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            (digit()? * 16 + digit()?) as u8
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// The accented letters that become a plain one, in groups behind that one.
const ACCENTS: &str = "aàâä cç eéèêë iîï oôö uùûü EÉÈÊ AÀ";

/// Appends a name of ASCII letters, digits, `_` and `-`; common accents are dropped, other characters become `_`.
pub(crate) fn plain_name(out: &mut Vec<u8>, name: &str) {
    for c in name.chars() {
        let mut plain = b'_';
        if c.is_ascii_alphanumeric() || c == '-' {
            plain = c as u8;
        } else if !c.is_ascii()
            && let Some(group) = ACCENTS.split(' ').find(|group| group.contains(c))
        {
            plain = group.as_bytes()[0];
        }
        out.push(plain);
    }
}

/// Appends the name of the control of Label Studio that holds an attribute; two names are taken by the label and the text.
pub(crate) fn control_name(out: &mut Vec<u8>, name: &str) {
    let name = plain(name);
    if matches!(name.as_str(), "" | "label" | "text") {
        out.extend_from_slice(b"attribute_");
    }
    out.extend_from_slice(name.as_bytes());
}

/// For every label id in use (those of the set, then those of annotations) its plain name, distinct, the same again for the
/// same set.
pub(crate) fn plain_names(document: &Document) -> Vec<(&str, String)> {
    let mut names: Vec<(&str, String)> = Vec::new();
    let of_set = document.labels().iter().map(|label| &label.id);
    let ids = of_set.chain(document.annotations().map(|annotation| &annotation.label));
    for id in ids {
        if names.iter().any(|(known, _)| known == id) {
            continue;
        }
        let stem = plain(id);
        let mut name = stem.clone();
        let mut nth = 2;
        while names.iter().any(|(_, used)| *used == name) {
            name = [stem.as_str(), "-", &nth.to_string()].concat();
            nth += 1;
        }
        names.push((id, name));
    }
    names
}

/// A plain name by itself.
pub(crate) fn plain(name: &str) -> String {
    let mut out = Vec::new();
    plain_name(&mut out, name);
    String::from_utf8(out).unwrap_or_default()
}

/// The plain name of a label id.
pub(crate) fn name_of<'a>(names: &'a [(&str, String)], id: &str) -> &'a str {
    names.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name)
}

/// Adds the names of an annotation's attributes to a list without doubles, in alphabetical order.
pub(crate) fn add_attribute_names<'a>(names: &mut Vec<&'a str>, annotation: &'a Annotation) {
    for (name, _) in annotation.attributes.iter() {
        if let Err(place) = names.binary_search(&name.as_str()) {
            names.insert(place, name);
        }
    }
}

/// The names of the attributes of all annotations, in alphabetical order.
pub(crate) fn attribute_names(document: &Document) -> Vec<&str> {
    let mut names = Vec::new();
    document.annotations().for_each(|annotation| add_attribute_names(&mut names, annotation));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_name_has_ascii_letters_and_digits_alone() {
        assert_eq!(plain("étude à 2 €, Ñ_-"), "etude_a_2______-");
    }

    proptest! {
        #[test]
        fn unpercent_reads_what_percent_writes(text in "\\PC{0,20}") {
            let mut written = Vec::new();
            percent(&mut written, &text);
            let written = String::from_utf8(written).expect("ASCII");
            prop_assert!(written.is_ascii());
            prop_assert_eq!(unpercent(&written), Some(text));
        }
    }
}
