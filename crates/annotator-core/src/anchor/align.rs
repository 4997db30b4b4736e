//! Which token of an old text stands where in a new one: sentences that are the same first, in order and moved, then
//! what changed, sentence by sentence, then word by word. Each new token is given to one old token at most.
//! Leaves out what that means for a span (see `project`).

use std::ops::Range;

use super::order::common_order;
use super::token::{Class, Token, tokens};

/// No token, no unit.
pub(super) const NONE: u32 = u32::MAX;

/// A stretch of tokens that is compared as a whole: a sentence, or a piece of a very long one.
#[derive(Debug, Clone, Copy)]
struct Unit {
    start: u32,
    end: u32,
    key: u64,
}

/// A text cut into tokens and units.
pub(super) struct Words {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    units: Vec<Unit>,
}

/// The answer: for each old token its place in the new text.
pub(super) struct Alignment {
    /// The tokens of the old text.
    pub old: Words,
    /// The tokens of the new text.
    pub new: Words,
    /// For each old token the new one, or `NONE`.
    pub place: Vec<u32>,
    /// For each new token the old one, or `NONE`.
    pub source: Vec<u32>,
    /// For each old unit another place for all of it that is as good, as its first new token;
    /// `NONE` where there is no other place. Where `place` is `NONE` too, nothing is known.
    rival: Vec<u32>,
    /// For each old unit, whether it stands in the same order to the rest as before.
    kept: Vec<bool>,
    /// For each old token its unit.
    unit_of: Vec<u32>,
}

/// A sentence with fewer words than this is compared together with the next one of its paragraph: `Oui.` is found in too
/// many places, and `Les Drs.` is no sentence.
const SHORT: u32 = 3;
/// A sentence longer than this many tokens is cut where the words say so, so that an edit stays local ...
const LONG: u32 = 64;
/// ... at a token whose key is a multiple of this (pieces of `LONG` plus 16 tokens on average) ...
const CUT: u64 = 16;
/// ... and here in any case: bounds the table of `pair_words` to 64 KiB.
const LONGEST: u32 = 256;

/// How much of its weight, in eighths, a word has that is used in so many percent of the sentences.
const USES: [(usize, u8); 4] = [(2, 8), (8, 7), (20, 5), (100_000, 4)];

/// How often the rest of the changed units is compared again.
const ROUNDS: usize = 3;

/// Sentences that stand at most this far from one another are near.
const NEAR: usize = 3;

impl Words {
    /// Cuts a text. Linear.
    pub(super) fn new(text: &str) -> Self {
        let tokens = tokens(text);
        let mut units: Vec<Unit> = Vec::new();
        let mut words = 0;
        for (i, token) in tokens.iter().enumerate() {
            let i = i as u32;
            words += u32::from(i > 0 && tokens[i as usize - 1].class != Class::Mark);
            let begins = token.opens && (token.paragraph || words >= SHORT)
                || units.last().is_none_or(|unit| {
                    let long = i - unit.start;
                    long >= LONGEST || (long >= LONG && tokens[i as usize - 1].key.is_multiple_of(CUT))
                });
            if begins {
                words = 0;
                units.push(Unit { start: i, end: i, key: 0 });
            }
            if let Some(unit) = units.last_mut() {
                unit.end = i + 1;
                unit.key =
                    (unit.key.rotate_left(7) ^ token.key ^ u64::from(token.form)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            }
        }
        Self { tokens, units }
    }

    /// The weight of a stretch of tokens.
    pub(super) fn weight(&self, from: usize, to: usize) -> u32 {
        self.tokens[from..to].iter().map(|token| u32::from(token.weight)).sum()
    }
}

impl Alignment {
    /// Aligns two texts. Linear but for what changed; memory linear.
    pub(super) fn new(old: &str, new: &str) -> Self {
        let (old, new) = (Words::new(old), Words::new(new));
        let mut unit_of = vec![0; old.tokens.len()];
        for (index, unit) in old.units.iter().enumerate() {
            unit_of[unit.start as usize..unit.end as usize].fill(index as u32);
        }
        let mut this = Self {
            place: vec![NONE; old.tokens.len()],
            source: vec![NONE; new.tokens.len()],
            rival: vec![NONE; old.units.len()],
            kept: vec![false; old.units.len()],
            unit_of,
            old,
            new,
        };
        let chosen = this.same_units();
        this.weigh();
        this.changed_units(&chosen);
        this.grow();
        this
    }

    /// Whether an old token stands where it stood: its sentence is in the same order to the rest as before, or near a
    /// sentence that was near it. Two neighbours that changed places thus both stay, whichever of them was moved.
    pub(super) fn is_kept(&self, token: usize) -> bool {
        let unit = self.unit_of[token] as usize;
        let Some(here) = self.new_unit(unit) else { return false };
        let around = unit.saturating_sub(NEAR)..(unit + NEAR + 1).min(self.old.units.len());
        self.kept[unit]
            || around
                .filter(|&other| other != unit)
                .filter_map(|other| self.new_unit(other))
                .any(|there| there != here && there.abs_diff(here) <= NEAR)
    }

    /// The new unit in which the first word of an old one stands that is found again.
    fn new_unit(&self, unit: usize) -> Option<usize> {
        let Unit { start, end, .. } = self.old.units[unit];
        let place = *self.place[start as usize..end as usize].iter().find(|&&place| place != NONE)?;
        Some(self.new.units.partition_point(|unit| unit.end <= place))
    }

    /// Another place that is as good for an old token. `Some(None)` if it may as well be gone.
    pub(super) fn rival(&self, token: usize) -> Option<usize> {
        let unit = self.unit_of[token] as usize;
        (self.rival[unit] != NONE).then(|| self.rival[unit] as usize + token - self.old.units[unit].start as usize)
    }

    fn give(&mut self, old: usize, new: usize) {
        self.place[old] = new as u32;
        self.source[new] = old as u32;
    }

    /// Gives the units that are the same in both texts their places.
    fn same_units(&mut self) -> Matches {
        let forward = Matches::new(&self.old.units, &self.new.units, true);
        let backward = Matches::new(&self.old.units, &self.new.units, false);
        let mut chosen = self.reconcile(&forward, &backward);
        for (i, target) in chosen.target.iter_mut().enumerate() {
            self.kept[i] = forward.chained[i] || backward.chained[i];
            let j = *target;
            // Where both orders were used, two units may have moved to the same place: the first one has it.
            if j != NONE && self.source[self.new.units[j as usize].start as usize] != NONE {
                *target = NONE;
            } else if j != NONE {
                let (from, to) = (self.old.units[i].start as usize, self.new.units[j as usize].start as usize);
                for offset in 0..self.old.units[i].end as usize - from {
                    self.place[from + offset] = (to + offset) as u32;
                    self.source[to + offset] = (from + offset) as u32;
                }
            }
        }
        chosen
    }

    /// Where the earliest and the latest order disagree, takes the one that leaves changed units opposite each other;
    /// where that says nothing either, notes the other place as a rival.
    fn reconcile(&mut self, forward: &Matches, backward: &Matches) -> Matches {
        let n = self.old.units.len();
        let mut chosen = Matches { target: forward.target.clone(), chained: forward.chained.clone() };
        let (mut from, mut new_from) = (0, 0);
        for i in 0..=n {
            let agreed = i < n && forward.chained[i] && backward.chained[i] && forward.target[i] == backward.target[i];
            if i < n && !agreed {
                continue;
            }
            let new_to = if i < n { forward.target[i] as usize } else { self.new.units.len() };
            if (from..i).any(|k| forward.target[k] != backward.target[k]) {
                let opposite = |matches: &Matches| {
                    matches.opposite((from..i, &self.old.units), (new_from..new_to, &self.new.units))
                };
                let (ahead, behind) = (opposite(forward), opposite(backward));
                if behind > ahead {
                    chosen.target[from..i].copy_from_slice(&backward.target[from..i]);
                    chosen.chained[from..i].copy_from_slice(&backward.chained[from..i]);
                } else if behind == ahead {
                    for k in from..i {
                        if forward.target[k] != backward.target[k] {
                            let other = if backward.target[k] == NONE { forward.target[k] } else { backward.target[k] };
                            self.rival[k] = self.new.units[other as usize].start;
                        }
                    }
                }
            }
            (from, new_from) = (i + 1, new_to + 1);
        }
        chosen
    }

    /// Words of the changed units that the old text uses again and again say less about their sentence.
    fn weigh(&mut self) {
        let changed = |words: &Words, taken: &[u32]| -> Vec<u64> {
            words.tokens.iter().zip(taken).filter(|&(_, &taken)| taken == NONE).map(|(token, _)| token.key).collect()
        };
        let mut keys = [changed(&self.old, &self.place), changed(&self.new, &self.source)].concat();
        keys.sort_unstable();
        keys.dedup();
        // Most words are not among them: a bit for each of 65 536 classes says so at once.
        let mut known = vec![0u64; 1024];
        keys.iter().for_each(|key| known[(key >> 6) as usize % 1024] |= 1 << (key % 64));
        let find = |key: u64| {
            (known[(key >> 6) as usize % 1024] >> (key % 64) & 1 == 1).then(|| keys.binary_search(&key).ok()).flatten()
        };
        let mut counts = vec![0usize; keys.len()];
        self.old.tokens.iter().filter_map(|token| find(token.key)).for_each(|slot| counts[slot] += 1);
        let units = self.old.units.len();
        for token in self.old.tokens.iter_mut().chain(&mut self.new.tokens).filter(|token| token.class != Class::Mark) {
            if let Some(count) = find(token.key).map(|slot| counts[slot]) {
                let share = USES.iter().find(|&&(share, _)| count <= 2 || count * 100 <= share * units);
                let &(_, eighths) = share.unwrap_or(&USES[3]);
                token.weight = (u32::from(token.weight) * u32::from(eighths) / 8) as u8;
            }
        }
    }

    /// Pairs what is left: units that changed, were split, merged or cut, in place or moved; what remains of them then
    /// gets a second chance, because its unit was too unlike as a whole.
    fn changed_units(&mut self, chosen: &Matches) {
        for _ in 0..ROUNDS {
            let mut pairs = Leftover::new(self, chosen).candidates(self);
            pairs.sort_by_key(|pair| (u32::MAX - pair.rank, pair.old, pair.new));
            let mut found_any = false;
            for pair in pairs {
                let (i, j) = (pair.old as usize, pair.new as usize);
                let old: Vec<u32> = free(&self.old.units[i], &self.place);
                let new: Vec<u32> = free(&self.new.units[j], &self.source);
                let found = pair_words(&self.old, &old, &self.new, &new);
                if found.convinces(pair.opposite) {
                    found_any = true;
                    for &(a, b) in &found.pairs {
                        self.give(a as usize, b as usize);
                    }
                    self.kept[i] |= pair.opposite;
                }
            }
            if !found_any {
                break;
            }
        }
    }

    /// Lets aligned stretches grow over equal tokens beside them that nobody took, within a sentence.
    fn grow(&mut self) {
        let (n, m) = (self.place.len(), self.source.len());
        for i in 1..n {
            let j = self.place[i - 1] as usize + 1;
            if self.place[i] == NONE && self.place[i - 1] != NONE && j < m && !self.old.tokens[i].opens {
                self.grow_to(i, j);
            }
        }
        for i in (1..n).rev() {
            if self.place[i - 1] == NONE && self.place[i] != NONE && self.place[i] > 0 && !self.old.tokens[i].opens {
                self.grow_to(i - 1, self.place[i] as usize - 1);
            }
        }
    }

    fn grow_to(&mut self, i: usize, j: usize) {
        let unclear = self.rival[self.unit_of[i] as usize] != NONE;
        if self.source[j] == NONE && !unclear && self.old.tokens[i].key == self.new.tokens[j].key {
            self.give(i, j);
        }
    }
}

/// Equal units of two texts.
struct Matches {
    /// For each old unit the new one.
    target: Vec<u32>,
    /// Whether the pair belongs to the common order; otherwise it has moved.
    chained: Vec<bool>,
}

impl Matches {
    fn new(old: &[Unit], new: &[Unit], forward: bool) -> Self {
        let (mut old_keys, mut new_keys) = (keys(old), keys(new));
        let shared_old: Vec<u32> = shared(old, &new_keys);
        let shared_new: Vec<u32> = shared(new, &old_keys);
        let pick = |units: &[Unit], chosen: &[u32]| chosen.iter().map(|&i| units[i as usize].key).collect::<Vec<_>>();
        let mut this = Self { target: vec![NONE; old.len()], chained: vec![false; old.len()] };
        let mut taken = vec![false; new.len()];
        for (i, j) in common_order(&pick(old, &shared_old), &pick(new, &shared_new), forward) {
            let (i, j) = (shared_old[i] as usize, shared_new[j] as usize);
            this.target[i] = j as u32;
            this.chained[i] = true;
            taken[j] = true;
        }
        // What is left of the equal units has moved. The copy beside an old neighbour comes first.
        old_keys.clear();
        new_keys = shared_new.iter().filter(|&&j| !taken[j as usize]).map(|&j| (new[j as usize].key, j)).collect();
        new_keys.sort_unstable();
        let mut left: Vec<u32> = shared_old.into_iter().filter(|&i| this.target[i as usize] == NONE).collect();
        if !forward {
            left.reverse();
        }
        for beside in [true, false] {
            for &i in &left {
                let i = i as usize;
                if this.target[i] != NONE {
                    continue;
                }
                let begin = new_keys.partition_point(|&(key, _)| key < old[i].key);
                let copies = new_keys[begin..].iter().take_while(|&&(key, _)| key == old[i].key).map(|&(_, j)| j);
                let free = copies.filter(|&j| !taken[j as usize] && (!beside || this.is_beside(i, j)));
                if let Some(j) = if forward { free.min() } else { free.max() } {
                    this.target[i] = j;
                    taken[j as usize] = true;
                }
            }
        }
        this
    }

    fn is_beside(&self, i: usize, j: u32) -> bool {
        (i > 0 && j > 0 && self.target[i - 1] == j - 1)
            || self.target.get(i + 1).is_some_and(|&next| next != NONE && next == j + 1)
    }

    /// How many words of old units without a place stand opposite words of new units that nobody took, within a
    /// stretch of both texts.
    fn opposite(&self, (old, old_units): (Range<usize>, &[Unit]), (new, new_units): (Range<usize>, &[Unit])) -> u32 {
        let length = |unit: &Unit| unit.end - unit.start;
        let mut free: Vec<u32> = new_units[new.clone()].iter().map(length).collect();
        let inside = |i: usize| (self.target[i] as usize).checked_sub(new.start).filter(|&j| j < new.len());
        for j in old.clone().filter_map(inside) {
            free[j] = 0;
        }
        let (mut sum, mut waiting, mut from) = (0, 0, 0);
        for i in old {
            if self.target[i] == NONE {
                waiting += length(&old_units[i]);
            }
            if let Some(end) = inside(i).filter(|&end| self.chained[i] && end >= from) {
                sum += free[from..end].iter().sum::<u32>().min(waiting);
                (waiting, from) = (0, end);
            }
        }
        sum + free[from..].iter().sum::<u32>().min(waiting)
    }
}

fn keys(units: &[Unit]) -> Vec<(u64, u32)> {
    let mut keys: Vec<(u64, u32)> = units.iter().zip(0..).map(|(unit, i)| (unit.key, i)).collect();
    keys.sort_unstable();
    keys
}

/// The units whose key the other text has too.
fn shared(units: &[Unit], others: &[(u64, u32)]) -> Vec<u32> {
    let known = |unit: &Unit| {
        let at = others.partition_point(|&(key, _)| key < unit.key);
        others.get(at).is_some_and(|&(key, _)| key == unit.key)
    };
    units.iter().zip(0..).filter(|(unit, _)| known(unit)).map(|(_, i)| i).collect()
}

/// The tokens of a unit that are not taken yet.
fn free(unit: &Unit, taken: &[u32]) -> Vec<u32> {
    (unit.start..unit.end).filter(|&i| taken[i as usize] == NONE).collect()
}

/// The units that have words without a place, each with the gap of the common order in which it stands.
struct Leftover {
    old: Vec<(u32, u32)>,
    new: Vec<(u32, u32)>,
}

/// An old and a new unit that may be the same, and how much speaks for it.
struct Pair {
    old: u32,
    new: u32,
    rank: u32,
    /// Whether both stand in the same gap of the common order.
    opposite: bool,
}

/// New units in the same gap that are looked at besides those that share words.
const OPPOSITE: usize = 6;
/// Pairs looked at for each old unit.
const CANDIDATES: usize = 5;
/// A word in more left-over units than this does not find any.
const COMMON: usize = 48;
/// From this likeness on, in thousandths, a pair in the same gap is not compared with others.
const SURE: u32 = 850;
/// How much more a pair in the same gap counts, in percent.
const IN_PLACE: u32 = 125;

impl Leftover {
    fn new(alignment: &Alignment, chosen: &Matches) -> Self {
        let chained = chosen.target.iter().zip(&chosen.chained).zip(0..).filter(|((_, chained), _)| **chained);
        let chain: Vec<(u32, u32)> = chained.map(|((&j, _), i)| (i, j)).collect();
        let gap = |at: u32, side: fn(&(u32, u32)) -> u32| chain.partition_point(|pair| side(pair) < at) as u32;
        let has_words = |words: &Words, unit: &Unit, taken: &[u32]| {
            (unit.start..unit.end).any(|i| taken[i as usize] == NONE && words.tokens[i as usize].class != Class::Mark)
        };
        let units = |words: &Words, taken: &[u32], side: fn(&(u32, u32)) -> u32| -> Vec<(u32, u32)> {
            let left = words.units.iter().zip(0..).filter(|(unit, _)| has_words(words, unit, taken));
            left.map(|(_, i)| (i, gap(i, side))).collect()
        };
        let mut old = units(&alignment.old, &alignment.place, |pair| pair.0);
        old.retain(|&(i, _)| alignment.rival[i as usize] == NONE);
        let new = units(&alignment.new, &alignment.source, |pair| pair.1);
        Self { old, new }
    }

    fn candidates(&self, alignment: &Alignment) -> Vec<Pair> {
        let mut postings: Vec<(u64, u32)> = Vec::new();
        for (slot, &(j, _)) in self.new.iter().enumerate() {
            let unit = &alignment.new.units[j as usize];
            let words = free(unit, &alignment.source).into_iter().map(|i| &alignment.new.tokens[i as usize]);
            postings.extend(words.filter(|token| token.class != Class::Mark).map(|token| (token.key, slot as u32)));
        }
        postings.sort_unstable();
        postings.dedup();
        let mut votes = vec![0u32; self.new.len()];
        let mut pairs = Vec::new();
        let mut follower = 0;
        for (rank, &(i, gap)) in self.old.iter().enumerate() {
            let unit = &alignment.old.units[i as usize];
            let mut voted: Vec<u32> = Vec::new();
            let left = free(unit, &alignment.place);
            for token in left.iter().map(|&i| &alignment.old.tokens[i as usize]) {
                let from = postings.partition_point(|&(key, _)| key < token.key);
                let found = postings[from..].iter().take_while(|&&(key, _)| key == token.key).take(COMMON + 1);
                if token.class == Class::Mark || found.clone().count() > COMMON {
                    continue;
                }
                for &(_, slot) in found {
                    if votes[slot as usize] == 0 {
                        voted.push(slot);
                    }
                    votes[slot as usize] += u32::from(token.weight) * 4;
                }
            }
            let gap_from = self.new.partition_point(|&(_, other)| other < gap);
            let gap_to = self.new.partition_point(|&(_, other)| other <= gap);
            let first_in_gap = self.old.partition_point(|&(_, other)| other < gap);
            let same_rank = gap_from + rank - first_in_gap;
            // Opposite by its rank in the gap, and behind the partner of the unit before.
            for around in [same_rank, follower] {
                let from = around.saturating_sub(OPPOSITE / 2).clamp(gap_from, gap_to);
                let to = (around + OPPOSITE / 2).min(gap_to).max(from);
                for (vote, slot) in votes[from..to].iter_mut().zip(from as u32..) {
                    if *vote == 0 {
                        voted.push(slot);
                    }
                    *vote += 16;
                }
            }
            for &slot in &voted {
                let (j, other_gap) = self.new[slot as usize];
                let other = &alignment.new.units[j as usize];
                let smaller = (unit.end - unit.start).min(other.end - other.start);
                let percent = if other_gap == gap { IN_PLACE } else { 100 };
                votes[slot as usize] = (votes[slot as usize] * percent / (100 * (smaller + 4))).max(1);
            }
            let away = |slot: u32| follower.abs_diff(slot as usize);
            voted.sort_by_key(|&slot| (u32::MAX - votes[slot as usize], away(slot), slot));
            let mut best = 0;
            for &slot in voted.iter().take(CANDIDATES) {
                let (j, other_gap) = self.new[slot as usize];
                let right = free(&alignment.new.units[j as usize], &alignment.source);
                let found = pair_words(&alignment.old, &left, &alignment.new, &right);
                let opposite = gap == other_gap;
                if found.convinces(opposite) {
                    let rank = found.rank() * if opposite { IN_PLACE } else { 100 };
                    pairs.push(Pair { old: i, new: j, rank, opposite });
                    if rank > best {
                        (best, follower) = (rank, slot as usize + 1);
                    }
                    if opposite && found.common() >= SURE {
                        break;
                    }
                }
            }
            for &slot in &voted {
                votes[slot as usize] = 0;
            }
        }
        pairs
    }
}

/// Two stretches of words laid side by side.
pub(super) struct Paired {
    /// Old and new tokens, ascending in both.
    pub pairs: Vec<(u32, u32)>,
    /// What the pairs weigh, in hundredths.
    pub matched: u32,
    /// What both sides weigh, in hundredths.
    pub weights: (u32, u32),
}

/// The least that a piece of a sentence must share to be taken for it: about three long words.
const SUBSTANCE: u32 = 6400;

/// From here on, in thousandths, a sentence is found whole in another: then half of `SUBSTANCE` will do, as it does in
/// the same gap.
const WHOLE: u32 = 950;

impl Paired {
    /// How much of the two is the same, in thousandths of their mean (Dice).
    pub(super) fn common(&self) -> u32 {
        (2000 * u64::from(self.matched) / u64::from((self.weights.0 + self.weights.1).max(1))) as u32
    }

    /// How much of the smaller one is found in the other, in thousandths.
    pub(super) fn contained(&self) -> u32 {
        (1000 * u64::from(self.matched) / u64::from(self.weights.0.min(self.weights.1).max(1))) as u32
    }

    /// What orders the candidates: likeness, and less so containment.
    fn rank(&self) -> u32 {
        self.common() + self.contained()
    }

    /// Whether the two are taken for versions of one sentence, or one for a piece of the other.
    fn convinces(&self, opposite: bool) -> bool {
        let (like, piece) = if opposite { (350, 600) } else { (500, 700) };
        let substance = if opposite || self.contained() >= WHOLE { SUBSTANCE / 2 } else { SUBSTANCE };
        self.common() >= like || (self.contained() >= piece && self.matched >= substance)
    }
}

/// What a pair gains, in hundredths of its weight, when the tokens before it are a pair too: keeps pairs together, and
/// the more so the more they say.
const TOGETHER: u32 = 40;

/// Lays two lists of tokens side by side so that the pairs weigh the most. Time and memory are the product of the
/// lengths, at most `LONGEST` each.
pub(super) fn pair_words(old: &Words, left: &[u32], new: &Words, right: &[u32]) -> Paired {
    let same = |(a, b): (&u32, &u32)| old.tokens[*a as usize].key == new.tokens[*b as usize].key;
    let shorter = left.len().min(right.len());
    let mut head = left.iter().zip(right).take_while(|&pair| same(pair)).count();
    let mut tail =
        left.iter().rev().zip(right.iter().rev()).take(shorter - head).take_while(|&pair| same(pair)).count();
    // The ends are paired at once only where they leave no doubt that it is the same sentence.
    if 10 * (head + tail) < 7 * shorter || 4 * left.len().abs_diff(right.len()) > shorter {
        (head, tail) = (0, 0);
    }
    let mut found =
        Paired { pairs: Vec::new(), matched: 0, weights: (weight_of(old, left) * 100, weight_of(new, right) * 100) };
    found.pairs.extend(left.iter().copied().zip(right.iter().copied()).take(head));
    lay_side_by_side(old, &left[head..left.len() - tail], new, &right[head..right.len() - tail], &mut found.pairs);
    found.pairs.extend(left[left.len() - tail..].iter().copied().zip(right[right.len() - tail..].iter().copied()));
    found.pairs = without_strays(&found.pairs, old, new);
    for &(a, b) in &found.pairs {
        found.matched += gain(&old.tokens[a as usize], &new.tokens[b as usize]);
    }
    found
}

fn lay_side_by_side(old: &Words, left: &[u32], new: &Words, right: &[u32], out: &mut Vec<(u32, u32)>) {
    let (n, m) = (left.len(), right.len());
    // Each cell: bit 0, a pair ends here and that is best; bit 1, the pair here follows another;
    // bit 2, the best without a pair comes from above.
    let mut cells = vec![0u8; n * m];
    // Best sum with any end, and with a pair at the end, for the row above and this one.
    let mut any = vec![0u32; m + 1];
    let mut paired = vec![0u32; m + 1];
    for i in 0..n {
        let a = &old.tokens[left[i] as usize];
        let (mut any_diagonal, mut paired_diagonal) = (any[0], 0);
        for j in 0..m {
            let b = &new.tokens[right[j] as usize];
            let gain = gain(a, b);
            let mut cell = 0;
            let mut here = 0;
            if gain > 0 {
                let together = TOGETHER * u32::from(a.weight.min(b.weight));
                let follows = paired_diagonal > 0 && paired_diagonal + together >= any_diagonal;
                here = gain + if follows { paired_diagonal + together } else { any_diagonal };
                cell |= u8::from(follows) << 1;
            }
            (any_diagonal, paired_diagonal) = (any[j + 1], paired[j + 1]);
            let above = any[j + 1] >= any[j];
            let skipped = any[j + 1].max(any[j]);
            cell |= u8::from(above) << 2 | u8::from(here > skipped);
            any[j + 1] = skipped.max(here);
            paired[j + 1] = here;
            cells[i * m + j] = cell;
        }
    }
    let begun = out.len();
    let (mut i, mut j, mut must) = (n, m, false);
    while i > 0 && j > 0 {
        let cell = cells[(i - 1) * m + j - 1];
        if must || cell & 1 != 0 {
            out.push((left[i - 1], right[j - 1]));
            must = cell & 2 != 0;
            (i, j) = (i - 1, j - 1);
        } else if cell & 4 != 0 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    out[begun..].reverse();
}

/// Drops pairs that say nothing: punctuation that stands alone, and at both ends a few words far from the rest, such as
/// the year and the full stop of another sentence.
fn without_strays(pairs: &[(u32, u32)], old: &Words, new: &Words) -> Vec<(u32, u32)> {
    let mut runs: Vec<&[(u32, u32)]> = pairs.chunk_by(|x, y| x.0 + 1 == y.0 && x.1 + 1 == y.1).collect();
    let word = |&(a, b): &(u32, u32)| {
        old.tokens[a as usize].class != Class::Mark && new.tokens[b as usize].class != Class::Mark
    };
    runs.retain(|run| run.iter().any(word));
    let weight = |run: &[(u32, u32)]| -> u32 {
        run.iter().map(|&(a, b)| gain(&old.tokens[a as usize], &new.tokens[b as usize])).sum()
    };
    let far = |run: &[(u32, u32)], before: &[(u32, u32)], after: &[(u32, u32)]| {
        let ((a, b), (c, d)) = (before[before.len() - 1], after[0]);
        weight(run) < STRAY * (c - a).abs_diff(d - b)
    };
    while let [rest @ .., before, last] = &runs[..]
        && far(last, before, last)
    {
        runs = [rest, &[*before]].concat();
    }
    while let [first, after, rest @ ..] = &runs[..]
        && far(first, first, after)
    {
        runs = [&[*after], rest].concat();
    }
    runs.concat()
}

/// What words at the end of a pairing must weigh, in hundredths, for each token by which they are farther from the rest
/// in one text than in the other.
pub(super) const STRAY: u32 = 200;

/// What a pair of tokens weighs, in hundredths.
pub(super) fn gain(a: &Token, b: &Token) -> u32 {
    a.likeness(b) * u32::from(a.weight.min(b.weight))
}

fn weight_of(words: &Words, chosen: &[u32]) -> u32 {
    chosen.iter().map(|&i| u32::from(words.tokens[i as usize].weight)).sum()
}
