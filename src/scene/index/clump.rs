//! A crowded cell of the spatial index: a quadtree over the places of its rows, so that a rectangle takes few rows beside its own
//! however densely they lie.

use crate::progress::{BLOCK, Cancelled};
use crate::scene::camera::Bounds;
use crate::scene::layout::Layout;
use std::ops::Range;

/// Most rows of a leaf, unless more of them share one place.
pub(super) const LEAF_ROWS: usize = 128;

/// Hears of rows that are touched, and looks in after so many of them; how deep a tree becomes is not known beforehand.
pub(super) type LookIn<'a> = &'a mut dyn FnMut(usize) -> Result<(), Cancelled>;

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
    /// where they fit into one leaf. Rows of a leaf keep the order that they had. Fails where it is given up.
    pub(super) fn build(
        layout: &Layout,
        rows: &mut [u32],
        start: u32,
        look_in: LookIn<'_>,
    ) -> Result<Option<Self>, Cancelled> {
        if rows.len() <= LEAF_ROWS {
            return Ok(None);
        }
        let (lo, hi) = extent(layout, rows, look_in)?;
        let mut nodes = vec![node(layout, lo, hi, start..start + rows.len() as u32)];
        let (mut next, mut sorted) = (0, Vec::new());
        while next < nodes.len() {
            let children = nodes.len() as u32;
            let of = nodes[next].rows.clone();
            let own = rows.get_mut((of.start - start) as usize..(of.end - start) as usize).unwrap_or_default();
            divide(layout, own, of.start, &mut nodes, &mut sorted, look_in)?;
            nodes[next].children = children..nodes.len() as u32;
            next += 1;
        }
        Ok(Some(Self { nodes }))
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
/// share one place. `sorted` is scratch memory.
fn divide(
    layout: &Layout,
    rows: &mut [u32],
    start: u32,
    nodes: &mut Vec<Node>,
    sorted: &mut Vec<u32>,
    look_in: LookIn<'_>,
) -> Result<(), Cancelled> {
    let (lo, hi) = extent(layout, rows, look_in)?;
    if rows.len() <= LEAF_ROWS || lo == hi {
        return Ok(());
    }
    let middle = [0, 1].map(|axis| lo[axis] + (hi[axis] - lo[axis]) / 2);
    let quadrant = |row: u32| {
        let [x, y] = place(layout, row);
        usize::from(x > middle[0]) + 2 * usize::from(y > middle[1])
    };
    let mut counts = [0_usize; 4];
    for block in rows.chunks(BLOCK as usize) {
        look_in(block.len())?;
        for &row in block {
            counts[quadrant(row)] += 1;
        }
    }
    let mut next = [0, counts[0], counts[0] + counts[1], counts[0] + counts[1] + counts[2]];
    sorted.resize(sorted.len().max(rows.len()), 0);
    // Stable: inside a quadrant rows stay sorted by chunk and number.
    for block in rows.chunks(BLOCK as usize) {
        look_in(block.len())?;
        for &row in block {
            let at = &mut next[quadrant(row)];
            sorted[*at] = row;
            *at += 1;
        }
    }
    rows.copy_from_slice(&sorted[..rows.len()]);
    let mut from = 0;
    for count in counts.into_iter().filter(|&count| count > 0) {
        let (lo, hi) = extent(layout, &rows[from..from + count], look_in)?;
        nodes.push(node(layout, lo, hi, start + from as u32..start + (from + count) as u32));
        from += count;
    }
    Ok(())
}

fn node(layout: &Layout, lo: [i32; 2], hi: [i32; 2], rows: Range<u32>) -> Node {
    let bounds = Bounds { min: layout.world_from_fixed(lo), max: layout.world_from_fixed(hi) };
    Node { bounds, rows, children: 0..0 }
}

fn extent(layout: &Layout, rows: &[u32], look_in: LookIn<'_>) -> Result<([i32; 2], [i32; 2]), Cancelled> {
    let mut corners = ([i32::MAX; 2], [i32::MIN; 2]);
    for block in rows.chunks(BLOCK as usize) {
        look_in(block.len())?;
        for &row in block {
            for (axis, &coordinate) in place(layout, row).iter().enumerate() {
                corners.0[axis] = corners.0[axis].min(coordinate);
                corners.1[axis] = corners.1[axis].max(coordinate);
            }
        }
    }
    Ok(corners)
}

fn place(layout: &Layout, row: u32) -> [i32; 2] {
    layout.fixed().get(row as usize).copied().unwrap_or_default()
}
