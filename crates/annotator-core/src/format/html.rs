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

use super::emit::{Markup, add_attribute_names};
use super::{Export, FormatError, Written, placed};
use crate::annotation::{Annotation, Target};
use crate::document::Document;
use crate::label::{Label, UiLanguage};
use crate::runs::runs;

/// Kinds of underline, so that labels differ in black and white too; label n takes kind n, in a circle.
const UNDERLINES: [&str; 5] = ["solid", "dashed", "dotted", "double", "wavy"];

/// The attribute that holds a date's value, under the names that files use.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

/// The attributes whose columns come first.
const LEADING: [&str; 7] = ["speaker", "role", "verb", "value", "when", "date", "iso"];

/// From behind the page's language to the title.
const HEAD: &str = "><head><meta charset=\"utf-8\">\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>";

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
th,td{border:1px solid #767676;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:break-word}\
th{background:#eee}tr{break-inside:avoid}thead{display:table-header-group}td{white-space:pre-wrap}\
td:first-child{white-space:nowrap}\
@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;font-size:10pt;padding:0}}";

struct Page<'a> {
    out: Markup,
    document: &'a Document,
    language: UiLanguage,
}

pub(super) fn export(export: &Export<'_>) -> Result<Written, FormatError> {
    let document = export.document;
    let mut page = Page { out: Markup::default(), document, language: export.language };
    page.head();
    page.summary(export);
    page.legend();
    page.text();
    for label in document.labels().iter() {
        page.table(label);
    }
    page.orphans();
    page.out.raw("</main></body></html>\n");
    Ok(Written { bytes: page.out.out.into_bytes(), warnings: Vec::new() })
}

impl<'a> Page<'a> {
    /// The words of the page's own language.
    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        if self.language == UiLanguage::French { french } else { english }
    }

    fn head(&mut self) {
        let title = &self.document.release().title;
        let lang = self.say("fr", "en");
        self.out.raw("<!doctype html>\n<html").attribute("lang", lang).raw(HEAD).text(title).raw("</title><style>");
        self.out.raw(STYLE);
        for (n, label) in self.document.labels().iter().enumerate() {
            // The colour is of the form #rrggbb, see `LabelSet::new`; 22 is an opacity of 13 %.
            self.out.raw(".l").number(n).raw("{background:").raw(&label.color).raw("22;text-decoration:underline ");
            self.out.raw(UNDERLINES[n % UNDERLINES.len()]).raw(" ").raw(&label.color).raw(" 2px}");
        }
        self.out.raw("</style></head>\n<body><main>").element("h1", title).raw("\n");
    }

    fn summary(&mut self, export: &Export<'_>) {
        let document = self.document;
        let release = document.release();
        let day = export.stamp.now.to_string();
        let rows = [
            (self.say("Communiqué", "Release"), release.id.as_str()),
            (self.say("Source", "Source"), release.source.as_str()),
            (self.say("Annoté par", "Annotated by"), export.stamp.creator.as_str()),
            (self.say("Exporté le", "Exported on"), &day[..10]),
            (self.say("Phrases", "Sentences"), &document.sentences().len().to_string()),
            (self.say("Annotations", "Annotations"), &document.annotation_count().to_string()),
        ];
        self.out.raw("<dl>");
        for (name, value) in rows {
            if !value.is_empty() {
                self.out.element("dt", name).element("dd", value);
            }
        }
        self.out.raw("</dl>\n");
    }

    fn legend(&mut self) {
        let document = self.document;
        let title = self.say("Légende", "Legend");
        self.out.raw("<section class=\"legend\">").element("h2", title).raw("<ul>");
        for (n, label) in document.labels().iter().enumerate() {
            let count = document.annotations().filter(|annotation| annotation.label == label.id).count();
            self.out.raw("<li><mark class=\"l").number(n).raw("\" data-n=\"").number(n + 1).raw("\">");
            self.out.text(label.name(self.language)).raw("</mark> (").number(count).raw(")");
            if !label.description.is_empty() {
                self.out.raw(" – ").text(&label.description);
            }
            self.out.raw("</li>");
        }
        self.out.raw("</ul></section>\n");
    }

    fn text(&mut self) {
        let document = self.document;
        let title = self.say("Texte annoté", "Annotated text");
        self.out.raw("<section>").element("h2", title).raw("<div class=\"text\"");
        self.out.attribute("lang", &document.release().lang).raw(">\n");
        let all = placed(document);
        for paragraph in document.segmentation().paragraphs() {
            self.out.raw("<p dir=\"auto\">");
            let touching: Vec<_> = all.iter().filter(|(span, _)| span.overlaps(*paragraph)).copied().collect();
            for run in runs(*paragraph, &touching) {
                for annotation in &run.covering {
                    let begins = annotation.span().map(|span| span.start().max(paragraph.start()));
                    self.mark(annotation, begins == Some(run.span.start()));
                }
                self.out.text(document.text().slice(run.span).unwrap_or_default());
                run.covering.iter().for_each(|_| {
                    self.out.raw("</mark>");
                });
            }
            self.out.raw("</p>\n");
        }
        self.out.raw("</div></section>\n");
    }

    /// Opens the mark of an annotation; where it begins, with the number of its label.
    fn mark(&mut self, annotation: &Annotation, begins: bool) {
        let n = self.document.labels().position(&annotation.label).unwrap_or_default();
        self.out.raw("<mark class=\"l").number(n).raw("\"");
        self.out.attribute("data-annotation", annotation.id.as_str()).attribute("data-label", &annotation.label);
        let name = self.name(annotation);
        self.out.attribute("title", name);
        if begins {
            self.out.raw(" data-n=\"").number(n + 1).raw("\"");
        }
        self.out.raw(">");
    }

    fn name(&self, annotation: &Annotation) -> &'a str {
        self.document.labels().find(&annotation.label).map_or("", |label| label.name(self.language))
    }

    /// The annotations of one label with what is known about them: those of quotes by speaker, those of dates by
    /// value (what is no calendar date, like a duration, behind), all others as in the text.
    fn table(&mut self, label: &Label) {
        let document = self.document;
        let mut rows: Vec<(&str, &Annotation)> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        let mut noted = false;
        for (_, annotation) in placed(document).into_iter().filter(|(_, annotation)| annotation.label == label.id) {
            let key = order(annotation);
            let place = rows.partition_point(|(other, _)| *other <= key);
            rows.insert(place, (key, annotation));
            add_attribute_names(&mut names, annotation);
            noted |= !annotation.note.is_empty();
        }
        self.out.raw("<section>").element("h2", label.name(self.language));
        if rows.is_empty() {
            let none = self.say("Aucune annotation.", "No annotation.");
            self.out.element("p", none).raw("</section>\n");
            return;
        }
        // What a row is sorted by comes first.
        let mut columns: Vec<&str> = LEADING.into_iter().filter(|name| names.contains(name)).collect();
        names.retain(|name| !LEADING.contains(name));
        columns.append(&mut names);
        let (number, words) = (self.say("Phrase", "Sentence"), self.say("Passage", "Passage"));
        self.out.raw("<table><thead><tr>");
        self.heading(number);
        columns.iter().for_each(|name| self.heading(self.column(name)));
        self.heading(words);
        if noted {
            self.heading("Note");
        }
        self.out.raw("</tr></thead><tbody>\n");
        for (_, row) in rows {
            let Some(span) = row.span() else { continue };
            self.out.raw("<tr><td>");
            // Readers count from 1.
            if let Some((first, last)) = document.sentences_of(span) {
                self.out.number(first + 1);
                if last > first {
                    self.out.raw("–").number(last + 1);
                }
            }
            self.out.raw("</td>");
            for name in &columns {
                self.out.element("td", row.attributes.get(*name).map_or("", String::as_str));
            }
            self.out.element("td", document.text().slice(span).unwrap_or_default());
            if noted {
                self.out.element("td", &row.note);
            }
            self.out.raw("</tr>\n");
        }
        self.out.raw("</tbody></table></section>\n");
    }

    fn orphans(&mut self) {
        let title = self.say("Sans place dans ce texte", "Without a place in this text");
        let mut begun = false;
        for annotation in self.document.annotations() {
            let Target::Orphan(quote) = &annotation.target else { continue };
            if !begun {
                self.out.raw("<section>").element("h2", title).raw("<table><tbody>\n");
                begun = true;
            }
            let name = self.name(annotation);
            self.out.raw("<tr>").element("td", name).element("td", &quote.exact).element("td", &annotation.note);
            self.out.raw("</tr>\n");
        }
        self.out.raw(if begun { "</tbody></table></section>\n" } else { "" });
    }

    fn heading(&mut self, text: &str) {
        self.out.raw("<th scope=\"col\">").text(text).raw("</th>");
    }

    fn column<'b>(&self, attribute: &'b str) -> &'b str {
        match attribute {
            "speaker" => self.say("Locuteur", "Speaker"),
            "role" => self.say("Fonction", "Role"),
            "verb" => self.say("Verbe", "Verb"),
            "value" | "when" | "iso" => self.say("Valeur", "Value"),
            other => other,
        }
    }
}

/// What a row is sorted by: the speaker, else the value of a date; whatever has neither, or a value that is no calendar
/// date, comes last.
fn order(annotation: &Annotation) -> &str {
    let value = |name: &str| annotation.attributes.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let date = || DATE_VALUES.iter().find_map(|name| value(name)).filter(|date| date.as_bytes()[0].is_ascii_digit());
    value("speaker").or_else(date).unwrap_or("\u{10ffff}")
}
