//! Re-anchors annotations of changed texts: JSON Lines in, JSON Lines out, positions in code points.
//!
//! In: `{"id", "old", "new", "annotations": [{"id", "start", "end"}]}`.
//! Out: `{"id", "results": [{"id", "status", "start", "end"}]}`, every annotation once and in order; `status` is `exact`,
//! `moved`, `fuzzy`, `ambiguous` or `orphan`. An ambiguous one carries its first place, an orphan `null`.

use std::io::{self, BufRead, Write};

use annotator_core::anchor::{Resolution, reanchor};
use annotator_core::{CharOffset, Span, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    id: Value,
    old: String,
    new: String,
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    id: Value,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    results: Vec<Place>,
}

#[derive(Serialize)]
struct Place {
    id: Value,
    status: &'static str,
    start: Option<usize>,
    end: Option<usize>,
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = false;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Case>(&line) {
            Ok(case) => {
                serde_json::to_writer(&mut out, &answer(case))?;
                writeln!(out)?;
            }
            Err(error) => {
                failed = true;
                eprintln!("line {}: expected a case with old, new and annotations: {error}", number + 1);
            }
        }
    }
    out.flush()?;
    if failed { Err(io::Error::other("some lines could not be read")) } else { Ok(()) }
}

fn answer(case: Case) -> Answer {
    let (old, new) = (Text::new(case.old), Text::new(case.new));
    let spans: Vec<Option<Span>> = case
        .annotations
        .iter()
        .map(|annotation| old.span_of_chars([CharOffset(annotation.start), CharOffset(annotation.end)]))
        .collect();
    let known: Vec<Span> = spans.iter().flatten().copied().collect();
    let mut resolutions = reanchor(&old, &new, &known).into_iter();
    let results = case
        .annotations
        .into_iter()
        .zip(spans)
        .map(|(annotation, span)| {
            let resolution = span.and_then(|_| resolutions.next()).unwrap_or(Resolution::Orphan);
            let (status, span) = match resolution {
                Resolution::Exact(span) => ("exact", Some(span)),
                Resolution::Moved(span) => ("moved", Some(span)),
                Resolution::Fuzzy { span, .. } => ("fuzzy", Some(span)),
                Resolution::Ambiguous(places) => ("ambiguous", places.first().copied()),
                Resolution::Orphan => ("orphan", None),
            };
            let ends = span.and_then(|span| new.char_span(span));
            Place { id: annotation.id, status, start: ends.map(|[at, _]| at.0), end: ends.map(|[_, at]| at.0) }
        })
        .collect();
    Answer { id: case.id, results }
}
