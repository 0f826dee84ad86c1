//! The drawings on the GPU: texture arrays, written page by page.

use super::context::{Gpu, GpuError};
use super::layout::ChunkUniform;
use super::pipelines::Layouts;
use crate::atlas::{AtlasPlan, PackedPage, SMALL_SIDES};
use wgpu::util::DeviceExt;

/// All chunks of a data set.
#[derive(Debug)]
pub struct AtlasTextures {
    plan: AtlasPlan,
    chunks: Vec<Chunk>,
    rows_ready: u32,
}

#[derive(Debug)]
struct Chunk {
    uniform: wgpu::Buffer,
    pages: wgpu::Texture,
    small: wgpu::Texture,
    row_data: wgpu::Texture,
    layers_written: u32,
    bind_group: Option<wgpu::BindGroup>,
}

impl AtlasTextures {
    /// Reserves the texture arrays of a plan; nothing is in them yet.
    pub fn new(gpu: &Gpu, plan: &AtlasPlan) -> Result<Self, GpuError> {
        let chunks = (0..plan.chunks()).map(|chunk| Chunk::new(gpu, plan, chunk)).collect::<Result<_, _>>()?;
        Ok(Self { plan: plan.clone(), chunks, rows_ready: 0 })
    }

    /// The plan the textures follow.
    pub fn plan(&self) -> &AtlasPlan {
        &self.plan
    }

    /// Drawings that have been uploaded: rows below this one can be drawn.
    pub fn rows_ready(&self) -> u32 {
        self.rows_ready
    }

    /// Uploads one page. Pages come in order.
    pub fn upload(&mut self, gpu: &Gpu, layouts: &Layouts, page: &PackedPage) {
        let (plan, layer) = (&self.plan, page.page % self.plan.layers_per_chunk);
        let Some(chunk) = self.chunks.get_mut((page.page / plan.layers_per_chunk) as usize) else { return };
        let cell_rows = page.cell_rows(plan);
        for (mip, level) in page.levels.iter().enumerate() {
            let side = plan.canvas >> mip;
            write(&gpu.queue, &chunk.pages, mip as u32, layer, [plan.cells * side, cell_rows * side], 1, level);
        }
        for (mip, (level, side)) in page.small.iter().zip(SMALL_SIDES).enumerate() {
            write(&gpu.queue, &chunk.small, mip as u32, layer, [plan.cells * side, cell_rows * side], 1, level);
        }
        let mut row_data: Vec<u32> = page.means.iter().map(|&mean| u32::from(mean)).collect();
        row_data.resize((cell_rows * plan.cells) as usize, 0);
        write(&gpu.queue, &chunk.row_data, 0, layer, [plan.cells, cell_rows], 4, bytemuck::cast_slice(&row_data));
        chunk.layers_written = layer + 1;
        // Only written layers are bound: the others would have to be cleared first.
        chunk.bind_group = Some(chunk.bind(gpu, layouts));
        self.rows_ready = plan.page_rows(page.page).start + page.rows;
    }

    /// What a draw of a chunk binds; `None` while nothing of it has arrived.
    pub fn bind_group(&self, chunk: u16) -> Option<&wgpu::BindGroup> {
        self.chunks.get(usize::from(chunk))?.bind_group.as_ref()
    }
}

impl Chunk {
    fn new(gpu: &Gpu, plan: &AtlasPlan, chunk: u32) -> Result<Self, GpuError> {
        let layers = plan.layers_in(chunk);
        let texture = |what, side, mips, format| {
            gpu.texture(
                what,
                &wgpu::TextureDescriptor {
                    label: Some(what),
                    size: wgpu::Extent3d { width: side, height: side, depth_or_array_layers: layers },
                    mip_level_count: mips,
                    sample_count: 1,
                    dimension: wgpu::TextureDimension::D2,
                    format,
                    usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                    view_formats: &[],
                },
            )
        };
        let uniform = ChunkUniform {
            first_row: chunk.saturating_mul(plan.rows_per_chunk()),
            cells: plan.cells,
            canvas: plan.canvas,
            mips: plan.mips,
        };
        Ok(Self {
            uniform: gpu.device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: Some("chunk"),
                contents: bytemuck::bytes_of(&uniform),
                usage: wgpu::BufferUsages::UNIFORM,
            }),
            pages: texture("drawings", plan.page_side(0), plan.mips, wgpu::TextureFormat::R8Unorm)?,
            small: texture(
                "small drawings",
                plan.cells * SMALL_SIDES[0],
                SMALL_SIDES.len() as u32,
                wgpu::TextureFormat::R8Unorm,
            )?,
            row_data: texture("row data", plan.cells, 1, wgpu::TextureFormat::R32Uint)?,
            layers_written: 0,
            bind_group: None,
        })
    }

    fn bind(&self, gpu: &Gpu, layouts: &Layouts) -> wgpu::BindGroup {
        let view = |texture: &wgpu::Texture| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2Array),
                array_layer_count: Some(self.layers_written),
                ..wgpu::TextureViewDescriptor::default()
            })
        };
        let (pages, small, row_data) = (view(&self.pages), view(&self.small), view(&self.row_data));
        let entry = |binding, resource| wgpu::BindGroupEntry { binding, resource };
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("chunk"),
            layout: &layouts.chunk,
            entries: &[
                entry(0, self.uniform.as_entire_binding()),
                entry(1, wgpu::BindingResource::TextureView(&pages)),
                entry(2, wgpu::BindingResource::TextureView(&small)),
                entry(3, wgpu::BindingResource::TextureView(&row_data)),
            ],
        })
    }
}

/// Writes the top `size` texels of one mip level of one layer.
fn write(
    queue: &wgpu::Queue,
    texture: &wgpu::Texture,
    mip: u32,
    layer: u32,
    size: [u32; 2],
    texel_bytes: u32,
    data: &[u8],
) {
    queue.write_texture(
        wgpu::TexelCopyTextureInfo {
            texture,
            mip_level: mip,
            origin: wgpu::Origin3d { x: 0, y: 0, z: layer },
            aspect: wgpu::TextureAspect::All,
        },
        data,
        wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(size[0] * texel_bytes), rows_per_image: None },
        wgpu::Extent3d { width: size[0], height: size[1], depth_or_array_layers: 1 },
    );
}
