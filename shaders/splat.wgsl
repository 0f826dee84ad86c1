// Splats: overlapping dots by compute. After view.wgsl and rows.wgsl.
//
// How it works: what shows of the paper through n dots of one opacity is a power of what one of them leaves (its transmittance), so
// it is enough to count the dots of each pixel. `splat`: each point counts itself by an atomic addition, counts are 16 bits, two
// neighbouring pixels a word. Dots of EXTENT whole pixels a side count in their first pixel alone, and `grow` makes sums over
// EXTENT x EXTENT pixels of that: along a line by shifting words against each other, down the columns by a running window. Where
// dots differ by a pixel (EXTENT 0) each counts in all pixels that it covers. fs_dots turns counts into colours. Points come in
// tiles of 256, cut on the CPU from the ranges in sight.

struct Dots {
    // Words a line of counts.
    pitch: u32,
    // Empty pixels left of and above the viewport, an even number: there begin dots that reach into it.
    margin: u32,
    // Words and lines of the viewport.
    words: u32,
    lines: u32,
    // Logarithm to base 2 of what one dot leaves of the paper.
    log_left: f32,
    // Tiles of points in all.
    tiles: u32,
    unused_a: u32,
    unused_b: u32,
}

// Pixels a side of every dot, or 0 where they differ by one.
override EXTENT: u32 = 0u;

// No drawing is looked at here: group 1 holds this instead of a chunk.
@group(1) @binding(0) var<uniform> dots: Dots;
// Instances of the scatter: x, y, row.
@group(2) @binding(0) var<storage, read> points: array<u32>;
// First point and one past the last of each tile.
@group(2) @binding(1) var<storage, read> tiles: array<vec2<u32>>;
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;
@group(2) @binding(3) var<storage, read_write> sums: array<u32>;

@group(3) @binding(0) var<storage, read> covered: array<u32>;
@group(3) @binding(1) var colors: texture_2d<f32>;

// No dot has more pixels a side: it is smaller than 7 px.
const LARGEST: i32 = 8;

fn count(x: i32, y: i32) {
    let word = u32(y) * dots.pitch + (u32(x) >> 1u);
    atomicAdd(&counts[word], select(1u, 0x10000u, (x & 1) == 1));
}

@compute @workgroup_size(256)
fn splat(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    view = given_view;
    let number = group.y * groups.x + group.x;
    if number >= dots.tiles {
        return;
    }
    let tile = tiles[number];
    let point = tile.x + lane;
    if point >= tile.y || !is_drawn(points[point * 3u + 2u]) {
        return;
    }
    let square = square_px(vec2<i32>(vec2<u32>(points[point * 3u], points[point * 3u + 1u])));
    // The first pixel whose centre is covered, and one past the last.
    let first = whole2(ceil(square.xy - 0.5));
    let end = whole2(ceil(square.zw - 0.5));
    let size = whole2(view.size_px);
    if any(end <= vec2<i32>(0)) || any(first >= size) {
        return;
    }
    let margin = i32(dots.margin);
    if EXTENT > 0u {
        count(first.x + margin, first.y + margin);
        return;
    }
    let low = max(first, vec2<i32>(0));
    let high = min(end, size);
    for (var i = 0; i < min(high.y - low.y, LARGEST); i++) {
        for (var j = 0; j < min(high.x - low.x, LARGEST); j++) {
            count(low.x + j + margin, low.y + i + margin);
        }
    }
}

// Sums over EXTENT pixels of a line, ending at each of a word's two.
fn line_sum(word: u32) -> u32 {
    let here = atomicLoad(&counts[word]);
    if EXTENT <= 1u {
        return here;
    }
    let one = atomicLoad(&counts[word - 1u]);
    var sum = here + ((here << 16u) | (one >> 16u));
    if EXTENT > 2u {
        sum += one;
    }
    if EXTENT > 3u {
        let two = atomicLoad(&counts[word - 2u]);
        sum += (one << 16u) | (two >> 16u);
        if EXTENT > 4u {
            sum += two;
        }
        if EXTENT > 5u {
            sum += (two << 16u) | (atomicLoad(&counts[word - 3u]) >> 16u);
        }
    }
    return sum;
}

// Lines a thread walks down.
const STRIP: u32 = 32u;

// Grows counts of dots' first pixels to all that they cover: sums over EXTENT x EXTENT pixels.
@compute @workgroup_size(64)
fn grow(@builtin(global_invocation_id) thread: vec3<u32>) {
    let column = thread.x;
    let first = thread.y * STRIP;
    if column >= dots.words {
        return;
    }
    let left = (dots.margin >> 1u) + column;
    var above = array<u32, 5>();
    // The lines above the strip whose dots reach into it.
    for (var i = 0u; i < 5u; i++) {
        let back = 5u - i;
        above[4] = above[3];
        above[3] = above[2];
        above[2] = above[1];
        above[1] = above[0];
        above[0] = 0u;
        if back < EXTENT {
            above[0] = line_sum((first + dots.margin - back) * dots.pitch + left);
        }
    }
    let lines = dots.lines - min(first, dots.lines);
    for (var i = 0u; i < min(lines, STRIP); i++) {
        let line = first + i;
        let here = line_sum((line + dots.margin) * dots.pitch + left);
        var sum = here;
        if EXTENT > 1u {
            sum += above[0];
        }
        if EXTENT > 2u {
            sum += above[1];
        }
        if EXTENT > 3u {
            sum += above[2];
        }
        if EXTENT > 4u {
            sum += above[3];
        }
        if EXTENT > 5u {
            sum += above[4];
        }
        sums[line * dots.words + column] = sum;
        above[4] = above[3];
        above[3] = above[2];
        above[2] = above[1];
        above[1] = above[0];
        above[0] = here;
    }
}

@vertex
fn vs_dots(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let unit = vec2<f32>(f32((vertex << 1u) & 2u), f32(vertex & 2u));
    return vec4<f32>(unit * 2.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fs_dots(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let pixel = texel2(position.xy);
    var at = pixel.y * dots.words + (pixel.x >> 1u);
    if EXTENT == 0u {
        at = (pixel.y + dots.margin) * dots.pitch + ((pixel.x + dots.margin) >> 1u);
    }
    let word = covered[at];
    let number = f32(select(word & 0xffffu, word >> 16u, (pixel.x & 1u) == 1u));
    let ink = 1.0 - exp2(number * dots.log_left);
    return vec4<f32>(textureLoad(colors, color_of(ink), 0).xyz, 1.0);
}
