//! What is not right is shown as text or refused with a code, a message on the page and an event; nothing is lost
//! and nothing panics.

use browser_tests::{Outcome, Page, json};

use super::support::*;

/// Runs `js`, which is to reject: with this code, with an event of the same code and message, and with the message
/// on the page; the annotations stay as they are.
async fn refused(page: &Page, js: &str, code: &str) -> Outcome<String> {
    let before = annotations(page).await?;
    heard(page, "error").await?;
    let Err(error) = page.exec_async(js, vec![]).await else { return Err(format!("{js} was done").into()) };
    let error = error.to_string();
    let message =
        error.strip_prefix(&format!("{code}: ")).ok_or_else(|| format!("{js}: {code} expected, found {error}"))?;
    let events = heard(page, "error").await?;
    assert_eq!(events, [json!({ "code": code, "message": message })], "{js}");
    let shown = alert(page).await?;
    assert!(shown.contains(message), "{js}: {message} is on the page, found {shown:?}");
    assert_eq!(annotations(page).await?, before, "{js}");
    Ok(message.to_owned())
}

pub(crate) async fn html_in_the_text_and_in_names_is_text(page: &mut Page) -> Outcome {
    let evil = "<img src=x onerror=hacked=1><script>hacked=2</script><b>gras</b> &amp; R&D.";
    page.serve(page.site().page("/test.html", module_page("<release-annotator lang=fr></release-annotator>")))?;
    page.open("/test.html").await?;
    let labels = json!([{ "id": "<i>x</i>\"'", "name": { "fr": format!("<b>{evil}"), "en": evil }, "color": "red;}*{display:none", "description": evil }]);
    page.exec("el.labels = arguments[0]; el.text = arguments[1]", vec![labels, json!(evil)]).await?;
    page.ready().await?;
    page.exec_async("await el.labelSentence(0, `<i>x</i>\"'`); await el.annotate({ utf16: [0, 4] }, `<i>x</i>\"'`, { note: args[0], attributes: { [args[0]]: args[0] } })", vec![json!(evil)]).await?;
    page.wait_until("return $$('[part~=annotation]').length === 2").await?;
    assert_eq!(page.eval("return el.text").await?, evil);
    assert_eq!(page.eval("return $('[part~=document]').textContent").await?, evil);
    let button = page.eval("return $('[part~=label]').textContent").await?;
    assert!(button.as_str().is_some_and(|text| text.contains(evil)), "{button}");
    let note = page.eval("return $('[part~=annotations]').textContent").await?;
    assert!(note.as_str().is_some_and(|text| text.contains(evil)), "{note}");
    assert_eq!(
        page.eval(
            "return [typeof hacked, $$('img, script, b, i').length, document.querySelectorAll('img, b, i').length]"
        )
        .await?,
        json!(["undefined", 0, 0])
    );
    assert_ne!(
        page.eval("return getComputedStyle($('[part~=document]')).display").await?,
        "none",
        "no style from a colour"
    );
    Ok(())
}

pub(crate) async fn a_label_that_does_not_exist_is_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    for js in [
        "await el.labelSentence(1, 'nothing')",
        "await el.annotate({ utf16: [0, 4] }, 'nothing')",
        "await el.update(el.annotations[0].id, { labelId: 'nothing' })",
    ] {
        let message = refused(page, js, "unknown-label").await?;
        assert!(
            message.contains("nothing") && message.contains("objective, quote, dates"),
            "found and expected: {message}"
        );
    }
    Ok(())
}

pub(crate) async fn a_span_that_is_none_is_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let smile = SHORT.split('😀').next().unwrap_or_default().encode_utf16().count();
    for target in [
        json!({ "utf16": [0, 1000] }),
        json!({ "utf16": [1000, 2000] }),
        json!({ "utf16": [5, 2] }),
        json!({ "utf16": [3, 3] }),
        json!({ "utf16": [-3, 3] }),
        json!({ "utf16": [0.5, 3] }),
        json!({ "utf16": "0 3" }),
        json!({ "utf16": [8, 10] }),
        json!({ "utf16": [smile + 1, smile + 6] }),
        json!({ "utf16": [smile - 3, smile + 1] }),
        json!({ "codePoints": [0, 1000] }),
        json!({ "codePoints": [4, 1] }),
        json!({ "exact": "n’est pas dans le texte" }),
        json!({ "exact": "La " }),
        json!({}),
        json!(null),
        json!(7),
    ] {
        refused(page, &format!("await el.annotate({target}, 'quote')"), "invalid-span").await?;
    }
    for js in [
        "await el.labelSentence(99, 'quote')",
        "await el.mergeSentence(99)",
        "await el.mergeSentence(3)",
        "await el.splitSentence(0)",
        "await el.splitSentence(9999)",
        "await el.update(el.annotations[0].id, { utf16: [0, 5000] })",
    ] {
        refused(page, js, "invalid-span").await?;
    }
    refused(page, &format!("await el.splitSentence({})", smile + 1), "invalid-span").await?;
    Ok(())
}

pub(crate) async fn indices_that_are_no_indices_are_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    for index in ["-1", "1.5", "NaN", "'one'", "undefined", "null", "2 ** 40", "Infinity", "{}"] {
        refused(page, &format!("await el.labelSentence({index}, 'quote')"), "invalid-span").await?;
    }
    Ok(())
}

pub(crate) async fn an_annotation_that_does_not_exist_is_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    for js in ["await el.remove('nobody')", "await el.update('nobody', { note: 'x' })"] {
        refused(page, js, "not-found").await?;
    }
    Ok(())
}

pub(crate) async fn files_and_formats_that_are_none_are_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    for (js, code) in [
        ("await el.exportAs('docx')", "unknown-format"),
        ("await el.exportAs('')", "unknown-format"),
        ("await el.download('docx')", "unknown-format"),
        ("await el.importFrom('{}', { format: 'docx' })", "unknown-format"),
        ("await el.importFrom('{\"a\": 1')", "invalid-json"),
        ("await el.importFrom('')", "invalid-json"),
        ("await el.importFrom('['.repeat(100000))", "invalid-json"),
        ("await el.importFrom('null')", "invalid-file"),
        ("await el.importFrom('{\"format\": \"release-annotator\", \"version\": 1}')", "invalid-file"),
        (
            "await el.importFrom('{\"format\": \"release-annotator\", \"version\": 2, \"annotations\": []}')",
            "unknown-version",
        ),
    ] {
        refused(page, js, code).await?;
    }
    Ok(())
}

pub(crate) async fn what_an_import_cannot_place_is_said_and_kept(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let file = json!({ "format": "release-annotator", "version": 1, "annotations": [
        { "id": "placed", "label": "quote", "unit": "span", "utf16": [0, 8], "exact": "Un titre" },
        { "id": "moved", "label": "quote", "unit": "span", "utf16": [0, 4], "codePoints": [0, 4], "exact": "deuxième" },
        { "id": "orphan", "label": "quote", "unit": "span", "utf16": [0, 4], "exact": "nulle part" },
        { "id": "outside", "label": "quote", "unit": "span", "utf16": [0, 4000] },
        { "id": "new-label", "label": "person", "unit": "span", "utf16": [3, 8] },
        "no object",
    ] });
    let report = page
        .exec_async("return await el.importFrom(args[0], { mode: 'merge' })", vec![json!(file.to_string())])
        .await?;
    assert_eq!([&report["added"], &report["updated"], &report["orphans"]], [4, 0, 1], "{report}");
    let places: Vec<&str> =
        report["warnings"].as_array().into_iter().flatten().filter_map(|it| it["place"].as_str()).collect();
    for place in ["moved", "orphan", "outside", "new-label", "annotations[5]"] {
        assert!(places.contains(&place), "{place} in {report}");
    }
    let its = page.eval("return el.annotations.map(it => [it.id, it.exact, it.utf16 ?? null])").await?;
    assert_eq!(its.as_array().map(Vec::len), Some(4), "{its}");
    assert!(its.as_array().is_some_and(|its| its.contains(&json!(["orphan", "nulle part", null]))), "{its}");
    let file = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    page.exec_async("await el.clear(); await el.importFrom(args[0])", vec![file]).await?;
    assert_eq!(page.eval("return el.annotations.map(it => [it.id, it.exact, it.utf16 ?? null])").await?, its);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(
        page.eval("return el.annotations.map(it => [it.id, it.exact, it.utf16 ?? null])").await?,
        its,
        "an orphan is stored with its words"
    );
    Ok(())
}

pub(crate) async fn a_release_that_is_not_there_is_told_and_the_next_one_shown(page: &mut Page) -> Outcome {
    listen(page).await?;
    let body = "<release-annotator src=\"nothing.txt\" lang=\"fr\"></release-annotator>";
    page.serve(page.site().page("/test.html", module_page(body)))?;
    page.open("/test.html").await?;
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    let errors = heard(page, "error").await?;
    assert_eq!((errors.len(), &errors[0]["code"]), (1, &json!("not-found")), "{errors:?}");
    let message = errors[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("nothing.txt"), "{message}");
    assert!(alert(page).await?.contains(message));
    assert_eq!(page.eval("return [el.text ?? null, el.annotations, el.sentences]").await?, json!([null, [], []]));
    let refused = page.exec_async("return await el.ready.then(() => null, error => error.code)", vec![]).await?;
    assert_eq!(refused, "not-found", "`ready` is no promise for ever");
    page.eval("el.src = 'releases/ipsen-gustave-roussy.fr.txt'").await?;
    page.wait_until("return el.sentences.length === 11").await?;
    assert_eq!(alert(page).await?, "");
    page.ready().await?;
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn a_host_that_does_not_answer_is_a_network_error(page: &mut Page) -> Outcome {
    listen(page).await?;
    let body = "<release-annotator src=\"http://127.0.0.1:9/a.txt\" lang=\"fr\"></release-annotator>";
    page.serve(page.site().page("/test.html", module_page(body)))?;
    page.open("/test.html").await?;
    page.wait_until("return events.some(it => it[0] === 'error' && it[1].code === 'network')").await?;
    page.wait_until("return $('[part~=alert]').innerText.includes('127.0.0.1:9/a.txt')").await?;
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn a_method_without_a_release_is_refused(page: &mut Page) -> Outcome {
    listen(page).await?;
    let body = "<release-annotator src=\"nothing.txt\" lang=\"fr\"></release-annotator>";
    page.serve(page.site().page("/test.html", module_page(body)))?;
    page.open("/test.html").await?;
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    for js in [
        "await el.labelSentence(0, 'quote')",
        "await el.undo()",
        "await el.exportAs('json')",
        "await el.importFrom('{}')",
        "await el.annotate({ utf16: [0, 1] }, 'quote')",
    ] {
        let error = page.exec_async(js, vec![]).await.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("not-found: "), "{js}: {error}");
    }
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn readonly_lets_look_and_not_touch(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    page.eval("el.readonly = true").await?;
    for js in [
        "await el.labelSentence(2, 'quote')",
        "await el.annotate({ utf16: [0, 4] }, 'quote')",
        "await el.remove(el.annotations[0].id)",
        "await el.update(el.annotations[0].id, { note: 'x' })",
        "await el.clear()",
        "await el.undo()",
        "await el.mergeSentence(1)",
        "await el.importFrom((await el.exportAs('json')).content, { mode: 'replace' })",
    ] {
        refused(page, js, "readonly").await?;
    }
    page.wait_until("return $$('[part~=label]').every(it => it.disabled) && $('[part~=import]').disabled").await?;
    choose(page, 2).await?;
    page.keys("1 m Delete Control+z").await?;
    counts(page, 1).await?;
    assert_eq!(page.eval("return el.sentences.length").await?, 4);
    assert!(
        page.shadow_all("[part~=annotation] .remove:not(:disabled)").await?.is_empty(),
        "no button that would only be refused"
    );
    page.eval("el.readonly = false").await?;
    page.keys("2").await?;
    counts(page, 2).await
}

pub(crate) async fn a_value_that_is_none_is_refused_without_losing_the_one_before(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    for js in [
        "el.annotations = 'text'",
        "el.annotations = [7]",
        "el.annotations = { length: 3 }",
        "const loop = []; loop.push(loop); el.annotations = loop",
        "el.labels = 7",
        "el.labels = []",
        "el.setAttribute('labels', '{oops')",
    ] {
        heard(page, "error").await?;
        page.eval(js).await?;
        let errors = heard(page, "error").await?;
        assert_eq!(errors.len(), 1, "{js}: {errors:?}");
        assert_eq!((count(page).await?, page.eval("return el.labels.length").await?), (1, json!(3)), "{js}");
        assert!(!alert(page).await?.is_empty(), "{js}");
    }
    Ok(())
}
