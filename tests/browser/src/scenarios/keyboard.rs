//! Everything without a mouse, as section 3 of the contract lists it.

use browser_tests::{Outcome, Page, json};

use super::support::*;

/// The sentence that has the focus.
async fn at(page: &Page, index: usize) -> Outcome {
    page.wait_for("return root.activeElement?.dataset.sentence", index.to_string()).await
}

/// Presses Tab until a sentence has the focus.
async fn tab_into_text(page: &Page) -> Outcome {
    for _ in 0..30 {
        page.keys("Tab").await?;
        if page.eval("return root.activeElement?.dataset.sentence !== undefined").await? == true {
            return Ok(());
        }
    }
    Err("30 Tabs and no sentence".into())
}

pub(crate) async fn everything_goes_without_a_mouse(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    tab_into_text(page).await?;
    at(page, 0).await?;
    page.keys("ArrowDown ArrowDown").await?;
    at(page, 2).await?;
    page.keys("3 ArrowUp 1").await?;
    at(page, 1).await?;
    bears(page, 1, "objective").await?;
    bears(page, 2, "dates").await?;
    page.keys("End").await?;
    at(page, 10).await?;
    page.keys("ArrowDown").await?;
    at(page, 10).await?;
    page.keys("Home ArrowUp").await?;
    at(page, 0).await?;
    page.keys("n").await?;
    at(page, 1).await?;
    page.keys("n").await?;
    at(page, 2).await?;
    page.keys("p").await?;
    at(page, 1).await?;
    page.keys("Delete").await?;
    bears(page, 1, "").await?;
    counts(page, 1).await?;
    at(page, 1).await?;
    page.keys("Control+z").await?;
    bears(page, 1, "objective").await?;
    page.keys("Backspace").await?;
    bears(page, 1, "").await?;
    if page.needs_downloads().is_ok() {
        page.keys("Control+s").await?;
        let file = page.download_json(FILE).await?;
        assert_eq!(file["annotations"].as_array().map(Vec::len), Some(1));
    }
    Ok(())
}

pub(crate) async fn digits_go_by_the_place_of_the_key(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 1).await?;
    for (key, code, labels) in [
        ("&", "Digit1", "objective"),
        ("é", "Digit2", "objective quote"),
        ("\"", "Digit3", "objective quote dates"),
        ("&", "Digit1", "quote dates"),
        ("2", "Numpad2", "dates"),
    ] {
        page.key_of_layout(key, code).await?;
        bears(page, 1, labels).await?;
    }
    page.key_of_layout("ç", "Digit9").await?;
    bears(page, 1, "dates").await
}

pub(crate) async fn one_stop_of_tab_is_the_text_and_leads_out_again(page: &mut Page) -> Outcome {
    open_body(page, &format!("<button id=before>Avant</button><release-annotator lang=fr storage-key=short>{SHORT}</release-annotator><button id=after>Après</button>")).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    choose(page, 2).await?;
    let mut stops = vec![];
    for _ in 0..10 {
        page.keys("Tab").await?;
        let stop = page.eval("return document.activeElement.id || (root.activeElement?.dataset.sentence !== undefined ? 'sentence' : 'widget')").await?;
        stops.push(stop.as_str().unwrap_or_default().to_owned());
        if stop == "after" {
            break;
        }
    }
    assert_eq!(stops.last().map(String::as_str), Some("after"), "{stops:?}");
    assert!(!stops.contains(&"sentence".to_owned()), "one stop is enough: {stops:?}");
    page.eval("document.getElementById('before').focus()").await?;
    tab_into_text(page).await?;
    at(page, 2).await
}

pub(crate) async fn sentences_are_joined_and_split_by_key(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 1).await?;
    page.keys("2 m").await?;
    page.wait_until("return el.sentences.length === 3").await?;
    at(page, 1).await?;
    bears(page, 1, "quote").await?;
    page.keys("Control+z").await?;
    page.wait_until("return el.sentences.length === 4").await?;
    page.keys("Control+Shift+z").await?;
    page.wait_until("return el.sentences.length === 3").await?;
    // The word cursor says where.
    page.keys("ArrowDown").await?;
    at(page, 2).await?;
    page.keys("ArrowRight ArrowRight ArrowRight Shift+m").await?;
    page.wait_until("return el.sentences.length === 4").await?;
    let words = page.eval("return el.sentences.slice(2).map(it => el.text.slice(...it.utf16))").await?;
    assert_eq!(words.as_array().map(Vec::len), Some(2));
    let joined = format!("{} {}", words[0].as_str().unwrap_or_default(), words[1].as_str().unwrap_or_default());
    assert_eq!(joined, "La troisième clôt le texte.");
    Ok(())
}

pub(crate) async fn words_are_chosen_by_key_and_labelled(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 0).await?;
    page.keys("ArrowDown ArrowRight").await?;
    page.keys("Shift+ArrowRight 2").await?;
    counts(page, 1).await?;
    let its = page.eval("return el.annotations.map(it => [it.unit, it.exact, it.sentences])").await?;
    assert_eq!(its, json!([["span", "La première", [1, 1]]]));
    page.keys("ArrowDown Control+Shift+ArrowRight 1").await?;
    page.wait_until("return el.annotations.length > 1").await?;
    bears(page, 2, "objective").await?;
    bears(page, 3, "objective").await
}

pub(crate) async fn shift_and_arrows_choose_several_sentences(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 1).await?;
    page.keys("Shift+ArrowDown 1").await?;
    bears(page, 1, "objective").await?;
    bears(page, 2, "objective").await?;
    page.keys("Escape").await?;
    assert_eq!(page.eval("return $$('[aria-current=true]').length").await?, 1, "one again");
    Ok(())
}

pub(crate) async fn enter_opens_the_card_and_delete_removes_from_there(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'quote')", vec![]).await?;
    choose(page, 1).await?;
    page.keys("Enter").await?;
    page.wait_until(
        "return root.activeElement?.closest('[part~=annotation]')?.dataset.annotation === el.annotations[0].id",
    )
    .await?;
    page.keys("Enter").await?;
    at(page, 1).await?;
    page.keys("Enter Tab Enter").await?;
    counts(page, 1).await?;
    bears(page, 2, "quote").await?;
    page.wait_until("return root.activeElement?.closest('[part~=annotation]') !== null || root.activeElement?.dataset.sentence !== undefined").await
}

pub(crate) async fn help_opens_closes_and_gives_the_focus_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 1).await?;
    page.keys("?").await?;
    page.wait_until("return $('dialog[part~=help]')?.open && $('dialog').contains(root.activeElement)").await?;
    let table = page.eval("return $('dialog').innerText").await?;
    for word in ["1 … 9", "Ctrl + Z", "Ctrl + S", "Maj + M", "Échap"] {
        assert!(table.as_str().is_some_and(|text| text.contains(word)), "{word} in {table}");
    }
    page.keys("1").await?;
    counts(page, 0).await?;
    page.keys("Escape").await?;
    page.wait_until("return $('dialog') === null || !$('dialog').open").await?;
    at(page, 1).await?;
    page.keys("1").await?;
    bears(page, 1, "objective").await?;
    page.click("[part~=help-button]").await?;
    page.wait_until("return $('dialog')?.open").await?;
    page.click("dialog button").await?;
    page.wait_until("return $('dialog') === null || !$('dialog').open").await?;
    page.click("[part~=help-button]").await?;
    page.wait_until("return $('dialog')?.open").await
}

pub(crate) async fn escape_cancels_closes_and_then_leaves(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(1, 'none').catch(() => {})", vec![])
        .await?;
    choose(page, 1).await?;
    page.keys("Shift+ArrowDown").await?;
    assert_eq!(page.eval("return $$('[aria-current=true]').length").await?, 2);
    page.keys("Escape").await?;
    page.wait_until("return $$('[aria-current=true]').length === 1").await?;
    assert_ne!(alert(page).await?, "");
    page.keys("Escape").await?;
    page.wait_until("return $('[part~=alert] p') === null").await?;
    page.keys("Escape").await?;
    page.wait_until("return root.activeElement === null").await?;
    page.keys("1").await?;
    bears(page, 1, "quote").await
}

pub(crate) async fn keys_do_nothing_outside_the_element(page: &mut Page) -> Outcome {
    open_body(page, &format!("<input id=field><textarea id=area></textarea><div id=edit contenteditable>x</div><release-annotator lang=fr storage-key=short>{SHORT}</release-annotator>")).await?;
    choose(page, 1).await?;
    page.keys("1").await?;
    bears(page, 1, "objective").await?;
    for id in ["field", "area", "edit"] {
        page.exec("document.getElementById(arguments[0]).focus()", vec![json!(id)]).await?;
        page.keys("1 2 m n Delete Backspace ? 2").await?;
        page.keys("Control+z").await?;
        assert_eq!(
            page.eval("return [el.annotations.length, el.sentences.length, $('dialog') === null]").await?,
            json!([1, 4, true]),
            "{id}"
        );
    }
    page.eval("document.activeElement.blur()").await?;
    page.keys("1 2 m Control+z").await?;
    assert_eq!(
        page.eval("return [el.annotations.length, el.sentences.length]").await?,
        json!([1, 4]),
        "nothing has the focus"
    );
    Ok(())
}

pub(crate) async fn shortcuts_can_be_off_or_want_a_modifier(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.eval("el.shortcuts = 'off'").await?;
    choose(page, 1).await?;
    page.keys("1 m ? n p").await?;
    assert_eq!(
        page.eval("return [el.annotations.length, el.sentences.length, $('dialog') === null]").await?,
        json!([0, 4, true])
    );
    page.keys("ArrowDown").await?;
    at(page, 2).await?;
    page.eval("el.shortcuts = 'modified'").await?;
    page.keys("1 m").await?;
    assert_eq!(page.eval("return [el.annotations.length, el.sentences.length]").await?, json!([0, 4]));
    page.keys("Alt+Shift+1").await?;
    bears(page, 2, "objective").await?;
    page.eval("el.shortcuts = 'on'").await?;
    page.keys("2").await?;
    bears(page, 2, "objective quote").await
}

pub(crate) async fn what_the_browser_and_the_layout_need_is_left_to_them(page: &mut Page) -> Outcome {
    open_short(page).await?;
    choose(page, 1).await?;
    page.eval(
        "window.taken = []; addEventListener('keydown', event => taken.push([event.key, event.defaultPrevented]))",
    )
    .await?;
    for (modifiers, key, code) in [
        (1, "ArrowLeft", "ArrowLeft"),
        (2, "1", "Digit1"),
        (1, "1", "Digit1"),
        (3, "z", "KeyW"),
        (3, "[", "Digit5"),
        (0, "[", "BracketLeft"),
        (0, "/", "Slash"),
        (0, "a", "KeyA"),
    ] {
        let event = json!({ "type": "rawKeyDown", "key": key, "code": code, "modifiers": modifiers });
        page.cdp("Input.dispatchKeyEvent", event).await?;
        page.cdp(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key, "code": code, "modifiers": modifiers }),
        )
        .await?;
    }
    let taken = page.eval("return taken.filter(it => it[1])").await?;
    assert_eq!(taken, json!([]), "none of them is taken");
    assert_eq!((count(page).await?, page.eval("return taken.length").await?), (0, json!(8)));
    Ok(())
}
