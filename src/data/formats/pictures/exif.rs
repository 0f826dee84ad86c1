//! What the EXIF data of a picture says: when it was taken, and a small picture of it. They are entries of a TIFF file without pictures.

use crate::data::columns::time;

/// Entries of a list that are looked at.
const MOST_ENTRIES: usize = 512;

/// Tags: when the file was last changed, where the list of the camera's own entries lies, when the picture was taken.
const CHANGED: u16 = 0x0132;
const OF_CAMERA: u16 = 0x8769;
const TAKEN: u16 = 0x9003;
/// Tags of the second list, which is of the small picture: where its bytes begin, and how many there are.
const THUMBNAIL_AT: u16 = 0x0201;
const THUMBNAIL_BYTES: u16 = 0x0202;

/// `2017:03:08 21:12:07` and a zero.
const TIME_BYTES: u32 = 20;

/// When it was taken, else when it was last changed: microseconds since 1970, the clock's time taken for UTC. `None` where the data
/// does not say so.
pub(super) fn taken_us(exif: &[u8]) -> Option<i64> {
    let numbers = Numbers::of(exif)?;
    let first = numbers.long(4)? as usize;
    let of_camera = numbers.entry(first, OF_CAMERA).and_then(|entry| numbers.long(entry + 8));
    let taken = of_camera.and_then(|list| numbers.time(list as usize, TAKEN));
    taken.or_else(|| numbers.time(first, CHANGED))
}

/// The bytes of the small picture that comes along; `None` where there is none, or where it is no JPEG picture.
pub(super) fn thumbnail(exif: &[u8]) -> Option<&[u8]> {
    let numbers = Numbers::of(exif)?;
    let first = numbers.long(4)? as usize;
    let behind = first.checked_add(2 + 12 * usize::from(numbers.short(first)?))?;
    let second = numbers.long(behind).filter(|list| *list > 0)? as usize;
    let value = |tag: u16| Some(numbers.long(numbers.entry(second, tag)? + 8)? as usize);
    let (start, length) = (value(THUMBNAIL_AT)?, value(THUMBNAIL_BYTES)?);
    numbers.exif.get(start..start.checked_add(length)?).filter(|bytes| bytes.starts_with(&[0xff, 0xd8, 0xff]))
}

/// Numbers in either byte order.
struct Numbers<'a> {
    exif: &'a [u8],
    is_little: bool,
}

impl<'a> Numbers<'a> {
    fn of(exif: &'a [u8]) -> Option<Self> {
        let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        match exif.get(..4)? {
            b"II*\0" => Some(Self { exif, is_little: true }),
            b"MM\0*" => Some(Self { exif, is_little: false }),
            _ => None,
        }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let &bytes = self.exif.get(at..)?.first_chunk()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let &bytes = self.exif.get(at..)?.first_chunk()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// Where the entry of a tag begins in the list at `list`.
    fn entry(&self, list: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.short(list)?).min(MOST_ENTRIES);
        let mut entries = (0..count).map(|number| list + 2 + 12 * number);
        entries.find(|entry| self.short(*entry) == Some(tag))
    }

    /// The time that the entry of a tag holds.
    fn time(&self, list: usize, tag: u16) -> Option<i64> {
        let entry = self.entry(list, tag)?;
        let (count, at) = (self.long(entry + 4)?, self.long(entry + 8)? as usize);
        if count < TIME_BYTES - 1 {
            return None;
        }
        let text = std::str::from_utf8(self.exif.get(at..)?.get(..19)?).ok()?;
        let (date, clock) = text.split_once(' ')?;
        time::parse(&format!("{}T{clock}Z", date.replace(':', "-")))
    }
}

#[cfg(test)]
mod tests {
    use super::taken_us;

    /// A list of one entry that points to the camera's list of one entry, in big-endian order.
    fn exif(text: &[u8; 20]) -> Vec<u8> {
        let mut exif = b"MM\0*\0\0\0\x08".to_vec();
        exif.extend(b"\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
        exif.extend(b"\0\x01\x90\x03\0\x02\0\0\0\x14\0\0\0\x2c\0\0\0\0");
        exif.extend(text);
        exif
    }

    #[test]
    fn the_time_is_that_of_the_camera_and_damage_is_no_time() {
        let good = exif(b"2017:03:08 21:12:07\0");
        // date -u -d '2017-03-08 21:12:07' +%s
        assert_eq!(taken_us(&good), Some(1_489_007_527_000_000));
        assert_eq!(taken_us(&exif(b"    :  :     :  :  \0")), None);
        for end in 0..good.len() - 1 {
            assert_eq!(taken_us(good.get(..end).unwrap_or_default()), None, "{end}");
        }
        // A list that is its own entry, and numbers beyond the end.
        for at in 0..good.len() {
            for byte in [0, 8, 0xff] {
                let mut bad = good.clone();
                if let Some(place) = bad.get_mut(at) {
                    *place = byte;
                }
                let _ = taken_us(&bad);
            }
        }
    }
}
