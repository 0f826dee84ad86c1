//! Places: `.npy` arrays of two floats a row.

use super::dtype::meaning;
use super::header::{self, Descr};
use crate::data::array::shown;
use crate::data::file::PlainFile;
use crate::data::source::{ImageError, ImageFault};
use crate::words::shown_text;
use std::ops::Range;

/// An opened array of shape (N, 2), of 32- or 64-bit floats.
#[derive(Debug)]
pub struct PairsFile {
    file: PlainFile,
    rows: u32,
    /// Bytes of a number: 4 or 8.
    size: usize,
    big_endian: bool,
    /// All first numbers come before the second ones.
    by_columns: bool,
    data_offset: u64,
}

impl PairsFile {
    /// Checks the header of a `.npy` file against the file's length.
    pub fn of(file: PlainFile) -> Result<Self, ImageError> {
        let mut start = vec![0; file.len().min(header::HEADER_BYTES as u64) as usize];
        let got = file.read_up_to_at(&mut start, 0)?;
        start.truncate(got);
        let at = |fault: ImageFault| fault.at(file.path());
        let header = header::parse(&start).map_err(at)?;
        let spelling = match &header.descr {
            Descr::Plain(spelling) => spelling,
            Descr::Structured(literal) => return Err(at(no_floats(literal, "records of several fields"))),
        };
        let bare = spelling.strip_prefix(['|', '<', '>', '=']).unwrap_or(spelling);
        let size = match bare {
            "f4" | "float32" | "f" => 4,
            "f8" | "float64" | "float" | "d" => 8,
            _ => return Err(at(no_floats(spelling, meaning(bare)))),
        };
        let [rows, 2] = *header.shape.as_slice() else { return Err(at(no_pairs(&header.shape, "(N, 2)"))) };
        let Ok(rows) = u32::try_from(rows) else {
            return Err(at(no_pairs(&header.shape, "(N, 2) of up to 2³² rows")));
        };
        let has = file.len().saturating_sub(header.data_offset);
        if u64::from(rows) * 2 * size as u64 != has {
            let claimed = format!("{rows} × 2 × {size}");
            return Err(at(ImageFault::Length { claimed, has, verdict: "it was cut short, or is no array by itself" }));
        }
        let (big_endian, by_columns) = (spelling.starts_with('>'), header.fortran_order);
        Ok(Self { rows, size, big_endian, by_columns, data_offset: header.data_offset, file })
    }

    /// How many places there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The places of some rows.
    pub fn read(&self, rows: Range<u32>) -> Result<Vec<[f64; 2]>, ImageError> {
        let (first, count, size) = (u64::from(rows.start), rows.len(), self.size as u64);
        if self.by_columns {
            let xs = self.numbers(first * size, count)?;
            let ys = self.numbers((u64::from(self.rows) + first) * size, count)?;
            return Ok(xs.into_iter().zip(ys).map(|(x, y)| [x, y]).collect());
        }
        let numbers = self.numbers(first * 2 * size, 2 * count)?;
        Ok(numbers.as_chunks::<2>().0.to_vec())
    }

    /// So many numbers from a byte of the values on.
    fn numbers(&self, from: u64, count: usize) -> Result<Vec<f64>, ImageError> {
        let mut bytes = vec![0; count * self.size];
        self.file.read_exact_at(&mut bytes, self.data_offset + from)?;
        let four = |bytes: &[u8; 4]| {
            f64::from(if self.big_endian { f32::from_be_bytes(*bytes) } else { f32::from_le_bytes(*bytes) })
        };
        let eight =
            |bytes: &[u8; 8]| if self.big_endian { f64::from_be_bytes(*bytes) } else { f64::from_le_bytes(*bytes) };
        Ok(if self.size == 4 {
            bytes.as_chunks::<4>().0.iter().map(four).collect()
        } else {
            bytes.as_chunks::<8>().0.iter().map(eight).collect()
        })
    }
}

fn no_floats(dtype: &str, meaning: &str) -> ImageFault {
    let dtype = shown_text(dtype, 60);
    ImageFault::Places { what: format!("its values are {dtype} ({meaning}), and places are 32- or 64-bit floats") }
}

fn no_pairs(lengths: &[usize], wanted: &str) -> ImageFault {
    ImageFault::Places { what: format!("its shape is {}, and places have the shape {wanted}", shown(lengths)) }
}
