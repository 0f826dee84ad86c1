//! Warm-up: whatever is drawn later, its pipelines have been used before, out of sight, and no picture is another one for it.

use super::{drawings, gray, open, small_chunks, staged};
use crate::common::Stage;
use glam::DVec2;
use inkfield::atlas::{AtlasLimits, AtlasPlan, Pages};
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::gpu::painters::cell_lookup::CellTerms;
use inkfield::gpu::painters::first_uses::Used;
use inkfield::gpu::painters::{CostKey, Terms, Variant, choose};
use inkfield::gpu::progressive::{DrawBudget, WARM_UP_PX, apart, variant_within, warm_up_steps};
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::Content;
use inkfield::scene::index::Densest;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::palette::Colormap;
use inkfield::scene::rows::{RowColors, RowStyle, Styling};
use inkfield::scene::selection::Selection;
use inkfield::scene::settings::Contrast;
use inkfield::scene::{Scene, Settings};
use inkfield::viewer::driver::{Driver, Plan};
use inkfield::viewer::warm_up::WarmUp;
use std::collections::HashSet;

/// What layouts, canvases and tiers permit: cells in one part or several, rows in order or not; cells that no texture holds; tiers
/// with and without compute; rows with and without looks; few rows, and so many in one place that 16 bits do not count them.
fn all_terms() -> Vec<Terms> {
    let cells = [(true, false), (true, true), (false, false), (false, true)];
    let cells = cells.map(|(single, ordered)| Some(CellTerms { single, ordered, gap: 0.7 })).into_iter().chain([None]);
    let few = Densest { cell: 8.0, rows_a_cell: 100, rows_a_part: 12, rows: 500 };
    let many = Densest { cell: 8.0, rows_a_cell: 3000, rows_a_part: 25, rows: 1_000_000 };
    let clump = Densest { cell: 8.0, rows_a_cell: 70_000, rows_a_part: 70_000, rows: 100_000 };
    let mut all = Vec::new();
    for cells in cells {
        for can_count in [true, false] {
            for (styling, fades, densest) in [
                (Styling::Plain, false, few),
                (Styling::Plain, false, many),
                (Styling::Plain, false, clump),
                (Styling::Flags, true, few),
                (Styling::Colors, false, many),
                (Styling::Colors, true, many),
                (Styling::Colors, false, clump),
            ] {
                let (can_count_wide, can_find_topmost) = (can_count, can_count);
                let naive = false;
                all.push(Terms { styling, fades, naive, cells, can_count, can_count_wide, can_find_topmost, densest });
            }
        }
    }
    all
}

/// Scenes that differ in what their pictures need: layouts, point sizes, contrast, the screen's scale.
fn scenes() -> Vec<Scene> {
    let scene = |layout, point_size, contrast, scale| {
        let settings = Settings { layout, point_size, contrast, ..Settings::default() };
        Scene::new(500, 500, settings, Viewport::new(300, 200, scale), None).unwrap()
    };
    let mut scenes = Vec::new();
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        for point_size in [None, Some(0.0), Some(1.0), Some(3.0), Some(5.2), Some(9.0), Some(40.0)] {
            for (contrast, scale) in [(Contrast::Far, 1.0), (Contrast::True, 1.5)] {
                scenes.push(scene(layout, point_size, contrast, scale));
            }
        }
    }
    scenes
}

/// Zooms: fine steps from where 50,000 drawings are a pixel to four pixels a value, sides that are whole, and sides next to those
/// at which anything could change.
fn zooms(plan: &AtlasPlan) -> Vec<f64> {
    let canvas = f64::from(plan.canvas);
    let steps = (0..).map(|step| 0.004 * 1.031_f64.powi(step)).take_while(|side| *side < canvas * 4.2);
    let whole = (1..=17).map(f64::from);
    let levels = plan.level_sides().into_iter().map(f64::from).chain([3.0, 3.5, 7.0, 14.0]);
    let near = levels.flat_map(|side| [side.next_down(), side, side.next_up()]);
    let at_each = |side: f64| (1..=4).map(move |factor| side * f64::from(factor));
    steps.chain(whole).chain(near.flat_map(at_each)).collect()
}

#[test]
fn what_is_warmed_up_covers_every_picture_of_every_canvas_layout_and_tier() {
    let limits = AtlasLimits { texture_px: 16_384, layers: 2048, chunk_bytes: 1 << 30 };
    let scenes = scenes();
    let (mut seen, mut most) = (HashSet::new(), 0);
    let sizes = (8..=130).chain((131..4096).step_by(211)).chain([256, 512, 1023, 1024, 2048, 4095, 4096]);
    for canvas in sizes {
        let pages = if canvas % 5 == 3 { Pages::Color } else { Pages::Ink };
        let plan = AtlasPlan::new(500, canvas, canvas, pages, limits).unwrap();
        let zooms = zooms(&plan);
        for terms in &all_terms() {
            // Each scene by itself for some canvases, a few of them for the others.
            let own = if canvas % 7 == 0 { &scenes[..] } else { &scenes[(canvas as usize % 26)..][..2] };
            for scene in own {
                let steps = warm_up_steps(
                    &plan,
                    terms,
                    |used| used == Used::Upscale,
                    |side| scene.picture_at(WARM_UP_PX, side),
                );
                let warm: HashSet<Variant> = steps.iter().map(|step| step.variant).collect();
                assert_eq!(warm.len(), steps.len(), "nothing is drawn twice");
                most = most.max(steps.len());
                for &zoom in &zooms {
                    let picture = scene.picture_at(WARM_UP_PX, zoom);
                    for downsample in 1..=4 {
                        let variant = variant_within(&picture, downsample, &plan, terms);
                        assert!(
                            warm.contains(&variant),
                            "{} of {canvas} px at {zoom} px, {downsample}: {variant:?}",
                            scene.placed().layout.kind
                        );
                        seen.insert(variant);
                    }
                    // By the rules of a layout with cells, drawings that have left them.
                    let moved = choose(&apart(&picture).view, &plan, &terms.on_the_way(), false);
                    assert!(warm.contains(&moved), "on the way at {zoom} px: {moved:?}");
                }
            }
        }
    }
    let keys: HashSet<CostKey> = seen.iter().map(Variant::cost_key).collect();
    assert_eq!(keys.len(), 5, "every painter was asked for");
    assert!(seen.len() > 40, "{} cases are not many", seen.len());
    assert!(most < 30, "{most} pictures are too many for a rest");
}

/// Takes all steps; returns how many there were.
pub(super) fn warm_up(stage: &mut Stage) -> usize {
    let mut warm_up = WarmUp::default();
    let mut steps = 0;
    let inkfield::headless::Headless { scene, renderer, .. } = &mut stage.headless;
    renderer.hold(scene);
    while warm_up.can_step(scene, renderer) {
        assert!(warm_up.step(renderer).is_some());
        renderer.gpu().wait().unwrap();
        warm_up.set_landed();
        steps += 1;
    }
    assert!(!warm_up.is_due(scene), "it comes to its end");
    steps
}

/// Draws what the camera looks at as the window does, with what the driver plans or with a budget.
fn draw(stage: &mut Stage, driver: &mut Driver, budget: Option<DrawBudget>) {
    let frame = stage.headless.scene.scatter_frame();
    let Content::Scatter(picture, _) = &frame.views[0].content else { panic!("no scatter") };
    let renderer = &mut stage.headless.renderer;
    let plan = driver.plan(renderer, (**picture).clone(), std::time::Instant::now());
    let plan = Plan { budget: budget.unwrap_or(plan.budget), ..plan };
    let submitted = driver.draw(renderer, &frame, &plan).unwrap();
    if let Some(drawn) = submitted.and_then(|submitted| submitted.drawn) {
        driver.record_gpu_time(&drawn, std::time::Duration::from_millis(20));
    }
}

/// Zooms from far away to near, dragging between, and looks for pipelines that are used for the first time.
fn zoom_and_drag(stage: &mut Stage, canvas: u32, what: &str) {
    let known = stage.headless.renderer.first_uses().len();
    let steps = warm_up(stage);
    assert_eq!(warm_up(stage), 0, "{what}: nothing is warmed up twice");
    let before = stage.headless.renderer.first_uses();
    let own = before.get(known..).unwrap_or_default();
    assert!(own.iter().filter(|first| first.warming_up).count() >= steps, "{what}: {before:?}");
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    let mut driver = Driver::default();
    let mut px_per_unit = 3.1;
    while px_per_unit < f64::from(canvas) * 1.7 {
        for (pan, budget) in [
            (0.0, None),
            (5.0, None),
            (5.3, Some(DrawBudget { downsample: 2, scanlines: 0 })),
            (5.3, Some(DrawBudget { downsample: 1, scanlines: 20 })),
            (5.6, Some(DrawBudget { downsample: 3, scanlines: 0 })),
            (5.9, Some(DrawBudget { downsample: 4, scanlines: 0 })),
            (6.2, Some(DrawBudget::ALL)),
        ] {
            stage.look(middle + DVec2::new(pan, -pan) / px_per_unit, px_per_unit);
            draw(stage, &mut driver, budget);
        }
        px_per_unit *= 1.13;
    }
    let after = stage.headless.renderer.first_uses();
    assert_eq!(after, before, "{what}: something was compiled while somebody moved");
    stage.assert_no_gpu_errors();
}

#[test]
fn no_pipeline_is_first_used_while_somebody_zooms_and_drags() {
    let folder = tempfile::tempdir().unwrap();
    for canvas in [20_u32, 28, 40, 64] {
        let file = folder.path().join(format!("{canvas}.npy"));
        let side = canvas as usize;
        let ink = ndarray::Array3::from_shape_fn((1500, side, side), |(row, y, x)| (row * 7 + y * 50 + x * 3) as u8);
        ndarray_npy::write_npy(&file, &ink).unwrap();
        let dataset = open(std::slice::from_ref(&file));
        let one_chunk = GpuOptions::default;
        let no_compute = || GpuOptions { tier: Some(Tier::NoCompute), ..GpuOptions::default() };
        for (layout, options, tier) in [
            (LayoutKind::GRID, one_chunk(), "one chunk"),
            (LayoutKind::GRID, small_chunks(), "small chunks"),
            (LayoutKind::INDEX, one_chunk(), "with compute"),
            (LayoutKind::INDEX, no_compute(), "without compute"),
        ] {
            let settings = Settings { layout, ..gray() };
            let Some(mut stage) = Stage::new(&dataset, settings, [160, 130], &options) else { return };
            let steps = stage.headless.renderer.first_uses().len();
            zoom_and_drag(&mut stage, canvas, &format!("{layout} of {canvas} px, {tier}"));
            assert!(stage.headless.renderer.first_uses().len() > steps + 6);
            // Then rows get looks: other pipelines, made ready before as far as there is room, and the rest now.
            let look = |row| RowStyle { faded: row % 3 == 0, color: (row % 5) as u8, ..RowStyle::default() };
            stage.headless.scene.set_styles(RowColors::Categories, look);
            zoom_and_drag(&mut stage, canvas, &format!("coloured {layout} of {canvas} px, {tier}"));
        }
    }
    // Rows in another order.
    let settings = Settings { layout: LayoutKind::GROUPS, ..gray() };
    let Some(mut stage) = Stage::new(&open(&["demo:1500:1"]), settings, [160, 130], &GpuOptions::default()) else {
        return;
    };
    zoom_and_drag(&mut stage, 28, "groups");
}

#[test]
fn warming_up_other_zooms_changes_no_picture() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let Some(mut stage) = staged(&dataset, gray(), [301, 223]) else { return };
    for kind in [LayoutKind::GRID, LayoutKind::INDEX] {
        stage.headless.scene.set_layout(kind, None, false).unwrap();
        let frame = stage.headless.scene.scatter_frame();
        let before = stage.rgba(&frame);
        assert!(warm_up(&mut stage) > 3, "{kind}");
        assert!(stage.rgba(&frame) == before, "{kind}: the picture is another one");
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn the_first_colours_and_the_first_selection_compile_nothing_where_the_camera_has_rested() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for (layout, px) in [
        (LayoutKind::GRID, 2.0),
        (LayoutKind::GRID, 5.0),
        (LayoutKind::GRID, 20.0),
        (LayoutKind::GRID, 40.0),
        (LayoutKind::INDEX, 3.2),
        (LayoutKind::INDEX, 10.0),
        (LayoutKind::INDEX, 40.0),
    ] {
        let Some(mut stage) = Stage::new(&dataset, Settings { layout, ..gray() }, [160, 130], &GpuOptions::default())
        else {
            return;
        };
        stage.headless.scene.settings.colormap = Colormap::Ink;
        let middle = stage.headless.scene.placed().layout.bounds.middle();
        stage.look(middle, px);
        warm_up(&mut stage);
        let before = stage.headless.renderer.first_uses();
        let colors = |row: u32| RowStyle { color: (row % 5) as u8, ..RowStyle::default() };
        for what in ["colours", "selection"] {
            if what == "colours" {
                stage.headless.scene.set_styles(RowColors::Categories, colors);
            } else {
                stage.headless.scene.set_styles(RowColors::None, |_| RowStyle::default());
                stage.headless.scene.select(Selection::where_true(1_000, |row| row % 2 == 0));
            }
            for downsample in 1..=4 {
                let budget = DrawBudget { downsample, ..DrawBudget::ALL };
                // Elsewhere each time: a picture that stands is not drawn.
                stage.look(middle + DVec2::splat(f64::from(downsample) * 0.3), px);
                draw(&mut stage, &mut Driver::default(), Some(budget));
            }
            let after = stage.headless.renderer.first_uses();
            assert_eq!(after, before, "{layout} at {px} px: something was compiled for the first {what}");
        }
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn few_pipelines_are_made_ready_for_looks_that_rows_do_not_have() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    let Some(mut stage) = staged(&dataset, gray(), [160, 130]) else { return };
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    for px in [2.0, 3.2, 5.0, 9.0, 20.0, 40.0, 90.0] {
        stage.look(middle, px);
        warm_up(&mut stage);
    }
    let uses = stage.headless.renderer.first_uses().into_iter().map(|first| format!("{:?}", first.what));
    let styled: Vec<_> = uses.filter(|what| ["Colors", "Flags"].iter().any(|look| what.contains(look))).collect();
    assert!((1..=3).contains(&styled.len()), "{styled:#?}");
}
