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

use super::emit::{Markup, plain_name};
use super::{Export, FormatError, Written, left_out_orphans, placed};
use crate::annotation::Annotation;
use crate::document::Document;
use crate::text::Span;

/// The attributes that become `when`, `from` and `to`, or `dur` of a date.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

struct Node {
    span: Span,
    /// Element and attributes, without brackets.
    tag: String,
    element: &'static str,
}

/// Where an anchor stands, which annotation it belongs to, and the end of its id.
type Anchor = (usize, usize, &'static str);

struct Writer<'a> {
    out: Markup,
    document: &'a Document,
    people: Vec<&'a str>,
    /// The annotations with a place; their number names them.
    placed: Vec<(Span, &'a Annotation)>,
    /// Those that need anchors.
    crossing: Vec<usize>,
}

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let mut people: Vec<&str> = Vec::new();
    for annotation in document.annotations() {
        let speaker = annotation.attributes.get("speaker").map_or("", String::as_str);
        if !speaker.is_empty() && !people.contains(&speaker) {
            people.push(speaker);
        }
    }
    let placed = placed(document);
    let mut writer = Writer { out: Markup::default(), document, people, placed, crossing: Vec::new() };
    writer.header(export);
    writer.text();
    writer.stand_off();
    writer.out.raw("</TEI>\n");
    Ok(Written { bytes: writer.out.out.into_bytes(), warnings: left_out_orphans(document) })
}

impl Writer<'_> {
    fn header(&mut self, export: &Export<'_>) {
        let release = self.document.release();
        let out = &mut self.out;
        out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"");
        if !release.lang.is_empty() {
            out.attribute("xml:lang", &release.lang);
        }
        out.raw(">\n<teiHeader><fileDesc><titleStmt>").element("title", &release.title);
        if !export.stamp.creator.is_empty() {
            out.raw("<respStmt><resp>annotation</resp>").element("name", &export.stamp.creator).raw("</respStmt>");
        }
        out.raw("</titleStmt><publicationStmt>").element("p", &release.id).raw("</publicationStmt><sourceDesc>");
        out.element("p", &release.source).raw("</sourceDesc></fileDesc>\n<encodingDesc><appInfo>");
        out.raw(concat!("<application ident=\"release-annotator\" version=\"", env!("CARGO_PKG_VERSION"), "\">"));
        out.raw("<label>release-annotator</label></application></appInfo><classDecl><taxonomy xml:id=\"labels\">");
        for (n, label) in self.document.labels().iter().enumerate() {
            out.raw("<category xml:id=\"label.").number(n + 1).raw("\"").attribute("n", &label.id);
            out.raw("><catDesc xml:lang=\"fr\">").text(&label.name_fr);
            out.raw("</catDesc><catDesc xml:lang=\"en\">").text(&label.name_en).raw("</catDesc></category>");
        }
        out.raw("</taxonomy></classDecl></encodingDesc>\n<profileDesc>");
        if !release.lang.is_empty() {
            out.raw("<langUsage><language").attribute("ident", &release.lang).raw("/></langUsage>");
        }
        if !self.people.is_empty() {
            out.raw("<particDesc><listPerson>");
            for (n, person) in self.people.iter().enumerate() {
                out.raw("<person xml:id=\"person.")
                    .number(n + 1)
                    .raw("\">")
                    .element("persName", person)
                    .raw("</person>");
            }
            out.raw("</listPerson></particDesc>");
        }
        out.raw("</profileDesc></teiHeader>\n");
    }

    fn text(&mut self) {
        let document = self.document;
        let paragraphs = document.segmentation().paragraphs();
        let mut nodes: Vec<Vec<Node>> = paragraphs.iter().map(|_| Vec::new()).collect();
        for (n, sentence) in document.sentences().iter().enumerate() {
            let mut tag = Markup::default();
            tag.raw("s n=\"").number(n + 1).raw("\"");
            nodes[sentence.paragraph].push(Node { span: sentence.span, tag: tag.out, element: "s" });
        }
        for index in 0..self.placed.len() {
            let (span, annotation) = self.placed[index];
            let home = paragraphs.partition_point(|paragraph| paragraph.end() <= span.start());
            let home = paragraphs.get(home).filter(|paragraph| paragraph.contains(span)).map(|_| home);
            let crosses =
                |other: &Node| other.span.overlaps(span) && !other.span.contains(span) && !span.contains(other.span);
            match home {
                Some(home) if !nodes[home].iter().any(crosses) => {
                    let node = self.node(index, annotation, span);
                    // Outer nodes first; sentences are there already, so they hold what lies on the same stretch.
                    let inside = |other: &Node| (other.span.start(), span.end()) <= (span.start(), other.span.end());
                    let place = nodes[home].partition_point(inside);
                    nodes[home].insert(place, node);
                }
                _ => self.crossing.push(index),
            }
        }
        self.out.raw("<text><body>\n");
        let anchors = self.anchors();
        let mut anchors = anchors.as_slice();
        for (paragraph, nodes) in paragraphs.iter().zip(nodes) {
            anchors = self.paragraph(*paragraph, &nodes, anchors);
        }
        self.out.raw("</body></text>\n");
    }

    /// Writes a paragraph and gives back the anchors behind it.
    fn paragraph<'a>(&mut self, paragraph: Span, mut nodes: &[Node], mut anchors: &'a [Anchor]) -> &'a [Anchor] {
        self.out.raw("<p>");
        let mut open: Vec<&Node> = Vec::new();
        let mut at = paragraph.start();
        loop {
            while let Some(closed) = open.pop_if(|node| node.span.end() == at) {
                self.out.raw("</").raw(closed.element).raw(">");
            }
            while let [(place, index, side), rest @ ..] = anchors
                && *place == at
            {
                self.out.raw("<anchor xml:id=\"a.").number(index + 1).raw(side).raw("\"/>");
                anchors = rest;
            }
            while let [node, rest @ ..] = nodes
                && node.span.start() == at
            {
                self.out.raw("<").raw(&node.tag).raw(">");
                open.push(node);
                nodes = rest;
            }
            let mut next = paragraph.end();
            next = open.last().map_or(next, |node| node.span.end().min(next));
            next = nodes.first().map_or(next, |node| node.span.start().min(next));
            next = anchors.first().map_or(next, |(place, ..)| next.min(*place));
            if next <= at {
                break;
            }
            self.out.text(&self.document.text()[at..next]);
            at = next;
        }
        self.out.raw("</p>\n");
        anchors
    }

    /// The anchors, in order. One in the blanks between paragraphs moves to the nearer end of one.
    fn anchors(&self) -> Vec<Anchor> {
        let mut anchors: Vec<Anchor> = Vec::new();
        let mut put = |at: usize, index: usize, side: &'static str| {
            let place = anchors.partition_point(|(other, ..)| *other <= at);
            anchors.insert(place, (at, index, side));
        };
        let paragraphs = self.document.segmentation().paragraphs();
        for &index in &self.crossing {
            let span = self.placed[index].0;
            let first = paragraphs.partition_point(|paragraph| paragraph.end() <= span.start());
            let behind = paragraphs.partition_point(|paragraph| paragraph.start() < span.end());
            if let [first, ..] = &paragraphs[first..behind] {
                put(span.start().max(first.start()), index, ".start");
                put(span.end().min(paragraphs[behind - 1].end()), index, ".end");
            }
        }
        anchors
    }

    /// An annotation that stands in the text.
    fn node(&self, index: usize, annotation: &Annotation, span: Span) -> Node {
        let element = match annotation.label.as_str() {
            "quote" => "q",
            "dates" => "date",
            _ => "seg",
        };
        let mut tag = Markup::default();
        tag.raw(element).raw(" xml:id=\"a.").number(index + 1).raw("\"");
        self.class(&mut tag, annotation);
        let speaker = annotation.attributes.get("speaker");
        let person = speaker.and_then(|name| self.people.iter().position(|known| known == name));
        if let Some(n) = person.filter(|_| element == "q") {
            tag.raw(" who=\"#person.").number(n + 1).raw("\"");
        }
        let value = DATE_VALUES.iter().find_map(|name| annotation.attributes.get(*name));
        if let Some(value) = value.filter(|_| element == "date") {
            date(&mut tag, value);
        }
        Node { span, tag: tag.out, element }
    }

    /// The label as a pointer to its category.
    fn class(&self, tag: &mut Markup, annotation: &Annotation) {
        match self.document.labels().position(&annotation.label) {
            Some(n) => tag.raw(" ana=\"#label.").number(n + 1).raw("\""),
            None => tag.attribute("n", &annotation.label),
        };
    }

    fn stand_off(&mut self) {
        let mut stand_off = Markup::default();
        if !self.crossing.is_empty() {
            stand_off.raw("<spanGrp type=\"annotations\">\n");
            for &index in &self.crossing {
                for (opening, closing) in
                    [("<span xml:id=\"a.", "\""), (" from=\"#a.", ".start\""), (" to=\"#a.", ".end\"")]
                {
                    stand_off.raw(opening).number(index + 1).raw(closing);
                }
                self.class(&mut stand_off, self.placed[index].1);
                stand_off.raw("/>\n");
            }
            stand_off.raw("</spanGrp>\n");
        }
        let mut notes = Markup::default();
        for (index, (_, annotation)) in self.placed.iter().enumerate() {
            if annotation.note.is_empty() && annotation.attributes.is_empty() {
                continue;
            }
            notes.raw("<annotation xml:id=\"n.").number(index + 1).raw("\" target=\"#a.").number(index + 1).raw("\">");
            if !annotation.note.is_empty() {
                notes.element("note", &annotation.note);
            }
            for (name, value) in annotation.attributes.iter() {
                // The value of `type` is a name (TEI P5, teidata.enumerated).
                notes.raw("<note type=\"x-").raw(&plain_name(name)).raw("\">").text(value).raw("</note>");
            }
            notes.raw("</annotation>\n");
        }
        if !notes.out.is_empty() {
            stand_off.raw("<listAnnotation>\n").raw(&notes.out).raw("</listAnnotation>\n");
        }
        if !stand_off.out.is_empty() {
            self.out.raw("<standOff>\n").raw(&stand_off.out).raw("</standOff>\n");
        }
    }
}

/// A value as TEI wants it: a date, a pair of dates, or a duration of ISO 8601; nothing for what is neither.
fn date(tag: &mut Markup, value: &str) {
    match value.split_once('/') {
        Some((from, to)) if is_calendar(from) && is_calendar(to) => {
            tag.attribute("from", from).attribute("to", to);
        }
        None if is_calendar(value) => {
            tag.attribute("when", value);
        }
        None if value.len() > 2 && value.starts_with('P') && value.is_ascii() => {
            tag.attribute("dur-iso", value);
        }
        _ => {}
    }
}

/// Whether a value is a year, a month, a day, or a day with a time to the second (TEI P5, teidata.temporal.w3c).
fn is_calendar(value: &str) -> bool {
    let shape = b"0000-00-00T00:00:00";
    let fits = |(c, shape): (u8, &u8)| if *shape == b'0' { c.is_ascii_digit() } else { c == *shape };
    matches!(value.len(), 4 | 7 | 10 | 19) && value.bytes().zip(shape).all(fits)
}
