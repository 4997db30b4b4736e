//! The store of one release: localStorage, one small key a record, or nothing where the browser refuses.
//! Leaves out what records look like (`annotator_core::record`).

use annotator_core::record::{Record, ReleaseRecord, Shelf};
use annotator_core::sorted::SortedMap;
use annotator_core::{Annotation, AnnotationId, Change, Correction, LabelSet, Release, Review, Transaction};
use js_sys::{Array, Object};

/// What the store says about the safety of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Nothing was written yet, and the store works.
    Ready,
    /// All changes are in the store.
    Saved,
    /// The store is full: some changes are only in memory.
    Full,
    /// The browser refuses the store.
    Refused,
}

/// The store of one release.
pub struct Store {
    local: Option<web_sys::Storage>,
    shelf: Shelf,
    /// What could not be written; `None` for a key that is to be removed. Every later change tries again.
    waiting: SortedMap<String, Option<String>>,
    written: bool,
}

/// What the store holds of a release.
#[derive(Default)]
pub struct Stored {
    pub annotations: Vec<Annotation>,
    pub corrections: Vec<(usize, Correction)>,
    pub release: Option<ReleaseRecord>,
    /// The label set that a person has made, and the ids of the page's set that it was made from.
    pub labels: Option<(LabelSet, Vec<String>)>,
    pub review: Review,
    /// The text on which the annotations were made, where it is readable.
    pub text: Option<String>,
    /// Records that could not be read and were set aside.
    pub set_aside: usize,
}

/// Bytes of a text that is kept beside its annotations: a tenth of the room that an origin has. Of a longer one, the
/// annotations become orphans when it changes.
const LARGEST_TEXT: usize = 500_000;

impl Store {
    /// Opens the store of a release with this storage key.
    pub fn open(storage_key: &str) -> Self {
        let local = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        // Some browsers hand the object out and refuse every access to it.
        let local = local.filter(|local| local.length().is_ok());
        Self { local, shelf: Shelf::new(storage_key), waiting: SortedMap::new(), written: false }
    }

    /// Reads everything that the shelf holds. What cannot be read moves to a side key, never away.
    pub fn load(&mut self) -> Stored {
        let mut stored = Stored::default();
        let Some(local) = &self.local else { return stored };
        for key in Array::iter(&Object::keys(local)).filter_map(|key| key.as_string()) {
            if !self.shelf.holds(&key) {
                continue;
            }
            let Ok(Some(value)) = local.get_item(&key) else { continue };
            match self.shelf.read(&key, &value) {
                Ok(Record::Annotation(annotation)) => stored.annotations.push(annotation),
                Ok(Record::Boundary(at, correction)) => stored.corrections.push((at, correction)),
                Ok(Record::Release(release)) => stored.release = Some(release),
                Ok(Record::Labels(labels, from)) => stored.labels = Some((labels, from)),
                Ok(Record::Review(review)) => stored.review = review,
                Err(_) => {
                    stored.set_aside += 1;
                    if local.set_item(&self.shelf.aside_key(&key), &value).is_ok() {
                        let _ = local.remove_item(&key);
                    }
                }
            }
        }
        let text = local.get_item(&self.shelf.text_key()).ok().flatten();
        stored.text = text.and_then(|value| self.shelf.read_text(&value).ok());
        self.written = stored.release.is_some();
        stored
    }

    /// Writes what a transaction changed, and what is still waiting. Returns the characters written. Label sets wait
    /// for [`keep_labels`](Self::keep_labels): not every one is a person's.
    pub fn save(&mut self, transaction: &Transaction, release: &Release) -> usize {
        if !self.written {
            self.keep_release(release);
        }
        for change in &transaction.changes {
            match change {
                Change::Annotation { after: Some(annotation), .. } => {
                    let (key, value) = self.shelf.write_annotation(annotation);
                    self.waiting.insert(key, Some(value));
                }
                Change::Annotation { after: None, .. } => {
                    if let Some(id) = change.annotation() {
                        self.waiting.insert(self.shelf.annotation_key(id), None);
                    }
                }
                Change::Boundary { at, after: Some(correction), .. } => {
                    let (key, value) = self.shelf.write_boundary(*at, *correction);
                    self.waiting.insert(key, Some(value));
                }
                Change::Boundary { at, after: None, .. } => {
                    self.waiting.insert(self.shelf.boundary_key(*at), None);
                }
                Change::Labels { .. } => {}
            }
        }
        self.flush()
    }

    /// Keeps the label set that a person has made of the page's with the next write.
    pub fn keep_labels(&mut self, labels: &LabelSet, page: &LabelSet) {
        let (key, value) = self.shelf.write_labels(labels, page);
        self.waiting.insert(key, Some(value));
    }

    /// Writes what was looked at; looking alone leaves no trace, so it may wait for the first change.
    pub fn save_review(&mut self, review: &Review, release: &Release) {
        let (key, value) = self.shelf.write_review(review);
        self.waiting.insert(key, Some(value));
        if review.done && !self.written {
            self.keep_release(release);
        }
        if self.written {
            self.flush();
        }
    }

    /// Keeps the release and its text beside the annotations: without them a changed text could not be told.
    pub fn keep_release(&mut self, release: &Release) {
        let (key, value) = self.shelf.write_release(&ReleaseRecord {
            id: release.id.clone(),
            title: release.title.clone(),
            lang: release.lang.clone(),
            source: release.source.clone(),
            sha256: release.sha256.clone(),
        });
        self.waiting.insert(key, Some(value));
        if release.text.len() <= LARGEST_TEXT {
            let (key, value) = self.shelf.write_text(&release.text);
            self.waiting.insert(key, Some(value));
        }
        self.written = true;
    }

    fn flush(&mut self) -> usize {
        let Some(local) = &self.local else { return 0 };
        let mut written = 0;
        // Removals first: they make room.
        self.waiting.retain(|key, value| value.is_some() || local.remove_item(key).is_err());
        self.waiting.retain(|key, value| {
            let Some(value) = value else { return true };
            let done = local.set_item(key, value).is_ok();
            written += if done { key.len() + value.chars().count() } else { 0 };
            !done
        });
        written
    }

    /// What can be said about the safety of the work.
    pub fn safety(&self) -> Safety {
        match () {
            () if self.local.is_none() => Safety::Refused,
            () if !self.written => Safety::Ready,
            () if !self.waiting.is_empty() => Safety::Full,
            () => Safety::Saved,
        }
    }

    /// The record that another tab has written under this key, or nothing where it has removed one; `None` if the key
    /// is none of this shelf's or the value cannot be read.
    pub fn heard(&self, key: &str, value: Option<&str>) -> Option<Option<Record>> {
        if !self.shelf.holds(key) {
            return None;
        }
        value.map(|value| self.shelf.read(key, value).ok()).map_or(Some(None), |read| read.map(Some))
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
