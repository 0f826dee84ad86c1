//! Layouts that go by columns, ink and files, in the window.

use super::driver::Driver;
use glam::DVec2;
use ndarray::Array3;

#[test]
fn a_sorted_grid_comes_with_the_records_and_the_pointer_finds_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    ndarray_npy::write_npy(folder.path().join("pets.npy"), &Array3::from_elem((4, 8, 8), 200_u8)).unwrap();
    let lines = [2, 4, 1, 3].map(|score| format!("{{\"score\": {score}}}\n"));
    std::fs::write(folder.path().join("pets.ndjson"), lines.concat()).unwrap();
    let args = ["pets.npy", "--sort", "score:desc", "--size", "400x300"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == 4 && frame.arranging.is_none());
    // Two columns; the greatest score comes first.
    for (row, [column, line]) in [(1, [0.0, 0.0]), (3, [1.0, 0.0]), (0, [0.0, 1.0]), (2, [1.0, 1.0])] {
        let at = driver.now().px_of(DVec2::new(column + 0.5, -line - 0.5)).as_ivec2().to_array();
        driver.move_to(at);
        driver.wait("the row of that score", |frame| frame.hover_row == Some(row));
    }
    assert_eq!(driver.close(), 0);
}

#[test]
fn digit_keys_show_times_and_ink_and_say_what_places_from_a_file_need() {
    let Some(mut driver) = Driver::open_whole(&["demo:2000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 2000);
    driver.tap('6'.into(), "columns of times", |frame| frame.layout == "timeline");
    driver.tap('7'.into(), "ink", |frame| frame.layout == "ink");
    driver.tap('8'.into(), "what is missing", |frame| frame.notices.iter().any(|said| said.contains("--positions")));
    assert_eq!(driver.now().layout, "ink");
    driver.tap('1'.into(), "the grid", |frame| frame.layout == "grid");
}

#[test]
fn a_window_opens_in_the_places_of_a_file_or_by_ink_when_all_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let places: Vec<String> = (0..300).map(|row| format!("{},{}", row % 20, row / 20)).collect();
    std::fs::write(folder.path().join("places.csv"), places.join("\n")).unwrap();
    let args = ["demo:300:1", "--layout", "file", "--positions", "places.csv", "--size", "400x300"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("the places", |frame| frame.layout == "file" && frame.arranging.is_none());
    assert_eq!(driver.close(), 0);
    let Some(mut driver) = Driver::open_whole(&["demo:300:1", "--layout", "ink", "--size", "400x300"]) else { return };
    driver.wait("ink", |frame| frame.layout == "ink" && frame.is_loaded());
    assert_eq!(driver.close(), 0);
}
