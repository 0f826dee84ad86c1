//! Rows with looks in the window: `--where` and `--color-by` with records and without.

use super::driver::{Driver, Shown};
use glam::DVec2;
use ndarray::Array3;

fn pets(folder: &tempfile::TempDir, records: bool) {
    ndarray_npy::write_npy(folder.path().join("pets.npy"), &Array3::from_elem((4, 8, 8), 200_u8)).unwrap();
    if records {
        let lines = ["cat", "dog", "cat", "dog"].map(|word| format!("{{\"word\": \"{word}\"}}\n"));
        std::fs::write(folder.path().join("pets.ndjson"), lines.concat()).unwrap();
    }
}

#[test]
fn the_pointer_finds_what_a_filter_keeps_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    pets(&folder, true);
    let args = ["pets.npy", "--where", "word = cat", "--color-by", "word", "--size", "400x300"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    let frame = driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == 4);
    // Two columns: rows 0 and 1 side by side.
    let middle_of = |frame: &Shown, column: f64| frame.px_of(DVec2::new(column + 0.5, -0.5)).as_ivec2().to_array();
    driver.move_to(middle_of(&frame, 0.0));
    driver.wait("row 0", |frame| frame.hover_row == Some(0));
    driver.move_to(middle_of(&frame, 1.0));
    driver.wait("nothing where row 1 is hidden", |frame| frame.hover_row.is_none());
    assert!(driver.frames.iter().all(|frame| frame.hover_row != Some(1) || frame.records_loaded < 4));
    assert_eq!(driver.close(), 0);
}

#[test]
fn without_records_it_is_said_that_nothing_can_be_coloured() {
    let folder = tempfile::tempdir().unwrap();
    pets(&folder, false);
    let Some(mut driver) = Driver::open_in(folder, &["pets.npy", "--axes", "NHW", "--color-by", "word"]) else {
        return;
    };
    let frame = driver.wait("a notice", |frame| !frame.notices.is_empty());
    assert!(
        frame.notices[0].contains("cannot colour") && frame.notices[0].contains("no records"),
        "{:?}",
        frame.notices
    );
    assert_eq!(driver.close(), 2);
}
