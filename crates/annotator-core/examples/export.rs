//! Writes the sample release, a text with emoji and CRLF, and some documents drawn at random (the same each time) in
//! every format, for the readers under `tests/interop`. Usage: `export FOLDER`; of each document, `FOLDER/NAME.json` says
//! what the others must hold.

#[path = "../tests/formats/documents.rs"]
#[allow(dead_code)]
mod documents;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use annotator_core::UiLanguage;
use annotator_core::format::{Export, FORMATS};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// How many documents are drawn.
const RANDOM: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("expected a folder")?);
    fs::create_dir_all(&folder)?;
    let stamp = documents::stamp(99);
    let mut written = vec![("sample".to_owned(), documents::sample()), ("hard".to_owned(), documents::hard())];
    let mut runner = TestRunner::deterministic();
    for n in 0..RANDOM {
        let tree = documents::a_document().new_tree(&mut runner).map_err(|reason| reason.to_string())?;
        written.push((format!("random{n}"), tree.current().1));
    }
    for (name, session) in written {
        let document = session.document();
        let proposals = documents::proposals(document);
        for format in FORMATS {
            for (language, infix) in [(UiLanguage::French, ""), (UiLanguage::English, ".en")] {
                let export = Export { document, stamp: &stamp, language, proposals: &proposals };
                fs::write(folder.join(format!("{name}{infix}{}", format.suffix)), format.export(&export)?.bytes)?;
            }
        }
    }
    Ok(())
}
