//! The speed of the segmenter beside `unicode_sentences` and ICU4X, on the same megabyte: of a release,
//! and of the hand cases, which are hard from end to end.

#![allow(missing_docs, reason = "criterion_group! makes a public function")]

use std::hint::black_box;
use std::path::Path;

use annotator_core::segment::segment;
use annotator_core::{Language, Text};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

/// A text over and over, to a megabyte.
fn megabyte(text: &str) -> String {
    text.repeat((1 << 20) / text.len() + 1)
}

fn speed(c: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("the file is part of the project");
    let cases: String = read("tests/data/segmentation/cases.txt")
        .lines()
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(_, text)| [text, "\n"])
        .collect();
    compare(c, "release", &megabyte(&read("../../www/releases/ipsen-gustave-roussy.fr.txt")));
    compare(c, "hard cases", &megabyte(&cases.replace(['|', '\\'], "")));
}

fn compare(c: &mut Criterion, name: &str, content: &str) {
    let mut group = c.benchmark_group(name);
    group.sample_size(20).throughput(Throughput::Bytes(content.len() as u64));
    let text = Text::new(content);
    group
        .bench_function("annotator-core", |b| b.iter(|| segment(black_box(&text), Language::French).sentences().len()));
    group.bench_function("unicode-segmentation", |b| b.iter(|| black_box(content).unicode_sentences().count()));
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    group.bench_function("icu_segmenter", |b| b.iter(|| icu.segment_str(black_box(content)).count()));
    group.finish();
}

criterion_group!(benches, speed);
criterion_main!(benches);
