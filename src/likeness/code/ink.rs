//! The ink code before its reduction: where ink lies, blurred (σ 1 px) and averaged over 2 × 2 pixels.
//!
//! The blur leaves little that is finer than two pixels: 196 values rank as the 784 do, at a sixteenth of the work for the reduction.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::{PIXELS, SIDE, scaled_to_unit};

/// Values of a drawing: line, then column.
pub(super) const VALUES: usize = PLACES * PLACES;
const PLACES: usize = SIDE / 2;
/// Places of a line, in a round number of registers.
const LINE: usize = 16;
/// A Gaussian of σ 1, normalised over 9 taps, from its middle outwards.
const BLUR: [f32; 5] = [0.398_943_47, 0.241_971_45, 0.053_991_13, 0.004_431_861_6, 0.000_133_830_63];
/// Blur and averaging along a line, as a matrix: pixel, then place. What lies beyond an edge is mirrored.
const ALONG: [[f32; LINE]; SIDE] = along();

const fn along() -> [[f32; LINE]; SIDE] {
    let mut matrix = [[0.0; LINE]; SIDE];
    let mut blurred = 0;
    while blurred < SIDE {
        let mut tap = 0;
        while tap < 2 * BLUR.len() - 1 {
            // Where the tap lies, moved by one drawing so that it is not negative.
            let at = SIDE + blurred + tap + 1 - BLUR.len();
            let pixel = match at {
                ..SIDE => SIDE - 1 - at,
                SIDE..56 => at - SIDE,
                _ => 3 * SIDE - 1 - at,
            };
            matrix[pixel][blurred / 2] += BLUR[tap.abs_diff(BLUR.len() - 1)] / 2.0;
            tap += 1;
        }
        blurred += 1;
    }
    matrix
}

/// The 196 values of a drawing of 28 × 28 pixels, in unit length; all 0, and false, where it is blank.
#[inline(always)]
pub(super) fn values(drawing: &[u8; PIXELS], out: &mut [f32; VALUES]) -> bool {
    let mut lines = [[0.0_f32; LINE]; SIDE];
    for (line, pixels) in lines.iter_mut().zip(drawing.as_chunks::<SIDE>().0) {
        for (&ink, weights) in pixels.iter().zip(&ALONG) {
            let ink = f32::from(ink) / 255.0;
            for (sum, by) in line.iter_mut().zip(weights) {
                *sum += ink * by;
            }
        }
    }
    for (place, out) in out.as_chunks_mut::<PLACES>().0.iter_mut().enumerate() {
        let mut sums = [0.0_f32; LINE];
        for (line, weights) in lines.iter().zip(&ALONG) {
            for (sum, value) in sums.iter_mut().zip(line) {
                *sum += weights[place] * value;
            }
        }
        out.copy_from_slice(&sums[..PLACES]);
    }
    scaled_to_unit(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blur_keeps_all_ink_and_a_full_drawing_is_even() {
        for weights in ALONG {
            assert!((weights.iter().sum::<f32>() - 0.5).abs() < 1e-6, "each pixel counts, at the edges too");
        }
        let mut out = [0.0; VALUES];
        assert!(values(&[9; PIXELS], &mut out));
        assert!(out.iter().all(|value| (value - 1.0 / 14.0).abs() < 1e-6));
        assert!(!values(&[0; PIXELS], &mut out) && out == [0.0; VALUES]);
    }
}
