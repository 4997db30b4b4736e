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

use super::template::JSON;
use super::tokens::tokens;
use super::value::Value;
use super::{Sheet, placed, warn};
use crate::text::Span;

const TEMPLATE: &str = concat!(
    r#"{"text":"~release.text~","spans":[^,annotations~{"start":~start~,"end":~end~,"label":"~label~""#,
    r#"^?first~,"token_start":~first~,"token_end":~last~`}`],"#,
    r#""tokens":[^,tokens~{"text":"~text~","start":~start~,"end":~end~,"id":~#~,"ws":^ws~true`^!ws~false`}`],"#,
    r#""meta":{"id":"~release.id~","title":"~release.title~","lang":"~release.lang~","#,
    r#""source":"~release.source~","sha256":"~release.sha256~"}}"#,
    "\n",
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    let text = sheet.document.text();
    let place = |value: &mut Value, start: usize, end: usize| {
        for (name, at) in [("start", start), ("end", end)] {
            value.set(name, text.char_of(at).map_or(0, |at| at.0).into());
        }
    };
    let tiles = tiles(text);
    let placed = placed(sheet.document);
    let mut warnings = std::mem::take(&mut sheet.warnings);
    sheet.each("annotations", &mut |index, value| {
        let (span, annotation) = placed[index];
        let words = &text[span.start()..span.end()];
        let start = span.end() - words.trim_start().len();
        let end = span.start() + words.trim_end().len();
        place(value, start, end);
        let first = tiles.binary_search_by_key(&start, |tile| tile.start());
        let last = tiles.binary_search_by_key(&end, |tile| tile.end());
        if let (Ok(first), Ok(last)) = (first, last) {
            value.set("first", first.into());
            value.set("last", last.into());
        } else {
            let message = "does not begin and end with a token; a tokeniser may refuse it";
            warn(&mut warnings, annotation.id.as_str(), message);
        }
    });
    sheet.warnings = warnings;
    let mut list = Vec::with_capacity(tiles.len());
    for (index, tile) in tiles.iter().enumerate() {
        let mut token = Value::default();
        place(&mut token, tile.start(), tile.end());
        token.set("text", text[tile.start()..tile.end()].into());
        let space = text.as_bytes().get(tile.end()) == Some(&b' ')
            && tiles.get(index + 1).is_none_or(|next| next.start() == tile.end() + 1);
        token.set("ws", Value::Bool(space));
        list.push(token);
    }
    sheet.file.set("tokens", Value::Array(list));
    sheet.render(TEMPLATE, [JSON, JSON])
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
