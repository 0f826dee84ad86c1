//! `sorted`: a grid in which drawings that look alike are neighbours.

use super::grid::{cells, columns_of};
use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish};
use crate::likeness::code::Codes;
use crate::likeness::sorted::{SortError, Task, sort};
use crate::progress::{Cancelled, Progress};

impl LayoutKind {
    /// Every drawing in a cell of its own, like ones beside each other.
    pub const SORTED: Self = Self(&LayoutSpec {
        name: "sorted",
        title: "Sorted",
        about: "like ones side by side",
        params: &[Param::Columns, Param::Seed, Param::Likeness],
        point_px: 0.0,
        check: |input| compared(input).map(drop),
        build,
    });
}

/// The codes that a layout goes by.
pub(super) fn compared(input: LayoutInput<'_>) -> Result<&Codes, LayoutError> {
    let text = "cannot go by likeness: the drawings have not been compared";
    input.codes.ok_or_else(|| LayoutError::Refused(text.to_owned()))
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let (codes, LayoutInput { rows, params, progress, .. }) = (compared(input)?, input);
    let columns = columns_of(rows, params.columns)?;
    let task = Task {
        codes: codes.values(),
        width: codes.width(),
        columns,
        cells: None,
        kept: &[],
        map: None,
        seed: params.seed,
    };
    let mut refused = None;
    let sorted = sort(
        &task,
        &mut |cell_of, _| {
            if refused.is_none() {
                refused = laid_out(cell_of, columns).and_then(&mut *publish).err();
            }
        },
        progress,
    );
    match (refused, sorted) {
        (Some(error), _) => Err(error),
        (None, Ok(_)) => Ok(progress.reach(1.0)?),
        (None, Err(SortError::Cancelled(Cancelled))) => Err(Cancelled.into()),
        (None, Err(error)) => Err(LayoutError::Refused(format!("cannot sort by likeness: {error}"))),
    }
}

/// Drawings in their cells, which are the first ones of the grid.
fn laid_out(cell_of: &[u32], columns: u32) -> Result<Layout, LayoutError> {
    let mut order = vec![0; cell_of.len()];
    for (row, &cell) in (0..).zip(cell_of) {
        if let Some(at) = order.get_mut(cell as usize) {
            *at = row;
        }
    }
    cells(LayoutKind::SORTED, order.len() as u32, columns, Some(order), Progress::NONE)
}
