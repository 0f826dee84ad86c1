//! Frames measured one by one: overviews after a jump, pans over a part, the tour, and the picture that comes to rest.

use super::figure::Figure;
use super::samples::Measured;
use super::stage::Stage;
use super::{BenchError, OnProgress, Progress, hover, paths, refuse_if_faulty};
use crate::headless::HeadlessError;
use crate::scene::layout::LayoutKind;
use glam::DVec2;

/// The layouts that frames are measured in.
pub const LAYOUTS: [LayoutKind; 2] = [LayoutKind::GRID, LayoutKind::INDEX];
/// Between two stops that the picture comes to rest at: no multiple of a leg of the tour, so that each is another place.
const STOP_FRAMES: u32 = 37;

/// Samples of a figure when each gets `frames`: coming to rest takes several frames a sample.
pub fn sample_count(figure: Figure, frames: u32) -> u32 {
    if figure == Figure::Settle { frames.div_ceil(5) } else { frames }
}

/// Measures the figures in `wanted`, one after the other in each layout.
pub fn measure(
    stage: &mut Stage,
    wanted: &[Figure],
    frames: u32,
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    let mut measured = Vec::new();
    for kind in LAYOUTS {
        stage.set_layout(kind)?;
        warm_up(stage, frames)?;
        for &figure in wanted {
            let case = kind.to_string();
            let count = sample_count(figure, frames);
            let mut on = |done| on(Progress { what: format!("{figure} {case}"), done, total: count });
            match figure {
                Figure::OverviewThumbnails if kind == LayoutKind::INDEX => {}
                Figure::OverviewDots if kind == LayoutKind::GRID => {}
                Figure::HoverPick => measured.push(hover::picks(stage, &case, count, &mut on)?),
                Figure::HoverFrame => {
                    measured.push(hover::frames(stage, &case, count, false, &mut on)?);
                    measured.push(hover::frames(stage, &case, count, true, &mut on)?);
                }
                Figure::Settle => measured.push(stops(stage, &case, count, &mut on)?),
                _ if Figure::FRAMES.contains(&figure) => {
                    measured.push(path(stage, figure, &case, paths::PAN_PX, count, &mut on)?);
                    if figure.visible_part().is_some() {
                        let anew = path(stage, figure, &format!("{case}, anew"), paths::PART_PX, count, &mut on)?;
                        measured.push(Measured { aside: true, ..anew });
                    }
                }
                _ => {}
            }
        }
    }
    refuse_if_faulty(stage.gpu())?;
    Ok(measured)
}

/// Draws every pipeline that will be used, and lets buffers grow, before anything is measured.
fn warm_up(stage: &mut Stage, frames: u32) -> Result<(), HeadlessError> {
    let world = stage.world();
    stage.warm_up()?;
    for i in 0..frames.min(8) {
        stage.frame(paths::tour(&world, i * 90))?;
        stage.hover(paths::pointer(&world.viewport, i), None)?;
    }
    stage.frame(paths::overview(&world, u32::MAX))?;
    Ok(())
}

/// A frame each at the places of a path; a pan takes steps of `step_px`.
fn path(
    stage: &mut Stage,
    figure: Figure,
    case: &str,
    step_px: DVec2,
    count: u32,
    on: &mut dyn FnMut(u32),
) -> Result<Measured, HeadlessError> {
    let world = stage.world();
    // An overview has one case by its very name.
    let jumps = matches!(figure, Figure::OverviewDots | Figure::OverviewThumbnails);
    let mut measured = Measured::new(figure, if jumps { "" } else { case });
    let mut reused = 0;
    stage.set_refining(figure == Figure::Moving);
    for i in 0..count {
        let camera = match figure.visible_part() {
            Some(part) => paths::pan(&world, part, step_px, i),
            None if jumps => paths::overview(&world, i),
            None => paths::tour(&world, i),
        };
        let shown = stage.frame(camera)?;
        measured.samples.push(shown.ms);
        measured.refining += u32::from(!shown.exact);
        reused += u32::from(jumps && !shown.redrawn);
        on(i + 1);
    }
    if reused > 0 {
        measured.note = format!("{reused} frames showed an earlier picture again: not a measurement of drawing");
    }
    Ok(measured)
}

/// From the last motion of a tour to the exact picture.
fn stops(stage: &mut Stage, case: &str, count: u32, on: &mut dyn FnMut(u32)) -> Result<Measured, HeadlessError> {
    let world = stage.world();
    let mut measured = Measured::new(Figure::Settle, case);
    stage.set_refining(true);
    for i in 0..count {
        let last = (i + 1) * STOP_FRAMES;
        for before in [3, 2, 1] {
            stage.frame(paths::tour(&world, last - before))?;
        }
        measured.samples.push(stage.settle(paths::tour(&world, last))?.ms);
        on(i + 1);
    }
    Ok(measured)
}
