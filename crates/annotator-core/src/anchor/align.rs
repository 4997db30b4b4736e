//! Which token of an old text stands where in a new one: sentences that are the same first, in order and moved, then
//! what changed, sentence by sentence, then word by word. Each new token is given to one old token at most.
//! Leaves out what that means for a span (see `project`).

use super::leftover::{Leftover, free};
use super::order::{Keyed, sort};
use super::pairing::pair_words;
use super::token::Class;
use super::units::{Matches, NONE, Unit, Words};

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
    pub rival: Vec<u32>,
    /// For each old unit, whether it stands in the same order to the rest as before.
    kept: Vec<bool>,
    /// For each old token its unit.
    unit_of: Vec<u32>,
}

/// How much of its weight, in eighths, a word has that is used in so many percent of the sentences.
const USES: [(usize, u8); 4] = [(2, 8), (8, 7), (20, 5), (100_000, 4)];

/// How often the rest of the changed units is compared again.
const ROUNDS: usize = 3;

/// Sentences that stand at most this far from one another are near.
const NEAR: usize = 3;

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

    /// Another place that is as good for an old token.
    pub(super) fn rival(&self, token: usize) -> Option<usize> {
        let unit = self.unit_of[token] as usize;
        (self.rival[unit] != NONE).then(|| self.rival[unit] as usize + token - self.old.units[unit].start as usize)
    }

    /// Whether a whole sentence between two old tokens stands word for word between two new ones.
    pub(super) fn has_whole(&self, old: (usize, usize), new: (usize, usize)) -> bool {
        let units = &self.old.units[self.unit_of[old.0] as usize..=self.unit_of[old.1] as usize];
        units.iter().filter(|unit| old.0 <= unit.start as usize && unit.end as usize <= old.1 + 1).any(|unit| {
            let places = &self.place[unit.start as usize..unit.end as usize];
            let inside = |place: u32| place != NONE && (new.0..=new.1).contains(&(place as usize));
            places.iter().all(|&place| inside(place)) && places.windows(2).all(|pair| pair[0] + 1 == pair[1])
        })
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
                // Of equal length, unless two keys are equal by chance.
                let length = (self.old.units[i].end as usize - from).min(self.new.tokens.len() - to);
                for offset in 0..length {
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
        let changed = |words: &Words, taken: &[u32]| -> Vec<Keyed> {
            let changed = words.tokens.iter().zip(taken).filter(|&(_, &taken)| taken == NONE);
            changed.map(|(token, _)| (token.key, 0)).collect()
        };
        let mut keys = [changed(&self.old, &self.place), changed(&self.new, &self.source)].concat();
        sort(&mut keys);
        keys.dedup();
        // Most words are not among them: a bit for each of 65 536 classes says so at once.
        let mut known = vec![0u64; 1024];
        keys.iter().for_each(|(key, _)| known[(key >> 6) as usize % 1024] |= 1 << (key % 64));
        let find = |key: u64| {
            (known[(key >> 6) as usize % 1024] >> (key % 64) & 1 == 1)
                .then(|| keys.binary_search(&(key, 0)).ok())
                .flatten()
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
            let pairs = Leftover::new(self, chosen).candidates(self);
            let mut order: Vec<Keyed> = pairs.iter().map(|pair| u64::from(u32::MAX - pair.rank)).zip(0..).collect();
            sort(&mut order);
            let mut found_any = false;
            for pair in order.iter().map(|&(_, index)| &pairs[index as usize]) {
                let (i, j) = (pair.old as usize, pair.new as usize);
                let old: Vec<u32> = free(&self.old.units[i], &self.place);
                let new: Vec<u32> = free(&self.new.units[j], &self.source);
                // As it was found, if nothing of the two has been given away since.
                let changed;
                let found = if pair.free == (old.len(), new.len()) {
                    &pair.found
                } else {
                    changed = pair_words(&self.old, &old, &self.new, &new);
                    &changed
                };
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
