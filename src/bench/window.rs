//! The real window, played: what its user would see and wait for, presentation included.

use super::figure::Figure;
use super::frames::{LAYOUTS, sample_count};
use super::phase::{Phase, Record};
use super::samples::Measured;
use super::script::Script;
use super::worker::Own;
use super::{BenchError, BenchOptions};
use crate::app::{Motion, WindowOptions, run_played};
use crate::scene::layout::LayoutKind;
use crate::scene::palette::Theme;
use crate::scene::{Settings, ThemeChoice};
use std::sync::{Arc, Mutex, PoisonError};

/// Rests of a window.
const RESTS: u32 = 5;

/// What a window tells: all but reading and the bare pick.
pub fn is_told(figure: Figure) -> bool {
    !matches!(figure, Figure::ReadBitmaps | Figure::ReadRecords | Figure::HoverPick)
}

/// Shows the window and plays through the figures that were asked for.
pub fn measure(options: &BenchOptions, own: Own) -> Result<Vec<Measured>, BenchError> {
    let record = play(options, own, phases(options))?;
    let mut measured = record.measured;
    let peak = (own.peak_bytes)().map(|bytes| bytes as f64 / 1_048_576.0);
    measured.push(Measured { samples: peak.into_iter().collect(), ..Measured::new(Figure::PeakMemory, "") });
    measured.retain(|measured| options.wants(measured.figure));
    Ok(measured)
}

/// Shows the window and plays phases; what was recorded comes back when it has closed.
pub fn play(options: &BenchOptions, own: Own, phases: Vec<Phase>) -> Result<Record, BenchError> {
    let record = Arc::new(Mutex::new(Record::default()));
    let script = Script::new(phases, own.late, Arc::clone(&record));
    let window = WindowOptions {
        opened: None,
        inputs: options.inputs.clone(),
        open: options.open.clone(),
        settings: Settings::default(),
        theme: ThemeChoice::Given(Theme::Paper),
        size_px: Some(options.size_px),
        scale: Some(1.0),
        motion: Motion::Full,
        state_log: None,
        faults: Vec::new(),
    };
    run_played(window, Some(Box::new(script)))?;
    let record = std::mem::take(&mut *record.lock().unwrap_or_else(PoisonError::into_inner));
    if record.finished { Ok(record) } else { Err(BenchError::Closed) }
}

/// The phases that measure what was asked for.
fn phases(options: &BenchOptions) -> Vec<Phase> {
    let mut phases = vec![Phase::Load];
    let drawn = Figure::FRAMES.iter().any(|&figure| options.wants(figure) && is_told(figure));
    for kind in LAYOUTS.into_iter().filter(|_| drawn) {
        phases.push(Phase::Layout(kind));
        for &figure in Figure::FRAMES.iter().filter(|&&figure| options.wants(figure) && is_told(figure)) {
            let (case, count) = (kind.to_string(), sample_count(figure, options.frames));
            match figure {
                Figure::OverviewThumbnails if kind == LayoutKind::INDEX => {}
                Figure::OverviewDots if kind == LayoutKind::GRID => {}
                Figure::OverviewDots | Figure::OverviewThumbnails => {
                    phases.push(Phase::frames(figure, String::new(), count));
                }
                Figure::Settle => phases.push(Phase::Stops { case, count }),
                Figure::HoverFrame => {
                    phases.push(Phase::Hover { case: case.clone(), count, moving: false });
                    phases.push(Phase::Hover { case: format!("{case}, moving"), count, moving: true });
                }
                _ => phases.push(Phase::frames(figure, case, count)),
            }
        }
    }
    if options.wants(Figure::IdleFrames) || options.wants(Figure::IdleCpu) {
        phases.push(Phase::Rests { count: RESTS.min(options.frames) });
    }
    phases
}
