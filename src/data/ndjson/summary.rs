//! What reading a record file showed: counts, the first odd lines, which words occur.

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
