//! Frames measured one by one: overviews after a jump, pans over a part, the tour, and the picture that comes to rest.

use super::cases::Case;
use super::figure::Figure;
use super::look::Look;
use super::samples::Measured;
use super::stage::Stage;
use super::{BenchError, BenchOptions, OnProgress, Progress, hover, looks, paths, refuse_if_faulty};
use crate::data::dataset::{Dataset, OpenOptions};
use crate::headless::HeadlessError;
use crate::scene::layout::LayoutKind;
use glam::DVec2;
use std::sync::Arc;

/// The set in which drawings are 5.3 px wide at 1280 × 800: levels of 7 and 4 values, the slowest look-up.
const SLOWEST: &str = "demo:27997";
/// Between two stops that the picture comes to rest at: no multiple of a leg of the tour, so that each is another place.
const STOP_FRAMES: u32 = 37;

/// Frames of a glide: 600 ms of 60 a second.
const GLIDE_FRAMES: u32 = 36;
/// The part of the rows in view in glides that are looked at from near.
const NEAR_PART: f64 = 0.01;

/// Samples of a figure when each gets `frames`: coming to rest takes several frames a sample.
pub fn sample_count(figure: Figure, frames: u32) -> u32 {
    if matches!(figure, Figure::Settle | Figure::LayoutSwitch) { frames.div_ceil(5) } else { frames }
}

/// Opens a stage for a data set, `naive` or not, and measures the figures in `wanted` there; that of the slowest look-up on a
/// generated set of its own.
pub fn of(
    dataset: &Arc<Dataset>,
    options: &BenchOptions,
    naive: bool,
    wanted: &[Figure],
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    let mut measured = Vec::new();
    if wanted.iter().any(|figure| *figure != Figure::Overview27997) {
        let mut stage = Stage::open(dataset, options.size_px, naive)?;
        measured = measure(&mut stage, options, wanted, on)?;
    }
    if wanted.contains(&Figure::Overview27997) {
        let dataset = Arc::new(Dataset::open(&[SLOWEST], &OpenOptions::default())?);
        let mut stage = Stage::open(&dataset, options.size_px, naive)?;
        measured.push(slowest(&mut stage, options.frames, on)?);
    }
    Ok(measured)
}

/// Measures the figures in `wanted`, one after the other in each layout that has them, with plain rows and then with other looks.
fn measure(
    stage: &mut Stage,
    options: &BenchOptions,
    wanted: &[Figure],
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    let mut measured = Vec::new();
    for case in Case::all() {
        let here: Vec<Figure> = wanted.iter().copied().filter(|&figure| case.has(figure)).collect();
        if here.is_empty() {
            continue;
        }
        stage.set_layout(&case)?;
        let plain = in_layout(stage, &case, Look::Plain, &here, options.frames, on)?;
        let mut styled = Vec::new();
        // Questions give rows looks of their own.
        let here: Vec<Figure> = here.into_iter().filter(|figure| !figure.asks()).collect();
        for &look in options.looks.iter().filter(|_| !here.is_empty()) {
            stage.set_look(look)?;
            let own = in_layout(stage, &case, look, &here, options.frames, on)?;
            styled.extend(own.into_iter().map(|one| look.told(one, &plain)));
        }
        if !styled.is_empty() {
            stage.set_look(Look::Plain)?;
        }
        measured.extend(plain.into_iter().chain(styled));
    }
    refuse_if_faulty(stage.gpu())?;
    Ok(measured)
}

/// Measures figures in the layout that is shown, rows having a look.
fn in_layout(
    stage: &mut Stage,
    case: &Case,
    look: Look,
    figures: &[Figure],
    frames: u32,
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    warm_up(stage, frames)?;
    let mut measured = Vec::new();
    let name = &case.name;
    for &figure in figures {
        let count = sample_count(figure, frames);
        let what = format!("{figure} {}", look.case(name));
        let mut on = |done| on(Progress { what: what.clone(), done, total: count });
        match figure {
            Figure::HoverPick => measured.push(hover::picks(stage, name, count, &mut on)?),
            Figure::HoverFrame => {
                measured.push(hover::frames(stage, name, count, false, &mut on)?);
                measured.push(hover::frames(stage, name, count, true, &mut on)?);
            }
            Figure::LayoutSwitch => measured.push(switches(stage, case, count, &mut on)?),
            Figure::Gliding => {
                measured.push(glides(stage, case, None, count, &mut on)?);
                measured.push(glides(stage, case, Some(NEAR_PART), count, &mut on)?);
            }
            _ if figure.asks() => measured.push(looks::measure(stage, figure, name, count, &mut on)?),
            Figure::Settle => measured.push(stops(stage, name, count, &mut on)?),
            _ => {
                measured.push(path(stage, figure, name, paths::PAN_PX, count, &mut on)?);
                if figure.visible_part().is_some() {
                    let anew = path(stage, figure, &format!("{name}, anew"), paths::PART_PX, count, &mut on)?;
                    measured.push(Measured { aside: true, ..anew });
                }
            }
        }
    }
    Ok(measured)
}

/// Everything in view in the set of the slowest look-up.
fn slowest(stage: &mut Stage, frames: u32, on: OnProgress<'_>) -> Result<Measured, BenchError> {
    stage.set_layout(&Case::of(LayoutKind::GRID))?;
    warm_up(stage, frames)?;
    let figure = Figure::Overview27997;
    let mut on = |done| on(Progress { what: figure.to_string(), done, total: frames });
    let measured = path(stage, figure, "", paths::PAN_PX, frames, &mut on)?;
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
    let jumps = matches!(figure, Figure::OverviewDots | Figure::OverviewThumbnails | Figure::Overview27997);
    let mut measured = Measured::new(figure, case);
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

/// Frames of drawings on their way from `grid` to a layout, over and over, with everything in view or a part of the rows.
fn glides(
    stage: &mut Stage,
    case: &Case,
    visible: Option<f64>,
    count: u32,
    on: &mut dyn FnMut(u32),
) -> Result<Measured, HeadlessError> {
    let part = visible.map_or_else(String::new, |part| format!(", {} % in view", 100.0 * part));
    let mut measured = Measured::new(Figure::Gliding, &format!("{} to {}{part}", LayoutKind::GRID, case.name));
    stage.set_refining(true);
    for i in 0..count {
        let step = i % GLIDE_FRAMES;
        if step == 0 {
            stage.set_layout(&Case::of(LayoutKind::GRID))?;
            stage.glide_to(case)?;
            if let Some(visible) = visible {
                stage.look(paths::pan(&stage.world(), visible, paths::PAN_PX, i));
            }
        }
        let shown = stage.glide_frame(f64::from(step) / f64::from(GLIDE_FRAMES))?;
        measured.samples.push(shown.ms);
        measured.refining += u32::from(!shown.exact);
        on(i + 1);
    }
    stage.set_layout(case)?;
    Ok(measured)
}

/// A layout made anew and set out for from `grid`, over and over: from the question to the first frame of the glide.
fn switches(stage: &mut Stage, case: &Case, count: u32, on: &mut dyn FnMut(u32)) -> Result<Measured, HeadlessError> {
    let mut measured = Measured::new(Figure::LayoutSwitch, &case.name);
    let columns = case.columns(stage.world().rows);
    stage.set_refining(true);
    for i in 0..count {
        stage.set_layout(&Case::of(LayoutKind::GRID))?;
        stage.frame(paths::overview(&stage.world(), i))?;
        let shown = stage.switch_to(case, columns.as_ref())?;
        measured.samples.push(shown.ms);
        measured.refining += u32::from(!shown.exact);
        on(i + 1);
    }
    stage.set_layout(case)?;
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
