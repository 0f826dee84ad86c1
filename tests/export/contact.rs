//! Contact sheets: each drawing in its cell, pixel by pixel.

use super::common::open;
use super::export;
use inkfield::scene::palette::{Colormap, Palette, Theme, color};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use tempfile::tempdir;

/// Width, height and RGB rows of a PNG.
pub fn picture(path: &Path) -> (usize, usize, Vec<u8>) {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path).unwrap())).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width as usize, info.height as usize, pixels)
}

#[test]
fn every_drawing_is_in_its_cell_by_whole_pixels() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:50:2 --rows 3:16 --columns 5 --enlarge 2 --theme night --png out.png");
    let (width, height, pixels) = picture(&dir.path().join("out.png"));
    assert_eq!((width, height), (5 * 56, 3 * 56));
    let mut inks = vec![0; 50 * 784];
    open(&["demo:50:2"]).read_rows(0, &mut inks).unwrap();
    for y in 0..height {
        for x in 0..width {
            let cell = y / 56 * 5 + x / 56;
            let ink = if cell < 13 { inks[(cell + 3) * 784 + (y % 56) / 2 * 28 + (x % 56) / 2] } else { 0 };
            let expected = color(Colormap::Ink, Theme::Night, f32::from(ink) / 255.0);
            assert_eq!(pixels[(y * width + x) * 3..][..3], expected, "pixel {x}, {y}");
        }
    }
}

#[test]
fn a_coloured_sheet_shows_the_colours_of_rows_and_nothing_that_is_filtered() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:60 --where recognized=false --color-by recognized --png out.png");
    let (width, _, pixels) = picture(&dir.path().join("out.png"));
    // The ground of a cell takes 12 % of its drawing's colour; which of the two it is goes by frequency, not tested here.
    let ground = Palette::of(Theme::Paper).ground;
    let corner = &pixels[..3];
    assert_ne!(corner, ground);
    let plain = export(dir.path(), "demo:60 --where recognized=false --json --npy out.npy");
    let rows = serde_json::from_str::<serde_json::Value>(&plain).unwrap()["rows"].as_u64().unwrap();
    assert_eq!(width as u64 / 28, (1.3 * rows as f64).sqrt().round() as u64);
}

#[test]
fn a_sheet_without_paper_is_the_opaque_one_over_the_paper() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:50:2 --rows 3:16 --columns 5 --png opaque.png");
    export(dir.path(), "demo:50:2 --rows 3:16 --columns 5 --background none --png clear.png");
    let (width, height, opaque) = picture(&dir.path().join("opaque.png"));
    let file = File::open(dir.path().join("clear.png")).unwrap();
    let mut reader = png::Decoder::new(BufReader::new(file)).read_info().unwrap();
    let mut clear = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut clear).unwrap();
    assert_eq!((info.color_type, info.width as usize, info.height as usize), (png::ColorType::Rgba, width, height));
    let [ground, ink] = [0.0, 1.0].map(|ink| color(Colormap::Ink, Theme::Paper, ink));
    for (opaque, clear) in opaque.chunks_exact(3).zip(clear.chunks_exact(4)) {
        // Ink is full ink, as opaque as it covers the paper.
        let alpha = f64::from(clear[3]) / 255.0;
        assert!(clear[3] == 0 || clear[..3] == ink, "{clear:?}");
        for channel in 0..3 {
            let over = f64::from(ground[channel]) * (1.0 - alpha) + f64::from(clear[channel]) * alpha;
            assert!((over.round() - f64::from(opaque[channel])).abs() <= 1.0, "{clear:?} for {opaque:?}");
        }
    }
    assert!(clear.chunks_exact(4).any(|pixel| pixel[3] == 255) && clear.chunks_exact(4).any(|pixel| pixel[3] == 0));
}
