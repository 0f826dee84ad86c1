//! How coarse pictures are, how thick slices, and when the next frame is due, by what pictures took.

use super::*;
use glam::DVec2;

fn view(x: f64) -> ScatterView {
    ScatterView {
        size_px: [100, 100],
        center: DVec2::new(x, 0.0),
        px_per_unit: 10.0,
        side_px: 10.0,
        overlaps: true,
        opacity: 1.0,
        shape_mix: 1.0,
        far_mix: 0.0,
        stretch: crate::scene::view::Stretch::default(),
    }
}

/// What may be drawn of a view of which nothing is on screen.
fn anew(refinement: &mut Refinement, view: &ScatterView, now: Instant) -> u32 {
    refinement.effort(view, Seen::Nothing, now).coarse
}

/// One that knows what a picture takes, ms, and has shown it.
fn knowing(ms: u64, now: Instant) -> Refinement {
    let mut refinement = Refinement::default();
    assert_eq!(refinement.effort(&view(0.0), Seen::Nothing, now), Effort::ALL, "the first picture is exact");
    refinement.took(&view(0.0), 1, Duration::from_millis(ms));
    refinement
}

#[test]
fn slow_pictures_are_coarse_while_the_camera_moves_and_made_exact_soon_after() {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut refinement = knowing(20, at(0));
    assert_eq!(refinement.effort(&view(1.0), Seen::Nothing, at(20)), Effort { coarse: 2, lines: 0 });
    refinement.set_refining(true);
    assert_eq!(refinement.due(at(20)), Some(at(80)), "it waits for a rest");
    assert_eq!(anew(&mut refinement, &view(2.0), at(50)), 2, "it may go on");
    assert_eq!(refinement.due(at(50)), Some(at(110)));
    // It rests: a slice a frame, and the next one at once.
    assert_eq!(refinement.effort(&view(2.0), Seen::Most, at(110)), Effort { coarse: 1, lines: 50 });
    assert_eq!(refinement.due(at(110)), Some(at(110)));
    refinement.set_refining(false);
    assert_eq!(refinement.due(at(120)), None);
}

#[test]
fn the_slower_a_picture_is_the_coarser_it_may_be() {
    let start = Instant::now();
    let seen = [10, 20, 40, 120, 4000].map(|ms| anew(&mut knowing(ms, start), &view(1.0), start));
    assert_eq!(seen, [1, 2, 3, 4, 4]);
}

#[test]
fn one_frame_that_was_held_up_makes_the_next_ones_little_coarser() {
    let start = Instant::now();
    let mut refinement = knowing(8, start);
    let mut takes = |ms| {
        refinement.took(&view(0.0), 1, Duration::from_millis(ms));
        anew(&mut refinement, &view(ms as f64), start)
    };
    assert_eq!([400, 8, 8].map(&mut takes), [2, 2, 1], "it is forgotten soon");
    assert_eq!([400, 400, 400].map(&mut takes), [2, 3, 4], "what goes on being slow counts");
}

#[test]
fn the_slower_a_picture_is_the_thinner_its_slices_are() {
    let start = Instant::now();
    let lines = |ms| knowing(ms, start).effort(&view(0.0), Seen::Most, start).lines;
    assert_eq!([10, 16, 22, 110, 1_000_000].map(lines), [u32::MAX, u32::MAX, 45, 9, 1]);
    let unknown = Refinement::default().effort(&view(0.0), Seen::Most, start);
    assert_eq!(unknown, Effort { coarse: 1, lines: 12 }, "carefully, where nothing is known");
}

#[test]
fn what_moves_by_whole_pixels_becomes_exact_on_the_way() {
    let start = Instant::now();
    let mut refinement = knowing(40, start);
    assert_eq!(refinement.effort(&view(1.0), Seen::Most, start), Effort { coarse: 1, lines: 15 });
    refinement.set_refining(true);
    assert_eq!((refinement.due(start), refinement.moved_at()), (Some(start), Some(start)));
    let rested = start + Duration::from_millis(100);
    assert_eq!(refinement.effort(&view(1.0), Seen::Most, rested).lines, 25, "more of it at rest");
    assert_eq!(anew(&mut refinement, &view(2.0), start), 3);
}

#[test]
fn a_slow_picture_that_nobody_has_seen_yet_comes_coarse_first_unless_it_cannot_be_sliced() {
    let start = Instant::now();
    let later = start + Duration::from_secs(1);
    let other = ScatterView { size_px: [100, 120], ..view(0.0) };
    assert_eq!(knowing(15, start).effort(&other, Seen::Nothing, later), Effort { coarse: 1, lines: 0 });
    let mut refinement = knowing(40, start);
    assert_eq!(refinement.effort(&other, Seen::Nothing, later), Effort { coarse: 3, lines: 0 });
    refinement.set_refining(true);
    assert_eq!(refinement.due(later), Some(later), "nothing moves: nothing is waited for");
    assert_eq!(refinement.effort(&other, Seen::NothingToSlice, later), Effort::ALL);
    assert_eq!(refinement.effort(&view(1.0), Seen::NothingToSlice, later).coarse, 1);
}

#[test]
fn each_size_of_drawings_has_its_own_cost() {
    let (mut refinement, start) = (Refinement::default(), Instant::now());
    let of = |side_px, x| ScatterView { side_px, ..view(x) };
    refinement.took(&of(4.0, 0.0), 1, Duration::from_millis(5));
    refinement.took(&of(10.0, 0.0), 1, Duration::from_millis(20));
    anew(&mut refinement, &of(4.0, 0.0), start);
    assert_eq!(anew(&mut refinement, &of(4.0, 1.0), start), 1);
    assert_eq!(anew(&mut refinement, &of(10.0, 2.0), start), 2);
    assert_eq!(anew(&mut refinement, &of(11.5, 3.0), start), 2, "the nearest that is known");
    assert_eq!(anew(&mut refinement, &of(1.0, 3.5), start), 3, "nothing like it is known");
    // A slow coarse picture makes the next one coarser; fast ones show that a finer one would do.
    refinement.took(&of(10.0, 2.0), 2, Duration::from_millis(30));
    assert_eq!(anew(&mut refinement, &of(10.0, 4.0), start), 4);
    for _ in 0..120 {
        refinement.took(&of(10.0, 2.0), 2, Duration::from_millis(3));
    }
    assert_eq!(anew(&mut refinement, &of(10.0, 4.5), start), 1);
    // Nothing of that holds where drawings do not overlap.
    let apart = ScatterView { overlaps: false, ..of(10.0, 5.0) };
    assert_eq!(anew(&mut refinement, &apart, start), 3, "carefully, where nothing is known");
    refinement.took(&apart, 2, Duration::from_millis(3));
    assert_eq!(anew(&mut refinement, &apart, start), 1);
}
