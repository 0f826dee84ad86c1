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
#[path = "common/folder.rs"]
mod folder;
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

use folder::{Folder, texts};
use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenError, OpenOptions, RecordsProgress};
use inkfield::data::report::{LoadReport, Note};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl Folder {
    /// Drawings and records named `ant`; the drawings' path.
    fn ant(&self, rows: usize, records: &[u8]) -> PathBuf {
        self.bytes("ant.ndjson", records);
        self.bitmaps("ant.npy", rows, 0)
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

/// The one warning of a report.
fn warning(report: &LoadReport) -> String {
    let warnings: Vec<String> = report.warnings().map(Note::sentence).collect();
    let [only] = warnings.as_slice() else { panic!("one warning was expected: {warnings:#?}") };
    only.clone()
}
