//! `.npy` files as bytes, and what the program's reader makes of them.
#![allow(dead_code, reason = "each test uses its own part of this")]

use inkfield::data::array::{ShapeOptions, Told};
use inkfield::data::formats::{open_alone, open_path};
use inkfield::data::source::{ImageError, ImageSource};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An `.npy` file of version 1.0, 2.0 or 3.0 with this dictionary and these values.
pub fn npy_bytes(major: u8, dictionary: &str, values: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY".to_vec();
    bytes.extend([major, 0]);
    let length = dictionary.len() + 1;
    if major == 1 {
        bytes.extend(u16::try_from(length).unwrap().to_le_bytes());
    } else {
        bytes.extend(u32::try_from(length).unwrap().to_le_bytes());
    }
    bytes.extend(dictionary.as_bytes());
    bytes.push(b'\n');
    bytes.extend(values);
    bytes
}

/// A header's dictionary in C order.
pub fn dictionary(descr: &str, shape: &str) -> String {
    format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}")
}

/// A file of bytes that claims this shape.
pub fn claiming(shape: &str, values: &[u8]) -> Vec<u8> {
    npy_bytes(1, &dictionary("'|u1'", shape), values)
}

/// A file in a folder of its own, which lives as long as the test.
pub fn file_of(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The message with which a file of these bytes is refused; it must end with the path, which is left out.
pub fn refusal(bytes: &[u8], shape: Option<(u32, u32)>) -> String {
    let (_folder, path) = file_of(bytes);
    let message = open_alone(&path, shape).unwrap_err().to_string();
    let end = path.display().to_string();
    message.strip_suffix(&end).unwrap_or_else(|| panic!("no path at the end of {message:?}")).to_owned() + "FILE"
}

/// Opens a file as `--axes` and `--shape` say, and what is told of it.
pub fn open_as(
    path: &Path,
    axes: Option<&str>,
    size: Option<(u32, u32)>,
) -> Result<(Box<dyn ImageSource>, Told), ImageError> {
    let axes = axes.map(|axes| axes.parse().unwrap());
    open_path(path, &ShapeOptions { size, axes })?.decide(None)
}

/// Rows, height, width and all pixels.
pub fn read_all(path: &Path, shape: Option<(u32, u32)>) -> (u32, u32, u32, Vec<u8>) {
    let file = open_alone(path, shape).unwrap();
    let mut pixels = vec![7; usize::try_from(file.bytes()).unwrap()];
    file.read_rows(0, &mut pixels).unwrap();
    (file.rows(), file.height(), file.width(), pixels)
}
