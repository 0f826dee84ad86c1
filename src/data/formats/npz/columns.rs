//! Arrays of an archive that have one value for each drawing: labels, names, splits.

use super::arrays::MemberArray;
use super::directory::{self, Member};
use super::{DEFLATED, MEMBER, STORED, unpacked};
use crate::data::file::PlainFile;
use crate::data::formats::format::OpenAs;
use crate::data::formats::npy::{self, ColumnHeader};
use crate::data::source::{ColumnArray, ImageError};
use crate::words::shown_text;

/// Members that are looked at.
const MOST: usize = 64;

/// Arrays of one long axis that may belong to at most `most_rows` drawings. What turns out to be none is left out; a damaged member, or
/// one that the machine would not read, is an error.
pub(super) fn beside<'a>(
    file: &PlainFile,
    members: impl Iterator<Item = &'a Member>,
    most_rows: u32,
    how: &OpenAs<'_>,
) -> Result<Vec<ColumnArray>, ImageError> {
    let mut columns = Vec::new();
    for member in members.take(MOST) {
        let Some(name) = MemberArray::name_of(member) else { continue };
        let Some(header) = header(file, member).filter(|header| header.rows <= u64::from(most_rows)) else { continue };
        let (array, _) = unpacked(file.again(), member, how)?;
        columns.extend(ColumnArray::of(&shown_text(name, 60), array, header.cells, header.rows, header.data_offset));
    }
    Ok(columns)
}

/// What a member's beginning says of it.
fn header(file: &PlainFile, member: &Member) -> Option<ColumnHeader> {
    let content = member.content(file)?;
    let packed = directory::read(file, content.start, MEMBER.min(content.end - content.start))?;
    match member.method {
        STORED => npy::column_of(&packed),
        DEFLATED => npy::column_of(&super::arrays::inflated_start(&packed)),
        _ => None,
    }
}
