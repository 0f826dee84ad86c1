// Pages of colour: a value is a texel, red, green and blue multiplied by alpha, and alpha; a block is 2 x 2 texels. After whole.wgsl,
// before view.wgsl; ink_pages.wgsl has the same names for ink. What drawings give to a pixel adds up as ink does, so that every
// painter is the same for both.

alias Ink = vec4<f32>;

struct Block {
    top_left: vec4<f32>,
    top_right: vec4<f32>,
    bottom_left: vec4<f32>,
    bottom_right: vec4<f32>,
}

fn block_of(level: texture_2d_array<f32>, at: vec2<u32>, layer: u32) -> Block {
    let first = at * 2u;
    return Block(
        textureLoad(level, first, layer, 0),
        textureLoad(level, first + vec2<u32>(1u, 0u), layer, 0),
        textureLoad(level, first + vec2<u32>(0u, 1u), layer, 0),
        textureLoad(level, first + vec2<u32>(1u, 1u), layer, 0),
    );
}

fn value_of(level: texture_2d_array<f32>, base: vec2<u32>, at: vec2<u32>, layer: u32) -> Ink {
    return textureLoad(level, base * 2u + at, layer, 0);
}

fn weighed(block: Block, columns: vec2<f32>, lines: vec2<f32>) -> Ink {
    return (block.top_left * columns.x + block.top_right * columns.y) * lines.x
        + (block.bottom_left * columns.x + block.bottom_right * columns.y) * lines.y;
}

fn mean_of(block: Block) -> Ink {
    return ((block.top_left + block.top_right) + (block.bottom_left + block.bottom_right)) * 0.25;
}

fn both_levels(block: Block, columns: vec2<f32>, lines: vec2<f32>, part: f32) -> Ink {
    return weighed(block, columns, lines) + mean_of(block) * (4.0 * part);
}

// Of pictures in colour the highest is on top, as it is.
fn given_in_crowd(ink: Ink, opacity: f32) -> Ink {
    return ink;
}

// Pictures smaller than this take so much of the colour of their row; larger ones keep their own colours, and are outlined in it.
const TINTED_BELOW_PX: f32 = 8.0;
const TINT: f32 = 0.5;

fn in_row_color(ink: Ink, paint: vec4<f32>) -> vec4<f32> {
    let tint = select(0.0, TINT, view.side_px < TINTED_BELOW_PX) * paint.w;
    return vec4<f32>(mix(ink.xyz, paint.xyz * ink.w, tint), ink.w);
}

fn stored(ink: Ink) -> vec4<f32> {
    return ink;
}

fn shown(ink: Ink) -> vec3<f32> {
    return over(textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz, ink);
}

fn shown_on_card(ink: Ink, tint: vec4<f32>) -> vec3<f32> {
    let paper = textureLoad(colors, vec2<u32>(0u, 0u), 0).xyz;
    return over(mix(paper, tint.xyz, tint.w), ink);
}
