//! What is kept of one picture besides its cell.

use image::ImageFormat;
use image::metadata::Orientation;

use crate::data::formats::pictures::decode::Header;
use crate::data::formats::pictures::deep::Depth;
use crate::data::formats::pictures::kinds;
use crate::data::source::Ends;

/// Bytes of a picture's record.
pub(super) const RECORD_BYTES: usize = 56;

/// What a picture's header says, and the sum of its cell's values, 64 bits of XXH3; `None` where it cannot be decoded.
///
/// | bytes | what |
/// |---|---|
/// | 16 | by what it is known again |
/// | 8 | sum of its cell |
/// | 8 | when it was taken, in microseconds since 1970 |
/// | 8 | width and height as it is stored |
/// | 1 | its format's number |
/// | 1 | EXIF orientation |
/// | 1 | whether there is a cell |
/// | 1 | whether it is known when it was taken |
/// | 1 | of how many bits its values are: 0 of 8, 1 of 16, 2 of others |
/// | 1 | whether the ends of these are known |
/// | 2 | zeros |
/// | 8 | the least and the greatest of them, as floats |
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) header: Header,
    pub(super) sum: Option<u64>,
    /// The ends of its own values, where these have more than 8 bits.
    pub(super) ends: Option<Ends>,
}

impl Record {
    /// Its bytes; `None` of a format that has no number.
    pub(super) fn bytes(&self, key: u128) -> Option<[u8; RECORD_BYTES]> {
        let (width, height) = self.header.stored;
        let format = kinds::KEPT.iter().position(|format| *format == self.header.format)? as u8;
        let mut bytes = [0; RECORD_BYTES];
        let flags = [
            format,
            self.header.orientation.to_exif(),
            self.sum.is_some().into(),
            self.header.taken_us.is_some().into(),
            self.header.depth as u8,
            self.ends.is_some().into(),
            0,
            0,
        ];
        let [least, most] = self.ends.unwrap_or_default().map(f32::to_le_bytes);
        let parts: [&[u8]; 8] = [
            &key.to_le_bytes(),
            &self.sum.unwrap_or(0).to_le_bytes(),
            &self.header.taken_us.unwrap_or(0).to_le_bytes(),
            &width.to_le_bytes(),
            &height.to_le_bytes(),
            &flags,
            &least,
            &most,
        ];
        bytes.iter_mut().zip(parts.concat()).for_each(|(to, byte)| *to = byte);
        Some(bytes)
    }

    /// A record and by what its picture is known again; `None` where there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<(u128, Self)> {
        let (key, bytes) = bytes.split_first_chunk()?;
        let (sum, bytes) = bytes.split_first_chunk()?;
        let (taken, bytes) = bytes.split_first_chunk()?;
        let (width, bytes) = bytes.split_first_chunk()?;
        let (height, bytes) = bytes.split_first_chunk()?;
        let [format, orientation, has_cell, is_taken, depth, has_ends, _, _, ends @ ..] = bytes else { return None };
        let ends: [[u8; 4]; 2] = ends.as_chunks().0.try_into().ok()?;
        let header = Header {
            format: format_of(*format)?,
            stored: (u32::from_le_bytes(*width), u32::from_le_bytes(*height)),
            orientation: Orientation::from_exif(*orientation)?,
            taken_us: (*is_taken == 1).then_some(i64::from_le_bytes(*taken)),
            depth: *[Depth::Bytes, Depth::Words, Depth::Numbers].get(usize::from(*depth))?,
        };
        let ends = (*has_ends == 1).then_some(ends.map(f32::from_le_bytes));
        let sum = (*has_cell == 1).then_some(u64::from_le_bytes(*sum));
        Some((u128::from_le_bytes(*key), Self { header, sum, ends }))
    }
}

fn format_of(number: u8) -> Option<ImageFormat> {
    kinds::KEPT.get(usize::from(number)).copied()
}
