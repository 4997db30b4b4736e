//! `cargo xtask size`: what a page transfers, part by part, against the budget.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::dist::{TOOLS, WIDGET};
use crate::{Outcome, dist, parts};

/// Bytes of brotli 11 for wasm and JavaScript together (the style sheet is inside the script). The main job alone had 130 KiB
/// (134,948 bytes were measured with the journal, whose share was 2,905); the rest is for the journal, the palette, cards, filters and
/// suggestions.
const BUDGET: usize = 152 * 1024;

/// Bytes as they are and as a server sends them.
#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Sizes {
    fn of(bytes: &[u8]) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).and_then(|()| gzip.try_finish()).expect("a Vec takes everything");
        let mut brotli = Vec::new();
        // Window of 2^22 bytes, the largest that browsers must accept, and quality 11, the highest.
        let parameters =
            brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters).expect("a Vec takes everything");
        Self { raw: bytes.len(), gzip: gzip.get_ref().len(), brotli: brotli.len() }
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn line(self, name: &str) -> String {
        format!("{name:<34}{:>10}{:>10}{:>10}", self.raw, self.gzip, self.brotli)
    }
}

/// Builds, prints the table, and fails above the budget. With `--parts`, also what the wasm is made of.
pub(crate) fn size(options: &[&str]) -> Outcome {
    if !matches!(options, [] | ["--parts"]) {
        return Err("`size` takes nothing or --parts.".into());
    }
    let dist = dist::build()?;
    println!("{:<34}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip 9", "brotli 11");
    let mut total = Sizes::default();
    for name in [WIDGET.wasm, WIDGET.module] {
        let sizes = Sizes::of(&dist::read(&dist.join(name))?);
        println!("{}", sizes.line(name));
        total = total.plus(sizes);
    }
    println!("{}", total.line("a page loads"));
    for name in [TOOLS.wasm, TOOLS.module] {
        println!("{}", Sizes::of(&dist::read(&dist.join(name))?).line(name));
    }
    println!("{}", Sizes::of(&dist::read(&dist.join(dist::CLASSIC))?).line("or, instead, the one script"));
    if !options.is_empty() {
        parts::print(&dist::compile(&WIDGET)?.0, WIDGET.package)?;
        println!();
    }
    let share = |bytes: usize| format!("{}.{} KiB", bytes / 1024, bytes % 1024 * 10 / 1024);
    if total.brotli > BUDGET {
        return Err(format!("{} of brotli are above the budget of {}.", share(total.brotli), share(BUDGET)).into());
    }
    println!("{} of brotli, within the budget of {}", share(total.brotli), share(BUDGET));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_the_compressed_bytes() {
        let sizes = Sizes::of(&[b'a'; 100_000]);
        assert_eq!(sizes.raw, 100_000);
        assert!((10..1000).contains(&sizes.gzip) && (5..100).contains(&sizes.brotli), "{}", sizes.line("a"));
    }
}
