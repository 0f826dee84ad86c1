//! Pictures made smaller by exact means of areas: lines are summed up first, whatever a pixel is made of, then what is left of them
//! along the line. Values stay as they were decoded until the end: most pictures are opaque, and shrunk in a third of the time so.

use image::{DynamicImage, RgbaImage};

use super::fit::CHANNELS;

/// A picture of another height and width, none larger than its own: each pixel is the mean of the area that it covers, colours
/// weighted by alpha, rounded once.
pub(super) fn shrunk(picture: DynamicImage, size: (u32, u32)) -> RgbaImage {
    if (picture.height(), picture.width()) == size {
        return picture.into_rgba8();
    }
    let from = (picture.height(), picture.width());
    let opaque = |[red, green, blue]: [u8; 3]| [red, green, blue, u8::MAX];
    match picture {
        DynamicImage::ImageLuma8(gray) => {
            means(&gray, (from, size), add_bytes, |[gray], area| opaque([mean(gray, area); 3]))
        }
        DynamicImage::ImageRgb8(color) => {
            means(&color, (from, size), add_bytes, |sums: [u64; 3], area| opaque(sums.map(|sum| mean(sum, area))))
        }
        picture => {
            let color = picture.into_rgba8();
            let is_opaque = color.as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX);
            if is_opaque {
                return means(&color, (from, size), add_bytes, |sums: [u64; CHANNELS], area| {
                    sums.map(|sum| mean(sum, area))
                });
            }
            means(&color, (from, size), add_weighted_by_alpha, |[red, green, blue, alpha], area| {
                let [red, green, blue] = [red, green, blue].map(|sum| if alpha == 0 { 0 } else { mean(sum, alpha) });
                [red, green, blue, mean(alpha, area)]
            })
        }
    }
}

/// A sum by its weight, to the nearest whole number.
fn mean(sum: u64, weight: u64) -> u8 {
    ((2 * sum + weight) / (2 * weight)) as u8
}

/// Adds the values of a line, as many as there are sums.
fn add_bytes(sums: &mut [u32], line: &[u8], weight: u32) {
    let both = sums.iter_mut().zip(line);
    if weight == 1 {
        both.for_each(|(sum, value)| *sum += u32::from(*value));
    } else {
        both.for_each(|(sum, value)| *sum += weight * u32::from(*value));
    }
}

/// The same of red, green, blue and alpha, colours times alpha.
fn add_weighted_by_alpha(sums: &mut [u32], line: &[u8], weight: u32) {
    for (sums, pixel) in sums.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(line.as_chunks::<CHANNELS>().0) {
        let [red, green, blue, alpha] = pixel.map(u32::from);
        let values = [red * alpha, green * alpha, blue * alpha, alpha];
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
    }
}

/// Means of a picture of `N` values a pixel, from a height and width to another. `add` adds a line times a weight to sums, each value
/// below 2¹⁶: of [`MOST_SIDE`](super::decode::MOST_SIDE) of them the sum fits. `finish` makes a pixel of the sums over its area, and that.
fn means<const N: usize>(
    values: &[u8],
    ((from_height, from_width), (height, width)): ((u32, u32), (u32, u32)),
    add: impl Fn(&mut [u32], &[u8], u32),
    finish: impl Fn([u64; N], u64) -> [u8; CHANNELS],
) -> RgbaImage {
    let length = from_width as usize * N;
    let line = |at: usize| values.get(at * length..(at + 1) * length).unwrap_or_default();
    let columns: Vec<Span> = Span::all(from_width, width).collect();
    let area = u64::from(from_width) * u64::from(from_height);
    let mut out = RgbaImage::new(width, height);
    let mut sums = vec![0_u32; length];
    for (rows, out) in Span::all(from_height, height).zip(out.chunks_exact_mut(width as usize * CHANNELS)) {
        sums.fill(0);
        rows.whole.clone().for_each(|at| add(&mut sums, line(at), 1));
        for sum in &mut sums {
            *sum *= height;
        }
        rows.ends().for_each(|(at, weight)| add(&mut sums, line(at), weight));
        let pixels = sums.as_chunks::<N>().0;
        for (span, pixel) in columns.iter().zip(out.as_chunks_mut::<CHANNELS>().0) {
            let mut all = [0; N];
            for sums in pixels.get(span.whole.clone()).unwrap_or_default() {
                all.iter_mut().zip(sums).for_each(|(all, sum)| *all += u64::from(*sum));
            }
            all = all.map(|sum| sum * u64::from(width));
            for (at, weight) in span.ends() {
                let sums = pixels.get(at).copied().unwrap_or([0; N]);
                all.iter_mut().zip(sums).for_each(|(all, sum)| *all += u64::from(weight) * u64::from(sum));
            }
            *pixel = finish(all, area);
        }
    }
    out
}

/// Which pixels of a longer side a pixel of a shorter one is made of: some wholly, each with the shorter side for a weight, and parts of
/// the one before and the one after. All weights add up to the longer side.
struct Span {
    whole: std::ops::Range<usize>,
    before: u32,
    after: u32,
}

impl Span {
    /// Of each pixel of the shorter side.
    fn all(longer: u32, shorter: u32) -> impl Iterator<Item = Self> {
        (0..shorter).map(move |at| {
            // In parts of which a pixel of the longer side takes as many as the shorter side is long.
            let (start, end) = (at * longer, (at + 1) * longer);
            let (first, last) = (start.div_ceil(shorter), end / shorter);
            let (before, after) = (first * shorter - start, end - last * shorter);
            Self { whole: first as usize..last as usize, before, after }
        })
    }

    /// The pixels that count by a part, and that.
    fn ends(&self) -> impl Iterator<Item = (usize, u32)> {
        let ends = [(self.whole.start.wrapping_sub(1), self.before), (self.whole.end, self.after)];
        ends.into_iter().filter(|(_, weight)| *weight > 0)
    }
}
