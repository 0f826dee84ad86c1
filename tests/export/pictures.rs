//! The page's own painter beside `render`: the script runs in Node.js, the pictures are held against each other.

use super::common::{Stage, columns_of, open};
use super::export;
use glam::DVec2;
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::{Scene, Settings};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::tempdir;

/// Whether a program is here; says so aloud where it is not: not every system has a browser that runs in a container.
pub fn is_there(program: &str) -> bool {
    let is_there = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        eprintln!("NOT RUN: {program} is not installed");
    }
    is_there
}

/// What is looked at: a place, pixels a cell, and whether every pixel must be the same.
type Look = (DVec2, f64, bool);

/// How far two pictures are apart: the mean, and how many pixels differ.
pub fn difference(a: &[u8], b: &[u8]) -> (f64, usize) {
    assert_eq!(a.len(), b.len());
    let apart: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let pixels = a.chunks(4).zip(b.chunks(4)).filter(|(a, b)| a != b).count();
    (apart as f64 / (a.len() / 4 * 3) as f64, pixels)
}

/// The pictures of the GPU and of the page at some places; `None` without a GPU.
fn compare(line: &str, settings: Settings, looks: &[Look]) {
    const SIZE: [u32; 2] = [300, 200];
    let dir = tempdir().unwrap();
    let dataset = open(&[line.split(' ').next().unwrap()]);
    let Some(mut stage) = Stage::new(&dataset, settings, SIZE, &GpuOptions::default()) else { return };
    if !is_there("node") {
        return;
    }
    let mut expected = Vec::new();
    let mut views = Vec::new();
    for &(center, px, _) in looks {
        stage.look(center, px);
        let mut frame = stage.scatter_frame_without_labels();
        let outlines = stage.headless.scene.overlay().colored_px;
        for view in &mut frame.views {
            if let Content::Scatter(_, overlay) = &mut view.content {
                overlay.colored_px.clone_from(&outlines);
            }
        }
        expected.push(stage.rgba(&frame));
        let camera = stage.headless.scene.camera();
        views.push(json!({"size": SIZE, "x": camera.center.x, "y": camera.center.y, "zoom": camera.zoom}));
    }
    export(dir.path(), &format!("{line} --theme paper --html out.html"));
    let out = dir.path().join("out.rgba");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/export/paint.mjs");
    let views = serde_json::Value::from(views).to_string();
    let mut node = Command::new("node");
    let output = node.arg(script).arg(dir.path().join("out.html")).arg(&out).arg(views).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let painted = std::fs::read(out).unwrap();
    assert_eq!(painted.len(), expected.len() * 300 * 200 * 4);
    for ((painted, expected), look) in painted.chunks(300 * 200 * 4).zip(&expected).zip(looks) {
        let (mean, pixels) = difference(painted, expected);
        let ground = &expected[..4];
        let inked = expected.chunks(4).filter(|pixel| *pixel != ground).count();
        assert!(inked > 300, "{line} at {look:?}: the picture shows nothing ({inked} pixels)");
        assert!(mean <= 3.0, "{line} at {look:?}: {mean:.2} of 255 apart");
        assert!(!look.2 || pixels == 0, "{line} at {look:?}: {pixels} pixels differ, {mean:.3} of 255");
    }
}

#[test]
fn a_grid_is_painted_as_render_draws_it() {
    let settings = Settings::default();
    let at = DVec2::new(21.3, -17.8);
    let looks = [28.0, 56.0, 84.0].map(|px| (at, px, true));
    let smaller = [20.0, 14.0, 9.0, 6.2, 4.4, 3.3, 2.5].map(|px| (at, px, false));
    compare("demo:2500", settings, &[&looks[..], &smaller].concat());
}

#[test]
fn overlapping_drawings_are_painted_as_render_draws_them() {
    let settings = Settings { layout: LayoutKind::INDEX, ..Settings::default() };
    let at = DVec2::new(30.0, -20.0);
    let looks = [56.0, 28.0, 17.0, 10.0, 5.0, 3.0].map(|px| (at, px, false));
    compare("demo:2500 --layout index", settings, &looks);
    // The original figure: points larger than their places.
    let settings = Settings { layout: LayoutKind::INDEX, point_size: Some(10.0), ..Settings::default() };
    compare("demo:2500 --layout index --point-size 10", settings, &[(at, 4.0, false), (at, 7.0, false)]);
}

#[test]
fn coloured_and_faded_drawings_are_painted_as_render_draws_them() {
    for (layout, name) in [(LayoutKind::GRID, "grid"), (LayoutKind::INDEX, "index")] {
        let appearance = Appearance {
            color_by: Some("countrycode".to_owned()),
            filter: Some("recognized = true".parse().unwrap()),
            fades: true,
            ..Appearance::default()
        };
        let settings = Settings { layout, appearance, ..Settings::default() };
        let line = format!("demo:2500 --layout {name} --color-by countrycode --where recognized=true --fade");
        let at = DVec2::new(25.0, -20.0);
        // The GPU may round a mixed colour the other way: the mean is what counts.
        let looks = [56.0, 28.0, 12.0, 5.0, 2.8].map(|px| (at, px, false));
        compare(&line, settings, &looks);
    }
}

/// 2,500 pictures of 12 × 14 pixels in colour, some of them transparent in part, with records of two columns.
pub fn coloured(folder: &Path) -> PathBuf {
    with_records(folder, (12, 14), |n, y, x, c| match c {
        3 if n.is_multiple_of(5) => (x * 19) as u8,
        3 => 255,
        _ => ((n * 37 + y * (3 + c) * 5 + x * 11 + c * 90) % 256) as u8,
    })
}

/// The same of one colour each: a page shows small ones that overlap as their mean colours.
pub fn plain(folder: &Path) -> PathBuf {
    with_records(folder, (12, 12), |n, _, _, c| if c == 3 { 255 } else { ((n * 37 + c * 90) % 256) as u8 })
}

fn with_records(folder: &Path, (h, w): (usize, usize), value: fn(usize, usize, usize, usize) -> u8) -> PathBuf {
    let path = folder.join("colours.npy");
    let pictures = ndarray::Array4::from_shape_fn((2500, h, w, 4), |(n, y, x, c)| value(n, y, x, c));
    ndarray_npy::write_npy(&path, &pictures).unwrap();
    let line = |n: usize| format!("{{\"kind\":\"k{}\",\"good\":{}}}\n", n % 3, !n.is_multiple_of(4));
    std::fs::write(folder.join("colours.ndjson"), (0..2500).map(line).collect::<String>()).unwrap();
    path
}

#[test]
fn pictures_in_colour_are_painted_as_render_draws_them() {
    let folder = tempdir().unwrap();
    let path = coloured(folder.path());
    let at = DVec2::new(25.0, -20.0);
    let looks = [48.0, 32.0, 16.0, 12.0, 9.0, 6.2, 4.4, 3.3, 2.5].map(|px| (at, px, false));
    compare(&path.display().to_string(), Settings::default(), &looks);
    // Outlined from 8 px on, tinted below.
    let outlined = [56.0, 24.0, 14.0, 10.0, 8.0].map(|px| (at, px, false));
    let tinted = [7.5, 5.0, 3.0].map(|px| (at, px, false));
    let small = tempdir().unwrap();
    let plain = plain(small.path());
    for (layout, name, path, looks) in [
        (LayoutKind::GRID, "grid", &path, &outlined[..]),
        (LayoutKind::GRID, "grid", &path, &tinted[..]),
        (LayoutKind::INDEX, "index", &path, &outlined[..]),
        (LayoutKind::INDEX, "index", &plain, &tinted[..]),
    ] {
        let appearance = Appearance {
            color_by: Some("kind".to_owned()),
            filter: Some("good = true".parse().unwrap()),
            fades: true,
            ..Appearance::default()
        };
        let settings = Settings { layout, appearance, ..Settings::default() };
        let line = format!("{} --layout {name} --color-by kind --where good=true --fade", path.display());
        compare(&line, settings, looks);
    }
}

#[test]
fn the_camera_of_the_page_begins_where_render_looks() {
    let dataset = open(&["demo:300"]);
    let settings = Settings { zoom: 3.0, center: Some(DVec2::new(4.0, -6.0)), ..Settings::default() };
    let viewport = inkfield::scene::camera::Viewport::new(640, 480, 1.0);
    let columns = columns_of(&dataset);
    let scene = Scene::new(300, 300, settings, viewport, Some(&columns)).unwrap();
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:300 --zoom 3 --center 4,-6 --size 640x480 --html out.html");
    let data = super::page::Written::read(&dir.path().join("out.html")).data;
    let camera = scene.camera();
    assert_eq!((&data["zoom"], &data["center"]), (&json!(camera.zoom), &json!([camera.center.x, camera.center.y])));
}
