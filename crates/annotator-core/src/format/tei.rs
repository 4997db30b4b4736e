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

use super::emit::{plain_name, xml};
use super::{Export, FormatError, Written, left_out_orphans};
use crate::annotation::Annotation;
use crate::document::Document;
use crate::text::Span;

/// The attributes that become `when`, `from` and `to`, or `dur` of a date.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

struct Node<'a> {
    span: Span,
    /// Element and attributes, without brackets.
    tag: String,
    element: &'a str,
}

struct Writer<'a> {
    out: String,
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
        let speaker = annotation.attributes.get("speaker").map(String::as_str).filter(|name| !name.is_empty());
        people.extend(speaker.filter(|name| !people.contains(name)));
    }
    let placed = document.annotations().filter_map(|annotation| Some((annotation.span()?, &**annotation))).collect();
    let mut writer = Writer { out: String::new(), document, people, placed, crossing: Vec::new() };
    writer.header(export);
    writer.text();
    writer.stand_off();
    writer.raw("</TEI>\n");
    Ok(Written { bytes: writer.out.into_bytes(), warnings: left_out_orphans(document) })
}

impl<'a> Writer<'a> {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn escaped(&mut self, text: &str) {
        xml(&mut self.out, text, false);
    }

    fn header(&mut self, export: &Export<'_>) {
        let release = self.document.release();
        self.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"");
        let lang = attribute("xml:lang", &release.lang);
        self.raw(if release.lang.is_empty() { "" } else { &lang });
        self.raw(">\n<teiHeader><fileDesc><titleStmt><title>");
        self.escaped(&release.title);
        self.raw("</title>");
        if !export.stamp.creator.is_empty() {
            self.raw("<respStmt><resp>annotation</resp><name>");
            self.escaped(&export.stamp.creator);
            self.raw("</name></respStmt>");
        }
        self.raw("</titleStmt><publicationStmt><p>");
        self.escaped(&release.id);
        self.raw("</p></publicationStmt><sourceDesc><p>");
        self.escaped(&release.source);
        self.raw(
            "</p></sourceDesc></fileDesc>\n<encodingDesc><appInfo><application ident=\"release-annotator\" version=\"",
        );
        self.raw(env!("CARGO_PKG_VERSION"));
        self.raw("\"><label>release-annotator</label></application></appInfo><classDecl><taxonomy xml:id=\"labels\">");
        for (n, label) in self.document.labels().iter().enumerate() {
            let id = attribute("n", &label.id);
            self.raw(&format!("<category xml:id=\"label.{}\"{id}>", n + 1));
            for (lang, name) in [("fr", &label.name_fr), ("en", &label.name_en)] {
                self.raw(&format!("<catDesc xml:lang=\"{lang}\">"));
                self.escaped(name);
                self.raw("</catDesc>");
            }
            self.raw("</category>");
        }
        self.raw("</taxonomy></classDecl></encodingDesc>\n<profileDesc>");
        if !release.lang.is_empty() {
            let ident = attribute("ident", &release.lang);
            self.raw(&format!("<langUsage><language{ident}/></langUsage>"));
        }
        if !self.people.is_empty() {
            self.raw("<particDesc><listPerson>");
            for n in 0..self.people.len() {
                self.raw(&format!("<person xml:id=\"person.{}\"><persName>", n + 1));
                self.escaped(self.people[n]);
                self.raw("</persName></person>");
            }
            self.raw("</listPerson></particDesc>");
        }
        self.raw("</profileDesc></teiHeader>\n");
    }

    fn text(&mut self) {
        let document = self.document;
        let paragraphs = document.segmentation().paragraphs();
        let mut nodes: Vec<Vec<Node<'a>>> = paragraphs.iter().map(|_| Vec::new()).collect();
        for (n, sentence) in document.sentences().iter().enumerate() {
            let tag = format!("s n=\"{}\"", n + 1);
            nodes[sentence.paragraph].push(Node { span: sentence.span, tag, element: "s" });
        }
        for index in 0..self.placed.len() {
            let (span, annotation) = self.placed[index];
            let home = paragraphs.iter().position(|paragraph| paragraph.contains(span));
            let crosses = |other: &Node<'_>| {
                other.span.overlaps(span) && !other.span.contains(span) && !span.contains(other.span)
            };
            match home {
                Some(home) if !nodes[home].iter().any(crosses) => {
                    let (element, tag) = self.element(index, annotation);
                    nodes[home].push(Node { span, tag, element });
                }
                _ => self.crossing.push(index),
            }
        }
        self.raw("<text><body>\n");
        for (paragraph, mut nodes) in paragraphs.iter().zip(nodes) {
            // Sentences were pushed first, so they hold what lies on the same stretch.
            nodes.sort_by_key(|node| (node.span.start(), std::cmp::Reverse(node.span.end())));
            let anchors = self.anchors(*paragraph);
            self.paragraph(*paragraph, &nodes, &anchors);
        }
        self.raw("</body></text>\n");
    }

    fn paragraph(&mut self, paragraph: Span, nodes: &[Node<'_>], anchors: &[(usize, String)]) {
        self.raw("<p>");
        let mut open: Vec<&Node<'_>> = Vec::new();
        let (mut nodes, mut anchors) = (nodes.iter().peekable(), anchors.iter().peekable());
        let mut at = paragraph.start();
        loop {
            while let Some(closed) = open.pop_if(|node| node.span.end() == at) {
                self.raw(&format!("</{}>", closed.element));
            }
            while let Some((_, anchor)) = anchors.next_if(|(place, _)| *place == at) {
                self.raw(anchor);
            }
            while let Some(node) = nodes.next_if(|node| node.span.start() == at) {
                self.raw(&format!("<{}>", node.tag));
                open.push(node);
            }
            let next = [
                open.last().map(|node| node.span.end()),
                nodes.peek().map(|node| node.span.start()),
                anchors.peek().map(|(place, _)| *place),
                Some(paragraph.end()),
            ];
            let Some(next) = next.into_iter().flatten().min().filter(|next| *next > at) else { break };
            self.escaped(&self.document.text()[at..next]);
            at = next;
        }
        self.raw("</p>\n");
    }

    /// The anchors that stand in a paragraph, in order. One in the blanks between paragraphs moves to the nearer end.
    fn anchors(&self, paragraph: Span) -> Vec<(usize, String)> {
        let mut anchors = Vec::new();
        let paragraphs = self.document.segmentation().paragraphs();
        for &index in &self.crossing {
            let span = self.placed[index].0;
            let first = paragraphs.iter().find(|paragraph| paragraph.end() > span.start());
            let last = paragraphs.iter().rfind(|paragraph| paragraph.start() < span.end());
            let anchor = |side| format!("<anchor xml:id=\"a.{}.{side}\"/>", index + 1);
            if first == Some(&paragraph) {
                anchors.push((span.start().max(paragraph.start()), anchor("start")));
            }
            if last == Some(&paragraph) {
                anchors.push((span.end().min(paragraph.end()), anchor("end")));
            }
        }
        anchors.sort_by_key(|(place, _)| *place);
        anchors
    }

    /// Element and opening tag of an annotation that stands in the text.
    fn element(&self, index: usize, annotation: &Annotation) -> (&'static str, String) {
        let element = match annotation.label.as_str() {
            "quote" => "q",
            "dates" => "date",
            _ => "seg",
        };
        let mut tag = format!("{element} xml:id=\"a.{}\"", index + 1);
        tag.push_str(&self.class(annotation));
        let speaker = annotation.attributes.get("speaker");
        if let Some(n) = speaker.and_then(|name| self.people.iter().position(|known| known == name))
            && element == "q"
        {
            tag.push_str(&format!(" who=\"#person.{}\"", n + 1));
        }
        if element == "date"
            && let Some(value) = DATE_VALUES.iter().find_map(|name| annotation.attributes.get(*name))
        {
            tag.push_str(&date(value));
        }
        (element, tag)
    }

    /// The label as a pointer to its category.
    fn class(&self, annotation: &Annotation) -> String {
        let place = self.document.labels().position(&annotation.label);
        place.map_or_else(|| attribute("n", &annotation.label), |n| format!(" ana=\"#label.{}\"", n + 1))
    }

    fn stand_off(&mut self) {
        let noted = |annotation: &Annotation| !annotation.note.is_empty() || !annotation.attributes.is_empty();
        if self.crossing.is_empty() && !self.placed.iter().any(|(_, annotation)| noted(annotation)) {
            return;
        }
        self.raw("<standOff>\n");
        if !self.crossing.is_empty() {
            self.raw("<spanGrp type=\"annotations\">\n");
            for index in self.crossing.clone() {
                let (n, class) = (index + 1, self.class(self.placed[index].1));
                self.raw(&format!("<span xml:id=\"a.{n}\" from=\"#a.{n}.start\" to=\"#a.{n}.end\"{class}/>\n"));
            }
            self.raw("</spanGrp>\n");
        }
        if self.placed.iter().any(|(_, annotation)| noted(annotation)) {
            self.raw("<listAnnotation>\n");
            for index in 0..self.placed.len() {
                let annotation = self.placed[index].1;
                if !noted(annotation) {
                    continue;
                }
                self.raw(&format!("<annotation xml:id=\"n.{0}\" target=\"#a.{0}\">", index + 1));
                if !annotation.note.is_empty() {
                    self.raw("<note>");
                    self.escaped(&annotation.note);
                    self.raw("</note>");
                }
                for (name, value) in &annotation.attributes {
                    // The value of `type` is a name (TEI P5, teidata.enumerated).
                    self.raw(&format!("<note type=\"x-{}\">", plain_name(name)));
                    self.escaped(value);
                    self.raw("</note>");
                }
                self.raw("</annotation>\n");
            }
            self.raw("</listAnnotation>\n");
        }
        self.raw("</standOff>\n");
    }
}

fn attribute(name: &str, value: &str) -> String {
    let mut out = format!(" {name}=\"");
    xml(&mut out, value, true);
    out.push('"');
    out
}

/// A value as TEI wants it: a date, a pair of dates, or a duration of ISO 8601; nothing for what is neither.
fn date(value: &str) -> String {
    let calendar = |part: &str| {
        let shape: String = part.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        ["0000", "0000-00", "0000-00-00", "0000-00-00T00:00", "0000-00-00T00:00:00"].contains(&shape.as_str())
    };
    match value.split_once('/') {
        Some((from, to)) if calendar(from) && calendar(to) => attribute("from", from) + &attribute("to", to),
        None if calendar(value) && value.len() == 16 => attribute("when", &format!("{value}:00")),
        None if calendar(value) => attribute("when", value),
        None if value.len() > 2 && value.starts_with('P') && value.ends_with(['Y', 'M', 'W', 'D', 'H', 'S']) => {
            attribute("dur-iso", value)
        }
        _ => String::new(),
    }
}
