//! A crowded cell of the spatial index: a quadtree over the places of its rows, so that a rectangle takes few rows beside its own
//! however densely they lie.

use crate::scene::camera::Bounds;
use crate::scene::layout::Layout;
use std::ops::Range;

/// Most rows of a leaf, unless more of them share one place.
pub(super) const LEAF_ROWS: usize = 128;

/// The tree of one cell. The first node is its root.
#[derive(Clone, Debug)]
pub(super) struct Clump {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    /// The least box around the places of its rows.
    bounds: Bounds,
    /// Its rows in the order.
    rows: Range<u32>,
    /// Its children among the nodes; none of a leaf.
    children: Range<u32>,
}

impl Clump {
    /// Sorts the rows of a cell, which stand from `start` on in the order, into the leaves of a tree; `None`, and nothing sorted,
    /// where they fit into one leaf. Rows of a leaf keep the order that they had.
    pub(super) fn build(layout: &Layout, rows: &mut [u32], start: u32) -> Option<Self> {
        if rows.len() <= LEAF_ROWS {
            return None;
        }
        let (lo, hi) = extent(layout, rows);
        let mut nodes = vec![node(layout, lo, hi, start..start + rows.len() as u32)];
        let mut next = 0;
        while next < nodes.len() {
            let children = nodes.len() as u32;
            let of = nodes[next].rows.clone();
            let own = rows.get_mut((of.start - start) as usize..(of.end - start) as usize).unwrap_or_default();
            divide(layout, own, of.start, &mut nodes);
            nodes[next].children = children..nodes.len() as u32;
            next += 1;
        }
        Some(Self { nodes })
    }

    /// Where its rows begin in the order.
    pub(super) fn start(&self) -> u32 {
        self.nodes.first().map_or(0, |root| root.rows.start)
    }

    /// Where they end.
    pub(super) fn end(&self) -> u32 {
        self.nodes.first().map_or(0, |root| root.rows.end)
    }

    /// Hands on, in their order, the stretches of the leaves that a rectangle touches.
    pub(super) fn runs(&self, world: &Bounds, on: &mut dyn FnMut(u32, u32)) {
        self.runs_of(0, world, on);
    }

    fn runs_of(&self, at: u32, world: &Bounds, on: &mut dyn FnMut(u32, u32)) {
        let Some(node) = self.nodes.get(at as usize) else { return };
        let Bounds { min, max } = node.bounds;
        if max.cmplt(world.min).any() || min.cmpgt(world.max).any() {
            return;
        }
        let inside = min.cmpge(world.min).all() && max.cmple(world.max).all();
        if inside || node.children.is_empty() {
            return on(node.rows.start, node.rows.end);
        }
        node.children.clone().for_each(|child| self.runs_of(child, world, on));
    }
}

/// Sorts the rows of a node by quadrant and adds a node for each quadrant that holds any; nothing where they fit into a leaf or
/// share one place.
fn divide(layout: &Layout, rows: &mut [u32], start: u32, nodes: &mut Vec<Node>) {
    let (lo, hi) = extent(layout, rows);
    if rows.len() <= LEAF_ROWS || lo == hi {
        return;
    }
    let middle = [0, 1].map(|axis| lo[axis] + (hi[axis] - lo[axis]) / 2);
    let quadrant = |row: u32| {
        let [x, y] = place(layout, row);
        usize::from(x > middle[0]) + 2 * usize::from(y > middle[1])
    };
    // Stable: inside a quadrant rows stay sorted by chunk and number.
    rows.sort_by_key(|&row| quadrant(row));
    let mut from = 0;
    for number in 0..4 {
        let to = from + rows[from..].partition_point(|&row| quadrant(row) == number);
        if from < to {
            let (lo, hi) = extent(layout, &rows[from..to]);
            nodes.push(node(layout, lo, hi, start + from as u32..start + to as u32));
        }
        from = to;
    }
}

fn node(layout: &Layout, lo: [i32; 2], hi: [i32; 2], rows: Range<u32>) -> Node {
    let bounds = Bounds { min: layout.world_from_fixed(lo), max: layout.world_from_fixed(hi) };
    Node { bounds, rows, children: 0..0 }
}

fn extent(layout: &Layout, rows: &[u32]) -> ([i32; 2], [i32; 2]) {
    let mut corners = ([i32::MAX; 2], [i32::MIN; 2]);
    for &row in rows {
        let at = place(layout, row);
        for (axis, &coordinate) in at.iter().enumerate() {
            corners.0[axis] = corners.0[axis].min(coordinate);
            corners.1[axis] = corners.1[axis].max(coordinate);
        }
    }
    corners
}

fn place(layout: &Layout, row: u32) -> [i32; 2] {
    layout.fixed().get(row as usize).copied().unwrap_or_default()
}
