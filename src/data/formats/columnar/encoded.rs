//! A column of encoded pictures: their bytes in the spool, one after the other, and where each of them lies.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::Array;

use super::candidate::pictures_of;
use super::choice::Choice;
use super::container::Columnar;
use super::records::Records;
use super::{cells, flat};
use crate::data::file::{PlainFile, Spool};
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
    /// What holds their bytes.
    pub(in crate::data::formats) file: Arc<PlainFile>,
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
    /// Where its bytes lie; `None` where they are missing.
    pub(in crate::data::formats) range: Option<Range<u64>>,
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

    /// Copies the bytes of all pictures into the spool.
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
        let file = columnar.file.filled(spool, &what, |filling| {
            let mut batches = columnar.read(&[column], 0..columnar.rows)?;
            while let Some(batch) = batches.next()? {
                let of = batch.columns().first().ok_or_else(|| columnar.fault("it is damaged"))?;
                let (bytes, paths) = pictures_of(of);
                for row in 0..batch.num_rows() {
                    let is_there = of.is_valid(row);
                    let path = paths.as_ref().filter(|_| is_there).and_then(|paths| cells::text(paths, row));
                    let start = filling.written();
                    let bytes = Some(&bytes).filter(|bytes| is_there && bytes.is_valid(row));
                    let bytes = bytes.and_then(|bytes| flat::bytes_at(bytes, row));
                    if let Some(bytes) = bytes {
                        filling.write(bytes)?;
                    }
                    let path = path.filter(|path| !path.is_empty()).map(Into::into);
                    rows.push(Row { path, range: bytes.map(|_| start..filling.written()) });
                }
            }
            Ok::<(), ImageError>(())
        })?;
        Ok(Pictures { file: Arc::new(file), rows, records, said })
    }
}
