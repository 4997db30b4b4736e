//! Segments JSON Lines `{"id", "lang", "text"}` from standard input and writes one JSON object
//! `{"id": [[start, end], …]}` in code points, for anyone who scores the segmenter.
//!
//! `--lang fr` is the language of the lines that name none.

use std::io::{self, BufRead, Write};

use annotator_core::segment::sentences;
use annotator_core::{Language, Text};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    lang: Option<String>,
    text: String,
}

fn main() -> Result<(), String> {
    let default = language_argument(std::env::args().skip(1))?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = |error: io::Error| format!("expected to write to standard output: {error}");
    write!(out, "{{").map_err(written)?;
    let mut separator = "\n";
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|error| format!("line {}: expected UTF-8: {error}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line)
            .map_err(|error| format!("line {}: expected {{\"id\", \"lang\", \"text\"}}: {error}", number + 1))?;
        let text = Text::new(line.text);
        let language = Language::from_tag(line.lang.as_ref().unwrap_or(&default));
        let spans: Vec<[usize; 2]> = sentences(&text, language)
            .into_iter()
            .filter_map(|span| text.char_span(span).map(|ends| ends.map(|end| end.0)))
            .collect();
        let entry = |value: serde_json::Result<String>| value.map_err(|error| error.to_string());
        let (id, spans) = (entry(serde_json::to_string(&line.id))?, entry(serde_json::to_string(&spans))?);
        write!(out, "{separator}{id}: {spans}").map_err(written)?;
        separator = ",\n";
    }
    writeln!(out, "\n}}").map_err(written)?;
    out.flush().map_err(written)
}

/// The tag behind `--lang`; French if the arguments have none.
fn language_argument(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let mut language = String::from("fr");
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--lang" => language = arguments.next().ok_or("expected a language tag behind --lang, found nothing")?,
            _ => return Err(format!("expected --lang TAG, found {argument}")),
        }
    }
    Ok(language)
}
