//! Puts the hand-written element class and wasm-bindgen's glue together into the two scripts of dist/.
//! Leaves out minification beyond comments and indentation: names stay, so a stack trace can be read.

mod lean;

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::Outcome;

const LOADER: &str = include_str!("loader.js");
const FETCHED: &str = include_str!("fetched.js");
const EMBEDDED: &str = include_str!("embedded.js");

/// The one export of the element's source; the bundle calls it with `load`.
const DEFINE: &str = "export function define(";

/// What the two scripts have in common.
pub(crate) struct Bundle {
    banner: String,
    glue: String,
    element: String,
}

impl Bundle {
    /// `glue` as wasm-bindgen writes it for the target `no-modules`: a closure there, which can be made
    /// into a function that gives an independent instance at each call. `element` is an ES module with
    /// no import and the one export `define(load, css)`; `style` is the style sheet.
    ///
    /// # Errors
    ///
    /// If either has another form.
    pub(crate) fn new(version: &str, glue: &str, element: &str, style: &str) -> Outcome<Self> {
        let banner = format!("/*! release-annotator {version} | MIT */\n");
        let constants = format!("const VERSION = '{version}';\nconst style = {};\n", literal(&lean::strip(style)));
        let element = constants + &lean::strip(&definition(element)?);
        Ok(Self { banner, glue: factory(&lean::strip(glue))?, element })
    }

    /// The ES module; it finds the wasm beside itself. Exports the class of the element.
    pub(crate) fn module(&self) -> String {
        let Self { banner, glue, element } = self;
        let (loader, compile) = (lean::strip(LOADER), lean::strip(FETCHED));
        format!(
            "{banner}{glue}{element}{loader}{compile}define(loader(glue, compile), style);\n\
             export const ReleaseAnnotator = customElements.get('release-annotator');\n"
        )
    }

    /// The classic script with the wasm inside. Leaves no global name behind.
    ///
    /// Base64 hides the patterns of the wasm from a later compression, so it is compressed before.
    pub(crate) fn classic(&self, wasm: &[u8]) -> String {
        let Self { banner, glue, element } = self;
        let (loader, compile) = (lean::strip(LOADER), lean::strip(EMBEDDED));
        let wasm = base64(&deflate(wasm));
        format!(
            "{banner}(() => {{\n'use strict';\n{glue}{element}{loader}{compile}const wasm = '{wasm}';\n\
             define(loader(glue, compile), style);\n}})();\n"
        )
    }
}

/// `let wasm_bindgen = …` as a function that makes a new one.
fn factory(glue: &str) -> Outcome<String> {
    let unexpected =
        |what: &str| format!("the glue of wasm-bindgen lacks {what}; xtask/src/bundle fits another version.");
    if !glue.trim_start().starts_with("let wasm_bindgen = (function(exports) {") {
        return Err(unexpected("its closure").into());
    }
    // The glue looks where its own script lies. Nobody asks it, and in an `about:srcdoc` page looking throws.
    let start = glue.find("let script_src;").ok_or_else(|| unexpected("`script_src`"))?;
    let length = glue[start..].find('}').ok_or_else(|| unexpected("the end of `script_src`"))?;
    let (before, after) = (&glue[..start], &glue[start + length + 1..]);
    if after.contains("script_src") {
        return Err(unexpected("an independence of its place").into());
    }
    Ok(format!("const glue = () => {{\n{}{}\nreturn wasm_bindgen;\n}};\n", before.trim_end(), after.trim_end()))
}

/// The element's module as an expression, so that its names meet no others.
fn definition(element: &str) -> Outcome<String> {
    let statements = |word: &str| element.lines().filter(|line| line.starts_with(word)).count();
    let imports = statements("import ") + statements("import{");
    if element.matches(DEFINE).count() != 1 || statements("export") != 1 || imports != 0 {
        return Err(
            "www/element.js has to be a module with no import and one export, `export function define(load)`; journal.js has neither.".into()
        );
    }
    let source = element.replacen(DEFINE, "function define(", 1);
    Ok(format!("const define = (() => {{\n{}\nreturn define;\n}})();\n", source.trim_end()))
}

/// RFC 1951, without header: `DecompressionStream('deflate-raw')` reads it.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a Vec takes everything")
}

/// A text as a string literal of JavaScript: JSON's, which is one (ECMAScript 2019).
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// RFC 4648 section 4, padded.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([&0; 2]).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            let six = bits >> (18 - 6 * place) & 63;
            text.push(if place <= three.len() { char::from(ALPHABET[six]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "let wasm_bindgen = (function(exports) {
    let script_src;
    if (typeof document !== 'undefined' && document.currentScript !== null) {
        script_src = new URL(document.currentScript.src, location.href).toString();
    }
    class Widget {}
    exports.Widget = Widget;
    return Object.assign(__wbg_init, { initSync }, exports);
})({ __proto__: null });
";

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xFB, 0xFF, 0xFE]), "+//+");
    }

    #[test]
    fn the_module_exports_the_class_alone_and_the_classic_script_nothing() {
        let element =
            "const name = 'x';\nexport function define(load) {\n  customElements.define(name, class {});\n}\n";
        let bundle = Bundle::new("1.2.3", GLUE, element, ":host{}").ok().unwrap();
        let (module, classic) = (bundle.module(), bundle.classic(b"foo"));
        assert_eq!(module.matches("export ").count(), 1);
        assert!(module.contains("export const ReleaseAnnotator") && module.starts_with("/*! release-annotator 1.2.3"));
        assert!(
            !classic.contains("export ")
                && !classic.contains("import.meta")
                && classic.contains(&base64(&deflate(b"foo")))
        );
        for script in [module, classic] {
            assert!(script.contains("class Widget {}\n") && !script.contains("currentScript"), "{script}");
        }
    }

    #[test]
    fn sources_of_another_form_are_refused() {
        let element = "export function define(load) {}\n";
        for (glue, element) in [
            (GLUE, "function define(load) {}\n"),
            (GLUE, "export function define(load) {}\nexport const x = 1;\n"),
            (GLUE, "import x from 'y';\nexport function define(load) {}\n"),
            ("export default 1;", element),
            (&GLUE.replace("class Widget {}", "fetch(script_src);"), element),
        ] {
            assert!(Bundle::new("1", glue, element, "").is_err(), "{glue}{element}");
        }
    }
}
