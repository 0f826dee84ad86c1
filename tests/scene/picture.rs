//! The picture oracle against super-sampling and against sums that must be kept.

use glam::DVec2;
use inkfield::atlas::level_sides;
use inkfield::progress::Progress;
use inkfield::scene::index::SpatialIndex;
use inkfield::scene::layout::Layout;
use inkfield::scene::oracle::ink_picture;
use inkfield::scene::view::{ScatterView, Stretch};

use super::{Noise, on_lattice, plain_view, scatter_view};

/// Noise with a shape: darker towards one corner, another one for each row.
fn drawing(row: u32, bytes: &mut [u8]) {
    let mut noise = Noise(u64::from(row) * 977 + 13);
    let n = bytes.len().isqrt();
    for (i, byte) in bytes.iter_mut().enumerate() {
        let ramp = (i % n + i / n) * 255 / (2 * n);
        *byte = if (row as usize + i / n).is_multiple_of(5) { 0 } else { noise.byte() / 2 + (ramp / 2) as u8 };
    }
}

fn picture(view: &ScatterView, layout: &Layout) -> Vec<f32> {
    let index = SpatialIndex::build(layout, &|_| 0, Progress::NONE).unwrap();
    ink_picture(view, layout, &index, 28, &drawing)
}

fn ink_of(row: u32) -> Vec<f64> {
    let mut bytes = [0; 784];
    drawing(row, &mut bytes);
    bytes.iter().map(|&b| f64::from(b) / 255.0).collect()
}

fn mean_of(row: u32) -> f64 {
    ink_of(row).iter().sum::<f64>() / 784.0
}

/// A level of 28 / `block` texels by plain block means.
fn level_of(row: u32, block: usize) -> Vec<f64> {
    let (ink, n) = (ink_of(row), 28 / block);
    let mean = |i: usize| {
        let texels = (0..block * block).map(|k| ink[(i / n * block + k / block) * 28 + i % n * block + k % block]);
        texels.sum::<f64>() / (block * block) as f64
    };
    (0..n * n).map(mean).collect()
}

/// The ink of a pixel by 100 x 100 samples: which grid cell, which texel.
fn super_sampled(view: &ScatterView, columns: u32, rows: u32, levels: &[Vec<f64>], x: u32, y: u32) -> f64 {
    let mut sum = 0.0;
    for k in 0..10_000_u32 {
        let p = DVec2::new(
            f64::from(x) + (f64::from(k % 100) + 0.5) / 100.0,
            f64::from(y) + (f64::from(k / 100) + 0.5) / 100.0,
        );
        let world = view.world_from_px(p);
        let (column, line) = (world.x.floor(), (-world.y).floor());
        if column < 0.0 || line < 0.0 || column >= f64::from(columns) {
            continue;
        }
        let row = line as u32 * columns + column as u32;
        if row < rows {
            let level = &levels[row as usize];
            let n = level.len().isqrt();
            let texel = |t: f64| (t * n as f64) as usize;
            sum += level[texel(-world.y - line) * n + texel(world.x - column)];
        }
    }
    sum / 10_000.0
}

#[test]
fn pyramids_halve_and_end_in_four_two_one() {
    assert_eq!(level_sides(28), [28, 14, 7, 4, 2, 1]);
    assert_eq!(level_sides(32), [32, 16, 8, 4, 2, 1]);
    assert_eq!(level_sides(20), [20, 10, 5, 4, 2, 1]);
    assert_eq!(level_sides(12), [12, 6, 4, 2, 1]);
    assert_eq!(level_sides(4), [4, 2, 1]);
    assert_eq!(level_sides(0), [1]);
}

#[test]
fn small_drawings_are_the_integral_of_their_level() {
    let layout = Layout::grid(5, Some(3), Progress::NONE).unwrap();
    // Sides at which one level alone counts.
    for (side, block) in [(14.0, 2), (7.0, 4), (4.0, 7), (2.0, 14)] {
        let view = plain_view([31, 21], DVec2::new(1.37, -0.81), side);
        let levels: Vec<Vec<f64>> = (0..5).map(|row| level_of(row, block)).collect();
        let seen = picture(&view, &layout);
        for (i, &ink) in (0..).zip(&seen) {
            let expected = super_sampled(&view, 3, 5, &levels, i % 31, i / 31);
            assert!((f64::from(ink) - expected).abs() < 0.012, "pixel {i} at {side}: {ink} for {expected}");
        }
    }
}

#[test]
fn between_levels_both_are_mixed_by_the_logarithm() {
    let layout = Layout::grid(5, Some(3), Progress::NONE).unwrap();
    // 14 / sqrt 2 lies in the middle between 14 and 7.
    let view = plain_view([40, 30], DVec2::new(1.4, -0.9), 14.0 / 2_f64.sqrt());
    let levels = |block| (0..5).map(|row| level_of(row, block)).collect::<Vec<_>>();
    let (fine, coarse) = (levels(2), levels(4));
    for (i, &ink) in (0..).zip(&picture(&view, &layout)) {
        let sampled = |levels| super_sampled(&view, 3, 5, levels, i % 40, i / 40);
        let expected = f64::midpoint(sampled(&fine), sampled(&coarse));
        assert!((f64::from(ink) - expected).abs() < 0.012, "pixel {i}: {ink} for {expected}");
    }
}

#[test]
fn no_ink_is_lost_or_made_at_any_side() {
    let layout = Layout::grid(40, Some(8), Progress::NONE).unwrap();
    let ink: f64 = (0..40).map(mean_of).sum();
    for i in 0..40 {
        let side = 0.6 * 1.1_f64.powi(i);
        if side >= 28.0 {
            break;
        }
        let view = plain_view([260, 180], DVec2::new(4.0 + 0.013 * f64::from(i), -2.5), side);
        let total: f64 = picture(&view, &layout).iter().map(|&v| f64::from(v)).sum();
        let expected = ink * side * side;
        // As far as edges on a lattice of 1/1024 px allow.
        assert!((total / expected - 1.0).abs() < 2e-3, "{side}: {total} for {expected}");
    }
}

#[test]
fn large_drawings_show_whole_texels() {
    let layout = Layout::grid(2, Some(2), Progress::NONE).unwrap();
    // 56 px a drawing, its left top corner at (4, 2): texels of 2 x 2 px.
    let view = plain_view([120, 60], DVec2::new(1.0, -0.5), 56.0);
    let seen = picture(&view, &layout);
    let inks = [ink_of(0), ink_of(1)];
    for (i, &ink) in (0..).zip(&seen) {
        let (x, y) = (i % 120, i / 120);
        let inside = (4..116).contains(&x) && (2..58).contains(&y);
        let expected = if inside { inks[(x - 4) / 56][(y - 2) / 2 * 28 + (x - 4) % 56 / 2] } else { 0.0 };
        assert!((f64::from(ink) - expected).abs() < 1e-6, "pixel {x}, {y}");
    }
}

#[test]
fn far_contrast_stretches_the_mean() {
    let layout = Layout::grid(100, Some(10), Progress::NONE).unwrap();
    let view = ScatterView {
        far_mix: 1.0,
        stretch: Stretch::linear(0.2, 0.5),
        ..plain_view([30, 30], DVec2::new(5.0, -5.0), 3.0)
    };
    let seen = picture(&view, &layout);
    for row in 0..100_u32 {
        let expected = ((mean_of(row) - 0.2) / 0.3).clamp(0.0, 1.0);
        let ink = f64::from(seen[(row / 10 * 3 + 1) as usize * 30 + (row % 10 * 3 + 1) as usize]);
        assert!((ink - expected).abs() < 1e-6, "row {row}: {ink} for {expected}");
    }
    // Half way, half of each; a stretch without width changes nothing.
    let half = picture(&ScatterView { far_mix: 0.5, ..view }, &layout);
    let filtered = picture(&ScatterView { far_mix: 0.0, ..view }, &layout);
    for ((h, f), s) in half.iter().zip(&filtered).zip(&seen) {
        assert!((h - f32::midpoint(*f, *s)).abs() < 1e-6);
    }
    let flat = picture(&ScatterView { stretch: Stretch::linear(0.4, 0.4), ..view }, &layout);
    assert!((f64::from(flat[31]) - mean_of(0)).abs() < 1e-6);
}

#[test]
fn dots_on_one_another_multiply_what_shows_of_the_paper() {
    let layout = Layout::index(200, 2, Progress::NONE).unwrap();
    let view = ScatterView { opacity: 0.3, ..scatter_view([60, 40], layout.bounds.middle(), 3.0, 5.3) };
    let seen = picture(&view, &layout);
    let mut most = 0;
    for (i, &ink) in (0..).zip(&seen) {
        let p = DVec2::new(f64::from(i % 60_u32) + 0.5, f64::from(i / 60) + 0.5);
        let count = (0..200)
            .filter(|&row| {
                let c = view.px_from_world(layout.center(row).unwrap());
                let reaches = |middle: f64, at: f64| on_lattice(middle - 2.65) <= at && at < on_lattice(middle + 2.65);
                reaches(c.x, p.x) && reaches(c.y, p.y)
            })
            .count();
        most = most.max(count);
        assert!((f64::from(ink) - (1.0 - 0.7_f64.powi(count as i32))).abs() < 1e-6, "pixel {i}: {ink} for {count}");
    }
    assert!(most >= 5, "a crowd: {most}");
}

#[test]
fn scattered_drawings_show_their_own_ink() {
    let layout = Layout::index(1, 2, Progress::NONE).unwrap();
    let center = layout.center(0).unwrap();
    // Nearest texels at 28 px; the square from (6, 6) to (34, 34).
    let view = ScatterView { opacity: 0.8, shape_mix: 0.75, ..scatter_view([40, 40], center, 28.0, 28.0) };
    let ink = ink_of(0);
    let seen = picture(&view, &layout);
    for (x, y) in [(6_usize, 6_usize), (20, 11), (33, 33)] {
        let expected = 0.8 * (0.25 + 0.75 * ink[(y - 6) * 28 + x - 6]);
        assert!((f64::from(seen[y * 40 + x]) - expected).abs() < 1e-6);
    }
    assert_eq!((seen[5 * 40 + 20], seen[20 * 40 + 34]), (0.0, 0.0));
    // At 14 px: the square runs from 3.75 to 17.75, so pixel 2 is bare, pixel 3 not covered at its centre, and pixel 4
    // holds ¾ of texel 0 and ¼ of texel 1 of the second level; lines fall on whole pixels.
    let shifted = DVec2::new(center.x - 0.75 / 14.0, center.y);
    let view = ScatterView { opacity: 1.0, shape_mix: 1.0, ..scatter_view([20, 20], shifted, 14.0, 14.0) };
    let (seen, level) = (picture(&view, &layout), level_of(0, 2));
    let line = &seen[8 * 20..9 * 20];
    assert_eq!((line[2], line[3]), (0.0, 0.0));
    let expected = 0.75 * level[5 * 14] + 0.25 * level[5 * 14 + 1];
    assert!((f64::from(line[4]) - expected).abs() < 1e-6, "{} for {expected}", line[4]);
}
