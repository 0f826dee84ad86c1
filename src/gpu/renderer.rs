//! Draws one [`Frame`] into any texture view, and answers picks. Everything on the GPU that belongs to a data set is here.

mod compose;
mod near;
mod warm_up;

use super::atlas::AtlasTextures;
use super::colors::{BoundColors, Colors};
use super::context::{Gpu, GpuError};
use super::labels::LabelPainter;
use super::near::NearPictures;
use super::painters::cell_lookup::CellGrid;
use super::painters::{CostKey, Terms, choose};
use super::pick::{PickHit, PickQuestion, PickTarget};
use super::pipelines::{Pipelines, TargetPipelines};
use super::points::PointBuffers;
use super::progressive::{DrawBudget, Reuse};
use super::readback::{read_now, readback_buffer};
use super::scatter::{LayoutOnGpu, OnTheWayInput, Redrawn, ScatterCanvas, ScatterInput};
use super::strokes::StrokePainter;
use crate::atlas::{AtlasPlan, PackedPiece};
use crate::scene::frame::{Frame, PxRect};
use crate::scene::palette::{Colormap, Theme};
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;
use crate::scene::transition::Transition;
use crate::scene::{Placed, Scene};
use compose::scatters;
use std::sync::Arc;

/// What decides on painters beside a picture.
#[derive(Clone, Copy, Debug)]
struct DrawnBy {
    /// The size of the canvas on screen.
    terms_px: [u32; 2],
    /// Drawings have left their cells.
    without_cells: bool,
    /// As if so much of the rows' looks were to be read, and some rows were faded; else as they are.
    looks: Option<(Styling, bool)>,
}

/// All GPU state of one data set.
#[derive(Debug)]
pub struct Renderer {
    gpu: Arc<Gpu>,
    pipelines: Pipelines,
    target: TargetPipelines,
    atlas: AtlasTextures,
    layout: Option<LayoutOnGpu>,
    /// From where rows are on the way to the layout.
    transition: Option<Transition>,
    /// The picture of each scatter view of a frame, in their order.
    canvases: Vec<ScatterCanvas>,
    colors: Option<Colors>,
    labels: LabelPainter,
    pick: PickTarget,
    near: NearPictures,
    strokes: StrokePainter,
    naive: bool,
    /// Pipelines made ready for looks that rows did not have.
    restyled: usize,
}

impl Renderer {
    /// Builds everything for a data set; `target_format` is what [`Renderer::compose`] draws into.
    pub fn new(gpu: Arc<Gpu>, plan: &AtlasPlan, target_format: wgpu::TextureFormat) -> Result<Self, GpuError> {
        gpu.check_lost()?;
        let pipelines = Pipelines::new(&gpu.device, gpu.tier, target_format);
        let target = pipelines.for_target(&gpu.device, target_format);
        let atlas = AtlasTextures::new(&gpu, &pipelines.layouts, plan)?;
        let labels = LabelPainter::new(&gpu, target_format);
        Ok(Self {
            pipelines,
            target,
            atlas,
            layout: None,
            transition: None,
            canvases: Vec::new(),
            colors: None,
            labels,
            pick: PickTarget::default(),
            near: NearPictures::default(),
            strokes: StrokePainter::default(),
            naive: false,
            restyled: 0,
            gpu,
        })
    }

    /// The GPU it draws with.
    pub fn gpu(&self) -> &Arc<Gpu> {
        &self.gpu
    }

    /// Whether every instance is drawn in every frame, as the plainest program would: what a bench compares with.
    pub fn set_naive(&mut self, naive: bool) {
        self.naive = naive;
    }

    /// Lets go of the scatters' pictures: the next frame makes others.
    pub fn forget_picture(&mut self) {
        self.canvases.clear();
    }

    /// How drawings lie in the atlas.
    pub fn plan(&self) -> &AtlasPlan {
        self.atlas.plan()
    }

    /// Drawings uploaded so far.
    pub fn rows_ready(&self) -> u32 {
        self.atlas.rows_ready()
    }

    /// Uploads some drawings. They come in order.
    pub fn upload(&mut self, piece: &PackedPiece) {
        self.atlas.upload(&self.gpu, piece);
    }

    /// Holds what pictures of a scene need besides the drawings: its layout, and how its rows look. Does nothing where both are
    /// there already.
    pub fn hold(&mut self, scene: &Scene) {
        self.atlas.set_rows(&self.gpu, scene.row_table(), scene.ink.means());
        self.transition = scene.transition().cloned();
        let Placed { revision, layout, index } = scene.placed();
        let revision = *revision;
        if self.layout.as_ref().is_some_and(|held| held.revision == revision) {
            return;
        }
        let points = PointBuffers::new(&self.gpu, layout, index, self.atlas.plan().pages);
        let cells = CellGrid::new(&self.gpu, &self.pipelines.painters.cell_lookup, layout, self.atlas.plan());
        let (layout, index) = (Arc::clone(layout), Arc::clone(index));
        self.layout = Some(LayoutOnGpu { revision, layout, index, points, cells });
        self.canvases.iter_mut().for_each(ScatterCanvas::invalidate);
    }

    /// Brings the scatter pictures of a frame up to date, so that [`Renderer::compose`] only has to show them; returns how much
    /// of the first one had to be drawn, and of others. The budget is for the first one; others come as a whole.
    pub fn update(
        &mut self,
        frame: &Frame,
        budget: DrawBudget,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<[Redrawn; 2], GpuError> {
        self.gpu.check_lost()?;
        let mut redrawn = [Redrawn::Nothing; 2];
        for (at, (rect, picture)) in scatters(frame).enumerate() {
            let (budget, of) = if at == 0 { (budget, 0) } else { (DrawBudget::ALL, 1) };
            let by = DrawnBy { terms_px: rect.size(), without_cells: false, looks: None };
            let drawn = self.update_scatter(at, rect, by, picture, budget, encoder)?;
            redrawn[of] = redrawn[of].max(drawn);
        }
        Ok(redrawn)
    }

    /// Whose costs a picture belongs to; `None` while its layout is not here.
    pub fn cost_key(&self, picture: &ScatterPicture) -> Option<CostKey> {
        let terms = self.terms(picture.view.size_px)?;
        if picture.on_the_way.is_some() {
            return Some(CostKey::OnTheWay);
        }
        Some(choose(&picture.view, self.atlas.plan(), &terms, false).cost_key())
    }

    fn terms(&self, size_px: [u32; 2]) -> Option<Terms> {
        let layout = self.layout.as_ref()?;
        Some(layout.terms(&self.gpu, size_px, self.atlas.row_table(), self.naive))
    }

    fn update_scatter(
        &mut self,
        at: usize,
        rect: PxRect,
        by: DrawnBy,
        picture: &ScatterPicture,
        budget: DrawBudget,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Redrawn, GpuError> {
        if self.canvases.get(at).is_none_or(|canvas| canvas.size_px() != rect.size()) {
            // Those behind it are made again in their turn.
            self.canvases.truncate(at);
            self.canvases.push(ScatterCanvas::new(&self.gpu, self.target.format, rect.size())?);
        }
        let colors = self.colors_for(picture.colormap, picture.theme);
        if let Some(way) = picture.on_the_way {
            let held = self.transition.as_ref().filter(|held| held.revision() == way.revision);
            let (Some(transition), Some(canvas)) = (held, self.canvases.get_mut(at)) else {
                return Ok(Redrawn::Nothing);
            };
            let (gpu, pipelines, target, atlas) = (&self.gpu, &self.pipelines, &self.target, &self.atlas);
            let input = OnTheWayInput { gpu, pipelines, target, atlas, colors: &colors, transition, naive: self.naive };
            return canvas.update_on_the_way(&input, picture, budget.downsample, encoder);
        }
        let layout = self.layout.as_ref();
        let DrawnBy { terms_px, without_cells, looks } = by;
        let by = (self.naive, terms_px);
        let colors = colors.of(&picture.view);
        let Some(mut input) = input_of(&self.gpu, &self.pipelines, &self.atlas, layout, colors, by) else {
            return Ok(Redrawn::Nothing);
        };
        if without_cells {
            input.terms = input.terms.on_the_way();
        }
        (input.terms.styling, input.terms.fades) = looks.unwrap_or((input.terms.styling, input.terms.fades));
        let Some(canvas) = self.canvases.get_mut(at) else { return Ok(Redrawn::Nothing) };
        canvas.update(&input, picture, budget, encoder)
    }

    /// How much of a picture is on screen already.
    pub fn reuse(&self, wanted: &ScatterPicture) -> Reuse {
        let reuse = self.canvases.first().filter(|_| !self.naive).and_then(|canvas| canvas.pan_reuse(wanted));
        if reuse.is_some() { Reuse::Most } else { Reuse::Nothing }
    }

    /// Whether pictures may come at low resolution, or in slices; the naive way draws each as a whole.
    pub fn is_progressive(&self) -> bool {
        !self.naive
    }

    /// Whether the picture that has been drawn last is exact; true where none has been.
    pub fn is_exact(&self) -> bool {
        self.canvases.first().is_none_or(|canvas| self.naive || canvas.is_exact())
    }

    /// Whether a picture will be exact on screen once it has been drawn with a budget.
    pub fn will_be_exact(&self, wanted: &ScatterPicture, budget: DrawBudget) -> bool {
        let canvas = self.canvases.first().filter(|canvas| canvas.size_px() == wanted.view.size_px);
        self.naive || canvas.map_or(budget.downsample == 1, |canvas| canvas.will_be_exact(wanted, budget))
    }

    fn colors_for(&mut self, colormap: Colormap, theme: Theme) -> Colors {
        let (key, rows) = ((colormap, theme), self.atlas.row_table());
        let is_held = |colors: &Colors| (colors.key, colors.rows_revision) == (key, rows.revision());
        let held = self.colors.take().filter(is_held);
        let colors = held.unwrap_or_else(|| Colors::new(&self.gpu, &self.pipelines.layouts, key, rows));
        self.colors.insert(colors).clone()
    }

    /// Encodes a pick whose answer is copied into `buffer`; `None` when nothing can be there.
    pub fn encode_pick(
        &mut self,
        question: &PickQuestion,
        buffer: &wgpu::Buffer,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<Option<super::pick::PickRect>, GpuError> {
        let Some(rect) = question.rect() else { return Ok(None) };
        // No colour is looked at: those in use stay, so that a hover makes no others.
        let (colormap, theme) = self.colors.as_ref().map_or((Colormap::Ink, Theme::Paper), |colors| colors.key);
        let colors = self.colors_for(colormap, theme);
        let layout = self.layout.as_ref().filter(|held| held.revision == question.layout_revision);
        let by = (self.naive, question.view.size_px);
        let Some(input) = input_of(&self.gpu, &self.pipelines, &self.atlas, layout, colors.of_ink(), by) else {
            return Ok(None);
        };
        self.pick.encode(&input, question, rect, buffer, encoder)?;
        Ok(Some(rect))
    }

    /// Asks and waits for the answer (commands without a window only).
    pub fn pick_now(&mut self, question: &PickQuestion) -> Result<Option<PickHit>, GpuError> {
        let Some(rect) = question.rect() else { return Ok(None) };
        let buffer = readback_buffer(&self.gpu.device, rect.size, 4);
        let mut encoder = self.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        if self.encode_pick(question, &buffer, &mut encoder)?.is_none() {
            return Ok(None);
        }
        self.gpu.queue.submit([encoder.finish()]);
        Ok(question.answer(rect, &read_now(&self.gpu, &buffer)?))
    }
}

/// What encoding a scatter picture takes, built in one place; the renderer's other fields stay free to change meanwhile.
fn input_of<'a>(
    gpu: &'a Gpu,
    pipelines: &'a Pipelines,
    atlas: &'a AtlasTextures,
    layout: Option<&'a LayoutOnGpu>,
    colors: &'a BoundColors,
    (naive, terms_px): (bool, [u32; 2]),
) -> Option<ScatterInput<'a>> {
    let layout = layout?;
    let terms = layout.terms(gpu, terms_px, atlas.row_table(), naive);
    Some(ScatterInput { gpu, pipelines, atlas, layout, colors, naive, terms })
}
