//! Row 26: cameras that are no numbers, scale factors that are no scale.

use super::outside::{complaint, inkfield};
use glam::DVec2;
use inkfield::scene::camera::{Bounds, Camera, Viewport};
use proptest::prelude::*;

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(0.0),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        any::<f64>(),
        -1e3..1e3_f64,
    ]
}

proptest! {
    #[test]
    fn faults_26_every_move_from_anywhere_ends_within_the_limits(
        center in [any_number(), any_number()],
        numbers in [any_number(), any_number(), any_number(), any_number(), any_number(), any_number()],
        size in [0_u32..5000, 0_u32..5000],
        scale in prop_oneof![Just(0.0), Just(500.0), any_number()],
        extent in [prop_oneof![Just(0.0), 0.5..1e6_f64], prop_oneof![Just(0.0), 0.5..1e6_f64]],
    ) {
        let [zoom, a, b, c, d, factor] = numbers;
        let bounds = Bounds::new(DVec2::new(0.0, -extent[1]), DVec2::new(extent[0], 0.0));
        let viewport = Viewport { width_px: size[0], height_px: size[1], scale };
        let camera = Camera { center: DVec2::from(center), zoom };
        let start = camera.clamped(&bounds, &viewport);
        let (p, q) = (DVec2::new(a, b), DVec2::new(c, d));
        for moved in [
            start,
            camera.panned_px(p, &bounds, &viewport),
            camera.zoomed_about(p, factor, &bounds, &viewport),
            camera.zoomed_to_box(p, q, &bounds, &viewport),
            Camera::showing(p, factor, &bounds, &viewport),
            Camera::lerp(start, Camera::fit(&bounds), factor).clamped(&bounds, &viewport),
        ] {
            prop_assert!(moved.center.is_finite() && bounds.contains(moved.center), "{moved:?}");
            prop_assert!(moved.zoom >= 0.5 && moved.zoom <= Camera::max_zoom(&bounds, &viewport), "{moved:?}");
            let s = moved.px_per_unit(&bounds, &viewport);
            prop_assert!(s.is_finite() && s > 0.0, "{s}");
            prop_assert_eq!(moved.clamped(&bounds, &viewport), moved);
        }
    }
}

#[test]
fn faults_26_numbers_that_are_none_are_refused_on_the_command_line() {
    for (option, wrong) in [
        ("--scale", &["0", "500", "nan", "-1"][..]),
        ("--zoom", &["0", "nan", "inf", "-3", "1e400"]),
        ("--center", &["nan,0", "0,inf", "1"]),
        ("--point-size", &["-3", "nan", "1e9"]),
    ] {
        for value in wrong {
            let run = ["render", "demo:10", "--out", "never.png", &format!("{option}={value}")];
            let text = complaint(inkfield().args(run), 2);
            assert!(text.contains(option) && text.contains(value), "{text}");
        }
    }
}
