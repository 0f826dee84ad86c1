//! One run: the yardstick, then figure after figure, the yardstick once more.

use super::figure::Figure;
use super::files::Files;
use super::report::Report;
use super::samples::{Measured, Summary};
use super::worker::{Job, measured};
use super::{
    BenchError, BenchOptions, OnProgress, Progress, busy, frames, likeness, near, questions, reading, strokes, window,
    yardstick,
};
use crate::data::dataset::Dataset;
use std::sync::Arc;

/// Passes of the yardstick before and after.
const YARDSTICK: u32 = 200;
/// The figures of a start.
const STARTS: [Figure; 2] = [Figure::FirstPicture, Figure::Complete];
/// Processes started for the figures of a start.
const PROCESSES: u32 = 20;
/// Windows opened for the same figures.
const WINDOWS: u32 = 5;
/// Processes that show the set for its memory.
const MEMORY_RUNS: u32 = 3;
/// The naive way needs no 99th percentile: one frame in so many.
const NAIVE_PART: u32 = 20;
/// Fewest naive frames, where that many frames were asked for.
const NAIVE_FRAMES: u32 = 30;

/// Measures what was asked for.
pub fn run(options: &BenchOptions, on: OnProgress<'_>) -> Result<Report, BenchError> {
    let files = Files::of(&options.inputs, options.reads_records(), on)?;
    let dataset = Arc::new(Dataset::open(&files.inputs, &options.open)?);
    let passes = options.frames.min(YARDSTICK);
    on(Progress { what: "yardstick".to_owned(), done: 0, total: passes });
    let before = yardstick::measure(passes)?;
    let in_window = |figure: &Figure| options.window && window::is_told(*figure);
    let told: Vec<Figure> = options.figures.iter().copied().filter(in_window).collect();
    let here: Vec<Figure> = options.figures.iter().copied().filter(|figure| !in_window(figure)).collect();
    let mut cases = Vec::new();
    // The window comes first: where it cannot be opened nobody waits for the rest.
    if !told.is_empty() {
        on(Progress { what: "window".to_owned(), done: 0, total: 1 });
        cases.extend(measured(Job::Window, options, &files.inputs, &told, options.frames)?);
        // One start is no measurement: several windows take its place.
        let started: Vec<Figure> = told.iter().copied().filter(|figure| STARTS.contains(figure)).collect();
        if !started.is_empty() {
            cases.retain(|case| !STARTS.contains(&case.figure));
            cases.extend(repeated(Job::Window, WINDOWS, options, &files, &started, on)?);
        }
    }
    if options.wants(Figure::ReadBitmaps) {
        cases.push(reading::bitmaps(&dataset, options.frames, on)?);
    }
    if options.wants(Figure::ReadRecords) && dataset.has_records() {
        cases.push(reading::records(&dataset, options.frames, on)?);
    }
    if options.wants(Figure::ReadSet) {
        cases.push(reading::set(&files.inputs, &options.open, options.frames, on)?);
    }
    let started: Vec<Figure> = here.iter().copied().filter(|figure| STARTS.contains(figure)).collect();
    if !started.is_empty() {
        cases.extend(repeated(Job::Start, PROCESSES, options, &files, &started, on)?);
    }
    let drawn: Vec<Figure> = here.iter().copied().filter(|figure| Figure::FRAMES.contains(figure)).collect();
    if !drawn.is_empty() {
        cases.extend(frames::of(&dataset, options, false, &drawn, on)?);
    }
    cases.extend(questions::measure(dataset.rows(), options, on)?);
    cases.extend(likeness::measure(&dataset, options, on)?);
    if here.contains(&Figure::MovingBusy) {
        cases.extend(busy::measure(options, &dataset, on)?);
    }
    if here.contains(&Figure::InStrokes) {
        cases.extend(strokes::measure(options, &dataset, on)?);
    }
    if here.contains(&Figure::NearPictures) {
        cases.extend(near::measure(options, &dataset, on)?);
    }
    if here.contains(&Figure::PeakMemory) {
        cases.extend(repeated(Job::Memory, MEMORY_RUNS, options, &files, &[Figure::PeakMemory], on)?);
    }
    let mut baseline = Vec::new();
    if options.baseline && !drawn.is_empty() {
        on(Progress { what: "baseline".to_owned(), done: 0, total: 1 });
        let few = (options.frames / NAIVE_PART).max(NAIVE_FRAMES).min(options.frames);
        baseline = measured(Job::Naive, options, &files.inputs, &drawn, few)?;
    }
    let after = yardstick::measure(passes)?;
    Ok(Report {
        adapter: before.adapter,
        rows: dataset.rows(),
        size_px: options.size_px,
        yardstick_ms: [&before.samples_ms, &after.samples_ms].map(|ms| Summary::of(ms).map_or(0.0, |all| all.p50)),
        figures: options.figures.clone(),
        window: options.window,
        has_records: dataset.has_records(),
        cases,
        baseline,
    })
}

/// The samples of several processes, each of which gives one.
fn repeated(
    job: Job,
    most: u32,
    options: &BenchOptions,
    files: &Files,
    wanted: &[Figure],
    on: OnProgress<'_>,
) -> Result<Vec<Measured>, BenchError> {
    let total = most.min(options.frames);
    let mut all: Vec<Measured> = Vec::new();
    // The first one warms up what the system keeps: its files, its driver's caches.
    for i in 0..=total {
        on(Progress { what: job.to_string(), done: i, total });
        let new = measured(job, options, &files.inputs, wanted, options.frames)?;
        if i == 0 {
            continue;
        }
        // A start tells both of its figures, asked for or not.
        for one in new.into_iter().filter(|one| wanted.contains(&one.figure)) {
            match all.iter_mut().find(|known| known.figure == one.figure) {
                Some(known) => known.samples.extend(one.samples),
                None => all.push(one),
            }
        }
    }
    Ok(all)
}
