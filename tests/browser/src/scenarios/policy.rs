//! The widget under the strictest policy it is promised to run under, and on plain http from a host that is not
//! localhost: the whole way, without a violation and without an error on the console.

use browser_tests::{Outcome, Page, html, json};

use super::support::*;

/// The whole way in short: label, download, undo everything, import, reload.
async fn whole_way(page: &mut Page, url: &str) -> Outcome {
    page.open_ready(url).await?;
    choose(page, 1).await?;
    page.keys("1 2").await?;
    bears(page, 1, "objective quote").await?;
    page.keys("?").await?;
    page.wait_until("return $('dialog')?.open").await?;
    page.keys("Escape").await?;
    page.click("[part~=download]").await?;
    let file = page.download(FILE).await?;
    let before = annotations(page).await?;
    page.exec_async("await el.clear()", vec![]).await?;
    counts(page, 0).await?;
    page.upload("input[type=file]", FILE, &file).await?;
    counts(page, 2).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, before);
    // A person's colours and theme are set by style sheets too.
    page.eval("el.labels = [{ id: 'a', name: 'A', color: '#123456' }]; el.theme = 'dark'").await?;
    page.wait_until("return $(\"[part~=label][data-label=a]\") !== null").await?;
    let color = page.eval("return getComputedStyle($('[part~=label]')).getPropertyValue('--label').trim()").await?;
    assert_eq!(color, "#123456", "the label's colour is in force");
    page.eval("el.src = 'nothing.txt'").await?;
    page.wait_until("return $('[part~=alert]').innerText !== ''").await?;
    assert_eq!(page.eval("return violations").await?, json!([]));
    let errors = page.console_errors().await?;
    // The browser's own lines: about the file that is not there, and about every download on plain http.
    let own = |line: &String| {
        (line.contains("nothing.txt") && line.contains("404"))
            || line.contains("was loaded over an insecure connection")
    };
    assert!(errors.iter().all(own), "{errors:#?}");
    Ok(())
}

const LISTEN: &str = "window.violations = [];
    document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))";

fn classic() -> String {
    html(
        "<script src=\"/release-annotator.iife.js\"></script>\
          <release-annotator src=\"releases/ipsen-gustave-roussy.fr.txt\" lang=\"fr\"></release-annotator>",
    )
}

pub(crate) async fn the_demonstration_page_runs_under_a_strict_policy(page: &mut Page) -> Outcome {
    page.before_load(LISTEN).await?;
    page.serve(page.site().header("/", "Content-Security-Policy", POLICY))?;
    whole_way(page, DEMO).await
}

pub(crate) async fn the_one_script_runs_under_a_strict_policy(page: &mut Page) -> Outcome {
    page.before_load(LISTEN).await?;
    page.serve(page.site().page("/classic.html", classic()).header("/", "Content-Security-Policy", POLICY))?;
    whole_way(page, "/classic.html").await
}

pub(crate) async fn a_plain_host_of_the_intranet_is_enough(page: &mut Page) -> Outcome {
    page.before_load(LISTEN).await?;
    page.serve(page.site().page("/classic.html", classic()).header("/", "Content-Security-Policy", POLICY))?;
    for path in [DEMO, "/classic.html"] {
        let url = page.url_at("intranet.test", path);
        page.open(&url).await?;
        assert_eq!(page.eval("return isSecureContext").await?, false);
        page.ready().await?;
        forget(page).await?;
        whole_way(page, &url).await?;
    }
    Ok(())
}
