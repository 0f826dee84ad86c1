//! The minimap in the real window.

use super::driver::Driver;
use glam::DVec2;

#[test]
pub fn a_drag_in_the_minimap_looks_elsewhere_and_nothing_is_picked_under_it() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "900x700"]) else { return };
    let columns = (1.3 * 20_000_f64).sqrt().round();
    let lines = (20_000.0 / columns).ceil();
    driver.move_to([450, 350]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.tap('+'.into());
    driver.screen.tap('+'.into());
    let near = driver.wait("nearer", |frame| (frame.zoom - 4.0).abs() < 1e-9);
    assert_eq!(near.minimap, None);
    let shown = driver.tap('m'.into(), "the minimap", |frame| frame.minimap.is_some());
    let [left, top, width, height] = shown.minimap.unwrap().map(f64::from);
    assert_eq!(left, 12.0);
    assert!(top + height == f64::from(shown.size_px[1]) - 12.0 && width.max(height) == 180.0);
    // All of the grid fills it.
    let fit = (width / columns).min(height / lines);
    let world_at = |part: DVec2| {
        let from_middle = (part - 0.5) * DVec2::new(width, height) / fit;
        DVec2::new(columns / 2.0 + from_middle.x, -lines / 2.0 - from_middle.y)
    };
    let px = |part: DVec2| (DVec2::new(left, top) + part * DVec2::new(width, height)).round().as_ivec2().to_array();
    let half_px = 0.5 / fit;

    // Over it nothing is found, though drawings lie under it.
    driver.point_at(px(DVec2::new(0.3, 0.4)));
    driver.wait("no hover", |frame| frame.hover_row.is_none());
    driver.screen.button(1, true);
    let looks_at = |part: DVec2| {
        let wanted = world_at(part);
        move |center: [f64; 2]| (DVec2::from(center) - wanted).abs().max_element() < 1.5 * half_px
    };
    let first = looks_at(DVec2::new(0.3, 0.4));
    driver.wait("the place that was pressed", |frame| first(frame.center));
    driver.move_to(px(DVec2::new(0.6, 0.55)));
    let second = looks_at(DVec2::new(0.6, 0.55));
    let there = driver.wait("the place dragged to", |frame| second(frame.center));
    driver.screen.button(1, false);
    assert_eq!((there.zoom, there.pin_row, there.hover_row), (near.zoom, None, None));
    // One undo takes all of the drag back.
    driver.screen.tap_with(super::xvfb::keysym::CONTROL, 'z'.into());
    driver.wait("where it was", |frame| frame.center == near.center);
    let gone = driver.tap('m'.into(), "no minimap", |frame| frame.minimap.is_none());
    assert_eq!(gone.gpu_errors, 0);
}
