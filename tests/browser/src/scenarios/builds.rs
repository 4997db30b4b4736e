//! Both builds of the contract do the whole work wherever they are promised to: label, store, export, download.

use std::fs;

use browser_tests::{Outcome, Page, Value, html, json};

use super::support::*;

/// Labels, reloads, exports and downloads on the page that is open and ready.
async fn works(page: &mut Page, text: &str) -> Outcome {
    choose(page, 1).await?;
    page.keys("1").await?;
    page.click(&label("dates")).await?;
    bears(page, 1, "objective dates").await?;
    assert!(stored(page).await?.keys().any(|key| key.starts_with("release-annotator:")));
    let before = annotations(page).await?;
    page.reload().await?;
    page.ready().await?;
    assert_eq!(annotations(page).await?, before);
    page.click("[part~=download]").await?;
    page.wait_until("return $('[part~=status]').innerText.includes('annotations.json')").await?;
    let status = page.eval("return $('[part~=status]').innerText").await?;
    let name = status
        .as_str()
        .and_then(|text| text.split_whitespace().find(|word| word.ends_with(".json")))
        .unwrap_or_default();
    let file = page.download_json(name).await?;
    check_file(page, &file, text).await?;
    assert_eq!(file["annotations"], Value::Array(before));
    Ok(())
}

/// The digest of a file of dist/ as an `integrity` attribute takes it.
async fn integrity(page: &Page, file: &str) -> Outcome<String> {
    page.open(DEMO).await?;
    let js = "const bytes = await (await fetch(args[0])).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
        return 'sha384-' + btoa(String.fromCharCode(...digest))";
    Ok(page.exec_async(js, vec![json!(file)]).await?.as_str().unwrap_or_default().to_owned())
}

fn element() -> String {
    format!("<release-annotator lang=\"fr\" storage-key=\"short\">{SHORT}</release-annotator>")
}

pub(crate) async fn the_module_does_the_whole_work(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    works(page, SAMPLE).await
}

pub(crate) async fn the_module_works_from_another_origin_that_allows_it(page: &mut Page) -> Outcome {
    let module = page.url_at("cdn.test", "/release-annotator.js");
    let body = format!("<script type=\"module\" src=\"{module}\"></script>{}", element());
    page.serve(page.site().page("/test.html", html(&body)).header("/", "Access-Control-Allow-Origin", "*"))?;
    page.open_ready("/test.html").await?;
    works(page, SHORT).await
}

pub(crate) async fn the_one_script_works_from_another_origin_that_allows_nothing(page: &mut Page) -> Outcome {
    let script = page.url_at("cdn.test", "/release-annotator.iife.js");
    page.serve(page.site().page("/test.html", html(&format!("<script src=\"{script}\"></script>{}", element()))))?;
    page.open_ready("/test.html").await?;
    works(page, SHORT).await
}

pub(crate) async fn the_one_script_bears_an_integrity_attribute(page: &mut Page) -> Outcome {
    let digest = integrity(page, "/release-annotator.iife.js").await?;
    let body = format!("<script src=\"/release-annotator.iife.js\" integrity=\"{digest}\"></script>{}", element());
    page.serve(page.site().page("/test.html", html(&body)))?;
    page.open_ready("/test.html").await?;
    works(page, SHORT).await
}

pub(crate) async fn the_one_script_bears_an_integrity_attribute_from_another_origin(page: &mut Page) -> Outcome {
    let digest = integrity(page, "/release-annotator.iife.js").await?;
    let script = page.url_at("cdn.test", "/release-annotator.iife.js");
    let body =
        format!("<script src=\"{script}\" integrity=\"{digest}\" crossorigin=\"anonymous\"></script>{}", element());
    let site = page.site().page("/test.html", html(&body));
    page.serve(site.header("/release-annotator.iife.js", "Access-Control-Allow-Origin", "*"))?;
    page.open_ready("/test.html").await?;
    works(page, SHORT).await
}

pub(crate) async fn the_one_script_does_the_whole_work_from_a_file(page: &mut Page) -> Outcome {
    let folder = page.dist().with_file_name("target").join("browser-tests").join("file");
    fs::create_dir_all(&folder)?;
    fs::copy(page.dist().join("release-annotator.iife.js"), folder.join("release-annotator.iife.js"))?;
    let body = format!("<script src=\"release-annotator.iife.js\"></script>{}", element());
    fs::write(folder.join("work.html"), html(&body).replace("/icon.svg", "data:,"))?;
    page.open_ready(&format!("file://{}", folder.join("work.html").display())).await?;
    works(page, SHORT).await?;
    assert!(page.server().requests().is_empty());
    Ok(())
}

pub(crate) async fn both_scripts_on_one_page_define_the_element_once(page: &mut Page) -> Outcome {
    let body = format!(
        "<script src=\"/release-annotator.iife.js\"></script>{}<script src=\"/release-annotator.iife.js\"></script>",
        element()
    );
    page.serve(page.site().page("/test.html", module_page(&body)))?;
    page.open_ready("/test.html").await?;
    works(page, SHORT).await
}

pub(crate) async fn content_that_is_still_arriving_is_waited_for(page: &mut Page) -> Outcome {
    let body = "<script src=\"/release-annotator.iife.js\"></script><release-annotator lang=\"fr\" storage-key=\"slow\">\
        <p>Le début.</p><script src=\"/slow.js\"></script><p>La fin.</p></release-annotator>";
    let site = page.site().page("/test.html", html(body)).page("/slow.js", "");
    page.serve(site.delay("/slow.js", std::time::Duration::from_secs(2)))?;
    page.open_ready("/test.html").await?;
    let text = page.eval("return el.text").await?;
    assert!(text.as_str().is_some_and(|text| text.contains("Le début.") && text.contains("La fin.")), "{text}");
    Ok(())
}
