//! The labels, the actions, and the line that says what is safe.

use annotator_core::Document;
use yew::prelude::*;

use crate::controller::{Handle, State, labels_of};
use crate::i18n::{Texts, fill};
use crate::storage::Safety;

/// Draws the toolbar.
pub fn toolbar(handle: &Handle) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    widget.read(|state| {
        let document = state.session.as_ref().map(|session| session.document());
        let labels = document.map_or(&state.settings.labels, |document| document.labels());
        let idle = document.is_none() || state.readonly();
        let history = state.session.as_ref().map(|session| session.history());
        let can_undo = history.is_some_and(|history| history.can_undo());
        let can_redo = history.is_some_and(|history| history.can_redo());
        let unplaced = idle || !state.cursor.placed;
        let button = |disabled: bool, part, name, title, keys, content: Html| {
            let changes = (part == "download" && state.steps > 0).then(|| state.steps.to_string());
            tool(Tool { part, name, title, keys }, disabled, content, changes, texts)
        };
        let safety = state.store.as_ref().map_or(Safety::Ready, |store| store.safety());
        let (mark, safety_text) = match safety {
            _ if state.readonly() => ("", texts.readonly()),
            Safety::Ready => ("", texts.saved_nothing()),
            Safety::Saved => ("safe", texts.saved()),
            Safety::Light => ("safe", texts.saved_lightly()),
            Safety::Full => ("unsafe", texts.not_saved()),
            Safety::Refused => ("unsafe", texts.memory_only()),
        };
        html! {
            <div class="toolbar" part="toolbar" role="toolbar" aria-label={texts.actions()}>
                <div class="labels" role="group" aria-label={texts.labels()}>
                    { label_buttons(state, false) }
                </div>
                <div class="actions">
                    { button(!can_undo || idle, "undo", texts.undo(), " (Ctrl+Z)", "Control+Z", icon(UNDO)) }
                    { button(!can_redo || idle, "redo", texts.redo(), " (Ctrl+Y)", "Control+Y", icon(REDO)) }
                    <span class="rule" aria-hidden="true"></span>
                    { button(unplaced, "merge", texts.merge(), " (M)", "M", icon(MERGE)) }
                    { button(unplaced, "split", texts.split(), " (⇧M)", "Shift+M", icon(SPLIT)) }
                    <button type="button" class="icon" part="suggest" data-panel="suggestions" title={texts.suggest()}
                        aria-label={texts.suggest()} disabled={idle}>{ icon(SUGGEST) }</button>
                    <span class="rule" aria-hidden="true"></span>
                    { button(idle, "import", texts.import(), "", "", icon(IMPORT)) }
                    <input class="picker" type="file" accept=".txt,.json,.jsonld,.jsonl,.ann,.zip" tabindex="-1" aria-hidden="true" />
                    { button(document.is_none(), "download", texts.download(), texts.download_hint(), "Control+S", icon(DOWNLOAD)) }
                    <button type="button" class="icon" part="formats" data-panel="export" aria-haspopup="dialog" title={texts.formats()}
                        aria-label={texts.formats()} disabled={document.is_none()}>{ icon(MORE) }</button>
                    { button(false, "help-button", texts.help(), " (?)", "?", html! { { "?" } }) }
                </div>
                <div class="status" part="status" role="status">
                    <span class="safety pending">{ texts.saving() }</span>
                    <span class={classes!("safety", mark)}>{ safety_text }</span>
                    if let Some(armed) = &state.armed {
                        <span class="waits">{ fill(texts.armed(), &[labels.find(armed).map_or(armed.as_str(), |label| label.name(state.settings.ui))]) }</span>
                    }
                    <span class="done">{ &state.done }</span>
                </div>
            </div>
        }
    })
}

/// A button for each label: those of the toolbar, or those of the palette, which no key reaches.
pub fn label_buttons(state: &State, palette: bool) -> Html {
    let document = state.session.as_ref().map(|session| session.document());
    let labels = document.map_or(&state.settings.labels, |document| document.labels());
    let (first, last) = state.cursor.range();
    let mut buttons: Vec<Html> = Vec::with_capacity(labels.len());
    for (index, label) in labels.iter().enumerate() {
        let armed = state.armed.as_deref() == Some(&label.id);
        let bears = |document: &Document| {
            (first..=last).all(|sentence| labels_of(document, sentence).contains(&label.id.as_str()))
        };
        let pressed = armed || state.cursor.placed && document.is_some_and(bears);
        let key = label.key.map(String::from);
        let title = (!label.description.is_empty()).then(|| label.description.clone());
        buttons.push(html! {
            <button type="button" part={if palette { "palette-label" } else { "label" }} data-label={label.id.clone()} data-do="label" data-of={label.id.clone()}
                class={classes!("label", format!("label-{index}"), armed.then_some("armed"))} tabindex={palette.then_some("-1")}
                aria-pressed={pressed.to_string()} aria-keyshortcuts={key.clone()} {title} disabled={document.is_none() || state.readonly()}>
                <span class="swatch" aria-hidden="true"></span>
                <span class="name">{ label.name(state.settings.ui) }</span>
                if let Some(key) = key {
                    <kbd aria-hidden="true">{ key }</kbd>
                }
            </button>
        });
    }
    buttons.into_iter().collect()
}

/// What a button of the toolbar says.
struct Tool {
    /// Also what it asks for.
    part: &'static str,
    name: &'static str,
    /// Behind the name; all of the title where the name is written on the button.
    title: &'static str,
    /// As `aria-keyshortcuts` names them.
    keys: &'static str,
}

fn tool(tool: Tool, disabled: bool, content: Html, changes: Option<String>, texts: &Texts) -> Html {
    let Tool { part, name, title, keys } = tool;
    let written = matches!(part, "import" | "download");
    let mut title = if written { title.to_owned() } else { [name, title].concat() };
    if let Some(changes) = &changes {
        title = [&title, " – ", &fill(texts.changes(), &[changes])].concat();
    }
    let class = match part {
        "import" => "",
        "download" => "primary",
        _ => "icon",
    };
    html! {
        <button type="button" {class} {part} data-do={part} data-panel={(part == "help-button").then_some("help")} data-changes={changes} {disabled} title={(!title.is_empty()).then_some(title)}
            aria-label={(!written).then_some(name)} aria-keyshortcuts={(!keys.is_empty()).then_some(keys)}>
            { content }
            if written {
                <span class="name">{ name }</span>
            }
        </button>
    }
}

/// Paths of 16 by 16 icons, drawn in the colour of the text.
const UNDO: &str = "M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H7";
const REDO: &str = "M10 3l3.5 3.5L10 10M13 6.5H7a4 4 0 0 0 0 8h2";
const MERGE: &str = "M2 8h4.5M4 5.5 6.5 8 4 10.5M14 8H9.5M12 5.5 9.5 8 12 10.5";
const SPLIT: &str = "M8 2v2.5M8 6.7v2.6M8 11.5V14M5.5 8H1.5M4 5.5 1.5 8 4 10.5M10.5 8h4M12 5.5 14.5 8 12 10.5";
const DOWNLOAD: &str = "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11";
const IMPORT: &str = "M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11";

const SUGGEST: &str = "M6 2.5 7.2 6 10.5 7.2 7.2 8.4 6 12 4.8 8.4 1.5 7.2 4.8 6zM12 9.5l.7 1.8 1.8.7-1.8.7L12 14.5l-.7-1.8-1.8-.7 1.8-.7z";
const MORE: &str = "M3.5 6 8 10.5 12.5 6";

fn icon(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
