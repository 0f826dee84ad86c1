// Small pictures in colour that overlap, by compute: the highest row of each pixel is found first, and its picture read once. After
// dots.wgsl, quads.wgsl and pick.wgsl.
//
// How it works: of opaque pictures a pixel shows one. `splat_topmost`: each point puts its row into the pixels whose centres it covers,
// by an atomic maximum; faded rows lie below all others, so that they come first in that order. fs_topmost_splat finds the
// square of a pixel's row again from the rows' positions and takes what quads take of a picture. A chunk is bound at a time, and each
// draws the pixels of its own rows; where there is none all of them draw paper.

// Of the rows that are not faded; no set has as many.
const NOT_FADED: u32 = 0x80000000u;
// No picture drawn so has more pixels a side: they are smaller than 14 px.
const LARGEST_PICTURE: i32 = 16;

// Positions by row.
@group(3) @binding(6) var<storage, read> position_of_row: array<vec2<i32>>;

@compute @workgroup_size(256)
fn splat_topmost(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    view = given_view;
    chunk = given_chunk;
    let dot = dot_of(group.y * groups.x + group.x, lane);
    if !dot.in_sight {
        return;
    }
    let weight = row_style(place_of(dot.row)).weight;
    if weight <= 0.0 {
        return;
    }
    let key = (dot.row + 1u) | select(0u, NOT_FADED, weight >= 1.0);
    let low = max(dot.first, vec2<i32>(0));
    let high = min(dot.end, whole2(view.size_px));
    for (var i = 0; i < min(high.y - low.y, LARGEST_PICTURE); i++) {
        for (var j = 0; j < min(high.x - low.x, LARGEST_PICTURE); j++) {
            atomicMax(&counts[u32(low.y + i) * dots.pitch + u32(low.x + j)], key);
        }
    }
}

struct TopmostOut {
    @builtin(position) position: vec4<f32>,
    // Of the view: origin; origin_px, px_per_fixed, side_px; level_mix, tile_px; half_fixed. Of view and chunk: fine_side, first_row,
    // its end, cell_bits. The paper.
    @location(0) @interpolate(flat) origin: vec3<i32>,
    @location(1) @interpolate(flat) scale: vec4<f32>,
    @location(2) @interpolate(flat) mixes: vec3<f32>,
    @location(3) @interpolate(flat) rows: vec4<u32>,
    @location(4) @interpolate(flat) sizes: vec2<u32>,
    @location(5) @interpolate(flat) paper: vec3<f32>,
}

@vertex
fn vs_topmost_splat(@builtin(vertex_index) vertex: u32) -> TopmostOut {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    var out: TopmostOut;
    out.position = vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
    out.origin = vec3<i32>(given_view.origin, given_view.half_fixed);
    out.scale = vec4<f32>(given_view.origin_px, given_view.px_per_fixed, given_view.side_px);
    out.mixes = vec3<f32>(given_view.level_mix, given_view.tile_px);
    out.rows = vec4<u32>(given_view.fine_side, given_chunk.first_row, given_chunk.end_row, given_chunk.cell_bits);
    out.sizes = vec2<u32>(given_chunk.canvas, dots.pitch);
    out.paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    return out;
}

@fragment
fn fs_topmost_splat(in: TopmostOut) -> @location(0) vec4<f32> {
    let pixel = texel2(in.position.xy);
    let key = covered[pixel.y * in.sizes.y + pixel.x] & ~NOT_FADED;
    let row = key - 1u;
    if key > 0u && (row < in.rows.y || row >= in.rows.z) {
        discard;
    }
    view.origin = in.origin.xy;
    view.half_fixed = in.origin.z;
    view.origin_px = in.scale.xy;
    view.px_per_fixed = in.scale.z;
    view.side_px = in.scale.w;
    view.level_mix = in.mixes.x;
    view.fine_side = in.rows.x;
    chunk.first_row = in.rows.y;
    chunk.cell_bits = in.rows.w;
    chunk.canvas = in.sizes.x;
    // Where there is none, any row can be read.
    let readable = select(row, in.rows.y, key == 0u);
    let place = place_of(readable);
    let square = square_px(position_of_row[readable]);
    let size = square.zw - square.xy;
    let middle = in.position.xy + in.mixes.yz - square.xy;
    let low = clamp(middle - 0.5, vec2<f32>(0.0), size);
    let high = clamp(middle + 0.5, vec2<f32>(0.0), size);
    let ink = styled_ink(place, ink_in_crowd(place, middle, size, low, high));
    let drawn = select(ink, colored, STYLING == 2u);
    return vec4<f32>(select(over(in.paper, drawn), in.paper, key == 0u), 1.0);
}
