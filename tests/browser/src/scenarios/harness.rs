//! The harness itself, upon a page of its own: what the other scenarios rely on is really done and really noticed.

use browser_tests::engine::Engine;
use browser_tests::{Outcome, Page, Site, html, json};

/// A small element of the tested name that tells what happens to it.
const BODY: &str = "<script src=page.js></script><release-annotator></release-annotator>";

const JS: &str = r#"
    window.seen = [];
    customElements.define('release-annotator', class extends HTMLElement {
        ready = Promise.resolve();
        constructor() {
            super();
            this.attachShadow({ mode: 'open' }).innerHTML =
                '<button part=one>One</button><p part=text>A <b>bold 😀 word</b> here.</p><input type=file><input part=field>';
            this.shadowRoot.querySelector('button').onclick = event => seen.push(['click', event.isTrusted, event.shiftKey]);
            this.shadowRoot.addEventListener('mouseover', event => seen.push(['over', event.target.part.value]));
            this.shadowRoot.querySelector('[type=file]').onchange = async event => seen.push(['file', await event.target.files[0].text()]);
            this.shadowRoot.addEventListener('keydown', event =>
                seen.push(['key', event.key, event.code, event.ctrlKey, event.shiftKey, event.isTrusted]));
        }
        save() {
            const link = document.createElement('a');
            link.href = URL.createObjectURL(new Blob(['{"a": 1}']));
            link.download = 'é.json';
            link.click();
        }
        async refuse() {
            throw Object.assign(new Error('no such label'), { code: 'unknown-label' });
        }
    });
"#;

async fn open(page: &mut Page) -> Outcome {
    page.serve(site(page))?;
    page.open_ready("/harness/index.html").await
}

fn site(page: &Page) -> Site {
    page.site().page("/harness/index.html", html(BODY)).page("/harness/page.js", JS)
}

pub(crate) async fn mouse_and_keys_are_real(page: &mut Page) -> Outcome {
    open(page).await?;
    page.click("[part=one]").await?;
    page.click_with("Shift", "release-annotator >>> [part=one]").await?;
    page.keys("1 Control+Shift+z ArrowDown").await?;
    page.key_of_layout("&", "Digit1").await?;
    let seen = page.eval("return seen.filter(it => it[0] !== 'over' && !['Control', 'Shift'].includes(it[1]))").await?;
    let wanted = json!([
        ["click", true, false],
        ["click", true, true],
        ["key", "1", "Digit1", false, false, true],
        ["key", "Z", "KeyZ", true, true, true],
        ["key", "ArrowDown", "ArrowDown", false, false, true],
        ["key", "&", "Digit1", false, false, true],
    ]);
    assert_eq!(seen, wanted);

    page.click("[part=field]").await?;
    page.type_text("Ça va").await?;
    assert_eq!(page.eval("return $('[part=field]').value").await?, "Ça va");

    page.eval("seen = []").await?;
    page.hover("[part=text]").await?;
    page.wait_until("return seen.some(it => it[0] === 'over' && it[1] === 'text')").await
}

pub(crate) async fn text_is_selected_by_dragging(page: &mut Page) -> Outcome {
    open(page).await?;
    for (from, to, wanted) in [(2, 6, "bold"), (0, 9, "A bold 😀"), (10, 14, "word"), (15, 20, "here."), (6, 2, "bold")]
    {
        page.eval("getSelection().empty()").await?;
        page.drag_text(("[part=text]", from), ("[part=text]", to)).await?;
        let js = "const [its] = getSelection().getComposedRanges({ shadowRoots: [root] });\
            const range = document.createRange();\
            range.setStart(its.startContainer, its.startOffset); range.setEnd(its.endContainer, its.endOffset);\
            return range.toString()";
        assert_eq!(page.eval(js).await?, wanted, "{from} to {to}");
    }
    Ok(())
}

pub(crate) async fn files_go_in_and_out(page: &mut Page) -> Outcome {
    open(page).await?;
    page.upload("[type=file]", "a.txt", "à la".as_bytes()).await?;
    page.wait_until("return seen.some(it => it[0] === 'file' && it[1] === 'à la')").await?;
    for _ in 0..2 {
        page.eval("el.save()").await?;
        assert_eq!(page.download_json("é.json").await?, json!({ "a": 1 }));
    }
    assert!(page.downloads()?.is_empty());
    Ok(())
}

pub(crate) async fn scripts_give_values_and_errors(page: &mut Page) -> Outcome {
    open(page).await?;
    assert_eq!(page.exec("return arguments[0] + 1", vec![json!(1)]).await?, 2);
    assert_eq!(page.exec_async("return await Promise.resolve(args[0])", vec![json!([1, "é"])]).await?, json!([1, "é"]));
    let error = page.exec_async("await el.refuse()", vec![]).await.err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("unknown-label: no such label"));
    assert!(page.eval("throw new Error('thrown')").await.is_err_and(|error| error.to_string().contains("thrown")));
    Ok(())
}

pub(crate) async fn console_and_policy_violations_are_seen(page: &mut Page) -> Outcome {
    let policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";
    page.serve(
        site(page).header("/strict/", "Content-Security-Policy", policy).page("/strict/page.html", html(BODY)).page(
            "/strict/page.js",
            "console.log('said'); setTimeout(() => { throw new Error('nobody caught this') })",
        ),
    )?;
    page.open("/strict/page.html").await?;
    page.wait_until("return document.readyState === 'complete'").await?;
    page.eval("try { document.body.innerHTML = '<b>'; } catch { }").await?;
    page.eval("document.body.append(Object.assign(document.createElement('style'), { textContent: 'b {}' }))").await?;
    let console = page.console().await?;
    let chromium = page.engine() == Engine::Chromium;
    let sink = if chromium { "TrustedHTML" } else { "require-trusted-types-for" };
    let said = chromium.then_some(("INFO", "said"));
    for (level, part) in
        [("SEVERE", "nobody caught this"), ("SEVERE", sink), ("SEVERE", "style-src")].into_iter().chain(said)
    {
        let found = console.iter().any(|entry| entry.level == level && entry.message.contains(part));
        assert!(found, "{level} {part} in {console:#?}");
    }
    assert_eq!(page.console_errors().await?, Vec::<String>::new(), "taken above");
    Ok(())
}

pub(crate) async fn the_profile_outlives_the_browser(page: &mut Page) -> Outcome {
    page.before_load("window.early = typeof document.body").await?;
    open(page).await?;
    page.eval("localStorage.setItem('kept', 'yes')").await?;
    page.restart().await?;
    page.open_ready("/harness/index.html").await?;
    assert_eq!(page.eval("return [localStorage.getItem('kept'), window.early]").await?, json!(["yes", "object"]));
    let first = page.window().await?;
    page.new_tab().await?;
    page.open("/harness/index.html").await?;
    assert_eq!(page.eval("return [localStorage.getItem('kept'), window.early]").await?, json!(["yes", "object"]));
    page.switch_to(&first).await?;
    // What was written before a polite end outlives a kill; what is a few seconds old need not.
    page.kill_and_restart().await?;
    page.open_ready("/harness/index.html").await?;
    assert_eq!(page.eval("return localStorage.getItem('kept')").await?, "yes");
    Ok(())
}

pub(crate) async fn media_and_the_host_can_be_others(page: &mut Page) -> Outcome {
    open(page).await?;
    // One after the other: with forced colours Firefox takes the scheme from those.
    for (name, value) in
        [("prefers-color-scheme", "dark"), ("forced-colors", "active"), ("prefers-reduced-motion", "reduce")]
    {
        let js = format!("return matchMedia('({name}: {value})').matches");
        page.emulate(&[(name, value)]).await?;
        page.wait_for(&js, true).await?;
        page.emulate(&[]).await?;
        page.wait_for(&js, false).await?;
    }
    page.open(&page.url_at("intranet.test", "/harness/index.html")).await?;
    assert_eq!(page.eval("return [location.hostname, isSecureContext]").await?, json!(["intranet.test", false]));
    Ok(())
}

pub(crate) async fn the_screen_can_be_small(page: &mut Page) -> Outcome {
    open(page).await?;
    page.screen(360, 640, 2.0, true).await?;
    assert_eq!(
        page.eval("return [screen.width, devicePixelRatio, matchMedia('(pointer: coarse)').matches]").await?,
        json!([360, 2, true])
    );
    Ok(())
}
