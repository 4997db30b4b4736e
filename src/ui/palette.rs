//! The labels beside what was chosen with the mouse or a finger: above it, or at the bottom of a small screen. The class of
//! the element puts it in its place.

use yew::prelude::*;

use crate::controller::Handle;
use crate::ui::toolbar::label_buttons;
use crate::view::Offer;

/// Draws the palette, or nothing. It is no stop of Tab: the toolbar and the keys do the same.
pub fn palette(handle: &Handle) -> Html {
    let texts = handle.0.texts();
    handle.0.read(|state| {
        if state.session.is_none() || state.offer == Offer::Nothing || state.readonly() {
            return html! {};
        }
        html! {
            <div class="palette" part="palette" role="group" aria-label={texts.labels()}>
                { label_buttons(state, true) }
                <button type="button" class="icon" tabindex="-1" data-do="dismiss" aria-label={texts.close()}>{ "×" }</button>
            </div>
        }
    })
}
