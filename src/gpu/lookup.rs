//! Drawings in a lattice, looked up by pixel: the parts of a layout's lattice on the GPU, and how those in sight are drawn.

use super::atlas::AtlasTextures;
use super::bindings::Layouts;
use super::buffers::filled_buffer;
use super::context::Gpu;
use super::layout::PartInstance;
use crate::atlas::AtlasPlan;
use crate::scene::layout::{Lattice, LatticeBlock, Layout};
use crate::scene::view::ScatterView;
use glam::DVec2;
use wgpu::util::{DeviceExt, TextureDataOrder};

/// Columns of the texture of rows by position, as a power of two: `ORDER_BITS` of `lattice.wgsl`.
pub const ORDER_BITS: u32 = 13;

/// A block of the lattice, or what one chunk holds of it.
#[derive(Clone, Copy, Debug)]
struct Part {
    chunk: u16,
    /// Corners in world units.
    min: DVec2,
    max: DVec2,
}

/// The lattice of one layout.
#[derive(Debug)]
pub struct LookupParts {
    /// Sorted by chunk, like the instances.
    parts: Vec<Part>,
    instances: wgpu::Buffer,
    order: wgpu::BindGroup,
    /// Positions are not rows.
    pub ordered: bool,
}

impl LookupParts {
    /// Uploads a layout's lattice; `None` where it has none, or one that the device's textures cannot hold.
    pub fn new(gpu: &Gpu, layouts: &Layouts, layout: &Layout, plan: &AtlasPlan) -> Option<Self> {
        let lattice = layout.lattice.as_ref()?;
        let order = order_group(gpu, layouts, lattice)?;
        let mut parts = Vec::new();
        let mut instances = Vec::new();
        for chunk in 0..plan.chunks() {
            let first = chunk.saturating_mul(plan.rows_per_chunk());
            let rows = first..first.saturating_add(plan.rows_per_chunk()).min(plan.rows);
            for block in &lattice.blocks {
                let positions = lattice.positions(block, &rows);
                if positions.is_empty() {
                    continue;
                }
                let [min, max] = corners(layout, block, &positions);
                parts.push(Part { chunk: chunk as u16, min, max });
                instances.push(PartInstance {
                    left_top: block.left_top,
                    columns: block.columns,
                    first: positions.start,
                    end: positions.end,
                    start: block.start,
                });
            }
        }
        let instances =
            filled_buffer(&gpu.device, "lattice", bytemuck::cast_slice(&instances), wgpu::BufferUsages::VERTEX);
        Some(Self { parts, instances, order, ordered: lattice.order.is_some() })
    }

    /// Whether one part shows everything, so that no pixel adds up several.
    pub fn is_single(&self) -> bool {
        self.parts.len() == 1
    }

    /// Draws the parts in sight, each with its chunk bound. Pipeline, view and colours are set already.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'_>, atlas: &AtlasTextures, level: usize, view: &ScatterView) {
        let size = DVec2::new(view.size_px[0].into(), view.size_px[1].into());
        let (a, b) = (view.world_from_px(DVec2::splat(-1.0)), view.world_from_px(size + 1.0));
        let (low, high) = (a.min(b), a.max(b));
        pass.set_bind_group(3, &self.order, &[]);
        pass.set_vertex_buffer(0, self.instances.slice(..));
        let mut bound = None;
        for (at, part) in (0_u32..).zip(&self.parts) {
            if part.max.cmplt(low).any() || part.min.cmpgt(high).any() {
                continue;
            }
            if bound != Some(part.chunk) {
                // Nothing of the chunk has arrived yet.
                let Some(group) = atlas.bind_group(part.chunk, level) else { continue };
                pass.set_bind_group(1, group, &[]);
                bound = Some(part.chunk);
            }
            pass.draw(0..6, at..at + 1);
        }
    }
}

/// The corners of a block's lines that hold some positions.
fn corners(layout: &Layout, block: &LatticeBlock, positions: &std::ops::Range<u32>) -> [DVec2; 2] {
    let left_top = layout.world_from_fixed(block.left_top);
    let columns = block.columns.max(1);
    let (first, end) = (positions.start / columns, positions.end.div_ceil(columns));
    let min = left_top + DVec2::new(0.0, -f64::from(end));
    [min, left_top + DVec2::new(columns.into(), -f64::from(first))]
}

/// The rows by position as a texture: one that every tier can read.
fn order_group(gpu: &Gpu, layouts: &Layouts, lattice: &Lattice) -> Option<wgpu::BindGroup> {
    let width = 1_usize << ORDER_BITS;
    let order = lattice.order.as_deref().unwrap_or(&[0]);
    let (columns, lines) = (order.len().min(width), order.len().div_ceil(width));
    let limit = gpu.device.limits().max_texture_dimension_2d as usize;
    if columns > limit || lines > limit {
        return None;
    }
    let mut texels = order.to_vec();
    texels.resize(columns * lines, 0);
    let descriptor = wgpu::TextureDescriptor {
        label: Some("rows by position"),
        size: wgpu::Extent3d { width: columns as u32, height: lines as u32, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::R32Uint,
        usage: wgpu::TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    };
    let bytes = bytemuck::cast_slice(&texels);
    let texture = gpu.device.create_texture_with_data(&gpu.queue, &descriptor, TextureDataOrder::LayerMajor, bytes);
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    Some(gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("rows by position"),
        layout: &layouts.order,
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
    }))
}
