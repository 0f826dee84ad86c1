// Quads: one instance a drawing. After view.wgsl, rows.wgsl and row_style.wgsl.
//
// How it works: the vertex stage computes a drawing's square from its fixed-point position and makes a quad of it, a little wider
// than its pixels; the fragment decides exactly which of them count. It writes the ink that the drawing gives to a pixel, and
// blending puts drawings together in any order: ink adds up where none overlap (by the area of the pixel that each covers), and
// multiplies the transmittance where they do (pixels are covered by their centre). Overlapping drawings are dots below 7 px and
// turn into drawings up to 14 px (SHAPE). resolve.wgsl makes colours of it. pick.wgsl has the same vertex stage.

struct VertexOut {
    @builtin(position) position: vec4<f32>,
    // Left, top, right, bottom of the square in pixels.
    @location(0) @interpolate(flat) square: vec4<f32>,
    @location(1) @interpolate(flat) row: u32,
    // Of the view: level_mix, far_mix, opacity, shape_mix. Its cell and layer, and fine_side.
    @location(2) @interpolate(flat) mixes: vec4<f32>,
    @location(3) @interpolate(flat) place: vec4<u32>,
    // Of the view.
    @location(4) @interpolate(flat) tile_px: vec2<f32>,
}

@vertex
fn vs_point(
    @builtin(vertex_index) vertex: u32,
    @location(0) position: vec2<i32>,
    @location(1) row: u32,
) -> VertexOut {
    view = given_view;
    chunk = given_chunk;
    var out: VertexOut;
    out.mixes = vec4<f32>(view.level_mix, view.far_mix, view.opacity, view.shape_mix);
    let place = place_of(row);
    out.place = vec4<u32>(place.cell, place.layer, view.fine_side);
    out.row = row;
    out.tile_px = view.tile_px;
    out.square = square_px(position);
    let left_out = STYLING > 0u && row_style(place).weight <= LEAST_WEIGHT;
    if left_out || !is_drawn(row) {
        out.position = vec4<f32>(2.0, 2.0, 0.0, 1.0);
        return out;
    }
    // Wide enough for every pixel that counts, touched or covered in its centre: the fragment decides exactly.
    let margin = select(0.75, 0.0625, OVERLAPS || NEAREST);
    out.position = clip_from_px(mix(out.square.xy - margin, out.square.zw + margin, corner(vertex)));
    return out;
}

// In a fragment: the uniforms as its triangle carries them. Only whole values and far contrast, which crowds have seldom, are
// read from where they are.
fn unpack(in: VertexOut) -> Place {
    view = given_view;
    view.level_mix = in.mixes.x;
    view.far_mix = in.mixes.y;
    view.opacity = in.mixes.z;
    view.shape_mix = in.mixes.w;
    view.fine_side = in.place.w;
    chunk.canvas = given_chunk.canvas;
    return Place(in.place.xy, in.place.z);
}

// Ink of one drawing of a crowd in a pixel whose centre it covers.
fn ink_in_crowd(place: Place, middle: vec2<f32>, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> Ink {
    if SHAPE == 0u {
        return Ink(1.0);
    }
    var drawn = Ink(0.0);
    if NEAREST {
        drawn = ink_nearest(place, middle / size);
    } else {
        drawn = ink_filtered(place, size, low, high);
    }
    if SHAPE == 1u {
        return mix(Ink(1.0), drawn, view.shape_mix);
    }
    return drawn;
}

// The ink that a drawing gives to a pixel, by the look of its row; discards where it gives none.
fn ink_of(in: VertexOut, place: Place) -> Ink {
    let size = in.square.zw - in.square.xy;
    let center = in.position.xy + in.tile_px;
    let middle = center - in.square.xy;
    let low = clamp(middle - 0.5, vec2<f32>(0.0), size);
    let high = clamp(middle + 0.5, vec2<f32>(0.0), size);
    let empty = any(high <= low);
    if empty || ((OVERLAPS || NEAREST) && !covers(in.square, center)) {
        discard;
    }
    var ink = Ink(0.0);
    if OVERLAPS {
        ink = given_in_crowd(ink_in_crowd(place, middle, size, low, high), view.opacity);
    } else if NEAREST {
        ink = ink_nearest(place, middle / size);
    } else {
        ink = ink_in_pixel(place, size, low, high);
    }
    let part = high - low;
    if !OVERLAPS {
        wash(place, select(part.x * part.y, 1.0, NEAREST));
    }
    return styled_ink(place, ink);
}

@fragment
fn fs_point(in: VertexOut) -> @location(0) vec4<f32> {
    return stored(ink_of(in, unpack(in)));
}

// For a coloured picture.
@fragment
fn fs_sums(in: VertexOut) -> Sums {
    let ink = ink_of(in, unpack(in));
    if OVERLAPS {
        return Sums(stored(ink), colored);
    }
    return Sums(washed, colored);
}
