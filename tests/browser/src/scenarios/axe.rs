//! The rules of axe-core for WCAG 2.2 AA and RGAA 4, in every state that a person meets, light and dark.

use browser_tests::{Outcome, Page, Value, html, json};

use super::support::*;

const TAGS: &[&str] = &["RGAAv4", "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

pub(crate) async fn no_rule_is_broken_in_the_light_theme(page: &mut Page) -> Outcome {
    in_all_states(page, "light").await
}

pub(crate) async fn no_rule_is_broken_in_the_dark_theme(page: &mut Page) -> Outcome {
    in_all_states(page, "dark").await
}

pub(crate) async fn rules_are_really_run_and_find_what_is_broken(page: &mut Page) -> Outcome {
    page.serve(page.site().page("/broken.html", html("<main><img src=/icon.svg><button></button></main>")))?;
    page.open("/broken.html").await?;
    let found = page.axe(TAGS).await?;
    let rules: Vec<_> = found.iter().filter_map(|it| it[0].as_str()).collect();
    assert!(rules.contains(&"image-alt") && rules.contains(&"button-name"), "{found:?}");
    Ok(())
}

async fn check(page: &Page, state: &str, theme: &str) -> Outcome {
    // Colours that are on their way are no colours to judge.
    page.exec_async(
        "await Promise.all(document.getAnimations().map(it => it.finished)); await new Promise(requestAnimationFrame)",
        vec![],
    )
    .await?;
    assert_eq!(page.axe(TAGS).await?, Vec::<Value>::new(), "{state}, {theme}");
    Ok(())
}

async fn in_all_states(page: &mut Page, theme: &str) -> Outcome {
    page.serve(page.site().page(
        "/none.html",
        module_page(&format!("<main><release-annotator theme={theme} src=/no-such.txt></release-annotator></main>")),
    ))?;
    page.open_ready(DEMO).await?;
    page.exec("el.theme = arguments[0]", vec![json!(theme)]).await?;
    check(page, "empty", theme).await?;

    for (index, keys) in [(1, "1"), (5, "1 2 3"), (6, "2"), (8, "3")] {
        choose(page, index).await?;
        page.keys(keys).await?;
    }
    page.exec_async("await el.annotate({ exact: 'Alexander Eggermont' }, 'quote', { note: 'Une note.' }); await el.annotate({ exact: 'Claude Bertrand' }, 'dates')", vec![]).await?;
    counts(page, 8).await?;
    check(page, "labelled", theme).await?;

    choose(page, 1).await?;
    page.keys("Shift+ArrowDown Shift+ArrowDown").await?;
    check(page, "several sentences chosen", theme).await?;
    page.keys("Escape ArrowRight Shift+ArrowRight Shift+ArrowRight").await?;
    page.wait_until("return $('.chosen')").await?;
    check(page, "a stretch of words chosen", theme).await?;
    page.drag_text((&sentence(1), 2), (&sentence(1), 16)).await?;
    check(page, "text selected by the mouse", theme).await?;

    choose(page, 6).await?;
    page.keys("Enter").await?;
    page.wait_until("return $('.card.open')").await?;
    check(page, "a card open", theme).await?;

    page.click("[data-do=search]").await?;
    page.keys("e r t").await?;
    page.wait_until("return $$('[part~=annotation]').length < 8").await?;
    check(page, "list filtered", theme).await?;
    for panel in
        ["[data-panel=bulk]", "[data-panel=labels]", "[data-panel=guideline]", "[part~=suggest]", "[part~=formats]"]
    {
        page.click(panel).await?;
        page.wait_until("return $('.panel') !== null").await?;
        check(page, panel, theme).await?;
        if panel == "[part~=formats]" {
            for next in ["releases", "history"] {
                page.click(&format!(".panel [data-panel={next}]")).await?;
                page.wait_until(&format!("return $('.panel [data-panel={next}]') === null")).await?;
                check(page, next, theme).await?;
            }
        }
        page.click(".panel-head button").await?;
        page.wait_until("return $('.panel') === null").await?;
    }
    page.exec(
        "const it = $('[data-do=search]'); it.value = ''; it.dispatchEvent(new Event('input', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.click("[data-do=order]").await?;
    check(page, "list in text order", theme).await?;

    page.click("[part~=help-button]").await?;
    page.wait_until("return $('dialog')?.open").await?;
    check(page, "help", theme).await?;
    page.keys("Escape").await?;

    page.exec_async("await el.labelSentence(0, 'none').catch(() => {})", vec![]).await?;
    page.wait_until("return $('[part~=alert] p')").await?;
    check(page, "error", theme).await?;

    page.eval("el.readonly = true; el.uiLang = 'en'").await?;
    page.wait_for("return $('[part~=label]').disabled", true).await?;
    check(page, "read-only, in English", theme).await?;

    page.open("/none.html").await?;
    page.wait_until("return $('[part~=alert] p')").await?;
    check(page, "no release", theme).await?;
    page.console_errors().await?;
    Ok(())
}
