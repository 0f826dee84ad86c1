// The scatter points: one quad a drawing. Writes the ink that a drawing gives to a pixel; blending adds it up (drawings
// that do not overlap) or multiplies what is left of the paper (a crowd). After view.wgsl.

struct Point {
    @builtin(position) position: vec4<f32>,
    // Left, top, right, bottom of the square in pixels.
    @location(0) @interpolate(flat) square: vec4<f32>,
    @location(1) @interpolate(flat) row: u32,
    @location(2) @interpolate(flat) mean: f32,
}

@vertex
fn vs_point(
    @builtin(vertex_index) vertex: u32,
    @location(0) position: vec2<i32>,
    @location(1) row: u32,
) -> Point {
    var point: Point;
    point.row = row;
    point.mean = 0.0;
    point.square = square_px(position);
    if row >= view.rows_ready {
        point.position = vec4<f32>(2.0, 2.0, 0.0, 1.0);
        return point;
    }
    if view.far_mix > 0.0 {
        point.mean = stretched(mean_ink(place_of(row)));
    }
    // Wide enough for every pixel that the square touches: the fragment decides exactly.
    let margin = 0.75;
    point.position = clip_from_px(mix(point.square.xy - margin, point.square.zw + margin, corner(vertex)));
    return point;
}

@fragment
fn fs_point(point: Point) -> @location(0) vec4<f32> {
    let overlaps = (view.flags & FLAG_OVERLAPS) != 0u;
    let nearest = (view.flags & FLAG_NEAREST) != 0u;
    let size = point.square.zw - point.square.xy;
    let middle = point.position.xy - point.square.xy;
    let low = clamp(middle - 0.5, vec2<f32>(0.0), size);
    let high = clamp(middle + 0.5, vec2<f32>(0.0), size);
    let covered = (high.x - low.x) * (high.y - low.y);
    let centred = covers(point.square, point.position.xy);
    if covered <= 0.0 || ((overlaps || nearest) && !centred) {
        discard;
    }
    let place = place_of(point.row);
    var ink = 0.0;
    if overlaps {
        ink = 1.0;
        if view.shape_mix > 0.0 {
            var drawn = 0.0;
            if nearest {
                drawn = ink_nearest(place, middle / size);
            } else {
                drawn = ink_filtered(place, size, low, high);
            }
            ink = mix(1.0, drawn, view.shape_mix);
        }
        ink *= view.opacity;
    } else if nearest {
        ink = ink_nearest(place, middle / size);
    } else {
        if view.far_mix < 1.0 {
            ink = ink_filtered(place, size, low, high);
        }
        ink = mix(ink, point.mean * covered, view.far_mix);
    }
    return vec4<f32>(ink, 0.0, 0.0, ink);
}
