//! When a coarse picture may stand in for the exact one: while the camera moves, where an exact one takes too long.

mod costs;

use super::view::{ScatterView, Stretch};
use costs::Costs;
use std::time::{Duration, Instant};

/// What the scatter's picture may take in a frame while the camera moves: what 16 ms leave beside panels and presentation.
/// At rest it is what a slice of one may take.
const BUDGET: Duration = Duration::from_millis(10);
/// What it may take when the camera stands still, where it is not drawn in slices.
const STILL_BUDGET: Duration = Duration::from_millis(16);
/// What a slice may take while the camera moves: strips, hovers and the next picture want their share.
const MOVING_SLICE: Duration = Duration::from_millis(6);
/// Most pixels a side that share a colour in a coarse picture, and how many do where too little is known.
const COARSEST: u32 = 4;
const UNKNOWN: u32 = 3;
/// How long the camera must have stood still before a coarse picture is made exact.
const REST: Duration = Duration::from_millis(60);
/// Steps of [`SIDES`] over which what is known of one size holds for another.
const NEAR: usize = 1;
/// What a slice takes beside its lines, and what enlarging takes of a coarse picture.
const FIXED_COST: Duration = Duration::from_millis(2);
/// Into how many slices a picture is cut of which nothing is known yet.
const UNKNOWN_SLICES: u32 = 8;

/// How much of a picture is on screen before a frame is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Another picture, or none.
    Nothing,
    /// Another picture, and this one cannot be made exact in slices.
    NothingToSlice,
    /// Most of it, exact or coarse.
    Most,
}

/// How much of the picture one frame may draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Pixels a side that share a colour where it is drawn anew: 1 is exact.
    pub coarse: u32,
    /// Lines of a coarse one that are made exact.
    pub lines: u32,
}

impl Effort {
    /// All that there is to draw.
    pub const ALL: Self = Self { coarse: 1, lines: u32::MAX };
}

/// Decides, frame by frame, how coarse the scatter's picture may be, and how much of a coarse one becomes exact.
#[derive(Clone, Debug, Default)]
pub struct Refinement {
    costs: Costs,
    last: Option<ScatterView>,
    moved_at: Option<Instant>,
    /// A coarse picture waits until the camera rests.
    waits: bool,
    refining: bool,
}

impl Refinement {
    /// What may be drawn of the picture of `view` now.
    pub fn effort(&mut self, view: &ScatterView, seen: Seen, now: Instant) -> Effort {
        // Far contrast changes with every drawing that arrives: no motion either.
        let view = &ScatterView { stretch: Stretch::default(), ..*view };
        // A first picture, or one of another size, is no motion.
        let same_size = self.last.is_none_or(|last| last.size_px == view.size_px);
        if self.last.is_some_and(|last| last != *view) && same_size {
            self.moved_at = Some(now);
        }
        self.last = Some(*view);
        let moving = self.moved_at.is_some_and(|moved| now.saturating_duration_since(moved) < REST);
        let expected = self.costs.expected(view);
        self.waits = moving && seen != Seen::Most;
        match (seen, expected) {
            (Seen::Most, None) => Effort { lines: (view.size_px[1] / UNKNOWN_SLICES).max(1), ..Effort::ALL },
            (Seen::Most, Some(expected)) => {
                Effort { lines: lines_in_budget(view.size_px[1], expected.exact(), moving), ..Effort::ALL }
            }
            (Seen::NothingToSlice, _) if !moving => Effort::ALL,
            (_, None) if self.costs.is_empty() => Effort::ALL,
            // Pictures of another kind tell nothing of this one.
            (_, None) => Effort { coarse: UNKNOWN, lines: 0 },
            (_, Some(expected)) => {
                let budget = if moving { BUDGET } else { STILL_BUDGET };
                // What other sizes take tells little of this one, unless everything is fast.
                let far = expected.distance > NEAR && expected.exact() > BUDGET / 4;
                Effort { coarse: expected.finest_within(budget, if far { UNKNOWN } else { 1 }), lines: 0 }
            }
        }
    }

    /// Takes note of whether what has been drawn is coarse yet.
    pub fn set_refining(&mut self, refining: bool) {
        self.refining = refining;
    }

    /// Takes note of how long the GPU took for some lines of the exact picture of `view`.
    pub fn took_slice(&mut self, view: &ScatterView, lines: u32, time: Duration) {
        let part = f64::from(lines.max(1)) / f64::from(view.size_px[1].max(1));
        self.took(view, 1, time.saturating_sub(FIXED_COST).div_f64(part.min(1.0)));
    }

    /// Takes note of how long the GPU took for a picture of `view`.
    pub fn took(&mut self, view: &ScatterView, coarseness: u32, time: Duration) {
        self.costs.took(view, coarseness, time);
    }

    /// When the camera moved last.
    pub fn moved_at(&self) -> Option<Instant> {
        self.moved_at
    }

    /// Whether the picture drawn last is coarse, or was in parts.
    pub fn is_refining(&self) -> bool {
        self.refining
    }

    /// When the next frame is due that makes a coarse picture exact, or more of it; `now` where nothing is waited for.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        let rested = self.moved_at.filter(|_| self.waits).map(|moved| moved + REST);
        self.refining.then(|| rested.map_or(now, |rested| rested.max(now)))
    }
}

/// Lines of a picture that fit into a frame when all of it takes a time.
fn lines_in_budget(height: u32, whole: Duration, moving: bool) -> u32 {
    let (all, slice) = if moving { (BUDGET, MOVING_SLICE) } else { (STILL_BUDGET, BUDGET) };
    if whole <= all {
        return u32::MAX;
    }
    ((f64::from(height) * slice.as_secs_f64() / whole.as_secs_f64()).round() as u32).max(1)
}

#[cfg(test)]
mod tests;
