//! What reading a record file showed: counts, the first odd lines, which words occur.

use super::beside::Beside;
use std::collections::HashMap;

/// Most odd lines that are described one by one.
pub(super) const SHOWN: usize = 5;
/// Most distinct words that are counted.
const MAX_WORDS: usize = 1000;

/// A line that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// The line's number in its file, from 1.
    pub line: u64,
    /// What is odd, as a clause: "is blank", "byte 12: expected value".
    pub what: String,
}

/// Records that were read though something about them is no JSON, by what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Records with something that is shown as U+FFFD: half of a surrogate pair, an escape that is none, no UTF-8.
    pub replaced: u32,
    /// Records with a raw control character in a text.
    pub controls: u32,
    /// Records with a NaN or infinity, read as missing.
    pub not_numbers: u32,
    /// Records with a key twice, of which the last value counts.
    pub repeated: u32,
    /// Lines with something beside their record, which was left out.
    pub beside_lines: u32,
    /// What that was.
    pub beside: Beside,
}

impl Taken {
    /// Counts a line, if something was left out in it.
    pub(super) fn beside(&mut self, beside: Beside) {
        self.beside_lines += u32::from(!beside.is_empty());
        self.beside.join(beside);
    }

    pub(super) fn join(&mut self, other: Self) {
        self.replaced += other.replaced;
        self.controls += other.controls;
        self.not_numbers += other.not_numbers;
        self.repeated += other.repeated;
        self.beside_lines += other.beside_lines;
        self.beside.join(other.beside);
    }
}

/// What reading a record file showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordsSummary {
    /// Lines up to the last that is not blank: the number of records, bad and blank ones among them. Lines beyond the
    /// wanted range are counted only with [`super::ReadOptions::count_rest`].
    pub lines: u32,
    /// Lines of the wanted range that could not be read.
    pub bad: u32,
    /// Blank lines of the wanted range that stand before a record.
    pub blank: u32,
    /// Values cut because they were longer than [`crate::data::columns::MAX_TEXT_BYTES`].
    pub clipped: u32,
    /// What was read though it is no JSON, or not only.
    pub taken: Taken,
    /// Values left out because their key came after the 256th column or is too long.
    pub dropped: u64,
    /// The first five odd lines (bad, blank, cut, left out) of the wanted range, by line.
    pub first_bad: Vec<Oddity>,
    /// The distinct values of `word` with their counts, most frequent first; at most 1,000.
    pub words: Vec<(String, u32)>,
    /// Whether more words occur than `words` holds.
    pub more_words: bool,
    /// False when the receiver stopped the reading.
    pub complete: bool,
}

impl RecordsSummary {
    /// Adds odd lines, of which the five first are kept.
    pub(super) fn add_oddities(&mut self, oddities: Vec<Oddity>) {
        self.first_bad.extend(oddities);
        self.first_bad.truncate(SHOWN);
    }
}

/// Counts words, bounded.
#[derive(Debug, Default)]
pub(super) struct WordCounts {
    counts: HashMap<String, u32>,
    more: bool,
}

impl WordCounts {
    pub(super) fn add(&mut self, counts: Vec<(String, u32)>) {
        for (word, count) in counts {
            if let Some(sum) = self.counts.get_mut(&word) {
                *sum += count;
            } else if self.counts.len() < MAX_WORDS {
                self.counts.insert(word, count);
            } else {
                self.more = true;
            }
        }
    }

    pub(super) fn finish(self, summary: &mut RecordsSummary) {
        summary.words = self.counts.into_iter().collect();
        summary.words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        summary.more_words = self.more;
    }
}
