//! Data sets: what opens together, how files pair, what is reported, what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "dataset/files.rs"]
mod files;
#[path = "common/folder.rs"]
mod folder;
#[path = "dataset/labels.rs"]
mod labels;
#[path = "dataset/likeness.rs"]
mod likeness;
#[path = "dataset/pairing.rs"]
mod pairing;
#[path = "dataset/real.rs"]
mod real;
#[path = "common/real_data.rs"]
mod real_data;
#[path = "dataset/records.rs"]
mod records;
#[path = "dataset/slice.rs"]
mod slice;
#[path = "dataset/table.rs"]
mod table;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use folder::{Folder, texts};
use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenError, OpenOptions, RecordsProgress};
use inkfield::data::report::{LoadReport, Severity};

impl Folder {
    /// One record a line with this word and a `key_id` that counts from 1.
    fn records(&self, name: &str, rows: usize, word: &str) -> PathBuf {
        let lines: Vec<String> =
            (1..=rows).map(|row| format!("{{\"word\":\"{word}\",\"key_id\":\"900719925474099{row}\"}}")).collect();
        self.text(name, &(lines.join("\n") + "\n"))
    }

    fn text(&self, name: &str, text: &str) -> PathBuf {
        self.bytes(name, text.as_bytes())
    }
}

fn open<P: AsRef<Path>>(inputs: &[P]) -> Result<Dataset, OpenError> {
    open_with(inputs, &OpenOptions::default())
}

fn open_with<P: AsRef<Path>>(inputs: &[P], options: &OpenOptions) -> Result<Dataset, OpenError> {
    let inputs: Vec<&std::ffi::OsStr> = inputs.iter().map(|input| input.as_ref().as_os_str()).collect();
    Dataset::open(&inputs, options)
}

/// By part: the names of its bitmaps and of its records ("-" where it has none).
fn pairs(dataset: &Dataset) -> Vec<(String, String)> {
    let name = |path: Option<&Path>| {
        path.map_or("-".to_owned(), |path| path.file_name().unwrap().to_str().unwrap().to_owned())
    };
    dataset.parts().iter().map(|part| (name(part.path()), name(part.records_path()))).collect()
}

fn pair(bitmaps: &str, records: &str) -> (String, String) {
    (bitmaps.to_owned(), records.to_owned())
}

/// What was seen of one reading step: first row, bytes done, bytes in all.
type Step = (u32, u64, u64);

/// All records as columns, with the report of the reading and every progress (its batch taken out).
fn read_records(dataset: &Dataset) -> Result<(Columns, LoadReport, Vec<Step>), OpenError> {
    let mut columns = Columns::new();
    let mut progress = Vec::new();
    let report = dataset.read_records(&Cancel::new(), &mut |step: RecordsProgress| {
        progress.push((step.first_row, step.bytes_done, step.bytes_total));
        columns.append(step.first_row, step.batch);
        ControlFlow::Continue(())
    })?;
    columns.finish(dataset.rows());
    Ok((columns, report, progress))
}

/// Asserts that a note of this severity has these words and is about a file of this name.
fn assert_note(report: &LoadReport, severity: Severity, words: &str, name: &str) {
    let found = report.notes.iter().any(|note| {
        let path = note.path.as_ref().and_then(|path| path.file_name()).unwrap_or_default();
        note.severity == severity && note.text.contains(words) && path == name
    });
    assert!(found, "no {severity:?} {words:?} about {name:?} in:\n{report}");
}
