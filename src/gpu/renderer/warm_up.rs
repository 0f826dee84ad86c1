//! Pictures that nobody sees, so that what later ones need is ready.

use super::{DrawnBy, Renderer};
use crate::gpu::context::GpuError;
use crate::gpu::painters::Terms;
use crate::gpu::painters::first_uses::{FirstUse, Used};
use crate::gpu::progressive::{WarmUpStep, warm_up_steps};
use crate::gpu::scatter::ScatterCanvas;
use crate::scene::frame::PxRect;
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;

/// Pipelines made ready for looks that rows do not have yet: each takes about 1 MiB of a software GPU.
const MOST_RESTYLED: usize = 20;

impl Renderer {
    /// The pictures that make ready what drawing the layout can need, those left out whose pipelines have been used already: first
    /// with the looks that rows have, then with others, for the first colour, filter or selection.
    pub fn warm_up_steps(&self, picture_at: impl Fn(f64) -> ScatterPicture) -> Vec<WarmUpStep> {
        let size_px = self.canvases.first().map_or([1; 2], ScatterCanvas::size_px);
        let Some(terms) = self.terms(size_px) else { return Vec::new() };
        let is_used = |what| self.pipelines.painters.first_uses.contains(what);
        let own = warm_up_steps(self.atlas.plan(), &terms, is_used, &picture_at);
        let others = [Styling::Colors, Styling::Flags].into_iter().filter(|&styling| styling != terms.styling);
        let others = others.flat_map(|styling| {
            warm_up_steps(self.atlas.plan(), &Terms { styling, ..terms }, |what| what == Used::Upscale, &picture_at)
        });
        // Those that have been used count, so that it comes to an end.
        let others = others.take(MOST_RESTYLED).filter(|step| !is_used(Used::Painter(step.variant)));
        own.into_iter().chain(others).collect()
    }

    /// When each pipeline of the scatter was first used.
    pub fn first_uses(&self) -> Vec<FirstUse> {
        self.pipelines.painters.first_uses.all()
    }

    /// Draws a picture that nobody sees, so that what it needs is ready when somebody zooms there.
    pub fn warm_up(&mut self, step: &WarmUpStep, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let shown = std::mem::take(&mut self.canvases);
        self.pipelines.painters.first_uses.set_warming_up(true);
        let rect = PxRect::of_size(step.picture.view.size_px);
        let terms_px = shown.first().map_or(rect.size(), ScatterCanvas::size_px);
        let by = DrawnBy { terms_px, without_cells: step.on_the_way, styling: Some(step.styling) };
        let drawn = self.update_scatter(0, rect, by, &step.picture, step.budget, encoder);
        self.pipelines.painters.first_uses.set_warming_up(false);
        self.canvases = shown;
        drawn.map(drop)
    }
}
