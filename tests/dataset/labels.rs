//! Labels that come with drawings: arrays of an archive, an IDX file beside another, batches of CIFAR.

use super::folder::Folder;
use super::{assert_note, open, open_with, read_records};
use inkfield::data::Row;
use inkfield::data::columns::{Column, ColumnType, Columns, Value};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::report::Severity;
use std::path::Path;

/// Archives that numpy wrote: `expected/columns.py`.
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dataset/expected");

fn column(columns: &Columns, name: &str, rows: u32) -> Vec<String> {
    let column = columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
    let shown = |row| match column.value(Row(row)) {
        Value::Missing => "-".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Text(text) => text.to_owned(),
        Value::Time(_) => panic!("no time was written"),
    };
    (0..rows).map(shown).collect()
}

#[test]
fn arrays_of_one_value_for_each_drawing_are_columns() {
    for name in ["columns.npz", "columns_deflated.npz"] {
        let path = Path::new(EXPECTED).join(name);
        let dataset = open(&[&path]).unwrap();
        assert_eq!((dataset.rows(), dataset.dtype().as_str(), dataset.has_records()), (6, "uint8", true));
        let (columns, report, _) = read_records(&dataset).unwrap();
        assert!(report.is_empty(), "{report}");
        for (name, expected) in [
            ("y_train", ["3", "-1", "4", "1", "-5", "9"]),
            ("big", ["1", "2", "3", "4", "5", "65535"]),
            ("score", ["0.7314", "-", "0.1", "0.00000000000000000001", "-", "-2.5"]),
            ("half", ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]),
            ("is_test", ["true", "false", "true", "false", "false", "true"]),
            ("name", ["ant", "Käfer", "蜂", "", "dog", "emu"]),
            ("swapped", ["ant", "Käfer", "蜂", "", "dog", "emu"]),
            ("tag", ["a", "bc", "def", "", "\u{fffd}", "x\0y"]),
        ] {
            assert_eq!(column(&columns, name, 6), expected, "{name}");
        }
        assert_eq!(columns.iter().count(), 8, "neither another length nor another shape");
        let notes: Vec<&str> = dataset.report().notes.iter().map(|note| note.text.as_str()).collect();
        let told = "its arrays \"y_train\", \"big\", \"score\", \"half\", \"is_test\", \"name\", \"swapped\", \"tag\" have a value \
                    for each drawing and are read as columns";
        assert!(notes.contains(&told), "{notes:?}");
        assert!(
            notes.iter().any(|text| text.ends_with("besides, the archive holds other (5,) int64, wide (6, 3) float64")),
            "{notes:?}"
        );
        let line = dataset.record_line(Row(1), None).unwrap().unwrap();
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&line["y_train"], &line["score"], &line["name"]),
            (&(-1).into(), &serde_json::Value::Null, &"Käfer".into())
        );
        // A slice has its own rows' values.
        let options = OpenOptions { rows: Some("2:5".parse().unwrap()), ..OpenOptions::default() };
        let (columns, ..) = read_records(&open_with(&[&path], &options).unwrap()).unwrap();
        assert_eq!(column(&columns, "y_train", 3), ["4", "1", "-5"]);
        let options = OpenOptions { records: false, ..OpenOptions::default() };
        assert!(!open_with(&[&path], &options).unwrap().has_records());
    }
}

#[test]
fn records_that_were_named_go_before_the_arrays_of_an_archive() {
    let folder = Folder::new();
    let path = folder.path("set.npz");
    std::fs::copy(Path::new(EXPECTED).join("columns.npz"), &path).unwrap();
    let records = folder.text("set.ndjson", &"{\"word\":\"ant\"}\n".repeat(6));
    let dataset = open(&[&path, &records]).unwrap();
    assert_note(dataset.report(), Severity::Info, "are left out, as its records are read", "set.npz");
    let (columns, ..) = read_records(&dataset).unwrap();
    assert_eq!(columns.iter().map(Column::name).collect::<Vec<_>>(), ["word"]);
    assert_eq!(dataset.record_line(Row(0), None).unwrap(), None, "no line was named");
}

fn idx(lengths: &[u32], values: &[u8]) -> Vec<u8> {
    let lengths: Vec<u8> = lengths.iter().flat_map(|len| len.to_be_bytes()).collect();
    [&[0, 0, 8, (lengths.len() / 4) as u8][..], &lengths, values].concat()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, bytes).unwrap();
    packed.finish().unwrap()
}

fn labels_of(dataset: &Dataset) -> Vec<String> {
    let (columns, ..) = read_records(dataset).unwrap();
    column(&columns, "label", dataset.rows())
}

#[test]
fn labels_in_an_idx_file_belong_to_the_images_of_the_same_name() {
    let images = idx(&[5, 8, 9], &[7; 360]);
    let labels = idx(&[5], &[5, 0, 4, 1, 9]);
    for (images_name, labels_name) in [
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
        ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
        ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
        ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte.gz"),
    ] {
        let folder = Folder::new();
        let write = |name: &str, bytes: &[u8]| {
            if name.contains(".gz") { folder.bytes(name, &gzipped(bytes)) } else { folder.bytes(name, bytes) }
        };
        let (images, labels) = (write(images_name, &images), write(labels_name, &labels));
        for inputs in [vec![&images], vec![&images, &labels], vec![&labels, &images]] {
            let dataset = open(&inputs).unwrap();
            assert_eq!(labels_of(&dataset), ["5", "0", "4", "1", "9"], "{inputs:?}");
            assert!(dataset.files().any(|file| file == labels), "{labels_name} is a file that is read");
            assert_eq!(dataset.report().warnings().count(), 0, "{}", dataset.report());
        }
        let whole = open(&[folder.0.path()]).unwrap();
        assert_eq!((whole.rows(), labels_of(&whole)), (5, ["5", "0", "4", "1", "9"].map(str::to_owned).to_vec()));
    }
    // Of another name they must be named.
    let folder = Folder::new();
    let (images, labels) = (folder.bytes("emnist.idx", &images), folder.bytes("emnist-labels-idx1-ubyte", &labels));
    assert!(!open(&[&images]).unwrap().has_records());
    let options = OpenOptions { axes: Some("NWH".parse().unwrap()), ..OpenOptions::default() };
    let turned = open_with(&[&images, &labels], &options).unwrap();
    assert_eq!(((turned.height(), turned.width()), labels_of(&turned).len()), ((9, 8), 5), "EMNIST lies transposed");
    assert!(open(&[&labels]).unwrap_err().to_string().contains("one axis of 5 values"));
}

#[test]
fn labels_that_do_not_fit_are_left_out_and_said() {
    let folder = Folder::new();
    let images = folder.bytes("a-images-idx3-ubyte", &idx(&[5, 8, 9], &[7; 360]));
    for (labels, words) in [
        (idx(&[4], &[1; 4]), "they are 4, and the drawings 5"),
        (idx(&[5], &[1; 2]), "the header claims 5 × 1 bytes, the file has 2"),
        (idx(&[4_000_000_000], &[1; 3]), "the header claims 4000000000 × 1 bytes"),
        (idx(&[5, 1], &[1; 5]), "labels have one axis"),
        (b"hello".to_vec(), "this is no IDX file"),
    ] {
        folder.bytes("a-labels-idx1-ubyte", &labels);
        let dataset = open(&[&images]).unwrap();
        assert!(!dataset.has_records() && dataset.rows() == 5);
        assert_note(
            dataset.report(),
            Severity::Warning,
            "its labels in \"a-labels-idx1-ubyte\" are left out",
            "a-images-idx3-ubyte",
        );
        assert_note(dataset.report(), Severity::Warning, words, "a-images-idx3-ubyte");
    }
}

/// Records of CIFAR: labels, then a value for each plane's byte.
fn batch(rows: usize, labels: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    (0..rows)
        .flat_map(|row| [labels(row), (0..3072).map(|at| (row * 7 + at * 3 + at / 1024) as u8).collect()].concat())
        .collect()
}

fn names(count: usize, what: &str) -> String {
    (0..count).map(|label| what.to_owned() + &label.to_string() + "\n").collect()
}

#[test]
fn batches_of_cifar_are_drawings_in_colour_with_their_labels() {
    let folder = Folder::new();
    let first = folder.bytes("data_batch_1.bin", &batch(9, |row| vec![row as u8]));
    let second = folder.bytes("data_batch_2.bin", &batch(4, |row| vec![9 - row as u8]));
    let dataset = open(&[&first, &second]).unwrap();
    assert_eq!((dataset.rows(), dataset.height(), dataset.width(), dataset.channels()), (13, 32, 32, 4));
    assert_eq!((dataset.form().as_str(), dataset.axes().as_str()), ("cifar", "N(CHW)"));
    let expected: Vec<String> = (0..9).chain([9, 8, 7, 6]).map(|label: u8| label.to_string()).collect();
    assert_eq!(labels_of(&dataset), expected);
    let mut read = vec![0; dataset.drawing_bytes() * 13];
    dataset.read_rows(0, &mut read).unwrap();
    for (at, pixel) in read.chunks(4).enumerate() {
        let (row, at) = (at / 1024 % 9, at % 1024);
        let value = |channel: usize| (row * 7 + (at + channel * 1024) * 3 + channel) as u8;
        assert_eq!(pixel, [value(0), value(1), value(2), 255], "{row}, {at}");
    }
    assert_eq!(dataset.pixel(Row(0), 5).unwrap().unwrap().to_string(), "15, 16, 17");
    // Names lie beside.
    folder.text("batches.meta.txt", &names(10, "kind "));
    assert_eq!(labels_of(&open(&[&second]).unwrap()), ["kind 9", "kind 8", "kind 7", "kind 6"]);
    let (columns, ..) = read_records(&open(&[folder.0.path()]).unwrap()).unwrap();
    assert_eq!(columns.get("label").unwrap().kind(), ColumnType::Category);

    let fine = folder.bytes("train.bin", &batch(70, |row| vec![row as u8 % 20, 99 - row as u8]));
    let dataset = open(&[&fine]).unwrap();
    assert_eq!(labels_of(&dataset)[..2], ["99", "98"]);
    folder.text("coarse_label_names.txt", &names(20, "group "));
    let (columns, ..) = read_records(&open(&[&fine]).unwrap()).unwrap();
    assert_eq!(column(&columns, "coarse_label", 70)[21], "group 1");
    assert_eq!(dataset.record_line(Row(1), None).unwrap().unwrap(), r#"{"coarse_label":1,"label":98}"#);
}

#[test]
fn what_only_looks_like_a_batch_is_none() {
    let folder = Folder::new();
    for (name, bytes) in [
        ("a.dat", batch(3, |_| vec![1])),
        ("label.bin", batch(3, |row| vec![row as u8 + 8])),
        ("length.bin", batch(3, |_| vec![1])[1..].to_vec()),
        ("fine.bin", batch(3, |row| vec![row as u8, 100])),
        ("few.bin", vec![1; 20]),
    ] {
        let error = open(&[folder.bytes(name, &bytes)]).unwrap_err().to_string();
        assert!(error.starts_with("this is no .npy file"), "{name}: {error}");
    }
    // An array is an array whatever it is called.
    let array = folder.bitmaps("array.npy", 3, 0);
    let renamed = folder.path("array.bin");
    std::fs::rename(array, &renamed).unwrap();
    assert_eq!(open(&[&renamed]).unwrap().form(), "npy");
    let batch = folder.bytes("test_batch.bin", &batch(3, |_| vec![1]));
    let dataset = open(&[&batch]).unwrap();
    std::fs::OpenOptions::new()
        .append(true)
        .open(&batch)
        .and_then(|mut file| std::io::Write::write_all(&mut file, b"!"))
        .unwrap();
    assert!(dataset.read_rows(0, &mut vec![0; 4096]).unwrap_err().to_string().starts_with("the file was changed"));
}
