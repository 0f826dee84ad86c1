//! Colour: which arrays are in colour, where that is a guess, what becomes of alpha, and ink and colour as sets of their own.

use super::npy::{file_of, open_as, refusal};
use super::types::{file, set, shown};
use inkfield::data::Row;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::source::Number;

#[test]
fn colour_is_known_by_its_shape_and_what_may_be_otherwise_is_told() {
    // Shape, what it is read as (rows, height, width, channels of the file), how sure that is.
    for (shape, is, told) in [
        (&[6, 8, 10, 3][..], [6, 8, 10, 3], None),
        (&[6, 8, 10, 4], [6, 8, 10, 4], None),
        (&[6, 3, 8, 10], [6, 8, 10, 3], None),
        (&[8, 10, 3, 60], [60, 8, 10, 3], Some("(--axes HWCN)")),
        (&[1, 6, 1, 8, 8, 3], [6, 8, 8, 3], Some("(--axes 1N1HWC)")),
        (
            &[64, 48, 3],
            [1, 64, 48, 3],
            Some("one drawing in colour of 64 × 48 pixels (--axes HWC); --axes NHW reads 64 drawings of 48 × 3"),
        ),
        (&[1, 16, 16, 4], [1, 16, 16, 4], None),
        (
            &[1, 3, 64, 64],
            [1, 64, 64, 3],
            Some("is read as one drawing in colour of 64 × 64 pixels (--axes NCHW); --axes 1NHW reads 3 drawings"),
        ),
        (&[1, 3, 28, 28], [1, 28, 28, 3], Some("(--axes NCHW); --axes 1NHW reads 3 drawings of 28 × 28")),
        (&[1, 4, 5, 7], [1, 5, 7, 4], Some("--axes 1NHW reads 4 drawings of 5 × 7")),
        (
            &[3, 64, 64],
            [1, 64, 64, 3],
            Some(
                "may mean several things: read as one drawing in colour of 64 × 64 pixels (--axes CHW); --axes NHW reads 3 drawings of 64 × 64",
            ),
        ),
        (&[3, 28, 28], [3, 28, 28, 1], None),
        (&[3, 7, 7], [3, 7, 7, 1], None),
        (&[32, 32, 3, 4], [4, 32, 32, 3], Some("(--axes HWCN); --axes NHWC reads 32 drawings in colour of 32 × 3")),
    ] {
        let values = vec![7; shape.iter().product()];
        let (_folder, path) = file_of(&file("|u1", false, shape, &values));
        let (source, said) = open_as(&path, None, None).unwrap();
        assert_eq!([source.rows(), source.height(), source.width(), source.file_channels()], is, "{shape:?}");
        assert_eq!(source.channels(), if is[3] == 1 { 1 } else { 4 });
        match (said, told) {
            (Some((_, said)), Some(told)) => assert!(said.contains(told), "{shape:?}: {said}"),
            (said, told) => assert!(said.is_none() && told.is_none(), "{shape:?}: {said:?}"),
        }
        // Bools are in colour where they can be nothing else: three masks are likelier than one of three channels.
        let (_folder, path) = file_of(&file("|b1", false, shape, &vec![1; values.len()]));
        let (source, _) = open_as(&path, None, None).unwrap();
        let is_colour = shape.len() > 3 && is[3] > 1;
        assert_eq!(source.file_channels(), if is_colour { is[3] } else { 1 }, "{shape:?}");
    }
    // The size alone picks colour, too.
    let (_folder, path) = file_of(&file("<f4", false, &[5, 9, 12, 3], &[0; 5 * 9 * 12 * 3 * 4]));
    let (source, _) = open_as(&path, None, Some((9, 12))).unwrap();
    assert_eq!((source.rows(), source.channels()), (5, 4));
}

#[test]
fn bools_in_colour_are_nothing_or_all_of_each_channel() {
    for channels in [3, 4] {
        let flags: Vec<u8> = (0..5 * 8 * 9 * channels).map(|at| u8::from(at % 7 == 2 || at % 3 == 1)).collect();
        let bytes = file("|b1", false, &[5, 8, 9, channels], &flags);
        let alpha = |pixel: &[u8]| pixel.get(3).map_or(255, |alpha| alpha * 255);
        for invert in [false, true] {
            let mut options = OpenOptions::default();
            options.values.invert = invert;
            let (_folder, dataset) = set(&[("a.npy", bytes.clone())], &options);
            assert_eq!((dataset.rows(), dataset.channels()), (5, 4));
            let colour = |value: u8| if (value == 1) == invert { 0 } else { 255 };
            let pixel = |pixel: &[u8]| [colour(pixel[0]), colour(pixel[1]), colour(pixel[2]), alpha(pixel)];
            let expected: Vec<u8> = flags.chunks(channels).flat_map(pixel).collect();
            assert_eq!(shown(&dataset), expected, "{channels} {invert}");
            let own: Vec<u8> = dataset.read_own(&[0, 1, 2, 3, 4]).unwrap();
            assert_eq!(own, flags);
            let value = dataset.pixel(Row(1), 10).unwrap().unwrap();
            let at = (72 + 10) * channels;
            let flags = flags[at..at + channels].iter().map(|flag| Number::Flag(*flag == 1)).collect::<Vec<_>>();
            assert_eq!(value.numbers(), flags);
        }
    }
    // A byte that is neither 0 nor 1 is named by its place.
    let mut flags = vec![1; 2 * 8 * 9 * 3];
    flags[300] = 2;
    let bytes = file("|b1", false, &[2, 8, 9, 3], &flags);
    let offset = bytes.len() - flags.len() + 300;
    let (_folder, dataset) = set(&[("a.npy", bytes)], &OpenOptions::default());
    let error = dataset.read_rows(0, &mut vec![0; dataset.bytes() as usize]).unwrap_err().to_string();
    assert!(error.starts_with(&format!("byte {offset} is 2, but a bool must be 0 or 1")), "{error}");
}

#[test]
fn what_is_no_colour_says_what_to_do() {
    let refused = |descr: &str, shape: &[usize], axes: &str, size: Option<(u32, u32)>| {
        let (_folder, path) = file_of(&file(descr, false, shape, &vec![0; shape.iter().product()]));
        open_as(&path, Some(axes), size).unwrap_err().to_string()
    };
    assert!(refused("|u1", &[2, 8, 8, 2], "NHWC", None).contains("an axis of 2 values holds no channels of colour"));
    assert!(refused("|u1", &[2, 50], "N(CHW)", None).contains("rows of 50 values hold no 3 or 4 square channels"));
    assert!(refused("|u1", &[2, 48], "N(HWC)", Some((2, 5))).contains("hold no 3 or 4 channels of --shape 2x5"));
    let rows = file("|u1", false, &[2, 3072], &[0; 6144]);
    assert!(refusal(&rows, None).contains("as 3 channels of 32 × 32 with --axes N(CHW) or N(HWC)"));
    assert!(refusal(&rows, Some((32, 32))).contains("as colour it is read with --axes N(CHW) or N(HWC)"));
    for (descr, meaning) in [
        ("<c8", "complex numbers"),
        ("|O", "pickled Python objects"),
        ("<U5", "text"),
        ("<M8[s]", "times"),
        ("<f16", "floats"),
    ] {
        let text = refusal(&file(descr, false, &[2, 8, 8], &[0; 128]), None);
        assert!(text.contains(meaning) && text.contains("accepted are integers, floats and bools"), "{text}");
    }
}

#[test]
fn colour_keeps_its_alpha_whatever_is_chosen_and_is_ink_by_its_luma() {
    let rgba = [10, 20, 30, 40, 255, 0, 0, 255, 0, 255, 0, 128, 200, 100, 50, 0];
    let bytes = file("|u1", false, &[1, 2, 2, 4], &rgba);
    let open = |range: Option<&str>, invert| {
        let mut options = OpenOptions { axes: Some("NHWC".parse().unwrap()), ..OpenOptions::default() };
        options.values.range = range.map(|range| range.parse().unwrap());
        options.values.invert = invert;
        set(&[("a.npy", bytes.clone())], &options)
    };
    for range in [None, Some("raw"), Some("0:255")] {
        assert_eq!(shown(&open(range, false).1), rgba);
    }
    let stretched = [51, 102, 153, 40, 255, 0, 0, 255, 0, 255, 0, 128, 255, 255, 255, 0];
    assert_eq!(shown(&open(Some("0:50"), false).1), stretched);
    let inverted: Vec<u8> = (0..16).map(|at| if at % 4 == 3 { rgba[at] } else { 255 - rgba[at] }).collect();
    assert_eq!(shown(&open(None, true).1), inverted);

    let (_folder, dataset) = open(None, false);
    assert_eq!((dataset.channels(), dataset.drawing_bytes(), dataset.bytes()), (4, 16, 16));
    let (tally, measured) = dataset.count_values(&mut |_| ()).unwrap();
    assert!(measured.map.is_plain() && measured.report.is_empty());
    assert_eq!(tally.unwrap().values().collect::<Vec<_>>(), [0, 10, 20, 30, 50, 100, 200, 255], "alpha is no colour");
    // (299·10 + 587·20 + 114·30)·40/255000 = 2.85, 76.2, 149.7·128/255 = 75.1, 0.
    let (mut ink, table) = ([9; 4], measured.map.table());
    dataset.read_ink(0, &mut ink, &table).unwrap();
    assert_eq!(ink, [3, 76, 75, 0]);
    let mut twice = [9; 8];
    dataset.read_ink_scattered(&[0, 0], &mut twice, &table).unwrap();
    assert_eq!(twice, [3, 76, 75, 0, 3, 76, 75, 0]);
    assert!(
        dataset.read_ink_scattered(&[0], &mut twice, &table).is_err()
            && dataset.read_ink(0, &mut twice[..3], &table).is_err()
    );
    assert!(dataset.read_rows(0, &mut [0; 12]).is_err(), "no whole drawing");
    let own = dataset.pixel(Row(0), 0).unwrap().unwrap();
    assert_eq!(own.numbers(), [10, 20, 30, 40].map(Number::Unsigned));
}

#[test]
fn ink_and_colour_are_no_one_set() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, shape: &[usize]| {
        let path = folder.path().join(name);
        std::fs::write(&path, file("|u1", false, shape, &vec![1; shape.iter().product()])).unwrap();
        path
    };
    let (ink, colour) = (write("ink.npy", &[9, 8, 8]), write("colour.npy", &[2, 8, 8, 3]));
    let error = Dataset::open(&[&ink, &colour], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.starts_with("drawings in colour cannot be opened together with those in ink of "), "{error}");
    assert!(error.contains("ink.npy; open each by itself: ") && error.ends_with("colour.npy"), "{error}");
    let dataset = Dataset::open(&[folder.path()], &OpenOptions::default()).unwrap();
    assert_eq!((dataset.rows(), dataset.channels()), (9, 1));
    let told: Vec<String> = dataset.report().notes.iter().map(|note| note.text.clone()).collect();
    let left_out = "left out, as most drawings here have 8x8 pixels: 2 of 8x8 pixels in colour (colour.npy); opening this file by itself shows them";
    assert!(told.iter().any(|text| text == left_out), "{told:?}");
}

#[test]
fn large_planes_come_to_their_pixels_block_by_block() {
    // More than a block of 4 MiB, of planes and of pixels.
    let (rows, height, width) = (700, 40, 50);
    let value = |row: usize, y: usize, x: usize, c: usize| (row * 31 + y * 17 + x * 5 + c * 90 + row * y) as u8;
    let planes = (0..rows * 3 * height * width)
        .map(|at| value(at / (3 * height * width), at / width % height, at % width, at / (height * width) % 3));
    let (_folder, path) = file_of(&file("|u1", false, &[rows, 3, height, width], &planes.collect::<Vec<u8>>()));
    let (source, _) = open_as(&path, None, None).unwrap();
    let mut read = vec![9; source.drawing_bytes() * rows];
    source.read_rows(0, &mut read).unwrap();
    for (at, pixel) in read.chunks(4).enumerate() {
        let (row, y, x) = (at / (height * width), at / width % height, at % width);
        assert_eq!(pixel, [value(row, y, x, 0), value(row, y, x, 1), value(row, y, x, 2), 255], "{row}, {y}, {x}");
    }
    let mut one = vec![9; source.drawing_bytes()];
    source.read_rows(613, &mut one).unwrap();
    assert!(one == read[613 * one.len()..614 * one.len()]);
}
