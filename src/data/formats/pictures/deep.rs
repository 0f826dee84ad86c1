//! Pictures of more than 8 bits a value: which of them a range is for, and what their values become. All else of a set keeps its values.

use image::{DynamicImage, ImageBuffer, Pixel, RgbImage, RgbaImage};

use crate::data::source::{Ends, Stored};
use crate::data::values::ValueRange;

/// Of how many bits a picture's values are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Depth {
    /// 8 at most.
    #[default]
    Bytes,
    /// 16 a channel, without a sign.
    Words,
    /// Floats, and whole numbers of other widths.
    Numbers,
}

impl Depth {
    /// Of what a decoder gives.
    pub(super) fn of(color: image::ColorType) -> Self {
        use image::ColorType::{L16, La16, Rgb16, Rgb32F, Rgba16, Rgba32F};
        match color {
            L16 | La16 | Rgb16 | Rgba16 => Self::Words,
            Rgb32F | Rgba32F => Self::Numbers,
            _ => Self::Bytes,
        }
    }
}

/// Whether there are pictures of 16 bits a channel, and no others.
pub(super) fn are_all_words(depths: impl IntoIterator<Item = Depth>) -> bool {
    let mut depths = depths.into_iter().peekable();
    depths.peek().is_some() && depths.all(|depth| depth == Depth::Words)
}

/// What whole numbers of more than 8 bits are shown in without a range.
const WORDS: ValueRange = ValueRange { low: 0.0, high: 65_535.0 };

/// The range that was asked for, for such pictures.
#[derive(Clone, Debug, Default)]
pub(super) struct Deep {
    range: Option<ValueRange>,
    /// What each value of 16 bits becomes, where the range is for these.
    words: Option<Box<[u8]>>,
}

impl Deep {
    /// Of a range that was asked for, for pictures of these depths. One within 0…255 is for those of 16 bits where all are; else those
    /// are rounded to 8 bits first.
    pub(super) fn of(range: Option<ValueRange>, depths: impl IntoIterator<Item = Depth>) -> Self {
        let are_words = are_all_words(depths);
        let of_words = range.filter(|range| are_words || range.high > ValueRange::BYTES.high);
        let words = of_words.map(|range| (0..=u16::MAX).map(|value| range.ink_of(value.into())).collect());
        Self { range, words }
    }

    /// The range that decides what a picture of this depth looks like.
    pub(super) fn range_for(&self, depth: Depth) -> Option<ValueRange> {
        match depth {
            Depth::Bytes => None,
            Depth::Words => self.range.filter(|_| self.words.is_some()),
            Depth::Numbers => self.range,
        }
    }

    /// Whether the range is not for bytes, where a set holds pictures of such depths: those keep their values then.
    pub(super) fn is_for(&self, depths: impl IntoIterator<Item = Depth>) -> bool {
        self.words.is_some() || depths.into_iter().any(|depth| depth == Depth::Numbers && self.range.is_some())
    }

    /// Numbers as bytes, and the ends of all of them. Without a range floats are shown from 0 to 1, whole numbers as those of 8 and of 16
    /// bits are.
    pub(super) fn numbers(&self, stored: Stored, numbers: &[u8]) -> (Vec<u8>, Option<Ends>) {
        let usual = match stored.element {
            element if element.is_float() => ValueRange::BOOLS,
            element if element.bytes() == 1 => ValueRange::BYTES,
            _ => WORDS,
        };
        let (range, mut ends) = (self.range.unwrap_or(usual), None);
        let mut bytes = Vec::with_capacity(numbers.len() / stored.element.bytes());
        stored.for_each(numbers, |value| {
            widen(&mut ends, value as f32);
            bytes.push(byte(range, value));
        });
        (bytes, ends)
    }

    /// A picture as it is shown, of 8 bits a value where the range says what these are, and the ends of its own values where it has
    /// more. Alpha has no part in either.
    pub(super) fn shown(&self, picture: DynamicImage) -> (DynamicImage, Option<Ends>) {
        match picture {
            DynamicImage::ImageLuma16(of) => self.words(of),
            DynamicImage::ImageLumaA16(of) => self.words(of),
            DynamicImage::ImageRgb16(of) => self.words(of),
            DynamicImage::ImageRgba16(of) => self.words(of),
            DynamicImage::ImageRgb32F(of) => {
                let (bytes, ends) = self.floats(&of, 3);
                let shown = RgbImage::from_raw(of.width(), of.height(), bytes);
                (shown.unwrap_or_default().into(), ends)
            }
            DynamicImage::ImageRgba32F(of) => {
                let (bytes, ends) = self.floats(&of, 4);
                let shown = RgbaImage::from_raw(of.width(), of.height(), bytes);
                (shown.unwrap_or_default().into(), ends)
            }
            picture => (picture, None),
        }
    }

    fn words<P>(&self, mut picture: ImageBuffer<P, Vec<u16>>) -> (DynamicImage, Option<Ends>)
    where
        P: Pixel<Subpixel = u16>,
        DynamicImage: From<ImageBuffer<P, Vec<u16>>>,
    {
        let channels = usize::from(P::CHANNEL_COUNT);
        // Two and four channels end in alpha.
        let colours = channels - usize::from(channels % 2 == 0);
        let (mut least, mut most) = (u16::MAX, 0);
        for value in picture.chunks_exact(channels).flat_map(|pixel| pixel.iter().take(colours)) {
            (least, most) = (least.min(*value), most.max(*value));
        }
        if let Some(table) = &self.words {
            for value in picture.chunks_exact_mut(channels).flat_map(|pixel| pixel.iter_mut().take(colours)) {
                // Of 16 bits still: what is rounded to 8 later is just this.
                *value = u16::from(table.get(usize::from(*value)).copied().unwrap_or_default()) * 257;
            }
        }
        (picture.into(), Some([least.into(), most.into()]))
    }

    fn floats(&self, values: &[f32], channels: usize) -> (Vec<u8>, Option<Ends>) {
        let (range, mut ends) = (self.range.unwrap_or(ValueRange::BOOLS), None);
        let mut bytes = Vec::with_capacity(values.len());
        for pixel in values.chunks_exact(channels) {
            for (value, channel) in pixel.iter().zip(0..) {
                let is_alpha = channel == 3;
                bytes.push(byte(if is_alpha { ValueRange::BOOLS } else { range }, (*value).into()));
                if !is_alpha {
                    widen(&mut ends, *value);
                }
            }
        }
        (bytes, ends)
    }
}

/// The byte of a number; what is none is paper.
fn byte(range: ValueRange, value: f64) -> u8 {
    if value.is_nan() { 0 } else { range.ink_of(value) }
}

/// Takes a finite value in.
fn widen(ends: &mut Option<Ends>, value: f32) {
    if !value.is_finite() {
        return;
    }
    let [least, most] = ends.get_or_insert([value; 2]);
    (*least, *most) = (least.min(value), most.max(value));
}
