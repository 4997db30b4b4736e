//! wasm-bindgen as a library: from cargo's wasm to the wasm and the JavaScript that fit each other, with
//! short names at the border between the two.

use std::collections::HashMap;
use std::path::Path;

use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::arrange::arrange;
use crate::quiet::quiet;
use crate::{Failure, Outcome, dist};

/// The program and the JavaScript that feeds it.
pub(crate) struct Bound {
    pub wasm: Vec<u8>,
    pub glue: String,
}

/// Binds a program that cargo has built. `stem` is the name of the wasm file without `_bg.wasm`.
///
/// # Errors
///
/// If wasm-bindgen does not understand it, as when another version has made it, or if it imports JavaScript from
/// files of its own (`#[wasm_bindgen(module = …)]`, `inline_js`), which the one script has no place for.
pub(crate) fn bind(program: &Path, stem: &str) -> Outcome<Bound> {
    let mut output = output(&quiet(&dist::read(program)?, stem != dist::WIDGET.package)?, stem)?;

    // An import is named after its function and a hash of 16 digits, in both files; hashes do not compress.
    // wasm-bindgen names its import module after the file.
    let module = format!("./{stem}_bg.js");
    let mut names = HashMap::new();
    let mut glue = output.js().to_owned();
    let imports = glue.matches(&format!("\"{module}\": ")).count();
    for import in output.wasm_mut().imports.iter_mut().filter(|import| imports == 1 && import.module == module) {
        let short = format!("_{}", names.len());
        import.module = "_".into();
        names.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    for export in output.wasm_mut().exports.iter_mut() {
        // The functions behind closures have such names too; all others are worth reading.
        if export.name.starts_with("wasm_bindgen__convert__closures") {
            let short = format!("_{}", names.len());
            names.insert(std::mem::replace(&mut export.name, short.clone()), short);
        }
    }
    glue = rename(&glue, &names).replace(&format!("\"{module}\": "), "_: ");
    Ok(Bound { wasm: arrange(&output.wasm_mut().emit_wasm())?, glue })
}

/// The same program with the names of its functions, for looking into it.
///
/// # Errors
///
/// As `bind`.
pub(crate) fn bind_with_names(program: &Path, stem: &str) -> Outcome<Bound> {
    let mut output = output(&quiet(&dist::read(program)?, stem != dist::WIDGET.package)?, stem)?;
    Ok(Bound { wasm: output.wasm_mut().emit_wasm(), glue: output.js().to_owned() })
}

/// The program with its names and the texts of its panics, for debugging.
///
/// # Errors
///
/// As `bind`.
pub(crate) fn bind_with_panics(program: &Path, stem: &str) -> Outcome<Bound> {
    let mut output = output(&dist::read(program)?, stem)?;
    Ok(Bound { wasm: output.wasm_mut().emit_wasm(), glue: output.js().to_owned() })
}

fn output(wasm: &[u8], stem: &str) -> Outcome<Output> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(stem, wasm.to_vec())
        .out_name(stem)
        .typescript(false)
        .demangle(false)
        .keep_debug(false)
        .remove_name_section(false)
        .remove_producers_section(true);
    bindgen
        .no_modules(true)
        .and_then(Bindgen::generate_output)
        .map_err(|error| Failure(format!("wasm-bindgen could not bind {stem}: {error:#}.")))
}

/// Puts new names in the place of whole words.
fn rename(source: &str, names: &HashMap<String, String>) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut renamed = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find(is_part) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_part(c)).unwrap_or(word.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed.push_str(rest);
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_renamed() {
        let names = HashMap::from([("__wbg_get_1".to_owned(), "_0".to_owned())]);
        let source = "é.__wbg_get_1(x.__wbg_get_12, '__wbg_get_1');__wbg_get_1";
        assert_eq!(rename(source, &names), "é._0(x.__wbg_get_12, '_0');_0");
    }
}
