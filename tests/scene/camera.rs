//! The camera: exact anchors, limits that hold for any input.

use glam::DVec2;
use inkfield::scene::camera::{Bounds, Camera, Viewport};

fn world() -> Bounds {
    Bounds::new(DVec2::new(0.0, -340.0), DVec2::new(442.0, 0.0))
}

fn window() -> Viewport {
    Viewport::new(1280, 800, 1.0)
}

/// docs/contract.md: `x_px = W/2 + (x − cx)·s`, `y_px = H/2 − (y − cy)·s`.
fn to_px(camera: Camera, world_pos: DVec2, bounds: &Bounds, viewport: &Viewport) -> DVec2 {
    let s = camera.px_per_unit(bounds, viewport);
    let half = DVec2::new(f64::from(viewport.width_px), f64::from(viewport.height_px)) / 2.0;
    half + DVec2::new(world_pos.x - camera.center.x, camera.center.y - world_pos.y) * s
}

#[test]
fn fit_leaves_twelve_logical_pixels_on_the_tighter_side() {
    for (scale, margin) in [(1.0, 12.0), (2.0, 24.0)] {
        let viewport = Viewport::new(1280, 800, scale);
        let camera = Camera::fit(&world());
        let top_left = to_px(camera, DVec2::ZERO, &world(), &viewport);
        let bottom_right = to_px(camera, DVec2::new(442.0, -340.0), &world(), &viewport);
        assert!((top_left.y - margin).abs() < 1e-9, "{top_left}");
        assert!((bottom_right.y - (800.0 - margin)).abs() < 1e-9, "{bottom_right}");
        assert!(top_left.x > margin && (f64::midpoint(top_left.x, bottom_right.x) - 640.0).abs() < 1e-9);
    }
}

#[test]
fn zoom_runs_from_half_to_one_drawing_filling_the_shorter_side() {
    let far = Camera { zoom: 1e-30, ..Camera::fit(&world()) }.clamped(&world(), &window());
    assert_eq!(far.zoom, 0.5);
    let near = Camera { zoom: 1e30, ..Camera::fit(&world()) }.clamped(&world(), &window());
    assert!((near.px_per_unit(&world(), &window()) - 800.0).abs() < 1e-9);
    // One drawing alone: fit is as near as it gets.
    let one = Bounds::new(DVec2::new(0.0, -1.0), DVec2::new(1.0, 0.0));
    assert!(Camera::max_zoom(&one, &window()) >= 1.0);
}

#[test]
fn a_hundred_wheel_steps_hold_the_point_under_the_pointer() {
    let px = DVec2::new(321.25, 543.75);
    let mut camera = Camera { center: DVec2::new(200.0, -150.0), zoom: 1.0 };
    let s = camera.px_per_unit(&world(), &window());
    let anchor = camera.center + DVec2::new(px.x - 640.0, 400.0 - px.y) / s;
    for step in 0..100 {
        // In and out, so that most steps are not at a limit: 1.25^12 = 14.6.
        let factor = if step % 24 < 12 { 1.25 } else { 0.8 };
        camera = camera.zoomed_about(px, factor, &world(), &window());
        let drift = (to_px(camera, anchor, &world(), &window()) - px).length();
        assert!(drift < 0.005, "step {step}: {drift} px");
    }
    assert!(camera.zoom > 1.5, "zoomed in on balance: {}", camera.zoom);
}

#[test]
fn a_wheel_step_at_the_limit_moves_nothing() {
    let near = Camera { center: DVec2::new(5.0, -5.0), zoom: 1e9 }.clamped(&world(), &window());
    let again = near.zoomed_about(DVec2::new(100.0, 100.0), 1.25, &world(), &window());
    assert!((again.center - near.center).length() < 1e-12);
    assert_eq!(again.zoom, near.zoom);
}

#[test]
fn panning_moves_the_picture_by_exactly_the_drag() {
    let camera = Camera { center: DVec2::new(200.0, -150.0), zoom: 20.0 };
    let p = DVec2::new(201.5, -149.25);
    let before = to_px(camera, p, &world(), &window());
    let moved = camera.panned_px(DVec2::new(37.0, -11.0), &world(), &window());
    let after = to_px(moved, p, &world(), &window());
    assert!((after - before - DVec2::new(37.0, -11.0)).length() < 1e-9);
    // Beyond the edge the centre stops at the bounds.
    let stopped = camera.panned_px(DVec2::new(1e9, 0.0), &world(), &window());
    assert_eq!(stopped.center, DVec2::new(0.0, -150.0));
}

#[test]
fn a_box_fills_the_viewport() {
    let camera = Camera { center: DVec2::new(200.0, -150.0), zoom: 2.0 };
    let (a, b) = (DVec2::new(900.0, 500.0), DVec2::new(740.0, 300.0));
    let s = camera.px_per_unit(&world(), &window());
    let middle = camera.center + DVec2::new(820.0 - 640.0, 400.0 - 400.0) / s;
    let zoomed = camera.zoomed_to_box(a, b, &world(), &window());
    // 160 x 200 px in 1280 x 800: the height decides, 4 times.
    assert!((zoomed.zoom - 8.0).abs() < 1e-9);
    assert!((zoomed.center - middle).length() < 1e-9);
}

#[test]
fn a_glide_keeps_its_fixed_point() {
    let px = DVec2::new(1000.0, 200.0);
    let a = Camera { center: DVec2::new(200.0, -150.0), zoom: 1.5 };
    let b = a.zoomed_about(px, 40.0, &world(), &window());
    let anchor = a.center + DVec2::new(360.0, 200.0) / a.px_per_unit(&world(), &window());
    for i in 0..=20 {
        let t = f64::from(i) / 20.0;
        let camera = Camera::lerp(a, b, t);
        assert!((to_px(camera, anchor, &world(), &window()) - px).length() < 1e-6, "t = {t}");
        assert!((camera.zoom - 1.5 * 40_f64.powf(t)).abs() < 1e-9 * camera.zoom);
    }
    assert_eq!((Camera::lerp(a, b, 0.0), Camera::lerp(a, b, 1.0)), (a, b));
    let panned = Camera { center: a.center + DVec2::X, ..a };
    assert_eq!(Camera::lerp(a, panned, 0.5).center, a.center + DVec2::X / 2.0);
}

#[test]
fn flying_to_a_row_shows_it_at_the_asked_side() {
    let camera = Camera::showing(DVec2::new(12.5, -99.5), 56.0, &world(), &window());
    assert_eq!(camera.center, DVec2::new(12.5, -99.5));
    assert!((camera.px_per_unit(&world(), &window()) - 56.0).abs() < 1e-9);
}
