//! A sort that can be given up on the way.

use super::{BLOCK, Cancelled, Progress};
use std::cmp::Ordering;

/// Sorts items, and leaves those that compare equal in the order that they have: blocks by themselves, then two runs at a time
/// merged into one. It looks in after every block of each turn.
pub fn sorted_by<T: Copy>(
    mut items: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
    progress: Progress<'_>,
) -> Result<Vec<T>, Cancelled> {
    let count = items.len();
    let block = BLOCK as usize;
    // Sorting the blocks takes as long as some turns of merging: a comparison an item for each power of two.
    let (in_blocks, merges) = (f64::from(BLOCK.ilog2()), (count.div_ceil(block).max(1) as f64).log2().ceil());
    let turn = |number: f64| ((in_blocks + number) / (in_blocks + merges)).min(1.0);
    let blocks = progress.part(0.0, turn(0.0));
    for (at, run) in items.chunks_mut(block).enumerate() {
        blocks.reach((at * block) as f64 / count as f64)?;
        run.sort_by(&compare);
    }
    let (mut width, mut number) = (block, 0.0);
    let mut merged = Vec::new();
    while width < count {
        let progress = progress.part(turn(number), turn(number + 1.0));
        merged.clear();
        merged.reserve_exact(count);
        for pair in items.chunks(2 * width) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            merge(left, right, &compare, &mut merged, |done| progress.reach(done as f64 / count as f64))?;
        }
        std::mem::swap(&mut items, &mut merged);
        width *= 2;
        number += 1.0;
    }
    Ok(items)
}

/// Adds two sorted runs to what is merged already, and looks in after every block.
fn merge<'a, T: Copy>(
    mut left: &'a [T],
    mut right: &'a [T],
    compare: &impl Fn(&T, &T) -> Ordering,
    merged: &mut Vec<T>,
    look_in: impl Fn(usize) -> Result<(), Cancelled>,
) -> Result<(), Cancelled> {
    while let (Some(mut a), Some(mut b)) = (left.first(), right.first()) {
        look_in(merged.len())?;
        for _ in 0..BLOCK {
            // Of equal ones the left one comes first.
            let rest = if compare(b, a).is_lt() { &mut right } else { &mut left };
            let run: &'a [T] = rest;
            let Some((first, others)) = run.split_first() else { break };
            merged.push(*first);
            *rest = others;
            let (Some(next_a), Some(next_b)) = (left.first(), right.first()) else { break };
            (a, b) = (next_a, next_b);
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::super::Watcher;
    use super::*;
    use std::cell::Cell;

    /// Numbers from 0 to `below`, as a linear congruential generator gives them, with their places.
    fn numbers(count: usize, below: u32) -> Vec<(u32, usize)> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        (0..count).map(|at| (next(), at)).collect()
    }

    #[test]
    fn any_number_of_items_is_sorted_as_the_library_does_it_and_equal_ones_stay_in_order() {
        let block = BLOCK as usize;
        for count in [0, 1, 2, block - 1, block, block + 1, 2 * block, 5 * block + 17] {
            for below in [1, 3, 1 << 20] {
                let items = numbers(count, below);
                let mut expected = items.clone();
                expected.sort_by_key(|&(number, _)| number);
                let sorted = sorted_by(items, |a, b| a.0.cmp(&b.0), Progress::NONE).unwrap();
                assert!(sorted == expected, "{count} numbers below {below}");
            }
        }
    }

    #[test]
    fn it_is_given_up_at_every_look() {
        let items = numbers(3 * BLOCK as usize, 1 << 20);
        let sort = |allowed: u32| {
            let looks = Cell::new(0);
            let is_wanted = || looks.replace(looks.get() + 1) < allowed;
            let done = sorted_by(items.clone(), |a, b| a.0.cmp(&b.0), Watcher::new(&is_wanted, &|_| ()).progress());
            (done.is_ok(), looks.get())
        };
        let (done, all) = sort(u32::MAX);
        // Three blocks, and two turns that look in after each block.
        assert!(done && all >= 3 + 2 + 3, "{all}");
        for allowed in 0..all {
            assert_eq!(sort(allowed), (false, allowed + 1));
        }
    }
}
