//! `index`: x is the row number, y is random; the drawings lie on one another as in a scatter plot.

use glam::DVec2;

use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams, LayoutSpec, Param};
use crate::progress::Progress;
use crate::scene::camera::Bounds;

/// Width over height of the world that the points of a scatter plot fill, where no other was chosen.
pub(super) const ASPECT: f64 = 1.6;
/// The least side of a drawing in a scatter plot, logical pixels.
pub(super) const POINT_PX: f64 = 4.0;

impl LayoutKind {
    /// x is the row number, y is random: the original figure.
    pub const INDEX: Self = Self(&LayoutSpec {
        name: "index",
        title: "Index",
        about: "x = row number",
        params: &[Param::Seed, Param::Aspect],
        point_px: POINT_PX,
        check: |_| Ok(()),
        build: |input, publish| publish(index(input)?),
    });
}

impl Layout {
    /// Row r of N lies at `x = (r + ½)·w / N`, `y = −u·h`, where `w = √(1.6·N)`, `h = N / w` and
    /// `u = (splitmix64(seed ⊕ r) >> 11)·2⁻⁵³`, rounded to the nearest fixed position. Fails without rows, and where it is given up.
    pub fn index(rows: u32, seed: u64, progress: Progress<'_>) -> Result<Self, LayoutError> {
        let params = LayoutParams { seed, ..LayoutParams::default() };
        index(LayoutInput { rows, columns: None, moments: None, codes: None, graphs: None, params: &params, progress })
    }
}

fn index(input: LayoutInput<'_>) -> Result<Layout, LayoutError> {
    let size = plot_size(input)?;
    let (n, seed) = (f64::from(input.rows), input.params.seed);
    let places = (0..input.rows).map(|r| {
        let x = (f64::from(r) + 0.5) * size.x / n;
        DVec2::new(x, -unit_interval(splitmix64(seed ^ u64::from(r))) * size.y)
    });
    Layout::overlapping(LayoutKind::INDEX, places, bounds_of(size), input.progress)
}

/// Width and height of the world that the points of a plot fill, one a unit of area on average. Fails without rows.
pub(super) fn plot_size(input: LayoutInput<'_>) -> Result<DVec2, LayoutError> {
    plot_of(input.rows, input.params.aspect.given().unwrap_or(ASPECT))
}

/// The same of a ratio.
pub(super) fn plot_of(rows: u32, aspect: f64) -> Result<DVec2, LayoutError> {
    if rows == 0 {
        return Err(LayoutError::NoRows);
    }
    let width = (aspect * f64::from(rows)).sqrt();
    Ok(DVec2::new(width, f64::from(rows) / width))
}

/// A plot reaches from (0, 0) to the right and down.
pub(super) fn bounds_of(size: DVec2) -> Bounds {
    Bounds::new(DVec2::new(0.0, -size.y), DVec2::new(size.x, 0.0))
}

/// The output of the splitmix64 generator whose state is `state` before the step (Steele, Lea, Flood 2014).
pub fn splitmix64(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The top 53 bits as a number in [0, 1).
pub(super) fn unit_interval(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}
