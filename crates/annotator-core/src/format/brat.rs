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
use super::{Export, FormatError, Warning, Written, file_stem, left_out_orphans, line_ends_changed, text_of, zip};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::LabelSet;
use crate::session::Import;
use crate::text::Span;

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let lines = Lines::new(document.text());
    let text = lines.text();
    let names = plain_names(document);
    let (mut bound, mut values, mut notes) = (String::new(), String::new(), String::new());
    let mut attributes: Vec<(String, Vec<&str>)> = Vec::new();
    let mut value_count = 0;
    let placed = document.annotations().filter_map(|annotation| Some((annotation.span()?, annotation)));
    for (index, (span, annotation)) in placed.enumerate() {
        let n = index + 1;
        let mut words = String::new();
        write!(bound, "T{n}\t{} ", name_of(&names, &annotation.label)).expect("writing to a string");
        for (nth, fragment) in fragments(text, lines.to_lf(span)).into_iter().enumerate() {
            let ends = text.char_span(fragment).ok_or_else(|| FormatError::Inconsistent(annotation.id.to_string()))?;
            let separator = if nth > 0 { ";" } else { "" };
            write!(bound, "{separator}{} {}", ends[0].0, ends[1].0).expect("writing to a string");
            words.push_str(if nth > 0 { " " } else { "" });
            words.extend(text[fragment.start()..fragment.end()].chars().map(|c| if c == '\t' { ' ' } else { c }));
        }
        writeln!(bound, "\t{words}").expect("writing to a string");
        for (name, value) in annotation.attributes.iter() {
            value_count += 1;
            let name = plain_name(name);
            let gap = if value.is_empty() { "" } else { " " };
            writeln!(values, "A{value_count}\t{name} T{n}{gap}{}", escape(value)).expect("writing to a string");
            match attributes.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) if values.contains(&value.as_str()) => {}
                Some((_, values)) => values.push(value),
                None => attributes.push((name, vec![value])),
            }
        }
        if !annotation.note.is_empty() {
            writeln!(notes, "#{n}\tAnnotatorNotes T{n}\t{}", escape(&annotation.note)).expect("writing to a string");
        }
    }
    let stem = file_stem(&document.release().id);
    let stem = stem.strip_suffix(".txt").unwrap_or(&stem);
    let (types, looks) = configuration(export, &names, &attributes);
    let files = [
        (format!("{stem}.txt"), text.as_str().to_owned()),
        (format!("{stem}.ann"), bound + &values + &notes),
        ("annotation.conf".to_owned(), types),
        ("visual.conf".to_owned(), looks),
    ];
    let mut warnings = left_out_orphans(document);
    warnings.extend(line_ends_changed(document));
    Ok(Written { bytes: zip::write(&files, &export.stamp.now.to_string()), warnings })
}

/// `annotation.conf` and `visual.conf`. A value with blanks cannot be named there; its attribute then has no list.
fn configuration(
    export: &Export<'_>,
    names: &[(String, String)],
    attributes: &[(String, Vec<&str>)],
) -> (String, String) {
    let mut types = "[entities]\n".to_owned();
    let mut looks = "[labels]\n".to_owned();
    let mut colours = "[drawing]\n".to_owned();
    for (id, name) in names {
        types.extend([name, "\n"]);
        if let Some(label) = export.document.labels().find(id) {
            let shown = label.name(export.language).replace(|c: char| c == '|' || is_line_end(c), " ");
            looks.extend([name, " | ", shown.as_str(), "\n"]);
            colours.extend([name, "\tfgColor:white, bgColor:", label.color.as_str(), ", borderColor:darken\n"]);
        }
    }
    types.push_str(
        "\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n",
    );
    for (name, values) in attributes {
        types.extend([name, "\tArg:<ENTITY>"]);
        let plain =
            |value: &&str| !value.is_empty() && !value.contains(|c: char| c.is_whitespace() || "|,\\".contains(c));
        if values.iter().all(plain) {
            types.extend([", Value:", values.join("|").as_str()]);
        }
        types.push('\n');
    }
    (types, looks + "\n" + &colours)
}

/// What ends a line for a reader in Python (`str.splitlines`).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The lines of a stretch that are not blank.
fn fragments(text: &str, span: Span) -> Vec<Span> {
    let mut fragments = Vec::new();
    let mut start = span.start();
    for line in text[span.start()..span.end()].split_inclusive(is_line_end) {
        let words = line.trim_end_matches(is_line_end);
        fragments.extend(Span::new(start, start + words.len()).filter(|_| !words.trim().is_empty()));
        start += line.len();
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
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let form = &rest[at + 1..];
        let code = form.strip_prefix('u').and_then(|hex| u32::from_str_radix(hex.get(..4)?, 16).ok());
        let (c, used) = match (form.as_bytes().first(), code.and_then(char::from_u32)) {
            (Some(b'\\'), _) => ('\\', 1),
            (Some(b'n'), _) => ('\n', 1),
            (Some(b't'), _) => ('\t', 1),
            (_, Some(c)) => (c, 5),
            _ => ('\\', 0),
        };
        out.push(c);
        rest = &form[used..];
    }
    out + rest
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    let invalid = |found: String| FormatError::InvalidFile {
        expected: "brat standoff (.ann, or a .zip with .ann and .txt)",
        found,
    };
    let mut warnings = Vec::new();
    let known = LabelSet::new([]);
    let manner = Manner { from: "brat", other_unit: Some(IN_UTF16), known: &known, replace };
    if !content.starts_with(b"PK") {
        let open = Lines::new(document.text());
        let carried = Carried::new(open.text(), &document.release().id, "", document)?;
        let found = read_standoff(text_of(content)?, &carried, document, &mut warnings);
        if found.is_empty() {
            return Err(invalid("no line that begins with T and a number".to_owned()));
        }
        // Without its text, a file of which no word fits is one for another release.
        let import = fit(found.clone(), document, stamp, &manner, &mut warnings);
        if import.annotations.iter().all(|annotation| annotation.span().is_none()) {
            let first = found.iter().find(|loose| !loose.quote.exact.is_empty());
            let file = first.map_or_else(|| "?".to_owned(), |loose| loose.quote.exact.clone());
            return Err(FormatError::OtherRelease { file, open: document.release().title.clone() });
        }
        return Ok((import, warnings));
    }
    let files = zip::read(content).map_err(invalid)?;
    let mut refused = None;
    for (name, standoff) in &files {
        let Some(stem) = name.strip_suffix(".ann") else { continue };
        let text = files.iter().find(|(other, _)| other.strip_suffix(".txt") == Some(stem));
        let text = text.map(|(_, text)| text_of(text)).transpose()?.unwrap_or_default();
        match Carried::new(text, stem.rsplit('/').next().unwrap_or(stem), "", document) {
            Ok(carried) => {
                let found = read_standoff(text_of(standoff)?, &carried, document, &mut warnings);
                return Ok((fit(found, document, stamp, &manner, &mut warnings), warnings));
            }
            Err(error) => {
                refused.get_or_insert(error);
            }
        }
    }
    Err(refused.unwrap_or_else(|| invalid("an archive without an .ann file".to_owned())))
}

fn read_standoff(content: &str, carried: &Carried, document: &Document, warnings: &mut Vec<Warning>) -> Vec<Loose> {
    let names = plain_names(document);
    let mut found: Vec<Loose> = Vec::new();
    let mut ids: Vec<(&str, usize)> = Vec::new();
    let lines = || content.split('\n').map(|line| line.trim_end_matches('\r')).enumerate();
    for (index, line) in lines().filter(|(_, line)| line.starts_with('T')) {
        let place = format!("line {}", index + 1);
        let mut fields = line.splitn(3, '\t');
        let (id, data, words) = (fields.next(), fields.next(), fields.next().unwrap_or_default());
        let parsed = data.and_then(|data| data.split_once(' ')).and_then(|(name, ends)| Some((name, positions(ends)?)));
        let (Some(id), Some((name, ends))) = (id, parsed) else {
            warnings.push(Warning { place, message: "expected label, start and end; left out".to_owned() });
            continue;
        };
        let label = names.iter().find(|(_, plain)| plain == name).map(|(id, _)| id.clone());
        let label = label.unwrap_or_else(|| label_of(document.labels(), name));
        let mut loose = Loose { place, label, ..Loose::default() };
        loose.quote.exact = words.to_owned();
        let gap = carried.place_fragments(&ends, &mut loose);
        if gap {
            let message = "fragments with words between them; read as one stretch from the first to the last";
            warnings.push(Warning { place: loose.place.clone(), message: message.to_owned() });
        }
        ids.push((id, found.len()));
        found.push(loose);
    }
    for (index, line) in lines().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('T')) {
        let place = format!("line {}", index + 1);
        let mut fields = line.splitn(3, '\t');
        let (id, data, tail) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        let mut parts = data.splitn(3, ' ');
        let (name, target, value) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let owner = target.and_then(|target| ids.iter().find(|(id, _)| *id == target)).map(|&(_, at)| &mut found[at]);
        match (id.as_bytes().first(), owner) {
            // `M` is the old form of an attribute without a value.
            (Some(b'A' | b'M'), Some(loose)) => {
                loose.attributes.insert(name.to_owned(), unescape(value.unwrap_or_default()));
            }
            (Some(b'#'), Some(loose)) => {
                let note = unescape(tail.unwrap_or_default());
                loose.note = if loose.note.is_empty() { note } else { format!("{}\n{note}", loose.note) };
            }
            _ => {
                let message = format!("\"{id}\" is no text-bound annotation, nor about one; left out");
                warnings.push(Warning { place, message });
            }
        }
    }
    found
}

/// `0 5;6 10` as pairs.
fn positions(ends: &str) -> Option<Vec<[usize; 2]>> {
    let pair = |pair: &str| {
        let (start, end) = pair.trim().split_once(' ')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    };
    ends.split(';').map(pair).collect::<Option<Vec<_>>>().filter(|pairs| !pairs.is_empty())
}
