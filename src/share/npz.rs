//! Drawings and their columns as arrays of one `.npz` archive, as `numpy.savez` writes them.

use super::error::{Failure, ShareError, whole};
use super::pair::fill_bitmaps;
use super::{Drawings, OnRows, free_name, npy};
use crate::data::Row;
use crate::data::columns::{Column, ColumnType, Columns, Value};
use std::collections::HashSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What the array of drawings is called.
const IMAGES: &str = "images";
/// Texts of an array all take as many characters as the longest: columns with longer ones are left out, and those of more bytes.
const MOST_LETTERS: usize = 1_000;
const MOST_TEXT_BYTES: u64 = 1 << 30;
/// Values that are written at once.
const BLOCK_ROWS: usize = 4096;
/// Members from here on need numbers of 64 bits; a little less, for their headers.
const LARGE_BYTES: u64 = 0xffff_0000;
/// Whole numbers from here on have no 64-bit float each.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// An archive of drawings and what is known of them.
#[derive(Clone, Copy, Debug)]
pub struct Archive<'a> {
    /// Which drawings.
    pub drawings: Drawings<'a>,
    /// What is known of them; each column becomes an array of as many values.
    pub columns: &'a Columns,
}

/// Columns that no array can hold as they are: their names.
pub type LeftOut = Vec<String>;

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Flags,
    /// Whole numbers below 2⁵³, none missing.
    Whole,
    /// Missing ones are NaN.
    Floats,
    /// Identifiers, none missing.
    Ids,
    /// So many characters each; missing ones are empty.
    Texts(usize),
}

impl Form {
    fn of(column: &Column, rows: &[u32]) -> Self {
        let values = || rows.iter().map(|&row| column.value(Row(row)));
        let is_whole = |number: f64| {
            number.fract() == 0.0 && number.abs() < INEXACT && (number != 0.0 || number.is_sign_positive())
        };
        match column.kind() {
            ColumnType::Flag if values().all(|value| matches!(value, Value::Flag(_))) => Self::Flags,
            ColumnType::Number if values().all(|value| matches!(value, Value::Number(number) if is_whole(number))) => {
                Self::Whole
            }
            ColumnType::Number => Self::Floats,
            ColumnType::Id if values().all(|value| matches!(value, Value::Id(_))) => Self::Ids,
            _ => {
                Self::Texts(rows.iter().map(|&row| column.written(Row(row)).chars().count()).max().unwrap_or(0).max(1))
            }
        }
    }

    fn descr(self) -> String {
        match self {
            Self::Flags => "|b1".to_owned(),
            Self::Whole => "<i8".to_owned(),
            Self::Floats => "<f8".to_owned(),
            Self::Ids => "<u8".to_owned(),
            Self::Texts(letters) => format!("<U{letters}"),
        }
    }

    fn bytes_each(self) -> u64 {
        match self {
            Self::Flags => 1,
            Self::Whole | Self::Floats | Self::Ids => 8,
            Self::Texts(letters) => 4 * letters as u64,
        }
    }

    fn fits(self, rows: usize) -> bool {
        !matches!(self, Self::Texts(letters) if letters > MOST_LETTERS)
            && (!matches!(self, Self::Texts(_)) || self.bytes_each() * rows as u64 <= MOST_TEXT_BYTES)
    }

    fn write(self, column: &Column, row: Row, out: &mut Vec<u8>) {
        let number = || if let Value::Number(number) = column.value(row) { number } else { f64::NAN };
        match self {
            Self::Flags => out.push(u8::from(column.value(row) == Value::Flag(true))),
            Self::Whole => out.extend((number() as i64).to_le_bytes()),
            Self::Floats => out.extend(number().to_le_bytes()),
            Self::Ids => {
                let id = if let Value::Id(id) = column.value(row) { id } else { 0 };
                out.extend(id.to_le_bytes());
            }
            Self::Texts(letters) => {
                let text = column.written(row);
                let codes = text.chars().map(u32::from).chain(std::iter::repeat(0)).take(letters);
                out.extend(codes.flat_map(u32::to_le_bytes));
            }
        }
    }
}

impl Archive<'_> {
    /// Writes the archive, whole or not at all; the columns that it does not hold.
    pub fn write(&self, path: &Path, on: OnRows<'_>) -> Result<LeftOut, ShareError> {
        let mut left_out = LeftOut::new();
        whole("archive", path, |out| self.fill(out, &mut left_out, on))?;
        Ok(left_out)
    }

    fn fill(&self, out: &mut dyn Write, left_out: &mut LeftOut, on: OnRows<'_>) -> Result<(), Failure> {
        let Drawings { dataset, rows } = self.drawings;
        let mut zip = ZipWriter::new_stream(out);
        let (element, channels) = dataset.own_form();
        let pixels = u64::from(dataset.height()) * u64::from(dataset.width()) * u64::from(channels);
        begin(&mut zip, IMAGES, pixels * element.bytes().max(4) as u64 * rows.len() as u64)?;
        fill_bitmaps(&mut zip, self.drawings, on)?;
        let mut taken = HashSet::from([IMAGES.to_owned()]);
        for column in self.columns.iter() {
            let form = Form::of(column, rows);
            if !form.fits(rows.len()) {
                left_out.push(column.name().to_owned());
                continue;
            }
            begin(&mut zip, &free(column.name(), &mut taken), form.bytes_each() * rows.len() as u64)?;
            zip.write_all(&npy::header(&form.descr(), &format!("({},)", rows.len())))?;
            let mut block = Vec::new();
            for some in rows.chunks(BLOCK_ROWS) {
                block.clear();
                for &row in some {
                    form.write(column, Row(row), &mut block);
                }
                zip.write_all(&block)?;
            }
            if on(rows.len() as u32) == ControlFlow::Break(()) {
                return Err(ShareError::Cancelled.into());
            }
        }
        zip.finish().map_err(io::Error::from)?;
        Ok(())
    }
}

/// Begins the array of a name with so many bytes.
fn begin<W: Write + io::Seek>(zip: &mut ZipWriter<W>, name: &str, bytes: u64) -> io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    Ok(zip.start_file(format!("{name}.npy"), options.large_file(bytes >= LARGE_BYTES))?)
}

/// A name for a file in an archive, with a number where it is taken.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() || matches!(c, '/' | '\\') { '_' } else { c }).collect();
    free_name(if plain.is_empty() { "column" } else { &plain }, taken)
}
