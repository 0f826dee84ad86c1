//! Drawings of other sizes as 28 × 28 pixels: exact by area, in integers; the aspect is kept, and the drawing centred on paper.

use super::{CodeError, PIXELS, SIDE};

/// Longest side of a drawing, pixels.
pub const LONGEST: u32 = 4_096;

/// How drawings of one size become squares.
#[derive(Clone, Debug)]
pub struct Resampler {
    width: usize,
    height: usize,
    /// Twice the area of a pixel of the square, to round by, and what that area is; in units that both kinds of pixels share.
    area: u64,
    columns: Vec<Overlap>,
    lines: Vec<Overlap>,
}

/// A pixel of the drawing and one of the square, along one axis, which share some length.
#[derive(Clone, Copy, Debug)]
struct Overlap {
    from: u32,
    to: u32,
    length: u64,
}

impl Resampler {
    /// For drawings of `width` × `height` pixels, 1 to [`LONGEST`] each.
    pub fn new(width: u32, height: u32) -> Result<Self, CodeError> {
        if !(1..=LONGEST).contains(&width) || !(1..=LONGEST).contains(&height) {
            return Err(CodeError::Size { width, height });
        }
        let longer = width.max(height);
        Ok(Self {
            width: width as usize,
            height: height as usize,
            area: u64::from(longer) * u64::from(longer),
            columns: overlaps(width, longer),
            lines: overlaps(height, longer),
        })
    }

    /// Pixels of a drawing.
    pub fn pixels(&self) -> usize {
        self.width * self.height
    }

    /// Width and height of a drawing, pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    /// One drawing, line by line, as a square. Pixels that are missing are paper.
    pub fn square(&self, drawing: &[u8]) -> [u8; PIXELS] {
        let mut square = [0; PIXELS];
        if (self.width, self.height) == (SIDE, SIDE) {
            for (to, &ink) in square.iter_mut().zip(drawing) {
                *to = ink;
            }
            return square;
        }
        let mut sums = [[0_u64; SIDE]; SIDE];
        let mut summed = None;
        let mut line = [0_u64; SIDE];
        for overlap in &self.lines {
            if summed != Some(overlap.from) {
                summed = Some(overlap.from);
                let pixels = drawing.chunks_exact(self.width).nth(overlap.from as usize).unwrap_or_default();
                line.fill(0);
                for column in &self.columns {
                    let ink = pixels.get(column.from as usize).copied().unwrap_or(0);
                    line[column.to as usize] += u64::from(ink) * column.length;
                }
            }
            for (sum, value) in sums[overlap.to as usize].iter_mut().zip(line) {
                *sum += value * overlap.length;
            }
        }
        for (to, sum) in square.iter_mut().zip(sums.as_flattened()) {
            *to = ((sum + self.area / 2) / self.area) as u8;
        }
        square
    }
}

/// The pairs along an axis of `side` pixels in a square of `longer`: sorted by the drawing's pixels, then the square's.
fn overlaps(side: u32, longer: u32) -> Vec<Overlap> {
    // The square is 28 × `longer` units wide: a pixel of the drawing 28, one of the square `longer`.
    let square = SIDE as u32;
    let margin = (longer - side) * square / 2;
    let mut all = Vec::new();
    for from in 0..side {
        let (start, end) = (margin + from * square, margin + (from + 1) * square);
        for to in start / longer..end.div_ceil(longer) {
            let length = end.min((to + 1) * longer) - start.max(to * longer);
            all.push(Overlap { from, to, length: u64::from(length) });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn square(width: u32, height: u32, ink: impl Fn(u32, u32) -> u8) -> [u8; PIXELS] {
        let drawing: Vec<u8> = (0..width * height).map(|i| ink(i % width, i / width)).collect();
        Resampler::new(width, height).unwrap().square(&drawing)
    }

    #[test]
    fn a_square_of_28_stays_and_whole_multiples_are_averaged() {
        let own = square(28, 28, |x, y| (x * 9 + y) as u8);
        assert!((0..PIXELS as u32).all(|i| own[i as usize] == (i % 28 * 9 + i / 28) as u8));
        assert_eq!(square(84, 84, |x, y| (x / 3 * 9 + y / 3) as u8), own);
        assert_eq!(square(56, 56, |x, _| if x % 2 == 0 { 255 } else { 0 }), [128; PIXELS], "half of it, rounded up");
        assert_eq!(square(14, 14, |x, y| (x * 9 + y) as u8)[..4], [0, 0, 9, 9]);
    }

    #[test]
    fn the_shorter_side_is_centred_on_paper() {
        for (width, height) in [(1, 1), (1, 4_096), (4_096, 1), (7, 3), (100, 31), (29, 28), (28, 1)] {
            let found = square(width, height, |_, _| 255);
            let longer = f64::from(width.max(height));
            let ink: u32 = found.iter().map(|&ink| u32::from(ink)).sum();
            let expected = 255.0 * 784.0 * f64::from(width) / longer * f64::from(height) / longer;
            assert!((f64::from(ink) - expected).abs() <= 28.0, "{width} × {height}: {ink} instead of {expected}");
            let turned: Vec<u8> = found.iter().rev().copied().collect();
            assert_eq!(found[..], turned, "{width} × {height} lies in the middle");
        }
        assert!(square(3, 1, |_, _| 255)[..28 * 9].iter().all(|&ink| ink == 0));
    }

    #[test]
    fn sizes_beyond_what_is_read_are_refused() {
        for (width, height) in [(0, 28), (28, 0), (4_097, 1), (1, u32::MAX)] {
            assert_eq!(Resampler::new(width, height).unwrap_err(), CodeError::Size { width, height });
        }
    }
}
