//! Records beside small drawings, and what the program tells of them.

use super::folder::Folder;
use super::outside::{answer, inkfield};
use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions, RecordsProgress};
use inkfield::data::report::LoadReport;
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A set of drawings with records.
pub struct Set {
    pub path: PathBuf,
    _folder: Option<Folder>,
}

/// What Python's json and pandas make of the inputs in `expected`.
pub fn expected() -> Value {
    serde_json::from_str(include_str!("expected/records.json")).unwrap()
}

impl Set {
    /// Drawings named `octopus` and these records.
    pub fn new(rows: usize, records: &[u8]) -> Self {
        let folder = Folder::new();
        folder.bytes("octopus.ndjson", records);
        Self { path: folder.bitmaps("octopus.npy", rows, 0), _folder: Some(folder) }
    }

    /// A drawing for each line.
    pub fn of_lines(lines: &str) -> Self {
        Self::new(lines.lines().count(), lines.as_bytes())
    }

    /// A set that lies in a folder of cases.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), _folder: None }
    }

    /// What a command answers.
    pub fn answer(&self, args: &[&str]) -> String {
        answer(inkfield().args(args).arg(&self.path))
    }

    /// The same as a document.
    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.answer(args)).unwrap()
    }

    /// A column of the table in JSON, under the name that it has there.
    pub fn column(&self, name: &str) -> Vec<Value> {
        let table = self.json(&["table", "--json"]);
        let names = table["columns"].as_array().unwrap();
        let place = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("no {name:?} in {names:?}"));
        table["rows"].as_array().unwrap().iter().map(|row| row[place].clone()).collect()
    }

    /// What `info` says of a column.
    pub fn info(&self, name: &str) -> Value {
        let info = self.json(&["info", "--json"]);
        let columns = info["columns"].as_array().unwrap();
        columns.iter().find(|column| column["name"] == name).unwrap_or_else(|| panic!("no {name:?}: {info}")).clone()
    }

    /// The sentences of `info`'s report of one severity, with their paths.
    pub fn told(&self, severity: &str) -> Vec<String> {
        let info = self.json(&["info", "--json"]);
        let notes = info["report"]["notes"].as_array().unwrap().iter().filter(|note| note["severity"] == severity);
        let sentence = |note: &Value| match note["path"].as_str() {
            Some(path) => format!("{}: {path}", note["text"].as_str().unwrap()),
            None => note["text"].as_str().unwrap().to_owned(),
        };
        // Sets of cases are called by letters.
        notes.map(sentence).filter(|note| !note.starts_with("the records say ")).collect()
    }

    /// What is read by the library.
    pub fn read(&self) -> (Columns, LoadReport) {
        let dataset = Dataset::open(&[&self.path], &OpenOptions::default()).unwrap();
        let mut columns = Columns::new();
        let report = dataset.read_records(&Cancel::new(), &mut |step: RecordsProgress| {
            columns.append(step.first_row, step.batch);
            ControlFlow::Continue(())
        });
        columns.finish(dataset.rows());
        (columns, report.unwrap())
    }
}

/// The cells of a column of CSV that quotes nothing.
pub fn csv_column(csv: &str, name: &str) -> Vec<String> {
    let mut lines = csv.split_terminator("\r\n").map(|line| line.split(','));
    let place = lines.next().unwrap().position(|known| known == name).unwrap();
    lines.map(|mut cells| cells.nth(place).unwrap().to_owned()).collect()
}
