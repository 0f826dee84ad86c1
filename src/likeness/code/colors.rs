//! The code of pictures in colour before its reduction: the direction code of their luma, and beside it which colour lies where.
//!
//! Colours are multiplied by alpha, brought to 28 × 28 pixels as luma is, and averaged over 7 × 7 cells. How much they count was found
//! on pictures with labels (docs/performance.md): a fifth less or a third more changes next to nothing.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::resample::Resampler;
use super::{PIXELS, SIDE, direction};
use crate::atlas::premultiplied;
use crate::data::dataset::luma;

/// Values of a picture: those of the direction code, then red, green and blue of each cell.
pub(super) const VALUES: usize = direction::VALUES + CELLS * CELLS * COLORS;
/// Bytes of a pixel: red, green, blue, alpha.
pub(super) const CHANNELS: usize = 4;
const COLORS: usize = 3;
const CELLS: usize = 7;
/// Pixels of a cell along a side.
const CELL: usize = SIDE / CELLS;
/// What a full colour counts for beside directions of length 1.
const WEIGHT: f32 = 0.1;

/// The 539 values of a picture; all 0, and false, where nothing in it has a direction.
#[inline(always)]
pub(super) fn values(resampler: &Resampler, picture: &[u8], out: &mut [f32; VALUES]) -> bool {
    let pixels = picture.as_chunks::<CHANNELS>().0;
    let Some((directions, colors)) = out.split_first_chunk_mut::<{ direction::VALUES }>() else { return false };
    let mut plane: Vec<u8> = pixels.iter().map(|&pixel| luma(pixel)).collect();
    if !direction::values(&resampler.square(&plane), directions) {
        colors.fill(0.0);
        return false;
    }
    for channel in 0..COLORS {
        plane.clear();
        plane.extend(pixels.iter().map(|pixel| premultiplied(pixel[channel], pixel[CHANNELS - 1])));
        let sums = cell_sums(&resampler.square(&plane));
        for (color, sum) in colors.iter_mut().skip(channel).step_by(COLORS).zip(sums.as_flattened()) {
            *color = *sum as f32 * (WEIGHT / (255 * CELL * CELL) as f32);
        }
    }
    true
}

/// Sums over cells, line by line.
#[inline(always)]
fn cell_sums(square: &[u8; PIXELS]) -> [[u32; CELLS]; CELLS] {
    let mut sums = [[0; CELLS]; CELLS];
    for (y, line) in square.as_chunks::<SIDE>().0.iter().enumerate() {
        for (sum, values) in sums[y / CELL].iter_mut().zip(line.as_chunks::<CELL>().0) {
            *sum += values.iter().map(|&value| u32::from(value)).sum::<u32>();
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn directions_are_those_of_luma_and_each_cell_has_its_mean_colour() {
        // Left half red, right half green and half clear: 56 × 56 pixels, two of them a pixel of the square.
        let picture: Vec<u8> =
            (0..56 * 56).flat_map(|at| if at % 56 < 28 { [200, 0, 0, 255] } else { [0, 80, 0, 128] }).collect();
        let resampler = Resampler::new(56, 56).unwrap();
        let mut out = [0.0; VALUES];
        assert!(values(&resampler, &picture, &mut out));
        let ink: Vec<u8> = picture.as_chunks().0.iter().map(|&pixel| luma(pixel)).collect();
        let mut directions = [0.0; direction::VALUES];
        assert!(direction::values(&resampler.square(&ink), &mut directions));
        assert_eq!(out[..direction::VALUES], directions);
        let cells = out[direction::VALUES..].as_chunks::<COLORS>().0;
        assert_eq!(cells.len(), 49);
        for (at, cell) in cells.iter().enumerate() {
            // 80 · 128 / 255 is 40; the middle column lies half in both.
            let red = [200.0, 200.0, 200.0, 100.0, 0.0, 0.0, 0.0][at % 7];
            let green = [0.0, 0.0, 0.0, 20.0, 40.0, 40.0, 40.0][at % 7];
            for (found, expected) in cell.iter().zip([red, green, 0.0]) {
                assert!((found - 0.1 * expected / 255.0).abs() < 1e-6, "{at}: {cell:?}");
            }
        }
        // Of one colour: no line, and nothing to compare.
        assert!(!values(&resampler, &[9; 4 * 56 * 56], &mut out));
        assert!(out.iter().all(|&value| value == 0.0));
    }
}
