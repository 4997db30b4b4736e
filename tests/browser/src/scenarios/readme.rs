//! The README's own words: what it tells people to paste does work.

use std::fs;

use browser_tests::{Outcome, Page, html};

use super::support::*;

pub(crate) async fn the_snippet_of_the_readme_runs_as_it_is(page: &mut Page) -> Outcome {
    let file = page.dist().with_file_name("README.md");
    let readme = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let block = readme.split_once("\n```html\n").and_then(|(_, rest)| rest.split_once("\n```"));
    let (snippet, _) = block.ok_or("README.md has no block that begins with ```html")?;
    assert!(snippet.contains("<release-annotator") && snippet.contains("<script"), "{snippet}");
    page.serve(page.site().page("/snippet.html", html(snippet)))?;
    page.open_ready("/snippet.html").await?;
    choose(page, 1).await?;
    page.keys("1").await?;
    bears(page, 1, "objective").await
}
