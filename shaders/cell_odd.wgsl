// Cell look-up in a level with an odd number of values a side, blended with the one of 4. After cell_lookup.wgsl.
//
// How it works: a texel holds 2 x 2 values, so the last texel of a drawing's line holds one, and the next drawing begins in a texel of
// its own. A pixel, at most two values wide, meets three texels an axis then; how much of it each of their values takes follows from
// the exact edges of the drawing that it begins in and of the next one.

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
        texel3(vec3<f32>(first, second, third)),
        next,
        own_parts(axis, start, px.x, first),
        select(own_parts(axis, start, px.x, second), next_parts(axis, px.y, second), next.y == 1),
        select(own_parts(axis, start, px.x, third), next_parts(axis, px.y, third), next.z == 1),
    );
}

fn ink_of_line(positions: vec4<u32>, column: i32, line: i32, columns: WideWindow, texel: u32, lines: vec2<f32>) -> Ink {
    let half_side = (view.fine_side + 1u) >> 1u;
    var sum = Ink(0.0);
    for (var i = 0u; i < 3u; i++) {
        let row = row_at(positions, column + columns.next[i], line);
        let place = readable(row);
        let values = block_of(fine, place.cell * half_side + vec2<u32>(columns.texels[i], texel), place.layer);
        var own = columns.first;
        if i == 1u {
            own = columns.second;
        }
        if i == 2u {
            own = columns.third;
        }
        sum += ink_there(row, place, weighed(values, own, lines));
    }
    return sum;
}

fn ink_of_coarse(row: u32, texel: vec2<u32>, columns: vec2<f32>, lines: vec2<f32>) -> Ink {
    let place = readable(row);
    return ink_there(row, place, weighed(block_of(coarse, place.cell * 2u + texel, place.layer), columns, lines));
}

// An odd level blended with the one of 4 values a side.
fn ink_odd_at(positions: vec4<u32>, left_top: vec2<i32>, start: vec2<f32>, from_x: Start, from_y: Start) -> Ink {
    let x = axis_x(left_top.x, start.x);
    let y = axis_y(left_top.y, start.y);
    let wide = wide_window(x, start.x);
    let high = wide_window(y, start.y);
    let whole_share = share;
    set_share(whole_share * (1.0 - view.level_mix));
    let finer = ink_of_line(positions, x.number, y.number, wide, high.texels.x, high.first)
        + ink_of_line(positions, x.number, y.number + high.next.y, wide, high.texels.y, high.second)
        + ink_of_line(positions, x.number, y.number + high.next.z, wide, high.texels.z, high.third);
    let columns = window(from_x, 4.0);
    let lines = window(from_y, 4.0);
    let column = from_x.number + columns.next;
    let line = from_y.number + lines.next;
    set_share(whole_share * view.level_mix);
    let coarser = ink_of_coarse(row_at(positions, from_x.number, from_y.number), vec2<u32>(columns.texels.x, lines.texels.x), columns.parts.xy, lines.parts.xy)
        + ink_of_coarse(row_at(positions, column, from_y.number), vec2<u32>(columns.texels.y, lines.texels.x), columns.parts.zw, lines.parts.xy)
        + ink_of_coarse(row_at(positions, from_x.number, line), vec2<u32>(columns.texels.x, lines.texels.y), columns.parts.xy, lines.parts.zw)
        + ink_of_coarse(row_at(positions, column, line), vec2<u32>(columns.texels.y, lines.texels.y), columns.parts.zw, lines.parts.zw);
    return mix(finer, coarser, view.level_mix);
}
