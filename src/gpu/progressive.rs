//! How much of a scatter picture is drawn now. Everything that exists because a processor may be the rasteriser lies behind
//! this wall: scroll copies, scanline slices, low-resolution pictures, warm-up, cost estimates. No other module knows them.
//!
//! A frame's picture is content alone. [`Progressive::plan`] makes a [`DrawBudget`] of it: while the camera moves and the exact
//! picture would take longer than a frame may, a low-resolution one comes first; at rest, or when the camera goes on by whole
//! pixels, scanlines of it become exact, as many in a frame as fit into it. What submissions took comes back by
//! [`Progressive::record_gpu_time`].

mod costs;
mod pan_reuse;
mod scanlines;
pub mod subsample;
mod upscale;
mod warm_up;

pub use pan_reuse::PanReuse;
pub use scanlines::grown;
pub use upscale::reduced;
pub(super) use upscale::{UpscaleInput, upscale};
pub use warm_up::{WARM_UP_PX, WarmUpStep, apart, variant_within, warm_up_steps, warm_up_steps_at};

use super::painters::CostKey;
use crate::scene::view::{ScatterView, Stretch};
use costs::Costs;
use std::time::{Duration, Instant};

/// What a picture may take that a frame is made of besides panels and presentation: a slice of one at rest.
const BUDGET: Duration = Duration::from_millis(10);
/// What the scatter's picture may take in a frame while the camera moves. It leaves room in 16 ms beside panels and presentation, and
/// is not filled for its own sake: enlarging a low-resolution picture takes 2 ms less than it once did, and these are saved.
const MOVING_BUDGET: Duration = Duration::from_millis(8);
/// What it may take when the camera stands still, where it is not drawn in slices.
const STILL_BUDGET: Duration = Duration::from_millis(16);
/// What a slice may take while the camera moves: strips, hovers and the next picture want their share.
const MOVING_SLICE: Duration = Duration::from_millis(6);
/// Most pixels a side that share a colour in a low-resolution picture, and how many do where too little is known.
const MOST_DOWNSAMPLED: u32 = 4;
const UNKNOWN: u32 = 3;
/// How long the camera must have stood still before a low-resolution picture is made exact.
const REST: Duration = Duration::from_millis(60);
/// Steps of [`SIDES`] over which what is known of one size holds for another.
const NEAR: usize = 1;
/// What a slice takes beside its lines, and what upscaling takes of a low-resolution picture.
const FIXED_COST: Duration = Duration::from_millis(2);
/// Into how many slices a picture is cut of which nothing is known yet.
const UNKNOWN_SLICES: u32 = 8;

/// How much of a picture can be taken from what is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// Nothing: it shows another place, or other drawings.
    Nothing,
    /// Most of it, exact or of low resolution.
    Most,
}

/// How much of a picture one frame may draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawBudget {
    /// Pixels a side that share a colour where the picture is drawn as a whole: 1 is exact.
    pub downsample: u32,
    /// Scanlines of a low-resolution picture that are made exact.
    pub scanlines: u32,
}

impl DrawBudget {
    /// All that there is to draw.
    pub const ALL: Self = Self { downsample: 1, scanlines: u32::MAX };
}

/// What was drawn of a picture by one submission, to be recorded with the time that it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnPart {
    /// The picture's view.
    pub view: ScatterView,
    /// The costs that it belongs to.
    pub cost_key: CostKey,
    /// How much of it.
    pub extent: DrawnExtent,
    /// What the processor took to find out what is to be drawn, where that is much: it counts as the GPU's time does.
    pub encoding: Duration,
}

/// How much of a picture was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnExtent {
    /// All of it, with so many pixels a side that share a colour.
    All(u32),
    /// So many scanlines of the exact one.
    Scanlines(u32),
}

/// Decides, frame by frame, at which resolution the scatter's picture may be drawn, and how much of it becomes exact.
#[derive(Clone, Debug, Default)]
pub struct Progressive {
    costs: Costs,
    last: Option<ScatterView>,
    moved_at: Option<Instant>,
    /// A low-resolution picture waits until the camera rests.
    waits: bool,
    refining: bool,
}

impl Progressive {
    /// What may be drawn now of the picture of `view`, whose costs are found under `cost_key`.
    pub fn plan(&mut self, view: &ScatterView, cost_key: CostKey, reuse: Reuse, now: Instant) -> DrawBudget {
        // Far contrast changes with every drawing that arrives: no motion either.
        let view = &ScatterView { stretch: Stretch::default(), ..*view };
        // A first picture, or one of another size, is no motion.
        let same_size = self.last.is_none_or(|last| last.size_px == view.size_px);
        if self.last.is_some_and(|last| last != *view) && same_size {
            self.moved_at = Some(now);
        }
        self.last = Some(*view);
        let moving = self.moved_at.is_some_and(|moved| now.saturating_duration_since(moved) < REST);
        let expected = self.costs.expected(cost_key, view);
        self.waits = moving && reuse != Reuse::Most;
        match (reuse, expected) {
            (Reuse::Most, None) => {
                DrawBudget { scanlines: (view.size_px[1] / UNKNOWN_SLICES).max(1), ..DrawBudget::ALL }
            }
            (Reuse::Most, Some(expected)) => {
                let scanlines = scanlines_in_budget(view.size_px[1], expected.exact(), moving);
                DrawBudget { scanlines, ..DrawBudget::ALL }
            }
            // Nobody looks closely at what is on the way, and all of a large set takes many frames' time.
            (Reuse::Nothing, None) if cost_key == CostKey::OnTheWay => {
                DrawBudget { downsample: MOST_DOWNSAMPLED, scanlines: 0 }
            }
            (Reuse::Nothing, None) if self.costs.is_empty() => DrawBudget::ALL,
            // Pictures of another kind say nothing of this one.
            (Reuse::Nothing, None) => DrawBudget { downsample: UNKNOWN, scanlines: 0 },
            (Reuse::Nothing, Some(expected)) => {
                // A picture that will not be exact at once is to be there soon: what changed it took time, too.
                let budget = match expected.exact() {
                    _ if moving => MOVING_BUDGET,
                    exact if exact > STILL_BUDGET => BUDGET,
                    _ => STILL_BUDGET,
                };
                // What other sizes take says little of this one, unless everything is fast.
                let far = expected.distance > NEAR && expected.exact() > BUDGET / 4;
                let downsample = expected.finest_within(budget, if far { UNKNOWN } else { 1 });
                DrawBudget { downsample, scanlines: 0 }
            }
        }
    }

    /// Takes note of whether what has been drawn is not exact yet.
    pub fn set_refining(&mut self, refining: bool) {
        self.refining = refining;
    }

    /// Takes note of how long the GPU took for part of a picture.
    pub fn record_gpu_time(&mut self, drawn: &DrawnPart, time: Duration) {
        let time = time.saturating_add(drawn.encoding);
        match drawn.extent {
            DrawnExtent::All(downsample) => self.costs.record(drawn.cost_key, &drawn.view, downsample, time),
            DrawnExtent::Scanlines(lines) => {
                let part = f64::from(lines.max(1)) / f64::from(drawn.view.size_px[1].max(1));
                let whole = time.saturating_sub(FIXED_COST).div_f64(part.min(1.0));
                self.costs.record(drawn.cost_key, &drawn.view, 1, whole);
            }
        }
    }

    /// When the camera moved last.
    pub fn moved_at(&self) -> Option<Instant> {
        self.moved_at
    }

    /// Whether the picture drawn last is of low resolution, or was in parts.
    pub fn is_refining(&self) -> bool {
        self.refining
    }

    /// When the next frame is due that makes a low-resolution picture exact, or more of it; `now` where nothing is waited for.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        let rested = self.moved_at.filter(|_| self.waits).map(|moved| moved + REST);
        self.refining.then(|| rested.map_or(now, |rested| rested.max(now)))
    }
}

/// Scanlines of a picture that fit into a frame when all of it takes a time.
fn scanlines_in_budget(height: u32, whole: Duration, moving: bool) -> u32 {
    let (all, slice) = if moving { (MOVING_BUDGET, MOVING_SLICE) } else { (STILL_BUDGET, BUDGET) };
    if whole <= all {
        return u32::MAX;
    }
    ((f64::from(height) * slice.as_secs_f64() / whole.as_secs_f64()).round() as u32).max(1)
}

#[cfg(test)]
mod tests;
