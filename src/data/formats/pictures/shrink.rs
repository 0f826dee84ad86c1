//! Pictures made smaller by exact means of areas: lines are summed up first, whatever a pixel is made of, then what is left of them
//! along the line. Values stay as they were decoded until the end: most pictures are opaque, and shrunk in a third of the time so.

use std::ops::{AddAssign, Mul, MulAssign};

use image::{DynamicImage, RgbaImage};

use super::fit::CHANNELS;

/// Height and width of a picture, and those that it is to have.
type Sizes = ((u32, u32), (u32, u32));

/// A picture of another height and width, none larger than its own: each pixel is the mean of the area that it covers, colours
/// weighted by alpha, rounded once.
pub(super) fn shrunk(picture: DynamicImage, size: (u32, u32)) -> RgbaImage {
    if (picture.height(), picture.width()) == size {
        return picture.into_rgba8();
    }
    let sizes = ((picture.height(), picture.width()), size);
    let opaque = |[red, green, blue]: [u8; 3]| [red, green, blue, u8::MAX];
    match picture {
        DynamicImage::ImageLuma8(gray) => means_of_bytes(&gray, sizes, |[gray], area| opaque([area.mean(gray); 3])),
        DynamicImage::ImageRgb8(color) => {
            means_of_bytes(&color, sizes, |sums: [f64; 3], area| opaque(sums.map(|sum| area.mean(sum))))
        }
        picture => {
            let color = picture.into_rgba8();
            let is_opaque = color.as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX);
            if is_opaque {
                return means_of_bytes(&color, sizes, |sums: [f64; CHANNELS], area| sums.map(|sum| area.mean(sum)));
            }
            means::<u32, u64, CHANNELS>(&color, sizes, add_weighted_by_alpha, |[red, green, blue, alpha], area| {
                let of = Weight::of(alpha);
                let [red, green, blue] = [red, green, blue].map(|sum| if alpha > 0.0 { of.mean(sum) } else { 0 });
                [red, green, blue, area.mean(alpha)]
            })
        }
    }
}

/// What sums are divided by: a whole number below 2⁴⁴, as sums are below 2⁵².
struct Weight {
    inverse: f64,
}

impl Weight {
    fn of(weight: f64) -> Self {
        Self { inverse: 1.0 / weight }
    }

    /// A sum by this weight, to the nearest whole number, halves upwards.
    fn mean(&self, sum: f64) -> u8 {
        // Added to this, a float is rounded to a whole number, which is in its lowest bits then: conversions cost more.
        const WHOLE: f64 = 4_503_599_627_370_496.0;
        // What is not half lies half a weight's share away from it at least: half of that more takes halves upwards, and nothing else. It
        // is far above what the floats lose.
        ((sum + 0.25) * self.inverse + WHOLE).to_bits() as u8
    }
}

/// What lines are summed up in.
trait Sum: Copy + Default + AddAssign + MulAssign + Mul<Output = Self> + From<u8> + Into<u32> + TryFrom<u32> {}

impl Sum for u16 {}
impl Sum for u32 {}

/// Adds the values of a line, as many as there are sums.
fn add_bytes<S: Sum>(sums: &mut [S], line: &[u8], weight: Option<S>) {
    let both = sums.iter_mut().zip(line);
    match weight {
        None => both.for_each(|(sum, value)| *sum += S::from(*value)),
        Some(weight) => both.for_each(|(sum, value)| *sum += weight * S::from(*value)),
    }
}

/// The same of red, green, blue and alpha, colours times alpha.
fn add_weighted_by_alpha(sums: &mut [u32], line: &[u8], weight: Option<u32>) {
    let weight = weight.unwrap_or(1);
    for (sums, pixel) in sums.as_chunks_mut::<CHANNELS>().0.iter_mut().zip(line.as_chunks::<CHANNELS>().0) {
        let [red, green, blue, alpha] = pixel.map(u32::from);
        let values = [red * alpha, green * alpha, blue * alpha, alpha];
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
    }
}

/// What sums of lines are summed up in along a line. It may overflow as long as no single sum does: only differences are read.
trait Total: Copy + Default + From<u32> {
    fn plus(self, other: Self) -> Self;
    fn less(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn as_float(self) -> f64;
}

macro_rules! total {
    ($($type:ty),*) => {$(
        impl Total for $type {
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }

            fn less(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }

            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }

            /// Sums leave the highest bit free: processors turn signed numbers into floats at once.
            fn as_float(self) -> f64 {
                self.cast_signed() as f64
            }
        }
    )*};
}

total!(u32, u64);

/// [`means`] of values that are bytes, in the narrowest numbers that hold their sums: processors add more of them at once.
fn means_of_bytes<const N: usize>(
    values: &[u8],
    sizes: Sizes,
    finish: impl Fn([f64; N], &Weight) -> [u8; CHANNELS],
) -> RgbaImage {
    let ((from_height, from_width), (height, width)) = sizes;
    let (down, across) = (lowest(from_height, height).0, lowest(from_width, width).0);
    let most = u64::from(down) * u64::from(u8::MAX);
    if most * u64::from(across) > i32::MAX as u64 {
        means::<u32, u64, N>(values, sizes, add_bytes, finish)
    } else if most > u16::MAX.into() {
        means::<u32, u32, N>(values, sizes, add_bytes, finish)
    } else {
        means::<u16, u32, N>(values, sizes, add_bytes, finish)
    }
}

/// Means of a picture of `N` values a pixel, from a height and width to another. `add` adds a line to sums, a number of times where one is
/// given; each value is below 2¹⁶: of [`MOST_SIDE`](super::decode::MOST_SIDE) of them the sum fits. `finish` makes a pixel of the sums over
/// its area, and that.
fn means<S: Sum, T: Total, const N: usize>(
    values: &[u8],
    ((from_height, from_width), (height, width)): Sizes,
    add: impl Fn(&mut [S], &[u8], Option<S>),
    finish: impl Fn([f64; N], &Weight) -> [u8; CHANNELS],
) -> RgbaImage {
    let length = from_width as usize * N;
    let line = |at: usize| values.get(at * length..(at + 1) * length).unwrap_or_default();
    let ((from_down, down), (from_across, across)) = (lowest(from_height, height), lowest(from_width, width));
    let times = |weight: u32| S::try_from(weight).ok();
    let area = Weight::of(f64::from(from_across) * f64::from(from_down));
    let mut out = RgbaImage::new(width, height);
    let mut sums = vec![S::default(); length];
    // The pixels that lie wholly before the end of each one that they are made into, and what counts of the next.
    let ends = (1..=width).map(|at| at * from_across).map(|end| ((end / across) as usize, T::from(end % across)));
    let ends: Vec<(usize, T)> = ends.collect();
    // Sums of so many pixels from the beginning of the line on.
    let mut before = vec![[T::default(); N]; from_width as usize + 1];
    for (at, out) in (0..height).zip(out.chunks_exact_mut(width as usize * CHANNELS)) {
        let rows = Span::of(at, from_down, down);
        sums.fill(S::default());
        rows.whole.clone().for_each(|at| add(&mut sums, line(at), None));
        if let Some(times) = times(down).filter(|_| down > 1) {
            for sum in &mut sums {
                *sum *= times;
            }
        }
        rows.ends().for_each(|(at, weight)| add(&mut sums, line(at), times(weight)));
        let (pixels, mut all) = (sums.as_chunks::<N>().0, [T::default(); N]);
        for (pixel, before) in pixels.iter().zip(before.iter_mut().skip(1)) {
            all.iter_mut().zip(pixel).for_each(|(all, sum)| *all = all.plus(T::from((*sum).into())));
            *before = all;
        }
        let mut start = [T::default(); N];
        for ((whole, part), pixel) in ends.iter().zip(out.as_chunks_mut::<CHANNELS>().0) {
            let mut end = before.get(*whole).copied().unwrap_or([T::default(); N]);
            let next = pixels.get(*whole).copied().unwrap_or([S::default(); N]);
            for (end, next) in end.iter_mut().zip(next) {
                *end = end.times(T::from(across)).plus(T::from(next.into()).times(*part));
            }
            let mut area_sums = [0.0; N];
            for (sum, (end, start)) in area_sums.iter_mut().zip(end.iter().zip(start)) {
                *sum = end.less(start).as_float();
            }
            start = end;
            *pixel = finish(area_sums, &area);
        }
    }
    out
}

/// Two sides in lowest terms, which weights are counted in.
fn lowest(longer: u32, shorter: u32) -> (u32, u32) {
    let divisor = greatest_divisor(longer, shorter);
    (longer / divisor, shorter / divisor)
}

fn greatest_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a.max(1) } else { greatest_divisor(b, a % b) }
}

/// Which lines of a longer side a line of a shorter one is made of: some wholly, each with the shorter side for a weight, and parts of
/// the one before and the one after. All weights add up to the longer side.
struct Span {
    whole: std::ops::Range<usize>,
    before: u32,
    after: u32,
}

impl Span {
    /// Of a line by its number. In parts of which a line of the longer side takes as many as the shorter side is long.
    fn of(at: u32, longer: u32, shorter: u32) -> Self {
        let (start, end) = (at * longer, (at + 1) * longer);
        let (first, last) = (start.div_ceil(shorter), end / shorter);
        let (before, after) = (first * shorter - start, end - last * shorter);
        Self { whole: first as usize..last as usize, before, after }
    }

    /// The lines that count by a part, and that.
    fn ends(&self) -> impl Iterator<Item = (usize, u32)> {
        let ends = [(self.whole.start.wrapping_sub(1), self.before), (self.whole.end, self.after)];
        ends.into_iter().filter(|(_, weight)| *weight > 0)
    }
}
