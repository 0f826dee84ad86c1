//! The cells of a sorted grid: those of `grid`, or a block for each value of a column, as `groups` has them.

use super::kept::Kept;
use crate::data::columns::{Column, GroupError, quoted};
use crate::likeness::sorted::Group;
use crate::scene::layout::{Lattice, LatticeBlock, Layout, LayoutError, LayoutInput, LayoutKind};
use crate::words::thousands;

/// Where drawings can lie.
pub(super) struct Cells {
    /// All of the layout but its drawings.
    base: Layout,
    blocks: Vec<LatticeBlock>,
    /// The rows of each block, one block after the other; none where there is one block of all.
    rows: Option<Vec<u32>>,
    /// The place of each position of the lattice.
    places: Vec<[i32; 2]>,
    /// Cells of a line, as sorting counts them: there all blocks lie one under another.
    pub columns: u32,
    first_lines: Vec<u32>,
}

/// The column whose values have a block each, where one was named.
pub(super) fn column(input: LayoutInput<'_>) -> Result<Option<&Column>, LayoutError> {
    let Some(typed) = &input.params.sorted_within else { return Ok(None) };
    let found = input.columns.ok_or(GroupError::NoRecords).and_then(|columns| columns.group_column(Some(typed)));
    let what = match found {
        // A block of one drawing has nothing to sort.
        Ok(column) if column.present() > 1 && column.distinct() == column.present() as usize => {
            format!("cannot sort within {}: each drawing has a value of its own; {OTHER}", quoted(column.name()))
        }
        Ok(column) => return Ok(Some(column)),
        Err(GroupError::NoRecords | GroupError::NoValues) => {
            format!(
                "cannot sort within {}: there are no records with values; name the .ndjson file, too",
                quoted(typed)
            )
        }
        Err(GroupError::Unknown { name, known }) => {
            format!("cannot sort within {name}: there is no such column; {known}")
        }
        Err(GroupError::TooMany { name, values }) => {
            let values = thousands(values as u64);
            format!("cannot sort within {name}: it has {values} different values, too many for a block each; {OTHER}")
        }
    };
    Err(LayoutError::Refused(what))
}

const OTHER: &str = "choose a column whose values many drawings share with --sorted-within";

impl Cells {
    /// Cells for all drawings.
    pub fn of(input: LayoutInput<'_>) -> Result<Self, LayoutError> {
        let (column, LayoutInput { params, progress, .. }) = (column(input)?, input);
        let mut base = match column {
            None => Layout::grid(input.rows, params.columns, progress)?,
            Some(column) => {
                let codes = column.codes_within(progress.part(0.0, 0.5))?.ok_or(GroupError::NoValues)?;
                let layout = Layout::groups(&codes.codes, &codes.labels, progress.part(0.5, 1.0))?;
                let note = codes.bins.map(|bins| format!("sorted within {} {bins}", quoted(column.name())));
                Layout { note, ..layout }
            }
        };
        base.kind = LayoutKind::SORTED;
        let (blocks, rows) = base.lattice.take().map(|lattice| (lattice.blocks, lattice.order)).unwrap_or_default();
        let fixed = std::mem::take(&mut base.fixed);
        let place = |&row: &u32| fixed.get(row as usize).copied().unwrap_or_default();
        let places = rows.as_ref().map(|rows| rows.iter().map(place).collect());
        let columns = blocks.iter().map(|block| block.columns).max().unwrap_or(1);
        let (mut first_lines, mut lines) = (Vec::with_capacity(blocks.len()), 0_u64);
        for block in &blocks {
            first_lines.push(lines as u32);
            lines += u64::from(block.lines());
        }
        if lines * u64::from(columns) > u64::from(u32::MAX) {
            let what = format!("cannot sort by likeness: the blocks have too many lines together; {OTHER}");
            return Err(LayoutError::Refused(what));
        }
        Ok(Self { base, blocks, rows, places: places.unwrap_or(fixed), columns, first_lines })
    }

    /// The rows and cells of each block; `None` where there is but one of all rows.
    pub fn groups(&self) -> Option<Vec<(&[u32], Vec<u32>)>> {
        let rows = self.rows.as_ref()?;
        let of_block = |(block, &first): (&LatticeBlock, &u32)| {
            let own = rows.get(block.start as usize..(block.start + block.rows) as usize).unwrap_or_default();
            let cell = |at: u32| (first + at / block.columns) * self.columns + at % block.columns;
            (own, (0..block.rows).map(cell).collect())
        };
        Some(self.blocks.iter().zip(&self.first_lines).map(of_block).collect())
    }

    /// The cells of rows that are to stay where they are.
    pub fn kept(&self, kept: &Kept) -> Result<Vec<(u32, u32)>, LayoutError> {
        let misfit = || {
            let what = "cannot sort by likeness: the drawings that are to stay in their cells are those of another grid; \
                        sort again without them (the layout's own key)";
            LayoutError::Refused(what.to_owned())
        };
        let cell = |(row, position): (u32, u32)| {
            let at = self.blocks.partition_point(|block| block.start <= position).saturating_sub(1);
            let (block, first) = (self.blocks.get(at)?, self.first_lines.get(at)?);
            let at = (position - block.start).min(block.rows);
            let is_there = at < block.rows && (row as usize) < self.places.len();
            is_there.then(|| (row, (first + at / block.columns) * self.columns + at % block.columns))
        };
        kept.iter().map(|pair| cell(pair).ok_or_else(misfit)).collect()
    }

    /// Which position of the lattice a cell is.
    fn position(&self, cell: u32) -> usize {
        let (line, column) = (cell / self.columns, cell % self.columns);
        let at = self.first_lines.partition_point(|&first| first <= line).saturating_sub(1);
        let (block, first) = (self.blocks.get(at), self.first_lines.get(at).copied().unwrap_or_default());
        block.map_or(0, |block| (block.start + (line - first) * block.columns + column) as usize)
    }

    /// The layout of rows in these cells.
    pub fn layout(&self, cell_of: &[u32]) -> Layout {
        let (mut order, mut fixed) = (vec![0; cell_of.len()], vec![[0; 2]; cell_of.len()]);
        for ((row, &cell), fixed) in (0..).zip(cell_of).zip(&mut fixed) {
            let position = self.position(cell);
            if let (Some(at), Some(place)) = (order.get_mut(position), self.places.get(position)) {
                (*at, *fixed) = (row, *place);
            }
        }
        let lattice = Lattice { blocks: self.blocks.clone(), order: Some(order), ascends: false };
        Layout { lattice: Some(lattice), fixed, ..self.base.clone() }
    }
}

/// Groups as sorting takes them.
pub(super) fn borrowed<'a>(groups: &'a [(&'a [u32], Vec<u32>)]) -> Vec<Group<'a>> {
    groups.iter().map(|(rows, cells)| Group { rows, cells }).collect()
}
