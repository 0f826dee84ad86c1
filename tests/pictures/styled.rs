//! Rows with looks of their own: hidden, faded, coloured. Every way to draw against the CPU twin, pixel by pixel.

use super::{assert_colors, drawings, small_chunks};
use crate::common::real_data::real_data;
use crate::common::{Noise, Stage, columns_of, open};
use glam::DVec2;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::gpu::progressive::{DrawBudget, Reuse};
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::oracle::{Looks, color_picture, pick_among};
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::rows::{RowColors, RowStyle, Styling};
use inkfield::scene::selection::Selection;
use inkfield::scene::{Action, Settings};
use std::sync::Arc;

/// Looks that no two neighbours share.
pub fn look(row: u32, colors: bool) -> RowStyle {
    let number = Noise(row.into()).below(1000);
    RowStyle {
        hidden: number.is_multiple_of(7),
        faded: number.is_multiple_of(5),
        selected: false,
        color: if colors { (number % 9) as u8 } else { 0 },
    }
}

/// Every third row or none, whatever its look.
fn selected(rows: u32, selects: bool) -> Selection {
    Selection::where_true(rows, |row| selects && Noise(u64::from(row) << 8).below(3) == 0)
}

/// The picture's colours by the twin, 0…255.
pub fn expected(stage: &Stage) -> Vec<[f64; 3]> {
    let scene = &stage.headless.scene;
    let looks = Looks::new(scene.row_table(), scene.colormap(), scene.theme(), scene.view().side_px);
    let placed = scene.placed();
    let drawing = |row: u32, bytes: &mut [u8]| bytes.copy_from_slice(stage.ink_of(row));
    let picture = color_picture(&scene.view(), &placed.layout, &placed.index, &looks, 28, &drawing);
    picture.into_iter().map(|color| color.map(|channel| 255.0 * channel)).collect()
}

pub fn assert_as_expected(stage: &mut Stage, what: &str) {
    let frame = stage.scatter_frame_without_labels();
    let seen = stage.rgba(&frame);
    let expected = expected(stage);
    assert_colors(&seen, &expected, what);
    // What is compared is no empty picture, and in colours no grey one.
    let paper = expected.iter().filter(|color| color[0] < 200.0).count();
    assert!(paper * 100 > expected.len(), "{what}: nothing is drawn");
    if stage.headless.scene.row_table().styling() == Styling::Colors {
        let gaudy = expected.iter().filter(|[r, _, b]| (r - b).abs() > 40.0).count();
        assert!(gaudy * 20 > expected.len(), "{what}: {gaudy} coloured pixels");
    }
}

fn sweep(what: &str, settings: &Settings, options: &GpuOptions<'_>, widths: &[f64]) {
    sweep_over(&drawings("bitmaps/octopus.npy", 1_000), what, settings, options, widths);
}

pub fn sweep_over(dataset: &Arc<Dataset>, what: &str, settings: &Settings, options: &GpuOptions<'_>, widths: &[f64]) {
    let Some(stage) = Stage::new(dataset, settings.clone(), [220, 170], options) else { return };
    let mut stage = stage.with_ink();
    for (colors, selects) in [(false, false), (true, false), (true, true)] {
        stage.headless.scene.set_styles(RowColors::Categories, |row| look(row, colors));
        stage.headless.scene.select(selected(1_000, selects));
        for &width in widths {
            let center = stage.headless.scene.placed().layout.center(480).unwrap() + DVec2::new(0.3, -0.2);
            let size = if width < 4.0 { [60, 40] } else { [220, 170] };
            stage.headless.scene.apply(Action::Resize(Viewport::new(size[0], size[1], 1.0)));
            stage.look(center, width);
            assert_as_expected(
                &mut stage,
                &format!("{what}, {width} px a cell, colours: {colors}, selected: {selects}"),
            );
        }
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn looks_are_exact_in_a_grid_at_every_zoom() {
    let settings = Settings::default();
    sweep("grid", &settings, &GpuOptions::default(), &[1.3, 2.4, 3.2, 5.0, 10.0, 20.0, 44.7]);
    sweep("grid in chunks", &settings, &small_chunks(), &[2.4, 3.2, 5.0, 20.0, 44.7]);
}

#[test]
fn looks_are_exact_in_groups_at_every_zoom() {
    let settings = Settings { layout: LayoutKind::GROUPS, ..Settings::default() };
    // Real drawings have records beside them, the demo's are generated.
    let dataset =
        real_data().map_or_else(|| open(&["demo:2000:1"]), |data| open(&[data.join("pairs2000/snowman_2000.npy")]));
    sweep_over(&dataset, "groups", &settings, &GpuOptions::default(), &[2.4, 3.2, 5.0, 10.0, 44.7]);
}

#[test]
fn blocks_of_which_no_pixel_touches_two_are_exact_in_colour_and_drawn_at_once() {
    let settings = Settings { layout: LayoutKind::GROUPS, ..Settings::default() };
    let dataset = open(&["demo:2000:1"]);
    let Some(stage) = Stage::new(&dataset, settings, [220, 170], &GpuOptions::default()) else { return };
    let mut stage = stage.with_ink();
    stage.headless.scene.set_styles(RowColors::Categories, |row| look(row, true));
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    // Several blocks are in sight: far away, where pixels touch two of them, and nearer. The narrowest gap is a sixteenth of a cell or more.
    for (px, size, parts) in
        [(0.6, [60, 40], "parts: AddUp"), (4.1, [220, 170], "parts:"), (17.0, [220, 170], "parts: Apart")]
    {
        stage.headless.scene.apply(Action::Resize(Viewport::new(size[0], size[1], 1.0)));
        stage.look(middle, px);
        let frame = stage.scatter_frame_without_labels();
        assert_colors(&stage.rgba(&frame), &expected(&stage), &format!("{px} px"));
        assert!(has_drawn(&stage, ["CellLookup", parts]), "{px} px");
        // Seven pixels right and four down: strips are drawn; then low resolution that becomes exact in slices.
        stage.look(middle + DVec2::new(7.0, -4.0) / px, px);
        let frame = stage.scatter_frame_without_labels();
        assert_colors(&stage.rgba(&frame), &expected(&stage), &format!("{px} px, dragged"));
        stage.look(middle + DVec2::new(7.4, -4.0) / px, px);
        let frame = stage.scatter_frame_without_labels();
        stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 0 });
        for _ in 0..5 {
            stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 40 });
        }
        assert!(stage.headless.renderer.is_exact());
        assert_colors(&stage.rgba(&frame), &expected(&stage), &format!("{px} px, in slices"));
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn looks_are_exact_in_a_crowd_at_every_zoom() {
    let settings = Settings { layout: LayoutKind::INDEX, ..Settings::default() };
    sweep("index", &settings, &GpuOptions::default(), &[2.4, 5.0, 10.0, 20.0, 44.7]);
    sweep("index in chunks", &settings, &small_chunks(), &[5.0, 20.0]);
}

#[test]
fn looks_are_exact_in_weaker_tiers() {
    for tier in [Tier::NoCompute, Tier::NoVertexStorage] {
        let options = GpuOptions { tier: Some(tier), ..GpuOptions::default() };
        for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
            let settings = Settings { layout, ..Settings::default() };
            sweep(&format!("{layout} in {tier}"), &settings, &options, &[3.2, 5.0, 20.0]);
        }
    }
}

#[test]
fn looks_stay_exact_while_a_camera_moves_and_low_resolution_becomes_exact() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for (layout, px) in
        [(LayoutKind::GRID, 5.0), (LayoutKind::GRID, 20.0), (LayoutKind::INDEX, 5.0), (LayoutKind::INDEX, 20.0)]
    {
        let settings = Settings { layout, ..Settings::default() };
        let Some(stage) = Stage::new(&dataset, settings, [220, 170], &small_chunks()) else { return };
        let mut stage = stage.with_ink();
        stage.headless.scene.set_styles(RowColors::Categories, |row| look(row, true));
        let start = stage.headless.scene.placed().layout.center(480).unwrap() + DVec2::new(0.3, -0.2);
        stage.look(start, px);
        assert_as_expected(&mut stage, &format!("{layout} at {px} px"));
        // Seven pixels right and four down: what was there is copied, strips are drawn.
        stage.look(start + DVec2::new(7.0, -4.0) / px, px);
        let Content::Scatter(picture, _) = &stage.headless.scene.scatter_frame().views[0].content else { panic!() };
        assert_eq!(stage.headless.renderer.reuse(picture), Reuse::Most);
        assert_as_expected(&mut stage, &format!("{layout} at {px} px, dragged"));
        // Part of a pixel on: low resolution first, then so many lines in each frame.
        stage.look(start + DVec2::new(7.4, -4.0) / px, px);
        let frame = stage.scatter_frame_without_labels();
        stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 0 });
        assert!(!stage.headless.renderer.is_exact());
        for _ in 0..5 {
            stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 40 });
        }
        assert!(stage.headless.renderer.is_exact());
        assert_as_expected(&mut stage, &format!("{layout} at {px} px, in slices"));
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn plain_looks_change_no_picture() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut stage) = Stage::new(&dataset, settings, [120, 90], &GpuOptions::default()) else { return };
        let frame = stage.scatter_frame_without_labels();
        let before = stage.rgba(&frame);
        stage.headless.scene.set_styles(RowColors::Categories, |row| look(row, true));
        let frame = stage.scatter_frame_without_labels();
        assert!(stage.rgba(&frame) != before, "{layout}: looks change the picture");
        stage.headless.scene.set_styles(RowColors::None, |_| RowStyle::default());
        let frame = stage.scatter_frame_without_labels();
        assert!(stage.rgba(&frame) == before, "{layout}: and without them it is what it was");
    }
}

#[test]
fn hidden_and_faded_rows_are_not_picked() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut stage) = Stage::new(&dataset, settings, [220, 170], &GpuOptions::default()) else { return };
        stage.headless.scene.set_styles(RowColors::None, |row| look(row, false));
        let mut found = 0;
        for at in (0..60).map(|i| [(i * 37) % 220, (i * 53) % 170]) {
            let hit = stage.headless.pick(at, 6.0).unwrap().map(|hit| hit.row.0);
            let scene = &stage.headless.scene;
            let placed = scene.placed();
            let is_found = |row| !look(row, false).hidden && !look(row, false).faded;
            let px = DVec2::new(at[0].into(), at[1].into());
            let twin = pick_among(&scene.view(), &placed.layout, &placed.index, &is_found, px, 6.0);
            assert_eq!(hit, twin.map(|answer| answer.row.0), "{layout} at {at:?}");
            assert!(hit.is_none_or(is_found), "{layout} at {at:?}: {hit:?}");
            found += u32::from(hit.is_some());
        }
        assert!(found > 20, "{layout}: {found} picks found something");
    }
}

/// Whether a painter's variant with some words in its description has drawn.
pub fn has_drawn(stage: &Stage, words: [&str; 2]) -> bool {
    let uses = stage.headless.renderer.first_uses();
    uses.iter().any(|first| words.iter().all(|word| format!("{:?}", first.what).contains(word)))
}

#[test]
fn a_selection_is_the_only_colour_of_small_drawings_and_none_of_large_ones() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        for tier in [Tier::Full, Tier::NoCompute] {
            let settings = Settings { layout, ..Settings::default() };
            let options = GpuOptions { tier: Some(tier), ..GpuOptions::default() };
            let Some(stage) = Stage::new(&dataset, settings, [120, 90], &options) else { return };
            let mut stage = stage.with_ink();
            stage.headless.scene.select(selected(1_000, true));
            let center = stage.headless.scene.placed().layout.center(480).unwrap();
            for (width, is_blue) in [(3.2, true), (7.9, true), (8.0, false), (30.0, false)] {
                stage.look(center, width);
                let frame = stage.scatter_frame_without_labels();
                let seen = stage.rgba(&frame);
                let what = format!("{layout} in {tier}, {width} px");
                assert_colors(&seen, &expected(&stage), &what);
                let blue = seen.chunks(4).filter(|pixel| i32::from(pixel[2]) - i32::from(pixel[0]) > 40).count();
                assert_eq!(blue > 300, is_blue, "{what}: {blue} blue pixels");
            }
            stage.assert_no_gpu_errors();
        }
    }
}

/// A legend is painted once: after others, a renderer shows the one that a new renderer shows.
#[test]
fn a_legend_that_is_kept_follows_colours_and_counts() {
    let dataset = open(&["demo:3000:1"]);
    let columns = columns_of(&dataset);
    let settings = |color_by: &str, filter: Option<&str>| {
        let filter = filter.map(|filter| filter.parse().unwrap());
        let appearance = Appearance { color_by: Some(color_by.to_owned()), filter, ..Appearance::default() };
        Settings { appearance, ..Settings::default() }
    };
    let new = |settings| Stage::new(&dataset, settings, [640, 420], &GpuOptions::default());
    let Some(mut stage) = new(settings("countrycode", None)) else { return };
    let mut before = stage.headless.picture().unwrap();
    for (color_by, filter) in [
        ("countrycode", Some("recognized = true")),
        ("recognized", Some("recognized = true")),
        ("timestamp", None),
        ("countrycode", None),
    ] {
        let settings = settings(color_by, filter);
        stage.headless.scene.settings.appearance = settings.appearance.clone();
        stage.headless.scene.restyle(Some(&columns)).unwrap();
        let shown = stage.headless.picture().unwrap();
        let expected = new(settings).unwrap().headless.picture().unwrap();
        assert!(shown == expected, "{color_by}, {filter:?}: another picture than a new renderer's");
        // The upper right corner, where the legend lies.
        let corner = |picture: &[u8]| -> Vec<u8> {
            picture.chunks_exact(4 * 640).take(120).flat_map(|line| line[4 * 520..].to_vec()).collect()
        };
        assert!(corner(&shown) != corner(&before), "{color_by}, {filter:?}: the legend has not changed");
        before = shown;
    }
}
