//! Every kind of source: whole, in ranges and row by row from anywhere the same drawings come, and what reading again costs is said.

use super::npy::{dictionary, npy_bytes, open_as};
use flate2::write::GzEncoder;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::demo::Demo;
use inkfield::data::formats::open_alone;
use inkfield::data::source::{ImageSource, MemoryImages, Number, Reread};
use inkfield::data::{Row, source::Element};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Archives that numpy wrote.
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/expected");

/// More rows than are read along between two that are wanted.
const ROWS: usize = 300;
const SIDE: usize = 28;

/// A value of a drawing that no neighbour has.
fn value(row: usize, y: usize, x: usize) -> u8 {
    (row * 37 + y * 31 + x * 7 + row * y) as u8
}

/// Values in the order that `at` gives: a place in the file to row, y and x.
fn values(at: impl Fn(usize) -> (usize, usize, usize)) -> Vec<u8> {
    (0..ROWS * SIDE * SIDE).map(at).map(|(row, y, x)| value(row, y, x)).collect()
}

fn row_by_row(place: usize) -> (usize, usize, usize) {
    (place / (SIDE * SIDE), place / SIDE % SIDE, place % SIDE)
}

fn idx(values: &[u8]) -> Vec<u8> {
    let lengths = [ROWS as u32, SIDE as u32, SIDE as u32].map(u32::to_be_bytes).concat();
    [&[0, 0, 8, 3][..], &lengths, values].concat()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A source, its drawings as they should be, and what reading them again costs.
struct Known {
    name: &'static str,
    source: Box<dyn ImageSource>,
    drawings: Vec<u8>,
    reread: Reread,
}

fn known(folder: &Path) -> Vec<Known> {
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let alone = |path: PathBuf| open_alone(&path, None).unwrap();
    let drawings = values(row_by_row);
    let shape = format!("({ROWS}, {SIDE}, {SIDE})");
    let plain = npy_bytes(1, &dictionary("'|u1'", &shape), &drawings);
    // The drawings along the last axis; and the same as Fortran counts, the first axis fastest.
    let last = values(|place| (place % ROWS, place / (SIDE * ROWS), place / ROWS % SIDE));
    let turned = npy_bytes(1, &dictionary("'|u1'", &format!("({SIDE}, {SIDE}, {ROWS})")), &last);
    let fortran = values(|place| (place / (SIDE * SIDE), place % SIDE, place / SIDE % SIDE));
    let fortran =
        npy_bytes(1, &dictionary("'|u1'", &format!("({SIDE}, {SIDE}, {ROWS})")).replace("False", "True"), &fortran);
    let bools: Vec<u8> = drawings.iter().map(|value| value & 1).collect();
    let inked: Vec<u8> = bools.iter().map(|bool| bool * 255).collect();
    let bools = npy_bytes(1, &dictionary("'|b1'", &shape), &bools);
    let demo = Demo::new(40, 3);
    let drawn = (0..40).flat_map(|row| demo.bitmap(row)).collect();
    let memory = MemoryImages::new(SIDE as u32, SIDE as u32, drawings.clone()).unwrap();
    let of = |name, source, drawings: &Vec<u8>, reread| Known { name, source, drawings: drawings.clone(), reread };
    vec![
        of("npy", alone(write("c.npy", &plain)), &drawings, Reread::Seek),
        of(
            "big-endian",
            alone(write("big.npy", &npy_bytes(2, &dictionary("'>u1'", &shape), &drawings))),
            &drawings,
            Reread::Seek,
        ),
        of("last axis", open_as(&write("last.npy", &turned), Some("HWN"), None).unwrap().0, &drawings, Reread::Seek),
        of("Fortran", open_as(&write("f.npy", &fortran), Some("HWN"), None).unwrap().0, &drawings, Reread::Seek),
        of("bool", alone(write("bool.npy", &bools)), &inked, Reread::Seek),
        of("npy.gz", alone(write("c.npy.gz", &gzipped(&plain))), &drawings, Reread::Spool),
        of("idx", alone(write("t10k-images-idx3-ubyte", &idx(&drawings))), &drawings, Reread::Seek),
        of("idx.gz", alone(write("t10k-images-idx3-ubyte.gz", &gzipped(&idx(&drawings)))), &drawings, Reread::Spool),
        Known { name: "demo", source: Box::new(demo), drawings: drawn, reread: Reread::Computed },
        of("memory", Box::new(memory), &drawings, Reread::Memory),
    ]
}

#[test]
fn ranges_and_scattered_rows_are_what_the_whole_is() {
    let folder = tempfile::tempdir().unwrap();
    for Known { name, source, drawings, reread } in known(folder.path()) {
        let (rows, drawing) = (source.rows() as usize, source.drawing_bytes());
        assert_eq!((drawing, source.channels(), source.reread()), (SIDE * SIDE, 1, reread), "{name}");
        assert_eq!(source.bytes(), drawings.len() as u64, "{name}");
        let read = |first: usize, count: usize| {
            let mut out = vec![9; count * drawing];
            source.read_rows(first as u32, &mut out).unwrap();
            out
        };
        let whole = read(0, rows);
        assert!(whole == drawings, "{name}");
        for (first, count) in [(0, 1), (rows - 1, 1), (3, rows - 7), (rows, 0)] {
            assert!(read(first, count) == whole[first * drawing..(first + count) * drawing], "{name}, {first}+{count}");
        }
        // Every row once, far apart from its neighbours; then near ones, backwards, some of them twice.
        let apart: Vec<u32> = (0..rows as u32).map(|row| row * 7 % rows as u32).collect();
        let near: Vec<u32> = (0..30).rev().flat_map(|row| [row, row / 2]).collect();
        for wanted in [apart, near, vec![rows as u32 - 1, 0], vec![5], Vec::new()] {
            let mut out = vec![9; wanted.len() * drawing];
            source.read_scattered(&wanted, &mut out).unwrap();
            for (row, read) in wanted.iter().zip(out.chunks(drawing)) {
                assert!(read == &whole[*row as usize * drawing..][..drawing], "{name}, row {row} of {wanted:?}");
            }
        }
        let refused =
            |rows: &[u32], len: usize| source.read_scattered(rows, &mut vec![0; len]).unwrap_err().to_string();
        assert!(refused(&[0], drawing + 1).contains("does not hold whole drawings"), "{name}");
        assert!(refused(&[0, rows as u32], 2 * drawing).contains(&format!("it has {rows}")), "{name}");
        let pixel = source.pixel(7, 30).unwrap().unwrap();
        let read = whole[7 * drawing + 30];
        let own = match source.element() {
            Element::Bool => Number::Flag(read == 255),
            _ => Number::Unsigned(read.into()),
        };
        assert_eq!(pixel.numbers(), [own], "{name}");
        assert_eq!(source.pixel(7, drawing).unwrap(), None, "{name}");
    }
}

#[test]
fn the_arrays_of_an_archive_are_what_numpy_says() {
    let text = fs::read_to_string(Path::new(EXPECTED).join("archives.json")).unwrap();
    let expected: std::collections::BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
    for (file, reread) in [("stored.npz", Reread::Seek), ("deflated.npz", Reread::Spool)] {
        for (name, hex) in &expected {
            let named = format!("{EXPECTED}/{file}:{name}");
            let dataset = Dataset::open(&[named], &OpenOptions::default()).unwrap();
            assert_eq!((dataset.height(), dataset.width(), dataset.form().as_str()), (10, 8, "npz"), "{file}: {name}");
            let mut values = vec![0; usize::try_from(dataset.bytes()).unwrap()];
            dataset.read_rows(0, &mut values).unwrap();
            let read = values.iter().fold(String::new(), |text, value| text + &format!("{value:02x}"));
            assert!(read == *hex, "{file}: {name}");
        }
        // Of the whole archive the array with most drawings is opened.
        let source = open_alone(&Path::new(EXPECTED).join(file), None).unwrap();
        assert_eq!((source.rows(), source.reread()), (7, reread));
    }
}

#[test]
fn a_file_that_was_changed_gives_no_more_rows() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("set.npz");
    fs::copy(Path::new(EXPECTED).join("stored.npz"), &archive).unwrap();
    let array = folder.path().join("set.npy");
    fs::write(&array, npy_bytes(1, &dictionary("'|u1'", "(9, 2, 2)"), &[5; 36])).unwrap();
    for path in [archive, array] {
        let source = open_alone(&path, None).unwrap();
        let mut out = vec![0; 2 * source.drawing_bytes()];
        source.read_scattered(&[5, 1], &mut out).unwrap();
        fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"more").unwrap();
        for error in [source.read_scattered(&[5, 1], &mut out), source.read_rows(0, &mut out)] {
            let text = error.unwrap_err().to_string();
            assert!(text.starts_with("the file was changed while it was open (it had "), "{text}");
        }
        assert!(source.fate().unwrap().contains("was changed"));
    }
}

#[test]
fn a_damaged_bool_between_the_rows_that_are_wanted_is_no_matter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    let values = [1, 0, 0, 1, 0, 7, 0, 0, 1, 1, 1, 1];
    fs::write(&path, npy_bytes(1, &dictionary("'|b1'", "(3, 2, 2)"), &values)).unwrap();
    let source = open_alone(&path, None).unwrap();
    let mut out = [9; 8];
    source.read_scattered(&[2, 0], &mut out).unwrap();
    assert_eq!(out, [255, 255, 255, 255, 255, 0, 0, 255]);
    assert!(
        source.read_scattered(&[2, 1], &mut out).unwrap_err().to_string().contains(" is 7, but a bool must be 0 or 1")
    );
}

#[test]
fn rows_of_several_parts_come_in_the_order_in_which_they_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let drawings = values(row_by_row);
    let write = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.into_os_string()
    };
    let bools: Vec<u8> = drawings.iter().take(4 * SIDE * SIDE).map(|value| value & 1).collect();
    let inputs = [
        write("a-idx3-ubyte", idx(&drawings)),
        "demo:5:7".into(),
        write("b.npy", npy_bytes(1, &dictionary("'|b1'", "(4, 28, 28)"), &bools)),
    ];
    let whole = Dataset::open(&inputs, &OpenOptions::default()).unwrap();
    assert_eq!((whole.rows(), whole.form().as_str()), (309, "idx and demo and npy"));
    let options = OpenOptions { rows: Some("2:307".parse().unwrap()), ..OpenOptions::default() };
    for dataset in [whole, Dataset::open(&inputs, &options).unwrap()] {
        let last = dataset.rows() - 1;
        let wanted = [last, 0, last - 4, 298, 1, last, 299, 17];
        let mut out = vec![0; wanted.len() * SIDE * SIDE];
        dataset.read_scattered(&wanted, &mut out).unwrap();
        for (row, read) in wanted.iter().zip(out.chunks(SIDE * SIDE)) {
            let mut alone = vec![0; SIDE * SIDE];
            dataset.read_rows(*row, &mut alone).unwrap();
            assert!(read == alone, "row {row}");
        }
        assert!(dataset.read_scattered(&[0, last + 1], &mut out[..2 * SIDE * SIDE]).is_err());
        assert!(dataset.read_scattered(&[0, 1], &mut out).is_err());
        let pixel = dataset.pixel(Row(last), 0).unwrap().unwrap();
        let read = out[..1].iter().map(|read| Number::Flag(*read == 255)).collect::<Vec<_>>();
        assert_eq!(pixel.numbers(), read);
    }
}

#[test]
fn drawings_in_memory_are_a_data_set() {
    let source = MemoryImages::new(2, 3, (0..24).collect()).unwrap();
    let options = OpenOptions { rows: Some("1:".parse().unwrap()), ..OpenOptions::default() };
    let dataset = Dataset::of_source("made", Box::new(source), &options).unwrap();
    assert_eq!((dataset.rows(), dataset.height(), dataset.width(), dataset.title()), (3, 2, 3, "made"));
    assert!(dataset.files().next().is_none() && !dataset.has_records() && dataset.form() == "memory");
    let mut out = [0; 12];
    dataset.read_scattered(&[2, 0], &mut out).unwrap();
    assert_eq!(out, [18, 19, 20, 21, 22, 23, 6, 7, 8, 9, 10, 11]);
    for (height, width, values) in [(0, 3, 3), (1, 4097, 4097), (2, 3, 7), (2, 3, 0)] {
        MemoryImages::new(height, width, vec![0; values]).unwrap_err();
    }
}
