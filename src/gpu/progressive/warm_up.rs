//! Warm-up: small pictures that between them need every pipeline that drawing a layout can need. Drawn once, out of sight and
//! while nobody moves, nothing has to be compiled when somebody zooms.
//!
//! How it works: which pipeline a picture needs changes only at some sides of drawings, and painters know at which. One side at each of
//! them and one between every two, at every resolution, are all cases there are; of those that need the same, one is drawn.

use super::upscale::reduced;
use super::{DrawBudget, MOST_DOWNSAMPLED};
use crate::atlas::AtlasPlan;
use crate::gpu::painters::first_uses::Used;
use crate::gpu::painters::{Terms, Variant, choose, turning_sides, turning_zooms};
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;
use crate::scene::view::{ScatterView, far_mix};

/// Side of the pictures that are drawn, pixels.
pub const WARM_UP_PX: u32 = 16;

/// No side of drawings that is smaller makes a difference.
const LEAST_PX: f64 = 1.0 / 16.0;

/// One picture to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUpStep {
    /// What it makes ready.
    pub variant: Variant,
    /// The picture.
    pub picture: ScatterPicture,
    /// How much of it is drawn: all, at some resolution.
    pub budget: DrawBudget,
    /// It is drawn as drawings are that have left their cells for another layout.
    pub on_the_way: bool,
    /// It is drawn as if so much of the rows' looks were to be read, and some were faded.
    pub looks: (Styling, bool),
}

/// The pictures to draw for a layout, those left out whose pipelines have been used already. `picture_at` gives one of
/// [`WARM_UP_PX`] pixels a side with drawings of a side in pixels.
pub fn warm_up_steps(
    plan: &AtlasPlan,
    terms: &Terms,
    is_used: impl Fn(Used) -> bool,
    picture_at: impl Fn(f64) -> ScatterPicture,
) -> Vec<WarmUpStep> {
    let mut steps: Vec<WarmUpStep> = Vec::new();
    // One side at which something changes is the scene's own: below its point size drawings overlap.
    let least_px = picture_at(f64::MIN_POSITIVE).view.side_px;
    let mut sides = sides(plan, least_px);
    // So are the zooms at which a pixel may have more dots than are counted, or may touch two blocks of cells.
    for turning_px in at_every_resolution(turning_zooms(terms, least_px)) {
        sides.extend([0.999, 1.001].map(|by| turning_px * by));
    }
    let step = |side_px: f64, downsample: u32| step_of(picture_at(side_px), downsample, plan, terms);
    let step_apart = |side_px: f64| {
        let picture = apart(&picture_at(side_px));
        let variant = choose(&picture.view, plan, &terms.on_the_way(), false);
        WarmUpStep { variant, picture, budget: DrawBudget::ALL, on_the_way: true, looks: (terms.styling, terms.fades) }
    };
    let here = (1..=MOST_DOWNSAMPLED).flat_map(|downsample| sides.iter().map(move |&side_px| (side_px, downsample)));
    let here = here.map(|(side_px, downsample)| step(side_px, downsample));
    // Whichever layout is next: one of the two has drawings without overlap, unless neither has.
    for step in here.chain(sides.iter().map(|&side_px| step_apart(side_px))) {
        if !is_used(Used::Painter(step.variant)) && steps.iter().all(|other| other.variant != step.variant) {
            steps.push(step);
        }
    }
    // Low-resolution pictures may need no other pipelines than exact ones, but for the one that enlarges them.
    if !is_used(Used::Upscale) && steps.iter().all(|step| step.budget.downsample == 1) {
        steps.extend(sides.first().map(|&side_px| step(side_px, MOST_DOWNSAMPLED)));
    }
    steps
}

/// The pictures to draw for one zoom alone: all that it can need while nothing is on its way, at any resolution.
pub fn warm_up_steps_at(plan: &AtlasPlan, terms: &Terms, picture: &ScatterPicture) -> Vec<WarmUpStep> {
    let mut steps: Vec<WarmUpStep> = Vec::new();
    for downsample in 1..=MOST_DOWNSAMPLED {
        let step = step_of(picture.clone(), downsample, plan, terms);
        if steps.iter().all(|other| other.variant != step.variant) {
            steps.push(step);
        }
    }
    steps
}

fn step_of(picture: ScatterPicture, downsample: u32, plan: &AtlasPlan, terms: &Terms) -> WarmUpStep {
    let variant = variant_within(&picture, downsample, plan, terms);
    let budget = DrawBudget { downsample, ..DrawBudget::ALL };
    WarmUpStep { variant, picture, budget, on_the_way: false, looks: (terms.styling, terms.fades) }
}

/// The same place with drawings that overlap no other, by the rules of layouts with cells.
pub fn apart(picture: &ScatterPicture) -> ScatterPicture {
    let side_px = picture.view.px_per_unit;
    let view = ScatterView {
        side_px,
        overlaps: false,
        opacity: 1.0,
        shape_mix: 1.0,
        far_mix: far_mix(side_px),
        ..picture.view
    };
    ScatterPicture { view, ..picture.clone() }
}

/// What a picture needs when it is drawn with so many pixels a side that share a colour.
pub fn variant_within(picture: &ScatterPicture, downsample: u32, plan: &AtlasPlan, terms: &Terms) -> Variant {
    if downsample > 1 {
        choose(&reduced(picture, downsample).view, plan, terms, true)
    } else {
        choose(&picture.view, plan, terms, false)
    }
}

/// Of what happens at some sides in an exact picture: at which sides it does in those of every resolution.
fn at_every_resolution(sides: Vec<f64>) -> Vec<f64> {
    let at = |side: f64| (1..=MOST_DOWNSAMPLED).map(move |factor| side * f64::from(factor));
    sides.into_iter().flat_map(at).collect()
}

/// Sides at which something changes at some resolution, one between each two, and one beyond either end.
fn sides(plan: &AtlasPlan, least_px: f64) -> Vec<f64> {
    let mut turning = at_every_resolution(turning_sides(plan));
    turning.push(least_px);
    turning.retain(|&side| side >= LEAST_PX);
    turning.sort_by(f64::total_cmp);
    turning.dedup();
    let between = turning.windows(2).map(|pair| (pair[0] * pair[1]).sqrt());
    let beyond = [turning.first().map(|side| side / 2.0), turning.last().map(|side| side * 2.0)];
    between.chain(beyond.into_iter().flatten()).chain(turning.iter().copied()).collect()
}
