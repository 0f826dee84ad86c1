//! A grid whose groups are sorted each by itself: every group keeps its own cells.

use super::board::{Board, NONE};
use super::{SortError, Stage, Task, improve, start};
use crate::progress::Progress;
use std::time::Instant;

/// A group of rows and the cells that are theirs.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Its rows, in any order; a row stands in one group only.
    pub rows: &'a [u32],
    /// Its cells, at least as many as rows; a cell stands in one group only.
    pub cells: &'a [u32],
}

/// Sorts each group on its own cells, as [`super::sort`] does it for all: first a start for every group, then one group after
/// the other. `task.cells` counts for nothing; kept rows are kept in their groups. Rows in no group have the cell `u32::MAX`.
///
/// `publish` and what is returned are as in [`super::sort`], for all groups together.
pub fn sort_within(
    task: &Task<'_>,
    groups: &[Group<'_>],
    publish: &mut dyn FnMut(&[u32], Stage),
    progress: Progress<'_>,
) -> Result<Vec<u32>, SortError> {
    let rows = task.rows()?;
    let mut cell_of = vec![NONE; rows];
    // The group of each row, and its number in it.
    let mut group_of = vec![(NONE, 0); rows];
    let mut all = 0;
    for (number, group) in groups.iter().enumerate() {
        all += group.rows.len();
        for (at, &row) in group.rows.iter().enumerate() {
            match group_of.get_mut(row as usize) {
                Some(of) if of.0 == NONE => *of = (number as u32, at as u32),
                _ => return Err(SortError::Row { row }),
            }
        }
    }
    let mut cells: Vec<u32> = groups.iter().flat_map(|group| group.cells.iter().copied()).collect();
    cells.sort_unstable();
    if let Some(twice) = cells.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(SortError::CellTwice { cell: twice[0] });
    }
    let is_grouped = |&(row, _): &(u32, u32)| group_of.get(row as usize).is_some_and(|of| of.0 != NONE);
    if !task.kept.iter().all(is_grouped) {
        return Err(SortError::Kept);
    }
    let mut kept: Vec<Vec<(u32, u32)>> = vec![Vec::new(); groups.len()];
    for &(row, cell) in task.kept {
        let (group, number) = group_of[row as usize];
        kept[group as usize].push((number, cell));
    }
    // How far it is after so many rows; starts take little.
    let part = |from: f64, to: f64, done: usize, count: usize| {
        let at = |rows: usize| from + (to - from) * rows as f64 / all.max(1) as f64;
        progress.part(at(done), at(done + count))
    };
    let (mut done, mut starts) = (0, Vec::with_capacity(groups.len()));
    for (group, kept) in groups.iter().zip(&kept) {
        let progress = part(0.0, 0.02, done, group.rows.len());
        progress.reach(0.0)?;
        let own = Own::new(task, group, kept);
        let board = start(&own.task(task), progress)?;
        own.write(&board, &mut cell_of);
        starts.push(board.rows);
        done += group.rows.len();
    }
    publish(&cell_of, Stage::Start);
    let mut last = Instant::now();
    done = 0;
    for ((group, kept), start) in groups.iter().zip(&kept).zip(starts) {
        let progress = part(0.02, 1.0, done, group.rows.len());
        progress.reach(0.0)?;
        let own = Own::new(task, group, kept);
        let own_task = own.task(task);
        let (mut board, ..) = Board::new(&own_task)?;
        board.rows = start;
        let mut tell = |board: &Board, stage| {
            if last.elapsed() >= super::BETWEEN {
                own.write(board, &mut cell_of);
                publish(&cell_of, stage);
                last = Instant::now();
            }
        };
        improve(&own_task, &mut board, &mut tell, progress)?;
        own.write(&board, &mut cell_of);
        done += group.rows.len();
    }
    publish(&cell_of, Stage::Done);
    Ok(cell_of)
}

/// What a group needs of a task, its rows numbered from 0 on.
struct Own<'a> {
    group: &'a Group<'a>,
    codes: Vec<i8>,
    map: Option<Vec<[f32; 2]>>,
    kept: &'a [(u32, u32)],
}

impl<'a> Own<'a> {
    /// All rows exist.
    fn new(task: &Task<'_>, group: &'a Group<'a>, kept: &'a [(u32, u32)]) -> Self {
        let mut codes = Vec::with_capacity(group.rows.len() * task.width);
        for &row in group.rows {
            codes.extend_from_slice(&task.codes[row as usize * task.width..(row as usize + 1) * task.width]);
        }
        let map = task.map.map(|map| group.rows.iter().map(|&row| map[row as usize]).collect());
        Self { group, codes, map, kept }
    }

    fn task(&self, whole: &Task<'_>) -> Task<'_> {
        Task {
            codes: &self.codes,
            width: whole.width,
            columns: whole.columns,
            cells: Some(self.group.cells),
            kept: self.kept,
            map: self.map.as_deref(),
            seed: whole.seed,
        }
    }

    /// Writes the cells of the group's rows among those of all rows.
    fn write(&self, board: &Board, cell_of: &mut [u32]) {
        let mut own = vec![NONE; self.group.rows.len()];
        board.cells_into(&mut own);
        for (&row, cell) in self.group.rows.iter().zip(own) {
            cell_of[row as usize] = cell;
        }
    }
}
