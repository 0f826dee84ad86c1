// Copies a finished picture into a rectangle of a target, pixel for pixel; converts where a target wants linear values.

struct Present {
    // Top-left corner of the rectangle in the target, in pixels.
    origin_px: vec2<f32>,
    // 1: the target encodes to sRGB on writing, so it is given linear values.
    linear: u32,
    // Fills up the 16 bytes that every adapter accepts.
    unused: u32,
}

@group(0) @binding(0) var<uniform> present: Present;
@group(0) @binding(1) var picture: texture_2d<f32>;

@vertex
fn vs_full(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fs_present(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let color = textureLoad(picture, texel2(position.xy - present.origin_px), 0).xyz;
    let low = color / 12.92;
    let high = pow((color + 0.055) / 1.055, vec3<f32>(2.4));
    let linear = select(high, low, color <= vec3<f32>(0.04045));
    return vec4<f32>(select(color, linear, present.linear == 1u), 1.0);
}
