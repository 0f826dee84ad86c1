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
        matches!(warned.as_slice(), [one] if one.contains("look black") && one.contains("--range 0:")),
        "{warned:?}"
    );
    assert!(said(&folder, Some("0:12")).is_empty(), "a range was chosen");
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
