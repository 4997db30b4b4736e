//! Runs the rules (`rules/*.rules`, compiled by `build.rs`) over the tokens of a text.
//! Leaves out what a match means.

use super::code;
use super::tokens::{Gap, Tokens};
use super::unpack::{self, Unpacker};
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/suggest_rules.rs"));

/// How many registers a point has: one a letter.
pub const REGISTERS: usize = 26;
/// The register, behind both points, that says to which one a rule writes.
const POINT: usize = 2 * REGISTERS;
/// What a run gives that does not match.
pub const NONE: usize = usize::MAX;

/// A text with the state of a run: what it has kept, and between which tokens it may look.
pub struct Matcher<'a, 't> {
    pub t: &'a Tokens<'t>,
    pub english: bool,
    /// Whether line ends are only where the page ended, so that a name may go on behind one.
    pub wrapped: bool,
    /// What the last run has kept, `a` first; places are token indices.
    pub kept: [i32; POINT + 1],
    /// The value read last.
    pub value: i32,
    first: usize,
    last: usize,
    /// Where the run began.
    pub start: usize,
    /// What registers held before they were written, so that a way that fails leaves no trace.
    log: Vec<(u8, i32)>,
}

/// The number of the register of a letter.
pub const fn register(letter: u8) -> usize {
    (letter - b'a') as usize
}

/// The rules, unpacked.
pub struct Rules {
    /// The instructions, then the lists, then the reasons.
    bytes: Vec<u8>,
    /// The hashes of the words that the rules know, in order, each with its class.
    words: Vec<(u32, u16)>,
}

static RULES: OnceLock<Rules> = OnceLock::new();

impl Rules {
    /// The rules; unpacked by the first who asks.
    pub fn of_all() -> &'static Self {
        RULES.get_or_init(|| {
            let mut packed = Unpacker::new(&PACKED);
            let mut bytes = Vec::with_capacity(CODE + LISTS + REASONS);
            packed.bytes(&mut bytes, CODE, 0);
            packed.bytes(&mut bytes, LISTS, 1);
            packed.bytes(&mut bytes, REASONS, 2);
            let mut words = Vec::with_capacity(WORDS);
            let mut hash = 0;
            for _ in 0..WORDS {
                hash += packed.number(unpack::HASH) as u32;
                words.push((hash, packed.tree(unpack::CLASS, unpack::CLASS_BITS) as u16));
            }
            Self { bytes, words }
        })
    }

    /// The class by which the rules know a word: words of one class are in the same lists. 0 if none knows it.
    #[inline(never)]
    pub fn class(&self, word: &[u8]) -> u16 {
        let hash = code::hash(word);
        let place = self.words.partition_point(|of| of.0 < hash);
        self.words.get(place).filter(|of| of.0 == hash).map_or(0, |of| of.1)
    }

    /// What a rule says to a person, with `{}` for the words that show it.
    pub fn reason(&self, rule: &str, english: bool) -> String {
        let mut phrase = String::new();
        let reasons = self.bytes.get(CODE + LISTS..).unwrap_or_default();
        for line in reasons.split(|&byte| byte == b'\n') {
            let mut fields = line.split(|&byte| byte == b'|');
            if fields.next() == Some(rule.as_bytes()) {
                let field = fields.nth(usize::from(english)).unwrap_or_default();
                phrase.extend(field.iter().map(|&byte| code::letter(byte)));
            }
        }
        phrase
    }

    #[inline(never)]
    fn byte(&self, at: usize) -> usize {
        self.bytes.get(at).map_or(0, |&b| b.into())
    }

    fn two(&self, at: usize) -> usize {
        self.byte(at) | self.byte(at + 1) << 8
    }

    /// What a list says of a class: 1, or its value where the words of the list have `valued`; -1 if it
    /// does not hold the class.
    #[inline(never)]
    fn find(&self, list: usize, class: u16, valued: bool) -> i32 {
        let (mut at, mut number) = (CODE + list, 0);
        let count = code::read(&self.bytes, &mut at);
        for _ in 0..count {
            number += code::read(&self.bytes, &mut at);
            if number >= u32::from(class) {
                let value = if valued { self.byte(at) as i32 } else { 1 };
                return if number == u32::from(class) { value } else { -1 };
            }
            at += usize::from(valued);
        }
        -1
    }
}

impl<'a, 't> Matcher<'a, 't> {
    pub fn new(t: &'a Tokens<'t>, english: bool) -> Self {
        Self {
            t,
            english,
            wrapped: false,
            kept: [0; POINT + 1],
            value: 0,
            first: 0,
            last: t.len(),
            start: 0,
            log: Vec::new(),
        }
    }

    /// Lets the next runs look between two tokens only.
    pub fn within(&mut self, first: usize, last: usize) {
        (self.first, self.last) = (first, last);
    }

    /// Whether a rule matches at a token; what it keeps is in `kept`, all else there is 0.
    #[inline(never)]
    pub fn is(&mut self, rule: u16, at: usize) -> bool {
        self.at(rule, at) != NONE
    }

    /// The token behind what a rule matches at a token, or [`NONE`].
    #[inline(never)]
    pub fn at(&mut self, rule: u16, at: usize) -> usize {
        self.kept = [0; POINT + 1];
        self.also(rule, at)
    }

    /// As [`Self::at`], with what was kept before.
    #[inline(never)]
    pub fn also(&mut self, rule: u16, at: usize) -> usize {
        self.log.clear();
        self.start = at;
        self.run(rule.into(), NONE, at, false)
    }

    /// The value that a rule reads at a token, without a trace in what is kept; 0 if it does not match.
    pub fn word_value(&self, rule: u16, at: usize) -> i32 {
        // A rule of one instruction, the list of its words.
        let rules = self.t.rules;
        rules.find(rules.two(usize::from(rule) + 1), self.t.known(at), true).max(0)
    }

    /// Whether the word at `i` names a role, without a trace in what is kept.
    pub fn is_in_roles(&self, i: usize) -> bool {
        let rules = self.t.rules;
        rules.find(rules.two(usize::from(IS_ROLE) + 1), self.t.known(i), false) > 0
    }

    /// What the last run has kept in a register.
    #[inline(never)]
    pub fn get(&self, letter: u8) -> i32 {
        self.kept[register(letter)]
    }

    /// The token index that the last run has kept in a register.
    #[inline(never)]
    pub fn place(&self, letter: u8) -> usize {
        self.get(letter) as usize
    }

    fn keep(&mut self, register: usize, value: i32) {
        let register = register.min(POINT);
        self.log.push((register as u8, self.kept[register]));
        self.kept[register] = value;
    }

    /// Runs a body; if it fails, what it kept is forgotten.
    fn body(&mut self, pc: usize, length: usize, p: usize, back: bool) -> usize {
        let before = self.log.len();
        let found = self.run(pc, pc + length, p, back);
        if found == NONE {
            self.forget(before);
        }
        found
    }

    fn forget(&mut self, before: usize) {
        while self.log.len() > before {
            if let Some((register, value)) = self.log.pop() {
                self.kept[usize::from(register).min(POINT)] = value;
            }
        }
    }

    /// The place behind a token that is consumed, [`NONE`] where the text or the paragraph ends.
    fn step(&self, p: usize, back: bool) -> usize {
        let in_paragraph =
            p >= self.t.len() || self.t.gap(p) < Gap::Paragraph || !back && (p == self.start || p == self.first);
        if !in_paragraph || if back { p <= self.first } else { p >= self.last } {
            NONE
        } else if back {
            p - 1
        } else {
            p + 1
        }
    }

    fn has(&self, test: u8, i: usize) -> bool {
        let t = self.t;
        match test {
            b'c' => t.capital(i),
            b'a' => t.caps(i),
            b'w' => t.is_word(i),
            b'n' => t.is_number(i),
            b'm' => t.is_mark(i),
            b'l' => t.gap(i) >= Gap::Line,
            b'p' => t.gap(i) >= Gap::Paragraph,
            b't' => t.tight(i),
            b's' => t.gap(i) <= Gap::Space,
            b'e' => i >= self.last || !t.follows(i),
            b'g' => t.has_grave(i),
            b'h' => self.english,
            b'j' => t.gap(i) <= Gap::Space || t.gap(i) == Gap::Line && self.wrapped,
            b'o' => t.word(i).len() == 1,
            register => self.get(register) != 0,
        }
    }

    /// Runs instructions from `pc` on, up to `end` or a [`code::RETURN`], at the place `p` between
    /// tokens: the token behind it counts, or `back` the one before.
    fn run(&mut self, mut pc: usize, end: usize, mut p: usize, back: bool) -> usize {
        let t = self.t;
        while pc < end {
            let op = t.rules.byte(pc) as u8;
            pc += 1;
            let cur = p.wrapping_sub(usize::from(back));
            let read = match op {
                code::RETURN => return p,
                code::WORD | code::STEM => {
                    let word = t.rules.two(pc) as u16;
                    pc += 2;
                    word == if op == code::WORD { t.known(cur) } else { t.stem(cur) }
                }
                code::LIST | code::STEMS => {
                    let list = t.rules.two(pc);
                    pc += 2;
                    t.rules.find(list, if op == code::LIST { t.known(cur) } else { t.stem(cur) }, false) > 0
                }
                code::VALUED => {
                    self.value = t.rules.find(t.rules.two(pc), t.known(cur), true);
                    pc += 2;
                    self.value >= 0
                }
                code::ENDING => {
                    let list = t.rules.two(pc);
                    pc += 2;
                    self.ending(list, cur, |_| true)
                }
                code::VERB => {
                    let (stems, endings) = (t.rules.two(pc), t.rules.two(pc + 2));
                    pc += 4;
                    self.ending(endings, cur, |stem| t.rules.find(stems, t.rules.class(stem), false) > 0)
                }
                code::MARK => {
                    let count = t.rules.byte(pc);
                    let mark = t.code(cur);
                    let found = (pc + 1..pc + 1 + count).any(|at| t.rules.byte(at) as u8 == mark);
                    pc += 1 + count;
                    found
                }
                code::ANY => cur < t.len(),
                code::DIGITS => {
                    let bounds = t.rules.byte(pc);
                    pc += 1;
                    let length = t.digits(cur).len();
                    self.value = t.number(cur) as i32;
                    (bounds >> 4..=bounds & 15).contains(&length)
                }
                code::CARDINAL | code::YEAR_WORDS => {
                    let (value, next) = if op == code::CARDINAL { self.cardinal(p) } else { self.year_in_words(p) };
                    if next == NONE {
                        return NONE;
                    }
                    (self.value, p) = (value, next);
                    continue;
                }
                code::ROMAN => {
                    self.value = super::dates::roman(t.word(cur));
                    self.value > 0
                }
                _ => {
                    let operand = t.rules.byte(pc);
                    pc += 1;
                    match op {
                        code::TEST => {
                            let (test, wanted) = (operand as u8 & 127, operand < 128);
                            if self.has(test, cur) != wanted {
                                return NONE;
                            }
                        }
                        code::WITHIN => {
                            let (low, high) = (t.rules.two(pc - 1) as i16, t.rules.two(pc + 1) as i16);
                            pc += 3;
                            if self.value < low.into() || self.value > high.into() {
                                return NONE;
                            }
                        }
                        code::PLACE => self.keep(operand, p as i32),
                        code::KEEP => self.keep(operand + self.kept[POINT] as usize, self.value),
                        code::SET => {
                            self.keep(operand + self.kept[POINT] as usize, i32::from(t.rules.byte(pc) as u8 as i8));
                            pc += 1;
                        }
                        code::JUMP => p = self.kept[operand.min(POINT)] as usize,
                        code::OPTION | code::NOT | code::AND | code::BEHIND => {
                            let before = self.log.len();
                            let found = self.body(pc, operand, p, back || op == code::BEHIND);
                            pc += operand;
                            if op == code::NOT {
                                self.forget(before);
                            }
                            match op {
                                code::OPTION if found != NONE => p = found,
                                code::OPTION => {}
                                _ if (found == NONE) != (op == code::NOT) => return NONE,
                                _ => {}
                            }
                        }
                        code::REPEAT => {
                            let length = t.rules.byte(pc);
                            pc += 1;
                            for _ in 0..operand {
                                let found = self.body(pc, length, p, back);
                                if found == NONE || found == p {
                                    break;
                                }
                                p = found;
                            }
                            pc += length;
                        }
                        code::WAYS => {
                            let mut found = NONE;
                            for _ in 0..operand {
                                let length = t.rules.byte(pc);
                                if found == NONE {
                                    found = self.body(pc + 1, length, p, back);
                                }
                                pc += 1 + length;
                            }
                            if found == NONE {
                                return NONE;
                            }
                            p = found;
                        }
                        code::SEEK => {
                            let stops = t.rules.byte(pc);
                            let length = t.rules.byte(pc + 1 + stops);
                            let inner = pc + 2 + stops;
                            let mut found = NONE;
                            for _ in 0..=operand {
                                found = self.body(inner, length, p, back);
                                let mark = t.code(p.wrapping_sub(usize::from(back)));
                                if found != NONE
                                    || mark > 1 && (pc + 1..pc + 1 + stops).any(|at| t.rules.byte(at) as u8 == mark)
                                {
                                    break;
                                }
                                p = self.step(p, back);
                                if p == NONE {
                                    break;
                                }
                            }
                            pc = inner + length;
                            p = found;
                            if p == NONE {
                                return NONE;
                            }
                        }
                        code::CALL => {
                            let place = operand | t.rules.byte(pc) << 8;
                            pc += 1;
                            p = self.run(place, NONE, p, back);
                            if p == NONE {
                                return NONE;
                            }
                        }
                        // SECOND, whose operand is of no account.
                        _ => self.keep(POINT, REGISTERS as i32),
                    }
                    continue;
                }
            };
            p = if read { self.step(p, back) } else { NONE };
            if p == NONE {
                return NONE;
            }
        }
        p
    }

    /// Whether the word at `i` ends with an ending of a list, and what stands before it is right.
    fn ending(&self, list: usize, i: usize, right: impl Fn(&[u8]) -> bool) -> bool {
        let (word, bytes) = (self.t.word(i).as_bytes(), &self.t.rules.bytes);
        let mut at = CODE + list;
        let end = code::read(bytes, &mut at) as usize;
        let end = at + end;
        while at < end {
            let length = self.t.rules.byte(at);
            let ending = bytes.get(at + 1..at + 1 + length).unwrap_or_default();
            if word.strip_suffix(ending).is_some_and(&right) {
                return true;
            }
            at += 1 + length;
        }
        false
    }
}
