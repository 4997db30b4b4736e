//! The builds as such: each loads by itself and defines the element.

use browser_tests::{Outcome, Page, html};

const DEFINED: &str = "return customElements.get('release-annotator') !== undefined && root !== null";

/// How often the program was fetched.
fn fetched(page: &Page) -> usize {
    page.server().requests().iter().filter(|path| *path == "/release-annotator_bg.wasm").count()
}

pub(crate) async fn the_module_finds_the_wasm_beside_itself(page: &mut Page) -> Outcome {
    page.open("/").await?;
    page.wait_until(DEFINED).await?;
    page.wait_until("return performance.getEntriesByType('resource').some(it => it.name.endsWith('_bg.wasm'))").await?;
    assert_eq!(fetched(page), 1);
    Ok(())
}

pub(crate) async fn the_one_script_fetches_nothing(page: &mut Page) -> Outcome {
    let body = "<script src=release-annotator.iife.js></script><release-annotator></release-annotator>";
    page.serve(page.site().page("/classic.html", html(body)))?;
    page.open("/classic.html").await?;
    page.wait_until(DEFINED).await?;
    assert_eq!(fetched(page), 0);
    Ok(())
}
