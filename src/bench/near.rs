//! Frames of pictures that are seen larger than their cells, while a job decodes them in their own size.

use super::figure::Figure;
use super::samples::Measured;
use super::stage::Stage;
use super::{BenchError, BenchOptions, OnProgress, Progress, paths, refuse_if_faulty};
use crate::data::dataset::Dataset;
use crate::jobs::Jobs;
use crate::viewer::in_sight::InSight;
use std::sync::Arc;

/// What comes in with a frame belongs to it. `None`, with a warning, where there are no such pictures.
pub fn measure(
    options: &BenchOptions,
    dataset: &Arc<Dataset>,
    on: OnProgress<'_>,
) -> Result<Option<Measured>, BenchError> {
    let figure = Figure::NearPictures;
    let mut stage = Stage::open(dataset, options.size_px, false)?;
    let Some(from_px) = stage.near_from_px() else {
        tracing::warn!("{figure} is left out: no picture is larger than its drawing");
        return Ok(None);
    };
    let (world, total) = (stage.world(), options.frames);
    let mut measured = Measured::new(figure, "");
    let jobs = Jobs::new(|| ());
    let mut pictures = InSight::default();
    stage.set_refining(true);
    // As while a hand moves the camera.
    jobs.set_paused(true);
    for i in 0..total.min(8) {
        stage.frame(paths::nearer(&world, from_px.into(), i))?;
    }
    let (mut all_came, mut all_shown) = (0, 0);
    for i in 0..total {
        on(Progress { what: figure.to_string(), done: i, total });
        let camera = paths::nearer(&world, from_px.into(), i);
        let (frame, came, shown) = stage.near_frame(camera, (&mut pictures, &jobs), dataset)?;
        measured.samples.push(frame.ms);
        measured.refining += u32::from(!frame.exact);
        (all_came, all_shown) = (all_came + came, all_shown + shown);
    }
    let shown = all_shown as f64 / f64::from(total.max(1));
    measured.note = format!("{shown:.0} pictures a frame in their own size, {all_came} decoded");
    refuse_if_faulty(stage.gpu())?;
    Ok(Some(measured))
}
