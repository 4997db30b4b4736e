//! What the labels are for: what the page puts into the slot `guideline`, else the descriptions of the labels, else a
//! default text for those of the contract.

use annotator_core::format::json;
use yew::prelude::*;

use crate::door::Door;
use crate::texts::Texts;

/// Draws the guideline.
pub fn guideline(door: &Door, texts: &Texts) -> Html {
    let labels = json::label_set(&door.value("labels"));
    let rows = labels.iter().enumerate().map(|(index, label)| {
        let text = if label.description.is_empty() { texts.guideline(&label.id) } else { &label.description };
        html! {
            <>
                <dt class={format!("label-{index}")}><span class="swatch" aria-hidden="true"></span>{ label.name(door.ui()) }</dt>
                <dd>{ text.to_owned() }</dd>
            </>
        }
    });
    html! { <slot name="guideline"><dl class="guideline">{ for rows }</dl></slot> }
}
