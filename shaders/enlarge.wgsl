// Enlarges a coarse picture, between the middles of its pixels linearly.

struct Enlarged {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
}

// x, y: what of the coarse picture the target shows, from its top-left corner; 1 is all of it.
@group(0) @binding(0) var<uniform> extent: vec4<f32>;
@group(0) @binding(1) var coarse_picture: texture_2d<f32>;
@group(0) @binding(2) var coarse_sampler: sampler;

@vertex
fn vs_enlarge(@builtin(vertex_index) vertex: u32) -> Enlarged {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return Enlarged(vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0), unit * extent.xy);
}

@fragment
fn fs_enlarge(enlarged: Enlarged) -> @location(0) vec4<f32> {
    return textureSampleLevel(coarse_picture, coarse_sampler, enlarged.at, 0.0);
}
