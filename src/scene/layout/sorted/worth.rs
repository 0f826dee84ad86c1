//! What a sorted grid is worth.

use super::cells::Cells;
use super::unsorted;
use crate::likeness::code::Codes;
use crate::likeness::sorted::quality;
use crate::progress::Progress;
use crate::scene::layout::LayoutError;
use crate::words::thousands;

/// Drawings whose neighbours are looked at: so many give the quality within 0.005.
const SAMPLE: usize = 1500;
/// Drawings that each is compared with, all together: a large set is judged by fewer, so that judging takes less than sorting.
const COMPARISONS: usize = 100_000_000;
/// Of each block at least so many are looked at, and of any set.
const LEAST: usize = 50;
/// A grid of fewer drawings is always as good as it can be.
const FEWEST: usize = 3;

/// How well it is sorted, in words: as a whole, or in the mean of its blocks. Nothing where there is nothing to sort.
pub(super) fn in_words(
    codes: &Codes,
    cells: &Cells,
    cell_of: &[u32],
    progress: Progress<'_>,
) -> Result<Option<String>, LayoutError> {
    let seen = (0..codes.rows()).filter(|&row| !codes.is_blank(row));
    if seen.take(FEWEST).count() < FEWEST {
        return Ok(None);
    }
    let rows = cell_of.len();
    let most = SAMPLE.min(COMPARISONS / rows.max(1)).max(LEAST);
    let Some(groups) = cells.groups() else {
        let columns = cells.columns;
        let found = quality(codes.values(), codes.width(), cell_of, columns, most, 0, progress).map_err(unsorted)?;
        return Ok(Some(said("this grid is", found, most, rows)));
    };
    let (mut sum, mut judged, mut looked_at) = (0.0, 0, 0);
    let mut done = 0;
    for (own, _) in groups {
        let part = |rows_done: usize| rows_done as f64 / rows as f64;
        let progress = progress.part(part(done), part(done + own.len()));
        done += own.len();
        if own.len() < FEWEST {
            continue;
        }
        let (codes, sample) = (codes.taken(own), (most * own.len()).div_ceil(rows).max(LEAST));
        let own_cells: Vec<u32> = own.iter().filter_map(|&row| cell_of.get(row as usize).copied()).collect();
        let found = quality(codes.values(), codes.width(), &own_cells, cells.columns, sample, 0, progress);
        sum += found.map_err(unsorted)? * own.len() as f64;
        judged += own.len();
        looked_at += sample.min(own.len());
    }
    Ok((judged > 0).then(|| said("the blocks of this grid are in the mean", sum / judged as f64, looked_at, judged)))
}

/// "this grid is sorted to a DPQ16 of 0.861 (1 is best; by 1,500 of its drawings)".
fn said(what: &str, quality: f64, looked_at: usize, rows: usize) -> String {
    let by =
        if looked_at < rows { format!("; by {} of its drawings", thousands(looked_at as u64)) } else { String::new() };
    format!("{what} sorted to a DPQ16 of {quality:.3} (1 is best{by})")
}
