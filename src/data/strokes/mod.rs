//! The strokes of a record: what a hand drew, point by point, read from its line (`crate::data::ndjson`) when somebody needs them.
//!
//! [`Drawing`] holds them, [`simplify`] brings raw ones to the canvas of 256 units as published, [`Rasterizer`] renders those to a
//! bitmap as the published bitmaps were made.

mod drawing;
mod edges;
mod pen;
mod place;
mod raster;
mod rendered;
mod simplify;

#[cfg(test)]
mod tests;

pub use drawing::{Drawing, Fault, MOST_POINTS};
pub use place::placed;
pub use raster::{Rasterizer, SIDES};
pub use rendered::{Rendered, hold_strokes, render_records};
pub use simplify::simplify;
