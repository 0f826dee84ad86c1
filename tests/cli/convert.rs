//! A whole set as other files: what opens again holds what was there.

use super::{answer, complaint, documents, inkfield, names};
use arrow_array::Array as _;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const ROWS: usize = 6;

struct Desk(TempDir);

impl Desk {
    /// Floats of 8 by 12 with records and a table.
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        let images = ndarray::Array3::from_shape_fn((ROWS, 8, 12), |(row, y, x)| (row * 100 + y * 12 + x) as f32 / 7.0);
        ndarray_npy::write_npy(desk.path("set.npy"), &images).unwrap();
        let record = |row: usize| match row {
            3 => "{}".to_owned(),
            _ => format!("{{\"word\":\"w{row}\",\"place\":{{\"x\":{row}}},\"list\":[1,{row}]}}"),
        };
        let records: Vec<String> = (0..ROWS).map(record).collect();
        fs::write(desk.path("set.ndjson"), records.join("\n") + "\n").unwrap();
        let line = |row: usize| format!("{row},{},{}\n", if row == 2 { "" } else { "0.5" }, ["é", "zwölf"][row % 2]);
        let lines: String = (0..ROWS).map(line).collect();
        fs::write(desk.path("more.csv"), format!("label,score,name\n{lines}")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn converted(&self, out: &str) -> Value {
        let files = ["set.npy", "set.ndjson"].map(|name| self.path(name));
        let mut run = inkfield();
        run.arg("convert").args(files).arg("--table").arg(self.path("more.csv")).arg("--out").arg(self.path(out));
        documents(run.arg("--json")).remove(0)
    }
}

/// What a table says of each row, by column.
fn rows_of(path: &Path) -> Vec<Value> {
    let table: Value = serde_json::from_str(&answer(inkfield().args(["table", "--json"]).arg(path))).unwrap();
    let columns = table["columns"].as_array().unwrap();
    let row = |values: &Value| {
        let values = values.as_array().unwrap().iter().cloned();
        columns.iter().map(|column| column.as_str().unwrap().to_owned()).zip(values).collect()
    };
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn an_archive_holds_the_values_and_an_array_a_column() {
    let desk = Desk::new();
    let written = desk.converted("out.npz");
    assert_eq!(written["rows"], ROWS);
    assert_eq!(written["written"][0]["bytes"], fs::metadata(desk.path("out.npz")).unwrap().len());
    // Read by another reader: values, types, what is missing.
    let mut archive = zip::ZipArchive::new(fs::File::open(desk.path("out.npz")).unwrap()).unwrap();
    assert_eq!(archive.index_for_name("images.npy"), Some(0));
    let mut array = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(&format!("{name}.npy")).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let read = |bytes: &[u8]| <ndarray::Array3<f32> as ndarray_npy::ReadNpyExt>::read_npy(bytes).unwrap();
    let source: ndarray::Array3<f32> = ndarray_npy::read_npy(desk.path("set.npy")).unwrap();
    assert_eq!(read(&array("images")), source);
    let numbers = |bytes: &[u8]| <ndarray::Array1<i64> as ndarray_npy::ReadNpyExt>::read_npy(bytes).unwrap().to_vec();
    assert_eq!(numbers(&array("label")), [0, 1, 2, 3, 4, 5]);
    let floats =
        <ndarray::Array1<f64> as ndarray_npy::ReadNpyExt>::read_npy(array("score").as_slice()).unwrap().to_vec();
    assert!(floats[2].is_nan() && floats[..2] == [0.5; 2] && floats[3..] == [0.5; 3]);
    let header = String::from_utf8_lossy(&array("name")[..80]).into_owned();
    assert!(header.contains("'<U5'") && header.contains("(6,)"), "{header}");
    // And as a set: the same rows with the same columns.
    let rows = rows_of(&desk.path("out.npz"));
    assert_eq!(rows.len(), ROWS);
    for (number, row) in rows.iter().enumerate() {
        let word = if number == 3 { String::new() } else { format!("w{number}") };
        assert_eq!((&row["label"], &row["name"]), (&json!(number), &json!(["é", "zwölf"][number % 2])));
        assert_eq!(row["word"], json!(word));
        assert_eq!(row["score"], if number == 2 { Value::Null } else { json!(0.5) });
    }
}

#[test]
fn a_pair_holds_records_with_all_that_is_known() {
    let desk = Desk::new();
    desk.converted("out.npy");
    let source: ndarray::Array3<f32> = ndarray_npy::read_npy(desk.path("set.npy")).unwrap();
    let copy: ndarray::Array3<f32> = ndarray_npy::read_npy(desk.path("out.npy")).unwrap();
    assert_eq!(copy, source);
    let text = fs::read_to_string(desk.path("out.ndjson")).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines[1],
        json!({"word": "w1", "place": {"x": 1}, "list": [1, 1], "label": 1, "score": 0.5, "name": "zwölf"})
    );
    assert_eq!(lines[2], json!({"word": "w2", "place": {"x": 2}, "list": [1, 2], "label": 2, "name": "é"}));
    assert_eq!(lines[3], json!({"label": 3, "score": 0.5, "name": "zwölf"}));
    assert_eq!(rows_of(&desk.path("out.npy")).len(), ROWS);
}

#[test]
fn nothing_is_written_where_it_would_be_wrong() {
    let desk = Desk::new();
    let before = names(desk.0.path());
    let convert =
        |out: &str| complaint(inkfield().arg("convert").arg(desk.path("set.npy")).arg("--out").arg(desk.path(out)), 2);
    assert!(convert("out.csv").contains("NAME.npz, NAME.parquet or NAME.npy"));
    assert!(convert("set.npy").contains("set.npy"));
    assert_eq!(names(desk.0.path()), before);
    // Texts that no array of one width should hold.
    fs::write(desk.path("long.csv"), format!("t\n{}\nb\nc\nd\ne\nf\n", "x".repeat(1_001))).unwrap();
    let mut run = inkfield();
    run.arg("convert").arg(desk.path("set.npy")).arg("--table").arg(desk.path("long.csv"));
    let output = run.arg("--out").arg(desk.path("out.npz")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("left out"), "{said}");
    assert!(answer(inkfield().args(["table"]).arg(desk.path("out.npz"))).lines().count() > 0);
}

/// Pictures that cannot be decoded are crossed squares where they are shown, and nothing where they are compared and written.
#[test]
fn broken_pictures_are_no_drawings() {
    let desk = Desk(TempDir::new().unwrap());
    fs::create_dir(desk.path("set")).unwrap();
    for number in 0..8_u8 {
        let picture = image::RgbImage::from_fn(24, 24, |x, y| {
            let inside = (x + u32::from(number) * 3) % 9 < 4 && y % (4 + u32::from(number)) < 3;
            image::Rgb(if inside { [20 * number, 90, 200] } else { [255; 3] })
        });
        picture.save(desk.path(&format!("set/{number}.png"))).unwrap();
    }
    fs::write(desk.path("set/3.png"), "junk").unwrap();
    // A good header, and damage behind it.
    let mut png = fs::read(desk.path("set/5.png")).unwrap();
    let data = png.windows(4).position(|word| word == b"IDAT").unwrap();
    png[data + 8..data + 20].fill(0xaa);
    fs::write(desk.path("set/5.png"), png).unwrap();
    fs::write(desk.path("set/6.png"), "").unwrap();
    let audit = documents(inkfield().args(["audit", "--json"]).arg(desk.path("set"))).remove(0);
    assert_eq!((&audit["duplicates"], &audit["blank"]), (&json!([]), &json!([])));
    let rows = |list: &Value| list.as_array().unwrap().iter().filter_map(|one| one["row"].as_u64()).collect::<Vec<_>>();
    assert!(rows(&audit["outliers"]).iter().all(|row| ![3, 5, 6].contains(row)), "{audit}");
    let run =
        inkfield().arg("convert").arg(desk.path("set")).arg("--out").arg(desk.path("out.parquet")).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("3 pictures that cannot be drawn are written as missing"), "{said}");
    let file = fs::File::open(desk.path("out.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut missing = Vec::new();
    for batch in reader {
        let batch = batch.unwrap();
        let images = batch.column_by_name("image").unwrap();
        let images = images.as_any().downcast_ref::<arrow_array::StructArray>().unwrap();
        let bytes = images.column_by_name("bytes").unwrap();
        missing.extend((0..bytes.len()).map(|row| bytes.is_null(row)));
    }
    assert_eq!(missing, (0..8).map(|row| [3, 5, 6].contains(&row)).collect::<Vec<_>>());
    answer(inkfield().arg("convert").arg(desk.path("set")).arg("--out").arg(desk.path("out.npy")));
    let values: ndarray::Array4<u8> = ndarray_npy::read_npy(desk.path("out.npy")).unwrap();
    for (row, drawing) in values.outer_iter().enumerate() {
        assert_eq!(drawing.iter().all(|&value| value == 0), [3, 5, 6].contains(&row), "{row}");
    }
}

#[test]
fn pictures_of_more_than_8_bits_are_written_as_shown_and_that_is_said() {
    let desk = Desk(TempDir::new().unwrap());
    fs::create_dir(desk.path("set")).unwrap();
    for number in 0..2_u16 {
        let picture = image::ImageBuffer::from_fn(32, 32, |x, _| image::Luma([(x as u16) * 100 + number]));
        picture.save(desk.path(&format!("set/{number}.png"))).unwrap();
    }
    let mut run = inkfield();
    run.arg("convert").arg(desk.path("set")).args(["--range", "0:3100", "--out"]).arg(desk.path("out.npy"));
    let said = String::from_utf8(run.output().unwrap().stderr).unwrap();
    assert!(
        said.contains("pictures of more than 8 bits a value, from 0 to 3101, are written as they are shown"),
        "{said}"
    );
    assert!(!said.contains("--range"), "{said}");
    let values: ndarray::Array4<u8> = ndarray_npy::read_npy(desk.path("out.npy")).unwrap();
    let reds: Vec<u8> = (0..32).map(|x| values[[0, 7, x, 0]]).collect();
    assert_eq!(reds, (0..32_u32).map(|x| (x as f64 * 25_500.0 / 3100.0).round() as u8).collect::<Vec<_>>());
    let mut run = inkfield();
    run.arg("export").arg(desk.path("set")).arg("--npy").arg(desk.path("exported.npy"));
    let said = String::from_utf8(run.output().unwrap().stderr).unwrap();
    assert!(said.contains("are written as they are shown, in 8 bits: --range A:B chooses"), "{said}");
    let plain = inkfield().arg("convert").arg("demo:20").arg("--out").arg(desk.path("demo.npy")).output().unwrap();
    assert!(!String::from_utf8(plain.stderr).unwrap().contains("8 bits"));
}
