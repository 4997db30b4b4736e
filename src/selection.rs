//! The DOM selection as a span of the text. UTF-16 is converted here (and in `api`), nowhere else.

use annotator_core::{Span, Text, Utf16Offset};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Node, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    /// A selection as it looks from inside a shadow root; web-sys has no binding of this method.
    type ComposedSelection;

    #[wasm_bindgen(method, catch, js_name = getComposedRanges)]
    fn get_composed_ranges(this: &ComposedSelection, options: &JsValue) -> Result<Array, JsValue>;

    /// One end-to-end stretch of the DOM.
    type ComposedRange;

    #[wasm_bindgen(method, getter, js_name = startContainer)]
    fn start_container(this: &ComposedRange) -> Node;
    #[wasm_bindgen(method, getter, js_name = startOffset)]
    fn start_offset(this: &ComposedRange) -> u32;
    #[wasm_bindgen(method, getter, js_name = endContainer)]
    fn end_container(this: &ComposedRange) -> Node;
    #[wasm_bindgen(method, getter, js_name = endOffset)]
    fn end_offset(this: &ComposedRange) -> u32;
}

/// The selected stretch of the text; `None` where nothing is selected, or nothing of this text.
///
/// `paragraphs` are those of the segmentation in force; the paragraph elements bear their index as `data-paragraph`.
pub fn selected(root: &ShadowRoot, text: &Text, paragraphs: &[Span]) -> Option<Span> {
    let (start, end) = ends(root, text, paragraphs)?;
    let inner = text.get(start..end)?;
    let trimmed = inner.trim_start();
    let start = start + inner.len() - trimmed.len();
    Span::new(start, start + trimmed.trim_end().len()).filter(|span| !span.is_empty())
}

/// The byte at which the browser's caret stands, as after a click.
pub fn caret(root: &ShadowRoot, text: &Text, paragraphs: &[Span]) -> Option<usize> {
    ends(root, text, paragraphs).map(|(start, _)| start)
}

fn ends(root: &ShadowRoot, text: &Text, paragraphs: &[Span]) -> Option<(usize, usize)> {
    let document = root.owner_document()?;
    let selection = document.get_selection().ok()??;
    let (start, end) = match composed(&selection, root) {
        Some(range) => {
            let start = (range.start_container(), range.start_offset());
            (start, (range.end_container(), range.end_offset()))
        }
        None => {
            let range = selection.get_range_at(0).ok()?;
            let start = (range.start_container().ok()?, range.start_offset().ok()?);
            (start, (range.end_container().ok()?, range.end_offset().ok()?))
        }
    };
    let start = byte_at(&document, &start.0, start.1, text, paragraphs)?;
    let end = byte_at(&document, &end.0, end.1, text, paragraphs)?;
    Some((start, end))
}

/// Takes the browser's selection away, so that it does not hide what was made of it.
pub fn clear(root: &ShadowRoot) {
    if let Some(Ok(Some(selection))) = root.owner_document().map(|document| document.get_selection()) {
        let _ = selection.remove_all_ranges();
    }
}

fn composed(selection: &web_sys::Selection, root: &ShadowRoot) -> Option<ComposedRange> {
    let options = Object::new();
    Reflect::set(&options, &"shadowRoots".into(), &Array::of1(root)).ok()?;
    let selection: &ComposedSelection = selection.unchecked_ref();
    let ranges = selection.get_composed_ranges(&options).ok()?;
    let range = ranges.get(0);
    range.is_object().then(|| range.unchecked_into())
}

fn byte_at(document: &Document, node: &Node, offset: u32, text: &Text, paragraphs: &[Span]) -> Option<usize> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let paragraph = element.closest("[data-paragraph]").ok()?;
    let Some(paragraph) = paragraph else {
        // Between paragraphs: the end of a triple click lies at the start of whatever comes next.
        let next = node.child_nodes().item(offset)?.dyn_into::<Element>().ok()?;
        let next = if next.has_attribute("data-paragraph") {
            Some(next)
        } else {
            next.query_selector("[data-paragraph]").ok()?
        };
        return Some(paragraphs.get(index_of(&next?)?)?.start());
    };
    let span = paragraphs.get(index_of(&paragraph)?)?;
    let range = document.create_range().ok()?;
    range.set_start(&paragraph, 0).ok()?;
    range.set_end(node, offset).ok()?;
    let before = range.to_string().length() as usize;
    text.byte_of_utf16(Utf16Offset(text.utf16_of(span.start())?.0 + before))
}

fn index_of(paragraph: &Element) -> Option<usize> {
    paragraph.get_attribute("data-paragraph")?.parse().ok()
}
