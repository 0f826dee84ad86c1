//! The scatter's picture: points into an ink target, ink into colours, labels on top. Kept until something changes.

use super::atlas::AtlasTextures;
use super::colors::Colors;
use super::context::{Gpu, GpuError};
use super::dots::{DotsCanvas, DotsInput};
use super::ink_mode::{InkMode, Levels};
use super::labels::LabelPainter;
use super::layout::{Crop, PresentUniform, ResolveUniform, ViewUniform};
use super::lookup::LookupParts;
use super::pass::{begin, present_group, uniform_buffer, view_bind_group};
use super::pipelines::{Drawn, INK_FORMAT, Pipelines};
use super::points::{PointBuffers, ranges_in};
use super::stand_in;
use crate::scene::frame::ScatterPicture;
use crate::scene::index::{DrawRange, SpatialIndex};
use crate::scene::layout::Layout;
use crate::scene::palette::color;
use crate::scene::view::ScatterView;
use glam::DVec2;
use std::cell::OnceCell;

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
    shown: Option<ScatterPicture>,
    dots: OnceCell<Option<DotsCanvas>>,
    /// Where coarse pictures are drawn before they are enlarged.
    reduced: Option<Box<Self>>,
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
        let picture = target(gpu, "scatter picture", format, wgpu::TextureUsages::COPY_SRC, size_px)?;
        Ok(Self {
            size_px,
            ink: None,
            picture_view: picture.create_view(&wgpu::TextureViewDescriptor::default()),
            picture,
            shown: None,
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

    /// Brings the picture up to date; returns whether anything had to be drawn.
    pub fn update(
        &mut self,
        input: &ScatterInput<'_>,
        labels: &mut LabelPainter,
        wanted: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<bool, GpuError> {
        if !input.naive && self.shown.as_ref() == Some(wanted) {
            return Ok(false);
        }
        if wanted.coarse > 1 {
            self.draw_reduced(input, labels, wanted, encoder)?;
        } else {
            self.draw(input, wanted, encoder)?;
        }
        labels.paint(input.gpu, wanted, &self.picture_view, self.size_px, encoder);
        self.shown = Some(wanted.clone());
        Ok(true)
    }

    /// Draws a coarse picture and enlarges it.
    fn draw_reduced(
        &mut self,
        input: &ScatterInput<'_>,
        labels: &mut LabelPainter,
        wanted: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let picture = wanted.reduced();
        let size_px = picture.view.size_px;
        let mut reduced = match self.reduced.take().filter(|reduced| reduced.size_px == size_px) {
            Some(reduced) => reduced,
            None => Box::new(Self::new(input.gpu, self.picture.format(), size_px)?),
        };
        reduced.update(input, labels, &picture, encoder)?;
        let uniform = PresentUniform { scale: 1.0 / wanted.coarse as f32, ..PresentUniform::default() };
        let group = present_group(input.gpu, input.pipelines, &uniform, &reduced.picture_view);
        let mut pass = begin(encoder, "enlarge", &self.picture_view, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        pass.set_pipeline(&input.pipelines.enlarge);
        pass.set_bind_group(0, &group, &[]);
        pass.draw(0..3, 0..1);
        drop(pass);
        self.reduced = Some(reduced);
        Ok(())
    }

    /// Draws the picture in the way that costs least for it.
    fn draw(
        &mut self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let (view, plan) = (&wanted.view, input.atlas.plan());
        let crop = Crop {
            left_top: [0, 0],
            size_px: self.size_px,
            near_px: DVec2::new(self.size_px[0].into(), self.size_px[1].into()) / 2.0,
        };
        let lookup = input.layout.lookup.as_ref().filter(|_| !view.overlaps && !input.naive);
        let ranges = if lookup.is_some() { Vec::new() } else { input.ranges(view, [0.0, 0.0], self.size_px) };
        let (stride, opacity) = match (wanted.stand_in, view.overlaps) {
            (false, _) => (1, view.opacity),
            (true, false) => (stand_in::of_lattice(view), view.opacity),
            (true, true) => stand_in::of_crowd(view, &ranges),
        };
        let shown = ScatterView { opacity, ..*view };
        let uniform =
            ViewUniform { stride, ..ViewUniform::new(&shown, &input.layout.layout, plan, wanted.rows_ready, crop) };
        let bind_group = view_bind_group(input.gpu, input.pipelines, &uniform);
        let (mode, level) = (InkMode::of(view, plan), Levels::of(plan, view.side_px).level);
        if mode.is_dots() && !input.naive && self.draw_dots(input, wanted, &ranges, &bind_group, encoder) {
            return Ok(());
        }
        let way = match lookup {
            None => Drawn::Points(mode),
            Some(parts) if parts.is_single() => Drawn::LookupColors { mode, ordered: parts.ordered },
            Some(parts) => Drawn::Lookup { mode, ordered: parts.ordered },
        };
        let direct = matches!(way, Drawn::LookupColors { .. });
        let ink = if direct { None } else { Some(self.ink(input.gpu)?) };
        {
            let clear = if direct {
                let [r, g, b] = color(wanted.colormap, wanted.theme, 0.0).map(|byte| f64::from(byte) / 255.0);
                wgpu::Color { r, g, b, a: 1.0 }
            } else {
                let paper = if view.overlaps { 1.0 } else { 0.0 };
                wgpu::Color { r: paper, g: 0.0, b: 0.0, a: 0.0 }
            };
            let target = ink.as_ref().unwrap_or(&self.picture_view);
            let mut pass = begin(encoder, "ink", target, wgpu::LoadOp::Clear(clear));
            pass.set_pipeline(&input.pipelines.drawn(&input.gpu.device, way));
            pass.set_bind_group(0, &bind_group, &[]);
            if let Some(parts) = lookup {
                pass.set_bind_group(2, &input.colors.group, &[]);
                parts.draw(&mut pass, input.atlas, level, view);
            } else {
                input.layout.points.draw(&mut pass, input.atlas, level, &ranges);
            }
        }
        if let Some(ink) = &ink {
            self.draw_colors(input, ink, view.overlaps, encoder);
        }
        Ok(())
    }

    /// The ink target.
    fn ink(&mut self, gpu: &Gpu) -> Result<wgpu::TextureView, GpuError> {
        if let Some(ink) = &self.ink {
            return Ok(ink.clone());
        }
        let ink = target(gpu, "ink", INK_FORMAT, wgpu::TextureUsages::empty(), self.size_px)?;
        Ok(self.ink.insert(ink.create_view(&wgpu::TextureViewDescriptor::default())).clone())
    }

    /// Draws dots by compute; false where the device cannot.
    fn draw_dots(
        &self,
        input: &ScatterInput<'_>,
        wanted: &ScatterPicture,
        ranges: &[DrawRange],
        view_group: &wgpu::BindGroup,
        encoder: &mut wgpu::CommandEncoder,
    ) -> bool {
        let points = &input.layout.points;
        let Some(canvas) = self.dots.get_or_init(|| DotsCanvas::new(input.gpu, points, self.size_px)) else {
            return false;
        };
        let dots = DotsInput {
            gpu: input.gpu,
            pipelines: input.pipelines,
            points,
            ranges,
            view: &wanted.view,
            view_group,
            colors: &input.colors.view,
            stand_in: wanted.stand_in,
        };
        canvas.draw(&dots, &self.picture_view, encoder)
    }

    fn draw_colors(
        &self,
        input: &ScatterInput<'_>,
        ink: &wgpu::TextureView,
        inverted: bool,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let uniform = ResolveUniform { inverted: inverted.into(), ..ResolveUniform::default() };
        let buffer = uniform_buffer(&input.gpu.device, "resolve", bytemuck::bytes_of(&uniform));
        let bind_group = input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("resolve"),
            layout: &input.pipelines.layouts.resolve,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(ink) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(&input.colors.view) },
            ],
        });
        let mut pass = begin(encoder, "resolve", &self.picture_view, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        pass.set_pipeline(&input.pipelines.resolve);
        pass.set_bind_group(0, &bind_group, &[]);
        pass.draw(0..3, 0..1);
    }
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
