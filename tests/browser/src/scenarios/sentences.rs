//! The sentences of the sample, and correcting sentences: what a correction does to annotations, and what keeps it.

use browser_tests::{Outcome, Page, Value, json};

use super::support::*;

/// The words of every sentence in force.
async fn words(page: &Page) -> Outcome<Vec<String>> {
    let found = page.eval("return el.sentences.map(it => el.text.slice(...it.utf16))").await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}

pub(crate) async fn the_sample_has_a_title_nine_sentences_and_a_source(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let words = words(page).await?;
    let begin = [
        "Cancérologie : partenariat",
        "Le groupe",
        "Cet accord",
        "Face à",
        "Dans l’actuel",
        "Au-delà",
        "« Ce partenariat",
        "« Nous sommes",
        "« Notre objectif",
        "Ce partenariat s’inscrit",
        "Source : Ipsen",
    ];
    assert_eq!(words.len(), begin.len(), "{words:#?}");
    for (words, begin) in words.iter().zip(begin) {
        assert!(words.starts_with(begin), "{words} begins with {begin}");
    }
    assert!(words[7].ends_with("d’Ipsen."), "{}", words[7]);
    assert_eq!(page.eval("return el.text").await?, SAMPLE);
    Ok(())
}

pub(crate) async fn sentences_of_a_quotation_are_units_and_its_end_stays_with_the_last(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let words = words(page).await?;
    assert!(words[8].starts_with("« Notre objectif") && words[8].ends_with("innovantes."), "{}", words[8]);
    assert!(
        words[9].starts_with("Ce partenariat s’inscrit") && words[9].ends_with("la politique de R&D »."),
        "{}",
        words[9]
    );
    Ok(())
}

pub(crate) async fn every_sentence_is_drawn_with_exactly_its_words(page: &mut Page) -> Outcome {
    page.open_ready(DEMO).await?;
    let drawn = page.eval("return $$('[part~=sentence]').map(it => [+it.dataset.sentence, it.textContent])").await?;
    let wanted: Vec<Value> = words(page).await?.into_iter().enumerate().map(|pair| json!(pair)).collect();
    assert_eq!(drawn, Value::Array(wanted));
    Ok(())
}

pub(crate) async fn joined_and_split_sentences_take_their_annotations_along(page: &mut Page) -> Outcome {
    open_short(page).await?;
    assert_eq!(
        words(page).await?[1..],
        ["La première phrase 😀 est là.", "La deuxième la suit.", "La troisième clôt le texte."]
    );
    page.exec_async("await el.labelSentence(1, 'quote'); await el.mergeSentence(1)", vec![]).await?;
    assert_eq!(
        words(page).await?[1..],
        ["La première phrase 😀 est là. La deuxième la suit.", "La troisième clôt le texte."]
    );
    bears(page, 1, "quote").await?;
    let exact = page.eval("return el.annotations.map(it => it.exact)").await?;
    assert_eq!(exact, json!(["La première phrase 😀 est là. La deuxième la suit."]), "whole sentences follow a join");

    page.exec_async("await el.splitSentence(el.text.indexOf('est là'))", vec![]).await?;
    assert_eq!(words(page).await?[1..3], ["La première phrase 😀", "est là. La deuxième la suit."]);
    page.exec_async("await el.undo()", vec![]).await?;
    assert_eq!(words(page).await?.len(), 3);
    page.exec_async("await el.undo()", vec![]).await?;
    assert_eq!(words(page).await?.len(), 4, "the join is undone");
    assert_eq!(page.eval("return el.annotations.map(it => it.exact)").await?, json!(["La première phrase 😀 est là."]));
    page.exec_async("await el.redo()", vec![]).await?;
    assert_eq!(words(page).await?.len(), 3);
    Ok(())
}

pub(crate) async fn corrected_sentences_outlive_a_reload_and_travel_in_the_file(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.mergeSentence(1); await el.splitSentence(el.text.indexOf('clôt')); await el.labelSentence(1, 'dates')", vec![]).await?;
    let corrected = words(page).await?;
    assert_eq!(
        corrected[1..],
        ["La première phrase 😀 est là. La deuxième la suit.", "La troisième", "clôt le texte."]
    );
    page.reload().await?;
    page.ready().await?;
    assert_eq!(words(page).await?, corrected);
    bears(page, 1, "dates").await?;
    let file = page.exec_async("return (await el.exportAs('json')).content", vec![]).await?;
    check_file(page, &serde_value(&file)?, SHORT).await?;

    // Another origin has an empty store.
    page.open_ready(&page.url_at("colleague.test", "/test.html")).await?;
    assert_eq!(words(page).await?.len(), 4);
    page.exec_async("await el.importFrom(args[0], { mode: 'merge' })", vec![file.clone()]).await?;
    assert_eq!(words(page).await?, corrected);
    bears(page, 1, "dates").await?;
    page.exec_async("await el.undo()", vec![]).await?;
    assert_eq!(words(page).await?.len(), 4, "an import is one step");
    assert_eq!(count(page).await?, 0);
    Ok(())
}

fn serde_value(content: &Value) -> Outcome<Value> {
    Ok(content.as_str().unwrap_or_default().parse()?)
}

pub(crate) async fn corrected_sentences_of_a_reload_can_be_corrected_back(page: &mut Page) -> Outcome {
    open_short(page).await?;
    page.exec_async("await el.mergeSentence(1)", vec![]).await?;
    page.reload().await?;
    page.ready().await?;
    page.exec_async("await el.splitSentence(el.text.indexOf('La deuxième'))", vec![]).await?;
    assert_eq!(words(page).await?.len(), 4);
    page.reload().await?;
    page.ready().await?;
    assert_eq!(words(page).await?.len(), 4);
    Ok(())
}
