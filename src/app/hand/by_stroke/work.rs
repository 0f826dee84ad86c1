//! What the jobs do: rasterise the strokes of all drawings once; count the inks of some, and add their strokes up.

use super::ByStroke;
use crate::app::session::StrokeReader;
use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::values::InkTable;
use crate::jobs::{JobContext, JobError};
use crate::likeness::apart::{Packer, StrokesApart};
use crate::likeness::ink_counts::InkCounts;
use crate::words::size;
use rayon::prelude::*;
use std::sync::Arc;

/// Rows whose strokes are rasterised between two looks at whether they are wanted, and by one thread in one go.
const ROWS_AT_ONCE: usize = 4_096;
const ROWS_OF_THREAD: usize = 64;
/// Rows, evenly spaced, that foretell what all take.
const SAMPLE: u32 = 256;
/// Most memory for the strokes of all drawings.
const MOST_BYTES: u64 = 1 << 30;
/// Rows whose drawings one thread counts in one go, and bytes of them, unless one drawing is more.
const BLOCK_ROWS: usize = 1 << 12;
const BLOCK_BYTES: usize = 4 << 20;

/// Why strokes cannot be kept apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ApartError {
    /// They would need more memory than they may.
    #[error(
        "the strokes of {rows} drawings would take {bytes} of memory or more, of which {most} are allowed: open fewer (`--rows`)"
    )]
    TooLarge { rows: u32, bytes: String, most: String },
    /// There are none.
    #[error("the records hold no strokes")]
    NoStrokes,
}

/// How large strokes are rasterised: as the set's drawings where these are square and small.
fn side_of(dataset: &Dataset) -> u32 {
    if dataset.width() == dataset.height() { dataset.width().clamp(28, 64) } else { 28 }
}

/// Refuses to keep the strokes of all rows where those of some foretell too much.
fn refuse_unless_small(bytes: u64, sampled: u64, rows: u32) -> Result<(), ApartError> {
    let foretold = bytes * u64::from(rows) / sampled.max(1);
    if foretold > MOST_BYTES { Err(too_large(foretold, rows)) } else { Ok(()) }
}

fn too_large(bytes: u64, rows: u32) -> ApartError {
    let [bytes, most] = [bytes, MOST_BYTES].map(size);
    ApartError::TooLarge { rows, bytes, most }
}

/// Rasterises the strokes of all drawings, in parallel; refuses what would take too much memory before it does.
pub(super) fn rasterize(
    context: &JobContext<Arc<StrokesApart>, ApartError>,
    reader: &StrokeReader,
    dataset: &Dataset,
) -> Result<(), JobError<ApartError>> {
    let (rows, side) = (dataset.rows(), side_of(dataset));
    let pack = |rows: &[u32]| -> Vec<Vec<u8>> {
        let rows = rows.par_iter().with_min_len(ROWS_OF_THREAD);
        let one = |(reader, packer): &mut (StrokeReader, Packer), &row: &u32| {
            // Of a record that cannot be read there are none.
            reader.drawing(Row(row)).map(|drawing| packer.pack(drawing)).unwrap_or_default()
        };
        rows.map_init(|| (reader.another(), Packer::new(side)), one).collect()
    };
    let sample: Vec<u32> = (0..SAMPLE.min(rows))
        .map(|at| (u64::from(at) * u64::from(rows) / u64::from(SAMPLE.min(rows))) as u32)
        .collect();
    let taken: usize = pack(&sample).iter().map(Vec::len).sum();
    refuse_unless_small(taken as u64, sample.len() as u64, rows).map_err(JobError::Failed)?;
    let mut apart = StrokesApart::new(side);
    let mut has_some = false;
    let all: Vec<u32> = (0..rows).collect();
    for rows in all.chunks(ROWS_AT_ONCE) {
        context.check()?;
        for packed in pack(rows) {
            has_some |= !packed.is_empty();
            // A sample may have foretold too little.
            if !apart.push(&packed) || apart.bytes() as u64 > MOST_BYTES {
                return Err(JobError::Failed(too_large(MOST_BYTES, dataset.rows())));
            }
        }
        context.set_progress(rows.last().map_or(0, |last| last + 1) as f32 / dataset.rows().max(1) as f32);
    }
    if !has_some {
        return Err(JobError::Failed(ApartError::NoStrokes));
    }
    Ok(context.publish(Arc::new(apart))?)
}

/// Counts the inks of rows and adds their strokes up, in parallel.
pub(super) fn means(
    context: &JobContext<ByStroke, OpenError>,
    dataset: &Dataset,
    table: &InkTable,
    apart: Option<&StrokesApart>,
    rows: &[u32],
) -> Result<(), JobError<OpenError>> {
    let [width, height] = [dataset.width(), dataset.height()];
    let counts = match InkCounts::new(width, height) {
        Some(empty) => {
            let pixels = width as usize * height as usize;
            let block_rows = (BLOCK_BYTES / pixels.max(1)).clamp(1, BLOCK_ROWS);
            let count = |mut counts: InkCounts, rows: &[u32]| {
                context.check()?;
                let mut ink = vec![0; pixels * rows.len()];
                dataset.read_ink_scattered(rows, &mut ink, table).map_err(JobError::Failed)?;
                ink.chunks_exact(pixels.max(1)).for_each(|drawing| counts.add(drawing));
                Ok::<_, JobError<OpenError>>(counts)
            };
            let parts = rows.par_chunks(block_rows).try_fold(|| empty.clone(), count);
            Some(parts.try_reduce(|| empty.clone(), |all, more| Ok(all.merged(&more)))?)
        }
        // Counts take 1 KiB a pixel: those of large drawings would be too many.
        None => None,
    };
    let (parts, without) = apart.map(|apart| apart.sums(rows)).unwrap_or_default();
    let made = ByStroke {
        rows: rows.len() as u32,
        size: if counts.is_some() { [width, height] } else { [0; 2] },
        mean: counts.as_ref().map(InkCounts::mean).unwrap_or_default(),
        median: counts.map_or_else(Vec::new, |counts| {
            counts.median_doubled().into_iter().map(|twice| f32::from(twice) / 510.0).collect()
        }),
        side: apart.map_or(0, StrokesApart::side),
        parts: parts.iter().map(|part| (part.rows, part.mean())).collect(),
        without,
    };
    Ok(context.publish(made)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_take_too_much_memory_is_refused_before_it_does() {
        // 400 bytes a drawing: 60 MB, and 4 GB of ten million.
        assert_eq!(refuse_unless_small(256 * 400, 256, 150_152), Ok(()));
        let refused = refuse_unless_small(256 * 400, 256, 10_000_000);
        assert!(matches!(&refused, Err(ApartError::TooLarge { rows: 10_000_000, .. })), "{refused:?}");
        assert_eq!(refuse_unless_small(0, 0, 0), Ok(()));
    }
}
