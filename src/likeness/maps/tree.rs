//! The nearest rows on a map, exactly: a tree of boxes.

use super::{MapError, Place};

/// Most rows of a box that is not split any further.
const LEAF: usize = 12;

/// A row, and the square of how far away it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Near {
    pub(super) square: f64,
    pub(super) row: u32,
}

impl Near {
    fn is_before(self, other: Self) -> bool {
        self.square < other.square || (self.square == other.square && self.row < other.row)
    }
}

/// What a node of the tree holds.
#[derive(Clone, Copy, Debug)]
struct Node {
    least: [f32; 2],
    most: [f32; 2],
    /// The lowest of its rows: where many lie in one place, only those with low numbers are looked for.
    first: u32,
}

/// The places of a map, those that lie together side by side.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    rows: Vec<(Place, u32)>,
    /// As in a heap: the halves of node `i` are the nodes `2 i + 1` and `2 i + 2`.
    nodes: Vec<Node>,
}

impl Tree {
    /// Sorts places into boxes: some 0.1 s for 150,000. Every place must be finite.
    pub(super) fn new(places: &[Place]) -> Result<Self, MapError> {
        super::check_places(places, places.len())?;
        let mut tree = Self { rows: places.iter().copied().zip(0..).collect(), nodes: Vec::new() };
        let mut open = vec![(0, 0..places.len())];
        while let Some((node, range)) = open.pop() {
            let rows = tree.rows.get_mut(range.clone()).unwrap_or_default();
            let mut own = Node { least: [f32::INFINITY; 2], most: [f32::NEG_INFINITY; 2], first: u32::MAX };
            for (place, row) in &*rows {
                for (axis, &at) in place.iter().enumerate() {
                    own.least[axis] = own.least[axis].min(at);
                    own.most[axis] = own.most[axis].max(at);
                }
                own.first = own.first.min(*row);
            }
            if tree.nodes.len() <= node {
                tree.nodes.resize(node + 1, own);
            }
            tree.nodes[node] = own;
            if rows.len() > LEAF {
                let axis = usize::from(own.most[1] - own.least[1] > own.most[0] - own.least[0]);
                let half = rows.len() / 2;
                rows.select_nth_unstable_by(half, |a, b| a.0[axis].total_cmp(&b.0[axis]).then(a.1.cmp(&b.1)));
                open.push((2 * node + 1, range.start..range.start + half));
                open.push((2 * node + 2, range.start + half..range.end));
            }
        }
        Ok(tree)
    }

    /// The `k` nearest rows to a place, `own` left out, the nearest first; of those equally far the one with the lower number first.
    pub(super) fn nearest(&self, place: Place, own: u32, k: usize, found: &mut Vec<Near>) {
        found.clear();
        if k > 0 && !self.rows.is_empty() {
            self.search(0, 0..self.rows.len(), &(place, own, k), found);
        }
    }

    fn search(&self, node: usize, range: std::ops::Range<usize>, wanted: &(Place, u32, usize), found: &mut Vec<Near>) {
        let &(place, own, k) = wanted;
        if range.len() <= LEAF {
            for &(other, row) in self.rows.get(range).unwrap_or_default() {
                let near = Near { square: square(place, other), row };
                if row != own && (found.len() < k || found.last().is_some_and(|&last| near.is_before(last))) {
                    found.truncate(k - 1);
                    found.insert(found.partition_point(|&better| better.is_before(near)), near);
                }
            }
            return;
        }
        let middle = range.start + range.len() / 2;
        let halves = [(2 * node + 1, range.start..middle), (2 * node + 2, middle..range.end)];
        let mut halves = halves.map(|(node, range)| (self.best_in(node, place), node, range));
        if halves[1].0.is_before(halves[0].0) {
            halves.swap(0, 1);
        }
        for (best, node, range) in halves {
            if found.len() < k || found.last().is_some_and(|&last| best.is_before(last)) {
                self.search(node, range, wanted, found);
            }
        }
    }

    /// At least as near as anything in a node.
    fn best_in(&self, node: usize, place: Place) -> Near {
        let Some(node) = self.nodes.get(node) else { return Near { square: f64::INFINITY, row: u32::MAX } };
        let inside = [0, 1].map(|axis| place[axis].clamp(node.least[axis], node.most[axis]));
        Near { square: square(place, inside), row: node.first }
    }
}

fn square(a: Place, b: Place) -> f64 {
    let [x, y] = [0, 1].map(|axis| f64::from(a[axis]) - f64::from(b[axis]));
    x * x + y * y
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::sorted::random::Random;

    #[test]
    fn the_nearest_are_those_of_all_rows_compared() {
        let mut random = Random::new(3, 0);
        for (rows, side) in [(0, 5), (1, 5), (12, 5), (13, 5), (700, 1), (700, 9), (900, 100_000)] {
            let places: Vec<Place> =
                (0..rows).map(|_| [random.below(side) as f32, random.below(side) as f32 / 3.0]).collect();
            let tree = Tree::new(&places).unwrap();
            let mut found = Vec::new();
            for k in [0, 1, 15, 1_000] {
                for (own, &place) in places.iter().enumerate().step_by(7) {
                    let others = places.iter().enumerate().filter(|&(row, _)| row != own);
                    let mut all: Vec<Near> =
                        others.map(|(row, &other)| Near { square: square(place, other), row: row as u32 }).collect();
                    all.sort_by(|a, b| a.square.total_cmp(&b.square).then(a.row.cmp(&b.row)));
                    all.truncate(k);
                    tree.nearest(place, own as u32, k, &mut found);
                    assert_eq!(found, all, "{k} of row {own} of {rows}");
                }
            }
        }
    }

    #[test]
    fn places_that_are_nowhere_are_refused() {
        assert_eq!(Tree::new(&[[0.0, f32::NAN]]).unwrap_err(), MapError::NotFinite);
    }
}
