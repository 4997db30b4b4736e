//! The figures of a run and their table: medians, the 95th of a hundred, ratios to the plain pages, limits.

use std::collections::BTreeMap;
use std::fmt;

use browser_tests::Value;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The widget.
    Widget,
    /// A page with an element a sentence.
    Each,
    /// A page with elements for the sentences near the view.
    Lazy,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Widget, Self::Each, Self::Lazy];
}

/// All figures of a run.
pub(crate) struct Figures {
    sizes: Vec<usize>,
    values: BTreeMap<(&'static str, usize, Kind), Vec<f64>>,
}

/// One frame of a screen that shows 60 a second, in ms.
const FRAME: f64 = 1000.0 / 60.0;

const MEGABYTE: f64 = 1_000_000.0;

/// A line of the table.
struct Row {
    title: &'static str,
    name: &'static str,
    /// The part of the figures that lies below: 0.5 is the median.
    part: f64,
    /// The unit and its size.
    unit: (&'static str, f64),
    limit: fn(&Figures, usize) -> Option<f64>,
}

const MS: (&str, f64) = ("ms", 1.0);

const ROWS: &[Row] = &[
    Row { title: "text shown and annotations painted", name: "shown", part: 0.5, unit: MS, limit: |_, _| None },
    Row { title: "… and ready for input", name: "ready", part: 0.5, unit: MS, limit: opening },
    Row { title: "… work of opening", name: "opening, work", part: 0.5, unit: MS, limit: |_, _| None },
    Row { title: "key to painted label, median", name: "label", part: 0.5, unit: MS, limit: |_, _| Some(FRAME) },
    Row { title: "key to painted label, p95", name: "label", part: 0.95, unit: MS, limit: |_, _| Some(2.0 * FRAME) },
    Row { title: "… of which work, median", name: "label, work", part: 0.5, unit: MS, limit: |_, _| None },
    Row { title: "undo of it, median", name: "undo", part: 0.5, unit: MS, limit: |_, _| Some(FRAME) },
    Row { title: "… of which work, median", name: "undo, work", part: 0.5, unit: MS, limit: |_, _| None },
    Row { title: "heap and wasm, opened", name: "heap at first", part: 0.5, unit: ("MB", MEGABYTE), limit: memory },
    Row { title: "heap and wasm, at the end", name: "heap", part: 0.5, unit: ("MB", MEGABYTE), limit: memory },
    Row { title: "longest task of scrolling", name: "scroll", part: 0.5, unit: MS, limit: |_, _| Some(50.0) },
    Row { title: "… work of it", name: "scroll, work", part: 0.5, unit: MS, limit: |_, _| None },
    Row { title: "frames of scrolling", name: "scroll, frames", part: 0.5, unit: ("", 1.0), limit: |_, _| None },
];

/// Twice the page with an element a sentence where the text is short, else one and a half of the one that fills lazily.
fn opening(figures: &Figures, size: usize) -> Option<f64> {
    let (kind, factor) = if size < 1000 { (Kind::Each, 2.0) } else { (Kind::Lazy, 1.5) };
    Some(figures.of("ready", size, kind, 0.5)? * factor)
}

/// 10 MB for a page of text, 40 for a book, 250 for a shelf of them.
fn memory(_: &Figures, size: usize) -> Option<f64> {
    Some(
        MEGABYTE
            * if size <= 100 {
                10.0
            } else if size <= 10_000 {
                40.0
            } else {
                250.0
            },
    )
}

impl Figures {
    pub(crate) fn new(sizes: Vec<usize>) -> Self {
        Self { sizes, values: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, size: usize, kind: Kind, name: &'static str, value: &Value) {
        self.values.entry((name, size, kind)).or_default().extend(value.as_f64());
    }

    fn of(&self, name: &'static str, size: usize, kind: Kind, part: f64) -> Option<f64> {
        let mut values = self.values.get(&(name, size, kind))?.clone();
        values.sort_by(f64::total_cmp);
        let at = (values.len().checked_sub(1)? as f64 * part).round() as usize;
        values.get(at).copied()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &size in &self.sizes {
            writeln!(f, "\n{size} sentences\n")?;
            writeln!(f, "| | widget | limit | | an element each | × | filled lazily | × |")?;
            writeln!(f, "|---|---|---|---|---|---|---|---|")?;
            for row in ROWS {
                let of = |kind| self.of(row.name, size, kind, row.part);
                let Some(own) = of(Kind::Widget) else { continue };
                let (unit, scale) = row.unit;
                let shown = |value: f64| match value / scale {
                    value if value == 0.0 && row.name == "scroll" => "< 50".to_owned(),
                    value if value < 100.0 => format!("{value:.1}"),
                    value => format!("{value:.0}"),
                };
                let limit = (row.limit)(self, size);
                let verdict = limit.map_or("", |limit| if own <= limit { "ok" } else { "MISSED" });
                write!(
                    f,
                    "| {} | {} {unit} | {} | {verdict} |",
                    row.title,
                    shown(own),
                    limit.map_or(String::new(), shown)
                )?;
                for kind in [Kind::Each, Kind::Lazy] {
                    let other = of(kind).unwrap_or_default();
                    let ratio = if other > 0.0 { format!("{:.2}", own / other) } else { String::new() };
                    write!(f, " {} | {ratio} |", shown(other))?;
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}
