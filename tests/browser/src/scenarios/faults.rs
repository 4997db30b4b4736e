//! Two places at once, a later version, a store that fills up, a page that is left: what is kept then, and what is said.

use std::time::Duration;

use browser_tests::{Outcome, Page, Value, json};

use super::support::*;

fn element(id: &str) -> String {
    format!("<release-annotator id=\"{id}\" lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>")
}

/// Random commands, `args[1]` of them, from the seed `args[0]`; those that are refused count too.
const COMMANDS: &str = "let seed = args[0];
    const random = (n) => (seed = seed * 16807 % 2147483647) % n;
    const breath = () => new Promise(go => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); go(); };
        port2.postMessage(0);
    });
    const commands = [
        (one) => one.labelSentence(random(one.sentences.length), ['objective', 'quote', 'dates'][random(3)]),
        (one) => one.annotate({ utf16: one.sentences[random(one.sentences.length)].utf16 }, 'quote', { note: String(random(99)) }),
        (one) => one.update(one.annotations[random(one.annotations.length)].id, { note: String(random(99)) }),
        (one) => one.remove(one.annotations[random(one.annotations.length)].id),
        (one) => one.mergeSentence(random(one.sentences.length)),
        (one) => one.splitSentence(random(one.text.length)),
        (one) => one.undo(),
        (one) => one.redo(),
    ];
    const run = async (one, count) => {
        for (let n = 0; n < count; n++) {
            try { await commands[random(commands.length)](one); } catch { /* refused, or nothing there */ }
            await breath();
        }
    };";

/// Everything that can be seen of a document.
const STATE: &str = "JSON.stringify([el.annotations.sort((a, b) => a.id < b.id ? -1 : 1), el.sentences])";

pub(crate) async fn two_tabs_that_change_everything_at_random_end_equal(page: &mut Page) -> Outcome {
    let count = 1000;
    open_body(page, &element("a")).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.open_ready("/test.html").await?;
    for (tab, seed) in [(&first, 12_345), (&second, 67_890)] {
        page.switch_to(tab).await?;
        let js = format!("{COMMANDS} window.done = false; run(el, args[1]).then(() => {{ window.done = true; }});");
        page.exec_async(&js, vec![json!(seed), json!(count)]).await?;
    }
    for tab in [&first, &second] {
        page.switch_to(tab).await?;
        while page.eval("return globalThis.done").await? != true {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    page.exec_async("await new Promise(go => setTimeout(go, 1000))", vec![]).await?;
    let mut states = vec![];
    for tab in [&first, &second] {
        page.switch_to(tab).await?;
        at_rest(page).await?;
        states.push(page.eval(&format!("return {STATE}")).await?);
    }
    assert_eq!(states[0], states[1], "the tabs show the same");
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval(&format!("return {STATE}")).await?, states[0], "and that is what is stored");
    println!("     {count} commands in each of two tabs");
    Ok(())
}

pub(crate) async fn two_elements_with_one_key_hear_each_other(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &format!("{}{}", element("a"), element("b"))).await?;
    let js = "const other = document.getElementById('b'); await other.ready; events.length = 0;
        await el.labelSentence(1, 'quote'); await new Promise(go => setTimeout(go, 50));
        return [other.annotations.map(it => it.label), other.canUndo, events.filter(it => it[0] === 'change').map(it => it[1].cause)]";
    assert_eq!(page.exec_async(js, vec![]).await?, json!([["quote"], false, ["user", "other-tab"]]));
    // Each takes back its own work and never the other's.
    let js = "const other = document.getElementById('b'); await other.labelSentence(2, 'dates'); await new Promise(go => setTimeout(go, 50));
        await el.undo(); await new Promise(go => setTimeout(go, 50));
        return [el, other].map(it => it.annotations.map(it => it.label))";
    assert_eq!(page.exec_async(js, vec![]).await?, json!([["dates"], ["dates"]]));
    let js = format!(
        "{COMMANDS} const other = document.getElementById('b');
        await Promise.all([run(el, args[1]), run(other, args[1])]); await new Promise(go => setTimeout(go, 50));
        const state = (el) => {STATE};
        return [state(el), state(other)]"
    );
    let both = page.exec_async(&js, vec![json!(4711), json!(150)]).await?;
    assert_eq!(both[0], both[1]);
    at_rest(page).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval(&format!("return {STATE}")).await?, both[0]);
    Ok(())
}

pub(crate) async fn what_others_did_while_a_page_was_put_away_is_there_when_it_comes_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates')", vec![]).await?;
    at_rest(page).await?;
    let all = stored(page).await?;
    // A page's own writes make no event: to the element it is as if another had written while it could not hear.
    let js = "const keys = Object.keys(localStorage); await el.remove(el.annotations[0].id); await el.mergeSentence(2);
        window.shown = el.annotations.length;
        for (const [key, value] of Object.entries(args[0])) localStorage.setItem(key, value);
        for (const key of Object.keys(localStorage)) if (!(key in args[0])) localStorage.removeItem(key);
        const before = [el.annotations.length, el.sentences.length];
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        return [before, [el.annotations.length, el.sentences.length]]";
    assert_eq!(page.exec_async(js, vec![json!(all)]).await?, json!([[1, 3], [2, 4]]));
    Ok(())
}

pub(crate) async fn what_a_later_version_wrote_is_left_alone(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    at_rest(page).await?;
    let js = "const key = Object.keys(localStorage).find(key => key.startsWith('release-annotator:1'));
        localStorage.setItem(key.replace(':1', ':2'), 'what only a later version can read'); localStorage.setItem('release-annotator:2ANOTHERNAMEr', 'x')";
    page.eval(js).await?;
    heard(page, "error").await?;
    let before = stored(page).await?;
    page.reload().await?;
    page.ready().await?;
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    assert_eq!(heard(page, "error").await?[0]["code"], "unknown-version");
    assert!(alert(page).await?.contains("plus récente"));
    for js in ["labelSentence(2, 'quote')", "clear()", "undo()", "mergeSentence(1)"] {
        let refused = page.exec_async(&format!("await el.{js}"), vec![]).await.err().map(|error| error.to_string());
        assert!(refused.as_deref().is_some_and(|it| it.starts_with("readonly")), "{js}: {refused:?}");
    }
    assert_eq!(page.eval("return $('[part~=label]').disabled").await?, true);
    assert_eq!(stored(page).await?, before);
    // Another release is not concerned.
    page.exec_async(
        "el.storageKey = 'other'; await el.load({ text: 'Un. Deux.' }); await el.labelSentence(0, 'quote')",
        vec![],
    )
    .await?;
    Ok(())
}

pub(crate) async fn a_store_that_fills_up_is_said_before_it_is_full(page: &mut Page) -> Outcome {
    open_short(page).await?;
    assert_eq!(alert(page).await?, "");
    page.eval("localStorage.setItem('page', 'x'.repeat(2090000))").await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(alert(page).await?, "", "below two fifths");
    // The rest comes by annotating.
    page.exec_async("await el.annotate({ utf16: [0, 2] }, 'quote', { note: 'x'.repeat(9000) })", vec![]).await?;
    page.wait_until("return $('[part~=alert]').innerText.includes('40 %')").await?;
    page.eval("localStorage.setItem('page', 'x'.repeat(3000000))").await?;
    page.reload().await?;
    page.ready().await?;
    page.wait_until("return $('[part~=alert]').innerText.includes('57 %')").await?;
    page.click("[part~=alert] [data-panel=releases]").await?;
    page.shadow(".panel [data-do=download-all]").await?;
    Ok(())
}

/// Whether the browser would ask before it leaves the page.
async fn asks(page: &Page) -> Outcome<Value> {
    page.eval("const leave = new Event('beforeunload', { cancelable: true }); dispatchEvent(leave); return leave.defaultPrevented")
        .await
}

pub(crate) async fn leaving_is_questioned_only_while_something_would_be_lost(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    assert_eq!(asks(page).await?, false, "all is stored");
    // A full store, and room again.
    let js = "window.own = Storage.prototype.setItem; Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    page.eval(js).await?;
    page.exec_async("await el.labelSentence(2, 'quote'); await new Promise(requestAnimationFrame)", vec![]).await?;
    assert_eq!(asks(page).await?, true);
    page.eval("Storage.prototype.setItem = own").await?;
    page.exec_async("await el.labelSentence(3, 'quote'); await new Promise(requestAnimationFrame)", vec![]).await?;
    assert_eq!(asks(page).await?, false);
    // A store that is refused.
    page.before_load(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    )
    .await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(asks(page).await?, false, "nothing to lose");
    page.exec_async("await el.labelSentence(1, 'quote'); await new Promise(requestAnimationFrame)", vec![]).await?;
    assert_eq!(asks(page).await?, true);
    page.exec_async("await el.download(); await new Promise(requestAnimationFrame)", vec![]).await?;
    assert_eq!(asks(page).await?, false, "downloaded");
    page.exec_async("await el.labelSentence(2, 'quote'); await new Promise(requestAnimationFrame)", vec![]).await?;
    assert_eq!(asks(page).await?, true);
    page.exec_async("el.remove(); await new Promise(go => setTimeout(go))", vec![]).await?;
    assert_eq!(asks(page).await?, false, "an element that is gone asks nothing");
    Ok(())
}
