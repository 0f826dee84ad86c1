//! Sets of pictures: what opens, which row is which file, what a cell shows, what is said of what cannot be drawn.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod archives;
mod beside;
mod cells;
mod dark;
mod deep;
mod joining;
mod kept;
mod kept_unpacked;
mod kinds;
mod sets;
mod thumbnails;
mod tiffs;
mod writers;
mod zips;

use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use tempfile::TempDir;

use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::{Dataset, OpenError, OpenOptions};

/// A folder with pictures that lives as long as the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// A PNG picture of one colour.
    fn png(&self, name: &str, (height, width): (u32, u32), colour: [u8; 4]) -> PathBuf {
        self.bytes(name, &png((height, width), colour))
    }

    fn open(&self, name: &str) -> Dataset {
        open(&[self.path(name)])
    }
}

/// A PNG picture of one colour.
fn png((height, width): (u32, u32), colour: [u8; 4]) -> Vec<u8> {
    encoded(&RgbaImage::from_pixel(width, height, Rgba(colour)).into(), ImageFormat::Png)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn open<P: AsRef<Path>>(inputs: &[P]) -> Dataset {
    try_open(inputs, &OpenOptions::default()).unwrap()
}

fn try_open<P: AsRef<Path>>(inputs: &[P], options: &OpenOptions) -> Result<Dataset, OpenError> {
    let inputs: Vec<&std::ffi::OsStr> = inputs.iter().map(|input| input.as_ref().as_os_str()).collect();
    Dataset::open(&inputs, options)
}

/// With cells of this side.
fn celled<P: AsRef<Path>>(inputs: &[P], side: u32) -> Dataset {
    try_open(inputs, &OpenOptions { cell: Some(side), ..OpenOptions::default() }).unwrap()
}

/// The pixels of a row.
fn pixels(dataset: &Dataset, row: u32) -> Vec<[u8; 4]> {
    let mut values = vec![0; dataset.height() as usize * dataset.width() as usize * 4];
    dataset.read_rows(row, &mut values).unwrap();
    values.as_chunks::<4>().0.to_vec()
}

/// The pixel in the middle of a row's cell.
fn middle(dataset: &Dataset, row: u32) -> [u8; 4] {
    let (height, width) = (dataset.height() as usize, dataset.width() as usize);
    pixels(dataset, row)[height / 2 * width + width / 2]
}

/// Whether a row is drawn as one that cannot be drawn: opaque, of two light greys, its corners on the cross.
fn is_crossed(dataset: &Dataset, row: u32) -> bool {
    let pixels = pixels(dataset, row);
    let (first, others) = (pixels[0], pixels.iter().filter(|pixel| **pixel != pixels[0]).copied());
    let others: std::collections::BTreeSet<[u8; 4]> = others.collect();
    let is_grey = |[red, green, blue, alpha]: [u8; 4]| red == green && green == blue && alpha == 255;
    is_grey(first) && others.len() == 1 && others.into_iter().all(|ground| is_grey(ground) && ground > first)
}

fn columns(dataset: &Dataset) -> Columns {
    dataset.columns().unwrap().0
}

fn texts(columns: &Columns, name: &str) -> Vec<String> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    (0..columns.rows_loaded()).map(|row| column.text(Row(row))).collect()
}

fn kind(columns: &Columns, name: &str) -> &'static str {
    columns.get(name).unwrap_or_else(|| panic!("no column {name}")).kind().as_str()
}

/// A file that tests share with the script that wrote it.
fn shared_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected").join(name)
}
