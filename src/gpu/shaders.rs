//! The WGSL sources, put together from `shaders/`.

macro_rules! wgsl {
    ($($file:literal),+) => {
        concat!($(include_str!(concat!("../../shaders/", $file, ".wgsl"))),+)
    };
}

/// The WGSL sources by name, as the device gets them (what is shared comes first).
pub const SHADERS: [(&str, &str); 8] = [
    ("quads", wgsl!("whole", "view", "rows", "sums", "row_style", "quads", "pick")),
    ("cell look-up", wgsl!("whole", "view", "rows", "sums", "row_style", "cell_grid", "cell_lookup", "cell_odd")),
    ("splat", wgsl!("whole", "view", "rows", "sums", "row_style", "dots", "splat")),
    ("wide splat", wgsl!("whole", "view", "rows", "sums", "row_style", "dots", "wide_splat")),
    ("mark", wgsl!("whole", "view", "rows", "mark")),
    ("resolve", wgsl!("whole", "sums", "resolve")),
    ("present", wgsl!("whole", "present")),
    ("upscale", wgsl!("upscale")),
];

/// What finds the nearest rows, by itself.
pub const NEAREST: (&str, &str) = ("nearest", wgsl!("nearest"));

/// What panels and labels are painted with, by itself.
pub const PANELS: (&str, &str) = ("panels", wgsl!("panels"));

/// The shaders of the painters.
#[derive(Debug)]
pub struct PainterModules {
    /// Cell look-up.
    pub cell_lookup: wgpu::ShaderModule,
    /// Splats.
    pub splat: wgpu::ShaderModule,
    /// Wide splats.
    pub wide_splat: wgpu::ShaderModule,
    /// Quads.
    pub quads: wgpu::ShaderModule,
}
