//! Suggestions: offered on demand, explained, accepted or dismissed, never annotations before that.

use browser_tests::{Outcome, Page, json};

use super::support::*;

/// `[label, exact]` of every suggestion that stands.
const STANDING: &str = "return el.suggestions.map(it => [it.label, it.exact])";

/// A text with two dates and a quotation with its speaker.
const TEXT: &str = "Un partenariat\n\nL’accord a été signé le 27 juin 2011 pour une durée de 3 ans. \
    « Nous avançons ensemble vers de nouvelles thérapies », a déclaré Ada Martin, présidente de l’institut.";

async fn open(page: &mut Page) -> Outcome {
    open_body(page, &format!("<release-annotator lang=\"fr\" storage-key=\"s\">{TEXT}</release-annotator>")).await
}

pub(crate) async fn suggestions_are_offered_on_demand_and_are_no_annotations(page: &mut Page) -> Outcome {
    listen(page).await?;
    open(page).await?;
    assert_eq!(page.eval(STANDING).await?, json!([]), "nothing is proposed unasked");
    page.click("[part~=suggest]").await?;
    page.wait_until("return $('.panel .offer') !== null").await?;
    let quote = "« Nous avançons ensemble vers de nouvelles thérapies »";
    let all = json!([["dates", "27 juin 2011"], ["dates", "3 ans"], ["quote", quote]]);
    assert_eq!(page.eval(STANDING).await?, all);
    assert_eq!(count(page).await?, 0);
    assert!(heard(page, "change").await?.is_empty());
    page.eval(
        "for (const it of el.suggestions) {
            console.assert(el.text.slice(...it.utf16) === it.exact, it);
            const drawn = $$(`[part~=suggestion][data-suggestion='${it.id}']`).map(it => it.textContent).join('');
            if (drawn !== it.exact) throw new Error(`${drawn} is drawn for ${it.exact}`);
            if (!it.rule || !it.reason.fr || !it.reason.en) throw new Error('a reason is missing');
        }",
    )
    .await?;
    let offered = page.eval("return $('.panel').innerText").await?;
    let offered = offered.as_str().unwrap_or_default();
    for said in ["2011-06-27", "P3Y", "Ada Martin", "guillemets suivis de « a déclaré »"] {
        assert!(offered.contains(said), "{said} is in the panel: {offered}");
    }
    let first = page.eval("return JSON.stringify(el.suggestions)").await?;
    page.exec_async("await el.suggest()", vec![]).await?;
    assert_eq!(page.eval("return JSON.stringify(el.suggestions)").await?, first, "the same text, the same suggestions");
    Ok(())
}

pub(crate) async fn accepting_and_dismissing_go_by_key_and_by_button_and_are_undone(page: &mut Page) -> Outcome {
    listen(page).await?;
    open(page).await?;
    page.exec_async("await el.suggest()", vec![]).await?;
    choose(page, 1).await?;
    page.keys("s").await?;
    page.wait_for(STANDING_COUNT, 2).await?;
    let made = annotations(page).await?.remove(0);
    assert_eq!(
        (&made["label"], &made["exact"], &made["unit"]),
        (&json!("dates"), &json!("27 juin 2011"), &json!("span"))
    );
    assert_eq!(made["attributes"], json!({"value": "2011-06-27"}));
    assert_eq!(made["provenance"]["kind"], "suggested");
    assert!(made["provenance"]["rule"].as_str().is_some_and(|rule| rule.starts_with("date")), "{made}");
    assert_eq!(heard(page, "change").await?[0]["cause"], "user");

    page.keys("x").await?;
    page.wait_for(STANDING_COUNT, 1).await?;
    assert_eq!(count(page).await?, 1, "dismissing annotates nothing");
    page.keys("Control+z").await?;
    page.wait_for(STANDING_COUNT, 2).await?;
    page.wait_until("return $$('[part~=suggestion]').some(it => it.textContent === '3 ans')").await?;

    page.click("[part~=suggest]").await?;
    page.wait_until("return $$('.panel .offer').length === 2").await?;
    page.click(".panel section:last-of-type .group-head button").await?;
    counts(page, 2).await?;
    page.exec_async("await el.accept('all')", vec![]).await?;
    counts(page, 3).await?;
    page.exec_async("await el.undo(); await el.undo(); await el.undo()", vec![]).await?;
    counts(page, 0).await?;
    page.wait_for(STANDING_COUNT, 3).await?;
    page.exec_async("await el.dismiss('all')", vec![]).await?;
    page.wait_for(STANDING_COUNT, 0).await?;
    page.exec_async("await el.undo()", vec![]).await?;
    page.wait_for(STANDING_COUNT, 3).await?;
    Ok(())
}

const STANDING_COUNT: &str = "return el.suggestions.length";

pub(crate) async fn what_is_dismissed_stays_dismissed_after_a_reload(page: &mut Page) -> Outcome {
    open(page).await?;
    page.exec_async("await el.suggest(); await el.dismiss(el.suggestions[1].id)", vec![]).await?;
    page.wait_for(STANDING_COUNT, 2).await?;
    page.reload().await?;
    page.ready().await?;
    page.exec_async("await el.suggest()", vec![]).await?;
    let standing = page.eval("return el.suggestions.map(it => it.exact).includes('3 ans')").await?;
    assert_eq!(standing, json!(false));
    assert_eq!(page.eval(STANDING_COUNT).await?, json!(2));
    Ok(())
}

pub(crate) async fn a_suggestion_can_be_changed_before_it_is_accepted(page: &mut Page) -> Outcome {
    open(page).await?;
    page.click("[part~=suggest]").await?;
    page.wait_until("return $$('.panel .offer').length === 3").await?;
    // The duration: one word more at its end would be a full stop, one word less is "3".
    page.click(".offer[data-suggestion^='date']:nth-of-type(2) .buttons button:nth-of-type(2)").await?;
    page.wait_until("return $('.chosen')?.textContent === '3 ans'").await?;
    page.keys("Shift+ArrowLeft").await?;
    page.wait_until("return $('.chosen').textContent === '3'").await?;
    page.keys("s").await?;
    counts(page, 1).await?;
    let made = annotations(page).await?.remove(0);
    assert_eq!((&made["exact"], &made["provenance"]["kind"]), (&json!("3"), &json!("suggested")));
    Ok(())
}

pub(crate) async fn the_same_words_elsewhere_are_labelled_in_one_step(page: &mut Page) -> Outcome {
    let text = "Ada avance vite. Ada recule. Adam suit Ada.";
    open_body(page, &format!("<release-annotator lang=\"fr\" storage-key=\"s\">{text}</release-annotator>")).await?;
    page.exec_async("await el.annotate({ utf16: [0, 3] }, 'quote', { attributes: { role: 'r' } })", vec![]).await?;
    page.click("[part~=annotation] .passage").await?;
    page.click("[part~=annotation] [data-panel=same]").await?;
    page.wait_until("return $$('.panel .offer').length === 2").await?;
    page.click(".panel .group-head button").await?;
    counts(page, 3).await?;
    let made =
        page.eval("return el.annotations.map(it => [it.exact, it.label, it.attributes.role, it.utf16[0]])").await?;
    assert_eq!(made, json!([["Ada", "quote", "r", 0], ["Ada", "quote", "r", 17], ["Ada", "quote", "r", 39]]));
    page.exec_async("await el.undo()", vec![]).await?;
    counts(page, 1).await?;
    Ok(())
}

pub(crate) async fn a_dates_value_is_checked_on_its_card(page: &mut Page) -> Outcome {
    listen(page).await?;
    open(page).await?;
    page.exec_async("await el.annotate({ exact: '27 juin 2011' }, 'dates')", vec![]).await?;
    page.click("[part~=annotation] .passage").await?;
    page.click("[part~=annotation] [data-do='@value']").await?;
    page.type_text("27/06/2011").await?;
    page.keys("Enter").await?;
    page.wait_until("return $('[part~=alert]').innerText.includes('2011-06-27')").await?;
    assert_eq!(page.eval("return el.annotations[0].attributes").await?, json!({}));
    assert_eq!(page.eval("return $('[data-do=\"@value\"]').ariaInvalid").await?, "true");
    page.click("[part~=annotation] [data-do='@value']").await?;
    page.keys("Control+a").await?;
    page.type_text("2011-06-27").await?;
    page.keys("Enter").await?;
    page.wait_until("return el.annotations[0].attributes.value === '2011-06-27'").await?;
    Ok(())
}
