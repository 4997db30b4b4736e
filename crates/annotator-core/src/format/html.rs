//! A report to send or print: one page without scripts, the highlighted text, a legend that does not rest on colour
//! (numbers and kinds of underline), and a table a label: objectives, quotes by speaker, dates in order.
//!
//! # Loses
//! Made for people: ids, positions and times of annotations, and blanks between paragraphs. Not read back.
//!
//! # Offsets
//! None. The text of every paragraph is kept to the character.
//!
//! # Reference
//! HTML Standard; Content Security Policy 3 (the page carries `default-src 'none'; style-src 'unsafe-inline'`);
//! WCAG 2.2, 1.4.1 use of colour.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::emit::xml;
use super::{Export, FormatError, Written};
use crate::annotation::{Annotation, Target};
use crate::document::Document;
use crate::label::{Label, UiLanguage};
use crate::runs::runs;
use crate::text::Span;

/// Kinds of underline, so that labels differ in black and white too; label n takes kind n, in a circle.
const UNDERLINES: [&str; 5] = ["solid", "dashed", "dotted", "double", "wavy"];

/// The attribute that holds a date's value, under the names that files use.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

const STYLE: &str = "\
:root{color-scheme:light}\
body{font:11pt/1.5 Georgia,serif;color:#1b1b1b;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5em;line-height:1.2}h2{font-size:1.15em;margin-top:2em;break-after:avoid}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;font-size:.9em}dt{font-weight:bold}dd{margin:0}\
ul{list-style:none;padding:0}li{margin:.2em 0}\
.text p{white-space:pre-wrap;overflow-wrap:anywhere}\
mark{color:inherit;text-underline-offset:.2em;text-decoration-thickness:2px;text-decoration-skip-ink:none;\
print-color-adjust:exact;-webkit-print-color-adjust:exact}\
mark[data-n]::before{content:attr(data-n);font:bold .7em/1 sans-serif;vertical-align:super;margin-right:.15em}\
table{border-collapse:collapse;width:100%;font-size:.9em}\
th,td{border:1px solid #767676;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{background:#eee}tr{break-inside:avoid}thead{display:table-header-group}td{white-space:pre-wrap}\
td:first-child{white-space:nowrap}\
@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;font-size:10pt;padding:0}}";

struct Page<'a> {
    out: String,
    document: &'a Document,
    language: UiLanguage,
}

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let mut page = Page { out: String::new(), document, language: export.language };
    page.head();
    page.summary(export);
    page.legend();
    page.text();
    for label in document.labels().iter() {
        page.table(label);
    }
    page.orphans();
    page.raw("</main></body></html>\n");
    Ok(Written { bytes: page.out.into_bytes(), warnings: Vec::new() })
}

impl<'a> Page<'a> {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn escaped(&mut self, text: &str) {
        xml(&mut self.out, text, false);
    }

    /// The words of the page's own language.
    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        if self.language == UiLanguage::French { french } else { english }
    }

    fn head(&mut self) {
        let lang = self.say("fr", "en");
        self.raw("<!doctype html>\n<html lang=\"");
        self.raw(lang);
        self.raw("\"><head><meta charset=\"utf-8\">");
        self.raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        );
        self.raw("<meta name=\"viewport\" content=\"width=device-width\"><title>");
        self.escaped(&self.document.release().title);
        self.raw("</title><style>");
        self.raw(STYLE);
        for (n, label) in self.document.labels().iter().enumerate() {
            // The colour is of the form #rrggbb, see `LabelSet::new`; 22 is an opacity of 13 %.
            self.raw(&format!(
                ".l{n}{{background:{color}22;text-decoration:underline {} {color} 2px}}",
                UNDERLINES[n % UNDERLINES.len()],
                color = label.color,
            ));
        }
        self.raw("</style></head>\n<body><main><h1>");
        self.escaped(&self.document.release().title);
        self.raw("</h1>\n");
    }

    fn summary(&mut self, export: &Export<'_>) {
        let document = self.document;
        let release = document.release();
        self.raw("<dl>");
        let day = export.stamp.now.to_string();
        let sentences = document.sentences().len().to_string();
        let annotations = document.annotation_count().to_string();
        let rows = [
            (self.say("Communiqué", "Release"), release.id.as_str()),
            (self.say("Source", "Source"), release.source.as_str()),
            (self.say("Annoté par", "Annotated by"), export.stamp.creator.as_str()),
            (self.say("Exporté le", "Exported on"), &day[..10]),
            (self.say("Phrases", "Sentences"), &sentences),
            (self.say("Annotations", "Annotations"), &annotations),
        ];
        for (name, value) in rows.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.raw("<dt>");
            self.raw(name);
            self.raw("</dt><dd>");
            self.escaped(value);
            self.raw("</dd>");
        }
        self.raw("</dl>\n");
    }

    fn legend(&mut self) {
        let document = self.document;
        let title = self.say("Légende", "Legend");
        self.raw(&format!("<section class=\"legend\"><h2>{title}</h2><ul>"));
        for (n, label) in document.labels().iter().enumerate() {
            let count = document.annotations().filter(|annotation| annotation.label == label.id).count();
            self.raw(&format!("<li><mark class=\"l{n}\" data-n=\"{}\">", n + 1));
            self.escaped(label.name(self.language));
            self.raw(&format!("</mark> ({count})"));
            if !label.description.is_empty() {
                self.raw(" – ");
                self.escaped(&label.description);
            }
            self.raw("</li>");
        }
        self.raw("</ul></section>\n");
    }

    fn text(&mut self) {
        let document = self.document;
        let title = self.say("Texte annoté", "Annotated text");
        self.raw(&format!("<section><h2>{title}</h2><div class=\"text\" lang=\""));
        xml(&mut self.out, &document.release().lang, true);
        self.raw("\">\n");
        let all: Vec<(Span, &Rc<Annotation>)> =
            document.annotations().filter_map(|annotation| Some((annotation.span()?, annotation))).collect();
        for paragraph in document.segmentation().paragraphs() {
            self.raw("<p dir=\"auto\">");
            let touching: Vec<_> = all.iter().filter(|(span, _)| span.overlaps(*paragraph)).copied().collect();
            for run in runs(*paragraph, &touching) {
                for annotation in &run.covering {
                    let n = document.labels().position(&annotation.label).unwrap_or_default();
                    self.raw(&format!("<mark class=\"l{n}\" data-annotation=\""));
                    xml(&mut self.out, annotation.id.as_str(), true);
                    self.raw("\" data-label=\"");
                    xml(&mut self.out, &annotation.label, true);
                    let name = document.labels().find(&annotation.label).map_or("", |label| label.name(self.language));
                    self.raw("\" title=\"");
                    xml(&mut self.out, name, true);
                    if annotation.span().is_some_and(|span| span.start().max(paragraph.start()) == run.span.start()) {
                        self.raw(&format!("\" data-n=\"{}", n + 1));
                    }
                    self.raw("\">");
                }
                self.escaped(document.text().slice(run.span).unwrap_or_default());
                run.covering.iter().for_each(|_| self.raw("</mark>"));
            }
            self.raw("</p>\n");
        }
        self.raw("</div></section>\n");
    }

    /// The annotations of one label with what is known about them: those of quotes by speaker, those of dates by
    /// value (what is no calendar date, like a duration, behind), all others as in the text.
    fn table(&mut self, label: &Label) {
        let mut rows: Vec<&Rc<Annotation>> =
            self.document.annotations().filter(|a| a.label == label.id && a.span().is_some()).collect();
        self.raw("<section><h2>");
        self.escaped(label.name(self.language));
        self.raw("</h2>");
        if rows.is_empty() {
            let none = self.say("Aucune annotation.", "No annotation.");
            self.raw(&format!("<p>{none}</p></section>\n"));
            return;
        }
        let speaker = |a: &Annotation| a.attributes.get("speaker").cloned().unwrap_or_default();
        if rows.iter().any(|row| !speaker(row).is_empty()) {
            rows.sort_by_key(|row| (speaker(row).is_empty(), speaker(row)));
        }
        if rows.iter().any(|row| !date_value(row).is_empty()) {
            rows.sort_by_key(|row| (!date_value(row).starts_with(|c: char| c.is_ascii_digit()), date_value(row)));
        }
        let names: BTreeSet<&str> = rows.iter().flat_map(|row| row.attributes.keys().map(String::as_str)).collect();
        let lead = ["speaker", "role", "verb"].into_iter().chain(DATE_VALUES).filter(|name| names.contains(name));
        let mut columns: Vec<&str> = lead.collect();
        let rest: Vec<&str> = names.iter().copied().filter(|name| !columns.contains(name)).collect();
        columns.extend(rest);
        let noted = rows.iter().any(|row| !row.note.is_empty());
        let number = self.say("Phrase", "Sentence");
        self.raw(&format!("<table><thead><tr><th scope=\"col\">{number}</th>"));
        for name in &columns {
            self.raw("<th scope=\"col\">");
            let heading = self.heading(name);
            self.escaped(heading);
            self.raw("</th>");
        }
        let words = self.say("Passage", "Passage");
        self.raw(&format!("<th scope=\"col\">{words}</th>"));
        if noted {
            let note = self.say("Note", "Note");
            self.raw(&format!("<th scope=\"col\">{note}</th>"));
        }
        self.raw("</tr></thead><tbody>\n");
        for row in rows {
            let Some(span) = row.span() else { continue };
            // Readers count from 1.
            let place = match self.document.sentences_of(span) {
                Some((first, last)) if first == last => (first + 1).to_string(),
                Some((first, last)) => format!("{}–{}", first + 1, last + 1),
                None => String::new(),
            };
            self.raw(&format!("<tr><td>{place}</td>"));
            for name in &columns {
                self.cell(row.attributes.get(*name).map_or("", String::as_str));
            }
            self.cell(self.document.text().slice(span).unwrap_or_default());
            if noted {
                self.cell(&row.note);
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody></table></section>\n");
    }

    fn orphans(&mut self) {
        let document = self.document;
        let mut title = Some(self.say("Sans place dans ce texte", "Without a place in this text"));
        for annotation in document.annotations() {
            let Target::Orphan(quote) = &annotation.target else { continue };
            if let Some(title) = title.take() {
                self.raw(&format!("<section><h2>{title}</h2><table><tbody>\n"));
            }
            self.raw("<tr>");
            let name = document.labels().find(&annotation.label).map_or("", |label| label.name(self.language));
            self.cell(name);
            self.cell(&quote.exact);
            self.cell(&annotation.note);
            self.raw("</tr>\n");
        }
        if title.is_none() {
            self.raw("</tbody></table></section>\n");
        }
    }

    fn cell(&mut self, text: &str) {
        self.raw("<td>");
        self.escaped(text);
        self.raw("</td>");
    }

    fn heading(&self, attribute: &'a str) -> &'a str {
        match attribute {
            "speaker" => self.say("Locuteur", "Speaker"),
            "role" => self.say("Fonction", "Role"),
            "verb" => self.say("Verbe", "Verb"),
            "value" | "when" | "iso" => self.say("Valeur", "Value"),
            other => other,
        }
    }
}

fn date_value(annotation: &Annotation) -> &str {
    DATE_VALUES.iter().find_map(|name| annotation.attributes.get(*name)).map_or("", String::as_str)
}
