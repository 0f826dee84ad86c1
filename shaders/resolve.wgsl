// Turns what drawings give to pixels into colours. After whole.wgsl and sums.wgsl.
//
// Ink is looked up in the 256 colours of a colour map. In a coloured picture, drawings that do not overlap show
// ground * (1 - K) + sum of k * c, the ground washed with their colours; a crowd shows the ground through what is left of the paper,
// and for the rest the drawings' mean colour, weighed by their ink, so that no order counts. Where 32-bit floats cannot be blended,
// those of a crowd are summed up in passes, and each pass's 16-bit sums added to the 32-bit ones of those before.

struct Resolve {
    // 1: the first target holds what is left of the paper (1 - ink).
    inverted: u32,
    // Fills up the 16 bytes that every adapter accepts.
    unused_a: u32,
    unused_b: u32,
    unused_c: u32,
}

@group(0) @binding(0) var<uniform> resolve: Resolve;
@group(0) @binding(1) var first_target: texture_2d<f32>;
@group(0) @binding(2) var colors: texture_2d<f32>;
@group(0) @binding(3) var colored_target: texture_2d<f32>;

@vertex
fn vs_full(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fs_resolve(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let held = textureLoad(first_target, texel2(position.xy), 0).x;
    let ink = select(held, 1.0 - held, resolve.inverted == 1u);
    return vec4<f32>(textureLoad(colors, color_of(ink), 0).xyz, 1.0);
}

// Pictures in colour that overlap no other. Those that have left their cells may lie on one another: together they take no more than
// a pixel has.
@fragment
fn fs_resolve_pictures(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let held = textureLoad(first_target, texel2(position.xy), 0);
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    return vec4<f32>(over(paper, held / max(held.w, 1.0)), 1.0);
}

// Adds what a pass has put together to the sums of those before it.
@fragment
fn fs_accumulate(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    return textureLoad(first_target, texel2(position.xy), 0) + textureLoad(colored_target, texel2(position.xy), 0);
}

@fragment
fn fs_resolve_colored(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let first = textureLoad(first_target, texel2(position.xy), 0);
    let colored = textureLoad(colored_target, texel2(position.xy), 0);
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    let apart = color_apart(paper, first, colored);
    let mean = colored.xyz / max(colored.w, 1e-30);
    let crowd = paper * first.x + mean * (1.0 - first.x);
    return vec4<f32>(select(apart, crowd, resolve.inverted == 1u), 1.0);
}

struct Nothing {
    @location(0) first: vec4<f32>,
    @location(1) colored: vec4<f32>,
}

// Parts of the targets begin with nothing in them: the blend constant says what that is in the first one.
@fragment
fn fs_clear() -> Nothing {
    return Nothing(vec4<f32>(1.0), vec4<f32>(0.0));
}
