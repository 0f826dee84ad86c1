//! Reading bitmaps and records from warm files, as the loader does it: blocks of drawings, records into columns.

use super::figure::Figure;
use super::samples::Measured;
use super::{BenchError, OnProgress, Progress};
use crate::data::dataset::Dataset;
use std::time::{Duration, Instant};

/// Most repetitions.
const REPEATS: u32 = 10;
/// No repetition begins after this.
const LONG: Duration = Duration::from_secs(20);
/// About a page of the atlas.
const BLOCK_ROWS: u32 = 5329;

/// All bitmaps, block by block into one buffer.
pub fn bitmaps(dataset: &Dataset, repeats: u32, on: OnProgress<'_>) -> Result<Measured, BenchError> {
    let drawing_bytes = dataset.drawing_bytes();
    let mut ink = Vec::new();
    let mut once = || -> Result<u64, BenchError> {
        for first in (0..dataset.rows()).step_by(BLOCK_ROWS as usize) {
            ink.resize(BLOCK_ROWS.min(dataset.rows() - first) as usize * drawing_bytes, 0);
            dataset.read_rows(first, &mut ink)?;
        }
        Ok(dataset.bytes())
    };
    repeated(Figure::ReadBitmaps, dataset, repeats, on, &mut once)
}

/// All records, every column of them.
pub fn records(dataset: &Dataset, repeats: u32, on: OnProgress<'_>) -> Result<Measured, BenchError> {
    let mut once = || -> Result<u64, BenchError> {
        let mut bytes = 0;
        crate::headless::read_columns(dataset, &mut |_, total| bytes = total)?;
        Ok(bytes)
    };
    repeated(Figure::ReadRecords, dataset, repeats, on, &mut once)
}

/// Repeats a reading; the first one warms the system's file cache and is not counted.
fn repeated(
    figure: Figure,
    dataset: &Dataset,
    repeats: u32,
    on: OnProgress<'_>,
    once: &mut dyn FnMut() -> Result<u64, BenchError>,
) -> Result<Measured, BenchError> {
    let total = repeats.min(REPEATS);
    let mut on = |done| on(Progress { what: figure.to_string(), done, total });
    let mut measured = Measured::new(figure, "");
    on(0);
    let mut bytes = once()?;
    let begin = Instant::now();
    for i in 0..total {
        if i >= 3 && begin.elapsed() > LONG {
            break;
        }
        let start = Instant::now();
        bytes = once()?;
        measured.samples.push(start.elapsed().as_secs_f64());
        on(i + 1);
    }
    if let Some(summary) = measured.summary().filter(|summary| summary.p50 > 0.0) {
        let (gb, rows) = (bytes as f64 / 1e9 / summary.p50, f64::from(dataset.rows()) / summary.p50);
        measured.note = format!("{gb:.2} GB/s, {} rows/s", crate::words::thousands(rows as u64));
    }
    Ok(measured)
}
