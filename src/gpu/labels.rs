//! Paints the labels of blocks onto the scatter's picture, with the same type as the panels.

use super::context::Gpu;
use super::meshes::{Canvas, MeshPainter};
use crate::scene::frame::ScatterPicture;
use crate::scene::palette::Palette;
use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};

/// Tallest type of a label, logical pixels.
const TYPE_PX: f32 = 13.0;
/// Below this height in logical pixels a label would not be readable and is left out.
const LEAST_PX: f32 = 8.0;
/// Room that a label's detail must have, in heights of its type: less would show a letter or two.
const DETAIL_ROOM: f32 = 3.5;
/// Part of the gap that the type takes.
const FILL: f32 = 0.78;

/// Lays text out with egui and paints it.
pub struct LabelPainter {
    context: egui::Context,
    painter: MeshPainter,
}

impl std::fmt::Debug for LabelPainter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LabelPainter").finish_non_exhaustive()
    }
}

impl LabelPainter {
    /// A painter for pictures of `format`, with nothing on the GPU yet.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat) -> Self {
        let context = egui::Context::default();
        context.set_fonts(crate::fonts::definitions());
        Self { context, painter: MeshPainter::new(gpu, format) }
    }

    /// Paints the labels of a picture over it.
    pub fn paint(
        &mut self,
        gpu: &Gpu,
        wanted: &ScatterPicture,
        target: &wgpu::TextureView,
        size_px: [u32; 2],
        encoder: &mut wgpu::CommandEncoder,
    ) {
        if wanted.labels.is_empty() {
            return;
        }
        let scale = wanted.scale as f32;
        let size = egui::vec2(size_px[0] as f32, size_px[1] as f32) / scale;
        let mut input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size)),
            ..egui::RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(scale);
        }
        self.context.set_pixels_per_point(scale);
        let mut output = self.context.run_pass(input, |context| lay_out(context, wanted, scale));
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                self.painter.set_texture(gpu, id, &delta);
            }
        }
        let jobs = self.context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let canvas = Canvas { view: target, size_px, pixels_per_point: output.pixels_per_point };
        self.painter.paint(gpu, &jobs, canvas, encoder);
        for id in output.textures_delta.free.drain() {
            self.painter.free_texture(id);
        }
    }
}

fn lay_out(context: &egui::Context, wanted: &ScatterPicture, scale: f32) {
    let palette = Palette::of(wanted.theme);
    let rgb = |[r, g, b]: [u8; 3]| egui::Color32::from_rgb(r, g, b);
    let painter = context.layer_painter(egui::LayerId::background());
    for label in &wanted.labels {
        let gap = label.height_px / scale;
        let points = (gap * FILL).min(TYPE_PX);
        if points < LEAST_PX {
            continue;
        }
        let format = |font_id, color| TextFormat { font_id, color, ..TextFormat::default() };
        let mut job = LayoutJob::default();
        job.append(&label.text, 0.0, format(crate::fonts::semibold(points), rgb(palette.ink)));
        job.wrap = TextWrapping {
            max_width: label.width_px / scale,
            max_rows: 1,
            break_anywhere: true,
            overflow_character: Some('…'),
        };
        let mut galley = painter.layout_job(job.clone());
        if galley.size().x + (0.5 + DETAIL_ROOM) * points <= job.wrap.max_width {
            job.append(&label.detail, points * 0.5, format(crate::fonts::regular(points), rgb(palette.secondary)));
            galley = painter.layout_job(job);
        }
        let baseline =
            egui::pos2(label.left_px / scale, (label.top_px + label.height_px) / scale - galley.size().y - 1.0);
        painter.galley(baseline, galley, rgb(palette.ink));
    }
}
