//! Drawings on the way from one layout to another: places, rules and mix computed once more here, the pictures by the CPU twin.

use super::{assert_colors, drawings, small_chunks};
use crate::common::Stage;
use crate::common::real_data::real_data;
use crate::common::{columns_of, open};
use glam::DVec2;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::gpu::progressive::DrawBudget;
use inkfield::progress::Progress;
use inkfield::scene::camera::Bounds;
use inkfield::scene::index::SpatialIndex;
use inkfield::scene::layout::{Layout, LayoutKind, LayoutParams};
use inkfield::scene::oracle::{Looks, color_picture};
use inkfield::scene::rows::{RowColors, RowStyle};
use inkfield::scene::view::ScatterView;
use inkfield::scene::{Action, Settings};
use std::sync::Arc;

const SIZE_PX: [u32; 2] = [220, 170];

/// Two thousand drawings with records.
fn pairs() -> Arc<Dataset> {
    real_data().map_or_else(|| open(&["demo:2000:1"]), |data| open(&[data.join("pairs2000/snowman_2000.npy")]))
}

/// Where one looks, and where every drawing is.
#[derive(Clone)]
struct Place {
    layout: Arc<Layout>,
    view: ScatterView,
}

fn place_of(stage: &Stage) -> Place {
    let scene = &stage.headless.scene;
    Place { layout: Arc::clone(&scene.placed().layout), view: scene.view() }
}

fn set_out(stage: &mut Stage, to: LayoutKind, columns: Option<&Columns>) -> [Place; 2] {
    let before = place_of(stage);
    let scene = &mut stage.headless.scene;
    let from = scene.departure();
    scene.set_layout(to, columns, false).unwrap();
    let after = place_of(stage);
    stage.headless.scene.glide_from(from);
    [before, after]
}

/// The picture by the twin: a share of each of the two, with drawings where they are now.
fn expected(stage: &Stage, [from, to]: &[Place; 2], part: f64) -> Vec<[f64; 3]> {
    let scene = &stage.headless.scene;
    let centers: Vec<DVec2> = (0..scene.rows())
        .map(|row| {
            let (a, b) = (from.layout.center(row).unwrap(), to.layout.center(row).unwrap());
            a * (1.0 - part) + b * part
        })
        .collect();
    let bounds = Bounds::new(DVec2::splat(-1e4), DVec2::splat(1e4));
    let moved = Layout::overlapping(LayoutKind::RANDOM, centers.iter().copied(), bounds, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&moved, &|_| 0, Progress::NONE).unwrap();
    // Scales change by the same factor in the same time; the middle follows so that what rests in both, rests.
    let ratio = to.view.px_per_unit / from.view.px_per_unit;
    let px_per_unit = from.view.px_per_unit * ratio.powf(part);
    let moves = if (ratio - 1.0).abs() < 1e-6 { part } else { (1.0 - ratio.powf(-part)) / (1.0 - 1.0 / ratio) };
    let center = from.view.center + (to.view.center - from.view.center) * moves;
    let drawing = |row: u32, bytes: &mut [u8]| bytes.copy_from_slice(stage.ink_of(row));
    let picture = |place: &Place| {
        // What the rules of a layout make of a scale is held elsewhere: here by a view of that layout at that scale.
        let view = rules_at(stage, &place.layout, center, px_per_unit);
        let looks = Looks::new(scene.row_table(), scene.colormap(), scene.theme(), view.side_px);
        color_picture(&view, &moved, &index, &looks, 28, &drawing)
    };
    let (a, b) = (picture(from), picture(to));
    let mixed = a.iter().zip(&b).map(|(a, b)| [0, 1, 2].map(|i| 255.0 * (a[i] * (1.0 - part) + b[i] * part)));
    mixed.collect()
}

/// The view of a layout at some place and scale, from a scene that stands still there.
fn rules_at(stage: &Stage, layout: &Arc<Layout>, center: DVec2, px_per_unit: f64) -> ScatterView {
    let mut still = stage.headless.scene.clone();
    still.set_glide_part(1.0);
    let placed = inkfield::scene::Placed {
        revision: u64::MAX,
        index: Arc::new(SpatialIndex::build(layout, &|_| 0, Progress::NONE).unwrap()),
        layout: Arc::clone(layout),
    };
    still.show(placed, false);
    let picture = still.picture_at(16, px_per_unit);
    ScatterView { size_px: SIZE_PX, center, ..picture.view }
}

fn assert_on_the_way(stage: &mut Stage, ends: &[Place; 2], part: f64, what: &str) {
    stage.headless.scene.set_glide_part(part);
    let frame = stage.scatter_frame_without_labels();
    let seen = stage.rgba(&frame);
    let expected = expected(stage, ends, part);
    assert_colors(&seen, &expected, &format!("{what}, {part} of the way"));
    let drawn = expected.iter().filter(|color| color[0] < 225.0).count();
    assert!(drawn * 100 > expected.len(), "{what}, {part} of the way: nothing is drawn");
}

fn glide(from: LayoutKind, to: LayoutKind, px: f64, colors: bool, options: &GpuOptions<'_>) {
    glide_over(&pairs(), Settings { layout: from, ..Settings::default() }, to, px, colors, options);
}

fn glide_over(
    dataset: &Arc<Dataset>,
    settings: Settings,
    to: LayoutKind,
    px: f64,
    colors: bool,
    options: &GpuOptions<'_>,
) {
    let columns = columns_of(dataset);
    let from = settings.layout;
    let Some(stage) = Stage::new(dataset, settings, SIZE_PX, options) else { return };
    let mut stage = stage.with_ink();
    if colors {
        let look =
            |row: u32| RowStyle { hidden: row.is_multiple_of(11), color: (row % 5) as u8, ..RowStyle::default() };
        stage.headless.scene.set_styles(RowColors::Categories, look);
    }
    if px > 0.0 {
        // A drawing that is pinned keeps its pixel.
        let row = 1234;
        let center = stage.headless.scene.placed().layout.center(row).unwrap();
        // No edge of a square lies at the middle of a pixel: places on the way are mixed in 32 bits, and either side of a tie is right.
        stage.look(center + DVec2::new(3.25, 1.25) / px, px);
        stage.headless.scene.apply(Action::Pin(Some(inkfield::data::Row(row))));
    }
    let what = format!("from {from} to {to} at {px} px, colours: {colors}");
    let frame = stage.scatter_frame_without_labels();
    let still = stage.rgba(&frame);
    let ends = set_out(&mut stage, to, Some(&columns));
    let pinned_px = |stage: &Stage| {
        let scene = &stage.headless.scene;
        scene.pin().map(|row| scene.view().px_from_world(scene.center_of(row).unwrap()))
    };
    stage.headless.scene.set_glide_part(0.0);
    let at_first = pinned_px(&stage);
    for part in [0.0, 0.3, 0.77, 0.999_999] {
        assert_on_the_way(&mut stage, &ends, part, &what);
        if let (Some(first), Some(now)) = (at_first, pinned_px(&stage)) {
            assert!((first - now).length() < 0.01, "{what}, {part} of the way: the pinned drawing moves");
        }
    }
    // Both ends are the still pictures.
    let near = |a: &[u8], b: &[u8]| a.iter().zip(b).filter(|&(a, b)| a.abs_diff(*b) > 2).count() * 1000 <= a.len();
    stage.headless.scene.set_glide_part(0.0);
    let frame = stage.scatter_frame_without_labels();
    assert!(near(&stage.rgba(&frame), &still), "{what}: it begins with what was seen");
    stage.headless.scene.set_glide_part(0.999_999);
    let frame = stage.scatter_frame_without_labels();
    let nearly = stage.rgba(&frame);
    stage.headless.scene.set_glide_part(1.0);
    let frame = stage.scatter_frame_without_labels();
    assert!(near(&nearly, &stage.rgba(&frame)), "{what}: it ends with what is seen then");
    stage.assert_no_gpu_errors();
}

const GRID: LayoutKind = LayoutKind::GRID;
const GROUPS: LayoutKind = LayoutKind::GROUPS;
const INDEX: LayoutKind = LayoutKind::INDEX;
const RANDOM: LayoutKind = LayoutKind::RANDOM;

#[test]
fn every_part_of_the_way_is_a_mix_of_both_layouts_rules() {
    for (from, to) in [(GRID, RANDOM), (RANDOM, GRID), (GRID, GROUPS), (GROUPS, INDEX), (INDEX, RANDOM)] {
        glide(from, to, 0.0, false, &GpuOptions::default());
    }
}

#[test]
fn near_drawings_glide_exactly_and_a_pinned_one_keeps_its_pixel() {
    for (from, to, px) in [(GRID, RANDOM, 12.0), (INDEX, GRID, 30.0), (GROUPS, GRID, 9.0), (RANDOM, INDEX, 20.0)] {
        glide(from, to, px, false, &small_chunks());
    }
}

#[test]
fn cells_in_an_order_and_on_a_timeline_glide_as_others_do() {
    let dataset = open(&["demo:2000:1"]);
    let sort = LayoutParams { sort: Some("countrycode:desc".to_owned()), ..LayoutParams::default() };
    for (from, to, px) in [(GRID, LayoutKind::TIMELINE, 0.0), (LayoutKind::TIMELINE, GRID, 12.0), (GRID, INDEX, 16.0)] {
        let settings = Settings { layout: from, layout_params: sort.clone(), ..Settings::default() };
        glide_over(&dataset, settings, to, px, false, &small_chunks());
    }
}

#[test]
fn looks_go_along() {
    for (from, to) in [(GRID, INDEX), (RANDOM, GROUPS)] {
        glide(from, to, 0.0, true, &GpuOptions::default());
        glide(from, to, 16.0, true, &small_chunks());
    }
}

#[test]
fn weaker_tiers_glide_as_well() {
    for tier in [Tier::NoCompute, Tier::NoVertexStorage] {
        glide(GRID, RANDOM, 0.0, true, &GpuOptions { tier: Some(tier), ..GpuOptions::default() });
    }
}

#[test]
fn low_resolution_keeps_the_pictures_brightness() {
    for (from, to) in [(GRID, RANDOM), (INDEX, GRID), (GROUPS, GRID)] {
        let dataset = pairs();
        let columns = Some(columns_of(&dataset));
        let settings = Settings { layout: from, ..Settings::default() };
        let Some(mut stage) = Stage::new(&dataset, settings, SIZE_PX, &GpuOptions::default()) else { return };
        let mean = |stage: &mut Stage, downsample: u32| {
            let frame = stage.scatter_frame_without_labels();
            let bytes = stage.rgba_within(&frame, DrawBudget { downsample, ..DrawBudget::ALL });
            bytes.iter().map(|&byte| f64::from(byte)).sum::<f64>() / bytes.len() as f64
        };
        set_out(&mut stage, to, columns.as_ref());
        for part in [0.1, 0.5, 0.9] {
            stage.headless.scene.set_glide_part(part);
            // Low resolution first: what is exact stays.
            let low = mean(&mut stage, 2);
            assert!(!stage.headless.renderer.is_exact());
            let exact = mean(&mut stage, 1);
            assert!(stage.headless.renderer.is_exact());
            // Drawings on one another give less ink than side by side, and opaque ones cannot be more so: but more is there than a quarter.
            assert!((255.0 - low) / (255.0 - exact) > 0.4, "{from} to {to}, {part}: {low} for {exact}");
            assert!((255.0 - low) / (255.0 - exact) < 1.4, "{from} to {to}, {part}: {low} for {exact}");
        }
    }
}

#[test]
fn another_layout_on_the_way_starts_from_where_things_are() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let Some(mut stage) = Stage::new(&dataset, Settings::default(), SIZE_PX, &GpuOptions::default()) else { return };
    set_out(&mut stage, RANDOM, None);
    stage.headless.scene.set_glide_part(0.4);
    let rows = [0, 17, 500, 999].map(inkfield::data::Row);
    let before = rows.map(|row| stage.headless.scene.square_px(row).unwrap());
    set_out(&mut stage, INDEX, None);
    let after = rows.map(|row| stage.headless.scene.square_px(row).unwrap());
    for (a, b) in before.iter().zip(&after) {
        assert!((a[0] - b[0]).abs() < 0.01 && (a[1] - b[1]).abs() < 0.01, "{before:?} {after:?}");
    }
    // Nowhere near either end, so that this shows something.
    let (from, to) = (stage.headless.scene.transition().unwrap(), &stage.headless.scene.placed().layout);
    assert!((from.center(rows[2]).unwrap() - to.center(500).unwrap()).length() > 1.0);
    stage.headless.scene.set_glide_part(1.0);
    assert!(stage.headless.scene.transition().is_none());
}
