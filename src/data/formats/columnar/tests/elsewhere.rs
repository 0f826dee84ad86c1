//! Pictures whose bytes lie elsewhere, and columns that look like those of pictures and hold none.

use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray, StructArray};
use arrow_schema::{DataType, Field};

use super::*;

pub(super) fn of_pictures(bytes: Vec<Option<&[u8]>>, paths: Vec<Option<&str>>) -> ArrayRef {
    let field = |name: &str, kind: DataType| Arc::new(Field::new(name, kind, true));
    Arc::new(StructArray::from(vec![
        (field("bytes", DataType::Binary), Arc::new(BinaryArray::from(bytes)) as ArrayRef),
        (field("path", DataType::Utf8), Arc::new(StringArray::from(paths)) as ArrayRef),
    ]))
}

pub(super) fn write(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn pictures_that_are_named_in_place_of_their_bytes_are_read_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    image::RgbaImage::from_pixel(5, 4, image::Rgba([90, 8, 7, 255])).save(path("a.png")).unwrap();
    let (there, gone) = (path("a.png"), path("gone.png"));
    let images = of_pictures(vec![None; 3], vec![Some(&there), Some(&gone), Some("a.png")]);
    write(&folder.path().join("cache.parquet"), vec![("image", images)]);
    let dataset = open(&[folder.path().join("cache.parquet")]);
    assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (3, 4, 5));
    assert_eq!(dataset.original(Row(0)).unwrap().unwrap().rgba[..4], [90, 8, 7, 255]);
    assert_eq!(texts(&columns(&dataset), "broken"), ["false", "true", "true"]);
    let said = notes(&dataset);
    assert!(said.contains(&format!("there is no file {gone}")) && said.contains("(its bytes are missing)"), "{said}");
}

#[test]
fn the_column_with_pictures_is_chosen_among_those_that_could_hold_some() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.parquet");
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(5, 4, image::Rgba([90, 8, 7, 255]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let png = png.into_inner();
    let images = of_pictures(vec![None, Some(&png)], vec![None; 2]);
    for first in [vec![None; 2], vec![Some(&b"RIFF\0\0\0\0WAVE"[..]); 2]] {
        let first = of_pictures(first, vec![Some("a.wav"); 2]);
        write(&path, vec![("first", first), ("image", Arc::clone(&images))]);
        let dataset = open(&[&path]);
        assert_eq!(texts(&columns(&dataset), "broken"), ["true", "false"]);
        let said = notes(&dataset);
        assert!(said.contains("left out: first (no pictures in its first rows)"), "{said}");
    }
}
