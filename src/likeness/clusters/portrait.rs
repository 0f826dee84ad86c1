//! What shows a cluster: the drawing in its middle, and eight that show how far it reaches.

use crate::progress::{Cancelled, Progress};

/// Drawings that show what a cluster is.
pub const REPRESENTATIVES: usize = 8;

/// Rows looked at between two looks at whether it is still wanted.
const LOOK: usize = 1 << 13;

/// The row of a cluster whose summed squared distance to all of its rows is least, exactly, by the codes (all rows × `width`); the
/// first of several, and none of no rows. It is found in time that grows as the cluster does, as it is the row next to the mean.
pub fn medoid(codes: &[i8], width: usize, rows: &[u32], progress: Progress<'_>) -> Result<Option<u32>, Cancelled> {
    let mut sums = vec![0_i64; width];
    for block in rows.chunks(LOOK) {
        progress.reach(0.0)?;
        for &row in block {
            for (sum, &value) in sums.iter_mut().zip(code(codes, width, row)) {
                *sum += i64::from(value);
            }
        }
    }
    let mut best: Option<(i64, u32)> = None;
    for (at, block) in rows.chunks(LOOK).enumerate() {
        progress.reach(0.5 + 0.5 * (at * LOOK) as f64 / rows.len() as f64)?;
        for &row in block {
            // The summed squared distance less what is the same for all rows.
            let away = code(codes, width, row).iter().zip(&sums).map(|(&value, sum)| {
                let value = i64::from(value);
                value * (value * rows.len() as i64 - 2 * sum)
            });
            let away: i64 = away.sum();
            if best.is_none_or(|best| (away, row) < best) {
                best = Some((away, row));
            }
        }
    }
    Ok(best.map(|(_, row)| row))
}

/// Up to eight rows that show how far a cluster reaches: its medoid, then each time the row farthest from all that stand there
/// already, among the half of the rows that is nearest to the medoid; rows farther out are often no good examples. Fewer where
/// the cluster has fewer rows that differ.
pub fn representatives(
    codes: &[i8],
    width: usize,
    rows: &[u32],
    medoid: u32,
    progress: Progress<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let away = |row: u32, other: u32| -> i64 {
        let pairs = code(codes, width, row).iter().zip(code(codes, width, other));
        pairs.map(|(&a, &b)| (i64::from(a) - i64::from(b)).pow(2)).sum()
    };
    let mut near: Vec<(i64, u32)> = Vec::with_capacity(rows.len());
    for block in rows.chunks(LOOK) {
        progress.reach(0.0)?;
        near.extend(block.iter().map(|&row| (away(row, medoid), row)));
    }
    // Small clusters are shown whole.
    let half = rows.len().div_ceil(2).max(rows.len().min(2 * REPRESENTATIVES));
    if half < near.len() {
        near.select_nth_unstable(half);
        near.truncate(half);
    }
    let mut found = vec![medoid];
    while found.len() < REPRESENTATIVES {
        // Of those equally far the first row.
        let next = near.iter().max_by_key(|&&(away, row)| (away, std::cmp::Reverse(row)));
        let Some(&(1.., next)) = next else { break };
        found.push(next);
        for block in near.chunks_mut(LOOK) {
            progress.reach(found.len() as f64 / REPRESENTATIVES as f64)?;
            for (least, row) in block {
                *least = (*least).min(away(*row, next));
            }
        }
    }
    Ok(found)
}

fn code(codes: &[i8], width: usize, row: u32) -> &[i8] {
    let from = (row as usize).saturating_mul(width);
    codes.get(from..from.saturating_add(width)).unwrap_or_default()
}
