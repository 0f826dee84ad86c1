// What all painters share: the view, world -> pixel, and the ink of a drawing inside a pixel. After ink_pages.wgsl or
// color_pages.wgsl, which say what ink is; before rows.wgsl.
//
// How it works: positions are fixed-point integers. The origin is one of them near the camera, so that differences are small and
// exact; multiplied by px_per_fixed they are pixels. Edges are rounded to 1/1024 px: neighbours share an edge, and a pixel centre
// falls on the same side of it in any arithmetic. The ink of a drawing is a pyramid of levels, 2 x 2 values a texel. A pixel takes
// the integral of the two levels nearest to its size, over the part of it that lies in the drawing's square, blended by the
// logarithm of the side; from one pixel a value on, whole values. Below 3.5 px that turns into the drawing's stretched mean.
// What a picture needs of this is chosen by pipeline constants: a software rasteriser runs both sides of every branch.
// Every struct here has a #[repr(C)] mirror in src/gpu/gpu_types.rs.

struct View {
    // World origin near the camera, in the layout's fixed-point units (y up) ...
    origin: vec2<i32>,
    // ... and where it lies in this target, in pixels (y down).
    origin_px: vec2<f32>,
    // Width and height of this target in pixels.
    size_px: vec2<f32>,
    // Pixels per fixed-point unit.
    px_per_fixed: f32,
    // Side of every drawing's square in pixels.
    side_px: f32,
    opacity: f32,
    shape_mix: f32,
    far_mix: f32,
    // Far contrast: from low on ink rises to knee_to, from the knee on to 1; how steeply.
    stretch_low: f32,
    stretch_rise: f32,
    stretch_knee: f32,
    stretch_knee_to: f32,
    stretch_rise_above: f32,
    // Weight of the coarser of the two levels.
    level_mix: f32,
    // Values a side of the finer level; the coarser one has half as many (HALVES) or 4.
    fine_side: u32,
    // Rows from here on have not been read yet and are not drawn.
    rows_ready: u32,
    // Half a world unit in fixed-point units; 0: squares are larger than their cells, side_px wide around the centre.
    half_fixed: i32,
    // Where this target's corner lies in the picture, in pixels: all places are those of the whole picture, so that tiles of it
    // show what it shows in one piece.
    tile_px: vec2<f32>,
    // Fills up the 16 bytes that every adapter accepts.
    unused: vec2<f32>,
}

struct Chunk {
    first_row: u32,
    // One past its last row.
    end_row: u32,
    // Logarithm of the number of cells in a row, and of rows of cells, of a page.
    cell_bits: u32,
    // Side of a drawing's canvas in values of ink.
    canvas: u32,
}

// What a pixel takes of a drawing is fixed for a pipeline: software rasterisers run both sides of every branch.
override OVERLAPS: bool = false;
// Whole values of the finest level (drawings as large as their canvas, and larger).
override NEAREST: bool = false;
// The coarser level has half as many values a side: its values are the means of those read for the finer one.
override HALVES: bool = true;
// Far contrast: 0 none, 1 mixed with filtered ink, 2 alone.
override FAR: u32 = 0u;
// A crowd: 0 dots, 1 dots mixed with drawings, 2 drawings.
override SHAPE: u32 = 2u;

@group(0) @binding(0) var<uniform> given_view: View;
@group(1) @binding(0) var<uniform> given_chunk: Chunk;
// What the functions here read of them. Each entry point fills in what it needs; fragments take it from flat values that come
// with their triangle, which software rasterisers read much faster than a uniform.
var<private> view: View;
var<private> chunk: Chunk;
// Ink of two levels.
@group(1) @binding(1) var fine: texture_2d_array<f32>;
@group(1) @binding(2) var coarse: texture_2d_array<f32>;

fn px_from_fixed(position: vec2<i32>) -> vec2<f32> {
    let from_origin = vec2<f32>(position - view.origin) * view.px_per_fixed;
    return view.origin_px + vec2<f32>(from_origin.x, -from_origin.y);
}

// Edges lie on multiples of 1/1024 px: an edge that should pass through a pixel's centre does so in any arithmetic.
fn snap(px: vec2<f32>) -> vec2<f32> {
    return floor(px * 1024.0 + 0.5) / 1024.0;
}

fn snap_one(px: f32) -> f32 {
    return floor(px * 1024.0 + 0.5) / 1024.0;
}

// A drawing's square: left, top, right, bottom in pixels. Neighbours compute a shared edge from the same number.
fn square_px(center: vec2<i32>) -> vec4<f32> {
    let left_top = px_from_fixed(center + vec2<i32>(-view.half_fixed, view.half_fixed));
    let right_bottom = px_from_fixed(center + vec2<i32>(view.half_fixed, -view.half_fixed));
    // Larger than its cell: half_fixed is 0, both are the middle. No branch: see the rule on uniforms in `tests/shaders.rs`.
    let half_px = select(0.0, view.side_px * 0.5, view.half_fixed == 0);
    return vec4<f32>(snap(left_top - half_px), snap(right_bottom + half_px));
}

fn clip_from_px(px: vec2<f32>) -> vec4<f32> {
    let unit = (px - view.tile_px) / view.size_px;
    return vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}

// The corners of a quad as two triangles.
fn corner(vertex: u32) -> vec2<f32> {
    let index = select(vertex, vertex - 2u, vertex > 2u);
    return vec2<f32>(f32(index & 1u), f32(index >> 1u));
}

// One value of the finer level, which has `side` of them a side.
fn fine_value(place: Place, side: u32, at: vec2<u32>) -> Ink {
    return value_of(fine, place.cell * ((side + 1u) >> 1u), at, place.layer);
}

// Whether a pixel's centre lies in a square: left and top edge inclusive.
fn covers(square: vec4<f32>, center: vec2<f32>) -> bool {
    return all(center >= square.xy) && all(center < square.zw);
}

// Whole values of the finest level; `unit` is the place in the square, 0..1.
fn ink_nearest(place: Place, unit: vec2<f32>) -> Ink {
    let side = f32(chunk.canvas);
    return fine_value(place, chunk.canvas, texel2(min(unit * side, vec2<f32>(side - 0.5))));
}

// How much of the values first .. first + 3 lies between two places on their axis.
fn parts(low: f32, high: f32, first: f32) -> vec4<f32> {
    let start = first + vec4<f32>(0.0, 1.0, 2.0, 3.0);
    return clamp(high - start, vec4<f32>(0.0), vec4<f32>(1.0)) - clamp(low - start, vec4<f32>(0.0), vec4<f32>(1.0));
}

// Integral of both levels' blended ink over the box low .. high (in px from the square's top-left corner, inside the square
// of `size`). A pixel is at most two of the finer values wide here, so two blocks an axis hold all that it touches.
fn ink_halving(place: Place, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> Ink {
    let per_px = f32(view.fine_side) / size;
    let from_value = low * per_px;
    let to_value = high * per_px;
    let first = floor(from_value * 0.5);
    let columns = parts(from_value.x, to_value.x, first.x * 2.0);
    let lines = parts(from_value.y, to_value.y, first.y * 2.0);
    let half_side = view.fine_side >> 1u;
    let base = place.cell * half_side;
    let last = vec2<u32>(half_side - 1u);
    let a = base + min(texel2(first), last);
    let b = base + min(texel2(first) + 1u, last);
    let top_left = block_of(fine, a, place.layer);
    let top_right = block_of(fine, vec2<u32>(b.x, a.y), place.layer);
    let bottom_left = block_of(fine, vec2<u32>(a.x, b.y), place.layer);
    let bottom_right = block_of(fine, b, place.layer);
    let finer = weighed(top_left, columns.xy, lines.xy) + weighed(top_right, columns.zw, lines.xy)
        + weighed(bottom_left, columns.xy, lines.zw) + weighed(bottom_right, columns.zw, lines.zw);
    let means = Block(mean_of(top_left), mean_of(top_right), mean_of(bottom_left), mean_of(bottom_right));
    let coarser = weighed(means, vec2<f32>(columns.x + columns.y, columns.z + columns.w),
        vec2<f32>(lines.x + lines.y, lines.z + lines.w));
    return mix(finer, coarser, view.level_mix) / (per_px.x * per_px.y);
}

// Blocks of a drawing that a pixel touches on an axis, at most: levels with an odd number of values are read from 4 px a drawing
// on, and have 1,023 of them at most.
const MOST_BLOCKS: u32 = 136u;

// Integral of one level with any number of values a pixel.
fn ink_of_level(level: texture_2d_array<f32>, side: u32, place: Place, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> Ink {
    let per_px = f32(side) / size;
    let from_value = low * per_px;
    let to_value = high * per_px;
    let half_side = (side + 1u) >> 1u;
    let base = place.cell * half_side;
    let first = min(texel2(from_value * 0.5), vec2<u32>(half_side - 1u));
    let last = min(texel2(to_value * 0.5), vec2<u32>(half_side - 1u));
    let touched = min(max(last, first) - first + 1u, vec2<u32>(MOST_BLOCKS));
    var sum = Ink(0.0);
    for (var i = 0u; i < min(touched.y, MOST_BLOCKS); i++) {
        let y = first.y + i;
        let lines = parts(from_value.y, to_value.y, f32(y) * 2.0).xy;
        for (var j = 0u; j < min(touched.x, MOST_BLOCKS); j++) {
            let x = first.x + j;
            let columns = parts(from_value.x, to_value.x, f32(x) * 2.0).xy;
            sum += weighed(block_of(level, base + vec2<u32>(x, y), place.layer), columns, lines);
        }
    }
    return sum / (per_px.x * per_px.y);
}

// The two nearest levels, blended, over the part of the pixel that lies in the square.
fn ink_filtered(place: Place, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> Ink {
    if HALVES {
        return ink_halving(place, size, low, high);
    }
    let finer = ink_of_level(fine, view.fine_side, place, size, low, high);
    return mix(finer, ink_of_level(coarse, 4u, place, size, low, high), view.level_mix);
}

// Ink that a drawing which overlaps no other gives to a pixel: `low` .. `high` is the part of its square there.
fn ink_in_pixel(place: Place, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> Ink {
    var ink = Ink(0.0);
    if FAR < 2u {
        ink = ink_filtered(place, size, low, high);
    }
    if FAR > 0u {
        let part = high - low;
        let far = stretched(mean_ink(place)) * part.x * part.y;
        ink = mix(ink, Ink(far), view.far_mix);
    }
    return ink;
}

// Mean ink under far contrast.
fn stretched(mean: f32) -> f32 {
    return clamp((mean - view.stretch_low) * view.stretch_rise, 0.0, view.stretch_knee_to)
        + clamp((mean - view.stretch_knee) * view.stretch_rise_above, 0.0, 1.0 - view.stretch_knee_to);
}
