//! `grid`: rows in reading order.

use glam::DVec2;

use super::{Lattice, LatticeBlock, Layout, LayoutError, LayoutKind, LayoutSpec, Param, frac_bits_for};
use crate::progress::Progress;

impl LayoutKind {
    /// Rows in reading order.
    pub const GRID: Self = Self(&LayoutSpec {
        name: "grid",
        title: "Grid",
        about: "in reading order",
        params: &[Param::Columns],
        point_px: 0.0,
        check: |_| Ok(()),
        build: |input, publish| publish(Layout::grid(input.rows, input.params.columns, input.progress)?),
    });
}

impl Layout {
    /// Rows in reading order: row r is centred at `(r mod C + ½, −(r div C) − ½)`.
    ///
    /// `columns` is C, by default `round(√(1.3 · rows))`. Fails without rows, for 0 columns, where a side exceeds 2^28, and where it
    /// is given up.
    pub fn grid(rows: u32, columns: Option<u32>, progress: Progress<'_>) -> Result<Self, LayoutError> {
        if rows == 0 {
            return Err(LayoutError::NoRows);
        }
        let columns = columns.unwrap_or_else(|| default_columns(rows));
        if columns == 0 {
            return Err(LayoutError::NoColumns);
        }
        let size = DVec2::new(f64::from(columns), f64::from(rows.div_ceil(columns)));
        let frac_bits = frac_bits_for(size.x, size.y)?;
        let half = 1_i32 << (frac_bits - 1);
        // Both factors stay within the limit that `frac_bits_for` checked.
        let coordinate = |cell: u32| ((cell as i32) << frac_bits) + half;
        let fixed = progress.collect((0..rows).map(|r| [coordinate(r % columns), -coordinate(r / columns)]))?;
        let block = LatticeBlock { left_top: [0, 0], columns, rows, start: 0 };
        let lattice = Lattice { blocks: vec![block], order: None };
        Ok(Self::of(LayoutKind::GRID, size, Some(lattice), fixed, frac_bits))
    }
}

fn default_columns(rows: u32) -> u32 {
    ((1.3 * f64::from(rows)).sqrt().round() as u32).max(1)
}
