//! One pass over a board: its free spots in small groups of spots that lie near each other, and in each group the drawings on the
//! cheapest spots.

use super::assign::{Costs, MOST, cheapest};
use super::board::Board;
use super::random::Random;
use crate::progress::{BLOCK, Cancelled, Progress};
use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;

/// Groups that one thread takes at a time.
const BATCH: usize = 32;

/// The free spots in an order whose neighbours lie within a tile of `side` columns and lines, at random inside it; the tiles lie
/// at random, too. Only spots that `is_wanted` by column and line.
pub(super) fn order(
    board: &Board,
    side: usize,
    seed: u64,
    is_wanted: impl Fn(usize, usize) -> bool + Sync,
    progress: Progress<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let mut random = Random::new(seed, 0);
    let shift = [0, 1].map(|_| random.below(side));
    let bands = (board.height + shift[1]).div_ceil(side);
    // So many bands at a time that it can be given up.
    let step = (BLOCK as usize / (side * board.width).max(1)).max(1);
    let mut all = Vec::with_capacity(board.rows.len());
    for first in (0..bands).step_by(step) {
        progress.reach(first as f64 / bands as f64)?;
        let parts: Vec<Vec<u32>> = (first..bands.min(first + step))
            .into_par_iter()
            .map(|band| {
                let mut random = Random::new(seed, 1 + band as u64);
                let lines = (band * side).saturating_sub(shift[1])..board.height.min((band + 1) * side - shift[1]);
                let mut spots = Vec::with_capacity(lines.len() * board.width);
                for tile in 0..(board.width + shift[0]).div_ceil(side) {
                    let columns = (tile * side).saturating_sub(shift[0])..board.width.min((tile + 1) * side - shift[0]);
                    let start = spots.len();
                    for y in lines.clone() {
                        let free = columns.clone().filter(|&x| board.is_free[y * board.width + x] && is_wanted(x, y));
                        spots.extend(free.map(|x| (y * board.width + x) as u32));
                    }
                    random.shuffle(&mut spots[start..]);
                }
                spots
            })
            .collect();
        for part in &parts {
            all.extend_from_slice(part);
        }
    }
    Ok(all)
}

/// What drawings of a group cost at its spots.
pub(super) trait Price: Sync {
    /// Fills the costs of a group: for each of its drawings, those at its spots.
    fn fill(&self, board: &Board, spots: &[u32], costs: &mut Costs);
}

/// Some groups, as one thread takes them.
struct Batch<'a, P> {
    board: &'a Board,
    price: &'a P,
    size: usize,
    spots: &'a [u32],
    /// Where the drawing of each spot comes from.
    from: &'a mut [u32],
}

impl<P: Price> NullaryFnOnce for Batch<'_, P> {
    type Output = ();

    #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]
    #[inline(always)]
    fn call(self) {
        let mut costs = Costs::default();
        for (group, from) in self.spots.chunks(self.size).zip(self.from.chunks_mut(self.size)) {
            self.price.fill(self.board, group, &mut costs);
            let drawings = cheapest(&costs, group.len());
            for (from, &drawing) in from.iter_mut().zip(&drawings) {
                *from = group[usize::from(drawing)];
            }
        }
    }
}

/// Moves the drawings of each group of `size` spots of the order to where they cost least; prices are those on the board as it
/// was before the pass.
pub(super) fn pass(
    board: &mut Board,
    order: &[u32],
    size: usize,
    price: &impl Price,
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let mut from = vec![0; order.len()];
    let size = size.clamp(1, MOST);
    let batch = size * BATCH;
    let block = (BLOCK as usize / batch).max(1) * batch;
    let assign = progress.part(0.0, 0.8);
    let seen: &Board = board;
    for (at, (spots, from)) in order.chunks(block).zip(from.chunks_mut(block)).enumerate() {
        assign.reach((at * block) as f64 / order.len() as f64)?;
        spots.par_chunks(batch).zip(from.par_chunks_mut(batch)).for_each(|(spots, from)| {
            Arch::new().dispatch(Batch { board: seen, price, size, spots, from });
        });
    }
    board.move_rows(order, &from, progress.part(0.8, 1.0))
}
