//! Kinds of pictures, and what is wrong with some.

use image::{GrayImage, ImageBuffer, Luma, LumaA, Rgb, RgbImage};

use super::*;

#[test]
fn every_kind_of_picture_gives_its_colours() {
    let folder = Folder::new();
    let colours = RgbaImage::from_pixel(8, 8, Rgba([200, 100, 50, 128]));
    let opaque = DynamicImage::from(RgbImage::from_pixel(8, 8, Rgb([200, 100, 50])));
    // 16 bits: 40000 / 257 is 155.6.
    let deep = ImageBuffer::<Rgb<u16>, _>::from_pixel(8, 8, Rgb([40_000_u16, 257, 65_535]));
    let grey = GrayImage::from_pixel(8, 8, Luma([77]));
    let cases: [(&str, Vec<u8>, [u8; 4]); 9] = [
        ("rgba.png", encoded(&colours.clone().into(), ImageFormat::Png), [200, 100, 50, 128]),
        ("deep.png", encoded(&deep.into(), ImageFormat::Png), [156, 1, 255, 255]),
        ("grey.png", encoded(&grey.clone().into(), ImageFormat::Png), [77, 77, 77, 255]),
        (
            "greya.png",
            encoded(&ImageBuffer::from_pixel(8, 8, LumaA([77_u8, 9])).into(), ImageFormat::Png),
            [77, 77, 77, 9],
        ),
        ("palette.png", palette(), [10, 20, 30, 40]),
        ("a.bmp", encoded(&opaque, ImageFormat::Bmp), [200, 100, 50, 255]),
        ("a.tif", encoded(&opaque, ImageFormat::Tiff), [200, 100, 50, 255]),
        ("a.webp", encoded(&colours.into(), ImageFormat::WebP), [200, 100, 50, 128]),
        // A name says nothing.
        ("a.jpeg", encoded(&opaque, ImageFormat::Png), [200, 100, 50, 255]),
    ];
    for (name, bytes, colour) in cases {
        let dataset = open(&[folder.bytes(name, &bytes)]);
        assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (1, 8, 8), "{name}");
        assert_eq!(pixels(&dataset, 0), vec![colour; 64], "{name}");
        assert_eq!(dataset.form(), "pictures");
    }
    let grey = encoded(&grey.into(), ImageFormat::Jpeg);
    let dataset = open(&[folder.bytes("grey.jpg", &grey)]);
    let [red, green, blue, alpha] = middle(&dataset, 0);
    assert!(red.abs_diff(77) <= 1 && red == green && green == blue && alpha == 255);
    let [red, green, blue, alpha] = middle(&open(&[shared_file("cmyk.jpg")]), 0);
    assert!(red < 40 && green > 150 && blue > 200 && alpha == 255, "{red} {green} {blue}");
}

/// A PNG picture of one colour of a palette, which is seen through.
fn palette() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette([1, 1, 1, 10, 20, 30].as_slice());
    encoder.set_trns([255, 40].as_slice());
    encoder.write_header().unwrap().write_image_data(&[0x11; 32]).unwrap();
    bytes
}

#[test]
fn of_an_animation_the_first_frame_is_drawn() {
    let folder = Folder::new();
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for colour in [[255, 0, 0, 255], [0, 0, 255, 255]] {
        encoder.encode_frame(image::Frame::new(RgbaImage::from_pixel(6, 4, Rgba(colour)))).unwrap();
    }
    drop(encoder);
    let dataset = open(&[folder.bytes("a.gif", &bytes)]);
    assert_eq!((dataset.height(), dataset.width()), (4, 6));
    assert_eq!(pixels(&dataset, 0), vec![[255, 0, 0, 255]; 24]);
}

/// A JPEG picture with an orientation in its EXIF data.
fn oriented(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 100);
    picture.write_with_encoder(encoder).unwrap();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    bytes.splice(2..2, [0xff, 0xe1].into_iter().chain(length).chain(exif));
    bytes
}

/// EXIF 2.3, tag 274: where the stored first row and first column are seen.
#[test]
fn exif_says_how_a_picture_is_turned() {
    // Corners of the picture as it is stored: the first row and column red, the last column green, the last row blue.
    let stored = RgbImage::from_fn(32, 16, |x, y| match (x < 16, y < 8) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    });
    let sides = [
        ("top", "left"),
        ("top", "right"),
        ("bottom", "right"),
        ("bottom", "left"),
        ("left", "top"),
        ("right", "top"),
        ("right", "bottom"),
        ("left", "bottom"),
    ];
    let other = |side: &str| match side {
        "top" => "bottom",
        "bottom" => "top",
        "left" => "right",
        _ => "left",
    };
    let folder = Folder::new();
    for (orientation, (row, column)) in (1..).zip(sides) {
        let path = folder.bytes("a.jpg", &oriented(&stored, orientation));
        let size = if orientation < 5 { (16, 32) } else { (32, 16) };
        // In its own size, and shrunk to half of it.
        for (cell, size) in [(32, size), (28, (28, 28))] {
            let dataset = celled(&[&path], cell);
            assert_eq!((dataset.height(), dataset.width()), size, "{orientation}");
            let shown = pixels(&dataset, 0);
            let (fitted_height, fitted_width) = if cell == 32 {
                size
            } else if orientation < 5 {
                (14, 28)
            } else {
                (28, 14)
            };
            let (left, top) = ((size.1 - fitted_width) / 2, (size.0 - fitted_height) / 2);
            for (one, two, colour) in [
                (row, column, [255, 0, 0]),
                (row, other(column), [0, 255, 0]),
                (other(row), column, [0, 0, 255]),
                (other(row), other(column), [255, 255, 255]),
            ] {
                let x = left + if [one, two].contains(&"left") { 2 } else { fitted_width - 3 };
                let y = top + if [one, two].contains(&"top") { 2 } else { fitted_height - 3 };
                let pixel = shown[(y * size.1 + x) as usize];
                let is_it = pixel.into_iter().zip(colour).all(|(value, of)| value.abs_diff(of) < 60);
                assert!(is_it, "{orientation}: {one} {two} is {pixel:?}, not {colour:?}");
            }
        }
        let dataset = open(&[&path]);
        let original = dataset.original(Row(0)).unwrap().unwrap();
        assert_eq!((original.height, original.width), size);
        let record: serde_json::Value =
            serde_json::from_str(&dataset.record_line(Row(0), None).unwrap().unwrap()).unwrap();
        assert_eq!((&record["height_px"], &record["width_px"]), (&size.0.into(), &size.1.into()));
        // A column where any is turned.
        let said = (orientation > 1).then(|| orientation.into());
        assert_eq!(record.get("orientation"), said.as_ref());
    }
}

#[test]
fn a_picture_says_when_it_was_taken() {
    let dataset = open(&[shared_file("taken.jpg")]);
    assert_eq!((dataset.height(), dataset.width()), (16, 8));
    let columns = columns(&dataset);
    assert_eq!(
        (kind(&columns, "taken"), texts(&columns, "taken")),
        ("time", vec!["2017-03-08 21:12:07 UTC".to_owned()])
    );
}

#[test]
fn case_encoded_pictures_that_cannot_be_drawn_keep_their_row_and_are_said() {
    let folder = Folder::new();
    let jpeg = encoded(&RgbImage::from_fn(64, 64, |x, y| Rgb([x as u8 * 4, y as u8 * 4, 9])).into(), ImageFormat::Jpeg);
    let mut huge = png((1, 1), [0; 4]);
    for (place, byte) in huge[16..24].iter_mut().zip([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]) {
        *place = byte;
    }
    let crc = flate2::Crc::new();
    let mut crc = crc;
    crc.update(&huge[12..29]);
    huge.splice(29..33, crc.sum().to_be_bytes());
    let good = png((10, 10), [9, 9, 9, 255]);
    let cases: [(&str, &[u8], &str); 7] = [
        ("cut.jpg", &jpeg[..jpeg.len() - 40], "cut short"),
        ("cut.png", &good[..good.len() - 9], "cut short"),
        ("empty.png", b"", "an empty file (0 bytes)"),
        ("huge.png", &huge, "60,000 × 60,000 pixels"),
        ("page.png", b"<!DOCTYPE html><html>", "a web page, not the data"),
        ("words.jpg", b"hello", "no picture"),
        ("zeros.gif", &[0; 900], "no picture"),
    ];
    folder.bytes("set/a.png", &good);
    for (name, bytes, _) in cases {
        folder.bytes(&format!("set/{name}"), bytes);
    }
    folder.bytes("set/zzz.png", &good);
    let dataset = folder.open("set");
    assert_eq!(dataset.rows(), 9);
    assert_eq!([0, 8].map(|row| middle(&dataset, row)), [[9, 9, 9, 255]; 2]);
    for row in 1..8 {
        assert!(is_crossed(&dataset, row), "{row}");
        assert!(dataset.original(Row(row)).unwrap().is_none());
    }
    let columns = columns(&dataset);
    assert_eq!(kind(&columns, "broken"), "flag");
    let broken: Vec<bool> = texts(&columns, "broken").iter().map(|text| text == "true").collect();
    assert_eq!(broken, [false, true, true, true, true, true, true, true, false]);
    let warnings: Vec<String> = dataset.report().warnings().map(|note| note.text.clone()).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("7 of 9 pictures"), "{warnings:?}");
    for (name, _, why) in &cases[..5] {
        let place = warnings[0].find(&format!("\"{name}\"")).unwrap_or_else(|| panic!("{name}: {warnings:?}"));
        assert!(warnings[0][place..].split("), ").next().unwrap().contains(why), "{name}: {warnings:?}");
    }
    let strict = OpenOptions { strict: true, ..OpenOptions::default() };
    assert!(matches!(try_open(&[folder.path("set")], &strict), Err(OpenError::Strict { .. })));
}

#[test]
fn a_thumbnail_is_not_the_end_of_the_picture_that_it_is_in() {
    let folder = Folder::new();
    let picture = RgbImage::from_fn(64, 64, |x, y| Rgb([x as u8 * 4, y as u8 * 4, 9]));
    let mut bytes = encoded(&picture.into(), ImageFormat::Jpeg);
    let thumbnail = encoded(&RgbImage::new(8, 8).into(), ImageFormat::Jpeg);
    let length = (thumbnail.len() as u16 + 2).to_be_bytes();
    bytes.splice(2..2, [0xff, 0xe2].into_iter().chain(length).chain(thumbnail));
    folder.bytes("set/a.jpg", &bytes);
    // What cameras write behind a picture.
    folder.bytes("set/b.jpg", &[&bytes[..], &vec![7; 100_000]].concat());
    folder.bytes("set/c.jpg", &bytes[..bytes.len() - 40]);
    let dataset = folder.open("set");
    assert_eq!([0, 1, 2].map(|row| is_crossed(&dataset, row)), [false, false, true]);
}

/// What shows only when it is decoded: drawn as broken, and said once the set has been read.
#[test]
fn case_encoded_pictures_damaged_inside_are_found_when_they_are_read() {
    let folder = Folder::new();
    let picture = RgbImage::from_fn(64, 64, |x, y| Rgb([(x * y) as u8, y as u8 * 3, x as u8]));
    let mut bytes = encoded(&picture.into(), ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40].fill(0x55);
    folder.bytes("set/a.png", &bytes);
    folder.png("set/b.png", (64, 64), [1, 2, 3, 255]);
    let dataset = folder.open("set");
    assert!(dataset.fates().is_empty());
    assert!(is_crossed(&dataset, 0) && !is_crossed(&dataset, 1));
    let fates = dataset.fates().to_string();
    assert!(fates.starts_with("warning: 1 picture turned out") && fates.contains("\"a.png\" ("), "{fates}");
    // A file that is no longer what it was is as good as damaged.
    folder.png("set/b.png", (32, 32), [1, 2, 3, 255]);
    assert!(is_crossed(&dataset, 1));
    assert!(dataset.fates().to_string().contains("\"b.png\""));
}
