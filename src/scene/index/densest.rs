//! Where rows lie densest: what a pixel can meet at most follows from it.

use crate::scene::layout::Layout;
use glam::DVec2;
use rayon::prelude::*;

/// Parts of a cell on an axis. Whole cells tell little of squares that are much smaller.
const PARTS: u32 = 4;

/// Where rows lie densest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Densest {
    /// Side of a cell, world units.
    pub cell: f64,
    /// Most rows of a cell.
    pub rows_a_cell: u32,
    /// Most rows of a part of one, a quarter as wide.
    pub rows_a_part: u32,
    /// All rows.
    pub rows: u32,
}

impl Densest {
    /// Sides of what rows were counted in, and most rows there.
    fn counted(&self) -> [(f64, u32); 2] {
        [(self.cell, self.rows_a_cell), (self.cell / f64::from(PARTS), self.rows_a_part)]
    }

    /// No square of a side in world units holds more rows: it reaches over one cell more an axis than it is cells wide.
    pub fn most_within(&self, side: f64) -> u32 {
        let most = |(cell, rows): (f64, u32)| f64::from(rows) * ((side / cell).ceil() + 1.0).powi(2);
        self.counted().map(most).into_iter().fold(f64::from(self.rows), f64::min) as u32
    }

    /// Squares of this side hold so many rows at most; infinite where all rows are no more, 0 where no side is known.
    pub fn side_with(&self, most: u32) -> f64 {
        if self.rows <= most {
            return f64::INFINITY;
        }
        let side = |(cell, rows): (f64, u32)| {
            cell * ((f64::from(most) / f64::from(rows.max(1))).sqrt().floor() - 1.0).max(0.0)
        };
        self.counted().map(side).into_iter().fold(0.0, f64::max)
    }
}

/// Most rows of a part of a cell; `cell_starts` says where each cell begins in `order`.
pub(super) fn most_in_a_part(layout: &Layout, origin: DVec2, cell: f64, order: &[u32], cell_starts: &[u32]) -> u32 {
    let part_of = |row: u32| {
        let at = (layout.center(row).unwrap_or(origin) - origin) / cell;
        let part = ((at - at.floor()) * f64::from(PARTS)).floor().as_uvec2().min(glam::UVec2::splat(PARTS - 1));
        (part.y * PARTS + part.x) as usize
    };
    let most_of = |cell: &[u32]| {
        let mut counts = [0; (PARTS * PARTS) as usize];
        for &row in order.get(cell[0] as usize..cell[1] as usize).unwrap_or_default() {
            if let Some(count) = counts.get_mut(part_of(row)) {
                *count += 1;
            }
        }
        counts.into_iter().max().unwrap_or(0)
    };
    cell_starts.par_windows(2).map(most_of).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_holds_no_more_rows_than_the_cells_that_it_touches() {
        let densest = Densest { cell: 8.0, rows_a_cell: 100, rows_a_part: 12, rows: 5_000 };
        // Two parts an axis, three parts; two cells; all rows.
        assert_eq!(
            [1.0, 2.0, 2.1, 7.9, 8.0, 1e9].map(|side| densest.most_within(side)),
            [48, 48, 108, 300, 300, 5_000]
        );
        // 257 rows: floor(√(257 / 12)) = 4 parts an axis.
        assert_eq!(densest.side_with(257), 6.0);
        assert_eq!(densest.side_with(5_000), f64::INFINITY);
        assert_eq!(densest.side_with(47), 0.0);
        for most in 47..4_999 {
            let side = densest.side_with(most);
            assert!(side == 0.0 || densest.most_within(side) <= most, "{most}: {side}");
        }
    }
}
