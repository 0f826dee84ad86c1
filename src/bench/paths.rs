//! Where the camera goes: seeded paths, the same on every machine. Pure functions of the frame's number.

use crate::scene::camera::{Bounds, Camera, Viewport};
use crate::scene::layout::{Layout, splitmix64};
use glam::DVec2;

/// Frames from the least side of drawings that are looked at from near to the largest, and back: four seconds at 60 a second.
const THERE_AND_BACK: u32 = 240;
/// How much larger that is.
const LARGEST: f64 = 8.0;
/// Frames from one stop of the tour to the next: a second at 60 a second.
const LEG_FRAMES: u32 = 60;
/// How far a pan goes in a frame, logical pixels: whole ones, as a hand that drags takes them.
pub const PAN_PX: DVec2 = DVec2::new(11.0, 6.0);
/// The same in parts of pixels, so that no picture shows again what another one has shown.
pub const PART_PX: DVec2 = DVec2::new(11.31, 6.47);

/// What a path runs through.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Where the drawings are.
    pub bounds: Bounds,
    /// What they are seen through.
    pub viewport: Viewport,
    /// How many there are.
    pub rows: u32,
    /// Where they crowd; `None` where there is one a square unit.
    pub crowd: Option<Crowd>,
}

/// The middle of a crowd.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// The median of all places on either axis.
    pub center: DVec2,
    /// With so many pixels a unit a hundredth of the rows is in view around it.
    pub px_per_unit: f64,
}

impl Crowd {
    /// The crowd of a layout; where one place holds more than a hundredth of the rows, that is taken for a hundredth of the world.
    pub fn of(layout: &Layout, viewport: &Viewport) -> Self {
        let median = |axis: usize| {
            let mut all: Vec<i32> = layout.fixed().iter().map(|place| place[axis]).collect();
            let middle = all.len() / 2;
            if middle < all.len() { *all.select_nth_unstable(middle).1 } else { 0 }
        };
        let center = layout.world_from_fixed([median(0), median(1)]);
        let half_px = viewport.size_px() / 2.0;
        // A row is in view below so many pixels a unit.
        let most = |&place: &[i32; 2]| (half_px / (layout.world_from_fixed(place) - center).abs()).min_element();
        let mut all: Vec<f64> = layout.fixed().iter().map(most).collect();
        let rank = all.len() / 100;
        let found = if rank < all.len() { *all.select_nth_unstable_by(rank, |a, b| b.total_cmp(a)).1 } else { 1.0 };
        let area = layout.bounds.size().element_product();
        let by_area = (viewport.size_px().element_product() / (0.01 * area)).sqrt();
        Self { center, px_per_unit: if found.is_finite() { found } else { by_area } }
    }
}

/// A number in 0…1 that depends on its two arguments alone.
pub(super) fn unit(stream: u64, i: u32) -> f64 {
    (splitmix64((stream << 32) ^ u64::from(i)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Everything in view, each time a fraction of a pixel elsewhere: no picture equals another one.
pub fn overview(world: &World, i: u32) -> Camera {
    let fit = Camera::fit(&world.bounds);
    let px_per_unit = fit.px_per_unit(&world.bounds, &world.viewport);
    let jump_px = DVec2::new(unit(1, i), unit(2, i)) - 0.5;
    Camera { center: fit.center + jump_px / px_per_unit, ..fit }
}

/// A pan with a part of the rows in view, to and fro between the edges of the world, or half a viewport to either side of the
/// middle of a crowd, in steps of `step_px` logical pixels.
pub fn pan(world: &World, visible: f64, step_px: DVec2, i: u32) -> Camera {
    let size_px = world.viewport.size_px();
    let (center, side_px) = match world.crowd {
        Some(crowd) => (crowd.center, crowd.px_per_unit * (0.01 / visible).sqrt()),
        None => (world.bounds.middle(), (size_px.x * size_px.y / (visible * f64::from(world.rows))).sqrt()),
    };
    let middle = Camera::showing(center, side_px, &world.bounds, &world.viewport);
    let px_per_unit = middle.px_per_unit(&world.bounds, &world.viewport);
    let around = world.crowd.map_or(world.bounds.size() - size_px / px_per_unit, |_| size_px / px_per_unit);
    let room = around.max(DVec2::ZERO);
    let way = step_px * world.viewport.scale / px_per_unit * f64::from(i);
    // A third of the room is where it starts, so that both axes turn at different times.
    let turned = |way: f64, room: f64| {
        let there = (way + room / 3.0).rem_euclid((2.0 * room).max(1e-9));
        there.min(2.0 * room - there).max(0.0)
    };
    let offset = DVec2::new(turned(way.x, room.x), turned(way.y, room.y)) - room / 2.0;
    Camera { center: middle.center + offset, ..middle }.clamped(&world.bounds, &world.viewport)
}

/// A pan that comes nearer and goes away again meanwhile, from drawings that have a side of `least` logical pixels, and a hair more.
pub fn nearer(world: &World, least: f64, i: u32) -> Camera {
    let part = f64::from(i % THERE_AND_BACK) / f64::from(THERE_AND_BACK);
    let side = least * world.viewport.scale * LARGEST.powf(1.0 - (2.0 * part - 1.0).abs());
    let in_view = world.viewport.size_px().element_product() / (side * side);
    pan(world, in_view / f64::from(world.rows) * 0.99, PART_PX, i)
}

/// A tour of pans and zooms between seeded stops, from everything down to a few drawings.
pub fn tour(world: &World, i: u32) -> Camera {
    let (leg, step) = (i / LEG_FRAMES, i % LEG_FRAMES);
    let t = f64::from(step) / f64::from(LEG_FRAMES);
    // Slow at both ends, as a hand is.
    let eased = t * t * (3.0 - 2.0 * t);
    Camera::lerp(stop(world, leg), stop(world, leg + 1), eased).clamped(&world.bounds, &world.viewport)
}

fn stop(world: &World, leg: u32) -> Camera {
    let fit = Camera::fit(&world.bounds);
    // Every fourth stop is the overview.
    if leg.is_multiple_of(4) {
        return fit;
    }
    let nearest = Camera::max_zoom(&world.bounds, &world.viewport) / 4.0;
    let center = world.bounds.min + world.bounds.size() * DVec2::new(unit(3, leg), unit(4, leg));
    let zoom = nearest.max(1.0).powf(unit(5, leg));
    Camera { center, zoom }.clamped(&world.bounds, &world.viewport)
}

/// Where the pointer goes: anywhere in the viewport, pixels.
pub fn pointer(viewport: &Viewport, i: u32) -> [i32; 2] {
    let at = DVec2::new(unit(6, i), unit(7, i)) * viewport.size_px();
    [at.x as i32, at.y as i32]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::progress::Progress;
    use crate::scene::layout::LayoutKind;

    const ROWS: u32 = 150_152;

    fn worlds() -> [(World, Layout); 2] {
        let viewport = Viewport::new(1280, 800, 1.0);
        [Layout::grid(ROWS, None, Progress::NONE).unwrap(), Layout::index(ROWS, 0, Progress::NONE).unwrap()]
            .map(|layout| (World { bounds: layout.bounds, viewport, rows: ROWS, crowd: None }, layout))
    }

    /// Rows whose centre is in view, counted one by one.
    fn in_view(world: &World, layout: &Layout, camera: Camera) -> usize {
        let half = world.viewport.size_px() / camera.px_per_unit(&world.bounds, &world.viewport) / 2.0;
        let view = Bounds::new(camera.center - half, camera.center + half);
        (0..ROWS).filter(|&row| view.contains(layout.center(row).unwrap())).count()
    }

    #[test]
    fn a_pan_shows_the_part_it_is_named_after() {
        for (world, layout) in worlds() {
            for visible in [0.1, 0.01, 0.0001] {
                for i in [0, 1, 333, 999] {
                    let part = in_view(&world, &layout, pan(&world, visible, PAN_PX, i)) as f64 / f64::from(ROWS);
                    // 15 drawings in view are a handful more or less where places are random.
                    let slack = if visible < 0.001 { 0.8 } else { 0.1 };
                    assert!((part / visible - 1.0).abs() < slack, "{visible} {i}: {part}");
                }
                assert_ne!(pan(&world, visible, PAN_PX, 7), pan(&world, visible, PAN_PX, 8));
            }
        }
    }

    #[test]
    fn a_hundredth_of_the_rows_is_in_view_around_the_middle_of_a_crowd() {
        // Denser towards the lower left corner: x and y are squares of uniform numbers.
        let side = f64::from(ROWS).sqrt();
        let places = (0..ROWS).map(|i| DVec2::new(unit(30, i).powi(2), unit(31, i).powi(2)) * side);
        let bounds = Bounds::new(DVec2::ZERO, DVec2::splat(side));
        let layout = Layout::overlapping(LayoutKind::INDEX, places, bounds, Progress::NONE).unwrap();
        let viewport = Viewport::new(1280, 800, 1.0);
        let crowd = Crowd::of(&layout, &viewport);
        assert!((crowd.center / side - 0.25).abs().max_element() < 0.01, "{crowd:?}");
        let world = World { bounds, viewport, rows: ROWS, crowd: Some(crowd) };
        let there = Camera::showing(crowd.center, crowd.px_per_unit, &bounds, &viewport);
        assert_eq!(in_view(&world, &layout, there).abs_diff(ROWS as usize / 100), 1);
        for i in [0, 1, 333, 999] {
            let part = in_view(&world, &layout, pan(&world, 0.01, PAN_PX, i)) as f64 / f64::from(ROWS);
            assert!((0.004..0.03).contains(&part), "{i}: {part}");
        }
    }

    #[test]
    fn an_overview_shows_everything_and_never_the_same_twice() {
        for (world, layout) in worlds() {
            let cameras: Vec<Camera> = (0..50).map(|i| overview(&world, i)).collect();
            assert!(cameras.windows(2).all(|pair| pair[0] != pair[1] && pair[1].zoom == 1.0));
            assert_eq!(in_view(&world, &layout, cameras[49]), ROWS as usize);
        }
    }

    #[test]
    fn a_tour_comes_everywhere_without_a_jump() {
        for (world, _) in worlds() {
            let cameras: Vec<Camera> = (0..1000).map(|i| tour(&world, i)).collect();
            let zooms: Vec<f64> = cameras.iter().map(|camera| camera.zoom).collect();
            let farthest = zooms.iter().copied().fold(f64::MAX, f64::min);
            let nearest = zooms.iter().copied().fold(0.0, f64::max);
            assert!(farthest == 1.0 && nearest > 20.0, "{farthest} to {nearest}");
            assert!(zooms.windows(2).all(|pair| (pair[1] / pair[0]).ln().abs() < 0.4));
        }
    }
}
