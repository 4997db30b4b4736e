//! Reads what `build.rs` has packed of the rules: bytes that repeat earlier ones or are new, and numbers, each bit by
//! how often it was 0 before (a range coder). Leaves out what the bytes mean.

/// Whether bytes are repeated: a bit each behind new and repeated ones.
pub const FLAG: usize = 0;
/// How many bytes are repeated, and from how far back.
pub const LENGTH: usize = 16;
pub const DISTANCE: usize = LENGTH + NUMBER;
/// The distance of a word's hash from the one before, and its class.
pub const HASH: usize = DISTANCE + NUMBER;
pub const CLASS: usize = HASH + NUMBER;
const LITERAL: usize = CLASS + (1 << CLASS_BITS);
/// How many bits a class takes.
pub const CLASS_BITS: u32 = 11;
/// How many odds a number takes: five bits for its length, then its own.
const NUMBER: usize = 32 + 24 * FINE;
/// The first bits of a number have odds for each value, the others one a place.
const FINE: usize = 32;

/// The odds of a new byte: those of lists or texts, or by the byte before where that may be an instruction.
pub fn literal(seen: &[u8], kind: usize) -> usize {
    let before = seen.last().map_or(0, |&byte| usize::from(byte));
    LITERAL
        + 256
            * if kind > 0 {
                kind
            } else if before > 28 {
                0
            } else {
                3 + before
            }
}

/// The odds of the next bit of a number of `bits`, by those before it.
pub fn place(bits: u32, node: usize) -> usize {
    32 + FINE * bits as usize + if node < FINE / 2 { node } else { FINE / 2 + node.ilog2() as usize }
}

/// All odds even.
pub fn odds() -> Vec<u16> {
    vec![1 << 15; LITERAL + 32 * 256]
}

/// How often of 65536 the next bit is 0 by its odds.
pub fn zero(odds: u16) -> u32 {
    u32::from(odds | 15)
}

/// Of 65536, by how much the next bit moves its odds: 1/4, 1/6, 1/8 and so on.
const SHARES: [u16; 16] =
    [16384, 10922, 8192, 6553, 5461, 4681, 4096, 3640, 3276, 2978, 2730, 2520, 2340, 2184, 2048, 1927];

/// Takes a bit into its odds. Their last four bits count the bits taken: the first ones weigh more.
pub fn learn(odds: &mut u16, bit: u32) {
    let seen = usize::from(*odds & 15);
    let apart = u32::from(if bit == 0 { 65_535 - *odds } else { *odds });
    let share = (apart * u32::from(SHARES[seen]) >> 16) as u16 & !15;
    *odds = if bit == 0 { *odds + share } else { *odds - share } + u16::from(seen < 15);
}

/// Reads packed bytes; zeros behind their end.
pub struct Unpacker<'a> {
    packed: &'a [u8],
    range: u32,
    code: u32,
    odds: Vec<u16>,
}

impl<'a> Unpacker<'a> {
    pub fn new(packed: &'a [u8]) -> Self {
        let mut new = Self { packed, range: 0, code: 0, odds: odds() };
        for _ in 0..4 {
            new.shift();
        }
        new.range = u32::MAX;
        new
    }

    fn shift(&mut self) {
        let mut next = 0;
        if let [first, rest @ ..] = self.packed {
            (next, self.packed) = (*first, rest);
        }
        self.range <<= 8;
        self.code = self.code << 8 | u32::from(next);
    }

    fn bit(&mut self, at: usize) -> usize {
        let Some(odds) = self.odds.get_mut(at) else { return 0 };
        let bound = (self.range >> 16) * zero(*odds);
        let bit = u32::from(self.code >= bound);
        if bit == 0 {
            self.range = bound;
        } else {
            self.range -= bound;
            self.code -= bound;
        }
        learn(odds, bit);
        while self.range < 1 << 24 {
            self.shift();
        }
        bit as usize
    }

    pub fn tree(&mut self, base: usize, bits: u32) -> usize {
        let mut node = 1;
        for _ in 0..bits {
            node = node * 2 + self.bit(base + node);
        }
        node - (1 << bits)
    }

    pub fn number(&mut self, base: usize) -> usize {
        let bits = self.tree(base, 5) as u32;
        let mut node = 1;
        for _ in 0..bits {
            node = node * 2 + self.bit(base + place(bits, node));
        }
        node - 1
    }

    /// Reads so many more bytes behind those that are there.
    pub fn bytes(&mut self, out: &mut Vec<u8>, count: usize, kind: usize) {
        let (end, mut matched) = (out.len() + count, 0);
        while out.len() < end {
            if self.bit(FLAG + matched) == 0 {
                let byte = self.tree(literal(out, kind), 8);
                out.push(byte as u8);
                matched = 0;
                continue;
            }
            let (length, distance) = (self.number(LENGTH) + 2, self.number(DISTANCE) + 1);
            for _ in 0..length {
                out.push(out.len().checked_sub(distance).and_then(|at| out.get(at)).copied().unwrap_or_default());
            }
            matched = 1;
        }
    }
}
