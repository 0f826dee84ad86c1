//! The 256 colours of ink on the GPU, and the palette that rows take theirs from.

use super::bindings::BindGroupLayouts;
use super::context::Gpu;
use crate::scene::palette::{Colormap, Theme, color};
use crate::scene::rows::{OUTLINED_FROM_PX, Paint, RowTable};
use crate::scene::view::ScatterView;
use wgpu::util::DeviceExt;

/// The colours of one colour map and theme.
#[derive(Clone, Debug)]
pub struct Colors {
    /// Which they are.
    pub key: (Colormap, Theme),
    /// Whose palette they hold: the revision of its table of rows.
    pub rows_revision: u64,
    near: BoundColors,
    /// Where selected drawings are too small for an outline; `None` where none is selected.
    far: Option<BoundColors>,
}

/// Colours as passes bind them.
#[derive(Clone, Debug)]
pub struct BoundColors {
    /// 512 × 2 texels, encoded values: the colours of ink; the palette, with an alpha of 1 where the ground takes some of a colour.
    pub view: wgpu::TextureView,
    /// What binds them.
    pub group: wgpu::BindGroup,
}

impl Colors {
    /// Uploads the colours of a colour map and theme, and the palette of a table of rows.
    pub fn new(gpu: &Gpu, layouts: &BindGroupLayouts, key: (Colormap, Theme), rows: &RowTable) -> Self {
        let bound = |side_px| BoundColors::new(gpu, layouts, key, &rows.paints(key.1, side_px));
        let far = rows.selects().then(|| bound(0.0));
        Self { key, rows_revision: rows.revision(), near: bound(OUTLINED_FROM_PX), far }
    }

    /// Those for drawings as large as a view shows them.
    pub fn of(&self, view: &ScatterView) -> &BoundColors {
        self.far.as_ref().filter(|_| view.side_px < OUTLINED_FROM_PX).unwrap_or(&self.near)
    }

    /// Those of ink, which are the same everywhere.
    pub fn of_ink(&self) -> &BoundColors {
        &self.near
    }
}

impl BoundColors {
    fn new(gpu: &Gpu, layouts: &BindGroupLayouts, (colormap, theme): (Colormap, Theme), paints: &[Paint]) -> Self {
        let mut ink = vec![[0; 4]; paints.len()];
        for (texel, index) in ink.iter_mut().zip(0..=255_u8) {
            let [r, g, b] = color(colormap, theme, f32::from(index) / 255.0);
            *texel = [r, g, b, 255];
        }
        let painted = paints.iter().map(|&Paint { color: [r, g, b], washes }| [r, g, b, if washes { 255 } else { 0 }]);
        let texels: Vec<u8> = ink.iter().copied().chain(painted).flatten().collect();
        let descriptor = wgpu::TextureDescriptor {
            label: Some("colors"),
            size: wgpu::Extent3d { width: paints.len() as u32, height: 2, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        };
        let order = wgpu::util::TextureDataOrder::LayerMajor;
        let texture = gpu.device.create_texture_with_data(&gpu.queue, &descriptor, order, &texels);
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("colors"),
            layout: &layouts.colors,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) }],
        });
        Self { view, group }
    }
}
