//! `cargo xtask …`: the one door to everything the project does to itself.
//! Each command is a module; here are only the arguments and how a failure is told.

mod alive;
mod arrange;
mod bundle;
mod check;
mod dist;
mod glue;
mod interop;
mod parts;
mod quiet;
mod serve;
mod size;
mod toolchain;

use std::path::PathBuf;
use std::process::ExitCode;

/// One sentence for the person at the terminal: what went wrong, and what to do about it.
pub(crate) struct Failure(String);

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

const USAGE: &str = "\
cargo xtask build                          builds dist/, the folder to copy to any web server
cargo xtask build --panics                 the same with names, where a panic says in the console what and where
cargo xtask serve [--port N] [--host H]    builds dist/ and serves it, on 127.0.0.1:8080 unless told otherwise
cargo xtask size [--parts]                 builds dist/ and tells the bytes that a page loads, and of what they are
cargo xtask test [--native]                runs the native tests, then the browser tests
cargo xtask test --browser [NAME…]         builds dist/ and runs the browser tests with these words in their names
cargo xtask test --engine ENGINE [NAME…]   the same in chromium, firefox or webkit (more than one: --engine again)
cargo xtask test --interop                 opens what the core exports with the programs of others (Python, Node)
cargo xtask bench [SENTENCES…] [--rounds N] [--alone] [--profile]
                                           builds dist/ and measures it in Chromium, beside two plain pages or alone
cargo xtask check                          formatting, lints, documentation, and all tests: what CI runs";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"build", [])) => dist::build().map(|_| ()),
        Some((&"build", ["--panics"])) => dist::build_by(glue::bind_with_panics).map(|_| ()),
        Some((&"serve", options)) => serve::serve(options),
        Some((&"size", options)) => size::size(options),
        Some((&"test", options)) => check::test(options),
        Some((&"bench", options)) => check::bench(options),
        Some((&"check", [])) => check::check(),
        None | Some((&("help" | "--help" | "-h"), [])) => {
            println!("{USAGE}");
            Ok(())
        }
        Some(_) => Err(Failure(format!("`{}` is not one of the commands:\n{USAGE}", words.join(" ")))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl From<&str> for Failure {
    fn from(sentence: &str) -> Self {
        Self(sentence.into())
    }
}

/// Tells what is being done now.
pub(crate) fn say(sentence: &str) {
    eprintln!("xtask: {sentence}");
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    // Cargo says where the package lies now; where it was compiled may be another place (a moved checkout).
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(package).ancestors().nth(2).expect("xtask lies two folders below the root").to_owned()
}
