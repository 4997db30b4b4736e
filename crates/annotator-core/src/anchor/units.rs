//! Texts cut into sentences, and the sentences that are the same in two texts: in the same order, or moved.
//! Leaves out what has changed (see `leftover`).

use std::ops::Range;

use super::order::{Keyed, common_order, sort};
use super::token::{Class, Token, tokens};

/// No token, no unit.
pub(super) const NONE: u32 = u32::MAX;

/// A stretch of tokens that is compared as a whole: a sentence, or a piece of a very long one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// First token.
    pub start: u32,
    /// Token behind the last.
    pub end: u32,
    /// Equal for units of equal tokens.
    key: u64,
}

/// A text cut into tokens and units.
pub(super) struct Words {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// The sentences, in order; they tile the tokens.
    pub units: Vec<Unit>,
}

/// A sentence with fewer words than this is compared together with the next one of its paragraph: `Oui.` is found in too
/// many places, and `Les Drs.` is no sentence.
const SHORT: u32 = 3;
/// A sentence longer than this many tokens is cut where the words say so, so that an edit stays local ...
const LONG: u32 = 64;
/// ... at a token whose key is a multiple of this (pieces of `LONG` plus 16 tokens on average) ...
const CUT: u64 = 16;
/// ... and here in any case: bounds the table of `pair_words` to 16 KiB.
pub(super) const LONGEST: u32 = 128;

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

/// At this many copies of a sentence, the others are not looked at: bounds the time for a text of one sentence.
const COPIES: usize = 256;

/// What decides between the copies of a unit that moved.
#[derive(Clone, Copy, PartialEq)]
enum By {
    OneCopy,
    Neighbour,
    Order,
}

/// Equal units of two texts.
pub(super) struct Matches {
    /// For each old unit the new one.
    pub target: Vec<u32>,
    /// Whether the pair belongs to the common order; otherwise it has moved.
    pub chained: Vec<bool>,
}

impl Matches {
    /// Finds them; `forward` decides between equals as it does for `common_order`.
    pub(super) fn new(old: &[Unit], new: &[Unit], forward: bool) -> Self {
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
        // What is left of the equal units has moved: first those with one copy only, then those beside an old neighbour.
        old_keys.retain(|&(_, i)| this.target[i as usize] == NONE);
        new_keys.retain(|&(_, j)| !taken[j as usize]);
        let mut left: Vec<u32> = shared_old.into_iter().filter(|&i| this.target[i as usize] == NONE).collect();
        if !forward {
            left.reverse();
        }
        for by in [By::OneCopy, By::Neighbour, By::Neighbour, By::Order] {
            for &i in &left {
                let i = i as usize;
                if this.target[i] != NONE {
                    continue;
                }
                let copies = |keys: &[Keyed]| {
                    let from = keys.partition_point(|&(key, _)| key < old[i].key);
                    from..from + keys[from..].iter().take(COPIES).take_while(|&&(key, _)| key == old[i].key).count()
                };
                let places = copies(&new_keys);
                if by == By::OneCopy && (places.len() != 1 || copies(&old_keys).len() != 1) {
                    continue;
                }
                let places = new_keys[places].iter().map(|&(_, j)| j);
                let mut free = places.filter(|&j| !taken[j as usize] && (by != By::Neighbour || this.is_beside(i, j)));
                if let Some(j) = if forward { free.next() } else { free.next_back() } {
                    this.target[i] = j;
                    taken[j as usize] = true;
                }
            }
            left.reverse();
        }
        this
    }

    fn is_beside(&self, i: usize, j: u32) -> bool {
        (i > 0 && j > 0 && self.target[i - 1] == j - 1)
            || self.target.get(i + 1).is_some_and(|&next| next != NONE && next == j + 1)
    }

    /// How many words of old units without a place stand opposite words of new units that nobody took, within a
    /// stretch of both texts.
    pub(super) fn opposite(
        &self,
        (old, old_units): (Range<usize>, &[Unit]),
        (new, new_units): (Range<usize>, &[Unit]),
    ) -> u32 {
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

fn keys(units: &[Unit]) -> Vec<Keyed> {
    let mut keys: Vec<Keyed> = units.iter().zip(0..).map(|(unit, i)| (unit.key, i)).collect();
    sort(&mut keys);
    keys
}

/// The units whose key the other text has too.
fn shared(units: &[Unit], others: &[Keyed]) -> Vec<u32> {
    let known = |unit: &Unit| {
        let at = others.partition_point(|&(key, _)| key < unit.key);
        others.get(at).is_some_and(|&(key, _)| key == unit.key)
    };
    units.iter().zip(0..).filter(|(unit, _)| known(unit)).map(|(_, i)| i).collect()
}
