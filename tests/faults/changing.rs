//! Row 14: files that shrink, grow, are replaced or deleted while they are open or being read.

use super::told::Told;
use super::{Folder, open, read, warning};
use inkfield::atlas::{AtlasLimits, AtlasPlan, Pages};
use inkfield::data::Cancel;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::formats::open_alone;
use inkfield::data::ndjson::{LineSpan, ReadOptions, RecordFile};
use inkfield::data::report::Note;
use inkfield::loader::{Loaded, Loader};
use ndarray::Array2;
use ndarray_npy::write_npy;
use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, SystemTime};

#[test]
fn faults_14_drawings_that_change_are_never_mixed_with_what_they_were() {
    let row = Told::row(14);
    let folder = Folder::new();
    let path = folder.path("set.npy");
    write_npy(&path, &Array2::<u8>::from_elem((10, 784), 3)).unwrap();
    let file = open_alone(&path, None).unwrap();
    let meta = fs::metadata(&path).unwrap();
    let (length, written) = (meta.len(), meta.modified().unwrap());
    let mut out = vec![0; 784];
    file.read_rows(9, &mut out).unwrap();
    assert_eq!((out.as_slice(), file.fate()), (&[3; 784][..], None));

    let handle = fs::OpenOptions::new().write(true).open(&path).unwrap();
    for changed in [length - 1, length + 1] {
        handle.set_len(changed).unwrap();
        // Some file systems count time in seconds: the length alone must tell.
        handle.set_modified(written).unwrap();
        let told = row.values(&file.read_rows(0, &mut out).unwrap_err().to_string());
        assert_eq!(told, [&length.to_string(), &changed.to_string(), path.to_str().unwrap()]);
    }
    handle.set_len(length).unwrap();
    handle.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let told = file.read_rows(0, &mut out).unwrap_err().to_string();
    assert!(told.contains(&format!("(its time stamp changed, its length of {length} bytes did not)")), "{told}");
}

#[test]
fn faults_14_records_that_change_while_they_are_read_are_an_error() {
    let row = Told::row(14);
    let record = b"{\"word\":\"a\"}\n";
    let folder = Folder::new();
    for change in [0, 5, record.len() as u64 * 300_000] {
        let path = folder.bytes("ant.ndjson", &record.repeat(200_000));
        let file = RecordFile::open(&path).unwrap();
        let (span, length) = (LineSpan { offset: 0, len: 12 }, file.bytes().to_string());
        assert_eq!(file.line(span).unwrap(), "{\"word\":\"a\"}");
        let cut = fs::OpenOptions::new().write(true).open(&path).unwrap();
        let error = file.read(0..u32::MAX, &ReadOptions::default(), &Cancel::new(), &mut |_| {
            cut.set_len(change).unwrap();
            ControlFlow::Continue(())
        });
        for error in [error.unwrap_err(), file.line(span).unwrap_err()] {
            let told = row.values(&error.to_string());
            assert_eq!(told, [&length, &change.to_string(), path.to_str().unwrap()]);
        }
    }
}

/// The reader is held up by its channel: when the file is cut, most of it has not been read.
#[test]
fn faults_14_a_file_cut_while_it_loads_ends_the_load_with_an_error() {
    const ROWS: u64 = 400_000;
    let row = Told::row(14);
    let folder = Folder::new();
    // Drawings without ink, which take no room on the disk.
    let path = folder.bytes("set.npy", &super::npy::claiming(&format!("({ROWS}, 784)"), &[]));
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len() + ROWS * 784;
    file.set_len(length).unwrap();
    let dataset = Arc::new(open(&path, false).unwrap());
    let limits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };
    let plan = AtlasPlan::new(dataset.rows(), 28, 28, Pages::Ink, limits).unwrap();
    let loader = Loader::start(&dataset, &plan, false, || ());
    assert!(matches!(loader.wait(), Some(Loaded::Values(_))), "how they are shown");
    assert!(matches!(loader.wait(), Some(Loaded::Piece(_))), "the first drawings come");
    file.set_len(length / 2).unwrap();
    let last = std::iter::from_fn(|| loader.wait()).find(|loaded| !matches!(loaded, Loaded::Piece(_)));
    let Some(Loaded::DrawingsFailed(error)) = last else { panic!("{last:?}") };
    let told = row.values(&error.to_string());
    assert_eq!(told, [&length.to_string(), &(length / 2).to_string(), path.to_str().unwrap()]);
}

/// What a load calls when it sends something lives as long as its threads do.
#[test]
fn faults_14_a_load_that_is_given_up_ends_its_threads() {
    let dataset = Arc::new(Dataset::open(&["demo:2000000"], &OpenOptions::default()).unwrap());
    let limits = AtlasLimits { texture_px: 8192, layers: 256, chunk_bytes: 1 << 30 };
    let plan = AtlasPlan::new(dataset.rows(), 28, 28, Pages::Ink, limits).unwrap();
    let (alive, threads) = std::sync::mpsc::sync_channel::<()>(1);
    let loader = Loader::start(&dataset, &plan, true, move || {
        // A full channel has what is waited for.
        let _ = alive.try_send(());
    });
    assert!(loader.wait().is_some());
    drop(loader);
    // Whatever was sent before; then nobody is left to send.
    let ended = std::iter::repeat_with(|| threads.recv_timeout(Duration::from_mins(1))).find_map(Result::err);
    assert_eq!(ended, Some(RecvTimeoutError::Disconnected), "a thread goes on reading");
}

/// As tools do that write a new file and give it the old one's name; an open file is still the former one.
#[test]
fn faults_14_a_file_replaced_or_deleted_while_open_is_read_as_it_was_and_told_of() {
    let row = Told::row(14);
    let folder = Folder::new();
    let path = folder.ant(3, b"{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    let dataset = open(&path, false).unwrap();
    assert!(dataset.fates().is_empty());
    let as_opened = || {
        let mut out = [9; 12];
        dataset.read_rows(0, &mut out).unwrap();
        assert_eq!(out, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
        let (columns, report) = read(&dataset).unwrap();
        assert_eq!(super::texts(&columns, "n"), ["1", "2", "3"]);
        assert_eq!(report.warnings().count(), dataset.fates().notes.len(), "{report}");
        warning(&report)
    };
    let other = folder.bitmaps("other.npy", 7, 0);
    fs::rename(other, &path).unwrap();
    assert_eq!(row.values(&as_opened()), [path.to_str().unwrap()]);
    assert_eq!(dataset.fates(), dataset.fates_of(inkfield::data::Row(2)));
    fs::remove_file(&path).unwrap();
    assert_eq!(row.values(&as_opened()), [path.to_str().unwrap()]);
    let records = folder.path("ant.ndjson");
    fs::OpenOptions::new().write(true).open(&records).unwrap().set_len(4).unwrap();
    let fates = dataset.fates();
    let told: Vec<String> = fates.warnings().map(Note::sentence).collect();
    assert_eq!(row.values(&told[1]), ["24", "4", records.to_str().unwrap()]);
    row.all();
}
