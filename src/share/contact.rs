//! A contact sheet: the kept drawings as a grid of cells, by whole pixels, in one PNG.

use super::error::{Failure, ShareError, whole};
use super::{Drawings, OnRows};
use crate::data::dataset::Dataset;
use crate::data::values::InkTable;
use crate::scene::palette::{Rgb, color};
use crate::scene::rows::{RowStyle, Styling, WASH};
use crate::scene::{Background, Scene};
use std::io::Write;
use std::path::Path;

/// Longest side that other programs open.
const MOST_PX: u64 = 65_535;

/// How the sheet looks.
#[derive(Clone, Copy, Debug)]
pub struct ContactSheet<'a> {
    /// Theme, colour map and colours of rows.
    pub scene: &'a Scene,
    /// From values to ink.
    pub table: &'a InkTable,
    /// Cells in a line; about 1.3 times as many as lines when absent.
    pub columns: Option<u32>,
    /// Whole pixels a value.
    pub enlarge: u32,
    /// What the drawings lie on.
    pub background: Background,
}

impl ContactSheet<'_> {
    /// Writes it, a line of cells at a time.
    pub fn write(&self, path: &Path, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<(), ShareError> {
        let count = drawings.rows.len() as u64;
        let usual = || (1.3 * count as f64).sqrt().round() as u64;
        let columns = self.columns.map_or_else(usual, u64::from).clamp(1, count.max(1));
        let (height, width) = (u64::from(drawings.dataset.height()), u64::from(drawings.dataset.width()));
        let times = u64::from(self.enlarge.max(1));
        let size = [columns * width * times, count.div_ceil(columns) * height * times];
        if size.iter().any(|&side| side > MOST_PX) {
            return Err(ShareError::TooLarge { width: size[0], height: size[1] });
        }
        whole("contact sheet", path, |out| self.fill(out, size.map(|side| side as u32), columns as usize, drawings, on))
    }

    fn fill(
        &self,
        out: &mut dyn Write,
        size_px: [u32; 2],
        columns: usize,
        drawings: Drawings<'_>,
        on: OnRows<'_>,
    ) -> Result<(), Failure> {
        let mut encoder = png::Encoder::new(out, size_px[0], size_px[1]);
        let cutout = self.background.cutout(self.scene.colormap(), self.scene.theme());
        encoder.set_color(if cutout.is_some() { png::ColorType::Rgba } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        let mut pixels = writer.stream_writer()?;
        let colors = Colors::of(self.scene, self.table, drawings.dataset.channels());
        let (width, times) = (drawings.dataset.width() as usize, self.enlarge.max(1) as usize);
        let pitch = size_px[0] as usize * 3;
        let line_bytes = width * drawings.dataset.channels() as usize;
        let cells = |rows: &[u32], values: Vec<u8>| {
            let height = values.len() / (line_bytes * rows.len()).max(1);
            // What no drawing fills is ground.
            let mut strip: Vec<u8> = colors.ground().iter().copied().cycle().take(pitch * height * times).collect();
            let lines = values.chunks_exact(line_bytes).enumerate();
            for (line, (at, values)) in lines.map(|(i, values)| (i % height, (i / height, values))) {
                let style = self.scene.row_table().style(rows.get(at).copied().unwrap_or(0));
                let pixels = colors.line(values, style);
                let shown: Vec<u8> = pixels.flat_map(|pixel| std::iter::repeat_n(pixel, times)).flatten().collect();
                for copy in 0..times {
                    let start = (line * times + copy) * pitch + at * width * times * 3;
                    if let Some(to) = strip.get_mut(start..start + shown.len()) {
                        to.copy_from_slice(&shown);
                    }
                }
            }
            Ok(match cutout {
                None => strip,
                Some(cutout) => strip.as_chunks::<3>().0.iter().flat_map(|&rgb| cutout.pixel(rgb)).collect(),
            })
        };
        drawings.in_blocks(columns, cells, |strip: Vec<u8>| Ok(pixels.write_all(&strip)?), on)?;
        pixels.finish()?;
        writer.finish()?;
        Ok(())
    }
}

/// One drawing of a data set in RGBA rows, as it is on a contact sheet; `values` are those that the set gives for the row.
pub fn drawing_rgba(
    scene: &Scene,
    dataset: &Dataset,
    table: &InkTable,
    row: u32,
    values: &[u8],
    times: usize,
) -> Vec<u8> {
    let (colors, style) = (Colors::of(scene, table, dataset.channels()), scene.lasting_style(row));
    let line = |values: &[u8]| -> Vec<u8> {
        let pixels = colors.line(values, style);
        pixels.flat_map(|[r, g, b]| std::iter::repeat_n([r, g, b, 255], times)).flatten().collect()
    };
    let line_bytes = dataset.width() as usize * dataset.channels() as usize;
    values.chunks_exact(line_bytes.max(1)).flat_map(|values| line(values).repeat(times)).collect()
}

/// Colours of values by row, as pictures show drawings at whole scales.
struct Colors<'a> {
    table: &'a InkTable,
    channels: u32,
    inks: [Rgb; 256],
    palette: [Rgb; 256],
    styling: Styling,
}

impl<'a> Colors<'a> {
    fn of(scene: &Scene, table: &'a InkTable, channels: u32) -> Self {
        let (theme, colormap) = (scene.theme(), scene.colormap());
        let mut inks = [[0; 3]; 256];
        (0..=u8::MAX).zip(&mut inks).for_each(|(ink, to)| *to = color(colormap, theme, f32::from(ink) / 255.0));
        Self { table, channels, inks, palette: scene.row_table().palette(theme), styling: scene.row_table().styling() }
    }

    fn ground(&self) -> Rgb {
        self.inks[0]
    }

    /// The colours of a line of pixels of one drawing.
    fn line<'b>(&'b self, values: &'b [u8], style: RowStyle) -> impl Iterator<Item = Rgb> + 'b {
        values.chunks_exact(self.channels.max(1) as usize).map(move |pixel| match *pixel {
            [r, g, b, alpha] => self.over_ground([r, g, b], f64::from(alpha) / 255.0, style),
            _ => self.of_ink(self.table.ink(pixel.first().copied().unwrap_or(0)), style),
        })
    }

    fn of_ink(&self, ink: u8, style: RowStyle) -> Rgb {
        if self.styling != Styling::Colors {
            return self.inks[usize::from(ink)];
        }
        self.over_ground(self.palette[usize::from(style.color)], f64::from(ink) / 255.0, style)
    }

    /// So much of a colour on the ground of a row.
    fn over_ground(&self, own: Rgb, k: f64, style: RowStyle) -> Rgb {
        let washes = self.styling == Styling::Colors && style.color > 0;
        let (wash, row) = (if washes { WASH } else { 0.0 }, self.palette[usize::from(style.color)]);
        std::array::from_fn(|i| {
            let [paper, row, own] = [self.inks[0][i], row[i], own[i]].map(f64::from);
            let washed = paper + wash * (row - paper);
            (washed * (1.0 - k) + own * k).round() as u8
        })
    }
}
