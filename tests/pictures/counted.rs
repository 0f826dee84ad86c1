//! Dots counted with their looks: of any size, and any number of them on a pixel, against the CPU twin.

use super::styled::{assert_as_expected, expected, has_drawn, look};
use super::{assert_colors, drawings};
use crate::common::{Stage, open};
use glam::DVec2;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::scene::Settings;
use inkfield::scene::layout::{LayoutKind, LayoutParams};
use inkfield::scene::palette::Theme;
use inkfield::scene::rows::{RowColors, RowStyle};
use std::sync::Arc;

#[test]
fn coloured_dots_of_any_size_are_exact_counted_in_sixteen_bits() {
    for (point_size, size) in [(1.0, [61, 43]), (2.0, [63, 40]), (3.0, [59, 50]), (4.0, [66, 66])].into_iter().chain([
        (5.0, [62, 35]),
        (6.0, [57, 33]),
        (3.4, [65, 41]),
        (6.9, [64, 64]),
    ]) {
        let settings = Settings { layout: LayoutKind::INDEX, point_size: Some(point_size), ..Settings::default() };
        let dataset = drawings("bitmaps/octopus.npy", 1_000);
        let Some(stage) = Stage::new(&dataset, settings, size, &GpuOptions::default()) else { return };
        let mut stage = stage.with_ink();
        let style = |row| RowStyle { faded: false, ..look(row, true) };
        stage.headless.scene.set_styles(RowColors::Categories, style);
        for px in [0.95, 1.0] {
            let center = stage.headless.scene.placed().layout.center(480).unwrap() + DVec2::new(0.3, -0.2);
            stage.look(center, px);
            assert_as_expected(&mut stage, &format!("dots of {point_size} px, {px} px a cell"));
        }
        assert!(has_drawn(&stage, ["WideSplat", "packed: true"]), "{point_size} px");
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn what_lies_between_coloured_dots_is_paper_where_no_dot_is_in_sight() {
    let (_folder, dataset) = heaps_of(257);
    let layout_params = LayoutParams { by: Some("one,two".to_owned()), ..LayoutParams::default() };
    let settings =
        Settings { layout: LayoutKind::XY, layout_params, point_size: Some(3.0), opacity: 0.01, ..Settings::default() };
    let Some(stage) = Stage::new(&dataset, settings, [11, 2], &GpuOptions::default()) else { return };
    let mut stage = stage.with_ink();
    stage
        .headless
        .scene
        .set_styles(RowColors::Categories, |row| RowStyle { color: 1 + row as u8 % 8, ..RowStyle::default() });
    let bounds = stage.headless.scene.placed().layout.bounds;
    stage.look(bounds.middle(), 1.0);
    let paper = expected(&stage);
    assert!(paper.iter().all(|color| *color == paper[0]), "a dot is in sight");
    let frame = stage.scatter_frame_without_labels();
    let seen = stage.rgba(&frame);
    assert_colors(&seen, &paper, "between the dots");
    assert!(has_drawn(&stage, ["WideSplat", "packed: true"]));
    stage.assert_no_gpu_errors();
}

#[test]
fn as_many_of_the_brightest_dots_as_sixteen_bits_hold_are_counted_so_and_one_more_is_not() {
    for (rows, packed) in [(257, "packed: true"), (258, "packed: false")] {
        let (_folder, dataset) = heaps_of(rows);
        let layout_params = LayoutParams { by: Some("one,one".to_owned()), ..LayoutParams::default() };
        let settings = Settings { layout: LayoutKind::XY, layout_params, opacity: 0.004, ..Settings::default() };
        for point_size in [1.0, 3.0, 3.4] {
            // At night the eighth colour is white: 255 in each channel.
            let settings = Settings { point_size: Some(point_size), theme: Theme::Night, ..settings.clone() };
            let Some(stage) = Stage::new(&dataset, settings, [26, 26], &GpuOptions::default()) else { return };
            let mut stage = stage.with_ink();
            stage.headless.scene.set_styles(RowColors::Categories, |_| RowStyle { color: 8, ..RowStyle::default() });
            let frame = stage.scatter_frame_without_labels();
            let seen = stage.rgba(&frame);
            let expected = expected(&stage);
            assert!(expected.iter().any(|color| color[0] > 120.0), "a heap is seen: {:?}", expected[13 * 27]);
            assert_colors(&seen, &expected, &format!("{rows} dots of {point_size} px"));
            assert!(has_drawn(&stage, ["WideSplat", packed]), "{rows} dots of {point_size} px");
            stage.assert_no_gpu_errors();
        }
    }
}

/// 150,152 rows on one place, or on two that are a pixel apart.
fn heaps() -> (tempfile::TempDir, Arc<Dataset>) {
    heaps_of(150_152)
}

fn heaps_of(rows: usize) -> (tempfile::TempDir, Arc<Dataset>) {
    use std::fmt::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let (bitmaps, records) = (folder.path().join("heaps.npy"), folder.path().join("heaps.ndjson"));
    ndarray_npy::write_npy(&bitmaps, &ndarray::Array3::from_elem((rows, 28, 28), 200_u8)).unwrap();
    let mut lines = String::new();
    for row in 0..rows {
        writeln!(lines, "{{\"one\": 1.5, \"two\": {}}}", row % 2).unwrap();
    }
    std::fs::write(&records, lines).unwrap();
    let dataset = open(&[bitmaps, records]);
    (folder, dataset)
}

#[test]
fn any_number_of_dots_on_a_pixel_counts() {
    let (_folder, dataset) = heaps();
    for by in ["one,one", "two,one"] {
        // So faint that 150,152 of them do not cover the paper: each one counts.
        let layout_params = LayoutParams { by: Some(by.to_owned()), ..LayoutParams::default() };
        let settings = Settings { layout: LayoutKind::XY, layout_params, opacity: 1e-5, ..Settings::default() };
        let settings = Settings { point_size: Some(1.0), zoom: 0.5, ..settings };
        let Some(stage) = Stage::new(&dataset, settings, [26, 26], &GpuOptions::default()) else { return };
        let mut stage = stage.with_ink();
        for (colors, style) in [
            (RowColors::None, RowStyle::default()),
            (RowColors::Categories, RowStyle { color: 1, ..RowStyle::default() }),
            (RowColors::None, RowStyle { faded: true, ..RowStyle::default() }),
        ] {
            // Every third row has a look of its own.
            let look = |row| if row % 3 == 0 { style } else { RowStyle::default() };
            stage.headless.scene.set_styles(colors, look);
            let frame = stage.scatter_frame_without_labels();
            let seen = stage.rgba(&frame);
            let mut inked = 0;
            for (at, (seen, expected)) in seen.chunks_exact(4).zip(expected(&stage)).enumerate() {
                inked += u32::from(expected[2] < 240.0);
                for (channel, (&seen, expected)) in seen.iter().zip(expected).enumerate() {
                    let off = (f64::from(seen) - expected).abs();
                    assert!(off <= 2.0, "{by} {style:?}: pixel {at} channel {channel}: {seen} for {expected}");
                }
            }
            let places = if by == "one,one" { 1 } else { 2 };
            assert_eq!(inked, places, "{by} {style:?}");
        }
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn a_crowds_colour_is_the_mean_of_all_its_drawings_on_any_adapter() {
    let (_folder, dataset) = heaps();
    let full = GpuOptions::default;
    let quads = |no_float_blend| GpuOptions { tier: Some(Tier::NoCompute), no_float_blend, ..GpuOptions::default() };
    for (what, options) in [("counted", full()), ("32-bit sums", quads(false)), ("sums in passes", quads(true))] {
        let layout_params = LayoutParams { by: Some("two,one".to_owned()), ..LayoutParams::default() };
        let settings = Settings { layout: LayoutKind::XY, layout_params, ..Settings::default() };
        let settings = Settings { point_size: Some(1.0), zoom: 0.5, ..settings };
        let Some(stage) = Stage::new(&dataset, settings, [26, 26], &options) else { return };
        let mut stage = stage.with_ink();
        // The first third alone has a colour: whatever stops adding early shows nothing but that.
        let style = |row| RowStyle { color: u8::from(row < 50_000), ..RowStyle::default() };
        stage.headless.scene.set_styles(RowColors::Categories, style);
        let frame = stage.scatter_frame_without_labels();
        let seen = stage.rgba(&frame);
        let expected = expected(&stage);
        let inked = expected.iter().filter(|pixel| pixel[2] < 200.0).count();
        assert_eq!(inked, 2, "{what}");
        for (at, (seen, expected)) in seen.chunks_exact(4).zip(expected).enumerate() {
            for (&seen, expected) in seen.iter().zip(expected) {
                assert!((f64::from(seen) - expected).abs() <= 2.0, "{what}: pixel {at} has {seen} for {expected}");
            }
        }
        stage.assert_no_gpu_errors();
    }
}
