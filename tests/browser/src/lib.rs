//! The harness of the browser tests: an engine with its driver, a page to act upon as a person does,
//! and a runner. Leaves out what is tested: that is in `scenarios/` of the program beside this library.

mod command;
pub mod engine;
mod folder;
mod install;
mod keys;
mod page;
mod person;
mod runner;

pub use fantoccini::elements::Element;
pub use page::{ConsoleEntry, Page};
pub use runner::{Scenario, full_measure, main};
pub use serde_json::{Value, json};
pub use static_server::{Running, Server, Site};

/// What a scenario and each of its steps return; every error ends the scenario.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// What the engine at hand cannot be made to do; the scenario is left out there, and the run says so.
#[derive(Debug)]
pub struct Unavailable(pub &'static str);

impl std::fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "needs {}", self.0)
    }
}

impl std::error::Error for Unavailable {}

/// A list of scenarios out of paths of functions `async fn(&mut Page) -> Outcome`; the path is the name.
#[macro_export]
macro_rules! scenarios {
    ($($path:path),* $(,)?) => {
        &[$($crate::Scenario { name: stringify!($path), run: |page| Box::pin($path(page)) }),*]
    };
}

/// A whole page around a body, in French, with an icon: browsers ask for `/favicon.ico` where a page names none,
/// and its absence is an error on the console. No style and no script of its own, so that any policy lets it be.
pub fn html(body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>Test</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"/icon.svg\">\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    )
}

/// The icon of such a page; `data:` would be against a strict policy.
pub(crate) const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
