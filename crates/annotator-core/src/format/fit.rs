//! What a file says about annotations, fitted to the open document: the one place where an imported annotation
//! gets its stretch of the text, its label and its id. Leaves out how each format writes these.

use super::{FormatError, Warning};
use crate::anchor::{Resolution, Selectors};
#[cfg(feature = "reanchor")]
use crate::anchor::{reanchor, resolve};
use crate::annotation::{Annotation, AnnotationId, Attributes, Provenance, Quote, Stamp, Target, Timestamp, Unit};
use crate::document::Document;
use crate::label::{Label, LabelSet};
use crate::session::Import;
use crate::text::{CharOffset, Span, Text, Utf16Offset};

use super::lines::Lines;

/// An annotation as a file has it, before it is fitted to a document. What the file does not say stays empty.
#[derive(Debug, Default)]
pub(crate) struct Loose {
    /// Where it stands in the file, for warnings.
    pub place: String,
    /// Its id; empty where the file has none.
    pub id: String,
    /// Its label's id.
    pub label: String,
    /// `None` is worked out from the sentences.
    pub unit: Option<Unit>,
    /// Its stretch of the document's text, under the file's own unit of positions and under the other one.
    pub spans: [Option<Span>; 2],
    /// Whether the file gives positions at all.
    pub placed: bool,
    /// Whether the file knows this very text and says that it does not hold the words.
    pub orphan: bool,
    /// Where it stood in the text that the file carries, where that is another one.
    pub old: Option<Span>,
    /// What became of it since then.
    pub moved: Option<Resolution>,
    /// Its words; `exact` is empty where the file has none.
    pub quote: Quote,
    /// A remark.
    pub note: String,
    /// Named values.
    pub attributes: Attributes,
    /// `None` is an import from this format.
    pub provenance: Option<Provenance>,
    /// Who made it.
    pub creator: String,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was changed.
    pub modified: Option<Timestamp>,
}

impl Loose {
    /// One of which only this is known.
    #[inline(never)]
    pub fn new(place: String, label: String) -> Self {
        Self { place, label, ..Self::default() }
    }

    /// Whether its positions, in either unit, give its words.
    fn quoted_at_place(&self, document: &Document) -> bool {
        [0, 1].into_iter().any(|which| gives_words(document.text(), self, which))
    }

    /// Whether its words are there, at its positions or elsewhere.
    pub fn stands_in(&self, document: &Document) -> bool {
        self.quoted_at_place(document) || find_quote(document.text(), &self.quote).is_some()
    }
}

/// How the annotations of one file are to be taken.
pub(crate) struct Manner<'a> {
    /// The format's id: the source of annotations that do not say how they came to be.
    pub from: &'a str,
    /// What a warning says when the other unit of positions turns out to be the right one;
    /// `None` where the file names the units and both are right.
    pub other_unit: Option<&'static str>,
    /// Labels that the document may lack.
    pub known: &'a LabelSet,
    /// Whether what is not in the file is removed.
    pub replace: bool,
}

/// Said where positions that should be code points are UTF-16 code units.
pub(crate) const IN_UTF16: &str = "expected positions in code points, found UTF-16 code units; read as such";

/// Said where positions that should be UTF-16 code units are code points.
pub(crate) const IN_CODE_POINTS: &str = "expected positions in UTF-16 code units, found code points; read as such";

/// Fits what a file says to a document.
///
/// An annotation whose positions do not give its words is placed by its words, else kept as an orphan; each time
/// there is a warning. One without a label, or with neither words nor positions, is left out with a warning.
/// One without an id that repeats what the document has (same label, same stretch) is taken for that one.
/// Labels that are not in the set join it.
pub(crate) fn fit(
    found: Vec<Loose>,
    document: &Document,
    stamp: &Stamp,
    manner: &Manner<'_>,
    warnings: &mut Vec<Warning>,
) -> Import {
    let text = document.text();
    let swap = manner.other_unit.is_some_and(|message| {
        let votes = |which: usize| found.iter().filter(|loose| gives_words(text, loose, which)).count();
        let other = votes(1) > votes(0);
        if other {
            let place = found.iter().find(|loose| gives_words(text, loose, 1)).map(|loose| loose.place.clone());
            warnings.push(Warning { place: place.unwrap_or_default(), message: message.to_owned() });
        }
        other
    });
    let mut labels: Vec<Label> = document.labels().iter().cloned().collect();
    let mut annotations: Vec<Annotation> = Vec::with_capacity(found.len());
    if found.iter().any(|loose| loose.moved.is_some()) {
        let message = "the file is about another version of this text; its annotations follow their words".to_owned();
        warnings.push(Warning { place: "text".to_owned(), message });
    }
    let mut room = ROOM;
    let mut taken: Vec<AnnotationId> = Vec::new();
    let mut claimed: Vec<AnnotationId> = Vec::new();
    for id in found.iter().filter_map(|loose| AnnotationId::new(&loose.id)) {
        enter(&mut claimed, &id);
    }
    for (index, mut loose) in found.into_iter().enumerate() {
        let place = std::mem::take(&mut loose.place);
        let mut warn = |message: &str| warnings.push(Warning { place: place.clone(), message: message.to_owned() });
        if loose.label.is_empty() {
            warn("expected a label, found none; left out");
            continue;
        }
        if swap {
            loose.spans.swap(0, 1);
        }
        let Some(target) = target_of(&loose, text, &mut room, &mut warn) else { continue };
        if labels.iter().all(|label| label.id != loose.label) {
            labels.push(manner.known.find(&loose.label).cloned().unwrap_or_else(|| {
                warn(&["label \"", &loose.label, "\" is not described in the file; added by its id"].concat());
                Label::bare(&loose.label)
            }));
        }
        let twin = match (&target, loose.id.is_empty()) {
            (Target::Span(span), true) => twin_of(document, *span, &loose.label, &claimed),
            _ => None,
        };
        if let Some(twin) = twin {
            enter(&mut claimed, &twin.id);
            enter(&mut taken, &twin.id);
            let mut kept = twin;
            if !loose.note.is_empty() {
                kept.note = loose.note;
            }
            for (name, value) in loose.attributes {
                kept.attributes.insert(name, value);
            }
            annotations.push(kept);
            continue;
        }
        let id = match AnnotationId::new(&loose.id) {
            Some(id) if enter(&mut taken, &id) => id,
            Some(id) => {
                let id = id.as_str();
                warn(&["the id \"", id, "\" occurs twice in the file; the second annotation gets another"].concat());
                stamp.id(index)
            }
            None => stamp.id(index),
        };
        let created = loose.created.unwrap_or(stamp.now);
        let unit = loose.unit.unwrap_or_else(|| match target {
            Target::Span(span) => document.unit_of(span),
            Target::Orphan(_) => Unit::Span,
        });
        annotations.push(Annotation {
            id,
            unit,
            target,
            note: loose.note,
            attributes: loose.attributes,
            provenance: loose.provenance.unwrap_or_else(|| Provenance::Imported(manner.from.to_owned())),
            creator: loose.creator,
            created,
            modified: loose.modified.unwrap_or(created),
            label: loose.label,
        });
    }
    let labels = (labels.len() > document.labels().len()).then(|| LabelSet::new(labels));
    Import { annotations, corrections: None, labels, replace: manner.replace }
}

/// Bytes of text to compare with changed words, over all annotations of a file: each one takes the whole text.
const ROOM: usize = 1 << 26;

/// Finds what became of annotations whose words stood in `old`, all at once.
pub(crate) fn move_over(old: &Text, new: &Text, found: &mut [Loose]) {
    let spans: Vec<Span> = found.iter().filter_map(|loose| loose.old).collect();
    let moved = reanchor(old, new, &spans);
    for (loose, moved) in found.iter_mut().filter(|loose| loose.old.is_some()).zip(moved) {
        loose.moved = Some(moved);
    }
}

/// Without the feature `reanchor`, words that have changed are not followed.
#[cfg(not(feature = "reanchor"))]
fn resolve(_: &Selectors, _: &Text) -> Resolution {
    Resolution::Orphan
}

/// Without the feature `reanchor`, unchanged words are found where they stand now, changed ones not.
#[cfg(not(feature = "reanchor"))]
fn reanchor(old: &Text, new: &Text, spans: &[Span]) -> Vec<Resolution> {
    let found = spans.iter().map(|span| find_quote(new, &quote_of(old, *span)));
    found.map(|found| found.map_or(Resolution::Orphan, Resolution::Moved)).collect()
}

/// An annotation of the document that says the same and that nothing else in the file names.
fn twin_of(document: &Document, span: Span, label: &str, claimed: &[AnnotationId]) -> Option<Annotation> {
    let (first, _) = document.sentences_of(span)?;
    let same = |other: &&std::rc::Rc<Annotation>| {
        other.span() == Some(span) && other.label == label && claimed.binary_search(&other.id).is_err()
    };
    document.annotations_of(first).iter().find(same).map(|twin| Annotation::clone(twin))
}

/// Puts an id into a list in order; whether it was not there before.
fn enter(list: &mut Vec<AnnotationId>, id: &AnnotationId) -> bool {
    let place = list.binary_search(id);
    if let Err(place) = place {
        list.insert(place, id.clone());
    }
    place.is_err()
}

/// The id of the label that a file from elsewhere means: its id, else one of its names, without regard to the case of
/// ASCII letters; a name that no label bears stands for itself.
pub(crate) fn label_of(labels: &LabelSet, named: &str) -> String {
    let bears = |name: &str| name.eq_ignore_ascii_case(named);
    let by_name = || labels.iter().find(|label| bears(&label.name_fr) || bears(&label.name_en));
    labels.find(named).or_else(by_name).map_or_else(|| named.to_owned(), |label| label.id.clone())
}

fn gives_words(text: &Text, loose: &Loose, which: usize) -> bool {
    let found = loose.spans[which].and_then(|span| text.slice(span));
    found.is_some_and(|found| !loose.quote.exact.is_empty() && same_words(found, &loose.quote.exact))
}

/// Whether two stretches are the same but for kinds and numbers of blanks inside; other programs
/// turn line ends into blanks.
fn same_words(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x.is_whitespace() && y.is_whitespace() => {
                while a.next_if(|c| c.is_whitespace()).is_some() {}
                while b.next_if(|c| c.is_whitespace()).is_some() {}
            }
            (x, y) if x == y => {}
            _ => return false,
        }
    }
}

fn target_of(loose: &Loose, text: &Text, room: &mut usize, warn: &mut impl FnMut(&str)) -> Option<Target> {
    let quote = &loose.quote;
    let exact = quote.exact.as_str();
    // The very words first, under either unit; then the same words with other blanks.
    for strict in [true, false] {
        for span in loose.spans.into_iter().flatten() {
            let Some(found) = text.slice(span).filter(|found| !found.trim().is_empty()) else { continue };
            let fits = if strict { exact.is_empty() || exact == found } else { same_words(exact, found) };
            if fits {
                return Some(Target::Span(span));
            }
        }
    }
    if exact.trim().is_empty() {
        warn("expected positions in the text or the words themselves; left out");
        return None;
    }
    if loose.orphan && !loose.placed {
        return Some(Target::Orphan(quote.clone()));
    }
    let (span, changed) = match &loose.moved {
        Some(moved) => (moved.span(), matches!(moved, Resolution::Fuzzy { .. })),
        None => match find_quote(text, quote) {
            Some(span) => (Some(span), false),
            None if *room >= text.len() => {
                *room -= text.len();
                let Quote { exact, prefix, suffix } = quote.clone();
                let position = loose.spans[0].or(loose.spans[1]).or(Span::new(0, 0)).unwrap_or(text.span());
                let found = resolve(&Selectors { exact, prefix, suffix, position }, text);
                (found.span(), matches!(found, Resolution::Fuzzy { .. }))
            }
            None => (None, false),
        },
    };
    let readable = |span: &Span| text.slice(*span).is_some_and(|found| !found.trim().is_empty());
    Some(match span.filter(readable) {
        Some(span) => {
            match &loose.moved {
                // Said once for the whole file.
                Some(Resolution::Exact(_)) => {}
                _ if changed => warn("its words have changed; placed where most of them stand"),
                _ if loose.placed => warn("its positions do not give its words; placed by its words"),
                _ => warn("without positions; placed by its words"),
            }
            Target::Span(span)
        }
        None => {
            // Without positions the words are all there is: an orphan that was written as one is no surprise.
            if loose.placed {
                warn("its words are not in this text; kept without a place");
            }
            Target::Orphan(quote.clone())
        }
    })
}

/// The one place where a quotation stands, or the one whose surroundings fit better than those of all others.
/// `None` where it does not stand or several places fit alike.
pub fn find_quote(text: &Text, quote: &Quote) -> Option<Span> {
    let mut best: Option<(usize, Span)> = None;
    let mut tied = false;
    for (start, exact) in text.match_indices(quote.exact.as_str()).filter(|_| !quote.exact.trim().is_empty()) {
        let span = Span::new(start, start + exact.len())?;
        let before = text[..start].chars().rev().zip(quote.prefix.chars().rev()).take_while(|(a, b)| a == b).count();
        let behind = text[span.end()..].chars().zip(quote.suffix.chars()).take_while(|(a, b)| a == b).count();
        let score = before + behind;
        match best {
            Some((known, _)) if known > score => {}
            Some((known, _)) if known == score => tied = true,
            _ => {
                best = Some((score, span));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, span)| span)
}

/// Code points of context on each side of a quotation.
const CONTEXT: usize = 32;

/// A span of a text by its words, with up to 32 code points of context on each side.
///
/// # Panics
///
/// If the span does not lie on boundaries of the text.
pub fn quote_of(text: &str, span: Span) -> Quote {
    let before = &text[..span.start()];
    let behind = &text[span.end()..];
    let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let to = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    Quote {
        exact: text[span.start()..span.end()].to_owned(),
        prefix: before[from..].to_owned(),
        suffix: behind[..to].to_owned(),
    }
}

/// The span between two positions in code points.
pub(crate) fn char_ends(text: &Text, [start, end]: [usize; 2]) -> Option<Span> {
    text.span_of_chars([CharOffset(start), CharOffset(end)])
}

/// The span between two positions in UTF-16 code units.
pub(crate) fn utf16_ends(text: &Text, [start, end]: [usize; 2]) -> Option<Span> {
    text.span_of_utf16([Utf16Offset(start), Utf16Offset(end)])
}

/// The text that a file carries, beside the one that is open.
pub(crate) struct Carried {
    text: Text,
    lines: Lines,
    open: Lines,
    same: bool,
    aligned: bool,
}

impl Carried {
    /// Compares the file's text with the open one.
    ///
    /// # Errors
    ///
    /// [`FormatError::OtherRelease`] if less than half of it (by lines) stands in the open text and `id` is not that
    /// of the open release.
    pub fn new(content: &str, id: &str, title: &str, document: &Document) -> Result<Self, FormatError> {
        let release = document.release();
        let text = Text::new(content);
        let (lines, open) = (Lines::new(&text), Lines::new(&release.text));
        let same = text == release.text;
        let aligned = same || lines.text() == open.text();
        if !aligned && id != release.id {
            let known: Vec<&str> = open.text().lines().map(str::trim).collect();
            let (mut shared, mut whole) = (0, 0);
            for line in lines.text().lines().map(str::trim) {
                whole += line.len();
                shared += if known.contains(&line) { line.len() } else { 0 };
            }
            if shared * 2 < whole || whole == 0 {
                let first = content.trim_start().lines().next().unwrap_or("?");
                let title = [title, id, first].into_iter().find(|name| !name.is_empty()).unwrap_or("?");
                return Err(FormatError::OtherRelease { file: title.to_owned(), open: release.title.clone() });
            }
        }
        Ok(Self { text, lines, open, same, aligned })
    }

    /// Notes positions in the file's text: the stretches that they mean in the open text, in code points and in
    /// UTF-16 code units, and the words as the file has them where it does not say them itself.
    pub fn place(&self, ends: [usize; 2], loose: &mut Loose) {
        let spans = [char_ends(&self.text, ends), utf16_ends(&self.text, ends)];
        loose.placed = true;
        if self.aligned {
            let carry = |span| if self.same { span } else { self.open.to_original(self.lines.to_lf(span)) };
            loose.spans = spans.map(|span| span.map(carry));
        }
        let fits = |span: &&Span| self.text.slice(**span).is_some_and(|found| same_words(found, &loose.quote.exact));
        let chosen = spans.iter().flatten().find(fits).or(spans[0].as_ref().filter(|_| loose.quote.exact.is_empty()));
        if let Some(span) = chosen.filter(|span| !span.is_empty()) {
            loose.quote = quote_of(&self.text, *span);
            loose.old = Some(*span).filter(|_| !self.aligned);
        }
    }

    /// Follows the words of annotations into the open text, once all were noted.
    pub fn settle(&self, document: &Document, found: &mut [Loose]) {
        if !self.aligned {
            move_over(&self.text, document.text(), found);
        }
    }

    /// Like [`place`](Self::place) for a stretch in fragments, in order; whether words stand between them. Their words
    /// in the file are those of the fragments, joined by blanks: where those fit, the words of the whole take their
    /// place.
    pub fn place_fragments(&self, fragments: &[[usize; 2]], loose: &mut Loose) -> bool {
        let (Some(first), Some(last)) = (fragments.first(), fragments.last()) else { return false };
        if fragments.len() > 1 {
            let words = |ends: &[usize; 2]| char_ends(&self.text, *ends).and_then(|span| self.text.slice(span));
            let joined = fragments.iter().filter_map(words).collect::<Vec<_>>().join(" ");
            if same_words(&joined, &loose.quote.exact) {
                loose.quote.exact.clear();
            }
        }
        self.place([first[0], last[1]], loose);
        fragments.windows(2).any(|pair| {
            let between = char_ends(&self.text, [pair[0][1], pair[1][0]]).and_then(|span| self.text.slice(span));
            between.is_none_or(|between| !between.trim().is_empty())
        })
    }
}
