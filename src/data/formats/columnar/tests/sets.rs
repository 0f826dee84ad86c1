//! Which row is which drawing, with which values and which records, whatever packs them.

use super::*;
use crate::data::source::Element;

#[test]
fn rows_of_numbers_are_the_same_set_however_they_are_packed() {
    let expected = expected();
    let bytes = hex(&expected["bytes"]);
    for name in [
        "snappy.parquet",
        "zstd.parquet",
        "gzip.parquet",
        "lz4.parquet",
        "none.parquet",
        "lz4.feather",
        "zstd.feather",
        "plain.arrow",
        "stream.arrow",
    ] {
        let dataset = open(&[kept(name)]);
        assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (12, 8, 8), "{name}");
        assert_eq!(all(&dataset), bytes, "{name}");
        let columns = columns(&dataset);
        for (column, values) in expected["columns"].as_object().unwrap() {
            assert_eq!(texts(&columns, column), strings(values), "{name} {column}");
        }
        assert_eq!(columns.get("when").unwrap().kind().as_str(), "time");
        assert!(columns.get("pixels").is_none());
        // A slice has the records of its own rows.
        let options = OpenOptions { rows: Some("6:9".parse().unwrap()), ..OpenOptions::default() };
        let slice = try_open(&[kept(name)], &options).unwrap();
        assert_eq!(all(&slice), bytes[6 * 64..9 * 64], "{name}");
        assert_eq!(texts(&super::columns(&slice), "id"), ["106", "107", "108"], "{name}");
        let line = slice.record_line(Row(1), None).unwrap().unwrap();
        assert!(line.contains("\"id\":107") && !line.contains("good"), "{line}");
    }
}

#[test]
fn values_keep_their_types() {
    let expected = expected();
    for name in ["nested.parquet", "nested.feather"] {
        let dataset = open(&[kept(name)]);
        assert_eq!((dataset.height(), dataset.width(), dataset.own_form()), (8, 8, (Element::F32, 1)), "{name}");
        assert_eq!(dataset.read_own(&(0..12).collect::<Vec<_>>()).unwrap(), hex(&expected["floats"]), "{name}");
        assert_eq!(texts(&columns(&dataset), "n")[11], "11");
    }
    for name in ["tensor.parquet", "tensor.feather"] {
        let dataset = open(&[kept(name)]);
        assert_eq!((dataset.height(), dataset.width(), dataset.own_form()), (6, 8, (Element::F32, 1)), "{name}");
        let rows =
            hex(&expected["floats"]).chunks(8 * 8 * 4).flat_map(|row| row[..6 * 8 * 4].to_vec()).collect::<Vec<u8>>();
        assert_eq!(dataset.read_own(&(0..12).collect::<Vec<_>>()).unwrap(), rows);
    }
    let dataset = open(&[kept("flags.parquet")]);
    assert_eq!((dataset.dtype().as_str(), all(&dataset)), ("bool", hex(&expected["flags"])));
    let dataset = open(&[kept("pandas.parquet")]);
    assert_eq!(dataset.own_form(), (Element::U16, 1));
    assert_eq!(dataset.read_own(&(0..12).collect::<Vec<_>>()).unwrap(), hex(&expected["words"]));
    assert_eq!(texts(&columns(&dataset), "word"), strings(&expected["columns"]["word"]));
    let dataset = open(&[kept("raw.parquet")]);
    assert_eq!((dataset.height(), all(&dataset)), (8, hex(&expected["bytes"])));
}

#[test]
fn encoded_pictures_keep_their_rows_their_labels_and_what_is_broken() {
    let expected = expected();
    for (name, form) in [("labels.parquet", "parquet"), ("labels.arrow", "arrow stream")] {
        let dataset = open(&[kept(name)]);
        assert_eq!((dataset.rows(), dataset.channels(), dataset.form().as_str()), (7, 4, form));
        for (row, picture) in (0..).zip(expected["pictures"].as_array().unwrap()) {
            let original = dataset.original(Row(row)).unwrap();
            if matches!(row, 3 | 4) {
                assert!(original.is_none(), "{name} {row}");
                continue;
            }
            let original = original.unwrap();
            assert_eq!([original.height, original.width].map(Value::from), picture["size"].as_array().unwrap()[..]);
            let rgb: Vec<u8> = original.rgba.as_chunks::<4>().0.iter().flat_map(|pixel| pixel[..3].to_vec()).collect();
            assert_eq!(rgb, hex(&picture["rgb"]), "{name} {row}");
        }
        let columns = columns(&dataset);
        assert_eq!(texts(&columns, "label"), strings(&expected["labels"]), "{name}");
        assert_eq!(texts(&columns, "caption"), strings(&expected["captions"]), "{name}");
        assert_eq!(texts(&columns, "file_name")[..4], ["000.png", "001.png", "002.png", "003.png"]);
        assert_eq!(texts(&columns, "broken")[2..6], ["false", "true", "true", "false"]);
        let said = notes(&dataset);
        // What is not packed is read where it lies.
        assert_eq!(said.contains("its column image, unpacked to"), name == "labels.parquet", "{said}");
        assert!(said.contains("2 of 7 pictures cannot be drawn") && said.contains("its bytes are missing"), "{said}");
        let line: Value = serde_json::from_str(&dataset.record_line(Row(1), None).unwrap().unwrap()).unwrap();
        assert_eq!((&line["label"], &line["caption"]), (&"cat".into(), &expected["captions"][1]));
    }
}

#[test]
fn several_files_are_one_set_in_the_order_named_and_so_is_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    for (number, name) in ["labels.parquet", "labels.arrow"].into_iter().enumerate() {
        std::fs::copy(kept(name), folder.path().join(format!("train-0000{number}-of-00002.parquet"))).unwrap();
    }
    std::fs::write(folder.path().join("README.md"), "of no account").unwrap();
    let expected = strings(&expected()["labels"]);
    let twice = [expected.clone(), expected].concat();
    let dataset = open(&[folder.path()]);
    assert_eq!((dataset.rows(), dataset.parts().len()), (14, 1));
    assert_eq!(texts(&columns(&dataset), "label"), twice);
    assert_eq!(texts(&columns(&dataset), "file_name")[7], "train-00001-of-00002.parquet/000.png");
    let named =
        open(&[folder.path().join("train-00001-of-00002.parquet"), folder.path().join("train-00000-of-00002.parquet")]);
    assert_eq!(texts(&columns(&named), "file_name")[7], "train-00000-of-00002.parquet/000.png");

    let arrays = tempfile::tempdir().unwrap();
    std::fs::copy(kept("zstd.parquet"), arrays.path().join("a.parquet")).unwrap();
    std::fs::copy(kept("plain.arrow"), arrays.path().join("b.arrow")).unwrap();
    std::fs::copy(kept("notes.parquet"), arrays.path().join("c.parquet")).unwrap();
    let dataset = open(&[arrays.path()]);
    assert_eq!((dataset.rows(), dataset.parts().len()), (24, 2));
    let ids = texts(&columns(&dataset), "id");
    assert_eq!((&ids[0], &ids[11], &ids[12]), (&"100".to_owned(), &"111".to_owned(), &"100".to_owned()));
    assert!(notes(&dataset).contains("without a column of drawings"), "{}", notes(&dataset));
}

#[test]
fn a_column_is_named_behind_the_file() {
    let path = kept("zstd.parquet");
    let dataset = open(&[format!("{}:pixels", path.display())]);
    assert_eq!(dataset.rows(), 12);
    let labels = open(&[format!("{}:image", kept("labels.parquet").display())]);
    assert_eq!(labels.rows(), 7);
    let error = try_open(&[format!("{}:word", path.display())], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.contains("no array word") && error.contains("pixels (64 uint8)"), "{error}");
}

#[test]
fn records_that_are_named_are_read_instead_of_columns() {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("raw.ndjson");
    std::fs::write(&records, (0..12).map(|row| format!("{{\"word\":\"w{row}\"}}\n")).collect::<Vec<_>>().concat())
        .unwrap();
    let dataset = open(&[kept("raw.parquet"), records]);
    let columns = columns(&dataset);
    assert_eq!((texts(&columns, "word")[11].as_str(), columns.get("n").is_none()), ("w11", true));
    let said = notes(&dataset);
    assert!(said.contains("its columns \"n\" are left out, as its records are read"), "{said}");
}

#[test]
fn what_is_no_set_is_said_with_its_columns_and_what_to_do() {
    assert_eq!(
        refused(&kept("notes.parquet")),
        "this is a Parquet file of 12 rows without a column of drawings (its columns are row (int64), note (text)): \
         --table joins it to drawings"
    );
    let said = refused(&kept("hole.parquet"));
    assert!(said.contains("in its column pixels row 9 has no list: an array has no holes"), "{said}");
    let said = refused(&kept("brotli.parquet"));
    assert!(said.contains("compressed with Brotli"), "{said}");
}

#[test]
fn drawings_that_pandas_wrote_once_more_stay_what_they_were() {
    let dataset = open(&[kept("rewritten.parquet")]);
    assert_eq!((dataset.rows(), dataset.height(), dataset.width(), dataset.channels()), (12, 8, 6, 1));
    let value = |at: usize| ((at / 48) * 31 + at % 48 / 6 * 7 + at % 6 * 3) as u8;
    assert_eq!(all(&dataset), (0..12 * 48).map(value).collect::<Vec<_>>());
    let columns = columns(&dataset);
    assert_eq!(columns.iter().map(crate::data::columns::Column::name).collect::<Vec<_>>(), ["label"]);
    assert_eq!(texts(&columns, "label")[..4], ["0", "1", "2", "0"]);
}
