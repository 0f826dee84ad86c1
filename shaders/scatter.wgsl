// The scatter points: one quad a drawing. Writes the ink that a drawing gives to a pixel; blending adds it up (drawings
// that do not overlap) or multiplies what is left of the paper (a crowd). After view.wgsl.

struct Point {
    @builtin(position) position: vec4<f32>,
    // Left, top, right, bottom of the square in pixels.
    @location(0) @interpolate(flat) square: vec4<f32>,
    @location(1) @interpolate(flat) row: u32,
    // Of the view: level_mix, far_mix, opacity, shape_mix. Its cell and layer, and fine_side.
    @location(2) @interpolate(flat) mixes: vec4<f32>,
    @location(3) @interpolate(flat) place: vec4<u32>,
}

@vertex
fn vs_point(
    @builtin(vertex_index) vertex: u32,
    @location(0) position: vec2<i32>,
    @location(1) row: u32,
) -> Point {
    view = given_view;
    chunk = given_chunk;
    var point: Point;
    point.mixes = vec4<f32>(view.level_mix, view.far_mix, view.opacity, view.shape_mix);
    let place = place_of(row);
    point.place = vec4<u32>(place.cell, place.layer, view.fine_side);
    point.row = row;
    point.square = square_px(position);
    // In a stand-in for a crowd some drawings stand for others.
    if row >= view.rows_ready || (OVERLAPS && row % view.stride != 0u) {
        point.position = vec4<f32>(2.0, 2.0, 0.0, 1.0);
        return point;
    }
    // Wide enough for every pixel that counts, touched or covered in its centre: the fragment decides exactly.
    let margin = select(0.75, 0.0625, OVERLAPS || NEAREST);
    point.position = clip_from_px(mix(point.square.xy - margin, point.square.zw + margin, corner(vertex)));
    return point;
}

// In a fragment: the uniforms as its triangle carries them. Only whole values and far contrast, which crowds have seldom, are
// read from where they are.
fn take_over(point: Point) -> Place {
    view = given_view;
    view.level_mix = point.mixes.x;
    view.far_mix = point.mixes.y;
    view.opacity = point.mixes.z;
    view.shape_mix = point.mixes.w;
    view.fine_side = point.place.w;
    chunk.canvas = given_chunk.canvas;
    return Place(point.place.xy, point.place.z);
}

// Ink of one drawing of a crowd in a pixel whose centre it covers.
fn ink_in_crowd(place: Place, middle: vec2<f32>, size: vec2<f32>, low: vec2<f32>, high: vec2<f32>) -> f32 {
    if SHAPE == 0u {
        return 1.0;
    }
    var drawn = 0.0;
    if NEAREST {
        drawn = ink_nearest(place, middle / size);
    } else {
        drawn = ink_filtered(place, size, low, high);
    }
    if SHAPE == 1u {
        return mix(1.0, drawn, view.shape_mix);
    }
    return drawn;
}

@fragment
fn fs_point(point: Point) -> @location(0) vec4<f32> {
    let place = take_over(point);
    let size = point.square.zw - point.square.xy;
    let middle = point.position.xy - point.square.xy;
    let low = clamp(middle - 0.5, vec2<f32>(0.0), size);
    let high = clamp(middle + 0.5, vec2<f32>(0.0), size);
    let empty = any(high <= low);
    if empty || ((OVERLAPS || NEAREST) && !covers(point.square, point.position.xy)) {
        discard;
    }
    var ink = 0.0;
    if OVERLAPS {
        ink = view.opacity * ink_in_crowd(place, middle, size, low, high);
    } else if NEAREST {
        ink = ink_nearest(place, middle / size);
    } else {
        ink = ink_in_pixel(place, size, low, high);
    }
    return vec4<f32>(ink, 0.0, 0.0, ink);
}
