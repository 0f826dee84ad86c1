//! Sets and tables in Parquet and Arrow files, as pyarrow, pandas and Hugging Face's datasets wrote them
//! (`tests/cases/expected/columnar.py`), and what is said of those that are damaged.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod elsewhere;
mod hostile;
mod sets;
mod splits;
mod tables;
mod types;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::{Dataset, OpenError, OpenOptions};

/// A file that tests share with the script that wrote it.
fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected/columnar").join(name)
}

/// What the script says of them.
fn expected() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected/columnar.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn hex(value: &Value) -> Vec<u8> {
    let digits = value.as_str().unwrap().as_bytes().as_chunks::<2>().0;
    digits.iter().map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn try_open<P: AsRef<Path>>(inputs: &[P], options: &OpenOptions) -> Result<Dataset, OpenError> {
    let inputs: Vec<&std::ffi::OsStr> = inputs.iter().map(|input| input.as_ref().as_os_str()).collect();
    Dataset::open(&inputs, options)
}

fn open<P: AsRef<Path>>(inputs: &[P]) -> Dataset {
    try_open(inputs, &OpenOptions::default()).unwrap()
}

/// What is said when a file is opened alone, its path left out.
fn refused(path: &Path) -> String {
    let said = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    said.strip_suffix(&format!(": {}", path.display())).unwrap_or(&said).to_owned()
}

fn all(dataset: &Dataset) -> Vec<u8> {
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values).unwrap();
    values
}

fn columns(dataset: &Dataset) -> Columns {
    dataset.columns().unwrap().0
}

fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    let text = |row| match column.value(row) {
        // As it was spelled, to the last digit.
        crate::data::columns::Value::Time(_) => column.written(row),
        _ => column.text(row),
    };
    (0..columns.rows_loaded()).map(|row| text(Row(row))).collect()
}

fn notes(dataset: &Dataset) -> String {
    dataset.report().notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
}
