//! Frames: what a frame draws of a scatter it draws once, each scatter of a frame has a picture of its own, and what lies over a
//! picture holds up nothing and looks the same wherever that lies.

use super::{gray, staged};
use crate::common::{Stage, open};
use glam::DVec2;
use inkfield::gpu::progressive::{DrawBudget, DrawnExtent, Reuse};
use inkfield::gpu::scatter::Redrawn;
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::{Content, Frame, PxRect, View};
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::picture::ScatterPicture;
use inkfield::scene::{Action, Settings};
use inkfield::viewer::driver::{Driver, Plan};

const SIZE_PX: [u32; 2] = [331, 240];

fn stage_of(layout: LayoutKind) -> Option<Stage> {
    staged(&open(&["demo:6000:3"]), Settings { layout, ..gray() }, SIZE_PX)
}

fn picture_of(frame: &Frame) -> ScatterPicture {
    match &frame.views[0].content {
        Content::Scatter(picture, _) => (**picture).clone(),
        Content::Drawing(_) => panic!("no scatter"),
    }
}

fn update(stage: &mut Stage, frame: &Frame) -> Redrawn {
    let renderer = &mut stage.headless.renderer;
    let mut encoder = renderer.gpu().device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    let redrawn = renderer.update(frame, DrawBudget::ALL, &mut encoder).unwrap();
    renderer.gpu().queue.submit([encoder.finish()]);
    redrawn[0].max(redrawn[1])
}

/// Draws a frame as the window does; returns what was submitted for its scatter.
fn driven(stage: &mut Stage, driver: &mut Driver, budget: DrawBudget) -> Option<(Redrawn, Option<DrawnExtent>)> {
    let frame = stage.headless.scene.scatter_frame();
    let renderer = &mut stage.headless.renderer;
    let plan = Plan { picture: picture_of(&frame), budget };
    let submitted = driver.draw(renderer, &frame, &plan).unwrap();
    let mut encoder = renderer.gpu().device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    renderer.compose_alone(&frame, &mut encoder).unwrap();
    renderer.gpu().queue.submit([encoder.finish()]);
    submitted.map(|submitted| (submitted.redrawn, submitted.drawn.map(|drawn| drawn.extent)))
}

#[test]
fn a_slice_is_drawn_once_a_frame_and_timed() {
    const LINES: u32 = 31;
    for layout in [LayoutKind::GRID, LayoutKind::INDEX, LayoutKind::GROUPS] {
        let Some(mut stage) = stage_of(layout) else { return };
        // An exact one would stay.
        stage.headless.renderer.forget_picture();
        let mut driver = Driver::default();
        let low = driven(&mut stage, &mut driver, DrawBudget { downsample: 3, scanlines: 0 });
        assert_eq!(low, Some((Redrawn::Everything, Some(DrawnExtent::All(3)))), "{layout}");
        let mut left = SIZE_PX[1];
        while left > 0 {
            assert!(driver.is_refining(), "{layout}: {left} lines are left");
            let drawn = driven(&mut stage, &mut driver, DrawBudget { downsample: 1, scanlines: LINES });
            let lines = left.min(LINES);
            assert_eq!(drawn, Some((Redrawn::Scanlines(lines), Some(DrawnExtent::Scanlines(lines)))), "{layout}");
            left -= lines;
        }
        assert!(stage.headless.renderer.is_exact() && !driver.is_refining(), "{layout}");
        assert_eq!(driven(&mut stage, &mut driver, DrawBudget::ALL), None, "{layout}: nothing is drawn twice");
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn each_scatter_of_a_frame_has_a_picture_of_its_own() {
    let Some(mut stage) = stage_of(LayoutKind::GRID) else { return };
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    let mut single = |size_px: [u32; 2], center: DVec2, px_per_unit: f64| {
        stage.headless.scene.apply(Action::Resize(Viewport::new(size_px[0], size_px[1], 1.0)));
        stage.look(center, px_per_unit);
        stage.headless.renderer.forget_picture();
        let frame = stage.headless.scene.scatter_frame();
        (stage.rgba(&frame), frame)
    };
    let (large, mut frame) = single(SIZE_PX, middle, 21.0);
    let (small, beside) = single([97, 64], middle + 3.3, 9.5);
    let (moved, on) = single(SIZE_PX, middle + DVec2::new(4.0, 0.0) / 21.0, 21.0);
    stage.headless.renderer.forget_picture();
    frame.target_px[0] += 97;
    let rect = PxRect { left: SIZE_PX[0], top: 0, width: 97, height: 64 };
    frame.views.push(View { rect, ..beside.views[0].clone() });

    let part = |bytes: &[u8], rect: PxRect| -> Vec<u8> {
        let line = |y: u32| &bytes[((rect.top + y) * (SIZE_PX[0] + 97) + rect.left) as usize * 4..];
        (0..rect.height).flat_map(|y| line(y)[..rect.width as usize * 4].to_vec()).collect()
    };
    let seen = stage.rgba(&frame);
    assert!(part(&seen, PxRect::of_size(SIZE_PX)) == large && part(&seen, rect) == small);
    assert_eq!(update(&mut stage, &frame), Redrawn::Nothing, "both are kept");
    frame.views[0] = on.views[0].clone();
    assert_eq!(update(&mut stage, &frame), Redrawn::Strips, "one moves along, the other is kept");
    let seen = stage.rgba(&frame);
    let worst = part(&seen, PxRect::of_size(SIZE_PX)).iter().zip(&moved).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(1) && part(&seen, rect) == small, "{worst:?}");
    stage.assert_no_gpu_errors();
}

#[test]
fn labels_stop_neither_a_drag_nor_slices() {
    let Some(mut stage) = stage_of(LayoutKind::GROUPS) else { return };
    let middle = stage.headless.scene.placed().layout.bounds.middle();
    stage.look(middle, 11.0);
    let frame = stage.headless.scene.scatter_frame();
    stage.rgba(&frame);
    stage.look(middle + DVec2::new(13.0, -6.0) / 11.0, 11.0);
    let frame = stage.headless.scene.scatter_frame();
    let Content::Scatter(picture, overlay) = &frame.views[0].content else { panic!("no scatter") };
    assert!(!overlay.labels.is_empty(), "no label is in sight");
    assert_eq!(stage.headless.renderer.reuse(picture), Reuse::Most);
    assert_eq!(update(&mut stage, &frame), Redrawn::Strips);
    let seen = stage.rgba(&frame);
    stage.headless.renderer.forget_picture();
    let whole = stage.rgba(&frame);
    let worst = seen.iter().zip(&whole).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(1), "{worst:?} of 255 from the picture drawn as a whole");
    stage.assert_no_gpu_errors();
}

#[test]
fn labels_are_the_same_wherever_the_scatter_lies() {
    for (scale, at) in [(1.0, [37, 21]), (1.5, [48, 63]), (2.0, [1, 80])] {
        let Some(mut stage) = stage_of(LayoutKind::GROUPS) else { return };
        let middle = stage.headless.scene.placed().layout.bounds.middle();
        stage.headless.scene.apply(Action::Resize(Viewport::new(SIZE_PX[0], SIZE_PX[1], scale)));
        // Another scale and another place were laid out before.
        for px_per_unit in [11.0, 12.7] {
            stage.look(middle, px_per_unit * scale);
            let mut frame = stage.headless.scene.scatter_frame();
            let alone = stage.rgba(&frame);
            let Content::Scatter(_, overlay) = &mut frame.views[0].content else { panic!("no scatter") };
            let labels = std::mem::take(&mut overlay.labels);
            assert!(!labels.is_empty() && stage.rgba(&frame) != alone, "labels are seen");
            let Content::Scatter(_, overlay) = &mut frame.views[0].content else { panic!("no scatter") };
            overlay.labels = labels;
            frame.target_px = [SIZE_PX[0] + 90, SIZE_PX[1] + 100];
            frame.views[0].rect = PxRect { left: at[0], top: at[1], ..PxRect::of_size(SIZE_PX) };
            let seen = stage.rgba(&frame);
            let line = |y: u32| &seen[((at[1] + y) * frame.target_px[0] + at[0]) as usize * 4..];
            let part: Vec<u8> = (0..SIZE_PX[1]).flat_map(|y| line(y)[..SIZE_PX[0] as usize * 4].to_vec()).collect();
            assert!(part == alone, "at {at:?}, scale {scale}, {px_per_unit} px");
        }
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn faults_19_a_frame_without_anything_to_show_is_cleared() {
    let Some(mut stage) = stage_of(LayoutKind::GRID) else { return };
    let mut frame = stage.headless.scene.scatter_frame();
    assert!(stage.rgba(&frame).as_chunks::<4>().0.iter().any(|pixel| *pixel != [0, 0, 0, 255]));
    // As where there was no memory for a picture, and nothing lies over it.
    frame.views.clear();
    assert!(stage.rgba(&frame).as_chunks::<4>().0.iter().all(|pixel| *pixel == [0, 0, 0, 255]));
}
