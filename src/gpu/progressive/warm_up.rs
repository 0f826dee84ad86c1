//! Warm-up: small pictures that between them need every pipeline that drawing a layout can need. Drawn once, out of sight and
//! while nobody moves, nothing has to be compiled when somebody zooms.

use super::DrawBudget;
use crate::atlas::AtlasPlan;

/// Side of the pictures that are drawn, pixels.
pub const WARM_UP_PX: u32 = 16;

/// Sides of drawings in pixels, each with the budget to draw it with.
pub fn warm_up_steps(plan: &AtlasPlan) -> Vec<(f64, DrawBudget)> {
    let canvas = f64::from(plan.canvas);
    // Less than a pixel; far contrast alone, and mixed with filtered ink.
    let far = [0.7, 2.0, 3.25];
    // Filtered ink between every two levels: which of their values a pixel needs differs from canvas to canvas.
    let sides = plan.level_sides();
    let between = sides.windows(2).map(|pair| (f64::from(pair[0]) * f64::from(pair[1])).sqrt());
    // Dots of whole pixels, and such as differ by one; dots that turn into drawings, filtered and crisp; drawings.
    let crowds = [4.0, 5.25, canvas * 0.375, canvas * 0.75, 10.5, canvas * 1.5];
    let exact = far.into_iter().chain(between).chain(crowds).map(|side| (side, DrawBudget::ALL));
    // Low-resolution pictures subsample: blocks in a grid, every so many dots or drawings in a crowd.
    let low = [2.0, 3.25, 3.75].map(|side| (side, DrawBudget { downsample: 4, scanlines: 0 }));
    exact.chain(low).collect()
}
