// Upscaling: a low-resolution picture becomes one of full size.
//
// How it works: one triangle over the target, and one filtered sample a pixel: linear between the middles of its pixels.

struct VertexOut {
    @builtin(position) position: vec4<f32>,
    // x, y: where in the low-resolution picture.
    @location(0) at: vec4<f32>,
}

// x, y: what of the low-resolution picture the target shows, from its top-left corner; 1 is all of it.
@group(0) @binding(0) var<uniform> extent: vec4<f32>;
@group(0) @binding(1) var low_picture: texture_2d<f32>;
@group(0) @binding(2) var low_sampler: sampler;

@vertex
fn vs_upscale(@builtin(vertex_index) vertex: u32) -> VertexOut {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    let at = vec4<f32>(unit * extent.xy, 0.0, 1.0);
    return VertexOut(vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0), at);
}

@fragment
fn fs_upscale(@location(0) at: vec4<f32>) -> @location(0) vec4<f32> {
    return textureSample(low_picture, low_sampler, vec2<f32>(at.x, at.y));
}
