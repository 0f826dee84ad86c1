//! Reads a record file from front to back: blocks on all cores, batches in the file's order.

use super::block::{self, BlockResult};
use super::error::RecordError;
use super::file::{LineSpan, RecordFile};
use super::options::{ReadOptions, RecordsEvent};
use super::summary::{self, Oddity, RecordsSummary, Taken, WordCounts};
use super::tally::{StopAtEnd, Tally};
use super::work::{BATCH_ROWS, Piece, Work};
use crate::data::Cancel;
use crate::data::columns::Batch;
use std::io;
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Pieces that a thread may be ahead of what was taken from it.
const AHEAD: usize = 2;
/// Most threads: more are not faster than memory, and each holds a block and its pieces.
const MAX_THREADS: usize = 16;

type Inlet = Receiver<Result<Piece, RecordError>>;

impl RecordFile {
    /// Reads the lines `lines` (numbers from 0; `u32::MAX` as the end means all) and sends them batch by batch.
    ///
    /// Memory is bounded: for each core a block (or the longest line allowed and a block) and a few batches. When `on`
    /// breaks, reading ends with a summary of what was sent (`complete` is false). Fails when the file changes while it
    /// is read, when somebody cancels, when there is no thread, and on the first odd line if reading is strict.
    pub fn read(
        &self,
        lines: Range<u32>,
        options: &ReadOptions,
        cancel: &Cancel,
        on: &mut dyn FnMut(RecordsEvent) -> ControlFlow<()>,
    ) -> Result<RecordsSummary, RecordError> {
        self.check_unchanged()?;
        let block_bytes = options.block_bytes.max(1);
        let wanted = self.form.line(lines.start)..self.form.line(lines.end);
        let work = Work { file: self, lines: wanted, options, block_bytes, tally: Tally::default() };
        let mut reader = Reader {
            work: &work,
            end: lines.end,
            cancel,
            on,
            next_line: 0,
            last_record: 0,
            bytes_done: 0,
            behind: Taken::default(),
            pending: 0..0,
            summary: RecordsSummary::default(),
            words: WordCounts::default(),
        };
        let flow = reader.run()?;
        self.check_unchanged()?;
        let Reader { mut summary, words, last_record, behind, .. } = reader;
        summary.taken.join(behind);
        words.finish(&mut summary);
        summary.lines = last_record;
        summary.complete = flow.is_continue();
        Ok(summary)
    }

    /// How many records there are: lines up to the last that is not blank.
    pub fn count(&self, cancel: &Cancel) -> Result<u32, RecordError> {
        let counted = self.read(0..0, &ReadOptions::default(), cancel, &mut |_| ControlFlow::Continue(()))?;
        Ok(counted.lines)
    }
}

/// Puts together what the threads send.
struct Reader<'a> {
    work: &'a Work<'a>,
    /// One past the last record that is wanted.
    end: u32,
    cancel: &'a Cancel,
    on: &'a mut dyn FnMut(RecordsEvent) -> ControlFlow<()>,
    /// The number of the next line to look at.
    next_line: u32,
    /// Lines up to the last that is not blank.
    last_record: u32,
    bytes_done: u64,
    /// What stands in blank lines behind the last record that are only counted.
    behind: Taken,
    /// Blank lines of the wanted range that become rows if a record follows.
    pending: Range<u32>,
    summary: RecordsSummary,
    words: WordCounts,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<ControlFlow<()>, RecordError> {
        let Work { file, block_bytes, .. } = *self.work;
        let blocks = file.bytes().saturating_sub(file.form.start).div_ceil(block_bytes as u64);
        let cores = thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS);
        let threads = usize::try_from(blocks).map_or(cores, |blocks| blocks.min(cores));
        thread::scope(|scope| {
            let _stop = StopAtEnd(&self.work.tally);
            let mut inlets = Vec::new();
            for first in 0..threads {
                let (sender, inlet) = sync_channel(AHEAD);
                let (work, own) = (self.work, (first as u64..blocks).step_by(threads));
                let builder = thread::Builder::new().name("record block".to_owned());
                let started = builder.spawn_scoped(scope, move || work.run(own, &sender));
                started.map_err(|source| file.io(source))?;
                inlets.push(inlet);
            }
            self.receive(blocks, &inlets)
        })
    }

    /// Takes the blocks in order from the threads, which have them by turns.
    fn receive(&mut self, blocks: u64, inlets: &[Inlet]) -> Result<ControlFlow<()>, RecordError> {
        let Work { file, options, block_bytes, .. } = *self.work;
        for (block, inlet) in (0..blocks).zip(inlets.iter().cycle()) {
            if self.next_line >= self.end && !options.count_rest {
                break;
            }
            self.bytes_done = file.bytes().min(file.form.start + (block + 1) * block_bytes as u64);
            loop {
                if self.cancel.is_cancelled() {
                    return Err(RecordError::Cancelled { path: file.path().to_owned() });
                }
                let lost = |_| file.io(io::Error::other("a thread that read them ended"));
                let piece = inlet.recv().map_err(lost)??;
                let last = piece.last;
                if self.take(piece)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                if last {
                    break;
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Handles the next lines.
    fn take(&mut self, piece: Piece) -> Result<ControlFlow<()>, RecordError> {
        if piece.filled > 0 {
            if self.flush_blanks()?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.last_record = piece.first_line + piece.filled;
            self.behind = Taken::default();
        }
        self.behind.join(piece.behind);
        let flow = piece.block.map_or(Ok(ControlFlow::Continue(())), |block| self.send(block))?;
        self.next_line = piece.first_line + piece.lines;
        Ok(flow)
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
        self.summary.taken.join(block.taken);
        self.note(oddities)?;
        let first_line = self.next_line;
        let filled = first_line + block.batch.rows();
        let pending_from = if self.pending.is_empty() { filled } else { self.pending.start };
        self.pending = pending_from..filled + block.trailing_blank;
        self.words.add(block.words);
        Ok(if block.batch.rows() == 0 {
            ControlFlow::Continue(())
        } else {
            self.emit(first_line, block.batch, block.spans)
        })
    }

    /// Makes rows of the blank lines, now that a record follows them.
    fn flush_blanks(&mut self) -> Result<ControlFlow<()>, RecordError> {
        self.summary.blank += self.pending.len() as u32;
        while !self.pending.is_empty() {
            let first_line = self.pending.start;
            let rows = (self.pending.len() as u32).min(BATCH_ROWS);
            let numbers = (u64::from(first_line) + 1..)
                .map(|record| record * u64::from(self.work.file.form.lines_a_record()))
                .take(rows as usize)
                .take(summary::SHOWN);
            self.note(numbers.map(|line| Oddity { line, what: block::BLANK.to_owned() }).collect())?;
            if self.emit(first_line, Batch::missing(rows), vec![LineSpan::default(); rows as usize]).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            self.pending.start += rows;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn emit(&mut self, first_line: u32, batch: Batch, spans: Vec<LineSpan>) -> ControlFlow<()> {
        (self.on)(RecordsEvent::Batch { first_line, batch, spans, bytes_done: self.bytes_done })
    }

    fn note(&mut self, mut oddities: Vec<Oddity>) -> Result<(), RecordError> {
        let before = u64::from(self.work.file.form.lines_before);
        for oddity in &mut oddities {
            oddity.line += before;
        }
        if let (true, Some(first)) = (self.work.options.strict, oddities.first()) {
            return Err(RecordError::Strict {
                path: self.work.file.path().to_owned(),
                line: first.line,
                what: first.what.clone(),
            });
        }
        self.summary.add_oddities(oddities);
        Ok(())
    }
}
