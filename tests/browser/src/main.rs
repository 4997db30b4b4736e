//! The browser tests: the list of scenarios. The harness is the library beside it.

mod scenarios;

use std::process::ExitCode;

fn main() -> ExitCode {
    browser_tests::main(scenarios::ALL, scenarios::covers)
}
