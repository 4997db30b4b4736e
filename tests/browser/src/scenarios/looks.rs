//! What can be measured of the looks: it fits small screens, can be hit by a finger, and can be read.

use browser_tests::{Outcome, Page, json};

use super::support::*;

async fn labelled(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let js = "await el.clear(); await el.labelSentence(0, 'objective'); for (const label of ['quote', 'objective', 'dates']) await el.labelSentence(8, label);
        await el.annotate({ exact: 'Claude Bertrand' }, 'dates'); await new Promise(go => setTimeout(go, 100))";
    page.exec_async(js, vec![]).await?;
    Ok(())
}

pub(crate) async fn nothing_is_wider_than_a_phone(page: &mut Page) -> Outcome {
    for (width, language) in [(360, "fr"), (360, "en"), (320, "fr"), (320, "en")] {
        page.screen(width, 740, 2.0, true).await?;
        labelled(page).await?;
        page.exec_async("el.uiLang = args[0]; await new Promise(go => setTimeout(go, 100))", vec![json!(language)])
            .await?;
        let js = "return [$('[part~=undo]'), $('[part~=import]'), $('[part~=download]'), $('[part~=help-button]'), $('[part~=annotations]')]
            .filter(it => it.getBoundingClientRect().right > arguments[0] || it.getBoundingClientRect().left < 0)
            .map(it => [it.part.value, Math.round(it.getBoundingClientRect().left), Math.round(it.getBoundingClientRect().right)])";
        assert_eq!(page.exec(js, vec![json!(width)]).await?, json!([]), "outside {width} px, {language}");
        assert_eq!(
            page.eval("return document.documentElement.scrollWidth").await?,
            width,
            "{language}: no scrolling sideways"
        );
    }
    Ok(())
}

pub(crate) async fn the_toolbar_has_three_rows_on_a_phone(page: &mut Page) -> Outcome {
    for (width, language) in [(360, "fr"), (360, "en"), (320, "fr")] {
        page.screen(width, 740, 2.0, true).await?;
        labelled(page).await?;
        page.exec_async("el.uiLang = args[0]; await new Promise(go => setTimeout(go, 100))", vec![json!(language)])
            .await?;
        // Labels, actions, and the status with two more actions beside it.
        let js = "const middle = it => { const box = it.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 20); };
            const rows = new Set($$('.toolbar button').map(middle));
            return [rows.size, $('.top').getBoundingClientRect().height < 190, $$('.toolbar button').every(it => it.getBoundingClientRect().height >= 44)]";
        assert_eq!(page.eval(js).await?, json!([3, true, true]), "{width} px, {language}");
    }
    Ok(())
}

pub(crate) async fn the_help_fits_a_phone(page: &mut Page) -> Outcome {
    page.screen(320, 560, 2.0, true).await?;
    labelled(page).await?;
    page.eval("$('[part~=help-button]').click()").await?;
    page.wait_until("return $('dialog')?.open").await?;
    let js = "const box = $('dialog').getBoundingClientRect(); return [box.left >= 0, box.right <= 320, box.top >= 0, box.bottom <= 560, $('dialog').scrollWidth <= $('dialog').clientWidth]";
    assert_eq!(page.eval(js).await?, json!([true, true, true, true, true]));
    Ok(())
}

pub(crate) async fn buttons_are_large_enough(page: &mut Page) -> Outcome {
    // WCAG 2.2, 2.5.8: 24 by 24 CSS pixels; with a finger it is to be 44.
    for (mobile, least) in [(false, 24.0), (true, 44.0)] {
        page.screen(if mobile { 400 } else { 1280 }, 800, 1.0, mobile).await?;
        labelled(page).await?;
        let js = "return $$('button').map(it => [it.part.value || it.className, it.getBoundingClientRect().width, it.getBoundingClientRect().height]).filter(it => it[1] < arguments[0] || it[2] < arguments[0])";
        assert_eq!(page.exec(js, vec![json!(least)]).await?, json!([]), "{least} px");
    }
    Ok(())
}

/// The contrast of the words of the elements, and of the names of labels, with what lies behind them (WCAG 2.2, 1.4.3): how
/// many there are, and `[what, ratio]` of those below `least`.
pub(crate) fn contrasts(least: f64, elements: &str) -> String {
    CONTRASTS.replace("ELEMENTS", elements).replace("LEAST", &least.to_string())
}

const CONTRASTS: &str = "
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const mix = colors => {
        context.clearRect(0, 0, 1, 1);
        for (const color of colors) { context.fillStyle = color; context.fillRect(0, 0, 1, 1); }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = rgb => {
        const [r, g, b] = rgb.map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = node => {
        const colors = [];
        for (let at = node; at; at = at.parentElement ?? at.parentNode?.host) colors.unshift(getComputedStyle(at).backgroundColor);
        return ['white', ...colors];
    };
    const ratio = (node, pseudo) => {
        const style = getComputedStyle(node, pseudo);
        const ground = [...behind(node), ...(pseudo ? [style.backgroundColor] : [])];
        const [a, b] = [light(mix([...ground, style.color])), light(mix(ground))].sort((a, b) => b - a);
        return (a + 0.05) / (b + 0.05);
    };
    const found = [];
    for (const node of $$('ELEMENTS')) found.push([node.className || node.localName, ratio(node)]);
    if (LEAST < 7) for (const node of $$('mark[data-tag]')) found.push(['tag ' + node.dataset.tag, ratio(node, '::before')]);
    return [found.length, found.filter(it => it[1] < LEAST)]";

pub(crate) async fn words_stand_out_in_light_and_dark(page: &mut Page) -> Outcome {
    for scheme in ["light", "dark"] {
        page.emulate(&[("prefers-color-scheme", scheme)]).await?;
        labelled(page).await?;
        choose(page, 8).await?;
        page.exec_async(
            "await el.labelSentence(0, 'none').catch(() => {}); await new Promise(go => setTimeout(go, 100))",
            vec![],
        )
        .await?;
        let elements = "button:not(:disabled), .safety, .done, mark, .hint, .passage, h2, h3, .count, kbd, [part~=alert] p, [part~=sentence]";
        let found = page.eval(&contrasts(4.5, elements)).await?;
        assert!(found[0].as_u64() > Some(30), "{found}");
        assert_eq!(found[1], json!([]), "{scheme}");
    }
    Ok(())
}

pub(crate) async fn the_focus_is_seen(page: &mut Page) -> Outcome {
    labelled(page).await?;
    page.eval("document.body.tabIndex = -1; document.body.focus()").await?;
    let mut seen = 0;
    for _ in 0..16 {
        page.keys("Tab").await?;
        let js = "const it = root.activeElement; if (!it) return null; const style = getComputedStyle(it);
            return [it.part.value || it.className, style.outlineStyle, parseFloat(style.outlineWidth)]";
        let found = page.eval(js).await?;
        if found.is_null() {
            continue;
        }
        seen += 1;
        assert!(found[1] != "none" && found[2].as_f64() >= Some(2.0), "{found}");
    }
    assert!(seen > 8, "{seen} stops");
    Ok(())
}
