//! Which axis counts the drawings: how it is decided, and what is said of it.

use super::arrays::{assert_as_numpy, follow_advice, in_words, note, open, size, with_records, zeros};
use super::folder::Folder;
use super::outside::{answer, error, inkfield};
use super::real_data::field_cases;
use super::told::Told;
use inkfield::data::report::Severity;
use serde_json::Value;
use std::fs;

#[test]
fn case_c01_arrays_of_julia_are_what_numpy_says() {
    let Some(cases) = field_cases() else { return };
    let folder = Folder::new();
    for (name, axes) in [("julia_900", "HWN"), ("features_first_900", "FN")] {
        let alone = cases.join(format!("c01/{name}.npy"));
        let dataset = open(&alone, "").unwrap();
        assert_as_numpy(&dataset, name);
        assert_eq!((dataset.axes(), dataset.form()), (axes.to_owned(), "npy".to_owned()));
        assert!(matches!(note(&dataset), Some((Severity::Info, _))), "Fortran order and 28 are no guess");
        // With records for each drawing, and whatever the user says.
        let path = folder.path(&format!("{name}.npy"));
        fs::copy(&alone, &path).unwrap();
        with_records(&path, 900);
        assert_as_numpy(&open(&path, "").unwrap(), name);
        assert_as_numpy(&open(&path, &format!("--axes {axes}")).unwrap(), name);
        assert_as_numpy(&open(&path, "--shape 28x28").unwrap(), name);
        // Single rows are those of the whole.
        let (mut all, mut some) = (vec![0; 900 * 784], vec![0; 3 * 784]);
        dataset.read_rows(0, &mut all).unwrap();
        dataset.read_rows(451, &mut some).unwrap();
        assert_eq!(some, all[451 * 784..454 * 784]);
    }
}

#[test]
fn case_c01_what_counts_is_decided_by_records_order_and_sizes() {
    let told = Told::case("c01");
    let folder = Folder::new();
    let (info, warning) = (Some(Severity::Info), Some(Severity::Warning));
    for (number, (shape, fortran, records, expected, axes, severity)) in [
        // The plain form is read without a word, whatever the records.
        (&[900, 784][..], false, None, (900, 28, 28), "NF", None),
        (&[900, 784], false, Some(900), (900, 28, 28), "NF", None),
        (&[900, 784], true, None, (900, 28, 28), "NF", None),
        (&[900, 28, 28], false, None, (900, 28, 28), "NHW", None),
        (&[900, 28, 28], true, None, (900, 28, 28), "NHW", None),
        (&[900, 1, 784], false, None, (900, 28, 28), "N1F", None),
        (&[1, 28, 28], false, None, (1, 28, 28), "NHW", None),
        (&[900, 28, 28, 1], false, None, (900, 28, 28), "NHW1", None),
        // Sizes and order.
        (&[28, 28, 900], false, None, (900, 28, 28), "HWN", info),
        (&[28, 28, 900], true, None, (900, 28, 28), "HWN", info),
        (&[28, 28, 1, 900], true, None, (900, 28, 28), "HW1N", info),
        (&[784, 900], true, None, (900, 28, 28), "FN", info),
        (&[784, 5000], false, None, (5000, 28, 28), "FN", info),
        (&[512, 512, 30], false, None, (30, 512, 512), "HWN", info),
        // Guesses.
        (&[784, 900], false, None, (900, 28, 28), "FN", warning),
        (&[784, 784], false, None, (784, 28, 28), "NF", warning),
        (&[1000, 1024], false, None, (1000, 32, 32), "NF", warning),
        (&[1000, 1024], false, Some(1000), (1000, 32, 32), "NF", None),
        (&[48, 64, 2], false, None, (48, 64, 2), "NHW", warning),
        (&[28, 28, 28], true, None, (28, 28, 28), "HWN", warning),
        // Records decide.
        (&[784, 900], false, Some(900), (900, 28, 28), "FN", info),
        (&[784, 900], true, Some(784), (784, 30, 30), "NF", None),
        (&[40, 50, 60], false, Some(60), (60, 40, 50), "HWN", info),
        (&[40, 50, 60], true, Some(40), (40, 50, 60), "NHW", None),
        (&[784, 784], false, Some(1), (1, 784, 784), "HW", info),
        (&[3, 48, 64], false, Some(3), (3, 48, 64), "NHW", None),
        (&[48, 64, 3], false, Some(3), (3, 48, 64), "HWN", info),
    ]
    .into_iter()
    .enumerate()
    {
        let path = zeros(&folder, &format!("{number}.npy"), shape, fortran);
        if let Some(records) = records {
            with_records(&path, records);
        }
        let dataset = open(&path, "").unwrap();
        let note = note(&dataset);
        let seen = (size(&dataset), dataset.axes(), note.as_ref().map(|(severity, _)| *severity));
        assert_eq!(
            seen,
            (expected, axes.to_owned(), severity),
            "{shape:?}, Fortran order {fortran}, {records:?} records: {note:?}"
        );
        if let Some((_, text)) = note {
            told.values(&text);
            assert!(text.contains(&in_words(&dataset)), "{text}");
            follow_advice(&path, &text);
        }
        // What is said to have been read may be asked for, too.
        let again = open(&path, &format!("--axes {axes}")).unwrap();
        assert_eq!((size(&again), again.axes()), (expected, axes.to_owned()));
        assert!(super::arrays::note(&again).is_none());
    }
    told.values(&open(&zeros(&folder, "four.npy", &[2, 3, 4, 5], false), "--axes NHW").unwrap_err());
    told.all();
}

#[test]
fn case_c01_axes_go_with_every_command_and_what_names_none_says_what_to_write() {
    let folder = Folder::new();
    let path = zeros(&folder, "set.npy", &[30, 20, 40], false);
    let info = |how: &[&str]| {
        let text = answer(inkfield().arg("info").arg(&path).arg("--json").args(how));
        let info: Value = serde_json::from_str(&text).unwrap();
        (
            info["rows"].clone(),
            info["height"].clone(),
            info["width"].clone(),
            info["axes"].clone(),
            info["form"].clone(),
        )
    };
    let of = |rows: u32, height: u32, width: u32, axes: &str| {
        (rows.into(), height.into(), width.into(), Value::from(axes), Value::from("npy"))
    };
    for (axes, seen) in [
        ("NHW", of(30, 20, 40, "NHW")),
        ("HWN", of(40, 30, 20, "HWN")),
        ("WHN", of(40, 20, 30, "WHN")),
        ("hnw", of(20, 30, 40, "HNW")),
        ("N,W,H", of(30, 40, 20, "NWH")),
    ] {
        assert_eq!(info(&["--axes", axes]), seen);
    }
    assert!(answer(inkfield().arg("info").arg(&path).args(["--axes", "HWN"])).contains(", axes HWN, "));
    assert!(!answer(inkfield().arg("info").arg(&path).args(["--axes", "NHW"])).contains("axes"));
    let locate = answer(inkfield().arg("locate").arg(&path).args(["--axes", "HWN", "--row", "39"]));
    assert!(locate.starts_with("row 39 is at "), "{locate}");
    for (axes, words) in [
        ("HWC", "an axis of 40 values holds no channels of colour"),
        ("NCCW", "C is written once"),
        ("NH", "H and W come together"),
        ("NHWF", "F is height and width in one"),
        ("NHHW", "each letter but N, F and 1 is written once"),
        ("NHNW", "axes that count drawings stand side by side"),
        ("xyz", "write one letter for each axis"),
        ("", "write one letter for each axis"),
    ] {
        let text = error(inkfield().arg("info").arg(&path).args(["--axes", axes]), 2);
        assert!(text.contains(words), "{axes}: {text}");
    }
}
