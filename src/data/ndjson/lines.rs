//! Consecutive lines of a text, found once.

use super::beside;
use super::form::Form;
use super::summary::Taken;
use memchr::memchr_iter;

/// Lines of a text. The last one need not have a line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines<'a> {
    text: &'a [u8],
    /// Where the first line begins.
    start: usize,
    /// Where each line's end stands.
    ends: &'a [usize],
}

impl<'a> Lines<'a> {
    /// The lines of `text` from `start` on: one ends at each place of `ends`.
    pub(super) fn new(text: &'a [u8], start: usize, ends: &'a [usize]) -> Self {
        Self { text, start, ends }
    }

    /// How many they are.
    pub(super) fn count(self) -> u32 {
        self.ends.len() as u32
    }

    /// Lines up to the last that is not blank; and what stands in the blank ones behind it.
    pub(super) fn filled(self, form: Form) -> (u32, Taken) {
        let mut taken = Taken::default();
        let trimmed = self.iter().rev().map(|(_, line)| beside::trim(line, false, form));
        let blank = trimmed.take_while(|(line, ..)| line.is_empty()).map(|(.., beside)| taken.beside(beside)).count();
        ((self.ends.len() - blank) as u32, taken)
    }

    /// The first `count` lines, and the others.
    pub(super) fn split(self, count: u32) -> (Self, Self) {
        let (first, others) = self.ends.split_at_checked(count as usize).unwrap_or((self.ends, &[]));
        let start = first.last().map_or(self.start, |end| end + 1);
        (Self { ends: first, ..self }, Self { start, ends: others, ..self })
    }

    /// Each line without its line end, and where it begins in the text.
    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = (usize, &'a [u8])> {
        (0..self.ends.len()).map(move |number| {
            let before = number.checked_sub(1).and_then(|before| self.ends.get(before));
            let start = before.map_or(self.start, |end| end + 1);
            let end = self.ends.get(number).copied().unwrap_or(start);
            (start, self.text.get(start..end).unwrap_or_default())
        })
    }
}

/// Where the lines of a text end.
pub(super) fn ends(text: &[u8]) -> Vec<usize> {
    let unended = text.last().is_some_and(|&last| last != b'\n').then_some(text.len());
    memchr_iter(b'\n', text).chain(unended).collect()
}

/// Whether a byte is a blank of JSON.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}
