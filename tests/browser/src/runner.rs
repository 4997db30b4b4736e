//! Runs scenarios one after the other, each in a new profile, and tells like `cargo test`.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::ExitCode;
use std::rc::Rc;
use std::task::Poll;
use std::time::{Duration, Instant};

use crate::engine::{Driver, Engine};
use crate::{Outcome, Page};

/// A test with a name: something a person does, and what must come of it.
pub struct Scenario {
    /// Unique; `cargo xtask test --browser` chooses by parts of it.
    pub name: &'static str,
    /// Fails by an error or by a panic.
    pub run: for<'a> fn(&'a mut Page) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>,
}

/// Longer than any scenario; one that hangs fails.
const LIMIT: Duration = Duration::from_secs(120);

/// The same with [`full_measure`].
const FULL_LIMIT: Duration = Duration::from_secs(900);

/// Whether scenarios that repeat something do it as often as the promises say, and not only as often as there is time
/// for at every change: the variable `FULL_MEASURE` is set.
pub fn full_measure() -> bool {
    std::env::var_os("FULL_MEASURE").is_some()
}

struct Options {
    dist: PathBuf,
    engine: Engine,
    words: Vec<String>,
}

/// The program: `--dist FOLDER [--engine NAME] [WORD…]` runs the scenarios with one of the words in their names, or all.
pub fn main(scenarios: &[Scenario]) -> ExitCode {
    let outcome = options().and_then(|options| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(scenarios, &options))
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Outcome<Options> {
    let (mut dist, mut engine, mut words) = (None, Engine::Chromium, vec![]);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dist" => dist = arguments.next().map(PathBuf::from),
            "--engine" => engine = Engine::by_name(&arguments.next().unwrap_or_default())?,
            option if option.starts_with('-') => return Err(format!("{option} is not an option here").into()),
            _ => words.push(argument),
        }
    }
    let dist = dist.and_then(|folder| folder.canonicalize().ok());
    let dist = dist.filter(|folder| folder.join("release-annotator.js").is_file());
    Ok(Options { dist: dist.ok_or("there is no dist/ to test; run `cargo xtask test`")?, engine, words })
}

/// True if all passed.
async fn run(scenarios: &[Scenario], options: &Options) -> Outcome<bool> {
    let wanted = |name: &str| options.words.is_empty() || options.words.iter().any(|word| name.contains(word.as_str()));
    let chosen: Vec<_> = scenarios.iter().filter(|scenario| wanted(scenario.name)).collect();
    if chosen.is_empty() {
        return Err(format!("no scenario has {} in its name", options.words.join(" or ")).into());
    }
    let driver = Rc::new(options.engine.start()?);
    println!("\nrunning {} browser tests", chosen.len());
    let mut failures = vec![];
    for scenario in &chosen {
        let start = Instant::now();
        let outcome = run_one(scenario, &driver, &options.dist).await;
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("test {} ... {word} ({:.1} s)", scenario.name, start.elapsed().as_secs_f64());
        if let Err(reason) = outcome {
            println!("     {}", reason.replace('\n', "\n     "));
            failures.push(scenario.name);
        }
    }
    println!("\n{} passed, {} failed", chosen.len() - failures.len(), failures.len());
    for name in &failures {
        println!("    {name}");
    }
    Ok(failures.is_empty())
}

/// The reason, if it failed.
async fn run_one(scenario: &Scenario, driver: &Rc<Driver>, dist: &Path) -> Result<(), String> {
    let mut page = Page::new(Rc::clone(driver), dist).await.map_err(|error| format!("no browser: {error}"))?;
    let mut reasons = vec![];
    let limit = if full_measure() { FULL_LIMIT } else { LIMIT };
    match tokio::time::timeout(limit, caught((scenario.run)(&mut page))).await {
        Ok(Ok(())) => {}
        Ok(Err(reason)) => reasons.push(reason),
        Err(_) => reasons.push(format!("not done within {limit:?}")),
    }
    if !reasons.is_empty() {
        let picture = dist
            .with_file_name("target")
            .join("browser-tests")
            .join(format!("{}.png", scenario.name.replace("::", "-")));
        if page.screenshot(&picture).await.is_ok() {
            reasons.push(format!("picture: {}", picture.display()));
        }
    }
    match page.console().await {
        Ok(entries) => {
            let failed = !reasons.is_empty();
            let shown = entries.iter().filter(|entry| failed || entry.level == "SEVERE");
            reasons.extend(shown.map(|entry| format!("console {}: {}", entry.level, entry.message)));
        }
        Err(error) => reasons.push(format!("no console: {error}")),
    }
    if let Err(error) = page.quit().await {
        reasons.push(format!("the browser did not end: {error}"));
    }
    if reasons.is_empty() { Ok(()) } else { Err(reasons.join("\n")) }
}

/// A panic is a failure like any other, told with its place.
async fn caught(mut scenario: Pin<Box<dyn Future<Output = Outcome> + '_>>) -> Result<(), String> {
    thread_local! { static LAST: RefCell<String> = const { RefCell::new(String::new()) } }
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|panic| {
        let message = panic.payload_as_str().unwrap_or("a panic");
        let place = panic.location().map(|at| format!("{}:{}: ", at.file(), at.line())).unwrap_or_default();
        LAST.set(format!("{place}{message}"));
    }));
    let outcome = std::future::poll_fn(|context| {
        match panic::catch_unwind(AssertUnwindSafe(|| scenario.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(outcome)) => Poll::Ready(outcome.map_err(|error| error.to_string())),
            Err(_) => Poll::Ready(Err(LAST.take())),
        }
    })
    .await;
    panic::set_hook(usual);
    outcome
}
