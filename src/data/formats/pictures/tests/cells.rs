//! What a cell shows: sizes, places, means of areas.

use image::{DynamicImage, Rgba, RgbaImage};

use super::*;
use crate::data::formats::pictures::fit::Cell;
use crate::data::formats::pictures::shrink::shrunk;

/// Colours and alpha without a pattern, the same every time.
fn noise(width: u32, height: u32) -> RgbaImage {
    let mut state = 7_u32;
    let mut byte = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    RgbaImage::from_fn(width, height, |_, _| Rgba([byte(), byte(), byte(), byte()]))
}

/// How much of a pixel of the longer side lies in one of the shorter, from 0 to 1.
fn overlap(longer: u32, at: u32, shorter: u32, to: u32) -> f64 {
    let step = f64::from(longer) / f64::from(shorter);
    let (start, end) = (f64::from(to) * step, f64::from(to + 1) * step);
    (end.min(f64::from(at + 1)) - start.max(f64::from(at))).max(0.0)
}

#[test]
fn a_shrunk_pixel_is_the_mean_of_the_area_that_it_covers() {
    let folder = Folder::new();
    // Gray and opaque ones, and such as are seen through; sides that divide evenly and such as do not.
    for (width, height) in [(64, 64), (57, 101), (200, 3), (29, 28), (33, 300), (2, 1009)] {
        for kind in ["gray", "color", "opaque", "seen through"] {
            let noise = DynamicImage::from(noise(width, height));
            let stored = match kind {
                "gray" => noise.into_luma8().into(),
                "color" => noise.into_rgb8().into(),
                "opaque" => DynamicImage::from(noise.into_rgb8()).into_rgba8().into(),
                _ => noise,
            };
            let path = folder.bytes("a.png", &encoded(&stored, ImageFormat::Png));
            let picture = stored.into_rgba8();
            let dataset = celled(&[path], 28);
            assert_eq!((dataset.height(), dataset.width()), (28, 28));
            let long = f64::from(width.max(height));
            let [fitted_width, fitted_height] =
                [width, height].map(|side| (f64::from(side) * 28.0 / long).round().max(1.0) as u32);
            let (left, top) = ((28 - fitted_width) / 2, (28 - fitted_height) / 2);
            let shown = pixels(&dataset, 0);
            for y in 0..28 {
                for x in 0..28 {
                    let pixel = shown[(y * 28 + x) as usize];
                    let inside = (left..left + fitted_width).contains(&x) && (top..top + fitted_height).contains(&y);
                    if !inside {
                        assert_eq!(pixel, [0; 4], "{width}x{height}: {x}, {y}");
                        continue;
                    }
                    let mut sums = [0.0; 4];
                    for (from_x, from_y, from) in picture.enumerate_pixels() {
                        let share = overlap(width, from_x, fitted_width, x - left)
                            * overlap(height, from_y, fitted_height, y - top);
                        let [red, green, blue, alpha] = from.0.map(f64::from);
                        for (sum, value) in sums.iter_mut().zip([red * alpha, green * alpha, blue * alpha, alpha]) {
                            *sum += share * value;
                        }
                    }
                    let area =
                        f64::from(width) / f64::from(fitted_width) * f64::from(height) / f64::from(fitted_height);
                    let [red, green, blue, alpha] = sums;
                    let expected = [red / alpha, green / alpha, blue / alpha, alpha / area];
                    for (value, expected) in pixel.into_iter().zip(expected) {
                        // Half a value, and what floats lack.
                        assert!((f64::from(value) - expected).abs() <= 0.5 + 1e-6, "{pixel:?}, not {expected:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn sums_of_large_areas_do_not_overflow() {
    // As many lines as do not divide evenly, and far more pixels side by side than a sum of 32 bits holds.
    let size = (7, 28);
    for (stored, expected) in [
        (DynamicImage::from(RgbaImage::from_pixel(4000, 1009, Rgba([255, 255, 255, 254]))), [255, 255, 255, 254]),
        (DynamicImage::from(RgbaImage::from_pixel(4000, 1009, Rgba([255; 4]))), [255; 4]),
        (DynamicImage::from(image::GrayImage::from_pixel(4000, 1009, image::Luma([255]))), [255; 4]),
    ] {
        let shrunk = shrunk(stored, size);
        assert_eq!(shrunk.dimensions(), (28, 7));
        assert!(shrunk.pixels().all(|pixel| pixel.0 == expected), "{expected:?}");
    }
}

#[test]
fn what_is_seen_through_gives_no_colour() {
    let folder = Folder::new();
    // Red that nothing is seen of, beside green.
    let picture =
        RgbaImage::from_fn(60, 60, |x, _| if x % 2 == 0 { Rgba([255, 0, 0, 0]) } else { Rgba([0, 200, 0, 255]) });
    let path = folder.bytes("a.png", &encoded(&picture.into(), ImageFormat::Png));
    let dataset = celled(&[path], 30);
    assert_eq!(pixels(&dataset, 0), vec![[0, 200, 0, 128]; 900]);
}

#[test]
fn a_picture_that_fits_keeps_its_pixels_in_the_middle() {
    let folder = Folder::new();
    let picture = noise(5, 9);
    folder.bytes("a.png", &encoded(&picture.clone().into(), ImageFormat::Png));
    folder.png("b.png", (40, 12), [9, 8, 7, 255]);
    let dataset = celled(&[folder.path("")], 128);
    // No larger than the largest of them.
    assert_eq!((dataset.height(), dataset.width(), dataset.channels()), (40, 40, 4));
    let shown = pixels(&dataset, 0);
    for y in 0..40_u32 {
        for x in 0..40_u32 {
            let own = x.checked_sub(17).zip(y.checked_sub(15)).and_then(|(x, y)| picture.get_pixel_checked(x, y));
            assert_eq!(shown[(y * 40 + x) as usize], own.map_or([0; 4], |pixel| pixel.0), "{x}, {y}");
        }
    }
}

#[test]
fn pictures_of_one_size_that_fits_have_no_margin() {
    let folder = Folder::new();
    for name in ["a/1.png", "a/2.png"] {
        folder.png(name, (20, 30), [1, 2, 3, 255]);
    }
    for (cell, size) in [(Some(30), (20, 30)), (Some(28), (28, 28)), (None, (20, 30))] {
        let options = OpenOptions { cell, ..OpenOptions::default() };
        let dataset = try_open(&[folder.path("a")], &options).unwrap();
        assert_eq!((dataset.height(), dataset.width()), size, "{cell:?}");
    }
    folder.png("a/3.png", (20, 31), [1, 2, 3, 255]);
    let dataset = folder.open("a");
    assert_eq!((dataset.height(), dataset.width()), (32, 32));
}

#[test]
fn the_largest_side_is_chosen_for_which_there_is_room() {
    use crate::data::formats::pictures::sizes::side_within;
    // 96² × 4 bytes are 36,864; 64² × 4 are 16,384; 48² × 4 are 9,216.
    assert_eq!(side_within(10, 368_640), 96);
    assert_eq!(side_within(10, 368_639), 64);
    assert_eq!(side_within(10, 163_839), 48);
    assert_eq!(side_within(10, 0), 32);
}

#[test]
fn a_picture_fits_in_proportion() {
    let cell = Cell { height: 96, width: 96 };
    assert_eq!(cell.fitted((96, 96)), (96, 96));
    assert_eq!(cell.fitted((480, 640)), (72, 96));
    assert_eq!(cell.fitted((640, 480)), (96, 72));
    assert_eq!(cell.fitted((12_000, 1)), (96, 1));
    assert_eq!(cell.fitted((1, 12_000)), (1, 96));
    assert_eq!(cell.fitted((97, 97)), (96, 96));
}
