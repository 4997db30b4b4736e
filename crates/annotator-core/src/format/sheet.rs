//! A document on its way into a format: the annotation file as a value, to which formats add what they need before a
//! template writes it. Leaves out what only one format needs.

use super::lines::Lines;
use super::template::{Escape, render};
use super::value::Value;
use super::{Export, FormatError, Warning, json, placed, warn};
use crate::document::Document;
use crate::label::UiLanguage;

/// See the module.
pub(crate) struct Sheet<'a> {
    export: &'a Export<'a>,
    /// The document.
    pub document: &'a Document,
    /// The language of headings and of label names.
    pub language: UiLanguage,
    /// The annotation file (the contract, section 4), and what formats add.
    pub file: Value,
    /// What was changed or left out.
    pub warnings: Vec<Warning>,
}

impl<'a> Sheet<'a> {
    /// # Errors
    ///
    /// [`FormatError::Inconsistent`] if a position does not lead back to its own words.
    pub fn new(export: &'a Export<'a>) -> Result<Self, FormatError> {
        let Export { document, language, .. } = *export;
        let file = json::file_value(document, export.stamp)?;
        Ok(Self { export, document, language, file, warnings: Vec::new() })
    }

    /// The file by its template.
    pub fn render(&self, template: &str, ways: [Escape; 2]) -> Vec<u8> {
        render(template, &self.file, ways, self.language == UiLanguage::French)
    }

    /// Works on every member of a list of the file, with its index. Annotations stand as in the document, orphans last.
    #[inline(never)]
    pub fn each(&mut self, list: &str, work: &mut dyn FnMut(usize, &mut Value)) {
        let mut values = self.file.take(list);
        for (index, value) in values.iter_mut().enumerate() {
            work(index, value);
        }
        self.file.set(list, Value::Array(values));
    }

    /// For formats that have no room for them: drops the annotations without a place, each with a warning.
    pub fn leave_out_orphans(&mut self) {
        let mut values = self.file.take("annotations");
        values.truncate(placed(self.document).len());
        self.file.set("annotations", Value::Array(values));
        for orphan in self.document.annotations().filter(|annotation| annotation.span().is_none()) {
            warn(&mut self.warnings, orphan.id.as_str(), "without a place in the text; left out of this format");
        }
    }

    /// For formats whose readers open files in text mode: adds the text with LF line ends as `text`, and to every annotation
    /// its `start` and `end` in it, in code points. Says so where that is another text.
    pub fn with_lf(&mut self) -> Lines {
        let document = self.document;
        let lines = Lines::new(document.text());
        if document.text().contains('\r') {
            warn(&mut self.warnings, "text", "line ends are written as LF, and positions count them so");
        }
        self.file.set("text", lines.text().as_str().into());
        let placed = placed(document);
        self.each("annotations", &mut |index, value| {
            let ends = lines.text().char_span(lines.to_lf(placed[index].0));
            if let Some([start, end]) = ends {
                value.set("start", start.0.into());
                value.set("end", end.0.into());
            }
        });
        lines
    }

    /// Adds to every annotation the name of its label in the language of the interface as `name`, and the place of the label
    /// in its set as `i` from 0 and `n` from 1.
    pub fn name_labels(&mut self) {
        let (labels, language) = (self.document.labels(), self.language);
        self.each("annotations", &mut |_, value| {
            let place = labels.position(value["label"].as_str().unwrap_or_default());
            let name = place.and_then(|n| labels.iter().nth(n)).map_or("", |label| label.name(language));
            value.set("name", name.into());
            value.set("i", place.unwrap_or_default().into());
            value.set("n", (place.unwrap_or_default() + 1).into());
        });
    }

    /// Adds what is proposed and not decided as `suggestions`, if there is any.
    pub fn add_suggestions(&mut self) {
        let text = self.document.text();
        let mut list = Vec::new();
        for proposal in self.export.proposals {
            let mut value = Value::default();
            value.set("id", proposal.id.as_str().into());
            value.set("label", proposal.label.as_str().into());
            value.set("rule", proposal.rule.as_str().into());
            value.set("exact", text.slice(proposal.span).unwrap_or_default().into());
            if let Some(ends) = text.char_span(proposal.span) {
                value.set("codePoints", ends.into_iter().map(|at| Value::from(at.0)).collect());
                list.push(value);
            }
        }
        if !list.is_empty() {
            self.file.set("suggestions", Value::Array(list));
        }
    }
}
