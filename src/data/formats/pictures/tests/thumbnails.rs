//! The small picture of a camera in a large one: taken for the cell where it can be, and only there.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::*;
use crate::data::report::Severity;

/// EXIF data of two lists: how the picture is turned, and a small picture.
fn exif(orientation: u16, small: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    exif.extend(b"\0\x01\x01\x12\0\x03\0\0\0\x01");
    exif.extend(orientation.to_be_bytes());
    exif.extend(b"\0\0\0\0\0\x1a\0\x02\x02\x01\0\x04\0\0\0\x01\0\0\0\x38\x02\x02\0\x04\0\0\0\x01");
    exif.extend((small.len() as u32).to_be_bytes());
    exif.extend([0; 4]);
    exif.extend(small);
    exif
}

/// A JPEG picture, the left half of one colour and the right of another.
fn jpeg((width, height): (u32, u32), [left, right]: [[u8; 3]; 2]) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| Rgb(if x < width / 2 { left } else { right }));
    encoded(&DynamicImage::from(picture), ImageFormat::Jpeg)
}

const LARGE: [[u8; 3]; 2] = [[200, 0, 0], [0, 200, 0]];
const SMALL: [[u8; 3]; 2] = [[0, 0, 200], [200, 200, 0]];

/// A picture of 800 by 600 with a small one in it.
fn with(orientation: u16, small: &[u8]) -> Vec<u8> {
    let exif = exif(orientation, small);
    let large = jpeg((800, 600), LARGE);
    let segment = [&[0xff, 0xe1][..], &(exif.len() as u16 + 2).to_be_bytes(), &exif].concat();
    [&large[..2], &segment, &large[2..]].concat()
}

/// Whether a pixel has nearly a colour: JPEG pictures lose a little.
fn is_nearly(pixel: [u8; 4], colour: [u8; 3]) -> bool {
    pixel.iter().zip(colour).all(|(value, wanted)| value.abs_diff(wanted) < 12)
}

/// The colours at a fourth and at three fourths of a cell, across or down.
fn ends(bytes: &[u8], cell: u32, is_down: bool) -> [[u8; 4]; 2] {
    let folder = Folder::new();
    let dataset = celled(&[folder.bytes("a.jpg", bytes)], cell);
    let (pixels, side) = (pixels(&dataset, 0), cell as usize);
    [side / 4, side * 3 / 4].map(|at| if is_down { pixels[at * side + side / 2] } else { pixels[side / 2 * side + at] })
}

#[test]
fn a_small_picture_that_is_large_enough_is_taken_and_turned_as_the_large_one() {
    let small = jpeg((160, 120), SMALL);
    let [left, right] = ends(&with(1, &small), 96, false);
    assert!(is_nearly(left, SMALL[0]) && is_nearly(right, SMALL[1]), "{left:?} {right:?}");
    // A quarter to the right: what is left comes up.
    let [above, below] = ends(&with(6, &small), 96, true);
    assert!(is_nearly(above, SMALL[0]) && is_nearly(below, SMALL[1]), "{above:?} {below:?}");
    // Its own size, and its pixels where it is looked at, are those of the large one.
    let folder = Folder::new();
    let dataset = celled(&[folder.bytes("a.jpg", &with(6, &small))], 96);
    let original = dataset.original(crate::data::Row(0)).unwrap().unwrap();
    assert_eq!((original.width, original.height), (600, 800));
    assert!(is_nearly(original.rgba.as_chunks().0[0], LARGE[0]));
}

#[test]
fn damage_behind_a_good_small_picture_is_found_under_strict() {
    let good = with(1, &jpeg((160, 120), SMALL));
    // The last of the scans is that of the large picture.
    let scan = good.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    for (within, said) in [
        // A start of frame, and a temporary mark, which the decoder passes over unless it is strict.
        ([0xff, 0xc0], "1 of 2 pictures cannot be drawn and are crossed squares: \"a.jpg\" (it cannot be decoded"),
        ([0xff, 0x01], "1 of 2 pictures can be drawn and are damaged: \"a.jpg\" ("),
    ] {
        let mut bytes = good.clone();
        bytes[scan + 40..scan + 42].copy_from_slice(&within);
        let folder = Folder::new();
        let (path, good) = (folder.bytes("a.jpg", &bytes), folder.bytes("b.jpg", &good));
        let strict = |strict| OpenOptions { cell: Some(96), strict, ..OpenOptions::default() };
        let dataset = try_open(&[&path, &good], &strict(false)).unwrap();
        assert!(dataset.report().notes.iter().all(|note| note.severity == Severity::Info));
        assert!(is_nearly(pixels(&dataset, 0)[48 * 96 + 24], SMALL[0]));
        let error = try_open(&[&path, &good], &strict(true)).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
        assert!(try_open(&[&good], &strict(true)).is_ok());
    }
}

#[test]
fn any_other_small_picture_is_left_aside() {
    let cut = jpeg((160, 120), SMALL);
    for (small, cell) in [
        // Smaller than the cell, of other proportions, cut short, no picture.
        (jpeg((160, 120), SMALL), 200),
        (jpeg((160, 160), SMALL), 96),
        (jpeg((120, 160), SMALL), 96),
        (cut[..40].to_vec(), 96),
        (b"\xff\xd8\xff and so on".to_vec(), 96),
        (Vec::new(), 96),
    ] {
        let [left, right] = ends(&with(1, &small), cell, false);
        assert!(is_nearly(left, LARGE[0]) && is_nearly(right, LARGE[1]), "{} {cell}: {left:?} {right:?}", small.len());
    }
}
