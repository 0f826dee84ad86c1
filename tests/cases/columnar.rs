//! Parquet and Arrow files that hold no set, or none that can be read: what is told of them, and what to do.

use inkfield::data::dataset::{Dataset, OpenOptions};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use super::told::Told;

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected/columnar").join(name)
}

#[test]
fn case_columnar_files_without_a_set_are_told_word_for_word() {
    let told = Told::case("columnar");
    let folder = Folder::new();
    let said = |path: &Path| Dataset::open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    let values = told.values(&said(&kept("notes.parquet")));
    assert_eq!(values[..3], ["a Parquet file", "12", "row (int64), note (text)"]);
    assert_eq!(told.values(&said(&kept("hole.parquet")))[..3], ["a Parquet file", "pixels", "row 9"]);
    let bytes = std::fs::read(kept("plain.arrow")).unwrap();
    let cut = folder.bytes("cut.arrow", &bytes[..bytes.len() / 2]);
    assert_eq!(told.values(&said(&cut))[..2], ["an Arrow file", "it was cut short, or is damaged"]);
    assert_eq!(told.values(&said(&kept("brotli.parquet")))[..2], ["a Parquet file", "Brotli"]);
    let dataset = Dataset::open(&[kept("labels.parquet")], &OpenOptions::default()).unwrap();
    let warning = dataset.report().warnings().next().unwrap().text.clone();
    assert_eq!(told.values(&warning)[..2], ["2", "7"]);
    told.all();
}
