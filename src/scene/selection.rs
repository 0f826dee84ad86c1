//! Selected rows, and the regions of a picture that rows are selected by.

mod makeup;
mod polygon;

use super::camera::Bounds;
use crate::data::runs::{are_runs, rows_of, runs_of};
use glam::DVec2;
pub use makeup::{ColumnMakeup, LISTED_VALUES, ValueShare};
pub use polygon::Polygon;
use rayon::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Rows of a word.
const WORD: usize = u64::BITS as usize;
/// Fewer words are not worth a thread.
const SERIAL_WORDS: usize = 256;

/// A set of rows. A copy costs nothing: undo keeps many.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// A bit a row; empty where no row is selected.
    words: Arc<[u64]>,
    count: u32,
}

/// What becomes of the rows that are selected already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// They are no longer selected.
    Replace,
    /// They stay selected.
    Add,
    /// Those that are meant are no longer selected, others stay.
    Remove,
}

/// A part of the world.
#[derive(Clone, Debug)]
pub enum Region {
    /// A rectangle, its edges included.
    Box(Bounds),
    /// What a closed line encloses, an odd number of times where it crosses itself.
    Lasso(Polygon),
}

impl Region {
    /// The rectangle that it lies in.
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Box(bounds) => *bounds,
            Self::Lasso(polygon) => polygon.bounds(),
        }
    }

    /// Whether a point lies in it.
    pub fn contains(&self, point: DVec2) -> bool {
        match self {
            Self::Box(Bounds { min, max }) => point.cmpge(*min).all() && point.cmple(*max).all(),
            Self::Lasso(polygon) => polygon.contains(point),
        }
    }
}

impl Selection {
    /// The rows below `rows` that a list names.
    pub fn of_rows(rows: u32, named: impl IntoIterator<Item = u32>) -> Self {
        let mut words = vec![0; (rows as usize).div_ceil(WORD)];
        for row in named.into_iter().filter(|&row| row < rows) {
            if let Some(word) = words.get_mut(row as usize / WORD) {
                *word |= 1 << (row as usize % WORD);
            }
        }
        Self::of_words(words)
    }

    /// The rows below `rows` of which `is_selected` is true.
    pub fn where_true(rows: u32, is_selected: impl Fn(u32) -> bool + Sync) -> Self {
        let bits = u64::BITS;
        let word = |at: u32| {
            let rows = at * bits..rows.min((at + 1).saturating_mul(bits));
            rows.fold(0, |word, row| word | u64::from(is_selected(row)) << (row % bits))
        };
        Self::of_words((0..rows.div_ceil(bits)).into_par_iter().with_min_len(SERIAL_WORDS).map(&word).collect())
    }

    fn of_words(words: Vec<u64>) -> Self {
        let count = words.iter().map(|word| word.count_ones()).sum();
        Self { words: if count == 0 { Arc::default() } else { words.into() }, count }
    }

    /// Whether a row is selected.
    pub fn contains(&self, row: u32) -> bool {
        self.words.get(row as usize / WORD).is_some_and(|word| word >> (row as usize % WORD) & 1 == 1)
    }

    /// How many rows are selected.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Whether no row is selected.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.words.len() * size_of::<u64>()
    }

    /// The selected rows in ascending order.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors((word != 0).then_some(word), |left| Some(left & (left - 1)).filter(|&left| left != 0))
                .map(move |left| (at * WORD) as u32 + left.trailing_zeros())
        })
    }

    /// What is selected once other rows are meant, too.
    #[must_use]
    pub fn combined(&self, other: &Self, how: Combine) -> Self {
        let len = self.words.len().max(other.words.len());
        let word = |words: &[u64], at: usize| words.get(at).copied().unwrap_or(0);
        let joined = |at: usize| {
            let (own, other) = (word(&self.words, at), word(&other.words, at));
            match how {
                Combine::Replace => other,
                Combine::Add => own | other,
                Combine::Remove => own & !other,
            }
        };
        Self::of_words((0..len).map(joined).collect())
    }
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        // Sets of as many rows in all have words of one length, but a session of a longer set may have been read.
        self.count == other.count && (Arc::ptr_eq(&self.words, &other.words) || self.rows().eq(other.rows()))
    }
}

impl Eq for Selection {}

/// Runs of rows: first, and one past the last.
impl Serialize for Selection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        runs_of(self.rows()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Selection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// More bits are no set of drawings that fits into any memory.
        const MOST: u32 = 1 << 30;
        let runs = Vec::<[u32; 2]>::deserialize(deserializer)?;
        if !are_runs(&runs, MOST) {
            return Err(serde::de::Error::custom("selected rows are no ascending runs"));
        }
        Ok(Self::of_rows(runs.last().map_or(0, |[_, end]| *end), rows_of(&runs)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use std::collections::BTreeSet;

    fn of(rows: &[u32]) -> Selection {
        Selection::of_rows(1000, rows.iter().copied())
    }

    #[test]
    fn rows_are_what_was_named_once_each() {
        let rows = of(&[999, 0, 63, 64, 65, 128, 64, 5000]);
        assert_eq!(rows.rows().collect::<Vec<_>>(), [0, 63, 64, 65, 128, 999]);
        assert_eq!(
            (rows.count(), rows.contains(64), rows.contains(66), rows.contains(u32::MAX)),
            (6, true, false, false)
        );
        assert!(of(&[]).is_empty() && of(&[]).bytes() == 0);
    }

    #[test]
    fn combining_is_that_of_sets() {
        let (a, b) = ([1, 2, 64, 900], [2, 3, 64, 65]);
        let sets = [a, b].map(BTreeSet::from);
        let of_set = |set: BTreeSet<u32>| of(&set.into_iter().collect::<Vec<_>>());
        let [own, other] = [of(&a), of(&b)];
        assert_eq!(own.combined(&other, Combine::Add), of_set(&sets[0] | &sets[1]));
        assert_eq!(own.combined(&other, Combine::Remove), of_set(&sets[0] - &sets[1]));
        assert_eq!(own.combined(&other, Combine::Replace), other);
        assert_eq!(of(&[]).combined(&own, Combine::Add), own);
        assert!(own.combined(&own, Combine::Remove).is_empty());
    }

    #[test]
    fn runs_survive_json_and_nonsense_is_refused() {
        let rows = of(&[0, 1, 2, 70, 999]);
        let json = serde_json::to_string(&rows).unwrap();
        assert_eq!(json, "[[0,3],[70,71],[999,1000]]");
        assert_eq!(serde_json::from_str::<Selection>(&json).unwrap(), rows);
        for bad in ["[[3,3]]", "[[5,2]]", "[[0,4],[2,6]]", "[[0,4294967295]]", "[1]", "7"] {
            assert!(serde_json::from_str::<Selection>(bad).is_err(), "{bad}");
        }
    }
}
