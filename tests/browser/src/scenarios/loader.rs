//! How the scripts start the program: once for all, again after a panic, again after a failure.
//! The real scripts, with `load` handed to the test instead of to the element.

use std::fs;

use browser_tests::{Outcome, Page, Site, html, json};

const CALL: &str = "\ndefine(load, ";

/// The site with `/module.html` and `/classic.html`, where `load` is a global name.
fn site(page: &Page) -> Outcome<Site> {
    let mut site = page.site();
    for (name, file, kind) in
        [("module", "release-annotator.js", "module"), ("classic", "release-annotator.iife.js", "text/javascript")]
    {
        let script = fs::read_to_string(page.dist().join(file))?;
        assert!(script.contains(CALL), "{file} calls the element's definition");
        let script = script.replace(CALL, "\n(() => { globalThis.load = load; })(");
        let body = format!("<script type=\"{kind}\" src=\"{name}.js\"></script>");
        site = site.page(&format!("/{name}.html"), html(&body)).page(&format!("/{name}.js"), script);
    }
    Ok(site)
}

/// How often the program was fetched from the server that runs now.
fn fetched(page: &Page) -> usize {
    page.server().requests().iter().filter(|path| *path == "/release-annotator_bg.wasm").count()
}

pub(crate) async fn all_callers_get_one_program_until_a_fresh_one_is_asked_for(page: &mut Page) -> Outcome {
    page.serve(site(page)?)?;
    for (path, fetches) in [("/module.html", 1), ("/classic.html", 1)] {
        page.open(path).await?;
        page.wait_until("return typeof load === 'function'").await?;
        let js = "
            const [one, two] = await Promise.all([load(), load()]);
            const fresh = await load({ fresh: true });
            return [typeof one.Widget, one === two, one === fresh, one.Widget === fresh.Widget, fresh === await load()]";
        assert_eq!(page.exec_async(js, vec![]).await?, json!(["function", true, false, false, true]), "{path}");
        assert_eq!(fetched(page), fetches, "compiled once, and the one script has it inside");
    }
    Ok(())
}

pub(crate) async fn a_program_that_cannot_be_had_is_an_error_and_can_be_asked_for_again(page: &mut Page) -> Outcome {
    page.serve(site(page)?.missing("/release-annotator_bg.wasm"))?;
    page.open("/module.html").await?;
    page.wait_until("return typeof load === 'function'").await?;
    let error = page.exec_async("await load()", vec![]).await.err().map(|error| error.to_string());
    let wanted = "not-found: expected the program release-annotator_bg.wasm beside the script, found HTTP status 404";
    assert_eq!(error.as_deref(), Some(wanted));
    assert!(page.console_errors().await?.iter().all(|line| line.contains("404")), "the browser's own line");

    page.serve(site(page)?)?;
    assert_eq!(page.exec_async("return typeof (await load()).Widget", vec![]).await?, "function");
    Ok(())
}

/// The strictest policy that the widget is promised to run under.
const POLICY: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";

pub(crate) async fn both_scripts_start_under_a_strict_policy_and_on_an_insecure_host(page: &mut Page) -> Outcome {
    page.serve(site(page)?.header("/", "Content-Security-Policy", POLICY))?;
    for path in ["/module.html", "/classic.html"] {
        page.open(&page.url_at("intranet.test", path)).await?;
        page.wait_until("return typeof load === 'function' && !isSecureContext").await?;
        assert_eq!(page.exec_async("return typeof (await load()).Widget", vec![]).await?, "function", "{path}");
    }
    Ok(())
}

pub(crate) async fn a_server_that_does_not_know_wasm_is_enough(page: &mut Page) -> Outcome {
    page.serve(site(page)?.header("/release-annotator_bg.wasm", "Content-Type", "application/octet-stream"))?;
    page.open("/module.html").await?;
    page.wait_until("return typeof load === 'function'").await?;
    assert_eq!(page.exec_async("return typeof (await load()).Widget", vec![]).await?, "function");
    Ok(())
}
