//! The drawings on the GPU: texture arrays, one a level of the ink pyramid, written piece by piece.

use super::bindings::BindGroupLayouts;
use super::context::{Gpu, GpuError};
use super::gpu_types::ChunkUniform;
use super::pass::uniform_buffer;
use crate::atlas::{AtlasPlan, PackedPiece, TEXEL_BYTES};
use crate::scene::rows::RowTable;
use rayon::prelude::*;
use std::sync::OnceLock;

/// Fewer rows are not worth a thread.
const SERIAL_ROWS: usize = 1 << 14;

/// All chunks of a data set.
#[derive(Debug)]
pub struct AtlasTextures {
    plan: AtlasPlan,
    chunks: Vec<Chunk>,
    rows_ready: u32,
    /// The looks that the row data holds.
    row_table: RowTable,
    device: wgpu::Device,
    layout: wgpu::BindGroupLayout,
}

#[derive(Debug)]
struct Chunk {
    uniform: wgpu::Buffer,
    /// One array for each of [`AtlasPlan::stored_sides`].
    levels: Vec<wgpu::Texture>,
    row_data: wgpu::Texture,
    layers_written: u32,
    /// What is bound for each level, made when first asked for.
    bind_groups: Vec<OnceLock<wgpu::BindGroup>>,
}

impl AtlasTextures {
    /// Reserves the texture arrays of a plan; nothing is in them yet.
    pub fn new(gpu: &Gpu, layouts: &BindGroupLayouts, plan: &AtlasPlan) -> Result<Self, GpuError> {
        let chunks = (0..plan.chunks()).map(|chunk| Chunk::new(gpu, plan, chunk)).collect::<Result<_, _>>()?;
        Ok(Self {
            plan: plan.clone(),
            chunks,
            rows_ready: 0,
            row_table: RowTable::default(),
            device: gpu.device.clone(),
            layout: layouts.chunk.clone(),
        })
    }

    /// The plan the textures follow.
    pub fn plan(&self) -> &AtlasPlan {
        &self.plan
    }

    /// Drawings that have been uploaded: rows below this one can be drawn.
    pub fn rows_ready(&self) -> u32 {
        self.rows_ready
    }

    /// Uploads some drawings. They come in order.
    pub fn upload(&mut self, gpu: &Gpu, piece: &PackedPiece) {
        let (plan, place) = (&self.plan, self.plan.place(piece.first_row));
        let Some(chunk) = self.chunks.get_mut(usize::from(place.chunk)) else { return };
        let (layer, cell_rows) = (place.layer, piece.cell_rows(plan));
        for ((texture, level), side) in chunk.levels.iter().zip(&piece.levels).zip(plan.stored_sides()) {
            let texels = plan.cell_texels(side);
            let origin = wgpu::Origin3d { x: 0, y: place.y * texels, z: layer };
            write(&gpu.queue, texture, origin, [plan.page_texels(side), cell_rows * texels, 1], level);
        }
        let row_data = row_words(piece.first_row, &piece.means, &self.row_table, cell_rows * plan.cells);
        let origin = wgpu::Origin3d { x: 0, y: place.y, z: layer };
        write(&gpu.queue, &chunk.row_data, origin, [plan.cells, cell_rows, 1], bytemuck::cast_slice(&row_data));
        // Only written layers are bound: the others would have to be cleared first.
        if chunk.layers_written != layer + 1 {
            chunk.layers_written = layer + 1;
            chunk.bind_groups.fill_with(OnceLock::new);
        }
        self.rows_ready = piece.first_row + piece.rows;
    }

    /// The looks of the rows as they are held.
    pub fn row_table(&self) -> &RowTable {
        &self.row_table
    }

    /// Holds these looks of the rows; `means` are the mean inks (0…65535) of those that have been uploaded. Does nothing where
    /// they are held already.
    pub fn set_rows(&mut self, gpu: &Gpu, table: &RowTable, means: &[u16]) {
        if self.row_table.revision() == table.revision() {
            return;
        }
        self.row_table = table.clone();
        let cells = self.plan.cells;
        let page = (cells * cells) as usize;
        let ready = means.get(..self.rows_ready as usize).unwrap_or(means);
        // One piece a chunk: to write page by page takes several times as long.
        let chunk_rows = self.plan.rows_per_chunk() as usize;
        for (first_row, means) in (0..).step_by(chunk_rows).zip(ready.chunks(chunk_rows)) {
            let Some(chunk) = self.chunks.get(usize::from(self.plan.place(first_row).chunk)) else { continue };
            let layers = means.len().div_ceil(page);
            let row_data = row_words(first_row, means, table, (layers * page) as u32);
            let size = [cells, cells, layers as u32];
            write(&gpu.queue, &chunk.row_data, wgpu::Origin3d::ZERO, size, bytemuck::cast_slice(&row_data));
        }
    }

    /// What a draw of a chunk binds to read level `level` of [`AtlasPlan::stored_sides`] and the one after it; `None` while
    /// nothing of the chunk has arrived.
    pub fn bind_group(&self, chunk: u16, level: usize) -> Option<&wgpu::BindGroup> {
        let chunk = self.chunks.get(usize::from(chunk)).filter(|chunk| chunk.layers_written > 0)?;
        let group = chunk.bind_groups.get(level)?;
        Some(group.get_or_init(|| chunk.bind(&self.device, &self.layout, level)))
    }
}

impl Chunk {
    fn new(gpu: &Gpu, plan: &AtlasPlan, chunk: u32) -> Result<Self, GpuError> {
        let layers = plan.layers_in(chunk);
        let texture = |what, side, format| {
            gpu.texture(
                what,
                &wgpu::TextureDescriptor {
                    label: Some(what),
                    size: wgpu::Extent3d { width: side, height: side, depth_or_array_layers: layers },
                    mip_level_count: 1,
                    sample_count: 1,
                    dimension: wgpu::TextureDimension::D2,
                    format,
                    usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                    view_formats: &[],
                },
            )
        };
        let first_row = chunk.saturating_mul(plan.rows_per_chunk());
        let uniform = ChunkUniform {
            first_row,
            end_row: first_row.saturating_add(plan.rows_per_chunk()).min(plan.rows),
            cell_bits: plan.cells.ilog2(),
            canvas: plan.canvas,
        };
        let sides = plan.stored_sides();
        let levels = sides
            .iter()
            .map(|&side| texture("drawings", plan.page_texels(side), wgpu::TextureFormat::Rgba8Unorm))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            uniform: uniform_buffer(&gpu.device, "chunk", bytemuck::bytes_of(&uniform)),
            bind_groups: levels.iter().map(|_| OnceLock::new()).collect(),
            levels,
            row_data: texture("row data", plan.cells, wgpu::TextureFormat::R32Uint)?,
            layers_written: 0,
        })
    }

    fn bind(&self, device: &wgpu::Device, layout: &wgpu::BindGroupLayout, level: usize) -> wgpu::BindGroup {
        let view = |texture: &wgpu::Texture| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2Array),
                array_layer_count: Some(self.layers_written),
                ..wgpu::TextureViewDescriptor::default()
            })
        };
        let fine = self.levels.get(level).unwrap_or(&self.row_data);
        let (fine, coarse, row_data) =
            (view(fine), view(self.levels.get(level + 1).unwrap_or(fine)), view(&self.row_data));
        let entry = |binding, resource| wgpu::BindGroupEntry { binding, resource };
        device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("chunk"),
            layout,
            entries: &[
                entry(0, self.uniform.as_entire_binding()),
                entry(1, wgpu::BindingResource::TextureView(&fine)),
                entry(2, wgpu::BindingResource::TextureView(&coarse)),
                entry(3, wgpu::BindingResource::TextureView(&row_data)),
            ],
        })
    }
}

/// The words of some rows, their mean inks below their looks, filled up to `words`.
fn row_words(first_row: u32, means: &[u16], table: &RowTable, words: u32) -> Vec<u32> {
    let word = |(at, &mean)| u32::from(mean) | u32::from(table.word(first_row + at as u32)) << 16;
    let mut row_data: Vec<u32> = means.par_iter().with_min_len(SERIAL_ROWS).enumerate().map(word).collect();
    row_data.resize(words as usize, 0);
    row_data
}

/// Writes `size` texels (4 bytes each; width, height, layers).
fn write(queue: &wgpu::Queue, texture: &wgpu::Texture, origin: wgpu::Origin3d, size: [u32; 3], data: &[u8]) {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo { texture, mip_level: 0, origin, aspect: wgpu::TextureAspect::All },
        data,
        wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(size[0] * TEXEL_BYTES as u32),
            rows_per_image: Some(size[1]),
        },
        wgpu::Extent3d { width: size[0], height: size[1], depth_or_array_layers: size[2] },
    );
}
