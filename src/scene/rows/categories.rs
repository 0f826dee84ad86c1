//! Colours of categories: which value gets which, and the colours themselves.

use crate::progress::Progress;
use crate::scene::layout::by_frequency;
use crate::scene::palette::{Rgb, Theme};

/// Values beyond those that have a colour of their own.
const OTHER: Rgb = [0xA6, 0xA6, 0xA6];
/// Rows without a value.
pub(super) const NO_VALUE: Rgb = [0x80, 0x80, 0x80];

/// The eight of Masataka Okabe and Kei Ito (2002), told apart with any colour vision. The last one is the ground's opposite:
/// their black could not be seen on a dark ground.
const FIRST: [Rgb; 7] = [
    [0xE6, 0x9F, 0x00],
    [0x56, 0xB4, 0xE9],
    [0x00, 0x9E, 0x73],
    [0xF0, 0xE4, 0x42],
    [0x00, 0x72, 0xB2],
    [0xD5, 0x5E, 0x00],
    [0xCC, 0x79, 0xA7],
];

/// Twenty more of medium lightness, each as far as possible from all before it and from the grounds, in CIELAB, half of that
/// distance counted as three colour deficiencies see it.
const MORE: [Rgb; 20] = [
    [0x78, 0x00, 0xF0],
    [0x00, 0xD8, 0x00],
    [0xF0, 0x30, 0xD8],
    [0x60, 0x78, 0x00],
    [0xF0, 0x00, 0x60],
    [0x90, 0x48, 0x30],
    [0x60, 0x48, 0xC0],
    [0x90, 0xD8, 0x60],
    [0xD8, 0xA8, 0x78],
    [0xA8, 0x00, 0x78],
    [0xC0, 0x90, 0xF0],
    [0x00, 0xD8, 0xD8],
    [0xF0, 0x78, 0x78],
    [0xC0, 0x00, 0x18],
    [0x30, 0x60, 0x30],
    [0x78, 0x48, 0x90],
    [0x00, 0xD8, 0x90],
    [0xA8, 0x48, 0xF0],
    [0x18, 0xA8, 0x18],
    [0xA8, 0x78, 0x18],
];

/// Values that have a colour of their own.
pub const OWN: usize = FIRST.len() + 1 + MORE.len();

/// The palette of categories, entries from 1 on: the values with a colour of their own, all others, and missing ones.
pub fn palette(theme: Theme) -> Vec<Rgb> {
    let last = match theme {
        Theme::Paper => [0; 3],
        Theme::Night => [0xFF; 3],
    };
    FIRST.into_iter().chain([last]).chain(MORE).chain([OTHER, NO_VALUE]).collect()
}

/// For each code of a dictionary of `values` its entry of the palette, and that of missing values last: by count, then by value.
/// A code that is not in the dictionary is a missing value.
pub fn entries(codes: &[u32], values: &[String]) -> Vec<u8> {
    // Nobody gives it up.
    let order = by_frequency(codes, values, Progress::NONE).unwrap_or_default();
    let mut entries = vec![OWN as u8 + 1; values.len()];
    for (code, entry) in order.into_iter().take(OWN).zip(1..) {
        if let Some(slot) = entries.get_mut(code) {
            *slot = entry;
        }
    }
    entries.push(OWN as u8 + 2);
    entries
}

/// The entry of a code in what [`entries`] gives.
pub fn entry(entries: &[u8], code: u32) -> u8 {
    let last = entries.len().saturating_sub(1);
    entries.get((code as usize).min(last)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
