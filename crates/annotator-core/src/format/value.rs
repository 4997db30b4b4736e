//! JSON (RFC 8259) as values: reading with the place of the first fault, writing on one line.
//!
//! Our own because of its weight in the wasm: serde_json with ordered objects is 30 KiB, this is 4. The tests hold it
//! against serde_json. Numbers stay as they are written, so none is rounded; leaves out arithmetic on them.

use std::fmt;
use std::ops::Index;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    String(String),
    /// Values in order.
    Array(Vec<Value>),
    /// Named values in the order in which they are written; see [`Map`].
    Object(Map),
}

/// The entries of an object, in the order in which they are written. Of entries with the same name the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map(Vec<(String, Value)>);

/// Where a text stops being JSON, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What was expected.
    pub expected: &'static str,
}

/// Arrays and objects inside one another, at the most: deeper ones would exhaust the stack of the wasm.
const DEPTH: usize = 128;

const NULL: &Value = &Value::Null;

impl Value {
    /// Reads a text. A lone surrogate escape becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// [`SyntaxError`] at the first fault; also where arrays and objects are nested more than 128 deep.
    ///
    /// # Examples
    ///
    /// ```
    /// use annotator_core::format::value::Value;
    /// let value = Value::parse("{\"a\": [1, \"é\"]}").unwrap();
    /// assert_eq!(value["a"][1].as_str(), Some("é"));
    /// let error = Value::parse("{\n  \"a\": ?}").unwrap_err();
    /// assert_eq!((error.line, error.column), (2, 8));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        Self::parse_counting(text).map(|(value, _)| value)
    }

    /// The same, and how many lone surrogates became U+FFFD.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_counting(text: &str) -> Result<(Self, usize), SyntaxError> {
        let mut reader = Reader { text, at: 0, replaced: 0 };
        let value = reader.value(0).and_then(|value| {
            reader.blanks();
            if reader.at == text.len() { Ok((value, reader.replaced)) } else { Err("the end of the text") }
        });
        value.map_err(|expected| {
            let before = &text[..reader.at];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            SyntaxError {
                line: before.matches('\n').count() + 1,
                column: before[line_start..].chars().count() + 1,
                expected,
            }
        })
    }

    /// An object from its entries, in their order.
    pub fn object(entries: Vec<(&str, Value)>) -> Self {
        Self::Object(Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
    }

    /// Gives a name of an object a value, behind the others where it is new. What is no object becomes one.
    #[inline(never)]
    pub fn set(&mut self, name: &str, value: Value) {
        if !self.is_object() {
            *self = Self::Object(Map::default());
        }
        if let Self::Object(Map(entries)) = self {
            match entries.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => *old = value,
                None => entries.push((name.to_owned(), value)),
            }
        }
    }

    /// Takes the values of a list out of an object; none where there is no such list.
    #[inline(never)]
    pub fn take(&mut self, name: &str) -> Vec<Value> {
        if let Self::Object(Map(entries)) = self
            && let Some((_, value)) = entries.iter_mut().find(|(known, _)| known == name)
            && let Self::Array(values) = value
        {
            return std::mem::take(values);
        }
        Vec::new()
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is written as a whole one that is not negative and fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The values, if it is an array.
    pub fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }

    /// The entries, if it is an object.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The entry of an object with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Appends the value as JSON on one line.
    pub fn write(&self, json: &mut String) {
        match self {
            Self::Null => json.push_str("null"),
            Self::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => json.push_str(digits),
            Self::String(text) => write_text(text, json),
            Self::Array(values) => {
                json.push('[');
                for (index, value) in values.iter().enumerate() {
                    json.push_str(if index > 0 { "," } else { "" });
                    value.write(json);
                }
                json.push(']');
            }
            Self::Object(map) => {
                json.push('{');
                for (index, (name, value)) in map.0.iter().enumerate() {
                    json.push_str(if index > 0 { "," } else { "" });
                    write_text(name, json);
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
        }
    }
}

/// RFC 8259, 7: quotation mark, reverse solidus and the controls are escaped.
fn write_text(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\0'..='\x1f' => {
                json.push_str("\\u00");
                for digit in [c as u32 >> 4, c as u32 & 15] {
                    json.push(char::from_digit(digit, 16).expect("below 16"));
                }
            }
            c => json.push(c),
        }
    }
    json.push('"');
}

impl Map {
    /// The value with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The entries, in the order in which they are written.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&String, &Value)> + ExactSizeIterator {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        Self::Array(values.into_iter().collect())
    }
}

/// A missing entry is [`Value::Null`].
impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(NULL)
    }
}

/// A missing value is [`Value::Null`].
impl Index<usize> for Value {
    type Output = Value;

    fn index(&self, index: usize) -> &Value {
        self.as_array().and_then(|values| values.get(index)).unwrap_or(NULL)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number.to_string())
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == Some(text)
    }
}

impl fmt::Display for Value {
    /// JSON on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.write(&mut json);
        f.write_str(&json)
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Lone surrogates until now.
    replaced: usize,
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// RFC 8259, 2: space, tab, line feed, carriage return.
    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Value, &'static str> {
        self.blanks();
        match self.peek() {
            b'"' => self.string().map(Value::String),
            b'[' | b'{' if depth == DEPTH => Err("at most 128 nested arrays and objects"),
            b'[' => {
                self.at += 1;
                let mut values = Vec::new();
                self.blanks();
                if self.take(b']') {
                    return Ok(Value::Array(values));
                }
                loop {
                    values.push(self.value(depth + 1)?);
                    self.blanks();
                    match () {
                        () if self.take(b',') => {}
                        () if self.take(b']') => return Ok(Value::Array(values)),
                        () => return Err("`,` or `]`"),
                    }
                }
            }
            b'{' => {
                self.at += 1;
                let mut entries = Vec::new();
                self.blanks();
                if self.take(b'}') {
                    return Ok(Value::Object(Map(entries)));
                }
                loop {
                    self.blanks();
                    if self.peek() != b'"' {
                        return Err("a name in quotation marks");
                    }
                    let name = self.string()?;
                    self.blanks();
                    if !self.take(b':') {
                        return Err("`:`");
                    }
                    entries.push((name, self.value(depth + 1)?));
                    self.blanks();
                    match () {
                        () if self.take(b',') => {}
                        () if self.take(b'}') => return Ok(Value::Object(Map(entries))),
                        () => return Err("`,` or `}`"),
                    }
                }
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => {
                for (word, value) in [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
                {
                    if self.text[self.at..].starts_with(word) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err("a value")
            }
        }
    }

    /// RFC 8259, 6.
    fn number(&mut self) -> Result<Value, &'static str> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Result<(), &'static str> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err("a digit") }
    }

    fn string(&mut self) -> Result<String, &'static str> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.escaped()?);
                }
                _ => return Err("the end of the text in quotation marks, without line ends or other controls"),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, &'static str> {
        let c = match self.peek() {
            c @ (b'"' | b'\\' | b'/') => char::from(c),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let unit = self.hex()?;
                if let Some(c) = char::from_u32(unit) {
                    return Ok(c);
                }
                let behind = self.at;
                if unit < 0xDC00 && self.take(b'\\') && self.take(b'u') {
                    let low = self.hex()?;
                    if (0xDC00..0xE000).contains(&low) {
                        let pair = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                        return Ok(char::from_u32(pair).expect("a pair is a code point"));
                    }
                }
                self.at = behind;
                self.replaced += 1;
                return Ok(char::REPLACEMENT_CHARACTER);
            }
            _ => return Err("one of \" \\ / b f n r t u behind a \\"),
        };
        self.at += 1;
        Ok(c)
    }

    fn hex(&mut self) -> Result<u32, &'static str> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()).to_digit(16).ok_or("four hexadecimal digits behind \\u")?;
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What serde_json makes of the same value.
    fn same(ours: &Value, theirs: &serde_json::Value) -> bool {
        match (ours, theirs) {
            (Value::Null, serde_json::Value::Null) => true,
            (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
            (Value::Number(a), serde_json::Value::Number(b)) => {
                a.parse::<f64>().ok() == b.as_f64() || b.as_u64() == ours.as_u64()
            }
            (Value::String(a), serde_json::Value::String(b)) => a == b,
            (Value::Array(a), serde_json::Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Value::Object(a), serde_json::Value::Object(b)) => a.iter().all(|(name, _)| b.contains_key(name)),
            _ => false,
        }
    }

    fn a_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<usize>().prop_map(Value::from),
            "(\\PC|[\"\\\\\\x00-\\x1f\u{7f}😀]){0,12}".prop_map(Value::String),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..5)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn parse_reads_what_write_writes_and_so_does_serde_json(value in a_value()) {
            let json = value.to_string();
            prop_assert_eq!(Value::parse(&json), Ok(value.clone()));
            let theirs: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
            prop_assert!(same(&value, &theirs), "{}", json);
        }

        #[test]
        fn what_is_json_is_decided_as_serde_json_decides(text in "[\\[\\]{}:,\"a\\\\ue0-9.+\\- \n]{0,14}|(null|true|[0-9eE.+-]{1,6}|\"\\\\u[0-9a-fD]{4}\"| ){0,3}") {
            let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
            let ours = Value::parse(&text);
            // serde_json refuses lone surrogates and numbers beyond f64; here they are kept or replaced.
            let lenient = theirs.as_ref().is_err_and(|error| {
                let reason = error.to_string();
                reason.contains("surrogate") || reason.contains("hex escape") || reason.contains("out of range")
            });
            if !lenient {
                prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
            }
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                prop_assert!(same(&ours, &theirs));
            }
        }

        #[test]
        fn parse_never_panics(text in "\\PC{0,40}|[\\[{\"\\\\]{0,300}") {
            let _ = Value::parse(&text);
        }
    }

    #[test]
    fn nesting_is_limited_and_said() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Value::parse(&deep(128)).is_ok());
        assert_eq!(Value::parse(&deep(129)).unwrap_err().expected, "at most 128 nested arrays and objects");
        assert!(Value::parse(&deep(1_000_000)).is_err());
    }

    #[test]
    fn a_lone_surrogate_becomes_the_replacement_character() {
        let read = |json: &str| Value::parse(json).unwrap().as_str().map(str::to_owned);
        assert_eq!(read(r#""\ud83d\ude00""#).as_deref(), Some("😀"));
        assert_eq!(read(r#""\ud83dx""#).as_deref(), Some("\u{fffd}x"));
        assert_eq!(read(r#""\ud83d\u0041""#).as_deref(), Some("\u{fffd}A"));
        assert_eq!(read(r#""\ude00""#).as_deref(), Some("\u{fffd}"));
    }
}
