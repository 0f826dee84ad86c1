//! What pictures have taken, and what others will take, going by that.

use super::super::view::ScatterView;
use super::{COARSEST, FIXED_COST};
use std::time::Duration;

/// Sides of drawings that are told apart, in steps of a factor of √2 from 1/16 px on.
const SIDES: usize = 32;
/// What is left of an estimate after each coarser picture that was drawn instead, where that one tells that the estimate is
/// too high, and elsewhere: what was slow is tried again in the end, but not often enough to be among a hundred frames.
const DOUBTED: f64 = 0.99;
const FORGOTTEN: f64 = 0.998;

/// How pictures are drawn; each way has its own cost.
#[derive(Clone, Copy)]
enum Way {
    /// Each pixel looks up its drawing.
    LookedUp,
    /// Dots are counted.
    Dots,
    /// Drawings of a crowd are drawn one by one.
    Crowd,
}

impl Way {
    fn of(view: &ScatterView) -> Self {
        match (view.overlaps, view.shape_mix > 0.0) {
            (false, _) => Self::LookedUp,
            (true, false) => Self::Dots,
            (true, true) => Self::Crowd,
        }
    }

    /// How many times as long an exact picture takes as one of some coarseness, at the least.
    fn exact_from(self, coarseness: u32) -> u32 {
        match (self, coarseness) {
            (_, 0 | 1) => 1,
            (Self::LookedUp, coarseness) => coarseness * coarseness,
            // As measured: it has many times the pixels, but no more drawings.
            (Self::Dots | Self::Crowd, coarseness) => 2 * (coarseness - 1),
        }
    }

    /// What a picture takes, going by a coarser one.
    fn finer(self, (coarseness, time): (u32, Duration), finer: u32) -> Duration {
        let grows = match self {
            // As coarse as it may be, each drawing of a crowd costs time.
            Self::Crowd => time * 3 / 2,
            Self::LookedUp | Self::Dots => time.saturating_sub(FIXED_COST),
        };
        grows * self.exact_from(coarseness) / self.exact_from(finer)
    }
}

/// Times by coarseness, the exact picture's first.
type Times = [Option<Duration>; COARSEST as usize];

/// What is expected of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected {
    /// How many steps of side the pictures were away that tell it.
    pub(super) distance: usize,
    times: [Duration; COARSEST as usize],
}

impl Expected {
    /// What the exact picture takes.
    pub(super) fn exact(&self) -> Duration {
        self.times[0]
    }

    /// The finest picture from a coarseness on that keeps within a budget; else the coarsest.
    pub(super) fn finest_within(&self, budget: Duration, from: u32) -> u32 {
        let fits = |&coarse: &u32| self.times.get(coarse as usize - 1).is_some_and(|time| *time <= budget);
        (from..COARSEST).find(fits).unwrap_or(COARSEST)
    }
}

/// What is known of all pictures so far.
///
/// It depends on how they are drawn, on how large drawings are, and on the pictures' coarseness: it is remembered for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs([[Times; SIDES]; 3]);

impl Costs {
    /// Takes note of how long the GPU took for a picture.
    pub(super) fn took(&mut self, view: &ScatterView, coarseness: u32, time: Duration) {
        let way = Way::of(view);
        let Some(times) = self.0.get_mut(way as usize).and_then(|of| of.get_mut(bucket(view))) else { return };
        let foreseen = expected(way, times).map(|times| times[index(coarseness)]);
        for finer in 1..coarseness.min(COARSEST + 1) {
            let known = &mut times[index(finer)];
            let told = way.finer((coarseness, time), finer);
            *known = match *known {
                // Coarse pictures tell less well what others take.
                Some(before) => Some(before.mul_f64(if told < before { DOUBTED } else { FORGOTTEN })),
                None if finer == 1 => Some(told),
                None => None,
            };
        }
        // One frame that was held up must not decide alone; a first one has to.
        times[index(coarseness)] = Some(foreseen.map_or(time, |before| (before + time) / 2));
        // No picture takes longer than a finer one.
        let exact = times[0];
        for coarser in times.iter_mut().skip(index(coarseness)).flatten() {
            *coarser = exact.map_or(*coarser, |exact| exact.min(*coarser));
        }
    }

    /// What a picture will take, by the nearest size of drawings that is known.
    pub(super) fn expected(&self, view: &ScatterView) -> Option<Expected> {
        let (way, at) = (Way::of(view), bucket(view));
        let of = self.0.get(way as usize)?;
        let known = of.iter().enumerate().filter_map(|(side, times)| Some((side.abs_diff(at), expected(way, times)?)));
        known.min_by_key(|(distance, _)| *distance).map(|(distance, times)| Expected { distance, times })
    }

    /// Whether no picture has been timed yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().flatten().flatten().all(Option::is_none)
    }
}

/// The times of one size of drawings, those not measured going by the next finer one.
fn expected(way: Way, times: &Times) -> Option<[Duration; COARSEST as usize]> {
    let mut last = (1, times[0]?);
    let mut all = [last.1; COARSEST as usize];
    for (coarseness, (out, known)) in (1..).zip(all.iter_mut().zip(times)) {
        let (finer, time) = last;
        *out = known.unwrap_or_else(|| time * way.exact_from(finer) / way.exact_from(coarseness));
        last = (coarseness, *out);
    }
    Some(all)
}

fn index(coarseness: u32) -> usize {
    coarseness.clamp(1, COARSEST) as usize - 1
}

fn bucket(view: &ScatterView) -> usize {
    let steps = 2.0 * (view.side_px * 16.0).max(1.0).log2();
    (steps.round() as usize).min(SIDES - 1)
}
