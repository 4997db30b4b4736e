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

use super::fit::{Carried, IN_UTF16, Loose, Manner, fit, label_of};
use super::lines::Lines;
use super::names::{name_of, plain, plain_names};
use super::template::{RAW, STANDOFF, is_line_end};
use super::value::Value;
use super::{FormatError, Sheet, Warning, file_stem, invalid, placed, push, text_in, text_of, warn, zip};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::label::LabelSet;
use crate::session::Import;

const STANDOFF_FILE: &str = concat!(
    "^annotations~T~##~\t~plain~ ^;fragments~~start~ ~end~`\t^ fragments~~text~`\n`",
    "^annotations~^*attributes~A~+~\t~_key~ T~##~^value~ ~=value~`\n``",
    "^annotations~^note~#~##~\tAnnotatorNotes T~##~\t~=note~\n``",
);

const TYPES: &str = concat!(
    "[entities]\n^names~~plain~\n`",
    "\n[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n",
    "^kinds~~name~\tArg:<ENTITY>~values~\n`",
);

const LOOKS: &str = concat!(
    "[labels]\n^names~^?shown~~plain~ ~bar~ ~shown~\n``",
    "\n[drawing]\n^names~^?shown~~plain~\tfgColor:white, bgColor:~color~, borderColor:darken\n``",
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    let lines = sheet.with_lf();
    let document = sheet.document;
    let text = lines.text();
    let names = plain_names(document);
    let placed = placed(document);
    // An attribute's name with its values, without doubles; none where a value has blanks and cannot be named there.
    let mut kinds: Vec<(String, Option<Vec<&str>>)> = Vec::new();
    sheet.each("annotations", &mut |index, value| {
        let (span, annotation) = placed[index];
        value.set("plain", name_of(&names, &annotation.label).into());
        let mut fragments = Vec::new();
        let span = lines.to_lf(span);
        let mut start = span.start();
        for (at, c) in text[start..span.end()].char_indices().chain([(span.len(), '\n')]) {
            let at = span.start() + at;
            if is_line_end(c) {
                let words = &text[start..at];
                if !words.trim().is_empty() {
                    let mut fragment = Value::default();
                    for (name, at) in [("start", start), ("end", at)] {
                        fragment.set(name, text.char_of(at).map_or(0, |at| at.0).into());
                    }
                    fragment.set("text", words.replace('\t', " ").into());
                    fragments.push(fragment);
                }
                start = at + c.len_utf8();
            }
        }
        value.set("fragments", Value::Array(fragments));
        for (name, value) in annotation.attributes.iter() {
            let name = plain(name);
            let at = kinds.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                kinds.push((name, Some(Vec::new())));
                kinds.len() - 1
            });
            let plain = |b: u8| b.is_ascii_graphic() && !b"|,\\".contains(&b) || !b.is_ascii();
            match &mut kinds[at].1 {
                Some(values) if !value.is_empty() && value.bytes().all(plain) => {
                    if !values.contains(&value.as_str()) {
                        values.push(value);
                    }
                }
                values => *values = None,
            }
        }
    });
    let mut list = Vec::new();
    for (id, name) in &names {
        let mut one = Value::default();
        one.set("plain", name.as_str().into());
        if let Some(label) = document.labels().find(id) {
            let mut shown = label.name(sheet.language).to_owned();
            shown.retain(|c| !is_line_end(c) && c != '|');
            one.set("shown", shown.into());
            one.set("color", label.color.as_str().into());
        }
        list.push(one);
    }
    sheet.file.set("names", Value::Array(list));
    let mut list = Vec::new();
    for (name, values) in kinds {
        let mut one = Value::default();
        one.set("name", name.into());
        if let Some(values) = values {
            one.set("values", [", Value:", &values.join("|")].concat().into());
        }
        list.push(one);
    }
    sheet.file.set("kinds", Value::Array(list));
    sheet.file.set("bar", "|".into());

    let stem = file_stem(&document.release().id);
    let stem = stem.strip_suffix(".txt").unwrap_or(&stem);
    let [bound, types, looks] = [STANDOFF_FILE, TYPES, LOOKS].map(|template| sheet.render(template, [RAW, STANDOFF]));
    let files = [
        ([stem, ".txt"].concat(), text.as_bytes()),
        ([stem, ".ann"].concat(), &bound),
        ("annotation.conf".to_owned(), &types),
        ("visual.conf".to_owned(), &looks),
    ];
    zip::write(&files, text_in(&sheet.file, "exported"))
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
                let label = names.iter().find(|(_, plain)| plain == name).map(|(id, _)| (*id).to_owned());
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
