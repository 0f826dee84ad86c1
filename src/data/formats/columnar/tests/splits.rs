//! Which part of a set for learning a row is of, by the names that files have on the Hub.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use super::elsewhere::{of_pictures, write};
use super::*;

/// A file of the set under another name.
fn copied(folder: &Path, of: &str, name: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::copy(kept(of), &path).unwrap();
    path
}

fn split(dataset: &Dataset) -> Option<Vec<String>> {
    let columns = columns(dataset);
    columns.get("split").is_some().then(|| texts(&columns, "split"))
}

fn many(parts: &[(&str, usize)]) -> Vec<String> {
    parts.iter().flat_map(|(part, rows)| vec![(*part).to_owned(); *rows]).collect()
}

#[test]
fn pictures_of_files_that_are_called_as_on_the_hub_have_a_split() {
    let folder = tempfile::tempdir().unwrap();
    let train = copied(folder.path(), "labels.parquet", "data/train-00000-of-00002.parquet");
    let more = copied(folder.path(), "labels.parquet", "data/train-00001-of-00002.parquet");
    let test = copied(folder.path(), "labels.arrow", "data/test-00000-of-00001.parquet");
    let dataset = open(&[&train, &more, &test]);
    assert_eq!(split(&dataset).unwrap(), many(&[("train", 14), ("test", 7)]));
    // The other columns, and the record of a row, as ever.
    let labels = strings(&expected()["labels"]);
    assert_eq!(texts(&columns(&dataset), "label"), [labels.clone(), labels.clone(), labels].concat());
    let line: Value = serde_json::from_str(&dataset.record_line(Row(20), None).unwrap().unwrap()).unwrap();
    assert_eq!(line["split"], "test");
    // Their folder, in the order of its names.
    assert_eq!(split(&open(&[folder.path()])).unwrap(), many(&[("test", 7), ("train", 14)]));
    // One part alone says nothing.
    assert_eq!((split(&open(&[&train, &more])), split(&open(&[&test]))), (None, None));
    // Nor does one among others.
    let other = copied(folder.path(), "labels.arrow", "more.parquet");
    assert_eq!(split(&open(&[&train, &test, &other])), None);
}

#[test]
fn lists_of_numbers_in_such_files_have_a_split_and_no_category_of_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let train = copied(folder.path(), "pandas.parquet", "train-00000-of-00001.parquet");
    let test = copied(folder.path(), "pandas.parquet", "validation-00000-of-00001.parquet");
    let dataset = open(&[&train, &test]);
    assert_eq!(dataset.parts().len(), 2);
    assert_eq!(split(&dataset).unwrap(), many(&[("train", 12), ("validation", 12)]));
    let columns = columns(&dataset);
    let words = strings(&expected()["columns"]["word"]);
    assert_eq!(texts(&columns, "word"), [words.clone(), words].concat());
    assert!(columns.get("category").is_none());
    // A slice, and files without another column.
    let options = OpenOptions { rows: Some("11:14".parse().unwrap()), ..OpenOptions::default() };
    let sliced = try_open(&[&train, &test], &options).unwrap();
    assert_eq!(split(&sliced).unwrap(), many(&[("train", 1), ("validation", 2)]));
    let [train, test] =
        ["train", "test"].map(|part| copied(folder.path(), "raw.parquet", &format!("bare/{part}.parquet")));
    assert_eq!(split(&open(&[&train, &test])).unwrap(), many(&[("train", 12), ("test", 12)]));
}

#[test]
fn a_column_that_is_called_so_stays_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(4, 4).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = png.into_inner();
    let own: ArrayRef = Arc::new(StringArray::from(vec!["a", "b"]));
    let paths = ["train-00000-of-00001.parquet", "test-00000-of-00001.parquet"].map(|name| folder.path().join(name));
    for path in &paths {
        let images = of_pictures(vec![Some(&png), Some(&png)], vec![None; 2]);
        write(path, vec![("image", images), ("split", Arc::clone(&own))]);
    }
    assert_eq!(split(&open(&paths)).unwrap(), ["a", "b", "a", "b"]);
}
