//! A scatter's picture: points into an ink target, ink into colours. Kept until something changes.

mod on_the_way;
mod passes;

pub use on_the_way::OnTheWayInput;

use super::atlas::AtlasTextures;
use super::colors::BoundColors;
use super::context::{Gpu, GpuError};
use super::painters::cell_lookup::CellGrid;
use super::painters::ink_target::Scratch;
use super::painters::splat::can_count;
use super::painters::{Terms, topmost_splat, wide_splat};
use super::pass::{Target, begin};
use super::pipelines::Pipelines;
use super::points::{PointBuffers, ranges_in};
use super::progressive::{DrawBudget, PanReuse, grown};
use crate::scene::frame::PxRect;
use crate::scene::index::{DrawRange, SpatialIndex};
use crate::scene::layout::Layout;
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::RowTable;
use crate::scene::view::ScatterView;
use glam::DVec2;
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
    /// Its cells, where drawings stand in some.
    pub cells: Option<CellGrid>,
}

impl LayoutOnGpu {
    /// What the choice of a painter depends on in a canvas of a size, beside the picture.
    pub fn terms(&self, gpu: &Gpu, size_px: [u32; 2], rows: &RowTable, naive: bool) -> Terms {
        let cells = self.cells.as_ref().map(CellGrid::terms);
        Terms {
            styling: rows.styling(),
            fades: rows.fades(),
            naive,
            cells,
            can_count: can_count(gpu, &self.points, size_px),
            can_count_wide: wide_splat::can_count(gpu, &self.points, size_px, rows),
            can_find_topmost: topmost_splat::can_find(gpu, &self.points, size_px),
            densest: self.index.densest(),
        }
    }
}

/// The scatter's targets at one size, and what they show.
#[derive(Debug)]
pub struct ScatterCanvas {
    size_px: [u32; 2],
    /// What painters keep here.
    scratch: Scratch,
    picture: wgpu::Texture,
    picture_view: wgpu::TextureView,
    /// Where the next picture is put together when most of it is seen already; made when first needed.
    spare: Option<(wgpu::Texture, wgpu::TextureView)>,
    shown: Option<ScatterPicture>,
    /// The scanlines of it that are exact.
    exact: Range<u32>,
    /// The centre of the last picture that was drawn as a whole.
    phase: DVec2,
    /// Where low-resolution pictures are drawn before they are enlarged.
    reduced: Option<Box<Self>>,
}

/// How much of a picture had to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Redrawn {
    /// It was there already.
    Nothing,
    /// What a camera that moved by whole pixels has brought into view.
    Strips,
    /// So many scanlines that were of low resolution before, and maybe strips.
    Scanlines(u32),
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
    /// Colours, those for drawings as large as they are.
    pub colors: &'a BoundColors,
    /// Draw every instance, as the plainest program would: what the faster ways are measured against.
    pub naive: bool,
    /// What the choice of a painter depends on beside the picture: those of the canvas on screen, for low-resolution pictures and
    /// for what is drawn out of sight as well, so that all of them are drawn by the same painter.
    pub terms: Terms,
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
            scratch: Scratch::new(size_px),
            picture_view,
            picture,
            spare: None,
            shown: None,
            exact: 0..0,
            phase: DVec2::ZERO,
            reduced: None,
        })
    }

    /// Width and height in pixels.
    pub fn size_px(&self) -> [u32; 2] {
        self.size_px
    }

    /// A view of the finished picture.
    pub fn picture_view(&self) -> &wgpu::TextureView {
        &self.picture_view
    }

    /// Forgets what is shown: the next picture is drawn as a whole.
    pub fn invalidate(&mut self) {
        self.shown = None;
    }

    /// How the picture that is shown has to move to be another one, where most of that is on screen already.
    pub fn pan_reuse(&self, wanted: &ScatterPicture) -> Option<PanReuse> {
        PanReuse::between(self.shown.as_ref()?, self.phase, wanted)
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

    /// Whether a picture will be exact once it is brought up to date with a budget.
    pub fn will_be_exact(&self, wanted: &ScatterPicture, budget: DrawBudget) -> bool {
        let same = self.shown.as_ref() == Some(wanted);
        let left = |exact: &Range<u32>| self.size_px[1] - exact.len() as u32;
        match self.pan_reuse(wanted) {
            _ if same && left(&self.exact) == 0 => true,
            Some(_) if same => budget.scanlines >= left(&self.exact),
            Some(reuse) => budget.scanlines >= left(&reuse.exact_lines(&self.exact)),
            None => budget.downsample == 1,
        }
    }

    /// Whether just this picture is there, exact.
    pub fn shows(&self, wanted: &ScatterPicture) -> bool {
        self.shown.as_ref() == Some(wanted) && self.is_exact()
    }

    /// Whether the picture is exact.
    pub fn is_exact(&self) -> bool {
        self.exact == (0..self.size_px[1])
    }

    /// Brings the picture up to date, as far as the budget goes.
    pub fn update(
        &mut self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        budget: DrawBudget,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        let same = !input.naive && self.shown.as_ref() == Some(wanted);
        if self.shows(wanted) && !input.naive {
            return Ok(Redrawn::Nothing);
        }
        let reuse = self.pan_reuse(wanted).filter(|_| !input.naive);
        // What fails on the way leaves no picture.
        self.shown = None;
        let mut redrawn = Redrawn::Nothing;
        if let Some(reuse) = reuse.filter(|_| !same) {
            self.scroll_copy(input.gpu, &reuse, encoder)?;
            self.draw(input, wanted, &reuse.strips(), false, encoder)?;
            self.exact = reuse.exact_lines(&self.exact);
            redrawn = Redrawn::Strips;
        } else if !same {
            self.draw_whole(input, wanted, budget.downsample, encoder)?;
            self.shown = Some(wanted.clone());
            return Ok(Redrawn::Everything);
        }
        let (all, new) = grown(&self.exact, self.size_px[1], budget.scanlines);
        let slice =
            new.map(|lines| PxRect { left: 0, top: lines.start, width: self.size_px[0], height: lines.len() as u32 });
        let lines = slice.iter().map(|part| part.height).sum();
        if lines > 0 {
            let parts: Vec<PxRect> = slice.into_iter().filter(|part| !part.is_empty()).collect();
            self.draw(input, wanted, &parts, false, encoder)?;
            self.exact = all;
            redrawn = Redrawn::Scanlines(lines);
        }
        self.shown = Some(wanted.clone());
        Ok(redrawn)
    }

    fn draw_whole(
        &mut self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        downsample: u32,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let height = self.size_px[1];
        if downsample > 1 {
            self.draw_reduced(input.gpu, input.pipelines, wanted, downsample, encoder, |canvas, picture, encoder| {
                canvas.draw(input, picture, &[PxRect::of_size(canvas.size_px)], true, encoder)
            })?;
            self.exact = height / 2..height / 2;
        } else {
            self.draw(input, wanted, &[PxRect::of_size(self.size_px)], false, encoder)?;
            self.exact = 0..height;
        }
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
    let usage = usage | wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
    let picture = gpu.flat_texture("scatter picture", size_px, format, usage)?;
    let view = picture.create_view(&wgpu::TextureViewDescriptor::default());
    Ok((picture, view))
}
