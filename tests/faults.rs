//! What files, strings and too little memory do to the program: the rows of `docs/reliability.md`, each `faults_NN_…`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

#[path = "faults/bounds.rs"]
mod bounds;
#[path = "faults/camera.rs"]
mod camera;
#[path = "faults/changing.rs"]
mod changing;
#[path = "faults/claims.rs"]
mod claims;
#[path = "faults/foreign.rs"]
mod foreign;
#[path = "faults/forms.rs"]
mod forms;
#[path = "faults/hostile.rs"]
mod hostile;
#[path = "faults/lines.rs"]
mod lines;
#[path = "faults/memory.rs"]
mod memory;
#[path = "common/npy.rs"]
mod npy;
#[path = "common/outside.rs"]
mod outside;
#[path = "common/real_data.rs"]
mod real_data;
#[path = "faults/records.rs"]
mod records;
#[path = "common/told.rs"]
mod told;

use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenError, OpenOptions, RecordsProgress};
use inkfield::data::report::{LoadReport, Note};
use ndarray::Array2;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with drawings of 2 × 2 pixels and their records.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Every byte of row r is r.
    fn bitmaps(&self, name: &str, rows: usize) -> PathBuf {
        let path = self.path(name);
        ndarray_npy::write_npy(&path, &Array2::from_shape_fn((rows, 4), |(row, _)| row as u8)).unwrap();
        path
    }

    fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Drawings and records named `ant`; the drawings' path.
    fn ant(&self, rows: usize, records: &[u8]) -> PathBuf {
        self.bytes("ant.ndjson", records);
        self.bitmaps("ant.npy", rows)
    }
}

fn open(path: &Path, strict: bool) -> Result<Dataset, OpenError> {
    Dataset::open(&[path], &OpenOptions { strict, ..OpenOptions::default() })
}

/// All records as columns, and what was odd about them.
fn read(dataset: &Dataset) -> Result<(Columns, LoadReport), OpenError> {
    let mut columns = Columns::new();
    let report = dataset.read_records(&Cancel::new(), &mut |step: RecordsProgress| {
        columns.append(step.first_row, step.batch);
        ControlFlow::Continue(())
    })?;
    columns.finish(dataset.rows());
    Ok((columns, report))
}

fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    (0..columns.rows_loaded()).map(|row| column.text(inkfield::data::Row(row))).collect()
}

/// The one warning of a report.
fn warning(report: &LoadReport) -> String {
    let warnings: Vec<String> = report.warnings().map(Note::sentence).collect();
    let [only] = warnings.as_slice() else { panic!("one warning was expected: {warnings:#?}") };
    only.clone()
}
