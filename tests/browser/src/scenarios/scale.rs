//! A long text: what a change costs does not depend on it. Counts what is drawn and written; times are `cargo xtask
//! bench`'s.

use browser_tests::{Outcome, Page, Value, json};

use super::support::{bears, choose, module_page, sentence};

/// Counts what is written to the stores of the page and what changes in the element.
const COUNT: &str = "
    globalThis.counts = { written: 0, characters: 0 };
    for (const name of ['setItem', 'removeItem']) {
        const own = Storage.prototype[name];
        Storage.prototype[name] = function (...given) {
            counts.written += 1;
            counts.characters += given.join('').length;
            return own.apply(this, given);
        };
    }
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) { counts.journal = (counts.journal ?? 0) + 1; return put.apply(this, given); };
    globalThis.watchChanges = (root) => {
        Object.assign(counts, { written: 0, characters: 0, journal: 0, mutations: 0, added: 0, removed: 0, parts: Number(root.querySelector('[part=base]').dataset.drawn) });
        new MutationObserver((records) => records.forEach((record) => {
            // That of the count itself, and what tells whether it is saved, which may come and go between two of these.
            if (record.type === 'attributes' && record.target.part?.contains('base')) return;
            counts.mutations += 1;
            counts.added += record.addedNodes.length;
            counts.removed += record.removedNodes.length;
        })).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    };";

/// A text of so many sentences, five a paragraph.
fn text(sentences: usize) -> String {
    let sentence = |n: usize| format!("La phrase {:05} dit ce que le groupe a fait dans l’année.", n);
    (0..sentences).map(|n| sentence(n) + if n % 5 == 4 { "\n\n" } else { " " }).collect()
}

/// Shows such a text with every fifth sentence labelled before.
async fn open_long(page: &mut Page, sentences: usize) -> Outcome {
    let (path, src) = (format!("/{sentences}.html"), format!("/{sentences}.txt"));
    let body = format!("<release-annotator lang=\"fr\" src=\"{src}\"></release-annotator>");
    page.serve(page.site().page(&path, module_page(&body)).page(&src, text(sentences)))?;
    page.open_ready(&path).await?;
    let js = "const labels = ['objective', 'quote', 'dates'];
        el.annotations = el.sentences.filter(({ index }) => index % 5 === 0).map(({ index, utf16 }) => ({
            id: `01980000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`, label: labels[index / 5 % 3], utf16,
            created: '2026-01-01T10:00:00Z', modified: '2026-01-01T10:00:00Z',
        }));
        return el.annotations.length";
    assert_eq!(page.eval(js).await?, sentences / 5);
    // What was written for that has come to the journal.
    page.wait_until("return !$('.safety.unsafe')").await?;
    page.open_ready(&path).await?;
    assert_eq!(page.eval("return el.annotations.length").await?, sentences / 5);
    // What is far gets its text behind the first drawing.
    page.wait_until("return $('[data-block]:empty') === null").await?;
    Ok(())
}

/// What a key changed and wrote, when two frames and a while have passed.
async fn counted(page: &Page, keys: &str, labels: &str) -> Outcome<Value> {
    page.eval("watchChanges(root)").await?;
    page.keys(keys).await?;
    bears(page, 12, labels).await?;
    let js = "await new Promise(go => setTimeout(go, 300));
        return { ...counts, parts: Number($('[part=base]').dataset.drawn) - counts.parts }";
    page.exec_async(js, vec![]).await
}

pub(crate) async fn what_a_label_draws_and_writes_does_not_depend_on_the_length(page: &mut Page) -> Outcome {
    page.before_load(COUNT).await?;
    let mut of_lengths = vec![];
    // Both have more annotations of each label than the list draws.
    for sentences in [2_000, 8_000] {
        open_long(page, sentences).await?;
        choose(page, 12).await?;
        let label = counted(page, "1", "objective").await?;
        let undo = counted(page, "Control+z", "").await?;
        assert!(label["added"].as_u64() > Some(0) && label["parts"].as_u64() > Some(0), "{label}");
        assert!(label["written"].as_u64() > Some(0) && label["journal"].as_u64() > Some(0), "{label}");
        of_lengths.push([label, undo]);
    }
    assert_eq!(of_lengths[0], of_lengths[1]);
    Ok(())
}

pub(crate) async fn a_text_off_the_screen_is_found_selected_and_printed(page: &mut Page) -> Outcome {
    open_long(page, 2_000).await?;
    assert_eq!(page.eval("return $$('[data-sentence]').length < 400").await?, true, "only what is near has elements");
    let all = page.eval("return $('[part=document]').textContent.match(/La phrase/g).length").await?;
    assert_eq!(all, 2_000, "all of it is there");
    assert_eq!(page.eval("return find('La phrase 01777')").await?, true);
    page.wait_until(&format!("return $(\"{}\") !== null", sentence(1777))).await?;
    // A selection that begins where nothing is drawn any more keeps its start.
    page.eval("scrollTo(0, 0)").await?;
    page.shadow(&sentence(60)).await?;
    let js = "const node = css => $(css).firstChild.firstChild ?? $(css).firstChild;
        getSelection().setBaseAndExtent(node(arguments[0]), 0, node(arguments[0]), 9);
        scrollTo(0, document.documentElement.scrollHeight);";
    page.exec(js, vec![json!(sentence(60))]).await?;
    page.wait_until(&format!("return $(\"{}\") !== null", sentence(1999))).await?;
    page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
    assert_eq!(page.eval("return getSelection().toString()").await?, "La phrase");
    // Paper has all sentences with their marks; afterwards only what is near has elements again.
    page.eval(
        "getSelection().removeAllRanges(); onafterprint = () => { globalThis.printed = $$('[data-sentence]').length; }",
    )
    .await?;
    page.cdp("Page.printToPDF", json!({})).await?;
    assert_eq!(page.eval("return printed").await?, json!(2_000));
    page.wait_until("return $$('[data-sentence]').length < 400").await?;
    Ok(())
}

pub(crate) async fn the_list_draws_some_of_its_cards_and_always_the_open_one(page: &mut Page) -> Outcome {
    open_long(page, 2_000).await?;
    let drawn = "return $$('[part~=annotation]').length";
    assert_eq!(page.eval(drawn).await?, 90, "thirty of each label");
    // Whoever opens an annotation sees its card.
    page.keys("Tab").await?;
    choose(page, 0).await?;
    page.keys("End").await?;
    page.wait_until("return root.activeElement?.dataset.sentence === '1999'").await?;
    page.keys("p").await?;
    page.wait_until("return $('.card.open') !== null").await?;
    page.eval("$$('[part~=annotation]').at(-1).querySelector('.passage').click()").await?;
    page.wait_until("return $('.card.open')?.textContent.includes('La phrase')").await?;
    assert!(page.eval(drawn).await?.as_u64() <= Some(90));
    Ok(())
}

pub(crate) async fn all_cards_of_a_long_list_are_reached_by_turning_pages(page: &mut Page) -> Outcome {
    open_long(page, 1_200).await?;
    page.exec("const it = $('[data-do=only]'); it.value = el.annotations[0].label; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    page.wait_until("return $$('.list section').length === 1").await?;
    let cards = "return $$('[part~=annotation]').map(it => it.dataset.annotation)";
    let wanted = page.eval("const own = el.annotations[0].label; return el.annotations.filter(it => it.label === own).map(it => it.id)").await?;
    let wanted = wanted.as_array().cloned().unwrap_or_default();
    assert!(wanted.len() > 60, "{}", wanted.len());
    let mut seen = vec![];
    loop {
        let shown = page.eval(cards).await?.as_array().cloned().unwrap_or_default();
        assert!(shown.len() <= 30, "{}", shown.len());
        seen.extend(shown);
        if page.eval("return $('.more:last-child') === null").await? == true {
            break;
        }
        // By keyboard: from the button to the first of the new cards.
        page.eval("$('.more:last-child').focus()").await?;
        page.keys("Enter").await?;
        let js = format!(
            "return root.activeElement?.closest('[part~=annotation]')?.dataset.annotation === {}",
            wanted[seen.len()]
        );
        page.wait_until(&js).await?;
    }
    assert_eq!(seen, wanted, "each card once, in order");
    page.eval("$('.more').focus()").await?;
    page.keys("Enter").await?;
    let back = (wanted.len() - 1) / 30 * 30 - 30;
    page.wait_until(&format!(
        "return root.activeElement?.closest('[part~=annotation]')?.dataset.annotation === {}",
        wanted[back]
    ))
    .await?;
    // Whoever opens a card by its text sees it.
    choose(page, 1).await?;
    page.keys("Home n").await?;
    page.wait_until("return $('.card.open') !== null").await
}
