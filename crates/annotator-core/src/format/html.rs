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

use super::names::add_attribute_names;
use super::template::{ATTRIBUTE, XML};
use super::value::Value;
use super::{Sheet, placed, position};
use crate::annotation::Annotation;
use crate::label::UiLanguage;
use crate::runs::runs;
use crate::text::Span;

/// Kinds of underline, so that labels differ in black and white too; label n takes kind n, in a circle.
const UNDERLINES: [&str; 5] = ["solid", "dashed", "dotted", "double", "wavy"];

/// The attribute that holds a date's value, under the names that files use.
const DATE_VALUES: [&str; 4] = ["value", "when", "date", "iso"];

/// The attributes whose columns come first, and their headings in French and English.
const LEADING: [[&str; 3]; 7] = [
    ["speaker", "Locuteur", "Speaker"],
    ["role", "Fonction", "Role"],
    ["verb", "Verbe", "Verb"],
    ["value", "Valeur", "Value"],
    ["when", "Valeur", "Value"],
    ["date", "date", "date"],
    ["iso", "Valeur", "Value"],
];

const TEMPLATE: &str = concat!(
    "<!doctype html>\n<html lang=\"|fr|en|\"><head><meta charset=\"utf-8\">",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    "<meta name=\"viewport\" content=\"width=device-width\"><title>~release.title~</title><style>",
    ":root{color-scheme:light}",
    "body{font:11pt/1.5 Georgia,serif;color:#1b1b1b;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}",
    "h1{font-size:1.5em;line-height:1.2}h2{font-size:1.15em;margin-top:2em;break-after:avoid}",
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;font-size:.9em}dt{font-weight:bold}dd{margin:0}",
    "ul{list-style:none;padding:0}li{margin:.2em 0}",
    ".text p{white-space:pre-wrap;overflow-wrap:anywhere}",
    "mark{color:inherit;text-underline-offset:.2em;text-decoration-thickness:2px;text-decoration-skip-ink:none;",
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}",
    "mark[data-n]::before{content:attr(data-n);font:bold .7em/1 sans-serif;vertical-align:super;margin-right:.15em}",
    "table{border-collapse:collapse;width:100%;font-size:.9em}",
    "th,td{border:1px solid #767676;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:break-word}",
    "th{background:#eee}tr{break-inside:avoid}thead{display:table-header-group}td{white-space:pre-wrap}",
    "td:first-child{white-space:nowrap;width:1%}",
    "@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;font-size:10pt;padding:0}}",
    // The colour is of the form #rrggbb, see `LabelSet::new`; 22 is an opacity of 13 %.
    "^labels~.l~#~{background:~color~22;text-decoration:underline ~underline~ ~color~ 2px}`",
    "</style></head>\n<body><main><h1>~release.title~</h1>\n",
    "<dl><dt>|Communiqué|Release|</dt><dd>~release.id~</dd>",
    "^release.source~<dt>Source</dt><dd>~release.source~</dd>`",
    "^annotator~<dt>|Annoté par|Annotated by|</dt><dd>~annotator~</dd>`",
    "<dt>|Exporté le|Exported on|</dt><dd>~day~</dd>",
    "<dt>|Phrases|Sentences|</dt><dd>~sentenceCount~</dd><dt>Annotations</dt><dd>~count~</dd></dl>\n",
    "<section class=\"legend\"><h2>|Légende|Legend|</h2><ul>",
    "^labels~<li><mark class=\"l~#~\" data-n=\"~##~\">|~name.fr~|~name.en~|</mark> (~count~)",
    "^description~ – ~description~`</li>`</ul></section>\n",
    "<section><h2>|Texte annoté|Annotated text|</h2><div class=\"text\" lang=\"~=release.lang~\">\n",
    "^paragraphs~<p dir=\"auto\">^runs~^marks~<mark class=\"l~i~\" data-annotation=\"~=id~\" data-label=\"~=label~\"",
    " title=\"~=name~\"^begins~ data-n=\"~n~\"`>`~text~^marks~</mark>``</p>\n`</div></section>\n",
    "^labels~<section><h2>|~name.fr~|~name.en~|</h2>^!rows~<p>|Aucune annotation.|No annotation.|</p>`",
    "^filled~<table><thead><tr><th scope=\"col\">|Phrase|Sentence|</th>",
    "^columns~<th scope=\"col\">~head~</th>`<th scope=\"col\">Passage</th>^noted~<th scope=\"col\">Note</th>`",
    "</tr></thead><tbody>\n^rows~<tr><td>~from~^to~–~to~`</td>^columns~<td>~@~</td>`<td>~exact~</td>",
    "^noted~<td>~note~</td>`</tr>\n`</tbody></table>`</section>\n`",
    "^orphaned~<section><h2>|Sans place dans ce texte|Without a place in this text|</h2><table><tbody>\n",
    "^annotations~^!codePoints~<tr><td>~name~</td><td>~exact~</td><td>~note~</td></tr>\n``",
    "</tbody></table></section>\n`</main></body></html>\n",
);

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    let document = sheet.document;
    sheet.name_labels();
    let placed = placed(document);
    let day: String = sheet.file["exported"].as_str().unwrap_or_default().chars().take(10).collect();
    sheet.file.set("day", day.into());
    sheet.file.set("count", document.annotation_count().into());
    sheet.file.set("sentenceCount", document.sentences().len().into());
    sheet.file.set("orphaned", Value::Bool(placed.len() < document.annotation_count()));
    let values = sheet.file.take("annotations");
    let french = sheet.language == UiLanguage::French;

    sheet.each("labels", &mut |n, value| {
        value.set("underline", UNDERLINES[n % UNDERLINES.len()].into());
        table(value, &placed, &values, french);
    });
    let mut paragraphs = Vec::new();
    for paragraph in document.segmentation().paragraphs() {
        let touching: Vec<(Span, usize)> = placed
            .iter()
            .enumerate()
            .filter(|(_, (span, _))| span.overlaps(*paragraph))
            .map(|(index, (span, _))| (*span, index))
            .collect();
        let mut pieces = Vec::new();
        for run in runs(*paragraph, &touching) {
            let mut marks = Vec::new();
            for index in run.covering {
                let mut mark = values[index].clone();
                let begins = placed[index].0.start().max(paragraph.start()) == run.span.start();
                mark.set("begins", Value::Bool(begins));
                marks.push(mark);
            }
            let mut piece = Value::default();
            piece.set("marks", Value::Array(marks));
            piece.set("text", document.text().slice(run.span).unwrap_or_default().into());
            pieces.push(piece);
        }
        let mut value = Value::default();
        value.set("runs", Value::Array(pieces));
        paragraphs.push(value);
    }
    sheet.file.set("paragraphs", Value::Array(paragraphs));
    sheet.file.set("annotations", Value::Array(values));
    sheet.render(TEMPLATE, [XML, ATTRIBUTE])
}

/// Adds to a label its annotations with what is known about them: those of quotes by speaker, those of dates by value (what
/// is no calendar date, like a duration, behind), all others as in the text.
fn table(label: &mut Value, placed: &[(Span, &Annotation)], values: &[Value], french: bool) {
    let mut rows: Vec<(&str, Value)> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let (mut count, mut noted) = (0, false);
    for (index, value) in values.iter().enumerate().filter(|(_, value)| value["label"] == label["id"]) {
        count += 1;
        let Some((_, annotation)) = placed.get(index) else { continue };
        let key = order(annotation);
        let mut row = value.clone();
        // Readers count from 1.
        let ends = [0, 1].map(|n| position(&value["sentences"][n]).unwrap_or_default() + 1);
        row.set("from", ends[0].into());
        if ends[1] > ends[0] {
            row.set("to", ends[1].into());
        }
        rows.insert(rows.partition_point(|(other, _)| *other <= key), (key, row));
        add_attribute_names(&mut names, annotation);
        noted |= !annotation.note.is_empty();
    }
    // What a row is sorted by comes first.
    let mut columns = Vec::new();
    let mut column = |name: &str, head: &str| {
        let mut value = Value::default();
        value.set("name", name.into());
        value.set("head", head.into());
        columns.push(value);
    };
    for [name, fr, en] in LEADING {
        if names.contains(&name) {
            column(name, if french { fr } else { en });
        }
    }
    for name in names {
        if LEADING.iter().all(|[leading, ..]| *leading != name) {
            column(name, name);
        }
    }
    label.set("columns", Value::Array(columns));
    label.set("count", count.into());
    label.set("noted", Value::Bool(noted));
    label.set("filled", Value::Bool(!rows.is_empty()));
    label.set("rows", rows.into_iter().map(|(_, row)| row).collect());
}

/// What a row is sorted by: the speaker, else the value of a date; whatever has neither, or a value that is no calendar
/// date, comes last.
fn order(annotation: &Annotation) -> &str {
    let value = |name: &str| annotation.attributes.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let date = || DATE_VALUES.iter().find_map(|name| value(name)).filter(|date| date.as_bytes()[0].is_ascii_digit());
    value("speaker").or_else(date).unwrap_or("\u{10ffff}")
}
