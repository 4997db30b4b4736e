//! What a person does to the page: the mouse, the keyboard, files in and out. Real input events all.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::{Outcome, Page, keys};

/// How long a download may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A key as Firefox gets it from the system.
const FIREFOX_KEY: &str = "
    const [key, code] = arguments;
    const window = Services.wm.getMostRecentWindow('navigator:browser');
    const input = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    input.beginInputTransactionForTests(window);
    const event = new window.KeyboardEvent('', { key, code });
    input.keydown(event);
    input.keyup(event);";

/// Selectors are those of `Page::shadow`: inside the shadow root, or `host >>> css`.
impl Page {
    /// Clicks in the middle of an element, after scrolling it into view; waits until it is there.
    ///
    /// # Errors
    ///
    /// If something else lies over it.
    pub async fn click(&self, css: &str) -> Outcome {
        Ok(self.shadow(css).await?.click().await?)
    }

    /// Moves the mouse over the middle of an element.
    ///
    /// # Errors
    ///
    /// If it lies outside the view.
    pub async fn hover(&self, css: &str) -> Outcome {
        let element = self.shadow(css).await?;
        let over = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        Ok(self.client().perform_actions(MouseActions::new("mouse".into()).then(over)).await?)
    }

    /// Drags with the button held from before the character `from` to before the character `to`, both counted in UTF-16
    /// over the text of an element; what a person does to select text.
    ///
    /// # Errors
    ///
    /// If the element has no such character.
    pub async fn drag_text(&self, from: (&str, usize), to: (&str, usize)) -> Outcome {
        let (x1, y1) = self.point(from.0, from.1).await?;
        let (x2, y2) = self.point(to.0, to.1).await?;
        let at = |x, y| PointerAction::MoveTo { duration: Some(Duration::from_millis(50)), x, y };
        let actions = MouseActions::new("mouse".into())
            .then(at(x1, y1))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at((x1 + x2) / 2.0, (y1 + y2) / 2.0))
            .then(at(x2, y2))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        Ok(self.client().perform_actions(actions).await?)
    }

    /// The left edge of a character in the view (the right edge of the last, if `utf16` is the length).
    async fn point(&self, css: &str, utf16: usize) -> Outcome<(f64, f64)> {
        let element = serde_json::to_value(self.shadow(css).await?)?;
        let js = "
            const [element, utf16] = arguments;
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            let rest = utf16, node;
            while ((node = walker.nextNode())) {
                if (rest < node.length) break;
                rest -= node.length;
                if (rest === 0 && !walker.nextNode()) break;
                if (walker.currentNode !== node) walker.currentNode = node;
            }
            if (!node) throw new Error(`no character ${utf16} in ${element.textContent}`);
            const behind = rest === 0 && utf16 > 0 && !walker.nextNode() ? 0 : rest;
            const range = document.createRange();
            const last = utf16 === element.textContent.length;
            range.setStart(node, last ? node.length - 1 : behind);
            range.setEnd(node, last ? node.length : behind + 1);
            node.parentElement.scrollIntoView({ block: 'nearest' });
            const box = range.getClientRects()[0];
            return [last ? box.right - 1 : box.left + 0.5, (box.top + box.bottom) / 2];";
        let point = self.exec(js, vec![element, json!(utf16)]).await?;
        match (point[0].as_f64(), point[1].as_f64()) {
            (Some(x), Some(y)) => Ok((x, y)),
            _ => Err(format!("no place on the screen for character {utf16} of `{css}`").into()),
        }
    }

    /// Presses chords parted by blanks on whatever has the focus: `ArrowDown 1 Control+Shift+z Enter Escape`.
    /// Names are those of `KeyboardEvent.key`, and `Plus` and `Space`; the layout is the American one.
    ///
    /// # Errors
    ///
    /// If a name is not known.
    pub async fn keys(&self, chords: &str) -> Outcome {
        self.focus_arrived().await?;
        Ok(self.client().perform_actions(keys::chords(chords)?).await?)
    }

    /// Types a text, character by character, into whatever has the focus.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn type_text(&self, text: &str) -> Outcome {
        self.focus_arrived().await?;
        Ok(self.client().perform_actions(keys::characters(text)).await?)
    }

    /// Presses a key of another layout: the character it gives and the place it has (`KeyboardEvent.key` and `.code`),
    /// as `("&", "Digit1")` on a French keyboard.
    ///
    /// # Errors
    ///
    /// As the browser gives them.
    pub async fn key_of_layout(&self, key: &str, code: &str) -> Outcome {
        if self.engine() == Engine::Firefox {
            self.in_firefox(FIREFOX_KEY, vec![json!(key), json!(code)]).await?;
            return Ok(());
        }
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { key } else { "" };
            let event = json!({ "type": kind, "key": key, "code": code, "text": text, "unmodifiedText": text });
            self.cdp("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Clicks in the middle of an element, brought to the middle of the window, with a key held down: `Shift`,
    /// `Control`, `Alt` or `Meta`.
    ///
    /// # Errors
    ///
    /// If the name is not known.
    pub async fn click_with(&self, key: &str, css: &str) -> Outcome {
        let value = keys::key(key)?;
        let element = self.shadow(css).await?;
        let its = serde_json::to_value(&element)?;
        self.exec("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", vec![its]).await?;
        let over = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let click = MouseActions::new("mouse".into())
            .then(over)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let hold = |action| KeyActions::new("keyboard".into()).then(action);
        self.client().perform_actions(hold(KeyAction::Down { value })).await?;
        let clicked = self.client().perform_actions(click).await;
        self.client().perform_actions(hold(KeyAction::Up { value })).await?;
        Ok(clicked?)
    }

    /// Gives a file to an `<input type="file">`, as the dialogue of the browser does.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or the element takes none.
    pub async fn upload(&self, css: &str, name: &str, content: &[u8]) -> Outcome {
        let file = self.folder.path().join("uploads").join(name);
        fs::create_dir_all(self.folder.path().join("uploads"))?;
        fs::write(&file, content)?;
        let path = file.to_str().ok_or("a path in Unicode")?;
        Ok(self.shadow(css).await?.send_keys(path).await?)
    }

    /// The files that the browser has saved until now, in order of their names; those still on their way are left out.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn downloads(&self) -> Outcome<Vec<PathBuf>> {
        let mut files = fs::read_dir(self.folder.downloads())?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        files.retain(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            !name.ends_with(".crdownload") && !name.ends_with(".part") && !name.starts_with('.')
        });
        files.sort();
        Ok(files)
    }

    /// Waits for a download of this name and gives its bytes; the file is gone then, so the next may have the same name.
    ///
    /// # Errors
    ///
    /// After 15 seconds, with the names that are there.
    pub async fn download(&self, name: &str) -> Outcome<Vec<u8>> {
        let until = Instant::now() + PATIENCE;
        let file = self.folder.downloads().join(name);
        loop {
            let there = self.downloads()?;
            // Chromium reserves the name with an empty file while the content is still on its way.
            let content = if there.contains(&file) { fs::read(&file)? } else { Vec::new() };
            if !content.is_empty() {
                fs::remove_file(&file)?;
                return Ok(content);
            }
            if Instant::now() > until {
                return Err(format!("waited {PATIENCE:?} for the download {name}, found {there:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits for a download of this name and reads it as JSON.
    ///
    /// # Errors
    ///
    /// If it does not come, or is no JSON.
    pub async fn download_json(&self, name: &str) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.download(name).await?)?)
    }
}
