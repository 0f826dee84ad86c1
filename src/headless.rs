//! The same scene and renderer without a window: pictures, picks and places for the command line and the tests.

mod doing;
pub mod likeness;
mod placed;
mod strokes;
mod tiles;

use crate::atlas::{AtlasError, AtlasPlan};
use crate::data::columns::Columns;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::report::LoadReport;
use crate::data::values::ValueMap;
use crate::data::{Cancel, Row};
use crate::gpu::context::{Gpu, GpuError, GpuOptions};
use crate::gpu::pick::{PickHit, PickQuestion};
use crate::gpu::pipelines::PICTURE_FORMAT;
use crate::gpu::progressive::DrawBudget;
use crate::gpu::readback::read_rgba;
use crate::gpu::renderer::Renderer;
use crate::likeness::LikenessError;
use crate::loader::{LoadError, Loaded, Loader};
use crate::memory::{self, MemoryError, Needs, Purpose};
use crate::progress::Cancelled;
use crate::scene::camera::Viewport;
use crate::scene::frame::{Content, DrawingPicture, Frame, PxRect, View};
use crate::scene::layout::{LayoutError, LayoutKind};
use crate::scene::rows::appearance::{AppearanceError, Restyled};
use crate::scene::view::ScatterView;
use crate::scene::{Scene, Settings};
use crate::viewer::driver::{Driver, Plan};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use thiserror::Error;

use doing::{arrange, given_up};

pub use doing::{Doing, OnDoing, unheard};
pub use likeness::{Compared, needs_compared};
pub use placed::placed_scene;
pub use tiles::{OnLines, SaveError};

/// Why there is no picture or answer.
#[derive(Debug, Error)]
pub enum HeadlessError {
    /// The data cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The data cannot be read on.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The GPU cannot do it.
    #[error(transparent)]
    Gpu(#[from] GpuError),
    /// It does not fit.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The drawings cannot be laid out.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The drawings do not fit in textures.
    #[error(transparent)]
    Atlas(#[from] AtlasError),
    /// Rows cannot look as they are asked to.
    #[error(transparent)]
    Appearance(#[from] AppearanceError),
    /// The drawings cannot be compared.
    #[error(transparent)]
    Likeness(#[from] LikenessError),
    /// Nobody wants it any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// When things were done, counted from the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timings {
    /// Adapter and device are there.
    pub device: Duration,
    /// The first picture with drawings is finished on the GPU.
    pub first_picture: Duration,
    /// The picture with all drawings is finished on the GPU.
    pub complete: Duration,
}

/// Reads all records of a data set into columns; `on` hears the bytes read and their total.
pub fn read_columns(dataset: &Dataset, on: &mut dyn FnMut(u64, u64)) -> Result<(Columns, LoadReport), HeadlessError> {
    Needs::of(dataset)?.refuse_unless_room(Purpose::Records)?;
    let mut columns = Columns::new();
    let (mut short, mut growth) = (Ok(()), memory::Growth::default());
    let report = dataset.read_records(&Cancel::new(), &mut |progress| {
        short = growth.refuse_unless_room(&columns, dataset.rows());
        if short.is_err() {
            return ControlFlow::Break(());
        }
        columns.append(progress.first_row, progress.batch);
        on(progress.bytes_done, progress.bytes_total);
        ControlFlow::Continue(())
    })?;
    short?;
    columns.finish(dataset.rows());
    Ok((columns, report))
}

/// A data set on the GPU, without a window.
#[derive(Debug)]
pub struct Headless {
    /// What is looked at.
    pub scene: Scene,
    /// What draws it.
    pub renderer: Renderer,
    /// What a filter keeps.
    pub restyled: Restyled,
    /// How values became ink.
    pub values: ValueMap,
    /// When things were done.
    pub timings: Timings,
    /// What plans and draws pictures, as in a window.
    pub driver: Driver,
}

impl Headless {
    /// Opens the GPU, uploads every drawing and lays the scene out. `columns` are needed by layouts that go by columns.
    pub fn new(
        dataset: &Arc<Dataset>,
        columns: Option<&Columns>,
        settings: Settings,
        viewport: Viewport,
        options: &GpuOptions<'_>,
        on: OnDoing<'_>,
    ) -> Result<Self, HeadlessError> {
        Self::open(dataset, columns, settings, viewport, None, options, on)
    }

    /// The same for what a scene of this set shows, in another viewport: its places are taken over as they are.
    pub fn like(
        shown: &Scene,
        dataset: &Arc<Dataset>,
        columns: Option<&Columns>,
        viewport: Viewport,
        options: &GpuOptions<'_>,
        on: OnDoing<'_>,
    ) -> Result<Self, HeadlessError> {
        Self::open(dataset, columns, shown.snapshot().settings(), viewport, Some(shown), options, on)
    }

    fn open(
        dataset: &Arc<Dataset>,
        columns: Option<&Columns>,
        settings: Settings,
        viewport: Viewport,
        shown: Option<&Scene>,
        options: &GpuOptions<'_>,
        on: OnDoing<'_>,
    ) -> Result<Self, HeadlessError> {
        let start = Instant::now();
        let needs = Needs::of(dataset)?;
        needs.refuse_unless_room(Purpose::Picture)?;
        let gpu = Arc::new(Gpu::headless(options)?);
        needs.refuse_unless_drawn(gpu.is_software())?;
        let plan = AtlasPlan::of(dataset, gpu.atlas_limits)?;
        let mut timings = Timings { device: start.elapsed(), ..Timings::default() };
        let loader = Loader::start(dataset, &plan, false, || ());
        let wanted = settings.layout;
        // Until all ink is known, drawings stand as they come.
        let layout = if wanted.reads_drawings() { LayoutKind::GRID } else { wanted };
        let first = Settings { layout, ..settings };
        let mut scene = Scene::new(dataset.rows(), plan.rows_per_chunk(), first, viewport, columns)?;
        (scene.pages, scene.settings.layout) = (plan.pages, wanted);
        if let Some(shown) = shown.filter(|_| wanted.reads_drawings()) {
            scene.take_over(shown, columns);
        }
        scene.near_from_px = dataset.is_reduced().then_some(plan.canvas);
        let restyled = scene.restyle(columns)?;
        for note in scene.select_first(columns)? {
            tracing::warn!("--select: {note}");
        }
        let renderer = Renderer::new(gpu, &plan, PICTURE_FORMAT)?;
        let (values, driver) = (ValueMap::default(), Driver::default());
        let mut headless = Self { scene, renderer, restyled, values, timings, driver };
        headless.renderer.hold(&headless.scene);
        // What is drawn in tiles is drawn when it is asked for.
        let is_tiled = headless.is_tiled();
        while let Some(loaded) = loader.wait() {
            match loaded {
                Loaded::Values(values) => headless.values = values,
                Loaded::Piece(piece) => {
                    if piece.first_row == 0 {
                        // A load that begins again shows the same rows with other ink.
                        headless.scene.forget_rows(plan.rows_per_chunk());
                        headless.renderer.forget_picture();
                    }
                    headless.renderer.upload(&piece);
                    headless.scene.rows_arrived(&piece.means, &piece.moments);
                    given_up(on(Doing::Reading(headless.scene.rows_ready())))?;
                    // Staging memory of earlier pages is given back only when work is submitted and seen to be done.
                    headless.renderer.gpu().queue.submit([]);
                    if timings.first_picture.is_zero() && !is_tiled {
                        headless.draw_scatter()?;
                        headless.renderer.gpu().wait()?;
                        timings.first_picture = start.elapsed();
                    }
                }
                Loaded::DrawingsFailed(error) | Loaded::RecordsFailed(error) => return Err(error.into()),
                Loaded::Drawings => break,
                Loaded::Looking | Loaded::Records(_) | Loaded::RecordsEnd(_) => {}
            }
        }
        if wanted.reads_drawings() {
            arrange(&mut headless.scene, dataset, wanted, headless.values, columns, on)?;
            if !headless.scene.is_styled() {
                headless.restyled = headless.scene.restyle(columns)?;
            }
        }
        headless.look_closer(dataset, columns)?;
        if !is_tiled {
            headless.draw_scatter()?;
        }
        headless.renderer.gpu().wait()?;
        timings.complete = start.elapsed();
        headless.timings = timings;
        Ok(headless)
    }

    /// The viewport as numbers.
    pub fn view(&self) -> ScatterView {
        self.scene.view()
    }

    fn frame(&self, target_px: [u32; 2], content: Content) -> Frame {
        Frame {
            target_px,
            scale: self.scene.viewport().scale,
            theme: self.scene.theme(),
            colormap: self.scene.colormap(),
            views: vec![View { rect: PxRect::of_size(target_px), content }],
        }
    }

    fn draw_scatter(&mut self) -> Result<wgpu::Texture, HeadlessError> {
        let frame = self.scene.scatter_frame();
        self.draw(&frame)
    }

    /// Draws a frame into a texture of its own.
    pub fn draw(&mut self, frame: &Frame) -> Result<wgpu::Texture, HeadlessError> {
        self.draw_within(frame, DrawBudget::ALL)
    }

    /// The same, drawing no more of the scatter than a budget permits.
    pub fn draw_within(&mut self, frame: &Frame, budget: DrawBudget) -> Result<wgpu::Texture, HeadlessError> {
        self.renderer.hold(&self.scene);
        let gpu = Arc::clone(self.renderer.gpu());
        if let Some(picture) = frame.picture().cloned() {
            self.driver.draw(&mut self.renderer, frame, &Plan { picture, budget })?;
        }
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let target = self.renderer.compose_alone(frame, &mut encoder)?;
        gpu.queue.submit([encoder.finish()]);
        Ok(target)
    }

    /// The scatter's picture as RGBA rows.
    pub fn picture(&mut self) -> Result<Vec<u8>, HeadlessError> {
        let texture = self.draw_scatter()?;
        Ok(read_rgba(self.renderer.gpu(), &texture)?)
    }

    /// One drawing by itself as RGBA rows of `size_px`.
    pub fn inspect(&mut self, row: Row, size_px: [u32; 2]) -> Result<Vec<u8>, HeadlessError> {
        let frame = self.frame(size_px, Content::Drawing(DrawingPicture::whole(row)));
        let texture = self.draw(&frame)?;
        Ok(read_rgba(self.renderer.gpu(), &texture)?)
    }

    /// What the GPU finds at a pixel of the scatter.
    pub fn pick(&mut self, at: [i32; 2], radius_px: f64) -> Result<Option<PickHit>, HeadlessError> {
        self.renderer.hold(&self.scene);
        let question = PickQuestion {
            view: self.scene.view(),
            layout_revision: self.scene.placed().revision,
            rows_revision: self.scene.row_table().revision(),
            rows_ready: self.scene.rows_ready(),
            at,
            radius_px,
        };
        Ok(self.renderer.pick_now(&question)?)
    }
}
