//! The direction code before its reduction: how much edge of which direction lies where in a drawing.
//!
//! Gradients are derivatives of Gaussians (σ 0.7 px); their direction modulo half a turn is shared linearly between the two nearest
//! of 8 bins; each bin's plane is blurred (σ 2 px) and sampled at 7 × 7 pixels; square roots keep what is drawn
//! thickest from outweighing all else. Only sums, products, quotients and square roots in one order are used, so the values are the
//! same on every machine.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use super::{PIXELS, SIDE, scaled_to_unit};

/// Values of a drawing: line, then column, then bin.
pub(super) const VALUES: usize = BINS * PLACES * PLACES;
const BINS: usize = 8;
/// Samples along a side, at pixels 2, 6 … 26.
const PLACES: usize = 7;
/// Pixels on either side that a gradient looks at.
const REACH: usize = 3;
/// A line of a plane: 28 pixels and what makes it a round number of registers.
const LINE: usize = 32;
/// A line of the padded drawing: as long, and reached beyond on both sides.
const PADDED: usize = LINE + 8;

/// A Gaussian of σ 0.7, normalised over its 7 taps.
const SMOOTH: [f32; 7] =
    [5.852_462e-5, 0.009_618_931, 0.205_399_65, 0.569_845_8, 0.205_399_65, 0.009_618_931, 5.852_462e-5];
/// Its derivative; the sign is of no matter.
const DERIVE: [f32; 7] =
    [-0.000_358_314_02, -0.039_260_942, -0.419_182_97, 0.0, 0.419_182_97, 0.039_260_942, 0.000_358_314_02];
/// A Gaussian of σ 2, normalised over 17 taps, from its middle outwards.
const BLUR: [f32; 9] = [
    0.199_474_65,
    0.176_035_76,
    0.120_987_49,
    0.064_759_94,
    0.026_995_958,
    0.008_764_304,
    0.002_215_963,
    0.000_436_349_02,
    6.691_629e-5,
];
/// 8 / π · atan(r) = r · (these, in powers of r²) for r from 0 to 1, to 5e-7: fitted at Chebyshev's points.
const ARC: [f32; 8] =
    [2.546_478_8, -0.848_791_4, 0.508_512_4, -0.356_929_4, 0.252_256_7, -0.151_177_08, 0.061_538_696, -0.011_888_934];

type Plane = [[f32; LINE]; SIDE];

/// The 392 values of a drawing of 28 × 28 pixels, in unit length; all 0, and false, where nothing in it has a direction.
#[inline(always)]
pub(super) fn values(drawing: &[u8; PIXELS], out: &mut [f32; VALUES]) -> bool {
    let (mut magnitude, mut position) = ([[0.0; LINE]; SIDE], [[0.0; LINE]; SIDE]);
    gradients(drawing, &mut magnitude, &mut position);
    let mut sums = [[[0.0; BINS]; SIDE]; PLACES];
    for (y, (magnitude, position)) in magnitude.iter().zip(&position).enumerate() {
        if magnitude.iter().take(SIDE).any(|&magnitude| magnitude > 0.0) {
            let mut line = [[0.0; BINS]; SIDE];
            for ((bins, &magnitude), &position) in line.iter_mut().zip(magnitude).zip(position) {
                share(magnitude, position, bins);
            }
            for (place, sums) in sums.iter_mut().enumerate() {
                add(sums.as_flattened_mut(), blur(y, place), line.as_flattened());
            }
        }
    }
    for (sums, out) in sums.iter().zip(out.as_chunks_mut::<{ PLACES * BINS }>().0) {
        for (place, out) in out.as_chunks_mut::<BINS>().0.iter_mut().enumerate() {
            let mut own = [0.0; BINS];
            for (x, bins) in sums.iter().enumerate() {
                add(&mut own, blur(x, place), bins);
            }
            *out = own;
        }
    }
    if !scaled_to_unit(out) {
        return false;
    }
    for value in out.iter_mut() {
        *value = value.sqrt();
    }
    scaled_to_unit(out)
}

/// Lengths of the gradients, and their directions modulo half a turn, 0 to 8.
#[inline(always)]
fn gradients(drawing: &[u8; PIXELS], magnitude: &mut Plane, position: &mut Plane) {
    let padded = padded(drawing);
    let lines = padded.windows(2 * REACH + 1).zip(magnitude.iter_mut().zip(position));
    for (above, (magnitude, position)) in lines {
        let (mut smooth, mut derived) = ([0.0_f32; PADDED], [0.0_f32; PADDED]);
        for ((line, by), slope) in above.iter().zip(SMOOTH).zip(DERIVE) {
            for x in 0..PADDED {
                smooth[x] += by * line[x];
                derived[x] += slope * line[x];
            }
        }
        let (mut gx, mut gy) = ([0.0_f32; LINE], [0.0_f32; LINE]);
        for tap in 0..=2 * REACH {
            for x in 0..LINE {
                gx[x] += DERIVE[tap] * smooth[x + tap];
                gy[x] += SMOOTH[tap] * derived[x + tap];
            }
        }
        for x in 0..LINE {
            magnitude[x] = (gx[x] * gx[x] + gy[x] * gy[x]).sqrt();
            position[x] = direction(gx[x], gy[x]);
        }
    }
}

/// The drawing as 0 to 1, mirrored at its edges.
#[inline(always)]
fn padded(drawing: &[u8; PIXELS]) -> [[f32; PADDED]; SIDE + 2 * REACH] {
    let mut padded = [[0.0; PADDED]; SIDE + 2 * REACH];
    for (line, pixels) in padded.iter_mut().skip(REACH).zip(drawing.as_chunks::<SIDE>().0) {
        for (to, &ink) in line.iter_mut().skip(REACH).zip(pixels) {
            *to = f32::from(ink) / 255.0;
        }
        for beyond in 0..REACH {
            line[REACH - 1 - beyond] = line[REACH + beyond];
            line[REACH + SIDE + beyond] = line[REACH + SIDE - 1 - beyond];
        }
    }
    for beyond in 0..REACH {
        padded[REACH - 1 - beyond] = padded[REACH + beyond];
        padded[REACH + SIDE + beyond] = padded[REACH + SIDE - 1 - beyond];
    }
    padded
}

/// The angle of (x, y) modulo half a turn, in bins, 0 to 8; 0 where there is none.
#[inline(always)]
fn direction(x: f32, y: f32) -> f32 {
    let (a, b) = (x.abs(), y.abs());
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    let r = less / if more > f32::MIN_POSITIVE { more } else { 1.0 };
    let square = r * r;
    let mut arc = ARC[7];
    for term in ARC[..7].iter().rev() {
        arc = arc * square + term;
    }
    arc *= r;
    let quarter = if a < b { 4.0 - arc } else { arc };
    if (x < 0.0) == (y < 0.0) { quarter } else { 8.0 - quarter }
}

/// What a gradient gives to the bins: most of it to the nearest one, the rest to the second nearest.
#[inline(always)]
fn share(magnitude: f32, position: f32, bins: &mut [f32; BINS]) {
    let below = position as i32;
    let rest = magnitude * (position - below as f32);
    // After the last bin the first one comes again.
    bins[below as usize % BINS] = magnitude - rest;
    bins[(below as usize + 1) % BINS] = rest;
}

/// What a pixel of a line or column counts for at a place; beyond the drawing there is nothing.
#[inline(always)]
fn blur(pixel: usize, place: usize) -> f32 {
    BLUR.get(pixel.abs_diff(4 * place + 2)).copied().unwrap_or(0.0)
}

/// `to` += `by` · `values`.
#[inline(always)]
fn add(to: &mut [f32], by: f32, values: &[f32]) {
    if by > 0.0 {
        for (to, value) in to.iter_mut().zip(values) {
            *to += by * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_arc_tangent_modulo_half_a_turn() {
        for step in 0..3_600 {
            let angle = (f64::from(step) + 0.5) / 3_600.0 * std::f64::consts::TAU;
            let expected = (angle / std::f64::consts::PI * 8.0) % 8.0;
            let found = f64::from(direction(angle.cos() as f32, angle.sin() as f32));
            assert!((found - expected).abs() < 3e-6, "{angle}: {found} instead of {expected}");
        }
        assert_eq!(direction(0.0, 0.0), 0.0);
    }

    #[test]
    fn an_upright_edge_lies_in_the_first_bin_alone_and_an_even_ground_in_none() {
        let mut drawing = [0; PIXELS];
        let mut out = [1.0; VALUES];
        for ink in [0, 7, 255] {
            drawing.fill(ink);
            assert!(!values(&drawing, &mut out));
            assert!(out.iter().all(|&value| value == 0.0));
        }
        for line in drawing.as_chunks_mut::<SIDE>().0 {
            line[..14].fill(0);
        }
        assert!(values(&drawing, &mut out));
        let of_bin = |bin: usize| out.iter().skip(bin).step_by(BINS).map(|&v| f64::from(v)).sum::<f64>();
        assert!(of_bin(0) > 1.0 && (1..8).all(|bin| of_bin(bin) < 0.05));
    }
}
