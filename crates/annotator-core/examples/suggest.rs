//! Reads releases as JSON Lines `{"id", "lang", "text", "dct"}` from standard input and writes one
//! JSON object of their suggestions, `{"id": [{"label", "start", "end", "rule", …}]}`, positions in
//! code points. `lang` and `dct` may be absent or null. A line that is no release stops it.

use annotator_core::suggest::suggest;
use annotator_core::{Language, Text, segment};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::io::{self, BufRead};
use time::{Date, Month};

fn main() -> Result<(), Box<dyn Error>> {
    let mut all = Map::new();
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let release: Value = serde_json::from_str(&line).map_err(|e| format!("line {}: {e}", number + 1))?;
        let field = |key: &str| release.get(key).and_then(Value::as_str);
        let id = match release.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(id) => id.to_string(),
            None => return Err(format!("line {}: expected \"id\"", number + 1).into()),
        };
        let text = Text::new(field("text").ok_or_else(|| format!("line {}: expected \"text\"", number + 1))?);
        let language = Language::from_tag(field("lang").unwrap_or_default());
        let dct = field("dct").and_then(date);
        let sentences = segment::sentences(&text, language);
        let mut found = Vec::new();
        for suggestion in suggest(&text, language, &sentences, dct) {
            let [start, end] = text.char_span(suggestion.span).ok_or("a suggestion outside the text")?;
            let mut entry = json!({"label": suggestion.label, "start": start.0, "end": end.0, "rule": suggestion.rule});
            for (key, value) in suggestion.attributes {
                entry[key] = value.into();
            }
            found.push(entry);
        }
        all.insert(id, found.into());
    }
    println!("{}", Value::Object(all));
    Ok(())
}

/// The day of `2011-06-28` or of a date and time that begins with one.
fn date(text: &str) -> Option<Date> {
    let mut fields = text.get(..10)?.split('-');
    let (year, month, day) =
        (fields.next()?.parse().ok()?, fields.next()?.parse::<u8>().ok()?, fields.next()?.parse().ok()?);
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}
