//! Median and mean drawing of some rows: how often each pixel has each ink, counted.

use super::means::MOST_SIDE;

/// Inks of a pixel.
const INKS: usize = 256;
/// All bits of each of eight bytes but the highest.
const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// How often each pixel has each ink, of drawings of one size. 1 KiB a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InkCounts {
    pixels: usize,
    rows: u32,
    /// By pixel, by ink; paper is not counted: it is what is left of the rows.
    counts: Vec<u32>,
}

impl InkCounts {
    /// Counts of no drawing yet, each of which has this width and height; `None` where a side is longer than [`MOST_SIDE`].
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let pixels = width as usize * height as usize;
        (width.max(height) <= MOST_SIDE).then(|| Self { pixels, rows: 0, counts: vec![0; pixels * INKS] })
    }

    /// How many drawings were added.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a drawing: its ink, 0 to 255, line by line.
    pub fn add(&mut self, ink: &[u8]) {
        self.rows += 1;
        // Most of a drawing is paper: of eight pixels at once the inked ones are looked at, and no branch is guessed for the others.
        for (inks, counts) in ink.chunks(8).zip(self.counts.chunks_mut(8 * INKS)) {
            let mut eight = [0; 8];
            eight.iter_mut().zip(inks).for_each(|(to, &ink)| *to = ink);
            let word = u64::from_le_bytes(eight);
            // The highest bit of each byte that is not 0.
            let mut inked = (((word & LOW) + LOW) | word) & !LOW;
            while inked != 0 {
                let pixel = (inked.trailing_zeros() / 8) as usize;
                let ink = (word >> (8 * pixel)) as u8;
                counts.get_mut(pixel * INKS + usize::from(ink)).into_iter().for_each(|count| *count += 1);
                inked &= inked - 1;
            }
        }
    }

    /// Adds what was counted of other drawings of this size.
    #[must_use]
    pub fn merged(mut self, other: &Self) -> Self {
        self.rows += other.rows;
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        self
    }

    /// The mean ink, 0 to 1, line by line; paper where there are no drawings.
    pub fn mean(&self) -> Vec<f32> {
        let full = 255.0 * f64::from(self.rows.max(1));
        let sum =
            |counts: &[u32]| -> u64 { (0..).zip(counts).map(|(ink, &count): (u64, _)| ink * u64::from(count)).sum() };
        self.counts.chunks_exact(INKS).map(|counts| (sum(counts) as f64 / full) as f32).collect()
    }

    /// Twice the median ink, 0 to 510, line by line: of an even number of drawings the sum of the two in the middle.
    pub fn median_doubled(&self) -> Vec<u16> {
        let [low, high] = [self.rows.saturating_sub(1) / 2, self.rows / 2];
        let of = |counts: &[u32]| {
            let inked: u32 = counts.iter().sum();
            let mut below = self.rows - inked;
            // That many are paper.
            let mut middle = [low, high].map(|at| (at < below || self.rows == 0).then_some(0));
            for (ink, &count) in (0..).zip(counts).skip(1) {
                below += count;
                for (middle, at) in middle.iter_mut().zip([low, high]) {
                    if middle.is_none() && at < below {
                        *middle = Some(ink);
                    }
                }
            }
            middle.into_iter().flatten().sum()
        };
        self.counts.chunks_exact(INKS).map(of).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(drawings: &[[u8; 3]]) -> InkCounts {
        let mut counts = InkCounts::new(3, 1).unwrap();
        for drawing in drawings {
            counts.add(drawing);
        }
        counts
    }

    #[test]
    fn the_median_is_the_one_in_the_middle_or_the_mean_of_the_two_there() {
        let odd = of(&[[0, 9, 255], [0, 3, 255], [7, 200, 0]]);
        assert_eq!((odd.rows(), odd.median_doubled()), (3, vec![0, 18, 510]));
        assert_eq!(odd.mean(), [7.0 / 765.0, 212.0 / 765.0, 510.0 / 765.0]);
        // 0 0 7 7: 3.5; 3 9 9 200: 9; 0 0 255 255: 127.5.
        let even = of(&[[0, 9, 255], [0, 3, 255], [7, 200, 0], [7, 9, 0]]);
        assert_eq!(even.median_doubled(), [7, 18, 255]);
        assert_eq!(of(&[]).median_doubled(), [0; 3]);
        assert_eq!(of(&[]).mean(), [0.0; 3]);
        assert_eq!(of(&[[4, 0, 255]]).median_doubled(), [8, 0, 510]);
    }

    #[test]
    fn parts_that_were_counted_apart_are_the_same_as_the_whole() {
        let drawings: Vec<[u8; 3]> = (0..50_u8).map(|at| [at.wrapping_mul(77), at % 3, 255 - at]).collect();
        assert_eq!(of(&drawings[..17]).merged(&of(&drawings[17..])), of(&drawings));
        // By sorting, another way.
        let counted = of(&drawings).median_doubled();
        for pixel in 0..3 {
            let mut inks: Vec<u16> = drawings.iter().map(|drawing| drawing[pixel].into()).collect();
            inks.sort_unstable();
            assert_eq!(counted[pixel], inks[24] + inks[25]);
        }
        assert!(InkCounts::new(MOST_SIDE + 1, 3).is_none());
    }
}
