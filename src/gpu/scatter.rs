//! The scatter's picture: points into an ink target, ink into colours, labels on top. Kept until something changes.

use super::atlas::AtlasTextures;
use super::context::{Gpu, GpuError};
use super::labels::LabelPainter;
use super::layout::{Crop, ResolveUniform, ViewUniform};
use super::pipelines::{INK_FORMAT, PICTURE_FORMAT, Pipelines};
use super::points::PointBuffers;
use crate::scene::camera::Bounds;
use crate::scene::frame::ScatterPicture;
use crate::scene::index::{DrawRange, SpatialIndex};
use crate::scene::layout::Layout;
use crate::scene::view::ScatterView;
use glam::DVec2;
use wgpu::util::DeviceExt;

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
}

/// The scatter's targets at one size, and what they show.
#[derive(Debug)]
pub struct ScatterCanvas {
    size_px: [u32; 2],
    ink: wgpu::TextureView,
    picture: wgpu::Texture,
    picture_view: wgpu::TextureView,
    shown: Option<ScatterPicture>,
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
    pub colors: &'a wgpu::TextureView,
}

impl ScatterCanvas {
    /// Makes targets of a size.
    pub fn new(gpu: &Gpu, size_px: [u32; 2]) -> Result<Self, GpuError> {
        let texture = |what, format, usage| {
            gpu.texture(
                what,
                &wgpu::TextureDescriptor {
                    label: Some(what),
                    size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
                    mip_level_count: 1,
                    sample_count: 1,
                    dimension: wgpu::TextureDimension::D2,
                    format,
                    usage: usage | wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
                    view_formats: &[],
                },
            )
        };
        let ink = texture("ink", INK_FORMAT, wgpu::TextureUsages::empty())?;
        let picture = texture("scatter picture", PICTURE_FORMAT, wgpu::TextureUsages::COPY_SRC)?;
        let view = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
        Ok(Self { size_px, ink: view(&ink), picture_view: view(&picture), picture, shown: None })
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
    ) -> bool {
        if self.shown.as_ref() == Some(wanted) {
            return false;
        }
        self.draw_ink(input, wanted, encoder);
        self.draw_colors(input, wanted.view.overlaps, encoder);
        labels.paint(input.gpu, wanted, &self.picture_view, self.size_px, encoder);
        self.shown = Some(wanted.clone());
        true
    }

    fn draw_ink(&self, input: &ScatterInput<'_>, wanted: &ScatterPicture, encoder: &mut wgpu::CommandEncoder) {
        let view = &wanted.view;
        let crop = Crop {
            left_top: [0, 0],
            size_px: self.size_px,
            near_px: DVec2::new(self.size_px[0].into(), self.size_px[1].into()) / 2.0,
        };
        let uniform = ViewUniform::new(view, &input.layout.layout, input.atlas.plan(), wanted.rows_ready, crop);
        let bind_group = view_bind_group(input.gpu, input.pipelines, &uniform);
        let paper = if view.overlaps { 1.0 } else { 0.0 };
        let mut pass =
            begin(encoder, "ink", &self.ink, wgpu::LoadOp::Clear(wgpu::Color { r: paper, g: 0.0, b: 0.0, a: 0.0 }));
        let pipelines = input.pipelines;
        pass.set_pipeline(if view.overlaps { &pipelines.points_multiply } else { &pipelines.points_add });
        pass.set_bind_group(0, &bind_group, &[]);
        let ranges = ranges_in(&input.layout.index, view, [0.0, 0.0], self.size_px);
        input.layout.points.draw(&mut pass, input.atlas, &ranges);
    }

    fn draw_colors(&self, input: &ScatterInput<'_>, inverted: bool, encoder: &mut wgpu::CommandEncoder) {
        let uniform = ResolveUniform { inverted: inverted.into(), ..ResolveUniform::default() };
        let buffer = uniform_buffer(&input.gpu.device, "resolve", bytemuck::bytes_of(&uniform));
        let bind_group = input.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("resolve"),
            layout: &input.pipelines.layouts.resolve,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&self.ink) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::TextureView(input.colors) },
            ],
        });
        let mut pass = begin(encoder, "resolve", &self.picture_view, wgpu::LoadOp::Clear(wgpu::Color::BLACK));
        pass.set_pipeline(&input.pipelines.resolve);
        pass.set_bind_group(0, &bind_group, &[]);
        pass.draw(0..3, 0..1);
    }
}

/// The ranges of instances that may touch a rectangle of a view.
pub fn ranges_in(index: &SpatialIndex, view: &ScatterView, left_top_px: [f64; 2], size_px: [u32; 2]) -> Vec<DrawRange> {
    // Half a square and a pixel more: a square touches pixels whose centres it does not cover.
    let reach = view.side_px / 2.0 + 1.0;
    let (left, top) = (left_top_px[0] - reach, left_top_px[1] - reach);
    let (right, bottom) =
        (left_top_px[0] + f64::from(size_px[0]) + reach, left_top_px[1] + f64::from(size_px[1]) + reach);
    let (a, b) = (view.world_from_px(DVec2::new(left, bottom)), view.world_from_px(DVec2::new(right, top)));
    let mut ranges = Vec::new();
    index.ranges(&Bounds { min: a, max: b }, &mut ranges);
    ranges
}

/// A uniform buffer with contents.
pub fn uniform_buffer(device: &wgpu::Device, label: &str, contents: &[u8]) -> wgpu::Buffer {
    device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
        label: Some(label),
        contents,
        usage: wgpu::BufferUsages::UNIFORM,
    })
}

/// Bind group 0 of the passes that draw drawings.
pub fn view_bind_group(gpu: &Gpu, pipelines: &Pipelines, uniform: &ViewUniform) -> wgpu::BindGroup {
    let buffer = uniform_buffer(&gpu.device, "view", bytemuck::bytes_of(uniform));
    gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("view"),
        layout: &pipelines.layouts.view,
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }],
    })
}

/// Begins a pass with one colour target.
pub fn begin<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    label: &str,
    view: &wgpu::TextureView,
    load: wgpu::LoadOp<wgpu::Color>,
) -> wgpu::RenderPass<'a> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        })],
        ..wgpu::RenderPassDescriptor::default()
    })
}
