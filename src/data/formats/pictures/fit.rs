//! Pictures into the cells of a set: shrunk by exact means of areas, centred, the rest transparent; and the cell of a broken one.

use image::RgbaImage;

use super::decode;
use super::place::{Fault, Place};

/// Values of a pixel: red, green, blue and alpha.
pub(super) const CHANNELS: usize = 4;

/// The ground and the cross of a picture that cannot be drawn.
const GROUND: [u8; CHANNELS] = [228, 228, 228, 255];
const CROSS: [u8; CHANNELS] = [150, 150, 150, 255];
/// A cross is a side's 16th wide.
const CROSS_PART: u32 = 16;

/// Height and width of a cell in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) height: u32,
    pub(super) width: u32,
}

impl Cell {
    /// Bytes of its values.
    pub(super) fn bytes(self) -> usize {
        self.height as usize * self.width as usize * CHANNELS
    }

    /// Height and width that a picture has in it: its own where that fits; else shrunk to fit, in proportion.
    pub(super) fn fitted(self, (height, width): (u32, u32)) -> (u32, u32) {
        if height <= self.height && width <= self.width {
            return (height, width);
        }
        let part = |side: u32, of: u32, cell: u32| {
            let (side, of, cell) = (u64::from(side), u64::from(of), u64::from(cell));
            ((2 * side * cell + of) / (2 * of)).max(1) as u32
        };
        // Which side fills the cell.
        if u64::from(height) * u64::from(self.width) >= u64::from(width) * u64::from(self.height) {
            (self.height, part(width, height, self.height).min(self.width))
        } else {
            (part(height, width, self.width).min(self.height), self.width)
        }
    }

    /// Draws a picture into a cell, which is `out`.
    pub(super) fn draw(self, place: &Place, header: &decode::Header, out: &mut [u8]) -> Result<(), Fault> {
        let stored = decode::stored(place, header)?;
        let (height, width) = self.fitted(header.size());
        // It is turned when it is small.
        let is_turned = header.size() != (stored.height(), stored.width());
        let target = if is_turned { (width, height) } else { (height, width) };
        let small = decode::turned(shrunk(stored, target), header.orientation);
        self.centre(&small, out);
        Ok(())
    }

    fn centre(self, picture: &RgbaImage, out: &mut [u8]) {
        out.fill(0);
        let (left, top) = ((self.width - picture.width()) / 2, (self.height - picture.height()) / 2);
        let (line, left) = (self.width as usize * CHANNELS, left as usize * CHANNELS);
        let rows = picture.as_raw().chunks_exact(picture.width() as usize * CHANNELS);
        for (to, from) in out.chunks_exact_mut(line).skip(top as usize).zip(rows) {
            if let Some(to) = to.get_mut(left..left + from.len()) {
                to.copy_from_slice(from);
            }
        }
    }

    /// The cell of a picture that cannot be drawn: a light square with a cross.
    pub(super) fn draw_broken(self, out: &mut [u8]) {
        let (height, width) = (f64::from(self.height), f64::from(self.width));
        let half = (height.min(width) / f64::from(2 * CROSS_PART)).max(0.5);
        for (at, pixel) in out.chunks_exact_mut(CHANNELS).enumerate() {
            let (x, y) = ((at as u32 % self.width) as f64 + 0.5, (at as u32 / self.width) as f64 + 0.5);
            let falling = (x * height - y * width).abs();
            let rising = (x * height + y * width - width * height).abs();
            let on_cross = falling.min(rising) <= half * height.hypot(width);
            pixel.copy_from_slice(if on_cross { &CROSS } else { &GROUND });
        }
    }
}

/// A picture of another height and width, none larger than its own: each pixel is the mean of the area that it covers, colours
/// weighted by alpha, rounded once.
fn shrunk(picture: RgbaImage, (height, width): (u32, u32)) -> RgbaImage {
    let (from_width, from_height) = picture.dimensions();
    if (from_height, from_width) == (height, width) {
        return picture;
    }
    let columns = Span::all(from_width, width);
    let rows = Shares::of(from_height, height);
    let area = u64::from(from_width) * u64::from(from_height);
    let is_opaque = picture.as_raw().as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX);
    let mut out = RgbaImage::new(width, height);
    let mut sums = vec![[0_u64; CHANNELS]; width as usize];
    let mut line = vec![[0_u32; CHANNELS]; width as usize];
    let mut lines = out.chunks_exact_mut(width as usize * CHANNELS);
    let mut current = 0;
    for (row, share) in picture.as_raw().chunks_exact(from_width as usize * CHANNELS).zip(rows) {
        let pixels = row.as_chunks::<CHANNELS>().0;
        if is_opaque {
            sum_up(pixels, &columns, width, &mut line, |[red, green, blue, _]| {
                [red.into(), green.into(), blue.into(), 1]
            });
        } else {
            sum_up(pixels, &columns, width, &mut line, |pixel| {
                let [red, green, blue, alpha] = pixel.map(u32::from);
                [red * alpha, green * alpha, blue * alpha, alpha]
            });
        }
        for (to, weight) in [(share.first, share.weight), (share.first + 1, share.next_weight)] {
            if weight == 0 {
                continue;
            }
            if to != current {
                finish(&mut sums, lines.next(), area, is_opaque);
                current = to;
            }
            for (sum, value) in sums.iter_mut().zip(&line) {
                sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += weight * u64::from(*value));
            }
        }
    }
    finish(&mut sums, lines.next(), area, is_opaque);
    out
}

/// Sums a line up into the pixels of a shorter one, each value by its share. `weigh` makes four numbers below 2¹⁶ of a pixel: of
/// [`MOST_SIDE`](decode::MOST_SIDE) of them the sum fits.
#[inline]
fn sum_up(
    pixels: &[[u8; CHANNELS]],
    columns: &[Span],
    shorter: u32,
    line: &mut [[u32; CHANNELS]],
    weigh: impl Fn([u8; CHANNELS]) -> [u32; CHANNELS],
) {
    for (column, out) in columns.iter().zip(line) {
        let whole = pixels.get(column.whole.clone()).unwrap_or_default();
        let mut sums = [0; CHANNELS];
        for pixel in whole {
            sums.iter_mut().zip(weigh(*pixel)).for_each(|(sum, value)| *sum += value);
        }
        sums = sums.map(|sum| sum * shorter);
        let ends = [(column.whole.start.wrapping_sub(1), column.before), (column.whole.end, column.after)];
        for (at, weight) in ends.into_iter().filter(|(_, weight)| *weight > 0) {
            let pixel = weigh(pixels.get(at).copied().unwrap_or_default());
            sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += weight * value);
        }
        *out = sums;
    }
}

/// Writes a line of means, and begins the next.
fn finish(sums: &mut [[u64; CHANNELS]], line: Option<&mut [u8]>, area: u64, is_opaque: bool) {
    for (sum, pixel) in sums.iter_mut().zip(line.into_iter().flat_map(|line| line.chunks_exact_mut(CHANNELS))) {
        let [red, green, blue, alpha] = *sum;
        let colour = |sum: u64| if alpha == 0 { 0 } else { ((2 * sum + alpha) / (2 * alpha)) as u8 };
        let opacity = if is_opaque { u8::MAX } else { ((2 * alpha + area) / (2 * area)) as u8 };
        pixel.copy_from_slice(&[colour(red), colour(green), colour(blue), opacity]);
        *sum = [0; CHANNELS];
    }
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
    fn all(longer: u32, shorter: u32) -> Vec<Self> {
        let one = |at: u32| {
            // In parts of which a pixel of the longer side takes as many as the shorter side is long.
            let (start, end) = (at * longer, (at + 1) * longer);
            let (first, last) = (start.div_ceil(shorter), end / shorter);
            let (before, after) = (first * shorter - start, end - last * shorter);
            Self { whole: first as usize..last as usize, before, after }
        };
        (0..shorter).map(one).collect()
    }
}

/// Which pixels of a shorter side the pixels of a longer one lie in, and with which shares, in order.
#[derive(Clone, Debug)]
struct Shares {
    longer: u64,
    shorter: u64,
    at: u64,
}

/// Of one pixel: it lies in this one with this weight, and with another in the next. All weights of a pixel add up to the shorter
/// side, all that lie in one pixel to the longer.
#[derive(Clone, Copy, Debug)]
struct Share {
    first: usize,
    weight: u64,
    next_weight: u64,
}

impl Shares {
    fn of(longer: u32, shorter: u32) -> Self {
        Self { longer: longer.into(), shorter: shorter.into(), at: 0 }
    }
}

impl Iterator for Shares {
    type Item = Share;

    fn next(&mut self) -> Option<Share> {
        let start = self.at * self.shorter;
        let first = start / self.longer;
        let weight = ((first + 1) * self.longer - start).min(self.shorter);
        self.at += 1;
        (self.at <= self.longer).then_some(Share { first: first as usize, weight, next_weight: self.shorter - weight })
    }
}
