//! The one mutable cell of a widget: commands go in, and what they changed goes to the store, to the page and to
//! the drawing. Leaves out what a command does (`annotator_core::session`) and how it looks (`ui`).

mod changes;
mod navigation;
mod proposals;
mod requests;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use annotator_core::format::FormatError;
use annotator_core::format::json;
use annotator_core::format::value::Value;
use annotator_core::record::{Record, ReleaseRecord};
use annotator_core::restore::{restoring, with_used_labels};
use annotator_core::{
    Annotation, AnnotationId, Change, Command, CommandError, Import, LabelSet, Release, Review, Session, Snap, Span,
    Stamp, Text, Timestamp, Transaction, UiLanguage,
};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, ShadowRoot};
use yew::AppHandle;

pub use changes::labels_of;
use changes::{removed_by, say, touched};
pub use proposals::Proposal;
pub use requests::{CARDS, Group, listed};

use crate::api;
use crate::i18n::{Tables, Texts, fill};
use crate::keymap::Shortcuts;
use crate::storage::{Safety, Store};
use crate::ui::app::{App, AppProps};
use crate::view::{Block, Cursor, FILLED_AT_ONCE, Focus, ListView, Offer, block_of, blocks, renew};

/// One widget.
pub struct Controller {
    pub host: HtmlElement,
    pub root: ShadowRoot,
    pub page: Page,
    /// How many parts were drawn until now; on the page, for tests.
    pub parts: Cell<u32>,
    state: RefCell<State>,
    app: RefCell<Option<AppHandle<App>>>,
}

/// Everything that changes in a widget.
pub struct State {
    pub settings: Settings,
    pub session: Option<Session>,
    pub store: Option<Store>,
    pub cursor: Cursor,
    pub review: Review,
    /// The page's label set of this release; the session has what the person has made of it.
    page_labels: LabelSet,
    pub blocks: Vec<Block>,
    /// How many of them are on the page with their text; the others follow after the first drawing.
    pub filled: usize,
    /// How often what the list shows may have changed.
    pub edits: u32,
    /// What the tools propose, in text order.
    pub proposals: Vec<Rc<Proposal>>,
    /// The annotation whose card is open.
    pub open: Option<AnnotationId>,
    /// The card that Enter led to last.
    visited: Option<AnnotationId>,
    /// The label that waits for text.
    pub armed: Option<String>,
    pub offer: Offer,
    pub list: ListView,
    pub snap: Snap,
    /// What was done last, for the status line.
    pub done: String,
    /// What went wrong last.
    pub alert: Option<String>,
    /// The panel that helps there; empty where none does.
    pub way: &'static str,
    /// Whether the records of the release that is opened next were carried over to its text.
    pub carried: bool,
    pub loading: bool,
    /// Whether something has changed since the last download.
    pub dirty: bool,
    /// How many steps were made since then.
    pub steps: u32,
    focus: Option<Focus>,
    announce_ready: bool,
    revision: u32,
}

/// What the page has set.
#[derive(Default)]
pub struct Settings {
    /// The language of the release.
    pub lang: String,
    pub ui: UiLanguage,
    pub tables: Tables,
    /// The name under which annotations are kept; empty to take it from the release.
    pub storage_key: String,
    pub annotator: String,
    pub readonly: bool,
    pub shortcuts: Shortcuts,
    pub labels: LabelSet,
}

impl Settings {
    /// The texts of the interface.
    pub fn texts(&self) -> &'static Texts {
        self.tables.of(self.ui)
    }
}

impl State {
    /// Whether the release may be looked at and not changed.
    pub fn readonly(&self) -> bool {
        self.settings.readonly || self.store.as_ref().is_some_and(|store| store.frozen)
    }

    /// Lets all blocks be drawn anew.
    pub fn redraw_blocks(&mut self) {
        renew(&mut self.blocks);
    }

    /// Lets the blocks in which a stretch lies be drawn anew.
    fn renew_span(&mut self, span: Span) {
        let Some(session) = &self.session else { return };
        if let Some((first, last)) = session.document().sentences_of(span)
            && let (Some(from), Some(to)) = (block_of(&self.blocks, first), block_of(&self.blocks, last))
        {
            renew(&mut self.blocks[from..=to]);
        }
    }

    /// Writes what was looked at.
    fn keep_review(&mut self) {
        let readonly = self.readonly();
        if let (Some(session), Some(store), false) = (&self.session, &mut self.store, readonly) {
            store.save_review(&self.review, session.document().release());
        }
    }
}

/// A release to open.
#[derive(Default)]
pub struct Opening {
    pub text: String,
    pub id: String,
    pub title: String,
    pub lang: Option<String>,
    pub source: String,
    /// The name under which annotations are kept if the page does not say; whatever it says, `#` for that
    /// of the text, and the name of a shelf behind a `=`.
    pub storage_name: String,
    pub labels: Option<LabelSet>,
    pub annotations: Option<Vec<Value>>,
}

/// Why something was not done: a code of the contract, section 6, and a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub code: &'static str,
    pub message: String,
}

/// Why annotations change, as the `change` event says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    User,
    Undo,
    Redo,
    Import,
    OtherTab,
    /// The page replaced them itself: no event.
    Page,
}

#[wasm_bindgen]
extern "C" {
    /// What the class of the element does for the program: a line of JavaScript where the browser's own interfaces
    /// cost a KiB of wasm.
    pub type Page;

    /// Sets the style sheet that holds the labels' colours: inline styles are blocked by a strict policy.
    #[wasm_bindgen(method)]
    fn paint(this: &Page, css: &str);

    /// Hands a file to the browser's download.
    #[wasm_bindgen(method, catch)]
    fn save(this: &Page, name: &str, media_type: &str, content: &str) -> Result<(), JsValue>;

    /// A drawing is on the page, with this many blocks, which are to be watched; so many parts were drawn until now; whether
    /// leaving the page would lose something, and whether blocks still have no text.
    #[wasm_bindgen(method)]
    fn drawn(this: &Page, blocks: usize, parts: u32, unsafe_to_leave: bool, unfilled: bool);

    /// Keys and values in turn of all versions of the codec behind which this name of a release stands, U+FFFF between
    /// them; nothing where the browser refuses its store.
    #[wasm_bindgen(method)]
    pub fn records(this: &Page, name: &str) -> Option<String>;

    /// Writes a value to the store, or removes its key; whether that was done.
    #[wasm_bindgen(method)]
    pub fn write(this: &Page, key: &str, value: Option<&str>) -> bool;

    /// Moves a value that cannot be read to another key.
    #[wasm_bindgen(method, js_name = setAside)]
    pub fn set_aside(this: &Page, key: &str, aside: &str) -> bool;

    /// Ends a change that is wholly written, or not: what was goes to the journal. Whether the store knows that it has all
    /// of it. The kind of step is that of `Store::save`.
    #[wasm_bindgen(method)]
    pub fn commit(this: &Page, step: u8, whole: bool) -> bool;

    /// How many steps of this tab can be taken back, and how many there are with those behind; if they are wanted, then
    /// each step: keys, values before and values behind in turn.
    #[wasm_bindgen(method)]
    pub fn steps(this: &Page, wanted: bool) -> Array;

    /// The open shelf holds records that were made on another text than this one, which comes with the release's own
    /// record: lets the tools carry them over, says so (`carried`), and opens the release again.
    #[wasm_bindgen(method)]
    fn carry(this: &Page, release: &str, text: &str);

    /// The program stops.
    #[wasm_bindgen(method)]
    pub fn stopped(this: &Page);
}

/// A file that leaves the widget.
pub struct Content {
    pub name: String,
    pub media_type: &'static str,
    pub content: String,
}

impl Controller {
    /// A widget that shows nothing yet.
    pub fn new(host: HtmlElement, root: ShadowRoot, page: Page) -> Rc<Self> {
        let state = State {
            settings: Settings::default(),
            session: None,
            store: None,
            cursor: Cursor::default(),
            review: Review::default(),
            page_labels: LabelSet::default(),
            blocks: Vec::new(),
            filled: 0,
            edits: 0,
            proposals: Vec::new(),
            open: None,
            visited: None,
            armed: None,
            offer: Offer::default(),
            list: ListView::default(),
            snap: Snap::default(),
            done: String::new(),
            alert: None,
            way: "",
            carried: false,
            loading: true,
            dirty: false,
            steps: 0,
            focus: None,
            announce_ready: false,
            revision: 0,
        };
        Rc::new(Self { host, root, page, parts: Cell::default(), state: RefCell::new(state), app: RefCell::new(None) })
    }

    /// Draws into an element, from now on with every change.
    pub fn mount(self: &Rc<Self>, base: web_sys::Element) {
        self.draw_label_colors();
        let handle = yew::Renderer::<App>::with_root_and_props(base, self.props()).render();
        *self.app.borrow_mut() = Some(handle);
    }

    /// Takes the drawing away.
    pub fn unmount(&self) {
        if let Some(app) = self.app.borrow_mut().take() {
            app.destroy();
        }
    }

    /// Reads the state, for drawing and for getters.
    pub fn read<T>(&self, reader: impl FnOnce(&State) -> T) -> T {
        reader(&self.state.borrow())
    }

    /// The text of the open release.
    pub fn text(&self) -> Option<Text> {
        self.read(|state| Some(state.session.as_ref()?.document().text().clone()))
    }

    /// The texts of the interface.
    pub fn texts(&self) -> &'static Texts {
        self.state.borrow().settings.texts()
    }

    /// Replaces the label set: the page's doing, so no step in the history.
    pub fn set_labels(self: &Rc<Self>, labels: LabelSet) {
        self.change_view(|state| {
            state.settings.labels = labels.clone();
            state.page_labels = labels.clone();
            state.edits += 1;
            state.redraw_blocks();
            if let Some(session) = &mut state.session {
                let after = with_used_labels(labels, session.document().annotations().map(|a| a.label.as_str()));
                let before = session.document().labels().clone();
                let swap = Transaction { changes: vec![Change::Labels { before, after }] };
                session.absorb(&swap).expect("the labels are as they were read");
            }
        });
        self.draw_label_colors();
    }

    /// Opens a release: shows it and restores what the store holds of it.
    pub fn open(self: &Rc<Self>, opening: Opening) {
        let texts = self.texts();
        let mut notices: Vec<Failure> = Vec::new();
        let stamp = self.stamp();
        let waits = 'open: {
            let mut state = self.state.borrow_mut();
            let state = &mut *state;
            let carried = std::mem::take(&mut state.carried);
            let lang = opening.lang.unwrap_or_else(|| state.settings.lang.clone());
            let text = Text::new(opening.text);
            let release = Release::new(&opening.id, &opening.title, &lang, &opening.source, text);
            let key = match (state.settings.storage_key.as_str(), opening.storage_name.as_str(), opening.id.as_str()) {
                (_, "#", _) | ("", "", "") => release.sha256().to_owned(),
                ("", "", id) => id.to_owned(),
                (_, name, _) if name.starts_with('=') => name.to_owned(),
                ("", name, _) => name.to_owned(),
                (key, ..) => key.to_owned(),
            };
            let labels = opening.labels.unwrap_or_else(|| state.settings.labels.clone());
            state.page_labels = labels.clone();
            let mut session = Session::new(release, labels);
            let mut store = Store::open(&key, &self.page);
            let stored = store.load();
            if stored.set_aside > 0 {
                let message = fill(texts.storage_corrupt(), &[&stored.set_aside.to_string()]);
                notices.push(Failure { code: "storage-corrupt", message });
            }
            if store.safety() == Safety::Refused {
                notices.push(Failure { code: "storage-unavailable", message: texts.storage_unavailable().to_owned() });
            }
            if store.frozen {
                notices.push(Failure { code: "unknown-version", message: texts.newer().to_owned() });
            }
            let document = session.document();
            let fits = |known: &ReleaseRecord| known.fits(document.release());
            if !carried && !stored.release.as_ref().is_none_or(fits) {
                self.page.carry(&store.release_value(document.release()), document.text());
                break 'open true;
            }
            let undecided = |it: &&Annotation| store.moved.is_some_and(|at| it.modified <= at);
            let unplaced = stored.annotations.iter().filter(undecided).filter(|it| it.span().is_none()).count();
            (state.alert, state.way) = (None, "");
            if carried || unplaced > 0 {
                let counts = [stored.annotations.len() - unplaced, unplaced].map(|count| count.to_string());
                state.alert = Some(fill(texts.text_changed(), &[&counts[0], &counts[1]]));
                state.way = "changed";
            }
            state.review = stored.review;
            let own = stored.labels.map(|(labels, from)| labels.followed_by(document.labels(), &from));
            let restored = restoring(document, own, stored.annotations, stored.corrections, stored.dismissed);
            session.absorb(&restored).expect("checked one by one");
            session.remember_later(store.has_steps());
            if let Some(entries) = opening.annotations {
                let document = session.document();
                let mut import = json::adopt(&entries, document.labels(), document, &stamp, "page");
                import.annotations.retain(|given| {
                    session.document().annotation(&given.id).is_none_or(|known| known.modified < given.modified)
                });
                // What the page brings is loaded, not edited: no step in the history.
                if let Ok(transaction) = session.plan(Command::Import(import), &stamp)
                    && session.absorb(&transaction).is_ok()
                {
                    store.save(&transaction, session.document().release(), 0, None);
                }
            }
            state.blocks = blocks(session.document().segmentation(), &state.blocks);
            state.filled = FILLED_AT_ONCE;
            state.proposals = Vec::new();
            state.session = Some(session);
            state.store = Some(store);
            state.cursor = Cursor::default();
            state.open = None;
            state.edits += 1;
            state.armed = None;
            state.offer = Offer::Nothing;
            state.list = ListView::default();
            state.loading = false;
            state.dirty = false;
            state.steps = 0;
            state.done = String::new();
            state.announce_ready = true;
            false
        };
        if !waits {
            self.draw_label_colors();
            self.redraw();
        }
        notices.into_iter().for_each(|notice| self.report(&notice));
    }

    /// Carries a command out: asks the page, changes the document, writes to the store, tells the page, draws.
    ///
    /// # Errors
    ///
    /// [`Failure`]; nothing has changed then.
    pub fn dispatch(self: &Rc<Self>, command: Command, cause: Cause) -> Result<Transaction, Failure> {
        if self.read(State::readonly) && cause != Cause::Page {
            return Err(self.failure(&CommandError::Readonly));
        }
        if !self.may(&command) {
            return Ok(Transaction::default());
        }
        if let Command::Undo | Command::Redo = command {
            self.remember(command == Command::Undo);
        }
        let stamp = self.stamp();
        let performed = self.state.borrow_mut().session.as_mut().map(|session| session.perform(command, &stamp));
        let performed = performed.ok_or_else(|| self.no_release())?;
        let transaction = performed.map_err(|error| self.failure(&error))?;
        self.after_change(&transaction, cause);
        Ok(transaction)
    }

    /// Reads the steps that this tab made before a reload, once one of them is wanted: they may be large.
    fn remember(&self, back: bool) {
        let State { session: Some(session), store: Some(store), page_labels, .. } = &mut *self.state.borrow_mut()
        else {
            return;
        };
        if session.history().lacks(back) {
            session.remember(store.steps(page_labels));
        }
    }

    /// Takes over what another tab has done.
    pub fn hear(self: &Rc<Self>, key: &str, value: Option<&str>) {
        let transaction = {
            let mut state = self.state.borrow_mut();
            let State { session: Some(session), store: Some(store), review, .. } = &mut *state else { return };
            if store.is_elsewhere(key, value.unwrap_or_default()) {
                store.frozen = true;
                drop(state);
                return self.report(&Failure { code: "unknown-version", message: self.texts().newer().to_owned() });
            }
            let Some(heard) = store.heard(key, value) else { return };
            let document = session.document();
            let change = match heard {
                Some(Record::Annotation(annotation)) => {
                    let before = document.annotation(&annotation.id).cloned();
                    (before.as_deref() != Some(&annotation))
                        .then(|| Change::Annotation { before, after: Some(Rc::new(annotation)) })
                }
                Some(Record::Boundary(at, correction)) => {
                    let before = document.corrections().get(&at).copied();
                    (before != Some(correction)).then_some(Change::Boundary { at, before, after: Some(correction) })
                }
                Some(Record::Dismissal(suggestion)) => {
                    (!document.is_dismissed(&suggestion)).then_some(Change::Dismissal { suggestion, after: true })
                }
                Some(Record::Labels(after, _)) => {
                    let before = document.labels().clone();
                    (before != after).then_some(Change::Labels { before, after })
                }
                Some(Record::Review(theirs)) => {
                    review.join(&theirs);
                    review.done = theirs.done;
                    None
                }
                Some(Record::Release(_)) => None,
                None => removed_by(document, store, key),
            };
            let Some(change) = change else { return };
            let transaction = Transaction { changes: vec![change] };
            if session.absorb(&transaction).is_err() {
                return;
            }
            transaction
        };
        self.after_change(&transaction, Cause::OtherTab);
    }

    /// The annotation file.
    ///
    /// # Errors
    ///
    /// [`Failure`] for a missing release, or positions that do not fit.
    pub fn export(self: &Rc<Self>) -> Result<Content, Failure> {
        let stamp = self.stamp();
        let state = self.state.borrow();
        let failure = |error: FormatError| Failure { code: error.code(), message: error.message(state.settings.ui) };
        let Some(session) = &state.session else { return Err(self.no_release()) };
        let content = json::write(session.document(), &stamp).map_err(failure)?;
        let name = format!("{}.annotations.json", file_name(&session.document().release().id));
        Ok(Content { name, media_type: json::MEDIA_TYPE, content })
    }

    /// Saves the annotation file.
    ///
    /// # Errors
    ///
    /// As [`export`](Self::export).
    pub fn download(self: &Rc<Self>) -> Result<(), Failure> {
        let file = self.export()?;
        if self.page.save(&file.name, file.media_type, &file.content).is_err() {
            return Err(Failure { code: "internal", message: file.name });
        }
        {
            let mut state = self.state.borrow_mut();
            state.dirty = false;
            state.steps = 0;
            if let Some(store) = &mut state.store {
                store.keep_download();
            }
        }
        self.say_saved(&file.name);
        Ok(())
    }

    /// Says that a file was saved.
    pub fn say_saved(self: &Rc<Self>, name: &str) {
        let done = fill(self.texts().downloaded(), &[name]);
        self.change_view(|state| state.done = done);
    }

    /// Takes in an annotation file that is fitted to the open text already (`annotator_core::format::convert_in`).
    /// Returns the report that `importFrom` gives.
    ///
    /// # Errors
    ///
    /// [`Failure`]; nothing has changed then.
    pub fn adopt(self: &Rc<Self>, file: &Value, mode: &str) -> Result<Value, Failure> {
        let replace = mode == "replace";
        let stamp = self.stamp();
        let import = {
            let state = self.state.borrow();
            let Some(session) = &state.session else { return Err(self.no_release()) };
            let (entries, document) = (file["annotations"].as_array(), session.document());
            let known = json::label_set(&file["labels"]);
            let fitted = json::adopt(entries.map_or(&[], Vec::as_slice), &known, document, &stamp, "json");
            let labels = match replace && !known.is_empty() {
                true => Some(json::whole_set(&known, &fitted, document)),
                false => fitted.labels.clone(),
            };
            Import { replace, labels, corrections: json::corrections(&file["sentences"], document), ..fitted }
        };
        // Annotations of the open text that a person has given another place.
        if mode == "place" {
            return self.dispatch(Command::Import(import), Cause::User).map(|_| Value::Null);
        }
        let summary = self.dispatch(Command::Import(import), Cause::Import)?.summary();
        let warnings = file["warnings"].as_array().map_or(0, Vec::len);
        let orphans = file["orphans"].as_u64().unwrap_or_default() as usize;
        let counts = [summary.added.len(), summary.updated.len(), orphans, warnings];
        let done = fill(self.texts().imported(), &counts.map(|count| count.to_string()).each_ref().map(String::as_str));
        self.change_view(|state| state.done = done);
        Ok(Value::object(vec![
            ("added", counts[0].into()),
            ("updated", counts[1].into()),
            ("orphans", counts[2].into()),
            ("warnings", file["warnings"].clone()),
        ]))
    }

    /// Replaces all annotations, as the page's `annotations` property does: no `change` event.
    ///
    /// # Errors
    ///
    /// [`Failure`]; nothing has changed then.
    pub fn replace_annotations(self: &Rc<Self>, entries: &[Value]) -> Result<(), Failure> {
        let stamp = self.stamp();
        let import = {
            let state = self.state.borrow();
            let Some(session) = &state.session else { return Err(self.no_release()) };
            let document = session.document();
            Import { replace: true, ..json::adopt(entries, document.labels(), document, &stamp, "page") }
        };
        self.dispatch(Command::Import(import), Cause::Page).map(drop)
    }

    /// Shows what went wrong and tells the page.
    pub fn report(self: &Rc<Self>, failure: &Failure) {
        self.change_view(|state| {
            state.alert = Some(failure.message.clone());
            state.way = match failure.code {
                "storage-full" => "releases",
                "storage-corrupt" => "raw",
                "decode" => "encoding",
                _ => "",
            };
        });
        let detail = vec![("code", failure.code.into()), ("message", failure.message.as_str().into())];
        self.emit("error", detail, false);
    }

    /// Changes what is seen and not what is kept, and draws.
    pub fn change_view<T>(self: &Rc<Self>, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.state.borrow_mut());
        self.redraw();
        result
    }

    /// Called by the drawing when everything is on the page.
    pub fn drawn(self: &Rc<Self>) {
        let (focus, ready, blocks, unsafe_to_leave, unfilled) = {
            let mut state = self.state.borrow_mut();
            let counts = state
                .session
                .as_ref()
                .filter(|_| state.announce_ready)
                .map(|session| (session.document().sentences().len(), session.document().annotation_count()));
            state.announce_ready = false;
            let safety = state.store.as_ref().map(Store::safety);
            let unsafe_to_leave = state.dirty && matches!(safety, Some(Safety::Full | Safety::Refused));
            let count = state.blocks.len();
            (state.focus.take(), counts, count, unsafe_to_leave, state.filled < count)
        };
        if let Some(focus) = focus {
            self.focus(&focus);
        }
        if let Some((sentences, annotations)) = ready {
            let detail = vec![("sentences", sentences.into()), ("annotations", annotations.into())];
            self.emit("ready", detail, false);
        }
        // Only now is the first drawing in sight, and a block that is not would lose its sentences.
        self.page.drawn(blocks, self.parts.get(), unsafe_to_leave, unfilled);
    }

    /// Clicks what the class of the element answers to: the field for a file, the button that opens a panel.
    pub fn click_on(&self, css: &str) {
        if let Ok(Some(found)) = self.root.query_selector(css) {
            found.unchecked_into::<HtmlElement>().click();
        }
    }

    /// Draws blocks in full, or as bare text, as they come into view or leave it.
    pub fn see_blocks(self: &Rc<Self>, seen: &[(usize, bool)]) {
        let changed = {
            let mut state = self.state.borrow_mut();
            let here = block_of(&state.blocks, state.cursor.head).filter(|_| state.cursor.placed);
            let mut changed = false;
            for (index, near) in seen {
                if let Some(block) = state.blocks.get_mut(*index) {
                    // The first has the title, and the stop of Tab until somebody has been in the text.
                    let full = *near || here == Some(*index) || *index == 0;
                    if block.full != full {
                        block.full = full;
                        block.revision += 1;
                        changed = true;
                    }
                }
            }
            changed
        };
        if changed {
            self.redraw();
        }
    }

    /// The moment, fresh randomness and the annotator, for a command.
    pub fn stamp(&self) -> Stamp {
        let mut seed = [0; 10];
        if let Some(Ok(crypto)) = web_sys::window().map(|window| window.crypto()) {
            let _ = crypto.get_random_values_with_u8_array(&mut seed);
        }
        let now = Timestamp::from_millis(js_sys::Date::now() as i64);
        Stamp { now, seed, creator: self.state.borrow().settings.annotator.clone() }
    }

    /// The failure of a command that needs a release.
    pub fn no_release(&self) -> Failure {
        Failure { code: "not-found", message: self.texts().no_release_error().to_owned() }
    }

    fn failure(&self, error: &CommandError) -> Failure {
        Failure { code: error.code(), message: self.texts().refusal(error) }
    }

    /// Carries out what a person asks for; a failure is shown and sent as an event. Whether it was done.
    pub fn perform(self: &Rc<Self>, command: Command, cause: Cause) -> bool {
        self.shown(self.dispatch(command, cause)).is_some()
    }

    /// Shows a failure and tells the page.
    pub fn shown<T>(self: &Rc<Self>, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|failure| self.report(&failure)).ok()
    }

    fn after_change(self: &Rc<Self>, transaction: &Transaction, cause: Cause) {
        if transaction.is_empty() {
            return;
        }
        let texts = self.texts();
        let in_text = self.root.active_element().is_some_and(|focused| focused.has_attribute("data-sentence"));
        let was_full = self.read(|state| state.store.as_ref().is_some_and(|store| store.safety() == Safety::Full));
        let (safety, relabelled) = {
            let mut state = self.state.borrow_mut();
            let state = &mut *state;
            let (Some(session), Some(store)) = (&state.session, &mut state.store) else { return };
            let document = session.document();
            let relabelled = transaction.changes.iter().any(|change| matches!(change, Change::Labels { .. }));
            let step = match cause {
                Cause::Undo => 2,
                Cause::Redo => 3,
                _ => 1,
            };
            if cause != Cause::OtherTab {
                store.save(
                    transaction,
                    document.release(),
                    step,
                    Some(&state.page_labels).filter(|_| cause != Cause::Page),
                );
            }
            let last = document.sentences().len().saturating_sub(1);
            if transaction.moves_boundaries() {
                let full: Vec<bool> = state.blocks.iter().map(|block| block.full).collect();
                state.blocks = blocks(document.segmentation(), &state.blocks);
                for (index, block) in state.blocks.iter_mut().enumerate() {
                    block.full |= full.get(index).copied().unwrap_or_default();
                }
                state.cursor.head = state.cursor.head.min(last);
                state.cursor.anchor = state.cursor.anchor.min(last);
                // The elements of the sentences are new ones.
                if in_text {
                    state.focus = Some(Focus::Sentence(state.cursor.head));
                }
            }
            // What these change may be drawn anywhere.
            if relabelled || transaction.changes.iter().any(|change| matches!(change, Change::Dismissal { .. })) {
                renew(&mut state.blocks);
            }
            state.edits += 1;
            touched(transaction).for_each(|span| state.renew_span(span));
            let (Some(session), Some(store)) = (&state.session, &state.store) else { return };
            let document = session.document();
            if matches!(cause, Cause::Undo | Cause::Redo)
                && let Some((first, last)) = touched(transaction).next().and_then(|span| document.sentences_of(span))
                && !(first..=last).contains(&state.cursor.head)
            {
                state.cursor.move_to(first, false);
                state.focus = Some(Focus::Sentence(first));
            }
            state.done = say(transaction, document, cause, texts, state.settings.ui);
            state.dirty |= cause != Cause::OtherTab;
            state.steps += u32::from(cause != Cause::OtherTab);
            state.alert = None;
            (store.safety(), relabelled)
        };
        if relabelled {
            self.draw_label_colors();
        }
        if let Some(block) = self.read(|state| block_of(&state.blocks, state.cursor.head)) {
            self.see_blocks(&[(block, true)]);
        }
        self.redraw();
        if cause != Cause::Page {
            self.emit_change(transaction, cause);
        }
        if safety == Safety::Full && !was_full {
            self.report(&Failure { code: "storage-full", message: texts.storage_full().to_owned() });
        }
    }

    fn emit_change(&self, transaction: &Transaction, cause: Cause) {
        let cause = match cause {
            Cause::User | Cause::Page => "user",
            Cause::Undo => "undo",
            Cause::Redo => "redo",
            Cause::Import => "import",
            Cause::OtherTab => "other-tab",
        };
        let detail = self.read(|state| {
            let document = state.session.as_ref()?.document();
            let summary = transaction.summary();
            let values = |annotations: &[Rc<Annotation>]| -> Value {
                annotations.iter().map(|annotation| json::annotation_value(document, annotation)).collect()
            };
            Some(vec![
                ("added", values(&summary.added)),
                ("updated", values(&summary.updated)),
                ("removed", values(&summary.removed)),
                ("cause", cause.into()),
            ])
        });
        if let Some(detail) = detail {
            self.emit("change", detail, false);
        }
    }

    /// Asks the page whether a command may be carried out.
    fn may(&self, command: &Command) -> bool {
        let command = match command {
            Command::ToggleLabel { .. } => "labelSentence",
            Command::ToggleSpan { .. } | Command::Annotate(_) => "annotate",
            Command::Update { .. } => "update",
            Command::Remove(_) => "remove",
            Command::Clear => "clear",
            Command::Relabel { .. } => "relabel",
            Command::SetLabels { .. } => "setLabels",
            Command::MergeSentence(_) => "mergeSentence",
            Command::SplitSentence(_) => "splitSentence",
            Command::Import(_) => "importFrom",
            Command::Add(_) => "accept",
            Command::Dismiss(_) => "dismiss",
            Command::Undo => "undo",
            Command::Redo => "redo",
        };
        self.emit("beforechange", vec![("command", command.into())], true)
    }

    /// Sends an event to the page; `false` if the page cancelled it.
    fn emit(&self, name: &str, detail: Vec<(&str, Value)>, cancelable: bool) -> bool {
        let options = CustomEventInit::new();
        options.set_bubbles(true);
        options.set_composed(true);
        options.set_cancelable(cancelable);
        options.set_detail(&api::to_js(&Value::object(detail)));
        let event = CustomEvent::new_with_event_init_dict(&format!("release-annotator-{name}"), &options);
        event.and_then(|event| self.host.dispatch_event(&event)).unwrap_or(true)
    }

    fn draw_label_colors(&self) {
        let labels = self.read(|state| match &state.session {
            Some(session) => session.document().labels().clone(),
            None => state.settings.labels.clone(),
        });
        let mut css = String::new();
        for (index, label) in labels.iter().enumerate() {
            let line = ["solid", "dashed", "double", "dotted", "wavy"][index % 5];
            let edge = if line == "wavy" { "groove" } else { line };
            css.push_str(&format!(".label-{index}{{--label:{};--line:{line};--edge:{edge}}}\n", label.color));
        }
        self.page.paint(&css);
    }

    fn redraw(self: &Rc<Self>) {
        self.state.borrow_mut().revision += 1;
        let props = self.props();
        if let Ok(mut app) = self.app.try_borrow_mut()
            && let Some(app) = app.as_mut()
        {
            app.update(props);
        }
    }

    fn props(self: &Rc<Self>) -> AppProps {
        AppProps { widget: Handle(Rc::clone(self)), revision: self.state.borrow().revision }
    }
}

/// A widget as a component property: two are equal if they are the same.
#[derive(Clone)]
pub struct Handle(pub Rc<Controller>);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A release id as a file name: what file systems refuse becomes `-`.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect()
}
