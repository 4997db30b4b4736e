//! The labels, the actions, and the line that says what is safe.

use yew::prelude::*;

use crate::controller::{Cause, Handle, labels_of};
use crate::storage::Safety;
use annotator_core::Command;

/// Draws the toolbar.
pub fn toolbar(handle: &Handle) -> Html {
    let widget = &handle.0;
    let texts = widget.texts();
    widget.read(|state| {
        let document = state.session.as_ref().map(|session| session.document());
        let labels = document.map_or(&state.settings.labels, |document| document.labels());
        let (first, last) = state.cursor.range();
        let idle = document.is_none() || state.settings.readonly;
        let label_buttons = labels.iter().enumerate().map(|(index, label)| {
            let pressed = state.cursor.placed
                && document.is_some_and(|document| {
                    (first..=last).all(|sentence| labels_of(document, sentence).contains(&label.id.as_str()))
                });
            let onclick = {
                let (widget, id) = (handle.clone(), label.id.clone());
                Callback::from(move |_: MouseEvent| widget.0.toggle_label(&id))
            };
            // The button must not take the browser's selection away before it is used.
            let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
            let key = label.key.map(String::from);
            let title = (!label.description.is_empty()).then(|| label.description.clone());
            html! {
                <button type="button" part="label" data-label={label.id.clone()} class={format!("label label-{index}")}
                    aria-pressed={pressed.to_string()} aria-keyshortcuts={key.clone()} {title} disabled={idle}
                    {onclick} {onmousedown}>
                    <span class="swatch" aria-hidden="true"></span>
                    <span class="name">{ label.name(state.settings.ui) }</span>
                    if let Some(key) = key {
                        <kbd aria-hidden="true">{ key }</kbd>
                    }
                </button>
            }
        });
        let act = |command: Command, cause: Cause| {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| _ = widget.0.perform(command.clone(), cause))
        };
        let history = state.session.as_ref().map(|session| session.history());
        let can_undo = history.is_some_and(|history| history.can_undo());
        let can_redo = history.is_some_and(|history| history.can_redo());
        let download = {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| _ = widget.0.shown(widget.0.download("json")))
        };
        let merge = {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| widget.0.merge())
        };
        let split = {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| widget.0.split())
        };
        let pick = {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| widget.0.pick_file())
        };
        let help = {
            let widget = handle.clone();
            Callback::from(move |_: MouseEvent| widget.0.change_view(|state| state.help = true))
        };
        let safety = state.store.as_ref().map_or(Safety::Ready, |store| store.safety());
        let (mark, safety_text) = match safety {
            _ if state.settings.readonly => ("", texts.readonly),
            Safety::Ready => ("", texts.saved_nothing),
            Safety::Saved => ("safe", texts.saved),
            Safety::Full => ("unsafe", texts.not_saved),
            Safety::Refused => ("unsafe", texts.memory_only),
        };
        html! {
            <div class="toolbar" part="toolbar" role="toolbar" aria-label={texts.actions}>
                <div class="labels" role="group" aria-label={texts.labels}>{ for label_buttons }</div>
                <div class="actions">
                    <button type="button" class="icon" part="undo" disabled={!can_undo || idle} title={format!("{} (Ctrl+Z)", texts.undo)}
                        aria-label={texts.undo} aria-keyshortcuts="Control+Z" onclick={act(Command::Undo, Cause::Undo)}>{ icon(UNDO) }</button>
                    <button type="button" class="icon" part="redo" disabled={!can_redo || idle} title={format!("{} (Ctrl+Y)", texts.redo)}
                        aria-label={texts.redo} aria-keyshortcuts="Control+Y" onclick={act(Command::Redo, Cause::Redo)}>{ icon(REDO) }</button>
                    <span class="rule" aria-hidden="true"></span>
                    <button type="button" class="icon" part="merge" disabled={idle || !state.cursor.placed} title={format!("{} (M)", texts.merge)}
                        aria-label={texts.merge} aria-keyshortcuts="M" onclick={merge}>{ icon(MERGE) }</button>
                    <button type="button" class="icon" part="split" disabled={idle || !state.cursor.placed} title={format!("{} (⇧M)", texts.split)}
                        aria-label={texts.split} aria-keyshortcuts="Shift+M" onclick={split}>{ icon(SPLIT) }</button>
                    <span class="rule" aria-hidden="true"></span>
                    <button type="button" part="import" disabled={idle} onclick={pick}>{ icon(IMPORT) }<span class="name">{ texts.import }</span></button>
                    <input class="picker" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" />
                    <button type="button" class="primary" part="download" disabled={document.is_none()} title={texts.download_hint}
                        aria-keyshortcuts="Control+S" onclick={download}>{ icon(DOWNLOAD) }<span class="name">{ texts.download }</span></button>
                    <button type="button" class="icon" part="help-button" title={format!("{} (?)", texts.help)} aria-label={texts.help}
                        aria-keyshortcuts="?" onclick={help}>{ "?" }</button>
                </div>
                <div class="status" part="status" role="status">
                    <span class={classes!("safety", mark)}>{ safety_text }</span>
                    <span class="done">{ &state.done }</span>
                </div>
            </div>
        }
    })
}

/// Paths of 16 by 16 icons, drawn in the colour of the text.
const UNDO: &str = "M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H7";
const REDO: &str = "M10 3l3.5 3.5L10 10M13 6.5H7a4 4 0 0 0 0 8h2";
const MERGE: &str = "M2 8h4.5M4 5.5 6.5 8 4 10.5M14 8H9.5M12 5.5 9.5 8 12 10.5";
const SPLIT: &str = "M8 2v2.5M8 6.7v2.6M8 11.5V14M5.5 8H1.5M4 5.5 1.5 8 4 10.5M10.5 8h4M12 5.5 14.5 8 12 10.5";
const DOWNLOAD: &str = "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11";
const IMPORT: &str = "M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11";

fn icon(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
