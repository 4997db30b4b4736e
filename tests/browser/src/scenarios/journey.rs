//! The whole way, on the demonstration page, as a person goes it: click, key, reload, undo, download, import.

use std::time::Duration;

use browser_tests::{Outcome, Page, Value, json};

use super::support::*;

/// Labels a few sentences of the sample: 1 as objective, 5 as quotation and dates, 6 as quotation.
async fn work(page: &Page) -> Outcome {
    choose(page, 1).await?;
    page.keys("1").await?;
    choose(page, 5).await?;
    page.keys("2 3").await?;
    choose(page, 6).await?;
    page.click(&label("quote")).await?;
    finished(page).await
}

/// What `work` leaves.
async fn finished(page: &Page) -> Outcome {
    bears(page, 1, "objective").await?;
    bears(page, 5, "quote dates").await?;
    bears(page, 6, "quote").await?;
    counts(page, 4).await
}

pub(crate) async fn a_click_and_a_label_button_label_a_sentence_and_again_take_it_away(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    choose(page, 1).await?;
    page.wait_until("return $('[part~=sentence][aria-current=true]')?.dataset.sentence === '1'").await?;
    page.click(&label("objective")).await?;
    bears(page, 1, "objective").await?;
    page.wait_until("return $(\"[part~=label][data-label=objective]\").getAttribute('aria-pressed') === 'true'")
        .await?;
    page.click(&label("objective")).await?;
    bears(page, 1, "").await?;
    counts(page, 0).await
}

pub(crate) async fn a_digit_labels_a_sentence_and_again_takes_it_away(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    choose(page, 2).await?;
    page.keys("3").await?;
    bears(page, 2, "dates").await?;
    page.keys("3").await?;
    bears(page, 2, "").await
}

pub(crate) async fn a_sentence_bears_several_labels(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    choose(page, 5).await?;
    page.keys("1 2 3").await?;
    bears(page, 5, "objective quote dates").await?;
    page.click(&label("quote")).await?;
    bears(page, 5, "objective dates").await?;
    let tags = page
        .exec(
            "return [...$(arguments[0]).querySelectorAll('[data-tag]')].map(it => it.dataset.tag)",
            vec![json!(sentence(5))],
        )
        .await?;
    assert_eq!(tags, json!(["Objectif · Dates"]), "the names stand at the text, not only a colour");
    Ok(())
}

pub(crate) async fn a_card_of_the_list_leads_to_its_text(page: &mut Page) -> Outcome {
    page.screen(1280, 500, 1.0, false).await?;
    page.open_ready(DEMO).await?;
    page.exec_async("await el.labelSentence(9, 'quote'); scrollTo(0, 0)", vec![]).await?;
    page.wait_until("return $$('[part~=annotation]').length === 1").await?;
    let id = page.eval("return el.annotations[0].id").await?;
    assert_eq!(page.eval("return $('[part~=annotation]').dataset.annotation").await?, id);
    let card = page.eval("return $('[part~=annotation]').innerText").await?;
    assert!(card.as_str().is_some_and(|text| text.contains("Ce partenariat s’inscrit parfaitement")), "{card}");
    page.eval("scrollTo(0, 0)").await?;
    page.click("[part~=annotation] button").await?;
    page.wait_until(
        "const box = $(\"[data-sentence='9']\").getBoundingClientRect();
         const top = $('[part~=toolbar]').getBoundingClientRect().bottom;
         return root.activeElement?.dataset.sentence === '9' && box.top >= top && box.top < innerHeight",
    )
    .await
}

pub(crate) async fn a_stretch_chosen_with_the_mouse_is_labelled_as_such(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let from = SAMPLE.lines().nth(2).and_then(|line| line.find("biopharm")).ok_or("the word")?;
    page.drag_text((&sentence(1), from), (&sentence(1), from + "biopharmaceutique".len())).await?;
    page.click(&label("dates")).await?;
    counts(page, 1).await?;
    let its = page.eval("return el.annotations.map(it => [it.exact, it.unit, it.label, it.sentences])").await?;
    assert_eq!(its, json!([["biopharmaceutique", "span", "dates", [1, 1]]]));
    bears(page, 1, "").await
}

pub(crate) async fn a_reload_restores_everything(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    work(page).await?;
    let before = annotations(page).await?;
    page.reload().await?;
    page.ready().await?;
    finished(page).await?;
    assert_eq!(annotations(page).await?, before, "ids, times and all");
    Ok(())
}

pub(crate) async fn a_closed_tab_loses_nothing(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    work(page).await?;
    let before = annotations(page).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.switch_to(&first).await?;
    page.client().close_window().await?;
    page.switch_to(&second).await?;
    page.open_ready(DEMO).await?;
    assert_eq!(annotations(page).await?, before);
    finished(page).await
}

pub(crate) async fn a_browser_that_is_closed_or_killed_after_a_while_loses_nothing(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    work(page).await?;
    let before = annotations(page).await?;
    page.restart().await?;
    page.open_ready(DEMO).await?;
    assert_eq!(annotations(page).await?, before, "closed");
    page.exec_async("await el.labelSentence(0, 'objective')", vec![]).await?;
    let before = annotations(page).await?;
    // Chromium writes localStorage to the disk some seconds later; what a kill in between takes is another promise.
    tokio::time::sleep(Duration::from_secs(12)).await;
    page.kill_and_restart().await?;
    page.open_ready(DEMO).await?;
    assert_eq!(annotations(page).await?, before, "killed");
    Ok(())
}

pub(crate) async fn undo_and_redo_work_by_button_and_by_key(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    assert_eq!(
        page.eval("return [$('[part~=undo]').disabled, $('[part~=redo]').disabled]").await?,
        json!([true, true])
    );
    work(page).await?;
    page.click("[part~=undo]").await?;
    bears(page, 6, "").await?;
    choose(page, 5).await?;
    page.keys("Control+z").await?;
    bears(page, 5, "quote").await?;
    page.keys("Control+z Control+z").await?;
    counts(page, 0).await?;
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([false, true]));
    page.wait_until("return $('[part~=undo]').disabled && !$('[part~=redo]').disabled").await?;
    page.click("[part~=redo]").await?;
    bears(page, 1, "objective").await?;
    choose(page, 1).await?;
    page.keys("Control+Shift+z Control+y Control+y").await?;
    finished(page).await?;
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([true, false]));
    // What was undone and done again is also what is stored.
    let before = annotations(page).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, before);
    Ok(())
}

pub(crate) async fn undone_work_stays_undone_after_a_reload(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    work(page).await?;
    page.click("[part~=undo]").await?;
    bears(page, 6, "").await?;
    page.reload().await?;
    page.ready().await?;
    bears(page, 6, "").await?;
    counts(page, 3).await
}

pub(crate) async fn the_button_and_ctrl_s_save_the_file_of_the_contract(page: &mut Page) -> Outcome {
    page.needs_downloads()?;
    page.open_ready(DEMO).await?;
    page.eval("el.annotator = 'a.martin'").await?;
    work(page).await?;
    page.drag_text((&sentence(7), 2), (&sentence(7), 16)).await?;
    page.keys("1").await?;
    counts(page, 5).await?;
    page.click("[part~=download]").await?;
    let by_button = page.download_json(FILE).await?;
    check_file(page, &by_button, SAMPLE).await?;
    assert_eq!(by_button["annotator"], "a.martin");
    assert_eq!(by_button["release"]["id"], "ipsen-gustave-roussy.fr");
    assert_eq!(by_button["release"]["source"], "releases/ipsen-gustave-roussy.fr.txt");
    assert_eq!(by_button["release"]["lang"], "fr");
    assert_eq!(by_button["release"]["title"], SAMPLE.lines().next().unwrap_or_default());
    let labels: Vec<_> = by_button["labels"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| [&it["id"], &it["name"]["fr"], &it["key"]])
        .collect();
    assert_eq!(
        json!(labels),
        json!([["objective", "Objectif", "1"], ["quote", "Citation", "2"], ["dates", "Dates", "3"]])
    );
    assert_eq!(by_button["sentences"].as_array().map(Vec::len), Some(11));
    let its: Vec<_> = by_button["annotations"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| [&it["label"], &it["unit"], &it["sentences"], &it["creator"], &it["provenance"]])
        .collect();
    let manual = json!({ "kind": "manual" });
    assert_eq!(
        json!(its),
        json!([
            ["objective", "sentence", [1, 1], "a.martin", manual],
            ["quote", "sentence", [5, 5], "a.martin", manual],
            ["dates", "sentence", [5, 5], "a.martin", manual],
            ["quote", "sentence", [6, 6], "a.martin", manual],
            ["objective", "span", [7, 7], "a.martin", manual],
        ])
    );

    choose(page, 1).await?;
    page.keys("Control+s").await?;
    let mut by_key = page.download_json(FILE).await?;
    by_key["exported"] = by_button["exported"].clone();
    assert_eq!(by_key, by_button);
    let mut by_script: Value = page
        .exec_async("return (await el.exportAs('json')).content", vec![])
        .await?
        .as_str()
        .unwrap_or_default()
        .parse()?;
    by_script["exported"] = by_button["exported"].clone();
    assert_eq!(by_script, by_button);
    Ok(())
}

pub(crate) async fn a_file_goes_into_a_clean_profile_with_its_ids(page: &mut Page) -> Outcome {
    page.needs_downloads()?;
    page.open_ready(DEMO).await?;
    work(page).await?;
    let before = annotations(page).await?;
    page.click("[part~=download]").await?;
    let file = page.download(FILE).await?;
    // Another origin has an empty store.
    page.open_ready(&page.url_at("colleague.test", DEMO)).await?;
    counts(page, 0).await?;
    page.upload("input[type=file]", FILE, &file).await?;
    finished(page).await?;
    assert_eq!(annotations(page).await?, before);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, before, "and kept");
    // The same file again changes nothing.
    page.upload("input[type=file]", FILE, &file).await?;
    page.wait_until("return $('[part~=status]').innerText.includes('Import')").await?;
    assert_eq!(annotations(page).await?, before);
    Ok(())
}

pub(crate) async fn a_file_that_is_none_is_refused_and_nothing_is_lost(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.open_ready(DEMO).await?;
    work(page).await?;
    let (before, kept) = (annotations(page).await?, stored(page).await?);
    let other = json!({ "format": "release-annotator", "version": 1, "release": { "id": "another", "text": "Autre.", "title": "Autre" }, "annotations": [] });
    for (content, code, word) in [
        ("{\n\"format\": oops".to_owned(), "invalid-json", "ligne 2"),
        (String::new(), "invalid-json", "JSON"),
        ("[1, 2]".to_owned(), "invalid-file", "attendu"),
        (
            "{\"format\": \"release-annotator\", \"version\": 99, \"annotations\": []}".to_owned(),
            "unknown-version",
            "99",
        ),
        (other.to_string(), "invalid-file", "Autre"),
    ] {
        page.upload("input[type=file]", "wrong.json", content.as_bytes()).await?;
        page.wait_until(&format!("return events.some(it => it[0] === 'error' && it[1].code === '{code}')")).await?;
        let errors = heard(page, "error").await?;
        assert_eq!(errors.len(), 1, "{errors:?}");
        let message = errors[0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{word} in {message}");
        assert!(alert(page).await?.contains(message), "{message} is shown");
        assert_eq!((annotations(page).await?, stored(page).await?), (before.clone(), kept.clone()), "{code}");
    }
    finished(page).await
}

pub(crate) async fn shift_and_click_extends_to_several_sentences(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    choose(page, 3).await?;
    page.click_with("Shift", "[part~=sentence][data-sentence='1']").await?;
    page.keys("1").await?;
    let its = page.eval("return el.annotations.map(it => [it.label, it.sentences])").await?;
    assert_eq!(its, json!([["objective", [1, 3]]]));
    Ok(())
}
