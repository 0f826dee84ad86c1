//! The part of a grid that is sorted: a box around its cells, with the codes of the drawings lying in the order of the cells, so
//! that neighbours on the grid are neighbours in memory.

use super::{SortError, Task};
use crate::progress::{BLOCK, Cancelled, Progress};
use rayon::prelude::*;

/// No row, or no cell.
pub(super) const NONE: u32 = u32::MAX;

/// Codes are padded with zeros to whole pieces of so many values, which are multiplied at once.
pub(super) const PIECE: usize = 32;

/// Spots that one thread moves at a time.
const PART: usize = 1 << 11;

/// Cells of a box: how many of them there may be for each drawing, and in any case.
const CELLS_A_ROW: u64 = 16;
const CELLS_ANYWAY: u64 = 1 << 16;

/// The box. A spot is a place in it, line after line.
#[derive(Debug)]
pub(super) struct Board {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Values of a code with its padding.
    pub(super) stride: usize,
    /// The cell of the whole grid at each spot, `NONE` where a spot is not used.
    cells: Vec<u32>,
    /// The row at each spot, or `NONE`.
    pub(super) rows: Vec<u32>,
    /// Whether a spot's row may change.
    pub(super) is_free: Vec<bool>,
    /// The codes at the spots, spots × stride; zeros where there is no row.
    pub(super) codes: Vec<i8>,
    /// What `codes` becomes in a move.
    moved: Vec<i8>,
    moved_rows: Vec<u32>,
}

impl Board {
    /// The box around the cells of a task, with nothing on it but the rows that are kept. Also the rows and the spots that are
    /// left to be assigned, as many of one as of the other.
    pub(super) fn new(task: &Task<'_>) -> Result<(Self, Vec<u32>, Vec<u32>), SortError> {
        let count = task.rows()?;
        if task.columns == 0 {
            return Err(SortError::NoColumns);
        }
        let used = used_cells(task, count)?;
        let at = |cell: u32| [cell % task.columns, cell / task.columns];
        let (mut lo, mut hi) = ([u32::MAX; 2], [0; 2]);
        for (axis, at) in used.iter().flat_map(|&cell| at(cell).into_iter().enumerate()) {
            lo[axis] = lo[axis].min(at);
            hi[axis] = hi[axis].max(at);
        }
        let size = [0, 1].map(|axis| if used.is_empty() { 0 } else { u64::from(hi[axis] - lo[axis]) + 1 });
        let area = size[0] * size[1];
        if area > CELLS_ANYWAY.max(CELLS_A_ROW * count as u64) {
            return Err(SortError::Scattered { cells: area, rows: count });
        }
        let (width, area) = (size[0] as usize, area as usize);
        let spot = |cell: u32| (at(cell)[1] - lo[1]) as usize * width + (at(cell)[0] - lo[0]) as usize;
        let mut cells = vec![NONE; area];
        let (mut rows, mut is_free) = (vec![NONE; area], vec![false; area]);
        for &cell in &used {
            cells[spot(cell)] = cell;
            is_free[spot(cell)] = true;
        }
        let mut is_left = vec![true; count];
        for &(row, cell) in task.kept {
            rows[spot(cell)] = row;
            is_free[spot(cell)] = false;
            is_left[row as usize] = false;
        }
        let left = (0..count as u32).filter(|&row| is_left[row as usize]).collect();
        let spots = (0..area as u32).filter(|&spot| is_free[spot as usize]).collect();
        let stride = task.width.next_multiple_of(PIECE);
        let (moved_rows, codes, moved) = (Vec::new(), Vec::new(), Vec::new());
        let board = Self { width, height: size[1] as usize, stride, cells, rows, is_free, codes, moved, moved_rows };
        Ok((board, left, spots))
    }

    /// Lays the codes of the rows that have a spot by now.
    pub(super) fn lay(&mut self, task: &Task<'_>, progress: Progress<'_>) -> Result<(), Cancelled> {
        let (stride, width) = (self.stride, task.width);
        self.codes = vec![0; self.rows.len() * stride];
        let mut spots = self.codes.chunks_exact_mut(stride).zip(&self.rows);
        for block in progress.blocks(self.rows.len() as u32) {
            for (code, &row) in spots.by_ref().take(block?.len()) {
                let from = (row as usize).saturating_mul(width);
                if let Some(own) = task.codes.get(from..from.saturating_add(width)) {
                    code[..width].copy_from_slice(own);
                }
            }
        }
        self.moved.clone_from(&self.codes);
        self.moved_rows.clone_from(&self.rows);
        Ok(())
    }

    /// Moves rows: the spot `to[i]` gets what lay at `from[i]`; both hold the same spots, each once. Half is moved, and the board
    /// is of no use any more, where it is given up.
    pub(super) fn move_rows(&mut self, to: &[u32], from: &[u32], progress: Progress<'_>) -> Result<(), Cancelled> {
        let mut source: Vec<u32> = (0..self.rows.len() as u32).collect();
        for (&to, &from) in to.iter().zip(from) {
            source[to as usize] = from;
        }
        let (stride, codes, rows) = (self.stride, &self.codes, &self.rows);
        let mut blocks = self.moved.chunks_mut(stride * BLOCK as usize).zip(self.moved_rows.chunks_mut(BLOCK as usize));
        for block in progress.blocks(source.len() as u32) {
            let block = block?;
            let Some((own_codes, own_rows)) = blocks.next() else { break };
            let own = &source[block.start as usize..block.end as usize];
            let pieces =
                own_codes.par_chunks_mut(stride * PART).zip(own_rows.par_chunks_mut(PART)).zip(own.par_chunks(PART));
            pieces.for_each(|((own_codes, own_rows), source)| {
                for ((code, row), &from) in own_codes.chunks_exact_mut(stride).zip(own_rows).zip(source) {
                    let from = from as usize;
                    code.copy_from_slice(&codes[from * stride..(from + 1) * stride]);
                    *row = rows[from];
                }
            });
        }
        std::mem::swap(&mut self.codes, &mut self.moved);
        std::mem::swap(&mut self.rows, &mut self.moved_rows);
        Ok(())
    }

    /// The code at a spot.
    pub(super) fn code(&self, spot: usize) -> &[i8] {
        &self.codes[spot * self.stride..(spot + 1) * self.stride]
    }

    /// Writes the cell of each row on this board into `cell_of`.
    pub(super) fn cells_into(&self, cell_of: &mut [u32]) {
        for (&row, &cell) in self.rows.iter().zip(&self.cells) {
            if let Some(place) = cell_of.get_mut(row as usize) {
                *place = cell;
            }
        }
    }
}

/// The cells that get a row, as many as there are rows: those of kept rows, and the first of the rest.
fn used_cells(task: &Task<'_>, count: usize) -> Result<Vec<u32>, SortError> {
    let offered = match task.cells {
        Some(cells) => cells.to_vec(),
        None => (0..count as u32)
            .chain(task.kept.iter().map(|&(_, cell)| cell).filter(|&cell| cell >= count as u32))
            .collect(),
    };
    if offered.len() < count {
        return Err(SortError::TooFewCells { cells: offered.len(), rows: count });
    }
    let mut all = offered.clone();
    all.sort_unstable();
    if let Some(twice) = all.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(SortError::CellTwice { cell: twice[0] });
    }
    let mut kept: Vec<u32> = task.kept.iter().map(|&(_, cell)| cell).collect();
    kept.sort_unstable();
    let mut kept_rows: Vec<u32> = task.kept.iter().map(|&(row, _)| row).collect();
    kept_rows.sort_unstable();
    let is_twice = |sorted: &[u32]| sorted.windows(2).any(|pair| pair[0] == pair[1]);
    let is_known = task.kept.iter().all(|(row, cell)| (*row as usize) < count && all.binary_search(cell).is_ok());
    if !is_known || is_twice(&kept) || is_twice(&kept_rows) {
        return Err(SortError::Kept);
    }
    let rest = offered.into_iter().filter(|cell| kept.binary_search(cell).is_err()).take(count - kept.len());
    let mut used: Vec<u32> = rest.collect();
    used.extend(kept);
    Ok(used)
}
