//! What the page shows as saved is there after the browser was killed: the journal beside localStorage.

use std::time::{Duration, Instant};

use browser_tests::engine::Engine;
use browser_tests::{Outcome, Page, Unavailable, Value, full_measure, json};

use super::support::*;

/// A page on which [`STREAM`] can run, and an address that takes its reports.
async fn open_stream(page: &mut Page) -> Outcome {
    let body = format!("<release-annotator lang=\"fr\" storage-key=\"stream\">{SHORT}</release-annotator>");
    page.serve(page.site().page("/test.html", module_page(&body)).page("/mark.txt", ""))?;
    page.open_ready("/test.html").await
}

/// Changes without end from number `args[0]`, as fast as a person with a digit under each finger, but none before the one
/// before it was saved: of changes that are made faster than the disk takes them, a kill takes all that are on their way. Every fourth removes the oldest annotation,
/// the others add one with their number as note. The server hears what was painted, and what was shown as saved.
const STREAM: &str = "let n = args[0], seed = args[1];
    const mark = (what, n) => fetch(`/mark.txt?${what}=${n}`).catch(() => {});
    const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
    let saved = 0;
    el.addEventListener('release-annotator-save', () => {
        saved = n;
        if ($('[part~=status]').innerText.includes('Enregistré')) mark('saved', n);
    });
    (async () => {
        for (;;) {
            n += 1;
            const oldest = el.annotations.sort((a, b) => a.note - b.note)[0];
            if (n % 4 === 3 && oldest) await el.remove(oldest.id);
            else await el.annotate({ utf16: el.sentences[n % 4].utf16 }, 'quote', { note: String(n) });
            const painted = n;
            requestAnimationFrame(() => setTimeout(() => mark('painted', painted)));
            await new Promise(go => setTimeout(go, 60 + 120 * random()));
            while (saved < n) await new Promise(go => setTimeout(go, 5));
        }
    })();";

/// The notes that there are after each further change of [`STREAM`].
fn after(mut notes: Vec<u64>, mut n: u64, changes: u64) -> Vec<Vec<u64>> {
    let mut states = vec![notes.clone()];
    for _ in 0..changes {
        n += 1;
        if n % 4 == 3 && !notes.is_empty() {
            notes.remove(0);
        } else {
            notes.push(n);
        }
        states.push(notes.clone());
    }
    states
}

async fn notes(page: &Page) -> Outcome<Vec<u64>> {
    let notes = page.eval("return el.annotations.map(it => +it.note).sort((a, b) => a - b)").await?;
    Ok(notes.as_array().into_iter().flatten().filter_map(Value::as_u64).collect())
}

/// The highest number that the server has heard of what was `painted` or `saved`.
fn marked(page: &Page, what: &str) -> u64 {
    let prefix = format!("/mark.txt?{what}=");
    let numbers = page.server().requests().into_iter().filter_map(|it| it.strip_prefix(&prefix)?.parse().ok());
    numbers.max().unwrap_or_default()
}

pub(crate) async fn a_killed_browser_has_what_was_shown_as_saved(page: &mut Page) -> Outcome {
    let rounds = if full_measure() { 50 } else { 6 };
    open_stream(page).await?;
    let (mut known, mut n, mut missing) = (vec![], 0, [0; 3]);
    let mut seed = u64::from(std::process::id()) * 7919 + 17;
    for round in 1..=rounds {
        seed = seed * 48_271 % 0x7fff_ffff; // Park and Miller's generator
        page.exec_async(STREAM, vec![json!(n), json!(seed + 1)]).await?;
        // Also sooner and later than the seconds after which localStorage is written.
        tokio::time::sleep(Duration::from_millis(60 + seed % if round % 5 == 0 { 9000 } else { 1500 })).await;
        page.kill_and_restart().await?;
        let (saved, painted) = (marked(page, "saved"), marked(page, "painted"));
        open_stream(page).await?;
        let found = notes(page).await?;
        let states = after(known.clone(), n, painted - n.min(painted) + 5);
        let reached = states.iter().position(|state| *state == found).map(|at| at as u64 + n);
        let Some(reached) = reached else {
            return Err(
                format!("round {round}: {found:?} is the state after none of the changes {n} to {painted}").into()
            );
        };
        assert!(reached >= saved, "round {round}: change {saved} was shown as saved, and {reached} is the last there");
        assert!(reached + 1 >= painted, "round {round}: {painted} was painted, and {reached} is the last there");
        missing[usize::from(reached < painted)] += 1;
        missing[2] += reached - n;
        (known, n) = (found, reached);
        if round % 10 == 0 {
            println!(
                "     {round} kills: nothing missing {} times, one painted change {} times",
                missing[0], missing[1]
            );
        }
    }
    println!(
        "     {rounds} kills in {} changes: nothing missing {} times, one painted change {} times",
        missing[2], missing[0], missing[1]
    );
    Ok(())
}

pub(crate) async fn a_killed_tab_loses_nothing(page: &mut Page) -> Outcome {
    if page.engine() != Engine::Chromium {
        return Err(Unavailable("an address that kills its tab").into());
    }
    for round in 0..if full_measure() { 20 } else { 3 } {
        open_stream(page).await?;
        page.exec_async("await el.clear()", vec![]).await?;
        let tab = page.window().await?;
        let next = page.new_tab().await?;
        page.switch_to(&tab).await?;
        page.exec_async(STREAM, vec![json!(0), json!(round + 1)]).await?;
        tokio::time::sleep(Duration::from_millis(300 + 170 * round)).await;
        // Nobody answers for a process that is gone.
        let crash = page.open("chrome://crash");
        tokio::time::timeout(Duration::from_secs(5), crash).await.ok();
        let painted = marked(page, "painted");
        page.switch_to(&next).await?;
        open_stream(page).await?;
        let found = notes(page).await?;
        let states = after(vec![], 0, painted + 5);
        let reached = states.iter().position(|state| *state == found).unwrap_or_default() as u64;
        assert!(reached >= painted && painted > 0, "{painted} was painted, and {found:?} is there");
    }
    Ok(())
}

/// Lets every transaction of the journal take 800 ms.
const SLOW: &str = "{
    IDBTransaction.prototype.commit = () => {};
    const own = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
        const end = performance.now() + 800, request = own.apply(this, args);
        const again = () => { if (performance.now() < end) this.get('none').onsuccess = again; };
        again();
        return request;
    };
}";

async fn status(page: &Page) -> Outcome<String> {
    Ok(page.eval("return $('[part~=status]').innerText").await?.as_str().unwrap_or_default().to_owned())
}

pub(crate) async fn saved_is_said_when_the_journal_has_it(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.before_load(SLOW).await?;
    open_short(page).await?;
    let start = Instant::now();
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'quote')", vec![]).await?;
    let (early, saves) = (status(page).await?, heard(page, "save").await?.len());
    let soon = start.elapsed() < Duration::from_millis(700);
    assert!(early.contains("Enregistrement…") && !early.contains("Enregistré") || !soon, "{early}");
    assert!(saves == 0 || !soon, "no event before it is true");
    assert_eq!(stored(page).await?.keys().filter(|key| !key.contains('@')).count(), 4, "localStorage has it at once");
    page.wait_until("return $('[part~=status]').innerText.includes('Enregistré dans')").await?;
    assert!(!status(page).await?.contains("Enregistrement…"));
    assert_eq!(heard(page, "save").await?.len(), 1, "one for all that went together");
    assert!(soon, "the machine is too slow to see the time before the commit");
    Ok(())
}

pub(crate) async fn undoing_goes_on_after_a_reload(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let all =
        "const it = el.annotations; return [it.map(it => [it.label, it.sentences, it.note]), el.sentences.length]";
    let mut states = vec![page.eval(all).await?];
    for js in [
        "labelSentence(1, 'quote')",
        "annotate({ utf16: el.sentences[2].utf16 }, 'dates', { note: 'a|b\\\\' })",
        "update(el.annotations[0].id, { note: 'lu' })",
        "mergeSentence(2)",
        "clear()",
    ] {
        page.exec_async(&format!("await el.{js}"), vec![]).await?;
        states.push(page.eval(all).await?);
    }
    // Back and forth with a reload before each step, and again to the end.
    for (step, at) in ["undo", "undo", "redo", "undo", "undo", "undo", "undo", "redo", "redo", "redo"]
        .iter()
        .zip([4, 3, 4, 3, 2, 1, 0, 1, 2, 3])
    {
        page.reload().await?;
        page.ready().await?;
        page.exec_async(&format!("await el.{step}()"), vec![]).await?;
        assert_eq!(page.eval(all).await?, states[at], "{step} to {at}");
    }
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([true, true]));
    page.exec_async("await el.labelSentence(0, 'objective')", vec![]).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([true, false]), "what was undone is gone");
    page.exec_async("for (let n = 0; n < 4; n++) await el.undo()", vec![]).await?;
    assert_eq!((page.eval(all).await?, page.eval("return el.canUndo").await?), (states[0].clone(), json!(false)));
    Ok(())
}

pub(crate) async fn steps_that_have_no_room_or_no_store_are_no_failure(page: &mut Page) -> Outcome {
    open_short(page).await?;
    // More than are kept: the latest can be taken back.
    page.exec_async("for (let n = 0; n < 120; n++) await el.annotate({ utf16: el.sentences[1].utf16 }, 'quote', { note: String(n) })", vec![]).await?;
    page.reload().await?;
    page.ready().await?;
    page.exec_async("while (el.canUndo) await el.undo()", vec![]).await?;
    assert_eq!(count(page).await?, 20);
    page.exec_async("while (el.canRedo) await el.redo()", vec![]).await?;
    counts(page, 120).await?;
    // A store without room.
    page.eval("try { for (let size = 1 << 22, n = 0; size; ) try { sessionStorage['page:' + n++] = 'x'.repeat(size) } catch { size >>= 1 } } catch {}").await?;
    page.exec_async("await el.clear()", vec![]).await?;
    page.reload().await?;
    page.ready().await?;
    page.exec_async("while (el.canUndo) await el.undo()", vec![]).await?;
    page.exec_async("sessionStorage.clear(); await el.labelSentence(1, 'quote')", vec![]).await?;
    // None at all, and one that holds nonsense.
    for js in [
        "for (const key of Object.keys(sessionStorage)) sessionStorage[key] = '3,x'",
        "for (const key of Object.keys(sessionStorage)) sessionStorage[key] = '[1,null,{}]'",
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    ] {
        page.before_load(js).await?;
        page.reload().await?;
        page.ready().await?;
        page.exec_async("const before = el.annotations.length; await el.annotate({ utf16: [0, 2] }, 'dates'); await el.undo(); if (el.annotations.length !== before) throw new Error('undo')", vec![]).await?;
    }
    Ok(())
}

pub(crate) async fn without_a_journal_the_status_says_what_is_not_safe(page: &mut Page) -> Outcome {
    listen(page).await?;
    let refusals = [
        "Object.defineProperty(window, 'indexedDB', { value: undefined })",
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError') }",
        "IDBDatabase.prototype.transaction = () => { throw new DOMException('full', 'QuotaExceededError') }",
    ];
    let pages = refusals.iter().enumerate().fold(page.site(), |site, (round, refusal)| {
        let element = format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>");
        site.page(&format!("/{round}.html"), module_page(&format!("<script>{refusal}</script>{element}")))
    });
    page.serve(pages)?;
    for round in 0..refusals.len() {
        page.open_ready(&format!("/{round}.html")).await?;
        counts(page, round).await?;
        page.exec_async("await el.annotate({ utf16: el.sentences[1].utf16 }, 'quote')", vec![]).await?;
        page.wait_until("return $('[part~=status]').innerText.includes('arrêt brutal')").await?;
        page.wait_until("return events.some(it => it[0] === 'save')").await?;
        page.reload().await?;
        page.ready().await?;
        counts(page, round + 1).await?;
    }
    // What was written without the journal is not undone by what the journal knew before.
    open_short(page).await?;
    counts(page, refusals.len()).await?;
    Ok(())
}

/// All entries of the journal by their keys.
const JOURNAL: &str = "const db = await new Promise(go => { const it = indexedDB.open('release-annotator'); it.onsuccess = () => go(it.result) });
    const store = db.transaction('journal', 'readwrite').objectStore('journal');
    const all = request => new Promise(go => { request.onsuccess = () => go(request.result) });
    const keys = await all(store.getAllKeys()), values = await all(store.getAll());";

pub(crate) async fn what_local_storage_lost_comes_from_the_journal_and_nothing_else_does(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async(
        "await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates'); await el.labelSentence(3, 'dates')",
        vec![],
    )
    .await?;
    let early = stored(page).await?;
    let js = "await el.update(el.annotations[0].id, { note: 'later' }); await el.remove(el.annotations[1].id);
        await el.labelSentence(0, 'objective'); await el.mergeSentence(2)";
    page.exec_async(js, vec![]).await?;
    at_rest(page).await?;
    let (late, shown) = (stored(page).await?, annotations(page).await?);
    let put = "localStorage.clear(); for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
    page.exec(put, vec![json!(early)]).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, shown, "what a killed browser lost");
    assert_eq!(page.eval("return el.sentences.length").await?, 3);
    let records = |all: &std::collections::BTreeMap<String, String>| {
        all.clone().into_iter().filter(|(key, _)| !key.contains('@')).collect::<Vec<_>>()
    };
    assert_eq!(records(&stored(page).await?), records(&late));
    // Everything lost is the same.
    page.eval("localStorage.clear()").await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, shown);
    // What another program took away while localStorage was whole stays away.
    let is_annotation = |key: &String| key["release-annotator:1".len() + 11..].starts_with('a');
    let key = records(&late).into_iter().map(|it| it.0).find(is_annotation);
    page.exec("localStorage.removeItem(arguments[0])", vec![json!(key)]).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(count(page).await?, shown.len() - 1, "{key:?}");
    Ok(())
}

pub(crate) async fn a_start_does_not_read_what_other_releases_have_in_the_journal(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    at_rest(page).await?;
    let others = format!(
        "{JOURNAL} const [, page, writes, at] = values[0];
        for (let n = 0; n < 20000; n++) store.put(['Um3Jusm|quote|1bs bo|gpgno4w0||a.martin' + n, page, writes, at], `release-annotator:1ANOTHERNAMEa${{n}}`);
        await new Promise(go => {{ store.transaction.oncomplete = go }}); db.close();"
    );
    page.exec_async(&others, vec![]).await?;
    // Entries that are read are seen by their number.
    page.before_load(
        "window.read = 0; const all = IDBObjectStore.prototype.getAll;
        IDBObjectStore.prototype.getAll = function (...range) {
            const request = all.apply(this, range);
            request.addEventListener('success', () => { read += request.result.length });
            return request;
        }",
    )
    .await?;
    let mut times = vec![];
    for _ in 0..5 {
        page.reload().await?;
        page.ready().await?;
        times.push(page.eval("return Math.round(performance.now())").await?);
        let read = page.eval("return read").await?.as_u64().unwrap_or(u64::MAX);
        assert!(read <= 3, "{read} entries read");
    }
    println!("     20 000 entries of others: ready {times:?} ms after the navigation began");
    assert_eq!(count(page).await?, 1);
    // Lost is lost: then all are read, and what was there comes back.
    page.eval("localStorage.clear()").await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(count(page).await?, 1);
    assert!(page.eval("return Object.keys(localStorage).length").await?.as_u64() > Some(20_000));
    Ok(())
}

pub(crate) async fn the_journal_holds_one_value_a_key_and_forgets_what_both_have_had_for_a_day(
    page: &mut Page,
) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); for (let n = 0; n < 200; n++) await el.update(el.annotations[0].id, { note: String(n) })", vec![]).await?;
    at_rest(page).await?;
    let size = page.exec_async(&format!("{JOURNAL} return keys.length"), vec![]).await?;
    assert_eq!(size, 4, "the release, its text, one annotation and the number of the page's writes");
    let older = format!(
        "{JOURNAL} keys.forEach((key, at) => {{ if (values[at][3]) {{ values[at][3] -= 25 * 36e5; store.put(values[at], key) }} }});"
    );
    page.exec_async(&older, vec![]).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval("return el.annotations[0].note").await?, "199");
    page.exec_async("await new Promise(go => setTimeout(go, 3500))", vec![]).await?;
    assert_eq!(page.exec_async(&format!("{JOURNAL} return keys.length"), vec![]).await?, 0);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval("return el.annotations[0].note").await?, "199");
    let clocks = stored(page).await?.keys().filter(|key| key.contains('@')).count();
    assert_eq!(clocks, 0, "the count of a page that is gone goes too");
    Ok(())
}
