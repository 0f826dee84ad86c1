//! The strokes of a record: what a hand drew, point by point, read from its line (`crate::data::ndjson`) when somebody needs them.
//!
//! [`Drawing`] holds them, [`simplify`] brings raw ones to the canvas of 256 units as published, [`Rasterizer`] renders those to a
//! bitmap as the published bitmaps were made.

mod curve;
mod drawing;
mod edges;
mod measures;
mod pen;
mod place;
mod proof;
mod proof_words;
mod raster;
mod rendered;
mod simplify;
mod timeline;
mod written;

#[cfg(test)]
mod tests;

pub use drawing::{Drawing, Fault, MOST_POINTS};
pub use measures::Measures;
pub use place::placed;
pub(in crate::data) use proof::{FITS, Strays, apart};
pub use proof::{Finding, Found, Proof};
pub use raster::{PEN_WIDTH, Rasterizer, SIDES};
pub(in crate::data) use rendered::Renderer;
pub use rendered::{OnBitmaps, Rendered, hold_strokes, render_records};
pub use simplify::simplify;
pub use timeline::{MOST_PAUSE_MS, Reached, Timeline};
pub use written::Written;
