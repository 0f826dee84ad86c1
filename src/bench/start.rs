//! What a process measures of itself: how long its pictures took from its start, and the memory it took.

use super::cases::Case;
use super::figure::Figure;
use super::samples::Measured;
use super::stage::Stage;
use super::worker::Own;
use super::{BenchError, BenchOptions, paths};
use crate::data::dataset::Dataset;
use crate::gpu::context::GpuOptions;
use crate::headless::{Headless, read_columns, unheard};
use crate::scene::Settings;
use crate::scene::camera::Viewport;
use crate::scene::layout::LayoutKind;
use std::sync::Arc;
use std::time::Instant;

const MIB: f64 = 1_048_576.0;
/// The layouts that memory is taken after.
const SHOWN: [LayoutKind; 2] = [LayoutKind::GRID, LayoutKind::INDEX];
/// Frames of the tour that memory is taken after.
const TOUR: u32 = 60;

/// From the start of the process to the first drawings and to all of them, finished on the GPU.
pub fn pictures(options: &BenchOptions, own: Own) -> Result<Vec<Measured>, BenchError> {
    let start = Instant::now();
    let dataset = Arc::new(Dataset::open(&options.inputs, &options.open)?);
    let viewport = Viewport::new(options.size_px[0], options.size_px[1], 1.0);
    let before = own.late + start.elapsed();
    let timings =
        Headless::new(&dataset, None, Settings::default(), viewport, &GpuOptions::default(), &mut unheard)?.timings;
    let at =
        |figure, span| Measured { samples: vec![(before + span).as_secs_f64() * 1e3], ..Measured::new(figure, "") };
    Ok(vec![at(Figure::FirstPicture, timings.first_picture), at(Figure::Complete, timings.complete)])
}

/// The most memory this process held while it showed the set: records in columns, drawings on the GPU, both layouts, frames
/// of everything and of parts, picks. What a GPU with memory of its own holds is added.
pub fn memory(options: &BenchOptions, own: Own) -> Result<Vec<Measured>, BenchError> {
    let dataset = Arc::new(Dataset::open(&options.inputs, &options.open)?);
    let columns = read_columns(&dataset, &mut |_, _| ())?;
    let mut stage = Stage::open(&dataset, options.size_px, false)?;
    for kind in SHOWN {
        stage.set_layout(&Case::of(kind))?;
        let world = stage.world();
        for i in 0..TOUR.min(options.frames) {
            stage.hover(paths::pointer(&world.viewport, i), Some(paths::tour(&world, i * 7)))?;
        }
        stage.frame(paths::overview(&world, 0))?;
    }
    let mut measured = Measured::new(Figure::PeakMemory, "");
    let gpu = stage.gpu();
    super::refuse_if_faulty(gpu)?;
    let reserved = gpu.device.generate_allocator_report().map(|report| report.total_reserved_bytes as f64 / MIB);
    // A software adapter's textures lie in the process.
    let beside = reserved.filter(|_| gpu.info.device_type != wgpu::DeviceType::Cpu);
    if let Some(bytes) = (own.peak_bytes)() {
        let process = bytes as f64 / MIB;
        measured.samples.push(process + beside.unwrap_or_default());
        measured.note = match (beside, reserved) {
            (Some(beside), _) => format!("process {process:.0} + GPU {beside:.0}"),
            (None, Some(reserved)) => format!("{reserved:.0} of it for the software GPU"),
            (None, None) => "the GPU's own memory is not known".to_owned(),
        };
    }
    // Until here, as in the window.
    drop((columns, stage));
    Ok(vec![measured])
}
