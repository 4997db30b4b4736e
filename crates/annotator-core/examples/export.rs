//! Writes the sample release and a text with emoji and CRLF in every format, for the readers under `tests/interop`.
//! Usage: `export FOLDER`; `FOLDER/sample.json` and `FOLDER/hard.json` say what the others must hold.

#[path = "../tests/formats/documents.rs"]
#[allow(dead_code)]
mod documents;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use annotator_core::UiLanguage;
use annotator_core::format::{Export, FORMATS};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("expected a folder")?);
    fs::create_dir_all(&folder)?;
    let stamp = documents::stamp(99);
    for (name, session) in [("sample", documents::sample()), ("hard", documents::hard())] {
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
