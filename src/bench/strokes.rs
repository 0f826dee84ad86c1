//! Frames of drawings that are shown by their strokes, of which the records hold some.

use super::figure::Figure;
use super::paths::{self, World};
use super::samples::Measured;
use super::stage::Stage;
use super::{BenchError, BenchOptions, OnProgress, Progress, refuse_if_faulty};
use crate::data::dataset::Dataset;
use crate::scene::STROKES_FROM_PX;
use crate::scene::camera::Camera;
use std::sync::Arc;

/// The path, from the least side at which strokes are shown.
fn path(world: &World, i: u32) -> Camera {
    paths::nearer(world, STROKES_FROM_PX, i)
}

/// Strokes are read before anything is measured: a window shows pixels until they have come.
/// `None`, with a warning, where there are none.
pub fn measure(
    options: &BenchOptions,
    dataset: &Arc<Dataset>,
    on: OnProgress<'_>,
) -> Result<Option<Measured>, BenchError> {
    let mut stage = Stage::open(dataset, options.size_px, false)?;
    let (world, total) = (stage.world(), options.frames);
    let mut measured = Measured::new(Figure::InStrokes, "");
    stage.show_strokes(dataset, (0..total).map(|i| path(&world, i)))?;
    stage.set_refining(true);
    for i in 0..total.min(8) {
        stage.frame(path(&world, i))?;
    }
    let mut shown = 0;
    for i in 0..total {
        on(Progress { what: Figure::InStrokes.to_string(), done: i, total });
        let frame = stage.frame(path(&world, i))?;
        measured.samples.push(frame.ms);
        measured.refining += u32::from(!frame.exact);
        shown += stage.in_strokes();
    }
    if shown == 0 {
        tracing::warn!("{} is left out: no record of a drawing on the way holds strokes", Figure::InStrokes);
        return Ok(None);
    }
    measured.note = format!("{:.0} drawings a frame by their strokes", shown as f64 / f64::from(total.max(1)));
    refuse_if_faulty(stage.gpu())?;
    Ok(Some(measured))
}
