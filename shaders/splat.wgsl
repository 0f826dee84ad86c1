// Splats: overlapping dots by compute. After view.wgsl and rows.wgsl.
//
// How it works: what shows of the paper through n dots of one opacity is a power of what one of them leaves (its transmittance), so
// it is enough to count the dots of each pixel. `splat`: each point counts itself by an atomic addition, counts are 16 bits, two
// neighbouring pixels a word. Dots of EXTENT whole pixels a side count in their first pixel alone, and `grow` makes sums over
// EXTENT x EXTENT pixels of that: along a line by shifting words against each other, down the columns by a running window. Where
// dots differ by a pixel (EXTENT 0) each counts in all pixels that it covers. fs_dots turns counts into colours. Points come in
// tiles of 256, cut on the CPU from the ranges in sight.

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
    let dot = dot_of(group.y * groups.x + group.x, lane);
    if !dot.in_sight {
        return;
    }
    let margin = i32(dots.margin);
    if EXTENT > 0u {
        count(dot.first.x + margin, dot.first.y + margin);
        return;
    }
    let low = max(dot.first, vec2<i32>(0));
    let high = min(dot.end, whole2(view.size_px));
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

// Grows counts of dots' first pixels to all that they cover: sums over EXTENT x EXTENT pixels.
@compute @workgroup_size(64)
fn grow(@builtin(global_invocation_id) thread: vec3<u32>) {
    let column = thread.x;
    let first = thread.y * STRIP;
    if column >= dots.columns {
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
        sums[line * dots.columns + column] = sum;
        above[4] = above[3];
        above[3] = above[2];
        above[2] = above[1];
        above[1] = above[0];
        above[0] = here;
    }
}

@fragment
fn fs_dots(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let pixel = texel2(position.xy);
    var at = pixel.y * dots.columns + (pixel.x >> 1u);
    if EXTENT == 0u {
        at = (pixel.y + dots.margin) * dots.pitch + ((pixel.x + dots.margin) >> 1u);
    }
    let word = covered[at];
    let number = f32(select(word & 0xffffu, word >> 16u, (pixel.x & 1u) == 1u));
    let ink = 1.0 - exp2(number * dots.log_left);
    return vec4<f32>(textureLoad(colors, color_of(ink), 0).xyz, 1.0);
}
