//! One thread's share of a record file: every so manyth block, read, numbered, parsed and handed on.

use super::block::{BlockResult, parse_lines};
use super::error::RecordError;
use super::file::RecordFile;
use super::options::ReadOptions;
use super::segment::{Segment, SegmentReader};
use super::summary::Taken;
use super::tally::Tally;
use std::ops::Range;
use std::sync::mpsc::SyncSender;

/// Most rows of one batch: bounds what many short lines cost.
pub(super) const BATCH_ROWS: u32 = 16_384;

/// Consecutive records of a block: lines, but where a record is in every second one only.
#[derive(Debug)]
pub(super) struct Piece {
    /// The number of the first of them.
    pub(super) first_line: u32,
    /// How many they are.
    pub(super) lines: u32,
    /// Those up to the last that is not blank.
    pub(super) filled: u32,
    /// What stands in the blank ones behind it, where they are only counted.
    pub(super) behind: Taken,
    /// What they hold, where they are wanted.
    pub(super) block: Option<BlockResult>,
    /// Whether the block ends with them.
    pub(super) last: bool,
}

/// What the threads that read a file share.
#[derive(Debug)]
pub(super) struct Work<'a> {
    pub(super) file: &'a RecordFile,
    /// The lines that are parsed, and those that belong to them; the others are counted.
    pub(super) lines: Range<u32>,
    pub(super) options: &'a ReadOptions,
    /// Bytes of a block, at least 1.
    pub(super) block_bytes: usize,
    pub(super) tally: Tally,
}

impl Work<'_> {
    /// Handles blocks one after the other, each as at least one piece, until nobody wants more; an error is the last
    /// thing that is sent.
    pub(super) fn run(&self, blocks: impl Iterator<Item = u64>, out: &SyncSender<Result<Piece, RecordError>>) {
        let mut reader = SegmentReader::new(self.file, self.block_bytes, self.options.max_line_bytes);
        for block in blocks {
            let sent = reader.read(block).and_then(|segment| {
                let first_line = self.number(block, segment.lines.count())?;
                Ok(first_line.and_then(|first_line| self.parse(segment, first_line, |piece| out.send(Ok(piece)).ok())))
            });
            match sent {
                Ok(Some(())) => {}
                Ok(None) => return,
                Err(error) => {
                    // Nobody wants it where the receiver is gone.
                    _ = out.send(Err(error));
                    return;
                }
            }
        }
    }

    /// The number of a block's first line; `None` when reading has stopped.
    fn number(&self, block: u64, lines: u32) -> Result<Option<u32>, RecordError> {
        match self.tally.first_line(block, lines) {
            Some(first) if first + u64::from(lines) < u64::from(u32::MAX) => Ok(Some(first as u32)),
            Some(_) => Err(RecordError::TooManyLines { path: self.file.path().to_owned() }),
            None => Ok(None),
        }
    }

    /// Cuts a block where the wanted lines begin and end and where batches grow too long, and parses what is wanted.
    fn parse(&self, segment: Segment<'_>, mut first_line: u32, send: impl Fn(Piece) -> Option<()>) -> Option<()> {
        let Segment { offset, mut lines } = segment;
        loop {
            let wanted = self.lines.contains(&first_line);
            let most = match self.lines.start.checked_sub(first_line) {
                Some(before @ 1..) => before,
                _ if wanted => BATCH_ROWS.min(self.lines.end - first_line),
                _ => u32::MAX,
            };
            let (part, others) = lines.split(most);
            let (longest, form) = (self.options.max_line_bytes, self.file.form);
            let block = wanted.then(|| parse_lines(part, first_line, offset, longest, form));
            let counted = |block: &BlockResult| (block.batch.rows(), Taken::default());
            let (filled, behind) = block.as_ref().map_or_else(|| part.filled(form), counted);
            let last = others.count() == 0;
            // From here on records are counted, whatever stands between them.
            let records = |lines: u32| form.records(first_line + lines) - form.records(first_line);
            let filled = if block.is_some() { filled } else { records(filled) };
            let piece = Piece {
                first_line: form.records(first_line),
                lines: records(part.count()),
                filled,
                behind,
                block,
                last,
            };
            send(piece)?;
            if last {
                return Some(());
            }
            first_line += part.count();
            lines = others;
        }
    }
}
