//! Drawings as they were drawn, all at once: an animated PNG of a grid of them, in palette colours.

use super::error::{Failure, ShareError, whole};
use super::in_step::{InStep, usual_columns};
use super::pair::spans;
use super::{Drawings, OnRows};
use crate::data::Row;
use crate::data::ndjson::DrawingReader;
use crate::data::strokes::Written;
use crate::scene::Scene;
use crate::scene::palette::color;
use crate::words::counted;
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
    /// Pixels a side of a drawing; brought into [`SIDES`](crate::data::strokes::SIDES).
    pub side: u32,
}

/// The animation of some drawings.
struct Animation {
    grid: InStep,
    frames: usize,
}

impl Replay<'_> {
    /// Writes it, whole or not at all. What is to be said of drawings without strokes, which leave their cells empty; an error where none
    /// has any. `on` hears how many hundredths of the animation are done.
    pub fn write(&self, path: &Path, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Option<String>, ShareError> {
        let mut animation = self.animation(drawings, on)?;
        let [all, with] = animation.grid.counts();
        if with == 0 {
            return Err(ShareError::NoStrokes);
        }
        let without = all - with;
        whole("replay", path, |out| self.fill(out, &mut animation, on))?;
        let records = counted(without as u64, "record has no strokes", "records have no strokes");
        Ok((without > 0).then(|| format!("{records} that can be read: their cells stay empty")))
    }

    fn animation(&self, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Animation, ShareError> {
        let count = drawings.rows.len().max(1);
        let columns = self.columns.map_or_else(|| usual_columns(count), |columns| columns as usize);
        let mut grid = InStep::new(count, columns, self.side);
        let size_px = grid.size_px();
        if size_px.iter().any(|&side| side as u64 > MOST_PX) {
            let [width, height] = size_px.map(|side| side as u64);
            return Err(ShareError::ReplayTooLarge { width, height });
        }
        let spans = spans(drawings.dataset, on)?;
        let mut reader = DrawingReader::default();
        for &row in drawings.rows {
            let span = spans.get(row as usize).copied().filter(|span| span.len > 0);
            let line = drawings.dataset.record_bytes(Row(row), span)?;
            // What is wrong with a record is no fault of the others.
            let strokes = line.as_deref().and_then(|line| reader.read(line).ok().flatten());
            grid.push(strokes.map(Written::of));
        }
        let frames = (grid.length_ms() / 1e3 * f64::from(RATE)).ceil() as usize + 1;
        Ok(Animation { grid, frames: frames.min(MOST_FRAMES) })
    }

    fn fill(&self, out: &mut dyn Write, animation: &mut Animation, on: OnRows<'_>) -> Result<(), Failure> {
        let [width, height] = animation.grid.size_px().map(|side| side as u32);
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
            writer.write_image_data(animation.grid.picture(at_ms))?;
            if on(((frame + 1) * 100 / animation.frames) as u32).is_break() {
                return Err(ShareError::Cancelled.into());
            }
        }
        writer.finish()?;
        Ok(())
    }
}
