//! The sentences that are not the same in both texts, and which of them may be versions or pieces of one another.
//! Leaves out which of these pairs come true (see `align`).

use super::align::Alignment;
use super::order::{Keyed, sort};
use super::pairing::{Paired, pair_words};
use super::token::Class;
use super::units::{Matches, NONE, Unit, Words};

/// The tokens of a unit that are not taken yet.
pub(super) fn free(unit: &Unit, taken: &[u32]) -> Vec<u32> {
    (unit.start..unit.end).filter(|&i| taken[i as usize] == NONE).collect()
}

/// The units that have words without a place, each with the gap of the common order in which it stands.
pub(super) struct Leftover {
    old: Vec<(u32, u32)>,
    new: Vec<(u32, u32)>,
}

/// An old and a new unit that may be the same, and how much speaks for it.
pub(super) struct Pair {
    pub old: u32,
    pub new: u32,
    pub rank: u32,
    /// Whether both stand in the same gap of the common order.
    pub opposite: bool,
    /// What they have in common.
    pub found: Paired,
    /// How many tokens were free in each.
    pub free: (usize, usize),
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
    /// What `chosen`, and what has been given since, leaves over.
    pub(super) fn new(alignment: &Alignment, chosen: &Matches) -> Self {
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

    /// The pairs that are alike enough, for each old unit a few.
    pub(super) fn candidates(&self, alignment: &Alignment) -> Vec<Pair> {
        let mut postings: Vec<Keyed> = Vec::new();
        for (slot, &(j, _)) in self.new.iter().enumerate() {
            let unit = &alignment.new.units[j as usize];
            let words = free(unit, &alignment.source).into_iter().map(|i| &alignment.new.tokens[i as usize]);
            postings.extend(words.filter(|token| token.class != Class::Mark).map(|token| (token.key, slot as u32)));
        }
        sort(&mut postings);
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
            // The follower, then by votes, then by nearness to it.
            let order = |&slot: &u32| {
                let away = follower.abs_diff(slot as usize) as u32;
                let votes = if away == 0 { 0 } else { u32::MAX - votes[slot as usize] };
                (u64::from(votes) << 32 | u64::from(away), slot)
            };
            let mut ordered: Vec<Keyed> = voted.iter().map(order).collect();
            sort(&mut ordered);
            let mut best = 0;
            for &(_, slot) in ordered.iter().take(CANDIDATES) {
                let (j, other_gap) = self.new[slot as usize];
                let right = free(&alignment.new.units[j as usize], &alignment.source);
                let found = pair_words(&alignment.old, &left, &alignment.new, &right);
                let opposite = gap == other_gap;
                if found.convinces(opposite) {
                    let rank = found.rank() * if opposite { IN_PLACE } else { 100 };
                    let sure = opposite && found.common() >= SURE;
                    pairs.push(Pair { old: i, new: j, rank, opposite, found, free: (left.len(), right.len()) });
                    if rank > best {
                        (best, follower) = (rank, slot as usize + 1);
                    }
                    if sure {
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
