//! "Exact" of docs/contract.md: far, middle and near, in every layout, with and without far contrast, on one another or not.

use super::{drawings, gray, staged};
use crate::common::{Noise, Stage, open};
use glam::DVec2;
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::Action;
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{LayoutKind, LayoutParams};
use inkfield::scene::{Contrast, Settings};

const FAR: [f64; 4] = [1.3, 2.4, 3.2, 3.4];
const MIDDLE: [f64; 5] = [5.0, 6.9, 10.0, 14.0, 20.0];
const NEAR: [f64; 3] = [28.0, 44.7, 200.0];

/// Compares pictures with cells of each width, each about another drawing at an odd place.
pub fn sweep(stage: &mut Stage, what: &str, widths: impl IntoIterator<Item = f64>) {
    let mut noise = Noise(what.len() as u64);
    for width in widths {
        let rows = stage.headless.scene.rows();
        // From the middle half of the rows, so that the picture is full in every layout.
        let row = rows / 4 + noise.below(rows / 2);
        let center = stage.headless.scene.placed().layout.center(row).unwrap();
        let center = center + DVec2::new(noise.unit() - 0.5, noise.unit() - 0.5);
        stage.look(center, width);
        stage.assert_exact(&format!("{what}, {width} px a cell about row {row}"));
    }
}

#[test]
fn the_grid_is_exact_at_every_zoom() {
    let dataset = drawings("bitmaps", 27_997);
    let Some(mut stage) = staged(&dataset, gray(), [400, 300]) else { return };
    sweep(&mut stage, "grid", FAR.into_iter().chain(MIDDLE).chain(NEAR));
    stage.headless.scene.settings.contrast = Contrast::True;
    sweep(&mut stage, "grid, true contrast", FAR);
    stage.assert_no_gpu_errors();
}

#[test]
fn a_scatter_is_exact_at_every_zoom() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let layout_params = LayoutParams { seed: 7, ..LayoutParams::default() };
    let settings = Settings { layout: LayoutKind::INDEX, layout_params, ..gray() };
    // A small viewport, so that the camera may go far enough away.
    let Some(mut stage) = staged(&dataset, settings, [160, 120]) else { return };
    sweep(&mut stage, "index, far", [2.4, 3.2]);
    stage.headless.scene.apply(Action::Resize(Viewport::new(400, 300, 1.0)));
    sweep(&mut stage, "index", MIDDLE.into_iter().chain(NEAR));
    for point_size in [1.0, 2.5, 9.3, 14.0, 33.0] {
        stage.headless.scene.settings.point_size = Some(point_size);
        stage.headless.scene.settings.opacity = 0.3;
        sweep(&mut stage, &format!("index, points of {point_size} px"), [5.0, 8.6]);
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn groups_are_exact_at_every_zoom() {
    let Some(data) = crate::common::real_data::real_data() else { return groups_of_the_demo() };
    let dataset = open(&[data.join("pairs2000/snowman_2000.npy")]);
    let settings = Settings { layout: LayoutKind::GROUPS, ..gray() };
    let Some(mut stage) = staged(&dataset, settings, [120, 90]) else { return };
    sweep(&mut stage, "groups, far", FAR);
    stage.headless.scene.apply(Action::Resize(Viewport::new(400, 300, 1.0)));
    sweep(&mut stage, "groups", MIDDLE.into_iter().chain(NEAR));
    stage.assert_no_gpu_errors();
}

fn groups_of_the_demo() {
    let settings = Settings { layout: LayoutKind::GROUPS, ..gray() };
    let Some(mut stage) = staged(&open(&["demo:3000:1"]), settings, [400, 300]) else { return };
    sweep(&mut stage, "groups of the demo", MIDDLE.into_iter().chain(NEAR));
    stage.assert_no_gpu_errors();
}

#[test]
fn grown_drawings_overlap_exactly() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let settings = Settings { point_size: Some(17.0), opacity: 0.4, ..gray() };
    let Some(mut stage) = staged(&dataset, settings, [300, 220]) else { return };
    sweep(&mut stage, "grid, squares of 17 px", [5.0, 11.3, 16.9]);
    // As wide as their cells they do not overlap any more.
    sweep(&mut stage, "grid, squares of their cells", [17.0, 24.0]);
    stage.headless.scene.settings.point_size = Some(40.0);
    sweep(&mut stage, "grid, squares of 40 px", [12.0, 30.0]);
    stage.assert_no_gpu_errors();
}

#[test]
fn full_size_atlases_of_the_demo_are_exact() {
    let dataset = open(&["demo:12000:3"]);
    let Some(stage) = Stage::new(&dataset, gray(), [400, 300], &GpuOptions::default()) else { return };
    let mut stage = stage.with_ink();
    assert_eq!(stage.headless.renderer.plan().layers(), 3);
    sweep(&mut stage, "demo", [2.4, 6.9, 44.7]);
    stage.assert_no_gpu_errors();
}
