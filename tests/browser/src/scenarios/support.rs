//! What several scenarios do and check: the sample, names of the shadow parts, the file against the contract.
//! Leaves out the browser itself (the harness).

use std::collections::BTreeMap;

use browser_tests::{Outcome, Page, Value, html, json};

/// The demonstration page.
pub(crate) const DEMO: &str = "/";

/// The release that it shows.
pub(crate) const SAMPLE: &str = include_str!("../../../../www/releases/ipsen-gustave-roussy.fr.txt");

/// The name of its file of annotations.
pub(crate) const FILE: &str = "ipsen-gustave-roussy.fr.annotations.json";

/// The strictest policy that the widget is promised to run under.
pub(crate) const POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";

/// A text short enough to be written in a scenario: a title and three sentences, one with a character outside the
/// Basic Multilingual Plane, so that code points and UTF-16 differ after it.
pub(crate) const SHORT: &str =
    "Un titre\n\nLa première phrase 😀 est là. La deuxième la suit. La troisième clôt le texte.";

/// The selector of a sentence.
pub(crate) fn sentence(index: usize) -> String {
    format!("[part~=sentence][data-sentence='{index}']")
}

/// The selector of a label's button.
pub(crate) fn label(id: &str) -> String {
    format!("[part~=label][data-label='{id}']")
}

/// A page with the module and this body.
pub(crate) fn module_page(body: &str) -> String {
    html(&format!("<script type=\"module\" src=\"/release-annotator.js\"></script>\n{body}"))
}

/// Opens a page at `/test.html` with the module and this body, and waits until its first element is ready.
pub(crate) async fn open_body(page: &mut Page, body: &str) -> Outcome {
    page.serve(page.site().page("/test.html", module_page(body)))?;
    page.open_ready("/test.html").await
}

/// Opens a page with an element that is given [`SHORT`].
pub(crate) async fn open_short(page: &mut Page) -> Outcome {
    open_body(page, &format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>")).await
}

/// Clicks a sentence, brought to the middle of the window first: the driver scrolls only as far as the edge, and
/// there the toolbar lies over the text.
pub(crate) async fn choose(page: &Page, index: usize) -> Outcome {
    let css = sentence(index);
    page.shadow(&css).await?;
    page.exec("$(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })", vec![json!(css)]).await?;
    page.click(&css).await
}

/// From now on every event of an element is kept in the page's `events` as `[name without prefix, detail]`,
/// also in pages opened later.
pub(crate) async fn listen(page: &mut Page) -> Outcome {
    let js = "window.events ??= ['ready', 'beforechange', 'change', 'select', 'save', 'error'].reduce((list, name) => {
        addEventListener(`release-annotator-${name}`, event => list.push([name, event.detail]));
        return list;
    }, [])";
    page.before_load(js).await?;
    page.eval(js).await?;
    Ok(())
}

/// The details of the events of a name since the last call for it.
pub(crate) async fn heard(page: &Page, name: &str) -> Outcome<Vec<Value>> {
    let js = "const its = events.filter(it => it[0] === arguments[0]).map(it => it[1]);
        events.splice(0, events.length, ...events.filter(it => it[0] !== arguments[0]));
        return its";
    Ok(page.exec(js, vec![json!(name)]).await?.as_array().cloned().unwrap_or_default())
}

/// Waits until a sentence bears exactly these labels, blank-separated, in the model and on the screen.
pub(crate) async fn bears(page: &Page, index: usize, labels: &str) -> Outcome {
    let css = sentence(index);
    page.wait_for(&format!("return $(\"{css}\").dataset.labels"), labels).await?;
    let js = "const { utf16: [start, end] } = el.sentences[arguments[0]];
        const its = el.annotations.filter(it => it.utf16[0] <= start && end <= it.utf16[1]);
        return [its.map(it => it.label).join(' '), $(arguments[1]).dataset.labels]";
    assert_eq!(page.exec(js, vec![json!(index), json!(css)]).await?, json!([labels, labels]), "sentence {index}");
    Ok(())
}

/// `[label, exact]` of each annotation, in order.
pub(crate) async fn annotations(page: &Page) -> Outcome<Vec<Value>> {
    Ok(page.eval("return el.annotations").await?.as_array().cloned().unwrap_or_default())
}

/// How many annotations there are.
pub(crate) async fn count(page: &Page) -> Outcome<usize> {
    Ok(annotations(page).await?.len())
}

/// Waits until there are so many.
pub(crate) async fn counts(page: &Page, count: usize) -> Outcome {
    page.wait_until(&format!("return el.annotations.length === {count}")).await
}

/// Empties all stores of the page's origin: localStorage, the journal and the steps of the tab.
pub(crate) async fn forget(page: &Page) -> Outcome {
    let js = "localStorage.clear(); sessionStorage.clear();
        const db = await new Promise(go => { const it = indexedDB.open('release-annotator'); it.onsuccess = () => go(it.result); });
        for (const name of db.objectStoreNames) db.transaction(name, 'readwrite').objectStore(name).clear();
        await new Promise(go => setTimeout(go, 50));
        db.close();";
    page.exec_async(js, vec![]).await?;
    Ok(())
}

/// Waits until nothing is on its way to the journal.
pub(crate) async fn at_rest(page: &Page) -> Outcome {
    page.wait_until("return !$('[part=base]').classList.contains('saving')").await
}

/// Every key of localStorage with its value.
pub(crate) async fn stored(page: &Page) -> Outcome<BTreeMap<String, String>> {
    Ok(map_of(page.eval("return { ...localStorage }").await?))
}

fn map_of(value: Value) -> BTreeMap<String, String> {
    let entries = value.as_object().cloned().unwrap_or_default();
    entries.into_iter().map(|(key, value)| (key, value.as_str().unwrap_or_default().to_owned())).collect()
}

/// The text of the alert, or nothing.
pub(crate) async fn alert(page: &Page) -> Outcome<String> {
    let text = page.eval("return $('[part~=alert] p')?.textContent ?? ''").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// What `text[start..end]` is in code points.
pub(crate) fn by_code_points(text: &str, ends: &Value) -> String {
    let [start, end] = pair(ends);
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// What `text.slice(start, end)` is in JavaScript.
pub(crate) fn by_utf16(text: &str, ends: &Value) -> String {
    let [start, end] = pair(ends);
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16_lossy(&units[start..end])
}

fn pair(ends: &Value) -> [usize; 2] {
    let entries = ends.as_array().expect("two positions");
    assert_eq!(entries.len(), 2, "{ends}");
    [0, 1].map(|at| entries[at].as_u64().expect("a position") as usize)
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// The file is what section 4 of the contract says, about this text: no key more, none less, every position
/// right in both units, and the digest that the browser's own SHA-256 gives.
pub(crate) async fn check_file(page: &Page, file: &Value, text: &str) -> Outcome {
    let top =
        ["annotations", "annotator", "exported", "format", "generator", "labels", "release", "sentences", "version"];
    assert_eq!(keys(file), top);
    assert_eq!(file["format"], "release-annotator");
    assert_eq!(file["version"], 1);
    assert!(file["generator"].as_str().is_some_and(|it| it.starts_with("release-annotator ")), "{}", file["generator"]);
    is_time(&file["exported"]);

    let release = &file["release"];
    assert_eq!(keys(release), ["codePoints", "id", "lang", "sha256", "source", "text", "title", "utf16"]);
    assert_eq!(release["text"], text, "kept to the character");
    assert_eq!(release["codePoints"], text.chars().count());
    assert_eq!(release["utf16"], text.encode_utf16().count());
    assert!(!release["title"].as_str().unwrap_or_default().is_empty());
    let js = "const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(args[0]));
        return [...new Uint8Array(digest)].map(it => it.toString(16).padStart(2, '0')).join('')";
    // `crypto.subtle` is there only on a secure host; elsewhere the digest is checked by whoever reads the file.
    if page.eval("return isSecureContext").await? == true {
        assert_eq!(release["sha256"], page.exec_async(js, vec![json!(text)]).await?);
    }

    let labels = file["labels"].as_array().expect("labels");
    for label in labels {
        let known = ["color", "description", "id", "key", "name"];
        assert!(keys(label).iter().all(|key| known.contains(key)), "{label}");
        assert_eq!(keys(&label["name"]), ["en", "fr"]);
        let color = label["color"].as_str().unwrap_or_default();
        assert!(color.len() == 7 && color.starts_with('#'), "{color}");
        assert!(label["key"].as_str().is_none_or(|key| key.len() == 1), "{label}");
    }

    let sentences = file["sentences"].as_array().expect("sentences");
    let mut end = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        assert_eq!(keys(sentence), ["codePoints", "index", "paragraph", "utf16"]);
        assert_eq!(sentence["index"], index);
        let words = by_code_points(text, &sentence["codePoints"]);
        assert_eq!(words, by_utf16(text, &sentence["utf16"]), "both units give the same");
        assert_eq!(words, words.trim(), "no blanks at the ends");
        let [start, behind] = pair(&sentence["codePoints"]);
        let between = by_code_points(text, &json!([end, start]));
        assert!(between.trim().is_empty(), "{between:?} belongs to no sentence");
        end = behind;
    }
    assert!(
        by_code_points(text, &json!([end, text.chars().count()])).trim().is_empty(),
        "all of the text is in sentences"
    );

    for annotation in file["annotations"].as_array().expect("annotations") {
        let wanted = [
            "attributes",
            "codePoints",
            "created",
            "creator",
            "exact",
            "id",
            "label",
            "modified",
            "note",
            "prefix",
            "provenance",
            "sentences",
            "suffix",
            "unit",
            "utf16",
        ];
        assert_eq!(keys(annotation), wanted);
        let exact = annotation["exact"].as_str().expect("words");
        assert!(!exact.is_empty());
        assert_eq!(by_code_points(text, &annotation["codePoints"]), exact, "code points");
        assert_eq!(by_utf16(text, &annotation["utf16"]), exact, "UTF-16");
        let [start, end] = pair(&annotation["codePoints"]);
        let [prefix, suffix] = ["prefix", "suffix"].map(|name| annotation[name].as_str().expect("some context"));
        let length = text.chars().count();
        assert_eq!(prefix, by_code_points(text, &json!([start - prefix.chars().count(), start])));
        assert_eq!(suffix, by_code_points(text, &json!([end, end + suffix.chars().count()])));
        assert!((!prefix.is_empty() || start == 0) && (!suffix.is_empty() || end == length), "some context");
        let [first, last] = pair(&annotation["sentences"]);
        let touched: Vec<usize> = (0..sentences.len())
            .filter(|index| {
                let [from, to] = pair(&sentences[*index]["codePoints"]);
                from < end && start < to
            })
            .collect();
        assert_eq!((touched.first(), touched.last()), (Some(&first), Some(&last)), "{annotation}");
        if annotation["unit"] == "sentence" {
            let whole = [pair(&sentences[first]["codePoints"])[0], pair(&sentences[last]["codePoints"])[1]];
            assert_eq!([start, end], whole, "whole sentences");
        } else {
            assert_eq!(annotation["unit"], "span");
        }
        assert!(labels.iter().any(|label| label["id"] == annotation["label"]), "{}", annotation["label"]);
        assert!(["manual", "suggested", "imported"].contains(&annotation["provenance"]["kind"].as_str().unwrap_or("")));
        is_time(&annotation["created"]);
        is_time(&annotation["modified"]);
        assert!(annotation["created"].as_str() <= annotation["modified"].as_str());
    }
    Ok(())
}

/// RFC 3339 in universal time, as `2011-06-28T09:30:00Z`, with or without a fraction.
fn is_time(value: &Value) {
    let text = value.as_str().expect("a time");
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert!(shape.starts_with("0000-00-00T00:00:00") && shape.ends_with('Z'), "{text}");
}
