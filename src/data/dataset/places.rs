//! Files of places beside a set, such as `NAME.umap.npy`: which there are, by their names and their shape.

use std::path::{Path, PathBuf};

use super::names::without_gz;
use crate::data::file::PlainFile;
use crate::data::formats::npy::{FloatRows, RowsOf};
use crate::data::source::ImageError;

/// How files of places are called, behind the name of the set or by themselves.
const CALLED: [&str; 9] = ["umap", "tsne", "t-sne", "pca", "map", "xy", "places", "positions", "coords"];
/// Files that are looked into.
const MOST: usize = 8;

/// Of arrays in a folder those that hold two floats a row and are called as places of one of the sets that are open.
pub(super) fn beside(arrays: &[PathBuf], sets: &[&Path]) -> Result<Vec<PathBuf>, ImageError> {
    let stem = |path: &Path| Some(without_gz(path).file_stem()?.to_string_lossy().to_lowercase());
    let stems: Vec<String> = sets.iter().filter_map(|set| stem(set)).collect();
    let is_called = |path: &Path| {
        let Some(name) = stem(path) else { return false };
        let behind = |set: &String| name.strip_prefix(set.as_str())?.strip_prefix(['.', '_', '-']);
        let rest = stems.iter().find_map(behind).unwrap_or(&name);
        CALLED.contains(&rest) && !sets.iter().any(|set| set.file_name() == path.file_name())
    };
    let mut found = Vec::new();
    for path in arrays.iter().filter(|path| is_called(path)).take(MOST) {
        let wanted = RowsOf { what: "places", width: Some(2) };
        match PlainFile::open_packed(path).map_err(ImageError::from).and_then(|file| FloatRows::of(file, wanted)) {
            Ok(_) => found.push(path.clone()),
            Err(error) if error.is_of_the_machine() => return Err(error),
            Err(_) => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use crate::data::dataset::{Dataset, OpenOptions};
    use crate::data::report::Offer;
    use ndarray::{Array2, Array3};

    #[test]
    fn what_lies_beside_a_set_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let places = Array2::from_shape_fn((30, 2), |(row, axis)| (row * 2 + axis) as f32);
        ndarray_npy::write_npy(path("set.npy"), &Array3::<u8>::ones((30, 8, 8))).unwrap();
        ndarray_npy::write_npy(path("set.umap.npy"), &places).unwrap();
        ndarray_npy::write_npy(path("umap.npy"), &places).unwrap();
        // Of another set, of another shape, of another name.
        ndarray_npy::write_npy(path("other.umap.npy"), &places).unwrap();
        ndarray_npy::write_npy(path("set.tsne.npy"), &Array2::<f32>::ones((30, 3))).unwrap();
        ndarray_npy::write_npy(path("set.codes.npy"), &places).unwrap();
        std::fs::write(path("set.csv"), "label\n".to_owned() + &"a\n".repeat(30)).unwrap();
        std::fs::write(path("set.xlsx"), "PK").unwrap();
        let open = |options: &OpenOptions| Dataset::open(&[path("set.npy")], options).unwrap();
        let dataset = open(&OpenOptions::default());
        let [table, umap, own] = ["set.csv", "umap.npy", "set.umap.npy"].map(path);
        assert_eq!(
            dataset.report().offers,
            [Offer::Table(table.clone()), Offer::Places(own.clone()), Offer::Places(umap)]
        );
        let said = |text: &str| dataset.report().notes.iter().any(|note| note.text.contains(text));
        assert!(said("--positions set.umap.npy shows them") && said("--table"));
        assert_eq!(Offer::Table(table.clone()).in_words(), "Add \"set.csv\" as columns");
        assert_eq!(Offer::Places(own).in_words(), "Show the places of \"set.umap.npy\"");
        // What was joined is offered no more.
        let joined = open(&OpenOptions { tables: vec![table.clone()], ..OpenOptions::default() });
        assert!(!joined.report().offers.contains(&Offer::Table(table)));
    }
}
