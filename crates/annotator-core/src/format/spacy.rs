//! spaCy and Prodigy: one line of JSON with `text`, `tokens`, `spans` and `meta`.
//!
//! # Loses
//! Ids, notes, attributes, people, times, provenance, sentence boundaries, names of the labels, blanks at the ends of
//! an annotation, and annotations without a place (each named in a warning). Spans that do not lie on tokens have no
//! `token_start` and `token_end`, and a warning. Not read back.
//!
//! # Offsets
//! Unicode code points; tokens from 0, `token_end` is the last token, as Prodigy counts.
//!
//! # Reference
//! Prodigy documentation, "Annotation task formats" (spans, tokens); spaCy `Doc.char_span`.

use super::emit::Json;
use super::tokens::tokens;
use super::{Export, FormatError, Written, inconsistent, left_out_orphans, placed, warn};
use crate::text::Span;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let release = document.release();
    let text = &release.text;
    let char_at = |byte: usize| text.char_of(byte).map(|at| at.0);
    let tiles = tiles(text);

    let mut warnings = left_out_orphans(document);
    let mut json = Json::default();
    json.open('{').pair("text", text).key("spans").open('[');
    for (span, annotation) in placed(document) {
        let words = text.slice(span).ok_or_else(|| inconsistent(annotation))?;
        let start = span.end() - words.trim_start().len();
        let end = span.start() + words.trim_end().len();
        let (from, to) = char_at(start).zip(char_at(end)).ok_or_else(|| inconsistent(annotation))?;
        json.open('{').count("start", from).count("end", to).pair("label", &annotation.label);
        let first = tiles.binary_search_by_key(&start, |tile| tile.start());
        let last = tiles.binary_search_by_key(&end, |tile| tile.end());
        if let (Ok(first), Ok(last)) = (first, last) {
            json.count("token_start", first).count("token_end", last);
        } else {
            let message = "does not begin and end with a token; a tokeniser may refuse it";
            warn(&mut warnings, annotation.id.as_str(), message);
        }
        json.close('}');
    }
    json.close(']').key("tokens").open('[');
    for (index, tile) in tiles.iter().enumerate() {
        let (from, to) = char_at(tile.start()).zip(char_at(tile.end())).unwrap_or_default();
        json.open('{').pair("text", text.slice(*tile).unwrap_or_default()).count("start", from).count("end", to);
        let space = text.as_bytes().get(tile.end()) == Some(&b' ')
            && tiles.get(index + 1).is_none_or(|next| next.start() == tile.end() + 1);
        json.count("id", index).key("ws").raw(if space { "true" } else { "false" }).close('}');
    }
    json.close(']').key("meta").open('{').pair("id", &release.id).pair("title", &release.title);
    json.pair("lang", &release.lang).pair("source", &release.source).pair("sha256", &release.sha256);
    json.close('}').close('}');
    Ok(Written { bytes: json.finish_line(), warnings })
}

/// Tokens with blanks as tokens of their own, but for one space behind a token: joined with those they give the text.
fn tiles(text: &str) -> Vec<Span> {
    let whole = Span::new(0, text.len());
    let mut tiles: Vec<Span> = Vec::new();
    let mut at = 0;
    let ends = Span::new(text.len(), text.len());
    for token in whole.map(|whole| tokens(text, whole)).unwrap_or_default().into_iter().chain(ends) {
        if at > 0 && at < token.start() && text.as_bytes()[at] == b' ' {
            at += 1;
        }
        tiles.extend(Span::new(at, token.start()).filter(|blanks| !blanks.is_empty()));
        tiles.extend(Some(token).filter(|token| !token.is_empty()));
        at = token.end();
    }
    tiles
}
