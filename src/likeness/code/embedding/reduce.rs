//! Rows of numbers as codes, for what takes all pairs: the graph, maps and groups.

use super::super::pca::{AT_ONCE, Pca};
use super::super::{Codes, Sample, WIDTH, encode_rows, wide};
use super::{Embedding, EmbeddingError, Metric};
use crate::progress::Progress;
use rayon::prelude::*;

/// Wider rows are folded to so many values first.
const FOLDED: usize = 512;
/// Rows that are reduced between two looks.
const BLOCK: usize = 4_096;

impl Embedding {
    /// Codes of all rows: the 64 directions in which they vary most. They rank nearly as the rows do, by the angle seen from the
    /// middle of all; [`nearest`](Self::nearest) alone is exact. Missing rows get 0 everywhere. Fails where it is given up.
    pub fn codes(&self, progress: Progress<'_>) -> Result<Codes, EmbeddingError> {
        let values = self.width.min(FOLDED);
        let places: Vec<(usize, f64)> = (0..self.width).map(|i| place(i, self.width)).collect();
        let present: Vec<u32> = (0..self.rows()).filter(|&row| !self.is_missing(row)).collect();
        let longest = self.briefs.iter().map(|brief| brief.length).fold(f64::MIN_POSITIVE, f64::max);
        let folded = |row: u32| self.folded(row, &places, values, longest);
        let sampled: Vec<u32> = Sample::rows_of(present.len() as u32).map(|i| present[i as usize]).collect();
        let mut sample = Vec::with_capacity(sampled.len() * values);
        for (i, rows) in sampled.chunks(BLOCK).enumerate() {
            progress.part(0.0, 0.1).reach((i * BLOCK) as f64 / sampled.len() as f64)?;
            sample.extend(rows.par_iter().map(|&row| folded(row)).collect::<Vec<_>>().concat());
        }
        let pca = Pca::fit(&sample, values, false, progress.part(0.1, 0.5))?;
        let mut codes = vec![0; self.rows() as usize * WIDTH];
        for (i, codes) in codes.chunks_mut(BLOCK * WIDTH).enumerate() {
            progress.part(0.5, 1.0).reach((i * BLOCK) as f64 / f64::from(self.rows()))?;
            codes.par_chunks_mut(AT_ONCE * WIDTH).enumerate().for_each(|(group, codes)| {
                let mut rows = vec![0.0; AT_ONCE * values];
                let mut seen = [false; AT_ONCE];
                let first = i * BLOCK + group * AT_ONCE;
                for ((row, seen), to) in (first..).zip(&mut seen).zip(rows.chunks_exact_mut(values)) {
                    *seen = !self.is_missing(row as u32);
                    if *seen {
                        to.copy_from_slice(&folded(row as u32));
                    }
                }
                wide(
                    #[inline(always)]
                    || encode_rows(&pca, &rows, seen, codes),
                );
            });
        }
        progress.reach(1.0)?;
        // As wide as a code is, and as many as there are rows.
        Codes::new(WIDTH, codes).map_err(|_| EmbeddingError::Width(WIDTH))
    }

    /// A row of at most [`FOLDED`] values, for cosines in unit length, else as long as it is among the `longest`.
    fn folded(&self, row: u32, places: &[(usize, f64)], values: usize, longest: f64) -> Vec<f32> {
        let mut own = vec![0.0; self.width];
        self.values.copy(row as usize, &mut own);
        let length = match self.metric {
            Metric::Cosine => self.briefs[row as usize].length,
            Metric::Euclid => longest,
        };
        let mut folded = vec![0.0; values];
        for (value, &(place, sign)) in own.iter().zip(places) {
            folded[place] += value / length * sign;
        }
        folded.into_iter().map(|value| value as f32).collect()
    }
}

/// Where a value of a row is added, and its sign. Wide rows are folded so that dot products stay what they are on average, after
/// Weinberger and others, Feature hashing (2009).
fn place(value: usize, width: usize) -> (usize, f64) {
    if width <= FOLDED {
        return (value, 1.0);
    }
    let hash = (value as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((hash >> 33) as usize % FOLDED, if hash >> 63 == 0 { 1.0 } else { -1.0 })
}
