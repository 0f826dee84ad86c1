//! Drawings that are shown by their strokes look as the rasteriser draws these, which is held against cairo's bitmaps elsewhere.

use super::common::{Stage, open};
use super::warm_up::warm_up;
use inkfield::data::Row;
use inkfield::data::strokes::{Drawing, Rasterizer, Written};
use inkfield::gpu::context::GpuOptions;
use inkfield::gpu::painters::first_uses::Used;
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::overlay::Card;
use inkfield::scene::palette::{Colormap, Palette, Theme, color, ground};
use inkfield::scene::rows::{RowColors, RowStyle, WASH};
use inkfield::scene::{Action, Settings};
use ndarray::Array3;
use std::fs;
use tempfile::TempDir;

/// A curl of many points, a star, a dot beside a line, nothing, and strokes that cannot be read; then more curls.
const ROWS: u32 = 24;
const NONE: u32 = 3;
const BROKEN: u32 = 4;
/// Each drawing as wide as the rasteriser draws one at most, its corner at a whole pixel.
const SIDE: u32 = 256;
const SEEN: [u32; 2] = [640, 512];

fn strokes(row: u32) -> Vec<(Vec<f64>, Vec<f64>)> {
    match row {
        1 => vec![(vec![0.0, 255.0, 40.0, 128.0, 210.0, 0.0], vec![90.0, 90.0, 240.0, 0.0, 240.0, 90.0])],
        2 => vec![(vec![20.0], vec![30.0]), (vec![0.0, 255.0], vec![200.0, 120.0])],
        NONE => Vec::new(),
        _ => {
            let turn = |at: u32| f64::from(at) * 0.05 + f64::from(row);
            let curl = (0..400).map(|at| (turn(at).cos() * f64::from(at), turn(at).sin() * f64::from(at)));
            vec![curl.unzip()]
        }
    }
}

fn record(row: u32) -> String {
    match row {
        NONE => r#"{"word":"none"}"#.to_owned(),
        BROKEN => r#"{"word":"broken","drawing":[[[0,1],[0]]]}"#.to_owned(),
        1 | 2 => serde_json::json!({ "drawing": strokes(row) }).to_string(),
        // As a hand drew them: with times, of any size.
        _ => {
            let with_times = |(x, y): &(Vec<f64>, Vec<f64>)| (x.clone(), y.clone(), (0..x.len()).collect::<Vec<_>>());
            serde_json::json!({ "drawing": strokes(row).iter().map(with_times).collect::<Vec<_>>() }).to_string()
        }
    }
}

fn drawing(row: u32) -> Drawing {
    let mut drawing = Drawing::default();
    for (x, y) in strokes(row) {
        let times: Vec<f64> = (0..x.len()).map(|at| at as f64).collect();
        drawing.push(&x, &y, (row != 1 && row != 2).then_some(&times)).unwrap();
    }
    drawing
}

/// How much of each pixel of a drawing its strokes cover, 0…255: all of its points, as they are shown.
fn covered(row: u32) -> Vec<u8> {
    let mut out = vec![0; (SIDE * SIDE) as usize];
    Rasterizer::new(SIDE).render_drawn(&Written::curved(&drawing(row)), f64::INFINITY, &mut out);
    out
}

struct Drawn {
    _folder: TempDir,
    stage: Stage,
}

impl Drawn {
    /// A set of which the pixels show nothing of the strokes.
    fn new(layout: LayoutKind, colormap: Colormap) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let checked =
            Array3::from_shape_fn((ROWS as usize, 28, 28), |(_, y, x)| if (x + y) % 2 == 0 { 90_u8 } else { 30 });
        ndarray_npy::write_npy(folder.path().join("drawn.npy"), &checked).unwrap();
        let records: String = (0..ROWS).map(|row| record(row) + "\n").collect();
        fs::write(folder.path().join("drawn.ndjson"), records).unwrap();
        let settings = Settings { layout, colormap, strokes: true, ..Settings::default() };
        let files = ["drawn.npy", "drawn.ndjson"].map(|name| folder.path().join(name));
        let stage = Stage::new(&open(&files), settings, SEEN, &GpuOptions::default())?;
        Some(Self { _folder: folder, stage })
    }

    /// Looks at a drawing in the middle and reads the strokes of all in sight.
    fn look(&mut self, row: u32, side: u32) -> [usize; 2] {
        let center = self.stage.headless.scene.placed().layout.center(row).unwrap();
        self.stage.look(center, side.into());
        self.stage.headless.read_strokes(&self.stage.dataset).unwrap();
        SEEN.map(|size| ((size - side) / 2) as usize)
    }

    fn rgba(&mut self) -> Vec<[u8; 4]> {
        let frame = self.stage.headless.scene.scatter_frame();
        self.stage.rgba(&frame).as_chunks::<4>().0.to_vec()
    }

    /// Holds the drawing in the middle against what covers it, from one colour to another: a pixel of an edge
    /// within a third, all together within a hundredth.
    fn assert_seen(row: u32, [from, to]: [[u8; 3]; 2], seen: &[[u8; 4]]) {
        let [left, top] = SEEN.map(|size| ((size - SIDE) / 2) as usize);
        let mut sum = 0.0;
        for (at, ink) in covered(row).into_iter().enumerate() {
            let (x, y) = (left + at % SIDE as usize, top + at / SIDE as usize);
            let seen = seen[y * SEEN[0] as usize + x];
            let part = f64::from(ink) / 255.0;
            for channel in 0..3 {
                let (from, to) = (f64::from(from[channel]), f64::from(to[channel]));
                let off = (f64::from(seen[channel]) - (from + (to - from) * part)).abs() / (to - from).abs().max(60.0);
                assert!(off < 0.35, "row {row}, {x}, {y}: {seen:?} where {ink} of 255 is covered");
                sum += off;
            }
        }
        let mean = sum / f64::from(3 * SIDE * SIDE);
        assert!(mean < 0.01, "row {row}: {mean}");
    }
}

fn plain(colormap: Colormap) -> [[u8; 3]; 2] {
    [ground(colormap, Theme::Paper), color(colormap, Theme::Paper, 1.0)]
}

#[test]
fn strokes_take_the_place_of_pixels() {
    for colormap in [Colormap::Ink, Colormap::Gray] {
        let Some(mut drawn) = Drawn::new(LayoutKind::GRID, colormap) else { return };
        for row in [0, 1, 2, 9] {
            drawn.look(row, SIDE);
            let seen = drawn.rgba();
            Drawn::assert_seen(row, plain(colormap), &seen);
        }
    }
}

#[test]
fn rows_without_strokes_that_can_be_read_keep_their_pixels_and_are_asked_for_once() {
    let Some(mut drawn) = Drawn::new(LayoutKind::GRID, Colormap::Gray) else { return };
    for row in [NONE, BROKEN] {
        let [left, top] = drawn.look(row, SIDE);
        let seen = drawn.rgba();
        let bytes: std::collections::BTreeSet<u8> =
            seen[(top + 128) * SEEN[0] as usize + left..][..SIDE as usize].iter().map(|pixel| pixel[0]).collect();
        // Its two values, and nothing between them: neither an edge of a stroke nor paper.
        assert!(bytes.len() == 2 && !bytes.contains(&0), "{bytes:?}");
        let (scene, renderer) = (&drawn.stage.headless.scene, &mut drawn.stage.headless.renderer);
        assert!(inkfield::viewer::strokes::wanted(scene, renderer).is_empty());
    }
    drawn.stage.assert_no_gpu_errors();
}

#[test]
fn strokes_have_the_looks_of_their_rows() {
    let Some(mut drawn) = Drawn::new(LayoutKind::GRID, Colormap::Ink) else { return };
    let style =
        |row: u32| RowStyle { color: (row == 1) as u8, faded: row == 2, hidden: row == 9, ..RowStyle::default() };
    drawn.stage.headless.scene.set_styles(RowColors::Categories, style);
    let palette = drawn.stage.headless.scene.row_table().palette(Theme::Paper);
    let paper = ground(Colormap::Ink, Theme::Paper);
    let mixed = |from: [u8; 3], to: [u8; 3], part: f64| {
        [0, 1, 2].map(|channel: usize| {
            (f64::from(from[channel]) + (f64::from(to[channel]) - f64::from(from[channel])) * part).round() as u8
        })
    };
    let expected = [
        (0, [paper, Palette::of(Theme::Paper).ink]),
        (1, [mixed(paper, palette[1], WASH), palette[1]]),
        (2, [paper, mixed(paper, palette[0], 0.15)]),
    ];
    for (row, colors) in expected {
        drawn.look(row, SIDE);
        let seen = drawn.rgba();
        Drawn::assert_seen(row, colors, &seen);
    }
    drawn.look(9, SIDE);
    assert!(drawn.stage.headless.scene.in_strokes().iter().all(|drawing| drawing.row != Row(9)), "it is hidden");
}

#[test]
fn they_are_shown_from_120_pixels_on_and_on_cards() {
    let Some(mut drawn) = Drawn::new(LayoutKind::GRID, Colormap::Ink) else { return };
    drawn.look(0, 119);
    assert!(drawn.stage.headless.scene.in_strokes().is_empty());
    drawn.look(0, 120);
    assert!(!drawn.stage.headless.scene.in_strokes().is_empty());
    drawn.stage.headless.scene.settings.strokes = false;
    assert!(drawn.stage.headless.scene.in_strokes().is_empty());
    drawn.stage.headless.scene.settings.strokes = true;
    drawn.look(1, SIDE);
    let mut frame = drawn.stage.headless.scene.scatter_frame();
    let card = drawn.stage.headless.scene.card(Row(1), true).unwrap();
    for view in &mut frame.views {
        if let Content::Scatter(_, overlay) = &mut view.content {
            overlay.cards.push(card);
        }
    }
    let seen = drawn.stage.rgba(&frame).as_chunks::<4>().0.to_vec();
    let [paper, ink] = plain(Colormap::Ink);
    let blue = Palette::of(Theme::Paper).selection;
    let tinted = [0, 1, 2]
        .map(|channel: usize| (f64::from(paper[channel]) * 0.86 + f64::from(blue[channel]) * 0.14).round() as u8);
    Drawn::assert_seen(1, [tinted, ink], &seen);
}

#[test]
fn a_screen_with_more_pixels_shows_them_no_earlier() {
    let Some(mut drawn) = Drawn::new(LayoutKind::GRID, Colormap::Ink) else { return };
    drawn.stage.headless.scene.apply(Action::Resize(Viewport::new(SEEN[0], SEEN[1], 2.0)));
    drawn.look(0, 239);
    assert!(drawn.stage.headless.scene.in_strokes().is_empty());
    drawn.look(0, 240);
    assert!(!drawn.stage.headless.scene.in_strokes().is_empty());
}

#[test]
fn drawings_on_one_another_show_all_their_strokes_once_these_are_known() {
    let Some(mut drawn) = Drawn::new(LayoutKind::RANDOM, Colormap::Gray) else { return };
    // A point of the plot near which there are several, all with strokes, and one near which there is one without.
    let (mut several, mut one_without) = (0, 0);
    for row in 0..ROWS {
        drawn.look(row, SIDE);
        let scene = &drawn.stage.headless.scene;
        assert!(scene.view().overlaps);
        let meets = |[left, top, side]: &[f32; 3]| {
            *left < SEEN[0] as f32 && *top < SEEN[1] as f32 && left + side > 0.0 && top + side > 0.0
        };
        let seen: Vec<(u32, [f32; 3])> = scene
            .in_strokes()
            .iter()
            .map(|drawing| (drawing.row.0, drawing.square_px))
            .filter(|(_, square)| meets(square))
            .collect();
        let shown = drawn.rgba();
        if seen.iter().any(|(row, _)| [NONE, BROKEN].contains(row)) {
            // The grounds of others would cover its pixels: all keep theirs.
            drawn.stage.headless.scene.settings.strokes = false;
            assert!(shown == drawn.rgba());
            drawn.stage.headless.scene.settings.strokes = true;
            one_without += 1;
            continue;
        }
        // What is left of the paper under all of them; squares begin anywhere within a pixel.
        let mut left_over = vec![1.0; (SEEN[0] * SEEN[1]) as usize];
        for &(row, [left, top, _]) in &seen {
            for (at, ink) in covered(row).into_iter().enumerate() {
                let x = left.round() as i64 + at as i64 % i64::from(SIDE);
                let y = top.round() as i64 + at as i64 / i64::from(SIDE);
                if (0..i64::from(SEEN[0])).contains(&x) && (0..i64::from(SEEN[1])).contains(&y) {
                    left_over[(y * i64::from(SEEN[0]) + x) as usize] *= 1.0 - f64::from(ink) / 255.0;
                }
            }
        }
        let off = |(pixel, left): (&[u8; 4], &f64)| (f64::from(pixel[0]) / 255.0 - (1.0 - left)).abs();
        let mean = shown.iter().zip(&left_over).map(off).sum::<f64>() / shown.len() as f64;
        assert!(mean < 0.03, "row {row}: {mean}, of {} drawings", seen.len());
        several += u32::from(seen.len() > 1);
    }
    assert!(several > 3 && one_without > 0, "{several} {one_without}");
}

#[test]
fn strokes_and_cards_compile_nothing_where_they_were_expected_at_rest() {
    let Some(mut drawn) = Drawn::new(LayoutKind::GRID, Colormap::Ink) else { return };
    let strokes = |drawn: &Drawn| drawn.stage.headless.renderer.first_uses().iter().any(|of| of.what == Used::Strokes);
    warm_up(&mut drawn.stage);
    assert!(!strokes(&drawn), "no set without strokes pays for them");
    drawn.stage.headless.renderer.strokes().expect(true);
    assert_eq!(warm_up(&mut drawn.stage), 1, "strokes alone are left");
    assert_eq!(warm_up(&mut drawn.stage), 0);
    // A first look compiles the picture's own pipelines and no others; marks lie over it from then on.
    drawn.look(1, SIDE);
    drawn.rgba();
    let before = drawn.stage.headless.renderer.first_uses();
    assert!(before.iter().any(|of| of.what == Used::Strokes && of.warming_up));
    assert!(before.iter().all(|of| of.warming_up || matches!(of.what, Used::Painter(_) | Used::Resolve)), "{before:?}");
    for pinned in [1, 0] {
        drawn.stage.headless.scene.apply(Action::Pin(Some(Row(pinned))));
        let mut frame = drawn.stage.headless.scene.scatter_frame();
        let card = drawn.stage.headless.scene.card(Row(pinned), true).unwrap();
        let Content::Scatter(_, overlay) = &mut frame.views[0].content else { panic!("no scatter") };
        overlay.crosshair_px = Some([30.0, 40.0]);
        overlay.cards.push(card);
        // Larger than its texels and smaller.
        overlay.cards.push(Card { side_px: 11.0, ..card });
        drawn.stage.rgba(&frame);
    }
    assert_eq!(drawn.stage.headless.renderer.first_uses(), before);
    drawn.stage.assert_no_gpu_errors();
}
