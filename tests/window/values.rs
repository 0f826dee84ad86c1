//! Masks and class maps in the window: visible, as `render` draws them, whatever was guessed and whatever becomes of the GPU.

use super::driver::{Driver, Shown};
use super::loading::open_path;
use super::picture::{assert_seen, rendered};
use ndarray::Array2;
use std::path::Path;

/// Drawings whose left part is `value(row)`, on paper of 0.
fn write(path: &Path, rows: usize, value: impl Fn(usize) -> u8) {
    let inked = |row: usize, at: usize| at % 28 < 3 + row % 23;
    let values = Array2::from_shape_fn((rows, 784), |(row, at)| if inked(row, at) { value(row) } else { 0 });
    ndarray_npy::write_npy(path, &values).unwrap();
}

#[test]
fn case_c03_the_window_shows_a_mask_and_a_lost_device_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("mask.npy"), 3000, |_| 1);
    let fault = ["--inject-fault", "device-lost@60"];
    let Some(mut driver) = Driver::open_in(folder, &["mask.npy", "--size", "400x300", fault[0], fault[1]]) else {
        return;
    };
    let whole = driver.wait("all drawings", Shown::is_loaded);
    assert_eq!(whole.range, Some([0.0, 1.0]));
    let path = driver.path("mask.npy").to_str().unwrap().to_owned();
    let expected = rendered(&driver, &path, &whole, "whole.png");
    let (darkest, lightest) = (expected.iter().min().unwrap(), expected.iter().max().unwrap());
    assert!(lightest - darkest > 150, "nothing is to be seen: {darkest} to {lightest}");
    assert_seen(&driver, &whole, &expected, "a mask");

    driver.stir([[150, 140], [160, 150]], "the frames before the loss", |frame| frame.serial >= 60);
    driver.point_away();
    let again =
        driver.wait("everything again", |frame| frame.is_loaded() && frame.serial > 60 && frame.hover_row.is_none());
    assert!(driver.stderr().contains("the GPU device was lost"), "{}", driver.stderr());
    assert_eq!(again.range, Some([0.0, 1.0]));
    assert_seen(&driver, &again, &expected, "a mask, after the loss");
}

#[test]
fn case_c03_a_wrong_guess_is_put_right_in_the_window_and_a_named_range_is_for_what_was_named() {
    let folder = tempfile::tempdir().unwrap();
    // The sample of 16 places sees none of these rows.
    write(&folder.path().join("classes.npy"), 6000, |row| if (200..300).contains(&(row % 394)) { 4 } else { 1 });
    write(&folder.path().join("ordinary.npy"), 77, |row| 100 + row as u8);
    let Some(mut driver) = Driver::open_in(folder, &["classes.npy", "--size", "400x300"]) else { return };
    let whole = driver.wait("the right range", |frame| frame.is_loaded() && frame.range == Some([0.0, 4.0]));
    let path = driver.path("classes.npy").to_str().unwrap().to_owned();
    let expected = rendered(&driver, &path, &whole, "whole.png");
    assert_seen(&driver, &whole, &expected, "drawn twice");
    assert!(whole.notices.is_empty(), "{:?}", whole.notices);

    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("mask.npy"), 30, |_| 1);
    write(&folder.path().join("ordinary.npy"), 77, |row| 100 + row as u8);
    let Some(mut driver) = Driver::open_in(folder, &["mask.npy", "--range", "0:9", "--size", "300x200"]) else {
        return;
    };
    driver.wait("the named range", |frame| frame.is_loaded() && frame.range == Some([0.0, 9.0]));
    open_path(&mut driver, "ordinary.npy");
    driver.wait("its own range", |frame| frame.is_loaded() && frame.rows == 77 && frame.range == Some([0.0, 255.0]));
}
