//! Two stretches of words laid side by side, so that what is the same stands opposite, and how much that is.
//! Leaves out which stretches are worth it.

use super::token::{Class, Token};
use super::units::Words;

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
    pub(super) fn rank(&self) -> u32 {
        self.common() + self.contained()
    }

    /// Whether the two are taken for versions of one sentence, or one for a piece of the other.
    pub(super) fn convinces(&self, opposite: bool) -> bool {
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
    let across: Vec<Token> = right.iter().map(|&j| new.tokens[j as usize]).collect();
    // Each cell: bit 0, a pair ends here and that is best; bit 1, the pair here follows another;
    // bit 2, the best without a pair comes from above.
    let mut cells = vec![0u8; n * m];
    // Best sum with any end, and with a pair at the end, for the row above and this one.
    let mut any = vec![0u32; m + 1];
    let mut paired = vec![0u32; m + 1];
    for i in 0..n {
        let a = &old.tokens[left[i] as usize];
        let (mut any_diagonal, mut paired_diagonal) = (any[0], 0);
        for (j, b) in across.iter().enumerate() {
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
