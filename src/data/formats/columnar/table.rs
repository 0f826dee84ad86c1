//! Files of columns as tables: a row as a JSON object, columns with drawings left out.

use std::path::Path;

use super::records::Records;
use super::{choice, columnar};
use crate::data::file::PlainFile;
use crate::data::report::Severity;
use crate::data::source::{ImageError, MAX_ROWS};

/// Whether a file is one of columns without drawings.
pub(in crate::data) fn is_table(path: &Path) -> bool {
    let opened = PlainFile::open_packed(path).map_err(ImageError::from).and_then(columnar);
    matches!(opened, Ok(Ok(columnar)) if choice::table(&columnar).is_ok_and(|table| !table.is_drawn))
}

/// Hands on all rows of a file, each as a JSON object on one line, and says what is left out; `None` where it is no file of columns.
pub(in crate::data) fn lines(
    file: PlainFile,
    on: &mut dyn FnMut(&str),
) -> Result<Option<Vec<(Severity, String)>>, ImageError> {
    let Ok(columnar) = columnar(file)? else { return Ok(None) };
    let choice::Table { columns, said, .. } = choice::table(&columnar)?;
    if columnar.rows > MAX_ROWS.into() {
        return Err(columnar.fault("it has more rows than there may be drawings"));
    }
    let records = Records::new(&columnar, columns);
    let records = records.ok_or_else(|| columnar.fault("it has no column that could be joined"))?;
    records.fields(0..columnar.rows, &mut |fields| on(&format!("{{{fields}}}")))?;
    Ok(Some(said))
}
