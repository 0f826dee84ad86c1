//! Stretched values: pictures of masks and class maps are exact at every zoom, whatever was guessed before.

use super::exact::sweep;
use super::{gray, staged};
use crate::common::open;
use inkfield::data::dataset::Dataset;
use inkfield::loader::{Loaded, Loader};
use ndarray::Array2;
use std::path::Path;
use std::sync::Arc;

const ROWS: usize = 6000;

/// Discs of many sizes in a value of their own, on paper of 0.
fn discs(path: &Path, value: impl Fn(usize) -> u8) -> Arc<Dataset> {
    let inside = |row: usize, x: f64, y: f64| {
        let middle = (7.0 + (row * 7 % 15) as f64, 7.0 + (row * 11 % 13) as f64);
        (x - middle.0).hypot(y - middle.1) < 2.0 + (row * 31 % 97) as f64 / 10.0
    };
    let values = Array2::from_shape_fn((ROWS, 784), |(row, at)| {
        if inside(row, (at % 28) as f64, (at / 28) as f64) { value(row) } else { 0 }
    });
    ndarray_npy::write_npy(path, &values).unwrap();
    open(&[path])
}

#[test]
fn case_c03_stretched_pictures_equal_the_twin_at_every_zoom() {
    let folder = tempfile::tempdir().unwrap();
    // The sample of 16 places sees the first third of every 394 rows at most: what lies behind makes the guess wrong.
    let unseen = |row: usize| (200..300).contains(&(row % 394));
    let class = |row: usize| if unseen(row) { 3 } else { 1 };
    let beside = |row: usize| if unseen(row) { 200 } else { 1 };
    for (what, dataset, high) in [
        ("mask", discs(&folder.path().join("mask.npy"), |_| 1), 1.0),
        ("classes", discs(&folder.path().join("classes.npy"), class), 3.0),
        ("mask among others", discs(&folder.path().join("beside.npy"), beside), 255.0),
    ] {
        let Some(mut stage) = staged(&dataset, gray(), [200, 150]) else { return };
        assert_eq!(stage.headless.values.range.high, high, "{what}");
        // Far contrast has the means of ink to stretch, not those of values.
        let means: Vec<f64> = (0..ROWS as u32).filter_map(|row| stage.headless.scene.ink.mean(row)).collect();
        assert_eq!(means.len(), ROWS, "each drawing counts once");
        let expected =
            |row: usize| stage.ink_of(row as u32).iter().map(|&ink| f64::from(ink)).sum::<f64>() / 784.0 / 255.0;
        assert!((0..ROWS).all(|row| (means[row] - expected(row)).abs() < 1e-4), "{what}");
        let widths: &[f64] =
            if what == "mask among others" { &[5.0, 44.7] } else { &[1.5, 2.4, 3.2, 5.0, 6.9, 14.0, 44.7] };
        sweep(&mut stage, what, widths.iter().copied());
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn case_c03_a_small_set_that_is_drawn_twice_shows_the_second_drawing() {
    // One piece alone, drawn as the first picture and again: nothing but the ink differs.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.npy");
    let values = ndarray::Array3::from_shape_fn((80, 128, 128), |(row, y, x)| match (row, (x / 16 + y / 16) % 2) {
        (_, 0) => 0_u8,
        // Between two places of the sample, which are four drawings each.
        (4, _) => 4,
        _ => 1,
    });
    ndarray_npy::write_npy(&path, &values).unwrap();
    let dataset = open(&[&path]);
    let viewport = inkfield::scene::camera::Viewport::new(200, 150, 1.0);
    let options = inkfield::gpu::context::GpuOptions::default();
    if !crate::common::gpu_is_there() {
        return;
    }
    let guessed = open(&[&path]);
    let plan = inkfield::atlas::AtlasPlan::new(80, 128, 128, inkfield::atlas::Pages::Ink, super::SMALL_CHUNKS).unwrap();
    let loader = Loader::start(&guessed, &plan, false, || ());
    let maps = std::iter::from_fn(|| loader.wait()).filter_map(|loaded| match loaded {
        Loaded::Values(map) => Some(map.range.high),
        _ => None,
    });
    assert_eq!(maps.collect::<Vec<_>>(), [1.0, 4.0], "a guess, and what is right");
    let render = || {
        inkfield::headless::Headless::new(&dataset, None, gray(), viewport, &options, &mut inkfield::headless::unheard)
            .unwrap()
    };
    assert!(dataset.measured().is_none());
    let guessed = render().picture().unwrap();
    assert_eq!(dataset.measured().unwrap().map.range.high, 4.0);
    // The second time the range is known from the start.
    assert!(guessed == render().picture().unwrap(), "the picture of the guess was kept");
}
