// Cell look-up: each pixel computes which drawings it shows. After view.wgsl, rows.wgsl, row_style.wgsl and
// cell_grid.wgsl, before cell_blocks.wgsl and cell_odd.wgsl.
//
// How it works: a picture costs pixels, however many drawings there are. From a pixel a drawing on, a pixel touches two of them an
// axis at most, and two blocks of the finer level (its values are at most half a pixel wide): those four blocks hold all that it
// takes, and their means are the coarser level wherever that has half as many values. A level with an odd number of values needs
// three blocks an axis and reads the coarser level by itself. Far drawings take four stretched means. Smaller drawings than a
// pixel, and levels with many values a pixel, are added up one by one (MANY), no more than 2^SPAN_BITS of them an axis: where there
// are more, one in every so many shows for its neighbours. Where one part is all there is, colours are written at once (fs_color);
// several parts add up in an ink target (fs_ink), which resolve.wgsl turns into colours.

// Of one axis: what a pixel touches of two neighbouring drawings of at least a pixel each.
struct Axis {
    // Number of the first one, the column or line that the pixel begins in.
    number: i32,
    // Where it ends and begins, and where the second one ends.
    edges: vec3<f32>,
    // How much of the pixel lies in each.
    widths: vec2<f32>,
}

// A number that is off by one is so by 1/1024 px: what it misses counts for nothing, and it takes nothing that is not there.
fn axis(number: i32, edges: vec3<f32>, start: f32) -> Axis {
    let end = start + 1.0;
    let first = max(min(edges.y, end) - start, 0.0);
    return Axis(number, edges, vec2<f32>(first, clamp(end - edges.y, 0.0, min(edges.z - edges.y, 1.0))));
}

fn axis_x(left: i32, start: f32) -> Axis {
    let column = column_near(left, start);
    return axis(column, vec3<f32>(edge_x(left, column), edge_x(left, column + 1), edge_x(left, column + 2)), start);
}

fn axis_y(top: i32, start: f32) -> Axis {
    let line = line_near(top, start);
    return axis(line, vec3<f32>(edge_y(top, line), edge_y(top, line + 1), edge_y(top, line + 2)), start);
}

// Of one axis: where a pixel begins, from arithmetic that costs little and is off by less than 1/1024 px.
struct Start {
    // Number of the drawing.
    number: i32,
    // Place in it, 0..1.
    part: f32,
}

fn start_from(before_origin: i32, fixed: f32) -> Start {
    let down = floor(fixed);
    let at = before_origin + whole(down);
    let bits = unit_bits();
    let inside = f32(at & ((1 << bits) - 1)) + (fixed - down);
    return Start(at >> bits, inside / f32(1 << bits));
}

fn start_x(left: i32, x: f32) -> Start {
    return start_from(view.origin.x - left, (x - view.origin_px.x) / view.px_per_fixed);
}

fn start_y(top: i32, y: f32) -> Start {
    return start_from(top - view.origin.y, (y - view.origin_px.y) / view.px_per_fixed);
}

// `part` is how much of the pixel the drawing has.
fn far_ink(row: u32, part: f32) -> Ink {
    let place = readable(row);
    set_share(view.far_mix * part);
    return ink_there(row, place, Ink(stretched(mean_ink(place))));
}

// How much of a pixel lies in the drawing that it begins in, on one axis: the rest lies in the next one.
fn own_part(start: Start) -> f32 {
    return clamp((1.0 - start.part) * view.side_px, 0.0, 1.0);
}

fn ink_far_at(positions: vec4<u32>, x: Start, y: Start) -> Ink {
    let own = vec2<f32>(own_part(x), own_part(y));
    let next = vec2<f32>(1.0) - own;
    let upper_right = far_ink(row_at(positions, x.number + 1, y.number), next.x * own.y);
    let upper_left = far_ink(row_at(positions, x.number, y.number), own.x * own.y);
    let lower_right = far_ink(row_at(positions, x.number + 1, y.number + 1), next.x * next.y);
    let lower_left = far_ink(row_at(positions, x.number, y.number + 1), own.x * next.y);
    return mix(mix(lower_right, lower_left, own.x), mix(upper_right, upper_left, own.x), own.y);
}

fn wash_of(row: u32, area: f32) {
    wash_there(row, readable(row), area);
}

// The wash of the drawings that a pixel touches, two of them an axis.
fn wash_at(positions: vec4<u32>, x: Start, y: Start) {
    if STYLING != 2u {
        return;
    }
    let own = vec2<f32>(own_part(x), own_part(y));
    let next = vec2<f32>(1.0) - own;
    wash_of(row_at(positions, x.number, y.number), own.x * own.y);
    wash_of(row_at(positions, x.number + 1, y.number), next.x * own.y);
    wash_of(row_at(positions, x.number, y.number + 1), own.x * next.y);
    wash_of(row_at(positions, x.number + 1, y.number + 1), next.x * next.y);
}

// Whole values, where a drawing is at least as large as its canvas.
fn ink_nearest_at(in: VertexOut) -> Ink {
    let center = in.position.xy + in.tile_px;
    let near = vec2<i32>(column_near(in.left_top.x, center.x), line_near(in.left_top.y, center.y));
    let corner = vec2<f32>(edge_x(in.left_top.x, near.x), edge_y(in.left_top.y, near.y));
    let far_corner = vec2<f32>(edge_x(in.left_top.x, near.x + 1), edge_y(in.left_top.y, near.y + 1));
    let unit = (center - corner) / (far_corner - corner);
    // Within 1/1024 px of an edge the exact one decides: the centre may lie in the neighbour's last value or first one.
    let before = unit < vec2<f32>(0.0);
    let after = unit >= vec2<f32>(1.0);
    let number = near - select(vec2<i32>(0), vec2<i32>(1), before) + select(vec2<i32>(0), vec2<i32>(1), after);
    let row = row_at(in.positions, number.x, number.y);
    let place = readable(row);
    wash_there(row, place, 1.0);
    return ink_there(row, place, ink_nearest(place, select(select(unit, vec2<f32>(1.0), before), vec2<f32>(0.0), after)));
}

// Drawings that a pixel looks at on an axis, at most; and the logarithm of how many it may look at in this picture.
const MOST: i32 = 128;
override SPAN_BITS: u32 = 7u;

// Of one axis: the drawings of the part that a pixel may touch. Where they are too many, one in each stride shows for it.
struct Span {
    first: i32,
    end: i32,
    stride: i32,
}

// `last` may be one too low. `all`: the part's first one and one past its last.
fn span(first: i32, last: i32, all: vec2<i32>) -> Span {
    let low = max(min(first, all.y), all.x);
    let end = max(min(last + 2, all.y), low);
    return Span(low, end, max((end - low + ((1 << SPAN_BITS) - 1)) >> SPAN_BITS, 1));
}

// Any number of drawings a pixel.
fn ink_of_many(in: VertexOut) -> Ink {
    let left = in.left_top.x;
    let top = in.left_top.y;
    let start = floor(in.position.xy) + in.tile_px;
    let columns = span(column_at(left, start.x), column_near(left, start.x + 1.0), in.columns);
    let lines = span(line_at(top, start.y), line_near(top, start.y + 1.0), in.lines);
    let first_left = edge_x(left, columns.first);
    var line = lines.first;
    var edge_top = edge_y(top, line);
    var ink = Ink(0.0);
    for (var i = 0; i < MOST; i++) {
        if (line >= lines.end) | (edge_top >= start.y + 1.0) {
            break;
        }
        let next_line = min(line + lines.stride, lines.end);
        let middle_line = min(line + (lines.stride >> 1u), lines.end - 1);
        let edge_bottom = edge_y(top, next_line);
        let low_y = max(start.y - edge_top, 0.0);
        let high_y = min(start.y + 1.0, edge_bottom) - edge_top;
        var column = columns.first;
        var edge_left = first_left;
        for (var j = 0; j < MOST; j++) {
            if (column >= columns.end) | (edge_left >= start.x + 1.0) {
                break;
            }
            let next_column = min(column + columns.stride, columns.end);
            let edge_right = edge_x(left, next_column);
            let row = row_at(in.positions, min(column + (columns.stride >> 1u), columns.end - 1), middle_line);
            let size = vec2<f32>(edge_right - edge_left, edge_bottom - edge_top);
            let low = vec2<f32>(max(start.x - edge_left, 0.0), low_y);
            let high = vec2<f32>(min(start.x + 1.0, edge_right) - edge_left, high_y);
            let place = readable(row);
            let part = high - low;
            wash_there(row, place, part.x * part.y);
            ink += ink_there(row, place, ink_in_pixel(place, size, low, high));
            column = next_column;
            edge_left = edge_right;
        }
        line = next_line;
        edge_top = edge_bottom;
    }
    return ink;
}

fn ink_at(in: VertexOut) -> Ink {
    if NEAREST {
        return ink_nearest_at(in);
    }
    if MANY {
        return ink_of_many(in);
    }
    let start = floor(in.position.xy) + in.tile_px;
    let x = start_x(in.left_top.x, start.x);
    let y = start_y(in.left_top.y, start.y);
    if STYLING != 0u && HALVES && FAR == 0u {
        return ink_styled_at(in.positions, x, y);
    }
    wash_at(in.positions, x, y);
    var ink = Ink(0.0);
    if FAR == 1u {
        set_share(1.0 - view.far_mix);
    }
    if FAR < 2u && HALVES {
        ink = ink_filtered_at(in.positions, x, y);
    }
    if FAR < 2u && !HALVES {
        ink = ink_odd_at(in.positions, in.left_top, start, x, y);
    }
    if FAR > 0u {
        ink = mix(ink, ink_far_at(in.positions, x, y), view.far_mix);
    }
    return ink;
}

// Ink into the ink target: parts add up where a pixel shows several.
@fragment
fn fs_ink(in: VertexOut) -> @location(0) vec4<f32> {
    unpack(in);
    return stored(ink_at(in));
}

// Sums for a coloured picture, where parts add up.
@fragment
fn fs_sums(in: VertexOut) -> Sums {
    unpack(in);
    _ = ink_at(in);
    return Sums(washed, colored);
}

// Colours at once, where one part shows everything.
@fragment
fn fs_color(in: VertexOut) -> @location(0) vec4<f32> {
    unpack(in);
    let ink = ink_at(in);
    if STYLING == 2u {
        return vec4<f32>(color_of_sums(in.paper), 1.0);
    }
    return vec4<f32>(shown(ink), 1.0);
}
