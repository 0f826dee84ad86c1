//! Neighbouring pictures: mean ink over 300 zoom steps, and pixels and sums while panning by tenths of a pixel.

use super::{drawings, gray, staged};
use crate::common::{Stage, open};
use glam::DVec2;
use inkfield::scene::camera::Viewport;
use inkfield::scene::palette::{Colormap, Theme, color};
use inkfield::scene::view::Stretch;
use inkfield::scene::{Action, Contrast, Settings};

/// Side of the viewport: large enough for whole drawings, small where the camera must go far away (and quicker).
fn viewport_px(side_px: f64) -> u32 {
    match side_px {
        ..28.0 => 400,
        ..280.0 => 560,
        _ => 800,
    }
}

/// Mean ink (0…1) of the `k × k` whole drawings around a corner of the grid, pixels weighted by their part in the patch.
fn patch_mean(bytes: &[u8], view: &inkfield::scene::view::ScatterView, corner: DVec2, k: f64) -> f64 {
    let (a, b) =
        (view.px_from_world(corner + DVec2::new(-k, k) / 2.0), view.px_from_world(corner + DVec2::new(k, -k) / 2.0));
    let part = |pixel: usize, from: f64, to: f64| ((pixel as f64 + 1.0).min(to) - (pixel as f64).max(from)).max(0.0);
    let mut sum = 0.0;
    for (y, line) in bytes.chunks_exact(view.size_px[0] as usize).enumerate() {
        let height = part(y, a.y, b.y);
        if height > 0.0 {
            let ink = line.iter().enumerate().map(|(x, &byte)| f64::from(byte) * part(x, a.x, b.x)).sum::<f64>();
            sum += height * ink;
        }
    }
    sum / 255.0 / ((b.x - a.x) * (b.y - a.y))
}

/// The mean ink of the drawings in the patch, from their bytes: (as it is, after far contrast).
fn true_means(stage: &Stage, corner: DVec2, k: u32, stretch: Stretch) -> (f64, f64) {
    let columns = stage.headless.scene.placed().layout.bounds.max.x as u32;
    let (left, top) = (corner.x as u32 - k / 2, (-corner.y) as u32 - k / 2);
    let means = (0..k * k).map(|i| {
        let bytes = stage.ink_of((top + i / k) * columns + left + i % k);
        bytes.iter().map(|&byte| f64::from(byte)).sum::<f64>() / 784.0 / 255.0
    });
    let (plain, far) = means.fold((0.0, 0.0), |(plain, far), mean| (plain + mean, far + stretch.apply(mean)));
    (plain / f64::from(k * k), far / f64::from(k * k))
}

/// Zooms in by 2 % a step from 1.05 px to 399 px about a corner between four drawings. At each pair of steps the patch is the
/// largest of 2, 4, 8 … 128 drawings a side that fits into the nearer picture, so that both pictures show all of it.
fn zoom_in(
    contrast: Contrast,
    (name, rows): (&str, u32),
    corner: DVec2,
    check: &mut dyn FnMut(f64, [f64; 2], [f64; 2]),
) {
    let dataset = if name.starts_with("demo") { open(&[name]) } else { drawings(name, rows) };
    let Some(mut stage) = staged(&dataset, Settings { contrast, ..gray() }, [400, 400]) else { return };
    let side = |step: i32| 1.05 * 1.02_f64.powi(step);
    let steps = if contrast == Contrast::True { 300 } else { 70 };
    let mut before: Option<(Vec<u8>, inkfield::scene::view::ScatterView)> = None;
    for step in 0..=steps {
        let px = viewport_px(side(step));
        stage.headless.scene.apply(Action::Resize(Viewport::new(px, px, 1.0)));
        stage.look(corner, side(step));
        let (bytes, view) = (stage.gray_picture(), stage.headless.view());
        if let Some((last_bytes, last_view)) = &before {
            let room_px = f64::from(last_view.size_px[0].min(px));
            let Some(k) = [128, 64, 32, 16, 8, 4, 2].into_iter().find(|&k| f64::from(k) * view.side_px <= room_px)
            else {
                break;
            };
            let means = true_means(&stage, corner, k, view.stretch);
            let expected = |view: &inkfield::scene::view::ScatterView| means.0 + (means.1 - means.0) * view.far_mix;
            let k = f64::from(k);
            let seen = [patch_mean(last_bytes, last_view, corner, k), patch_mean(&bytes, &view, corner, k)];
            check(view.side_px, seen, [expected(last_view), expected(&view)]);
        }
        before = Some((bytes, view));
    }
    stage.assert_no_gpu_errors();
}

/// Luminance (encoded) of a mean ink in the colours a window starts with.
fn luminance(ink: f64) -> f64 {
    let [ground, ink_color] = [0.0, 1.0].map(|ink| {
        let [r, g, b] = color(Colormap::Ink, Theme::Paper, ink).map(f64::from);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    });
    ground + (ink_color - ground) * ink
}

#[test]
fn zooming_shows_no_step() {
    zoom_in(Contrast::True, ("bitmaps", 27_997), DVec2::new(90.0, -70.0), &mut |side, seen, truth| {
        let moved = (luminance(seen[1]) / luminance(seen[0]) - 1.0).abs();
        assert!(moved <= 0.01, "luminance moves by {:.2} % in the step to {side} px", moved * 100.0);
        // Of the ink alone: filtered pictures keep it; whole texels are as wide as pixels allow.
        let (moved, limit) = ((seen[1] / seen[0] - 1.0).abs(), if side < 28.0 { 0.004 } else { 0.02 });
        assert!(moved <= limit, "mean ink moves by {:.2} % in the step to {side} px", moved * 100.0);
        let wrong = (seen[1] / truth[1] - 1.0).abs();
        assert!(wrong <= limit, "mean ink at {side} px differs from the files' by {:.2} %", wrong * 100.0);
    });
}

/// One category, so that the patch is like the set: far contrast keeps the mean of the set, not of any part of it.
#[test]
fn far_contrast_comes_in_without_a_step() {
    let (mut least, mut most) = (f64::MAX, 0.0_f64);
    zoom_in(Contrast::Far, ("demo:27997:1", 27_997), DVec2::new(90.0, -70.0), &mut |side, seen, truth| {
        let wrong = (seen[1] / truth[1] - 1.0).abs();
        assert!(wrong <= 0.005, "mean ink at {side} px differs from its definition by {:.2} %", wrong * 100.0);
        let moved = (luminance(seen[1]) / luminance(seen[0]) - 1.0).abs();
        assert!(moved <= 0.01, "luminance moves by {:.2} % in the step to {side} px", moved * 100.0);
        (least, most) = (least.min(side), most.max(side));
    });
    assert!(most == 0.0 || (least < 3.0 && most > 3.5), "far contrast was not passed through: {least} to {most} px");
}

#[test]
fn panning_by_tenths_of_a_pixel_does_not_crawl() {
    let dataset = drawings("bitmaps", 27_997);
    let Some(mut stage) = staged(&dataset, gray(), [500, 400]) else { return };
    let (side, middle) = (2.4, stage.headless.scene.placed().layout.bounds.middle());
    let mut before: Option<(Vec<u8>, Vec<f32>)> = None;
    let mut sums = Vec::new();
    for step in 0..=30 {
        // All of the grid stays in sight, so that its ink must stay the same to the last drop.
        stage.look(middle + DVec2::new(0.1 * f64::from(step) / side, 0.0), side);
        let (seen, exact) = (stage.gray_picture(), stage.oracle_picture());
        let wrong = seen.iter().zip(&exact).filter(|&(&a, &b)| (f32::from(a) - b * 255.0).abs() > 2.0).count();
        assert!(wrong * 1000 <= seen.len(), "step {step}: {wrong} pixels are off");
        sums.push(seen.iter().map(|&byte| f64::from(byte)).sum::<f64>());
        if let Some((last, last_exact)) = &before {
            // A tenth of a pixel uncovers a tenth of a pixel: no value may change by more than that much of full ink ...
            let jumps = last.iter().zip(&seen).filter(|&(&a, &b)| f64::from(a.abs_diff(b)) > 25.5 + 2.0).count();
            assert_eq!(jumps, 0, "step {step}: pixels jump");
            // ... and each changes as the exact pictures do.
            let off = |i: usize| {
                let change = f32::from(seen[i]) - f32::from(last[i]);
                (change - (exact[i] - last_exact[i]) * 255.0).abs() > 2.0
            };
            let crawling = (0..seen.len()).filter(|&i| off(i)).count();
            assert!(
                crawling * 1000 <= seen.len(),
                "step {step}: {crawling} pixels change otherwise than the exact picture"
            );
        }
        before = Some((seen, exact));
    }
    let (least, most) = sums.iter().fold((f64::MAX, 0.0_f64), |(least, most), &sum| (least.min(sum), most.max(sum)));
    assert!(most / least <= 1.005, "the ink of the picture moves from {least} to {most}");
    stage.assert_no_gpu_errors();
}
