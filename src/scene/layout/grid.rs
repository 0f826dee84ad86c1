//! `grid`: rows in reading order, as they come or sorted by a column.

use glam::DVec2;

use super::{
    Lattice, LatticeBlock, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish, frac_bits_for,
};
use crate::data::columns::{Column, Columns, quoted};
use crate::progress::Progress;
use crate::words::counted;

impl LayoutKind {
    /// Rows in reading order.
    pub const GRID: Self = Self(&LayoutSpec {
        name: "grid",
        title: "Grid",
        about: "in reading order",
        params: &[Param::Columns, Param::Sort],
        point_px: 0.0,
        check: |input| sorted_by(input).map(drop),
        build,
    });
}

/// The column to sort by, where one was named, and whether its values descend.
fn sorted_by(input: LayoutInput<'_>) -> Result<Option<(&Column, bool)>, LayoutError> {
    let Some(typed) = &input.params.sort else { return Ok(None) };
    let Some(columns) = input.columns.filter(|columns| columns.has_records() || !columns.is_empty()) else {
        let text = "cannot sort: there are no records to sort by; name the .ndjson file, too";
        return Err(LayoutError::Refused(text.to_owned()));
    };
    named(columns, typed).map(Some).ok_or_else(|| {
        let name = quoted(directed(typed).map_or(typed, |(name, _)| name));
        LayoutError::Refused(format!("cannot sort by {name}: there is no such column; {}", columns.known()))
    })
}

/// A column of this very name goes before one with a direction behind it.
fn named<'a>(columns: &'a Columns, typed: &str) -> Option<(&'a Column, bool)> {
    let plain = || Some((columns.named(typed)?, false));
    plain().or_else(|| directed(typed).and_then(|(name, descends)| Some((columns.named(name)?, descends))))
}

/// A name with a direction behind it, and whether that is down.
fn directed(typed: &str) -> Option<(&str, bool)> {
    let (name, direction) = typed.rsplit_once(':')?;
    match direction.trim().to_ascii_lowercase().as_str() {
        "asc" => Some((name, false)),
        "desc" => Some((name, true)),
        _ => None,
    }
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let LayoutInput { rows, params, progress, .. } = input;
    let Some((column, descends)) = sorted_by(input)? else {
        return publish(Layout::grid(rows, params.columns, progress)?);
    };
    let sorted = column.sorted_rows(descends, progress.part(0.0, 0.8))?;
    let columns = columns_of(rows, params.columns)?;
    let layout = cells(LayoutKind::GRID, rows, columns, Some(sorted.rows), progress.part(0.8, 1.0))?;
    let without = counted(sorted.missing.into(), "row", "rows");
    let note = format!("without a value of {}: {without}, at the end", quoted(column.name()));
    publish(Layout { note: (sorted.missing > 0).then_some(note), ..layout })
}

impl Layout {
    /// Rows in reading order: row r is centred at `(r mod C + ½, −(r div C) − ½)`.
    ///
    /// `columns` is C, by default `round(√(1.3 · rows))`. Fails without rows, for 0 columns, where a side exceeds 2^28, and where it
    /// is given up.
    pub fn grid(rows: u32, columns: Option<u32>, progress: Progress<'_>) -> Result<Self, LayoutError> {
        cells(LayoutKind::GRID, rows, columns_of(rows, columns)?, None, progress)
    }
}

/// The columns of a grid of so many rows: those that were chosen, else the usual number.
pub(super) fn columns_of(rows: u32, chosen: Option<u32>) -> Result<u32, LayoutError> {
    match chosen.unwrap_or_else(|| default_columns(rows)) {
        _ if rows == 0 => Err(LayoutError::NoRows),
        0 => Err(LayoutError::NoColumns),
        columns => Ok(columns),
    }
}

/// Rows in reading order, or in an order of all rows; there are some of either.
pub(super) fn cells(
    kind: LayoutKind,
    rows: u32,
    columns: u32,
    order: Option<Vec<u32>>,
    progress: Progress<'_>,
) -> Result<Layout, LayoutError> {
    let size = DVec2::new(f64::from(columns), f64::from(rows.div_ceil(columns)));
    let frac_bits = frac_bits_for(size.x, size.y)?;
    let half = 1_i32 << (frac_bits - 1);
    // Both factors stay within the limit that `frac_bits_for` checked.
    let coordinate = |cell: u32| ((cell as i32) << frac_bits) + half;
    let place = |position: u32| [coordinate(position % columns), -coordinate(position / columns)];
    let fixed = if let Some(order) = &order {
        let mut fixed = vec![[0; 2]; rows as usize];
        for block in progress.blocks(rows) {
            for position in block? {
                let row = order.get(position as usize).copied().unwrap_or(position);
                if let Some(fixed) = fixed.get_mut(row as usize) {
                    *fixed = place(position);
                }
            }
        }
        fixed
    } else {
        progress.collect((0..rows).map(place))?
    };
    let block = LatticeBlock { left_top: [0, 0], columns, rows, start: 0 };
    let lattice = Lattice { blocks: vec![block], ascends: order.is_none(), order };
    Ok(Layout::of(kind, size, Some(lattice), fixed, frac_bits))
}

fn default_columns(rows: u32) -> u32 {
    ((1.3 * f64::from(rows)).sqrt().round() as u32).max(1)
}
