//! How rows move: towards those they belong to, and away from some that a row meets by chance.

use crate::likeness::maps::Place;
use crate::likeness::maps::links::Links;
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Turns of an epoch: most rows that pull each other do so one after the other, and do not jump past each other.
pub(super) const ROUNDS: usize = 8;
/// Rows of a turn that are moved between two looks at whether it is still wanted: a few milliseconds on one thread.
const AT_ONCE: usize = 1 << 11;
/// Rows that a thread moves at once.
const CHUNK: usize = 32;
/// Rows that are pushed away for each that pulls.
const NEGATIVES: u32 = 5;
/// The curve 1 / (1 + a d^2b) that falls as `min_dist` 0.1 and `spread` 1 ask for.
const A: f32 = 1.576_943;
const B: f32 = 0.895_060_9;
/// What keeps a push finite.
const SOFT: f32 = 1e-3;
/// Longest move along an axis.
const LONGEST: f32 = 4.0;

/// How an epoch goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Epoch {
    number: u32,
    /// How far rows move: less from epoch to epoch.
    rate: f32,
    seed: u64,
}

impl Epoch {
    /// The epoch of a number, of so many.
    pub(super) fn new(number: u32, epochs: u32, seed: u64) -> Self {
        let part = f64::from(number) / f64::from(epochs.max(1));
        Self { number, rate: 1.0 - part as f32, seed }
    }

    /// Whether a link of a weight, 0 to 1, pulls: as often, of all epochs, as its weight says.
    fn pulls(&self, weight: f32) -> bool {
        let (weight, number) = (f64::from(weight), f64::from(self.number));
        ((number + 1.0) * weight).floor() > (number * weight).floor()
    }
}

/// Moves the rows whose turn it is, all at once, by the places that they find.
pub(super) fn move_some(
    epoch: &Epoch,
    links: &Links,
    round: usize,
    places: &mut [Place],
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let rows = places.len();
    let turn: Vec<usize> = (round..rows).step_by(ROUNDS).collect();
    let mut moved = Vec::with_capacity(turn.len());
    for some in turn.chunks(AT_ONCE) {
        progress.reach(moved.len() as f64 / turn.len() as f64)?;
        let some = some.par_iter().with_min_len(CHUNK).map(|&row| move_one(epoch, links, row, places));
        moved.extend(some.collect::<Vec<_>>());
    }
    for (&row, place) in turn.iter().zip(moved) {
        if let Some(to) = places.get_mut(row) {
            *to = place;
        }
    }
    Ok(())
}

/// Where a row goes.
fn move_one(epoch: &Epoch, links: &Links, row: usize, places: &[Place]) -> Place {
    let mut own = places.get(row).copied().unwrap_or_default();
    // Each epoch has its own streams, so that no state of them must be kept.
    let stream = u64::from(epoch.number) << 32 | row as u64;
    let mut random = Random::new(epoch.seed, stream);
    for link in links.of(row) {
        if !epoch.pulls(link.weight) {
            continue;
        }
        let other = places.get(link.row as usize).copied().unwrap_or_default();
        // umap-learn moves both ends of a link, and comes by it from both: here each end moves itself, twice as far.
        step(&mut own, other, 2.0 * epoch.rate, |square, power| {
            if square > 0.0 { -2.0 * A * B * power / (square * (1.0 + A * power)) } else { 0.0 }
        });
        for _ in 0..NEGATIVES {
            let other = random.below(places.len());
            if other != row {
                let other = places.get(other).copied().unwrap_or_default();
                step(&mut own, other, epoch.rate, |square, power| 2.0 * B / ((SOFT + square) * (1.0 + A * power)));
            }
        }
    }
    own
}

/// A step away from another row, by a slope of the square of their distance and of its power.
fn step(own: &mut Place, other: Place, rate: f32, slope: impl Fn(f32, f32) -> f32) {
    let away = [own[0] - other[0], own[1] - other[1]];
    let square = away[0] * away[0] + away[1] * away[1];
    let slope = slope(square, square.powf(B));
    for (at, away) in own.iter_mut().zip(away) {
        *at += rate * (slope * away).clamp(-LONGEST, LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_pull_as_often_as_their_weights_say() {
        for (weight, expected) in [(1.0, 200), (0.5, 100), (0.25, 50), (0.001, 0)] {
            let pulls = (0..200).filter(|&number| Epoch::new(number, 200, 0).pulls(weight)).count();
            assert_eq!(pulls, expected, "{weight}");
        }
    }

    #[test]
    fn a_step_goes_the_way_that_the_slope_says_and_not_too_far() {
        let mut place = [3.0, 4.0];
        step(&mut place, [0.0; 2], 0.5, |square, power| {
            assert!(square == 25.0 && (power - 25.0_f32.powf(B)).abs() < 1e-6);
            -0.2
        });
        assert_eq!(place, [2.7, 3.6]);
        step(&mut place, [0.0; 2], 1.0, |_, _| 1e9);
        assert_eq!(place, [6.7, 7.6]);
    }
}
