//! Counts all values of a set, on all cores, in bounded memory.

use rayon::prelude::*;

use super::{Measure, Measured};
use crate::data::dataset::read::drawing_bytes;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::report::LoadReport;
use crate::data::values::{Tally, ValueRange};

/// What a thread reads at a time (one drawing at least).
const BLOCK_BYTES: usize = 1 << 20;
/// More made-up drawings than these are not drawn just to be counted: it would take seconds to hours.
const MOST_MADE: u32 = 20_000;

/// See [`Dataset::count_values`].
pub(in crate::data::dataset) fn count(
    dataset: &Dataset,
    on: &mut dyn FnMut(u32),
) -> Result<(Option<Tally>, Measured), OpenError> {
    let mut measure = Measure::new(dataset, true);
    if measure.made && dataset.rows() > MOST_MADE {
        return Ok((None, Measured { map: measure.map, flat: None, report: LoadReport::new() }));
    }
    let drawing = drawing_bytes(dataset);
    let block_rows = ((BLOCK_BYTES / drawing) as u32).max(1);
    // As many blocks at a time as keep all threads busy: their counts, not their values, wait for one another.
    let at_once = block_rows.saturating_mul(4 * rayon::current_num_threads() as u32);
    let mut next = 0;
    while next < dataset.rows() {
        let end = next.saturating_add(at_once).min(dataset.rows());
        let firsts: Vec<u32> = (next..end).step_by(block_rows as usize).collect();
        let read = |values: &mut Vec<u8>, first: u32| {
            values.resize(block_rows.min(end - first) as usize * drawing, 0);
            dataset.read_rows(first, values).map(|()| (first, measure.count(first, values)))
        };
        let counted: Vec<_> = firsts.into_par_iter().map_init(Vec::new, read).collect();
        for counted in counted {
            let (first, counts) = counted?;
            measure.add(first, counts);
        }
        next = end;
        on(next);
    }
    measure.settle(ValueRange::of(&measure.set.tally));
    let measured = measure.measured();
    Ok((Some(measure.set.tally), measured))
}
