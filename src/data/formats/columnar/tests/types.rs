//! Types that no other writer's file shows, written by the Arrow crates: which are drawings, which is chosen, what is refused.

use std::sync::Arc;

use arrow_array::builder::{BinaryViewBuilder, FixedSizeBinaryBuilder, StringViewBuilder};
use arrow_array::types::{Float64Type, Int16Type, Int32Type, UInt8Type};
use arrow_array::{ArrayRef, FixedSizeListArray, Int32Array, LargeBinaryArray, LargeListArray, ListArray, RecordBatch};
use tempfile::TempDir;

use super::*;
use crate::data::report::Severity;
use crate::data::source::Element;

/// An Arrow file of these columns.
fn written(folder: &TempDir, columns: Vec<(&str, ArrayRef)>) -> PathBuf {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, of)| (name, of, true))).unwrap();
    let path = folder.path().join("set.arrow");
    let mut writer =
        arrow_ipc::writer::FileWriter::try_new(std::fs::File::create(&path).unwrap(), &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    path
}

fn png(value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(5, 5, image::Rgba([value, 0, 0, 255]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Rows of 64 numbers of which each is the row's.
fn rows(of: impl Fn(i32) -> Option<Vec<Option<i32>>>) -> Vec<Option<Vec<Option<i32>>>> {
    (0..4).map(of).collect()
}

fn warnings(dataset: &Dataset) -> Vec<String> {
    let warnings = dataset.report().notes.iter().filter(|note| note.severity == Severity::Warning);
    warnings.map(|note| note.text.clone()).collect()
}

#[test]
fn lists_and_bytes_of_any_kind_are_arrays() {
    let folder = tempfile::tempdir().unwrap();
    let lists = rows(|row| Some(vec![Some(row - 2); 64]));
    let wide =
        lists.iter().map(|row| row.clone().map(|row| row.into_iter().map(|v| v.map(|v| v as i16)).collect::<Vec<_>>()));
    let path = written(&folder, vec![("a", Arc::new(LargeListArray::from_iter_primitive::<Int16Type, _, _>(wide)))]);
    let dataset = open(&[path]);
    assert_eq!((dataset.own_form().0, dataset.height()), (Element::I16, 8));
    assert_eq!(dataset.read_own(&[3]).unwrap(), [1, 0].repeat(64));

    let mut fixed = FixedSizeBinaryBuilder::new(64);
    let mut views = BinaryViewBuilder::new();
    for row in 0..4_u8 {
        fixed.append_value([row + 7; 64]).unwrap();
        views.append_value([row + 9; 64]);
    }
    let path = written(&folder, vec![("a", Arc::new(fixed.finish()))]);
    assert_eq!(all(&open(&[path]))[64..65], [8]);
    let path = written(&folder, vec![("a", Arc::new(views.finish()))]);
    assert_eq!(all(&open(&[path]))[255], 12);

    // Fixed lists in fixed lists, in colour, and a missing float.
    let inner = FixedSizeListArray::from_iter_primitive::<UInt8Type, _, _>(
        (0..256_u32).map(|at| Some(vec![Some(at as u8), Some(1), Some(2)])),
        3,
    );
    let field = |of: &dyn arrow_array::Array| Arc::new(arrow_schema::Field::new("item", of.data_type().clone(), true));
    let lines = FixedSizeListArray::new(field(&inner), 8, Arc::new(inner), None);
    let pictures = FixedSizeListArray::new(field(&lines), 8, Arc::new(lines), None);
    let dataset = open(&[written(&folder, vec![("a", Arc::new(pictures))])]);
    assert_eq!((dataset.rows(), dataset.height(), dataset.width(), dataset.channels()), (4, 8, 8, 4));
    assert_eq!(all(&dataset)[3 * 256 + 4..3 * 256 + 8], [193, 1, 2, 255]);
    let floats = (0..4).map(|row| Some(vec![if row == 2 { None } else { Some(f64::from(row)) }; 64]));
    let path = written(&folder, vec![("a", Arc::new(ListArray::from_iter_primitive::<Float64Type, _, _>(floats)))]);
    let own = open(&[path]).read_own(&[2]).unwrap();
    assert!(f64::from_le_bytes(own[..8].try_into().unwrap()).is_nan());
}

#[test]
fn pictures_come_first_and_what_is_left_out_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let numbers: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(rows(|row| Some(vec![Some(row); 100]))));
    let one: ArrayRef = Arc::new((0..4).map(|row| Some(png(row))).collect::<LargeBinaryArray>());
    // The first is missing.
    let other: ArrayRef = Arc::new((0..4).map(|row| (row > 0).then(|| png(100 + row))).collect::<LargeBinaryArray>());
    let boxes: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(rows(|row| Some(vec![Some(row); 4]))));
    let mut words = StringViewBuilder::new();
    (0..4).for_each(|row| words.append_value(format!("a word that is too long to lie in a view: {row}")));
    let all_columns = || {
        let [numbers, one, other, boxes] = [&numbers, &one, &other, &boxes].map(Arc::clone);
        vec![("numbers", numbers), ("one", one), ("other", other), ("box", boxes)]
    };
    let path = written(&folder, [all_columns(), vec![("word", Arc::new(words.finish()) as ArrayRef)]].concat());
    let dataset = open(&[&path]);
    assert_eq!((dataset.rows(), dataset.height(), all(&dataset)[3 * 100]), (4, 5, 3));
    assert_eq!(
        warnings(&dataset),
        ["of its columns one (encoded pictures) is opened; left out: numbers (100 int32), other (encoded pictures); \
          set.arrow:numbers opens that one"]
    );
    assert_eq!(texts(&columns(&dataset), "word")[3], "a word that is too long to lie in a view: 3");
    let line: Value = serde_json::from_str(&dataset.record_line(Row(2), None).unwrap().unwrap()).unwrap();
    assert_eq!(line["box"], serde_json::json!([2, 2, 2, 2]));
    let named = open(&[format!("{}:other", path.display())]);
    assert_eq!(
        (all(&named)[3 * 100], texts(&columns(&named), "broken")),
        (103, ["true", "false", "false", "false"].map(String::from).to_vec())
    );
    assert_eq!(open(&[format!("{}:numbers", path.display())]).height(), 10);
}

#[test]
fn rows_that_are_not_as_the_others_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let said = |of: Vec<Option<Vec<Option<i32>>>>| {
        refused(&written(&folder, vec![("a", Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(of)))]))
    };
    let longer = said(rows(|row| Some(vec![Some(row); if row == 2 { 65 } else { 64 }])));
    assert!(longer.contains("in its column a row 2 has a list of 65, where others have 64: all drawings"), "{longer}");
    let missing = said(rows(|row| (row != 3).then(|| vec![Some(row); 64])));
    assert!(missing.contains("row 3 has no list: an array has no holes"), "{missing}");
    let hole = said(rows(|row| Some((0..64).map(|at| (row != 1 || at != 5).then_some(at)).collect())));
    assert!(hole.contains("row 1 has no value somewhere: an array has no holes"), "{hole}");
    let empty = said(rows(|_| None));
    assert!(empty.contains("without a column of drawings (its columns are a (list))"), "{empty}");
    let path = written(&folder, vec![("n", Arc::new(Int32Array::from(vec![1, 2])))]);
    assert!(
        refused(&path).contains("an Arrow file of 2 rows without a column of drawings (its columns are n (int32))")
    );
}
