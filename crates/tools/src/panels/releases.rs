//! What this browser holds of all releases of this site: to open, download and delete, and how much room it takes.

use annotator_core::format::{json, value::Value, zip};
use annotator_core::record::{AWAY, Shelf};
use annotator_core::{LabelSet, Stamp, Timestamp};
use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::carry::text_at;
use crate::door::{Door, object};
use crate::held::{Held, held};
use crate::texts::{fill, tag, texts};

/// The door, and the number of what lies behind it.
#[derive(Properties, PartialEq, Clone)]
pub struct StoreProps {
    pub door: Door,
    pub revision: u32,
}

/// The moment, as files want it.
pub fn now() -> Stamp {
    Stamp { now: Timestamp::from_millis(Date::now() as i64), seed: [0; 10], creator: String::new() }
}

/// The labels of the element.
pub fn labels(door: &Door) -> LabelSet {
    json::label_set(&door.value("labels"))
}

/// A file of annotations, by the release's id.
fn name_of(release: &Held) -> String {
    let id = if release.release.id.is_empty() { &release.name } else { &release.release.id };
    let plain = id.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c });
    plain.chain(".annotations.json".chars()).collect()
}

#[component]
pub fn Releases(props: &StoreProps) -> Html {
    let door = props.door.clone();
    let texts = texts(&door);
    // The name of the release that the next click deletes.
    let doomed = use_state(String::new);
    // Deleting changes nothing that the element draws.
    let deleted = use_state(|| 0);
    // What was cleared, to be put back as long as the panel is open.
    let cleared = use_state(Vec::<(String, String)>::new);
    let stored = door.value("_stored");
    let records = stored.as_object().into_iter().flat_map(|map| map.iter());
    let all = held(records.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))));
    if all.is_empty() && cleared.is_empty() {
        return html! { <p class="hint">{ texts.releases_none() }</p> };
    }
    let open_name = door.get("_shelf").as_string().unwrap_or_default();
    let rows = all.iter().map(|release| {
        let is_open = release.name == open_name;
        let date = release.modified().map(|at| local_time(at, &door)).unwrap_or_default();
        let counts = fill(texts.releases_row(), &[&release.annotations.len().to_string(), &kilobytes(release.units)]);
        let saved = if release.downloaded { texts.releases_downloaded() } else { texts.releases_not_downloaded() };
        let whole = |action: fn(&Door, &Held)| {
            let (door, release) = (door.clone(), release.clone());
            move |_: MouseEvent| {
                let (door, release) = (door.clone(), release.clone());
                spawn_local(async move { action(&door, &with_text(&door, release).await) });
            }
        };
        let without_text = release.text.is_none() && !release.away;
        let sure = *doomed == release.name;
        let delete = {
            let (door, release, doomed, deleted) = (door.clone(), release.clone(), doomed.clone(), deleted.clone());
            move |_: MouseEvent| {
                if !sure {
                    return doomed.set(release.name.clone());
                }
                write(&door, release.keys.iter().map(|key| (key.as_str(), None)));
                doomed.set(String::new());
                deleted.set(*deleted + 1);
            }
        };
        html! {
            <li class="panel-row" data-release={release.name.clone()} key={release.name.clone()}>
                <div class="wide">
                    <strong>{ release.title().to_owned() }</strong>
                    <span>
                        { [counts.as_str(), &date, if is_open { texts.releases_open_now() } else { saved }].join(" · ") }
                        { if release.done { texts.releases_done() } else { "" } }
                    </span>
                </div>
                <button type="button" data-do="open" disabled={is_open || without_text} onclick={whole(open)}>{ texts.releases_open() }</button>
                <button type="button" data-do="download" disabled={without_text} onclick={whole(download)}>{ texts.download() }</button>
                <button type="button" data-do="delete" disabled={is_open} onclick={delete}>
                    { if sure { texts.releases_sure() } else { texts.releases_delete() } }
                </button>
            </li>
        }
    });
    let taken: usize =
        stored.as_object().into_iter().flat_map(|map| map.iter()).map(|(key, value)| units(key, value)).sum();
    let finished: Vec<Held> = all.iter().filter(|it| it.done && it.name != open_name).cloned().collect();
    let download_all = {
        let (door, all) = (door.clone(), all.clone());
        move |_: MouseEvent| {
            let (door, all) = (door.clone(), all.clone());
            spawn_local(async move { _ = archive(&door, &all, "release-annotator.zip").await });
        }
    };
    let count = finished.len().to_string();
    let clear = {
        let (door, cleared, deleted) = (door.clone(), cleared.clone(), deleted.clone());
        move |_: MouseEvent| {
            let (door, finished) = (door.clone(), finished.clone());
            let (cleared, deleted) = (cleared.clone(), deleted.clone());
            spawn_local(async move {
                let kept = clear(&door, &finished).await;
                deleted.set(*deleted + 1);
                cleared.set(kept);
            });
        }
    };
    let put_back = {
        let (door, cleared, deleted) = (door.clone(), cleared.clone(), deleted.clone());
        move |_: MouseEvent| {
            write(&door, cleared.iter().map(|(key, value)| (key.as_str(), Some(value.as_str()))));
            cleared.set(Vec::new());
            deleted.set(*deleted + 1);
        }
    };
    html! {
        <>
            <p class="hint">{ fill(texts.releases_hint(), &[&kilobytes(taken)]) }</p>
            <ul class="rows wide">{ for rows }</ul>
            <div class="group-head">
                <button type="button" data-do="download-all" onclick={download_all}>{ texts.releases_all() }</button>
                if count != "0" {
                    <button type="button" data-do="clear" onclick={clear}>{ fill(texts.releases_clear(), &[&count]) }</button>
                }
                if !cleared.is_empty() {
                    <button type="button" data-do="put-back" onclick={put_back}>{ texts.releases_put_back() }</button>
                }
            </div>
        </>
    }
}

fn units(key: &str, value: &Value) -> usize {
    key.encode_utf16().count() + value.as_str().map_or(0, |value| value.encode_utf16().count())
}

fn open(door: &Door, release: &Held) {
    let Some(text) = &release.text else { return };
    let members = [
        ("text", text.into()),
        ("id", (&release.release.id).into()),
        ("title", (&release.release.title).into()),
        ("lang", (&release.release.lang).into()),
        ("_source", (&release.release.source).into()),
        ("_shelf", (&release.name).into()),
    ];
    door.send("load", &[object(&members)]);
}

fn download(door: &Door, release: &Held) {
    if let Some(file) = release.file(labels(door), &now()) {
        door.send("_save", &[name_of(release).into(), json::MEDIA_TYPE.into(), file.into()]);
    }
}

/// Saves the files of these releases in one; the names of those that are in it.
async fn archive(door: &Door, all: &[Held], name: &str) -> Vec<String> {
    let (labels, now) = (labels(door), now());
    let mut files: Vec<(String, String)> = Vec::with_capacity(all.len());
    let mut inside = Vec::with_capacity(all.len());
    for release in all {
        let release = with_text(door, release.clone()).await;
        if let Some(file) = release.file(labels.clone(), &now) {
            // Two releases may have one id.
            files.push((format!("{}/{}", release.name, name_of(&release)), file));
            inside.push(release.name);
        }
    }
    let entries: Vec<(String, &[u8])> = files.iter().map(|(name, file)| (name.clone(), file.as_bytes())).collect();
    let archive = zip::write(&entries, &now.now.to_string());
    let content = Uint8Array::from(archive.as_slice());
    door.send("_save", &[name.into(), "application/zip".into(), content.into()]);
    inside
}

/// Saves finished releases and takes what was saved out of the browser; keys and values, to be put back.
async fn clear(door: &Door, finished: &[Held]) -> Vec<(String, String)> {
    let saved = archive(door, finished, "release-annotator-finished.zip").await;
    let stored = door.value("_stored");
    let mut kept = Vec::new();
    for release in finished.iter().filter(|release| saved.contains(&release.name)) {
        let shelf = Shelf::named(&release.name);
        for key in &release.keys {
            let value = match stored[key.as_str()].as_str().unwrap_or_default() {
                AWAY => [AWAY, &text_at(door, &shelf, key.clone()).await].concat(),
                value => value.to_owned(),
            };
            kept.push((key.clone(), value));
        }
    }
    write(door, kept.iter().map(|(key, _)| (key.as_str(), None)));
    kept
}

/// Writes to the store, or removes.
fn write<'a>(door: &Door, pairs: impl Iterator<Item = (&'a str, Option<&'a str>)>) {
    let pair =
        |(key, value): (&str, Option<&str>)| Array::of2(&key.into(), &value.map_or(JsValue::UNDEFINED, JsValue::from));
    door.send("_write", &[pairs.map(pair).collect::<Array>().into()]);
}

/// A release with its text, also where that lies in IndexedDB and is the one on which its annotations were made.
pub async fn with_text(door: &Door, mut release: Held) -> Held {
    if release.away {
        let shelf = Shelf::named(&release.name);
        release.text = Some(text_at(door, &shelf, shelf.text_key()).await).filter(|text| release.release.knows(text));
    }
    release
}

/// Thousands of UTF-16 code units; browsers count room in them.
pub fn kilobytes(units: usize) -> String {
    units.div_ceil(1000).to_string()
}

/// A moment as the person's clock shows it.
pub fn local_time(at: Timestamp, door: &Door) -> String {
    let date = Date::new(&(at.millis() as f64).into());
    String::from(date.to_locale_string(tag(door.ui()), &JsValue::UNDEFINED))
}
