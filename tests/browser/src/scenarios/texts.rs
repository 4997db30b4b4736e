//! The words of the interface: those of the page in place of any of them, in the widget, its panels and what it announces.

use std::time::Duration;

use browser_tests::{Outcome, Page, json};

use super::support::*;

pub(crate) async fn a_pages_words_are_used_from_the_start_and_announced(page: &mut Page) -> Outcome {
    listen(page).await?;
    let body = format!(
        "<release-annotator lang=fr ui-lang=fr storage-key=words>{SHORT}</release-annotator>
        <script>document.querySelector('release-annotator').texts = {{ suggest: 'Pré-annoter', undone: 'Repris.', fr: {{ done: 'Relu' }}, en: {{ done: 'Reviewed', position: 'S {{}}/{{}}: {{}}' }} }}</script>"
    );
    let site = page.site().page("/test.html", module_page(&body));
    page.serve(site.delay("/release-annotator.js", Duration::from_millis(300)))?;
    page.open_ready("/test.html").await?;
    page.wait_for("return [$('[part~=suggest]').title, $('[data-do=done]').innerText]", json!(["Pré-annoter", "Relu"]))
        .await?;
    choose(page, 1).await?;
    page.keys("2 Control+z").await?;
    page.wait_for("return $('[role=status] .done').textContent", "Repris.").await?;
    page.eval("el.uiLang = 'en'").await?;
    page.wait_for(
        "return [$('[part~=suggest]').title, $('[data-do=done]').innerText]",
        json!(["Pré-annoter", "Reviewed"]),
    )
    .await?;
    choose(page, 2).await?;
    page.keys("2").await?;
    page.wait_for("return $('[role=status] .done').textContent", "S 3/4: Quote").await?;
    assert_eq!(heard(page, "error").await?, Vec::<browser_tests::Value>::new());
    Ok(())
}

pub(crate) async fn words_that_come_late_are_drawn_at_once_and_can_be_taken_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    page.eval("el.texts = { annotations: 'Marques', remove: 'Ôter : {}', panel_labels_title: 'Catégories' }").await?;
    page.wait_for(
        "return [$('.list h2').firstChild.textContent, $('.card .remove').title]",
        json!(["Marques", "Ôter : Citation"]),
    )
    .await?;
    page.click("[data-panel=labels]").await?;
    page.wait_for("return $('#panel-title')?.textContent", "Catégories").await?;
    page.eval("el.texts = { panel_labels_title: 'Classes' }").await?;
    page.wait_for("return $('#panel-title')?.textContent", "Classes").await?;
    page.eval("el.texts = undefined").await?;
    page.wait_for(
        "return [$('.list h2').firstChild.textContent, $('.card .remove').title, $('#panel-title')?.textContent]",
        json!(["Annotations", "Supprimer : Citation", "Étiquettes"]),
    )
    .await?;
    // What the help says, and what the class says without a program.
    page.eval("el.texts = { panel_help_open: 'Entrée = ouvrir', restart: 'Relancer' }").await?;
    page.eval("$('[part~=help-button]').click()").await?;
    page.wait_until("return $('dialog')?.open && $('dialog').innerText.includes('ouvrir')").await
}

pub(crate) async fn a_text_that_does_not_exist_is_refused_and_the_others_stay(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.eval("el.texts = { undo: 'Défaire' }").await?;
    page.wait_until("return $('[part~=undo]').title.startsWith('Défaire')").await?;
    for (wrong, named) in [
        ("{ redoo: 'Refaire', undo: 'X' }", "redoo"),
        ("{ undo: 3 }", "undo: 3"),
        ("{ en: { nothing: '' } }", "nothing"),
    ] {
        page.eval(&format!("el.texts = {wrong}")).await?;
        page.wait_until("return events.some(it => it[0] === 'error')").await?;
        let errors = heard(page, "error").await?;
        assert_eq!((errors.len(), &errors[0]["code"]), (1, &json!("invalid-file")), "{wrong}");
        assert!(errors[0]["message"].as_str().is_some_and(|message| message.contains(named)), "{errors:?}");
        page.wait_until("return $('[part~=undo]').title.startsWith('Défaire')").await?;
        assert_eq!(page.eval("return el.texts").await?, json!({ "undo": "Défaire" }), "{wrong}");
    }
    // Before the program is there: it is told when it has come.
    page.before_load("document.addEventListener('DOMContentLoaded', () => { document.querySelector('release-annotator').texts = { panel_nothing: 'X' }; })").await?;
    open_short(page).await?;
    page.wait_until("return events.some(it => it[0] === 'error' && it[1].code === 'invalid-file' && it[1].message.includes('panel_nothing'))").await?;
    page.wait_until("return $('[part~=undo]').title.startsWith('Annuler')").await
}

pub(crate) async fn every_text_of_the_documentation_can_be_put(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    let ids: Vec<&str> = include_str!("../../../../docs/TEXTS.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert!(ids.len() > 150, "{}", ids.len());
    page.exec("el.texts = Object.fromEntries(arguments[0].map(id => [id, 'x ' + id]))", vec![json!(ids)]).await?;
    page.wait_until("return $('[part~=undo]').title.startsWith('x undo')").await?;
    page.click("[data-panel=labels]").await?;
    page.wait_for("return $('#panel-title')?.textContent", "x panel_labels_title").await?;
    assert_eq!(heard(page, "error").await?.len(), 0);
    Ok(())
}
