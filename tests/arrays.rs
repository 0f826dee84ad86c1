//! Files that hold drawings among other arrays, or as text: each form as its usual writers write it, value by value, and its labels.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "arrays/apart.rs"]
mod apart;
#[path = "arrays/cells.rs"]
mod cells;
#[path = "arrays/csv.rs"]
mod csv;
#[path = "arrays/emnist.rs"]
mod emnist;
#[path = "common/folder.rs"]
mod folder;
#[path = "arrays/forms.rs"]
mod forms;
#[path = "arrays/hdf5.rs"]
mod hdf5;
#[path = "arrays/hostile.rs"]
mod hostile;
#[path = "arrays/writers.rs"]
mod writers;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenError, OpenOptions, RecordsProgress};
use inkfield::data::{Cancel, Row};

use folder::{Folder, texts};

/// Files that the usual writers of each form wrote: `expected/arrays.py`.
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arrays/expected");

/// Drawings in each of them.
const ROWS: usize = 7;

fn expected(name: &str) -> PathBuf {
    Path::new(EXPECTED).join(name)
}

/// A value of a drawing, as the script that wrote the files computes it.
fn value(row: usize, y: usize, x: usize, channel: usize) -> u8 {
    ((row * 37 + y * 31 + x * 7 + row * y + channel * 50) % 251) as u8
}

/// The label of a drawing, as that script computes it.
fn label(row: usize) -> String {
    ((row * 3 + 1) % 10).to_string()
}

fn labels() -> Vec<String> {
    (0..ROWS).map(label).collect()
}

/// All values of a drawing in ink.
fn ink(row: usize, height: usize, width: usize) -> Vec<u8> {
    (0..height * width).map(|at| value(row, at / width, at % width, 0)).collect()
}

/// All values of a drawing in colour: red, green and blue of each pixel.
fn color(row: usize, height: usize, width: usize) -> Vec<u8> {
    (0..height * width * 3).map(|at| value(row, at / 3 / width, at / 3 % width, at % 3)).collect()
}

fn open<P: AsRef<Path>>(inputs: &[P]) -> Result<Dataset, OpenError> {
    open_with(inputs, &OpenOptions::default())
}

fn open_with<P: AsRef<Path>>(inputs: &[P], options: &OpenOptions) -> Result<Dataset, OpenError> {
    let inputs: Vec<&std::ffi::OsStr> = inputs.iter().map(|input| input.as_ref().as_os_str()).collect();
    Dataset::open(&inputs, options)
}

/// Options with `--axes`.
fn axes(axes: &str) -> OpenOptions {
    OpenOptions { axes: Some(axes.parse().unwrap()), ..OpenOptions::default() }
}

fn error(path: impl AsRef<Path>) -> String {
    open(&[path.as_ref()]).map(|dataset| dataset.form()).unwrap_err().to_string()
}

/// All records as columns.
fn columns(dataset: &Dataset) -> Columns {
    let mut columns = Columns::new();
    let read = dataset.read_records(&Cancel::new(), &mut |step: RecordsProgress| {
        columns.append(step.first_row, step.batch);
        ControlFlow::Continue(())
    });
    read.unwrap();
    columns.finish(dataset.rows());
    columns
}

/// What is said of an open set.
fn notes(dataset: &Dataset) -> Vec<String> {
    dataset.report().notes.iter().map(|note| note.text.clone()).collect()
}

fn assert_said(dataset: &Dataset, words: &str) {
    assert!(notes(dataset).iter().any(|note| note.contains(words)), "{words:?}: {:?}", notes(dataset));
}

/// The form, type, drawings, height, width and channels of the file.
fn facts(dataset: &Dataset) -> (String, String, usize, u32, u32, u32) {
    let (rows, (_, channels)) = (dataset.rows() as usize, dataset.own_form());
    (dataset.form(), dataset.dtype(), rows, dataset.height(), dataset.width(), channels)
}

/// Asserts that each drawing has the values of the file itself, alone and all together.
fn assert_drawings(dataset: &Dataset, own: impl Fn(usize) -> Vec<u8>) {
    let rows: Vec<u32> = (0..dataset.rows()).collect();
    let all: Vec<u8> = (0..rows.len()).flat_map(&own).collect();
    assert!(dataset.read_own(&rows).unwrap() == all, "the values of all drawings");
    for row in rows.iter().rev() {
        assert!(dataset.read_own(&[*row]).unwrap() == own(*row as usize), "the values of drawing {row}");
    }
}

/// Asserts that a column has these values, row by row.
fn assert_column<T: AsRef<str>>(dataset: &Dataset, name: &str, expected: &[T]) {
    let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
    assert_eq!(texts(&columns(dataset), name), expected, "{name}");
    let last = dataset.rows() - 1;
    let line = dataset.record_line(Row(last), None).unwrap().unwrap();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    // A label that is a float is written as one.
    let own = line[name].as_str().map_or_else(|| line[name].to_string().replace(".0", ""), str::to_owned);
    assert_eq!(own, expected[last as usize], "{name} in {line}");
}
