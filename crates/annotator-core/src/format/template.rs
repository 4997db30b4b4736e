//! Files as templates over the values of the annotation file: what a format looks like is data, and one small writer
//! serves them all. Leaves out what a format has to work out first (each format).
//!
//! Everything in a template stands for itself, but for these:
//!
//! | sign | writes |
//! |---|---|
//! | `~path~` | the text or number there, escaped in the first way of the file |
//! | `~=path~`, `~_path~`, `~&path~` | the same in the second way; as a plain name; as it is |
//! | `~#~`, `~##~` | the index in the innermost list, from 0 or from 1 |
//! | `~+~`, `~-~` | one more than the last time; nothing, and goes on behind 1 |
//! | `~@~` | the member of `attributes` that `name` names |
//! | ``^path~body` `` | the body: once for a value that is not empty, in its scope; for each member of a list |
//! | ``^,path~body` `` | the same with commas between (or blanks, or any sign that is no letter) |
//! | ``^!path~body` ``, ``^?path~body` `` | the body once if the value is empty; if it is there at all |
//! | ``^*path~body` `` | the body for each member of an object, with `key` and `value` |
//! | `\|fr\|en\|` | one of the two, by the language of the interface |
//!
//! A path is names and indexes with dots between; the first is looked up in the innermost scope that has it.

use super::names::{control_name, percent, plain_name};
use super::value::Value;

/// How text is written so that a reader gets it back. A set of one.
pub(crate) type Escape = u8;

/// As it is.
pub(crate) const RAW: Escape = 0;
/// Inside a JSON string. U+0085, U+2028 and U+2029 end a line in readers of some JSON lines files (Python's splitlines).
pub(crate) const JSON: Escape = 1;
/// XML or HTML content. A reader would change a CR (XML 1.0, 2.11); what XML cannot hold becomes U+FFFD.
pub(crate) const XML: Escape = 2;
/// An attribute value of XML or HTML: LF and tab would be changed too (3.3.3).
pub(crate) const ATTRIBUTE: Escape = 4;
/// A value in brat's standoff, which is one line.
pub(crate) const STANDOFF: Escape = 8;
/// A cell of a table (RFC 4180, 2), never a formula. In such a file `;` in the template is the sign between cells.
pub(crate) const CELL: Escape = 16;
/// A part of an IRI (RFC 3986, 2.1).
pub(crate) const PERCENT: Escape = 32;
/// A name of ASCII letters, digits, `_` and `-`.
pub(crate) const PLAIN: Escape = 64;
/// The name of a control of Label Studio.
pub(crate) const CONTROL: Escape = 128;

const REPLACED: [(Escape, char, &str); 16] = [
    (JSON, '"', "\\\""),
    (JSON | STANDOFF, '\\', "\\\\"),
    (JSON | STANDOFF, '\n', "\\n"),
    (STANDOFF, '\t', "\\t"),
    (XML | ATTRIBUTE, '&', "&amp;"),
    (XML | ATTRIBUTE, '<', "&lt;"),
    (XML | ATTRIBUTE, '>', "&gt;"),
    (XML | ATTRIBUTE, '"', "&quot;"),
    (XML | ATTRIBUTE, '\r', "&#13;"),
    (ATTRIBUTE, '\n', "&#10;"),
    (ATTRIBUTE, '\t', "&#9;"),
    (XML, '\n', "\n"),
    (XML, '\t', "\t"),
    (XML | ATTRIBUTE, '\u{fffe}', "\u{fffd}"),
    (XML | ATTRIBUTE, '\u{ffff}', "\u{fffd}"),
    (CELL, '"', "\"\""),
];

/// What ends a line for a reader in Python (`str.splitlines`).
pub(crate) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Appends text in the way of a file.
#[inline(never)]
pub(crate) fn escape(out: &mut Vec<u8>, text: &str, way: Escape) {
    match way {
        PERCENT => return percent(out, text),
        PLAIN => return plain_name(out, text),
        CONTROL => return control_name(out, text),
        _ => {}
    }
    let mut quoted = false;
    if way == CELL {
        // The full-width forms are signs of a formula to East Asian editions.
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        quoted = formula || text.bytes().any(|b| b";,\"\r\n\t".contains(&b));
        out.extend_from_slice(if formula { b"\"'" } else { &b"\""[..usize::from(quoted)] });
    }
    for c in text.chars() {
        let mut one = [0; 4];
        let mut written: &str = c.encode_utf8(&mut one);
        if let Some((.., replacement)) = REPLACED.iter().find(|(ways, replaced, _)| ways & way != 0 && *replaced == c) {
            written = replacement;
        } else if way == JSON && (c < ' ' || matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'))
            || way == STANDOFF && is_line_end(c)
        {
            out.extend_from_slice(b"\\u");
            for shift in [12, 8, 4, 0] {
                out.push(b"0123456789abcdef"[(u32::from(c) >> shift & 15) as usize]);
            }
            continue;
        } else if way & (XML | ATTRIBUTE) != 0 && c < ' ' {
            written = "\u{fffd}";
        }
        out.extend_from_slice(written.as_bytes());
    }
    if quoted {
        out.push(b'"');
    }
}

/// Values in which names are looked up, the innermost first.
#[derive(Clone, Copy)]
struct Scope<'a> {
    value: &'a Value,
    index: usize,
    outer: Option<&'a Scope<'a>>,
}

struct Writer<'a> {
    template: &'a [u8],
    ways: [Escape; 2],
    french: bool,
    count: usize,
    out: Vec<u8>,
}

/// Writes a template over a value. `ways` are the first and the second way to escape.
pub(crate) fn render(template: &str, value: &Value, ways: [Escape; 2], french: bool) -> Vec<u8> {
    let mut writer = Writer { template: template.as_bytes(), ways, french, count: 0, out: Vec::new() };
    writer.body(0, Scope { value, index: 0, outer: None }, true);
    writer.out
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        _ => false,
    }
}

impl Scope<'_> {
    #[inline(never)]
    fn find(&self, path: &str) -> &Value {
        let mut names = path.split('.');
        let name = names.next().unwrap_or_default();
        let mut scope = self;
        let mut found = &scope.value[name];
        while let (Value::Null, Some(outer)) = (found, scope.outer) {
            scope = outer;
            found = &scope.value[name];
        }
        for name in names {
            found = if found.is_object() { &found[name] } else { &found[usize::from(name == "1")] };
        }
        found
    }
}

impl Writer<'_> {
    /// Writes from a place in the template to the sign that ends the body, and gives back the place behind it. Only `live`
    /// writes; else it looks for the end.
    fn body(&mut self, mut at: usize, scope: Scope<'_>, live: bool) -> usize {
        // Which of two languages; none, the first, the second.
        let mut side = 0;
        loop {
            let sign = self.template.get(at).copied().unwrap_or(b'`');
            at += 1;
            let live = live && (side == 0 || self.french == (side == 1));
            match sign {
                b'`' => return at,
                b'|' => side = (side + 1) % 3,
                b'~' | b'^' => {
                    let start = at;
                    while self.template[at] != b'~' {
                        at += 1;
                    }
                    let template = self.template;
                    let path = std::str::from_utf8(&template[start..at]).unwrap_or_default();
                    at += 1;
                    if sign == b'^' {
                        at = self.section(path, at, scope, live);
                    } else if live {
                        self.hole(path, scope);
                    }
                }
                b';' if live && self.ways[0] == CELL && !self.french => self.out.push(b','),
                _ if live => self.out.push(sign),
                _ => {}
            }
        }
    }

    fn section(&mut self, path: &str, at: usize, scope: Scope<'_>, live: bool) -> usize {
        let flag = path.as_bytes()[0];
        let plain = flag.is_ascii_alphanumeric();
        let value = scope.find(if plain { path } else { &path[1..] });
        let mut end = None;
        match value {
            _ if !live => {}
            Value::Array(values) if flag != b'!' && flag != b'?' => {
                for (index, value) in values.iter().enumerate() {
                    if index > 0 && !plain {
                        self.out.push(flag);
                    }
                    end = Some(self.body(at, Scope { value, index, outer: Some(&scope) }, true));
                }
            }
            Value::Object(map) if flag == b'*' => {
                for (key, value) in map.iter() {
                    let mut pair = Value::default();
                    pair.set("key", Value::from(key.as_str()));
                    pair.set("value", value.clone());
                    end = Some(self.body(at, Scope { value: &pair, index: scope.index, outer: Some(&scope) }, true));
                }
            }
            value => {
                let empty = if flag == b'?' { value.is_null() } else { is_empty(value) };
                if empty == (flag == b'!') {
                    end = Some(self.body(at, Scope { value, index: scope.index, outer: Some(&scope) }, true));
                }
            }
        }
        end.unwrap_or_else(|| self.body(at, scope, false))
    }

    fn hole(&mut self, path: &str, scope: Scope<'_>) {
        let (way, rest) = match path.as_bytes()[0] {
            b'=' => (self.ways[1], &path[1..]),
            b'_' => (PLAIN, &path[1..]),
            b'&' => (RAW, &path[1..]),
            _ => (self.ways[0], path),
        };
        let number;
        let value = match rest {
            "-" => return self.count = 1,
            "+" | "#" | "##" => {
                self.count += usize::from(rest == "+");
                number = Value::from(if rest == "+" { self.count } else { scope.index + rest.len() - 1 });
                &number
            }
            "@" => &scope.find("attributes")[scope.find("name").as_str().unwrap_or_default()],
            _ => scope.find(rest),
        };
        if let Value::String(text) | Value::Number(text) = value {
            escape(&mut self.out, text, way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(template: &str, json: &str, ways: [Escape; 2]) -> String {
        let value = Value::parse(json).expect("JSON");
        let [french, english] = [true, false].map(|french| render(template, &value, ways, french));
        let [french, english] = [french, english].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        if french == english { french } else { [french, english].join(" / ") }
    }

    #[test]
    fn every_sign_does_what_the_table_says() {
        let json = r#"{"a": "x<", "n": 3, "none": "", "yes": true, "no": false, "list": [{"b": "1"}, {"b": "2", "a": "y"}],
            "o": {"a": "in", "deep": [7, 8]}, "attributes": {"k": "v"}, "name": "k"}"#;
        let raw = |template: &str| written(template, json, [RAW, PERCENT]);
        assert_eq!(raw("~a~~n~~none~~nothing~~o~"), "x<3");
        assert_eq!(raw("~=a~~&a~~_a~"), "x%3Cx<x_");
        assert_eq!(raw("~o.a~~o.deep.0~~o.deep.1~~o.deep.a.b~"), "in78");
        assert_eq!(raw("^list~~#~~##~~b~~a~;`"), "011x<;122y;");
        assert_eq!(raw("^,list~~b~`^ list~~b~`"), "1,21 2");
        assert_eq!(raw("^o~~a~~n~`^a~a`^none~b`^yes~c`^no~d`^nothing~e`"), "in3ac");
        assert_eq!(raw("^!a~a`^!none~b`^!list~c`^?none~d`^?nothing~e`^?list~f`"), "bdf");
        assert_eq!(raw("^*attributes~~key~=~value~`~@~"), "k=vv");
        assert_eq!(raw("~+~~+~~-~~+~"), "122");
        assert_eq!(raw("^none~^list~~b~``^list~^none~x`^a~~a~``|oui|yes|!"), "x<youi! / x<yyes!");
        assert_eq!(written("~a~;~n~", json, [CELL, CELL]), "x<;3 / x<,3");
    }

    #[test]
    fn what_a_reader_of_xml_would_change_is_written_as_a_reference() {
        let written = |text: &str, way: Escape| {
            let mut out = Vec::new();
            escape(&mut out, text, way);
            String::from_utf8(out).expect("UTF-8")
        };
        assert_eq!(written("\"<\r\n\t&>\"", ATTRIBUTE), "&quot;&lt;&#13;&#10;&#9;&amp;&gt;&quot;");
        assert_eq!(written("\r\n\t\u{1}]]>\u{ffff}", XML), "&#13;\n\t\u{fffd}]]&gt;\u{fffd}");
        assert_eq!(written("a\\\n\t\u{2028}\r", STANDOFF), "a\\\\\\n\\t\\u2028\\u000d");
    }

    proptest! {
        #[test]
        fn json_is_read_as_it_was_written(text in "(\\PC|[\u{0}-\u{20}\"\\\\\u{7f}-\u{9f}\u{2028}]){0,20}") {
            let mut json = b"\"".to_vec();
            escape(&mut json, &text, JSON);
            json.push(b'"');
            prop_assert_eq!(json.iter().filter(|byte| **byte < b' ').count(), 0);
            let read: String = serde_json::from_slice(&json).expect("JSON");
            prop_assert_eq!(read, text);
        }

        #[test]
        fn a_cell_is_never_a_formula(text in "[=+@;,\"\r\n\t a-]{0,6}") {
            let mut cell = Vec::new();
            escape(&mut cell, &text, CELL);
            let cell = String::from_utf8(cell).expect("UTF-8");
            let inner = cell.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
            let read = inner.map_or(cell.clone(), |inner| inner.replace("\"\"", "\""));
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?}", cell);
            prop_assert_eq!(read.strip_prefix('\'').unwrap_or(&read), text);
        }
    }
}
