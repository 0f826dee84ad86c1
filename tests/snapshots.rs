//! Small pictures kept in the repository, one thing each: far, near, groups with labels, inspector, highlights.
//!
//! At most 4 KiB a file. Within 2 of 255 on all but 0.1 % of pixels; a picture that differs is written beside its snapshot as
//! `.new.png` and `.diff.png`. Look at them; `INKFIELD_ACCEPT=1 cargo test --test snapshots` accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;
#[path = "snapshots/compare.rs"]
mod compare;

use common::{Stage, open};
use compare::check;
use glam::DVec2;
use inkfield::data::Row;
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::Settings;
use inkfield::scene::frame::{Content, DrawingPicture};
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::overlay::Overlay;
use inkfield::scene::palette::Theme;

fn staged(demo: &str, settings: Settings, size_px: [u32; 2]) -> Option<Stage> {
    Stage::new(&open(&[demo]), settings, size_px, &GpuOptions::default())
}

#[test]
fn far() {
    let Some(mut stage) = staged("demo:1500:1", Settings::default(), [80, 56]) else { return };
    let picture = stage.headless.picture().unwrap();
    check("far", [80, 56], &picture);
    stage.assert_no_gpu_errors();
}

#[test]
fn near() {
    let settings = Settings { theme: Theme::Night, ..Settings::default() };
    let Some(mut stage) = staged("demo:20:1", settings, [96, 64]) else { return };
    stage.look(DVec2::new(2.0, -2.0), 44.7);
    let picture = stage.headless.picture().unwrap();
    check("near", [96, 64], &picture);
    stage.assert_no_gpu_errors();
}

#[test]
fn groups_with_labels() {
    let settings = Settings { layout: LayoutKind::GROUPS, ..Settings::default() };
    let Some(mut stage) = staged("demo:120:1", settings, [96, 30]) else { return };
    let label = stage.headless.scene.placed().layout.labels[1].clone();
    // The heading of the second block, its first drawings, and what stands beside them.
    stage.look(DVec2::new(label.gap.min.x + 2.2, label.block.max.y + 0.05), 22.0);
    let picture = stage.headless.picture().unwrap();
    check("groups", [96, 30], &picture);
    stage.assert_no_gpu_errors();
}

#[test]
fn inspector() {
    let Some(mut stage) = staged("demo:20:1", Settings::default(), [64, 64]) else { return };
    let picture = stage.headless.inspect(Row(7), [90, 90]).unwrap();
    check("inspector", [90, 90], &picture);
    stage.assert_no_gpu_errors();
}

#[test]
fn highlights() {
    let Some(mut stage) = staged("demo:6:1", Settings::default(), [100, 72]) else { return };
    stage.look(DVec2::new(2.6, -1.1), 14.0);
    let mut frame = stage.headless.scene.scatter_frame();
    let scene = &stage.headless.scene;
    let (hovered, pinned) = (Row(1), Row(5));
    let [left, top, side] = scene.square_px(hovered).unwrap();
    let marks = Overlay {
        cards: vec![scene.card(pinned, true).unwrap(), scene.card(hovered, false).unwrap()],
        crosshair_px: Some([(left + side / 2.0) as f32, (top + side / 2.0) as f32]),
        box_px: Some([[4.5, 52.0], [44.0, 66.5]]),
        ..Overlay::default()
    };
    let Content::Scatter(_, overlay) = &mut frame.views[0].content else { panic!("no scatter") };
    **overlay = marks;
    // A ringed drawing in a view of its own, as in the middle of the loupe.
    let mut loupe = frame.views[0].clone();
    loupe.content = Content::Drawing(DrawingPicture { ringed: true, ..DrawingPicture::whole(Row(3)) });
    loupe.rect = inkfield::scene::frame::PxRect { left: 68, top: 40, width: 28, height: 28 };
    frame.views.push(loupe);
    let picture = stage.rgba(&frame);
    check("highlights", [100, 72], &picture);
    stage.assert_no_gpu_errors();
}
