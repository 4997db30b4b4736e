//! One browser with one profile and the server it looks at: opening, scripts, the console, the life of
//! the browser. What a person does to the page (clicks, keys, files) is in `person`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use static_server::{Running, Server, Site};

use crate::command::Post;
use crate::engine::{Driver, Engine, Settings};
use crate::folder::Folder;
use crate::install;
use crate::{ICON, Outcome, Unavailable};

/// A browser window, its profile and the server behind it. A profile is new for each scenario.
pub struct Page {
    pub(crate) folder: Folder,
    driver: Rc<Driver>,
    client: Option<Client>,
    process: Option<u64>,
    server: Option<Running>,
    site: Site,
    dist: PathBuf,
    settings: Settings,
    start_scripts: Vec<String>,
    console: Vec<ConsoleEntry>,
    /// The selector of the frame that scripts and input go to, if they do not go to the page itself.
    frame: RefCell<Option<String>>,
}

/// A line of the browser's console: messages of scripts, errors nobody caught, failed requests, violations of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleEntry {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// With its place in front, as the browser writes it.
    pub message: String,
}

/// How long `wait_until`, `shadow` and `download` wait: far longer than anything takes on an idle machine.
const PATIENCE: Duration = Duration::from_secs(15);

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(30);

/// Names that every script finds: the first element on the page, its shadow root, and queries inside it.
const PRELUDE: &str = "\
    const el = document.querySelector('release-annotator'), root = el?.shadowRoot ?? null;\
    const $ = css => root.querySelector(css), $$ = css => [...root.querySelectorAll(css)];\n";

/// Media features as preferences of Firefox; those that are not given go back to its own.
const FIREFOX_FEATURES: &str = "
    const [features] = arguments;
    const set = (name, value) => value === undefined ? Services.prefs.clearUserPref(name) : Services.prefs.setIntPref(name, value);
    set('layout.css.prefers-color-scheme.content-override', { dark: 0, light: 1 }[features['prefers-color-scheme']]);
    set('ui.prefersReducedMotion', { reduce: 1 }[features['prefers-reduced-motion']]);
    set('browser.display.document_color_use', { active: 2 }[features['forced-colors']]);";

/// What Firefox has on its console of pages, as `[level, message]`; it is empty then.
const FIREFOX_CONSOLE: &str = "
    const entries = [];
    for (const it of Services.console.getMessageArray()) {
        if (!(it instanceof Ci.nsIScriptError) || !/^(https?|file|data|blob):/.test(it.sourceName)) continue;
        entries.push([it.flags & it.warningFlag ? 'WARNING' : it.flags & it.infoFlag ? 'INFO' : 'SEVERE', `${it.sourceName}:${it.lineNumber} ${it.errorMessage}`]);
    }
    Services.console.reset();
    return entries;";

/// The key under which WebDriver names an element (WebDriver 12.2, web element identifier).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// # Life
impl Page {
    /// Starts a browser with a new profile, and a server of `dist`.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn new(driver: Rc<Driver>, dist: &Path) -> Outcome<Self> {
        let site = site_of(dist);
        let server = Server::bind("127.0.0.1", 0)?.spawn(site.clone());
        let mut page = Self {
            folder: Folder::new()?,
            driver,
            client: None,
            process: None,
            server: Some(server),
            site,
            dist: dist.to_owned(),
            settings: Settings::default(),
            start_scripts: vec![],
            console: vec![],
            frame: RefCell::default(),
        };
        page.start().await?;
        Ok(page)
    }

    async fn start(&mut self) -> Outcome {
        let capabilities = self.driver.capabilities(&self.folder, &self.settings);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        std::fs::create_dir_all(self.folder.profile())?;
        let client = builder.capabilities(capabilities).connect(self.driver.address()).await?;
        let of_process = |its: &Map<String, Value>| its.get("goog:processID").or(its.get("moz:processID")).cloned();
        self.process = client.capabilities().and_then(of_process).and_then(|id| id.as_u64());
        self.client = Some(client);
        if self.engine() == Engine::WebKit {
            self.client().set_window_rect(0, 0, 1280, 900).await?;
        }
        self.run_start_scripts().await
    }

    /// Ends the browser as a person does and starts it again with the same profile. Nothing is open then.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn restart(&mut self) -> Outcome {
        self.needs_profile()?;
        self.quit().await?;
        self.start().await
    }

    /// The same with other settings: arguments of the command line, preferences.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn restart_with(&mut self, settings: Settings) -> Outcome {
        self.settings = settings;
        self.restart().await
    }

    /// Kills the browser as a failing machine does, without a word, and starts it again with the same profile.
    ///
    /// # Errors
    ///
    /// As the driver gives them, or if the browser's process is not known.
    pub async fn kill_and_restart(&mut self) -> Outcome {
        self.needs_profile()?;
        let process = self.process.take().ok_or("the driver does not tell the process of the browser")?;
        self.read_console().await?;
        let killed = std::process::Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
        if !killed.success() {
            return Err(format!("process {process} could not be killed").into());
        }
        // The driver sees the end of its browser by itself; a polite end of the session would only fail.
        if let Some(client) = self.client.take() {
            client.close().await.ok();
        }
        self.start().await
    }

    /// What WebKit stores while it is driven is gone with the browser.
    fn needs_profile(&self) -> Outcome {
        if self.engine() == Engine::WebKit { Err(Unavailable("a profile that is kept").into()) } else { Ok(()) }
    }

    /// Before anything that lets the browser save a file: WebKit stands still then while it is driven.
    ///
    /// # Errors
    ///
    /// `Unavailable` in WebKit.
    pub fn needs_downloads(&self) -> Outcome {
        if self.engine() == Engine::WebKit { Err(Unavailable("downloads").into()) } else { Ok(()) }
    }

    pub(crate) async fn quit(&mut self) -> Outcome {
        self.read_console().await?;
        match self.client.take() {
            Some(client) => Ok(client.close().await?),
            None => Ok(()),
        }
    }

    /// The WebDriver session itself, for what has no method here.
    ///
    /// # Panics
    ///
    /// If a restart failed before.
    pub fn client(&self) -> &Client {
        self.client.as_ref().expect("a browser that runs")
    }
}

/// # Engine
impl Page {
    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.driver.engine()
    }

    /// Runs a script with the rights of Firefox itself; a privilege of tests.
    pub(crate) async fn in_firefox(&self, js: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let context = |name: &str| Post { path: "moz/context", body: json!({ "context": name }) };
        self.client().issue_cmd(context("chrome")).await?;
        let answer = self.client().execute(js, arguments).await;
        self.client().issue_cmd(context("content")).await?;
        Ok(answer?)
    }
}

/// # Server
impl Page {
    /// The site of dist/, to lay pages, headers and faults over and give to `serve`.
    pub fn site(&self) -> Site {
        site_of(&self.dist)
    }

    /// Serves another site under the same address, so what the browser stored stays with it.
    ///
    /// # Errors
    ///
    /// If the port has been taken meanwhile.
    pub fn serve(&mut self, site: Site) -> Outcome {
        let port = self.server().address().port();
        self.server = None;
        self.site = site;
        let mut site = self.site.clone();
        if self.engine() != Engine::Chromium && !self.start_scripts.is_empty() {
            site = site.first(&self.start_scripts.join(";\n"));
        }
        self.server = Some(Server::bind("127.0.0.1", port)?.spawn(site));
        Ok(())
    }

    /// The server, for its address and the requests it had.
    ///
    /// # Panics
    ///
    /// If `serve` failed before.
    pub fn server(&self) -> &Running {
        self.server.as_ref().expect("a server that runs")
    }

    /// The folder that is tested.
    pub fn dist(&self) -> &Path {
        &self.dist
    }

    /// The same server under another name: anything under `.test`, which browsers hold for a host like any other.
    pub fn url_at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.server().address().port())
    }
}

/// # Opening
impl Page {
    /// Opens a path of the server (with its `/`), or any other address, and waits for the `load` event.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn open(&self, path: &str) -> Outcome {
        let url = if path.starts_with('/') { self.server().url(path) } else { path.to_owned() };
        if self.engine() == Engine::WebKit && url.contains(".test:") {
            return Err(Unavailable("a host of another name").into());
        }
        Ok(self.client().goto(&url).await?)
    }

    /// Opens a path and waits until the first element has shown its release and restored its annotations.
    ///
    /// # Errors
    ///
    /// If `ready` rejects.
    pub async fn open_ready(&self, path: &str) -> Outcome {
        self.open(path).await?;
        self.ready().await
    }

    /// Waits for the first element's `ready`.
    ///
    /// # Errors
    ///
    /// If it rejects, or is not there in time.
    pub async fn ready(&self) -> Outcome {
        self.wait_until("return el !== null && el.ready !== undefined").await?;
        self.exec_async("await el.ready", vec![]).await?;
        Ok(())
    }

    /// Loads the page anew.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn reload(&self) -> Outcome {
        Ok(self.client().refresh().await?)
    }

    /// The window in front.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn window(&self) -> Outcome<WindowHandle> {
        Ok(self.client().window().await?)
    }

    /// A new tab in front, empty.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn new_tab(&self) -> Outcome<WindowHandle> {
        let handle = self.client().new_window(true).await?.handle;
        self.switch_to(&handle).await?;
        self.run_start_scripts().await?;
        Ok(handle)
    }

    /// From now on scripts and input go to a frame of the page, the first that `css` finds.
    ///
    /// Clicks into the corner of the page first, which is to lie outside the frame: a browser without a screen gives
    /// the page the focus only with the first click, and may take it from a frame that has just got it.
    ///
    /// # Errors
    ///
    /// If there is none now.
    pub async fn enter_frame(&self, css: &str) -> Outcome {
        let corner = PointerAction::MoveTo { duration: None, x: 1.0, y: 1.0 };
        let press = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
        let mouse = MouseActions::new("mouse".into()).then(corner).then(press);
        self.client().perform_actions(mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })).await?;
        self.wait_until("return document.hasFocus()").await?;
        self.step_into(css).await
    }

    async fn step_into(&self, css: &str) -> Outcome {
        self.light(css).await?.enter_frame().await?;
        self.frame.replace(Some(css.to_owned()));
        Ok(())
    }

    /// Back to the page around the frame.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn leave_frame(&self) -> Outcome {
        self.frame.replace(None);
        Ok(self.client().clone().enter_parent_frame().await?)
    }

    /// In a frame, waits until the page around it knows that the focus is inside. A frame may have a process of its
    /// own, which has the focus at once after a click; the browser sends keys there only when it has been told.
    pub(crate) async fn focus_arrived(&self) -> Outcome {
        let Some(css) = self.frame.take() else { return Ok(()) };
        self.leave_frame().await?;
        let js = format!("return document.activeElement === document.querySelector({})", json!(css));
        let arrived = self.wait_until(&js).await;
        self.step_into(&css).await?;
        arrived
    }

    /// Brings a window in front.
    ///
    /// # Errors
    ///
    /// If it is closed.
    pub async fn switch_to(&self, window: &WindowHandle) -> Outcome {
        Ok(self.client().switch_to_window(window.clone()).await?)
    }

    /// Runs a script in every page opened from now on, before any of the page's own; also after a restart.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn before_load(&mut self, js: &str) -> Outcome {
        self.start_scripts.push(js.to_owned());
        if self.engine() == Engine::Chromium {
            self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": js })).await?;
            return Ok(());
        }
        self.serve(self.site.clone())
    }

    /// Chromium is told of the scripts for each window; for the others the server puts them into its pages.
    async fn run_start_scripts(&self) -> Outcome {
        for script in self.start_scripts.iter().filter(|_| self.engine() == Engine::Chromium) {
            self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        }
        Ok(())
    }
}

/// # Scripts
///
/// Each is the body of a function that finds the names `el` (the first `release-annotator`), `root` (its shadow
/// root), `$(css)` and `$$(css)` (the first, all, inside the shadow root).
impl Page {
    /// Runs `js` with `arguments`, and gives what it returns. Elements among the arguments arrive as such.
    ///
    /// # Errors
    ///
    /// What the script throws.
    pub async fn exec(&self, js: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.client().execute(&format!("{PRELUDE}{js}"), arguments).await?)
    }

    /// The same without arguments.
    ///
    /// # Errors
    ///
    /// What the script throws.
    pub async fn eval(&self, js: &str) -> Outcome<Value> {
        self.exec(js, vec![]).await
    }

    /// Runs `js` as the body of an async function, with `args`, and gives what it returns in the end.
    ///
    /// # Errors
    ///
    /// What the script throws, `code` in front if the error has one: `unknown-label: …`.
    pub async fn exec_async(&self, js: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const args = [...arguments], done = args.pop();\n\
             const tell = error => done({{ error: (error?.code ? error.code + ': ' : '') + (error?.message ?? error) }});\n\
             (async () => {{ {PRELUDE}{js}\n}})().then(value => done({{ value: value ?? null }}), tell);"
        );
        let mut answer = self.client().execute_async(&script, arguments).await?;
        match answer["error"].as_str() {
            Some(error) => Err(error.into()),
            None => Ok(answer["value"].take()),
        }
    }

    /// Waits until the body `js` returns something true.
    ///
    /// # Errors
    ///
    /// After 15 seconds, with the last value or error.
    pub async fn wait_until(&self, js: &str) -> Outcome {
        let until = Instant::now() + PATIENCE;
        loop {
            let last = match self.eval(&format!("return (() => {{ {js}\n}})()")).await {
                Ok(value) if is_true(&value) => return Ok(()),
                Ok(value) => value.to_string(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > until {
                return Err(format!("waited {PATIENCE:?} for `{js}`, found {last}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until the body `js` returns this value.
    ///
    /// # Errors
    ///
    /// After 15 seconds, with the last value or error.
    pub async fn wait_for(&self, js: &str, wanted: impl Into<Value>) -> Outcome {
        let (until, wanted) = (Instant::now() + PATIENCE, wanted.into());
        loop {
            let last = match self.eval(js).await {
                Ok(value) if value == wanted => return Ok(()),
                Ok(value) => value.to_string(),
                Err(error) => error.to_string(),
            };
            if Instant::now() > until {
                return Err(format!("waited {PATIENCE:?} for {wanted} of `{js}`, found {last}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The first element inside the shadow root of the first `release-annotator`; with `host >>> css`, of the first
    /// that `host` names. Waits until it is there.
    ///
    /// # Errors
    ///
    /// After 15 seconds.
    pub async fn shadow(&self, css: &str) -> Outcome<Element> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(element) = self.shadow_all(css).await?.into_iter().next() {
                return Ok(element);
            }
            if Instant::now() > until {
                return Err(format!("waited {PATIENCE:?} for an element `{css}`").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// All such elements that are there now.
    ///
    /// # Errors
    ///
    /// If the selector is none.
    pub async fn shadow_all(&self, css: &str) -> Outcome<Vec<Element>> {
        let (host, inner) = css.split_once(">>>").unwrap_or(("release-annotator", css));
        let js = "return [...document.querySelector(arguments[0])?.shadowRoot?.querySelectorAll(arguments[1]) ?? []]";
        let found = self.client().execute(js, vec![json!(host.trim()), json!(inner.trim())]).await?;
        let ids = found.as_array().into_iter().flatten().filter_map(|it| it[ELEMENT_KEY].as_str());
        Ok(ids.map(|id| Element::from_element_id(self.client().clone(), id.to_owned().into())).collect())
    }

    /// The first element of the page outside shadow roots.
    ///
    /// # Errors
    ///
    /// If there is none now.
    pub async fn light(&self, css: &str) -> Outcome<Element> {
        Ok(self.client().find(Locator::Css(css)).await?)
    }

    /// What the rules of axe-core with one of these tags find wrong on the page as it is: `[rule, selector, summary]` each.
    ///
    /// # Errors
    ///
    /// `Unavailable` where axe-core is not there and cannot be fetched.
    pub async fn axe(&self, tags: &[&str]) -> Outcome<Vec<Value>> {
        if self.eval("return typeof axe").await? == "undefined" {
            let script = install::axe(&install::tools(&self.dist)).map_err(|error| {
                eprintln!("no axe-core: {error}");
                Unavailable("axe-core, from npm")
            })?;
            self.client().execute(&std::fs::read_to_string(script)?, vec![]).await?;
        }
        let js = "
            const { violations, passes } = await axe.run(document, { runOnly: args[0], resultTypes: ['violations'] });
            if (!passes.length) throw new Error('no rule was run');
            return violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.flat().join(' '), node.failureSummary]))";
        Ok(self.exec_async(js, vec![json!(tags)]).await?.as_array().cloned().unwrap_or_default())
    }

    /// A command of Chromium's DevTools protocol; its result.
    ///
    /// # Errors
    ///
    /// As the browser gives them; `Unavailable` in another.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Outcome<Value> {
        if self.engine() != Engine::Chromium {
            return Err(Unavailable("the DevTools protocol").into());
        }
        let body = json!({ "cmd": command, "params": parameters });
        Ok(self.client().issue_cmd(Post { path: "goog/cdp/execute", body }).await?)
    }
}

/// # What the page is shown on
impl Page {
    /// Sets media features by name: `("prefers-color-scheme", "dark")`, `("forced-colors", "active")`,
    /// `("prefers-reduced-motion", "reduce")`. Replaces those set before; none at all gives back the browser's own.
    ///
    /// # Errors
    ///
    /// As the browser gives them.
    pub async fn emulate(&self, features: &[(&str, &str)]) -> Outcome {
        if self.engine() == Engine::Firefox {
            let known = ["prefers-color-scheme", "prefers-reduced-motion", "forced-colors"];
            if features.iter().any(|(name, _)| !known.contains(name)) {
                return Err(Unavailable("a media feature that Firefox cannot be given").into());
            }
            let features = features.iter().map(|(name, value)| (*name, json!(value)));
            self.in_firefox(FIREFOX_FEATURES, vec![Value::Object(features.map(|(n, v)| (n.into(), v)).collect())])
                .await?;
            return Ok(());
        }
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    /// A screen of so many CSS pixels; `mobile` with touch and a mobile view port.
    ///
    /// # Errors
    ///
    /// As the browser gives them.
    pub async fn screen(&self, width: u32, height: u32, scale: f64, mobile: bool) -> Outcome {
        if self.engine() != Engine::Chromium {
            // 500: Firefox makes no window narrower.
            if mobile || scale != 1.0 || width < 500 {
                return Err(Unavailable("a small screen").into());
            }
            let frame =
                self.client().execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![]).await?;
            let of = |at: usize| frame[at].as_u64().unwrap_or_default() as u32;
            self.client().set_window_size(width + of(0), height + of(1)).await?;
            return self.wait_for("return [innerWidth, innerHeight]", json!([width, height])).await;
        }
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": mobile })).await?;
        Ok(())
    }

    /// Writes what is visible of the page as PNG.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub async fn screenshot(&self, file: impl AsRef<Path>) -> Outcome {
        if let Some(folder) = file.as_ref().parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(file, self.client().screenshot().await?)?)
    }
}

/// # Console
impl Page {
    /// All lines since the last call of this or of `console_errors`. Chromium tells all, Firefox errors and warnings,
    /// WebKit nothing.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn console(&mut self) -> Outcome<Vec<ConsoleEntry>> {
        self.read_console().await?;
        Ok(std::mem::take(&mut self.console))
    }

    /// The errors among them. A scenario fails if any is left at its end, so one that provokes errors takes them here.
    ///
    /// # Errors
    ///
    /// As the driver gives them.
    pub async fn console_errors(&mut self) -> Outcome<Vec<String>> {
        let entries = self.console().await?;
        Ok(entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// Fetches what the driver has, before it is lost with the session.
    async fn read_console(&mut self) -> Outcome {
        let Some(client) = &self.client else { return Ok(()) };
        if self.engine() == Engine::Firefox {
            let entries = self.in_firefox(FIREFOX_CONSOLE, vec![]).await?;
            for entry in entries.as_array().into_iter().flatten() {
                let text = |at: usize| entry[at].as_str().unwrap_or_default().to_owned();
                self.console.push(ConsoleEntry { level: text(0), message: text(1) });
            }
            return Ok(());
        }
        if self.engine() == Engine::WebKit {
            return Ok(());
        }
        let answer = client.issue_cmd(Post { path: "se/log", body: json!({ "type": "browser" }) }).await?;
        let text =
            |entry: &Map<String, Value>, name| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        for entry in answer.as_array().into_iter().flatten().filter_map(Value::as_object) {
            self.console.push(ConsoleEntry { level: text(entry, "level"), message: text(entry, "message") });
        }
        Ok(())
    }
}

fn site_of(dist: &Path) -> Site {
    Site::new(dist).page("/icon.svg", ICON)
}

/// As JavaScript understands it.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}
