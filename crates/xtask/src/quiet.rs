//! Takes the texts of panics out of a program. Where Rust would say which index lay outside which slice in which file,
//! the program calls the one function that it exports as `stop`, which tells the page; what only made the texts goes.
//! For debugging there is a build that keeps them (`cargo xtask serve --panics`).
//!
//! Measured on 423 KB of this widget with brotli 11: 141,882 bytes before, 136,633 without the code, and
//! without the places in the sources as QUIET_FIGURE says.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use rustc_demangle::demangle;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, DataSection, Function, Instruction, Module};
use wasmparser::{DataKind, DataSectionReader, FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

use crate::Outcome;

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

/// What Yew does for widgets that use it in ways in which these do not, and which only running would show to be unused.
/// The widget listens by the class of its element alone.
const UNUSED: [&str; 8] = [
    "yew::dom_bundle::subtree_root::SubtreeData::add_listener",
    "yew::dom_bundle::subtree_root::BSubtree::ensure_handled",
    "yew::dom_bundle::btag::listeners::ListenerRegistration::register",
    "yew::virtual_dom::listeners::ListenerKind::type_name",
    "yew::dom_bundle::subtree_root::EventDescriptor as",
    "yew::dom_bundle::braw::",
    "yew::dom_bundle::bportal::",
    "yew::dom_bundle::bsuspense::",
];

/// Returns the program without the texts and without its names, which it has to have had.
///
/// # Errors
///
/// If it cannot be read, or exports no `stop`.
pub(crate) fn quiet(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let rewritten = Quiet::read(wasm).map_err(reencode::Error::from).and_then(|program| {
        let Some(mut program) = program else { return Ok(None) };
        let mut module = Module::new();
        program.parse_core_module(&mut module, Parser::new(0), wasm)?;
        Ok(Some(module.finish()))
    });
    match rewritten {
        Ok(Some(quiet)) => Ok(quiet),
        Ok(None) => Err(format!("the program exports no `{STOP}` to call where it would panic.").into()),
        Err(error) => Err(format!("the texts of panics could not be taken out of the wasm ({error}).").into()),
    }
}

type Rewritten<T = ()> = Result<T, reencode::Error<Infallible>>;

/// The program while it is written anew.
struct Quiet {
    stop: u32,
    /// Which functions stop the program if they are called all the same.
    machinery: HashSet<u32>,
    /// The function whose body comes next.
    next: u32,
    /// Every number in the code that could be an address.
    addresses: HashSet<u32>,
}

impl Quiet {
    fn read(wasm: &[u8]) -> Result<Option<Self>, wasmparser::BinaryReaderError> {
        let (mut stop, mut machinery, mut imported) = (None, HashSet::new(), 0);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        stop = if export.name == STOP { Some(export.index) } else { stop };
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
                            let is_it = |part: &&str| {
                                name.starts_with(*part) || (part.starts_with(' ') && name.contains(*part))
                            };
                            let unused = UNUSED.iter().any(|part| name.contains(part));
                            if !called
                                && (MACHINERY.iter().any(is_it) || unused && !name.starts_with("core::ptr::drop"))
                            {
                                machinery.insert(function.index);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(stop.map(|stop| Self { stop, machinery, next: imported, addresses: HashSet::new() }))
    }

    /// The operators of a body, where a stretch that ends in a call from which nothing returns is that call alone: the
    /// values that it leaves on the stack do not matter in front of `unreachable`.
    fn silenced<'a>(&self, body: &FunctionBody<'a>) -> Rewritten<Vec<Operator<'a>>> {
        let all: Vec<Operator> = body.get_operators_reader()?.into_iter().collect::<Result<_, _>>()?;
        let mut kept = Vec::with_capacity(all.len());
        let mut straight = 0; // where the stretch without a jump or call began
        for (at, operator) in all.iter().enumerate() {
            let last = matches!(all.get(at + 1), Some(Operator::Unreachable));
            match operator {
                Operator::Call { .. } if last => {
                    kept.truncate(straight);
                    kept.push(Operator::Call { function_index: self.stop });
                }
                _ => kept.push(operator.clone()),
            }
            if !is_straight(operator) {
                straight = kept.len();
            }
        }
        Ok(kept)
    }
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

impl Reencode for Quiet {
    type Error = Infallible;

    fn parse_custom_section(&mut self, _: &mut Module, _: wasmparser::CustomSectionReader<'_>) -> Rewritten {
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Rewritten {
        let own = self.next;
        self.next += 1;
        if self.machinery.contains(&own) {
            let mut function = Function::new([]);
            function.instructions().call(self.stop).unreachable().end();
            code.function(&function);
            return Ok(());
        }
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let operators = if own == self.stop {
            body.get_operators_reader()?.into_iter().collect::<Result<_, _>>()?
        } else {
            self.silenced(&body)?
        };
        for operator in operators {
            let instruction = self.instruction(operator)?;
            if let Instruction::I32Const(number) = instruction {
                self.addresses.insert(number as u32);
            }
            function.instruction(&instruction);
        }
        code.function(&function);
        Ok(())
    }

    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Rewritten<wasm_encoder::MemArg> {
        self.addresses.insert(arg.offset as u32);
        reencode::utils::mem_arg(self, arg)
    }

    /// The data come behind the code, so that all addresses are known.
    fn parse_data_section(&mut self, data: &mut DataSection, section: DataSectionReader<'_>) -> Rewritten {
        for segment in section {
            let segment = segment?;
            let DataKind::Active { memory_index: 0, offset_expr } = &segment.kind else {
                self.parse_data(data, segment)?;
                continue;
            };
            let mut start = offset_expr.get_operators_reader();
            let Operator::I32Const { value } = start.read()? else {
                self.parse_data(data, segment)?;
                continue;
            };
            let offset = self.const_expr(offset_expr.clone())?;
            data.active(0, &offset, without_places(segment.data, value as u32, &self.addresses));
        }
        Ok(())
    }
}

/// The data without the places in sources that no code mentions, and without the names of sources that no place is
/// left for: zeros, which compress to nothing. A place is a `core::panic::Location`: the address and length of a name,
/// a line, a column.
fn without_places(data: &[u8], start: u32, addresses: &HashSet<u32>) -> Vec<u8> {
    let word = |at: usize| data.get(at..at + 4).map(|four| u32::from_le_bytes(four.try_into().expect("four bytes")));
    let mut kept = data.to_vec();
    let mut names: HashMap<(usize, usize), bool> = HashMap::new();
    for at in (0..data.len().saturating_sub(15)).step_by(4) {
        let place = (word(at), word(at + 4), word(at + 8), word(at + 12));
        let (Some(name), Some(length @ 6..=200), Some(1..=50_000), Some(1..=500)) = place else { continue };
        let Some(from) = name.checked_sub(start).map(|from| from as usize) else { continue };
        let name = (from, from + length as usize);
        if !data.get(name.0..name.1).is_some_and(|name| name.ends_with(b".rs") && name.is_ascii()) {
            continue;
        }
        let mentioned = (0..16).any(|byte| addresses.contains(&(start + (at + byte) as u32)));
        *names.entry(name).or_default() |= mentioned;
        if !mentioned {
            kept[at..at + 16].fill(0);
        }
    }
    for ((from, to), _) in names.into_iter().filter(|(_, mentioned)| !mentioned) {
        kept[from..to].fill(0);
    }
    kept
}
