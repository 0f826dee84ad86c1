//! What pictures have taken, and what others will take, going by that.

use super::{FIXED_COST, MOST_DOWNSAMPLED};
use crate::gpu::painters::CostKey;
use crate::scene::view::ScatterView;
use std::time::Duration;

/// Sides of drawings that are told apart, in steps of a factor of √2 from 1/16 px on.
const SIDES: usize = 32;
/// What is left of an estimate after each picture of lower resolution that was drawn instead, where that one tells that the estimate is
/// too high, and elsewhere: what took twice the budget is tried again after some 70 frames, or 350.
const DOUBTED: f64 = 0.99;
const FORGOTTEN: f64 = 0.998;
/// How many times what was known a time counts at most: a frame that was held up doubles it, and no more.
const HELD_UP: u32 = 3;

impl CostKey {
    /// How many times as long an exact picture takes as a downsampled one, upscaling left out.
    fn exact_from(self, downsample: u32) -> u32 {
        match (self, downsample) {
            (_, 0 | 1) => 1,
            // It has as many times the pixels.
            (Self::CellLookup, downsample) => downsample * downsample,
            // It has as many times the drawings; half of what it takes goes with pixels.
            (Self::OnTheWay, downsample) => (downsample * downsample).div_ceil(2),
            // As measured: it has many times the pixels, but no more drawings.
            (Self::Splat | Self::WideSplat | Self::TopmostSplat | Self::Quads, downsample) => 2 * (downsample - 1),
        }
    }

    /// What a picture downsampled by another factor takes, going by one; rather too much than too little.
    fn going_by(self, (known, time): (u32, Duration), wanted: u32) -> Duration {
        let part = |time: Duration| time * self.exact_from(known) / self.exact_from(wanted);
        let upscaling = |downsample| if downsample > 1 { FIXED_COST } else { Duration::ZERO };
        match self {
            // However low the resolution is, each drawing of a crowd costs time.
            Self::Quads if wanted < known => part(time) * 3 / 2,
            Self::Quads | Self::OnTheWay => part(time),
            Self::CellLookup | Self::Splat | Self::WideSplat | Self::TopmostSplat => {
                part(time.saturating_sub(upscaling(known))) + upscaling(wanted)
            }
        }
    }
}

/// Times by downsample, the exact picture's first.
type Times = [Option<Duration>; MOST_DOWNSAMPLED as usize];

/// What is expected of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// How many steps of side the pictures were away that tell it.
    pub(super) distance: usize,
    times: [Duration; MOST_DOWNSAMPLED as usize],
}

impl Expected {
    /// What the exact picture takes.
    pub(super) fn exact(&self) -> Duration {
        self.times[0]
    }

    /// The finest picture from a factor of downsampling on that keeps within a budget; where none does, the fastest.
    pub(super) fn finest_within(&self, budget: Duration, from: u32) -> u32 {
        let time = |coarse: u32| self.times[index(coarse)];
        let fastest = (from..=MOST_DOWNSAMPLED).rev().min_by_key(|&coarse| time(coarse)).unwrap_or(MOST_DOWNSAMPLED);
        (from..MOST_DOWNSAMPLED).find(|&coarse| time(coarse) <= budget).unwrap_or(fastest)
    }
}

/// What is known of all pictures so far.
///
/// It depends on how they are drawn, on how large drawings are, and on how far pictures are downsampled: it is remembered for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs([[Times; SIDES]; CostKey::COUNT]);

impl Costs {
    /// Takes note of how long the GPU took for a picture.
    pub(super) fn record(&mut self, key: CostKey, view: &ScatterView, downsample: u32, time: Duration) {
        let Some(times) = self.0.get_mut(key as usize).and_then(|of| of.get_mut(bucket(view))) else { return };
        // One frame that was held up must not decide alone; a first one has to.
        let own = &mut times[index(downsample)];
        let takes = own.map_or(time, |before| (before + time.min(before * HELD_UP)) / 2);
        *own = Some(takes);
        for finer in 1..downsample.min(MOST_DOWNSAMPLED + 1) {
            let known = &mut times[index(finer)];
            let told = key.going_by((downsample, time), finer);
            *known = match *known {
                // Low-resolution pictures tell less well what others take.
                Some(before) => {
                    let doubted = before.mul_f64(if told < before { DOUBTED } else { FORGOTTEN });
                    // Pictures on the way leave most drawings out: all of them are not tried against what those tell.
                    let least = if key == CostKey::OnTheWay && finer == 1 { told.min(before) } else { Duration::ZERO };
                    Some(doubted.max(least))
                }
                None if finer == 1 => Some(told),
                None => None,
            };
        }
        // Each has a way of its own to leave things out, but none takes longer than the exact one.
        if downsample > 1 {
            times[0] = times[0].map(|exact| exact.max(takes));
        } else {
            for coarser in times.iter_mut().skip(1).flatten() {
                *coarser = takes.min(*coarser);
            }
        }
    }

    /// What a picture will take, by the nearest size of drawings that is known.
    pub(super) fn expected(&self, key: CostKey, view: &ScatterView) -> Option<Expected> {
        let at = bucket(view);
        let of = self.0.get(key as usize)?;
        let known = of.iter().enumerate().filter_map(|(side, times)| Some((side.abs_diff(at), expected(key, times)?)));
        known.min_by_key(|(distance, _)| *distance).map(|(distance, times)| Expected { distance, times })
    }

    /// Whether no picture has been timed yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().flatten().flatten().all(Option::is_none)
    }
}

/// The times of one size of drawings, those not measured going by the next finer one.
fn expected(key: CostKey, times: &Times) -> Option<[Duration; MOST_DOWNSAMPLED as usize]> {
    let mut last = (1, times[0]?);
    let mut all = [last.1; MOST_DOWNSAMPLED as usize];
    for (downsample, (out, known)) in (1..).zip(all.iter_mut().zip(times)) {
        let (finer, time) = last;
        *out = known.unwrap_or_else(|| key.going_by((finer, time), downsample));
        last = (downsample, *out);
    }
    Some(all)
}

fn index(downsample: u32) -> usize {
    downsample.clamp(1, MOST_DOWNSAMPLED) as usize - 1
}

fn bucket(view: &ScatterView) -> usize {
    let steps = 2.0 * (view.side_px * 16.0).max(1.0).log2();
    (steps.round() as usize).min(SIDES - 1)
}
