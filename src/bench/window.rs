//! The real window, played: what its user would see and wait for, presentation included.

use super::cases::Case;
use super::figure::Figure;
use super::frames::sample_count;
use super::phase::{Phase, Record};
use super::samples::Measured;
use super::script::Script;
use super::worker::Own;
use super::{BenchError, BenchOptions};
use crate::app::{Motion, WindowOptions, run_played};
use crate::data::dataset::Dataset;
use crate::scene::layout::LayoutKind;
use crate::scene::palette::Theme;
use crate::scene::{Settings, ThemeChoice};
use std::sync::{Arc, Mutex, PoisonError};

/// Rests of a window.
const RESTS: u32 = 5;

/// What a window tells: all but reading, the bare pick, and what needs another set.
pub fn is_told(figure: Figure) -> bool {
    let elsewhere =
        [Figure::ReadBitmaps, Figure::ReadRecords, Figure::ReadSet, Figure::HoverPick, Figure::Overview27997];
    !elsewhere.contains(&figure) && !figure.asks()
}

/// Shows the window and plays through the figures that were asked for.
pub fn measure(options: &BenchOptions, own: Own) -> Result<Vec<Measured>, BenchError> {
    let has_records = Dataset::open(&options.inputs, &options.open)?.has_records();
    let record = play(options, own, phases(options, has_records))?;
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
        session: None,
        opened: None,
        inputs: options.inputs.clone(),
        open: options.open.clone(),
        settings: Settings::default(),
        theme: ThemeChoice::Given(Theme::Paper),
        size_px: Some(options.size_px),
        scale: Some(1.0),
        motion: Motion::Full,
        fields: Vec::new(),
        state_log: None,
        faults: Vec::new(),
    };
    run_played(window, Some(Box::new(script)))?;
    let record = std::mem::take(&mut *record.lock().unwrap_or_else(PoisonError::into_inner));
    if record.finished { Ok(record) } else { Err(BenchError::Closed) }
}

/// The phases that measure what was asked for. Layouts by a column go by the set's own; those by two are left out.
fn phases(options: &BenchOptions, has_records: bool) -> Vec<Phase> {
    let mut phases = vec![Phase::Load];
    let most = usize::from(has_records);
    for shown in Case::all().into_iter().filter(|case| case.kind.by_count() <= most) {
        let wanted = |figure: &&Figure| options.wants(**figure) && is_told(**figure) && shown.has(**figure);
        let figures: Vec<&Figure> = Figure::FRAMES.iter().filter(wanted).collect();
        phases.extend((!figures.is_empty()).then_some(Phase::Layout(shown.kind)));
        for &figure in figures {
            let (case, count) = (shown.name.clone(), sample_count(figure, options.frames));
            match figure {
                Figure::Settle => phases.push(Phase::Stops { case, count }),
                Figure::HoverFrame => {
                    phases.push(Phase::Hover { case: case.clone(), count, moving: false });
                    phases.push(Phase::Hover { case: format!("{case}, moving"), count, moving: true });
                }
                _ => phases.push(Phase::frames(figure, case, count)),
            }
        }
    }
    if options.wants(Figure::MovingBusy) {
        let tour = |case: &str| Phase::frames(Figure::MovingBusy, case.to_owned(), options.frames);
        let (grid, map) = (Phase::Layout(LayoutKind::GRID), Phase::Begin(LayoutKind::MAP));
        phases.extend([grid, tour("nothing done"), map, tour("a map made")]);
    }
    if options.wants(Figure::IdleFrames) || options.wants(Figure::IdleCpu) {
        phases.push(Phase::Rests { count: RESTS.min(options.frames) });
    }
    phases
}
