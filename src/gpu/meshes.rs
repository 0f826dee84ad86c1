//! Paints what egui has tessellated: textured triangles with premultiplied colours, and the textures that they show.

use super::buffers::filled_buffer;
use super::context::Gpu;
use super::pass::{begin, uniform_buffer};
use super::shaders::PANELS;
use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex};
use egui::{ImageData, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode};
use std::collections::HashMap;
use std::ops::Range;

/// Where primitives are painted.
#[derive(Clone, Copy, Debug)]
pub struct Canvas<'a> {
    /// What is painted into, over what is there.
    pub view: &'a wgpu::TextureView,
    /// The pixel of it where primitives have their origin.
    pub origin_px: [u32; 2],
    /// Width and height in pixels of what is painted into, from there.
    pub size_px: [u32; 2],
    /// The pixel of the primitives' own screen that lies there: a tile of that is painted.
    pub from_px: [u32; 2],
    /// Physical pixels per point.
    pub pixels_per_point: f32,
}

/// A painter with its textures, for one device and format.
#[derive(Debug)]
pub struct MeshPainter {
    pipeline: wgpu::RenderPipeline,
    format: wgpu::TextureFormat,
    screen: wgpu::BindGroupLayout,
    image: wgpu::BindGroupLayout,
    textures: HashMap<TextureId, (wgpu::Texture, wgpu::BindGroup)>,
}

impl MeshPainter {
    /// A painter into targets of `format`, with no texture yet.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat) -> Self {
        let device = &gpu.device;
        let (name, source) = PANELS;
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(name),
            source: wgpu::ShaderSource::Wgsl(source.into()),
        });
        let entry = |binding, visibility, ty| wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None };
        let group = |label, entries: &[_]| {
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
        };
        let uniform = wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: false,
            min_binding_size: None,
        };
        let texture = wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable: true },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        };
        let sampler = wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
        let fragment = wgpu::ShaderStages::FRAGMENT;
        let screen = group("screen", &[entry(0, wgpu::ShaderStages::VERTEX, uniform)]);
        let image = group("image", &[entry(0, fragment, texture), entry(1, fragment, sampler)]);
        let pipeline = pipeline(device, &module, &[Some(&screen), Some(&image)], format);
        Self { pipeline, format, screen, image, textures: HashMap::new() }
    }

    /// Makes a texture, or changes a part of one.
    pub fn set_texture(&mut self, gpu: &Gpu, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let (size, pixels) = (image.size.map(|side| side as u32), bytemuck::cast_slice(&image.pixels));
        self.set_pixels(gpu, id, (delta.pos.map(|at| at.map(|px| px as u32)), size), pixels, delta.options);
    }

    /// Makes a texture of pixels, red, green and blue multiplied by alpha, and alpha, lines from the top; or changes the part of one that
    /// has its left upper corner at `pos`.
    pub fn set_pixels(
        &mut self,
        gpu: &Gpu,
        id: TextureId,
        (pos, [width, height]): (Option<[u32; 2]>, [u32; 2]),
        pixels: &[u8],
        options: TextureOptions,
    ) {
        let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
        if width == 0 || height == 0 {
            return;
        }
        if pos.is_none() {
            let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
                label: Some("egui"),
                size,
                mip_level_count: 1,
                sample_count: 1,
                dimension: wgpu::TextureDimension::D2,
                // Encoded values, mixed as they are.
                format: wgpu::TextureFormat::Rgba8Unorm,
                usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                view_formats: &[],
            });
            // Of egui's own texture text alone is shown (its ready-made discs are turned off in the panels; labels are text), and
            // glyphs lie on whole pixels: the nearest texel is what a filter would give, at a fraction of its time.
            let options = if id == TextureId::default() { TextureOptions::NEAREST } else { options };
            let group = self.image_group(gpu, &texture, options);
            self.textures.insert(id, (texture, group));
        }
        let Some((texture, _)) = self.textures.get(&id) else { return };
        let [x, y] = pos.unwrap_or_default();
        let origin = wgpu::Origin3d { x, y, z: 0 };
        let lines = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4 * width), rows_per_image: None };
        let to = wgpu::TexelCopyTextureInfo { origin, ..texture.as_image_copy() };
        gpu.queue.write_texture(to, pixels, lines, size);
    }

    /// Another name for a texture, under which it is shown with other filters; both are let go of by themselves.
    pub fn also_as(&mut self, gpu: &Gpu, id: TextureId, other: TextureId, options: TextureOptions) {
        let Some(texture) = self.textures.get(&id).map(|(texture, _)| texture.clone()) else { return };
        let group = self.image_group(gpu, &texture, options);
        self.textures.insert(other, (texture, group));
    }

    fn image_group(&self, gpu: &Gpu, texture: &wgpu::Texture, options: TextureOptions) -> wgpu::BindGroup {
        let filter = |filter| match filter {
            TextureFilter::Nearest => wgpu::FilterMode::Nearest,
            TextureFilter::Linear => wgpu::FilterMode::Linear,
        };
        let wrap = match options.wrap_mode {
            TextureWrapMode::ClampToEdge => wgpu::AddressMode::ClampToEdge,
            TextureWrapMode::Repeat => wgpu::AddressMode::Repeat,
            TextureWrapMode::MirroredRepeat => wgpu::AddressMode::MirrorRepeat,
        };
        let sampler = gpu.device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("egui"),
            mag_filter: filter(options.magnification),
            min_filter: filter(options.minification),
            address_mode_u: wrap,
            address_mode_v: wrap,
            ..wgpu::SamplerDescriptor::default()
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("egui"),
            layout: &self.image,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&sampler) },
            ],
        })
    }

    /// Lets go of a texture.
    pub fn free_texture(&mut self, id: TextureId) {
        self.textures.remove(&id);
    }

    /// Paints primitives on nothing, into a texture of their own that others show by its name: what seldom changes is painted once. It
    /// holds the part of their screen that begins at `from_px`.
    pub fn set_painted(
        &mut self,
        gpu: &Gpu,
        id: TextureId,
        primitives: &[ClippedPrimitive],
        (from_px, size_px, pixels_per_point): ([u32; 2], [u32; 2], f32),
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("kept panel"),
            size: wgpu::Extent3d { width: size_px[0], height: size_px[1], depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        // A new texture is transparent.
        let canvas = Canvas { view: &view, origin_px: [0, 0], size_px, from_px, pixels_per_point };
        self.paint(gpu, primitives, canvas, encoder);
        let group = self.image_group(gpu, &texture, TextureOptions::NEAREST);
        self.textures.insert(id, (texture, group));
    }

    /// Paints primitives in their order. Callbacks are none of ours.
    pub fn paint(
        &self,
        gpu: &Gpu,
        primitives: &[ClippedPrimitive],
        canvas: Canvas<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let mut vertices: Vec<Vertex> = Vec::new();
        let mut indices: Vec<u32> = Vec::new();
        let mut calls: Vec<(Rect, TextureId, Range<u32>, i32)> = Vec::new();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(Mesh { indices: own, vertices: of, texture_id }) = primitive else { continue };
            let (first, base) = (indices.len() as u32, vertices.len() as i32);
            indices.extend_from_slice(own);
            vertices.extend_from_slice(of);
            calls.push((*clip_rect, *texture_id, first..indices.len() as u32, base));
        }
        if indices.is_empty() {
            return;
        }
        let device = &gpu.device;
        let vertices = filled_buffer(device, "panels", bytemuck::cast_slice(&vertices), wgpu::BufferUsages::VERTEX);
        let indices = filled_buffer(device, "panels", bytemuck::cast_slice(&indices), wgpu::BufferUsages::INDEX);
        let [width, height] = canvas.size_px.map(|side| side as f32 / canvas.pixels_per_point);
        let [left, top] = canvas.from_px.map(|at| at as f32 / canvas.pixels_per_point);
        let uniform = [width, height, left, top];
        let screen = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("screen"),
            layout: &self.screen,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: uniform_buffer(device, "screen", bytemuck::bytes_of(&uniform)).as_entire_binding(),
            }],
        });
        let mut pass = begin(encoder, "panels", canvas.view, wgpu::LoadOp::Load);
        let [left, top] = canvas.origin_px.map(|at| at as f32);
        let [width, height] = canvas.size_px.map(|side| side as f32);
        pass.set_viewport(left, top, width, height, 0.0, 1.0);
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &screen, &[]);
        pass.set_vertex_buffer(0, vertices.slice(..));
        pass.set_index_buffer(indices.slice(..), wgpu::IndexFormat::Uint32);
        for (clip, texture, range, base) in calls {
            let [left, top, width, height] = clip_px(clip, &canvas);
            let Some((_, image)) = self.textures.get(&texture).filter(|_| width > 0 && height > 0) else { continue };
            let [x, y] = canvas.origin_px;
            pass.set_scissor_rect(x + left, y + top, width, height);
            pass.set_bind_group(1, image, &[]);
            pass.draw_indexed(range, base, 0..1);
        }
    }
}

/// The whole pixels of the canvas that a rectangle in points takes: left, top, width, height.
fn clip_px(clip: Rect, canvas: &Canvas<'_>) -> [u32; 4] {
    let ([width, height], [from_x, from_y]) = (canvas.size_px, canvas.from_px);
    let px = |points: f32, from: u32, most: u32| {
        let at = (points * canvas.pixels_per_point).round().max(0.0) as u32;
        at.saturating_sub(from).min(most)
    };
    let (left, top) = (px(clip.min.x, from_x, width), px(clip.min.y, from_y, height));
    let (right, bottom) = (px(clip.max.x, from_x, width), px(clip.max.y, from_y, height));
    [left, top, right.saturating_sub(left), bottom.saturating_sub(top)]
}

fn pipeline(
    device: &wgpu::Device,
    module: &wgpu::ShaderModule,
    groups: &[Option<&wgpu::BindGroupLayout>],
    format: wgpu::TextureFormat,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("panels"),
        bind_group_layouts: groups,
        immediate_size: 0,
    });
    let over = |src_factor| wgpu::BlendComponent {
        src_factor,
        dst_factor: wgpu::BlendFactor::OneMinusSrcAlpha,
        operation: wgpu::BlendOperation::Add,
    };
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("panels"),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module,
            entry_point: Some("vs_panel"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[Some(wgpu::VertexBufferLayout {
                array_stride: size_of::<Vertex>() as u64,
                step_mode: wgpu::VertexStepMode::Vertex,
                attributes: &wgpu::vertex_attr_array![0 => Float32x2, 1 => Float32x2, 2 => Unorm8x4],
            })],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module,
            entry_point: Some("fs_panel"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format,
                // Colours come multiplied by their alpha.
                blend: Some(wgpu::BlendState {
                    color: over(wgpu::BlendFactor::One),
                    alpha: over(wgpu::BlendFactor::One),
                }),
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        multiview_mask: None,
        cache: None,
    })
}
