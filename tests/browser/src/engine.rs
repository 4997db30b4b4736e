//! Which browsers there are, where each is on this machine, and its driver at work.
//! Leaves out how missing programs are installed (`install`).

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::folder::Folder;
use crate::install;

/// A browser engine that the scenarios can run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// The small browser that comes with WebKitGTK, on a screen of Xvfb.
    WebKit,
}

/// The driver's process and the browser it starts; dropping it ends the driver, and the browsers with it.
pub struct Driver {
    engine: Engine,
    browser: PathBuf,
    process: Child,
    address: String,
    /// The screen, where the browser needs one.
    screen: Option<Child>,
}

/// What a browser is to be like from its start on.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// More arguments of the command line.
    pub arguments: Vec<String>,
    /// Preferences of the profile by their dotted names.
    pub preferences: Map<String, Value>,
}

/// How long a driver may take until it listens.
const DRIVER_START: Duration = Duration::from_secs(20);

/// How long it may take to end.
const DRIVER_END: Duration = Duration::from_secs(5);

/// Names that are this machine: plain http from hosts that are not localhost (RFC 6761 6.2).
const HOSTS: &str = "intranet.test,colleague.test,cdn.test";

/// What Chromium needs to run as root in a container, without a screen, and without talking to its maker.
const CHROMIUM_ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
];

impl Engine {
    /// All of them; the first is the one that has to be there.
    pub const ALL: &[Self] = &[Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name that `--engine` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// By that name.
    ///
    /// # Errors
    ///
    /// Names the known ones.
    pub fn by_name(name: &str) -> Outcome<Self> {
        let known = || Self::ALL.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().find(|engine| engine.name() == name);
        Ok(*found.ok_or_else(|| format!("no engine is called `{name}`; there are: {}", known()))?)
    }

    /// Finds browser and driver, or installs them where it may (what cargo builds, beside `dist`), and starts the
    /// driver on a free port.
    ///
    /// # Errors
    ///
    /// Says what to install.
    pub fn start(self, dist: &Path) -> Outcome<Driver> {
        let (browser, driver) = self.programs(&install::tools(dist))?;
        let mut command = Command::new(&driver);
        let mut screen = None;
        match self {
            Self::Chromium => _ = command.arg("--port=0"),
            // The browser's own preferences and console are behind this door.
            Self::Firefox => _ = command.args(["--port", "0", "--allow-system-access"]),
            Self::WebKit => {
                let (process, display) = start_screen()?;
                screen = Some(process);
                // It takes no port 0; the one that was free a moment ago still is, or it says so.
                let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
                command
                    .arg(format!("--port={port}"))
                    .env("DISPLAY", display)
                    .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
                command.env("LIBGL_ALWAYS_SOFTWARE", "1");
                let mut process = spawn(&mut command)?;
                drain(process.stdout.take());
                let address = format!("http://127.0.0.1:{port}/");
                let mut driver = Driver { engine: self, browser, process, address, screen };
                return if driver.listens() { Ok(driver) } else { Err("WebKitWebDriver does not listen".into()) };
            }
        }
        let mut process = spawn(&mut command)?;
        match port(&mut process) {
            Some(port) => {
                Ok(Driver { engine: self, browser, process, address: format!("http://127.0.0.1:{port}/"), screen })
            }
            None => {
                process.kill().ok();
                process.wait().ok();
                Err(format!("{} did not say within {DRIVER_START:?} on which port it listens", driver.display()).into())
            }
        }
    }

    /// The browser and the driver.
    fn programs(self, tools: &Path) -> Outcome<(PathBuf, PathBuf)> {
        let get = |names: &[&str], packages: &[&str]| install::program(self.name(), names, packages);
        match self {
            Self::Chromium => Ok((
                get(&["chromium", "chromium-browser", "google-chrome", "chrome"], &["chromium", "chromium-driver"])?,
                get(&["chromedriver"], &["chromium-driver"])?,
            )),
            Self::Firefox => {
                let browser = get(&["firefox-esr", "firefox"], &["firefox-esr"])?;
                Ok((browser, install::geckodriver(tools)?))
            }
            Self::WebKit => {
                let packages = ["webkit2gtk-driver", "xvfb"];
                get(&["Xvfb"], &packages)?;
                let driver = get(&["WebKitWebDriver"], &packages)?;
                let browser = mini_browser().ok_or("the MiniBrowser of WebKitGTK is not there")?;
                Ok((browser, driver))
            }
        }
    }
}

impl Driver {
    /// Which engine it drives.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What to ask of the driver for a new session (chromedriver, `ChromeOptions`; geckodriver,
    /// `moz:firefoxOptions`; WebKitWebDriver, `webkitgtk:browserOptions`).
    pub(crate) fn capabilities(&self, folder: &Folder, settings: &Settings) -> Map<String, Value> {
        match self.engine {
            Engine::Chromium => {
                let mut arguments: Vec<String> = CHROMIUM_ARGUMENTS.iter().map(ToString::to_string).collect();
                arguments.push(format!("--user-data-dir={}", folder.profile().display()));
                arguments.extend(settings.arguments.iter().cloned());
                let mut preferences = Map::from_iter([
                    ("download.default_directory".into(), json!(folder.downloads())),
                    ("download.prompt_for_download".into(), json!(false)),
                    ("profile.default_content_setting_values.automatic_downloads".into(), json!(1)),
                    // Chromium's own first page loads for a while, and a navigation away from it sometimes takes 5 s.
                    ("session.restore_on_startup".into(), json!(4)),
                    ("session.startup_urls".into(), json!(["about:blank"])),
                ]);
                preferences.extend(settings.preferences.clone());
                let options = json!({ "binary": self.browser, "args": arguments, "prefs": preferences });
                Map::from_iter([
                    ("goog:chromeOptions".into(), options),
                    ("goog:loggingPrefs".into(), json!({ "browser": "ALL" })),
                ])
            }
            Engine::Firefox => {
                let mut arguments = vec!["-headless".to_owned(), "-profile".to_owned()];
                arguments.push(folder.profile().display().to_string());
                arguments.extend(settings.arguments.iter().cloned());
                let mut preferences = Map::from_iter([
                    ("browser.download.folderList".into(), json!(2)),
                    ("browser.download.dir".into(), json!(folder.downloads())),
                    ("browser.download.alwaysOpenPanel".into(), json!(false)),
                    ("network.dns.localDomains".into(), json!(HOSTS)),
                    // A browser that was killed starts again as usual.
                    ("toolkit.startup.max_resumed_crashes".into(), json!(-1)),
                    ("browser.sessionstore.resume_from_crash".into(), json!(false)),
                    // Tab stops at everything that takes the focus, as on other systems.
                    ("accessibility.tabfocus".into(), json!(7)),
                ]);
                preferences.extend(settings.preferences.clone());
                let options = json!({ "binary": self.browser, "args": arguments, "prefs": preferences });
                Map::from_iter([("moz:firefoxOptions".into(), options)])
            }
            Engine::WebKit => {
                let options = json!({ "binary": self.browser, "args": ["--automation"] });
                Map::from_iter([("webkitgtk:browserOptions".into(), options)])
            }
        }
    }

    fn host(&self) -> &str {
        self.address.trim_start_matches("http://").trim_end_matches('/')
    }

    fn listens(&mut self) -> bool {
        let until = Instant::now() + DRIVER_START;
        while Instant::now() < until && matches!(self.process.try_wait(), Ok(None)) {
            if TcpStream::connect(self.host()).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked, chromedriver ends its browsers; killed, it would leave them.
        if self.engine == Engine::Chromium
            && let Ok(mut stream) = TcpStream::connect(self.host())
        {
            stream.set_read_timeout(Some(DRIVER_END)).ok();
            stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").ok();
            io::copy(&mut stream, &mut io::sink()).ok();
        }
        // The whole group: a browser that hangs outlives its driver.
        Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.process.id())])
            .stderr(Stdio::null())
            .status()
            .ok();
        for process in [Some(&mut self.process), self.screen.as_mut()].into_iter().flatten() {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

fn spawn(command: &mut Command) -> Outcome<Child> {
    let name = command.get_program().to_string_lossy().into_owned();
    let spawned = command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    spawned.map_err(|error| format!("{name} could not be started ({error})").into())
}

/// The drivers tell their port in a sentence: `ChromeDriver was started successfully on port 41234.`,
/// `… geckodriver INFO Listening on 127.0.0.1:41234`.
fn port(process: &mut Child) -> Option<u16> {
    let output = process.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    // Reads on after the sentence, or the driver would stand still at a full pipe.
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let rest = line.split_once("successfully on port ").or(line.split_once("Listening on 127.0.0.1:"));
            if let Some((_, rest)) = rest {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                sender.send(digits.parse().ok()).ok();
            }
        }
    });
    receiver.recv_timeout(DRIVER_START).ok().flatten()
}

/// Reads what a process says, so that it never stands still at a full pipe.
fn drain(output: Option<impl Read + Send + 'static>) {
    if let Some(mut output) = output {
        thread::spawn(move || io::copy(&mut output, &mut io::sink()));
    }
}

/// A screen without a monitor; it chooses its number itself and says it.
fn start_screen() -> Outcome<(Child, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]);
    let mut process = spawn(&mut command)?;
    let mut output = BufReader::new(process.stdout.take().ok_or("an output")?);
    let mut number = String::new();
    output.read_line(&mut number)?;
    drain(Some(output));
    if number.trim().is_empty() {
        process.kill().ok();
        process.wait().ok();
        return Err("Xvfb did not start".into());
    }
    Ok((process, format!(":{}", number.trim())))
}

/// Distributions put it below a folder that bears the name of the machine's kind.
fn mini_browser() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .chain([PathBuf::from("/usr/libexec"), PathBuf::from("/usr/lib")])
        .flat_map(|folder| ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"].map(|kind| folder.join(kind)))
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|file| file.is_file())
        .collect();
    found.sort();
    found.pop()
}
