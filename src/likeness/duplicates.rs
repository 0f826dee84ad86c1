//! What is in a set more than once, and what is like nothing else: equal drawings, nearly equal ones, blank ones, outliers, and
//! duplicates that stand on both sides of a split.
//!
//! [`exact`] reads all drawings once; [`near`] goes by the graph of nearest rows and reads those that may be near again; the rest
//! goes by what these found. [`StrokeKinds`] reads the records of those that are alike. All of it is the same on every machine and
//! for any number of threads.

mod blurred;
mod exact;
mod leakage;
mod near;
mod outliers;
mod strokes;
mod union;

use super::drawings::Drawings;
pub use exact::{Exact, exact};
pub use leakage::{Between, Leakage, MOST_PAIRS, leakage};
pub use near::{NEAR, NearPair, NearSearch, near, within};
pub use outliers::{NEIGHBOUR, Outlier, outliers};
pub use strokes::{Lack, Lines, StrokeKinds, StrokesAre};
pub use union::{groups, rows_of};

#[cfg(test)]
mod tests;
