//! The longest common order of two sequences of fingerprints, in linear memory.
//! Leaves out what has moved: only pairs that stand in the same order in both are found.

/// The most differences held at once. Bounds the memory to about a megabyte and the time to this number times the length.
const PATIENCE: usize = 512;

/// The pairs of positions, ascending in both, that a shortest edit script leaves alone (Myers, "An O(ND) difference
/// algorithm", 1986, section 3).
///
/// Where more than `PATIENCE` differences come together, the longest order of the elements that each sequence has once
/// comes first, and the rest is filled in between, nearly shortest. Where several scripts are equally short, `forward`
/// keeps the earliest equal elements and its opposite the latest.
pub(super) fn common_order(old: &[u64], new: &[u64], forward: bool) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if forward {
        follow(old, new, &mut pairs);
    } else {
        let old: Vec<u64> = old.iter().rev().copied().collect();
        let new: Vec<u64> = new.iter().rev().copied().collect();
        follow(&old, &new, &mut pairs);
        pairs.iter_mut().for_each(|(i, j)| (*i, *j) = (old.len() - 1 - *i, new.len() - 1 - *j));
        pairs.reverse();
    }
    pairs
}

fn follow(old: &[u64], new: &[u64], pairs: &mut Vec<(usize, usize)>) {
    if stride(old, new, 0, 0, pairs) == (old.len(), new.len()) {
        return;
    }
    pairs.clear();
    let (mut i, mut j) = (0, 0);
    for (a, b) in single_order(old, new).into_iter().chain([(old.len(), new.len())]) {
        while i < a && j < b {
            let (di, dj) = stride(&old[i..a], &new[j..b], i, j, pairs);
            i += di;
            j += dj;
        }
        if a < old.len() {
            pairs.push((a, b));
        }
        (i, j) = (a + 1, b + 1);
    }
}

/// What is sorted and searched everywhere in the anchor: a key and an index.
pub(super) type Keyed = (u64, u32);

/// Sorts by key, then by index. The only sort there is: each type that is sorted takes six kilobytes of program.
pub(super) fn sort(items: &mut [Keyed]) {
    items.sort_unstable();
}

/// The longest common order of the elements that stand once in each sequence.
fn single_order(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let singles = |sequence: &[u64]| {
        let mut known: Vec<Keyed> = sequence.iter().copied().zip(0..).collect();
        sort(&mut known);
        let alone = |at: usize, key| known.get(at).is_none_or(|other: &Keyed| other.0 != key);
        let keep = |at: &usize| alone(at + 1, known[*at].0) && alone(at.wrapping_sub(1), known[*at].0);
        (0..known.len()).filter(keep).map(|at| known[at]).collect::<Vec<_>>()
    };
    let there = singles(new);
    let mut both: Vec<Keyed> = singles(old)
        .into_iter()
        .filter_map(|(key, i)| {
            let at = there.partition_point(|other| other.0 < key);
            there.get(at).filter(|other| other.0 == key).map(|&(_, j)| (u64::from(i), j))
        })
        .collect();
    sort(&mut both);
    // Patience sorting: `piles[n]` ends the order of length `n + 1` that ends earliest.
    let (mut piles, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, &(_, j)) in both.iter().enumerate() {
        let pile = piles.partition_point(|&other| both[other].1 < j);
        before.push(pile.checked_sub(1).map(|below| piles[below]));
        if pile == piles.len() { piles.push(at) } else { piles[pile] = at }
    }
    let mut order = Vec::new();
    let mut next = piles.last().copied();
    while let Some(at) = next {
        order.push((both[at].0 as usize, both[at].1 as usize));
        next = before[at];
    }
    order.reverse();
    order
}

/// Goes as far as `PATIENCE` differences lead; returns how far that is in both.
fn stride(old: &[u64], new: &[u64], i0: usize, j0: usize, pairs: &mut Vec<(usize, usize)>) -> (usize, usize) {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let limit = PATIENCE.min(old.len() + new.len()) as isize;
    let width = (2 * limit + 3) as usize;
    let at = |k: isize| (k + limit + 1) as usize;
    let mut reach = vec![0isize; width];
    let mut trace: Vec<Vec<isize>> = Vec::new();
    let mut found = None;
    'search: for d in 0..=limit {
        trace.push(reach[at(-d) - 1..=at(d) + 1].to_vec());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && reach[at(k - 1)] < reach[at(k + 1)]);
            let mut x = if down { reach[at(k + 1)] } else { reach[at(k - 1)] + 1 };
            while x < n && x - k < m && x >= k && old[x as usize] == new[(x - k) as usize] {
                x += 1;
            }
            reach[at(k)] = x;
            if x >= n && x - k >= m {
                found = Some((d, k));
                break 'search;
            }
        }
    }
    let (d, k) = found.unwrap_or_else(|| {
        let inside = |k: &isize| reach[at(*k)] <= n && reach[at(*k)] - k <= m;
        let best = (-limit..=limit).step_by(2).filter(inside).max_by_key(|&k| 2 * reach[at(k)] - k);
        (limit, best.unwrap_or(0))
    });
    let end = (reach[at(k)].min(n), (reach[at(k)] - k).min(m));
    let begun = pairs.len();
    let (mut x, mut y) = (reach[at(k)], reach[at(k)] - k);
    for d in (0..=d).rev() {
        let before = &trace[d as usize];
        let was = |k: isize| before[(k + d + 1) as usize];
        let k = x - y;
        let down = k == -d || (k != d && was(k - 1) < was(k + 1));
        let (px, py) = if d == 0 {
            (0, 0)
        } else if down {
            (was(k + 1), was(k + 1) - (k + 1))
        } else {
            (was(k - 1), was(k - 1) - (k - 1))
        };
        while x > px && y > py {
            x -= 1;
            y -= 1;
            pairs.push((i0 + x as usize, j0 + y as usize));
        }
        (x, y) = (px, py);
    }
    pairs[begun..].reverse();
    (end.0 as usize, end.1 as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn longest(old: &[u64], new: &[u64]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut diagonal = 0;
            for (j, b) in new.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if a == b { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn the_order_is_common_and_the_longest(
            old in proptest::collection::vec(0u64..6, 0..40), new in proptest::collection::vec(0u64..6, 0..40)
        ) {
            for forward in [true, false] {
                let pairs = common_order(&old, &new, forward);
                prop_assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
                prop_assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
                prop_assert_eq!(pairs.len(), longest(&old, &new));
            }
        }
    }

    #[test]
    fn more_differences_than_held_at_once_still_give_a_common_order() {
        let old: Vec<u64> = (0..3000).collect();
        let new: Vec<u64> = (0..3000).map(|i| if i % 3 == 0 { 5000 + i } else { i % 2500 }).collect();
        for forward in [true, false] {
            let pairs = common_order(&old, &new, forward);
            assert!(pairs.len() > 1600);
            assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
            assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
        }
    }

    #[test]
    fn the_direction_decides_between_equals() {
        assert_eq!(common_order(&[1, 2, 3], &[1, 2, 2, 3], true), [(0, 0), (1, 1), (2, 3)]);
        assert_eq!(common_order(&[1, 2, 3], &[1, 2, 2, 3], false), [(0, 0), (1, 2), (2, 3)]);
    }
}
