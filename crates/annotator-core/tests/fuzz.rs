//! The fuzzing targets on damaged copies of what is really read, bounded: the same at each run, some 200 inputs a target,
//! 20 000 where the variable `FULL_MEASURE` is set.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use annotator_core::Correction;
use annotator_core::UiLanguage;
use annotator_core::format::{FORMATS, convert_out, json};
use annotator_core::record::{ReleaseRecord, Shelf};

/// Park and Miller's generator: the inputs are the same at each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        self.0 as usize % end.max(1)
    }
}

/// What each target really reads.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let session = targets::open();
    let file = json::write(session.document(), &targets::stamp()).expect("a document that can be written");
    let shelf = Shelf::new("essai");
    let record = |(key, value): (String, String)| [&key[shelf.prefix().len()..], "\n", &value].concat().into_bytes();
    match target {
        "json" => vec![file.into_bytes()],
        "formats" => FORMATS
            .iter()
            .map(|format| convert_out(&file, format.id, UiLanguage::French).expect(format.id).bytes)
            .collect(),
        "record" => {
            let release = ReleaseRecord { id: "é|\\".into(), ..ReleaseRecord::default() };
            let annotations = session.document().annotations().map(|annotation| shelf.write_annotation(annotation));
            let others =
                [shelf.write_boundary(77, Correction::Join), shelf.write_release(&release), shelf.write_text("é\n")];
            annotations.chain(others).map(record).collect()
        }
        "html" => vec![
            include_bytes!("data/fuzz/page.html").to_vec(),
            convert_out(&file, "html", UiLanguage::English).expect("html").bytes,
        ],
        _ => vec![
            include_bytes!("data/releases/ipsen-gustave-roussy.fr.txt")[..1500].to_vec(),
            include_bytes!("data/releases/battery.en.txt")[..1500].to_vec(),
            targets::TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ],
    }
}

/// Cuts, flips, repeats, and puts in what parsers trip over.
fn damaged(seed: &[u8], random: &mut Random) -> Vec<u8> {
    const THORNS: [&[u8]; 14] = [
        b"\0",
        b"\"",
        b"\\ud800",
        b"]]]",
        b"{\"__proto__\":",
        b"99999999999999999999",
        b"-1",
        b"\xff\xfe",
        "\u{feff}".as_bytes(),
        "e\u{301}\u{200d}😀".as_bytes(),
        b"<!--",
        b"</script>",
        b"\r\n",
        b"\n\n\n",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..1 + random.below(5) {
        let at = random.below(bytes.len() + 1);
        match random.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 => {
                let to = (at + random.below(40)).min(bytes.len());
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part.repeat(1 + random.below(30)));
            }
            3 => drop(bytes.drain(at..(at + random.below(60)).min(bytes.len()))),
            4 => drop(bytes.splice(at..at, (0..random.below(8)).map(|_| random.below(256) as u8).collect::<Vec<_>>())),
            _ => drop(bytes.splice(at..at, THORNS[random.below(THORNS.len())].iter().copied())),
        }
    }
    bytes
}

fn run(name: &str) {
    let (_, target) = targets::ALL.into_iter().find(|(known, _)| *known == name).expect("a target");
    let count = if std::env::var_os("FULL_MEASURE").is_some() { 20_000 } else { 200 };
    let seeds = seeds(name);
    let mut random = Random(4711);
    target(b"");
    seeds.iter().for_each(|seed| target(seed));
    for n in 0..count {
        let bytes = damaged(&seeds[n % seeds.len()], &mut random);
        if std::panic::catch_unwind(|| target(&bytes)).is_err() {
            panic!("input {n} of {name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}

#[test]
fn json_of_any_content_is_refused_or_one_step() {
    run("json");
}

#[test]
fn files_of_any_format_and_content_are_refused_or_ours() {
    run("formats");
}

#[test]
fn any_record_is_refused_or_reads_as_it_is_written() {
    run("record");
}

#[test]
fn any_page_gives_a_text() {
    run("html");
}

#[test]
fn any_text_has_sentences_that_tile_it() {
    run("segment");
}

#[test]
fn any_bytes_are_a_text() {
    run("decode");
}

#[test]
fn a_blank_that_bears_a_mark_may_begin_a_sentence() {
    targets::segmentation(b" \xd7\x81\xdf\xe7");
}
