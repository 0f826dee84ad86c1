//! Cells whose rows are in an order of their own, in one chunk of the atlas and in several: between the rows of one chunk lie those of
//! others. Cells in columns of a timeline. And places that follow from the drawings themselves.

use super::exact::sweep;
use super::styled::{assert_as_expected, look, sweep_over};
use super::{drawings, gray, open, small_chunks, staged};
use crate::common::{Noise, Stage};
use glam::DVec2;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::scene::Settings;
use inkfield::scene::layout::{LayoutKind, LayoutParams};
use inkfield::scene::oracle::pick_among;
use inkfield::scene::rows::RowColors;
use std::sync::Arc;

/// Sizes of drawings from less than a pixel to more than their canvas.
const WIDTHS: [f64; 9] = [0.8, 1.3, 2.4, 3.2, 5.0, 10.0, 14.0, 28.0, 44.7];

/// Drawings with records, in pages and chunks: 972 a chunk.
fn demo() -> Arc<Dataset> {
    open(&["demo:3000:1"])
}

/// Layouts whose cells hold rows in an order of their own.
fn ordered() -> [(&'static str, Settings); 3] {
    let of = |layout, sort: Option<&str>| {
        let layout_params = LayoutParams { sort: sort.map(str::to_owned), ..LayoutParams::default() };
        Settings { layout, layout_params, ..Settings::default() }
    };
    [
        ("sorted by country", of(LayoutKind::GRID, Some("countrycode:desc"))),
        ("sorted by time", of(LayoutKind::GRID, Some("timestamp"))),
        ("timeline", of(LayoutKind::TIMELINE, None)),
    ]
}

#[test]
fn cells_in_any_order_are_exact_at_every_zoom_in_one_chunk_and_in_several() {
    let dataset = demo();
    for (what, settings) in ordered() {
        let settings = Settings { colormap: gray().colormap, ..settings };
        // A small viewport, so that the camera may go far enough away.
        let Some(mut stage) = staged(&dataset, settings.clone(), [72, 56]) else { return };
        sweep(&mut stage, &format!("{what}, in chunks"), WIDTHS);
        stage.assert_no_gpu_errors();
        let Some(stage) = Stage::new(&dataset, settings, [72, 56], &GpuOptions::default()) else { return };
        let mut stage = stage.with_ink();
        sweep(&mut stage, what, WIDTHS);
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn looks_are_exact_in_any_order_and_tier() {
    let dataset = demo();
    for (what, settings) in ordered() {
        sweep_over(&dataset, what, &settings, &small_chunks(), &[2.4, 3.2, 5.0, 20.0, 44.7]);
        for tier in [Tier::NoCompute, Tier::NoVertexStorage] {
            let options = GpuOptions { tier: Some(tier), ..small_chunks() };
            sweep_over(&dataset, &format!("{what} in {tier}"), &settings, &options, &[3.2, 20.0]);
        }
    }
}

#[test]
fn what_is_left_is_drawn_and_found_as_the_twin_has_it() {
    let dataset = demo();
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let only = Some("row < 1200 and row not in (480, 481) or row >= 2000".to_owned());
        let layout_params = LayoutParams { only, ..LayoutParams::default() };
        let settings = Settings { layout, layout_params, ..Settings::default() };
        for options in [GpuOptions::default(), small_chunks()] {
            let Some(stage) = Stage::new(&dataset, settings.clone(), [220, 170], &options) else { return };
            let mut stage = stage.with_ink();
            for (row, width) in [(600, 44.7), (2400, 20.0), (482, 10.0), (2000, 5.0)] {
                let center = stage.headless.scene.placed().layout.center(row).unwrap();
                stage.look(center + DVec2::new(0.3, -0.2), width);
                assert_as_expected(&mut stage, &format!("what is left in {layout}, {width} px a cell about row {row}"));
            }
            // In the corner, where all others lie, there is nothing to see but its neighbours.
            let bounds = stage.headless.scene.placed().layout.bounds;
            let corner = DVec2::new(bounds.max.x, bounds.min.y);
            stage.look(corner - DVec2::new(6.0, -5.0), 14.0);
            assert_as_expected(&mut stage, &format!("the corner of what is left in {layout}"));
            let at = stage.headless.view().px_from_world(corner + DVec2::new(0.2, -0.2));
            let hit = stage.headless.pick([at.x as i32, at.y as i32], 0.0).unwrap();
            assert!(hit.is_none_or(|hit| hit.row.0 < 1200 || hit.row.0 >= 2000), "{layout}: {hit:?}");
            stage.assert_no_gpu_errors();
        }
    }
}

#[test]
fn picks_in_any_order_are_the_twins_and_those_that_locate_gives() {
    let dataset = demo();
    for (what, settings) in ordered() {
        let Some(mut stage) = Stage::new(&dataset, settings, [200, 150], &small_chunks()) else { return };
        stage.headless.scene.set_styles(RowColors::None, |row| look(row, false));
        let mut noise = Noise(7);
        let mut found = 0;
        for _ in 0..40 {
            let row = noise.below(3000);
            let center = stage.headless.scene.placed().layout.center(row).unwrap();
            stage.look(center + DVec2::new(noise.unit() - 0.5, noise.unit() - 0.5) * 4.0, 9.0);
            let at_px = stage.headless.view().px_from_world(center);
            let hit = stage.headless.pick([at_px.x as i32, at_px.y as i32], 0.0).unwrap().map(|hit| hit.row.0);
            let is_found = !look(row, false).hidden && !look(row, false).faded;
            assert_eq!(hit, is_found.then_some(row), "{what}");
            let scene = &stage.headless.scene;
            let (placed, at) = (scene.placed(), DVec2::new(f64::from(noise.below(200)), f64::from(noise.below(150))));
            let twin = pick_among(&scene.view(), &placed.layout, &placed.index, &|row| scene.is_found(row), at, 6.0);
            let twin = twin.map(|answer| answer.row.0);
            let hit = stage.headless.pick([at.x as i32, at.y as i32], 6.0).unwrap().map(|hit| hit.row.0);
            assert_eq!(hit, twin, "{what} at {at}");
            found += u32::from(hit.is_some());
        }
        assert!(found > 15, "{what}: {found} picks found something");
    }
}

#[test]
fn places_by_ink_follow_from_each_drawings_values() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let settings = Settings { layout: LayoutKind::INK, ..gray() };
    let Some(mut stage) = staged(&dataset, settings, [300, 220]) else { return };
    let moments: Vec<DVec2> = (0..1000)
        .map(|row| {
            let ink: Vec<f64> = stage.ink_of(row).iter().map(|&byte| f64::from(byte) / 255.0).collect();
            let mean = ink.iter().sum::<f64>() / 784.0;
            DVec2::new(mean, (ink.iter().map(|ink| (ink - mean).powi(2)).sum::<f64>() / 784.0).sqrt())
        })
        .collect();
    let low = moments.iter().copied().reduce(DVec2::min).unwrap();
    let high = moments.iter().copied().reduce(DVec2::max).unwrap();
    let layout = std::sync::Arc::clone(&stage.headless.scene.placed().layout);
    let size = layout.bounds.size();
    for (row, moments) in (0..).zip(&moments) {
        let expected = (*moments - low) / (high - low) * size - DVec2::new(0.0, size.y);
        let off = (layout.center(row).unwrap() - expected).abs().max_element();
        // Means are told apart in steps of 1/65535.
        assert!(off < size.max_element() * 1e-3, "row {row}: {off}");
    }
    let axes = layout.axes.as_ref().unwrap();
    assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], ["mean ink", "standard deviation of ink"]);
    sweep(&mut stage, "ink", [5.0, 10.0, 20.0, 44.7]);
    stage.assert_no_gpu_errors();
}
