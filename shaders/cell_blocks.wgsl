// Cell look-up in levels with an even number of values a side: a pixel takes what it shows of four blocks. After cell_lookup.wgsl.
//
// How it works: of two neighbouring drawings an axis, two texels hold all that a pixel touches. Where rows have looks and drawings show
// themselves alone, what it takes is put together by drawing first; then each drawing that it touches is asked for its look once: one
// where the pixel lies inside a drawing, two on an edge, four at a corner. Large drawings have few edges, so their looks cost little
// beside their ink. Where drawings are small, most pixels lie on edges, and such a loop would cost more than it saves.

// Two texels of a level that hold all that a pixel touches of it, on one axis. Drawings follow one another without a gap, and
// so do their values.
struct Window {
    texels: vec2<u32>,
    // 1: the second one belongs to the next drawing.
    next: i32,
    // How much of the pixel each of their four values takes.
    parts: vec4<f32>,
}

// `side` values a drawing, an even number, and a pixel no wider than two of them.
fn window(start: Start, side: f32) -> Window {
    // Values a pixel is wide, and pixels a value.
    let wide = side / view.side_px;
    let px = view.side_px / side;
    let low = start.part * side;
    let last = side * 0.5 - 1.0;
    let first = min(floor(low * 0.5), last);
    let from_first = low - first * 2.0;
    let next = first == last;
    let texels = texel2(vec2<f32>(first, select(first + 1.0, 0.0, next)));
    return Window(texels, select(0, 1, next), parts(from_first, from_first + wide, 0.0) * px);
}

// The four blocks that hold all that a pixel takes, two an axis: whose they are, and what it takes of each.
struct Blocks {
    columns: Window,
    lines: Window,
    // Of the upper left, the upper right, the lower left and the lower right one.
    rows: vec4<u32>,
    upper_left: Ink,
    upper_right: Ink,
    lower_left: Ink,
    lower_right: Ink,
}

// Both levels' ink of one block's four values: `columns` and `lines` are how much of the pixel they take, `part` what the sum of
// them takes of it for the coarser level.
fn ink_of_block(row: u32, half_side: u32, at: vec2<u32>, columns: vec2<f32>, lines: vec2<f32>, part: f32) -> Ink {
    let place = readable(row);
    return both_levels(block_of(fine, place.cell * half_side + at, place.layer), columns, lines, part);
}

fn blocks_at(positions: vec4<u32>, x: Start, y: Start) -> Blocks {
    let side = f32(view.fine_side);
    let half_side = view.fine_side >> 1u;
    let columns = window(x, side);
    let lines = window(y, side);
    let second = vec2<i32>(x.number + columns.next, y.number + lines.next);
    // The finer level's weight goes into the columns' parts, the coarser one's into those of the means.
    let across = columns.parts * (1.0 - view.level_mix);
    let wide = vec2<f32>(columns.parts.x + columns.parts.y, columns.parts.z + columns.parts.w) * (view.level_mix * 0.25);
    let high = vec2<f32>(lines.parts.x + lines.parts.y, lines.parts.z + lines.parts.w);
    let near = columns.texels;
    let down = lines.texels;
    let rows = vec4<u32>(
        row_at(positions, x.number, y.number),
        row_at(positions, second.x, y.number),
        row_at(positions, x.number, second.y),
        row_at(positions, second.x, second.y),
    );
    return Blocks(
        columns,
        lines,
        rows,
        ink_of_block(rows.x, half_side, vec2<u32>(near.x, down.x), across.xy, lines.parts.xy, wide.x * high.x),
        ink_of_block(rows.y, half_side, vec2<u32>(near.y, down.x), across.zw, lines.parts.xy, wide.y * high.x),
        ink_of_block(rows.z, half_side, vec2<u32>(near.x, down.y), across.xy, lines.parts.zw, wide.x * high.y),
        ink_of_block(rows.w, half_side, vec2<u32>(near.y, down.y), across.zw, lines.parts.zw, wide.y * high.y),
    );
}

fn ink_filtered_at(positions: vec4<u32>, x: Start, y: Start) -> Ink {
    let blocks = blocks_at(positions, x, y);
    let rows = blocks.rows;
    return ink_there(rows.x, readable(rows.x), blocks.upper_left)
        + ink_there(rows.y, readable(rows.y), blocks.upper_right)
        + ink_there(rows.z, readable(rows.z), blocks.lower_left)
        + ink_there(rows.w, readable(rows.w), blocks.lower_right);
}

fn ink_styled_at(positions: vec4<u32>, x: Start, y: Start) -> Ink {
    let blocks = blocks_at(positions, x, y);
    let rows = blocks.rows;
    let columns = blocks.columns;
    let lines = blocks.lines;
    // The second column and line are the next drawing's, or still this one's.
    let crosses = vec2<bool>(columns.next == 1 && columns.parts.z > 0.0, lines.next == 1 && lines.parts.z > 0.0);
    let part = select(vec2<f32>(1.0), vec2<f32>(own_part(x), own_part(y)), crosses);
    let over = f32(columns.next);
    let below = f32(lines.next);
    let upper = blocks.upper_left + blocks.lower_left * (1.0 - below);
    let upper_second = blocks.upper_right + blocks.lower_right * (1.0 - below);
    let upper_left = upper + upper_second * (1.0 - over);
    let lower_left = (blocks.lower_left + blocks.lower_right * (1.0 - over)) * below;
    let lower_right = blocks.lower_right * (over * below);
    let count = select(1, 2, crosses.x) * select(1, 2, crosses.y);
    let bit = select(0u, 1u, crosses.x);
    var sum = Ink(0.0);
    for (var i = 0; i < 4; i++) {
        if i >= count {
            break;
        }
        let is_next = vec2<bool>(crosses.x && (i & 1) == 1, crosses.y && (i >> bit) == 1);
        let row = select(select(rows.x, rows.y, is_next.x), select(rows.z, rows.w, is_next.x), is_next.y);
        let ink = select(select(upper_left, upper_second * over, is_next.x), select(lower_left, lower_right, is_next.x), is_next.y);
        let of_pixel = select(part, vec2<f32>(1.0) - part, is_next);
        let place = readable(row);
        wash_there(row, place, of_pixel.x * of_pixel.y);
        sum += ink_there(row, place, ink);
    }
    return sum;
}
