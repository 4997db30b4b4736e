//! What became of the annotations when the text under them changed: old words beside new, to be confirmed or put
//! elsewhere in one gesture, each one step of undo. Leaves out the comparison (`annotator_core::anchor`) and what was
//! placed without a question when the text was opened (`annotator_core::carry`).

use std::rc::Rc;

use annotator_core::anchor::{Resolution, Selectors, reanchor, resolve};
use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::record::{Former, Shelf};
use annotator_core::{Quote, Span, Text, Timestamp, Utf16Offset};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, ShadowRoot};
use yew::prelude::*;

use super::releases::{StoreProps, now};
use crate::carry::text_at;
use crate::door::Door;
use crate::texts::{Texts, fill, texts};

/// Characters that are shown on each side.
const CONTEXT: usize = 30;

/// Characters of a passage that are shown.
const EXCERPT: usize = 300;

/// The two texts, and what became of each annotation of the old one. Only a change of the text changes it.
pub struct Comparison {
    old: Text,
    new: Text,
    at: Timestamp,
    found: Vec<(String, Span, Resolution)>,
}

/// An annotation that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As the element gives it.
    pub annotation: Value,
    /// Where it stood in the old text, if that is known.
    pub old: Option<Span>,
    /// Where it stands now; `None` for an orphan.
    pub placed: Option<Span>,
    /// What the comparison says; for an orphan of which the old place is not known, what its words say.
    pub found: Resolution,
    /// Whether a person has decided.
    pub decided: bool,
}

impl Comparison {
    /// Compares the open text with the one before it, where that is still known.
    pub fn new(former: Option<Former>, old: &str, new: &str) -> Self {
        let (old, new) = (Text::new(old), Text::new(new));
        let Former { at, spans, .. } =
            former.unwrap_or_else(|| Former { from: String::new(), at: Timestamp::from_millis(0), spans: Vec::new() });
        let (ids, places): (Vec<_>, Vec<_>) = spans.into_iter().filter(|(_, span)| old.slice(*span).is_some()).unzip();
        let found = reanchor(&old, &new, &places);
        let found = ids.into_iter().zip(places).zip(found).map(|((id, span), found)| (id.to_string(), span, found));
        Self { old, new, at, found: found.collect() }
    }

    /// The annotations that a person should look at, in their order: orphans, and those whose place is not the one where
    /// they stood, until somebody has decided.
    pub fn rows(&self, annotations: &[Value]) -> Vec<Row> {
        annotations.iter().filter_map(|annotation| self.row(annotation)).collect()
    }

    fn row(&self, annotation: &Value) -> Option<Row> {
        let placed = json::ends(&annotation["utf16"]).and_then(|ends| self.new.span_of_utf16(ends.map(Utf16Offset)));
        let known = annotation["id"].as_str().and_then(|id| self.found.iter().find(|(known, ..)| known == id));
        let modified = annotation["modified"].as_str().and_then(Timestamp::parse);
        let decided = modified.is_none_or(|modified| modified > self.at);
        let text = |name: &str| annotation[name].as_str().unwrap_or_default().to_owned();
        let found = match (known, placed) {
            (Some((_, _, found)), Some(placed)) if decided || *found == Resolution::Exact(placed) => return None,
            (Some((_, _, found)), _) => found.clone(),
            (None, Some(_)) => return None,
            (None, None) => {
                let position = Span::new(0, 0).expect("in order");
                let [exact, prefix, suffix] = ["exact", "prefix", "suffix"].map(text);
                match exact.trim() {
                    "" => Resolution::Orphan,
                    _ => resolve(&Selectors { exact, prefix, suffix, position }, &self.new),
                }
            }
        };
        Some(Row { annotation: annotation.clone(), old: known.map(|(_, span, _)| *span), placed, found, decided })
    }

    /// The quotation that an annotation was made on: what stood in the old text, else what it says itself.
    fn quote(&self, row: &Row) -> Quote {
        match row.old {
            Some(span) => json::quote_of(&self.old, span),
            None => {
                let [exact, prefix, suffix] = ["exact", "prefix", "suffix"]
                    .map(|name| row.annotation[name].as_str().unwrap_or_default().to_owned());
                Quote { exact, prefix, suffix }
            }
        }
    }

    /// The annotation on another place, or on none, as a file has it; changed now.
    pub fn settled(&self, row: &Row, place: Option<Span>, now: Timestamp) -> Value {
        let quote = place.map_or_else(|| self.quote(row), |span| json::quote_of(&self.new, span));
        let mut value = row.annotation.clone();
        for (name, text) in [("exact", quote.exact), ("prefix", quote.prefix), ("suffix", quote.suffix)] {
            value.set(name, text.into());
        }
        let ends = place.and_then(|span| self.new.utf16_span(span)).map(|ends| ends.map(|at| Value::from(at.0)));
        value.set("utf16", ends.map_or(Value::Null, |ends| Value::Array(ends.to_vec())));
        value.set("codePoints", Value::Null);
        value.set("orphan", Value::Bool(place.is_none()));
        let before = row.annotation["modified"].as_str().and_then(Timestamp::parse).unwrap_or(now);
        // Of two versions the later counts, and a file may say that the one before is of tomorrow.
        value.set("modified", Timestamp::from_millis(now.millis().max(before.millis() + 1)).to_string().into());
        value
    }
}

impl Row {
    /// Where it may belong, the likeliest first.
    pub fn candidates(&self) -> Vec<Span> {
        match &self.found {
            Resolution::Ambiguous(places) => places.clone(),
            found => found.span().into_iter().collect(),
        }
    }
}

#[component]
pub fn Changed(props: &StoreProps) -> Html {
    let door = props.door.clone();
    let texts = texts(&door);
    let comparison = use_state(|| None::<Rc<Comparison>>);
    let text = door.get("text").as_string().unwrap_or_default();
    {
        let (door, comparison) = (door.clone(), comparison.clone());
        use_effect_with(text, move |text| {
            let text = text.clone();
            spawn_local(async move {
                let found = Rc::new(compare(&door, &text).await);
                comparison.set(Some(found));
            });
        });
    }
    let Some(comparison) = (*comparison).clone() else { return html! {} };
    let rows = comparison.rows(annotations(&door).as_array().map_or(&[], Vec::as_slice));
    let (open, left): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| !row.decided && !row.candidates().is_empty());
    // Nothing is confirmed in a heap that has several places.
    let sure: Vec<(Row, Option<Span>)> = open
        .iter()
        .filter(|row| row.found.span().is_some() && row.placed.is_none_or(|placed| row.found.span() == Some(placed)))
        .map(|row| (row.clone(), row.found.span()))
        .collect();
    let confirm_all = {
        let (door, comparison, count) = (door.clone(), Rc::clone(&comparison), sure.len());
        let onclick = move |_: MouseEvent| settle(&door, &comparison, &sure);
        (count > 1).then(|| {
            html! { <button type="button" class="small" data-do="confirm-all" {onclick}>{ fill(texts.changed_all(), &[&count.to_string()]) }</button> }
        })
    };
    let group = |title: &str, rows: &[Row], extra: Option<Html>| {
        if rows.is_empty() {
            return html! {};
        }
        html! {
            <section>
                <div class="group-head"><h3>{ title }<span class="count">{ rows.len() }</span></h3>{ extra }</div>
                <ul class="offers">{ for rows.iter().map(|row| draw(&door, &comparison, row, texts)) }</ul>
            </section>
        }
    };
    html! {
        <>
            <p class="hint">{ if open.is_empty() && left.is_empty() { texts.changed_none() } else { texts.changed_hint() } }</p>
            { group(texts.changed_open(), &open, confirm_all) }
            { group(texts.changed_left(), &left, None) }
        </>
    }
}

fn annotations(door: &Door) -> Value {
    door.value("annotations")
}

/// Fetches the text before this one, and compares.
async fn compare(door: &Door, text: &str) -> Comparison {
    let shelf = Shelf::named(&door.get("_shelf").as_string().unwrap_or_default());
    let former = JsFuture::from(door.call("_record", &Array::of1(&shelf.former_key().into()))).await;
    let former = former.ok().and_then(|value| shelf.read_former(&value.as_string()?).ok());
    Comparison::new(former, &text_at(door, &shelf, shelf.former_text_key()).await, text)
}

/// Gives annotations these places, or none, in one step.
fn settle(door: &Door, comparison: &Comparison, rows: &[(Row, Option<Span>)]) {
    let now = now().now;
    let sentences = door.value("sentences");
    let values = rows.iter().map(|(row, place)| {
        let mut value = comparison.settled(row, *place, now);
        if !is_whole(&value["utf16"], &sentences) {
            value.set("unit", "span".into());
        }
        value
    });
    let values = values.collect();
    let file = Value::object(vec![("annotations", values)]);
    door.send("adopt", &[file.to_string().into(), "place".into()]);
}

/// What a person has chosen in the text: words, else sentences.
fn chosen(door: &Door) -> Option<[usize; 2]> {
    if let Some(ends) = json::ends(&door.value("_selected")) {
        return Some(ends);
    }
    let root: ShadowRoot = door.get("shadowRoot").unchecked_into();
    let (current, sentences) = (root.query_selector_all("[data-sentence].current").ok()?, door.value("sentences"));
    let ends = |at| {
        let sentence = current.get(at)?.unchecked_into::<Element>().get_attribute("data-sentence")?;
        json::ends(&sentences[sentence.parse::<usize>().ok()?]["utf16"])
    };
    Some([ends(0)?[0], ends(current.length().checked_sub(1)?)?[1]])
}

/// Goes to the sentence in which a position lies.
fn show(door: &Door, at: Option<Utf16Offset>) {
    let sentences = door.value("sentences");
    let behind = |it: &Value| json::ends(&it["utf16"]).zip(at).is_some_and(|(ends, at)| at.0 < ends[1]);
    if let Some(sentence) = sentences.as_array().into_iter().flatten().position(behind) {
        door.send("clickText", &[sentence.into(), false.into()]);
    }
}

/// Whether a place begins with one sentence and ends with one.
fn is_whole(place: &Value, sentences: &Value) -> bool {
    let Some([start, end]) = json::ends(place) else { return true };
    let all = || sentences.as_array().into_iter().flatten().filter_map(|sentence| json::ends(&sentence["utf16"]));
    all().any(|ends| ends[0] == start) && all().any(|ends| ends[1] == end)
}

fn draw(door: &Door, comparison: &Rc<Comparison>, row: &Row, texts: &'static Texts) -> Html {
    let id = row.annotation["label"].as_str().unwrap_or_default();
    let labels = super::releases::labels(door);
    let label = labels.find(id).map_or(id, |label| label.name(door.ui()));
    let id = row.annotation["id"].as_str().unwrap_or_default().to_owned();
    let quote = comparison.quote(row);
    let candidates = row.candidates();
    let put = |name: &'static str, shown: String, place: Option<Span>| {
        let (door, comparison, row) = (door.clone(), Rc::clone(comparison), row.clone());
        let onclick = move |_: MouseEvent| settle(&door, &comparison, &[(row.clone(), place)]);
        html! { <button type="button" class="small" data-do={name} {onclick}>{ shown }</button> }
    };
    let place = {
        let (door, comparison, row) = (door.clone(), Rc::clone(comparison), row.clone());
        move |_: MouseEvent| match chosen(&door).and_then(|ends| comparison.new.span_of_utf16(ends.map(Utf16Offset))) {
            Some(span) => settle(&door, &comparison, &[(row.clone(), Some(span))]),
            None => door.send("fail", &["invalid-span".into(), texts.changed_choose().into()]),
        }
    };
    let many = candidates.len() > 1;
    let news = candidates.iter().enumerate().map(|(nth, span)| {
        let words = comparison.new.slice(*span).unwrap_or_default();
        let show = {
            let (door, start) = (door.clone(), comparison.new.utf16_of(span.start()));
            move |_: MouseEvent| show(&door, start)
        };
        let confirm = if many {
            [texts.changed_confirm(), " ", &(nth + 1).to_string()].concat()
        } else {
            texts.changed_confirm().to_owned()
        };
        html! {
            <div class="new">
                <p>{ around(&comparison.new, *span, words, &quote.exact) }</p>
                <div class="buttons">
                    { put("confirm", confirm, Some(*span)) }
                    <button type="button" class="small" data-do="show" onclick={show}>{ texts.changed_show() }</button>
                </div>
            </div>
        }
    });
    let why = match &row.found {
        Resolution::Exact(_) => texts.changed_exact().to_owned(),
        Resolution::Moved(_) => texts.changed_moved().to_owned(),
        Resolution::Fuzzy { score, .. } => {
            fill(texts.changed_fuzzy(), &[&((score * 100.0).round() as u32).to_string()])
        }
        Resolution::Ambiguous(_) => texts.changed_ambiguous().to_owned(),
        Resolution::Orphan => texts.changed_gone().to_owned(),
    };
    let leave = row.placed.is_some() || !row.decided;
    html! {
        <li class="offer pair" key={id.clone()} data-changed={id} data-found={why.clone()}>
            <div class="old">
                <p class="why">{ [label, " · ", &why].concat() }</p>
                <p>{ old(comparison, row, &quote, candidates.first().copied()) }</p>
                <div class="buttons">
                    <button type="button" class="small" data-do="place" onclick={place}>{ texts.changed_place() }</button>
                    if leave {
                        { put("leave", texts.changed_leave().to_owned(), None) }
                    }
                </div>
            </div>
            <div>{ for news }</div>
        </li>
    }
}

fn old(comparison: &Comparison, row: &Row, quote: &Quote, candidate: Option<Span>) -> Html {
    let new = candidate.and_then(|span| comparison.new.slice(span)).unwrap_or_default();
    match row.old {
        Some(span) => around(&comparison.old, span, &quote.exact, new),
        None => html! { <>{ "… " }{ differing(&quote.exact, new) }{ " …" }</> },
    }
}

/// A passage with some characters on each side; what differs from `other` stands out.
fn around(text: &Text, span: Span, words: &str, other: &str) -> Html {
    let before: Vec<char> = text[..span.start()].chars().rev().take(CONTEXT).collect();
    let behind: String = text[span.end()..].chars().take(CONTEXT).collect();
    html! { <>{ "… " }{ before.iter().rev().collect::<String>() }<mark>{ differing(words, other) }</mark>{ behind }{ " …" }</> }
}

fn differing(words: &str, other: &str) -> Html {
    let [head, middle, tail] = parts(words, other);
    let cut = |part: &str| match part.char_indices().nth(EXCERPT) {
        Some((end, _)) => [&part[..end], "…"].concat(),
        None => part.to_owned(),
    };
    html! { <>{ cut(head) }if !middle.is_empty() { <b>{ cut(middle) }</b> }{ cut(tail) }</> }
}

/// A passage in what it begins with like another, what differs, and what it ends with like it, each in whole words.
fn parts<'a>(words: &'a str, other: &str) -> [&'a str; 3] {
    let same = |(a, b): &(&str, &str)| a == b;
    let [own, theirs]: [Vec<&str>; 2] = [words, other].map(|it| it.split_inclusive(char::is_whitespace).collect());
    let head = own.iter().copied().zip(theirs.iter().copied()).take_while(same).count();
    let rest = own.len().min(theirs.len()) - head;
    let tail = own.iter().rev().copied().zip(theirs.iter().rev().copied()).take(rest).take_while(same).count();
    let [from, to] = [head, own.len() - tail].map(|count| own[..count].iter().map(|word| word.len()).sum());
    [&words[..from], &words[from..to], &words[to..]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotator_core::AnnotationId;

    const OLD: &str =
        "Un titre\n\nLa première phrase est là. Le chiffre est 12 millions. La troisième part. Fin du texte.";
    const NEW: &str =
        "Un titre\n\nLa troisième part. La première phrase est là. Le chiffre est 14 millions. Fin du texte.";

    fn comparison() -> (Comparison, Vec<Value>) {
        let sentences =
            ["La première phrase est là.", "Le chiffre est 12 millions.", "La troisième part.", "Fin du texte."];
        let span = |words: &str| {
            let at = OLD.find(words).expect("in the old text");
            Span::new(at, at + words.len()).expect("in order")
        };
        let spans: Vec<_> =
            sentences.iter().map(|words| (AnnotationId::new(words).expect("an id"), span(words))).collect();
        let at = Timestamp::from_millis(1_309_253_400_000);
        let former = Former { from: String::new(), at, spans };
        let values = sentences.iter().map(|words| {
            Value::object(vec![
                ("id", (*words).into()),
                ("exact", (*words).into()),
                ("modified", at.to_string().into()),
            ])
        });
        (Comparison::new(Some(former), OLD, NEW), values.collect())
    }

    #[test]
    fn every_orphan_is_a_row_with_what_became_of_it() {
        let (comparison, annotations) = comparison();
        let rows = comparison.rows(&annotations);
        assert_eq!(rows.len(), 4);
        let new = |row: &Row| row.found.span().and_then(|span| comparison.new.slice(span).map(str::to_owned));
        assert_eq!(new(&rows[1]).as_deref(), Some("Le chiffre est 14 millions."));
        assert!(matches!(rows[1].found, Resolution::Fuzzy { score, .. } if score > 0.5), "{:?}", rows[1].found);
        assert!(matches!(rows[3].found, Resolution::Exact(_)), "{:?}", rows[3].found);
    }

    #[test]
    fn what_was_settled_is_no_row_and_what_was_left_is_decided() {
        let (comparison, annotations) = comparison();
        let rows = comparison.rows(&annotations);
        let later = Timestamp::from_millis(1_309_253_400_001);
        let placed: Vec<Value> = rows.iter().map(|row| comparison.settled(row, row.found.span(), later)).collect();
        assert_eq!(comparison.rows(&placed), []);
        let left: Vec<Value> = rows.iter().map(|row| comparison.settled(row, None, later)).collect();
        assert!(comparison.rows(&left).iter().all(|row| row.decided && row.placed.is_none()));
        assert_eq!(left[1]["exact"], "Le chiffre est 12 millions.");
        assert_eq!(left[1]["orphan"], Value::Bool(true));
    }

    #[test]
    fn without_the_old_text_the_words_of_an_orphan_are_all_there_is() {
        let (_, annotations) = comparison();
        let rows = Comparison::new(None, "", NEW).rows(&annotations);
        assert_eq!(rows.len(), 4);
        assert!(rows[0].found.span().is_some());
    }

    #[test]
    fn parts_are_whole_words_and_make_up_the_passage() {
        assert_eq!(
            parts("Le chiffre est 12 millions.", "Le chiffre est 14 millions."),
            ["Le chiffre est ", "12 ", "millions."]
        );
        assert_eq!(parts("a b a", "a a"), ["a ", "b ", "a"]);
        assert_eq!(parts("", "x"), ["", "", ""]);
        assert_eq!(parts("même", "même"), ["même", "", ""]);
    }
}
