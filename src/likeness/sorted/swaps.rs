//! The end of a sort: drawings change places wherever the distances to their neighbours on the grid fall by it.

use super::assign::{Costs, MOST};
use super::board::{Board, NONE};
use super::groups::{self, Price};
use crate::progress::{Cancelled, Progress};

/// Costs are distances times this; eight neighbours of distances up to 127 × 2 × √(width) stay within the bounds of an assignment.
const FINE: f32 = 64.0;

/// One pass over the spots of one colour of a chessboard, whose neighbours above, below, left and right are all of the other
/// colour and stay: the sum of the distances between neighbours never grows.
pub(super) fn pass(
    board: &mut Board,
    colour: usize,
    side: usize,
    size: usize,
    seed: u64,
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let order = groups::order(board, side, seed, |x, y| (x + y) % 2 == colour % 2, progress.part(0.0, 0.1))?;
    groups::pass(board, &order, size, &Near, progress.part(0.1, 1.0))
}

/// A drawing costs its distances to the neighbours of a spot.
struct Near;

impl Price for Near {
    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn fill(&self, board: &Board, spots: &[u32], costs: &mut Costs) {
        let mut lengths = [0.0; MOST];
        for (own, &spot) in lengths.iter_mut().zip(spots) {
            *own = length(board.code(spot as usize));
        }
        for (column, &spot) in spots.iter().enumerate() {
            let mut sums = [0.0; MOST];
            for neighbour in neighbours(board, spot as usize).into_iter().flatten() {
                let other = board.code(neighbour);
                let own = length(other);
                let mut products = [0.0; MOST];
                for (product, &drawing) in products.iter_mut().zip(spots) {
                    *product = super::passes::product(board.code(drawing as usize), other) as f32;
                }
                for ((sum, product), length) in sums.iter_mut().zip(products).zip(lengths) {
                    *sum += (length + own - 2.0 * product).max(0.0).sqrt();
                }
            }
            for (costs, sum) in costs.iter_mut().zip(sums) {
                costs[column] = (sum * FINE) as i32;
            }
        }
    }
}

/// The neighbours of a spot that hold a drawing.
#[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
#[inline(always)]
pub(super) fn neighbours(board: &Board, spot: usize) -> [Option<usize>; 4] {
    let x = spot % board.width;
    let at =
        |is_inside: bool, at: usize| (is_inside && board.rows.get(at).is_some_and(|&row| row != NONE)).then_some(at);
    [
        at(spot >= board.width, spot.wrapping_sub(board.width)),
        at(x > 0, spot.wrapping_sub(1)),
        at(x + 1 < board.width, spot + 1),
        at(true, spot + board.width),
    ]
}

#[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
#[inline(always)]
fn length(code: &[i8]) -> f32 {
    super::passes::product(code, code) as f32
}
