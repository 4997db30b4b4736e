//! The release is there before the program is, and nothing jumps when the element takes over.

use std::time::Duration;

use browser_tests::{Outcome, Page, html, json};

use super::support::*;

const SHIFTS: &str = "globalThis.shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(it => [it.value, it.sources.map(its => its.node?.nodeName + '.' + its.node?.className)])))
        .observe({ type: 'layout-shift', buffered: true })";

/// The sample as an author would put it into the page.
fn paragraphs() -> String {
    let mut lines = SAMPLE.lines().filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let rest: String = lines.map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;"))).collect();
    format!("<h2>{title}</h2>\n{rest}")
}

pub(crate) async fn the_text_is_painted_before_the_program_is_there_and_stays_where_it_is(page: &mut Page) -> Outcome {
    page.before_load(SHIFTS).await?;
    let plain = format!("<main><h1>Page</h1><release-annotator lang=\"fr\" storage-key=\"plain\">{SAMPLE}</release-annotator><p id=\"after\">Après</p></main>")
        .replace("R&D", "R&amp;D");
    let marked = format!(
        "<main><h1>Page</h1><release-annotator lang=\"fr\" storage-key=\"marked\">{}</release-annotator><p id=\"after\">Après</p></main>",
        paragraphs()
    );
    let site = page.site().page("/plain.html", module_page(&plain)).page("/marked.html", module_page(&marked));
    page.serve(site.delay("/release-annotator_bg.wasm", Duration::from_secs(2)))?;
    for path in ["/plain.html", "/marked.html"] {
        for (width, height) in [(1280, 900), (360, 740)] {
            page.screen(width, height, 1.0, false).await?;
            page.open(path).await?;
            page.wait_until("return root !== null").await?;
            // Where some words stand, drawn by whomever.
            let place = "const where = words => {
                    const walk = (node, list) => {
                        if (node.nodeType === 3 && node.data.includes(words)) list.push(node);
                        for (const child of node.shadowRoot?.childNodes ?? node.assignedNodes?.() ?? []) walk(child, list);
                        if (!node.shadowRoot) for (const child of node.childNodes) walk(child, list);
                        return list;
                    };
                    const node = walk(el, [])[0];
                    if (!node) return null;
                    const range = document.createRange();
                    range.setStart(node, node.data.indexOf(words));
                    range.setEnd(node, node.data.indexOf(words) + words.length);
                    const box = range.getBoundingClientRect();
                    return [box.left, box.top, box.width, box.height].map(it => Math.round(it));
                };
                return [where('Cancérologie'), where('Le groupe bio'), where('Face à la'), where('Au-delà'), document.getElementById('after').getBoundingClientRect().top | 0]";
            let before = page.eval(place).await?;
            assert_eq!(page.eval("return el.sentences.length").await?, 0, "the program is not there yet");
            assert!(before[1].is_array(), "{path}: painted before the program: {before}");
            page.ready().await?;
            page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
            let after = page.eval(place).await?;
            assert_eq!(
                after, before,
                "{path} at {width}: left, top, width, height of some words, and the top of what follows"
            );
            let shifts = page.eval("return shifts").await?;
            let sum: f64 = shifts.as_array().into_iter().flatten().filter_map(|it| it[0].as_f64()).sum();
            assert!(sum < 0.01, "{path} at {width}: layout shift {sum}: {shifts}");
        }
    }
    Ok(())
}

pub(crate) async fn a_release_that_is_fetched_lets_nothing_jump(page: &mut Page) -> Outcome {
    page.before_load(SHIFTS).await?;
    page.serve(
        page.site()
            .delay("/release-annotator_bg.wasm", Duration::from_secs(1))
            .delay("/releases/", Duration::from_secs(1)),
    )?;
    for (width, height) in [(1280, 900), (360, 740)] {
        page.screen(width, height, 1.0, false).await?;
        page.open_ready(DEMO).await?;
        page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
        let shifts = page.eval("return shifts").await?;
        let sum: f64 = shifts.as_array().into_iter().flatten().filter_map(|it| it[0].as_f64()).sum();
        assert!(sum < 0.01, "{width}: layout shift {sum}: {shifts}");
    }
    Ok(())
}

pub(crate) async fn without_a_script_the_content_is_shown(page: &mut Page) -> Outcome {
    page.serve(
        page.site()
            .page("/bare.html", html(&format!("<release-annotator lang=\"fr\">{}</release-annotator>", paragraphs()))),
    )?;
    page.open("/bare.html").await?;
    let text = page.eval("return document.body.innerText").await?;
    assert!(
        text.as_str()
            .is_some_and(|text| text.contains("Le groupe biopharmaceutique") && text.contains("Source : Ipsen"))
    );
    Ok(())
}

pub(crate) async fn labelling_moves_no_line(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let places = "return $$('[part~=sentence]').map(it => [...it.getClientRects()].map(box => [box.left, box.top, box.width].map(n => Math.round(n))))";
    let before = page.eval(&format!("scrollTo(0, 0); {places}")).await?;
    page.exec_async("for (const label of ['objective', 'quote', 'dates']) { await el.labelSentence(1, label); await el.labelSentence(8, label); }", vec![]).await?;
    page.exec_async("await new Promise(go => setTimeout(go, 100))", vec![]).await?;
    assert_eq!(page.eval(&format!("scrollTo(0, 0); {places}")).await?, before);
    let lines = "const first = $('[data-sentence=\"1\"]').getClientRects(); return first.length";
    assert_eq!(page.eval(lines).await?, json!(before[1].as_array().map(Vec::len)));
    Ok(())
}
