//! A step down: what pulls rows together, and how far they go.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::TsneState;
use crate::likeness::code::wide;
use crate::likeness::maps::Place;
use crate::likeness::maps::links::{Link, Links};
use crate::likeness::maps::mesh::Push;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Rows of a chunk: sums over all rows are those of chunks, in their order, whoever computes them.
const CHUNK: usize = 1 << 10;
/// Rows of which a thread sums the pulls at once.
const PULLS: usize = 64;
/// Neighbours that are looked at side by side.
const LANES: usize = 8;
/// Iterations with exaggerated pulls; 250, as is usual, make no better map of real drawings.
pub(super) const EARLY: u32 = 150;
/// How much they are exaggerated.
const EXAGGERATION: f64 = 12.0;
/// How far a slope leads at least, where rows are few.
const LEAST_RATE: f64 = 200.0;
/// How much of the last step goes into the next.
const MOMENTUM: f32 = 0.8;
/// Longest step along an axis: no row is thrown out of the map.
const LONGEST: f32 = 5.0;

/// How an iteration goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Phase {
    exaggeration: f64,
    /// How far a slope leads.
    rate: f64,
}

impl Phase {
    /// How the iteration goes that follows so many others, for so many rows.
    pub(super) fn of(iteration: u32, rows: usize) -> Self {
        let exaggeration = if iteration < EARLY { EXAGGERATION } else { 1.0 };
        Self { exaggeration, rate: (rows as f64 / exaggeration).max(LEAST_RATE) }
    }
}

/// Writes how each row is pulled by what it looks like: Σ p (y − y′) / (1 + d²).
pub(super) fn pull_all(
    affinities: &Links,
    places: &[Place],
    pulls: &mut [[f32; 2]],
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    for block in affinities.blocks() {
        progress.reach(block.start as f64 / places.len() as f64)?;
        let pulls = pulls.get_mut(block.clone()).unwrap_or_default();
        pulls.par_chunks_mut(PULLS).enumerate().for_each(|(chunk, pulls)| {
            wide(
                #[inline(always)]
                || {
                    for (row, pull) in (block.start + chunk * PULLS..).zip(pulls.iter_mut()) {
                        let own = places.get(row).copied().unwrap_or_default();
                        *pull = self::pull(own, affinities.of(row), places);
                    }
                },
            );
        });
    }
    Ok(())
}

#[inline(always)]
fn pull(own: Place, links: &[Link], places: &[Place]) -> [f32; 2] {
    let mut sums = [[0.0; LANES]; 2];
    let (groups, rest) = links.as_chunks::<LANES>();
    for group in groups {
        add(own, group, places, &mut sums);
    }
    let mut last = [Link::default(); LANES];
    for (to, link) in last.iter_mut().zip(rest) {
        *to = *link;
    }
    add(own, &last, places, &mut sums);
    sums.map(|sums| sums.iter().sum())
}

#[inline(always)]
fn add(own: Place, group: &[Link; LANES], places: &[Place], sums: &mut [[f32; LANES]; 2]) {
    let (mut x, mut y, mut weight) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    for (lane, link) in group.iter().enumerate() {
        let other = places.get(link.row as usize).copied().unwrap_or_default();
        x[lane] = own[0] - other[0];
        y[lane] = own[1] - other[1];
        weight[lane] = link.weight;
    }
    for lane in 0..LANES {
        let part = weight[lane] / (1.0 + x[lane] * x[lane] + y[lane] * y[lane]);
        sums[0][lane] += part * x[lane];
        sums[1][lane] += part * y[lane];
    }
}

/// Takes a step: rows go on as they went, and down the slope, the farther the longer they go the same way.
pub(super) fn descend(state: &mut TsneState, pulls: &[[f32; 2]], pushes: &[Push], phase: &Phase) {
    // Every row meets itself, in the sum over all pairs too.
    let sums = pushes.par_chunks(CHUNK).map(|pushes| pushes.iter().map(|push| push.sum - 1.0).sum::<f64>());
    let all = sums.collect::<Vec<_>>().into_iter().sum::<f64>().max(1e-12);
    let rows = state.places.par_chunks_mut(CHUNK).zip(state.steps.par_chunks_mut(CHUNK));
    let rows = rows.zip(state.gains.par_chunks_mut(CHUNK));
    let forces = pulls.par_chunks(CHUNK).zip(pushes.par_chunks(CHUNK));
    let means = rows.zip(forces).map(|(((places, steps), gains), (pulls, pushes))| {
        let mut mean = [0.0; 2];
        let rows = places.iter_mut().zip(steps).zip(gains);
        for (((place, step), gain), (pull, push)) in rows.zip(pulls.iter().zip(pushes)) {
            for axis in 0..2 {
                let slope = phase.exaggeration * f64::from(pull[axis]) - push.away[axis] / all;
                let (step, gain) = (&mut step[axis], &mut gain[axis]);
                let is_back = (slope > 0.0) == (*step > 0.0);
                *gain = if is_back { (*gain * 0.8).max(0.01) } else { *gain + 0.2 };
                let next = MOMENTUM * *step - (phase.rate * slope) as f32 * *gain;
                *step = next.clamp(-LONGEST, LONGEST);
                place[axis] += *step;
                mean[axis] += f64::from(place[axis]);
            }
        }
        mean
    });
    let mut mean = [0.0; 2];
    for sums in means.collect::<Vec<_>>() {
        mean[0] += sums[0];
        mean[1] += sums[1];
    }
    let mean = mean.map(|sum| (sum / state.places.len().max(1) as f64) as f32);
    state.places.par_chunks_mut(CHUNK).flatten().for_each(|place| {
        place[0] -= mean[0];
        place[1] -= mean[1];
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::graph::graph;
    use crate::likeness::maps::links::distances;
    use crate::likeness::maps::tests::heaps;

    #[test]
    fn pulls_are_the_sums_over_all_links() {
        let codes = heaps(200, 5);
        let graph = graph(&codes, 11, Progress::NONE).unwrap();
        let (_, links) = distances(&codes, &graph, Progress::NONE).unwrap();
        let links = links.joined(|a, b| (a + b) / 1e4, Progress::NONE).unwrap();
        let places: Vec<Place> = (0..200_u16).map(|row| [f32::from(row % 14), f32::from(row * 7 % 31)]).collect();
        let mut pulls = vec![[0.0; 2]; 200];
        pull_all(&links, &places, &mut pulls, Progress::NONE).unwrap();
        for (row, found) in pulls.iter().enumerate() {
            for axis in 0..2 {
                let pull = |link: &Link| {
                    let away = [0, 1].map(|axis| f64::from(places[row][axis] - places[link.row as usize][axis]));
                    f64::from(link.weight) * away[axis] / (1.0 + away[0].powi(2) + away[1].powi(2))
                };
                let expected: f64 = links.of(row).iter().map(pull).sum();
                assert!((f64::from(found[axis]) - expected).abs() < 1e-4 * (1.0 + expected.abs()));
            }
        }
    }

    #[test]
    fn a_step_goes_down_and_farther_the_longer_it_goes_the_same_way() {
        let mut state = TsneState {
            iteration: 0,
            places: vec![[-1.0, 0.0], [1.0, 0.0]],
            steps: vec![[0.0; 2]; 2],
            gains: vec![[1.0; 2]; 2],
        };
        let phase = Phase { exaggeration: 2.0, rate: 0.1 };
        // Pulled together twice as much as pushed apart.
        let pulls = [[-1.0, 0.0], [1.0, 0.0]];
        let pushes = [-1.0, 1.0].map(|away| Push { sum: 1.5, away: [away, 0.0] });
        let mut last = 0.0;
        for _ in 0..3 {
            let before = state.places[1][0];
            descend(&mut state, &pulls, &pushes, &phase);
            let moved = before - state.places[1][0];
            assert!(moved > last && state.places[0][0] == -state.places[1][0], "{moved}");
            last = moved;
        }
        assert!(state.gains[1][0] > 1.3);
        let far = Phase { exaggeration: 2.0, rate: 1e9 };
        descend(&mut state, &pulls, &pushes, &far);
        assert_eq!(state.steps[1][0], -LONGEST);
    }

    #[test]
    fn early_pulls_are_exaggerated_and_rates_grow_with_the_rows() {
        assert_eq!(Phase::of(EARLY - 1, 24_000), Phase { exaggeration: 12.0, rate: 2_000.0 });
        assert_eq!(Phase::of(EARLY, 24_000), Phase { exaggeration: 1.0, rate: 24_000.0 });
        assert_eq!(Phase::of(0, 24).rate, 200.0);
    }
}
