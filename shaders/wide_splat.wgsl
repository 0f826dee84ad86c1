// Wide splats: overlapping dots by compute where rows have looks, or where a pixel may have more than 65,535 of them. After
// view.wgsl, rows.wgsl and row_style.wgsl.
//
// How it works: as splat.wgsl, with counts of 32 bits in planes of a word a pixel. Plain and flagged pictures have a plane of dots
// and one of faded dots; coloured ones have four of either, for the dots and for the sums of their colours' three channels (bytes:
// exact for 2^24 dots on a pixel). What is left of the paper is a power for each kind; the rest shows the mean colour, weighed by
// ink. Points come in tiles of one chunk, which is bound for its rows' looks. Points of EXTENT whole pixels count in their first one,
// and `grow_wide` makes sums over EXTENT x EXTENT pixels of that, plane by plane; others count wherever they cover.

// Planes of dots that are not faded: the faded ones' follow.
fn planes() -> u32 {
    return select(1u, 4u, STYLING == 2u);
}

fn words_a_plane() -> u32 {
    return dots.pitch * (dots.lines + 2u * dots.margin);
}

fn count(x: i32, y: i32, plane: u32, color: vec3<u32>) {
    let at = plane * words_a_plane() + u32(y) * dots.pitch + u32(x);
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
    let plane = select(0u, planes(), style.weight < 1.0);
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

// The sum over EXTENT pixels of a line that ends at a word.
fn line_sum(word: u32) -> u32 {
    var sum = 0u;
    for (var i = 0u; i < 6u; i++) {
        if i < EXTENT {
            sum += atomicLoad(&counts[word - i]);
        }
    }
    return sum;
}

// Grows counts of dots' first pixels to all that they cover: a running sum of the last EXTENT lines' sums, by a ring of them.
@compute @workgroup_size(64)
fn grow_wide(@builtin(global_invocation_id) thread: vec3<u32>) {
    let column = thread.x;
    let first = thread.y * STRIP;
    let plane = thread.z;
    if column >= dots.columns || first >= dots.lines || plane >= 2u * planes() {
        return;
    }
    let read_at = plane * words_a_plane() + dots.margin + column;
    let write_at = plane * dots.columns * dots.lines + column;
    var ring = array<u32, 6>();
    var sum = 0u;
    // The lines above the strip whose dots reach into it come first.
    for (var i = 0u; i < STRIP + 5u; i++) {
        let line = first + i;
        let down = line + dots.margin - 5u;
        if line >= dots.lines + 5u {
            break;
        }
        let place = i % max(EXTENT, 1u);
        let here = line_sum(read_at + down * dots.pitch);
        sum = sum + here - ring[place];
        ring[place] = here;
        if i >= 5u {
            sums[write_at + (line - 5u) * dots.columns] = sum;
        }
    }
}

fn held(pixel: vec2<u32>, plane: u32) -> f32 {
    var at = plane * dots.columns * dots.lines + pixel.y * dots.columns + pixel.x;
    if EXTENT == 0u {
        at = plane * words_a_plane() + (pixel.y + dots.margin) * dots.pitch + pixel.x + dots.margin;
    }
    return f32(covered[at]);
}

fn held_color(pixel: vec2<u32>, plane: u32) -> vec3<f32> {
    return vec3<f32>(held(pixel, plane + 1u), held(pixel, plane + 2u), held(pixel, plane + 3u)) / 255.0;
}

@fragment
fn fs_wide(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let pixel = texel2(position.xy);
    let number = held(pixel, 0u);
    // Without faded rows their planes are not there: the first ones are read again, and count for nothing.
    let faded_plane = planes() * dots.fades;
    let fades = f32(dots.fades);
    let faded = held(pixel, faded_plane) * fades;
    let left = exp2(number * dots.log_left + faded * dots.log_left_faded);
    if STYLING < 2u {
        return vec4<f32>(textureLoad(colors, color_of(1.0 - left), 0).xyz, 1.0);
    }
    let sum = held_color(pixel, 0u) + held_color(pixel, faded_plane) * (FADED_INK * fades);
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    let mean = sum / max(number + faded * FADED_INK, 1e-6);
    return vec4<f32>(paper * left + mean * (1.0 - left), 1.0);
}
