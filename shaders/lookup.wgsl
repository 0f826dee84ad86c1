// Drawings in a lattice, looked up by pixel: a picture costs pixels, however many drawings there are. After view.wgsl and
// lattice.wgsl.

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

// Two texels of a level that hold all that a pixel touches of it, on one axis.
struct Window {
    texels: vec2<u32>,
    // The second one belongs to the next drawing.
    next: bool,
    // How much of the pixel each of their four values takes.
    parts: vec4<f32>,
}

// `side` values a drawing, an even number, and a pixel no wider than two of them.
fn window(axis: Axis, start: f32, side: f32) -> Window {
    let px = vec2<f32>(axis.edges.y - axis.edges.x, axis.edges.z - axis.edges.y) / side;
    let low = max((start - axis.edges.x) / px.x, 0.0);
    let high = low + axis.widths.x / px.x;
    let last = side * 0.5 - 1.0;
    let first = min(floor(low * 0.5), last);
    let own = parts(low, high, first * 2.0) * px.x;
    let others = clamp(axis.widths.y / px.y - vec2<f32>(0.0, 1.0), vec2<f32>(0.0), vec2<f32>(1.0)) * px.y;
    let next = first == last;
    return Window(vec2<u32>(vec2<f32>(first, select(first + 1.0, 0.0, next))), next, vec4<f32>(own.xy, select(own.zw, others, next)));
}

// Blended ink of one texel's four values.
fn ink_of_texel(row: u32, texel: vec2<u32>, columns: vec2<f32>, lines: vec2<f32>) -> f32 {
    let place = readable(row);
    let values = textureLoad(fine, place.cell * (view.fine_side >> 1u) + texel, place.layer, 0);
    let coarser = dot(values, vec4<f32>(0.25)) * (columns.x + columns.y) * (lines.x + lines.y);
    return ink_there(row, mix(weighed(values, columns, lines), coarser, view.level_mix));
}

fn ink_filtered_at(positions: vec4<u32>, x: Axis, y: Axis, start: vec2<f32>) -> f32 {
    let side = f32(view.fine_side);
    let columns = window(x, start.x, side);
    let lines = window(y, start.y, side);
    let column = x.number + select(0, 1, columns.next);
    let line = y.number + select(0, 1, lines.next);
    return ink_of_texel(row_at(positions, x.number, y.number), vec2<u32>(columns.texels.x, lines.texels.x), columns.parts.xy, lines.parts.xy)
        + ink_of_texel(row_at(positions, column, y.number), vec2<u32>(columns.texels.y, lines.texels.x), columns.parts.zw, lines.parts.xy)
        + ink_of_texel(row_at(positions, x.number, line), vec2<u32>(columns.texels.x, lines.texels.y), columns.parts.xy, lines.parts.zw)
        + ink_of_texel(row_at(positions, column, line), vec2<u32>(columns.texels.y, lines.texels.y), columns.parts.zw, lines.parts.zw);
}

// Three texels, for a level with an odd number of values: the last texel of a drawing holds one.
struct WideWindow {
    texels: vec3<u32>,
    // 0: of this drawing, 1: of the next one.
    next: vec3<i32>,
    first: vec2<f32>,
    second: vec2<f32>,
    third: vec2<f32>,
}

// How much of the pixel the two values of a texel take, in the drawing that the pixel begins in and in the next one.
fn own_parts(axis: Axis, start: f32, px: f32, texel: f32) -> vec2<f32> {
    let low = max((start - axis.edges.x) / px, 0.0);
    return parts(low, low + axis.widths.x / px, texel * 2.0).xy * px;
}

fn next_parts(axis: Axis, px: f32, texel: f32) -> vec2<f32> {
    return clamp(axis.widths.y / px - texel * 2.0 - vec2<f32>(0.0, 1.0), vec2<f32>(0.0), vec2<f32>(1.0)) * px;
}

fn wide_window(axis: Axis, start: f32) -> WideWindow {
    let side = f32(view.fine_side);
    let px = vec2<f32>(axis.edges.y - axis.edges.x, axis.edges.z - axis.edges.y) / side;
    let count = floor((side + 1.0) * 0.5);
    let first = clamp(floor((start - axis.edges.x) / px.x * 0.5), 0.0, count - 1.0);
    // Texels counted on from this drawing into the next one.
    let second = select(first + 1.0, first + 1.0 - count, first + 1.0 >= count);
    let third = select(first + 2.0, first + 2.0 - count, first + 2.0 >= count);
    let next = vec3<i32>(0, select(0, 1, first + 1.0 >= count), select(0, 1, first + 2.0 >= count));
    return WideWindow(
        vec3<u32>(vec3<f32>(first, second, third)),
        next,
        own_parts(axis, start, px.x, first),
        select(own_parts(axis, start, px.x, second), next_parts(axis, px.y, second), next.y == 1),
        select(own_parts(axis, start, px.x, third), next_parts(axis, px.y, third), next.z == 1),
    );
}

fn ink_of_line(positions: vec4<u32>, column: i32, line: i32, columns: WideWindow, texel: u32, lines: vec2<f32>) -> f32 {
    let half_side = (view.fine_side + 1u) >> 1u;
    var sum = 0.0;
    for (var i = 0u; i < 3u; i++) {
        let row = row_at(positions, column + columns.next[i], line);
        let place = readable(row);
        let values = textureLoad(fine, place.cell * half_side + vec2<u32>(columns.texels[i], texel), place.layer, 0);
        var own = columns.first;
        if i == 1u {
            own = columns.second;
        }
        if i == 2u {
            own = columns.third;
        }
        sum += ink_there(row, weighed(values, own, lines));
    }
    return sum;
}

fn ink_of_coarse(row: u32, texel: vec2<u32>, columns: vec2<f32>, lines: vec2<f32>) -> f32 {
    let place = readable(row);
    return ink_there(row, weighed(textureLoad(coarse, place.cell * 2u + texel, place.layer, 0), columns, lines));
}

// An odd level blended with the one of 4 values a side.
fn ink_odd_at(positions: vec4<u32>, x: Axis, y: Axis, start: vec2<f32>) -> f32 {
    let wide = wide_window(x, start.x);
    let high = wide_window(y, start.y);
    let finer = ink_of_line(positions, x.number, y.number, wide, high.texels.x, high.first)
        + ink_of_line(positions, x.number, y.number + high.next.y, wide, high.texels.y, high.second)
        + ink_of_line(positions, x.number, y.number + high.next.z, wide, high.texels.z, high.third);
    let columns = window(x, start.x, 4.0);
    let lines = window(y, start.y, 4.0);
    let column = x.number + select(0, 1, columns.next);
    let line = y.number + select(0, 1, lines.next);
    let coarser = ink_of_coarse(row_at(positions, x.number, y.number), vec2<u32>(columns.texels.x, lines.texels.x), columns.parts.xy, lines.parts.xy)
        + ink_of_coarse(row_at(positions, column, y.number), vec2<u32>(columns.texels.y, lines.texels.x), columns.parts.zw, lines.parts.xy)
        + ink_of_coarse(row_at(positions, x.number, line), vec2<u32>(columns.texels.x, lines.texels.y), columns.parts.xy, lines.parts.zw)
        + ink_of_coarse(row_at(positions, column, line), vec2<u32>(columns.texels.y, lines.texels.y), columns.parts.zw, lines.parts.zw);
    return mix(finer, coarser, view.level_mix);
}

fn far_ink(row: u32) -> f32 {
    return ink_there(row, stretched(mean_ink(readable(row))));
}

fn ink_far_at(positions: vec4<u32>, x: Axis, y: Axis) -> f32 {
    let upper = far_ink(row_at(positions, x.number, y.number)) * x.widths.x
        + far_ink(row_at(positions, x.number + 1, y.number)) * x.widths.y;
    let lower = far_ink(row_at(positions, x.number, y.number + 1)) * x.widths.x
        + far_ink(row_at(positions, x.number + 1, y.number + 1)) * x.widths.y;
    return upper * y.widths.x + lower * y.widths.y;
}

// Whole values, where a drawing is at least as large as its canvas.
fn ink_nearest_at(looked: Looked) -> f32 {
    let center = looked.position.xy;
    let column = column_at(looked.left_top.x, center.x);
    let line = line_at(looked.left_top.y, center.y);
    let row = row_at(looked.positions, column, line);
    let corner = vec2<f32>(edge_x(looked.left_top.x, column), edge_y(looked.left_top.y, line));
    let far_corner = vec2<f32>(edge_x(looked.left_top.x, column + 1), edge_y(looked.left_top.y, line + 1));
    return ink_there(row, ink_nearest(readable(row), (center - corner) / (far_corner - corner)));
}

// Any number of drawings a pixel. In stand-ins the one in the middle of `stride` x `stride` stands for all of them.
fn ink_of_many(looked: Looked) -> f32 {
    let left = looked.left_top.x;
    let top = looked.left_top.y;
    let start = floor(looked.position.xy);
    let stride = i32(view.stride);
    let middle = stride / 2;
    let first_column = column_at(left, start.x) / stride * stride;
    let first_left = edge_x(left, first_column);
    var line = line_at(top, start.y) / stride * stride;
    var edge_top = edge_y(top, line);
    var ink = 0.0;
    loop {
        if edge_top >= start.y + 1.0 {
            break;
        }
        let edge_bottom = edge_y(top, line + stride);
        let low_y = max(start.y - edge_top, 0.0);
        let high_y = min(start.y + 1.0, edge_bottom) - edge_top;
        var column = first_column;
        var edge_left = first_left;
        loop {
            if edge_left >= start.x + 1.0 {
                break;
            }
            let edge_right = edge_x(left, column + stride);
            let row = row_at(looked.positions, column + middle, line + middle);
            let size = vec2<f32>(edge_right - edge_left, edge_bottom - edge_top);
            let low = vec2<f32>(max(start.x - edge_left, 0.0), low_y);
            let high = vec2<f32>(min(start.x + 1.0, edge_right) - edge_left, high_y);
            ink += ink_there(row, ink_in_pixel(readable(row), size, low, high));
            column += stride;
            edge_left = edge_right;
        }
        line += stride;
        edge_top = edge_bottom;
    }
    return ink;
}

fn ink_at(looked: Looked) -> f32 {
    if NEAREST {
        return ink_nearest_at(looked);
    }
    if MANY {
        return ink_of_many(looked);
    }
    let left = looked.left_top.x;
    let top = looked.left_top.y;
    let start = floor(looked.position.xy);
    let column = column_near(left, start.x);
    let line = line_near(top, start.y);
    let x = axis(column, vec3<f32>(edge_x(left, column), edge_x(left, column + 1), edge_x(left, column + 2)), start.x);
    let y = axis(line, vec3<f32>(edge_y(top, line), edge_y(top, line + 1), edge_y(top, line + 2)), start.y);
    var ink = 0.0;
    if FAR < 2u && HALVES {
        ink = ink_filtered_at(looked.positions, x, y, start);
    }
    if FAR < 2u && !HALVES {
        ink = ink_odd_at(looked.positions, x, y, start);
    }
    if FAR > 0u {
        ink = mix(ink, ink_far_at(looked.positions, x, y), view.far_mix);
    }
    return ink;
}

// Ink into the ink target: parts add up where a pixel shows several.
@fragment
fn fs_ink(looked: Looked) -> @location(0) vec4<f32> {
    let ink = ink_at(looked);
    return vec4<f32>(ink, 0.0, 0.0, ink);
}

// Colours at once, where one part shows everything.
@fragment
fn fs_color(looked: Looked) -> @location(0) vec4<f32> {
    let index = u32(clamp(ink_at(looked), 0.0, 1.0) * 255.0 + 0.5);
    return vec4<f32>(textureLoad(colors, vec2<u32>(index, 0u), 0).xyz, 1.0);
}
