// A grid of cells with a drawing each: which of them lies where follows from arithmetic. After view.wgsl, rows.wgsl and row_style.wgsl.
//
// How it works: drawings of a layout without overlaps stand in blocks of columns and lines. A part is a block, or what one chunk
// holds of it, and one quad. A pixel's place, counted in fixed-point units from the block's left top corner and shifted by the bits
// of a world unit, is a column and a line; edges come from the same numbers as those of square_px() in view.wgsl, so that every
// painter shows the same. Column and line make a position, and the position is the row (`grid`), or is looked up in `row_of_cell`
// (`groups`, a sorted `grid`); between the rows of its chunk a part may have those of others, which it leaves out. What fragments need of uniforms comes to them as flat values of their triangle (VertexOut): pack() and unpack().

struct Part {
    // Left and top edge of position 0, fixed-point units.
    @location(0) left_top: vec2<i32>,
    // Drawings a line; first position and one past the last position that belong to this part.
    @location(1) columns: u32,
    @location(2) first: u32,
    @location(3) end: u32,
    // Where position 0 stands in `row_of_cell`, or its row where the rows follow one another.
    @location(4) start: u32,
}

struct VertexOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) left_top: vec2<i32>,
    @location(1) @interpolate(flat) positions: vec4<u32>,
    // Of the view: origin; origin_px, px_per_fixed, side_px; level_mix, far_mix, two of the stretch; the rest of it; fine_side,
    // rows_ready (no more than the chunk's end), half_fixed. Of the chunk: first_row, cell_bits, canvas.
    @location(2) @interpolate(flat) origin: vec2<i32>,
    @location(3) @interpolate(flat) scale: vec4<f32>,
    @location(4) @interpolate(flat) mixes: vec4<f32>,
    @location(5) @interpolate(flat) stretch: vec3<f32>,
    @location(6) @interpolate(flat) counts: vec3<u32>,
    @location(7) @interpolate(flat) chunk: vec3<u32>,
    // First column and line of the part, and one past the last ones.
    @location(8) @interpolate(flat) columns: vec2<i32>,
    @location(9) @interpolate(flat) lines: vec2<i32>,
    // Of the view: tile_px.
    @location(10) @interpolate(flat) tile_px: vec2<f32>,
    // Of coloured pictures: the paper.
    @location(11) @interpolate(flat) paper: vec3<f32>,
}

// In a fragment: the uniforms as its triangle carries them.
fn unpack(in: VertexOut) {
    view.origin = in.origin;
    view.tile_px = in.tile_px;
    view.origin_px = in.scale.xy;
    view.px_per_fixed = in.scale.z;
    view.side_px = in.scale.w;
    view.level_mix = in.mixes.x;
    view.far_mix = in.mixes.y;
    view.stretch_low = in.mixes.z;
    view.stretch_rise = in.mixes.w;
    view.stretch_knee = in.stretch.x;
    view.stretch_knee_to = in.stretch.y;
    view.stretch_rise_above = in.stretch.z;
    view.fine_side = in.counts.x;
    view.rows_ready = in.counts.y;
    view.half_fixed = i32(in.counts.z);
    chunk.first_row = in.chunk.x;
    chunk.cell_bits = in.chunk.y;
    chunk.canvas = in.chunk.z;
}

// Rows stand in `row_of_cell`.
override ORDERED: bool = false;
// A pixel may touch more than two drawings, or more values than two texels hold, on an axis.
override MANY: bool = false;

const NO_ROW: u32 = 0xffffffffu;

@group(3) @binding(0) var row_of_cell: texture_2d<u32>;

// Logarithm of the columns of `row_of_cell`.
const ORDER_BITS: u32 = 13u;

// World units to fixed-point units.
fn unit_bits() -> u32 {
    return firstTrailingBit(u32(view.half_fixed)) + 1u;
}

// Pixel edges of column and line numbers; the same numbers as those of square_px().
fn edge_x(left: i32, column: i32) -> f32 {
    return snap_one(view.origin_px.x + f32(left + (column << unit_bits()) - view.origin.x) * view.px_per_fixed);
}

fn edge_y(top: i32, line: i32) -> f32 {
    return snap_one(view.origin_px.y - f32(top - (line << unit_bits()) - view.origin.y) * view.px_per_fixed);
}

fn pack(part: Part) -> VertexOut {
    view = given_view;
    var out: VertexOut;
    out.origin = view.origin;
    out.tile_px = view.tile_px;
    out.scale = vec4<f32>(view.origin_px, view.px_per_fixed, view.side_px);
    out.mixes = vec4<f32>(view.level_mix, view.far_mix, view.stretch_low, view.stretch_rise);
    out.stretch = vec3<f32>(view.stretch_knee, view.stretch_knee_to, view.stretch_rise_above);
    out.counts = vec3<u32>(view.fine_side, min(view.rows_ready, given_chunk.end_row), u32(view.half_fixed));
    out.chunk = vec3<u32>(given_chunk.first_row, given_chunk.cell_bits, given_chunk.canvas);
    if STYLING == 2u {
        out.paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    }
    out.left_top = part.left_top;
    out.positions = vec4<u32>(part.columns, part.first, part.end, part.start);
    out.columns = vec2<i32>(0, i32(part.columns));
    out.lines = vec2<i32>(i32(part.first / part.columns), i32((part.end - 1u) / part.columns) + 1);
    return out;
}

// One part that shows everything there is: all of the target, empty ground included.
@vertex
fn vs_everything(@builtin(vertex_index) vertex: u32, part: Part) -> VertexOut {
    var out = pack(part);
    out.position = clip_from_px(view.tile_px + mix(vec2<f32>(-1.0), view.size_px + 1.0, corner(vertex)));
    return out;
}

@vertex
fn vs_part(@builtin(vertex_index) vertex: u32, part: Part) -> VertexOut {
    var out = pack(part);
    let left_top = vec2<f32>(edge_x(part.left_top.x, 0), edge_y(part.left_top.y, out.lines.x));
    let right_bottom = vec2<f32>(edge_x(part.left_top.x, out.columns.y), edge_y(part.left_top.y, out.lines.y));
    // Wide enough for every pixel that is touched, and no wider than the target: the fragment decides exactly.
    let low = max(left_top - 0.75, view.tile_px - 1.0);
    let high = min(right_bottom + 0.75, view.tile_px + view.size_px + 1.0);
    out.position = clip_from_px(mix(low, max(low, high), corner(vertex)));
    return out;
}

// One of several parts of which no pixel touches two: just the pixels that it touches.
@vertex
fn vs_apart(@builtin(vertex_index) vertex: u32, part: Part) -> VertexOut {
    var out = pack(part);
    let left_top = vec2<f32>(edge_x(part.left_top.x, 0), edge_y(part.left_top.y, out.lines.x));
    let right_bottom = vec2<f32>(edge_x(part.left_top.x, out.columns.y), edge_y(part.left_top.y, out.lines.y));
    let low = max(floor(left_top), view.tile_px - 1.0);
    let high = min(ceil(right_bottom), view.tile_px + view.size_px + 1.0);
    out.position = clip_from_px(mix(low, max(low, high), corner(vertex)));
    return out;
}

// The ground between parts that draw no more than what they touch.
@vertex
fn vs_ground(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fs_ground() -> @location(0) vec4<f32> {
    return vec4<f32>(textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz, 1.0);
}

// The column (or line) of a block that a place lies in; within 1/1024 px of an edge it may be the neighbour.
fn column_near(left: i32, x: f32) -> i32 {
    let from_origin = whole(floor((x - view.origin_px.x) / view.px_per_fixed));
    return (view.origin.x - left + from_origin) >> unit_bits();
}

fn line_near(top: i32, y: f32) -> i32 {
    let from_origin = whole(floor((y - view.origin_px.y) / view.px_per_fixed));
    return (top - view.origin.y + from_origin) >> unit_bits();
}

// The same, put right by the exact edges.
fn column_at(left: i32, x: f32) -> i32 {
    let column = column_near(left, x);
    return column + select(0, 1, edge_x(left, column + 1) <= x) - select(0, 1, edge_x(left, column) > x);
}

fn line_at(top: i32, y: f32) -> i32 {
    let line = line_near(top, y);
    return line + select(0, 1, edge_y(top, line + 1) <= y) - select(0, 1, edge_y(top, line) > y);
}

// The row at a column and line, or NO_ROW where the part has no drawing there.
fn row_at(positions: vec4<u32>, column: i32, line: i32) -> u32 {
    let position = u32(line) * positions.x + u32(column);
    var inside = column >= 0 && line >= 0 && u32(column) < positions.x && position >= positions.y && position < positions.z;
    var row = positions.w + position;
    if ORDERED {
        let at = select(0u, row, inside);
        row = textureLoad(row_of_cell, vec2<u32>(at & ((1u << ORDER_BITS) - 1u), at >> ORDER_BITS), 0).x;
        inside = inside && row >= chunk.first_row;
    }
    return select(NO_ROW, row, inside && is_drawn(row));
}

// The ink of a row where there is one, by its look.
fn ink_there(row: u32, place: Place, ink: Ink) -> Ink {
    return styled_ink(place, select(ink, Ink(0.0), row == NO_ROW));
}

// The wash of a row where there is one.
fn wash_there(row: u32, place: Place, area: f32) {
    wash(place, select(area, 0.0, row == NO_ROW));
}

// A row that can be read, whether there is one or not.
fn readable(row: u32) -> Place {
    return place_of(select(row, chunk.first_row, row == NO_ROW));
}
