//! What the browser keeps of all releases, and of the open one from earlier: the panels that show it.

use browser_tests::{Outcome, Page, json};

use super::support::*;

async fn open_panel(page: &Page, name: &str) -> Outcome {
    page.click("[part~=formats]").await?;
    page.shadow(".panel").await?;
    page.click(&format!(".panel [data-panel='{name}']")).await?;
    page.shadow(".panel .panel-row").await?;
    Ok(())
}

pub(crate) async fn what_this_browser_holds_is_opened_downloaded_and_deleted(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.download()", vec![]).await?;
    let before = annotations(page).await?;
    page.exec_async("el.storageKey = ''; await el.load({ text: 'Un. Deux.', id: 'autre', title: 'Autre' }); await el.labelSentence(0, 'dates'); await el.labelSentence(1, 'dates')", vec![]).await?;
    open_panel(page, "releases").await?;
    let rows = "return $$('.panel-row').map(it => [it.querySelector('strong').textContent, /2 annotations/.test(it.innerText), it.innerText.includes('ouvert'), it.innerText.includes('téléchargé'), it.querySelector('[data-do=open]').disabled])";
    assert_eq!(
        page.eval(rows).await?,
        json!([["Autre", true, true, false, true], ["Un titre", false, false, true, false]])
    );

    page.click(".panel-row:last-child [data-do=download]").await?;
    let name = page.downloads()?;
    let file =
        page.download_json(name.first().and_then(|it| it.file_name()?.to_str()).unwrap_or("?.annotations.json")).await;
    if let Ok(file) = file {
        assert_eq!(file["release"]["text"], SHORT);
    }
    page.click("[data-do=download-all]").await?;
    let archive = page.download("release-annotator.zip").await?;
    assert!(archive.starts_with(b"PK") && archive.windows(22).any(|it| it == b"autre.annotations.json"));

    page.click(".panel-row:last-child [data-do=open]").await?;
    page.wait_until("return el.text.startsWith('Un titre')").await?;
    assert_eq!(annotations(page).await?, before);
    page.exec_async("await el.labelSentence(2, 'quote')", vec![]).await?;
    page.wait_until(
        "return !$('.panel-row:first-child').innerText.includes('téléchargé ') && $$('.panel-row').length === 2",
    )
    .await?;

    let kept = stored(page).await?.len();
    page.wait_until("return !$('.panel-row [data-do=delete]:not(:disabled)').disabled").await?;
    page.click("[data-do=delete]:not(:disabled)").await?;
    page.wait_until("return $$('.panel-row').some(it => it.innerText.includes('vraiment'))").await?;
    assert_eq!(stored(page).await?.len(), kept, "asked first");
    page.click("[data-do=delete]:not(:disabled)").await?;
    page.wait_until("return $$('.panel-row').length === 1").await?;
    at_rest(page).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(
        page.eval("return Object.keys(localStorage).filter(key => key.includes(':1')).length").await?,
        4,
        "the release, its text, two annotations"
    );
    Ok(())
}

pub(crate) async fn finished_releases_are_downloaded_and_cleared_in_one_gesture(page: &mut Page) -> Outcome {
    page.needs_downloads()?;
    open_short(page).await?;
    page.exec_async(
        "el.storageKey = ''; for (const [id, done] of [['un', true], ['deux', true], ['trois', false]]) {
        await el.load({ text: 'Un. Deux. ' + id, id, title: id });
        await el.labelSentence(0, 'dates');
        if (done) $('[data-do=done]').click();
    }",
        vec![],
    )
    .await?;
    at_rest(page).await?;
    page.exec_async("await el.load({ text: 'Autre.', id: 'autre', title: 'autre' })", vec![]).await?;
    open_panel(page, "releases").await?;
    let titles = "return $$('.panel-row strong').map(it => it.textContent).sort()";
    page.wait_for(titles, json!(["deux", "trois", "un"])).await?;
    let before = stored(page).await?;
    page.click("[data-do=clear]").await?;
    let archive = page.download("release-annotator-finished.zip").await?;
    for name in ["un.annotations.json", "deux.annotations.json"] {
        assert!(archive.windows(name.len()).any(|it| it == name.as_bytes()), "{name} is saved");
    }
    page.wait_for(titles, json!(["trois"])).await?;
    // And back, as long as the panel is open.
    page.click("[data-do=put-back]").await?;
    page.wait_for(titles, json!(["deux", "trois", "un"])).await?;
    let records = |all: std::collections::BTreeMap<String, String>| {
        all.into_iter().filter(|(key, _)| !key.contains('@')).collect::<Vec<_>>()
    };
    assert_eq!(records(stored(page).await?), records(before));
    Ok(())
}

pub(crate) async fn an_earlier_state_is_restored_as_one_step(page: &mut Page) -> Outcome {
    open_short(page).await?;
    // A session a state: what there was when it began.
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates')", vec![]).await?;
    let first = annotations(page).await?;
    for session in 0..3 {
        at_rest(page).await?;
        page.reload().await?;
        page.ready().await?;
        if session == 0 {
            page.exec_async("await el.clear()", vec![]).await?;
        }
        // Twice the same is one state.
        page.exec_async("await el.labelSentence(3, 'objective'); await el.undo()", vec![]).await?;
    }
    at_rest(page).await?;
    page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
    open_panel(page, "history").await?;
    assert_eq!(
        page.eval("return $$('.panel-row').map(it => /\\d+ annotations/.exec(it.innerText)[0])").await?,
        json!(["0 annotations", "2 annotations"])
    );
    page.click(".panel-row:last-child [data-do=restore]").await?;
    counts(page, 2).await?;
    assert_eq!(annotations(page).await?, first);
    page.exec_async("await el.undo()", vec![]).await?;
    counts(page, 0).await?;
    page.click(".panel-head button").await?;
    page.wait_until("return $('.panel') === null").await?;
    Ok(())
}

pub(crate) async fn of_two_changes_at_once_the_earlier_is_among_the_states(page: &mut Page) -> Outcome {
    open_short(page).await?;
    // A page's own writes make no event: to the element it is as if another tab had written in the same moment.
    let js = "await el.annotate({ utf16: [0, 2] }, 'quote', { note: 'from there' });
        const theirs = Object.entries({ ...localStorage }).find(([key, value]) => value.includes('from there'));
        await el.update(el.annotations[0].id, { note: 'before' });
        localStorage.setItem(...theirs);
        await el.update(el.annotations[0].id, { note: 'from here' });
        await new Promise(go => setTimeout(go, 500));
        const states = await el._states();
        return [el.annotations[0].note, localStorage.getItem(theirs[0]).includes('from here'), states.filter(([, state]) => state.includes('from there')).length]";
    assert_eq!(page.exec_async(js, vec![]).await?, json!(["from here", true, 1]));
    // Nothing of the kind where nobody else writes.
    let js = "const before = (await el._states()).length; for (const note of ['a', 'b', 'c']) await el.update(el.annotations[0].id, { note });
        await new Promise(go => setTimeout(go, 500)); return (await el._states()).length - before";
    assert_eq!(page.exec_async(js, vec![]).await?, 0);
    Ok(())
}

pub(crate) async fn twenty_states_are_kept(page: &mut Page) -> Outcome {
    open_short(page).await?;
    for _ in 0..23 {
        page.exec_async("await el.annotate({ utf16: [0, 2] }, 'quote')", vec![]).await?;
        at_rest(page).await?;
        page.reload().await?;
        page.ready().await?;
    }
    let states = page
        .exec_async("await new Promise(go => setTimeout(go, 300)); return (await el._states()).length", vec![])
        .await?;
    assert_eq!(states, 20);
    Ok(())
}
