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
use crate::{Outcome, Page, Unavailable};

/// A test with a name: something a person does, and what must come of it.
pub struct Scenario {
    /// Unique; `cargo xtask test --browser` chooses by parts of it.
    pub name: &'static str,
    /// Fails by an error or by a panic.
    pub run: for<'a> fn(&'a mut Page) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>,
}

/// Longer than any scenario; one that hangs fails.
const LIMIT: Duration = Duration::from_secs(120);

/// Longer than a browser takes to say its last words.
const LAST: Duration = Duration::from_secs(30);

/// The same with [`full_measure`].
const FULL_LIMIT: Duration = Duration::from_secs(900);

/// Whether scenarios that repeat something do it as often as the promises say, and not only as often as there is time
/// for at every change: the variable `FULL_MEASURE` is set.
pub fn full_measure() -> bool {
    std::env::var_os("FULL_MEASURE").is_some()
}

struct Options {
    dist: PathBuf,
    /// Each with whether it has to be there.
    engines: Vec<(Engine, bool)>,
    words: Vec<String>,
}

/// What came of a scenario.
enum Verdict {
    Passed,
    Failed(String),
    /// It failed, and the browser does not answer any more.
    Stuck(String),
    /// The engine cannot be made to do what it needs.
    LeftOut(&'static str),
}

/// The program: `--dist FOLDER [--engine NAME]… [--engine-if-there NAME]… [WORD…]` runs the scenarios with one of the
/// words in their names, or all, in each engine; those for which `covers` is false only if a word names them.
pub fn main(scenarios: &[Scenario], covers: fn(Engine, &str) -> bool) -> ExitCode {
    let outcome = options().and_then(|options| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(scenarios, covers, &options))
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
    let (mut dist, mut engines, mut words) = (None, vec![], vec![]);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dist" => dist = arguments.next().map(PathBuf::from),
            "--engine" | "--engine-if-there" => {
                engines.push((Engine::by_name(&arguments.next().unwrap_or_default())?, argument == "--engine"));
            }
            option if option.starts_with('-') => return Err(format!("{option} is not an option here").into()),
            _ => words.push(argument),
        }
    }
    if engines.is_empty() {
        engines.push((Engine::Chromium, true));
    }
    let dist = dist.and_then(|folder| folder.canonicalize().ok());
    let dist = dist.filter(|folder| folder.join("release-annotator.js").is_file());
    Ok(Options { dist: dist.ok_or("there is no dist/ to test; run `cargo xtask test`")?, engines, words })
}

/// True if all passed.
async fn run(scenarios: &[Scenario], covers: fn(Engine, &str) -> bool, options: &Options) -> Outcome<bool> {
    let named = |name: &str| options.words.iter().any(|word| name.contains(word.as_str()));
    let (mut failures, mut told) = (vec![], vec![]);
    for (engine, needed) in &options.engines {
        let chosen = scenarios
            .iter()
            .filter(|it| if options.words.is_empty() { covers(*engine, it.name) } else { named(it.name) });
        let chosen: Vec<_> = chosen.collect();
        if chosen.is_empty() {
            return Err(format!("no scenario has {} in its name", options.words.join(" or ")).into());
        }
        let driver = match engine.start(&options.dist) {
            Ok(driver) => driver,
            Err(error) if *needed => return Err(error),
            Err(error) => {
                told.push(format!("{}: not covered: {error}", engine.name()));
                continue;
            }
        };
        let (failed, mut driver) = (failures.len(), Rc::new(driver));
        println!("\nrunning {} browser tests in {}", chosen.len(), engine.name());
        let (mut left_out, begin) = (0, Instant::now());
        for scenario in &chosen {
            let start = Instant::now();
            let verdict = run_one(scenario, &driver, &options.dist).await;
            let seconds = start.elapsed().as_secs_f64();
            match verdict {
                Verdict::Passed => println!("test {} ... ok ({seconds:.1} s)", scenario.name),
                Verdict::LeftOut(need) => {
                    println!("test {} ... left out in {}: it needs {need}", scenario.name, engine.name());
                    left_out += 1;
                }
                Verdict::Failed(ref reason) | Verdict::Stuck(ref reason) => {
                    println!("test {} ... FAILED ({seconds:.1} s)", scenario.name);
                    println!("     {}", reason.replace('\n', "\n     "));
                    failures.push(format!("{} in {}", scenario.name, engine.name()));
                    if matches!(verdict, Verdict::Stuck(_)) {
                        driver = Rc::new(engine.start(&options.dist)?);
                    }
                }
            }
        }
        let failed = failures.len() - failed;
        let passed = chosen.len() - failed - left_out;
        told.push(format!(
            "{}: {passed} passed, {failed} failed, {left_out} left out, {:.0} s",
            engine.name(),
            begin.elapsed().as_secs_f64()
        ));
    }
    println!("\n{}", told.join("\n"));
    for name in &failures {
        println!("    {name}");
    }
    Ok(failures.is_empty())
}

async fn run_one(scenario: &Scenario, driver: &Rc<Driver>, dist: &Path) -> Verdict {
    let mut page = match Page::new(Rc::clone(driver), dist).await {
        Ok(page) => page,
        Err(error) => return Verdict::Failed(format!("no browser: {error}")),
    };
    let mut reasons = vec![];
    let mut missing = None;
    let limit = if full_measure() { FULL_LIMIT } else { LIMIT };
    match tokio::time::timeout(limit, caught((scenario.run)(&mut page))).await {
        Ok(Ok(())) => {}
        Ok(Err(reason)) => match reason.downcast_ref::<Unavailable>() {
            Some(Unavailable(need)) => missing = Some(*need),
            None => reasons.push(reason.to_string()),
        },
        Err(_) => reasons.push(format!("not done within {limit:?}")),
    }
    let name = format!("{}-{}.png", scenario.name.replace("::", "-"), driver.engine().name());
    let picture = dist.with_file_name("target").join("browser-tests").join(name);
    let last = async {
        if !reasons.is_empty() && page.screenshot(&picture).await.is_ok() {
            reasons.push(format!("picture: {}", picture.display()));
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
    };
    let answers = tokio::time::timeout(LAST, last).await.is_ok();
    match missing {
        _ if !answers => Verdict::Stuck([reasons, vec![format!("no answer within {LAST:?}")]].concat().join("\n")),
        Some(need) => Verdict::LeftOut(need),
        None if reasons.is_empty() => Verdict::Passed,
        None => Verdict::Failed(reasons.join("\n")),
    }
}

/// A panic is a failure like any other, told with its place.
async fn caught(mut scenario: Pin<Box<dyn Future<Output = Outcome> + '_>>) -> Outcome {
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
            Ok(Poll::Ready(outcome)) => Poll::Ready(outcome),
            Err(_) => Poll::Ready(Err(LAST.take().into())),
        }
    })
    .await;
    panic::set_hook(usual);
    outcome
}
