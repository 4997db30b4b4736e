//! `cargo xtask test --interop`: the programs that people use open what the core exports (`tests/interop`).
//! Leaves out how they are installed and what they check (the scripts there).

use std::process::{Command, Stdio};

use crate::{Outcome, root, say};

/// What the runner ends with where no reader found anything wrong, but not every one could run.
const NOT_ALL_RUN: i32 = 2;

/// Runs the readers. Something wrong in a file is always a failure; a reader that cannot run is one only where it was
/// `asked` for by name, else it is said.
pub(crate) fn run(asked: bool) -> Outcome {
    say("files, opened by the programs of others …");
    let Some(python) = python() else {
        let missing = "Python 3.10 or later (`python3`) is needed to open the files with the programs of others";
        return if asked { Err(format!("{missing}; nothing was run.").into()) } else { skipped(missing) };
    };
    let status = Command::new(python)
        .current_dir(root())
        .arg("tests/interop/run.py")
        .status()
        .map_err(|error| format!("{python} could not be started ({error})."))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(NOT_ALL_RUN) if !asked => skipped("some programs of others could not be installed, see above"),
        Some(NOT_ALL_RUN) => Err("not every reader could be run; the reasons stand above.".into()),
        _ => Err("a program of others does not find in a file what is in it; the reason stands above.".into()),
    }
}

fn skipped(reason: &str) -> Outcome {
    say(&format!("NOT RUN: {reason}. `cargo xtask test --interop` fails on it."));
    Ok(())
}

/// The first Python of a sufficient version.
fn python() -> Option<&'static str> {
    let check = ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"];
    ["python3", "python"].into_iter().find(|name| {
        let mut command = Command::new(name);
        command.args(check).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}
