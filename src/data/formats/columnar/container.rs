//! A file of columns, whichever of the two forms it has: its schema, and rows of some of its columns, batch by batch.
//!
//! All that the libraries decode is decoded here, in [`guarded`]: what they panic at is the file's fault.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use ::parquet::errors::ParquetError;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

use super::at_once::{Numbers, Pages};
use super::ipc::{self, IpcFile};
use super::parquet::{self, ParquetFile};
use crate::data::file::{FileError, PlainFile};
use crate::data::source::{ImageError, ImageFault};
use crate::panics;
use crate::words::shown_text;

/// Characters of a library's own words that are shown.
const SHOWN: usize = 160;

/// Which form a file of columns has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Parquet,
    Arrow,
    ArrowStream,
}

impl Form {
    /// By a file's beginning; `None` where it is neither.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(parquet::MAGIC) {
            Some(Self::Parquet)
        } else if head.starts_with(ipc::MAGIC) {
            Some(Self::Arrow)
        } else {
            ipc::is_stream(head).then_some(Self::ArrowStream)
        }
    }

    /// With its article.
    pub(super) fn called(self) -> &'static str {
        match self {
            Self::Parquet => "a Parquet file",
            Self::Arrow => "an Arrow file",
            Self::ArrowStream => "an Arrow stream",
        }
    }
}

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The machine would not.
    File(FileError),
    /// What is wrong with it, as a clause.
    What(String),
    /// The same, and what to do about it.
    Advised(String, &'static str),
}

impl From<FileError> for Fault {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<ArrowError> for Fault {
    fn from(error: ArrowError) -> Self {
        Self::What(in_words(&error.to_string()))
    }
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        let said = error.to_string();
        match error {
            // Our own, and theirs in plain words.
            ParquetError::General(what) if what.starts_with("it") || what.starts_with("a part") => Self::What(what),
            _ => Self::What(in_words(&said)),
        }
    }
}

fn in_words(said: &str) -> String {
    let words: Vec<&str> = said.split_whitespace().collect();
    let said = words.join(" ");
    let said = ["Parquet error: ", "Parquet argument error: ", "External: "]
        .into_iter()
        .fold(said.as_str(), |said, prefix| said.strip_prefix(prefix).unwrap_or(said));
    format!("it is damaged, or of a kind that is not read ({})", shown_text(said, SHOWN))
}

/// A file of columns.
#[derive(Debug)]
pub(super) struct Columnar {
    pub(super) file: Arc<PlainFile>,
    pub(super) form: Form,
    pub(super) schema: SchemaRef,
    pub(super) rows: u64,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Parquet(ParquetFile),
    Arrow(IpcFile),
}

impl Columnar {
    /// Opens a file of a form and reads what describes it.
    pub(super) fn open(file: PlainFile, form: Form) -> Result<Self, ImageError> {
        let file = Arc::new(file);
        let opened = guarded(|| match form {
            Form::Parquet => {
                let (body, schema) = ParquetFile::open(&file)?;
                let rows =
                    body.rows().ok_or_else(|| Fault::What("it is damaged: its rows are fewer than none".to_owned()))?;
                body.refuse_unless_unpacked()?;
                Ok((schema, rows, Body::Parquet(body)))
            }
            Form::Arrow | Form::ArrowStream => {
                let (body, schema) = IpcFile::open(&file, form == Form::ArrowStream)?;
                Ok((schema, body.rows(), Body::Arrow(body)))
            }
        });
        let (schema, rows, body) = opened.map_err(|fault| error(fault, form, file.path()))?;
        Ok(Self { file, form, schema, rows, body })
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Whether it may have been cut short without a sign of that.
    pub(super) fn is_open_ended(&self) -> bool {
        matches!(&self.body, Body::Arrow(file) if file.is_open_ended)
    }

    /// Some rows of some columns by their numbers, which ascend; there is one column at least.
    pub(super) fn read(self: &Arc<Self>, columns: &[usize], rows: Range<u64>) -> Result<Batches, ImageError> {
        let reading = guarded(|| match &self.body {
            Body::Parquet(file) => Ok(Reading::Parquet(Box::new(file.read(columns, rows.clone())?))),
            Body::Arrow(file) => Ok(Reading::Arrow(Box::new(file.read(columns, rows.clone())))),
        });
        let reading = reading.map_err(|fault| self.error(fault))?;
        Ok(Batches { of: Arc::clone(self), reading, left: rows })
    }

    /// Where the numbers of a column lie in pages that can be unpacked each by itself; `None` where they lie otherwise.
    pub(super) fn pages(&self, column: usize, numbers: &Numbers) -> Option<Pages> {
        match &self.body {
            Body::Parquet(file) => file.pages(column, numbers),
            Body::Arrow(_) => None,
        }
    }

    /// What the machine said the last time that it would not read.
    pub(super) fn failed(&self) -> Option<FileError> {
        if let Body::Parquet(file) = &self.body { file.failed() } else { None }
    }

    fn error(&self, fault: Fault) -> ImageError {
        // What the machine said comes first: the library only repeats it.
        error(self.failed().map_or(fault, Fault::File), self.form, self.path())
    }

    /// What is wrong with the file.
    pub(super) fn fault(&self, what: &str) -> ImageError {
        error(Fault::What(what.to_owned()), self.form, self.path())
    }

    /// What is wrong with the file, and what to do about it.
    pub(super) fn advised(&self, what: String, advice: &'static str) -> ImageError {
        error(Fault::Advised(what, advice), self.form, self.path())
    }
}

/// Rows on their way, in batches.
#[derive(Debug)]
pub(super) struct Batches {
    of: Arc<Columnar>,
    reading: Reading,
    /// Rows that are to come.
    left: Range<u64>,
}

#[derive(Debug)]
enum Reading {
    Parquet(Box<parquet::Reading>),
    Arrow(Box<ipc::Reading>),
}

impl Batches {
    /// The number of the first row of the next batch.
    pub(super) fn at(&self) -> u64 {
        self.left.start
    }

    /// Where bytes of the batch that came last lie in the file; `None` where they do not lie there as they are.
    pub(super) fn place_of(&self, bytes: &[u8]) -> Option<u64> {
        if let Reading::Arrow(reading) = &self.reading { reading.place_of(bytes) } else { None }
    }

    /// The next rows, at least one; `None` behind the last. Fails where there are fewer than the file says.
    pub(super) fn next(&mut self) -> Result<Option<RecordBatch>, ImageError> {
        if self.left.is_empty() {
            return Ok(None);
        }
        let Self { of, reading, left } = self;
        let batch = guarded(|| match (reading, &of.body) {
            (Reading::Parquet(reading), _) => Ok(reading.next()?),
            (Reading::Arrow(reading), Body::Arrow(file)) => reading.next(file),
            (Reading::Arrow(_), Body::Parquet(_)) => Ok(None),
        });
        let batch = batch.map_err(|fault| of.error(fault))?;
        of.file.check_unchanged()?;
        let rows = batch.as_ref().map_or(0, |batch| batch.num_rows() as u64);
        if rows == 0 || rows > left.end - left.start {
            return Err(of.fault("it is damaged: it has not as many rows as it says"));
        }
        left.start += rows;
        Ok(batch)
    }
}

/// Does what the libraries do: neither is proof against damaged files, and some of them they panic at.
fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let done = panics::caught(work);
    done.unwrap_or_else(|_| Err(Fault::What("it is damaged (its decoder gave up)".to_owned())))
}

fn error(fault: Fault, form: Form, path: &Path) -> ImageError {
    let (what, advice) = match fault {
        Fault::File(error) => return error.into(),
        Fault::What(what) => (what, "get it again, or write it once more"),
        Fault::Advised(what, advice) => (what, advice),
    };
    let what = format!("{} that is not read: {what}", form.called());
    ImageFault::Archive { what, advice: advice.to_owned() }.at(path)
}
