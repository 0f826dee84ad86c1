//! egui in the window: input, layout, painting. Its textures are mirrored here, so that a new device gets them whole.

use super::Wake;
use super::ui::{self, UiModel, UiOutput, UiState};
use crate::gpu::context::Gpu;
use egui::epaint::ImageDelta;
use egui::{ColorImage, ImageData, TextureId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::Window;

/// egui with its renderer.
pub struct Gui {
    context: egui::Context,
    input: egui_winit::State,
    renderer: egui_wgpu::Renderer,
    textures: HashMap<TextureId, ImageDelta>,
    state: UiState,
}

/// One frame of panels, laid out and ready to be painted.
pub struct GuiFrame {
    /// What the panels answered.
    pub output: UiOutput,
    /// When egui wants to be drawn again.
    pub repaint_after: Duration,
    /// Physical pixels per point.
    pub pixels_per_point: f32,
    primitives: Vec<egui::ClippedPrimitive>,
    freed: Vec<TextureId>,
}

impl Gui {
    /// egui for a window; `scale` overrides the window's scale factor.
    pub fn new(
        event_loop: &ActiveEventLoop,
        window: &Window,
        gpu: &Gpu,
        format: wgpu::TextureFormat,
        scale: Option<f64>,
        proxy: EventLoopProxy<Wake>,
    ) -> Self {
        let context = egui::Context::default();
        ui::install(&context);
        if let Some(scale) = scale {
            context.set_zoom_factor((scale / window.scale_factor()) as f32);
        }
        let side = gpu.device.limits().max_texture_dimension_2d as usize;
        let mut input = egui_winit::State::new(
            context.clone(),
            egui::ViewportId::ROOT,
            window,
            Some(window.scale_factor() as f32),
            window.theme(),
            Some(side),
        );
        input.init_accesskit(event_loop, window, proxy);
        Self { context, input, renderer: renderer(gpu, format), textures: HashMap::new(), state: UiState::new() }
    }

    /// Gives all textures to a new device.
    pub fn rebuild(&mut self, gpu: &Gpu, format: wgpu::TextureFormat) {
        self.renderer = renderer(gpu, format);
        for (id, whole) in &self.textures {
            self.renderer.update_texture(&gpu.device, &gpu.queue, *id, whole);
        }
    }

    /// Hands an event to egui; returns (egui used it, egui wants to be drawn).
    pub fn on_event(&mut self, window: &Window, event: &winit::event::WindowEvent) -> (bool, bool) {
        let response = self.input.on_window_event(window, event);
        (response.consumed, response.repaint)
    }

    /// A screen reader's request.
    pub fn on_accessibility(&mut self, event: egui_winit::accesskit_winit::Event) {
        match event.window_event {
            egui_winit::accesskit_winit::WindowEvent::InitialTreeRequested => self.context.enable_accesskit(),
            egui_winit::accesskit_winit::WindowEvent::ActionRequested(request) => {
                self.input.on_accesskit_action_request(request);
            }
            egui_winit::accesskit_winit::WindowEvent::AccessibilityDeactivated => self.context.disable_accesskit(),
        }
    }

    /// Puts text on the clipboard.
    pub fn copy(&mut self, text: String) {
        self.input.set_clipboard_text(text);
    }

    /// Physical pixels per logical point.
    pub fn scale(&self, window: &Window) -> f64 {
        f64::from(egui_winit::pixels_per_point(&self.context, window))
    }

    /// Lays the panels out.
    pub fn run(&mut self, window: &Window, gpu: &Gpu, model: &UiModel<'_>) -> GuiFrame {
        let raw = self.input.take_egui_input(window);
        let mut output = None;
        let state = &mut self.state;
        let mut full = self.context.run_ui(raw, |ui| output = Some(ui::show(ui, model, state)));
        // A field that is gone has lost the keyboard by now, and perhaps no frame follows that would tell.
        if let Some(output) = &mut output {
            output.wants_keyboard &= model.dialog != ui::Dialog::None || self.context.text_edit_focused();
        }
        self.input.handle_platform_output(window, full.platform_output);
        for (id, deltas) in full.textures_delta.set.drain() {
            for delta in deltas {
                self.renderer.update_texture(&gpu.device, &gpu.queue, id, &delta);
                mirror(&mut self.textures, id, delta);
            }
        }
        let repaint_after =
            full.viewport_output.get(&egui::ViewportId::ROOT).map_or(Duration::MAX, |viewport| viewport.repaint_delay);
        GuiFrame {
            output: output.unwrap_or_else(UiOutput::new),
            repaint_after,
            pixels_per_point: full.pixels_per_point,
            primitives: self.context.tessellate(full.shapes, full.pixels_per_point),
            freed: full.textures_delta.free.drain().collect(),
        }
    }

    /// Paints a laid-out frame over a target.
    pub fn paint(
        &mut self,
        gpu: &Gpu,
        frame: &GuiFrame,
        target: &wgpu::TextureView,
        size_px: [u32; 2],
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let screen = egui_wgpu::ScreenDescriptor { size_in_pixels: size_px, pixels_per_point: frame.pixels_per_point };
        let extra = self.renderer.update_buffers(&gpu.device, &gpu.queue, encoder, &frame.primitives, &screen);
        gpu.queue.submit(extra);
        let pass = crate::gpu::pass::begin(encoder, "panels", target, wgpu::LoadOp::Load);
        self.renderer.render(&mut pass.forget_lifetime(), &frame.primitives, &screen);
        for id in &frame.freed {
            self.renderer.free_texture(id);
            self.textures.remove(id);
        }
    }
}

fn renderer(gpu: &Gpu, format: wgpu::TextureFormat) -> egui_wgpu::Renderer {
    let options = egui_wgpu::RendererOptions { dithering: false, ..egui_wgpu::RendererOptions::default() };
    egui_wgpu::Renderer::new(&gpu.device, format, options)
}

/// Applies a change to the copy of a texture.
fn mirror(textures: &mut HashMap<TextureId, ImageDelta>, id: TextureId, delta: ImageDelta) {
    let (Some([left, top]), Some(whole)) = (delta.pos, textures.get_mut(&id)) else {
        textures.insert(id, delta);
        return;
    };
    let ImageData::Color(patch) = &delta.image;
    let ImageData::Color(image) = &mut whole.image;
    let image: &mut ColorImage = Arc::make_mut(image);
    let [width, _] = image.size;
    for (y, line) in patch.pixels.chunks(patch.size[0].max(1)).enumerate() {
        let start = (top + y) * width + left;
        if let Some(target) = image.pixels.get_mut(start..start + line.len()) {
            target.copy_from_slice(line);
        }
    }
}
