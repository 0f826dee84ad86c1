//! Rows of numbers that somebody else computed for the drawings of a set, read from a file.

use super::code::Codes;
use super::code::embedding::{Embedding, EmbeddingError, Metric, Values};
use super::comparison::Comparison;
use crate::data::dataset::Dataset;
use crate::data::file::{FileError, PlainFile, Spool};
use crate::data::formats::npy::{FloatRows, RowsOf, is_npy};
use crate::data::source::ImageError;
use crate::progress::Progress;
use crate::words::counted;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Bytes of numbers that are read at once.
const BLOCK_BYTES: usize = 4 << 20;
/// How much of the work it is to read them; the rest is what finds the nearest fast.
const READ: f64 = 0.7;
/// Bytes of a row besides its numbers, and of each number in brief.
const ROW_BYTES: u64 = 24;

/// Why there are no rows of numbers.
#[derive(Debug, Error)]
pub enum NumbersError {
    /// None were named.
    #[error("to compare by a `file`, name one with --embedding FILE.npy: floats, one row a drawing")]
    Unnamed,
    /// The file as such cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// An array of something else.
    #[error(transparent)]
    Array(#[from] ImageError),
    /// No array at all.
    #[error("--embedding takes a .npy array of floats, one row a drawing, and this is none: {}", .0.display())]
    Kind(PathBuf),
    /// A packed one, which would have to be unpacked each time.
    #[error("--embedding takes a .npy array as it is: unpack it first (gunzip): {}", .0.display())]
    Packed(PathBuf),
    /// Rows that are too wide.
    #[error("--embedding: rows of {width} numbers cannot be compared, {most} at most can: {}", path.display(), most = Codes::WIDEST)]
    Width {
        /// Numbers of a row.
        width: usize,
        /// The file.
        path: PathBuf,
    },
    /// Another number of rows than of drawings.
    #[error(
        "--embedding: it has {}, and there are {}: one row a drawing is needed: {}",
        counted(u64::from(*found), "row", "rows"),
        counted(u64::from(*rows), "drawing", "drawings"),
        path.display()
    )]
    Count {
        /// Rows in the file.
        found: u32,
        /// Drawings that are open.
        rows: u32,
        /// The file.
        path: PathBuf,
    },
    /// Rows that cannot be compared.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),
    /// No row of them can be compared with others.
    #[error("--embedding: no two of its rows can be compared: their numbers are missing, or 0 where `cosine` compares: {}", .0.display())]
    Nothing(PathBuf),
    /// There is no room for them.
    #[error("--embedding: its numbers take {}, which the system does not give", crate::words::size(*.0))]
    Memory(u64),
}

impl NumbersError {
    /// Whether it is the machine's fault, not the file's.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::File(error) => error.fault.is_of_the_environment(),
            Self::Array(error) => error.is_of_the_machine(),
            Self::Memory(_) => true,
            Self::Unnamed
            | Self::Kind(_)
            | Self::Packed(_)
            | Self::Width { .. }
            | Self::Count { .. }
            | Self::Embedding(_)
            | Self::Nothing(_) => false,
        }
    }
}

/// An opened file of rows of numbers, one for each drawing of a set.
#[derive(Debug)]
pub(super) struct NumbersFile {
    path: PathBuf,
    file: FloatRows,
    /// The row of the file that belongs to the first drawing.
    first: u32,
    rows: u32,
}

impl Comparison {
    /// Checks that what drawings are to be compared by is there and fits them; bytes that it takes for each row of a set, besides its
    /// code.
    pub fn row_bytes(&self, dataset: &Dataset) -> Result<u64, NumbersError> {
        if self.by.measure().is_some() {
            return Ok(0);
        }
        let numbers = self.open_numbers(dataset)?;
        Ok(numbers.value_bytes() * numbers.file.width() as u64 + numbers.file.width() as u64 + ROW_BYTES)
    }

    /// Opens the rows of numbers, and checks that each drawing has one.
    pub(super) fn open_numbers(&self, dataset: &Dataset) -> Result<NumbersFile, NumbersError> {
        let path = self.embedding.as_deref().ok_or(NumbersError::Unnamed)?;
        NumbersFile::open(path, dataset)
    }
}

/// Whether a plain file begins as gzip does; to open anything else might wait for somebody who writes to it.
fn is_packed(path: &Path) -> bool {
    let mut start = [0; 2];
    let is_plain = std::fs::metadata(path).is_ok_and(|found| found.is_file());
    is_plain && File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok()) && start == [0x1f, 0x8b]
}

impl NumbersFile {
    fn open(path: &Path, dataset: &Dataset) -> Result<Self, NumbersError> {
        if is_packed(path) {
            return Err(NumbersError::Packed(path.to_path_buf()));
        }
        let file = PlainFile::open(path, &Spool::default(), &|_| true)?;
        let mut head = [0; 8];
        let got = file.read_up_to_at(&mut head, 0)?;
        if !is_npy(head.get(..got).unwrap_or_default()) {
            return Err(NumbersError::Kind(path.to_path_buf()));
        }
        let file = FloatRows::of(file, RowsOf { what: "rows to compare by", width: None })?;
        if file.width() > Codes::WIDEST {
            return Err(NumbersError::Width { width: file.width(), path: path.to_path_buf() });
        }
        let (found, rows) = (file.rows(), dataset.rows());
        let first = match found {
            _ if found == rows => 0,
            _ if found == dataset.total_rows() => dataset.first_row(),
            _ => return Err(NumbersError::Count { found, rows, path: path.to_path_buf() }),
        };
        Ok(Self { path: path.to_path_buf(), file, first, rows })
    }

    /// Bytes of a number in memory.
    fn value_bytes(&self) -> u64 {
        if self.file.is_double() { 8 } else { 4 }
    }

    /// Reads them.
    pub(super) fn read(&self, metric: Metric, progress: Progress<'_>) -> Result<Embedding, NumbersError> {
        let (rows, width) = (self.rows as usize, self.file.width());
        let count = rows.saturating_mul(width);
        let no_room = || NumbersError::Memory(count as u64 * self.value_bytes());
        let (mut short, mut long) = (Vec::new(), Vec::new());
        if self.file.is_double() { long.try_reserve_exact(count) } else { short.try_reserve_exact(count) }
            .map_err(|_| no_room())?;
        let at_once = (BLOCK_BYTES / (8 * width)).max(1) as u32;
        for start in (0..self.rows).step_by(at_once as usize) {
            let reading = progress.part(0.0, READ).reach(f64::from(start) / f64::from(self.rows));
            reading.map_err(EmbeddingError::from)?;
            let end = (start + at_once).min(self.rows);
            let numbers = self.file.read(self.first + start..self.first + end)?;
            if self.file.is_double() {
                long.extend(numbers);
            } else {
                // What was read from 32 or 16 bits has no more.
                short.extend(numbers.into_iter().map(|number| number as f32));
            }
        }
        let values = if self.file.is_double() { Values::F64(long) } else { Values::F32(short) };
        let numbers = Embedding::new(metric, width, values, progress.part(READ, 1.0))?;
        if numbers.missing() == numbers.rows() {
            return Err(NumbersError::Nothing(self.path.clone()));
        }
        Ok(numbers)
    }
}
