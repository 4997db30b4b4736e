//! Which browser, where it is on this machine, and its driver at work.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::folder::Folder;

/// A browser engine that the scenarios can run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
}

/// The driver's process and the browser it starts; dropping it ends the driver, and the browsers with it.
pub struct Driver {
    engine: Engine,
    browser: PathBuf,
    process: Child,
    address: String,
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
    // Names under `.test` (RFC 6761 6.2) are this machine: plain http from a host that is not localhost.
    "--host-resolver-rules=MAP *.test 127.0.0.1",
];

impl Engine {
    /// By the name that `--engine` takes.
    ///
    /// # Errors
    ///
    /// Names the known ones.
    pub fn by_name(name: &str) -> Outcome<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            _ => Err(format!("no engine is called `{name}`; there is: chromium").into()),
        }
    }

    /// Finds browser and driver, or installs them where it may, and starts the driver on a free port.
    ///
    /// # Errors
    ///
    /// Says what to install.
    pub fn start(self) -> Outcome<Driver> {
        let Self::Chromium = self;
        let (browser, driver) = match find_chromium() {
            Some(both) => both,
            None => {
                install(&["chromium", "chromium-driver"])?;
                find_chromium().ok_or("Chromium was installed, but is not on the PATH.")?
            }
        };
        let mut process = Command::new(&driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} could not be started ({error})", driver.display()))?;
        match port(&mut process) {
            Some(port) => Ok(Driver { engine: self, browser, process, address: format!("http://127.0.0.1:{port}/") }),
            None => {
                process.kill().ok();
                process.wait().ok();
                Err(format!("{} did not say within {DRIVER_START:?} on which port it listens", driver.display()).into())
            }
        }
    }
}

impl Driver {
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What to ask of the driver for a new session (chromedriver, `ChromeOptions`).
    pub(crate) fn capabilities(&self, folder: &Folder, settings: &Settings) -> Map<String, Value> {
        let Engine::Chromium = self.engine;
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
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked, it ends its browsers; killed, it would leave them.
        let host = self.address.trim_start_matches("http://").trim_end_matches('/');
        if let Ok(mut stream) = TcpStream::connect(host) {
            stream.set_read_timeout(Some(DRIVER_END)).ok();
            stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").ok();
            io::copy(&mut stream, &mut io::sink()).ok();
        }
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The browser and the driver, by the names that distributions give them.
fn find_chromium() -> Option<(PathBuf, PathBuf)> {
    let browser = ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().find_map(find)?;
    Some((browser, find("chromedriver")?))
}

/// A program on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// chromedriver tells its port in a sentence: `ChromeDriver was started successfully on port 41234.`
fn port(process: &mut Child) -> Option<u16> {
    let output = process.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    // Reads on after the sentence, or the driver would stand still at a full pipe.
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("successfully on port ") {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                sender.send(digits.parse().ok()).ok();
            }
        }
    });
    receiver.recv_timeout(DRIVER_START).ok().flatten()
}

/// Installs packages as root on Debian and its kin.
fn install(packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    let advice = format!("the browser tests need Chromium and chromedriver; on Debian: apt-get install {names}");
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let is_debian = release.lines().any(|line| {
        line.split_once('=').is_some_and(|(name, value)| {
            (name == "ID" || name == "ID_LIKE") && (value.contains("debian") || value.contains("ubuntu"))
        })
    });
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !is_debian || !is_root || !Path::new("/usr/bin/apt-get").exists() {
        return Err(advice.into());
    }
    eprintln!("installing {names} with apt-get …");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("/usr/bin/apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet=2").args(arguments);
        command.stdout(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let all: Vec<&str> = ["install", "--yes", "--no-install-recommends"].iter().chain(packages).copied().collect();
    // Package lists that are there may be enough, and spare a download.
    if apt(&all) || (apt(&["update"]) && apt(&all)) { Ok(()) } else { Err(format!("apt-get failed; {advice}").into()) }
}
