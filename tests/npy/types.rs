//! Arrays of every numeric type, in ink and in colour, in any order of axes: what they are read as is what numpy's arithmetic makes of
//! them.

use super::npy::{dictionary, file_of, npy_bytes, open_as, refusal};
use inkfield::data::Row;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::info::{Values, info_json, info_text};
use serde::Deserialize;

/// What numpy says: made by `expected/types.py`.
const EXPECTED: [&str; 2] = [include_str!("expected/types.json"), include_str!("expected/colours.json")];

#[derive(Deserialize)]
struct Case {
    name: String,
    descr: String,
    fortran: bool,
    shape: Vec<usize>,
    values: String,
    axes: Option<String>,
    is: [u32; 4],
    range: [f64; 2],
    drawings: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap() as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) * 16 + digit(pair[1])).collect()
}

/// As numpy writes a shape.
fn tuple(shape: &[usize]) -> String {
    format!("({},)", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", "))
}

/// A file of these values.
pub(super) fn file(descr: &str, fortran: bool, shape: &[usize], values: &[u8]) -> Vec<u8> {
    let mut header = dictionary(&format!("'{descr}'"), &tuple(shape));
    if fortran {
        header = header.replace("False", "True");
    }
    npy_bytes(1, &header, values)
}

#[test]
fn every_type_order_and_number_of_channels_is_read_as_numpy_says() {
    let cases = EXPECTED.iter().flat_map(|text| serde_json::from_str::<Vec<Case>>(text).unwrap());
    for case in cases {
        let name = &case.name;
        let (_folder, path) = file_of(&file(&case.descr, case.fortran, &case.shape, &bytes(&case.values)));
        let (source, told) = open_as(&path, case.axes.as_deref(), None).unwrap();
        assert!(told.is_none(), "{name}: {told:?}");
        let drawings = bytes(&case.drawings);
        assert_eq!([source.rows(), source.height(), source.width(), source.channels()], case.is, "{name}");
        let mut whole = vec![9; drawings.len()];
        source.read_rows(0, &mut whole).unwrap();
        assert_eq!(whole, drawings, "{name}");
        let mut last = vec![9; source.drawing_bytes()];
        source.read_scattered(&[source.rows() - 1], &mut last).unwrap();
        assert!(drawings.ends_with(&last), "{name}");

        // A data set says the range, and counts what it reads.
        let options = OpenOptions { axes: case.axes.map(|axes| axes.parse().unwrap()), ..OpenOptions::default() };
        let dataset = Dataset::open(&[&path], &options).unwrap();
        let mut read = vec![9; usize::try_from(dataset.bytes()).unwrap()];
        dataset.read_rows(0, &mut read).unwrap();
        let (tally, measured) = dataset.count_values(&mut |_| ()).unwrap();
        if measured.map.in_reading {
            let range = measured.map.range;
            let near = |own: f64, right: f64| (own - right).abs() <= right.abs() / f64::from(1 << 20);
            assert!(near(range.low, case.range[0]) && near(range.high, case.range[1]), "{name}: {range}");
            assert_eq!(read, drawings, "{name}");
            let colours = drawings.len() / source.channels() as usize * if source.channels() == 4 { 3 } else { 1 };
            assert_eq!(tally.unwrap().total(), colours as u64, "{name}");
        }
    }
}

#[test]
fn a_claim_that_the_file_belies_is_refused_whatever_the_type() {
    for descr in ["<i1", ">u2", "<i2", "<u4", "<i4", "<u8", ">i8", "<f2", "<f4", ">f8"] {
        for shape in [&[1_000_000_000, 28, 28][..], &[usize::MAX, 3], &[4_000_000_000, 28, 28, 3], &[2, 8, 8]] {
            let text = refusal(&file(descr, false, shape, &[0; 127]), None);
            assert!(text.contains("the header claims") || text.contains("its shape is"), "{descr} {shape:?}: {text}");
        }
    }
}

#[test]
fn a_pixel_is_told_as_the_file_has_it() {
    let pixel = |descr: &str, shape: &[usize], values: &[u8], axes: &str, at: usize| {
        let (_folder, path) = file_of(&file(descr, false, shape, values));
        let (source, _) = open_as(&path, Some(axes), None).unwrap();
        assert_eq!(source.pixel(0, (source.height() * source.width()) as usize).unwrap(), None);
        assert!(source.pixel(source.rows(), 0).is_err());
        source.pixel(source.rows() - 1, at).unwrap().unwrap().to_string()
    };
    let floats: Vec<u8> = (0..12).flat_map(|i| (i as f32 / 10.0).to_be_bytes()).collect();
    assert_eq!(pixel(">f4", &[2, 2, 3], &floats, "NHW", 1), "0.7");
    assert_eq!(pixel(">f4", &[2, 3, 2], &floats, "HWN", 1), "0.3");
    let large: Vec<u8> = (0..4_u64).flat_map(|i| (u64::MAX - i).to_le_bytes()).collect();
    assert_eq!(pixel("<u8", &[1, 2, 2], &large, "NHW", 3), "18446744073709551612");
    let colours: Vec<u8> = (0..24).collect();
    assert_eq!(pixel("|u1", &[2, 3, 2, 2], &colours, "NCHW", 3), "15, 19, 23");
    assert_eq!(pixel("|u1", &[2, 2, 2, 3], &colours, "NHWC", 1), "15, 16, 17");
    assert_eq!(pixel("|i1", &[1, 2, 2], &[255, 0, 0, 128], "NHW", 3), "-128");
}

/// Files opened as one set.
pub(super) fn set(inputs: &[(&str, Vec<u8>)], options: &OpenOptions) -> (tempfile::TempDir, Dataset) {
    let folder = tempfile::tempdir().unwrap();
    let paths = inputs.iter().map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    });
    let paths: Vec<_> = paths.collect();
    let dataset = Dataset::open(&paths, options).unwrap();
    (folder, dataset)
}

/// All drawings of a set, by position as in a row.
pub(super) fn shown(dataset: &Dataset) -> Vec<u8> {
    let mut read = vec![9; usize::try_from(dataset.bytes()).unwrap()];
    dataset.read_rows(0, &mut read).unwrap();
    let rows: Vec<u32> = (0..dataset.rows()).collect();
    let mut scattered = vec![9; read.len()];
    dataset.read_scattered(&rows, &mut scattered).unwrap();
    assert_eq!(read, scattered);
    read
}

#[test]
fn one_range_rules_all_types_of_a_set() {
    let floats: Vec<u8> = [0.0_f32, 51.0, 102.0, 510.0].iter().flat_map(|value| value.to_le_bytes()).collect();
    let inputs = [
        ("a.npy", file("|u1", false, &[1, 2, 2], &[0, 51, 102, 255])),
        ("b.npy", file("<f4", false, &[1, 2, 2], &floats)),
        ("c.npy", file("|b1", false, &[1, 2, 2], &[0, 1, 1, 0])),
    ];
    let (_folder, dataset) = set(&inputs, &OpenOptions::default());
    assert_eq!(dataset.dtype(), "uint8 and float32 and bool");
    // Up to 510, and so few that the percentiles are the ends; a bool's 1 is full ink.
    assert_eq!(shown(&dataset), [0, 26, 51, 128, 0, 26, 51, 255, 0, 255, 255, 0]);
    for (range, invert, expected) in [
        (Some("raw"), false, [0, 51, 102, 255, 0, 51, 102, 255, 0, 255, 255, 0]),
        (Some("0:102"), false, [0, 128, 255, 255, 0, 128, 255, 255, 0, 255, 255, 0]),
        (Some("raw"), true, [255, 204, 153, 0, 255, 204, 153, 0, 255, 0, 0, 255]),
    ] {
        let mut options = OpenOptions::default();
        options.values.range = range.map(|range| range.parse().unwrap());
        options.values.invert = invert;
        let (_folder, dataset) = set(&inputs, &options);
        assert_eq!(shown(&dataset), expected, "{range:?} {invert}");
        let map = dataset.count_values(&mut |_| ()).unwrap().1.map;
        for row in 0..3 {
            for at in 0..4 {
                let pixel = dataset.pixel(Row(row), at).unwrap().unwrap();
                let ink = map.ink_of(pixel.numbers()[0]);
                assert_eq!(ink, expected[row as usize * 4 + at], "{range:?} {invert}: {pixel}");
            }
        }
    }
}

#[test]
fn nan_is_paper_and_said_and_infinity_is_an_end() {
    let values = [f64::NAN, 0.0, 0.5, f64::INFINITY, f64::NEG_INFINITY, 1.0, f64::NAN, 0.25];
    let bytes = file("<f8", false, &[2, 2, 2], &values.map(f64::to_le_bytes).concat());
    for (invert, expected) in [(false, [0, 0, 128, 255, 0, 255, 0, 64]), (true, [0, 255, 127, 0, 255, 0, 0, 191])] {
        let mut options = OpenOptions::default();
        options.values.invert = invert;
        let (_folder, dataset) = set(&[("a.npy", bytes.clone())], &options);
        assert_eq!(shown(&dataset), expected);
        let (_, measured) = dataset.count_values(&mut |_| ()).unwrap();
        let said: Vec<String> = measured.report.notes.iter().map(|note| note.text.clone()).collect();
        assert_eq!(
            said,
            ["2 values are no numbers (NaN) and shown as paper, 2 values are infinite and shown as ends of the range"]
        );
        assert_eq!(dataset.pixel(Row(0), 0).unwrap().unwrap().numbers().len(), 1);
    }
    let nothing = file("<f4", false, &[1, 2, 2], &[f32::NAN; 4].map(f32::to_le_bytes).concat());
    let (_folder, dataset) = set(&[("a.npy", nothing)], &OpenOptions::default());
    let (_, measured) = dataset.count_values(&mut |_| ()).unwrap();
    assert_eq!(measured.flat.as_deref(), Some("no value is a finite number: there is nothing to be seen"));
}

#[test]
fn info_says_ends_range_and_how_values_lie_in_it() {
    let values = [-2.0_f32, 0.0, 2.0, f32::NAN, f32::INFINITY, 1.0];
    let bytes = file("<f4", false, &[1, 2, 3], &values.map(f32::to_le_bytes).concat());
    for invert in [false, true] {
        let mut options = OpenOptions::default();
        options.values.invert = invert;
        let (_folder, dataset) = set(&[("a.npy", bytes.clone())], &options);
        let (tally, measured) = dataset.count_values(&mut |_| ()).unwrap();
        let (columns, values) = (Columns::new(), Values { tally: tally.as_ref(), map: &measured.map });
        let info = info_json(&dataset, &columns, values, &measured.notes());
        assert_eq!(
            (&info["channels"], &info["dtype"], &info["inverted"]),
            (&1.into(), &"float32".into(), &invert.into())
        );
        assert_eq!((&info["range"][0], &info["range"][1]), (&(-2).into(), &2.into()));
        let told = &info["values"];
        assert_eq!((told["min"].as_f64(), told["max"].as_f64()), (Some(-2.0), Some(2.0)));
        assert_eq!((&told["nan"], &told["infinite"]), (&1.into(), &1.into()));
        // −2; 0 is 127.5, rounded up; 1 is 191.25; 2 and infinity. What is no number is nowhere.
        let histogram: Vec<u64> = serde_json::from_value(told["histogram"].clone()).unwrap();
        let held: Vec<(usize, u64)> = histogram.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        assert_eq!(held, [(0, 1), (128, 1), (191, 1), (255, 2)], "inverted: {invert}");
        let text = info_text(&dataset, &columns, values, &measured.notes());
        assert!(text.contains("values -2 … 2, shown from the 0.1 to the 99.9 percentile"), "{text}");
        assert!(text.contains("one value is no number (NaN) and shown as paper"), "{text}");
    }
}
