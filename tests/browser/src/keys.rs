//! Keys by name, as `KeyboardEvent.key` names them.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use crate::Outcome;

/// Chords parted by blanks, each of keys joined by `+`: `ArrowDown Control+Shift+z 1`. All keys of a chord are
/// pressed in order and let go in reverse. `Plus` and `Space` are those characters.
pub(crate) fn chords(text: &str) -> Outcome<KeyActions> {
    let mut actions = KeyActions::new("keyboard".into());
    for chord in text.split_whitespace() {
        let keys = chord.split('+').map(key).collect::<Outcome<Vec<_>>>()?;
        for &value in &keys {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
    }
    Ok(actions)
}

/// Each character as a key of its own.
pub(crate) fn characters(text: &str) -> KeyActions {
    text.chars().fold(KeyActions::new("keyboard".into()), |actions, value| {
        actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
    })
}

pub(crate) fn key(name: &str) -> Outcome<char> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Ok(only);
    }
    Ok(match name {
        "ArrowDown" => Key::Down.into(),
        "ArrowLeft" => Key::Left.into(),
        "ArrowRight" => Key::Right.into(),
        "ArrowUp" => Key::Up.into(),
        "Alt" => Key::Alt.into(),
        "Backspace" => Key::Backspace.into(),
        "Control" => Key::Control.into(),
        "Delete" => Key::Delete.into(),
        "End" => Key::End.into(),
        "Enter" => Key::Enter.into(),
        "Escape" => Key::Escape.into(),
        "Home" => Key::Home.into(),
        "Meta" => Key::Meta.into(),
        "PageDown" => Key::PageDown.into(),
        "PageUp" => Key::PageUp.into(),
        "Plus" => '+',
        "Shift" => Key::Shift.into(),
        "Space" => ' ',
        "Tab" => Key::Tab.into(),
        _ => return Err(format!("no key is called `{name}` here").into()),
    })
}
