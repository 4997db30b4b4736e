//! Compiles the rules of the suggestions (`src/suggest/rules/*.rules`) to the bytes that
//! `src/suggest/matcher.rs` runs. Leaves out what the rules say.
//!
//! A rule is `Name = pattern`, a line that begins with a blank goes on with the one before, `//`
//! begins a comment, and `pub` before a name gives it to the Rust code. In a pattern:
//!
//! - `mot|terme` a word of these, folded; `~projet|plan` in any flexion; `-er|ir` a word so ending;
//!   `#Nouns` a word of a named list (`#Nouns = mot terme`), `~#Nouns` in any flexion;
//!   `$month` a word of a list with values (`$month = mai=5 juin=6`)
//! - `{,;}` one of these marks, `_` any token, `%n` a number (`%n4`, `%n1-2` with so many digits),
//!   `%card` a number in digits or words, `%roman`, `%yearwords`, `%verb(Stems,Endings)`
//! - `Name` another rule, `( )` a group, `/` between ways, `?`, `*`, `*3` at most three times
//! - `!x`, `&x` without consuming; `<(x)` before this place, `..9 x` within nine tokens, `..9{.;} x`
//!   not past these marks
//! - `^c` (before what it is about) a capital, `^a` all capitals, `^w` word, `^n` number, `^m` mark, `^l` first of
//!   its line, `^p` of its paragraph, `^t` or `+` nothing before it, `^s` in the same line, `^e` the
//!   paragraph has ended, `^g` with a grave accent, `^q`, `^r`, `^i`, `^z` the
//!   register of that name is set, `^h` the text is English, `^j` `^s` or in a text whose lines are wrapped, `^o` one letter;
//!   `!^c` not so
//! - `=y` keeps a value in a register, `[1..31]` bounds it, `:a` keeps the place, `:k=1` sets a
//!   register, `@a` goes on at a kept place, `%second` begins the second of two points

#[path = "src/suggest/code.rs"]
#[allow(dead_code, missing_docs, reason = "each side of the compiled form uses its part")]
mod code;
#[path = "src/suggest/unpack.rs"]
#[allow(dead_code, missing_docs, reason = "each side of the packed form uses its part")]
mod unpack;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

enum Pattern {
    Ways(Vec<Pattern>),
    Sequence(Vec<Pattern>),
    /// In this order whatever the direction: tests before an atom, what is done with its value after.
    Bound(Vec<Pattern>),
    Group(u8, Vec<u8>, Box<Pattern>),
    Call(String),
    Bytes(Vec<u8>),
    Words(u8, Vec<String>),
    Verb(String, String),
}

fn main() {
    let folder = Path::new("src/suggest/rules");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=src/suggest/code.rs");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the rules are part of the project")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rules"))
        .collect();
    files.sort();
    let mut compiler = Compiler::default();
    let mut public = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("rules can be read");
        let mut entries: Vec<String> = Vec::new();
        for line in source.lines() {
            let line = line.split("//").next().unwrap_or_default();
            match entries.last_mut() {
                Some(last) if line.starts_with(char::is_whitespace) => last.push_str(line),
                _ if line.trim().is_empty() => {}
                _ => entries.push(line.to_owned()),
            }
        }
        for entry in entries {
            let (name, body) = entry.split_once('=').unwrap_or_else(|| panic!("{}: {entry}", file.display()));
            let name = name.trim();
            if name.starts_with(['#', '$']) {
                let words = body.split_whitespace().map(str::to_owned).collect();
                assert!(compiler.lists.insert(name.to_owned(), words).is_none(), "{name} is there twice");
                continue;
            }
            let (name, exported) = name.strip_prefix("pub ").map_or((name, false), |name| (name.trim(), true));
            let mut reader = Reader { rest: body, rule: name };
            let pattern = reader.ways();
            assert!(reader.rest.trim().is_empty(), "{name}: cannot read {:?}", reader.rest);
            assert!(compiler.rules.insert(name.to_owned(), pattern).is_none(), "{name} is there twice");
            if exported {
                public.push(name.to_owned());
            }
        }
    }
    // Once to learn the words, and again with their numbers.
    for name in &public {
        compiler.part(name, false);
    }
    let used: Vec<&String> = compiler
        .rules
        .keys()
        .filter(|name| ![false, true].iter().any(|&back| compiler.places.contains_key(&((*name).clone(), back))))
        .collect();
    assert!(used.is_empty(), "no rule uses {used:?}");
    let classes = classes(&compiler.sets);
    compiler = Compiler { lists: compiler.lists, rules: compiler.rules, classes, ..Compiler::default() };
    let public: Vec<(&String, usize)> = public.iter().map(|name| (name, compiler.part(name, false))).collect();
    let bytes = compiler.link();
    let mut out = String::new();
    for (name, part) in public {
        let mut constant = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !constant.is_empty() {
                constant.push('_');
            }
            constant.extend(c.to_uppercase());
        }
        writeln!(out, "pub const {constant}: u16 = {};", compiler.offsets[part]).expect("a string takes everything");
    }
    let mut packer = Packer::default();
    packer.bytes(&bytes, 0);
    packer.bytes(&compiler.data, 1);
    let reasons = fs::read_to_string(folder.join("reasons.txt")).expect("each rule has a reason");
    let byte = |c| (0..=255).find(|&b| code::letter(b) == c).unwrap_or_else(|| panic!("no byte for {c:?}"));
    let reasons: Vec<u8> = reasons.trim_end().chars().map(byte).collect();
    packer.bytes(&reasons, 2);
    let mut before = 0;
    for (&hash, &class) in &compiler.classes {
        packer.number(hash - before, unpack::HASH);
        assert!(class >> unpack::CLASS_BITS == 0, "too many classes");
        packer.tree(unpack::CLASS, unpack::CLASS_BITS, class);
        before = hash;
    }
    let packed = packer.end();
    writeln!(out, "pub static PACKED: [u8; {}] = {packed:?};", packed.len()).expect("a string takes everything");
    for (name, count) in [
        ("CODE", bytes.len()),
        ("LISTS", compiler.data.len()),
        ("REASONS", reasons.len()),
        ("WORDS", compiler.classes.len()),
    ] {
        writeln!(out, "pub const {name}: usize = {count};").expect("a string takes everything");
    }
    let target = env::var_os("OUT_DIR").expect("cargo says where to");
    fs::write(Path::new(&target).join("suggest_rules.rs"), out).expect("OUT_DIR can be written");
}

/// Reads patterns.
struct Reader<'s> {
    rest: &'s str,
    rule: &'s str,
}

impl<'s> Reader<'s> {
    fn take(&mut self, prefix: &str) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn while_of(&mut self, of: impl Fn(char) -> bool) -> &'s str {
        let end = self.rest.find(|c| !of(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> Option<i32> {
        let minus = self.take("-");
        let digits = self.while_of(|c| c.is_ascii_digit());
        digits.parse::<i32>().ok().map(|n| if minus { -n } else { n })
    }

    fn until(&mut self, end: char) -> &'s str {
        let (taken, rest) = self.rest.split_once(end).unwrap_or_else(|| panic!("{}: no {end}", self.rule));
        self.rest = rest;
        taken
    }

    fn register(&mut self) -> u8 {
        let letter = self.rest.bytes().next().filter(u8::is_ascii_lowercase);
        self.rest = &self.rest[1..];
        letter.unwrap_or_else(|| panic!("{}: a register is a letter", self.rule)) - b'a'
    }

    fn ways(&mut self) -> Pattern {
        let mut ways = vec![self.sequence()];
        while self.take("/") {
            ways.push(self.sequence());
        }
        if ways.len() == 1 { ways.remove(0) } else { Pattern::Ways(ways) }
    }

    fn sequence(&mut self) -> Pattern {
        let mut items = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with(['/', ')']) {
                return if items.len() == 1 { items.remove(0) } else { Pattern::Sequence(items) };
            }
            items.push(self.item());
        }
    }

    fn item(&mut self) -> Pattern {
        let rule = self.rule;
        let (mut ahead, mut bound) = (Vec::new(), Vec::new());
        loop {
            if self.take("!^") || self.rest.starts_with('^') {
                let not = if self.take("^") { 0 } else { 128 };
                let test = self.rest.as_bytes()[0];
                assert!(b"cawnmlptsegqrhjoiz".contains(&test), "{rule}: no test ^{}", char::from(test));
                self.rest = &self.rest[1..];
                bound.push(Pattern::Bytes(vec![code::TEST, test | not]));
            } else if self.take("+") {
                bound.push(Pattern::Bytes(vec![code::TEST, b't']));
            } else if self.rest.starts_with(['!', '&']) {
                let op = if self.take("!") { code::NOT } else { code::AND };
                self.take("&");
                // Not part of what `?` or `*` repeats.
                ahead.push(Pattern::Group(op, Vec::new(), Box::new(self.item())));
            } else {
                break;
            }
            self.rest = self.rest.trim_start();
        }
        if !(ahead.is_empty() && bound.is_empty()) && (self.rest.is_empty() || self.rest.starts_with(['/', ')'])) {
            ahead.extend(bound);
            return Pattern::Bound(ahead);
        }
        if self.take("..") {
            let reach = self.number().unwrap_or_else(|| panic!("{rule}: .. how far"));
            let mut head = vec![reach as u8];
            let stops: Vec<u8> =
                if self.take("{") { self.until('}').chars().map(code::mark).collect() } else { Vec::new() };
            head.push(stops.len() as u8);
            head.extend(stops);
            self.rest = self.rest.trim_start();
            let inner = self.item();
            ahead.extend(bound);
            ahead.push(Pattern::Group(code::SEEK, head, Box::new(inner)));
            return Pattern::Bound(ahead);
        }
        bound.push(self.atom());
        loop {
            if self.take("?") {
                let inner = Pattern::Bound(std::mem::take(&mut bound));
                bound.push(Pattern::Group(code::OPTION, Vec::new(), Box::new(inner)));
            } else if self.take("*") {
                let most = self.number().unwrap_or(250) as u8;
                let inner = Pattern::Bound(std::mem::take(&mut bound));
                bound.push(Pattern::Group(code::REPEAT, vec![most], Box::new(inner)));
            } else if self.take("[") {
                let low = self.number().unwrap_or_else(|| panic!("{rule}: bounds"));
                assert!(self.take(".."), "{rule}: bounds");
                let high = self.number().unwrap_or_else(|| panic!("{rule}: bounds"));
                assert!(self.take("]"), "{rule}: bounds");
                let mut bytes = vec![code::WITHIN];
                bytes.extend((low as i16).to_le_bytes());
                bytes.extend((high as i16).to_le_bytes());
                bound.push(Pattern::Bytes(bytes));
            } else if self.take("=") {
                let register = self.register();
                bound.push(Pattern::Bytes(vec![code::KEEP, register]));
            } else {
                break;
            }
        }
        ahead.extend(bound);
        if ahead.len() == 1 { ahead.remove(0) } else { Pattern::Bound(ahead) }
    }

    fn atom(&mut self) -> Pattern {
        let rule = self.rule;
        let name = |c: char| c.is_ascii_alphanumeric();
        if self.take("<(") {
            let inner = self.ways();
            assert!(self.take(")"), "{rule}: no )");
            return Pattern::Group(code::BEHIND, Vec::new(), Box::new(inner));
        }
        if self.take("(") {
            let inner = self.ways();
            assert!(self.take(")"), "{rule}: no ) before {:?}", self.rest);
            // A group of its own, so that a sequence in it is one item.
            return inner;
        }
        if self.take("{") {
            let marks: Vec<u8> = self.until('}').chars().map(code::mark).collect();
            assert!(!marks.contains(&1), "{rule}: a mark without a code");
            let mut bytes = vec![code::MARK, marks.len() as u8];
            bytes.extend(marks);
            return Pattern::Bytes(bytes);
        }
        if self.take("_") {
            return Pattern::Bytes(vec![code::ANY]);
        }
        if self.take(":") {
            let register = self.register();
            if self.take("=") {
                let n = self.number().unwrap_or_else(|| panic!("{rule}: what number"));
                return Pattern::Bytes(vec![code::SET, register, (n as i8) as u8]);
            }
            return Pattern::Bytes(vec![code::PLACE, register]);
        }
        if self.take("@") {
            return Pattern::Bytes(vec![code::JUMP, self.register()]);
        }
        if self.take("$") {
            return Pattern::Words(code::VALUED, vec![format!("${}", self.while_of(name))]);
        }
        if self.take("%") {
            let builtin = self.while_of(|c| c.is_ascii_lowercase());
            return match builtin {
                "n" => {
                    let low = self.number().unwrap_or(0);
                    let high = if low == 0 {
                        9
                    } else if self.take("-") {
                        self.number().unwrap_or(9)
                    } else {
                        low
                    };
                    Pattern::Bytes(vec![code::DIGITS, (low.max(1) << 4 | high) as u8])
                }
                "card" => Pattern::Bytes(vec![code::CARDINAL]),
                "roman" => Pattern::Bytes(vec![code::ROMAN]),
                "second" => Pattern::Bytes(vec![code::SECOND, 0]),
                "yearwords" => Pattern::Bytes(vec![code::YEAR_WORDS]),
                "verb" => {
                    assert!(self.take("("), "{rule}: a verb of what");
                    let (stems, endings) =
                        self.until(')').split_once(',').unwrap_or_else(|| panic!("{rule}: a verb of what"));
                    Pattern::Verb(format!("#{stems}"), format!("#{endings}"))
                }
                _ => panic!("{rule}: no %{builtin}"),
            };
        }
        let flexible = self.take("~");
        if self.take("#") {
            let list = format!("#{}", self.while_of(name));
            return Pattern::Words(if flexible { code::STEMS } else { code::LIST }, vec![list]);
        }
        if self.take("-") {
            let endings = self.while_of(|c| c.is_ascii_lowercase() || c == '|');
            return Pattern::Words(code::ENDING, endings.split('|').map(str::to_owned).collect());
        }
        if self.rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            let words = self.while_of(|c| c.is_ascii_lowercase() || c == '|');
            let op = if flexible { code::STEMS } else { code::LIST };
            return Pattern::Words(op, words.split('|').map(str::to_owned).collect());
        }
        let called = self.while_of(name);
        assert!(!called.is_empty(), "{rule}: cannot read {:?}", self.rest);
        Pattern::Call(called.to_owned())
    }
}

#[derive(Default)]
struct Compiler {
    lists: BTreeMap<String, Vec<String>>,
    rules: BTreeMap<String, Pattern>,
    /// The compiled rules by name and direction (`true` is backwards): their number, and their bytes by number.
    places: HashMap<(String, bool), usize>,
    parts: Vec<Vec<u8>>,
    /// Where in the bytes of a part the number of another stands.
    calls: Vec<Vec<(usize, usize)>>,
    data: Vec<u8>,
    listed: HashMap<Vec<u8>, u16>,
    /// The words met, by their hash.
    hashes: BTreeMap<u32, Vec<u8>>,
    /// The list in hand.
    set: Vec<(u32, u8)>,
    /// What the lists hold: hashes of words, each with its value, 0 where the list has none.
    sets: BTreeSet<Vec<(u32, u8)>>,
    /// The class of each word, by its hash: words of one class are in the same lists with the same values.
    classes: BTreeMap<u32, u32>,
    offsets: Vec<usize>,
}

impl Compiler {
    fn part(&mut self, name: &str, back: bool) -> usize {
        if let Some(&part) = self.places.get(&(name.to_owned(), back)) {
            return part;
        }
        let number = self.parts.len();
        self.parts.push(Vec::new());
        self.calls.push(Vec::new());
        self.places.insert((name.to_owned(), back), number);
        let pattern = self.rules.remove(name).unwrap_or_else(|| panic!("no rule {name}"));
        let mut body = Body::default();
        self.compile(&pattern, back, &mut body);
        self.rules.insert(name.to_owned(), pattern);
        body.bytes.push(code::RETURN);
        self.parts[number] = body.bytes;
        self.calls[number] = body.calls;
        number
    }

    fn compile(&mut self, pattern: &Pattern, back: bool, out: &mut Body) {
        match pattern {
            Pattern::Sequence(items) => {
                let mut order: Vec<&Pattern> = items.iter().collect();
                if back {
                    order.reverse();
                }
                for item in order {
                    self.compile(item, back, out);
                }
            }
            Pattern::Bound(items) => items.iter().for_each(|item| self.compile(item, back, out)),
            Pattern::Bytes(bytes) => out.bytes.extend(bytes),
            Pattern::Ways(ways) => {
                out.bytes.extend([code::WAYS, ways.len() as u8]);
                for way in ways {
                    self.body(way, back, out);
                }
            }
            Pattern::Group(op, head, inner) => {
                // Reading backwards already, what stands before comes next.
                let op = if back && *op == code::BEHIND { code::AND } else { *op };
                out.bytes.push(op);
                out.bytes.extend(head);
                self.body(inner, back || op == code::BEHIND, out);
            }
            Pattern::Call(name) => {
                let part = self.part(name, back);
                out.bytes.push(code::CALL);
                out.calls.push((out.bytes.len(), part));
                out.bytes.extend([0, 0]);
            }
            Pattern::Words(op, words) => self.words(*op, words, out),
            Pattern::Verb(stems, endings) => {
                out.bytes.push(code::VERB);
                let stems = self.numbers(&self.expand(stems), false);
                out.bytes.extend(self.list(list_of(&stems)).to_le_bytes());
                let endings = endings_of(&self.expand(endings));
                out.bytes.extend(self.list(endings).to_le_bytes());
            }
        }
    }

    /// A body with its length before it; one that is too long becomes a part of its own.
    fn body(&mut self, pattern: &Pattern, back: bool, out: &mut Body) {
        let mut body = Body::default();
        self.compile(pattern, back, &mut body);
        if body.bytes.len() > 255 {
            let number = self.parts.len();
            body.bytes.push(code::RETURN);
            self.parts.push(body.bytes);
            self.calls.push(body.calls);
            out.bytes.extend([3, code::CALL]);
            out.calls.push((out.bytes.len(), number));
            out.bytes.extend([0, 0]);
            return;
        }
        out.bytes.push(body.bytes.len() as u8);
        let start = out.bytes.len();
        out.calls.extend(body.calls.iter().map(|(at, part)| (at + start, *part)));
        out.bytes.extend(body.bytes);
    }

    fn expand(&self, name: &str) -> Vec<String> {
        let list = self.lists.get(name).unwrap_or_else(|| panic!("no list {name}"));
        list.iter().flat_map(|w| if w.starts_with('#') { self.expand(w) } else { vec![w.clone()] }).collect()
    }

    fn words(&mut self, op: u8, words: &[String], out: &mut Body) {
        let words: Vec<String> = words
            .iter()
            .flat_map(|w| if w.starts_with(['#', '$']) { self.expand(w) } else { vec![w.clone()] })
            .collect();
        let bytes = match op {
            code::ENDING => endings_of(&words),
            code::VALUED => {
                let mut valued: Vec<(u32, u8)> = Vec::new();
                for word in &words {
                    let (word, value) = word.split_once('=').unwrap_or_else(|| panic!("{word} has no value"));
                    let value = value.parse().unwrap_or_else(|_| panic!("{word} has no value below 256"));
                    valued.push((self.number(word.as_bytes(), value), value));
                }
                self.sets.insert(std::mem::take(&mut self.set));
                valued.sort_unstable();
                valued.dedup();
                let mut bytes = Vec::new();
                code::write(&mut bytes, valued.len() as u32);
                let mut before = 0;
                for (number, value) in valued {
                    code::write(&mut bytes, number - before);
                    bytes.push(value);
                    before = number;
                }
                bytes
            }
            _ => {
                let numbers = self.numbers(&words, op == code::STEMS);
                if let [number] = numbers[..] {
                    out.bytes.push(op - 1);
                    out.bytes.extend((number as u16).to_le_bytes());
                    return;
                }
                list_of(&numbers)
            }
        };
        out.bytes.push(op);
        out.bytes.extend(self.list(bytes).to_le_bytes());
    }

    fn numbers(&mut self, words: &[String], stems: bool) -> Vec<u32> {
        let mut numbers: Vec<u32> = words
            .iter()
            .map(|word| {
                assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word:?} is no folded word");
                self.number(if stems { code::stem(word.as_bytes()) } else { word.as_bytes() }, 0)
            })
            .collect();
        self.sets.insert(std::mem::take(&mut self.set));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The class of a word; 0 as long as the words are only being learnt.
    fn number(&mut self, word: &[u8], value: u8) -> u32 {
        let hash = code::hash(word);
        let other = self.hashes.insert(hash, word.to_vec());
        assert!(
            other.is_none_or(|other| other == word),
            "{} has the hash of another word",
            String::from_utf8_lossy(word)
        );
        self.set.push((hash, value));
        self.classes.get(&hash).copied().unwrap_or_default()
    }

    fn list(&mut self, bytes: Vec<u8>) -> u16 {
        if let Some(&at) = self.listed.get(&bytes) {
            return at;
        }
        let at = u16::try_from(self.data.len()).expect("lists fit into 64 KiB");
        self.data.extend(&bytes);
        self.listed.insert(bytes, at);
        at
    }

    /// All parts one behind the other, calls resolved.
    fn link(&mut self) -> Vec<u8> {
        let mut at = 0;
        self.offsets = self
            .parts
            .iter()
            .map(|part| {
                let start = at;
                at += part.len();
                start
            })
            .collect();
        let mut bytes = Vec::new();
        for (part, calls) in self.parts.iter().zip(&self.calls) {
            let start = bytes.len();
            bytes.extend(part);
            for (at, called) in calls {
                let place = u16::try_from(self.offsets[*called]).expect("rules fit into 64 KiB");
                bytes[start + at..start + at + 2].copy_from_slice(&place.to_le_bytes());
            }
        }
        bytes
    }
}

#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    calls: Vec<(usize, usize)>,
}

/// A list of word numbers: how many, then each as the distance from the one before.
fn list_of(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    code::write(&mut bytes, numbers.len() as u32);
    let mut before = 0;
    for &number in numbers {
        code::write(&mut bytes, number - before);
        before = number;
    }
    bytes
}

/// Endings one behind the other, each with its length before it; how many bytes they take first.
fn endings_of(words: &[String]) -> Vec<u8> {
    let mut endings = Vec::new();
    for word in words {
        endings.push(word.len() as u8);
        endings.extend(word.bytes());
    }
    let mut bytes = Vec::new();
    code::write(&mut bytes, endings.len() as u32);
    bytes.extend(endings);
    bytes
}

/// The classes of the words of some lists, numbered from 1 so that the classes of one list lie together.
fn classes(sets: &BTreeSet<Vec<(u32, u8)>>) -> BTreeMap<u32, u32> {
    let mut large: Vec<_> = sets.iter().collect();
    large.sort_by_key(|set| std::cmp::Reverse(set.len()));
    let mut member: BTreeMap<u32, Vec<(usize, u8)>> = BTreeMap::new();
    for (k, set) in large.iter().enumerate() {
        for &(hash, value) in *set {
            member.entry(hash).or_default().push((k, value));
        }
    }
    for of in member.values_mut() {
        of.sort_unstable();
        of.dedup();
    }
    let order: BTreeSet<&Vec<(usize, u8)>> = member.values().collect();
    let number: BTreeMap<_, u32> = order.into_iter().zip(1..).collect();
    member.iter().map(|(&hash, of)| (hash, number[of])).collect()
}

/// Packs bytes and numbers as `unpack::Unpacker` reads them.
struct Packer {
    out: Vec<u8>,
    low: u64,
    range: u32,
    held: u8,
    waiting: usize,
    odds: Vec<u16>,
    /// All bytes so far.
    seen: Vec<u8>,
}

impl Default for Packer {
    fn default() -> Self {
        Self { out: Vec::new(), low: 0, range: u32::MAX, held: 0, waiting: 1, odds: unpack::odds(), seen: Vec::new() }
    }
}

impl Packer {
    fn bit(&mut self, at: usize, bit: u32) {
        let bound = (self.range >> 16) * unpack::zero(self.odds[at]);
        if bit == 0 {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        unpack::learn(&mut self.odds[at], bit);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    fn shift(&mut self) {
        if self.low < 0xFF00_0000 || self.low > 0xFFFF_FFFF {
            let carry = (self.low >> 32) as u8;
            let mut byte = self.held;
            while self.waiting > 0 {
                self.out.push(byte.wrapping_add(carry));
                byte = 0xFF;
                self.waiting -= 1;
            }
            self.held = (self.low >> 24) as u8;
        }
        self.waiting += 1;
        self.low = self.low << 8 & 0xFFFF_FFFF;
    }

    fn tree(&mut self, base: usize, bits: u32, value: u32) {
        let mut node = 1;
        for k in (0..bits).rev() {
            let bit = value >> k & 1;
            self.bit(base + node, bit);
            node = node * 2 + bit as usize;
        }
    }

    fn number(&mut self, value: u32, base: usize) {
        let more = value + 1;
        let bits = 31 - more.leading_zeros();
        self.tree(base, 5, bits);
        let mut node = 1;
        for k in (0..bits).rev() {
            let bit = more >> k & 1;
            self.bit(base + unpack::place(bits, node), bit);
            node = node * 2 + bit as usize;
        }
    }

    fn bytes(&mut self, bytes: &[u8], kind: usize) {
        let start = self.seen.len();
        self.seen.extend(bytes);
        let (mut at, mut matched) = (start, 0);
        while at < self.seen.len() {
            let (length, distance) = self.longest(at);
            // A byte later a longer one may begin.
            let (next, _) = if at + 1 < self.seen.len() { self.longest(at + 1) } else { (0, 0) };
            let worth = length > 4 || length == 4 && distance < 4000 || length == 3 && distance < 500;
            if worth && next <= length {
                self.bit(unpack::FLAG + matched, 1);
                self.number(length as u32 - 2, unpack::LENGTH);
                self.number(distance as u32 - 1, unpack::DISTANCE);
                at += length;
                matched = 1;
            } else {
                self.bit(unpack::FLAG + matched, 0);
                self.tree(unpack::literal(&self.seen[..at], kind), 8, self.seen[at].into());
                at += 1;
                matched = 0;
            }
        }
    }

    /// The longest stretch before `at` that goes on as the bytes there, the nearest of these: length and distance.
    fn longest(&self, at: usize) -> (usize, usize) {
        let mut best = (0, 0);
        for from in (0..at).rev() {
            let length = (0..self.seen.len() - at).take_while(|&k| self.seen[from + k] == self.seen[at + k]).count();
            if length > best.0 {
                best = (length, at - from);
            }
        }
        best
    }

    fn end(mut self) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        // The first byte is always 0, and zeros at the end are read in any case.
        self.out.remove(0);
        while self.out.last() == Some(&0) {
            self.out.pop();
        }
        self.out
    }
}
