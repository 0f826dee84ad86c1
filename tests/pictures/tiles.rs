//! Pictures drawn in tiles are the pictures drawn in one piece, byte for byte, with everything that lies over them.

use super::{drawings, open, small_chunks};
use crate::common::{Noise, Stage, columns_of};
use glam::DVec2;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::scene::layout::{LayoutKind, LayoutParams};
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::selection::Selection;
use inkfield::scene::{Action, Settings};

/// No tile begins where a drawing, a label or a letter does.
const TILE: [u32; 2] = [256, 131];

/// The picture in tiles, RGBA.
fn tiled(stage: &mut Stage, tile: [u32; 2]) -> Vec<u8> {
    let mut all = Vec::new();
    let mut take = |band: &[u8]| {
        all.extend_from_slice(band);
        Ok(())
    };
    stage.headless.draw_bands(tile, &mut take).unwrap();
    all
}

fn assert_tiles(stage: &mut Stage, tile: [u32; 2], what: &str) {
    let whole = stage.headless.picture().unwrap();
    let parts = tiled(stage, tile);
    assert_eq!(whole.len(), parts.len(), "{what}");
    let pixels = whole.chunks_exact(4).zip(parts.chunks_exact(4));
    let different: Vec<usize> = pixels.enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    let width = stage.headless.view().size_px[0] as usize;
    let places: Vec<_> = different.iter().take(5).map(|at| (at % width, at / width)).collect();
    assert!(different.is_empty(), "{what}: {} pixels differ, such as {places:?}", different.len());
    assert!(whole.chunks_exact(4).any(|pixel| pixel != &whole[..4]), "{what}: nothing is drawn");
}

/// Every layout that needs no file, with what lies over it: headings, axes, a legend.
fn layouts() -> Vec<(&'static str, Settings)> {
    let kinds = [
        (LayoutKind::GRID, None),
        (LayoutKind::INDEX, None),
        (LayoutKind::GROUPS, Some("countrycode")),
        (LayoutKind::RANDOM, None),
        (LayoutKind::XY, Some("timestamp,countrycode")),
        (LayoutKind::TIMELINE, Some("timestamp")),
        (LayoutKind::INK, None),
    ];
    let settings = |(layout, by): (LayoutKind, Option<&str>)| {
        let layout_params = LayoutParams { by: by.map(str::to_owned), ..LayoutParams::default() };
        (layout.name, Settings { layout, layout_params, ..Settings::default() })
    };
    kinds.into_iter().map(settings).collect()
}

#[test]
fn tiles_of_every_layout_are_the_picture_in_one_piece() {
    let dataset = open(&["demo:3000:1"]);
    for (what, settings) in layouts() {
        for color_by in [None, Some("recognized")] {
            let appearance = Appearance { color_by: color_by.map(str::to_owned), ..Appearance::default() };
            let settings = Settings { appearance, ..settings.clone() };
            let Some(mut stage) = Stage::new(&dataset, settings, [700, 500], &small_chunks()) else { return };
            let scene = &mut stage.headless.scene;
            scene.select(Selection::where_true(3000, |row| Noise(row.into()).below(5) == 0));
            assert_tiles(&mut stage, TILE, &format!("{what}, fitted, coloured by {color_by:?}"));
            for (row, zoom) in [(1204, 3.0), (77, 9.3)] {
                let scene = &mut stage.headless.scene;
                let center = scene.placed().layout.center(row).unwrap() + DVec2::new(0.31, -0.17);
                let camera = inkfield::scene::camera::Camera { center, zoom };
                scene.apply(Action::SetCamera(camera));
                assert_tiles(&mut stage, TILE, &format!("{what}, zoom {zoom}, coloured by {color_by:?}"));
            }
            stage.assert_no_gpu_errors();
        }
    }
}

#[test]
fn what_a_filter_fades_and_captions_cross_tiles_in_every_tier() {
    let dataset = open(&["demo:3000:1"]);
    let appearance = Appearance {
        color_by: Some("countrycode".to_owned()),
        filter: Some("recognized = true".parse().unwrap()),
        fades: true,
        caption: Some("countrycode".to_owned()),
        ..Appearance::default()
    };
    for tier in [Tier::Full, Tier::NoCompute, Tier::NoVertexStorage] {
        for layout in [LayoutKind::GROUPS, LayoutKind::INDEX] {
            let settings = Settings { layout, appearance: appearance.clone(), ..Settings::default() };
            let options = GpuOptions { tier: Some(tier), ..small_chunks() };
            let Some(mut stage) = Stage::new(&dataset, settings, [640, 420], &options) else { return };
            assert_tiles(&mut stage, TILE, &format!("{tier:?}, {}", layout.name));
            let center = stage.headless.scene.placed().layout.center(500).unwrap();
            stage.look(center, 61.0);
            inkfield::viewer::captions::Captions::default()
                .update(&mut stage.headless.scene, Some(&columns_of(&dataset)));
            assert_tiles(&mut stage, TILE, &format!("{tier:?}, {}, near", layout.name));
        }
    }
}

#[test]
fn a_large_picture_is_the_same_in_tiles() {
    let dataset = drawings("bitmaps/octopus.npy", 1_000);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut stage) = Stage::new(&dataset, settings, [3000, 2000], &small_chunks()) else { return };
        assert_tiles(&mut stage, [512, 512], layout.name);
    }
}
