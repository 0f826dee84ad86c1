// The bench's yardstick: a full-screen pass with one filtered sample a pixel, nothing of the viewer's.

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var filtering: sampler;

struct Corner {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
}

@vertex
fn vs_full(@builtin(vertex_index) i: u32) -> Corner {
    let corner = vec2f(f32((i << 1u) & 2u), f32(i & 2u));
    // Half a texel of 1280 × 800 off the grid: every sample lies between four texels.
    return Corner(vec4f(corner * 2.0 - 1.0, 0.0, 1.0), corner + vec2f(0.5 / 1280.0, 0.5 / 800.0));
}

@fragment
fn fs_sample(in: Corner) -> @location(0) vec4f {
    return textureSample(picture, filtering, in.uv);
}
