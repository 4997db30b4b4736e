//! brat standoff: the text, the annotations and the two configuration files in one archive. Reads that archive, and an
//! `.ann` file alone.
//!
//! # Loses
//! Ids, people, times, provenance, sentence boundaries, and annotations without a place (each named in a warning).
//! Labels hold ASCII letters, digits, `_` and `-` alone: other characters are replaced, and read back where the open
//! document has the label; so are those in the names of attributes, for good. Line ends are LF, since brat opens files
//! in text mode; blank lines at the ends of an annotation are left out. Read back, an annotation that the document has
//! already (same label, same stretch) keeps all it had. Not read: events, relations, equivalences and normalisations,
//! each named in a warning; a discontinuous annotation becomes the stretch from its first to its last fragment.
//!
//! # Offsets
//! Unicode code points of the text with LF line ends. A line end splits an annotation into fragments.
//!
//! # Reference
//! brat standoff format, "Text-bound annotations", "Attributes", "Notes"; brat configuration, `annotation.conf`. In notes
//! and values a backslash, a tab and what ends a line are written as `\\`, `\t`, `\n` and `\uXXXX`.

use std::fmt::Write;

use super::emit::{name_of, plain_name, plain_names};
use super::fit::{Carried, IN_UTF16, Loose, Manner, fit, label_of};
use super::lines::Lines;
use super::{
    Export, FormatError, Warning, Written, file_stem, inconsistent, invalid, left_out_orphans, placed, text_of, warn,
    warn_of_line_ends, zip,
};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::LabelSet;
use crate::session::Import;
use crate::text::Span;

/// An attribute's name with its values, without doubles.
type Values<'a> = (String, Vec<&'a str>);

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let lines = Lines::new(document.text());
    let text = lines.text();
    let names = plain_names(document);
    let (mut bound, mut values, mut notes) = (String::new(), String::new(), String::new());
    let mut attributes: Vec<Values<'_>> = Vec::new();
    let mut value_count = 0;
    for (index, (span, annotation)) in placed(document).into_iter().enumerate() {
        let n = (index + 1).to_string();
        let mut words = String::new();
        push(&mut bound, &["T", &n, "\t", name_of(&names, &annotation.label)]);
        for (nth, fragment) in fragments(text, lines.to_lf(span)).into_iter().enumerate() {
            let [start, end] = text.char_span(fragment).ok_or_else(|| inconsistent(annotation))?;
            let separator = if nth > 0 { ";" } else { " " };
            push(&mut bound, &[separator, &start.0.to_string(), " ", &end.0.to_string()]);
            let gap = if nth > 0 { " " } else { "" };
            push(&mut words, &[gap, &text[fragment.start()..fragment.end()].replace('\t', " ")]);
        }
        push(&mut bound, &["\t", &words, "\n"]);
        for (name, value) in annotation.attributes.iter() {
            value_count += 1;
            let name = plain_name(name);
            let gap = if value.is_empty() { "" } else { " " };
            push(&mut values, &["A", &value_count.to_string(), "\t", &name, " T", &n, gap, &escape(value), "\n"]);
            match attributes.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => values.push(value),
                None => attributes.push((name, vec![value])),
            }
        }
        if !annotation.note.is_empty() {
            push(&mut notes, &["#", &n, "\tAnnotatorNotes T", &n, "\t", &escape(&annotation.note), "\n"]);
        }
    }
    let stem = file_stem(&document.release().id);
    let stem = stem.strip_suffix(".txt").unwrap_or(&stem);
    let (types, looks) = configuration(export, &names, &attributes);
    let files = [
        ([stem, ".txt"].concat(), text.as_str().to_owned()),
        ([stem, ".ann"].concat(), bound + &values + &notes),
        ("annotation.conf".to_owned(), types),
        ("visual.conf".to_owned(), looks),
    ];
    let mut warnings = left_out_orphans(document);
    warn_of_line_ends(&mut warnings, document);
    Ok(Written { bytes: zip::write(&files, &export.stamp.now.to_string()), warnings })
}

#[inline(never)]
fn push(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

/// `annotation.conf` and `visual.conf`. A value with blanks cannot be named there; its attribute then has no list.
fn configuration(export: &Export<'_>, names: &[(String, String)], attributes: &[Values<'_>]) -> (String, String) {
    let mut types = "[entities]\n".to_owned();
    let mut looks = "[labels]\n".to_owned();
    let mut colours = "\n[drawing]\n".to_owned();
    for (id, name) in names {
        push(&mut types, &[name, "\n"]);
        if let Some(label) = export.document.labels().find(id) {
            let shown: String = label.name(export.language).chars().filter(|c| !is_line_end(*c) && *c != '|').collect();
            push(&mut looks, &[name, " | ", &shown, "\n"]);
            push(&mut colours, &[name, "\tfgColor:white, bgColor:", &label.color, ", borderColor:darken\n"]);
        }
    }
    push(&mut types, &["\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n"]);
    push(&mut types, &["\n[attributes]\n"]);
    for (name, values) in attributes {
        push(&mut types, &[name, "\tArg:<ENTITY>"]);
        let plain = |b: u8| b.is_ascii_graphic() && !matches!(b, b'|' | b',' | b'\\') || !b.is_ascii();
        if values.iter().all(|value| !value.is_empty() && value.bytes().all(plain)) {
            for (nth, value) in values.iter().enumerate() {
                if !values[..nth].contains(value) {
                    push(&mut types, &[if nth > 0 { "|" } else { ", Value:" }, value]);
                }
            }
        }
        types.push('\n');
    }
    (types, looks + &colours)
}

/// What ends a line for a reader in Python (`str.splitlines`).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The lines of a stretch that are not blank.
fn fragments(text: &str, span: Span) -> Vec<Span> {
    let mut fragments = Vec::new();
    let mut start = span.start();
    for (at, c) in text[start..span.end()].char_indices().chain([(span.len(), '\n')]) {
        let at = span.start() + at;
        if is_line_end(c) {
            let line = Span::new(start, at).filter(|line| !text[line.start()..line.end()].trim().is_empty());
            fragments.extend(line);
            start = at + c.len_utf8();
        }
    }
    fragments
}

fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_line_end(c) => write!(out, "\\u{:04x}", u32::from(c)).expect("writing to a string"),
            c => out.push(c),
        }
    }
    out
}

/// The inverse of [`escape`]; a backslash that begins none of its forms stands for itself.
fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        let form = rest.as_str();
        let code = form.get(1..5).filter(|_| form.starts_with('u')).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let (c, used) = match (c, form.as_bytes().first(), code.and_then(char::from_u32)) {
            ('\\', Some(b'\\'), _) => ('\\', 1),
            ('\\', Some(b'n'), _) => ('\n', 1),
            ('\\', Some(b't'), _) => ('\t', 1),
            ('\\', _, Some(c)) => (c, 5),
            _ => (c, 0),
        };
        out.push(c);
        rest = form[used..].chars();
    }
    out
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let expected = "brat standoff (.ann, or a .zip with .ann and .txt)";
    let mut warnings = Vec::new();
    let known = LabelSet::new(Vec::new());
    let manner = Manner { from: "brat", other_unit: Some(IN_UTF16), known: &known, replace };
    let (mut found, mut refused) = (None, None);
    if content.starts_with(b"PK") {
        let files = zip::read(content).map_err(|fault| invalid(expected, fault))?;
        for (name, standoff) in &files {
            let Some(stem) = name.strip_suffix(".ann") else { continue };
            let text = files.iter().find(|(other, _)| other.strip_suffix(".txt") == Some(stem));
            let text = text_of(text.map_or(&[], |(_, text)| *text))?;
            match Carried::new(text, &file_stem(stem), "", document) {
                Ok(carried) => {
                    let mut read = read_standoff(text_of(standoff)?, &carried, document, &mut warnings);
                    carried.settle(document, &mut read);
                    found = Some(read);
                    break;
                }
                Err(error) => refused = Some(error),
            }
        }
    } else {
        let open = Lines::new(document.text());
        let carried = Carried::new(open.text(), &document.release().id, "", document)?;
        let read = read_standoff(text_of(content)?, &carried, document, &mut warnings);
        // Without its text, a file of which no word stands here is one for another release.
        match read.iter().find(|loose| !loose.quote.exact.is_empty()) {
            Some(first) if !read.iter().any(|loose| loose.stands_in(document)) => {
                let file = first.quote.exact.clone();
                refused = Some(FormatError::OtherRelease { file, open: document.release().title.clone() });
            }
            Some(_) => found = Some(read),
            None => {}
        }
    }
    match found {
        Some(found) => Ok((fit(found, document, stamp, &manner, &mut warnings), warnings)),
        None => Err(refused.unwrap_or_else(|| invalid(expected, "none"))),
    }
}

fn read_standoff(content: &str, carried: &Carried, document: &Document, warnings: &mut Vec<Warning>) -> Vec<Loose> {
    let names = plain_names(document);
    let mut found: Vec<Loose> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    // Attributes and notes may stand before what they are about.
    for bound in [true, false] {
        for (index, line) in content.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() || bound != line.starts_with('T') {
                continue;
            }
            let place = ["line ", &(index + 1).to_string()].concat();
            let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
            let (data, tail) = rest.split_once('\t').unwrap_or((rest, ""));
            let (name, rest) = data.split_once(' ').unwrap_or((data, ""));
            if bound {
                let Some(ends) = positions(rest) else {
                    warn(warnings, &place, "expected label, start and end; left out");
                    continue;
                };
                let label = names.iter().find(|(_, plain)| plain == name).map(|(id, _)| id.clone());
                let label = label.unwrap_or_else(|| label_of(document.labels(), name));
                let mut loose = Loose::new(place, label);
                loose.quote.exact = tail.to_owned();
                if carried.place_fragments(&ends, &mut loose) {
                    warn(warnings, &loose.place, "words between fragments; read as one from the first to the last");
                }
                ids.push(id);
                found.push(loose);
                continue;
            }
            let (target, value) = rest.split_once(' ').unwrap_or((rest, ""));
            let owner = ids.iter().position(|id| *id == target).map(|at| &mut found[at]);
            match (id.bytes().next(), owner) {
                // `M` is the old form of an attribute without a value.
                (Some(b'A' | b'M'), Some(loose)) => {
                    loose.attributes.insert(name.to_owned(), unescape(value));
                }
                (Some(b'#'), Some(loose)) => {
                    let gap = if loose.note.is_empty() { "" } else { "\n" };
                    push(&mut loose.note, &[gap, &unescape(tail)]);
                }
                _ => warn(warnings, &place, "no text-bound annotation, nor about one; left out"),
            }
        }
    }
    found
}

/// `0 5;6 10` as pairs; at least one.
fn positions(ends: &str) -> Option<Vec<[usize; 2]>> {
    let mut pairs = Vec::new();
    for pair in ends.split(';') {
        let (start, end) = pair.trim().split_once(' ')?;
        pairs.push([start.parse().ok()?, end.parse().ok()?]);
    }
    Some(pairs)
}
