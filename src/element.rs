//! The handle that the custom element's class (`www/element.js`) holds on a widget. Methods and properties go by name
//! through three doors: an exported function each would cost half a KiB. Failures are thrown as an `Error` with a
//! `code`. Leaves out everything that the class can do itself: attributes, properties set too early, the life cycle.

use std::cell::RefCell;
use std::rc::Rc;

use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::{AnnotationId, Command, Edge};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::api;
use crate::controller::{Cause, Controller, Failure, Opening, Page, State, listed};
use crate::i18n::{Tables, fill};
use crate::keymap::{self, Press};
use crate::load;
use crate::view::FILLED_AT_ONCE;

/// What the tools can report (contract, section 6).
const CODES: [&str; 6] =
    ["network", "invalid-json", "invalid-file", "unknown-version", "unknown-format", "invalid-span"];

/// One widget in its shadow root.
#[wasm_bindgen]
pub struct Widget {
    inner: Rc<Controller>,
}

thread_local! {
    /// Told when the program stops; one a widget.
    static PANIC_LISTENERS: RefCell<Vec<Page>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen]
impl Widget {
    /// Draws a widget into `base`, which lies in `root`; `page` is what the class does for it.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, base: Element, page: Page) -> Self {
        listen_for_panics(page.clone().unchecked_into());
        let inner = Controller::new(host, root, page);
        inner.mount(base);
        Self { inner }
    }

    /// Takes the drawing away.
    pub fn unmount(&self) {
        // Otherwise every widget that ever was would be kept, and told of the panics of others.
        let page: &JsValue = self.inner.page.as_ref();
        PANIC_LISTENERS.with_borrow_mut(|listeners| listeners.retain(|known| AsRef::<JsValue>::as_ref(known) != page));
        self.inner.unmount();
    }

    /// Sets an attribute or a property by its name in camel case.
    ///
    /// # Errors
    ///
    /// An `Error` with a `code`, after it was shown and sent as an event.
    pub fn set(&self, name: &str, value: JsValue) -> Result<(), JsValue> {
        self.try_set(name, &value).map_err(|failure| self.refuse(&failure))
    }

    /// A property by its name in camel case; undefined where there is none, or no release yet.
    pub fn get(&self, name: &str) -> JsValue {
        if name == "_selected" {
            let ends = self.inner.chosen().map(|ends| ends.map(JsValue::from));
            return ends.map_or(JsValue::UNDEFINED, |[start, end]| Array::of2(&start, &end).into());
        }
        self.inner.read(|state| property(state, name))
    }

    /// Calls a method of the contract.
    ///
    /// # Errors
    ///
    /// An `Error` with a `code`, after it was shown and sent as an event.
    pub fn call(&self, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
        self.try_call(method, arguments).map_err(|failure| self.refuse(&failure))
    }
}

fn property(state: &State, name: &str) -> JsValue {
    let Some(session) = &state.session else {
        return match name {
            "labels" => api::to_js(&json::label_values(&state.settings.labels)),
            _ => JsValue::UNDEFINED,
        };
    };
    let document = session.document();
    match name {
        "annotations" => api::to_js(&json::annotation_values(document)),
        "sentences" => api::to_js(&json::sentence_values(document)),
        "suggestions" => api::to_js(&state.proposal_values()),
        "labels" => api::to_js(&json::label_values(document.labels())),
        "text" => document.text().as_str().into(),
        "dirty" => state.dirty.into(),
        "listed" => {
            let groups = listed(state, document, usize::MAX);
            let ids = groups.iter().flat_map(|group| &group.cards).map(|annotation| annotation.id.as_str().into());
            api::to_js(&ids.collect::<Value>())
        }
        "open" => state.open.as_ref().map_or("", |id| id.as_str()).into(),
        "canUndo" => session.history().can_undo().into(),
        "canRedo" => session.history().can_redo().into(),
        _ => JsValue::UNDEFINED,
    }
}

impl Widget {
    fn try_set(&self, name: &str, value: &JsValue) -> Result<(), Failure> {
        let widget = &self.inner;
        let text = value.as_string().unwrap_or_default();
        match name {
            "labels" => widget.set_labels(api::labels(widget, value)?),
            "texts" => widget.change_view(|state| {
                state.settings.tables = Tables::with(&text);
                state.edits += 1;
                state.redraw_blocks();
            }),
            "text" => widget.open(Opening { text, ..Opening::default() }),
            "annotations" => {
                let entries = api::entries(widget, api::from_js(widget, name, value)?)?;
                widget.replace_annotations(&entries)?;
            }
            _ => widget.change_view(|state| {
                let settings = &mut state.settings;
                match name {
                    "lang" => settings.lang = text,
                    "uiLang" => settings.ui = api::ui_language(&text),
                    "storageKey" => settings.storage_key = text,
                    "annotator" => settings.annotator = text,
                    "readonly" => settings.readonly = value.is_truthy(),
                    "shortcuts" => settings.shortcuts = api::shortcuts(&text),
                    _ => {}
                }
                state.redraw_blocks();
            }),
        }
        Ok(())
    }

    fn try_call(&self, method: &str, arguments: &Array) -> Result<JsValue, Failure> {
        let widget = &self.inner;
        let argument = |index: u32| arguments.get(index);
        let text = |index: u32| argument(index).as_string();
        let number = |index: u32| match argument(index).as_f64() {
            Some(number) if number >= 0.0 && number.fract() == 0.0 => Ok(number as usize),
            _ => Err(api::no_index(widget, &argument(index))),
        };
        let (command, cause) = match method {
            "labelSentence" => {
                let (index, label) = (number(0)?, text(1).unwrap_or_default());
                (Command::ToggleLabel { first: index, last: index, label }, Cause::User)
            }
            "annotate" => {
                let label = text(1).unwrap_or_default();
                (api::annotate(widget, &argument(0), label, &argument(2))?, Cause::User)
            }
            "update" => (api::update(widget, &text(0).unwrap_or_default(), &argument(1))?, Cause::User),
            "remove" => (Command::Remove(api::annotation_id(widget, &text(0).unwrap_or_default())?), Cause::User),
            "clear" => (Command::Clear, Cause::User),
            "_setLabels" => {
                (Command::SetLabels { labels: api::labels(widget, &argument(0))?, heir: text(1) }, Cause::User)
            }
            // The label, or nothing where they are to go, and then the ids of all annotations that are meant.
            "_relabel" => {
                let ids = arguments.iter().skip(1).filter_map(|id| AnnotationId::new(&id.as_string()?)).collect();
                (Command::Relabel { ids, label: text(0) }, Cause::User)
            }
            "undo" => (Command::Undo, Cause::Undo),
            "redo" => (Command::Redo, Cause::Redo),
            "mergeSentence" => (Command::MergeSentence(number(0)?), Cause::User),
            "splitSentence" => (Command::SplitSentence(api::byte_of_utf16(widget, number(0)?)?), Cause::User),
            _ => return self.try_other(method, arguments),
        };
        let transaction = widget.dispatch(command, cause)?;
        Ok(widget.read(|state| match (method, &state.session, transaction.summary().added.first()) {
            ("annotate", Some(session), Some(added)) => api::to_js(&json::annotation_value(session.document(), added)),
            _ => JsValue::UNDEFINED,
        }))
    }

    /// The methods that are no commands, and what the class asks for besides.
    fn try_other(&self, method: &str, arguments: &Array) -> Result<JsValue, Failure> {
        let widget = &self.inner;
        let text = |index: u32| arguments.get(index).as_string();
        let named = |index: u32| text(index).unwrap_or_default();
        match method {
            "load" => widget.open(api::opening(widget, &arguments.get(0))?),
            "exportAs" => {
                let file = widget.export()?;
                return Ok(api::to_js(&Value::object(vec![
                    ("name", file.name.into()),
                    ("mediaType", file.media_type.into()),
                    ("content", file.content.into()),
                ])));
            }
            // What the tools have made of a file.
            "adopt" => {
                let file = Value::parse(&text(0).unwrap_or_default()).unwrap_or(Value::Null);
                return Ok(api::to_js(&widget.adopt(&file, &named(1))?));
            }
            "download" => widget.download()?,
            // A file in another format.
            "saved" => widget.say_saved(&text(0).unwrap_or_default()),
            // What the tools suggest.
            "propose" => widget.propose(&Value::parse(&text(0).unwrap_or_default()).unwrap_or(Value::Null)),
            "accept" | "dismiss" => {
                let ids: Vec<String> = arguments.iter().filter_map(|id| id.as_string()).collect();
                widget.decide(&ids, method == "accept")?;
            }
            "annotateSame" => {
                let ends: Vec<usize> = arguments.iter().skip(1).filter_map(|it| Some(it.as_f64()? as usize)).collect();
                widget.annotate_same(&text(0).unwrap_or_default(), &ends)?;
            }
            "chooseSuggestion" => widget.choose_proposal(&text(0).unwrap_or_default()),
            // The tools could not be had, or have refused a file: their words and code.
            "fail" => {
                let code = text(0).unwrap_or_default();
                let code = CODES.iter().find(|known| **known == code).unwrap_or(&"internal");
                let message = text(1).filter(|message| !message.is_empty());
                let message = message.unwrap_or_else(|| widget.texts().no_tools().to_owned());
                widget.report(&Failure { code, message });
            }
            // A release is on its way; it came; it did not: the HTTP status, or 0 where there was no answer.
            "awaitRelease" => widget.change_view(|state| state.loading = true),
            // The bytes of a release; `false` where they are no UTF-8. What the tools say of its encoding comes behind.
            "openBytes" => {
                let Ok(text) = String::from_utf8(Uint8Array::new(&arguments.get(0)).to_vec()) else {
                    return Ok(false.into());
                };
                let (encoding, replaced) = (named(3), arguments.get(5).as_f64().unwrap_or_default() as usize);
                self.open_text(text, arguments);
                if arguments.get(4).is_truthy() {
                    return Err(Failure { code: "decode", message: widget.texts().decoded_as().to_owned() });
                } else if replaced > 0 {
                    return Err(lossy(widget, &encoding, replaced));
                } else if !encoding.is_empty() {
                    widget.change_view(|state| state.done = encoding);
                }
            }
            "miss" => {
                let status = arguments.get(0).as_f64().unwrap_or_default() as u16;
                widget.change_view(|state| state.loading = false);
                return Err(load::miss(status, &text(1).unwrap_or_default(), widget.texts()));
            }
            // A text of the page had so many lone surrogates.
            "lossy" => return Err(lossy(widget, "UTF-16", arguments.get(0).as_f64().unwrap_or_default() as usize)),
            // So many hundredths of the origin's room are taken.
            "crowded" => {
                let message = fill(widget.texts().crowded(), &[&text(0).unwrap_or_default()]);
                widget.change_view(|state| (state.alert, state.way) = (Some(message), "releases"));
            }
            // The records of a release whose text has changed were carried over.
            "carried" => widget.change_view(|state| state.carried = true),
            // Whether the journal has taken what was written.
            "durable" => widget.change_view(|state| {
                if let Some(store) = &mut state.store {
                    store.durable = arguments.get(0).is_truthy();
                }
            }),
            // Another tab or element has written to the store, or removed a key.
            "hear" => widget.hear(&text(0).unwrap_or_default(), text(1).as_deref()),
            // Blocks have come near the visible part, or have left it: pairs of an index and a truth value.
            "see" => {
                let pairs = arguments.to_vec();
                let seen =
                    pairs.chunks_exact(2).filter_map(|pair| Some((pair[0].as_f64()? as usize, pair[1].is_truthy())));
                widget.see_blocks(&seen.collect::<Vec<_>>());
            }
            // More blocks get their text, or all of them.
            "fill" => widget.change_view(|state| {
                let all = arguments.get(0).is_truthy();
                state.filled = if all { state.blocks.len() } else { state.filled + FILLED_AT_ONCE };
            }),
            // A button or a field asks for something; the selection rests; an end is dragged, and let go.
            "ask" => widget.ask(&named(0), &named(1), named(2)),
            "press" => {
                let [command, shift, alt, in_text] = [2, 3, 4, 5].map(|index| arguments.get(index).is_truthy());
                let press = Press { key: &named(0), code: &named(1), command, shift, alt };
                let action = keymap::action(press, widget.read(|state| state.settings.shortcuts));
                return Ok(action.is_some_and(|action| widget.act(action, in_text)).into());
            }
            "clickText" => {
                widget.click_text(arguments.get(0).as_f64().map(|it| it as usize), arguments.get(1).is_truthy());
            }
            "focusText" => widget.focus_came(arguments.get(0).as_f64().unwrap_or_default() as usize),
            "choose" => widget.chose(false),
            "drag" => {
                let edge = if named(0) == "start" { Edge::Start } else { Edge::End };
                let number = |index: u32| arguments.get(index).as_f64().unwrap_or_default() as usize;
                widget.drag(edge, &named(1), number(2), number(3));
            }
            "drop" => widget.drop(&named(0)),
            "showNothing" => widget.change_view(|state| state.loading = false),
            _ => {}
        }
        Ok(JsValue::UNDEFINED)
    }

    /// Opens a release that was fetched. Of the arguments the second is what the page wrote, kept in the file; the
    /// third names the annotations in the store if the page does not, and `#` says that the text alone does.
    fn open_text(&self, mut text: String, arguments: &Array) {
        if text.starts_with('\u{feff}') {
            text.drain(..3); // the byte order mark
        }
        let source = arguments.get(1).as_string().unwrap_or_default();
        let storage_name = arguments.get(2).as_string().unwrap_or_default();
        let file = source.rsplit('/').next().unwrap_or_default();
        let file = file.split(['?', '#']).next().unwrap_or_default();
        let id = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        self.inner.open(Opening { text, id, source, storage_name, ..Opening::default() });
    }

    /// Shows a failure, tells the page, and makes it an `Error`.
    fn refuse(&self, failure: &Failure) -> JsValue {
        self.inner.report(failure);
        api::to_error(failure)
    }
}

/// Something in a text could not be read.
fn lossy(widget: &Controller, encoding: &str, replaced: usize) -> Failure {
    Failure { code: "decode", message: fill(widget.texts().lossy(), &[&replaced.to_string(), encoding]) }
}

fn listen_for_panics(listener: Page) {
    PANIC_LISTENERS.with_borrow_mut(|listeners| listeners.push(listener));
}

/// Tells every widget that the program cannot go on, and ends it. The build calls it wherever the program would panic.
#[wasm_bindgen]
pub fn stop() {
    PANIC_LISTENERS.with_borrow(|listeners| listeners.iter().for_each(Page::stopped));
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
}
