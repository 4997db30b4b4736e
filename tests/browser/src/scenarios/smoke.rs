//! The builds as such: each loads by itself and defines the element.

use std::fs;

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

pub(crate) async fn the_one_script_works_from_a_file(page: &mut Page) -> Outcome {
    let folder = page.dist().with_file_name("target").join("browser-tests");
    fs::create_dir_all(&folder)?;
    fs::copy(page.dist().join("release-annotator.iife.js"), folder.join("release-annotator.iife.js"))?;
    let body = "<script src=\"release-annotator.iife.js\"></script><release-annotator>Un texte.</release-annotator>";
    fs::write(folder.join("file.html"), html(body).replace("/icon.svg", "data:,"))?;
    page.open(&format!("file://{}", folder.join("file.html").display())).await?;
    page.wait_until(DEFINED).await?;
    assert!(page.server().requests().is_empty());
    Ok(())
}

/// No browser in it, but it is a promise about the same files.
pub(crate) async fn the_program_names_no_folder_of_this_machine(page: &mut Page) -> Outcome {
    let wasm = fs::read(page.dist().join("release-annotator_bg.wasm"))?;
    let home = std::env::home_dir().ok_or("a home")?.join(".cargo").display().to_string();
    for folder in [home.as_str(), "registry/src", &page.dist().with_file_name("src").display().to_string()] {
        let found = wasm.windows(folder.len()).any(|bytes| bytes == folder.as_bytes());
        assert!(!found, "{folder}");
    }
    Ok(())
}
