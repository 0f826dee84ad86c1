// Cell look-up of rows with looks, where drawings show themselves alone and a pixel touches two of them an axis at most. After
// cell_lookup.wgsl.
//
// How it works: what a pixel takes of its four blocks is put together by drawing first. Then each drawing that it touches is asked for
// its look once: one where the pixel lies inside a drawing, two on an edge, four at a corner. Large drawings have few edges, so their
// looks cost little beside their ink. Where drawings are small, most pixels lie on edges, and a loop would cost more than it saves.

fn unstyled_ink(row: u32, half_side: u32, at: vec2<u32>, columns: vec2<f32>, lines: vec2<f32>, part: f32) -> Ink {
    let place = readable(row);
    return both_levels(block_of(fine, place.cell * half_side + at, place.layer), columns, lines, part);
}

fn ink_styled_at(positions: vec4<u32>, x: Start, y: Start) -> Ink {
    let side = f32(view.fine_side);
    let half_side = view.fine_side >> 1u;
    let columns = window(x, side);
    let lines = window(y, side);
    let near = columns.texels;
    let down = lines.texels;
    // As in ink_filtered_at().
    let across = columns.parts * (1.0 - view.level_mix);
    let wide = vec2<f32>(columns.parts.x + columns.parts.y, columns.parts.z + columns.parts.w) * (view.level_mix * 0.25);
    let high = vec2<f32>(lines.parts.x + lines.parts.y, lines.parts.z + lines.parts.w);
    let second = vec2<i32>(x.number + columns.next, y.number + lines.next);
    let row_a = row_at(positions, x.number, y.number);
    let row_b = row_at(positions, second.x, y.number);
    let row_c = row_at(positions, x.number, second.y);
    let row_d = row_at(positions, second.x, second.y);
    let a = unstyled_ink(row_a, half_side, vec2<u32>(near.x, down.x), across.xy, lines.parts.xy, wide.x * high.x);
    let b = unstyled_ink(row_b, half_side, vec2<u32>(near.y, down.x), across.zw, lines.parts.xy, wide.y * high.x);
    let c = unstyled_ink(row_c, half_side, vec2<u32>(near.x, down.y), across.xy, lines.parts.zw, wide.x * high.y);
    let d = unstyled_ink(row_d, half_side, vec2<u32>(near.y, down.y), across.zw, lines.parts.zw, wide.y * high.y);
    // The second column and line are the next drawing's, or still this one's.
    let crosses = vec2<bool>(columns.next == 1 && columns.parts.z > 0.0, lines.next == 1 && lines.parts.z > 0.0);
    let part = select(vec2<f32>(1.0), vec2<f32>(own_part(x), own_part(y)), crosses);
    let over = f32(columns.next);
    let below = f32(lines.next);
    let upper = a + c * (1.0 - below);
    let upper_second = b + d * (1.0 - below);
    let upper_left = upper + upper_second * (1.0 - over);
    let lower_left = (c + d * (1.0 - over)) * below;
    let count = select(1, 2, crosses.x) * select(1, 2, crosses.y);
    let bit = select(0u, 1u, crosses.x);
    var sum = Ink(0.0);
    for (var i = 0; i < 4; i++) {
        if i >= count {
            break;
        }
        let is_next = vec2<bool>(crosses.x && (i & 1) == 1, crosses.y && (i >> bit) == 1);
        let row = select(select(row_a, row_b, is_next.x), select(row_c, row_d, is_next.x), is_next.y);
        let ink = select(select(upper_left, upper_second * over, is_next.x), select(lower_left, d * (over * below), is_next.x), is_next.y);
        let of_pixel = select(part, vec2<f32>(1.0) - part, is_next);
        let place = readable(row);
        wash_there(row, place, of_pixel.x * of_pixel.y);
        sum += ink_there(row, place, ink);
    }
    return sum;
}
