//! What the code of the wasm is made of: bytes by crate and by module, from the names that cargo's wasm still has.
//! Leaves out data (strings, tables) and the glue.

use std::collections::HashMap;
use std::path::Path;

use rustc_demangle::demangle;

use crate::{Outcome, glue};

/// How many lines each list has.
const LINES: usize = 25;

/// Prints the lists.
pub(crate) fn print(program: &Path, stem: &str) -> Outcome {
    let wasm = glue::bind_with_names(program, stem)?.wasm;
    let functions = functions(&wasm).ok_or("the wasm with names could not be read.")?;
    let total: usize = functions.iter().map(|(_, size)| size).sum();
    println!("\ncode by crate, {total} bytes in {} functions", functions.len());
    list(&functions, |path| path.first().cloned().unwrap_or_default());
    println!("\ncode by module");
    list(&functions, |path| path[..path.len().min(3)].join("::"));
    Ok(())
}

fn list(functions: &[(String, usize)], key: impl Fn(&[String]) -> String) {
    let mut sums: HashMap<String, (usize, usize)> = HashMap::new();
    for (name, size) in functions {
        let sum = sums.entry(key(&path(name))).or_default();
        *sum = (sum.0 + size, sum.1 + 1);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    for (name, (bytes, count)) in sums.into_iter().take(LINES) {
        println!("{bytes:>10}{count:>6}  {name}");
    }
}

/// The path of a function without its generic arguments; of a method of a trait, the path of the type.
fn path(symbol: &str) -> Vec<String> {
    let name = format!("{:#}", demangle(symbol));
    let name = name.trim_start_matches(['<', '&', '*', '[']).trim_start_matches("dyn ").trim_start_matches("mut ");
    let end = name.find([' ', '<', '>', ',', ']', '(']).unwrap_or(name.len());
    name[..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The names and sizes of all functions (WebAssembly core 5.5.13 code section, 7.4.1 name section).
fn functions(wasm: &[u8]) -> Option<Vec<(String, usize)>> {
    let (mut sizes, mut names, mut imported) = (vec![], HashMap::new(), 0);
    let mut reader = Reader { rest: wasm.get(8..)? };
    while !reader.rest.is_empty() {
        let id = reader.byte()?;
        let length = reader.number()?;
        let mut section = Reader { rest: reader.take(length)? };
        match id {
            0 if section.text()? == "name" => names = function_names(section)?,
            2 => imported = imported_functions(section)?,
            10 => {
                for _ in 0..section.number()? {
                    let size = section.number()?;
                    section.take(size)?;
                    sizes.push(size);
                }
            }
            _ => {}
        }
    }
    let named = |(at, size)| (names.remove(&(at + imported)).unwrap_or_default(), size);
    Some(sizes.into_iter().enumerate().map(named).collect())
}

fn function_names(mut section: Reader) -> Option<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.rest.is_empty() {
        let kind = section.byte()?;
        let length = section.number()?;
        let mut part = Reader { rest: section.take(length)? };
        if kind == 1 {
            for _ in 0..part.number()? {
                names.insert(part.number()?, part.text()?.to_owned());
            }
        }
    }
    Some(names)
}

fn imported_functions(mut section: Reader) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            // Only functions are imported by what wasm-bindgen makes.
            _ => return None,
        }
    }
    Some(functions)
}

/// Reads a module from front to back; `None` where it ends too early.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// Unsigned LEB128.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for place in 0..5 {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_that_of_the_function_or_of_the_type_of_a_method() {
        let joined = |symbol: &str| path(symbol).join("::");
        assert_eq!(joined("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
        assert_eq!(joined("<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop"), "alloc::vec::Vec");
        assert_eq!(joined("<&mut serde_json::de::Deserializer<R> as x::Y>::z"), "serde_json::de::Deserializer");
        assert_eq!(joined("memcpy"), "memcpy");
    }

    #[test]
    fn functions_are_counted_behind_the_imported_ones() {
        let import = [2, 7, 1, 1, b'm', 1, b'f', 0, 0];
        let code = [10, 6, 1, 4, 0, 1, 1, 11];
        let names = [0, 12, 4, b'n', b'a', b'm', b'e', 1, 5, 1, 1, 2, b'g', b'h'];
        let module = [&b"\0asm\x01\0\0\0"[..], &import, &code, &names].concat();
        assert_eq!(functions(&module), Some(vec![("gh".to_owned(), 4)]));
        assert_eq!(functions(&module[..module.len() - 1]), None, "cut short");
    }
}
