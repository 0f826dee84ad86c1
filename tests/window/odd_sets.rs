//! Sets in which there is little to compare, in the real window: whatever goes by likeness shows what there is, or says why not.

use super::asking::find;
use super::driver::{Driver, Shown};
use super::idle::wait_for_rest;
use ndarray::Array3;

/// Drawings of one stroke, upright or level, of so many pixels a side.
fn write_set(path: &std::path::Path, side: usize, are_level: &[bool]) {
    let mut drawings = Array3::<u8>::zeros((are_level.len(), side, side));
    for (row, &is_level) in are_level.iter().enumerate() {
        for at in side / 8..side - side / 8 {
            for wide in side / 2..side / 2 + side / 14 {
                let [y, x] = if is_level { [wide, at] } else { [at, wide] };
                drawings[[row, y, x]] = 255;
            }
        }
    }
    ndarray_npy::write_npy(path, &drawings).unwrap();
    let lines = ["{\"word\":\"a\"}\n", "{\"word\":\"b\"}\n"].into_iter().cycle().take(are_level.len());
    std::fs::write(path.with_extension("ndjson"), lines.collect::<String>()).unwrap();
}

/// A window of such a set whose layouts by likeness have all been shown, whose panels that compare drawings have all been opened.
fn shown_in_all_ways(side: usize, are_level: &[bool]) -> Option<Driver> {
    let folder = tempfile::tempdir().unwrap();
    write_set(&folder.path().join("odd.npy"), side, are_level);
    let rows = are_level.len() as u32;
    let mut driver = Driver::open_in(folder, &["odd.npy", "--size", "900x700", "--motion", "reduced"])?;
    driver.wait("all of it", |frame| frame.is_loaded() && frame.records_loaded == rows);
    for layout in ["sorted", "map", "pca", "umap"] {
        find(&mut driver, &format!("arrange: {}", title(layout)));
        let stands = |frame: &Shown| frame.layout == layout && frame.arranging.is_none() && !frame.gliding;
        driver.wait(layout, stands);
    }
    find(&mut driver, "sort by the map");
    driver.wait("sorted by the map", |frame| frame.layout == "sorted" && frame.arranging.is_none());
    for key in ['d', 'w', 'k'] {
        driver.screen.tap(key.into());
        wait_for_rest(&mut driver, "a panel");
    }
    driver.wait("clusters", |frame| frame.color_by.as_deref() == Some("cluster"));
    Some(driver)
}

/// So many findings are listed, nothing was complained of, and the window closes.
fn assert_findings(mut driver: Driver, count: usize) {
    driver.screen.write("d");
    driver.wait("the findings", |frame| frame.findings.is_some_and(|(_, listed)| listed == count));
    assert!(driver.now().notices.is_empty() && driver.now().gpu_errors == 0, "{:?}", driver.now().notices);
    assert_eq!(driver.close(), 0);
}

fn title(layout: &str) -> &str {
    inkfield::scene::layout::LAYOUTS.iter().find(|kind| kind.name == layout).unwrap().title
}

#[test]
fn drawings_that_are_all_equal_are_arranged_and_are_one_finding() {
    let Some(driver) = shown_in_all_ways(28, &[false; 30]) else { return };
    assert_eq!(driver.now().legend.iter().map(|entry| entry.count.as_str()).collect::<Vec<_>>(), ["30"]);
    assert_findings(driver, 1);
}

#[test]
fn one_drawing_and_two_are_arranged_and_have_no_findings() {
    for are_level in [&[false][..], &[false, true]] {
        let Some(driver) = shown_in_all_ways(28, are_level) else { return };
        assert_findings(driver, 0);
    }
}

#[test]
fn drawings_of_4096_pixels_a_side_are_arranged_by_likeness() {
    let Some(driver) = shown_in_all_ways(4096, &[false, true, false]) else { return };
    assert_findings(driver, 1);
}

#[test]
fn a_model_without_numbers_is_said_and_the_window_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    write_set(&folder.path().join("odd.npy"), 28, &[false; 30]);
    ndarray_npy::write_npy(folder.path().join("nan.npy"), &ndarray::Array2::from_elem((30, 4), f32::NAN)).unwrap();
    let args = ["odd.npy", "--embedding", "nan.npy", "--size", "900x700", "--motion", "reduced"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    driver.wait("all of it", |frame| frame.is_loaded() && frame.records_loaded == 30);
    driver.screen.write("9");
    let says = |frame: &Shown| frame.notices.iter().any(|said| said.contains("no two of its rows can be compared"));
    driver.wait("why not", says);
    assert_eq!(driver.now().layout, "grid");
    // By the drawings themselves it can be done.
    find(&mut driver, "by the direction of lines");
    driver.wait("another measure", |frame| frame.compared_by == "direction");
    driver.screen.write("9");
    driver.wait("a sorted grid", |frame| frame.layout == "sorted" && frame.arranging.is_none());
    assert_eq!(driver.now().gpu_errors, 0);
}
