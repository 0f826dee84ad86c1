//! The rows that look most like one: exact on the codes, all of them compared.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::code::{Codes, is_blank, wide};
use rayon::prelude::*;
use std::cmp::Reverse;

/// Rows that a thread takes at once: less than a tenth of a millisecond.
const CHUNK: usize = 8_192;
/// Rows whose similarities are known before any of them is looked at.
const BLOCK: usize = 64;

/// A row, and how alike it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The row.
    pub row: u32,
    /// Dot product of both codes; the greater, the more alike.
    pub similarity: i32,
}

/// What neighbours are looked for.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// A row, which is not its own neighbour.
    Row(u32),
    /// A code from elsewhere, as wide as those of the rows.
    Code(&'a [i8]),
}

/// The `k` rows most alike, the most alike first; of rows equally alike the one with the lower number first.
///
/// Rows whose code is 0 everywhere are left out: there are fewer than `k` where too few others are. A row or code of that kind has no
/// neighbours, nor has a row that does not exist or a code of another width. Takes about 1 ms for 150,000 rows of 64 values.
pub fn nearest(codes: &Codes, of: Of<'_>, k: usize) -> Vec<Neighbour> {
    let Some((own, code)) = asked(codes, of).filter(|_| k > 0) else { return Vec::new() };
    let chunks = codes.values().par_chunks(CHUNK * codes.width()).enumerate();
    let chunks = chunks.map(|(chunk, values)| ((chunk * CHUNK) as u32, values));
    nearest_within(chunks, code, own, k)
}

/// The row that is asked about, where it is one, and the code; `None` where that has no neighbours.
pub fn asked<'a>(codes: &'a Codes, of: Of<'a>) -> Option<(Option<u32>, &'a [i8])> {
    let (own, code) = match of {
        Of::Row(row) => (Some(row), codes.row(row).unwrap_or_default()),
        Of::Code(code) => (None, code),
    };
    (code.len() == codes.width() && !is_blank(code)).then_some((own, code))
}

/// Rows of a block of [`nearest_by_blocks`].
pub const BLOCK_ROWS: u32 = 256;

/// What [`nearest`] finds, where the nearest one of each block of [`BLOCK_ROWS`] rows is known, `None` where a block has none: the `k`
/// nearest lie in the `k` blocks whose nearest are the best, since each of those holds one that is at least as good as any elsewhere.
pub fn nearest_by_blocks(codes: &Codes, of: Of<'_>, k: usize, best: &[Option<Neighbour>]) -> Vec<Neighbour> {
    let Some((own, code)) = asked(codes, of).filter(|_| k > 0) else { return Vec::new() };
    let mut blocks = Best::new(k);
    for found in best.iter().flatten() {
        blocks.push(key(found.similarity, found.row));
    }
    let blocks: Vec<u32> = blocks.sorted().into_iter().map(|key| of_key(key).row / BLOCK_ROWS).collect();
    let bytes = BLOCK_ROWS as usize * codes.width();
    let rows = |&block: &u32| {
        let values = codes.values().get(block as usize * bytes..).unwrap_or_default();
        (block * BLOCK_ROWS, values.get(..bytes).unwrap_or(values))
    };
    nearest_within(blocks.par_iter().map(rows), code, own, k)
}

/// The nearest among rows that lie together, of each such piece the first row and the codes.
fn nearest_within<'a>(
    pieces: impl ParallelIterator<Item = (u32, &'a [i8])>,
    code: &[i8],
    own: Option<u32>,
    k: usize,
) -> Vec<Neighbour> {
    let found = pieces.map(|(first, values)| {
        wide(
            #[inline(always)]
            || {
                let mut best = Best::new(k);
                scan(values, code, first, own, &mut best);
                best.keys
            },
        )
    });
    let mut best = Best::new(k);
    best.keys = found.collect::<Vec<_>>().concat();
    best.sorted().into_iter().map(of_key).collect()
}

/// Similarity and row as one number: the greater, the better.
pub(super) fn key(similarity: i32, row: u32) -> i64 {
    i64::from(similarity) << 32 | i64::from(!row)
}

/// The neighbour that a key was made of.
pub(super) fn of_key(key: i64) -> Neighbour {
    Neighbour { row: !(key as u32), similarity: (key >> 32) as i32 }
}

/// Compares a code with all of a chunk that begins at row `first`.
#[inline(always)]
fn scan(values: &[i8], code: &[i8], first: u32, own: Option<u32>, best: &mut Best) {
    let mut similarities = [0; BLOCK];
    for (block, rows) in (first..).step_by(BLOCK).zip(values.chunks(BLOCK * code.len())) {
        let count = rows.len() / code.len();
        for (to, row) in similarities.iter_mut().zip(rows.chunks_exact(code.len())) {
            *to = dot(row, code);
        }
        let similarities = &similarities[..count];
        if similarities.iter().fold(i32::MIN, |most, &similarity| most.max(similarity)) >= best.bar {
            for ((row, &similarity), code) in (block..).zip(similarities).zip(rows.chunks_exact(code.len())) {
                // Rows ascend: one that is only as good as the last kept comes after it, but what is kept is not sorted yet.
                if similarity >= best.bar && own != Some(row) && !(similarity == 0 && is_blank(code)) {
                    best.push(key(similarity, row));
                }
            }
        }
    }
}

/// Dot product of two codes.
#[inline(always)]
pub(super) fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

/// The best keys so far, and some more.
struct Best {
    k: usize,
    keys: Vec<i64>,
    /// The least similarity that may still be among the best.
    bar: i32,
}

impl Best {
    fn new(k: usize) -> Self {
        Self { k, keys: Vec::new(), bar: i32::MIN }
    }

    /// Adds a key; now and then those that are not among the best are thrown away: work in proportion to the keys added.
    fn push(&mut self, key: i64) {
        self.keys.push(key);
        if self.keys.len() / 2 > self.k {
            self.keys.select_nth_unstable_by_key(self.k - 1, |&key| Reverse(key));
            self.keys.truncate(self.k);
            self.bar = self.keys.last().map_or(i32::MIN, |&last| of_key(last).similarity);
        }
    }

    fn sorted(mut self) -> Vec<i64> {
        if self.keys.len() > self.k {
            self.keys.select_nth_unstable_by_key(self.k - 1, |&key| Reverse(key));
            self.keys.truncate(self.k);
        }
        self.keys.sort_unstable_by_key(|&key| Reverse(key));
        self.keys
    }
}

#[cfg(test)]
pub(crate) mod tests;
