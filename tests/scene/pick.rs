//! The pick oracle against a search over pixels.

use glam::DVec2;
use inkfield::progress::Progress;
use inkfield::scene::index::SpatialIndex;
use inkfield::scene::layout::Layout;
use inkfield::scene::oracle::{PickAnswer, pick, pick_brute};
use inkfield::scene::view::ScatterView;

use super::{Noise, on_lattice, plain_view, scatter_view};

/// The contract read literally: look at every pixel of the viewport within the radius, at every drawing for each.
fn by_pixels(view: &ScatterView, layout: &Layout, at: [u32; 2], radius_px: f64) -> Option<(u32, f64, u32)> {
    let s = view.px_per_unit;
    let covers = |row: u32, x: f64, y: f64| {
        let c = layout.center(row).unwrap();
        let middle_x = f64::from(view.size_px[0]) / 2.0 + (c.x - view.center.x) * s;
        let middle_y = f64::from(view.size_px[1]) / 2.0 - (c.y - view.center.y) * s;
        let reaches = |middle: f64, at: f64| {
            on_lattice(middle - view.side_px / 2.0) <= at && at < on_lattice(middle + view.side_px / 2.0)
        };
        reaches(middle_x, x) && reaches(middle_y, y)
    };
    let mut best: Option<(f64, u32)> = None;
    for y in 0..view.size_px[1] {
        for x in 0..view.size_px[0] {
            let distance = f64::from(x.abs_diff(at[0])).hypot(f64::from(y.abs_diff(at[1])));
            if distance > radius_px || best.is_some_and(|(d, _)| distance > d) {
                continue;
            }
            let top = (0..layout.rows()).rev().find(|&row| covers(row, f64::from(x) + 0.5, f64::from(y) + 0.5));
            if let Some(row) = top
                && best.is_none_or(|(d, r)| distance < d || row > r)
            {
                best = Some((distance, row));
            }
        }
    }
    let (x, y) = (f64::from(at[0]) + 0.5, f64::from(at[1]) + 0.5);
    let under = (0..layout.rows()).filter(|&row| covers(row, x, y)).count() as u32;
    best.map(|(distance, row)| (row, distance, under))
}

fn plain(answer: PickAnswer) -> (u32, f64, u32) {
    (answer.row.0, answer.distance_px, answer.under)
}

#[test]
fn every_pixel_of_a_small_crowd_agrees_with_the_search() {
    let layout = Layout::index(60, 5, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
    let mut near = 0;
    // Sparse dots so that the radius matters, and a crowd of large ones.
    for (s, side) in [(4.013, 4.013), (3.7, 1.3), (2.1, 6.7)] {
        let view = scatter_view([40, 26], layout.bounds.middle() + DVec2::new(0.31, 0.17), s, side);
        for (x, y) in (0..26).flat_map(|y| (0..40).map(move |x| (x, y))) {
            let at = DVec2::new(f64::from(x) + 0.9, f64::from(y) + 0.1);
            let expected = by_pixels(&view, &layout, [x, y], 3.0);
            near += u32::from(expected.is_some_and(|(_, distance, _)| distance > 0.0));
            assert_eq!(pick(&view, &layout, &index, at, 3.0).map(plain), expected, "pixel {x}, {y}");
        }
    }
    assert!(near > 200, "the radius was tried: {near}");
}

#[test]
fn the_index_changes_no_answer() {
    let layout = Layout::index(20_000, 11, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|row| (row / 7000) as u16, Progress::NONE).unwrap();
    let mut noise = Noise(4);
    let mut most_under = 0;
    for _ in 0..300 {
        let center = layout.bounds.min + DVec2::new(noise.unit(), noise.unit()) * layout.bounds.size();
        let s = 2.0 * 30_f64.powf(noise.unit());
        let view = scatter_view([640, 400], center, s, s.max(10.0));
        let at = DVec2::new(noise.unit() * 640.0, noise.unit() * 400.0);
        let answer = pick(&view, &layout, &index, at, 6.0);
        assert_eq!(answer, pick_brute(&view, &layout, at, 6.0));
        most_under = most_under.max(answer.map_or(0, |a| a.under));
    }
    assert!(most_under > 10, "overlaps were tried: {most_under}");
}

#[test]
fn edges_belong_to_the_drawing_right_and_below() {
    // Two drawings of 4 px whose shared edge runs exactly through pixel centres at x = 8.5.
    let layout = Layout::grid(2, Some(2), Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
    let view = plain_view([16, 9], DVec2::new(0.875, -0.5), 4.0);
    let row = |x: f64, y: f64| pick(&view, &layout, &index, DVec2::new(x, y), 0.0).map(|a| a.row.0);
    assert_eq!([row(3.5, 4.0), row(4.5, 4.0), row(7.5, 4.0)], [None, Some(0), Some(0)]);
    assert_eq!([row(8.5, 4.0), row(11.5, 4.0), row(12.5, 4.0)], [Some(1), Some(1), None]);
    // From y = 2.5 (inclusive) to 6.5 (exclusive).
    assert_eq!([row(9.0, 1.0), row(9.0, 2.0), row(9.0, 5.0), row(9.0, 6.0)], [None, Some(1), Some(1), None]);
}

#[test]
fn every_row_is_found_at_its_own_centre() {
    let layout = Layout::grid(3000, None, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
    for s in [1.0, 1.37, 2.4, 9.1] {
        let view = plain_view([700, 700], layout.bounds.middle() + DVec2::new(0.123, 0.456), s);
        for row in 0..3000 {
            let px = view.px_from_world(layout.center(row).unwrap());
            if px.cmpge(DVec2::ONE).all() && px.cmplt(DVec2::splat(699.0)).all() {
                let answer = pick(&view, &layout, &index, px, 0.0).expect("a drawing");
                // At 1 px a square covers one pixel centre; it need not be the one under the square's centre.
                assert!(answer.under == 1 && (s < 1.5 || answer.row.0 == row), "row {row} at {s}: {answer:?}");
            }
        }
    }
}

#[test]
fn outside_and_nonsense_are_nothing() {
    let layout = Layout::grid(100, None, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
    let view = plain_view([50, 40], layout.bounds.middle(), 30.0);
    for at in [[-0.1, 5.0], [50.0, 5.0], [5.0, 40.0], [f64::NAN, 5.0], [f64::INFINITY, 0.0]] {
        assert_eq!(pick(&view, &layout, &index, DVec2::from(at), 6.0), None, "{at:?}");
    }
    // A radius that is no number asks for the pixel alone.
    assert!(pick(&view, &layout, &index, DVec2::new(25.0, 20.0), f64::NAN).is_some());
    assert!(pick(&view, &layout, &index, DVec2::new(25.0, 20.0), f64::INFINITY).is_some());
}
