//! The best neighbours so far of the rows of a block.

use crate::likeness::query::of_key;

/// Stands where no neighbour was found yet: less than any key.
const NOTHING: i64 = i64::MIN;

/// A list of keys for each row, the best first.
pub(super) struct Best {
    k: usize,
    keys: Vec<i64>,
}

impl Best {
    /// Lists of `k` for so many rows, `k` ≥ 1.
    pub(super) fn new(k: usize, rows: usize) -> Self {
        Self { k, keys: vec![NOTHING; k * rows] }
    }

    /// Rows.
    pub(super) fn rows(&self) -> usize {
        self.keys.len() / self.k
    }

    /// The least similarity by which a row from `others` on gets into the list of `row`.
    pub(super) fn bar(&self, row: usize, others: usize) -> i32 {
        let last = of_key(self.keys[(row + 1) * self.k - 1]);
        // Where all the others come after the last of the list, they must be more alike than that.
        if (last.row as usize) < others { last.similarity.saturating_add(1) } else { last.similarity }
    }

    /// Adds a key to the list of a row, if it is good enough.
    pub(super) fn add(&mut self, row: usize, key: i64) {
        let list = &mut self.keys[row * self.k..][..self.k];
        if list.last().is_some_and(|&last| key > last) {
            let place = list.partition_point(|&better| better > key);
            list.copy_within(place..self.k - 1, place + 1);
            list[place] = key;
        }
    }

    /// What was found for each row.
    pub(super) fn lists(&self) -> impl Iterator<Item = impl Iterator<Item = i64> + '_> + '_ {
        self.keys.chunks_exact(self.k.max(1)).map(|list| list.iter().copied().take_while(|&key| key != NOTHING))
    }
}
