//! Pictures of any size as a PNG: drawn tile by tile and written band by band, so that memory holds one band.

use super::{Headless, HeadlessError};
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::export::{PngError, system_error, write_whole};
use crate::gpu::context::Gpu;
use crate::gpu::readback::read_rgba;
use crate::scene::camera::{Camera, Viewport};
use crate::scene::frame::PxRect;
use crate::scene::{Action, Background};
use crate::viewer::captions::Captions;
use crate::viewer::near;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use thiserror::Error;

/// Width and height of a tile: a band of them across the widest picture takes 32 MiB.
const TILE_PX: [u32; 2] = [2048, 512];
/// Pictures of more pixels are drawn in tiles …
const ONE_PIECE_PX: u64 = 1 << 24;
/// … and such as are longer.
const ONE_PIECE_SIDE_PX: u32 = 8192;

/// Hears how many lines of how many are done; a break gives the picture up.
pub type OnLines<'a> = &'a mut dyn FnMut(u32, u32) -> ControlFlow<()>;

/// Why no picture was written.
#[derive(Debug, Error)]
pub enum SaveError {
    /// There is no picture.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// The file system refused.
    #[error(transparent)]
    Png(#[from] PngError),
    /// What it was written to refused.
    #[error("cannot write the picture: {0}")]
    Stream(#[from] io::Error),
    /// Nobody wants it any more.
    #[error("the picture was given up")]
    Cancelled,
}

impl From<png::EncodingError> for SaveError {
    fn from(error: png::EncodingError) -> Self {
        Self::Stream(system_error(error))
    }
}

/// Whether a picture of a size is drawn in tiles.
fn is_tiled(gpu: &Gpu, [width, height]: [u32; 2]) -> bool {
    let longest = gpu.device.limits().max_texture_dimension_2d.min(ONE_PIECE_SIDE_PX);
    width.max(height) > longest || u64::from(width) * u64::from(height) > ONE_PIECE_PX
}

impl Headless {
    /// Whether the picture is too large to be drawn in one piece.
    pub fn is_tiled(&self) -> bool {
        is_tiled(self.renderer.gpu(), self.size_px())
    }

    fn size_px(&self) -> [u32; 2] {
        let viewport = self.scene.viewport();
        [viewport.width_px, viewport.height_px]
    }

    /// Prepares what is shown of drawings in sight that are near: captions, pictures in their own size, strokes.
    pub(super) fn look_closer(&mut self, dataset: &Dataset, columns: Option<&Columns>) -> Result<(), HeadlessError> {
        Captions::default().update(&mut self.scene, columns);
        near::decode_now(dataset, &self.scene, &mut self.renderer)?;
        self.read_strokes(dataset)
    }

    /// Makes the picture so large that all fits into it with each drawing in its own size, or, if a side would be longer than
    /// `most_px`, in as many whole pixels as fit; below one pixel a drawing, in that part of one.
    pub fn fit_own_size(
        &mut self,
        dataset: &Dataset,
        columns: Option<&Columns>,
        most_px: u32,
    ) -> Result<(), HeadlessError> {
        let (bounds, scale) = (self.scene.placed().layout.bounds, self.scene.viewport().scale);
        let own = self.renderer.plan().canvas;
        self.scene.apply(Action::Resize(Viewport::around(&bounds, f64::from(own), scale, most_px)));
        self.scene.start_camera();
        // Bounds that are no whole pixels wide leave a part of one to each drawing.
        let (camera, fitted) = (self.scene.camera(), self.scene.viewport().fit_px_per_unit(&bounds));
        let zoom = if fitted < 1.0 { camera.zoom } else { camera.zoom * fitted.floor() / fitted };
        self.scene.apply(Action::SetCamera(Camera { zoom, ..camera }));
        self.look_closer(dataset, columns)
    }

    /// Writes the picture as a PNG, whole or not at all.
    pub fn save_picture(&mut self, path: &Path, background: Background, on: OnLines<'_>) -> Result<(), SaveError> {
        let mut content = None;
        let written = write_whole(path, |out| {
            self.write_picture(out, background, on).map_err(|error| match error {
                SaveError::Stream(error) => error,
                other => {
                    content = Some(other);
                    io::Error::other("there is no picture")
                }
            })
        });
        match (content, written) {
            (Some(error), _) => Err(error),
            (None, written) => Ok(written.map_err(PngError::io(path))?),
        }
    }

    /// Writes the picture as a PNG.
    pub fn write_picture(
        &mut self,
        out: &mut dyn Write,
        background: Background,
        on: OnLines<'_>,
    ) -> Result<(), SaveError> {
        let [width, height] = self.size_px();
        let cutout = background.cutout(self.scene.colormap(), self.scene.theme());
        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(if cutout.is_some() { png::ColorType::Rgba } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        let mut pixels = writer.stream_writer()?;
        let mut done = 0;
        self.draw_bands(TILE_PX, &mut |band: &[u8]| {
            let opaque = band.as_chunks::<4>().0.iter().map(|&[r, g, b, _]| [r, g, b]);
            let bytes: Vec<u8> = match &cutout {
                None => opaque.flatten().collect(),
                Some(cutout) => opaque.flat_map(|rgb| cutout.pixel(rgb)).collect(),
            };
            pixels.write_all(&bytes)?;
            done += (band.len() / (4 * width.max(1) as usize)) as u32;
            if on(done, height).is_break() { Err(SaveError::Cancelled) } else { Ok(()) }
        })?;
        pixels.finish()?;
        writer.finish()?;
        Ok(())
    }

    /// Draws the picture in tiles of a size and hands over the RGBA lines of one row of tiles after the other.
    pub fn draw_bands(
        &mut self,
        tile_px: [u32; 2],
        take: &mut dyn FnMut(&[u8]) -> Result<(), SaveError>,
    ) -> Result<(), SaveError> {
        let [width, height] = self.size_px();
        let [across, down] = tile_px.map(|side| side.max(1));
        let whole = self.scene.scatter_frame();
        for top in (0..height).step_by(down as usize) {
            let lines = down.min(height - top);
            let pitch = 4 * width as usize;
            let mut band = vec![0; pitch * lines as usize];
            for left in (0..width).step_by(across as usize) {
                let tile = PxRect { left, top, width: across.min(width - left), height: lines };
                let texture = self.draw(&whole.tile(tile))?;
                let rgba = read_rgba(self.renderer.gpu(), &texture).map_err(HeadlessError::from)?;
                let own = 4 * tile.width as usize;
                for (to, from) in band.chunks_exact_mut(pitch).zip(rgba.chunks_exact(own)) {
                    if let Some(to) = to.get_mut(4 * left as usize..4 * left as usize + own) {
                        to.copy_from_slice(from);
                    }
                }
            }
            take(&band)?;
        }
        Ok(())
    }
}
