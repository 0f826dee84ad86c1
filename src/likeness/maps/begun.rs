//! Maps that were begun and given up: what is needed to go on with one as if it had never stopped.

use super::{FARTHEST, Place};

/// Where a map that is being made stands, whatever makes it: steps that are done, and numbers in pairs, bit by bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// Iterations or epochs that are done.
    pub steps: u32,
    /// Lists of one pair for each row that is not blank, one after the other. What they are is known to who made them.
    pub pairs: Vec<Place>,
}

impl Begun {
    /// Bytes that it takes.
    pub fn bytes(&self) -> u64 {
        size_of_val(&*self.pairs) as u64
    }

    /// Its lists of so many rows; `None` where it is not so many lists, or where a number is none a map can have.
    pub(super) fn lists<const N: usize>(&self, rows: usize) -> Option<[Vec<Place>; N]> {
        let are_numbers = self.pairs.as_flattened().iter().all(|value| value.abs() < FARTHEST);
        if rows.checked_mul(N) != Some(self.pairs.len()) || !are_numbers {
            return None;
        }
        let list = |number: usize| self.pairs.get(number * rows..(number + 1) * rows).unwrap_or_default().to_vec();
        Some(std::array::from_fn(list))
    }
}
