//! A map as a sorted vector, for the small maps of the model: a tenth of the code of a tree in the wasm.
//! Insertion is linear, of many at once it is one sorting; leaves out everything that would want another structure.

use std::borrow::Borrow;

/// A map whose entries lie in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K: Ord, V> SortedMap<K, V> {
    /// A map without entries.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether there is such a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Gives a key a value; returns the former one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes many entries in; their keys are new and each occurs once. Sorts once, where `insert` would move all that
    /// lies behind each of them.
    pub fn fill(&mut self, entries: impl IntoIterator<Item = (K, V)>) {
        self.0.extend(entries);
        if !self.0.is_sorted_by(|(one, _), (other, _)| one < other) {
            heap_sort(&mut self.0);
        }
    }

    /// Takes a key away; returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps the entries that pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        self.0.retain(|(key, value)| keep(key, value));
    }

    /// The entries, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The entries from the first key that is not before this one.
    pub fn from_key<Q: Ord + ?Sized>(&self, key: &Q) -> impl Iterator<Item = (&K, &V)>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).unwrap_or_else(|at| at);
        self.0[at..].iter().map(|(key, value)| (key, value))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }
}

/// A heap sort (Williams 1964): a tenth of the code of the standard one, and here the time does not tell.
fn heap_sort<K: Ord, V>(entries: &mut [(K, V)]) {
    let count = entries.len();
    for step in (0..count + count / 2).rev() {
        // First every inner node sinks to its place, then the largest goes behind the heap, again and again.
        let (mut node, end) = if step >= count { (step - count, count) } else { (0, step) };
        if step < count {
            entries.swap(0, step);
        }
        loop {
            let mut child = 2 * node + 1;
            if child + 1 < end && entries[child].0 < entries[child + 1].0 {
                child += 1;
            }
            if child >= end || entries[node].0 >= entries[child].0 {
                break;
            }
            entries.swap(node, child);
            node = child;
        }
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    /// Of entries with the same key the last stays.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_does_what_a_tree_does(steps in prop::collection::vec((0..20u8, 0..9u8, any::<bool>()), 0..60)) {
            let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
            for (key, value, add) in steps {
                if add {
                    prop_assert_eq!(map.insert(key, value), tree.insert(key, value));
                } else {
                    prop_assert_eq!(map.remove(&key), tree.remove(&key));
                }
                prop_assert!(map.iter().eq(tree.iter()));
                prop_assert!(map.from_key(&key).eq(tree.range(key..)));
            }
        }

        #[test]
        fn many_at_once_are_as_one_after_the_other(keys in prop::collection::hash_set(any::<u16>(), 0..300), known in 0..300usize) {
            let entries: Vec<(u16, usize)> = keys.into_iter().zip(0..).collect();
            let (first, more) = entries.split_at(known.min(entries.len()));
            let mut map: SortedMap<u16, usize> = first.iter().copied().collect();
            map.fill(more.iter().copied());
            prop_assert!(map.iter().eq(entries.into_iter().collect::<BTreeMap<_, _>>().iter()));
        }
    }
}
