//! Rows sorted by small whole numbers, in linear time.

use crate::progress::{Cancelled, Progress};

/// The rows sorted by chunk, or none where ascending rows are so already (the usual case).
pub(super) fn rows_by_chunk(
    rows: u32,
    chunk_of: &dyn Fn(u32) -> u16,
    progress: Progress<'_>,
) -> Result<Option<Vec<u32>>, Cancelled> {
    let (mut last, mut ascending) = (0, true);
    for block in progress.part(0.0, 0.3).blocks(rows) {
        ascending &= block?.all(|row| {
            let chunk = chunk_of(row);
            let fits = chunk >= last;
            last = chunk;
            fits
        });
        if !ascending {
            break;
        }
    }
    if ascending {
        return Ok(None);
    }
    let (keys, key_of) = (usize::from(u16::MAX) + 1, |row| u32::from(chunk_of(row)));
    Ok(Some(counting_sort(rows, keys, &|i| i, &key_of, progress.part(0.3, 1.0))?.0))
}

/// Sorts the items `sequence(0..count)` stably by key; also returns where each key begins (`keys + 1` entries).
pub(super) fn counting_sort(
    count: u32,
    keys: usize,
    sequence: &dyn Fn(u32) -> u32,
    key_of: &dyn Fn(u32) -> u32,
    progress: Progress<'_>,
) -> Result<(Vec<u32>, Vec<u32>), Cancelled> {
    let mut starts = vec![0_u32; keys + 1];
    for block in progress.part(0.0, 0.5).blocks(count) {
        for i in block? {
            starts[key_of(sequence(i)) as usize + 1] += 1;
        }
    }
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    let mut sorted = vec![0_u32; count as usize];
    // `starts[k]` walks to the beginning of key k + 1 while filling, so the table ends up shifted by one place.
    for block in progress.part(0.5, 1.0).blocks(count) {
        for i in block? {
            let item = sequence(i);
            let place = &mut starts[key_of(item) as usize];
            sorted[*place as usize] = item;
            *place += 1;
        }
    }
    starts.rotate_right(1);
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    Ok((sorted, starts))
}
