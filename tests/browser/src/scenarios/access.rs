//! What WCAG 2.2 AA and RGAA ask beyond rules that a program can read off the page: zoom, spacing, forced colours,
//! motion, where the focus goes and stays, what a screen reader is given. Contrast and sizes are in `looks`.

use browser_tests::engine::Engine;
use browser_tests::{Outcome, Page, json};

use super::support::*;

/// The sample with labels of all kinds, one sentence with three.
async fn labelled(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let js = "await el.clear(); await el.labelSentence(1, 'objective'); for (const label of ['quote', 'objective', 'dates']) await el.labelSentence(6, label);
        await el.annotate({ exact: 'Claude Bertrand' }, 'dates')";
    page.exec_async(js, vec![]).await?;
    page.wait_for("return $$('[part~=annotation]').length", 5).await
}

/// Text that is cut off, or stands outside its button or the widget: `[what, words]` each.
const CUT: &str = "
    const frame = $('.frame').getBoundingClientRect(), found = [];
    const walker = document.createTreeWalker($('.frame'), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const owner = node.parentElement, words = node.data.trim().slice(0, 30);
        if (!words || !owner.checkVisibility() || getComputedStyle(owner).clipPath !== 'none') continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const scrolls = [...ancestors(owner)].find(it => ['auto', 'scroll'].includes(getComputedStyle(it).overflowX));
        if (!scrolls && (box.left < frame.left - 1 || box.right > frame.right + 1)) found.push(['outside the widget', words]);
        const button = owner.closest('button')?.getBoundingClientRect();
        if (button && (box.left < button.left - 1 || box.right > button.right + 1 || box.top < button.top - 2 || box.bottom > button.bottom + 2))
            found.push(['outside its button', words]);
        for (const it of ancestors(owner)) {
            const style = getComputedStyle(it), around = it.getBoundingClientRect();
            if (['hidden', 'clip'].includes(style.overflowX) && box.right > around.right + 1) found.push(['cut at the side', words]);
            if (['hidden', 'clip'].includes(style.overflowY) && box.bottom > around.bottom + 1) found.push(['cut below', words]);
        }
    }
    function* ancestors(node) { for (let at = node; at && at !== $('.frame'); at = at.parentElement) yield at; }
    if (document.documentElement.scrollWidth > innerWidth) found.push(['scrolls sideways', document.documentElement.scrollWidth]);
    return found";

pub(crate) async fn nothing_is_cut_at_twice_the_size(page: &mut Page) -> Outcome {
    // WCAG 1.4.4: the window of 1280 pixels has 640 at 200 %; then the letters alone are doubled.
    page.screen(640, 450, 1.0, false).await?;
    labelled(page).await?;
    assert_eq!(page.eval(CUT).await?, json!([]), "zoom");
    page.screen(1280, 900, 1.0, false).await?;
    page.eval("document.documentElement.style.fontSize = '200%'").await?;
    assert_eq!(page.eval(CUT).await?, json!([]), "letters");
    page.click("[part~=help-button]").await?;
    page.wait_until("return $('dialog')?.open").await?;
    assert_eq!(page.eval(CUT).await?, json!([]), "help");
    Ok(())
}

pub(crate) async fn nothing_is_cut_with_wider_spacing(page: &mut Page) -> Outcome {
    // WCAG 1.4.12.
    let js = "const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
        root.adoptedStyleSheets.push(sheet)";
    for (width, language) in [(1280, "fr"), (1280, "en"), (700, "fr"), (320, "fr")] {
        // Firefox makes no window so narrow.
        if width < 500 && page.engine() != Engine::Chromium {
            continue;
        }
        page.screen(width, 800, 1.0, false).await?;
        labelled(page).await?;
        page.eval(&format!("el.uiLang = '{language}'")).await?;
        page.eval(js).await?;
        assert_eq!(page.eval(CUT).await?, json!([]), "{width} px, {language}");
        page.click("[part~=help-button]").await?;
        page.wait_until("return $('dialog')?.open").await?;
        assert_eq!(page.eval(CUT).await?, json!([]), "help, {width} px, {language}");
    }
    Ok(())
}

pub(crate) async fn forced_colours_leave_everything_told_apart(page: &mut Page) -> Outcome {
    page.emulate(&[("forced-colors", "active")]).await?;
    labelled(page).await?;
    choose(page, 1).await?;
    page.wait_for("return $(\"[data-label=objective]\").getAttribute('aria-pressed')", "true").await?;
    let js = "
        const style = css => getComputedStyle($(css));
        const [pressed, other] = ['objective', 'quote'].map(id => style(`[part~=label][data-label=${id}]`));
        const [first, second, third] = [0, 1, 2].map(index => style(`mark.label-${index}`).textDecorationStyle);
        return {
            'a pressed label from others': pressed.borderTopColor !== other.borderTopColor || pressed.borderTopWidth !== other.borderTopWidth,
            'marks from text': style('mark').textDecorationLine.includes('underline'),
            'labels by their lines': new Set([first, second, third]).size === 3,
            'the current sentence': style('.sentence.current').outlineStyle !== 'none',
            'cards by their edges': new Set([0, 1, 2].map(index => style(`.card.label-${index}`).borderInlineStartStyle)).size === 3,
            'buttons from text': style('[part~=import]').borderTopStyle !== 'none',
        }";
    let told = page.eval(js).await?;
    for (what, is) in told.as_object().ok_or("answers")? {
        assert_eq!(is, true, "{what}");
    }
    page.keys("ArrowDown").await?;
    let js = "return root.activeElement.matches(':focus-visible') && parseFloat(getComputedStyle(root.activeElement).outlineWidth) >= 2";
    page.wait_for(js, true).await?;
    page.keys("ArrowRight Shift+ArrowRight").await?;
    page.wait_until("return $('.chosen')").await?;
    let chosen = "const its = getComputedStyle($('.chosen')), around = getComputedStyle($('.sentence.current'));
        return its.outlineStyle !== 'none' || its.borderTopStyle !== 'none' || its.backgroundColor !== around.backgroundColor";
    assert_eq!(page.eval(chosen).await?, true, "chosen words are seen");
    Ok(())
}

pub(crate) async fn nothing_moves_for_who_wants_less_motion(page: &mut Page) -> Outcome {
    page.emulate(&[("prefers-reduced-motion", "reduce")]).await?;
    labelled(page).await?;
    page.click("[part~=help-button]").await?;
    page.wait_until("return $('dialog')?.open").await?;
    let js = "
        const long = times => times.split(',').some(time => parseFloat(time) > 0);
        return [...$$('*'), el].flatMap(it => [null, '::before', '::after', '::backdrop'].map(pseudo => [it, pseudo, getComputedStyle(it, pseudo)]))
            .filter(([, , its]) => long(its.transitionDuration) || its.animationName !== 'none' && long(its.animationDuration) || its.scrollBehavior === 'smooth')
            .map(([it, pseudo]) => it.outerHTML.slice(0, 80) + (pseudo ?? ''))";
    assert_eq!(page.eval(js).await?, json!([]));
    Ok(())
}

pub(crate) async fn more_contrast_is_given_where_it_is_wanted(page: &mut Page) -> Outcome {
    for scheme in ["light", "dark"] {
        page.emulate(&[("prefers-contrast", "more"), ("prefers-color-scheme", scheme)]).await?;
        labelled(page).await?;
        let found = page
            .eval(&super::looks::contrasts(
                7.0,
                ".done, .safety, .count, .hint, .passage, h2, h3, kbd, [part~=sentence]",
            ))
            .await?;
        assert!(found[0].as_u64() > Some(20), "{found}");
        assert_eq!(found[1], json!([]), "{scheme}");
    }
    Ok(())
}

/// Whether the toolbar leaves something of the element with the focus in sight.
const IN_SIGHT: &str = "
    const it = root.activeElement, top = $('.top').getBoundingClientRect().bottom;
    if (!it || $('.top').contains(it)) return true;
    return [...it.getClientRects()].some(box => box.bottom > top + 8 && box.top < innerHeight - 8 && box.height > 0)
        ? true : [it.outerHTML.slice(0, 60), top, [...it.getClientRects()].map(box => [box.top, box.bottom])]";

pub(crate) async fn the_focus_is_never_hidden_by_the_toolbar(page: &mut Page) -> Outcome {
    for (width, height) in [(1000, 400), (1000, 600), (500, 500)] {
        page.screen(width, height, 1.0, false).await?;
        labelled(page).await?;
        for alert in [false, true] {
            page.eval("scrollTo(0, 0)").await?;
            // An alert of several lines may lie over the middle of so small a window, where the mouse would click.
            page.eval("$('[data-sentence=\"0\"]').focus()").await?;
            for (key, times) in [("ArrowDown", 10), ("ArrowUp", 10), ("End", 1), ("Home", 1), ("n", 5), ("p", 5)] {
                for _ in 0..times {
                    page.keys(key).await?;
                    page.wait_for(IN_SIGHT, true).await?;
                }
            }
            page.keys("End").await?;
            for key in ["Tab", "Shift+Tab"] {
                for _ in 0..14 {
                    page.keys(key).await?;
                    page.wait_for(IN_SIGHT, true).await?;
                }
            }
            if !alert {
                page.exec_async("await el.labelSentence(0, 'none').catch(() => {})", vec![]).await?;
            }
        }
    }
    Ok(())
}

pub(crate) async fn after_a_delete_the_focus_goes_to_the_next_card(page: &mut Page) -> Outcome {
    labelled(page).await?;
    let cards = page.eval("return $$('[part~=annotation]').map(it => it.dataset.annotation)").await?;
    page.eval("$$('[part~=annotation]')[1].querySelector('.remove').focus()").await?;
    let at = "return root.activeElement?.closest('[part~=annotation]')?.dataset.annotation ?? root.activeElement?.dataset.sentence";
    // The next one; behind the last the one before; without any the text.
    for next in [2, 3, 4, 0] {
        if next != 2 {
            page.eval("root.activeElement.closest('[part~=annotation]').querySelector('.remove').focus()").await?;
        }
        page.keys("Enter").await?;
        page.wait_for(at, cards[next].clone()).await?;
    }
    page.eval("root.activeElement.closest('[part~=annotation]').querySelector('.remove').focus()").await?;
    page.keys("Enter").await?;
    page.wait_for("return root.activeElement?.dataset.sentence !== undefined", true).await?;
    counts(page, 0).await
}

pub(crate) async fn a_screen_reader_is_given_a_text_with_marks_and_a_list(page: &mut Page) -> Outcome {
    labelled(page).await?;
    let js = "
        const marks = $$('mark'), cards = $$('[part~=annotation]');
        return {
            'marks': marks.length >= 5 && marks.length === $$('[part~=mark]').length,
            'each mark leads to its card': marks.every(it => root.getElementById(it.getAttribute('aria-details'))?.dataset.annotation === it.dataset.annotation),
            'each card is an item of a list': cards.every(it => it.localName === 'li' && ['ol', 'ul'].includes(it.parentElement.localName)),
            'and nothing else is in one': $$('ol, ul').every(list => [...list.children].every(it => it.localName === 'li')),
            'a list without bullets says that it is one': $$('ol, ul').every(list => list.getAttribute('role') === 'list'),
            'buttons have names': $$('button').every(it => (it.getAttribute('aria-label') ?? it.textContent).trim()),
            'the text has the language of the release': $('[part~=document]').lang === 'fr',
            'the rest has that of the interface': $('.frame').lang === 'fr',
            'one sentence is a stop of Tab': $$('[part~=sentence]').filter(it => it.tabIndex === 0).length === 1,
        }";
    let told = page.eval(js).await?;
    for (what, is) in told.as_object().ok_or("answers")? {
        assert_eq!(is, true, "{what}");
    }
    // A card that the list does not show is led to by nothing.
    let led = "return $$('mark').map(it => it.hasAttribute('aria-details') === (root.getElementById('card-' + it.dataset.annotation) !== null)).every(Boolean)";
    page.exec(
        "const it = $('[data-do=search]'); it.value = 'le'; it.dispatchEvent(new Event('input', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.wait_until("return $$('mark').some(it => !it.hasAttribute('aria-details'))").await?;
    assert_eq!(page.eval(led).await?, true);
    page.exec(
        "const it = $('[data-do=search]'); it.value = ''; it.dispatchEvent(new Event('input', { bubbles: true }))",
        vec![],
    )
    .await?;
    page.wait_until("return $$('mark').every(it => it.hasAttribute('aria-details'))").await?;
    page.eval("el.uiLang = 'en'").await?;
    page.wait_for("return [$('.frame').lang, $('[part~=document]').lang]", json!(["en", "fr"])).await?;
    page.eval("el.lang = 'en'; el.uiLang = 'fr'").await?;
    page.exec_async("await el.load({ text: 'A title\\n\\nOne sentence. Another one.', lang: 'en' })", vec![]).await?;
    page.wait_for("return [$('.frame').lang, $('[part~=document]').lang]", json!(["fr", "en"])).await
}

pub(crate) async fn one_status_and_one_alert_are_there_from_the_start(page: &mut Page) -> Outcome {
    let roles = "return ['status', 'alert'].map(role => $$(`[role=${role}], [aria-live]`).filter(it => it.role === role).length)";
    // While the release is awaited, and no more of them than one at any time after.
    page.serve(page.site().delay("/releases/", std::time::Duration::from_secs(2)))?;
    page.open(DEMO).await?;
    page.wait_until("return $('[role=status]')").await?;
    page.eval("window.regions = ['status', 'alert'].map(role => $(`[role=${role}]`))").await?;
    assert_eq!(page.eval("return regions[1].textContent").await?, "", "nothing to say yet");
    page.ready().await?;
    for js in
        ["await el.labelSentence(1, 'quote')", "await el.labelSentence(0, 'none').catch(() => {})", "await el.undo()"]
    {
        page.exec_async(js, vec![]).await?;
        page.exec_async("await new Promise(requestAnimationFrame)", vec![]).await?;
        assert_eq!(page.eval(roles).await?, json!([1, 1]), "{js}");
        let same = "return regions.map((it, at) => it === $(`[role=${['status', 'alert'][at]}]`))";
        assert_eq!(page.eval(same).await?, json!([true, true]), "{js}: the same elements, only filled");
    }
    choose(page, 2).await?;
    page.keys("1").await?;
    page.wait_until("return $('[role=status]').innerText.includes('Objectif')").await?;
    page.keys("ArrowDown").await?;
    page.wait_until("return $('[role=status]').innerText.includes('Phrase 4 sur 11')").await
}
