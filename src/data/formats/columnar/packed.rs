//! Arrays that lie as PNG pictures in a column, as this program writes them: the file's metadata says so, and so they are read as the
//! values that they were, where other programs see pictures. What writes the file once more may leave out metadata: each picture has a
//! mark of its own as well.

use std::collections::HashMap;
use std::io::Cursor;

use arrow_array::{Array, ArrayRef};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::candidate::pictures_of;
use super::flat::{self, Odd};
use crate::data::threads;
use crate::panics;
use crate::words::thousands;

/// The key of the file's metadata that says so.
const KEY: &str = "inkfield";
/// Values that are decoded at a time, where a drawing has fewer.
const BLOCK_BYTES: usize = 32 << 20;
/// Pixels a side, as of pictures.
const MOST_SIDE: usize = 12_000;
/// What is to be done where a picture is another than the file says.
const ADVICE: &str = "arrays have one size: write other pictures into a file of their own";
/// A chunk without content right behind a picture's header. Programs that do not know it leave it alone, and out when they change
/// the picture, as its letters ask them to.
const MARK: [u8; 4] = *b"inKF";

/// What is said of a column of such pictures: height, width and, of colours, channels of each.
pub(super) fn said(column: &str, axes: &[usize]) -> (String, String) {
    (KEY.to_owned(), json!({"arrays": {column: {"dtype": "uint8", "shape": axes}}}).to_string())
}

/// The axes of the arrays in a column, by what the file's metadata say; `None` where they say nothing of it that can be so.
pub(super) fn axes(metadata: &HashMap<String, String>, column: &str) -> Option<Vec<usize>> {
    let said: Value = serde_json::from_str(metadata.get(KEY)?).ok()?;
    let array = said.get("arrays")?.get(column)?;
    let axes = array.get("shape")?.as_array()?.iter().map(|axis| usize::try_from(axis.as_u64()?).ok());
    let axes: Vec<usize> = axes.collect::<Option<_>>()?;
    let is_side = |side: usize| (1..=MOST_SIDE).contains(&side);
    let may_be = match *axes.as_slice() {
        [height, width] => is_side(height) && is_side(width),
        [height, width, channels] => is_side(height) && is_side(width) && matches!(channels, 3 | 4),
        _ => false,
    };
    (may_be && array.get("dtype")? == "uint8").then_some(axes)
}

/// Marks a picture as an array of bytes.
pub(super) fn mark(writer: &mut png::Writer<impl std::io::Write>) -> Result<(), png::EncodingError> {
    writer.write_chunk(png::chunk::ChunkType(MARK), &[])
}

/// The axes of an array by a picture that has the mark; `None` of others.
pub(super) fn axes_of(picture: &[u8]) -> Option<Vec<usize>> {
    // The signature, and the length, the name, 13 bytes of content and the sum of the first chunk.
    let (header, rest) = picture.split_first_chunk::<33>()?;
    let is_marked =
        header.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") && rest.get(..8)? == [[0; 4], MARK].as_flattened();
    let side = |at: usize| Some(u32::from_be_bytes(*header.get(at..)?.first_chunk()?) as usize);
    let (width, height) = (side(16)?, side(20)?);
    let is_side = |side: usize| (1..=MOST_SIDE).contains(&side);
    let axes = match header.get(24..26)? {
        [8, 0] => vec![height, width],
        [8, 2] => vec![height, width, 3],
        [8, 6] => vec![height, width, 4],
        _ => return None,
    };
    (is_marked && is_side(height) && is_side(width)).then_some(axes)
}

/// Hands on the values of a batch's pictures, the first of which is in row `first`. What is wrong with one is an [`Odd`].
pub(super) fn hand_on<E: From<Odd>>(
    column: &ArrayRef,
    first: u64,
    axes: &[usize],
    on: &mut dyn FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let (bytes, _) = pictures_of(column);
    let bytes_at = |row| {
        let is_there = column.is_valid(row) && bytes.is_valid(row);
        if is_there { flat::bytes_at(&bytes, row) } else { None }
    };
    let odd = |row: usize, what: String| {
        let row = thousands(first + row as u64);
        Odd { what: format!("the picture of row {row} {what}"), advice: ADVICE }
    };
    threads::start().map_err(|error| odd(0, format!("cannot be decoded ({error})")))?;
    let values = axes.iter().product::<usize>().max(1);
    let rows: Vec<usize> = (0..column.len()).collect();
    for rows in rows.chunks((BLOCK_BYTES / values).max(1)) {
        let decoded = |&row: &usize| {
            let bytes = bytes_at(row).ok_or_else(|| odd(row, "is missing".to_owned()))?;
            let caught = panics::caught(|| decoded(bytes, axes));
            caught.unwrap_or_else(|_| Err("is damaged".to_owned())).map_err(|what| odd(row, what))
        };
        let blocks: Vec<Vec<u8>> = rows.par_iter().map(decoded).collect::<Result<_, Odd>>()?;
        blocks.iter().try_for_each(|block| on(block))?;
    }
    Ok(())
}

/// The values of a picture that is what the file says; else a clause that says what it is.
fn decoded(bytes: &[u8], axes: &[usize]) -> Result<Vec<u8>, String> {
    let damaged = |error: png::DecodingError| format!("cannot be decoded as PNG ({error})");
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(damaged)?;
    let info = reader.info();
    let (height, width, channels) = (info.height as usize, info.width as usize, info.color_type.samples());
    let is_as_said = match *axes {
        [h, w] => [h, w, 1] == [height, width, channels],
        [h, w, c] => [h, w, c] == [height, width, channels],
        _ => false,
    };
    let is_packed = info.color_type == png::ColorType::Indexed || info.bit_depth != png::BitDepth::Eight;
    if !is_as_said || is_packed {
        let shape = crate::data::array::shown(axes);
        return Err(format!(
            "has {height} × {width} pixels and {channels} values each, or not a byte a value, where the \
                            file's metadata say {shape}"
        ));
    }
    let mut values = vec![0; height * width * channels];
    reader.next_frame(&mut values).map_err(damaged)?;
    Ok(values)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use std::sync::Arc;

    fn png(width: u32, color: png::ColorType, values: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder =
            png::Encoder::new(&mut bytes, width, (values.len() / width as usize / color.samples()) as u32);
        encoder.set_color(color);
        encoder.write_header().unwrap().write_image_data(values).unwrap();
        bytes
    }

    fn read(pictures: Vec<Option<&[u8]>>, axes: &[usize]) -> Result<Vec<u8>, String> {
        let column: ArrayRef = Arc::new(arrow_array::BinaryArray::from(pictures));
        let mut values = Vec::new();
        let done = hand_on::<Odd>(&column, 40, axes, &mut |bytes| {
            values.extend_from_slice(bytes);
            Ok(())
        });
        done.map(|()| values).map_err(|odd| odd.what)
    }

    #[test]
    fn values_are_those_of_the_pictures_and_others_are_refused_by_their_row() {
        let grey = png(3, png::ColorType::Grayscale, &[1, 2, 3, 4, 5, 6]);
        let colour = png(1, png::ColorType::Rgb, &[9, 8, 7, 6, 5, 4]);
        assert_eq!(read(vec![Some(&grey), Some(&grey)], &[2, 3]).unwrap(), [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
        assert_eq!(read(vec![Some(&colour)], &[2, 1, 3]).unwrap(), [9, 8, 7, 6, 5, 4]);
        let other = read(vec![Some(&grey), Some(&colour)], &[2, 3]).unwrap_err();
        assert!(other.starts_with("the picture of row 41 has 2 × 1 pixels and 3 values each"), "{other}");
        assert!(other.ends_with("where the file's metadata say (2, 3)"), "{other}");
        assert_eq!(read(vec![None], &[2, 3]).unwrap_err(), "the picture of row 40 is missing");
        for cut in 0..grey.len() - 12 {
            assert!(read(vec![grey.get(..cut)], &[2, 3]).is_err(), "{cut}");
        }
    }

    #[test]
    fn metadata_are_believed_of_what_can_be_so_alone() {
        let of = |text: &str| axes(&HashMap::from([(KEY.to_owned(), text.to_owned())]), "image");
        let said = |axes: &[usize]| said("image", axes).1;
        assert_eq!(of(&said(&[28, 20])), Some(vec![28, 20]));
        assert_eq!(of(&said(&[28, 20, 4])), Some(vec![28, 20, 4]));
        for wrong in [&[28][..], &[28, 20, 2], &[0, 20], &[12_001, 1], &[1, 1, 3, 1]] {
            assert_eq!(of(&said(wrong)), None, "{wrong:?}");
        }
        assert_eq!(of(&said(&[28, 20]).replace("uint8", "uint16")), None);
        assert_eq!(of("{"), None);
        assert_eq!(axes(&HashMap::from([said_pair()]), "other"), None);
    }

    fn said_pair() -> (String, String) {
        said("image", &[8, 8])
    }
}
