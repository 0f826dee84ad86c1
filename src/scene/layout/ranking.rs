//! The order of a column's values in blocks, legends and palettes.

use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;
use std::cmp::Ordering;

/// Codes that are counted between two looks at whether that is wanted, and at least by one thread.
const COUNTED: usize = 1 << 20;
const COUNTED_BY_ONE: usize = 1 << 14;

/// The places of values in their dictionary, the most frequent of the codes first, ties by value. Codes that are none of the dictionary
/// count for nothing. Fails where it is given up.
pub fn by_frequency(codes: &[u32], values: &[String], progress: Progress<'_>) -> Result<Vec<usize>, Cancelled> {
    let none = || vec![0_u32; values.len()];
    let both = |mut a: Vec<u32>, b: Vec<u32>| {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        a
    };
    let count = |codes: &[u32]| {
        let mut counts = none();
        for &code in codes {
            if let Some(count) = counts.get_mut(code as usize) {
                *count += 1;
            }
        }
        counts
    };
    let mut counts = none();
    for (at, block) in codes.chunks(COUNTED).enumerate() {
        progress.reach((at * COUNTED) as f64 / codes.len() as f64)?;
        // There may be as many values as rows: few lists of counts are made.
        let part = block.len().div_ceil(rayon::current_num_threads()).max(COUNTED_BY_ONE);
        counts = both(counts, block.par_chunks(part).map(count).reduce(none, both));
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    let ranked = |value: usize| (counts.get(value).copied().unwrap_or(0), values.get(value));
    order.sort_by(|&a, &b| by_count_then_value(ranked(a), ranked(b)));
    Ok(order)
}

/// The order of values in blocks, legends and palettes: the most frequent first, ties by value.
pub fn by_count_then_value(a: (u32, Option<&String>), b: (u32, Option<&String>)) -> Ordering {
    b.0.cmp(&a.0).then_with(|| compare(a.1, b.1))
}

/// Values that begin with numbers (bins do) by these, then the others as texts.
fn compare(a: Option<&String>, b: Option<&String>) -> Ordering {
    let number =
        |value: Option<&String>| value?.split(' ').next()?.parse::<f64>().ok().filter(|number| !number.is_nan());
    match (number(a), number(b)) {
        (Some(first), Some(second)) => first.total_cmp(&second).then_with(|| a.cmp(&b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(&b),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn many_codes_are_counted_as_one_by_one() {
        let values: Vec<String> = (0..50).map(|value| format!("v{value:02}")).collect();
        // More than are counted at once; some name no value.
        let codes: Vec<u32> = (0..(COUNTED + 70_000) as u32)
            .map(|row| row.wrapping_mul(2_654_435_761) >> 16)
            .map(|code| if code % 7 == 0 { u32::MAX } else { (code % 53).max(code % 31) })
            .collect();
        let mut plainly: Vec<(usize, usize)> = (0..values.len())
            .map(|value| (codes.iter().filter(|&&code| code as usize == value).count(), value))
            .collect();
        plainly.sort_by_key(|&(count, value)| (std::cmp::Reverse(count), value));
        let plainly: Vec<usize> = plainly.into_iter().map(|(_, value)| value).collect();
        assert_ne!(plainly, (0..values.len()).collect::<Vec<_>>());
        assert_eq!(by_frequency(&codes, &values, Progress::NONE).unwrap(), plainly);
        assert_eq!(by_frequency(&[], &values, Progress::NONE).unwrap(), (0..50).collect::<Vec<_>>());
    }
}
