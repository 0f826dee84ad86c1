//! One picture, pictures in colour, flat arrays: how each is read, and what is said of it.

use super::arrays::{assert_as_numpy, follow_advice, in_words, note, open, size, with_records, zeros};
use super::folder::Folder;
use super::npy::claiming;
use super::real_data::field_cases;
use super::told::Told;
use inkfield::data::report::Severity;
use std::fs;

#[test]
fn case_c02_one_picture_is_one_drawing_and_a_flat_array_is_cut_by_shape() {
    let Some(cases) = field_cases() else { return };
    let case = |name: &str| cases.join("c02").join(name);
    assert_as_numpy(&open(&case("one_28x28.npy"), "").unwrap(), "one_28x28");
    assert_as_numpy(&open(&case("one_28x28.npy"), "--shape 28x28").unwrap(), "one_28x28");
    assert_as_numpy(&open(&case("one_64x64.npy"), "").unwrap(), "one_64x64");
    assert_as_numpy(&open(&case("one_64x64.npy"), "--shape 64x64").unwrap(), "one_64x64");
    let flat = case("flat_100x784.npy");
    assert_as_numpy(&open(&flat, "--shape 28x28").unwrap(), "flat_100x784");
    assert_as_numpy(&open(&flat, "--axes (NF) --shape 28x28").unwrap(), "flat_100x784");
    // As many records as there are whole squares say it, too.
    let folder = Folder::new();
    let path = folder.path("flat.npy");
    fs::copy(&flat, &path).unwrap();
    with_records(&path, 100);
    assert_as_numpy(&open(&path, "").unwrap(), "flat_100x784");
    let colour = open(&case("one_rgb_48x64x3.npy"), "").unwrap();
    assert_eq!((size(&colour), colour.channels()), ((1, 48, 64), 4));
}

#[test]
fn case_c02_what_is_one_picture_or_none_is_said_and_every_advice_works() {
    let told = Told::case("c02");
    let folder = Folder::new();
    for (number, (shape, expected, severity)) in [
        (&[28, 28][..], "one drawing of 28 × 28 pixels", Severity::Info),
        (&[28, 28, 1], "one drawing of 28 × 28 pixels", Severity::Info),
        (&[480, 640], "one drawing of 480 × 640 pixels", Severity::Info),
        (&[64, 64], "one drawing of 64 × 64 pixels", Severity::Warning),
        (&[1024, 1024], "one drawing of 1024 × 1024 pixels", Severity::Warning),
        (&[48, 64], "one drawing of 48 × 64 pixels", Severity::Warning),
        (&[48, 64, 3], "one drawing in colour of 48 × 64 pixels", Severity::Info),
        (&[3, 48, 64], "one drawing in colour of 48 × 64 pixels", Severity::Warning),
        (&[48, 64, 4], "one drawing in colour of 48 × 64 pixels", Severity::Info),
        (&[48, 64, 3, 5], "5 drawings in colour of 48 × 64 pixels", Severity::Info),
        (&[784, 1], "one drawing of 28 × 28 pixels", Severity::Info),
    ]
    .into_iter()
    .enumerate()
    {
        let path = zeros(&folder, &format!("{number}.npy"), shape, false);
        let dataset = open(&path, "").unwrap();
        let (seen, text) = note(&dataset).unwrap();
        assert_eq!((in_words(&dataset).as_str(), seen), (expected, severity), "{text}");
        told.values(&text);
        assert!(follow_advice(&path, &text) > 0, "{text}");
    }
    let flat = zeros(&folder, "flat.npy", &[1568], false);
    told.values(&note(&open(&flat, "--shape 28x28").unwrap()).unwrap().1);
    // Refused, with a way out that works.
    for (number, (shape, ways)) in
        [(&[78_400][..], 1), (&[1568], 1), (&[1_048_576], 1), (&[997], 0), (&[3, 10], 1)].into_iter().enumerate()
    {
        let path = zeros(&folder, &format!("refused{number}.npy"), shape, false);
        let text = open(&path, "").unwrap_err();
        told.values(&text);
        assert_eq!(follow_advice(&path, &text), ways, "{text}");
    }
    let large = folder.bytes("large.npy", &claiming("(6000, 8000)", &[]));
    assert!(open(&large, "").unwrap_err().contains("drawings of 6000x8000 pixels; at most 4096 a side"));
    told.all();
}

#[test]
fn case_c02_pictures_in_colour_open_in_either_order() {
    let folder = Folder::new();
    for shape in [&[1, 48, 64, 3][..], &[5, 48, 64, 3], &[5, 3, 48, 64], &[5, 48, 64, 4]] {
        let dataset = open(&zeros(&folder, "colour.npy", shape, false), "").unwrap();
        let rows = u32::try_from(shape[0]).unwrap();
        assert_eq!((size(&dataset), dataset.channels()), ((rows, 48, 64), 4), "{shape:?}");
        assert!(note(&dataset).is_none(), "{shape:?}");
    }
}

#[test]
fn case_c02_in_a_folder_what_is_no_set_is_left_out_and_named() {
    let folder = Folder::new();
    zeros(&folder, "set/a.npy", &[20, 784], false);
    zeros(&folder, "set/b.npy", &[28, 28, 30], true);
    zeros(&folder, "set/colour.npy", &[48, 64, 3], false);
    zeros(&folder, "only/none.npy", &[48, 64, 3, 2, 2], false);
    let dataset = open(&folder.path("set"), "").unwrap();
    assert_eq!((size(&dataset), dataset.axes()), ((50, 28, 28), "NF and HWN".to_owned()));
    let left_out: Vec<&str> = dataset
        .report()
        .notes
        .iter()
        .map(|note| note.text.as_str())
        .filter(|text| text.starts_with("left out"))
        .collect();
    assert!(matches!(left_out[..], [one] if one.contains("1 of 48x64 pixels in colour (colour.npy)")), "{left_out:?}");
    let error = open(&folder.path("only"), "").unwrap_err();
    assert!(
        error.starts_with("no bitmap file in this folder (1 array file skipped: ") && error.ends_with("only"),
        "{error}"
    );
    // The length is held against the file whatever the shape means.
    let cut = folder.bytes("cut.npy", &claiming("(28, 28, 900)", &[0; 1000]));
    assert!(open(&cut, "").unwrap_err().contains("has 1000 after its header: it was cut short"));
}
