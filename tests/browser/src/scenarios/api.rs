//! Attributes, properties, methods and events as section 2 of the contract lists them.

use std::time::Duration;

use browser_tests::{Outcome, Page, Value, html, json};

use super::support::*;

const SETTINGS: &str = "one.labels = [{ id: 'x', name: { fr: 'Une', en: 'One' }, color: '#123456', key: '7' }, { id: 'y', name: 'Y' }];
    one.text = 'Un texte. Posé tôt.';
    one.annotations = [{ id: 'early', label: 'x', unit: 'span', utf16: [3, 8], exact: 'texte', note: 'n', creator: 'c' }];
    one.uiLang = 'en';
    one.annotator = 'a.martin';
    one.storageKey = 'early';
    one.theme = 'dark';
    one.shortcuts = 'off';
    one.readonly = false;";

/// What those settings come to.
async fn settled(page: &Page, case: &str) -> Outcome {
    page.exec_async("await el.ready", vec![]).await?;
    let found = page.eval("return [el.text, el.annotations.map(it => [it.id, it.label, it.exact, it.note, it.creator]), el.labels.map(it => it.id),
        el.uiLang, el.annotator, el.storageKey, el.theme, el.shortcuts, el.readonly, el.sentences.length]").await?;
    let wanted = json!([
        "Un texte. Posé tôt.",
        [["early", "x", "texte", "n", "c"]],
        ["x", "y"],
        "en",
        "a.martin",
        "early",
        "dark",
        "off",
        false,
        2
    ]);
    assert_eq!(found, wanted, "{case}");
    let names = page.eval("return $$('[part~=label] .name').map(it => it.textContent)").await?;
    assert_eq!(names, json!(["One", "Y"]), "{case}");
    assert_eq!(page.eval("return getComputedStyle(el).colorScheme").await?, "dark", "{case}");
    page.exec_async("await el.labelSentence(1, 'y')", vec![]).await?;
    assert_eq!(page.eval("return el.annotations[1].creator").await?, "a.martin", "{case}");
    forget(page).await
}

pub(crate) async fn properties_set_before_the_element_is_known_are_kept(page: &mut Page) -> Outcome {
    let in_html = format!(
        "<release-annotator></release-annotator><script>const one = document.querySelector('release-annotator'); {SETTINGS}</script>"
    );
    let made = format!(
        "<script>const one = document.createElement('release-annotator'); {SETTINGS} document.body.append(one);</script>"
    );
    let site = page.site().page("/html.html", module_page(&in_html)).page("/made.html", module_page(&made));
    page.serve(site.delay("/release-annotator.js", Duration::from_millis(500)))?;
    for path in ["/html.html", "/made.html"] {
        page.open(path).await?;
        page.wait_until("return el?.ready !== undefined").await?;
        settled(page, path).await?;
    }
    Ok(())
}

pub(crate) async fn properties_set_before_the_program_is_there_are_kept(page: &mut Page) -> Outcome {
    let script =
        format!("const one = document.createElement('release-annotator'); {SETTINGS} document.body.append(one);");
    let later =
        format!("const one = document.createElement('release-annotator'); document.body.append(one); {SETTINGS}");
    let body = "<script src=\"/release-annotator.iife.js\"></script>";
    let site = page
        .site()
        .page("/set.html", html(&format!("{body}<script>{script}</script>")))
        .page("/later.html", html(&format!("{body}<script>{later}</script>")));
    page.serve(site)?;
    for path in ["/set.html", "/later.html"] {
        page.open(path).await?;
        settled(page, path).await?;
    }
    Ok(())
}

pub(crate) async fn properties_read_before_the_program_is_there_are_what_was_set(page: &mut Page) -> Outcome {
    let site = page.site().page("/test.html", module_page(""));
    page.serve(site.delay("/release-annotator_bg.wasm", Duration::from_secs(1)))?;
    page.open("/test.html").await?;
    page.wait_until("return customElements.get('release-annotator') !== undefined").await?;
    let js = format!("const one = document.createElement('release-annotator'); {SETTINGS} document.body.append(one);
        return [one.text, one.annotations.map(it => it.id), one.labels.map(it => it.id), one.sentences, one.suggestions, one.dirty, one.canUndo, one.canRedo]");
    assert_eq!(
        page.eval(&js).await?,
        json!(["Un texte. Posé tôt.", ["early"], ["x", "y"], [], [], false, false, false])
    );
    settled(page, "after").await
}

pub(crate) async fn methods_called_before_the_program_is_there_wait_for_it(page: &mut Page) -> Outcome {
    let site = page.site().page(
        "/test.html",
        module_page(&format!("<release-annotator lang=fr storage-key=short>{SHORT}</release-annotator>")),
    );
    page.serve(site.delay("/release-annotator_bg.wasm", Duration::from_secs(1)))?;
    page.open("/test.html").await?;
    page.wait_until("return customElements.get('release-annotator') !== undefined").await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    bears(page, 1, "quote").await
}

pub(crate) async fn attributes_say_the_same_as_properties(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "el.setAttribute('ui-lang', 'en'); el.setAttribute('theme', 'light'); el.setAttribute('annotator', 'b'); el.setAttribute('shortcuts', 'off'); el.setAttribute('readonly', '');
        return [el.uiLang, el.theme, el.annotator, el.shortcuts, el.readonly]";
    assert_eq!(page.eval(js).await?, json!(["en", "light", "b", "off", true]));
    page.wait_until("return $('[part~=download]').innerText.includes('Download') && $('[part~=status]').innerText.includes('Read-only')").await?;
    let js = "el.uiLang = 'fr'; el.theme = null; el.readonly = false; el.storageKey = 'k'; el.src = 'releases/ipsen-gustave-roussy.fr.txt';
        const its = [el.getAttribute('ui-lang'), el.hasAttribute('theme'), el.hasAttribute('readonly'), el.getAttribute('storage-key'), el.getAttribute('src')];
        el.removeAttribute('src'); return its";
    assert_eq!(page.eval(js).await?, json!(["fr", false, false, "k", "releases/ipsen-gustave-roussy.fr.txt"]));
    page.console_errors().await?;
    page.eval("el.setAttribute('labels', JSON.stringify([{ id: 'z', name: 'Zed', description: 'Pour voir' }]))")
        .await?;
    page.wait_until("return $$('[part~=label]').length === 1 && $('[part~=label]').dataset.label === 'z' && $('[part~=label]').title === 'Pour voir'").await
}

pub(crate) async fn the_languages_come_from_the_page_where_the_element_does_not_say(page: &mut Page) -> Outcome {
    let body = format!("<div lang=\"en\"><release-annotator>{SHORT}</release-annotator></div>");
    let english = module_page(&body).replace("<html lang=\"fr\">", "<html lang=\"en-GB\">");
    let none = module_page("<release-annotator>Bonjour.</release-annotator>").replace("<html lang=\"fr\">", "<html>");
    page.serve(page.site().page("/en.html", english).page("/none.html", none).page("/mixed.html", module_page(&body)))?;
    for (path, button, lang) in
        [("/en.html", "Download", "en"), ("/mixed.html", "Télécharger", "en"), ("/none.html", "Télécharger", "fr")]
    {
        page.open_ready(path).await?;
        let js = "return [$('[part~=download]').innerText.trim(), JSON.parse((await el.exportAs('json')).content).release.lang]";
        assert_eq!(page.exec_async(js, vec![]).await?, json!([button, lang]), "{path}");
        assert_eq!(page.eval("return $('[part~=document]').lang").await?, lang, "{path}");
    }
    Ok(())
}

pub(crate) async fn annotate_gives_the_annotation_it_made(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.eval("el.annotator = 'a.martin'").await?;
    let at = "el.text.indexOf('deuxième')";
    let points = "[...el.text.slice(0, el.text.indexOf('deuxième'))].length";
    for (target, exact) in [
        (format!("{{ utf16: [{at}, {at} + 8] }}"), "deuxième"),
        (format!("{{ codePoints: [{points}, {points} + 8] }}"), "deuxième"),
        ("{ exact: 'deuxième' }".to_owned(), "deuxième"),
        ("{ exact: 'La ', prefix: 'suit. ', suffix: 'troisième' }".to_owned(), "La "),
        ("{ utf16: el.sentences[1].utf16 }".to_owned(), "La première phrase 😀 est là."),
    ] {
        let js = format!(
            "window.made = await el.annotate({target}, 'quote', {{ note: 'Une note', attributes: {{ speaker: 'Ada' }} }}); return made"
        );
        let made = page.exec_async(&js, vec![]).await?;
        assert_eq!(
            [&made["exact"], &made["label"], &made["note"], &made["attributes"]["speaker"], &made["creator"]],
            [exact, "quote", "Une note", "Ada", "a.martin"],
            "{target}"
        );
        assert_eq!(made["unit"], if exact.ends_with("là.") { "sentence" } else { "span" }, "{target}");
        assert_eq!(made["provenance"], json!({ "kind": "manual" }));
        assert_eq!(
            page.eval("return el.annotations.find(it => it.id === made.id)").await?,
            made,
            "the getter knows it at once"
        );
    }
    let file: Value = page
        .exec_async("return (await el.exportAs('json')).content", vec![])
        .await?
        .as_str()
        .unwrap_or_default()
        .parse()?;
    check_file(page, &file, SHORT).await
}

pub(crate) async fn update_changes_what_it_is_given_and_nothing_else(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let before = page
        .exec_async(
            "return await el.annotate({ exact: 'deuxième' }, 'quote', { note: 'n', attributes: { a: '1' } })",
            vec![],
        )
        .await?;
    let js = "await new Promise(go => setTimeout(go, 5)); await el.update(args[0], args[1]); return el.annotations[0]";
    let mut wanted = before.clone();
    for (patch, field, value) in [
        (json!({ "labelId": "dates" }), "label", json!("dates")),
        (json!({ "note": "autre" }), "note", json!("autre")),
        (json!({ "note": "" }), "note", json!("")),
        (json!({ "attributes": { "b": "2" } }), "attributes", json!({ "b": "2" })),
    ] {
        let mut after = page.exec_async(js, vec![before["id"].clone(), patch.clone()]).await?;
        assert!(after["modified"].as_str() > before["modified"].as_str(), "{patch}");
        after["modified"] = before["modified"].clone();
        wanted[field] = value;
        assert_eq!(after, wanted, "{patch}");
    }
    let after = page.exec_async(js, vec![before["id"].clone(), json!({ "utf16": [0, 8] })]).await?;
    assert_eq!(
        [&after["exact"], &after["id"], &after["created"], &after["label"]],
        [&json!("Un titre"), &before["id"], &before["created"], &json!("dates")]
    );
    page.exec_async("await el.remove(args[0])", vec![before["id"].clone()]).await?;
    assert_eq!(count(page).await?, 0);
    Ok(())
}

pub(crate) async fn remove_without_an_id_is_that_of_every_element(page: &mut Page) -> Outcome {
    open_short(page).await?;
    assert_eq!(page.eval("el.remove(); return document.querySelector('release-annotator')").await?, Value::Null);
    Ok(())
}

pub(crate) async fn setting_annotations_replaces_all_without_a_change_event_and_getting_gives_a_copy(
    page: &mut Page,
) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'dates')", vec![]).await?;
    heard(page, "change").await?;
    let both = annotations(page).await?;
    page.eval("const its = el.annotations; its[0].label = 'dates'; its.pop()").await?;
    assert_eq!(annotations(page).await?, both, "a copy");
    page.eval("el.annotations = [el.annotations[1]]").await?;
    assert_eq!(annotations(page).await?, both[1..]);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, both[1..], "and kept");
    page.exec("el.annotations = arguments[0]", vec![json!(both)]).await?;
    assert_eq!(annotations(page).await?, both);
    page.eval("el.annotations = []").await?;
    counts(page, 0).await?;
    assert_eq!(heard(page, "change").await?, Vec::<Value>::new());
    Ok(())
}

pub(crate) async fn importing_merges_or_replaces(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "await el.labelSentence(1, 'quote'); const file = (await el.exportAs('json')).content;
        await el.labelSentence(2, 'dates'); await el.update(el.annotations[0].id, { note: 'plus tard' });
        const merged = await el.importFrom(file, { mode: 'merge' }); const both = el.annotations.map(it => it.label);
        const replaced = await el.importFrom(file, { mode: 'replace' }); const one = el.annotations.map(it => it.label);
        await el.undo();
        return [merged, both, replaced, one, el.annotations.map(it => it.label)]";
    let found = page.exec_async(js, vec![]).await?;
    assert_eq!(
        [&found[1], &found[3], &found[4]],
        [&json!(["quote", "dates"]), &json!(["quote"]), &json!(["quote", "dates"])]
    );
    assert_eq!(found[0]["added"], 0, "{found}");
    assert_eq!([&found[0]["orphans"], &found[2]["orphans"]], [0, 0]);
    Ok(())
}

pub(crate) async fn load_shows_another_release_and_coming_back_finds_the_first_as_it_was(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    page.eval("el.removeAttribute('storage-key')").await?;
    let js = "await el.load({ text: 'Autre texte. Encore un.', id: 'autre', title: 'Autre', lang: 'en', labels: [{ id: 'z', name: 'Z' }], annotations: [{ id: 'given', label: 'z', utf16: [0, 5] }] });
        const file = await el.exportAs('json'), release = JSON.parse(file.content).release;
        return [el.text, el.canUndo, el.annotations.map(it => [it.id, it.exact]), el.labels.map(it => it.id), file.name, release.id, release.title, release.lang]";
    let found = page.exec_async(js, vec![]).await?;
    assert_eq!(
        found,
        json!([
            "Autre texte. Encore un.",
            false,
            [["given", "Autre"]],
            ["z"],
            "autre.annotations.json",
            "autre",
            "Autre",
            "en"
        ])
    );
    assert_eq!(page.exec_async("await el.labelSentence(1, 'z'); await el.load({ text: 'Rien.', id: 'rien' }); const none = el.annotations.length; await el.load({ text: 'Autre texte. Encore un.', id: 'autre', labels: [{ id: 'z', name: 'Z' }] }); return [none, el.annotations.map(it => it.exact)]", vec![]).await?, json!([0, ["Autre", "Encore un."]]));
    for js in ["await el.load()", "await el.load({})", "await el.load({ text: 7 })"] {
        let error = page.exec_async(js, vec![]).await.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("invalid-file: "), "{js}: {error}");
        assert_eq!(page.eval("return el.text").await?, "Autre texte. Encore un.", "{js}");
    }
    page.wait_until("return events.filter(it => it[0] === 'ready').length === 4").await
}

pub(crate) async fn another_src_is_another_release(page: &mut Page) -> Outcome {
    let site = page
        .site()
        .page("/test.html", module_page("<release-annotator src=\"one.txt\" lang=\"fr\"></release-annotator>"));
    let site = site.page("/one.txt", "Un. Deux.").page("/two.txt", "Trois. Quatre. Cinq.").page("/slow.txt", "Lent.");
    page.serve(site.delay("/slow.txt", Duration::from_secs(1)))?;
    page.open_ready("/test.html").await?;
    page.exec_async("await el.labelSentence(0, 'quote')", vec![]).await?;
    // The one asked for last is shown, whichever comes last.
    page.eval("el.src = 'slow.txt'; el.src = 'two.txt'").await?;
    page.wait_until("return el.text === 'Trois. Quatre. Cinq.'").await?;
    page.exec_async("await new Promise(go => setTimeout(go, 1500))", vec![]).await?;
    assert_eq!(page.eval("return [el.text, el.annotations.length]").await?, json!(["Trois. Quatre. Cinq.", 0]));
    page.eval("el.src = 'one.txt'").await?;
    page.wait_until("return el.text === 'Un. Deux.' && el.annotations.length === 1").await
}

pub(crate) async fn texts_in_other_encodings_are_read(page: &mut Page) -> Outcome {
    let latin: Vec<u8> = "Un été. L\u{92}hôtel coûte 3 \u{80}.".chars().map(|c| c as u8).collect();
    let site = page.site().page("/bom.txt", "\u{feff}Un été. Deux.").page("/latin.txt", latin);
    let site =
        site.page("/test.html", module_page("<release-annotator src=\"bom.txt\" lang=\"fr\"></release-annotator>"));
    page.serve(site)?;
    listen(page).await?;
    page.open_ready("/test.html").await?;
    assert_eq!(page.eval("return el.text").await?, "Un été. Deux.");
    page.eval("el.src = 'latin.txt'").await?;
    page.wait_until("return el.text.startsWith('Un été. L')").await?;
    assert_eq!(page.eval("return el.text").await?, "Un été. L’hôtel coûte 3 €.");
    assert_eq!(heard(page, "error").await?.iter().map(|it| it["code"].clone()).collect::<Vec<_>>(), ["decode"]);
    Ok(())
}

pub(crate) async fn line_ends_and_odd_characters_are_kept(page: &mut Page) -> Outcome {
    let text = "  Un\r\n\r\nDeux\u{a0}: «\u{202f}trois\u{202f}».\tQuatre\u{200b}.\r\n\n\u{0}Cinq e\u{301}. 👩‍👩‍👧 Six.\u{2028}Sept.  \n";
    page.serve(
        page.site()
            .page("/test.html", module_page("<release-annotator src=\"odd.txt\" lang=\"fr\"></release-annotator>"))
            .page("/odd.txt", text),
    )?;
    page.open_ready("/test.html").await?;
    assert_eq!(page.eval("return el.text").await?, text);
    page.exec_async("for (const it of el.sentences) await el.labelSentence(it.index, 'quote')", vec![]).await?;
    let file: Value = page
        .exec_async("return (await el.exportAs('json')).content", vec![])
        .await?
        .as_str()
        .unwrap_or_default()
        .parse()?;
    check_file(page, &file, text).await?;
    assert_eq!(file["annotations"].as_array().map(Vec::len), file["sentences"].as_array().map(Vec::len));
    Ok(())
}

pub(crate) async fn events_tell_what_the_contract_says(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    assert_eq!(heard(page, "ready").await?, [json!({ "sentences": 4, "annotations": 0 })]);
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    assert_eq!(heard(page, "beforechange").await?, [json!({ "command": "labelSentence" })]);
    let its = annotations(page).await?;
    assert_eq!(heard(page, "change").await?, [json!({ "added": its, "updated": [], "removed": [], "cause": "user" })]);
    at_rest(page).await?;
    let save = heard(page, "save").await?;
    assert_eq!(save.len(), 1);
    assert!(
        save[0]["at"].as_str().is_some_and(|at| at.ends_with('Z')) && save[0]["bytes"].as_u64() > Some(0),
        "{save:?}"
    );

    page.exec_async("await el.undo()", vec![]).await?;
    assert_eq!(heard(page, "change").await?, [json!({ "added": [], "updated": [], "removed": its, "cause": "undo" })]);
    at_rest(page).await?;
    assert_eq!(heard(page, "save").await?.len(), 1, "an undo is saved too");
    page.exec_async("await el.redo()", vec![]).await?;
    assert_eq!(heard(page, "change").await?, [json!({ "added": its, "updated": [], "removed": [], "cause": "redo" })]);
    page.exec_async("await el.update(el.annotations[0].id, { note: 'x' })", vec![]).await?;
    let its = annotations(page).await?;
    assert_eq!(heard(page, "change").await?, [json!({ "added": [], "updated": its, "removed": [], "cause": "user" })]);
    page.exec_async(
        "window.file = (await el.exportAs('json')).content; await el.clear(); await el.importFrom(file)",
        vec![],
    )
    .await?;
    let changes = heard(page, "change").await?;
    assert_eq!(changes.iter().map(|it| it["cause"].clone()).collect::<Vec<_>>(), ["user", "import"]);
    assert_eq!(changes[1]["added"], json!(its));

    heard(page, "select").await?;
    choose(page, 2).await?;
    assert_eq!(heard(page, "select").await?, [json!({ "sentence": 2, "annotation": null })]);
    page.click("[part~=annotation] button").await?;
    page.wait_until("return events.some(it => it[0] === 'select')").await?;
    let select = heard(page, "select").await?;
    assert_eq!(select.last(), Some(&json!({ "sentence": 1, "annotation": its[0]["id"] })));
    Ok(())
}

pub(crate) async fn events_bubble_through_shadow_roots_and_come_from_the_element(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "const outer = document.createElement('div'); document.body.append(outer);
        const inner = outer.attachShadow({ mode: 'open' }); const seen = [];
        for (const name of ['ready', 'beforechange', 'change', 'save', 'select', 'error'])
            document.addEventListener('release-annotator-' + name, event => seen.push([name, event.target === outer, event.bubbles, event.composed, event.cancelable]));
        const one = document.createElement('release-annotator'); one.text = 'Un. Deux.'; one.storageKey = 'inner'; inner.append(one);
        await one.ready; await one.labelSentence(0, 'quote'); await one.labelSentence(0, 'none').catch(() => {});
        while (!seen.some(it => it[0] === 'save')) await new Promise(go => setTimeout(go, 20));
        return seen";
    let seen = page.exec_async(js, vec![]).await?;
    let wanted = json!([
        ["ready", true, true, true, false],
        ["beforechange", true, true, true, true],
        ["change", true, true, true, false],
        ["save", true, true, true, false]
    ]);
    let seen = seen.as_array().cloned().unwrap_or_default();
    for event in wanted.as_array().into_iter().flatten().chain([&json!(["error", true, true, true, false])]) {
        assert!(seen.contains(event), "{event} in {seen:?}");
    }
    Ok(())
}

pub(crate) async fn a_cancelled_change_does_not_happen(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(3, 'dates')", vec![]).await?;
    heard(page, "change").await?;
    let before = annotations(page).await?;
    page.eval("el.addEventListener('release-annotator-beforechange', event => event.preventDefault())").await?;
    let commands = [
        ("labelSentence(1, 'quote')", "labelSentence"),
        ("annotate({ utf16: [0, 2] }, 'quote')", "annotate"),
        ("update(el.annotations[0].id, { note: 'x' })", "update"),
        ("remove(el.annotations[0].id)", "remove"),
        ("clear()", "clear"),
        ("undo()", "undo"),
        ("mergeSentence(1)", "mergeSentence"),
        ("splitSentence(14)", "splitSentence"),
    ];
    heard(page, "beforechange").await?;
    for (js, command) in commands {
        page.exec_async(&format!("await el.{js}"), vec![]).await.ok();
        assert_eq!(heard(page, "beforechange").await?, [json!({ "command": command })], "{js}");
        assert_eq!(annotations(page).await?, before, "{js}");
    }
    choose(page, 1).await?;
    page.keys("1 2 m").await?;
    assert_eq!(
        (annotations(page).await?, heard(page, "change").await?.len(), page.eval("return el.sentences.length").await?),
        (before, 0, json!(4))
    );
    Ok(())
}

pub(crate) async fn a_listener_may_call_the_element(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "let calls = [];
        for (const name of ['beforechange', 'change', 'save', 'select', 'error']) el.addEventListener('release-annotator-' + name, () => calls.push([name, el.annotations.length, el.sentences.length, el.canUndo, el.dirty, el.text.length > 0, el.labels.length]));
        el.addEventListener('release-annotator-change', event => { if (event.detail.added[0]?.label === 'quote') calls.push(el.labelSentence(2, 'dates')); });
        el.addEventListener('release-annotator-error', () => { el.uiLang = 'en'; });
        await el.labelSentence(1, 'quote'); await Promise.all(calls.filter(it => it.then)); await el.labelSentence(1, 'none').catch(() => {});
        return el.annotations.map(it => it.label)";
    assert_eq!(page.exec_async(js, vec![]).await?, json!(["quote", "dates"]));
    Ok(())
}

pub(crate) async fn dirty_is_since_the_last_download(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let js = "const seen = [el.dirty]; await el.labelSentence(1, 'quote'); seen.push(el.dirty); await el.exportAs('json'); seen.push(el.dirty); await el.download(); seen.push(el.dirty);
        await el.undo(); seen.push(el.dirty); return seen";
    assert_eq!(page.exec_async(js, vec![]).await?, json!([false, true, true, false, true]));
    Ok(())
}

pub(crate) async fn the_version_is_that_of_the_package(page: &mut Page) -> Outcome {
    open_short(page).await?;
    assert_eq!(page.eval("return el.version").await?, env!("CARGO_PKG_VERSION"));
    let file: Value = page
        .exec_async("return (await el.exportAs('json')).content", vec![])
        .await?
        .as_str()
        .unwrap_or_default()
        .parse()?;
    assert_eq!(file["generator"], concat!("release-annotator ", env!("CARGO_PKG_VERSION")));
    Ok(())
}
