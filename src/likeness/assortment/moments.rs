//! Who names whom, and what chance makes of it: mean and deviation over all ways to deal out groups, exactly.

use super::MISSING;
use crate::likeness::graph::Graph;
use crate::progress::{Cancelled, Progress};

/// Rows that take part, and which of them each one names.
pub(super) struct Edges {
    /// The rows, ascending. What follows goes by their places in this list.
    pub(super) rows: Vec<u32>,
    /// Places that each one names, `per_row` each; [`nobody`](Self::nobody) after the last.
    pub(super) named: Vec<u32>,
    /// At least 1.
    pub(super) per_row: usize,
    /// How many edges there are, as a number for each pair of edges: S₀, S₁ and S₂ of Cliff and Ord.
    sums: [u128; 3],
}

/// Mean and variance of a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

impl Moments {
    /// Standard deviations above the mean; 0 where there is no deviation.
    pub(super) fn z(self, count: u64) -> f64 {
        // Less is what rounding leaves of nothing: counts are whole numbers.
        if self.variance > 1e-9 * (1.0 + self.mean) { (count as f64 - self.mean) / self.variance.sqrt() } else { 0.0 }
    }
}

impl Edges {
    /// Of the rows that have a value and neighbours: those of the first `nearest` neighbours of each that have a value, too.
    pub(super) fn new(
        column: &[u32],
        graph: &Graph,
        nearest: usize,
        progress: Progress<'_>,
    ) -> Result<Self, Cancelled> {
        let per_row = nearest.min(graph.k()).max(1);
        let nearest = |row: u32| graph.of(row).take(nearest).map(|neighbour| neighbour.row);
        let has_value = |row: u32| column.get(row as usize).is_some_and(|&value| value != MISSING);
        let mut rows = Vec::new();
        for block in progress.part(0.0, 0.3).blocks(column.len() as u32) {
            // Who has no neighbours is not one either.
            rows.extend(block?.filter(|&row| has_value(row) && graph.of(row).next().is_some()));
        }
        let mut place = vec![rows.len() as u32; column.len()];
        for (at, &row) in (0..).zip(&rows) {
            if let Some(place) = place.get_mut(row as usize) {
                *place = at;
            }
        }
        let mut named = Vec::with_capacity(rows.len() * per_row);
        for block in progress.part(0.3, 0.6).blocks(rows.len() as u32) {
            let block = block?;
            for &row in rows.get(block.start as usize..block.end as usize).unwrap_or_default() {
                let places = nearest(row).filter_map(|other| place.get(other as usize).copied());
                let known = places.filter(|&place| place < rows.len() as u32);
                named.extend(known.chain(std::iter::repeat(rows.len() as u32)).take(per_row));
            }
        }
        let mut edges = Self { rows, named, per_row, sums: [0; 3] };
        edges.sums = edges.summed(progress.part(0.6, 1.0))?;
        Ok(edges)
    }

    /// What stands where a row names fewer than others.
    pub(super) fn nobody(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The number of edges; that of ordered pairs of edges between the same two rows; the squares of how many edges a row has.
    fn summed(&self, progress: Progress<'_>) -> Result<[u128; 3], Cancelled> {
        let mut degrees = vec![0_u64; self.rows.len()];
        let (mut edges, mut same) = (0_u128, 0_u128);
        let lists = self.named.chunks_exact(self.per_row);
        let of = |place: u32| {
            let start = place as usize * self.per_row;
            self.named.get(start..start + self.per_row).unwrap_or_default()
        };
        for block in progress.blocks(self.rows.len() as u32) {
            let block = block?;
            for (row, list) in block.clone().zip(lists.clone().skip(block.start as usize)) {
                for &other in list.iter().filter(|&&other| other != self.nobody()) {
                    edges += 1;
                    same += if of(other).contains(&row) { 2 } else { 1 };
                    for end in [row, other] {
                        if let Some(degree) = degrees.get_mut(end as usize) {
                            *degree += 1;
                        }
                    }
                }
            }
        }
        let squares = degrees.iter().map(|&degree| u128::from(degree) * u128::from(degree)).sum();
        Ok([edges, same, squares])
    }

    /// Of how many edges join two rows of a group of so many, where groups are dealt out in all ways: the moments of a join count
    /// (Cliff and Ord, Spatial Processes, 1981, chapter 2, non-free sampling).
    pub(super) fn moments(&self, size: u32) -> Moments {
        // The chance that the first so many of a deal are of the group.
        let all = self.rows.len() as f64;
        let chance = |first: u32| -> f64 {
            (0..first)
                .map(|at| {
                    let left = all - f64::from(at);
                    if left > 0.0 { (f64::from(size) - f64::from(at)).max(0.0) / left } else { 0.0 }
                })
                .product()
        };
        let [edges, same, squares] = self.sums;
        // Ordered pairs of edges by the rows that they have between them: two, three or four.
        let three = squares - 2 * same;
        let four = edges * edges - same - three;
        let mean = edges as f64 * chance(2);
        let square = same as f64 * chance(2) + three as f64 * chance(3) + four as f64 * chance(4);
        Moments { mean, variance: (square - mean * mean).max(0.0) }
    }
}
