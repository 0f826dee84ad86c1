//! Pictures that nobody sees, so that what later ones need is ready.

use super::{DrawnBy, Renderer};
use crate::gpu::context::GpuError;
use crate::gpu::painters::Terms;
use crate::gpu::painters::first_uses::{FirstUse, Used};
use crate::gpu::pick::PickQuestion;
use crate::gpu::progressive::{WarmUpStep, warm_up_steps, warm_up_steps_at};
use crate::gpu::readback::readback_buffer;
use crate::gpu::scatter::ScatterCanvas;
use crate::scene::frame::PxRect;
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;

/// Pipelines made ready in all for looks that rows do not have: each takes about 3 MiB of a software GPU (docs/performance.md).
const MOST_RESTYLED: usize = 6;

impl Renderer {
    /// The pictures that make ready what drawing the layout can need, those left out whose pipelines have been used already: first
    /// with the looks that rows have, at every zoom; then with others where the camera is, `px_per_unit`, for the first colour,
    /// filter or selection, or the first rows that fade beside coloured ones.
    pub fn warm_up_steps(&self, px_per_unit: f64, picture_at: impl Fn(f64) -> ScatterPicture) -> Vec<WarmUpStep> {
        let size_px = self.canvases.first().map_or([1; 2], ScatterCanvas::size_px);
        let Some(terms) = self.terms(size_px) else { return Vec::new() };
        let is_used = |what| self.pipelines.painters.first_uses.contains(what);
        let own = warm_up_steps(self.atlas.plan(), &terms, is_used, &picture_at);
        let fades = terms.fades;
        let others = [(Styling::Colors, fades), (Styling::Flags, fades), (Styling::Colors, !fades)].into_iter();
        let others = others.filter(|&(styling, other)| (styling == terms.styling) == (other != fades));
        let at_all = |(styling, fades)| {
            let terms = Terms { styling, fades, ..terms };
            warm_up_steps_at(self.atlas.plan(), &terms, &picture_at(px_per_unit))
        };
        let others = others.flat_map(at_all).filter(|step| {
            !is_used(Used::Painter(step.variant)) && own.iter().all(|other| other.variant != step.variant)
        });
        let others: Vec<_> = others.take(MOST_RESTYLED.saturating_sub(self.restyled)).collect();
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
        let by = DrawnBy { terms_px, without_cells: step.on_the_way, looks: Some(step.looks) };
        let drawn = self.update_scatter(0, rect, by, &step.picture, step.budget, encoder);
        self.canvases = shown;
        let picked = drawn.and_then(|_| self.warm_up_pick(step, encoder));
        self.pipelines.painters.first_uses.set_warming_up(false);
        let rows = self.atlas.row_table();
        self.restyled += usize::from(step.looks != (rows.styling(), rows.fades()));
        picked
    }

    /// Asks what is in the middle of a picture, where no pick with the looks that rows have was made before.
    fn warm_up_pick(&mut self, step: &WarmUpStep, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let is_styled = self.atlas.row_table().styling() != Styling::Plain;
        if self.pipelines.painters.first_uses.contains(Used::Pick(is_styled)) {
            return Ok(());
        }
        let picture = &step.picture;
        let at = picture.view.size_px.map(|side| side as i32 / 2);
        let question = PickQuestion {
            view: picture.view,
            layout_revision: picture.layout_revision,
            rows_revision: picture.rows_revision,
            rows_ready: picture.rows_ready,
            at,
            radius_px: 0.0,
        };
        let Some(rect) = question.rect() else { return Ok(()) };
        let buffer = readback_buffer(&self.gpu.device, rect.size, 4);
        self.encode_pick(&question, &buffer, encoder).map(drop)
    }
}
