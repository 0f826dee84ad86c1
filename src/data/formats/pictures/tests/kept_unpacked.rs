//! Cells of pictures that are unpacked first are kept as those of folders are.

use std::io::Write as _;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch};
use parquet::arrow::ArrowWriter;

use super::archives::archive;
use super::*;

const PICTURES: u32 = 20;

fn picture(row: u32, green: u8) -> Vec<u8> {
    png((40, 60), [row as u8 * 10, green, 7, 255])
}

/// The set of `input`, and the notes of it.
fn keeping(folder: &Folder, input: &str) -> (Dataset, String) {
    let kept = crate::kept::Folder::new(folder.path("kept"), 1 << 24);
    let set = try_open(&[folder.path(input)], &OpenOptions { kept: Some(kept), ..OpenOptions::default() }).unwrap();
    let said = set.report().notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n");
    (set, said)
}

fn colours(set: &Dataset) -> Vec<[u8; 4]> {
    (0..PICTURES).map(|row| middle(set, row)).collect()
}

/// Opens `input` twice, and answers what was seen.
fn twice(folder: &Folder, input: &str) -> Vec<[u8; 4]> {
    let (set, said) = keeping(folder, input);
    assert!(!said.contains("known from before"), "{said}");
    let first = colours(&set);
    drop(set);
    let (set, said) = keeping(folder, input);
    assert!(said.contains("20 of 20 cells are known from before"), "{said}");
    assert_eq!(colours(&set), first);
    first
}

#[test]
fn of_a_packed_archive() {
    let folder = Folder::new();
    let pack = |green: u8| {
        let files: Vec<(String, Vec<u8>)> =
            (0..PICTURES).map(|row| (format!("{row:02}.png"), picture(row, green))).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&archive(&files)).unwrap();
        folder.bytes("shard.tar.gz", &packed.finish().unwrap())
    };
    let path = pack(200);
    let first = twice(&folder, "shard.tar.gz");
    assert_eq!((first[3], first[19]), ([30, 200, 7, 255], [190, 200, 7, 255]));
    // Another archive of that name.
    let before = std::fs::metadata(path).unwrap().modified().unwrap();
    let later = before + std::time::Duration::from_secs(5);
    std::fs::File::options().write(true).open(pack(100)).unwrap().set_modified(later).unwrap();
    assert_eq!(twice(&folder, "shard.tar.gz")[3], [30, 100, 7, 255]);
}

#[test]
fn of_the_columns_of_a_parquet_file_each_by_itself() {
    let folder = Folder::new();
    let column = |green: u8| -> ArrayRef {
        let rows: Vec<Vec<u8>> = (0..PICTURES).map(|row| picture(row, green)).collect();
        Arc::new(BinaryArray::from_iter_values(rows))
    };
    let batch = RecordBatch::try_from_iter([("a", column(200)), ("b", column(100))]).unwrap();
    let file = std::fs::File::create(folder.path("set.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    assert_eq!(twice(&folder, "set.parquet:a")[3], [30, 200, 7, 255]);
    // These lie at the same places in what is unpacked.
    assert_eq!(twice(&folder, "set.parquet:b")[3], [30, 100, 7, 255]);
}
