//! A look at drawings from all over a set, before all of them are read.

use crate::data::dataset::{Dataset, OpenError};

/// What is read at most (one drawing at least): a millisecond or two.
pub(super) const SAMPLE_BYTES: usize = 1 << 20;
/// From how many places it is taken.
const PLACES: u64 = 16;

/// Hands on the values of drawings from all over the set, of all of them where that is not more; as long as `on` asks for more.
pub(super) fn sample(dataset: &Dataset, on: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), OpenError> {
    let drawing = dataset.drawing_bytes();
    let (rows, places) = if dataset.bytes() <= SAMPLE_BYTES as u64 {
        (dataset.rows(), 1)
    } else {
        let rows = (SAMPLE_BYTES / PLACES as usize / drawing.max(1)) as u32;
        (rows.clamp(1, dataset.rows().max(1)), PLACES)
    };
    let mut values = vec![0; rows as usize * drawing];
    let (mut read, last) = (0, u64::from(dataset.rows().saturating_sub(rows)));
    for place in 0..places {
        let first = last * place / (places - 1).max(1);
        dataset.read_rows(first as u32, &mut values)?;
        read += values.len();
        if !on(&values) || read >= SAMPLE_BYTES {
            break;
        }
    }
    Ok(())
}
