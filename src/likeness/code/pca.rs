//! The reduction: the 64 directions in which a sample varies most, after Pearson (1901), and projection onto them.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::eigen::eigen;
use super::{WIDTH, wide};
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Columns that are projected onto at once.
const PANEL: usize = 16;
/// Rows that are projected at once.
pub(super) const AT_ONCE: usize = 4;
/// Values whose products are summed at once.
const TILE: usize = 8;

/// Part of the greatest spread below which a direction is taken for errors of rounding.
const LEAST_SPREAD: f64 = 1e-6;

/// A projection of rows of `values` numbers onto 64.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pca {
    values: usize,
    /// Panel, then value, then column.
    weights: Vec<[f32; PANEL]>,
    /// What a row of zeros becomes.
    origin: [f32; WIDTH],
}

impl Pca {
    /// Fits to a sample, `values` finite numbers a row. With `is_evened` the spreads along the directions become their square roots:
    /// what tells fewer drawings apart counts for more, but not for as much as what tells many. Covariances are summed in f64 in the order of the rows, so that no number of
    /// threads changes them. Fails where it is given up.
    pub(super) fn fit(
        sample: &[f32],
        values: usize,
        is_evened: bool,
        progress: Progress<'_>,
    ) -> Result<Self, Cancelled> {
        let rows = sample.len() / values;
        let panels = panels(sample, values);
        let mean = |i: usize| {
            let of_rows = panels[i / TILE].iter().map(|row| f64::from(row[i % TILE]));
            of_rows.sum::<f64>() / rows.max(1) as f64
        };
        let means: Vec<f64> = (0..values).map(mean).collect();
        let mut matrix = vec![0.0; values * values];
        for (first, panel) in panels.iter().enumerate() {
            progress.part(0.0, 0.4).reach(first as f64 / panels.len() as f64)?;
            let others = panels.get(first..).unwrap_or_default();
            let tiles: Vec<_> = others
                .par_iter()
                .map(|other| {
                    wide(
                        #[inline(always)]
                        || products(panel, other),
                    )
                })
                .collect();
            for (tile, second) in tiles.iter().zip(first..) {
                for (i, line) in tile.iter().enumerate() {
                    for (j, sum) in line.iter().enumerate() {
                        let (i, j) = (first * TILE + i, second * TILE + j);
                        if i < values && j < values {
                            let covariance = sum / rows.max(1) as f64 - means[i] * means[j];
                            (matrix[i * values + j], matrix[j * values + i]) = (covariance, covariance);
                        }
                    }
                }
            }
        }
        let solving = progress.part(0.4, 1.0);
        let (spreads, vectors) = wide(
            #[inline(always)]
            || eigen(&mut matrix, values, solving),
        )?;
        let mut order: Vec<usize> = (0..values).collect();
        order.sort_by(|&a, &b| spreads[b].total_cmp(&spreads[a]));
        let widest = order.first().map_or(0.0, |&i| spreads[i]);
        let seen = order.iter().take(WIDTH).filter(|&&i| spreads[i] > widest * LEAST_SPREAD);
        let of = |&i: &usize| {
            let by = if is_evened { (widest / spreads[i]).sqrt().sqrt() } else { 1.0 };
            (by, &vectors[i * values..][..values])
        };
        Ok(Self::onto(&seen.map(of).collect::<Vec<_>>(), &means))
    }

    /// Projects onto directions, each with what to multiply by, seen from the means. A direction's largest component counts as positive.
    fn onto(directions: &[(f64, &[f64])], means: &[f64]) -> Self {
        let values = means.len();
        let (mut weights, mut origin) = (vec![[0.0; PANEL]; WIDTH / PANEL * values], [0.0; WIDTH]);
        for (column, (by, direction)) in directions.iter().enumerate() {
            let largest = direction.iter().fold(0.0_f64, |most, &v| if v.abs() > most.abs() { v } else { most });
            let by = if largest < 0.0 { -by } else { *by };
            for (i, v) in direction.iter().enumerate() {
                weights[column / PANEL * values + i][column % PANEL] = (by * v) as f32;
            }
            origin[column] = -direction.iter().zip(means).map(|(v, mean)| by * v * mean).sum::<f64>() as f32;
        }
        Self { values, weights, origin }
    }

    /// All that it consists of, in the order in which [`of_numbers`](Self::of_numbers) takes it: weights, then the origin.
    pub(super) fn numbers(&self) -> Vec<f32> {
        self.weights.as_flattened().iter().chain(&self.origin).copied().collect()
    }

    /// The projection of rows of `values` numbers that consists of these; `None` where they are not as many as that takes, or not
    /// all finite.
    pub(super) fn of_numbers(values: usize, numbers: &[f32]) -> Option<Self> {
        let (weights, origin) = numbers.split_last_chunk::<WIDTH>()?;
        let (weights, rest) = weights.as_chunks::<PANEL>();
        let is_whole = rest.is_empty() && weights.len() == WIDTH / PANEL * values;
        let is_finite = numbers.iter().all(|number| number.is_finite());
        (is_whole && is_finite).then(|| Self { values, weights: weights.to_vec(), origin: *origin })
    }

    /// Projects [`AT_ONCE`] rows.
    #[inline(always)]
    pub(super) fn project(&self, rows: [&[f32]; AT_ONCE]) -> [[f32; WIDTH]; AT_ONCE] {
        let mut out = [self.origin; AT_ONCE];
        let rows = rows.map(|row| &row[..self.values]);
        for (panel, weights) in self.weights.chunks_exact(self.values).enumerate() {
            let mut sums = [[0.0_f32; PANEL]; AT_ONCE];
            for (i, weights) in weights.iter().enumerate() {
                for (sums, row) in sums.iter_mut().zip(rows) {
                    for (sum, by) in sums.iter_mut().zip(weights) {
                        *sum += row[i] * by;
                    }
                }
            }
            for (out, sums) in out.iter_mut().zip(sums) {
                for (to, sum) in out[panel * PANEL..].iter_mut().zip(sums) {
                    *to += sum;
                }
            }
        }
        out
    }
}

/// The sample with [`TILE`] values of all rows side by side; values beyond the last are 0.
fn panels(sample: &[f32], values: usize) -> Vec<Vec<[f32; TILE]>> {
    let panel = |panel: usize| {
        let of_row = |row: &[f32]| {
            let mut own = [0.0; TILE];
            for (to, value) in own.iter_mut().zip(&row[panel * TILE..]) {
                *to = *value;
            }
            own
        };
        sample.chunks_exact(values).map(of_row).collect()
    };
    (0..values.div_ceil(TILE)).into_par_iter().map(panel).collect()
}

/// Sums of products over all rows of two panels.
#[inline(always)]
fn products(a: &[[f32; TILE]], b: &[[f32; TILE]]) -> [[f64; TILE]; TILE] {
    let mut sums = [[0.0; TILE]; TILE];
    // Half of the sums fit the registers.
    for (half, sums) in sums.as_chunks_mut::<{ TILE / 2 }>().0.iter_mut().enumerate() {
        let mut own = [[0.0_f64; TILE]; TILE / 2];
        for (a, b) in a.iter().zip(b) {
            for i in 0..TILE / 2 {
                let by = f64::from(a[half * TILE / 2 + i]);
                for j in 0..TILE {
                    own[i][j] += by * f64::from(b[j]);
                }
            }
        }
        *sums = own;
    }
    sums
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn the_first_direction_is_the_widest_and_seen_from_the_middle() {
        let sample: Vec<f32> = (0..50)
            .flat_map(|i| [1.0, 7.0 + i as f32, 2.0 * i as f32, if i % 2 == 0 { 0.25 } else { -0.25 }])
            .collect();
        let pca = Pca::fit(&sample, 4, false, Progress::NONE).unwrap();
        let row = |i: usize| &sample[i * 4..][..4];
        let [first, second, last, middle] = pca.project([row(0), row(1), row(49), &[1.0, 31.5, 49.0, 0.0]]);
        assert!((last[0] - 24.5 * 5.0_f32.sqrt()).abs() < 1e-4 && (first[0] + last[0]).abs() < 1e-4);
        assert!(middle.iter().all(|v| v.abs() < 1e-4), "{middle:?}");
        assert!((first[1] - second[1]).abs() > 0.49 && last[4..] == [0.0; 60]);
    }

    #[test]
    fn no_number_of_threads_changes_it() {
        let sample: Vec<f32> = (0..20 * 300_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / 1e7).collect();
        let fit = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Pca::fit(&sample, 20, true, Progress::NONE).unwrap())
        };
        assert_eq!(fit(1), fit(3));
    }
}
