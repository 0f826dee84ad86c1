//! `index`: x is the row number, y is random; the drawings lie on one another as in a scatter plot.

use glam::DVec2;

use super::{Layout, LayoutError, LayoutKind};
use crate::scene::camera::Bounds;

/// Width over height of the world that the points fill.
const ASPECT: f64 = 1.6;

impl Layout {
    /// Row r of N lies at `x = (r + ½)·w / N`, `y = −u·h`, where `w = √(1.6·N)`, `h = N / w` and
    /// `u = (splitmix64(seed ⊕ r) >> 11)·2⁻⁵³`, rounded to the nearest fixed position. Fails without rows.
    pub fn index(rows: u32, seed: u64) -> Result<Self, LayoutError> {
        if rows == 0 {
            return Err(LayoutError::NoRows);
        }
        let n = f64::from(rows);
        let width = (ASPECT * n).sqrt();
        let height = n / width;
        let places = (0..rows).map(|r| {
            let x = (f64::from(r) + 0.5) * width / n;
            DVec2::new(x, -unit_interval(splitmix64(seed ^ u64::from(r))) * height)
        });
        let bounds = Bounds::new(DVec2::new(0.0, -height), DVec2::new(width, 0.0));
        Self::overlapping(LayoutKind::Index, places, bounds)
    }
}

/// The output of the splitmix64 generator whose state is `state` before the step (Steele, Lea, Flood 2014).
pub fn splitmix64(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The top 53 bits as a number in [0, 1).
fn unit_interval(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
