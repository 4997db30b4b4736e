//! Suggestions for an annotation file, in the shape that the element gives to the page.

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::suggest::suggest;
use annotator_core::{CharOffset, Language, Span, Text, UiLanguage};

/// Suggestions for the release of an annotation file; none where it has no text.
pub fn of_file(file: &str) -> Value {
    let file = Value::parse(file).unwrap_or(Value::Null);
    let release = &file["release"];
    let text = Text::new(release["text"].as_str().unwrap_or_default());
    let language = Language::from_tag(release["lang"].as_str().unwrap_or_default());
    let span = |sentence: &Value| {
        let [start, end] = json::ends(&sentence["codePoints"])?;
        text.span_of_chars([CharOffset(start), CharOffset(end)])
    };
    let sentences: Vec<Span> = file["sentences"].as_array().into_iter().flatten().filter_map(span).collect();
    let found = suggest(&text, language, &sentences, None).into_iter().filter_map(|suggestion| {
        let chars = text.char_span(suggestion.span)?.map(|at| at.0);
        let utf16 = text.utf16_span(suggestion.span)?.map(|at| at.0);
        let pair = |[start, end]: [usize; 2]| Value::Array(vec![start.into(), end.into()]);
        let attributes = suggestion.attributes.iter().filter(|(_, value)| !value.is_empty());
        let reason = |ui| Value::from(suggestion.reason.text(ui));
        Some(Value::object(vec![
            ("id", suggestion.id().into()),
            ("label", suggestion.label.into()),
            ("codePoints", pair(chars)),
            ("utf16", pair(utf16)),
            ("exact", text.slice(suggestion.span)?.into()),
            (
                "attributes",
                Value::Object(attributes.map(|(name, value)| ((*name).to_owned(), value.as_str().into())).collect()),
            ),
            ("rule", suggestion.rule.into()),
            ("reason", Value::object(vec![("fr", reason(UiLanguage::French)), ("en", reason(UiLanguage::English))])),
        ]))
    });
    found.collect()
}
