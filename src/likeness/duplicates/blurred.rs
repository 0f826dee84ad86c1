//! How far apart two drawings are: what is left of their difference after both were blurred a little, and one of them moved to
//! where it fits best.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use crate::likeness::code::wide;

/// Side of the square that is compared, pixels.
pub(super) const SIDE: usize = 28;
pub(super) const PIXELS: usize = SIDE * SIDE;
/// With a pixel more at each edge, which repeats it.
const BROAD: usize = SIDE + 2;
/// Values of a line while it is compared, in whole registers; those after the last pixel are 0.
const LANES: usize = 32;
/// A Gaussian of σ 1, in sixteenths: binomial, so that all of it is whole numbers.
const BLUR: [u16; 5] = [1, 4, 6, 4, 1];
/// Places along an axis that are tried: −1, −½, 0, ½ and 1 pixel.
const PLACES: usize = 5;
/// Lines whose differences fit a `u16` together: each is at most 4 × 16 × 255.
const LINES: usize = 4;
/// A line with room to move by two.
type Broad = [u16; LANES + 2];

/// A drawing, blurred; in sixteenths of ink.
#[derive(Clone, Debug)]
pub(super) struct Blurred {
    lines: [Broad; BROAD],
    /// How much it differs from an even drawing of the same ink: the sum of the differences, × [`PIXELS`].
    variation: u64,
}

impl Blurred {
    /// Of ink, line by line.
    pub(super) fn new(square: &[u8; PIXELS]) -> Self {
        wide(
            #[inline(always)]
            || blurred(square),
        )
    }

    /// 0 where both are the same, about 1 where they have no more in common than two unrelated ones.
    ///
    /// It is `2 · Σ|a − b| / (Σ|a − ā| + Σ|b − b̄|)` over the pixels a and b of both, blurred, ā and b̄ being their means: each
    /// drawing is measured by what it differs from an even one, so that neither much ink nor little, nor paper of full ink, makes
    /// drawings alike. The least of 25 places of either of them is taken, up to one pixel each way in steps of half a pixel (the
    /// mean of the pixels beside, which blurs: so it counts which one is moved). Where both are even, 0 or 1. All sums are whole numbers: the same on every machine.
    pub(super) fn distance(&self, other: &Self) -> f64 {
        let least = wide(
            #[inline(always)]
            || least(&self.lines, &other.lines).min(least(&other.lines, &self.lines)),
        );
        let variation = self.variation + other.variation;
        match (least, variation) {
            (0, _) => 0.0,
            (_, 0) => 1.0,
            // Differences are in fourths of a sixteenth.
            (least, variation) => 2.0 * PIXELS as f64 * f64::from(least) / (4.0 * variation as f64),
        }
    }
}

#[inline(always)]
fn blurred(square: &[u8; PIXELS]) -> Blurred {
    // Beyond an edge its pixels go on.
    let at = |place: usize, tap: usize| (place + tap).saturating_sub(2).min(SIDE - 1);
    let pixels = square.as_chunks::<SIDE>().0;
    let mut across = [[0_u16; SIDE]; SIDE];
    for (across, line) in across.iter_mut().zip(pixels) {
        for (x, sum) in across.iter_mut().enumerate() {
            *sum = (0..).zip(BLUR).map(|(tap, by)| by * u16::from(line[at(x, tap)])).sum();
        }
    }
    let mut inner = [[0_u16; SIDE]; SIDE];
    for (y, line) in inner.iter_mut().enumerate() {
        let mut sums = [8_u32; SIDE];
        for (tap, by) in (0..).zip(BLUR) {
            for (sum, &value) in sums.iter_mut().zip(&across[at(y, tap)]) {
                *sum += u32::from(by) * u32::from(value);
            }
        }
        for (to, sum) in line.iter_mut().zip(sums) {
            *to = (sum / 16) as u16;
        }
    }
    let ink: u32 = inner.as_flattened().iter().map(|&value| u32::from(value)).sum();
    let away = inner.as_flattened().iter().map(|&value| (u32::from(value) * PIXELS as u32).abs_diff(ink));
    let variation = away.map(u64::from).sum();
    let mut lines = [[0; LANES + 2]; BROAD];
    for (y, line) in lines.iter_mut().enumerate() {
        let inner = &inner[y.saturating_sub(1).min(SIDE - 1)];
        for (x, to) in line[..BROAD].iter_mut().enumerate() {
            *to = inner[x.saturating_sub(1).min(SIDE - 1)];
        }
    }
    Blurred { lines, variation }
}

/// The least sum of differences over all places of the other drawing, × 4.
#[inline(always)]
fn least(own: &[Broad; BROAD], other: &[Broad; BROAD]) -> u32 {
    let mut fourfold = [[0_u16; LANES]; SIDE];
    for (to, line) in fourfold.iter_mut().zip(&own[1..]) {
        for x in 0..SIDE {
            to[x] = 4 * line[x + 1];
        }
    }
    let mut least = u32::MAX;
    for x in 0..PLACES {
        let mut moved = [[0_u16; LANES]; BROAD];
        let (left, right) = (x / 2, x.div_ceil(2));
        for (to, line) in moved.iter_mut().zip(other) {
            let pair = line[left..].first_chunk::<LANES>().zip(line[right..].first_chunk::<LANES>());
            if let Some((left, right)) = pair {
                for at in 0..LANES {
                    to[at] = left[at] + right[at];
                }
            }
            to[SIDE..].fill(0);
        }
        for y in 0..PLACES {
            let places = moved[y / 2..].first_chunk::<SIDE>().zip(moved[y.div_ceil(2)..].first_chunk::<SIDE>());
            least = least.min(places.map_or(u32::MAX, |(upper, lower)| difference(&fourfold, upper, lower)));
        }
    }
    least
}

/// The sum of the differences of one drawing and of two others added up.
#[inline(always)]
fn difference(own: &[[u16; LANES]; SIDE], upper: &[[u16; LANES]; SIDE], lower: &[[u16; LANES]; SIDE]) -> u32 {
    let mut total = [0_u32; LANES];
    for first in (0..SIDE).step_by(LINES) {
        let mut sums = [0_u16; LANES];
        for line in first..first + LINES {
            for at in 0..LANES {
                sums[at] += own[line][at].abs_diff(upper[line][at] + lower[line][at]);
            }
        }
        for at in 0..LANES {
            total[at] += u32::from(sums[at]);
        }
    }
    total.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(of: impl Fn(usize, usize) -> u8) -> [u8; PIXELS] {
        std::array::from_fn(|at| of(at % SIDE, at / SIDE))
    }

    fn between(a: &[u8; PIXELS], b: &[u8; PIXELS]) -> f64 {
        Blurred::new(a).distance(&Blurred::new(b))
    }

    fn cross(x: usize, y: usize) -> [u8; PIXELS] {
        square(|at, line| if at.abs_diff(x) < 2 || line.abs_diff(y) < 2 { 255 } else { 0 })
    }

    #[test]
    fn a_shift_of_a_pixel_is_nothing_and_a_greater_one_is_more() {
        let one = cross(12, 14);
        assert_eq!(between(&one, &one), 0.0);
        for (x, y) in [(11, 14), (13, 15), (12, 13)] {
            // Nothing is moved out of the square: lines that reach its edge go on beyond it.
            assert_eq!(between(&one, &cross(x, y)), 0.0);
        }
        let (two, five) = (between(&one, &cross(14, 14)), between(&one, &cross(17, 14)));
        assert!(0.02 < two && 2.0 * two < five, "{two} {five}");
        // A line between two pixels is half a pixel off.
        let line = |light: [u8; 4]| square(|x, _| if (10..14).contains(&x) { light[x - 10] } else { 0 });
        let (sharp, half) = (line([0, 200, 200, 0]), line([0, 100, 200, 100]));
        assert!(between(&sharp, &half) < 0.001 && between(&half, &sharp) == between(&sharp, &half));
    }

    #[test]
    fn neither_much_ink_nor_little_nor_the_other_way_round_makes_drawings_alike() {
        let mut random = crate::likeness::sorted::random::Random::new(3, 0);
        for share in [2, 10, 18] {
            let mut specks = || {
                let some: [u8; 49] = std::array::from_fn(|_| if random.below(20) < share { 255 } else { 0 });
                square(|x, y| some[y / 4 * 7 + x / 4])
            };
            let (one, other) = (specks(), specks());
            let away = between(&one, &other);
            assert!((0.5..1.4).contains(&away), "unrelated: {away}");
            let inverse = |of: &[u8; PIXELS]| of.map(|ink| 255 - ink);
            let turned = between(&inverse(&one), &inverse(&other));
            assert!((away - turned).abs() < 0.001, "{away} {turned}");
        }
    }

    #[test]
    fn even_drawings_are_the_same_or_not() {
        assert_eq!(between(&[7; PIXELS], &[7; PIXELS]), 0.0);
        assert_eq!(between(&[7; PIXELS], &[9; PIXELS]), 1.0);
        assert!(between(&[0; PIXELS], &cross(12, 14)) > 0.9);
    }

    #[test]
    fn it_is_what_numpy_makes_of_it() {
        // tests/likeness/expected/duplicates.py, which blurs padded arrays and moves them in floats.
        let of = |a: usize, b: usize| square(|x, y| ((x * a + y * b + x * y * (a ^ b)) % 256) as u8);
        for ((one, other), expected) in [((of(3, 7), of(3, 7)), 0.0), ((of(3, 7), of(5, 2)), NUMPY[0])] {
            let away = between(&one, &other);
            assert!((away - expected).abs() < 1e-9, "{away} {expected}");
        }
        let (one, other) = (of(9, 1), square(|x, y| if x > y { 200 } else { 10 }));
        assert!((between(&one, &other) - NUMPY[1]).abs() < 1e-9, "{}", between(&one, &other));
    }

    const NUMPY: [f64; 2] = [0.934_389_227_592_864_7, 1.610_383_297_409_842_2];
}
