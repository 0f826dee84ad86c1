//! The bench's baseline: all instances in every frame give the very picture and the very answers that culled ones give.

use super::staged;
use crate::common::open;
use inkfield::scene::camera::Camera;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::{Action, Settings};

#[test]
fn the_naive_way_shows_and_finds_the_same() {
    let dataset = open(&["demo:3000:1"]);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut stage) = staged(&dataset, settings, [320, 200]) else { return };
        let bounds = stage.headless.scene.placed().layout.bounds;
        // Everything, and a part of it off the middle.
        for zoom in [1.0, 5.0] {
            let center = bounds.min + bounds.size() * 0.3;
            stage.headless.scene.apply(Action::SetCamera(Camera { center, zoom }));
            let [culled, naive] = [false, true].map(|naive| {
                stage.headless.renderer.set_naive(naive);
                let picture = stage.headless.picture().unwrap();
                let picks: Vec<_> = (0..12).map(|i| stage.headless.pick([i * 26, 7 + i * 16], 6.0).unwrap()).collect();
                (picture, picks)
            });
            let worst = culled.0.iter().zip(&naive.0).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(worst <= Some(1), "{layout} × {zoom}: {worst:?} of 255");
            assert_eq!(culled.1, naive.1, "{layout} × {zoom}");
            assert!(culled.1.iter().any(Option::is_some), "{layout} × {zoom}: nothing was found");
        }
    }
}
