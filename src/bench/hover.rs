//! Hovering: the pointer comes to a place, the GPU answers, and a new picture shows it.

use super::figure::Figure;
use super::paths;
use super::samples::Measured;
use super::stage::Stage;
use crate::headless::HeadlessError;

/// Places asked about before the camera goes on to another one.
const PER_CAMERA: u32 = 50;

/// The camera for the i-th question while it is still: now everything, now a part.
fn still(world: &paths::World, i: u32) -> crate::scene::camera::Camera {
    let at = i / PER_CAMERA;
    match [None, Some(0.1), Some(0.01), Some(0.0001)].get(at as usize % 4).copied().flatten() {
        Some(part) => paths::pan(world, part, paths::PAN_PX, at),
        None => paths::overview(world, at),
    }
}

/// Picks at seeded places: from the question to its answer.
pub fn picks(stage: &mut Stage, case: &str, count: u32, on: &mut dyn FnMut(u32)) -> Result<Measured, HeadlessError> {
    let world = stage.world();
    let mut measured = Measured::new(Figure::HoverPick, case);
    let mut hits = 0;
    stage.set_refining(false);
    for i in 0..count {
        if i % PER_CAMERA == 0 {
            stage.settle(still(&world, i))?;
        }
        let (hit, ms) = stage.pick(paths::pointer(&world.viewport, i))?;
        measured.samples.push(ms);
        hits += u32::from(hit.is_some());
        on(i + 1);
    }
    measured.note = format!("{hits} of {count} on a drawing");
    Ok(measured)
}

/// The whole way from the pointer to the picture, with the camera still or, told aside, on a tour.
pub fn frames(
    stage: &mut Stage,
    case: &str,
    count: u32,
    moving: bool,
    on: &mut dyn FnMut(u32),
) -> Result<Measured, HeadlessError> {
    let world = stage.world();
    let case = if moving { format!("{case}, moving") } else { case.to_owned() };
    let mut measured = Measured { aside: moving, ..Measured::new(Figure::HoverFrame, &case) };
    stage.set_refining(moving);
    for i in 0..count {
        if !moving && i % PER_CAMERA == 0 {
            stage.settle(still(&world, i))?;
        }
        let camera = moving.then(|| paths::tour(&world, i));
        let shown = stage.hover(paths::pointer(&world.viewport, i), camera)?;
        measured.samples.push(shown.ms);
        measured.refining += u32::from(!shown.exact);
        on(i + 1);
    }
    Ok(measured)
}
