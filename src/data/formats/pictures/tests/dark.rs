//! Pictures whose values use so small a part of their range that they look black.

use super::*;
use image::{ImageBuffer, Luma};

/// What is said of the values of a folder.
fn said(folder: &Folder, range: Option<&str>) -> Vec<String> {
    let mut options = OpenOptions::default();
    options.values.range = range.map(|range| range.parse().unwrap());
    let dataset = try_open(&[folder.path("set")], &options).unwrap();
    let (_, measured) = dataset.count_values(&mut |_| {}).unwrap();
    measured.report.warnings().map(|note| note.text.clone()).collect()
}

#[test]
fn pictures_that_look_black_are_warned_of() {
    // Twelve bits in sixteen: of 200 to 2700 the upper byte is 1 to 11.
    let deep = ImageBuffer::<Luma<u16>, _>::from_fn(16, 16, |x, _| Luma([200 + 2500 / 15 * x as u16]));
    let folder = Folder::new();
    folder.bytes("set/a.png", &encoded(&deep.into(), ImageFormat::Png));
    let warned = said(&folder, None);
    assert!(
        matches!(warned.as_slice(), [one] if one.contains("look black") && one.contains("hold 2,690 at most: --range 0:4095 shows")),
        "{warned:?}"
    );
    assert!(said(&folder, Some("0:4095")).is_empty(), "which shows them");
    assert!(said(&folder, Some("0:65535")).is_empty(), "a range was chosen");
    // Masks of class numbers, and the same beside one bright pixel.
    let mask = ImageBuffer::<Luma<u8>, _>::from_fn(16, 16, |x, _| Luma([x as u8 / 4]));
    folder.bytes("set/a.png", &encoded(&mask.clone().into(), ImageFormat::Png));
    let warned = said(&folder, None);
    assert!(matches!(warned.as_slice(), [one] if one.contains("--range 0:3 ")), "{warned:?}");
    let mut bright = mask;
    bright.put_pixel(15, 15, Luma([200]));
    folder.bytes("set/z.png", &encoded(&bright.into(), ImageFormat::Png));
    assert!(said(&folder, None).is_empty());
}

#[test]
fn pictures_of_16_bits_that_are_black_are_told_of_their_range() {
    let folder = Folder::new();
    // Numbers of objects, which all round to 0.
    let mask = ImageBuffer::<Luma<u16>, _>::from_fn(16, 16, |x, _| Luma([x as u16 * 8]));
    folder.bytes("set/a.png", &encoded(&mask.into(), ImageFormat::Png));
    let warned = said(&folder, None);
    assert!(
        matches!(warned.as_slice(), [one] if one.contains("every value is 0") && one.contains("--range 0:127")),
        "{warned:?}"
    );
    assert!(said(&folder, Some("0:127")).is_empty());
    // Beside one of bytes a range within those is of these.
    let black = ImageBuffer::<Luma<u8>, _>::new(16, 16);
    folder.bytes("set/b.png", &encoded(&black.into(), ImageFormat::Png));
    let warned = said(&folder, None);
    assert!(
        matches!(warned.as_slice(), [one] if one.contains("every value is 0") && one.contains("--range 0:256")),
        "{warned:?}"
    );
    assert!(said(&folder, Some("0:256")).is_empty());
    std::fs::remove_file(folder.path("set/b.png")).unwrap();
    // A range beyond 8 bits where no picture has more.
    let bytes = ImageBuffer::<Luma<u8>, _>::from_fn(16, 16, |x, _| Luma([x as u8 * 16]));
    folder.bytes("set/a.png", &encoded(&bytes.into(), ImageFormat::Png));
    let warned = said(&folder, Some("0:4095"));
    assert!(
        matches!(warned.as_slice(), [one] if one.contains("--range 0:4095 is for values of more than 8 bits")),
        "{warned:?}"
    );
}
