//! A layout of some of the rows: as if there were no others. These lie in its lower right corner and are hidden.

use super::{Lattice, Layout, to_fixed};
use crate::scene::selection::Selection;

impl Layout {
    /// A layout of so many rows as there are in `rows`, which ascend, as one of `all` rows of which only these have a place.
    pub(in crate::scene) fn spread(self, rows: &[u32], all: u32) -> Self {
        let mut fixed = vec![self.corner(); all as usize];
        for (&row, &place) in rows.iter().zip(&self.fixed) {
            if let Some(fixed) = fixed.get_mut(row as usize) {
                *fixed = place;
            }
        }
        let row_at = |position: u32| rows.get(position as usize).copied().unwrap_or(position);
        let lattice = self.lattice.map(|Lattice { blocks, order, ascends }| {
            let order = match order {
                Some(order) => order.into_iter().map(row_at).collect(),
                None => rows.to_vec(),
            };
            Lattice { blocks, order: Some(order), ascends }
        });
        Self { lattice, fixed, only: Some(Selection::of_rows(all, rows.iter().copied())), ..self }
    }

    /// The same places for these rows alone.
    pub(in crate::scene) fn without_others(self, rows: &[u32]) -> Self {
        let (corner, all) = (self.corner(), self.rows());
        let only = Selection::of_rows(all, rows.iter().copied());
        let fixed = (0..).zip(self.fixed).map(|(row, place)| if only.contains(row) { place } else { corner });
        Self { fixed: fixed.collect(), only: Some(only), ..self }
    }

    fn corner(&self) -> [i32; 2] {
        [to_fixed(self.bounds.max.x, self.frac_bits), to_fixed(self.bounds.min.y, self.frac_bits)]
    }

    /// The rows that have a place, where not all have one.
    pub fn only(&self) -> Option<&Selection> {
        self.only.as_ref()
    }

    /// Of rows in some order, or of all as they come, those that have a place; `None` where that is all as they come.
    pub(in crate::scene) fn placed_among(&self, rows: Option<Vec<u32>>) -> Option<Vec<u32>> {
        let Some(only) = &self.only else { return rows };
        Some(match rows {
            Some(rows) => rows.into_iter().filter(|&row| only.contains(row)).collect(),
            None => only.rows().collect(),
        })
    }

    /// Whether a row has a place.
    pub fn is_placed(&self, row: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(row))
    }
}
