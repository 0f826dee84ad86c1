//! Where the pages of a column lie: their headers, one after the other.

use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::page_index::offset_index::PageLocation;
use parquet::file::reader::ChunkReader;

use super::super::footer::{I32, STRUCT, Walk, What, signed};
use super::super::pages::Source;
use super::MOST_UNPACKED;

/// Bytes of a header that are read: those with longer statistics are left to the library.
const MOST_HEADER: u64 = 16 << 10;

/// Kinds of pages.
const DATA: i64 = 0;
const DICTIONARY: i64 = 2;
const DATA_V2: i64 = 3;

/// A page with values.
#[derive(Clone, Debug)]
pub(super) struct PageAt {
    pub(super) location: PageLocation,
    /// The number of its first value in the column.
    pub(super) first: u64,
    pub(super) values: u64,
}

impl PageAt {
    /// Bytes that its values take, of so many each.
    pub(super) fn bytes(&self, width: usize) -> Option<usize> {
        usize::try_from(self.values.checked_mul(width as u64)?).ok()
    }
}

/// What a header says.
#[derive(Debug, Default)]
struct Header {
    bytes: u64,
    kind: i64,
    unpacked: i64,
    packed: i64,
    values: i64,
}

/// The pages with values in a column of a group, in their order; `None` where one is not simple: larger than is unpacked on many cores at
/// once, which is this number of values, damaged, or of an unknown kind. The column's values before them are `first`.
pub(super) fn pages(
    source: &Source,
    chunk: &ColumnChunkMetaData,
    first: u64,
    most: u64,
) -> Result<Option<Vec<PageAt>>> {
    let ((start, length), mut pages, mut first) = (chunk.byte_range(), Vec::new(), first);
    let (mut at, end) = (start, start.saturating_add(length));
    while at < end {
        let head = source.get_bytes(at, (end - at).min(MOST_HEADER) as usize)?;
        let Ok(header) = header(&head) else { return Ok(None) };
        let (Ok(packed), true) =
            (u64::try_from(header.packed), (0..=MOST_UNPACKED.cast_signed()).contains(&header.unpacked))
        else {
            return Ok(None);
        };
        let bytes = header.bytes + packed;
        match header.kind {
            // Where the first page with values does not begin the column, what lies before it is taken for the dictionary.
            DICTIONARY if at == start => {}
            DATA | DATA_V2 => {
                let (Ok(offset), Ok(compressed_page_size), Ok(values)) =
                    (i64::try_from(at), i32::try_from(bytes), u64::try_from(header.values))
                else {
                    return Ok(None);
                };
                if values > most {
                    return Ok(None);
                }
                let location = PageLocation { offset, compressed_page_size, first_row_index: 0 };
                pages.push(PageAt { location, first, values });
                first += values;
            }
            _ => return Ok(None),
        }
        at += bytes;
    }
    Ok((at == end).then_some(pages))
}

/// Bytes that a page takes when it is unpacked, as the library understands its header, which `head` begins with: of a longer number the
/// lower 32 bits.
pub(in super::super) fn unpacked_bytes(head: &[u8]) -> u64 {
    header(head).map_or(0, |header| u64::try_from(header.unpacked as i32).unwrap_or(0))
}

fn header(head: &[u8]) -> std::result::Result<Header, What> {
    let mut walk = Walk { rest: head };
    let (mut header, mut last) = (Header { kind: -1, ..Header::default() }, 0);
    while let Some((field, kind)) = walk.field(&mut last)? {
        match (field, kind) {
            (1, I32) => header.kind = signed(walk.number()?),
            (2, I32) => header.unpacked = signed(walk.number()?),
            (3, I32) => header.packed = signed(walk.number()?),
            // Of either version: the number of values comes first.
            (5 | 8, STRUCT) => {
                let mut last = 0;
                while let Some((field, kind)) = walk.field(&mut last)? {
                    if (field, kind) == (1, I32) { header.values = signed(walk.number()?) } else { walk.skip(kind, 0)? }
                }
            }
            _ => walk.skip(kind, 0)?,
        }
    }
    header.bytes = (head.len() - walk.rest.len()) as u64;
    Ok(header)
}
