//! Programs that a run needs and this machine lacks: packages of the system, and what cargo builds.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::Outcome;

/// Speaks to Firefox from 128 on.
const GECKODRIVER: &str = "0.37.1";

/// A program on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Where they are put, in the workspace whose `dist/` this is.
pub(crate) fn tools(dist: &Path) -> PathBuf {
    dist.with_file_name("target").join("tools")
}

/// The first program on the PATH with one of these names; where there is none, after installing the packages.
pub(crate) fn program(engine: &str, names: &[&str], needed: &[&str]) -> Outcome<PathBuf> {
    let any = || names.iter().find_map(|name| find(name));
    match any() {
        Some(file) => Ok(file),
        None => {
            packages(engine, needed)?;
            any().ok_or_else(|| format!("{} was installed, but is not on the PATH", needed.join(" ")).into())
        }
    }
}

/// geckodriver, which Debian does not have: the one on the PATH, else built once into `tools` (about three minutes).
pub(crate) fn geckodriver(tools: &Path) -> Outcome<PathBuf> {
    let built = tools.join("bin").join("geckodriver");
    if let Some(file) = find("geckodriver").or(built.is_file().then(|| built.clone())) {
        return Ok(file);
    }
    eprintln!("building geckodriver {GECKODRIVER} into {} …", tools.display());
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // From a folder without this workspace's own settings.
    command.current_dir(env::temp_dir()).args(["install", "geckodriver", "--version", GECKODRIVER, "--locked"]);
    let status = command.arg("--quiet").arg("--root").arg(tools).status()?;
    if status.success() && built.is_file() {
        return Ok(built);
    }
    Err(format!("geckodriver could not be built; `cargo install geckodriver --version {GECKODRIVER}` tells why").into())
}

/// The rules of accessibility that are run in the page (MPL-2.0, so fetched for a test and kept out of the project), by
/// the npm that is there; the version and its bytes are these.
const AXE: (&str, &str) = (
    "axe-core@4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
);

/// The script of axe-core, fetched once into `tools`.
pub(crate) fn axe(tools: &Path) -> Outcome<PathBuf> {
    let (package, integrity) = AXE;
    let folder = tools.join(package);
    let script = folder.join("package").join("axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    let npm = program("axe-core", &["npm"], &["npm"])?;
    fs::create_dir_all(&folder)?;
    let fetched = Command::new(npm).current_dir(&folder).args(["pack", package, "--json"]).output()?;
    let report: serde_json::Value = serde_json::from_slice(&fetched.stdout).unwrap_or_default();
    if report[0]["integrity"] != integrity {
        return Err(format!("`npm pack {package}` gives {}, not {integrity}", report[0]["integrity"]).into());
    }
    let archive = report[0]["filename"].as_str().unwrap_or_default();
    let unpacked = Command::new("tar").current_dir(&folder).args(["-xzf", archive, "package/axe.min.js"]).status()?;
    if unpacked.success() && script.is_file() { Ok(script) } else { Err(format!("{archive} has no axe.min.js").into()) }
}

/// Installs packages for an engine, as root on Debian and its kin.
fn packages(engine: &str, packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    let advice = format!("the browser tests in {engine} need {names}; on Debian: apt-get install {names}");
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
