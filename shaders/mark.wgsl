// What is painted over the finished scatter and beside it: opaque cards with a drawing (hovered, pinned, inspector, loupe),
// rings, hairlines. Colours are encoded values. After view.wgsl and rows.wgsl (`view` gives the target's size only).
//
// How it works: one quad a mark, back to front, blended over what is there. A fill is one colour. A card is a drawing: whole texels
// where it is enlarged, the mean of those under the pixel where it is not, in the colours of the colour map over a faint tint. Each
// has a pipeline: software rasterisers run for every pixel all that a pipeline can do.

struct Mark {
    // Top-left corner and size in pixels of the target.
    @location(0) rect: vec4<f32>,
    // What it shows: the colour, or for a card the ground under the ink (rgb) and how much of `tint` covers it (a).
    @location(1) color: vec4<f32>,
    // Colour of the faint fill of a card.
    @location(2) tint: vec4<f32>,
    // x: PAINTS_*, y: row, z: side of one texel in pixels, fixed-point by 256 (0: the drawing fills the rectangle).
    @location(3) kind: vec4<u32>,
}

struct Painted {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) rect: vec4<f32>,
    @location(1) @interpolate(flat) color: vec4<f32>,
    @location(2) @interpolate(flat) tint: vec4<f32>,
    @location(3) @interpolate(flat) kind: vec4<u32>,
}

// What the pipeline paints: one colour, drawings of which a pixel shows one texel, any drawings.
const PAINTS_FILL: u32 = 0u;
const PAINTS_TEXELS: u32 = 1u;
const PAINTS_DRAWING: u32 = 2u;
override PAINTS: u32 = PAINTS_DRAWING;

// Texels that a pixel looks at on an axis, at most.
const MOST: u32 = 128u;

@group(2) @binding(0) var colors: texture_2d<f32>;

@vertex
fn vs_mark(@builtin(vertex_index) vertex: u32, mark: Mark) -> Painted {
    view = given_view;
    var painted: Painted;
    painted.rect = mark.rect;
    painted.color = mark.color;
    painted.tint = mark.tint;
    painted.kind = mark.kind;
    painted.position = clip_from_px(mark.rect.xy + corner(vertex) * mark.rect.zw);
    return painted;
}

// Ink of the drawing at a pixel of a card: whole texels when enlarged, the mean over the pixel when not.
fn card_ink(painted: Painted, place: Place) -> Ink {
    let at = painted.position.xy - painted.rect.xy;
    let canvas = f32(chunk.canvas);
    let texels_per_px = select(canvas / painted.rect.z, 256.0 / f32(painted.kind.z), painted.kind.z > 0u);
    let middle = at * texels_per_px;
    if PAINTS == PAINTS_TEXELS || texels_per_px <= 1.0 {
        return fine_value(place, chunk.canvas, texel2(min(middle, vec2<f32>(canvas - 0.5))));
    }
    // Smaller than its texels: the mean of those under the pixel.
    let from_texel = texel2(middle - texels_per_px * 0.5);
    let to_texel = texel2(min(middle + texels_per_px * 0.5, vec2<f32>(canvas - 0.5)));
    let touched = max(to_texel, from_texel) - from_texel + 1u;
    // Where there are more than MOST, some are looked at, evenly spread.
    let stride = (touched + (MOST - 1u)) / MOST;
    let looked_at = (touched + stride - 1u) / stride;
    var sum = Ink(0.0);
    var count = 0.0;
    for (var i = 0u; i < min(looked_at.y, MOST); i++) {
        for (var j = 0u; j < min(looked_at.x, MOST); j++) {
            sum += fine_value(place, chunk.canvas, from_texel + vec2<u32>(j, i) * stride);
            count += 1.0;
        }
    }
    return sum / count;
}

@fragment
fn fs_mark(painted: Painted) -> @location(0) vec4<f32> {
    chunk = given_chunk;
    if PAINTS == PAINTS_FILL {
        return painted.color;
    }
    let ink = card_ink(painted, place_of(painted.kind.y));
    return vec4<f32>(shown_on_card(ink, painted.tint), painted.color.w);
}
