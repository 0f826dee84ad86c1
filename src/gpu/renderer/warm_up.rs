//! Pictures that nobody sees, so that what later ones need is ready.

use super::{DrawnBy, Renderer};
use crate::data::Row;
use crate::gpu::context::GpuError;
use crate::gpu::marks::{Marks, PAINTS_DRAWING, PAINTS_FILL, PAINTS_TEXELS};
use crate::gpu::painters::Terms;
use crate::gpu::painters::first_uses::{FirstUse, Used};
use crate::gpu::pass::Target;
use crate::gpu::pick::PickQuestion;
use crate::gpu::progressive::{WARM_UP_PX, WarmUpStep, warm_up_steps, warm_up_steps_at};
use crate::gpu::readback::readback_buffer;
use crate::gpu::scatter::ScatterCanvas;
use crate::scene::frame::{DrawingPicture, Frame, PxRect};
use crate::scene::palette::{Colormap, Theme};
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;
use wgpu::LoadOp;

/// Pipelines made ready in all for looks that rows do not have: of a software GPU the first takes about 12 MiB, each of the others 3 to
/// 4 (docs/performance.md). Those are the first colours and the first selection where the camera rests first.
const MOST_RESTYLED: usize = 3;

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
        let mut steps: Vec<WarmUpStep> = own.into_iter().chain(others).collect();
        // Marks and strokes are made ready beside pictures.
        if steps.is_empty() && self.unused_marks() != (false, false) {
            steps.extend(at_all((terms.styling, fades)).into_iter().next());
        }
        steps
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
        let picked = drawn.and_then(|_| self.warm_up_pick(step, encoder)).and_then(|()| self.warm_up_marks(encoder));
        self.pipelines.painters.first_uses.set_warming_up(false);
        let rows = self.atlas.row_table();
        self.restyled += usize::from(step.looks != (rows.styling(), rows.fades()));
        picked
    }

    /// Whether marks are left of a kind that has not been painted yet; whether strokes are expected, and none has been painted.
    fn unused_marks(&self) -> (bool, bool) {
        let is_used = |what| self.pipelines.painters.first_uses.contains(what);
        let marks = [PAINTS_FILL, PAINTS_TEXELS, PAINTS_DRAWING].map(Used::Mark);
        (!marks.into_iter().all(is_used), self.strokes.are_expected() && !is_used(Used::Strokes))
    }

    /// Paints one of each mark, where one has not been painted before, and a stroke where strokes may come.
    fn warm_up_marks(&mut self, encoder: &mut wgpu::CommandEncoder) -> Result<(), GpuError> {
        let (rect, canvas) = (PxRect::of_size([WARM_UP_PX; 2]), self.atlas.plan().canvas);
        let (marks, strokes) = self.unused_marks();
        if !marks && !strokes {
            return Ok(());
        }
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT;
        let texture = self.gpu.flat_texture("warm-up", rect.size(), self.target.format, usage)?;
        let target = Target { view: &texture.create_view(&wgpu::TextureViewDescriptor::default()), texture: None };
        if marks {
            // As in a pick: colours in use stay.
            let (colormap, theme) = self.colors.as_ref().map_or((Colormap::Ink, Theme::Paper), |colors| colors.key);
            let frame = Frame { target_px: rect.size(), scale: 1.0, theme, colormap, views: Vec::new() };
            let mut list = Marks::new(theme, colormap, 1.0);
            // As large as its canvas, and smaller.
            for side in [canvas, canvas / 2] {
                list.drawing(&DrawingPicture::whole(Row(0)), PxRect::of_size([side; 2]), canvas);
            }
            let all = 0..list.instances().len();
            self.paint(&frame, &list, vec![(rect, all)], LoadOp::Clear(wgpu::Color::BLACK), &target, encoder);
        }
        if strokes {
            let by = (&*self.gpu, &self.pipelines, self.target.format);
            self.strokes.warm_up(by, rect.size(), &target, encoder);
        }
        Ok(())
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
