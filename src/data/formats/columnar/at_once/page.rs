//! The values of a page, where it holds nothing but values: no list and no value is missing, and all lists are as long as they should be.

use std::sync::Arc;

use parquet::basic::{Encoding, Type};
use parquet::column::page::Page;

use super::Leaf;
use super::hybrid::{Damaged, Run, Runs};
use super::places;

/// The values that a page of indices refers to, one after the other.
#[derive(Debug, Default)]
pub(super) struct Dictionary(pub(super) Arc<Vec<u8>>);

impl Dictionary {
    /// Those of a page.
    pub(super) fn of(leaf: &Leaf, page: &Page) -> Result<Self, Damaged> {
        let Page::DictionaryPage { buf, num_values, encoding: Encoding::PLAIN | Encoding::PLAIN_DICTIONARY, .. } = page
        else {
            return Err(Damaged);
        };
        let bytes =
            (*num_values as usize).checked_mul(leaf.width).filter(|bytes| *bytes <= buf.len()).ok_or(Damaged)?;
        let mut values = vec![0; bytes];
        plain(leaf, buf, &mut values)?;
        Ok(Self(Arc::new(values)))
    }
}

/// Puts the values of a page into `out`, which has room for just these; the first is the `first` of its column.
pub(super) fn values(
    leaf: &Leaf,
    page: &Page,
    dictionary: &Dictionary,
    first: u64,
    out: &mut [u8],
) -> Result<(), Damaged> {
    let (buf, numbers, encoding, levels) = match page {
        Page::DataPage { buf, num_values, encoding, def_level_encoding, rep_level_encoding, .. } => {
            let levels = [(leaf.repetition, rep_level_encoding), (leaf.definition, def_level_encoding)];
            if levels.iter().any(|(most, encoding)| *most > 0 && **encoding != Encoding::RLE) {
                return Err(Damaged);
            }
            (buf, *num_values, *encoding, None)
        }
        Page::DataPageV2 {
            buf, num_values, encoding, rep_levels_byte_len, def_levels_byte_len, num_nulls: 0, ..
        } => (buf, *num_values, *encoding, Some((*rep_levels_byte_len, *def_levels_byte_len))),
        _ => return Err(Damaged),
    };
    let numbers = numbers as usize;
    if numbers.checked_mul(leaf.width) != Some(out.len()) {
        return Err(Damaged);
    }
    let mut rest = buf.as_ref();
    // In version 1 a length stands in front of the levels, and levels that can have but one value are left out.
    let mut next = |most: i16, length: Option<u32>| {
        let length = match length {
            Some(length) => length,
            None if most == 0 => 0,
            None => u32::from_le_bytes(*taken(&mut rest, 4)?.first_chunk().ok_or(Damaged)?),
        };
        taken(&mut rest, length as usize)
    };
    let repetitions = next(leaf.repetition, levels.map(|lengths| lengths.0))?;
    let definitions = next(leaf.definition, levels.map(|lengths| lengths.1))?;
    refuse_unless_lists(leaf, repetitions, numbers, first)?;
    refuse_unless_there(leaf, definitions, numbers)?;
    match encoding {
        Encoding::PLAIN => plain(leaf, rest, out),
        Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
            let (bits, places) = rest.split_first().ok_or(Damaged)?;
            // As the places of most pixels are.
            if leaf.width == 1 && *bits == 8 {
                places::bytes(places, &dictionary.0, out)
            } else {
                indexed(leaf, *bits, places, dictionary, out)
            }
        }
        _ => Err(Damaged),
    }
}

fn taken<'a>(from: &mut &'a [u8], bytes: usize) -> Result<&'a [u8], Damaged> {
    let (taken, rest) = from.split_at_checked(bytes).ok_or(Damaged)?;
    *from = rest;
    Ok(taken)
}

/// Refuses levels where a value does not begin the lists that it should, and no other.
fn refuse_unless_lists(leaf: &Leaf, bytes: &[u8], numbers: usize, first: u64) -> Result<(), Damaged> {
    if leaf.repetition == 0 {
        return Ok(());
    }
    let innermost = leaf.lists.last().copied().unwrap_or(1) as u64;
    let within = leaf.repetition as u32;
    let mut runs = Runs::new(bytes, bits_of(leaf.repetition), numbers).ok_or(Damaged)?;
    let mut at = first;
    while let Some(run) = runs.next()? {
        match run {
            // Most values follow one of the same list.
            Run::Repeated(level, numbers)
                if level == within && !at.is_multiple_of(innermost) && at % innermost + numbers as u64 <= innermost =>
            {
                at += numbers as u64;
            }
            Run::Repeated(level, numbers) => {
                if (0..numbers as u64).any(|number| leaf.level(at + number) != level) {
                    return Err(Damaged);
                }
                at += numbers as u64;
            }
            Run::Packed(packed, numbers) => {
                let mut is_so = true;
                runs.unpack(packed, numbers, &mut |level| {
                    is_so &= leaf.level(at) == level;
                    at += 1;
                });
                if !is_so {
                    return Err(Damaged);
                }
            }
        }
    }
    Ok(())
}

/// Refuses levels by which something is missing.
fn refuse_unless_there(leaf: &Leaf, bytes: &[u8], numbers: usize) -> Result<(), Damaged> {
    if leaf.definition == 0 {
        return Ok(());
    }
    let there = leaf.definition as u32;
    let mut runs = Runs::new(bytes, bits_of(leaf.definition), numbers).ok_or(Damaged)?;
    while let Some(run) = runs.next()? {
        let is_so = match run {
            Run::Repeated(level, _) => level == there,
            Run::Packed(packed, numbers) => {
                let mut all = true;
                runs.unpack(packed, numbers, &mut |level| all &= level == there);
                all
            }
        };
        if !is_so {
            return Err(Damaged);
        }
    }
    Ok(())
}

/// How many bits levels take, of which this is the highest.
fn bits_of(most: i16) -> u8 {
    (16 - most.leading_zeros()) as u8
}

/// Values one after the other, as many as there is room for.
fn plain(leaf: &Leaf, bytes: &[u8], out: &mut [u8]) -> Result<(), Damaged> {
    let exactly = |bytes_of_all: usize| bytes.get(..bytes_of_all).ok_or(Damaged);
    match (leaf.physical, leaf.width) {
        // Smaller numbers lie as these.
        (Type::INT32, width @ (1 | 2)) => {
            let all = exactly((out.len() / width).checked_mul(4).ok_or(Damaged)?)?;
            let values = all.as_chunks::<4>().0.iter().map(|four| i32::from_le_bytes(*four));
            let is_within = |value: i32| leaf.range.0 <= value && value <= leaf.range.1;
            if !values.clone().all(is_within) {
                return Err(Damaged);
            }
            if width == 1 {
                out.iter_mut().zip(values).for_each(|(to, value)| *to = value as u8);
            } else {
                let pairs = out.as_chunks_mut::<2>().0;
                pairs.iter_mut().zip(values).for_each(|(to, value)| *to = (value as u16).to_le_bytes());
            }
        }
        (Type::BYTE_ARRAY, width) => {
            let mut rest = bytes;
            for to in out.chunks_exact_mut(width) {
                let length = u32::from_le_bytes(*taken(&mut rest, 4)?.first_chunk().ok_or(Damaged)?);
                if length as usize != width {
                    return Err(Damaged);
                }
                to.copy_from_slice(taken(&mut rest, width)?);
            }
        }
        _ => out.copy_from_slice(exactly(out.len())?),
    }
    Ok(())
}

/// Values by their places in the dictionary, of so many bits each.
fn indexed(
    leaf: &Leaf,
    bits: u8,
    places: &[u8],
    Dictionary(values): &Dictionary,
    out: &mut [u8],
) -> Result<(), Damaged> {
    let width = leaf.width;
    let mut runs = Runs::new(places, bits, out.len() / width).ok_or(Damaged)?;
    let value = |place: u32| values.get(place as usize * width..(place as usize + 1) * width);
    let mut rest = out.chunks_exact_mut(width);
    while let Some(run) = runs.next()? {
        match run {
            Run::Repeated(place, numbers) => {
                let value = value(place).ok_or(Damaged)?;
                rest.by_ref().take(numbers).for_each(|to| to.copy_from_slice(value));
            }
            Run::Packed(packed, numbers) => {
                let mut is_so = true;
                runs.unpack(packed, numbers, &mut |place| match (value(place), rest.next()) {
                    (Some(value), Some(to)) => to.copy_from_slice(value),
                    _ => is_so = false,
                });
                if !is_so {
                    return Err(Damaged);
                }
            }
        }
    }
    Ok(())
}
