// Pages of ink: a value is one number, 0 to 1, and a texel holds a block of 2 x 2 of them (top left, top right, bottom left, bottom
// right). After whole.wgsl, before view.wgsl; color_pages.wgsl has the same names for colour.

alias Ink = f32;
alias Block = vec4<f32>;

fn block_of(level: texture_2d_array<f32>, at: vec2<u32>, layer: u32) -> Block {
    return textureLoad(level, at, layer, 0);
}

// One value of a level; `base` is the drawing's first block.
fn value_of(level: texture_2d_array<f32>, base: vec2<u32>, at: vec2<u32>, layer: u32) -> Ink {
    let texel = textureLoad(level, base + (at >> vec2<u32>(1u)), layer, 0);
    let line = select(texel.xy, texel.zw, (at.y & 1u) == 1u);
    return select(line.x, line.y, (at.x & 1u) == 1u);
}

// Weighs the four values of a block by the parts of their columns and lines.
fn weighed(block: Block, columns: vec2<f32>, lines: vec2<f32>) -> Ink {
    return dot(vec2<f32>(dot(block.xy, columns), dot(block.zw, columns)), lines);
}

fn mean_of(block: Block) -> Ink {
    return dot(block, vec4<f32>(0.25));
}

// Two levels of one block's four values: `columns` and `lines` are how much of the pixel they take, `part` what the sum of them
// takes of it for the coarser level.
fn both_levels(block: Block, columns: vec2<f32>, lines: vec2<f32>, part: f32) -> Ink {
    let finer = (block.x * columns.x + block.y * columns.y) * lines.x + (block.z * columns.x + block.w * columns.y) * lines.y;
    return finer + ((block.x + block.y) + (block.z + block.w)) * part;
}

// What drawings of an opacity give to a pixel of a crowd.
fn given_in_crowd(ink: Ink, opacity: f32) -> Ink {
    return opacity * ink;
}

// Ink in the colour of its row, and how much of it there is.
fn in_row_color(ink: Ink, paint: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(paint.xyz, 1.0) * ink;
}

// How the ink target holds it.
fn stored(ink: Ink) -> vec4<f32> {
    return vec4<f32>(ink, 0.0, 0.0, ink);
}

// What a pixel with this ink shows.
fn shown(ink: Ink) -> vec3<f32> {
    return textureLoad(colors, color_of(ink), 0).xyz;
}

// The same on a card over a faint tint.
fn shown_on_card(ink: Ink, tint: vec4<f32>) -> vec3<f32> {
    return mix(shown(ink), tint.xyz, tint.w * (1.0 - ink));
}
