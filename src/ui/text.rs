//! The text of the release. Blocks near the visible part have elements for their sentences and marks; each of the others
//! is one bare text, which the browser still finds, selects and prints. A block is drawn anew only when its own
//! revision changes. The characters from the start of a paragraph element on are exactly those of the text from the start
//! of its paragraph on: names of labels are drawn by the style sheet from attributes.

use std::rc::Rc;

use annotator_core::runs::runs;
use annotator_core::{Annotation, Document, Span, Unit};
use yew::prelude::*;

use crate::controller::{Handle, Proposal, State, labels_of};
use crate::i18n::fill;
use crate::ui::part::{What, joint, part};
use crate::view::{Block, FIRST_BLOCKS};

/// Documents of more blocks leave the layout of the far ones to the time they are seen.
const LONG: usize = 4;

/// Blocks that are asked together whether one of them must be drawn anew, and compared with what they were if so.
const GROUP: usize = 10;

/// Draws the text.
pub fn text(handle: &Handle) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    let (count, lang) = widget.read(|state| {
        let lang = state.session.as_ref().map(|session| session.document().release().lang.clone());
        (state.blocks.len(), lang.filter(|lang| !lang.is_empty()).unwrap_or_else(|| "fr".to_owned()))
    });
    let armed = widget.read(|state| state.armed.is_some());
    let groups = (0..count).step_by(GROUP).map(|first| {
        let revision = widget.read(|state| {
            let filled = u32::from(first < state.filled);
            joint(group(&state.blocks, first).iter().map(|block| block.revision).chain([filled]))
        });
        part(handle, What::Blocks, first, revision)
    });
    html! {
        <div class={classes!("document", armed.then_some("armed"))} part="document" {lang} role="group" aria-label={texts.text()}>
            { for groups }
        </div>
    }
}

/// The blocks of a group; `first` is its first.
fn group(blocks: &[Block], first: usize) -> &[Block] {
    &blocks[first.min(blocks.len())..(first + GROUP).min(blocks.len())]
}

/// Draws a group of blocks. A block is the same element all the time, for it is watched.
pub fn blocks(handle: &Handle, first: usize) -> Html {
    handle.0.read(|state| {
        let many = state.blocks.len() > LONG;
        let own = group(&state.blocks, first).iter().zip(first..);
        own.map(|(block, index)| {
            // The first are laid out in the frame in which they come.
            let far = (many && index >= FIRST_BLOCKS).then_some("far");
            let content = if block.full {
                part(handle, What::Block, index, block.revision)
            } else if first < state.filled {
                bare(state, block).unwrap_or_default()
            } else {
                html! {}
            };
            html! { <div key={index} class={classes!("block", far)} data-block={index.to_string()}>{ content }</div> }
        })
        .collect()
    })
}

/// One text for all paragraphs: each text that goes to the browser by itself takes its time, and there are many.
fn bare(state: &State, block: &Block) -> Option<Html> {
    let document = state.session.as_ref()?.document();
    let paragraphs = document.segmentation().paragraphs();
    let (first, last) = (paragraphs.get(block.paragraphs.start)?, paragraphs.get(block.paragraphs.end - 1)?);
    let text = document.text().slice(first.cover(*last))?;
    Some(html! { <p data-paragraph={block.paragraphs.start.to_string()}>{ text }</p> })
}

/// Draws a block in full.
pub fn block(handle: &Handle, index: usize) -> Html {
    handle.0.read(|state| content(state, index).unwrap_or_default())
}

fn content(state: &State, index: usize) -> Option<Html> {
    let document = state.session.as_ref()?.document();
    let block = state.blocks.get(index)?;
    let paragraphs = document.segmentation().paragraphs();
    let sentences = document.sentences();
    let mut at = block.sentences.start;
    let drawn = block.paragraphs.clone().map(|index| {
        let span = paragraphs[index];
        let first = at;
        while at < block.sentences.end && sentences[at].paragraph == index {
            at += 1;
        }
        let mut pieces: Vec<Html> = Vec::with_capacity((at - first) * 2);
        let mut end = span.start();
        for (sentence, own) in sentences.iter().enumerate().take(at).skip(first) {
            let own = own.span;
            pieces.push(between(document, end, own.start()));
            pieces.push(draw_sentence(state, document, sentence));
            end = own.end();
        }
        pieces.push(between(document, end, span.end()));
        let content = pieces.into_iter().collect::<Html>();
        let before = index.checked_sub(1).map_or(0, |before| paragraphs[before].end());
        let apart = document.text()[before..span.start()].matches('\n').count() != 1;
        let title = index == 0 && at - first == 1 && paragraphs.len() > 1 && span.len() < TITLE;
        html! {
            <p key={index} data-paragraph={index.to_string()} class={classes!(apart.then_some("apart"), title.then_some("title"))}
                role={title.then_some("heading")} aria-level={title.then_some("2")}>{ content }</p>
        }
    });
    Some(drawn.collect::<Html>())
}

/// Bytes up to which a first paragraph of one sentence is drawn as the title.
const TITLE: usize = 300;

fn between(document: &Document, from: usize, to: usize) -> Html {
    match document.text().get(from..to) {
        Some(blanks) if !blanks.is_empty() => html! { { blanks } },
        _ => html! {},
    }
}

fn draw_sentence(state: &State, document: &Document, index: usize) -> Html {
    let span = document.sentences()[index].span;
    let (first, last) = state.cursor.range();
    let current = state.cursor.placed && (first..=last).contains(&index);
    let mut items: Vec<(Span, Cover)> = document
        .annotations_of(index)
        .iter()
        .filter(|annotation| !state.list.hidden.contains(&annotation.label))
        .filter_map(|annotation| Some((annotation.span()?, Cover::Annotation(Rc::clone(annotation)))))
        .collect();
    items.extend(state.proposals_in(span).map(|proposal| (proposal.span, Cover::Proposal(Rc::clone(proposal)))));
    // The word under the cursor is drawn as chosen too, until more is.
    if let Some(chosen) = state.cursor.span.or(state.cursor.word) {
        items.push((chosen, Cover::Chosen));
    }
    let content: Html =
        runs(span, &items).into_iter().map(|run| draw_run(state, document, span, run.span, &run.covering)).collect();
    let tabbable = index == state.cursor.head;
    html! {
        <span key={index} part="sentence" class={classes!("sentence", current.then_some("current"))} id={format!("sentence-{index}")}
            data-sentence={index.to_string()} data-labels={labels_of(document, index).join(" ")}
            tabindex={if tabbable { "0" } else { "-1" }} aria-current={current.then_some("true")}>{ content }</span>
    }
}

/// What covers a stretch of a sentence.
#[derive(Clone)]
enum Cover {
    Annotation(Rc<Annotation>),
    Proposal(Rc<Proposal>),
    Chosen,
}

fn draw_run(state: &State, document: &Document, sentence: Span, run: Span, covering: &[Cover]) -> Html {
    let labels = document.labels();
    let text = document.text().slice(run).unwrap_or_default().to_owned();
    // The names stand where an annotation begins, once for all that begin there.
    let mut names: Vec<&str> = Vec::new();
    for cover in covering {
        if let Cover::Annotation(annotation) = cover
            && annotation.span().is_some_and(|span| span.start() == run.start())
        {
            names.push(labels.find(&annotation.label).map_or(&annotation.label, |label| label.name(state.settings.ui)));
        }
    }
    let mut tag = (!names.is_empty()).then(|| names.join(" · "));
    let several = names.len() > 1;
    let mut depth = covering.len();
    let mut content = html! { { text } };
    for cover in covering.iter().rev() {
        depth -= 1;
        let outermost = depth == 0;
        let stretch = match cover {
            Cover::Annotation(annotation) if state.open.as_ref() == Some(&annotation.id) => annotation.span(),
            Cover::Chosen => state.cursor.span,
            Cover::Annotation(_) | Cover::Proposal(_) => None,
        };
        if let Some(stretch) = stretch.filter(|_| !state.readonly()) {
            let handle = |edge: &'static str, there: bool| {
                there.then(|| html! { <span class="handle" data-handle={edge}></span> })
            };
            content = html! {
                <>{ handle("start", stretch.start() == run.start()) }{ content }{ handle("end", stretch.end() == run.end()) }</>
            };
        }
        content = match cover {
            Cover::Annotation(annotation) => {
                let label = labels.position(&annotation.label).unwrap_or_default();
                let open = state.open.as_ref() == Some(&annotation.id);
                let whole =
                    annotation.unit == Unit::Sentence && annotation.span().is_some_and(|span| span.contains(sentence));
                let class = classes!(
                    "mark",
                    format!("label-{label}"),
                    format!("depth-{}", depth.min(4)),
                    open.then_some("open"),
                    whole.then_some("whole"),
                    (outermost && several).then_some("several"),
                );
                let tag = if outermost { tag.take() } else { None };
                html! {
                    <mark part="mark" {class} data-annotation={annotation.id.as_str().to_owned()} data-tag={tag}>{ content }</mark>
                }
            }
            Cover::Proposal(proposal) => {
                let label = labels.find(&proposal.label);
                let class = format!("suggestion label-{}", labels.position(&proposal.label).unwrap_or_default());
                let name = label.map_or("", |label| label.name(state.settings.ui));
                let title =
                    [fill(state.settings.texts().proposal(), &[name]), proposal.reason(state.settings.ui).to_owned()]
                        .join("\n");
                html! {
                    <span part="suggestion" {class} {title} data-suggestion={proposal.id.clone()}>{ content }</span>
                }
            }
            Cover::Chosen => {
                html! { <span class="chosen" data-tag={if outermost { tag.take() } else { None }}>{ content }</span> }
            }
        };
    }
    content
}
