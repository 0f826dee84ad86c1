//! Low-resolution pictures: never wrong, and gone as soon as an exact one is asked for.

use super::{drawings, gray, open, staged};
use crate::common::Stage;
use inkfield::gpu::progressive::{DrawBudget, reduced};
use inkfield::scene::Settings;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::picture::ScatterPicture;

/// The gray bytes of the picture drawn with so many pixels a side that share a colour, and its content.
fn downsampled(stage: &mut Stage, downsample: u32) -> (Vec<u8>, ScatterPicture) {
    // An exact picture would stay.
    stage.headless.renderer.forget_picture();
    let mut frame = stage.headless.scene.scatter_frame();
    let Content::Scatter(picture, overlay) = &mut frame.views[0].content else { panic!("no scatter") };
    overlay.labels.clear();
    let picture = (**picture).clone();
    let rgba = stage.rgba_within(&frame, DrawBudget { downsample, scanlines: 0 });
    (rgba.chunks_exact(4).map(|pixel| pixel[0]).collect(), picture)
}

/// The gray bytes of a coarse picture, and what they should be: the oracle's picture of the reduced view, between whose pixels
/// the enlarged one is linear.
fn compare(stage: &mut Stage, factor: u32, what: &str) {
    let (seen, picture) = downsampled(stage, factor);
    let reduced = reduced(&picture, factor);
    let [width, height] = reduced.view.size_px;
    let exact = stage.oracle_of(&reduced.view);
    let full = picture.view.size_px;
    let at = |x: i64, y: i64| {
        let (x, y) = (x.clamp(0, i64::from(width) - 1), y.clamp(0, i64::from(height) - 1));
        f64::from(exact[(y * i64::from(width) + x) as usize])
    };
    let mut wrong = 0;
    for y in 0..full[1] {
        for x in 0..full[0] {
            let (u, v) =
                ((f64::from(x) + 0.5) / f64::from(factor) - 0.5, (f64::from(y) + 0.5) / f64::from(factor) - 0.5);
            let (left, top) = (u.floor() as i64, v.floor() as i64);
            let (dx, dy) = (u - u.floor(), v - v.floor());
            let upper = at(left, top) * (1.0 - dx) + at(left + 1, top) * dx;
            let lower = at(left, top + 1) * (1.0 - dx) + at(left + 1, top + 1) * dx;
            let expected = (upper * (1.0 - dy) + lower * dy) * 255.0;
            let byte = f64::from(seen[(y * full[0] + x) as usize]);
            wrong += u32::from((byte - expected).abs() > 3.0);
        }
    }
    assert!(wrong * 1000 <= full[0] * full[1], "{what}: {wrong} pixels are off");
}

#[test]
fn low_resolution_pictures_show_the_same_place_and_exact_ones_follow() {
    for (kind, side) in [(LayoutKind::GRID, 9.1), (LayoutKind::INDEX, 9.1), (LayoutKind::GRID, 44.7)] {
        let dataset = drawings("bitmaps/octopus.npy", 1_000);
        let settings = Settings { layout: kind, ..gray() };
        // Odd sizes: the last coarse pixels reach beyond the picture.
        let Some(mut stage) = staged(&dataset, settings, [301, 223]) else { return };
        let middle = stage.headless.scene.placed().layout.bounds.middle();
        stage.look(middle, side);
        for factor in [2, 3] {
            compare(&mut stage, factor, &format!("{kind} at {side} px, {factor} px a colour"));
        }
        stage.assert_exact(&format!("{kind} at {side} px after coarse pictures"));
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn drawings_that_are_left_out_change_no_brightness() {
    // In the grid a pixel looks at few of its drawings, in crowds one of four dots counts, and one of some drawings.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.npy");
    let rows = 600_000;
    let ink = ndarray::Array3::from_shape_fn((rows, 4, 4), |(row, y, x)| (row * 7 + row / 900 * 3 + y * 50 + x) as u8);
    ndarray_npy::write_npy(&file, &ink).unwrap();
    let cases = [
        // All of them are in view.
        (LayoutKind::GRID, 0.33, None, 0.006, 3),
        // Means, means and filtered ink mixed, filtered ink alone.
        (LayoutKind::GRID, 2.3, None, 0.006, 4),
        (LayoutKind::GRID, 3.2, None, 0.006, 4),
        (LayoutKind::GRID, 3.7, None, 0.006, 4),
        (LayoutKind::INDEX, 0.33, None, 0.006, 2),
        // Large enough to be drawn.
        (LayoutKind::INDEX, 2.0, Some(10.0), 0.02, 2),
    ];
    for (kind, side, point_size, opacity, factor) in cases {
        let settings = Settings { layout: kind, opacity, point_size, ..gray() };
        let Some(mut stage) = staged(&open(std::slice::from_ref(&file)), settings, [301, 223]) else { return };
        let middle = stage.headless.scene.placed().layout.bounds.middle();
        stage.look(middle, side);
        let means = [1, factor].map(|factor| {
            let (gray, _) = downsampled(&mut stage, factor);
            // Quarters of the picture, inside its drawings.
            let quarter = |left: usize, top: usize| {
                let of = (0..70).flat_map(|y| (0..100).map(move |x| (top + y) * 301 + left + x));
                of.map(|at| f64::from(gray[at])).sum::<f64>() / 7000.0
            };
            [quarter(40, 30), quarter(160, 30), quarter(40, 120), quarter(160, 120)]
        });
        for (exact, coarse) in std::iter::zip(means[0], means[1]) {
            assert!(exact > 5.0 && (exact - coarse).abs() < 0.06 * exact, "{kind} at {side}: {exact} became {coarse}");
        }
        stage.assert_no_gpu_errors();
    }
}
