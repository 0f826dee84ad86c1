//! Reading bitmaps and records from warm files, as the loader does it: blocks of drawings, records into columns; and opening and reading
//! a whole set, of whatever form, from files that the system has let go of.

use super::figure::Figure;
use super::samples::Measured;
use super::{BenchError, OnProgress, Progress};
use crate::data::dataset::{Dataset, OpenOptions};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Most repetitions.
const REPEATS: u32 = 10;
/// No repetition begins after this.
const LONG: Duration = Duration::from_secs(20);
/// About a page of the atlas.
const BLOCK_ROWS: u32 = 5329;

/// All bitmaps, block by block into one buffer.
pub fn bitmaps(dataset: &Dataset, repeats: u32, on: OnProgress<'_>) -> Result<Measured, BenchError> {
    let mut ink = Vec::new();
    let mut once = || read_all(dataset, &mut ink);
    repeated(Figure::ReadBitmaps, dataset, repeats, on, &mut once)
}

/// Reads all drawings of a set; how many bytes they are.
fn read_all(dataset: &Dataset, ink: &mut Vec<u8>) -> Result<u64, BenchError> {
    for first in (0..dataset.rows()).step_by(BLOCK_ROWS as usize) {
        ink.resize(BLOCK_ROWS.min(dataset.rows() - first) as usize * dataset.drawing_bytes(), 0);
        dataset.read_rows(first, ink)?;
    }
    Ok(dataset.bytes())
}

/// Opens a set and reads all of its drawings, over and over, each time from files that the system was asked to let go of. Nothing is
/// kept of pictures from one time to the next.
pub fn set(
    inputs: &[OsString],
    options: &OpenOptions,
    repeats: u32,
    on: OnProgress<'_>,
) -> Result<Measured, BenchError> {
    let options = OpenOptions { kept: None, ..options.clone() };
    let total = repeats.min(REPEATS);
    let mut on = |done| on(Progress { what: Figure::ReadSet.to_string(), done, total });
    let mut measured = Measured::new(Figure::ReadSet, "");
    let files: Vec<PathBuf> = Dataset::open(inputs, &options)?.files().map(Path::to_path_buf).collect();
    let (mut ink, mut bytes, mut rows) = (Vec::new(), 0, 0);
    let begin = Instant::now();
    for i in 0..total {
        if i >= 3 && begin.elapsed() > LONG {
            break;
        }
        on(i);
        for file in &files {
            let_go(file);
        }
        let start = Instant::now();
        let dataset = Dataset::open(inputs, &options)?;
        bytes = read_all(&dataset, &mut ink)?;
        rows = dataset.rows();
        measured.samples.push(start.elapsed().as_secs_f64());
    }
    on(total);
    note_rates(&mut measured, bytes, rows);
    Ok(measured)
}

/// Asks the system to forget what it keeps of a file in memory; where it does not, the file is read from there.
fn let_go(path: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(file) = std::fs::File::open(path) {
        // What is not on the disk yet is kept.
        let _ = file.sync_data();
        let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = path;
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
    note_rates(&mut measured, bytes, dataset.rows());
    Ok(measured)
}

/// Notes bytes and rows a second.
fn note_rates(measured: &mut Measured, bytes: u64, rows: u32) {
    if let Some(summary) = measured.summary().filter(|summary| summary.p50 > 0.0) {
        let (gb, rows) = (bytes as f64 / 1e9 / summary.p50, f64::from(rows) / summary.p50);
        measured.note = format!("{gb:.2} GB/s, {} rows/s", crate::words::thousands(rows as u64));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn a_set_is_read_as_often_as_was_asked_for_and_its_rates_are_noted() {
        let folder = tempfile::tempdir().unwrap();
        let pictures = folder.path().join("pictures");
        std::fs::create_dir(&pictures).unwrap();
        for name in ["a.png", "b.png", "c.png"] {
            image::RgbImage::new(20, 12).save(pictures.join(name)).unwrap();
        }
        let mut told = Vec::new();
        let options = OpenOptions::default();
        let read = set(&[pictures.into()], &options, 4, &mut |progress| told.push(progress.done)).unwrap();
        assert_eq!((read.figure, read.samples.len(), told), (Figure::ReadSet, 4, vec![0, 1, 2, 3, 4]));
        assert!(read.samples.iter().all(|seconds| *seconds > 0.0));
        assert!(read.note.contains(" GB/s, ") && read.note.ends_with(" rows/s"), "{}", read.note);
    }
}
