// Shared prelude: the view, where a drawing lies in the atlas, world -> pixel, and the ink of a drawing inside a pixel.
// Every struct here has a #[repr(C)] mirror in src/gpu/layout.rs.

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
    // Far contrast: low becomes 0, knee becomes knee_to, high becomes 1; none where high is not above low.
    stretch_low: f32,
    stretch_knee: f32,
    stretch_knee_to: f32,
    stretch_high: f32,
    // Weight of the coarser of the two levels.
    level_mix: f32,
    level_fine: u32,
    // FLAG_* bits.
    flags: u32,
    // Rows from here on have not been read yet and are not drawn.
    rows_ready: u32,
    // Half a world unit in fixed-point units; 0: squares are larger than their cells, side_px wide around the centre.
    half_fixed: i32,
}

struct Chunk {
    first_row: u32,
    // Cells in a row, and rows of cells, of a page.
    cells: u32,
    // Side of a drawing's canvas in texels.
    canvas: u32,
    // Mip levels of the pages; the levels after them are those of the small atlas (4, 2, 1).
    mips: u32,
}

struct Place {
    cell: vec2<u32>,
    layer: u32,
}

const FLAG_OVERLAPS: u32 = 1u;
const FLAG_NEAREST: u32 = 2u;

@group(0) @binding(0) var<uniform> view: View;
@group(1) @binding(0) var<uniform> chunk: Chunk;
@group(1) @binding(1) var pages: texture_2d_array<f32>;
@group(1) @binding(2) var small: texture_2d_array<f32>;
@group(1) @binding(3) var row_data: texture_2d_array<u32>;

fn place_of(row: u32) -> Place {
    let in_chunk = row - chunk.first_row;
    let per_layer = chunk.cells * chunk.cells;
    let cell = in_chunk % per_layer;
    return Place(vec2<u32>(cell % chunk.cells, cell / chunk.cells), in_chunk / per_layer);
}

// Mean ink of a drawing, 0..1 (the low 16 bits of its row data).
fn mean_ink(place: Place) -> f32 {
    return f32(textureLoad(row_data, place.cell, place.layer, 0).x & 0xffffu) / 65535.0;
}

fn px_from_fixed(position: vec2<i32>) -> vec2<f32> {
    let from_origin = vec2<f32>(position - view.origin) * view.px_per_fixed;
    return view.origin_px + vec2<f32>(from_origin.x, -from_origin.y);
}

// Edges lie on a lattice of 1/1024 px: an edge that should pass through a pixel's centre does so in any arithmetic.
fn snap(px: vec2<f32>) -> vec2<f32> {
    return floor(px * 1024.0 + 0.5) / 1024.0;
}

// A drawing's square: left, top, right, bottom in pixels. Neighbours compute a shared edge from the same number.
fn square_px(center: vec2<i32>) -> vec4<f32> {
    if view.half_fixed == 0 {
        let middle = px_from_fixed(center);
        return vec4<f32>(snap(middle - view.side_px * 0.5), snap(middle + view.side_px * 0.5));
    }
    let left_top = px_from_fixed(center + vec2<i32>(-view.half_fixed, view.half_fixed));
    let right_bottom = px_from_fixed(center + vec2<i32>(view.half_fixed, -view.half_fixed));
    return vec4<f32>(snap(left_top), snap(right_bottom));
}

fn clip_from_px(px: vec2<f32>) -> vec4<f32> {
    let unit = px / view.size_px;
    return vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}

// The corners of a quad as two triangles.
fn corner(vertex: u32) -> vec2<f32> {
    let index = select(vertex, vertex - 2u, vertex > 2u);
    return vec2<f32>(f32(index & 1u), f32(index >> 1u));
}

// Side of a level in texels, and one of its texels (integer position inside the drawing).
fn level_side(level: u32) -> u32 {
    return select(4u >> (level - chunk.mips), chunk.canvas >> level, level < chunk.mips);
}

fn texel(place: Place, level: u32, side: u32, at: vec2<u32>) -> f32 {
    let position = place.cell * side + at;
    if level < chunk.mips {
        return textureLoad(pages, position, place.layer, level).x;
    }
    return textureLoad(small, position, place.layer, level - chunk.mips).x;
}

// Integral of a level's ink over the box low..high (in px from the square's top-left corner, inside the square of `size`).
fn ink_in_box(place: Place, level: u32, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> f32 {
    let side = level_side(level);
    let texel_px = size / f32(side);
    let last = vec2<u32>(side - 1u);
    let from_texel = min(vec2<u32>(low / texel_px), last);
    let to_texel = min(vec2<u32>(high / texel_px), last);
    var sum = 0.0;
    for (var y = from_texel.y; y <= to_texel.y; y++) {
        let top = f32(y) * texel_px.y;
        let height = max(min(high.y, top + texel_px.y) - max(low.y, top), 0.0);
        var line = 0.0;
        for (var x = from_texel.x; x <= to_texel.x; x++) {
            let left = f32(x) * texel_px.x;
            let width = max(min(high.x, left + texel_px.x) - max(low.x, left), 0.0);
            line += width * texel(place, level, side, vec2<u32>(x, y));
        }
        sum += height * line;
    }
    return sum;
}

// Whether a pixel's centre lies in a square: left and top edge inclusive.
fn covers(square: vec4<f32>, center: vec2<f32>) -> bool {
    return all(center >= square.xy) && all(center < square.zw);
}

// Whole texels of the finest level; `unit` is the place in the square, 0..1.
fn ink_nearest(place: Place, unit: vec2<f32>) -> f32 {
    let side = chunk.canvas;
    let at = vec2<u32>(clamp(unit * f32(side), vec2<f32>(0.0), vec2<f32>(f32(side) - 0.5)));
    return texel(place, 0u, side, at);
}

// The two nearest levels, blended, over the part of the pixel that lies in the square.
fn ink_filtered(place: Place, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> f32 {
    var ink = ink_in_box(place, view.level_fine, size, low, high);
    if view.level_mix > 0.0 {
        ink = mix(ink, ink_in_box(place, view.level_fine + 1u, size, low, high), view.level_mix);
    }
    return ink;
}

// Mean ink under far contrast.
fn stretched(mean: f32) -> f32 {
    if view.stretch_high <= view.stretch_low {
        return mean;
    }
    if mean < view.stretch_knee {
        let part = (mean - view.stretch_low) / (view.stretch_knee - view.stretch_low);
        return view.stretch_knee_to * clamp(part, 0.0, 1.0);
    }
    let part = (mean - view.stretch_knee) / (view.stretch_high - view.stretch_knee);
    return mix(view.stretch_knee_to, 1.0, clamp(part, 0.0, 1.0));
}
