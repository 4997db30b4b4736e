//! The table of keys.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::controller::Handle;

#[derive(Properties, PartialEq, Clone)]
pub struct HelpProps {
    pub widget: Handle,
}

#[component]
pub fn Help(props: &HelpProps) -> Html {
    let texts = props.widget.0.texts();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let close = {
        let widget = props.widget.clone();
        Callback::from(move |()| widget.0.change_view(|state| state.help = false))
    };
    let rows = texts.keys.iter().map(|(keys, meaning)| {
        html! { <tr><th scope="row"><kbd>{ *keys }</kbd></th><td>{ *meaning }</td></tr> }
    });
    html! {
        <dialog ref={dialog} part="help" aria-labelledby="help-title" onclose={let close = close.clone(); move |_| close.emit(())}>
            <div class="help-head">
                <h2 id="help-title">{ texts.help }</h2>
                <button type="button" class="icon" aria-label={texts.close} onclick={move |_| close.emit(())}>{ "×" }</button>
            </div>
            <table><tbody>{ for rows }</tbody></table>
        </dialog>
    }
}
