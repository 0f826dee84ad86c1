// Packed splats: coloured dots in two planes instead of four. After wide_splat.wgsl.
//
// How it works: where no pixel counts more than 257 dots and none is faded, 16 bits hold the sum of a channel (257 bytes). One plane
// has red and green, the other blue and the dots. `grow_packed` takes them apart, makes sums over EXTENT x EXTENT pixels, which need
// not fit 16 bits, and a word of colour of these: few words are written and read, which is what costs most.

fn low_half(words: Words) -> vec4<u32> {
    return line_sums(words.last & vec4<u32>(0xffffu), words.before & vec4<u32>(0xffffu), words.fifth & 0xffffu);
}

fn high_half(words: Words) -> vec4<u32> {
    return line_sums(words.last >> vec4<u32>(16u), words.before >> vec4<u32>(16u), words.fifth >> 16u);
}

// A pixel's colour as a word.
fn packed_color(paper: vec3<f32>, number: u32, red: u32, green: u32, blue: u32) -> u32 {
    let sum = vec3<f32>(vec3<u32>(red, green, blue)) / 255.0;
    return pack4x8unorm(vec4<f32>(mean_over(paper, f32(number), 0.0, sum), 1.0));
}

// The same for packed counts, and what becomes of them as colours.
@compute @workgroup_size(64)
fn grow_packed(@builtin(global_invocation_id) thread: vec3<u32>) {
    let column = thread.x * ACROSS;
    let first = thread.y * STRIP;
    if column >= dots.columns || first >= dots.lines {
        return;
    }
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    let read_at = dots.margin + column;
    var red_above = Above();
    var green_above = Above();
    var blue_above = Above();
    var number_above = Above();
    for (var i = 0u; i < STRIP + 5u; i++) {
        let down = first + i + dots.margin - lines_above();
        if i >= STRIP + lines_above() || first + i >= dots.lines + lines_above() {
            break;
        }
        let red_green = words_at(read_at + down * dots.pitch);
        let blue_number = words_at(read_at + down * dots.pitch + words_a_plane());
        let red_line = low_half(red_green);
        let green_line = high_half(red_green);
        let blue_line = low_half(blue_number);
        let number_line = high_half(blue_number);
        if i >= lines_above() {
            let red = grown(red_above, red_line);
            let green = grown(green_above, green_line);
            let blue = grown(blue_above, blue_line);
            let number = grown(number_above, number_line);
            keep(column + (first + i - lines_above()) * grown_pitch(), vec4<u32>(
                packed_color(paper, number.x, red.x, green.x, blue.x),
                packed_color(paper, number.y, red.y, green.y, blue.y),
                packed_color(paper, number.z, red.z, green.z, blue.z),
                packed_color(paper, number.w, red.w, green.w, blue.w),
            ));
        }
        red_above = followed_by(red_above, red_line);
        green_above = followed_by(green_above, green_line);
        blue_above = followed_by(blue_above, blue_line);
        number_above = followed_by(number_above, number_line);
    }
}

@fragment
fn fs_packed(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    let pixel = texel2(position.xy);
    if EXTENT > 0u {
        return unpack4x8unorm(held(pixel, 0u));
    }
    let red_green = held(pixel, 0u);
    let blue_number = held(pixel, 1u);
    let sum = vec3<f32>(vec3<u32>(red_green & 0xffffu, red_green >> 16u, blue_number & 0xffffu)) / 255.0;
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    return vec4<f32>(mean_over(paper, f32(blue_number >> 16u), 0.0, sum), 1.0);
}
