//! All lines of a record file from front to back, for those who read strokes: nothing is parsed here.

use super::beside;
use super::error::RecordError;
use super::file::RecordFile;
use super::options::ReadOptions;
use super::segment::SegmentReader;
use crate::data::Cancel;

/// Bytes that are read at a time, and the lines that end behind them.
const BLOCK_BYTES: usize = 4 << 20;
/// Blank lines that are handed on at a time.
const BLANKS: u32 = 1 << 16;

/// The line of a row.
#[derive(Clone, Copy, Debug)]
pub(in crate::data) struct Walked<'a> {
    /// Its number in the file, from 1.
    pub(in crate::data) number: u64,
    /// The record alone, empty where the line is blank; `None` where it is longer than 16 MiB.
    pub(in crate::data) text: Option<&'a [u8]>,
}

/// Hears lines, and how many bytes of the file have been read.
pub(in crate::data) type OnLines<'a, E> = &'a mut dyn FnMut(&[Walked<'_>], u64) -> Result<(), E>;

impl RecordFile {
    /// Hands on the lines of all rows in the file's order, block by block, and how many bytes of the file have been read. Blank lines
    /// behind the last record are none. Holds a block, or one line where that is more.
    ///
    /// Fails when the file changes meanwhile, when somebody cancels, on more lines than rows can be numbered, and where `on` does.
    pub(in crate::data) fn walk<E: From<RecordError>>(&self, cancel: &Cancel, on: OnLines<'_, E>) -> Result<(), E> {
        self.check_unchanged()?;
        let most = ReadOptions::default().max_line_bytes;
        let mut reader = SegmentReader::new(self, BLOCK_BYTES, most);
        let blocks = self.bytes().saturating_sub(self.form.start).div_ceil(BLOCK_BYTES as u64);
        let (mut number, mut rows) = (0_u64, 0_u64);
        // Blank lines become rows if a record follows.
        let mut blank = 0_u32;
        for block in 0..blocks {
            if cancel.is_cancelled() {
                return Err(RecordError::Cancelled { path: self.path().to_owned() }.into());
            }
            let segment = reader.read(block)?;
            let done = self.bytes().min(self.form.start + (block + 1) * BLOCK_BYTES as u64);
            let mut lines = Vec::new();
            for (_, line) in segment.lines.iter() {
                number += 1;
                if self.form.passes(number) {
                    continue;
                }
                let (text, ..) = beside::trim(line, number == 1, self.form);
                let text = (line.len() <= most).then_some(text);
                let line = Walked { number: number + u64::from(self.form.lines_before), text };
                if text.is_some_and(<[u8]>::is_empty) {
                    blank += 1;
                    continue;
                }
                let step = u64::from(self.form.lines_a_record());
                while blank > 0 {
                    let some = blank.min(BLANKS);
                    let before = (0..some)
                        .map(|at| Walked { number: line.number - u64::from(blank - at) * step, text: Some(&[]) });
                    lines.extend(before);
                    blank -= some;
                    if blank > 0 {
                        rows += lines.len() as u64;
                        on(&lines, done)?;
                        lines.clear();
                    }
                }
                lines.push(line);
            }
            rows += lines.len() as u64;
            if rows > u64::from(u32::MAX - 1) {
                return Err(RecordError::TooManyLines { path: self.path().to_owned() }.into());
            }
            on(&lines, done)?;
        }
        Ok(self.check_unchanged()?)
    }
}
