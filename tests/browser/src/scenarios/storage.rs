//! A store that is refused, full, or holds what cannot be read: the page says so, work goes on, nothing is lost that
//! could be kept.

use browser_tests::{Outcome, Page, html, json};

use super::support::*;

fn element() -> String {
    format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>")
}

/// Labels, undoes and downloads without a store, and is told that nothing is kept.
async fn works_from_memory(page: &mut Page) -> Outcome {
    let status = page.eval("return $('[part~=status]').innerText").await?;
    assert!(status.as_str().is_some_and(|text| text.contains("refuse le stockage")), "{status}");
    choose(page, 1).await?;
    page.keys("1 2").await?;
    bears(page, 1, "objective quote").await?;
    page.keys("Control+z").await?;
    bears(page, 1, "objective").await?;
    let status = page.eval("return $('[part~=status]').innerText").await?;
    assert!(status.as_str().is_some_and(|text| text.contains("refuse le stockage")), "{status}");
    Ok(())
}

pub(crate) async fn a_browser_that_refuses_the_store_is_told_and_worked_with(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.before_load(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    )
    .await?;
    open_body(page, &element()).await?;
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    assert_eq!(
        heard(page, "error").await?.iter().map(|it| it["code"].clone()).collect::<Vec<_>>(),
        ["storage-unavailable"]
    );
    assert!(alert(page).await?.contains("refuse le stockage"));
    works_from_memory(page).await?;
    page.click("[part~=download]").await?;
    page.wait_until("return $('[part~=status]').innerText.includes('Téléchargé')").await?;
    assert_eq!(heard(page, "save").await?, Vec::<browser_tests::Value>::new(), "nothing is said to be saved");
    Ok(())
}

pub(crate) async fn a_browser_without_a_store_is_worked_with(page: &mut Page) -> Outcome {
    for value in ["null", "undefined"] {
        page.before_load(&format!("Object.defineProperty(window, 'localStorage', {{ get() {{ return {value} }} }})"))
            .await?;
        open_body(page, &element()).await?;
        works_from_memory(page).await?;
    }
    Ok(())
}

pub(crate) async fn a_sandboxed_frame_is_worked_in(page: &mut Page) -> Outcome {
    let inner = html(&format!("<script src=\"/release-annotator.iife.js\"></script>{}", element()));
    let outer = html("<iframe sandbox=\"allow-scripts\" src=\"/inner.html\" width=\"1200\" height=\"700\"></iframe>");
    page.serve(page.site().page("/inner.html", inner).page("/outer.html", outer))?;
    page.open("/outer.html").await?;
    page.enter_frame("iframe").await?;
    page.ready().await?;
    assert!(page.eval("localStorage").await.is_err(), "the browser refuses");
    works_from_memory(page).await?;
    let content = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    let file: browser_tests::Value = content.as_str().unwrap_or_default().parse()?;
    assert_eq!(file["annotations"].as_array().map(Vec::len), Some(1));
    page.leave_frame().await
}

/// Lets the write number `?fail=` of this load fail as a full store does, and with `?until=` the ones up to there.
pub(crate) const FULL: &str = "{
    const query = new URLSearchParams(location.search);
    const fail = +query.get('fail'), until = +(query.get('until') ?? fail);
    const own = Storage.prototype.setItem;
    window.writes = 0;
    Storage.prototype.setItem = function (key, value) {
        writes++;
        if (fail && writes >= fail && writes <= until) throw new DOMException('full', 'QuotaExceededError');
        return own.call(this, key, value);
    };
}";

pub(crate) async fn whichever_write_fails_it_is_said_and_made_good_by_the_next_change(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.before_load(FULL).await?;
    open_short(page).await?;
    page.exec_async(
        "await el.labelSentence(1, 'quote'); await el.mergeSentence(2); await el.labelSentence(2, 'dates')",
        vec![],
    )
    .await?;
    let writes = page.eval("return writes").await?.as_u64().unwrap_or_default();
    assert!(writes >= 3, "{writes} writes of a session");
    for fail in 1..=writes {
        forget(page).await?;
        page.open_ready(&format!("/test.html?fail={fail}")).await?;
        let mut told = false;
        for js in ["labelSentence(1, 'quote')", "mergeSentence(2)", "labelSentence(2, 'dates')"] {
            page.exec_async(&format!("await el.{js}"), vec![]).await?;
            let errors = heard(page, "error").await?;
            let (safety, unsaved) = (page.eval("return $('[part~=status]').innerText").await?, !errors.is_empty());
            let safety = safety.as_str().unwrap_or_default();
            assert_eq!(safety.contains("Non enregistré"), unsaved, "write {fail}, {js}: {safety}");
            assert!(errors.iter().all(|it| it["code"] == "storage-full"), "{errors:?}");
            if unsaved {
                assert!(alert(page).await?.contains("n’est pas enregistré"), "write {fail}, {js}");
            }
            told |= unsaved;
        }
        // The first three keep the release: the change that follows in the same breath has made them good.
        assert!(told || fail <= 3, "write {fail} failed and nobody was told");
        page.exec_async("await el.labelSentence(0, 'objective')", vec![]).await?;
        page.wait_until("return $('[part~=status]').innerText.includes('Enregistré')").await?;
        let before = annotations(page).await?;
        assert_eq!(before.len(), 3);
        page.open_ready("/test.html").await?;
        assert_eq!(annotations(page).await?, before, "write {fail}");
        assert_eq!(page.eval("return el.sentences.length").await?, 3, "write {fail}");
    }
    Ok(())
}

pub(crate) async fn a_store_that_stays_full_keeps_what_it_has_and_the_work_goes_on(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.before_load(FULL).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let kept = stored(page).await?;
    page.open_ready("/test.html?fail=1&until=1000000").await?;
    heard(page, "error").await?;
    page.exec_async("await el.labelSentence(2, 'dates'); await el.labelSentence(3, 'dates'); await el.update(el.annotations[0].id, { note: 'x' })", vec![]).await?;
    assert_eq!(count(page).await?, 3);
    assert_eq!(heard(page, "error").await?.len(), 1, "told once, not at every key");
    assert_eq!(heard(page, "save").await?.len(), 0, "nothing is said to be saved");
    assert_eq!(stored(page).await?, kept, "what was kept is still there");
    page.exec_async("await el.undo(); await el.redo()", vec![]).await?;
    assert_eq!(page.eval("return el.annotations[0].note").await?, "x");
    Ok(())
}

pub(crate) async fn a_really_full_store_is_told(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    let fill = "let size = 1 << 22; for (let n = 0; size; n++) { try { localStorage.setItem('page:' + n, 'x'.repeat(size)) } catch { size >>= 1 } }";
    page.eval(fill).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    assert_eq!(heard(page, "error").await?.iter().map(|it| it["code"].clone()).collect::<Vec<_>>(), ["storage-full"]);
    page.eval(
        "Object.keys(localStorage).filter(key => key.startsWith('page:')).forEach(key => localStorage.removeItem(key))",
    )
    .await?;
    page.exec_async("await el.labelSentence(2, 'quote')", vec![]).await?;
    let before = annotations(page).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, before);
    Ok(())
}

pub(crate) async fn records_that_cannot_be_read_are_set_aside_and_never_overwritten(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(2, 'dates')", vec![]).await?;
    let rest = (annotations(page).await?, stored(page).await?);
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let before = stored(page).await?;
    let key = before.keys().find(|key| !rest.1.contains_key(*key)).ok_or("a key for each annotation")?.clone();
    for broken in ["", "{oops", "null", "[]", "\u{0}", "{\"v\":99}"] {
        forget(page).await?;
        page.exec(
            "for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value);
            localStorage.setItem(arguments[1], arguments[2]); localStorage.setItem('page', 'its own')",
            vec![json!(before), json!(key), json!(broken)],
        )
        .await?;
        heard(page, "error").await?;
        page.reload().await?;
        page.ready().await?;
        page.wait_until("return events.some(it => it[0] === 'error')").await?;
        let errors = heard(page, "error").await?;
        assert_eq!(errors[0]["code"], "storage-corrupt", "{broken}");
        assert_eq!(annotations(page).await?, rest.0, "{broken}: the rest is whole");
        if page.needs_downloads().is_ok() && broken == "{oops" {
            page.click("[part~=alert] [data-panel=raw]").await?;
            let raw = page.download_json("release-annotator-storage.json").await?;
            let kept = raw.as_object().is_some_and(|all| all.values().any(|value| value == broken));
            assert!(kept, "what could not be read can be saved as it is");
        }
        page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
        let now = stored(page).await?;
        assert!(now.values().any(|value| value == broken), "{broken:?} is kept: {now:#?}");
        assert_eq!(now.get("page").map(String::as_str), Some("its own"));
    }
    Ok(())
}

pub(crate) async fn a_text_that_changed_takes_its_annotations_along(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(2, 'quote'); await el.labelSentence(3, 'dates')", vec![]).await?;
    let changed =
        SHORT.replace("La première", "Une phrase de plus. La première").replace("La troisième clôt le texte.", "");
    let body = format!("<release-annotator lang=\"fr\" storage-key=\"short\">{changed}</release-annotator>");
    open_body(page, &body).await?;
    let its = page
        .eval("return el.annotations.map(it => [it.label, it.exact, it.utf16 ? el.text.slice(...it.utf16) : null])")
        .await?;
    let wanted = json!([
        ["quote", "La deuxième la suit.", "La deuxième la suit."],
        ["dates", "La troisième clôt le texte.", null]
    ]);
    assert_eq!(its, wanted);
    assert!(alert(page).await?.contains("a changé"), "{}", alert(page).await?);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(
        page.eval(
            "return el.annotations.map(it => [it.label, it.exact, it.utf16 ? el.text.slice(...it.utf16) : null])"
        )
        .await?,
        wanted,
        "and again"
    );
    Ok(())
}

pub(crate) async fn corrected_sentences_of_a_text_that_changed_do_not_come_back(page: &mut Page) -> Outcome {
    let body = |text: &str| format!("<release-annotator lang=\"fr\" storage-key=\"cut\">{text}</release-annotator>");
    let long = "Un mot ici est long. Deux phrases ici. Trois phrases là.";
    open_body(page, &body(long)).await?;
    page.exec_async("await el.splitSentence(3); await el.mergeSentence(2); await el.labelSentence(2, 'quote')", vec![])
        .await?;
    // The second time the store is read as it was left by the first.
    for text in ["Tout autre début. Deux.", "Tout autre début. Deux."] {
        open_body(page, &body(text)).await?;
        let sentences = page.eval("return el.sentences.map(it => el.text.slice(...it.utf16))").await?;
        assert_eq!(sentences, json!(["Tout autre début.", "Deux."]));
    }
    assert_eq!(page.eval("return el.annotations.map(it => it.utf16 ?? null)").await?, json!([null]));
    open_body(page, &body(long)).await?;
    let placed = page.eval("return el.annotations.map(it => el.text.slice(...it.utf16))").await?;
    assert_eq!(placed, json!(["Deux phrases ici. Trois phrases là."]), "its words are there again");
    Ok(())
}
