// Dots counted by compute: what both kinds of splats share. After view.wgsl, rows.wgsl and row_style.wgsl.
//
// How it works: points come in tiles of 256, cut on the CPU from the ranges in sight; a workgroup counts one. A point's dot covers the
// pixels whose centres lie in its square. Dots of EXTENT whole pixels a side are counted in their first pixel alone, and a second pass
// makes sums over EXTENT x EXTENT pixels of that: lines are walked down in strips, and those above a strip whose dots reach into it
// come first. Where dots differ by a pixel (EXTENT 0) each is counted in all pixels that it covers.

struct Dots {
    // Words a line of counts.
    pitch: u32,
    // Empty pixels left of and above the viewport, an even number: there begin dots that reach into it.
    margin: u32,
    // Words a line of the viewport, and its lines.
    columns: u32,
    lines: u32,
    // Logarithm to base 2 of what one dot leaves of the paper, and one faded dot.
    log_left: f32,
    log_left_faded: f32,
    // Tiles of points in all.
    tiles: u32,
    // Whether any row is faded.
    fades: u32,
}

// Pixels a side of every dot, or 0 where they differ by one.
override EXTENT: u32 = 0u;

// Instances of the scatter: x, y, row.
@group(3) @binding(0) var<storage, read> points: array<u32>;
// First point and one past the last of each tile.
@group(3) @binding(1) var<storage, read> tiles: array<vec2<u32>>;
@group(3) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(3) @binding(3) var<storage, read_write> sums: array<u32>;
@group(3) @binding(4) var<uniform> dots: Dots;
@group(3) @binding(5) var<storage, read> covered: array<u32>;

// No dot has more pixels a side: it is smaller than 7 px.
const LARGEST: i32 = 8;
// Lines a thread walks down.
const STRIP: u32 = 32u;

struct Dot {
    row: u32,
    in_sight: bool,
    // The first pixel whose centre is covered, and one past the last.
    first: vec2<i32>,
    end: vec2<i32>,
}

// The dot of a workgroup's thread; not in sight where there is none.
fn dot_of(number: u32, lane: u32) -> Dot {
    var dot = Dot(0u, false, vec2<i32>(0), vec2<i32>(0));
    if number >= dots.tiles {
        return dot;
    }
    let tile = tiles[number];
    let point = tile.x + lane;
    if point >= tile.y {
        return dot;
    }
    dot.row = points[point * 3u + 2u];
    if !is_drawn(dot.row) {
        return dot;
    }
    let square = square_px(vec2<i32>(vec2<u32>(points[point * 3u], points[point * 3u + 1u])));
    dot.first = whole2(ceil(square.xy - 0.5) - view.tile_px);
    dot.end = whole2(ceil(square.zw - 0.5) - view.tile_px);
    dot.in_sight = all(dot.end > vec2<i32>(0)) && all(dot.first < whole2(view.size_px));
    return dot;
}

@vertex
fn vs_dots(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}
