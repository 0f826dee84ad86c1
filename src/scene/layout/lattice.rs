//! Layouts whose drawings stand in columns and lines: which drawing lies where follows from arithmetic.

use std::ops::Range;

/// Drawings in columns and lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// Rectangles of drawings that share no place.
    pub blocks: Vec<LatticeBlock>,
    /// Rows by position; none where positions are rows.
    pub order: Option<Vec<u32>>,
    /// Rows ascend inside each block.
    pub ascends: bool,
}

/// One rectangle of drawings, filled in reading order; its last line may be shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatticeBlock {
    /// Left and top edge in fixed-point units, y up.
    pub left_top: [i32; 2],
    /// Drawings a line.
    pub columns: u32,
    /// How many drawings.
    pub rows: u32,
    /// The block's first position in the whole lattice.
    pub start: u32,
}

impl LatticeBlock {
    /// How many lines.
    pub fn lines(&self) -> u32 {
        self.rows.div_ceil(self.columns.max(1))
    }
}

impl Lattice {
    /// The positions of a block (from 0 in it) from the first to the last whose row lies in `rows`; where rows do not ascend, others
    /// may lie between them.
    pub fn positions(&self, block: &LatticeBlock, rows: &Range<u32>) -> Range<u32> {
        let Some(order) = &self.order else {
            let within = |row: u32| row.clamp(block.start, block.start + block.rows) - block.start;
            return within(rows.start)..within(rows.end);
        };
        let own = order.get(block.start as usize..(block.start + block.rows) as usize).unwrap_or_default();
        if self.ascends {
            let before = |row: u32| own.partition_point(|&other| other < row) as u32;
            return before(rows.start)..before(rows.end);
        }
        let is_in = |row: &u32| rows.contains(row);
        match (own.iter().position(is_in), own.iter().rposition(is_in)) {
            (Some(first), Some(last)) => first as u32..last as u32 + 1,
            _ => 0..0,
        }
    }
}
