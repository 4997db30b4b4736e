//! The program stops all the same: the element says so, what is stored is whole, and a fresh program takes over.

use browser_tests::{Outcome, Page, html, json};

use super::support::*;

/// Takes away an element that the drawing holds on to, as a careless extension might, so that the next drawing that
/// puts something before it cannot go on.
const BREAK: &str = "$('[part~=annotation]').remove(); await el.labelSentence(1, 'quote').catch(() => {})";

fn element(id: &str) -> String {
    format!("<release-annotator id=\"{id}\" lang=\"fr\" storage-key=\"{id}\">{SHORT}</release-annotator>")
}

async fn break_it(page: &mut Page) -> Outcome {
    page.exec_async("await el.labelSentence(2, 'quote')", vec![]).await?;
    page.wait_until("return $$('[part~=annotation]').length === 1").await?;
    heard(page, "error").await?;
    page.exec_async(BREAK, vec![]).await.ok();
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    let errors = heard(page, "error").await?;
    assert_eq!(errors[0]["code"], "internal", "{errors:?}");
    page.wait_until("return $('[part~=alert] button') !== null").await?;
    let shown = page.eval("return $('[part~=alert]').innerText").await?;
    assert!(shown.as_str().is_some_and(|text| text.contains("s’est arrêté") && text.contains("intactes")), "{shown}");
    assert_eq!(page.eval("return $('[part~=alert]').getAttribute('role')").await?, "alert");
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn a_program_that_stops_says_so_and_what_is_stored_is_whole(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &element("a")).await?;
    break_it(page).await?;
    let text = page.eval("return el.innerText").await?;
    assert!(text.as_str().is_some_and(|text| text.contains("La première phrase")), "the text is still there to read");
    assert_eq!(
        page.eval("return [el.annotations, el.canUndo, el.dirty]").await?,
        json!([[], false, false]),
        "getters do not throw"
    );
    page.reload().await?;
    page.ready().await?;
    bears(page, 2, "quote").await?;
    bears(page, 1, "quote").await?;
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn a_fresh_program_takes_over_without_a_reload(page: &mut Page) -> Outcome {
    listen(page).await?;
    for script in [
        "<script type=\"module\" src=\"/release-annotator.js\"></script>",
        "<script src=\"/release-annotator.iife.js\"></script>",
    ] {
        page.serve(page.site().page("/test.html", html(&format!("{script}{}", element("a")))))?;
        page.open_ready("/test.html").await?;
        page.exec_async("await el.clear()", vec![]).await?;
        break_it(page).await?;
        page.eval("window.same = true").await?;
        page.click("[part~=alert] button").await?;
        page.ready().await?;
        page.wait_until("return el.annotations.length === 2").await?;
        bears(page, 1, "quote").await?;
        choose(page, 3).await?;
        page.keys("3").await?;
        bears(page, 3, "dates").await?;
        assert_eq!(page.eval("return [same, $('[part~=alert] p')]").await?, json!([true, null]));
        page.console_errors().await?;
    }
    Ok(())
}

pub(crate) async fn every_element_of_the_page_can_be_started_again(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &format!("{}{}", element("a"), element("b"))).await?;
    page.exec_async(
        "await document.getElementById('b').ready; await document.getElementById('b').labelSentence(3, 'dates')",
        vec![],
    )
    .await?;
    break_it(page).await?;
    for id in ["a", "b"] {
        // One that the stop did not reach works on; one that it reached says so.
        page.exec_async("await new Promise(go => setTimeout(go, 200))", vec![]).await?;
        if !page.shadow_all(&format!("#{id} >>> [part~=alert] button")).await?.is_empty() {
            page.click(&format!("#{id} >>> [part~=alert] button")).await?;
        }
        let js = "const one = document.getElementById(args[0]); await one.ready; await one.labelSentence(0, 'objective'); return one.annotations.length";
        assert_eq!(page.exec_async(js, vec![json!(id)]).await?, if id == "a" { 3 } else { 2 }, "{id}");
    }
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn what_is_stored_can_be_saved_without_the_program(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &element("a")).await?;
    break_it(page).await?;
    page.click("[part~=alert] button:last-of-type").await?;
    let saved = page.download_json("release-annotator-storage.json").await?;
    let kept = stored(page).await?;
    assert_eq!(saved, json!(kept));
    assert!(kept.len() >= 3);
    Ok(())
}

pub(crate) async fn a_program_that_cannot_be_had_is_said_and_can_be_asked_for_again(page: &mut Page) -> Outcome {
    listen(page).await?;
    let test = module_page(&element("a"));
    page.serve(page.site().page("/test.html", test.clone()).missing("/release-annotator_bg.wasm"))?;
    page.open("/test.html").await?;
    page.wait_until("return $('[part~=alert] button') !== null").await?;
    let errors = heard(page, "error").await?;
    assert_eq!(errors[0]["code"], "not-found", "{errors:?}");
    assert!(
        page.eval("return document.body.innerText")
            .await?
            .as_str()
            .is_some_and(|text| text.contains("La première phrase"))
    );
    page.console_errors().await?;
    page.serve(page.site().page("/test.html", test))?;
    page.click("[part~=alert] button").await?;
    page.ready().await?;
    choose(page, 1).await?;
    page.keys("1").await?;
    bears(page, 1, "objective").await
}
