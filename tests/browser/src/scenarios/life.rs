//! The element comes, moves and goes: a move keeps its state, a removal leaves nothing behind, coming again is a
//! clean start.

use browser_tests::{Outcome, Page, Value, json};

use super::support::*;

fn element() -> String {
    format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>")
}

/// All listeners of the page's lasting objects, by what they hear.
async fn listeners(page: &Page) -> Outcome<Vec<String>> {
    let mut all = vec![];
    for object in [
        "window",
        "document",
        "document.documentElement",
        "document.body",
        "navigator",
        "matchMedia('(prefers-color-scheme: dark)')",
        "visualViewport",
    ] {
        let found = page.cdp("Runtime.evaluate", json!({ "expression": object })).await?;
        let listeners =
            page.cdp("DOMDebugger.getEventListeners", json!({ "objectId": found["result"]["objectId"] })).await?;
        let types = listeners["listeners"].as_array().into_iter().flatten().filter_map(|it| it["type"].as_str());
        all.extend(types.map(|kind| format!("{object} {kind}")));
    }
    all.sort();
    Ok(all)
}

/// Counts the timers that are set and did not fire.
const TIMERS: &str = "window.timers = new Set();
    for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval'], ['requestAnimationFrame', 'cancelAnimationFrame']]) {
        const [own, away] = [globalThis[set], globalThis[clear]];
        globalThis[set] = (work, ...rest) => {
            const id = own.call(globalThis, (...args) => { if (set !== 'setInterval') timers.delete(set + id); work(...args); }, ...rest);
            timers.add(set + id);
            return id;
        };
        globalThis[clear] = id => { timers.delete(set + id); away.call(globalThis, id); };
    }
    window.memories = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...args) => {
            const made = await own.apply(WebAssembly, args);
            memories.push((made.instance ?? made).exports.memory);
            return made;
        };
    }";

pub(crate) async fn a_move_in_the_page_keeps_everything(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &format!("{}<section id=\"there\"></section>", element())).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates'); await el.undo()", vec![])
        .await?;
    choose(page, 3).await?;
    page.eval("events.length = 0").await?;
    page.eval("const base = $('[part=base]'); document.getElementById('there').append(el); window.same = base === $('[part=base]')").await?;
    page.exec_async("await new Promise(go => setTimeout(go, 200)); await el.ready", vec![]).await?;
    assert_eq!(
        page.eval("return [same, el.parentElement.id, el.canUndo, el.canRedo]").await?,
        json!([true, "there", true, true])
    );
    assert_eq!(heard(page, "ready").await?, Vec::<Value>::new(), "nothing was started anew");
    bears(page, 1, "quote").await?;
    assert_eq!(page.eval("return $('[aria-current=true]').dataset.sentence").await?, "3");
    page.click("[part~=redo]").await?;
    bears(page, 2, "dates").await?;
    choose(page, 3).await?;
    page.keys("1").await?;
    bears(page, 3, "objective").await
}

pub(crate) async fn a_removed_element_leaves_no_listener_and_no_timer(page: &mut Page) -> Outcome {
    page.before_load(TIMERS).await?;
    // The first element loads the program, which may stay.
    open_body(page, &element()).await?;
    page.exec_async("el.remove(); await new Promise(go => setTimeout(go, 100))", vec![]).await?;
    let before = listeners(page).await?;
    let js = "for (let round = 0; round < 3; round++) {
            const one = document.createElement('release-annotator');
            one.storageKey = 'one';
            one.text = 'Un titre\\n\\nUne phrase. Une autre.';
            document.body.append(one);
            await one.ready;
            await one.labelSentence(1, 'quote');
            one.shadowRoot.querySelector('[part~=help-button]').click();
            await new Promise(go => setTimeout(go, 50));
            one.remove();
        }
        await new Promise(go => setTimeout(go, 500))";
    page.exec_async(js, vec![]).await?;
    assert_eq!(listeners(page).await?, before);
    assert_eq!(page.eval("return [...timers]").await?, json!([]));
    assert_eq!(
        page.eval(
            "return [document.adoptedStyleSheets.length, document.body.querySelectorAll('dialog, style, a').length]"
        )
        .await?,
        json!([0, 0])
    );
    Ok(())
}

pub(crate) async fn a_removed_element_can_be_collected_and_the_programs_memory_stays(page: &mut Page) -> Outcome {
    page.before_load(TIMERS).await?;
    open_body(page, &element()).await?;
    let rounds = "window.gone ??= [];
        for (let round = 0; round < args[0]; round++) {
            let one = document.createElement('release-annotator');
            one.storageKey = 'one';
            one.text = 'Un titre\\n\\n' + 'Une phrase de quelques mots. '.repeat(3000);
            document.body.append(one);
            await one.ready;
            await one.labelSentence(1, 'quote');
            one.remove();
            gone.push(new WeakRef(one));
            one = null;
            await new Promise(go => setTimeout(go, 0));
        }
        localStorage.clear();
        await new Promise(go => setTimeout(go, 200));
        return memories.at(-1).buffer.byteLength";
    let before = page.exec_async(rounds, vec![json!(5)]).await?;
    let after = page.exec_async(rounds, vec![json!(20)]).await?;
    let alive = "return gone.filter(it => it.deref()).length";
    let mut left = Value::Null;
    for _ in 0..10 {
        page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        left = page.eval(alive).await?;
        if left == 0 {
            break;
        }
        page.exec_async("await new Promise(go => setTimeout(go, 100))", vec![]).await?;
    }
    assert_eq!(left, 0, "elements of 25 that nobody can reach and that are still there");
    let (before, after) = (before.as_u64().unwrap_or_default(), after.as_u64().unwrap_or_default());
    assert!(after <= before + 1_000_000, "the program's memory grew from {before} to {after} bytes in 20 rounds");
    Ok(())
}

pub(crate) async fn coming_again_is_a_clean_start(page: &mut Page) -> Outcome {
    open_body(page, &element()).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(9, 'quote').catch(() => {})", vec![])
        .await?;
    assert_ne!(alert(page).await?, "");
    choose(page, 2).await?;
    let js = "window.one = el; const before = el.ready; el.remove(); await new Promise(go => setTimeout(go, 100));
        document.body.append(one); window.anew = one.ready !== before; await one.ready";
    page.exec_async(js, vec![]).await?;
    assert_eq!(
        page.eval("return [anew, el.canUndo, el.canRedo, el.dirty]").await?,
        json!([true, true, false, false]),
        "as after a reload"
    );
    bears(page, 1, "quote").await?;
    assert_eq!(alert(page).await?, "");
    assert_eq!(
        page.eval("return [$$('[part=base]').length, $$('[aria-current=true]').length, $$('.before').length]").await?,
        json!([1, 0, 0])
    );
    choose(page, 2).await?;
    page.keys("3").await?;
    bears(page, 2, "dates").await
}

pub(crate) async fn what_was_set_by_script_outlives_coming_again(page: &mut Page) -> Outcome {
    page.serve(
        page.site().page("/test.html", module_page("<release-annotator lang=fr storage-key=set></release-annotator>")),
    )?;
    page.open("/test.html").await?;
    page.eval("el.text = 'Un texte posé. Par un script.'; el.labels = [{ id: 'x', name: 'Seule' }]").await?;
    page.ready().await?;
    let js = "window.one = el; el.remove(); await new Promise(go => setTimeout(go, 100)); document.body.append(one);
        await Promise.race([one.ready, new Promise(go => setTimeout(go, 3000))]); return [one.text ?? null, one.labels.map(it => it.id)]";
    assert_eq!(page.exec_async(js, vec![]).await?, json!(["Un texte posé. Par un script.", ["x"]]));
    Ok(())
}

pub(crate) async fn an_element_that_goes_before_the_program_is_there_is_no_error(page: &mut Page) -> Outcome {
    listen(page).await?;
    let site = page.site().page("/test.html", module_page(&element()));
    page.serve(site.delay("/release-annotator_bg.wasm", std::time::Duration::from_secs(1)))?;
    page.open("/test.html").await?;
    page.wait_until("return customElements.get('release-annotator') !== undefined").await?;
    let js = "window.one = el; one.remove(); await new Promise(go => setTimeout(go, 1500));
        const two = document.createElement('release-annotator'); document.body.append(two); two.remove();
        await new Promise(go => setTimeout(go, 100)); document.body.append(one); await one.ready;";
    page.exec_async(js, vec![]).await?;
    assert_eq!(heard(page, "error").await?, Vec::<Value>::new());
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    bears(page, 1, "quote").await
}

pub(crate) async fn a_copy_is_an_element_of_its_own(page: &mut Page) -> Outcome {
    open_body(page, &element()).await?;
    page.exec_async("const two = el.cloneNode(true); two.storageKey = 'two'; document.body.append(two); await two.ready; await two.labelSentence(1, 'quote'); window.two = two", vec![]).await?;
    assert_eq!(
        page.eval("return [el.annotations.length, two.annotations.length, two.text === el.text]").await?,
        json!([0, 1, true])
    );
    Ok(())
}
