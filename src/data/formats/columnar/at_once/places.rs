//! Bytes by their places in a dictionary, a byte each: what a page of pixels is, and where the time goes that a set of them takes.
//!
//! Runs of pixels are short, a few dozen values: of each the head is read without a detour, and of places that differ two are looked up at
//! once.

use super::hybrid::{Damaged, head};

/// From so many values on it pays to make a table of all pairs.
const PAIRS_FROM: usize = 128 << 10;

/// Puts the values of a page into `out`, which has room for just these.
pub(super) fn bytes(places: &[u8], values: &[u8], out: &mut [u8]) -> Result<(), Damaged> {
    let mut table = [0_u8; 256];
    table.iter_mut().zip(values).for_each(|(to, from)| *to = *from);
    let pairs = (out.len() >= PAIRS_FROM).then(|| pairs(&table));
    let (mut rest, mut out) = (places, out);
    while !out.is_empty() {
        let head = head(&mut rest)?;
        let half = usize::try_from(head >> 1).map_err(|_| Damaged)?;
        if head & 1 == 0 {
            let (place, behind) = rest.split_first().ok_or(Damaged)?;
            let value = *values.get(usize::from(*place)).ok_or(Damaged)?;
            let (these, others) = out.split_at_mut(half.min(out.len()));
            these.fill(value);
            (rest, out) = (behind, others);
        } else {
            let (packed, behind) = rest.split_at_checked(half.checked_mul(8).ok_or(Damaged)?).ok_or(Damaged)?;
            // The last group of eight may hold more than there are.
            let (these, others) = out.split_at_mut(packed.len().min(out.len()));
            let packed = packed.get(..these.len()).ok_or(Damaged)?;
            let greatest = || packed.iter().copied().max().unwrap_or(0);
            if !these.is_empty() && values.len() < table.len() && usize::from(greatest()) >= values.len() {
                return Err(Damaged);
            }
            look_up(packed, &table, pairs.as_deref(), these);
            (rest, out) = (behind, others);
        }
    }
    Ok(())
}

/// The values at these places, as many as there is room for.
fn look_up(places: &[u8], table: &[u8; 256], pairs: Option<&[u16]>, out: &mut [u8]) {
    let value = |place: u8| table.get(usize::from(place)).copied().unwrap_or_default();
    let (eights, others) = out.as_chunks_mut::<8>();
    let (of_eights, of_others) = places.as_chunks::<8>();
    if let Some(pairs) = pairs.and_then(|pairs| <&[u16; 1 << 16]>::try_from(pairs).ok()) {
        for (to, places) in eights.iter_mut().zip(of_eights) {
            let places = u64::from_le_bytes(*places);
            let two = |shift: u32| u64::from(pairs[usize::from((places >> shift) as u16)]) << shift;
            *to = (two(0) | two(16) | two(32) | two(48)).to_le_bytes();
        }
    } else {
        eights.iter_mut().zip(of_eights).for_each(|(to, places)| *to = places.map(value));
    }
    others.iter_mut().zip(of_others).for_each(|(to, place)| *to = value(*place));
}

/// The values at any two places, the lower byte being that of the first.
fn pairs(table: &[u8; 256]) -> Vec<u16> {
    let mut pairs = vec![0; table.len() * table.len()];
    for (pairs, high) in pairs.chunks_exact_mut(table.len()).zip(table) {
        pairs.iter_mut().zip(table).for_each(|(pair, low)| *pair = u16::from_le_bytes([*low, *high]));
    }
    pairs
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::super::hybrid::{Run, Runs};
    use super::*;

    /// Runs of repeated and of packed places below `count`, as the format has them, of about `most` values; and how many.
    fn runs(most: usize, count: u32) -> (Vec<u8>, usize) {
        let (mut bytes, mut values, mut state) = (Vec::new(), 0, 1_u32);
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        while values < most {
            let (length, is_packed) = (1 + next(150), next(2) == 0);
            let head = length << 1 | u32::from(is_packed);
            // Of more than seven bits it goes on in the next byte.
            bytes.extend(if head < 128 { vec![head as u8] } else { vec![head as u8 | 0x80, (head >> 7) as u8] });
            let places = if is_packed { 8 * length } else { 1 };
            bytes.extend((0..places).map(|_| next(count) as u8));
            values += (if is_packed { 8 * length } else { length }) as usize;
        }
        (bytes, values)
    }

    /// The same, place by place.
    fn one_by_one(places: &[u8], values: &[u8], numbers: usize) -> Result<Vec<u8>, Damaged> {
        let (mut runs, mut all) = (Runs::new(places, 8, numbers).unwrap(), Vec::new());
        let mut on = |place: u32| all.push(values.get(place as usize).copied());
        while let Some(run) = runs.next()? {
            match run {
                Run::Repeated(place, numbers) => (0..numbers).for_each(|_| on(place)),
                Run::Packed(packed, numbers) => runs.unpack(packed, numbers, &mut on),
            }
        }
        all.into_iter().collect::<Option<_>>().ok_or(Damaged)
    }

    #[test]
    fn values_are_those_that_are_found_one_by_one() {
        let dictionary: Vec<u8> = (0..=u8::MAX).map(|value| value.wrapping_mul(167).wrapping_add(91)).collect();
        for (most, count) in [(500, 256), (500, 7), (PAIRS_FROM + 900, 256), (PAIRS_FROM + 900, 7)] {
            let values = &dictionary[..count];
            let (places, all) = runs(most, count as u32);
            // To the end, and to within its last run.
            for numbers in [all, all - 3] {
                let expected = one_by_one(&places, values, numbers).unwrap();
                let mut out = vec![9; numbers];
                bytes(&places, values, &mut out).unwrap();
                assert!(out == expected, "{most} {count} {numbers}");
            }
            let mut out = vec![0; all + 1];
            assert_eq!(bytes(&places, values, &mut out), Err(Damaged), "there is one less");
            assert_eq!(bytes(&places, &values[..count - 1], &mut out[..all]), Err(Damaged), "a place beyond the last");
        }
    }

    #[test]
    fn what_ends_early_or_has_no_end_is_damaged() {
        for places in [&[][..], &[0x10], &[0x03, 1, 2, 3], &[0xff; 9], &[0x80]] {
            assert_eq!(bytes(places, &[0; 256], &mut [0; 8]), Err(Damaged), "{places:?}");
        }
        // Runs of nothing before the one that is there.
        let mut out = [1; 3];
        assert_eq!(bytes(&[0, 5, 1, 6, 1], &[7, 8], &mut out), Err(Damaged));
        assert_eq!(bytes(&[0, 1, 1, 6, 1], &[7, 8], &mut out), Ok(()));
        assert_eq!(out, [8; 3]);
    }
}
