//! Reading rows from anywhere: in the order of their positions, neighbours at once.

use super::error::{ImageError, ImageFault};
use super::{Element, ImageSource, at};

/// Bytes that are held besides the caller's buffer, or one drawing where that is more.
const BLOCK_BYTES: usize = 4 << 20;

/// See [`ImageSource::read_scattered`].
pub(super) fn read<S: ImageSource + ?Sized>(source: &S, rows: &[u32], out: &mut [u8]) -> Result<(), ImageError> {
    let drawing = source.drawing_bytes();
    if rows.len().checked_mul(drawing) != Some(out.len()) {
        return Err(at(source, ImageFault::Buffer { len: out.len(), drawing }));
    }
    let most = u32::try_from(BLOCK_BYTES / drawing).unwrap_or(u32::MAX).max(1);
    // What nobody asked for must not be refused: a bool may be damaged.
    let gap = if source.element() == Element::Bool { 0 } else { source.reread().gap_bytes() / drawing };
    // Each row with its place in `out`.
    let mut wanted: Vec<(u32, usize)> = rows.iter().copied().zip(0..).collect();
    wanted.sort_unstable();
    let mut block = Vec::new();
    let mut rest = wanted.as_slice();
    while let Some(&(first, _)) = rest.first() {
        let run = run(rest, gap as u32, most);
        let (some, after) = rest.split_at(run.wanted);
        rest = after;
        block.resize(run.rows as usize * drawing, 0);
        source.read_rows(first, &mut block)?;
        for &(row, place) in some {
            let from = (row - first) as usize * drawing;
            let (to, from) = (out.get_mut(place * drawing..(place + 1) * drawing), block.get(from..from + drawing));
            if let (Some(to), Some(from)) = (to, from) {
                to.copy_from_slice(from);
            }
        }
    }
    Ok(())
}

/// Rows that are read at once.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    /// How many are read.
    rows: u32,
    /// How many of the wanted ones are among them.
    wanted: usize,
}

/// The first of some rows, sorted, and those that lie so near that one read is best; at least one, `most` at most.
fn run(rows: &[(u32, usize)], gap: u32, most: u32) -> Run {
    let first = rows.first().map_or(0, |(row, _)| *row);
    let mut last = first;
    let mut wanted = 0;
    for &(row, _) in rows {
        if row - last > gap.saturating_add(1) || row - first >= most {
            break;
        }
        last = row;
        wanted += 1;
    }
    Run { rows: last - first + 1, wanted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_read_at_once_and_no_more_than_fit() {
        let rows = |rows: &[u32]| rows.iter().copied().zip(0..).collect::<Vec<_>>();
        assert_eq!(run(&rows(&[5, 6, 6, 7, 9]), 0, 100), Run { rows: 3, wanted: 4 });
        assert_eq!(run(&rows(&[5, 6, 6, 7, 9, 12]), 1, 100), Run { rows: 5, wanted: 5 });
        assert_eq!(run(&rows(&[5, 6, 7, 8]), 0, 2), Run { rows: 2, wanted: 2 });
        assert_eq!(run(&rows(&[5, 5, 5]), 0, 1), Run { rows: 1, wanted: 3 });
        assert_eq!(run(&rows(&[u32::MAX - 1]), u32::MAX, 1), Run { rows: 1, wanted: 1 });
    }
}
