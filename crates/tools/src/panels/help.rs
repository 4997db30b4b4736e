//! The table of keys, in a dialog before everything else. The class of the element hears that it was closed, by Escape too.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::texts::Texts;

/// What the help says.
#[derive(Properties)]
pub struct HelpProps {
    pub texts: &'static Texts,
}

impl PartialEq for HelpProps {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.texts, other.texts)
    }
}

#[component]
pub fn Help(props: &HelpProps) -> Html {
    let texts = props.texts;
    let dialog = use_node_ref();
    let shown = |dialog: &NodeRef| dialog.cast::<HtmlDialogElement>();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| _ = shown(&dialog).map(|dialog| dialog.show_modal()));
    }
    let close = {
        let dialog = dialog.clone();
        move |_: MouseEvent| _ = shown(&dialog).map(|dialog| dialog.close())
    };
    let rows = texts.help_rows().into_iter().map(|row| {
        let (keys, meaning) = row.split_once(" = ").unwrap_or((row, ""));
        html! { <tr><th scope="row"><kbd>{ keys }</kbd></th><td>{ meaning }</td></tr> }
    });
    html! {
        <dialog part="help" aria-labelledby="help-title" ref={dialog}>
            <div class="help-head">
                <h2 id="help-title">{ texts.help_title() }</h2>
                <button type="button" class="icon" aria-label={texts.close()} onclick={close}>{ "×" }</button>
            </div>
            <table><tbody>{ for rows }</tbody></table>
        </dialog>
    }
}
