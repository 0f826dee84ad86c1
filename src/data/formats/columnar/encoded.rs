//! A column of encoded pictures: where the bytes of each lie, in the file itself or, where it is packed, in the spool.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::Array;

use super::candidate::pictures_of;
use super::choice::Choice;
use super::container::Columnar;
use super::records::Records;
use super::{cells, flat};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault, MAX_ROWS};
use crate::words::{shown_text, thousands};

/// Encoded pictures in a file of columns.
#[derive(Debug)]
pub(in crate::data) struct Encoded {
    columnar: Arc<Columnar>,
    column: usize,
    name: String,
    records: Option<Arc<Records>>,
    said: Vec<(Severity, String)>,
}

/// All pictures of a file.
#[derive(Debug)]
pub(in crate::data::formats) struct Pictures {
    /// The file, and what was unpacked of it.
    pub(in crate::data::formats) file: Arc<PlainFile>,
    pub(in crate::data::formats) unpacked: Arc<PlainFile>,
    /// In their order.
    pub(in crate::data::formats) rows: Vec<Row>,
    /// What else is known of each.
    pub(in crate::data::formats) records: Option<Arc<Records>>,
    pub(in crate::data::formats) said: Vec<(Severity, String)>,
}

/// One of them.
#[derive(Debug)]
pub(in crate::data::formats) struct Row {
    /// What it is called, where that is said.
    pub(in crate::data::formats) path: Option<Box<str>>,
    /// Where its bytes lie.
    pub(in crate::data::formats) bytes: Bytes,
}

/// Where the bytes of a picture lie.
#[derive(Debug)]
pub(in crate::data::formats) enum Bytes {
    /// Nowhere: it has none.
    Missing,
    /// In the file.
    InFile(Range<u64>),
    /// In what was unpacked.
    Unpacked(Range<u64>),
}

impl Encoded {
    pub(super) fn new(columnar: Arc<Columnar>, choice: Choice) -> Self {
        let records = Records::new(&columnar, choice.others).map(Arc::new);
        Self { columnar, column: choice.image.column, name: choice.image.name, records, said: choice.said }
    }

    /// Where the file lies.
    pub(in crate::data) fn path(&self) -> &Path {
        self.columnar.path()
    }

    /// What `info` calls the form.
    pub(in crate::data::formats) fn form(&self) -> &'static str {
        match self.columnar.form {
            super::Form::Parquet => super::PARQUET.name,
            super::Form::Arrow => super::ARROW.name,
            super::Form::ArrowStream => super::ARROW_STREAM.name,
        }
    }

    /// Whether the file has a column that is called so.
    pub(in crate::data::formats) fn has_column(&self, name: &str) -> bool {
        self.columnar.schema.fields().iter().any(|field| field.name() == name)
    }

    /// Finds the bytes of all pictures; those that lie nowhere in the file as they are go into the spool.
    pub(in crate::data::formats) fn pictures(self, spool: &Spool) -> Result<Pictures, ImageError> {
        let Self { columnar, column, name, records, said } = self;
        if columnar.rows > MAX_ROWS.into() {
            let (rows, most) = (thousands(columnar.rows), thousands(MAX_ROWS.into()));
            return Err(columnar.fault(&format!("it has {rows} rows, and at most {most} are opened together")));
        }
        if columnar.rows == 0 {
            return Err(ImageFault::NoDrawings { shape: "(0,)".to_owned() }.at(columnar.path()));
        }
        let mut rows = Vec::new();
        let what = format!("its column {}", shown_text(&name, 60));
        let mut unpacked = Making::begin(&columnar.file, spool)?;
        let mut batches = columnar.read(&[column], 0..columnar.rows)?;
        while let Some(batch) = batches.next()? {
            let of = batch.columns().first().ok_or_else(|| columnar.fault("it is damaged"))?;
            let (bytes, paths) = pictures_of(of);
            for row in 0..batch.num_rows() {
                let is_there = of.is_valid(row);
                let path = paths.as_ref().filter(|_| is_there).and_then(|paths| cells::text(paths, row));
                let bytes = Some(&bytes).filter(|bytes| is_there && bytes.is_valid(row));
                let bytes = bytes.and_then(|bytes| flat::bytes_at(bytes, row));
                let bytes = match bytes.map(|bytes| (bytes, batches.place_of(bytes))) {
                    None => Bytes::Missing,
                    Some((bytes, Some(at))) => Bytes::InFile(at..at + bytes.len() as u64),
                    Some((bytes, None)) => {
                        let start = unpacked.written();
                        unpacked.write(bytes)?;
                        Bytes::Unpacked(start..unpacked.written())
                    }
                };
                let path = path.filter(|path| !path.is_empty()).map(Into::into);
                rows.push(Row { path, bytes });
            }
        }
        let unpacked = unpacked.finish(&what)?;
        Ok(Pictures { file: Arc::clone(&columnar.file), unpacked: Arc::new(unpacked), rows, records, said })
    }
}
