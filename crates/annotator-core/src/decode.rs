//! From the bytes of a release to its text: which encoding they are in, how that was decided, and the text. A person
//! can see the decision and take another one (`decode_as`).
//! Leaves out reading the bytes, and encodings other than the four that releases come in.

/// The encodings that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, which stands for ISO-8859-1 and ASCII too (WHATWG Encoding 4.2).
    Windows1252,
}

/// What an encoding was recognised by, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// A byte order mark.
    Mark,
    /// The label that came with the bytes.
    Label,
    /// The bytes are well-formed UTF-8.
    WellFormed,
    /// Nothing: it is neither UTF-8 nor labelled, and Windows-1252 reads anything. To be shown to the person.
    Guess,
}

/// A decoded text and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without the byte order mark.
    pub text: String,
    /// The encoding it was read in.
    pub encoding: Encoding,
    /// What the encoding was recognised by.
    pub evidence: Evidence,
    /// How many times something unreadable (a lone surrogate, a byte that is no UTF-8) became U+FFFD.
    pub replaced: usize,
}

impl Encoding {
    /// The encoding of a label such as the `charset` of a Content-Type (WHATWG Encoding 4.2); white space, quotes and
    /// letter case do not matter. `None` for encodings that are not read.
    ///
    /// # Examples
    ///
    /// ```
    /// use annotator_core::decode::Encoding;
    /// assert_eq!(Encoding::from_label(" \"ISO-8859-1\""), Some(Encoding::Windows1252));
    /// assert_eq!(Encoding::from_label("shift_jis"), None);
    /// ```
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim_matches(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'').to_ascii_lowercase();
        Some(match label.as_str() {
            "utf-8" | "utf8" | "unicode-1-1-utf-8" | "unicode11utf8" | "unicode20utf8" | "x-unicode20utf8" => {
                Self::Utf8
            }
            "utf-16" | "utf-16le" | "ucs-2" | "unicode" | "unicodefeff" | "csunicode" | "iso-10646-ucs-2" => {
                Self::Utf16Le
            }
            "utf-16be" | "unicodefffe" => Self::Utf16Be,
            "windows-1252" | "cp1252" | "x-cp1252" | "iso-8859-1" | "iso8859-1" | "iso88591" | "iso_8859-1"
            | "iso_8859-1:1987" | "latin1" | "l1" | "ascii" | "us-ascii" | "ansi_x3.4-1968" | "cp819" | "ibm819"
            | "csisolatin1" | "iso-ir-100" => Self::Windows1252,
            _ => return None,
        })
    }

    /// The name of the encoding in the WHATWG Encoding standard.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// The charset in a Content-Type header, if it says one: `text/html; charset="utf-8"` gives `utf-8`.
pub fn charset_of(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

/// Decodes bytes in the encoding that they announce: byte order mark, label, strict UTF-8, else Windows-1252 as a guess.
///
/// `label` is the charset that came with the bytes, if any; a label that is not known says nothing.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let (encoding, evidence) = recognise(bytes, label);
    let (text, replaced) = decode_as(bytes, encoding);
    Decoded { text, encoding, evidence, replaced }
}

/// Which encoding bytes are in, and what says so. See [`decode`] for the order.
pub fn recognise(bytes: &[u8], label: Option<&str>) -> (Encoding, Evidence) {
    if let Some((encoding, _)) = mark(bytes) {
        return (encoding, Evidence::Mark);
    }
    if let Some(encoding) = label.and_then(Encoding::from_label) {
        return (encoding, Evidence::Label);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => (Encoding::Utf8, Evidence::WellFormed),
        Err(_) => (Encoding::Windows1252, Evidence::Guess),
    }
}

/// Decodes bytes in a given encoding; returns the text and how many times something unreadable became U+FFFD.
///
/// A byte order mark of that encoding is dropped.
pub fn decode_as(bytes: &[u8], encoding: Encoding) -> (String, usize) {
    let bytes = match mark(bytes) {
        Some((marked, len)) if marked == encoding => &bytes[len..],
        _ => bytes,
    };
    match encoding {
        Encoding::Utf8 => utf8(bytes),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Windows1252 => (bytes.iter().map(|&byte| windows_1252(byte)).collect(), 0),
    }
}

/// The encoding of a byte order mark and its length (WHATWG Encoding 6, BOM sniff).
fn mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

fn utf8(bytes: &[u8]) -> (String, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            replaced += 1;
        }
    }
    (text, replaced)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, usize) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut replaced = 0;
    let mut text: String = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .map(|c| {
            c.unwrap_or_else(|_| {
                replaced += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
        replaced += 1;
    }
    (text, replaced)
}

/// The character of a byte in Windows-1252.
pub(crate) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Bytes 0x80 to 0x9F of Windows-1252 (WHATWG Encoding, index windows-1252); the five that Microsoft leaves undefined
/// are the C1 controls of the same number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_byte_order_mark_decides_whatever_the_label_says() {
        let found = decode(b"\xef\xbb\xbf\xc3\xa9", Some("iso-8859-1"));
        assert_eq!((found.text.as_str(), found.encoding, found.evidence), ("é", Encoding::Utf8, Evidence::Mark));
        assert_eq!(decode(b"\xff\xfe\xe9\x00", None).text, "é");
        assert_eq!(decode(b"\xfe\xff\x00\xe9", Some("utf-8")).encoding, Encoding::Utf16Be);
    }

    #[test]
    fn a_known_label_decides_before_the_bytes_and_an_unknown_one_says_nothing() {
        let found = decode("é".as_bytes(), Some("Latin1"));
        assert_eq!((found.text.as_str(), found.evidence), ("Ã©", Evidence::Label));
        let found = decode("é".as_bytes(), Some("x-strange"));
        assert_eq!((found.text.as_str(), found.evidence), ("é", Evidence::WellFormed));
        assert_eq!(decode(b"\xe9t\xe9", Some("utf-8")).replaced, 2);
    }

    #[test]
    fn what_is_neither_marked_nor_labelled_nor_utf_8_is_guessed_to_be_windows_1252() {
        let found = decode(b"l\x92\x9cuvre \xe0 3 \x80", None);
        assert_eq!(found.text, "l’œuvre à 3 €");
        assert_eq!((found.encoding, found.evidence, found.replaced), (Encoding::Windows1252, Evidence::Guess, 0));
    }

    #[test]
    fn lone_surrogates_and_half_units_are_replaced_and_counted() {
        let found = decode(b"\xff\xfea\x00\x00\xd8b\x00\x00\xdc\x3d\xd8\x00\xdec", None);
        assert_eq!((found.text.as_str(), found.replaced), ("a\u{fffd}b\u{fffd}😀\u{fffd}", 3));
    }

    #[test]
    fn only_the_mark_of_the_encoding_itself_is_dropped() {
        assert_eq!(decode_as(b"\xef\xbb\xbfa", Encoding::Windows1252).0, "ï»¿a");
        assert_eq!(decode_as(b"\xef\xbb\xbfa", Encoding::Utf8).0, "a");
        assert_eq!(decode(b"\xef\xbb\xbf\xef\xbb\xbfa", None).text, "\u{feff}a");
        assert_eq!(decode(b"", None).text, "");
    }

    #[test]
    fn the_charset_of_a_content_type_is_its_parameter() {
        assert_eq!(charset_of("text/html; Charset=\"ISO-8859-1\"; q=1"), Some("ISO-8859-1"));
        assert_eq!(charset_of("text/plain;charset= utf-8 "), Some("utf-8"));
        assert_eq!(charset_of("text/plain"), None);
        assert_eq!(charset_of("charset=utf-8"), None);
        assert_eq!(charset_of("text/plain; charset="), None);
    }

    proptest! {
        #[test]
        fn utf_8_without_a_mark_is_kept_to_the_byte(text in "\\PC*") {
            prop_assume!(!text.starts_with('\u{feff}'));
            let found = decode(text.as_bytes(), None);
            prop_assert_eq!(found, Decoded { text, encoding: Encoding::Utf8, evidence: Evidence::WellFormed, replaced: 0 });
        }

        #[test]
        fn any_bytes_are_decoded_in_any_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252] {
                let (text, replaced) = decode_as(&bytes, encoding);
                let seen = text.matches(char::REPLACEMENT_CHARACTER).count();
                prop_assert!(seen >= replaced);
                prop_assert_eq!(Encoding::from_label(encoding.name()), Some(encoding));
            }
        }
    }
}
