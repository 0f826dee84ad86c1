//! Sets as R writes them, against what R reads back itself (`expected/r.R`), and as torchvision keeps and writes them, which its own
//! readers were held against (`expected/torchvision_sets.py`).

use super::*;
use serde_json::Value;

/// What R read: all values of each image, line by line.
fn read_by_r(what: &str) -> Vec<Vec<u8>> {
    let all: Value = serde_json::from_slice(&std::fs::read(expected("r.json")).unwrap()).unwrap();
    let values = |image: &Value| image.as_array().unwrap().iter().map(|value| value.as_u64().unwrap() as u8).collect();
    all[what].as_array().unwrap().iter().map(values).collect()
}

fn texts_of_r(what: &str) -> Vec<String> {
    let all: Value = serde_json::from_slice(&std::fs::read(expected("r.json")).unwrap()).unwrap();
    all[what].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn tables_of_pixels_by_r_are_what_it_reads_itself() {
    let options = OpenOptions { shape: Some((7, 5)), ..OpenOptions::default() };
    let images = read_by_r("csv");
    for name in ["r/write.csv", "r/fwrite.csv"] {
        let dataset = open_with(&[expected(name)], &options).unwrap();
        assert_eq!(facts(&dataset), ("csv".into(), "uint8".into(), 6, 7, 5, 1), "{name}");
        assert_drawings(&dataset, |row| images[row].clone());
        assert_column(&dataset, "label", &texts_of_r("labels"));
    }
    // The names of rows, which write.csv puts first under no heading.
    let dataset = open_with(&[expected("r/write.csv")], &options).unwrap();
    assert_column(&dataset, "column_1", &["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn hdf5_by_r_is_what_it_reads_itself_once_its_axes_are_named() {
    let dataset = open_with(&[expected("r/rhdf5.h5")], &axes("NWH")).unwrap();
    assert_eq!(facts(&dataset), ("hdf5".into(), "int32".into(), 6, 7, 5, 1));
    let images = read_by_r("hdf5");
    assert_drawings(&dataset, |row| images[row].iter().flat_map(|&value| i32::from(value).to_le_bytes()).collect());
    assert_column(&dataset, "labels", &texts_of_r("labels"));
}

#[test]
fn pictures_by_r_are_what_it_reads_itself() {
    let dataset = open(&[expected("r/pictures")]).unwrap();
    let columns = columns(&dataset);
    let files = texts(&columns, "file_name");
    let (names, images) = (texts_of_r("names"), read_by_r("pictures"));
    assert_eq!(files.len(), names.len());
    for (row, file) in (0..).zip(&files) {
        let image = &images[names.iter().position(|name| name == file).unwrap()];
        let gray: Vec<u8> = image.iter().flat_map(|&value| [value, value, value, 255]).collect();
        let mut seen = vec![0; dataset.drawing_bytes()];
        dataset.read_rows(row, &mut seen).unwrap();
        assert!(seen == gray, "{file}");
        assert_eq!(texts(&columns, "category")[row as usize], file.split('/').next().unwrap(), "{file}");
    }
}

/// A value of a pixel, as `expected/torchvision_sets.py` computes it.
fn made(row: usize, y: usize, x: usize, channel: usize) -> u8 {
    ((7 * row + 5 * y + 3 * x + 11 * channel) % 256) as u8
}

fn made_color(row: usize, side: usize) -> Vec<u8> {
    (0..side * side * 3).map(|at| made(row, at / 3 / side, at / 3 % side, at % 3)).collect()
}

#[test]
fn sets_of_torchvision_are_what_its_own_readers_give_back() {
    let of = |name: &str| open(&[expected("torchvision").join(name)]).unwrap();
    let digits = of("t10k-images-idx3-ubyte");
    assert_eq!((digits.rows(), digits.height(), digits.width(), digits.channels()), (3, 28, 28, 1));
    assert_drawings(&digits, |row| (0..784).map(|at| made(row, at / 28, at % 28, 0)).collect());
    assert_column(&digits, "label", &["0", "1", "2"]);
    let cifar = of("test_batch");
    assert_eq!((cifar.rows(), cifar.height(), cifar.width()), (3, 32, 32));
    assert_drawings(&cifar, |row| made_color(row, 32));
    assert_column(&cifar, "label", &["airplane", "automobile", "bird"]);
    let houses = of("test_32x32.mat");
    assert_eq!((houses.rows(), houses.height(), houses.width()), (3, 32, 32));
    assert_drawings(&houses, |row| made_color(row, 32));
    // As the file has it: torchvision makes 0 of 10.
    assert_column(&houses, "y", &["10", "1", "2"]);
}

#[test]
fn pictures_of_torchvision_are_the_tensors_that_it_saved() {
    let dataset = open(&[expected("torchvision/pictures")]).unwrap();
    let columns = columns(&dataset);
    let files = texts(&columns, "file_name");
    assert_eq!(files.len(), 6);
    for (row, file) in (0..).zip(&files) {
        let number: usize = file.rsplit('/').next().unwrap().trim_end_matches(".png").parse().unwrap();
        let opaque: Vec<u8> =
            made_color(number, 8).chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
        let mut seen = vec![0; dataset.drawing_bytes()];
        dataset.read_rows(row, &mut seen).unwrap();
        assert!(seen == opaque, "{file}");
        assert_eq!(texts(&columns, "category")[row as usize], format!("class {}", number % 3), "{file}");
    }
}
