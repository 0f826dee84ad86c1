//! sketch-rnn's archives, held against what numpy says of them (`expected/sketches.py`).

use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions, open_strokes};
use inkfield::data::ndjson::{DrawingReader, LineSpan};
use inkfield::data::{Cancel, Row};
use ndarray::Array2;
use serde_json::Value as Json;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn expected(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/strokes/expected").join(name)
}

fn told(name: &str) -> Vec<Json> {
    let told: Json = serde_json::from_str(&fs::read_to_string(expected("sketches.json")).unwrap()).unwrap();
    told[name].as_array().unwrap().clone()
}

fn opened(path: &Path, options: &OpenOptions) -> (Dataset, Columns, Vec<LineSpan>) {
    let dataset = Dataset::open(&[path], options).unwrap();
    let (mut columns, mut spans) = (Columns::new(), Vec::new());
    dataset
        .read_records(&Cancel::new(), &mut |progress| {
            columns.append(progress.first_row, progress.batch);
            spans.extend(progress.spans);
            ControlFlow::Continue(())
        })
        .unwrap();
    columns.finish(dataset.rows());
    (dataset, columns, spans)
}

#[test]
fn every_point_of_every_drawing_is_where_numpy_has_it() {
    for name in ["sketches", "older"] {
        let (dataset, columns, spans) = opened(&expected(&format!("{name}.npz")), &OpenOptions::default());
        let told = told(name);
        assert_eq!((dataset.rows() as usize, dataset.form().as_str(), dataset.title()), (told.len(), "strokes", name));
        let mut reader = DrawingReader::default();
        for (row, theirs) in (0..).zip(&told) {
            assert_eq!(columns.get("split").unwrap().text(Row(row)), theirs[0].as_str().unwrap());
            let line = dataset.record_bytes(Row(row), Some(spans[row as usize])).unwrap().unwrap();
            let drawing = reader.read(&line).unwrap();
            let Some(theirs) = theirs[1].as_array() else {
                assert_eq!(drawing, None, "{name}, {row}");
                continue;
            };
            let drawing = drawing.unwrap();
            assert!(drawing.is_simplified() && drawing.len() == theirs.len(), "{name}, {row}");
            for (stroke, theirs) in drawing.strokes().zip(theirs) {
                for axis in [0, 1] {
                    let theirs: Vec<f64> = serde_json::from_value(theirs[axis].clone()).unwrap();
                    let own: Vec<f64> = stroke.iter().map(|point| point[axis]).collect();
                    let near = own.iter().zip(&theirs).all(|(own, theirs)| (own - theirs).abs() < 0.0051);
                    assert!(own.len() == theirs.len() && near, "{name}, {row}: {own:?} for {theirs:?}");
                }
            }
        }
    }
}

/// Of the drawings that are as large as published ones.
#[test]
fn bitmaps_are_those_of_the_records_that_the_drawings_were_made_of() {
    let (dataset, ..) = opened(&expected("sketches.npz"), &OpenOptions::default());
    let cairo: Array2<u8> = ndarray_npy::read_npy(expected("drawn-28.npy")).unwrap();
    let mut own = vec![0; 15 * 784];
    dataset.read_rows(0, &mut own).unwrap();
    for row in [3, 4, 9] {
        let apart = |(a, b): (&u8, &u8)| u32::from(a.abs_diff(*b));
        let sum: u32 = own[row * 784..][..784].iter().zip(cairo.row(row)).map(apart).sum();
        assert!(f64::from(sum) / 784.0 <= 0.3, "{row}: {sum}");
    }
    // The first one is the same when it is a hundredth as large; what holds no points is blank.
    let apart = own[..784].iter().zip(&own[10 * 784..][..784]).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(apart <= Some(1), "{apart:?}");
    assert!(own[12 * 784..][..784].iter().all(|ink| *ink == 0));
    let larger = opened(&expected("sketches.npz"), &OpenOptions { cell: Some(64), ..OpenOptions::default() }).0;
    assert_eq!((larger.rows(), larger.width(), larger.height()), (15, 64, 64));
}

#[test]
fn they_are_measured_sliced_and_opened_without_records_as_others_are() {
    let path = expected("sketches.npz");
    let options = OpenOptions { stroke_columns: true, rows: Some("3:".parse().unwrap()), ..OpenOptions::default() };
    let (dataset, columns, _) = opened(&path, &options);
    assert_eq!(dataset.rows(), 12);
    let strokes = columns.get("drawing.strokes").unwrap();
    // The fourth one, the one without points, and the last, of which nobody lifted the pen.
    let count = told("sketches")[3][1].as_array().unwrap().len();
    assert_eq!([0, 9, 11].map(|row| strokes.text(Row(row))), [count.to_string(), String::new(), "2".to_owned()]);
    let (without, columns, _) = opened(&path, &OpenOptions { records: false, ..OpenOptions::default() });
    assert!(!without.has_records() && columns.get("split").is_none());
    // Several are one set, and their names the categories.
    let folder = tempfile::tempdir().unwrap();
    for name in ["sketchrnn_cat.npz", "sketchrnn_big dog.full.npz"] {
        fs::copy(&path, folder.path().join(name)).unwrap();
    }
    let (both, columns, _) = opened(folder.path(), &OpenOptions::default());
    assert_eq!(both.rows(), 30);
    let category = columns.get("category").unwrap();
    assert_eq!([0, 15].map(|row| category.text(Row(row))), ["big dog", "cat"]);
    assert_eq!(open_strokes(&path).unwrap().count(&Cancel::new()).unwrap(), 15);
}

/// An archive of one stored array of objects, whose pickle is this.
fn archive(path: &Path, rows: u64, pickle: &[u8]) {
    let header = format!("{{'descr': '|O', 'fortran_order': False, 'shape': ({rows},), }}");
    let mut array = b"\x93NUMPY\x01\x00".to_vec();
    array.extend((header.len() as u16).to_le_bytes());
    array.extend(header.as_bytes());
    array.extend(pickle);
    fs::write(path, zip_of("train.npy", &array)).unwrap();
}

/// A zip archive of one stored file, its checksum left out.
fn zip_of(name: &str, content: &[u8]) -> Vec<u8> {
    let len = (content.len() as u32).to_le_bytes();
    let name_len = (name.len() as u16).to_le_bytes();
    // From the flags to the length of what follows the name.
    let fields = [&[0; 12][..], &len, &len, &name_len, &[0; 2]].concat();
    let own = [b"PK\x03\x04\x14\0", fields.as_slice(), name.as_bytes(), content].concat();
    let entry = [b"PK\x01\x02\x14\0\x14\0", fields.as_slice(), &[0; 14], name.as_bytes()].concat();
    let entry_at = (own.len() as u32).to_le_bytes();
    let entry_len = (entry.len() as u32).to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &entry_len, &entry_at, &[0; 2]].concat();
    [own, entry, end].concat()
}

#[test]
fn what_asks_for_anything_else_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sketchrnn_cat.npz");
    let array = |shape: &str, dtype: &str, data: &str| {
        format!(
            "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u{85}U\x01b\u{87}R(K\x01{shape}\
             cnumpy\ndtype\nU{}{dtype}K\0K\x01\u{87}R(K\x03U\x01<NNNJ\u{ff}\u{ff}\u{ff}\u{ff}J\u{ff}\u{ff}\u{ff}\u{ff}K\0tb\u{89}{data}tb",
            char::from(dtype.len() as u8)
        )
    };
    let of = |items: &str| format!("\u{80}\x02]({items}e.");
    let refused = |rows: u64, pickle: &str| {
        // Letters up to U+00FF are bytes here.
        let pickle: Vec<u8> = pickle.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let padded = [pickle, vec![0; 64]].concat();
        archive(&path, rows, &padded);
        Dataset::open(&[&path], &OpenOptions::default()).map(|set| set.rows()).map_err(|error| error.to_string())
    };
    let fine = array("K\x01K\x03\u{86}", "i2", "U\x06\x01\0\x02\0\x01\0");
    assert_eq!(refused(1, &of(&fine)), Ok(1));
    let says = |rows: u64, pickle: &str, what: &str| {
        let said = refused(rows, pickle).unwrap_err();
        assert!(said.contains("a sketch-rnn archive whose array train") && said.contains(what), "{said}");
    };
    says(1, &of("cos\nsystem\nU\x04true\u{85}R"), "asks for os.system");
    says(1, "\u{80}\x04\u{8c}\x08builtins\u{8c}\x04eval\u{93}.", "asks for builtins.eval");
    let none = "is no list of drawings";
    // More, or fewer, than the header claims; more than any file of that length holds; no list.
    says(2, &of(&fine), none);
    says(1, &of(&format!("{fine}{fine}")), none);
    says(u64::from(u32::MAX), &of(&fine), none);
    says(1, "\u{80}\x02}.", none);
    says(1, &"]".repeat(100_000), none);
    says(1, &"\u{80}\x02(".repeat(100_000), none);
    let other = "holds something else than arrays (n, 3) of numbers";
    says(1, &of("K\x07"), other);
    says(1, &of(&array("K\x01K\x02\u{86}", "i2", "U\x04\x01\0\x02\0")), other);
    says(1, &of(&array("K\x02K\x03\u{86}", "i2", "U\x06\x01\0\x02\0\x01\0")), other);
    says(1, &of(&array("J\u{ff}\u{ff}\u{ff}\x7fK\x03\u{86}", "i2", "U\x06\x01\0\x02\0\x01\0")), other);
    says(1, &of(&array("J\u{ff}\u{ff}\u{ff}\u{ff}K\x03\u{86}", "i2", "U\x06\x01\0\x02\0\x01\0")), other);
    says(1, &of(&array("K\x01K\x03\u{86}", "O8", "U\x06\x01\0\x02\0\x01\0")), other);
    // One array named over and over: what is in the file once is not written a thousand times.
    let long = array("K\u{c8}K\x03\u{86}", "i2", &format!("T\u{b0}\x04\0\0{}", "\0".repeat(1200)));
    let many = format!("\u{80}\x02]({long}q\x01{}e.", "h\x01".repeat(399));
    says(400, &(many + &"\0".repeat(32 * 400)), "its number");
}

#[test]
fn coordinates_that_no_drawing_has_leave_their_row_blank_and_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.npz");
    let mut pickle = b"\x80\x02](".to_vec();
    for numbers in [[f64::NAN, 0.0, 0.0], [1e300, 1.0, 1.0], [5.0, 5.0, 1.0]] {
        pickle.extend(b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85U\x01b\x87R(K\x01K\x01K\x03\x86");
        pickle.extend(
            b"cnumpy\ndtype\nU\x02f8K\0K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb\x89U\x18",
        );
        pickle.extend(numbers.map(f64::to_le_bytes).concat());
        pickle.extend(b"tb");
    }
    pickle.extend(b"e.");
    archive(&path, 3, &pickle);
    let (dataset, ..) = opened(&path, &OpenOptions::default());
    let said = dataset.report().to_string();
    assert!(said.contains("2 records of 3 could not be rendered") && said.contains("1,000,000,000"), "{said}");
    let mut own = vec![0; 3 * 784];
    dataset.read_rows(0, &mut own).unwrap();
    let inked: Vec<bool> = own.chunks(784).map(|drawing| drawing.iter().any(|ink| *ink > 0)).collect();
    assert_eq!(inked, [false, false, true]);
}
