// The picking pass: the same vertices as the scatter, the top-most row (+ 1) as colour. After view.wgsl and scatter.wgsl.

struct Picked {
    @location(0) row: u32,
    @builtin(frag_depth) depth: f32,
}

@fragment
fn fs_pick(point: Point) -> Picked {
    if !covers(point.square, point.position.xy) {
        discard;
    }
    // The highest row is nearest. Bit patterns of positive floats are ordered as the integers are, so every row number
    // keeps a depth of its own, which 24 bits of mantissa would not give; the offset keeps clear of denormal numbers.
    return Picked(point.row + 1u, bitcast<f32>(0x20000000u + point.row));
}
