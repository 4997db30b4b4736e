//! Several elements on one page, and the same release in two tabs.

use browser_tests::{Outcome, Page, json};

use super::support::*;

const OTHER: &str = "Un autre titre\n\nUn autre texte. Avec sa deuxième phrase.";

fn two() -> String {
    format!(
        "<release-annotator id=\"a\" lang=\"fr\" storage-key=\"a\">{SHORT}</release-annotator>\
         <release-annotator id=\"b\" lang=\"fr\" storage-key=\"b\">{OTHER}</release-annotator>"
    )
}

/// The labels and words of the annotations of both.
async fn both(page: &Page) -> Outcome<browser_tests::Value> {
    page.eval(
        "return ['a', 'b'].map(id => document.getElementById(id).annotations.map(it => it.label + ' ' + it.exact))",
    )
    .await
}

pub(crate) async fn two_elements_on_a_page_are_independent(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &two()).await?;
    page.exec_async("await document.getElementById('b').ready; events.length = 0", vec![]).await?;
    page.click("#b >>> [data-sentence='2']").await?;
    page.keys("2").await?;
    page.wait_until("return document.getElementById('b').annotations.length === 1").await?;
    assert_eq!(both(page).await?, json!([[], ["quote Avec sa deuxième phrase."]]));
    page.click("#a >>> [data-sentence='1']").await?;
    page.keys("1").await?;
    page.wait_until("return document.getElementById('a').annotations.length === 1").await?;
    assert_eq!(
        both(page).await?,
        json!([["objective La première phrase 😀 est là."], ["quote Avec sa deuxième phrase."]])
    );
    assert_eq!(heard(page, "change").await?.len(), 2, "one each");
    page.keys("Control+z Control+z").await?;
    assert_eq!(both(page).await?, json!([[], ["quote Avec sa deuxième phrase."]]), "undo is the element's own");
    page.click("#b >>> [part~=label][data-label=dates]").await?;
    page.wait_until("return document.getElementById('b').annotations.length === 2").await?;
    page.eval("document.getElementById('a').uiLang = 'en'").await?;
    page.wait_until("return document.getElementById('a').shadowRoot.querySelector('[part~=download]').innerText.includes('Download')").await?;
    assert_eq!(
        page.eval("return document.getElementById('b').shadowRoot.querySelector('[part~=download]').innerText.trim()")
            .await?,
        "Télécharger"
    );
    page.reload().await?;
    page.ready().await?;
    page.exec_async("await document.getElementById('b').ready", vec![]).await?;
    assert_eq!(both(page).await?, json!([[], ["quote Avec sa deuxième phrase.", "dates Avec sa deuxième phrase."]]));
    Ok(())
}

pub(crate) async fn labels_and_colours_are_the_elements_own(page: &mut Page) -> Outcome {
    open_body(page, &two()).await?;
    let js = "document.getElementById('b').labels = [{ id: 'x', name: 'Seule', color: '#aa0000' }]";
    page.eval(js).await?;
    page.wait_until("return document.getElementById('b').shadowRoot.querySelectorAll('[part~=label]').length === 1")
        .await?;
    let js = "return ['a', 'b'].map(id => [...document.getElementById(id).shadowRoot.querySelectorAll('[part~=label]')]
        .map(it => [it.dataset.label, getComputedStyle(it).getPropertyValue('--label').trim()]))";
    let found = page.eval(js).await?;
    assert_eq!(found[1], json!([["x", "#aa0000"]]));
    assert_eq!(found[0][0][0], "objective");
    assert_ne!(found[0][0][1], "#aa0000");
    Ok(())
}

pub(crate) async fn a_change_in_one_tab_appears_in_the_other(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.open_ready("/test.html").await?;
    choose(page, 1).await?;
    page.keys("1").await?;
    counts(page, 1).await?;
    let made = annotations(page).await?;

    page.switch_to(&first).await?;
    counts(page, 1).await?;
    bears(page, 1, "objective").await?;
    assert_eq!(annotations(page).await?, made);
    let changes = heard(page, "change").await?;
    assert_eq!(changes, [json!({ "added": made, "updated": [], "removed": [], "cause": "other-tab" })]);
    assert_eq!(page.eval("return el.canUndo").await?, false, "it is not this tab's step");
    page.exec_async("await el.update(args[0], { note: 'vu' })", vec![made[0]["id"].clone()]).await?;

    page.switch_to(&second).await?;
    page.wait_until("return el.annotations[0].note === 'vu'").await?;
    page.exec_async("await el.mergeSentence(1)", vec![]).await?;
    page.switch_to(&first).await?;
    page.wait_until("return el.sentences.length === 3 && $$('[part~=sentence]').length === 3").await?;
    page.exec_async("await el.clear()", vec![]).await?;
    page.switch_to(&second).await?;
    counts(page, 0).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!((count(page).await?, page.eval("return el.sentences.length").await?), (0, json!(3)));
    Ok(())
}

pub(crate) async fn changes_of_two_tabs_at_once_both_survive(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.open_ready("/test.html").await?;
    for round in 0..5 {
        for (tab, sentence) in [(&first, 1), (&second, 2)] {
            page.switch_to(tab).await?;
            page.exec_async("await el.annotate({ utf16: el.sentences[args[0]].utf16 }, ['objective', 'quote', 'dates'][args[1] % 3])", vec![json!(sentence), json!(round)]).await?;
        }
    }
    for tab in [&first, &second] {
        page.switch_to(tab).await?;
        counts(page, 10).await?;
    }
    // Each takes its own last step back, at once.
    for tab in [&first, &second] {
        page.switch_to(tab).await?;
        page.exec_async("await el.undo()", vec![]).await?;
    }
    for tab in [&first, &second] {
        page.switch_to(tab).await?;
        counts(page, 8).await?;
        page.reload().await?;
        page.ready().await?;
        assert_eq!(count(page).await?, 8);
    }
    Ok(())
}

pub(crate) async fn what_the_other_tab_removed_does_not_come_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let first = page.window().await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let second = page.new_tab().await?;
    page.open_ready("/test.html").await?;
    page.exec_async("await el.clear()", vec![]).await?;
    page.switch_to(&first).await?;
    counts(page, 0).await?;
    page.exec_async("await el.labelSentence(2, 'dates')", vec![]).await?;
    // Undoing until nothing is left must neither fail nor bring it back as somebody else's.
    page.exec_async("while (el.canUndo) await el.undo().catch(() => {})", vec![]).await.ok();
    page.switch_to(&second).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(count(page).await?, 0);
    Ok(())
}

pub(crate) async fn another_release_in_another_tab_is_left_alone(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_body(page, &format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>"))
        .await?;
    let first = page.window().await?;
    page.new_tab().await?;
    page.open_ready(DEMO).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    page.switch_to(&first).await?;
    page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
    assert_eq!((count(page).await?, heard(page, "change").await?.len()), (0, 0));
    Ok(())
}
