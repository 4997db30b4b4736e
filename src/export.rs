//! Hands a file to the browser's download. Leaves out what is in it (`annotator_core::format`).

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, ShadowRoot, Url};

/// A file that leaves the widget.
pub struct Content {
    pub name: String,
    pub media_type: &'static str,
    pub content: String,
}

/// Saves a file under its name, as a link with `download` does.
///
/// # Errors
///
/// What the browser throws.
pub fn save(root: &ShadowRoot, file: &Content) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(file.media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&file.content.as_str().into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = root.owner_document().ok_or("no document")?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(&file.name);
    // Inside the shadow root, so that no listener of the page sees a click that nobody made.
    root.append_child(&link)?;
    link.click();
    link.remove();
    Url::revoke_object_url(&url)
}
