// The picking pass: the row (+ 1) of the top-most drawing under a pixel. After quads.wgsl.
//
// How it works: the vertex stage of quads.wgsl into a target of a few pixels around the pointer, a row a pixel. Which drawing is on
// top is decided by a depth test whose depths are ordered as the rows are.

struct Picked {
    @location(0) row: u32,
    @builtin(frag_depth) depth: f32,
}

// The highest row is nearest. Bit patterns of positive floats are ordered as the integers are, so every row number keeps a depth of
// its own, which 24 bits of mantissa would not give; the offset keeps clear of denormal numbers.
fn depth_of(row: u32) -> f32 {
    return bitcast<f32>(0x20000000u + row);
}

// The same below all of these, for as many rows as lie between the two offsets.
fn depth_below(row: u32) -> f32 {
    return bitcast<f32>(0x01000000u + min(row, 0x1effffffu));
}

@fragment
fn fs_pick(in: VertexOut) -> Picked {
    if !covers(in.square, in.position.xy) {
        discard;
    }
    return Picked(in.row + 1u, depth_of(in.row));
}
