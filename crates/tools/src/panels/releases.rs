//! What this browser holds of all releases of this site: to open, download and delete, and how much room it takes.

use annotator_core::format::{json, value::Value, zip};
use annotator_core::{LabelSet, Stamp, Timestamp};
use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen::JsValue;
use yew::prelude::*;

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
    let stored = door.value("_stored");
    let records = stored.as_object().into_iter().flat_map(|map| map.iter());
    let all = held(records.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?))));
    if all.is_empty() {
        return html! { <p class="hint">{ texts.releases_none() }</p> };
    }
    let open_name = door.get("_shelf").as_string().unwrap_or_default();
    let rows = all.iter().map(|release| {
        let is_open = release.name == open_name;
        let date = release.modified().map(|at| local_time(at, &door)).unwrap_or_default();
        let counts = fill(texts.releases_row(), &[&release.annotations.len().to_string(), &kilobytes(release.units)]);
        let saved = if release.downloaded { texts.releases_downloaded() } else { texts.releases_not_downloaded() };
        let open = {
            let (door, release) = (door.clone(), release.clone());
            move |_: MouseEvent| open(&door, &release)
        };
        let download = {
            let (door, release) = (door.clone(), release.clone());
            move |_: MouseEvent| download(&door, &release)
        };
        let sure = *doomed == release.name;
        let delete = {
            let (door, release, doomed, deleted) = (door.clone(), release.clone(), doomed.clone(), deleted.clone());
            move |_: MouseEvent| {
                if !sure {
                    return doomed.set(release.name.clone());
                }
                let keys: Array = release.keys.iter().map(|key| JsValue::from(key.as_str())).collect();
                door.send("_remove", &[keys.into()]);
                doomed.set(String::new());
                deleted.set(*deleted + 1);
            }
        };
        html! {
            <li class="panel-row" data-release={release.name.clone()} key={release.name.clone()}>
                <div class="wide">
                    <strong>{ release.title().to_owned() }</strong>
                    <span>{ format!("{counts} · {date} · {}", if is_open { texts.releases_open_now() } else { saved }) }</span>
                </div>
                <button type="button" data-do="open" disabled={is_open || release.text.is_none()} onclick={open}>{ texts.releases_open() }</button>
                <button type="button" data-do="download" disabled={release.text.is_none()} onclick={download}>{ texts.download() }</button>
                <button type="button" data-do="delete" disabled={is_open} onclick={delete}>
                    { if sure { texts.releases_sure() } else { texts.releases_delete() } }
                </button>
            </li>
        }
    });
    let taken: usize =
        stored.as_object().into_iter().flat_map(|map| map.iter()).map(|(key, value)| units(key, value)).sum();
    let download_all = {
        let (door, all) = (door.clone(), all.clone());
        move |_: MouseEvent| download_all(&door, &all)
    };
    html! {
        <>
            <p class="hint">{ fill(texts.releases_hint(), &[&kilobytes(taken)]) }</p>
            <ul class="rows wide">{ for rows }</ul>
            <button type="button" data-do="download-all" onclick={download_all}>{ texts.releases_all() }</button>
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

fn download_all(door: &Door, all: &[Held]) {
    let (labels, now) = (labels(door), now());
    let files: Vec<(String, String)> = all
        .iter()
        // Two releases may have one id.
        .filter_map(|release| {
            Some((format!("{}/{}", release.name, name_of(release)), release.file(labels.clone(), &now)?))
        })
        .collect();
    let entries: Vec<(String, &[u8])> = files.iter().map(|(name, file)| (name.clone(), file.as_bytes())).collect();
    let archive = zip::write(&entries, &now.now.to_string());
    let content = Uint8Array::from(archive.as_slice());
    door.send("_save", &["release-annotator.zip".into(), "application/zip".into(), content.into()]);
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
