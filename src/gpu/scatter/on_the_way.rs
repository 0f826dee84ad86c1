//! Pictures on the way from one layout to another.
//!
//! How it works: a picture on the way is a mix of two, by the rules of either layout, of the drawings where they are now. For each the
//! places of the drawings in sight are computed on the processor and uploaded, and drawn as those of any layout without cells are.
//! The second one lies in the spare target; a last pass mixes it with the first. Where the rules are the same one picture does.
//! Low-resolution pictures hold one of every few drawings, as large as all that it is there for, or as opaque, small ones by their mean
//! ink: drawings on the way cost more than pixels do.

use super::{LayoutOnGpu, Redrawn, ScatterCanvas, ScatterInput, picture_target};
use crate::gpu::atlas::AtlasTextures;
use crate::gpu::colors::Colors;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::{PointInstance, PresentUniform};
use crate::gpu::pass::{begin, present_group};
use crate::gpu::pipelines::{Pipelines, TargetPipelines};
use crate::gpu::points::PointBuffers;
use crate::gpu::progressive::subsample;
use crate::scene::frame::PxRect;
use crate::scene::index::SpatialIndex;
use crate::scene::picture::ScatterPicture;
use crate::scene::transition::{Rules, Transition};
use crate::scene::view::ScatterView;
use std::sync::Arc;

/// Everything that pictures on the way are drawn with.
pub struct OnTheWayInput<'a> {
    /// The GPU.
    pub gpu: &'a Gpu,
    /// Pipelines and layouts.
    pub pipelines: &'a Pipelines,
    /// Those that draw into the picture.
    pub target: &'a TargetPipelines,
    /// Drawings.
    pub atlas: &'a AtlasTextures,
    /// The colours.
    pub colors: &'a Colors,
    /// From where to where.
    pub transition: &'a Transition,
    /// Draw every instance, as the plainest program would.
    pub naive: bool,
}

impl ScatterCanvas {
    /// Draws a picture on the way: all of it, or at low resolution one of `downsample` × `downsample` of its drawings.
    pub fn update_on_the_way(
        &mut self,
        input: &OnTheWayInput<'_>,
        wanted: &ScatterPicture,
        downsample: u32,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        if self.shows(wanted) {
            return Ok(Redrawn::Nothing);
        }
        self.shown = None;
        let mut all = false;
        if downsample > 1 {
            self.draw_reduced(input.gpu, input.pipelines, wanted, downsample, encoder, |canvas, picture, encoder| {
                canvas.draw_mixed(input, picture, downsample, encoder).map(drop)
            })?;
        } else {
            all = self.draw_mixed(input, wanted, 1, encoder)?;
        }
        let height = self.size_px[1];
        self.exact = if all { 0..height } else { height / 2..height / 2 };
        self.phase = wanted.view.center;
        self.shown = Some(wanted.clone());
        Ok(Redrawn::Everything)
    }

    /// Draws both pictures and mixes them; returns whether all drawings are there.
    fn draw_mixed(
        &mut self,
        input: &OnTheWayInput<'_>,
        wanted: &ScatterPicture,
        every: u32,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<bool, GpuError> {
        let old = wanted.on_the_way.filter(|way| way.old_view != wanted.view);
        let Some(way) = old else { return self.draw_moved(input, wanted, wanted.view, Rules::New, every, encoder) };
        let old = self.draw_moved(input, wanted, way.old_view, Rules::Old, every, encoder)?;
        self.swap_spare(input.gpu)?;
        let new = self.draw_moved(input, wanted, wanted.view, Rules::New, every, encoder)?;
        self.mix_spare(input, 1.0 - way.part, encoder);
        Ok(old && new)
    }

    /// Draws one of the two; returns whether all its drawings are there.
    fn draw_moved(
        &mut self,
        input: &OnTheWayInput<'_>,
        wanted: &ScatterPicture,
        view: ScatterView,
        rules: Rules,
        every: u32,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<bool, GpuError> {
        let (layout, every) = points_in_sight(input, &view, rules, every);
        let terms = layout.terms(input.gpu, self.size_px, input.atlas.row_table(), input.naive).on_the_way();
        let picture = ScatterPicture { view: subsample::stand_in(&view, every), on_the_way: None, ..wanted.clone() };
        let OnTheWayInput { gpu, pipelines, atlas, naive, .. } = *input;
        let colors = input.colors.of(&view);
        let input = ScatterInput { gpu, pipelines, atlas, layout: &layout, colors, naive, terms };
        self.draw(&input, &picture, &[PxRect::of_size(self.size_px)], false, encoder)?;
        Ok(every == 1)
    }

    /// The picture becomes the spare one.
    fn swap_spare(&mut self, gpu: &Gpu) -> Result<(), GpuError> {
        let (picture, view) = match self.spare.take() {
            Some(spare) => spare,
            None => picture_target(gpu, self.picture.format(), self.size_px)?,
        };
        let before = std::mem::replace(&mut self.picture, picture);
        self.spare = Some((before, std::mem::replace(&mut self.picture_view, view)));
        Ok(())
    }

    /// Mixes `part` of the spare picture into the picture.
    fn mix_spare(&self, input: &OnTheWayInput<'_>, part: f64, encoder: &mut wgpu::CommandEncoder) {
        let Some((_, spare)) = &self.spare else { return };
        let group = present_group(input.gpu, input.pipelines, &PresentUniform::default(), spare);
        let mut pass = begin(encoder, "mix", &self.picture_view, wgpu::LoadOp::Load);
        pass.set_pipeline(&input.target.mix);
        pass.set_blend_constant(wgpu::Color { r: part, g: part, b: part, a: part });
        pass.set_bind_group(0, &group, &[]);
        pass.draw(0..3, 0..1);
    }
}

/// The drawings in sight as a layout of their own, and one of how many a side they are.
fn points_in_sight(input: &OnTheWayInput<'_>, view: &ScatterView, rules: Rules, every: u32) -> (LayoutOnGpu, u32) {
    let OnTheWayInput { gpu, atlas, transition, .. } = input;
    let about = || transition.about_in_sight(view) / (every as usize * every as usize);
    let every = if every > 1 { subsample::on_the_way(about(), every) } else { every };
    let in_sight = transition.in_sight(view, rules, every);
    let instances: Vec<_> = in_sight.points.iter().map(|&(row, position)| PointInstance { position, row }).collect();
    let rows = in_sight.points.into_iter().map(|(row, _)| row).collect();
    let points = PointBuffers::of_instances(gpu, &instances, in_sight.every * in_sight.every);
    let layout = LayoutOnGpu {
        revision: transition.revision(),
        layout: Arc::new(transition.outline()),
        index: Arc::new(SpatialIndex::unsorted(rows, &|row| atlas.plan().chunk_of(row))),
        points,
        cells: None,
    };
    (layout, in_sight.every)
}
