//! The sorted grid: every drawing in a cell of its own, like ones beside each other.

mod assign;
mod board;
mod groups;
mod lowpass;
mod passes;
mod quality;
pub(in crate::likeness) mod random;
mod slices;
mod spread;
mod swaps;
#[cfg(test)]
mod tests;
mod within;

use crate::progress::{Cancelled, Progress};
use board::Board;
pub use quality::quality;
use random::Random;
use std::time::{Duration, Instant};
pub use within::{Group, sort_within};

/// What is to be sorted.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// Codes, rows × `width`, whose columns stand in the order of falling variance; likeness is their Euclidean distance.
    pub codes: &'a [i8],
    /// Values of a code, at least 1.
    pub width: usize,
    /// Columns of the grid. A cell is `line * columns + column`.
    pub columns: u32,
    /// The cells to be used, in any order; the first of them where there are more cells than rows. Without them, the first cells
    /// of the grid, as many as there are rows.
    pub cells: Option<&'a [u32]>,
    /// Rows that stay in their cells, which must be among the cells.
    pub kept: &'a [(u32, u32)],
    /// A flat map, one place a row, which the sort starts from; without it, it starts from the first two columns of the codes.
    pub map: Option<&'a [[f32; 2]]>,
    /// The same seed gives the same grid, on any machine and any number of threads.
    pub seed: u64,
}

impl Task<'_> {
    fn rows(&self) -> Result<usize, SortError> {
        let rows = row_count(self.codes, self.width)?;
        match self.map {
            Some(map) if map.len() != rows => Err(SortError::Lengths { what: "places", found: map.len(), rows }),
            _ => Ok(rows),
        }
    }
}

/// Why nothing was sorted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SortError {
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The codes are no whole number of rows.
    #[error("{len} values are not rows of {width}")]
    Codes {
        /// Values that there are.
        len: usize,
        /// Values of a code.
        width: usize,
    },
    /// Something has not one entry a row.
    #[error("{found} {what} for {rows} drawings")]
    Lengths {
        /// What it is.
        what: &'static str,
        /// Its entries.
        found: usize,
        /// Rows of codes.
        rows: usize,
    },
    /// The grid has no columns.
    #[error("a grid without columns")]
    NoColumns,
    /// Not every row can have a cell of its own.
    #[error("{cells} cells for {rows} drawings")]
    TooFewCells {
        /// Cells that are offered.
        cells: usize,
        /// Rows that need one.
        rows: usize,
    },
    /// A cell is offered twice.
    #[error("cell {cell} is named twice")]
    CellTwice {
        /// The cell.
        cell: u32,
    },
    /// A row of a group does not exist, or stands there twice.
    #[error("row {row} has no one group")]
    Row {
        /// The row.
        row: u32,
    },
    /// A row or a cell of those to be kept does not exist, or stands there twice.
    #[error("what is to stay where it is does not fit the grid")]
    Kept,
    /// The cells lie so far apart that the box around them does not fit into memory.
    #[error("{rows} drawings scattered over {cells} cells")]
    Scattered {
        /// Cells of the box.
        cells: u64,
        /// Rows that need one.
        rows: usize,
    },
}

fn row_count(codes: &[i8], width: usize) -> Result<usize, SortError> {
    match codes.len().checked_div(width) {
        Some(rows) if codes.len().is_multiple_of(width) && rows < board::NONE as usize => Ok(rows),
        _ => Err(SortError::Codes { len: codes.len(), width }),
    }
}

/// How far a published grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A first place for everything, at once.
    Start,
    /// Drawings move towards like regions; better each time.
    Passes,
    /// Drawings change places with others nearby; better each time.
    Swaps,
    /// It stays so.
    Done,
}

/// Time between two grids that are published on the way.
const BETWEEN: Duration = Duration::from_millis(300);

/// Sorts a grid: a start at once, then better and better grids about three times a second. Returns the cell of each row.
///
/// `publish` is handed the cell of each row, in the order of the rows, on the calling thread; each one is complete, with every
/// row in a cell of its own and the kept ones in theirs. What it publishes last is what is returned; only what is published in
/// between depends on the time that things take. Where it is given up, the last that was published stands.
///
/// It computes on the threads of the pool that it is called in. 28,000 drawings take some 4 s of processor time, 150,000 some
/// 8 s; of memory there is needed five times that of the codes.
pub fn sort(
    task: &Task<'_>,
    publish: &mut dyn FnMut(&[u32], Stage),
    progress: Progress<'_>,
) -> Result<Vec<u32>, SortError> {
    let mut cell_of = vec![board::NONE; task.rows()?];
    let mut board = start(task, progress.part(0.0, 0.01))?;
    board.cells_into(&mut cell_of);
    publish(&cell_of, Stage::Start);
    let mut last = Instant::now();
    let mut tell = |board: &Board, stage| {
        if last.elapsed() >= BETWEEN {
            board.cells_into(&mut cell_of);
            publish(&cell_of, stage);
            last = Instant::now();
        }
    };
    improve(task, &mut board, &mut tell, progress.part(0.01, 1.0))?;
    board.cells_into(&mut cell_of);
    publish(&cell_of, Stage::Done);
    Ok(cell_of)
}

/// A first place for everything: slices of the map, spread over the cells, or of the first two columns of the codes.
fn start(task: &Task<'_>, progress: Progress<'_>) -> Result<Board, SortError> {
    let (mut board, mut rows, mut spots) = Board::new(task)?;
    let width = board.width.max(1) as u32;
    let at = |spot: u32| [spot % width, spot / width];
    if let Some(map) = task.map {
        let place = |&row: &u32| map.get(row as usize).copied().unwrap_or_default().map(f64::from);
        let (mut places, cells): (Vec<_>, Vec<_>) =
            (rows.iter().map(place).collect(), spots.iter().map(|&spot| at(spot).map(f64::from)).collect());
        spread::spread(&mut places, &cells, progress.part(0.0, 0.9))?;
        let mut of_row = vec![[0.0_f32; 2]; task.rows()?];
        for (&row, place) in rows.iter().zip(places) {
            if let Some(own) = of_row.get_mut(row as usize) {
                *own = place.map(|at| at as f32);
            }
        }
        let place = |row: u32| of_row.get(row as usize).copied().unwrap_or_default();
        slices::assign(&mut rows, &mut spots, &place, &at, progress.part(0.9, 1.0))?;
    } else {
        let place = |row: u32| {
            [0, 1].map(|axis| {
                let value = if axis < task.width { task.codes.get(row as usize * task.width + axis) } else { None };
                value.map_or(0.0, |&value| f32::from(value))
            })
        };
        slices::assign(&mut rows, &mut spots, &place, &at, progress)?;
    }
    for (&row, &spot) in rows.iter().zip(&spots) {
        board.rows[spot as usize] = row;
    }
    Ok(board)
}

/// How a board is improved.
struct Plan {
    /// Radius of the first window in cells; that of the last is 1.
    radius: f64,
    passes: usize,
    /// Drawings of a group in a pass.
    group: usize,
    swaps: usize,
    /// Drawings of a group in a pass of swaps.
    swap_group: usize,
}

impl Plan {
    /// More passes make it better; small boards can afford more of them. The figures were found by trial.
    fn new(task: &Task<'_>, board: &Board, rows: usize) -> Self {
        let side = board.width.max(board.height) as f64;
        let passes = |work: usize, least: usize, most: usize| (work / rows.max(1)).clamp(least, most).min(16 + rows);
        if task.map.is_some() {
            // The map is better than what passes with wide windows make; they would only undo it.
            let (passes, swaps) = (passes(3_000_000, 10, 100), passes(12_000_000, 60, 400));
            return Self { radius: 2.7, passes, group: 16, swaps, swap_group: 16 };
        }
        let (group, passes, swaps) = (9, passes(24_000_000, 60, 300), passes(6_000_000, 40, 200));
        Self { radius: 0.25 * side, passes, group, swaps, swap_group: 9 }
    }

    /// The radius of a pass: it falls by the same factor from one to the next.
    fn radius(&self, pass: usize) -> usize {
        let part = pass as f64 / self.passes.saturating_sub(1).max(1) as f64;
        self.radius.max(1.0).powf(1.0 - part) as usize
    }
}

/// Columns and lines of the tiles whose drawings change places; half of a tile's spots take part in a pass.
const SWAP_SIDE: usize = 9;

fn improve(
    task: &Task<'_>,
    board: &mut Board,
    tell: &mut dyn FnMut(&Board, Stage),
    progress: Progress<'_>,
) -> Result<(), SortError> {
    let rows = board.rows.iter().filter(|&&row| row != board::NONE).count();
    if rows < 2 {
        return Ok(());
    }
    let plan = Plan::new(task, board, rows);
    board.lay(task, progress.part(0.0, 0.01))?;
    let mut seeds = Random::new(task.seed, 0);
    let mut means = Vec::new();
    // A pass of swaps costs about half as much as another one, as it moves half of the spots.
    let all = (plan.passes + plan.swaps.div_ceil(2)) as f64;
    let part = |from: f64, to: f64| progress.part(0.01 + 0.99 * from / all, 0.01 + 0.99 * to / all);
    for pass in 0..plan.passes {
        let at = pass as f64;
        let window = passes::Window { radius: plan.radius(pass), group: plan.group, seed: seeds.next() };
        passes::pass(board, &window, &mut means, part(at, at + 1.0))?;
        // Wide windows undo something of a map before it becomes better than it was.
        if task.map.is_none() {
            tell(board, Stage::Passes);
        }
    }
    for pass in 0..plan.swaps {
        let at = plan.passes as f64 + pass as f64 / 2.0;
        swaps::pass(board, pass, SWAP_SIDE, plan.swap_group, seeds.next(), part(at, at + 0.5))?;
        tell(board, Stage::Swaps);
    }
    Ok(())
}
