//! Rows of numbers that somebody else computed: the nearest ones by their own values in f64, exactly.
//!
//! Each row is also kept as i8 with a scale, and with the length of what that leaves out. By Cauchy and Schwarz's inequality the dot
//! product of two rows is within a bound of that of their i8: rows that cannot be among the nearest are never looked at in f64.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

mod metric;
mod reduce;
#[cfg(test)]
mod tests;

use super::{Codes, wide};
use crate::progress::{BLOCK, Cancelled, Progress};
use rayon::prelude::*;

pub use metric::Metric;

/// Longest and shortest rows that can be compared: squares of their lengths.
const LONGEST: f64 = 1e200;
const SHORTEST: f64 = 1e-200;
/// More than all roundings of f64 add up to, as a part: a row has at most 2^16 values.
const ROUNDING: f64 = 1e-10;
/// More than what is lost where numbers are too small for f64.
const UNDERFLOW: f64 = 1e-150;
/// Sums that run side by side, and are added up at last: the order in which a dot product is summed.
const SUMS: usize = 8;

/// Why rows of numbers cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddingError {
    /// Rows of no values, or of too many.
    #[error("rows of {0} values cannot be compared: 1 to {most} can", most = Codes::WIDEST)]
    Width(usize),
    /// The values are no whole number of rows, or more than 2^32 − 2 of them.
    #[error("{values} values are no whole number of rows of {width}")]
    Length {
        /// Values there were.
        values: usize,
        /// Values of a row.
        width: usize,
    },
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Values row by row, as they were read.
#[derive(Clone, Debug)]
pub enum Values {
    /// Of 32 bits.
    F32(Vec<f32>),
    /// Of 64 bits.
    F64(Vec<f64>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    /// Copies a row; no values, or too few, beyond the last.
    #[inline(always)]
    fn copy(&self, row: usize, to: &mut [f64]) {
        let start = row * to.len();
        match self {
            Self::F32(values) => to.iter_mut().zip(&values[start..]).for_each(|(to, &value)| *to = f64::from(value)),
            Self::F64(values) => to.iter_mut().zip(&values[start..]).for_each(|(to, &value)| *to = value),
        }
    }
}

/// A row, and how near it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The row.
    pub row: u32,
    /// The cosine of the angle between both, or less the square of their distance: the greater, the nearer.
    pub nearness: f64,
}

/// What near rows are looked for.
#[derive(Clone, Copy, Debug)]
pub enum OfValues<'a> {
    /// A row, which is not near itself.
    Row(u32),
    /// Values from elsewhere, as many as a row has.
    Values(&'a [f64]),
}

/// A row in brief.
#[derive(Clone, Copy, Debug)]
struct Brief {
    /// Its length, values' units; NaN where the row is missing.
    length: f64,
    /// The value of 1 in its i8.
    scale: f64,
    /// At least the length of what the i8 leave out.
    error: f64,
}

/// Rows of numbers to compare. A row is *missing* where one of its values is not finite, where it is longer than 1e100, and, for
/// cosines, where it is shorter than 1e-100, such as 0: it is near nothing.
#[derive(Clone, Debug)]
pub struct Embedding {
    metric: Metric,
    width: usize,
    values: Values,
    briefs: Vec<Brief>,
    small: Vec<i8>,
}

impl Embedding {
    /// Takes `width` values a row, and computes what finds the nearest fast: a byte a value, and 24 a row. Fails where it is given
    /// up.
    pub fn new(metric: Metric, width: usize, values: Values, progress: Progress<'_>) -> Result<Self, EmbeddingError> {
        if !(1..=Codes::WIDEST).contains(&width) {
            return Err(EmbeddingError::Width(width));
        }
        let rows = values.len() / width;
        if rows * width != values.len() || rows >= u32::MAX as usize {
            return Err(EmbeddingError::Length { values: values.len(), width });
        }
        let mut briefs = vec![Brief { length: f64::NAN, scale: 0.0, error: 0.0 }; rows];
        let mut small = vec![0; values.len()];
        // A block's worth of drawings' pixels between two looks.
        let block = (BLOCK as usize * 64 / width).max(1);
        for (i, (briefs, small)) in briefs.chunks_mut(block).zip(small.chunks_mut(block * width)).enumerate() {
            progress.reach((i * block) as f64 / rows as f64)?;
            let each = briefs.par_iter_mut().zip(small.par_chunks_mut(width)).enumerate();
            each.for_each_init(
                || vec![0.0; width],
                |own, (row, (brief, small))| {
                    values.copy(i * block + row, own);
                    *brief = wide(
                        #[inline(always)]
                        || in_brief(metric, own, small),
                    );
                },
            );
        }
        progress.reach(1.0)?;
        Ok(Self { metric, width, values, briefs, small })
    }

    /// Rows, missing ones counted.
    pub fn rows(&self) -> u32 {
        self.briefs.len() as u32
    }

    /// Values of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether a row is missing, or does not exist.
    pub fn is_missing(&self, row: u32) -> bool {
        self.briefs.get(row as usize).is_none_or(|brief| brief.length.is_nan())
    }

    /// How many rows are missing.
    pub fn missing(&self) -> u32 {
        self.briefs.iter().filter(|brief| brief.length.is_nan()).count() as u32
    }

    /// The `k` nearest rows, the nearest first; of rows equally near the one with the lower number first. Missing rows are left out;
    /// what is missing itself, or not as wide as a row, has none.
    ///
    /// The values decide, in f64 and a fixed order: the same on every machine.
    pub fn nearest(&self, of: OfValues<'_>, k: usize) -> Vec<Near> {
        let mut values = vec![f64::NAN; self.width];
        let own = match of {
            OfValues::Row(row) if row < self.rows() => {
                self.values.copy(row as usize, &mut values);
                Some(row)
            }
            OfValues::Values(given) if given.len() == self.width => {
                values.copy_from_slice(given);
                None
            }
            _ => return Vec::new(),
        };
        let mut small = vec![0; self.width];
        let brief = in_brief(self.metric, &values, &mut small);
        if brief.length.is_nan() || k == 0 {
            return Vec::new();
        }
        let rows = self.briefs.par_iter().zip(self.small.par_chunks(self.width)).with_min_len(1024).enumerate();
        let bounds: Vec<(u32, f64, f64)> = rows
            .filter(|(row, (other, _))| !other.length.is_nan() && own != Some(*row as u32))
            .map(|(row, (other, theirs))| {
                let product = wide(
                    #[inline(always)]
                    || crate::likeness::query::dot(&small, theirs),
                );
                let (least, most) = self.bounds(&brief, other, product);
                (row as u32, least, most)
            })
            .collect();
        let mut least: Vec<f64> = bounds.iter().map(|&(_, least, _)| least).collect();
        // So many rows are at least that near.
        let bar = if k < least.len() {
            *least.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a)).1
        } else {
            f64::NEG_INFINITY
        };
        let able = bounds.into_par_iter().filter(|&(_, _, most)| most >= bar);
        let exact = able.map_init(
            || vec![0.0; self.width],
            |theirs, (row, _, _)| {
                self.values.copy(row as usize, theirs);
                let lengths = (brief.length, self.briefs[row as usize].length);
                let nearness = wide(
                    #[inline(always)]
                    || nearness(self.metric, &values, theirs, lengths),
                );
                Near { row, nearness }
            },
        );
        let mut found: Vec<Near> = exact.collect();
        found.sort_unstable_by(|a, b| b.nearness.total_cmp(&a.nearness).then(a.row.cmp(&b.row)));
        found.truncate(k);
        found
    }

    /// How far a near row is: 1 less the cosine, or the straight distance.
    pub fn distance(&self, near: Near) -> f64 {
        match self.metric {
            Metric::Cosine => (1.0 - near.nearness).max(0.0),
            Metric::Euclid => (-near.nearness).max(0.0).sqrt(),
        }
    }

    /// Between what the nearness of two rows lies, whose i8 have the given dot product.
    fn bounds(&self, a: &Brief, b: &Brief, product: i32) -> (f64, f64) {
        // a · b = (A + α) · (b's i8 + β) with lengths of α and β at most the errors: what is left out is α · b + A · β.
        let about = a.scale * b.scale * f64::from(product);
        let off = a.error * b.length + (a.length + a.error) * b.error + ROUNDING * a.length * b.length;
        let (about, off) = match self.metric {
            Metric::Cosine => (about / (a.length * b.length), off / (a.length * b.length) + ROUNDING),
            Metric::Euclid => {
                let squares = a.length * a.length + b.length * b.length;
                (2.0 * about - squares, 2.0 * off + 4.0 * ROUNDING * squares + UNDERFLOW)
            }
        };
        (about - off, about + off)
    }
}

/// A row in brief; writes its i8, all 0 where it is missing.
#[inline(always)]
fn in_brief(metric: Metric, values: &[f64], small: &mut [i8]) -> Brief {
    let square = sum(values, values, |a, b| a * b);
    let is_comparable = square <= LONGEST && (metric == Metric::Euclid || square >= SHORTEST);
    if !is_comparable {
        return Brief { length: f64::NAN, scale: 0.0, error: 0.0 };
    }
    let most = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let scale = if most > UNDERFLOW { most / 127.0 } else { 0.0 };
    if scale > 0.0 {
        for (to, value) in small.iter_mut().zip(values) {
            *to = (value / scale).round_ties_even() as i8;
        }
    }
    let mut square_error = 0.0;
    for (&small, value) in small.iter().zip(values) {
        let left = value - scale * f64::from(small);
        square_error += left * left;
    }
    let length = square.sqrt();
    Brief { length, scale, error: square_error.sqrt() * (1.0 + ROUNDING) + ROUNDING * length + UNDERFLOW }
}

/// How near two rows of known lengths are.
#[inline(always)]
fn nearness(metric: Metric, a: &[f64], b: &[f64], (a_length, b_length): (f64, f64)) -> f64 {
    match metric {
        // 0 is added for want of a sign.
        Metric::Cosine => sum(a, b, |a, b| a * b) / (a_length * b_length) + 0.0,
        Metric::Euclid => -sum(a, b, |a, b| (a - b) * (a - b)),
    }
}

/// The sum of what `of` makes of pairs of values, [`SUMS`] sums side by side.
#[inline(always)]
fn sum(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    let mut sums = [0.0; SUMS];
    for (a, b) in a.chunks(SUMS).zip(b.chunks(SUMS)) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += of(a, b);
        }
    }
    sums.iter().sum()
}
