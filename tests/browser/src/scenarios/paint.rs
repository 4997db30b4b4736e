//! The release is there before the program is, and nothing jumps when the element takes over.

use std::time::Duration;

use browser_tests::{Outcome, Page, html};

use super::support::*;

/// Before the element is defined its content is the page's, drawn by the page's own style.
const SHIFTS: &str = "window.shifts = [];
    window.defined = Infinity;
    customElements.whenDefined('release-annotator').then(() => setTimeout(() => { window.defined = performance.now() }, 100));
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(it => [it.value, it.sources.map(its => its.node?.nodeName + '.' + its.node?.className), it.startTime])))
        .observe({ type: 'layout-shift', buffered: true })";

/// The sample as an author would put it into the page.
fn paragraphs() -> String {
    let mut lines = SAMPLE.lines().filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let rest: String = lines.map(|line| format!("<p>{}</p>\n", line.replace('&', "&amp;"))).collect();
    format!("<h2>{title}</h2>\n{rest}")
}

/// Where some words stand, drawn by whomever (left, top, width, height), and the top of what follows the element.
const PLACES: &str = "const where = words => {
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

/// The page with this content before and after the program is there, on a wide and on a narrow screen.
async fn stays(page: &mut Page, content: &str) -> Outcome {
    page.before_load(SHIFTS).await?;
    let body = format!(
        "<main><h1>Page</h1><release-annotator lang=\"fr\">{content}</release-annotator><p id=\"after\">Après</p></main>"
    );
    let site = page.site().page("/test.html", module_page(&body));
    page.serve(site.delay("/release-annotator_bg.wasm", Duration::from_secs(2)))?;
    for (width, height) in [(1280, 900), (360, 740)] {
        page.screen(width, height, 1.0, false).await?;
        page.open("/test.html").await?;
        page.wait_until("return root !== null").await?;
        let before = page.eval(PLACES).await?;
        assert_eq!(page.eval("return el.sentences.length").await?, 0, "the program is not there yet");
        assert!(before[1].is_array(), "painted before the program: {before}");
        page.ready().await?;
        page.exec_async("await new Promise(go => setTimeout(go, 300))", vec![]).await?;
        assert_eq!(page.eval(PLACES).await?, before, "at {width}");
        no_shift(page, width).await?;
    }
    Ok(())
}

async fn no_shift(page: &Page, width: u32) -> Outcome {
    let shifts = page.eval("return shifts.filter(it => it[2] > defined)").await?;
    let sum: f64 = shifts.as_array().into_iter().flatten().filter_map(|it| it[0].as_f64()).sum();
    assert!(sum < 0.01, "at {width}: layout shift {sum}: {shifts}");
    Ok(())
}

pub(crate) async fn paragraphs_are_painted_before_the_program_is_there_and_stay_where_they_are(
    page: &mut Page,
) -> Outcome {
    stays(page, &paragraphs()).await
}

pub(crate) async fn plain_text_is_painted_before_the_program_is_there_and_stays_where_it_is(
    page: &mut Page,
) -> Outcome {
    stays(page, &SAMPLE.replace('&', "&amp;")).await
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
        no_shift(page, width).await?;
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
    // The lines of each paragraph by their tops: a mark cuts a line into more boxes, but moves none.
    let lines = "scrollTo(0, 0); return $$('[part~=document] p').map(it => {
        const range = document.createRange();
        range.selectNodeContents(it);
        return [...new Set([...range.getClientRects()].map(box => Math.round(box.top)))];
    })";
    let before = page.eval(lines).await?;
    let label = "for (const label of ['objective', 'quote', 'dates']) { await el.labelSentence(1, label); await el.labelSentence(8, label); }
        await el.annotate({ exact: 'Claude Bertrand' }, 'dates'); await new Promise(go => setTimeout(go, 100))";
    page.exec_async(label, vec![]).await?;
    assert_eq!(page.eval(lines).await?, before);
    Ok(())
}
