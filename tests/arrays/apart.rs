//! Drawings whose labels lie in a file of their own, and files that are laid out otherwise than most (`expected/apart.py`).

use super::*;
use ndarray::{Array1, Array3};

#[test]
fn labels_in_a_file_of_their_own_belong_to_the_drawings_that_are_as_many() {
    let dataset = open(&[expected("apart_y.h5"), expected("apart_x.h5")]).unwrap();
    assert_eq!(facts(&dataset), ("hdf5".into(), "uint8".into(), ROWS, 10, 8, 3));
    assert_drawings(&dataset, |row| color(row, 10, 8));
    assert_column(&dataset, "y", &labels());
    assert_said(&dataset, "\"y\" of each drawing is read from \"apart_y.h5\"");

    let folder = Folder::new();
    let sets = [("train", 12_u8), ("test", 9)];
    for (name, rows) in sets {
        let drawings = Array3::from_shape_fn((rows.into(), 28, 28), |(row, y, x)| (row * 13 + y * x) as u8);
        ndarray_npy::write_npy(folder.path(&format!("x_{name}.npy")), &drawings).unwrap();
        ndarray_npy::write_npy(folder.path(&format!("y_{name}.npy")), &Array1::from_iter(100..100 + rows)).unwrap();
    }
    ndarray_npy::write_npy(folder.path("ids.npy"), &Array1::from_iter((0..12).map(|id| id * 1_000))).unwrap();
    for inputs in [
        vec![folder.path("")],
        ["y_train.npy", "ids.npy", "x_test.npy", "x_train.npy", "y_test.npy"].map(|name| folder.path(name)).to_vec(),
    ] {
        let dataset = open(&inputs).unwrap();
        assert_eq!((dataset.rows(), dataset.height()), (21, 28));
        let columns = columns(&dataset);
        let (ids, train, test) = (texts(&columns, "ids"), texts(&columns, "y_train"), texts(&columns, "y_test"));
        for row in 0..9 {
            assert_eq!([&ids[row], &train[row], &test[row]], ["", "", &(100 + row).to_string()]);
        }
        for row in 0..12 {
            let own = [(row * 1_000).to_string(), (100 + row).to_string(), String::new()];
            assert_eq!([&ids[9 + row], &train[9 + row], &test[9 + row]], own.each_ref());
        }
    }
    // One that was found in a folder is not taken again.
    let dataset = open(&[folder.path(""), folder.path("ids.npy")]).unwrap();
    let all = columns(&dataset);
    let ids: Vec<&str> =
        all.iter().map(inkfield::data::columns::Column::name).filter(|name| name.starts_with("ids")).collect();
    assert_eq!((dataset.rows(), ids), (21, vec!["ids"]));
    // Alone it is as it was: one axis, of which nobody knows how large a drawing is.
    assert!(error(folder.path("y_train.npy")).contains("one axis of 12 values"));
    // As many as no drawings are: an error that names the file.
    ndarray_npy::write_npy(folder.path("other.npy"), &Array1::from_iter(0..5_u8)).unwrap();
    let said = open(&[folder.path("x_test.npy"), folder.path("other.npy")]).map(|_| ()).unwrap_err().to_string();
    assert!(said.contains("one axis of 5 values") && said.contains("other.npy"), "{said}");
}

#[test]
fn arrow_files_by_polars_have_their_schema_in_the_footer_alone() {
    let dataset =
        open_with(&[expected("polars.arrow")], &OpenOptions { shape: Some((10, 8)), ..OpenOptions::default() });
    let dataset = dataset.unwrap();
    assert_eq!(facts(&dataset), ("arrow".into(), "uint8".into(), ROWS, 10, 8, 1));
    assert_drawings(&dataset, |row| ink(row, 10, 8));
    assert_column(&dataset, "label", &labels());
}

#[test]
fn a_folder_of_cifar_100_opens_by_the_names_of_its_files() {
    let folder = Folder::new();
    let batch = |first: u8| -> Vec<u8> {
        (first..first + 3)
            .flat_map(|row| [row % 20, row].into_iter().chain((0..3_072).map(move |at| (at % 251) as u8 ^ row)))
            .collect()
    };
    std::fs::write(folder.path("train.bin"), batch(40)).unwrap();
    std::fs::write(folder.path("test.bin"), batch(70)).unwrap();
    for (name, count) in [("coarse", 20), ("fine", 100)] {
        let names: Vec<String> = (0..count).map(|number| format!("{name} {number}\n")).collect();
        std::fs::write(folder.path(&format!("{name}_label_names.txt")), names.concat()).unwrap();
    }
    let dataset = open(&[folder.path("")]).unwrap();
    assert_eq!(facts(&dataset), ("cifar".into(), "uint8".into(), 6, 32, 32, 3));
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "label"), ["fine 70", "fine 71", "fine 72", "fine 40", "fine 41", "fine 42"]);
    assert_eq!(
        texts(&columns, "coarse_label"),
        ["coarse 10", "coarse 11", "coarse 12", "coarse 0", "coarse 1", "coarse 2"]
    );
}

#[test]
fn arrays_of_pictures_are_opened_before_embeddings_of_the_same_drawings() {
    let dataset = open(&[expected("embedded.npz")]).unwrap();
    assert_eq!(facts(&dataset), ("npz".into(), "float32".into(), ROWS, 10, 8, 1));
    assert_said(&dataset, "of its arrays images (7, 10, 8) float32 is opened, which looks most like drawings");
    assert_drawings(&dataset, |row| {
        ink(row, 10, 8).iter().flat_map(|&ink| (f32::from(ink) / 255.0).to_le_bytes()).collect()
    });
    let options = OpenOptions { shape: Some((10, 8)), ..OpenOptions::default() };
    let dataset = open_with(&[expected("embedded.parquet")], &options).unwrap();
    assert_eq!(facts(&dataset), ("parquet".into(), "uint8".into(), ROWS, 10, 8, 1));
    assert_drawings(&dataset, |row| ink(row, 10, 8));
}
