//! `random`: every drawing anywhere in the world of `index`, the same on every machine.

use glam::DVec2;

use super::index::{POINT_PX, bounds_of, plot_size, splitmix64, unit_interval};
use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param};

/// Makes a row's x another random number than its y.
const OF_X: u64 = 1 << 63;

impl LayoutKind {
    /// Uniform in the world of `index`.
    pub const RANDOM: Self = Self(&LayoutSpec {
        name: "random",
        title: "Random",
        about: "anywhere",
        params: &[Param::Seed, Param::Aspect],
        point_px: POINT_PX,
        check: |_| Ok(()),
        build: |input, publish| publish(random(input)?),
    });
}

/// Row r lies at `x = u(r ⊕ 2⁶³)·w`, `y = −u(r)·h` with `u(i) = (splitmix64(seed ⊕ i) >> 11)·2⁻⁵³` and the world of `index`: from
/// there drawings move to the left and right alone. Fails without rows.
fn random(input: LayoutInput<'_>) -> Result<Layout, LayoutError> {
    let size = plot_size(input)?;
    let unit = |i: u64| unit_interval(splitmix64(input.params.seed ^ i));
    let place = |r: u64| DVec2::new(unit(r ^ OF_X) * size.x, -unit(r) * size.y);
    let places = (0..input.rows).map(|row| place(row.into()));
    Layout::overlapping(LayoutKind::RANDOM, places, bounds_of(size), input.progress)
}
