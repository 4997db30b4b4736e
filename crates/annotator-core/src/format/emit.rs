//! Small writers that several formats share: JSON in order, XML text, names that other tools accept.
//! Hand-written because a serde type for every foreign shape costs the page more than all of this.

use std::fmt::Write;

use crate::annotation::Annotation;
use crate::document::Document;

/// JSON written front to back. Keys come out in the order of the calls.
#[derive(Default)]
pub(crate) struct Json {
    out: String,
    /// Whether the next value needs a comma before it.
    comma: bool,
}

impl Json {
    /// Opens an object or array.
    #[inline(never)]
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.separate();
        self.out.push(bracket);
        self.comma = false;
        self
    }

    /// Closes an object or array.
    #[inline(never)]
    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.out.push(bracket);
        self.comma = true;
        self
    }

    /// A key; a value must follow.
    #[inline(never)]
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.out.push(':');
        self.comma = false;
        self
    }

    /// A string.
    #[inline(never)]
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.out.extend(['\\', c]),
                '\n' => self.out.push_str("\\n"),
                // U+2028 and U+2029 end a line in the readers of some JSON lines files (Python's splitlines); so
                // does U+0085.
                '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                    write!(self.out, "\\u{:04x}", u32::from(c)).expect("writing to a string");
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
        self
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.separate();
        self.out.push_str(&number.to_string());
        self
    }

    /// A key with a string.
    #[inline(never)]
    pub fn pair(&mut self, key: &str, text: &str) -> &mut Self {
        self.key(key).text(text)
    }

    /// A key with a string, unless the string is empty.
    #[inline(never)]
    pub fn some(&mut self, key: &str, text: &str) -> &mut Self {
        if text.is_empty() { self } else { self.pair(key, text) }
    }

    /// A key with a number.
    #[inline(never)]
    pub fn count(&mut self, key: &str, number: usize) -> &mut Self {
        self.key(key).number(number)
    }

    /// Text that already is JSON.
    #[inline(never)]
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.separate();
        self.out.push_str(json);
        self
    }

    /// A line end between values, for people who read the file.
    #[inline(never)]
    pub fn line(&mut self) -> &mut Self {
        if self.comma {
            self.out.push(',');
            self.comma = false;
        }
        self.out.push('\n');
        self
    }

    /// What was written.
    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// What was written, as a line.
    pub fn finish_line(mut self) -> Vec<u8> {
        self.out.push('\n');
        self.out.into_bytes()
    }

    fn separate(&mut self) {
        if self.comma {
            self.out.push(',');
        }
        self.comma = true;
    }
}

/// Appends text as XML or HTML content or attribute value. CR, and in attributes LF and tab, would be changed by a
/// reader (XML 1.0, 2.11 and 3.3.3) and are written as references; a character that XML cannot hold becomes U+FFFD.
#[inline(never)]
pub(crate) fn xml(out: &mut String, text: &str, attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\n' | '\t' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Text as the part of a URN or query: everything but unreserved characters as `%XX` (RFC 3986, 2.3).
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("writing to a string"),
        }
    }
    out
}

/// The inverse of [`percent`]; `None` if it is not well-formed.
pub(crate) fn unpercent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        let (high, low) = (digit(tail.first())?, digit(tail.get(1))?);
        bytes.push((high * 16 + low) as u8);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

/// For every label id in use (those of the set, then those of annotations) a name without blanks and signs:
/// ASCII letters, digits, `_` and `-`, distinct, the same again for the same set.
pub(crate) fn plain_names(document: &Document) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = Vec::new();
    let mut add = |id: &str| {
        if names.iter().any(|(known, _)| known == id) {
            return;
        }
        let stem = plain_name(id);
        let mut name = stem.clone();
        let mut nth = 2;
        while names.iter().any(|(_, used)| *used == name) {
            name = [stem.as_str(), "-", &nth.to_string()].concat();
            nth += 1;
        }
        names.push((id.to_owned(), name));
    };
    document.labels().iter().for_each(|label| add(&label.id));
    document.annotations().for_each(|annotation| add(&annotation.label));
    names
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

/// XML or HTML written front to back. Small calls on purpose: formatting machinery costs more code each time.
#[derive(Default)]
pub(crate) struct Markup {
    /// What was written.
    pub out: String,
}

impl Markup {
    /// Text that already is markup.
    #[inline(never)]
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) -> &mut Self {
        xml(&mut self.out, text, false);
        self
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.out.push_str(&number.to_string());
        self
    }

    /// An attribute with its leading blank, inside a tag.
    #[inline(never)]
    pub fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"");
        xml(&mut self.out, value, true);
        self.raw("\"")
    }

    /// An element that holds text alone.
    #[inline(never)]
    pub fn element(&mut self, name: &str, text: &str) -> &mut Self {
        self.raw("<").raw(name).raw(">").text(text).raw("</").raw(name).raw(">")
    }
}

/// A name of ASCII letters, digits, `_` and `-`; common accents are dropped, other characters become `_`.
pub(crate) fn plain_name(name: &str) -> String {
    let plain = |c: char| match c {
        'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' => c,
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'É' | 'È' | 'Ê' => 'E',
        'À' => 'A',
        _ => '_',
    };
    name.chars().map(plain).collect()
}

/// The plain name of a label id; the id itself where it is not in the list.
pub(crate) fn name_of<'a>(names: &'a [(String, String)], id: &'a str) -> &'a str {
    names.iter().find(|(known, _)| known == id).map_or(id, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_reader_of_xml_would_change_is_written_as_a_reference() {
        let mut out = Markup::default();
        out.raw("<a").attribute("b", "\"<\r\n\t&>\"").raw(">").text("\r\n\t\u{1}]]>\u{ffff}");
        assert_eq!(out.out, "<a b=\"&quot;&lt;&#13;&#10;&#9;&amp;&gt;&quot;\">&#13;\n\t\u{fffd}]]&gt;\u{fffd}");
    }

    #[test]
    fn plain_names_are_distinct() {
        assert_eq!(plain_name("étude à 2 €"), "etude_a_2__");
    }

    proptest! {
        #[test]
        fn json_is_read_as_it_was_written(key in "\\PC{0,9}|[\u{0}-\u{20}\"\\\\\u{7f}-\u{9f}\u{2028}]{0,9}", text in "(\\PC|[\u{0}-\u{1f}\"\\\\]){0,20}", n in any::<u32>()) {
            let mut json = Json::default();
            json.open('{').pair(&key, &text).key("list of").open('[').number(n as usize).open('[').close(']');
            json.line().text(&key).raw("true").close(']').close('}');
            let read: serde_json::Value = serde_json::from_slice(&json.finish()).expect("JSON");
            prop_assert_eq!(&read[&key], &serde_json::json!(text));
            prop_assert_eq!(&read["list of"], &serde_json::json!([n, [], key, true]));
        }

        #[test]
        fn unpercent_reads_what_percent_writes(text in "\\PC{0,20}") {
            let written = percent(&text);
            prop_assert!(written.is_ascii());
            prop_assert_eq!(unpercent(&written), Some(text));
        }
    }
}
