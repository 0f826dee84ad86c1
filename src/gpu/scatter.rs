//! The scatter's picture: points into an ink target, ink into colours, labels on top. Kept until something changes.

mod passes;

use super::atlas::AtlasTextures;
use super::colors::Colors;
use super::context::{Gpu, GpuError};
use super::dots::DotsCanvas;
use super::labels::LabelPainter;
use super::lookup::LookupParts;
use super::moved::Moved;
use super::pass::{Target, begin};
use super::pipelines::Pipelines;
use super::points::{PointBuffers, ranges_in};
use super::slices::grown;
use crate::scene::frame::{PxRect, ScatterPicture};
use crate::scene::index::{DrawRange, SpatialIndex};
use crate::scene::layout::Layout;
use crate::scene::view::ScatterView;
use glam::DVec2;
use std::cell::OnceCell;
use std::ops::Range;

/// A layout with everything the passes need of it.
#[derive(Debug)]
pub struct LayoutOnGpu {
    /// Which revision of the scene's layout this is.
    pub revision: u64,
    /// Positions.
    pub layout: std::sync::Arc<Layout>,
    /// Ranges.
    pub index: std::sync::Arc<SpatialIndex>,
    /// Instances.
    pub points: PointBuffers,
    /// Its lattice, where drawings stand in one.
    pub lookup: Option<LookupParts>,
}

/// The scatter's targets at one size, and what they show.
#[derive(Debug)]
pub struct ScatterCanvas {
    size_px: [u32; 2],
    /// Made when a picture first needs it.
    ink: Option<wgpu::TextureView>,
    picture: wgpu::Texture,
    picture_view: wgpu::TextureView,
    /// Where the next picture is put together when most of it is seen already; made when first needed.
    spare: Option<(wgpu::Texture, wgpu::TextureView)>,
    shown: Option<ScatterPicture>,
    /// The lines of it that are exact.
    exact: Range<u32>,
    /// The centre of the last picture that was drawn as a whole.
    phase: DVec2,
    dots: OnceCell<Option<DotsCanvas>>,
    /// Where coarse pictures are drawn before they are enlarged.
    reduced: Option<Box<Self>>,
}

/// How much of a picture had to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Redrawn {
    /// It was there already.
    Nothing,
    /// What a camera that moved by whole pixels has brought into view.
    Strips,
    /// So many lines that were coarse before, and maybe strips.
    Slice(u32),
    /// All of it.
    Everything,
}

/// What encoding a picture takes from the renderer.
pub struct ScatterInput<'a> {
    /// The GPU.
    pub gpu: &'a Gpu,
    /// Pipelines and layouts.
    pub pipelines: &'a Pipelines,
    /// Drawings.
    pub atlas: &'a AtlasTextures,
    /// Where they are.
    pub layout: &'a LayoutOnGpu,
    /// The 256 colours.
    pub colors: &'a Colors,
    /// Draw every instance, as the plainest program would: what the faster ways are measured against.
    pub naive: bool,
}

impl ScatterInput<'_> {
    /// The ranges of instances to draw for a rectangle of a view: those that may touch it, or all of them.
    pub fn ranges(&self, view: &ScatterView, left_top_px: [f64; 2], size_px: [u32; 2]) -> Vec<DrawRange> {
        let index = &self.layout.index;
        if self.naive { index.everything() } else { ranges_in(index, view, left_top_px, size_px) }
    }
}

impl ScatterCanvas {
    /// Makes targets of a size; pictures have `format`.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat, size_px: [u32; 2]) -> Result<Self, GpuError> {
        let (picture, picture_view) = picture_target(gpu, format, size_px)?;
        Ok(Self {
            size_px,
            ink: None,
            picture_view,
            picture,
            spare: None,
            shown: None,
            exact: 0..0,
            phase: DVec2::ZERO,
            dots: OnceCell::new(),
            reduced: None,
        })
    }

    /// Width and height in pixels.
    pub fn size_px(&self) -> [u32; 2] {
        self.size_px
    }

    /// The finished picture.
    pub fn picture(&self) -> &wgpu::Texture {
        &self.picture
    }

    /// A view of the finished picture.
    pub fn picture_view(&self) -> &wgpu::TextureView {
        &self.picture_view
    }

    /// Forgets what is shown: the next picture is drawn anew.
    pub fn invalidate(&mut self) {
        self.shown = None;
    }

    /// How the picture that is shown has to move to be another one, where most of that is seen already.
    pub fn moved(&self, wanted: &ScatterPicture) -> Option<Moved> {
        Moved::between(self.shown.as_ref()?, self.phase, &wanted.exact())
    }

    /// Copies the picture to where it belongs in a target that can be copied to: several times cheaper than drawing it there.
    /// Returns whether that was possible.
    pub fn copy_to(
        &self,
        rect: PxRect,
        target_px: [u32; 2],
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) -> bool {
        let Some(texture) = target.texture else { return false };
        if !texture.usage().contains(wgpu::TextureUsages::COPY_DST) || texture.format() != self.picture.format() {
            return false;
        }
        let whole = rect.size() == [texture.width(), texture.height()] && rect.size() == target_px;
        if !whole {
            drop(begin(encoder, "ground", target.view, load));
        }
        let origin = wgpu::Origin3d { x: rect.left, y: rect.top, z: 0 };
        let size = wgpu::Extent3d { width: rect.width, height: rect.height, depth_or_array_layers: 1 };
        let to = wgpu::TexelCopyTextureInfo { origin, ..texture.as_image_copy() };
        encoder.copy_texture_to_texture(self.picture.as_image_copy(), to, size);
        true
    }

    /// Whether a picture will be exact on screen once it is brought up to date.
    pub fn will_be_exact(&self, wanted: &ScatterPicture) -> bool {
        let same = self.shown.as_ref() == Some(&wanted.exact());
        let left = |exact: &Range<u32>| self.size_px[1] - exact.len() as u32;
        match self.moved(wanted) {
            _ if same && left(&self.exact) == 0 => true,
            Some(_) if same => wanted.lines >= left(&self.exact),
            Some(moved) => wanted.lines >= left(&moved.exact_lines(&self.exact)),
            None => wanted.coarse == 1,
        }
    }

    /// Whether the picture is exact.
    pub fn is_exact(&self) -> bool {
        self.exact == (0..self.size_px[1])
    }

    /// Brings the picture up to date.
    pub fn update(
        &mut self,
        input: &ScatterInput<'_>,
        labels: &mut LabelPainter,
        wanted: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        let exact = wanted.exact();
        let is_whole = self.is_exact();
        let same = !input.naive && self.shown.as_ref() == Some(&exact);
        // Labels lie over it: it comes into being as a whole.
        let as_whole = !is_whole && wanted.coarse == 1 && !wanted.labels.is_empty();
        if same && (is_whole || (!wanted.labels.is_empty() && !as_whole)) {
            return Ok(Redrawn::Nothing);
        }
        let moved = self.moved(wanted).filter(|_| !input.naive);
        // What fails on the way leaves no picture.
        self.shown = None;
        let mut redrawn = Redrawn::Nothing;
        if let Some(moved) = moved.filter(|_| !same) {
            self.make_way(input.gpu, &moved, encoder)?;
            self.draw(input, &exact, &moved.strips(), encoder)?;
            self.exact = moved.exact_lines(&self.exact);
            redrawn = Redrawn::Strips;
        } else if !same || as_whole {
            self.draw_anew(input, labels, wanted, encoder)?;
            self.shown = Some(exact);
            return Ok(Redrawn::Everything);
        }
        let (all, new) = grown(&self.exact, self.size_px[1], wanted.lines);
        let slice =
            new.map(|lines| PxRect { left: 0, top: lines.start, width: self.size_px[0], height: lines.len() as u32 });
        let lines = slice.iter().map(|part| part.height).sum();
        if lines > 0 {
            let parts: Vec<PxRect> = slice.into_iter().filter(|part| !part.is_empty()).collect();
            self.draw(input, &exact, &parts, encoder)?;
            self.exact = all;
            redrawn = Redrawn::Slice(lines);
        }
        self.shown = Some(exact);
        Ok(redrawn)
    }

    fn draw_anew(
        &mut self,
        input: &ScatterInput<'_>,
        labels: &mut LabelPainter,
        wanted: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let height = self.size_px[1];
        if wanted.coarse > 1 {
            self.draw_reduced(input, wanted, encoder)?;
            self.exact = height / 2..height / 2;
        } else {
            self.draw(input, wanted, &[PxRect::of_size(self.size_px)], encoder)?;
            self.exact = 0..height;
        }
        labels.paint(input.gpu, wanted, &self.picture_view, self.size_px, encoder);
        self.phase = wanted.view.center;
        Ok(())
    }
}

fn picture_target(
    gpu: &Gpu,
    format: wgpu::TextureFormat,
    size_px: [u32; 2],
) -> Result<(wgpu::Texture, wgpu::TextureView), GpuError> {
    let usage = wgpu::TextureUsages::COPY_SRC | wgpu::TextureUsages::COPY_DST;
    let picture = target(gpu, "scatter picture", format, usage, size_px)?;
    let view = picture.create_view(&wgpu::TextureViewDescriptor::default());
    Ok((picture, view))
}

fn target(
    gpu: &Gpu,
    what: &'static str,
    format: wgpu::TextureFormat,
    usage: wgpu::TextureUsages,
    size_px: [u32; 2],
) -> Result<wgpu::Texture, GpuError> {
    let usage = usage | wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
    gpu.flat_texture(what, size_px, format, usage)
}
