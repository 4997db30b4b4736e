//! Elements out of plain data, for drawings of many small ones: what `html!` writes for each of them is three times
//! the code. Leaves out listeners: the class of the element hears `data-do` and `data-panel`.

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};

/// An element with its attributes, by name and value in turn, and its children; an attribute without a value is left out.
pub fn element(tag: &'static str, keys: &'static [&'static str], values: &[Option<&str>], children: Vec<Html>) -> Html {
    let mut element = VTag::new(tag);
    let value = |value: &Option<&str>| value.map(|value| AttributeOrProperty::Attribute(value.to_owned().into()));
    element.set_attributes(Attributes::Dynamic { keys, values: values.iter().map(value).collect() });
    element.add_children(children);
    element.into()
}

/// A text.
pub fn words(text: &str) -> Html {
    text.to_owned().into()
}

/// A text of its own class.
pub fn span(class: &str, text: &str) -> Html {
    element("span", &["class"], &[Some(class)], vec![words(text)])
}

/// A button that asks for something; `of` is what it is about, `pressed` for those that stay down.
pub fn button(
    class: &str,
    action: &str,
    of: Option<&str>,
    pressed: Option<bool>,
    title: Option<&str>,
    content: Vec<Html>,
) -> Html {
    let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
    element(
        "button",
        &["type", "class", "data-do", "data-of", "aria-pressed", "aria-label", "title"],
        &[Some("button"), Some(class), Some(action), of, pressed, title, title],
        content,
    )
}

/// One of the choices of a `select`.
pub fn choice(value: &str, chosen: bool, name: &str) -> Html {
    element("option", &["value", "selected"], &[Some(value), chosen.then_some("")], vec![words(name)])
}

/// A field to choose from.
pub fn select(action: &str, name: &str, choices: Vec<Html>) -> Html {
    element("select", &["data-do", "aria-label"], &[Some(action), Some(name)], choices)
}
