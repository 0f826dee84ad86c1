//! Looking at all values of sources, on all cores, before it is known which bytes they become.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{ImageError, ImageSource};
use crate::data::file::{FileError, FileFault};
use crate::data::values::{Finer, Spread};

/// Values that a thread looks at in one go, or one drawing where that is more.
const BLOCK_VALUES: usize = 1 << 17;

/// Sources and the rows of them that count.
pub type Rows<'a> = [(&'a dyn ImageSource, Range<u32>)];

/// Hears how much has been looked at, 0 to 1, and says whether to go on; from any thread.
pub type Watch<'a> = dyn Fn(f64) -> bool + Sync + 'a;

/// How all values of some rows are spread.
pub fn spread_of(rows: &Rows<'_>, watch: &Watch<'_>) -> Result<Spread, ImageError> {
    counted(rows, watch, &Spread::default, &Spread::count, &|sum, more| sum.plus(more))
}

/// The same values once more, as [`Spread::finer`] asks for them.
pub fn finer_of(rows: &Rows<'_>, wanted: &Finer, watch: &Watch<'_>) -> Result<Finer, ImageError> {
    counted(rows, watch, &|| wanted.emptied(), &Finer::count, &|sum, more| sum.plus(more))
}

/// Counts by blocks on all cores. The order of the sums is open, which whole numbers do not mind.
fn counted<T: Send>(
    rows: &Rows<'_>,
    watch: &Watch<'_>,
    empty: &(dyn Fn() -> T + Sync),
    count: &(dyn Fn(&mut T, &[f64], usize) + Sync),
    plus: &(dyn Fn(T, &T) -> T + Sync),
) -> Result<T, ImageError> {
    let mut total = empty();
    let all: u64 = rows.iter().map(|(_, rows)| rows.len() as u64).sum();
    let looked_at = AtomicU64::new(0);
    for (source, rows) in rows {
        let values = source.height() as usize * source.width() as usize * source.file_channels() as usize;
        let block = u32::try_from(BLOCK_VALUES / values.max(1)).unwrap_or(u32::MAX).max(1);
        let blocks = rows.len().div_ceil(block as usize);
        let one = |(mut sum, mut values): (T, Vec<f64>), number: usize| {
            let first = rows.start.saturating_add(u32::try_from(number).unwrap_or(u32::MAX).saturating_mul(block));
            let these = block.min(rows.end.saturating_sub(first));
            let before = looked_at.fetch_add(these.into(), Ordering::Relaxed);
            if !watch(before as f64 / all.max(1) as f64) {
                let path = source.path().unwrap_or(Path::new("")).to_path_buf();
                return Err(FileError { fault: FileFault::Cancelled, path }.into());
            }
            source.own_values(first, these, &mut values)?;
            count(&mut sum, &values, source.file_channels() as usize);
            Ok::<_, ImageError>((sum, values))
        };
        let all = (0..blocks).into_par_iter().with_min_len(4).try_fold(|| (empty(), Vec::new()), one);
        let sum = all.map(|sum| sum.map(|(sum, _)| sum)).try_reduce(empty, |sum, more| Ok(plus(sum, &more)))?;
        total = plus(total, &sum);
    }
    Ok(total)
}
