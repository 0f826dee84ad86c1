//! Cell look-up: each pixel computes which drawings it shows. For layouts whose drawings stand in cells and overlap none.
//!
//! How it works: a block of cells is a rectangle of columns and lines, and what one chunk of the atlas holds of it is a part: one
//! instance, one quad (`cell_grid.wgsl`). The parts in sight are drawn, each with its chunk bound, and every pixel finds column and
//! line by arithmetic, the row by its position or from a texture of rows by cell, and then the ink of the two drawings an axis that
//! it touches (`cell_lookup.wgsl`). Costs follow the number of pixels, however many drawings there are. A single part writes colours
//! into the picture at once; several add up in the ink target. Drawings smaller than a pixel are added up one by one; in
//! low-resolution pictures only some of them.

use super::ink_mode::{InkMode, Levels};
use super::ink_target::{ground, resolve, sums_targets};
use super::{CostKey, Job, Made, Painter, flag};
use crate::atlas::AtlasPlan;
use crate::gpu::atlas::AtlasTextures;
use crate::gpu::bindings::{bind_group_layout, texture};
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::PartInstance;
use crate::gpu::pass::{begin_with, load_for};
use crate::gpu::pipelines::{Pipelines, Stages, instances, pipeline, target};
use crate::gpu::progressive::subsample::{ALL_BITS, span_bits};
use crate::gpu::shaders::PageModules;
use crate::scene::layout::{Lattice, LatticeBlock, Layout};
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;
use crate::scene::view::{FAR_FULL_PX, FAR_START_PX, ScatterView};
use glam::DVec2;
use wgpu::util::{DeviceExt, TextureDataOrder};

/// The painter.
#[derive(Debug)]
pub struct CellLookup {
    /// Group 3: rows by cell.
    rows: wgpu::BindGroupLayout,
    modules: PageModules,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, wgpu::RenderPipeline>,
}

/// How a layout's cells lie on the GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellTerms {
    /// One part shows everything: no pixel adds up several.
    pub single: bool,
    /// Positions are not rows.
    pub ordered: bool,
}

/// What a picture needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// What a pixel takes of a drawing.
    mode: InkMode,
    /// A pixel meets more than two drawings, or more values than two texels hold, on an axis.
    many: bool,
    /// Logarithm of how many drawings a pixel looks at on an axis, at most.
    span_bits: u32,
    cells: CellTerms,
}

/// The largest side of a level before 4 whose values a look-up finds in three texels an axis: a pixel is at most two wide.
const LARGEST_ODD: u32 = 8;

impl Variant {
    /// What a picture needs.
    pub fn of(view: &ScatterView, plan: &AtlasPlan, styling: Styling, cells: CellTerms, low_resolution: bool) -> Self {
        let mode = InkMode::of(view, plan, styling);
        let fits = mode.halves() || Levels::of(plan, view.side_px).fine_side <= LARGEST_ODD;
        let many = !mode.is_nearest() && (view.side_px < 1.0 || !fits);
        let span_bits = if many && low_resolution { span_bits(view.side_px) } else { ALL_BITS };
        Self { mode, many, span_bits, cells }
    }
}

impl CellLookup {
    /// The painter with its shaders; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, modules: PageModules) -> Self {
        let uint = wgpu::TextureSampleType::Uint;
        let rows = texture(0, wgpu::ShaderStages::FRAGMENT, uint, wgpu::TextureViewDimension::D2);
        let rows = bind_group_layout(device, "rows by cell", &[rows]);
        Self { rows, modules, picture_format, made: Made::default() }
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, variant: Variant) -> wgpu::RenderPipeline {
        let (vertex, fragment, targets) = if variant.cells.single {
            ("vs_everything", "fs_color", vec![target(self.picture_format, None)])
        } else {
            let mode = variant.mode;
            ("vs_part", if mode.is_colored() { "fs_sums" } else { "fs_ink" }, sums_targets(pipelines, mode))
        };
        let ordered = flag("ORDERED", variant.cells.ordered);
        let own = [ordered, flag("MANY", variant.many), ("SPAN_BITS", variant.span_bits.into())];
        let constants: Vec<_> = variant.mode.constants().into_iter().chain(own).collect();
        let module = self.modules.of(device, variant.mode.pages());
        let stages = Stages::new("cell look-up", module, vertex, fragment).with(&constants);
        let layouts = &pipelines.layouts;
        let groups = [&layouts.view, &layouts.chunk, &layouts.colors, &self.rows].map(Some);
        let parts = [Some(instances(size_of::<PartInstance>(), &PartInstance::ATTRIBUTES))];
        pipeline(device, &stages, &groups, &parts, &targets, false)
    }
}

impl Painter for CellLookup {
    type Variant = Variant;

    const COST_KEY: CostKey = CostKey::CellLookup;

    fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
        let levels = plan.level_sides().into_iter().map(f64::from);
        [1.0, FAR_FULL_PX, FAR_START_PX].into_iter().chain(levels).collect()
    }

    fn encode(&self, variant: Variant, job: &mut Job<'_>, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (input, view) = (job.input, &job.picture.view);
        let Some(cells) = &input.layout.cells else { return Ok(()) };
        let view_group = job.view_group(view.opacity);
        let level = Levels::of(input.atlas.plan(), view.side_px).level;
        let sums = if variant.cells.single { None } else { Some(job.sums(variant.mode)?) };
        let whole = load_for(job.parts, job.scratch.size_px, ground(job.picture));
        let targets = sums.as_ref().map_or_else(|| vec![(job.target, whole)], |sums| sums.cleared(0.0));
        let mut pass = begin_with(encoder, "cell look-up", &targets);
        let device = &input.gpu.device;
        pass.set_pipeline(&self.made.get(variant, || self.make(device, input.pipelines, variant)));
        pass.set_bind_group(0, &view_group, &[]);
        pass.set_bind_group(2, &input.colors.group, &[]);
        for part in job.parts {
            pass.set_scissor_rect(part.left, part.top, part.width, part.height);
            cells.draw(&mut pass, input.atlas, level, job.picture);
        }
        drop(pass);
        if let Some(sums) = &sums {
            resolve(job, sums, false, encoder);
        }
        Ok(())
    }
}

/// Columns of the texture of rows by cell, as a power of two: `ORDER_BITS` of `cell_grid.wgsl`.
pub const ORDER_BITS: u32 = 13;

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
        Some(Self { parts, instances, row_of_cell, ordered: lattice.order.is_some() })
    }

    /// What the choice of a painter must know of them.
    pub fn terms(&self) -> CellTerms {
        CellTerms { single: self.parts.len() == 1, ordered: self.ordered }
    }

    /// Draws the parts in sight, each with its chunk bound. Pipeline, view and colours are set already.
    fn draw(&self, pass: &mut wgpu::RenderPass<'_>, atlas: &AtlasTextures, level: usize, picture: &ScatterPicture) {
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
