//! Layouts: a place in the world for every row. They depend on the data alone, never on the window.
//!
//! Each is a file of its own with a [`LayoutSpec`] (name, help, parameters, how it is built) and a line of [`LAYOUTS`]: the command
//! line, the window's bar, keys and help, and the bench read that table.

mod aspect;
mod axes;
mod error;
mod file;
mod grid;
mod groups;
mod index;
mod ink;
mod lattice;
mod maps;
mod params;
mod part;
mod random;
mod ranking;
mod registry;
mod side;
mod sorted;
mod timeline;
mod xy;

use glam::DVec2;

use super::camera::Bounds;
use super::selection::Selection;
use crate::progress::Progress;

pub use aspect::{Aspect, Ratio};
pub use axes::{Axes, Axis, Tick};
pub use error::LayoutError;
pub use groups::MISSING;
pub use index::splitmix64;
pub use lattice::{Lattice, LatticeBlock};
pub use params::{By, LayoutParams, LogAxes, Param};
use ranking::by_count_then_value;
pub use ranking::by_frequency;
pub use registry::{LayoutInput, LayoutKind, LayoutSpec, Publish, by_help, layout_help, readers_of};
pub use sorted::{Kept, SortedFrom};

/// Every layout, in the order of the window's bar and keys.
#[rustfmt::skip]
pub const LAYOUTS: &[LayoutKind] = &[
    LayoutKind::GRID,
    LayoutKind::INDEX,
    LayoutKind::GROUPS,
    LayoutKind::RANDOM,
    LayoutKind::XY,
    LayoutKind::TIMELINE,
    LayoutKind::INK,
    LayoutKind::FILE,
    LayoutKind::SORTED,
    LayoutKind::MAP,
    LayoutKind::UMAP,
    LayoutKind::PCA,
];

/// Every coordinate times 2^`frac_bits` stays below this power of two, so that sums of two fit 32-bit integers.
pub const FIXED_BITS: u32 = 29;
/// More fractional bits than this show on no screen.
const MAX_FRAC_BITS: u32 = 16;

/// The heading of one block of `groups`.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The value all rows of the block share; empty for missing values.
    pub text_value: String,
    /// The value's code in the dictionary; none for missing values.
    pub code: Option<u32>,
    /// How many drawings the block holds.
    pub rows: u32,
    /// Where the drawings are.
    pub block: Bounds,
    /// Where the label lies, directly above the drawings.
    pub gap: Bounds,
}

/// A place in the world for every row. All drawings have side 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// How it was arranged.
    pub kind: LayoutKind,
    /// What zoom 1 fits.
    pub bounds: Bounds,
    /// Drawings may lie on one another.
    pub overlaps: bool,
    /// One per block of `groups`, largest first; empty in other layouts.
    pub labels: Vec<Label>,
    /// Columns and lines, where the drawings stand in such.
    pub lattice: Option<Lattice>,
    /// What its axes mean, where they mean something.
    pub axes: Option<Axes>,
    /// What was chosen for it, a sentence: bins, where rows without a value stand.
    pub note: Option<String>,
    /// What it is worth, a sentence, where it has judged itself.
    pub quality: Option<String>,
    /// The rows that have a place; where it is `None`, all of them. Others lie in a corner and are hidden.
    only: Option<Selection>,
    fixed: Vec<[i32; 2]>,
    frac_bits: u32,
}

impl Layout {
    /// Drawings whose centres lie at given places, on one another where those are near; each is rounded to the nearest fixed
    /// position. `bounds` holds all of them. Fails without places, where a side exceeds 2^28, and where it is given up.
    pub fn overlapping(
        kind: LayoutKind,
        places: impl ExactSizeIterator<Item = DVec2>,
        bounds: Bounds,
        progress: Progress<'_>,
    ) -> Result<Self, LayoutError> {
        // The farthest coordinate decides, wherever the bounds lie.
        let extent = bounds.min.abs().max(bounds.max.abs());
        let frac_bits = frac_bits_for(extent.x, extent.y)?;
        let fixed = progress.collect(places.map(|at| [to_fixed(at.x, frac_bits), to_fixed(at.y, frac_bits)]))?;
        if fixed.is_empty() {
            return Err(LayoutError::NoRows);
        }
        Ok(Self { overlaps: true, bounds, ..Self::of(kind, DVec2::ZERO, None, fixed, frac_bits) })
    }

    /// Drawings that share no place, in a world that reaches from (0, 0) to the right and down.
    fn of(kind: LayoutKind, size: DVec2, lattice: Option<Lattice>, fixed: Vec<[i32; 2]>, frac_bits: u32) -> Self {
        Self {
            kind,
            bounds: Bounds::new(DVec2::new(0.0, -size.y), DVec2::new(size.x, 0.0)),
            overlaps: false,
            labels: Vec::new(),
            lattice,
            axes: None,
            note: None,
            quality: None,
            only: None,
            fixed,
            frac_bits,
        }
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> u64 {
        let order = self.lattice.as_ref().and_then(|lattice| lattice.order.as_ref()).map_or(0, Vec::len);
        (self.fixed.len() * 8 + order * 4 + self.labels.len() * size_of::<Label>()) as u64
    }

    /// Number of rows.
    pub fn rows(&self) -> u32 {
        self.fixed.len() as u32
    }

    /// The centre of each row's square in units of 2^-[`frac_bits`](Self::frac_bits) world units, `[x, y]`, y up.
    ///
    /// These integers *define* the positions: 32-bit arithmetic on them is exact.
    pub fn fixed(&self) -> &[[i32; 2]] {
        &self.fixed
    }

    /// How many bits of a fixed coordinate lie behind the binary point, 1 to 16.
    pub fn frac_bits(&self) -> u32 {
        self.frac_bits
    }

    /// The centre of a row's square, exactly the fixed value.
    pub fn center(&self, row: u32) -> Option<DVec2> {
        self.fixed.get(row as usize).map(|&fixed| self.world_from_fixed(fixed))
    }

    /// Rows at other places, by this layout's rules; what it says of places is left out.
    pub(in crate::scene) fn moved(&self, fixed: Vec<[i32; 2]>, frac_bits: u32, bounds: Bounds) -> Self {
        let Self { kind, overlaps, .. } = *self;
        let moved = Self::of(kind, DVec2::ZERO, None, fixed, frac_bits);
        Self { overlaps, bounds, only: self.only.clone(), ..moved }
    }

    /// What a layout of many rows is to a camera, without their places (tests).
    #[cfg(test)]
    pub(crate) fn outline(
        kind: LayoutKind,
        width: f64,
        height: f64,
        lattice: Option<Lattice>,
    ) -> Result<Self, LayoutError> {
        let size = DVec2::new(width, height);
        let outline = Self::of(kind, size, lattice, Vec::new(), frac_bits_for(width, height)?);
        Ok(Self { overlaps: kind == LayoutKind::INDEX, ..outline })
    }

    /// A fixed position in world units.
    pub fn world_from_fixed(&self, [x, y]: [i32; 2]) -> DVec2 {
        DVec2::new(f64::from(x), f64::from(y)) / f64::from(1_u32 << self.frac_bits)
    }
}

/// The most fractional bits (at most 16) with which coordinates within ±`extent` stay below 2^29; at least 1, for half units.
fn frac_bits_for(width: f64, height: f64) -> Result<u32, LayoutError> {
    let extent = width.max(height);
    (1..=MAX_FRAC_BITS).rev().find(|bits| extent * f64::from(1_u32 << bits) < f64::from(1_u32 << FIXED_BITS)).ok_or(
        LayoutError::TooLarge { width: width as u64, height: height as u64, limit: (1_u64 << (FIXED_BITS - 1)) - 1 },
    )
}

/// The nearest fixed value of a coordinate.
fn to_fixed(v: f64, frac_bits: u32) -> i32 {
    (v * f64::from(1_u32 << frac_bits)).round() as i32
}
