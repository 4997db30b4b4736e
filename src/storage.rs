//! The store of one release: one small key a record in localStorage and in its journal, or nothing where the browser
//! refuses. Leaves out what records look like (`annotator_core::record`) and the two stores themselves (`www/journal.js`).

use annotator_core::record::{Record, ReleaseRecord, Shelf, Version};
use annotator_core::restore::{writes, written};
use annotator_core::sorted::SortedMap;
use annotator_core::{Annotation, AnnotationId, Correction, LabelSet, Release, Review, Timestamp, Transaction};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::controller::Page;

/// What the store says about the safety of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Nothing was written yet, and the store works.
    Ready,
    /// All changes are in the store, and on the disk as soon as the page says so.
    Saved,
    /// All changes are in localStorage, which loses its last seconds when the browser is killed.
    Light,
    /// The store is full: some changes are only in memory.
    Full,
    /// The browser refuses the store.
    Refused,
}

/// The store of one release.
pub struct Store {
    page: Page,
    shelf: Shelf,
    refused: bool,
    /// Whether the journal takes what is written.
    pub durable: bool,
    /// Whether a later version has written here, or another tab has the release with another text: nothing may be
    /// changed then.
    pub frozen: bool,
    /// When the text changed last.
    pub moved: Option<Timestamp>,
    /// What could not be written; `None` for a key that is to be removed. Every later change tries again.
    waiting: SortedMap<String, Option<String>>,
    /// Whether the last change is not all in the store.
    incomplete: bool,
    written: bool,
    /// Whether the store says that the file was downloaded since the last change.
    downloaded: bool,
}

/// What the store holds of a release.
#[derive(Default)]
pub struct Stored {
    pub annotations: Vec<Annotation>,
    pub corrections: Vec<(usize, Correction)>,
    /// The ids of suggestions.
    pub dismissed: Vec<String>,
    pub release: Option<ReleaseRecord>,
    /// The label set that a person has made, and the ids of the page's set that it was made from.
    pub labels: Option<(LabelSet, Vec<String>)>,
    pub review: Review,
    /// Records that could not be read and were set aside.
    pub set_aside: usize,
}

/// What stands between keys and values that come together; no record has it.
const JOINT: char = '\u{ffff}';

impl Store {
    /// Opens the store of a release with this storage key; behind a `=` stands the name of its shelf instead.
    pub fn open(storage_key: &str, page: &Page) -> Self {
        let page = JsValue::clone(page).unchecked_into();
        let shelf = storage_key.strip_prefix('=').map_or_else(|| Shelf::new(storage_key), Shelf::named);
        let waiting = SortedMap::new();
        Self {
            page,
            shelf,
            refused: false,
            durable: true,
            frozen: false,
            moved: None,
            waiting,
            incomplete: false,
            written: false,
            downloaded: false,
        }
    }

    /// Reads everything that the shelf holds. What cannot be read moves to a side key, never away.
    pub fn load(&mut self) -> Stored {
        let mut stored = Stored::default();
        let Some(records) = self.page.records(self.shelf.name()) else {
            self.refused = true;
            return stored;
        };
        let mut records = records.split(JOINT);
        while let (Some(key), Some(value)) = (records.next(), records.next()) {
            let readable = match self.shelf.version_of(key) {
                Version::Older => continue,
                Version::Newer => {
                    self.frozen = true;
                    continue;
                }
                Version::Own if self.shelf.holds(key) => match self.shelf.read(key, value) {
                    Ok(Record::Annotation(annotation)) => {
                        stored.annotations.push(annotation);
                        true
                    }
                    Ok(Record::Boundary(at, correction)) => {
                        stored.corrections.push((at, correction));
                        true
                    }
                    Ok(Record::Dismissal(suggestion)) => {
                        stored.dismissed.push(suggestion);
                        true
                    }
                    Ok(Record::Release(release)) => {
                        stored.release = Some(release);
                        true
                    }
                    Ok(Record::Labels(labels, from)) => {
                        stored.labels = Some((labels, from));
                        true
                    }
                    Ok(Record::Review(review)) => {
                        stored.review = review;
                        true
                    }
                    Err(_) => false,
                },
                Version::Own => {
                    self.downloaded |= key == self.shelf.download_key();
                    if key == self.shelf.former_key() {
                        self.moved = Shelf::moment_of(value);
                    }
                    true
                }
            };
            if !readable {
                stored.set_aside += 1;
                self.page.set_aside(key, &self.shelf.aside_key(key));
            }
        }
        if stored.set_aside > 0 {
            self.page.commit(0, true);
        }
        self.written = stored.release.is_some();
        stored
    }

    /// The release's own record as this text would have it.
    pub fn release_value(&self, release: &Release) -> String {
        self.shelf.write_release(&ReleaseRecord::of(release)).1
    }

    /// Whether another tab has put this release on another text.
    pub fn is_elsewhere(&self, key: &str, value: &str) -> bool {
        key == self.shelf.former_key() && Shelf::moment_of(value) != self.moved
    }

    /// Writes what a transaction changed, and what is still waiting. For the history of the tab it is no step (0), a new
    /// one (1), or undoes (2) or redoes (3) one. `page` is the page's label set where the one that comes is a person's.
    pub fn save(&mut self, transaction: &Transaction, release: &Release, step: u8, page: Option<&LabelSet>) {
        if !self.written {
            self.keep_release(release);
            self.flush(0);
        }
        if self.downloaded && step > 0 {
            self.downloaded = false;
            self.waiting.insert(self.shelf.download_key(), None);
        }
        for (key, value) in writes(&self.shelf, transaction, page) {
            self.waiting.insert(key, value);
        }
        self.flush(step);
    }

    /// The steps that this tab has made, before a reload too: those that can be taken back, and those that can be made
    /// again, inverted; the last of each is the first to come. `page` is the label set before the person made another.
    pub fn steps(&self, page: &LabelSet) -> [Vec<Transaction>; 2] {
        let steps = self.page.steps(true);
        let mut done: Vec<Transaction> =
            steps.iter().skip(2).map(|step| self.step(step.unchecked_ref(), page)).collect();
        let count = steps.get(0).as_f64().unwrap_or_default() as usize;
        let undone = done.split_off(count.min(done.len()));
        [done, undone.iter().rev().map(Transaction::invert).collect()]
    }

    /// Whether this tab has made steps that can be taken back, and some that can be made again.
    pub fn has_steps(&self) -> [bool; 2] {
        let steps = self.page.steps(false);
        let [done, last] = [0, 1].map(|at| steps.get(at).as_f64().unwrap_or_default());
        [done > 0.0, last > done]
    }

    /// A step out of keys, values before and values behind in turn.
    fn step(&self, records: &Array, page: &LabelSet) -> Transaction {
        let text = |at| records.get(at).as_string();
        let changes = (0..records.length())
            .step_by(3)
            .filter_map(|at| written(&self.shelf, &text(at)?, text(at + 1), text(at + 2), page));
        Transaction { changes: changes.collect() }
    }

    /// Writes what was looked at; looking alone leaves no trace, so it may wait for the first change.
    pub fn save_review(&mut self, review: &Review, release: &Release) {
        let (key, value) = self.shelf.write_review(review);
        self.waiting.insert(key, Some(value));
        if review.done && !self.written {
            self.keep_release(release);
        }
        if self.written {
            self.flush(0);
        }
    }

    /// Remembers that what is there now was downloaded, until the next change.
    pub fn keep_download(&mut self) {
        self.downloaded = true;
        self.waiting.insert(self.shelf.download_key(), Some(String::new()));
        self.flush(0);
    }

    /// Keeps the release and its text beside the annotations: without them a changed text could not be told.
    pub fn keep_release(&mut self, release: &Release) {
        let (key, value) = self.shelf.write_release(&ReleaseRecord::of(release));
        self.waiting.insert(key, Some(value));
        let (key, value) = self.shelf.keep_text(&release.text);
        self.waiting.insert(key, Some(value));
        self.written = true;
    }

    fn flush(&mut self, step: u8) {
        if self.frozen {
            return;
        }
        let page = &self.page;
        // Removals first: they make room.
        self.waiting.retain(|key, value| value.is_some() || !page.write(key, None));
        self.waiting.retain(|key, value| !page.write(key, value.as_deref()));
        self.incomplete = !page.commit(step, self.waiting.is_empty());
    }

    /// What can be said about the safety of the work.
    pub fn safety(&self) -> Safety {
        match () {
            () if self.refused => Safety::Refused,
            () if self.incomplete => Safety::Full,
            () if !self.written => Safety::Ready,
            () if self.durable => Safety::Saved,
            () => Safety::Light,
        }
    }

    /// The record that another tab or element has written under this key, or nothing where it has removed one; `None` if the key
    /// is none of this shelf's or the value cannot be read.
    pub fn heard(&self, key: &str, value: Option<&str>) -> Option<Option<Record>> {
        // Of two changes to one record the later counts, and what waits here comes later.
        if self.frozen || !self.shelf.holds(key) || self.waiting.contains_key(key) {
            return None;
        }
        value.map(|value| self.shelf.read(key, value).ok()).map_or(Some(None), |read| read.map(Some))
    }

    /// The suggestion whose dismissal has this key.
    pub fn dismissal_of(&self, key: &str) -> Option<String> {
        self.shelf.dismissal_of(key)
    }

    /// Whether a key is that of this annotation.
    pub fn is_key_of(&self, key: &str, id: &AnnotationId) -> bool {
        self.shelf.annotation_key(id) == key
    }

    /// Whether a key is that of the correction at this byte.
    pub fn is_key_at(&self, key: &str, at: usize) -> bool {
        self.shelf.boundary_key(at) == key
    }
}
