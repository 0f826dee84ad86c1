//! A picture in its own size, and its halves.

use rayon::prelude::*;

/// Values of a pixel: red, green, blue, alpha.
const CHANNELS: usize = 4;

/// Height and width in pixels of a picture that a row shows smaller than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReducedFrom {
    /// Of the picture.
    pub original: (u32, u32),
    /// Of what the row shows, in the middle of its drawing.
    pub shown: (u32, u32),
}

/// A picture in its own size, however it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginalPicture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue and alpha (straight, encoded sRGB) of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
    /// The same as its values say without a range, where one makes others of them.
    pub own: Option<Vec<u8>>,
}

impl OriginalPicture {
    /// Half as wide and high. Its pixels, of a picture that was halved so many times from one of `size` (width and height), count by
    /// how much of that they show: of an odd side the last ones show less. Colours are weighted by alpha.
    #[must_use]
    pub fn halved(&self, size: [u32; 2], halvings: usize) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        // In parts of a pixel of the picture.
        let share = |pixel: usize, side: u32| {
            let start = (pixel as u64) << halvings;
            u64::from(side).saturating_sub(start).min(1 << halvings)
        };
        let mut rgba = vec![0; width as usize * height as usize * CHANNELS];
        let line_bytes = self.width as usize * CHANNELS;
        let two_lines = self.rgba.par_chunks(2 * line_bytes.max(1)).enumerate();
        rgba.par_chunks_mut((width as usize * CHANNELS).max(1)).zip(two_lines).for_each(|(out, (number, lines))| {
            for (column, out) in out.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
                let (mut sums, mut all) = ([0_u64; CHANNELS], 0);
                for (line, at) in lines.chunks(line_bytes).zip(2 * number..) {
                    let two = line.as_chunks::<CHANNELS>().0.iter().enumerate().skip(2 * column).take(2);
                    for (at_column, pixel) in two {
                        let weight = share(at, size[1]) * share(at_column, size[0]);
                        let [red, green, blue, alpha] = pixel.map(u64::from);
                        let weighted = [red * alpha, green * alpha, blue * alpha, alpha];
                        sums.iter_mut().zip(weighted).for_each(|(sum, value)| *sum += weight * value);
                        all += weight;
                    }
                }
                let [colours @ .., alpha] = sums;
                let [red, green, blue] = colours.map(|sum| (sum + alpha / 2).checked_div(alpha).unwrap_or(0) as u8);
                *out = [red, green, blue, (alpha + all / 2).checked_div(all).unwrap_or(0) as u8];
            }
        });
        Self { width, height, rgba, own: None }
    }

    /// Whether each pixel hides what is behind it.
    pub fn is_opaque(&self) -> bool {
        self.rgba.as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX)
    }
}
