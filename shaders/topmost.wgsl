// Pictures in colour that overlap: the highest row is on top, as it is; where it lets something through, the ground shows. After
// pick.wgsl, whose depths decide; faded rows lie below all others.

struct Topmost {
    @location(0) color: vec4<f32>,
    @builtin(frag_depth) depth: f32,
}

@fragment
fn fs_topmost(in: VertexOut) -> Topmost {
    let place = unpack(in);
    var drawn = ink_of(in, place);
    if STYLING == 2u {
        drawn = colored;
    }
    let is_faded = row_style(place).weight < 1.0;
    return Topmost(vec4<f32>(shown(drawn), 1.0), select(depth_of(in.row), depth_below(in.row), is_faded));
}
