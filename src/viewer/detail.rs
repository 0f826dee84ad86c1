//! What is kept of the rows in sight: made when a row comes into view, and given up when others need its room.

use std::collections::HashMap;

/// Detail of some rows, of so many at most.
#[derive(Clone, Debug)]
pub struct DetailCache<T> {
    most: usize,
    turn: u64,
    kept: HashMap<u32, Kept<T>>,
}

#[derive(Clone, Debug)]
struct Kept<T> {
    detail: T,
    /// When it was last in sight.
    turn: u64,
}

impl<T> DetailCache<T> {
    /// One that holds the detail of `most` rows: more than are in sight at once.
    pub fn new(most: usize) -> Self {
        Self { most, turn: 0, kept: HashMap::new() }
    }

    /// Makes what is not there of the rows in sight, the first `most` of them, and hands all of it to `show`. What has been out of
    /// sight for the longest time gives way.
    pub fn show(&mut self, in_sight: &[u32], mut make: impl FnMut(u32) -> T, mut show: impl FnMut(u32, &T)) {
        self.turn += 1;
        let turn = self.turn;
        for &row in in_sight.iter().take(self.most) {
            let kept = self.kept.entry(row).or_insert_with(|| Kept { detail: make(row), turn });
            kept.turn = turn;
            show(row, &kept.detail);
        }
        if self.kept.len() > self.most {
            self.make_room();
        }
    }

    /// Lets go of a quarter of the rows, those that were last in sight longest ago: not one by one, frame after frame.
    fn make_room(&mut self) {
        let mut turns: Vec<u64> = self.kept.values().map(|kept| kept.turn).collect();
        turns.sort_unstable();
        let from = turns.get(turns.len().saturating_sub(self.most / 4 * 3)).copied().unwrap_or(self.turn);
        let now = self.turn;
        self.kept.retain(|_, kept| kept.turn > from || kept.turn == now);
    }

    /// Forgets everything: it is another column, another set.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Of how many rows something is kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows rows; returns what was made anew, and checks that each row has its own detail.
    fn shown(cache: &mut DetailCache<u64>, rows: std::ops::Range<u32>) -> Vec<u32> {
        let (mut made, mut seen) = (Vec::new(), Vec::new());
        let make = |row| {
            made.push(row);
            u64::from(row) * 7
        };
        cache.show(&rows.clone().collect::<Vec<_>>(), make, |row, &detail| {
            assert_eq!(detail, u64::from(row) * 7);
            seen.push(row);
        });
        assert_eq!(seen, rows.collect::<Vec<_>>());
        made
    }

    #[test]
    fn what_stays_in_sight_is_made_once_and_no_more_is_kept_than_there_is_room_for() {
        let mut cache = DetailCache::new(100);
        assert_eq!(shown(&mut cache, 0..50), (0..50).collect::<Vec<_>>());
        // A pan: what comes into view is made, the rest is there.
        for start in 1..5_000 {
            assert_eq!(shown(&mut cache, start..start + 50), [start + 49]);
            assert!(cache.len() <= 100, "{} rows are kept", cache.len());
        }
        // Back by a little: that was in sight just now.
        assert_eq!(shown(&mut cache, 4_990..5_040), Vec::<u32>::new());
        cache.clear();
        assert!(cache.is_empty());
    }

    #[test]
    fn all_that_is_in_sight_is_shown_even_where_it_takes_all_the_room() {
        let mut cache = DetailCache::new(50);
        for start in [0, 50, 25, 1_000] {
            shown(&mut cache, start..start + 50);
            assert_eq!(cache.len(), 50);
        }
    }
}
