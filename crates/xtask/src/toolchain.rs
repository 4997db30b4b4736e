//! What has to be there before anything can be built: cargo, and the parts of the Rust toolchain that rustup adds.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Failure, Outcome, root, say};

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Cargo, in the workspace folder; the very one that started xtask.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end with its output shown. `what` is the half-sentence "… did not work".
pub(crate) fn run(command: &mut Command, what: &str) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("{what} did not work; the reason stands above.").into()),
        Err(error) => Err(format!("{what} did not work: {program} could not be started ({error}).").into()),
    }
}

/// Sees to it that the wasm32 standard library is there.
pub(crate) fn ensure_wasm_target() -> Outcome {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let output = Command::new(rustc)
        .current_dir(root())
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .output()
        .map_err(|error| format!("rustc could not be started ({error}); install Rust from https://rustup.rs."))?;
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && Path::new(&folder).is_dir() {
        return Ok(());
    }
    say(&format!("adding the Rust target {WASM_TARGET} (rustup target add {WASM_TARGET}) …"));
    rustup(&["target", "add", WASM_TARGET])
}

/// Sees to it that `cargo fmt` and `cargo clippy` are there.
pub(crate) fn ensure_component(name: &str, proof: &str) -> Outcome {
    if cargo()
        .args([proof, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|it| it.success())
    {
        return Ok(());
    }
    say(&format!("adding the Rust component {name} (rustup component add {name}) …"));
    rustup(&["component", "add", name])
}

fn rustup(arguments: &[&str]) -> Outcome {
    let command = format!("rustup {}", arguments.join(" "));
    let output = Command::new("rustup").current_dir(root()).args(arguments).output().map_err(|_| {
        Failure(format!(
            "`{command}` is needed, but rustup is not installed: install it from https://rustup.rs, or let your \
             system's Rust bring that part."
        ))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let reason = said.lines().rev().map(str::trim).find(|line| line.starts_with("error")).unwrap_or("no reason given");
    Err(format!("`{command}` did not work ({reason}); it needs a connection to the network.").into())
}
