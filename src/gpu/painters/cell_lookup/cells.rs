//! The cells of a layout on the GPU: the parts that look-ups draw, and the rows by cell.

use super::{CellLookup, CellTerms};
use crate::atlas::AtlasPlan;
use crate::gpu::atlas::AtlasTextures;
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::Gpu;
use crate::gpu::gpu_types::PartInstance;
use crate::scene::layout::{Lattice, LatticeBlock, Layout};
use crate::scene::picture::ScatterPicture;
use glam::DVec2;
use wgpu::util::{DeviceExt, TextureDataOrder};

/// Columns of the texture of rows by cell, as a power of two: `ORDER_BITS` of `cell_grid.wgsl`.
pub const ORDER_BITS: u32 = 13;

/// Most parts of which it is found out how far they lie apart.
const MOST_COMPARED: usize = 1024;

/// A block of cells, or what one chunk holds of it.
#[derive(Clone, Copy, Debug)]
struct Part {
    chunk: u16,
    /// Corners in world units.
    min: DVec2,
    max: DVec2,
}

/// The cells of one layout.
#[derive(Debug)]
pub struct CellGrid {
    /// Sorted by chunk, like the instances.
    parts: Vec<Part>,
    instances: wgpu::Buffer,
    row_of_cell: wgpu::BindGroup,
    ordered: bool,
    /// See [`CellTerms::gap`].
    gap: f64,
}

impl CellGrid {
    /// Uploads a layout's cells; `None` where it has none, or such as the device's textures cannot hold.
    pub fn new(gpu: &Gpu, painter: &CellLookup, layout: &Layout, plan: &AtlasPlan) -> Option<Self> {
        let lattice = layout.lattice.as_ref()?;
        let row_of_cell = rows_by_cell(gpu, painter, lattice)?;
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
            filled_buffer(&gpu.device, "parts of cells", bytemuck::cast_slice(&instances), wgpu::BufferUsages::VERTEX);
        let gap = gap_between(&parts);
        Some(Self { parts, instances, row_of_cell, ordered: lattice.order.is_some(), gap })
    }

    /// What the choice of a painter must know of them.
    pub fn terms(&self) -> CellTerms {
        CellTerms { single: self.parts.len() == 1, ordered: self.ordered, gap: self.gap }
    }

    /// Draws the parts in sight, each with its chunk bound. Pipeline, view and colours are set already.
    pub(super) fn draw(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        atlas: &AtlasTextures,
        level: usize,
        picture: &ScatterPicture,
    ) {
        let (view, seen) = (&picture.view, picture.part());
        let left_top = DVec2::new(seen.left.into(), seen.top.into());
        let size = DVec2::new(seen.width.into(), seen.height.into());
        let (a, b) = (view.world_from_px(left_top - 1.0), view.world_from_px(left_top + size + 1.0));
        let (low, high) = (a.min(b), a.max(b));
        pass.set_bind_group(3, &self.row_of_cell, &[]);
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

/// How far parts lie apart at least, on one axis or the other.
fn gap_between(parts: &[Part]) -> f64 {
    if parts.len() > MOST_COMPARED {
        return 0.0;
    }
    let apart = |a: &Part, b: &Part| (a.min - b.max).max(b.min - a.max).max_element();
    let pairs = parts.iter().enumerate().flat_map(|(at, a)| parts.iter().skip(at + 1).map(move |b| apart(a, b)));
    pairs.fold(f64::INFINITY, f64::min).max(0.0)
}

/// The corners of a block's lines that hold some positions.
fn corners(layout: &Layout, block: &LatticeBlock, positions: &std::ops::Range<u32>) -> [DVec2; 2] {
    let left_top = layout.world_from_fixed(block.left_top);
    let columns = block.columns.max(1);
    let (first, end) = (positions.start / columns, positions.end.div_ceil(columns));
    let min = left_top + DVec2::new(0.0, -f64::from(end));
    [min, left_top + DVec2::new(columns.into(), -f64::from(first))]
}

/// The rows by cell as a texture: one that every tier can read.
fn rows_by_cell(gpu: &Gpu, painter: &CellLookup, lattice: &Lattice) -> Option<wgpu::BindGroup> {
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
        label: Some("rows by cell"),
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
        label: Some("rows by cell"),
        layout: &painter.rows,
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
    }))
}
