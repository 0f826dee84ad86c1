//! The panels as painted last, kept in a texture: a frame paints what has changed in them and copies the rest. On software GPUs
//! painting all panels anew takes longer than the scatter.

use super::damage::{damage, within};
use crate::gpu::context::{Gpu, GpuError};
use egui::Rect;
use egui::epaint::ClippedShape;

/// The kept texture and what it shows.
#[derive(Debug)]
pub struct PanelLayer {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
    shown: Vec<ClippedShape>,
    panels: Vec<Rect>,
    pixels_per_point: f32,
}

impl PanelLayer {
    /// A layer that shows nothing yet, as large as the window.
    pub fn new(gpu: &Gpu, size_px: [u32; 2], format: wgpu::TextureFormat) -> Result<Self, GpuError> {
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
        let texture = gpu.flat_texture("panels", size_px, format, usage)?;
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Ok(Self { texture, view, shown: Vec::new(), panels: Vec::new(), pixels_per_point: 0.0 })
    }

    /// Whether it fits a target.
    pub fn fits(&self, target: &wgpu::Texture) -> bool {
        self.texture.size() == target.size() && self.texture.format() == target.format()
    }

    /// What must be painted into [`PanelLayer::view`] so that it shows `shapes`, which lie in `panels` (points).
    pub fn stale(&self, shapes: &[ClippedShape], panels: &[Rect], pixels_per_point: f32) -> Vec<ClippedShape> {
        if self.panels != panels || self.pixels_per_point.to_bits() != pixels_per_point.to_bits() {
            return shapes.to_vec();
        }
        within(shapes, &damage(&self.shown, shapes, pixels_per_point))
    }

    /// It shows `shapes` now.
    pub fn took(&mut self, shapes: Vec<ClippedShape>, panels: &[Rect], pixels_per_point: f32) {
        self.shown = shapes;
        self.panels = panels.to_vec();
        self.pixels_per_point = pixels_per_point;
    }

    /// Forgets what it shows: all is painted anew.
    pub fn forget(&mut self) {
        self.pixels_per_point = 0.0;
    }

    /// What stale shapes are painted into.
    pub fn view(&self) -> &wgpu::TextureView {
        &self.view
    }

    /// Copies the panels into a target that it fits.
    pub fn copy(&self, target: &wgpu::Texture, encoder: &mut wgpu::CommandEncoder) {
        let most = [target.width(), target.height()];
        for panel in &self.panels {
            let px = |at: f32, most: u32| ((at * self.pixels_per_point).round().max(0.0) as u32).min(most);
            let (left, top) = (px(panel.min.x, most[0]), px(panel.min.y, most[1]));
            let (right, bottom) = (px(panel.max.x, most[0]), px(panel.max.y, most[1]));
            if right <= left || bottom <= top {
                continue;
            }
            let origin = wgpu::Origin3d { x: left, y: top, z: 0 };
            let size = wgpu::Extent3d { width: right - left, height: bottom - top, depth_or_array_layers: 1 };
            let from = wgpu::TexelCopyTextureInfo { origin, ..self.texture.as_image_copy() };
            let to = wgpu::TexelCopyTextureInfo { origin, ..target.as_image_copy() };
            encoder.copy_texture_to_texture(from, to, size);
        }
    }
}
