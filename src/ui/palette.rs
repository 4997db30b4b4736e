//! The labels beside what was chosen with the mouse or a finger: above it, or at the bottom of a small screen. The class of
//! the element puts it in its place.

use yew::prelude::*;

use crate::controller::Handle;
use crate::view::Offer;

/// Draws the palette, or nothing. It is no stop of Tab: the toolbar and the keys do the same.
pub fn palette(handle: &Handle) -> Html {
    let texts = handle.0.texts();
    handle.0.read(|state| {
        let Some(session) = &state.session else { return html! {} };
        if state.offer == Offer::Nothing || state.settings.readonly {
            return html! {};
        }
        let labels = session.document().labels().iter().enumerate().map(|(index, label)| {
            html! {
                <button type="button" class={format!("label label-{index}")} tabindex="-1" data-do="label" data-of={label.id.clone()}>
                    <span class="swatch" aria-hidden="true"></span>
                    { label.name(state.settings.ui) }
                    if let Some(key) = label.key {
                        <kbd aria-hidden="true">{ key }</kbd>
                    }
                </button>
            }
        });
        html! {
            <div class="palette" part="palette" role="group" aria-label={texts.labels}>
                { for labels }
                <button type="button" class="icon" tabindex="-1" data-do="dismiss" aria-label={texts.close}>{ "×" }</button>
            </div>
        }
    })
}
