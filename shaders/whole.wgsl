// Floats become integers here and nowhere else (a test holds every shader to it). What is out of range or no number becomes one
// thing on one driver and another on the next, so it is clamped first: max(min()) has a number for NaN, too, where clamp() need not.

// Fixed-point units and pixels: layouts are less than this wide, and sums of three of them fit 32 bits.
fn whole(x: f32) -> i32 {
    return i32(max(min(x, 536870912.0), -536870912.0));
}

fn whole2(x: vec2<f32>) -> vec2<i32> {
    return vec2<i32>(max(min(x, vec2<f32>(536870912.0)), vec2<f32>(-536870912.0)));
}

// Texels, counted from 0: no texture is wider.
fn texel2(x: vec2<f32>) -> vec2<u32> {
    return vec2<u32>(max(min(x, vec2<f32>(65535.0)), vec2<f32>(0.0)));
}

fn texel3(x: vec3<f32>) -> vec3<u32> {
    return vec3<u32>(max(min(x, vec3<f32>(65535.0)), vec3<f32>(0.0)));
}

// Which of the 256 colours an ink of 0..1 has.
fn color_of(ink: f32) -> vec2<u32> {
    return vec2<u32>(u32(max(min(ink * 255.0 + 0.5, 255.5), 0.0)), 0u);
}

// A colour multiplied by its alpha, over a ground.
fn over(ground: vec3<f32>, color: vec4<f32>) -> vec3<f32> {
    return ground * (1.0 - color.w) + color.xyz;
}
