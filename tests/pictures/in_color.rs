//! Pictures in colour: every way to draw them against the CPU twin, pixel by pixel.

use super::styled::look;
use super::{assert_colors, small_chunks};
use crate::common::{Noise, Stage};
use glam::DVec2;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::source::MemoryImages;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::gpu::painters::CostKey;
use inkfield::gpu::progressive::{DrawBudget, Reuse};
use inkfield::scene::Action;
use inkfield::scene::Settings;
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::Content;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::oracle::{Looks, pick_brute, pictures_in_color};
use inkfield::scene::rows::{RowColors, RowStyle};
use inkfield::scene::view::DRAWN_PX;
use std::sync::Arc;

const ROWS: u32 = 1_200;

/// Pictures no two of which are alike: a coloured ground that lets something through, a disc, single bright pixels.
fn pictures(height: u32, width: u32) -> Vec<u8> {
    let mut values = Vec::new();
    for row in 0..ROWS {
        let mut noise = Noise(u64::from(row) + 1);
        let mut byte = || noise.below(256) as u8;
        let (ground, disc) = ([byte(), byte(), byte(), 255 - (byte() / 64) * 85], [byte(), byte(), byte(), 255]);
        let middle = (f64::from(byte()) / 255.0 * f64::from(width), f64::from(byte()) / 255.0 * f64::from(height));
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let far = (f64::from(x) - middle.0).hypot(f64::from(y) - middle.1);
            let bright = (x * 7 + y * 13 + row) % 61 == 0;
            values.extend(if bright {
                [255, 255, 40, 255]
            } else if far < 6.0 {
                disc
            } else {
                ground
            });
        }
    }
    values
}

struct Colored {
    stage: Stage,
    size: [u32; 2],
    values: Vec<u8>,
}

impl Colored {
    fn new([height, width]: [u32; 2], settings: &Settings, options: &GpuOptions<'_>) -> Option<Self> {
        let values = pictures(height, width);
        let source = Box::new(MemoryImages::colour(height, width, values.clone()).unwrap());
        let dataset = Arc::new(Dataset::of_source("pictures", source, &OpenOptions::default()).unwrap());
        let stage = Stage::new(&dataset, settings.clone(), [220, 170], options)?;
        Some(Self { stage, size: [height, width], values })
    }

    /// Looks at a picture in the middle with cells of a width.
    fn look(&mut self, width: f64) {
        let size = if width < 4.0 { [60, 40] } else { [220, 170] };
        self.stage.headless.scene.apply(Action::Resize(Viewport::new(size[0], size[1], 1.0)));
        let center = self.stage.headless.scene.placed().layout.center(ROWS / 2 + 17).unwrap();
        self.stage.look(center + DVec2::new(0.3, -0.2), width);
    }

    fn expected(&self) -> Vec<[f64; 3]> {
        let scene = &self.stage.headless.scene;
        let view = scene.view();
        let looks = Looks::new(scene.row_table(), scene.colormap(), scene.theme(), view.side_px);
        let placed = scene.placed();
        let [height, width] = self.size.map(|side| side as usize);
        let canvas = height.max(width).next_multiple_of(4);
        let (top, left) = ((canvas - height) / 2, (canvas - width) / 2);
        let picture = |row: u32, texels: &mut [u8]| {
            let values = &self.values[row as usize * height * width * 4..][..height * width * 4];
            for (y, line) in values.chunks_exact(width * 4).enumerate() {
                texels[((top + y) * canvas + left) * 4..][..width * 4].copy_from_slice(line);
            }
        };
        let colors = pictures_in_color(&view, &placed.layout, &placed.index, &looks, canvas as u32, &picture);
        colors.into_iter().map(|color| color.map(|channel| 255.0 * channel)).collect()
    }

    fn assert_as_expected(&mut self, what: &str) {
        let frame = self.stage.scatter_frame_without_labels();
        let seen = self.stage.rgba(&frame);
        let expected = self.expected();
        assert_colors(&seen, &expected, what);
        let gaudy = expected.iter().filter(|[r, g, b]| (r - b).abs() + (r - g).abs() > 40.0).count();
        assert!(gaudy * 12 > expected.len(), "{what}: {gaudy} colourful pixels of {}", expected.len());
    }
}

fn sweep(what: &str, size: [u32; 2], settings: &Settings, options: &GpuOptions<'_>, widths: &[f64]) {
    let Some(mut colored) = Colored::new(size, settings, options) else { return };
    for colors in [None, Some(false), Some(true)] {
        let styles = if colors == Some(true) { RowColors::Categories } else { RowColors::None };
        let style = |row| colors.map_or_else(RowStyle::default, |colors| look(row, colors));
        colored.stage.headless.scene.set_styles(styles, style);
        for &width in widths {
            colored.look(width);
            colored
                .assert_as_expected(&format!("{what} of {size:?}, {width} px a cell, looks with colours: {colors:?}"));
        }
    }
    colored.stage.assert_no_gpu_errors();
}

#[test]
fn pictures_in_colour_are_exact_in_a_grid_at_every_zoom() {
    let settings = Settings::default();
    let widths = [1.3, 2.4, 3.2, 5.0, 6.9, 10.0, 20.0, 33.0, 60.5];
    sweep("grid", [32, 32], &settings, &GpuOptions::default(), &widths);
    sweep("grid", [28, 20], &settings, &GpuOptions::default(), &widths);
    sweep("grid in chunks", [13, 26], &settings, &small_chunks(), &[2.4, 3.2, 5.0, 20.0, 44.7]);
}

#[test]
fn pictures_in_colour_are_exact_on_one_another() {
    for layout in [LayoutKind::INDEX, LayoutKind::RANDOM] {
        let settings = Settings { layout, ..Settings::default() };
        sweep(&layout.to_string(), [32, 24], &settings, &GpuOptions::default(), &[2.4, 5.0, 10.0, 20.0, 44.7]);
        sweep(&format!("{layout} in chunks"), [28, 28], &settings, &small_chunks(), &[5.0, 20.0]);
    }
    let settings = Settings { point_size: Some(17.0), opacity: 0.4, ..Settings::default() };
    sweep("grown pictures of a grid", [28, 28], &settings, &small_chunks(), &[5.0, 11.3]);
}

/// Which painter draws the picture that is looked at.
fn painter(colored: &Colored) -> CostKey {
    let frame = colored.stage.scatter_frame_without_labels();
    let Content::Scatter(picture, _) = &frame.views[0].content else { panic!("a scatter") };
    colored.stage.headless.renderer.cost_key(picture).unwrap()
}

#[test]
fn small_pictures_on_one_another_are_found_by_pixel_where_there_is_compute() {
    let settings = Settings { layout: LayoutKind::INDEX, ..Settings::default() };
    for (tier, small) in [(Tier::Full, CostKey::TopmostSplat), (Tier::NoCompute, CostKey::Quads)] {
        let options = GpuOptions { tier: Some(tier), ..GpuOptions::default() };
        let Some(mut colored) = Colored::new([32, 32], &settings, &options) else { return };
        for width in [2.4, 5.0, 10.0, 20.0, 44.7] {
            colored.look(width);
            let side_px = colored.stage.headless.scene.view().side_px;
            let expected = if side_px < DRAWN_PX { small } else { CostKey::Quads };
            assert_eq!(painter(&colored), expected, "{side_px} px in {tier}");
        }
    }
}

#[test]
fn pictures_in_colour_are_exact_in_weaker_tiers_and_by_the_plainest_way() {
    for tier in [Tier::NoCompute, Tier::NoVertexStorage] {
        let options = GpuOptions { tier: Some(tier), ..GpuOptions::default() };
        for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
            let settings = Settings { layout, ..Settings::default() };
            sweep(&format!("{layout} in {tier}"), [32, 32], &settings, &options, &[3.2, 20.0]);
        }
    }
    let Some(mut colored) = Colored::new([32, 32], &Settings::default(), &GpuOptions::default()) else { return };
    colored.stage.headless.renderer.set_naive(true);
    for width in [5.0, 20.0, 44.7] {
        colored.look(width);
        colored.assert_as_expected(&format!("quads, {width} px a cell"));
    }
}

#[test]
fn pictures_in_colour_stay_exact_while_a_camera_moves() {
    for (layout, px) in [(LayoutKind::GRID, 5.0), (LayoutKind::GRID, 20.0), (LayoutKind::INDEX, 8.0)] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut colored) = Colored::new([28, 28], &settings, &small_chunks()) else { return };
        let start = colored.stage.headless.scene.placed().layout.center(480).unwrap() + DVec2::new(0.3, -0.2);
        colored.stage.look(start, px);
        colored.assert_as_expected(&format!("{layout} at {px} px"));
        // Seven pixels right and four down: what was there is copied, strips are drawn.
        colored.stage.look(start + DVec2::new(7.0, -4.0) / px, px);
        let Content::Scatter(picture, _) = &colored.stage.headless.scene.scatter_frame().views[0].content else {
            panic!()
        };
        assert_eq!(colored.stage.headless.renderer.reuse(picture), Reuse::Most);
        colored.assert_as_expected(&format!("{layout} at {px} px, dragged"));
        // Part of a pixel on: low resolution first, then so many lines in each frame.
        colored.stage.look(start + DVec2::new(7.4, -4.0) / px, px);
        let frame = colored.stage.scatter_frame_without_labels();
        colored.stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 0 });
        assert!(!colored.stage.headless.renderer.is_exact());
        for _ in 0..5 {
            colored.stage.rgba_within(&frame, DrawBudget { downsample: 3, scanlines: 40 });
        }
        assert!(colored.stage.headless.renderer.is_exact());
        colored.assert_as_expected(&format!("{layout} at {px} px, in slices"));
        colored.stage.assert_no_gpu_errors();
    }
}

#[test]
fn pictures_in_colour_are_picked_as_ink_is() {
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let settings = Settings { layout, ..Settings::default() };
        let Some(mut colored) = Colored::new([32, 32], &settings, &small_chunks()) else { return };
        colored.look(9.0);
        for at in (0..40).map(|i| [(i * 37) % 220, (i * 53) % 170]) {
            let hit = colored.stage.headless.pick(at, 6.0).unwrap().map(|hit| hit.row);
            let scene = &colored.stage.headless.scene;
            let px = DVec2::new(at[0].into(), at[1].into());
            let twin = pick_brute(&scene.view(), &scene.placed().layout, px, 6.0).map(|answer| answer.row);
            assert_eq!(hit, twin, "{layout} at {at:?}");
        }
    }
}

#[test]
fn large_pictures_are_outlined_in_the_colours_of_their_rows() {
    let Some(mut colored) = Colored::new([32, 32], &Settings::default(), &GpuOptions::default()) else { return };
    colored.stage.headless.scene.set_styles(RowColors::Categories, |row| look(row, true));
    for (width, is_outlined) in [(7.0, false), (20.0, true)] {
        colored.look(width);
        let scene = &colored.stage.headless.scene;
        let palette = scene.row_table().palette(scene.theme());
        let frame = scene.scatter_frame();
        let Content::Scatter(_, overlay) = &frame.views[0].content else { panic!() };
        let outlined = overlay.colored_px.clone();
        assert_eq!(!outlined.is_empty(), is_outlined, "{width} px");
        let view = scene.view();
        let mut expected = 0;
        for row in 0..ROWS {
            let (center, style) = (scene.placed().layout.center(row).unwrap(), look(row, true));
            let middle = view.px_from_world(center);
            let inside = middle.x > 10.0 && middle.y > 10.0 && middle.x < 210.0 && middle.y < 160.0;
            if !is_outlined || !inside || style.hidden || style.color == 0 {
                continue;
            }
            let square = [middle.x - 10.0, middle.y - 10.0];
            let of_color = outlined.iter().find(|(color, _)| *color == palette[usize::from(style.color)]).unwrap();
            let is_there = |edge: &[f32; 3]| {
                (f64::from(edge[0]) - square[0]).abs() < 0.01 && (f64::from(edge[1]) - square[1]).abs() < 0.01
            };
            assert!(of_color.1.iter().any(is_there), "row {row} at {square:?}");
            expected += 1;
        }
        assert!(!is_outlined || expected > 30, "{expected} pictures");
        // The line is painted: in the middle of a square's upper edge.
        let rgba = colored.stage.rgba(&frame);
        for (_, squares) in &outlined {
            for [left, top, side] in
                squares.iter().filter(|[left, top, _]| *left > 4.0 && *top > 4.0 && *left < 100.0 && *top < 140.0)
            {
                let (x, y) = ((left + side / 2.0) as usize, top.floor() as usize);
                let at = (y * 220 + x) * 4;
                // Where neighbours share pixels the later one is seen.
                let seen = [rgba[at], rgba[at + 1], rgba[at + 2]];
                assert!(outlined.iter().any(|(color, _)| *color == seen), "{seen:?} at {x}, {y}");
            }
        }
    }
}
