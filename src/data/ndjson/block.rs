//! A block of whole lines → a batch: a pure function that can run on any thread.

use super::beside;
use super::file::LineSpan;
use super::form::Form;
use super::line::{self, Record};
use super::lines::{self, Lines};
use super::summary::{Oddity, SHOWN, Taken};
use super::value::Tolerated;
use crate::data::columns::{Batch, BatchBuilder, MAX_TEXT_BYTES};

/// What a block of lines holds.
#[derive(Clone, Debug)]
pub struct BlockResult {
    /// A row for each line up to the last that is not blank.
    pub batch: Batch,
    /// Where each row's line lies in the file.
    pub spans: Vec<LineSpan>,
    /// Blank lines at the block's end: rows if a record follows in a later block.
    pub trailing_blank: u32,
    /// Lines that could not be read.
    pub bad: u32,
    /// Blank lines before a record of this block.
    pub blank: u32,
    /// Values that were cut.
    pub clipped: u32,
    /// What was read though it is no JSON, or not only.
    pub taken: Taken,
    /// The first line (from 1) with a key for which there was no column left.
    pub dropped_line: Option<u64>,
    /// The first five odd lines.
    pub oddities: Vec<Oddity>,
    /// The distinct values of `word` with their counts, in order of first appearance.
    pub words: Vec<(String, u32)>,
}

/// Parses whole lines. `first_line` is the number (from 0) of the block's first line in the file, `offset` the block's
/// place there in bytes, `max_line_bytes` the length beyond which a line is not read but counted as bad.
pub fn parse_block(bytes: &[u8], first_line: u32, offset: u64, max_line_bytes: usize) -> BlockResult {
    parse_lines(Lines::new(bytes, 0, &lines::ends(bytes)), first_line, offset, max_line_bytes, Form::default())
}

/// The same of lines already found; `offset` is the place of their text in the file.
pub(super) fn parse_lines(
    lines: Lines<'_>,
    first_line: u32,
    offset: u64,
    max_line_bytes: usize,
    form: Form,
) -> BlockResult {
    let mut block = Block { lines_a_record: form.lines_a_record().into(), ..Block::default() };
    let mut record = Record::default();
    for (number, (start, line)) in (u64::from(first_line) + 1..).zip(lines.iter()) {
        if form.passes(number) {
            continue;
        }
        // Of a line that is far too long only the beginning is here.
        let cut = line.len() > max_line_bytes;
        let (line, front, beside) = beside::trim(line, number == 1, form);
        block.taken.beside(beside);
        let place = offset + (start + front) as u64;
        if line.is_empty() && (!cut || beside.is_empty()) {
            block.pending += 1;
        } else if line.len() > max_line_bytes || (cut && !beside.is_empty()) {
            block.fill_blanks(number, place);
            block.begin(LineSpan { offset: place, len: 0 });
            block.bad += 1;
            block.odd(number, || too_long(max_line_bytes));
        } else {
            block.fill_blanks(number, place);
            block.begin(LineSpan { offset: place, len: line.len() as u32 });
            block.read(line, number, &mut record);
        }
    }
    let batch = block.builder.finish();
    BlockResult {
        words: batch.counts("word"),
        batch,
        spans: block.spans,
        trailing_blank: block.pending,
        bad: block.bad,
        blank: block.blank,
        clipped: block.clipped,
        taken: block.taken,
        dropped_line: block.dropped_line,
        oddities: block.oddities,
    }
}

/// What is odd about a blank line.
pub(super) const BLANK: &str = "is blank";

pub(super) fn too_long(max_line_bytes: usize) -> String {
    format!("is longer than {max_line_bytes} bytes: not read")
}

#[derive(Default)]
struct Block {
    builder: BatchBuilder,
    /// How many lines a record takes.
    lines_a_record: u64,
    spans: Vec<LineSpan>,
    /// Blank lines since the last record.
    pending: u32,
    bad: u32,
    blank: u32,
    clipped: u32,
    taken: Taken,
    dropped_line: Option<u64>,
    oddities: Vec<Oddity>,
}

impl Block {
    /// Makes rows of the blank lines before line `number`, now that a record follows there.
    fn fill_blanks(&mut self, number: u64, place: u64) {
        self.blank += self.pending;
        for before in (1..=u64::from(self.pending)).rev() {
            self.odd(number - before * self.lines_a_record, || BLANK.to_owned());
            self.begin(LineSpan { offset: place, len: 0 });
        }
        self.pending = 0;
    }

    fn begin(&mut self, span: LineSpan) {
        self.builder.push_row();
        self.spans.push(span);
    }

    /// Fills the row begun last from its line.
    fn read<'b>(&mut self, line: &'b [u8], number: u64, record: &mut Record<'b>) {
        match line::parse(line, &mut self.builder, record) {
            Ok(()) => record.values.iter().for_each(|(slot, value)| self.builder.set_slot(*slot, value)),
            Err(flaw) => {
                self.bad += 1;
                self.odd(number, || flaw.in_words());
            }
        }
        self.tolerate(number, &record.tolerated);
        if record.tolerated.clipped > 0 {
            self.clipped += record.tolerated.clipped;
            self.odd(number, || format!("has a text longer than {MAX_TEXT_BYTES} bytes: cut"));
        }
        if self.dropped_line.is_none() && self.builder.dropped() > 0 {
            self.dropped_line = Some(number);
        }
    }

    /// Counts what was taken though it is no JSON.
    fn tolerate(&mut self, number: u64, tolerated: &Tolerated) {
        let Tolerated { replaced, control, not_a_number, repeated, .. } = *tolerated;
        if let Some((byte, what)) = replaced {
            self.taken.replaced += 1;
            self.odd(number, || format!("byte {byte}: {what}: shown as U+FFFD"));
        }
        if let Some(byte) = control {
            self.taken.controls += 1;
            self.odd(number, || format!("byte {byte}: a control character stands in a text without an escape: kept"));
        }
        if let Some(byte) = not_a_number {
            self.taken.not_numbers += 1;
            self.odd(number, || format!("byte {byte}: NaN and infinity are not JSON: read as missing"));
        }
        if let Some(slot) = repeated {
            self.taken.repeated += 1;
            let key = format!("{:?}", self.builder.key(slot).unwrap_or_default());
            self.odd(number, || format!("has the key {key} twice: the last value counts"));
        }
    }

    fn odd(&mut self, line: u64, what: impl FnOnce() -> String) {
        if self.oddities.len() < SHOWN {
            self.oddities.push(Oddity { line, what: what() });
        }
    }
}
