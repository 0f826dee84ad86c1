//! What lies beside a set and may be added to it: tables, annotations and places of sets that bring records of their own (pictures,
//! files of columns), and JSON beside any. Beside other sets record files are looked for by name, which says of tables and places, too.

use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::folder::is_read_table;
use super::inputs::{Found, Inputs};
use super::names::{Kind, Name, kind_of, without_gz};
use super::{named, places};
use crate::data::file_names::{file_name, is_systems_own};
use crate::data::formats::{columnar, pictures};
use crate::data::report::{LoadReport, Offer};

/// Files of a folder that are looked into.
const MOST: usize = 32;

/// Offers what lies beside the sets that were named, and in folders of pictures.
pub(super) fn offer(inputs: &Inputs, report: &mut LoadReport) -> Result<(), OpenError> {
    for found in inputs.parts.iter().filter(|found| found.folder.is_none()) {
        // Records that were found say of what else lies there.
        let Some(set) = found.part.path().filter(|_| found.part.records.is_none()) else { continue };
        let is_folder = set.is_dir();
        if is_folder {
            offer_of(set, found, true, inputs, report)?;
        }
        if let Some(folder) = set.parent().filter(|_| set.file_name().is_some()) {
            offer_of(folder, found, !is_folder, inputs, report)?;
        }
    }
    Ok(())
}

/// Offers what lies in a folder: what bears the name of the set, annotations of pictures, and, where it is the set's `own` folder, a
/// table that is the only one there.
fn offer_of(
    folder: &Path,
    found: &Found,
    own: bool,
    inputs: &Inputs,
    report: &mut LoadReport,
) -> Result<(), OpenError> {
    let Some(set) = found.part.path() else { return Ok(()) };
    let brings_records = found.part.brings_records();
    let (tables, arrays) = worth_a_look(folder, brings_records);
    let name = Name::of(set);
    let candidates = || tables.iter().filter(|path| is_free(path, found, inputs));
    let (mut fitting, mut rest) = (Vec::new(), Vec::new());
    for path in candidates().take(MOST) {
        let is_named_so = name.fit(&Name::of(path)).is_some();
        let is_annotations = brings_records && named::is_annotations(path);
        if is_named_so || is_annotations || (own && is_metadata(path)) {
            fitting.push(path);
        } else if own {
            rest.push(path);
        }
    }
    let others = candidates().filter(|path| !is_metadata(path)).count();
    let alone = rest.into_iter().filter(|_| others <= 1);
    for path in fitting.into_iter().chain(alone).filter(|path| may_be_joined(path)) {
        // Of what bears the name of an array it was said why it is no file of records.
        if brings_records || name.fit(&Name::of(path)).is_none() {
            report.info(format!("lies beside the drawings: --table {} joins it", file_name(path)), Some(path));
        }
        report.offers.push(Offer::Table(path.clone()));
    }
    if brings_records {
        for path in places::beside(&arrays, &[set])? {
            let text = format!("holds places of the drawings: --positions {} shows them", file_name(&path));
            report.info(text, Some(&path));
            report.offers.push(Offer::Places(path));
        }
    }
    Ok(())
}

/// What may be a table, and what may hold places, by their names; a folder that may not be listed has none. Beside sets without records
/// of their own JSON alone is one: of other tables somebody else says.
fn worth_a_look(folder: &Path, all: bool) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = std::fs::read_dir(here).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let paths = names.filter(|name| !is_systems_own(name)).map(|name| folder.join(name));
    let is_array = |path: &Path| kind_of(path) == Kind::Bitmaps;
    let is_worth = |path: &PathBuf| is_json(path) || (all && (is_read_table(path) || is_array(path)));
    let mut found: Vec<PathBuf> = paths.filter(is_worth).filter(|path| path.is_file()).collect();
    found.sort();
    let (arrays, tables) = found.into_iter().partition(|path| !is_json(path) && !is_read_table(path));
    (tables, arrays)
}

fn is_json(path: &Path) -> bool {
    let endings = [".json", ".jsonl", ".ndjson"];
    let name = file_name(&without_gz(path)).to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether a file is neither opened nor joined already, nor found by the pictures themselves, as those of folders do.
fn is_free(path: &Path, found: &Found, inputs: &Inputs) -> bool {
    let is_same = |other: &Path| other.file_name() == path.file_name();
    let is_folder = found.part.path().is_some_and(Path::is_dir);
    !found.part.path().is_some_and(is_same)
        && !found.part.records_path().is_some_and(is_same)
        && !inputs.tables.iter().any(|table| is_same(table))
        && !inputs.records.iter().any(|records| is_same(&records.path))
        && !((is_folder || !found.part.brings_records()) && is_metadata(path))
}

/// Whether a table is called as those of pictures are.
fn is_metadata(path: &Path) -> bool {
    pictures::TABLES.iter().any(|table| file_name(path).eq_ignore_ascii_case(table))
}

/// Whether a file holds what can be joined, as far as its first bytes say; a file of columns with drawings is a set.
fn may_be_joined(path: &Path) -> bool {
    if columnar::is_named_like_one(&without_gz(path)) { columnar::is_table(path) } else { named::is_text(path) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::{Dataset, OpenOptions};
    use ndarray::{Array2, Array3};
    use tempfile::TempDir;

    fn offers(input: &Path) -> Vec<Offer> {
        Dataset::open(&[input], &OpenOptions::default()).unwrap().report().offers.clone()
    }

    #[test]
    fn what_lies_beside_pictures_and_files_of_columns_is_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| {
            std::fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            std::fs::write(path(name), text).unwrap();
            path(name)
        };
        std::fs::create_dir_all(path("photos/a")).unwrap();
        for name in ["photos/a/1.png", "photos/2.png"] {
            image::RgbImage::new(9, 8).save(path(name)).unwrap();
        }
        let coco =
            write("instances.json", "{\"images\": [{\"id\": 1, \"file_name\": \"2.png\"}], \"annotations\": []}");
        let labels = write("photos/labels.csv", "file_name,label\n2.png,cat\n");
        let own = write("photos.csv", "file_name,size\n2.png,7\n");
        // The pictures' own table, which is joined, another folder's, another kind of JSON, and what no table is read from.
        write("photos/metadata.csv", "file_name,who\n2.png,me\n");
        write("other.csv", "a,b\n1,2\n");
        write("package.json", "{\"name\": \"x\"}");
        write("photos.xlsx", "PK");
        let places = Array2::from_shape_fn((2, 2), |(row, axis)| (row * 2 + axis) as f32);
        ndarray_npy::write_npy(path("photos.umap.npy"), &places).unwrap();
        let expected =
            [Offer::Table(labels), Offer::Table(coco), Offer::Table(own), Offer::Places(path("photos.umap.npy"))];
        let found = offers(&path("photos"));
        assert!(expected.iter().all(|offer| found.contains(offer)) && found.len() == expected.len(), "{found:?}");
        let all = OpenOptions { tables: vec![path("instances.json"), path("photos.csv")], ..OpenOptions::default() };
        let dataset = Dataset::open(&[path("photos")], &all).unwrap();
        assert_eq!(dataset.report().offers.len(), 2, "what is joined is offered no more");
    }

    /// A folder with a copy of a file that is kept for tests.
    fn folder_with(kept: &str, name: &str) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected").join(kept);
        std::fs::copy(kept, folder.path().join(name)).unwrap();
        folder
    }

    /// Beside a folder it is joined without a word.
    #[test]
    fn an_archive_is_offered_the_metadata_beside_it() {
        let folder = folder_with("zips/large.zip", "set.zip");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("metadata.csv"), "file_name,label\nx,y\n").unwrap();
        assert_eq!(offers(&path("set.zip")), [Offer::Table(path("metadata.csv"))]);
        std::fs::write(path("labels.csv"), "file_name,label\nx,y\n").unwrap();
        assert_eq!(offers(&path("set.zip")), ["metadata.csv", "labels.csv"].map(|name| Offer::Table(path(name))));
    }

    #[test]
    fn a_file_of_columns_is_offered_tables_and_an_array_json() {
        let folder = folder_with("columnar/pandas.parquet", "set.parquet");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("more.tsv"), "label\nx\n").unwrap();
        assert_eq!(offers(&path("set.parquet")), [Offer::Table(path("more.tsv"))]);
        // Of two others nobody knows which is meant, unless one bears the name.
        std::fs::write(path("set.csv"), "label\nx\n").unwrap();
        std::fs::write(path("third.csv"), "label\nx\n").unwrap();
        assert_eq!(offers(&path("set.parquet")), [Offer::Table(path("set.csv"))]);

        let alone = tempfile::tempdir().unwrap();
        let path = |name: &str| alone.path().join(name);
        ndarray_npy::write_npy(path("set.npy"), &Array3::<u8>::ones((30, 8, 8))).unwrap();
        std::fs::write(path("labels.json"), format!("[{}]", vec!["{\"label\": 1}"; 30].join(",\n"))).unwrap();
        assert_eq!(offers(&path("set.npy")), [Offer::Table(path("labels.json"))]);
        // An array of its name is no file of records either; lines are, and are read as such.
        std::fs::rename(path("labels.json"), path("set.json")).unwrap();
        assert_eq!(offers(&path("set.npy")), [Offer::Table(path("set.json"))]);
        std::fs::remove_file(path("set.json")).unwrap();
        std::fs::write(path("set.ndjson"), "{\"label\": 1}\n".repeat(30)).unwrap();
        assert_eq!(offers(&path("set.npy")), []);
    }
}
