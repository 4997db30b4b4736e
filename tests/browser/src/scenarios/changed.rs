//! A release whose text is no longer the one that was annotated: every annotation keeps its place, is shown to be
//! confirmed, or stays as it is without one, through reloads, other tabs, undo and a store that fails.

use browser_tests::{Outcome, Page, Value, json};

use super::storage::FULL;
use super::support::*;

/// What is annotated, each sentence by itself.
const OLD: &str = "Un accord pour trois ans\n\nL’institut et le groupe signent un accord de recherche. \
Le budget atteint 12 millions d’euros. Les premiers essais commencent en mai.\n\n\
La directrice salue une étape décisive. Les équipes travaillent déjà ensemble. \
Le groupe emploie 4 000 personnes dans trente pays.\n\n\
Un comité suit les travaux. Il se réunit chaque trimestre. Ses avis sont publics. \
Un rapport paraît chaque année. Les données restent à l’hôpital. L’accord entre en vigueur lundi.";

/// The same corrected: a figure, a sentence that moves to the end, one that is gone, one that is there twice.
const NEW: &str = "Un accord pour trois ans\n\nL’institut et le groupe signent un accord de recherche. \
Le budget atteint 14 millions d’euros. Les équipes travaillent déjà ensemble.\n\n\
La directrice salue une étape décisive. Les équipes travaillent déjà ensemble.\n\n\
Un comité suit les travaux. Il se réunit chaque trimestre. Ses avis sont publics. \
Un rapport paraît chaque année. Les données restent à l’hôpital. L’accord entre en vigueur lundi.\n\n\
Le groupe emploie 4 000 personnes dans trente pays.";

fn body(text: &str) -> String {
    format!("<release-annotator lang=\"fr\" storage-key=\"accord\">{text}</release-annotator>")
}

/// Opens [`OLD`], labels every sentence and the figure, and serves [`NEW`] under another address.
async fn annotate_all(page: &mut Page) -> Outcome<Vec<Value>> {
    page.serve(page.site().page("/test.html", module_page(&body(OLD))).page("/new.html", module_page(&body(NEW))))?;
    page.open_ready("/test.html").await?;
    let js = "for (const { index } of el.sentences) await el.labelSentence(index, 'quote');
        await el.annotate({ exact: '12 millions' }, 'dates', { note: 'le montant', attributes: { value: 'x' } });";
    page.exec_async(js, vec![]).await?;
    at_rest(page).await?;
    annotations(page).await
}

/// Id, note and words of each annotation, its place where it has one, by id.
const PLACES: &str = "return el.annotations.sort((a, b) => a.id < b.id ? -1 : 1).map(it => [it.id, it.note, it.utf16 ? el.text.slice(...it.utf16) : null, it.exact])";

/// What the panel shows: the words of the annotation, why, and how many places.
const ROWS: &str = "return $$('[data-changed]').map(it => [it.querySelector('.old mark')?.textContent ?? it.querySelector('.old p + p').textContent, it.dataset.found, it.querySelectorAll('[data-do=confirm]').length])";

async fn open_panel(page: &Page) -> Outcome {
    page.click("[part~=alert] [data-panel=changed]").await?;
    page.shadow(".panel .hint").await?;
    page.wait_until("return $$('.panel [data-changed]').length > 0").await
}

/// The row of an annotation with these words, as a selector.
async fn row(page: &Page, words: &str) -> Outcome<String> {
    let js = "return $$('[data-changed]').find(it => it.querySelector('.old').textContent.includes(arguments[0]))?.dataset.changed";
    let id = page.exec(js, vec![json!(words)]).await?;
    Ok(format!("[data-changed='{}']", id.as_str().ok_or_else(|| format!("no row with {words}"))?))
}

pub(crate) async fn every_annotation_of_a_corrected_release_is_reported_and_settled_in_one_gesture(
    page: &mut Page,
) -> Outcome {
    let before = annotate_all(page).await?;
    page.open_ready("/new.html").await?;
    let opened = page.eval(PLACES).await?;
    assert_eq!(opened.as_array().map(Vec::len), Some(before.len()), "none is lost");
    let words =
        |value: &Value| -> Vec<Value> { value.as_array().into_iter().flatten().map(|it| it[3].clone()).collect() };
    let (mut known, mut shown): (Vec<_>, Vec<_>) =
        (before.iter().map(|it| it["exact"].clone()).collect(), words(&opened));
    known.sort_by_key(Value::to_string);
    shown.sort_by_key(Value::to_string);
    assert_eq!(shown, known, "each with its own words");
    for it in opened.as_array().into_iter().flatten() {
        assert!(it[2].is_null() || it[2] == it[3], "placed by its own words alone: {it}");
    }
    assert!(alert(page).await?.contains("Le texte a changé"));

    open_panel(page).await?;
    let rows = page.eval(ROWS).await?;
    let of = |words: &str| -> Value {
        let all = rows.as_array().cloned().unwrap_or_default();
        all.into_iter().find(|it| it[0].as_str() == Some(words)).unwrap_or_default()
    };
    assert!(
        of("Le budget atteint 12 millions d’euros.")[1].as_str().is_some_and(|it| it.starts_with("mots modifiés")),
        "{rows}"
    );
    assert!(of("12 millions")[1].as_str().is_some_and(|it| it.starts_with("mots modifiés")), "{rows}");
    assert_eq!(of("Le groupe emploie 4 000 personnes dans trente pays.")[1], "mêmes mots, déplacés", "{rows}");
    assert_eq!(of("Les premiers essais commencent en mai.")[1], "absent de ce texte", "{rows}");
    assert!(of("Un accord pour trois ans").is_null(), "what was not touched is no row: {rows}");

    // Confirmed, with one click, and taken back with one step.
    let changed = row(page, "Le budget atteint").await?;
    page.click(&format!("{changed} [data-do=confirm]")).await?;
    let text = "return el.annotations.find(it => it.exact.startsWith('Le budget'))?.exact ?? null";
    page.wait_for(text, "Le budget atteint 14 millions d’euros.").await?;
    page.wait_until(&format!("return $(\"{changed}\") === null")).await?;
    let unit = page.eval("return el.annotations.find(it => it.exact.startsWith('Le budget')).unit").await?;
    assert_eq!(unit, "sentence");
    page.exec_async("await el.undo()", vec![]).await?;
    page.wait_until(&format!("return $(\"{changed}\") !== null")).await?;
    page.exec_async("await el.redo()", vec![]).await?;
    page.wait_until(&format!("return $(\"{changed}\") === null")).await?;

    // A reload in the middle: what was decided stays, the others are still there to decide.
    at_rest(page).await?;
    let (places, rows) = (page.eval(PLACES).await?, page.eval(ROWS).await?);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval(PLACES).await?, places);
    open_panel(page).await?;
    page.wait_for(ROWS, rows).await?;

    // Another place, by choosing words in the text.
    let gone = row(page, "Les premiers essais").await?;
    let target = page.eval("return el.sentences.length - 2").await?;
    page.exec("$(`[part~=sentence][data-sentence='${arguments[0]}']`).focus()", vec![target]).await?;
    page.click(&format!("{gone} [data-do=place]")).await?;
    page.wait_until("return el.annotations.filter(it => it.exact === 'L’accord entre en vigueur lundi.').length === 2")
        .await?;
    page.exec_async("await el.undo()", vec![]).await?;
    page.wait_until(&format!("return $(\"{gone}\") !== null")).await?;

    // Left without a place: in the list, the file and the store, also after a reload.
    page.click(&format!("{gone} [data-do=leave]")).await?;
    page.wait_until(&format!("return $(\"{gone}\") !== null && $(\"{gone} [data-do=leave]\") === null")).await?;
    // All others at once, and back at once.
    let left = page.eval(PLACES).await?;
    if page.eval("return $('[data-do=confirm-all]') !== null").await? == true {
        page.click("[data-do=confirm-all]").await?;
        page.wait_until("return $('[data-do=confirm-all]') === null").await?;
        page.exec_async("await el.undo()", vec![]).await?;
        page.wait_for(PLACES, left).await?;
        page.exec_async("await el.redo()", vec![]).await?;
    }
    at_rest(page).await?;
    let settled = page.eval(PLACES).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval(PLACES).await?, settled);
    let file = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    assert!(file.as_str().is_some_and(|file| file.contains("Les premiers essais commencent en mai.")), "in the file");
    assert_eq!(count(page).await?, before.len());
    Ok(())
}

pub(crate) async fn what_stands_in_two_places_alike_is_asked_and_never_guessed(page: &mut Page) -> Outcome {
    annotate_all(page).await?;
    page.open_ready("/new.html").await?;
    open_panel(page).await?;
    let twice = row(page, "Les équipes travaillent").await;
    if let Ok(twice) = twice {
        let count = page.eval(&format!("return $$(\"{twice} [data-do=confirm]\").length")).await?;
        assert!(count == 2 || count == 1, "{count} places");
        page.click(&format!("{twice} [data-do=confirm]")).await?;
        page.wait_until(&format!("return $(\"{twice}\") === null")).await?;
    }
    let one =
        page.eval("return el.annotations.filter(it => it.exact.startsWith('Les équipes') && it.utf16).length").await?;
    assert_eq!(one, 1, "one annotation, one place");
    Ok(())
}

pub(crate) async fn a_tab_with_the_text_before_changes_nothing_any_more(page: &mut Page) -> Outcome {
    annotate_all(page).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.switch_to(&second).await?;
    page.open_ready("/new.html").await?;
    at_rest(page).await?;
    let (store, places) = (records(page).await?, page.eval(PLACES).await?);
    page.switch_to(&first).await?;
    page.wait_until("return $('[part~=alert]').innerText.includes('Rechargez')").await?;
    let shown = page.eval("return el.annotations.every(it => el.text.slice(...it.utf16) === it.exact)").await?;
    assert_eq!(shown, true, "it still shows its own text with its own annotations");
    let refused = page.exec_async("await el.clear()", vec![]).await.err().map(|error| error.to_string());
    assert!(refused.as_deref().is_some_and(|it| it.starts_with("readonly")), "{refused:?}");
    assert_eq!(records(page).await?, store);

    // A third tab with the new text hears what the second decides.
    let third = page.new_tab().await?;
    page.switch_to(&third).await?;
    page.open_ready("/new.html").await?;
    assert_eq!(page.eval(PLACES).await?, places);
    page.switch_to(&second).await?;
    open_panel(page).await?;
    let changed = row(page, "Le budget atteint").await?;
    page.click(&format!("{changed} [data-do=confirm]")).await?;
    let decided = "return el.annotations.some(it => it.exact === 'Le budget atteint 14 millions d’euros.')";
    page.wait_until(decided).await?;
    page.switch_to(&third).await?;
    page.wait_until(decided).await?;
    Ok(())
}

/// What the store has, but for the numbers of pages and the moment of the change.
async fn records(page: &Page) -> Outcome<Value> {
    let all = stored(page).await?.into_iter().filter(|(key, _)| !key.contains('@') && !key[19 + 11..].starts_with('0'));
    Ok(json!(all.collect::<std::collections::BTreeMap<_, _>>()))
}

pub(crate) async fn a_change_of_the_text_that_half_reaches_the_store_is_begun_anew(page: &mut Page) -> Outcome {
    page.before_load(FULL).await?;
    annotate_all(page).await?;
    let before = stored(page).await?;
    page.open_ready("/new.html").await?;
    let (wanted, whole) = (page.eval(PLACES).await?, records(page).await?);
    let writes = page.eval("return writes").await?.as_u64().unwrap_or_default();
    assert!(writes > 8, "{writes} writes");
    let put = "for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
    for fail in 1..=writes {
        // What was written before it is taken back; the page is gone before it could try again.
        forget(page).await?;
        page.exec(put, vec![json!(before)]).await?;
        page.open_ready(&format!("/new.html?fail={fail}")).await?;
        assert_eq!(page.eval(PLACES).await?, wanted, "write {fail}: what is shown");
        page.eval("indexedDB.deleteDatabase('release-annotator')").await?;
        for (address, text) in [("/test.html", OLD), ("/new.html", NEW)] {
            page.open_ready(address).await?;
            let js = "return [el.text, el.annotations.every(it => !it.utf16 || el.text.slice(...it.utf16) === it.exact), el.annotations.length]";
            let found = page.eval(js).await?;
            assert_eq!(found, json!([text, true, wanted.as_array().map(Vec::len)]), "write {fail}, {address}");
        }
        let found = page.eval(PLACES).await?;
        for (found, wanted) in found.as_array().into_iter().flatten().zip(wanted.as_array().into_iter().flatten()) {
            assert_eq!(found[0], wanted[0], "write {fail}");
            assert!(
                found[2] == wanted[2] || found[2].is_null() || wanted[2].is_null(),
                "write {fail}: {found} {wanted}"
            );
        }
        let _ = &whole;
    }
    Ok(())
}

pub(crate) async fn undo_does_not_bring_back_what_was_done_on_the_text_before(page: &mut Page) -> Outcome {
    annotate_all(page).await?;
    page.exec_async("await el.remove(el.annotations[0].id)", vec![]).await?;
    page.open_ready("/new.html").await?;
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([false, false]));
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval("return [el.canUndo, el.canRedo]").await?, json!([false, false]));
    Ok(())
}

pub(crate) async fn a_books_text_is_kept_beside_its_annotations_too(page: &mut Page) -> Outcome {
    let book = |changed: bool| {
        let sentences = (0..14_000).map(|n| match n {
            7_000 if changed => "La phrase au milieu du livre a été corrigée depuis. ".to_owned(),
            7_000 => "La phrase au milieu du livre n’a pas été corrigée. ".to_owned(),
            3_000 if changed => "Une phrase de plus. Et ceci est la phrase 3000 du livre. ".to_owned(),
            _ if n % 40 == 0 => format!("Et ceci est la phrase {n} du livre.\n\n"),
            _ => format!("Et ceci est la phrase {n} du livre. "),
        });
        sentences.collect::<String>()
    };
    let (old, new) = (book(false), book(true));
    let html =
        module_page("<release-annotator lang=\"fr\" storage-key=\"livre\" src=\"/book.txt\"></release-annotator>");
    page.serve(page.site().page("/test.html", html.clone()).page("/book.txt", old.clone()))?;
    page.open_ready("/test.html").await?;
    let js = "for (const at of [10, 5000, 7000, 13000]) await el.labelSentence(at, 'quote'); return el.annotations.map(it => it.exact)";
    let words = page.exec_async(js, vec![]).await?;
    at_rest(page).await?;
    let units: usize = stored(page).await?.iter().map(|(key, value)| key.len() + value.len()).sum();
    assert!(units < 2000, "{units} units of localStorage for {} bytes of text", old.len());
    // The same text again: nothing has changed.
    page.reload().await?;
    page.ready().await?;
    assert_eq!(page.eval("return el.annotations.map(it => it.exact)").await?, words);
    assert_eq!(alert(page).await?, "");

    page.serve(page.site().page("/test.html", html).page("/book.txt", new))?;
    page.open_ready("/test.html").await?;
    let shown =
        page.eval("return el.annotations.map(it => [it.exact, it.utf16 ? el.text.slice(...it.utf16) : null])").await?;
    let wanted: Vec<Value> =
        words
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| {
                if it.as_str().is_some_and(|it| it.contains("au milieu")) { json!([it, null]) } else { json!([it, it]) }
            })
            .collect();
    let sort = |mut all: Vec<Value>| {
        all.sort_by_key(Value::to_string);
        all
    };
    assert_eq!(sort(shown.as_array().cloned().unwrap_or_default()), sort(wanted));
    open_panel(page).await?;
    page.click("[data-changed] [data-do=confirm]").await?;
    page.wait_until(
        "return el.annotations.some(it => it.exact === 'La phrase au milieu du livre a été corrigée depuis.')",
    )
    .await?;
    at_rest(page).await?;
    // Deleted with the release, from both stores.
    let texts = "const db = await new Promise(go => { const it = indexedDB.open('release-annotator'); it.onsuccess = () => go(it.result) });
        const keys = await new Promise(go => { db.transaction('texts').objectStore('texts').getAllKeys().onsuccess = ({ target }) => go(target.result) }); db.close(); return keys.length";
    assert_eq!(page.exec_async(texts, vec![]).await?, 2, "the text and the one before it");
    page.exec_async(
        "await el._write(Object.keys(localStorage).filter(it => it.startsWith('release-annotator:1')).map(it => [it]))",
        vec![],
    )
    .await?;
    page.exec_async("await new Promise(go => setTimeout(go, 500))", vec![]).await?;
    assert_eq!(page.exec_async(texts, vec![]).await?, 0);
    Ok(())
}
