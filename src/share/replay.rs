//! Drawings as they were drawn, all at once: an animated PNG of a grid of them, in palette colours.

use super::error::{Failure, ShareError, whole};
use super::pair::spans;
use super::{Drawings, OnRows};
use crate::data::Row;
use crate::data::ndjson::DrawingReader;
use crate::data::strokes::{Rasterizer, SIDES, Written};
use crate::scene::Scene;
use crate::scene::palette::color;
use crate::words::counted;
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;

/// Pictures a second.
const RATE: u16 = 20;
/// How long the whole drawings stay, hundredths of a second.
const STAYS: u16 = 150;
/// Pictures at most: five minutes.
const MOST_FRAMES: usize = 6_000;
/// Pixels a side at most: every picture of the animation is held in memory while it is drawn.
const MOST_PX: u64 = 4_096;

/// How the grid looks.
#[derive(Clone, Copy, Debug)]
pub struct Replay<'a> {
    /// Theme and colour map.
    pub scene: &'a Scene,
    /// Cells in a line; about 1.3 times as many as lines when absent.
    pub columns: Option<u32>,
    /// Pixels a side of a drawing; brought into [`SIDES`].
    pub side: u32,
}

/// The animation of some drawings.
struct Animation {
    /// `None` where a record has no strokes that can be read.
    cells: Vec<Option<Written>>,
    side: usize,
    columns: usize,
    size_px: [usize; 2],
    frames: usize,
}

impl Replay<'_> {
    /// Writes it, whole or not at all. What is to be said of drawings without strokes, which leave their cells empty; an error where none
    /// has any. `on` hears how many hundredths of the animation are done.
    pub fn write(&self, path: &Path, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Option<String>, ShareError> {
        let animation = self.animation(drawings, on)?;
        let without = animation.cells.iter().filter(|cell| cell.is_none()).count();
        if without == animation.cells.len() {
            return Err(ShareError::NoStrokes);
        }
        whole("replay", path, |out| self.fill(out, &animation, on))?;
        let records = counted(without as u64, "record has no strokes", "records have no strokes");
        Ok((without > 0).then(|| format!("{records} that can be read: their cells stay empty")))
    }

    fn animation(&self, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Animation, ShareError> {
        let count = drawings.rows.len().max(1);
        let usual = || (1.3 * count as f64).sqrt().round() as usize;
        let columns = self.columns.map_or_else(usual, |columns| columns as usize).clamp(1, count);
        let side = self.side.clamp(*SIDES.start(), *SIDES.end()) as usize;
        let size_px = [columns * side, count.div_ceil(columns) * side];
        if size_px.iter().any(|&side| side as u64 > MOST_PX) {
            let [width, height] = size_px.map(|side| side as u64);
            return Err(ShareError::ReplayTooLarge { width, height });
        }
        let spans = spans(drawings.dataset, on)?;
        let mut reader = DrawingReader::default();
        let mut cells = Vec::new();
        for &row in drawings.rows {
            let span = spans.get(row as usize).copied().filter(|span| span.len > 0);
            let line = drawings.dataset.record_bytes(Row(row), span)?;
            // What is wrong with a record is no fault of the others.
            let strokes = line.as_deref().and_then(|line| reader.read(line).ok().flatten());
            cells.push(strokes.map(Written::of));
        }
        let lengths = cells.iter().flatten().map(|written| written.timeline.length_ms());
        let longest_ms = lengths.fold(0.0, f64::max);
        let frames = (longest_ms / 1e3 * f64::from(RATE)).ceil() as usize + 1;
        Ok(Animation { cells, side, columns, size_px, frames: frames.min(MOST_FRAMES) })
    }

    fn fill(&self, out: &mut dyn Write, animation: &Animation, on: OnRows<'_>) -> Result<(), Failure> {
        let [width, height] = animation.size_px.map(|side| side as u32);
        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        // Entries of a palette are no quantities: differences between them are no smaller.
        encoder.set_filter(png::Filter::NoFilter);
        let (colormap, theme) = (self.scene.colormap(), self.scene.theme());
        encoder.set_palette(
            (0..=u8::MAX).flat_map(|ink| color(colormap, theme, f32::from(ink) / 255.0)).collect::<Vec<u8>>(),
        );
        encoder.set_animated(animation.frames as u32, 0)?;
        encoder.set_frame_delay(1, RATE)?;
        let mut writer = encoder.write_header()?;
        for frame in 0..animation.frames {
            let is_last = frame + 1 == animation.frames;
            if is_last {
                writer.set_frame_delay(STAYS, 100)?;
            }
            let at_ms = if is_last { f64::INFINITY } else { frame as f64 * 1e3 / f64::from(RATE) };
            writer.write_image_data(&animation.picture(at_ms))?;
            if on(((frame + 1) * 100 / animation.frames) as u32).is_break() {
                return Err(ShareError::Cancelled.into());
            }
        }
        writer.finish()?;
        Ok(())
    }
}

impl Animation {
    /// The ink of all pixels after so many ms.
    fn picture(&self, at_ms: f64) -> Vec<u8> {
        let mut picture = vec![0; self.size_px[0] * self.size_px[1]];
        let strips = picture.par_chunks_mut(self.size_px[0] * self.side);
        strips.zip(self.cells.par_chunks(self.columns)).for_each(|(strip, cells)| {
            let mut rasterizer = Rasterizer::new(self.side as u32);
            let mut bitmap = vec![0; self.side * self.side];
            for (at, written) in cells.iter().enumerate() {
                let Some(written) = written else { continue };
                rasterizer.render_drawn(written, at_ms, &mut bitmap);
                let lines = strip.chunks_exact_mut(self.size_px[0]).zip(bitmap.chunks_exact(self.side));
                for (to, from) in lines {
                    to.get_mut(at * self.side..(at + 1) * self.side)
                        .into_iter()
                        .for_each(|to| to.copy_from_slice(from));
                }
            }
        });
        picture
    }
}
