//! Takes from a program what this widget never does. Where Rust would say which index lay outside which slice in which
//! file, the program calls the one function that it exports as `stop`, which tells the page; so it does where Yew would
//! draw what is never drawn here. What only these parts used goes with them, code and data (see `alive`).
//! For debugging there is a build that keeps the texts of panics (`cargo xtask build --panics`).

use std::collections::HashSet;
use std::convert::Infallible;
use std::ops::Range;

use rustc_demangle::demangle;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, DataSection, Function, Module};
use wasmparser::{DataSectionReader, FunctionBody, KnownCustom, Name, Operator, Parser, Payload};

use crate::Outcome;
use crate::alive::{Alive, Anatomy};

/// What the program exports in place of panics: `() -> ()`, and it does not return.
const STOP: &str = "stop";

/// What only makes texts of panics, by the beginning of the name or by a part of it. Nothing else calls it: the product
/// shows no value by its `Debug`.
const MACHINERY: [&str; 8] = [
    "core::panicking::",
    "std::panicking::",
    "console_error_panic_hook::",
    "core::str::slice_error_fail",
    "core::slice::index::slice_index_fail",
    "__rust_start_panic",
    "rust_panic",
    " as core::fmt::Debug>::fmt",
];

/// What of Yew neither program uses, by the whole name: nodes made from HTML, portals, components that wait. Only running
/// would show it to be unused. Large functions alone: the compiler makes one of small ones that are the same, under the name of
/// either, and then the name of one that is never used can stand for one that is.
const UNUSED: [&str; 3] = [
    "yew::dom_bundle::braw::<impl yew::dom_bundle::traits::Reconcilable for yew::virtual_dom::vraw::VRaw>::attach",
    "yew::dom_bundle::bportal::<impl yew::dom_bundle::traits::Reconcilable for yew::virtual_dom::vportal::VPortal>::attach",
    "yew::dom_bundle::bsuspense::<impl yew::dom_bundle::traits::Reconcilable for yew::virtual_dom::vsuspense::VSuspense>::attach",
];

/// What of Yew the widget does not use, and the tools do: listeners. For the widget the class of the element listens.
const LISTENERS: [&str; 6] = [
    "yew::dom_bundle::subtree_root::SubtreeData::add_listener",
    "yew::dom_bundle::subtree_root::SubtreeData::add_listener::{{closure}}",
    "yew::dom_bundle::subtree_root::BSubtree::ensure_handled",
    "yew::dom_bundle::btag::listeners::ListenerRegistration::register",
    "yew::virtual_dom::listeners::ListenerKind::type_name",
    "<yew::dom_bundle::subtree_root::EventDescriptor as core::clone::Clone>::clone",
];

/// Returns a program as cargo leaves it, linked with `--emit-relocs`, without all that; `listens` says whether it has
/// listeners of Yew's. It is still one for
/// wasm-bindgen; the functions that are dead trap, and the data that are dead are zeros, which compress to nothing.
///
/// # Errors
///
/// If it cannot be read, has no names or relocations, or exports no `stop`.
pub(crate) fn quiet(wasm: &[u8], listens: bool) -> Outcome<Vec<u8>> {
    let anatomy = Anatomy::read(wasm)?;
    let failed = |error: reencode::Error<Infallible>| format!("the wasm could not be made quiet ({error}).");
    let roles = Roles::read(wasm, listens).map_err(reencode::Error::from).map_err(failed)?;
    let stop = roles.stop.ok_or_else(|| format!("the program exports no `{STOP}` to call where it would panic."))?;
    let silent = roles.silent(wasm, &anatomy).map_err(failed)?;
    let skipped = |at: usize| {
        let before = silent.partition_point(|stretch| stretch.start <= at);
        before.checked_sub(1).is_some_and(|last| silent[last].contains(&at))
    };
    let alive = anatomy.alive(skipped);
    let mut quiet = Quiet { stop, roles: &roles, silent: &silent, alive: &alive, next: anatomy.imported };
    let mut module = Module::new();
    quiet.parse_core_module(&mut module, Parser::new(0), wasm).map_err(failed)?;
    Ok(module.finish())
}

type Rewritten<T = ()> = Result<T, reencode::Error<Infallible>>;

/// What the functions are.
#[derive(Default)]
struct Roles {
    stop: Option<u32>,
    machinery: HashSet<u32>,
    unused: HashSet<u32>,
}

impl Roles {
    fn read(wasm: &[u8], listens: bool) -> Result<Self, wasmparser::BinaryReaderError> {
        let mut roles = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        // wasm-bindgen puts a hash of 16 digits behind it, until it binds the program.
                        let own = export.name.strip_prefix(STOP).is_some_and(|hash| matches!(hash.len(), 0 | 17));
                        if own && export.kind == wasmparser::ExternalKind::Func {
                            roles.stop = Some(export.index);
                        }
                    }
                }
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(names) = section.as_known() else { continue };
                    for name in names {
                        let Name::Function(functions) = name? else { continue };
                        for function in functions {
                            let function = function?;
                            let name = format!("{:#}", demangle(function.name));
                            // Yew sets a hook when it starts; whether it calls this or contains it is the compiler's choice.
                            let called = name.ends_with("::set_hook") || name.ends_with("::take_hook");
                            if !called && is_any(&name, &MACHINERY) {
                                roles.machinery.insert(function.index);
                            } else if UNUSED.contains(&name.as_str()) || !listens && LISTENERS.contains(&name.as_str())
                            {
                                roles.unused.insert(function.index);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(roles)
    }

    /// The stretches of code, as bytes of the file in order, that are not kept: bodies that go as a whole, and in the
    /// others what only leads to a call from which nothing returns. The values that such a stretch leaves on the stack
    /// do not matter in front of `unreachable`.
    fn silent(&self, wasm: &[u8], anatomy: &Anatomy) -> Rewritten<Vec<Range<usize>>> {
        let mut silent = Vec::new();
        for (index, range) in (anatomy.imported..).zip(&anatomy.bodies) {
            if self.machinery.contains(&index) || self.unused.contains(&index) {
                silent.push(range.clone());
                continue;
            }
            if Some(index) == self.stop {
                continue;
            }
            let body = FunctionBody::new(wasmparser::BinaryReader::new(&wasm[range.clone()], range.start));
            let operators: Vec<(Operator, usize)> =
                body.get_operators_reader()?.into_iter_with_offsets().collect::<Result<_, _>>()?;
            let mut straight = 0; // where the stretch without a jump or call began
            for (at, (operator, _)) in operators.iter().enumerate() {
                let next = operators.get(at + 1);
                if let (Operator::Call { .. }, Some((Operator::Unreachable, end))) = (operator, next) {
                    silent.push(operators[straight].1..*end);
                }
                if !is_straight(operator) {
                    straight = at + 1;
                }
            }
        }
        Ok(silent)
    }
}

fn is_any(name: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| name.starts_with(part) || (part.starts_with(' ') && name.contains(part)))
}

/// The program while it is written anew.
struct Quiet<'a> {
    stop: u32,
    roles: &'a Roles,
    silent: &'a [Range<usize>],
    alive: &'a Alive,
    /// The function whose body comes next.
    next: u32,
}

fn is_straight(operator: &Operator) -> bool {
    use Operator::*;
    !matches!(
        operator,
        Block { .. }
            | Loop { .. }
            | If { .. }
            | Else
            | End
            | Br { .. }
            | BrIf { .. }
            | BrTable { .. }
            | Return
            | Call { .. }
            | CallIndirect { .. }
            | Unreachable
    )
}

impl Reencode for Quiet<'_> {
    type Error = Infallible;

    /// The linker's are no longer true.
    fn parse_custom_section(&mut self, module: &mut Module, section: wasmparser::CustomSectionReader<'_>) -> Rewritten {
        match section.as_known() {
            KnownCustom::Linking(_) | KnownCustom::Reloc(_) => Ok(()),
            _ => reencode::utils::parse_custom_section(self, module, section),
        }
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Rewritten {
        let own = self.next;
        self.next += 1;
        if self.roles.machinery.contains(&own) || self.roles.unused.contains(&own) || !self.alive.function(own) {
            let mut function = Function::new([]);
            if self.roles.unused.contains(&own) {
                function.instructions().call(self.stop);
            }
            function.instructions().unreachable().end();
            code.function(&function);
            return Ok(());
        }
        let mut function = self.new_function_with_parsed_locals(&body)?;
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, at) = operator?;
            match self.silent[..self.silent.partition_point(|stretch| stretch.start <= at)].last() {
                Some(silent) if at < silent.end => {
                    if matches!(operator, Operator::Call { .. }) {
                        function.instructions().call(self.stop);
                    }
                }
                _ => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }

    fn parse_data_section(&mut self, data: &mut DataSection, section: DataSectionReader<'_>) -> Rewritten {
        for segment in section {
            let mut segment = segment?;
            let start = segment.range.end - segment.data.len();
            let mut bytes = segment.data.to_vec();
            for dead in &self.alive.dead_data {
                if start <= dead.start && dead.end <= segment.range.end {
                    bytes[dead.start - start..dead.end - start].fill(0);
                }
            }
            segment.data = &bytes;
            self.parse_data(data, segment)?;
        }
        Ok(())
    }
}
