//! Cell look-up: each pixel computes which drawings it shows. For layouts whose drawings stand in cells and overlap none.
//!
//! How it works: a block of cells is a rectangle of columns and lines, and what one chunk of the atlas holds of it is a part: one
//! instance, one quad (`cell_grid.wgsl`). The parts in sight are drawn, each with its chunk bound, and every pixel finds column and
//! line by arithmetic, the row by its position or from a texture of rows by cell, and then the ink of the two drawings an axis that
//! it touches (`cell_lookup.wgsl`). Costs follow the number of pixels, however many drawings there are. A single part writes colours
//! into the picture at once; several add up in the ink target, but for coloured ones of which no pixel touches two. Drawings smaller
//! than a pixel are added up one by one; in low-resolution pictures only some of them.

mod cells;

pub use cells::{CellGrid, ORDER_BITS};

use super::ink_mode::{InkMode, Levels};
use super::ink_target::{ground, resolve, sums_targets};
use super::{CostKey, Job, Made, Painter, flag};
use crate::atlas::{AtlasPlan, Pages};
use crate::gpu::bindings::{bind_group_layout, texture};
use crate::gpu::context::GpuError;
use crate::gpu::gpu_types::PartInstance;
use crate::gpu::pass::{begin_with, draw_parts, load_for};
use crate::gpu::pipelines::{Pipelines, Stages, instances, pipeline, target};
use crate::gpu::progressive::subsample::{ALL_BITS, span_bits};
use crate::gpu::shaders::PageModules;
use crate::scene::rows::Styling;
use crate::scene::view::{FAR_FULL_PX, FAR_START_PX, ScatterView};

/// The painter.
#[derive(Debug)]
pub struct CellLookup {
    /// Group 3: rows by cell.
    rows: wgpu::BindGroupLayout,
    modules: PageModules,
    picture_format: wgpu::TextureFormat,
    made: Made<Variant, wgpu::RenderPipeline>,
    /// What draws the ground between parts.
    grounds: Made<Pages, wgpu::RenderPipeline>,
}

/// How a layout's cells lie on the GPU.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellTerms {
    /// One part shows everything: no pixel adds up several.
    pub single: bool,
    /// Positions are not rows.
    pub ordered: bool,
    /// How far parts lie apart at least, world units; 0 where some touch, or where that is not known.
    pub gap: f64,
}

impl CellTerms {
    /// Pixels per world unit from which on no pixel touches two parts.
    pub fn apart_from_px(&self) -> f64 {
        APART_PX / self.gap
    }
}

/// Parts so many pixels apart touch no pixel together, edges being rounded to 1/1024 px.
const APART_PX: f64 = 1.01;

/// What parts draw into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Parts {
    /// One draws the picture, ground and all.
    Single,
    /// Each draws the pixels of the picture that it touches, over the ground.
    Apart,
    /// They add up in the ink target.
    AddUp,
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
    parts: Parts,
    ordered: bool,
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
        // Ink stays as the ink target holds it.
        let apart = (mode.is_colored() || mode.pages() == Pages::Color) && view.px_per_unit >= cells.apart_from_px();
        let parts = match cells.single {
            true => Parts::Single,
            false if apart => Parts::Apart,
            false => Parts::AddUp,
        };
        Self { mode, many, span_bits, parts, ordered: cells.ordered }
    }
}

impl CellLookup {
    /// The painter with its shaders; `picture_format` is that of the finished pictures.
    pub fn new(device: &wgpu::Device, picture_format: wgpu::TextureFormat, modules: PageModules) -> Self {
        let uint = wgpu::TextureSampleType::Uint;
        let rows = texture(0, wgpu::ShaderStages::FRAGMENT, uint, wgpu::TextureViewDimension::D2);
        let rows = bind_group_layout(device, "rows by cell", &[rows]);
        Self { rows, modules, picture_format, made: Made::default(), grounds: Made::default() }
    }

    fn make_ground(&self, device: &wgpu::Device, pipelines: &Pipelines, pages: Pages) -> wgpu::RenderPipeline {
        let stages = Stages::new("ground", self.modules.of(device, pages), "vs_ground", "fs_ground");
        let groups = [None, None, Some(&pipelines.layouts.colors)];
        pipeline(device, &stages, &groups, &[], &[target(self.picture_format, None)], false)
    }

    fn make(&self, device: &wgpu::Device, pipelines: &Pipelines, variant: Variant) -> wgpu::RenderPipeline {
        let mode = variant.mode;
        let (vertex, fragment, targets) = match variant.parts {
            Parts::Single => ("vs_everything", "fs_color", vec![target(self.picture_format, None)]),
            Parts::Apart => ("vs_apart", "fs_color", vec![target(self.picture_format, None)]),
            Parts::AddUp => {
                ("vs_part", if mode.is_colored() { "fs_sums" } else { "fs_ink" }, sums_targets(pipelines, mode))
            }
        };
        let ordered = flag("ORDERED", variant.ordered);
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
        let adds_up = variant.parts == Parts::AddUp;
        let sums = if adds_up { Some(job.sums(variant.mode)?) } else { None };
        let whole = load_for(job.parts, job.scratch.size_px, ground(job.picture));
        let targets = match &sums {
            Some(sums) => sums.cleared(job, variant.mode, 0.0, encoder),
            None => vec![(job.target, whole)],
        };
        let mut pass = begin_with(encoder, "cell look-up", &targets);
        let device = &input.gpu.device;
        if variant.parts == Parts::Apart {
            let pages = variant.mode.pages();
            pass.set_pipeline(&self.grounds.get(pages, || self.make_ground(device, input.pipelines, pages)));
            pass.set_bind_group(2, &input.colors.group, &[]);
            draw_parts(&mut pass, job.parts);
        }
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
