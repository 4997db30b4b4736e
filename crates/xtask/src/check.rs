//! `cargo xtask check` and `cargo xtask test`: what has to be green before anything is merged. And `cargo xtask bench`,
//! which only measures.

use crate::toolchain::{self, cargo, run};
use crate::{Outcome, dist, glue, interop, say};

/// The crate that drives browsers; its scenarios need dist/ and are no `cargo test`.
const BROWSER_TESTS: &str = "browser-tests";

/// Formatting, lints (native and wasm32), documentation, tests, and the programs of others where they can be had. Ends at
/// the first that fails.
pub(crate) fn check() -> Outcome {
    toolchain::ensure_wasm_target()?;
    toolchain::ensure_component("rustfmt", "fmt")?;
    toolchain::ensure_component("clippy", "clippy")?;

    say("formatting …");
    run(cargo().args(["fmt", "--all", "--check"]), "`cargo fmt --all --check`")?;
    say("lints, native …");
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]), "clippy")?;
    say("lints, wasm32 …");
    for program in [dist::WIDGET, dist::TOOLS] {
        let lints = ["clippy", "--lib", "--target", toolchain::WASM_TARGET, "--package", program.package];
        run(cargo().args(lints).args(["--", "-D", "warnings"]), "clippy for wasm32")?;
    }
    say("documentation …");
    let mut doc = cargo();
    doc.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    run(&mut doc, "the documentation")?;
    test_in(&["--engine", "chromium", "--engine", "firefox", "--engine-if-there", "webkit"], &[])?;
    interop::run(false)
}

/// The time and the memory that the widget takes; `options` are those of the program `bench`. What is profiled has the
/// names of its functions.
pub(crate) fn bench(options: &[&str]) -> Outcome {
    let names = options.contains(&"--profile");
    let dist = dist::build_by(if names { glue::bind_with_names } else { glue::bind })?;
    say("measuring …");
    let mut bench = cargo();
    bench
        .args(["run", "--quiet", "--package", BROWSER_TESTS, "--bin", "bench", "--", "--dist"])
        .arg(dist)
        .args(options);
    run(&mut bench, "the measurement")
}

/// Everything, or with `--native` or `--browser` one half. `--engine NAME`, once or more, chooses the engines, which have
/// to be there then; without it Chromium has to be, and the others are covered where they are or can be installed.
/// Words behind them choose scenarios by a part of their name, in Chromium alone unless an engine is named. With
/// `--interop` the programs of others alone.
pub(crate) fn test(options: &[&str]) -> Outcome {
    if options == ["--interop"] {
        return interop::run(true);
    }
    let mut rest = options;
    let (mut native, mut browser, mut engines) = (true, true, vec![]);
    loop {
        match rest {
            ["--native", more @ ..] => (browser, rest) = (false, more),
            ["--browser", more @ ..] => (native, rest) = (false, more),
            ["--engine", name, more @ ..] => {
                engines.extend(["--engine", name]);
                (native, rest) = (false, more);
            }
            words if words.iter().any(|word| word.starts_with('-')) || (native && !words.is_empty()) => {
                return Err(
                    "`test` takes --native, --interop, --browser or --engine NAME, and behind those parts of names."
                        .into(),
                );
            }
            _ => break,
        }
    }
    if !browser {
        return native_tests();
    }
    if engines.is_empty() {
        engines.extend(["--engine", "chromium"]);
        if rest.is_empty() {
            engines.extend(["--engine-if-there", "firefox", "--engine-if-there", "webkit"]);
        }
    }
    if native { test_in(&engines, rest) } else { browser_tests(&engines, rest) }
}

fn test_in(engines: &[&str], names: &[&str]) -> Outcome {
    native_tests()?;
    browser_tests(engines, names)
}

fn native_tests() -> Outcome {
    say("native tests …");
    run(cargo().args(["test", "--workspace", "--exclude", BROWSER_TESTS]), "a native test")
}

fn browser_tests(engines: &[&str], names: &[&str]) -> Outcome {
    let dist = dist::build()?;
    say("browser tests …");
    let mut tests = cargo();
    tests.args(["run", "--quiet", "--package", BROWSER_TESTS, "--", "--dist"]).arg(dist).args(engines).args(names);
    run(&mut tests, "a browser test")
}
