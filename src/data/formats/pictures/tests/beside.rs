//! Folders of pictures with other files among them: what is opened, and what is said of the rest.

use super::*;
use crate::data::report::{Note, Offer, Severity};
use ndarray::{Array, Dimension, ShapeBuilder};

const PICTURES: usize = 20;

/// A folder of 20 pictures, of which some lie in folders of their own.
fn with_pictures() -> Folder {
    let folder = Folder::new();
    for number in 0..PICTURES {
        let class = if number % 2 == 0 { "" } else { "cat/" };
        folder.png(&format!("set/{class}{number:02}.png"), (9, 8), [number as u8, 0, 0, 255]);
    }
    folder
}

/// An array of floats that look like nothing.
fn write<D: Dimension, S: ShapeBuilder<Dim = D>>(path: &Path, shape: S) {
    let mut next = 1_u32;
    let values = Array::from_shape_simple_fn(shape, || {
        next = next.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        next as f32
    });
    ndarray_npy::write_npy(path, &values).unwrap();
}

fn notes<'a>(dataset: &'a Dataset, name: &str) -> Vec<&'a Note> {
    let is_of = |note: &&Note| note.path.as_ref().is_some_and(|path| path.ends_with(name)) || note.text.contains(name);
    dataset.report().notes.iter().filter(is_of).collect()
}

#[test]
fn arrays_that_are_no_drawings_leave_a_folder_to_its_pictures() {
    type Case<'a> = (&'a str, &'a dyn Fn(&Path));
    let cases: [Case<'_>; 5] = [
        ("labels.npy", &|path| write(path, PICTURES)),
        ("boxes.npy", &|path| write(path, (PICTURES, 4))),
        ("embeddings.npy", &|path| write(path, (PICTURES, 512))),
        ("features.npy", &|path| write(path, (PICTURES, 1024))),
        ("distances.npy", &|path| write(path, (PICTURES, PICTURES))),
    ];
    for (name, write) in cases {
        let folder = with_pictures();
        write(&folder.path("set").join(name));
        let dataset = folder.open("set");
        assert_eq!((dataset.form().as_str(), dataset.rows() as usize), ("folder", PICTURES), "{name}");
        let said = notes(&dataset, name);
        assert!(matches!(said.as_slice(), [one] if one.text.contains("left out")), "{name}: {said:?}");
    }
}

#[test]
fn places_among_pictures_are_offered_and_not_passed_over() {
    let folder = with_pictures();
    write(&folder.path("set/umap.npy"), (PICTURES, 2));
    folder.bytes("set/labels.csv", b"file_name,label\n00.png,x\n");
    let dataset = folder.open("set");
    assert_eq!((dataset.form().as_str(), dataset.rows() as usize), ("folder", PICTURES));
    let offers = [Offer::Table(folder.path("set/labels.csv")), Offer::Places(folder.path("set/umap.npy"))];
    assert_eq!(dataset.report().offers, offers);
    for (name, option) in [("umap.npy", "--positions"), ("labels.csv", "--table")] {
        let said = notes(&dataset, name);
        assert!(matches!(said.as_slice(), [one] if one.text.contains(option)), "{name}: {said:?}");
    }
    // What is joined is not passed over either.
    let joined = OpenOptions { tables: vec![folder.path("set/labels.csv")], ..OpenOptions::default() };
    let joined = try_open(&[folder.path("set")], &joined).unwrap();
    assert!(notes(&joined, "labels.csv").is_empty(), "{}", joined.report());
}

#[test]
fn arrays_that_are_drawings_hide_no_pictures_without_a_warning() {
    let folder = with_pictures();
    write(&folder.path("set/images.npy"), (PICTURES, 8, 9));
    write(&folder.path("set/embeddings.npy"), (PICTURES, 512));
    let dataset = folder.open("set");
    assert_eq!(dataset.form(), "npy");
    let warned =
        |dataset: &Dataset| dataset.report().warnings().any(|note| note.text.contains("pictures are not opened"));
    assert!(warned(&dataset), "{}", dataset.report());
    // Rows of bytes are drawings as well, and a picture or two to hundreds of them show no more than what is in them.
    let folder = Folder::new();
    folder.png("set/preview.png", (9, 8), [1, 0, 0, 255]);
    ndarray_npy::write_npy(folder.path("set/x.npy"), &ndarray::Array2::<u8>::from_elem((300, 784), 7)).unwrap();
    let dataset = folder.open("set");
    assert_eq!((dataset.form().as_str(), dataset.rows()), ("npy", 300));
    assert!(!warned(&dataset), "{}", dataset.report());
    std::fs::remove_file(folder.path("set/x.npy")).unwrap();
    write(&folder.path("set/x.npy"), (300, 784));
    let dataset = folder.open("set");
    assert_eq!((dataset.form().as_str(), dataset.rows()), ("npy", 300));
}

#[test]
fn pictures_that_are_not_decoded_are_warned_of() {
    let folder = with_pictures();
    for name in ["a.HEIC", "cat/b.heif", "c.avif", "d.jxl"] {
        folder.bytes(&format!("set/{name}"), b"\0\0\0\x18ftypheic");
    }
    let dataset = folder.open("set");
    let said: Vec<&Note> = dataset.report().notes.iter().filter(|note| note.text.contains("HEIC")).collect();
    let [one] = said.as_slice() else { panic!("{}", dataset.report()) };
    assert_eq!(one.severity, Severity::Warning);
    assert!(one.text.contains("4 of its files") && one.text.contains("JPEG or PNG"), "{}", one.text);
    assert!(notes(&dataset, "a.HEIC").len() == 1, "{}", dataset.report());
    // Of such alone nothing is opened.
    let folder = Folder::new();
    folder.bytes("set/a.heic", b"\0\0\0\x18ftypheic");
    let error = try_open(&[folder.path("set")], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.contains("HEIC") && error.contains("JPEG or PNG"), "{error}");
}

#[test]
fn a_line_of_metadata_with_too_many_cells_says_nothing_of_its_picture() {
    let folder = Folder::new();
    for name in ["a.png", "b.png", "c.png"] {
        folder.png(&format!("set/{name}"), (4, 4), [9, 0, 0, 255]);
    }
    folder.bytes(
        "set/metadata.csv",
        b"file_name,caption,age,code\na.png,a cat, asleep,7,DE\nb.png,a dog,NA,NA\nc.png,an ox,5\n",
    );
    let dataset = folder.open("set");
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "caption"), ["", "a dog", "an ox"]);
    assert_eq!(texts(&columns, "age"), ["", "", "5"]);
    assert_eq!(kind(&columns, "age"), "number");
    assert_eq!(texts(&columns, "code"), ["", "NA", ""]);
    let said =
        |words: &str| assert!(notes(&dataset, "metadata.csv").iter().any(|note| note.text.contains(words)), "{words}");
    said("metadata.csv: line 2 has 5 cells, the first line 4; in all 1 line has too few");
    said("1 line has too many, and nothing of it is read");
    said("metadata.csv says nothing of 1 picture, such as \"a.png\"");
    said(
        "metadata.csv: words stand for missing values where all others are numbers, flags or times: in age (\"NA\", 1 cell)",
    );
    // Names of another folder are shown beside those that are there.
    folder.bytes("set/metadata.csv", b"file_name,age\nold/a.png,1\nold/b.png,2\n");
    let dataset = folder.open("set");
    let said = |words: &str| assert!(notes(&dataset, "metadata.csv").iter().any(|note| note.text == words), "{words}");
    said("metadata.csv says nothing of 3 pictures, such as \"a.png\"");
    said("metadata.csv names 2 pictures that are not there: \"old/a.png\", \"old/b.png\"");
    // All lines have one cell too many.
    folder.bytes("set/metadata.csv", b"file_name,age\na.png,1,2\nb.png,1,2\n");
    let dataset = folder.open("set");
    let said =
        |words: &str| assert!(notes(&dataset, "metadata.csv").iter().any(|note| note.text.contains(words)), "{words}");
    said(
        "metadata.csv was not joined to the pictures: line 2 has 3 cells, the first line 2; in all 2 lines have too many",
    );
}
