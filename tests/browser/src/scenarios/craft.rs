//! The craft of annotating: the palette and its two orders, ends that move, cards that are edited in place, the list, the
//! label set, what was seen.

use browser_tests::{Outcome, Page, json};

use super::support::*;

async fn until_exact(page: &Page, exact: &str) -> Outcome {
    page.wait_until(&format!("return el.annotations[0]?.exact === {} || el.annotations[0]?.exact", json!(exact))).await
}

pub(crate) async fn the_palette_stands_beside_the_sentence_and_never_over_it(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    for index in [2, 4, 8] {
        choose(page, index).await?;
        page.wait_until("return $('[part~=palette]') !== null").await?;
        let js = "const box = $('[part~=palette]').getBoundingClientRect();
            return [...$(arguments[0]).getClientRects()].filter(it => it.left < box.right && box.left < it.right && it.top < box.bottom && box.top < it.bottom).length
                + 10 * (box.left < 0 || box.right > innerWidth)";
        assert_eq!(page.exec(js, vec![json!(sentence(index))]).await?, 0, "sentence {index}");
        page.click("[part~=palette] [data-of=quote]").await?;
        bears(page, index, "quote").await?;
        page.wait_until("return $('[part~=palette]') === null").await?;
    }
    choose(page, 2).await?;
    page.wait_until("return $('[part~=palette]') !== null").await?;
    page.keys("Escape").await?;
    page.wait_until("return $('[part~=palette]') === null").await?;
    choose(page, 3).await?;
    page.wait_until("return $('[part~=palette]') !== null").await?;
    page.keys("ArrowDown").await?;
    page.wait_until("return $('[part~=palette]') === null").await
}

pub(crate) async fn selected_text_snaps_to_words_and_the_palette_labels_it(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let own = sentence(1);
    page.drag_text((&own, 5), (&own, 16)).await?;
    page.wait_until("return $('[part~=palette]') !== null").await?;
    page.click("[part~=palette] [data-of=dates]").await?;
    until_exact(page, "première phrase").await?;
    page.keys("Control+z").await?;
    counts(page, 0).await?;
    page.exec(
        "const it = $('[data-do=snap]'); it.value = '1'; it.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.drag_text((&own, 5), (&own, 16)).await?;
    page.click(&label("dates")).await?;
    until_exact(page, "La première phrase 😀 est là.").await?;
    page.keys("Control+z").await?;
    counts(page, 0).await?;
    page.exec(
        "const it = $('[data-do=snap]'); it.value = '2'; it.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.drag_text((&own, 5), (&own, 16)).await?;
    page.click(&label("dates")).await?;
    page.wait_until("return el.annotations.length === 1").await?;
    assert_ne!(page.eval("return el.annotations[0].exact").await?, "première phrase");
    Ok(())
}

pub(crate) async fn a_label_chosen_first_waits_for_text_until_escape(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.click(&label("quote")).await?;
    page.wait_until("return $('.waits')?.textContent.includes('Citation')").await?;
    counts(page, 0).await?;
    page.click(&sentence(1)).await?;
    bears(page, 1, "quote").await?;
    page.click(&sentence(2)).await?;
    bears(page, 2, "quote").await?;
    let own = sentence(3);
    page.drag_text((&own, 3), (&own, 12)).await?;
    page.wait_until("return el.annotations.length === 3").await?;
    assert_eq!(page.eval("return el.annotations[2].exact").await?, "troisième");
    page.keys("Escape").await?;
    page.wait_until("return $('.waits') === null").await?;
    page.click(&sentence(1)).await?;
    page.wait_until("return $('[part~=palette]') !== null").await?;
    bears(page, 1, "quote").await
}

pub(crate) async fn both_ends_move_by_button_key_and_hand(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.annotate({ exact: 'première phrase' }, 'dates')", vec![]).await?;
    page.click(&sentence(1)).await?;
    page.wait_until("return $('.card.open .editor') !== null").await?;
    for (action, exact) in [
        ("+start", "La première phrase"),
        ("-start", "première phrase"),
        ("+end", "première phrase 😀"),
        ("-end", "première phrase"),
        ("-end", "première"),
        ("-end", "première"),
    ] {
        page.click(&format!("[data-do='{action}']")).await?;
        until_exact(page, exact).await?;
    }
    choose(page, 1).await?;
    page.keys("g").await?;
    until_exact(page, "première phrase").await?;
    page.keys("Shift+g").await?;
    until_exact(page, "La première phrase").await?;
    page.keys("Shift+r r").await?;
    until_exact(page, "première").await?;
    page.keys("Control+z").await?;
    until_exact(page, "première phrase").await?;
    // By hand: the end goes to the middle of a word and takes all of it.
    let js = "const box = $('[data-handle=end]').getBoundingClientRect(); const range = document.createRange();
        const text = [...$(arguments[0]).childNodes].at(-1); range.setStart(text, text.length - 3); range.setEnd(text, text.length - 2);
        const to = range.getBoundingClientRect();
        const send = (type, x, y) => ($('[data-handle=end]') ?? window).dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, bubbles: true, composed: true, pointerId: 1 }));
        send('pointerdown', box.x, box.y + 4);
        window.dispatchEvent(new PointerEvent('pointermove', { clientX: to.x + 2, clientY: to.y + 4 }));
        window.dispatchEvent(new PointerEvent('pointerup', { clientX: to.x + 2, clientY: to.y + 4 }))";
    page.exec(js, vec![json!(sentence(1))]).await?;
    until_exact(page, "première phrase 😀 est là").await?;
    page.keys("Control+z").await?;
    until_exact(page, "première phrase").await
}

pub(crate) async fn a_whole_sentence_grows_by_sentences(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    choose(page, 1).await?;
    page.keys("g").await?;
    page.wait_until("return el.annotations[0].sentences[1] === 2").await?;
    page.keys("Shift+r").await?;
    page.wait_until("return el.annotations[0].sentences[0] === 2").await?;
    assert_eq!(page.eval("return el.annotations[0].unit").await?, "sentence");
    Ok(())
}

pub(crate) async fn note_and_attributes_are_edited_on_the_card(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    choose(page, 1).await?;
    page.wait_until("return $('.card.open [data-do=note]') !== null").await?;
    page.click(".card.open [data-do='@speaker']").await?;
    page.keys("A d a").await?;
    // A drawing in between leaves what is being typed alone.
    page.exec_async("await el.labelSentence(3, 'dates')", vec![]).await?;
    assert_eq!(page.eval("return $('.card.open [data-do=\"@speaker\"]').value").await?, "Ada");
    page.keys("Enter").await?;
    page.wait_until("return el.annotations[0].attributes.speaker === 'Ada'").await?;
    page.wait_until("return root.activeElement?.closest('.card.open') !== null").await?;
    page.click(".card.open [data-do=note]").await?;
    page.keys("m e r c i Escape").await?;
    assert_eq!(
        page.eval("return [el.annotations[0].note, $('.card.open [data-do=note]').value]").await?,
        json!(["", ""])
    );
    page.click(".card.open [data-do=note]").await?;
    page.keys("o u i Tab").await?;
    page.wait_until("return el.annotations[0].note === 'oui'").await?;
    page.exec("const it = $('.card.open [data-do=relabel]'); it.value = 'objective'; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    page.wait_until("return el.annotations[0].label === 'objective'").await?;
    let its = page.eval("return [el.annotations[0].note, el.annotations[0].attributes]").await?;
    assert_eq!(its, json!(["oui", { "speaker": "Ada" }]));
    choose(page, 1).await?;
    page.keys("Control+z Control+z").await?;
    page.wait_until("return el.annotations[0].note === '' && el.annotations[0].label === 'quote'").await
}

pub(crate) async fn overlapping_annotations_are_all_reached_by_click_and_enter(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "await el.labelSentence(1, 'quote'); await el.annotate({ exact: 'La première phrase 😀 est' }, 'objective'); await el.annotate({ exact: 'première phrase 😀' }, 'dates')";
    page.exec_async(js, vec![]).await?;
    let open = "return $('.card.open')?.dataset.annotation ?? null";
    let mut seen = vec![];
    for _ in 0..3 {
        let before = page.eval(open).await?;
        page.click(&sentence(1)).await?;
        page.wait_until(&format!("return ($('.card.open')?.dataset.annotation ?? null) !== {before}")).await?;
        seen.push(page.eval(open).await?);
    }
    assert_eq!(page.eval("return $$('.card.beside').length").await?, 3, "all cards are marked");
    let all = page.eval("return el.annotations.map(it => it.id)").await?;
    assert!(all.as_array().is_some_and(|all| all.iter().all(|id| seen.contains(id))), "{seen:?} of {all}");
    let mut entered = vec![];
    for _ in 0..3 {
        page.keys("Enter").await?;
        page.wait_until("return root.activeElement?.closest('[part~=annotation]') !== null").await?;
        entered.push(page.eval("return root.activeElement.closest('[part~=annotation]').dataset.annotation").await?);
        page.exec("$(arguments[0]).focus()", vec![json!(sentence(1))]).await?;
    }
    assert!(all.as_array().is_some_and(|all| all.iter().all(|id| entered.contains(id))), "{entered:?} of {all}");
    Ok(())
}

pub(crate) async fn the_list_is_searched_filtered_ordered_and_marks_are_hidden(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "await el.labelSentence(3, 'objective'); await el.labelSentence(1, 'quote'); await el.annotate({ exact: 'deuxième' }, 'quote', { note: 'À voir' })";
    page.exec_async(js, vec![]).await?;
    let shown =
        "return $$('[part~=annotation]').map(it => el.annotations.findIndex(one => one.id === it.dataset.annotation))";
    assert_eq!(page.eval(shown).await?, json!([2, 0, 1]), "by label");
    page.click("[data-do=order]").await?;
    page.wait_until(&format!("return JSON.stringify((() => {{ {shown} }})()) === '[0,1,2]'")).await?;
    page.click("[data-do=order]").await?;
    page.click("[data-do=search]").await?;
    page.keys("v o i r").await?;
    page.wait_until(&format!("return JSON.stringify((() => {{ {shown} }})()) === '[1]'")).await?;
    page.exec("const it = $('[data-do=search]'); it.value = 'à VOIR'; it.dispatchEvent(new Event('input', { bubbles: true }))", vec![])
        .await?;
    page.wait_until(&format!("return JSON.stringify((() => {{ {shown} }})()) === '[1]'")).await?;
    page.click("[data-do=search]").await?;
    page.keys("z").await?;
    page.wait_until("return $$('[part~=annotation]').length === 0 && $('.list').innerText.includes('ne correspond')")
        .await?;
    page.exec(
        "const it = $('[data-do=search]'); it.value = ''; it.dispatchEvent(new Event('input', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.exec("const it = $('[data-do=only]'); it.value = 'objective'; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    page.wait_until(&format!("return JSON.stringify((() => {{ {shown} }})()) === '[2]'")).await?;
    page.exec(
        "const it = $('[data-do=only]'); it.value = ''; it.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.wait_until("return $$('mark').length === 3").await?;
    page.click("[data-do=hide][data-of=quote]").await?;
    page.wait_until("return $$('mark').length === 1 && $('.list').innerText.includes('Marques masquées : Citation')")
        .await?;
    bears(page, 1, "quote").await?;
    page.click("[data-do=hide][data-of=quote]").await?;
    page.wait_until("return $$('mark').length === 3").await
}

pub(crate) async fn what_was_seen_and_done_is_counted_and_outlives_a_reload(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.wait_until("return $('.progress').textContent === '0 phrase sur 4 vue'").await?;
    choose(page, 1).await?;
    page.keys("ArrowDown 1").await?;
    page.wait_until("return $('.progress').textContent === '2 phrases sur 4 vues'").await?;
    page.keys("j").await?;
    page.wait_until("return root.activeElement?.dataset.sentence === '3'").await?;
    page.keys("j j").await?;
    page.wait_until("return root.activeElement?.dataset.sentence === '1'").await?;
    page.click("[data-do=done]").await?;
    page.wait_until("return $('[data-do=done]').ariaPressed === 'true'").await?;
    open_short(page).await?;
    page.wait_until(
        "return $('.progress').textContent === '4 phrases sur 4 vues' && $('[data-do=done]').ariaPressed === 'true'",
    )
    .await
}

pub(crate) async fn the_key_for_the_next_sentence_says_when_all_are_labelled(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("for (let at = 0; at < 4; at++) await el.labelSentence(at, 'quote')", vec![]).await?;
    choose(page, 1).await?;
    page.keys("j").await?;
    page.wait_for("return $('[role=status] .done').textContent", "Toutes les phrases portent une étiquette").await?;
    page.keys("ArrowDown").await?;
    page.wait_until("return root.activeElement?.dataset.sentence === '2'").await
}

pub(crate) async fn the_label_set_is_edited_undone_kept_and_saved(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates')", vec![]).await?;
    page.click("[data-panel=labels]").await?;
    page.wait_until("return $$('.label-rows > li').length === 3").await?;
    let set = "const [css, value] = arguments; const it = $(css); it.value = value; it.dispatchEvent(new Event('change', { bubbles: true }))";
    let ids = "return el.labels.map(it => it.id).join()";
    page.exec(set, vec![json!(".label-rows [data-label=quote] .name"), json!("Parole")]).await?;
    page.wait_until("return $('[part~=label][data-label=quote]').innerText.includes('Parole')").await?;
    bears(page, 1, "quote").await?;
    page.exec(set, vec![json!(".label-rows [data-label=quote] .name"), json!("  ")]).await?;
    page.wait_until("return $('.wrong') !== null && $('.label-rows [data-label=quote] .name').value === 'Parole'")
        .await?;
    page.exec(set, vec![json!(".label-rows [data-label=dates] select[aria-label='Touche']"), json!("1")]).await?;
    page.wait_until("return el.labels.map(it => it.key).join() === '3,2,1'").await?;
    page.exec(set, vec![json!(".label-rows [data-label=dates] .colour select"), json!("#a0377a")]).await?;
    page.wait_until("return el.labels[2].color === '#a0377a'").await?;
    page.click(".label-rows [data-label=dates] button[aria-label^='Monter']").await?;
    page.wait_until("return el.labels[1].id === 'dates'").await?;
    page.click("form.label-row input").await?;
    page.keys("L i e u Enter").await?;
    page.wait_until("return el.labels.map(it => it.id).join() === 'objective,dates,quote,lieu'").await?;
    page.exec(set, vec![json!(".label-rows [data-label=objective] .merge"), json!("quote")]).await?;
    page.wait_until("return el.labels.map(it => it.id).join() === 'dates,quote,lieu'").await?;
    page.click(".label-rows [data-label=dates] button[aria-label^='Supprimer']").await?;
    page.wait_until("return $('.fate')?.innerText.includes('1 annotation')").await?;
    page.click(".fate button.label-2").await?;
    page.wait_until("return el.labels.map(it => it.id).join() === 'quote,lieu' && el.annotations[1].label === 'lieu'")
        .await?;
    let file = page
        .exec_async(
            "return JSON.parse((await el.exportAs('json')).content).labels.map(it => [it.id, it.name.fr])",
            vec![],
        )
        .await?;
    assert_eq!(file, json!([["quote", "Parole"], ["lieu", "Lieu"]]));
    open_short(page).await?;
    assert_eq!(page.eval(ids).await?, "quote,lieu", "kept");
    bears(page, 2, "lieu").await?;
    page.exec_async("await el.labelSentence(3, 'lieu'); await el.undo()", vec![]).await?;
    Ok(())
}

pub(crate) async fn a_label_set_change_is_one_step_of_undo(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates')", vec![]).await?;
    page.click("[data-panel=labels]").await?;
    page.wait_until("return $$('.label-rows > li').length === 3").await?;
    page.exec("const it = $('.label-rows [data-label=dates] .merge'); it.value = 'quote'; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    bears(page, 2, "quote").await?;
    page.exec_async("await el.undo()", vec![]).await?;
    bears(page, 2, "dates").await?;
    assert_eq!(page.eval("return el.labels.map(it => it.id)").await?, json!(["objective", "quote", "dates"]));
    Ok(())
}

pub(crate) async fn the_guideline_is_the_pages_or_a_default(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.click("[data-panel=guideline]").await?;
    page.wait_until("return $('.guideline')?.innerText.includes('Citation')").await?;
    open_body(page, "<release-annotator lang=fr storage-key=g>Une phrase. Une autre.<p slot=guideline>La règle de la maison</p></release-annotator>").await?;
    assert_eq!(page.eval("return el.text").await?, "Une phrase. Une autre.", "the guideline is no part of the text");
    page.click("[data-panel=guideline]").await?;
    page.wait_until("return document.querySelector('[slot=guideline]').checkVisibility()").await
}

pub(crate) async fn a_tap_brings_the_labels_to_the_bottom_of_a_phone(page: &mut Page) -> Outcome {
    page.screen(360, 740, 2.0, true).await?;
    page.open_ready(DEMO).await?;
    page.eval("$('[data-sentence=\"2\"]').click()").await?;
    page.wait_until("return $('[part~=palette]') !== null").await?;
    let js = "const box = $('[part~=palette]').getBoundingClientRect(); const small = $$('[part~=palette] button').filter(it => it.getBoundingClientRect().height < 44 || it.getBoundingClientRect().width < 44);
        return [Math.abs(box.bottom - innerHeight) < 2, box.width > 320, small.length, box.top > $('[data-sentence=\"2\"]').getBoundingClientRect().bottom]";
    assert_eq!(page.eval(js).await?, json!([true, true, 0, true]));
    page.eval("$('[part~=palette] [data-of=quote]').click()").await?;
    bears(page, 2, "quote").await?;
    assert_eq!(page.eval("return document.documentElement.scrollWidth").await?, 360);
    Ok(())
}

pub(crate) async fn what_the_list_shows_is_relabelled_or_removed_in_one_step(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    let js = "for (let at = 0; at < 4; at++) await el.labelSentence(at, 'quote'); await el.annotate({ exact: 'deuxième' }, 'dates')";
    page.exec_async(js, vec![]).await?;
    let labels = "return el.annotations.map(it => it.label).sort().join()";
    heard(page, "change").await?;
    // What is looked for, and only that.
    page.click("[data-do=search]").await?;
    page.keys("t r o").await?;
    page.wait_until("return $('[data-panel=bulk]').textContent.includes('ces 1…')").await?;
    page.exec(
        "const it = $('[data-do=search]'); it.value = 'la'; it.dispatchEvent(new Event('input', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.wait_until("return $('[data-panel=bulk]').textContent.includes('ces 3…')").await?;
    page.click("[data-panel=bulk]").await?;
    page.wait_until("return $$('.checks input').length === 3 && $$('.checks input').every(it => it.checked)").await?;
    // Without one of them, by keyboard alone.
    page.eval("$('.checks input').focus()").await?;
    page.keys("Space").await?;
    page.wait_until("return $('[data-bulk=remove]').textContent.trim() === 'Supprimer 2'").await?;
    page.exec("const it = $('[data-bulk=relabel]'); it.value = 'objective'; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    page.wait_for(labels, "dates,objective,objective,quote,quote").await?;
    page.wait_for("return $('[role=status] .done').textContent", "Annotations modifiées : 2").await?;
    page.wait_until("return root.activeElement?.dataset.bulk === 'undo'").await?;
    page.keys("Enter").await?;
    page.wait_for(labels, "dates,quote,quote,quote,quote").await?;
    page.wait_until("return $$('.checks input').filter(it => it.checked).length === 2").await?;
    page.eval("$('[data-bulk=remove]').focus()").await?;
    page.keys("Enter").await?;
    page.wait_for(labels, "dates,quote,quote").await?;
    page.wait_for("return $('[role=status] .done').textContent", "Annotations retirées : 2").await?;
    page.wait_until("return root.activeElement?.dataset.bulk === 'undo'").await?;
    page.keys("Enter").await?;
    page.wait_for(labels, "dates,quote,quote,quote,quote").await?;
    let steps: Vec<_> = heard(page, "change")
        .await?
        .iter()
        .map(|it| {
            (
                it["cause"].clone(),
                it["updated"].as_array().map_or(0, Vec::len),
                it["removed"].as_array().map_or(0, Vec::len),
            )
        })
        .collect();
    assert_eq!(steps[0], (json!("user"), 2, 0));
    assert_eq!(steps[2], (json!("user"), 0, 2));
    assert_eq!(steps.len(), 4, "one step each: {steps:?}");
    // None, then all.
    page.click(".panel-row input").await?;
    page.wait_until("return $$('.checks input').every(it => it.checked)").await?;
    page.click(".panel-row input").await?;
    page.wait_until("return $('[data-bulk=remove]').disabled").await?;
    page.eval("$('.panel').focus(); $('#panel-title').focus()").await?;
    page.keys("Escape").await?;
    page.wait_until("return $('.panel') === null && root.activeElement?.dataset.panel === 'bulk'").await
}
