//! HDF5, the form of h5py, `PyTables`, Keras and of MATLAB's version 7.3: datasets in groups, in one piece or in packed chunks.
//!
//! A library reads what the file says of itself; what it does with a damaged one stays behind [`library::Library::ask`]. Datasets in
//! one piece are read where they lie, others are unpacked into the spool, some rows at a time.

mod library;
mod listing;
mod types;

use std::path::Path;

use hdf5_pure::{Dataset, Layout, VlenStringReadOptions};

use super::BESIDE_RECORDS;
use super::arrays::{self, Arrays, Container, NamedArray, none_drawn};
use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use crate::data::file::{Making, PlainFile};
use crate::data::source::{Cells, ColumnArray, ImageError, ImageFault};
use crate::words::{size, thousands};

use library::Library;

pub(super) const FORMAT: Format = Format::opened(
    "hdf5",
    Sign::Is(is_hdf5),
    Reader { endings: &[".h5", ".hdf5", ".he5"], is_worth: |_| true, open, holds_arrays: true },
)
.last_in_folders()
.no_records("an HDF5 file", BESIDE_RECORDS);

const MAGIC: &[u8] = b"\x89HDF\r\n\x1a\n";
/// Where a file may begin that has something else before it.
const STARTS: [usize; 6] = [0, 512, 1024, 2048, 4096, 8192];
/// How MATLAB's files begin.
const MATLAB: &[u8] = b"MATLAB";

/// Bytes of values that are unpacked at a time, or a row of them where that is more.
const BLOCK_BYTES: u64 = 16 << 20;
/// The largest chunk that is unpacked: writers make them of a megabyte, or of the whole where that is small.
const MOST_CHUNK: u64 = 512 << 20;
/// Bytes of texts of any length that are held at once.
const MOST_TEXTS: usize = 256 << 20;
/// Bytes of what says where one of them lies.
const REFERENCE_BYTES: u64 = 16;
/// Bytes that a byte of the file is unpacked to at most: deflate packs no tighter. What is more has no bytes in the file.
const MOST_PACKED: u64 = 1_100;
/// What helps where none of the arrays can be gone through.
const NEWEST: &str =
    "it is in the newest form of HDF5; write it again by h5py without libver, or numpy.save its array as .npy";

fn is_hdf5(head: &[u8]) -> bool {
    STARTS.iter().any(|start| head.get(*start..).is_some_and(|rest| rest.starts_with(MAGIC)))
}

fn open(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let library = Library::of(&file);
    let (arrays, datasets) = listing::list(&library, head.starts_with(MATLAB))?;
    // As paths are written in HDF5, or without what all of them begin with.
    let name = how.array.map(|name| name.trim_start_matches('/'));
    arrays::open(&Hdf5 { file, library, datasets }, &arrays, &OpenAs { array: name, ..*how })
}

/// Whether a file holds nothing but arrays of one value for each of several drawings.
pub(super) fn holds_columns(file: &PlainFile, head: &[u8]) -> bool {
    is_hdf5(head)
        && listing::list(&Library::of(file), head.starts_with(MATLAB)).is_ok_and(|(of, _)| arrays::are_columns(&of))
}

/// The arrays of such a file.
pub(super) fn columns_alone(file: PlainFile, head: &[u8], how: &OpenAs<'_>) -> Result<Vec<ColumnArray>, ImageError> {
    let library = Library::of(&file);
    let (arrays, datasets) = listing::list(&library, head.starts_with(MATLAB))?;
    arrays::columns_alone(&Hdf5 { file, library, datasets }, &arrays, how)
}

/// A file and its datasets.
struct Hdf5 {
    file: PlainFile,
    library: Library,
    datasets: Vec<Dataset>,
}

impl Container for Hdf5 {
    fn what(&self) -> &'static str {
        "an HDF5 file"
    }

    fn path(&self) -> &Path {
        self.file.path()
    }

    fn content(&self, array: &NamedArray, how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        let dataset = self.datasets.get(array.number).ok_or_else(|| self.library.damaged("an array is missing"))?;
        match self.library.ask(|| dataset.layout())? {
            layout if array.cells == Some(Cells::Padded) => {
                if let Layout::Chunked { chunk_shape, .. } = layout {
                    self.refuse_large(dataset, &chunk_shape)?;
                }
                return self.texts(dataset, how);
            }
            Layout::Contiguous { address: Some(start), size } => {
                return Ok(self.file.part_of(start..start.saturating_add(size)));
            }
            Layout::Chunked { chunk_shape, .. } => self.refuse_large(dataset, &chunk_shape)?,
            _ => {}
        }
        self.unpacked(dataset, how)
    }

    fn fault(&self, arrays: &Arrays) -> ImageFault {
        match none_drawn(self, arrays) {
            ImageFault::NoneDrawn { what, .. } if what.contains(listing::UNREAD) => {
                ImageFault::NoneDrawn { what, advice: NEWEST.to_owned() }
            }
            fault => fault,
        }
    }
}

impl Hdf5 {
    fn refuse_large(&self, dataset: &Dataset, chunk: &[u64]) -> Result<(), ImageError> {
        let element = self.library.ask(|| dataset.element_size())?;
        match chunk.iter().try_fold(element, |bytes, len| bytes.checked_mul(*len)) {
            Some(bytes) if bytes <= MOST_CHUNK => Ok(()),
            bytes => {
                let bytes = bytes.map_or_else(|| "more than 2⁶⁴ bytes".to_owned(), size);
                let what =
                    format!("an HDF5 file with values packed in pieces of {bytes}, more than {}", size(MOST_CHUNK));
                let advice = "write it with smaller chunks, in h5py by create_dataset(…, chunks=True)".to_owned();
                Err(ImageFault::Archive { what, advice }.at(self.path()))
            }
        }
    }

    /// Texts of any length, each filled up to the longest, in the spool.
    fn texts(&self, dataset: &Dataset, how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        let (rows, _) = self.rows_at_once(dataset)?;
        if rows > MOST_TEXTS as u64 / REFERENCE_BYTES {
            return Err(self.library.damaged("it claims more texts than are held at once"));
        }
        let within = VlenStringReadOptions::new().with_max_payload_bytes(MOST_TEXTS);
        let texts = self.library.ask(|| dataset.read_vlen_strings(within))?;
        let longest = texts.iter().map(String::len).max().unwrap_or(0);
        if longest.saturating_mul(texts.len()) > MOST_TEXTS {
            let (rows, bytes) = (thousands(texts.len() as u64), size(longest as u64));
            let what = format!("an HDF5 file with {rows} texts, the longest of which has {bytes}");
            let advice = "write what is so long into a file of its own, and name that by --table".to_owned();
            return Err(ImageFault::Archive { what, advice }.at(self.path()));
        }
        let mut making = Making::begin(&self.file, how.spool)?;
        let mut padded = Vec::with_capacity(longest);
        for text in &texts {
            padded.clear();
            padded.extend_from_slice(text.as_bytes());
            padded.resize(longest, 0);
            making.write(&padded)?;
        }
        Ok(making.finish("an array of it")?)
    }

    /// The values of a dataset in the order of their axes, in the spool.
    fn unpacked(&self, dataset: &Dataset, how: &OpenAs<'_>) -> Result<PlainFile, ImageError> {
        let (rows, at_once) = self.rows_at_once(dataset)?;
        let mut making = Making::begin(&self.file, how.spool)?;
        let mut first = 0;
        while first < rows {
            let values = self.library.ask(|| dataset.read_raw_rows(first, at_once))?;
            if values.is_empty() {
                break;
            }
            making.write(&values)?;
            first = first.saturating_add(at_once);
        }
        Ok(making.finish("an array of it")?)
    }

    /// Rows of a dataset that is read, and how many of them are read at a time; refuses those whose values are not in the file.
    fn rows_at_once(&self, dataset: &Dataset) -> Result<(u64, u64), ImageError> {
        let shape = self.library.ask(|| dataset.shape())?;
        let element = self.library.ask(|| dataset.element_size())?;
        let rows = shape.first().copied().unwrap_or(1);
        let row = shape.iter().skip(1).try_fold(element, |bytes, len| bytes.checked_mul(*len));
        let row = row.ok_or_else(|| self.library.damaged("its axes are too long"))?.max(1);
        let chunk = self.library.ask(|| dataset.chunk_shape())?.and_then(|shape| shape.first().copied());
        // The library makes room for as much as is claimed before it looks for it in the file.
        let is_beyond = if chunk.is_some() {
            let ends = |chunk: hdf5_pure::Chunk| chunk.address.saturating_add(chunk.storage_size);
            self.library.ask(|| dataset.chunks())?.into_iter().map(ends).any(|end| end > self.file.len())
        } else {
            row > self.file.len()
        };
        if is_beyond {
            return Err(self.library.damaged("a part of it lies behind its end"));
        }
        if rows.checked_mul(row).is_none_or(|bytes| bytes / MOST_PACKED > self.file.len()) {
            return Err(self.library.damaged("most of its values were never written"));
        }
        // Whole chunks, so that none is unpacked twice, unless they are too large to be held together.
        let chunk = chunk.unwrap_or(1).max(1);
        let at_once = BLOCK_BYTES / row / chunk * chunk;
        let at_once = if at_once == 0 { chunk.min(MOST_CHUNK / row) } else { at_once }.max(1);
        if row > MOST_CHUNK {
            return Err(self.library.damaged("its rows are too long"));
        }
        Ok((rows, at_once))
    }
}
