//! Pictures that are seen larger than their cells show what their files hold, pixel by pixel.

use super::common::{Stage, open};
use inkfield::data::Row;
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::camera::Viewport;
use inkfield::scene::frame::{Content, Frame};
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::palette::{Colormap, Theme, ground};
use inkfield::scene::rows::{RowColors, RowStyle};
use inkfield::scene::{Action, Settings};
use inkfield::viewer::near::decode_now;
use std::path::Path;
use tempfile::TempDir;

const PICTURES: u32 = 12;
const WIDTH: u32 = 240;
const HEIGHT: u32 = 160;
/// The one that lets its ground through, and the one that cannot be decoded.
const GLASS: u32 = 7;
const BROKEN: u32 = 2;
const SEEN: [u32; 2] = [520, 500];

/// Says where it is, finer than any cell could show.
fn pixel(row: u32, [x, y]: [u32; 2]) -> [u8; 4] {
    let alpha = if row == GLASS { 85 } else { 255 };
    [(x * 37 + y * 91) as u8, (x ^ y) as u8, (row * 20) as u8, alpha]
}

fn write(path: &Path, row: u32) {
    let file = std::fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgba);
    let places = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| [x, y]));
    let values: Vec<u8> = places.flat_map(|place| pixel(row, place)).collect();
    encoder.write_header().unwrap().write_image_data(&values).unwrap();
    if row == BROKEN {
        // A header and an end as they must be, and damage between.
        let mut bytes = std::fs::read(path).unwrap();
        let data = bytes.windows(4).position(|bytes| bytes == b"IDAT").unwrap();
        bytes[data + 4..data + 400].fill(0xff);
        std::fs::write(path, bytes).unwrap();
    }
}

struct Photos {
    _folder: TempDir,
    stage: Stage,
}

impl Photos {
    fn new(layout: LayoutKind) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        (0..PICTURES).for_each(|row| write(&folder.path().join(format!("{row:02}.png")), row));
        let settings = Settings { layout, colormap: Colormap::Ink, ..Settings::default() };
        let stage = Stage::new(&open(&[folder.path()]), settings, SEEN, &GpuOptions::default())?;
        assert_eq!((stage.dataset.width(), stage.headless.renderer.plan().canvas), (96, 96));
        Some(Self { _folder: folder, stage })
    }

    /// Looks at a picture so that its width takes `width` pixels of the screen, its left upper corner lying at a whole one; where.
    fn look(&mut self, row: u32, width: u32) -> [i64; 2] {
        let center = self.stage.headless.scene.placed().layout.center(row).unwrap();
        self.stage.look(center, width.into());
        let (scene, renderer) = (&self.stage.headless.scene, &mut self.stage.headless.renderer);
        decode_now(&self.stage.dataset, scene, renderer).unwrap();
        // What 240 by 160 pixels are in a square: as wide, and two thirds as high.
        [i64::from(SEEN[0] / 2 - width / 2), i64::from(SEEN[1] / 2 - width / 3)]
    }

    fn rgba(&mut self) -> Vec<[u8; 4]> {
        let frame = self.stage.headless.scene.scatter_frame();
        self.stage.rgba(&frame).as_chunks::<4>().0.to_vec()
    }

    /// Holds what is seen of a picture against what `expected` gives for the pixel of the screen that is so far from its corner.
    fn assert_seen(&mut self, corner: [i64; 2], size: [u32; 2], within: u8, expected: impl Fn([u32; 2]) -> [u8; 3]) {
        let frame = self.stage.headless.scene.scatter_frame();
        self.assert_frame(&frame, corner, size, within, expected);
    }

    fn assert_frame(
        &mut self,
        frame: &Frame,
        corner: [i64; 2],
        size: [u32; 2],
        within: u8,
        expected: impl Fn([u32; 2]) -> [u8; 3],
    ) {
        let seen = self.stage.rgba(frame);
        let seen = seen.as_chunks::<4>().0;
        let mut held = 0;
        for (at, seen) in seen.iter().enumerate() {
            let [x, y] = [at as i64 % i64::from(SEEN[0]) - corner[0], at as i64 / i64::from(SEEN[0]) - corner[1]];
            let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { continue };
            if x >= size[0] || y >= size[1] {
                continue;
            }
            let expected = expected([x, y]);
            let far = seen.iter().zip(expected).map(|(seen, expected)| seen.abs_diff(expected)).max().unwrap();
            assert!(far <= within, "pixel {at}: {seen:?}, not {expected:?}");
            held += 1;
        }
        assert_eq!(held, size[0] * size[1]);
    }
}

fn rgb([red, green, blue, _]: [u8; 4]) -> [u8; 3] {
    [red, green, blue]
}

#[test]
fn whole_pixels_are_those_of_the_file() {
    let Some(mut photos) = Photos::new(LayoutKind::GRID) else { return };
    for times in [1, 2] {
        let corner = photos.look(5, WIDTH * times);
        photos.assert_seen(corner, [WIDTH * times, HEIGHT * times], 0, |[x, y]| rgb(pixel(5, [x / times, y / times])));
    }
    // On a card, too.
    let corner = photos.look(5, WIDTH);
    let mut frame = photos.stage.headless.scene.scatter_frame();
    let card = photos.stage.headless.scene.card(Row(5), true).unwrap();
    for view in &mut frame.views {
        if let Content::Scatter(_, overlay) = &mut view.content {
            overlay.cards.push(card);
        }
    }
    photos.assert_frame(&frame, corner, [WIDTH, HEIGHT], 0, |place| rgb(pixel(5, place)));
    photos.stage.assert_no_gpu_errors();
}

#[test]
fn half_as_large_each_pixel_is_the_mean_of_four() {
    let Some(mut photos) = Photos::new(LayoutKind::GRID) else { return };
    let corner = photos.look(5, WIDTH / 2);
    let mean = |[x, y]: [u32; 2]| {
        let four = [[0, 0], [1, 0], [0, 1], [1, 1]].map(|[right, down]| pixel(5, [2 * x + right, 2 * y + down]));
        [0, 1, 2]
            .map(|channel| (four.iter().map(|pixel| u32::from(pixel[channel])).sum::<u32>() as f64 / 4.0).round() as u8)
    };
    let seen = photos.rgba();
    for [x, y] in [[0, 0], [17, 40], [100, 60], [119, 79]] {
        let at = (corner[1] + y) * i64::from(SEEN[0]) + corner[0] + x;
        let expected = mean([x as u32, y as u32]);
        let far = seen[at as usize].iter().zip(expected).map(|(seen, expected)| seen.abs_diff(expected)).max();
        assert!(far <= Some(1), "{x}, {y}: {:?}, not {expected:?}", seen[at as usize]);
    }
}

#[test]
fn transparent_pixels_show_the_ground_and_not_the_cell() {
    let Some(mut photos) = Photos::new(LayoutKind::GRID) else { return };
    let corner = photos.look(GLASS, WIDTH);
    let paper = ground(Colormap::Ink, Theme::Paper);
    photos.assert_seen(corner, [WIDTH, HEIGHT], 2, |place| {
        let [red, green, blue, alpha] = pixel(GLASS, place).map(f64::from);
        let mixed = [red, green, blue].into_iter().zip(paper);
        let mixed: Vec<u8> = mixed
            .map(|(value, paper)| ((value * alpha + f64::from(paper) * (255.0 - alpha)) / 255.0).round() as u8)
            .collect();
        [mixed[0], mixed[1], mixed[2]]
    });
}

#[test]
fn what_cannot_be_decoded_is_tried_once_and_what_is_faded_or_may_overlap_stays_as_it_is() {
    let Some(mut photos) = Photos::new(LayoutKind::GRID) else { return };
    photos.look(BROKEN, WIDTH);
    let (scene, renderer) = (&photos.stage.headless.scene, &mut photos.stage.headless.renderer);
    assert!(inkfield::viewer::near::wanted(scene, renderer).is_empty(), "nothing is asked for again");
    assert!(scene.near_px().iter().any(|(row, _)| row.0 == BROKEN), "it is in sight");
    let is_looked = |row: u32| RowStyle { faded: row == 3, hidden: row == 4, ..RowStyle::default() };
    let scene = &mut photos.stage.headless.scene;
    scene.set_styles(RowColors::Categories, is_looked);
    scene.apply(Action::Resize(Viewport::new(700, 700, 1.0)));
    let center = scene.placed().layout.bounds.middle();
    photos.stage.look(center, 120.0);
    let near: Vec<u32> = photos.stage.headless.scene.near_px().iter().map(|(row, _)| row.0).collect();
    assert_eq!((near.len(), near.contains(&3), near.contains(&4)), (PICTURES as usize - 2, false, false));
    // Cells are as fine as what is seen.
    photos.stage.look(center, 96.0);
    assert!(photos.stage.headless.scene.near_px().is_empty());
    let Some(mut over) = Photos::new(LayoutKind::INDEX) else { return };
    over.look(5, WIDTH);
    assert!(over.stage.headless.scene.near_px().is_empty());
}
