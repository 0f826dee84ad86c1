//! The small picture that a camera puts into the EXIF data of a large one: where it is large enough, nothing else is decoded for a cell.

use image::{DynamicImage, ImageDecoder as _, ImageFormat, Limits};

use super::decode::{self, Header};
use super::exif;
use super::place::{Fault, Place};

/// Bytes that EXIF data lies in: one segment of 64 KiB, behind a few short ones.
const FIRST_BYTES: u64 = 96 << 10;
/// Pixels of a large picture from which on it is looked into twice: a smaller one is decoded in a few milliseconds.
const WORTH_PIXELS: u64 = 1 << 18;
/// Bytes of a small picture when it is decoded; those of cameras take 60 kB to 1 MB.
const MOST_BYTES: u64 = 16 << 20;

/// The small picture in a large one, as it is stored, where it is no smaller than `(height, width)`, which is smaller than the large one,
/// and of the same proportions, to a pixel: some cameras add bars.
pub(super) fn of(place: &Place, header: &Header, (height, width): (u32, u32)) -> Result<Option<DynamicImage>, Fault> {
    let (own_width, own_height) = header.stored;
    let is_worth_it = u64::from(own_width) * u64::from(own_height) >= WORTH_PIXELS;
    if header.format != ImageFormat::Jpeg || !is_worth_it || (own_width <= width && own_height <= height) {
        return Ok(None);
    }
    let head = place.read(0..FIRST_BYTES)?;
    place.file().check_unchanged()?;
    // Whatever is wrong with it, the large one is there.
    Ok(decode::guarded(|| small(&head, header, (height, width))).ok().flatten())
}

fn small(head: &[u8], header: &Header, (height, width): (u32, u32)) -> Result<Option<DynamicImage>, String> {
    let exif = decode::decoder(header.format, head, Limits::default())?.exif_metadata().ok().flatten();
    let Some(bytes) = exif.as_deref().and_then(exif::thumbnail) else { return Ok(None) };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    let decoder = decode::decoder(ImageFormat::Jpeg, bytes, limits)?;
    let (its_width, its_height) = decoder.dimensions();
    let is_large = its_width >= width && its_height >= height;
    if !is_large || !is_alike(header.stored, (its_width, its_height)) || decoder.total_bytes() > MOST_BYTES {
        return Ok(None);
    }
    Ok(DynamicImage::from_decoder(decoder).ok())
}

/// Whether a side of the small one is, rounded either way, that of the large one shrunk as the other side is.
fn is_alike((width, height): (u32, u32), (its_width, its_height): (u32, u32)) -> bool {
    let [across, down] =
        [(width, its_height), (height, its_width)].map(|(large, small)| u64::from(large) * u64::from(small));
    across.abs_diff(down) < u64::from(width.max(height))
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn proportions_are_compared_to_a_pixel() {
        for (large, small) in [
            ((4000, 3000), (160, 120)),
            ((6000, 4000), (160, 107)),
            ((6000, 4000), (160, 106)),
            ((3000, 4001), (120, 160)),
        ] {
            assert!(is_alike(large, small), "{large:?} {small:?}");
        }
        // With bars, turned, square.
        for (large, small) in [((6000, 4000), (160, 120)), ((4000, 3000), (120, 160)), ((4000, 3000), (160, 160))] {
            assert!(!is_alike(large, small), "{large:?} {small:?}");
        }
    }
}
