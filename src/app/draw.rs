//! One frame: panels laid out, the scatter and its highlights, the drawings on panels and cards, presented and logged.

use super::gui::GuiFrame;
use super::model::{ModelTexts, to_px};
use super::shell::drawn_format;
use super::state::App;
use super::ui::DrawingSlot;
use crate::data::Row;
use crate::gpu::convert::Converter;
use crate::gpu::pass::Target;
use crate::gpu::pick::PickQuestion;
use crate::scene::Scene;
use crate::scene::camera::Viewport;
use crate::scene::frame::{Content, DrawingPicture, Frame, View};
use crate::scene::palette::Palette;
use crate::scene::picture::ScatterPicture;
use crate::viewer::driver::Plan;
use std::time::{Duration, Instant};
use winit::event_loop::ActiveEventLoop;

/// A frame that could not be shown is tried again after a rest, so often; after that, when something happens.
const UNSHOWN_RETRIES: u32 = 10;
const UNSHOWN_REST: Duration = Duration::from_millis(200);

impl App {
    pub(super) fn draw(&mut self, event_loop: &ActiveEventLoop) {
        let start = Instant::now();
        match &self.shell {
            None => return,
            Some(shell) if shell.gpu.is_lost() => return self.recover(event_loop),
            Some(_) => {}
        }
        self.inject_faults();
        // Whatever it is drawn for, this frame shows how far a load has come.
        self.progress_at = None;
        self.step_glide();
        let plan = self.plan_picture();
        let hovered = self.hovered();
        let row = hovered.map(|(row, _)| row);
        if let Some(row) = row {
            self.last_hovered = Some(Row(row));
        }
        self.follow_alike();
        self.follow_original();
        self.follow_hand();
        self.follow_together();
        self.follow_by_stroke();
        let texts = ModelTexts::new(self, row);
        let Some(mut shell) = self.shell.take() else { return };
        let mut gui = {
            let lists = self.lists(&texts);
            let model = self.model(&texts, row, &lists);
            shell.gui.run(&shell.window, &shell.gpu, &model)
        };
        self.shell = Some(shell);
        let moved = self.take_over(&gui);
        let plan = if moved { self.plan_picture() } else { plan };
        // A viewport that has just changed shows nothing as hovered: the question was another one. Nor does one that a panel,
        // a notice or a dialog has just come over.
        let covered = hovered.is_some() && self.scatter_pointer().is_none();
        let hovered = hovered.filter(|_| !moved && !covered);
        self.ask();
        let redrawn = self.present(&mut gui, hovered.map(|(row, _)| row), plan.as_ref());
        self.frame_ms = Some(start.elapsed().as_secs_f32() * 1e3);
        if let Some(redrawn) = redrawn {
            self.shown_row = hovered.map(|(row, _)| row);
            self.serial += 1;
            self.log_frame(hovered, redrawn, &gui);
            self.shown_at = Some(Instant::now());
        }
        self.await_refinement();
        if self.exact_at.is_none() && !self.is_gliding() && std::mem::take(&mut self.save_when_exact) {
            self.save();
        }
        self.on_actions(gui.output.actions);
        if self.warm_up_at.is_none()
            && self.session.as_ref().is_some_and(|session| session.warm_up.is_due(&session.scene))
        {
            self.warm_up();
        }
        self.wake_after(gui.repaint_after);
        if moved || covered || self.is_gliding() {
            self.redraw();
        }
        self.unshown = if redrawn.is_some() { 0 } else { self.unshown + 1 };
        if redrawn.is_some() {
            self.play(redrawn, event_loop);
        } else if self.unshown <= UNSHOWN_RETRIES {
            self.wake_after(UNSHOWN_REST);
        }
    }

    /// Takes over what the panels left; returns whether the scatter viewport changed, or the camera with it.
    fn take_over(&mut self, gui: &GuiFrame) -> bool {
        let scale = gui.pixels_per_point;
        let rect = to_px(gui.output.scatter_rect, scale);
        self.picture_rect = gui.output.inspector_picture_rect.map(|rect| to_px(rect, scale));
        self.covered = gui.output.covered.iter().map(|&rect| to_px(rect, scale)).collect();
        self.keyboard_taken = gui.output.wants_keyboard;
        self.dialog_unsettled = false;
        self.text_selected = gui.output.has_text_selection;
        let moved = rect != self.scatter_rect;
        self.scatter_rect = rect;
        self.over_panel = gui.output.wants_pointer;
        let viewport = Viewport::new(rect.width.max(1), rect.height.max(1), f64::from(scale));
        let flash = gui.output.flash.filter(|_| !self.save_when_exact);
        let Some(session) = &mut self.session else { return moved };
        let flashes = session.scene.flash(flash);
        let resized = session.resize(viewport);
        let fresh = std::mem::take(&mut session.fresh);
        if fresh {
            // `--zoom` and `--center` are meant for the viewport that there really is.
            session.scene.start_camera();
        }
        resized || moved || fresh || flashes
    }

    /// Asks what is under the pointer, unless that is known.
    fn ask(&mut self) {
        let (question, serial): (Option<PickQuestion>, u64) = (self.question(), self.serial);
        if let (Some(session), Some(question)) = (&mut self.session, question)
            && !session.hover.is_answered(&question)
        {
            session.ask(question, serial);
        }
    }

    /// Draws and presents; `None` when nothing could be shown, else whether the scatter was drawn anew.
    fn present(&mut self, gui: &mut GuiFrame, hovered: Option<u32>, plan: Option<&Plan>) -> Option<bool> {
        let size = self.shell.as_ref()?.surface.size_px();
        let frame = plan.and_then(|plan| self.frame(size, hovered, plan.picture.clone()));
        let [on_panels, on_cards] = [false, true].map(|on_card| self.drawings_frame(size, gui, on_card));
        let theme = self.theme();
        let redrawn = frame.as_ref().zip(plan).is_some_and(|(frame, plan)| self.update_scatter(frame, plan));
        let shell = self.shell.as_mut()?;
        let (texture, reconfigure) = shell.surface.acquire(&shell.gpu, &shell.instance, &shell.window)?;
        let surface_view = texture.texture.create_view(&wgpu::TextureViewDescriptor::default());
        let converter = shell.surface.converts().then(|| Converter::new(&shell.gpu, size, shell.surface.format()));
        // A surface that encodes by itself is drawn to by the converting pass alone.
        let into = match &converter {
            Some(Ok(converter)) => converter.target(),
            Some(Err(error)) => {
                self.complain_of_gpu(error);
                return None;
            }
            None => Target { view: &surface_view, texture: Some(&texture.texture) },
        };
        debug_assert!(converter.is_some() || drawn_format(&shell.surface) == shell.surface.format());
        let mut encoder =
            shell.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("frame") });
        let ground = Palette::of(theme).ground.map(|byte| f64::from(byte) / 255.0);
        let clear = wgpu::LoadOp::Clear(wgpu::Color { r: ground[0], g: ground[1], b: ground[2], a: 1.0 });
        let mut failed = Ok(());
        let mut render = |frame: &Frame, load, encoder: &mut wgpu::CommandEncoder| {
            if let Some(session) = &mut self.session
                && let Err(error) = session.renderer.compose(frame, load, &into, encoder)
            {
                failed = Err(error);
            }
        };
        match &frame {
            Some(frame) => render(frame, clear, &mut encoder),
            None => drop(crate::gpu::pass::begin(&mut encoder, "ground", into.view, clear)),
        }
        shell.gui.show_panels(&shell.gpu, gui, &into, size, &mut encoder);
        if let Some(drawings) = &on_panels {
            render(drawings, wgpu::LoadOp::Load, &mut encoder);
        }
        shell.gui.show_over(&shell.gpu, gui, into.view, size, &mut encoder);
        if let Some(drawings) = &on_cards {
            render(drawings, wgpu::LoadOp::Load, &mut encoder);
        }
        if let Some(Ok(converter)) = &converter {
            converter.encode(&shell.gpu, &surface_view, &mut encoder);
        }
        let submission = shell.gpu.queue.submit([encoder.finish()]);
        if let Some(session) = &self.session {
            session.waiter.follow(submission);
        }
        shell.window.pre_present_notify();
        shell.gpu.queue.present(texture);
        if reconfigure {
            shell.surface.configure(&shell.gpu);
        }
        if let Err(error) = failed {
            self.complain_of_gpu(&error);
        }
        Some(redrawn)
    }

    /// The scatter under the panels; `None` while nothing is open.
    fn frame(&self, target_px: [u32; 2], hovered: Option<u32>, picture: ScatterPicture) -> Option<Frame> {
        let session = self.session.as_ref()?;
        let scene = &session.scene;
        let mut overlay = scene.overlay();
        let pin = scene.pin();
        let first = self.comparing.first().filter(|&row| pin != Some(row) && row.0 < scene.rows_ready());
        overlay.cards.extend(first.and_then(|row| scene.card(row, true)));
        // The hovered drawing lies on top of the pinned one.
        overlay.cards.extend(pin.filter(|row| row.0 < scene.rows_ready()).and_then(|row| scene.card(row, true)));
        overlay.cards.extend(hovered.filter(|&row| pin != Some(Row(row))).and_then(|row| scene.card(Row(row), false)));
        overlay.found_px = scene.marks_in_sight(self.found());
        overlay.links_px = session.links(hovered.map(Row).or(pin));
        self.show_drag(&mut overlay);
        let dragging = self.press.is_some_and(|press| press.dragged);
        overlay.crosshair_px =
            self.scatter_pointer().filter(|_| !dragging && hovered.is_some()).map(|at| at.as_vec2().to_array());
        let content = Content::Scatter(Box::new(picture), Box::new(overlay));
        let views = [Some(View { rect: self.scatter_rect, content }), self.minimap_view()];
        Some(self.frame_of(target_px, scene, views.into_iter().flatten().collect()))
    }

    /// The drawings on panels, which lie under egui's frames and texts, or those on cards, which lie over everything.
    fn drawings_frame(&self, target_px: [u32; 2], gui: &GuiFrame, on_card: bool) -> Option<Frame> {
        let scene = &self.session.as_ref()?.scene;
        let slots = gui.output.drawings.iter().filter(|slot| slot.on_card == on_card);
        let views: Vec<View> = slots.filter_map(|slot| drawing_view(slot, gui.pixels_per_point)).collect();
        (!views.is_empty()).then(|| self.frame_of(target_px, scene, views))
    }

    fn frame_of(&self, target_px: [u32; 2], scene: &Scene, views: Vec<View>) -> Frame {
        Frame { target_px, scale: self.scale(), theme: scene.theme(), colormap: scene.colormap(), views }
    }
}

/// The view of a drawing that panels show; `None` where nothing of it is seen.
fn drawing_view(slot: &DrawingSlot, pixels_per_point: f32) -> Option<View> {
    let rect = to_px(slot.seen, pixels_per_point);
    if rect.is_empty() {
        return None;
    }
    let px = |at: f32| (at * pixels_per_point).round() as i64;
    let beyond = |from: i64, to: i64| u32::try_from(to - from).unwrap_or(0);
    let (left, top) = (i64::from(rect.left), i64::from(rect.top));
    let (right, bottom) = (left + i64::from(rect.width), top + i64::from(rect.height));
    let hidden_px = [
        beyond(px(slot.rect.left()), left),
        beyond(px(slot.rect.top()), top),
        beyond(right, px(slot.rect.right())),
        beyond(bottom, px(slot.rect.bottom())),
    ];
    let picture = DrawingPicture { hidden_px, ..DrawingPicture::whole(Row(slot.row)) };
    Some(View { rect, content: Content::Drawing(picture) })
}
