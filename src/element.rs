//! The handle that the custom element's class (`www/element.js`) holds on a widget. Every method is one of the
//! contract's; failures are thrown as an `Error` with a `code`. Leaves out everything that the class can do itself:
//! attributes, properties set too early, the life cycle.

use std::cell::RefCell;
use std::rc::Rc;

use annotator_core::Command;
use annotator_core::format::json;
use annotator_core::format::value::Value;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot, StorageEvent};

use crate::api;
use crate::controller::{Cause, Controller, Failure, LabelSheet, Opening};
use crate::load::{self, LoadError, Loaded};

/// One widget in its shadow root.
#[wasm_bindgen]
pub struct Widget {
    inner: Rc<Controller>,
    /// Alive as long as the widget: what other tabs write is heard through it.
    storage_listener: Closure<dyn Fn(StorageEvent)>,
}

thread_local! {
    /// Called with a message when the program stops; one a widget.
    static PANIC_LISTENERS: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen]
impl Widget {
    /// Draws a widget into `base`, which lies in `root`. `colors` is a style sheet of `root` for the labels' colours;
    /// `on_panic` is called with a message if the program stops.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, base: Element, colors: LabelSheet, on_panic: Function) -> Self {
        listen_for_panics(on_panic);
        let inner = Controller::new(host, root, colors);
        inner.mount(base);
        let weak = Rc::downgrade(&inner);
        let storage_listener = Closure::new(move |event: StorageEvent| {
            if let (Some(widget), Some(key)) = (weak.upgrade(), event.key()) {
                widget.hear(&key, event.new_value().as_deref());
            }
        });
        if let Some(window) = web_sys::window() {
            let listener = storage_listener.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("storage", listener);
        }
        Self { inner, storage_listener }
    }

    /// Takes the drawing and the listeners away.
    pub fn unmount(&self) {
        if let Some(window) = web_sys::window() {
            let listener = self.storage_listener.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback("storage", listener);
        }
        self.inner.unmount();
    }

    /// Sets an attribute or a property by its name in camel case.
    pub fn set(&self, name: &str, value: JsValue) -> Result<(), JsValue> {
        let widget = &self.inner;
        let text = || value.as_string().unwrap_or_default();
        match name {
            "lang" => widget.configure(|settings| settings.lang = text()),
            "uiLang" => widget.configure(|settings| settings.ui = api::ui_language(&text())),
            "storageKey" => widget.configure(|settings| settings.storage_key = text()),
            "annotator" => widget.configure(|settings| settings.annotator = text()),
            "readonly" => widget.configure(|settings| settings.readonly = value.is_truthy()),
            "shortcuts" => widget.configure(|settings| settings.shortcuts = api::shortcuts(&text())),
            "labels" => widget.set_labels(api::labels(widget, &value).map_err(|failure| self.refuse(&failure))?),
            "text" => widget.open(Opening { text: text(), ..Opening::default() }),
            "annotations" => {
                let records = api::from_js(widget, name, &value).and_then(|value| api::records(widget, &value));
                let records = records.map_err(|failure| self.refuse(&failure))?;
                widget.replace_annotations(records).map_err(|failure| self.refuse(&failure))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Says that a release is on its way.
    #[wasm_bindgen(js_name = awaitRelease)]
    pub fn await_release(&self) {
        self.inner.change_view(|state| state.loading = true);
    }

    /// Opens a release that was fetched. `source` is what the page wrote, kept in the file; `place` names the
    /// annotations in the store if the page does not.
    #[wasm_bindgen(js_name = openBytes)]
    pub fn open_bytes(&self, bytes: &[u8], source: String, place: String) {
        let widget = &self.inner;
        match load::decode(bytes) {
            Ok(Loaded { text, guessed }) => {
                let file = source.rsplit('/').next().unwrap_or_default();
                let file = file.split(['?', '#']).next().unwrap_or_default();
                let id = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
                widget.open(Opening { text, id, source, storage_name: place, ..Opening::default() });
                if guessed {
                    let message = widget.texts().decoded_as.to_owned();
                    widget.report(&Failure { code: "decode", message });
                }
            }
            Err(error) => widget.report_load(&error),
        }
    }

    /// Says why a release could not be fetched: the HTTP status, or 0 where there was no answer.
    pub fn miss(&self, status: u16, url: String) {
        self.inner.report_load(&LoadError::of_status(status, url));
    }

    /// Says that there is nothing to show.
    #[wasm_bindgen(js_name = showNothing)]
    pub fn show_nothing(&self) {
        self.inner.change_view(|state| state.loading = false);
    }

    /// Opens the release that the page hands over.
    pub fn load(&self, release: JsValue) -> Result<(), JsValue> {
        let opening = api::opening(&self.inner, &release).map_err(|failure| self.refuse(&failure))?;
        self.inner.open(opening);
        Ok(())
    }

    /// The annotations, as section 4 of the contract writes them.
    #[wasm_bindgen(getter)]
    pub fn annotations(&self) -> JsValue {
        self.inner.read(|state| match &state.session {
            Some(session) => api::to_js(&json::annotation_values(session.document())),
            None => Array::new().into(),
        })
    }

    /// The sentences in force.
    #[wasm_bindgen(getter)]
    pub fn sentences(&self) -> JsValue {
        self.inner.read(|state| match &state.session {
            Some(session) => api::to_js(&json::sentence_values(session.document())),
            None => Array::new().into(),
        })
    }

    /// The label set in force.
    #[wasm_bindgen(getter)]
    pub fn labels(&self) -> JsValue {
        self.inner.read(|state| match &state.session {
            Some(session) => api::to_js(&json::label_values(session.document().labels())),
            None => api::to_js(&json::label_values(&state.settings.labels)),
        })
    }

    /// The text of the release; undefined before there is one.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> Option<String> {
        self.inner.read(|state| Some(state.session.as_ref()?.document().text().as_str().to_owned()))
    }

    /// Whether something has changed since the last download.
    #[wasm_bindgen(getter)]
    pub fn dirty(&self) -> bool {
        self.inner.read(|state| state.dirty)
    }

    /// Whether there is something to undo.
    #[wasm_bindgen(getter, js_name = canUndo)]
    pub fn can_undo(&self) -> bool {
        self.inner.read(|state| state.session.as_ref().is_some_and(|session| session.history().can_undo()))
    }

    /// Whether there is something to redo.
    #[wasm_bindgen(getter, js_name = canRedo)]
    pub fn can_redo(&self) -> bool {
        self.inner.read(|state| state.session.as_ref().is_some_and(|session| session.history().can_redo()))
    }

    /// Toggles a label on one sentence.
    #[wasm_bindgen(js_name = labelSentence)]
    pub fn label_sentence(&self, index: usize, label: String) -> Result<(), JsValue> {
        self.perform(Command::ToggleLabel { first: index, last: index, label }, Cause::User)
    }

    /// Adds an annotation and returns it.
    pub fn annotate(&self, target: JsValue, label: String, options: JsValue) -> Result<JsValue, JsValue> {
        let widget = &self.inner;
        let command = api::annotate(widget, &target, label, &options).map_err(|failure| self.refuse(&failure))?;
        let transaction = widget.dispatch(command, Cause::User).map_err(|failure| api::to_error(&failure))?;
        Ok(widget.read(|state| match (&state.session, transaction.summary().added.first()) {
            (Some(session), Some(added)) => api::to_js(&json::annotation_value(session.document(), added)),
            _ => JsValue::NULL,
        }))
    }

    /// Changes an annotation.
    pub fn update(&self, id: &str, patch: JsValue) -> Result<(), JsValue> {
        let command = api::update(&self.inner, id, &patch).map_err(|failure| self.refuse(&failure))?;
        self.perform(command, Cause::User)
    }

    /// Removes an annotation.
    pub fn remove(&self, id: &str) -> Result<(), JsValue> {
        let id = api::annotation_id(&self.inner, id).map_err(|failure| self.refuse(&failure))?;
        self.perform(Command::Remove(id), Cause::User)
    }

    /// Removes all annotations.
    pub fn clear(&self) -> Result<(), JsValue> {
        self.perform(Command::Clear, Cause::User)
    }

    /// Takes the last step back.
    pub fn undo(&self) -> Result<(), JsValue> {
        self.perform(Command::Undo, Cause::Undo)
    }

    /// Makes the last undone step again.
    pub fn redo(&self) -> Result<(), JsValue> {
        self.perform(Command::Redo, Cause::Redo)
    }

    /// Joins a sentence with the next one.
    #[wasm_bindgen(js_name = mergeSentence)]
    pub fn merge_sentence(&self, index: usize) -> Result<(), JsValue> {
        self.perform(Command::MergeSentence(index), Cause::User)
    }

    /// Splits a sentence at a UTF-16 position.
    #[wasm_bindgen(js_name = splitSentence)]
    pub fn split_sentence(&self, utf16: usize) -> Result<(), JsValue> {
        let at = api::byte_of_utf16(&self.inner, utf16).map_err(|failure| self.refuse(&failure))?;
        self.perform(Command::SplitSentence(at), Cause::User)
    }

    /// The document as a file: `{name, mediaType, content}`.
    #[wasm_bindgen(js_name = exportAs)]
    pub fn export_as(&self, format: &str) -> Result<JsValue, JsValue> {
        let file = self.inner.export(format).map_err(|failure| self.refuse(&failure))?;
        Ok(api::to_js(&Value::object(vec![
            ("name", file.name.into()),
            ("mediaType", file.media_type.into()),
            ("content", file.content.into()),
        ])))
    }

    /// Reads a file into the document.
    #[wasm_bindgen(js_name = importFrom)]
    pub fn import_from(&self, content: &str, options: JsValue) -> Result<JsValue, JsValue> {
        let options = api::from_js(&self.inner, "importFrom", &options).map_err(|failure| self.refuse(&failure))?;
        let format = options["format"].as_str().unwrap_or("json");
        let replace = options["mode"] == "replace";
        let report = self.inner.import(content, format, replace).map_err(|failure| api::to_error(&failure))?;
        Ok(api::to_js(&report.to_value()))
    }

    /// Saves a file, as the button does.
    pub fn download(&self, format: Option<String>) -> Result<(), JsValue> {
        let format = format.as_deref().unwrap_or("json");
        self.inner.download(format).map_err(|failure| api::to_error(&failure))
    }
}

impl Widget {
    fn perform(&self, command: Command, cause: Cause) -> Result<(), JsValue> {
        self.inner.dispatch(command, cause).map(drop).map_err(|failure| api::to_error(&failure))
    }

    /// Shows a failure that the controller has not seen, and makes it an `Error`.
    fn refuse(&self, failure: &Failure) -> JsValue {
        self.inner.report(failure);
        api::to_error(failure)
    }
}

fn listen_for_panics(listener: Function) {
    let first = PANIC_LISTENERS.with_borrow_mut(|listeners| {
        listeners.push(listener);
        listeners.len() == 1
    });
    if first {
        yew::set_custom_panic_hook(Box::new(|info| {
            let message = info.to_string();
            let listeners = PANIC_LISTENERS.with_borrow(Clone::clone);
            for listener in listeners {
                let _ = listener.call1(&JsValue::NULL, &message.as_str().into());
            }
        }));
    }
}
