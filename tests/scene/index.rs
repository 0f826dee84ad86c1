//! The spatial index against brute force.

use glam::DVec2;
use inkfield::progress::Progress;
use inkfield::scene::camera::Bounds;
use inkfield::scene::index::{DrawRange, SpatialIndex};
use inkfield::scene::layout::{Layout, LayoutKind, splitmix64};
use proptest::prelude::*;

fn layouts(rows: u32) -> Vec<Layout> {
    let codes: Vec<u32> = (0..rows).map(|r| r * r % 17).collect();
    let names: Vec<String> = (0..17).map(|i| i.to_string()).collect();
    vec![
        Layout::grid(rows, None, Progress::NONE).unwrap(),
        Layout::grid(rows, Some(1), Progress::NONE).unwrap(),
        Layout::grid(rows, Some(1 << 20), Progress::NONE).unwrap(),
        Layout::index(rows, 3, Progress::NONE).unwrap(),
        Layout::groups(&codes, &names, Progress::NONE).unwrap(),
    ]
}

/// Places as in scatter plots: many at few values, clumps of every size, and all in one place.
fn clumped(rows: u32) -> Vec<Layout> {
    let unit = |row: u32, salt: u64| (splitmix64(u64::from(row) ^ salt) >> 11) as f64 / (1_u64 << 53) as f64;
    let log_normal = |row, salt| {
        // Box and Muller.
        let normal = (-2.0 * unit(row, salt).max(1e-12).ln()).sqrt() * (std::f64::consts::TAU * unit(row, !salt)).cos();
        (2.0 * normal).exp().min(4000.0)
    };
    let of = |place: &dyn Fn(u32) -> DVec2| {
        let places: Vec<DVec2> = (0..rows).map(place).collect();
        let max = places.iter().copied().reduce(DVec2::max).unwrap();
        Layout::overlapping(LayoutKind::INDEX, places.into_iter(), Bounds::new(DVec2::ZERO, max), Progress::NONE)
            .unwrap()
    };
    vec![
        of(&|row| DVec2::new(log_normal(row, 5), log_normal(row, 99))),
        of(&|row| DVec2::new(f64::from(row % 2), f64::from(row / 2 % 2)) * 300.0),
        of(&|_| DVec2::splat(7.5)),
    ]
}

/// Ranges are sorted, merged, hold one chunk each, cover every row inside, and agree with the other answers.
fn check(layout: &Layout, index: &SpatialIndex, chunk_of: &dyn Fn(u32) -> u16, world: &Bounds) -> Vec<DrawRange> {
    let mut ranges = vec![DrawRange { chunk: 9, start: 9, end: 99 }];
    index.ranges(world, &mut ranges);
    assert!(ranges.iter().all(|r| r.start < r.end));
    assert!(ranges.windows(2).all(|w| w[0].chunk < w[1].chunk || (w[0].chunk == w[1].chunk && w[0].end < w[1].start)));
    let mut drawn = vec![];
    for range in &ranges {
        let rows = &index.order()[range.start as usize..range.end as usize];
        assert!(rows.iter().all(|&row| chunk_of(row) == range.chunk));
        drawn.extend_from_slice(rows);
    }
    let mut candidates: Vec<u32> = index.candidates(world).collect();
    assert_eq!(index.rows_in(world), candidates.len() as u64);
    drawn.sort_unstable();
    candidates.sort_unstable();
    assert_eq!(drawn, candidates);
    let inside = (0..layout.rows()).filter(|&row| world.contains(layout.center(row).unwrap()));
    for row in inside {
        assert!(drawn.binary_search(&row).is_ok(), "row {row} is missing in {world:?}");
    }
    drawn.dedup();
    assert_eq!(drawn.len(), candidates.len(), "no row twice");
    ranges
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_row_is_missed(
        rows in prop_oneof![1_u32..5, 1_u32..6000],
        corner in [-0.2..1.2_f64, -0.2..1.2_f64],
        size in [0.0..0.6_f64, 0.0..0.6_f64],
        chunk_rows in 1_u32..3000,
        scrambled in any::<bool>(),
    ) {
        let chunk_of = move |row: u32| (if scrambled { row.wrapping_mul(2_654_435_761) >> 29 } else { row / chunk_rows }) as u16;
        for layout in layouts(rows).into_iter().chain(clumped(rows)) {
            let index = SpatialIndex::build(&layout, &chunk_of, Progress::NONE).unwrap();
            let mut sorted = index.order().to_vec();
            sorted.sort_unstable();
            prop_assert!(sorted.into_iter().eq(0..rows), "a permutation");
            let extent = layout.bounds.size();
            let min = layout.bounds.min + DVec2::from(corner) * extent;
            check(&layout, &index, &chunk_of, &Bounds::new(min, min + DVec2::from(size) * extent));
            // Edges exactly on centres count as inside.
            let center = layout.center(rows / 2).unwrap();
            check(&layout, &index, &chunk_of, &Bounds::new(center, center));
        }
    }
}

#[test]
fn the_whole_picture_is_one_range() {
    for layout in layouts(20_000).into_iter().chain(clumped(20_000)) {
        let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
        let ranges = check(&layout, &index, &|_| 0, &layout.bounds);
        assert_eq!(ranges, [DrawRange { chunk: 0, start: 0, end: 20_000 }]);
    }
}

#[test]
fn rows_ascend_within_a_cell_and_chunk() {
    let layout = Layout::index(20_000, 1, Progress::NONE).unwrap();
    let chunk_of = |row: u32| (row % 3) as u16;
    let index = SpatialIndex::build(&layout, &chunk_of, Progress::NONE).unwrap();
    // Descents of (chunk, row) happen only between cells, of which there are about 20,000 / 64.
    let descents = index.order().windows(2).filter(|w| (chunk_of(w[0]), w[0]) > (chunk_of(w[1]), w[1])).count();
    assert!((100..700).contains(&descents), "{descents}");
}

#[test]
fn a_small_part_costs_little() {
    for layout in
        [Layout::grid(150_152, None, Progress::NONE).unwrap(), Layout::index(150_152, 1, Progress::NONE).unwrap()]
    {
        let index = SpatialIndex::build(&layout, &|row| (row / 50_000) as u16, Progress::NONE).unwrap();
        let (middle, size) = (layout.bounds.middle(), layout.bounds.size());
        let world = Bounds::new(middle - size / 20.0, middle + size / 20.0);
        let rows = index.rows_in(&world);
        // 1 % of the area, and one cell more on each side.
        assert!((1501..4500).contains(&rows), "{rows}");
        let mut ranges = vec![];
        index.ranges(&world, &mut ranges);
        assert!(ranges.len() < 40, "{}", ranges.len());
    }
}

#[test]
fn a_small_part_of_a_clump_costs_little() {
    let rows = 150_152;
    for (layout, what) in clumped(rows).iter().zip(["log-normal", "two flags", "one place"]) {
        let index = SpatialIndex::build(layout, &|row| (row / 50_000) as u16, Progress::NONE).unwrap();
        // A box about the densest place that holds at least 1 % of the rows.
        let middle = layout.center(rows / 3).unwrap();
        let inside = |half: f64| {
            let world = Bounds::new(middle - half, middle + half);
            let count = layout.fixed().iter().filter(|&&at| world.contains(layout.world_from_fixed(at))).count();
            (world, count as u64)
        };
        let (world, count) =
            (0..60).map(|step| inside(1e-4 * 1.5_f64.powi(step))).find(|(_, count)| *count >= 1_501).unwrap();
        // Leaves on the edge hold at most 128 rows each; those of one place are all inside.
        let most = count + 128 * 8 * ((count as f64 / 64.0).sqrt() as u64 + 4);
        assert!(index.rows_in(&world) <= most, "{what}: {} rows for {count}", index.rows_in(&world));
        // As little for a pixel.
        let (pixel, own) = inside(0.003);
        assert!(index.rows_in(&pixel) <= own + 9 * 128, "{what}: {} rows for {own}", index.rows_in(&pixel));
    }
}

#[test]
fn no_square_holds_more_rows_than_where_they_lie_densest() {
    let rows = 20_000;
    let mut layouts = clumped(rows);
    layouts.push(Layout::index(rows, 1, Progress::NONE).unwrap());
    for (at, layout) in layouts.iter().enumerate() {
        let index = SpatialIndex::build(layout, &|_| 0, Progress::NONE).unwrap();
        let densest = index.densest();
        for number in 0..60 {
            // About a row, wherever many are.
            let noise = splitmix64(number);
            let middle = layout.center((noise >> 32) as u32 % rows).unwrap();
            for side in [0.1, 0.26, 1.0, 2.0, 4.1].map(|cells| cells * densest.cell) {
                let corner = middle - side * f64::from(noise as u16) / 65_536.0;
                let inside = |&at: &[i32; 2]| {
                    let from = layout.world_from_fixed(at) - corner;
                    from.cmpge(DVec2::ZERO).all() && from.cmplt(DVec2::splat(side)).all()
                };
                let count = layout.fixed().iter().filter(|at| inside(at)).count();
                assert!(count <= densest.most_within(side) as usize, "{count} in {side} of {densest:?}");
            }
        }
        let even = densest.rows_a_part * 4 < densest.rows_a_cell;
        assert_eq!(even, at == 3, "parts tell more where rows lie evenly: {densest:?}");
    }
}

#[test]
fn nonsense_rectangles_hold_nothing() {
    let layout = Layout::grid(1000, None, Progress::NONE).unwrap();
    let index = SpatialIndex::build(&layout, &|_| 0, Progress::NONE).unwrap();
    let nan = DVec2::splat(f64::NAN);
    for world in
        [Bounds::new(nan, nan), Bounds::new(DVec2::ONE, -DVec2::ONE), Bounds::new(DVec2::splat(1e9), DVec2::splat(2e9))]
    {
        assert_eq!(index.rows_in(&world), 0, "{world:?}");
    }
    let all = Bounds::new(DVec2::splat(f64::NEG_INFINITY), DVec2::splat(f64::INFINITY));
    assert_eq!(index.rows_in(&all), 1000);
}
