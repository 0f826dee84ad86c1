//! Arrow's own files (Feather among them) and streams: messages one after the other, a schema first, then batches of rows, and
//! dictionaries before those that need them.
//!
//! What is found of messages (`messages`) is read here; `arrow-ipc` decodes what one holds.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::FileDecoder;
use arrow_ipc::{Block, MessageHeader, MetadataVersion, root_as_message};
use arrow_schema::SchemaRef;

use super::messages::{Found, Messages};
use super::{Fault, body};
use crate::data::file::PlainFile;
use crate::room;
use crate::words::size;

/// First bytes of a file, last ones of it as well, and of a message.
pub(super) const MAGIC: &[u8] = b"ARROW1";
pub(super) const CONTINUES: [u8; 4] = [0xff; 4];
/// The most that a batch may take, packed and unpacked, and which part of the memory that is left.
const MOST_BATCH: u64 = 16 << 30;
const PART_OF_MEMORY: u64 = 2;
/// Rows that are handed on at once.
const BATCH_ROWS: u64 = 16_384;

/// A file or a stream of which the messages are known.
#[derive(Debug)]
pub(super) struct IpcFile {
    file: Arc<PlainFile>,
    schema: SchemaRef,
    version: MetadataVersion,
    messages: Vec<Found>,
    /// It may have been cut short: nothing says that it ends.
    pub(super) is_open_ended: bool,
}

/// Whether what begins so is a stream: a message that describes columns.
pub(super) fn is_stream(head: &[u8]) -> bool {
    let (Some(start), Some(length)) = (head.get(..4), head.get(4..8)) else { return false };
    let length = length.try_into().map_or(0, u32::from_le_bytes) as usize;
    let described = head.get(8..8 + length.min(head.len())).unwrap_or_default();
    if start != CONTINUES || length < 16 {
        return false;
    }
    // Of a long description only the beginning is here: where its table lies has to do.
    let table = described.get(..4).and_then(|at| at.try_into().ok()).map_or(0, u32::from_le_bytes);
    if head.len() < 8 + length {
        return (4..1024).contains(&table);
    }
    root_as_message(described).is_ok_and(|of| of.header_type() == MessageHeader::Schema)
}

impl IpcFile {
    /// Finds the messages.
    pub(super) fn open(file: &Arc<PlainFile>, is_stream: bool) -> Result<(Self, SchemaRef), Fault> {
        let found = if is_stream { Messages::of_stream(file)? } else { Messages::of_file(file)? };
        let schema = found.schema.ok_or_else(cut)?;
        let (version, messages, is_open_ended) = (found.version, found.all, found.is_open_ended);
        let file = Self { file: Arc::clone(file), schema: Arc::clone(&schema), version, messages, is_open_ended };
        Ok((file, schema))
    }

    /// Rows of all batches.
    pub(super) fn rows(&self) -> u64 {
        self.messages.iter().rev().find_map(|found| found.rows).map_or(0, |(first, own)| first + own)
    }

    /// Some rows of some columns, which ascend.
    pub(super) fn read(&self, columns: &[usize], rows: Range<u64>) -> Reading {
        let decoder = FileDecoder::new(Arc::clone(&self.schema), self.version).with_projection(columns.to_vec());
        Reading { decoder, columns: columns.to_vec(), next: 0, left: rows, batch: None, message: None }
    }

    /// A message with what it describes, as far as these columns need it; the rest is zeros.
    fn message(&self, found: &Found, columns: Option<&[usize]>) -> Result<(Block, Buffer), Fault> {
        let bytes = found.head + found.body;
        refuse_unless_room(bytes)?;
        let head = usize::try_from(found.head).map_err(|_| damaged())?;
        let mut message = vec![0; usize::try_from(bytes).map_err(|_| damaged())?];
        let (described, body) = message.split_at_mut_checked(head).ok_or_else(damaged)?;
        self.file.read_exact_at(described, found.offset)?;
        let buffers = body::buffers(described)?;
        for range in buffers.of(columns.map(|columns| (self.schema.fields(), columns)), found.body)? {
            let at = found.offset + found.head + range.start as u64;
            self.file.read_exact_at(body.get_mut(range).ok_or_else(damaged)?, at)?;
        }
        let unpacked = buffers.unpacked_bytes(body).ok_or_else(damaged)?;
        refuse_unless_room(bytes.saturating_add(unpacked))?;
        let block = Block::new(0, i32::try_from(found.head).unwrap_or(i32::MAX), found.body.cast_signed());
        Ok((block, Buffer::from_vec(message)))
    }
}

/// Rows on their way.
#[derive(Debug)]
pub(super) struct Reading {
    decoder: FileDecoder,
    columns: Vec<usize>,
    /// The number of the next message.
    next: usize,
    left: Range<u64>,
    /// The batch at hand, with its first row.
    batch: Option<(u64, RecordBatch)>,
    /// Where its message lies in the file, and its bytes.
    message: Option<(u64, Buffer)>,
}

impl Reading {
    /// The next rows of `file`.
    pub(super) fn next(&mut self, file: &IpcFile) -> Result<Option<RecordBatch>, Fault> {
        while !self.left.is_empty() {
            if let Some((first, batch)) = &self.batch {
                let end = (first + batch.num_rows() as u64).min(self.left.end).min(self.left.start + BATCH_ROWS);
                if end > self.left.start {
                    let part = batch.slice((self.left.start - first) as usize, (end - self.left.start) as usize);
                    self.left.start = end;
                    return Ok(Some(part));
                }
            }
            self.batch = None;
            let Some(found) = file.messages.get(self.next) else { return Err(cut()) };
            self.next += 1;
            match found.rows {
                None => {
                    let (block, message) = file.message(found, None)?;
                    self.decoder.read_dictionary(&block, &message)?;
                }
                Some((first, own)) if first + own > self.left.start => {
                    let (block, message) = file.message(found, Some(&self.columns))?;
                    let batch = self.decoder.read_record_batch(&block, &message)?.ok_or_else(damaged)?;
                    if batch.num_rows() as u64 != own {
                        return Err(damaged());
                    }
                    self.batch = Some((first, batch));
                    self.message = Some((found.offset, message));
                }
                Some(_) => {}
            }
        }
        Ok(None)
    }

    /// Where bytes of the batch at hand lie in the file; `None` where they are not as they lie there.
    pub(super) fn place_of(&self, bytes: &[u8]) -> Option<u64> {
        let (offset, message) = self.message.as_ref()?;
        let at = bytes.as_ptr().addr().checked_sub(message.as_ptr().addr())?;
        (at + bytes.len() <= message.len()).then_some(offset + at as u64)
    }
}

pub(super) fn read(file: &PlainFile, offset: u64, bytes: u64) -> Result<Vec<u8>, Fault> {
    if offset.checked_add(bytes).is_none_or(|end| end > file.len()) {
        return Err(cut());
    }
    let mut out = Vec::new();
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    out.try_reserve_exact(bytes)
        .map_err(|_| Fault::What(format!("there is no memory for {} of it", size(bytes as u64))))?;
    out.resize(bytes, 0);
    file.read_exact_at(&mut out, offset)?;
    Ok(out)
}

fn refuse_unless_room(bytes: u64) -> Result<(), Fault> {
    let left = room::least().map_or(u64::MAX, |room| room.left / PART_OF_MEMORY);
    if bytes <= left.min(MOST_BATCH) {
        return Ok(());
    }
    let what = format!("one of its batches of rows takes {} of memory", size(bytes));
    Err(Fault::Advised(what, "write it in smaller batches"))
}

pub(super) fn cut() -> Fault {
    Fault::What("it was cut short, or is damaged".to_owned())
}

pub(super) fn damaged() -> Fault {
    Fault::What("it is damaged (a message is not as it must be)".to_owned())
}
