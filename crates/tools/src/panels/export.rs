//! The formats to download, with a line on what each is for.

use annotator_core::UiLanguage;
use annotator_core::format;
use yew::prelude::*;

use crate::door::Door;
use crate::texts::Texts;

/// Draws the menu of formats.
pub fn export(door: &Door, texts: &Texts) -> Html {
    let ui = door.ui();
    let rows = format::FORMATS.iter().map(|format| {
        let (name, purpose) = match ui {
            UiLanguage::French => (format.name_fr, format.purpose_fr),
            UiLanguage::English => (format.name_en, format.purpose_en),
        };
        let onclick = {
            let (door, id) = (door.clone(), format.id);
            move |_: MouseEvent| door.send("download", &[id.into()])
        };
        html! {
            <li>
                <button type="button" class="row" data-format={format.id} {onclick}>
                    <strong>{ name }</strong><span>{ purpose }</span>
                </button>
            </li>
        }
    });
    html! {
        <>
            <p class="hint">{ texts.export_hint() }</p>
            <ul class="rows">{ for rows }</ul>
        </>
    }
}
