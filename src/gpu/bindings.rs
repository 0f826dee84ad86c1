//! What each pass binds. Bind groups by how often they change: 0 the view, 1 a chunk of the data set, 2 and 3 the pass.

use super::context::Tier;

/// Bind group layouts, bound by index as above.
#[derive(Debug)]
pub struct Layouts {
    /// Group 0: [`super::layout::ViewUniform`].
    pub view: wgpu::BindGroupLayout,
    /// Group 1: chunk uniform, finer level, coarser level, row data.
    pub chunk: wgpu::BindGroupLayout,
    /// Group 2: the 256 colours.
    pub colors: wgpu::BindGroupLayout,
    /// Group 3: rows by position.
    pub order: wgpu::BindGroupLayout,
    /// Those of the dots by compute, where the device has storage buffers.
    pub dots: Option<DotsLayouts>,
    /// Group 0 of the resolve pass: uniform, ink, colours.
    pub resolve: wgpu::BindGroupLayout,
    /// Group 0 of the present pass: uniform, picture.
    pub present: wgpu::BindGroupLayout,
    /// Group 0 of the pass that enlarges: uniform, coarse picture, sampler.
    pub enlarge: wgpu::BindGroupLayout,
}

/// Bind group layouts of the dots by compute.
#[derive(Debug)]
pub struct DotsLayouts {
    /// Group 1: [`super::layout::DotsUniform`].
    pub uniform: wgpu::BindGroupLayout,
    /// Group 2 of the compute passes: points, tiles, counts, grown counts.
    pub counting: wgpu::BindGroupLayout,
    /// Group 3 of the last pass: counts, colours.
    pub covered: wgpu::BindGroupLayout,
}

impl Layouts {
    /// Makes all of them that a tier may use.
    pub fn new(device: &wgpu::Device, tier: Tier) -> Self {
        let both = wgpu::ShaderStages::VERTEX_FRAGMENT;
        let every = both | wgpu::ShaderStages::COMPUTE;
        let float = wgpu::TextureSampleType::Float { filterable: false };
        let array = wgpu::TextureViewDimension::D2Array;
        let flat = wgpu::TextureViewDimension::D2;
        let layout = |label, entries: &[wgpu::BindGroupLayoutEntry]| layout(device, label, entries);
        Self {
            view: layout("view", &[uniform(0, every)]),
            chunk: layout(
                "chunk",
                &[
                    uniform(0, both),
                    texture(1, both, float, array),
                    texture(2, both, float, array),
                    texture(3, both, wgpu::TextureSampleType::Uint, array),
                ],
            ),
            colors: layout("colors", &[texture(0, wgpu::ShaderStages::FRAGMENT, float, flat)]),
            order: layout("order", &[texture(0, wgpu::ShaderStages::FRAGMENT, wgpu::TextureSampleType::Uint, flat)]),
            dots: (tier == Tier::Full).then(|| DotsLayouts::new(device)),
            resolve: layout(
                "resolve",
                &[
                    uniform(0, wgpu::ShaderStages::FRAGMENT),
                    texture(1, wgpu::ShaderStages::FRAGMENT, float, flat),
                    texture(2, wgpu::ShaderStages::FRAGMENT, float, flat),
                ],
            ),
            present: layout(
                "present",
                &[uniform(0, wgpu::ShaderStages::FRAGMENT), texture(1, wgpu::ShaderStages::FRAGMENT, float, flat)],
            ),
            enlarge: layout(
                "enlarge",
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

impl DotsLayouts {
    fn new(device: &wgpu::Device) -> Self {
        let (compute, fragment) = (wgpu::ShaderStages::COMPUTE, wgpu::ShaderStages::FRAGMENT);
        let float = wgpu::TextureSampleType::Float { filterable: false };
        Self {
            uniform: layout(device, "dots", &[uniform(0, compute | fragment)]),
            counting: layout(
                device,
                "counting",
                &[
                    storage(0, compute, true),
                    storage(1, compute, true),
                    storage(2, compute, false),
                    storage(3, compute, false),
                ],
            ),
            covered: layout(
                device,
                "covered",
                &[storage(0, fragment, true), texture(1, fragment, float, wgpu::TextureViewDimension::D2)],
            ),
        }
    }
}

fn layout(device: &wgpu::Device, label: &str, entries: &[wgpu::BindGroupLayoutEntry]) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(label), entries })
}

fn uniform(binding: u32, visibility: wgpu::ShaderStages) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

fn storage(binding: u32, visibility: wgpu::ShaderStages, read_only: bool) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Buffer {
        ty: wgpu::BufferBindingType::Storage { read_only },
        has_dynamic_offset: false,
        min_binding_size: None,
    };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}

fn texture(
    binding: u32,
    visibility: wgpu::ShaderStages,
    sample_type: wgpu::TextureSampleType,
    view_dimension: wgpu::TextureViewDimension,
) -> wgpu::BindGroupLayoutEntry {
    let ty = wgpu::BindingType::Texture { sample_type, view_dimension, multisampled: false };
    wgpu::BindGroupLayoutEntry { binding, visibility, ty, count: None }
}
