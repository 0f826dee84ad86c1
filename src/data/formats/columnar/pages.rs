//! Pages of a Parquet file as they are read: never beyond the file's end, and counted.

use std::io::{self, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::arrow::arrow_reader::RowGroups;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length, SerializedPageReader};

use super::{at_once, footer};
use crate::data::file::{FileError, PlainFile};
use crate::room;
use crate::words::size;

/// Bytes of a page's header that are read at first, and with long statistics at most.
const HEADER_BYTES: u64 = 16 << 10;
const MOST_HEADER: u64 = 16 << 20;
/// Bytes of a page from which on it is asked for whether there is room for it.
const LARGE_PAGE: u64 = 16 << 20;
/// Values and bytes that the pages for one batch may hold.
const MOST_VALUES: u64 = 1 << 28;
const MOST_BYTES: u64 = 2 << 30;
/// Bytes of a batch that are aimed at, and rows of it at most.
const BATCH_BYTES: u64 = 16 << 20;
const BATCH_ROWS: u64 = 16_384;
/// Bytes that a value of a list takes while it is read.
const VALUE_BYTES: u64 = 8;

/// The file as the library reads it: at positions, never beyond its end.
#[derive(Clone, Debug)]
pub(super) struct Source {
    file: Arc<PlainFile>,
    failed: Failed,
    /// What is read on from a position is the header of a page.
    is_by_page: bool,
}

impl Source {
    pub(super) fn new(file: &Arc<PlainFile>) -> Self {
        Self { file: Arc::clone(file), failed: Failed::default(), is_by_page: false }
    }

    /// The same for a reader that goes from page to page.
    fn by_page(&self) -> Self {
        Self { is_by_page: true, ..self.clone() }
    }

    /// Refuses a page whose header the library would not come to the end of, and one for which there is no memory: the library asks for as
    /// much as the header says, and a system that refuses ends the program.
    fn check_page(&self, start: u64) -> Result<()> {
        let left = self.file.len().saturating_sub(start);
        let mut most = HEADER_BYTES;
        let unpacked = loop {
            let head = self.get_bytes(start, left.min(most) as usize)?;
            if footer::check_page(&head).is_ok() {
                break at_once::unpacked_bytes(&head);
            }
            if left <= most || most >= MOST_HEADER {
                return Err(general("the header of a page is damaged, or ends early"));
            }
            most *= 4;
        };
        if unpacked > LARGE_PAGE && room::short_of(unpacked.saturating_mul(2)).is_some() {
            return Err(general(&format!("it has a page that takes {} of memory, more than is left", size(unpacked))));
        }
        Ok(())
    }

    /// What the machine said the last time that it would not read.
    pub(super) fn failed(&self) -> Option<FileError> {
        self.failed.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What the machine said: the library makes a text of it.
#[derive(Clone, Debug, Default)]
struct Failed(Arc<Mutex<Option<FileError>>>);

impl Failed {
    /// Keeps it, and says it to the library.
    fn keep(&self, error: FileError) -> io::Error {
        let said = io::Error::other(error.to_string());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        said
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl ChunkReader for Source {
    type T = BufReader<FromHere>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::new(FromHere { source: self.clone(), at: start, is_unchecked: self.is_by_page }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.file.len()) {
            return Err(general("a part of it lies behind its end: it was cut short, or is damaged"));
        }
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, start).map_err(|error| self.failed.keep(error))?;
        Ok(bytes.into())
    }
}

/// The file from a position on.
#[derive(Debug)]
pub(super) struct FromHere {
    source: Source,
    at: u64,
    /// A page begins here, and nothing of it has been read. Readers are also made, and never used, where a header is known already.
    is_unchecked: bool,
}

impl Read for FromHere {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if std::mem::take(&mut self.is_unchecked) {
            self.source.check_page(self.at).map_err(io::Error::other)?;
        }
        let Source { file, failed, .. } = &self.source;
        let got = file.read_up_to_at(out, self.at).map_err(|error| failed.keep(error))?;
        self.at += got as u64;
        Ok(got)
    }
}

/// What the pages for the batch at hand have held so far.
#[derive(Debug, Default)]
pub(super) struct Spent {
    values: AtomicU64,
    bytes: AtomicU64,
}

impl Spent {
    /// Nothing, for the next batch.
    pub(super) fn reset(&self) {
        self.values.store(0, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
    }
}

/// Groups of rows, one after the other, whose pages are counted.
pub(super) struct Groups {
    pub(super) source: Arc<Source>,
    pub(super) metadata: Arc<ParquetMetaData>,
    /// By their numbers, ascending.
    pub(super) numbers: Vec<usize>,
    pub(super) spent: Arc<Spent>,
}

impl Groups {
    /// Rows of a batch, by what they take on average; what a page holds beyond that is bounded when it is read.
    pub(super) fn batch_rows(&self, columns: &[usize]) -> u64 {
        let schema = self.metadata.file_metadata().schema_descr();
        let of_group = |group: &RowGroupMetaData| {
            let leaves = group.columns().iter().enumerate();
            let taken = leaves.filter(|(leaf, _)| columns.contains(&schema.get_column_root_idx(*leaf)));
            let bytes = taken.map(|(_, chunk)| {
                let values = u64::try_from(chunk.num_values()).unwrap_or(u64::MAX).saturating_mul(VALUE_BYTES);
                u64::try_from(chunk.uncompressed_size()).unwrap_or(u64::MAX).max(values)
            });
            bytes.fold(0, u64::saturating_add) / u64::try_from(group.num_rows()).unwrap_or(1).max(1)
        };
        let most = self.row_groups().map(of_group).max().unwrap_or(0);
        (BATCH_BYTES / most.max(1)).clamp(1, BATCH_ROWS)
    }
}

impl RowGroups for Groups {
    fn num_rows(&self) -> usize {
        self.row_groups().map(|group| usize::try_from(group.num_rows()).unwrap_or(0)).sum()
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let Self { source, metadata, numbers, spent } = self;
        Ok(Box::new(Chunks {
            source: Arc::clone(source),
            metadata: Arc::clone(metadata),
            groups: numbers.clone().into_iter(),
            spent: Arc::clone(spent),
            column,
        }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.numbers.iter().filter_map(|group| self.metadata.row_groups().get(*group)))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// A column, group by group.
struct Chunks {
    source: Arc<Source>,
    metadata: Arc<ParquetMetaData>,
    groups: std::vec::IntoIter<usize>,
    spent: Arc<Spent>,
    column: usize,
}

impl Iterator for Chunks {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.metadata.row_groups().get(self.groups.next()?)?;
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        let pages = SerializedPageReader::new(Arc::new(self.source.by_page()), group.column(self.column), rows, None);
        let spent = Arc::clone(&self.spent);
        Some(pages.map(|pages| Box::new(Bounded { pages, spent }) as Box<dyn PageReader>))
    }
}

impl PageIterator for Chunks {}

/// Pages, counted: a few bytes may hold any number of equal values.
struct Bounded {
    pages: SerializedPageReader<Source>,
    spent: Arc<Spent>,
}

impl PageReader for Bounded {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(page) = &page {
            let add = |to: &AtomicU64, more: u64| to.fetch_add(more, Ordering::Relaxed).saturating_add(more);
            let values = add(&self.spent.values, page.num_values().into());
            let bytes = add(&self.spent.bytes, page.buffer().len() as u64);
            if values > MOST_VALUES || bytes > MOST_BYTES {
                return Err(general("it has rows that take more than 2 GiB when they are read together"));
            }
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for Bounded {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

pub(super) fn general(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}
