//! What comes in from outside, by address, file, drop and paste: how it is read, what is refused, and in which words.

use std::time::Duration;

use browser_tests::{Outcome, Page, html, json};

use super::support::*;

fn by_src(src: &str) -> String {
    module_page(&format!("<release-annotator src=\"{src}\" lang=\"fr\"></release-annotator>"))
}

/// Code and message of the one error since the last call.
async fn error(page: &Page) -> Outcome<(String, String)> {
    page.wait_until("return events.some(it => it[0] === 'error')").await?;
    let errors = heard(page, "error").await?;
    assert_eq!(errors.len(), 1, "{errors:?}");
    let text = |name: &str| errors[0][name].as_str().unwrap_or_default().to_owned();
    assert!(alert(page).await?.contains(&text("message")), "{errors:?} is shown");
    Ok((text("code"), text("message")))
}

pub(crate) async fn every_reason_why_a_release_does_not_come_has_its_sentence(page: &mut Page) -> Outcome {
    listen(page).await?;
    page.before_load("{ const own = AbortSignal.timeout; AbortSignal.timeout = () => own.call(AbortSignal, 700); }")
        .await?;
    let other = page.url_at("elsewhere.test", "/a.txt");
    let cases = [
        ("nothing.txt", "not-found", "404"),
        ("http://127.0.0.1:9/a.txt", "network", "CORS"),
        (other.as_str(), "network", "CORS"),
        ("slow.txt", "network", "minute"),
        // A folder leads to its address with a slash.
        ("releases", "not-found", "404"),
    ];
    let site = page.site().page("/a.txt", "Un. Deux.").page("/slow.txt", "Lent.").missing("/releases/");
    let site = site.delay("/slow.txt", Duration::from_secs(2));
    page.serve(
        cases.iter().enumerate().fold(site, |site, (at, (src, ..))| site.page(&format!("/{at}.html"), by_src(src))),
    )?;
    for (at, (src, code, words)) in cases.into_iter().enumerate() {
        page.open(&format!("/{at}.html")).await?;
        let (found, message) = error(page).await?;
        assert_eq!(found, code, "{src}: {message}");
        assert!(message.contains(words) && message.contains(src), "{src}: {message}");
        let refused = page.exec_async("return await el.ready.then(() => null, error => error.code)", vec![]).await?;
        assert_eq!(refused, code, "{src}");
    }
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn a_redirect_that_leads_nowhere_is_told_from_a_silent_server(page: &mut Page) -> Outcome {
    listen(page).await?;
    // The address of a folder without its slash is answered with a redirect.
    let other = page.url_at("elsewhere.test", "/a.txt");
    page.serve(page.site().page("/test.html", by_src("releases")).header("/releases", "Location", &other))?;
    page.open("/test.html").await?;
    let (code, message) = error(page).await?;
    assert_eq!(code, "network", "{message}");
    assert!(message.contains("renvoie vers une autre adresse"), "{message}");
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn more_than_twenty_megabytes_are_not_read(page: &mut Page) -> Outcome {
    listen(page).await?;
    let large = "Une phrase. ".repeat(1_700_000);
    page.serve(page.site().page("/test.html", by_src("large.txt")).page("/large.txt", large.clone()))?;
    page.open("/test.html").await?;
    let (code, message) = error(page).await?;
    assert!(code == "too-large" && message.contains("20 Mo") && message.contains("large.txt"), "{message}");
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    heard(page, "error").await?;
    for name in ["large.json", "large.txt"] {
        page.upload("input[type=file]", name, large.as_bytes()).await?;
        let (code, message) = error(page).await?;
        assert!(code == "too-large" && message.contains(name), "{message}");
        assert_eq!((count(page).await?, page.eval("return el.text").await?), (1, json!(SHORT)), "nothing has changed");
    }
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn encodings_are_recognised_and_said(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    heard(page, "error").await?;
    let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain("Un été. L’hôtel 😀.".encode_utf16().flat_map(bytes)).collect()
    };
    let little = wide([0xff, 0xfe], u16::to_le_bytes);
    for (name, bytes, said) in [
        ("le.txt", little.clone(), "UTF-16LE"),
        ("be.txt", wide([0xfe, 0xff], u16::to_be_bytes), "UTF-16BE"),
        ("bom.txt", "\u{feff}Un été. L’hôtel 😀.".into(), ""),
        ("utf-8.txt", "Un été. L’hôtel 😀.".into(), ""),
    ] {
        page.eval("el.text = 'Autre chose.'").await?;
        page.upload("input[type=file]", name, &bytes).await?;
        page.wait_until("return el.text === 'Un été. L’hôtel 😀.'").await?;
        page.wait_until(&format!("return $('[part~=status]').innerText.includes('{said}')")).await?;
        assert_eq!(heard(page, "error").await?.len(), 0, "{name}");
    }
    // Windows-1252 is a guess, and half a character was lost.
    page.upload("input[type=file]", "latin.txt", b"Un \xe9t\xe9. 3 \x80.").await?;
    let (code, message) = error(page).await?;
    assert!(code == "decode" && message.contains("Windows-1252"), "{message}");
    assert_eq!(page.eval("return el.text").await?, "Un été. 3 €.");
    page.upload("input[type=file]", "half.txt", &[&little[..], &[0x3d, 0xd8, 0x41, 0x00]].concat()).await?;
    let (code, message) = error(page).await?;
    assert!(code == "decode" && message.starts_with("1 ") && message.contains("UTF-16LE"), "{message}");
    assert_eq!(page.eval("return el.text").await?, "Un été. L’hôtel 😀.\u{fffd}A");
    Ok(())
}

pub(crate) async fn another_encoding_is_chosen_and_the_same_bytes_are_read_again(page: &mut Page) -> Outcome {
    // UTF-8 with one broken byte is taken for Windows-1252, and the notice leads to the choice.
    let bytes = b"Un \xc3\xa9t\xc3\xa9 \xff. L\xe2\x80\x99h\xc3\xb4tel.";
    listen(page).await?;
    open_short(page).await?;
    heard(page, "error").await?;
    page.upload("input[type=file]", "mixed.txt", bytes).await?;
    let (code, _) = error(page).await?;
    assert_eq!((code.as_str(), page.eval("return el.text.startsWith('Un Ã©tÃ©')").await?), ("decode", json!(true)));
    page.click("[part~=alert] [data-panel=encoding]").await?;
    page.shadow(".panel [data-encoding]").await?;
    let pressed = "return $$('[data-encoding]').filter(it => it.ariaPressed === 'true').map(it => it.dataset.encoding)";
    assert_eq!(page.eval(pressed).await?, json!(["windows-1252"]));
    let shown = page.eval("return $('[data-encoding=\"UTF-8\"]').innerText.includes('Un été')").await?;
    assert_eq!(shown, true, "what it would be is shown before it is chosen");
    page.click("[data-encoding='UTF-8']").await?;
    page.wait_until("return el.text === 'Un été \\ufffd. L’hôtel.'").await?;
    page.wait_for(pressed, json!(["UTF-8"])).await?;
    // A release by its address keeps its annotations: another reading is another text under the same key.
    let latin: Vec<u8> = "Un été long. L'accord dure.".chars().map(|c| c as u8).collect();
    page.serve(page.site().page("/test.html", by_src("latin.txt")).page("/latin.txt", latin))?;
    page.open_ready("/test.html").await?;
    page.exec_async("await el.labelSentence(0, 'quote'); await el.labelSentence(1, 'dates')", vec![]).await?;
    page.click("[part~=formats]").await?;
    page.shadow(".panel").await?;
    page.click(".panel [data-panel=encoding]").await?;
    page.click("[data-encoding='UTF-16LE']").await?;
    page.wait_until("return !el.text.startsWith('Un')").await?;
    assert_eq!(count(page).await?, 2, "none is lost");
    page.click("[data-encoding='windows-1252']").await?;
    page.wait_until("return el.text.startsWith('Un été')").await?;
    let placed = page.eval("return el.annotations.map(it => it.utf16 ? el.text.slice(...it.utf16) : null)").await?;
    assert_eq!(placed, json!(["Un été long.", "L'accord dure."]));
    // A text that no file gave cannot be read again.
    page.exec_async("await el.load({ text: 'Un. Deux.' })", vec![]).await?;
    page.wait_until("return $$('.panel [data-encoding]').length === 0").await?;
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn lone_surrogates_become_replacement_characters_and_that_is_said(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    heard(page, "error").await?;
    for js in [
        "el.text = 'Un \\ud800 texte 😀. Deux \\udc00.'",
        "await el.load({ text: 'Un \\ud800 texte 😀. Deux \\udc00.' })",
    ] {
        page.exec_async(js, vec![]).await?;
        let (code, message) = error(page).await?;
        assert!(code == "decode" && message.starts_with("2 "), "{message}");
        assert_eq!(page.eval("return el.text").await?, "Un \u{fffd} texte 😀. Deux \u{fffd}.");
    }
    let js = "await el.labelSentence(0, 'quote');
        const file = JSON.parse((await el.exportAs('json')).content);
        file.annotations[0].note = 'x\\ud800'; file.annotations[0].modified = '2040-01-01T00:00:00Z';
        const report = await el.importFrom(JSON.stringify(file));
        return [el.annotations[0].note, report.warnings.map(it => it.place)]";
    assert_eq!(page.exec_async(js, vec![]).await?, json!(["x\u{fffd}", ["JSON"]]));
    Ok(())
}

pub(crate) async fn json_of_any_depth_and_with_any_name_is_only_json(page: &mut Page) -> Outcome {
    listen(page).await?;
    open_short(page).await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let before = annotations(page).await?;
    for js in [
        "'['.repeat(5e6)",
        "'{\"a\":'.repeat(2e6)",
        "'[' + '[],'.repeat(1e6) + '[]]'",
        "'{\"format\":\"release-annotator\",\"version\":1,\"annotations\":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}'",
    ] {
        let refused =
            page.exec_async(&format!("await el.importFrom({js})"), vec![]).await.err().map(|it| it.to_string());
        assert!(refused.as_deref().is_some_and(|it| it.starts_with("invalid-")), "{js}: {refused:?}");
        assert_eq!(annotations(page).await?, before, "{js}");
    }
    let js = "const file = JSON.parse((await el.exportAs('json')).content);
        const text = JSON.stringify(file).replaceAll('\"attributes\":{}', '\"attributes\":{\"__proto__\":\"a\",\"constructor\":\"b\",\"toString\":\"c\"}');
        await el.importFrom(text, { mode: 'replace' });
        const { attributes } = el.annotations[0];
        return [Object.keys(attributes).length, ({}).a ?? null, Object.getPrototypeOf({}) === Object.prototype, (await el.exportAs('json')).content.includes('__proto__')]";
    let found = page.exec_async(js, vec![]).await?;
    assert_eq!([&found[1], &found[2], &found[3]], [&json!(null), &json!(true), &json!(true)], "{found}");
    Ok(())
}

/// Drops or pastes what a script has put together: the driver cannot drag a file in.
const GIVE: &str = "const data = new DataTransfer();
    if (args[1]) data.items.add(new File([args[2]], args[1])); else data.setData('text/plain', args[2]);
    const event = args[0] === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, data: args[2], dataType: 'text/plain', bubbles: true, cancelable: true, composed: true })
        : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, composed: true });
    root.querySelector('[part~=toolbar]').dispatchEvent(event);
    await new Promise(go => setTimeout(go, 300));
    return event.defaultPrevented";

pub(crate) async fn files_and_texts_are_dropped_and_pasted(page: &mut Page) -> Outcome {
    page.serve(page.site().page("/test.html", module_page("<release-annotator lang=\"fr\"></release-annotator>")))?;
    page.open("/test.html").await?;
    page.shadow("[part~=import]").await?;
    for way in ["paste", "drop"] {
        page.reload().await?;
        page.shadow("[part~=import]").await?;
        page.wait_until("return $('.placeholder') !== null && !$('.awaited')").await?;
        assert_eq!(
            page.exec_async(GIVE, vec![json!(way), json!(null), json!("Un texte. Collé.")]).await?,
            true,
            "{way}"
        );
        page.wait_until("return el.sentences.length === 2").await?;
    }
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    // Text never takes the place of a release that is shown; a file does, and the first one is kept.
    assert_eq!(page.exec_async(GIVE, vec![json!("paste"), json!(null), json!("Autre.")]).await?, false);
    assert_eq!(
        page.exec_async(GIVE, vec![json!("drop"), json!("memo.txt"), json!("Un mémo. Deux. Trois.")]).await?,
        true
    );
    page.wait_until("return el.sentences.length === 3").await?;
    assert_eq!(count(page).await?, 0);
    page.exec_async("await el.labelSentence(2, 'dates')", vec![]).await?;
    let file = page
        .exec_async("const it = await el.exportAs('json'); await el.clear(); return [it.name, it.content]", vec![])
        .await?;
    assert_eq!(file[0], "memo.annotations.json");
    assert_eq!(page.exec_async(GIVE, vec![json!("drop"), json!("x.json"), file[1].clone()]).await?, true);
    counts(page, 1).await?;
    // Another file of that name is another release.
    page.exec_async(GIVE, vec![json!("drop"), json!("memo.txt"), json!("Tout autre chose.")]).await?;
    page.wait_until("return el.text === 'Tout autre chose.'").await?;
    assert_eq!(count(page).await?, 0);
    page.exec_async(GIVE, vec![json!("drop"), json!("renamed.txt"), json!("Un mémo. Deux. Trois.")]).await?;
    counts(page, 1).await?;
    page.eval("el.readonly = true").await?;
    assert_eq!(page.exec_async(GIVE, vec![json!("drop"), json!("memo.txt"), json!("Non.")]).await?, false);
    assert_eq!(page.eval("return el.text").await?, "Un mémo. Deux. Trois.");
    Ok(())
}

pub(crate) async fn a_page_is_read_as_the_text_of_its_article(page: &mut Page) -> Outcome {
    let release = "<!doctype html><meta charset=utf-8><title>Un titre</title><nav>Menu</nav><article><h1>Un&nbsp;accord</h1>\
        <p>Première <b>phrase</b>. La deuxième.<script>document.title = 'run'</script><p>Fin.</article>";
    for (path, script) in
        [("/a.html", "type=\"module\" src=\"/release-annotator.js\""), ("/a.txt", "src=\"/release-annotator.iife.js\"")]
    {
        let body =
            format!("<script {script}></script><release-annotator src=\"{path}\" lang=\"fr\"></release-annotator>");
        page.serve(page.site().page(path, release).page("/test.html", html(&body)))?;
        page.open_ready("/test.html").await?;
        assert_eq!(page.eval("return el.text").await?, "Un\u{a0}accord\n\nPremière phrase. La deuxième.\n\nFin.");
        assert_ne!(page.eval("return document.title").await?, "run");
    }
    Ok(())
}
