//! Paints captions, axes, labels of blocks, a legend, links and a lasso over the scatter's picture, with the same type as the panels.

mod axes;
mod captions;
mod legend;

pub use legend::{LegendPlaces, legend_places};

use super::context::Gpu;
use super::meshes::{Canvas, MeshPainter};
use crate::scene::frame::{Frame, PxRect};
use crate::scene::overlay::{AxesMarks, BlockLabel, Caption, Legend, Overlay};
use crate::scene::palette::{Palette, Theme};
use crate::scene::picture::ScatterPicture;
use egui::epaint::ClippedPrimitive;
use egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Painter, Rect, TextureId};
use std::sync::Arc;

/// Tallest type of a label, logical pixels.
const TYPE_PX: f32 = 13.0;
/// Below this height in logical pixels a label would not be readable and is left out.
const LEAST_PX: f32 = 8.0;
/// Room that a label's detail must have, in heights of its type: less would show a letter or two.
const DETAIL_ROOM: f32 = 3.5;
/// Part of the gap that the type takes.
const FILL: f32 = 0.78;

/// The legend as it was painted last.
const LEGEND: TextureId = TextureId::User(0);

/// Lays text out with egui and paints it. What was laid out last is kept: a frame that changes no label costs its triangles, and those
/// of a legend, a thousand, are painted once.
pub struct LabelPainter {
    context: egui::Context,
    painter: MeshPainter,
    laid_out: Option<(Key, Vec<ClippedPrimitive>)>,
    /// What the painted legend hangs on, and where it lies, in points.
    legend: Option<(LegendKey, Rect)>,
}

/// What decides how a legend looks.
type LegendKey = (Arc<Legend>, Theme, f32, [u32; 2]);

/// What decides how labels lie.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    axes: Option<AxesMarks>,
    labels: Vec<BlockLabel>,
    legend: Option<Arc<Legend>>,
    links: Vec<[[f32; 2]; 2]>,
    lasso: Vec<[f32; 2]>,
    captions: Vec<Caption>,
    theme: Theme,
    scale: f32,
    /// Of the viewport; where that lies in a target changes nothing.
    size_px: [u32; 2],
}

impl Key {
    fn legend(&self) -> Option<LegendKey> {
        Some((Arc::clone(self.legend.as_ref()?), self.theme, self.scale, self.size_px))
    }

    /// The viewport in points.
    fn screen(&self) -> Rect {
        let size = egui::vec2(self.size_px[0] as f32, self.size_px[1] as f32) / self.scale;
        Rect::from_min_size(egui::Pos2::ZERO, size)
    }
}

impl std::fmt::Debug for LabelPainter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LabelPainter").finish_non_exhaustive()
    }
}

impl LabelPainter {
    /// A painter into targets of `format`, with nothing on the GPU yet.
    pub fn new(gpu: &Gpu, format: wgpu::TextureFormat) -> Self {
        let context = egui::Context::default();
        context.set_fonts(crate::fonts::definitions());
        Self { context, painter: MeshPainter::new(gpu, format), laid_out: None, legend: None }
    }

    /// Paints what an overlay has of them into a rectangle of a frame's target that shows a `tile` of a viewport, or all of it. They are laid out as if it lay in the target's corner and moved by whole
    /// pixels: a window shows them byte for byte as a picture without one does.
    pub fn paint(
        &mut self,
        gpu: &Gpu,
        (picture, overlay): (&ScatterPicture, &Overlay),
        frame: &Frame,
        rect: PxRect,
        target: &wgpu::TextureView,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let Overlay { axes, labels, legend, captions, links_px: links, lasso_px: lasso, .. } = overlay;
        let has_lines = axes.is_some() || !links.is_empty() || !lasso.is_empty();
        let has_texts = !labels.is_empty() || legend.is_some() || !captions.is_empty();
        if !(has_lines || has_texts) || rect.is_empty() {
            return;
        }
        let scale = frame.scale as f32;
        let size_px = if picture.tile.is_some() { picture.view.size_px } else { rect.size() };
        let (axes, labels, legend) = (axes.clone(), labels.clone(), legend.clone());
        let (links, lasso, captions) = (links.clone(), lasso.clone(), captions.clone());
        let key = Key { axes, labels, legend, links, lasso, captions, theme: frame.theme, scale, size_px };
        let kept = self.laid_out.take().filter(|(known, _)| *known == key);
        let (key, jobs) = kept.unwrap_or_else(|| {
            let legend = self.painted_legend(gpu, &key, encoder);
            let jobs = self.tessellate(gpu, &key, |painter| lay_out(painter, &key, legend));
            (key, jobs)
        });
        let tile = picture.part();
        let (origin_px, from_px) = ([rect.left, rect.top], [tile.left, tile.top]);
        let canvas = Canvas { view: target, origin_px, size_px: rect.size(), from_px, pixels_per_point: scale };
        self.painter.paint(gpu, &jobs, canvas, encoder);
        self.laid_out = Some((key, jobs));
    }

    /// Where the legend lies, painted in a texture of its own.
    fn painted_legend(&mut self, gpu: &Gpu, key: &Key, encoder: &mut wgpu::CommandEncoder) -> Option<Rect> {
        let wanted = key.legend()?;
        if let Some((_, rect)) = self.legend.as_ref().filter(|(known, _)| *known == wanted) {
            return Some(*rect);
        }
        let mut card = None;
        let jobs = self.tessellate(gpu, key, |painter| card = legend::lay_out(painter, &wanted.0, key));
        // Whole pixels, so that it is shown as it was painted, and the soft edge around it.
        let px = (card? * key.scale).expand(1.0).intersect(key.screen() * key.scale);
        let px = Rect::from_min_max(px.min.floor(), px.max.ceil());
        let size_px: [f32; 2] = px.size().max(egui::Vec2::splat(1.0)).into();
        let rect = Rect::from_min_size(px.min, size_px.into()) / key.scale;
        let part = (<[f32; 2]>::from(px.min).map(|at| at as u32), size_px.map(|side| side as u32), key.scale);
        self.painter.set_painted(gpu, LEGEND, &jobs, part, encoder);
        self.legend = Some((wanted, rect));
        Some(rect)
    }

    fn tessellate(&mut self, gpu: &Gpu, key: &Key, mut lay_out: impl FnMut(&Painter)) -> Vec<ClippedPrimitive> {
        let mut input = egui::RawInput { screen_rect: Some(key.screen()), ..egui::RawInput::default() };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(key.scale);
        }
        let mut output = self.context.run_pass(input, |context| {
            lay_out(&context.layer_painter(egui::LayerId::background()).with_clip_rect(key.screen()));
        });
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                self.painter.set_texture(gpu, id, &delta);
            }
        }
        for id in output.textures_delta.free.drain() {
            self.painter.free_texture(id);
        }
        self.context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point)
    }
}

/// `legend`: where the painted one lies.
fn lay_out(painter: &Painter, key: &Key, legend: Option<Rect>) {
    captions::lay_out(painter, key);
    if let Some(axes) = &key.axes {
        axes::lay_out(painter, axes, key);
    }
    lay_out_labels(painter, key);
    if let Some(rect) = legend {
        painter.image(LEGEND, rect, Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0)), Color32::WHITE);
    }
    lay_out_links(painter, key);
    lay_out_lasso(painter, key);
}

/// Thin lines in two tones, as the lasso's.
fn lay_out_links(painter: &Painter, key: &Key) {
    let palette = Palette::of(key.theme);
    for (width, color) in [(3.0, palette.ground), (1.0, palette.hover)] {
        for link in &key.links {
            let ends = link.map(|[x, y]| egui::pos2(x, y) / key.scale);
            painter.add(egui::Shape::line_segment(ends, egui::Stroke::new(width, rgb(color))));
        }
    }
}

/// The closed line in two tones, so that it reads on paper and on ink.
fn lay_out_lasso(painter: &Painter, key: &Key) {
    if key.lasso.is_empty() {
        return;
    }
    let palette = Palette::of(key.theme);
    let points: Vec<_> = key.lasso.iter().map(|&[x, y]| egui::pos2(x, y) / key.scale).collect();
    for (width, color) in [(3.0, palette.ground), (1.0, palette.selection)] {
        painter.add(egui::Shape::closed_line(points.clone(), egui::Stroke::new(width, rgb(color))));
    }
}

fn lay_out_labels(painter: &Painter, key: &Key) {
    let (palette, scale) = (Palette::of(key.theme), key.scale);
    for label in &key.labels {
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
        let bottom = (label.top_px + label.height_px) / scale;
        let baseline = egui::pos2(label.left_px / scale, bottom - galley.size().y - 1.0);
        painter.galley(baseline, galley, rgb(palette.ink));
    }
}

fn rgb([r, g, b]: [u8; 3]) -> Color32 {
    Color32::from_rgb(r, g, b)
}
