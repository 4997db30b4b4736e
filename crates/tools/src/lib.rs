//! The program that `<release-annotator>` loads when somebody first asks for what it does: files in other formats,
//! suggestions, annotations placed on a changed text, and the panels. It keeps nothing: it reads through the [`Door`],
//! which is the element's public contract, and what it changes goes through there too.

mod carry;
mod door;
mod held;
mod panels;
mod suggestions;
mod texts;

use std::cell::RefCell;

use annotator_core::UiLanguage;
use annotator_core::decode::{self, Decoded, Encoding, Evidence};
use annotator_core::format::{self, FormatError};
use annotator_core::html;
use annotator_core::suggest::check_value;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

pub use door::Door;
use panels::{Panels, PanelsProps};

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    /// Told when the program stops.
    static DOORS: RefCell<Vec<Door>> = const { RefCell::new(Vec::new()) };
}

/// The tools of one element.
#[wasm_bindgen]
pub struct Tools {
    door: Door,
    panels: RefCell<AppHandle<Panels>>,
    shown: RefCell<PanelsProps>,
}

#[wasm_bindgen]
impl Tools {
    /// Draws panels into `base`, none at first.
    #[wasm_bindgen(constructor)]
    pub fn new(base: Element, door: Door) -> Self {
        DOORS.with_borrow_mut(|doors| doors.push(door.clone()));
        let props = PanelsProps { door: door.clone(), panel: String::new(), revision: 0 };
        let panels = yew::Renderer::<Panels>::with_root_and_props(base, props.clone()).render();
        Self { door, panels: RefCell::new(panels), shown: RefCell::new(props) }
    }

    /// Shows the panel of that name; an empty name shows none.
    pub fn show(&self, panel: &str) {
        panel.clone_into(&mut self.shown.borrow_mut().panel);
        self.refresh();
    }

    /// Draws anew: something has changed behind the door.
    pub fn refresh(&self) {
        let mut shown = self.shown.borrow_mut();
        shown.revision += 1;
        self.panels.borrow_mut().update(shown.clone());
    }

    /// The document of an annotation file in another format: `{name, mediaType, content}`, the content a string, or
    /// bytes where it is no text.
    ///
    /// # Errors
    ///
    /// An `Error` with a `code`.
    pub fn export(&self, file: &str, format: &str) -> Result<JsValue, JsValue> {
        let ui = self.door.ui();
        let file = format::convert_out(file, format, ui).map_err(|error| refusal(&error, ui))?;
        let content = match String::from_utf8(file.bytes) {
            Ok(text) if !file.media_type.contains("zip") => text.into(),
            Ok(text) => Uint8Array::from(text.as_bytes()).into(),
            Err(error) => Uint8Array::from(error.as_bytes()).into(),
        };
        Ok(door::object(&[("name", file.name.into()), ("mediaType", file.media_type.into()), ("content", content)]))
    }

    /// A content in any format, as an annotation file for the release of `file`; see `annotator_core::format::convert_in`.
    ///
    /// # Errors
    ///
    /// An `Error` with a `code`.
    pub fn import(&self, file: &str, content: &[u8], format: Option<String>) -> Result<String, JsValue> {
        format::convert_in(file, content, format.as_deref()).map_err(|error| refusal(&error, self.door.ui()))
    }

    /// What bytes that came with this Content-Type say, those of a page the text of its article: `{text, said}`, the text in
    /// UTF-8, and where its encoding is to be said the name, whether that is a guess, and how many characters were lost.
    pub fn read(&self, bytes: &[u8], content_type: &str) -> JsValue {
        let (page, label) = announced(bytes, content_type);
        let Decoded { text, encoding, evidence, replaced } = decode::decode(bytes, label);
        let text = if page { html::article_text(&text) } else { text };
        let said = Array::new();
        if encoding != Encoding::Utf8 || replaced > 0 {
            said.push(&encoding.name().into());
            said.push(&(evidence == Evidence::Guess).into());
            said.push(&(replaced as f64).into());
        }
        door::object(&[("text", Uint8Array::from(text.as_bytes()).into()), ("said", said.into())])
    }

    /// What the store of the open shelf has to write now that its text is this one, as pairs of a key and a value, which
    /// is undefined where the key goes; see `annotator_core::carry`. `release` is the value of the release's own record.
    ///
    /// The promise is rejected where the records cannot be read.
    pub fn carry(&self, release: String, text: String) -> js_sys::Promise {
        carry::carry(self.door.clone(), release, text)
    }

    /// Suggestions for the release of an annotation file, as a JSON array of `{id, label, codePoints, utf16, exact,
    /// attributes, rule, reason: {fr, en}}` in text order. The same text gives the same ids.
    pub fn suggest(&self, file: &str) -> String {
        suggestions::of_file(file).to_string()
    }

    /// What a page gives in place of texts, for the first program: only here all ids are known.
    ///
    /// # Errors
    ///
    /// An `Error` with a `code`.
    pub fn words(&self, given: &JsValue) -> Result<String, JsValue> {
        texts::words(&door::value_of(given), self.door.ui()).map_err(|wrong| door::error("invalid-file", &wrong))
    }

    /// What is wrong with a date's value, with what is expected; empty where nothing is.
    #[wasm_bindgen(js_name = checkValue)]
    pub fn check_value(&self, value: &str) -> String {
        check_value(value).map_or_else(|error| error.text(self.door.ui()).to_owned(), |()| String::new())
    }

    /// Takes the drawing away.
    pub fn unmount(self) {
        DOORS.with_borrow_mut(|doors| doors.retain(|door| *door != self.door));
        self.panels.into_inner().destroy();
    }
}

/// Whether bytes that came with this Content-Type are a page, and the label of their encoding that counts.
fn announced<'a>(bytes: &'a [u8], content_type: &'a str) -> (bool, Option<&'a str>) {
    let page = content_type.contains("html") || html::is_html(&String::from_utf8_lossy(&bytes[..bytes.len().min(300)]));
    let label = decode::charset_of(content_type);
    // A server that labels everything UTF-8 is common: for a plain text the label counts only where the bytes agree.
    let label = if page {
        label.or(html::declared_charset(bytes))
    } else {
        label.filter(|label| Encoding::from_label(label) != Some(Encoding::Utf8))
    };
    (page, label)
}

/// Tells every element that the program cannot go on, and ends it. The build calls it wherever the program would panic.
#[wasm_bindgen]
pub fn stop() {
    DOORS.with_borrow(|doors| doors.iter().for_each(Door::stopped));
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
}

fn refusal(error: &FormatError, ui: UiLanguage) -> JsValue {
    door::error(error.code(), &error.message(ui))
}
