//! What becomes of the records of a release when its text has changed: those that can be placed with certainty are, the
//! others are orphans with their words, and what was there before is kept beside them for a person to decide.
//! Leaves out the comparison itself (`anchor`) and where records lie (the shell).

use crate::anchor::{Resolution, Selectors, reanchor, resolve};
use crate::annotation::{Annotation, Quote, Target, Timestamp, Unit};
use crate::document::{Document, Release};
use crate::format::json::quote_of;
use crate::label::LabelSet;
use crate::record::{AWAY, Corrupt, Former, Record, ReleaseRecord, Shelf};
use crate::restore::Write;
use crate::text::{Span, Text};

/// What a store of this release has to write now that its text is another one: `records` is what its shelf holds,
/// `texts` what is known of the texts before, in any order, and `at` the moment.
///
/// The first write tells other pages that the text is another one, and the last is the release's own record: all are to
/// be made, or none. An annotation with the same words is placed, also where they have moved; one that was an orphan,
/// only if nothing else can be meant. Every other one becomes an orphan with the words that it had. Corrections of
/// sentences, dismissals and what was seen are places in the old text and go. What cannot be read of the texts is set
/// aside.
///
/// # Errors
///
/// [`Corrupt`] if the records have no release of their own.
pub fn carry<'a>(
    shelf: &Shelf,
    records: impl Iterator<Item = (&'a str, &'a str)>,
    texts: &[String],
    release: Release,
    at: Timestamp,
) -> Result<Vec<Write>, Corrupt> {
    let (mut known, mut annotations, mut gone) = (None, Vec::new(), Vec::new());
    for (key, value) in records {
        let broken = key == shelf.text_key() && value != AWAY && shelf.read_text(value).is_err()
            || key == shelf.former_key() && shelf.read_former(value).is_err();
        if broken {
            gone.push((shelf.aside_key(key), Some(value.to_owned())));
        }
        if !shelf.holds(key) {
            continue;
        }
        match shelf.read(key, value) {
            Ok(Record::Annotation(annotation)) => annotations.push(annotation),
            Ok(Record::Release(release)) => known = Some(release),
            Ok(Record::Boundary(..) | Record::Dismissal(_) | Record::Review(_)) => gone.push((key.to_owned(), None)),
            Ok(Record::Labels(..)) | Err(Corrupt) => {}
        }
    }
    let known = known.ok_or(Corrupt)?;
    let old = Text::new(texts.iter().find(|text| known.knows(text)).map_or("", String::as_str));
    let record = ReleaseRecord::of(&release);
    let document = Document::new(release, LabelSet::default());
    let places: Vec<Option<Span>> =
        annotations.iter().map(|it| it.span().filter(|span| old.slice(*span).is_some())).collect();
    let spans: Vec<Span> = places.iter().copied().flatten().collect();
    let mut found = reanchor(&old, document.text(), &spans).into_iter();

    let mut former = Former { from: known.mark().to_owned(), at, spans: Vec::new() };
    let mut writes = Vec::with_capacity(annotations.len());
    for (annotation, place) in annotations.iter().zip(places) {
        let found = place.and_then(|_| found.next());
        let quote = match (&annotation.target, place) {
            (_, Some(span)) => quote_of(&old, span),
            (Target::Orphan(quote), None) => quote.clone(),
            (Target::Span(_), None) => Quote::default(),
        };
        former.spans.extend(place.map(|span| (annotation.id.clone(), span)));
        let target = match found {
            Some(Resolution::Exact(span) | Resolution::Moved(span)) => Target::Span(span),
            Some(_) => Target::Orphan(quote),
            None => again(&quote, document.text()).map_or(Target::Orphan(quote), Target::Span),
        };
        let mut after = Annotation { target, ..annotation.clone() };
        if let (Unit::Sentence, Some(span)) = (after.unit, after.span()) {
            after.unit = document.unit_of(span);
        }
        if after != *annotation {
            let (key, value) = shelf.write_annotation(&after);
            writes.push((key, Some(value)));
        }
    }
    let write = |(key, value)| (key, Some(value));
    let first = [write(shelf.write_former(&former)), write(shelf.write_former_text(&old))];
    let last = [write(shelf.keep_text(document.text())), write(shelf.write_release(&record))];
    Ok(first.into_iter().chain(gone).chain(writes).chain(last).collect())
}

/// Where the words of an orphan stand, with all that stood around them, if that is one place.
fn again(quote: &Quote, text: &Text) -> Option<Span> {
    let Quote { exact, prefix, suffix } = quote.clone();
    let position = Span::new(0, 0)?;
    let found = Some(exact).filter(|exact| !exact.trim().is_empty());
    match resolve(&Selectors { exact: found?, prefix, suffix, position }, text) {
        Resolution::Exact(span) | Resolution::Moved(span) => Some(span),
        _ => None,
    }
}
