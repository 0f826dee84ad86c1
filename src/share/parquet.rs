//! Drawings and their columns as one Parquet file, as Hugging Face's `datasets` and pandas read it.

use super::error::{Failure, ShareError, whole};
use super::{Drawings, OnRows, free_name};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::formats::{DrawnBlock, DrawnForm, IMAGE, SetWriter};
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

/// Drawings that are encoded at a time.
const BLOCK_ROWS: usize = 256;

/// A file of drawings and what is known of them.
#[derive(Clone, Copy, Debug)]
pub struct ParquetSet<'a> {
    /// Which drawings.
    pub drawings: Drawings<'a>,
    /// What is known of them; each column keeps its name and its type.
    pub columns: &'a Columns,
}

impl ParquetSet<'_> {
    /// Writes the file, whole or not at all.
    pub fn write(&self, path: &Path, on: OnRows<'_>) -> Result<(), ShareError> {
        whole("Parquet file", path, |out| self.fill(out, on))
    }

    fn fill(&self, out: &mut dyn Write, on: OnRows<'_>) -> Result<(), Failure> {
        let Drawings { dataset, rows } = self.drawings;
        let (element, channels) = dataset.own_form();
        let form = DrawnForm { element, height: dataset.height(), width: dataset.width(), channels };
        let mut taken = HashSet::from([IMAGE.to_owned()]);
        let mut named = |name: &str| free_name(name, &mut taken);
        let mut writer = SetWriter::begin(form, self.columns, &mut named, rows)?;
        let make = |rows: &[u32]| {
            let values = dataset.read_own(rows)?;
            let is_missing = |at: usize| rows.get(at).is_some_and(|&row| dataset.is_broken(Row(row)));
            Ok((rows.to_vec(), form.block(values, &is_missing)?))
        };
        let take = |(rows, block): (Vec<u32>, DrawnBlock)| Ok(out.write_all(&writer.push(&rows, block)?)?);
        self.drawings.blocks_of(BLOCK_ROWS, make, take, on)?;
        Ok(out.write_all(&writer.finish()?)?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::columns::{ColumnType, Value};
    use crate::data::dataset::{Dataset, OpenOptions};
    use crate::data::source::Element;
    use ndarray::{Array3, Array4};
    use std::ops::ControlFlow;

    const ROWS: usize = 700;

    /// Writes what `set.npy` and `set.ndjson` hold, and opens that.
    fn again(folder: &Path) -> (Dataset, Dataset) {
        let open = |name: &str| Dataset::open(&[folder.join(name)], &OpenOptions::default()).unwrap();
        let dataset = open("set.npy");
        let (columns, rows) = (dataset.columns().unwrap().0, (0..dataset.rows()).collect::<Vec<_>>());
        let set = ParquetSet { drawings: Drawings { dataset: &dataset, rows: &rows }, columns: &columns };
        let mut done = 0;
        set.write(&folder.join("set.parquet"), &mut |rows| {
            done = rows;
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(done, dataset.rows());
        let again = open("set.parquet");
        assert_eq!((again.rows(), again.height(), again.width()), (dataset.rows(), dataset.height(), dataset.width()));
        (dataset, again)
    }

    fn all(dataset: &Dataset) -> Vec<u8> {
        let mut values = vec![0; dataset.bytes() as usize];
        dataset.read_rows(0, &mut values).unwrap();
        values
    }

    #[test]
    fn bytes_are_pictures_and_columns_keep_their_types() {
        let folder = tempfile::tempdir().unwrap();
        let ink = Array3::from_shape_fn((ROWS, 9, 13), |(n, y, x)| (n * 31 + y * 7 + x * 3) as u8);
        ndarray_npy::write_npy(folder.path().join("set.npy"), &ink).unwrap();
        let line = |row: usize| {
            let missing = row % 5 == 2;
            let flag = if missing { "null".to_owned() } else { row.is_multiple_of(2).to_string() };
            format!(
                "{{\"image\":\"i{row}\",\"file_name\":\"a/{row}.png\",\"good\":{flag},\"score\":{},\"count\":{row},\"key\":\"{}\",\
                 \"at\":\"2017-03-08T21:12:{:02}.266040Z\",\"fine\":\"2017-03-08T21:12:07.123456789Z\"}}\n",
                row as f64 / 8.0,
                4_785_739_478_573_947_u64 + row as u64,
                row % 60
            )
        };
        std::fs::write(folder.path().join("set.ndjson"), (0..ROWS).map(line).collect::<String>()).unwrap();
        let (before, after) = again(folder.path());
        assert_eq!((after.form().as_str(), after.channels(), after.own_form()), ("parquet", 1, (Element::U8, 1)));
        assert!(all(&after) == ink.iter().copied().collect::<Vec<u8>>());
        let ((before, _), (after, _)) = (before.columns().unwrap(), after.columns().unwrap());
        for name in ["file_name", "good", "score", "count", "key", "at", "fine"] {
            let (old, new) = (before.get(name).unwrap(), after.get(name).unwrap());
            assert_eq!(old.kind(), new.kind(), "{name}");
            for row in (0..ROWS as u32).map(Row) {
                assert_eq!((old.value(row), row), (new.value(row), row), "{name}");
            }
        }
        // A column that has the name of the drawings gives way.
        assert_eq!(after.get("image_2").unwrap().value(Row(3)), Value::Text("i3"));
        assert_eq!(after.get("good").unwrap().kind(), ColumnType::Flag);
        assert_eq!(after.get("fine").unwrap().written(Row(0)), "2017-03-08T21:12:07.123456789Z");
    }

    /// Writes what opens as a set, opens that, and writes it once more: the names of columns and all rows, each as its fields.
    fn written_again(folder: &Path, set: &Path, name: &str) -> (Dataset, Vec<String>, Vec<Vec<String>>) {
        let dataset = Dataset::open(&[set], &OpenOptions::default()).unwrap();
        let (columns, rows) = (dataset.columns().unwrap().0, (0..dataset.rows()).collect::<Vec<_>>());
        ParquetSet { drawings: Drawings { dataset: &dataset, rows: &rows }, columns: &columns }
            .write(&folder.join(name), &mut |_| ControlFlow::Continue(()))
            .unwrap();
        let names = columns.iter().map(|column| column.name().to_owned()).collect();
        let fields = |&row: &u32| columns.iter().map(|column| format!("{:?}", column.value(Row(row)))).collect();
        let rows = rows.iter().map(fields).collect();
        (dataset, names, rows)
    }

    #[test]
    fn what_is_converted_again_gains_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let pictures = folder.path().join("pictures/a");
        std::fs::create_dir_all(&pictures).unwrap();
        for (number, alpha) in [255, 90, 0].into_iter().enumerate() {
            let pixel = |x, y| image::Rgba([x as u8 * 9, y as u8 * 5, number as u8 * 70, alpha]);
            image::RgbaImage::from_fn(20, 12 + number as u32, pixel)
                .save(pictures.join(format!("{number}.png")))
                .unwrap();
        }
        for rows in [1, 3, 40] {
            let ink = Array3::from_shape_fn((rows, 8, 8), |(n, y, x)| (n * 31 + y * 7 + x * 3) as u8);
            ndarray_npy::write_npy(folder.path().join(format!("ink{rows}.npy")), &ink).unwrap();
            let colour = Array4::from_shape_fn((rows, 4, 3, 3), |(n, y, x, c)| (n * 31 + y * 7 + x * 3 + c * 50) as u8);
            ndarray_npy::write_npy(folder.path().join(format!("colour{rows}.npy")), &colour).unwrap();
        }
        for set in ["pictures", "ink1.npy", "ink3.npy", "ink40.npy", "colour40.npy"] {
            let [once, twice] = ["once.parquet", "twice.parquet"].map(|name| folder.path().join(name));
            let (first, names, rows) = written_again(folder.path(), &folder.path().join(set), "once.parquet");
            let (second, again, rows_again) = written_again(folder.path(), &once, "twice.parquet");
            assert_eq!((&names, &rows), (&again, &rows_again), "{set}");
            assert_eq!(
                (first.channels(), first.height(), first.width()),
                (second.channels(), second.height(), second.width())
            );
            assert!(all(&first) == all(&second), "{set}");
            let (third, again, rows_again) = written_again(folder.path(), &twice, "once.parquet");
            assert_eq!((&names, &rows), (&again, &rows_again), "{set}");
            assert!(all(&first) == all(&third), "{set}");
        }
    }

    #[test]
    fn colour_floats_and_wide_integers_are_read_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.npy");
        let colour = Array4::from_shape_fn((40, 8, 10, 3), |(n, y, x, c)| (n * 31 + y * 7 + x * 3 + c * 50) as u8);
        ndarray_npy::write_npy(&path, &colour).unwrap();
        let (before, after) = again(folder.path());
        assert!(all(&before) == all(&after) && after.channels() == 4);
        let own = |dataset: &Dataset| (dataset.own_form(), dataset.read_own(&[0, 7, 39]).unwrap());
        let value = |n: usize, y: usize, x: usize| (n * 100 + y * 16 + x) as f64 / 7.0 - 20.0;
        for (height, width) in [(8, 8), (8, 12)] {
            ndarray_npy::write_npy(
                &path,
                &Array3::from_shape_fn((40, height, width), |(n, y, x)| value(n, y, x) as f32),
            )
            .unwrap();
            let (before, after) = again(folder.path());
            assert_eq!((own(&before), own(&before).0.0), (own(&after), Element::F32));
            let wide = Array3::from_shape_fn((40, height, width), |(n, y, x)| value(n, y, x) as i32 * 70_000);
            ndarray_npy::write_npy(&path, &wide).unwrap();
            let (before, after) = again(folder.path());
            assert_eq!((own(&before), own(&before).0.0), (own(&after), Element::I32));
            ndarray_npy::write_npy(
                &path,
                &Array3::from_shape_fn((40, height, width), |(n, y, x)| (n + y * x).is_multiple_of(3)),
            )
            .unwrap();
            let (before, after) = again(folder.path());
            assert_eq!((own(&before), own(&before).0.0), (own(&after), Element::Bool));
        }
        let floats = Array4::from_shape_fn((40, 8, 10, 3), |(n, y, x, c)| value(n, y, x) + c as f64);
        ndarray_npy::write_npy(&path, &floats).unwrap();
        let (before, after) = again(folder.path());
        assert_eq!((own(&before), own(&before).0), (own(&after), (Element::F64, 3)));
    }

    #[test]
    fn what_was_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        ndarray_npy::write_npy(folder.path().join("set.npy"), &Array3::<u8>::zeros((ROWS, 8, 8))).unwrap();
        let dataset = Dataset::open(&[folder.path().join("set.npy")], &OpenOptions::default()).unwrap();
        let (columns, rows) = (Columns::default(), (0..ROWS as u32).collect::<Vec<_>>());
        let set = ParquetSet { drawings: Drawings { dataset: &dataset, rows: &rows }, columns: &columns };
        let written = set.write(&folder.path().join("out.parquet"), &mut |_| ControlFlow::Break(()));
        assert!(matches!(written, Err(ShareError::Cancelled)));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
