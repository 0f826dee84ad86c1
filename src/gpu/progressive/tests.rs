//! Of what resolution pictures are, how thick slices, and when the next frame is due, by what pictures took.

use super::*;
use crate::gpu::painters::CostKey;
use glam::DVec2;

/// Pictures of overlapping drawings, where nothing else is said.
const KEY: CostKey = CostKey::Quads;

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

fn key_of(view: &ScatterView) -> CostKey {
    if view.overlaps { KEY } else { CostKey::CellLookup }
}

/// What may be drawn of a view of which nothing is on screen.
fn whole(progressive: &mut Progressive, view: &ScatterView, now: Instant) -> u32 {
    progressive.plan(view, key_of(view), Reuse::Nothing, now).downsample
}

/// Records what a picture as a whole took.
fn record(progressive: &mut Progressive, view: &ScatterView, downsample: u32, ms: u64) {
    let drawn = DrawnPart {
        view: *view,
        cost_key: key_of(view),
        extent: DrawnExtent::All(downsample),
        encoding: Duration::ZERO,
    };
    progressive.record_gpu_time(&drawn, Duration::from_millis(ms));
}

/// One that knows what a picture takes, ms, and has shown it.
fn knowing(ms: u64, now: Instant) -> Progressive {
    let mut progressive = Progressive::default();
    assert_eq!(progressive.plan(&view(0.0), KEY, Reuse::Nothing, now), DrawBudget::ALL, "the first picture is exact");
    record(&mut progressive, &view(0.0), 1, ms);
    progressive
}

#[test]
fn slow_pictures_are_coarse_while_the_camera_moves_and_made_exact_soon_after() {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut progressive = knowing(20, at(0));
    assert_eq!(progressive.plan(&view(1.0), KEY, Reuse::Nothing, at(20)), DrawBudget { downsample: 3, scanlines: 0 });
    progressive.set_refining(true);
    assert_eq!(progressive.due(at(20)), Some(at(80)), "it waits for a rest");
    assert_eq!(whole(&mut progressive, &view(2.0), at(50)), 3, "it may go on");
    assert_eq!(progressive.due(at(50)), Some(at(110)));
    // It rests: a slice a frame, and the next one at once.
    assert_eq!(progressive.plan(&view(2.0), KEY, Reuse::Most, at(110)), DrawBudget { downsample: 1, scanlines: 50 });
    assert_eq!(progressive.due(at(110)), Some(at(110)));
    progressive.set_refining(false);
    assert_eq!(progressive.due(at(120)), None);
}

#[test]
fn the_slower_a_picture_is_the_coarser_it_may_be() {
    let start = Instant::now();
    let seen = [8, 16, 32, 96, 4000].map(|ms| whole(&mut knowing(ms, start), &view(1.0), start));
    assert_eq!(seen, [1, 2, 3, 4, 4]);
}

#[test]
fn one_frame_that_was_held_up_makes_the_next_ones_little_coarser() {
    let start = Instant::now();
    let mut progressive = knowing(6, start);
    let mut takes = |ms| {
        record(&mut progressive, &view(0.0), 1, ms);
        whole(&mut progressive, &view(ms as f64), start)
    };
    assert_eq!([400, 6, 6].map(&mut takes), [2, 2, 1], "it is forgotten soon");
    assert_eq!([400, 400, 400].map(&mut takes), [2, 3, 4], "what goes on being slow counts");
}

#[test]
fn the_slower_a_picture_is_the_thinner_its_slices_are() {
    let start = Instant::now();
    let lines = |ms| knowing(ms, start).plan(&view(0.0), KEY, Reuse::Most, start).scanlines;
    assert_eq!([10, 16, 22, 110, 1_000_000].map(lines), [u32::MAX, u32::MAX, 45, 9, 1]);
    let unknown = Progressive::default().plan(&view(0.0), KEY, Reuse::Most, start);
    assert_eq!(unknown, DrawBudget { downsample: 1, scanlines: 12 }, "carefully, where nothing is known");
}

#[test]
fn what_moves_by_whole_pixels_becomes_exact_on_the_way() {
    let start = Instant::now();
    let mut progressive = knowing(40, start);
    assert_eq!(progressive.plan(&view(1.0), KEY, Reuse::Most, start), DrawBudget { downsample: 1, scanlines: 15 });
    progressive.set_refining(true);
    assert_eq!((progressive.due(start), progressive.moved_at()), (Some(start), Some(start)));
    let rested = start + Duration::from_millis(100);
    assert_eq!(progressive.plan(&view(1.0), KEY, Reuse::Most, rested).scanlines, 25, "more of it at rest");
    assert_eq!(whole(&mut progressive, &view(2.0), start), 4);
}

#[test]
fn a_slow_picture_that_nobody_has_seen_yet_comes_at_low_resolution_first() {
    let start = Instant::now();
    let later = start + Duration::from_secs(1);
    let other = ScatterView { size_px: [100, 120], ..view(0.0) };
    assert_eq!(knowing(15, start).plan(&other, KEY, Reuse::Nothing, later), DrawBudget { downsample: 1, scanlines: 0 });
    let mut progressive = knowing(40, start);
    assert_eq!(progressive.plan(&other, KEY, Reuse::Nothing, later), DrawBudget { downsample: 3, scanlines: 0 });
    progressive.set_refining(true);
    assert_eq!(progressive.due(later), Some(later), "nothing moves: nothing is waited for");
}

#[test]
fn each_size_of_drawings_has_its_own_cost() {
    let (mut progressive, start) = (Progressive::default(), Instant::now());
    let of = |side_px, x| ScatterView { side_px, ..view(x) };
    record(&mut progressive, &of(4.0, 0.0), 1, 5);
    record(&mut progressive, &of(10.0, 0.0), 1, 16);
    whole(&mut progressive, &of(4.0, 0.0), start);
    assert_eq!(whole(&mut progressive, &of(4.0, 1.0), start), 1);
    assert_eq!(whole(&mut progressive, &of(10.0, 2.0), start), 2);
    assert_eq!(whole(&mut progressive, &of(11.5, 3.0), start), 2, "the nearest that is known");
    assert_eq!(whole(&mut progressive, &of(1.0, 3.5), start), 3, "nothing like it is known");
    // A slow coarse picture makes the next one coarser; fast ones show that a finer one would do.
    record(&mut progressive, &of(10.0, 2.0), 2, 30);
    assert_eq!(whole(&mut progressive, &of(10.0, 4.0), start), 4);
    for _ in 0..300 {
        record(&mut progressive, &of(10.0, 2.0), 2, 3);
    }
    assert_eq!(whole(&mut progressive, &of(10.0, 4.5), start), 1);
    // Nothing of that holds where drawings do not overlap.
    let apart = ScatterView { overlaps: false, ..of(10.0, 5.0) };
    assert_eq!(whole(&mut progressive, &apart, start), 3, "carefully, where nothing is known");
    record(&mut progressive, &apart, 2, 3);
    assert_eq!(whole(&mut progressive, &apart, start), 1);
}

#[test]
fn what_was_timed_of_any_kind_of_picture_counts_and_what_the_processor_took_as_well() {
    let keys = [
        CostKey::CellLookup,
        CostKey::Splat,
        CostKey::WideSplat,
        CostKey::TopmostSplat,
        CostKey::Quads,
        CostKey::OnTheWay,
    ];
    assert_eq!(keys.len(), CostKey::COUNT);
    let start = Instant::now();
    let ms = Duration::from_millis;
    for cost_key in keys {
        let mut progressive = Progressive::default();
        // Something else is known: without that every first picture is exact.
        let other = if cost_key == CostKey::Quads { CostKey::Splat } else { CostKey::Quads };
        let drawn = |cost_key, encoding| DrawnPart {
            view: view(1.0),
            cost_key,
            extent: DrawnExtent::All(1),
            encoding: ms(encoding),
        };
        progressive.record_gpu_time(&drawn(other, 0), ms(5));
        let mut planned = || progressive.plan(&view(1.0), cost_key, Reuse::Nothing, start).downsample;
        let unknown = if cost_key == CostKey::OnTheWay { MOST_DOWNSAMPLED } else { UNKNOWN };
        assert_eq!(planned(), unknown, "{cost_key:?}");
        progressive.record_gpu_time(&drawn(cost_key, 0), ms(5));
        let mut planned = || progressive.plan(&view(1.0), cost_key, Reuse::Nothing, start).downsample;
        assert_eq!(planned(), 1, "{cost_key:?}: it was quick");
        progressive.record_gpu_time(&drawn(cost_key, 400), ms(5));
        progressive.record_gpu_time(&drawn(cost_key, 400), ms(5));
        progressive.record_gpu_time(&drawn(cost_key, 400), ms(5));
        let planned = progressive.plan(&view(1.0), cost_key, Reuse::Nothing, start).downsample;
        assert!(planned > 1, "{cost_key:?}: the processor was slow");
    }
}

#[test]
fn what_will_not_be_exact_at_once_comes_within_a_moving_frame_at_rest_too() {
    let start = Instant::now();
    let at_rest = |exact| {
        let mut progressive = knowing(exact, start);
        record(&mut progressive, &view(0.0), 2, 14);
        record(&mut progressive, &view(0.0), 3, 9);
        record(&mut progressive, &view(0.0), 1, exact);
        progressive.plan(&view(0.0), KEY, Reuse::Nothing, start).downsample
    };
    // 16 ms is time enough for an exact picture, and not for a coarse one.
    assert_eq!([at_rest(15), at_rest(40)], [1, 3]);
}

#[test]
fn the_first_picture_of_drawings_on_the_way_is_of_low_resolution() {
    let (mut progressive, now) = (Progressive::default(), Instant::now());
    let first = progressive.plan(&view(0.0), CostKey::OnTheWay, Reuse::Nothing, now);
    assert_eq!(first, DrawBudget { downsample: MOST_DOWNSAMPLED, scanlines: 0 });
    let drawn = DrawnPart {
        view: view(0.0),
        cost_key: CostKey::OnTheWay,
        extent: DrawnExtent::All(first.downsample),
        encoding: Duration::ZERO,
    };
    progressive.record_gpu_time(&drawn, Duration::from_micros(300));
    // Where that was fast the next one is exact.
    assert_eq!(progressive.plan(&view(0.0), CostKey::OnTheWay, Reuse::Nothing, now).downsample, 1);
}
