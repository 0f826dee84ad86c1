//! What views send to the shaders for any viewport, camera and set, and what the look-up then counts: its arithmetic in wider
//! integers, which do not wrap.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::atlas::{AtlasLimits, Pages};
use crate::scene::camera::{Camera, Viewport};
use crate::scene::layout::{LAYOUTS, Lattice, LatticeBlock, LayoutKind};
use proptest::prelude::*;

/// `MOST` of `cell_lookup.wgsl`.
const MOST: i64 = 128;

/// A number of the shader: in 32 bits it is the same.
fn fits(number: i64) -> i64 {
    assert!(i32::try_from(number).is_ok(), "{number} does not fit 32 bits");
    number
}

/// `cell_grid.wgsl` on one axis; y is turned over so that both run the same way.
struct Axis {
    /// Where the lattice begins, counted from the view's origin.
    from_origin: i64,
    origin_px: f32,
    px_per_fixed: f32,
    unit_bits: u32,
}

impl Axis {
    fn both(uniform: &ViewUniform, left_top: [i32; 2]) -> [Self; 2] {
        let unit_bits = uniform.half_fixed.trailing_zeros() + 1;
        let of = |from_origin: i64, axis: usize| Self {
            from_origin: fits(from_origin),
            origin_px: uniform.origin_px[axis],
            px_per_fixed: uniform.px_per_fixed,
            unit_bits,
        };
        let [left, top] = left_top.map(i64::from);
        let [x, y] = uniform.origin.map(i64::from);
        [of(left - x, 0), of(y - top, 1)]
    }

    fn distance(&self, px: f32) -> f32 {
        (px - self.origin_px) / self.px_per_fixed
    }

    fn edge(&self, number: i64) -> f32 {
        let from_left = fits(fits(number) << self.unit_bits);
        let px = self.origin_px + fits(self.from_origin + from_left) as f32 * self.px_per_fixed;
        assert!(px.is_finite());
        (px * 1024.0 + 0.5).floor() / 1024.0
    }

    fn near(&self, px: f32) -> i64 {
        let whole = f64::from(self.distance(px).floor()).clamp(-536_870_912.0, 536_870_912.0) as i64;
        fits(whole - self.from_origin) >> self.unit_bits
    }

    fn at(&self, px: f32) -> i64 {
        let near = self.near(px);
        near + i64::from(self.edge(near + 1) <= px) - i64::from(self.edge(near) > px)
    }

    /// Turns of the loop over this axis for a pixel, and how much of the pixel they cover.
    fn turns(&self, px: f32, count: i64) -> (i64, f64) {
        let low = self.at(px).min(count).max(0);
        let end = (self.near(px + 1.0) + 2).min(count).max(low);
        let stride = ((fits(end - low) + MOST - 1) / MOST).max(1);
        let (mut turns, mut covered, mut number, mut edge) = (0, 0.0, low, self.edge(low));
        while turns < MOST && number < end && edge < px + 1.0 {
            number = (number + stride).min(end);
            let next = self.edge(number);
            covered += f64::from((next.min(px + 1.0) - edge).max(0.0) - (px - edge).max(0.0));
            (edge, turns) = (next, turns + 1);
        }
        (turns, covered)
    }
}

/// A lattice that fills a world of `columns` times `lines`.
fn outline(kind: LayoutKind, columns: u32, lines: u32) -> Option<Layout> {
    let block = LatticeBlock { left_top: [0, 0], columns, rows: columns.saturating_mul(lines), start: 0 };
    let lattice = (kind != LayoutKind::INDEX).then(|| Lattice { blocks: vec![block], order: None, ascends: true });
    Layout::outline(kind, columns.into(), lines.into(), lattice).ok()
}

fn view_of(layout: &Layout, camera: &Camera, viewport: &Viewport, point_px: f64) -> ScatterView {
    let px_per_unit = camera.px_per_unit(&layout.bounds, viewport);
    let side_px = px_per_unit.max(point_px);
    ScatterView {
        size_px: [viewport.width_px, viewport.height_px],
        center: camera.center,
        px_per_unit,
        side_px,
        overlaps: layout.overlaps || side_px > px_per_unit,
        opacity: 0.5,
        shape_mix: crate::scene::view::shape_mix(side_px),
        far_mix: crate::scene::view::far_mix(side_px),
        stretch: Stretch::linear(0.1, 0.4),
    }
}

fn uniform_of(layout: &Layout, view: &ScatterView, rows: u32) -> ViewUniform {
    let limits = AtlasLimits { texture_px: 16_384, layers: 2048, chunk_bytes: 1 << 30 };
    let plan = AtlasPlan::new(rows, 28, 28, Pages::Ink, limits).unwrap();
    let near_px = DVec2::new(view.size_px[0].into(), view.size_px[1].into()) / 2.0;
    ViewUniform::new(view, layout, &plan, rows, Crop { left_top: [0, 0], size_px: view.size_px, near_px })
}

/// Holds all numbers that a view sends against their ranges, and follows the look-up at some pixels of it.
fn follow(layout: &Layout, view: &ScatterView, rows: u32) {
    let uniform = uniform_of(layout, view, rows);
    // What a camera asks for is in range by itself: nothing was bent.
    let fixed_per_unit = f64::from(1_u32 << layout.frac_bits());
    assert_eq!(uniform.px_per_fixed, (view.px_per_unit / fixed_per_unit) as f32);
    assert_eq!(uniform.size_px, view.size_px.map(|side| side as f32));
    assert!(PX_PER_UNIT.contains(&view.side_px), "{view:?}");
    assert!(uniform.origin.iter().all(|at| at.unsigned_abs() <= 1 << FIXED_BITS), "{uniform:?}");
    assert!(uniform.px_per_fixed > 1e-12 && uniform.px_per_fixed < 1e6, "{uniform:?}");
    for (axis, at) in uniform.origin_px.into_iter().enumerate() {
        let from_middle = at - uniform.size_px[axis] / 2.0;
        assert!(from_middle.abs() <= 1.0 + uniform.px_per_fixed, "the origin is beside the camera: {uniform:?}");
    }
    if view.overlaps || uniform.half_fixed == 0 {
        return;
    }
    for block in layout.lattice.iter().flat_map(|lattice| &lattice.blocks) {
        let [x, y] = Axis::both(&uniform, block.left_top);
        for (axis, count, side) in [(x, block.columns, 0), (y, block.lines(), 1)] {
            let size = uniform.size_px[side];
            let (first, last) = (axis.edge(0), axis.edge(i64::from(count)));
            for px in [0.0, 0.25, 0.5, 0.75, 1.0].map(|part: f32| ((size - 1.0) * part).floor()) {
                let (turns, covered) = axis.turns(px, count.into());
                assert!(turns <= MOST);
                let expected = f64::from((last.min(px + 1.0) - first.max(px)).max(0.0));
                assert!((covered - expected).abs() < 0.01, "{covered} for {expected} at {px} in {view:?}");
            }
        }
    }
}

fn log_uniform(most: u32) -> impl Strategy<Value = u32> {
    (0.0..=f64::from(most).ln()).prop_map(move |log: f64| (log.exp().round() as u32).clamp(1, most))
}

fn sides() -> impl Strategy<Value = u32> {
    prop_oneof![Just(1), Just(2), Just(*SIDE_PX.end()), log_uniform(*SIDE_PX.end())]
}

fn absurd() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::MIN),
        Just(1e300),
        Just(1e-300),
        Just(1.0),
        -1e5..1e5,
        (-20.0..20.0).prop_map(f64::exp2)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn case_pixel_no_camera_over_any_set_leaves_what_the_shaders_can_count(
        (width, height, rows) in (sides(), sides(), log_uniform(60_000_000)),
        columns in prop_oneof![Just(None), Just(Some(1)), log_uniform(60_000_000).prop_map(Some)],
        kind in 0_usize..3,
        (zoom, x, y) in (absurd(), absurd(), absurd()),
        (scale, point_px) in (absurd(), prop_oneof![Just(0.0), Just(4.0), 0.0..5e4]),
    ) {
        let across = columns.unwrap_or_else(|| ((1.3 * f64::from(rows)).sqrt().round() as u32).max(1));
        // Wider layouts are refused before anything is drawn.
        if let Some(layout) = outline(LAYOUTS[kind], across, rows.div_ceil(across)) {
            let viewport = Viewport::new(width, height, scale);
            for (zoom, center) in [(zoom, DVec2::new(x, y)), (0.5, layout.bounds.middle()), (1e300, layout.bounds.max)] {
                let camera = Camera { center, zoom }.clamped(&layout.bounds, &viewport);
                for point_px in [0.0, point_px] {
                    follow(&layout, &view_of(&layout, &camera, &viewport, point_px), rows);
                }
            }
        }
    }

    #[test]
    fn views_that_no_camera_asks_for_are_bent_into_their_ranges(
        numbers in prop::collection::vec(absurd(), 12), side in any::<u32>(),
    ) {
        let view = ScatterView {
            size_px: [side, 1],
            center: DVec2::new(numbers[0], numbers[1]),
            px_per_unit: numbers[2],
            side_px: numbers[3],
            overlaps: false,
            opacity: numbers[4],
            shape_mix: numbers[5],
            far_mix: numbers[6],
            stretch: Stretch { low: numbers[7], knee: numbers[8], high: numbers[9], knee_to: numbers[10] },
        };
        let layout = outline(LayoutKind::GRID, 20, 15).unwrap();
        let uniform = uniform_of(&layout, &view, 300);
        let floats = [&uniform.origin_px[..], &uniform.size_px[..]].concat();
        prop_assert!(floats.iter().all(|number| number.abs() <= 131_072.0), "{uniform:?}");
        prop_assert!(uniform.px_per_fixed > 0.0 && uniform.px_per_fixed < 1e6 && uniform.side_px > 0.0);
        prop_assert!(uniform.origin.iter().all(|at| at.unsigned_abs() <= 1 << FIXED_BITS));
        for share in [uniform.opacity, uniform.shape_mix, uniform.far_mix, uniform.level_mix, uniform.stretch_low] {
            prop_assert!((0.0..=1.0).contains(&share), "{uniform:?}");
        }
        prop_assert!((0.0..=65_535.0).contains(&uniform.stretch_rise) && (0.0..=65_535.0).contains(&uniform.stretch_rise_above));
    }
}

/// 20 columns and 15 lines fitted into 2048 × 1 pixels are 0.17 × 0.13 pixels large, so that the picture's ends lie 8·10⁹ units
/// away from its middle: more than 32 bits hold. Saturated, and with the origin's place in the lattice added, the place of what is
/// right of it wrapped around to its far left, and a loop that went on until it came back never did.
#[test]
fn case_pixel_a_picture_wider_than_32_bits_of_units_ends_and_shows_what_is_there() {
    let layout = outline(LayoutKind::GRID, 20, 15).unwrap();
    for size_px in [[2048, 1], [1, 2048]] {
        let viewport = Viewport::new(size_px[0], size_px[1], 1.0);
        let view = view_of(&layout, &Camera::fit(&layout.bounds), &viewport, 0.0);
        let uniform = uniform_of(&layout, &view, 300);
        let [x, y] = Axis::both(&uniform, [0, 0]);
        let (long, count) = if size_px[0] > 1 { (x, 20) } else { (y, 15) };
        let distance = long.distance(2047.0);
        assert!(distance > 7e9, "{distance}");
        // As it was: edges by numbers that wrap, all that there are. None is right of the last pixel.
        let wrapped = |number: i32| {
            let units = (long.from_origin as i32).wrapping_add(number.wrapping_shl(long.unit_bits));
            long.origin_px + units as f32 * long.px_per_fixed
        };
        assert!((0..1 << 16).map(wrapped).all(|edge| edge < 1300.0), "the loop went round for ever");
        // Now.
        assert!((0..2048).all(|px| long.turns(px as f32, count).0 <= 22));
        assert_eq!((long.turns(0.0, count), long.turns(2047.0, count)), ((0, 0.0), (0, 0.0)));
        let middle = (1022..1026).map(|px| long.turns(px as f32, count).1).sum::<f64>();
        let all = count as f64 * view.px_per_unit;
        assert!((middle - all).abs() < 0.01, "{middle} of {all} px");
        follow(&layout, &view, 300);
    }
    // 60,000,000 drawings in a pixel: no more turns than for 16,384.
    let layout = outline(LayoutKind::GRID, 8832, 6794).unwrap();
    let view = view_of(&layout, &Camera::fit(&layout.bounds), &Viewport::new(1, 1, 1.0), 0.0);
    let [x, y] = Axis::both(&uniform_of(&layout, &view, 60_000_000), [0, 0]);
    assert_eq!([x.turns(0.0, 8832).0, y.turns(0.0, 6794).0].map(|turns| turns <= MOST), [true; 2]);
}
