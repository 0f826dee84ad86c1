//! Rows of floats: `.npy` arrays of shape (N, D), places of drawings or what a model makes of them.

use super::dtype::meaning;
use super::header::{self, Descr};
use crate::data::array::shown;
use crate::data::file::PlainFile;
use crate::data::source::{ImageError, ImageFault};
use crate::data::values::half;
use crate::words::shown_text;
use std::ops::Range;

/// What the rows of an array are, and how many numbers each has where that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowsOf {
    /// "places".
    pub what: &'static str,
    /// Numbers of a row.
    pub width: Option<usize>,
}

/// An opened array of shape (N, D), of 16-, 32- or 64-bit floats.
#[derive(Debug)]
pub struct FloatRows {
    file: PlainFile,
    rows: u32,
    width: usize,
    /// Bytes of a number: 2, 4 or 8.
    size: usize,
    big_endian: bool,
    /// All first numbers come before the second ones.
    by_columns: bool,
    data_offset: u64,
}

impl FloatRows {
    /// Checks the header of a `.npy` file against the file's length.
    pub fn of(file: PlainFile, wanted: RowsOf) -> Result<Self, ImageError> {
        let mut start = vec![0; file.len().min(header::HEADER_BYTES as u64) as usize];
        let got = file.read_up_to_at(&mut start, 0)?;
        start.truncate(got);
        let at = |fault: ImageFault| fault.at(file.path());
        let header = header::parse(&start).map_err(at)?;
        let spelling = match &header.descr {
            Descr::Plain(spelling) => spelling,
            Descr::Structured(literal) => return Err(at(wanted.no_floats(literal, "records of several fields"))),
        };
        let bare = spelling.strip_prefix(['|', '<', '>', '=']).unwrap_or(spelling);
        let size = match bare {
            "f2" | "float16" | "e" => 2,
            "f4" | "float32" | "f" => 4,
            "f8" | "float64" | "float" | "d" => 8,
            _ => return Err(at(wanted.no_floats(spelling, meaning(bare)))),
        };
        let [rows, width] = *header.shape.as_slice() else { return Err(at(wanted.no_rows(&header.shape, ""))) };
        let Ok(rows) = u32::try_from(rows) else {
            return Err(at(wanted.no_rows(&header.shape, " of up to 2³² rows")));
        };
        if width == 0 || wanted.width.is_some_and(|wanted| wanted != width) {
            return Err(at(wanted.no_rows(&header.shape, "")));
        }
        let has = file.len().saturating_sub(header.data_offset);
        let needed = (width as u128) * u128::from(rows) * size as u128;
        if needed != u128::from(has) {
            let claimed = format!("{rows} × {width} × {size}");
            return Err(at(ImageFault::Length { claimed, has, verdict: "it was cut short, or is no array by itself" }));
        }
        let (big_endian, by_columns) = (spelling.starts_with('>'), header.fortran_order);
        Ok(Self { rows, width, size, big_endian, by_columns, data_offset: header.data_offset, file })
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Numbers of a row, at least 1.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether numbers have more than 32 bits.
    pub fn is_double(&self) -> bool {
        self.size == 8
    }

    /// The numbers of some rows, row by row.
    pub fn read(&self, rows: Range<u32>) -> Result<Vec<f64>, ImageError> {
        let (first, count, width, size) = (u64::from(rows.start), rows.len(), self.width, self.size as u64);
        if !self.by_columns {
            return self.numbers(first * width as u64 * size, width * count);
        }
        let mut all = vec![0.0; width * count];
        for column in 0..width {
            let own = self.numbers((u64::from(self.rows) * column as u64 + first) * size, count)?;
            for (row, number) in all.chunks_exact_mut(width).zip(own) {
                row[column] = number;
            }
        }
        Ok(all)
    }

    /// So many numbers from a byte of the values on.
    fn numbers(&self, from: u64, count: usize) -> Result<Vec<f64>, ImageError> {
        let mut bytes = vec![0; count * self.size];
        self.file.read_exact_at(&mut bytes, self.data_offset + from)?;
        let big = self.big_endian;
        let two = |bytes: &[u8; 2]| half(if big { u16::from_be_bytes(*bytes) } else { u16::from_le_bytes(*bytes) });
        let four =
            |bytes: &[u8; 4]| f64::from(if big { f32::from_be_bytes(*bytes) } else { f32::from_le_bytes(*bytes) });
        let eight = |bytes: &[u8; 8]| if big { f64::from_be_bytes(*bytes) } else { f64::from_le_bytes(*bytes) };
        Ok(match self.size {
            2 => bytes.as_chunks::<2>().0.iter().map(two).collect(),
            4 => bytes.as_chunks::<4>().0.iter().map(four).collect(),
            _ => bytes.as_chunks::<8>().0.iter().map(eight).collect(),
        })
    }
}

impl RowsOf {
    fn no_floats(self, dtype: &str, meaning: &str) -> ImageFault {
        let (what, dtype) = (self.what, shown_text(dtype, 60));
        ImageFault::Places {
            what: format!("its values are {dtype} ({meaning}), and {what} are 16-, 32- or 64-bit floats"),
        }
    }

    fn no_rows(self, lengths: &[usize], also: &str) -> ImageFault {
        let (what, width) = (self.what, self.width.map_or_else(|| "D".to_owned(), |width| width.to_string()));
        ImageFault::Places {
            what: format!("its shape is {}, and {what} have the shape (N, {width}){also}", shown(lengths)),
        }
    }
}
