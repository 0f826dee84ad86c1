//! Cells that are kept on the disk: the same pictures are not decoded again, and nothing else is believed.

use std::time::{Duration, SystemTime};

use super::*;
use crate::data::report::Severity;

const PICTURES: u32 = 20;
const AMPLE: u64 = 1 << 24;

fn colour(row: u32) -> [u8; 4] {
    [row as u8 * 10, 200, 7, 255]
}

/// A folder of pictures of two sizes, each of one colour.
fn photos() -> Folder {
    let folder = Folder::new();
    for row in 0..PICTURES {
        let size = if row % 2 == 0 { (40, 60) } else { (96, 32) };
        folder.png(&format!("in/{row:02}.png"), size, colour(row));
    }
    folder
}

fn open_keeping(folder: &Folder, most_bytes: u64, options: OpenOptions) -> Dataset {
    let kept = crate::kept::Folder::new(folder.path("kept"), most_bytes);
    try_open(&[folder.path("in")], &OpenOptions { kept: Some(kept), ..options }).unwrap()
}

fn keeping(folder: &Folder) -> Dataset {
    open_keeping(folder, AMPLE, OpenOptions::default())
}

fn all(dataset: &Dataset) -> Vec<u8> {
    let mut values = vec![0; dataset.rows() as usize * dataset.height() as usize * dataset.width() as usize * 4];
    dataset.read_rows(0, &mut values).unwrap();
    values
}

/// Replaces the bytes of a picture, and leaves length and time stamp as they were: only a picture that is decoded again shows it.
fn damage(path: &Path) {
    let meta = std::fs::metadata(path).unwrap();
    std::fs::write(path, vec![0; meta.len() as usize]).unwrap();
    std::fs::File::options().write(true).open(path).unwrap().set_modified(meta.modified().unwrap()).unwrap();
}

/// Another picture under the same name.
fn replace(folder: &Folder, name: &str, colour: [u8; 4]) {
    let path = folder.png(name, (50, 50), colour);
    let later = SystemTime::now() + Duration::from_secs(5);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(later).unwrap();
}

fn said(dataset: &Dataset) -> String {
    let infos = dataset.report().notes.iter().filter(|note| note.severity == Severity::Info);
    infos.map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn entry(folder: &Folder) -> PathBuf {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder.path("kept")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0)
}

#[test]
fn pictures_are_decoded_once() {
    let folder = photos();
    let first = all(&keeping(&folder));
    for row in 0..PICTURES {
        damage(&folder.path(&format!("in/{row:02}.png")));
    }
    let again = keeping(&folder);
    assert!(said(&again).contains("20 of 20 cells are known from before"), "{}", said(&again));
    assert!(all(&again) == first, "cells are those that were drawn first");
    let columns = columns(&again);
    assert_eq!(texts(&columns, "width_px")[..3], ["60", "32", "60"]);
    // Row by row, and in another order.
    let cell = first.len() / PICTURES as usize;
    for row in [19, 0, 7] {
        let at = row as usize * cell;
        assert_eq!(pixels(&again, row).as_flattened(), &first[at..at + cell]);
    }
    // Without the cache the damage shows.
    assert!(try_open(&[folder.path("in")], &OpenOptions::default()).is_err(), "none is a picture any more");
}

#[test]
fn what_changed_is_decoded_again_and_kept_with_the_rest() {
    let folder = photos();
    drop(all(&keeping(&folder)));
    replace(&folder, "in/03.png", [1, 2, 3, 255]);
    folder.png("in/zz.png", (40, 60), [9, 9, 9, 255]);
    damage(&folder.path("in/05.png"));
    let set = keeping(&folder);
    assert!(said(&set).contains("19 of 21 cells are known from before"), "{}", said(&set));
    let seen = all(&set);
    assert_eq!((middle(&set, 3), middle(&set, 5), middle(&set, 20)), ([1, 2, 3, 255], colour(5), [9, 9, 9, 255]));
    drop(set);
    let third = keeping(&folder);
    assert!(said(&third).contains("21 of 21"), "{}", said(&third));
    assert!(all(&third) == seen);
    entry(&folder);
}

#[test]
fn a_part_that_was_drawn_is_kept_when_the_set_is_closed() {
    let folder = photos();
    let set = keeping(&folder);
    let third = pixels(&set, 3);
    drop(set);
    // What is kept already stays when other rows are drawn.
    let set = keeping(&folder);
    assert!(said(&set).contains("1 of 20"), "{}", said(&set));
    let fourth = pixels(&set, 4);
    drop(set);
    (3..5).for_each(|row| damage(&folder.path(&format!("in/{row:02}.png"))));
    let set = keeping(&folder);
    assert!(said(&set).contains("2 of 20"), "{}", said(&set));
    assert_eq!((pixels(&set, 3), pixels(&set, 4)), (third, fourth));
    // Nothing is written where nothing is drawn.
    let fresh = photos();
    drop(keeping(&fresh));
    assert!(!fresh.path("kept").exists());
}

#[test]
fn another_cell_takes_headers_alone() {
    let folder = photos();
    drop(all(&keeping(&folder)));
    let small = || open_keeping(&folder, AMPLE, OpenOptions { cell: Some(32), ..OpenOptions::default() });
    let set = small();
    assert!(!said(&set).contains("known from before"), "{}", said(&set));
    assert_eq!((set.height(), middle(&set, 4)), (32, colour(4)));
    let drawn = all(&set);
    assert!(drawn == all(&celled(&[folder.path("in")], 32)));
    drop(set);
    assert!(said(&small()).contains("20 of 20") && all(&small()) == drawn);
}

#[test]
fn pictures_that_cannot_be_decoded_are_said_each_time_and_are_no_reason_to_write() {
    let folder = photos();
    // A whole file by its header and its end; what lies between is damaged.
    let path = folder.path("in/06.png");
    let mut bytes = std::fs::read(&path).unwrap();
    let data = bytes.windows(4).position(|bytes| bytes == b"IDAT").unwrap();
    bytes[data + 8..data + 14].fill(0xff);
    std::fs::write(&path, &bytes).unwrap();
    let set = keeping(&folder);
    let seen = all(&set);
    assert!(is_crossed(&set, 6) && set.fates().warnings().any(|note| note.text.contains("odd")));
    drop(set);
    let written = std::fs::read(entry(&folder)).unwrap();
    let again = keeping(&folder);
    assert!(said(&again).contains("19 of 20") && !said(&again).contains("kept for the next time"), "{}", said(&again));
    assert!(all(&again) == seen && is_crossed(&again, 6));
    assert!(again.fates().warnings().any(|note| note.text.contains("odd")));
    drop(again);
    assert!(std::fs::read(entry(&folder)).unwrap() == written);
}

#[test]
fn damage_is_not_believed() {
    let folder = photos();
    let first = all(&keeping(&folder));
    let path = entry(&folder);
    let whole = std::fs::read(&path).unwrap();
    // In a cell: that one is decoded; before them: all are, and the file goes.
    let cells = whole.len() - first.len();
    for at in (0..cells).step_by(7).chain([cells, cells + 5_000, whole.len() - 1]) {
        let mut bad = whole.clone();
        bad[at] ^= 0x10;
        std::fs::write(&path, &bad).unwrap();
        let set = keeping(&folder);
        assert_eq!(said(&set).contains("known from before"), at >= cells, "byte {at}");
        assert!(all(&set) == first, "byte {at}");
    }
    for end in [0, 5, 24, cells - 1, cells, whole.len() - 1] {
        std::fs::write(&path, &whole[..end]).unwrap();
        let set = keeping(&folder);
        assert!(!said(&set).contains("known from before") && all(&set) == first, "the first {end} bytes");
    }
    // What it claims is no reason to take memory.
    let mut huge = whole[..24].to_vec();
    huge[20..24].fill(0xff);
    std::fs::write(&path, &huge).unwrap();
    assert!(all(&keeping(&folder)) == first);
}

#[test]
fn a_set_beyond_the_bound_is_not_kept_and_that_is_said() {
    let folder = photos();
    let set = open_keeping(&folder, 10_000, OpenOptions::default());
    assert!(said(&set).contains("they are not kept for the next time"), "{}", said(&set));
    drop(all(&set));
    drop(set);
    assert!(!folder.path("kept").exists());
}
