//! Once the window has come to rest no frame compiles a pipeline of the scatter: all that looking around can need is ready.

use super::hand::Hand;
use crate::driver::Driver;
use crate::hover::Noise;
use crate::idle::wait_for_rest;
use ndarray::Array3;
use std::path::Path;

const ROWS: usize = 1500;
/// Gestures in each layout, after a walk through all zooms.
const GESTURES: u32 = 12;

/// Drawings of a canvas of `side` pixels, and records with a word of five.
fn write_pair(folder: &Path, side: usize) {
    let ink = Array3::from_shape_fn((ROWS, side, side), |(row, y, x)| (row * 7 + y * 50 + x * 3) as u8);
    ndarray_npy::write_npy(folder.join("set.npy"), &ink).unwrap();
    let records = (0..ROWS).map(|row| format!("{{\"word\":\"word {}\"}}\n", row % 5));
    std::fs::write(folder.join("set.ndjson"), records.collect::<String>()).unwrap();
}

/// All zooms by the key, then whatever a hand does; in `grid` and in `index`.
fn look_around(side: usize, colored: bool) {
    let folder = tempfile::tempdir().unwrap();
    write_pair(folder.path(), side);
    let looks: &[&str] = if colored { &["--color-by", "word"] } else { &[] };
    let args = [&["set.npy", "set.ndjson", "--size", "460x380", "--motion", "reduced"], looks].concat();
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    let mut hand = Hand::new(Noise(side as u64));
    for (key, layout) in [('1', "grid"), ('2', "index")] {
        driver.tap(key.into(), layout, |frame| frame.layout == layout && frame.arranging.is_none());
        driver.wait("all of it", |frame| frame.is_loaded() && frame.records_loaded as usize == ROWS);
        wait_for_rest(&mut driver, layout);
        let at_rest = driver.now().clone();
        let from = driver.frames.len();
        // The first frames came before anything could be made ready.
        assert!(at_rest.compiled_in_frames > 0, "nothing is counted: {at_rest:#?}");
        assert_eq!(at_rest.color_by.as_deref(), colored.then_some("word"));
        while driver.now().side_px < 1.5 * side as f64 {
            let serial = driver.now().serial;
            driver.tap('+'.into(), "a nearer look", |frame| frame.serial > serial);
        }
        for _ in 0..GESTURES {
            hand.look_around(&mut driver);
        }
        driver.screen.tap('0'.into());
        wait_for_rest(&mut driver, layout);
        for frame in &driver.frames[from..] {
            assert_eq!(
                frame.compiled_in_frames, at_rest.compiled_in_frames,
                "{layout} of {side} px, colours: {colored}: a pipeline was compiled in {frame:#?}"
            );
        }
    }
}

#[test]
fn no_frame_compiles_a_pipeline_after_a_rest_at_20_px() {
    look_around(20, false);
    look_around(20, true);
}

#[test]
fn no_frame_compiles_a_pipeline_after_a_rest_at_28_px() {
    look_around(28, false);
    look_around(28, true);
}

#[test]
fn no_frame_compiles_a_pipeline_after_a_rest_at_40_px() {
    look_around(40, false);
    look_around(40, true);
}

#[test]
fn no_frame_compiles_a_pipeline_after_a_rest_at_64_px() {
    look_around(64, false);
    look_around(64, true);
}
