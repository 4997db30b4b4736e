//! `cargo xtask bench`: how fast the widget is on short and very long texts, beside two plain pages in the same run of
//! the same browser. It measures and compares with the limits; it does not pass or fail. Leaves out what a page is
//! (the files beside this one) and how a figure is written (`table`).

mod table;
mod text;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use browser_tests::engine::{Engine, Settings};
use browser_tests::{Outcome, Page, Running, Server, Site, Value, json};
use table::{Figures, Kind};

const MEASURE: &str = include_str!("measure.js");
const WIDGET: &str = include_str!("widget.html");
const EACH: &str = include_str!("each.html");
const LAZY: &str = include_str!("lazy.html");
const PLAIN_JS: &str = include_str!("plain.js");
const PLAIN_CSS: &str = include_str!("plain.css");
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// One sentence in so many is labelled before.
const LABELLED: usize = 5;

/// Labels set and taken back a round.
const PRESSES: usize = 20;

struct Options {
    dist: PathBuf,
    sizes: Vec<usize>,
    rounds: usize,
    /// The pages that are measured.
    kinds: &'static [Kind],
    /// Write profiles of the opening and of the keys.
    profile: bool,
}

fn main() -> ExitCode {
    let outcome = options().and_then(|options| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(run(&options))
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Outcome<Options> {
    let mut options = Options { dist: PathBuf::new(), sizes: vec![], rounds: 3, kinds: &Kind::ALL, profile: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--dist" => options.dist = arguments.next().unwrap_or_default().into(),
            "--rounds" => options.rounds = arguments.next().unwrap_or_default().parse()?,
            "--alone" => options.kinds = &[Kind::Widget],
            "--profile" => options.profile = true,
            size => options.sizes.push(size.parse().map_err(|_| format!("`{size}` is no number of sentences"))?),
        }
    }
    if options.sizes.is_empty() {
        options.sizes = vec![14, 10_000, 100_000];
    }
    Ok(options)
}

async fn run(options: &Options) -> Outcome {
    let driver = Rc::new(Engine::Chromium.start(&options.dist)?);
    let mut page = Page::new(driver, &options.dist).await?;
    // A page that is left stays in memory otherwise, and would be counted with the next.
    let arguments = vec!["--disable-features=BackForwardCache".to_owned()];
    page.restart_with(Settings { arguments, ..Settings::default() }).await?;
    page.before_load(MEASURE).await?;
    page.cdp("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    let bench = Bench { page, options, servers: serve(options)? };
    let mut figures = Figures::new(options.sizes.clone());
    for &size in &options.sizes {
        for &kind in options.kinds {
            bench.label(kind, size).await?;
        }
    }
    // In turns, so that what else the machine does falls on all alike.
    for round in 0..options.rounds {
        for &size in &options.sizes {
            for &kind in options.kinds {
                eprintln!("round {} of {}: {size} sentences, {kind:?}", round + 1, options.rounds);
                bench.measure(kind, size, round, &mut figures).await?;
            }
        }
    }
    println!("{figures}");
    Ok(())
}

struct Bench<'a> {
    page: Page,
    options: &'a Options,
    /// For each length the widget's and the plain pages': origins of their own, so that none reads the other's store.
    servers: BTreeMap<(usize, bool), Running>,
}

fn serve(options: &Options) -> Outcome<BTreeMap<(usize, bool), Running>> {
    let mut servers = BTreeMap::new();
    for &size in &options.sizes {
        let mut site = Site::new(&options.dist)
            .page("/icon.svg", ICON)
            .page("/plain.js", PLAIN_JS)
            .page("/plain.css", PLAIN_CSS)
            .page("/text.txt", text::release(size));
        for kind in Kind::ALL {
            let body = match kind {
                Kind::Widget => WIDGET,
                Kind::Each => EACH,
                Kind::Lazy => LAZY,
            };
            site = site.page(&format!("/{kind:?}.html"), body);
        }
        for plain in [false, true] {
            servers.insert((size, plain), Server::bind("127.0.0.1", 0)?.spawn(site.clone()));
        }
    }
    Ok(servers)
}

impl Bench<'_> {
    async fn open(&self, kind: Kind, size: usize) -> Outcome<Value> {
        self.page.open("about:blank").await?;
        self.collect().await?;
        let server = &self.servers[&(size, kind != Kind::Widget)];
        self.page.open(&server.url(&format!("/{kind:?}.html"))).await?;
        let opened = self.page.exec_async("return await bench.opened()", vec![]).await?;
        if opened["detail"]["sentences"] != size {
            return Err(format!("{kind:?} finds {} sentences of {size}", opened["detail"]["sentences"]).into());
        }
        Ok(opened)
    }

    /// Labels a part of the sentences, as if somebody had worked before.
    async fn label(&self, kind: Kind, size: usize) -> Outcome {
        let script = match kind {
            Kind::Widget => {
                "const [size, step] = args, labels = ['objective', 'quote', 'dates'], given = [];
                el.sentences.forEach(({ index, utf16 }) => index % step || given.push({
                    id: `01980000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
                    label: labels[index / step % 3], utf16, created: '2026-01-01T10:00:00Z', modified: '2026-01-01T10:00:00Z',
                }));
                const saved = new Promise(go => el.addEventListener('release-annotator-save', go, { once: true }));
                el.annotations = given;
                await saved;
                // It was some days ago: the journal has forgotten what localStorage has had for a day.
                const opening = indexedDB.open('release-annotator');
                await new Promise(go => { opening.onsuccess = go; });
                const cleared = opening.result.transaction('journal', 'readwrite').objectStore('journal').clear();
                await new Promise(go => { cleared.onsuccess = go; });
                opening.result.close();"
            }
            _ => {
                "const [size, step] = args;
                for (let index = 0; index < size; index += step) localStorage.setItem(`plain:${index}`, '1');"
            }
        };
        self.open(kind, size).await?;
        self.page.exec_async(script, vec![json!(size), json!(LABELLED)]).await?;
        let opened = self.open(kind, size).await?;
        if opened["detail"]["annotations"] != size.div_ceil(LABELLED) || opened["labelled"] == 0 {
            return Err(format!("{kind:?} has not kept its annotations: {opened}").into());
        }
        Ok(())
    }

    async fn measure(&self, kind: Kind, size: usize, round: usize, figures: &mut Figures) -> Outcome {
        let page = &self.page;
        self.profiled(&format!("{size}-{kind:?}-open"), round, async {
            self.page.open("about:blank").await?;
            let before = self.work().await?;
            let opened = self.open(kind, size).await?;
            let after = self.work().await?;
            // A browser may take another process for the page, whose work begins at nothing.
            figures.add(size, kind, "opening, work", &json!(if after < before { after } else { after - before }));
            figures.add(size, kind, "shown", &opened["shown"]);
            figures.add(size, kind, "ready", &opened["ready"]);
            Ok(())
        })
        .await?;
        figures.add(size, kind, "heap at first", &json!(self.heap().await?));
        self.profiled(&format!("{size}-{kind:?}-keys"), round, async {
            let middle = page.exec_async("return await bench.goTo(args[0])", vec![json!(0.5)]).await?;
            let mut index = middle.as_u64().unwrap_or_default() as usize;
            for _ in 0..PRESSES.min(size / 3) {
                loop {
                    page.keys("ArrowDown").await?;
                    index += 1;
                    if !index.is_multiple_of(LABELLED) {
                        break;
                    }
                }
                self.press("1", "1", true, ["label", "label, work"], (size, kind), figures).await?;
                self.press("Control+z", "z", false, ["undo", "undo, work"], (size, kind), figures).await?;
            }
            Ok(())
        })
        .await?;
        self.profiled(&format!("{size}-{kind:?}-scroll"), round, async {
            let before = self.work().await?;
            let scrolled = page.exec_async("return await bench.scroll(2000)", vec![]).await?;
            figures.add(size, kind, "scroll", &scrolled["longest"]);
            figures.add(size, kind, "scroll, work", &json!(self.work().await? - before));
            figures.add(size, kind, "scroll, frames", &scrolled["frames"]);
            Ok(())
        })
        .await?;
        figures.add(size, kind, "heap", &json!(self.heap().await?));
        Ok(())
    }

    /// Presses a key and waits until what it does is painted.
    async fn press(
        &self,
        chord: &str,
        key: &str,
        labelled: bool,
        names: [&'static str; 2],
        (size, kind): (usize, Kind),
        figures: &mut Figures,
    ) -> Outcome {
        let page = &self.page;
        let before = self.work().await?;
        page.exec("bench.awaitKey(...arguments)", vec![json!(key), json!(labelled)]).await?;
        page.keys(chord).await?;
        let pressed = page.exec_async("return await bench.pressed", vec![]).await?;
        if pressed.is_null() {
            return Err(format!("{kind:?}: {chord} had no effect").into());
        }
        figures.add(size, kind, names[0], &pressed);
        figures.add(size, kind, names[1], &json!(self.work().await? - before));
        Ok(())
    }

    /// Bytes of the JavaScript heap and of the program's memory, after what is not needed was let go.
    async fn heap(&self) -> Outcome<f64> {
        self.collect().await?;
        let heap = self.page.cdp("Runtime.getHeapUsage", json!({})).await?;
        let memory = self.page.eval("return bench.memory?.buffer.byteLength ?? 0").await?;
        Ok(heap["usedSize"].as_f64().unwrap_or_default() + memory.as_f64().unwrap_or_default())
    }

    /// What the main thread has worked until now, in ms of the processor and not of the clock: what else the machine does
    /// changes it little. A part of it is this program's own scripts, the same on all pages.
    async fn work(&self) -> Outcome<f64> {
        let metrics = self.page.cdp("Performance.getMetrics", json!({})).await?;
        let metric = |name| metrics["metrics"].as_array()?.iter().find(|it| it["name"] == name)?["value"].as_f64();
        Ok((metric("TaskDuration").ok_or("no metric")? - metric("DevToolsCommandDuration").unwrap_or_default())
            * 1000.0)
    }

    async fn collect(&self) -> Outcome {
        self.page.cdp("HeapProfiler.enable", json!({})).await?;
        self.page.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        self.page.cdp("HeapProfiler.disable", json!({})).await?;
        Ok(())
    }

    /// Runs a part, in the first round with a profile where one is asked for: `target/bench/NAME.cpuprofile`, which the
    /// browser's developer tools open. The figures of such a run are no good.
    async fn profiled(&self, name: &str, round: usize, part: impl Future<Output = Outcome>) -> Outcome {
        if !self.options.profile || round > 0 {
            return part.await;
        }
        self.page.cdp("Profiler.enable", json!({})).await?;
        self.page.cdp("Profiler.setSamplingInterval", json!({ "interval": 500 })).await?;
        self.page.cdp("Profiler.start", json!({})).await?;
        part.await?;
        let profile = self.page.cdp("Profiler.stop", json!({})).await?;
        let folder = self.options.dist.with_file_name("target").join("bench");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.cpuprofile")), profile["profile"].to_string())?;
        Ok(())
    }
}
