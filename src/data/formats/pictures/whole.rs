//! Whether a picture is there to its end: decoders draw what was cut short as if it were good.

use image::ImageFormat;
use memchr::memmem;

use super::place::{Fault, Place};

/// Bytes at the end that are looked at before all of a picture is.
const TAIL_BYTES: u64 = 64 << 10;
/// Chunks of a PNG picture that are passed on the way to its end.
const MOST_CHUNKS: u32 = 1 << 20;

/// Whether a picture that begins with `head` is there to its end, as far as that shows without decoding it.
pub(super) fn is_whole(format: ImageFormat, place: &Place, head: &[u8]) -> Result<bool, Fault> {
    match format {
        ImageFormat::Jpeg => is_whole_jpeg(place, head),
        ImageFormat::Png => is_whole_png(place),
        ImageFormat::WebP => Ok(is_whole_webp(place.len(), head)),
        // Their decoders say so.
        _ => Ok(true),
    }
}

/// Behind the beginning of its lines, where `0xFF` among values is followed by 0, stands the mark of its end.
fn is_whole_jpeg(place: &Place, head: &[u8]) -> Result<bool, Fault> {
    const END: [u8; 2] = [0xff, 0xd9];
    let lines = match start_of_lines(head) {
        Some(start) => start as u64,
        None => match start_of_lines(&place.all()?) {
            Some(start) => start as u64,
            None => return Ok(false),
        },
    };
    let tail = place.len().saturating_sub(TAIL_BYTES).max(lines);
    if memmem::rfind(&place.read(tail..place.len())?, &END).is_some() {
        return Ok(true);
    }
    // Cameras write a film behind it, or other pictures.
    Ok(tail > lines && memmem::find(&place.read(lines..place.len())?, &END).is_some())
}

/// Where the segment ends that begins the lines of a JPEG picture; that of a thumbnail lies within another segment.
fn start_of_lines(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        while bytes.get(at)? != &0xff {
            at += 1;
        }
        while bytes.get(at)? == &0xff {
            at += 1;
        }
        let mark = *bytes.get(at)?;
        at += 1;
        // Marks without a segment.
        if matches!(mark, 0x00 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let &[high, low] = bytes.get(at..at + 2)? else { return None };
        at += usize::from(u16::from_be_bytes([high, low])).max(2);
        if mark == 0xda {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// The last chunk is there.
fn is_whole_png(place: &Place) -> Result<bool, Fault> {
    const CHUNK_BYTES: u64 = 12;
    let len = place.len();
    if place.read(len.saturating_sub(CHUNK_BYTES)..len)?.get(4..8) == Some(b"IEND") {
        return Ok(true);
    }
    let mut at = 8;
    for _ in 0..MOST_CHUNKS {
        let head = place.read(at..at + 8)?;
        let Some((&length, kind)) = head.split_first_chunk::<4>() else { return Ok(false) };
        at += u64::from(u32::from_be_bytes(length)) + CHUNK_BYTES;
        if at > len || kind.len() < 4 {
            return Ok(false);
        }
        if kind == b"IEND" {
            return Ok(true);
        }
    }
    Ok(false)
}

/// It is as long as it says.
fn is_whole_webp(len: u64, head: &[u8]) -> bool {
    let said = head.get(4..8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    u64::from(said) + 8 <= len
}
