//! Keys to actions, as section 3 of the contract lists them. Leaves out carrying them out (`controller`).

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor by sentences.
    Sentence {
        /// Towards the end of the text.
        forward: bool,
        /// Keeps what was selected.
        extend: bool,
    },
    /// Moves the word cursor.
    Word {
        /// Towards the end of the text.
        forward: bool,
        /// Grows the selection.
        extend: bool,
    },
    /// To the first or the last sentence.
    Edge {
        /// To the last.
        forward: bool,
    },
    /// Toggles the label with this key.
    Label(char),
    /// Opens the annotation under the cursor.
    Open,
    /// Removes the annotation under the cursor.
    Remove,
    /// Takes the last step back.
    Undo,
    /// Makes it again.
    Redo,
    /// To the next or previous annotation.
    Annotation {
        /// Towards the end of the text.
        forward: bool,
    },
    /// Accepts the suggestion under the cursor.
    Accept,
    /// Dismisses it.
    Dismiss,
    /// Joins the sentence with the next.
    Merge,
    /// Splits the sentence at the word cursor.
    Split,
    /// Saves the annotation file.
    Download,
    /// Lets a person choose a file to import; it has no key.
    Import,
    /// Shows the keys.
    Help,
    /// Cancels, closes, leaves.
    Escape,
}

/// Which single keys act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shortcuts {
    /// All of them.
    #[default]
    On,
    /// Only with Alt+Shift, so that speech input types no commands (WCAG 2.1.4).
    Modified,
    /// None but arrows, Enter, Escape and those with Ctrl.
    Off,
}

/// A key press, as the browser reports it.
#[derive(Debug, Clone, Copy)]
pub struct Press<'a> {
    /// What the key means in the person's layout.
    pub key: &'a str,
    /// Which physical key it is.
    pub code: &'a str,
    /// Ctrl, or ⌘.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// The action of a key press; `None` leaves it to the browser.
///
/// Digits go by the physical key, so that AZERTY needs no Shift; letters by what they mean.
pub fn action(press: Press<'_>, shortcuts: Shortcuts) -> Option<Action> {
    let Press { key, code, command, shift, alt } = press;
    let letter = |wanted: &str| key.eq_ignore_ascii_case(wanted);
    if command {
        return match () {
            () if alt => None,
            () if letter("z") => Some(if shift { Action::Redo } else { Action::Undo }),
            () if letter("y") && !shift => Some(Action::Redo),
            () if letter("s") && !shift => Some(Action::Download),
            () if key == "ArrowRight" && shift => Some(Action::Sentence { forward: true, extend: true }),
            () if key == "ArrowLeft" && shift => Some(Action::Sentence { forward: false, extend: true }),
            () => None,
        };
    }
    if !alt {
        match key {
            "ArrowDown" => return Some(Action::Sentence { forward: true, extend: shift }),
            "ArrowUp" => return Some(Action::Sentence { forward: false, extend: shift }),
            "ArrowRight" => return Some(Action::Word { forward: true, extend: shift }),
            "ArrowLeft" => return Some(Action::Word { forward: false, extend: shift }),
            "Home" if !shift => return Some(Action::Edge { forward: false }),
            "End" if !shift => return Some(Action::Edge { forward: true }),
            "Enter" if !shift => return Some(Action::Open),
            "Delete" | "Backspace" if !shift => return Some(Action::Remove),
            "Escape" => return Some(Action::Escape),
            _ => {}
        }
    }
    let modified = alt && shift;
    let allowed = match shortcuts {
        Shortcuts::On => !alt,
        Shortcuts::Modified => modified,
        Shortcuts::Off => false,
    };
    if !allowed {
        return None;
    }
    // With the modifier, Shift is part of it and cannot tell M from Shift+M; the layout may also change the letter.
    let split_with = !modified && shift;
    if let Some(digit) = code.strip_prefix("Digit").or(code.strip_prefix("Numpad"))
        && let [digit @ b'1'..=b'9'] = digit.as_bytes()
        && (modified || !shift || !key.as_bytes().iter().all(u8::is_ascii_punctuation))
    {
        return Some(Action::Label(char::from(*digit)));
    }
    match key {
        "?" => Some(Action::Help),
        _ if letter("n") => Some(Action::Annotation { forward: true }),
        _ if letter("p") => Some(Action::Annotation { forward: false }),
        _ if letter("s") => Some(Action::Accept),
        _ if letter("x") => Some(Action::Dismiss),
        _ if letter("m") => Some(if split_with { Action::Split } else { Action::Merge }),
        _ if modified && code == "KeyM" => Some(Action::Merge),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press<'a>(key: &'a str, code: &'a str) -> Press<'a> {
        Press { key, code, command: false, shift: false, alt: false }
    }

    #[test]
    fn digits_go_by_the_physical_key() {
        assert_eq!(action(press("&", "Digit1"), Shortcuts::On), Some(Action::Label('1')), "AZERTY without Shift");
        assert_eq!(action(press("1", "Digit1"), Shortcuts::On), Some(Action::Label('1')));
        assert_eq!(action(press("0", "Digit0"), Shortcuts::On), None);
        assert_eq!(action(press("3", "Numpad3"), Shortcuts::On), Some(Action::Label('3')));
    }

    #[test]
    fn what_the_browser_needs_is_never_taken() {
        let on = |press| action(press, Shortcuts::On);
        assert_eq!(on(Press { alt: true, ..press("ArrowLeft", "ArrowLeft") }), None);
        assert_eq!(on(Press { command: true, ..press("1", "Digit1") }), None);
        assert_eq!(on(Press { alt: true, ..press("1", "Digit1") }), None);
        assert_eq!(on(Press { alt: true, command: true, ..press("z", "KeyW") }), None, "AltGr");
        for key in ["[", "]", "/", "\\", "a", "Tab", "PageDown"] {
            assert_eq!(on(press(key, "")), None, "{key}");
        }
    }

    #[test]
    fn undo_and_redo_have_their_usual_keys() {
        let with = |key, shift| action(Press { command: true, shift, ..press(key, "") }, Shortcuts::Off);
        assert_eq!(with("z", false), Some(Action::Undo));
        assert_eq!(with("Z", true), Some(Action::Redo));
        assert_eq!(with("y", false), Some(Action::Redo));
        assert_eq!(with("s", false), Some(Action::Download));
    }

    #[test]
    fn single_keys_can_be_switched_off_or_need_a_modifier() {
        let m = press("m", "KeyM");
        assert_eq!(action(m, Shortcuts::Off), None);
        assert_eq!(action(m, Shortcuts::Modified), None);
        assert_eq!(action(Press { alt: true, shift: true, ..m }, Shortcuts::Modified), Some(Action::Merge));
        let digit = Press { alt: true, shift: true, ..press("!", "Digit1") };
        assert_eq!(action(digit, Shortcuts::Modified), Some(Action::Label('1')));
        assert_eq!(action(Press { shift: true, ..press("M", "KeyM") }, Shortcuts::On), Some(Action::Split));
        assert_eq!(
            action(press("ArrowDown", "ArrowDown"), Shortcuts::Off),
            Some(Action::Sentence { forward: true, extend: false })
        );
    }

    #[test]
    fn the_help_key_is_not_taken_for_a_digit_on_any_layout() {
        assert_eq!(action(Press { shift: true, ..press("?", "Comma") }, Shortcuts::On), Some(Action::Help), "AZERTY");
        assert_eq!(action(Press { shift: true, ..press("?", "Slash") }, Shortcuts::On), Some(Action::Help), "QWERTY");
        assert_eq!(action(Press { shift: true, ..press("/", "Digit7") }, Shortcuts::On), None, "QWERTZ");
    }
}
