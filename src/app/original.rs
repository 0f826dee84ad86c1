//! A picture in its own size on its way to the screen: any part of it at any scale, no more of it computed than is seen.

use std::ops::Range;

use egui::{Color32, ColorImage};
use rayon::prelude::*;

use crate::data::joined::MarkedBox;
use crate::data::source::{OriginalPicture, PixelValue};

/// Values of a pixel: red, green, blue, alpha.
const CHANNELS: usize = 4;

/// A picture and its halves, down to one pixel. Colours are straight; means weigh them by alpha.
#[derive(Debug)]
pub struct Original {
    levels: Vec<OriginalPicture>,
}

impl PartialEq for Original {
    /// Whether they are one: pictures are not compared pixel by pixel.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Something that is marked in a picture by a box around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Left, top, width and height as parts of the picture's width and height.
    pub of_picture: [f32; 4],
    /// The same as parts of the drawing's, in the middle of which the picture lies.
    pub of_drawing: [f32; 4],
    /// What it is.
    pub name: String,
    /// The place of that among all that is marked in the set, the most frequent first.
    pub rank: usize,
}

impl Mark {
    /// Of a box in a picture that is `shown` as wide and high in the middle of a drawing, in pixels.
    pub fn of(marked: MarkedBox, shown: [u32; 2], drawing: [u32; 2]) -> Self {
        let [left, top, width, height] = marked.place;
        let part = |axis: usize, at: f32, is_side: bool| {
            let free = if is_side { 0.0 } else { (drawing[axis].saturating_sub(shown[axis]) / 2) as f32 };
            (free + at * shown[axis] as f32) / drawing[axis].max(1) as f32
        };
        let of_drawing = [part(0, left, false), part(1, top, false), part(0, width, true), part(1, height, true)];
        Self { of_picture: marked.place, of_drawing, name: marked.category, rank: marked.rank }
    }
}

/// The part of a picture that is seen, in its pixels, from its left upper corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Of the left upper corner.
    pub min: [f64; 2],
    /// Width and height.
    pub size: [f64; 2],
}

impl Original {
    /// Bytes that a picture of this height and width takes, with its halves.
    pub fn bytes((height, width): (u32, u32)) -> u64 {
        u64::from(height) * u64::from(width) * CHANNELS as u64 * 4 / 3
    }

    /// Of a picture of at least one pixel.
    pub fn new(picture: OriginalPicture) -> Self {
        let size = [picture.width, picture.height];
        let mut levels = vec![picture];
        while let Some(last) = levels.last().filter(|last| last.width.max(last.height) > 1) {
            let next = last.halved(size, levels.len() - 1);
            levels.push(next);
        }
        Self { levels }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> [u32; 2] {
        self.levels.first().map_or([1, 1], |picture| [picture.width, picture.height])
    }

    /// The values of a pixel as the file has them, by its column and line; `None` beyond its edges.
    pub fn pixel(&self, at: [u32; 2]) -> Option<PixelValue> {
        self.levels.first()?.pixel(at)
    }

    /// A part as `width` × `height` pixels: where a pixel of the picture takes one of these or more, the one in the middle of each;
    /// else means of areas.
    pub fn painted(&self, part: Part, [width, height]: [usize; 2]) -> ColorImage {
        let scale = part.size[0] / width.max(1) as f64;
        // Of the level that is taken one pixel has to be shown by at least half a pixel of the screen.
        let halvings = (scale.max(1.0).log2().floor() as usize).min(self.levels.len() - 1);
        let Some(level) = self.levels.get(halvings) else { return ColorImage::default() };
        let reduced = f64::from(1_u32 << halvings);
        let is_magnified = scale <= 1.0;
        let spans = |axis: usize, count: usize| -> Vec<Span> {
            let (start, step) = (part.min[axis] / reduced, part.size[axis] / reduced / count.max(1) as f64);
            let whole = f64::from(self.size()[axis]) / reduced;
            (0..count).map(|number| Span::of(start + step * number as f64, step, whole, is_magnified)).collect()
        };
        let (columns, lines) = (spans(0, width), spans(1, height));
        let pixels = lines.par_iter().flat_map_iter(|line| columns.iter().map(|column| level.mean(line, column)));
        ColorImage::new([width, height], pixels.collect())
    }
}

/// Pixels along an axis, the first and the last of them by a part.
#[derive(Clone, Debug)]
struct Span {
    pixels: Range<u32>,
    start: f64,
    end: f64,
}

impl Span {
    fn of(start: f64, step: f64, whole: f64, is_magnified: bool) -> Self {
        let last = (whole.ceil() - 1.0).max(0.0);
        if is_magnified {
            let middle = (start + step / 2.0).floor().clamp(0.0, last);
            return Self { pixels: middle as u32..middle as u32 + 1, start: middle, end: middle + 1.0 };
        }
        let (start, end) = (start.clamp(0.0, whole), (start + step).clamp(0.0, whole));
        let first = start.floor().min(last) as u32;
        Self { pixels: first..(end.ceil() as u32).max(first + 1), start, end }
    }

    /// How much of a pixel lies in it.
    fn weight(&self, pixel: u32) -> f64 {
        (self.end.min(f64::from(pixel) + 1.0) - self.start.max(f64::from(pixel))).max(1e-9)
    }
}

impl OriginalPicture {
    fn mean(&self, lines: &Span, columns: &Span) -> Color32 {
        let (mut sums, mut alphas, mut all) = ([0.0; 3], 0.0, 0.0);
        for line in lines.pixels.clone().filter(|line| *line < self.height) {
            for column in columns.pixels.clone().filter(|column| *column < self.width) {
                let weight = lines.weight(line) * columns.weight(column);
                let at = line as usize * self.width as usize + column as usize;
                let Some(&[red, green, blue, alpha]) = self.rgba.as_chunks::<CHANNELS>().0.get(at) else { continue };
                let share = weight * f64::from(alpha);
                sums.iter_mut().zip([red, green, blue]).for_each(|(sum, value)| *sum += share * f64::from(value));
                alphas += share;
                all += weight;
            }
        }
        if alphas <= 0.0 {
            return Color32::TRANSPARENT;
        }
        let [red, green, blue] = sums.map(|sum| (sum / alphas).round() as u8);
        Color32::from_rgba_unmultiplied(red, green, blue, (alphas / all).round() as u8)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    /// A pixel's colour says where it is.
    fn picture(width: u32, height: u32) -> OriginalPicture {
        let tenfold = |at: u32| (at as u8).wrapping_mul(10);
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| [tenfold(x), tenfold(y), 7, 255]));
        OriginalPicture { width, height, rgba: pixels.collect(), own: None }
    }

    fn part(min: [f64; 2], size: [f64; 2]) -> Part {
        Part { min, size }
    }

    #[test]
    fn magnified_each_pixel_is_a_block_of_its_own_colour() {
        let original = Original::new(picture(7, 5));
        let image = original.painted(part([2.0, 1.0], [2.0, 2.0]), [6, 6]);
        for (at, pixel) in image.pixels.iter().enumerate() {
            let (x, y) = (at % 6 / 3 + 2, at / 6 / 3 + 1);
            assert_eq!(pixel.to_array(), [x as u8 * 10, y as u8 * 10, 7, 255], "{at}");
        }
        assert_eq!(original.pixel([6, 4]).unwrap().to_string(), "60, 40, 7");
        assert_eq!((original.pixel([7, 0]), original.pixel([0, 5])), (None, None));
    }

    #[test]
    fn reduced_each_pixel_is_the_mean_of_its_area() {
        // By hand: a value is ten times its place, so the mean of an area is ten times its middle less a half.
        for (size, out) in
            [((12, 8), [6, 4]), ((12, 8), [3, 2]), ((12, 9), [4, 3]), ((25, 13), [1, 1]), ((20, 10), [8, 4])]
        {
            let original = Original::new(picture(size.0, size.1));
            let whole = part([0.0; 2], [f64::from(size.0), f64::from(size.1)]);
            let image = original.painted(whole, out);
            for (at, pixel) in image.pixels.iter().enumerate() {
                let middle = |number: usize, side: u32, out: usize| {
                    (number as f64 + 0.5) * f64::from(side) / out as f64 * 10.0 - 5.0
                };
                let expected = [middle(at % out[0], size.0, out[0]), middle(at / out[0], size.1, out[1])];
                for (value, expected) in pixel.to_array().into_iter().zip(expected) {
                    // Two roundings, and areas that end within a pixel of a half.
                    assert!((f64::from(value) - expected).abs() <= 2.6, "{size:?} {out:?} {at}: {value} {expected}");
                }
            }
        }
    }

    #[test]
    fn transparent_pixels_give_no_colour() {
        let rgba = [[200, 10, 30, 255], [0, 255, 0, 0], [200, 10, 30, 255], [0, 255, 0, 0]].concat();
        let original = Original::new(OriginalPicture { width: 2, height: 2, rgba, own: None });
        let image = original.painted(part([0.0; 2], [2.0; 2]), [1, 1]);
        assert_eq!(image.pixels, [Color32::from_rgba_unmultiplied(200, 10, 30, 128)]);
    }

    #[test]
    fn any_part_of_any_size_is_painted() {
        let original = Original::new(picture(3, 200));
        for (min, size) in [([-5.0, -9.0], [400.0, 400.0]), ([2.9, 199.9], [0.01, 0.01]), ([50.0, 900.0], [1.0, 1.0])] {
            assert_eq!(original.painted(part(min, size), [17, 9]).pixels.len(), 17 * 9);
        }
        assert_eq!(original.painted(part([0.0; 2], [3.0, 200.0]), [0, 0]).pixels.len(), 0);
    }
}
