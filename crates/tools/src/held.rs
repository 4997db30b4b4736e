//! What records say about releases: the ones that lie in the store now, or in a state that was kept. Leaves out where
//! records come from (the door) and how they are shown (`panels`).

use annotator_core::format::json;
use annotator_core::record::{AWAY, Record, ReleaseRecord, Shelf};
use annotator_core::restore::restoring;
use annotator_core::{Annotation, Correction, LabelSet, Release, Session, Stamp, Text, Timestamp};

/// A release as its records say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Held {
    /// The name of its shelf.
    pub name: String,
    /// What the release was.
    pub release: ReleaseRecord,
    /// The text on which the annotations were made; `None` where it is not here, or cannot be read.
    pub text: Option<String>,
    /// Whether the text lies in IndexedDB.
    pub away: bool,
    /// Whether a person has said that it is finished.
    pub done: bool,
    /// The annotations, in no order.
    pub annotations: Vec<Annotation>,
    /// Corrections of sentence boundaries.
    pub corrections: Vec<(usize, Correction)>,
    /// The person's own label set, and the ids of the page's that it was made from.
    pub labels: Option<(LabelSet, Vec<String>)>,
    /// Suggestions that were dismissed.
    pub dismissed: Vec<String>,
    /// All its keys, also of what was set aside.
    pub keys: Vec<String>,
    /// UTF-16 code units of the origin's room.
    pub units: usize,
    /// Whether nothing has changed since its file was downloaded.
    pub downloaded: bool,
}

/// The releases of these records, the one changed last first.
pub fn held<'a>(records: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Held> {
    let mut all: Vec<Held> = Vec::new();
    for (key, value) in records {
        let Some(name) = Shelf::name_in(key) else { continue };
        let at = all.iter().position(|held| held.name == name).unwrap_or_else(|| {
            all.push(Held { name: name.to_owned(), ..Held::default() });
            all.len() - 1
        });
        let (held, shelf) = (&mut all[at], Shelf::named(name));
        held.units += key.encode_utf16().count() + value.encode_utf16().count();
        held.keys.push(key.to_owned());
        held.downloaded |= key == shelf.download_key();
        if key == shelf.text_key() {
            held.text = shelf.read_text(value).ok();
            held.away = value == AWAY;
        }
        match shelf.read(key, value) {
            Ok(Record::Annotation(annotation)) => held.annotations.push(annotation),
            Ok(Record::Boundary(at, correction)) => held.corrections.push((at, correction)),
            Ok(Record::Release(release)) => held.release = release,
            Ok(Record::Dismissal(suggestion)) => held.dismissed.push(suggestion),
            Ok(Record::Labels(labels, from)) => held.labels = Some((labels, from)),
            Ok(Record::Review(review)) => held.done = review.done,
            Err(_) => {}
        }
    }
    all.sort_by_key(|held| std::cmp::Reverse(held.modified()));
    all
}

impl Held {
    /// The last change of an annotation.
    pub fn modified(&self) -> Option<Timestamp> {
        self.annotations.iter().map(|annotation| annotation.modified).max()
    }

    /// What a list calls it.
    pub fn title(&self) -> &str {
        [&self.release.title, &self.release.id, &self.name]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("", |it| it)
    }

    /// Its annotation file; `None` without a text.
    pub fn file(&self, labels: LabelSet, stamp: &Stamp) -> Option<String> {
        let ReleaseRecord { id, title, lang, source, .. } = &self.release;
        let release = Release::new(id, title, lang, source, Text::new(self.text.clone()?));
        let mut session = Session::new(release, labels);
        let document = session.document();
        let own = self.labels.clone().map(|(own, from)| own.followed_by(document.labels(), &from));
        let restored =
            restoring(document, own, self.annotations.clone(), self.corrections.clone(), self.dismissed.clone());
        session.absorb(&restored).ok()?;
        json::write(session.document(), stamp).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotator_core::Command;
    use annotator_core::format::value::Value;
    use annotator_core::restore::writes;

    #[test]
    fn the_file_of_what_is_held_is_that_of_the_document() {
        let text = "Un titre\n\nUne phrase. Une autre.";
        let stamp = Stamp { now: Timestamp::from_millis(1_309_253_400_000), seed: [1; 10], creator: String::new() };
        let mut session = Session::new(Release::new("a", "", "fr", "s", Text::new(text)), LabelSet::default());
        let shelf = Shelf::new("essai");
        let release = session.document().release();
        let record = ReleaseRecord::of(release);
        let mut records = vec![shelf.write_release(&record), shelf.write_text(text)];
        for command in [Command::ToggleLabel { first: 1, last: 1, label: "quote".into() }, Command::MergeSentence(1)] {
            let transaction = session.perform(command, &stamp).expect("two sentences");
            for (key, value) in writes(&shelf, &transaction, None) {
                records.retain(|(known, _)| *known != key);
                records.extend(value.map(|value| (key, value)));
            }
        }
        records.push((Shelf::new("autre").aside_key("x"), "y".into()));
        records.push(("release-annotator:@abc".into(), "3".into()));
        let all = held(records.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        assert_eq!(all.iter().map(Held::title).collect::<Vec<_>>(), ["Un titre", Shelf::new("autre").name()]);
        let file = all[0].file(LabelSet::default(), &stamp).expect("a text");
        assert_eq!(file, json::write(session.document(), &stamp).expect("consistent"));
        assert!(Value::parse(&file).is_ok());
        assert_eq!(all[1].file(LabelSet::default(), &stamp), None);
    }
}
