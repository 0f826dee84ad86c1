//! Encoded pictures of which some are broken, and an archive that is cut short: what is told of them.

use inkfield::data::dataset::{Dataset, OpenOptions};

use super::folder::Folder;
use super::told::Told;

/// A PNG picture of 32 × 32 pixels that hardly repeats.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 32, 32);
    encoder.set_color(png::ColorType::Grayscale);
    let pixels: Vec<u8> = (0..1024_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

#[test]
fn case_encoded_pictures_that_are_broken_are_told_word_for_word() {
    let told = Told::case("encoded");
    let folder = Folder::new();
    let good = png();
    let mut damaged = good.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 20].fill(0x55);
    for (name, bytes) in [("a.png", &good[..]), ("b.png", b""), ("c.png", &damaged)] {
        folder.bytes(&format!("set/{name}"), bytes);
    }
    let dataset = Dataset::open(&[folder.path("set")], &OpenOptions::default()).unwrap();
    let first = |report: &inkfield::data::report::LoadReport| report.warnings().next().unwrap().text.clone();
    assert_eq!(told.values(&first(dataset.report()))[..2], ["1", "3"]);
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values).unwrap();
    let values = told.values(&first(&dataset.fates()));
    assert!(values[0] == "1 picture" && values[1].starts_with("\"c.png\" ("), "{values:?}");

    let archive = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/expected/pax.tar")).unwrap();
    let cut = folder.bytes("cut.tar", &archive[..archive.len() / 2]);
    let dataset = Dataset::open(&[cut], &OpenOptions::default()).unwrap();
    assert_eq!(told.values(&first(dataset.report()))[0], "cut.tar");
    let strict = OpenOptions { strict: true, ..OpenOptions::default() };
    let error = Dataset::open(&[folder.path("set")], &strict).unwrap_err().to_string();
    assert!(error.starts_with("--strict: 2 of 3 pictures cannot be drawn"), "{error}");
    // A temporary mark in the lines of a JPEG picture: passed over, unless every picture is decoded strictly.
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8 * 4, y as u8 * 4, 9]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let mut jpeg = jpeg.into_inner();
    let lines = jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    jpeg[lines + 40..lines + 42].copy_from_slice(&[0xff, 0x01]);
    let path = folder.bytes("jpegs/d.jpg", &jpeg);
    assert!(Dataset::open(&[&path], &OpenOptions::default()).unwrap().report().warnings().next().is_none());
    let error = Dataset::open(&[&path], &strict).unwrap_err().to_string();
    let said = error.strip_prefix("--strict: ").unwrap().strip_suffix(&format!(": {}", path.display())).unwrap();
    assert_eq!(told.values(said)[..2], ["1", "1"]);
    told.all();
}
