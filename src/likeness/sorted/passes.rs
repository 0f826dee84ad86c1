//! Fast linear assignment sorting (Barthel, Hezel, Jung and Schall, 2023): each drawing moves towards where the picture as seen
//! from afar is like it, while one looks closer and closer.

use super::assign::Costs;
use super::board::{Board, PIECE};
use super::groups::{self, Price};
use super::lowpass::low_pass;
use crate::progress::{Cancelled, Progress};

/// How a pass looks at the board.
pub(super) struct Window {
    /// Columns and lines on each side of a spot that its mean spans.
    pub(super) radius: usize,
    /// Drawings of a group, which lie within a tile as large as the window.
    pub(super) group: usize,
    pub(super) seed: u64,
}

/// Least columns and lines of a tile, so that groups of the last passes are full.
const LEAST_SIDE: usize = 5;

/// One pass. `means` is scratch memory.
pub(super) fn pass(
    board: &mut Board,
    window: &Window,
    means: &mut Vec<i16>,
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    low_pass(board, window.radius, means, progress.part(0.0, 0.2))?;
    let side = (2 * window.radius + 1).max(LEAST_SIDE);
    let order = groups::order(board, side, window.seed, |_, _| true, progress.part(0.2, 0.3))?;
    groups::pass(board, &order, window.group, &Afar { means }, progress.part(0.3, 1.0))
}

/// A drawing costs the less the liker it is to the mean around a spot.
struct Afar<'a> {
    means: &'a [i16],
}

impl Price for Afar<'_> {
    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn fill(&self, board: &Board, spots: &[u32], costs: &mut Costs) {
        let mean = |spot: u32| &self.means[spot as usize * board.stride..(spot as usize + 1) * board.stride];
        for (costs, &drawing) in costs.iter_mut().zip(spots) {
            let code = board.code(drawing as usize);
            for (cost, &spot) in costs.iter_mut().zip(spots) {
                *cost = -product(code, mean(spot));
            }
        }
    }
}

/// The scalar product of a code and another one, or a mean of some.
#[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
#[inline(always)]
pub(super) fn product<T: Copy + Into<i32>>(code: &[i8], other: &[T]) -> i32 {
    let (codes, _) = code.as_chunks::<PIECE>();
    let (others, _) = other.as_chunks::<PIECE>();
    let mut sum = 0;
    for (code, other) in codes.iter().zip(others) {
        sum += code.iter().zip(other).map(|(&a, &b)| i32::from(a) * b.into()).sum::<i32>();
    }
    sum
}
