//! Parquet and Arrow: files of columns, of which one holds the drawings and the others say more of them.
//!
//! Encoded pictures become a set of pictures (`pictures`), lists of numbers an array (`crate::data::array`): these are copied into the
//! spool once, since packed rows are not read at positions; many numbers in pages of a moderate size are unpacked where they are read, and
//! pictures that are not packed stay where they lie. All else is read as records when somebody asks. Types of the libraries stay in this
//! folder.

mod arrays;
mod at_once;
mod body;
mod candidate;
mod cells;
mod choice;
mod container;
mod encoded;
mod flat;
mod footer;
mod ipc;
mod labels;
mod messages;
mod numbers;
mod packed;
mod pages;
mod parquet;
mod records;
mod table;
mod tensor;
#[cfg(test)]
mod tests;
mod written;

use std::path::Path;
use std::sync::Arc;

use super::format::{Format, OpenAs, Reader, Sign};
use super::opened::Opened;
use super::{BESIDE_RECORDS, head, pictures};
use crate::data::file::PlainFile;
use crate::data::source::ImageError;

pub(super) use encoded::{Bytes, Encoded, Row};
pub(in crate::data) use records::Records;
pub(in crate::data) use table::{is_table, lines};
pub use written::{DrawnBlock, DrawnForm, IMAGE, SetWriter};

use candidate::Holds;
use container::{Columnar, Fault, Form};

pub(super) const PARQUET: Format =
    Format::opened("parquet", Sign::Begins(parquet::MAGIC), READER).no_records("a Parquet file", BESIDE_RECORDS);

/// Feather, of version 2, is such a file.
pub(super) const ARROW: Format =
    Format::opened("arrow", Sign::Begins(ipc::MAGIC), READER).no_records("an Arrow file", BESIDE_RECORDS);

pub(super) const ARROW_STREAM: Format =
    Format::opened("arrow stream", Sign::Is(ipc::is_stream), READER).no_records("an Arrow stream", BESIDE_RECORDS);

/// Names say nothing: beside arrays such a file is a table.
const READER: Reader = Reader { endings: &[], is_worth: |_| true, open, holds_arrays: true };

/// How names of such files end.
pub(super) const ENDINGS: [&str; 3] = [".parquet", ".arrow", ".feather"];

/// Whether a file's name, which need say nothing of its content, is that of a file of columns.
pub(in crate::data) fn is_named_like_one(path: &Path) -> bool {
    pictures::ends_in_one_of(path, &ENDINGS)
}

/// Whether `info` calls a file of columns so.
pub(in crate::data) fn is_form(form: &str) -> bool {
    [PARQUET.name, ARROW.name, ARROW_STREAM.name].contains(&form)
}

/// Whether what begins so is a file of columns.
pub(in crate::data) fn may_be(head: &[u8]) -> bool {
    Form::of(head).is_some()
}

fn columnar(file: PlainFile) -> Result<Result<Arc<Columnar>, PlainFile>, ImageError> {
    match Form::of(&head(&file)?) {
        Some(form) => Ok(Ok(Arc::new(Columnar::open(file, form)?))),
        None => Ok(Err(file)),
    }
}

/// Encoded pictures in a file of columns, in the column of this name where one is given; `Err` gives the file back where it holds
/// something else.
pub(super) fn encoded(file: PlainFile, name: Option<&str>) -> Result<Result<Encoded, PlainFile>, ImageError> {
    let again = file.again();
    let columnar = match columnar(file)? {
        Ok(columnar) => columnar,
        Err(file) => return Ok(Err(file)),
    };
    let choice = match choice::choose(&columnar, name) {
        Ok(choice) => choice,
        // Whoever opens arrays says what is wrong.
        Err(error) if !error.is_of_the_machine() => return Ok(Err(again)),
        Err(error) => return Err(error),
    };
    Ok(if choice.image.holds == Holds::Pictures { Ok(Encoded::new(columnar, choice)) } else { Err(again) })
}

fn open(file: PlainFile, start: &[u8], how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let form = Form::of(start).unwrap_or(Form::Parquet);
    let columnar = Arc::new(Columnar::open(file, form)?);
    let choice = choice::choose(&columnar, how.array)?;
    if choice.image.holds != Holds::Pictures {
        return arrays::open(&columnar, choice, how);
    }
    let named = vec![pictures::Named::Rows(Encoded::new(columnar, choice))];
    pictures::open(named, &pictures::Options { spool: how.spool.clone(), ..pictures::Options::default() })
}
