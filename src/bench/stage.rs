//! Where frames are measured without a window: each is drawn to its end on the GPU before the clock stops.

mod near;

use super::cases::Case;
use super::look::Look;
use super::paths::{Crowd, World};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::gpu::context::{Gpu, GpuOptions};
use crate::gpu::pass::Target;
use crate::gpu::pick::PickHit;
use crate::gpu::pipelines::PICTURE_FORMAT;
use crate::gpu::progressive::DrawBudget;
use crate::gpu::scatter::Redrawn;
use crate::headless::{Headless, HeadlessError, unheard};
use crate::progress::Progress;
use crate::scene::camera::{Camera, Viewport};
use crate::scene::frame::{Content, DrawingPicture, Frame, PxRect, View};
use crate::scene::overlay::Overlay;
use crate::scene::rows::appearance::Appearance;
use crate::scene::selection::{Combine, Region, Selection};
use crate::scene::{Action, Known, Settings};
use crate::viewer::driver::Plan;
use crate::viewer::warm_up::WarmUp;
use std::sync::Arc;
use std::time::Instant;

/// Width of the strip that the inspector's picture takes beside the scatter, pixels.
const INSPECTOR_PX: u32 = 280;
/// As far as the window's pointer reaches, pixels.
const HOVER_RADIUS_PX: f64 = 6.0;

/// How a frame came out.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// From the camera's change to the finished picture, ms.
    pub ms: f64,
    /// The scatter was drawn anew: nothing of the last picture was shown again.
    pub redrawn: bool,
    /// The picture is exact; else it is being refined.
    pub exact: bool,
}

/// A data set on the GPU and a target to draw it to.
#[derive(Debug)]
pub struct Stage {
    headless: Headless,
    target: wgpu::Texture,
    target_view: wgpu::TextureView,
    target_px: [u32; 2],
    /// Low-resolution pictures may come first while the camera moves, as in the window.
    refines: bool,
    crowd: Option<Crowd>,
}

impl Stage {
    /// Uploads every drawing; `naive` draws all instances in every frame.
    pub fn open(dataset: &Arc<Dataset>, size_px: [u32; 2], naive: bool) -> Result<Self, HeadlessError> {
        let viewport = Viewport::new(size_px[0], size_px[1], 1.0);
        let gpu = GpuOptions::default();
        let mut headless = Headless::new(dataset, None, Settings::default(), viewport, &gpu, &mut unheard)?;
        headless.renderer.set_naive(naive);
        let target_px = [size_px[0] + INSPECTOR_PX, size_px[1]];
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_DST;
        let target = headless.renderer.gpu().flat_texture("bench target", target_px, PICTURE_FORMAT, usage)?;
        let target_view = target.create_view(&wgpu::TextureViewDescriptor::default());
        Ok(Self { headless, target, target_view, target_px, refines: false, crowd: None })
    }

    /// The GPU it draws with.
    pub fn gpu(&self) -> &Gpu {
        self.headless.renderer.gpu()
    }

    /// What its cameras run through.
    pub fn world(&self) -> World {
        let scene = &self.headless.scene;
        World {
            bounds: scene.placed().layout.bounds,
            viewport: scene.viewport(),
            rows: scene.rows(),
            crowd: self.crowd,
        }
    }

    /// Shows another layout.
    pub fn set_layout(&mut self, case: &Case) -> Result<(), HeadlessError> {
        let scene = &mut self.headless.scene;
        (scene.settings.layout, scene.settings.layout_params) = (case.kind, case.params());
        scene.set_layout(case.kind, case.columns(scene.rows()).as_ref(), false)?;
        self.crowd = case.is_crowded().then(|| Crowd::of(&scene.placed().layout, &scene.viewport()));
        Ok(())
    }

    /// Sets drawings on their way to another layout.
    pub fn glide_to(&mut self, case: &Case) -> Result<(), HeadlessError> {
        let from = self.headless.scene.departure();
        self.set_layout(case)?;
        self.headless.scene.glide_from(from);
        Ok(())
    }

    /// Makes a layout as if it had never been shown, sets drawings on their way to it, and draws the first frame of that.
    pub fn switch_to(&mut self, case: &Case, columns: Option<&Columns>) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        let scene = &mut self.headless.scene;
        let from = scene.departure();
        (scene.settings.layout, scene.settings.layout_params) = (case.kind, case.params());
        let request = scene.request(case.kind, columns);
        let mut made = None;
        request.make(Known { columns, ..Known::default() }, Progress::NONE, &mut |layout| {
            made = Some(layout);
            Ok(())
        })?;
        if let Some(made) = made {
            scene.keep_placement(&request, made);
            scene.settle_placement(&request);
        }
        scene.set_layout(case.kind, columns, false)?;
        scene.glide_from(from);
        scene.set_glide_part(0.0);
        self.finish(start, Overlay::default(), None)
    }

    /// Gives rows a look, out of sight; all layouts that follow have it.
    pub fn set_look(&mut self, look: Look) -> Result<(), HeadlessError> {
        let rows = self.headless.scene.rows();
        self.restyle(&look.appearance(), &Look::columns(rows)).map(drop)
    }

    /// Moves drawings on their way and draws the scatter.
    pub fn glide_frame(&mut self, part: f64) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        self.headless.scene.set_glide_part(part);
        self.finish(start, Overlay::default(), None)
    }

    /// Moves the camera; the next frame shows it.
    pub fn look(&mut self, camera: Camera) {
        self.headless.scene.apply(Action::SetCamera(camera));
    }

    /// Shows strokes in place of pixels, and reads those of all that is in sight along a path.
    pub fn show_strokes(&mut self, dataset: &Dataset, path: impl Iterator<Item = Camera>) -> Result<(), HeadlessError> {
        self.headless.scene.settings.strokes = true;
        let mut rows = Vec::new();
        for camera in path {
            self.look(camera);
            rows.extend(self.headless.scene.in_strokes().into_iter().map(|drawing| drawing.row));
        }
        self.headless.read_strokes_of(dataset, rows)
    }

    /// How many drawings are shown by their strokes.
    pub fn in_strokes(&self) -> usize {
        self.headless.renderer.shown_in_strokes(&self.headless.scene.in_strokes())
    }

    /// From now on every frame is exact, or low-resolution ones may come first while the camera moves.
    pub fn set_refining(&mut self, refines: bool) {
        self.refines = refines;
    }

    /// Draws, out of sight, what any zoom of the layout will need, as the window does when nobody moves.
    pub fn warm_up(&mut self) -> Result<(), HeadlessError> {
        let Headless { scene, renderer, .. } = &mut self.headless;
        renderer.hold(scene);
        let mut warm_up = WarmUp::default();
        while warm_up.can_step(scene, renderer) {
            warm_up.step(renderer);
            renderer.gpu().wait()?;
            warm_up.set_landed();
        }
        Ok(())
    }

    /// Moves the camera and draws the scatter.
    pub fn frame(&mut self, camera: Camera) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        self.headless.scene.apply(Action::SetCamera(camera));
        self.finish(start, Overlay::default(), None)
    }

    /// Gives rows other looks and draws the scatter.
    pub fn restyle(&mut self, appearance: &Appearance, columns: &Columns) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        let scene = &mut self.headless.scene;
        scene.settings.appearance = appearance.clone();
        scene.restyle(Some(columns))?;
        self.finish(start, Overlay::default(), None)
    }

    /// Selects what a lasso encloses and draws the scatter.
    pub fn lasso(&mut self, region: &Region) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        self.headless.scene.select_region(region, Combine::Replace);
        self.finish(start, Overlay::default(), None)
    }

    /// Selects rows, out of sight.
    pub fn select(&mut self, selection: Selection) {
        self.headless.scene.select(selection);
    }

    /// Moves the camera and draws until the picture is exact; the time is that of all frames together.
    pub fn settle(&mut self, camera: Camera) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        let mut shown = self.frame(camera)?;
        while !shown.exact {
            // The window draws the exact picture when the camera has stood still for a while: that belongs to the time.
            if let Some(due) = self.headless.driver.due(Instant::now()) {
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            shown = self.finish(start, Overlay::default(), None)?;
        }
        Ok(Shown { ms: ms_since(start), ..shown })
    }

    /// Asks what is at a pixel and waits for the answer; also tells how long that took, ms.
    pub fn pick(&mut self, at: [i32; 2]) -> Result<(Option<PickHit>, f64), HeadlessError> {
        let start = Instant::now();
        let hit = self.headless.pick(at, HOVER_RADIUS_PX)?;
        Ok((hit, ms_since(start)))
    }

    /// The pointer comes to a pixel, the camera moves with it or not: asks, waits for the answer, and draws the frame that
    /// shows it with card, crosshair and inspector.
    pub fn hover(&mut self, at: [i32; 2], camera: Option<Camera>) -> Result<Shown, HeadlessError> {
        let start = Instant::now();
        if let Some(camera) = camera {
            self.headless.scene.apply(Action::SetCamera(camera));
        }
        let row = self.headless.pick(at, HOVER_RADIUS_PX)?.map(|hit| hit.row);
        let overlay = Overlay {
            cards: row.and_then(|row| self.headless.scene.card(row, false)).into_iter().collect(),
            crosshair_px: row.map(|_| at.map(|px| px as f32)),
            ..Overlay::default()
        };
        self.finish(start, overlay, row)
    }

    /// Draws a frame to its end, by the driver that the window has.
    fn finish(&mut self, start: Instant, over: Overlay, inspected: Option<Row>) -> Result<Shown, HeadlessError> {
        let Headless { scene, renderer, driver, .. } = &mut self.headless;
        renderer.hold(scene);
        let viewport = scene.viewport();
        let picture = scene.picture();
        let plan = if self.refines {
            driver.plan(renderer, picture, Instant::now())
        } else {
            Plan { picture, budget: DrawBudget::ALL }
        };
        let rect = PxRect::of_size([viewport.width_px, viewport.height_px]);
        let beside = PxRect { left: rect.width, top: 0, width: INSPECTOR_PX, height: INSPECTOR_PX };
        let Overlay { cards, crosshair_px, .. } = over;
        let overlay = Overlay { cards, crosshair_px, ..scene.overlay() };
        let content = Content::Scatter(Box::new(plan.picture.clone()), Box::new(overlay));
        let mut views = vec![View { rect, content }];
        let drawing = |row| View { rect: beside, content: Content::Drawing(DrawingPicture::whole(row)) };
        views.extend(inspected.map(drawing));
        let frame = Frame {
            target_px: self.target_px,
            scale: viewport.scale,
            theme: scene.theme(),
            colormap: scene.colormap(),
            views,
        };
        let gpu = Arc::clone(renderer.gpu());
        let submitted_at = Instant::now();
        let submitted = driver.draw(renderer, &frame, &plan)?;
        let redrawn = submitted.as_ref().is_some_and(|submitted| submitted.redrawn == Redrawn::Everything);
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let clear = wgpu::LoadOp::Clear(wgpu::Color::BLACK);
        let target = Target { view: &self.target_view, texture: Some(&self.target) };
        renderer.compose(&frame, clear, &target, &mut encoder)?;
        gpu.queue.submit([encoder.finish()]);
        // As in the window, nobody waits between the two but for the time that decides on the next picture.
        if let Some((drawn, submission)) =
            submitted.and_then(|submitted| Some((submitted.drawn?, submitted.submission)))
            && self.refines
        {
            gpu.wait_until(&submission)?;
            driver.record_gpu_time(&drawn, submitted_at.elapsed());
        }
        gpu.wait()?;
        Ok(Shown { ms: ms_since(start), redrawn, exact: renderer.is_exact() })
    }
}

/// Milliseconds since an instant.
pub fn ms_since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
