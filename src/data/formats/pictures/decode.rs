//! Decoding within bounds: what a picture's header says, and its pixels as red, green, blue and alpha.

use std::io::Cursor;
use std::sync::{Mutex, MutexGuard, PoisonError};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, RgbaImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::deep::{Deep, Depth};
use super::jpeg::Jpeg;
use super::place::{Fault, Place};
use super::tiff::Tiff;
use super::unpacked::Unpacked;
use super::{exif, kinds, whole};
use crate::data::source::{Ends, OwnValues, Turned};
use crate::panics;
use crate::room;
use crate::words::{shown_text, thousands};

/// Pixels a side.
pub(super) const MOST_SIDE: u32 = 12_000;
/// Bytes of a decoded picture, before it is turned into 8 bits a value.
const MOST_BYTES: u64 = 2 << 30;
/// Bytes that headers may take while they are read.
const HEADER_BYTES: u64 = 64 << 20;
/// Bytes that are read of a file at first: nearly all headers lie in them.
const FIRST_BYTES: u64 = 64 << 10;
/// Pictures that take more bytes than these are decoded one at a time: on many cores their memory would add up.
const LARGE_BYTES: u64 = 64 << 20;
/// Characters of a decoder's own words that are shown.
const SHOWN: usize = 120;
pub(super) const TOO_LARGE: &str = "it would take more memory than is spent on a picture";

static LARGE: Mutex<()> = Mutex::new(());

/// What is known of a picture before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) format: ImageFormat,
    /// As it is stored, in pixels.
    pub(super) stored: (u32, u32),
    /// How what is stored is turned to be seen.
    pub(super) orientation: Orientation,
    /// When it was taken, by its EXIF data: microseconds since 1970, its clock's time taken for UTC.
    pub(super) taken_us: Option<i64>,
    /// Of how many bits its values are.
    pub(super) depth: Depth,
}

impl Header {
    /// Height and width in pixels as it is seen.
    pub(super) fn size(&self) -> (u32, u32) {
        let (width, height) = self.stored;
        if is_on_its_side(self.orientation) { (width, height) } else { (height, width) }
    }

    /// How it is turned to be seen; `None` where it is not.
    pub(super) fn turned(&self) -> Option<Turned> {
        let code = self.orientation.to_exif();
        (code > 1).then_some(Turned { code, stored: self.stored })
    }
}

/// Whether height and width change places.
fn is_on_its_side(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// Reads the header of a picture, and whether it is there to its end as far as that shows.
pub(super) fn header(place: &Place) -> Result<Header, Fault> {
    // On many cores the memory of large ones that are unpacked would add up.
    let _one = (place.is_packed() && place.len() > LARGE_BYTES).then(one_at_a_time);
    let place = &place.at_hand()?;
    let head = place.read(0..FIRST_BYTES)?;
    let Some(format) = kinds::of(&head) else {
        return Err(Fault::Own(format!("this is {}", kinds::instead(&head))));
    };
    let is_all = head.len() as u64 == place.len();
    let header = match of_bytes(format, &head) {
        // It goes on behind its first bytes, or its parts lie at its end.
        Err(_) if !is_all => of_bytes(format, &place.all()?),
        header => header,
    };
    let header = header.map_err(Fault::Own)?;
    let (width, height) = header.stored;
    if width == 0 || height == 0 {
        return Err(Fault::Own("it has no pixels".to_owned()));
    }
    if width.max(height) > MOST_SIDE {
        let [width, height, most] = [width, height, MOST_SIDE].map(|side| thousands(side.into()));
        return Err(Fault::Own(format!("{width} × {height} pixels; at most {most} a side are read")));
    }
    if !whole::is_whole(format, place, &head)? {
        return Err(Fault::Own("it ends early: it was cut short".to_owned()));
    }
    Ok(header)
}

fn of_bytes(format: ImageFormat, bytes: &[u8]) -> Result<Header, String> {
    let read = || {
        if format == ImageFormat::Tiff
            && let Some(tiff) = Tiff::of(bytes)?
        {
            let (stored, orientation, depth) = (tiff.stored, tiff.orientation, tiff.depth());
            return Ok(Header { format, stored, orientation, taken_us: None, depth });
        }
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(HEADER_BYTES);
        let mut decoder = decoder(format, bytes, limits)?;
        let stored = decoder.dimensions();
        // What stands wrong in EXIF data is no fault of the picture.
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let exif = decoder.exif_metadata().ok().flatten();
        let taken_us = exif.and_then(|exif| exif::taken_us(&exif));
        Ok(Header { format, stored, orientation, taken_us, depth: Depth::of(decoder.color_type()) })
    };
    guarded(read)
}

/// All pixels of a picture as it is stored, not turned yet, of 8 bits a value where `deep` says what those are, and the ends of its
/// own values where it has more; of an animation it is the first frame.
pub(super) fn stored(place: &Place, header: &Header, deep: &Deep) -> Result<(DynamicImage, Option<Ends>), Fault> {
    Ok(unpacked(place, header)?.shown(header, deep))
}

/// The same with the values of its file.
fn unpacked(place: &Place, header: &Header) -> Result<Unpacked, Fault> {
    let bytes = place.all()?;
    let decode = || {
        let most = most_at_once();
        let (width, height) = header.stored;
        // Decoders count what they need besides, not the pixels, which are made four bytes each.
        let refuse_unless_fits = |decoded: u64| {
            let pixels = u64::from(width) * u64::from(height) * 4;
            if decoded > MOST_BYTES {
                return Err("decoded it takes more than 2 GiB".to_owned());
            }
            if most < MOST_BYTES && decoded.max(pixels) > most { Err(TOO_LARGE.to_owned()) } else { Ok(()) }
        };
        let other_size = || "it has another size than when it was opened".to_owned();
        if header.format == ImageFormat::Tiff
            && let Some(tiff) = Tiff::of(&bytes)?
        {
            if tiff.stored != header.stored {
                return Err(other_size());
            }
            refuse_unless_fits(tiff.decoded_bytes())?;
            let _one = (tiff.decoded_bytes() > LARGE_BYTES).then(one_at_a_time);
            return tiff.decode(bytes, most);
        }
        let mut limits = Limits::default();
        (limits.max_image_width, limits.max_image_height) = (Some(MOST_SIDE), Some(MOST_SIDE));
        limits.max_alloc = Some(most);
        let decoder = decoder(header.format, &bytes, limits)?;
        if decoder.dimensions() != header.stored {
            return Err(other_size());
        }
        let decoded = decoder.total_bytes();
        refuse_unless_fits(decoded)?;
        let _one = (decoded > LARGE_BYTES).then(one_at_a_time);
        Ok(Unpacked::Picture(DynamicImage::from_decoder(decoder).map_err(|error| in_words(&error))?))
    };
    guarded(decode).map_err(Fault::Own)
}

/// A thread that panicked has left nothing half done behind this lock.
fn one_at_a_time() -> MutexGuard<'static, ()> {
    LARGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is damaged in a picture that was decoded all the same, as a clause: of JPEG pictures the decoder fills up what is lost, as
/// browsers do, unless it is asked to be strict.
pub(super) fn damage(place: &Place, header: &Header) -> Result<Option<String>, Fault> {
    if header.format != ImageFormat::Jpeg {
        return Ok(None);
    }
    let bytes = place.all()?;
    let decode = || {
        let decoded = u64::from(header.stored.0) * u64::from(header.stored.1) * 4;
        let _one = (decoded > LARGE_BYTES).then(one_at_a_time);
        let options = DecoderOptions::default().set_strict_mode(true);
        let options = options.set_max_width(MOST_SIDE as usize).set_max_height(MOST_SIDE as usize);
        let decoded = JpegDecoder::new_with_options(ZCursor::new(&bytes), options).decode();
        decoded.map(drop).map_err(|error| shown_text(error.to_string().trim(), SHOWN))
    };
    Ok(guarded(decode).err())
}

/// Bytes that a decoder may ask for: where address space is limited no more than half of what is left, for a system that refuses ends
/// the program.
fn most_at_once() -> u64 {
    let left = if room::is_address_space_limited() { room::address_space() } else { None };
    left.map_or(MOST_BYTES, |room| MOST_BYTES.min(room.left / 2))
}

/// All pixels of a picture as it is seen: red, green, blue and alpha, 8 bits each, row by row; and the values of its file, where these have
/// more and are asked for.
pub(super) fn seen(
    place: &Place,
    header: &Header,
    deep: &Deep,
    with_values: bool,
) -> Result<(RgbaImage, Option<OwnValues>), Fault> {
    let unpacked = unpacked(place, header)?;
    let own = if with_values { unpacked.own(header) } else { None };
    Ok((turned(unpacked.shown(header, deep).0.into_rgba8(), header.orientation), own))
}

/// Turns pixels as they are stored to how they are seen.
pub(super) fn turned(pixels: RgbaImage, orientation: Orientation) -> RgbaImage {
    if orientation == Orientation::NoTransforms {
        return pixels;
    }
    let mut picture = DynamicImage::ImageRgba8(pixels);
    picture.apply_orientation(orientation);
    picture.into_rgba8()
}

/// Reads a picture's header within limits.
pub(super) fn decoder(format: ImageFormat, bytes: &[u8], limits: Limits) -> Result<Box<dyn ImageDecoder + '_>, String> {
    let read = || -> ImageResult<Box<dyn ImageDecoder + '_>> {
        if format == ImageFormat::Jpeg {
            let mut decoder = Jpeg::new(bytes)?;
            decoder.set_limits(limits)?;
            return Ok(Box::new(decoder));
        }
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        Ok(Box::new(reader.into_decoder()?))
    };
    read().map_err(|error| in_words(&error))
}

/// What a decoder panics at is the picture's fault.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panics::caught(work).unwrap_or_else(|_| Err("it is damaged: its decoder gave up".to_owned()))
}

fn in_words(error: &image::ImageError) -> String {
    match error {
        image::ImageError::Limits(_) => TOO_LARGE.to_owned(),
        error => format!("it cannot be decoded ({})", shown_text(error.to_string().trim(), SHOWN)),
    }
}
