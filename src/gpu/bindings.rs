//! What passes bind; what only one painter binds stands with it. Bind groups by how often they change: 0 the view, 1 a chunk of the
//! data set, 2 and 3 the pass.

/// Bind group layouts, bound by index as above.
#[derive(Debug)]
pub struct BindGroupLayouts {
    /// Group 0: [`super::gpu_types::ViewUniform`].
    pub view: wgpu::BindGroupLayout,
    /// Group 1: chunk uniform, finer level, coarser level, row data.
    pub chunk: wgpu::BindGroupLayout,
    /// Group 2: the 256 colours of ink, and the palette.
    pub colors: wgpu::BindGroupLayout,
    /// Group 0 of the resolve pass: uniform, ink, colours.
    pub resolve: wgpu::BindGroupLayout,
    /// Group 0 of the resolve pass of coloured pictures: uniform, two sums, colours.
    pub resolve_colored: wgpu::BindGroupLayout,
    /// Group 0 of the present pass: uniform, picture.
    pub present: wgpu::BindGroupLayout,
    /// Group 0 of the pass that upscales: uniform, low-resolution picture, sampler.
    pub upscale: wgpu::BindGroupLayout,
}

impl BindGroupLayouts {
    /// Makes all of them.
    pub fn new(device: &wgpu::Device) -> Self {
        let both = wgpu::ShaderStages::VERTEX_FRAGMENT;
        let every = both | wgpu::ShaderStages::COMPUTE;
        let float = wgpu::TextureSampleType::Float { filterable: false };
        let array = wgpu::TextureViewDimension::D2Array;
        let flat = wgpu::TextureViewDimension::D2;
        let layout = |label, entries: &[wgpu::BindGroupLayoutEntry]| bind_group_layout(device, label, entries);
        Self {
            view: layout("view", &[uniform(0, every)]),
            chunk: layout(
                "chunk",
                &[
                    uniform(0, every),
                    texture(1, both, float, array),
                    texture(2, both, float, array),
                    texture(3, every, wgpu::TextureSampleType::Uint, array),
                ],
            ),
            colors: layout("colors", &[texture(0, every, float, flat)]),
            resolve: layout(
                "resolve",
                &[
                    uniform(0, wgpu::ShaderStages::FRAGMENT),
                    texture(1, wgpu::ShaderStages::FRAGMENT, float, flat),
                    texture(2, wgpu::ShaderStages::FRAGMENT, float, flat),
                ],
            ),
            resolve_colored: layout(
                "resolve colored",
                &[
                    uniform(0, wgpu::ShaderStages::FRAGMENT),
                    texture(1, wgpu::ShaderStages::FRAGMENT, float, flat),
                    texture(2, wgpu::ShaderStages::FRAGMENT, float, flat),
                    texture(3, wgpu::ShaderStages::FRAGMENT, float, flat),
                ],
            ),
            present: layout(
                "present",
                &[uniform(0, wgpu::ShaderStages::FRAGMENT), texture(1, wgpu::ShaderStages::FRAGMENT, float, flat)],
            ),
            upscale: layout(
                "upscale",
                &[
                    uniform(0, wgpu::ShaderStages::VERTEX),
                    texture(1, wgpu::ShaderStages::FRAGMENT, wgpu::TextureSampleType::Float { filterable: true }, flat),
                    wgpu::BindGroupLayoutEntry {
                        binding: 2,
                        visibility: wgpu::ShaderStages::FRAGMENT,
                        ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
                        count: None,
                    },
                ],
            ),
        }
    }
}

/// A bind group layout.
pub(super) fn bind_group_layout(
    device: &wgpu::Device,
    label: &str,
    entries: &[wgpu::BindGroupLayoutEntry],
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
}

/// A uniform buffer.
pub(super) fn uniform(binding: u32, visibility: wgpu::ShaderStages) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

/// A storage buffer.
pub(super) fn storage(binding: u32, visibility: wgpu::ShaderStages, read_only: bool) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Storage { read_only },
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

/// A texture.
pub(super) fn texture(
    binding: u32,
    visibility: wgpu::ShaderStages,
    sample_type: wgpu::TextureSampleType,
    view_dimension: wgpu::TextureViewDimension,
) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Texture { sample_type, view_dimension, multisampled: false };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

/// A whole buffer, bound.
pub(super) fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}
