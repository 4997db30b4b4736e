//! The speed of the segmenter beside `unicode_sentences` and ICU4X, on the same megabyte of releases.

#![allow(missing_docs, reason = "criterion_group! makes a public function")]

use std::hint::black_box;
use std::path::Path;

use annotator_core::segment::segment;
use annotator_core::{Language, Text};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

/// The sample release and the hand cases, over and over: prose and what is hard about it.
fn megabyte(cases: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("the file is part of the project");
    let sample = read("../../www/releases/ipsen-gustave-roussy.fr.txt");
    let cases = read(&format!("tests/data/segmentation/{cases}"));
    let mut text = String::new();
    while text.len() < 1 << 20 {
        text += &sample;
        text += "\n\n";
        text.extend(cases.lines().filter_map(|line| line.split_once(": ")).flat_map(|(_, text)| [text, "\n"]));
    }
    text.replace(['|', '\\'], "")
}

fn speed(c: &mut Criterion) {
    let content = megabyte("cases.txt");
    let mut group = c.benchmark_group("sentences");
    group.sample_size(20).throughput(Throughput::Bytes(content.len() as u64));
    let text = Text::new(content.as_str());
    group
        .bench_function("annotator-core", |b| b.iter(|| segment(black_box(&text), Language::French).sentences().len()));
    group
        .bench_function("unicode-segmentation", |b| b.iter(|| black_box(content.as_str()).unicode_sentences().count()));
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    group.bench_function("icu_segmenter", |b| b.iter(|| icu.segment_str(black_box(&content)).count()));
    group.finish();
}

criterion_group!(benches, speed);
criterion_main!(benches);
