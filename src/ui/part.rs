//! What is drawn by itself, and anew only when its own revision changes: one component for all such parts, for each
//! component costs a KiB of wasm. Leaves out what a part shows (`text`, `list`).

use yew::prelude::*;

use crate::controller::Handle;
use crate::ui::{list, text};

/// The parts.
#[derive(Clone, Copy, PartialEq)]
pub enum What {
    /// Neighbouring blocks of text, so that a drawing does not ask every block of a long text.
    Blocks,
    /// What a block of text shows in full.
    Block,
    /// The list of annotations.
    List,
}

/// Which part of the widget, and its revision: any number that differs where the drawing does.
#[derive(Properties, PartialEq, Clone)]
pub struct PartProps {
    pub widget: Handle,
    pub what: What,
    pub index: usize,
    pub revision: u32,
}

/// The component. As in `app`, no function component: those have hooks.
pub struct Part;

impl Component for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let PartProps { widget, what, index, .. } = context.props();
        widget.0.parts.set(widget.0.parts.get() + 1);
        match what {
            What::Blocks => text::blocks(widget, *index),
            What::Block => text::block(widget, *index),
            What::List => list::drawn(widget),
        }
    }
}

/// A part as a piece of a drawing.
pub fn part(widget: &Handle, what: What, index: usize, revision: u32) -> Html {
    html! { <Part key={index} widget={widget.clone()} {what} {index} {revision} /> }
}

/// A revision for a part of which these are the revisions; a step of any one makes another.
pub fn joint(revisions: impl Iterator<Item = u32>) -> u32 {
    revisions.fold(0, |joint, own| joint.wrapping_mul(31).wrapping_add(own).wrapping_add(1))
}
