// A lattice of drawings: which of them lies where follows from arithmetic. One quad a part of the lattice (a block, or a
// stretch of it in one chunk). In stand-ins one drawing stands for a block of neighbours: columns and lines are then those of
// blocks. After view.wgsl.

struct Part {
    // Left and top edge of position 0, fixed-point units.
    @location(0) left_top: vec2<i32>,
    // Drawings a line; first position and one past the last position that belong to this part.
    @location(1) columns: u32,
    @location(2) first: u32,
    @location(3) end: u32,
    // Where position 0 stands in `order`, or its row where the rows follow one another.
    @location(4) start: u32,
}

struct Looked {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) left_top: vec2<i32>,
    @location(1) @interpolate(flat) positions: vec4<u32>,
    // Of the view: origin; origin_px, px_per_fixed, side_px; level_mix, far_mix, two of the stretch; the rest of it; fine_side,
    // rows_ready, half_fixed, block_bits. Of the chunk: first_row, cell_bits, canvas.
    @location(2) @interpolate(flat) origin: vec2<i32>,
    @location(3) @interpolate(flat) scale: vec4<f32>,
    @location(4) @interpolate(flat) mixes: vec4<f32>,
    @location(5) @interpolate(flat) stretch: vec3<f32>,
    @location(6) @interpolate(flat) counts: vec4<u32>,
    @location(7) @interpolate(flat) chunk: vec3<u32>,
    // First column and line of the part, or of its blocks, and one past the last ones.
    @location(8) @interpolate(flat) columns: vec2<i32>,
    @location(9) @interpolate(flat) lines: vec2<i32>,
}

// In a fragment: the uniforms as its triangle carries them.
fn take_over(looked: Looked) {
    view.origin = looked.origin;
    view.origin_px = looked.scale.xy;
    view.px_per_fixed = looked.scale.z;
    view.side_px = looked.scale.w;
    view.level_mix = looked.mixes.x;
    view.far_mix = looked.mixes.y;
    view.stretch_low = looked.mixes.z;
    view.stretch_rise = looked.mixes.w;
    view.stretch_knee = looked.stretch.x;
    view.stretch_knee_to = looked.stretch.y;
    view.stretch_rise_above = looked.stretch.z;
    view.fine_side = looked.counts.x;
    view.rows_ready = looked.counts.y;
    view.half_fixed = i32(looked.counts.z);
    view.block_bits = looked.counts.w;
    chunk.first_row = looked.chunk.x;
    chunk.cell_bits = looked.chunk.y;
    chunk.canvas = looked.chunk.z;
}

// Rows by position stand in `order`.
override ORDERED: bool = false;
// One drawing stands for a block of neighbours.
override BLOCKS: bool = false;
// A pixel may touch more than two drawings, or more values than two texels hold, on an axis.
override MANY: bool = false;

const NO_ROW: u32 = 0xffffffffu;

@group(2) @binding(0) var colors: texture_2d<f32>;
@group(3) @binding(0) var order: texture_2d<u32>;

// Logarithm of the columns of `order`.
const ORDER_BITS: u32 = 13u;

fn block_bits() -> u32 {
    if BLOCKS {
        return view.block_bits;
    }
    return 0u;
}

// Blocks to fixed-point units; where each drawing stands for itself they are world units.
fn unit_bits() -> u32 {
    return firstTrailingBit(u32(view.half_fixed)) + 1u + block_bits();
}

// Pixel edges of column and line numbers; the same numbers as those of square_px().
fn edge_x(left: i32, column: i32) -> f32 {
    return snap_one(view.origin_px.x + f32(left + (column << unit_bits()) - view.origin.x) * view.px_per_fixed);
}

fn edge_y(top: i32, line: i32) -> f32 {
    return snap_one(view.origin_px.y - f32(top - (line << unit_bits()) - view.origin.y) * view.px_per_fixed);
}

fn looked_at(part: Part) -> Looked {
    view = given_view;
    var looked: Looked;
    looked.origin = view.origin;
    looked.scale = vec4<f32>(view.origin_px, view.px_per_fixed, view.side_px);
    looked.mixes = vec4<f32>(view.level_mix, view.far_mix, view.stretch_low, view.stretch_rise);
    looked.stretch = vec3<f32>(view.stretch_knee, view.stretch_knee_to, view.stretch_rise_above);
    looked.counts = vec4<u32>(view.fine_side, view.rows_ready, u32(view.half_fixed), view.block_bits);
    looked.chunk = vec3<u32>(given_chunk.first_row, given_chunk.cell_bits, given_chunk.canvas);
    looked.left_top = part.left_top;
    looked.positions = vec4<u32>(part.columns, part.first, part.end, part.start);
    let bits = block_bits();
    looked.columns = vec2<i32>(0, (i32(part.columns - 1u) >> bits) + 1);
    looked.lines = vec2<i32>(i32(part.first / part.columns) >> bits, (i32((part.end - 1u) / part.columns) >> bits) + 1);
    return looked;
}

// One part that shows everything there is: all of the target, empty ground included.
@vertex
fn vs_everything(@builtin(vertex_index) vertex: u32, part: Part) -> Looked {
    var looked = looked_at(part);
    looked.position = clip_from_px(mix(vec2<f32>(-1.0), view.size_px + 1.0, corner(vertex)));
    return looked;
}

@vertex
fn vs_part(@builtin(vertex_index) vertex: u32, part: Part) -> Looked {
    var looked = looked_at(part);
    // Its corners are those of drawings.
    view.block_bits = 0u;
    let first_line = i32(part.first / part.columns);
    let end_line = i32((part.end - 1u) / part.columns) + 1;
    let left_top = vec2<f32>(edge_x(part.left_top.x, 0), edge_y(part.left_top.y, first_line));
    let right_bottom = vec2<f32>(edge_x(part.left_top.x, i32(part.columns)), edge_y(part.left_top.y, end_line));
    // Wide enough for every pixel that is touched, and no wider than the target: the fragment decides exactly.
    let low = max(left_top - 0.75, vec2<f32>(-1.0));
    let high = min(right_bottom + 0.75, view.size_px + 1.0);
    looked.position = clip_from_px(mix(low, max(low, high), corner(vertex)));
    return looked;
}

// The column (or line) of a lattice that a place lies in; within 1/1024 px of an edge it may be the neighbour.
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

// The row at a column and line, or NO_ROW where the part has no drawing there. The one in the middle stands for a block.
fn row_at(positions: vec4<u32>, block_column: i32, block_line: i32) -> u32 {
    let middle = (1 << block_bits()) >> 1u;
    let column = (block_column << block_bits()) + middle;
    let line = (block_line << block_bits()) + middle;
    let position = u32(line) * positions.x + u32(column);
    let inside = column >= 0 && line >= 0 && u32(column) < positions.x && position >= positions.y && position < positions.z;
    var row = positions.w + position;
    if ORDERED {
        let at = select(0u, row, inside);
        row = textureLoad(order, vec2<u32>(at & ((1u << ORDER_BITS) - 1u), at >> ORDER_BITS), 0).x;
    }
    return select(NO_ROW, row, inside && row < view.rows_ready);
}

// The ink of a row where there is one.
fn ink_there(row: u32, ink: f32) -> f32 {
    return select(ink, 0.0, row == NO_ROW);
}

// A row that can be read, whether there is one or not.
fn readable(row: u32) -> Place {
    return place_of(select(row, chunk.first_row, row == NO_ROW));
}
