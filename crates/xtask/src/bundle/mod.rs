//! Puts the hand-written element class and wasm-bindgen's glue together into the two scripts of dist/.
//! Leaves out minification beyond `lean`: names stay but private ones, so a stack trace can be read.

mod lean;

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::Outcome;
use crate::dist::Program;

const LOADER: &str = include_str!("loader.js");
const FETCHED: &str = include_str!("fetched.js");
const EMBEDDED: &str = include_str!("embedded.js");

/// The one export of the element's source; the bundle calls it with `load`.
const DEFINE: &str = "export function define(";

/// A program as the scripts need it.
pub(crate) struct Part {
    wasm: Vec<u8>,
    wasm_name: &'static str,
    module: &'static str,
    glue: String,
    style: String,
}

impl Part {
    /// `glue` as wasm-bindgen writes it for the target `no-modules`: a closure there, which can be made into a function
    /// that gives an independent instance at each call. `style` is the style sheet that goes with the program.
    ///
    /// # Errors
    ///
    /// If the glue has another form.
    pub(crate) fn new(program: &Program, wasm: Vec<u8>, glue: &str, style: &str) -> Outcome<Self> {
        let style = literal(&lean::join(&lean::strip(style)));
        let glue = lean::tight(&lean::join(&lean::without_results(&factory(&lean::strip(glue))?)));
        Ok(Self { wasm, wasm_name: program.wasm, module: program.module, glue, style })
    }

    /// The loader of a program whose wasm lies beside the script.
    fn fetched(&self) -> String {
        format!("loader({}, () => compile('{}'))", self.glue, self.wasm_name)
    }

    /// The loader of a program whose wasm is in the script.
    ///
    /// Base64 hides the patterns of the wasm from a later compression, so it is compressed before.
    fn embedded(&self) -> String {
        format!("loader({}, () => compile('{}'))", self.glue, base64(&deflate(&self.wasm)))
    }
}

/// What the three scripts are made of.
pub(crate) struct Bundle {
    banner: String,
    element: String,
    widget: Part,
    tools: Part,
}

impl Bundle {
    /// `element` is an ES module with no import and the one export `define(load, css, tools)`.
    ///
    /// # Errors
    ///
    /// If it has another form.
    pub(crate) fn new(version: &str, element: &str, widget: Part, tools: Part) -> Outcome<Self> {
        let banner = format!("/*! release-annotator {version} | MIT */\n");
        let element = format!(
            "const VERSION = '{version}';\n{}",
            lean::tight(&lean::join(&lean::with_short_private_names(&lean::strip(&definition(element)?))))
        );
        Ok(Self { banner, element, widget, tools })
    }

    /// The ES module; it finds the wasm and the tools beside itself. Exports the class of the element.
    pub(crate) fn widget(&self) -> String {
        let Self { banner, element, widget, tools } = self;
        format!(
            "{banner}{element}{}{}const load = {};\ndefine(load, {}, () => import(new URL('{}', import.meta.url)));\n\
             export const ReleaseAnnotator = customElements.get('release-annotator');\n",
            lean::join(&lean::strip(LOADER)),
            lean::join(&lean::strip(FETCHED)),
            widget.fetched(),
            widget.style,
            tools.module,
        )
    }

    /// The ES module of the tools. Exports how they are loaded, and their style sheet.
    pub(crate) fn tools(&self) -> String {
        let Self { banner, tools, .. } = self;
        format!(
            "{banner}{}{}export const load = {};\nexport const style = {};\n",
            lean::join(&lean::strip(LOADER)),
            lean::join(&lean::strip(FETCHED)),
            tools.fetched(),
            tools.style
        )
    }

    /// The classic script with both programs inside. Leaves no global name behind.
    pub(crate) fn classic(&self) -> String {
        let Self { banner, element, widget, tools } = self;
        format!(
            "{banner}(() => {{\n'use strict';\n{element}{}{}const tools = {{ load: {}, style: {} }};\nconst load = {};\n\
             define(load, {}, async () => tools);\n}})();\n",
            lean::join(&lean::strip(LOADER)),
            lean::join(&lean::strip(EMBEDDED)),
            tools.embedded(),
            tools.style,
            widget.embedded(),
            widget.style,
        )
    }
}

/// `let wasm_bindgen = …` as an expression: a function that makes a new one.
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
    Ok(format!("() => {{\n{}{}\nreturn wasm_bindgen;\n}}", before.trim_end(), after.trim_end()))
}

/// The element's module as an expression, so that its names meet no others.
fn definition(element: &str) -> Outcome<String> {
    let statements = |word: &str| element.lines().filter(|line| line.starts_with(word)).count();
    let imports = statements("import ") + statements("import{");
    if element.matches(DEFINE).count() != 1 || statements("export") != 1 || imports != 0 {
        return Err(
            "www/element.js has to be a module with no import and one export, `export function define(load, …)`; journal.js has neither.".into()
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
    use crate::dist::{TOOLS, WIDGET};

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
        let part = |program, wasm: &[u8]| Part::new(program, wasm.to_vec(), GLUE, ":host{}").ok().unwrap();
        let bundle = Bundle::new("1.2.3", element, part(&WIDGET, b"foo"), part(&TOOLS, b"bar")).ok().unwrap();
        let (module, tools, classic) = (bundle.widget(), bundle.tools(), bundle.classic());
        assert_eq!((module.matches("export ").count(), tools.matches("export ").count()), (1, 2));
        assert!(module.contains("export const ReleaseAnnotator") && module.starts_with("/*! release-annotator 1.2.3"));
        assert!(
            !classic.contains("export ")
                && !classic.contains("import.meta")
                && classic.contains(&base64(&deflate(b"foo")))
                && classic.contains(&base64(&deflate(b"bar")))
        );
        for script in [module, tools, classic] {
            assert!(script.contains("class Widget{}\n") && !script.contains("currentScript"), "{script}");
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
            let bundle = Part::new(&WIDGET, vec![], glue, "")
                .and_then(|widget| Bundle::new("1", element, widget, Part::new(&TOOLS, vec![], GLUE, "")?));
            assert!(bundle.is_err(), "{glue}{element}");
        }
    }
}
