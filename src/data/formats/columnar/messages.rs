//! Where the messages of an Arrow file or stream lie, each compared with the file's length. A stream is its messages, one after the other; a
//! file has a list of them behind the last, and not all writers put a schema before the first.

use std::sync::Arc;

use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::{Block, Endianness, Message, MessageHeader, MetadataVersion, Schema, root_as_footer, root_as_message};
use arrow_schema::{ArrowError, SchemaRef};

use super::Fault;
use super::ipc::{CONTINUES, MAGIC, cut, damaged, read};
use crate::data::file::PlainFile;

/// Bytes that lie before the first message of a file.
const FIRST: u64 = 8;
/// What lies behind a file's footer: its length, and the magic.
const TAIL: u64 = 10;
/// The longest description of a message that is read, and the longest footer.
const MOST_HEAD: u64 = 64 << 20;

/// Where a message lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) offset: u64,
    /// Bytes of its description, with what stands in front of that, and of what it describes.
    pub(super) head: u64,
    pub(super) body: u64,
    /// The first row of a batch, and how many it has; `None` of a dictionary.
    pub(super) rows: Option<(u64, u64)>,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// `None` where there is none, as at the beginning of a stream that was cut short.
    pub(super) schema: Option<SchemaRef>,
    pub(super) version: MetadataVersion,
    /// Dictionaries before the batches that need them.
    pub(super) all: Vec<Found>,
    /// It may have been cut short: nothing says that it ends.
    pub(super) is_open_ended: bool,
    rows: u64,
}

impl Messages {
    /// Those of a stream.
    pub(super) fn of_stream(file: &PlainFile) -> Result<Self, Fault> {
        let (mut found, mut at, end) = (Self { is_open_ended: true, ..Self::default() }, 0, file.len());
        while at < end {
            let Some((prefix, length)) = start_of(file, at, end)? else {
                found.is_open_ended = false;
                break;
            };
            let described = read(file, at + prefix, length)?;
            let message = root_as_message(&described).map_err(unread)?;
            let (head, body) = (prefix + length, u64::try_from(message.bodyLength()).map_err(|_| cut())?);
            let next = (at + head).checked_add(body).filter(|next| *next <= end).ok_or_else(cut)?;
            if message.header_type() == MessageHeader::Schema && found.schema.is_none() {
                found.take_schema(message.header_as_schema().ok_or_else(damaged)?, message.version())?;
            } else {
                found.take(&message, Found { offset: at, head, body, rows: None })?;
            }
            at = next;
        }
        Ok(found)
    }

    /// Those that a file's footer lists.
    pub(super) fn of_file(file: &PlainFile) -> Result<Self, Fault> {
        let tail = read(file, file.len().saturating_sub(TAIL), TAIL.min(file.len()))?;
        let (length, magic) = tail.split_at(4.min(tail.len()));
        if magic != MAGIC {
            return Err(cut());
        }
        let length = u64::from(length.try_into().map_or(0, u32::from_le_bytes));
        let end = file.len().checked_sub(TAIL + length).filter(|end| *end >= FIRST && length <= MOST_HEAD);
        let end = end.ok_or_else(damaged)?;
        let footer = read(file, end, length)?;
        let footer = root_as_footer(&footer).map_err(unread)?;
        let mut found = Self::default();
        found.take_schema(footer.schema().ok_or_else(damaged)?, footer.version())?;
        for block in footer.dictionaries().into_iter().chain(footer.recordBatches()).flatten() {
            found.take_block(file, block, end)?;
        }
        Ok(found)
    }

    /// Takes a message that must lie before `end`.
    fn take_block(&mut self, file: &PlainFile, block: &Block, end: u64) -> Result<(), Fault> {
        let at = u64::try_from(block.offset()).map_err(|_| damaged())?;
        let head = u64::try_from(block.metaDataLength()).map_err(|_| damaged())?;
        let body = u64::try_from(block.bodyLength()).map_err(|_| damaged())?;
        let behind = at.checked_add(head).and_then(|at| at.checked_add(body));
        if at < FIRST || head > MOST_HEAD || behind.is_none_or(|behind| behind > end) {
            return Err(damaged());
        }
        let (prefix, length) = start_of(file, at, at + head)?.ok_or_else(damaged)?;
        let described = read(file, at + prefix, length)?;
        self.take(&root_as_message(&described).map_err(unread)?, Found { offset: at, head, body, rows: None })
    }

    fn take_schema(&mut self, schema: Schema<'_>, version: MetadataVersion) -> Result<(), Fault> {
        if schema.endianness() != Endianness::Little {
            let what = "its numbers are big-endian".to_owned();
            return Err(Fault::Advised(what, "write them little-endian"));
        }
        (self.schema, self.version) = (Some(Arc::new(fb_to_schema(schema))), version);
        Ok(())
    }

    /// Takes a batch or a dictionary.
    fn take(&mut self, message: &Message<'_>, at: Found) -> Result<(), Fault> {
        let rows = match message.header_type() {
            MessageHeader::RecordBatch => {
                let of = message.header_as_record_batch().ok_or_else(damaged)?;
                let own = u64::try_from(of.length()).map_err(|_| damaged())?;
                let first = self.rows;
                self.rows = first.checked_add(own).ok_or_else(damaged)?;
                Some((first, own))
            }
            MessageHeader::DictionaryBatch => None,
            _ => return Err(damaged()),
        };
        self.all.push(Found { rows, ..at });
        Ok(())
    }
}

fn unread(error: impl std::fmt::Debug) -> Fault {
    ArrowError::ParseError(format!("{error:?}")).into()
}

/// What stands in front of a message's description, in bytes, and how long that is; `None` where there is no further message.
fn start_of(file: &PlainFile, at: u64, end: u64) -> Result<Option<(u64, u64)>, Fault> {
    let start = read(file, at, (end - at).min(8))?;
    let number = |at: usize| start.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    // Before 2019 the length stood alone.
    let (prefix, length) = if start.starts_with(&CONTINUES) { (8, number(4)) } else { (4, number(0)) };
    let length = u64::from(length.ok_or_else(cut)?);
    if length == 0 {
        return Ok(None);
    }
    let is_within = length <= MOST_HEAD && at + prefix + length <= end;
    if is_within { Ok(Some((prefix, length))) } else { Err(cut()) }
}
