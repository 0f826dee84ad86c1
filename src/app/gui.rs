//! egui in the window: input, layout, painting. Its textures are mirrored here, so that a new device gets them whole.

use super::Wake;
use super::damage::Layers;
use super::panel_layer::PanelLayer;
use super::ui::{self, UiModel, UiOutput, UiState};
use crate::gpu::context::Gpu;
use crate::gpu::meshes::{Canvas, MeshPainter};
use crate::gpu::pass::Target;
use egui::epaint::{ClippedShape, ImageDelta};
use egui::{ColorImage, ImageData, TextureId};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::Window;

/// egui with its painter.
pub struct Gui {
    context: egui::Context,
    input: egui_winit::State,
    painter: MeshPainter,
    textures: HashMap<TextureId, ImageDelta>,
    panels: Option<PanelLayer>,
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
    layers: Layers,
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
        let (painter, textures) = (MeshPainter::new(gpu, format), HashMap::new());
        Self { context, input, painter, textures, panels: None, state: UiState::new() }
    }

    /// Gives all textures to a new device.
    pub fn rebuild(&mut self, gpu: &Gpu, format: wgpu::TextureFormat) {
        self.painter = MeshPainter::new(gpu, format);
        self.panels = None;
        for (id, whole) in &self.textures {
            self.painter.set_texture(gpu, *id, whole);
        }
    }

    /// Holds a scale that was asked for against the window's own, which may have changed.
    pub fn hold_scale(&self, window: &Window, scale: f64) {
        self.context.set_zoom_factor((scale / window.scale_factor()) as f32);
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

    /// Puts an image on the clipboard, with the next frame.
    pub fn copy_image(&mut self, image: ColorImage) {
        self.context.copy_image(image);
    }

    /// Physical pixels per logical point.
    pub fn scale(&self, window: &Window) -> f64 {
        f64::from(egui_winit::pixels_per_point(&self.context, window))
    }

    /// The dialog has closed, whatever opens before the next frame.
    pub fn close_dialog(&mut self) {
        self.state.close_dialog();
    }

    /// Lays the panels out.
    pub fn run(&mut self, window: &Window, gpu: &Gpu, model: &UiModel<'_>) -> GuiFrame {
        let raw = self.input.take_egui_input(window);
        let mut output: Option<UiOutput> = None;
        let state = &mut self.state;
        // egui lays a frame out again where a size turned out otherwise than expected: what was asked for comes in the first pass.
        let mut full = self.context.run_ui(raw, |ui| {
            let asked = output.take().map(|output| output.actions).unwrap_or_default();
            let mut now = ui::show(ui, model, state);
            now.actions.splice(0..0, asked);
            output = Some(now);
        });
        // A field that is gone has lost the keyboard by now, and perhaps no frame follows that would tell.
        if let Some(output) = &mut output {
            let is_theirs = self.context.text_edit_focused() || self.context.any_popup_open();
            output.wants_keyboard &= model.dialog != ui::Dialog::None || is_theirs || output.takes_keys;
        }
        self.input.handle_platform_output(window, full.platform_output);
        for (id, deltas) in full.textures_delta.set.drain() {
            for delta in deltas {
                // Glyphs may lie elsewhere in a texture that comes whole.
                if let (Some(panels), true) = (&mut self.panels, delta.is_whole()) {
                    panels.forget();
                }
                self.painter.set_texture(gpu, id, &delta);
                mirror(&mut self.textures, id, delta);
            }
        }
        let repaint_after =
            full.viewport_output.get(&egui::ViewportId::ROOT).map_or(Duration::MAX, |viewport| viewport.repaint_delay);
        let output = output.unwrap_or_default();
        let layers = Layers::divide(full.shapes, &output.panels, &output.pictures());
        GuiFrame {
            output,
            repaint_after,
            pixels_per_point: full.pixels_per_point,
            layers,
            freed: full.textures_delta.free.drain().collect(),
        }
    }

    /// Puts the panels of a laid-out frame on a target, painting what has changed in them.
    pub fn show_panels(
        &mut self,
        gpu: &Gpu,
        frame: &mut GuiFrame,
        target: &Target<'_>,
        size_px: [u32; 2],
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let shapes = std::mem::take(&mut frame.layers.panels);
        let scale = frame.pixels_per_point;
        let kept = target.texture.filter(|texture| texture.usage().contains(wgpu::TextureUsages::COPY_DST));
        let Some((texture, mut layer)) = kept.and_then(|texture| Some((texture, self.layer(gpu, texture)?))) else {
            self.paint(
                gpu,
                shapes,
                Canvas { view: target.view, origin_px: [0; 2], size_px, from_px: [0; 2], pixels_per_point: scale },
                encoder,
            );
            return;
        };
        let stale = layer.stale(&shapes, &frame.output.panels, scale);
        if !stale.is_empty() {
            self.paint(
                gpu,
                stale,
                Canvas { view: layer.view(), origin_px: [0; 2], size_px, from_px: [0; 2], pixels_per_point: scale },
                encoder,
            );
        }
        layer.took(shapes, &frame.output.panels, scale);
        layer.copy(texture, encoder);
        self.panels = Some(layer);
    }

    /// The layer that fits a target; `None` where the GPU has no memory for one.
    fn layer(&mut self, gpu: &Gpu, target: &wgpu::Texture) -> Option<PanelLayer> {
        if let Some(layer) = self.panels.take().filter(|layer| layer.fits(target)) {
            return Some(layer);
        }
        let made = PanelLayer::new(gpu, [target.width(), target.height()], target.format());
        // The window looks the same without one; that memory is short is told of where something is missing.
        made.inspect_err(|error| tracing::debug!("panels are painted anew each frame: {error}")).ok()
    }

    /// Paints what lies over panels and viewports.
    pub fn show_over(
        &mut self,
        gpu: &Gpu,
        frame: &mut GuiFrame,
        target: &wgpu::TextureView,
        size_px: [u32; 2],
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let shapes = std::mem::take(&mut frame.layers.over);
        if !shapes.is_empty() {
            let canvas = Canvas {
                view: target,
                origin_px: [0; 2],
                size_px,
                from_px: [0; 2],
                pixels_per_point: frame.pixels_per_point,
            };
            self.paint(gpu, shapes, canvas, encoder);
        }
        for id in &frame.freed {
            self.painter.free_texture(*id);
            self.textures.remove(id);
        }
    }

    fn paint(&self, gpu: &Gpu, shapes: Vec<ClippedShape>, canvas: Canvas<'_>, encoder: &mut wgpu::CommandEncoder) {
        let primitives = self.context.tessellate(shapes, canvas.pixels_per_point);
        self.painter.paint(gpu, &primitives, canvas, encoder);
    }
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
