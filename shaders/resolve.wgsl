// Turns ink into colour: a look-up in the 256 colours of a colour map. After whole.wgsl.

struct Resolve {
    // 1: the target holds what is left of the paper (1 - ink).
    inverted: u32,
    // Fills up the 16 bytes that every adapter accepts.
    unused_a: u32,
    unused_b: u32,
    unused_c: u32,
}

@group(0) @binding(0) var<uniform> resolve: Resolve;
@group(0) @binding(1) var ink_target: texture_2d<f32>;
@group(0) @binding(2) var colors: texture_2d<f32>;

@vertex
fn vs_full(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fs_resolve(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let held = textureLoad(ink_target, texel2(position.xy), 0).x;
    let ink = select(held, 1.0 - held, resolve.inverted == 1u);
    return vec4<f32>(textureLoad(colors, color_of(ink), 0).xyz, 1.0);
}
