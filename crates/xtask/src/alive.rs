//! What of a program is still needed once some of its code is not: the search that a linker makes for what nothing
//! mentions, made again over the relocations that it leaves behind on request (`--emit-relocs`). They say of every number
//! in code and data whether it is an address, and of what, so nothing is guessed.
//! Leaves out which code is not needed (see `quiet`), and taking away what is dead.
//!
//! Reference: WebAssembly tool conventions, Linking.md.

use std::ops::Range;

use wasmparser::{
    BinaryReaderError, DataKind, ExternalKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationType,
    SymbolInfo, TypeRef,
};

use crate::{Failure, Outcome};

/// A reference in code or data to a function or to a stretch of data.
struct Mention {
    /// The byte of the file at which it stands.
    at: usize,
    of: Thing,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Function(u32),
    /// By its place in `Anatomy::areas`.
    Area(usize),
}

/// The parts of a program and who mentions whom. All positions are bytes of the file.
pub(crate) struct Anatomy {
    /// How many functions are imported; they come first.
    pub imported: u32,
    /// The bodies of the others.
    pub bodies: Vec<Range<usize>>,
    /// Stretches of data that are known by name, in order and apart; what lies between them is always needed.
    areas: Vec<Range<usize>>,
    /// In order.
    mentions: Vec<Mention>,
    /// Where execution can begin, and what the rest of the file mentions.
    roots: Vec<Thing>,
}

/// What is needed.
pub(crate) struct Alive {
    functions: Vec<bool>,
    /// The stretches of data that are not, in order.
    pub dead_data: Vec<Range<usize>>,
}

impl Alive {
    /// Whether a function is needed, by its index.
    pub(crate) fn function(&self, index: u32) -> bool {
        self.functions.get(index as usize).is_none_or(|alive| *alive)
    }
}

impl Anatomy {
    /// Reads the parts of a program that was linked with `--emit-relocs`.
    ///
    /// # Errors
    ///
    /// If it was not, or if a number in it is not the address that its relocation says.
    pub(crate) fn read(wasm: &[u8]) -> Outcome<Self> {
        Reading::of(wasm).map_err(|error| Failure(format!("the wasm could not be read ({error}).")))?.anatomy(wasm)
    }

    /// What is needed if `skipped` tells true of the stretches of code, by their position in the file, that never run.
    pub(crate) fn alive(&self, skipped: impl Fn(usize) -> bool) -> Alive {
        let mut functions = vec![false; self.imported as usize + self.bodies.len()];
        let mut areas = vec![false; self.areas.len()];
        let mut open = self.roots.clone();
        while let Some(next) = open.pop() {
            let (known, stretch) = match next {
                Thing::Function(index) => {
                    let body = index.checked_sub(self.imported).map(|own| self.bodies[own as usize].clone());
                    (&mut functions[index as usize], body.unwrap_or_default())
                }
                Thing::Area(area) => (&mut areas[area], self.areas[area].clone()),
            };
            if !std::mem::replace(known, true) {
                open.extend(
                    self.inside(&stretch).iter().filter(|mention| !skipped(mention.at)).map(|mention| mention.of),
                );
            }
        }
        let dead = |(area, alive): (&Range<usize>, bool)| (!alive).then(|| area.clone());
        Alive { functions, dead_data: self.areas.iter().zip(areas).filter_map(dead).collect() }
    }

    fn inside(&self, stretch: &Range<usize>) -> &[Mention] {
        let place = |at: usize| self.mentions.partition_point(|mention| mention.at < at);
        &self.mentions[place(stretch.start)..place(stretch.end)]
    }
}

/// A segment of data.
struct Segment {
    /// Where in memory it goes.
    address: u32,
    /// Where in the file it lies.
    bytes: Range<usize>,
}

/// What stands in the file, before addresses are looked up.
#[derive(Default)]
struct Reading<'a> {
    imported: u32,
    bodies: Vec<Range<usize>>,
    segments: Vec<Segment>,
    symbols: Vec<SymbolInfo<'a>>,
    roots: Vec<Thing>,
    /// Where the contents of each section begin.
    sections: Vec<usize>,
    /// Where a relocation stands, its kind, its symbol and what is added to that.
    relocations: Vec<(usize, RelocationType, u32, i64)>,
}

impl<'a> Reading<'a> {
    fn of(wasm: &'a [u8]) -> Result<Self, BinaryReaderError> {
        let mut reading = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                reading.sections.push(range.start);
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        reading.imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            reading.roots.push(Thing::Function(export.index));
                        }
                    }
                }
                Payload::StartSection { func, .. } => reading.roots.push(Thing::Function(func)),
                Payload::CodeSectionEntry(body) => reading.bodies.push(body.range()),
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = &segment.kind else { continue };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
                        let bytes = segment.range.end - segment.data.len()..segment.range.end;
                        reading.segments.push(Segment { address: value as u32, bytes });
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            let Linking::SymbolTable(symbols) = part? else { continue };
                            reading.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                        }
                    }
                    KnownCustom::Reloc(relocations) => {
                        let start = reading.sections.get(relocations.section_index() as usize).copied();
                        for entry in relocations.entries() {
                            let entry = entry?;
                            let at = start.unwrap_or_default() + entry.offset as usize;
                            reading.relocations.push((at, entry.ty, entry.index, entry.addend));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(reading)
    }

    fn anatomy(self, wasm: &[u8]) -> Outcome<Anatomy> {
        if self.symbols.is_empty() || self.relocations.is_empty() {
            return Err("the wasm has no relocations: the linker needs --emit-relocs.".into());
        }
        let areas = apart(self.symbols.iter().filter_map(|symbol| self.place(symbol)).collect());
        let mut mentions = Vec::new();
        let mut roots = self.roots.clone();
        for &(at, kind, symbol, addend) in &self.relocations {
            use RelocationType::*;
            let unexpected =
                |what: &str| Failure(format!("the relocation at byte {at} of the wasm ({kind:?}) has {what}."));
            let symbol = || self.symbols.get(symbol as usize).ok_or_else(|| unexpected("no symbol"));
            let of = match kind {
                FunctionIndexLeb | TableIndexSleb | TableIndexI32 => match symbol()? {
                    SymbolInfo::Func { index, .. } => Thing::Function(*index),
                    _ => return Err(unexpected("a symbol that is no function")),
                },
                MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32 => {
                    let Some(place) = self.place(symbol()?) else { continue };
                    let address = self.address(place.start).map(|start| (i64::from(start) + addend) as u32);
                    if number(wasm, at, kind) != address {
                        return Err(unexpected("another address than its symbol"));
                    }
                    let area = areas.partition_point(|area| area.end <= place.start);
                    if areas.get(area).is_none_or(|area| area.start > place.start) {
                        continue; // a name for nothing, between the areas
                    }
                    Thing::Area(area)
                }
                TypeIndexLeb | GlobalIndexLeb | GlobalIndexI32 | TableNumberLeb => continue,
                _ => return Err(unexpected("a kind that nobody expects")),
            };
            let in_area =
                || areas[..areas.partition_point(|area| area.start <= at)].last().is_some_and(|area| at < area.end);
            let in_code = self.bodies.first().is_some_and(|first| first.start <= at)
                && self.bodies.last().is_some_and(|last| at < last.end);
            if in_code || in_area() {
                mentions.push(Mention { at, of });
            } else {
                roots.push(of);
            }
        }
        mentions.sort_by_key(|mention| mention.at);
        Ok(Anatomy { imported: self.imported, bodies: self.bodies, areas, mentions, roots })
    }

    /// Where in the file a symbol of data lies.
    fn place(&self, symbol: &SymbolInfo) -> Option<Range<usize>> {
        let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol else { return None };
        let segment = self.segments.get(symbol.index as usize)?;
        let start = segment.bytes.start + symbol.offset as usize;
        Some(start..start + symbol.size as usize)
    }

    /// The address in memory of a byte of the file.
    fn address(&self, at: usize) -> Option<u32> {
        let segment = self.segments.iter().find(|segment| segment.bytes.start <= at && at <= segment.bytes.end)?;
        Some(segment.address + (at - segment.bytes.start) as u32)
    }
}

/// The stretches in order, those that overlap as one.
fn apart(mut stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for stretch in stretches.into_iter().filter(|stretch| !stretch.is_empty()) {
        match apart.last_mut() {
            Some(last) if stretch.start < last.end => last.end = last.end.max(stretch.end),
            _ => apart.push(stretch),
        }
    }
    apart
}

/// The number at a relocation: four bytes, or LEB128 in five.
fn number(wasm: &[u8], at: usize, kind: RelocationType) -> Option<u32> {
    if kind == RelocationType::MemoryAddrI32 {
        return Some(u32::from_le_bytes(wasm.get(at..at + 4)?.try_into().ok()?));
    }
    let bytes = wasm.get(at..at + 5)?;
    Some(bytes.iter().enumerate().fold(0, |number, (place, byte)| number | u32::from(byte & 0x7F) << (7 * place)))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, CustomSection, DataSection, ExportKind, ExportSection, Function, FunctionSection,
        LinkingSection, MemorySection, MemoryType, Module, SymbolTable, TypeSection,
    };

    use super::*;

    const BASE: u32 = 1024;

    /// The exported function 0 mentions the data `a`, which mention `b`; function 1, which nobody calls, mentions `c`.
    /// Each of the data is one word; `wrong` is added to the address of `b`.
    fn program(wrong: u32) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        module.section(&functions);
        let mut memory = MemorySection::new();
        memory.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
        module.section(&memory);
        let mut exports = ExportSection::new();
        exports.export("run", ExportKind::Func, 0);
        module.section(&exports);
        let mut code = CodeSection::new();
        for address in [BASE, BASE + 8] {
            let mut function = Function::new([]);
            // i32.const, with the number in five bytes as a linker writes it; drop; end.
            function.raw([0x41, address as u8 | 0x80, (address >> 7) as u8 | 0x80, 0x80, 0x80, 0, 0x1A, 0x0B]);
            code.function(&function);
        }
        module.section(&code);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(BASE as i32), [BASE + 4 + wrong, 7, 7].map(u32::to_le_bytes).concat());
        module.section(&data);
        let mut symbols = SymbolTable::new();
        for (place, name) in ["a", "b", "c"].into_iter().enumerate() {
            let definition = wasm_encoder::DataSymbolDefinition { index: 0, offset: place as u32 * 4, size: 4 };
            symbols.data(0, name, Some(definition));
        }
        let mut linking = LinkingSection::new();
        linking.symbol_table(&symbols);
        module.section(&linking);
        // The section, then of each relocation its kind, its place in the section, its symbol and what is added. The
        // code has a count, then of each body the length and the number of locals; the data a count, a kind, an offset.
        let in_code = [4, 2, 4, 4, 0, 0, 4, 14, 2, 0];
        let in_data = [5, 1, 5, 7, 1, 0];
        module.section(&CustomSection { name: "reloc.CODE".into(), data: in_code[..].into() });
        module.section(&CustomSection { name: "reloc.DATA".into(), data: in_data[..].into() });
        module.finish()
    }

    fn dead(wasm: &[u8], alive: &Alive) -> Vec<u8> {
        alive.dead_data.iter().flat_map(|dead| wasm[dead.clone()].to_vec()).collect()
    }

    #[test]
    fn what_is_mentioned_is_alive_and_what_only_the_dead_mention_is_not() {
        let wasm = program(0);
        let anatomy = Anatomy::read(&wasm).ok().unwrap();
        let alive = anatomy.alive(|_| false);
        assert!(alive.function(0) && !alive.function(1));
        assert_eq!(dead(&wasm, &alive), 7_u32.to_le_bytes());
    }

    #[test]
    fn code_that_never_runs_keeps_nothing_alive() {
        let wasm = program(0);
        let anatomy = Anatomy::read(&wasm).ok().unwrap();
        let alive = anatomy.alive(|at| anatomy.bodies[0].contains(&at));
        assert!(alive.function(0));
        assert_eq!(alive.dead_data.iter().map(ExactSizeIterator::len).sum::<usize>(), 12);
    }

    #[test]
    fn a_program_without_relocations_or_with_wrong_ones_is_refused() {
        let refused = |wasm: &[u8]| Anatomy::read(wasm).err().unwrap().0;
        assert!(refused(&Module::new().finish()).contains("--emit-relocs"));
        assert!(refused(&program(1)).contains("another address"));
    }
}
