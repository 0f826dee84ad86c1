//! The spatial index: a uniform grid over the squares' centres that turns a rectangle into a few ranges of the draw order. Cells
//! that hold many rows, as in a scatter plot with clumps, are divided further by a quadtree of their own.

mod clump;
mod densest;
mod sort;

pub use densest::Densest;

use super::camera::Bounds;
use super::layout::Layout;
use crate::progress::{BLOCK, Cancelled, Progress};
use clump::Clump;
use glam::DVec2;
use sort::{counting_sort, rows_by_chunk};
use std::cell::Cell;
use std::ops::Range;

/// Rows that a cell holds on average.
const ROWS_PER_CELL: f64 = 64.0;
/// Half the side of a cell that no camera looks beyond, world units.
const EVERYWHERE: f64 = 1e12;

/// A run of [`SpatialIndex::order`] whose rows lie in one chunk of the atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrawRange {
    /// The chunk.
    pub chunk: u16,
    /// First position in the order.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
}

/// Rows sorted by cell, and where each cell begins.
#[derive(Clone, Debug)]
pub struct SpatialIndex {
    /// The corner of cell (0, 0): the least x and y of all centres.
    origin: DVec2,
    /// Side of a cell, world units.
    cell: f64,
    columns: usize,
    lines: usize,
    order: Vec<u32>,
    /// Where each cell begins in `order`; one more than there are cells.
    cell_starts: Vec<u32>,
    /// Most rows of a cell, and of a part of one.
    rows_a_cell: u32,
    rows_a_part: u32,
    /// Cells with more rows than a leaf may hold, in the order of their rows.
    clumps: Vec<Clump>,
    /// Maximal runs of one chunk over the whole order, as (start, chunk).
    chunk_runs: Vec<(u32, u16)>,
}

impl SpatialIndex {
    /// Where the rows lie densest.
    pub fn densest(&self) -> Densest {
        let (rows_a_cell, rows_a_part) = (self.rows_a_cell, self.rows_a_part);
        Densest { cell: self.cell, rows_a_cell, rows_a_part, rows: self.order.len() as u32 }
    }

    /// Sorts the rows of a layout by (cell, chunk, row), in crowded cells by (quadrant …, chunk, row): in time and memory linear in
    /// their number, and in a crowded cell in that times the depth of its tree, at most 31.
    ///
    /// `chunk_of` gives the chunk of the atlas in which a row's drawing lies. Fails where it is given up.
    pub fn build(layout: &Layout, chunk_of: &dyn Fn(u32) -> u16, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let (origin, extent) = extent_of(layout, progress.part(0.0, 0.1))?;
        let rows = layout.rows();
        let n = f64::from(rows.max(1));
        // The second term is for strips narrower than a cell.
        let cell =
            (ROWS_PER_CELL * extent.x * extent.y / n).sqrt().max(ROWS_PER_CELL * extent.max_element() / n).max(1.0);
        let columns = (extent.x / cell).floor() as usize + 1;
        let lines = (extent.y / cell).floor() as usize + 1;
        let mut index = Self {
            origin,
            cell,
            columns,
            lines,
            order: Vec::new(),
            cell_starts: Vec::new(),
            rows_a_cell: 0,
            rows_a_part: 0,
            clumps: Vec::new(),
            chunk_runs: Vec::new(),
        };
        let cell_of = |row: u32| {
            let p = layout.center(row).unwrap_or(origin);
            (index.line_of(p.y) * columns + index.column_of(p.x)) as u32
        };
        let by_chunk = layout.placed_among(rows_by_chunk(rows, chunk_of, progress.part(0.1, 0.2))?);
        let rows = by_chunk.as_ref().map_or(rows, |rows| rows.len() as u32);
        let sequence = |i: u32| by_chunk.as_ref().map_or(i, |rows| rows[i as usize]);
        let sorting = progress.part(0.2, 0.7);
        let (mut order, cell_starts) = counting_sort(rows, columns * lines, &sequence, &cell_of, sorting)?;
        let (clumping, part, mut touched) = (progress.part(0.7, 0.9), Cell::new(0.0), 0);
        let mut look_in = |rows: usize| {
            touched += rows;
            if touched < BLOCK as usize {
                return Ok(());
            }
            touched = 0;
            clumping.reach(part.get())
        };
        for cell in cell_starts.windows(2) {
            let own = order.get_mut(cell[0] as usize..cell[1] as usize).unwrap_or_default();
            part.set(f64::from(cell[0]) / n);
            index.clumps.extend(Clump::build(layout, own, cell[0], &mut look_in)?);
        }
        index.rows_a_cell = cell_starts.windows(2).map(|cell| cell[1] - cell[0]).max().unwrap_or(0);
        index.rows_a_part = densest::most_in_a_part(layout, origin, cell, &order, &cell_starts);
        index.order = order;
        index.cell_starts = cell_starts;
        for block in progress.part(0.9, 1.0).blocks(rows) {
            index.note_chunk_runs(block?, chunk_of);
        }
        progress.reach(1.0)?;
        Ok(index)
    }

    /// Rows as they are given, in one cell of any size: what is in sight already, which nothing is looked up in.
    pub fn unsorted(order: Vec<u32>, chunk_of: &dyn Fn(u32) -> u16) -> Self {
        let end = order.len() as u32;
        let mut index = Self {
            origin: DVec2::splat(-EVERYWHERE),
            cell: 2.0 * EVERYWHERE,
            columns: 1,
            lines: 1,
            order,
            cell_starts: vec![0, end],
            rows_a_cell: end,
            rows_a_part: end,
            clumps: Vec::new(),
            chunk_runs: Vec::new(),
        };
        index.note_chunk_runs(0..end, chunk_of);
        index
    }

    /// Notes where chunks change between two positions; what lies before them comes first.
    fn note_chunk_runs(&mut self, positions: Range<u32>, chunk_of: &dyn Fn(u32) -> u16) {
        let rows = self.order.get(positions.start as usize..positions.end as usize).unwrap_or_default();
        for (position, &row) in positions.zip(rows) {
            let chunk = chunk_of(row);
            if self.chunk_runs.last().is_none_or(|&(_, last)| last != chunk) {
                self.chunk_runs.push((position, chunk));
            }
        }
    }

    /// All rows, sorted by (cell, chunk, row).
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// Ranges of [`order`](Self::order) that hold every row whose centre lies in `world` (and some near it), sorted by
    /// chunk, then start; neighbouring ranges are merged. `out` is cleared first.
    pub fn ranges(&self, world: &Bounds, out: &mut Vec<DrawRange>) {
        out.clear();
        for (start, end) in self.runs(world) {
            self.split_by_chunk(start, end, out);
        }
        out.sort_unstable();
        out.dedup_by(|next, kept| {
            let joined = next.chunk == kept.chunk && next.start == kept.end;
            if joined {
                kept.end = next.end;
            }
            joined
        });
    }

    /// The whole order as ranges, sorted like those of [`ranges`](Self::ranges).
    pub fn everything(&self) -> Vec<DrawRange> {
        let mut out = Vec::new();
        self.split_by_chunk(0, self.order.len() as u32, &mut out);
        out.sort_unstable();
        out
    }

    /// Every row whose centre lies in `world`, and some near it, in no particular order.
    pub fn candidates<'a>(&'a self, world: &Bounds) -> impl Iterator<Item = u32> + use<'a> {
        self.candidate_runs(world).flatten().copied()
    }

    /// The same rows, in runs.
    pub fn candidate_runs<'a>(&'a self, world: &Bounds) -> impl Iterator<Item = &'a [u32]> + use<'a> {
        self.runs(world)
            .into_iter()
            .map(|(start, end)| self.order.get(start as usize..end as usize).unwrap_or_default())
    }

    /// How many rows [`candidates`](Self::candidates) yields: at least as many as have their centre in `world`.
    pub fn rows_in(&self, world: &Bounds) -> u64 {
        self.runs(world).into_iter().map(|(start, end)| u64::from(end - start)).sum()
    }

    /// One stretch of the order per line of cells that `world` touches, one in all where it spans every column; in crowded
    /// cells those of the leaves that it touches.
    fn runs(&self, world: &Bounds) -> Vec<(u32, u32)> {
        let far = self.origin + DVec2::new(self.columns as f64, self.lines as f64) * self.cell;
        let touches =
            world.min.cmple(world.max).all() && world.max.cmpge(self.origin).all() && world.min.cmple(far).all();
        let (left, right) = (self.column_of(world.min.x), self.column_of(world.max.x));
        let (low, high) = (self.line_of(world.min.y), self.line_of(world.max.y));
        let whole_lines = left == 0 && right + 1 == self.columns;
        let (lines, height) = match (touches, whole_lines) {
            (false, _) => (0..0, 0),
            (true, true) => (low..low + 1, high - low),
            (true, false) => (low..high + 1, 0),
        };
        let mut runs = Vec::new();
        for line in lines {
            let start = self.cell_starts.get(line * self.columns + left).copied().unwrap_or_default();
            let end = self.cell_starts.get((line + height) * self.columns + right + 1).copied().unwrap_or_default();
            self.push_run(start, end, world, &mut runs);
        }
        runs
    }

    /// Adds a stretch of whole cells, less what lies in leaves of crowded cells that `world` does not touch.
    fn push_run(&self, start: u32, end: u32, world: &Bounds, runs: &mut Vec<(u32, u32)>) {
        let first = self.clumps.partition_point(|clump| clump.start() < start);
        let crowded = self.clumps.iter().skip(first).take_while(|clump| clump.start() < end);
        let mut next = start;
        for clump in crowded {
            push_joined(runs, next, clump.start());
            clump.runs(world, &mut |start, end| push_joined(runs, start, end));
            next = clump.end();
        }
        push_joined(runs, next, end);
    }

    fn split_by_chunk(&self, start: u32, end: u32, out: &mut Vec<DrawRange>) {
        let first = self.chunk_runs.partition_point(|&(run_start, _)| run_start <= start).saturating_sub(1);
        for (i, &(run_start, chunk)) in self.chunk_runs.iter().enumerate().skip(first) {
            if run_start >= end {
                break;
            }
            let run_end = self.chunk_runs.get(i + 1).map_or(u32::MAX, |&(next, _)| next);
            out.push(DrawRange { chunk, start: run_start.max(start), end: run_end.min(end) });
        }
    }

    // Subtraction, division and floor are monotone even when rounded, so a centre inside a rectangle always lies in a
    // cell between the cells of the rectangle's edges.
    fn column_of(&self, x: f64) -> usize {
        (((x - self.origin.x) / self.cell).floor().max(0.0) as usize).min(self.columns - 1)
    }

    fn line_of(&self, y: f64) -> usize {
        (((y - self.origin.y) / self.cell).floor().max(0.0) as usize).min(self.lines - 1)
    }
}

/// Adds a run; one that begins where the last one ends makes it longer.
fn push_joined(runs: &mut Vec<(u32, u32)>, start: u32, end: u32) {
    match runs.last_mut() {
        _ if start >= end => {}
        Some(last) if last.1 == start => last.1 = end,
        _ => runs.push((start, end)),
    }
}

/// The least centre and the size of the box around all centres.
fn extent_of(layout: &Layout, progress: Progress<'_>) -> Result<(DVec2, DVec2), Cancelled> {
    let mut lo = [i32::MAX; 2];
    let mut hi = [i32::MIN; 2];
    for block in progress.blocks(layout.rows()) {
        let block = block?;
        for p in layout.fixed().get(block.start as usize..block.end as usize).unwrap_or_default() {
            for axis in 0..2 {
                lo[axis] = lo[axis].min(p[axis]);
                hi[axis] = hi[axis].max(p[axis]);
            }
        }
    }
    if layout.rows() == 0 {
        return Ok((DVec2::ZERO, DVec2::ZERO));
    }
    let origin = layout.world_from_fixed(lo);
    Ok((origin, layout.world_from_fixed(hi) - origin))
}

/// Ranges that may overlap, such as those of several rectangles, as ranges that do not.
pub fn once_each(mut ranges: Vec<DrawRange>) -> Vec<DrawRange> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, before| {
        let joins = next.start < before.end;
        before.end = if joins { before.end.max(next.end) } else { before.end };
        joins
    });
    ranges
}
