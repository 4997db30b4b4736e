//! Formats for a program that holds no session: the annotation file of the contract (section 4) goes in beside the name
//! of a format, and what comes out is a file, or again an annotation file. Leaves out how either travels.

use super::json;
use super::value::Value;
use super::{Export, File, Format, FormatError, Proposal, invalid, list_in, text_in, text_of};
use crate::annotation::{Stamp, Timestamp};
use crate::document::{Document, Release};
use crate::label::UiLanguage;
use crate::session::{Import, import_into};
use crate::sha256::sha256;
use crate::text::Text;

/// Writes the document of an annotation file in another format. The stamp of the export is the file's own: `exported` and
/// `annotator`. A member `suggestions`, an array of `{id, label, codePoints, rule}`, holds what is proposed and not
/// decided; only formats with a place for it write it.
///
/// # Errors
///
/// [`FormatError`] if the annotation file cannot be read, the format is unknown, or a position does not lead back to its
/// own words.
///
/// # Examples
///
/// ```
/// use annotator_core::UiLanguage;
/// use annotator_core::format::convert_out;
/// let file = r#"{"format": "release-annotator", "version": 1, "exported": "2011-06-28T09:30:00Z",
///     "release": {"id": "a", "lang": "en", "text": "Ada speaks."}, "labels": [{"id": "who"}],
///     "annotations": [{"id": "1", "label": "who", "codePoints": [0, 3]}]}"#;
/// let conll = convert_out(file, "conll", UiLanguage::English).unwrap();
/// assert_eq!((conll.name.as_str(), conll.bytes.len()), ("a.conll", 64));
/// ```
pub fn convert_out(json_file: &str, format: &str, ui: UiLanguage) -> Result<File, FormatError> {
    let format = Format::find(format)?;
    let (document, stamp, file) = opened(json_file)?;
    let mut proposals = Vec::new();
    for entry in list_in(&file, "suggestions") {
        let text = |key: &str| text_in(entry, key).to_owned();
        if let Some(span) =
            json::ends(&entry["codePoints"]).and_then(|ends| super::fit::char_ends(document.text(), ends))
        {
            proposals.push(Proposal { id: text("id"), label: text("label"), span, rule: text("rule") });
        }
    }
    format.export(&Export { document: &document, stamp: &stamp, language: ui, proposals: &proposals })
}

/// Reads a file in any format for the document of an annotation file. Without a format the content says which one it is.
///
/// What comes back is an annotation file that holds the annotations of the content alone, fitted to the text, with the
/// labels and the sentences as they are afterwards, and two members more: `orphans`, how many have no place in the text,
/// and `warnings`, an array of `{place, message}`. [`json::read`] takes it for the same document without a
/// warning of its own. An annotation without an id that repeats one of the document (same label, same stretch) bears that
/// one's id and has all that it had. New ids are made from the time in `exported` and from both arguments, so the same
/// import of the same moment gives the same ids.
///
/// # Errors
///
/// [`FormatError`] if the annotation file or the content cannot be read, or the content belongs to another release.
pub fn convert_in(json_file: &str, content: &[u8], format: Option<&str>) -> Result<String, FormatError> {
    let (mut document, mut stamp, _) = opened(json_file)?;
    let format = match format {
        Some(id) => Format::find(id)?,
        None => Format::detect(content).ok_or_else(|| unrecognised(content))?,
    };
    let hash = sha256(&[json_file.as_bytes(), content].concat());
    stamp.seed.copy_from_slice(&hash[..10]);
    let (import, warnings) = format.import(content, &document, &stamp, true)?;
    take(&mut document, import)?;

    let orphans = document.annotations().filter(|annotation| annotation.span().is_none()).count();
    let mut json = json::write(&document, &stamp)?;
    json.truncate(json.trim_end_matches(['}', '\n']).len());
    let mut list = Vec::new();
    for warning in warnings {
        let mut value = Value::default();
        value.set("place", warning.place.into());
        value.set("message", warning.message.into());
        list.push(value);
    }
    for (name, value) in [(",\n  \"orphans\": ", orphans.into()), (",\n  \"warnings\": ", Value::Array(list))] {
        json.push_str(name);
        Value::write(&value, &mut json);
    }
    json.push_str("\n}\n");
    Ok(json)
}

/// The document of an annotation file, its stamp (without a seed), and the file.
fn opened(json_file: &str) -> Result<(Document, Stamp, Value), FormatError> {
    let file = json::parse(json_file)?;
    let release = &file["release"];
    let Some(text) = release["text"].as_str() else {
        return Err(invalid("\"release\": {\"text\": …}", "none"));
    };
    let [id, title, lang, source] = ["id", "title", "lang", "source"].map(|key| text_in(release, key));
    let release = Release::new(id, title, lang, source, Text::new(text));
    let mut document = Document::new(release, json::label_set(&file["labels"]));
    let stamp = Stamp {
        now: Timestamp::parse(text_in(&file, "exported")).unwrap_or_default(),
        seed: [0; 10],
        creator: text_in(&file, "annotator").to_owned(),
    };
    let (import, _) = json::read(json_file, &document, &stamp, true)?;
    take(&mut document, import)?;
    Ok((document, stamp, file))
}

fn take(document: &mut Document, import: Import) -> Result<(), FormatError> {
    let transaction = import_into(document, import).map_err(|error| FormatError::Inconsistent(error.to_string()))?;
    document.apply(&transaction).map_err(|_| FormatError::Inconsistent(document.release().id.clone()))
}

/// Why a content is like none of the formats.
fn unrecognised(content: &[u8]) -> FormatError {
    let found = match text_of(content).and_then(json::parse) {
        Ok(_) => "JSON of another kind",
        Err(error) => return error,
    };
    invalid("a file of one of the formats json, w3c, recogito, label-studio, doccano, brat", found)
}
