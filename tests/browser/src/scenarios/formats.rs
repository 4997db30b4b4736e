//! Files in other formats: the menu, reading back, and what happens without the tools.

use browser_tests::{Outcome, Page, json};

use super::support::*;

pub(crate) async fn the_menu_lists_every_format_and_saves_it(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    page.exec_async("await el.labelSentence(6, 'quote'); await el.labelSentence(1, 'objective')", vec![]).await?;
    page.click("[part~=formats]").await?;
    page.wait_until("return $$('.panel [data-format]').length >= 12").await?;
    let formats = page.eval("return $$('.panel [data-format]').map(it => it.dataset.format)").await?;
    let formats: Vec<&str> = formats.as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
    for (index, format) in formats.into_iter().enumerate() {
        let js = "const { name, mediaType, content } = await el.exportAs(args[0]);
            return [name, mediaType, typeof content === 'string' ? content : [...content.slice(0, 2)]]";
        let file = page.exec_async(js, vec![json!(format)]).await?;
        let name = file[0].as_str().unwrap_or_default().to_owned();
        assert!(name.starts_with("ipsen-gustave-roussy.fr."), "{format}: {file}");
        // The browser asks before an eleventh file of one page.
        if index % 2 == 0 {
            continue;
        }
        page.click(&format!(".panel [data-format='{format}']")).await?;
        let saved = page.download(&name).await?;
        match file[2].as_str() {
            // The moment of the export is in some of them.
            Some(content) => assert_eq!(saved.len(), content.len(), "{format}"),
            None => assert!(saved.starts_with(b"PK"), "{format}: {file}"),
        }
    }
    assert!(page.exec_async("await el.exportAs('docx')", vec![]).await.is_err());
    page.console_errors().await?;
    Ok(())
}

pub(crate) async fn every_format_that_is_read_comes_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async(
        "await el.labelSentence(2, 'quote'); await el.annotate({ exact: '😀 est' }, 'dates', { note: 'un <b>' })",
        vec![],
    )
    .await?;
    let wanted = page.eval("return el.annotations.map(it => [it.label, it.exact])").await?;
    for format in ["json", "w3c", "recogito", "label-studio", "doccano", "brat"] {
        let js = "const { content } = await el.exportAs(args[0]);
            await el.clear();
            const report = await el.importFrom(content, args[1] ? { format: args[0] } : {});
            return [report.added, report.orphans, el.annotations.map(it => [it.label, it.exact])]";
        for named in [true, false] {
            let back = page.exec_async(js, vec![json!(format), json!(named)]).await?;
            assert_eq!(back, json!([2, 0, wanted]), "{format}, named: {named}");
        }
    }
    Ok(())
}

pub(crate) async fn a_file_for_another_release_is_refused_with_both_titles(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let file = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    open_short(page).await?;
    let js = "return await el.importFrom(args[0]).catch(error => [error.code, error.message])";
    let refused = page.exec_async(js, vec![file]).await?;
    assert_eq!(refused[0], "invalid-file");
    let message = refused[1].as_str().unwrap_or_default();
    assert!(message.contains("Cancérologie") && message.contains("Un titre"), "{message}");
    page.wait_until("return $('[part~=alert]').innerText.includes('Cancérologie')").await?;
    Ok(())
}

pub(crate) async fn without_the_tools_the_annotation_file_can_be_had(page: &mut Page) -> Outcome {
    let body = format!("<release-annotator lang=\"fr\">{SHORT}</release-annotator>");
    let site =
        page.site().page("/test.html", module_page(&body)).page("/release-annotator-tools.js", "nothing at all(");
    page.serve(site)?;
    page.open_ready("/test.html").await?;
    page.exec_async("await el.labelSentence(1, 'quote')", vec![]).await?;
    let js = "return await el.exportAs('w3c').catch(error => error.code)";
    assert_eq!(page.exec_async(js, vec![]).await?, "network");
    page.wait_until("return $('[part~=alert]').innerText !== ''").await?;
    let file = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    check_file(page, &file.as_str().unwrap_or_default().parse()?, SHORT).await?;
    page.click("[part~=download]").await?;
    page.console_errors().await.ok();
    Ok(())
}

pub(crate) async fn a_badge_counts_what_no_downloaded_file_has(page: &mut Page) -> Outcome {
    open_short(page).await?;
    let badge = "return $('[part~=download]').dataset.changes ?? ''";
    page.wait_for(badge, "").await?;
    page.exec_async("await el.labelSentence(1, 'quote'); await el.labelSentence(2, 'quote')", vec![]).await?;
    page.wait_for(badge, "2").await?;
    page.click("[part~=download]").await?;
    page.wait_for(badge, "").await?;
    page.exec_async("await el.undo()", vec![]).await?;
    page.wait_for(badge, "1").await?;
    Ok(())
}
