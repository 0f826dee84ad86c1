//! Drawings as they were drawn, all at once: an animated PNG of a grid of them, or a PNG for each of its pictures, in palette colours.

use super::error::{Failure, ShareError, whole};
use super::in_step::{InStep, usual_columns};
use super::numbered::Numbered;
use super::pair::spans;
use super::{Drawings, OnRows};
use crate::data::Row;
use crate::data::ndjson::DrawingReader;
use crate::data::strokes::Written;
use crate::export::{refuse_inputs, system_error};
use crate::scene::Scene;
use crate::scene::palette::color;
use crate::words::counted;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

const RATE: u16 = Replayed::RATE;
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

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Pictures, [`Self::RATE`] a second.
    pub pictures: u32,
    /// Bytes of all files.
    pub bytes: u64,
}

impl Replayed {
    /// Pictures a second.
    pub const RATE: u16 = 20;

    /// "92 pictures, 20 a second".
    pub fn in_words(self) -> String {
        format!("{}, {RATE} a second", counted(self.pictures.into(), "picture", "pictures"))
    }
}

/// The animation of some drawings.
struct Animation {
    grid: InStep,
    frames: usize,
}

impl Replay<'_> {
    /// Writes it, whole or not at all: an animation, or where `path` is a pattern such as `frame-%04d.png`, a file for each picture, from 1
    /// on. An error where no drawing has strokes. `on` hears how many hundredths are done.
    pub fn write(&self, path: &Path, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<Replayed, ShareError> {
        let mut animation = self.animation(drawings, on)?;
        let [all, with] = animation.grid.counts();
        if with == 0 {
            return Err(ShareError::NoStrokes);
        }
        let without = all - with;
        let bytes = if let Some(names) = Numbered::of(path) {
            self.write_pictures(&names, &mut animation, drawings, on)?
        } else {
            whole("replay", path, |out| self.fill(out, &mut animation, on))?;
            path.metadata().map_or(0, |found| found.len())
        };
        if without > 0 {
            let records = counted(without as u64, "record has no strokes", "records have no strokes");
            tracing::warn!("{records} that can be read: their cells stay empty");
        }
        Ok(Replayed { pictures: animation.frames as u32, bytes })
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
            let span = spans.get(row as usize).copied();
            // What is wrong with a record is no fault of the others.
            grid.push(drawings.dataset.strokes(Row(row), span, &mut reader)?.ok().map(Written::of));
        }
        let frames = (grid.length_ms() / 1e3 * f64::from(RATE)).ceil() as usize + 1;
        Ok(Animation { grid, frames: frames.min(MOST_FRAMES) })
    }

    fn fill(&self, out: &mut dyn Write, animation: &mut Animation, on: OnRows<'_>) -> Result<(), Failure> {
        let mut encoder = self.encoder(out, animation);
        encoder.set_animated(animation.frames as u32, 0)?;
        encoder.set_frame_delay(1, RATE)?;
        let mut writer = encoder.write_header()?;
        for frame in 0..animation.frames {
            if frame + 1 == animation.frames {
                writer.set_frame_delay(STAYS, 100)?;
            }
            writer.write_image_data(animation.frame(frame))?;
            if on(animation.done(frame)).is_break() {
                return Err(ShareError::Cancelled.into());
            }
        }
        writer.finish()?;
        Ok(())
    }

    /// Writes a file for each picture; none has its name before all are written. Their bytes.
    fn write_pictures(
        &self,
        names: &Numbered,
        animation: &mut Animation,
        drawings: Drawings<'_>,
        on: OnRows<'_>,
    ) -> Result<u64, ShareError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source: io::Error| ShareError::Write { what: "replay", source, path }
        };
        let hidden = tempfile::Builder::new().prefix(".inkfield-").tempdir_in(names.folder());
        let hidden = hidden.map_err(failed(&names.path(1)))?;
        let part = |frame: usize| hidden.path().join(frame.to_string());
        let mut bytes = 0;
        for frame in 0..animation.frames {
            let path = names.path(frame + 1);
            let written = File::create(part(frame)).and_then(|file| {
                let mut file = BufWriter::new(file);
                self.fill_picture(&mut file, animation, frame).map_err(system_error)?;
                file.into_inner().map_err(io::IntoInnerError::into_error)?.metadata()
            });
            bytes += written.map_err(failed(&path))?.len();
            let is_read = refuse_inputs("replay", &path, drawings.dataset.files());
            is_read.map_err(|read| failed(&path)(io::Error::other(read)))?;
            if on(animation.done(frame)).is_break() {
                return Err(ShareError::Cancelled);
            }
        }
        for frame in 0..animation.frames {
            let path = names.path(frame + 1);
            fs::rename(part(frame), &path).map_err(failed(&path))?;
        }
        let next = names.path(animation.frames + 1);
        if next.exists() {
            tracing::warn!("behind the last picture lie others, of an earlier time: {}", next.display());
        }
        Ok(bytes)
    }

    fn fill_picture(
        &self,
        out: &mut dyn Write,
        animation: &mut Animation,
        frame: usize,
    ) -> Result<(), png::EncodingError> {
        let mut writer = self.encoder(out, animation).write_header()?;
        writer.write_image_data(animation.frame(frame))?;
        writer.finish()
    }

    fn encoder<W: Write>(&self, out: W, animation: &Animation) -> png::Encoder<'static, W> {
        let [width, height] = animation.grid.size_px().map(|side| side as u32);
        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        // Entries of a palette are no quantities: differences between them are no smaller.
        encoder.set_filter(png::Filter::NoFilter);
        let (colormap, theme) = (self.scene.colormap(), self.scene.theme());
        let palette = (0..=u8::MAX).flat_map(|ink| color(colormap, theme, f32::from(ink) / 255.0));
        encoder.set_palette(palette.collect::<Vec<u8>>());
        encoder
    }
}

impl Animation {
    /// A picture by its number; the last one is of the whole drawings.
    fn frame(&mut self, frame: usize) -> &[u8] {
        self.grid.picture(if frame + 1 == self.frames { f64::INFINITY } else { frame as f64 * 1e3 / f64::from(RATE) })
    }

    /// How many hundredths are done with this picture.
    fn done(&self, frame: usize) -> u32 {
        ((frame + 1) * 100 / self.frames) as u32
    }
}
