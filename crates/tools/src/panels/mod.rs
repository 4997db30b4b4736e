//! The panels: each a function of the door, in a frame that all share. At most one is shown. A panel keeps nothing but
//! what is being typed.

mod bulk;
mod changed;
mod encoding;
mod export;
mod guideline;
mod help;
mod history;
mod labels;
mod releases;
mod same;
mod suggestions;

pub use releases::now;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, Node, NodeList};
use yew::prelude::*;

use crate::door::Door;
use crate::texts::texts;

/// What is shown. Another revision means another drawing.
#[derive(Properties, PartialEq, Clone)]
pub struct PanelsProps {
    pub door: Door,
    /// The name of the panel; empty for none.
    pub panel: String,
    pub revision: u32,
}

/// The panel that is open, if any.
#[component]
pub fn Panels(props: &PanelsProps) -> Html {
    let PanelsProps { door, panel, revision } = props.clone();
    let texts = texts(&door);
    let head = use_node_ref();
    {
        let head = head.clone();
        use_effect_with(panel.clone(), move |panel| {
            if !panel.is_empty()
                && let Some(head) = head.cast::<HtmlElement>()
            {
                let _ = head.focus();
            }
        });
    }
    let section = use_node_ref();
    // What has the focus, and its place among all that can have it.
    let place = use_mut_ref(|| None::<(u32, Node)>);
    {
        let (section, place) = (section.clone(), place.clone());
        // What was pressed may be gone: the focus stays at its place, so that the next one can be pressed.
        use_effect_with(revision, move |_| {
            let Some(section) = section.cast::<Element>() else { return };
            let gone = place.borrow().as_ref().filter(|(_, had)| !had.is_connected()).map(|(index, _)| *index);
            let (Some(index), Some(all)) = (gone, focusable(&section)) else { return };
            if let Some(next) = all.get(index.min(all.length().saturating_sub(1))) {
                let _ = next.unchecked_into::<HtmlElement>().focus();
            }
        });
    }
    let onfocusin = {
        let (section, place) = (section.clone(), place.clone());
        move |event: FocusEvent| {
            let target = event.target_unchecked_into::<Node>();
            let all = section.cast::<Element>().and_then(|section| focusable(&section));
            let index = all.and_then(|all| (0..all.length()).find(|at| all.get(*at).as_ref() == Some(&target)));
            *place.borrow_mut() = index.map(|index| (index, target));
        }
    };
    let onfocusout = {
        let (section, place) = (section.clone(), place.clone());
        move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            if to.is_some_and(|to| section.get().is_some_and(|section| !section.contains(Some(&to)))) {
                *place.borrow_mut() = None;
            }
        }
    };
    let (title, content) = match panel.as_str() {
        "export" => (texts.export_title(), export::export(&door, texts)),
        "releases" => (texts.releases_title(), html! { <releases::Releases door={door.clone()} {revision} /> }),
        "history" => (texts.history_title(), html! { <history::History door={door.clone()} {revision} /> }),
        "suggestions" => (texts.suggestions_title(), suggestions::suggestions(&door, texts)),
        "labels" => (texts.labels_title(), html! { <labels::Labels door={door.clone()} revision={props.revision} /> }),
        "bulk" => (texts.bulk_title(), html! { <bulk::Bulk door={door.clone()} {revision} /> }),
        "same" => (texts.same_title(), same::same(&door, texts)),
        "help" => return html! { <help::Help {texts} /> },
        "guideline" => (texts.guideline_title(), guideline::guideline(&door, texts)),
        "changed" => (texts.changed_title(), html! { <changed::Changed door={door.clone()} {revision} /> }),
        "encoding" => (texts.encoding_title(), encoding::encoding(&door, texts)),
        _ => return html! {},
    };
    let close = {
        let door = door.clone();
        move || door.closed()
    };
    let onkeydown = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                close();
            }
        }
    };
    let onclick = move |_: MouseEvent| close();
    // What is kept, read and saved, in panels that lead to one another. Which one is open is the element's: it hears clicks
    // on `data-panel`.
    let others = [
        ("export", texts.export_title()),
        ("releases", texts.releases_title()),
        ("history", texts.history_title()),
        ("changed", texts.changed_title()),
        ("encoding", texts.encoding_title()),
    ];
    html! {
        <section class="panel" role="dialog" aria-labelledby="panel-title" ref={section} {onkeydown} {onfocusin} {onfocusout}>
            <div class="panel-head">
                <h2 id="panel-title" tabindex="-1" ref={head}>{ title }</h2>
                <button type="button" class="icon" aria-label={texts.close()} {onclick}>{ "×" }</button>
            </div>
            <div class="panel-body">{ content }</div>
            <nav class="panel-others" hidden={others.iter().all(|(name, _)| *name != panel)}>
                { for others.iter().filter(|(name, _)| *name != panel).map(|(name, title)| html! {
                    <button type="button" class="plain" data-panel={*name}>{ *title }</button>
                }) }
            </nav>
        </section>
    }
}

/// What can have the focus in a panel, in order.
fn focusable(section: &Element) -> Option<NodeList> {
    section.query_selector_all("button:not(:disabled), input, select").ok()
}
