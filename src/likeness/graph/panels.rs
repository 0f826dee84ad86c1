//! Codes as the comparison reads them: groups of rows, two values of each side by side.

use crate::likeness::code::Codes;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Rows of a group.
pub(super) const GROUP: usize = 16;
/// Groups that are laid out between two looks: a few milliseconds.
const AT_ONCE: usize = 2_048;

/// Two values of each row of a group: row, then value.
pub(super) type Pairs = [[i16; 2]; GROUP];

/// The codes of some rows; a last group is filled up with zeros.
pub(super) struct Panels {
    /// Pairs of values of a code.
    width: usize,
    pairs: Vec<Pairs>,
}

impl Panels {
    /// Lays out the codes of some rows. Fails where it is given up.
    pub(super) fn new(codes: &Codes, rows: &[u32], progress: Progress<'_>) -> Result<Self, Cancelled> {
        let width = codes.width().div_ceil(2);
        let mut pairs = vec![[[0; 2]; GROUP]; width * rows.len().div_ceil(GROUP)];
        let some = pairs.chunks_mut(AT_ONCE * width).zip(rows.chunks(AT_ONCE * GROUP));
        for (done, (pairs, some)) in some.enumerate() {
            progress.reach((done * AT_ONCE * GROUP) as f64 / rows.len() as f64)?;
            pairs.par_chunks_mut(width).zip(some.par_chunks(GROUP)).for_each(|(group, rows)| {
                for (place, &row) in rows.iter().enumerate() {
                    for (pairs, values) in group.iter_mut().zip(codes.row(row).unwrap_or_default().chunks(2)) {
                        for (to, &value) in pairs[place].iter_mut().zip(values) {
                            *to = i16::from(value);
                        }
                    }
                }
            });
        }
        Ok(Self { width, pairs })
    }

    /// Some groups.
    pub(super) fn groups(&self, first: usize, count: usize) -> impl Iterator<Item = &[Pairs]> {
        self.pairs.chunks_exact(self.width).skip(first).take(count)
    }
}
