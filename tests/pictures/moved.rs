//! Cameras that move by whole pixels: only what comes into view is drawn; coarse pictures: they become exact slice by slice. In the
//! end every picture is as exact as one drawn as a whole.

use super::{gray, staged};
use crate::common::{Stage, open};
use glam::DVec2;
use inkfield::gpu::context::GpuOptions;
use inkfield::gpu::progressive::{DrawBudget, Reuse};
use inkfield::gpu::scatter::Redrawn;
use inkfield::scene::Settings;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;

/// Places in pixels right and down of the first: steps small and large, along one axis and both, back and forth.
const PLACES: [[i32; 2]; 9] = [[11, 6], [8, 6], [8, 23], [48, -2], [47, -3], [47, -5], [-23, 4], [-18, 9], [0, 0]];
const SIZE_PX: [u32; 2] = [331, 240];

/// Whether most of what the camera looks at is seen already.
fn is_mostly_shown(stage: &Stage) -> bool {
    let frame = stage.headless.scene.scatter_frame();
    let pictures = frame.views.iter().filter_map(|view| match &view.content {
        Content::Scatter(picture, _) => Some(picture),
        Content::Drawing(_) => None,
    });
    pictures.into_iter().all(|picture| stage.headless.renderer.reuse(picture) == Reuse::Most)
}

fn in_chunks(layout: LayoutKind) -> Option<Stage> {
    staged(&open(&["demo:6000:3"]), Settings { layout, ..gray() }, SIZE_PX)
}

/// A grid in one chunk is drawn in another way: at once as colours.
fn in_one_chunk(layout: LayoutKind) -> Option<Stage> {
    let options = GpuOptions::default();
    let stage = Stage::new(&open(&["demo:6000:3"]), Settings { layout, ..gray() }, SIZE_PX, &options)?.with_ink();
    assert_eq!(stage.headless.renderer.plan().chunks(), 1);
    Some(stage)
}

/// Brings the scatter's picture up to date; returns how much of it was drawn.
fn update(stage: &mut Stage) -> Redrawn {
    let frame = stage.headless.scene.scatter_frame();
    let renderer = &mut stage.headless.renderer;
    let mut encoder = renderer.gpu().device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    let [redrawn, _] = renderer.update(&frame, DrawBudget::ALL, &mut encoder).unwrap();
    renderer.gpu().queue.submit([encoder.finish()]);
    redrawn
}

/// Goes from place to place, with each picture put together from the one before; then draws each place as a whole.
fn walk(stage: Option<Stage>, px_per_unit: f64) {
    let Some(mut stage) = stage else { return };
    let what = format!("{} at {px_per_unit} px", stage.headless.scene.placed().layout.kind);
    let bounds = stage.headless.scene.placed().layout.bounds;
    // Off the middle, so that the set's edge comes into view where drawings are small.
    let start = bounds.middle() + DVec2::new(0.1234, 0.0567) * bounds.size();
    let go = |stage: &mut Stage, [x, y]: [i32; 2]| {
        stage.look(start + DVec2::new(f64::from(x), f64::from(-y)) / px_per_unit, px_per_unit);
    };
    go(&mut stage, [0, 0]);
    stage.gray_picture();
    let put_together = PLACES.map(|place| {
        go(&mut stage, place);
        assert!(is_mostly_shown(&stage), "{what}: {place:?} is whole pixels away");
        assert_eq!(update(&mut stage), Redrawn::Strips, "{what}: at {place:?}");
        let (seen, exact) = (stage.gray_picture(), stage.oracle_picture());
        let off = seen.iter().zip(&exact).filter(|&(&a, &b)| (f32::from(a) - b * 255.0).abs() > 2.0).count();
        assert!(off * 1000 <= seen.len(), "{what}, at {place:?}: {off} pixels differ from the oracle");
        assert!(seen.iter().any(|&byte| byte != seen[0]), "{what}, at {place:?}: an empty picture");
        seen
    });
    for (place, seen) in PLACES.into_iter().zip(put_together) {
        go(&mut stage, place);
        stage.headless.renderer.forget_picture();
        let whole = stage.gray_picture();
        let worst = seen.iter().zip(&whole).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst <= Some(1), "{what}, at {place:?}: {worst:?} of 255 from the picture drawn as a whole");
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn looked_up_drawings_of_every_kind_stay_exact() {
    for px_per_unit in [1.7, 3.25, 5.3, 11.0, 25.6, 40.0] {
        walk(in_chunks(LayoutKind::GRID), px_per_unit);
        walk(in_one_chunk(LayoutKind::GRID), px_per_unit);
    }
}

#[test]
fn dots_and_crowds_stay_exact() {
    // Dots of 4 px, dots that differ by a pixel, dots that turn into drawings, drawings filtered and crisp.
    for px_per_unit in [2.0, 4.0, 5.5, 10.0, 25.6, 40.0] {
        walk(in_chunks(LayoutKind::INDEX), px_per_unit);
    }
}

#[test]
fn what_is_not_there_already_is_drawn_as_a_whole() {
    let Some(mut stage) = staged(&open(&["demo:6000:3"]), gray(), SIZE_PX) else { return };
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    let mut seen_at = |px: [f64; 2], px_per_unit: f64| {
        stage.look(middle, 20.0);
        stage.gray_picture();
        stage.look(middle + DVec2::from(px) / 20.0, px_per_unit);
        is_mostly_shown(&stage)
    };
    assert!(seen_at([12.0, -7.0], 20.0));
    assert!(!seen_at([12.1, -7.0], 20.0), "a tenth of a pixel more");
    assert!(!seen_at([12.0, -7.0], 20.5), "another zoom");
    assert!(!seen_at([200.0, 90.0], 20.0), "more than half of it is new");
    assert!(!seen_at([331.0, 0.0], 20.0), "all of it is new");
}

#[test]
fn many_small_steps_add_up_no_error() {
    let Some(mut stage) = staged(&open(&["demo:6000:3"]), gray(), SIZE_PX) else { return };
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    stage.look(middle, 21.3);
    stage.gray_picture();
    // A little under what counts as whole, each time in the same direction: the sum soon is not.
    let step = DVec2::new(1.0 + 0.9 / 1024.0, 0.0);
    let mut kept = 0;
    for i in 1..=5 {
        stage.look(middle + step * f64::from(i) / 21.3, 21.3);
        kept += u32::from(is_mostly_shown(&stage));
        stage.gray_picture();
    }
    assert!(kept < 5, "five steps of almost a pixel are drawn as a whole at least once");
}

/// A coarse picture, then exact lines a few at a time, from frame to frame; with cameras that move by whole pixels between.
#[test]
fn a_coarse_picture_becomes_exact_in_slices() {
    const GRID: LayoutKind = LayoutKind::GRID;
    const INDEX: LayoutKind = LayoutKind::INDEX;
    // At 2.6 px there is empty ground all around.
    for (layout, px_per_unit) in [(GRID, 2.6), (GRID, 5.3), (GRID, 25.6), (INDEX, 2.0), (INDEX, 4.0), (INDEX, 25.6)] {
        let what = format!("{layout} at {px_per_unit} px");
        let Some(mut stage) = in_one_chunk(layout) else { return };
        let middle = stage.headless.scene.placed().layout.bounds.middle();
        let draw = |stage: &mut Stage, downsample: u32, scanlines: u32| {
            let budget = DrawBudget { downsample, scanlines };
            let frame = stage.headless.scene.scatter_frame();
            let foretold = frame.views.iter().all(|view| match &view.content {
                Content::Scatter(picture, _) => stage.headless.renderer.will_be_exact(picture, budget),
                Content::Drawing(_) => true,
            });
            let rgba = stage.rgba_within(&frame, budget);
            let bytes: Vec<u8> = rgba.chunks_exact(4).map(|pixel| pixel[0]).collect();
            assert_eq!(stage.headless.renderer.is_exact(), foretold, "{what}: what is foretold comes true");
            bytes
        };
        stage.look(middle, px_per_unit);
        let coarse = draw(&mut stage, 3, 0);
        assert!(!stage.headless.renderer.is_exact());
        // Nothing is drawn again while nothing may be.
        assert!(draw(&mut stage, 3, 0) == coarse, "{what}");
        let mut before = coarse;
        let mut frames = 0;
        while !stage.headless.renderer.is_exact() {
            // To and fro meanwhile.
            let step = [7.0, -5.0, 0.0, 0.0][frames % 4];
            stage.look(middle + DVec2::new(step, step * 2.0) / px_per_unit, px_per_unit);
            before = draw(&mut stage, 1, 31);
            frames += 1;
            assert!(frames < 30, "{what}: it never becomes exact");
        }
        assert!(frames >= 6, "{what}: 31 of {} lines a frame, all of them after {frames}", SIZE_PX[1]);
        let exact = stage.oracle_picture();
        let off = before.iter().zip(&exact).filter(|&(&a, &b)| (f32::from(a) - b * 255.0).abs() > 2.0).count();
        assert!(off * 1000 <= before.len(), "{what}: {off} pixels differ from the oracle");
        stage.assert_no_gpu_errors();
    }
}
