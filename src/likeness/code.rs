//! Codes of drawings: 64 small integers each, whose dot product says how much two drawings look alike.
//!
//! A first pass reads a [`Sample`] of the drawings and fits a [`CodeMaker`] to it; a second one turns all of them into [`Codes`].
//! All of it is the same on every machine and for every number of threads.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

mod codes;
mod colors;
mod direction;
mod eigen;
pub mod embedding;
mod ink;
mod measure;
mod pca;
mod resample;
mod wide;

use crate::progress::{Cancelled, Progress};
use pca::{AT_ONCE, Pca};
use rayon::prelude::*;

pub use codes::Codes;
pub(super) use codes::is_blank;
pub use measure::{Measure, UnknownMeasure};
pub use resample::LONGEST;
pub(super) use wide::wide;

pub(super) use resample::Resampler;

/// Values of a code.
pub const WIDTH: usize = 64;
/// The length of a code: that of a row of unit length before it was rounded.
pub const UNIT: f32 = 127.0;
/// Most rows that a sample holds: half as many or twice as many change the purity among neighbours by .0002.
pub const SAMPLE: u32 = 8_192;

/// Side of the square that the measures look at, pixels.
const SIDE: usize = 28;
const PIXELS: usize = SIDE * SIDE;
/// Drawings that a thread takes at once: a fraction of a millisecond.
const CHUNK: usize = 64;
/// Square of the length below which a row is nothing but errors of rounding.
const NOTHING: f32 = 1e-11;

/// Why drawings have no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// A side is 0, or longer than [`LONGEST`].
    #[error("drawings of {width} × {height} pixels cannot be compared: 1 to {LONGEST} a side can")]
    Size {
        /// Pixels of a line.
        width: u32,
        /// Lines.
        height: u32,
    },
    /// Bytes that are not a whole number of drawings, or not as many as there is room for codes.
    #[error("{found} values where {expected} belong")]
    Length {
        /// Values there were.
        found: usize,
        /// Values that belong there.
        expected: usize,
    },
    /// Nobody wants the codes any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Some of the drawings, to fit a [`CodeMaker`] to.
#[derive(Clone, Debug)]
pub struct Sample {
    measure: Measure,
    resampler: Resampler,
    values: Vec<f32>,
}

impl Sample {
    /// An empty sample of drawings of `width` × `height` pixels.
    pub fn new(measure: Measure, width: u32, height: u32) -> Result<Self, CodeError> {
        Ok(Self { measure, resampler: Resampler::new(width, height)?, values: Vec::new() })
    }

    /// Which of so many rows to add, ascending: all, or [`SAMPLE`] of them, evenly spaced.
    pub fn rows_of(rows: u32) -> impl ExactSizeIterator<Item = u32> {
        let count = rows.min(SAMPLE);
        (0..count).map(move |i| (u64::from(i) * u64::from(rows) / u64::from(count)) as u32)
    }

    /// Adds whole drawings: ink, 0 to 255, or colours, line by line ([`Measure::channels`]). Blank ones have nothing to add. Takes some 10 µs a drawing and thread.
    pub fn add(&mut self, drawings: &[u8]) -> Result<(), CodeError> {
        let values = self.measure.values();
        let bytes = self.resampler.pixels() * self.measure.channels();
        let rows = rows_in(drawings, bytes)?;
        let mut all = vec![0.0; rows * values];
        let chunks = all.par_chunks_mut(CHUNK * values).zip(drawings.par_chunks(CHUNK * bytes));
        chunks.for_each(|(out, drawings)| {
            wide(
                #[inline(always)]
                || {
                    for (out, drawing) in out.chunks_exact_mut(values).zip(drawings.chunks_exact(bytes)) {
                        self.measure.of(&self.resampler, drawing, out);
                    }
                },
            );
        });
        let seen = all.chunks_exact(values).filter(|row| row.iter().any(|&value| value != 0.0));
        self.values.extend(seen.flatten());
        Ok(())
    }

    /// The values of the drawings added that are not blank, [`Measure::values`] each.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Fits to the sample: a fifth of a second on one thread. Another order of the drawings may change codes by 1 here and there.
    pub fn fit(self, progress: Progress<'_>) -> Result<CodeMaker, CodeError> {
        let pca = Pca::fit(&self.values, self.measure.values(), true, progress)?;
        Ok(CodeMaker { measure: self.measure, resampler: self.resampler, pca })
    }
}

/// Makes codes that can be compared with each other.
#[derive(Clone, Debug)]
pub struct CodeMaker {
    measure: Measure,
    resampler: Resampler,
    pca: Pca,
}

impl CodeMaker {
    /// Fits to drawings of `width` × `height` pixels, all of which count. More than [`SAMPLE`] take long.
    pub fn fit(
        measure: Measure,
        (width, height): (u32, u32),
        sample: &[u8],
        progress: Progress<'_>,
    ) -> Result<Self, CodeError> {
        let mut all = Sample::new(measure, width, height)?;
        all.add(sample)?;
        all.fit(progress)
    }

    /// What makes two drawings alike.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Width and height of the drawings that [`encode`](Self::encode) takes, pixels.
    pub(in crate::likeness) fn size(&self) -> (u32, u32) {
        self.resampler.size()
    }

    /// The numbers that a sample decided, for [`of_numbers`](Self::of_numbers).
    pub(in crate::likeness) fn numbers(&self) -> Vec<f32> {
        self.pca.numbers()
    }

    /// The maker that consists of these; its codes are the same to the last bit. `None` where there is none: the size is one that
    /// cannot be compared, or the numbers are not as many as the measure takes, or not all finite.
    pub(in crate::likeness) fn of_numbers(
        measure: Measure,
        (width, height): (u32, u32),
        numbers: &[f32],
    ) -> Option<Self> {
        let pca = Pca::of_numbers(measure.values(), numbers)?;
        Some(Self { measure, resampler: Resampler::new(width, height).ok()?, pca })
    }

    /// Writes the codes of whole drawings, [`WIDTH`] values each, on all threads; may be called on several at once. Takes some
    /// 10 µs a drawing and thread.
    ///
    /// A drawing with nothing to compare, such as a blank one, has the code 0 everywhere; no other drawing has that.
    pub fn encode(&self, drawings: &[u8], codes: &mut [i8]) -> Result<(), CodeError> {
        encode(self.measure, &self.resampler, &self.pca, drawings, codes)
    }

    /// The code of a drawing of any size, as if it were one of the set: its ink, or, where the set is in colour, its colours, as which
    /// ink is grey.
    pub fn encode_one(&self, drawing: &[u8], width: u32, height: u32) -> Result<[i8; WIDTH], CodeError> {
        let resampler = Resampler::new(width, height)?;
        let mut code = [0; WIDTH];
        let is_ink = drawing.len() == resampler.pixels() && self.measure.channels() > 1;
        let gray: Option<Vec<u8>> = is_ink.then(|| drawing.iter().flat_map(|&ink| [ink, ink, ink, 255]).collect());
        encode(self.measure, &resampler, &self.pca, gray.as_deref().unwrap_or(drawing), &mut code)?;
        Ok(code)
    }
}

/// Whole drawings of so many bytes each.
fn rows_in(drawings: &[u8], bytes: usize) -> Result<usize, CodeError> {
    let rows = drawings.len() / bytes;
    let expected = rows * bytes;
    if expected == drawings.len() { Ok(rows) } else { Err(CodeError::Length { found: drawings.len(), expected }) }
}

fn encode(
    measure: Measure,
    resampler: &Resampler,
    pca: &Pca,
    drawings: &[u8],
    codes: &mut [i8],
) -> Result<(), CodeError> {
    let bytes = resampler.pixels() * measure.channels();
    let (found, expected) = (codes.len(), rows_in(drawings, bytes)? * WIDTH);
    if found != expected {
        return Err(CodeError::Length { found, expected });
    }
    let chunks = codes.par_chunks_mut(CHUNK * WIDTH).zip(drawings.par_chunks(CHUNK * bytes));
    chunks.for_each(|(codes, drawings)| {
        let values = measure.values();
        let mut rows = vec![0.0; AT_ONCE * values];
        wide(
            #[inline(always)]
            || {
                let groups = codes.chunks_mut(AT_ONCE * WIDTH).zip(drawings.chunks(AT_ONCE * bytes));
                for (codes, drawings) in groups {
                    let mut seen = [false; AT_ONCE];
                    let drawings = drawings.chunks_exact(bytes);
                    for ((seen, row), drawing) in seen.iter_mut().zip(rows.chunks_exact_mut(values)).zip(drawings) {
                        *seen = measure.of(resampler, drawing, row);
                    }
                    encode_rows(pca, &rows, seen, codes);
                }
            },
        );
    });
    Ok(())
}

/// Projects [`AT_ONCE`] rows, and writes codes for as many as there is room for.
#[inline(always)]
fn encode_rows(pca: &Pca, rows: &[f32], seen: [bool; AT_ONCE], codes: &mut [i8]) {
    let of = |row: usize| &rows[row * rows.len() / AT_ONCE..];
    let projected = pca.project([of(0), of(1), of(2), of(3)]);
    for ((mut row, seen), code) in projected.into_iter().zip(seen).zip(codes.as_chunks_mut::<WIDTH>().0) {
        if !seen {
            code.fill(0);
            continue;
        }
        if !scaled_to_unit(&mut row) {
            // In the very middle of all: in no direction from there, but where all such rows are alike.
            row[0] = 1.0;
        }
        for (to, value) in code.iter_mut().zip(row) {
            *to = (value * UNIT).round_ties_even() as i8;
        }
    }
}

/// Scales values to unit length; false, and all 0, where they have next to none.
#[inline(always)]
fn scaled_to_unit(values: &mut [f32]) -> bool {
    let mut sums = [0.0_f32; 8];
    let (groups, rest) = values.as_chunks::<8>();
    for group in groups {
        for (sum, value) in sums.iter_mut().zip(group) {
            *sum += value * value;
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += value * value;
    }
    let square: f32 = sums.iter().sum();
    if square < NOTHING {
        values.fill(0.0);
        return false;
    }
    let length = square.sqrt();
    for value in values {
        *value /= length;
    }
    true
}

#[cfg(test)]
mod tests;
