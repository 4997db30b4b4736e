//! `cargo xtask build`: from sources to dist/. The old dist/ stays until the new one is whole.
//! Leaves out wasm-opt. Measured on 701 KB of this widget: `-Oz` (version 132) takes 11 % off the wasm in 12 s, but
//! what brotli makes of it grows by 5 %; `-O1` gains 0.7 %; Debian 12's version 108 cannot read what rustc writes.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::bundle::{Bundle, Part};
use crate::glue::{self, Bound};
use crate::{Failure, Outcome, root, say, toolchain};

/// A program: a package whose library is compiled to wasm, and the files it becomes.
pub(crate) struct Program {
    pub package: &'static str,
    pub wasm: &'static str,
    pub module: &'static str,
}

/// What a page loads.
pub(crate) const WIDGET: Program =
    Program { package: "release-annotator", wasm: "release-annotator_bg.wasm", module: "release-annotator.js" };

/// What the widget loads when somebody asks for it.
pub(crate) const TOOLS: Program = Program {
    package: "release-annotator-tools",
    wasm: "release-annotator-tools_bg.wasm",
    module: "release-annotator-tools.js",
};

/// The profile of the root manifest that makes it small.
const PROFILE: &str = "wasm-release";

/// Both programs and their scripts in one file.
pub(crate) const CLASSIC: &str = "release-annotator.iife.js";

/// Builds everything and returns the folder.
pub(crate) fn build() -> Outcome<PathBuf> {
    build_by(glue::bind)
}

/// The same with a program that is bound in another way.
pub(crate) fn build_by(bind: fn(&Path, &str) -> Outcome<Bound>) -> Outcome<PathBuf> {
    let root = root();
    toolchain::ensure_wasm_target()?;
    say("compiling the widget to wasm …");
    let (widget, version) = compile(&WIDGET)?;
    say("compiling its tools to wasm …");
    let (tools, _) = compile(&TOOLS)?;

    say("writing dist/ …");
    let fresh = root.join("target/xtask/dist");
    remove(&fresh)?;
    create(&fresh)?;
    let inside = ["journal.js", "element.js"];
    copy(&root.join("www"), &fresh, &|path| !inside.iter().any(|name| path.file_name() == Some(OsStr::new(name))))?;

    let element: String = inside.iter().map(|name| read_text(&root.join("www").join(name))).collect::<Outcome<_>>()?;
    let part = |program: &Program, compiled: &Path, style: &str| {
        let Bound { wasm, glue } = bind(compiled, program.package)?;
        write(&fresh.join(program.wasm), &wasm)?;
        Part::new(program, wasm, &glue, &read_text(&root.join(style))?)
    };
    let widget = part(&WIDGET, &widget, "src/ui/style.css")?;
    let tools = part(&TOOLS, &tools, "crates/tools/src/panels.css")?;
    let bundle = Bundle::new(&version, &element, widget, tools)?;
    write(&fresh.join(WIDGET.module), bundle.widget().as_bytes())?;
    write(&fresh.join(TOOLS.module), bundle.tools().as_bytes())?;
    write(&fresh.join(CLASSIC), bundle.classic().as_bytes())?;

    let dist = root.join("dist");
    remove(&dist)?;
    fs::rename(&fresh, &dist).map_err(|error| format!("{} could not be put in place ({error}).", dist.display()))?;
    Ok(dist)
}

/// Panics name their source file, and the folder of the registry on this machine is nobody's business: crates are
/// named from there on. Cargo joins these flags to those of its configuration files.
fn remapped() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let folders: Vec<_> = sources.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    let flags: Vec<_> =
        folders.iter().map(|folder| format!("--remap-path-prefix={}=crates", folder.display())).collect();
    // A list of strings is written alike in JSON and TOML.
    let flags = Value::from(flags);
    vec!["--config".into(), format!("target.{}.rustflags={flags}", toolchain::WASM_TARGET)]
}

/// Compiles a program; returns its file and its version.
pub(crate) fn compile(program: &Program) -> Outcome<(PathBuf, String)> {
    let output = toolchain::cargo()
        .args([
            "build",
            "--package",
            program.package,
            "--lib",
            "--profile",
            PROFILE,
            "--target",
            toolchain::WASM_TARGET,
        ])
        .arg("--message-format=json-render-diagnostics")
        .args(remapped())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo could not be started ({error})."))?;
    if !output.status.success() {
        return Err(format!("{} could not be compiled; cargo's reason stands above.", program.package).into());
    }
    // One JSON object a line; the file may lie anywhere, as CARGO_TARGET_DIR and the like will have it.
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(line) else { continue };
        let is_program =
            message["reason"] == "compiler-artifact" && message["target"]["name"] == program.package.replace('-', "_");
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
        if is_program && let Some(file) = files.into_iter().find(|file| file.ends_with(".wasm")) {
            // A package id ends with `#version` or `#name@version` (cargo book, package id specifications).
            let id = message["package_id"].as_str().unwrap_or_default();
            let version = id.rsplit(['#', '@']).next().unwrap_or_default();
            return Ok((file.into(), version.into()));
        }
    }
    Err(format!("cargo built no wasm file of {}: its [lib] needs crate-type = [\"cdylib\"].", program.package).into())
}

fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Outcome {
    let failed = |error| Failure(format!("{} could not be read ({error}).", from.display()));
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name() else { continue };
        if !wanted(&path) || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let target = to.join(name);
        if path.is_dir() {
            create(&target)?;
            copy(&path, &target, wanted)?;
        } else {
            fs::copy(&path, &target).map_err(|error| format!("{} could not be copied ({error}).", path.display()))?;
        }
    }
    Ok(())
}

fn create(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{} could not be made ({error}).", folder.display()).into())
}

fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{} could not be removed ({error}).", folder.display()).into())
        }
        _ => Ok(()),
    }
}

pub(crate) fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{} could not be read ({error}).", file.display()).into())
}

fn read_text(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{} could not be read ({error}).", file.display()).into())
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| format!("{} could not be written ({error}).", file.display()).into())
}
