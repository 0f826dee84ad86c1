//! Layouts: a place in the world for every row. They depend on the data alone, never on the window.

mod grid;
mod groups;
mod index;
mod lattice;

use std::fmt;
use std::str::FromStr;

use glam::DVec2;

use super::camera::Bounds;

pub use groups::MISSING;
pub use index::splitmix64;
pub use lattice::{Lattice, LatticeBlock};

/// Every coordinate times 2^`frac_bits` stays below this power of two, so that sums of two fit 32-bit integers.
pub const FIXED_BITS: u32 = 29;
/// More fractional bits than this show on no screen.
const MAX_FRAC_BITS: u32 = 16;

/// Why a layout cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// There is nothing to lay out.
    #[error("no drawings to lay out")]
    NoRows,
    /// `--columns 0`.
    #[error("a grid needs at least 1 column, got 0; leave --columns out for the default")]
    NoColumns,
    /// The layout would be too wide or high for exact 32-bit positions.
    #[error("a layout of {width} x {height} drawings exceeds {limit} on a side; choose another number of columns")]
    TooLarge {
        /// Width, world units.
        width: u64,
        /// Height, world units.
        height: u64,
        /// The longest permitted side.
        limit: u64,
    },
    /// A row's code lies outside the dictionary.
    #[error("row {row} has the code {code}, but there are only {values} values")]
    Code {
        /// The row.
        row: u32,
        /// Its code.
        code: u32,
        /// Length of the dictionary.
        values: usize,
    },
    /// No layout of this name.
    #[error("unknown layout '{0}'; there are grid, index and groups")]
    Unknown(String),
}

/// The ways to arrange the drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LayoutKind {
    /// Rows in reading order.
    #[default]
    Grid,
    /// x is the row number, y is random: the original figure.
    Index,
    /// One labelled block per value of a column.
    Groups,
}

impl LayoutKind {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 3] = [Self::Grid, Self::Index, Self::Groups];
}

impl fmt::Display for LayoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Grid => "grid",
            Self::Index => "index",
            Self::Groups => "groups",
        })
    }
}

impl FromStr for LayoutKind {
    type Err = LayoutError;

    fn from_str(name: &str) -> Result<Self, LayoutError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.to_string().eq_ignore_ascii_case(name))
            .ok_or_else(|| LayoutError::Unknown(name.chars().take(40).collect()))
    }
}

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
    fixed: Vec<[i32; 2]>,
    frac_bits: u32,
}

impl Layout {
    /// Drawings whose centres lie at given places, on one another where those are near; each is rounded to the nearest fixed
    /// position. `bounds` holds all of them. Fails without places, and where a side exceeds 2^28.
    pub fn overlapping(
        kind: LayoutKind,
        places: impl Iterator<Item = DVec2>,
        bounds: Bounds,
    ) -> Result<Self, LayoutError> {
        // The farthest coordinate decides, wherever the bounds lie.
        let extent = bounds.min.abs().max(bounds.max.abs());
        let frac_bits = frac_bits_for(extent.x, extent.y)?;
        let fixed: Vec<_> = places.map(|at| [to_fixed(at.x, frac_bits), to_fixed(at.y, frac_bits)]).collect();
        if fixed.is_empty() {
            return Err(LayoutError::NoRows);
        }
        Ok(Self { kind, bounds, overlaps: true, labels: Vec::new(), lattice: None, fixed, frac_bits })
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

    /// The side of a point in logical pixels unless the user chose one: drawings shrink to it and no further.
    pub fn default_point_size_logical_px(&self) -> f64 {
        match self.kind {
            LayoutKind::Index => 4.0,
            LayoutKind::Grid | LayoutKind::Groups => 0.0,
        }
    }

    /// What a layout of many rows is to a camera, without their places (tests).
    #[cfg(test)]
    pub(crate) fn outline(
        kind: LayoutKind,
        width: f64,
        height: f64,
        lattice: Option<Lattice>,
    ) -> Result<Self, LayoutError> {
        Ok(Self {
            kind,
            bounds: Bounds::new(DVec2::new(0.0, -height), DVec2::new(width, 0.0)),
            overlaps: kind == LayoutKind::Index,
            labels: Vec::new(),
            lattice,
            fixed: Vec::new(),
            frac_bits: frac_bits_for(width, height)?,
        })
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
