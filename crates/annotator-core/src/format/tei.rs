//! TEI P5: paragraphs and sentences, quotes as `<q who>`, dates as `<date when>`, other labels as `<seg ana>`. What
//! crosses a sentence, a paragraph or another annotation is marked by two anchors and a `<span>` in `<standOff>`, so
//! that the document is well-formed whatever overlaps.
//!
//! # Loses
//! Times, provenance, keys and colours of labels, blanks between paragraphs, characters that XML cannot hold (they
//! become U+FFFD), and annotations without a place (each named in a warning). Not read back.
//!
//! # Offsets
//! None. The text of every paragraph is kept to the character.
//!
//! # Reference
//! TEI P5 Guidelines, the chapters on linguistic annotation and on non-hierarchical structures; elements `s`, `q`, `date`,
//! `seg`, `anchor`, `span`, `standOff`, `listAnnotation`; classes `att.datable` and `att.datable.iso`.

use super::template::{ATTRIBUTE, XML, escape, render};
use super::value::Value;
use super::{Sheet, placed};
use crate::text::Span;

/// The attributes that become `when`, `from` and `to`, or `dur` of a date.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

const TEMPLATE: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"",
    "^release.lang~ xml:lang=\"~=release.lang~\"`>\n",
    "<teiHeader><fileDesc><titleStmt><title>~release.title~</title>",
    "^annotator~<respStmt><resp>annotation</resp><name>~annotator~</name></respStmt>`</titleStmt>",
    "<publicationStmt><p>~release.id~</p></publicationStmt><sourceDesc><p>~release.source~</p></sourceDesc></fileDesc>\n",
    "<encodingDesc><appInfo><application ident=\"release-annotator\" version=\"",
    env!("CARGO_PKG_VERSION"),
    "\"><label>release-annotator</label></application></appInfo><classDecl><taxonomy xml:id=\"labels\">",
    "^labels~<category xml:id=\"label.~##~\" n=\"~=id~\"><catDesc xml:lang=\"fr\">~name.fr~</catDesc>",
    "<catDesc xml:lang=\"en\">~name.en~</catDesc></category>`</taxonomy></classDecl></encodingDesc>\n",
    "<profileDesc>^release.lang~<langUsage><language ident=\"~=release.lang~\"/></langUsage>`",
    "^?people~<particDesc><listPerson>^people~<person xml:id=\"person.~##~\"><persName>~name~</persName></person>`",
    "</listPerson></particDesc>`</profileDesc></teiHeader>\n",
    "<text><body>\n~&body~</body></text>\n",
    "^standOff~<standOff>\n^crossing~<spanGrp type=\"annotations\">\n",
    "^annotations~^crosses~<span xml:id=\"a.~##~\" from=\"#a.~##~.start\" to=\"#a.~##~.end\"",
    "^category~ ana=\"#label.~category~\"`^!category~ n=\"~=label~\"`/>\n``</spanGrp>\n`",
    "^noted~<listAnnotation>\n^annotations~^says~<annotation xml:id=\"n.~##~\" target=\"#a.~##~\">",
    "^note~<note>~note~</note>`",
    // The value of `type` is a name (TEI P5, teidata.enumerated).
    "^*attributes~<note type=\"x-~_key~\">~value~</note>`</annotation>\n``</listAnnotation>\n`</standOff>\n`</TEI>\n",
);

/// The opening tag of an annotation that stands in the text.
const TAG: &str = concat!(
    "<~element~ xml:id=\"a.~number~\"^category~ ana=\"#label.~category~\"`^!category~ n=\"~=label~\"`",
    "^who~ who=\"#person.~who~\"`^from~ from=\"~=from~\" to=\"~=to~\"`^when~ when=\"~=when~\"`^dur~ dur-iso=\"~=dur~\"`>",
);

/// Markup at a place: where, its rank there, and its rank among its like.
type Event = (usize, [usize; 2], String);

/// Puts markup in its order; what is equal goes before where `first`, else behind.
fn put(events: &mut Vec<Event>, at: usize, rank: [usize; 2], first: bool, markup: String) {
    let place = events.partition_point(|(other, ranks, _)| {
        let order = (*other, ranks).cmp(&(at, &rank));
        order.is_lt() || order.is_eq() && !first
    });
    events.insert(place, (at, rank, markup));
}

/// An element over a stretch. At one place the inner ends before the outer, whatever ends before an anchor, and the outer
/// begins before the inner.
fn element(events: &mut Vec<Event>, span: Span, tag: String, end: &str) {
    put(events, span.start(), [2, usize::MAX - span.end()], false, tag);
    put(events, span.end(), [0, usize::MAX - span.start()], true, end.to_owned());
}

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    let document = sheet.document;
    let text = document.text();
    let paragraphs = document.segmentation().paragraphs();
    let mut events: Vec<Event> = Vec::new();
    // Those around the place that was reached, the outer first.
    let mut around: Vec<Span> = Vec::new();
    let mut sentences = document.sentences().iter().enumerate().peekable();
    // A sentence is there before what lies on the same stretch, so it is the outer of the two.
    let mut sentences_until = |events: &mut Vec<Event>, place: usize| {
        while let Some((n, sentence)) = sentences.next_if(|(_, sentence)| sentence.span.start() <= place) {
            let tag = ["<s n=\"", &(n + 1).to_string(), "\">"].concat();
            element(events, sentence.span, tag, "</s>");
        }
    };
    let mut people: Vec<Value> = Vec::new();
    let [mut crossing, mut noted] = [false; 2];
    let placed = placed(document);
    for annotation in document.annotations() {
        person(&mut people, annotation.attributes.get("speaker").map_or("", String::as_str));
    }
    sheet.each("annotations", &mut |index, value| {
        let (span, annotation) = placed[index];
        let says = !annotation.note.is_empty() || !annotation.attributes.is_empty();
        noted |= says;
        value.set("says", Value::Bool(says));
        if let Some(n) = document.labels().position(&annotation.label) {
            value.set("category", (n + 1).into());
        }
        sentences_until(&mut events, span.start());
        let first = paragraphs.partition_point(|paragraph| paragraph.end() <= span.start());
        let behind = paragraphs.partition_point(|paragraph| paragraph.start() < span.end());
        let crosses = |other: Span| other.overlaps(span) && !other.contains(span) && !span.contains(other);
        let (from, to) = document.sentences_of(span).unwrap_or_default();
        while around.pop_if(|other| other.end() <= span.start()).is_some() {}
        let cuts = around.last().is_some_and(|other| crosses(*other))
            || [from, to].iter().any(|&n| document.sentences().get(n).is_some_and(|sentence| crosses(sentence.span)));
        if cuts || paragraphs.get(first).is_none_or(|paragraph| !paragraph.contains(span)) {
            crossing = true;
            value.set("crosses", Value::Bool(true));
            // An anchor in the blanks between paragraphs moves to the nearer end of one.
            if let [head, .., tail] | [head @ tail] = &paragraphs[first..behind] {
                for (at, side) in [(span.start().max(head.start()), "start"), (span.end().min(tail.end()), "end")] {
                    let anchor = ["<anchor xml:id=\"a.", &(index + 1).to_string(), ".", side, "\"/>"].concat();
                    put(&mut events, at, [1, 0], false, anchor);
                }
            }
            return;
        }
        let (name, end) = match annotation.label.as_str() {
            "quote" => ("q", "</q>"),
            "dates" => ("date", "</date>"),
            _ => ("seg", "</seg>"),
        };
        value.set("element", name.into());
        value.set("number", (index + 1).into());
        let attribute = |name: &str| annotation.attributes.get(name).map_or("", String::as_str);
        if name == "q" && !attribute("speaker").is_empty() {
            value.set("who", person(&mut people, attribute("speaker")).into());
        }
        if name == "date"
            && let Some(date) = DATE_VALUES.iter().find_map(|name| annotation.attributes.get(*name))
        {
            match date.split_once('/') {
                Some((from, to)) if is_calendar(from) && is_calendar(to) => {
                    value.set("from", from.into());
                    value.set("to", to.into());
                }
                None if is_calendar(date) => value.set("when", date.as_str().into()),
                None if date.len() > 2 && date.starts_with('P') && date.is_ascii() => {
                    value.set("dur", date.as_str().into());
                }
                _ => {}
            }
        }
        let tag = String::from_utf8(render(TAG, value, [XML, ATTRIBUTE], true)).unwrap_or_default();
        element(&mut events, span, tag, end);
        around.push(span);
    });
    sentences_until(&mut events, usize::MAX);

    let mut body = Vec::new();
    let mut events = events.as_slice();
    for paragraph in paragraphs {
        body.extend_from_slice(b"<p>");
        let mut at = paragraph.start();
        while let [(place, _, markup), rest @ ..] = events
            && *place <= paragraph.end()
        {
            escape(&mut body, &text[at..*place], XML);
            body.extend_from_slice(markup.as_bytes());
            at = *place;
            events = rest;
        }
        escape(&mut body, &text[at..paragraph.end()], XML);
        body.extend_from_slice(b"</p>\n");
    }
    sheet.file.set("body", String::from_utf8(body).unwrap_or_default().into());
    if !people.is_empty() {
        sheet.file.set("people", Value::Array(people));
    }
    for (name, is) in [("crossing", crossing), ("noted", noted), ("standOff", crossing || noted)] {
        sheet.file.set(name, Value::Bool(is));
    }
    sheet.render(TEMPLATE, [XML, ATTRIBUTE])
}

/// The number of a speaker, from 1; a new one joins the list.
fn person(people: &mut Vec<Value>, name: &str) -> usize {
    if let Some(n) = people.iter().position(|known| known["name"] == name) {
        return n + 1;
    }
    if !name.is_empty() {
        let mut person = Value::default();
        person.set("name", name.into());
        people.push(person);
    }
    people.len()
}

/// Whether a value is a year, a month, a day, or a day with a time to the second (TEI P5, teidata.temporal.w3c).
fn is_calendar(value: &str) -> bool {
    let shape = b"0000-00-00T00:00:00";
    let fits = |(c, shape): (u8, &u8)| if *shape == b'0' { c.is_ascii_digit() } else { c == *shape };
    matches!(value.len(), 4 | 7 | 10 | 19) && value.bytes().zip(shape).all(fits)
}
