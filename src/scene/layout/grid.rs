//! `grid`: rows in reading order.

use glam::DVec2;

use super::{Lattice, LatticeBlock, Layout, LayoutError, LayoutKind, frac_bits_for};
use crate::scene::camera::Bounds;

impl Layout {
    /// Rows in reading order: row r is centred at `(r mod C + ½, −(r div C) − ½)`.
    ///
    /// `columns` is C, by default `round(√(1.3 · rows))`. Fails without rows, for 0 columns, and where a side exceeds 2^28.
    pub fn grid(rows: u32, columns: Option<u32>) -> Result<Self, LayoutError> {
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
        let fixed = (0..rows).map(|r| [coordinate(r % columns), -coordinate(r / columns)]).collect();
        Ok(Self {
            kind: LayoutKind::Grid,
            bounds: Bounds::new(DVec2::new(0.0, -size.y), DVec2::new(size.x, 0.0)),
            overlaps: false,
            labels: Vec::new(),
            lattice: Some(Lattice {
                blocks: vec![LatticeBlock { left_top: [0, 0], columns, rows, start: 0 }],
                order: None,
            }),
            fixed,
            frac_bits,
        })
    }
}

fn default_columns(rows: u32) -> u32 {
    ((1.3 * f64::from(rows)).sqrt().round() as u32).max(1)
}
