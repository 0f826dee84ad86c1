//! One side of a plot: which values lie along it, where, and how many rows have none.

use super::{Axis, Tick};
use crate::data::columns::quoted;
use crate::progress::{Cancelled, Progress};
use crate::words::counted;

/// Width of the strips of rows without a value, and of the gaps between them and the plot, as a part of the plot's width.
pub(super) const STRIP: f64 = 0.05;

/// One side of a plot.
pub(super) struct Side {
    /// The least value that there is; more than `high` where there is none.
    pub low: f64,
    pub high: f64,
    length: f64,
    pub missing: u32,
}

impl Side {
    /// A side as long as its values from the least to the greatest.
    pub(super) fn of(
        value: impl Fn(u32) -> Option<f64>,
        rows: u32,
        length: f64,
        progress: Progress<'_>,
    ) -> Result<Self, Cancelled> {
        let mut side = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, length, missing: 0 };
        for block in progress.blocks(rows) {
            for row in block? {
                match value(row) {
                    Some(value) => (side.low, side.high) = (side.low.min(value), side.high.max(value)),
                    None => side.missing += 1,
                }
            }
        }
        Ok(side)
    }

    /// The same over other ends.
    pub(super) fn between(self, low: f64, high: f64) -> Self {
        Self { low, high, ..self }
    }

    /// The same of another length.
    pub(super) fn of_length(self, length: f64) -> Self {
        Self { length, ..self }
    }

    /// How far along the side a value lies; where all are equal, in the middle.
    pub(super) fn along(&self, value: f64) -> f64 {
        // Halves, since the span of two floats may be no float.
        let span = self.high / 2.0 - self.low / 2.0;
        if span > 0.0 { (value / 2.0 - self.low / 2.0) / span * self.length } else { self.length / 2.0 }
    }

    /// The axis along it, which begins at `from`.
    pub(super) fn axis(&self, from: f64, title: &str, ticks: Vec<(f64, String)>) -> Axis {
        let tick = |(value, text)| Tick { at: from + self.along(value), text };
        Axis { title: title.to_owned(), ticks: ticks.into_iter().map(tick).collect() }
    }

    /// The room that a strip of rows without a value takes beside the plot; none where each has one.
    pub(super) fn room(&self, strip: f64) -> f64 {
        if self.missing > 0 { 2.0 * strip } else { 0.0 }
    }

    /// "without a value of score: 3 rows, left of the plot"; `above` is " above 0" where such values alone count.
    pub(super) fn note(&self, name: &str, above: &str, place: &str) -> Option<String> {
        let rows = counted(self.missing.into(), "row", "rows");
        (self.missing > 0).then(|| format!("without a value of {}{above}: {rows}, {place}", quoted(name)))
    }
}
