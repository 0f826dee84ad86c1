//! How well a grid is sorted: distance preservation quality (Barthel, Hezel, Jung and Schall, 2023), on a sample.

use super::SortError;
use super::random::Random;
use crate::progress::Progress;
use rayon::prelude::*;

/// The power with which differences count; papers give the quality for it.
const POWER: i32 = 16;
/// Most neighbours that are looked at; farther ones count for nothing with such a power.
const MOST_NEIGHBOURS: usize = 4096;
/// Rows that are looked at between two looks at whether it is still wanted.
const STEP: usize = 4;

/// DPQ₁₆ of an assignment, not wrapped around: 0 where drawings lie no better than by chance, 1 where the neighbours of each on
/// the grid are its nearest of all. Random grids have about 0.2.
///
/// `codes` is rows × `width`, `cell_of` gives each row's cell in a grid of so many columns. It is estimated from `sample` rows,
/// which a seed picks (all of them where there are fewer); 1,500 give it within about ±0.005. Costs sample × rows distances.
///
/// Fails where lengths do not fit each other, or where it is given up.
pub fn quality(
    codes: &[i8],
    width: usize,
    cell_of: &[u32],
    columns: u32,
    sample: usize,
    seed: u64,
    progress: Progress<'_>,
) -> Result<f64, SortError> {
    let rows = super::row_count(codes, width)?;
    if columns == 0 {
        return Err(SortError::NoColumns);
    }
    if cell_of.len() != rows {
        return Err(SortError::Lengths { what: "cells", found: cell_of.len(), rows });
    }
    if rows < 2 {
        return Ok(1.0);
    }
    let mut random = Random::new(seed, 0);
    let mut picked: Vec<u32> = (0..rows as u32).collect();
    let sample = sample.clamp(1, rows);
    for at in 0..sample {
        picked.swap(at, at + random.below(rows - at));
    }
    picked.truncate(sample);
    let count = MOST_NEIGHBOURS.min(rows - 1);
    let (mut on_grid, mut best, mut mean) = (vec![0.0; count], vec![0.0; count], 0.0);
    for (at, some) in picked.chunks(STEP * rayon::current_num_threads()).enumerate() {
        progress.reach(at as f64 * some.len() as f64 / sample as f64)?;
        let found: Vec<(Vec<f32>, Vec<f32>, f64)> =
            some.par_iter().map(|&row| sums(codes, width, cell_of, columns, row as usize, count)).collect();
        for (grid, nearest, all) in found {
            add_running_means(&mut on_grid, &grid);
            add_running_means(&mut best, &nearest);
            mean += all;
        }
    }
    let differences = |means: &[f64]| -> f64 {
        // Only the ratio counts, so the sums may stay undivided; relative to the mean they do not overflow.
        means.iter().map(|at| ((mean - at).max(0.0) / mean.max(f64::MIN_POSITIVE)).powi(POWER)).sum()
    };
    let best = differences(&best);
    Ok(if best > 0.0 { (differences(&on_grid) / best).powf(1.0 / f64::from(POWER)) } else { 1.0 })
}

/// The distances from a row to its nearest `count` on the grid, from the nearest on (of those equally far the likest first), to
/// its `count` likest, and the mean distance to all.
fn sums(
    codes: &[i8],
    width: usize,
    cell_of: &[u32],
    columns: u32,
    row: usize,
    count: usize,
) -> (Vec<f32>, Vec<f32>, f64) {
    let own = &codes[row * width..(row + 1) * width];
    let at = |cell: u32| [i64::from(cell % columns), i64::from(cell / columns)];
    let place = at(cell_of[row]);
    let mut away = vec![0; cell_of.len()];
    pulp::Arch::new().dispatch(Squares { codes, own, away: &mut away });
    let mut all: Vec<(u64, f32)> = Vec::with_capacity(cell_of.len());
    for (&cell, &square) in cell_of.iter().zip(&away) {
        let [x, y] = at(cell);
        let away = (x - place[0]).pow(2) + (y - place[1]).pow(2);
        all.push((away as u64, (square as f32).sqrt()));
    }
    all.swap_remove(row);
    let mean = all.iter().map(|&(_, distance)| f64::from(distance)).sum::<f64>() / all.len() as f64;
    let by_place = |a: &(u64, f32), b: &(u64, f32)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
    all.select_nth_unstable_by(count - 1, by_place);
    let mut grid = all[..count].to_vec();
    grid.sort_unstable_by(by_place);
    all.select_nth_unstable_by(count - 1, |a, b| a.1.total_cmp(&b.1));
    let mut nearest: Vec<f32> = all[..count].iter().map(|&(_, distance)| distance).collect();
    nearest.sort_unstable_by(f32::total_cmp);
    (grid.into_iter().map(|(_, distance)| distance).collect(), nearest, mean)
}

/// The squared distances of all codes to one.
struct Squares<'a> {
    codes: &'a [i8],
    own: &'a [i8],
    away: &'a mut [i32],
}

impl pulp::NullaryFnOnce for Squares<'_> {
    type Output = ();

    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn call(self) {
        for (other, away) in self.codes.chunks_exact(self.own.len()).zip(self.away) {
            let differences = self.own.iter().zip(other).map(|(&a, &b)| i32::from(a) - i32::from(b));
            *away = differences.map(|difference| difference * difference).sum();
        }
    }
}

/// Adds to each place the mean of the distances up to it.
fn add_running_means(means: &mut [f64], distances: &[f32]) {
    let mut sum = 0.0;
    for (at, (mean, &distance)) in means.iter_mut().zip(distances).enumerate() {
        sum += f64::from(distance);
        *mean += sum / (at + 1) as f64;
    }
}
