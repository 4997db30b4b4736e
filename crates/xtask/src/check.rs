//! `cargo xtask check` and `cargo xtask test`: what has to be green before anything is merged. And `cargo xtask bench`,
//! which only measures.

use crate::toolchain::{self, cargo, run};
use crate::{Outcome, dist, glue, say};

/// The crate that drives browsers; its scenarios need dist/ and are no `cargo test`.
const BROWSER_TESTS: &str = "browser-tests";

/// Formatting, lints (native and wasm32), documentation, tests. Ends at the first that fails.
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
    test(&[])
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

/// Everything, or with `--native` or `--browser` one half; further words choose browser scenarios by a part of their name.
pub(crate) fn test(options: &[&str]) -> Outcome {
    let (native, browser, rest) = match options {
        ["--native"] => (true, false, &[][..]),
        ["--browser", names @ ..] => (false, true, names),
        [] => (true, true, &[][..]),
        _ => return Err("`test` takes nothing, --native, or --browser and parts of names.".into()),
    };
    if native {
        say("native tests …");
        run(cargo().args(["test", "--workspace", "--exclude", BROWSER_TESTS]), "a native test")?;
    }
    if browser {
        let dist = dist::build()?;
        say("browser tests …");
        let mut tests = cargo();
        tests.args(["run", "--quiet", "--package", BROWSER_TESTS, "--", "--dist"]).arg(dist).args(rest);
        run(&mut tests, "a browser test")?;
    }
    Ok(())
}
