//! A picture as its decoder gives it: what is shown of it, and the values of its file.

use bytemuck::cast_slice;
use image::{DynamicImage, GrayImage};

use super::decode::Header;
use super::deep::Deep;
use crate::data::source::{Element, Ends, OwnValues, Stored};

/// The pixels of a picture as they are stored.
#[derive(Debug)]
pub(super) enum Unpacked {
    /// Of 8 or 16 bits a value, or floats in colour.
    Picture(DynamicImage),
    /// One number a pixel, as many as there are pixels, line by line.
    Numbers {
        /// How they lie in the bytes.
        stored: Stored,
        bytes: Vec<u8>,
        /// The least is white.
        is_white_zero: bool,
    },
}

impl Unpacked {
    /// As it is shown, of 8 bits a value where `deep` says what those are, and the ends of its own values where it has more.
    pub(super) fn shown(self, header: &Header, deep: &Deep) -> (DynamicImage, Option<Ends>) {
        match self {
            Self::Picture(picture) => deep.shown(picture),
            Self::Numbers { stored, bytes, is_white_zero } => {
                let ((width, height), (mut bytes, ends)) = (header.stored, deep.numbers(stored, &bytes));
                if is_white_zero {
                    for byte in &mut bytes {
                        *byte = 255 - *byte;
                    }
                }
                (GrayImage::from_raw(width, height, bytes).unwrap_or_default().into(), ends)
            }
        }
    }

    /// Its values, where they have more than 8 bits.
    pub(super) fn own(&self, header: &Header) -> Option<OwnValues> {
        let native = |element: Element| Stored { element, big_endian: cfg!(target_endian = "big") };
        let (stored, channels, bytes) = match self {
            Self::Picture(DynamicImage::ImageLuma16(of)) => (native(Element::U16), 1, cast_slice(of)),
            Self::Picture(DynamicImage::ImageLumaA16(of)) => (native(Element::U16), 2, cast_slice(of)),
            Self::Picture(DynamicImage::ImageRgb16(of)) => (native(Element::U16), 3, cast_slice(of)),
            Self::Picture(DynamicImage::ImageRgba16(of)) => (native(Element::U16), 4, cast_slice(of)),
            Self::Picture(DynamicImage::ImageRgb32F(of)) => (native(Element::F32), 3, cast_slice(of)),
            Self::Picture(DynamicImage::ImageRgba32F(of)) => (native(Element::F32), 4, cast_slice(of)),
            Self::Picture(_) => return None,
            Self::Numbers { stored, bytes, .. } => (*stored, 1, bytes.as_slice()),
        };
        Some(OwnValues { stored, channels, bytes: bytes.to_vec(), turned: header.turned() })
    }
}
