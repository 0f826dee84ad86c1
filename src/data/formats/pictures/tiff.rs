//! Kinds of TIFF files that the decoder of all pictures does not know: palettes, floats and whole numbers of other widths, grey with alpha,
//! grey of 2 and 4 bits, colour as brightness and two differences. Their parts are unpacked by the same library below it.

use std::io::Cursor;

use bytemuck::cast_slice;
use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageBuffer, LumaA, RgbImage, RgbaImage};
use tiff::TiffError;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

use super::deep::Depth;
use super::unpacked::Unpacked;
use crate::data::source::{Element, Stored};
use crate::words::shown_text;

/// Characters of the library's own words that are shown.
const SHOWN: usize = 120;

/// What the tags of a file say, where its kind is one of these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tiff {
    pub(super) stored: (u32, u32),
    pub(super) orientation: Orientation,
    kind: Kind,
    bits: u8,
    /// Of grey 0 is white.
    is_white_zero: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Numbers of colours, perhaps with alpha.
    Palette { has_alpha: bool },
    /// 2 or 4 bits.
    Grey,
    /// 8 or 16 bits each.
    GreyAlpha,
    /// Floats, and whole numbers of other widths.
    Numbers,
    /// Brightness and two differences, 8 bits each.
    YCbCr,
}

impl Tiff {
    /// Looks at the tags; `None` of kinds that are decoded as all pictures are.
    pub(super) fn of(bytes: &[u8]) -> Result<Option<Self>, String> {
        let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(|error| in_words(&error))?;
        let mut number = |tag: Tag, otherwise: u16| -> Result<u16, String> {
            let values = decoder.find_tag_unsigned_vec(tag).map_err(|error| in_words(&error))?;
            Ok(values.and_then(|values: Vec<u16>| values.first().copied()).unwrap_or(otherwise))
        };
        let packing = number(Tag::Compression, 1)?;
        if let Some(name) = unread(packing) {
            return Err(format!("its TIFF data are packed as {name}, which is not read: save it with deflate or LZW"));
        }
        let [colours, channels, bits, format, planes, extra, orientation] = [
            number(Tag::PhotometricInterpretation, 0)?,
            number(Tag::SamplesPerPixel, 1)?,
            number(Tag::BitsPerSample, 1)?,
            number(Tag::SampleFormat, 1)?,
            number(Tag::PlanarConfiguration, 1)?,
            number(Tag::ExtraSamples, 0)?,
            number(Tag::Orientation, 1)?,
        ];
        let (is_alpha, is_whole, in_planes) = (matches!(extra, 1 | 2), format == 1, planes == 2 && channels > 1);
        let kind = match (colours, channels, bits) {
            (3, 1, 1 | 2 | 4 | 8) if is_whole => Kind::Palette { has_alpha: false },
            (3, 2, 8) if is_whole && is_alpha && !in_planes => Kind::Palette { has_alpha: true },
            (0 | 1, 1, 2 | 4) if is_whole => Kind::Grey,
            (0 | 1, 2, 8 | 16) if is_whole && is_alpha && !in_planes => Kind::GreyAlpha,
            // Where 0 is white the library turns values around, so that they are not those of the file any more.
            (0 | 1, 1, 32 | 64) | (0, 1, 16) => Kind::Numbers,
            (0 | 1, 1, 8 | 16) if !is_whole => Kind::Numbers,
            (6, 3, 8) if is_whole && !in_planes => Kind::YCbCr,
            (0 | 1, 2.., _) => {
                let what = if in_planes { "one after the other" } else { "of which none is alpha" };
                return Err(format!(
                    "its TIFF data have {channels} channels of grey, {what}: save one of them, or three as colour"
                ));
            }
            _ => return Ok(None),
        };
        let stored = decoder.dimensions().map_err(|error| in_words(&error))?;
        let orientation = u8::try_from(orientation).ok().and_then(Orientation::from_exif);
        let orientation = orientation.unwrap_or(Orientation::NoTransforms);
        Ok(Some(Self { stored, orientation, kind, bits: bits as u8, is_white_zero: colours == 0 }))
    }

    /// Of how many bits its values are.
    pub(super) fn depth(&self) -> Depth {
        match self.kind {
            Kind::Numbers => Depth::Numbers,
            Kind::GreyAlpha if self.bits == 16 => Depth::Words,
            _ => Depth::Bytes,
        }
    }

    /// Bytes that its pixels take while they are decoded.
    pub(super) fn decoded_bytes(&self) -> u64 {
        let pixels = u64::from(self.stored.0) * u64::from(self.stored.1);
        let channels = match self.kind {
            Kind::YCbCr => 3,
            Kind::GreyAlpha | Kind::Palette { .. } => 2,
            Kind::Grey | Kind::Numbers => 1,
        };
        pixels.saturating_mul(channels * u64::from(self.bits.div_ceil(8)))
    }

    /// Its pixels as they are stored, within so many bytes.
    pub(super) fn decode(&self, mut bytes: Vec<u8>, most_bytes: u64) -> Result<Unpacked, String> {
        let colours = match self.kind {
            Kind::Palette { .. } => {
                let colours = palette(&bytes, self.bits)?;
                // The library knows no palettes: as grey it unpacks the numbers of the colours.
                as_grey(&mut bytes).ok_or("its TIFF tags are damaged")?;
                colours
            }
            Kind::Numbers if self.is_white_zero => {
                as_grey(&mut bytes).ok_or("its TIFF tags are damaged")?;
                Vec::new()
            }
            _ => Vec::new(),
        };
        let most = usize::try_from(most_bytes).unwrap_or(usize::MAX);
        let mut limits = Limits::default();
        (limits.decoding_buffer_size, limits.intermediate_buffer_size, limits.ifd_value_size) = (most, most, most);
        let decoder = Decoder::new(Cursor::new(&bytes)).map_err(|error| in_words(&error))?;
        let values = decoder.with_limits(limits).read_image().map_err(|error| in_words(&error))?;
        let (width, height) = self.stored;
        let damaged = || "its TIFF data are no whole picture".to_owned();
        let picture: Option<DynamicImage> = match (self.kind, values) {
            (Kind::Numbers, values) => {
                let (element, bytes) = numbers(values);
                let all = (width as usize * height as usize).checked_mul(element.bytes());
                let stored = Stored { element, big_endian: cfg!(target_endian = "big") };
                return if all == Some(bytes.len()) {
                    Ok(Unpacked::Numbers { stored, bytes, is_white_zero: self.is_white_zero })
                } else {
                    Err(damaged())
                };
            }
            (Kind::Palette { has_alpha: false }, DecodingResult::U8(values)) => {
                let of = |number: u8| colours.get(usize::from(number)).copied().unwrap_or_default();
                let pixels = whole(&values, width, self.bits).flat_map(of);
                RgbImage::from_raw(width, height, self.gathered(3, pixels)).map(Into::into)
            }
            (Kind::Palette { has_alpha: true }, DecodingResult::U8(values)) => {
                let of = |&[number, alpha]: &[u8; 2]| {
                    let [red, green, blue] = colours.get(usize::from(number)).copied().unwrap_or_default();
                    [red, green, blue, alpha]
                };
                RgbaImage::from_raw(width, height, values.as_chunks().0.iter().flat_map(of).collect()).map(Into::into)
            }
            (Kind::Grey, DecodingResult::U8(values)) => {
                let full = (1_u16 << self.bits) - 1;
                let grey = whole(&values, width, self.bits).map(|value| (u16::from(value) * 255 / full) as u8);
                GrayImage::from_raw(width, height, self.gathered(1, grey)).map(Into::into)
            }
            (Kind::GreyAlpha, DecodingResult::U8(values)) => {
                GrayAlphaImage::from_raw(width, height, values).map(Into::into)
            }
            (Kind::GreyAlpha, DecodingResult::U16(values)) => {
                ImageBuffer::<LumaA<u16>, _>::from_raw(width, height, values).map(Into::into)
            }
            (Kind::YCbCr, DecodingResult::U8(values)) => {
                RgbImage::from_raw(width, height, values.as_chunks().0.iter().copied().flat_map(rgb).collect())
                    .map(Into::into)
            }
            _ => None,
        };
        Ok(Unpacked::Picture(picture.ok_or_else(damaged)?))
    }

    /// The values of all pixels, for which there is room at once: growing would take twice as much.
    fn gathered(&self, channels: usize, values: impl Iterator<Item = u8>) -> Vec<u8> {
        let (width, height) = self.stored;
        let mut all = Vec::with_capacity(width as usize * height as usize * channels);
        all.extend(values);
        all
    }
}

/// How data are packed that cannot be unpacked.
fn unread(packing: u16) -> Option<&'static str> {
    Some(match packing {
        2 => "fax (CCITT, Huffman)",
        3 => "fax (CCITT, group 3)",
        6 => "JPEG of the old kind",
        34_661 => "JBIG",
        33_003 | 33_005 | 34_712 => "JPEG 2000",
        34_887 => "LERC",
        34_925 => "LZMA",
        50_000 => "zstd",
        50_001 => "WebP",
        50_002 => "JPEG XL",
        _ => return None,
    })
}

/// Numbers in their bytes, and how they lie there.
fn numbers(values: DecodingResult) -> (Element, Vec<u8>) {
    match values {
        DecodingResult::F16(values) => {
            (Element::F16, values.iter().flat_map(|value| value.to_bits().to_ne_bytes()).collect())
        }
        DecodingResult::F32(values) => (Element::F32, cast_slice(&values).to_vec()),
        DecodingResult::F64(values) => (Element::F64, cast_slice(&values).to_vec()),
        DecodingResult::U8(values) => (Element::U8, values),
        DecodingResult::I8(values) => (Element::I8, cast_slice(&values).to_vec()),
        DecodingResult::U16(values) => (Element::U16, cast_slice(&values).to_vec()),
        DecodingResult::I16(values) => (Element::I16, cast_slice(&values).to_vec()),
        DecodingResult::U32(values) => (Element::U32, cast_slice(&values).to_vec()),
        DecodingResult::I32(values) => (Element::I32, cast_slice(&values).to_vec()),
        DecodingResult::U64(values) => (Element::U64, cast_slice(&values).to_vec()),
        DecodingResult::I64(values) => (Element::I64, cast_slice(&values).to_vec()),
    }
}

/// Values of `bits` bits, lines of which begin with a byte.
fn whole(values: &[u8], width: u32, bits: u8) -> impl Iterator<Item = u8> + '_ {
    let bits = usize::from(bits);
    let (line, width) = ((width as usize * bits).div_ceil(8).max(1), width as usize);
    values.chunks_exact(line).flat_map(move |line| {
        (0..width).map(move |at| {
            let byte = line.get(at * bits / 8).copied().unwrap_or_default();
            let behind = 8 - bits - at * bits % 8;
            byte >> behind & (u8::MAX >> (8 - bits))
        })
    })
}

/// The colours of a palette: all reds, all greens, all blues, 16 bits each.
fn palette(bytes: &[u8], bits: u8) -> Result<Vec<[u8; 3]>, String> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(|error| in_words(&error))?;
    let values = decoder.find_tag_unsigned_vec::<u16>(Tag::ColorMap).map_err(|error| in_words(&error))?;
    let (values, count) = (values.unwrap_or_default(), 1_usize << bits);
    if values.len() != 3 * count {
        return Err(format!("its TIFF palette has {} values, not {}", values.len(), 3 * count));
    }
    // Some programs wrote 8 bits where 16 are meant.
    let is_of_bytes = values.iter().all(|value| *value < 256);
    let byte = |value: u16| if is_of_bytes { value as u8 } else { (value >> 8) as u8 };
    let at = |channel: usize, number: usize| values.get(channel * count + number).copied().map_or(0, byte);
    Ok((0..count).map(|number| [0, 1, 2].map(|channel| at(channel, number))).collect())
}

/// Says of a file that it is grey, 0 being black; `None` where its tags are not found.
fn as_grey(bytes: &mut [u8]) -> Option<()> {
    const COLOURS: u64 = 262;
    let is_little = bytes.first()? == &b'I';
    let number = |bytes: &[u8], at: usize, length: usize| -> Option<u64> {
        let digits = bytes.get(at..at.checked_add(length)?)?;
        let all = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if is_little { digits.iter().rev().fold(0, all) } else { digits.iter().fold(0, all) })
    };
    let is_big = number(bytes, 2, 2)? == 43;
    // Where the tags begin, how many bytes count them, how long each is, and where its value stands in it.
    let (start, counted, each, value) =
        if is_big { (number(bytes, 8, 8)?, 8, 20, 12) } else { (number(bytes, 4, 4)?, 2, 12, 8) };
    let start = usize::try_from(start).ok()?;
    let tags = number(bytes, start, counted)?.min(u64::from(u16::MAX)) as usize;
    let place = |tag: usize| start.checked_add(counted)?.checked_add(tag * each);
    let tag = (0..tags).find(|tag| place(*tag).and_then(|at| number(bytes, at, 2)) == Some(COLOURS))?;
    let at = place(tag)? + value;
    let value = bytes.get_mut(at..at + 2)?;
    value.copy_from_slice(&if is_little { 1_u16.to_le_bytes() } else { 1_u16.to_be_bytes() });
    Some(())
}

/// By JFIF: all values from 0 to 255.
fn rgb([luma, blue, red]: [u8; 3]) -> [u8; 3] {
    let [luma, blue, red] = [f32::from(luma), f32::from(blue) - 128.0, f32::from(red) - 128.0];
    let green = luma - 0.344_136 * blue - 0.714_136 * red;
    [luma + 1.402 * red, green, luma + 1.772 * blue].map(|value| value.round().clamp(0.0, 255.0) as u8)
}

fn in_words(error: &TiffError) -> String {
    match error {
        TiffError::LimitsExceeded => super::decode::TOO_LARGE.to_owned(),
        error => format!("it cannot be decoded ({})", shown_text(error.to_string().trim(), SHOWN)),
    }
}
