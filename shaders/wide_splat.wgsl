// Wide splats: overlapping dots by compute where rows have looks, or where a pixel may have more than 65,535 of them. After
// view.wgsl, rows.wgsl and row_style.wgsl.
//
// How it works: as splat.wgsl, with counts of 32 bits in planes of a word a pixel. Plain and flagged pictures have a plane of dots
// and one of faded dots; coloured ones have four of either, for the dots and for the sums of their colours' three channels (bytes:
// exact for 2^24 dots on a pixel). What is left of the paper is a power for each kind; the rest shows the mean colour, weighed by
// ink. Points come in tiles of one chunk, which is bound for its rows' looks. Points of EXTENT whole pixels count in their first one,
// and `grow_wide` makes sums over EXTENT x EXTENT pixels of that, plane by plane; others count wherever they cover.
// A thread grows four columns: each word that it reads counts in several of their sums, and software rasterisers read them one by one.

// Counts and sums of colours have 16 bits: packed_splat.wgsl.
override PACKED: bool = false;
// Columns a thread grows: those of a vector.
const ACROSS: u32 = 4u;

// Planes of dots that are not faded: the faded ones' follow.
fn planes() -> u32 {
    return select(1u, 4u, STYLING == 2u);
}

// Words a line of what dots are grown to: of whole vectors.
fn grown_pitch() -> u32 {
    return (dots.columns + ACROSS - 1u) / ACROSS * ACROSS;
}

fn words_a_plane() -> u32 {
    return dots.pitch * (dots.lines + 2u * dots.margin);
}

fn count(x: i32, y: i32, plane: u32, color: vec3<u32>) {
    let at = plane * words_a_plane() + u32(y) * dots.pitch + u32(x);
    if PACKED {
        atomicAdd(&counts[at], color.x | (color.y << 16u));
        atomicAdd(&counts[at + words_a_plane()], color.z | 0x10000u);
        return;
    }
    atomicAdd(&counts[at], 1u);
    if STYLING == 2u {
        atomicAdd(&counts[at + words_a_plane()], color.x);
        atomicAdd(&counts[at + 2u * words_a_plane()], color.y);
        atomicAdd(&counts[at + 3u * words_a_plane()], color.z);
    }
}

@compute @workgroup_size(256)
fn splat_wide(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    view = given_view;
    chunk = given_chunk;
    let dot = dot_of(group.y * groups.x + group.x, lane);
    if !dot.in_sight {
        return;
    }
    let style = row_style(place_of(dot.row));
    if style.weight <= 0.0 {
        return;
    }
    let plane = select(0u, planes(), !PACKED && style.weight < 1.0);
    var color = vec3<u32>(0u);
    if STYLING == 2u {
        color = texel3(row_color(style) * 255.0 + 0.5);
    }
    let margin = i32(dots.margin);
    if EXTENT > 0u {
        count(dot.first.x + margin, dot.first.y + margin, plane, color);
        return;
    }
    let low = max(dot.first, vec2<i32>(0));
    let high = min(dot.end, whole2(view.size_px));
    for (var i = 0; i < min(high.y - low.y, LARGEST); i++) {
        for (var j = 0; j < min(high.x - low.x, LARGEST); j++) {
            count(low.x + j + margin, low.y + i + margin, plane, color);
        }
    }
}

// What of a line each of four neighbouring sums over EXTENT pixels takes; the first one ends at `last.x`. `before` are the words before
// that, the nearest one first: four of them, and a fifth.
fn line_sums(last: vec4<u32>, before: vec4<u32>, fifth: u32) -> vec4<u32> {
    var sums = last;
    if EXTENT > 1u {
        sums += vec4<u32>(before.x, last.xyz);
    }
    if EXTENT > 2u {
        sums += vec4<u32>(before.yx, last.xy);
    }
    if EXTENT > 3u {
        sums += vec4<u32>(before.zyx, last.x);
    }
    if EXTENT > 4u {
        sums += before.wzyx;
    }
    if EXTENT > 5u {
        sums += vec4<u32>(fifth, before.wzy);
    }
    return sums;
}

// Four neighbouring words, and those before them that count in their sums.
struct Words {
    last: vec4<u32>,
    before: vec4<u32>,
    fifth: u32,
}

fn word_before(word: u32, back: u32) -> u32 {
    if back >= EXTENT {
        return 0u;
    }
    return atomicLoad(&counts[word - back]);
}

fn words_at(word: u32) -> Words {
    let last = vec4<u32>(atomicLoad(&counts[word]), atomicLoad(&counts[word + 1u]), atomicLoad(&counts[word + 2u]),
        atomicLoad(&counts[word + 3u]));
    let before = vec4<u32>(word_before(word, 1u), word_before(word, 2u), word_before(word, 3u), word_before(word, 4u));
    return Words(last, before, word_before(word, 5u));
}

// Sums of the last lines: of those that dots reach down from.
struct Above {
    one: vec4<u32>,
    two: vec4<u32>,
    three: vec4<u32>,
    four: vec4<u32>,
    five: vec4<u32>,
}

fn followed_by(above: Above, line: vec4<u32>) -> Above {
    return Above(line, above.one, above.two, above.three, above.four);
}

// A line's sums and those of EXTENT - 1 lines above it.
fn grown(above: Above, line: vec4<u32>) -> vec4<u32> {
    var sums = line;
    if EXTENT > 1u {
        sums += above.one;
    }
    if EXTENT > 2u {
        sums += above.two;
    }
    if EXTENT > 3u {
        sums += above.three;
    }
    if EXTENT > 4u {
        sums += above.four;
    }
    if EXTENT > 5u {
        sums += above.five;
    }
    return sums;
}

fn keep(at: u32, grown: vec4<u32>) {
    sums[at] = grown.x;
    sums[at + 1u] = grown.y;
    sums[at + 2u] = grown.z;
    sums[at + 3u] = grown.w;
}

// Lines above a strip whose dots reach into it.
fn lines_above() -> u32 {
    return max(EXTENT, 1u) - 1u;
}

// Grows counts of dots' first pixels to all that they cover.
@compute @workgroup_size(64)
fn grow_wide(@builtin(global_invocation_id) thread: vec3<u32>) {
    let column = thread.x * ACROSS;
    let first = thread.y * STRIP;
    let plane = thread.z;
    if column >= dots.columns || first >= dots.lines || plane >= 2u * planes() {
        return;
    }
    let read_at = plane * words_a_plane() + dots.margin + column;
    let write_at = plane * grown_pitch() * dots.lines + column;
    var above = Above();
    for (var i = 0u; i < STRIP + 5u; i++) {
        let down = first + i + dots.margin - lines_above();
        if i >= STRIP + lines_above() || first + i >= dots.lines + lines_above() {
            break;
        }
        let words = words_at(read_at + down * dots.pitch);
        let line = line_sums(words.last, words.before, words.fifth);
        if i >= lines_above() {
            keep(write_at + (first + i - lines_above()) * grown_pitch(), grown(above, line));
        }
        above = followed_by(above, line);
    }
}

fn held(pixel: vec2<u32>, plane: u32) -> u32 {
    var at = plane * grown_pitch() * dots.lines + pixel.y * grown_pitch() + pixel.x;
    if EXTENT == 0u {
        at = plane * words_a_plane() + (pixel.y + dots.margin) * dots.pitch + pixel.x + dots.margin;
    }
    return covered[at];
}

fn held_color(pixel: vec2<u32>, plane: u32) -> vec3<f32> {
    return vec3<f32>(vec3<u32>(held(pixel, plane + 1u), held(pixel, plane + 2u), held(pixel, plane + 3u))) / 255.0;
}

// What numbers of dots show of the paper, and for the rest the mean of their colours.
fn mean_over(paper: vec3<f32>, number: f32, faded: f32, sum: vec3<f32>) -> vec3<f32> {
    let left = exp2(number * dots.log_left + faded * dots.log_left_faded);
    let mean = sum / max(number + faded * FADED_INK, 1e-6);
    return paper * left + mean * (1.0 - left);
}

@fragment
fn fs_wide(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let pixel = texel2(position.xy);
    let number = f32(held(pixel, 0u));
    // Without faded rows their planes are not there: the first ones are read again, and count for nothing.
    let faded_plane = planes() * dots.fades;
    let fades = f32(dots.fades);
    let faded = f32(held(pixel, faded_plane)) * fades;
    if STYLING < 2u {
        let left = exp2(number * dots.log_left + faded * dots.log_left_faded);
        return vec4<f32>(textureLoad(colors, color_of(1.0 - left), 0).xyz, 1.0);
    }
    let sum = held_color(pixel, 0u) + held_color(pixel, faded_plane) * (FADED_INK * fades);
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    return vec4<f32>(mean_over(paper, number, faded, sum), 1.0);
}
