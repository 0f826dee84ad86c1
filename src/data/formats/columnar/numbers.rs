//! The numbers of a column as the content of a file, the values of one row after the other: unpacked where they are read, if they lie
//! simply enough; at once on all cores into the spool, where they are few; else by the library, batch by batch.

use std::sync::{Arc, Mutex, PoisonError};

use super::at_once::{Kept, Numbers, Pages};
use super::container::Columnar;
use super::flat::{Odd, Rows};
use super::packed;
use crate::data::file::{FileError, FileFault, Making, OnDemand, PlainFile, Spool};
use crate::data::source::{ImageError, ImageFault};

/// Bytes from which on they are unpacked where they are read: fewer are there in a moment, and checked to their end. Fuzzing, whose files
/// are small, comes to both.
const MANY: u64 = if cfg!(fuzzing) { 1 << 10 } else { 64 << 20 };

/// A column that holds the same number of numbers in each row.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) columnar: Arc<Columnar>,
    pub(super) number: usize,
    /// As it is shown.
    pub(super) name: String,
    pub(super) numbers: Numbers,
}

impl Column {
    /// Its content.
    pub(super) fn open(self, spool: &Spool) -> Result<PlainFile, ImageError> {
        self.open_from(MANY, spool)
    }

    /// The same; of as many bytes and more it is unpacked where it is read.
    pub(super) fn open_from(self, many: u64, spool: &Spool) -> Result<PlainFile, ImageError> {
        let Some(pages) = self.columnar.pages(self.number, &self.numbers) else {
            return self.one_after_the_other(None, spool);
        };
        if pages.bytes() >= many && pages.come_soon() {
            let what = self.what();
            let (kept, whole, spool) = (Kept::default(), Mutex::new(None), spool.another());
            return Ok(PlainFile::on_demand(Arc::new(InPages { column: self, pages, kept, whole, spool }), &what));
        }
        let mut making = Making::begin(&self.columnar.file, spool)?;
        if making.fill(pages.bytes(), |place| pages.unpack(place))? {
            return Ok(making.finish(&self.what())?);
        }
        drop(making);
        self.one_after_the_other(None, spool)
    }

    fn what(&self) -> String {
        format!("its column {}", self.name)
    }

    /// Unpacked by the library into the spool; `packed` are the axes of pictures that are arrays.
    pub(super) fn one_after_the_other(&self, packed: Option<&[usize]>, spool: &Spool) -> Result<PlainFile, ImageError> {
        let mut making = Making::begin(&self.columnar.file, spool)?;
        self.batches(packed, &mut making).map_err(|wrong| wrong.of_column(self))?;
        Ok(making.finish(&self.what())?)
    }

    fn batches(&self, packed: Option<&[usize]>, making: &mut Making<'_>) -> Result<(), Wrong> {
        let mut batches = self.columnar.read(&[self.number], 0..self.columnar.rows)?;
        loop {
            let rows = Rows { first: batches.at(), axes: &self.numbers.lists };
            let Some(batch) = batches.next()? else { return Ok(()) };
            let values = batch.columns().first().ok_or_else(|| self.columnar.fault("it is damaged"))?;
            let mut on = |bytes: &[u8]| Ok(making.write(bytes)?);
            let done: Result<(), Wrong> = match packed {
                Some(axes) => packed::hand_on(values, rows.first, axes, &mut on),
                None => rows.hand_on(values, &mut on),
            };
            done?;
        }
    }
}

/// Numbers that are unpacked where they are read.
#[derive(Debug)]
struct InPages {
    column: Column,
    pages: Pages,
    kept: Kept,
    /// All of them as the library has them, from the first page on that is not as simple as the others.
    whole: Mutex<Option<Result<PlainFile, String>>>,
    spool: Spool,
}

impl OnDemand for InPages {
    fn len(&self) -> u64 {
        self.pages.bytes()
    }

    fn file(&self) -> &PlainFile {
        &self.column.columnar.file
    }

    fn read(&self, out: &mut [u8], offset: u64) -> Result<(), FileError> {
        let path = self.file().path();
        // Who comes meanwhile waits for the library.
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.is_none() {
            drop(whole);
            if self.pages.read(out, offset, &self.kept).is_some() {
                return Ok(());
            }
            // What the machine would not, or has changed, is not the file's fault: the next time it may be read.
            if let Some(failed) = self.column.columnar.failed() {
                return Err(failed);
            }
            self.file().check_unchanged()?;
            whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        }
        if whole.is_none() {
            *whole = Some(match self.column.one_after_the_other(None, &self.spool) {
                Ok(file) => Ok(file),
                Err(ImageError { fault: ImageFault::File(fault), .. }) => return Err(fault.at(path)),
                Err(error) => Err(error.fault.to_string()),
            });
        }
        let file = match &*whole {
            Some(Ok(file)) => file.again(),
            Some(Err(what)) => return Err(FileFault::Content(what.clone()).at(path)),
            None => return Err(self.file().has_changed()),
        };
        drop(whole);
        file.read_exact_at(out, offset)
    }
}

/// What may go wrong with a batch.
enum Wrong {
    Row(Odd),
    File(ImageError),
}

impl Wrong {
    fn of_column(self, column: &Column) -> ImageError {
        match self {
            Self::Row(Odd { what, advice }) => column.columnar.advised(format!("in {} {what}", column.what()), advice),
            Self::File(error) => error,
        }
    }
}

impl From<Odd> for Wrong {
    fn from(odd: Odd) -> Self {
        Self::Row(odd)
    }
}

impl From<FileError> for Wrong {
    fn from(error: FileError) -> Self {
        Self::File(error.into())
    }
}

impl From<ImageError> for Wrong {
    fn from(error: ImageError) -> Self {
        Self::File(error)
    }
}
