//! Sums of the ink of a group, and of groups that are dealt out anew, in one reading of the drawings.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::Test;
use crate::likeness::code::wide;
use crate::likeness::drawings::Drawings;
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// Drawings whose sums fit a `u16`.
const AT_ONCE: usize = 257;

/// Exact sums over pixels.
pub(super) struct Sums {
    /// Of both groups, and of their squares.
    pub(super) all: Vec<u64>,
    squares: Vec<u64>,
    /// Of the first group.
    pub(super) first: Vec<u64>,
    dealt: Vec<Dealt>,
    /// Rows of both groups, and of the first one.
    count: [u64; 2],
}

/// A group that is dealt out as the rows are read: each row is taken with the chance that makes all groups of that size equally
/// likely (selection sampling: Knuth, The Art of Computer Programming, 3.4.2, algorithm S).
struct Dealt {
    random: Random,
    /// Rows that are yet to be taken, and that are yet to be read.
    wanted: usize,
    left: usize,
    sums: Vec<u64>,
}

impl Dealt {
    fn takes(&mut self) -> bool {
        let takes = self.random.below(self.left) < self.wanted;
        self.left = self.left.saturating_sub(1);
        self.wanted -= usize::from(takes);
        takes
    }
}

impl Sums {
    /// Reads rows, each of which is of the first group or of the second.
    pub(super) fn new<E: From<Cancelled>>(
        drawings: &Drawings<'_, E>,
        rows: &[(u32, bool)],
        test: &Test,
        progress: Progress<'_>,
    ) -> Result<Self, E> {
        let pixels = drawings.pixels().max(1);
        let of_first = rows.iter().filter(|(_, is_first)| *is_first).count();
        let zeros = || vec![0_u64; pixels];
        let dealt = |number: u32| Dealt {
            random: Random::new(test.seed, u64::from(number)),
            wanted: of_first,
            left: rows.len(),
            sums: zeros(),
        };
        let mut sums = Self {
            all: zeros(),
            squares: zeros(),
            first: zeros(),
            dealt: (0..test.permutations).map(dealt).collect(),
            count: [rows.len() as u64, of_first as u64],
        };
        let (mut named, mut ink) = (Vec::new(), Vec::new());
        // About a millisecond for each two permutations and thread.
        let at_once = drawings.at_once().min(8 * AT_ONCE);
        for (at, some) in rows.chunks(at_once).enumerate() {
            progress.reach((at * at_once) as f64 / rows.len() as f64)?;
            named.clear();
            named.extend(some.iter().map(|&(row, _)| row));
            drawings.read_into(&named, &mut ink)?;
            sums.add(&ink, some, pixels);
        }
        Ok(sums)
    }

    fn add(&mut self, ink: &[u8], rows: &[(u32, bool)], pixels: usize) {
        for drawing in ink.chunks_exact(pixels) {
            for (square, &value) in self.squares.iter_mut().zip(drawing) {
                *square += u64::from(value) * u64::from(value);
            }
        }
        add_those(ink, pixels, &mut self.all, || true);
        let mut is_first = rows.iter().map(|&(_, is_first)| is_first);
        add_those(ink, pixels, &mut self.first, || is_first.next() == Some(true));
        self.dealt.par_iter_mut().for_each(|dealt| {
            let mut sums = std::mem::take(&mut dealt.sums);
            add_those(ink, pixels, &mut sums, || dealt.takes());
            dealt.sums = sums;
        });
    }

    /// For each pixel the share of permutations, the one at hand counted among them, in which any pixel differs as much.
    pub(super) fn p(&self) -> Vec<f64> {
        let own = self.differences(&self.first);
        let mut most: Vec<f64> =
            self.dealt.par_iter().map(|dealt| self.differences(&dealt.sums).into_iter().fold(0.0, f64::max)).collect();
        most.sort_unstable_by(f64::total_cmp);
        let all = most.len() as f64 + 1.0;
        own.iter().map(|&own| (1.0 + (most.len() - most.partition_point(|&most| most < own)) as f64) / all).collect()
    }

    /// For each pixel how far the mean of a group with such sums is from that of the others, in standard deviations of all; but
    /// for a factor, which is the same for all groups of that size. 0 where all drawings are the same.
    fn differences(&self, sums: &[u64]) -> Vec<f64> {
        let [count, of_first] = self.count.map(i128::from);
        let of = |((&sum, &all), &square): ((&u64, &u64), &u64)| {
            let away = (count * i128::from(sum) - of_first * i128::from(all)).unsigned_abs();
            let variance = count * i128::from(square) - i128::from(all) * i128::from(all);
            if variance > 0 { away as f64 / (variance as f64).sqrt() } else { 0.0 }
        };
        sums.iter().zip(&self.all).zip(&self.squares).map(of).collect()
    }
}

/// Adds the ink of those drawings that are taken; each is asked for once, in their order.
fn add_those(ink: &[u8], pixels: usize, sums: &mut [u64], mut takes: impl FnMut() -> bool) {
    let mut some = vec![0_u16; pixels];
    for drawings in ink.chunks(AT_ONCE * pixels) {
        some.fill(0);
        for drawing in drawings.chunks_exact(pixels) {
            if takes() {
                wide(
                    #[inline(always)]
                    || {
                        for (sum, &value) in some.iter_mut().zip(drawing) {
                            *sum += u16::from(value);
                        }
                    },
                );
            }
        }
        for (sum, &some) in sums.iter_mut().zip(&some) {
            *sum += u64::from(some);
        }
    }
}
