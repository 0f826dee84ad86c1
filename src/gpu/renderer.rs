//! Draws one [`Frame`] into any texture view, and answers picks. Everything on the GPU that belongs to a data set is here.

use super::atlas::AtlasTextures;
use super::buffers::filled_buffer;
use super::colors::Colors;
use super::context::{Gpu, GpuError};
use super::labels::LabelPainter;
use super::layout::{PresentUniform, ViewUniform};
use super::lookup::LookupParts;
use super::marks::{self, Marks};
use super::pass::{Target, begin, present_group, view_bind_group};
use super::pick::{PickHit, PickQuestion, PickTarget};
use super::pipelines::{Pipelines, TargetPipelines};
use super::points::PointBuffers;
use super::readback::{read_now, readback_buffer};
use super::scatter::{LayoutOnGpu, Redrawn, ScatterCanvas, ScatterInput};
use crate::atlas::{AtlasPlan, PackedPiece};
use crate::scene::frame::{Content, Frame, PxRect, ScatterPicture};
use crate::scene::index::SpatialIndex;
use crate::scene::layout::Layout;
use crate::scene::palette::{Colormap, Theme};
use crate::scene::refinement::Seen;
use std::ops::Range;
use std::sync::Arc;

/// All GPU state of one data set.
#[derive(Debug)]
pub struct Renderer {
    gpu: Arc<Gpu>,
    pipelines: Pipelines,
    target: TargetPipelines,
    atlas: AtlasTextures,
    layout: Option<LayoutOnGpu>,
    canvas: Option<ScatterCanvas>,
    colors: Option<Colors>,
    labels: LabelPainter,
    pick: PickTarget,
    naive: bool,
}

impl Renderer {
    /// Builds everything for a data set; `target_format` is what [`Renderer::draw`] draws into.
    pub fn new(gpu: Arc<Gpu>, plan: &AtlasPlan, target_format: wgpu::TextureFormat) -> Result<Self, GpuError> {
        gpu.check_lost()?;
        let pipelines = Pipelines::new(&gpu.device, gpu.tier, target_format);
        let target = pipelines.for_target(&gpu.device, target_format);
        let atlas = AtlasTextures::new(&gpu, &pipelines.layouts, plan)?;
        let labels = LabelPainter::new(&gpu, target_format);
        Ok(Self {
            pipelines,
            target,
            atlas,
            layout: None,
            canvas: None,
            colors: None,
            labels,
            pick: PickTarget::default(),
            naive: false,
            gpu,
        })
    }

    /// The GPU it draws with.
    pub fn gpu(&self) -> &Arc<Gpu> {
        &self.gpu
    }

    /// Whether every instance is drawn in every frame, as the plainest program would: what a bench compares with.
    pub fn set_naive(&mut self, naive: bool) {
        self.naive = naive;
    }

    /// Lets go of the scatter's picture: the next frame makes another one.
    pub fn forget_picture(&mut self) {
        self.canvas = None;
    }

    /// How drawings lie in the atlas.
    pub fn plan(&self) -> &AtlasPlan {
        self.atlas.plan()
    }

    /// Drawings uploaded so far.
    pub fn rows_ready(&self) -> u32 {
        self.atlas.rows_ready()
    }

    /// Uploads some drawings. They come in order.
    pub fn upload(&mut self, piece: &PackedPiece) {
        self.atlas.upload(&self.gpu, piece);
    }

    /// Holds the layout of a revision; does nothing when it is there already.
    pub fn set_layout(&mut self, revision: u64, layout: &Arc<Layout>, index: &Arc<SpatialIndex>) {
        if self.layout.as_ref().is_some_and(|held| held.revision == revision) {
            return;
        }
        let points = PointBuffers::new(&self.gpu, layout, index);
        let lookup = LookupParts::new(&self.gpu, &self.pipelines.layouts, layout, self.atlas.plan());
        let (layout, index) = (Arc::clone(layout), Arc::clone(index));
        self.layout = Some(LayoutOnGpu { revision, layout, index, points, lookup });
        if let Some(canvas) = &mut self.canvas {
            canvas.invalidate();
        }
    }

    /// Brings the scatter's picture of a frame up to date, so that [`Renderer::draw`] only has to show it; returns how
    /// much of it had to be drawn.
    pub fn update(&mut self, frame: &Frame, encoder: &mut wgpu::CommandEncoder) -> Result<Redrawn, GpuError> {
        self.gpu.check_lost()?;
        let mut redrawn = Redrawn::Nothing;
        for view in &frame.views {
            let rect = view.rect.clipped(frame.target_px);
            if let (Content::Scatter(picture, _), false) = (&view.content, rect.is_empty()) {
                redrawn = redrawn.max(self.update_scatter(rect, picture, encoder)?);
            }
        }
        Ok(redrawn)
    }

    /// Draws a frame into `target`, over what is there or after clearing it; returns how much of the scatter had to be redrawn.
    pub fn draw(
        &mut self,
        frame: &Frame,
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        let redrawn = self.update(frame, encoder)?;
        let mut list = Marks::new(frame.theme, frame.colormap, frame.scale);
        let mut ranges: Vec<(PxRect, bool, Range<usize>)> = Vec::new();
        for view in &frame.views {
            let rect = view.rect.clipped(frame.target_px);
            if rect.is_empty() {
                continue;
            }
            let first = list.instances().len();
            match &view.content {
                Content::Scatter(_, highlights) => list.highlights(highlights, rect),
                Content::Drawing(drawing) => list.drawing(drawing, rect, self.atlas.plan().canvas),
            }
            let scatter = matches!(view.content, Content::Scatter(..));
            ranges.push((rect, scatter, first..list.instances().len()));
        }
        self.paint(frame, load, target, encoder, &list, &ranges);
        Ok(redrawn)
    }

    fn paint(
        &mut self,
        frame: &Frame,
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
        list: &Marks,
        ranges: &[(PxRect, bool, Range<usize>)],
    ) {
        let scatter = ranges.iter().find(|(_, scatter, _)| *scatter);
        let copied = scatter
            .zip(self.canvas.as_ref())
            .is_some_and(|((rect, ..), canvas)| canvas.copy_to(*rect, frame.target_px, load, target, encoder));
        if copied && list.instances().is_empty() {
            return;
        }
        let load = if copied { wgpu::LoadOp::Load } else { load };
        let colors = self.colors_for(frame.colormap, frame.theme);
        let device = &self.gpu.device;
        let view_group = view_bind_group(&self.gpu, &self.pipelines, &ViewUniform::target(frame.target_px));
        let instances =
            filled_buffer(device, "marks", bytemuck::cast_slice(list.instances()), wgpu::BufferUsages::VERTEX);
        let mut pass = begin(encoder, "target", target.view, load);
        for (rect, scatter, range) in ranges {
            pass.set_scissor_rect(rect.left, rect.top, rect.width, rect.height);
            if *scatter
                && !copied
                && let Some(canvas) = &self.canvas
            {
                let origin_px = [rect.left as f32, rect.top as f32];
                let uniform = PresentUniform { origin_px, ..PresentUniform::default() };
                let group = present_group(&self.gpu, &self.pipelines, &uniform, canvas.picture_view());
                pass.set_pipeline(&self.target.present);
                pass.set_bind_group(0, &group, &[]);
                pass.draw(0..3, 0..1);
            }
            if range.is_empty() {
                continue;
            }
            pass.set_pipeline(&self.target.mark);
            pass.set_bind_group(0, &view_group, &[]);
            pass.set_bind_group(2, &colors.group, &[]);
            pass.set_vertex_buffer(0, instances.slice(..));
            marks::draw(&mut pass, &self.atlas, list.instances(), range.clone());
        }
    }

    /// Draws a picture that nobody sees, so that what it needs is ready when somebody zooms there.
    pub fn rehearse(&mut self, picture: &ScatterPicture, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let shown = self.canvas.replace(ScatterCanvas::new(&self.gpu, self.target.format, picture.view.size_px)?);
        let drawn = self.update_scatter(PxRect::of_size(picture.view.size_px), picture, encoder);
        self.canvas = shown;
        drawn.map(drop)
    }

    fn update_scatter(
        &mut self,
        rect: PxRect,
        picture: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        if self.canvas.as_ref().is_none_or(|canvas| canvas.size_px() != rect.size()) {
            self.canvas = Some(ScatterCanvas::new(&self.gpu, self.target.format, rect.size())?);
        }
        let colors = self.colors_for(picture.colormap, picture.theme);
        let (Some(layout), Some(canvas)) = (&self.layout, &mut self.canvas) else { return Ok(Redrawn::Nothing) };
        let input = ScatterInput {
            gpu: &self.gpu,
            pipelines: &self.pipelines,
            atlas: &self.atlas,
            layout,
            colors: &colors,
            naive: self.naive,
        };
        canvas.update(&input, &mut self.labels, picture, encoder)
    }

    /// How much of a picture is on screen already.
    pub fn seen(&self, wanted: &ScatterPicture) -> Seen {
        let canvas = self.canvas.as_ref().filter(|_| !self.naive);
        match canvas.and_then(|canvas| canvas.moved(wanted)) {
            Some(_) => Seen::Most,
            None if self.naive || !wanted.labels.is_empty() => Seen::NothingToSlice,
            None => Seen::Nothing,
        }
    }

    /// Whether the picture that has been drawn last is exact; true where none has been.
    pub fn is_exact(&self) -> bool {
        self.canvas.as_ref().is_none_or(|canvas| self.naive || canvas.is_exact())
    }

    /// Whether a picture will be exact on screen once it has been drawn.
    pub fn will_be_exact(&self, wanted: &ScatterPicture) -> bool {
        let canvas = self.canvas.as_ref().filter(|canvas| !self.naive && canvas.size_px() == wanted.view.size_px);
        canvas.map_or(self.naive || wanted.coarse == 1, |canvas| canvas.will_be_exact(wanted))
    }

    /// The scatter's finished picture, as a texture that can be copied.
    pub fn picture(&self) -> Option<&wgpu::Texture> {
        self.canvas.as_ref().map(ScatterCanvas::picture)
    }

    fn colors_for(&mut self, colormap: Colormap, theme: Theme) -> Colors {
        let held = self.colors.take().filter(|colors| colors.key == (colormap, theme));
        let colors = held.unwrap_or_else(|| Colors::new(&self.gpu, &self.pipelines.layouts, colormap, theme));
        self.colors.insert(colors).clone()
    }

    /// Encodes a pick whose answer is copied into `buffer`; `None` when nothing can be there.
    pub fn encode_pick(
        &mut self,
        question: &PickQuestion,
        buffer: &wgpu::Buffer,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Option<super::pick::PickRect>, GpuError> {
        let Some(rect) = question.rect() else { return Ok(None) };
        // No colour is looked at: those in use stay, so that a hover makes no others.
        let (colormap, theme) = self.colors.as_ref().map_or((Colormap::Ink, Theme::Paper), |colors| colors.key);
        let colors = self.colors_for(colormap, theme);
        let Some(layout) = self.layout.as_ref().filter(|held| held.revision == question.layout_revision) else {
            return Ok(None);
        };
        let input = ScatterInput {
            gpu: &self.gpu,
            pipelines: &self.pipelines,
            atlas: &self.atlas,
            layout,
            colors: &colors,
            naive: self.naive,
        };
        self.pick.encode(&input, question, rect, buffer, encoder)?;
        Ok(Some(rect))
    }

    /// Asks and waits for the answer (commands without a window only).
    pub fn pick_now(&mut self, question: &PickQuestion) -> Result<Option<PickHit>, GpuError> {
        let Some(rect) = question.rect() else { return Ok(None) };
        let buffer = readback_buffer(&self.gpu.device, rect.size, 4);
        let mut encoder = self.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        if self.encode_pick(question, &buffer, &mut encoder)?.is_none() {
            return Ok(None);
        }
        self.gpu.queue.submit([encoder.finish()]);
        Ok(question.answer(rect, &read_now(&self.gpu, &buffer)?))
    }
}
