//! A folder with small data sets, and what is read of them.
#![allow(dead_code, reason = "each test uses its own part of this")]

use inkfield::data::Row;
use inkfield::data::columns::Columns;
use ndarray::Array2;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder that lives as long as the test, with short ways to put files into it.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Drawings of 2 × 2 pixels: every byte of row r is `first + r`.
    pub fn bitmaps(&self, name: &str, rows: usize, first: u8) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let ink = Array2::from_shape_fn((rows, 4), |(row, _)| first.wrapping_add(row as u8));
        ndarray_npy::write_npy(&path, &ink).unwrap();
        path
    }

    pub fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// The texts of a column, row by row.
pub fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    (0..columns.rows_loaded()).map(|row| column.text(Row(row))).collect()
}
