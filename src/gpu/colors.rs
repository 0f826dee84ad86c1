//! The 256 colours of ink on the GPU, and the 256 of the palette that rows take theirs from.

use super::bindings::BindGroupLayouts;
use super::context::Gpu;
use crate::scene::palette::{Colormap, Theme, color};
use crate::scene::rows::RowTable;
use wgpu::util::DeviceExt;

/// The colours of one colour map and theme.
#[derive(Clone, Debug)]
pub struct Colors {
    /// Which they are.
    pub key: (Colormap, Theme),
    /// Whose palette they hold: the revision of its table of rows.
    pub rows_revision: u64,
    /// 256 × 2 texels, encoded values: the colours of ink, the palette.
    pub view: wgpu::TextureView,
    /// What binds them.
    pub group: wgpu::BindGroup,
}

impl Colors {
    /// Uploads the colours of a colour map and theme, and the palette of a table of rows.
    pub fn new(gpu: &Gpu, layouts: &BindGroupLayouts, (colormap, theme): (Colormap, Theme), rows: &RowTable) -> Self {
        let texels: Vec<u8> = (0..=255_u8)
            .map(|index| color(colormap, theme, f32::from(index) / 255.0))
            .chain(rows.palette(theme))
            .flat_map(|[r, g, b]| [r, g, b, 255])
            .collect();
        let descriptor = wgpu::TextureDescriptor {
            label: Some("colors"),
            size: wgpu::Extent3d { width: 256, height: 2, depth_or_array_layers: 1 },
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
        Self { key: (colormap, theme), rows_revision: rows.revision(), view, group }
    }
}
