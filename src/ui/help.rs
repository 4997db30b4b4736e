//! The table of keys.

use yew::prelude::*;

use crate::controller::Handle;

/// Draws the help; the controller opens it as a modal dialog.
pub fn help(handle: &Handle) -> Html {
    let texts = handle.0.texts();
    let rows = texts.keys.iter().map(|(keys, meaning)| {
        html! { <tr><th scope="row"><kbd>{ *keys }</kbd></th><td>{ *meaning }</td></tr> }
    });
    html! {
        <dialog part="help" aria-labelledby="help-title">
            <div class="help-head">
                <h2 id="help-title">{ texts.help }</h2>
                <button type="button" class="icon" aria-label={texts.close} data-do="close">{ "×" }</button>
            </div>
            <table><tbody>{ for rows }</tbody></table>
        </dialog>
    }
}
