//! The bytes of a pickle one after the other; long texts are passed over, and said where they lie.

use std::ops::Range;

use super::Flaw;
use crate::data::file::PlainFile;

/// Bytes that are read at a time.
const BLOCK_BYTES: u64 = 64 << 10;
/// The longest name of a global.
const MOST_NAME: usize = 256;

/// A file that is read from front to back.
pub(super) struct Stream<'a> {
    pub(super) file: &'a PlainFile,
    at: u64,
    block: Vec<u8>,
    block_at: u64,
}

impl<'a> Stream<'a> {
    pub(super) fn new(file: &'a PlainFile) -> Self {
        Self { file, at: 0, block: Vec::new(), block_at: 0 }
    }

    pub(super) fn byte(&mut self) -> Result<u8, Flaw> {
        let known = |stream: &Self| stream.block.get(stream.at.checked_sub(stream.block_at)? as usize).copied();
        if known(self).is_none() {
            self.fill()?;
        }
        let byte = known(self).ok_or(Flaw::Form)?;
        self.at += 1;
        Ok(byte)
    }

    fn fill(&mut self) -> Result<(), Flaw> {
        self.block_at = self.at;
        self.block.resize(self.file.len().saturating_sub(self.at).min(BLOCK_BYTES) as usize, 0);
        Ok(self.file.read_exact_at(&mut self.block, self.at)?)
    }

    /// A number of `len` bytes, the lowest first.
    pub(super) fn number(&mut self, len: u32) -> Result<u64, Flaw> {
        let mut number = 0;
        for at in 0..len.min(8) {
            number |= u64::from(self.byte()?) << (8 * at);
        }
        Ok(number)
    }

    /// Where the next `len` bytes lie, which are passed over.
    pub(super) fn pass(&mut self, len: u64) -> Result<Range<u64>, Flaw> {
        let start = self.at;
        self.at = start.checked_add(len).filter(|end| *end <= self.file.len()).ok_or(Flaw::Form)?;
        Ok(start..self.at)
    }

    /// A line of a short name.
    pub(super) fn line(&mut self) -> Result<String, Flaw> {
        let mut line = Vec::new();
        loop {
            match self.byte()? {
                b'\n' => return Ok(String::from_utf8_lossy(&line).into_owned()),
                _ if line.len() == MOST_NAME => return Err(Flaw::Form),
                byte => line.push(byte),
            }
        }
    }
}

/// A short text by where it lies.
pub(in crate::data::formats) fn short_text(file: &PlainFile, range: Range<u64>) -> Result<String, Flaw> {
    let mut text = vec![0; (range.end - range.start).min(MOST_NAME as u64) as usize];
    file.read_exact_at(&mut text, range.start)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
