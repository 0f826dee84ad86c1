//! Reads a record file from front to back in blocks of whole lines.

use super::block::{self, BlockResult, parse_block};
use super::error::RecordError;
use super::file::{LineSpan, RecordFile};
use super::lines::Lines;
use super::options::{ReadOptions, RecordsEvent};
use super::summary::{self, Oddity, RecordsSummary, WordCounts};
use crate::data::Cancel;
use crate::data::columns::Batch;
use memchr::{memchr, memrchr};
use std::ops::{ControlFlow, Range};

/// Bytes read at once.
const BLOCK_BYTES: usize = 1 << 20;
/// Most rows of one batch: bounds what many short lines cost.
const BATCH_ROWS: u32 = 16_384;

impl RecordFile {
    /// Reads the lines `lines` (numbers from 0; `u32::MAX` as the end means all) and sends them batch by batch.
    ///
    /// Memory is bounded by the longest line allowed plus one block. When `on` breaks, reading ends with a summary of
    /// what was sent (`complete` is false). Fails when the file changes while it is read, when somebody cancels, and
    /// on the first odd line if reading is strict.
    pub fn read(
        &self,
        lines: Range<u32>,
        options: &ReadOptions,
        cancel: &Cancel,
        on: &mut dyn FnMut(RecordsEvent) -> ControlFlow<()>,
    ) -> Result<RecordsSummary, RecordError> {
        self.check_unchanged()?;
        let mut reader = Reader {
            file: self,
            lines,
            options,
            on,
            next_line: 0,
            last_record: 0,
            bytes_done: 0,
            pending: 0,
            summary: RecordsSummary::default(),
            words: WordCounts::default(),
        };
        let flow = reader.run(cancel)?;
        self.check_unchanged()?;
        let Reader { mut summary, words, last_record, .. } = reader;
        words.finish(&mut summary);
        summary.lines = last_record;
        summary.complete = flow.is_continue();
        Ok(summary)
    }
}

struct Reader<'a> {
    file: &'a RecordFile,
    lines: Range<u32>,
    options: &'a ReadOptions,
    on: &'a mut dyn FnMut(RecordsEvent) -> ControlFlow<()>,
    /// The number of the next line to look at.
    next_line: u32,
    /// Lines up to the last that is not blank.
    last_record: u32,
    bytes_done: u64,
    /// Blank lines of the wanted range that become rows if a record follows.
    pending: u32,
    summary: RecordsSummary,
    words: WordCounts,
}

impl Reader<'_> {
    /// Reads block by block; what follows a block's last line end is carried to the next.
    fn run(&mut self, cancel: &Cancel) -> Result<ControlFlow<()>, RecordError> {
        let file_bytes = self.file.bytes();
        let mut buffer: Vec<u8> = Vec::new();
        while self.bytes_done < file_bytes && (self.next_line < self.lines.end || self.options.count_rest) {
            if cancel.is_cancelled() {
                return Err(RecordError::Cancelled { path: self.file.path.clone() });
            }
            let carried = buffer.len();
            self.read_more(&mut buffer)?;
            let fresh = buffer.get(carried..).unwrap_or_default();
            let line_end = memrchr(b'\n', fresh).map(|end| carried + end + 1);
            let at_end = self.bytes_done == file_bytes;
            if let Some(whole) = if at_end { Some(buffer.len()) } else { line_end } {
                let offset = self.bytes_done - buffer.len() as u64;
                if self.take(buffer.get(..whole).unwrap_or_default(), offset)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                buffer.drain(..whole);
            } else if buffer.len() > self.options.max_line_bytes + BLOCK_BYTES {
                // A line far too long: its end is looked for without holding it; its beginning stands for it.
                let offset = self.bytes_done - buffer.len() as u64;
                self.skip_to_line_end(cancel)?;
                if self.take(&buffer, offset)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                buffer.clear();
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Adds the file's next bytes to the buffer.
    fn read_more(&mut self, buffer: &mut Vec<u8>) -> Result<(), RecordError> {
        let left = self.file.bytes() - self.bytes_done;
        let wanted = usize::try_from(left).map_or(BLOCK_BYTES, |left| left.min(BLOCK_BYTES));
        let carried = buffer.len();
        buffer.resize(carried + wanted, 0);
        if self.file.read_at(buffer.get_mut(carried..).unwrap_or_default(), self.bytes_done)? < wanted {
            return Err(self.file.changed());
        }
        self.bytes_done += wanted as u64;
        Ok(())
    }

    /// Goes on behind the next line end, or to the end of the file.
    fn skip_to_line_end(&mut self, cancel: &Cancel) -> Result<(), RecordError> {
        let mut block = Vec::new();
        while self.bytes_done < self.file.bytes() {
            if cancel.is_cancelled() {
                return Err(RecordError::Cancelled { path: self.file.path.clone() });
            }
            block.clear();
            self.read_more(&mut block)?;
            if let Some(end) = memchr(b'\n', &block) {
                self.bytes_done -= (block.len() - end - 1) as u64;
                return Ok(());
            }
        }
        Ok(())
    }

    /// Handles whole lines that begin at `offset`: parses the wanted ones, counts the others.
    fn take(&mut self, mut bytes: &[u8], mut offset: u64) -> Result<ControlFlow<()>, RecordError> {
        while !bytes.is_empty() {
            let wanted = self.lines.contains(&self.next_line);
            let most = match self.lines.start.checked_sub(self.next_line) {
                Some(before @ 1..) => before,
                _ if wanted => BATCH_ROWS.min(self.lines.end - self.next_line),
                _ => u32::MAX,
            };
            let lines = Lines::first(bytes, most);
            let after = self.next_line.checked_add(lines.count).filter(|&after| after < u32::MAX);
            let after = after.ok_or_else(|| RecordError::TooManyLines { path: self.file.path.clone() })?;
            let part = bytes.get(..lines.bytes).unwrap_or_default();
            if lines.filled > 0 {
                if self.flush_blanks()?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                self.last_record = self.next_line + lines.filled;
            }
            if wanted {
                let block = parse_block(part, self.next_line, offset, self.options.max_line_bytes);
                if self.send(block)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            self.next_line = after;
            offset += part.len() as u64;
            bytes = bytes.get(lines.bytes..).unwrap_or_default();
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Sends a block's rows and adds what was odd to the summary.
    fn send(&mut self, block: BlockResult) -> Result<ControlFlow<()>, RecordError> {
        let mut oddities = block.oddities;
        let (dropped, key) = block.batch.dropped();
        if let (Some(line), Some(key), 0) = (block.dropped_line, key, self.summary.dropped) {
            oddities.push(Oddity { line, what: format!("has no column left for the key {key:?}: left out") });
            oddities.sort_by_key(|oddity| oddity.line);
        }
        self.summary.dropped += dropped;
        self.summary.bad += block.bad;
        self.summary.blank += block.blank;
        self.summary.clipped += block.clipped;
        self.note(oddities)?;
        self.pending += block.trailing_blank;
        self.words.add(block.batch.counts("word"));
        let first_line = self.next_line;
        Ok(if block.batch.rows() == 0 {
            ControlFlow::Continue(())
        } else {
            self.emit(first_line, block.batch, block.spans)
        })
    }

    /// Makes rows of the blank lines before the next line, now that a record follows them.
    fn flush_blanks(&mut self) -> Result<ControlFlow<()>, RecordError> {
        self.summary.blank += self.pending;
        while self.pending > 0 {
            let first_line = self.next_line.saturating_sub(self.pending);
            let rows = self.pending.min(BATCH_ROWS);
            let numbers = (u64::from(first_line) + 1..).take(rows as usize).take(summary::SHOWN);
            self.note(numbers.map(|line| Oddity { line, what: block::BLANK.to_owned() }).collect())?;
            if self.emit(first_line, Batch::missing(rows), vec![LineSpan::default(); rows as usize]).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.pending -= rows;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn emit(&mut self, first_line: u32, batch: Batch, spans: Vec<LineSpan>) -> ControlFlow<()> {
        (self.on)(RecordsEvent::Batch { first_line, batch, spans, bytes_done: self.bytes_done })
    }

    fn note(&mut self, oddities: Vec<Oddity>) -> Result<(), RecordError> {
        if let (true, Some(first)) = (self.options.strict, oddities.first()) {
            return Err(RecordError::Strict {
                path: self.file.path.clone(),
                line: first.line,
                what: first.what.clone(),
            });
        }
        self.summary.add_oddities(oddities);
        Ok(())
    }
}
