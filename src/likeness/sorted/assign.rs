//! The cheapest one-to-one assignment of a handful of drawings to as many cells, by shortest augmenting paths (Jonker and
//! Volgenant, 1987).

/// Most drawings of a group.
pub(super) const MOST: usize = 16;

/// A square table of costs: `costs[drawing][cell]`.
pub(super) type Costs = [[i32; MOST]; MOST];

/// For each of the first `count` cells the drawing that it gets, where the sum of the costs is least. Costs lie within ±2²⁵, so
/// that sums along a path fit.
#[allow(clippy::inline_always, reason = "it is to be compiled for the processor at hand, as its callers are")]
#[inline(always)]
pub(super) fn cheapest(costs: &Costs, count: usize) -> [u8; MOST] {
    const FREE: i32 = -1;
    let count = count.min(MOST);
    let mut drawing_at = [FREE; MOST];
    let (mut of_drawing, mut of_cell) = ([0_i32; MOST], [0_i32; MOST]);
    for first in 0..count {
        // Every loop over cells is one over all that there may be, which takes a few instructions; only open ones count.
        let mut is_open: [bool; MOST] = std::array::from_fn(|cell| cell < count);
        let (mut least, mut before) = ([i32::MAX; MOST], [FREE; MOST]);
        let (mut drawing, mut cell_before) = (first, FREE);
        let end = loop {
            // One step of Dijkstra's search from the new drawing to a free cell, over reduced costs.
            let (row, paid) = (&costs[drawing], of_drawing[drawing]);
            let mut step = i32::MAX;
            for cell in 0..MOST {
                let reduced = row[cell].wrapping_sub(paid).wrapping_sub(of_cell[cell]);
                let is_better = is_open[cell] && reduced < least[cell];
                least[cell] = if is_better { reduced } else { least[cell] };
                before[cell] = if is_better { cell_before } else { before[cell] };
                step = step.min(if is_open[cell] { least[cell] } else { i32::MAX });
            }
            let next = (0..MOST).position(|cell| is_open[cell] && least[cell] == step).unwrap_or(0);
            of_drawing[first] += step;
            for cell in 0..MOST {
                let is_done = !is_open[cell];
                of_cell[cell] -= if is_done { step } else { 0 };
                least[cell] -= if is_done { 0 } else { step };
            }
            for cell in 0..count {
                if !is_open[cell] {
                    of_drawing[drawing_at[cell] as usize % MOST] += step;
                }
            }
            is_open[next] = false;
            if drawing_at[next] == FREE {
                break next;
            }
            (drawing, cell_before) = (drawing_at[next] as usize % MOST, next as i32);
        };
        let mut cell = end;
        while before[cell] != FREE {
            let from = before[cell] as usize % MOST;
            drawing_at[cell] = drawing_at[from];
            cell = from;
        }
        drawing_at[cell] = first as i32;
    }
    drawing_at.map(|drawing| drawing as u8)
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    /// The least sum over all orders of the drawings from `cell` on.
    fn least(costs: &Costs, left: &mut Vec<usize>, cell: usize) -> i32 {
        if left.is_empty() {
            return 0;
        }
        let mut best = i32::MAX;
        for at in 0..left.len() {
            let drawing = left.swap_remove(at);
            best = best.min(costs[drawing][cell] + least(costs, left, cell + 1));
            left.push(drawing);
            let last = left.len() - 1;
            left.swap(at, last);
        }
        best
    }

    #[test]
    fn no_order_of_the_drawings_is_cheaper() {
        let mut random = Random::new(3, 0);
        for trial in 0..400 {
            let count = 1 + trial % 7;
            let spread = [2, 100, 1 << 26][trial % 3];
            let mut costs = Costs::default();
            for cost in costs.iter_mut().flatten() {
                *cost = random.below(spread) as i32 - (spread / 2) as i32;
            }
            let found = cheapest(&costs, count);
            let mut drawings: Vec<usize> = found[..count].iter().map(|&drawing| usize::from(drawing)).collect();
            let sum: i32 = drawings.iter().enumerate().map(|(cell, &drawing)| costs[drawing][cell]).sum();
            drawings.sort_unstable();
            assert!(drawings.iter().copied().eq(0..count));
            assert_eq!(sum, least(&costs, &mut (0..count).collect(), 0));
        }
    }
}
